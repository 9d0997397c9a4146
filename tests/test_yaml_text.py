"""A text written as a YAML scalar is read back as the same text, by our reader and by PyYAML's own."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from drafter.base import characters, yaml_text, yaml_tree


@pytest.mark.parametrize(
    "text",
    ["Ann", "Town of Bark", "01234", "2026-07-01", "yes", "no", "true", "12,500.50", "O'Neil", "a@b.org", "1 Elm, Bark",
     "Zoé", "x\U0001f415", "What?", "5%", "a & b"],
)  # fmt: skip
def test_words_and_figures_are_written_as_they_are(text):
    assert yaml_text.scalar(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", '""'),
        (" ", '" "'),
        ("null", '"null"'),
        ("NULL", '"NULL"'),
        ("~", '"~"'),
        ("Yes", '"Yes"'),
        ("on", '"on"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("a ", '"a "'),
        ('say "a"', '"say \\"a\\""'),
        ("a\\b\n", '"a\\\\b\\n"'),
        ("a\tb", '"a\\tb"'),
        ("\u2028\x7f\ue000\U000e0001", '"\\u2028\\x7f\\ue000\\U000e0001"'),
        ("(612) 555-0100", '"(612) 555-0100"'),
    ],
)
def test_what_yaml_would_read_otherwise_is_in_quotation_marks(text, written):
    assert yaml_text.scalar(text) == written


@pytest.mark.parametrize("text", ["a, b", "O'Neil", "What?", "[a", "a}"])
def test_what_ends_an_entry_between_brackets_is_in_quotation_marks_there(text):
    assert yaml_text.scalar(text, flow=True) == f'"{text}"'


def test_a_comment_is_one_line_of_what_can_be_seen():
    assert yaml_text.in_comment(" One\ntwo \u2028\x85 three\x00\t# four ") == "One two three # four"


TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=" a0~-?:,.#&*!|>%@`'\"[]{}\\\n\t\r=<\x7f\x85\u2028\ufeff"),
    st.sampled_from(
        ["null", "~", "yes", "y", "true", "Off", "1e3", "0x1f", "2026-01-01", "=", "<<", "---", "...", "? a"]
    ),
).filter(lambda text: not characters.faults(text))


@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(["What? Me"])
def test_a_text_is_read_back_whole_wherever_it_is_written(texts):
    lines = [f"{yaml_text.scalar(f'k{number}')}: {yaml_text.scalar(text)}" for number, text in enumerate(texts)]
    lines.append(f"{yaml_text.scalar('list')}: [{', '.join(yaml_text.scalar(text, flow=True) for text in texts)}]")
    lines += ["entries:", *(f"  - {{name: {yaml_text.scalar(text, flow=True)}}}" for text in texts)]
    written = "\n".join(lines) + "\n"
    tree = yaml_tree.parse(written, "a.yaml")
    assert [tree.entries[f"k{number}"].text for number in range(len(texts))] == texts
    assert [item.text for item in tree.entries["list"].items] == texts
    assert [item.entries["name"].text for item in tree.entries["entries"].items] == texts
    assert yaml.load(written, Loader=yaml.BaseLoader) == {  # noqa: S506  # the loader that makes nothing but text
        **{f"k{number}": text for number, text in enumerate(texts)},
        "list": texts,
        "entries": [{"name": text} for text in texts],
    }


@given(TEXTS)
def test_a_text_is_a_key_as_well(text):
    written = f"{yaml_text.scalar(text)}: x\n"
    tree = yaml_tree.parse(written, "a.yaml")
    assert list(tree.entries) == [text]


@given(st.text())
def test_a_comment_changes_nothing(text):
    assert yaml_tree.plain(yaml_tree.parse(f"a: 1\n# {yaml_text.in_comment(text)}\nb: 2\n", "a.yaml")) == {
        "a": "1",
        "b": "2",
    }
