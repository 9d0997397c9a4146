"""The recorded rounds of a matter: what was sent or came back, on which day, and that none of it changed since.

One rule: a recorded round never changes. It is a folder that is moved into place whole; its manifest has the hash of
every file in it, in the form that `sha256sum -c` reads, and the next round has the hash of the manifest. `ledger`
holds the rounds from outside them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from drafter import contract
from drafter.base import disk, english, manifest, spelling
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Contract
from drafter.matters import belonging, ledger
from drafter.matters.belonging import Belonging
from drafter.values import dataclass

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from drafter.reading.library import Library

FOLDER = "rounds"
FACTS = "round.json"
CONTRACT = "contract.json"
OUTGOING = "outgoing"  # the folder of what leaves the house
INCOMING = "incoming"
SOURCES = "sources"  # the folder of the texts that the contract was measured against
PARTY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Kept:
    """The alternative that a clause had in a round; `because` is the negotiator's reason, where one was given."""

    clause: str
    alternative: str
    position: str
    concedes: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class SourceThen:
    """A source of the library as it was in a round: its name, its citation, the fingerprint of its words, its body."""

    name: str
    citation: str
    fingerprint: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One exchange with a party. A round that came from one has only the name of the file that came.

    `library` and `policy` are the fingerprints of the clause library and of the policy's text, `sources` has every
    source, the policy first (none in a round of long ago), and the text of each is in the round's folder; `contract` is
    what the library calls the contract that it makes. `previous` is the hash of the last round's manifest, `since` the
    number of the round that the party saw last (0: none), `changed` the sections that changed since then, `statuses`
    says of each requirement, by its id, its status then, and `is_read` whether an attorney had read all of it then (not
    recorded in a round of long ago). `form` is the contract's form, empty where the library has one alone. `harmful`
    says what in a file that came would do harm in Word when it is opened, and `unread` why no contract was read in it.
    """

    number: int
    direction: Literal["to", "from"]
    party: str
    on: date
    previous: str = ""
    file: str = ""
    library: str = ""
    policy: str = ""
    status: str = ""
    since: int = 0
    changed: tuple[str, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    deviations: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    sources: tuple[SourceThen, ...] = ()
    is_read: bool = False
    contract: str = ""
    form: str = ""
    harmful: tuple[str, ...] = ()
    unread: str = ""

    @property
    def basis(self) -> Belonging:
        """Return what the round was drafted from, as far as it is known."""
        policy = self.sources[0] if self.sources else SourceThen("", "", "")
        return Belonging(contract=self.contract, policy=policy.citation, body=policy.body)

    @property
    def name(self) -> str:
        """Return the name of the round's folder."""
        return f"{self.number:02}-{self.direction}-{self.party}"


# -- the facts of a round -----------------------------------------------------------------------


def to_json(made: Round) -> str:
    """Return a round's facts as JSON."""
    facts = _json().dump_python(made, mode="json")
    for name in ("form", "harmful", "unread"):  # what there is nothing of isn't said
        if not facts[name]:
            del facts[name]
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


@cache
def _json() -> TypeAdapter[Round]:
    from pydantic import TypeAdapter  # slow to import, and only needed here

    return TypeAdapter(Round)


# -- recording ----------------------------------------------------------------------------------


def record(folder: Path, made: Round, files: Mapping[str, bytes]) -> Path:
    """Write a round into the folder of rounds, whole or not at all, and return its path. DraftingError otherwise."""
    place = folder / made.name
    disk.write_folders({place: manifest.added({**files, FACTS: to_json(made).encode()})})
    with suppress(DraftingError):  # the round is recorded; reading the rounds says that it isn't listed
        ledger.write(folder, _paths(folder), made.on)
    return place


# -- reading ------------------------------------------------------------------------------------


def is_round(path: Path) -> bool:
    """Say whether a path is the folder of a recorded round."""
    named = ledger.NAME.fullmatch(path.name) is not None
    return named and os.path.isdir(path) and os.path.lexists(path / manifest.FILE)  # noqa: PTH112


def read_all(folder: Path) -> tuple[Round, ...]:
    """Read the rounds of a matter in their order. DraftingError with everything that is not as it was recorded."""
    paths = _paths(folder)
    found: list[Round] = []
    problems: list[Problem] = []
    previous: str | None = ""  # not checked after a round that has changed
    for number, path in enumerate(paths, 1):
        if _number(path) != number:
            what = f"round {number} is missing, or recorded twice"
            problems.append(ledger.changed(path, what))
            break
        wrong = [ledger.changed(path, _LINK)] if path.is_symlink() else list(_problems(path))
        if not wrong:
            found.append(_facts(path))
            if previous is not None and found[-1].previous != previous:
                wrong.append(ledger.changed(path, "the round before it isn't the one it was recorded after"))
        problems += wrong
        previous = None if wrong else manifest.hash_of(path)
    stop_at((*problems, *ledger.differences(folder, paths)))
    return tuple(found)


_LINK = "it is a link to another place, where what it holds can change"


def _paths(folder: Path) -> list[Path]:
    """Return the folders of the rounds, by their numbers."""
    found = (path for path in folder.iterdir() if ledger.NAME.fullmatch(path.name)) if folder.is_dir() else ()
    return sorted(found, key=lambda path: (_number(path), path.name))


def _number(path: Path) -> int:
    return int(path.name.partition("-")[0])


@dataclass(frozen=True, slots=True)
class Recorded:
    """The rounds recorded in a folder, the hash of the last manifest, and what the list of rounds can't vouch for."""

    folder: Path
    rounds: tuple[Round, ...]
    last_hash: str
    reminders: tuple[Problem, ...] = ()

    def stop_at_earlier(self, on: date, today: date) -> None:
        """Raise DraftingError where a day is before that of the last round: rounds are recorded in their order.

        A round that was given a day still to come doesn't count, or one slip would close the matter until that day.
        """
        last = next((made for made in reversed(self.rounds) if made.on <= max(on, today)), None)
        if last is not None and on < last.on:
            days = (english.long_date(last.on), english.long_date(on))
            what = f"round {last.number} is of {days[0]}, and this one would be of {days[1]}"
            hint = "give the day on which it happened with --on, not before that of the last round"
            raise DraftingError(Problem("earlier-day", Place(str(self.folder / last.name)), what, hint))

    def ahead(self, on: date, today: date) -> Iterator[Problem]:
        """Remind that a round would be of a day that is still to come."""
        if on > today:
            what = f"this round is of {english.long_date(on)}, a day that is still to come"
            hint = "a recorded round keeps its day; next time, give the day on which it happened"
            yield Problem("future-day", Place(str(self.folder)), what, hint, "reminder")

    def unknown_party(self, party: str) -> Iterator[Problem]:
        """Remind that nothing was ever sent to a party, where something was sent to another."""
        known = list(dict.fromkeys(made.party for made in self.rounds if made.direction == "to"))
        if known and party not in known:
            what = f"nothing was ever sent to '{party}', only to {', '.join(known)}"
            hint = spelling.meant(
                party, known, "if that is a slip, the round keeps it; write the name with care next time"
            )
            yield Problem("unknown-party", Place(str(self.folder)), what, hint, "reminder")

    def contract_of(self, made: Round | None) -> Contract | None:
        """Return the contract that a round sent; None without one. DraftingError if it isn't as recorded."""
        return read(self.folder / made.name)[1] if made else None


def recorded(folder: Path) -> Recorded:
    """Read a folder of rounds. DraftingError with everything that is not as it was recorded."""
    found = read_all(folder)
    reminders = tuple(ledger.differences(folder, _paths(folder)))
    return Recorded(folder, found, manifest.hash_of(folder / found[-1].name) if found else "", reminders)


def read(path: Path) -> tuple[Round, Contract | None]:
    """Read one round and its contract, none where it is one that came. DraftingError if it is not as recorded."""
    stop_at(_problems(path))
    made = _facts(path)
    if made.direction == "from":
        return made, None
    try:
        return made, contract.from_json((path / CONTRACT).read_text("utf-8"))
    except (OSError, ValueError):
        raise DraftingError(ledger.changed(path / CONTRACT, "it isn't the recorded contract")) from None


def moved(matter: Path, library: Library) -> Problem | None:
    """Return the problem that a matter's last round was drafted from another library than this one, or None.

    A round that isn't as it was recorded says nothing here; whatever reads the rounds reports it.
    """
    for path in reversed(_paths(matter / FOLDER)):
        if "-to-" in path.name:
            try:
                return belonging.moved(_facts(path).basis, library, matter, path)
            except DraftingError:
                return None
    return None


def _facts(path: Path) -> Round:
    try:
        made = _json().validate_json(disk.read_bytes(path / FACTS))
    except (OSError, ValueError):
        raise DraftingError(ledger.changed(path / FACTS, "it can't be read")) from None
    if made.name != path.name:
        raise DraftingError(ledger.changed(path, f"the folder was recorded as {made.name}"))
    return made


def _problems(path: Path) -> Iterator[Problem]:
    return (ledger.changed(place, what) for place, what in manifest.differences(path))


# -- the negotiation ----------------------------------------------------------------------------


def last_sent(rounds: tuple[Round, ...], party: str = "") -> Round | None:
    """Return the last round that was sent, to a party or to any."""
    return next((r for r in reversed(rounds) if r.direction == "to" and party in ("", r.party)), None)


def seen_before(rounds: tuple[Round, ...], made: Round) -> Round | None:
    """Return the round that the party of a round saw before it."""
    return rounds[made.since - 1] if made.since else None


def conceded(before: Round | None, after: Round) -> tuple[Kept, ...]:
    """Return the clauses in a worse position than in an earlier round; without one, those not in the best."""
    was = {kept.clause: kept.position for kept in before.kept} if before else {}
    return tuple(k for k in after.kept if rank(k.position) > (rank(was[k.clause]) if k.clause in was else 0))


def won_back(before: Round | None, after: Round) -> tuple[Kept, ...]:
    """Return the clauses that are in a better position than in an earlier round."""
    was = {kept.clause: kept.position for kept in before.kept} if before else {}
    return tuple(k for k in after.kept if k.clause in was and rank(k.position) < rank(was[k.clause]))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause that a change of form left out: what the library calls it, and what leaving it out concedes."""

    clause: str
    title: str
    concedes: str = ""


@dataclass(frozen=True, slots=True)
class FormChange:
    """A change of the contract's form from one round to another, and the clauses that were left out with it."""

    before: str
    after: str
    left_out: tuple[LeftOut, ...]


def changed_form(before: Round | None, after: Round, library: Library) -> FormChange | None:
    """Return how the form was changed since an earlier round, None where it wasn't, or isn't known of both.

    The library, in whichever form, says what the clauses are called that were left out.
    """
    if before is None or not before.form or not after.form or before.form == after.form:
        return None
    now = {kept.clause for kept in after.kept}
    out = (_left_out(kept.clause, library, after.form) for kept in before.kept if kept.clause not in now)
    return FormChange(before.form, after.form, tuple(out))


def _left_out(name: str, library: Library, form: str) -> LeftOut:
    """Return a clause that was left out; it concedes nothing where the form has it and the answers took it away."""
    if absent := library.elsewhere.get(name):
        return LeftOut(name, absent.title, "" if form in absent.forms else absent.left_out)
    clause = library.clauses.get(name)
    if clause is None:
        return LeftOut(name, name)
    return LeftOut(
        name, library.named(clause.title), "" if form == library.form.id else " ".join(clause.left_out.split())
    )


def changed_texts(before: Round, after: Round) -> tuple[tuple[str, str], ...]:
    """Return each source that differs between two rounds, by its citation, and how; of old rounds, only the policy."""
    if not before.sources or not after.sources:
        changed = bool(before.policy and after.policy and before.policy != after.policy)
        return tuple((one.citation, CHANGED) for one in (*after.sources, *before.sources)[:1] if changed)
    was, now = ({one.name: one for one in made.sources} for made in (before, after))
    found = [
        (one.citation, CHANGED if name in was else ADDED)
        for name, one in now.items()
        if name not in was or was[name].fingerprint != one.fingerprint
    ]
    return (*found, *((one.citation, REMOVED) for name, one in was.items() if name not in now))


CHANGED, ADDED, REMOVED = "changed", "added", "removed"  # what a source was since another round


def rank(position: str) -> int:
    """Return how much a position gives away: 0 for the best, more than any other for an unknown one."""
    from drafter.reading.library import RANK  # most rounds are read without the library

    return RANK.get(position, len(RANK))
