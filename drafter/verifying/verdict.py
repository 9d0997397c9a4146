"""Says whether a Word file is the approved one: a value with what differs, and the exit code that a script sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from lxml import etree

from drafter.base import english
from drafter.base.problems import DraftingError, short
from drafter.values import dataclass
from drafter.verifying import advice, comparison, listed, sequence, status
from drafter.verifying.comparison import Finding
from drafter.verifying.listed import Rows
from drafter.verifying.parts import door
from drafter.word import incoming
from drafter.word.oxml import package
from drafter.word.oxml.elements import w
from drafter.word.oxml.package import Package

Kind = Literal["the same bytes", "saved again", "printed otherwise", "differs", "can't be judged"]
EXIT_CODES: dict[Kind, int] = {
    "the same bytes": 0, "saved again": 0, "printed otherwise": 1, "differs": 1, "can't be judged": 2,
}  # fmt: skip
Layout = Callable[[bytes, bytes], Iterable[Finding]]
NOT_ASKED = "not laid out: what is off the page or printed over was not looked at"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a file compares with the approved one: the verdict, what differs, and what a program has added.

    `laid_out` says that the pages of both were compared as well; otherwise `unlaid` says why they were not.
    """

    kind: Kind
    findings: tuple[Finding, ...] = ()
    added: tuple[str, ...] = ()
    laid_out: bool = False
    unlaid: str = ""

    @property
    def exit_code(self) -> int:
        """Return 0 for the approved contract, 1 for another one, 2 for what can't be judged."""
        return EXIT_CODES[self.kind]

    @property
    def next_steps(self) -> tuple[str, ...]:
        """Return what a reader can do about a file that can't be judged; nothing about any other."""
        return advice.steps(self.findings) if self.kind == "can't be judged" else ()


def compare(
    approved: bytes,
    other: bytes,
    marks: frozenset[str] = frozenset(),
    layout: Layout | None = None,
    rows: Rows = listed.ROWS,
) -> Verdict:
    """Compare a Word file with the approved one, both as bytes that the door has let through.

    `marks` are what a copy may say of its status, without which the pages are compared where they differ in it;
    `layout` compares the pages, and raises DraftingError where it can't.
    """
    if approved == other:
        return Verdict("the same bytes")
    mine, its = incoming.examined(approved), incoming.examined(other)
    ours, theirs = mine.parts, its.parts
    found = tuple(
        dict.fromkeys(
            (
                *(Finding("unjudged", one.part, f"it {one.what}") for one in its.named if one not in mine.named),
                *door.findings(ours, theirs, rows),
                *comparison.findings(sequence.read(ours, rows), sequence.read(theirs, rows), rows, marks),
            )
        )
    )
    kind = _kind(found)
    added = (*_added(ours, theirs), *(f"{said} added" for said in door.added(ours, theirs, rows)))
    if kind in ("differs", "can't be judged") or layout is None:
        return Verdict(kind, found, added, unlaid=NOT_ASKED)
    pair = (approved, other)
    if any(one.kind == "mark" for one in found):  # it moves the words that follow it
        pair = (status.without(approved, marks), status.without(other, marks))
    try:
        found = (*found, *layout(*pair))
    except DraftingError as error:
        return Verdict(kind, found, added, unlaid=f"{NOT_ASKED} ({error.problems[0].message})")
    return Verdict(_kind(found), found, added, laid_out=True)


def _kind(found: Iterable[Finding]) -> Kind:
    kinds = {one.kind for one in found}
    if "differs" in kinds:
        return "differs"
    if "unjudged" in kinds:
        return "can't be judged"
    return "printed otherwise" if "printed" in kinds else "saved again"


def _added(ours: Package, theirs: Package) -> Iterator[str]:
    """Say what a program that saved a file again has added: its name, and the styles that it brought."""
    if (program := _program(theirs)) and program != _program(ours):
        yield f"saved by {program}"
    more = len(_styles(theirs)) - len(_styles(ours))
    if more > 0:
        yield f"{english.counted(more, 'style')} added"


def _program(parts: Package) -> str:
    for name in package.find(parts, "extended-properties"):
        for node in package.parse(parts[name]):
            if isinstance(node.tag, str) and etree.QName(node).localname == "Application":
                return short((node.text or "").partition("$")[0].strip())
    return ""


def _styles(parts: Package) -> frozenset[str]:
    names = package.find(parts, "styles", package.main(parts))[:1]
    return frozenset(
        node.get(w("styleId"), "") for name in names for node in package.parse(parts[name]).iterfind(w("style"))
    )
