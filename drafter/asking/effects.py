"""What an answer brings about: clauses decided, questions opened and closed, problems found; and all that in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter import contract
from drafter.asking import interview, spoken
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.asking.pages import Notice
from drafter.base import english
from drafter.base.problems import DraftingError, Problem
from drafter.drafting import filling
from drafter.drafting.selection import Choice, Selection
from drafter.keeping.once import once
from drafter.language import Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading import readers
from drafter.reading.library import Clause, Library, gives
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass

MOST_SHOWN = 3  # clauses shown after one answer; more would hide the next question


@dataclass(frozen=True, slots=True)
class Decision:
    """What an answer decides about one clause: its choice before and after; None if the clause is left out."""

    clause: Clause
    before: Choice | None
    after: Choice | None

    @property
    def is_new(self) -> bool:
        """Say whether another alternative is selected than before."""
        return _id(self.before) != _id(self.after)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer brought about: clauses decided, questions opened and closed, problems found."""

    decided: tuple[Decision, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    found: tuple[Problem, ...] = ()


def of(old: Interview, new: Interview, name: str) -> Effect:
    """Return what the answer to a question brought about."""
    known = {(p.code, p.message) for p in old.found}
    return Effect(
        decided=tuple(_decisions(new.library, old.selection, new.selection, name)),
        opened=tuple(q for q in new.asked if q not in old.asked),
        closed=tuple(q for q in old.asked if q not in new.asked),
        found=tuple(p for p in new.found if (p.code, p.message) not in known or _stands(new, p, name)),
    )


def _stands(here: Interview, found: Problem, name: str) -> bool:
    """Say whether a problem stands in the way of a draft and is about a question: its answer didn't solve it."""
    return found.level == "problem" and bool(name) and name in interview.all_asked_of(here, found)


def _decisions(library: Library, old: Selection | None, new: Selection | None, name: str) -> Iterator[Decision]:
    if old is None or new is None:
        return
    decides = decided_by(library, name)
    for clause in map(library.clause, library.order()):
        made = Decision(clause, old.choices.get(clause.id), new.choices.get(clause.id))
        if made.is_new or (clause.id in decides and made.after is not None):
            yield made


def decided_by(library: Library, name: str) -> tuple[str, ...]:
    """Return the clauses that a question decides: whether they are in the draft, or with which alternative."""
    return _deciding(library).get(name, ())


@once(4)  # each page of a question asks it of the same library
def _deciding(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Return the clauses that each question decides, in the order of the contract."""
    found: dict[str, list[str]] = {}
    for clause in library.order():
        for name in _questions_of(library, library.clauses[clause]):
            found.setdefault(name, []).append(clause)
    return {name: tuple(clauses) for name, clauses in found.items()}


def _questions_of(library: Library, clause: Clause) -> frozenset[str]:
    """Return the questions that decide a clause; a list of records counts for its fields."""
    conditions = (clause.when, *(a.when for a in clause.alternatives))
    return frozenset(name for c in conditions if c is not None for name in readers.questions(library, c))


def _id(choice: Choice | None) -> str:
    return choice.alternative.id if choice else ""


# -- in words -----------------------------------------------------------------------------------


def notices(here: Interview, effect: Effect) -> Iterator[Notice]:
    """Put in words what an answer brought about."""
    for decision in effect.decided[:MOST_SHOWN]:
        yield from (Notice("decided", text, clauses=(decision.clause.id,)) for text in _decided(here, decision))
    for text in _more(effect.decided):
        yield Notice("decided", text, clauses=tuple(one.clause.id for one in effect.decided[MOST_SHOWN:]))
    yield from _opened(here, effect.opened)
    yield from _closed(here, effect.closed)
    for found in effect.found:
        about = interview.asked_of(here, found)
        yield Notice(found.level, spoken.error(DraftingError(_by_prompt(here, found))), (about,) if about else ())


def _by_prompt(here: Interview, found: Problem) -> Problem:
    return spoken.by_prompt(here.library.questionnaire.questions, found)


def elsewhere(old: Interview, new: Interview) -> Iterator[Notice]:
    """Say that others changed the answers between two readings, if they did."""
    if old.text != new.text:
        yield Notice("saved", "The answers file was changed elsewhere in the meantime; those changes are kept.")


def saved(before: Interview, after: Interview, entry: Entry, words: Written, said: str = "") -> Iterator[Notice]:
    """Put in words that an answer was saved, and what it brought about; `said` words the answer."""
    called = said or spoken.written(entry.asked, words)
    yield Notice("saved", f"Saved: {called}" if called or words is not None else "Answer cleared.")
    yield from notices(after, of(before, after, entry.name))


def selects(here: Interview, name: str, value: Value) -> str:
    """Return which alternatives an answer would select, a line for each clause that it decides."""
    if not decided_by(here.library, name):
        return ""
    decided = _decisions(here.library, here.selection, interview.tried(here, name, value), name)
    shown = tuple(d for d in decided if d.after or d.is_new)
    lines = (f"“{_title(here, d)}”: {_selected(d)}" for d in shown[:MOST_SHOWN])
    return "\n".join([*lines, *_more(shown)])


def _opened(here: Interview, opened: tuple[str, ...]) -> Iterator[Notice]:
    """Say which questions are asked now; those that were answered before are in the draft again."""
    if fresh := tuple(q for q in opened if not interview.is_answered(here, q)):
        prompts = [here.question(q).prompt for q in fresh[:MOST_SHOWN]]
        more = ["..."] if len(fresh) > MOST_SHOWN else []
        yield Notice("asked", " ".join(["Now asked as well:", *prompts, *more]), fresh)
    for name in opened:
        if interview.is_answered(here, name):
            question = here.question(name)
            words = spoken.said(question, here.answers.given[name])
            yield Notice("asked", f"In the draft again, as answered before: {question.prompt} {words}", (name,))


def _closed(here: Interview, closed: tuple[str, ...]) -> Iterator[Notice]:
    """Say which questions are no longer asked, those without an answer first."""
    for kept in (False, True):
        if names := tuple(q for q in closed if interview.is_answered(here, q) == kept):
            prompts = (here.question(q).prompt for q in names)
            stays = ["The answer stays in the file but not in the draft."] if kept else []
            yield Notice("asked", " ".join(["No longer asked:", *prompts, *stays]), names)


def _title(here: Interview, decision: Decision) -> str:
    return contract.words(filling.title(decision.clause.title, here.values))


def _decided(here: Interview, decision: Decision) -> Iterator[str]:
    """Say how a clause reads now, how it read before, and what that gives up."""
    title, choice, library = f"“{_title(here, decision)}”", decision.after, here.library
    if not decision.is_new:
        yield f"{title} is unchanged: {_alternative(choice, library)}"
        return
    yield f"{title} is now: {_alternative(choice, library)}"
    yield f"Before: {_alternative(decision.before, library)}"
    if choice and (price := _price(choice, decision.before)):
        yield price


def _selected(decision: Decision) -> str:
    """Return an alternative with its position, what it says, and what it gives up."""
    choice, before = decision.after, decision.before if decision.is_new else None
    return " ".join(filter(None, (_alternative(choice, None), _price(choice, before) if choice else "")))


def _alternative(choice: Choice | None, library: Library | None) -> str:
    if choice is None:
        return "left out of the contract."
    chosen = choice.alternative
    asked = library.cited(chosen.satisfies) if library else ", ".join(chosen.satisfies)
    by = " The negotiator chose it, whatever the answers say." if choice.by == "negotiator" else ""
    what = f"; says {asked}" if asked else ""
    return f"{chosen.label} ({chosen.position}){what}.{by}"


def _price(choice: Choice, before: Choice | None) -> str:
    """Say what an alternative gives up or wins back, and who must agree to it."""
    chosen = choice.alternative
    given = gives(before.alternative if before else None, chosen)
    concedes = " ".join(f"{heading}: {squeezed(words)}" for heading, words in given if words)
    approval = f"It needs approval from: {chosen.approval}." if chosen.approval else ""
    return " ".join(filter(None, (concedes, approval)))


def _more(decided: tuple[Decision, ...]) -> list[str]:
    """Return a line that says how many more clauses there are, if there are more than are shown."""
    count = len(decided) - MOST_SHOWN
    return [f"... and {english.counted(count, 'more clause')}."] if count > 0 else []
