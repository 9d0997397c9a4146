"""Several people answer at once: what each saves is kept, and no answer is written over that was not shown."""

from __future__ import annotations

from pathlib import Path

import forms
import pytest
import small
from commands import run
from test_dialogue import REX, Person, at_dogs
from test_filing import OWN

from drafter.acts import interviewing
from drafter.asking import entries, interview, pages
from drafter.matters import filing
from drafter.reading import loading

ELSEWHERE = "The answers file was changed elsewhere in the meantime; those changes are kept."
KEEP, SAVE = "Keep what was saved elsewhere", "Save yours instead"


@pytest.fixture(scope="module")
def lib(tmp_path_factory):
    return small.load(tmp_path_factory.mktemp("lib"))


def asked_both(lib, by_hand: str, **reply) -> Person:
    """Reply to the first question, whose answer is another one by now; return who is asked for one of both."""
    person = Person(lib, section="parties")
    assert person.page.about == "town.name"
    person.text = by_hand
    page = person.reply(**reply)
    assert (page.about, page.help[:34], person.text) == ("town.name", "This answer was changed elsewhere ", by_hand)
    return person


# -- the same question --------------------------------------------------------------------------

BY_HAND = "town:\n  name: Barkham # by hand\n"


def test_who_answers_what_another_answered_meanwhile_chooses_one_of_both(lib):
    person = asked_both(lib, BY_HAND, text="Barks")
    assert person.lines == [f"{KEEP}: Barkham", f"{SAVE}: Barks"]
    assert person.notices == [ELSEWHERE]
    person.choose(KEEP)
    assert (person.page.about, person.text) == ("walker", BY_HAND)
    person = asked_both(lib, BY_HAND, text="Barks")
    person.choose(SAVE)
    assert (person.page.about, person.notices) == ("walker", ["Saved: Barks"])
    assert person.text == BY_HAND.replace("Barkham", "Barks")


def test_enter_alone_chooses_none_and_back_asks_again_with_the_other_answer(lib):
    person = asked_both(lib, BY_HAND, text="Barks")
    assert person.reply().lines == person.page.lines
    assert person.page.error.startswith("Choose a line")
    page = person.reply("back")
    assert (page.about, page.offer, page.offered) == ("town.name", "Barkham", "your answer")
    assert person.text == BY_HAND


def test_an_answer_that_changes_while_one_of_both_is_chosen_is_asked_about_again(lib):
    person = asked_both(lib, BY_HAND, text="Barks")
    person.text = "town:\n  name: Woof\n"
    person.choose(SAVE)
    assert person.lines == [f"{KEEP}: Woof", f"{SAVE}: Barks"]
    assert person.text == "town:\n  name: Woof\n"


def test_a_default_that_another_took_is_an_answer_too(lib):
    asked_both(lib, "town:\n  name: Town of Bark\n", text="Barks")


def test_an_answer_that_another_changed_is_not_cleared_unseen(lib):
    person = Person(lib, BY_HAND, section="parties")
    person.text = "town:\n  name: Woof\n"
    page = person.reply("clear")
    assert person.lines == [f"{KEEP}: Woof", f"{SAVE}: no answer"]
    assert person.text == "town:\n  name: Woof\n"
    assert page.notices[0].text == ELSEWHERE


def test_who_gives_the_same_answer_as_another_is_asked_nothing(lib):
    person = Person(lib, section="parties")
    person.text = BY_HAND
    person.reply(text="Barkham")
    assert (person.page.about, person.text) == ("walker", BY_HAND)


def test_what_cannot_be_saved_when_it_is_chosen_can_be_chosen_again(lib):
    person = asked_both(lib, BY_HAND, text="Barks")
    person.full = True
    assert person.choose(SAVE).error == "The disk is full."
    person.full = False
    person.choose(SAVE)
    assert "Barks" in person.text


def test_a_question_that_another_answered_is_not_kept_as_skipped(lib):
    person = Person(lib, section="parties")
    person.text = BY_HAND
    person.reply("skip")
    assert person.text == BY_HAND
    assert person.notices == [ELSEWHERE, "Skipped. The answer is unchanged."]


def test_defaults_are_taken_of_what_nobody_answered_meanwhile(lib):
    person = Person(lib, section="dogs")
    person.text = "leash: long\n"
    person.reply("defaults")
    assert interview.written(person.dialogue.here, "leash") == "long"
    assert "bites: no" in person.text


# -- lists --------------------------------------------------------------------------------------


def test_a_record_that_was_shown_is_never_mixed_up_however_often_enter_is_pressed(lib):
    person = at_dogs(lib, REX)
    person.reply(line=0)
    person.choose("Which chain?")
    person.text = "dogs:\n  - {name: Bit, size: large}\n"
    for _ in range(2):
        assert person.reply(text="gold").error.startswith("The list was changed elsewhere")
        assert person.dogs == [{"name": "Bit", "size": "large"}]


def test_a_record_that_nobody_else_changed_is_saved_among_the_others(lib):
    person = at_dogs(lib, REX)
    person.reply(line=0)
    person.choose("Which chain?")
    person.text = "dogs:\n  - {name: Rex, size: large, chain: iron}\n  - {name: Bit, size: small}\n"
    person.reply(text="gold")
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "gold"}, {"name": "Bit", "size": "small"}]


def test_a_record_that_another_added_is_not_taken_for_the_new_one(lib):
    person = at_dogs(lib, REX)
    person.reply("add")
    person.text = REX + "  - {name: Bit, size: small}\n"
    assert person.reply(text="Zed").error.startswith("The list was changed elsewhere")
    assert [dog["name"] for dog in person.dogs] == ["Rex", "Bit"]


def test_no_record_is_removed_from_a_list_that_was_not_shown(lib):
    person = at_dogs(lib, REX)
    person.reply("remove", line=0)
    person.text = "dogs:\n  - {name: Bit, size: small}\n"
    page = person.choose("Remove the dog")
    assert page.error.startswith("The list was changed elsewhere")
    assert person.dogs == [{"name": "Bit", "size": "small"}]
    assert person.lines[0] == "1 Bit Small complete"


def test_a_record_of_a_list_that_others_made_shorter_leads_back_to_the_table(lib):
    person = at_dogs(lib, REX + "  - {name: Bit, size: large}\n  - {name: Zed, size: large}\n")
    person.reply(line=2)
    person.choose("Fill in the blank")
    person.text = REX
    assert person.reply(text="gold").error.startswith("The list was changed elsewhere")
    page = person.reply("back")
    assert (page.about, [line.cells[1] for line in page.lines if line.is_record]) == ("dogs", ["Rex"])
    assert person.text == REX


def test_the_state_of_an_answer_tells_every_two_answers_apart(lib):
    def state(text: str, name: str, number: int = 0, field: str = "") -> str:
        here = interview.begin(lib, text, "answers.yaml")
        return entries.state(
            here, entries.of_field(here, name, number, field) if number else entries.of_question(here, name)
        )

    walkers = [state(text, "walker") for text in ("", "walker: Ann\n", "walker: Bea\n", "fee: 1\n")]
    assert (len(set(walkers)), walkers[0]) == (3, walkers[3])
    lists = ["dogs: []\n", "dogs:\n  - {name: Rex}\n", "dogs:\n  - {name: Rex, size: small}\n"]
    assert len({state(text, "dogs") for text in lists}) == 3
    assert len({state(text, "dogs", 1, "name") for text in lists}) == 3


# -- the file -----------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_any_more_is_left_as_it_is_and_its_line_is_said(lib):
    person = Person(lib, section="parties")
    person.text = "walker: Ann\nfee: {\n"
    page = person.reply(text="Barks")
    assert (page.about, page.typed, person.text) == ("town.name", "Barks", "walker: Ann\nfee: {\n")
    assert page.error.startswith(
        "The answers were changed elsewhere in the meantime, and can't be read now: answers.yaml:"
    )
    person.text = "walker: Ann\n"
    person.reply(text="Barks")
    assert person.text == "walker: Ann\n\ntown:\n  name: Barks\n"


# -- beside other commands ----------------------------------------------------------------------


def begun(section: str = "parties"):
    """Begin the interview of the matter; return its pages, of which the first was taken."""
    talk = interviewing.begin(Path("matter"), loading.load(Path("lib"), "lib"), Path("lib"), section=section).talk()
    return talk, next(talk)


@pytest.mark.usefixtures("place")
def test_an_open_interview_stops_no_other_command_and_goes_on_with_what_they_did(monkeypatch):
    monkeypatch.setattr(filing, "WAIT", 0.2)
    talk, _ = begun()
    Path("own.md").write_text(OWN, "utf-8")
    commands = (["swap", "matter", "leash", "--wording", "own.md", "--because", "x"], ["answer", "matter", "fee", "7"])
    for words in (*commands, ["send", "matter", "--to", "kennel"]):
        result = run(*words, "--library", "lib")
        assert result.exit_code == 0, result.stderr
    page = talk.send(pages.Reply("enter", "Barkville"))
    assert (page.about, page.error, page.notices[0].text) == ("walker", "", ELSEWHERE)
    text = Path("matter/answers.yaml").read_text("utf-8")
    assert all(line in text for line in ("leash: own-wording", "fee: 7", "name: Barkville"))
    undone = run("swap", "matter", "--undo", "--library", "lib")
    assert undone.exit_code == 0, undone.stderr
    page = talk.send(pages.Reply("enter", "Bo"))
    assert (page.about, page.error) == ("starts", "")
    assert "own-wording" not in Path("matter/answers.yaml").read_text("utf-8")


@pytest.mark.usefixtures("place")
def test_a_matter_in_another_form_by_now_takes_no_answers_of_the_old_one():
    forms.build(Path("lib"))
    Path("matter/answers.yaml").write_text(f"form: short\n{small.ANSWERS}", "utf-8")
    loaded = loading.load(Path("lib"), "lib", "short")
    talk = interviewing.begin(Path("matter"), loaded, Path("lib"), section="parties").talk()
    next(talk)
    assert run("convert", "matter", "--to", "whole", "--library", "lib").exit_code == 0
    text = Path("matter/answers.yaml").read_text("utf-8")
    page = talk.send(pages.Reply("enter", "Barkville"))
    assert "changed to the form 'whole' elsewhere" in page.error
    assert (page.typed, Path("matter/answers.yaml").read_text("utf-8")) == ("Barkville", text)


@pytest.mark.usefixtures("place")
def test_two_begin_a_matter_and_one_of_them_is_told():
    made = run("new", "other", "--library", "lib")
    before = Path("other/answers.yaml").read_bytes()
    again = run("new", "other", "--library", "lib")
    assert (made.exit_code, again.exit_code) == (0, 1)
    assert "there is already an answers file" in again.stderr
    assert Path("other/answers.yaml").read_bytes() == before
    assert sorted(path.name for path in Path("other").iterdir()) == ["answers.yaml", "matter.yaml"]


@pytest.mark.usefixtures("place")
def test_an_answer_waits_for_a_command_that_is_changing_the_matter_and_says_so(monkeypatch):
    monkeypatch.setattr(filing, "WAIT", 0.2)
    talk, _ = begun()
    before = Path("matter/answers.yaml").read_bytes()
    with filing.held(Path("matter")):
        page = talk.send(pages.Reply("enter", "Barkville"))
    assert page.error.startswith("Another command is changing this matter.")
    assert (page.typed, Path("matter/answers.yaml").read_bytes()) == ("Barkville", before)
    assert talk.send(pages.Reply("enter", "Barkville")).about == "walker"
