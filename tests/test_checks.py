"""The questionnaire's checks are made on the answers that they are about, and on no others."""

import every
import small

from drafter.base.problems import Place, Problem
from drafter.matters import answers, checks, scope

ALL = every.load()

SMALL = every.load(small.QUESTIONNAIRE)


def parsed(text, asked=ALL):
    return answers.parse(text, "answers.yaml", asked)


def failed(text, asked=SMALL):
    given = parsed(text, asked)
    return list(checks.problems(asked, given, scope.values(asked, given)))


def test_a_check_that_does_not_hold_is_reported_at_the_first_answer_it_is_about():
    assert failed("ends: 2026-01-01\nstarts: 2026-01-02\n") == [
        Problem("order", Place("answers.yaml", 2), "It ends before it starts.")
    ]
    assert failed("ends: 2026-01-03\nstarts: 2026-01-02\n") == []


def test_a_check_about_unanswered_questions_is_not_made():
    assert failed("starts: 2026-01-02\n") == failed("ends: 2026-01-02\n") == failed("") == []


def test_a_reminder_says_so():
    assert [(p.code, p.level, p.place.line) for p in failed("bites: yes\n")] == [("biter", "reminder", 1)]


FIELD = "{id: name, type: text, prompt: N?}, {id: born, type: date, prompt: B?}"

DOGS = ("{id: late, type: date, prompt: L?}", f"{{id: dogs, type: records, prompt: D?, fields: [{FIELD}]}}")

BORN = (
    "{id: born, each: dog in dogs, when: dog.name != 'Rex', holds: dog.born < late, questions: [dogs, late],"
    " message: Too young., hint: Wait.}"
)

KENNEL = """\
late: 2026-01-01
dogs:
  - {name: Rex, born: 2027-01-01}
  - {name: Bit, born: 2027-01-01}
  - {name: Old, born: 2020-01-01}
  - {name: Max}
  - {born: 2027-01-01}
"""


def test_a_check_over_records_is_made_for_each_where_its_condition_holds():
    asked = every.asking(*DOGS, checks=[BORN])
    assert [problem.about for problem in failed(KENNEL, asked)] == ["dogs[2]"]
    assert failed(KENNEL, asked) == [Problem("born", Place("answers.yaml", 4), "dogs[2]: Too young.", "Wait.")]
    assert failed("dogs:\n  - {name: Bit, born: 2027-01-01}\n", asked) == []
    assert failed("late: 2026-01-01\n", asked) == []
    assert failed("late: 2026-01-01\ndogs: []\n", asked) == []


def test_a_check_over_default_records_is_reported_at_the_file():
    asked = every.asking(
        "{id: dogs, type: records, prompt: D?, default: [{name: Rex}], fields: [{id: name, type: text, prompt: N?}]}",
        checks=["{id: name, each: dog in dogs, holds: dog.name != 'Rex', message: M}"],
    )
    assert failed("", asked) == [Problem("name", Place("answers.yaml"), "dogs[1]: M")]


def test_a_check_may_go_over_some_of_the_records():
    some = "each: \"dog in dogs | having('name', 'Rex')\""
    asked = every.asking(*DOGS, checks=[f"{{id: c, {some}, holds: not (dog.born | answered), message: M}}"])
    assert [p.message for p in failed(KENNEL, asked)] == ["dogs[1]: M"]
    assert failed("dogs:\n  - {name: Bit, born: 2020-01-01}\n", asked) == []


def test_a_check_of_what_is_answered_is_made_without_an_answer():
    asked = every.asking("{id: a, type: text, prompt: A?}", checks=["{id: c, holds: a | answered, message: M}"])
    assert [p.place for p in failed("", asked)] == [Place("answers.yaml")]
    assert failed("a: x", asked) == []


# -- answers among what a list has --------------------------------------------------------------

BEST = "among: dogs.name, options: [{value: All dogs, label: All}]"
LISTED = every.asking(
    f"{{id: dogs, type: records, prompt: D?, fields: [{FIELD}]}}",
    f"{{id: best, type: text, prompt: B?, {BEST}}}",
    f"{{id: walks, type: records, prompt: W?, fields: [{{id: dogs, type: choices, prompt: D?, {BEST}}}]}}",
    "{id: quiet, type: text, prompt: Q?, among: dogs.name, ask_when: best == 'Rex'}",
)
PACK = "dogs: [{name: Rex}, {name: Bit}, {born: 2026-01-01}]\n"


def unlisted(text):
    return [(p.about, p.place.line, p.message.partition(": ")[2], p.hint) for p in failed(PACK + text, LISTED)]


def test_an_answer_must_be_in_the_list_that_it_is_among():
    assert unlisted("best: Rex\nwalks: [{dogs: [Bit, Rex]}, {dogs: Rex}, {}]\n") == []
    assert unlisted("best: All dogs\nwalks: [{dogs: [All dogs, Rex]}]\n") == []
    assert unlisted("best: rex\nwalks:\n  - {dogs: [Bit, Rexx]}\n  - {dogs: Whisky}\n") == [
        ("best", 2, "'rex' is not in the list 'dogs'", "did you mean 'Rex'?"),
        ("walks[1].dogs", 4, "'Rexx' is not in the list 'dogs'", "did you mean 'Rex'?"),
        (
            "walks[2].dogs",
            5,
            "'Whisky' is not in the list 'dogs'",
            "'dogs' has Rex; Bit; All dogs; or add 'Whisky' to it",
        ),
    ]


def test_several_names_in_one_text_are_to_be_a_list():
    assert [hint for *_, hint in unlisted("walks: [{dogs: Rex and Bit}]\n")] == ["write a list: [Rex, Bit]"]
    assert [hint for *_, hint in unlisted("best: Rex and Bit\n")] == [
        "'dogs' has Rex; Bit; All dogs; or add 'Rex and Bit' to it"
    ]


def test_while_a_list_has_nothing_and_where_nothing_is_asked_no_answer_is_wrong():
    assert failed("best: Rexx\n", LISTED) == failed("dogs: [{born: 2026-01-01}]\nbest: Rexx\n", LISTED) == []
    assert unlisted("best: Bit\nquiet: Whisky\n") == []
    assert [about for about, *_ in unlisted("best: Rex\nquiet: Whisky\n")] == ["quiet"]


def test_a_long_list_is_said_in_part_and_looked_through_in_time():
    names = ", ".join(f"{{name: Dog {n}}}" for n in range(1_000))
    walks = ", ".join("{dogs: Nobody}" for _ in range(1_000))
    found = failed(f"dogs: [{names}]\nwalks: [{walks}]\n", LISTED)
    assert len(found) == 1_000
    assert found[0].hint == "'dogs' has Dog 0; Dog 1; Dog 2; Dog 3; Dog 4; Dog 5; Dog 6; Dog 7; or add 'Nobody' to it"
