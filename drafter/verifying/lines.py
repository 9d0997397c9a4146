"""The lines that a Word file is compared by, each with all that is compared of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from drafter.values import dataclass
from drafter.verifying import literal
from drafter.verifying.cascade import Look
from drafter.verifying.listed import Context, Rows
from drafter.word.oxml.elements import Element, w


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that the closed list doesn't name: what it is, how it is written, and after which words it is."""

    what: str
    written: str
    at: int


@dataclass(frozen=True, slots=True)
class Link:
    """A field or link: what it is told, what it printed last, and the lines that the mark which it names is in."""

    said: str
    printed: str
    names: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or the start or end of a table, row, cell or page, as far as it is compared.

    `words` are those that are seen, after the label; `pieces` are the same without spaces, by how they look; `looks` is
    how the whole is set, by the context of the list. `level` is that of a heading, counted from 0, or -1; `contents`
    says that the line is of the table of contents; `where` is empty in the body.
    """

    kind: Context
    words: str
    pieces: tuple[tuple[str, Look], ...] = ()
    looks: Look = field(default_factory=dict)
    odd: tuple[Odd, ...] = ()
    links: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()
    level: int = -1
    contents: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """All lines of a file, and by the name of each mark, in lower case, the numbers of the lines that it starts in."""

    lines: tuple[Line, ...]
    marks: Mapping[str, tuple[int, ...]]


def name(node: Element) -> str:
    """Return the name of an element, as "w:p"; that of a processing instruction, which has none, in words."""
    return literal.name(node.tag) if isinstance(node.tag, str) else "a processing instruction"


def called(node: Element) -> str:
    """Return what a lawyer calls an element; its name for one that has no other."""
    tag = name(node)
    return _CALLED.get(tag, f"'{tag}'")


def odd(node: Element, rows: Rows) -> Odd:
    """Return an element as something that the list doesn't name."""
    return Odd(called(node), literal.text(node, rows) if isinstance(node.tag, str) else str(node), 0)


def stray(node: Element) -> list[Odd]:
    """Return the words that are in an element itself, where words have no place: programs differ in what they do."""
    found = (node.text, *(child.tail for child in node))
    return [Odd("words outside of any run", said, 0) for one in found if one and (said := one.strip())]


def is_bare(node: Element) -> bool:
    """Say whether a mark between words has none in it; of what was recognised it may hold the attributes."""
    inside = node.text or "", *(child.tail or "" for child in node)
    return not "".join(inside).strip() and all(child.tag == w("attr") and not len(child) for child in node)


def outside(control: Element) -> list[Odd]:
    """Return what is wrong with a control around words that no table of contents has, if it says that it holds one."""
    if control.tag != w("sdt") or control.find(f"{w('sdtPr')}/{w('docPartObj')}") is None:
        return []
    return [Odd("words in a control of a table of contents, which takes them away when it is updated,", "", 0)]


_CALLED = {
    "w:drawing": "a drawing",
    "w:pict": "a picture",
    "w:object": "an object",
    "mc:AlternateContent": "something that is shown in one of several ways",
    "w:ins": "a tracked insertion",
    "w:del": "a tracked deletion",
    "w:moveFrom": "a tracked move",
    "w:moveTo": "a tracked move",
    "w:commentReference": "a comment",
    "w:commentRangeStart": "a comment",
    "w:commentRangeEnd": "a comment",
    "w:footnoteReference": "a footnote",
    "w:endnoteReference": "an endnote",
    "w:sym": "a sign by its number",
    "m:oMath": "a formula",
    "m:oMathPara": "a formula",
    "w:ruby": "words over words",
    "w:bdo": "words whose direction is set",
    "w:dir": "words whose direction is set",
    "w:yearLong": "the year, as Word prints it",
    "w:ffData": "a form field",
    "w:dropDownList": "a list to choose from",
    "w:dataBinding": "words that come from elsewhere",
}
