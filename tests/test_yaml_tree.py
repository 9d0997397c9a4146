"""Whatever a YAML text holds, reading it gives a tree with places, or says what is wrong and on which line."""

import generated
import pytest
import wrong
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Place
from drafter.base.yaml_tree import Mapping, Scalar, Sequence


def parsed(text):
    return yaml_tree.parse(text, "a.yaml")


# -- the tree -----------------------------------------------------------------------------------


def test_every_scalar_is_the_text_that_was_typed():
    text = "a: 01234\nb: no\nc: 2026-01-01\nd: 1e3\ne: '~'\nf: \"null\"\ng: 0x10\nh: null\ni: ~\nj:\nk: ''\n"
    assert yaml_tree.plain(parsed(text)) == {
        "a": "01234", "b": "no", "c": "2026-01-01", "d": "1e3", "e": "~", "f": "null", "g": "0x10",
        "h": None, "i": None, "j": None, "k": None,
    }  # fmt: skip


def test_a_block_scalar_keeps_its_lines():
    assert yaml_tree.plain(parsed("a: |\n  one\n   two\n\n  three\n")) == {"a": "one\n two\n\nthree\n"}


TREE = """\
# a comment
town:
  name: Bark

dogs:
  - {name: Rex}
  - name: Bit
"""


def test_keys_and_values_know_their_lines():
    tree = parsed(TREE)
    assert {key: place.line for key, place in tree.keys.items()} == {"town": 2, "dogs": 5}
    assert tree.entries["dogs"] == Sequence(
        (
            Mapping({"name": Scalar("Rex", Place("a.yaml", 6))}, Place("a.yaml", 6), {"name": Place("a.yaml", 6)}),
            Mapping({"name": Scalar("Bit", Place("a.yaml", 7))}, Place("a.yaml", 7), {"name": Place("a.yaml", 7)}),
        ),
        Place("a.yaml", 6),
    )


def test_lines_count_from_where_the_text_starts_in_its_file():
    assert yaml_tree.parse("a: 1\nb: 2", "c.md", first_line=2).keys["b"] == Place("c.md", 3)
    assert wrong.places(yaml_tree.parse, "a: 1\na: 2", "c.md", first_line=2) == [("duplicate-key", "c.md:3")]
    assert wrong.places(yaml_tree.parse, "a: 1\n\x7f", "c.md", first_line=2) == [("control-character", "c.md:3")]
    assert wrong.places(yaml_tree.parse, "a: 1\nb: @", "c.md", first_line=2) == [("unreadable-yaml", "c.md:3")]


def test_a_path_leads_as_far_as_it_goes():
    tree = parsed(TREE)
    assert yaml_tree.locate(tree, ()).line == 2
    assert yaml_tree.locate(tree, ("dogs", 1, "name")).line == 7
    assert yaml_tree.locate(tree, ("dogs", 7, "name")).line == 5
    assert yaml_tree.locate(tree, ("town", "size")).line == 2
    assert yaml_tree.at(tree, ("town", "name")) == Scalar("Bark", Place("a.yaml", 3))
    assert yaml_tree.at(tree, ("dogs", 0, "name")) == Scalar("Rex", Place("a.yaml", 6))
    assert yaml_tree.at(tree, ("dogs", 2)) is None
    assert yaml_tree.at(tree, ("dogs", "name")) is None
    assert yaml_tree.at(tree, ("town", "size", "x")) is None


def test_nothing_is_plainly_nothing():
    assert yaml_tree.plain(None) is None


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_text_is_an_empty_mapping(text):
    assert parsed(text) == Mapping({}, Place("a.yaml", 1))


# -- YAML that is refused -----------------------------------------------------------------------

REFUSED = [
    ("a: 1\nb: 2\na: 3", "duplicate-key", 3, "'a' is listed twice (first on line 1)"),
    ("x:\n  a: 1\n  a: 1", "duplicate-key", 3, "(first on line 2)"),
    ("x: {a: 1, a: 1}", "duplicate-key", 1, "'a'"),
    ("a: 1\nb: &anchor x", "yaml-anchor", 2, "anchors"),
    ("a: 1\n&anchor b: x", "yaml-anchor", 2, "anchors"),
    ("a: &list [1]", "yaml-anchor", 1, "anchors"),
    ("a: 1\nb: *anchor", "yaml-alias", 2, "aliases"),
    ("*anchor : b", "yaml-alias", 1, "aliases"),
    ("a: 1\nb: !!python/object/apply:os.system [ls]", "yaml-tag", 2, "python/object/apply:os.system"),
    ("a: !secret x", "yaml-tag", 1, "!secret"),
    ("a: 1\n\nb: >\n  x\n", "folded-scalar", 3, "folded text"),
    ("a: 1\nb: >-\n  x\n", "folded-scalar", 2, "folded text"),
    ("a: 1\n---\nb: 2", "unreadable-yaml", 2, "a second document"),
    ("- a\n- b", "unreadable-yaml", 1, "'name: value'"),
    ("\njust text", "unreadable-yaml", 2, "'name: value'"),
    ("a: 1\n? [b]\n: c", "unreadable-yaml", 2, "a key must be a word"),
    ("a: 1\n? {b: c}\n: c", "unreadable-yaml", 2, "a key must be a word"),
    ("a: 1\nb: c: d", "unreadable-yaml", 2, "not allowed"),
    ("a: 1\n\tb: c", "unreadable-yaml", 2, "indented with a tab"),
    ("a: 1\nb: @x", "unreadable-yaml", 2, "cannot start any token"),
    ("a: 1\n b: 2", "unreadable-yaml", 2, "not allowed"),
    ("%YAML 2.0\n---\na: b", "unreadable-yaml", 1, "incompatible"),
    ('a: "\\ud800"', "unreadable-yaml", 1, "escape"),
    ("a: !%ED%A0%80 b", "unreadable-yaml", 1, "utf-8"),
    ('a: 1\nb: "open\nc: 2\n', "unreadable-yaml", 2, "quoted scalar"),
    ("a: 1\nb: [c,\nd", "unreadable-yaml", 2, "flow sequence"),
    ('a: 1\nb: "\\0"', "control-character", 2, "U+0000 NULL"),
    ('a: 1\n"\\e": 2', "control-character", 2, "U+001B ESCAPE"),
    ("a: 1\nb: \x00", "control-character", 2, "U+0000 NULL"),
    ("a: 1\nb: \x7f", "control-character", 2, "U+007F DELETE"),
    ("a: 1\nb: x\x85y", "control-character", 2, "U+0085 NEXT LINE"),
    ("a: 1\nb: 'x\u2028y'", "control-character", 2, "U+2028 LINE SEPARATOR"),
    ("a: 1\n# \u2029\nb: 2", "control-character", 2, "U+2029 PARAGRAPH SEPARATOR"),
    ("a: 1\rb: 2", "control-character", 1, "U+000D CARRIAGE RETURN"),
    ("a: \ud800", "control-character", 1, "U+D800"),
    ("a: \uffff", "control-character", 1, "U+FFFF"),
]


@pytest.mark.parametrize(("text", "code", "line", "words"), REFUSED)
def test_yaml_that_does_not_say_one_thing_is_refused_at_its_line(text, code, line, words):
    problem = wrong.only(parsed, text)
    assert (problem.code, problem.place) == (code, Place("a.yaml", line))
    assert words in problem.message


def test_all_that_is_refused_in_one_file_is_said_at_once():
    text = "a: &x 1\nb: *x\nc: !t 1\nd: >\n  x\na: 2\n"
    assert wrong.places(parsed, text) == [
        ("yaml-anchor", "a.yaml:1"),
        ("yaml-alias", "a.yaml:2"),
        ("yaml-tag", "a.yaml:3"),
        ("folded-scalar", "a.yaml:4"),
        ("duplicate-key", "a.yaml:6"),
    ]


def test_a_hint_says_how_to_write_text_that_yaml_reads_as_something_else():
    assert "quotation marks" in wrong.only(parsed, "a: b: c").hint


def test_the_mark_of_plain_text_is_no_tag():
    assert yaml_tree.plain(parsed("a: ! b")) == {"a": "b"}


@pytest.mark.parametrize("opening", ["[", "{", "- ", "{a: ", "? ", "[{"])
def test_a_hundred_thousand_brackets_are_too_deep(opening):
    assert wrong.places(parsed, "a: 1\nb:\n  " + opening * 100_000) == [("too-deep", "a.yaml:3")]


def test_thirty_levels_are_not_too_deep():
    depth = yaml_tree.DEEPEST - 1
    assert yaml_tree.plain(parsed(f"a: {'[' * depth}x{']' * depth}"))
    assert wrong.places(parsed, f"a: {'[' * (depth + 1)}x") == [("too-deep", "a.yaml:1")]


def test_windows_line_ends_count_once():
    assert wrong.places(parsed, "a: 1\r\nb: 2\r\na: 3\r\n") == [("duplicate-key", "a.yaml:3")]


YAMLISH = st.lists(
    st.sampled_from(
        ["a", "b: ", "a: ", "- ", "? ", ": ", "\n", "\n  ", "[", "]", "{", "}", ", ", "'", '"', "#", " ", "&x ", "*x",
         "!t ", "!!str ", "|\n", ">\n", "|+1", "---\n", "...\n", "%YAML 1.1\n", "\\", "\\u00", "~", "\t", "\r", "\r\n",
         "\x00", "\x85", "\u2028", "\ufeff", "\ud800", "\U0001f415", "<<: ", "!%ED%A0%80 ", "@"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=often(300))
@given(st.one_of(st.text(), st.text(st.characters()), YAMLISH))
def test_any_text_gives_a_mapping_or_says_what_is_wrong_in_one_of_its_lines(text):
    problems = ()
    try:
        assert isinstance(parsed(text), Mapping)
    except DraftingError as error:
        problems = error.problems
    lines = len(text.split("\n"))
    assert all(p.place.path == "a.yaml" and 1 <= p.place.line <= lines for p in problems)


WRITTEN = generated.honest()


@settings(max_examples=often(50))
@given(
    st.recursive(
        WRITTEN, lambda inner: st.lists(inner, min_size=1) | st.dictionaries(WRITTEN, inner, min_size=1), max_leaves=6
    )
)
def test_what_was_written_as_yaml_is_read_again(value):
    text = yaml.safe_dump({"a": value}, default_style='"', default_flow_style=False, allow_unicode=True)
    assert yaml_tree.plain(parsed(text)) == {"a": value}


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("term:\n\tstart: 2026-07-01\n", "the line is indented with a tab", 2),
        ('name: "Chief "Bob" Sample"\nnext: x\n', "there is a quotation mark inside quotation marks", 1),
    ],
)
def test_the_slips_that_a_lawyer_makes_most_are_said_in_words(text, what, line):
    with pytest.raises(DraftingError) as error:
        yaml_tree.parse(text, "answers.yaml")
    (problem,) = error.value.problems
    assert (problem.code, problem.message, problem.place.line) == ("unreadable-yaml", what, line)
