"""Writes a contract, or a redline of two, as a Word file with Word's own numbers and references.

One rule: equal contracts and templates give equal bytes. A contract is written as a redline without marks. Every
section is wrapped in a hidden bookmark, by which it is found when the file comes back; every target of a reference has
one that the fields name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from drafter.base.problems import stop_at
from drafter.comparing import lines, marked, redline
from drafter.comparing.lines import Line, Mark, Side
from drafter.comparing.marked import MarkedSignature, Pair, Redline
from drafter.contract import Article, Contract, Exhibit, Runs, Section, Text, joined, targets, words
from drafter.word import body, filling, kinds, lists
from drafter.word.body import Layout, Notes, section_mark, target_mark
from drafter.word.filling import Blocks, Entry, Field, Flag, Inline
from drafter.word.oxml import changes, comments, elements, package, spaces, styles, traces
from drafter.word.oxml.changes import Stamp
from drafter.word.oxml.elements import Element
from drafter.word.template import load, unnumbered

__all__ = ["Notes", "Stamp", "section_mark", "status", "target_mark", "write", "write_redline"]

TOC = r'TOC \o "1-2" \h \z \u'
NOBODY = Notes(Stamp("", ""))  # a contract without marks says nothing of itself


def write(contract: Contract, template: Path, pages: Mapping[str, int] | None = None) -> bytes:
    """Write a contract with a template and return the Word file. DraftingError when the template is not in order.

    With `pages`, the page of each reference target, the table of contents shows them.
    """
    return _write(redline.unmarked(contract), contract, contract, template, NOBODY, pages)


def write_redline(compared: Redline, template: Path, notes: Notes) -> bytes:
    """Write a redline with a template and return the Word file, with its marks as tracked changes."""
    return _write(compared, redline.reject(compared), redline.accept(compared), template, notes)


def _write(  # noqa: PLR0913, PLR0917  # a redline, and its two sides, which the caller may already have
    compared: Redline, base: Contract, revised: Contract, template: Path, notes: Notes,
    pages: Mapping[str, int] | None = None,
) -> bytes:  # fmt: skip
    loaded = load(template, kinds.AGREEMENT)
    if any(section.number for side in (base, revised) for e in side.exhibits for section in e.sections):
        stop_at(unnumbered(loaded))
    nums, restarts = lists.numbered(compared, loaded.next_num)
    sides: Mapping[Side, Mapping[str, str]] = {"base": targets(base), "revised": targets(revised)}
    said = list(_comments(compared, notes))
    numbered: dict[str, list[tuple[int, str]]] = {}
    for at, (name, beside, _) in enumerate(said):
        numbered.setdefault(name, []).append((at, beside))
    apart = marked.apart(compared)
    layout = Layout(loaded, compared, sides, apart, nums, notes.stamp, notes.compared, numbered, pages)
    stamp = None if notes is NOBODY else notes.stamp
    parts = filling.filled(loaded, _fields(layout), lambda leaf, base: list(body.line(layout, leaf.line, base)), stamp)
    main = package.main(parts)
    numbering = package.find(parts, "numbering", main)[0]
    root = package.parse(parts[numbering])
    styles.add_restarts(root, [loaded.levels[style] for style in restarts])
    spaces.keep_numbers_together(root)
    parts = traces.scrub(parts | {numbering: package.serialize(root)}, words(revised.title))
    if numbered:
        parts = _placed(parts, numbered)
        parts = comments.added(parts, [text for _, _, text in said], notes.stamp)
    return package.pack(parts)


def _comments(compared: Redline, notes: Notes) -> Iterator[tuple[str, str, str]]:
    """Yield the comments in their order: the section, the words that it is beside, the comment.

    A section that prints nothing can't have one.
    """
    for name in dict.fromkeys(section.of.shown.id for section in lists.printed(compared)):
        if notes.comments.get(name):
            yield name, "", notes.comments[name]
        yield from ((name, words, text) for words, text in notes.beside.get(name, ()))


def _placed(parts: package.Package, numbered: Mapping[str, Sequence[tuple[int, str]]]) -> package.Package:
    """Place the comments on sections of which nothing stays, so that they stay when all changes are accepted."""
    main = package.main(parts)
    root = package.parse(parts[main])
    there = {node.get(elements.w("id")) for node in root.iter(elements.w("commentReference"))}
    left = [(name, at) for name, those in numbered.items() for at, _ in those if str(at) not in there]
    for name, number in left:
        comments.put_before(root, section_mark(name), number)
    return parts | {main: package.serialize(root)} if left else parts


# -- fields of the template ---------------------------------------------------------------------


def _fields(layout: Layout) -> dict[str, Field]:
    whole = layout.redline
    first = len(whole.opening), len(whole.opening) + len(whole.recitals)
    last = first[1] + sum(len(article.sections) for article in whole.articles)
    recitals = [section.of.mark for section in whole.recitals]
    had, has = (any(mark in lines.OF[side] for mark in recitals) for side in lines.OF)
    sides = (whole.of.base or whole.of.shown, whole.of.shown)
    return {
        "title": Inline(whole.title),
        "caption": [Inline(row.cells[0], row.mark) for row in whole.caption],
        "status": Inline(_status(layout)),
        "has_cover": Flag(*(side.cover == "yes" for side in sides)),
        "no_cover": Flag(*(side.cover == "no" for side in sides)),
        "has_contents": Flag(*(side.contents == "yes" for side in sides)),
        "contents": Blocks(tuple(_contents(layout))),
        "opening": _block(layout, body.opening(layout, whole.opening, 0)),
        "has_recitals": Flag(had, has),
        "recitals": _block(layout, body.opening(layout, whole.recitals, first[0])),
        "articles": _block(layout, body.articles(layout, first[1])),
        "signatures": [_signature(block) for block in whole.signatures],
        "exhibits": _block(layout, body.exhibits(layout, last)),
    }


def status(contract: Contract) -> str:
    """Return what the header says of a contract: nothing for a final that departs from no requirement."""
    said = ["DRAFT"] if contract.status == "draft" else []
    if contract.deviations:
        plural = "s" if len(contract.deviations) > 1 else ""
        said.append(f"departs from requirement{plural} {', '.join(contract.deviations)}")
    return ", ".join(said)


def _status(layout: Layout) -> Line:
    """Return the header's words; what the redline is compared with goes when all is accepted.

    LibreOffice doesn't take out an insertion that is deleted, so it is a deletion, which stays when all is rejected.
    """
    old, new = (_text(status(side)) if side else () for side in (layout.redline.of.base, layout.redline.of.revised))
    line = lines.compare(old, new)
    if not layout.compared:
        return line
    compared = _text(f"{', ' if line else ''}{layout.compared}")
    return *line, lines.Span("deleted", compared, ())


def _text(text: str) -> Runs:
    return joined([Text(text)])


def _signature(block: MarkedSignature) -> Entry:
    signers: list[Field] = [Entry({"name": Inline(s.name), "title": Inline(s.title)}, s.mark) for s in block.signers]
    return Entry({"party": Inline(block.party), "note": Inline(block.note), "signers": signers}, block.mark)


def _block(layout: Layout, parts: Iterable[Iterable[Element]]) -> Blocks:
    space = elements.paragraph(layout.template.style("Table Text"), [])
    numbered = frozenset(map(layout.template.style, layout.template.levels))
    return Blocks(tuple(changes.apart((element for part in parts for element in part), space, numbered, layout.stamp)))


# -- table of contents --------------------------------------------------------------------------


def _contents(layout: Layout) -> Iterator[Element]:
    entries = list(_listed(layout.redline))
    for place, (style, mark, base, revised) in enumerate(entries):
        content = [_entry(layout, base, revised)]
        if place == 0:
            content = [*elements.field_opening(TOC), *content]
        if place == len(entries) - 1:
            content = [*content, *elements.field_closing()]
        yield changes.paragraph(elements.paragraph(layout.template.style(style), content), mark, layout.stamp)


def _listed(compared: Redline) -> Iterator[tuple[str, Mark, Named, Named]]:
    """Yield the entries as `_entries`; where only one of the two contracts has a table, those of that one alone."""
    base, revised = ((side or compared.of.shown).contents for side in (compared.of.base, compared.of.shown))
    for style, mark, old, new in _entries(compared):
        if base == revised:
            yield style, mark, old, new
        elif base == "yes" and old[1]:
            yield style, "deleted", old, ("", "")
        elif revised == "yes" and new[1]:
            yield style, "inserted", ("", ""), new


Named = tuple[str, str]  # a heading's id as a target, and its title; empty where it is not


def _entries(compared: Redline) -> Iterator[tuple[str, Mark, Named, Named]]:
    """Yield the entries: the style, the mark, and the heading in the base and in the revision.

    An entry that moves is deleted here and inserted there, since it is no text of the contract.
    """
    for article in compared.articles:
        yield "toc 1", *_named(article.of, article.title, "article:")
        for section in article.sections:
            if section.heading:
                yield "toc 2", *_headed(*_named(section.of, section.heading, ""))
    for exhibit in compared.exhibits:
        yield "toc 1", *_named(exhibit.of, exhibit.title, "exhibit:")


def _named(pair: Pair[Article] | Pair[Exhibit] | Pair[Section], title: Line, kind: str) -> tuple[Mark, Named, Named]:
    base = (f"{kind}{pair.base.id}", words(lines.take(title, "base"))) if pair.base else ("", "")
    revised = (f"{kind}{pair.revised.id}", words(lines.take(title, "revised"))) if pair.revised else ("", "")
    marks: dict[Mark, Mark] = {"moved from": "deleted", "moved to": "inserted"}
    return marks.get(pair.mark, pair.mark), base, revised


def _headed(mark: Mark, base: Named, revised: Named) -> tuple[Mark, Named, Named]:
    """Return the entry of a section on the sides on which it has a heading."""
    was, now = (side if side[1] else ("", "") for side in (base, revised))
    if mark == "kept" and not (was[0] and now[0]):
        mark = "deleted" if was[0] else "inserted"
    return mark, was, now


def _entry(layout: Layout, base: Named, revised: Named) -> Element:
    old = _text(f"{layout.targets['base'][base[0]]}\t{base[1]}") if base[0] else ()
    new = _text(f"{layout.targets['revised'][revised[0]]}\t{revised[1]}") if revised[0] else ()
    runs = list(body.line(layout, lines.compare(old, new)))
    target = revised[0] or base[0]
    mark = target_mark(target, "revised" if revised[0] or target not in layout.apart else "base")
    if layout.pages is not None and target in layout.pages:
        page = elements.run(str(layout.pages[target]))
        runs += [elements.run("\t"), *elements.field(rf"PAGEREF {mark} \h", [page])]
    return elements.hyperlink(mark, runs)
