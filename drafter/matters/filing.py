"""A matter's folder: which file is where, and a lock so that one process at a time changes it.

Every change happens in one moment, when a finished file or folder is moved into place. What a process leaves behind
that was stopped before that moment is removed by the next one.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import acting, characters, disk
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.matters import belonging

if TYPE_CHECKING:
    from drafter.matters.conversions import Conversion
    from drafter.matters.swaps import Swap

ANSWERS = "answers.yaml"
WORDING = "wording"  # the folder of a matter's own wordings
ROUNDS = "rounds"
SWAPS = "swaps.yaml"
DECISIONS = "decisions.yaml"  # what was answered to the other side's changes
FORMS = "forms.yaml"  # the record of its changes of form
REVIEWED = "reviewed.yaml"  # who has read the matter's own wordings
LOCK = ".drafter.lock"
HOLDER = ".drafter.held"  # who has the lock: not in the file of the lock, which whoever waits for it empties
MOST_NAMED = 200  # characters of that
WAIT = 5.0  # seconds that a command waits for another one to end
OLD = 3600.0  # seconds for which nothing is written
CHANGED_ALONE = (ANSWERS, SWAPS, FORMS, DECISIONS, belonging.FILE)  # files that no command changes without the lock


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder; one that can't be looked at isn't."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises at a name that is too long


def stop_at_no_folder(matter: Path) -> None:
    """Raise DraftingError where a matter isn't a folder: an answers file alone has no place for records."""
    if not is_folder(matter):
        what = "records are kept in a matter's folder, and this isn't a folder"
        raise DraftingError(
            Problem("missing-file", Place(str(matter)), what, "name the folder that holds the answers file")
        )


def answers_path(matter: Path) -> Path:
    """Return the answers file of a matter: the file itself, or answers.yaml in the folder."""
    return matter / ANSWERS if is_folder(matter) else matter


def reviewed(matter: Path) -> Path:
    """Return the file of who has read a matter's own wordings."""
    return matter / REVIEWED


def matter_of(answers: str) -> str:
    """Return what a command calls the matter of an answers file: its folder, or the file where it has another name."""
    path = Path(answers)
    return str(path.parent) if path.name == ANSWERS else answers


def stop_at_unwritable(paths: Iterable[Path], inside: Path | None = None) -> None:
    """Raise DraftingError where a path must not be written: among recorded rounds, or out of a matter by a link.

    `inside` is the folder of the matter for what a command writes there unasked; without it the user named the path,
    and a link in it is meant.
    """
    home = None if inside is None else os.path.realpath(inside)
    for path in paths:
        real = Path(os.path.realpath(path))
        if home is not None and not real.is_relative_to(home):
            what, hint = "this link leads out of the matter, and what it leads to would be changed", "remove the link"
            raise DraftingError(Problem("link-out", Place(str(path)), what, hint))
        if any(_is_of_rounds(folder) for folder in (real, *real.parents)):
            what, hint = "a recorded round never changes, and nothing else is written among them", "give another place"
            raise DraftingError(Problem("unwritable-file", Place(str(path)), what, hint))


def _is_of_rounds(folder: Path) -> bool:
    """Say whether a folder is that of a matter's rounds."""
    if folder.name.casefold() != ROUNDS:
        return False
    return any(map(os.path.lexists, (folder.parent / ANSWERS, folder / f"{ROUNDS}.sha256")))


def wordings(matter: Path) -> dict[str, Path]:
    """Return the files of a matter's own wordings by their names, a clause's first one before its second.

    DraftingError for links that lead out of the matter, since the words are sent to the other side.
    """
    folder = matter / WORDING
    found = folder.glob("*.md") if is_folder(folder) else ()
    paths = sorted(found, key=lambda path: (len(path.name), path.name))
    what = "this link leads out of the matter, and a wording is sent to the other side"
    hint = "copy the file into the folder"
    out = (path for path in paths if not path.resolve().is_relative_to(matter.resolve()))
    stop_at(Problem("link-out", Place(str(path)), what, hint) for path in out)
    return {path.name: path for path in paths}


def wording_name(clause: str, content: bytes, filed: Mapping[str, bytes]) -> str:
    """Return the file name for a clause's own wording: a new one, or that of the same words filed before.

    A filed wording is never overwritten, so one that was sent or undone can be chosen again.
    """
    number = 1
    while True:
        name = f"{clause}.md" if number == 1 else f"{clause}.{number}.md"
        if filed.get(name, content) == content:
            return name
        number += 1


def own_files(matter: Path) -> dict[str, bytes]:
    """Return the matter's own files that a round keeps: answers, records of swaps and of forms, own wordings."""
    kept = {name: matter / name for name in (ANSWERS, SWAPS, FORMS, DECISIONS) if os.path.lexists(matter / name)}
    kept |= {f"{WORDING}/{name}": path for name, path in wordings(matter).items()}
    return {name: disk.read_text(path, str(path)).encode() for name, path in kept.items()}


def reminders(matter: Path) -> Iterator[Problem]:
    """Find what the record of swaps and the own wordings hold that a reader may take for something else."""
    records = (path for path in (matter / SWAPS, matter / FORMS) if os.path.lexists(path))
    for path in (*records, *wordings(matter).values()):
        yield from characters.reminders_in(disk.read_text(path, str(path)), str(path))


def recorded(matter: Path) -> tuple[Swap, ...]:
    """Read the record of a matter's swaps; none where there is no folder or no record."""
    path = matter / SWAPS
    if not os.path.lexists(path):
        return ()
    from drafter.matters import swaps  # slow to import, and a new matter has none

    return swaps.parse(disk.read_text(path, str(path)), str(path))


def converted(matter: Path) -> tuple[Conversion, ...]:
    """Read the record of a matter's changes of form; none where there is no folder or no record."""
    path = matter / FORMS
    if not os.path.lexists(path):
        return ()
    from drafter.matters import conversions  # as above

    return conversions.parse(disk.read_text(path, str(path)), str(path))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Lock a matter's folder while it is changed.

    DraftingError, which says who has it, when it stays locked for longer than WAIT, or what this door waits.
    """
    from filelock import FileLock, Timeout

    if not is_folder(folder):  # whoever reads it reports what is missing; a lock would create the folder
        yield
        return
    written = (ANSWERS, SWAPS, FORMS, DECISIONS, REVIEWED, WORDING, LOCK, HOLDER, belonging.FILE)
    stop_at_unwritable((folder / name for name in written), folder)
    try:
        with FileLock(folder / LOCK, timeout=acting.PATIENCE.get() or WAIT):
            try:
                _clear(folder)
                _say_who(folder)
                yield
            finally:  # while it is locked: whoever waits for a deleted file asks for a new one
                for name in (HOLDER, LOCK):
                    with suppress(OSError):
                        (folder / name).unlink()
    except Timeout:
        what = f"{_who(folder) or 'another command'} is changing this matter"
        hint = "wait for it to finish, and try again; nothing was changed"
        raise DraftingError(Problem("matter-in-use", Place(str(folder)), what, hint)) from None
    except (OSError, NotImplementedError) as error:
        what = f"the folder can't be locked: {getattr(error, 'strerror', None) or error}"
        place = getattr(error, "filename", None) or folder
        raise DraftingError(Problem("unwritable-file", Place(str(place)), what)) from None


def _say_who(folder: Path) -> None:
    """Write who has the lock, for whoever waits; where nobody has said who acts, or it can't be written, they wait."""
    if who := acting.named():
        with suppress(OSError):
            (folder / HOLDER).write_text(who, encoding="utf-8")


def _who(folder: Path) -> str:
    """Return who has the lock, as it says; empty where it doesn't."""
    try:
        said = (folder / HOLDER).read_text(encoding="utf-8", errors="replace")[:MOST_NAMED]
    except OSError:
        return ""
    return characters.shown(" ".join(said.split()))


def _clear(folder: Path) -> None:
    """Remove what a stopped process left of a change that did not happen.

    Drafts and packets are written without the lock, so what another process may still be writing stays.
    """
    left = [path for name in CHANGED_ALONE for path in folder.glob(f"{disk.scratch_prefix(name)}*")]
    left += filter(_is_old, folder.glob(f"{disk.SCRATCH}*"))
    inside = (folder / name for name in (WORDING, ROUNDS))
    left += [path for place in inside if is_folder(place) for path in place.glob(f"{disk.SCRATCH}*")]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime > OLD
    except OSError:  # it has just been moved into place
        return False


def filed_wording(matter: Path, clause: str, wording: Path) -> str:
    """Return the name under which a file will be filed as a clause's own wording. DraftingError if it can't be read."""
    content = disk.read_text(wording, str(wording)).encode()
    return wording_name(clause, content, {name: path.read_bytes() for name, path in wordings(matter).items()})
