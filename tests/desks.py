"""A desk that runs in a test, asked over a real socket; and a real browser that opens it."""

from __future__ import annotations

import http.client
import re
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import commands
from lxml import html

from drafter.reading.library import Library
from drafter.web.server import Server

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
ENGLISH = {"de-escalation", "look-up", "no-charge", "one-year", "same-day", "talk-or-end"}  # ids that are words
ON_A_MAC = "/Applications/Chromium.app/Contents/MacOS/Chromium"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", ON_A_MAC))), None)


class Answer:
    """What a desk answered: the status, the headers, the body."""

    def __init__(self, reply: http.client.HTTPResponse) -> None:
        self.status, self.body = reply.status, reply.read()
        self.headers = {name.lower(): value for name, value in reply.getheaders()}

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        """The words of a page, without its markup."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.text).split())


class Running:
    """A desk that runs, with a client that has its cookie."""

    def __init__(self, folder: Path, library: Path | None = None) -> None:
        self.folder = folder
        self.server = Server(folder, library)
        self._thread = threading.Thread(target=self.server.run, daemon=True)
        self._thread.start()
        self.root = self.server.keys.root
        self.cookie = f"drafter-{self.server.port}={self.server.keys.cookie}"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}{self.root}"

    def asked(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> Answer:
        """Ask as anybody may, with these headers alone."""
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            line.request(method, path, body, dict(headers))
            return Answer(line.getresponse())
        finally:
            line.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page of the desk, below its root, as its browser does."""
        return self.asked("GET", self.root + path, headers={"Cookie": self.cookie, **headers})

    def post(self, path: str, fields: Mapping[str, str | list[str]] | None = None, *, part: bool = False) -> Answer:
        """Send a form to the desk, as its browser does; `part` as its script does."""
        body = urlencode({"key": self.server.keys.form, **(fields or {})}, doseq=True).encode()
        more = {"X-Desk": "1"} if part else {}
        return self.asked("POST", self.root + path, body, self.own_headers | more)

    def upload(self, path: str, name: str, content: bytes, fields: Mapping[str, str] | None = None) -> Answer:
        """Send a form with a file to the desk."""
        edge, lines = "edge-of-a-part", list[bytes]()
        for key, value in {"key": self.server.keys.form, **(fields or {})}.items():
            lines += [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        lines += [head.encode(), content, f"\r\n--{edge}--\r\n".encode()]
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self.asked("POST", self.root + path, b"".join(lines), self.own_headers | kind)

    @property
    def own_headers(self) -> dict[str, str]:
        """What the desk's own browser sends with a form."""
        return {
            "Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.server.port}", "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip

    def close(self) -> None:
        self.server.close()
        self._thread.join(10)


@contextmanager
def running(folder: Path, *examples: str, library: Path | None = None) -> Iterator[Running]:
    """Run a desk for a folder, with copies of some examples in it."""
    for name in examples:
        shutil.copytree(EXAMPLES / name, folder / name)
    folder.mkdir(exist_ok=True)
    desk = Running(folder, library)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def small_desk(folder: Path) -> Iterator[Running]:
    """Run a desk for a folder with a matter, `matter`, of a small library."""
    (folder / "desk").mkdir()
    commands.matter(folder)
    shutil.move(folder / "matter", folder / "desk" / "matter")
    with running(folder / "desk", library=folder / "lib") as desk:
        yield desk


@contextmanager
def opened(desk: Running, at: str = "/", **options):
    """Open a page of a desk in a browser, through its link; `options` are those of a context of playwright.

    The browser is closed each time: while playwright runs, no other loop of events can run in the same thread.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options}).new_page()
            page.goto(desk.server.link)
            page.wait_for_url(f"{desk.address}/")
            if at != "/":
                page.goto(desk.address + at)
            yield page
        finally:
            browser.close()


def violations(page, is_full: bool = True) -> list[str]:  # noqa: FBT001, FBT002  # of the page, or of all but ...
    """Return what axe finds against WCAG 2.1 A and AA on a page, a line each; without the contract if not `is_full`."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    context = None if is_full else {"exclude": [["#contract > *"]]}
    found = Axe().run(page, context, options={"runOnly": {"type": "tag", "values": tags}}).response
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def followed(desk: Running, made: Answer) -> Answer:
    """Return the page that an answer leads to."""
    assert made.status == 303, made.words
    return desk.get(made.headers["location"].removeprefix(desk.root))


def public(page: str) -> str:
    """Return a page without what is marked as our side's only."""
    found = html.fromstring(page)
    for one in found.xpath("//*[contains(concat(' ', @class, ' '), ' ours ')]"):
        one.drop_tree()
    return html.tostring(found, encoding="unicode")


def ids(page: Answer, library: Library) -> set[str]:
    """Return the ids of clauses, wordings and questions that a page says; those that are English words don't count."""
    known = {*library.clauses, *library.questionnaire.questions}
    known |= {one.id for clause in library.clauses.values() for one in clause.alternatives}
    shown = html.fromstring(page.text)
    for one in shown.xpath("//*[@id='contract' or @class='redline'] | //textarea | //script"):
        one.drop_tree()
    words = set(re.findall(r"[\w.-]*\w", shown.text_content()))
    return {one for one in words & known if re.search(r"[_.-]", one)} - ENGLISH


def waited(desk, made):
    """Wait for the job that an answer leads to; return its page."""
    assert made.status == 303, made.words
    at = made.headers["location"].removeprefix(desk.root)
    for _ in range(600):
        page = desk.get(at)
        if "Working ..." not in page.words:
            return page
        time.sleep(0.1)
    raise AssertionError(page.words)
