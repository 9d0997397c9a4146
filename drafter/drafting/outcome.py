"""What a command brings about: a matter carried down the line to a contract, a swap, and both as JSON.

One rule: all that stands in the way of a draft is said at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import contract, language
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Contract
from drafter.drafting import assembly, compliance, selection
from drafter.drafting.compliance import Coverage
from drafter.drafting.selection import Choice, Selection
from drafter.matters import answers, blank_answers, swaps
from drafter.matters.answers import ALTERNATIVES, Answers
from drafter.matters.swaps import Swap
from drafter.reading import prose
from drafter.reading.library import Library, unknown_alternative
from drafter.reading.prose import Prose

if TYPE_CHECKING:  # what one command needs is no cost to the others
    from drafter.comparing.redline import Redline


@dataclass(frozen=True, slots=True)
class Drafted:
    """A matter at the end of the line: its answers, selection, contract and coverage, and what the checks found.

    `swaps` are the recorded swaps that count, `written` the files that a command wrote.
    """

    answers: Answers
    selection: Selection
    contract: Contract
    coverage: Coverage
    found: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    swaps: tuple[Swap, ...] = ()

    @property
    def reasons(self) -> Mapping[str, str]:
        """Return the reason that was given for the swap of each clause, where one was."""
        return {swap.clause: swap.because for swap in self.swaps if swap.because}

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """Return what stops a draft."""
        return tuple(p for p in self.found if p.level == "problem")

    @property
    def reminders(self) -> tuple[Problem, ...]:
        """Return what the attorney should know."""
        return tuple(p for p in self.found if p.level == "reminder")

    @property
    def not_preferred(self) -> tuple[Choice, ...]:
        """Return the choices that give something away."""
        return tuple(c for c in self.selection.choices.values() if c.alternative.position != "preferred")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap: the clause, and the matter before and after."""

    clause: str
    before: Drafted
    after: Drafted

    @property
    def choices(self) -> tuple[Choice | None, Choice | None]:
        """Return the clause's choice before and after; None where it is left out."""
        return self.before.selection.choices.get(self.clause), self.after.selection.choices.get(self.clause)

    @property
    def is_new(self) -> bool:
        """Say whether the answers file did not choose this alternative already."""
        return self.before.answers.chosen.get(self.clause) != self.after.answers.chosen.get(self.clause)

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return each requirement whose status changed, with the old and the new one."""
        pairs = zip(self.before.coverage.rows, self.after.coverage.rows, strict=True)
        return tuple((a.requirement.id, a.status, b.status) for a, b in pairs if a.status != b.status)

    @property
    def redline(self) -> Redline:
        """Return the contract before the swap compared with the one after it."""
        from drafter.comparing import redline

        return redline.compare(self.before.contract, self.after.contract)

    @property
    def place(self) -> Place:
        """Return the line that changed, or the file where the line was taken out."""
        return self.after.answers.place(f"{ALTERNATIVES}.{self.clause}")

    @property
    def unselected(self) -> str:
        """Return the condition under which the answers alone would select it, empty where they do or it has none."""
        new = self.choices[1].alternative if self.choices[1] else None
        when = new.when if new and not new.is_own else None
        holds = when is None or language.holds(when, self.after.selection.values)
        return "" if when is None or holds else language.explain(when)


# -- drafting -----------------------------------------------------------------------------------


def draft(loaded: Library, text: str, name: str, recorded: tuple[Swap, ...] = ()) -> Drafted:
    """Carry the text of an answers file down the line to a contract and its coverage, with the checks made.

    `recorded` is the record of the matter's swaps.
    """
    given = answers.parse(text, name, loaded.questionnaire)
    selected = selection.select(loaded, given)
    found = tuple(answers.problems(loaded.questionnaire, given, selected.values))
    try:
        made = assembly.assemble(selected)
    except DraftingError as error:
        raise DraftingError(*(p for p in found if p.level == "problem"), *error.problems) from None
    made_of = Drafted(given, selected, made, compliance.check(made, selected), found)
    return _with_record(made_of, recorded)


def settled(drafted: Drafted, allowed: tuple[str, ...], *, final: bool) -> Drafted:
    """Return the draft with its status and departures. DraftingError with all that stands in its way.

    A departure is allowed for the clauses named, and for those that were swapped on the record in spite of it.
    """
    recorded = tuple(swap.clause for swap in drafted.swaps if swap.deviation)
    made, departures = _departures(drafted, (*allowed, *recorded))
    stop_at([*drafted.wrong, *departures, *(_blanks(drafted) if final else ())])
    return replace(drafted, contract=contract.final(made) if final else made)


def checked(drafted: Drafted) -> Drafted:
    """Return the draft with its departures among what was found."""
    return replace(drafted, found=(*drafted.found, *_departures(drafted, ())[1]))


def _departures(drafted: Drafted, allowed: tuple[str, ...]) -> tuple[Contract, tuple[Problem, ...]]:
    """Return the contract with the departures that are allowed, and a problem for each that is not."""
    try:
        for clause in allowed:
            drafted.selection.library.clause(clause)
        return compliance.deviations(drafted.coverage, drafted.contract, allowed, drafted.answers.path), ()
    except DraftingError as error:
        return drafted.contract, error.problems


def _blanks(drafted: Drafted) -> Iterator[Problem]:
    """Find the blanks: a final has none."""
    given, selected = drafted.answers, drafted.selection
    for blank in contract.blanks(drafted.contract):
        name = blank.question if blank.question in given.places else blank.question.partition(".")[0]
        what = f"{blank.question} is not answered, and a final can't have the blank [{blank.text}]"
        asked = answers.is_asked(selected.library.questionnaire, blank.question, selected.values)
        hint = "these answers do not ask it, but a chosen alternative prints it: change the answer that decides"
        yield Problem("blank", given.place(name), what, "" if asked else hint)


# -- swapping -----------------------------------------------------------------------------------


def swap(  # noqa: PLR0913, PLR0917  # what a swap is made of
    before: Drafted, text: str, recorded: tuple[Swap, ...], clause: str, alternative: str, on: date,
    because: str = "", *, allowed: bool = False,
) -> tuple[Swapped, str, tuple[Swap, ...]]:  # fmt: skip
    """Choose another alternative in the text of an answers file.

    Return what that changes, the changed text, and the record of swaps with this one. DraftingError where there is no
    such clause or alternative, or where a requirement would no longer be met and that is not allowed.
    """
    found = before.selection.library.clause(clause)
    if found.alternative(alternative) is None:
        raise DraftingError(unknown_alternative(found, alternative))
    name = before.answers.path
    changed = blank_answers.with_alternative(text, name, clause, alternative)
    after = draft(before.selection.library, changed, name)
    departures = tuple(_fresh_departures(before, after, clause))
    stop_at(() if allowed else departures)
    chosen = before.answers.chosen.get(clause, "")
    entry = Swap(clause, chosen, alternative, on, because, deviation=bool(departures))
    kept = swaps.settled(recorded, before.answers.chosen)
    record = recorded if changed == text and not because else (*kept, entry)
    return Swapped(clause, before, _with_record(after, record)), changed, record


def undo(
    before: Drafted, text: str, recorded: tuple[Swap, ...], clause: str = ""
) -> tuple[Swapped, str, tuple[Swap, ...]]:
    """Take back the last swap, or a clause's last one; return as `swap` does. DraftingError where there is none."""
    kept = swaps.settled(recorded, before.answers.chosen)
    entry = next((s for s in reversed(swaps.counting(kept, before.answers.chosen)) if clause in ("", s.clause)), None)
    if entry is None:
        what = f"no swap of '{clause}' is recorded that still counts" if clause else "no swap is recorded that counts"
        hint = "'drafter clauses -m MATTER' shows what is chosen; swap back by name"
        raise DraftingError(Problem("nothing-to-undo", Place(before.answers.path), what, hint))
    changed = blank_answers.with_alternative(text, before.answers.path, entry.clause, entry.before)
    record = tuple(s for s in kept if s is not entry)
    after = draft(before.selection.library, changed, before.answers.path, record)
    return Swapped(entry.clause, before, after), changed, record


def _with_record(drafted: Drafted, record: tuple[Swap, ...]) -> Drafted:
    return replace(drafted, swaps=swaps.counting(record, drafted.answers.chosen))


def _fresh_departures(before: Drafted, after: Drafted, clause: str) -> Iterator[Problem]:
    """Find the requirements that the swap leaves unmet, or that the clause left unmet before it."""
    unmet = {row.requirement.id for row in before.coverage.unmet if clause not in row.clauses}
    rows = tuple(row for row in after.coverage.rows if row.requirement.id not in unmet)
    for problem in _departures(replace(after, coverage=Coverage(rows)), ())[1]:
        hint = "choose a wording that meets it, or swap with --allow-deviation --because REASON"
        yield replace(problem, hint=hint)


# -- a clause in words --------------------------------------------------------------------------


def wording(text: Prose) -> Iterator[tuple[str, str]]:
    """Go through the lines of a wording: a number as the contract prints it (may be empty), and the words.

    Fields and references stand as the library writes them, conditions in brackets. Items of items are indented.
    """
    item = subitem = 0
    for block in text:
        match block:
            case prose.PolicyText():
                yield "", "[the policy, word for word]"
            case prose.Grid():
                for row in (prose.Row(block.header, block.guard, block.line), *block.rows):
                    yield "|", _guard(row.guard) + " | ".join(map(_words, row.cells))
            case prose.Passage(style="item"):
                item, subitem = item + 1, 0
                yield f"({assembly.letters(item).lower()})", _guard(block.guard) + _words(block.parts)
            case prose.Passage(style="subitem"):
                subitem += 1
                yield f"   ({assembly.roman(subitem)})", _guard(block.guard) + _words(block.parts)
            case prose.Passage():
                yield "", _guard(block.guard) + _words(block.parts)


def _guard(guard: prose.Guard) -> str:
    each = f"[each {guard.each.name} in {language.explain(guard.each.expression)}] " if guard.each else ""
    return each + (f"[when {language.explain(guard.when)}] " if guard.when is not None else "")


def _words(parts: prose.Parts) -> str:
    return "".join(map(_part, parts))


def _part(part: prose.Part) -> str:
    match part:
        case prose.Term(text=text):
            return f"“{text}”"
        case prose.Field(written=written):
            return f"{{{{ {written} }}}}"
        case prose.Link(target=target):
            return f"[[{target}]]"
        case prose.Words(text=text):
            return text
