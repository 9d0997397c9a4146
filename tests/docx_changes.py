"""Accepts or rejects every tracked change of a Word file, on its XML, for tests; and reads changes and comments.

It shares nothing with the writer: zipfile and lxml only, and its own reading of ECMA-376 part 1, 17.13.5.
What a change is made of is checked while it is taken: an insertion with deleted text in it, a move without
its other end, or two changes of one number fail.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GOES = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}
STAYS = {"accept": ("ins", "moveTo"), "reject": ("del", "moveFrom")}
SIGNS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")


def accept(data: bytes) -> bytes:
    """Return the file with every change accepted."""
    return _taken(data, "accept")


def reject(data: bytes) -> bytes:
    """Return the file with every change rejected."""
    return _taken(data, "reject")


def _taken(data: bytes, how: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                root = etree.fromstring(content)
                check(root)
                _take(root, how)
                content = etree.tostring(root)
            out.writestr(name, content)
    return made.getvalue()


# -- what must be so of marks -------------------------------------------------------------------


def check(root: Any) -> None:
    """Fail where the marks of a part are not as the standard has them."""
    ids = [node.get(W + "id") for node in root.iter() if node.get(W + "author") is not None]
    assert len(ids) == len(set(ids)), "two changes have one number"
    for node in root.iter(*_names(*GOES["accept"], *GOES["reject"])):
        assert node.get(W + "author"), "a change without an author"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT(00|12):00:00Z", node.get(W + "date")), node.get(W + "date")
    for node in root.iter(*_names("t", "instrText", "delText", "delInstrText")):
        inside = any(parent.tag == W + "del" for parent in node.iterancestors())
        assert inside == (node.tag in _names("delText", "delInstrText")), "deleted text must say so, and no other"
    for kind in ("moveFrom", "moveTo"):
        starts = {n.get(W + "id"): n.get(W + "name") for n in root.iter(W + kind + "RangeStart")}
        assert set(starts) == {n.get(W + "id") for n in root.iter(W + kind + "RangeEnd")}, "a move's range has one end"
        assert len(set(starts.values())) == len(starts), "two moves have one name"
    names = [{n.get(W + "name") for n in root.iter(W + f"{kind}RangeStart")} for kind in ("moveFrom", "moveTo")]
    assert names[0] == names[1], "what moves from somewhere must move to somewhere"
    for node in root.iter(*_names("pPr")):
        order = [child.tag for child in node if child.tag in _names("rPr", "sectPr", "pPrChange")]
        assert order == [name for name in _names("rPr", "sectPr", "pPrChange") if name in order]
        assert [child.tag for child in node][len(node) - len(order) :] == order


def _names(*names: str) -> tuple[str, ...]:
    return tuple(W + name for name in names)


# -- taking -------------------------------------------------------------------------------------


def _take(root: Any, how: str) -> None:  # noqa: PLR0912  # one step after the other
    empty = {start.get(W + "name") for start, _ in _empty_bookmarks(root)}
    for node in list(root.iter(W + "tr")):
        properties = node.find(W + "trPr")
        if properties is not None and any(properties.find(W + name) is not None for name in GOES[how]):
            _drop(node)
    for node in [table for table in root.iter(W + "tbl") if table.find(W + "tr") is None]:
        _drop(node)
    for node in list(root.iter(*_names("pPrChange", "rPrChange"))):
        _restore(node, how)
    for node in list(root.iter(*_names(*GOES[how]))):
        if node.getparent() is not None and node.getparent().tag not in _names("rPr", "trPr"):
            _drop(node)
    for node in list(root.iter(*_names(*STAYS[how]))):
        if node.getparent().tag in _names("rPr", "trPr"):
            _drop(node)
        else:
            _unwrap(node)
    for old, new in (("delText", "t"), ("delInstrText", "instrText")):
        for node in root.iter(W + old):
            node.tag = W + new
    for node in list(root.iter(W + "p")):
        if any(node.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in GOES[how]):
            _join(node)
    for node in list(root.iter(*_names(*RANGES))):
        _drop(node)
    for start, end in _empty_bookmarks(root):  # Word takes a bookmark out with its text
        if start.get(W + "name") not in empty:
            _drop(start)
            _drop(end)


def _restore(node: Any, how: str) -> None:
    properties = node.getparent()
    properties.remove(node)
    if how == "reject":
        kept = [child for child in properties if child.tag in _names("rPr", "sectPr")]
        for child in list(properties):
            properties.remove(child)
        for child in (*node[0], *kept):
            properties.append(child)


def _join(node: Any) -> None:
    """Join a paragraph with the one after it, which gives its properties: 17.13.5.15, and Word."""
    after = node.getnext()
    while after is not None and after.tag in _names(*SIGNS, *RANGES):
        after = after.getnext()
    content = [child for child in node if child.tag != W + "pPr"]
    if not any(child.tag in _names("r", "hyperlink") for child in content):
        content = [child for child in content if child.tag not in _names("bookmarkStart", "bookmarkEnd")]
    if after is not None and after.tag == W + "p":
        properties = after.find(W + "pPr")
        place = 0 if properties is None else 1
        after[place:place] = content
        _drop(node)
    elif not any(child.tag in _names("r", "hyperlink") for child in content):
        for child in content:
            node.addprevious(child)
        _drop(node)
    else:
        raise AssertionError("text without a paragraph: its mark is gone, and nothing follows that it could join")


def _empty_bookmarks(root: Any) -> list[tuple[Any, Any]]:
    """Return the two ends of each bookmark round nothing."""
    open_at: dict[str, tuple[Any, int]] = {}
    found, count = [], 0
    for node in list(root.iter(*_names("r", "p", "tbl", "bookmarkStart", "bookmarkEnd"))):
        if node.tag == W + "bookmarkStart":
            open_at[node.get(W + "id")] = node, count
        elif node.tag == W + "bookmarkEnd":
            start, before = open_at.pop(node.get(W + "id"))
            found += [(start, node)] if before == count else []
        else:
            count += 1
    return found


def _drop(node: Any) -> None:
    node.getparent().remove(node)


def _unwrap(node: Any) -> None:
    for child in list(node):
        node.addprevious(child)
    _drop(node)


# -- reading ------------------------------------------------------------------------------------

BRACES = {"ins": ("{+", "+}"), "del": ("{-", "-}"), "moveFrom": ("{<", "<}"), "moveTo": ("{>", ">}")}


def marked_lines(data: bytes) -> list[str]:
    """Return the body's paragraphs with {-deleted-}, {+inserted+}, {<moved from<} and {>moved to>} words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(map(_marked, node)) for node in root.iter(W + "p")]


def _marked(node: Any) -> str:
    text = "".join(t.text or "" for t in node.iter(*_names("t", "delText")))
    opening, closing = BRACES.get(node.tag.removeprefix(W), ("", ""))
    if node.tag == W + "hyperlink":
        return "".join(map(_marked, node))
    return f"{opening}{text}{closing}" if text else ""


def deleted_lines(data: bytes) -> list[str]:
    """Return the deleted words of each paragraph of the body and the headers."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|header\d*)\.xml", name):
                nodes = etree.fromstring(archive.read(name)).iter(W + "p")
                found += ["".join(t.text or "" for t in node.iter(W + "delText")) for node in nodes]
    return [line.replace("\xa0", " ") for line in found if line]


def comments(data: bytes) -> list[tuple[str, str, str]]:
    """Return each comment: its author, the text that it stands on, and its words, a paragraph a line."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/comments.xml" not in archive.namelist():
            return []
        root = etree.fromstring(archive.read("word/document.xml"))
        part = etree.fromstring(archive.read("word/comments.xml"))
        assert b"comments+xml" in archive.read("[Content_Types].xml")
    found = []
    for node in part.iter(W + "comment"):
        number = node.get(W + "id")
        starts, ends, references = (
            [n for n in root.iter(W + name) if n.get(W + "id") == number]
            for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        assert len(starts) == len(ends) == len(references) == 1, number
        paragraph = starts[0].getparent()
        on = "".join(t.text or "" for t in paragraph.iter(*_names("t", "delText")))
        words = "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in node.iter(W + "p"))
        found.append((node.get(W + "author"), on, words))
    return found
