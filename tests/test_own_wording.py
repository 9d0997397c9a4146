"""A matter's own wording: an alternative like the library's, checked like them, and never selected by the answers."""

from __future__ import annotations

import pytest
import small
from click.testing import CliRunner

from drafter.base.problems import DraftingError
from drafter.contract import words
from drafter.doors.cli import main
from drafter.drafting import selection
from drafter.matters import answers
from drafter.proving import proof
from drafter.reading import own_wordings

OWN = """---
label: The walker's words
satisfies: [II]
concedes: The short leash.
says:
  II: ["The walker must use a leash when {{ town.name }} asks:"]
---
The walker must use a leash when {{ town.name }} asks:

1. {#hold} held by hand.
"""


def loaded(tmp_path, text: str = OWN, name: str = "leash.md"):
    folder = tmp_path / "wording"
    folder.mkdir(parents=True)
    (folder / name).write_text(text, "utf-8")
    return own_wordings.added_to(small.load(tmp_path / "lib"), {name: folder / name})


def problems(tmp_path, text: str, name: str = "leash.md"):
    with pytest.raises(DraftingError) as error:
        loaded(tmp_path, text, name)
    return [(p.code, str(p.place).removeprefix(f"{tmp_path}/")) for p in error.value.problems]


def test_it_is_in_the_contract_when_the_negotiator_chooses_it_and_not_otherwise(tmp_path):
    with_own = loaded(tmp_path)
    text = small.ANSWERS + "alternatives: {leash: own-wording}\n"
    contract, coverage, chosen = small.draft(with_own, text)
    leash = next(s for a in contract.articles for s in a.sections if s.id == "leash")
    assert words(leash.blocks[0].runs) == "The walker must use a leash when Town of Bark asks:"
    assert (leash.position, leash.alternative) == ("non-standard", "own-wording")
    row = next(row for row in coverage.rows if row.requirement.id == "II")
    assert (row.status, row.places) == ("needs a person's judgement", ("1.2",))
    assert row.remark == "it is said in the matter's own wording, which no attorney has recorded as read"
    assert coverage.unmet == ()
    assert chosen.choices["leash"].by == "negotiator"
    assert small.draft(with_own)[2].choices["leash"].alternative.id == "short"


def test_no_answers_select_it(tmp_path):
    with_own = loaded(tmp_path)
    for leash in ("short", "long"):
        given = answers.parse(f"leash: {leash}\n", "answers.yaml", with_own.questionnaire)
        assert selection.select(with_own, given).choices["leash"].alternative.id == leash


def test_a_front_matter_is_not_needed(tmp_path):
    own = loaded(tmp_path, "The dog leads.\n\n1. {#hold} held.\n").clauses["leash"].alternative("own-wording")
    assert (own.label, own.satisfies, own.position) == ("The matter's own wording", (), "non-standard")


def test_a_claim_in_the_librarys_words_is_left_to_a_person_too(tmp_path):
    text = "---\nsatisfies: [II]\n---\nThe walker must use a leash on {{ the_dog }}:\n\n1. {#hold} held.\n"
    _, coverage, _ = small.draft(loaded(tmp_path, text), small.ANSWERS + "alternatives: {leash: own-wording}\n")
    assert coverage.rows[0].status == "needs a person's judgement"


def test_a_claim_whose_sentence_the_draft_leaves_out_does_not_count(tmp_path):
    text = OWN.replace("---\nThe walker must", "---\n{when: not bites} The walker must")
    library, chosen = loaded(tmp_path, text), small.ANSWERS + "alternatives: {leash: own-wording}\n"
    assert small.draft(library, chosen)[1].rows[0].status == "needs a person's judgement"
    assert small.draft(library, chosen + "bites: yes\n")[1].rows[0].status == "deviates"
    assert [hole.given for hole in proof.prove(library, {"leash": "own-wording"}).holes] == [{"bites": True}]


def test_a_sentence_said_of_a_requirement_that_is_not_claimed_proves_nothing(tmp_path):
    _, coverage, _ = small.draft(
        loaded(tmp_path, OWN.replace("satisfies: [II]\n", "")), small.ANSWERS + "alternatives: {leash: own-wording}\n"
    )
    assert coverage.rows[0].status == "deviates"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "says: {II: [The dog must lead.]}\n",
        "says: {III: [The dog leads.]}\n",
    ],
    ids=["nothing", "another sentence", "of another requirement"],
)
def test_a_claim_without_its_sentence_is_told_at_its_file(tmp_path, said):
    text = f"---\nsatisfies: [II]\n{said}---\nThe dog leads.\n\n1. {{#hold}} held.\n"
    assert problems(tmp_path, text) == [("unsaid-requirement", "wording/leash.md:1")]


def test_a_sentence_that_could_take_back_what_it_says_is_declared_in_its_front_matter(tmp_path):
    free = "1. {#hold} held.\n\nThe Town may waive that.\n"
    wanted = OWN.replace("1. {#hold} held by hand.\n", free)
    chosen = {"leash": "own-wording"}
    undeclared = proof.prove(loaded(tmp_path / "a", wanted), chosen)
    assert [p.code for p in proof.problems(undeclared)] == ["undeclared-exception"]
    declared = "exceptions:\n  - {sentence: The Town may waive that., because: It is their dog.}\n---\nThe walker"
    assert (
        proof.problems(proof.prove(loaded(tmp_path / "b", wanted.replace("---\nThe walker", declared)), chosen)) == ()
    )


def test_an_unknown_field_is_told_at_its_line(tmp_path):
    assert problems(tmp_path, "First.\n\n1. {#hold} {{ cat }}\n") == [("bad-expression", "wording/leash.md:3")]


def test_an_empty_wording_and_a_clause_that_is_not_there_are_told(tmp_path):
    assert problems(tmp_path / "a", "---\nlabel: Nothing\n---\n") == [("missing-wording", "wording/leash.md:4")]
    assert problems(tmp_path / "b", "Meow.\n", "cat.md") == [("unknown-clause", "wording/cat.md")]


def test_a_bad_front_matter_is_told_at_its_line(tmp_path):
    assert problems(tmp_path, "---\nsatisfy: [II]\n---\nText.\n") == [("unknown-key", "wording/leash.md:2")]


def test_the_proof_says_what_it_costs(tmp_path):
    with_own = loaded(tmp_path, "The dog leads.\n\n1. {#hold} held.\n")
    made = proof.prove(with_own, {"leash": "own-wording"})
    assert [p.code for p in proof.problems(made)] == ["unmet-requirement"]
    assert proof.problems(proof.prove(with_own, {})) == ()


def test_the_commands_know_it_and_mark_it(tmp_path):
    matter = tmp_path / "matter"
    (matter / "wording").mkdir(parents=True)
    (matter / "wording" / "leash.md").write_text(OWN, "utf-8")
    (matter / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    folder = ["--library", str(small.build(tmp_path / "lib"))]

    def run(*words_: str) -> str:
        result = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"}).invoke(main, [*words_, *folder])
        assert result.exit_code == 0, result.output
        return result.output

    assert "own-wording (non-standard)" in run("swap", str(matter), "leash", "own-wording")
    assert "leash: own-wording (non-standard" in run("draft", str(matter))
    told = run("explain", str(matter), "leash")
    assert "non-standard" in told
    assert "wording/leash.md" in told.replace("\n", "").replace(" ", "")
    assert "3. own-wording (non-standard)" in run("clauses", "leash", "-m", str(matter))
