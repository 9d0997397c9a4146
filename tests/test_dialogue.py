"""An interview leads from page to page, saves what each takes, and says what that did."""

from dataclasses import replace

import pytest
import small

from drafter.asking import dialogue, entries, interview
from drafter.asking.pages import Page, Reply, finding, listing, overview, question
from drafter.asking.saving import Store
from drafter.asking.sitting import CHOOSE
from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Place, Problem

REX = "dogs:\n  - {name: Rex, size: large, chain: iron}\n"
OPEN = "dogs:\n  - {name: Rex, size: large}\n"  # the chain is blank
FRESH = small.QUESTIONNAIRE.replace("singular: dog\n", "singular: dog\n        fresh: true\n")


@pytest.fixture(scope="module")
def lib(tmp_path_factory):
    return small.load(tmp_path_factory.mktemp("lib"))


class Person:
    """Somebody who replies: the page that is shown, the text that is saved, and how the interview ended."""

    def __init__(self, loaded, text: str = "", **options):
        self.text, self.end, self.full = text, "", False
        self.dialogue = dialogue.begin(loaded, Store(lambda: self.text, self.save), "answers.yaml", **options)
        self.going = self.dialogue.talk()
        self.page: Page = next(self.going)

    def save(self, text: str) -> None:
        if self.full:
            raise DraftingError(Problem("unwritable-file", Place("answers.yaml"), "the disk is full"))
        self.text = text

    def reply(self, command="enter", text: str = "", line: int = -1, marked: frozenset[int] = frozenset()) -> Page:
        try:
            self.page = self.going.send(Reply(command, text, line, marked))
        except StopIteration as ended:
            self.end = ended.value
        return self.page

    def choose(self, words: str) -> Page:
        """Choose the line that has these words."""
        (line,) = (n for n, line in enumerate(self.page.lines) if words in " ".join(line.cells))
        return self.reply(line=line)

    @property
    def lines(self) -> list[str]:
        return [" ".join(filter(None, line.cells)) for line in self.page.lines]

    @property
    def notices(self) -> list[str]:
        return [notice.text for notice in self.page.notices]

    @property
    def dogs(self) -> object:
        return yaml_tree.plain(yaml_tree.parse(self.text, "")).get("dogs")


def at_dogs(loaded, text: str = "", **options) -> Person:
    """Begin in the section of the dogs, at their table."""
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
def test_the_table_of_a_list_leads_where_it_is_asked_to(lib, command, about):
    person = Person(lib, "town: {name: Bark}\nwalker: Ann\nstarts: 2026-08-31\nends: 2027-06-30\n")
    assert person.page.about == "dogs"
    assert person.reply(command).about == about


@pytest.mark.parametrize(("command", "about"), [("jump", "sections"), ("review", "review")])
def test_a_field_of_a_new_record_leads_where_it_is_asked_to_and_keeps_what_was_said(lib, command, about):
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
def test_a_record_and_each_of_its_fields_lead_where_they_are_asked_to(lib, command, about):
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
    assert "Saved: gold" in person.notices
    person.choose("Done with this dog")
    assert person.lines[0] == "1 Rex Large gold complete"
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "gold"}]


def test_what_is_blank_in_a_record_is_filled_in_alone(lib):
    person = at_dogs(lib, OPEN)
    person.reply(line=0)
    assert person.choose("Fill in the blank").about == "dogs[1].chain"
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
    assert (person.notices[0], person.dogs) == ("Saved: dog 1 removed.", None)
    assert person.lines[0] == "Add the first dog"
    person = at_dogs(lib, REX + "  - {name: Bit, size: small}\n")
    person.reply("remove", line=0)
    person.choose("Remove the dog")
    assert (person.notices[0], person.dogs) == ("Saved: dog 1 removed.", [{"name": "Bit", "size": "small"}])


def test_a_list_that_can_not_be_saved_is_shown_again_with_the_reason(lib):
    person = at_dogs(lib, REX)
    person.full = True
    person.reply("remove", line=0)
    page = person.choose("Remove the dog")
    assert (page.about, page.error) == ("dogs", "The disk is full.")
    assert person.lines[0] == "1 Rex Large iron complete"
    assert person.text == REX
    assert person.reply(line=-1).error == ""


def test_a_list_that_needs_more_records_is_saved_before_it_has_them(tmp_path):
    asked = small.QUESTIONNAIRE.replace("        singular: dog\n", "        singular: dog\n        min: 2\n")
    person = at_dogs(small.load(tmp_path, questionnaire=asked))
    person.reply("add")
    person.reply(text="Rex")
    assert person.dogs == [{"name": "Rex"}, {}]
    person.reply("back")
    assert person.reply("back").about == "dogs"
    assert [line.cells for line in person.page.lines[:2]] == [
        ("1", "Rex", "[blank]", "", "1 blank"),
        ("2", "[blank]", "[blank]", "", "2 blanks"),
    ]


def test_a_list_or_a_record_in_which_no_line_is_chosen_is_shown_again(lib):
    person = at_dogs(lib, REX)
    table = person.page
    assert person.reply(line=-1) == table
    record = person.reply(line=0)
    assert record.about == "dogs[1]"
    assert person.reply(line=-1) == record
    assert person.text == REX


def test_a_record_is_not_mixed_up_with_another_when_the_list_is_changed_elsewhere(lib):
    person = at_dogs(lib, REX)
    person.reply(line=0)
    person.choose("Which chain?")
    person.text = "dogs:\n  - {name: Bit, size: large}\n"
    page = person.reply(text="gold")
    assert page.error == "The list was changed elsewhere in the meantime; go back and check it."
    assert person.dogs == [{"name": "Bit", "size": "large"}]
    person.reply("back")
    assert "The dog's name? Bit" in person.lines


# -- one answer ---------------------------------------------------------------------------------


def test_nothing_is_lost_when_the_file_can_not_be_written(lib):
    person = Person(lib)
    person.full = True
    page = person.reply(text="Barks")
    assert (page.about, page.typed, page.error) == ("town.name", "Barks", "The disk is full.")


def test_a_skipped_question_says_what_the_draft_shows(lib):
    person = Person(lib, "walker: Ann\n")
    person.reply("skip")
    assert person.notices == ["Skipped. The default applies."]
    person.reply("skip")
    assert person.notices == ["Skipped. The draft shows the blank [Start] wherever it needs this answer."]
    person.reply("back")
    person.reply("back")
    assert person.page.about == "walker"
    person.reply("skip")
    assert person.notices == ["Skipped. The answer is unchanged."]
    person.reply("review")
    person.reply("back")
    assert person.page.about == "note"
    person.reply("skip")
    assert person.notices == ["Skipped. No answer is needed here."]


def test_enter_alone_says_what_skipping_leaves_as_the_skip_does(lib):
    person = Person(lib, "walker: Ann\n", section="parties")
    person.reply("skip")
    person.reply("skip")
    assert person.page.about == "starts"
    assert person.reply().error.endswith("skip the question: the draft then shows the blank [Start].")
    person = Person(lib, section="dogs")
    while person.page.about != "note":
        person.reply("skip")
    assert person.reply().error == "Type an answer, or skip the question: no answer is needed here."
    person.reply("skip")
    assert person.notices == ["Skipped. No answer is needed here."]


def test_a_space_on_the_page_of_a_date_takes_the_answer_that_is_shown(lib):
    person = Person(lib, "starts: 2026-08-31\n", section="parties")
    person.reply("skip")
    assert person.reply("skip").on_enter == "Enter keeps your answer: Monday, August 31, 2026"
    assert person.reply(text=" ").about == "ends"


CHOICES = """\
sections:
  - id: walks
    title: Walks
    questions:
      - id: walks
        type: choices
        prompt: Which walks?
        blank: Walks
        options: [{value: early, label: Early}, {value: late, label: Late}, {value: night, label: At night}]
      - {id: walker, type: text, prompt: Who walks?}
"""


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    """Return a library that asks for several choices, with one clause."""
    agreement = "title: Walks\nopening: [walk]\narticles: []\n"
    clauses = {**dict.fromkeys(small.CLAUSES), "walk": small.clause("Walk", "standard|preferred|||A **Dog** is one.")}
    return small.load(
        tmp_path_factory.mktemp("walks"),
        policy=small.POLICY.partition("requirements:")[0] + "requirements: []\n",
        questionnaire=CHOICES,
        agreement=agreement,
        clauses=clauses,
    )


def test_several_choices_are_marked(walks):
    person = Person(walks)
    assert (person.page.kind, person.lines, person.page.cursor) == ("marks", ["Early", "Late", "At night"], 0)
    page = person.reply(marked=frozenset({0, 2}))
    assert (page.about, person.notices[0]) == ("walker", "Saved: Early, At night")
    assert person.reply("back").marked == {0, 2}
    person.reply(marked=frozenset())
    assert person.notices[0] == "Answer cleared."


def test_where_nothing_is_marked_nothing_is_answered(walks):
    person = Person(walks)
    page = person.reply(marked=frozenset())
    assert page.error == "Mark a line, or skip the question: the draft then shows the blank [Walks]."
    assert person.text == ""


def test_a_message_about_a_record_calls_it_by_its_name(tmp_path):
    each = "checks:\n  - {id: long, each: dog in dogs, holds: dog.name != 'Bit', questions: [dogs], message: No Bit.}\n"
    loaded = small.load(tmp_path, questionnaire=small.QUESTIONNAIRE.replace("checks:\n", each))
    person = at_dogs(loaded, REX)
    person.reply("add")
    person.reply(text="Bit")
    assert "Bit: No Bit." in person.notices
    person.reply("review")
    assert "Bit: No Bit." in person.lines
    assert person.choose("No Bit.").about == "dogs"


def test_a_reminder_about_an_answer_leads_to_its_question(lib):
    person = Person(lib, "dogs:\n  - {name: '{{ x }}', size: small}\n", section="parties")
    person.reply("review")
    assert person.choose("Dog “{{ x }}”, “The dog's name?” ").about == "dogs"


# -- words that may be commands -----------------------------------------------------------------


@pytest.mark.parametrize("typed", ["back", "Quit", " ? ", "/bakc", ":q", "q", "skip", "draft", "/quit"])
def test_a_word_that_may_be_a_command_is_an_answer_once_that_is_sure(lib, typed):
    person = Person(lib, "town: {name: Bark}\n")
    page = person.reply(text=typed)
    assert (page.about, page.typed, person.text) == ("walker", typed, "town: {name: Bark}\n")
    assert page.readback == f"“{typed.strip()}” looks like a command, but typed here it is the answer"
    assert person.reply(text=typed).about == "starts"
    assert interview.begin(lib, person.text, "answers.yaml").answers.given["walker"] == typed.strip()


@pytest.mark.parametrize("typed", ["Bo", "Review Board", "back office", "quit claim", "A/B", "Why not?"])
def test_other_words_are_taken_at_once(lib, typed):
    person = Person(lib, "town: {name: Bark}\n")
    assert person.reply(text=typed).about == "starts"


def test_several_lines_in_a_field_for_one_are_asked_about(lib):
    person = Person(lib, "town: {name: Bark}\n")
    assert "more than one line" in person.reply(text="back\nquit").error
    assert person.page.typed == "back\nquit"


@pytest.mark.parametrize("typed", ["back", "?", "quit", "12 dogs", "/review"])
def test_words_at_a_table_are_added_once_that_is_sure(lib, typed):
    person = at_dogs(lib, REX)
    assert person.page.items == "dog"
    page = person.reply(text=typed)
    assert (page.about, page.prompt, page.help) == ("dogs", "Add this dog to the list?", f"“{typed}”")
    assert (page.cursor, page.escapes, person.lines) == (-1, True, ["Yes", "No"])
    assert person.reply(line=-1).prompt == "Add this dog to the list?"
    person.choose("No")
    assert person.text == REX
    person.reply(text=typed)
    person.choose("Yes")
    assert [dog["name"] for dog in person.dogs] == ["Rex", typed]
    assert person.lines[1].startswith(f"2 {typed}")


def test_lines_pasted_at_a_table_are_one_entry_each(lib):
    person = at_dogs(lib)
    person.reply(text="Rex\r\n\n  Bit \nquit")
    assert (person.page.prompt, person.page.help) == ("Add 3 entries to the list?", "“Rex”\n“Bit”\n“quit”")
    person.reply(text="back\nMax")
    assert person.page.prompt == "Add 5 entries to the list?"
    person.reply("back")
    assert person.text == ""
    person.reply(text="Rex\nBit\nquit")
    person.choose("Yes")
    assert person.dogs == [{"name": "Rex"}, {"name": "Bit"}, {"name": "quit"}]
    person.reply(text="\n".join(f"Dog {n}" for n in range(12)))
    assert person.page.help.endswith("\n“Dog 7”\n... and 4 more")
    person.reply("leave")
    assert (person.end, len(person.dogs)) == ("leave", 3)


def test_entries_that_do_not_fit_are_not_added(lib):
    person = at_dogs(lib, REX)
    person.reply(text="x" * 1001)
    person.choose("Yes")
    assert "at most 1,000 fit" in person.page.error
    assert person.text == REX


# -- drafting -----------------------------------------------------------------------------------


def test_the_interview_asks_before_it_ends_to_draft(lib):
    person = Person(lib, small.ANSWERS)
    person.reply("review")
    page = person.choose("Draft the contract now")
    assert (page.prompt, person.lines, page.cursor, page.escapes) == (
        "Draft the contract now?",
        ["Yes", "No"],
        -1,
        True,
    )
    assert [line.detail for line in page.lines] == [
        "The interview ends, and the contract is written as a Word file.",
        "Back to the review. Nothing is written.",
    ]
    assert page.help == "No answer is missing."
    for reply in (lambda: person.reply("back"), lambda: person.choose("No")):
        assert (reply().about, person.end) == ("review", "")
        person.choose("Draft the contract now")
    person.choose("Yes")
    assert person.end == "draft"


def test_enter_alone_chooses_nothing_where_no_line_is_current_and_says_so(lib):
    person = Person(lib, small.ANSWERS)
    person.reply("review")
    person.choose("Draft the contract now")
    table = at_dogs(lib)
    table.reply(text="Rex")
    for one, about in ((person, "draft"), (table, "dogs")):
        again = one.reply()
        assert (again.about, again.error, one.lines) == (about, CHOOSE, ["Yes", "No"])
    assert table.reply(text="Bit").error == ""
    person.choose("Yes")
    assert person.end == "draft"


def test_the_interview_can_be_left_without_a_draft(lib):
    person = Person(lib, small.ANSWERS)
    person.reply("review")
    person.choose("Draft the contract now")
    person.reply("leave")
    assert person.end == "leave"


# -- the defaults of a section ------------------------------------------------------------------


def test_all_defaults_left_in_a_section_are_taken_at_once_and_said(lib):
    person = Person(lib, "note: so\n", section="dogs")
    assert "defaults" in person.page.commands
    page = person.reply("defaults")
    given = interview.begin(lib, person.text, "").answers.given
    assert given == {"note": "so", "bites": False, "leash": "short"}
    assert person.notices == ["2 defaults taken. Does one bite? No; What leash? Short."]
    assert (page.about, "defaults" in page.commands) == ("dogs", False)
    assert person.reply("skip").about == "fee"


def test_after_the_defaults_the_next_question_is_one_without(lib):
    person = Person(lib)
    assert person.page.about == "town.name"
    assert person.reply("defaults").about == "walker"
    assert "defaults" not in person.page.commands


def test_a_fact_is_never_taken_by_default_and_neither_is_what_was_answered(tmp_path):
    asked = (
        small.QUESTIONNAIRE.replace('default: "no"}', 'default: "no", fact: true}')
        .replace("prompt: What fee?, blank: Fee}", "prompt: What fee?, default: 5, ask_when: leash == 'short'}")
        .replace("default: short\n", "default: long\n")
        .replace("singular: dog\n", "singular: dog\n        default: [{name: Rex, size: small}]\n")
        .replace("blank: Dog's name}", "blank: Dog's name, fact: true}")
    )
    loaded = small.load(tmp_path, questionnaire=asked)
    person = Person(loaded, "leash: short\n", section="dogs")
    person.reply("defaults")
    assert interview.begin(loaded, person.text, "").answers.given == {"leash": "short", "fee": 5}


def test_a_default_that_asks_another_question_takes_that_one_too(tmp_path):
    asked = small.QUESTIONNAIRE.replace("default: short\n", "default: long\n").replace("blank: Length,", "default: 6,")
    loaded = small.load(tmp_path, questionnaire=asked)
    person = Person(loaded, section="dogs")
    person.reply("defaults")
    given = interview.begin(loaded, person.text, "").answers.given
    assert given == {"bites": False, "leash": "long", "length": 6}
    assert "3 defaults taken." in person.notices[0]


def test_defaults_that_can_not_be_saved_are_said(lib):
    person = Person(lib)
    person.full = True
    assert person.reply("defaults").about == "town.name"
    assert (person.notices, person.text) == (["The disk is full."], "")


# -- what was skipped ---------------------------------------------------------------------------


def test_what_was_skipped_is_not_asked_first_the_next_time(lib):
    person = Person(lib)
    person.reply("skip")
    person.reply("skip")
    assert "skipped: [town.name, walker]" in person.text
    person.reply("leave")
    again = Person(lib, person.text)
    assert again.page.about == "starts"
    assert again.reply("back").about == "walker"
    again.reply(text="Ann")
    assert "skipped: [town.name]" in again.text
    again.reply("leave")
    assert Person(lib, again.text).page.about == "starts"


def test_what_was_skipped_is_listed_can_be_gone_to_and_is_a_blank(lib):
    text = small.ANSWERS.replace("walker: Ann\n", "") + "town: {name: Bark}\nbites: no\nleash: short\nnote: so\n"
    person = Person(lib, text + "skipped: [walker]\n")
    assert person.page.about == "review"
    lines = person.lines
    assert lines[lines.index("Skipped") + 1] == "Who walks? [Walker's name]"
    assert "Missing" not in lines
    assert person.page.prompt == "1 answer is missing: the draft shows a blank wherever it needs one."
    (line,) = (n for n, words in enumerate(lines) if words.startswith("Who walks?") and n < lines.index("Parties"))
    assert person.reply(line=line).about == "walker"
    person.reply("jump")
    assert person.lines[0] == "Parties 3 of 4 answered 1 blank, 1 skipped"
    assert small.made(lib, person.text).contract == small.made(lib, text).contract


def test_a_skipped_list_and_a_list_left_blank_stay_skipped(lib):
    for reply in ({"command": "skip"}, {"line": 1}):
        person = at_dogs(lib)
        person.reply(**reply)
        assert person.notices == ["Skipped. The draft shows the blank [Dogs] wherever it needs this answer."]
        assert "skipped: [dogs]" in person.text
        person.reply("back")
        person.reply("add")
        person.reply(text="Rex")
        assert "skipped: [dogs]" not in person.text


def test_an_answer_given_by_hand_is_no_longer_skipped(lib):
    person = Person(lib, "town: {name: Bark}\nwalker: Ann\nskipped: [walker, starts]\n")
    assert person.page.about == "ends"
    assert person.dialogue.here.answers.skipped == {"starts"}


def test_only_missing_asks_what_was_skipped(lib):
    assert Person(lib, "skipped: [walker]\n", only_missing=True).page.about == "walker"


def test_a_skip_is_not_kept_of_what_is_answered(lib):
    person = Person(lib, "walker: Ann\n", section="parties")
    person.reply("skip")
    person.reply("skip")
    assert "skipped: [town.name]" in person.text


def test_a_skip_that_can_not_be_kept_is_said_and_made(lib):
    person = Person(lib)
    person.full = True
    assert person.reply("skip").about == "walker"
    assert "The file does not keep that it was skipped: The disk is full." in person.notices


# -- answers among what a list has --------------------------------------------------------------

BEST = """\
      - id: best
        type: text
        among: dogs.name
        prompt: Which is best?
        blank: Best
        options: [{value: None, label: None of them}]
      - id: walks
        type: records
        prompt: Which walks?
        singular: walk
        blank: Walks
        fields:
          - {id: hour, type: text, prompt: When?, blank: Hour}
          - {id: dogs, type: choices, among: dogs.name, prompt: Which dogs?, blank: Dogs}
"""
AMONG = small.QUESTIONNAIRE.replace("      - {id: bites", f"{BEST}      - {{id: bites")
PACK = "dogs:\n" + "".join(f"  - {{name: {name}, size: small}}\n" for name in ("Rex", "Bit", "Max"))


@pytest.fixture(scope="module")
def among(tmp_path_factory):
    return small.load(tmp_path_factory.mktemp("among"), questionnaire=AMONG)


def test_an_answer_is_chosen_among_what_a_list_has(among):
    person = at_dogs(among, PACK)
    page = person.reply(line=4)
    assert (page.about, page.kind, person.lines) == ("best", "menu", ["Rex", "Bit", "Max", "None of them"])
    person.choose("Bit")
    assert "best: Bit\n" in person.text
    assert person.notices[0] == "Saved: Bit"
    assert person.reply("back").cursor == 1


def test_several_are_marked_among_what_a_list_has(among):
    person = Person(among, PACK + "best: None\n", section="dogs")
    person.reply("jump")
    person.reply("back")
    person.reply(line=4)
    person.reply(line=3)
    person.reply("add")
    page = person.reply(text="8 a.m.")
    assert (page.about, page.kind, person.lines) == ("walks[1].dogs", "marks", ["Rex", "Bit", "Max"])
    person.reply(marked=frozenset({0, 2}))
    assert "dogs: [Rex, Max]" in person.text
    assert not [p for p in person.dialogue.here.found if p.code == "unlisted-answer"]


def test_while_the_list_is_empty_the_answer_is_typed(among):
    person = at_dogs(among)
    assert person.choose("Leave it blank").kind == "text"
    person.reply(text="Rex")
    assert "best: Rex\n" in person.text


def test_a_name_that_left_the_list_is_a_problem_that_leads_to_its_question(among):
    person = at_dogs(among, PACK + "best: Bit\n")
    person.reply(line=1)
    person.choose("The dog's name?")
    person.reply(text="Bitt")
    assert "“Which is best?”: 'Bit' is not in the list 'dogs'. Did you mean 'Bitt'?" in person.notices
    person.reply("review")
    assert person.choose("'Bit' is not in the list").about == "best"
    assert person.page.help == "The answer is now “Bit”, which is not in the list."
    assert person.page.cursor == -1


# -- pages without a dialogue -------------------------------------------------------------------


def test_the_pages_of_a_dialogue_are_made_from_the_interview_and_what_is_asked(lib):
    person = Person(lib, REX, section="dogs")

    def here():
        return replace(person.page, notices=()), person.dialogue.here

    shown, now = here()
    assert shown == listing.table(now, "dogs")
    person.reply(line=0)
    shown, now = here()
    assert shown == listing.record(now, "dogs", 1)
    person.choose("Which chain?")
    shown, now = here()
    assert shown == question.page(now, entries.of_field(now, "dogs", 1, "chain"))
    person.reply("jump")
    shown, now = here()
    assert shown == overview.sections(now, "dogs", "dogs")
    person.reply("review")
    shown, now = here()
    assert shown == overview.review(now)
    assert person.reply("back").about == "note"
    shown, now = here()
    assert shown == question.page(now, entries.of_question(now, "note"))


# -- from another contract ----------------------------------------------------------------------


def carried(loaded, other: str, text: str = "", **options) -> Person:
    return Person(loaded, text, other=yaml_tree.parse(other, "last.yaml"), **options)


def test_the_list_of_last_time_is_offered_as_a_line(tmp_path):
    person = carried(small.load(tmp_path, questionnaire=FRESH), REX, section="dogs")
    assert person.lines == ["Add the first dog", "Start from last time's list (1: Rex)", "Leave it blank"]
    person.choose("Start from last time's list")
    assert person.notices[0] == "Saved: last time's list. Check each entry."
    assert person.lines == ["1 Rex Large iron complete", "Add another dog", "Done"]
    assert person.dogs == [{"name": "Rex", "size": "large", "chain": "iron"}]


CHOSEN = "Wordings chosen for that contract are not carried over; choose again those that are to stand"


def test_what_does_not_come_over_from_another_contract_is_said_once(lib):
    other = "walker: Ann\nfee: 5\nleash: none\nold_question: 1\nalternatives: {leash: long}\n"
    person = carried(lib, other)
    assert person.notices == [
        "Carried over from the other contract: 1 answer.",
        "Asked again, because the answer rarely stays the same: Fee.",
        "Not carried over: What leash? 'none' is not one of short, long",
        "Not carried over, because it is not asked here: old_question.",
        f"{CHOSEN}: “Leash”: The long one (fallback).",
    ]
    person.reply("skip")
    assert not any("carried over" in text for text in person.notices)
    assert "walker: Ann\n" in person.text
    assert (
        not {"fee", "leash", "old_question", "alternatives"} & yaml_tree.plain(yaml_tree.parse(person.text, "")).keys()
    )


def test_a_fact_is_asked_again_and_nothing_is_offered(tmp_path):
    asked = small.QUESTIONNAIRE.replace("blank: Walker's name}", "blank: Walker's name, fact: true, fresh: true}")
    asked = asked.replace("blank: Start}", "blank: Start, fact: true}")
    person = carried(small.load(tmp_path, questionnaire=asked), small.ANSWERS, section="parties")
    assert person.notices[:3] == [
        "Carried over from the other contract: 1 answer.",
        "Not carried over, because it must be found out for each contract: Walker's name; Start.",
        "Asked again, because the answer rarely stays the same: End; Fee.",
    ]
    while person.page.about != "walker":
        person.reply("skip")
    assert "Last time" not in person.page.help
    while person.page.about != "ends":
        person.reply("skip")
    assert "Last time: Wednesday, June 30, 2027" in person.page.help


def test_a_day_that_is_asked_again_is_not_answered_by_its_default(tmp_path):
    asked = small.QUESTIONNAIRE.replace("blank: Start}", "blank: Start, default: 2026-07-01}")
    person = carried(small.load(tmp_path, questionnaire=asked), "starts: 2025-07-01\n")
    while person.page.about != "starts":
        person.reply("skip")
    assert "Last time: Tuesday, July 1, 2025." in person.page.help
    assert person.page.on_enter == ""
    again = person.reply(text="")
    assert (again.about, again.error[:16]) == ("starts", "Type an answer, ")
    assert "starts" not in interview.begin(person.dialogue.here.library, person.text, "").answers.given
    person.reply("review")
    assert "1 usual answer to confirm." in person.page.prompt
    lines = [line.cells for line in person.page.lines]
    assert lines[lines.index(("Usual answers to confirm",)) + 1][1] == "Wednesday, July 1, 2026 (default)"


TRICKS = "[{value: sit, label: Sit}, {value: stay, label: Stay}, {value: roll, label: 'Roll, over'}]"
FIELD = f"          - {{id: tricks, type: choices, prompt: Which tricks?, options: {TRICKS}}}\n"
TAUGHT = small.QUESTIONNAIRE.replace("      - {id: bites", f"{FIELD}      - {{id: bites")
SITTING = "dogs:\n  - {name: Rex, size: small, tricks: [sit, stay]}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dogs:\n  - {name: Rex, size: small}\n",
        "dogs:\n  - name: Rex\n    size: small\n",
        "dogs:\n  - {name: Rex, size: small, tricks: [sit]}   # good dog\n",
        "dogs:\n  - name: Rex\n    tricks: [sit, roll]\n    size: small\n",
        "dogs:\n  - name: Rex\n    tricks:\n      - sit\n    size: small\n",
    ],
)
def test_several_options_are_marked_for_a_field_of_a_record(tmp_path, text):
    person = at_dogs(small.load(tmp_path, questionnaire=TAUGHT), text)
    if not text:
        person.choose("Add the first dog")
        person.reply(text="Rex")
        person.choose("Small")
    else:
        person.reply(line=0)
        person.choose("Which tricks?")
    assert (person.page.about, person.page.kind) == ("dogs[1].tricks", "marks")
    person.reply(marked=frozenset({0, 1}))
    assert person.dogs == [{"name": "Rex", "size": "small", "tricks": ["sit", "stay"]}]
    assert person.notices[0] == "Saved: Sit, Stay"


def test_a_record_keeps_the_options_marked_in_it_when_another_field_changes(tmp_path):
    person = at_dogs(small.load(tmp_path, questionnaire=TAUGHT), SITTING)
    person.reply(line=0)
    assert "Which tricks? Sit, Stay" in person.lines
    person.choose("The dog's name?")
    person.reply(text="Bit")
    assert person.dogs == [{"name": "Bit", "size": "small", "tricks": ["sit", "stay"]}]
    person.choose("Done with this dog")
    person.reply("remove", line=0)
    assert person.page.help == "Bit, small, sit, stay"


# -- the page of a name -------------------------------------------------------------------------


def test_each_record_and_field_has_a_page_by_its_name_and_so_has_the_record_that_is_to_come(lib):
    here = interview.begin(lib, REX, "answers.yaml")
    for name in ("walker", "dogs", "dogs[1]", "dogs[1].name", "dogs[1].chain", "dogs[2].name"):
        assert finding.page(here, name).about == name
    assert finding.page(here, "dogs[1]").lines[0].cells == ("The dog's name?", "Rex")


@pytest.mark.parametrize(
    "name",
    ["", "cats", "dogs[0]", "dogs[2]", "dogs[3].name", "dogs[1].colour", "dogs[2].chain", "dogs[1.name", "dogs[x].name",
     "walker[1]", "walker[1].name", "dogs[9999999].name", "dogs[1].", "review"],
)  # fmt: skip
def test_what_cannot_be_asked_has_no_page(lib, name):
    with pytest.raises(KeyError):
        finding.page(interview.begin(lib, REX, "answers.yaml"), name)
