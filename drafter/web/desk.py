"""What a desk knows while it runs: its folder, its secrets, and of each matter what was read last.

One rule: whatever is kept here may be thrown away at any time; a matter is what its folder says.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import date
from functools import cached_property
from pathlib import Path

from drafter.acts import interviewing
from drafter.asking import interview
from drafter.asking.interview import Interview
from drafter.asking.pages import Notice
from drafter.asking.saving import Store
from drafter.base.problems import DraftingError
from drafter.contract import Contract
from drafter.drafting import assembly, draft
from drafter.drafting.draft import Draft
from drafter.matters import filing, matter
from drafter.matters.editing.answer_lines import Written
from drafter.matters.matter import Matter
from drafter.reading.library import Library
from drafter.values import dataclass
from drafter.web import folder
from drafter.web.asked import NotThereError
from drafter.web.guard import Keys
from drafter.web.jobs import Jobs

LOOKS = 1.0  # seconds between looks at the files of a library
MOST_NOTED = 200  # reports that are kept, so that a page can be loaded again
Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What one change of a matter did, in words, with the sections of the contract that read otherwise since."""

    notices: tuple[Notice, ...] = ()
    sections: tuple[str, ...] = ()
    ours: bool = False  # the words are for our own side: they say what was given up, or why
    whole: bool = False  # every line of it is to be read, and none is folded away


@dataclass(frozen=True, slots=True)
class Undoable:
    """A change that was made on this desk: what it is in words, and what takes it back."""

    what: str
    undo: Callable[[], tuple[Notice, ...]]
    ours: bool = False  # what is told of taking it back is for our own side
    number: int = field(default_factory=itertools.count(1).__next__)  # by which a page names it


class Known:
    """A matter as it was read: what is asked and answered, and what is made of that when it is needed."""

    def __init__(self, place: Path, read: Matter, here: Interview) -> None:
        """Keep a matter and its interview, which are of the same files."""
        self.place, self.matter, self.here = place, read, here
        self.documents: dict[tuple[object, ...], bytes] = {}  # its contract as a Word file, by how it was written

    @property
    def library(self) -> Library:
        """Return the library, with the matter's own wordings."""
        return self.here.library

    @cached_property
    def contract(self) -> Contract | None:
        """Return the contract as the answers make it; None where they make none."""
        if self.here.selection is None:
            return None
        try:
            return assembly.assemble(self.here.selection)
        except DraftingError:
            return None

    @cached_property
    def drafted(self) -> Draft:
        """Return the matter drafted, with what it covers. DraftingError where no contract can be made."""
        return draft.draft(self.matter)


@dataclass(slots=True)
class Shelf:
    """What is kept of one matter: as it was read last, what was reported, and what can be taken back."""

    stamp: tuple[Stamp, Stamp] = ((), ())
    known: Known | None = None
    last_good: Contract | None = None
    noted: deque[tuple[int, Note]] = field(default_factory=lambda: deque(maxlen=MOST_NOTED))
    undoable: list[Undoable] = field(default_factory=list)
    last_time: Mapping[str, Written] = field(default_factory=dict)  # another contract's answers, which are asked again
    lock: threading.Lock = field(default_factory=threading.Lock)
    undoing: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0

    @property
    def last(self) -> Undoable | None:
        """Return what would be taken back; another thread may take it back meanwhile."""
        return next(iter(self.undoable[-1:]), None)


class Desk:
    """The matters of a folder, and what is kept of them."""

    def __init__(
        self, place: Path, library: Path | None = None, *, keys: Keys | None = None,
        today: Callable[[], date] = date.today, close: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Serve a folder; `library` is the folder of a library other than those that the matters belong to."""
        self.place, self.library, self.keys = place, library, keys or Keys()
        self.today, self.close = today, close
        self.jobs = Jobs()
        self._shelves: dict[str, Shelf] = {}
        self._libraries: dict[str, tuple[float, Stamp]] = {}

    def closed(self) -> None:
        """Do what is to be done when the desk is closed: jobs are stopped, and what was kept for them is removed."""
        self.jobs.end()

    def shelf(self, name: str) -> Shelf:
        """Return what is kept of a matter."""
        return self._shelves.setdefault(name, Shelf())

    def where(self, name: str) -> Path:
        """Return the folder of a matter. NotThereError where there is none of this name."""
        return folder.matter(self.place, name)

    def read(self, name: str) -> Known:
        """Return a matter as its files have it now.

        NotThereError where there is none; DraftingError where a file is wrong.
        """
        place, shelf = self.where(name), self.shelf(name)
        with shelf.lock:
            if shelf.known is None or shelf.stamp != self._stamp(place, shelf.known.library):
                files = _stamp(_files(place))  # before they are read: whatever is changed meanwhile is read again
                read = matter.open(place, self.library)
                here = interview.begin(read.library, read.text, str(read.path))
                shelf.known, shelf.stamp = Known(place, read, here), (files, self._stamp(place, read.library)[1])
            if shelf.known.contract is not None:
                shelf.last_good = shelf.known.contract
            return shelf.known

    def went_on(self, name: str, here: Interview) -> Known:
        """Keep a matter as an interview has just saved it, so that it isn't read once more; return it."""
        shelf = self.shelf(name)
        with shelf.lock:
            before = shelf.known
            if before is None or before.here.library is not here.library:
                shelf.known = None
            else:
                read = Matter(before.place, here.text, before.matter.swaps, before.library, before.matter.reminders)
                shelf.known, shelf.stamp = Known(before.place, read, here), self._stamp(before.place, read.library)
        return self.read(name)

    def is_known(self, name: str) -> bool:
        """Say whether a matter has been read."""
        return name in self._shelves and self._shelves[name].known is not None

    def look(self, most: int) -> None:
        """Read the matters that were changed last, so that the first page of each is quick."""
        with suppress(OSError):
            for one in folder.matters(self.place)[:most]:
                with suppress(DraftingError, NotThereError):
                    self.read(one.name)

    def note(self, name: str, note: Note) -> int:
        """Keep what a change did, to be shown on the page that is shown next; return its number."""
        shelf = self.shelf(name)
        with shelf.lock:
            shelf.count += 1
            shelf.noted.append((shelf.count, note))
            return shelf.count

    def noted(self, name: str, number: str) -> Note:
        """Return what a change did, by its number; nothing where it is not known any more."""
        return next((note for count, note in self.shelf(name).noted if str(count) == number), Note())

    def store(self, name: str) -> Store:
        """Return where the answers of a matter are kept."""
        return interviewing.store(self.where(name), self.library)

    def _stamp(self, place: Path, library: Library) -> tuple[Stamp, Stamp]:
        """Return what tells whether the files of a matter are the same as before, and those of its library.

        Those of the library are looked at once a second.
        """
        looked, found = self._libraries.get(library.path, (0.0, ()))
        if time.monotonic() - looked > LOOKS:
            looked, found = time.monotonic(), _stamp(_library_files(library))
            self._libraries[library.path] = looked, found
        return _stamp(_files(place)), found


def _files(place: Path) -> Iterator[Path]:
    """Yield the files that a matter is read from."""
    yield from (place / name for name in (*filing.CHANGED_ALONE, filing.REVIEWED))
    if filing.is_folder(place / filing.WORDING):
        yield from sorted((place / filing.WORDING).iterdir())


def _library_files(library: Library) -> Iterator[Path]:
    return (path for path in sorted(library.folder.rglob("*")) if path.suffix in (".md", ".yaml"))


def _stamp(paths: Iterator[Path]) -> Stamp:
    """Return what tells whether files are the same as before."""
    return tuple(_of_file(path) for path in paths)


def _of_file(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, 0
    return str(path), found.st_ino, found.st_mtime_ns, found.st_size
