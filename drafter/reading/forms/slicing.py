"""Takes out of what a library's files say that which belongs to one form of its contract.

One rule: what belongs to no form stays in every one, so that whoever checks a form finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.language import Constant, Expression, Missing, Value
from drafter.reading import definitions, prose
from drafter.reading.attempts import FORM
from drafter.reading.library import Absent, Alternative, Clause, Library, unknown_alternative
from drafter.reading.memo.memo_text import Cost, Entry, PaperText, asks_for
from drafter.reading.prose import Grid, Guard, Passage, Prose, Row, sentences
from drafter.reading.prose.wordings import parts_of
from drafter.reading.sources.source import Requirement, Said, Source, squeezed
from drafter.reading.undeclared import spoken


def sketches(whole: Library, outlines: Iterable[Library]) -> Iterator[Library]:
    """Yield the library of each form with its clauses, their wordings and what the sources ask; all questions still.

    `outlines` have the outline of each form, and every clause and wording of `whole`.
    """
    outlined = tuple(outlines)
    placed = {one.form.id: frozenset(one.order()) for one in outlined}
    everywhere = frozenset(chain.from_iterable(placed.values()))
    for one in outlined:
        here = placed[one.form.id]
        listed = (c for c in whole.clauses.values() if c.id in here or c.id not in everywhere)
        clauses = {clause.id: _clause(clause, one.form.id) for clause in listed}
        others = {
            name: Absent(
                tuple(form for form, names in placed.items() if name in names),
                whole.named(c.title),
                squeezed(c.left_out),
            )
            for name, c in whole.clauses.items()
            if name not in clauses
        }
        sources = tuple(_source(source, whole, clauses, one.form.id) for source in whole.sources)
        yield replace(one, clauses=clauses, sources=sources, elsewhere=others)


# -- what is wrong with what belongs to forms ---------------------------------------------------


def problems(whole: Library, all_: Iterable[Library]) -> Iterator[Problem]:
    """Find a wording or a text that belongs to a form that there isn't, or that has no place in its form."""
    forms = {one.form.id: one for one in all_}
    for clause in whole.clauses.values():
        for alternative in clause.alternatives:
            for name in alternative.forms:
                if name not in forms:
                    hint = f"the forms are {', '.join(forms)}" if forms else "agreement.yaml has no forms"
                    yield Problem("unknown-form", alternative.place, f"there is no form '{name}'", hint)
                elif clause.id not in forms[name].order():
                    what = f"'{alternative.id}' belongs to the form '{name}', whose outline doesn't list '{clause.id}'"
                    yield Problem("unplaced-clause", alternative.place, what)
            for name in alternative.for_:
                if clause.alternative(name) is None:
                    yield unknown_alternative(clause, name, alternative.place)
            yield from _in_fields(alternative) if forms else ()
        for name, one in forms.items() if clause.alternatives else ():
            if clause.id in one.order() and not one.clauses[clause.id].alternatives:
                what = f"no alternative of '{clause.id}' belongs to the form '{name}', whose outline lists it"
                yield Problem("missing-alternative", clause.place, what)
    for source in whole.sources:
        for name in dict.fromkeys(f for r in source.requirements for said in r.says for f in said.form):
            if name not in forms:
                yield Problem("unknown-form", Place(f"{whole.path}/{source.file}"), f"there is no form '{name}'")


def _in_fields(alternative: Alternative) -> Iterator[Problem]:
    """Find a field that prints the form, or a list that depends on it."""
    fields = (field for parts in parts_of(alternative.text) for field in prose.fields(parts))
    lines = [field.line for field in fields if FORM in language.names(field.expression)]
    guards = ((b.line, b.guard) for b in alternative.text if isinstance(b, Passage | Grid))
    lines += [line for line, guard in guards if guard.each and FORM in language.names(guard.each.expression)]
    for line in lines:
        what = f"'{FORM}' can be used in the condition of a text, and not in a field or a list"
        yield Problem("bad-expression", Place(alternative.place.path, line), what)


# -- clauses ------------------------------------------------------------------------------------


def _clause(clause: Clause, form: str) -> Clause:
    kept = tuple(a for a in clause.alternatives if not a.forms or form in a.forms)
    left = tuple(a for a in clause.alternatives if a not in kept)
    known: Mapping[str, Value] = {FORM: form}
    made = tuple(_settled_alternative(a, known) for a in kept)
    gone = _said(left) - _said(made) if clause.exceptions or clause.adds else frozenset()
    exceptions = tuple(one for one in clause.exceptions if sentences.as_written(one.sentence) not in gone)
    adds = tuple(one for one in clause.adds if sentences.as_written(one) not in gone)
    elsewhere = {a.id: a.forms for a in left}
    return replace(clause, alternatives=made, exceptions=exceptions, adds=adds, elsewhere=elsewhere)


def _settled_alternative(alternative: Alternative, known: Mapping[str, Value]) -> Alternative:
    text = settled(alternative.text, known)
    return alternative if text == alternative.text else replace(alternative, text=text)


def _said(alternatives: Iterable[Alternative]) -> frozenset[str]:
    return frozenset(one.words for a in alternatives for one in spoken(a.text))


# -- texts --------------------------------------------------------------------------------------


def settled(text: Prose, known: Mapping[str, Value]) -> Prose:
    """Return a text without the paragraphs, tables and rows that are never there, where some names are known."""
    return tuple(found for block in text if (found := _block(block, known)) is not None)


def _block(block: prose.ProseBlock, known: Mapping[str, Value]) -> prose.ProseBlock | None:
    guard = _guard(block.guard, known)
    if guard is None:
        return None
    if isinstance(block, Grid):
        rows = tuple(row for one in block.rows if (row := _row(one, known)) is not None)
        return block if guard is block.guard and rows == block.rows else replace(block, guard=guard, rows=rows)
    return block if guard is block.guard else replace(block, guard=guard)


def _row(row: Row, known: Mapping[str, Value]) -> Row | None:
    guard = _guard(row.guard, known)
    return None if guard is None else row if guard is row.guard else replace(row, guard=guard)


def _guard(guard: Guard, known: Mapping[str, Value]) -> Guard | None:
    """Return a guard with its condition settled, None where that is never true."""
    if guard.when is None or language.names(guard.when).isdisjoint(known):
        return guard
    there, when = _when(guard.when, known)
    return replace(guard, when=when) if there else None


def _when(condition: Expression | None, known: Mapping[str, Value]) -> tuple[bool, Expression | None]:
    """Return whether a condition can be true, and what is left of it; None where it always is."""
    found = None if condition is None else language.settled(condition, known)
    return (bool(found.value), None) if isinstance(found, Constant) else (True, found)


# -- sources ------------------------------------------------------------------------------------


def _source(source: Source, whole: Library, clauses: Mapping[str, Clause], form: str) -> Source:
    """Return a source as it asks something of one form."""

    def here(names: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(name for name in names if name in clauses or name not in whole.clauses)
        return kept or names  # where none is left, the check of the library says so

    requirements = tuple(_requirement(r, whole, clauses, form) for r in source.requirements)
    can_undo = tuple(name for name in source.can_undo if name in clauses or name not in whole.clauses)
    elsewhere = definitions.defined(whole.clauses.values()) - definitions.defined(clauses.values())
    terms = {term: said for term, said in source.terms.items() if term not in elsewhere}
    return replace(source, requirements=requirements, on_change=here(source.on_change), can_undo=can_undo, terms=terms)


def _requirement(one: Requirement, whole: Library, clauses: Mapping[str, Clause], form: str) -> Requirement:
    found = (_said_here(said, one, whole, clauses) for said in one.says if not said.form or form in said.form)
    says = tuple(said for said in found if said is not None)
    return one if says == one.says else replace(one, says=says)


def _said_here(said: Said, one: Requirement, whole: Library, clauses: Mapping[str, Clause]) -> Said | None:
    """Return what must be said as the wordings of one form must; None where it is for those of other forms alone."""
    clause, every = clauses.get(said.clause or one.home), whole.clauses.get(said.clause or one.home)
    if clause is None or every is None or not said.alternatives:
        return said
    names = tuple(n for n in said.alternatives if clause.alternative(n) is not None or every.alternative(n) is None)
    return replace(said, alternatives=names) if names else None


# -- papers -------------------------------------------------------------------------------------


def paper_of(paper: PaperText, library: Library, whole: Library) -> PaperText:
    """Return the texts of a paper without what is never printed in a form, and entries on clauses that it lacks."""
    known: dict[str, Value] = {FORM: library.form.id}
    gone = whole.clauses.keys() - library.clauses.keys()
    known |= {asks_for(name): Missing(name, asks_for(name)) for name in gone}
    return replace(
        paper,
        parts={name: settled(text, known) for name, text in paper.parts.items()},
        costs=tuple(_costs(paper.costs, known)),
        sections=tuple(_entries((one for one in paper.sections if one.about not in gone), known)),
        anomalies=tuple(_entries(paper.anomalies, known)),
    )


def _costs(costs: Iterable[Cost], known: Mapping[str, Value]) -> Iterator[Cost]:
    for cost in costs:
        there, when = _when(cost.when, known)
        rises, rises_when = _when(cost.rises_when, known)
        rise = cost.rise if rises else None
        if there:
            yield replace(cost, when=when, rise=rise, rises_when=rises_when)


def _entries(entries: Iterable[Entry], known: Mapping[str, Value]) -> Iterator[Entry]:
    for entry in entries:
        there, when = _when(entry.when, known)
        if there:
            yield replace(entry, when=when)
