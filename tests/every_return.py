"""Files a return by the desk and by the command, answers each of its changes by both, and finds where they differ."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import commands
import desks

from drafter.base import manifest
from drafter.matters import ledger

RETURNS = Path(__file__).resolve().parents[2] / "shared" / "returned-markup" / "returns"
SENT = "00-SENT-contract"
MOST = 12  # changes of one return that are answered, and the last
WAYS = itertools.cycle(("reject", "later", "accept"))


def sent(folder: Path) -> None:
    """Make a matter of which round 1 sent the contract that the returns of the shared folder came back from."""
    shutil.copytree(desks.EXAMPLES / "st-louis-park-comprehensive", folder)
    assert commands.run("send", folder, "--to", "city", "--on", "2026-11-24").exit_code == 0
    made = folder / "rounds" / "01-to-city"
    shutil.copyfile(RETURNS / f"{SENT}.json", made / "contract.json")
    shutil.copyfile(RETURNS / f"{SENT}.docx", made / "outgoing" / "contract.docx")
    held = commands.files(made)
    held.pop(manifest.FILE)
    (made / manifest.FILE).write_text(manifest.to_text(held), "utf-8")
    ledger.write(folder / "rounds", [made], date(2026, 11, 24))


def walked(desk: desks.Running, start: Path, tmp: Path, told: Callable[[str], object]) -> Iterator[str]:
    """Send a matter's contract, file each return of the shared folder, and answer it; yield what is wrong."""
    counts = [0, 0]
    for path in sorted(RETURNS.glob("*.docx")):
        here, beside = desk.folder / path.stem, tmp / path.stem
        for place in (here, beside):
            shutil.copytree(start, place)
        count, wrong = answered(desk, path.stem, beside, path.read_bytes())
        counts = [counts[0] + 1, counts[1] + count]
        told(f"{path.name}: {count} changes")
        yield from (f"{path.name}: {one}" for one in wrong)
        for place in (here, beside):
            shutil.rmtree(place)
    told(f"{counts[0]} returns, {counts[1]} changes answered")


def answered(
    desk: desks.Running, matter: str, beside: Path, content: bytes, library: tuple[object, ...] = ()
) -> tuple[int, list[str]]:
    """File a return of a matter and of a copy beside it, answer its changes, take one back, send the next round.

    Return how many changes were answered, and what was not the same.
    """
    here, day, wrong = desk.folder / matter, desk.server.desk.today().isoformat(), list[str]()

    def same(when: str) -> None:
        differing = _differing(commands.files(here), commands.files(beside))
        wrong.extend([f"{when}: {differing}"] if differing else [])

    made = desk.upload(f"/m/{matter}/rounds/receive", "back.docx", content, {"on": day})
    file = beside.parent / f"{beside.name}-back" / "back.docx"
    file.parent.mkdir()
    file.write_bytes(content)
    commands.run("receive", beside, file, "--on", day, *library)
    same("received")
    number = max(int(path.name[:2]) for path in (here / "rounds").glob("[0-9]*-from-*"))
    page = f"/m/{matter}/rounds/{number}/changes"
    names = re.findall(r'changes/(c\d+)"', desk.get(page).text)
    names = list(dict.fromkeys([*names[:MOST], *names[-1:]]))
    for name, answer in zip(names, WAYS, strict=False):
        words = ["--because", "Why.", *(["--reply", "So."] if answer != "later" else [])]
        fields = {"answer": answer, "because": "Why.", "reply": "So." if answer != "later" else ""}
        made = desk.post(f"{page}/{name}", fields)
        command = commands.run("decide", beside, answer, name, *words, *library)
        if (made.status == 303) != (command.exit_code == 0):
            wrong.append(f"{answer} {name}: the desk answers {made.status}, the command {command.exit_code}")
        same(f"{answer} {name}")
    if names:
        desk.post(f"/m/{matter}/undo")
        commands.run("decide", beside, "--undo", *library)
        same("taken back")
    desk.post(f"/m/{matter}/rounds/send", {"to": _party(here), "on": day, "message": "As agreed."})
    commands.run("send", beside, "--to", _party(here), "--on", day, "--message", "As agreed.", *library)
    same("sent")
    return len(names), wrong


def _party(here: Path) -> str:
    return next((here / "rounds").glob("01-to-*")).name.partition("-to-")[2]


def _differing(one: dict[str, bytes], other: dict[str, bytes]) -> str:
    return ", ".join(sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name)))
