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
from collections.abc import Iterable, Iterator

from lxml import etree

from drafter.base.problems import short
from drafter.word import oxml

Package = dict[str, bytes]
NOT_WORD = "it is not a Word file (.docx)"

TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
LARGEST = 50_000_000  # bytes, unpacked; a template with a logo has some hundred thousand
MOST_PARTS = 2_000
DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold

_TOO_LARGE = f"it is larger, or unpacks to more, than {LARGEST // 1_000_000} MB or {MOST_PARTS} parts"
_DAMAGED = "it is damaged, or a part of it is missing"
_ENTRY, _LINE, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"  # start an entry, a line of the directory, its end
_ENCRYPTED, _UTF_8 = 0x2041, 0x800  # flags of an entry
_DESCRIPTOR = 24  # bytes at most, that may follow an entry and repeat its sizes
_STEP = r"[^/\\:\x00-\x1f\x7f-\x9f]*[^/\\:.\x00-\x1f\x7f-\x9f]"  # of a name; it does not end with a dot
_NAME = re.compile(f"{_STEP}(/{_STEP})*/?")

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
    """Read the parts of a zip that is as Word writes it. NotWordError says in words what is wrong with another.

    What is unpacked is counted as it is read: the sizes that a zip tells may be false, and are compared afterwards.
    """
    if not data:
        raise NotWordError("it is empty")
    if not data.startswith(_ENTRY):
        raise NotWordError(NOT_WORD)
    if len(data) > LARGEST or data.count(_LINE) > MOST_PARTS:  # before zipfile makes an object of each line
        raise NotWordError(_TOO_LARGE)
    parts: Package = {}
    left = LARGEST
    for entry, place in _places(data, _entries(data)):
        part = _content(data[place : place + entry.compress_size], entry, left)
        left -= len(part)
        parts[entry.orig_filename] = part
    return parts


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    """Read the directory of a zip, which has to stand at its very end."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries, directory, comment = archive.infolist(), archive.start_dir, archive.comment
    except Exception as error:  # zipfile raises what it likes at a damaged directory
        raise NotWordError(_DAMAGED) from error
    if not data[-22 - len(comment) :].startswith(_END):
        raise NotWordError(_DAMAGED)
    _check_order(data, entries, directory)
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename  # zipfile cuts the other one at a zero
        if entry.flag_bits & _ENCRYPTED:
            raise NotWordError("it is protected by a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotWordError(f"it is packed in a way that Word does not use (method {entry.compress_type})")
        if not _NAME.fullmatch(name):
            raise NotWordError(f"it holds a part of a name that Word does not use, {short(repr(name))}")
        if name.casefold() in seen:
            raise NotWordError(f"it holds two parts of one name, {short(repr(name))}")
        seen.add(name.casefold())
    return entries


def _check_order(data: bytes, entries: Iterable[zipfile.ZipInfo], directory: int) -> None:
    """Make sure that the entries fill the zip from its start to its directory, one after another."""
    end, gap = 0, 0
    for entry, place in sorted(_places(data, entries), key=lambda found: found[0].header_offset):
        if not 0 <= entry.header_offset - end <= gap:
            raise NotWordError(_DAMAGED)
        end, gap = place + entry.compress_size, _DESCRIPTOR
    if not 0 <= directory - end <= gap:
        raise NotWordError(_DAMAGED)


def _places(data: bytes, entries: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, int]]:
    """Give each entry with the place of its content, after the name that the entry repeats."""
    for entry in entries:
        start = max(entry.header_offset, 0)
        name, extra = (int.from_bytes(data[start + n : start + n + 2], "little") for n in (26, 28))
        told = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")
        if not data.startswith(_ENTRY, start) or data[start + 30 : start + 30 + name] != told:
            raise NotWordError(_DAMAGED)
        yield entry, start + 30 + name + extra


def _content(packed: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack an entry of at most `left` bytes, and compare it with what the directory tells of it."""
    made, whole = packed, True
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            made = stream.decompress(packed, left + 1)
            whole = stream.eof and not stream.unused_data
        except zlib.error as error:
            raise NotWordError(_DAMAGED) from error
    if len(made) > left:
        raise NotWordError(_TOO_LARGE)
    if not whole or len(made) != entry.file_size or zlib.crc32(made) != entry.CRC:
        raise NotWordError(_DAMAGED)
    return made


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
