"""Every kind of page of the desk in every state that it can be in, by the addresses that the desk knows.

`visits` lists them for a desk that `running` makes; each says which address it is of, so that an address without a page
here is found. `seen` opens one in a browser and holds it to what every page must be, in every look.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import desks

from drafter.matters import filing
from drafter.web import routes

HERE, NEW, BROKEN = "/m/matter", "/m/new", "/m/broken"
LONG = "An answer that goes on and on, " * 40
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# Addresses that are no page of ours, and what is there instead.
FILES = MappingProxyType(
    {
        "/m/{matter}/state": "application/json",
        "/m/{matter}/contract.docx": WORD,
        "/m/{matter}/rounds/redline.docx": WORD,
        "/m/{matter}/rounds/{number:number}/file/{file:path}": WORD,
        "/m/{matter}/ours/rounds/{number:number}/file/{file:path}": WORD,
        "/m/{matter}/check/matrix{kind}": "text/html; charset=utf-8",  # to be kept
        "/m/{matter}/packet/{packet}/file/{file}": WORD,
        "/m/{matter}/ours/brief/{packet}/file/{file}": WORD,
        "/m/{matter}/jobs/{job:number}/looked-at.pdf": "application/pdf",
        "/m/{matter}/jobs/{job:number}/{place:number}-{which:number}.png": "image/png",
    }
)

SHOWN_ELSEWHERE = ("/m/{matter}/jobs/{job:number}/looks",)  # a form on the page of a scan, which test_desk_packet has
MOST = 3  # of what axe finds on one page in one look: the rest is mostly the same
STATED = ""  # the address of pages that say that there is nothing

# How a browser may show a page: its width and height, and what it emulates.
Look = tuple[int, int, dict[str, str]]
LOOKS: dict[str, Look] = {
    "plain": (1280, 800, {}),
    "dark": (1280, 800, {"color_scheme": "dark"}),
    "forced colours": (1280, 800, {"forced_colors": "active"}),
    "reduced motion": (1280, 800, {"reduced_motion": "reduce"}),
    "320 px": (320, 640, {}),
    "200 %": (640, 400, {}),
}
NONE = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}


@dataclass(frozen=True)
class Visit:
    """A page in a state: which address it is of, what is asked or sent there, and the status that answers."""

    route: str
    state: str
    path: str
    fields: dict[str, str] | None = None
    file: tuple[str, str] | None = None  # its name, and what is in it
    status: int = 200
    held: bool = False  # another program is changing the matter
    is_full: bool = False  # axe looks at the contract beside it too, which most pages have

    @property
    def name(self) -> str:
        return f"{self.route}, {self.state}"


@dataclass
class Place:
    """A desk to walk: the matters in it, and the addresses of what was made on it before."""

    desk: desks.Running
    job: str = ""
    running: str = ""
    packet: str = ""
    extra: list[Visit] = field(default_factory=list)


@contextmanager
def running(folder: Path) -> Iterator[Place]:
    """Run a desk with a matter that has rounds and a packet, a new one, and one whose file is wrong.

    In the place of LibreOffice is a program that never ends, so that there is a job that runs.
    """
    shutil.copytree(desks.EXAMPLES / "st-louis-park-negotiation", folder / "matter")
    shutil.copytree(desks.EXAMPLES / "minimal", folder / "broken")
    before = os.environ["PATH"]
    try:
        with desks.running(folder) as desk:
            place = Place(desk)
            assert desk.post("/new", {"name": "new", "form": "standard"}).status == 303
            _made(place, folder.parent / "empty")
            _running(place, folder.parent / "bin", before)
            desk.get(f"{BROKEN}/")  # the last contract that could be made stays beside what is wrong
            answers = folder / "broken" / "answers.yaml"
            answers.write_text(answers.read_text("utf-8") + "district: [\n", "utf-8")
            yield place
            desk.post(place.running)
    finally:
        os.environ["PATH"] = before


def _made(place: Place, empty: Path) -> None:
    """Make a packet of Word files, and with it a job that has ended."""
    os.environ["PATH"] = str(empty)  # no LibreOffice
    made = place.desk.post(f"{HERE}/packet", {"meeting": "2026-06-01", "privileged": "yes"})
    place.job = _at(place.desk, made)
    _until(place.desk, place.job, "Done")
    place.packet = "packet-2026-06-01"


def _running(place: Place, folder: Path, before: str) -> None:
    """Start a job that doesn't end."""
    folder.mkdir()
    (folder / "soffice").write_text("#!/bin/sh\nsleep 600 &\nwait\n")
    (folder / "soffice").chmod(0o755)
    os.environ["PATH"] = f"{folder}{os.pathsep}{before}"
    place.running = _at(place.desk, place.desk.get(f"{HERE}/contract.pdf"))
    _until(place.desk, place.running, "Laying out")


def _at(desk: desks.Running, made: desks.Answer) -> str:
    assert made.status == 303, made.words
    return made.headers["location"].removeprefix(desk.root)


def _until(desk: desks.Running, at: str, words: str) -> None:
    for _ in range(600):
        if words in desk.get(at).words:
            return
        time.sleep(0.1)
    raise AssertionError(desk.get(at).words)


# -- what is visited ----------------------------------------------------------------------------


def visits(place: Place) -> Iterator[Visit]:
    """Yield every page in every state that it is kept apart by."""
    yield from _of_the_desk()
    yield from _of_the_interview()
    yield from _of_wordings()
    yield from _of_policy()
    yield from _of_rounds()
    yield from _of_packets(place)
    yield from _of_any_matter()


def _of_the_desk() -> Iterator[Visit]:
    yield Visit("/", "three matters", "/")
    yield Visit("/new", "empty", "/new")
    yield Visit("/new", "from another", "/new?from=matter")
    yield Visit("/new", "wrong name", "/new", {"name": "a/b"}, status=422)
    yield Visit("/close", "asked", "/close")
    yield Visit(STATED, "nothing there", "/none", status=404)
    yield Visit(STATED, "no such matter", "/m/none/", status=404)


def _of_the_interview() -> Iterator[Visit]:
    ask, record = "/m/{matter}/ask/{question}", "/m/{matter}/ask/{question}/{number:number}"
    yield Visit(ask, "no answer", f"{NEW}/ask/district.name")
    yield Visit(ask, "answered", f"{HERE}/ask/chief_name", is_full=True)
    yield Visit(ask, "options", f"{HERE}/ask/city.prone_restraint")
    yield Visit(ask, "several options", f"{HERE}/ask/evaluation_voices")
    yield Visit(ask, "a long text", f"{HERE}/ask/district.address")
    yield Visit(ask, "not asked", f"{HERE}/ask/percent")
    yield Visit(ask, "of a section", f"{HERE}/ask/chief_name?in=parties")
    yield Visit(ask, "no such question", f"{HERE}/ask/nothing", status=404)
    yield Visit(ask, "empty field", f"{HERE}/ask/chief_name", {"answer": ""}, status=422)
    yield Visit(ask, "wrong date", f"{HERE}/ask/term.start", {"answer": "next year"}, status=422)
    yield Visit(ask, "wrong money", f"{HERE}/ask/expected_cost", {"answer": "a lot"}, status=422)
    yield Visit(ask, "nothing chosen", f"{HERE}/ask/city.prone_restraint", {"do": "save"}, status=422)
    yield Visit(ask, "conflict", f"{HERE}/ask/chief_name", {"answer": "Another", "was": "other"}, status=409)
    yield Visit(ask, "held", f"{HERE}/ask/chief_name", {"answer": "Another"}, status=423, held=True)
    yield Visit(ask, "too long", f"{NEW}/ask/chief_name", {"answer": LONG}, status=422)
    yield Visit(ask, "a list", f"{HERE}/ask/schools")
    yield Visit(ask, "an empty list", f"{NEW}/ask/schools")
    yield Visit(ask, "a list changed elsewhere", f"{HERE}/ask/schools", {"do": "clear", "was": "other"}, status=409)
    yield Visit(ask, "a list held", f"{HERE}/ask/schools", {"do": "add", "items": "One"}, status=423, held=True)
    yield Visit(record, "there", f"{HERE}/ask/officers/1")
    yield Visit(record, "new", f"{NEW}/ask/schools/1")
    wrong = {"f.name": "x" * 5000, "f.certified": "no"}
    yield Visit(record, "wrong", f"{NEW}/ask/officers/1", wrong | {"f.email": "nobody"}, status=422)
    yield Visit(record, "changed elsewhere", f"{HERE}/ask/schools/1", {"f.name": "One", "was": "other"}, status=409)
    yield Visit(record, "held", f"{NEW}/ask/schools/1", {"f.name": "One"}, status=423, held=True)
    yield Visit("/m/{matter}/ask", "led to the first question", f"{NEW}/ask")
    yield Visit("/m/{matter}/sections", "answered", f"{HERE}/sections")
    yield Visit("/m/{matter}/review", "answered", f"{HERE}/review")
    yield Visit("/m/{matter}/undo", "an answer to take back", f"{NEW}/undo")
    yield Visit("/m/{matter}/undo", "nothing to take back", f"{HERE}/undo")
    yield Visit("/m/{matter}/contract", "answered", f"{HERE}/contract", is_full=True)
    yield Visit("/m/{matter}/contract.pdf", "a job that runs", f"{HERE}/contract.pdf")


def _of_wordings() -> Iterator[Visit]:
    every, one = "/m/{matter}/wordings", "/m/{matter}/wordings/{clause}"
    yield Visit(every, "all", f"{HERE}/wordings")
    yield Visit(every, "found", f"{HERE}/wordings?find=force")
    yield Visit(every, "nothing found", f"{HERE}/wordings?find=zzz")
    yield Visit(one, "as it is", f"{HERE}/wordings/termination-convenience")
    yield Visit(one, "compared", f"{HERE}/wordings/termination-convenience?with=ninety-days")
    fields = {"alternative": "ninety-days", "was": "other"}
    yield Visit(one, "changed elsewhere", f"{HERE}/wordings/termination-convenience", fields, status=409)
    fields = {"alternative": "ninety-days"}
    yield Visit(one, "held", f"{HERE}/wordings/termination-convenience", fields, status=423, held=True)
    yield Visit(one, "a fact decides", f"{HERE}/wordings/prone-restraint?with=move-to-non-prone")
    yield Visit(one, "no such clause", f"{HERE}/wordings/none", status=404)
    own = f"{one}/own"
    yield Visit(own, "as it reads", f"{HERE}/wordings/prone-restraint/own")
    yield Visit(own, "wrong words", f"{HERE}/wordings/prone-restraint/own", {"words": "[[nowhere]]."}, status=422)
    fields = {"words": "Nothing is held.", "label": "Theirs", "satisfies": "", "concedes": "The ban."}
    yield Visit(own, "departs from policy", f"{HERE}/wordings/prone-restraint/own", fields, status=422)
    yield Visit("/m/{matter}/ours/concede/{clause}", "answered", f"{HERE}/ours/concede/termination-convenience")
    yield Visit("/m/{matter}/form", "as it is", f"{HERE}/form")
    yield Visit("/m/{matter}/form", "compared", f"{NEW}/form?to=comprehensive")
    yield Visit("/m/{matter}/form", "refused", f"{HERE}/form", {"to": "standard"}, status=422)
    yield Visit("/m/{matter}/template", "as it is", f"{HERE}/template")
    fields = {"template": "matter/none.docx", "do": "choose"}
    yield Visit("/m/{matter}/template", "no such template", f"{HERE}/template", fields, status=422)


def _of_policy() -> Iterator[Visit]:
    yield Visit("/m/{matter}/check", "all", f"{HERE}/check")
    for only in ("bad", "fallback", "unread"):
        yield Visit("/m/{matter}/check", only, f"{HERE}/check?only={only}")
    yield Visit("/m/{matter}/check/read", "answers to read", f"{HERE}/check/read")
    yield Visit("/m/{matter}/check/read", "nothing chosen", f"{HERE}/check/read", {"by": "N. N."}, status=422)


def _of_rounds() -> Iterator[Visit]:
    rounds = "/m/{matter}/rounds"
    yield Visit(rounds, "five", f"{HERE}/rounds")
    yield Visit(f"{rounds}/redline", "since the last", f"{HERE}/rounds/redline")
    yield Visit(f"{rounds}/redline", "of two rounds", f"{HERE}/rounds/redline?base=1&revised=3")
    yield Visit(f"{rounds}/redline", "the whole contract", f"{HERE}/rounds/redline?base=1&revised=3&whole=yes")
    yield Visit(f"{rounds}/send", "to nobody", f"{HERE}/rounds/send", {"to": ""}, status=422)
    yield Visit(f"{rounds}/send", "on no day", f"{HERE}/rounds/send", {"to": "city", "on": "never"}, status=422)
    yield Visit(f"{rounds}/send", "held", f"{HERE}/rounds/send", {"to": "city"}, status=423, held=True)
    yield Visit(f"{rounds}/receive", "no file", f"{HERE}/rounds/receive", {}, ("", ""), status=422)
    yield Visit(f"{rounds}/receive", "wrong file", f"{HERE}/rounds/receive", {}, ("x.docx", "PK no Word"), status=422)
    every, one = f"{rounds}/{{number:number}}/changes", f"{rounds}/{{number:number}}/changes/{{change}}"
    yield Visit(every, "answered", f"{HERE}/rounds/2/changes")
    yield Visit(every, "with comments", f"{HERE}/rounds/4/changes")
    yield Visit(every, "no return", f"{HERE}/rounds/1/changes", status=404)
    yield Visit(one, "answered", f"{HERE}/rounds/2/changes/c1")
    yield Visit(one, "of the last return", f"{HERE}/rounds/4/changes/c1")
    yield Visit(one, "a comment", f"{HERE}/rounds/4/changes/comment1")
    yield Visit(one, "nothing chosen", f"{HERE}/rounds/4/changes/c1", {"answer": ""}, status=422)
    yield Visit(one, "no reply", f"{HERE}/rounds/4/changes/comment1", {"answer": "reply", "reply": " "}, status=422)
    yield Visit(one, "held", f"{HERE}/rounds/4/changes/c1", {"answer": "reject"}, status=423, held=True)


def _of_packets(place: Place) -> Iterator[Visit]:
    packet = "/m/{matter}/packet"
    yield Visit(packet, "one", f"{HERE}/packet")
    yield Visit(packet, "wrong day", f"{HERE}/packet", {"meeting": "never"}, status=422)
    path = f"{HERE}/packet/{place.packet}/verify"
    yield Visit(f"{packet}/{{packet}}/verify", "no file", path, {}, ("", ""), status=422)
    yield Visit("/m/{matter}/jobs/{job:number}", "ended", place.job)
    yield Visit("/m/{matter}/jobs/{job:number}", "runs", place.running)
    yield Visit("/m/{matter}/jobs/{job:number}", "no such job", f"{HERE}/jobs/99", status=404)
    yield from place.extra


SIMPLE = ("", "sections", "review", "contract", "form", "template", "wordings", "check", "check/read", "rounds",
          "rounds/redline", "packet", "undo")  # fmt: skip


def _of_any_matter() -> Iterator[Visit]:
    """Yield the pages of a whole matter: of one with rounds, of a new one, and of one whose file is wrong."""
    yield Visit("/m/{matter}/", "rounds", f"{HERE}/")
    for name in SIMPLE:
        yield Visit(f"/m/{{matter}}/{name}", "nothing answered", f"{NEW}/{name}")
        yield Visit(f"/m/{{matter}}/{name}", "file wrong", f"{BROKEN}/{name}")
    ask = "/m/{matter}/ask/{question}"
    yield Visit(ask, "file wrong", f"{BROKEN}/ask/chief_name", is_full=True)
    yield Visit(ask, "file wrong, sent", f"{BROKEN}/ask/chief_name", {"answer": "A name"}, status=422)


def every_question(place: Place) -> Iterator[Visit]:
    """Yield the page of every question, and of the first record of every list, answered and not."""
    asked = place.desk.server.desk.read("matter").library.questionnaire.questions
    for at, state in ((HERE, "answered"), (NEW, "new")):
        for name, question in asked.items():
            yield Visit("/m/{matter}/ask/{question}", f"{name} {state}", f"{at}/ask/{name}")
            if question.type == "records":
                route = "/m/{matter}/ask/{question}/{number:number}"
                yield Visit(route, f"{name} {state}", f"{at}/ask/{name}/1")


def every_wording(place: Place) -> Iterator[Visit]:
    """Yield the page of every clause, with each of its wordings, and that of its own words."""
    for clause in place.desk.server.desk.read("matter").library.clauses.values():
        one, path = "/m/{matter}/wordings/{clause}", f"{HERE}/wordings/{quote(clause.id)}"
        yield Visit(one, clause.id, path)
        for wording in clause.alternatives:
            yield Visit(one, f"{clause.id} with {wording.id}", f"{path}?with={quote(wording.id)}")
        yield Visit(f"{one}/own", clause.id, f"{path}/own")


def route_of(path: str) -> str:
    """Return the address, as the desk lists it, that answers a path; empty where none does."""
    bare = path.partition("?")[0]
    return next((route for route, _ in routes.VIEWS if re.fullmatch(_pattern(route), bare)), "")


def _pattern(route: str) -> str:
    kinds = {"number": r"\d+", "path": ".+", "": "[^/]+"}
    parts = re.split(r"\{(\w+)(?::(\w+))?\}", route)
    texts, kind = parts[::3], parts[2::3]
    return "".join(re.escape(text) + (kinds[kind[n] or ""] if n < len(kind) else "") for n, text in enumerate(texts))


# -- what every page must be --------------------------------------------------------------------


def seen(place: Place, page, visit: Visit, looks: tuple[str, ...]) -> list[str]:
    """Open a page, and return what is wrong with it in some looks, a line each."""
    _looked_at(page, LOOKS["plain"])
    folder = place.desk.folder / visit.path.split("/")[2] if visit.held else None
    with filing.held(folder) if folder else nullcontext():
        status = _opened(place, page, visit)
    found = [f"the status is {status}"] if status != visit.status else []
    found += [] if page.locator("h1").count() == 1 else ["there is not one heading of the first level"]
    found += [] if page.title().endswith("– Drafter") else [f"the title is {page.title()}"]
    found += [] if page.evaluate("document.activeElement !== document.body") else ["nothing has the focus"]
    for look in looks:
        _looked_at(page, LOOKS[look])
        found += [f"{look}: {one}" for one in (*desks.violations(page, visit.is_full)[:MOST], *_fits(page))]
        found += [f"{look}: {one}" for one in {"forced colours": _focus, "reduced motion": _moves}.get(look, _no)(page)]
    return [f"{visit.name}: {one}" for one in found]


def _looked_at(page, look: Look) -> None:
    width, height, emulated = look
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(**{**NONE, **emulated})


def _opened(place: Place, page, visit: Visit) -> int:
    """Open a page as a browser without a script does; return its status."""
    if visit.fields is None and visit.file is None:
        reply = page.goto(place.desk.address + visit.path)
        return reply.status if reply else 0
    page.goto(f"{place.desk.address}/close")  # any page that has no contract beside it
    fields = {"key": place.desk.server.keys.form, **(visit.fields or {})}
    with page.expect_navigation() as gone:
        page.evaluate(SENT, [place.desk.root + visit.path, fields, visit.file])
    return gone.value.status if gone.value else 0


SENT = """([to, fields, file]) => {
    const form = document.createElement("form");
    form.method = "post"; form.action = to;
    for (const [name, value] of Object.entries(fields)) {
        const one = document.createElement("input"); one.name = name; one.value = value; form.append(one); }
    if (file) {
        const one = document.createElement("input"), held = new DataTransfer();
        form.enctype = "multipart/form-data"; one.type = "file"; one.name = "file";
        if (file[0]) held.items.add(new File([file[1]], file[0]));
        one.files = held.files; form.append(one); }
    document.body.append(form);
    form.submit(); }"""


def _no(_) -> list[str]:
    return []


def _fits(page) -> list[str]:
    wide, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{wide} px of {width}"] if wide > width else []


def _focus(page) -> list[str]:
    """Find whether what has the focus after Tab can be told by its outline, whatever the colours are."""
    page.keyboard.press("Tab")
    style = page.evaluate(
        """() => { const at = document.activeElement, how = getComputedStyle(at);
            return at === document.body ? "" : [at.tagName, how.outlineStyle, how.outlineWidth].join(" "); }"""
    )
    return [f"the focus is not seen: {style or 'nothing has it'}"] if not style or " none" in style else []


def _moves(page) -> list[str]:
    """Find what moves though the user wants no motion."""
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => { const how = getComputedStyle(one);
            return how.scrollBehavior === "smooth" || parseFloat(how.animationDuration) > 0.01 ||
                how.transitionDuration.split(",").some((time) => parseFloat(time) > 0.01);
            }).map((one) => one.tagName)"""
    )
    return [f"moves: {json.dumps(moving)}"] if moving else []
