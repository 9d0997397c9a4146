"""One alternative a clause: the best that fits the answers, or the one that the negotiator chose; and why."""

import pytest
from generated import small_library
from small import AGREEMENT, ANSWERS, CLAUSES, POLICY, clause, draft, load

from drafter.base.problems import DraftingError
from drafter.drafting import selection
from drafter.drafting.finding import reasons
from drafter.matters import answers

LONG = ANSWERS + "leash: long\nlength: 3\n"
THREE = clause(
    "Notes",
    "last|fallback|||Last.",
    "ok|acceptable|leash == 'short'||Ok.",
    "b|preferred|bites||B.",
    "a|preferred|bites||A.",
)


def selected(library, text=ANSWERS):
    return selection.select(library, answers.parse(text, "answers.yaml", library.questionnaire))


def why(library, clause, text=ANSWERS):
    given = answers.parse(text, "answers.yaml", library.questionnaire)
    return reasons.explain(selection.select(library, given), given, clause, "matter")


def refused(library, text):
    with pytest.raises(DraftingError) as error:
        selected(library, text)
    return [(p.code, str(p.place), p.message, p.hint) for p in error.value.problems]


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("bites: yes\n", "a"),  # of two that are as good, the first by name, whatever their order in the file
        ("bites: no\n", "ok"),
        ("leash: long\n", "last"),
    ],
)
def test_the_best_alternative_that_fits_is_selected(tmp_path, text, alternative):
    choice = selected(load(tmp_path, clauses={"notes": THREE}), text).choices["notes"]
    assert (choice.alternative.id, choice.by) == (alternative, "answers")


def test_the_answers_select_each_wording():
    assert selected(small_library()).choices["leash"].alternative.id == "short"
    assert selected(small_library(), LONG).choices["leash"].alternative.id == "long"


FREE = clause("Notes", "a|preferred|||A.", "b|fallback|||B.")  # nothing else reads what decides it


def test_the_negotiator_chooses_against_the_answers_where_nothing_else_reads_them(tmp_path):
    choice = selected(load(tmp_path, clauses={"notes": FREE}), ANSWERS + "alternatives: {notes: b}\n").choices["notes"]
    assert (choice.alternative.id, choice.by) == ("b", "negotiator")


def test_the_negotiator_chooses_what_the_answers_select_too():
    choice = selected(small_library(), ANSWERS + "alternatives: {leash: short}\n").choices["leash"]
    assert (choice.alternative.id, choice.by) == ("short", "negotiator")


def test_a_clause_whose_condition_is_false_is_left_out_even_when_it_was_chosen():
    for text in (ANSWERS, ANSWERS + "alternatives: {muzzle: standard}\n"):
        found = selected(small_library(), text)
        assert found.dropped == ("muzzle",)
        assert "muzzle" not in found.choices
    assert selected(small_library(), ANSWERS + "bites: yes\n").dropped == ()


def test_unknown_choices_are_reported_all_at_once_with_their_lines():
    text = "alternatives:\n  leesh: long\n  leash: shrt\n  zzz: a\n"
    assert refused(small_library(), text) == [
        ("unknown-clause", "answers.yaml:2", "there is no clause 'leesh'", "did you mean 'leash'?"),
        (
            "unknown-alternative",
            "answers.yaml:3",
            "'leash' has no alternative 'shrt'",
            "did you mean 'short'? it has short, long",
        ),
        ("unknown-clause", "answers.yaml:4", "there is no clause 'zzz'", "'drafter clauses' lists them"),
    ]


READING = "standard|preferred|||{when: leash == 'long'} The leash is long.\n\n{{ note | otherwise('None.') }}"


@pytest.mark.parametrize(
    ("parts", "reader"),
    [
        ({}, "the question 'length' reads it too"),  # a question is asked only then
        (
            {"clauses": {"notes": clause("Notes", READING)}},
            "the clause 'notes' and 1 other part of the library read it too",
        ),
    ],
)
def test_a_wording_is_never_chosen_against_an_answer_that_something_else_reads(tmp_path, parts, reader):
    library = load(tmp_path, **parts)
    assert refused(library, "leash: short\nalternatives:\n  leash: long\n") == [
        (
            "split-answer",
            "answers.yaml:3",
            f"the answer to 'leash' decides 'leash', and {reader}; so 'long' can't be chosen against it",
            "delete this line; to put it in all the same, then: drafter swap . leash long",
        )
    ]
    assert selected(library, LONG + "alternatives: {leash: long}\n").choices["leash"].by == "negotiator"


def test_a_clause_with_no_fitting_alternative_names_its_questions(tmp_path):
    notes = clause("Notes", "a|preferred|bites and leash == 'long'||A.", "b|fallback|fee > 5||B.")
    library = load(tmp_path, clauses={"notes": notes})
    (problem,) = refused(library, "walker: Ann\nleash: short\n")
    assert problem[:3] == (
        "no-alternative",
        "answers.yaml:2",
        "no alternative of 'notes' fits the answers to bites, fee, leash",
    )
    assert problem[3].endswith("drafter answer . bites VALUE, drafter answer . fee VALUE, drafter answer . leash VALUE")
    assert refused(library, "")[0][1] == "lib/clauses/notes.md:1"


def test_problems_of_choices_and_of_clauses_are_reported_together(tmp_path):
    notes = clause("Notes", "a|preferred|bites||A.")
    library = load(tmp_path, clauses={"notes": notes})
    codes = [code for code, *_ in refused(library, "alternatives: {leash: x}\n")]
    assert sorted(codes) == ["no-alternative", "unknown-alternative"]


def test_names_are_the_questions_the_policy_and_the_phrases():
    library = small_library()
    values = selection.names(library, answers.parse(ANSWERS, "answers.yaml", library.questionnaire))
    assert values["walker"] == "Ann"
    assert values["policy.number"] == "7"
    assert values["the_dog"] == "each Dog"
    assert set(values) >= set(library.questionnaire.questions)


def test_a_phrase_prints_in_the_kind_of_its_expression(tmp_path):
    notes = clause("Notes", "standard|preferred|||{{ the_leash }}, {{ the_fee }}, {{ the_start }}.")
    phrases = "phrases:\n  the_leash: leash\n  the_fee: fee\n  the_start: starts\n"
    agreement = AGREEMENT.replace("phrases:\n", phrases)
    made, _, _ = draft(load(tmp_path, agreement=agreement, clauses={"notes": notes}))
    runs = made.articles[1].sections[0].blocks[0].runs
    assert "".join(run.text for run in runs) == "Short, $12,500.50, August 31, 2026."


# -- why a clause reads as it does --------------------------------------------------------------


def test_an_explanation_gives_the_condition_the_requirement_and_the_way_out():
    rows = dict(why(small_library(), "leash", LONG))
    assert rows == {
        "Clause": "Leash (leash)",
        "Alternative": "The long one (long)",
        "Position": "fallback",
        "Because": "the answers select it",
        "Answers": "leash is 'long'",
        "Requirement": "Policy 7 II: The walker uses a leash. “must use a leash”",
        "Authority": "Policy 7: Leashes.",
        "Concedes": "Something.",
        "Other alternatives": "short (preferred): drafter swap matter leash short",
        "File": "lib/clauses/leash.md:11",
    }


def test_an_explanation_says_who_chose(tmp_path):
    text = ANSWERS + "bites: yes\nalternatives: {notes: b, muzzle: standard}\n"
    library = load(tmp_path, clauses={"notes": FREE})
    assert "negotiator" in dict(why(library, "notes", text))["Because"]
    assert "negotiator" in dict(why(library, "muzzle", text))["Because"]
    assert dict(why(library, "price", text))["Because"] == "it is the only wording"
    assert dict(why(library, "muzzle", text))["In the draft"] == "because bites is yes"


def test_an_explanation_says_why_a_clause_is_left_out():
    rows = why(small_library(), "muzzle")
    assert rows == (
        ("Clause", "Muzzle (muzzle)"),
        ("Left out", "because bites is no"),
        ("To put it in", "drafter answer matter bites yes"),
    )


def test_an_explanation_shows_what_is_not_answered_and_how_long_a_list_is(tmp_path):
    notes = clause("Notes", "a|preferred|fee > 5||A.", "b|fallback|dogs||B.", "c|fallback|||C.")
    library = load(tmp_path, clauses={"notes": notes})
    assert dict(why(library, "notes", "fee: 6\n"))["Answers"] == "fee is 6.00 (the condition is fee > 5)"
    assert dict(why(library, "notes", "dogs: [{name: Rex}]\n"))["Answers"] == (
        "dogs is a list of 1 (the condition is dogs)"
    )
    assert "Answers" not in dict(why(library, "notes", ""))


def test_an_authority_to_verify_is_marked(tmp_path):
    authorities = (
        "authorities:\n  - {id: policy-7, citation: Policy 7, confidence: C, verify: true}\n"
        "  - {id: act, citation: The Act, confidence: A}\n"
    )
    notes = clause("Notes", "standard|preferred|||Notes.", authority="[policy-7, act]")
    found = why(load(tmp_path, authorities=authorities, clauses={"notes": notes}), "notes")
    assert [words for head, words in found if head == "Authority"] == [
        "Policy 7 [verify before relying on it]",
        "The Act",
    ]


def test_there_is_no_explanation_for_an_unknown_clause():
    with pytest.raises(DraftingError, match="did you mean 'leash'"):
        why(small_library(), "leesh")


# -- an explanation, to the last word ------------------------------------------------------------


def explained(library, name, text=ANSWERS):
    return dict(why(library, name, text))


def test_a_clause_without_a_fitting_alternative_says_what_to_do(tmp_path):
    library = load(tmp_path, clauses={"notes": clause("Notes", "a|preferred|bites||A.")})
    with pytest.raises(DraftingError) as error:
        selected(library)
    (problem,) = error.value.problems
    assert problem.message == "no alternative of 'notes' fits the answers to bites"
    assert problem.hint == "answer it: drafter answer . bites VALUE"


def test_a_choice_of_the_negotiator_is_explained_with_where_it_is_written(tmp_path):
    found = explained(load(tmp_path, clauses={"notes": FREE}), "notes", ANSWERS + "alternatives: {notes: b}\n")
    assert found["Because"] == "the negotiator chose it (alternatives: in the answers file)"


def test_an_only_wording_with_a_condition_is_selected_by_the_answers(tmp_path):
    library = load(tmp_path, clauses={"notes": clause("Notes", "a|preferred|not bites||A.")})
    assert explained(library, "notes")["Because"] == "the answers select it"


def test_a_wording_without_a_condition_that_is_not_the_only_one_is_selected_by_the_answers(tmp_path):
    library = load(tmp_path, clauses={"notes": clause("Notes", "a|preferred|bites||A.", "b|fallback|||B.")})
    assert explained(library, "notes")["Because"] == "the answers select it"


def test_all_other_alternatives_are_listed(tmp_path):
    notes = clause("Notes", "a|preferred|||A.", "b|acceptable|||B.", "c|fallback|||C.")
    rows = why(load(tmp_path, clauses={"notes": notes}), "notes")
    assert [words for heading, words in rows if heading == "Other alternatives"] == [
        "b (acceptable): drafter swap matter notes b",
        "c (fallback): drafter swap matter notes c",
    ]


def test_a_requirement_without_a_quote_is_shown_by_what_it_asks(tmp_path):
    policy = POLICY.replace("    quote: must use a leash\n", "")
    assert explained(load(tmp_path, policy=policy), "leash")["Requirement"] == "Policy 7 II: The walker uses a leash."


def test_a_condition_is_shown_with_each_answer_behind_it(tmp_path):
    muzzle = CLAUSES["muzzle"].replace("when: bites", "when: bites and fee > 5")
    library = load(tmp_path, clauses={"muzzle": muzzle})
    assert explained(library, "muzzle", "walker: Ann\n") == {
        "Clause": "Muzzle (muzzle)",
        "Left out": "because bites is no, and fee is not answered (the condition is (bites) and (fee > 5))",
        "To put it in": "drafter answer matter fee VALUE",
    }
