"""A matter drafted: the wordings selected, the contract, what it covers, and what the checks found.

Everything that prevents a contract is reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import contract
from drafter.base import english, shipped
from drafter.base.problems import DraftingError, Problem, command, short, stop_at
from drafter.contract import Contract
from drafter.drafting import assembly, compliance, selection, ways
from drafter.drafting.compliance import Coverage, Covered
from drafter.drafting.selection import Choice, Selection
from drafter.keeping.once import once
from drafter.language import Record, Value
from drafter.matters import answers, checks, filing, scope
from drafter.matters.answers import Answers
from drafter.matters.matter import Matter
from drafter.reading import saying
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question, in_words, one_answer, whole_answer
from drafter.reading.reviewing import in_answers, review
from drafter.reading.reviewing.in_answers import FreeAnswer
from drafter.reading.reviewing.review import Unread, UnreadAlone
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.matters.swaps import Swap


@dataclass(frozen=True, slots=True)
class Draft:
    """The contract of a matter and everything it rests on.

    `found` is what the checks of the questionnaire found, problems and reminders; `swaps` are the recorded swaps that
    count.
    """

    matter: Matter
    answers: Answers
    selection: Selection
    contract: Contract
    coverage: Coverage
    found: tuple[Problem, ...]
    swaps: tuple[Swap, ...]

    @property
    def library(self) -> Library:
        """Return the library, with the matter's own wordings."""
        return self.selection.library

    @property
    def reasons(self) -> Mapping[str, str]:
        """Return the reason given for the swap of each clause, where one was given."""
        return {swap.clause: swap.because for swap in self.swaps if swap.because}

    @property
    def public_reasons(self) -> Mapping[str, str]:
        """Return the reason for the swap of each clause that anybody may read, where one was given."""
        return {swap.clause: swap.for_board for swap in self.swaps if swap.for_board}

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """Return what prevents a contract."""
        return tuple(p for p in self.found if p.level == "problem")

    @property
    def reminders(self) -> tuple[Problem, ...]:
        """Return what the attorney should know."""
        return tuple(p for p in self.found if p.level == "reminder")

    @property
    def other_values(self) -> tuple[Problem, ...]:
        """Return the reminders of own wordings that have other words where the contract prints an answer elsewhere."""
        return tuple(one for one in self.found if one.code == "other-value")

    @property
    def left(self) -> Left:
        """Return what nobody has read of the contract as it is now."""
        return left_in(self.coverage, self.selection, self.contract)

    @property
    def statuses(self) -> Mapping[str, str]:
        """Return the status of each requirement as people read it: what nobody has read is said, and not yet met."""
        return statuses_in(self.coverage, self.selection, self.contract)

    @property
    def public_coverage(self) -> Coverage:
        """Return the coverage as the public may read it: what nobody has read is said, and not met."""
        left = self.left
        return Coverage(tuple(row if left.is_read(row) else _said(row, left) for row in self.coverage.rows))

    @property
    def not_preferred(self) -> tuple[Choice, ...]:
        """Return the choices that give something away."""
        return tuple(c for c in self.selection.choices.values() if c.alternative.position != "preferred")

    def to_docx(self, template: Path | None = None) -> bytes:
        """Return the contract as a Word file, in a template or the shipped one. DraftingError for the template."""
        from drafter.word import writer  # slow to import, and most of what is done with a draft needs no Word

        return writer.write(self.contract, template or shipped.template("agreement"))


@dataclass(frozen=True, slots=True)
class Left:
    """What nobody has read of a contract: of that by which it meets requirements, and of its wordings by themselves.

    `links` has wordings against requirements, and that a requirement asks the same as another; `waiting` are those
    requirements, and the others of a source of which somebody has still to read what it is said not to ask. While
    `is_open`, a text of the contract itself has still to be read, one of the `answers` too, and nothing is met.
    """

    links: tuple[Unread, ...]
    alone: tuple[UnreadAlone, ...]
    waiting: frozenset[str]
    is_open: bool
    answers: tuple[FreeAnswer, ...] = ()

    def is_read(self, row: Covered) -> bool:
        """Say whether a requirement that is met has no blank and is read too: what says it, what could take it back."""
        return row.status not in compliance.MET or not (row.is_open or self.waits(row))

    def waits(self, row: Covered) -> bool:
        """Say whether somebody has still to read what says a requirement, or what could take it back."""
        return self.is_open or not _rests_on(row).isdisjoint(self.waiting)

    def is_all_read(self, rows: Iterable[Covered]) -> bool:
        """Say whether each of some requirements that the contract meets is read, so that they may be called met."""
        return all(row.status != compliance.JUDGED and self.is_read(row) for row in rows)

    def of(self, row: Covered) -> tuple[Unread, ...]:
        """Return what nobody has read of that by which a requirement is met."""
        ids = _rests_on(row)
        return tuple(one for one in self.links if one.requirement.id in ids)


@once(4)  # what is tried, one wording after another, is compared with the same draft
def left_in(coverage: Coverage, selected: Selection, made: Contract) -> Left:
    """Return what nobody has read of a contract, by what it covers and the wordings that were selected."""
    free = in_answers.unread(selected.library, selected.values, made)
    return _left(coverage, selected, free, is_open=bool(free))


def _left(coverage: Coverage, selected: Selection, free: tuple[FreeAnswer, ...], *, is_open: bool) -> Left:
    """Return what nobody has read of a contract; `free` are its answers, and while it `is_open` one of them is."""
    library = selected.library
    met = {
        (row.requirement.id, clause)
        for row in coverage.rows
        if row.status in compliance.MET
        for clause in (row.requirement.home, *saying.elsewhere(row.requirement))
    }
    links = tuple(one for one in review.unread(library, selected.in_force) if (one.requirement.id, one.clause) in met)
    alone = review.unread_alone(library, selected.in_force)
    files = {one.wording for one in alone if not one.clause}
    of_source = (r.id for source in library.sources if source.file in files for r in source.requirements)
    waiting = frozenset((*(one.requirement.id for one in links), *of_source))
    is_open = is_open or any(one.clause or one.wording == review.OUTLINE for one in alone)
    return Left(links, alone, waiting, is_open, free)


@once(4)  # as above
def statuses_in(coverage: Coverage, selected: Selection, made: Contract) -> Mapping[str, str]:
    """Return the status of each requirement of a contract as people read it, by its id."""
    is_open = in_answers.is_any_unread(selected.library, selected.values, made)
    left = _left(coverage, selected, (), is_open=is_open)
    return {row.requirement.id: compliance.in_words(row.status, is_read=left.is_read(row)) for row in coverage.rows}


def _said(row: Covered, left: Left) -> Covered:
    why = () if left.of(row) else (compliance.WHOLE if left.waits(row) else compliance.OPEN,)
    remarks = (*row.remarks, *why)
    return replace(row, status="said", remarks=remarks)


def _rests_on(row: Covered) -> frozenset[str]:
    """Return the requirements that must have been read for one to be met: its own, and those that ask the same."""
    return frozenset((row.requirement.id, *(other.requirement.id for other in row.same)))


@once(4)  # what is tried on a matter, one wording after another, is compared with the same draft
def draft(matter: Matter) -> Draft:
    """Draft a matter: select, assemble, check. DraftingError where no contract can be made."""
    given = answers.parse(matter.text, matter.name, matter.library.questionnaire)
    selected = selection.select(matter.library, given)
    found = (*matter.reminders, *checks.problems(matter.library.questionnaire, given, selected.values))
    try:
        made = assembly.assemble(selected)
    except DraftingError as error:
        raise DraftingError(*(p for p in found if p.level == "problem"), *error.problems) from None
    coverage = compliance.check(made, selected)
    beside = (*_beside(matter, given, selected, made), *_other_values(matter, given, selected, made))
    found = (*found, *beside, *_unread(matter, given, selected, made))
    return Draft(matter, given, selected, made, coverage, found, _counting(matter, selected))


def _beside(matter: Matter, given: Answers, selected: Selection, made: Contract) -> Iterator[Problem]:
    """Remind of sections that are written from the answers for which another has the matter's own words instead."""
    called = contract.names(made)
    for clause, decided, there in ways.beside(selected, given):
        place = given.place(f"{answers.ALTERNATIVES}.{clause.id}")
        read = ", ".join(f"'{question}'" for question in decided.questions)
        what = (
            f"{called[clause.id].cited} has the matter's own wording, but these are still written from the answer to "
            f"{read}: {'; '.join(called[other].in_full for other in there)}"
        )
        step = command("swap", matter.place, there[-1], "--wording", "FILE.md")
        hint = f"read them beside it; where one no longer agrees, give it a wording of its own too: {step}"
        yield Problem("beside-own-wording", place, what, hint, "reminder", clause.id)


def _other_values(matter: Matter, given: Answers, selected: Selection, made: Contract) -> Iterator[Problem]:
    """Remind of own wordings that say something where the clause prints an answer, which other sections print."""
    called = contract.names(made)
    for one in ways.other_values(selected, made, matter.swaps):
        place = given.place(f"{answers.ALTERNATIVES}.{one.clause}")
        asked = one.printed.question
        where = "; ".join(f"{part} (“{short(said)}”)" for part, said in one.places)
        what = (
            f"{called[one.clause].cited} says “{short(one.words)}” in the matter's own wording, in place of the answer "
            f"to '{asked}', which is printed in {where}"
        )
        step = command("answer", matter.place, asked, "VALUE")
        hint = f"read them side by side; so that all say the same, answer it with the section's value: {step}"
        yield Problem("other-value", place, what, hint, "reminder", one.clause)


def new_values(before: Draft, after: Draft) -> tuple[Problem, ...]:
    """Return the reminders of own wordings beside other values that one draft of a matter has and another had not."""
    was = {one.message for one in before.other_values}
    return tuple(one for one in after.other_values if one.message not in was)


def _unread(matter: Matter, given: Answers, selected: Selection, made: Contract) -> Iterator[Problem]:
    """Remind of answers that nobody has read, and that have words which could take back what the contract says."""
    called = contract.names(made)
    for one in in_answers.loose(selected.library, selected.values, made):
        place = given.places.get(one.name) or given.place(one.name.partition("[")[0])
        said = english.listing([f"'{words}'" for words in one.loose])
        where = english.listing(list(dict.fromkeys(called[clause].cited for clause in one.clauses)))
        printed = f" (in {where})" if where else ""
        what = f"the answer to '{one.name}'{printed} has {said}, and no attorney has recorded it as read"
        step = command("review", "-m", matter.place, one.name, "--by", "WHO")
        hint = f"say it without these words, or read what it does to the contract and record that: {step}"
        yield Problem("unread-answer", place, what, hint, "reminder", one.name)


def _counting(matter: Matter, selected: Selection) -> tuple[Swap, ...]:
    if not matter.swaps:
        return ()
    from drafter.matters import swaps  # slow to import, and a new matter has none

    return swaps.counting(matter.swaps, selected.in_force, selected.library.form.id)


def settled(made: Draft, allowed: tuple[str, ...] = (), *, final: bool = False) -> Draft:
    """Return the draft as a contract to be written, its status and deviations set.

    A deviation is allowed for the clauses named in `allowed`, and from the requirements that the record of swaps names.
    DraftingError with everything that prevents it: problems, deviations not allowed, blanks and signs alone in a final.
    """
    recorded = frozenset(wanted for swap in made.swaps for wanted in swap.departs)
    settled_contract, unmet = _departures(made, allowed, recorded)
    stop_at([*made.wrong, *unmet, *((*_blanks(made), *_wordless(made)) if final else ())])
    return replace(made, contract=contract.final(settled_contract) if final else settled_contract)


def check(matter: Matter) -> Draft:
    """Draft a matter with each requirement that it leaves unmet among what was found. DraftingError as `draft`."""
    made = draft(matter)
    return replace(made, found=(*made.found, *departures(made)))


def departures(made: Draft) -> tuple[Problem, ...]:
    """Return a problem for each requirement that the draft leaves unmet."""
    return _departures(made, ())[1]


def _departures(
    made: Draft, allowed: tuple[str, ...], recorded: frozenset[str] = frozenset()
) -> tuple[Contract, tuple[Problem, ...]]:
    """Return the contract with the deviations that are allowed, and a problem for each that is not."""
    try:
        for clause in allowed:
            made.library.clause(clause)
        return compliance.deviations(made.coverage, made.contract, allowed, made.answers.path, recorded), ()
    except DraftingError as error:
        return made.contract, error.problems


def _blanks(made: Draft) -> Iterator[Problem]:
    """Find the blanks, which a final can't have."""
    for blank in contract.blanks(made.contract):
        name = blank.question if blank.question in made.answers.places else blank.question.partition(".")[0]
        said = in_words(made.library.questionnaire, blank.question, made.selection.values)
        what = f"{said} is not answered, and a final can't have the blank [{blank.text}]"
        asked = scope.is_asked(made.library.questionnaire, blank.question, made.selection.values)
        unasked = "these answers do not ask it, but a chosen alternative prints it: choose another wording"
        answer = command("answer", filing.matter_of(made.answers.path), blank.question, "VALUE")
        yield Problem("blank", made.answers.place(name), what, answer if asked else unasked)


def _wordless(made: Draft) -> Iterator[Problem]:
    """Find the answers that are signs alone, which are none in a final; those that are not asked don't count."""
    asked = made.library.questionnaire
    for name, question, value in _answered(made):
        if one_answer.is_wordless(question, value) and scope.is_asked(asked, name, made.selection.values):
            what = f"{in_words(asked, name, made.selection.values)}: '{short(str(value))}' {whole_answer.WORDLESS}"
            answer = command("answer", filing.matter_of(made.answers.path), name, "VALUE")
            yield Problem("blank", made.answers.place(name), what, answer, about=name)


def _answered(made: Draft) -> Iterator[tuple[str, Question, Value]]:
    """Yield each answer that was given, and each field of a record, with its question."""
    for name, value in made.answers.given.items():
        question = made.library.questionnaire.questions[name]
        yield name, question, value
        fields = {field.id: field for field in question.fields}
        for record in (one for one in value if isinstance(one, Record)) if isinstance(value, tuple) else ():
            yield from ((f"{record.question}.{key}", fields[key], inner) for key, inner in record.values.items())
