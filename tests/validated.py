"""Validates a Word file: against the schemas and rules of the standard, and for what no validator was found to see.

The schemas are openxml-audit's (docs/ooxml-validators.md says how far they reach). What is ours is small: marks that
come in pairs, deleted text, words outside of runs, and what is pointed to within a file. Neither is Microsoft Word.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = {W + name for name in ("t", "delText", "instrText", "delInstrText")}
# It asks for a theme, which the standard and Word leave to the file: ECMA-376 part 1, 11.3 and 15.2.17.
ASKS_TOO_MUCH = re.compile(r"A required relationship type '[^']*/theme' is missing\.")


def wrong(data: bytes) -> list[str]:
    """Return what is wrong with a Word file, a line each; nothing when it is valid."""
    return [*of_schema(data), *of_pairs(data)]


def of_schema(data: bytes) -> list[str]:
    """Return what openxml-audit finds: elements, their order and attributes, ids, relationships and content types."""
    from openxml_audit import OpenXmlValidator

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(data)
        found = OpenXmlValidator(max_errors=0).validate(str(path)).errors
    told = [(str(e.part_uri), e.path or "", " ".join(e.description.split())) for e in found]
    return [f"{part} {place}: {what}" for part, place, what in told if not ASKS_TOO_MUCH.fullmatch(what)]


def of_pairs(data: bytes) -> list[str]:
    """Return what is wrong with what no schema says: pairs, words in their places, and names that are pointed to."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {n: archive.read(n) for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")}
    try:
        trees = {name: etree.fromstring(text) for name, text in texts.items()}
    except etree.XMLSyntaxError as error:
        return [f"the XML can't be read: {error}"]
    body = trees.get("word/document.xml")
    if body is None:
        return ["there is no word/document.xml"]
    anchors = {node.get(W + "name") for node in body.iter(W + "bookmarkStart")}
    styles = {node.get(W + "styleId") for node in trees["word/styles.xml"]} if "word/styles.xml" in trees else set()
    lists = {node.get(W + "numId") for node in trees["word/numbering.xml"]} if "word/numbering.xml" in trees else set()
    return [
        f"{name}: {what}"
        for name, tree in trees.items()
        for found in (_pairs(tree), _words(tree), _numbers(tree), _pointers(tree, anchors, styles, {*lists, "0"}))
        for what in found
    ]


def _pairs(tree: etree._Element) -> Iterator[str]:
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        starts, ends = (Counter(node.get(W + "id") for node in tree.iter(W + name)) for name in (start, end))
        if starts != ends:
            yield f"w:{start} and w:{end} are no pairs: {sorted(map(str, {*(starts - ends), *(ends - starts)}))[:3]}"
    names = Counter(node.get(W + "name") for node in tree.iter(W + "bookmarkStart"))
    yield from (f"two bookmarks are named '{name}'" for name, count in names.items() if count > 1)
    ids = Counter(node.get(W + "id") for node in tree.iter() if node.get(W + "author") and node.tag != W + "comment")
    yield from (f"two changes are numbered {number}" for number, count in ids.items() if count > 1)
    depth = 0
    for mark in tree.iter(W + "fldChar"):
        depth += {"begin": 1, "end": -1}.get(str(mark.get(W + "fldCharType")), 0)
        if depth < 0:
            break
    if depth:
        yield "a field is not begun, or not ended"


def _words(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith(W):
            continue
        tail = node.getparent() is not None and node.getparent().tag.startswith(W) and (node.tail or "").strip()
        if tail or (node.tag not in WORDS and (node.text or "").strip()):
            yield f"words stand in or after {node.tag.removeprefix(W)}, where none can stand"
        if node.tag in WORDS:
            deleted = any(parent.tag in (W + "del", W + "moveFrom") for parent in node.iterancestors())
            if deleted != (node.tag in (W + "delText", W + "delInstrText")):
                yield f"w:{node.tag.removeprefix(W)} stands {'in' if deleted else 'outside of'} a deletion"


def _numbers(tree: etree._Element) -> Iterator[str]:
    for name in ("sz", "szCs", "ilvl", "numId", "outlineLvl", "gridSpan", "spacing", "ind", "tab", "gridCol", "tcW"):
        for node in tree.iter(W + name):
            for key, value in node.attrib.items():
                plain = key.removeprefix(W) in (
                    "val",
                    "w",
                    "before",
                    "after",
                    "line",
                    "left",
                    "right",
                    "hanging",
                    "pos",
                )
                if plain and name != "tab" and not re.fullmatch(r"-?\d+", value):
                    yield f"w:{name} says '{value}', which is no number"


def _pointers(
    tree: etree._Element, anchors: set[str | None], styles: set[str | None], lists: set[str | None]
) -> Iterator[str]:
    for node in tree.iter(W + "hyperlink"):
        if node.get(W + "anchor") and node.get(W + "anchor") not in anchors:
            yield f"a link points to the bookmark '{node.get(W + 'anchor')}', which is not there"
    for node in tree.iter(W + "instrText"):
        found = re.match(r"\s*(?:REF|PAGEREF)\s+(\S+)", node.text or "")
        if found and found[1] not in anchors:
            yield f"a field points to the bookmark '{found[1]}', which is not there"
    for node in tree.iter(W + "pStyle", W + "rStyle", W + "tblStyle", W + "basedOn", W + "next", W + "link"):
        if node.get(W + "val") not in styles:
            yield f"the style '{node.get(W + 'val')}' is not there"
    if tree.tag != W + "numbering":
        for node in tree.iter(W + "numId"):
            if node.get(W + "val") not in lists:
                yield f"the list '{node.get(W + 'val')}' is not there"
