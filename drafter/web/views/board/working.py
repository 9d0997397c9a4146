"""The page of a job: what it is doing, Stop, and where it leads when it is done; and the check of a file."""

from __future__ import annotations

import itertools
import json
from operator import itemgetter
from pathlib import Path

from drafter.web import jobs
from drafter.web.asked import Asked, GoTo, NotThereError, Parts, Reply, Sent, Shown
from drafter.web.desk import Desk
from drafter.web.jobs import Job, Work
from drafter.web.rendering import rendered
from drafter.web.views.board import packets
from drafter.web.views.rounds.exchange import name_of
from drafter.web.work.saying import CAME, FOUND, REPORT


def job(desk: Desk, asked: Asked) -> Reply:
    """Show how far a job is, or stop it."""
    desk.where(asked.names["matter"])
    found = desk.jobs.get(asked.names["matter"], int(asked.names["job"]))
    if found is None:
        raise NotThereError(asked.names["job"])
    if asked.method == "POST":
        found.stop()
        return GoTo(asked.at("jobs", str(found.number)))
    if found.code == 0 and found.work.shows:
        return GoTo(found.work.shows)
    given = _given(asked, found)
    if asked.in_part:
        main = rendered("working.html", **given, at=asked.at(), key=desk.keys.form)
        return Parts({"main": main, "running": found.is_running})
    return Shown("job.html", given)


def _given(asked: Asked, found: Job) -> dict[str, object]:
    report = _kept(found, REPORT)
    return {
        "number": found.number,
        "title": found.work.title,
        "lines": list(found.lines),
        "running": found.is_running,
        "how": _how(found),
        "back": found.work.back,
        "found": _found(found),
        "report": asked.at("jobs", str(found.number), REPORT) if report is not None else "",
    }


def _how(found: Job) -> str:
    if found.stopped:
        return "Stopped."
    return {None: "Working ...", 0: "Done."}.get(found.code, "Done; read what it says.")


def _kept(found: Job, name: str) -> Path | None:
    """Return a file that a job has made, once it has ended."""
    place = Path(found.work.place) / name if found.work.place else None
    return place if place is not None and not found.is_running and place.is_file() else None


def _found(found: Job) -> tuple[tuple[str, str], list[tuple[str, list[list[tuple[str, str]]]]]] | None:
    """Return what a comparison found: its headline, and rows of words by their headings; None for other jobs."""
    path = _kept(found, FOUND)
    if path is None:
        return None
    data = json.loads(path.read_bytes())
    groups = itertools.groupby(data["rows"], key=itemgetter(0))
    return data["headline"], [(heading, [words for _, words in those]) for heading, those in groups]


def report(desk: Desk, asked: Asked) -> Reply:
    """Send the report of a check."""
    desk.where(asked.names["matter"])
    found = desk.jobs.get(asked.names["matter"], int(asked.names["job"]))
    path = _kept(found, REPORT) if found is not None else None
    if path is None:
        raise NotThereError(REPORT)
    return Sent(REPORT, path.read_bytes(), "application/pdf", inline=True)


def verify(desk: Desk, asked: Asked) -> Reply:
    """Start to compare a file with the contract in a packet."""
    folder = packets.named(desk, asked)
    if asked.method == "GET":
        return GoTo(asked.at("packet"))
    if asked.file is None or not asked.file.content:
        return packets.shown(desk, asked, "No file was chosen.", 422)
    name, scratch = name_of(asked.file.name), jobs.scratch()
    came = Path(scratch) / CAME
    came.mkdir()
    (came / name).write_bytes(asked.file.content)
    made = desk.jobs.start(
        Work(
            asked.names["matter"], "verify", f"Is {name} the contract in {folder.name}?", "Reading the packet ...",
            "drafter.web.work.comparing", (str(folder.absolute()), name), asked.at("packet"), place=scratch,
        )
    )  # fmt: skip
    return GoTo(asked.at("jobs", str(made.number)))
