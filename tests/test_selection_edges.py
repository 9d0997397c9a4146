"""Why a clause reads as it does, to the last word: each row of an explanation, and what refuses a choice."""

import pytest
from small import ANSWERS, CLAUSES, POLICY, clause, load

from drafter.base.problems import DraftingError
from drafter.drafting import selection
from drafter.matters import answers


def selected(library, text=ANSWERS):
    return selection.select(library, answers.parse(text, "answers.yaml", library.questionnaire))


def explained(library, name, text=ANSWERS):
    return dict(selection.explain(selected(library, text), name))


def test_a_clause_without_a_fitting_alternative_says_what_to_do(tmp_path):
    library = load(tmp_path, clauses={"notes": clause("Notes", "a|preferred|bites||A.")})
    with pytest.raises(DraftingError) as error:
        selected(library)
    (problem,) = error.value.problems
    assert problem.message == "no alternative of 'notes' fits the answers to bites"
    assert problem.hint == "answer these questions, or choose an alternative with 'drafter swap'"


def test_a_choice_of_the_negotiator_is_told_with_where_it_stands(tmp_path):
    found = explained(load(tmp_path), "leash", ANSWERS + "alternatives: {leash: long}\n")
    assert found["Because"] == "the negotiator chose it (alternatives: in the answers file)"


def test_an_only_wording_with_a_condition_is_selected_by_the_answers(tmp_path):
    library = load(tmp_path, clauses={"notes": clause("Notes", "a|preferred|not bites||A.")})
    assert explained(library, "notes")["Because"] == "the answers select it"


def test_a_wording_without_a_condition_that_is_not_the_only_one_is_selected_by_the_answers(tmp_path):
    library = load(tmp_path, clauses={"notes": clause("Notes", "a|preferred|bites||A.", "b|fallback|||B.")})
    assert explained(library, "notes")["Because"] == "the answers select it"


def test_all_other_alternatives_are_listed(tmp_path):
    notes = clause("Notes", "a|preferred|||A.", "b|acceptable|||B.", "c|fallback|||C.")
    assert explained(load(tmp_path, clauses={"notes": notes}), "notes")["Other alternatives"] == (
        "b (acceptable), c (fallback)"
    )


def test_a_requirement_without_a_quote_is_told_by_what_it_asks(tmp_path):
    policy = POLICY.replace("    quote: must use a leash\n", "")
    assert explained(load(tmp_path, policy=policy), "leash")["Requirement"] == "Policy 7 II: The walker uses a leash."


def test_a_condition_is_told_with_each_answer_behind_it(tmp_path):
    muzzle = CLAUSES["muzzle"].replace("when: bites", "when: bites and fee > 5")
    library = load(tmp_path, clauses={"muzzle": muzzle})
    assert explained(library, "muzzle", "walker: Ann\n") == {
        "Clause": "Muzzle (muzzle)",
        "Left out": "its condition is false: (bites) and (fee > 5); bites is no, fee is not answered",
    }
