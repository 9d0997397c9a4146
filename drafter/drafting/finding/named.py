"""Finds what a person names: a clause by id, number, heading or words; one of its alternatives; a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.contract import Contract
    from drafter.drafting.draft import Draft
    from drafter.drafting.finding.questions import Named
    from drafter.matters.matter import Matter
    from drafter.reading.library import Alternative, Clause, Library


def clause(matter: Matter, words: str) -> Clause:
    """Return the clause of a matter that words name. DraftingError where there is none, or several."""
    from drafter.drafting.finding import clauses

    if words in matter.library.clauses:
        return matter.library.clauses[words]
    return clauses.clause(matter.library, words, contract_of(matter, words))


def in_library(library: Library, words: str, contract: Contract | None) -> Clause:
    """Return the clause of a library that words name; `contract` has the numbers. DraftingError."""
    from drafter.drafting.finding import clauses

    return clauses.clause(library, words, contract)


def alternative(clause: Clause, words: str) -> Alternative:
    """Return the alternative of a clause that words name. DraftingError where there is none, or several."""
    from drafter.drafting.finding import clauses

    return clauses.alternative(clause, words)


def alternative_in_any(clause: Clause, others: Iterable[Library], words: str) -> Alternative:
    """Return the alternative that words name of a clause in one form, else in it and in libraries of other forms.

    DraftingError where there is none, or several.
    """
    from dataclasses import replace

    from drafter.base.problems import DraftingError

    try:
        return alternative(clause, words)
    except DraftingError:
        there = (library.clauses[clause.id] for library in others if clause.id in library.clauses)
        every = [*clause.alternatives, *(one for each in there for one in each.alternatives)]
        found = {one.id: one for one in reversed(every)}
        if len(found) == len(clause.alternatives):
            raise
    return alternative(replace(clause, alternatives=tuple(reversed(found.values())), elsewhere={}), words)


def to_swap(matter: Matter, name: str, words: str) -> Alternative:
    """Return the alternative of a clause that words name; where there is none, the hint is the answer that says so.

    DraftingError where there is none, or several.
    """
    from dataclasses import replace

    from drafter.base.problems import DraftingError, command

    found = matter.library.clause(name)
    try:
        return alternative(found, words)
    except DraftingError as error:
        answers = [command("answer", matter.place, *one) for one in _saying(matter, found, words)]
        if len(answers) != 1:
            raise
        hint = f"one of its answers says so: {answers[0]}"
        raise DraftingError(*(replace(p, hint=f"{hint}; or {p.hint}") for p in error.problems)) from None


def _saying(matter: Matter, found: Clause, words: str) -> Iterator[tuple[str, str]]:
    """Yield each question that a text of a clause reads, with the option of it that words name."""
    from drafter.drafting.finding import matching
    from drafter.reading import readers

    wanted = matching.query(words)
    for name, those in readers.readers(matter.library).items():
        if any((reader.kind, reader.name) == ("text", found.id) for reader in those):
            options = matter.library.questionnaire.questions[name].options
            yield from ((name, o.value) for o in options if matching.holds(wanted, f"{o.value} {o.label}"))


def contract_of(matter: Matter, words: str) -> Contract | None:
    """Return the contract that words cite a number of; None where there is none yet and the words have no number.

    DraftingError where they have one and no contract can be made.
    """
    from drafter.base.problems import DraftingError
    from drafter.drafting import draft
    from drafter.drafting.finding import numbers

    try:
        return draft.draft(matter).contract
    except DraftingError:
        if numbers.read(words) is not None:
            raise
        return None


def all_of(made: Draft, named: Iterable[str]) -> tuple[str, ...]:
    """Return the id of each clause that words name. DraftingError."""
    from drafter.drafting.finding import clauses

    return tuple(clauses.clause(made.library, words, made.contract).id for words in named)


def explained(matter: Matter, words: str) -> Clause | Named:
    """Return the clause or the question that words name: by id, whole heading or prompt, else clauses before questions.

    DraftingError where there is neither, or several.
    """
    from drafter.base.problems import Place
    from drafter.drafting import wordings
    from drafter.drafting.finding import clauses, matching, questions

    library, asked = matter.library, matter.library.questionnaire
    if words.strip() in {*asked.questions, *asked.elsewhere} and words not in library.clauses:
        return questions.question(asked, words, Place(matter.name))
    contract = None if words in library.clauses else contract_of(matter, words)
    found = clauses.find(library, words, contract)
    whole = words.partition("[")[0]  # dogs[2].size: what reads a field reads the list
    is_heading = any(matching.same(words, text) for c in found for text in (c.id, wordings.title(c.title)))
    is_prompt = not is_heading and any(questions.is_called(named, whole) for named in questions.every(asked))
    if is_prompt or (not found and questions.find(asked, whole)):
        return questions.question(asked, whole, Place(matter.name))
    return clauses.clause(library, words, contract)
