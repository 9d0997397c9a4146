"""A clause's alternative is changed in an answers file, and no other line is."""

import re

import every
import pytest
import small
import wrong
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from often import often

from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Place
from drafter.matters import answers
from drafter.matters.editing import answer_lines, answers_text

SMALL = every.load(small.QUESTIONNAIRE)


def swapped(text, clause="leash", alternative="long"):
    return answers_text.with_alternative(text, "answers.yaml", clause, alternative)


def chosen(text):
    return answers.parse(text, "answers.yaml", SMALL).chosen


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # the clause has an alternative already
        ("alternatives:\n  leash: short\n", "alternatives:\n  leash: long\n"),
        ("alternatives:\n  leash: short  # why\n", "alternatives:\n  leash: long  # why\n"),
        ("alternatives:\n  leash: short # why: '#2'\n", "alternatives:\n  leash: long # why: '#2'\n"),
        ("alternatives:\n    'leash': \"short\"\n    dog: x\n", "alternatives:\n    leash: long\n    dog: x\n"),
        ("alternatives:\n  leash: a#b\n", "alternatives:\n  leash: long\n"),
        ("alternatives:\n  dog: x\n  leash:\nwalker: Ann", "alternatives:\n  dog: x\n  leash: long\nwalker: Ann"),
        ("alternatives:\n  leash: long\n", "alternatives:\n  leash: long\n"),
        # others have
        ("alternatives:\n  dog: x\n", "alternatives:\n  leash: long\n  dog: x\n"),
        ("alternatives:\n\n  # why\n     dog: x\n", "alternatives:\n\n  # why\n     leash: long\n     dog: x\n"),
        # there is the heading only
        ("alternatives:\n", "alternatives:\n  leash: long\n"),
        ("alternatives:\nwalker: Ann\n", "alternatives:\n  leash: long\nwalker: Ann\n"),
        ("alternatives: {}\nwalker: Ann\n", "alternatives:\n  leash: long\nwalker: Ann\n"),
        ("alternatives: null  # none: yet\n", "alternatives:  # none: yet\n  leash: long\n"),
        ("alternatives: ~", "alternatives:\n  leash: long"),
        ("alternatives:   # none yet\n", "alternatives:   # none yet\n  leash: long\n"),
        ("  alternatives:\n  walker: Ann\n", "  alternatives:\n    leash: long\n  walker: Ann\n"),
        ("alternatives: {\n}\n", "alternatives: {\n  leash: long\n}\n"),
        ("alternatives: {\n  dog: x,\n  leash: y,\n}\n", "alternatives: {\n  dog: x,\n  leash: long\n}\n"),
        # there is nothing
        ("", "alternatives:\n  leash: long\n"),
        ("walker: Ann", "walker: Ann\n\nalternatives:\n  leash: long\n"),
        ("walker: Ann\n", "walker: Ann\n\nalternatives:\n  leash: long\n"),
        ("walker: Ann\n\n\n", "walker: Ann\n\n\nalternatives:\n  leash: long\n"),
        ("# alternatives:\n#   leash: x\n", "# alternatives:\n#   leash: x\n\nalternatives:\n  leash: long\n"),
        ("note: |+\n  x\n\n\n", "note: |+\n  x\n\n\nalternatives:\n  leash: long\n"),
        ("note: |\n  One", "note: |\n  One\n\nalternatives:\n  leash: long\n"),
        ("note: |\n  One\n\n  two\n", "note: |\n  One\n\n  two\n\nalternatives:\n  leash: long\n"),
    ],
)
def test_one_line_is_changed_or_added_and_comments_stay(before, after):
    assert swapped(before) == after
    assert chosen(after)["leash"] == "long"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("walker: Ann\nalternatives: {leash: short}\n", 2),
        ("walker: Ann\nalternatives: {dog: x}\n", 2),
        ("alternatives: {\n  leash: short, dog: x\n}\n", 1),
        ("alternatives:\n  leash: |\n    short\n", 1),
        ("alternatives:\n  ? leash\n  : short\n", 1),
        ("alternatives: [leash]\n", 1),
        ("alternatives: none\n", 1),
        ("{walker: Ann}\n", 1),
        ("  walker: Ann\n", 1),
        ("walker: Ann\n...\n", 1),
    ],
)
def test_what_is_not_written_line_by_line_is_left_to_a_person(text, line):
    problem = wrong.only(swapped, text)
    assert (problem.code, problem.place) == ("unchangeable-line", Place("answers.yaml", line))
    assert problem.hint == "write 'alternatives:' and below it '  leash: long' by hand"


@pytest.mark.parametrize("alternative", ["null", "~", "a: b", "a # b", "&a", "*a", "a\nb", "'", "[a", "- a", "@"])
def test_an_alternative_that_yaml_reads_otherwise_is_not_written(alternative):
    for text in ("", "alternatives:\n  leash: short\n", "alternatives:\n"):
        assert [code for code, _ in wrong.places(swapped, text, alternative=alternative)] == ["unchangeable-line"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("alternatives:\n  leash: short  # why\n  dog: x\nwalker: Ann\n", "alternatives:\n  dog: x\nwalker: Ann\n"),
        ("walker: Ann\n\nalternatives:\n  leash: short\n", "walker: Ann\n"),
        ("alternatives:\n  leash: short\nwalker: Ann\n", "walker: Ann\n"),
        ("alternatives:\n  # why\n  leash: short\n", "alternatives:\n  # why\n"),
        ("alternatives:\n  leash: short\n", ""),
        ("alternatives: {leash: short}\n", ""),
        ("alternatives:\n  dog: x\n", "alternatives:\n  dog: x\n"),
        ("walker: Ann\n", "walker: Ann\n"),
    ],
)
def test_an_alternative_is_taken_out_so_that_the_answers_select_again(before, after):
    assert swapped(before, alternative="") == after
    assert "leash" not in chosen(after)


@pytest.mark.parametrize("text", ["alternatives: {leash: short, dog: x}\n", "alternatives:\n  leash: |\n    short\n"])
def test_one_that_is_not_on_a_line_of_its_own_is_not_taken_out(text):
    problem = wrong.only(swapped, text, alternative="")
    assert (problem.code, problem.hint) == ("unchangeable-line", "take 'leash' out of 'alternatives:' by hand")


@pytest.mark.parametrize("before", ["", "walker: Ann\n", "alternatives:\n  dog: x\n", "note: |\n  One\n\n  two\n"])
def test_what_was_added_can_be_taken_out_again(before):
    assert swapped(swapped(before), alternative="") == before


def test_a_file_that_cannot_be_read_is_not_changed():
    assert wrong.places(swapped, "walker: Ann\nwalker: Bob\n") == [("duplicate-key", "answers.yaml:2")]


WORDS = st.from_regex(r"[a-z]{1,4}(-[a-z]{1,3})?", fullmatch=True)

COMMENTS = st.sampled_from(["", "# a comment", "  # another: one", "#alternatives:", "# '\u201c\u00e9", "", "\t# tab"])

OTHERS = st.sampled_from(
    ["walker: Ann", "note: |\n  One\n\n  alternatives:\n    leash: no", "town:\n  name: Bark  # the town",
     "dogs:\n  - {name: Rex}\n  - name: Bit\n    size: small", "'fee': \"12 # not a comment\""]
)  # fmt: skip


@st.composite
def files(draw):
    """Draw an answers file with comments, other answers, and alternatives in one of their shapes."""
    entries = draw(st.dictionaries(WORDS, WORDS, max_size=3))
    indent = draw(st.sampled_from(["  ", " ", "    "]))
    heading = "alternatives:" + draw(
        st.sampled_from(["", "  # chosen", " "] if entries else ["", " {}", " null # none", " ~"])
    )
    lines = [heading]
    for clause, alternative in entries.items():
        lines += [draw(COMMENTS), f"{indent}{clause}: {alternative}{draw(st.sampled_from(['', '  # why', ' #']))}"]
    block = "\n".join(lines) if draw(st.booleans()) else ""
    parts = [part for other in draw(st.lists(OTHERS, unique=True, max_size=3)) for part in (draw(COMMENTS), other)]
    parts.insert(draw(st.integers(0, len(parts))), block)
    return "\n".join(parts) + draw(st.sampled_from(["", "\n", "\n\n", "\n# end\n"])), tuple(entries)


def trimmed(tree):
    return {key: value.strip() if isinstance(value, str) else value for key, value in tree.items()}


@settings(max_examples=often(80))
@given(files(), WORDS, WORDS, st.randoms(use_true_random=False))
def test_no_other_line_changes(drawn, clause, alternative, random):
    text, clauses = drawn
    clause = random.choice([clause, *clauses])
    try:
        before = yaml_tree.plain(yaml_tree.parse(text, "a"))
    except DraftingError:
        assume(False)  # noqa: FBT003  # a comment was drawn into the middle of something
    changed = swapped(text, clause, alternative)
    old, new = text.split("\n"), changed.split("\n")
    same_start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = next(
        (n for n, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), min(len(old), len(new))
    )
    rest = min(rest, len(old) - same_start, len(new) - same_start)
    taken, put = old[same_start : len(old) - rest], new[same_start : len(new) - rest]
    assert len(taken) <= 1
    assert len(put) <= 4
    assert not taken or taken[0].strip() == "" or re.match(rf" *({clause}|alternatives):", taken[0])
    after = yaml_tree.plain(yaml_tree.parse(changed, "a"))
    was = before.pop("alternatives", None) or {}
    assert after.pop("alternatives") == {**was, clause: alternative}
    assert trimmed(after) == trimmed(before)
    comments = [line.partition("#")[2] for line in old if "#" in line]
    assert [line.partition("#")[2] for line in new if "#" in line] == comments
    assert swapped(changed, clause, alternative) == changed


def test_several_fields_of_a_record_are_changed_at_once():
    before = "dogs:\n  - name: Rex\n  - name: Bit  # a pug\n# a comment\nwalker: Ann\n"
    now = ({"name": "Rex"}, {"name": "Bob", "size": "small"})
    after = "dogs:\n  - name: Rex\n  - name: Bob  # a pug\n    size: small\n# a comment\nwalker: Ann\n"
    assert answers_text.with_answer(before, "a", SMALL, "dogs", now) == after


FIELDS = {"name": st.sampled_from(["Rex", "Bit"]), "size": st.sampled_from(["small", "large"])}
RECORDS = st.lists(st.fixed_dictionaries({}, optional=FIELDS), max_size=3)


@settings(max_examples=often(200))
@given(RECORDS, RECORDS, st.booleans())
def test_a_list_is_changed_to_any_other(first, second, flow):
    asked = ({"name": "Rex"}, *first)
    lines = [f"  - {{{', '.join(f'{k}: {v}' for k, v in one.items())}}}" for one in asked] if flow else None
    text = "\n".join(["dogs:", *lines, ""]) if lines else answers_text.with_answer("", "a", SMALL, "dogs", asked)
    changed = answers_text.with_answer(f"{text}# end\nwalker: Ann\n", "a", SMALL, "dogs", tuple(second))
    found = yaml_tree.plain(yaml_tree.parse(changed, "a"))
    assert [one for one in answer_lines.bare(found.get("dogs") or []) if one] == [one for one in second if one]
    assert changed.endswith("# end\nwalker: Ann\n")
