"""The recorded rounds of a matter: what was sent or came back, on which day, and that none of it changed since.

One rule: a recorded round never changes. It is a folder that is moved into place whole; its manifest has the hash of
every file in it, in the form that `sha256sum -c` reads, and the next round has the hash of the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from drafter import contract, source
from drafter.contract import Contract
from drafter.source import DraftingError, Problem, Source

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MANIFEST = "manifest.sha256"
FACTS = "round.json"
CONTRACT = "contract.json"
OUTGOING = "outgoing"  # the folder of what leaves the house
INCOMING = "incoming"
NAME = re.compile(r"(\d{2,4})-(to|from)-([a-z0-9]+(?:-[a-z0-9]+)*)")
PARTY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LARGEST = 100_000_000  # bytes of a file in a round


@dataclass(frozen=True, slots=True)
class Kept:
    """The alternative that a clause had in a round; `because` is the negotiator's reason, where one was given."""

    clause: str
    alternative: str
    position: str
    concedes: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One exchange with a party. A round that came from one has only the name of the file that came.

    `library` is the fingerprint of the clause library, `previous` the hash of the last round's manifest, `since` the
    number of the round that the party saw last (0: none), `changed` the sections that changed since then, and
    `statuses` says of each requirement, by its id, how it stood.
    """

    number: int
    direction: Literal["to", "from"]
    party: str
    on: date
    previous: str = ""
    file: str = ""
    library: str = ""
    status: str = ""
    since: int = 0
    changed: tuple[str, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    deviations: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the round's folder."""
        return f"{self.number:02}-{self.direction}-{self.party}"


# -- what a round holds -------------------------------------------------------------------------


def manifest(files: Mapping[str, bytes]) -> str:
    """Return a line for each file, in the order of the names: its SHA-256 hash and its name."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files and their manifest."""
    return {**files, MANIFEST: manifest(files).encode()}


def to_json(made: Round) -> str:
    """Return a round's facts as JSON."""
    return json.dumps(_json().dump_python(made, mode="json"), indent=1, ensure_ascii=False) + "\n"


@cache
def _json() -> TypeAdapter[Round]:
    from pydantic import TypeAdapter  # slow to import, and only needed here

    return TypeAdapter(Round)


# -- recording ----------------------------------------------------------------------------------


def record(folder: Path, made: Round, files: Mapping[str, bytes]) -> Path:
    """Write a round into the folder of rounds, whole or not at all, and return its path. DraftingError otherwise."""
    place = folder / made.name
    scratch = ""
    try:
        folder.mkdir(exist_ok=True)
        scratch = tempfile.mkdtemp(dir=folder, prefix=source.scratch_prefix(made.name))
        for name, content in with_manifest({**files, FACTS: to_json(made).encode()}).items():
            path = Path(scratch) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            source.write_through(path, content)
        Path(scratch).chmod(0o755)
        Path(scratch).rename(place)
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True) if scratch else None
        what = f"the round can't be recorded: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Source(str(place)), what)) from None
    return place


# -- reading ------------------------------------------------------------------------------------


def is_round(path: Path) -> bool:
    """Say whether a path is the folder of a recorded round."""
    return os.path.isdir(path) and NAME.fullmatch(path.name) is not None and os.path.lexists(path / MANIFEST)  # noqa: PTH112


def read_all(folder: Path) -> tuple[Round, ...]:
    """Read the rounds of a matter in their order. DraftingError with everything that is not as it was recorded."""
    paths = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name)) if folder.is_dir() else []
    found: list[Round] = []
    problems: list[Problem] = []
    previous: str | None = ""  # of a round that is not as it was recorded, the next one is not asked
    for number, path in enumerate(paths, 1):
        if int(path.name.partition("-")[0]) != number:
            what = f"round {number} of the rounds recorded is not there, or is there twice"
            problems.append(_changed(path, what))
            break
        wrong = list(_problems(path))
        if not wrong:
            found.append(_facts(path))
            if previous is not None and found[-1].previous != previous:
                wrong.append(_changed(path, "it was recorded after another round than the one that is there before it"))
        problems += wrong
        previous = None if wrong else hash_of(path)
    source.stop_at(problems)
    return tuple(found)


def read(path: Path) -> tuple[Round, Contract | None]:
    """Read one round and its contract, none where it is one that came. DraftingError if it is not as recorded."""
    source.stop_at(_problems(path))
    made = _facts(path)
    if made.direction == "from":
        return made, None
    return made, contract.from_json((path / CONTRACT).read_text("utf-8"))


def hash_of(path: Path) -> str:
    """Return the hash of a round's manifest, which the next round keeps; empty where there is none."""
    try:
        return hashlib.sha256((path / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def _facts(path: Path) -> Round:
    try:
        made = _json().validate_json((path / FACTS).read_bytes())
    except (OSError, ValueError):
        raise DraftingError(_changed(path / FACTS, "it can't be read")) from None
    if made.name != path.name:
        raise DraftingError(_changed(path, f"the folder was recorded as {made.name}"))
    return made


def _problems(path: Path) -> Iterator[Problem]:
    """Find what is not as it was recorded: a changed byte, a file that is gone, or one that was added."""
    try:
        text = (path / MANIFEST).read_bytes().decode()
    except (OSError, UnicodeError):
        yield _changed(path / MANIFEST, "it can't be read")
        return
    listed = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (.+)$", text, re.MULTILINE)}
    there = {p.relative_to(path).as_posix(): p for p in sorted(path.rglob("*")) if p.is_symlink() or not p.is_dir()}
    there.pop(MANIFEST, None)
    wrong = False
    for name in sorted({*listed, *there}):
        what = _difference(there.get(name), listed.get(name))
        if what:
            wrong = True
            yield _changed(path / name, what)
    again = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))
    if not wrong and again != text:
        yield _changed(path / MANIFEST, "it is not as it was recorded")


def _difference(path: Path | None, recorded: str | None) -> str:
    """Say in words how a file is not as it was recorded; empty where it is."""
    if path is None:
        return "it is gone"
    if recorded is None:
        return "it was not there when the round was recorded"
    if path.is_symlink() or not path.is_file():
        return "it is no longer a file"
    try:
        if path.stat().st_size > LARGEST:
            return "it is not as it was recorded"
        return "" if hashlib.sha256(path.read_bytes()).hexdigest() == recorded else "it is not as it was recorded"
    except OSError as error:
        return f"it can't be read: {error.strerror}"


def _changed(path: Path, what: str) -> Problem:
    hint = "a recorded round is the proof of what was sent; put back the copy that was recorded"
    return Problem("round-changed", Source(str(path)), what, hint)


# -- the negotiation ----------------------------------------------------------------------------

ORDER = ("preferred", "acceptable", "fallback", "non-standard")  # the positions, best first


def last_sent(rounds: tuple[Round, ...], party: str) -> Round | None:
    """Return the last round that a party saw from us."""
    return next((r for r in reversed(rounds) if r.direction == "to" and r.party == party), None)


def conceded(before: Round | None, after: Round) -> tuple[Kept, ...]:
    """Return the clauses that came down since a round; where there is none, those that are not in the best position."""
    was = {kept.clause: kept.position for kept in before.kept} if before else {}
    return tuple(k for k in after.kept if rank(k.position) > rank(was.get(k.clause, ORDER[0])))


def won_back(before: Round | None, after: Round) -> tuple[Kept, ...]:
    """Return the clauses that went up from one round to another."""
    was = {kept.clause: kept.position for kept in before.kept} if before else {}
    return tuple(k for k in after.kept if k.clause in was and rank(k.position) < rank(was[k.clause]))


def rank(position: str) -> int:
    """Return how far down a position is: 0 for the best."""
    return ORDER.index(position) if position in ORDER else len(ORDER)
