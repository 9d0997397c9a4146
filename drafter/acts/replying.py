"""Answers the changes of what came back: accepts, rejects or counters them, and records that; or takes it back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter.acts import opening
from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem, command, stop_at
from drafter.drafting import draft, recording
from drafter.matters import filing, rounds
from drafter.matters.matter import Matter
from drafter.replying import deciding, decisions, judging, kept
from drafter.replying.deciding import Basis, Counter, How, RefusedWordingError, State
from drafter.replying.decisions import Answer, Decision
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which changes are answered: by their names (c1, or an id), or of those left by author, or all that are known.

    Comments are named too (comment1); they take a reply alone.

    With `alternatives` those that are an alternative of the library, or another answer. `number` is that of the round
    in which they came, the last one without it.
    """

    names: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    alternatives: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A return with what was answered to its changes so far, by their keys: the entries that count."""

    basis: Basis
    answered: dict[str, Decision]

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
    """Changes that were answered: the return with all answers, the keys answered now, and the matter before, after."""

    now: Open
    keys: tuple[str, ...]
    before: Matter
    after: Matter


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
    basis = Basis(made.number, made.party, told, contract, was, kept.all_of(folder, found))
    return Open(basis, _answered(matter, decisions.read(matter.place), made.number))


def _answered(matter: Matter, record: Sequence[Decision], number: int) -> dict[str, Decision]:
    counting = decisions.counting(record, draft.draft(matter)) if record else {}
    return {key: one for (came, key), one in counting.items() if came == number}


def decide(  # noqa: PLR0913  # what an answer is made of
    place: Path, library: Path | None, choose: Chosen, answer: Answer, on: date, *, counter: Counter | None = None,
    because: str = "", reply: str = "", for_board: str = "", allowed: bool = False, tried: bool = False,
) -> Decided:  # fmt: skip
    """Answer changes of a return: put what is accepted or offered instead into the matter, and record the answers.

    `because` is a reason for our own side, `for_board` one that anybody may read, `reply` what the other side is told.
    DraftingError where a name is unknown, a change can't be accepted, or the policy doesn't allow it.
    """
    with opening.opened(place, library, records=True, tried=tried) as before, tempfile.TemporaryDirectory() as scratch:
        found = _open(before, library, choose.number)
        keys = chosen(found, choose, answer)
        if answer == "reply" and not reply:
            place_of = Place(f"round {found.basis.number}")
            raise DraftingError(Problem("no-answer", place_of, "a reply has no words", "say what they are told"))
        how = How(answer, on, Path(scratch), because, reply, for_board, counter or Counter(), allowed)
        try:
            state = deciding.decide(State(before, decisions.read(place), {}), found.basis, keys, how)
        except RefusedWordingError as refused:
            raise _refused(place, refused, tried=tried) from None
        if keys and not tried:
            _write_record(place, state.record)
            recording.record(before, state.matter, state.filed)
        now = replace(found, answered=_answered(state.matter, state.record, found.basis.number))
    return Decided(now, keys, before, state.matter)


def _refused(place: Path, refused: RefusedWordingError, *, tried: bool) -> DraftingError:
    """Keep the words that the policy refuses in a file, so that an attorney can say there what they meet."""
    path = place / filing.WORDING / refused.name
    if not tried:
        disk.make_folder(path.parent)
        if not path.exists():
            disk.write(path, refused.file.read_bytes())
    hint = (
        f"their words are in {path}: if they meet it, say so there (satisfies), and accept the change again; "
        "or accept it with --allow-deviation --because REASON, or reject or counter it"
    )
    return DraftingError(*(replace(problem, hint=hint) for problem in refused.error.problems))


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
        state, gone = deciding.taken_back(State(before, record, {}), record)
        if not tried:
            recording.record_undone(before, state.matter)
            _write_record(place, state.record)
        now = replace(found, answered=_answered(state.matter, state.record, last.round))
    return Decided(now, tuple(one.change for one in gone), before, state.matter)


def _stop_where_sent(place: Path, last: Decision) -> None:
    """Raise DraftingError where the other side was told an answer already."""
    sent = rounds.last_sent(rounds.read_all(place / filing.ROUNDS))
    kept_then = decisions.read(place / filing.ROUNDS / sent.name) if sent is not None else ()
    if sent is not None and last in kept_then:
        what = f"the last answer, to {last.section} of round {last.round}, went to {sent.party} in round {sent.number}"
        hint = f"answer it again by its name, which this lists: {command('changes', place, str(last.round))}"
        raise DraftingError(Problem("nothing-to-undo", Place(str(place)), what, hint))


def _write_record(place: Path, record: tuple[Decision, ...]) -> None:
    disk.write(place / filing.DECISIONS, decisions.to_text(record).encode())


def chosen(found: Open, choose: Chosen, answer: Answer) -> tuple[str, ...]:
    """Return the keys of the changes or comments that are chosen, with those that are the same answer as one accepted.

    DraftingError where a name can't be answered so.
    """
    told, short = found.basis.told, {**found.basis.told.names, **found.basis.told.comment_names}
    all_keys = (*told.changes, *told.comments)
    unknown = [name for name in choose.names if name not in short and name not in all_keys]
    hint = f"there are {', '.join(short)}" if short else "nothing was changed"
    place = Place(f"round {found.basis.number}")
    stop_at(Problem("unknown-change", place, f"no change '{n}'", hint) for n in unknown)
    stop_at(
        Problem("not-acceptable", place, f"'{name}' is a comment, which takes a reply and nothing else", "reply to it")
        if answer != "reply"
        else Problem("not-acceptable", place, f"'{name}' is a change", "accept, reject or counter it, with a reply")
        for name in choose.names
        if (short.get(name, name) in told.comments) != (answer == "reply")
    )
    keys = {short.get(name, name) for name in choose.names}
    by = {author.casefold() for author in choose.authors}
    for key in found.left if by or choose.alternatives else ():
        is_theirs = not by or any(author.casefold() in by for author in told.changes[key].authors)
        if is_theirs and (not choose.alternatives or told.meaning[key].kind in ("alternative", "answer")):
            keys.add(key)
    if answer == "accept":  # an answer of a question is accepted wherever it is printed
        keys |= {other for key in keys if told.meaning[key].kind == "answer" for other in told.meaning[key].together}
    return tuple(key for key in all_keys if key in keys)
