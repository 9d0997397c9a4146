"""Says what the package of a Word file holds that the closed list doesn't name: parts, links to them, settings."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterator

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
    yield from _doubles(parts)


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


def _doubles(parts: Package) -> Iterator[tuple[str, str]]:
    """Find styles and lists that have one name: programs differ in which of them they take."""
    main = package.main(parts)
    for kind, path, key in (
        ("styles", "style", "styleId"), ("numbering", "abstractNum", "abstractNumId"), ("numbering", "num", "numId"),
    ):  # fmt: skip
        for name in package.find(parts, kind, main)[:1]:
            named = Counter(node.get(w(key), "") for node in package.parse(parts[name]).iterfind(w(path)))
            for node in package.parse(parts[name]).iterfind(w(path)):
                if any(len(node.findall(w(each))) > 1 for each in ("rPr", "pPr", "basedOn")):
                    yield f"properties twice {literal.text(node, {})}", "a style whose properties are there twice"
            yield from ((f"twice {path} {one}", f"two of the {kind} '{one}'") for one, n in named.items() if n > 1)
