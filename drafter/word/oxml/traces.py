"""Takes out of a Word file what tells of people and machines: who worked on it, where, when and with what.

One rule: only what the document needs is kept. Of the properties, that is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from drafter.base import characters
from drafter.word.oxml import elements, package, roots
from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import OVERRIDE, RELATIONSHIP, TYPES, Package

CORE, APP = "docProps/core.xml", "docProps/app.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DC = "http://purl.org/dc/elements/1.1/"
_CORE_KINDS = (
    f"{_PACKAGE}/relationships/metadata/core-properties",
    "application/vnd.openxmlformats-package.core-properties+xml",
)
_APP_KINDS = (
    f"{_OFFICE}/relationships/extended-properties",
    "application/vnd.openxmlformats-officedocument.extended-properties+xml",
)
# Word declares these five; an editor that adds the day of its change writes `dcterms:created xsi:type="..."`.
_CORE_NAMESPACES = {
    "cp": f"{_PACKAGE}/metadata/core-properties",
    "dc": _DC,
    "dcterms": "http://purl.org/dc/terms/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_APP_NAMESPACE = f"{_OFFICE}/extended-properties"
_APP_FACTS = {"DocSecurity": "0", "ScaleCrop": "false", "SharedDoc": "false"}  # what is the same of every document
# The last step of the types of relationship that a document doesn't need, and that may say who worked on the template,
# where, and with what.
_DROPPED = frozenset(
    {
        *("thumbnail", "customXml", "custom-properties", "core-properties", "extended-properties"),
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("attachedTemplate", "glossaryDocument", "printerSettings", "keyMapCustomizations", "stylesWithEffects"),
        *("recipientData", "mailMergeSource", "mailMergeHeaderSource", "classificationlabels", "origin"),
    }
)
_TRACES = (
    "attachedTemplate rsids rsid docVars mailMerge printerSettings commentRangeStart commentRangeEnd commentReference"
)

# Attributes that number a paragraph: by the session that wrote it, and at random. A loop would repeat the latter.
_SESSIONS = (f"{{{elements.W}}}rsid", f"{{{roots.URIS['w14']}}}paraId", f"{{{roots.URIS['w14']}}}textId")


def scrub(parts: Package, title: str) -> Package:
    """Keep only the parts that a document needs, and of its properties only the title; write them as Word does."""
    kept = {name: (_untraced(xml) if _is_setting(name) else xml) for name, xml in reached(parts).items()}
    kept |= {TYPES: _listed(kept)}
    kept = package.added(kept, "", CORE, _CORE_KINDS, _core(title))
    return roots.declared(package.added(kept, "", APP, _APP_KINDS, _app()))


def reached(parts: Package) -> Package:
    """Return the parts that a document keeps, as they are but for their links to others."""
    kept = {name: (_scrubbed(xml) if name.endswith(".rels") else xml) for name, xml in parts.items()}
    names = {TYPES, *_reachable(kept)}
    return {name: xml for name, xml in kept.items() if name in names}


def _listed(parts: Package) -> bytes:
    """Return the list of content types, for these parts alone and in the order that Word has: the body first."""
    types = package.parse(parts[TYPES])
    ends = {name.rpartition(".")[2].casefold() for name in parts}
    for node in list(types):
        unused = node.get("Extension", "").casefold() not in ends
        if node.get("PartName", "/")[1:] not in parts if node.tag == OVERRIDE else unused:
            types.remove(node)
    for node in sorted(types, key=lambda node: (node.tag == OVERRIDE, ".main+" not in node.get("ContentType", ""))):
        types.append(node)
    return package.serialize(types)


def _is_setting(name: str) -> bool:
    return re.fullmatch(r"word/(settings|styles|numbering)[0-9]*\.xml", name) is not None


def _untraced(xml: bytes) -> bytes:
    root = package.parse(xml)
    strip_traces(root)
    return package.serialize(root)


def _core(title: str) -> bytes:
    root = etree.Element(f"{{{_CORE_NAMESPACES['cp']}}}coreProperties", nsmap=_CORE_NAMESPACES)
    etree.SubElement(root, f"{{{_DC}}}title").text = characters.unturned(title)
    return package.serialize(root)


def _app() -> bytes:
    xml = f'<Properties xmlns="{_APP_NAMESPACE}" xmlns:vt="{_OFFICE}/docPropsVTypes"/>'
    root = package.parse(xml.encode())
    for name, value in _APP_FACTS.items():
        etree.SubElement(root, f"{{{_APP_NAMESPACE}}}{name}").text = value
    return package.serialize(root)


def _scrubbed(rels: bytes) -> bytes:
    root = package.parse(rels)
    for node in root.findall(RELATIONSHIP):
        if package.kind(node) in _DROPPED:
            root.remove(node)
    return package.serialize(root)


def _reachable(parts: Package) -> Iterator[str]:
    waiting, seen = [""], {""}
    while waiting:
        source = waiting.pop()
        if (listed := package.rels(source)) in parts:
            yield listed
        for _, _, target in package.targets(parts, source):
            if target in parts and target not in seen:
                seen.add(target)
                waiting.append(target)
                yield target


def strip_traces(root: Element) -> None:
    """Remove what Word notes about editing sessions, printers, comments and the template's own place."""
    for node in list(root.iter(*map(elements.w, _TRACES.split()))):
        elements.drop(node)
    for node in root.iter(etree.Element):
        for name in [name for name in node.attrib if str(name).startswith(_SESSIONS)]:
            del node.attrib[name]


def authors(root: Element) -> tuple[str, ...]:
    """Return who made the tracked changes in a tree."""
    return tuple(sorted({name for node in root.iter() if (name := node.get(elements.w("author")))}))
