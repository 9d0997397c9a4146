"""Answers the changes of what came back: accepts, rejects or counters them, and records that; or takes it back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from drafter.acts import opening
from drafter.base import disk, english
from drafter.base.problems import DraftingError, Place, Problem, WroteError, command
from drafter.drafting import draft, recording
from drafter.matters import filing, rounds
from drafter.matters.matter import Matter
from drafter.replying import decisions, judging, kept
from drafter.replying.deciding import answering, choosing, claims, sent
from drafter.replying.deciding.basis import Basis, Counter, How, RefusedWordingError, State
from drafter.replying.deciding.choosing import Chosen
from drafter.replying.deciding.claims import Claim
from drafter.replying.deciding.sent import Sent
from drafter.replying.decisions import Answer, Decision
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Open:
    """A return with what was answered to its changes so far, by their keys: the entries that count.

    `claims` has what the own wordings that answers put in say that they meet.
    """

    basis: Basis
    answered: Mapping[str, Decision]
    claims: Mapping[str, Claim]

    @property
    def left(self) -> tuple[str, ...]:
        """Return the keys of the changes that are not answered yet."""
        return decisions.left(self.basis.told.changes, self.answered)

    @property
    def open(self) -> tuple[str, ...]:
        """Return the keys of the comments that are on no change and have no reply of ours yet."""
        return decisions.left(self.basis.told.alone, self.answered)


@dataclass(frozen=True, slots=True)
class Decided:
    """Changes that were answered: the return with all answers, the keys answered now, and the matter before, after.

    `told` has, by their keys, what the other side was told before of changes that are answered anew.
    """

    now: Open
    keys: tuple[str, ...]
    before: Matter
    after: Matter
    told: Mapping[str, Sent] = field(default_factory=dict)


def opened(place: Path, library: Path | None, number: int | None = None, *, drafted: bool = True) -> Open:
    """Read the last return of a matter, or that of a round, with what was answered. DraftingError."""
    import drafter.matters.matter

    filing.stop_at_no_folder(place)
    return _open(drafter.matters.matter.open(place, library), library, number, drafted=drafted)


def _open(matter: Matter, library: Path | None, number: int | None, *, drafted: bool = True) -> Open:
    folder = matter.place / filing.ROUNDS
    found = rounds.read_all(folder)
    made, told = kept.last(folder, found, number)
    sent = kept.sent_of(folder, found, told)
    contract = rounds.read(sent)[1]
    if contract is None:
        raise DraftingError(Problem("unknown-round", Place(str(sent)), "this round sent no contract"))
    was = judging.as_sent(matter.place, library, sent) if drafted else None
    basis = Basis(made.number, made.party, made.on, told, contract, was, kept.all_of(folder, found))
    return _answered(basis, matter, decisions.read(matter.place))


def _answered(basis: Basis, matter: Matter, record: Sequence[Decision]) -> Open:
    """Return a return with the answers on a record that count in a matter."""
    if not record:
        return Open(basis, {}, {})
    made = draft.draft(matter)
    counting = decisions.counting(record, made)
    answered = {key: one for (came, key), one in counting.items() if came == basis.number}
    return Open(basis, answered, claims.of(answered, made))


def decide(  # noqa: PLR0913  # what an answer is made of
    place: Path, library: Path | None, choose: Chosen, answer: Answer, on: date, *, counter: Counter | None = None,
    because: str = "", reply: str = "", for_board: str = "", allowed: bool = False, tried: bool = False,
    today: date | None = None,
) -> Decided:  # fmt: skip
    """Answer changes of a return: put what is accepted or offered instead into the matter, and record the answers.

    `because` is a reason for our own side, `for_board` one that anybody may read, `reply` what the other side is told.
    DraftingError where a name is unknown, the day is before that of the return (unless that is later than `today`, by a
    slip), a change can't be accepted, or the policy doesn't allow it; WroteError where the words that it doesn't allow
    were kept in a file.
    """
    with opening.opened(place, library, records=True, tried=tried) as before, tempfile.TemporaryDirectory() as scratch:
        found = _open(before, library, choose.number)
        keys = choosing.chosen(found.basis.told, found.basis.number, found.left, choose, answer)
        if answer == "reply" and not reply:
            place_of = Place(f"round {found.basis.number}")
            raise DraftingError(Problem("no-answer", place_of, "a reply has no words", "say what they are told"))
        _stop_at_earlier(found.basis, on, today)
        how = How(answer, on, Path(scratch), because, reply, for_board, counter or Counter(), allowed)
        try:
            state = answering.decide(State(before, decisions.read(place), {}), found.basis, keys, how)
        except RefusedWordingError as refused:
            raise _refused(place, refused, tried=tried) from None
        if keys and not tried:
            _write_record(place, state.record)
            recording.record(before, state.matter, state.filed)
        now = _answered(found.basis, state.matter, state.record)
        told = _told(place, found.basis)
    return Decided(now, keys, before, state.matter, {key: told[key] for key in keys if key in told})


def _told(place: Path, basis: Basis) -> Mapping[str, Sent]:
    """Return what the other side was told already of the changes of a return."""
    folder = place / filing.ROUNDS
    return sent.answers(folder, rounds.read_all(folder), basis.number)


def _stop_at_earlier(basis: Basis, on: date, today: date | None) -> None:
    """Raise DraftingError where an answer would be of a day before that on which the return came."""
    if on < basis.came and (today is None or basis.came <= max(on, today)):
        days = english.long_date(basis.came), english.long_date(on)
        what = f"round {basis.number} came on {days[0]}, and this answer would be of {days[1]}"
        hint = "give the day on which it was answered with --on, not before that on which the changes came"
        raise DraftingError(Problem("earlier-day", Place(f"round {basis.number}"), what, hint))


def _refused(place: Path, refused: RefusedWordingError, *, tried: bool) -> DraftingError:
    """Keep the words that the policy refuses in a file, so that an attorney can say there what they meet."""
    path = place / filing.WORDING / refused.name
    is_there = path.exists()
    if not tried and not is_there:
        disk.make_folder(path.parent)
        disk.write(path, refused.file.read_bytes())
    otherwise = "accept it with --allow-deviation --because REASON, or reject or counter it"
    if tried and not is_there:
        hint = f"without --try their words are kept in a file, where an attorney can say what they meet; or {otherwise}"
    else:
        say = "if they meet it, say so there (satisfies), and accept the change again"
        hint = f"their words are in {path}: {say}; or {otherwise}"
    error = DraftingError(*(replace(problem, hint=hint) for problem in refused.error.problems))
    return error if tried or is_there else WroteError(error, str(path))


def undo(
    place: Path, library: Path | None, *, tried: bool = False, only: tuple[int, str] | None = None
) -> Decided:  # fmt: skip
    """Take back the last answer that was given to a change.

    DraftingError where there is none, where the other side was told it already, and where it is by now to another
    change than `only`: a round and a key.
    """
    with opening.opened(place, library, records=True, tried=tried) as before:
        record = decisions.read(place)
        if not record:
            what, hint = "no change was answered yet", command("changes", place)
            raise DraftingError(Problem("nothing-to-undo", Place(str(place)), what, hint))
        last = record[-1]
        _stop_where_sent(place, last)
        if only is not None and (last.round, last.change) != only:
            what, hint = "another change was answered since, by something else", "answer this one anew"
            raise DraftingError(Problem("changed-since", Place(str(place)), what, hint))
        found = _open(before, library, last.round)
        state, gone = answering.taken_back(State(before, record, {}), record)
        if not tried:
            recording.record_undone(before, state.matter)
            _write_record(place, state.record)
        now = _answered(found.basis, state.matter, state.record)
    return Decided(now, tuple(one.change for one in gone), before, state.matter)


def _stop_where_sent(place: Path, last: Decision) -> None:
    """Raise DraftingError where the other side was told an answer already."""
    folder = place / filing.ROUNDS
    told = sent.answers(folder, rounds.read_all(folder), last.round).get(last.change)
    if told is not None and told.answer == last:
        went = f"went to {told.party} in round {told.number}, sent on {english.long_date(told.on)}"
        what = f"the last answer, to {last.section} of round {last.round}, {went}"
        hint = f"answer it again by its name, which this lists: {command('changes', place, str(last.round))}"
        raise DraftingError(Problem("nothing-to-undo", Place(str(place)), what, hint))


def _write_record(place: Path, record: tuple[Decision, ...]) -> None:
    disk.write(place / filing.DECISIONS, decisions.to_text(record).encode())
