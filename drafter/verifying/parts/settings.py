"""Says which settings of a Word file the closed list doesn't name: they may change what is printed or shown."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.verifying import literal
from drafter.verifying.listed import Rows
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package


def read(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield each setting by the name that a row of the list has, with what it says."""
    for name in package.find(parts, "settings", package.main(parts))[:1]:
        for node in package.parse(parts[name]).iterchildren("*"):
            if node.tag == w("compat"):
                yield from ((f"w:compat {_compat(one)}", _value(one, rows)) for one in node.iterchildren("*"))
            else:
                yield _called(node), literal.value(node, rows)


def _called(node: Element) -> str:
    called = literal.name(str(node.tag))
    if node.tag == w("documentProtection"):
        is_on = node.get(w("enforcement")) in literal.ON
        return f"{called} {node.get(w('edit'), '')}" if is_on else f"{called} off"
    if node.tag == w("view") and node.get(w("val")) == "web":
        return f"{called} web"
    return called


def _compat(node: Element) -> str:
    """Return what a setting of how an older program would do it is called."""
    return node.get(w("name"), "") if node.tag == w("compatSetting") else literal.name(str(node.tag))


def _value(node: Element, rows: Rows) -> str:
    said = node.get(w("val"), "") if node.tag == w("compatSetting") else literal.value(node, rows)
    return "off" if said in literal.OFF else said


def strange(parts: Package, rows: Rows, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the settings that no row names, those that the words ask for, and how notes are counted, if there are any.

    `asked` are the kinds of data that the words take from the file.
    """
    for called, said in read(parts, rows):
        if (("setting", called) not in rows or called in asked) and said != "off":
            yield f"setting {called} {said}", _SHOWN.get(called, f"a setting, '{called}',")
    yield from _notes(parts, rows)


_SHOWN = {
    "w:view web": "a view as a web page (w:view), in which words may be hidden,",
    "w:linkStyles": "a wish to take its styles from its template (linkStyles)",
    "w:updateFields": "a wish that Word count its fields again (updateFields)",
    "w:evenAndOddHeaders": "other headers on even pages (evenAndOddHeaders)",
    "w:printFormsData": "a wish that only what was typed into forms be printed (printFormsData)",
    "w:docVars": "other variables (docVars), which a field prints,",
    "w:compat w:printColBlack": "a wish that colors be printed in black (printColBlack)",
    "w:documentProtection forms": "a protection (documentProtection) that lets a reader only fill in forms",
    "w:documentProtection readOnly": "a protection (documentProtection) that lets a reader only read",
    "w:documentProtection comments": "a protection (documentProtection) that lets a reader only comment",
}
_USUAL = {  # what Word does with notes when nothing is said
    "footnotePr": {"numFmt": "decimal", "numStart": "1", "numRestart": "continuous", "pos": "pageBottom"},
    "endnotePr": {"numFmt": "lowerRoman", "numStart": "1", "numRestart": "continuous", "pos": "docEnd"},
}
_LINES = frozenset(map(w, ("p", "pPr", "r", "rPr", "separator", "continuationSeparator", "spacing", "sz", "szCs")))


def _notes(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield how notes are counted and what is between them and the words, where the words have notes."""
    main = package.main(parts)
    body = package.parse(parts[main])
    roots = [body, *(package.parse(parts[name]) for name in package.find(parts, "settings", main)[:1])]
    for kind in ("footnote", "endnote"):
        if next(body.iter(w(f"{kind}Reference")), None) is None:
            continue
        for node in (node for root in roots for node in root.iter(w(f"{kind}Pr"))):
            for child in node.iterchildren("*"):
                called, said = literal.name(child.tag).removeprefix("w:"), child.get(w("val"), "")
                if called != kind and _USUAL[f"{kind}Pr"].get(called) != said:
                    yield f"notes {kind} {called} {said}", f"another way to count {kind}s"
        for name in package.find(parts, f"{kind}s", main)[:1]:
            notes = package.parse(parts[name]).findall(w(kind))
            if len({node.get(w("id")) for node in notes}) < len(notes):
                yield f"notes {kind} twice", f"two {kind}s of one number"
            for node in notes:
                if node.get(w("type"), "normal") != "normal" and any(
                    one.tag not in _LINES or (one.text or "").strip() for one in node.iterdescendants("*")
                ):
                    yield f"notes {literal.text(node, rows)}", f"something between the words and the {kind}s"
