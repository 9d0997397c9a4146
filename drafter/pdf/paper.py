"""Changes a Word file so that LibreOffice prints on paper what Word shows on a screen."""

from __future__ import annotations

from drafter.base import english
from drafter.word.oxml import changes, elements, package
from drafter.word.oxml.elements import Element, drop, w

NOTE = "[Note {number}]"


def printable(redline: bytes, label: str = NOTE) -> bytes:
    """Return a redline's Word file with numbers in place of its comments, and with the old number where one is deleted.

    LibreOffice would print the new number of a deleted reference, struck out.
    """
    parts = package.unpack(redline)
    main = package.main(parts)
    root = package.parse(parts[main])
    _number_comments(root, label)
    _settle_deleted_fields(root)
    _count_rightly(root)
    _link_references(root)
    return package.pack(parts | {main: package.serialize(root)})


def together(document: bytes) -> bytes:
    """Return a Word file with links in place of the references that must not be broken over lines.

    LibreOffice breaks a line at a no-break space where it is in a field ("Exhibit / A"), and prints nothing of the
    number where the field begins the new line ("Article, and").
    """
    parts = package.unpack(document)
    main = package.main(parts)
    root = package.parse(parts[main])
    _link_references(root)
    return package.pack(parts | {main: package.serialize(root)})


def _link_references(root: Element) -> None:
    for begin in [sign for sign in root.iter(w("fldChar")) if sign.get(w("fldCharType")) == "begin"]:
        _link(_parent(begin))


def _link(begin: Element) -> None:
    """Put a link in place of a reference that has a no-break space; in a tracked change, its words alone."""
    runs = [begin]
    for run in begin.itersiblings(w("r")):
        runs.append(run)
        if any(sign.get(w("fldCharType")) == "end" for sign in run.iter(w("fldChar"))):
            break
    code = "".join(node.text or "" for run in runs for node in run.iter(w("instrText"))).split()
    words = [run for run in runs if run.find(w("t")) is not None]
    shown = "".join(node.text or "" for run in words for node in run.iter(w("t")))
    whole = any(sign.get(w("fldCharType")) == "end" for sign in runs[-1].iter(w("fldChar")))
    if not whole or code[:1] != ["REF"] or english.NO_BREAK not in shown:
        return
    if _parent(begin).tag == w("p"):  # a link can't be in a change
        begin.addprevious(elements.hyperlink(code[1], words))
    for run in runs:
        if run not in words:
            drop(run)


def _number_comments(root: Element, label: str) -> None:
    for node in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"))):
        drop(node)
    for node in list(root.iter(w("commentReference"))):
        run = _parent(node)
        if _parent(run).tag in changes.TRACKED:  # the number is no change, so it goes beside the change
            run = _parent(run)
        run.addprevious(elements.run(f" {label.format(number=int(node.get(w('id'), '0')) + 1)}"))
        drop(run)


def _settle_deleted_fields(root: Element) -> None:
    """Turn each whole field that is deleted into the words that it showed."""
    for deleted in root.iter(w("del"), w("moveFrom")):
        signs = list(deleted.iter(w("fldChar")))
        kinds = [sign.get(w("fldCharType")) for sign in signs]
        if kinds.count("begin") == kinds.count("end"):
            for sign in [*signs, *deleted.iter(w("delInstrText"), w("instrText"))]:
                drop(sign)


def _parent(node: Element) -> Element:
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root of a part can't be there")
    return parent


def _count_rightly(root: Element) -> None:
    """Unmark the end of an inserted or deleted stretch of paragraphs where LibreOffice would count wrongly after it.

    It shows old numbers in brackets beside the new, and joins the paragraph that follows a stretch to it: after a
    deleted one that paragraph has no new number, after an inserted one it has no old one, and the first of the stretch
    counts for it. That is right where both are of one style, as where a section is inserted before another.
    """
    first: Element | None = None  # of the stretch
    for paragraph in root.iter(w("p")):
        side = _side(paragraph)
        if not side:
            first = None
            continue
        first = paragraph if first is None else first
        after = next(paragraph.itersiblings(w("p"), w("tbl")), None)
        if after is None or after.tag != w("p") or _side(after) == side:
            continue
        if side == "base" or _style(first) != _style(after):
            for mark in _marks(paragraph):
                drop(mark)
        first = None


def _marks(paragraph: Element) -> list[Element]:
    return [mark for mark in paragraph.findall(f"{w('pPr')}/{w('rPr')}/*") if mark.tag in changes.TRACKED]


def _side(paragraph: Element) -> str:
    """Return the only side of the redline on which a paragraph has its end; nothing where both have it."""
    tags = {mark.tag for mark in _marks(paragraph)}
    return "" if not tags else "revised" if tags & {w("ins"), w("moveTo")} else "base"


def _style(paragraph: Element) -> str | None:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return None if found is None else found.get(w("val"))
