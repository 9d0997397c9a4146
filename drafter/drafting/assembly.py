"""Turns a selection into a contract: fields filled, everything numbered, references and defined terms resolved.

One rule: an answer becomes a leaf of the tree and is never read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

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
    block_runs,
    sections,
)
from drafter.drafting import filling, resolving
from drafter.drafting.filling import Scope
from drafter.drafting.selection import Selection
from drafter.reading.library import Group, Library, Signature


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
    dead = sorted({run.target for run in all_runs(made) if isinstance(run, Reference) and not known.has(run.target)})
    stop_at(_dead(target, made, library) for target in dead)
    return _mapped(made, lambda runs: resolving.resolved(runs, known))


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
    return tuple(replace(s, heading=headings[s.id]) if s.id in headings else s for s in found)


def _sections(clauses: Iterable[str], selection: Selection) -> tuple[Section, ...]:
    return tuple(_section(clause, selection) for clause in clauses if clause in selection.choices)


def _section(clause_id: str, selection: Selection) -> Section:
    choice = selection.choices[clause_id]
    clause, chosen = choice.clause, choice.alternative
    return Section(
        id=clause.id,
        number="",
        heading=filling.title(clause.title, selection.values),
        alternative=chosen.id,
        position=chosen.position,
        requirements=chosen.satisfies,
        authority=clause.authority,
        source=clause.file,
        blocks=tuple(filling.blocks(chosen.text, selection.values, selection.library.policy, clause_id)),
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
    numbered = (
        _items(_headed(replace(section, number=f"{number}.{place}")))
        for place, section in enumerate(article.sections, 1)
    )
    return replace(article, number=str(number), sections=tuple(numbered))


def _lettered(exhibit: Exhibit, letter: str) -> Exhibit:
    """Give an exhibit its letter, and its sections their numbers where there are several."""
    made = exhibit.sections
    if len(made) > 1:
        made = tuple(_headed(replace(section, number=f"{letter}-{place}")) for place, section in enumerate(made, 1))
    return replace(exhibit, number=letter, sections=tuple(map(_items, made)))


def _headed(section: Section) -> Section:
    """Give the number of a section without a heading to its first paragraph; to an empty one before a list or table."""
    if section.heading:
        return section
    first = section.blocks[0] if section.blocks else None
    if isinstance(first, Paragraph) and first.style == "text":
        return replace(section, blocks=(replace(first, number=section.number), *section.blocks[1:]))
    return replace(section, blocks=(Paragraph((), number=section.number), *section.blocks))


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


def _dead(target: str, made: Contract, library: Library) -> Problem:
    pointing = (
        s.source
        for s in sections(made)
        for b in s.blocks
        if any(isinstance(r, Reference) and r.target == target for rs in block_runs(b) for r in rs)
    )
    return resolving.dead(target, Place(f"{library.path}/{next(pointing, 'agreement.yaml')}"))


def _mapped(made: Contract, change: Callable[[Runs], Runs]) -> Contract:
    """Apply a function of runs to every run sequence of a contract."""

    def block(old: Block) -> Block:
        if isinstance(old, Paragraph):
            quoted = old.style == "quote"
            return old if quoted else Paragraph(change(old.runs), old.style, old.number, old.label)
        return Table(tuple(map(change, old.header)), tuple(tuple(map(change, row)) for row in old.rows))

    def section(old: Section) -> Section:
        return replace(old, blocks=tuple(map(block, old.blocks)))

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
