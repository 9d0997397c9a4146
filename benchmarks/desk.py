"""Measures the desk on the example matter: `python benchmarks/desk.py [ANSWERS]`.

Work of the server is in milliseconds of processor time, as the views do it without a socket; the time from a key to the
changed page is wall time in headless Chromium, and means something on an idle machine only.
"""

from __future__ import annotations

import gc
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import desks  # noqa: E402  # the tests' own
import proof  # noqa: E402  # the one beside this file, which generates libraries

from drafter.asking.pages import finding  # noqa: E402
from drafter.web import routes  # noqa: E402
from drafter.web.asked import Asked  # noqa: E402
from drafter.web.desk import Desk  # noqa: E402
from drafter.web.server import GARBAGE  # noqa: E402
from drafter.web.views import beside  # noqa: E402
from drafter.web.views.interview import asking  # noqa: E402
from drafter.web.views.policy import checking  # noqa: E402
from drafter.web.views.wordings import clause  # noqa: E402

EXAMPLE = "st-louis-park"
WORDS = {"date": "2026-0{}-15", "money": "{}000", "number": "{}", "percent": "{}", "email": "a{}@example.org"}
SIZES = (75, 225)  # clauses of the generated contracts
KEYS = 40  # answers typed in the browser
STARTS = 5  # of which the quickest counts: others may use the machine, which makes no start quicker


def main() -> None:
    """Measure everything, and print a table."""
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else 200):
        print(line)


def table(count: int = 200) -> Iterator[str]:
    """Measure everything, with so many answers, and yield the lines of a table."""
    gc.set_threshold(GARBAGE)  # as the desk itself has it
    yield "| what | p50 | p95 | most | goal |\n|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with desks.running(place, EXAMPLE) as served:
            desk = served.server.desk
            desk.read(EXAMPLE)
            yield _row("answer to saved, contract and next question, ms", list(_answers(desk, count)), "20 / 35")
        fresh = place / "fresh"
        with desks.running(fresh, EXAMPLE) as served:
            desk = served.server.desk
            names = [name for name, one in desk.read(EXAMPLE).library.clauses.items() if len(one.alternatives) > 1]
            yield _row("swap preview, ms", list(_previews(desk, names)), "p95 30")
            yield _row(
                "clause page without one, ms", [_spent(desk, clause.clause, clause=name) for name in names], "100"
            )
            whole = [_timed(lambda: beside.whole(desk, _asked(desk), desk.read(EXAMPLE))) for _ in range(30)]
            yield _row("whole contract as HTML, ms", whole, "5")
            yield _row("compliance matrix, ms", [_spent(desk, checking.check) for _ in range(10)], "")
            yield _row("key to changed page in Chromium, ms", list(_keys(served)), "80 / 130")
        yield _row(f"an answer with {SIZES[1]} clauses, times one with {SIZES[0]}", list(_longer(place)), "3.3")
        starts = [_started(fresh) for _ in range(STARTS)]
        first, memory = min(first for first, _ in starts), max(memory for _, memory in starts)
        yield f"| start to first page, s, the least of {STARTS} | {first:.2f} | | | 0.6 |"
        yield f"| memory after the first pages, MB | {memory:.0f} | | | 80 |"


def _row(what: str, found: list[float], goal: str) -> str:
    ordered = sorted(found)
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"| {what} | {middle:.1f} | {high:.1f} | {ordered[-1]:.1f} | {goal} |"


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _asked(desk: Desk, method: str = "GET", form: dict[str, tuple[str, ...]] | None = None, **names: str) -> Asked:
    query = {"with": names.pop("alternative")} if "alternative" in names else {}
    is_post = method == "POST"
    return Asked(
        "POST" if is_post else "GET",
        desk.keys.root,
        "",
        {"matter": EXAMPLE, **names},
        query,
        form or {},
        in_part=is_post,
    )


def _spent(desk: Desk, view: routes.View, **names: str) -> float:
    asked = _asked(desk, **names)
    return _timed(lambda: routes._response(desk, view, asked))  # noqa: SLF001  # what an address answers


def _longer(place: Path) -> Iterator[float]:
    """Answer questions of two generated contracts, one three times as long; yield how often as long an answer takes."""
    spent = []
    for size in SIZES:
        folder = place / f"of-{size}"
        (folder / EXAMPLE).mkdir(parents=True)
        (folder / EXAMPLE / "answers.yaml").write_text("q1: no\n", encoding="utf-8")
        library = proof.build(place / f"library-{size}", size)
        with desks.running(folder, library=library) as served:
            spent.append(statistics.median(_answers(served.server.desk, 60)))
    yield spent[1] / spent[0]


def _answers(desk: Desk, count: int) -> Iterator[float]:
    """Answer random questions, and yield the time that each takes."""
    draw = random.Random(1)  # noqa: S311  # the same answers each time
    while count:
        known = desk.read(EXAMPLE)
        name = draw.choice([one for one in known.here.asked if known.here.question(one).type != "records"])
        page = finding.page(known.here, name)
        lines = [line.move.to for line in page.lines if line.move is not None]
        typed = WORDS.get(known.here.question(name).type, "Some words {}").format(draw.randint(1, 9))
        form = {"answer": (draw.choice(lines) if lines else typed,), "do": ("save",), "was": (page.was,)}
        asked = _asked(desk, "POST", form, question=name)
        spent = _timed(lambda asked=asked: replies.append(routes._response(desk, asking.ask, asked)))  # type: ignore[misc]  # noqa: SLF001
        if replies.pop().status_code == 200:  # noqa: PLR2004  # HTTP
            count -= 1
            yield spent


replies: list[object] = []


def _previews(desk: Desk, names: list[str]) -> Iterator[float]:
    """Look at each other wording of each clause, and yield what that takes beyond the page of its clause."""
    known = desk.read(EXAMPLE)
    for name in names:
        for one in known.library.clause(name).alternatives:
            yield _timed(lambda name=name, one=one: clause.tried(desk, known, name, one.id))  # type: ignore[misc]


def _keys(served: desks.Running) -> Iterator[float]:
    """Type answers in the browser, and yield the time from Enter to the frame after the page has changed."""
    painted = """() => new Promise((done) => {
        const start = performance.now();
        new MutationObserver((_, seen) => { seen.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))); })
            .observe(document.getElementById("main"), { childList: true });
        document.querySelector("main button.main").click(); })"""
    with desks.opened(served, f"/m/{EXAMPLE}/ask/chief_name") as page:
        for number in range(KEYS):
            page.goto(f"{served.address}/m/{EXAMPLE}/ask/chief_name")
            page.locator("#answer").fill(f"Chief {number}")
            yield float(page.evaluate(painted))


def _started(folder: Path) -> tuple[float, float]:
    """Start the desk as a command; return the seconds to its first page, and its memory in MB after some pages."""
    command = [sys.executable, "-P", "-m", "drafter", "desk", "--no-browser", str(folder)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "XDG_STATE_HOME": str(folder / "state")}
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:  # noqa: S603
        link = (process.stdout.readline() if process.stdout else "").strip()
        with urllib.request.urlopen(link) as reply:  # noqa: S310  # our own
            cookie = reply.headers["set-cookie"].partition(";")[0]
            root = re.search(r"url=(/k\w+/)", reply.read().decode())[1]  # type: ignore[index]
        base = link.partition("/open")[0] + root
        paths = ("", f"m/{EXAMPLE}/", f"m/{EXAMPLE}/ask/chief_name", f"m/{EXAMPLE}/check")
        first = 0.0
        for path in paths:
            asked = urllib.request.Request(base + path, headers={"Cookie": cookie})  # noqa: S310
            with urllib.request.urlopen(asked) as reply:  # noqa: S310
                reply.read()
            first = first or time.perf_counter() - start
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.terminate()
    return first, int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    main()
