"""The jobs of a matter since its desk was opened: each with its page, and how it stands."""

from __future__ import annotations

from drafter.web.asked import Asked
from drafter.web.desk import Desk
from drafter.web.jobs import Job


def listed(desk: Desk, asked: Asked, *kinds: str) -> list[tuple[str, str, str]]:
    """Return the jobs of a matter, or of some kinds, the last one first: the address, the title, how it stands."""
    those = (one for one in desk.jobs.of(asked.names["matter"]) if not kinds or one.work.kind in kinds)
    return [(asked.at("jobs", str(one.number)), one.work.title, how(one)) for one in those]


def how(found: Job) -> str:
    """Say how a job stands."""
    if found.stopped:
        return "Stopped."
    return {None: "Working ...", 0: "Done."}.get(found.code, "Done; read what it says.")
