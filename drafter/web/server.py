"""Runs the desk on this machine: listens on 127.0.0.1, opens the browser, and ends when it is closed.

One desk runs for each user: a second start opens the first one once more.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from drafter.base import disk
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import filing
from drafter.web import routes, running
from drafter.web.desk import Desk
from drafter.web.guard import HEADERS, App, Guard, Keys, Receive, Scope, Send
from drafter.web.running import HOST, Running

IDLE = 12 * 3600.0  # seconds without a request after which the desk ends
GARBAGE = 1_000_000  # as `drafter` itself: a library is tens of thousands of values, and all of them stay
LOOKS = 30.0  # seconds between looks at that
LATER = 0.8  # seconds after which what nobody has asked for is made ready: first comes the first page
MOST_READ = 5  # matters that are read so


class Requests(H11Protocol):
    """Reads requests; what isn't one is answered with the headers that every answer has."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # as it is called
        """Say that this is no request, unless another one is being answered, and hang up."""
        if self.cycle is None or self.cycle.response_complete:
            lines = [b"HTTP/1.1 400 Bad Request", b"content-type: text/plain", b"connection: close"]
            lines += [b": ".join(one) for one in HEADERS]
            self.transport.write(b"\r\n".join([*lines, b"", b"This is no request that Drafter knows.\n"]))
        self.transport.close()


class Server:
    """A desk that listens on a port; `link` opens it once."""

    def __init__(self, place: Path, library: Path | None = None, port: int = 0) -> None:
        """Listen on a port of 127.0.0.1, any free one for 0. OSError where it is taken."""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)  # Windows lets others share a port
        self.socket.setsockopt(socket.SOL_SOCKET, alone, 1)
        try:
            self.socket.bind((HOST, port))
            self.socket.listen()  # who asks before it runs is answered when it does
        except OSError:
            self.socket.close()
            raise
        self.port = int(self.socket.getsockname()[1])
        self.keys = Keys()
        self.desk = Desk(place, library, keys=self.keys, close=self.close)
        guarded: App = Guard(routes.application(self.desk), self.keys, self.port)
        self._last = time.monotonic()
        config = uvicorn.Config(
            self._timed(guarded), access_log=False, log_config=None, log_level="critical", lifespan="off",
            server_header=False, proxy_headers=False, http=Requests, ws="none", timeout_graceful_shutdown=2,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

    @property
    def link(self) -> str:
        """Return a new address that opens this desk once."""
        return f"http://{HOST}:{self.port}/open?{self.keys.new_link()}"

    def run(self) -> None:
        """Serve until it is closed."""
        threading.Thread(target=self._end_idle, daemon=True).start()
        ahead = threading.Timer(LATER, self._make_ready)
        ahead.daemon = True
        ahead.start()
        try:
            self._server.run(sockets=[self.socket])
        finally:
            ahead.cancel()
            self.socket.close()
            self.desk.closed()

    def close(self) -> None:
        """End, once what is being answered is answered."""
        self._server.should_exit = True

    def _make_ready(self) -> None:
        """Import all views, and read the matters that were changed last, so that the first page of each is quick."""
        for _, name in routes.VIEWS:
            routes.view(name)
        self.desk.look(MOST_READ)

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


def browse(link: str) -> bool:
    """Open an address in the user's browser; say whether there is one."""
    try:
        return webbrowser.open(link)
    except (OSError, webbrowser.Error):
        return False


def place(given: Path | None, otherwise: Path | None = None) -> Path:
    """Return the folder to serve: the one given, which is kept for the next time, else that of last time.

    Where there was none, it is `otherwise`, or the current one. Of a matter it is the folder that it is in.
    DraftingError where there is no such folder.
    """
    from platformdirs import user_state_path  # slow to import

    last = user_state_path("drafter") / "desk.txt"
    with contextlib.suppress(OSError, ValueError):
        given = given or Path(last.read_text(encoding="utf-8"))
    found = (given or otherwise or Path.cwd()).absolute()
    found = found.parent if os.path.lexists(found / filing.ANSWERS) else found
    if not filing.is_folder(found):
        what = "there is no such folder"
        raise DraftingError(
            Problem("missing-file", Place(str(found)), what, "name the folder that your matters are in")
        )
    with contextlib.suppress(OSError, DraftingError, ValueError):  # then it is not known next time
        disk.make_folder(last.parent)
        disk.write(last, str(found).encode())
    return found


def run(place: Path, library: Path | None, opened: Callable[[str], object] = browse) -> str:
    """Serve a folder until the desk is closed, or open the one that runs for it already; return what there is to say.

    `opened` is given the address that opens it. DraftingError where it can't listen.
    """
    record = running.record(place, library)
    if link := running.link(record):
        opened(link)
        return "Drafter was open already; it is shown in the browser."
    try:
        server = Server(place, library)
    except OSError as error:
        what = f"no page can be shown there: {error.strerror}"
        raise DraftingError(Problem("unreachable", Place(HOST), what)) from None
    found = Running(server.port, os.getpid(), server.keys.again)
    running.write(record, found)
    first = threading.Thread(target=lambda: opened(server.link), daemon=True)  # a browser may take its time
    try:
        with _ended_by_signals(server):
            first.start()
            server.run()
    finally:
        running.forget(record, found)
    return "Drafter was closed. Every answer is saved."


@contextmanager
def _ended_by_signals(server: Server) -> Iterator[None]:
    """Let what ends a program end the desk as its button does: Ctrl-C, a terminal that is closed, a shutdown."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in known if signal.getsignal(one) is not signal.SIG_IGN}
    for one in before:
        signal.signal(one, lambda *_: server.close())
    try:
        yield
    finally:
        for one, was in before.items():
            signal.signal(one, was or signal.SIG_DFL)


def main() -> None:
    """Open the desk by a double click, without a terminal: the folder of last time, else the user's own."""
    gc.set_threshold(GARBAGE)
    try:
        found = place(None, Path.home())
    except DraftingError:  # that of last time isn't there any more
        found = place(Path.home())
    run(found, None)
