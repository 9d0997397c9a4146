"""Says what the styles and lists of a file hold that the closed list doesn't name, or that programs read otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from drafter.base.problems import short
from drafter.verifying import literal
from drafter.verifying.listed import Rows
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package


def strange(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Find what programs may read otherwise in the styles and lists, by a closed list of what they may hold."""
    main = package.main(parts)
    roots = {kind: package.parse(parts[name]) for kind in _HELD_IN for name in package.find(parts, kind, main)[:1]}
    for kind, root in roots.items():
        for node, what in (*_unread(root, rows), *_unnumbered(root)):
            yield f"{kind} {what} {literal.text(node, rows)}", f"{what} in its {_HELD_IN[kind]}"
    for style, level in _unbound(roots.get("numbering"), roots.get("styles")):
        yield f"bound {style} {level}", f"a list that numbers the style '{short(style)}', whose list is another,"
    written = {*package.find(parts, "header", main), *package.find(parts, "footer", main), main}
    types = _types(roots.get("styles"))
    for root in (*roots.values(), *(package.parse(parts[name]) for name in sorted(written))):
        yield from _misnamed(root, types)
        if root not in roots.values():
            yield from ((f"number {what} {node.get(w('val'))}", what) for node, what in _unnumbered(root))


def is_alike(parts: Package, name: str, rows: Rows) -> bool:
    """Say whether a second part with styles, which Word 2010 reads in place of the first, says what the first does."""

    def said(part: str) -> set[str]:
        root = package.parse(parts[part])
        return {literal.text(node, rows) for node in root.iter(w("style"), w("docDefaults"))}

    first = package.find(parts, "styles", package.main(parts))
    return bool(first) and said(first[0]) == said(name)


_HELD_IN = {"styles": "styles", "numbering": "lists"}
_HELD = {  # what may be in each element of the styles and lists; other elements hold properties, which are compared
    f"w:{name}": frozenset(f"w:{child}" for child in children.split())
    for name, children in {
        "styles": "docDefaults latentStyles style",
        "docDefaults": "rPrDefault pPrDefault",
        "rPrDefault": "rPr",
        "pPrDefault": "pPr",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
        "locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
        "tblStylePr": "pPr rPr tblPr trPr tcPr",
        "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
        "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
        "num": "abstractNumId lvlOverride",
        "lvlOverride": "startOverride lvl",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
        "numPr": "ilvl numId",
    }.items()
}
_KEYS = {  # by what those are told apart of which there may be several
    "w:style": "styleId", "w:abstractNum": "abstractNumId", "w:num": "numId", "w:lvl": "ilvl", "w:lvlOverride": "ilvl",
    "w:tblStylePr": "type", "w:numPicBullet": "numPicBulletId",
}  # fmt: skip
_SAID = {
    "w:style": {"w:type", "w:styleId", "w:default", "w:customStyle"},
    "w:abstractNum": {"w:abstractNumId", "w15:restartNumberingAfterBreak"},
    "w:num": {"w:numId", "http://schemas.microsoft.com/office/word/2016/wordml/cid:durableId"},
    "w:lvl": {"w:ilvl", "w:tplc", "w:tentative"},
    "w:lvlOverride": {"w:ilvl"},
    "w:tblStylePr": {"w:type"},
}
_KINDS = ("paragraph", "character", "table", "numbering")


def _is_effect(node: Element) -> bool:
    """Say whether an element of Microsoft's is in properties, with which it is compared."""
    return any(True for _ in node.iterancestors(w("rPr"), w("pPr")))


def _unread(root: Element, rows: Rows) -> Iterator[tuple[Element, str]]:
    """Yield what isn't on the list, or is there twice, in a part of definitions and in all that it holds."""
    for node in root.iter("*"):
        name, above = literal.name(node.tag), node.getparent()
        within = "" if above is None else literal.name(above.tag)
        if _is_misplaced(node, name, within):
            yield node, f"'{name}' where it has no place"
        if name in _HELD:
            seen: Counter[str] = Counter()
            for child in node.iterchildren("*"):
                called = literal.name(child.tag)
                if called not in _HELD[name]:
                    yield child, f"'{called}'"
                else:
                    key = child.get(w(_KEYS[called]), "") if called in _KEYS else ""
                    seen[f"{called} {key.strip().casefold()}"] += 1
            yield from ((node, f"two of '{one.strip()}'") for one, times in seen.items() if times > 1)
            said = dict(literal.attributes(node, rows))
            yield from ((node, f"'{key}' of '{name}'") for key in said.keys() - _SAID.get(name, set()))
            if said.get("w15:restartNumberingAfterBreak", "0") not in literal.OFF:
                yield node, "a list that begins again in each section"
        elif name.startswith("mc:") or not (name.startswith("w:") or within in _HELD or _is_effect(node)):
            yield node, f"'{name}'"
    defaults = Counter(node.get(w("type"), "paragraph") for node in root if node.get(w("default")) in literal.ON)
    yield from ((root, f"two default styles of a {kind}") for kind, times in defaults.items() if times > 1)
    for node in root.iterfind(w("style")):
        if node.get(w("type"), "paragraph") not in _KINDS:
            yield node, "a style of an unknown kind"
        if node.get(w("default"), "0") not in literal.ON | literal.OFF:
            yield node, "a style that may be the default"


def _is_misplaced(node: Element, name: str, within: str) -> bool:
    """Say whether a style or a list is named where some programs follow it and others don't."""
    above = {str(one.tag) for one in node.iterancestors()}
    return (
        (name == "w:pStyle" and within != "w:lvl")
        or (name == "w:rStyle" and w("lvl") not in above)
        or name == "w:sectPr"
        or (name == "w:numPr" and w("docDefaults") in above)
    )


def _unnumbered(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the numbers of lists, levels and starts that are written in a way of which programs make different ones."""
    for node in root.iter(*map(w, ("numId", "ilvl", "abstractNumId", "start", "startOverride", "lvlRestart"))):
        above = node.getparent()
        if node.tag == w("start") and (above is None or above.tag != w("lvl")):
            continue  # the start of a line: a border or a margin
        if not _NUMBER.fullmatch(node.get(w("val"), "")):
            yield node, f"a number of a list, '{short(node.get(w('val'), ''))}',"
    for node in root.iter(*map(w, ("num", "abstractNum", "lvl", "lvlOverride"))):
        key = _KEYS[literal.name(str(node.tag))]
        if not _NUMBER.fullmatch(node.get(w(key), "")):
            yield node, f"a number of a list, '{short(node.get(w(key), ''))}',"
    for node in root.iter(w("numPr")) if root.tag not in map(w, _HELD_IN) else ():
        if len({one.tag for one in node}) != len(node):
            yield node, "two numbers of a list"


def _unbound(numbering: Element | None, styles: Element | None) -> Iterator[tuple[str, str]]:
    """Yield styles that a level of a list says it numbers, and that are numbered by another list, or at another level.

    Programs differ in which of the two they follow.
    """
    if numbering is None or styles is None:
        return
    lists = {node.get(w("numId"), ""): _val(node, "abstractNumId") for node in numbering.iterfind(w("num"))}
    named = {node.get(w("styleId"), ""): node for node in styles.iterfind(w("style"))}
    for holder in numbering.iterchildren(w("abstractNum"), w("num")):
        mine = holder.get(w("abstractNumId")) or _val(holder, "abstractNumId")
        bound = [(_val(one, "pStyle"), one.get(w("ilvl"), "")) for one in holder.iter(w("lvl"))]
        for style, level in bound:
            if style not in named:
                continue
            number, at = (_said_of(named, style, name) for name in ("numId", "ilvl"))
            twice = sum(one == style for one, _ in bound) > 1
            if lists.get(number, "none") != mine or at not in ("", level) or twice:
                yield _val(named[style], "name") or style, level


def _said_of(named: Mapping[str, Element], style: str, name: str) -> str:
    """Return what a style, or the nearest that it is based on, says of its number in a list."""
    seen: set[str] = set()
    while style in named and style not in seen:
        seen.add(style)
        found = named[style].find(f"{w('pPr')}/{w('numPr')}/{w(name)}")
        if found is not None:
            return found.get(w("val"), "")
        style = _val(named[style], "basedOn")
    return ""


def _val(node: Element, name: str) -> str:
    found = node.find(w(name))
    return "" if found is None else found.get(w("val"), "")


_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")


def _types(styles: Element | None) -> Mapping[str, str]:
    nodes = () if styles is None else styles.iterfind(w("style"))
    return {node.get(w("styleId"), ""): node.get(w("type"), "paragraph") for node in nodes}


def _misnamed(root: Element, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Find names of styles that programs read otherwise: those of another kind, or that differ in small letters."""
    near = {name.strip().casefold() for name in types}
    for node in root.iter(*map(w, (*_NAMING, "basedOn"))):
        name, above = node.get(w("val"), ""), node.getparent()
        tag = literal.name(str(node.tag)).removeprefix("w:")
        kind = _NAMING.get(tag) or (types.get(above.get(w("styleId"), "")) if above is not None else "")
        if types.get(name, kind) != kind or (name not in types and name.strip().casefold() in near):
            yield f"misnamed {tag} {name}", f"'{short(name)}', which isn't the name of a style of a {kind},"


_NAMING = {
    "pStyle": "paragraph", "rStyle": "character", "tblStyle": "table", "numStyleLink": "numbering",
    "styleLink": "numbering",
}  # fmt: skip
