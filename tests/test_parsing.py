"""The closed language: what it reads, and what it refuses by name."""

from decimal import Decimal

import every_kind
import pytest
import walks
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter import language
from drafter.language import (
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    ExpressionError,
    Filter,
    ListOf,
    Name,
    Not,
    parse,
)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("walker", Name("walker")),
        (" town.name ", Name("town.name")),
        ("'it is'", Constant("it is")),
        ('"it\'s"', Constant("it's")),
        ("'}}'", Constant("}}")),
        ("'{% %} {{ {#'", Constant("{% %} {{ {#")),
        ("'\\u00e9 \U0001f415'", Constant("é \U0001f415")),
        ("12", Constant(12)),
        ("2.50", Constant(Decimal("2.5"))),
        ("true", Constant(value=True)),
        ("False", Constant(value=False)),
        ("[]", ListOf(())),
        ("[walker, 'b']", ListOf((Name("walker"), Constant("b")))),
        ("a == b", Compare(Name("a"), "eq", Name("b"))),
        ("a != b", Compare(Name("a"), "ne", Name("b"))),
        ("a < b", Compare(Name("a"), "lt", Name("b"))),
        ("a <= b", Compare(Name("a"), "lteq", Name("b"))),
        ("a > b", Compare(Name("a"), "gt", Name("b"))),
        ("a >= b", Compare(Name("a"), "gteq", Name("b"))),
        ("a in b", Compare(Name("a"), "in", Name("b"))),
        ("a not in b", Compare(Name("a"), "notin", Name("b"))),
        ("not a", Not(Name("a"))),
        ("not a == b", Not(Compare(Name("a"), "eq", Name("b")))),
        ("a and b or c", Either(Both(Name("a"), Name("b")), Name("c"))),
        ("a and (b or c)", Both(Name("a"), Either(Name("b"), Name("c")))),
        ("a if b else c", Conditional(Name("b"), Name("a"), Name("c"))),
        ("a | count", Filter("count", Name("a"))),
        ("a | add_months(6) | date", Filter("date", Filter("add_months", Name("a"), (6,)))),
        (
            "a | having('b', 'c', 'd') | field('e')",
            Filter("field", Filter("having", Name("a"), ("b", "c", "d")), ("e",)),
        ),
    ],
)
def test_an_expression_is_read(text, expression):
    assert parse(text) == expression


CLOSED = "is not part of the expression language"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walker()", f"a call {CLOSED}"),
        ("walker.upper()", f"a call {CLOSED}"),
        ("self.__init__()", f"a call {CLOSED}"),
        ("walker[0]", f"a subscript {CLOSED}"),
        ("walker['x']", f"a subscript {CLOSED}"),
        ("walker.0", f"a subscript {CLOSED}"),
        ("walker is defined", f"a test with 'is' {CLOSED}"),
        ("walker is not none", f"a test with 'is' {CLOSED}"),
        ("1 + 1", f"arithmetic {CLOSED}"),
        ("7*7", f"arithmetic {CLOSED}"),
        ("a - b", f"arithmetic {CLOSED}"),
        ("a % b", f"arithmetic {CLOSED}"),
        ("a ** b", f"arithmetic {CLOSED}"),
        ("a // b", f"arithmetic {CLOSED}"),
        ("-5", f"arithmetic {CLOSED}"),
        ("-5 < length", f"arithmetic {CLOSED}"),
        ("+ length", f"arithmetic {CLOSED}"),
        ("a ~ b", f"concat {CLOSED}"),
        ("{'a': 1}", f"a mapping {CLOSED}"),
        ("(a, b)", f"a list without square brackets {CLOSED}"),
        ("a, b", f"a list without square brackets {CLOSED}"),
        ("a < b < c", f"a chain of comparisons {CLOSED}"),
        ("a if b", f"'if' without 'else' {CLOSED}"),
        ("a | date(x=1)", f"a filter with named arguments {CLOSED}"),
        ("a | plural(*b)", f"a filter with named arguments {CLOSED}"),
    ],
)
def test_what_the_closed_language_does_not_have_is_refused_by_name(text, words):
    message, hint = walks.refused(text)
    assert message == words
    assert "docs/library.md" in hint


@pytest.mark.parametrize("text", ["_x", "a._b", "a.__class__", "a.b.__globals__", "x | count == _y", "[__import__]"])
def test_a_name_that_starts_with_an_underscore_is_refused(text):
    message, hint = walks.refused(text)
    assert "starts with '_'" in message
    assert hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "can't be read"),
        ("   ", "can't be read"),
        ("a b", "can't be read"),
        ("a = b", "can't be read"),
        ("a &", "can't be read"),
        ("lambda: 1", "can't be read"),
        ("'open", "can't be read"),
        ("a || b", "can't be read"),
        ("{% if a %}", "can't be read"),
        ("{# a #}", "can't be read"),
        ("a #}", "can't be read"),
        ("-a-", "can't be read"),
        ("a }}{% raw %}{{ b", "can't be read"),
        ("a }}{# c", "can't be read"),
        ("'\\x'", "can't be read"),
        ("'\\N{no such name}'", "can't be read"),
        ("a }}", "is not one expression"),
        ("a }} b {{ c", "is not one expression"),
        ("a }}{{ b", "is not one expression"),
        ("a }}{% set b = 1 %}{{ c", "is not one expression"),
        ("(walker | upper).name", "'.name' follows something that is not a name"),
        ("'a'.b", "'.b' follows something that is not a name"),
        ("none", "'none' can't be used"),
        ("walker == None", "'none' can't be used"),
        ("a\n== b", "more than one line"),
        ("1e400", "the number is too large"),
        ("'\\0'", "U+0000 NULL"),
        ("'\\ud800'", "U+D800"),
        ("a" * 1001, "longer than 1000 characters"),
        ("(" * 400 + "a" + ")" * 400, "nested too deeply"),
        ("[" * 400 + "a" + "]" * 400, "nested too deeply"),
        ("a | plural(b, 'c')", "the arguments of the filter 'plural' must be constants"),
        ("a | date(1)", "the filter 'date' takes 0 argument(s), not 1"),
        ("a | add_months", "the filter 'add_months' takes 1 argument(s), not 0"),
        ("a | having('b')", "the filter 'having' takes 2 or more argument(s), not 1"),
        ("a | map('b')", "there is no filter 'map'"),
        ("a | attr('__class__')", "there is no filter 'attr'"),
    ],
)
def test_what_is_no_expression_says_why(text, words):
    assert words in walks.refused(text)[0]


@pytest.mark.parametrize(
    ("text", "meant"), [("a | mony", "money"), ("a | add_month(1)", "add_months"), ("a | zzz", "")]
)
def test_an_unknown_filter_is_reported_with_the_one_that_was_meant(text, meant):
    message, hint = walks.refused(text)
    assert message.startswith("there is no filter")
    assert hint == (f"did you mean '{meant}'?" if meant else "")


@pytest.mark.parametrize("text", ["a b", "a =", "'open", ""])
def test_what_can_not_be_read_is_shown_without_the_space_around_it(text):
    message, hint = every_kind.refused(f"  {text} ")
    assert message.startswith(f"'{text}' can't be read: ")
    assert hint == ""
    with pytest.raises(ExpressionError) as caught:
        parse(f"  {text} ")
    assert caught.value.__cause__ is None


def test_an_expression_may_have_a_thousand_characters():
    assert parse("a" * 1000) == Name("a" * 1000)


def test_an_error_without_a_hint_has_an_empty_one():
    assert ExpressionError("x").hint == ""


# -- names --------------------------------------------------------------------------------------


def test_the_names_an_expression_turns_on_are_known():
    text = "(a if b == [c, 'x'] else not d) and e | field('f') or g | otherwise('h') or i | answered"
    assert language.names(parse(text)) == set("abcdegi")
    assert language.open_names(parse(text)) == set("abcde")
    assert language.names(parse("5")) == language.open_names(parse("[]")) == set()


def test_the_names_that_decide_a_value_are_those_of_every_part():
    for text, found in (
        ("a", "a"),
        ("5", ""),
        ("[a, b]", "ab"),
        ("a == b", "ab"),
        ("not a", "a"),
        ("a and b", "ab"),
        ("a or b", "ab"),
        ("a if b else c", "abc"),
        ("a | count", "a"),
    ):
        assert language.names(parse(text)) == language.open_names(parse(text)) == set(found)


def test_a_name_whose_answer_may_be_missing_decides_no_value():
    for text in (
        "a | otherwise('x')",
        "a | answered",
        "a | answered | upper",
        "not (a | answered)",
        "[a | answered]",
        "(a | answered) == (a | otherwise('x'))",
        "(a | answered) and (a | answered)",
        "(a | answered) or (a | answered)",
        "(a | answered) if (a | answered) else (a | answered)",
    ):
        assert (language.names(parse(text)), language.open_names(parse(text))) == ({"a"}, set())


# -- laws ---------------------------------------------------------------------------------------

TOKENS = st.lists(
    st.sampled_from(
        ["a", "b.c", "_d", ".", "(", ")", "[", "]", "{", "}", "}}", "{{", "{%", "%}", "{#", "#}", "'", '"', "'x'", "5",
         "1e999", " ", " and ", " or ", " not ", " in ", " is ", " if ", " else ", "|", "|count", "|plural('a','b')",
         ",", "==", "<", ">=", "=", "+", "-", "*", "~", "\\", "'\\x00'", "\n", "\r", "none", "true", ":", "\u2028",
         "\ud800"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=often(250))
@given(st.one_of(st.text(), TOKENS))
def test_any_text_is_an_expression_or_is_refused(text):
    try:
        expression = parse(text)
    except ExpressionError:
        return
    again = language.explain(expression)
    assert language.names(expression) >= language.open_names(expression)
    assert len(again) > language.LONGEST or parse(again) == expression
