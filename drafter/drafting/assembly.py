"""Turns a selection into a contract: fields filled, everything numbered, references and defined terms resolved.

One rule: an answer becomes a leaf of the tree and is never read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from drafter import language
from drafter.base.problems import Place, Problem, stop_at
from drafter.contract import (  # fmt: skip
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
    all_runs,
    section_runs,
    sections,
    title_runs,
)
from drafter.contract.walking import titles
from drafter.drafting import filling, resolving
from drafter.drafting.filling import Scope
from drafter.drafting.resolving import Known
from drafter.drafting.selection import Choice, Selection
from drafter.keeping.once import once, once_with
from drafter.language import Missing, Record, Value
from drafter.reading import readers
from drafter.reading.library import Alternative, Clause, Group, Library, Signature
from drafter.reading.sources.source import Source


def assemble(selection: Selection, *, status: Literal["draft", "final"] = "draft") -> Contract:
    """Assemble the contract of a selection. DraftingError where a reference points to what isn't in the contract."""
    library, values = selection.library, selection.values
    articles = [a for a in (_article(g, selection) for g in library.articles) if a.sections]
    exhibits = [e for e in (_exhibit(g, selection) for g in library.exhibits) if e.sections]
    made = Contract(
        title=filling.title(library.title, values),
        caption=tuple(filling.line(line, values) for line in library.caption),
        opening=tuple(map(_items, _sections(library.opening, selection))),
        recitals=tuple(
            map(_items, (*_recitals(_sections(library.recitals, selection)), *_sections(library.agreement, selection)))
        ),
        articles=tuple(_numbered(article, i) for i, article in enumerate(articles, 1)),
        signatures=tuple(_signature_block(signature, values) for signature in library.signatures),
        exhibits=tuple(_lettered(exhibit, letters(i)) for i, exhibit in enumerate(exhibits, 1)),
        status=status,
        form=library.form.id,
        cover="yes" if library.form.cover else "no",
        contents="yes" if library.form.contents else "no",
    )
    known = resolving.known(made)
    dead = sorted({target for target in _pointed_in(made) if not known.has(target)})
    stop_at(_dead(target, made, library) for target in dead)
    return _mapped(made, known)


# -- sections -----------------------------------------------------------------------------------


def _article(group: Group, selection: Selection) -> Article:
    return Article(group.id, "", filling.title(group.title, selection.values), _grouped(group, selection))


def _exhibit(group: Group, selection: Selection) -> Exhibit:
    return Exhibit(group.id, "", filling.title(group.title, selection.values), _grouped(group, selection))


def _grouped(group: Group, selection: Selection) -> tuple[Section, ...]:
    """Return the sections of a group; of those under one heading, the first one has it."""
    headings: dict[str, Title] = {}
    for one in group.together:
        there = [clause for clause in one.clauses if clause in selection.choices]
        headings |= dict.fromkeys(there, "") | dict.fromkeys(there[:1], filling.title(one.title, selection.values))
    found = _sections(group.clauses, selection)
    return tuple(_with_heading(s, headings[s.id]) if s.id in headings else s for s in found)


@once_with(1024)
def _with_heading(section: Section, heading: Title) -> Section:
    return replace(section, heading=heading)


def _sections(clauses: Iterable[str], selection: Selection) -> tuple[Section, ...]:
    return tuple(written(selection.choices[one], selection) for one in clauses if one in selection.choices)


def written(choice: Choice, selection: Selection) -> Section:
    """Return the section that a wording of a clause makes, before anything in it has its number."""
    names = _names(choice.clause, choice.alternative)
    read = {name: selection.values[name] for name in names if name in selection.values}
    return _written(_Writing(choice.clause, choice.alternative, selection.library.policy, read))


@once(4096)
def _names(clause: Clause, chosen: Alternative) -> tuple[str, ...]:
    """Return the names that a wording and its clause's title read, each also without what is after its first point."""
    found = (*readers.in_line(clause.title), *readers.expressions(chosen.text))
    every = dict.fromkeys(name for expression in found for name in language.names(expression))
    return tuple(dict.fromkeys(one for name in every for one in (name, name.partition(".")[0])))


class _Writing:
    """What a section is written from, and nothing else: so one written from the same is the same.

    Values are the same that print the same: of one type, and a decimal with the same places.
    """

    __slots__ = ("_hash", "chosen", "clause", "policy", "read")

    def __init__(self, clause: Clause, chosen: Alternative, policy: Source, read: Mapping[str, Value]) -> None:
        self.clause, self.chosen, self.policy, self.read = clause, chosen, policy, read
        self._hash = hash((id(clause), id(chosen), id(policy)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Writing)
            and self.clause is other.clause
            and self.chosen is other.chosen
            and self.policy is other.policy
            and self.read.keys() == other.read.keys()
            and all(_is_same(value, other.read[name]) for name, value in self.read.items())
        )


def _is_same(one: object, other: object) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    if isinstance(one, Record) and isinstance(other, Record):
        names = one.values.keys()
        return (
            one.question == other.question
            and list(names) == list(other.values)
            and all(_is_same(one.values[name], other.values[name]) for name in names)
        )
    if isinstance(one, Missing) and isinstance(other, Missing):
        alike = (one.label, one.question) == (other.label, other.question)
        return alike and _is_same(one.record, other.record)
    return one == other and str(one) == str(other)


@lru_cache(maxsize=1024)  # most sections of one draft are written from the same as in the one before
def _written(of: _Writing) -> Section:
    return Section(
        id=of.clause.id,
        number="",
        heading=filling.title(of.clause.title, of.read),
        alternative=of.chosen.id,
        position=of.chosen.position,
        requirements=of.chosen.satisfies,
        authority=of.clause.authority,
        source=of.clause.file,
        blocks=tuple(filling.blocks(of.chosen.text, of.read, of.policy, of.clause.id)),
    )


def _signature_block(signature: Signature, values: Scope) -> SignatureBlock:
    signers = tuple(
        Signer(filling.line(signature.name, scope), filling.line(signature.title, scope))
        for scope in filling.each(signature.signers, values)
    )
    return SignatureBlock(filling.line(signature.party, values), filling.line(signature.note, values), signers)


# -- numbering ----------------------------------------------------------------------------------


def letters(count: int) -> str:
    """Return Word's upper letter number: A ... Z, AA, BB."""
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """Return Word's lower roman number."""
    made = ""
    for value, numeral in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip  # noqa: E501
        made += numeral * (count // value)
        count %= value
    return made


def _numbered(article: Article, number: int) -> Article:
    numbered = (_in_place(section, f"{number}.{place}") for place, section in enumerate(article.sections, 1))
    return replace(article, number=str(number), sections=tuple(numbered))


@once_with(1024)
def _in_place(section: Section, number: str) -> Section:
    """Return a section with its number, its items with theirs."""
    return _items(_headed(replace(section, number=number)))


def _lettered(exhibit: Exhibit, letter: str) -> Exhibit:
    """Give an exhibit its letter, and its sections their numbers where there are several."""
    made = exhibit.sections
    if len(made) > 1:
        made = tuple(_in_place(section, f"{letter}-{place}") for place, section in enumerate(made, 1))
    else:
        made = tuple(map(_items, made))
    return replace(exhibit, number=letter, sections=made)


def _headed(section: Section) -> Section:
    """Give the number of a section without a heading to its first paragraph; to an empty one before a list or table."""
    if section.heading:
        return section
    first = section.blocks[0] if section.blocks else None
    if isinstance(first, Paragraph) and first.style == "text":
        return replace(section, blocks=(replace(first, number=section.number), *section.blocks[1:]))
    return replace(section, blocks=(Paragraph((), number=section.number), *section.blocks))


@once(1024)
def _items(section: Section) -> Section:
    """Give a section's items the numbers (a), (b) and below them (i), (ii), as Word's list does."""
    if not any(isinstance(block, Paragraph) and block.style in ("item", "subitem") for block in section.blocks):
        return section
    items = subitems = 0
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.style == "item":
            items, subitems = items + 1, 0
            blocks.append(replace(block, number=f"({letters(items).lower()})"))
        elif isinstance(block, Paragraph) and block.style == "subitem":
            subitems += 1
            blocks.append(replace(block, number=f"({roman(subitems)})"))
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _recitals(recitals: tuple[Section, ...]) -> tuple[Section, ...]:
    """Letter every paragraph of the recitals A., B., C., through all of them."""
    made, count = [], 0
    for section in recitals:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.style == "text":
                count += 1
                blocks.append(replace(block, style="recital", number=f"{letters(count)}."))
            else:
                blocks.append(block)
        made.append(replace(section, blocks=tuple(blocks)))
    return tuple(made)


# -- references and terms -----------------------------------------------------------------------


def _pointed_in(made: Contract) -> Iterator[str]:
    """Yield what a contract refers to, what is in no section first."""
    bare = replace(made, opening=(), recitals=(), articles=(), exhibits=())
    yield from (run.target for run in all_runs(bare) if isinstance(run, Reference))
    for title in titles(made):
        yield from (run.target for run in title_runs(title) if isinstance(run, Reference))
    for section in sections(made):
        yield from _pointed(section)


def _dead(target: str, made: Contract, library: Library) -> Problem:
    pointing = (section.source for section in sections(made) if target in _pointed(section))
    return resolving.dead(target, Place(f"{library.path}/{next(pointing, 'agreement.yaml')}"))


@once(1024)
def _pointed(section: Section) -> tuple[str, ...]:
    """Return what a section refers to."""
    return tuple(dict.fromkeys(run.target for run in section_runs(section) if isinstance(run, Reference)))


@once_with(1024)
def _resolved(old: Section, found: Known) -> Section:
    """Return a section with its references resolved and its terms marked; `found` has what it refers to alone."""

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            quoted = one.style == "quote"
            return one if quoted else Paragraph(change(one.runs), one.style, one.number, one.label)
        return Table(tuple(map(change, one.header)), tuple(tuple(map(change, row)) for row in one.rows))

    def change(runs: Runs) -> Runs:
        return resolving.resolved(runs, found)

    return replace(old, blocks=tuple(map(block, old.blocks)))


def _mapped(made: Contract, known: Known) -> Contract:
    """Resolve every run sequence of a contract."""

    def change(runs: Runs) -> Runs:
        return resolving.resolved(runs, known)

    def section(old: Section) -> Section:
        return _resolved(old, known.only(_pointed(old)))

    return replace(
        made,
        caption=tuple(map(change, made.caption)),
        opening=tuple(map(section, made.opening)),
        recitals=tuple(map(section, made.recitals)),
        articles=tuple(replace(a, sections=tuple(map(section, a.sections))) for a in made.articles),
        exhibits=tuple(replace(e, sections=tuple(map(section, e.sections))) for e in made.exhibits),
        signatures=tuple(
            SignatureBlock(
                change(b.party), change(b.note), tuple(Signer(change(s.name), change(s.title)) for s in b.signers)
            )
            for b in made.signatures
        ),
    )
