"""Writes a contract into a template: a Word file whose numbers are Word's own and whose references are fields.

One rule: equal contracts and templates give equal bytes. Every section is wrapped in a hidden bookmark, by
which it is found again when the file comes back; every target of a reference has one that the fields name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from drafter.contract import (
    Answer,
    Blank,
    Block,
    Contract,
    Definition,
    Exhibit,
    Paragraph,
    Reference,
    Run,
    Runs,
    Section,
    SignatureBlock,
    Table,
    Text,
    Use,
    joined,
    sections,
    targets,
    words,
)
from drafter.word import oxml, package
from drafter.word.oxml import Element
from drafter.word.template import Blocks, Field, Inline, Template, load, render

TOC = r'TOC \o "1-2" \h \z \u'
Area = Literal["opening", "article", "exhibit"]
ITEMS = {"item": "Item", "subitem": "Subitem"}
TEXTS: Mapping[Area, str] = {"opening": "Opening Text", "article": "Section Text", "exhibit": "Exhibit Text"}
MARGIN, LETTER = 220, 92  # what a table's cell and a letter in it take, in twentieths of a point
LONGEST = 60  # letters; a column needs no more width for a longer cell, which has several lines
FIRST = ("(a)", "A.")  # the numbers at which an item or recital starts its list again


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract on its way into Word: the template, what references print, and which paragraphs restart a list."""

    template: Template
    contract: Contract
    targets: Mapping[str, str]
    lists: Mapping[tuple[str, int], int]
    restarts: tuple[str, ...]
    pages: Mapping[str, int] | None = None


def write(contract: Contract, template: Path, pages: Mapping[str, int] | None = None) -> bytes:
    """Write a contract with a template and return the Word file. DraftingError when the template does not do.

    With `pages`, the page of each reference target, the table of contents shows them.
    """
    loaded = load(template)
    lists, restarts = _lists(contract, loaded.next_num)
    draft = Draft(loaded, contract, targets(contract), lists, restarts, pages)
    parts = render(loaded, _fields(draft), lambda runs, base: list(_runs(draft, runs, base)))
    main = package.main(parts)
    numbering = package.find(parts, "numbering", main)[0]
    root = package.parse(parts[numbering])
    oxml.add_restarts(root, [loaded.levels[style] for style in restarts])
    return package.pack(package.scrub(parts | {numbering: package.serialize(root)}, contract.title))


def section_mark(section: str) -> str:
    """Return the name of the bookmark round a section, by the section's id."""
    return "_c_" + hashlib.sha256(section.encode()).hexdigest()[:12]


def target_mark(target: str) -> str:
    """Return the name of the bookmark round what a reference points to, by the target's id."""
    return "_r_" + hashlib.sha256(target.encode()).hexdigest()[:12]


# -- fields of the template ---------------------------------------------------------------------


def _fields(draft: Draft) -> dict[str, Field]:
    contract = draft.contract
    return {
        "title": Inline(joined([Text(contract.title)])),
        "caption": [Inline(line) for line in contract.caption],
        "status": Inline(joined([Text(status(contract))])),
        "contents": Blocks(tuple(_contents(draft))),
        "opening": _block(draft, (_section(draft, s, "opening") for s in contract.opening)),
        "has_recitals": bool(contract.recitals),
        "recitals": _block(draft, (_section(draft, s, "opening") for s in contract.recitals)),
        "articles": _block(draft, _articles(draft)),
        "signatures": [_signature(block) for block in contract.signatures],
        "exhibits": _block(draft, _exhibits(draft)),
    }


def status(contract: Contract) -> str:
    """Return what the header says of a contract: nothing for a final that departs from no requirement."""
    told = ["DRAFT"] if contract.status == "draft" else []
    if contract.deviations:
        plural = "s" if len(contract.deviations) > 1 else ""
        told.append(f"departs from requirement{plural} {', '.join(contract.deviations)}")
    return ", ".join(told)


def _signature(block: SignatureBlock) -> dict[str, Field]:
    signers: list[Field] = [{"name": Inline(s.name), "title": Inline(s.title)} for s in block.signers]
    return {"party": Inline(block.party), "note": Inline(block.note), "signers": signers}


def _block(draft: Draft, parts: Iterable[Iterable[Element]]) -> Blocks:
    space = oxml.paragraph(draft.template.style("Table Text"), [])
    return Blocks(tuple(oxml.apart([element for part in parts for element in part], space)))


# -- table of contents --------------------------------------------------------------------------


def _contents(draft: Draft) -> Iterator[Element]:
    entries = list(_entries(draft.contract))
    for place, (style, target, title) in enumerate(entries):
        content = [_entry(draft, target, title)]
        if place == 0:
            content = [*oxml.field_opening(TOC), *content]
        if place == len(entries) - 1:
            content = [*content, *oxml.field_closing()]
        yield oxml.paragraph(draft.template.style(style), content)


def _entries(contract: Contract) -> Iterator[tuple[str, str, str]]:
    """Go through the headings: the style of the entry, the heading's id as a target, and its title."""
    for article in contract.articles:
        yield "toc 1", f"article:{article.id}", article.title
        for section in article.sections:
            yield "toc 2", section.id, section.heading
    for exhibit in contract.exhibits:
        yield "toc 1", f"exhibit:{exhibit.id}", exhibit.title


def _entry(draft: Draft, target: str, title: str) -> Element:
    mark = target_mark(target)
    runs = [oxml.run(f"{draft.targets[target]}\t{title}")]
    if draft.pages is not None and target in draft.pages:
        page = oxml.run(str(draft.pages[target]))
        runs += [oxml.run("\t"), *oxml.field(rf"PAGEREF {mark} \h", [page])]
    return oxml.hyperlink(mark, runs)


# -- articles, exhibits, sections ---------------------------------------------------------------


def _articles(draft: Draft) -> Iterator[list[Element]]:
    for article in draft.contract.articles:
        yield [_heading(draft, "Heading 1", article.title, f"article:{article.id}")]
        for section in article.sections:
            heading = _heading(draft, "Heading 2", section.heading, section.id)
            yield _section(draft, section, "article", heading)


def _exhibits(draft: Draft) -> Iterator[list[Element]]:
    for exhibit in draft.contract.exhibits:
        yield [_heading(draft, "Exhibit Title", exhibit.title, f"exhibit:{exhibit.id}")]
        for section in exhibit.sections:
            yield _section(draft, section, "exhibit", *_exhibit_heading(draft, exhibit, section))


def _exhibit_heading(draft: Draft, exhibit: Exhibit, section: Section) -> Iterator[Element]:
    if len(exhibit.sections) > 1 and section.heading:
        yield _heading(draft, "Exhibit Heading", section.heading)


def _heading(draft: Draft, style: str, title: str, target: str = "") -> Element:
    content = [oxml.run(title)]
    return oxml.paragraph(
        draft.template.style(style), oxml.bookmark(target_mark(target), content) if target else content
    )


def _section(draft: Draft, section: Section, area: Area, *heading: Element) -> list[Element]:
    following = (*section.blocks[1:], None)
    blocks = (
        _paragraph(draft, block, area, draft.lists.get((section.id, place)), after)
        if isinstance(block, Paragraph)
        else _table(draft, block, area)
        for place, (block, after) in enumerate(zip(section.blocks, following, strict=False))
    )
    return oxml.bookmark(section_mark(section.id), [*heading, *blocks])


# -- blocks -------------------------------------------------------------------------------------


def _style_name(style: str, area: Area) -> str:
    if style in ITEMS:
        return ("Section " if area == "article" else "Exhibit ") + ITEMS[style]
    return {"recital": "Recital", "quote": "Quoted Policy"}.get(style, TEXTS[area])


def _paragraph(draft: Draft, block: Paragraph, area: Area, num: int | None, after: Block | None) -> Element:
    name = _style_name(block.style, area)
    content: list[Element] = list(_runs(draft, block.runs))
    level = draft.template.levels.get(name)
    if level and not block.number:
        num = 0
    return oxml.paragraph(
        draft.template.style(name),
        oxml.bookmark(target_mark(block.label), content) if block.label else content,
        keep_next=isinstance(after, Table) or words(block.runs).rstrip().endswith(":"),
        num=num,
        level=level.level if level else 0,
    )


def _table(draft: Draft, block: Table, area: Area) -> Element:
    indent = draft.template.indents[TEXTS[area]]
    frame = oxml.Frame(
        draft.template.style("Contract Table", "table"), indent, _widths(block, draft.template.width - indent)
    )

    def cells(row: Sequence[Runs], style: str) -> Iterator[Element]:
        return (oxml.paragraph(draft.template.style(style), _runs(draft, runs)) for runs in row)

    return oxml.table(frame, cells(block.header, "Table Header"), (cells(row, "Table Text") for row in block.rows))


def _widths(block: Table, total: int) -> tuple[int, ...]:
    """Share a width among columns: to each its longest word, so that no word breaks, and the rest by their cells."""
    columns = [[words(cell) for cell in column] for column in zip(block.header, *block.rows, strict=True)]
    least = [MARGIN + LETTER * max(len(word) for cell in column for word in (*cell.split(), "")) for column in columns]
    wanted = [MARGIN + LETTER * min(max(map(len, column)), LONGEST) for column in columns]
    rest = max(total - sum(least), 0)
    more = [max(want - have, LETTER) for want, have in zip(wanted, least, strict=True)]
    shares = [have + rest * part / sum(more) for have, part in zip(least, more, strict=True)]
    edges = [round(total * sum(shares[:place]) / sum(shares)) for place in range(len(shares) + 1)]
    return tuple(end - start for start, end in pairwise(edges))


def _lists(contract: Contract, first: int) -> tuple[dict[tuple[str, int], int], tuple[str, ...]]:
    """Find the paragraphs whose list starts again where the list of their style would go on.

    Return the list of each, by section and place, counted from `first`, and the style that each such list restarts.
    """
    articles = {section.id for article in contract.articles for section in article.sections}
    lists: dict[tuple[str, int], int] = {}
    restarts: list[str] = []
    current: dict[str, int | None] = {}
    for section in sections(contract):
        area: Area = "article" if section.id in articles else "exhibit"
        current.pop("Section Item", None)  # Word itself starts them again below each section's heading
        for place, block in enumerate(section.blocks):
            if not isinstance(block, Paragraph) or not block.number:
                continue
            leader = _style_name(block.style, area).replace("Subitem", "Item")
            if block.number in FIRST and block.style != "subitem":
                if leader in current:
                    restarts.append(leader)
                current[leader] = first + len(restarts) - 1 if leader in current else None
            if (num := current.get(leader)) is not None:
                lists[section.id, place] = num
    return lists, tuple(restarts)


# -- runs ---------------------------------------------------------------------------------------


def _runs(draft: Draft, runs: Runs, base: Element | None = None) -> Iterator[Element]:
    for run in runs:
        yield from _run(draft, run, base)


def _run(draft: Draft, run: Run, base: Element | None) -> Iterable[Element]:
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
            if run.target not in draft.targets:
                return [shown]
            return oxml.field(rf"REF {target_mark(run.target)} \n \h", [shown], base)
