"""The worked example of docs/policy-change.md: each command prints what is shown, each edit is made as it is shown."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from click.testing import CliRunner
from commands import TERMINAL

from drafter.doors.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "policy-change.md"
STEP = re.compile(
    r"```console\n\$ drafter (?P<command>[^\n]+)\n(?P<shown>.*?)```|```diff\n--- (?P<file>\S+)\n(?P<edit>.*?)```",
    re.DOTALL,
)


def printed(command: str) -> str:
    """Run a command of the page; return what it prints, with one time in the place of the measured one."""
    command, _, cut = command.partition(" | ")
    result = CliRunner(env=TERMINAL).invoke(main, shlex.split(command))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    output = result.output.rstrip()
    lines = [re.sub(r"\d+\.\d seconds", "0.9 seconds", line.rstrip()) for line in output.splitlines()]
    which, _, many = cut.partition(" -")
    kept = lines[: int(many)] if which == "head" else lines[-int(many) :] if which == "tail" else lines
    return "\n".join(kept) + "\n"


def edited(text: str, edit: str) -> str:
    """Return a text with an edit made, which is shown as lines with -, + or a space before them."""
    lines = edit.splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] != "+")
    new = "\n".join(line[1:] for line in lines if line[0] != "-")
    assert text.count(old) == 1, f"{text.count(old)} times in the file: {old}"
    return text.replace(old, new)


def test_the_worked_example_goes_as_its_page_says(tmp_path, monkeypatch, accept):
    for name in ("clause_library", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "clause_library", tmp_path / "my-library")
    monkeypatch.chdir(tmp_path)

    def step(found: re.Match[str]) -> str:
        if found["file"]:
            path = tmp_path / found["file"]
            path.write_text(edited(path.read_text("utf-8"), found["edit"]), "utf-8")
            return found[0]
        return f"```console\n$ drafter {found['command']}\n{printed(found['command'])}```"

    made = STEP.sub(step, PAGE.read_text("utf-8"))
    assert made.count("```console") == 7
    accept(PAGE, made)


def test_the_example_is_marked_as_made_up():
    text = (ROOT / "examples" / "policy-change" / "second-reading.txt").read_text("utf-8")
    assert "(fictional example)" in text
