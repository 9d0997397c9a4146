"""What the documents say is what the product does: the commands in the README print what is shown there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter.doors.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ drafter (?P<command>[^\n]+)\n(?P<shown>.*?)```", re.DOTALL)


def drafts(folder: str, names: list[str]) -> set[str]:  # noqa: ARG001  # as copytree asks
    """Name the drafts beside an answers file; what was sent stays."""
    return {name for name in names if name.endswith((".docx", ".pdf"))} if "answers.yaml" in names else set()


def printed(command: str, folder: Path, monkeypatch) -> str:
    """Run a command of the README in a copy of the examples; return what it prints, problems included."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=drafts)
    monkeypatch.chdir(folder)
    command, _, head = command.partition(" | head -")
    result = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}).invoke(main, shlex.split(command))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = [line.rstrip() for line in result.output.splitlines()]
    return "\n".join(lines[: int(head)] if head else lines) + "\n"


@pytest.mark.parametrize("command", [match["command"] for match in BLOCK.finditer(README.read_text("utf-8"))])
def test_a_command_in_the_readme_prints_what_is_shown(command, tmp_path, monkeypatch, request):
    text = README.read_text("utf-8")
    output = printed(command, tmp_path, monkeypatch)
    shown = next(match["shown"] for match in BLOCK.finditer(text) if match["command"] == command)
    if request.config.getoption("--accept") and output != shown:
        old = f"```console\n$ drafter {command}\n{shown}```"
        README.write_text(text.replace(old, f"```console\n$ drafter {command}\n{output}```"), "utf-8")
        return
    assert output == shown


def test_every_command_is_documented():
    documents = "".join(path.read_text("utf-8") for path in (README, *(ROOT / "docs").glob("*.md")))
    assert [name for name in main.commands if f"drafter {name}" not in documents] == []


def test_the_glossary_words_that_are_not_ours_stay_out_of_the_help():
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = [line.split("|") for line in glossary.splitlines() if line.startswith("|")][2:]
    ours = {word.strip() for row in rows for word in row[1].split(",")}
    refused = {word.strip() for row in rows for word in row[3].split("(")[0].split(",")} - ours - {""}
    told = " ".join(
        command.get_help(command.make_context(name, [], resilient_parsing=True))
        for name, command in main.commands.items()
    )
    allowed = {
        "template",
        "option",
        "comment",
    }  # Word has templates and comments; click heads its lists with "Options:"
    assert sorted(word for word in refused - allowed if re.search(rf"\b{word}s?\b", told.lower())) == []
