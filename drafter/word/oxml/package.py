"""Reads and writes the zip that a Word file is: read within limits, and written the same way each time.

One rule: equal parts give equal bytes. Entries have a fixed order and date and are stored uncompressed, because two
builds of zlib may compress the same bytes differently.
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
from drafter.word.oxml.elements import Element

Package = dict[str, bytes]
NOT_WORD = "it is not a Word file (.docx)"

TYPES = "[Content_Types].xml"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
LARGEST = 50_000_000  # bytes, unpacked; a template with a logo has a few hundred thousand
MOST_PARTS = 2_000
DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold

_TOO_LARGE = f"it is larger, or unpacks to more, than {LARGEST // 1_000_000} MB or {MOST_PARTS} parts"
_DAMAGED = "it is damaged, or a part of it is missing"
_ENTRY, _LINE, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"  # start an entry, a line of the directory, its end
_ENCRYPTED, _UTF_8 = 0x2041, 0x800  # flags of an entry
_DESCRIPTOR = 24  # bytes at most, that may follow an entry and repeat its sizes
_STEP = r"[^/\\:\x00-\x1f\x7f-\x9f]*[^/\\:.\x00-\x1f\x7f-\x9f]"  # of a name; it does not end with a dot
_NAME = re.compile(f"{_STEP}(/{_STEP})*/?")

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_TEXTS = ("header", "footer", "footnotes", "endnotes")


class NotWordError(ValueError):
    """The file isn't a Word file that can be read; the message says why."""


def unpack(data: bytes) -> Package:
    """Read the parts of a zip of the kind that Word writes. NotWordError says what is wrong with any other.

    Bytes are counted as they are unpacked: the sizes that a zip states may be false, and are compared afterwards.
    """
    if not data:
        raise NotWordError("it is empty")
    if not data.startswith(_ENTRY):
        raise NotWordError(NOT_WORD)
    if len(data) > LARGEST or data.count(_LINE) > MOST_PARTS:  # before zipfile makes an object for each line
        raise NotWordError(_TOO_LARGE)
    parts: Package = {}
    left = LARGEST
    for entry, place in _places(data, _entries(data)):
        part = _content(data[place : place + entry.compress_size], entry, left)
        left -= len(part)
        parts[entry.orig_filename] = part
    return parts


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    """Read the directory of a zip, which must be at its very end."""
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
            raise NotWordError(f"it is packed in a way that Word doesn't use (method {entry.compress_type})")
        if not _NAME.fullmatch(name):
            raise NotWordError(f"a part of it has a name that Word doesn't use, {short(repr(name))}")
        if name.casefold() in seen:
            raise NotWordError(f"two of its parts have the same name, {short(repr(name))}")
        seen.add(name.casefold())
    return entries


def _check_order(data: bytes, entries: Iterable[zipfile.ZipInfo], directory: int) -> None:
    """Make sure that the entries fill the zip from its start to its directory, one after the other."""
    end, gap = 0, 0
    for entry, place in sorted(_places(data, entries), key=lambda found: found[0].header_offset):
        if not 0 <= entry.header_offset - end <= gap:
            raise NotWordError(_DAMAGED)
        end, gap = place + entry.compress_size, _DESCRIPTOR
    if not 0 <= directory - end <= gap:
        raise NotWordError(_DAMAGED)


def _places(data: bytes, entries: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, int]]:
    """Yield each entry with the offset of its content, which follows the name that the entry repeats."""
    for entry in entries:
        start = max(entry.header_offset, 0)
        name, extra = (int.from_bytes(data[start + n : start + n + 2], "little") for n in (26, 28))
        expected = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")
        if not data.startswith(_ENTRY, start) or data[start + 30 : start + 30 + name] != expected:
            raise NotWordError(_DAMAGED)
        yield entry, start + 30 + name + extra


def _content(packed: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack an entry of at most `left` bytes, and compare it with what the directory says of it."""
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
    """Write the parts as a zip: content types first, then by name, and the properties last."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=_order):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 0  # else the zip says which kind of machine made it
            archive.writestr(entry, parts[name])
    return made.getvalue()


def _order(name: str) -> tuple[bool, bool, bool, str]:
    return name != TYPES, not name.startswith("_rels/"), name.startswith("docProps/"), name


def parse(xml: bytes) -> Element:
    """Parse a part: no entities, no network."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialize(root: Element) -> bytes:
    """Write a part's tree, under the declaration that Word writes."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return DECLARATION + made


def main(parts: Package) -> str:
    """Return the name of the part that holds the body."""
    found = find(parts, "officeDocument")
    if not found:
        raise NotWordError(NOT_WORD)
    return found[0]


def texts(parts: Package) -> tuple[str, ...]:
    """Return the parts that hold text that a reader sees: the body, headers, footers and notes."""
    body = main(parts)
    wanted = {body, *(name for kind in _TEXTS for name in find(parts, kind, body))}
    return tuple(name for name in parts if name in wanted)


def find(parts: Package, kind: str, source: str = "") -> tuple[str, ...]:
    """Return the parts that a part (or the package) points to with a kind of relationship, as "header", each once."""
    return tuple(dict.fromkeys(name for _, found, name in targets(parts, source) if found == kind and name in parts))


def rels(source: str) -> str:
    """Return the name of the part that lists what a part (or the package) points to."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def targets(parts: Package, source: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a part (or the package) points to inside the file: the id, the kind, as "header", and the part."""
    if (listed := rels(source)) not in parts:
        return
    for node in parse(parts[listed]).iterfind(RELATIONSHIP):
        if node.get("TargetMode") != "External":
            target = posixpath.join("/", posixpath.dirname(source), node.get("Target", ""))
            yield node.get("Id", ""), kind(node), posixpath.normpath(target).lstrip("/")


def kind(relationship: Element) -> str:
    """Return the kind of a relationship, as "header"."""
    return relationship.get("Type", "").rpartition("/")[2]


def content_types(parts: Package) -> dict[str, str]:
    """Return the content type of each part that has one."""
    root = parse(parts[TYPES])
    names = {node.get("PartName", "").removeprefix("/"): node.get("ContentType", "") for node in root.iter(OVERRIDE)}
    ends = {node.get("Extension", "").casefold(): node.get("ContentType", "") for node in root.iter(DEFAULT)}
    found = {name: names.get(name, ends.get(name.rpartition(".")[2].casefold(), "")) for name in parts}
    return {name: kind for name, kind in found.items() if kind}


def added(parts: Package, source: str, name: str, kinds: tuple[str, str], part: bytes) -> Package:
    """Add a part, with its type of relationship and its content type, to which another (or the package) points."""
    relationship, content = kinds
    links, types = parse(parts[rels(source)]), parse(parts[TYPES])
    target = posixpath.relpath(name, posixpath.dirname(source) or ".")
    etree.SubElement(links, RELATIONSHIP, {"Id": _free_id(links), "Type": relationship, "Target": target})
    etree.SubElement(types, OVERRIDE, {"PartName": f"/{name}", "ContentType": content})
    return parts | {name: part, rels(source): serialize(links), TYPES: serialize(types)}


def _free_id(links: Element) -> str:
    """Return an id that no relationship has; of the form that Word writes, since editors count on in it."""
    used = {node.get("Id", "") for node in links}
    return next(name for number in range(1, len(used) + 2) if (name := f"rId{number}") not in used)
