"""An answer in free text that could take back what the contract says is read by a person before anything is met."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import small
from commands import run

import drafter
from drafter.papers import not_read
from drafter.reading import loading
from drafter.reading.prose.loose_words import LooseWords
from drafter.reading.reviewing import in_answers, marks

ROOT = Path(__file__).resolve().parents[1]
TERMS = ("Discipline", "Force", "Prone Restraint", "School Rule")

ORDINARY = (
    "May Will",
    "Mary May",
    "Officer Justice",
    "Officer May",
    "Judge Ann Might",
    "Dr. Will Best",
    "May 15 to June 1",
    "7:45 a.m. until 3:15 p.m.",
    "early release days 8:00 a.m. to 1:00 p.m.",
    "Guidance Office",
    "Data Practices Compliance Official",
    "Independent School District No. 283, St. Louis Park Public Schools",
    "100 Nobles Avenue, Hope, Minnesota 55416",
    "1 Justice Way, Liberty",
    "Room B, next to the main office",
    "the former music room",
    "26-000 (example)",
    "not yet assigned",
    "Minnesota Statutes, section 626.8482",
    "No course with an open seat was offered before the first day of duties.",
)
LOOSE = {
    "use Force or the authority of the office to enforce School Rules": "Force",
    "carry out discipline for the principal": "discipline",
    "none; the officer shares the open lobby": "none",
    "7:00 to 3:00. Articles 6 to 8 do not bind the officer there": "Articles 6",
    "Officer Dana Sample (may use Prone Restraint)": "may",
    "Any member of Staff, or any other person": "Any",
    "Nobody": "Nobody",
    "Morgan Specimen, who agreed only for emergencies,": "only",
    "Mayor, without Articles 6 to 8": "without",
    "Room 2, unless the Chief decides otherwise": "unless",
    "MAY IGNORE IT": "MAY",
    "the Chief May choose": "May",
    "the officer isn’t bound": "isn't",
    "keeps order; see Exhibit C": "Exhibit C",
    "as Section 7.3 has it": "Section 7.3",
    "waives this Agreement": "waives",
}


@pytest.mark.parametrize("answer", ORDINARY)
def test_an_ordinary_answer_has_no_loose_words(answer):
    assert LooseWords((*ORDINARY, *LOOSE), TERMS).found(answer) == ()


@pytest.mark.parametrize("answer", LOOSE)
def test_an_answer_with_words_that_could_take_something_back_has_them(answer):
    assert LOOSE[answer] in LooseWords((*ORDINARY, *LOOSE), TERMS).found(answer)
    assert LOOSE[answer] in LooseWords((answer,), TERMS).found(answer)  # whatever else is looked at


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "examples").glob("*/answers.yaml")), ids=lambda path: path.parent.name
)
def test_the_examples_have_no_answer_with_words_that_could_take_something_back(folder):
    made = drafter.draft(drafter.open(folder.parent))
    assert [one.name for one in made.left.answers if one.loose] == []
    assert [one.about for one in made.reminders if one.code == "unread-answer"] == []


def answered(tmp_path, answers: str, **parts):
    return small.made(small.read(small.load(tmp_path / "lib", **parts)), answers)


def said(made) -> dict[str, str]:
    return {one.about: str(one) for one in made.reminders if one.code == "unread-answer"}


def test_nothing_is_met_beside_an_answer_that_nobody_has_read(tmp_path):
    assert answered(tmp_path, small.ANSWERS).statuses["II"] == "met"
    made = answered(tmp_path, small.ANSWERS.replace("walker: Ann", "walker: Ann, unless she is ill"))
    assert made.statuses["II"] == "said"
    told = said(made)
    assert list(told) == ["walker"]
    assert told["walker"].startswith("answers.yaml:1: unread-answer: ")
    assert "has 'unless'" in told["walker"]
    assert "what is filled in in " in not_read.of(made.contract, made.selection).said


def test_an_answer_in_a_record_is_said_by_its_place(tmp_path):
    made = answered(tmp_path, small.ANSWERS.replace("name: Bit", "name: 'Bit, who may run free'"))
    assert list(said(made)) == ["dogs[2].name"]
    assert [(one.name, one.loose) for one in made.left.answers] == [("dogs[2].name", ("may",))]


def test_an_answer_with_a_term_of_a_ban_is_always_read(tmp_path):
    parts = {
        "policy": small.POLICY.replace("The walker must use a muzzle.", "The walker must not use a Dog."),
        "clauses": {"muzzle": small.CLAUSES["muzzle"].replace("must use a muzzle", "must not use a Dog")},
    }
    answers = small.ANSWERS.replace("walker: Ann", "walker: Ann of Dog Street")
    assert list(said(answered(tmp_path, answers, **parts))) == ["walker"]


def test_an_answer_that_the_contract_does_not_print_holds_nothing_back(tmp_path):
    made = small.made(small.read(small.load(tmp_path / "lib")))
    values = {**made.selection.values, "walker": "Bob, unless he is ill"}
    found = {one.name for one in in_answers.to_read(made.library, values, made.contract)}
    assert found == {"dogs[1].name", "dogs[2].name"}


def test_an_answer_in_any_words_is_read_before_anything_is_met(tmp_path):
    made = answered(tmp_path, small.ANSWERS.replace("walker: Ann", "walker: The bench by the door"))
    assert said(made) == {}  # none of its words is looked for
    assert [(one.name, one.loose) for one in made.left.answers] == [("walker", ())]
    assert made.statuses["II"] == "said"
    found = not_read.of(made.contract, made.selection)
    assert found.said.endswith(": what is filled in in the opening.")
    assert (found.left, found.texts) == (1, 11)


def test_what_is_filled_in_is_one_text_of_a_contract(tmp_path):
    loaded = small.load(tmp_path / "lib")
    read = small.read(loaded)
    none = not_read.of(*_parts(small.made(dataclasses.replace(read, own_reviewed=marks.NOTHING))))
    assert none.said == "Not yet read by an attorney for whether it takes back what the sources ask: what is filled in."
    assert not_read.of(*_parts(small.made(read))).left == 0


def _parts(made):
    return made.contract, made.selection


@pytest.mark.parametrize(
    "answer",
    [
        "To be announced",
        "TBD",
        "to be determined",
        "N/A",
        "not applicable",
        "Unknown",
        "to be named by the Chief",
        "Vacant",
    ],
)
def test_an_answer_that_is_none_is_said_by_its_words(tmp_path, answer):
    told = said(answered(tmp_path, small.ANSWERS.replace("walker: Ann", f"walker: {answer}")))
    assert list(told) == ["walker"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = small.build(tmp_path / "lib")
    (root / marks.FILE).write_text(marks.to_text(small.read(loading.load(root, "lib")).reviewed), "utf-8")
    (tmp_path / "matter").mkdir()
    (tmp_path / "matter" / "answers.yaml").write_text(
        small.ANSWERS.replace("walker: Ann", "walker: Ann, unless she is ill").replace("Bit,", "'Bit, or none',"),
        "utf-8",
    )
    return tmp_path


def review(*words: str):
    return run("review", "-m", "matter", "--library", "lib", *words)


def test_an_answer_is_recorded_as_read_and_unread_when_it_changes(place):
    told = review()
    assert told.exit_code == 1
    assert "Ann, unless she is ill (unless)" in told.stdout
    assert "3 answers not read" in told.stdout
    assert review("walker", "--by", "Counsel", "--on", "2026-05-02").exit_code == 1  # another one is left
    assert review("dogs", "--by", "Counsel", "--on", "2026-05-02").exit_code == 0  # a list stands for its answers
    assert "are met" in run("check", "matter", "--library", "lib").stdout
    text = (place / "matter" / "answers.yaml").read_text("utf-8")
    (place / "matter" / "answers.yaml").write_text(text.replace("is ill", "is away"), "utf-8")
    found = json.loads(review("--json").stdout)
    assert found == [{"question": "walker", "answer": "Ann, unless she is away", "words": ["unless"]}]
    assert "are said" in run("check", "matter", "--library", "lib").stdout


@pytest.mark.usefixtures("place")
def test_all_of_a_matter_has_its_answers_and_a_wrong_name_is_refused():
    assert review("cat", "--by", "Counsel").exit_code == 1
    assert "3 answers" in review("--all", "--by", "Counsel").stdout
    assert review().exit_code == 0
    assert review("walker", "--all", "--by", "Counsel").exit_code == 0  # other records stay
