"""The answers that are written for a hole are read back whole, and a draft of them shows the hole that they are for."""

from __future__ import annotations

import json

import english
import generated
import pytest
import small
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.drafting import assembly, compliance, selection
from drafter.matters import answers, scope
from drafter.proving import holes, proof
from drafter.proving.holes import Hole
from drafter.proving.solving import formulas
from drafter.reading.library import Library


def shows(hole: Hole, library: Library, chosen: dict[str, str]) -> bool:
    """Say whether a draft of the answers written for a hole has what the hole claims."""
    given_ = answers.parse(holes.answers_text(hole, chosen), "hole.yaml", library.questionnaire)
    problem, requirement = hole.claim.problem, hole.claim.requirement
    assert formulas.holds(hole.claim.broken_when, selection.names(library, given_))
    try:
        selected = selection.select(library, given_)
        made = assembly.assemble(selected)
    except DraftingError as error:
        codes = {found.code for found in error.problems}
        return bool(codes & {problem.code, "no-alternative"})  # without a wording of each clause, no more is said
    if requirement is not None:
        return requirement.id in {row.requirement.id for row in compliance.check(made, selected).unmet}
    if problem.code == "unasked-field":
        blanks = [blank.question for blank in contract.blanks(made)]
        return any(not scope.is_asked(library.questionnaire, name, selected.values) for name in blanks)
    if problem.code in english.CODES:
        return problem.code in english.breaks(made) or "without “and” or “or”" in problem.message
    return problem.code in {
        "two-alternatives",
        "overruled-alternative",
        "undefined-term",
    }  # a draft says nothing of these


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("not (walker == 'null')", 'walker: "null"'),
        ("not (walker == '~')", 'walker: "~"'),
        ("not (walker == 'a: b # c')", 'walker: "a: b # c"'),
        ("not (walker == 'true')", "walker: true"),
        ("not (note == 'One\\n\\n- two')", 'note: "One\\n\\n- two"'),
        ("not ('null' in (dogs | field('name')))", '  - name: "null"'),
        ("not (dogs | having('chain', '*x', 'y'))", '    chain: "*x"'),
    ],
)
def test_an_answer_that_yaml_would_read_otherwise_is_written_so_that_trying_it_shows_the_hole(
    when, line, tmp_path, monkeypatch
):
    small.build(tmp_path / "lib", clauses={"notes": small.noted(when)})
    monkeypatch.chdir(tmp_path)
    assert run("prove", "lib", "-o", "hole.yaml").exit_code == 1
    assert line in (tmp_path / "hole.yaml").read_text("utf-8").splitlines()
    result = run("draft", "hole.yaml", "--library", "lib")
    assert result.exit_code == 1
    assert "no-alternative: no alternative of 'notes' fits the answers" in result.stderr


def test_words_of_the_library_do_not_end_the_comment_that_they_are_in(tmp_path):
    policy = small.POLICY.replace("asks: The walker uses a muzzle.", 'asks: "A muzzle\\nleash: long is used."')
    loaded = small.load(tmp_path, policy=policy, clauses={"notes": small.noted("leash == 'long'")})
    (hole,) = proof.prove(loaded).holes[:1]
    claim = next(c for c in proof.LAWS[1](proof.Presence(loaded)) if c.requirement.id == "III")
    text = holes.answers_text(Hole(claim, hole.given, hole.values), {})
    assert text.splitlines()[0] == (
        "# unmet-requirement: III applies, and its home, 'muzzle', does not say it: A muzzle leash: long is used."
    )
    assert all(line.startswith("#") or ": " in line for line in text.splitlines())
    answers.parse(text, "hole.yaml", loaded.questionnaire)


@pytest.mark.parametrize(
    ("whens", "why"),
    [
        (["not (walker | answered)", "walker"], "an answer is never empty"),
        (["walker != ''", "not (walker | answered)"], "an answer is never empty"),
        (["walker != ' Ann'", "not (walker | answered)"], "an answer has no space around it"),
        (["walker != 'a\\nb'", "not (walker | answered)"], "an answer to this question is one line"),
        (["mail != 'Ann'", "not (mail | answered)"], "the text is no e-mail address"),
    ],
)
def test_a_text_that_can_be_no_answer_makes_no_hole(whens, why, tmp_path):
    asked = small.QUESTIONNAIRE.replace("checks:", "      - {id: mail, type: email, prompt: Mail?}\nchecks:")
    loaded = small.load(tmp_path, questionnaire=asked, clauses={"notes": small.noted(*whens)})
    assert proof.prove(loaded).holes == (), why


def test_a_text_that_no_condition_names_is_tried_whatever_the_conditions_name(tmp_path):
    notes = small.noted("walker in ['Name 1', 'Name 2']", "not (walker | answered)")
    (hole,) = proof.prove(small.load(tmp_path, clauses={"notes": notes})).holes
    assert hole.given == {"walker": "Name 3"}


# -- what is said of a hole ---------------------------------------------------------------------


def test_the_answers_of_a_hole_make_a_file_that_shows_it(tmp_path, monkeypatch):
    text = small.noted("dogs | having('size', 'small')", "fee < 5 or not bites")
    small.build(tmp_path / "lib", clauses={"notes": text})
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib", "-o", "hole.yaml")
    assert result.exit_code == 1
    assert (tmp_path / "hole.yaml").read_text("utf-8").splitlines()[-1] == "bites: yes"
    assert "lib/clauses/notes.md:1: no-alternative:" in result.stderr
    shown = run("draft", "hole.yaml", "--library", "lib")
    assert shown.exit_code == 1
    assert "no alternative of 'notes' fits the answers" in shown.stderr


def test_the_answers_text_is_read_back_as_it_was_meant(tmp_path):
    loaded = small.load(tmp_path)
    text = small.noted(
        "starts < ends and fee > 2.5 and (dogs | count) == 2 and note == 'a: \"b\"'", "not (note == 'a: \"b\"')"
    )
    hole = next(h for h in proof.prove(small.load(tmp_path, clauses={"notes": text})).holes)
    read = answers.parse(holes.answers_text(hole, {}), "hole.yaml", loaded.questionnaire)
    assert read.given.keys() == hole.given.keys()
    with pytest.raises(DraftingError, match="no alternative of 'notes'"):
        selection.select(small.load(tmp_path, clauses={"notes": text}), read)


LOST = small.clause("Notes", "kept|preferred||III|The walker must use a muzzle.", "lost|fallback|||Nothing.")
IN_NOTES = small.POLICY.replace("home: muzzle", "home: notes")
MUZZLE = small.clause("Muzzle", "standard|preferred|||It stays off. [[leash]] stays.", when="bites")


def test_the_answers_of_a_hole_have_the_policy_and_what_is_chosen_and_draft_it(tmp_path, monkeypatch):
    small.build(tmp_path / "lib", policy=IN_NOTES, clauses={"notes": LOST, "muzzle": MUZZLE})
    (tmp_path / "matter.yaml").write_text("alternatives: {notes: lost}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("prove", "lib", "-m", "matter.yaml", "-o", "hole.yaml").exit_code == 1
    lines = (tmp_path / "hole.yaml").read_text("utf-8").splitlines()
    assert lines[0].startswith("# unmet-requirement: III applies")
    assert "# The policy: the walker must use a muzzle" in lines
    assert lines[-2:] == ["alternatives:", "  notes: lost"]
    assert "the contract would not meet III" in run("draft", "hole.yaml", "--library", "lib").stderr


def test_a_free_choice_that_breaks_a_law_is_a_hole_with_the_choice_in_it(tmp_path, monkeypatch):
    small.build(tmp_path / "lib", policy=IN_NOTES, clauses={"notes": LOST, "muzzle": MUZZLE})
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib", "-o", "hole.yaml")
    assert (result.exit_code, "unmet-requirement" in result.stderr) == (1, True)
    lines = (tmp_path / "hole.yaml").read_text("utf-8").splitlines()
    assert lines[-3:] == ["bites: yes", "alternatives:", "  notes: lost"]
    assert "the contract would not meet III" in run("draft", "hole.yaml", "--library", "lib").stderr


def answers_shown(result) -> list[str]:
    """Return the answers of the first hole as the terminal shows them."""
    told = result.stdout.partition("  Answers  ")[2].partition("  Look at")[0]
    return [line.strip().removeprefix("- ") for line in told.splitlines() if line.strip()]


def test_the_records_of_a_hole_are_shown_and_written_as_answers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small.build(tmp_path / "lib", clauses={"notes": small.noted("not (dogs | having('chain', 'iron'))")})
    result = run("prove", "lib", "-o", "hole.yaml")
    assert answers_shown(result) == ["dogs: size: large, chain: iron"]
    text = (tmp_path / "hole.yaml").read_text("utf-8")
    assert text.endswith("\ndogs:\n  - size: large\n    chain: iron\n")
    assert "no alternative of 'notes' fits the answers to dogs" in run("draft", "hole.yaml", "--library", "lib").stderr
    (told,) = json.loads(run("prove", "lib", "--json").stdout)["holes"]
    assert told["answers"] == told["because"] == {"dogs": "size: large, chain: iron"}


def test_a_record_without_answers_is_shown_and_written_as_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small.build(tmp_path / "lib", clauses={"notes": small.noted("(dogs | count) != 2 or not (dogs | answered)")})
    result = run("prove", "lib", "-o", "hole.yaml")
    assert answers_shown(result) == ["dogs: one without answers; one without answers"]
    assert (tmp_path / "hole.yaml").read_text("utf-8").endswith("\ndogs:\n  - {}\n  - {}\n")
    assert "no alternative of 'notes' fits the answers to dogs" in run("draft", "hole.yaml", "--library", "lib").stderr


def test_what_is_not_asked_and_what_is_not_answered_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small.build(tmp_path / "lib", clauses={"notes": small.noted("length > 5 or fee > 5")})
    expected = ["fee: not answered", "leash: short (by default)", "length: not asked"]
    assert answers_shown(run("prove", "lib")) == expected


# -- of any library -----------------------------------------------------------------------------

WORDS = st.one_of(
    st.sampled_from(
        ["null", "~", "NULL", "true", "no", "a: b", "a #b", "- a", "[a]", "{a}", "a, b", "it's", '"a"', "a\nb", " a",
         "", "@a", "%a", "?", "01", "2026-01-01", "Name 1", "Ann@b.org", "555-010-0001", "\t"]
    ),
    generated.honest(6, 0),
).map(lambda text: "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'")  # fmt: skip
CONDITIONS = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["walker", "note", "town.name", "mail", "call"]),
        st.sampled_from(["==", "!="]),
        WORDS,
    ),
    st.builds("dogs | having('{}', {})".format, st.sampled_from(["name", "chain"]), WORDS),
    st.builds("{} in (dogs | field('name'))".format, WORDS),
    st.sampled_from(
        ["bites", "leash == 'long'", "walker", "walker | answered", "fee > 2.5", "starts < ends", "length == 3",
         "share < 0.5", "walker == note", "toys", "'~' in toys", "(dogs | count) > 1"]
    ),
)  # fmt: skip
JOINED = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
)
TOYS = "[{value: ball, label: B}, {value: '~', label: C}, {value: 'a, b', label: D}]"
MORE = (
    "      - {id: mail, type: email, prompt: Mail?}\n"
    "      - {id: call, type: phone, prompt: Call?}\n"
    "      - {id: share, type: percent, prompt: Share?}\n"
    f"      - {{id: toys, type: choices, prompt: Toys?, options: {TOYS}}}\n"
)
ASKED = small.QUESTIONNAIRE.replace("checks:", f"{MORE}checks:")


@settings(max_examples=often(40), suppress_health_check=[HealthCheck.too_slow])
@given(first=JOINED, second=JOINED)
def test_every_hole_that_is_written_is_shown_by_a_draft(first, second, tmp_path_factory):
    leash = small.CLAUSES["leash"].replace("satisfies: [II]\n    concedes", "concedes")
    clauses = {"notes": small.noted(first, second, text="It is {{ length }}."), "leash": leash}
    loaded = small.load(tmp_path_factory.mktemp("lib"), questionnaire=ASKED, clauses=clauses)
    made = proof.prove(loaded)
    assert [str(hole.claim.problem) for hole in made.holes if not shows(hole, loaded, {})] == []


def test_every_hole_is_shown_by_a_draft_where_the_library_that_is_shipped_concedes_all_it_can():
    loaded = generated.real_library()
    chosen = {c: loaded.clauses[c].alternatives[-1].id for c in generated.free_choices(loaded)}
    made = proof.prove(loaded, chosen)
    assert [str(hole.claim.problem) for hole in made.holes if not shows(hole, loaded, chosen)] == []
