"""The zip that a Word file is: read with limits, cleaned of what names people or machines, written the same each time.

One rule: equal parts give equal bytes. Entries have a fixed order and date and are stored uncompressed,
because two builds of zlib may compress the same bytes differently.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from drafter.word import oxml

Package = dict[str, bytes]
NOT_WORD = "it is not a Word file (.docx)"

TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
LARGEST = 50_000_000  # bytes, unpacked; a template with a logo has some hundred thousand
MOST_PARTS = 2_000
DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CORE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC_NAMESPACE = "http://purl.org/dc/elements/1.1/"
# The last step of the types of relationship that a contract does not need, and that may tell who worked on the
# template, where, and with what.
_DROPPED = frozenset(
    {
        *("thumbnail", "customXml", "custom-properties", "extended-properties"),
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("attachedTemplate", "glossaryDocument", "printerSettings", "keyMapCustomizations", "stylesWithEffects"),
        *("recipientData", "mailMergeSource", "mailMergeHeaderSource"),
    }
)


class NotWordError(ValueError):
    """What was to be read is not a Word file; the message says why."""


def unpack(data: bytes) -> Package:
    """Read the parts of a zip. NotWordError says in words when it is not one, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
                raise NotWordError(f"it unpacks to more than {LARGEST // 1_000_000} MB or {MOST_PARTS} parts")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotWordError(NOT_WORD) from error


def pack(parts: Package) -> bytes:
    """Write the parts as a zip: content types first, then by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES, not name.startswith("_rels/"), name)):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 0  # else the zip tells which kind of machine made it
            archive.writestr(entry, parts[name])
    return made.getvalue()


def parse(xml: bytes) -> oxml.Element:
    """Parse a part: no entities, no network."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialize(root: oxml.Element) -> bytes:
    """Write a part's tree."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def scrub(parts: Package, title: str) -> Package:
    """Keep only the parts that a contract needs, and only the title of the properties."""
    kept = {name: (_scrubbed(xml) if name.endswith(".rels") else xml) for name, xml in parts.items()}
    kept[CORE] = _core(title)
    reached = {TYPES, CORE, *_reachable(kept)}
    kept = {name: (_untraced(xml) if _is_setting(name) else xml) for name, xml in kept.items() if name in reached}
    types = parse(kept[TYPES])
    for node in types.findall(_OVERRIDE):
        if node.get("PartName", "")[1:] not in kept:
            types.remove(node)
    return kept | {TYPES: serialize(types)}


def with_comments(parts: Package, main: str, xml: bytes) -> Package:
    """Add the part that holds the comments on the body."""
    folder = posixpath.dirname(main)
    rels, types = parse(parts[_rels(main)]), parse(parts[TYPES])
    etree.SubElement(
        rels, _RELATIONSHIP, {"Id": "rIdComments", "Type": f"{_OFFICE}/comments", "Target": "comments.xml"}
    )
    name = posixpath.join(folder, "comments.xml")
    etree.SubElement(types, _OVERRIDE, {"PartName": f"/{name}", "ContentType": _COMMENTS})
    return parts | {name: xml, _rels(main): serialize(rels), TYPES: serialize(types)}


def _is_setting(name: str) -> bool:
    return re.fullmatch(r"word/(settings|styles|numbering)[0-9]*\.xml", name) is not None


def _untraced(xml: bytes) -> bytes:
    root = parse(xml)
    oxml.strip_traces(root)
    return serialize(root)


def _core(title: str) -> bytes:
    root = etree.Element(f"{{{_CORE_NAMESPACE}}}coreProperties", nsmap={"cp": _CORE_NAMESPACE, "dc": _DC_NAMESPACE})
    etree.SubElement(root, f"{{{_DC_NAMESPACE}}}title").text = title
    return serialize(root)


def _scrubbed(rels: bytes) -> bytes:
    root = parse(rels)
    for node in root.findall(_RELATIONSHIP):
        if _kind(node) in _DROPPED:
            root.remove(node)
    return serialize(root)


def _kind(relationship: oxml.Element) -> str:
    return relationship.get("Type", "").rpartition("/")[2]


def outside_files(parts: Package) -> tuple[str, ...]:
    """Return the files outside the package that it points to, such as a picture on someone's disk."""
    nodes = (n for name, xml in parts.items() if name.endswith(".rels") for n in parse(xml).iterfind(_RELATIONSHIP))
    outside = (n.get("Target", "") for n in nodes if n.get("TargetMode") == "External" and _kind(n) not in _DROPPED)
    return tuple(sorted({target for target in outside if not target.startswith(("http:", "https:", "mailto:"))}))


def main(parts: Package) -> str:
    """Return the name of the part that holds the body."""
    found = find(parts, "officeDocument")
    if not found:
        raise NotWordError(NOT_WORD)
    return found[0]


def is_text(name: str) -> bool:
    """Say whether a part holds text that a reader sees."""
    return re.fullmatch(r"word/(document|header|footer|footnotes|endnotes)[0-9]*\.xml", name) is not None


def find(parts: Package, kind: str, source: str = "") -> tuple[str, ...]:
    """Return the parts that a part (or the package) points to with a kind of relationship, as "header"."""
    return tuple(name for found, name in _targets(parts, source) if found == kind and name in parts)


def _reachable(parts: Package) -> Iterator[str]:
    waiting, seen = [""], {""}
    while waiting:
        source = waiting.pop()
        if (rels := _rels(source)) in parts:
            yield rels
        for _, target in _targets(parts, source):
            if target in parts and target not in seen:
                seen.add(target)
                waiting.append(target)
                yield target


def _rels(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _targets(parts: Package, source: str) -> Iterator[tuple[str, str]]:
    if (rels := _rels(source)) not in parts:
        return
    for node in parse(parts[rels]).iterfind(_RELATIONSHIP):
        if node.get("TargetMode") != "External":
            target = posixpath.join("/", posixpath.dirname(source), node.get("Target", ""))
            yield _kind(node), posixpath.normpath(target).lstrip("/")
