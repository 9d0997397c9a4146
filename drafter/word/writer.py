"""Writes a contract, or a redline of two, into a template: a Word file with Word's own numbers and references.

One rule: equal contracts and templates give equal bytes. A contract is written as a redline without marks.
Every section is wrapped in a hidden bookmark, by which it is found again when the file comes back; every
target of a reference has one that the fields name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from drafter.comparing import lines, marked, redline
from drafter.comparing.lines import Line, Mark, Side
from drafter.comparing.marked import MarkedSignature, Pair, Redline
from drafter.contract import Article, Contract, Exhibit, Runs, Section, Text, joined, targets, words
from drafter.papers.remarks import Compared
from drafter.word import body, changes, lists, oxml, package
from drafter.word.body import Draft, Notes, section_mark, target_mark
from drafter.word.changes import Stamp
from drafter.word.oxml import Element
from drafter.word.template import Blocks, Entry, Field, Flag, Inline, load, render

__all__ = ["Notes", "Stamp", "section_mark", "status", "target_mark", "write", "write_compared", "write_redline"]

TOC = r'TOC \o "1-2" \h \z \u'
NOBODY = Notes(Stamp("", ""))  # a contract without marks says of itself nothing


def write(contract: Contract, template: Path, pages: Mapping[str, int] | None = None) -> bytes:
    """Write a contract with a template and return the Word file. DraftingError when the template does not do.

    With `pages`, the page of each reference target, the table of contents shows them.
    """
    return _write(redline.unmarked(contract), contract, contract, template, NOBODY, pages)


def write_redline(compared: Redline, template: Path, notes: Notes) -> bytes:
    """Write a redline with a template and return the Word file, its marks as tracked changes."""
    return _write(compared, redline.reject(compared), redline.accept(compared), template, notes)


def write_compared(compared: Compared, template: Path) -> bytes:
    """Write a redline for a reader, with what its header says and its comments. DraftingError as `write`."""
    notes = Notes(Stamp(compared.author, compared.day.isoformat()), compared.told, compared.comments)
    return write_redline(compared.redline, template, notes)


def _write(  # noqa: PLR0913, PLR0917  # a redline, and its two sides, which the caller may have
    compared: Redline, base: Contract, revised: Contract, template: Path, notes: Notes,
    pages: Mapping[str, int] | None = None,
) -> bytes:  # fmt: skip
    loaded = load(template)
    nums, restarts = lists.numbered(compared, loaded.next_num)
    sides: Mapping[Side, Mapping[str, str]] = {"base": targets(base), "revised": targets(revised)}
    comments = _numbered_comments(compared, notes)
    apart = marked.apart(compared)
    draft = Draft(loaded, compared, sides, apart, nums, notes.stamp, notes.compared, comments, pages)
    stamp = None if notes is NOBODY else notes.stamp
    parts = render(loaded, _fields(draft), lambda line, properties: list(body.line(draft, line, properties)), stamp)
    main = package.main(parts)
    numbering = package.find(parts, "numbering", main)[0]
    root = package.parse(parts[numbering])
    oxml.add_restarts(root, [loaded.levels[style] for style in restarts])
    parts = package.scrub(parts | {numbering: package.serialize(root)}, revised.title)
    if comments:
        texts = changes.comments([notes.comments[name] for name in comments], notes.stamp)
        parts = package.with_comments(parts, main, package.serialize(texts))
    return package.pack(parts)


def _numbered_comments(compared: Redline, notes: Notes) -> dict[str, int]:
    """Count the comments in the order of the sections; one on a section that prints nothing has no place."""
    printed = (s for area, s in lists.areas(compared) if (s.blocks or area == "article") and s.of.mark != "moved from")
    names = dict.fromkeys(section.of.shown.id for section in printed)
    return {name: place for place, name in enumerate(name for name in names if notes.comments.get(name))}


# -- fields of the template ---------------------------------------------------------------------


def _fields(draft: Draft) -> dict[str, Field]:
    whole = draft.redline
    first = len(whole.opening), len(whole.opening) + len(whole.recitals)
    last = first[1] + sum(len(article.sections) for article in whole.articles)
    recitals = [section.of.mark for section in whole.recitals]
    had, has = (any(mark in lines.OF[side] for mark in recitals) for side in lines.OF)
    return {
        "title": Inline(whole.title),
        "caption": [Inline(row.cells[0], row.mark) for row in whole.caption],
        "status": Inline(_status(draft)),
        "contents": Blocks(tuple(_contents(draft))),
        "opening": _block(draft, body.opening(draft, whole.opening, 0)),
        "has_recitals": Flag(had, has),
        "recitals": _block(draft, body.opening(draft, whole.recitals, first[0])),
        "articles": _block(draft, body.articles(draft, first[1])),
        "signatures": [_signature(block) for block in whole.signatures],
        "exhibits": _block(draft, body.exhibits(draft, last)),
    }


def status(contract: Contract) -> str:
    """Return what the header says of a contract: nothing for a final that departs from no requirement."""
    told = ["DRAFT"] if contract.status == "draft" else []
    if contract.deviations:
        plural = "s" if len(contract.deviations) > 1 else ""
        told.append(f"departs from requirement{plural} {', '.join(contract.deviations)}")
    return ", ".join(told)


def _status(draft: Draft) -> Line:
    """Return the header's words; what the redline is compared with is no part of either contract, and stays."""
    old, new = (_text(status(side)) if side else () for side in (draft.redline.of.base, draft.redline.of.revised))
    line = lines.compare(old, new)
    if not draft.compared:
        return line
    told = _text(f"{', ' if line else ''}{draft.compared}")
    return *line, lines.Span("kept", told, told)


def _text(text: str) -> Runs:
    return joined([Text(text)])


def _signature(block: MarkedSignature) -> Entry:
    signers: list[Field] = [Entry({"name": Inline(s.name), "title": Inline(s.title)}, s.mark) for s in block.signers]
    return Entry({"party": Inline(block.party), "note": Inline(block.note), "signers": signers}, block.mark)


def _block(draft: Draft, parts: Iterable[Iterable[Element]]) -> Blocks:
    space = oxml.paragraph(draft.template.style("Table Text"), [])
    numbered = frozenset(map(draft.template.style, draft.template.levels))
    return Blocks(tuple(changes.apart((element for part in parts for element in part), space, numbered, draft.stamp)))


# -- table of contents --------------------------------------------------------------------------


def _contents(draft: Draft) -> Iterator[Element]:
    entries = list(_entries(draft.redline))
    for place, (style, mark, base, revised) in enumerate(entries):
        content = [_entry(draft, base, revised)]
        if place == 0:
            content = [*oxml.field_opening(TOC), *content]
        if place == len(entries) - 1:
            content = [*content, *oxml.field_closing()]
        yield changes.paragraph(oxml.paragraph(draft.template.style(style), content), mark, draft.stamp)


Named = tuple[str, str]  # a heading's id as a target, and its title; empty where it is not


def _entries(compared: Redline) -> Iterator[tuple[str, Mark, Named, Named]]:
    """Go through the headings: the style of the entry, its mark, and the heading in the base and in the revision.

    An entry that moves is deleted here and inserted there: it is no text of the contract's.
    """
    for article in compared.articles:
        yield "toc 1", *_named(article.of, article.title, "article:")
        for section in article.sections:
            yield "toc 2", *_named(section.of, section.heading, "")
    for exhibit in compared.exhibits:
        yield "toc 1", *_named(exhibit.of, exhibit.title, "exhibit:")


def _named(pair: Pair[Article] | Pair[Exhibit] | Pair[Section], title: Line, kind: str) -> tuple[Mark, Named, Named]:
    base = (f"{kind}{pair.base.id}", words(lines.take(title, "base"))) if pair.base else ("", "")
    revised = (f"{kind}{pair.revised.id}", words(lines.take(title, "revised"))) if pair.revised else ("", "")
    marks: dict[Mark, Mark] = {"moved from": "deleted", "moved to": "inserted"}
    return marks.get(pair.mark, pair.mark), base, revised


def _entry(draft: Draft, base: Named, revised: Named) -> Element:
    old = _text(f"{draft.targets['base'][base[0]]}\t{base[1]}") if base[0] else ()
    new = _text(f"{draft.targets['revised'][revised[0]]}\t{revised[1]}") if revised[0] else ()
    runs = list(body.line(draft, lines.compare(old, new)))
    target = revised[0] or base[0]
    mark = target_mark(target, "revised" if revised[0] or target not in draft.apart else "base")
    if draft.pages is not None and target in draft.pages:
        page = oxml.run(str(draft.pages[target]))
        runs += [oxml.run("\t"), *oxml.field(rf"PAGEREF {mark} \h", [page])]
    return oxml.hyperlink(mark, runs)
