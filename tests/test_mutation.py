"""Each change that takes back an operative sentence is noticed, in the small library and in the one that is shipped."""

import generated
import pytest
import small

from drafter.proving import mutation

MUST = "The walker must use a muzzle."


STRICT = f"{small.POLICY}{small.ACTORS}{small.HELD}"


def scores(library) -> dict[str, mutation.Score]:
    return {score.of: score for score in mutation.scores(mutation.mutate(library))}


def muzzle(text: str) -> dict[str, str]:
    return {"muzzle": small.clause("Muzzle", f"standard|preferred||III|{text}", when="bites")}


def test_every_change_of_the_small_library_is_noticed(tmp_path):
    found = scores(small.load(tmp_path, policy=STRICT))
    assert list(found) == ["II", "III", "“Dog”"]
    assert {name: score.percent for name, score in found.items()} == {"II": 100, "III": 100, "“Dog”": 100}
    assert list(mutation.problems(found.values(), small.load(tmp_path, policy=STRICT))) == []


@pytest.mark.parametrize("change", mutation.CHANGES)
def test_a_change_of_each_kind_is_made_and_noticed(tmp_path, change):
    text = f"{MUST} It is worn for 12 days."
    library = small.load(
        tmp_path, policy=small.saying("III", MUST, "It is worn for 12 days.", policy=STRICT), clauses=muzzle(text)
    )
    made = [one for one in mutation.mutate(library) if (one.of, one.change) == ("III", change)]
    assert made
    assert all(one.noticed for one in made)
    assert {(one.clause, one.alternative) for one in made} == {("muzzle", "standard")}


def test_a_sentence_that_is_said_twice_can_be_changed_unnoticed(tmp_path):
    library = small.load(tmp_path, clauses=muzzle(f"{MUST} {MUST}"))
    found = scores(library)["III"]
    assert {one.change for one in found.unnoticed} >= {"deleted", "of another actor"}
    (problem,) = mutation.problems([found], library)
    assert (problem.code, str(problem.place)) == ("unnoticed-change", "lib/clauses/muzzle.md:1")
    assert problem.message == f"III: only {found.percent} % of the changes to its sentences are noticed"


def test_a_sentence_of_a_clause_that_must_say_more_is_changed_too(tmp_path):
    policy = small.saying("III", MUST, {"sentence": "The Town must be told.", "clause": "notes"}, policy=STRICT)
    notes = small.clause("Notes", "standard|preferred|||The Town must be told. No notes.")
    made = [
        m for m in mutation.mutate(small.load(tmp_path, policy=policy, clauses={"notes": notes})) if m.clause == "notes"
    ]
    assert {(one.sentence, one.noticed) for one in made} == {("The Town must be told.", True)}
    assert {one.change for one in made} >= {"deleted", "negated", "of another actor"}


def test_an_item_is_changed_with_its_lead_in_and_by_itself(tmp_path):
    says = ("The walker must:", "The walker must: hold the dog", "The walker must: see: its tail")
    text = "The walker must:\n\n1. hold the dog; and\n2. see:\n   1. its tail."
    library = small.load(tmp_path, policy=small.saying("III", *says, policy=STRICT), clauses=muzzle(text))
    made = [one for one in mutation.mutate(library) if one.of == "III"]
    assert {one.sentence for one in made} == set(says)
    assert [one.change for one in made if not one.noticed] == []


@pytest.fixture(scope="module")
def shipped():
    return scores(generated.real_library())


def test_the_changes_of_the_library_that_is_shipped_are_noticed(shipped):
    library = generated.real_library()
    due = {r.id for r in library.requirements if r.says and any(s.sentence for s in r.says)}
    # The first is in parentheses, in a sentence that says something else: held whole, and not changed here.
    # On the second an operative sentence rests in the standard form alone.
    named = {"“Department”", "“Site Administrator”"}
    assert set(shipped) == due | {f"“{term}”" for term in library.policy.terms} - named
    assert {name: score.percent for name, score in shipped.items() if score.percent < mutation.LEAST} == {}
