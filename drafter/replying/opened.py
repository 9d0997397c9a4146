"""Finds the returns of a party that are still to be answered, with what was answered to each change so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem, command
from drafter.contract import section_lines, sections
from drafter.drafting.draft import Draft
from drafter.matters import rounds
from drafter.matters.rounds import Recorded
from drafter.replying import decisions, kept, saying, sheets, theirs
from drafter.replying.deciding import sent
from drafter.replying.sheets import Answering, Tally
from drafter.returned.file import texts


def waiting(made: Draft, before: Recorded, party: str) -> Iterator[Answering]:
    """Yield the returns of a party that it is to be told about, those whose changes could be read.

    Those are all since it was sent its last round, and earlier ones to which an answer is another than it was told.
    """
    last = rounds.last_sent(before.rounds, party)
    came = [one for one in before.rounds if one.direction == "from" and one.party == party]
    record = decisions.read(made.matter.place) if came else ()
    counting = decisions.counting(record, made)
    for one in came:
        answered = {key: found for (number, key), found in counting.items() if number == one.number}
        is_told = last is not None and one.number < last.number
        anew = sent.anew(answered, sent.answers(before.folder, before.rounds, one.number)) if is_told else None
        if last is None or anew == frozenset():
            continue
        with suppress(DraftingError):
            told = kept.read(before.folder, one)
            contract = before.contract_of(next(r for r in before.rounds if r.number == told.of))
            if contract is not None:
                version = theirs.version(contract, told.markup.changes).contract
                yield Answering(one.number, one.party, one.on, told, version, answered, anew)


def unanswered(found: Answering, made: Draft, *, final: bool) -> Iterator[Problem]:
    """Yield what is said where changes of a return are not answered: a final is refused, other rounds are reminded.

    Where comments have no reply, and where words that were rejected aren't as they were sent, every round is reminded.
    """
    names = found.told.short
    if found.left:
        total = len(found.told.changes)
        named = ", ".join(names[key] for key in found.left)
        what = f"{len(found.left)} of {total} changes of round {found.number} are not answered: {named}"
        why = ", and a final waits for every answer" if final else ""
        hint = f"{command('decide', made.matter.place)} asks for each"
        place = Place(str(made.matter.place))
        yield Problem("unanswered-change", place, what + why, hint, "problem" if final else "reminder")
    if silent := decisions.left(filter(found.is_told, found.told.alone), found.answered):
        listed = english.listing([f"{names[key]} by {found.told.comments[key].author}" for key in silent])
        every, verb = english.counted(len(found.told.comments), "comment"), "has" if len(silent) == 1 else "have"
        what = f"{len(silent)} of {every} of round {found.number} {verb} no reply: {listed}"
        hint = command("decide", made.matter.place, "reply", names[silent[0]], "--reply", "WORDS")
        yield Problem("unanswered-comment", Place(str(made.matter.place)), what, hint, "reminder")
    yield from _not_as_sent(found, made)


def _not_as_sent(found: Answering, made: Draft) -> Iterator[Problem]:
    """Find words that a rejected change was to replace and that the contract no longer says in their section."""
    now = {one.id: _words(" ".join(section_lines(one))) for one in sections(made.contract)}
    for key, change in found.told.changes.items():
        answer, clause = found.answered.get(key), change.clauses[0] if len(change.clauses) == 1 else ""
        is_other = change.whole or change.kind in ("move", "heading", "format")  # no words in a line of the section
        if answer is None or answer.answer != "reject" or is_other or clause not in now:
            continue
        if not all(texts.within(_words(line), now[clause]) for line in change.before.split("\n")):
            said = f"{found.told.short[key]} of round {found.number} was rejected, but {change.section} no longer says"
            what = f"{said} {saying.quoted(change.before)}, as it was sent"
            hint = "something else changed it since, such as an answer; see that what they are told of it is so"
            yield Problem("rejected-words", Place(str(made.matter.place)), what, hint, "reminder")


def _words(text: str) -> tuple[str, ...]:
    return tuple(key for key in texts.keys(text) if key[0].isalnum())


def tallies(recorded: Recorded, made: Draft) -> Mapping[int, Tally]:
    """Return the count of changes and answers of each round that came and whose changes could be read.

    Until a party is sent a round, an answer to it counts only while what it put in holds, as `waiting` has it.
    """
    found: dict[int, Tally] = {}
    record = decisions.read(made.matter.place)
    counting = decisions.counting(record, made) if record else {}
    for one in (one for one in recorded.rounds if one.direction == "from"):
        with suppress(DraftingError):
            told = kept.read(recorded.folder, one)
            last = {entry.change: entry for entry in record if entry.round == one.number}
            sent = rounds.last_sent(recorded.rounds, one.party)
            if sent is None or sent.number < one.number:
                last = {key: entry for (number, key), entry in counting.items() if number == one.number}
            found[one.number] = sheets.tally(told, last.values())
    return found
