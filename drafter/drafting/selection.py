"""Selects one alternative for each clause of a draft.

The first alternative whose condition holds, best position first, unless the negotiator chose another. Exactly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from drafter import contract, language
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem, command
from drafter.drafting import filling
from drafter.language import Value
from drafter.matters import answers, filing, scope
from drafter.matters.answers import Answers
from drafter.reading import readers
from drafter.reading.library import Alternative, Clause, Library, unknown_alternative, unknown_clause
from drafter.reading.prose import Title
from drafter.reading.readers import Decided
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.matters.rounds import Kept


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternative of one clause, and whether the answers or the negotiator selected it."""

    clause: Clause
    alternative: Alternative
    by: Literal["answers", "negotiator"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The choice for each clause of the draft, the clauses left out, and the value of every name."""

    library: Library
    choices: Mapping[str, Choice]
    dropped: tuple[str, ...]
    values: Mapping[str, Value]

    @property
    def in_force(self) -> Mapping[str, str]:
        """Return the alternative of each clause that is in the contract."""
        return {clause: choice.alternative.id for clause, choice in self.choices.items()}

    def named(self, title: Title) -> str:
        """Return the words of a title of the library with its fields filled, blanks in brackets."""
        return contract.words(filling.title(title, self.values))


def select(library: Library, given: Answers) -> Selection:
    """Select one alternative for each clause. DraftingError where none fits, or the chosen one doesn't exist."""
    values = names(library, given)
    problems = list(_unknown_choices(library, given, values))
    choices: dict[str, Choice] = {}
    dropped: list[str] = []
    for clause in map(library.clause, library.order()):
        if clause.when is not None and not language.holds(clause.when, values):
            dropped.append(clause.id)
            continue
        choice = _choose(clause, given, values)
        if choice is None:
            problems.append(_no_alternative(clause, given, library))
        else:
            choices[clause.id] = choice
    if problems:
        raise DraftingError(*problems)
    return Selection(library, choices, tuple(dropped), values)


def names(library: Library, given: Answers) -> Mapping[str, Value]:
    """Return the value of every name that conditions and fields may use: questions, the policy's, and phrases."""
    from drafter.reading.sources import source

    values: dict[str, Value] = {**scope.values(library.questionnaire, given), **source.values(library.policy)}
    for phrase, (expression, _) in library.phrases.items():
        values[phrase] = language.evaluate(expression, values)
    return values


def _choose(clause: Clause, given: Answers, values: Mapping[str, Value]) -> Choice | None:
    chosen = clause.alternative(given.chosen.get(clause.id, ""))
    if chosen is not None:
        return Choice(clause, chosen, "negotiator")
    selected = by_answers(clause, values)
    return None if selected is None else Choice(clause, selected, "answers")


def _unknown_choices(library: Library, given: Answers, values: Mapping[str, Value]) -> list[Problem]:
    found: list[Problem] = []
    known = readers.readers(library, given.chosen) if given.chosen else {}
    for clause_id, wanted in given.chosen.items():
        place = given.place(f"{answers.ALTERNATIVES}.{clause_id}")
        clause = library.clauses.get(clause_id)
        if clause is None:
            found.append(unknown_clause(library, clause_id, place))
        elif clause.alternative(wanted) is None:
            found.append(unknown_alternative(clause, wanted, place))
        else:
            found.extend(_split(clause, wanted, readers.decided(library, clause, known), place, values))
    return found


def _split(
    clause: Clause, wanted: str, decided: Decided, place: Place, values: Mapping[str, Value]
) -> Iterator[Problem]:
    """Find a choice that departs from an answer which other texts go on reading."""
    chosen = clause.alternative(wanted)
    if chosen is None or chosen.is_own or decided.by == "choice" or chosen is by_answers(clause, values):
        return
    named = ", ".join(f"'{question}'" for question in decided.questions)
    what = (
        f"the answer to {named} decides '{clause.id}', and {others(decided)}; so '{wanted}' can't be chosen against it"
    )
    step = command("swap", filing.matter_of(place.path), clause.id, wanted)
    hint = f"delete this line; to put it in all the same, then: {step}"
    yield Problem("split-answer", place, what, hint, about=clause.id)


def others(decided: Decided) -> str:
    """Return in words what else reads the answers that decide a clause."""
    first, *rest = dict.fromkeys(reader.called for reader in decided.readers)
    named = first + (f" and {english.counted(len(rest), 'other part')} of the library" if rest else "")
    return f"{named} {'read' if rest else 'reads'} it too"


def by_answers(clause: Clause, values: Mapping[str, Value]) -> Alternative | None:
    """Return the alternative that the answers alone select, None where they fit none."""
    fitting = (a for a in clause.alternatives if not a.is_own and (a.when is None or language.holds(a.when, values)))
    return next(fitting, None)


def _no_alternative(clause: Clause, given: Answers, library: Library) -> Problem:
    conditions = [a.when for a in clause.alternatives if a.when is not None]
    questions = sorted(frozenset().union(*map(language.names, conditions)))
    what = f"no alternative of '{clause.id}' fits the answers to {', '.join(questions)}"
    place = next((given.places[q] for q in questions if q in given.places), clause.place)
    matter = filing.matter_of(given.path)
    asked = library.questionnaire.questions
    steps = (command("answer", matter, name, "VALUE") for name in questions if name in asked)
    return Problem(
        "no-alternative", place, what, f"answer {'these questions' if questions[1:] else 'it'}: {', '.join(steps)}"
    )


def kept(selected: Selection, reasons: Mapping[str, str]) -> tuple[Kept, ...]:
    """Return what a round keeps of a selection; `reasons` are those given for swaps, by clause."""
    from drafter.matters.rounds import Kept  # a draft is made without rounds

    found = ((choice.clause.id, choice.alternative) for choice in selected.choices.values())
    return tuple(Kept(name, a.id, a.position, a.concedes, reasons.get(name, "")) for name, a in found)
