"""Says what differs between two drafts of a matter: wordings, words, requirements, questions, problems, blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter import contract, language
from drafter.base.problems import Problem, command
from drafter.comparing import redline
from drafter.comparing.marked import Redline
from drafter.contract import Blank
from drafter.drafting import compliance
from drafter.drafting.draft import Draft
from drafter.drafting.selection import Choice
from drafter.language import Missing
from drafter.matters import checks, scope
from drafter.reading.questionnaire import Question
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Changed:
    """A matter drafted before and after a change of it."""

    before: Draft
    after: Draft

    @property
    def is_new(self) -> bool:
        """Say whether the matter changed: another wording, or another choice or answer behind it."""
        return self.before.matter.text != self.after.matter.text

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return each requirement whose status changed, with the old and the new status."""
        return compliance.changes(self.before.coverage, self.after.coverage)

    @property
    def said_changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return each requirement whose status changed, with both statuses as people read them."""
        then, now = self.before.statuses, self.after.statuses
        changed = dict.fromkeys((*(wanted for wanted, _, _ in self.changes), *(r for r in now if then[r] != now[r])))
        return tuple((wanted, then[wanted], now[wanted]) for wanted in changed)

    @property
    def clauses(self) -> tuple[tuple[str, Choice | None, Choice | None], ...]:
        """Return every clause whose wording changed, with its choices before and after; None where it is left out."""
        old, new = self.before.selection, self.after.selection
        was, now = old.in_force, new.in_force
        changed = (c for c in dict.fromkeys((*old.choices, *new.choices)) if was.get(c) != now.get(c))
        return tuple((c, old.choices.get(c), new.choices.get(c)) for c in changed)

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the ids of the sections that say something else after it, or that only one of the contracts has."""
        return contract.changed(self.before.contract, self.after.contract)

    @property
    def found(self) -> tuple[Problem, ...]:
        """Return the problems and reminders that there were none of before it."""
        return checks.fresh(self.before.found, self.after.found)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions that were not asked before it, are now, and have no answer."""
        now = self.after.selection.values
        return tuple(q for q in _opened(self.before, self.after) if isinstance(now[q.id], Missing) and not q.optional)

    @property
    def no_longer_asked(self) -> tuple[Question, ...]:
        """Return the questions that were asked before it and are not now; their answers stay in the file."""
        return _opened(self.after, self.before)

    @property
    def new_blanks(self) -> tuple[Blank, ...]:
        """Return the blanks that the contract did not have before it."""
        return _only_in(self.after, self.before)

    @property
    def filled_blanks(self) -> tuple[Blank, ...]:
        """Return the blanks that the contract no longer has."""
        return _only_in(self.before, self.after)

    @property
    def redline(self) -> Redline:
        """Return the contract before it compared with the one after it."""
        return redline.compare(self.before.contract, self.after.contract)


@dataclass(frozen=True, slots=True)
class Moved:
    """A requirement that is said in fewer sections after a change: the places before it and after it.

    `to_read` are those that no longer say it and are in the contract still, `left_out` those that are not.
    """

    requirement: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    to_read: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def moved(before: Draft, after: Draft) -> tuple[Moved, ...]:
    """Return each requirement that fewer sections say after a change, though it is not unmet then."""
    there = {section.id for section in contract.sections(after.contract)}
    found = []
    for was, now in zip(before.coverage.rows, after.coverage.rows, strict=True):
        lost = [(clause, name.place) for clause, name in zip(was.clauses, was.sections, strict=False)
                if clause not in now.clauses]  # fmt: skip
        if was.status in _SAID and now.status in _SAID and lost:
            to_read = tuple(place for clause, place in lost if clause in there)
            left_out = tuple(place for clause, place in lost if clause not in there)
            found.append(Moved(was.requirement.id, was.places, now.places, to_read, left_out))
    return tuple(found)


_SAID = (*compliance.MET, compliance.JUDGED)


def prevented(changed: Changed, given: Sequence[tuple[str, str]]) -> tuple[Problem, ...]:
    """Return the new problems that would prevent a contract, each with how another answer is changed at the same time.

    `given` are the answers that made the change, as they are typed.
    """
    found = (problem for problem in changed.found if problem.level == "problem")
    return tuple(replace(problem, hint=_with_another(changed.after, problem, given)) for problem in found)


def _with_another(made: Draft, problem: Problem, given: Sequence[tuple[str, str]]) -> str:
    """Return what to do about a problem, and the command that changes another answer that it depends on as well."""
    others = [name for name in dict.fromkeys(_read(made, problem)) if name not in dict(given)]
    if not given or not others:
        return problem.hint
    typed = [word for pair in given for word in pair]
    other = others[0] if len(others) == 1 else "QUESTION"
    listed = "" if len(others) == 1 else f", where QUESTION is {' or '.join(others)}"
    between = " Or" if problem.hint.endswith((".", "?")) else "; or"
    both = command("answer", made.matter.place, *typed, other, "VALUE")
    return f"{problem.hint}{between} change another answer with it: {both}{listed}"


def _read(made: Draft, problem: Problem) -> Iterator[str]:
    """Yield the answers that a problem depends on and that can be given one by one."""
    asked = made.library.questionnaire
    check = next((check for check in asked.checks if check.entry.id == problem.code), None)
    if check is None:
        yield problem.about
        return
    record = check.each[0] if check.each else ""
    for expression in (check.holds, *([check.when] if check.when else ())):
        for name in sorted(language.names(expression)):
            first, _, field = name.partition(".")
            if record and first == record:
                yield f"{problem.about}.{field}"
            elif name in asked.questions and asked.questions[name].type != "records":
                yield name


def _opened(before: Draft, after: Draft) -> tuple[Question, ...]:
    """Return the questions that the second draft asks and the first doesn't."""
    then, now, asked = before.selection.values, after.selection.values, after.library.questionnaire
    return tuple(
        question
        for name, question in asked.questions.items()
        if scope.is_asked(asked, name, now) and not scope.is_asked(asked, name, then)
    )


def _only_in(one: Draft, other: Draft) -> tuple[Blank, ...]:
    known = {blank.question for blank in contract.blanks(other.contract)}
    return tuple(blank for blank in contract.blanks(one.contract) if blank.question not in known)
