"""Every refusal of the closed language in its whole words, and the ends of each range."""

import pytest
from every_kind import CLOSED, HINT, refused

from drafter.language import ExpressionError, Name, parse


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("text" + " " * 997, "the expression is longer than 1000 characters", ""),
        ("text\n", "the expression goes over more than one line", "write it in one line"),
        ("text }} b {{ c", "'text }} b {{ c' is not one expression", ""),
        (" a }}{{ b ", "'a }}{{ b' is not one expression", ""),
        ("(" * 400 + "a" + ")" * 400, "the expression is nested too deep", ""),
        ("'a'.b", "'.b' follows something that is not a name", ""),
        ("text()", f"a call {CLOSED}", HINT),
        ("1 + 1", f"arithmetic {CLOSED}", HINT),
        ("- 1", f"arithmetic {CLOSED}", HINT),
        ("'a' ~ 'b'", f"concat {CLOSED}", HINT),
        ("_x", "the name '_x' starts with '_'", "such names are refused"),
        ("dog._x", "the name '_x' starts with '_'", "such names are refused"),
        ("'\\0'", "the text holds U+0000 NULL, which no Word file can hold", "delete it"),
        ("1e400", "the number is too large", ""),
        ("none", "'none' can't be used", "a comparison with a question that has no answer is false already"),
        ("text | mony", "there is no filter 'mony'", "did you mean 'money'?"),
        ("text | zzz", "there is no filter 'zzz'", ""),
        ("day | date(1)", "the filter 'date' takes 0 argument(s), not 1", ""),
        ("dogs | having('size')", "the filter 'having' takes 2 or more argument(s), not 1", ""),
        ("day | add_days(text)", "the arguments of the filter 'add_days' must be constants", ""),
        ("dogs.name", "'dogs' is a list of records", "use dogs | field('name')"),
        ("dog.nam", "'dog' has no field 'nam'", "did you mean 'name'?"),
        ("dog.xyz", "'dog' has no field 'xyz'", ""),
        ("numbr", "there is no question 'numbr'", "did you mean 'number'?"),
        ("nuxxxr", "there is no question 'nuxxxr'", "did you mean 'number'?"),  # half of the letters agree
        ("nxxxxr", "there is no question 'nxxxxr'", ""),
        ("text.name", "there is no question 'text.name'", "did you mean 'text'?"),
        ("cat.name", "there is no question 'cat.name'", ""),
        ("day if yes else money", "a date and an amount of money are the two sides of one 'if'", ""),
        ("'a' in text", "what follows 'in' must be a list", ""),
        ("text < 5", "text can't be compared with '<'", ""),
        ("5 <= text", "text can't be compared with '<='", ""),
        ("yes > yes", "a yes/no answer can't be compared with '>'", ""),
        ("choice >= 5", "a choice can't be compared with '>='", ""),
        ("'a' < 'b'", "a constant text can't be compared with '<'", ""),
        ("choices == 'small'", "a list of choices is compared with a constant text", "ask with 'in'"),
        ("(dogs | field('name')) == 'Rex'", "a list is compared with a constant text", "ask with 'in'"),
        ("'Rex' == (dogs | field('name'))", "a constant text is compared with a list", "ask with 'in'"),
        ("number == day", "a number is compared with a date", ""),
        ("dogs == 'x'", "a list of records is compared with a constant text", ""),
        ("dog == 'x'", "a record is compared with a constant text", ""),
        ("day < 'soon'", "'soon' is compared with a date", "write a date as '2026-07-01'"),
        ("choice == 'smal'", "'smal' is not one of the options: small, large", "did you mean 'small'?"),
        ("choice == 'xyz'", "'xyz' is not one of the options: small, large", ""),
        ("choice == 5", "a choice is compared with a number", ""),
        ("number == '5'", "'5' is compared with a number", ""),
        ("money == '5'", "'5' is compared with an amount of money", ""),
        ("percent == '5'", "'5' is compared with a percentage", ""),
        ("yes == 'no'", "'no' is compared with a yes/no answer", ""),
        ("dogs | field('nam')", "the records have no field 'nam'", "did you mean 'name'?"),
        ("dogs | having('nam', 'x')", "the records have no field 'nam'", "did you mean 'name'?"),
        ("dogs | having('cost', 'x')", "'x' is compared with an amount of money", ""),
        ("dogs | having('cost', 5, 'x')", "'x' is compared with an amount of money", ""),
        ("day | add_months('6')", "the filter 'add_months' takes a whole number", ""),
        ("day | add_days(1.5)", "the filter 'add_days' takes a whole number", ""),
        ("dogs | plural(1, 'b')", "the filter 'plural' takes two texts", ""),
        ("dogs | plural('a', 2)", "the filter 'plural' takes two texts", ""),
        ("text | otherwise(5)", "5 is compared with text", ""),
        ("number | otherwise(true)", "true is compared with a number", ""),
        ("email | date", "the filter 'date' is not for an email", ""),
        ("address | date", "the filter 'date' is not for an address", ""),
        ("phone | date", "the filter 'date' is not for a phone", ""),
        ("dog | date", "the filter 'date' is not for a record", ""),
        ("dogs | date", "the filter 'date' is not for a list of records", ""),
        ("choices | date", "the filter 'date' is not for a list of choices", ""),
        ("percent | date", "the filter 'date' is not for a percentage", ""),
        ("'x' | date", "the filter 'date' is not for a constant text", ""),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(text, message, hint):
    assert refused(text) == (message, hint)


@pytest.mark.parametrize("text", ["a b", "a =", "'open", ""])
def test_what_can_not_be_read_is_shown_without_the_space_around_it(text):
    message, hint = refused(f"  {text} ")
    assert message.startswith(f"'{text}' can't be read: ")
    assert hint == ""
    with pytest.raises(ExpressionError) as caught:
        parse(f"  {text} ")
    assert caught.value.__cause__ is None


def test_an_expression_may_have_a_thousand_characters():
    assert parse("a" * 1000) == Name("a" * 1000)


def test_an_error_without_a_hint_has_an_empty_one():
    assert ExpressionError("x").hint == ""
