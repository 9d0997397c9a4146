"""Says what the package of a Word file holds that the closed list doesn't name: parts, links to them, settings."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator

from drafter.base.problems import short
from drafter.verifying import literal
from drafter.verifying.comparison import Finding
from drafter.verifying.listed import Key, Rows
from drafter.verifying.parts import asking, definitions, settings
from drafter.word import incoming
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening import misread

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = {
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties": "core-properties",
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties":  # LibreOffice's
        "core-properties",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail": "thumbnail",
    "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin": "signatureOrigin",
    "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature": "signature",
}  # fmt: skip
_MICROSOFT = {  # the kinds that are named in Microsoft's own addresses, by the whole of each
    f"http://schemas.microsoft.com/office/{address}": kind
    for address, kind in (
        ("2020/02/relationships/classificationlabels", "classificationlabels"),
        ("2011/relationships/people", "people"),
        ("2011/relationships/commentsExtended", "commentsExtended"),
        ("2016/09/relationships/commentsIds", "commentsIds"),
        ("2018/08/relationships/commentsExtensible", "commentsExtensible"),
        ("2020/10/relationships/intelligence", "intelligence"),
        ("2019/05/relationships/documenttasks", "documenttasks"),
        ("2007/relationships/stylesWithEffects", "stylesWithEffects"),
        ("2006/relationships/keyMapCustomizations", "keyMapCustomizations"),
        ("2006/relationships/attachedToolbars", "attachedToolbars"),
    )
}
_ONE = frozenset(
    {"styles", "numbering", "settings", "fontTable", "theme", "webSettings", "core-properties", "glossaryDocument"}
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "officeDocument": f"{_WORD}document.main+xml",
    **{
        kind: f"{_WORD}{kind}+xml"
        for kind in (
            "styles",
            "numbering",
            "settings",
            "fontTable",
            "header",
            "footer",
            "webSettings",
            "footnotes",
            "endnotes",
        )
    },
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "glossaryDocument": f"{_WORD}document.glossary+xml",
    "printerSettings": f"{_WORD}printerSettings",
    "signatureOrigin": "application/vnd.openxmlformats-package.digital-signature-origin",
    "signature": "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    "intelligence": "application/vnd.ms-office.intelligence2+xml",
    "documenttasks": "application/vnd.ms-office.documenttasks+xml",
    "stylesWithEffects": "application/vnd.ms-word.stylesWithEffects+xml",
    "keyMapCustomizations": "application/vnd.ms-word.keyMapCustomizations+xml",
    "attachedToolbars": "application/vnd.ms-word.attachedToolbars",
}
_ROOTS = {  # what a part of each kind is called in itself; programs differ in what they make of any other
    **{kind: w(kind) for kind in ("styles", "numbering", "settings", "footnotes", "endnotes")},
    "fontTable": w("fonts"),
    "header": w("hdr"),
    "footer": w("ftr"),
}
_FILE = "the file"


def findings(ours: Package, theirs: Package, rows: Rows) -> Iterator[Finding]:
    """Yield what the package of a file holds that can't be judged, unless the approved file has the same."""
    mine, its = dict(_strange(ours, rows)), dict(_strange(theirs, rows))
    for said, what in its.items():
        if said not in mine:
            yield Finding("unjudged", _FILE, f"{what} that the approved contract doesn't have")
    for said, what in mine.items():
        if said not in its:
            yield Finding("unjudged", _FILE, f"{what}, which the approved contract has, is not as it was")


def added(ours: Package, theirs: Package, rows: Rows) -> Iterator[str]:
    """Yield what a file has beside its words that the approved one hasn't, and that a row allows and names."""
    mine = {row for row, _ in _said(ours, rows)}
    yield from dict.fromkeys(said for row, said in _said(theirs, rows) if row not in mine)


def _said(parts: Package, rows: Rows) -> Iterator[tuple[Key, str]]:
    main = package.main(parts)
    sources = ("", main, *package.find(parts, "settings", main)[:1])
    keys: list[Key] = [("part", kind) for source in sources for kind, _, _ in _links(parts, source)]
    keys += [("setting", called) for called, _ in settings.read(parts, rows)]
    yield from ((key, row.said) for key in keys if (row := rows.get(key)) is not None and row.said)


def _strange(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    asked = asking.asked(parts)
    yield from _parts(parts, rows, asked)
    yield from settings.strange(parts, rows, asked)
    yield from asking.given(parts, asked)
    yield from _fonts(parts, rows)
    yield from _frames(parts)
    yield from definitions.strange(parts, rows)
    yield from _colours(parts)


def _links(parts: Package, source: str) -> Iterator[tuple[str, Element, str]]:
    """Yield what a part points to: the kind, the relationship, and the part; outside of the file it has no name."""
    if (listed := package.rels(source)) not in parts:
        return
    for node in package.parse(parts[listed]).iterfind(package.RELATIONSHIP):
        outside = node.get("TargetMode", "Internal") != "Internal"
        path = posixpath.join("/", posixpath.dirname(source), node.get("Target", ""))
        yield _kind(node.get("Type", "")), node, "" if outside else posixpath.normpath(path).lstrip("/")


def _parts(parts: Package, rows: Rows, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Find parts that nothing on the list points to, and what points to nothing."""
    reached: set[str] = {package.TYPES}
    seen: dict[tuple[str, str], int] = {}
    types = package.content_types(parts)
    sources, blocks = [""], list[str]()
    while sources:
        source = sources.pop()
        reached.add(package.rels(source))
        ids = [node.get("Id", "") for _, node, _ in _links(parts, source)]
        yield from (
            (f"twice {one}", f"two things under one number, '{one}',") for one in set(ids) if ids.count(one) > 1
        )
        for kind, node, name in _links(parts, source):
            uri, target = node.get("Type", ""), node.get("Target", "")
            seen[source, kind] = seen.get((source, kind), 0) + 1
            if not name:
                if kind != "hyperlink" and not (("part", kind) in rows and incoming.is_own_template(kind, target)):
                    yield f"outside {uri} {target}", f"something outside of it, '{target}',"
            elif name not in parts:
                yield f"nothing {uri} {target}", f"a part that is missing, '{target}',"
            elif (
                ("part", kind) not in rows
                or kind in asked
                or (kind in _ONE and seen[source, kind] > 1)
                or not _is_typed(kind, types.get(name, ""))
                or (kind in _ROOTS and package.parse(parts[name]).tag != _ROOTS[kind])
                or (kind == "stylesWithEffects" and not definitions.is_alike(parts, name, rows))
            ):
                digest = hashlib.sha256(parts[name]).hexdigest()
                yield f"part {uri} {digest}", f"a part of another kind, '{name}',"
            if kind == "glossaryDocument":
                blocks.append(name)
            elif name in parts and name not in reached:
                reached.add(name)
                sources.append(name)
    reached |= _under(parts, blocks)
    for name in parts:
        if name not in reached and not name.endswith("/"):
            yield f"alone {name} {hashlib.sha256(parts[name]).hexdigest()}", f"a part that nothing leads to, '{name}',"


def _under(parts: Package, blocks: list[str]) -> set[str]:
    """Return the parts that building blocks have: nothing of them is shown, and what would do harm is named apart."""
    reached: set[str] = set()
    while blocks:
        name = blocks.pop()
        if name in parts and name not in reached:
            reached |= {name, package.rels(name)}
            blocks += [other for _, _, other in _links(parts, name) if other]
    return reached


def _is_typed(kind: str, found: str) -> bool:
    if kind == "thumbnail":
        return found.startswith("image/")
    return kind not in _TYPES or found == _TYPES[kind]


def _kind(uri: str) -> str:
    """Return the kind of a relationship whose whole type is known; otherwise all of it."""
    return _PACKAGE.get(uri) or _MICROSOFT.get(uri) or uri.removeprefix(_OFFICE)


def _fonts(parts: Package, rows: Rows) -> Iterator[tuple[str, str]]:
    """Find fonts that are kept in the file, that another takes the place of, or that are of signs."""
    for name in package.find(parts, "fontTable", package.main(parts))[:1]:
        for node in package.parse(parts[name]).iterfind(w("font")):
            for child in node:
                said = child.get(w("val"), "").casefold()
                others = {one.strip() for one in said.split(",")} if child.tag == w("altName") else set()
                of_signs = child.tag == w("charset") and _is_plain(node) and said.lstrip("0") == "2"
                if child.tag in _FONTS or others & misread.SIGNS or of_signs:
                    said = f"{node.get(w('name'))} {literal.text(child, rows)}"
                    yield f"font {said}", f"what it says of the font '{node.get(w('name'))}'"


_FONTS = frozenset(map(w, ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")))


def _is_plain(font: Element) -> bool:
    return font.get(w("name"), "").casefold() not in misread.SIGNS | {"opensymbol"}


def _frames(parts: Package) -> Iterator[tuple[str, str]]:
    for name in package.find(parts, "webSettings", package.main(parts)):
        if any(True for _ in package.parse(parts[name]).iter(w("frameset"))):
            yield f"frames {hashlib.sha256(parts[name]).hexdigest()}", "frames of other files"


def _colours(parts: Package) -> Iterator[tuple[str, str]]:
    """Find colours of the theme that aren't the same on every computer."""
    for name in package.find(parts, "theme", package.main(parts))[:1]:
        for node in package.parse(parts[name]).iter(f"{_DRAWING}sysClr"):
            said = (node.get("val", ""), node.get("lastClr", "").upper())
            if said not in (("windowText", "000000"), ("window", "FFFFFF")):
                yield f"colour {said}", f"a colour that each computer chooses, '{short(said[0])}',"


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
