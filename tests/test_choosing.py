"""An interview asks for the form of the contract first, and then for what that form asks."""

import commands
import forms
import generated
import pytest
import small
from terminal import Terminal

from drafter.asking import carrying, choosing
from drafter.asking.pages import Reply
from drafter.base import yaml_tree
from drafter.matters import answers
from drafter.matters.editing import answers_text


def asked(library, *replies, likely=""):
    """Return the page that is shown, and how it ends with these replies."""
    talk = choosing.talk(library, likely)
    page = next(talk)
    for reply in replies:
        try:
            assert talk.send(reply) == page
        except StopIteration as ended:
            return page, ended.value
    return page, None


def test_the_page_offers_every_form_and_enter_takes_the_first_or_the_likely_one(tmp_path):
    library = forms.load(tmp_path)
    page, end = asked(library, Reply("enter", line=1))
    assert [line.cells for line in page.lines] == [("Short",), ("Whole",)]
    assert (page.cursor, choosing.form_of(end)) == (0, "whole")
    assert page.progress == ""  # how many questions there are depends on the form
    assert asked(library, likely="whole")[0].cursor == 1
    assert asked(library, likely="hole")[0].cursor == 0


def test_leaving_chooses_none_and_what_chooses_nothing_asks_again(tmp_path):
    library = forms.load(tmp_path)
    assert choosing.form_of(asked(library, Reply("review"), Reply("enter", line=7), Reply("leave"))[1]) == ""


@pytest.mark.parametrize(
    "text", ["", "walker: Ann\n", "# form: short\nwalker: Ann\nform:\n", "form: whole\n", "form: hole\n"]
)
def test_a_form_is_written_into_a_file_that_says_none(tmp_path, text):
    library = forms.load(tmp_path, "short")
    made = answers_text.with_form(text, "a.yaml", library.questionnaire)
    said = answers.form_of(text)
    assert answers.form_of(made) == (said or "short")
    assert (made == text) == bool(said)
    assert answers_text.with_form(text, "a.yaml", generated.small_library().questionnaire) == text


def test_answers_of_another_form_are_carried_over_as_far_as_they_are_asked(tmp_path):
    short = forms.load(tmp_path, "short")
    other = yaml_tree.parse("form: whole\nwalker: Ann\nnote: Hello\n", "other")
    made = carrying.carry(short, "form: short\n", "a.yaml", other)
    assert (made.taken, made.unknown) == (("walker",), ("note",))
    assert answers.form_of(made.text) == "short"


def ask(folder, *options):
    return Terminal("ask", "matter", "--library", "lib", "--plain", *options, folder=folder, columns=80, rows=24)


def test_the_interview_asks_the_form_first_and_then_its_questions(tmp_path):
    forms.build(tmp_path / "lib")
    with ask(tmp_path) as person:
        person.wait("In which form is the contract drafted?", "1. Short", "2. Whole")
        assert not (tmp_path / "matter").exists()
        person.press("Whole\r")
        person.wait("What is the town called?")
        assert person.raw.count(b"Every line that you type is an answer.") == 1
    text = (tmp_path / "matter" / "answers.yaml").read_text("utf-8")
    assert answers.form_of(text) == "whole"
    assert "note:" in text
    with ask(tmp_path) as person:
        person.wait("What is the town called?")


def test_the_form_may_be_given_and_not_another_one_later(tmp_path):
    forms.build(tmp_path / "lib")
    with ask(tmp_path, "--form", "whole") as person:
        person.wait("What is the town called?")
    with ask(tmp_path, "--form", "short") as person:
        person.wait("this matter is in the form 'whole', and not in 'short'")


def test_nothing_is_asked_of_forms_where_there_are_none(tmp_path):
    small.build(tmp_path / "lib")
    with ask(tmp_path) as person:
        person.wait("What is the town called?")
    assert "form" not in (tmp_path / "matter" / "answers.yaml").read_text("utf-8").lower()
    refused = commands.run("new", tmp_path / "m", "--library", tmp_path / "lib", "--form", "short")
    assert "this library has only one" in " ".join(refused.output.split())
