"""Says what a picture shows, so that one that a program has written anew is known as the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from lxml import etree

from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS

_R, _WP, _WP14 = (f"{{{URIS[one]}}}" for one in ("r", "wp", "wp14"))
_A, _PIC = (f"{{http://schemas.openxmlformats.org/drawingml/2006/{one}}}" for one in ("main", "picture"))
_HUNDREDTH = 360  # units of a drawing in a hundredth of a millimetre, in which LibreOffice counts

# What may be in a picture: for each element, what is read of it. What is not here is compared as it is written.
_MEASURES = frozenset({"cx", "cy", "x", "y", "l", "t", "r", "b"})
_READ: Mapping[str, frozenset[str]] = {
    f"{_WP}inline": frozenset(),
    f"{_WP}anchor": frozenset({"behindDoc", "simplePos"}),
    f"{_WP}extent": frozenset({"cx", "cy"}),
    f"{_WP}simplePos": frozenset(),
    f"{_WP}positionH": frozenset({"relativeFrom"}),
    f"{_WP}positionV": frozenset({"relativeFrom"}),
    f"{_WP}posOffset": frozenset(),
    f"{_WP}align": frozenset(),
    f"{_WP}wrapNone": frozenset(),
    f"{_WP}wrapTopAndBottom": frozenset(),
    f"{_WP}wrapSquare": frozenset(),
    f"{_WP}docPr": frozenset({"hidden"}),
    f"{_A}graphic": frozenset(),
    f"{_A}graphicData": frozenset({"uri"}),
    f"{_PIC}pic": frozenset(),
    f"{_PIC}nvPicPr": frozenset(),
    f"{_PIC}cNvPr": frozenset({"hidden"}),
    f"{_PIC}blipFill": frozenset(),
    f"{_A}blip": frozenset({f"{_R}embed", f"{_R}link"}),
    f"{_A}stretch": frozenset(),
    f"{_A}fillRect": frozenset({"l", "t", "r", "b"}),
    f"{_A}srcRect": frozenset({"l", "t", "r", "b"}),
    f"{_PIC}spPr": frozenset(),
    f"{_A}xfrm": frozenset({"rot", "flipH", "flipV"}),
    f"{_A}off": frozenset({"x", "y"}),
    f"{_A}ext": frozenset({"cx", "cy"}),
    f"{_A}prstGeom": frozenset({"prst"}),
    f"{_A}avLst": frozenset(),
    f"{_A}noFill": frozenset(),
}
# What says nothing of what is seen: how a picture is edited, and room for effects that it hasn't.
_UNSEEN = frozenset((
    f"{_WP}effectExtent", f"{_WP}cNvGraphicFramePr", f"{_PIC}cNvPicPr",
))  # fmt: skip
_KNOWN_UNSEEN = frozenset((
    "name", "descr", "title", "id", "distT", "distB", "distL", "distR", "relativeHeight", "locked", "layoutInCell",
    "allowOverlap", "wrapText", "bwMode", "cstate", f"{_WP14}anchorId", f"{_WP14}editId",
))  # fmt: skip
_ZERO = frozenset({"0", "false", ""})
Targets = Mapping[str, str]


def shown(drawing: Element, parts: Package, targets: Targets) -> str | None:
    """Return what a plain picture shows: its bytes, size, place and crop; None for any other drawing."""
    if next(drawing.iter(f"{_PIC}pic"), None) is None:
        return None
    said = [_said(node, parts, targets) for top in drawing for node in _seen(top)]
    return None if not said or None in said else "a picture: " + " ".join(filter(None, said))


def _seen(node: Element) -> Iterator[Element]:
    if isinstance(node.tag, str) and node.tag not in _UNSEEN and not (_is_of_extension(node) or _is_no_part(node)):
        yield node
        for child in node:
            yield from _seen(child)


def _is_of_extension(node: Element) -> bool:
    """Say whether a list of extensions says only how a picture is saved: at what resolution, and whether it adorns."""
    if node.tag != f"{_A}extLst":
        return False
    return all(etree.QName(one).localname in ("useLocalDpi", "decorative") for ext in node for one in ext)


def _is_no_part(node: Element) -> bool:
    """Say whether a size is given as no part of the page, which leaves it as it is."""
    of = (f"{_WP14}sizeRelH", f"{_WP14}sizeRelV")
    return node.tag in of and all((one.text or "").strip() == "0" for one in node)


def _said(node: Element, parts: Package, targets: Targets) -> str | None:
    known = _READ.get(str(node.tag))
    if known is None or set(map(str, node.attrib)) - known - _KNOWN_UNSEEN:
        return None
    said = []
    for key in sorted(known & set(map(str, node.attrib))):
        value = str(node.get(key))
        if key == f"{_R}link":
            return None
        if key == f"{_R}embed":
            said.append(hashlib.sha256(parts.get(targets.get(value, ""), b"")).hexdigest())
        elif value not in _ZERO:
            said.append(f"{etree.QName(key).localname}={_measure(value) if key in _MEASURES else value}")
    if node.tag == f"{_WP}posOffset":
        said.append(_measure((node.text or "").strip()))
    elif node.tag == f"{_WP}align":
        said.append((node.text or "").strip())
    return " ".join((etree.QName(node).localname, *said)) if said else ""


def _measure(value: str) -> str:
    try:
        return str((int(value) + _HUNDREDTH // 2) // _HUNDREDTH)
    except ValueError:
        return value
