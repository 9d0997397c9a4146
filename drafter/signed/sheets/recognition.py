"""Reads the words in a picture with tesseract, a program that is called and never part of this one."""

from __future__ import annotations

import csv
import functools
import io
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from drafter.signed.sheets.words import Word

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGE = "eng"
TIMEOUT = 60.0  # seconds for one page; one takes about two
PAGE, COLUMN, LINES, SPARSE = 3, 4, 6, 11  # what tesseract takes a picture for: a page ... words here and there
_ALONE = {"OMP_THREAD_LIMIT": "1"}  # pages are read side by side instead
_STROKE, _STROKE_SURE = "|", 80.0
_WORD = "5"  # the level of a word in what tesseract writes


@functools.cache
def missing(path: str) -> str:
    """Say in words why no picture can be read; empty where tesseract and its English are there. `path` is PATH."""
    program = shutil.which("tesseract", path=path)
    if program is None:
        return "tesseract, the program that reads pictures, isn't installed"
    asked = subprocess.run([program, "--list-langs"], check=False, capture_output=True, text=True, timeout=TIMEOUT)  # noqa: S603
    listed = (asked.stdout + asked.stderr).split()
    return "" if LANGUAGE in listed else "tesseract is installed without its English ('eng')"


def read(picture: Image, dpi: int, layout: int = PAGE) -> tuple[Word, ...]:
    """Return the words of a picture, their boxes in points of `dpi` dots an inch; none where the program fails."""
    data = io.BytesIO()
    picture.save(data, "PPM")
    program = shutil.which("tesseract") or "tesseract"
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", str(layout), "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=data.getvalue(), check=False, capture_output=True, timeout=TIMEOUT, env=os.environ | _ALONE
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    table = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_word(line, 72 / dpi) for line in table if line["level"] == _WORD and line["text"].strip())


def _word(line: dict[str, str], scale: float) -> Word:
    left, top, width, height = (float(line[name]) * scale for name in ("left", "top", "width", "height"))
    text, sure = line["text"].strip(), float(line["conf"])
    if text.strip(".,") == _STROKE:  # no contract has one, and a 1 by itself is read as one
        text, sure = text.replace(_STROKE, "1"), min(sure, _STROKE_SURE)
    return Word(text, left, top, left + width, top + height, sure)
