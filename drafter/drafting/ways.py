"""Finds how an alternative gets into a contract: by a free choice, by one answer, or only if a fact is otherwise.

One rule: what other texts read is changed where they read it, in the answer; and a fact is never made up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from drafter import language
from drafter.base import english
from drafter.base.problems import Place, Problem, command
from drafter.comparing import instead
from drafter.contract import Contract, names, prints, sections
from drafter.contract.prints import Print
from drafter.drafting import assembly, selection
from drafter.drafting.selection import Selection
from drafter.language import Value
from drafter.matters import scope
from drafter.matters.answers import Answers
from drafter.reading import readers
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.questionnaire import Question
from drafter.reading.readers import Decided, Known
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.matters.swaps import Swap

_NUMBER = re.compile(r"\d")
_LONGER = 2  # times as long may a value be as another one, and as many words longer
MOST_TRIED = 200  # sets of answers


@dataclass(frozen=True, slots=True)
class Way:
    """How one alternative of a clause can be put into the contract of a matter.

    `by` is "choice" where a negotiator chooses it, "answer" or "fact" where each of the `answers` (a question and a
    value) puts it there, "kept" where the answers select it already, and "none" where no single answer does.
    `decided` is what decides the clause; `restated` are other clauses for which the matter chooses what the answers
    selected, and the new answer no longer does, so that the choice goes. `together` are the fewest answers that put it
    there where no single one does, in the order in which they are asked; empty where none were found.
    """

    clause: Clause
    alternative: Alternative
    by: Literal["choice", "answer", "fact", "kept", "none"]
    decided: Decided
    answers: tuple[tuple[Question, Value], ...] = ()
    together: tuple[tuple[Question, Value], ...] = ()
    restated: tuple[str, ...] = ()

    def given(self, before: Answers) -> Answers:
        """Return the answers of a matter with this alternative put in; only of a way that can be taken."""
        dropped = {self.clause.id, *self.restated}
        kept = {clause: to for clause, to in before.chosen.items() if clause not in dropped}
        if self.by == "choice":
            return replace(before, chosen={**kept, self.clause.id: self.alternative.id})
        return replace(before, given={**before.given, **{q.id: v for q, v in self.answers[:1]}}, chosen=kept)


def way(selected: Selection, given: Answers, clause: Clause, alternative: Alternative, known: Known) -> Way:
    """Return how an alternative can be put in, starting from the selection of a matter's answers.

    `known` is what `readers` returns of the library. A choice that other texts depend on is never free.
    """
    decided = readers.decided(selected.library, clause, known)
    if alternative.is_own or decided.by == "choice":
        return Way(clause, alternative, "choice", decided)
    if selection.by_answers(clause, selected.values) is alternative:
        return Way(clause, alternative, "kept", decided)
    found = tuple(_answers(selected, given, clause, alternative, decided))
    free = tuple(pair for pair in found if not pair[0].fact)
    if free:
        question, value = free[0]
        answered = replace(given, given={**given.given, question.id: value})
        of_choices = deciding(selected.library, given.chosen, known)
        gone = restated(selected.library, answered, (question.id,), of_choices)
        return Way(clause, alternative, "answer", decided, free, restated=gone)
    if found:
        return Way(clause, alternative, "fact", decided, found)
    return Way(clause, alternative, "none", decided, together=_together(selected, given, clause, alternative, decided))


def _answers(
    selected: Selection, given: Answers, clause: Clause, alternative: Alternative, decided: Decided
) -> Iterator[tuple[Question, Value]]:
    """Yield each single answer under which the answers alone select an alternative."""
    library = selected.library
    for name in decided.questions:
        question = library.questionnaire.questions[name]
        if not scope.is_asked(library.questionnaire, name, selected.values):
            continue
        for value in values(question):
            if _puts_in(library, replace(given, given={**given.given, name: value}), clause, alternative):
                yield question, value


def _puts_in(library: Library, given: Answers, clause: Clause, alternative: Alternative) -> bool:
    """Say whether answers alone put an alternative of a clause into the contract."""
    then = selection.names(library, given)
    is_in = clause.when is None or language.holds(clause.when, then)
    return is_in and selection.by_answers(clause, then) is alternative


def _together(
    selected: Selection, given: Answers, clause: Clause, alternative: Alternative, decided: Decided
) -> tuple[tuple[Question, Value], ...]:
    """Return the fewest answers that together put an alternative in, two or three; none where there are too many."""
    asked = selected.library.questionnaire
    whens = (clause.when, *(asked.ask_when.get(name) for name in decided.questions))
    needed = {name for when in whens if when is not None for name in language.names(when)}
    listed = [q for name, q in asked.questions.items() if name in needed or name in decided.questions]
    sets = (
        pairs
        for count in (2, 3)
        for chosen in itertools.combinations(listed, count)
        for pairs in itertools.product(*([(question, value) for value in values(question)] for question in chosen))
    )
    for pairs in itertools.islice(sets, MOST_TRIED):
        then = replace(given, given={**given.given, **{question.id: value for question, value in pairs}})
        if _puts_in(selected.library, then, clause, alternative):
            return pairs
    return ()


def deciding(library: Library, chosen: Mapping[str, str], known: Known) -> Mapping[str, Decided]:
    """Return what decides each clause of which an alternative is chosen."""
    return {name: readers.decided(library, library.clauses[name], known) for name in chosen if name in library.clauses}


def bound(
    library: Library, chosen: Mapping[str, str], questions: Iterable[str], decided: Mapping[str, Decided]
) -> tuple[Clause, ...]:
    """Return the clauses for which an alternative of the library is chosen that the answers to some questions decide.

    Such a choice can only restate the answers. `decided` has what decides each clause, those that matter at least.
    """
    asked = frozenset(questions)
    found = ((library.clauses[name], decided[name]) for name in chosen if name in decided)
    return tuple(
        clause
        for clause, by in found
        if by.by != "choice" and not asked.isdisjoint(by.questions) and not _is_own(clause, chosen[clause.id])
    )


def _is_own(clause: Clause, wanted: str) -> bool:
    alternative = clause.alternative(wanted)
    return alternative is not None and alternative.is_own


def restated(
    library: Library, given: Answers, questions: Iterable[str], decided: Mapping[str, Decided]
) -> tuple[str, ...]:
    """Return the clauses whose choices restate earlier answers to some questions, which `given` answers otherwise."""
    clauses = bound(library, given.chosen, questions, decided)
    values = selection.names(library, given) if clauses else {}
    return tuple(c.id for c in clauses if selection.by_answers(c, values) is not c.alternative(given.chosen[c.id]))


def beside(selected: Selection, given: Answers) -> Iterator[tuple[Clause, Decided, tuple[str, ...]]]:
    """Yield each clause in a matter's own words whose answers other sections of the contract are still written from.

    Those sections follow, without any that is in the matter's own words too.
    """
    choices = selected.choices
    own = [choice.clause for choice in choices.values() if choice.alternative.is_own]
    known = readers.readers(selected.library, given.chosen) if own else {}
    for clause in own:
        decided = readers.decided(selected.library, clause, known)
        texts = (r.name for r in decided.readers if r.kind in ("wording", "clause", "text") and r.name != clause.id)
        there = tuple(c for c in dict.fromkeys(texts) if c in choices and not choices[c].alternative.is_own)
        if there:
            yield clause, decided, there


@dataclass(frozen=True, slots=True)
class OtherValue:
    """Words of a matter's own that stand where the clause prints an answer, which other sections print.

    `printed` is what the clause prints there; `places` are the parts of the contract that print the answer, as a
    sentence calls them, each with what stands there.
    """

    clause: str
    printed: Print
    words: str
    places: tuple[tuple[str, str], ...]

    @property
    def is_plain(self) -> bool:
        """Say whether the words are plainly a value too: of the length of the other, both with numbers or neither."""
        sizes = [len(words.split()) for words in (self.printed.words, self.words)]
        has_number = [
            bool(_NUMBER.search(words) or any(english.numbers_in_words(words)))
            for words in (self.printed.words, self.words)
        ]
        is_name = has_number[0] or not self.words[0].islower()
        return sizes[1] <= _LONGER * sizes[0] + _LONGER and has_number[0] == has_number[1] and is_name


def other_values(selected: Selection, made: Contract, record: Iterable[Swap]) -> tuple[OtherValue, ...]:
    """Return what sections in a matter's own words say in the place of answers that the contract prints elsewhere.

    The `record` of swaps says which wording each took the place of; where it doesn't, it is the one that the answers
    select.
    """
    found: dict[tuple[str, str], tuple[Print, str]] = {}
    for choice in (one for one in selected.choices.values() if one.alternative.is_own):
        was = _before(choice.clause, record) or selection.by_answers(choice.clause, selected.values)
        if was is not None:
            old = assembly.written(replace(choice, alternative=was), selected)
            for printed, said in instead.instead(old, assembly.written(choice, selected)):
                found.setdefault((choice.clause.id, printed.question), (printed, said))
    asked = {question for _, question in found}
    there = [one for one in _printed(made) if one[1].question in asked] if found else []
    made_of = (
        OtherValue(clause, printed, said, tuple((part, one.words) for part, one in there if one.question == question))
        for (clause, question), (printed, said) in found.items()
    )
    return tuple(one for one in made_of if one.places)


def _printed(made: Contract) -> Iterator[tuple[str, Print]]:
    """Yield what answers print in each part of a contract, as a sentence calls it; each answer once in a part."""
    called = names(made)
    lines = [(called[section.id].in_full, line) for section in sections(made) for line in prints.lines(section)]
    lines += [(f"the {part.lower()}", line) for part, line in prints.beside(made)]
    seen: set[tuple[str, str]] = set()
    for part, line in lines:
        for one in prints.answers(line):
            if (part, one.question) not in seen:
                seen.add((part, one.question))
                yield part, one


def _before(clause: Clause, record: Iterable[Swap]) -> Alternative | None:
    """Return the last wording of the library that was chosen for a clause before its own; None where none was."""
    of_it = (clause.alternative(swap.before) for swap in reversed(tuple(record)) if swap.clause == clause.id)
    return next((one for one in of_it if one is None or not one.is_own), None)


def values(question: Question) -> tuple[Value, ...]:
    """Return every answer to a choice or a yes-no question; other questions have too many to try."""
    if question.type == "yes-no":
        return (True, False)
    return tuple(option.value for option in question.options) if question.type == "choice" else ()


def as_typed(value: Value) -> str:
    """Return an answer to a choice or a yes-no question as a person types it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def obstacle(found: Way, matter: str, place: Place) -> Problem | None:
    """Return the problem that an alternative can't be put in by a swap, with what to do; None where it can.

    `matter` is what the commands call the matter, `place` where the problem is.
    """
    wanted = f"'{found.alternative.id}' of '{found.clause.id}'"

    def typed(question: Question, value: Value) -> str:
        return command("answer", matter, question.id, as_typed(value))

    match found.by:
        case "fact":
            question, value = found.answers[0]
            what = (
                f"{wanted} would need another answer to '{question.id}', which is a fact that no swap may change: "
                f"{question.prompt}"
            )
            return Problem("fact", place, what, f"if it is so: {typed(question, value)}", about=question.id)
        case "none":
            named = " and ".join(f"'{question.id}'" for question, _ in found.together)
            what = f"no single answer puts {wanted} into this contract" + (f"; {named} together do" if named else "")
            pairs = [word for question, value in found.together for word in (question.id, as_typed(value))]
            explained = f"{command('explain', matter, found.clause.id)} says what decides it"
            hint = command("answer", matter, *pairs) if pairs else explained
            return Problem("several-answers", place, what, hint)
        case "answer" if len(found.answers) > 1:
            listed = " or ".join(f"{question.id} {as_typed(value)}" for question, value in found.answers)
            what = f"several answers put {wanted} into the contract, each with other words: {listed}"
            hint = f"choose one: {' or '.join(typed(*pair) for pair in found.answers)}"
            return Problem("several-answers", place, what, hint)
        case _:
            return None
