"""A matter: what the folder of one negotiation says, with the library that its contract is drafted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import answers, belonging, filing
from drafter.reading.library import Library, typed_reference
from drafter.reading.opening import load_library
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.matters.swaps import Swap


@dataclass(frozen=True, slots=True)
class Matter:
    """The text of a matter's answers file, its record of swaps, and its library with the matter's own wordings.

    `reminders` are what its files hold, beyond the answers, that a reader may take for something else.
    `place` is the matter's folder, or the answers file where it has none. Its recorded rounds are not in it: they are
    verified each time that they are read, and most of what is done with a matter does not rest on them.
    """

    place: Path
    text: str
    swaps: tuple[Swap, ...]
    library: Library
    reminders: tuple[Problem, ...] = ()

    @property
    def path(self) -> Path:
        """Return the path of the answers file."""
        return filing.answers_path(self.place)

    @property
    def name(self) -> str:
        """Return what messages call the answers file."""
        return str(self.path)


def open(place: Path, library: Library | Path | None = None) -> Matter:  # noqa: A001  # `drafter.open`, as `gzip.open`
    """Read a matter from its folder, or from an answers file.

    `library` is a library or its folder; without it, the one that the matter belongs to, else the shipped one.
    DraftingError where a file of the matter can't be read, or it belongs to another library.
    """
    path = filing.answers_path(place)
    text = disk.read_text(path, str(path))
    made = with_own_wordings(library_of(place, library, answers.form_of(text)), place)
    return Matter(place, text, filing.recorded(place), made, (*filing.reminders(place), *_typed(made)))


def _typed(library: Library) -> Iterator[Problem]:
    """Remind of references in the matter's own wordings that are typed, so that they stay when the numbers change."""
    own = [a for clause in library.clauses.values() for a in clause.alternatives if a.is_own]
    if own:
        from drafter.reading.prose import typed  # most matters have no own wordings

        for alternative in own:
            for words, line in typed.by_line(alternative.text):
                yield typed_reference(words, Place(alternative.place.path, line), "reminder")


def library_of(place: Path, library: Library | Path | None = None, form: str | None = "") -> Library:
    """Return the library of a matter: the one given, else the one it belongs to, else the shipped one.

    Of several forms of the contract, it is the one of `form`, as `load_library` takes it. DraftingError where the
    library can't be loaded, or the matter belongs to another one.
    """
    recorded = belonging.read(place)
    folder = None if isinstance(library, Library) else library or belonging.recorded_library(recorded, place)
    loaded = library if isinstance(library, Library) else load_library(folder, form)
    problem = belonging.mismatch(recorded, loaded, place) if recorded else _moved(place, loaded)
    if problem is not None:
        raise DraftingError(problem)
    return loaded


def _moved(place: Path, loaded: Library) -> Problem | None:
    if not filing.is_folder(place / filing.ROUNDS):
        return None
    from drafter.matters import rounds  # slow to import, and most matters record what they belong to

    return rounds.moved(place, loaded)


def form_said(place: Path) -> str:
    """Return the form that a matter's answers say, empty where they say none. DraftingError if they can't be read."""
    path = filing.answers_path(place)
    return answers.form_of(disk.read_text(path, str(path)))


def chosen_in(place: Path, library: Library) -> Mapping[str, str]:
    """Return the alternatives that a matter's answers choose, by clause. DraftingError."""
    return answers.load(filing.answers_path(place), library.questionnaire).chosen


def with_own_wordings(library: Library, place: Path) -> Library:
    """Return the library with the own wordings filed in a matter's folder and what was read there. DraftingError.

    Of several forms of the contract, a wording that this one can't use is kept for another.
    """
    files, record = filing.wordings(place), filing.reviewed(place)
    if filing.is_folder(place) and record.exists():
        from drafter.reading.reviewing import marks  # as below

        library = replace(library, own_reviewed=marks.load(record, str(record)))
    return _added(library, files, fitting=bool(library.forms)) if files else library


def with_wording(matter: Matter, name: str, file: Path) -> Matter:
    """Return the matter with an own wording as it will be once `file` is filed under `name`. DraftingError."""
    if name in filing.wordings(matter.place):
        return matter
    return replace(matter, library=_added(matter.library, {name: file}))


def _added(library: Library, files: Mapping[str, Path], *, fitting: bool = False) -> Library:
    from drafter.reading import own_wordings  # slow to import, and most matters have none

    return own_wordings.added_to(library, files, fitting=fitting)
