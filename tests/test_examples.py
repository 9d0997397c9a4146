"""Every example drafts clean, meets what applies, and reads as its golden text says."""

from __future__ import annotations

import functools
import json
import shlex
import shutil
from pathlib import Path

import example_returns
import pytest
from commands import run
from example_returns import APRIL, MAY

from drafter import contract
from drafter.drafting import assembly, compliance, selection
from drafter.matters import answers, checks, rounds
from drafter.matters.matter import with_own_wordings
from drafter.reading import loading
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
NEGOTIATION = ROOT / "examples" / "st-louis-park-negotiation"
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/answers.yaml"))


@functools.cache
def loaded(form=""):
    return loading.load(ROOT / "clause_library", "clause_library", form)


def selected(name):
    path = ROOT / "examples" / name / "answers.yaml"
    library = with_own_wordings(loaded(answers.form_of(path.read_text("utf-8"))), path.parent)
    given = answers.load(path, library.questionnaire)
    return given, selection.select(library, given)


def test_there_are_examples():
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_problem_and_meets_what_applies(name):
    given, chosen = selected(name)
    found = checks.problems(chosen.library.questionnaire, given, chosen.values)
    assert [str(problem) for problem in found if problem.level == "problem"] == []
    coverage = compliance.check(assembly.assemble(chosen), chosen)
    assert [row.requirement.id for row in coverage.unmet] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_reads_as_its_golden_text(name, accept):
    accept(ROOT / "examples" / name / "contract.txt", contract.to_text(assembly.assemble(selected(name)[1])))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_drafts_and_is_final_when_all_is_answered(name, tmp_path):
    shutil.copytree(ROOT / "examples" / name, tmp_path / name, ignore=shutil.ignore_patterns("contract.*"))
    drafted = run("draft", tmp_path / name, "--json")
    assert (drafted.exit_code, drafted.stderr) == (0, "")
    found = json.loads(drafted.stdout)
    final = run("draft", tmp_path / name, "--final")
    assert final.exit_code == (1 if found["blanks"] else 0)
    for blank in found["blanks"]:
        assert f"is not answered, and a final can't have the blank [{blank['label']}]" in final.stderr
        assert f" {shlex.quote(blank['question'])} VALUE\n" in final.stderr


def test_an_example_has_all_questions_answered():
    finals = [
        name for name in EXAMPLES if not json.loads(run("check", ROOT / "examples" / name, "--json").stdout)["blanks"]
    ]
    assert finals != []


# -- the rounds of the negotiation --------------------------------------------------------------


@pytest.mark.parametrize(("came", "name"), [(APRIL, "02-from-city"), (MAY, "04-from-city")])
def test_each_file_of_the_citys_is_what_the_script_makes_of_the_round_that_was_sent(came, name):
    there = NEGOTIATION / "rounds" / name / "incoming" / "contract.docx"
    made = example_returns.returned(NEGOTIATION / "rounds" / came.of, came)
    assert package.unpack(made) == package.unpack(there.read_bytes())


def test_the_rounds_are_as_they_were_recorded_and_every_change_is_answered():
    found = rounds.recorded(NEGOTIATION / "rounds")
    assert ([one.direction for one in found.rounds], found.reminders) == (["to", "from", "to", "from", "to"], ())
    told = json.loads(run("changes", NEGOTIATION, "--json").stdout)
    assert (len(told["changes"]), told["left"]) == (7, [])
    assert {answer["answer"] for answer in told["answers"].values()} == {"accept", "reject", "counter"}


def test_rounds_that_an_earlier_version_recorded_are_still_read():
    found = rounds.recorded(Path(__file__).parent / "data" / "earlier-rounds")
    assert [(one.number, one.sources) for one in found.rounds] == [(1, ()), (2, ()), (3, ())]


def many(schools: int, officers: int) -> str:
    """Return the first example's answers with so many schools and officers."""
    text = (ROOT / "examples" / "st-louis-park-comprehensive" / "answers.yaml").read_text("utf-8")
    start, end = text.index("\nschools:\n"), text.index("\nworkshop_date:")
    listed = [f"  - {{name: School {n}, level: middle, address: {n} Example Street}}" for n in range(1, schools + 1)]
    served = [
        f"  - {{name: Officer {n}, start_date: 2026-08-31, school: School {n % schools + 1}, status: earlier-course,"
        " course: safety-center, course_date: 2024-08-01}"
        for n in range(1, officers + 1)
    ]
    return "\n".join((text[:start], "schools:", *listed, "officers:", *served, text[end:]))


@pytest.mark.parametrize(("schools", "officers"), [(5, 5), (6, 6), (150, 40)])
def test_a_long_list_of_schools_or_officers_is_in_its_exhibit_and_not_in_a_sentence(schools, officers):
    library = loaded("comprehensive")
    given = answers.parse(many(schools, officers), "answers.yaml", library.questionnaire)
    drafted = assembly.assemble(selection.select(library, given))
    words = contract.to_text(drafted)
    assert ("the schools listed in Exhibit" in words) == (schools > 5)
    assert ("This Section applies to each officer whom Exhibit" in words) == (officers > 5)
    assert ("School 1, School 2, School 3, School 4, and School 5." in words) == (schools == 5)
    assert "School 5, and School 6" not in words
    assert f"School {schools} |" in words or f"School {schools}\t" in words
    assert not compliance.check(drafted, selection.select(library, given)).unmet
