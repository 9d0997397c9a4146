"""Answers are typed once by their questions; what is missing stays visible, and what does not fit is told by line."""

import json
from datetime import date
from decimal import Decimal

import every
import pytest
import small
import wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Scalar
from drafter.language import Missing, Record
from drafter.matters import answers, checks, one_answer, scope

ALL = every.load()
SMALL = every.load(small.QUESTIONNAIRE)


def parsed(text, asked=ALL):
    return answers.parse(text, "answers.yaml", asked)


def one(question, typed):
    """Return the value of one answer, as it was typed after the question's name."""
    return parsed(f"{question}: {typed}\n").given[question]


def scoped(text, asked=SMALL):
    return scope.values(asked, parsed(text, asked))


def failed(text, asked=SMALL):
    given = parsed(text, asked)
    return list(checks.problems(asked, given, scope.values(asked, given)))


# -- one answer ---------------------------------------------------------------------------------

GOOD = [
    ("text", "Ann", "Ann"),
    ("text", "01234", "01234"),
    ("text", "no", "no"),
    ("text", "2026-01-01", "2026-01-01"),
    ("text", '"  Ann  "', "Ann"),
    ("text", '"null"', "null"),
    ("text", "'{{ 7*7 }} <w:p> *a* | b'", "{{ 7*7 }} <w:p> *a* | b"),
    ("text", '"a\\u2028b\\x7f"', "a\u2028b\x7f"),
    ("text", "x" * one_answer.LONGEST_LINE, "x" * one_answer.LONGEST_LINE),
    ("paragraph", "|\n  One\n\n  two: # three\n", "One\n\ntwo: # three"),
    ("address", '"1 Main St\\nBark"', "1 Main St\nBark"),
    ("agree", "yes", True),
    ("agree", "TRUE", True),
    ("agree", "On", True),
    ("agree", "no", False),
    ("agree", "'False'", False),
    ("agree", "off", False),
    ("choice", "two", "two"),
    ("choices", "[two, one]", ("two", "one")),
    ("choices", "one", ("one",)),
    ("choices", "[]", ()),
    ("choices", "\n  - three\n  - two\n", ("three", "two")),
    ("number", "6", 6),
    ("number", "-6", -6),
    ("number", "+6", 6),
    ("number", "1,200", 1200),
    ("number", "007", 7),
    ("number", "6.0", 6),
    ("few", "2", 2),
    ("few", "4", 4),
    ("money", "12500", Decimal("12500.00")),
    ("money", "$12,500.50", Decimal("12500.50")),
    ("money", "$ 5", Decimal(5)),
    ("money", ".5", Decimal("0.50")),
    ("money", "1.100", Decimal("1.10")),
    ("budget", "-100", Decimal(-100)),
    ("percent", "50", Decimal(50)),
    ("percent", "2.5%", Decimal("2.5")),
    ("percent", "2.5 %", Decimal("2.5")),
    ("date", "2026-07-01", date(2026, 7, 1)),
    ("date", "2028-02-29", date(2028, 2, 29)),
    ("date", "1900-01-01", date(1900, 1, 1)),
    ("soon", "2027-06-30", date(2027, 6, 30)),
    ("email", "ann.lee@dogs.example.org", "ann.lee@dogs.example.org"),
    ("phone", "612-555-0100", "612-555-0100"),
    ("phone", "(612) 555-0100", "(612) 555-0100"),
    ("phone", "+1 612 555 0100 x12", "+1 612 555 0100 x12"),
]


@pytest.mark.parametrize(("question", "typed", "value"), GOOD)
def test_an_answer_becomes_a_value_of_its_type(question, typed, value):
    found = one(question, typed)
    assert found == value
    assert type(found) is type(value)


BAD = [
    ("text", "[a, b]", "one answer is expected, not a list or a group"),
    ("text", "{a: b}", "one answer is expected, not a list or a group"),
    ("text", '"a\\nb"', "the answer is on more than one line"),
    ("agree", "maybe", "'maybe' is neither yes nor no"),
    ("agree", "1", "'1' is neither yes nor no"),
    ("choice", "three", "'three' is not one of one, two"),
    ("choice", "One", "'One' is not one of one, two"),
    ("choice", "[one]", "one answer is expected"),
    ("choices", "[one, four]", "'four' is not one of one, two, three"),
    ("choices", "[one, '']", "'' is not one of"),
    ("choices", "[one, two, one]", "'one' is listed twice"),
    ("choices", "[[one]]", "one answer is expected"),
    ("number", "six", "'six' is not a number"),
    ("number", "6.5", "6.5 is not a whole number"),
    ("number", "$6", "'$6' is not a number"),
    ("number", "6%", "'6%' is not a number"),
    ("number", "1,2", "'1,2' is not a number"),
    ("number", "1 000", "'1 000' is not a number"),
    ("number", "1e3", "'1e3' is not a number"),
    ("number", "NaN", "'NaN' is not a number"),
    ("number", "Infinity", "'Infinity' is not a number"),
    ("number", "0x10", "'0x10' is not a number"),
    ("number", "1_000", "'1_000' is not a number"),
    ("number", "'-'", "'-' is not a number"),
    ("number", "5.", "'5.' is not a number"),
    ("number", "9" * 13, "is not between -1,000,000,000,000 and 1,000,000,000,000"),
    ("number", "9" * 900, f"{'9' * 57}... is not between"),
    ("few", "1", "1 is not between 2 and 4"),
    ("few", "5", "5 is not between 2 and 4"),
    ("money", "a lot", "'a lot' is not an amount of money"),
    ("money", "12,50", "'12,50' is not an amount of money"),
    ("money", "5%", "'5%' is not an amount of money"),
    ("money", "1.005", "1.005 has more than two decimals"),
    ("money", "-1", "-1 is not between 0 and"),
    ("budget", "99.51", "99.51 is not between -100 and 99.50"),
    ("percent", "half", "'half' is not a percentage"),
    ("percent", "-1%", "-1% is not between 0 and"),
    ("percent", "1e-999999", "'1e-999999' is not a percentage"),
    ("date", "07/01/2026", "'07/01/2026' is not a date"),
    ("date", "2026-7-1", "'2026-7-1' is not a date"),
    ("date", "20260701", "'20260701' is not a date"),
    ("date", "2026-02-29", "there is no such day as 2026-02-29"),
    ("date", "2026-13-01", "there is no such day as 2026-13-01"),
    ("date", "1899-12-31", "1899-12-31 is not between 1900-01-01 and 2200-12-31"),
    ("date", "2201-01-01", "2201-01-01 is not between"),
    ("soon", "2026-06-30", "2026-06-30 is not between 2026-07-01 and 2027-06-30"),
    ("email", "ann", "'ann' is not an e-mail address"),
    ("email", "ann@dogs", "'ann@dogs' is not an e-mail address"),
    ("email", "a@b@c.org", "is not an e-mail address"),
    ("email", "Ann <a@b.org>", "is not an e-mail address"),
    ("phone", "call me", "'call me' is not a telephone number"),
    ("phone", "12", "'12' is not a telephone number"),
    ("people", "Ann", "a list is expected here"),
    ("people", "{name: Ann}", "a list is expected here"),
    ("pair", "[{name: A}]", "1 entry; 2 are needed"),
    ("pair", "[{name: A}, {name: B}, {name: C}]", "3 entries; 2 are needed"),
    ("pair", "[]", "no entries; 2 are needed"),
    ("people", f"[{'{name: A}, ' * 201}]", "201 entries; at most 200 can be read"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "typed", "words"), BAD)
def test_an_answer_that_does_not_fit_is_told_at_its_line(question, typed, words):
    problem = wrong.only(parsed, f"# first\n{question}: {typed}\n")
    assert (problem.code, problem.place) == ("bad-answer", Place("answers.yaml", 2))
    assert problem.message.startswith(f"{question}: ")
    assert words in problem.message


@pytest.mark.parametrize(("question", "longest"), [("text", 1_000), ("paragraph", 20_000), ("address", 20_000)])
def test_an_answer_longer_than_fits_is_told(question, longest):
    assert len(one(question, "x" * longest)) == longest
    problem = wrong.only(parsed, f"{question}: {'x' * (longest + 1)}")
    assert (problem.code, problem.place.line) == ("too-long", 1)
    assert problem.message == f"{question}: the answer has {longest + 1:,} characters; at most {longest:,} fit"


def test_a_control_character_in_an_answer_is_told_at_its_line():
    problem = wrong.only(parsed, 'number: 6\ntext: "a\\0"')
    assert (problem.code, problem.place.line) == ("control-character", 2)


def test_a_hint_says_what_was_meant_or_how_it_is_written():
    assert wrong.only(parsed, "choices: thre").hint == "did you mean 'three'?"
    assert wrong.only(parsed, "choice: zzzzzz").hint == ""
    assert wrong.only(parsed, "date: soon").hint == "write year-month-day, as 2026-07-01"
    assert wrong.only(parsed, "people: Ann").hint == "start each person with '- '"
    assert wrong.only(parsed, "pair: Ann").hint == "start each entry with '- '"


@pytest.mark.parametrize("typed", ["", "~", "null", "''", '" "', "'\t'", '"\\n"', "{}"])
def test_an_empty_answer_is_no_answer(typed):
    for question in ("text", "paragraph", "agree", "choice", "number", "money", "date"):
        if typed != "{}":
            assert question not in parsed(f"{question}: {typed}\n").given
    assert not parsed(f"group: {typed}\n" if typed == "{}" else "").given


def test_an_answer_from_a_screen_is_read_as_one_from_a_file():
    for question, value in (("number", 6), ("text", "6"), ("percent", Decimal(6))):
        assert one_answer.read(ALL.questions[question], Scalar(" 6 ", Place("screen"))) == value
    assert wrong.places(one_answer.read, ALL.questions["date"], Scalar("x", Place("screen"))) == [
        ("bad-answer", "screen")
    ]
    escape = Scalar("\x1b[0m", Place("screen"))
    assert wrong.places(one_answer.read, ALL.questions["text"], escape) == [("control-character", "screen")]


# -- the file -----------------------------------------------------------------------------------


def test_groups_may_be_written_out_or_with_dots():
    nested = parsed("group:\n  one: a\n  two:\n    deep: b\n")
    dotted = parsed("group.one: a\ngroup:\n  two.deep: b\n")
    assert nested.given == dotted.given == {"group.one": "a", "group.two.deep": "b"}
    assert nested.places["group.two.deep"].line == 4
    assert dotted.place("group.one") == Place("answers.yaml", 1)
    assert dotted.place("text") == Place("answers.yaml")


def test_an_answer_written_both_ways_is_given_twice():
    problem = wrong.only(parsed, "group.one: a\ngroup:\n  one: b\n")
    assert (problem.code, problem.place.line) == ("duplicate-key", 3)
    assert problem.message == "'group.one' is answered twice (first on line 1)"


FIELDS = "the fields are name, born, role, reason"


@pytest.mark.parametrize(
    ("text", "code", "line", "message", "hint"),
    [
        ("txt: a", "unknown-question", 1, "there is no question 'txt'", "did you mean 'text'?"),
        ("\nzzzzz: a", "unknown-question", 2, "there is no question 'zzzzz'", "questionnaire.yaml lists the questions"),
        ("group:\n  on: a", "unknown-question", 2, "there is no question 'group.on'", "did you mean 'group.one'?"),
        ("alternativ:", "unknown-question", 1, "there is no question 'alternativ'", "did you mean 'alternatives'?"),
        (
            "group:\n  four: {a: b}",
            "unknown-question",
            2,
            "there is no question 'group.four'",
            "did you mean 'group.one'?",
        ),
        (
            "text:\n  a: b",
            "bad-answer",
            2,
            "text: one answer is expected, not a list or a group",
            "put the text in quotation marks",
        ),
        ("group: a", "bad-answer", 1, "'group' is a group of questions: group.one, group.two.deep, group.three", ""),
        ("group:\n  two: [a]", "bad-answer", 2, "'group.two' is a group of questions: group.two.deep", ""),
        ("\nalternatives: leash", "bad-answer", 2, "'alternatives' must be lines of 'clause: alternative'", ""),
        ("alternatives: [a]", "bad-answer", 1, "'alternatives' must be lines of 'clause: alternative'", ""),
        ("alternatives:\n  leash: [long]", "bad-answer", 2, "'leash' must have the name of one alternative", ""),
        ("people:\n  - name: A\n  - Ann", "bad-answer", 3, "people[2] must be lines of 'field: value'", FIELDS),
        ("people:\n  -\n    brn: x", "unknown-question", 3, "people[1] has no field 'brn'", "did you mean 'born'?"),
        ("people:\n  - zzz: x", "unknown-question", 2, "people[1] has no field 'zzz'", FIELDS),
        (
            "people:\n  - name: A\n    born: x",
            "bad-answer",
            3,
            "people[1].born: 'x' is not a date",
            "write year-month-day, as 2026-07-01",
        ),
        ("a: 1\na: 2", "duplicate-key", 2, "'a' is listed twice (first on line 1)", "keep one of the two"),
    ],
)
def test_what_is_no_answer_is_told_at_its_line(text, code, line, message, hint):
    problem = wrong.only(parsed, text)
    assert problem == Problem(code, Place("answers.yaml", line), message, hint)


def test_all_that_is_wrong_is_told_at_once():
    assert wrong.places(parsed, "number: x\ntxt: a\ngroup:\n  on: a\ndate: y\n") == [
        ("bad-answer", "answers.yaml:1"),
        ("unknown-question", "answers.yaml:2"),
        ("unknown-question", "answers.yaml:4"),
        ("bad-answer", "answers.yaml:5"),
    ]


def test_an_empty_file_answers_nothing():
    for text in ("", "# nothing yet\n", "group:\nalternatives:\n"):
        assert parsed(text) == answers.Answers({}, {}, "answers.yaml", {})


def test_the_negotiators_alternatives_are_kept_with_their_places():
    found = parsed("alternatives:\n  leash: long\n  dog:\n  price: ~\n")
    assert found.chosen == {"leash": "long"}
    assert found.place("alternatives.leash").line == 2


def test_a_file_is_loaded_under_its_own_path_or_another_name(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_bytes(b"\xef\xbb\xbftext: a\r\nnumber: 6\r\n")
    assert answers.load(path, ALL).place("number") == Place(str(path), 2)
    assert answers.load(path, ALL, "mine").given == {"text": "a", "number": 6}
    assert wrong.places(answers.load, tmp_path / "b.yaml", ALL) == [("missing-file", str(tmp_path / "b.yaml"))]


def test_a_file_of_nothing_but_unknown_questions_is_read_in_time():
    text = "".join(f"question{n}: x\n" for n in range(10_000))
    assert len(wrong.problems(parsed, text)) == 200


# -- answers that look like markup --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("'{{ 7*7 }}'", "{{"),
        ("'a {% if %}'", "{%"),
        ("'<w:p/>'", "<w:"),
        ('"\\u202eabc"', "U+202E, which turns the text's direction,"),
        ('"a\\u2069"', "U+2069, which turns the text's direction,"),
    ],
)
def test_an_answer_that_looks_like_markup_is_kept_and_remarked(typed, shown):
    found = parsed(f"number: 6\ntext: {typed}\npeople:\n  - name: {typed}\n")
    assert [(p.code, p.place.line, p.level) for p in found.reminders] == [
        ("odd-answer", 2, "reminder"),
        ("odd-answer", 4, "reminder"),
    ]
    assert found.reminders[0].message == f"text contains {shown} and is printed exactly as it was typed"
    assert found.reminders[1].message.startswith("people[1].name contains")
    assert list(checks.problems(ALL, found, scope.values(ALL, found))) == list(found.reminders)


def test_an_ordinary_answer_is_not_remarked():
    assert not parsed("text: 'a < b & {c} 100% #1'\nchoices: [one]\n").reminders


def test_many_reminders_do_not_hide_a_problem():
    text = "people:\n" + "  - {name: '{{', reason: '{{'}\n" * 150 + "number: x\n"
    assert wrong.places(parsed, text) == [("bad-answer", "answers.yaml:152")]


# -- the scope of a draft -----------------------------------------------------------------------


def test_what_was_given_is_there_and_the_rest_is_a_default_or_missing():
    values = scoped("walker: Ann\nleash: long\n")
    assert values["walker"] == "Ann"
    assert values["town.name"] == "Town of Bark"
    assert values["bites"] is False
    assert values["leash"] == "long"
    assert values["fee"] == Missing("Fee", "fee")
    assert values.keys() == SMALL.questions.keys()


def test_a_given_answer_goes_before_the_default():
    assert scoped("town: {name: Meow}\nbites: yes\n")["bites"] is True
    assert scoped("town: {name: Meow}\nbites: yes\n")["town.name"] == "Meow"


def test_what_is_not_asked_is_missing_even_when_it_was_answered():
    assert scoped("leash: long\nlength: 6\n")["length"] == 6
    assert scoped("leash: short\nlength: 6\n")["length"] == Missing("Length", "length")
    assert scoped("length: 6\n")["length"] == Missing("Length", "length")


def test_a_condition_may_be_about_a_question_that_stands_later():
    asked = every.asking(
        "{id: a, type: text, prompt: A?, ask_when: b == 'x'}",
        "{id: b, type: text, prompt: B?, ask_when: c}",
        "{id: c, type: yes-no, prompt: C?, default: yes}",
    )
    assert scoped("a: 1\nb: x\n", asked) == {"a": "1", "b": "x", "c": True}
    assert scoped("a: 1\nb: x\nc: no\n", asked) == {"a": Missing("A", "a"), "b": Missing("B", "b"), "c": False}


def test_missing_records_have_one_record_of_blanks():
    dogs = scoped("")["dogs"]
    assert (dogs.label, dogs.question, dogs.record.question) == ("Dogs", "dogs", "dogs[1]")
    assert dogs.record.values["name"] == Missing("Dog's name", "dogs[1].name")


def test_each_record_has_every_field_and_blanks_where_it_is_not_answered_or_not_asked():
    first, second = scoped("dogs:\n  - {name: Rex, size: large}\n  - {size: small, chain: iron}\n")["dogs"]
    assert first.values == {"name": "Rex", "size": "large", "chain": Missing("Chain", "dogs[1].chain")}
    assert second.values == {
        "name": Missing("Dog's name", "dogs[2].name"),
        "size": "small",
        "chain": Missing("Chain", "dogs[2].chain"),
    }
    assert scoped("dogs:\n  - {size: large, chain: iron}\n")["dogs"][0].values["chain"] == "iron"


def test_no_records_is_an_answer():
    assert scoped("dogs: []\n")["dogs"] == ()


def test_a_field_of_a_record_has_its_default():
    first, second, third = scoped("people:\n  - {reason: x}\n  - {role: two, reason: x}\n  - {role: }\n", ALL)["people"]
    assert (first.values["role"], first.values["reason"]) == ("one", Missing("Reason", "people[1].reason"))
    assert (second.values["role"], second.values["reason"]) == ("two", "x")
    assert third.values["role"] == "one"


def test_records_may_stand_as_a_default():
    asked = every.asking(
        "{id: dogs, type: records, prompt: D?, default: [{name: Rex}], fields: [{id: name, type: text, prompt: N?}]}"
    )
    assert scoped("", asked)["dogs"] == (Record({"name": "Rex"}, "dogs[1]"),)
    assert scoped("dogs: []", asked)["dogs"] == ()


def test_what_is_asked_and_left_open_is_its_default_or_missing():
    assert scope.unanswered(SMALL, SMALL.questions["leash"], "leash") == "short"
    assert scope.unanswered(SMALL, SMALL.questions["fee"], "fee") == Missing("Fee", "fee")
    assert scope.unanswered(SMALL, SMALL.questions["dogs"], "dogs").record
    role = ALL.questions["people"].fields[2]
    assert scope.unanswered(ALL, role, "people.role") == "one"


def test_a_default_that_does_not_fit_is_told_at_its_line_in_the_questionnaire():
    asked = every.asking(
        "{id: a, type: number, prompt: A?, default: six}",
        "{id: b, type: records, prompt: B?, fields: [{id: c, type: date, prompt: C?, default: soon}]}",
    )
    assert wrong.places(scoped, "b: [{}]", asked) == [("bad-answer", "questionnaire.yaml:5")]
    assert wrong.places(scoped, "a: 6\nb:\n  - {c: }", asked) == [("bad-answer", "questionnaire.yaml:6")]
    assert scoped("a: 6\nb:\n  - c: 2026-07-01", asked)["a"] == 6


def test_a_question_or_field_is_asked_under_its_condition():
    values = scoped("leash: long\ndogs:\n  - {size: large}\n  - {size: small}\n")
    asked = {
        name: scope.is_asked(SMALL, name, values)
        for name in ("walker", "length", "dogs", "dogs[1].name", "dogs[1].chain", "dogs[2].chain", "dogs[1].nothing")
    }
    assert [name for name, yes in asked.items() if not yes] == ["dogs[2].chain"]
    assert not scope.is_asked(SMALL, "length", scoped("leash: short"))
    assert scope.is_asked(SMALL, "dogs[1].chain", scoped(""))


# -- checks -------------------------------------------------------------------------------------


def test_a_check_that_does_not_hold_is_told_at_the_first_answer_it_is_about():
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
    assert failed(KENNEL, asked) == [Problem("born", Place("answers.yaml", 4), "dogs[2]: Too young.", "Wait.")]
    assert failed("dogs:\n  - {name: Bit, born: 2027-01-01}\n", asked) == []
    assert failed("late: 2026-01-01\n", asked) == []
    assert failed("late: 2026-01-01\ndogs: []\n", asked) == []


def test_a_check_over_default_records_is_told_at_the_file():
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


# -- laws ---------------------------------------------------------------------------------------

TOKENS = st.lists(
    st.sampled_from(
        [*(f"{name}: " for name in ALL.questions), "group:\n", "alternatives:\n", "  ", "- ", "\n", "\n  - ", "name: ",
         "[", "]", "{", "}", ", ", "one", "yes", "6", "-1", "$5", "50%", "2026-07-01", "a@b.org", "612-555-0100", "'",
         '"', "|\n  x\n", "~", "#", "\\0", "\x00", "\u2028", "\ud800", "{{ x }}", "&a ", "*a", "!t "]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@settings(max_examples=200)
@given(st.one_of(st.text(), TOKENS))
def test_any_text_gives_answers_that_can_be_drafted_from_or_says_what_is_wrong(text):
    try:
        given = parsed(text)
    except DraftingError:
        return
    values = scope.values(ALL, given)
    assert values.keys() == ALL.questions.keys()
    for name, value in values.items():
        assert language.show(value, ALL.schema[name])
        assert scope.is_asked(ALL, name, values) in {True, False}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")).map(str.strip))
def test_an_answer_of_any_characters_is_kept_as_it_is(text):
    given = parsed(f"text: {json.dumps(text, ensure_ascii=True)}\n" if text.isascii() else f"text: {quoted(text)}\n")
    assert given.given.get("text", "") == text


def quoted(text):
    return '"' + "".join(f"\\U{ord(c):08X}" for c in text) + '"'


@given(st.integers(0, 10**12 - 1), st.integers(0, 99))
def test_money_is_read_with_and_without_its_marks(dollars, cents):
    amount = Decimal(f"{dollars}.{cents:02}")
    for typed in (f"{dollars}.{cents:02}", f"{amount:,}", f"${amount:,}", f"'$ {amount}'"):
        assert one("money", typed) == amount
