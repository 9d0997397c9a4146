"""Says what the package of a Word file holds that the closed list doesn't name: parts, links to them, settings."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from drafter.base.problems import short
from drafter.verifying import literal
from drafter.verifying.comparison import Finding
from drafter.verifying.listed import Rows
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening import misread

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",  # LibreOffice's
)
_MICROSOFT = {  # the kinds that are named in Microsoft's own addresses, by the whole of each
    f"http://schemas.microsoft.com/office/{address}": kind
    for address, kind in (
        ("2020/02/relationships/classificationlabels", "classificationlabels"),
        ("2011/relationships/people", "people"),
        ("2011/relationships/commentsExtended", "commentsExtended"),
        ("2016/09/relationships/commentsIds", "commentsIds"),
        ("2018/08/relationships/commentsExtensible", "commentsExtensible"),
    )
}
_ONE = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "webSettings", "core-properties"})
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "officeDocument": f"{_WORD}document.main+xml",
    **{
        kind: f"{_WORD}{kind}+xml"
        for kind in ("styles", "numbering", "settings", "fontTable", "header", "footer", "webSettings")
    },
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
_FILE = "the file"


def findings(ours: Package, theirs: Package, rows: Rows) -> Iterator[Finding]:
    """Yield what the package of a file holds that can't be judged, unless the approved file has the same."""
    mine = {said for said, _ in _strange(ours, rows)}
    for said, what in dict.fromkeys(_strange(theirs, rows)):
        if said not in mine:
            yield Finding("unjudged", _FILE, f"{what} that the approved contract doesn't have")
    for said, what in dict.fromkeys(_strange(ours, rows)):
        if said not in {one for one, _ in _strange(theirs, rows)}:
            yield Finding("unjudged", _FILE, f"{what}, which the approved contract has, is not as it was")


def _strange(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    yield from _parts(parts, rows)
    main = package.main(parts)
    for name in package.find(parts, "settings", main)[:1]:
        for node in (one for one in package.parse(parts[name]) if isinstance(one.tag, str)):
            called, said = literal.name(node.tag), literal.value(node, rows)
            if node.tag == w("documentProtection"):
                called = f"{called} {node.get(w('edit'), '')}"
            if ("setting", called) not in rows and said != "off":
                yield f"setting {called} {said}", f"a setting, '{called}',"
    yield from _fonts(parts, rows)
    yield from _frames(parts)
    yield from _definitions(parts, rows)
    yield from _colours(parts)


def _parts(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Find parts that nothing on the list points to, and what points to nothing."""
    reached: set[str] = {package.TYPES}
    seen: dict[tuple[str, str], int] = {}
    sources = [""]
    types = package.content_types(parts)
    while sources:
        source = sources.pop()
        listed = package.rels(source)
        if listed not in parts:
            continue
        reached.add(listed)
        for node in package.parse(parts[listed]).iterfind(package.RELATIONSHIP):
            uri, target = node.get("Type", ""), node.get("Target", "")
            kind = _kind(uri)
            if node.get("TargetMode") == "External":
                if kind != "hyperlink":
                    yield f"outside {uri} {target}", f"something outside of it, '{target}',"
                continue
            name = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
            seen[source, kind] = seen.get((source, kind), 0) + 1
            if name not in parts:
                yield f"nothing {uri} {target}", f"a part that is missing, '{target}',"
            elif (
                ("part", kind) not in rows
                or (kind in _ONE and seen[source, kind] > 1)
                or not _is_typed(kind, types.get(name, ""))
            ):
                digest = hashlib.sha256(parts[name]).hexdigest()
                yield f"part {uri} {digest}", f"a part of another kind, '{name}',"
            if name in parts and name not in reached:
                reached.add(name)
                sources.append(name)
    for name in parts:
        if name not in reached and not name.endswith("/"):
            yield f"alone {name} {hashlib.sha256(parts[name]).hexdigest()}", f"a part that nothing leads to, '{name}',"


def _is_typed(kind: str, found: str) -> bool:
    return kind not in _TYPES or found == _TYPES[kind]


def _kind(uri: str) -> str:
    """Return the kind of a relationship whose whole type is known; otherwise all of it."""
    if uri in _CORE:
        return "core-properties"
    return _MICROSOFT.get(uri, uri.removeprefix(_OFFICE))


def _fonts(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Find fonts that are kept in the file, that another takes the place of, or that are of signs."""
    for name in package.find(parts, "fontTable", package.main(parts))[:1]:
        for node in package.parse(parts[name]).iterfind(w("font")):
            for child in node:
                signs = child.tag == w("altName") and child.get(w("val"), "").casefold() in misread.SIGNS
                if (
                    child.tag in _FONTS
                    or signs
                    or (child.tag == w("charset") and _is_plain(node) and child.get(w("val")) == "02")
                ):
                    said = f"{node.get(w('name'))} {literal.text(child, rows)}"
                    yield f"font {said}", f"what it says of the font '{node.get(w('name'))}'"


_FONTS = frozenset(map(w, ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")))


def _is_plain(font: Element) -> bool:
    return font.get(w("name"), "").casefold() not in misread.SIGNS | {"opensymbol"}


def _frames(parts: Package) -> Iterator[tuple[str, str]]:
    for name in package.find(parts, "webSettings", package.main(parts)):
        if any(True for _ in package.parse(parts[name]).iter(w("frameset"))):
            yield f"frames {hashlib.sha256(parts[name]).hexdigest()}", "frames of other files"


def _definitions(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Find what programs may read otherwise in the styles and lists, by a closed list of what they may hold."""
    main = package.main(parts)
    roots = {kind: package.parse(parts[name]) for kind in _HELD_IN for name in package.find(parts, kind, main)[:1]}
    for kind, root in roots.items():
        for node, what in (*_unread(root, rows), *_unnumbered(root)):
            yield f"{kind} {what} {literal.text(node, rows)}", f"{what} in its {_HELD_IN[kind]}"
    written = {*package.find(parts, "header", main), *package.find(parts, "footer", main), main}
    types = _types(roots.get("styles"))
    for root in (*roots.values(), *(package.parse(parts[name]) for name in sorted(written))):
        yield from _misnamed(root, types)
        if root not in roots.values():
            yield from ((f"number {what} {node.get(w('val'))}", what) for node, what in _unnumbered(root))


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


def _colours(parts: Package) -> Iterator[tuple[str, str]]:
    """Find colours of the theme that aren't the same on every computer."""
    for name in package.find(parts, "theme", package.main(parts))[:1]:
        for node in package.parse(parts[name]).iter(f"{_DRAWING}sysClr"):
            said = (node.get("val", ""), node.get("lastClr", "").upper())
            if said not in (("windowText", "000000"), ("window", "FFFFFF")):
                yield f"colour {said}", f"a colour that each computer chooses, '{short(said[0])}',"


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
