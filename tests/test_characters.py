"""A character that no Word file can hold has a name."""

import pytest

from drafter.base import characters


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\x00b", "U+0000 NULL"),
        ("\x07", "U+0007 BELL"),
        ("\x1b[0m", "U+001B ESCAPE"),
        ("\x01", "U+0001 control character"),
        ("\ufffe", "U+FFFE control character"),
        ("\udfff", "U+DFFF control character"),
        ("tab\tline\nreturn\r \x7f\x85\u2028\ue000\U0001f415", ""),
    ],
)
def test_a_character_that_no_word_file_can_hold_is_named(text, name):
    assert characters.forbidden_in(text) == name
