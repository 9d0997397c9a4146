"""Lays out a contract, or any Word file, as a PDF by LibreOffice.

Only a layout engine knows pages. So a contract is laid out once, the pages of its headings are read from that PDF, and
it is written and laid out again with them in its table of contents, until the pages no longer move.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.base import system
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Contract, targets
from drafter.pdf import paper
from drafter.pdf.paper import Sheet
from drafter.word import writer

if TYPE_CHECKING:
    from drafter.pdf.finishing.finish import Finished

TIMEOUT = 120.0  # seconds for the layout of one file; thirty pages take about five
PATIENCE = 10.0  # seconds in which Windows ends a layout that takes too long
UTC = {"TZ": "UTC"}  # or a PDF would tell the time zone of who made it
# The second has the pages; a third is needed only when they made a table of contents longer, and then a fourth by what
# counts the pages of others.
LAYOUTS = 4
MADE = "what is laid out"  # the name of the only one
OPTIONS = {
    "ExportBookmarks": True,  # the PDF's outline: the headings
    "ExportBookmarksToPDFDestination": True,  # each bookmark of the Word file, by which the pages are found
    "UseTaggedPDF": True,
    "ExportFormFields": False,
    # No signs for comments, since only a screen shows their words. (ExportNotesInMargin, which would print them, has no
    # effect in LibreOffice 7.4 without a window.)
    "ExportNotes": False,
}
# Words whose looks changed are as `preparing.marks` draws them: LibreOffice adds no look and no colour of its own, only
# a bar beside their lines. The colour is what the program's own settings call "[None]".
NO_LOOK, NO_COLOUR = 0, 0x80FFFFFF - (1 << 32)
# A page for a browser is read as a document: as a page of the web its first heading has no tag.
_READ_AS = {".html": ["--infilter=HTML (StarWriter)"]}
_DISPLAY = "/org.openoffice.Office.Writer/Revision/TextDisplay/ChangedAttribute"
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{_DISPLAY}"><prop oor:name="Attribute" oor:op="fuse"><value>{NO_LOOK}</value></prop></item>
<item oor:path="{_DISPLAY}"><prop oor:name="Color" oor:op="fuse"><value>{NO_COLOUR}</value></prop></item>
</oor:items>
"""


_RUNNING: set[subprocess.Popen[bytes]] = set()  # that were started here and haven't ended
_STARTING = threading.Event()

Written = Callable[[Mapping[str, bytes]], Sheet]  # writes a document from what is laid out so far, by name


def to_pdf(contract: Contract, template: Path) -> bytes:
    """Write a contract with a template and lay it out. DraftingError when LibreOffice is missing or fails."""
    return settled({MADE: paged(contract, template, MADE)})[MADE].written()


def converted(document: bytes) -> bytes:
    """Lay a Word file out as it is. DraftingError when LibreOffice is missing or fails."""
    return printed(Sheet(document))


def printed(sheet: Sheet) -> bytes:
    """Lay a redline out for paper: changes that differ even in grey, and no signs for comments; they are said in words.

    DraftingError when LibreOffice is missing or fails.
    """
    return settled({MADE: lambda _: sheet})[MADE].written()


def settled(documents: Mapping[str, Written]) -> dict[str, Finished]:
    """Lay documents out together, each again as long as what is laid out changes its words, and finish them.

    Each is first written when nothing is laid out. DraftingError when LibreOffice is missing or fails.
    """
    from drafter.pdf.finishing import finish  # loads pypdf, as nothing does that lays nothing out

    program = _program()
    sheets: dict[str, Sheet] = {}
    laid: dict[str, bytes] = {}
    with _scratch(program) as folder:
        for _ in range(LAYOUTS):
            written = {name: write(laid) for name, write in documents.items()}
            others = {name: sheet.document for name, sheet in written.items() if sheet != sheets.get(name)}
            if not others:
                break
            laid |= zip(others, _at_once(program, list(others.values()), folder, OPTIONS), strict=True)
            sheets = written
    return {name: finish.settled(laid[name], sheet.changes) for name, sheet in sheets.items()}


def paged(contract: Contract, template: Path, name: str) -> Written:
    """Return what writes a contract with the pages that it has as it is laid out, by its name."""

    @functools.cache
    def written(pages: frozenset[tuple[str, int]]) -> Sheet:
        return Sheet(paper.together(writer.write(contract, template, dict(pages))))

    return lambda laid: written(frozenset(_pages(laid[name], contract).items() if name in laid else ()))


def laid_out(documents: Sequence[bytes]) -> list[bytes]:
    """Lay Word files out at once, without tags. DraftingError when LibreOffice is missing or fails."""
    program = _program()
    with _scratch(program) as folder:
        return _at_once(program, documents, folder, {"UseTaggedPDF": False, "ExportBookmarks": False})


def page_converted(page: str) -> bytes:
    """Lay a page for a browser out as a PDF. DraftingError when LibreOffice is missing or fails."""
    from drafter.pdf.finishing import finish  # as above

    program = _program()
    with _scratch(program) as folder:
        place = folder / "page.html"
        place.write_text(page, "utf-8")
        _convert(program, [[place]], folder, OPTIONS)
        return finish.finished(_pdf(place).read_bytes())


def _program() -> str:
    found = next(filter(None, map(shutil.which, system.offices(sys.platform, os.environ))), None)
    if found is None:
        hint = "install LibreOffice (libreoffice.org, or your computer's package manager), or save as PDF from Word"
        message = "making a PDF needs LibreOffice, which isn't installed"
        raise DraftingError(Problem("no-libreoffice", Place("soffice"), message, hint))
    return found


@contextlib.contextmanager
def _scratch(program: str) -> Iterator[Path]:
    """Make a folder that the program can see; it is cleared afterwards, as far as nothing in it is held."""
    above = Path.home() if system.sees_only_home(program) else None
    folder = Path(tempfile.mkdtemp(prefix="drafter-", dir=above))
    try:
        yield folder
    finally:  # TemporaryDirectory of Python 3.11 calls itself without end when a file is held
        with contextlib.suppress(OSError):
            system.patiently(functools.partial(shutil.rmtree, folder), sys.platform)
        shutil.rmtree(folder, ignore_errors=True)


def _at_once(program: str, documents: Sequence[bytes], folder: Path, chosen: Mapping[str, bool]) -> list[bytes]:
    """Lay Word files out by two programs that work at the same time, each with about half of what there is to do."""
    places = [folder / f"{number}.docx" for number in range(len(documents))]
    piles: tuple[list[Path], ...] = ([], [])
    heavy = [0, 0]
    for document, place in sorted(zip(documents, places, strict=True), key=lambda pair: -len(pair[0])):
        place.write_bytes(document)
        lighter = heavy.index(min(heavy))
        piles[lighter].append(place)
        heavy[lighter] += len(document)
    _convert(program, [pile for pile in piles if pile], folder, chosen)
    return [_pdf(place).read_bytes() for place in places]


def _convert(program: str, piles: Sequence[Sequence[Path]], folder: Path, chosen: Mapping[str, bool]) -> None:
    """Lay piles of files out in a folder, each pile by a start of the program with a profile of its own."""
    targets = [_pdf(place) for pile in piles for place in pile]
    for target in targets:
        target.unlink(missing_ok=True)
    patience = TIMEOUT * len(targets)
    with contextlib.ExitStack() as running:
        commands = [_command(program, pile, folder, number, chosen) for number, pile in enumerate(piles)]
        processes = [running.enter_context(_started(command)) for command in commands]
        try:
            for process in processes:
                process.wait(patience)
        except subprocess.TimeoutExpired:
            raise _failed(f"LibreOffice hasn't finished after {patience:.0f} seconds") from None
    if not all(target.exists() for target in targets):
        raise _failed("LibreOffice made no PDF")


def _pdf(place: Path) -> Path:
    return place.with_suffix(".pdf")


def _command(program: str, pile: Sequence[Path], folder: Path, number: int, chosen: Mapping[str, bool]) -> list[str]:
    profile = folder / f"profile{number}"
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
    options = json.dumps({k: {"type": "boolean", "value": str(v).lower()} for k, v in chosen.items()})
    own = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *_READ_AS.get(pile[0].suffix, ())]
    kind = f"pdf:writer_pdf_Export:{options}"
    return [program, *own, "--convert-to", kind, "--outdir", str(folder), *map(str, pile)]


def _failed(message: str) -> DraftingError:
    hint = "close LibreOffice and try again, or open the Word file and save it as PDF"
    return DraftingError(Problem("libreoffice-failed", Place("soffice"), message, hint))


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program in its own process group; end whatever still runs of it afterwards."""
    quiet = subprocess.DEVNULL
    _STARTING.set()
    try:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=os.environ | UTC, start_new_session=True
        )
        _RUNNING.add(process)
    except OSError as error:
        raise _failed(f"LibreOffice can't be started: {error.strerror}") from None
    finally:
        _STARTING.clear()
    try:
        yield process
    finally:
        if process.poll() is None:
            _kill(process)
        process.wait()
        _RUNNING.discard(process)


def is_starting() -> bool:
    """Say whether a program is being started, which nothing knows to be there yet."""
    return _STARTING.is_set()


def end_all() -> None:
    """End every program that was started here and still runs."""
    for process in tuple(_RUNNING):
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if command := system.tree_killer(sys.platform, os.environ, process.pid):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603
    elif hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _pages(made: bytes, contract: Contract) -> dict[str, int]:
    """Return the page of each reference target, counted from 1."""
    from pypdf import PdfReader  # slow to import

    reader = PdfReader(io.BytesIO(made))
    # LibreOffice 7 writes a bookmark's name with its underscores as 5F; in ours, hexadecimal is in lower case.
    places = {name.lstrip("/").replace("5F", "_"): place for name, place in reader.named_destinations.items()}
    pages = {target: places.get(writer.target_mark(target)) for target in targets(contract)}
    numbers = {target: reader.get_destination_page_number(place) for target, place in pages.items() if place}
    return {target: number + 1 for target, number in numbers.items() if number is not None and number >= 0}
