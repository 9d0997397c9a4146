"""Puts in every wording of a library by the desk and by the command, and finds where the two differ."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import commands
import desks

BECAUSE = "They asked."


def redlined(words: str) -> str:
    """Return a redline of a page as the command prints one, without its spaces."""
    words = re.sub(r'<span class="unseen">.*?</span>', "", words)
    words = re.sub(r"<ins>(.*?)</ins>", r"{+\1+}", re.sub(r"<del>(.*?)</del>", r"{-\1-}", words))
    words = re.sub(r"<t[dh]\b[^>]*>", "|", words)
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", words)).split())


def walked(
    desk: desks.Running, matter: str, tmp: Path, told: Callable[[str], object], library: tuple[object, ...] = ()
) -> Iterator[str]:
    """Look at each wording that is not in force, put it in and take it back; yield what is wrong, a line each."""
    known = desk.server.desk.read(matter)
    counts = dict.fromkeys(("put in", "departing", "refused"), 0)
    for clause in known.library.clauses.values():
        now = known.drafted.selection.in_force.get(clause.id, "")
        for wording in clause.alternatives:
            if wording.id != now:
                beside = tmp / f"{clause.id}-{wording.id}"
                shutil.copytree(desk.folder / matter, beside)
                how, wrong = _swapped(desk, matter, beside, clause.id, wording.id, library)
                counts[how] += 1
                yield from (f"{clause.id}: {wording.id}: {one}" for one in wrong)
                shutil.rmtree(beside)
    told(", ".join(f"{count} {how}" for how, count in counts.items()))


def _swapped(  # noqa: PLR0913, PLR0917  # what a swap is made of
    desk: desks.Running, matter: str, beside: Path, clause: str, wording: str, library: tuple[object, ...]
) -> tuple[str, list[str]]:
    """Return how a wording went in, and what was not as by the command."""
    here, at, wrong = desk.folder / matter, f"/m/{matter}/wordings/{clause}", list[str]()
    before, day = commands.files(here), desk.server.desk.today().isoformat()
    page = desk.get(f"{at}?with={wording}")
    words = ("swap", beside, clause, wording, "--on", day, "--because", BECAUSE, *library)
    made = commands.run(*words)
    departs = made.exit_code == 1 and "deviation" in made.output
    if departs:
        made = commands.run(*words, "--allow-deviation")
    printed = commands.run("redline", here, beside, *library, *(["--allow-deviation"] if departs else [])).output
    sent = desk.post(at, {"alternative": wording, "because": BECAUSE})
    if made.exit_code:
        wrong += [] if sent.status == 422 else [f"the command refuses it, the desk answers {sent.status}"]
        wrong += [] if commands.files(here) == before else ["it is refused, and files were changed"]
        return "refused", wrong
    shown = re.search(r'<div class="redline">(.*?)</div>', page.text, re.DOTALL)
    words = "".join(re.sub(r"\d+ words? marked\.", "", printed).split()) if re.search("{[+-]", printed) else ""
    if redlined(shown[1] if shown else "") != words:
        wrong.append("the redline is not that of the command")
    if departs:
        wrong += [] if sent.status == 422 and commands.files(here) == before else ["it departs, and was put in"]
        silent = desk.post(at, {"alternative": wording, "allow": "yes"})
        wrong += [] if silent.status == 422 and commands.files(here) == before else ["it was put in without a reason"]
        sent = desk.post(at, {"alternative": wording, "allow": "yes", "because": BECAUSE})
    wrong += [] if sent.status == 303 else [f"the desk answers {sent.status}: {sent.words[:200]}"]
    wrong += [] if commands.files(here) == commands.files(beside) else ["the files are not those of the command"]
    if sent.status == 303 and commands.run("swap", beside, "--undo", *library).exit_code == 0:
        desk.post(f"/m/{matter}/undo")
        after = commands.files(here)
        wrong += [] if after == commands.files(beside) else ["taken back, the files are not those of the command"]
        wrong += [] if after["answers.yaml"] == before["answers.yaml"] else ["the answers are not what they were"]
    elif sent.status == 303:
        offered = "The wording of" in desk.get(f"/m/{matter}/undo").words
        wrong += ["it can't be taken back, and that is offered"] if offered else []
        (here / "answers.yaml").write_bytes(before["answers.yaml"])
    return "departing" if departs else "put in", wrong
