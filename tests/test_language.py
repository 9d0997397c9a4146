"""Whatever the language lets through can be checked, evaluated, printed and explained."""

from decimal import Decimal

import generated
import walks
from hypothesis import assume, given, settings
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
    Kind,
    ListOf,
    Missing,
    Name,
    Not,
    parse,
)


def test_the_longest_expressions_can_be_checked_evaluated_and_explained():
    for text in ("not " * 249 + "a", "a" + " and a" * 166, "a" + " | otherwise(1)" * 66, "a" + " if a else a" * 80):
        expression, _ = language.check(parse(text[:1000]), {"a": Kind("number")})
        assert language.evaluate(expression, {"a": 1}) in {0, 1}
        assert language.names(expression) == {"a"}
        assert language.explain(expression)


SCOPES = (
    {**walks.NOTHING, "bites": True},
    walks.NOTHING,
    walks.ANSWERS,
    {**walks.ANSWERS, "bites": False},
    {**walks.ANSWERS, "dogs": ()},
)


def always_prints(expression):
    """Say whether an expression fits the questions; if so, it must have a value that prints, whatever was answered."""
    try:
        fit, of = language.check(expression, walks.SCHEMA)
    except ExpressionError:
        return False
    for scope in SCOPES:
        assert isinstance(language.holds(fit, scope), bool)
        assert all(isinstance(piece, str | Missing) for piece in language.fill(fit, of, scope))
    assert language.check(fit, walks.SCHEMA)[1] == of
    return True


ARGUMENTS = {
    "add_months": [(6,), (10**30,)],
    "add_days": [(30,)],
    "last_day": [(6,)],
    "distinct": [("name",)],
    "distinct_names": [("name",)],
    "having": [("size", "small"), ("born", "2020-02-29"), ("cost", 5), ("old", True)],
    "field": [("name",), ("size",), ("cost",), ("born",)],
    "plural": [("the Dog", "each Dog")],
    "otherwise": [("none",), (5,), (True,), ("2026-01-01",)],
}


def test_every_chain_of_two_filters_that_was_checked_prints():
    names = [Name(name) for name in (*walks.SCHEMA, "dog.name", "dog.size", "dog.born")]
    starts = [*names, *(Conditional(Name("bites"), name, Constant(other)) for name in names for other in ("x", 5))]
    steps = [(name, given) for name in language.FILTERS for given in ARGUMENTS.get(name, [()])]
    once = [Filter(name, start, given) for start in starts for name, given in steps]
    once = [expression for expression in once if always_prints(expression)]
    twice = [Filter(name, inner, given) for inner in once for name, given in steps]
    compared = [Compare(inner, "lt", Name(name)) for inner in once for name in ("length", "fee", "starts")]
    assert sum(map(always_prints, twice)) > len(once) > 100
    assert sum(map(always_prints, compared)) > 10


WORDS = generated.honest(8, 0)

CONSTANTS = st.one_of(
    st.sampled_from(["short", "small", "mon", "2026-01-01", "name", "size", "cost", "it's", "\\", 'a"b', "a\nb\r"]),
    WORDS,
    st.integers(0, 10**12),
    st.booleans(),
    st.floats(0, 1e20).map(lambda number: Decimal(str(number))),
)

OPERATORS = ["eq", "ne", "lt", "lteq", "gt", "gteq", "in", "notin"]


def filters(operands):
    """Draw a filter on one of the operands, with as many arguments as it takes."""
    return st.sampled_from(sorted(language.FILTERS)).flatmap(
        lambda name: st.builds(
            Filter,
            st.just(name),
            operands,
            st.lists(
                CONSTANTS,
                min_size=language.FILTERS[name].arguments[0],
                max_size=min(3, language.FILTERS[name].arguments[1]),
            ).map(tuple),
        )
    )


NAMES = st.sampled_from([*walks.SCHEMA, "dog.name", "dog.born", "dog.size"]).map(Name)

LEAVES = st.one_of(NAMES, CONSTANTS.map(Constant))

TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(ListOf),
        st.builds(Compare, inner, st.sampled_from(OPERATORS), inner),
        inner.map(Not),
        st.builds(Both, inner, inner),
        st.builds(Either, inner, inner),
        st.builds(Conditional, inner, inner, inner),
        filters(inner),
    ),
    max_leaves=6,
)


@given(TREES)
def test_an_expression_that_was_checked_prints_whatever_was_answered(expression):
    always_prints(expression)


@settings(max_examples=often(150))
@given(TREES)
def test_an_expression_explained_is_read_as_itself(expression):
    text = language.explain(expression)
    assume(len(text) <= language.LONGEST)
    assert parse(text) == expression
