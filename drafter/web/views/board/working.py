"""The page of a job: what it is doing, Stop, and where it leads when it is done; and the check of a file."""

from __future__ import annotations

import itertools
import json
import shutil
from operator import itemgetter
from pathlib import Path

from drafter.acts import verifying
from drafter.base.problems import DraftingError
from drafter.web import jobs
from drafter.web.asked import Asked, GoTo, NotThereError, Parts, Reply, Sent, Shown
from drafter.web.desk import Desk
from drafter.web.jobs import Job, Work
from drafter.web.rendering import rendered
from drafter.web.views.board import packets, worked
from drafter.web.views.rounds.exchange import name_of
from drafter.web.work import comparing
from drafter.web.work.saying import CALLED, CAME, FOUND, PICTURES, PLACES, REPORT

LOOKS = ".looks.json"  # after the name of a file: the record of who looked at it, as `signed.looks` has it


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
        "how": worked.how(found),
        "back": found.work.back,
        "found": _found(found),
        "report": asked.at("jobs", str(found.number), REPORT) if report is not None else "",
        "places": _shown_places(asked, found),
        "error": "",
        "typed": {},
    }


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
    """Start to compare a file with the contract in a packet; what a person saw of it before counts."""
    folder = packets.named(desk, asked)
    if asked.method == "GET":
        return GoTo(asked.at("packet"))
    if asked.file is None or not asked.file.content:
        why = "The file is empty: it has 0 bytes." if asked.file and asked.file.name else "No file was chosen."
        return packets.shown(desk, asked, why, 422)
    name, scratch = name_of(asked.file.name), jobs.scratch()
    came = Path(scratch) / CAME
    came.mkdir()
    (came / name).write_bytes(asked.file.content)
    kept = verifying.signed_copy(desk.where(asked.names["matter"]), asked.file.content)
    _with_looks(kept, came / name)
    made = desk.jobs.start(_comparing(asked, folder, name, scratch))
    return GoTo(asked.at("jobs", str(made.number)))


def _comparing(asked: Asked, folder: Path, name: str, scratch: str, *first: str) -> Work:
    title = f"Is {name} the contract in “{packets.called(folder)}”?"
    return Work(
        asked.names["matter"], "verify", title, "Reading the packet ...",
        "drafter.web.work.comparing", (*first, str(folder.absolute()), name), asked.at("packet"), place=scratch,
    )  # fmt: skip


def _with_looks(kept: Path | None, came: Path) -> None:
    """Put the record of who looked at a file beside the file that came, as the command has it."""
    record = kept.with_name(kept.name + LOOKS) if kept is not None else None
    if record is not None and record.is_file() and not record.is_symlink():
        shutil.copyfile(record, came.with_name(came.name + LOOKS))


# -- what a person saw --------------------------------------------------------------------------


def look(desk: Desk, asked: Asked) -> Reply:
    """Keep what a person saw at the places of a scan, and say what follows from it."""
    found = desk.jobs.get(asked.names["matter"], int(asked.names["job"]))
    there = _places(found) if found is not None else []
    if found is None or not there:
        raise NotThereError(asked.names["job"])
    if asked.method == "GET":
        return GoTo(asked.at("jobs", asked.names["job"]))
    seen = {
        str(one["key"]): asked.typed(f"place-{number}") == "yes"
        for number, one in enumerate(there, 1) if asked.typed(f"place-{number}") in ("yes", "no")
    }  # fmt: skip
    by = " ".join(asked.typed("by").split())
    if not by or not seen:
        error = "Say of at least one place what you saw." if by else "Say who looked at the places: your name."
        return Shown("job.html", _given(asked, found) | {"error": error, "typed": dict(asked.form)}, 422)
    packet, name = Path(found.work.words[-2]), found.work.words[-1]
    scratch = jobs.scratch()
    shutil.copytree(found.work.place, scratch, dirs_exist_ok=True)
    came = Path(scratch) / CAME / name
    try:
        record = verifying.look(desk.where(asked.names["matter"]), packet, came, seen, by, desk.today())
    except DraftingError:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    shutil.copyfile(record, came.with_name(came.name + LOOKS))
    made = desk.jobs.start(_comparing(asked, packet, name, scratch, comparing.LOOKED))
    return GoTo(asked.at("jobs", str(made.number)))


def _places(found: Job) -> list[dict[str, object]]:
    """Return the places that a job found for a person to judge."""
    path = _kept(found, PLACES)
    made: list[dict[str, object]] = json.loads(path.read_bytes()) if path is not None else []
    return made


def _shown_places(asked: Asked, found: Job) -> list[dict[str, object]]:
    """Return the places as the page shows them, each with its pictures: the address, what it shows, and its words."""
    there = _places(found)
    if not there:
        return []
    called = json.loads((Path(found.work.place) / PICTURES / CALLED).read_bytes())
    pictures: dict[int, list[tuple[str, str, str]]] = {}
    for name, (title, words) in called.items():
        address = asked.at("jobs", str(found.number), name)
        pictures.setdefault(int(name.partition("-")[0]), []).append((address, title, words))
    return [one | {"number": number, "pictures": pictures.get(number, [])} for number, one in enumerate(there, 1)]


def picture(desk: Desk, asked: Asked) -> Reply:
    """Send a picture of a place."""
    desk.where(asked.names["matter"])
    found = desk.jobs.get(asked.names["matter"], int(asked.names["job"]))
    name = f"{asked.names['place']}-{asked.names['which']}.png"
    path = _kept(found, f"{PICTURES}/{name}") if found is not None else None
    if path is None:
        raise NotThereError(name)
    return Sent(name, path.read_bytes(), "image/png", inline=True)
