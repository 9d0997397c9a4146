"""A sentence beside what a requirement needs said is plainly one more duty, or declared; definitions are held whole."""

import pytest
import small

from drafter.base.problems import DraftingError
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading

NAMED = f"{small.POLICY}{small.ACTORS}"
STRICT = f"{NAMED}{small.HELD}"
MUST = "The walker must use a muzzle."
BAN = "The walker must not loose the Dog."
HELD = "**Dog** means a dog in [[exhibit:dogs]]."


def found(tmp_path, policy=STRICT, **clauses):
    """Return the messages on what is undeclared in the muzzle, and other codes of what lint finds of words."""
    library = small.build(tmp_path, policy=policy, clauses=clauses)
    wrong = lint.lint(loading.read(library, "lib")).wrong
    return [(p.code, p.message) for p in wrong if p.place.path.endswith(("muzzle.md", "notes.md", "dog.md"))]


def muzzle(text, declared=""):
    made = small.clause("Muzzle", f"standard|preferred||III|{MUST} {text}", when="bites")
    return made.replace("title: Muzzle", f"title: Muzzle{declared}")


PLAIN = (
    "The walker must hold the leash.",
    "Each walker must not run.",
    "On each walk, the walker must call the neighbour and must wait.",
    "A walker who is late must call.",
    "Under this Agreement, the walker must call as [[leash]] requires.",
    "The Town's walker must call.",
)


@pytest.mark.parametrize("sentence", PLAIN)
def test_one_more_duty_of_an_actor_is_not_declared(tmp_path, sentence):
    assert found(tmp_path, muzzle=muzzle(sentence)) == []


LOOKED_AT = (
    "This Section is a hint.",
    "Walkers treat this list as a start.",
    "The Town is the arbiter here.",
    "The ban must give way.",
    "It must be so.",
    "Nothing must be done at once.",
    "[[leash]] must be read gladly.",
    "The walker must call, and that is enough.",
    "The walker must read this Section kindly.",
    "The walker must keep a note of the limits.",
    "Care is better.",
)


@pytest.mark.parametrize("sentence", LOOKED_AT)
def test_any_other_sentence_is_declared_or_found(tmp_path, sentence):
    ((code, message),) = found(tmp_path / "a", muzzle=muzzle(sentence))
    assert (code, sentence in message) == ("undeclared-exception", True)
    assert found(tmp_path / "b", muzzle=muzzle(sentence, f"\nadds: ['{sentence.replace(chr(39), chr(39) * 2)}']")) == []


def test_the_hint_has_the_line_to_paste(tmp_path):
    library = small.build(tmp_path, policy=STRICT, clauses={"muzzle": muzzle("Care is better.")})
    (hint,) = [p.hint for p in lint.lint(loading.read(library, "lib")).wrong if "Care is better" in p.message]
    assert hint.endswith("under adds if it takes nothing back: - Care is better.")


def test_what_has_a_counter_word_needs_a_reason(tmp_path):
    codes = [code for code, _ in found(tmp_path, muzzle=muzzle("It may be soft.", "\nadds: [It may be soft.]"))]
    assert codes == ["undeclared-exception"]


def test_an_item_goes_with_a_lead_in_that_is_a_duty(tmp_path):
    text = "The walker must:\n\n1. sing; and\n2. hold the leash."
    assert found(tmp_path / "a", muzzle=muzzle(text)) == []
    ((_, message),) = found(tmp_path / "b", muzzle=muzzle(text.replace("sing", "that is all")))
    assert "“that is all" in message


def test_the_cells_of_a_table_are_read(tmp_path):
    text = "\n\n| Walk |\n|---|\n| as the walker sees fit |"
    ((_, message),) = found(tmp_path, muzzle=muzzle(text))
    assert "“sees fit”" in message


def banned(dog=HELD, terms=f"terms: {{Dog: ['{HELD}']}}\n", notes="No notes."):
    policy = small.saying("III", BAN, policy=f"{NAMED}{terms}")
    made = small.clause("Muzzle", f"standard|preferred||III|{BAN}", when="bites")
    clauses = {"dog": small.clause("Dog", f"standard|preferred|||{dog}"), "muzzle": made}
    clauses["leash"] = small.CLAUSES["leash"].replace("{#hold} ", "")
    return {"policy": policy, "notes": small.clause("Notes", f"standard|preferred|||{notes}"), **clauses}


def test_a_sentence_of_another_clause_is_looked_at_where_it_speaks_of_what_is_forbidden(tmp_path):
    assert found(tmp_path / "a", **banned(notes="The Town may sing.")) == []
    ((code, message),) = found(tmp_path / "b", **banned(notes="The Town may call the Dog."))
    assert (code, "“may”" in message) == ("undeclared-exception", True)
    ((_, message),) = found(tmp_path / "c", **banned(notes="The Town may waive [[muzzle]]."))
    assert "[[muzzle]]" in message


def test_a_definition_is_the_one_that_is_held(tmp_path):
    assert found(tmp_path / "a", **banned()) == []
    for number, dog in enumerate(
        (HELD.replace("a dog", "a big dog"), f"{HELD} A cat is none.", f"{{when: bites}} {HELD}")
    ):
        codes = {code for code, _ in found(tmp_path / str(number), **banned(dog))}
        assert "changed-definition" in codes
    assert {code for code, _ in found(tmp_path / "d", **banned(terms=""))} == {"changed-definition"}


def test_the_proof_finds_a_changed_definition_too(tmp_path):
    parts = banned(HELD.replace("a dog", "a big dog"))
    loaded = small.load(tmp_path, policy=parts.pop("policy"), clauses=parts)
    assert "changed-definition" in {hole.claim.problem.code for hole in proof.prove(loaded).holes}


def test_definitions_are_held_only_where_actors_are_named(tmp_path):
    policy = f"{small.POLICY}terms: {{Dog: ['{HELD}']}}\n"
    with pytest.raises(DraftingError) as caught:
        small.load(tmp_path, policy=policy)
    assert [problem.code for problem in caught.value.problems] == ["bad-source"]


def test_a_title_that_makes_advice_of_what_is_said_is_found(tmp_path):
    made = muzzle("").replace("title: Muzzle", "title: Guidance on Muzzles")
    ((_, message),) = found(tmp_path, muzzle=made)
    assert message.startswith("“guidance” in the title")


def test_each_word_of_a_sentence_of_a_source_is_taken(tmp_path):
    policy = small.POLICY.replace("A walker must use a leash.", "A walker must use a leash of steel.")
    wrong = lint.lint(loading.read(small.build(tmp_path, policy=policy), "lib")).wrong
    assert ["“of steel”" in p.message for p in wrong if p.code == "unquoted-sentence"] == [True]


def test_a_condition_that_leaves_answers_to_no_requirement_of_the_paragraph_is_found(tmp_path):
    always = small.clause("Muzzle", f"standard|preferred||III|{MUST}")
    loaded = small.load(tmp_path, clauses={"muzzle": always})
    assert "narrowed-requirement" in {hole.claim.problem.code for hole in proof.prove(loaded).holes}
