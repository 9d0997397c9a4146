"""What must not leave the house, and a search for it through every part of a Word file."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import docx_text

from drafter import contract

ROOT = Path(__file__).parents[1]
POSITIONS = ("preferred", "acceptable", "fallback", "non-standard")
HEADINGS = (
    "Guidance:",
    "Concedes:",
    "Still concedes:",
    "No longer given up:",
    "Because:",
    "Needs approval:",
    "chosen by the negotiator",
    "departs from",
)
FIXED = ("T00:00:00", "T12:00:00")  # the times of day that every file has


def secrets(*sides):
    """What must not reach another side: guidance, labels, concessions, and the words of what was not selected."""
    hidden = {*POSITIONS, *HEADINGS, "Secret Author", str(ROOT), str(Path.home())}
    printed = " ".join(contract.to_text(side.contract) for side in sides)
    for clause in sides[0].selection.library.clauses.values():
        for alternative in clause.alternatives:
            read = (alternative.label, alternative.guidance, alternative.concedes)
            hidden |= {" ".join(words.split()) for words in read if len(words) > 12}
            for part in (p for block in alternative.text for p in getattr(block, "parts", ())):
                words = " ".join(str(getattr(part, "text", "")).split())
                if len(words) > 40:
                    hidden.add(words)
    flat = " ".join(printed.split()).lower()
    return {secret for secret in hidden if secret.lower() not in flat}


def found(data, hidden, days=()):
    """Return each secret that stands in some part of a file, and each time of day, or day of the machine, in it.

    `days` are those that the tracked changes may have; none given, any will do.
    """
    raw = b" ".join(docx_text.parts(data).values())
    read = " ".join(re.sub(rb"</w:p>|<w:(tab|br)/>", b" ", raw).decode("utf-8", "replace").split())
    said = html.unescape(re.sub(r"<[^>]*>", "", read))
    # A file says the same tags thousands of times, and no secret is in two of them: each is searched once.
    once = "\n".join(dict.fromkeys(re.split(r"(?=<)|(?<=>)", read)))
    told = {s for s in hidden if s in said or s in (read if re.search("[<>]", s) else once)}
    times = {time for time in re.findall(r"T\d\d:\d\d:\d\d", read) if time not in FIXED}
    stamps = set(re.findall(r'w:date="(\d{4}-\d\d-\d\d)', read))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        dates = {str(entry.date_time) for entry in archive.infolist() if entry.date_time != (1980, 1, 1, 0, 0, 0)}
    return told | times | dates | (stamps - set(days) if days else set())


def planted(data, part, more):
    """Return a file with more XML at the end of one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in docx_text.parts(data).items():
            added = f"<x>{more}</x>".encode() if name == part else b""
            changed = re.sub(rb"(</[\w:]+>\s*)$", lambda end, added=added: added + end[1], content)
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), changed)
    return made.getvalue()
