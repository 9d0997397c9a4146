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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pypdf import PdfReader

from drafter.base import system
from drafter.base.problems import DraftingError, Place, Problem
from drafter.contract import Contract, targets
from drafter.pdf import paper
from drafter.pdf.finishing import finish
from drafter.pdf.paper import Sheet
from drafter.word import writer

TIMEOUT = 120.0  # seconds for one layout; thirty pages take about five
PATIENCE = 10.0  # seconds in which Windows ends a layout that takes too long
UTC = {"TZ": "UTC"}  # or a PDF would tell the time zone of who made it
LAYOUTS = 3  # the second has the pages; a third is needed only when they made the contents longer
OPTIONS = {
    "ExportBookmarks": True,  # the PDF's outline: the headings
    "ExportBookmarksToPDFDestination": True,  # each bookmark of the Word file, by which the pages are found
    "UseTaggedPDF": True,
    "ExportFormFields": False,
}
# For paper: no signs for comments, since only a screen shows their words. (ExportNotesInMargin, which would print them,
# has no effect in LibreOffice 7.4 without a window.)
PRINTED = OPTIONS | {"ExportNotes": False}
# And dark colours for tracked changes instead of the author's, which are pale: an insertion is underlined, a deletion
# struck through. What moved is green, underlined or struck through twice, whatever the settings say.
INSERTED, DELETED = 0x00448C, 0x8B0000
_FILTERS = {".docx": "writer_pdf_Export", ".html": "writer_web_pdf_Export"}  # by what is laid out
_DISPLAY = "/org.openoffice.Office.Writer/Revision/TextDisplay/"
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{_DISPLAY}Insert"><prop oor:name="Color" oor:op="fuse"><value>{INSERTED}</value></prop></item>
<item oor:path="{_DISPLAY}Delete"><prop oor:name="Color" oor:op="fuse"><value>{DELETED}</value></prop></item>
</oor:items>
"""


def to_pdf(contract: Contract, template: Path) -> bytes:
    """Write a contract with a template and lay it out. DraftingError when LibreOffice is missing or fails."""
    program = _program()
    pages: Mapping[str, int] = {}
    made = b""
    with _scratch(program) as folder:
        for _ in range(LAYOUTS):
            made = _layout(program, paper.together(writer.write(contract, template, pages)), folder)
            found = _pages(made, contract)
            if found == pages:
                break
            pages = found
    return finish.finished(made)


def converted(document: bytes) -> bytes:
    """Lay a Word file out as it is. DraftingError when LibreOffice is missing or fails."""
    program = _program()
    with _scratch(program) as folder:
        return finish.finished(_layout(program, document, folder))


def printed(sheet: Sheet) -> bytes:
    """Lay a redline out for paper: changes that differ even in grey, and no signs for comments; they are said in words.

    DraftingError when LibreOffice is missing or fails.
    """
    program = _program()
    with _scratch(program) as folder:
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        return finish.finished(_layout(program, sheet.document, folder, PRINTED), sheet.changes)


def laid_out(documents: Sequence[bytes]) -> list[bytes]:
    """Lay Word files out by one start of LibreOffice, without tags. DraftingError when it is missing or fails."""
    program = _program()
    with _scratch(program) as folder:
        places = [folder / f"{number}.docx" for number in range(len(documents))]
        for place, document in zip(places, documents, strict=True):
            place.write_bytes(document)
        return _converted(program, places, folder, {"UseTaggedPDF": False, "ExportBookmarks": False})


def page_converted(page: str) -> bytes:
    """Lay a page for a browser out as a PDF. DraftingError when LibreOffice is missing or fails."""
    program = _program()
    with _scratch(program) as folder:
        return finish.finished(_layout(program, page.encode(), folder, OPTIONS, "html"))


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


def _layout(
    program: str, document: bytes, folder: Path, chosen: Mapping[str, bool] = OPTIONS, ending: str = "docx"
) -> bytes:
    place = folder / f"contract.{ending}"
    place.write_bytes(document)
    return _converted(program, [place], folder, chosen)[0]


def _converted(program: str, places: Sequence[Path], folder: Path, chosen: Mapping[str, bool]) -> list[bytes]:
    targets = [place.with_suffix(".pdf") for place in places]
    for target in targets:
        target.unlink(missing_ok=True)
    options = json.dumps({k: {"type": "boolean", "value": str(v).lower()} for k, v in chosen.items()})
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = f"pdf:{_FILTERS[places[0].suffix]}:{options}"
    command = [
        program,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        *map(str, places),
    ]
    with _started(command) as process:
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            raise _failed(f"LibreOffice hasn't finished after {TIMEOUT:.0f} seconds") from None
    if not all(target.exists() for target in targets):
        raise _failed("LibreOffice made no PDF")
    return [target.read_bytes() for target in targets]


def _failed(message: str) -> DraftingError:
    hint = "close LibreOffice and try again, or open the Word file and save it as PDF"
    return DraftingError(Problem("libreoffice-failed", Place("soffice"), message, hint))


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program in its own process group; end whatever still runs of it afterwards."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=os.environ | UTC, start_new_session=True
        )
    except OSError as error:
        raise _failed(f"LibreOffice can't be started: {error.strerror}") from None
    try:
        yield process
    finally:
        if process.poll() is None:
            _kill(process)
        process.wait()


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
    reader = PdfReader(io.BytesIO(made))
    # LibreOffice 7 writes a bookmark's name with its underscores as 5F; in ours, hexadecimal is in lower case.
    places = {name.lstrip("/").replace("5F", "_"): place for name, place in reader.named_destinations.items()}
    pages = {target: places.get(writer.target_mark(target)) for target in targets(contract)}
    numbers = {target: reader.get_destination_page_number(place) for target, place in pages.items() if place}
    return {target: number + 1 for target, number in numbers.items() if number is not None and number >= 0}
