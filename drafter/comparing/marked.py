"""Holds a redline as a tree: two contracts in one, in which each part is kept, inserted, deleted or moved.

One rule: both sides can be taken out of it exactly, by its marks alone (`accept`, `reject`). A part that has moved is
in it twice, where it was and where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from drafter.comparing import lines
from drafter.comparing.lines import Line, Mark, Side
from drafter.contract import Article, Block, Contract, Exhibit, Paragraph, Section, SignatureBlock, Signer, Table, title
from drafter.keeping.once import once
from drafter.values import dataclass

T = TypeVar("T")
G = TypeVar("G", Article, Exhibit)

# -- the tree -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A part as it is in the base and in the revision, without its contents; None where it isn't there.

    `move` names a move: the part is in the tree twice, where it was and where it is, under one name.
    """

    base: T | None
    revised: T | None
    move: str = ""

    @property
    def mark(self) -> Mark:
        """Return the mark of the part as a whole; its contents may have marks of their own."""
        if self.base is not None and self.revised is not None:
            return "kept"
        if self.base is not None:
            return "moved from" if self.move else "deleted"
        return "moved to" if self.move else "inserted"

    @property
    def shown(self) -> T:
        """Return the part as it is printed: as in the revision, unless it is only in the base."""
        found = self.base if self.revised is None else self.revised
        if found is None:
            raise ValueError("a part must be in the base or in the revision")
        return found


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph and its words."""

    of: Pair[Paragraph]
    line: Line


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A table's row, or one of the lines below the title, which is a row of one cell."""

    mark: Mark
    cells: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """A table; the first row is its header."""

    mark: Mark
    rows: tuple[MarkedRow, ...]


MarkedBlock = MarkedParagraph | MarkedTable


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section: its heading, and its paragraphs and tables."""

    of: Pair[Section]
    heading: Line
    blocks: tuple[MarkedBlock, ...]


@dataclass(frozen=True, slots=True)
class MarkedGroup(Generic[G]):
    """An article or exhibit and its sections."""

    of: Pair[G]
    title: Line
    sections: tuple[MarkedSection, ...]


@dataclass(frozen=True, slots=True)
class MarkedSigner:
    """A signature line."""

    mark: Mark
    name: Line
    title: Line


@dataclass(frozen=True, slots=True)
class MarkedSignature:
    """A party's signature lines."""

    mark: Mark
    party: Line
    note: Line
    signers: tuple[MarkedSigner, ...]


@dataclass(frozen=True, slots=True)
class Redline:
    """Two contracts in one tree."""

    of: Pair[Contract]
    title: Line
    caption: tuple[MarkedRow, ...]
    opening: tuple[MarkedSection, ...]
    recitals: tuple[MarkedSection, ...]
    articles: tuple[MarkedGroup[Article], ...]
    signatures: tuple[MarkedSignature, ...]
    exhibits: tuple[MarkedGroup[Exhibit], ...]


def sections(redline: Redline) -> Iterator[MarkedSection]:
    """Yield the sections as they are printed; one that has moved comes twice."""
    yield from redline.opening
    yield from redline.recitals
    for article in redline.articles:
        yield from article.sections
    for exhibit in redline.exhibits:
        yield from exhibit.sections


def blocks_lines(blocks: Iterable[MarkedBlock]) -> Iterator[Line]:
    """Yield the lines of blocks, cell by cell for a table."""
    for block in blocks:
        if isinstance(block, MarkedParagraph):
            yield block.line
        else:
            yield from (cell for row in block.rows for cell in row.cells)


def all_lines(redline: Redline) -> Iterator[Line]:
    """Yield every line, headings and signatures included."""
    yield redline.title
    yield from (cell for row in redline.caption for cell in row.cells)
    yield from (article.title for article in redline.articles)
    yield from (exhibit.title for exhibit in redline.exhibits)
    for section in sections(redline):
        yield section.heading
        yield from blocks_lines(section.blocks)
    for signature in redline.signatures:
        yield from (signature.party, signature.note)
        yield from (line for signer in signature.signers for line in (signer.name, signer.title))


def marked_words(redline: Redline) -> int:
    """Count the words that are marked; one that moves counts where it was and where it is."""
    return sum(map(lines.marked_words, all_lines(redline)))


@once(1024)  # a section in which nothing is marked is the same in one redline as in another
def changed(section: MarkedSection) -> bool:
    """Say whether anything in a section is marked."""
    if section.of.mark != "kept" or lines.changed(section.heading):
        return True
    return any(map(block_changed, section.blocks))


def changed_sections(redline: Redline) -> tuple[str, ...]:
    """Return the ids of the sections that a redline marks, in reading order."""
    return tuple(dict.fromkeys(section.of.shown.id for section in sections(redline) if changed(section)))


def block_changed(block: MarkedBlock) -> bool:
    """Say whether anything in a paragraph or table is marked."""
    if isinstance(block, MarkedParagraph):
        return block.of.mark != "kept" or restyled(block.of) or lines.changed(block.line)
    return block.mark != "kept" or any(r.mark != "kept" or any(map(lines.changed, r.cells)) for r in block.rows)


def restyled(pair: Pair[Paragraph]) -> bool:
    """Say whether a paragraph became one of another kind: an item, for example, or one without a number."""
    old, new = pair.base, pair.revised
    return old is not None and new is not None and (old.style, bool(old.number)) != (new.style, bool(new.number))


def is_marked(redline: Redline) -> bool:
    """Say whether the two contracts differ in what they print."""
    marks = [group.of.mark for group in redline.articles] + [group.of.mark for group in redline.exhibits]
    marks += [row.mark for row in redline.caption] + [block.mark for block in redline.signatures]
    marks += [signer.mark for block in redline.signatures for signer in block.signers]
    return (
        bool(set(marks) - {"kept"})
        or any(map(changed, sections(redline)))
        or any(map(lines.changed, all_lines(redline)))
    )


# -- taking a side ------------------------------------------------------------------------------


def accept(redline: Redline) -> Contract:
    """Return the revised contract."""
    return _contract(redline, "revised")


def reject(redline: Redline) -> Contract:
    """Return the base."""
    return _contract(redline, "base")


def _contract(redline: Redline, side: Side) -> Contract:
    return replace(
        _head(redline.of, side),
        title=title(lines.take(redline.title, side)),
        caption=tuple(lines.take(row.cells[0], side) for row in redline.caption if row.mark in lines.OF[side]),
        opening=_sections_of(redline.opening, side),
        recitals=_sections_of(redline.recitals, side),
        articles=tuple(_group_of(article, side) for article in redline.articles if _is_in(article.of, side)),
        signatures=tuple(_signature_of(s, side) for s in redline.signatures if s.mark in lines.OF[side]),
        exhibits=tuple(_group_of(exhibit, side) for exhibit in redline.exhibits if _is_in(exhibit.of, side)),
    )


def _is_in(pair: Pair[T], side: Side) -> bool:
    return pair.mark in lines.OF[side]


def _head(pair: Pair[T], side: Side) -> T:
    return pair.shown if side == "revised" or pair.base is None else pair.base


def _group_of(group: MarkedGroup[G], side: Side) -> G:
    named = title(lines.take(group.title, side))
    return replace(_head(group.of, side), title=named, sections=_sections_of(group.sections, side))


def _sections_of(marked: Iterable[MarkedSection], side: Side) -> tuple[Section, ...]:
    return tuple(section_of(section, side) for section in marked if _is_in(section.of, side))


def section_of(section: MarkedSection, side: Side) -> Section:
    """Return one side of a section that is there on that side."""
    return replace(
        _head(section.of, side),
        heading=title(lines.take(section.heading, side)),
        blocks=tuple(_block_of(block, side) for block in section.blocks if block_mark(block) in lines.OF[side]),
    )


def unmoved(row: MarkedRow) -> MarkedRow:
    """Return a row as Word can mark it: it knows no move of a row, so one that has moved is deleted and inserted."""
    marks: dict[Mark, Mark] = {"moved from": "deleted", "moved to": "inserted"}
    if row.mark not in marks:
        return row
    cells = (tuple(replace(span, mark=marks.get(span.mark, span.mark)) for span in cell) for cell in row.cells)
    return MarkedRow(marks[row.mark], tuple(cells))


def block_mark(block: MarkedBlock) -> Mark:
    """Return the mark of a block as a whole."""
    return block.of.mark if isinstance(block, MarkedParagraph) else block.mark


def _block_of(block: MarkedBlock, side: Side) -> Block:
    if isinstance(block, MarkedParagraph):
        head = _head(block.of, side)
        return Paragraph(lines.take(block.line, side), head.style, head.number, head.label)  # faster than `replace`
    rows = (row for row in block.rows if row.mark in lines.OF[side])
    header, *rest = (tuple(lines.take(cell, side) for cell in row.cells) for row in rows)
    return Table(header, tuple(rest))


def _signature_of(marked: MarkedSignature, side: Side) -> SignatureBlock:
    signers = (s for s in marked.signers if s.mark in lines.OF[side])
    return SignatureBlock(
        lines.take(marked.party, side),
        lines.take(marked.note, side),
        tuple(Signer(lines.take(s.name, side), lines.take(s.title, side)) for s in signers),
    )


# -- references ---------------------------------------------------------------------------------


def apart(redline: Redline) -> frozenset[str]:
    """Return the reference targets that are in both contracts, but in two places of the tree."""
    places = list(_places(redline))
    base, revised = ({target: k for k, pair in enumerate(places) if (target := pair[side])} for side in (0, 1))
    return frozenset(target for target in base.keys() & revised.keys() if base[target] != revised[target])


def _places(redline: Redline) -> Iterator[tuple[str, str]]:
    """Yield what references can point to: its name in the base and in the revision, empty where it isn't there."""
    for article in redline.articles:
        yield _names(article.of, "article:")
        for part in article.sections:
            yield from _split(_names(part.of)) if _is_led_anew(part) else (_names(part.of),)
    yield from (_names(exhibit.of, "exhibit:") for exhibit in redline.exhibits)
    for part in sections(redline):
        for block in part.blocks:
            if isinstance(block, MarkedParagraph):
                was, now = block.of.base, block.of.revised
                yield was.label if was else "", now.label if now else ""


def leads(section: MarkedSection) -> tuple[int | None, int | None]:
    """Return which block has the number of a section on each side, where the section has no heading."""
    sides = (
        [block.of.base, block.of.revised] if isinstance(block, MarkedParagraph) else [] for block in section.blocks
    )
    numbered = [[part is not None and part.style == "text" and bool(part.number) for part in both] for both in sides]
    base, revised = (next((at for at, one in enumerate(numbered) if one and one[side]), None) for side in (0, 1))
    return base, revised


def _is_led_anew(section: MarkedSection) -> bool:
    base, revised = leads(section)
    return base is not None and revised is not None and base != revised


def _split(names: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (names[0], ""), ("", names[1])


def _names(pair: Pair[Article] | Pair[Exhibit] | Pair[Section], kind: str = "") -> tuple[str, str]:
    return f"{kind}{pair.base.id}" if pair.base else "", f"{kind}{pair.revised.id}" if pair.revised else ""
