"""An interview goes where it is told to from every page: out of a list, a record, the sections and the review."""

import pytest
import small

from drafter.asking import dialogue
from drafter.asking.pages import Page, Reply, Store
from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Place, Problem

REX = "dogs:\n  - {name: Rex, size: large, chain: iron}\n"
OPEN = "dogs:\n  - {name: Rex, size: large}\n"  # the chain is blank
FRESH = small.QUESTIONNAIRE.replace("singular: dog\n", "singular: dog\n        fresh: true\n")


@pytest.fixture(scope="module")
def lib(tmp_path_factory):
    return small.load(tmp_path_factory.mktemp("lib"))


class Person:
    """Somebody who replies: the page that is shown, the text that is kept, and how the talk ended."""

    def __init__(self, loaded, text: str = "", **options):
        self.text, self.end, self.full = text, "", False
        store = Store(lambda: self.text, self.keep)
        self.going = dialogue.begin(loaded, store, "answers.yaml", **options).talk()
        self.page: Page = next(self.going)

    def keep(self, text: str) -> None:
        if self.full:
            raise DraftingError(Problem("unwritable-file", Place("answers.yaml"), "the disk is full"))
        self.text = text

    def reply(self, command: str = "enter", text: str = "", line: int = -1) -> Page:
        try:
            self.page = self.going.send(Reply(command, text, line))
        except StopIteration as ended:
            self.end = ended.value
        return self.page

    def choose(self, words: str) -> Page:
        """Choose the line in which these words stand."""
        (line,) = (n for n, line in enumerate(self.page.lines) if words in " ".join(line.cells))
        return self.reply(line=line)

    @property
    def lines(self) -> list[str]:
        return [" ".join(filter(None, line.cells)) for line in self.page.lines]

    @property
    def told(self) -> list[str]:
        return [notice.text for notice in self.page.notices]

    @property
    def dogs(self) -> object:
        return yaml_tree.plain(yaml_tree.parse(self.text, "")).get("dogs")


def at_dogs(loaded, text: str = "", **options) -> Person:
    """Begin in the section of the dogs, at the table of them."""
    person = Person(loaded, text, section="dogs", **options)
    assert (person.page.about, person.page.kind) == ("dogs", "menu")
    return person


# -- the sections and the review ----------------------------------------------------------------


def test_the_interview_can_be_left_from_the_list_of_sections(lib):
    person = Person(lib)
    assert person.reply("jump").about == "sections"
    person.reply("leave")
    assert (person.end, person.text) == ("leave", "")


def test_the_list_of_sections_leads_back_to_the_question_it_was_called_from(lib):
    person = Person(lib)
    assert person.reply("skip").about == "walker"
    person.reply("jump")
    assert person.reply("back").about == "walker"


def test_the_last_line_of_the_sections_is_the_review(lib):
    person = Person(lib)
    person.reply("jump")
    assert person.lines[-1] == "Review everything"
    assert person.choose("Review everything").about == "review"


def test_a_question_leads_to_the_review_and_the_review_back_to_the_last_question(lib):
    person = Person(lib)
    assert person.reply("review").about == "review"
    assert person.reply("back").about == "note"
    assert person.reply("back").about == "fee"


def test_the_review_of_a_section_leads_back_to_its_last_question(lib):
    person = Person(lib, section="parties")
    person.reply("review")
    assert person.reply("back").about == "ends"


def test_the_review_leads_to_the_sections_and_out(lib):
    person = Person(lib)
    person.reply("review")
    assert person.reply("jump").about == "sections"
    person.reply("review")
    person.reply("leave")
    assert person.end == "leave"


def test_the_review_is_shown_again_after_a_reply_that_it_has_no_use_for(lib):
    person = Person(lib)
    before = person.reply("review")
    assert person.reply("skip") == before
    person.choose("Leave; everything is saved")
    assert person.end == "leave"


# -- a list of records --------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "about"), [("jump", "sections"), ("review", "review"), ("back", "ends")])
def test_the_table_of_a_list_leads_to_where_it_is_told(lib, command, about):
    person = Person(lib, "town: {name: Bark}\nwalker: Ann\nstarts: 2026-08-31\nends: 2027-06-30\n")
    assert person.page.about == "dogs"
    assert person.reply(command).about == about


@pytest.mark.parametrize(("command", "about"), [("jump", "sections"), ("review", "review")])
def test_a_field_of_a_new_record_leads_to_where_it_is_told_and_keeps_what_was_said(lib, command, about):
    person = at_dogs(lib)
    person.reply("add")
    assert person.reply(text="Rex").about == "dogs[1].size"
    assert person.reply(command).about == about
    assert person.dogs == [{"name": "Rex"}]


def test_a_field_of_a_new_record_can_be_left_from(lib):
    person = at_dogs(lib)
    person.reply("add")
    person.reply("leave")
    assert (person.end, person.dogs) == ("leave", None)


@pytest.mark.parametrize(("command", "about"), [("jump", "sections"), ("review", "review")])
def test_a_record_and_each_of_its_fields_lead_to_where_they_are_told(lib, command, about):
    person = at_dogs(lib, REX)
    assert person.reply(line=0).title.endswith("dog 1")
    assert person.reply(command).about == about
    person = at_dogs(lib, REX)
    person.reply(line=0)
    assert person.choose("Which chain?").about == "dogs[1].chain"
    assert person.reply(command).about == about
    assert person.text == REX


def test_a_record_leads_back_to_the_table_and_out(lib):
    person = at_dogs(lib, REX)
    person.reply(line=0)
    assert person.reply("back").about == "dogs"
    assert person.lines[0] == "1 Rex Large iron complete"
    person.reply(line=0)
    person.reply("leave")
    assert person.end == "leave"


def test_a_field_of_a_record_is_changed_and_its_table_says_so(lib):
    person = at_dogs(lib, REX)
    person.reply(line=0)
    person.choose("Which chain?")
    person.reply(text="gold")
    assert "Saved: gold" in person.told
    person.choose("Done with this dog")
    assert person.lines[0] == "1 Rex Large gold complete"
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "gold"}]


def test_what_is_blank_in_a_record_is_filled_in_alone(lib):
    person = at_dogs(lib, OPEN)
    person.reply(line=0)
    assert person.choose("Fill in the 1 blank").about == "dogs[1].chain"
    person.reply(text="iron")
    assert person.lines[-1] == "Done with this dog"
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "iron"}]


@pytest.mark.parametrize("line", [-1, 1, 7])
def test_where_no_record_is_chosen_none_is_removed(lib, line):
    person = at_dogs(lib, REX)
    assert person.reply("remove", line=line).prompt == "Which dogs?"
    assert person.text == REX


def test_a_record_is_removed_only_when_it_is_meant(lib):
    person = at_dogs(lib, REX)
    assert person.reply("remove", line=0).prompt == "Remove dog 1?"
    assert person.page.help == "Rex, large, iron"
    person.choose("Keep the dog")
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "iron"}]
    person.reply("remove", line=0)
    person.choose("Remove the dog")
    assert (person.told[0], person.dogs) == ("Saved: dog 1 is removed.", None)
    assert person.lines[0] == "Add the first dog"
    person = at_dogs(lib, REX + "  - {name: Bit, size: small}\n")
    person.reply("remove", line=0)
    person.choose("Remove the dog")
    assert (person.told[0], person.dogs) == ("Saved: dog 1 is removed.", [{"name": "Bit", "size": "small"}])


def test_a_list_that_can_not_be_saved_is_shown_again_with_the_reason(lib):
    person = at_dogs(lib, REX)
    person.full = True
    person.reply("remove", line=0)
    page = person.choose("Remove the dog")
    assert (page.about, page.error) == ("dogs", "The disk is full.")
    assert person.lines[0] == "1 Rex Large iron complete"
    assert person.text == REX
    assert person.reply(line=-1).error == ""


# -- from another contract ----------------------------------------------------------------------


def carried(loaded, other: str, text: str = "", **options) -> Person:
    return Person(loaded, text, other=yaml_tree.parse(other, "last.yaml"), **options)


def test_the_list_of_last_time_is_offered_as_a_line_and_taken_with_it(tmp_path):
    person = carried(small.load(tmp_path, questionnaire=FRESH), REX, section="dogs")
    assert person.lines == ["Add the first dog", "Take last time's list (1: Rex) and change it", "Leave it open"]
    person.choose("Take last time's list")
    assert person.told[0] == "Saved: last time's list. Go through each entry."
    assert person.lines == ["1 Rex Large iron complete", "Add another dog", "Done"]
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "iron"}]


def test_what_does_not_come_over_from_another_contract_is_told_once(lib):
    other = "walker: Ann\nfee: 5\nleash: none\nold_question: 1\nalternatives: {leash: long}\n"
    person = carried(lib, other)
    assert person.told == [
        "Taken over from the other contract: 1 answer.",
        "Asked again, because it is seldom the same: 1 question.",
        "Not taken over: What leash? leash: 'none' is not one of short, long",
        "Not taken over, because it is asked no more: old_question.",
        "Alternatives chosen in that negotiation are not taken over; 'drafter swap' chooses them again: leash.",
    ]
    person.reply("skip")
    assert not any("taken over" in text for text in person.told)
    assert person.text == "walker: Ann\n"
