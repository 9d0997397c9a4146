"""Makes the rounds of a negotiation, sent and received, and its history.

A redline compares with what was sent, as it was recorded; today's library plays no part in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from drafter import contract
from drafter.base import characters, disk, english
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.comparing import fates, redline
from drafter.comparing.fates import Fate
from drafter.contract import Contract, SectionName
from drafter.documents import letter_docx
from drafter.documents.designs import Designs
from drafter.drafting import selection
from drafter.drafting.draft import Draft
from drafter.matters import belonging, checks, filing, rounds
from drafter.matters.rounds import FormChange, Kept, Recorded, Round, SourceThen
from drafter.papers import changed, remarks
from drafter.papers.remarks import Known
from drafter.papers.texts import letter
from drafter.papers.texts.letter import Going
from drafter.reading.library import Library
from drafter.reading.memo import memo_text
from drafter.replying import opened, sheets
from drafter.replying.sheets import Answering, Tally
from drafter.sending import versions
from drafter.values import dataclass
from drafter.verifying import verdict
from drafter.verifying.verdict import Verdict
from drafter.word import incoming, writer
from drafter.word.incoming import printed
from drafter.word.oxml import tracking

CLEAN = f"{rounds.OUTGOING}/contract.docx"
REDLINE = f"{rounds.OUTGOING}/redline.docx"
LETTER = f"{rounds.OUTGOING}/letter.docx"
REPLY = f"{rounds.OUTGOING}/reply.docx"
RECEIVED = f"{rounds.INCOMING}/contract.docx"
RECEIVED_PDF = f"{rounds.INCOMING}/contract.pdf"


@dataclass(frozen=True, slots=True)
class Sent:
    """A round that is ready to be recorded: its facts, and its files by name.

    `form` is the change of form since the round that the party saw before, `sections` what became of each section then,
    and `reminders` are about the day of the round, and about own wordings beside other values.
    """

    round: Round
    files: Mapping[str, bytes]
    form: FormChange | None = None
    sections: tuple[Fate, ...] = ()
    reminders: tuple[Problem, ...] = ()


# -- a round that is sent -----------------------------------------------------------------------


def send(  # noqa: PLR0913  # what a round is made of
    made: Draft, before: Recorded, party: str, on: date, today: date, *, author: str, designs: Designs,
    message: str = "", returns: Sequence[Answering] = (),
) -> Sent:  # fmt: skip
    """Make the next round to a party from a settled draft.

    `before` are the matter's rounds, `author` is whose the redlines' changes are (where it is empty, the party whom the
    letter is from, or Drafter where no letter says), `on` the day of the round, `message` what the letter with it says
    to the party besides the library's texts. `returns` are what came from the party and it is to be told about: each
    gets a reply, and one since its last round is compared with the contract too. DraftingError where the day is before
    that of the last round, or the round that the party saw last has changed.
    """
    before.stop_at_earlier(on, today)
    last = rounds.last_sent(before.rounds, party)
    shown = before.contract_of(last)
    base = versions.public_name(last) if last is not None else ""
    author = author or _author(made, Going(len(before.rounds) + 1, on, party, shown, base))
    compared = None
    if shown is not None and last is not None:
        compared = remarks.compared(Known(shown, public_name=base), Known(made.contract), party, author, on)
    facts = Round(
        number=len(before.rounds) + 1,
        direction="to",
        party=party,
        on=on,
        previous=before.last_hash,
        library=made.library.fingerprint,
        policy=made.library.policy.fingerprint,
        sources=_sources(made.library),
        status=made.contract.status,
        since=last.number if last else 0,
        changed=changed.clauses(compared.redline) if compared else (),
        statuses=_statuses(made),
        deviations=made.contract.deviations,
        kept=selection.kept(made.selection, made.reasons),
        contract=_contract(made),
        is_read=made.left.is_all_read(made.coverage.rows),
        form=made.contract.form,
    )
    files = {**filing.own_files(made.matter.place), rounds.CONTRACT: contract.to_json(made.contract).encode()}
    files |= _texts(made.library)
    template = designs.of("agreement")
    replies = _replies(made, returns, party, author, on, template)
    going = Going(
        facts.number, on, party, shown, base,
        compared.redline if compared is not None else None, message,
        reply=REPLY in replies, theirs=not replies.keys() <= {REPLY},
    )  # fmt: skip
    files |= {**replies, **_letter(made, going, designs.of("letter"))}
    files[CLEAN] = tracking.tracked(writer.write(remarks.outgoing(made.contract), template))
    if compared is not None and not contract.other_form(shown, made.contract):
        files[REDLINE] = tracking.tracked(compared.to_docx(template))
    reminders = (*_of_day(made, on), *made.other_values)
    return Sent(facts, files, rounds.changed_form(last, facts, made.library), _fates(shown, made.contract), reminders)


def _author(made: Draft, going: Going) -> str:
    """Return whose changes those of a redline are: the party's whom the library's letter is from, where it is known."""
    text = made.library.papers.get(memo_text.LETTER.name)
    said = letter.party_that_sends(text, made.selection, remarks.outgoing(made.contract), going) if text else ""
    return said or DRAFTER


def _letter(made: Draft, going: Going, template: Path) -> dict[str, bytes]:
    """Write the letter that goes with a round, where the library has the texts of one."""
    text = made.library.papers.get(memo_text.LETTER.name)
    if text is None:
        if going.message:
            place = Place(f"{made.library.path}/{memo_text.LETTER.file}")
            hint = "send without --message, and write to the party yourself"
            raise DraftingError(
                Problem("missing-file", place, "there is no such file, so no letter has the message", hint)
            )
        return {}
    said = letter.make(text, made.selection, remarks.outgoing(made.contract), going)
    return {LETTER: letter_docx.write(said, template)}


def _of_day(made: Draft, on: date) -> tuple[Problem, ...]:
    """Return what the questionnaire's checks find about the day of a round. DraftingError for what is a problem."""
    asked, values = made.library.questionnaire, made.selection.values
    found = checks.fresh(made.found, checks.problems(asked, made.answers, values, {memo_text.SENT: on}))
    stop_at(found)
    return found


def _replies(  # noqa: PLR0913, PLR0917  # what a round is made of
    made: Draft, returns: Sequence[Answering], party: str, author: str, on: date, template: Path
) -> dict[str, bytes]:
    """Return the redline against each version that came from the party, and the reply to its changes."""
    files: dict[str, bytes] = {}
    for one in (one for one in returns if one.told.changes and one.anew is None):
        if not contract.other_form(one.version, made.contract):
            base = Known(one.version, public_name=f"your version of {english.long_date(one.on)}")
            found = remarks.compared(base, Known(made.contract), party, author, on)
            files[f"{rounds.OUTGOING}/redline-to-round-{one.number:02}.docx"] = tracking.tracked(
                found.to_docx(template)
            )
    if answered := [one for one in returns if one.has_answers]:
        files[REPLY] = sheets.reply(answered, contract.words(contract.title_runs(made.contract.title)), template)
    return files


def _fates(before: Contract | None, after: Contract | None) -> tuple[Fate, ...]:
    """Return what became of each section where two contracts are of different forms."""
    if before is None or after is None or not contract.other_form(before, after):
        return ()
    return fates.fates(before, after)


def _sources(library: Library) -> tuple[SourceThen, ...]:
    return tuple(SourceThen(one.name, one.citation, one.fingerprint, one.body) for one in library.sources)


def _contract(made: Draft) -> str:
    return belonging.of(made.library, made.matter.place, given=None, template=None).contract


def _texts(library: Library) -> dict[str, bytes]:
    """Read the file of each source, to be kept under its name. DraftingError where one can't be read."""
    paths = {source.name: library.folder / source.file for source in library.sources}
    return {f"{rounds.SOURCES}/{name}.yaml": disk.read_text(path).encode() for name, path in paths.items()}


def _statuses(made: Draft) -> tuple[tuple[str, str], ...]:
    return tuple((row.requirement.id, row.status) for row in made.coverage.rows)


# -- a round that came --------------------------------------------------------------------------


def receive(  # noqa: PLR0913, PLR0917  # what a round is made of
    before: Recorded, party: str, on: date, today: date, name: str, content: bytes
) -> Round:
    """Make the facts of a round that came from a party as a file of some name. DraftingError for an earlier day.

    NotWordError where the file is refused at the door.
    """
    before.stop_at_earlier(on, today)
    looked = incoming.examined(content) if not printed.is_pdf(content) else None
    return Round(
        number=len(before.rounds) + 1,
        direction="from",
        party=party,
        on=on,
        previous=before.last_hash,
        file=characters.spelled(name)[:200],
        harmful=tuple(map(str, looked.named))[:MOST_HARM] if looked is not None else (),
        unread=looked.unread if looked is not None else "",
    )


DRAFTER = "Drafter"  # whose changes are, where no party is known to be ours
MOST_HARM = 200  # lines that a round keeps of what would do harm: more is noise


def compared(before: Recorded, party: str, content: bytes, of: int | None = None) -> tuple[Round, Verdict] | None:
    """Compare what came from a party with what it was sent in a round, the last one unless it is named.

    None where nothing was sent, or its files are gone. A redline that comes back as it was sent was not changed either,
    whichever version it is against. A file that can't be read is not compared.
    """
    sent = [one for one in before.rounds if one.direction == "to" and one.party == party and of in (None, one.number)]
    if not sent or incoming.examined(content).unread:
        return None
    outgoing = before.folder / sent[-1].name / rounds.OUTGOING
    if any(path.read_bytes() == content for path in outgoing.glob("redline*.docx")):
        return sent[-1], Verdict("the same bytes")
    found: list[Verdict] = []
    for name in (CLEAN, REDLINE):
        with contextlib.suppress(OSError):
            found.append(verdict.compare((before.folder / sent[-1].name / name).read_bytes(), content))
            if not found[-1].exit_code:
                return sent[-1], found[-1]
    return (sent[-1], found[0]) if found else None


# -- history ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """A round in the history; the draft as it is now comes last and has no number.

    `conceded` and `won` are against the round that the party saw before; the first is against the best positions.
    `library_changed` and `sources_changed`, each source's citation and how it changed, are against the last round that
    was sent before, to whomever; `moved` are what that one and this one are drafted from, where they differ. `form` is
    the change of form against the round that the party saw before, and `sections` what became of each section then.
    `tally` counts the changes of a round that came, and the answers to them. `called` are the names of the sections of
    its contract, and of those that it no longer has.
    """

    round: Round
    conceded: tuple[Kept, ...]
    won: tuple[Kept, ...]
    library_changed: bool = False
    sources_changed: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, str] | None = None
    form: FormChange | None = None
    sections: tuple[Fate, ...] = ()
    tally: Tally | None = None
    called: Mapping[str, SectionName] = field(default_factory=dict)


def history(recorded: Recorded, now: Draft, on: date) -> tuple[Stage, ...]:
    """Return the rounds as stages, and the draft as it is now, compared with the contract that was sent last."""
    last = rounds.last_sent(recorded.rounds)
    shown = recorded.contract_of(last)
    compared = redline.compare(shown, now.contract) if shown is not None else None
    draft = Round(
        0, "to", last.party if last else "", on,
        library=now.library.fingerprint,
        policy=now.library.policy.fingerprint,
        sources=_sources(now.library),
        since=last.number if last else 0,
        status="draft",
        changed=changed.clauses(compared) if compared else (),
        statuses=_statuses(now),
        deviations=tuple(row.requirement.id for row in now.coverage.unmet),
        kept=selection.kept(now.selection, now.reasons),
        contract=_contract(now),
        is_read=now.left.is_all_read(now.coverage.rows),
        form=now.contract.form,
    )  # fmt: skip
    counts = opened.tallies(recorded, now)
    stages = [
        replace(
            _with_form(
                _stage(made, before, changed_sources(recorded.rounds[:place], made)), recorded, before, now.library
            ),
            tally=counts.get(made.number),
        )
        for place, made in enumerate(recorded.rounds)
        for before in (rounds.seen_before(recorded.rounds, made),)
    ]
    end = _stage(draft, last, changed_sources(recorded.rounds, draft))
    form = rounds.changed_form(last, draft, now.library)
    return (*stages, replace(end, form=form, sections=_fates(shown, now.contract), called=_called(shown, now.contract)))


def _called(*contracts: Contract | None) -> Mapping[str, SectionName]:
    """Return what sections are called: those of several contracts as in the last one that has them."""
    return {clause: name for one in contracts if one is not None for clause, name in contract.names(one).items()}


def _stage(made: Round, before: Round | None, changed: Changed) -> Stage:
    if made.direction == "from":
        return Stage(made, (), (), *changed)
    return Stage(made, rounds.conceded(before, made), rounds.won_back(before, made), *changed)


def _with_form(stage: Stage, recorded: Recorded, before: Round | None, library: Library) -> Stage:
    """Return a recorded round's stage with how its form was changed since the round that its party saw before.

    And with what its sections are called, where it names any.
    """
    form = rounds.changed_form(before, stage.round, library)
    if form is None and not (stage.round.changed or stage.conceded or stage.won):
        return stage
    was, now = recorded.contract_of(before), recorded.contract_of(stage.round)
    sections = _fates(was, now) if form is not None else ()
    return replace(stage, form=form, sections=sections, called=_called(was, now))


Changed = tuple[bool, tuple[tuple[str, str], ...], tuple[str, str] | None]


def changed_sources(before: tuple[Round, ...], made: Round) -> Changed:
    """Say whether the library, and which sources, differ from those of the last round sent before a round.

    The third are what the two were drafted from, in words, where that is another contract, policy or board.
    """
    last = rounds.last_sent(before)
    if last is None or made.direction == "from":
        return False, (), None
    changed = bool(last.library and made.library and last.library != made.library)
    moved = (last.basis.named, made.basis.named) if last.basis.is_other(made.basis) else None
    return changed, rounds.changed_texts(last, made), moved
