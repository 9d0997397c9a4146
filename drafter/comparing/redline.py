"""Compares two contracts, and takes either back out of the redline.

One rule: `accept(compare(base, revised)) == revised`, `reject(compare(base, revised)) == base`, and
`compare(a, a)` has no mark. Sections, articles and exhibits are matched by their ids, so that one that is moved or
renumbered is still the same; paragraphs and rows are matched by their words, in which a reference is known by what it
points to and not by its number; inside a paragraph, words are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from drafter.comparing import alignment, lines, pairing
from drafter.comparing.lines import Line, Mark, Side
from drafter.comparing.marked import (
    MarkedBlock,
    MarkedGroup,
    MarkedParagraph,
    MarkedRow,
    MarkedSection,
    MarkedSignature,
    MarkedSigner,
    MarkedTable,
    Pair,
    Redline,
    accept,
    apart,
    block_mark,
    is_marked,
    marked_words,
    reject,
)
from drafter.contract import (
    Article,
    Block,
    Contract,
    Exhibit,
    Paragraph,
    Reference,
    Runs,
    Section,
    SignatureBlock,
    Signer,
    Table,
    Title,
    section_runs,
    targets,
    title_runs,
    words,
)
from drafter.keeping.once import once
from drafter.values import dataclass

__all__ = ["Redline", "accept", "compare", "is_marked", "marked_words", "reject", "unmarked"]

T = TypeVar("T")
G = TypeVar("G", Article, Exhibit)

# -- comparing ----------------------------------------------------------------------------------

Key = tuple[str, int]  # an id, and 1, or 2 where the id is used a second time, which none should be
MOVED = 4  # a paragraph of fewer words that is deleted here and inserted there is not called moved


def compare(base: Contract, revised: Contract) -> Redline:
    """Compare two contracts."""
    found = _compare(base, revised, frozenset())
    names = apart(found)
    return _compare(base, revised, names) if names else found


def unmarked(contract: Contract) -> Redline:
    """Return the redline of a contract with itself."""
    return _compare(contract, contract, frozenset())


@dataclass(frozen=True, slots=True)
class _Both:
    """What all parts of a comparison need: the sections by key, what references point to, and what is there twice."""

    base: Mapping[Key, Section]
    revised: Mapping[Key, Section]
    targets: Mapping[Side, Mapping[str, str]]
    apart: frozenset[str]

    def line(self, base: Runs, revised: Runs) -> Line:
        """Compare two lines. A reference is marked when its number changed, or the place that it points to."""
        return lines.compare(base, revised, self._key)

    def _key(self, reference: Reference, side: Side) -> tuple[object, ...]:
        target = reference.target
        return reference.text, target, target in self.targets[side], side if target in self.apart else ""

    def same(self, section: Section) -> bool:
        """Say whether nothing is marked in a section that is in both contracts as it is."""
        return all(self._key(one, "base") == self._key(one, "revised") for one in _references(section))

    def title(self, base: Title, revised: Title) -> Line:
        """Compare two titles."""
        return self.line(title_runs(base), title_runs(revised))


def _compare(base: Contract, revised: Contract, names: frozenset[str]) -> Redline:
    (old, groups), (new, groups_now) = _keyed_sections(base), _keyed_sections(revised)
    both = _Both(old, new, {"base": targets(base), "revised": targets(revised)}, names)
    first, first_now = 2 + len(base.articles), 2 + len(revised.articles)
    articles = _groups(both, base.articles, revised.articles, groups[2:first], groups_now[2:first_now])
    exhibits = _groups(both, base.exhibits, revised.exhibits, groups[first:], groups_now[first_now:])
    return Redline(
        of=Pair(_bare(base), _bare(revised)),
        title=both.title(base.title, revised.title),
        caption=tuple(_rows(both, [(line,) for line in base.caption], [(line,) for line in revised.caption])),
        opening=tuple(_sections(both, groups[0], groups_now[0])),
        recitals=tuple(_sections(both, groups[1], groups_now[1])),
        articles=tuple(articles),
        signatures=tuple(_signatures(both, base.signatures, revised.signatures)),
        exhibits=tuple(exhibits),
    )


def _bare(contract: Contract) -> Contract:
    return replace(contract, title="", caption=(), opening=(), recitals=(), articles=(), signatures=(), exhibits=())


def _keyed(ids: Iterable[str], seen: Counter[str]) -> Iterator[Key]:
    for name in ids:
        seen[name] += 1
        yield name, seen[name]


def _keyed_sections(contract: Contract) -> tuple[dict[Key, Section], list[list[Key]]]:
    """Return the sections by key, and the keys of each group: opening, recitals, each article, each exhibit."""
    rest = (*(a.sections for a in contract.articles), *(e.sections for e in contract.exhibits))
    groups: tuple[tuple[Section, ...], ...] = (contract.opening, contract.recitals, *rest)
    seen: Counter[str] = Counter()
    keys = [list(_keyed((section.id for section in group), seen)) for group in groups]
    flat = (section for group in groups for section in group)
    return dict(zip((key for group in keys for key in group), flat, strict=True)), keys


def _merged(base: Sequence[Key], revised: Sequence[Key], size: Callable[[Key], int]) -> list[alignment.Step]:
    """Merge two orders of keys: those that keep their order come once, others where they were and where they are."""
    if base == revised:
        return [(place, place) for place in range(len(base))]
    stays = alignment.in_order(base, revised, {key: size(key) for key in base})
    return list(alignment.filled([(base.index(key), revised.index(key)) for key in stays], len(base), len(revised)))


# -- articles, exhibits, sections ---------------------------------------------------------------


def _groups(
    both: _Both, base: Sequence[G], revised: Sequence[G], keys: Sequence[list[Key]], keys_now: Sequence[list[Key]]
) -> Iterator[MarkedGroup[G]]:
    old, new = (list(_keyed((group.id for group in groups), Counter())) for groups in (base, revised))

    def size(key: Key) -> int:
        return sum(_size(both.base[k]) for k in keys[old.index(key)])

    for i, j in _merged(old, new, size):
        key = old[i] if i is not None else new[j or 0]
        was, now = (group[keyed.index(key)] if key in keyed else None for group, keyed in ((base, old), (revised, new)))
        title = both.title(was.title if was else "", now.title if now else "")
        pair = _emptied(was, now, lambda group: replace(group, title="", sections=()))
        if was and now and i is None:
            title, pair = lines.arrived(title), Pair(None, pair.revised, f"group {key}")
        elif was and now and j is None:
            title, pair = lines.departed(title), Pair(pair.base, None, f"group {key}")
        inside = _sections(both, [] if i is None else keys[i], [] if j is None else keys_now[j])
        yield MarkedGroup(pair, title, tuple(inside))


def _emptied(base: T | None, revised: T | None, empty: Callable[[T], T]) -> Pair[T]:
    """Pair a part in the base and in the revision, both without their contents."""
    old = None if base is None else empty(base)
    return Pair(old, old if base is revised else None if revised is None else empty(revised))


def _size(section: Section) -> int:
    return sum(map(len, (pairing.block_words(block) for block in section.blocks)))


def _sections(both: _Both, base: Sequence[Key], revised: Sequence[Key]) -> Iterator[MarkedSection]:
    for i, j in _merged(base, revised, lambda key: _size(both.base[key])):
        key = base[i] if i is not None else revised[j or 0]
        whole = _section(both, key)
        if whole.of.mark != "kept" or None not in {i, j}:
            yield whole
        else:
            yield _departed(whole, f"section {key}") if j is None else _arrived(whole, f"section {key}")


def _section(both: _Both, key: Key) -> MarkedSection:
    base, revised = both.base.get(key), both.revised.get(key)
    if base is revised and base is not None and both.same(base):
        return _kept(base)
    pair = _emptied(base, revised, lambda section: replace(section, heading="", blocks=()))
    heading = both.title(base.heading if base else "", revised.heading if revised else "")
    blocks = _blocks(both, base.blocks if base else (), revised.blocks if revised else (), key)
    return MarkedSection(pair, heading, tuple(blocks))


@once(1024)  # most sections of a draft are the same, and so the same object, as in the one before
def _kept(section: Section) -> MarkedSection:
    """Return a section in which nothing is marked."""
    both = _Both({}, {}, {"base": {}, "revised": {}}, frozenset())
    pair, heading = Pair(bare := replace(section, heading="", blocks=()), bare), section.heading
    blocks = tuple(_block(both, block, block) for block in section.blocks)
    return MarkedSection(pair, both.title(heading, heading), blocks)


@once(1024)
def _references(section: Section) -> tuple[Reference, ...]:
    """Return the references of a section, those of its heading too."""
    every = (*title_runs(section.heading), *section_runs(section))
    return tuple(run for run in every if isinstance(run, Reference))


def _departed(section: MarkedSection, move: str) -> MarkedSection:
    here = (b for b in section.blocks if block_mark(b) in lines.OF["base"])
    blocks = tuple(_departed_block(block, move) for block in here)
    return MarkedSection(Pair(section.of.base, None, move), lines.departed(section.heading), blocks)


def _arrived(section: MarkedSection, move: str) -> MarkedSection:
    here = (b for b in section.blocks if block_mark(b) in lines.OF["revised"])
    blocks = tuple(_arrived_block(block, move) for block in here)
    return MarkedSection(Pair(None, section.of.revised, move), lines.arrived(section.heading), blocks)


def _departed_block(block: MarkedBlock, move: str) -> MarkedBlock:
    """Return a block where it was. Word can't move a table, so it is deleted there."""
    if isinstance(block, MarkedParagraph):
        inside = move if block.of.mark == "kept" else block.of.move
        return MarkedParagraph(Pair(block.of.base, None, inside), lines.departed(block.line))
    rows = (row for row in block.rows if row.mark in lines.OF["base"])
    return MarkedTable(
        "deleted",
        tuple(MarkedRow("deleted", tuple(lines.departed(cell, "deleted") for cell in row.cells)) for row in rows),
    )


def _arrived_block(block: MarkedBlock, move: str) -> MarkedBlock:
    if isinstance(block, MarkedParagraph):
        inside = move if block.of.mark == "kept" else block.of.move
        return MarkedParagraph(Pair(None, block.of.revised, inside), lines.arrived(block.line))
    rows = (row for row in block.rows if row.mark in lines.OF["revised"])
    return MarkedTable(
        "inserted",
        tuple(MarkedRow("inserted", tuple(lines.arrived(cell, "inserted") for cell in row.cells)) for row in rows),
    )


# -- paragraphs, tables, signatures -------------------------------------------------------------


def _blocks(both: _Both, base: Sequence[Block], revised: Sequence[Block], key: Key) -> Iterator[MarkedBlock]:
    if base == revised:
        yield from (_block(both, block, block) for block in base)
        return
    steps = pairing.aligned(base, revised, pairing.block_words, pairing.same_block)
    moves = list(_moves(steps, base, revised))
    to, fro = dict(moves), {j: i for i, j in moves}
    for i, j in steps:
        if i is not None and j is None and i in to:
            yield _departed_block(_block(both, base[i], revised[to[i]]), f"paragraph {key} {i}")
        elif j is not None and i is None and j in fro:
            yield _arrived_block(_block(both, base[fro[j]], revised[j]), f"paragraph {key} {fro[j]}")
        else:
            yield _block(both, None if i is None else base[i], None if j is None else revised[j])


def _moves(
    steps: Iterable[alignment.Step], base: Sequence[Block], revised: Sequence[Block]
) -> Iterator[tuple[int, int]]:
    """Find the paragraphs that are deleted in one place and inserted in another, word for word the same."""
    left, new = _alone(steps)
    gone = ((i, pairing.block_words(base[i])) for i in left if isinstance(base[i], Paragraph))
    come = ((j, pairing.block_words(revised[j])) for j in new if isinstance(revised[j], Paragraph))
    yield from pairing.moved(gone, (pair for pair in come if len(pair[1]) >= MOVED))


def _alone(steps: Iterable[alignment.Step]) -> tuple[list[int], list[int]]:
    """Return the places that are only in the base, and those that are only in the revision."""
    known = tuple(steps)
    return [i for i, j in known if i is not None and j is None], [j for i, j in known if j is not None and i is None]


def _block(both: _Both, base: Block | None, revised: Block | None) -> MarkedBlock:
    if isinstance(base, Table) or isinstance(revised, Table):
        return _table(both, base, revised)
    pair = _emptied(base, revised, _without_runs)
    return MarkedParagraph(pair, both.line(base.runs if base else (), revised.runs if revised else ()))


def _without_runs(whole: Paragraph) -> Paragraph:
    return Paragraph((), whole.style, whole.number, whole.label)  # a third of the time of `replace`


def _table(both: _Both, base: Block | None, revised: Block | None) -> MarkedTable:
    old, new = ((block.header, block.rows) if isinstance(block, Table) else None for block in (base, revised))
    if old and new:
        return MarkedTable("kept", (_row(both, old[0], new[0]), *_rows_of_table(both, old[1], new[1])))
    rows = [_row(both, row, None) for row in (old[0], *old[1])] if old else []
    rows += [_row(both, None, row) for row in (new[0], *new[1])] if new else []
    return MarkedTable("deleted" if old else "inserted", tuple(rows))


def _rows(both: _Both, base: Sequence[pairing.Row], revised: Sequence[pairing.Row]) -> Iterator[MarkedRow]:
    for i, j in pairing.aligned(base, revised, pairing.known_words, pairing.same_row):
        yield _row(both, None if i is None else base[i], None if j is None else revised[j])


def _rows_of_table(both: _Both, base: Sequence[pairing.Row], revised: Sequence[pairing.Row]) -> Iterator[MarkedRow]:
    """Mark the rows of a table; one that is deleted in one place and inserted in another, as it is printed, has moved.

    `pdf.preparing.rows` finds the same ones in the Word file, where no row can be marked as moved.
    """
    steps = pairing.aligned(base, revised, pairing.known_words, pairing.same_row)
    left, new = _alone(steps)
    moves = list(pairing.moved(_printed(base, left), _printed(revised, new)))
    to, fro = dict(moves), {j: i for i, j in moves}
    for i, j in steps:
        if i is not None and j is None and i in to:
            cells = _row(both, base[i], revised[to[i]]).cells
            yield MarkedRow("moved from", tuple(map(lines.departed, cells)))
        elif j is not None and i is None and j in fro:
            cells = _row(both, base[fro[j]], revised[j]).cells
            yield MarkedRow("moved to", tuple(map(lines.arrived, cells)))
        else:
            yield _row(both, None if i is None else base[i], None if j is None else revised[j])


def _printed(rows: Sequence[pairing.Row], places: Iterable[int]) -> Iterator[tuple[int, pairing.Words]]:
    return ((place, pairing.printed_words(map(words, rows[place]))) for place in places)


def _row(both: _Both, base: pairing.Row | None, revised: pairing.Row | None) -> MarkedRow:
    empty: pairing.Row = ((),) * len(base or revised or ())
    cells = zip(empty if base is None else base, empty if revised is None else revised, strict=True)
    mark: Mark = "inserted" if base is None else "deleted" if revised is None else "kept"
    return MarkedRow(mark, tuple(both.line(old, new) for old, new in cells))


def _signatures(
    both: _Both, base: Sequence[SignatureBlock], revised: Sequence[SignatureBlock]
) -> Iterator[MarkedSignature]:
    def words_of(block: SignatureBlock) -> pairing.Words:
        signers = (line for signer in block.signers for line in (signer.name, signer.title))
        return pairing.known_words((block.party, block.note, *signers))

    nobody = SignatureBlock((), (), ())
    for i, j in pairing.aligned(base, revised, words_of, lambda a, b: pairing.LABEL if a.party == b.party else 0):
        old, new = nobody if i is None else base[i], nobody if j is None else revised[j]
        mark: Mark = "inserted" if i is None else "deleted" if j is None else "kept"
        signers = tuple(_signers(both, old.signers, new.signers))
        yield MarkedSignature(mark, both.line(old.party, new.party), both.line(old.note, new.note), signers)


def _signers(both: _Both, base: Sequence[Signer], revised: Sequence[Signer]) -> Iterator[MarkedSigner]:
    def words_of(signer: Signer) -> pairing.Words:
        return pairing.known_words((signer.name, signer.title))

    nobody = Signer((), ())
    for i, j in pairing.aligned(base, revised, words_of, lambda a, b: pairing.LABEL if a.title == b.title else 0):
        old, new = nobody if i is None else base[i], nobody if j is None else revised[j]
        mark: Mark = "inserted" if i is None else "deleted" if j is None else "kept"
        yield MarkedSigner(mark, both.line(old.name, new.name), both.line(old.title, new.title))
