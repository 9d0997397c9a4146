"""The board packets of a matter: what is in each, a new one, and the negotiator's brief apart from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from drafter.asking import spoken
from drafter.base import disk, english, manifest
from drafter.base.problems import DraftingError
from drafter.drafting import draft
from drafter.matters import filing, rounds
from drafter.reading.questionnaire import dates
from drafter.sending import names, packet
from drafter.telling.called import by_headings
from drafter.values import dataclass
from drafter.web import folder
from drafter.web.asked import Asked, GoTo, NotThereError, Reply, Sent, Shown
from drafter.web.desk import Desk, Known
from drafter.web.jobs import Work
from drafter.web.views import beside, wrong
from drafter.web.views.board import worked
from drafter.web.views.contract import WORD, design
from drafter.web.views.rounds import naming

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
    """A packet in the list: its folder's name, what it is called, its files, and those of the brief beside it.

    `changed` is what isn't as it was made, `is_current` whether the contract still reads as in it, and `reminders` what
    is to be remembered of its meeting.
    """

    name: str
    title: str
    files: tuple[tuple[str, str, str], ...]  # the name, the title, the address
    brief: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    is_current: bool
    reminders: tuple[str, ...]


def packets(desk: Desk, asked: Asked) -> Reply:
    """Show the packets and what a new one may be; or start making one."""
    if asked.method == "GET":
        return shown(desk, asked, "")
    known = desk.read(asked.names["matter"])
    try:
        meeting = _day(asked.typed("meeting"))
    except ValueError as error:
        return shown(desk, asked, spoken.sentence(str(error)), 422)
    since = asked.typed("since") if asked.typed("since").isdecimal() else ""
    flags = [f"--{name}" for name in ("changed-pages", "final", "privileged") if asked.typed(name) == "yes"]
    options = [desk.today().isoformat(), meeting.isoformat() if meeting else "", since, *flags]
    name = asked.names["matter"]
    running = [one for one in desk.jobs.of_kind(name, "packet") if one.is_running]  # a second click makes no second one
    job = running[0] if running else desk.jobs.start(_packing(desk, asked, known.place, options))
    return GoTo(asked.at("jobs", str(job.number)))


def _packing(desk: Desk, asked: Asked, place: Path, options: list[str]) -> Work:
    words = (str(place), str(desk.library or ""), *options)
    day = f" for {english.long_date(date.fromisoformat(options[1]))}" if options[1] else ""
    return Work(
        asked.names["matter"], "packet", f"Board packet{day}", "Reading the matter ...", "drafter.web.work.packing",
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
    known = desk.read(asked.names["matter"])
    given = {
        "lines": [_line(asked, known, folder) for folder in folders(place)],
        "rounds": [(one.number, naming.party(one.party, known.contract)) for one in found if one.direction == "to"],
        "jobs": worked.listed(desk, asked, "packet", "verify"),
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


def _facts(folder: Path) -> tuple[date | None, str]:
    """Return the day of a packet's meeting, and the status of its contract; nothing where its facts can't be read."""
    try:
        facts = json.loads((folder / names.FACTS).read_bytes())
        return date.fromisoformat(facts["meeting"]) if facts["meeting"] else None, str(facts["status"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, ""


_NUMBERED = re.compile(r"packet-(\d{4}-\d\d-\d\d)(?:-(\d+))?")  # by the day, and a number where it isn't the first


def called(folder: Path) -> str:
    """Return what a packet is called: by the day of its meeting, or by the day on which it was made."""
    meeting, made = _facts(folder)[0], _NUMBERED.fullmatch(folder.name)
    number = f", number {made[2]}" if made and made[2] else ""
    if meeting is not None:
        return f"Board packet for {english.long_date(meeting)}{number}"
    return f"Board packet of {english.long_date(date.fromisoformat(made[1]))}{number}" if made else folder.name


def is_current(known: Known, folder: Path) -> bool:
    """Say whether the contract would be written today as it is in a packet."""
    try:
        return (folder / names.CONTRACT).read_bytes() == _written(known, final=_facts(folder)[1] == "final")
    except (DraftingError, OSError):
        return False


def _written(known: Known, *, final: bool) -> bytes:
    """Return the contract as a Word file, which is written once as long as neither it nor its template changes."""
    template = design(known)
    key = final, template, template.stat().st_mtime_ns
    if key not in known.documents:
        known.documents[key] = draft.settled(known.drafted, final=final).to_docx(template)
    return known.documents[key]


def _reminders(known: Known, folder: Path) -> tuple[str, ...]:
    """Return what is to be remembered of the meeting of a packet, as the matter is now."""
    try:
        found = packet.of_meeting(known.drafted, _facts(folder)[0])
    except DraftingError:
        return ()
    headings = by_headings(known.drafted.selection, known.drafted.contract)
    return tuple(wrong.said(DraftingError(one), headings) for one in found)


def _line(asked: Asked, known: Known, folder: Path) -> Line:
    files = tuple(
        (name, TITLES[name], asked.at("packet", folder.name, "file", name))
        for name in manifest.names(folder) if name in TITLES
    )  # fmt: skip
    beside_it = folder.with_name(f"{folder.name}{PRIVILEGED}")
    brief = tuple((name, asked.at("ours", "brief", folder.name, "file", name)) for name in _brief(beside_it))
    changed = tuple(f"{path.name}: {what}" for path, what in manifest.differences(folder))
    current, reminders = is_current(known, folder), _reminders(known, folder)
    return Line(folder.name, called(folder), files, brief, changed, current, reminders)


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
