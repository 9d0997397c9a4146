"""An answer is typed once, by its question, and what does not fit is said on its line."""

import json
from datetime import date
from decimal import Decimal

import every
import generated
import pytest
import wrong
from hypothesis import assume, given
from hypothesis import strategies as st

from drafter.base import characters
from drafter.base.problems import DraftingError, Place
from drafter.base.yaml_tree import Scalar
from drafter.language import Missing
from drafter.matters import answers
from drafter.reading.questionnaire import one_answer

ALL = every.load()


def parsed(text, asked=ALL):
    return answers.parse(text, "answers.yaml", asked)


def one(question, typed):
    """Return the value of one answer, as it was typed after the question's name."""
    return parsed(f"{question}: {typed}\n").given[question]


GOOD = [
    ("text", "Ann", "Ann"),
    ("text", "01234", "01234"),
    ("text", "no", "no"),
    ("text", "2026-01-01", "2026-01-01"),
    ("text", '"  Ann  "', "Ann"),
    ("text", '"null"', "null"),
    ("text", "'{{ 7*7 }} <w:p> *a* | b'", "{{ 7*7 }} <w:p> *a* | b"),
    ("text", "x" * one_answer.LONGEST_LINE, "x" * one_answer.LONGEST_LINE),
    ("paragraph", "|\n  One\n\n  two: # three\n", "One\n\ntwo: # three"),
    ("address", '"1 Main St\\nBark"', "1 Main St\nBark"),
    ("agree", "yes", True),
    ("agree", "TRUE", True),
    ("agree", "On", True),
    ("agree", "no", False),
    ("agree", "'False'", False),
    ("agree", "off", False),
    ("agree", "Y", True),
    ("agree", "n", False),
    ("agree", "No.", False),
    ("choice", "two", "two"),
    ("choice", "TWO", "two"),
    ("choice", "One", "one"),
    ("choice", '"  One. "', "one"),
    ("choices", "[two, one]", ("two", "one")),
    ("choices", "one", ("one",)),
    ("choices", "Three, one", ("three", "one")),
    ("choices", "one; Two", ("one", "two")),
    ("choices", "[One, THREE]", ("one", "three")),
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
    ("money", "$1,200", Decimal(1200)),
    ("money", "1,200 dollars", Decimal(1200)),
    ("money", "US$ 1,200.50", Decimal("1200.50")),
    ("money", "USD 5", Decimal(5)),
    ("budget", "-100", Decimal(-100)),
    ("percent", "50", Decimal(50)),
    ("percent", "2.5%", Decimal("2.5")),
    ("percent", "2.5 %", Decimal("2.5")),
    ("percent", "2.5 percent", Decimal("2.5")),
    ("percent", "50 Per Cent", Decimal(50)),
    ("percent", "1.250", Decimal("1.250")),
    ("date", "2026-07-01", date(2026, 7, 1)),
    ("date", "2028-02-29", date(2028, 2, 29)),
    ("date", "1900-01-01", date(1900, 1, 1)),
    ("date", "2026-7-1", date(2026, 7, 1)),
    ("date", "07/01/2026", date(2026, 7, 1)),
    ("date", "8/31/26", date(2026, 8, 31)),
    ("date", "8-31-2026", date(2026, 8, 31)),
    ("date", "July 1, 2026", date(2026, 7, 1)),
    ("date", "1 july 2026", date(2026, 7, 1)),
    ("date", "1st of July, 2026", date(2026, 7, 1)),
    ("date", "Wednesday, July 1, 2026", date(2026, 7, 1)),
    ("soon", "2027-06-30", date(2027, 6, 30)),
    ("email", "ann.lee@dogs.example.org", "ann.lee@dogs.example.org"),
    ("phone", "612-555-0100", "612-555-0100"),
    ("phone", "612  555  0100", "612 555 0100"),
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
    ("choice", "on", "'on' is not one of one, two"),
    ("choice", "...", "'...' is not one of one, two"),
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
    ("money", "1.100", "'1.100' can be read as 1.1 or 1,100"),
    ("number", "12.000", "'12.000' can be read as 12 or 12,000"),
    ("date", "7.1.2026", "'7.1.2026' can be read as July 1, 2026 or January 7, 2026"),
    ("date", "07-01-26", "'07-01-26' can be read as July 1, 2026 or January 7, 2026"),
    ("date", "31/8/2026", "'31/8/2026' is not a date: the month comes first"),
    ("date", "7/1-2026", "'7/1-2026' is not a date"),
    ("date", "Monday, July 1, 2026", "'Monday, July 1, 2026' is not a date: July 1, 2026 is a Wednesday"),
    ("date", "June 31, 2026", "'June 31, 2026' is not a date: there is no such day"),
    ("date", "July 2026", "'July 2026' is not a date"),
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
    ("people", f"[{'{name: A}, ' * 1001}]", "1001 entries; at most 1,000 can be read"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "typed", "words"), BAD)
def test_an_answer_that_does_not_fit_is_reported_at_its_line(question, typed, words):
    problem = wrong.only(parsed, f"# first\n{question}: {typed}\n")
    assert (problem.code, problem.place) == ("bad-answer", Place("answers.yaml", 2))
    assert problem.message.startswith(f"{question}: ")
    assert words in problem.message


@pytest.mark.parametrize(("question", "longest"), [("text", 1_000), ("paragraph", 20_000), ("address", 20_000)])
def test_an_answer_longer_than_fits_is_reported(question, longest):
    assert len(one(question, "x" * longest)) == longest
    problem = wrong.only(parsed, f"{question}: {'x' * (longest + 1)}")
    assert (problem.code, problem.place.line) == ("too-long", 1)
    assert problem.message == f"{question}: the answer has {longest + 1:,} characters; at most {longest:,} fit"


def test_a_control_character_in_an_answer_is_reported_at_its_line():
    problem = wrong.only(parsed, 'number: 6\ntext: "a\\0"')
    assert (problem.code, problem.place.line) == ("control-character", 2)


def test_a_hint_says_what_was_meant_or_how_it_is_written():
    assert wrong.only(parsed, "choices: thre").hint == "did you mean 'three'?"
    assert wrong.only(parsed, "choice: zzzzzz").hint == ""
    assert wrong.only(parsed, "choices: One, Thre").hint == "did you mean 'three'?"
    assert wrong.only(parsed, "date: soon").hint == "write year-month-day, as 2026-07-01"
    assert wrong.only(parsed, "date: 7.1.2026").hint == "write July 1, 2026 or January 7, 2026"
    assert wrong.only(parsed, "date: 31/8/2026").hint == "write August 31, 2026 if you mean that"
    assert wrong.only(parsed, "money: 1.200").hint == "write 1.2 or 1,200"
    assert wrong.only(parsed, "people: Ann").hint == "start each person with '- '"
    assert wrong.only(parsed, "pair: Ann").hint == "start each entry with '- '"


@pytest.mark.parametrize("typed", ["", "~", "null", "''", '" "', "'\t'", '"\\n"', "{}"])
def test_an_empty_answer_is_no_answer(typed):
    for question in ("text", "paragraph", "agree", "choice", "number", "money", "date"):
        if typed != "{}":
            assert question not in parsed(f"{question}: {typed}\n").given
    assert not parsed(f"group: {typed}\n" if typed == "{}" else "").given


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7/1/2026", "July 1, 2026"), ("8/31/26", "August 31, 2026"), ("8/31/2026", ""), ("7/7/2026", ""),
        ("2026-07-01", ""), ("July 1, 2026", ""), ("7-31-2026", ""),
    ],
)  # fmt: skip
def test_how_a_date_was_read_is_said_where_another_reader_may_read_it_otherwise(typed, read):
    found = parsed(f"number: 6\ndate: {typed}\n").reminders
    assert [(p.code, p.place.line, p.level) for p in found] == [("date-read", 2, "reminder")] * bool(read)
    assert not read or found[0].message == f"date: {typed} is read as {read}"


def test_labels_that_two_options_share_are_refused_with_the_values():
    asked = every.asking(
        "{id: a, type: choice, prompt: A?, options: [{value: x1, label: Both}, {value: x2, label: both}]}"
    )
    problem = wrong.only(parsed, "a: BOTH", asked)
    assert (problem.message, problem.hint) == ("a: 'BOTH' can be x1 or x2", "write x1 or x2")


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        ("date", " 1 July 2026", "2026-07-01"), ("agree", "Y", "yes"), ("choice", "ONE", "one"), ("money", "$5", "$5"),
        ("choices", "Two, one", ("two", "one")), ("money", "1,200 dollars", "1,200"), ("percent", "5 percent", "5"),
        ("phone", "612  555  0100", "612 555 0100"), ("text", " a ", "a"), ("number", "1,200", "1,200"),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_in_one_spelling(question, typed, kept):
    assert one_answer.as_kept(ALL.questions[question], typed)[0] == kept


@pytest.mark.parametrize(
    ("kind", "figures"), [("number", "1,200"), ("money", "1,200 or 12.50"), ("percent", "1,200 or 12.50")]
)
def test_the_hint_for_a_whole_number_shows_no_decimals(kind, figures):
    with pytest.raises(DraftingError) as caught:
        one_answer.as_kept(ALL.questions[kind], "some")
    assert caught.value.problems[0].hint == f"write figures, as {figures}"


def test_a_screen_hints_at_every_spelling_of_a_date():
    with pytest.raises(DraftingError) as caught:
        one_answer.as_kept(ALL.questions["date"], "soon")
    assert caught.value.problems[0].hint == "write it like 7/1/2026, July 1, 2026 or 2026-07-01"


def test_an_answer_from_a_screen_is_read_as_one_from_a_file():
    for question, value in (("number", 6), ("text", "6"), ("percent", Decimal(6))):
        assert one_answer.read(ALL.questions[question], Scalar(" 6 ", Place("screen"))) == value
    assert wrong.places(one_answer.read, ALL.questions["date"], Scalar("x", Place("screen"))) == [
        ("bad-answer", "screen")
    ]
    escape = Scalar("\x1b[0m", Place("screen"))
    assert wrong.places(one_answer.read, ALL.questions["text"], escape) == [("control-character", "screen")]


NOTHING = st.text(st.characters(categories=["Mn", "Me", "Zs", "Cf", "Cc", "Co", "Cn", "Zl", "Zp"]))


@given(st.one_of(NOTHING, st.text(st.sampled_from("\u200b\u00ad\u3164\u115f\u2800\u180e\ufe0f\u00a0\U000e0041"))))
def test_an_answer_without_anything_to_see_is_refused_or_empty(text):
    try:
        assert one_answer.read(ALL.questions["text"], Scalar(text, Place("screen"))) == ""
    except DraftingError as error:
        assert {p.code for p in error.problems} <= {  # noqa: PT017  # to be refused is one of two good ends
            "control-character", "direction-character", "hidden-character", "private-character", "stray-mark",
            "bad-answer",
        }  # fmt: skip


# -- laws ---------------------------------------------------------------------------------------

VALUES = {
    "text": generated.honest(20),
    "paragraph": generated.paragraphs(),
    "agree": st.booleans(),
    "choice": st.sampled_from(["one", "two"]),
    "choices": st.lists(st.sampled_from(["one", "two", "three"]), unique=True).map(tuple),
    "number": st.integers(-(10**12), 10**12),
    "money": st.decimals(0, 10**9, places=2),
    "percent": st.decimals(0, 100, places=6),
    "date": st.dates(one_answer.FIRST_DAY, one_answer.LAST_DAY),
}


def quoted(text):
    return '"' + "".join(f"\\U{ord(c):08X}" for c in text) + '"'


@given(generated.lines())
def test_an_answer_of_any_characters_is_kept_as_it_is(text):
    given = parsed(f"text: {json.dumps(text, ensure_ascii=True)}\n" if text.isascii() else f"text: {quoted(text)}\n")
    assert given.given.get("text", "") == text


@given(st.integers(0, 10**12 - 1), st.integers(0, 99))
def test_money_is_read_with_and_without_its_marks(dollars, cents):
    amount = Decimal(f"{dollars}.{cents:02}")
    for typed in (f"{dollars}.{cents:02}", f"{amount:,}", f"${amount:,}", f"'$ {amount}'"):
        assert one("money", typed) == amount


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda question: st.tuples(st.just(question), VALUES[question])))
def test_a_value_that_is_written_is_read_back_as_the_same_answer(drawn):
    question, value = drawn
    if isinstance(value, str):
        value = value.strip()
        assume(value and not characters.faults(value) and (question == "paragraph" or "\n" not in value))
    assert one(question, one_answer.written(value)) == value


def test_what_is_missing_is_written_as_nothing():
    assert one_answer.written(Missing("Text", "text")) == ""
