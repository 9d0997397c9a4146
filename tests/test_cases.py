"""The smallest answers that make a condition true are found, and where there are none, no answers do."""

from __future__ import annotations

import functools
import random

import generated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

from drafter import language
from drafter.language import Value
from drafter.matters import answers, scope
from drafter.proving.solving import cases, formulas

NUMBERS = st.integers(0, 32)

DAYS = st.sampled_from(["2026-01-01", "2026-02-28", "2026-08-31", "2027-06-30"])

CONDITIONS = st.one_of(
    st.sampled_from(
        [
            "bites", "leash == 'short'", "leash != 'long'", "dogs", "dogs | having('size', 'small')",
            "dogs | having('size', 'large')", "dogs | answered", "note", "walker == 'Ann'", "walker", "starts < ends",
            "starts == ends", "(starts | add_months(6)) <= ends", "'Rex' in (dogs | field('name'))", "length",
            "starts", "fee", "leash", "town.name", "walker == town.name", "walker != (leash | label)",
            "(leash | label) == 'Long'", "walker == (leash | label | otherwise('Ann'))",
            "(walker | otherwise('Ann')) != town.name", "(leash | otherwise('Ann')) == walker",
            "(starts | otherwise('2026-08-31')) == ends", "(starts | add_months(1) | otherwise('2026-08-31')) < ends",
            "(length | otherwise(7)) != fee", "(fee | otherwise(2.5)) <= length", "length == fee",
            "walker in ['Ann', 'Rex', note]", "ends in ['2026-08-31', starts]", "'Rex' == walker",
            "'Rex' not in (dogs | having('size', 'small') | field('name'))", "(length | otherwise(3)) > 2",
        ]
    ),
    st.builds("length {} {}".format, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), NUMBERS),
    st.builds("fee {} {}.5".format, st.sampled_from(["<", "==", ">="]), NUMBERS),
    st.builds("starts {} '{}'".format, st.sampled_from(["<", "==", ">"]), DAYS),
    st.builds("(ends | add_days(30)) {} '{}'".format, st.sampled_from(["<", "==", ">"]), DAYS),
    st.builds("(dogs | count) {} {}".format, st.sampled_from(["<", "==", ">"]), st.integers(0, 3)),
    st.builds("(dogs | having('size', 'large') | count) == {}".format, st.integers(0, 2)),
)  # fmt: skip

TEXTS = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=often(300), suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, data=st.data())
def test_the_smallest_answers_make_a_condition_true_and_where_there_are_none_no_answers_do(text, data):
    loaded = generated.small_library()
    asked = loaded.questionnaire
    expression, _ = language.check(language.parse(text), asked.schema)
    found = cases.Cases(asked).smallest(formulas.test(expression))
    if found is not None:
        given_ = answers.Answers(found.given, {}, "answers.yaml")
        assert language.holds(expression, scope.values(asked, given_))
        return
    tried = data.draw(generated.answers(loaded, negotiated=False))
    values = scope.values(asked, answers.parse(tried, "answers.yaml", asked))
    assert not language.holds(expression, values)


# Answers that meet: what conditions compare with, and what is just above and below it.
NEAR: dict[str, tuple[object, ...]] = {
    "town.name": ("Ann", "Long", "Rex"),
    "walker": ("Ann", "Rex", "Short", "Long", "short", "long", "Bo", ""),
    "note": ("Ann", "Rex", "Bo"),
    "starts": ("2025-07-31", "2026-01-01", "2026-07-31", "2026-08-31", "2026-09-01", "2027-06-30"),
    "ends": ("2026-01-01", "2026-02-28", "2026-08-30", "2026-08-31", "2026-09-30", "2026-10-01", "2027-07-01"),
    "leash": ("short", "long"),
    "bites": ("yes", "no"),
    "length": (1, 2, 3, 4, 6, 7, 8, 30),
    "fee": (0, 2.49, 2.5, 3, 6.99, 7, 7.01, 30),
    "dogs": (
        [{"name": "Rex", "size": "small"}], [{"size": "small"}, {"name": "Bo"}],
        [{"name": "Ann", "size": "large"}, {"name": "Rex", "size": "large"}],
    ),
}  # fmt: skip


@functools.cache
def typed() -> dict[str, tuple[Value | None, ...]]:
    """Return what a file has for each of these, none for what is no answer; to read 12,000 files takes long."""
    asked = generated.small_library().questionnaire
    read = {name: [answers.parse(generated.to_yaml({name: one}), "a", asked) for one in NEAR[name]] for name in NEAR}
    return {name: tuple(found.given.get(name) for found in files) for name, files in read.items()}


@settings(max_examples=often(300), suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, drawn=st.integers(0, 2**32))
def test_answers_that_meet_what_is_compared_break_no_condition_that_no_answers_make_true(text, drawn):
    dice = random.Random(drawn)  # noqa: S311  # no secret, and Hypothesis takes far longer for each throw
    loaded = generated.small_library()
    asked = loaded.questionnaire
    expression, _ = language.check(language.parse(text), asked.schema)
    if cases.Cases(asked).smallest(formulas.test(expression)) is not None:
        expression, _ = language.check(language.parse(f"not ({text})"), asked.schema)
        if cases.Cases(asked).smallest(formulas.test(expression)) is not None:
            return
    for _ in range(40):
        chosen = {name: dice.choice(near) for name, near in typed().items() if dice.random() < 0.6}
        given_ = answers.Answers({name: one for name, one in chosen.items() if one is not None}, {}, "answers.yaml")
        values = scope.values(asked, given_)
        assert not language.holds(expression, values), chosen


@settings(max_examples=often(100), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_answers_that_make_a_condition_true_are_never_missed(data):
    loaded = generated.small_library()
    asked = loaded.questionnaire
    values = scope.values(asked, answers.parse(data.draw(generated.answers(loaded, negotiated=False)), "a.yaml", asked))
    expression, _ = language.check(language.parse(data.draw(TEXTS)), asked.schema)
    if language.holds(expression, values):
        assert cases.Cases(asked).smallest(formulas.test(expression)) is not None
