"""The gallery of errors: for each code, the smallest input that causes it, and the exact message.

A folder of tests/errors is named for its code and holds a case.yaml and an expected.txt. The case is run with the
small library of small.py, beside a folder `matter`; each of its keys is one change:

    command        what is run, `check matter --library lib` by default
    answers        the text of matter/answers.yaml
    times          how many times that text is written
    policy, questionnaire, agreement, authorities
                   the text of that file, or `old: new` to replace words of it
    clauses        name: the text of a clause, null for none, or `old: new`
    files          path: the text of another file; a file in `bin` is a program
    links          path: what a link there leads to
    template       part: {old: new}, for template.docx, a changed copy of the shipped template
    env            environment variables
    exit           the exit code, 1 by default
    returned       words that the other side changed in round 1: that is sent and received first
    shows          for what is not an error: `stdout`, or the key of a list of problems in what --json prints

`pytest --accept` rewrites each expected.txt.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import zipfile
from pathlib import Path

import pytest
import returns
import small
import yaml
from commands import files, run

from drafter.base.problems import Place, Problem

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "tests" / "errors"
CASES = sorted(folder.name for folder in GALLERY.iterdir())
KEYS = {
    "command",
    "answers",
    "policy",
    "questionnaire",
    "agreement",
    "authorities",
    "clauses",
    "files",
    "links",
    "template",
}
# Packages of `drafter ask` and of the desk: their codes need a terminal or a browser, and are tested there.
SPOKEN = {"ask", "asking", "web"}
# Takes two processes (test_filing.py); takes an installation without some packages (test_signed.py); only a reminder of
# `template check`, which shows no codes (test_templates.py); only a reminder, and what no option of the command line
# gives (test_replies.py, test_desk_rounds.py); what only the desk undoes (test_desk_rounds.py).
ELSEWHERE = {
    "matter-in-use", "no-scan", "not-read-aloud", "rejected-words", "unanswered-comment", "no-answer", "changed-since",
}  # fmt: skip
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def changed(text: str, change: str | bytes | dict[str, str]) -> str | bytes:
    """Return a new text, or the text with each old word replaced."""
    if not isinstance(change, dict):
        return change
    for old, new in change.items():
        assert old in text, f"{old!r} is not there to be replaced"
        text = text.replace(old, new)
    return text


def build(case: dict, folder: Path) -> None:
    """Write the library, the matter and the other files of a case."""
    parts = {name: getattr(small, name.upper()) for name in ("policy", "questionnaire", "agreement", "authorities")}
    clauses = case.get("clauses", {})
    library = small.build(
        folder / "lib",
        **{name: changed(text, case.get(name, text)) for name, text in parts.items()},
        clauses={name: change and changed(small.CLAUSES.get(name, ""), change) for name, change in clauses.items()},
    )
    assert library.is_dir()
    written = {
        "matter/answers.yaml": case.get("answers", small.ANSWERS) * case.get("times", 1),
        **case.get("files", {}),
    }
    for name, content in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(0o755 if path.parent.name == "bin" else 0o644)
    for name, target in case.get("links", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)
    if "template" in case:
        retouched(ROOT / "templates" / "agreement.docx", folder / "template.docx", case["template"])


def retouched(place: Path, target: Path, changes: dict[str, dict[str, str]]) -> None:
    """Copy a Word file with words of its parts replaced."""
    with zipfile.ZipFile(place) as old, zipfile.ZipFile(target, "w") as new:
        assert set(changes) <= set(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changed(content.decode(), changes[name]) if name in changes else content)


@pytest.mark.parametrize("code", CASES)
def test_an_error_says_exactly_this(code, tmp_path, monkeypatch, accept):
    case = yaml.safe_load((GALLERY / code / "case.yaml").read_text("utf-8"))
    assert set(case) <= KEYS | {"env", "exit", "shows", "times", "returned"}
    build(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    come_back(case.get("returned", {}))
    before = files(tmp_path)
    env = {name: value.replace("FOLDER", str(tmp_path)) for name, value in case.get("env", {}).items()}
    result = run(*shlex.split(case.get("command", "check matter --library lib")), **env)
    message = shown(result, case.get("shows")).replace(str(tmp_path), "FOLDER")
    assert f": {code}: " in message, "the sample lacks the code of its folder"
    accept(GALLERY / code / "expected.txt", message)
    if "shows" not in case:
        assert result.exit_code == case.get("exit", 1)
        assert result.stdout == "" or case.get("command", "check").startswith(("check", "prove"))
        assert files(tmp_path) == before, "something was written"


def come_back(changes: dict[str, str]) -> None:
    """Send round 1 of the matter to the kennel, and receive it with changes."""
    if changes:
        assert run("send", "matter", "--to", "kennel", "--on", "2026-09-01", "--library", "lib").exit_code == 0
        sent = Path("matter/rounds/01-to-kennel/outgoing/contract.docx").read_bytes()
        made = returns.edited(sent, *(("Riley Counsel", old, new) for old, new in changes.items()))
        Path("back.docx").write_bytes(made)
        assert run("receive", "matter", "back.docx", "--on", "2026-09-11", "--library", "lib").exit_code == 0


def shown(result, what: str | None) -> str:
    """Return what a case shows: stderr, stdout, or the problems under a key of the JSON on stdout."""
    if what is None:
        return result.stderr
    if what == "stdout":
        return result.stdout
    found = json.loads(result.stdout)[what]
    return "".join(
        f"{Problem(one['code'], Place(one['file'], one['line'] or 0), one['message'], one['hint'])}\n" for one in found
    )


def codes(tree: ast.AST):
    """Yield the codes of the problems that a module raises: the first argument of Problem(...), or a `code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[:1] if name in ("Problem", "problem") else node.args[2:3] if name == "_Misfit" else []
            named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            yield from (found.value for found in (*first, *named) if isinstance(found, ast.Constant))
        if isinstance(node, ast.arguments):
            defaults = zip(node.args[len(node.args) - len(node.defaults) :], node.defaults, strict=True)
            yield from (value.value for argument, value in defaults if argument.arg == "code")


def test_every_code_in_the_source_has_its_case_and_no_other():
    engine = ROOT / "drafter"
    paths = [path for path in engine.rglob("*.py") if not SPOKEN & set(path.relative_to(engine).with_suffix("").parts)]
    modules = [ast.parse(path.read_text("utf-8")) for path in paths]
    found = {code for tree in modules for code in codes(tree) if CODE.fullmatch(code)}
    assert found - ELSEWHERE == set(CASES)
    assert found >= ELSEWHERE


def test_each_case_is_small():
    sizes = {code: sum(p.stat().st_size for p in (GALLERY / code).iterdir()) for code in CASES}
    assert {code: size for code, size in sizes.items() if size > 4000} == {}
