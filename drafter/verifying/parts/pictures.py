"""Says what a picture shows, so that one that a program has written anew is known as the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from drafter.verifying.lines import Odd
from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS

_R, _WP, _WP14 = (f"{{{URIS[one]}}}" for one in ("r", "wp", "wp14"))
_A, _PIC = (f"{{http://schemas.openxmlformats.org/drawingml/2006/{one}}}" for one in ("main", "picture"))
START = "a picture: "
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_NEAR = 4  # hundredths of a millimetre by which a program that saves a file again rounds its measures
_HUNDREDTH = 360  # units of a drawing in a hundredth of a millimetre, in which LibreOffice counts

# What may be in a picture: for each element, what is read of it. What is not here is compared as it is written.
_MEASURES = frozenset({"cx", "cy", "x", "y", "l", "t", "r", "b"})
_READ: Mapping[str, frozenset[str]] = {
    f"{_WP}inline": frozenset(),
    f"{_WP}anchor": frozenset({"behindDoc", "simplePos"}),
    f"{_WP}extent": frozenset({"cx", "cy"}),
    f"{_WP}simplePos": frozenset({"x", "y"}),
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
    seen = [node for top in drawing for node in _seen(top)]
    said = [_said(node, parts, targets) for node in seen]
    whole = None not in said and len({node.tag for node in seen}) == len(seen) and all(map(_is_in_place, seen))
    return START + " ".join(filter(None, said)) if whole else None


def are_alike(one: Odd, other: Odd) -> bool:
    """Say whether two things that no list names are the same; pictures may be moved by the measures of a program.

    What word of its paragraph a picture hangs on says nothing where its place is told from the paragraph or the page.
    """
    if one == other:
        return True
    floats = not any(f"relativeFrom={of}" in one.written for of in ("character", "line")) and "posi" in one.written
    ours, theirs = one.written.split(), other.written.split()
    same_place = one.at == other.at or floats
    if not (one.written.startswith(START) and one.what == other.what and same_place and len(ours) == len(theirs)):
        return False
    return all(a == b or _are_near(a, b) for a, b in zip(ours, theirs, strict=True))


def _are_near(one: str, other: str) -> bool:
    (name, _, mine), (named, _, its) = one.rpartition("="), other.rpartition("=")
    if name != named or not (_NUMBER.fullmatch(mine) and _NUMBER.fullmatch(its)):
        return False
    return abs(int(mine) - int(its)) <= _NEAR


def _seen(node: Element) -> Iterator[Element]:
    if (
        isinstance(node.tag, str)
        and node.tag not in _UNSEEN
        and not any(is_nothing(node) for is_nothing in (_is_of_extension, _is_no_part, _is_no_line))
    ):
        yield node
        for child in node:
            yield from _seen(child)


def _is_of_extension(node: Element) -> bool:
    """Say whether a list of extensions says only how a picture is saved: at what resolution, and whether it adorns."""
    if node.tag != f"{_A}extLst":
        return False
    return all(etree.QName(one).localname in ("useLocalDpi", "decorative") for ext in node for one in ext)


_ABOVE = {  # in what an element of a picture is; all others are in what says where it is, or draw nothing
    "inline": "drawing", "anchor": "drawing", "graphicData": "graphic", "pic": "graphicData", "nvPicPr": "pic",
    "blipFill": "pic", "spPr": "pic", "blip": "blipFill", "srcRect": "blipFill", "stretch": "blipFill",
    "fillRect": "stretch", "xfrm": "spPr", "off": "xfrm", "ext": "xfrm", "prstGeom": "spPr", "avLst": "prstGeom",
    "cNvPr": "nvPicPr", "noFill": "spPr",
}  # fmt: skip
_PLACES = ("inline", "anchor", "positionH", "positionV")


def _is_in_place(node: Element) -> bool:
    above = etree.QName(node.getparent()).localname
    known = _ABOVE.get(etree.QName(node).localname)
    return above in _PLACES if known is None else above == known


def _is_no_line(node: Element) -> bool:
    """Say whether a picture's line is none."""
    return node.tag == f"{_A}ln" and [one.tag for one in node] == [f"{_A}noFill"]


def _is_no_part(node: Element) -> bool:
    """Say whether a size is given as no part of the page, which leaves it as it is."""
    of = (f"{_WP14}sizeRelH", f"{_WP14}sizeRelV")
    return node.tag in of and all((one.text or "").strip() == "0" for one in node)


def _said(node: Element, parts: Package, targets: Targets) -> str | None:
    known = _READ.get(str(node.tag))
    if known is None or set(map(str, node.attrib)) - known - _KNOWN_UNSEEN:
        return None
    name = etree.QName(node).localname
    said = ["text"] if name.startswith("wrap") else []
    if name == "anchor" and next(node.iter(f"{_WP}wrapNone"), None) is None:
        known -= {"behindDoc"}  # no words are where it is
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
    return " ".join((name, *said)) if said else ""


def _measure(value: str) -> str:
    try:
        return str((int(value) + _HUNDREDTH // 2) // _HUNDREDTH)
    except ValueError:
        return value
