"""What the documents say is what the product does: commands run and print what is shown, links lead somewhere."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import rooms
from click.testing import CliRunner

from drafter.doors.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
NEGOTIATION = DOCS / "negotiation.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
ENGINE = sorted((ROOT / "drafter").rglob("*.py"))
BLOCK = re.compile(r"```console\n\$ drafter (?P<command>[^\n]+)\n(?P<shown>.*?)```", re.DOTALL)


# -- README -------------------------------------------------------------------------------------


def drafts(folder: str, names: list[str]) -> set[str]:  # noqa: ARG001  # as copytree asks
    """Name the drafts beside an answers file; what was sent is copied."""
    return {name for name in names if name.endswith((".docx", ".pdf"))} if "answers.yaml" in names else set()


def printed(command: str, folder: Path, monkeypatch) -> str:
    """Run a command of a page in a copy of the examples; return what it prints, problems included."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=drafts)
    monkeypatch.chdir(folder)
    command, _, head = command.partition(" | head -")
    result = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}).invoke(main, shlex.split(command))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = [line.rstrip() for line in result.output.splitlines()]
    return "\n".join(lines[: int(head)] if head else lines) + "\n"


SHOWN = [
    (page, match["command"]) for page in (README, NEGOTIATION) for match in BLOCK.finditer(page.read_text("utf-8"))
]


@pytest.mark.parametrize(("page", "command"), SHOWN, ids=[f"{page.stem}: {command}" for page, command in SHOWN])
def test_a_command_in_a_page_prints_what_is_shown(page, command, tmp_path, monkeypatch, request):
    text = page.read_text("utf-8")
    output = printed(command, tmp_path, monkeypatch)
    shown = next(match["shown"] for match in BLOCK.finditer(text) if match["command"] == command)
    if request.config.getoption("--accept") and output != shown:
        old = f"```console\n$ drafter {command}\n{shown}```"
        page.write_text(text.replace(old, f"```console\n$ drafter {command}\n{output}```"), "utf-8")
        return
    assert output == shown


def test_every_command_is_documented():
    documents = "".join(path.read_text("utf-8") for path in (README, *DOCS.glob("*.md")))
    assert [name for name in main.commands if f"drafter {name}" not in documents] == []


# -- commands that are named --------------------------------------------------------------------

QUOTED = re.compile(r"['`]drafter ([^'`\n]+)['`]")
IN_A_PAGE = re.compile(r"`drafter ([^`\n]+)`|^ {4}drafter (.+)$|^\$ drafter (.+)$", re.MULTILINE)
EXAMPLES = {"DATE": "2026-03-01", "ROUND": "1", "PARTY": "city"}  # for what is no free text
OUR_OWN = {"-h", "--help", "--version"}


def fault(text: str) -> str:
    """Return why drafter can't take a command as it is named, "" if it can; arguments may be left out."""
    words = shlex.split(re.sub(r"[][]|\.\.\.| \| (?:head|tail).*| {2,}[#(].*", "", text))
    group: click.Command = main
    while isinstance(group, click.Group):
        if not words or words[0] in OUR_OWN:
            return ""
        if words[0] not in group.commands:
            return f"there is no command '{words[0]}'"
        group = group.commands[words.pop(0)]
    given = [EXAMPLES.get(word, word) for word in words]
    try:
        group.make_context(group.name, list(given))  # click takes words out of the list
    except click.MissingParameter:
        return ""
    except click.BadOptionUsage as error:
        return "" if given[-1].startswith("-") else error.format_message()  # the value of the last may be left out
    except click.UsageError as error:
        return error.format_message()
    return ""


def strings(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of a module, with x in the place of what an f-string fills in."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr():
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
            case ast.Constant(value=str(text)) if id(node) not in inside:
                yield text


def built(tree: ast.Module) -> Iterator[str]:
    """Yield the commands that a module builds word by word, with x for a word that is not fixed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple) and node.elts and getattr(node.elts[0], "value", "") == "drafter":
            words = [part for part in node.elts[1:] if not isinstance(part, ast.Starred)]
            yield " ".join(part.value if isinstance(part, ast.Constant) else "x" for part in words)


def test_every_command_that_the_code_names_runs():
    trees = [ast.parse(path.read_text("utf-8")) for path in ENGINE]
    texts = [text for tree in trees for text in strings(tree)]
    quoted = {match for text in texts for match in QUOTED.findall(text)}
    assert {"clauses --by requirement", "explain MATTER x", "history"} <= quoted
    assert {text: fault(text) for text in quoted if fault(text)} == {}
    words = {text for tree in trees for text in built(tree)}
    assert any(text.startswith("swap ") for text in words)
    assert {text: fault(text) for text in words if fault(text)} == {}


def test_every_command_that_a_page_names_runs():
    found = {"".join(match): path.name for path in PAGES for match in IN_A_PAGE.findall(path.read_text("utf-8"))}
    assert len(found) > 50
    assert {f"{page}: drafter {text}": fault(text) for text, page in found.items() if fault(text)} == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("clauses --by requirement", ""),
        ("swap MATTER [CLAUSE] --undo", ""),
        ("review [REQUIREMENT]...", ""),
        ("check -o", ""),
        ("template check FILE.docx", ""),
        ("--help", ""),
        ("clause", "there is no command 'clause'"),
        ("template look", "there is no command 'look'"),
        ("clauses --by", ""),
        ("clauses --by statute", "statute"),
        ("history MATTER 3", "3"),
        ("draft --finally", "--finally"),
    ],
)
def test_a_command_that_would_not_run_is_found(text, why):
    assert why in fault(text)
    assert bool(why) is bool(fault(text))


# -- links --------------------------------------------------------------------------------------

LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED_PAGE = re.compile(r"\bdocs/[\w.-]+\.md\b")


def test_every_link_in_a_page_leads_to_a_file_or_a_heading():
    dead = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for link in LINK.findall(text):
            target, _, heading = link.partition("#")
            path = page.parent / target if target else page
            if "://" not in link and not (path.exists() and (not heading or heading in headings(path))):
                dead.append(f"{page.name}: {link}")
    assert dead == []


def headings(page: Path) -> set[str]:
    """Return the headings of a page as links name them."""
    lines = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_every_page_that_is_named_anywhere_exists():
    library = [path for path in (ROOT / "clause_library").rglob("*") if path.suffix in (".md", ".yaml")]
    scripts = [path for path in (ROOT / "scripts").iterdir() if not path.name.startswith("requirements")]
    files = [*PAGES, *ENGINE, *library, *scripts, *(ROOT / "templates").glob("*.py"), ROOT / "pyproject.toml"]
    named = {(path.name, page) for path in files for page in NAMED_PAGE.findall(path.read_text("utf-8"))}
    assert len(named) > 20
    assert sorted((name, page) for name, page in named if not (ROOT / page).is_file()) == []


def test_every_file_of_ours_that_a_page_names_exists():
    ours = re.compile(r"\b(?:drafter|tests|scripts|templates|benchmarks)/[\w./-]*\w")
    named = {(page.name, path) for page in PAGES for path in ours.findall(page.read_text("utf-8"))}
    assert len(named) > 20
    assert sorted((name, path) for name, path in named if not (ROOT / path).exists()) == []


def test_every_page_is_linked_from_another():
    linked = {link.rpartition("/")[2] for page in PAGES for link in LINK.findall(page.read_text("utf-8"))}
    assert [page.name for page in DOCS.glob("*.md") if page.name not in linked] == []


# -- the rooms ----------------------------------------------------------------------------------


def test_the_table_of_rooms_is_made_from_the_packages(request):
    page = DOCS / "architecture.md"
    head, start, rest = page.read_text("utf-8").partition("<!-- rooms -->\n")
    _, end, tail = rest.partition("<!-- /rooms -->\n")
    assert start, "docs/architecture.md has a section 'Rooms' between the markers <!-- rooms --> and <!-- /rooms -->"
    assert end
    if request.config.getoption("--accept"):
        page.write_text(head + start + rooms.section() + end + tail, "utf-8")
    assert page.read_text("utf-8") == head + start + rooms.section() + end + tail


def test_every_module_says_in_its_first_line_what_it_is_for():
    paths = [path for path in ENGINE if path.stem != "__main__"]
    assert [str(path) for path in paths if not rooms.first_line(path).endswith((".", ":"))] == []


# -- words --------------------------------------------------------------------------------------


def test_the_glossary_words_that_are_not_ours_stay_out_of_the_help():
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    rows = [line.split("|") for line in glossary.splitlines() if line.startswith("|")][2:]
    ours = {word.strip() for row in rows for word in row[1].split(",")}
    refused = {word.strip() for row in rows for word in row[3].split("(")[0].split(",")} - ours - {""}
    help_text = " ".join(
        command.get_help(command.make_context(name, [], resilient_parsing=True))
        for name, command in main.commands.items()
    )
    # Word has templates and comments, a contract has references to sections; click heads its lists with "Options:".
    allowed = {"template", "comment", "reference", "option"}
    assert sorted(word for word in refused - allowed if re.search(rf"\b{word}s?\b", help_text.lower())) == []
