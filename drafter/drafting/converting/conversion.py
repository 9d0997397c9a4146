"""Converts a matter to another form of its contract, or back, and says what becomes of each clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from drafter import contract
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.comparing import fates
from drafter.comparing.fates import State
from drafter.contract import Section
from drafter.drafting import changes, draft
from drafter.drafting.changes import Changed
from drafter.drafting.converting import crossing
from drafter.drafting.draft import Draft
from drafter.language import Missing
from drafter.matters import conversions, scope
from drafter.matters.answers import FORM
from drafter.matters.conversions import Conversion, Moved
from drafter.matters.editing import answers_text
from drafter.matters.matter import Matter
from drafter.reading.library import RANK, Form, Library
from drafter.reading.questionnaire import Question
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of a clause: its heading, its words before and after, its alternatives, and what is conceded."""

    clause: str
    heading: str
    state: State
    words: tuple[int, int]
    alternatives: tuple[str, str]
    concedes: str = ""


@dataclass(frozen=True, slots=True)
class Converted(Changed):
    """A change of form: the matter drafted before and after it, and the record of all its changes of form.

    `uncrossed` are the choices that have no place in the form after it.
    """

    record: tuple[Conversion, ...]
    uncrossed: tuple[Moved, ...]
    because: str = ""

    @property
    def forms(self) -> tuple[Form, Form]:
        """Return the form before and after."""
        return self.before.library.form, self.after.library.form

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return what becomes of each clause of either contract, in the order of the first."""
        old, new = ({s.id: s for s in contract.sections(made.contract)} for made in (self.before, self.after))
        return tuple(self._row(name, old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new)))

    def _row(self, name: str, old: Section | None, new: Section | None) -> Row:
        counts = fates.count(old), fates.count(new)
        made = self.before if new is None else self.after
        heading = made.selection.named(made.library.clauses[name].title)
        used = tuple(one.alternative if one is not None else "" for one in (old, new))
        return Row(name, heading, fates.state(old, new), counts, (used[0], used[1]), self._concedes(name, old, new))

    def _concedes(self, name: str, old: Section | None, new: Section | None) -> str:
        """Return what a clause concedes that it didn't before the change."""
        if new is None:
            return squeezed(self.before.library.clauses[name].left_out)
        if RANK[new.position] <= (RANK[old.position] if old is not None else 0):
            return ""
        return squeezed(self.after.selection.choices[name].alternative.concedes)

    @property
    def words(self) -> tuple[int, int]:
        """Return how many words the two contracts have."""
        old, new = (sum(map(fates.count, contract.sections(made.contract))) for made in (self.before, self.after))
        return old, new

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions that only the form after it asks, and that have no answer."""
        now = self.after.selection.values
        open_ = (q for q in _only(self.after, self.before) if not q.optional)
        return tuple(q for q in open_ if isinstance(now[q.id], Missing))

    @property
    def no_longer_asked(self) -> tuple[Question, ...]:
        """Return the questions that were answered and are not asked in the form after it; the answers stay."""
        return tuple(q for q in _only(self.before, self.after) if q.id in self.before.answers.given)


def convert(  # noqa: PLR0913  # what a change of form is made of
    matter: Matter, to: Library, record: tuple[Conversion, ...], on: date, because: str = "", *, aside: bool = False
) -> Converted:
    """Change the form of a matter to that of a library, which has the matter's own wordings; nothing is written.

    What was chosen crosses where the form has it; the line of what doesn't is taken out of the answers. DraftingError
    where the matter is in that form already, or can't be drafted in it, and where an own wording can't be used in it,
    unless it is to be set `aside`.
    """
    before = draft.draft(matter)
    if before.library.form.id == to.form.id:
        what = f"this matter is in the form '{to.form.id}' already"
        raise DraftingError(Problem("same-form", before.answers.place(FORM), what))
    stop_at(() if aside else crossing.unfit(before, to))
    moved = tuple(crossing.choices(before, to))
    text = _text(matter, to, {one.clause: one.after for one in moved})
    after = draft.draft(replace(matter, text=text, swaps=crossing.swaps(before, to), library=to))
    stop_at(changes.prevented(Changed(before, after), ()))
    made = Conversion(before.library.form.id, to.form.id, on, because, moved)
    kept = conversions.counting(record, before.library.form.id) or record
    return Converted(before, after, (*kept, made), tuple(one for one in moved if not one.after), because)


def undo(matter: Matter, to: Library, record: tuple[Conversion, ...]) -> Converted:
    """Take back the last change of form, to a library in the form before it, with the choices that the matter had.

    DraftingError where there is none that counts.
    """
    last = last_of(matter, record)
    before = draft.draft(matter)
    put_back = {m.clause: m.before for m in last.choices if before.answers.chosen.get(m.clause, "") == m.after}
    text = _text(matter, to, put_back)
    after = draft.draft(replace(matter, text=text, library=to))
    stop_at(changes.prevented(Changed(before, after), ()))
    return Converted(before, after, conversions.counting(record, last.after)[:-1], ())


def last_of(matter: Matter, record: tuple[Conversion, ...]) -> Conversion:
    """Return the last change of a matter's form. DraftingError where it isn't in the form that this led to."""
    if found := conversions.counting(record, matter.library.form.id):
        return found[-1]
    what = "no change of form is recorded that counts"
    raise DraftingError(Problem("nothing-to-undo", Place(matter.name), what, "convert it with --to FORM"))


def _text(matter: Matter, to: Library, chosen: Mapping[str, str]) -> str:
    """Return the text of a matter's answers file with another form and some other choices; no other line changes."""
    text = answers_text.with_answer(matter.text, matter.name, to.questionnaire, FORM, to.form.id)
    for clause, alternative in chosen.items():
        text = answers_text.with_alternative(text, matter.name, clause, alternative)
    return text


def _only(one: Draft, other: Draft) -> Iterator[Question]:
    """Yield the questions that one draft asks, and the form of the other doesn't have."""
    asked = one.library.questionnaire
    for name, question in asked.questions.items():
        if scope.is_asked(asked, name, one.selection.values) and name not in other.library.questionnaire.questions:
            yield question
