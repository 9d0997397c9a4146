"""What a negotiator can change in a matter: each free choice, and each answer that decides wordings.

One rule: a fact is never changed, and a matter's own wording is never proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from drafter import language
from drafter.drafting import selection, ways
from drafter.language import Missing, Value
from drafter.matters import scope
from drafter.matters.answers import Answers
from drafter.proving.presence import Presence, choice_of
from drafter.reading import readers
from drafter.reading.library import Clause, Library
from drafter.reading.questionnaire import Questionnaire
from drafter.reading.readers import Decided
from drafter.values import dataclass

BY_ANSWERS = Missing("chosen by the answers", "")  # the value of a choice that nobody has made
Moved = Mapping[str, Value]  # what is changed, by the name of the variable


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that can be changed: the choice of a clause, or the answer to a question that decides `clause`.

    `values` are what it can be changed to, in the order of the library; an answer that would only take away every
    clause that it decides is none of them.
    """

    name: str
    clause: str
    by: Literal["choice", "answer"]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Variables:
    """Every variable of a matter, in the order of the outline, with the values of all names before a change.

    `decided` says of each clause that has several wordings what decides it, `own` are the clauses that read in the
    matter's own words, `reached` the questions whose value may change with each variable, in the order in which they
    are settled. `asked` has the value that each question has where it is asked.
    """

    library: Library
    given: Answers
    every: Mapping[str, Variable]
    decided: Mapping[str, Decided]
    own: frozenset[str]
    reached: Mapping[str, tuple[str, ...]]
    base: Mapping[str, Value]
    asked: Mapping[str, Value]

    def values(self, moved: Moved) -> Mapping[str, Value]:
        """Return the value of every question and choice after a change."""
        found = {**self.base, **moved}
        questionnaire = self.library.questionnaire
        for name in (n for variable in moved for n in self.reached[variable]):
            if scope.is_asked(questionnaire, name, found):
                found[name] = moved.get(name, self.asked[name])
            else:
                found[name] = scope.missing(questionnaire.questions[name], name)
        return found

    def answers(self, moved: Moved) -> Answers:
        """Return the answers of the matter after a change, without choices that restated what is no longer answered."""
        answered = {name: value for name, value in moved.items() if self.every[name].by == "answer"}
        given = self.unrestated(replace(self.given, given={**self.given.given, **answered}), answered)
        chosen = dict(given.chosen)
        for variable, value in ((self.every[name], value) for name, value in moved.items()):
            if variable.by == "choice" and isinstance(value, Missing):
                chosen.pop(variable.clause, None)
            elif variable.by == "choice":
                chosen[variable.clause] = str(value)
        return replace(given, chosen=chosen)

    def unrestated(self, given: Answers, changed: Iterable[str]) -> Answers:
        """Return answers without the choices that restated what the answers to some changed questions selected."""
        gone = ways.restated(self.library, given, changed, self.decided)
        return replace(given, chosen={clause: to for clause, to in given.chosen.items() if clause not in gone})


def variables(library: Library, given: Answers) -> Variables:
    """Return what can be changed in a matter of these answers."""
    known = readers.readers(library, given.chosen)
    clauses = [library.clauses[clause] for clause in dict.fromkeys(library.order())]
    decided = {clause.id: readers.decided(library, clause, known) for clause in clauses if len(clause.alternatives) > 1}
    own = frozenset(clause.id for clause in clauses if _has_own(clause, given))
    asked = scope.values(replace(library.questionnaire, ask_when={}), given)
    every: dict[str, Variable] = {}
    for clause in (clause for clause in clauses if clause.id in decided):
        for variable in (*_choice(clause, given, decided[clause.id]), *_answers(library, clause, decided, asked)):
            if variable.name not in every and (left := _wording(library, given, decided, variable)).values:
                every[variable.name] = left
    base = {**scope.values(library.questionnaire, given), **dict.fromkeys(map(choice_of, decided), BY_ANSWERS)}
    base |= {choice_of(clause): to for clause, to in given.chosen.items()}
    reached = {name: tuple(_reached(library.questionnaire, name)) for name in every}
    return Variables(library, given, every, decided, own, reached, base, asked)


def presence(found: Variables) -> Presence:
    """Return when each part of the library is in the contract, with a question for each choice that can change."""
    chosen = found.given.chosen
    free = (c for c in chosen if c in found.own or (c in found.decided and found.decided[c].by == "choice"))
    return Presence(found.library, {c: chosen[c] for c in sorted(found.own)}, frozenset(free))


def _has_own(clause: Clause, given: Answers) -> bool:
    chosen = clause.alternative(given.chosen.get(clause.id, ""))
    return chosen is not None and chosen.is_own


def _choice(clause: Clause, given: Answers, decided: Decided) -> Iterator[Variable]:
    """Yield the choice of a clause where it is free, or where the matter's own words can give way to the library's."""
    chosen = given.chosen.get(clause.id)
    values = tuple(a.id for a in clause.alternatives if not a.is_own and a.id != chosen)
    if decided.by == "choice" and values and (chosen or len(values) > 1):
        yield Variable(choice_of(clause.id), clause.id, "choice", values)
    elif decided.by != "choice" and _has_own(clause, given):
        yield Variable(choice_of(clause.id), clause.id, "choice", (BY_ANSWERS,))


def _answers(
    library: Library, clause: Clause, decided: Mapping[str, Decided], asked: Mapping[str, Value]
) -> Iterator[Variable]:
    """Yield the answers that decide a clause and other texts read."""
    questions = decided[clause.id].questions if decided[clause.id].by == "answer" else ()
    for question in (library.questionnaire.questions[name] for name in questions):
        others = tuple(value for value in ways.values(question) if value != asked[question.id])
        if others and not question.fact:
            yield Variable(question.id, clause.id, "answer", others)


def _wording(library: Library, given: Answers, decided: Mapping[str, Decided], variable: Variable) -> Variable:
    """Return a variable without the answers that would only take away every clause that they decide."""
    clauses = [library.clauses[c] for c, found in decided.items() if variable.name in found.questions]
    if variable.by == "choice" or any(clause.when is None for clause in clauses):
        return variable

    def some(answered: Mapping[str, Value]) -> bool:
        values = selection.names(library, replace(given, given={**given.given, **answered}))
        return any(language.holds(clause.when, values) for clause in clauses if clause.when is not None)

    if not some({}):
        return variable
    return replace(variable, values=tuple(value for value in variable.values if some({variable.name: value})))


def _reached(questionnaire: Questionnaire, variable: str) -> Iterator[str]:
    """Yield the questions whose value may change with a variable, each after those that its `ask_when` names."""
    reached = {variable} & questionnaire.questions.keys()
    yield from reached
    waiting = dict(questionnaire.ask_when)
    while ready := [name for name, when in waiting.items() if name not in reached and _waits(when, reached)]:
        for name in ready:
            reached.add(name)
            del waiting[name]
    yield from _settling(questionnaire, reached - {variable})


def _waits(when: language.Expression, reached: Iterable[str]) -> bool:
    return not language.names(when).isdisjoint(reached)


def _settling(questionnaire: Questionnaire, wanted: set[str]) -> Iterator[str]:
    """Yield some questions in the order in which they are settled."""
    done: set[str] = set()
    while left := sorted(wanted - done):
        for name in left:
            when = questionnaire.ask_when[name]
            if language.names(when).isdisjoint(wanted - done - {name}):
                done.add(name)
                yield name
