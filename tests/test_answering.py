"""`drafter answer`: one answer is changed as the interview changes it, recorded, tried, and taken back."""

import json
import shlex
from pathlib import Path

import pytest
import small
from commands import files, run
from small import ANSWERS, clause

from drafter.asking import interview
from drafter.matters import swaps
from drafter.reading import opening

pytestmark = pytest.mark.usefixtures("place")


def drafter(*words):
    return run(*words, "--library", "lib")


def answered(*words):
    """Return what `drafter answer` tells a script."""
    result = drafter("answer", "matter", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def recorded():
    path = Path("matter/swaps.yaml")
    return swaps.parse(path.read_text("utf-8"), "swaps.yaml") if path.exists() else ()


def text():
    return Path("matter/answers.yaml").read_text("utf-8")


# -- one answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "value", "line"),
    [
        ("walker", "Bo", "walker: Bo"),
        ("Who walks?", "Bo", "walker: Bo"),
        ("starts", "9/1/26", "starts: 2026-09-01"),
        ("when does it start", "September 1, 2026", "starts: 2026-09-01"),
        ("bites", "y", "bites: yes"),
        ("starts", "1 September 2026", "starts: 2026-09-01"),
        ("starts", "Tuesday, September 1, 2026", "starts: 2026-09-01"),
        ("bites", "Yes", "bites: yes"),
        ("fee", "13,000 dollars", "fee: 13,000"),
        ("fee", "$13,000", 'fee: "$13,000"'),
        ("leash", "long", "leash: long"),
        ("leash", "Long", "leash: long"),
        ("dogs[2].name", "Bot", "  - {name: Bot, size: small}"),
        ("dogs[Bit].size", "large", "  - {name: Bit, size: large}"),
        ("Bit's size", "Large", "  - {name: Bit, size: large}"),
        ("dogs[3].name", "Max", "  - name: Max"),
    ],
)
def test_an_answer_is_written_as_the_interview_writes_it(question, value, line):
    said = answered(question, value)
    assert said["changed"]
    assert line in text().splitlines()
    library = opening.load_library(Path("lib"))
    assert interview.begin(library, text(), "answers.yaml").answers.given


def test_an_answer_among_what_a_list_has_is_named_by_its_words(tmp_path, monkeypatch):
    best = "{id: best, type: text, among: dogs.name, prompt: Best?, blank: Best}"
    some = "{id: some_dogs, type: choices, among: dogs.name, prompt: Some?, blank: Some}"
    asked = small.QUESTIONNAIRE.replace("      - {id: bites", f"      - {best}\n      - {some}\n      - {{id: bites")
    folder = tmp_path / "kennel"
    small.build(folder / "lib", questionnaire=asked)
    (folder / "matter").mkdir()
    dogs = "dogs:\n  - {name: Old Rex, size: small}\n  - {name: 'Bit, the small one', size: small}\n"
    (folder / "matter" / "answers.yaml").write_text(dogs, "utf-8")
    monkeypatch.chdir(folder)
    answered("best", "rex")
    assert "best: Old Rex" in text()
    answered("some_dogs", "Bit, the small one")
    assert "some_dogs: Bit, the small one" in text()
    answered("some_dogs", "rex; small one")
    assert "some_dogs: [Old Rex, 'Bit, the small one']" in text().replace('"', "'")
    refused = drafter("answer", "matter", "best", "Whisky")
    assert (refused.exit_code, "type one of: Old Rex; Bit, the small one" in refused.stderr) == (1, True)
    readers = json.loads(drafter("explain", "matter", "dogs", "--json").stdout)["reaches"]
    assert {"best", "some_dogs"} <= {one["name"] for one in readers}


def test_an_answer_that_was_left_open_is_no_longer_said_to_be():
    path = Path("matter/answers.yaml")
    path.write_text(small.ANSWERS.replace("walker: Ann\n", "") + "skipped: [walker, note]\n", "utf-8")
    answered("walker", "Bo")
    assert "skipped: [note]" in text()
    answered("note", "a leash")
    assert "skipped: [" not in text()


def test_a_record_and_an_answer_are_taken_out():
    answered("dogs[Rex]", "--clear")
    assert "Rex" not in text()
    assert "Bit" in text()
    answered("fee", "--clear")
    assert "12,500" not in text()


@pytest.mark.parametrize(
    ("question", "value", "code", "said"),
    [
        ("leash", "medium", "bad-answer", "type one of: short (Short); long (Long)"),
        ("starts", "9.8.2026", "bad-answer", "'9.8.2026' can be read as September 8, 2026 or August 9, 2026"),
        ("starts", "soon", "bad-answer", "type a date like 7/1/2026, July 1, 2026 or 2026-07-01"),
        ("bites", "maybe", "bad-answer", "type yes or no"),
        ("leash", "lnog", "bad-answer", "did you mean 'long'? Or type one of: short (Short); long (Long)"),
        ("length", "99", "bad-answer", "type a whole number, at least 1 and at most 30"),
        ("dogs[1].size", "huge", "bad-answer", "type one of: small (Small); large (Large)"),
        (
            "dogs",
            "Rex",
            "bad-answer",
            "to add one: drafter answer matter 'dogs[3].name' VALUE; its fields are name, size, chain",
        ),
        ("dogs.size", "small", "several-questions", "dogs[1].size (Rex); dogs[2].size (Bit)"),
        ("dogs[9].size", "small", "unknown-question", "the next to be added would be dogs[3]"),
        ("dogs[Max].size", "small", "unknown-question", "dogs[1] (Rex); dogs[2] (Bit)"),
        ("leesh", "long", "unknown-question", "did you mean 'leash'?"),
        ("it", "long", "several-questions", "starts (When does it start?)"),
    ],
)
def test_what_does_not_fit_says_what_is_expected_and_writes_nothing(place, question, value, code, said):
    before = files(place)
    result = drafter("answer", "matter", question, value)
    assert (result.exit_code, code in result.stderr, said in result.stderr) == (1, True, True), result.stderr
    assert files(place) == before


@pytest.mark.parametrize(
    "words",
    [
        ["fee"],
        ["fee", ""],
        ["fee", "1", "--clear"],
        ["fee", "1", "--allow-deviation"],
        [],
        ["fee", "1", "walker"],
        ["fee", "1", "walker", " "],
    ],
)
def test_what_makes_no_answer_is_refused(place, words):
    before = files(place)
    assert drafter("answer", "matter", *words).exit_code == 2
    assert files(place) == before


# -- what it does -------------------------------------------------------------------------------


def test_an_answer_says_everything_that_it_does():
    said = answered("bites", "yes")
    assert [(c["clause"], c["before"], c["after"]) for c in said["clauses"]] == [("muzzle", None, "standard")]
    assert said["sections"] == ["leash", "muzzle"]
    assert said["requirements"] == [{"id": "III", "was": "does not apply", "now": "met"}]
    assert [p["code"] for p in said["found"]] == ["biter"]
    said = answered("leash", "long")
    assert (said["now_asked"], said["new_blanks"], said["no_longer_asked"]) == (["length"], ["length"], [])
    assert (answered("length", "6")["blanks_gone"], answered("leash", "short")["no_longer_asked"]) == (
        ["length"],
        ["length"],
    )


def test_a_person_reads_all_that_a_script_reads():
    shown = " ".join(drafter("answer", "matter", "leash", "long", "--because", "They asked.").stdout.split())
    for words in (
        "leash: Short (the default) -> Long",
        "Wordings 1.2 Leash (leash): short (preferred) -> long (fallback) Concedes: Something.",
        "Because They asked.",
        "Sections 1 changed: 1.2 Leash",
        "Requirements II: said -> said by a fallback",
        "Now asked length: How long?",
        "New blanks Length",
        "{-on each Dog-}{+of [Length] feet+}",
    ):
        assert words in shown


def test_an_answer_to_what_is_not_asked_is_kept_and_said():
    assert not answered("length", "6")["asked"]
    assert "these answers don't ask this question" in " ".join(
        drafter("answer", "matter", "length", "7").stdout.split()
    )


def test_the_same_answer_changes_nothing(place):
    before = files(place)
    assert not answered("walker", "Ann")["changed"]
    assert files(place) == before


# -- the record ---------------------------------------------------------------------------------

WORN = clause("Notes", "plain|preferred|leash == 'short'||Plain.", "worn|fallback|leash == 'long'||Worn.")


def test_each_clause_that_an_answer_decides_is_recorded_and_all_are_taken_back_together(place):
    small.build(place / "lib", clauses={"notes": WORN})
    before = text()
    said = answered("leash", "long", "--because", "They asked.", "--on", "2026-09-01")
    assert said["recorded"] == ["leash", "notes"]
    assert [(s.clause, s.before, s.after, s.because, s.question, s.was) for s in recorded()] == [
        ("leash", "short", "long", "They asked.", "leash", ""),
        ("notes", "plain", "worn", "They asked.", "leash", ""),
    ]
    explained = " ".join(drafter("explain", "matter", "notes").stdout.split())
    assert "Reason They asked." in explained
    undone = drafter("swap", "matter", "--undo")
    assert undone.exit_code == 0
    assert (text(), recorded()) == (before, ())


def test_each_step_of_an_answer_is_taken_back():
    for value in ("long", "short", "long"):
        answered("leash", value)
    steps = []
    while drafter("swap", "matter", "--undo").exit_code == 0:
        steps.append("long" if "leash: long" in text() else "short")
    assert steps == ["short", "long", "short"]
    assert text() == ANSWERS


def test_a_reason_is_added_when_the_answer_is_given_again():
    answered("leash", "long")
    said = answered("leash", "long", "--because", "They asked.")
    assert (said["changed"], [s.because for s in recorded()]) == (False, ["They asked."])


def test_the_reason_for_the_board_is_on_record_with_each_wording_that_the_answer_decides(place):
    small.build(place / "lib", clauses={"notes": WORN})
    shown = drafter("answer", "matter", "leash", "long", "--for-board", "It is safe.")
    assert "For the board It is safe." in " ".join(shown.stdout.split())
    assert [(s.clause, s.for_board, s.because) for s in recorded()] == [
        ("leash", "It is safe.", ""), ("notes", "It is safe.", ""),
    ]  # fmt: skip
    again = answered("leash", "long", "--for-board", "It was tried.")
    assert (again["changed"], again["for_board"], {s.for_board for s in recorded()}) == (
        False, "It was tried.", {"It was tried."},
    )  # fmt: skip
    other = answered("walker", "Bo", "--for-board", "She moved.")
    assert (other["for_board"], {s.for_board for s in recorded()}) == ("", {"It was tried."})


def test_an_answer_that_decides_no_wording_keeps_no_record_and_says_so():
    shown = drafter("answer", "matter", "walker", "Bo", "--because", "She moved.")
    assert "not kept: this answer puts in no other alternative of a clause" in " ".join(shown.stdout.split())
    assert recorded() == ()


@pytest.mark.parametrize("cited", ["1.2", "Section 1.2", "Article 9", "Exhibit A"])
def test_the_number_of_a_section_is_no_question_and_the_hint_leads_to_its_answers(cited):
    shown = drafter("answer", "matter", cited, "x")
    assert shown.exit_code == 1
    said = " ".join(shown.stderr.split())
    assert f"unknown-question: '{cited}' is " in said
    assert f"drafter explain matter {shlex.quote(cited)}" in said


def test_the_hint_for_a_whole_list_adds_an_entry_and_changes_none():
    for name, hint in (
        ("dogs", "to add one: drafter answer matter 'dogs[3].name' VALUE"),
        ("dogs[1]", "hint: drafter answer matter 'dogs[1].name' VALUE"),
    ):
        assert hint in " ".join(drafter("answer", "matter", name, "Max").stderr.split())


def test_an_entry_that_is_taken_out_of_its_list_is_called_by_its_name():
    shown = drafter("answer", "matter", "dogs[2]", "--clear", "--try")
    assert shown.stdout.startswith("dogs[2]: Bit -> taken out of the list\n")


def test_the_words_that_change_follow_one_empty_line():
    for command in (
        ("answer", "matter", "leash", "long"),
        ("swap", "matter", "leash", "long"),
        ("clauses", "leash", "short", "long", "--compare"),
    ):
        shown = drafter(*command, *(() if "--compare" in command else ("--try",)))
        assert shown.exit_code == 0, shown.stderr
        assert "\n\n" in shown.stdout
        assert "\n\n\n" not in shown.stdout


def test_a_chosen_alternative_that_the_answer_decides_goes_with_it():
    Path("matter/answers.yaml").write_text(f"{ANSWERS}leash: short\nalternatives:\n  leash: short\n", "utf-8")
    assert answered("leash", "long")["clauses"][0]["after"] == "long"
    assert "alternatives" not in text()


def test_a_free_choice_stays_whatever_the_answer_and_that_is_said(place):
    free = small.QUESTIONNAIRE.replace(
        "      - {id: note,", '      - {id: loud, type: yes-no, prompt: Loud?, default: "no"}\n      - {id: note,'
    )
    loud = clause("Notes", "quiet|preferred|not loud||Quiet.", "loud|fallback|loud||Loud.")
    small.build(place / "lib", questionnaire=free, clauses={"notes": loud})
    assert drafter("swap", "matter", "notes", "loud").exit_code == 0
    shown = " ".join(drafter("answer", "matter", "loud", "yes").stdout.split())
    assert "notes stays at loud, which was chosen" in shown


def test_a_fact_is_told_by_an_answer_and_never_by_a_swap(place):
    fact = small.QUESTIONNAIRE.replace(
        "prompt: What leash?", "prompt: What leash?, fact: true".replace(", fact", "\n        fact")
    )
    small.build(place / "lib", questionnaire=fact)
    refused = drafter("swap", "matter", "leash", "long")
    assert (refused.exit_code, "drafter answer matter leash long" in refused.stderr) == (1, True)
    assert drafter("answer", "matter", "leash", "long").exit_code == 0


# -- policy -------------------------------------------------------------------------------------

SLACK = clause("Leash", "short|preferred|leash == 'short'|II|The walker must use a leash.\n\n1. {#hold} held.",
               "long|fallback|leash == 'long'||Loose.\n\n1. {#hold} held.")  # fmt: skip


def test_an_answer_against_policy_is_refused_unless_it_is_allowed_with_a_reason(place):
    small.build(place / "lib", policy=small.saying_as("II", SLACK), clauses={"leash": SLACK})
    before = files(place)
    refused = drafter("answer", "matter", "leash", "long")
    assert (refused.exit_code, "deviation" in refused.stderr, files(place)) == (1, True, before)
    assert answered("leash", "long", "--allow-deviation", "--because", "One old dog.")["deviations"] == ["II"]
    assert [s.departs for s in recorded()] == [("II",)]
    assert drafter("draft", "matter").exit_code == 0


# -- answers that only fit together --------------------------------------------------------------

NO_LONG = (
    "  - {id: rex, each: dog in dogs, when: leash == 'long', holds: dog.size == 'small', questions: [dogs, leash], \
message: This dog needs the short leash., hint: Shorten it.}\n"
)


@pytest.fixture
def strict(place):
    """Return a matter whose checks tie two days, and a dog's size to the leash, which decides a wording."""
    small.build(place / "lib", questionnaire=small.QUESTIONNAIRE + NO_LONG)
    Path("matter/answers.yaml").write_text(ANSWERS, "utf-8")
    assert drafter("draft", "matter").exit_code == 0
    return place


def refused(place, *words):
    """Return what is said by a command that is refused, tried or not, and writes nothing."""
    before = files(place)
    results = [drafter(*words, *more) for more in (["--try"], [])]
    assert [r.exit_code for r in results] == [1, 1]
    assert results[0].stderr == results[1].stderr
    assert files(place) == before
    return results[1].stderr


def test_an_answer_that_a_check_refuses_says_what_can_be_changed_with_it(strict):
    said = refused(strict, "answer", "matter", "starts", "2028-02-29")
    assert "It ends before it starts." in said
    assert "change another answer with it: drafter answer matter starts 2028-02-29 ends VALUE" in said
    both = answered("starts", "2028-02-29", "ends", "3/1/2028")
    assert [(one["question"], one["after"]) for one in both["answers"]] == [
        ("starts", "2028-02-29"),
        ("ends", "2028-03-01"),
    ]
    assert "It ends before it starts." in refused(strict, "answer", "matter", "ends", "2028-01-01", "walker", "Bo")


def test_a_field_that_a_check_refuses_names_the_field_and_what_else_the_check_reads(strict):
    answered("dogs[Rex].size", "small")
    answered("leash", "long")
    said = refused(strict, "answer", "matter", "dogs[Bit].size", "large")
    assert "Bit: This dog needs the short leash." in said
    assert (
        "Shorten it. Or change another answer with it: drafter answer matter 'dogs[2].size' large leash VALUE" in said
    )
    assert answered("dogs[Bit].size", "large", "leash", "short")["recorded"] == ["leash"]
    assert [swap.after for swap in recorded()] == ["long", "short"]


WALKS = """\
      - {id: best, type: text, among: dogs.name, prompt: Best?, blank: Best}
      - {id: some_dogs, type: choices, among: dogs.name, prompt: Some?, blank: Some}
      - id: walks
        type: records
        prompt: Which walks?
        singular: walk
        fields:
          - {id: dog, type: text, among: dogs.name, prompt: Which dog?, blank: Dog}
          - {id: where, type: text, prompt: Where?, blank: Where}
      - {id: first_walk, type: text, among: walks.dog, prompt: Which first?, blank: First}
      - {id: bites"""
CHOSEN = "best: Bit\nsome_dogs: [Rex, Bit]\nwalks:\n  - {dog: Rex, where: park}\n  - {dog: Bit}\nfirst_walk: Rex\n"


def test_a_new_name_that_others_choose_by_is_refused_with_the_command_that_changes_them_all(place):
    asked = small.QUESTIONNAIRE.replace("      - {id: bites", WALKS)
    check = (
        "  - {id: known, holds: \"best in dogs | field('name')\", questions: [dogs], message: Which dog?, hint: Say.}\n"
    )
    small.build(place / "lib", questionnaire=asked + check)
    Path("matter/answers.yaml").write_text(ANSWERS + CHOSEN.replace("best: Bit", "best: Rex"), "utf-8")
    assert drafter("draft", "matter").exit_code == 0
    said = refused(place, "answer", "matter", "dogs[Rex].name", "King's Dog")
    (hint,) = {line for line in said.splitlines() if line.startswith("  hint: ")}
    assert "Which dog?" in said
    assert said.count("unlisted-answer") == 3
    assert "first_walk" in hint  # which chooses by what a walk chooses
    assert "VALUE" not in hint
    step = shlex.split(hint[hint.index("drafter answer ") :])
    assert drafter(*step[1:]).exit_code == 0
    assert ANSWERS.count("Rex") == 1
    assert text().count("Rex") == 0
    assert text().count("King's Dog") == 5


def test_a_new_name_that_is_refused_for_another_reason_too_says_that_reason(place):
    asked = small.QUESTIONNAIRE.replace("      - {id: bites", WALKS)
    king = "id: king, each: dog in dogs, holds: dog.name != 'King', questions: [dogs]"
    check = f"  - {{{king}, message: No King., hint: Not.}}\n"
    small.build(place / "lib", questionnaire=asked + check)
    Path("matter/answers.yaml").write_text(ANSWERS + CHOSEN, "utf-8")
    said = refused(place, "answer", "matter", "dogs[Rex].name", "King")
    assert "No King.\n  hint: Not.\n" in said
    assert said.count("drafter answer matter 'dogs[1].name' King some_dogs") == 2


def test_a_swap_and_its_undoing_are_refused_as_the_answer_is(strict):
    said = refused(strict, "swap", "matter", "leash", "long")
    assert "drafter answer matter leash long 'dogs[1].size' VALUE" in said
    answered("leash", "long", "dogs[Rex].size", "small")
    answered("leash", "short")
    answered("dogs[Bit].size", "large")
    said = refused(strict, "swap", "matter", "--undo")
    assert "drafter answer matter leash long 'dogs[2].size' VALUE" in said


def test_an_answer_may_rest_on_those_before_it_in_the_same_command(place):
    best = "{id: best, type: text, among: dogs.name, prompt: Best?, blank: Best}"
    asked = small.QUESTIONNAIRE.replace("      - {id: bites", f"      - {best}\n      - {{id: bites")
    small.build(place / "lib", questionnaire=asked)
    Path("matter/answers.yaml").write_text(f"{ANSWERS}best: Rex\n", "utf-8")
    said = refused(place, "answer", "matter", "dogs[Rex].name", "Max")
    assert "drafter answer matter 'dogs[1].name' Max best Max\n" in said
    assert answered("dogs[Rex].name", "Max", "best", "max")["still_wrong"] == []
    assert "best: Max" in text()


def test_what_was_wrong_before_refuses_no_other_answer(strict):
    Path("matter/answers.yaml").write_text(ANSWERS.replace("2027-06-30", "2025-06-30"), "utf-8")
    assert [p["code"] for p in answered("walker", "Bo")["still_wrong"]] == ["order"]
    assert "Still wrong" in drafter("answer", "matter", "walker", "Al").stdout
    assert "This dog" in refused(strict, "answer", "matter", "leash", "long")


@pytest.mark.usefixtures("strict")
def test_a_record_with_a_problem_that_gets_another_number_brings_no_new_one():
    worse = ANSWERS.replace("{name: Bit, size: small}", "{name: Bit, size: large}") + "leash: long\n"
    Path("matter/answers.yaml").write_text(worse, "utf-8")
    assert [p["code"] for p in answered("dogs[Rex]", "--clear")["still_wrong"]] == ["rex"]


def test_a_fact_is_taken_with_the_problem_that_it_sets_off(strict):
    fact = (small.QUESTIONNAIRE + NO_LONG).replace("id: starts, type: date,", "id: starts, type: date, fact: true,")
    small.build(strict / "lib", questionnaire=fact)
    said = answered("starts", "2028-02-29")
    assert ([p["code"] for p in said["found"]], [p["code"] for p in said["still_wrong"]]) == (["order"], ["order"])
    assert drafter("draft", "matter").exit_code == 1
    shown = drafter("answer", "matter", "starts", "2028-03-01").stdout
    assert "It ends before it starts." in " ".join(shown.split())
    answered("starts", "2026-09-01")
    assert "It ends before" in refused(strict, "answer", "matter", "starts", "2028-02-29", "walker", "Bo")


# -- trying -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["answer", "matter", "bites", "yes"],
        ["answer", "matter", "leash", "medium"],
        ["answer", "matter", "dogs[Rex]", "--clear"],
        ["swap", "matter", "1.2", "long", "--because", "They asked."],
        ["swap", "matter", "1.2", "loose"],
        ["swap", "matter", "--undo"],
        ["swap", "matter", "leash", "--wording", "own.md"],
    ],
)
def test_what_is_tried_says_and_ends_as_the_real_one_and_touches_nothing(place, words):
    Path("own.md").write_text(
        "---\nlabel: Own\nsatisfies: [II]\nsays: {II: [The walker must use a leash.]}\n---\n"
        "The walker must use a leash.\n\n1. {#hold} It.\n",
        "utf-8",
    )
    before = files(place)
    tried = drafter(*words, "--try")
    assert files(place) == before
    real = drafter(*words)
    assert (tried.exit_code, tried.stderr) == (real.exit_code, real.stderr)
    said = tried.stdout.replace("Only tried: nothing was written.\n", "").replace("Would change", "Changed")
    assert said.split() == real.stdout.split()


def test_trying_does_not_wait_for_a_matter_that_is_being_changed(place):
    from drafter.matters import filing

    with filing.held(place / "matter"):
        assert drafter("answer", "matter", "bites", "yes", "--try").exit_code == 0
        assert drafter("swap", "matter", "leash", "long", "--try").exit_code == 0


# -- a matter that makes no contract yet --------------------------------------------------------


def test_an_answer_is_taken_where_no_contract_can_be_drafted_yet(place):
    notes = clause("Notes", "a|preferred|bites||A.", "b|fallback|fee > 20000||B.")
    small.build(place / "lib", clauses={"notes": notes})
    stuck = drafter("check", "matter")
    assert "drafter answer matter bites VALUE" in stuck.stderr
    assert [p["code"] for p in answered("walker", "Bo")["still_wrong"]] == ["no-alternative"]
    assert answered("bites", "yes")["still_wrong"] == []
    before = files(place)
    assert drafter("answer", "matter", "bites", "no").exit_code == 1
    assert files(place) == before
