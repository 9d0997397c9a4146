"""Takes out of a Word file what tells of people and machines: who worked on it, where, when and with what.

One rule: only what the document needs is kept. Of the properties, that is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from drafter.base import characters
from drafter.word.oxml import elements, package
from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import OVERRIDE, RELATIONSHIP, TYPES, Package

CORE = "docProps/core.xml"
_CORE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC_NAMESPACE = "http://purl.org/dc/elements/1.1/"
# The last step of the types of relationship that a document doesn't need, and that may say who worked on the template,
# where, and with what.
_DROPPED = frozenset(
    {
        *("thumbnail", "customXml", "custom-properties", "extended-properties"),
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("attachedTemplate", "glossaryDocument", "printerSettings", "keyMapCustomizations", "stylesWithEffects"),
        *("recipientData", "mailMergeSource", "mailMergeHeaderSource"),
    }
)
_TRACES = (
    "attachedTemplate rsids rsid docVars mailMerge printerSettings commentRangeStart commentRangeEnd commentReference"
)


def scrub(parts: Package, title: str) -> Package:
    """Keep only the parts that a document needs, and of its properties only the title."""
    kept = {name: (_scrubbed(xml) if name.endswith(".rels") else xml) for name, xml in parts.items()}
    kept[CORE] = _core(title)
    reached = {TYPES, CORE, *_reachable(kept)}
    kept = {name: (_untraced(xml) if _is_setting(name) else xml) for name, xml in kept.items() if name in reached}
    types = package.parse(kept[TYPES])
    for node in types.findall(OVERRIDE):
        if node.get("PartName", "")[1:] not in kept:
            types.remove(node)
    return kept | {TYPES: package.serialize(types)}


def _is_setting(name: str) -> bool:
    return re.fullmatch(r"word/(settings|styles|numbering)[0-9]*\.xml", name) is not None


def _untraced(xml: bytes) -> bytes:
    root = package.parse(xml)
    strip_traces(root)
    return package.serialize(root)


def _core(title: str) -> bytes:
    root = etree.Element(f"{{{_CORE_NAMESPACE}}}coreProperties", nsmap={"cp": _CORE_NAMESPACE, "dc": _DC_NAMESPACE})
    etree.SubElement(root, f"{{{_DC_NAMESPACE}}}title").text = characters.unturned(title)
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
        for name in [name for name in node.attrib if str(name).startswith(f"{{{elements.W}}}rsid")]:
            del node.attrib[name]


def authors(root: Element) -> tuple[str, ...]:
    """Return who made the tracked changes in a tree."""
    return tuple(sorted({name for node in root.iter() if (name := node.get(elements.w("author")))}))
