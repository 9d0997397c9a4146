"""The board packets of a matter: what is in each, a new one, and the negotiator's brief apart from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from drafter.base import disk, manifest
from drafter.base.problems import DraftingError
from drafter.matters import filing, rounds
from drafter.reading.questionnaire import dates
from drafter.sending import names
from drafter.values import dataclass
from drafter.web import folder
from drafter.web.asked import Asked, GoTo, NotThereError, Reply, Sent, Shown
from drafter.web.desk import Desk
from drafter.web.jobs import Work
from drafter.web.views import beside
from drafter.web.views.contract import WORD

TYPES = {".docx": WORD, ".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}
TITLES = names.TITLES | {
    names.WHOLE: "The whole packet",
    names.CONTRACT_PDF: "What a signed copy is read against",
    names.MEMO_PDF: "Memorandum",
    names.REDLINE_PDF: "The redline with its notes",
    names.AGENDA: "The line on the agenda",
    names.NOTICE_PDF: "Public notice",
}
PRIVILEGED = "-privileged"


@dataclass(frozen=True, slots=True)
class Line:
    """A packet in the list: its folder's name, its files, those of the brief beside it, and whether it is as made."""

    name: str
    files: tuple[tuple[str, str, str], ...]  # the name, the title, the address
    brief: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]  # what isn't as it was made, in words


def packets(desk: Desk, asked: Asked) -> Reply:
    """Show the packets and what a new one may be; or start making one."""
    if asked.method == "GET":
        return shown(desk, asked, "")
    known = desk.read(asked.names["matter"])
    try:
        meeting = _day(asked.typed("meeting"))
    except ValueError as error:
        return shown(desk, asked, f"{str(error)[:1].upper()}{str(error)[1:]}. Write the day as 2026-07-01.", 422)
    since = asked.typed("since") if asked.typed("since").isdecimal() else ""
    flags = [f"--{name}" for name in ("changed-pages", "final", "privileged") if asked.typed(name) == "yes"]
    options = [desk.today().isoformat(), meeting.isoformat() if meeting else "", since, *flags]
    name = asked.names["matter"]
    running = [one for one in desk.jobs.of_kind(name, "packet") if one.is_running]  # a second click makes no second one
    job = running[0] if running else desk.jobs.start(_packing(desk, asked, known.place, options))
    return GoTo(asked.at("jobs", str(job.number)))


def _packing(desk: Desk, asked: Asked, place: Path, options: list[str]) -> Work:
    words = (str(place), str(desk.library or ""), *options)
    return Work(
        asked.names["matter"], "packet", "The board packet", "Reading the matter ...", "drafter.web.work.packing",
        words, asked.at("packet"),
    )  # fmt: skip


def _day(typed: str) -> date | None:
    return dates.read(typed) if typed.strip() else None


def shown(desk: Desk, asked: Asked, error: str, status: int = 200) -> Reply:
    """Return the page of the packets."""
    place = desk.where(asked.names["matter"])
    try:
        found = rounds.read_all(place / filing.ROUNDS)
    except DraftingError:
        found = ()
    given = {
        "lines": [_line(asked, folder) for folder in folders(place)],
        "rounds": [(one.number, one.party) for one in found if one.direction == "to"],
        "error": error,
        "typed": {name: asked.typed(name) for name in ("meeting", "since")},
        "told": beside.reported(desk, asked),
    }
    return Shown("packet.html", given, status)


def folders(place: Path) -> tuple[Path, ...]:
    """Return the folders of a matter's packets, the newest first, without what a stopped process left of one."""
    found = (path for path in place.iterdir() if not path.name.startswith(disk.SCRATCH))
    whole = [path for path in found if (path / names.FACTS).is_file() and (path / manifest.FILE).is_file()]
    return tuple(sorted(whole, key=lambda path: (path.stat().st_mtime, path.name), reverse=True))


def _line(asked: Asked, folder: Path) -> Line:
    files = tuple(
        (name, TITLES[name], asked.at("packet", folder.name, "file", name))
        for name in manifest.names(folder) if name in TITLES
    )  # fmt: skip
    beside_it = folder.with_name(f"{folder.name}{PRIVILEGED}")
    brief = tuple((name, asked.at("ours", "brief", folder.name, "file", name)) for name in _brief(beside_it))
    changed = tuple(f"{path.name}: {what}" for path, what in manifest.differences(folder))
    return Line(folder.name, files, brief, changed)


def _brief(folder: Path) -> Iterator[str]:
    yield from (name for name in ("brief.docx", "brief.pdf") if (folder / name).is_file())


def file(desk: Desk, asked: Asked) -> Reply:
    """Send a part of a packet, by its name in the manifest, and no other file."""
    packet, name = named(desk, asked), asked.names["file"]
    if name not in manifest.names(packet) or name not in TITLES:
        raise NotThereError(name)
    return _sent(folder.inside(packet.parent, f"{packet.name}/{name}"))


def brief(desk: Desk, asked: Asked) -> Reply:
    """Send the negotiator's brief that was made beside a packet."""
    packet, name = named(desk, asked), asked.names["file"]
    beside_it = packet.with_name(f"{packet.name}{PRIVILEGED}")
    if name not in _brief(beside_it):
        raise NotThereError(name)
    return _sent(folder.inside(packet.parent, f"{beside_it.name}/{name}"))


def named(desk: Desk, asked: Asked) -> Path:
    """Return the folder of the packet that an address names."""
    place = desk.where(asked.names["matter"])
    found = {path.name: path for path in folders(place) if not path.is_symlink()}
    if asked.names["packet"] not in found:
        raise NotThereError(asked.names["packet"])
    return found[asked.names["packet"]]


def _sent(path: Path) -> Sent:
    kind = TYPES.get(path.suffix, "application/octet-stream")
    return Sent(path.name, path.read_bytes(), kind, inline=path.suffix != ".docx")
