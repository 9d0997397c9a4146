"""The memo is linted and proved with the contract: its references, fields, amounts, conditions and sentences."""

from __future__ import annotations

import generated
import pytest
import small
from commands import run

from drafter.base.problems import DraftingError
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading, own_wordings
from drafter.reading.forms.reading import Reading

ANOMALY = "anomalies:\n  - {id: stops, when: %s, text: 'See [[muzzle]].'}\n"
COST = "costs:\n  - {label: Fee, %s, basis: Much.}\n"
SENTENCE = "sections:\n  - {clause: leash, when: %s, text: '%s'}\n"
PRICED = COST % "when: bites, factors: [fee]"
LONG = "wording.leash == 'long'"


def read(tmp_path, text: str, **parts) -> Reading:
    root = small.build(tmp_path, **parts)
    (root / "memo.md").write_text(text, "utf-8")
    found = loading.read(root, "lib")
    assert found.unread == ()
    return found


HUE = small.QUESTIONNAIRE.replace("checks:\n", "      - {id: hue, type: text, prompt: Hue?}\nchecks:\n")
TWICE = small.CLAUSES["notes"].replace("Dogs and", "**Dog** means a cat. Dogs and")


def holes(tmp_path, text: str, **parts) -> list[tuple[str, int, dict[str, object]]]:
    """Return each hole in the memo as its code, its line and the smallest answers."""
    made = proof.prove(read(tmp_path, text, **parts).library)
    assert {h.claim.problem.place.path for h in made.holes} <= {"lib/memo.md"}
    return [(h.claim.problem.code, h.claim.problem.place.line, dict(h.given)) for h in made.holes]


DEAD: dict[str, dict[str, object]] = {"dead-reference": {}}
DEAD_IF_LONG = {"dead-reference": {"leash": "long"}}
NEITHER = "not (wording.leash in ['short', 'long'])"
OWN = "---\nsatisfies: [II]\n---\nThe walker must use a leash on {{ the_dog }}:\n\n1. {#hold} held."


def asks(text: str) -> str:
    return generated.memo(request=text)


def tells(rows: str) -> str:
    return generated.memo(facts=rows)


CASES = {
    "a reference": (asks("See [[muzzle]]."), DEAD),
    "a reference where it is": (asks("{when: bites} See [[muzzle]]."), {}),
    "a reference in a row": (
        tells("| {when: memo.compared} a | [[muzzle]] |"), {"dead-reference": {"memo.compared": True}}
    ),
    "a reference of an anomaly": (generated.memo(ANOMALY % LONG), DEAD_IF_LONG),
    "a reference of a sentence": (generated.memo(SENTENCE % (LONG, "See [[muzzle]].")), DEAD_IF_LONG),
    "a wording that is not the other": (asks("{when: wording.leash != 'short'} See [[muzzle]]."), DEAD_IF_LONG),
    "a wording of a clause left out": (asks("{when: wording.muzzle == 'standard'} See [[muzzle]]."), {}),
    "a wording in a list": (asks(f"{{when: {NEITHER}}} See [[muzzle]]."), {}),
    "a field": (asks("It is {{ length }} long."), {"unasked-field": {}}),
    "a field that is asked": (asks("{when: wording.leash == 'long'} It is {{ length }} long."), {}),
    "a field in a field": (asks("It is {{ length if wording.leash == 'long' else 'short' }}."), {}),
    "a factor": (generated.memo(COST % "factors: [length]"), {"unasked-field": {}}),
    "a factor that is asked": (generated.memo(COST % f'when: "{LONG}", factors: [length]'), {}),
    "a cost with a price": (generated.memo(PRICED, request="{when: memo.priced} See [[muzzle]]."), {}),
    "a subject": (generated.memo().replace("A walk", "A walk at [[muzzle]]"), DEAD),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_memo_is_proved_with_the_contract(name, tmp_path):
    text, expected = CASES[name]
    assert {code: given for code, _, given in holes(tmp_path, text)} == expected


def test_a_free_choice_reaches_the_memo(tmp_path):
    text = asks("{when: wording.notes == 'blue' and not memo.compared} See [[muzzle]].")
    notes = generated.hued("red", "blue", "green", last=True).replace("hue == 'blue'", "hue == 'blue' and note == 'So'")
    found = holes(tmp_path, text, questionnaire=generated.HUED, clauses={"notes": notes})
    assert [(code, given) for code, _, given in found] == [("dead-reference", {"alternatives.notes": "blue"})]


@pytest.mark.parametrize(
    "wording", ["wording.leash == 'rope'", "wording.leash in ['short', 'rope']", "wording.lead == 'short'"]
)
def test_a_wording_that_does_not_exist_is_refused(wording, tmp_path):
    found = read(tmp_path, asks(f"{{when: {wording}}} Words."))
    assert [problem.code for problem in found.unread_memo] == ["bad-expression"]


BOTH = "leash == 'long' and wording.leash == 'short'"
NEVER = {
    "a paragraph": (asks("{when: wording.leash == 'long' and leash == 'short'} Words."), 1),
    "a row": (tells("| a | b |\n| {when: bites and not bites} a | b |"), 1),
    "a cost": (generated.memo(COST % "when: bites and not bites, factors: [fee]"), 1),
    "a sentence": (generated.memo(SENTENCE % ("length > 40", "Words.")), 1),
    "a sentence of a clause left out": (
        generated.memo("sections:\n  - {clause: muzzle, when: not bites, text: Words.}"), 1
    ),
    "an anomaly": (generated.memo(ANOMALY.replace("[[muzzle]]", "it") % BOTH), 1),
    "a row for an own wording": (tells(f"| {{when: {NEITHER}}} a | b |"), 0),
    "the policy's status": (generated.memo(policy="{when: policy.status == 'first reading'} Words."), 0),
    "what only a draft knows": (asks("{when: memo.unmet > 0 and memo.blanks > 0} Words."), 0),
}  # fmt: skip


@pytest.mark.parametrize("name", NEVER)
def test_a_text_of_the_memo_that_is_never_printed_is_found(name, tmp_path):
    text, count = NEVER[name]
    made = lint.lint(read(tmp_path, text))
    found = [problem.code for problem in made.wrong if problem.code != "untold-wording"]
    assert found == ["never-printed"] * count


SHORT = "wording.leash == 'short'"
FEE = "costs:\n" + '  - {label: Fee, when: "%s", basis: Much.}\n'
UNTOLD = {
    "a cost": (generated.memo(FEE % LONG), True),
    "a cost, told in a row only": (generated.memo(FEE % LONG, f"| {{when: {NEITHER}}} a | b |"), True),
    "a cost that is told": (generated.memo(FEE % LONG + (FEE % NEITHER).removeprefix("costs:\n")), False),
    "a row": (tells(f"| {{when: {SHORT}}} a | b |"), True),
    "a row that is told": (tells(f"| {{when: {SHORT}}} a | b |\n| {{when: not ({SHORT})}} a | b |"), False),
    "a paragraph": (asks(f"{{when: {SHORT}}} Words."), True),
    "a sentence": (generated.memo(SENTENCE % (LONG, "Words.")), False),
}


@pytest.mark.parametrize("name", UNTOLD)
def test_what_depends_on_a_wording_has_a_line_for_a_matters_own(name, tmp_path):
    text, is_untold = UNTOLD[name]
    found = [problem.code for problem in lint.lint(read(tmp_path, text)).wrong]
    assert found == ["untold-wording"] * is_untold


def test_a_wording_without_its_sentence_is_a_remark(tmp_path):
    both = "sections:\n" + "".join(
        f"  - {{clause: leash, when: wording.leash == '{a}', text: It is.}}\n" for a in ("long", "short")
    )
    made = lint.lint(read(tmp_path / "one", generated.memo(SENTENCE % (LONG, "It is long."))))
    assert [(p.code, p.level) for p in made.style] == [("missing-sentence", "reminder")]
    assert lint.lint(read(tmp_path / "both", generated.memo(both))).style == ()


def test_a_question_that_only_the_memo_uses_is_used(tmp_path):
    made = lint.lint(read(tmp_path, asks("{{ hue }}."), questionnaire=HUE))
    assert made.wrong == ()


@pytest.mark.parametrize("text", [asks("{{ hue }} [[lead]]."), asks("{{ hue }}\n\n1. one."), "no front matter"])
def test_a_memo_that_cannot_be_read_is_the_only_problem_of_what_it_reads(text, tmp_path):
    found = read(tmp_path, text, questionnaire=HUE)
    assert {problem.place.path for problem in found.unread_memo} == {"lib/memo.md"}
    assert set(lint.lint(found).wrong) == set(found.unread_memo)
    with pytest.raises(DraftingError):
        loading.load(tmp_path, "lib")


def test_a_memo_is_read_where_something_else_is_wrong(tmp_path):
    found = read(tmp_path, asks("{{ hue }}."), questionnaire=HUE, clauses={"notes": TWICE})
    assert [problem.code for problem in lint.lint(found).wrong] == ["defined-twice"]


def test_nothing_is_proved_of_a_memo_that_cannot_be_read(tmp_path, monkeypatch):
    read(tmp_path / "lib", asks("[[lead]]"))
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "lib/memo.md:" in result.stderr


def test_an_own_wording_in_force_reaches_the_memo(tmp_path):
    loaded = read(tmp_path / "lib", asks(f"{{when: {NEITHER}}} [[muzzle]].")).library
    (tmp_path / "leash.md").write_text(OWN, "utf-8")
    own = own_wordings.added_to(loaded, {"leash.md": tmp_path / "leash.md"})
    assert proof.prove(own).holes == ()
    (hole,) = proof.prove(own, {"leash": "own-wording"}).holes
    assert (hole.claim.problem.code, hole.claim.problem.place.path) == ("dead-reference", "lib/memo.md")
