"""The lint says all that is wrong in a library at once; docs/problems.md lists every code with a sample.

`pytest --accept tests/test_lint.py` writes docs/problems.md anew.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

import generated
import pytest
import small
from commands import run

from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import library_checks, loading
from drafter.reading.forms.reading import Reading

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "tests" / "errors"
PAGE = ROOT / "docs" / "problems.md"


def linted(tmp_path, **parts) -> lint.Linted:
    return lint.lint(loading.read(small.build(tmp_path, **parts), "lib"))


def codes(found) -> list[str]:
    return [problem.code for problem in found]


def test_the_library_that_is_shipped_has_no_problem():
    made = lint.lint_forms(loading.read_forms(generated.CLAUSE_LIBRARY, "clause_library"))
    assert [str(problem) for problem in made.wrong] == []


def test_the_small_library_of_the_tests_has_no_problem(tmp_path):
    made = linted(tmp_path)
    assert (made.wrong, made.style) == ((), ())


def test_all_problems_are_said_at_once_in_the_order_of_file_and_line(tmp_path):
    muzzle = small.CLAUSES["muzzle"].replace("a muzzle.", "a basket, as the Walker must.")
    leash = small.CLAUSES["leash"].replace("    concedes: Something.\n", "").replace("Guidance on long.", "")
    questionnaire = small.QUESTIONNAIRE.replace(
        "{id: note,", "{id: colour, type: text, prompt: Which?}\n      - {id: note,"
    )
    made = linted(tmp_path, clauses={"muzzle": muzzle, "leash": leash, "notes": None}, questionnaire=questionnaire)
    assert codes(made.wrong) == [
        "missing-clause", "missing-concession", "missing-guidance", "unsaid-requirement", "undefined-term",
        "unused-question", "unused-question",
    ]  # fmt: skip


def test_style_is_said_only_when_asked_and_is_no_problem(tmp_path, monkeypatch):
    notes = small.CLAUSES["notes"].replace("Dogs and", "The Town shall pay. Dogs and")
    small.build(tmp_path / "lib", clauses={"notes": notes})
    monkeypatch.chdir(tmp_path)
    silent, told = run("lint", "lib"), run("lint", "lib", "--style")
    assert silent.exit_code == told.exit_code == 0
    assert "duty-word" not in silent.stdout
    assert "lib/clauses/notes.md:13: duty-word: “shall”" in told.stdout
    assert [remark["code"] for remark in json.loads(run("lint", "lib", "--style", "--json").stdout)["style"]] == [
        "duty-word"
    ]


def test_a_broken_library_lists_the_authorities_to_verify_too(tmp_path, monkeypatch):
    authorities = small.AUTHORITIES.replace("confidence: A", "confidence: C, verify: true")
    small.build(tmp_path / "lib", authorities=authorities, clauses={"notes": None})
    monkeypatch.chdir(tmp_path)
    result = run("lint", "lib")
    assert result.exit_code == 1
    assert "Policy 7: Leashes." in result.stdout
    assert "missing-clause" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "The Town, by its council, must pay.",
        "The bill must be paid by the Town.",
        "The Dogs must be quick.",
        "The Town must be told by a neighbour.",
    ],
)
def test_a_duty_that_names_its_actor_is_no_problem(text, tmp_path):
    notes = small.CLAUSES["notes"].replace("Dogs and", f"{text} Dogs and")
    assert linted(tmp_path, clauses={"notes": notes}).wrong == ()


@pytest.mark.parametrize(
    "text", ["The Statutes of the Realm apply.", "See Section 5 of Policy 7.", "The Dog's bowl is here."]
)
def test_a_name_is_not_taken_for_a_term(text, tmp_path):
    notes = small.CLAUSES["notes"].replace("Dogs and", f"{text} Dogs and")
    assert linted(tmp_path, clauses={"notes": notes}).wrong == ()


TERMS = {  # the words of the notes, and the terms that nothing uses
    "in a field": ("**Fox** means a dog.\n\n{{ 'A Fox' if bites else 'The Fox' }} runs.", []),
    "in the words for no answer": ("**Fox** means a dog.\n\n{{ note | otherwise('No Fox.') }}", []),
    "in its own definition": ("**Fox** means a dog. A Fox runs.", ["Fox"]),
    "in the items of its definition": ("**Fox** means:\n\n1. a dog; or\n2. a Fox.", ["Fox"]),
    "in a ring of definitions": ("**Fox** means a Hen.\n\n**Hen** means no Fox.", ["Fox", "Hen"]),
    "in a ring that is used": ("**Fox** means a Hen.\n\n**Hen** means no Fox.\n\nThe Hen sits.", []),
    "nowhere": ("**Fox** means a dog.", ["Fox"]),
}


@pytest.mark.parametrize("name", TERMS)
def test_lint_and_proof_say_the_same_of_the_use_of_terms(name, tmp_path):
    text, unused = TERMS[name]
    loaded = small.load(tmp_path, clauses={"notes": small.clause("Notes", f"standard|preferred|||{text}")})
    wrong = lint.lint(Reading(loaded, (), ())).wrong
    assert [re.findall("“(.*?)”", p.message)[0] for p in wrong if p.code == "unused-term"] == unused
    never = [
        h.claim.problem for h in proof.prove(loaded).holes if h.given == {} and h.claim.problem.code == "unused-term"
    ]
    assert [re.findall("“(.*?)”", p.message)[0] for p in never] == unused


def test_a_term_that_only_the_outline_uses_is_used(tmp_path):
    agreement = small.AGREEMENT.replace("title: Dog}", "title: Head Fox}")
    notes = small.clause("Notes", "standard|preferred|||**Head Fox** means a dog.\n\n{{ note }}")
    assert linted(tmp_path, agreement=agreement, clauses={"notes": notes}).wrong == ()


# -- the page -----------------------------------------------------------------------------------


HEAD = """\
# Problems

When something in a library, an answers file or a Word file is wrong, Drafter says where (file and line), what is wrong
and what to do, for all problems at once. Every problem has a code, which stays the same when its words change. Each
code is shown here with a sample, except those of `drafter ask` and `matter-in-use`, which takes two commands at once.

The checks and `tests/errors/` make this page: `python -P -m pytest tests/test_lint.py --accept` writes it.
"""


def made_by(function) -> set[str]:
    """Return the codes of the problems that a check makes."""
    tree = ast.parse(inspect.getsource(function).strip())
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem"
    ]
    constants = [node for call in calls for node in call.args[:1]]
    found = {node.value for node in constants if isinstance(node, ast.Constant)}
    return found or {function.__name__.strip("_").replace("_", "-")}


def described(function) -> str:
    return " ".join(inspect.getdoc(function).split())


def row(code: str, told: str) -> list[str]:
    sample = (GALLERY / code / "expected.txt").read_text("utf-8")
    lines = [line for line in sample.splitlines() if not re.fullmatch(r"\d+ problems?.*", line)]
    start = next(n for n, line in enumerate(lines) if f": {code}: " in line)
    shown = "\n".join(["```", *lines[start if start > 4 else 0 :][:6], "```"])
    return [f"### {code}", "", *([told, ""] if told else []), shown, ""]


def page() -> str:
    """Return docs/problems.md: what each check looks for, with the sample of the gallery, then all other codes."""
    lines = [
        *HEAD.splitlines(),
        "",
    ]
    groups = {
        "What `drafter lint` finds in a library": [*lint.CHECKS],
        "What stops every draft": [*library_checks.CHECKS],
        "Remarks on style: `drafter lint --style`": [*lint.STYLE],
    }
    seen: set[str] = set()
    for title, checks in groups.items():
        lines += [f"## {title}", ""]
        for check in checks:
            for code in sorted(made_by(check) - seen):
                seen.add(code)
                lines += row(code, described(check))
    lines += ["## What `drafter prove` proves", ""]
    lines += [f"- {described(law)}" for law in proof.LAWS]
    lines += ["", "## All other problems", ""]
    for folder in sorted(GALLERY.iterdir()):
        if folder.name not in seen:
            lines += row(folder.name, "")
    return "\n".join(lines).rstrip() + "\n"


def test_every_check_has_its_sample():
    made = {code for check in (*lint.CHECKS, *lint.STYLE, *library_checks.CHECKS) for code in made_by(check)}
    assert sorted(code for code in made if not (GALLERY / code).is_dir()) == []


def test_every_check_says_what_it_finds():
    assert [c.__name__ for c in (*lint.CHECKS, *lint.STYLE) if not described(c).startswith("Find ")] == []


def test_the_page_of_problems_is_what_the_checks_and_the_gallery_say(accept):
    accept(PAGE, page())


def test_the_memo_for_the_board_is_looked_at_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small.build(tmp_path / "lib")
    (tmp_path / "lib" / "memo.md").write_text("# no front matter\n", "utf-8")
    result = run("lint", "lib")
    assert (result.exit_code, "lib/memo.md:1: bad-text" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("was", "now", "noticed"),
    [
        ("chains", "chains", False),
        ("when: bites, holds: dog.size == 'small'", "when: bites and fee > 5, holds: dog.size == 'small'", True),
        ("each: dog in dogs", "each: \"dog in dogs | having('size', 'small')\"", True),
        ("holds: dog.size == 'small'", "holds: dog.size == 'small' or fee > 5", True),
        ("questions: [dogs]", "questions: [dogs], level: reminder", True),
    ],
)
def test_a_check_that_carries_a_requirement_is_held_with_its_condition_and_its_records(tmp_path, was, now, noticed):
    check = (
        "  - {id: chains, each: dog in dogs, when: bites, holds: dog.size == 'small', questions: [dogs], message: M.}\n"
    )
    carried = "    checks: {chains: {each: dog in dogs, when: bites, holds: dog.size == 'small'}}\n"
    said = "    says: [The walker must use a muzzle.]\n"
    found = linted(
        tmp_path,
        policy=small.POLICY.replace(said, said + carried),
        questionnaire=small.QUESTIONNAIRE + check.replace(was, now),
    )
    assert [p.code for p in found.wrong] == (["weakened-check"] if noticed else [])
