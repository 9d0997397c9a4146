"""Holds the rounds of a matter from outside them: a list beside them, and in matter.yaml which round is the last.

One rule: what is missing or was rewritten is a problem, and what an interrupted recording can leave is a reminder. A
round is written first, then the list, then matter.yaml, so that a process that ends in between leaves them behind the
rounds and never ahead of them; the next round brings them up to date.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from drafter.base import disk, english, manifest
from drafter.base.problems import DraftingError, Place, Problem, short
from drafter.matters import belonging
from drafter.matters.belonging import LastRound

NAME = re.compile(r"([0-9]{2,6})-(to|from)-([a-z0-9]+(?:-[a-z0-9]+)*)")  # of a round's folder
FILE = "rounds.sha256"
_RESTORE = "a recorded round is the proof of what was sent; restore the recorded copy"


def write(folder: Path, paths: Sequence[Path], on: date) -> None:
    """Write the list of the rounds at these paths, and record in matter.yaml that the last of them, of a day, is.

    DraftingError where one of the two can't be written; then it lacks the last round.
    """
    disk.write_atomically(folder / FILE, _text(paths).encode())
    last = paths[-1]
    belonging.record_last(
        folder.parent, LastRound(last_round=last.name, last_round_day=on, last_round_hash=manifest.hash_of(last))
    )


def differences(folder: Path, paths: Sequence[Path]) -> Iterator[Problem]:
    """Find where the rounds at these paths, in their order, differ from the list of rounds and from matter.yaml.

    Reminders where an interrupted recording may be the reason. DraftingError where a file can't be read.
    """
    listed = list(_against_list(folder, paths))
    yield from listed
    said = {problem.place for problem in listed if problem.level == "reminder"}
    yield from (one for one in _against_last(folder, paths) if one.level != "reminder" or one.place not in said)


def changed(path: Path, what: str, hint: str = _RESTORE) -> Problem:
    """Return the problem that something recorded is not as it was."""
    return Problem("round-changed", Place(str(path)), what, hint)


# -- the list -----------------------------------------------------------------------------------


def _text(paths: Iterable[Path]) -> str:
    """Return a line for each round: the hash of its manifest. `sha256sum -c` reads it."""
    return "".join(f"{manifest.hash_of(path)}  {path.name}/{manifest.FILE}\n" for path in paths)


def _listed(folder: Path) -> dict[str, str] | None:
    """Read the hash of each round's manifest, by the round's name; None where there is no list. DraftingError."""
    path = folder / FILE
    if not os.path.lexists(path):
        return None
    try:
        text = disk.read_bytes(path).decode()
    except (OSError, UnicodeError):
        raise DraftingError(changed(path, "it can't be read")) from None
    found = re.findall(rf"^([0-9a-f]{{64}})  ([^/\n]+)/{manifest.FILE}$", text, re.MULTILINE)
    if "".join(f"{digest}  {name}/{manifest.FILE}\n" for digest, name in found) != text:
        raise DraftingError(changed(path, "this isn't the list that was recorded"))
    return {name: digest for digest, name in found}


def _against_list(folder: Path, paths: Sequence[Path]) -> Iterator[Problem]:
    listed = _listed(folder)
    if listed is None:
        yield from _without_list(folder, paths)
        return
    names = [path.name for path in paths]
    for name in listed:
        if name not in names:
            yield changed(folder / name, f"this round is listed in {FILE} and missing")
    for path in paths:
        if path.name not in listed:
            what = f"this round is not listed in {FILE}"
            interrupted = path == paths[-1]
            yield (
                _behind(path, f"{what}: its recording was interrupted, or the list was changed")
                if interrupted
                else changed(path, what)
            )
        elif listed[path.name] != manifest.hash_of(path):
            yield changed(path, f"this isn't the round that {FILE} lists")


def _without_list(folder: Path, paths: Sequence[Path]) -> Iterator[Problem]:
    """Remind of a list that is missing beside one round; it was there before a second one was recorded."""
    if len(paths) > 1:
        hint = f"restore it; or, if no round is missing, make it again there: sha256sum */{manifest.FILE} > {FILE}"
        yield changed(folder / FILE, "the list of the rounds is missing", hint)
    elif paths:
        what = "there is no list of the rounds: the recording of the first was interrupted, or the list was deleted"
        yield _behind(folder / FILE, what)


def _behind(path: Path, what: str) -> Problem:
    hint = "the next 'drafter send' or 'drafter receive' lists it"
    return Problem("unlisted-round", Place(str(path)), what, hint, "reminder")


# -- the last round -----------------------------------------------------------------------------


def _against_last(folder: Path, paths: Sequence[Path]) -> Iterator[Problem]:
    """Find whether the round that matter.yaml records as the last is there; later ones may have been added since."""
    last = belonging.last_round(folder.parent)
    if last is None:
        return
    if not NAME.fullmatch(last.last_round):
        what = f"'last_round' is '{short(last.last_round)}', which is no round"
        yield changed(folder.parent / belonging.FILE, what, _LOST)
        return
    here = next((path for path in paths if path.name == last.last_round), None)
    if here is None:
        yield changed(folder / last.last_round, _missing(folder, paths, last), _LOST)
    elif manifest.hash_of(here) != last.last_round_hash:
        yield changed(here, f"this isn't the round that {belonging.FILE} records")
    elif here != paths[-1]:
        what = f"{belonging.FILE} doesn't record this round: its recording was interrupted"
        yield Problem("unlisted-round", Place(str(paths[-1])), what, "the next round is recorded there", "reminder")


def _missing(folder: Path, paths: Sequence[Path], last: LastRound) -> str:
    number, _, party = last.last_round.partition("-")
    first = len(paths) + 1
    one = first >= int(number)
    which, comma = (f"round {int(number)}", "") if one else (f"rounds {first} to {int(number)}, the last", ",")
    be = "is" if one else "are"
    gone = "" if folder.is_dir() else ", with the whole folder of rounds"
    day = english.long_date(last.last_round_day)
    return f"{which} ({party.replace('-', ' ', 1)}, {day}){comma} {be} recorded in {belonging.FILE} and missing{gone}"


_LOST = (
    f"restore the recorded copy; in a copy of the matter for another negotiation, delete the lines 'last_round...' of "
    f"{belonging.FILE}"
)
