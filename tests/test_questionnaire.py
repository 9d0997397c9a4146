"""A questionnaire is loaded with its conditions, defaults and places, and every slip in it is told at its line."""

from datetime import date

import every
import pytest
import small
import wrong

from drafter import language
from drafter.base.problems import Place
from drafter.language import Kind, Name, Record
from drafter.reading import questionnaire
from drafter.reading.questionnaire import kind


@pytest.fixture(scope="module")
def asked():
    return every.load(small.QUESTIONNAIRE, "lib/questionnaire.yaml")


def line(words, text=small.QUESTIONNAIRE):
    """Return the last line that has the words."""
    return max(n for n, one in enumerate(text.split("\n"), 1) if words in one)


def place(words, text=small.QUESTIONNAIRE):
    return Place("questionnaire.yaml", line(words, text))


def changed(old, new):
    assert small.QUESTIONNAIRE.count(old) >= 1
    return small.QUESTIONNAIRE.replace(old, new, 1)


# -- what is loaded -----------------------------------------------------------------------------


def test_questions_stand_by_id_in_the_order_of_the_file(asked):
    assert list(asked.questions) == [
        "town.name", "walker", "starts", "ends", "dogs", "bites", "leash", "length", "fee", "note",
    ]  # fmt: skip
    assert [section.title for section in asked.sections] == ["Parties", "Dogs"]


def test_each_question_field_and_check_has_its_place(asked):
    assert asked.places["walker"] == Place("lib/questionnaire.yaml", line("id: walker"))
    assert asked.places["dogs.size"].line == line("- id: size")
    assert asked.places["checks.biter"].line == line("id: biter")


def test_every_type_has_its_kind():
    questions = every.load().questions
    named = {
        "agree": "yes-no",
        "few": "number",
        "budget": "money",
        "soon": "date",
        "pair": "records",
        "people": "records",
    }
    for name, question in questions.items():
        if not name.startswith("group."):
            assert kind(question).name == named.get(name, name)
    options = {"one": "the first", "two": "Two", "three": "Three"}
    assert kind(questions["choices"]) == Kind("choices", options=options, item=Kind("choice", options=options))
    assert kind(questions["people"]).fields["born"] == Kind("date")


def test_the_schema_knows_the_questions_and_the_policy(asked):
    assert asked.schema["starts"] == Kind("date")
    assert asked.schema["policy.date"] == Kind("date")
    assert kind(asked.questions["dogs"]) == asked.schema["dogs"]


def test_conditions_and_checks_are_read(asked):
    assert language.explain(asked.ask_when["length"]) == "leash == 'long'"
    order, biter = (next(c for c in asked.checks if c.entry.id == name) for name in ("order", "biter"))
    assert (language.explain(order.holds), order.when, order.each) == ("starts < ends", None, None)
    assert (biter.entry.level, biter.entry.message) == ("reminder", "A dog bites.")


def test_defaults_are_typed_once_and_kept_as_they_were_written(asked):
    assert asked.defaults == {"town.name": "Town of Bark", "bites": False, "leash": "short"}
    assert {name: (node.text, node.place.line) for name, node in asked.written_defaults.items()} == {
        "town.name": ("Town of Bark", line("id: town.name")),
        "bites": ("no", line("id: bites")),
        "leash": ("short", line("default: short")),
    }
    assert every.load().defaults["people.role"] == "one"


def test_an_empty_default_is_none():
    assert "a" not in every.asking("{id: a, type: text, prompt: A?, default: }").defaults


def test_a_default_may_be_a_list_of_records():
    fields = "[{id: name, type: text, prompt: N?}, {id: born, type: date, prompt: B?}]"
    dogs = "{id: dogs, type: records, prompt: D?, default: [{name: Rex, born: 2026-07-01}], fields: %s}"
    assert every.asking(dogs % fields).defaults == {
        "dogs": (Record({"name": "Rex", "born": date(2026, 7, 1)}, "dogs[1]"),)
    }


def test_a_blank_is_called_after_the_question_unless_it_has_a_name_of_its_own(asked):
    assert asked.questions["walker"].label == "Walker's name"
    assert asked.questions["town.name"].label == "Name"
    assert every.asking("{id: a.first_day, type: date, prompt: A?}").questions["a.first_day"].label == "First day"


def test_a_check_may_go_over_records():
    (check,) = every.asking(
        "{id: dogs, type: records, prompt: D?, fields: [{id: name, type: text, prompt: N?}]}",
        checks=["{id: c, each: dog in dogs, when: dog.name, holds: dog.name != 'Rex', message: M}"],
    ).checks
    assert check.each == ("dog", Name("dogs"))
    assert check.when == Name("dog.name")


# -- what is refused ----------------------------------------------------------------------------

A = "{id: a, type: text, prompt: A?}"
RECORDS = "{id: dogs, type: records, prompt: D?, fields: [{id: name, type: text, prompt: N?}]}"


def b(of, *more, named="b"):
    """Write a question of a type, with more keys."""
    return f"{{{', '.join((f'id: {named}', f'type: {of}', 'prompt: B?', *more))}}}"


def fields(*entries):
    return f"fields: [{', '.join(entries)}]"


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        (b("text", named="a.b"), "duplicate-id", "'a' is a question and also the first part of 'a.b'"),
        (b("text", named="a.b.c"), "duplicate-id", "'a' is a question and also the first part of 'a.b.c'"),
        (b("choice"), "bad-question", "'b' is of type choice, but it has no options"),
        (b("choices"), "bad-question", "'b' is of type choices, but it has no options"),
        (
            b("choice", "options: [{value: x, label: X}, {value: x, label: Y}]"),
            "duplicate-id",
            "'b' has the option 'x' twice",
        ),
        (b("records"), "bad-question", "'b' is a list of records, but it has no fields"),
        (b("text", fields(b("text"))), "bad-question", "'b' has fields, but it isn't a list of records"),
        (b("records", fields(b("text"), b("date"))), "duplicate-id", "the field 'b.b' is asked twice"),
        (b("records", fields(b("text", named="x.y"))), "bad-question", "'x.y' can't be the id of a field"),
        (b("records", fields(b("records"))), "bad-question", "the field 'b.b' can't be a list of records itself"),
        (b("records", fields(b("choice"))), "bad-question", "'b.b' is of type choice, but it has no options"),
        (b("records", fields(b("date", "max: x"))), "bad-question", "'max' of 'b.b' is 'x'"),
        (b("text", named="b-c"), "bad-question", "'b-c' can't be the id of a question"),
        (b("text", named="B"), "bad-question", "'B' can't be the id of a question"),
        (b("text", named="_b"), "bad-question", "'_b' can't be the id of a question"),
        (b("text", named="b."), "bad-question", "'b.' can't be the id of a question"),
        (
            b("date", "among: dogs.name"),
            "bad-question",
            "'b' is of type date, which can't be answered among the entries",
        ),
        (b("text", "among: dogs"), "bad-question", "'among' of 'b' is 'dogs', which is no text in a list of records"),
        (b("records", fields(b("text", "among: a"))), "bad-question", "'among' of 'b.b' is 'a', which is no text"),
        (b("text", named="skipped"), "bad-question", "'skipped' can't be the id of a question"),
        (b("text", named="alternatives"), "bad-question", "'alternatives' can't be the id of a question"),
        (b("text", named="policy.date"), "bad-question", "'policy.date' can't be the id of a question"),
        (b("number", "min: few"), "bad-question", "'min' of 'b' is 'few', which can't limit a question of type number"),
        (b("number", "max: 1.5"), "bad-question", "'max' of 'b' is '1.5'"),
        (b("money", "max: $5"), "bad-question", "'max' of 'b' is '$5', which can't limit a question of type money"),
        (b("percent", "min: NaN"), "bad-question", "'min' of 'b' is 'NaN'"),
        (b("date", "min: 2026-02-30"), "bad-question", "'min' of 'b' is '2026-02-30'"),
        (b("date", "min: soon"), "bad-question", "'min' of 'b' is 'soon'"),
        (b("text", "min: 3"), "bad-question", "'min' of 'b' is '3', which can't limit a question of type text"),
        *(
            (b("choice", f"options: [{{value: {written}, label: A}}]"), "bad-question", f"'b' has the option '{shown}'")
            for written, shown in (("' x'", " x"), ("'x '", "x "), ('"x\\ny"', "x\ny"), ("'  '", "  "))
        ),
        (
            b("records", "max: 1001", "fields: [{id: c, type: text, prompt: C?}]"),
            "bad-question",
            "'max' of 'b' is '1001', which can't limit a question of type records",
        ),
        (b("text", "ask_when: c"), "bad-expression", "ask_when of 'b': there is no question 'c'"),
        (b("text", "ask_when: a < 5"), "bad-expression", "ask_when of 'b': text can't be compared with '<'"),
        (b("text", "ask_when: a()"), "bad-expression", "ask_when of 'b': a call is not part of"),
        (b("text", "ask_when: policy.status"), "bad-expression", "ask_when of 'b': there is no question 'policy.stat"),
        (b("text", "ask_when: b == 'x'"), "circular-question", "'b' is asked only if it has already been answered"),
        (b("string"), "bad-value", "'type' is 'string', not text, paragraph, yes-no"),
        ("{id: b, type: text}", "missing-key", "'prompt' is missing"),
        (b("text", "promt: B?"), "unknown-key", "'promt' is not known here"),
        (b("text", "optional: perhaps"), "bad-value", "'optional' should be true or false, not 'perhaps'"),
    ],
)
def test_a_slip_in_a_question_is_reported_at_its_line(question, code, words):
    problem = wrong.only(every.asking, A, question)
    assert (problem.code, problem.place) == (code, Place("questionnaire.yaml", 6))
    assert problem.message.startswith(words)


def test_among_names_a_text_in_a_list_and_says_what_was_meant():
    problem = wrong.only(every.asking, RECORDS, b("text", "among: dogs.nam"))
    assert problem.hint == "did you mean 'dogs.name'?"
    asked = every.asking(RECORDS, b("text", "among: dogs.name"), b("choices", "among: dogs.name", named="c"))
    assert (asked.schema["b"].name, asked.schema["c"].name, asked.schema["c"].item.name) == ("text", "list", "text")


def test_a_question_that_is_asked_twice_is_reported():
    problem = wrong.only(every.asking, b("text"), A, b("date"))
    assert (problem.code, problem.message) == ("duplicate-id", "the question 'b' is asked twice")


@pytest.mark.parametrize(
    ("of", "least", "most"),
    [("number", "-5", "10"), ("money", "0", "99.50"), ("percent", "-1.5", "100"), ("date", "2026-07-01", "2027-06-30")],
)
def test_limits_that_fit_their_type_are_kept(of, least, most):
    question = every.asking(b(of, f"min: {least}", f"max: {most}")).questions["b"]
    assert (question.min, question.max) == (least, most)


def test_a_slip_in_a_field_is_reported_at_the_line_of_the_field():
    old = "ask_when: size == 'large'}"
    text = changed(old, "ask_when: size == 'big'}")
    problem = wrong.only(every.load, text)
    assert (problem.code, problem.place) == ("bad-expression", place("id: chain", text))
    assert problem.message.startswith("ask_when of 'dogs.chain': 'big' is not one of the options")
    text = changed("id: chain, type: text", "id: chain, type: records")
    assert wrong.only(every.load, text).place == place("id: chain", text)
    text = changed("id: chain, type: text", "id: name, type: text")
    assert wrong.only(every.load, text).code == "duplicate-id"


def test_a_field_is_asked_by_the_other_fields_only():
    problem = wrong.only(every.load, changed("ask_when: size == 'large'}", "ask_when: bites}"))
    assert problem.message == "ask_when of 'dogs.chain': there is no question 'bites'"


def test_questions_that_ask_for_each_other_are_a_circle():
    questions = [f"{{id: {a}, type: text, prompt: X?, ask_when: {b}}}" for a, b in ("ab", "bc", "ca", "da")]
    assert [(p.code, p.place.line, p.message[:3]) for p in wrong.problems(every.asking, *questions)] == [
        ("circular-question", 5, "'a'"),
        ("circular-question", 6, "'b'"),
        ("circular-question", 7, "'c'"),
    ]


@pytest.mark.parametrize(
    ("check", "code", "words"),
    [
        ("{id: c, holds: b, message: M}", "bad-expression", "check c: there is no question 'b'"),
        ("{id: c, holds: a, when: b, message: M}", "bad-expression", "check c: there is no question 'b'"),
        ("{id: c, holds: a, questions: [b], message: M}", "bad-expression", "check c: there is no question 'b'"),
        ("{id: c, holds: a.b(), message: M}", "bad-expression", "check c: a call"),
        ("{id: c, each: dog of dogs, holds: a, message: M}", "bad-expression", "check c: '' can't be read"),
        ("{id: c, each: dog in cats, holds: a, message: M}", "bad-expression", "check c: there is no question 'cats'"),
        ("{id: c, each: dog in a, holds: a, message: M}", "bad-expression", "check c: 'dog in a' doesn't name a list"),
        (
            "{id: c, each: 1 in dogs, holds: a, message: M}",
            "bad-expression",
            "check c: '1 in dogs' doesn't name a list",
        ),
        ("{id: c, each: a in dogs, holds: a, message: M}", "bad-expression", "check c: 'a' is the name of a question"),
        ("{id: c, each: d in dogs, holds: d.nam, message: M}", "bad-expression", "check c: 'd' has no field 'nam'"),
        ("{id: first, holds: a, message: M}", "duplicate-id", "the check 'first' is listed twice"),
        ("{id: c, holds: a, message: M, level: warning}", "bad-value", "'level' is 'warning', not problem or reminder"),
        ("{id: c, holds: a}", "missing-key", "'message' is missing"),
    ],
)
def test_a_slip_in_a_check_is_reported_at_its_line(check, code, words):
    problem = wrong.only(every.asking, A, RECORDS, checks=["{id: first, holds: a, message: M}", check])
    assert (problem.code, problem.place) == (code, Place("questionnaire.yaml", 9))
    assert words in problem.message


def test_all_slips_are_reported_at_once():
    found = wrong.problems(
        every.asking,
        "{id: b, type: choice, prompt: B?, ask_when: x}",
        "{id: c, type: records, prompt: C?}",
        "{id: c, type: text, prompt: C?}",
    )
    assert [p.code for p in found] == ["bad-expression", "bad-question", "duplicate-id"]


def test_a_questionnaire_that_is_not_there_is_missing(tmp_path):
    assert wrong.places(questionnaire.load, tmp_path / "q.yaml", "lib/q.yaml") == [("missing-file", "lib/q.yaml")]


def test_each_default_that_does_not_fit_is_reported_at_its_line():
    fields = "[{id: c, type: date, prompt: C?, default: soon}]"
    found = wrong.problems(
        every.asking,
        "{id: a, type: number, prompt: A?, default: six}",
        f"{{id: b, type: records, prompt: B?, fields: {fields}}}",
        f"{{id: d, type: records, prompt: D?, default: [{{c: 2026-07-01, e: 1}}], fields: {fields}}}",
        "{id: f, type: text, prompt: F?, default: [1, 2]}",
        "{id: g, type: choice, prompt: G?, default: tow, options: [{value: two, label: Two}]}",
        "{id: h, type: records, prompt: H?, max: 1, default: [{c: }, {c: }], fields: [{id: c, type: text, prompt: C}]}",
    )
    assert [(p.code, p.place.line, p.message.removeprefix("the default does not fit: ")) for p in found] == [
        ("bad-question", 5, "a: 'six' is not a number"),
        ("bad-question", 6, "b.c: 'soon' is not a date"),
        ("bad-question", 7, "d.c: 'soon' is not a date"),
        ("unknown-question", 7, "Entry 1 of d: there is no field 'e'"),
        ("bad-question", 8, "f: one answer is expected, not a list or a group"),
        ("bad-question", 9, "g: 'tow' is not one of two"),
        ("bad-question", 10, "h: 2 entries; 0 to 1 are needed"),
    ]
