"""Makes the letter that goes with a round to the other side, from letter.md of the library and what changed.

One rule: it says only what the other side may know. Every word is the library's, the contract's, an answer, or what was
written to the party; positions, guidance, reasons of our own side, and what the policy asks are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from drafter import language
from drafter.base.problems import Problem, stop_at
from drafter.comparing import fates
from drafter.comparing.marked import Redline
from drafter.contract import Blank, Contract, Runs, blanks, other_form, words
from drafter.drafting import resolving
from drafter.drafting.resolving import Known
from drafter.drafting.selection import Selection
from drafter.language import Missing, Value
from drafter.papers import changed
from drafter.papers.changed import Changes
from drafter.papers.texts import costs, writing
from drafter.papers.texts.writing import Paragraphs, Writing
from drafter.reading import prose
from drafter.reading.memo.memo_text import MEMO, SENT, Entry, PaperText
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Going:
    """A round as a letter with it speaks of it: its number, day and party, what is compared, and what is written.

    `before` is the contract that the party saw last, `base` what that version is called, and `compared` the redline
    against it; without an earlier version there is none of them. `reply` says whether a reply to changes of theirs goes
    along, `theirs` whether a redline against a version of theirs does.
    """

    number: int
    on: date
    party: str
    before: Contract | None = None
    base: str = ""
    compared: Redline | None = None
    message: str = ""
    reply: bool = False
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a letter says, in the order in which it is printed."""

    title: str
    to: Runs
    sender: Runs
    date: Runs
    subject: Runs
    opening: Paragraphs
    enclosed: Paragraphs
    changes_text: Paragraphs
    changes: tuple[Changes, ...]
    blanks_text: Paragraphs
    blanks: tuple[tuple[str, str], ...]
    closing: Paragraphs


def make(text: PaperText, selection: Selection, contract: Contract, going: Going) -> Letter:
    """Make the letter with a round. DraftingError where its texts refer to what isn't in the contract."""
    changes = tuple(_changes(going, contract))
    scope = _scope(selection, contract, going, changes)
    known = resolving.known(contract)
    write = Writing(text, scope, known)
    now, problems = _now(selection, scope, known)
    made = Letter(
        title=words(contract.title),
        to=write.head("to"),
        sender=write.head("from"),
        date=costs.shown(going.on, "date"),
        subject=write.head("subject"),
        opening=write.paragraphs("opening"),
        enclosed=write.paragraphs("enclosed"),
        changes_text=write.paragraphs("changes"),
        changes=tuple(changed.with_now(changes, now, set())),
        blanks_text=write.paragraphs("blanks"),
        blanks=tuple(writing.gaps(contract)),
        closing=write.paragraphs("closing"),
    )
    stop_at((*write.problems, *problems))
    return made


def party_that_sends(text: PaperText, selection: Selection, contract: Contract, going: Going) -> str:
    """Return the name of the party that sends the letter: the only one of those that sign whom its sender names.

    Empty where there is none, or its name is blank.
    """
    sender = words(Writing(text, _scope(selection, contract, going, ()), resolving.known(contract)).head("from"))
    blocks = (block.party for block in contract.signatures if not any(isinstance(run, Blank) for run in block.party))
    found = {name for name in map(words, blocks) if name and name in sender}
    return found.pop() if len(found) == 1 else ""


def _scope(selection: Selection, contract: Contract, going: Going, changes: tuple[Changes, ...]) -> dict[str, Value]:
    """Return what the texts of a letter may read."""
    before = going.before
    is_other = before is not None and other_form(before, contract)
    return {
        **selection.values,
        **writing.wordings(selection),
        SENT: going.on,
        "letter.round": str(going.number),
        "letter.party": going.party,
        "letter.compared": before is not None,
        "letter.base": going.base or Missing("Earlier version", "letter.base"),
        "letter.redline": before is not None and not is_other,
        "letter.reply": going.reply,
        "letter.theirs": going.theirs,
        "letter.changed": changed.count(changes),
        "letter.elsewhere": changed.elsewhere(changes),
        "letter.renumbered": changed.renumbered(changes),
        "letter.blanks": len(blanks(contract)),
        "letter.final": contract.status == "final",
        "letter.message": going.message or Missing("Message", "letter.message"),
    }


def _changes(going: Going, contract: Contract) -> Iterator[Changes]:
    """Yield the sections that changed since the party saw the contract last; of another form, what became of each."""
    if going.before is not None and other_form(going.before, contract):
        yield from changed.in_other_form(fates.fates(going.before, contract))
    elif going.compared is not None:
        yield from changed.changes(going.compared)


def _now(selection: Selection, scope: Mapping[str, Value], known: Known) -> tuple[Mapping[str, Runs], list[Problem]]:
    """Return what each section says now in the memo's words, where it has some, and what is wrong with them.

    A wording of the matter's own has none, nor has a sentence that rests on what only a board's memo knows.
    """
    if selection.library.memo is None:
        return {}, []
    write = Writing(selection.library.memo, scope, known)
    own = {name for name, choice in selection.choices.items() if choice.alternative.is_own}
    now = write.sections(one for one in selection.library.memo.sections if one.about not in own and not _of_memo(one))
    return now, write.problems


def _of_memo(entry: Entry) -> bool:
    """Say whether a sentence or its condition uses a name that only a memo has a value for."""
    used = set() if entry.when is None else set(language.names(entry.when))
    used |= {name for part in prose.fields(entry.text) for name in language.names(part.expression)}
    return not used.isdisjoint(MEMO.names)
