"""An expression is written out in one way, and read back as itself."""

import every_kind
import pytest

from drafter import language
from drafter.language import parse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dog.name", "dog.name"),
        ("'it\\'s'", "'it\\'s'"),
        ("'a\\\\b'", "'a\\\\b'"),
        ("'a\\nb\\rc'", "'a\\nb\\rc'"),
        ("true", "true"),
        ("False", "false"),
        ("5", "5"),
        ("2.50", "2.5"),
        ("[ a,'b' ]", "[a, 'b']"),
        ("a==b", "a == b"),
        ("a!=b", "a != b"),
        ("a<b", "a < b"),
        ("a<=b", "a <= b"),
        ("a>b", "a > b"),
        ("a>=b", "a >= b"),
        ("a in b", "a in b"),
        ("a not in b", "a not in b"),
        ("not a", "not (a)"),
        ("a and b", "(a) and (b)"),
        ("a or b", "(a) or (b)"),
        ("a if b else c", "(a if b else c)"),
        ("(a == b) == c", "(a == b) == c"),
        ("(not a) == (b and c)", "(not (a)) == ((b) and (c))"),
        ("(a or b) | answered", "((a) or (b)) | answered"),
        ("a | having('b', 5)", "a | having('b', 5)"),
        ("a | count | words", "a | count | words"),
    ],
)
def test_an_expression_is_written_out_in_one_way(text, told):
    assert language.explain(parse(text)) == told


def test_a_checked_expression_is_written_as_it_was_read():
    for text in ("choice | label", "choices | label | series", "day < '2026-01-01'", "dogs | having('cost', 5)"):
        assert language.explain(every_kind.checked(text)[0]) == text
