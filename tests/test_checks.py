"""The questionnaire's checks are made on the answers that they are about, and on no others."""

import every
import pytest
import small
import wrong

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
    assert failed(KENNEL, asked) == [Problem("born", Place("answers.yaml", 4), "Bit: Too young.", "Wait.")]
    assert failed("dogs:\n  - {name: Bit, born: 2027-01-01}\n", asked) == []
    assert failed("late: 2026-01-01\n", asked) == []
    assert failed("late: 2026-01-01\ndogs: []\n", asked) == []


def test_a_check_over_default_records_is_reported_at_the_file():
    asked = every.asking(
        "{id: dogs, type: records, prompt: D?, default: [{name: Rex}], fields: [{id: name, type: text, prompt: N?}]}",
        checks=["{id: name, each: dog in dogs, holds: dog.name != 'Rex', message: M}"],
    )
    assert failed("", asked) == [Problem("name", Place("answers.yaml"), "Rex: M")]


def test_a_check_may_go_over_some_of_the_records():
    some = "each: \"dog in dogs | having('name', 'Rex')\""
    asked = every.asking(*DOGS, checks=[f"{{id: c, {some}, holds: not (dog.born | answered), message: M}}"])
    assert [p.message for p in failed(KENNEL, asked)] == ["Rex: M"]
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


# -- what a record is called --------------------------------------------------------------------

NAMED = "{id: name, type: text, prompt: N?}, {id: kind, type: text, prompt: K?}"


@pytest.mark.parametrize(
    ("fields", "record", "called"),
    [
        (NAMED, "{name: Rex, kind: Hound}", "Rex"),
        (NAMED, "{name: ' Rex  of\n Bark '}", "Rex of Bark"),
        (NAMED, "{name: a red ball}", "Toy “a red ball”"),
        (NAMED, "{name: '519'}", "Toy 519"),
        (NAMED, "{kind: Hound}", "Toy 1"),
        (NAMED, f"{{name: {'Rex ' * 30}}}", f"{'Rex ' * 14}R..."),
        ("{id: name, type: paragraph, prompt: N?}", "{name: Red.}", "Toy “Red.”"),
        ("{id: age, type: number, prompt: A?}", "{age: 3}", "Toy 1"),
        ("{id: who, type: email, prompt: W?}, {id: name, type: text, prompt: N?}", "{name: Rex}", "Rex"),
    ],
)
def test_a_record_is_called_by_the_first_text_in_it_else_by_its_number(fields, record, called):
    asked = every.asking(
        f"{{id: toys, type: records, singular: toy, prompt: T?, fields: [{fields}]}}",
        checks=["{id: c, each: toy in toys, holds: false, message: M}"],
    )
    assert [p.message for p in failed(f"toys:\n  - {record}\n", asked)] == [f"{called}: M"]


def test_an_answer_of_a_record_that_does_not_fit_is_named_with_its_record():
    asked = every.asking("{id: toys, type: records, singular: toy, prompt: T?, fields: [" + FIELD + "]}")
    assert wrong.problems(parsed, "toys:\n  - {born: soon, name: Ball}\n  - {born: x}\n", asked)[0].message == (
        "Ball, born: 'soon' is not a date"
    )


# -- distinct records ---------------------------------------------------------------------------

TWICE = "{id: twice, holds: dogs | distinct('name'), questions: [dogs], message: Listed twice., hint: Once.}"


def test_each_record_that_repeats_another_is_named_at_its_line():
    asked = every.asking(*DOGS, checks=[TWICE])
    names = ("name: Rex", "name: Bit", "name: REX", "", "born: 2020-01-01", "name: ' rex '")
    text = "dogs:\n" + "".join(f"  - {{{name}}}\n" for name in names)
    assert failed(text, asked) == [
        Problem("twice", Place("answers.yaml", 4), "REX: Listed twice.", "Once."),
        Problem("twice", Place("answers.yaml", 7), "Entry “rex” of dogs: Listed twice.", "Once."),
    ]
    assert failed("dogs:\n  - {name: Rex}\n  - {name: Bit}\n", asked) == failed("", asked) == []


def test_records_that_must_be_distinct_may_be_some_of_a_list():
    some = TWICE.replace("dogs | distinct('name')", "\"dogs | having('born', '2020-01-01') | distinct('name')\"")
    asked = every.asking(*DOGS, checks=[some])
    text = "dogs:\n  - {name: Rex, born: 2020-01-01}\n  - {name: Rex}\n  - {name: rex, born: BORN}\n"
    assert [p.place.line for p in failed(text.replace("BORN", "2020-01-01"), asked)] == [4]
    assert failed(text.replace("BORN", "2020-01-02"), asked) == []


# -- words in other answers ---------------------------------------------------------------------


def test_a_check_finds_the_names_of_one_list_in_another():
    asked = every.asking(
        DOGS[1],
        "{id: walks, type: records, prompt: W?, fields: [{id: who, type: text, prompt: N?}]}",
        checks=[
            "{id: c, each: dog in dogs, holds: \"walks | field('who') | mentions(dog.name, 'all dogs')\", message: No.}"
        ],
    )

    def of(*walks):
        listed = "".join(f"  - {{who: '{walk}'}}\n" for walk in walks)
        return [p.message for p in failed(f"dogs:\n  - {{name: Rex}}\n  - {{name: Bit}}\nwalks:\n{listed}", asked)]

    assert of("rex and BIT") == of("Rex", "bit;") == of("All dogs") == []
    assert of("Rex, Bitter") == ["Bit: No."]
    assert of("Max") == ["Rex: No.", "Bit: No."]
    assert of("Rex", "") == []  # what the blank will say is not known


# -- days of the week ---------------------------------------------------------------------------


def test_a_check_may_ask_for_a_day_of_the_week():
    asked = every.asking(
        "{id: late, type: date, prompt: L?}",
        checks=["{id: c, holds: \"late | weekday not in ['Saturday', 'Sunday']\", questions: [late], message: M}"],
    )
    days = {day: bool(failed(f"late: 2026-{day}\n", asked)) for day in ("05-29", "05-30", "05-31", "06-01")}
    assert days == {"05-29": False, "05-30": True, "05-31": True, "06-01": False}
