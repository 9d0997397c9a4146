"""A selection to a contract: fields filled, everything numbered, references and defined terms resolved.

One rule: an answer becomes a leaf of the tree and is never read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import (  # fmt: skip
    Answer,
    Article,
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
    Signer,
    Table,
    Text,
    Use,
    all_runs,
    block_runs,
    joined,
    sections,
    targets,
)
from drafter.drafting.selection import Selection
from drafter.language import Missing, Record, Value
from drafter.reading import prose
from drafter.reading.library import Group, Library, Signature
from drafter.reading.policy import Policy
from drafter.reading.prose import Field, Guard, Link, Parts, Term, Words

SPACE = "\u00a0"  # between "Section" and its number, so that they stay on one line
Scope = Mapping[str, Value]


def assemble(selection: Selection, *, status: Literal["draft", "final"] = "draft") -> Contract:
    """Assemble the contract of a selection. DraftingError where a reference points to a clause that is not in it."""
    library, values = selection.library, selection.values
    articles = [a for a in (_article(g, selection) for g in library.articles) if a.sections]
    exhibits = [e for e in (_exhibit(g, selection) for g in library.exhibits) if e.sections]
    made = Contract(
        title=library.title,
        caption=tuple(_filled(line, values) for line in library.caption),
        opening=tuple(map(_items, _sections(library.opening, selection))),
        recitals=tuple(
            map(_items, (*_recitals(_sections(library.recitals, selection)), *_sections(library.agreement, selection)))
        ),
        articles=tuple(_numbered(article, i) for i, article in enumerate(articles, 1)),
        signatures=tuple(_signature_block(signature, values) for signature in library.signatures),
        exhibits=tuple(
            replace(e, number=letters(i), sections=tuple(map(_items, e.sections))) for i, e in enumerate(exhibits, 1)
        ),
        status=status,
    )
    numbers, terms = _numbers(made, library), _terms(made)
    return _mapped(made, lambda runs: _terms_marked(_references_resolved(runs, numbers), terms))


# -- filling ------------------------------------------------------------------------------------


def _article(group: Group, selection: Selection) -> Article:
    return Article(group.id, "", group.title, _sections(group.clauses, selection))


def _exhibit(group: Group, selection: Selection) -> Exhibit:
    return Exhibit(group.id, "", group.title, _sections(group.clauses, selection))


def _sections(clauses: Iterable[str], selection: Selection) -> tuple[Section, ...]:
    return tuple(_section(clause, selection) for clause in clauses if clause in selection.choices)


def _section(clause_id: str, selection: Selection) -> Section:
    choice = selection.choices[clause_id]
    clause, chosen = choice.clause, choice.alternative
    return Section(
        id=clause.id,
        number="",
        heading=clause.title,
        alternative=chosen.id,
        position=chosen.position,
        requirements=chosen.satisfies,
        authority=clause.authority,
        source=clause.file,
        blocks=tuple(_blocks(chosen.text, clause_id, selection)),
    )


def _blocks(text: prose.Prose, clause_id: str, selection: Selection) -> Iterator[Block]:
    item_stands = True
    for block in text:
        match block:
            case prose.Passage(style="subitem") if not item_stands:
                continue  # what hangs under an item goes with it
            case prose.Passage():
                label = f"{clause_id}.{block.guard.label}" if block.guard.label else ""
                scopes = tuple(_scopes(block.guard, selection.values))
                item_stands = bool(scopes) if block.style == "item" else item_stands
                for scope in scopes:
                    yield Paragraph(_filled(block.parts, scope), block.style, "", label)
            case prose.Grid():
                for scope in _scopes(block.guard, selection.values):
                    yield Table(tuple(_filled(c, scope) for c in block.header), tuple(_rows(block, scope)))
            case prose.PolicyText():
                yield from _policy_paragraphs(selection.library.policy)


def _rows(grid: prose.Grid, values: Scope) -> Iterator[tuple[Runs, ...]]:
    for row in grid.rows:
        for scope in _scopes(row.guard, values):
            yield tuple(_filled(cell, scope) for cell in row.cells)


def _scopes(guard: Guard, values: Scope) -> Iterator[Scope]:
    """Yield the names known to each copy of a paragraph or row: none where it is left out, or one a record."""
    for scope in _each(guard.each, values):
        if guard.when is None or language.holds(guard.when, scope):
            yield scope


def _each(each: prose.Each | None, values: Scope) -> Iterator[Scope]:
    if each is None:
        yield values
        return
    records = language.evaluate(each.expression, values)
    if isinstance(records, Missing):
        records = (records.record,) if records.record else ()
    for record in records if isinstance(records, tuple) else ():
        yield {**values, each.name: record}


def _filled(parts: Parts, scope: Scope) -> Runs:
    return joined(run for part in parts for run in _runs(part, scope))


def _runs(part: prose.Part, scope: Scope) -> Iterator[Run]:
    match part:
        case Words(text=text):
            yield Text(text)
        case Term(text=text):
            yield Definition(text)
        case Link(target=target):
            yield Reference("", target)
        case Field(expression=expression, kind=kind):
            question = _question(expression, scope)
            for piece in language.fill(expression, kind, scope):
                if isinstance(piece, Missing):
                    yield Blank(piece.label, piece.question)
                elif piece:
                    yield Answer(piece, question)


def _question(expression: language.Expression, scope: Scope) -> str:
    """Return the id of the question behind a field, the first by name where there are several."""
    found = []
    for name in language.names(expression):
        head, _, rest = name.partition(".")
        record = scope.get(head)
        found.append(f"{record.question}.{rest}" if isinstance(record, Record) and rest else name)
    return min(found, default="")


def _policy_paragraphs(policy: Policy) -> Iterator[Paragraph]:
    """Quote the policy, paragraph by paragraph, with the numbers that are printed in it."""
    for paragraph in policy.paragraphs:
        if paragraph.heading:
            yield Paragraph((Text(" ".join(filter(None, (paragraph.number, paragraph.heading)))),), "quote")
        number = "" if paragraph.heading else paragraph.number
        lines = [line for line in paragraph.text.split("\n") if line.strip()]
        if lines or (number and not paragraph.heading):
            text = " ".join(filter(None, (number, *(line.strip() for line in lines))))
            yield Paragraph((Text(text),), "quote")


def _signature_block(signature: Signature, values: Scope) -> SignatureBlock:
    signers = tuple(
        Signer(_filled(signature.name, scope), _filled(signature.title, scope))
        for scope in _each(signature.signers, values)
    )
    return SignatureBlock(_filled(signature.party, values), _filled(signature.note, values), signers)


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
        _items(replace(section, number=f"{number}.{place}")) for place, section in enumerate(article.sections, 1)
    )
    return replace(article, number=str(number), sections=tuple(numbered))


def _items(section: Section) -> Section:
    """Give a section's items the numbers (a), (b) and below them (i), (ii), as Word's list does."""
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


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What each target prints, and the exhibit in which a clause stands."""

    printed: Mapping[str, str]
    exhibit: Mapping[str, str]


def _numbers(made: Contract, library: Library) -> _Numbers:
    """Return what references print. DraftingError for each that points to what is not in the contract."""
    exhibit = {s.id: f"exhibit:{e.id}" for e in made.exhibits for s in e.sections}
    numbers = _Numbers(targets(made), exhibit)
    dead = sorted({r.target for r in all_runs(made) if isinstance(r, Reference) and not _known(r.target, numbers)})
    if dead:
        raise DraftingError(*(_dead(target, made, library) for target in dead))
    return numbers


def _references_resolved(runs: Runs, numbers: _Numbers) -> Runs:
    if not any(isinstance(run, Reference) for run in runs):
        return runs
    return joined(r for run in runs for r in _resolved(run, numbers))


def _known(target: str, numbers: _Numbers) -> bool:
    clause, _, label = target.partition(".")
    base = numbers.exhibit.get(clause, clause)
    return bool(numbers.printed.get(base)) and (not label or bool(numbers.printed.get(target)))


def _resolved(run: Run, numbers: _Numbers) -> Iterator[Run]:
    """Turn one reference into words and numbers: "Section 5.1" and "(d)", "Article 7", "Exhibit A"."""
    if not isinstance(run, Reference):
        yield run
        return
    clause, _, label = run.target.partition(".")
    base = numbers.exhibit.get(clause, clause)
    if not base.startswith(("article:", "exhibit:")):
        yield Text(f"Section{SPACE}")
    yield Reference(numbers.printed[base], base)
    if label:
        yield Reference(numbers.printed[run.target], run.target)


def _dead(target: str, made: Contract, library: Library) -> Problem:
    clause, _, label = target.partition(".")
    pointing = (
        s.source
        for s in sections(made)
        for b in s.blocks
        if any(isinstance(r, Reference) and r.target == target for rs in block_runs(b) for r in rs)
    )
    what = f"[[{target}]] points to {'an item' if label else 'a clause'} that is not in this draft"
    hint = f"give the sentence the condition of '{target if label else clause}'"
    return Problem("dead-reference", Place(f"{library.path}/{next(pointing, 'agreement.yaml')}"), what, hint)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms that a contract defines: each form in which one is used, with the term; and what finds the forms."""

    forms: Mapping[str, str]
    pattern: re.Pattern[str]


def _terms(made: Contract) -> _Terms:
    terms = {run.text for run in all_runs(made) if isinstance(run, Definition)}
    forms = {form: term for term in sorted(terms) for form in plurals(term)} | {term: term for term in terms}
    longest_first = sorted(forms, key=len, reverse=True)
    first = "".join(sorted({form[:1] for form in forms}))  # a quick look at the first letter spares most of the work
    pattern = rf"\b(?=[{re.escape(first)}])({'|'.join(map(re.escape, longest_first))})\b" if forms else r"(?!)"
    return _Terms(forms, re.compile(pattern))


def _terms_marked(runs: Runs, terms: _Terms) -> Runs:
    """Mark each use of a term, plurals included, in the library's words."""
    return joined(r for run in runs for r in _uses(run, terms))


def plurals(term: str) -> tuple[str, ...]:
    """Return the forms in which a term is used: itself and its plural."""
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return (term, term[:-1] + "ies")
    return (term, term + ("es" if term.endswith(("s", "x", "ch", "sh")) else "s"))


def _uses(run: Run, terms: _Terms) -> Iterator[Run]:
    if not isinstance(run, Text):
        yield run
        return
    for place, piece in enumerate(terms.pattern.split(run.text)):
        yield Use(piece, terms.forms[piece]) if place % 2 else Text(piece)


def _mapped(made: Contract, change: Callable[[Runs], Runs]) -> Contract:
    """Apply a function of runs to every run sequence of a contract."""

    def block(old: Block) -> Block:
        if isinstance(old, Paragraph):
            return old if old.style == "quote" else replace(old, runs=change(old.runs))
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
