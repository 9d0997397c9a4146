"""Writes the contract's own part of a Word file: articles, exhibits, sections, paragraphs, tables, runs.

One rule: the page shows the redline's parts, in its order, each with its mark; the looks and numbers of paragraphs are
those of the template's styles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import groupby, pairwise

from drafter.base import english
from drafter.comparing import lines, marked
from drafter.comparing.lines import Line, Mark, Side
from drafter.comparing.marked import MarkedBlock, MarkedGroup, MarkedParagraph, MarkedSection, MarkedTable, Redline
from drafter.contract import Answer, Blank, Definition, Exhibit, Paragraph, Reference, Run, Runs, Text, Use, words
from drafter.values import dataclass
from drafter.word import lists
from drafter.word.lists import TEXTS, Area, style_name
from drafter.word.oxml import changes, comments, elements
from drafter.word.oxml.changes import Stamp
from drafter.word.oxml.elements import Element
from drafter.word.template import Template

# Widths in twentieths of a point: of a cell's margins, and of letters at 9.5 points, a little more than Cambria's.
MARGIN, LETTER, BOLD = 220, 106, 1.1
LETTERS = {
    letter: width
    for width, some in ((62, "fijltIJ!',-.:;[]|’ "), (86, 'crszS1()*?"'), (126, "ADHKNOQRUV#&"), (170, "mwMW@%"))
    for letter in some
}
_PLAIN = (Text, Answer, Use)  # runs that look the same
LONGEST = 60  # letters; a longer cell has several lines, and its column needs no more width


@dataclass(frozen=True, slots=True)
class Notes:
    """What a redline says of itself: whose changes, of which day, compared with what, and comments by section.

    `comments` has one for a section; `beside` has any number, each with words: it is on the paragraph that has these.
    """

    stamp: Stamp
    compared: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """What it takes to write a redline: the template, what references print on each side, the lists, the comments.

    `comments` are the numbers of those on each section, and the words that each is beside, if any.

    `is_excerpt` says that sections are written by themselves, where no list could count: numbers are words.
    """

    template: Template
    redline: Redline
    targets: Mapping[Side, Mapping[str, str]]
    apart: frozenset[str]
    nums: lists.Nums
    stamp: Stamp
    compared: str
    comments: Mapping[str, Sequence[tuple[int, str]]]
    pages: Mapping[str, int] | None = None
    is_excerpt: bool = False


def section_mark(section: str, side: Side = "revised") -> str:
    """Return the name of the bookmark round a section, by its id; with `base`, round where it was before it moved."""
    return ("_c_" if side == "revised" else "_cb_") + hashlib.sha256(section.encode()).hexdigest()[:12]


def target_mark(target: str, side: Side = "revised") -> str:
    """Return the name of the bookmark round what a reference points to; with `base`, round where that was."""
    return ("_r_" if side == "revised" else "_rb_") + hashlib.sha256(target.encode()).hexdigest()[:12]


# -- articles, exhibits, sections ---------------------------------------------------------------


def opening(layout: Layout, sections: Sequence[MarkedSection], first: int) -> Iterator[list[Element]]:
    """Write the sections before the articles; `first` is the number of the first among all."""
    for number, section in enumerate(sections, first):
        yield _section(layout, section, "opening", number)


def articles(layout: Layout, first: int) -> Iterator[list[Element]]:
    """Write the articles."""
    for article in layout.redline.articles:
        yield _titled(layout, article, "Heading 1", "article:")
        for section in article.sections:
            names = _marks(layout, *(part.id if part else "" for part in (section.of.base, section.of.revised)))
            side: Side = "base" if section.of.revised is None else "revised"
            headed = bool(lines.take(section.heading, side))
            heading = _section_heading(layout, section, names if headed else ())
            yield _section(layout, section, "article", first, *heading, names=() if headed else names)
            first += 1


def exhibits(layout: Layout, first: int) -> Iterator[list[Element]]:
    """Write the exhibits."""
    for exhibit in layout.redline.exhibits:
        yield _titled(layout, exhibit, "Exhibit Title", "exhibit:")
        for section in exhibit.sections:
            of = section.of
            names = _marks(layout, *(part.id if part and part.number else "" for part in (of.base, of.revised)))
            headed = _headed_sides(exhibit, section)
            side: Side = "revised" if of.revised and of.revised.number else "base"
            num = None if of.shown.number else 0  # in a contract of an earlier version of the program, it has none
            heading = _heading_on(layout, "Exhibit Heading", section, headed, names if headed[side] else (), num)
            yield _section(layout, section, "exhibit", first, *heading, names=() if headed[side] else names)
            first += 1


def _titled(layout: Layout, group: MarkedGroup[marked.G], style: str, kind: str) -> list[Element]:
    names = _marks(layout, *(f"{kind}{part.id}" if part else "" for part in (group.of.base, group.of.revised)))
    heading = [_heading(layout, style, group.title, group.of.mark, names)]
    return changes.moved(heading, group.of.mark, group.of.move, layout.stamp) if group.of.move else heading


def _headed_sides(exhibit: MarkedGroup[Exhibit], section: MarkedSection) -> Mapping[Side, bool]:
    """Say on which sides a section of an exhibit has a heading: it has none where it is the only one."""
    return {
        side: section.of.mark in lines.OF[side]
        and sum(other.of.mark in lines.OF[side] for other in exhibit.sections) > 1
        and bool(lines.take(section.heading, side))
        for side in lines.OF
    }


def _section_heading(layout: Layout, section: MarkedSection, names: Iterable[str]) -> Iterator[Element]:
    """Write the heading of a section of an article, on the sides on which it has one."""
    sides: dict[Side, bool] = {
        side: section.of.mark in lines.OF[side] and bool(lines.take(section.heading, side)) for side in lines.OF
    }
    yield from _heading_on(layout, "Heading 2", section, sides, names)


def _heading_on(  # noqa: PLR0913, PLR0917  # all of it decides how a heading is written
    layout: Layout, style: str, section: MarkedSection, sides: Mapping[Side, bool], names: Iterable[str],
    num: int | None = None,
) -> Iterator[Element]:  # fmt: skip
    """Write a section's heading as it is on the sides that have one, nothing where none has."""
    line, mark = section.heading, section.of.mark
    if mark == "kept" and sides["base"] != sides["revised"]:
        mark = "deleted" if sides["base"] else "inserted"
        line = lines.departed(line, mark) if sides["base"] else lines.arrived(line, mark)
    if any(sides.values()):
        yield _heading(layout, style, line, mark, names, num)


def _heading(  # noqa: PLR0913, PLR0917  # as above
    layout: Layout, style: str, title: Line, mark: Mark, names: Iterable[str], num: int | None = None
) -> Element:
    content = list(line(layout, title)) or changes.runs([elements.run("")], mark, layout.stamp)
    for name in names:
        content = elements.bookmark(name, content)
    return changes.paragraph(elements.paragraph(layout.template.style(style), content, num=num), mark, layout.stamp)


def _marks(layout: Layout, base: str, revised: str) -> list[str]:
    """Return the bookmarks of a part by the target that it is on each side: two names where these differ."""
    names = [target_mark(base, "base" if base in layout.apart else "revised")] if base else []
    return list(dict.fromkeys([*names, *([target_mark(revised)] if revised else [])]))


def _section(
    layout: Layout, section: MarkedSection, area: Area, number: int, *heading: Element, names: Iterable[str] = ()
) -> list[Element]:
    """Write a section; `names` are the bookmarks of its number where its first paragraph has it."""
    base, revised = marked.leads(section)
    led = {place: list(names) for place in (base if revised is None else revised,) if place is not None}
    if base is not None and base not in led:  # the number goes to another paragraph
        led = {base: list(names)[:-1], **{place: those[-1:] for place, those in led.items()}}
    blocks = (
        _paragraph(
            layout, block, area, (number, place), keep_next=_keeps(block, section.blocks[place + 1 :]),
            names=led.get(place, ()),
        )
        if isinstance(block, MarkedParagraph)
        else [_table(layout, block, area)]
        for place, block in enumerate(section.blocks)
    )  # fmt: skip
    content = [*heading, *(element for block in blocks for element in block)]
    name, mark = section.of.shown.id, section.of.mark
    held = list(filter(changes.stays, changes.paragraphs(content))) if name in layout.comments else []
    for at, about in layout.comments.get(name, ()) if held else ():
        beside = [node for node in held if about and any(about in said for said in changes.sides(node))]
        first = min(beside or held, key=changes.is_marked)  # one that stays on both sides where there is one
        comments.attach(first, at, layout.stamp)
    made = elements.bookmark(section_mark(name, "base" if mark == "moved from" else "revised"), content)
    return changes.moved(made, mark, section.of.move, layout.stamp) if section.of.move else made


def _keeps(block: MarkedParagraph, after: Sequence[MarkedBlock]) -> bool:
    """Say whether a paragraph stays on the page of what follows it: a table, or what it introduces."""
    side: Side = "base" if block.of.revised is None else "revised"
    following = next((part for part in after if marked.block_mark(part) in lines.OF[side]), None)
    return isinstance(following, MarkedTable) or _ends(block.line, side).endswith(":")


def _ends(line: Line, side: Side) -> str:
    """Return the last words that a line has on a side, without white space after them."""
    spans = (span.base if side == "base" else span.revised for span in reversed(line))
    return next((text for runs in spans if (text := words(runs).rstrip())), "")


def excerpt(template: Template, redline: Redline, stamp: Stamp) -> Layout:
    """Return how sections of a redline are written by themselves: their numbers and references are plain words."""
    return Layout(template, redline, {"base": {}, "revised": {}}, frozenset(), {}, stamp, "", {}, is_excerpt=True)


def blocks(layout: Layout, content: Sequence[MarkedBlock]) -> tuple[Element, ...]:
    """Write paragraphs and tables of a section by themselves."""
    made = [
        [_table(layout, block, "article")]
        if isinstance(block, MarkedTable)
        else _paragraph(layout, block, "article", (0, 0), keep_next=_keeps(block, content[place + 1 :]), names=())
        for place, block in enumerate(content)
    ]
    space = elements.paragraph(layout.template.style("Table Text"), [])
    return tuple(changes.apart((part for parts in made for part in parts), space, frozenset(), layout.stamp))


# -- blocks -------------------------------------------------------------------------------------


def _paragraph(  # noqa: PLR0913  # all of it decides how a paragraph is written
    layout: Layout, block: MarkedParagraph, area: Area, place: lists.Place, *, keep_next: bool, names: Iterable[str]
) -> list[Element]:
    content = [*_typed(layout, block), *line(layout, block.line)]
    labels = _marks(layout, *(part.label if part else "" for part in (block.of.base, block.of.revised)))
    for name in (*labels, *names):
        content = elements.bookmark(name, content)
    side: Side = "base" if block.of.revised is None else "revised"
    made = _styled(layout, block.of.shown, area, layout.nums.get((place, side)), content, keep_next=keep_next)
    if block.of.mark == "kept" and block.of.base is not None:
        num, old_num = layout.nums.get((place, "revised")), layout.nums.get((place, "base"))
        if (block.of.base, old_num) == (block.of.revised, num):
            return [made]
        old = _styled(layout, block.of.base, area, old_num, [], keep_next=keep_next)
        return [changes.restyled(made, old, layout.stamp)]
    changes.paragraph(made, block.of.mark, layout.stamp)
    alone = block.of.move.startswith("paragraph")  # otherwise its whole section has moved
    return changes.moved([made], block.of.mark, block.of.move, layout.stamp) if alone else [made]


def _typed(layout: Layout, block: MarkedParagraph) -> list[Element]:
    """Write a paragraph's number as words where no list prints it; it is there as long as the paragraph is."""
    number = block.of.shown.number if layout.is_excerpt else ""
    return changes.runs([elements.run(f"{number}\t")], block.of.mark, layout.stamp) if number else []


def _styled(  # noqa: PLR0913  # all of it decides a paragraph's looks
    layout: Layout, block: Paragraph, area: Area, num: int | None, content: Iterable[Element], *, keep_next: bool
) -> Element:
    name = style_name(block.style, area)
    if layout.is_excerpt:
        num = 0 if name in layout.template.levels else None
        return elements.paragraph(layout.template.style(name), content, keep_next=keep_next, num=num)
    level = layout.template.levels.get(name)
    if level and not block.number:
        num = 0
    if block.style == "text" and block.number:
        num, level = layout.template.section_num, layout.template.levels["Heading 2"]
        if area == "exhibit":
            num, level = layout.template.part_num, layout.template.levels["Exhibit Heading"]
    style, place = layout.template.style(name), level.level if level else 0
    return elements.paragraph(style, content, keep_next=keep_next, num=num, level=place)


def _table(layout: Layout, block: MarkedTable, area: Area) -> Element:
    indent = layout.template.indents[TEXTS[area]]
    frame = elements.Frame(
        layout.template.style("Contract Table", "table"), indent, _widths(block, layout.template.width - indent)
    )

    def cells(row: marked.MarkedRow, style: str) -> Iterator[Element]:
        return (elements.paragraph(layout.template.style(style), line(layout, cell)) for cell in row.cells)

    header, *rest = rows = [marked.unmoved(row) for row in block.rows]
    made = elements.table(frame, cells(header, "Table Header"), (cells(row, "Table Text") for row in rest))
    for row, element in zip(rows, elements.rows(made), strict=True):
        changes.whole(element, row.mark, layout.stamp)
    return made


def _widths(block: MarkedTable, total: int) -> tuple[int, ...]:
    """Divide a width among columns: each gets its longest word, which must not break, and what it needs of the rest."""
    cells = [["".join(text for _, text in lines.pieces(cell)) for cell in row.cells] for row in block.rows]
    looks = [BOLD, *(1.0 for _ in block.rows[1:])]
    columns = [[list(map(_breadth, _unbroken(cell))) for cell in column] for column in zip(*cells, strict=True)]
    least = [
        MARGIN + round(max(look * max(words_, default=0) for look, words_ in zip(looks, column, strict=True)))
        for column in columns
    ]
    wanted = [MARGIN + min(max(map(sum, column)), LONGEST * LETTER) for column in columns]
    needs = [max(want - have, 0) for want, have in zip(wanted, least, strict=True)]
    more = _shares(needs, max(total - sum(least), 0))
    made = [have + extra for have, extra in zip(least, more, strict=True)]
    edges = [round(total * sum(made[:place]) / sum(made)) for place in range(len(made) + 1)]
    return tuple(end - start for start, end in pairwise(edges))


def _shares(needs: Sequence[float], rest: float) -> list[float]:
    """Divide what is left of a width: what needs least gets all of it, so that short cells have one line."""
    shares = [0.0] * len(needs)
    for left, place in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        shares[place] = min(needs[place], rest / (len(needs) - left))
        rest -= shares[place]
    return shares


def _unbroken(cell: str) -> list[str]:
    """Return the words of a cell, those together that are printed on one line."""
    return re.split(r"[ \t\r\n]+", "".join(english.unbroken([cell])))


def _breadth(word: str) -> int:
    """Return about how wide a word is, with the space after it."""
    return sum(LETTERS.get(letter, LETTER) for letter in word) + LETTERS[" "]


# -- lines and runs -----------------------------------------------------------------------------


def line(layout: Layout, spans: Line, base: Element | None = None) -> Iterator[Element]:
    """Write a line, with the properties `base` on its runs."""
    for span in spans:
        side: Side = "revised" if span.mark in lines.OF["revised"] else "base"
        runs = (element for run in _joined(span.shown) for element in _run(layout, run, side, base))
        yield from changes.runs(runs, span.mark, layout.stamp)


def _joined(runs: Runs) -> Iterator[Run]:
    """Join neighbours that look the same: an answer or the use of a term, and the text around it."""
    for plain, group in groupby(runs, key=lambda run: isinstance(run, _PLAIN)):
        if plain:
            yield Text("".join(run.text for run in group))
        else:
            yield from group


def _run(layout: Layout, run: Run, side: Side, base: Element | None) -> Iterable[Element]:
    match run:
        case Text() | Answer() | Use():
            return [elements.run(run.text, base)]
        case Blank():
            return [elements.run(f"[{run.text}]", base, layout.template.style("Blank", "character"))]
        case Definition():
            term = elements.run(run.text, base, layout.template.style("Defined Term", "character"))
            return [elements.run("“", base), term, elements.run("”", base)]
        case Reference():
            shown = elements.run(run.text, base)
            if run.target not in layout.targets[side]:
                return [shown]
            name = target_mark(run.target, side if run.target in layout.apart else "revised")
            return elements.field(rf"REF {name} \n \h", [shown], base)
