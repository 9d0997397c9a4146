"""A desk that is ended while it writes: the matter is as before or after, and the next desk shows that.

What is done through a page is done in a copy of this process that ends before the n-th change of a file.
"""

import difflib
import re
import signal
from datetime import date
from pathlib import Path

import pytest
import returns
import test_filing
import test_memo
from commands import files, run
from often import THOROUGH

from drafter.matters import filing
from drafter.web import routes
from drafter.web.asked import Asked, Shown, Upload
from drafter.web.desk import Desk
from drafter.web.guard import Keys
from drafter.web.work import packing

pytestmark = [
    test_filing.POSIX,
    pytest.mark.usefixtures("place"),
]

KEYS, DAY = Keys(), date(2026, 9, 3)
OWN = {"words": "The town pays when it likes.", "label": "Theirs", "concedes": "The day.", "because": "They asked."}

# What a page is sent: the view, the names in its address, its form.
ACTS = {
    "answer": ("interview.asking.ask", {"question": "walker"}, {"answer": "Cy Clone"}),
    "record": ("interview.asking.record", {"question": "dogs", "number": "1"}, {"f.name": "Bit", "f.size": "small"}),
    "swap": ("wordings.clause.clause", {"clause": "leash"}, {"alternative": "long", "because": "x"}),
    "own words": ("wordings.own.own", {"clause": "price"}, OWN),
    "reject": ("rounds.changes.change", {"number": "2", "change": "c1"}, {"answer": "reject", "because": "No."}),
    "accept": ("rounds.changes.change", {"number": "2", "change": "c1"}, {"answer": "accept", "because": "Yes."}),
    "send": ("rounds.exchange.send", {}, {"to": "kennel", "on": "2026-09-03"}),
    "receive": ("rounds.exchange.receive", {}, {"on": "2026-09-03"}),
    "packet": ("", {}, {}),
    "undo": ("undoing.undo", {}, {}),
}

# What the next desk shows.
PAGES = (
    ("overview.overview", {}), ("interview.asking.review", {}), ("contract.contract", {}),
    ("policy.checking.check", {}), ("rounds.history.history", {}), ("board.packets.packets", {}),
    ("rounds.changes.changes", {"number": "2"}),
)  # fmt: skip


# What a page says of a state between the two: that a record was interrupted, and that there is a wording to choose.
BETWEEN = re.compile(r'<p class="reminder">Remember: [^<]* interrupted.*?</p>\n| <a class="others".*?</a>')


def asked(names, form=None, file=None):
    typed = {name: (words,) for name, words in (form or {}).items()}
    return Asked("GET" if form is None else "POST", "", "", {"matter": "matter", **names}, {}, typed, file)


def opened():
    return Desk(Path(), Path("lib"), keys=KEYS, today=lambda: DAY)


def shown() -> tuple[str, ...]:
    """Return the pages of a desk that is opened now; each must be one that says nothing is wrong."""
    desk, made = opened(), []
    for name, names in PAGES if list(Path("matter").glob("rounds/02-from-*")) else PAGES[:-1]:
        reply = routes.view(name)(desk, asked(names))
        assert isinstance(reply, Shown)
        assert (reply.status, reply.template) != (200, "wrong.html"), name
        made.append(BETWEEN.sub("", routes.page(desk, asked(names), reply.template, reply.given)))
    return tuple(made)


def act(name: str) -> int:
    """Do one act by its page, on a desk of its own; return 0 where the page leads on, as it does when all is done."""
    desk, (view, names, form) = opened(), ACTS[name]
    if name == "packet":
        return packing.main(["matter", "lib", "2026-09-03", "2026-09-10", ""])
    if name == "undo":
        act_on(desk, "swap")
    file = Upload("theirs.docx", Path("theirs.docx").read_bytes()) if name == "receive" else None
    reply = routes.view(view)(desk, asked(names, form, file))
    return int(isinstance(reply, Shown))


def act_on(desk, name: str) -> None:
    view, names, form = ACTS[name]
    assert not isinstance(routes.view(view)(desk, asked(names, form)), Shown)


def prepared(name: str) -> None:
    Path("lib/memo.md").write_text(test_memo.DOGS, "utf-8")
    if name in {"reject", "accept", "receive"}:
        library = ("--library", "lib")
        assert run("send", "matter", "--to", "kennel", "--on", "2026-09-01", *library).exit_code == 0
        sent = next(Path("matter/rounds").glob("01-*/outgoing/contract.docx")).read_bytes()
        Path("theirs.docx").write_bytes(returns.edited(sent, ("Ann", "The Town pays", "The Town gladly pays")))
    if name in {"reject", "accept"}:
        assert run("receive", "matter", "theirs.docx", "--on", "2026-09-02").exit_code == 0


@pytest.mark.parametrize("name", ACTS)
def test_killed_at_any_moment_the_next_desk_shows_the_matter_as_before_or_after(place, name, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # no LibreOffice: a packet is its Word files, and ends with 1
    prepared(name)
    ends = 1 if name == "packet" else 0
    held, before = files(place), shown()
    states = [before]
    if name == "undo":
        act_on(opened(), "swap")
        states.append(shown())
        test_filing.restored(place, held)
    assert act(name) == ends
    after = shown()
    states.append(after)
    assert (before == after) == (name == "undo")
    seen, met = set(), set()
    for at in range(1, 400) if THOROUGH else range(1, 400, 3):
        test_filing.restored(place, held)
        end = test_filing.killed(at, lambda: act(name))
        if end == ends:
            break
        assert end == -signal.SIGKILL
        if (state := test_filing.left_by(place)) in met:
            continue
        met.add(state)
        now = shown()
        assert now in states, differing(now, states)
        seen.add(states.index(now))
        with filing.held(Path("matter")):  # whoever changes it next clears away what was left
            pass
        left = [path for path in Path("matter").rglob(".drafter*") if not re.search("packet", path.name)]
        assert left == []
        assert shown() == now
        if now == before:
            assert act(name) == ends
            assert shown() == after
    assert at > 3
    assert 0 in seen


def differing(now, states) -> str:
    """Return the lines of the pages that are neither as before nor as after."""
    return "\n".join(
        "\n".join(difflib.unified_diff("\n".join(state).split("\n"), "\n".join(now).split("\n"), lineterm="", n=0))
        for state in states
    )
