"""A matter and its rounds to the next round: what is sent, what came back, and the history as rows.

One rule: what is compared is what was sent, as it was recorded; today's library has no say in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafter import contract
from drafter.base import english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.comparing import marked, redline
from drafter.contract import Contract
from drafter.drafting import selection
from drafter.drafting.outcome import Drafted
from drafter.matters import rounds
from drafter.matters.rounds import Kept, Round
from drafter.papers import remarks
from drafter.papers.remarks import Known
from drafter.word import outgoing, writer

CLEAN = f"{rounds.OUTGOING}/contract.docx"
REDLINE = f"{rounds.OUTGOING}/redline.docx"
RECEIVED = f"{rounds.INCOMING}/contract.docx"


@dataclass(frozen=True, slots=True)
class Sent:
    """A round that is ready to be recorded: its facts, and its files by name."""

    round: Round
    files: Mapping[str, bytes]


# -- a round that is sent -----------------------------------------------------------------------


def send(  # noqa: PLR0913, PLR0917  # what a round is made of
    made: Drafted, before: tuple[Round, ...], shown: Contract | None, party: str, on: date, author: str,
    design: Path, given: Mapping[str, bytes], *, library: str, previous: str,
) -> Sent:  # fmt: skip
    """Make the next round to a party from a settled draft.

    `shown` is the contract that the party saw last, none where there is no such round; `given` are the matter's own
    files, the answers among them; `library` is the library's fingerprint, `previous` the hash of the last manifest.
    """
    last = rounds.last_sent(before, party)
    compared = None
    if shown is not None and last is not None:
        compared = remarks.compared(Known(shown, told=told(last)), Known(made.contract), party, author, on)
    facts = Round(
        number=len(before) + 1,
        direction="to",
        party=party,
        on=on,
        previous=previous,
        library=library,
        status=made.contract.status,
        since=last.number if last else 0,
        changed=marked.changed_sections(compared.redline) if compared else (),
        statuses=_statuses(made),
        deviations=made.contract.deviations,
        kept=selection.kept(made.selection, made.reasons),
    )
    files = {**given, rounds.CONTRACT: contract.to_json(made.contract).encode()}
    files[CLEAN] = outgoing.tracked(writer.write(remarks.outgoing(made.contract), design))
    if compared is not None:
        files[REDLINE] = outgoing.tracked(writer.write_compared(compared, design))
    return Sent(facts, files)


def _statuses(made: Drafted) -> tuple[tuple[str, str], ...]:
    return tuple((row.requirement.id, row.status) for row in made.coverage.rows)


def told(sent: Round) -> str:
    """Return what any reader may know of a round that a redline is compared with."""
    return f"the draft of {english.long_date(sent.on)}"


def known(path: Path) -> Known:
    """Read a recorded round as a side of a comparison. DraftingError if it is not as recorded, or is one that came."""
    facts, found = rounds.read(path)
    if found is None:
        what = "this round is what came back; only rounds that were sent have a contract to compare"
        raise DraftingError(Problem("unreadable-contract", Place(str(path)), what))
    name = f"round {facts.number} (to {facts.party}, {english.long_date(facts.on)})"
    return Known(found, name=name, told=told(facts), reasons={k.clause: k.because for k in facts.kept if k.because})


def sent_json(sent: Sent, place: Path) -> dict[str, object]:
    """Return a round that was sent for scripts."""
    return {
        "round": sent.round.number,
        "party": sent.round.party,
        "date": sent.round.on.isoformat(),
        "folder": str(place),
        "outgoing": [str(place / name) for name in sorted(sent.files) if name.startswith(rounds.OUTGOING)],
        "since": sent.round.since or None,
        "changed": list(sent.round.changed),
        "deviations": list(sent.round.deviations),
    }


# -- a round that came --------------------------------------------------------------------------


def receive(before: tuple[Round, ...], party: str, on: date, name: str, previous: str) -> Round:
    """Make the facts of a round that came from a party as a file of some name."""
    shown = "".join(c for c in name if c.isprintable())[:200]
    return Round(len(before) + 1, "from", party, on, previous, file=shown)


def received_json(made: Round, place: Path) -> dict[str, object]:
    """Return a round that came for scripts."""
    return {"round": made.number, "party": made.party, "date": made.on.isoformat(), "folder": str(place)}


# -- history ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """A round as the history tells it; the draft as it stands now is the last one, with no number.

    `conceded` and `won` are against the round that the party saw before; the first is against the best positions.
    """

    round: Round
    conceded: tuple[Kept, ...]
    won: tuple[Kept, ...]


def history(recorded: tuple[Round, ...], now: Drafted | None, shown: Contract | None, on: date) -> tuple[Stage, ...]:
    """Return the rounds as stages, and the draft as it stands now against `shown`, the contract that was sent last."""
    stages = [Stage(made, *_steps(recorded, made)) for made in recorded]
    last = rounds.last_sent(recorded)
    if now is not None:
        compared = redline.compare(shown, now.contract) if shown is not None else None
        draft = Round(
            0, "to", last.party if last else "", on,
            since=last.number if last else 0,
            status="draft",
            changed=marked.changed_sections(compared) if compared else (),
            statuses=_statuses(now),
            deviations=tuple(row.requirement.id for row in now.coverage.unmet),
            kept=selection.kept(now.selection, now.reasons),
        )  # fmt: skip
        stages.append(Stage(draft, rounds.conceded(last, draft), rounds.won_back(last, draft)))
    return tuple(stages)


def _steps(recorded: tuple[Round, ...], made: Round) -> tuple[tuple[Kept, ...], tuple[Kept, ...]]:
    if made.direction == "from":
        return (), ()
    before = rounds.seen_before(recorded, made)
    return rounds.conceded(before, made), rounds.won_back(before, made)


def history_json(stages: tuple[Stage, ...]) -> list[dict[str, object]]:
    """Return the history for scripts."""
    return [
        {
            "round": stage.round.number or None,
            "date": stage.round.on.isoformat() if stage.round.number else None,
            "direction": stage.round.direction if stage.round.number else "now",
            "party": stage.round.party,
            "file": stage.round.file,
            "since": stage.round.since or None,
            "changed": list(stage.round.changed),
            "conceded": list(map(_kept_json, stage.conceded)),
            "won_back": list(map(_kept_json, stage.won)),
            "requirements": dict(stage.round.statuses),
            "deviations": list(stage.round.deviations),
            "library": stage.round.library,
        }
        for stage in stages
    ]


def _kept_json(kept: Kept) -> dict[str, str]:
    return {
        "clause": kept.clause,
        "alternative": kept.alternative,
        "position": kept.position,
        "concedes": kept.concedes,
        "because": kept.because,
    }
