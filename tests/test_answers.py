"""An answers file is read with the place of each answer, and all that is wrong in it is said at once."""

import every
import pytest
import wrong
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem
from drafter.matters import answers, checks, scope

ALL = every.load()


def parsed(text, asked=ALL):
    return answers.parse(text, "answers.yaml", asked)


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
        ("people:\n  - name: A\n  - Ann", "bad-answer", 3, "Person 2: this must be lines of 'field: value'", FIELDS),
        (
            "people:\n  -\n    brn: x",
            "unknown-question",
            3,
            "Person 1: there is no field 'brn'",
            "did you mean 'born'?",
        ),
        ("people:\n  - zzz: x", "unknown-question", 2, "Person 1: there is no field 'zzz'", FIELDS),
        (
            "people:\n  - name: A\n    born: x",
            "bad-answer",
            3,
            "A, born: 'x' is not a date",
            "write year-month-day, as 2026-07-01",
        ),
        ("a: 1\na: 2", "duplicate-key", 2, "'a' is listed twice (first on line 1)", "keep one of the two"),
    ],
)
def test_what_is_no_answer_is_reported_at_its_line(text, code, line, message, hint):
    problem = wrong.only(parsed, text)
    assert problem == Problem(code, Place("answers.yaml", line), message, hint)


def test_all_that_is_wrong_is_reported_at_once():
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


@pytest.mark.parametrize(
    ("written", "skipped"), [("[text, number]", {"text"}), ("text", {"text"}), ("", set()), ("[]", set())]
)
def test_what_was_skipped_is_kept_unless_it_is_answered(written, skipped):
    found = parsed(f"number: 6\nskipped: {written}\n")
    assert (found.skipped, found.given) == (skipped, {"number": 6})


@pytest.mark.parametrize(
    ("written", "code", "message", "hint"),
    [
        ("[txt]", "unknown-question", "there is no question 'txt'", "did you mean 'text'?"),
        ("[zzzzz]", "unknown-question", "there is no question 'zzzzz'", "take it out of the list"),
        ("{text: a}", "bad-answer", "'skipped' must be a list of questions", "write skipped: [QUESTION, QUESTION]"),
    ],
)
def test_what_was_skipped_must_be_questions(written, code, message, hint):
    assert wrong.only(parsed, f"\nskipped: {written}\n") == Problem(code, Place("answers.yaml", 2), message, hint)


def test_a_file_is_loaded_under_its_own_path_or_another_name(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_bytes(b"\xef\xbb\xbftext: a\r\nnumber: 6\r\n")
    assert answers.load(path, ALL).place("number") == Place(str(path), 2)
    assert answers.load(path, ALL, "mine").given == {"text": "a", "number": 6}
    assert wrong.places(answers.load, tmp_path / "b.yaml", ALL) == [("missing-file", str(tmp_path / "b.yaml"))]


def test_a_file_of_nothing_but_unknown_questions_is_read_in_time():
    text = "".join(f"question{n}: x\n" for n in range(10_000))
    assert len(wrong.problems(parsed, text)) == 200


def test_a_problem_says_which_answer_it_is_about():
    text = "number: x\npeople:\n  - {born: y, reason: '{{'}\n  - {brn: 1}\nalternatives: {leash: [a]}\n"
    about = {problem.code: [] for problem in wrong.problems(parsed, text)}
    for problem in wrong.problems(parsed, text):
        about[problem.code].append(problem.about)
    assert about == {"bad-answer": ["number", "people[1].born", "leash"], "unknown-question": ["people[2]"]}
    assert [remark.about for remark in parsed("text: '{{ Ann'").reminders] == ["text"]


# -- answers that look like markup --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("'{{ 7*7 }}'", "{{"),
        ("'a {% if %}'", "{%"),
        ("'<w:p/>'", "<w:"),
    ],
)
def test_an_answer_that_looks_like_markup_is_kept_and_remarked(typed, shown):
    found = parsed(f"number: 6\ntext: {typed}\npeople:\n  - name: {typed}\n")
    assert [(p.code, p.place.line, p.level) for p in found.reminders] == [
        ("odd-answer", 2, "reminder"),
        ("odd-answer", 4, "reminder"),
    ]
    assert found.reminders[0].message == f"text contains {shown} and is printed exactly as it was typed"
    assert f", name contains {shown} and" in found.reminders[1].message
    assert list(checks.problems(ALL, found, scope.values(ALL, found))) == list(found.reminders)


def test_an_ordinary_answer_is_not_remarked():
    assert not parsed("text: 'a < b & {c} 100% #1'\nchoices: [one]\n").reminders


def test_many_reminders_do_not_hide_a_problem():
    text = "people:\n" + "  - {name: '{{', reason: '{{'}\n" * 150 + "number: x\n"
    assert wrong.places(parsed, text) == [("bad-answer", "answers.yaml:152")]


# -- laws ---------------------------------------------------------------------------------------

TOKENS = st.lists(
    st.sampled_from(
        [*(f"{name}: " for name in ALL.questions), "group:\n", "alternatives:\n", "  ", "- ", "\n", "\n  - ", "name: ",
         "[", "]", "{", "}", ", ", "one", "yes", "6", "-1", "$5", "50%", "2026-07-01", "a@b.org", "612-555-0100", "'",
         '"', "|\n  x\n", "~", "#", "\\0", "\x00", "\u2028", "\ud800", "{{ x }}", "&a ", "*a", "!t "]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@settings(max_examples=often(200))
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
