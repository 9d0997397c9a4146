"""Where the desk of a user runs, in a file that only this user can read; and how a second start finds the first.

Another program may listen on a port that a desk had before it: so each side shows the other that it knows what the
file says, without telling it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import os
import secrets
import socket
from pathlib import Path

from drafter.values import dataclass

HOST = "127.0.0.1"
ASKS = "x-drafter-again"  # the header by which a second start asks for a link
WAIT = 2.0  # seconds that a second start waits for the first
MOST = 1000  # characters of an answer


@dataclass(frozen=True, slots=True)
class Running:
    """A desk that runs: its port, its process, and the secret by which a second start is known."""

    port: int
    process: int
    secret: str


def record(place: Path, library: Path | None) -> Path:
    """Return the file that says where the desk of this user for a folder, with a library, runs on this machine."""
    from platformdirs import user_state_path  # slow to import

    what = "\n".join((socket.gethostname(), str(place.resolve()), str(library.resolve()) if library else ""))
    return user_state_path("drafter") / f"desk-{hashlib.sha256(what.encode(errors='replace')).hexdigest()[:12]}.json"


def write(path: Path, found: Running) -> None:
    """Say where a desk runs; where that can't be written, a second start opens a desk of its own."""
    text = json.dumps({"port": found.port, "process": found.process, "secret": found.secret})
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)


def read(path: Path) -> Running | None:
    """Return what a file says of a desk that runs; None where there is none, or it says something else."""
    try:
        found = json.loads(path.read_text())
        return Running(int(found["port"]), int(found["process"]), str(found["secret"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(path: Path, found: Running) -> None:
    """Remove the file of a desk that has ended, unless it says by now where another one runs."""
    if read(path) == found:
        with contextlib.suppress(OSError):
            path.unlink()


def link(path: Path) -> str:
    """Return a new address that opens the desk which runs already; empty where none does."""
    found = read(path)
    if found is None:
        return ""
    once = secrets.token_urlsafe(16)
    line = http.client.HTTPConnection(HOST, found.port, timeout=WAIT)  # not by a proxy: nothing leaves this machine
    try:
        line.request("POST", "/again", b"", {ASKS: f"{once} {proof(found.secret, 'asks', once)}"})
        key, _, shown = line.getresponse().read(MOST).decode("latin-1").partition(" ")
    except (OSError, ValueError, http.client.HTTPException):
        return ""
    finally:
        line.close()
    is_ours = hmac.compare_digest(shown.encode(), proof(found.secret, "opens", once, key).encode())
    return f"http://{HOST}:{found.port}/open?{key}" if is_ours else ""


def once_of(secret: str, asked: str) -> str:
    """Return what a second start sent to be used once; empty where it doesn't know the secret."""
    once, _, shown = asked.partition(" ")
    return once if hmac.compare_digest(shown.encode(), proof(secret, "asks", once).encode()) else ""


def proof(secret: str, *words: str) -> str:
    """Return what only who knows a secret can say of some words."""
    return hmac.new(secret.encode(), " ".join(words).encode(), hashlib.sha256).hexdigest()
