"""Runs the desk on this machine: listens on 127.0.0.1, opens the browser, and ends when it is closed.

One desk runs for each user: a second start opens the first one once more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import filing
from drafter.web import routes
from drafter.web.desk import Desk
from drafter.web.guard import App, Guard, Keys, Receive, Scope, Send

HOST = "127.0.0.1"
IDLE = 12 * 3600.0  # seconds without a request after which the desk ends
LOOKS = 30.0  # seconds between looks at that
LATER = 0.8  # seconds after which matters are read that nobody has asked for: first comes the first page
MOST_READ = 5  # matters that are read so


class Server:
    """A desk that listens on a port; `link` opens it once."""

    def __init__(self, place: Path, library: Path | None = None, port: int = 0) -> None:
        """Listen on a port of 127.0.0.1, any free one for 0. OSError where it is taken."""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would let another program listen on the same port
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((HOST, port))
        self.socket.listen()  # who asks before it runs is answered when it does
        self.port = int(self.socket.getsockname()[1])
        self.keys = Keys()
        self.desk = Desk(place, library, keys=self.keys, close=self.close)
        guarded: App = Guard(routes.application(self.desk), self.keys, self.port)
        self._last = time.monotonic()
        config = uvicorn.Config(
            self._timed(guarded), access_log=False, log_level="warning", lifespan="off", server_header=False,
            ws="none", timeout_graceful_shutdown=2,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

    @property
    def link(self) -> str:
        """Return a new address that opens this desk once."""
        return f"http://{HOST}:{self.port}/open?{self.keys.new_link()}"

    def run(self) -> None:
        """Serve until it is closed."""
        threading.Thread(target=self._end_idle, daemon=True).start()
        look = threading.Timer(LATER, self.desk.look, [MOST_READ])
        look.daemon = True
        look.start()
        try:
            with contextlib.suppress(KeyboardInterrupt):  # by which it ends as by its button
                self._server.run(sockets=[self.socket])
        finally:
            look.cancel()
            self.socket.close()
            self.desk.closed()

    def close(self) -> None:
        """End, once what is being answered is answered."""
        self._server.should_exit = True

    def _timed(self, app: App) -> App:
        async def timed(scope: Scope, receive: Receive, send: Send) -> None:
            self._last = time.monotonic()
            await app(scope, receive, send)

        return timed

    def _end_idle(self) -> None:
        while not self._server.should_exit:
            time.sleep(LOOKS)
            if time.monotonic() - self._last > IDLE:
                self.close()


def browse(link: str) -> None:
    """Open an address in the user's browser."""
    webbrowser.open(link)


def place(given: Path | None) -> Path:
    """Return the folder to serve: the one given, which is kept for the next time, else that of last time.

    Of a matter it is the folder that it is in. DraftingError where there is no such folder.
    """
    from platformdirs import user_state_path  # slow to import

    last = user_state_path("drafter") / "desk.txt"
    with contextlib.suppress(OSError):
        given = given or Path(last.read_text(encoding="utf-8"))
    found = (given or Path.cwd()).absolute()
    found = found.parent if (found / filing.ANSWERS).exists() else found
    if not filing.is_folder(found):
        what = "there is no such folder"
        raise DraftingError(
            Problem("missing-file", Place(str(found)), what, "name the folder that your matters are in")
        )
    with contextlib.suppress(OSError):
        disk.make_folder(last.parent)
        disk.write(last, str(found).encode())
    return found


def run(place: Path, library: Path | None, opened: Callable[[str], object] = browse) -> str:
    """Serve a folder until the desk is closed, or open the one that runs for it already; return what there is to say.

    `opened` is given the address that opens it.
    """
    record = _record(place)
    if link := _running(record):
        opened(link)
        return "Drafter was open already; it is shown in the browser."
    server = Server(place, library)
    _write(record, {"port": server.port, "process": os.getpid(), "again": server.keys.again})
    threading.Timer(0.05, lambda: opened(server.link)).start()
    try:
        server.run()
    finally:
        with contextlib.suppress(OSError):
            record.unlink()
    return "Drafter was closed. Every answer is saved."


def _record(place: Path) -> Path:
    """Return the file that says where the desk of this user for a folder runs."""
    from platformdirs import user_state_path  # slow to import

    name = hashlib.sha256(str(place.resolve()).encode()).hexdigest()[:12]
    return user_state_path("drafter") / f"desk-{name}.json"


def _write(record: Path, found: dict[str, object]) -> None:
    record.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(OSError):
        record.unlink()
    with os.fdopen(os.open(record, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(found, file)


def _running(record: Path) -> str:
    """Return a new link to the desk that runs already; empty for none."""
    try:
        found = json.loads(record.read_text())
        address = f"http://{HOST}:{int(found['port'])}"
        headers = {"x-drafter-again": str(found["again"])}
        asked = urllib.request.Request(f"{address}/again", data=b"", headers=headers, method="POST")  # noqa: S310  # ours
        with urllib.request.urlopen(asked, timeout=2) as reply:  # noqa: S310
            return f"{address}/open?{reply.read().decode()}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def main() -> None:
    """Open the desk without a terminal, as by a double click: the folder is the one of last time, else the user's."""
    try:
        run(place(None), None)
    except DraftingError:
        run(Path.home(), None)
