"""The contract's own part of the Word file: articles, exhibits, sections, paragraphs, tables, runs.

One rule: what is on the page are the redline's parts, in its order, each with its mark; the paragraphs' looks
and numbers are those of the template's styles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.comparing import lines, marked
from drafter.comparing.lines import Line, Mark, Side
from drafter.comparing.marked import MarkedBlock, MarkedGroup, MarkedParagraph, MarkedSection, MarkedTable, Redline
from drafter.contract import Answer, Blank, Definition, Exhibit, Paragraph, Reference, Run, Text, Use, words
from drafter.word import changes, lists, oxml
from drafter.word.changes import Stamp
from drafter.word.lists import TEXTS, Area, style_name
from drafter.word.oxml import Element
from drafter.word.template import Template

MARGIN, LETTER = 220, 104  # what a table's cell and a letter in it take, in twentieths of a point
LONGEST = 60  # letters; a column needs no more width for a longer cell, which has several lines


@dataclass(frozen=True, slots=True)
class Notes:
    """What a redline says of itself: whose changes of which day, what it is compared with, a comment a section."""

    stamp: Stamp
    compared: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A redline on its way into Word: the template, what references print on each side, the lists, the comments."""

    template: Template
    redline: Redline
    targets: Mapping[Side, Mapping[str, str]]
    apart: frozenset[str]
    nums: lists.Nums
    stamp: Stamp
    compared: str
    comments: Mapping[str, int]
    pages: Mapping[str, int] | None = None


def section_mark(section: str, side: Side = "revised") -> str:
    """Return the name of the bookmark round a section, by its id; with `base`, round where it was before it moved."""
    return ("_c_" if side == "revised" else "_cb_") + hashlib.sha256(section.encode()).hexdigest()[:12]


def target_mark(target: str, side: Side = "revised") -> str:
    """Return the name of the bookmark round what a reference points to; with `base`, round where that was."""
    return ("_r_" if side == "revised" else "_rb_") + hashlib.sha256(target.encode()).hexdigest()[:12]


# -- articles, exhibits, sections ---------------------------------------------------------------


def opening(draft: Draft, sections: Sequence[MarkedSection], first: int) -> Iterator[list[Element]]:
    """Write the sections before the articles; `first` is the number of the first among all."""
    for number, section in enumerate(sections, first):
        yield _section(draft, section, "opening", number)


def articles(draft: Draft, first: int) -> Iterator[list[Element]]:
    """Write the articles."""
    for article in draft.redline.articles:
        yield _titled(draft, article, "Heading 1", "article:")
        for section in article.sections:
            names = _marks(draft, *(part.id if part else "" for part in (section.of.base, section.of.revised)))
            heading = _heading(draft, "Heading 2", section.heading, section.of.mark, names)
            yield _section(draft, section, "article", first, heading)
            first += 1


def exhibits(draft: Draft, first: int) -> Iterator[list[Element]]:
    """Write the exhibits."""
    for exhibit in draft.redline.exhibits:
        yield _titled(draft, exhibit, "Exhibit Title", "exhibit:")
        for section in exhibit.sections:
            yield _section(draft, section, "exhibit", first, *_exhibit_heading(draft, exhibit, section))
            first += 1


def _titled(draft: Draft, group: MarkedGroup[marked.G], style: str, kind: str) -> list[Element]:
    names = _marks(draft, *(f"{kind}{part.id}" if part else "" for part in (group.of.base, group.of.revised)))
    heading = [_heading(draft, style, group.title, group.of.mark, names)]
    return changes.moved(heading, group.of.mark, group.of.move, draft.stamp) if group.of.move else heading


def _exhibit_heading(draft: Draft, exhibit: MarkedGroup[Exhibit], section: MarkedSection) -> Iterator[Element]:
    """Write the heading of a section of an exhibit, on the sides on which it stands beside others."""
    sides: dict[Side, bool] = {
        side: section.of.mark in lines.OF[side]
        and sum(other.of.mark in lines.OF[side] for other in exhibit.sections) > 1
        and bool(lines.take(section.heading, side))
        for side in lines.OF
    }
    line, mark = section.heading, section.of.mark
    if mark == "kept" and sides["base"] != sides["revised"]:
        mark = "deleted" if sides["base"] else "inserted"
        line = lines.departed(line, mark) if sides["base"] else lines.arrived(line, mark)
    if any(sides.values()):
        yield _heading(draft, "Exhibit Heading", line, mark, [])


def _heading(draft: Draft, style: str, title: Line, mark: Mark, names: Iterable[str]) -> Element:
    content = list(line(draft, title)) or changes.runs([oxml.run("")], mark, draft.stamp)
    for name in names:
        content = oxml.bookmark(name, content)
    return changes.paragraph(oxml.paragraph(draft.template.style(style), content), mark, draft.stamp)


def _marks(draft: Draft, base: str, revised: str) -> list[str]:
    """Return the bookmarks of a part by the target that it is on each side. One that stands twice has two names."""
    names = [target_mark(base, "base" if base in draft.apart else "revised")] if base else []
    return list(dict.fromkeys([*names, *([target_mark(revised)] if revised else [])]))


def _section(draft: Draft, section: MarkedSection, area: Area, number: int, *heading: Element) -> list[Element]:
    blocks = (
        _paragraph(draft, block, area, (number, place), keep_next=_keeps(block, section.blocks[place + 1 :]))
        if isinstance(block, MarkedParagraph)
        else [_table(draft, block, area)]
        for place, block in enumerate(section.blocks)
    )
    content = [*heading, *(element for block in blocks for element in block)]
    name, mark = section.of.shown.id, section.of.mark
    first = next(changes.paragraphs(content), None)
    if name in draft.comments and mark != "moved from" and first is not None:
        changes.commented(first, draft.comments[name], draft.stamp)
    made = oxml.bookmark(section_mark(name, "base" if mark == "moved from" else "revised"), content)
    return changes.moved(made, mark, section.of.move, draft.stamp) if section.of.move else made


def _keeps(block: MarkedParagraph, after: Sequence[MarkedBlock]) -> bool:
    """Say whether a paragraph stays on the page of what follows it: a table, or what it announces."""
    side: Side = "base" if block.of.revised is None else "revised"
    following = next((part for part in after if marked.block_mark(part) in lines.OF[side]), None)
    return isinstance(following, MarkedTable) or words(lines.take(block.line, side)).rstrip().endswith(":")


# -- blocks -------------------------------------------------------------------------------------


def _paragraph(
    draft: Draft, block: MarkedParagraph, area: Area, place: lists.Place, *, keep_next: bool
) -> list[Element]:
    content = list(line(draft, block.line))
    for name in _marks(draft, *(part.label if part else "" for part in (block.of.base, block.of.revised))):
        content = oxml.bookmark(name, content)
    side: Side = "base" if block.of.revised is None else "revised"
    made = _styled(draft, block.of.shown, area, draft.nums.get((place, side)), content, keep_next=keep_next)
    if block.of.mark == "kept" and block.of.base is not None:
        num, old_num = draft.nums.get((place, "revised")), draft.nums.get((place, "base"))
        if (block.of.base, old_num) == (block.of.revised, num):
            return [made]
        old = _styled(draft, block.of.base, area, old_num, [], keep_next=keep_next)
        return [changes.restyled(made, old, draft.stamp)]
    changes.paragraph(made, block.of.mark, draft.stamp)
    alone = block.of.move.startswith("paragraph")  # else its whole section has moved
    return changes.moved([made], block.of.mark, block.of.move, draft.stamp) if alone else [made]


def _styled(  # noqa: PLR0913  # what decides a paragraph's looks
    draft: Draft, block: Paragraph, area: Area, num: int | None, content: Iterable[Element], *, keep_next: bool
) -> Element:
    name = style_name(block.style, area)
    level = draft.template.levels.get(name)
    if level and not block.number:
        num = 0
    style, place = draft.template.style(name), level.level if level else 0
    return oxml.paragraph(style, content, keep_next=keep_next, num=num, level=place)


def _table(draft: Draft, block: MarkedTable, area: Area) -> Element:
    indent = draft.template.indents[TEXTS[area]]
    frame = oxml.Frame(
        draft.template.style("Contract Table", "table"), indent, _widths(block, draft.template.width - indent)
    )

    def cells(row: marked.MarkedRow, style: str) -> Iterator[Element]:
        return (oxml.paragraph(draft.template.style(style), line(draft, cell)) for cell in row.cells)

    header, *rest = block.rows
    made = oxml.table(frame, cells(header, "Table Header"), (cells(row, "Table Text") for row in rest))
    for row, element in zip(block.rows, oxml.rows(made), strict=True):
        changes.whole(element, row.mark, draft.stamp)
    return made


def _widths(block: MarkedTable, total: int) -> tuple[int, ...]:
    """Share a width among columns: to each its longest word, so that no word breaks, and the rest by their cells."""
    shown = [["".join(text for _, text in lines.pieces(cell)) for cell in row.cells] for row in block.rows]
    columns = list(zip(*shown, strict=True))
    least = [MARGIN + LETTER * max(len(word) for cell in column for word in (*cell.split(), "")) for column in columns]
    wanted = [MARGIN + LETTER * min(max(map(len, column)), LONGEST) for column in columns]
    rest = max(total - sum(least), 0)
    more = [max(want - have, LETTER) for want, have in zip(wanted, least, strict=True)]
    shares = [have + rest * part / sum(more) for have, part in zip(least, more, strict=True)]
    edges = [round(total * sum(shares[:place]) / sum(shares)) for place in range(len(shares) + 1)]
    return tuple(end - start for start, end in pairwise(edges))


# -- lines and runs -----------------------------------------------------------------------------


def line(draft: Draft, spans: Line, base: Element | None = None) -> Iterator[Element]:
    """Write a line; its runs take the properties `base`."""
    for span in spans:
        side: Side = "revised" if span.mark in lines.OF["revised"] else "base"
        runs = (element for run in span.shown for element in _run(draft, run, side, base))
        yield from changes.runs(runs, span.mark, draft.stamp)


def _run(draft: Draft, run: Run, side: Side, base: Element | None) -> Iterable[Element]:
    match run:
        case Text() | Answer() | Use():
            return [oxml.run(run.text, base)]
        case Blank():
            return [oxml.run(f"[{run.text}]", base, draft.template.style("Blank", "character"))]
        case Definition():
            term = oxml.run(run.text, base, draft.template.style("Defined Term", "character"))
            return [oxml.run("“", base), term, oxml.run("”", base)]
        case Reference():
            shown = oxml.run(run.text, base)
            if run.target not in draft.targets[side]:
                return [shown]
            name = target_mark(run.target, side if run.target in draft.apart else "revised")
            return oxml.field(rf"REF {name} \n \h", [shown], base)
