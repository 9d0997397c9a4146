"""Each requirement is met, does not apply, is missing, or is departed from: the contract's words decide."""

import pytest
from generated import small_library
from small import AGREEMENT, ANSWERS, POLICY, clause, draft, load, saying

from drafter.base.problems import DraftingError
from drafter.drafting import compliance

BITES = ANSWERS + "bites: yes\n"


def rows(library, text=ANSWERS):
    """The status, places, clauses and remark of each requirement."""
    _, coverage, _ = draft(library, text)
    return {row.requirement.id: (row.status, row.places, row.clauses, row.remark) for row in coverage.rows}


def statuses(library, text=ANSWERS):
    return {name: row[0] for name, row in rows(library, text).items()}


def muzzle(*alternatives, when="bites"):
    return {"clauses": {"muzzle": clause("Muzzle", *alternatives, when=when)}}


def test_requirements_come_in_the_policys_order_with_a_status_each():
    assert list(rows(small_library()).items()) == [
        ("II", ("met", ("1.2",), ("leash",), "")),
        ("III", ("does not apply", (), (), "applies when: a dog bites")),
        ("I", ("nothing to draft", (), (), "Nothing.")),
    ]


def test_a_requirement_under_a_condition_is_met_when_it_applies():
    assert rows(small_library(), BITES)["III"] == ("met", ("1.3",), ("muzzle",), "")


def test_a_requirement_whose_condition_is_not_answered_does_not_apply(tmp_path):
    policy = POLICY.replace("applies_when: bites", "applies_when: fee > 5").replace(
        "    applies_text: a dog bites\n", ""
    )
    found = rows(load(tmp_path, policy=policy), "")
    assert found["III"] == ("does not apply", (), (), "applies when: fee > 5")


def test_a_requirement_that_does_not_apply_may_be_met_all_the_same(tmp_path):
    library = load(tmp_path, **muzzle("standard|preferred||III|The walker must use a muzzle.", when=""))
    assert rows(library)["III"] == ("does not apply", ("1.3",), ("muzzle",), "applies when: a dog bites")


def test_a_fallback_that_meets_a_requirement_is_named_one():
    assert rows(small_library(), ANSWERS + "leash: long\nlength: 3\n")["II"] == (
        "met by a fallback",
        ("1.2",),
        ("leash",),
        "",
    )


def test_a_requirement_that_a_fallback_meets_is_no_better_met_by_another_clause_that_claims_it(tmp_path):
    notes = clause("Notes", "standard|acceptable||II|The walker must use a leash on the Dog.")
    found = rows(load(tmp_path, clauses={"notes": notes}), ANSWERS + "leash: long\nlength: 3\n")
    assert found["II"] == ("met by a fallback", ("1.2", "2.1"), ("leash", "notes"), "")


def test_another_clause_that_says_the_sentence_supports_the_home_and_never_stands_in_for_it(tmp_path):
    text = "The walker must use a muzzle."
    weak = "The walker is careful.\n\n{when: leash == 'long'} " + text
    clauses = {
        "muzzle": clause("Muzzle", f"standard|preferred||III|{weak}", when="bites"),
        "notes": clause("Notes", f"standard|preferred||III|{text}"),
    }
    library = load(tmp_path, clauses=clauses)
    assert rows(library, BITES)["III"] == (
        "missing",
        (),
        ("muzzle", "notes"),
        "no section of the contract meets it",
    )
    assert rows(library, BITES + "leash: long\nlength: 3\n")["III"][:3] == ("met", ("1.3", "2.1"), ("muzzle", "notes"))


def test_what_must_be_said_in_another_clause_is_needed_beside_the_home(tmp_path):
    policy = saying("III", "The walker must use a muzzle.", {"sentence": "Bites are told.", "clause": "notes"})
    library = load(
        tmp_path,
        policy=policy,
        clauses={"notes": clause("Notes", "standard|preferred||III|A.\n\n{when: leash == 'long'} Bites are told.")},
    )
    assert statuses(library, BITES)["III"] == "missing"
    assert rows(library, BITES + "leash: long\nlength: 3\n")["III"][:2] == ("met", ("1.3", "2.1"))


@pytest.mark.parametrize(
    ("name", "place"), [("parties", "Opening"), ("recital", "Recitals"), ("list", "Exhibit A"), ("price", "1.3")]
)
def test_a_place_is_a_section_an_exhibit_the_opening_or_the_recitals(tmp_path, name, place):
    found = rows(load(tmp_path, clauses={name: clause("Claim", "standard|preferred||II|Leashes help.")}))
    assert place in found["II"][1]


def test_two_sections_of_one_exhibit_are_its_numbered_parts(tmp_path):
    claim = clause("Claim", "standard|preferred||II|Leashes help.")
    agreement = AGREEMENT.replace("clauses: [list]", "clauses: [list, more]")
    found = rows(load(tmp_path, agreement=agreement, clauses={"list": claim, "more": claim}))
    assert found["II"] == ("met", ("1.2", "Exhibit A-1", "Exhibit A-2"), ("leash", "list", "more"), "")


def test_a_sentence_that_refers_to_a_part_of_an_exhibit_counts(tmp_path):
    sentence = "The walker must use a muzzle of [[list]]."
    clauses = {"more": clause("More", "standard|preferred|||More.")}
    clauses["muzzle"] = clause("Muzzle", f"standard|preferred||III|{sentence}", when="bites")
    agreement = AGREEMENT.replace("clauses: [list]", "clauses: [list, more]")
    library = load(tmp_path, policy=saying("III", sentence), agreement=agreement, clauses=clauses)
    assert statuses(library, BITES)["III"] == "met"


def test_blanks_of_the_sections_that_meet_a_requirement_are_remarked_once():
    assert rows(small_library(), "leash: long\n")["II"][3] == "blank: Length"


# -- the words decide ---------------------------------------------------------------------------


def test_a_claim_whose_sentence_is_left_out_of_the_draft_does_not_count(tmp_path):
    text = "The walker is careful.\n\n{when: leash == 'long'} The walker must use a muzzle."
    library = load(tmp_path, **muzzle(f"standard|preferred||III|{text}"))
    assert rows(library, BITES)["III"] == ("missing", (), ("muzzle",), "no section of the contract meets it")
    assert statuses(library, BITES + "leash: long\n")["III"] == "met"


def test_an_answer_that_holds_the_sentence_proves_nothing(tmp_path):
    text = "{{ note | otherwise('x') }}\n\n{when: leash == 'long'} The walker must use a muzzle."
    library = load(tmp_path, **muzzle(f"standard|preferred||III|{text}"))
    assert statuses(library, BITES + "note: The walker must use a muzzle.\n")["III"] == "missing"


def test_a_blank_that_completes_the_sentence_proves_nothing(tmp_path):
    text = "It is {{ fee }}.\n\n{when: leash == 'long'} It is Fee."
    library = load(tmp_path, policy=saying("III", "It is Fee."), **muzzle(f"standard|preferred||III|{text}"))
    assert statuses(library, "bites: yes\n")["III"] == "missing"
    assert statuses(library, "bites: yes\nleash: long\n")["III"] == "met"


def test_all_that_must_be_said_is_needed_in_any_case_of_letters_quotes_and_spaces(tmp_path):
    policy = saying("III", "the walker must use a MUZZLE", "It covers the dog's snout.")
    text = "The walker must use a Muzzle.\n\n{when: leash == 'long'} It covers  the dog’s   snout."
    library = load(tmp_path, policy=policy, **muzzle(f"standard|preferred||III|{text}"))
    assert statuses(library, BITES)["III"] == "missing"
    assert statuses(library, BITES + "leash: long\n")["III"] == "met"


def test_a_sentence_with_a_definition_a_field_a_reference_and_an_item_counts(tmp_path):
    policy = saying(
        "III", "A Dog must not bite for {{ fee }}, as [[leash]] says.", "**Muzzle** is for:",
        "**Muzzle** is for: the mouth", "**Muzzle** is for: the mouth: of a Dog", {"rows": "dogs"},
    )  # fmt: skip
    text = (
        "A Dog must not bite for {{ fee }}, as [[leash]] says. **Muzzle** is for:\n\n"
        "1. the mouth:\n   1. of a Dog.\n\n| Dog |\n|---|\n| {each: d in dogs} {{ d.name }} |"
    )
    library = load(tmp_path, policy=policy, **muzzle(f"standard|preferred||III|{text}"))
    assert statuses(library, BITES)["III"] == "met"
    assert statuses(library, "bites: yes\n")["III"] == "met", "the row is a blank one"


ELSEWHERE = {
    "in the middle of a longer one": "It is said that the walker must use a muzzle.",
    "with more at its end": "The walker must use a muzzle, unless the dog is kind.",
    "in a quotation": "Someone wrote: “The walker must use a muzzle.”",
    "under a lead-in": "The Town does not ask that:\n\n1. The walker must use a muzzle.",
    "under a paragraph that ends in a colon": "These words were rejected:\n\nThe walker must use a muzzle.",
    "in a table": "| The walker must use a muzzle. |\n|---|\n| The walker must use a muzzle. |",
    "cut by a paragraph": "The walker must\n\nuse a muzzle.",
    "with its end in the next sentence": "The walker must use a. Muzzle.",
    "as a definition": "**The walker must use a muzzle** means this.",
    "as a field": "{{ 'The walker must use a muzzle.' }}",
}


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_sentence_that_does_not_stand_by_itself_does_not_count(tmp_path, text):
    more = "{when: leash == 'long'} The walker must use a muzzle.\n\n"
    library = load(tmp_path, **muzzle(f"standard|preferred||III|{more}{text}"))
    assert statuses(library, BITES)["III"] == "missing"
    assert statuses(library, BITES + "leash: long\n")["III"] == "met"


def test_the_items_under_a_sentence_are_those_that_are_wanted(tmp_path):
    items = ["{when: leash == 'short' or fee > 5} hold on", "let go"]
    policy = saying("III", {"sentence": "The walker must:", "items": items})
    text = "The walker must:\n\n1. {when: leash == 'short' or fee > 5} hold on;\n2. let go."
    library = load(tmp_path, policy=policy, **muzzle(f"standard|preferred||III|{text}"))
    assert statuses(library, BITES)["III"] == "met"
    assert statuses(library, "bites: yes\nfee: 1\nleash: long\n")["III"] == "met"


@pytest.mark.parametrize(
    "items", ["1. hold on.", "1. hold on;\n2. let go; and\n3. rest.", "1. hold on;\n2. let it go."]
)
def test_a_list_that_lacks_an_item_or_has_another_is_found_when_the_library_is_read(tmp_path, items):
    policy = saying("III", {"sentence": "The walker must:", "items": ["hold on", "let go"]})
    with pytest.raises(DraftingError) as caught:
        load(tmp_path, policy=policy, **muzzle(f"standard|preferred||III|The walker must:\n\n{items}"))
    assert {problem.code for problem in caught.value.problems} == {"unsaid-requirement"}


def test_a_row_for_each_record_is_needed_where_a_list_is_asked_for(tmp_path):
    policy = saying("III", {"rows": "dogs"})
    table = "| Dog |\n|---|\n| {each: d in dogs} {{ d.name }} |"
    bare = "| Dog |\n|---|\n| Rex |"
    alternatives = (
        f"listed|preferred|leash == 'short'|III|The Dogs:\n\n{table}",
        f"fixed|fallback|leash == 'long'|III|The Dogs:\n\n{bare}",
    )
    library = load(tmp_path, policy=policy, **muzzle(*alternatives))
    assert statuses(library, BITES)["III"] == "met"
    assert statuses(library, BITES + "leash: long\n")["III"] == "missing"


def test_a_section_that_says_it_but_does_not_claim_it_does_not_count(tmp_path):
    said = "The walker must use a muzzle."
    library = load(
        tmp_path, **muzzle(f"no|preferred|leash == 'short'||{said}", f"yes|fallback|leash == 'long'|III|{said}")
    )
    assert statuses(library, BITES)["III"] == "missing"
    assert statuses(library, BITES + "leash: long\n")["III"] == "met by a fallback"


# -- unmet, and departures ----------------------------------------------------------------------

WEAK = ("strong|preferred||III|The walker must use a muzzle.", "weak|fallback|||The walker is careful.")


def test_an_alternative_that_the_negotiator_chose_and_that_does_not_meet_it_is_a_departure(tmp_path):
    library = load(tmp_path, **muzzle(*WEAK))
    assert statuses(library, BITES)["III"] == "met"
    assert rows(library, BITES + "alternatives: {muzzle: weak}\n")["III"] == (
        "deviates",
        (),
        ("muzzle",),
        "the alternative chosen does not meet it (muzzle: weak)",
    )


def test_a_requirement_whose_clause_is_left_out_is_missing(tmp_path):
    library = load(tmp_path, **muzzle("standard|preferred||III|The walker must use a muzzle.", when="leash == 'long'"))
    assert rows(library, BITES)["III"] == ("missing", (), ("muzzle",), "no section of the contract meets it")


def test_what_is_unmet_is_what_is_missing_or_departed_from(tmp_path):
    library = load(tmp_path, **muzzle(*WEAK))
    _, coverage, _ = draft(library, BITES + "alternatives: {muzzle: weak}\n")
    assert [row.requirement.id for row in coverage.unmet] == ["III"]
    assert draft(library, BITES)[1].unmet == ()


def test_the_clauses_that_could_meet_a_requirement_are_in_the_order_of_the_outline(tmp_path):
    clauses = {name: clause("Claim", "standard|preferred||II|Leashes help.") for name in ("list", "notes")}
    library = load(tmp_path, clauses=clauses)
    assert compliance.able_clauses(library, "II") == ("leash", "notes", "list")
    assert compliance.able_clauses(library, "I") == ()


def test_a_departure_is_refused_with_what_it_costs_and_a_way_out(tmp_path):
    made, coverage, _ = draft(load(tmp_path, **muzzle(*WEAK)), BITES + "alternatives: {muzzle: weak}\n")
    for allowed in ((), ("leash",)):
        with pytest.raises(DraftingError) as error:
            compliance.deviations(coverage, made, allowed, "answers.yaml")
        (problem,) = error.value.problems
        assert (problem.code, str(problem.place)) == ("deviation", "answers.yaml")
        assert problem.message == (
            "the contract would not meet III: The walker uses a muzzle "
            "(the alternative chosen does not meet it (muzzle: weak))"
        )
        assert (
            problem.hint
            == "choose a wording that meets it, or depart from policy with: drafter draft . --allow-deviation muzzle"
        )


def test_a_departure_that_is_allowed_by_its_clause_is_written_on_the_contract(tmp_path):
    made, coverage, _ = draft(load(tmp_path, **muzzle(*WEAK)), BITES + "alternatives: {muzzle: weak}\n")
    allowed = compliance.deviations(coverage, made, ("muzzle", "other"), "answers.yaml")
    assert allowed.deviations == ("III",)
    assert allowed.articles == made.articles


def test_each_departure_must_be_allowed_and_all_that_are_not_are_said_at_once(tmp_path):
    library = load(
        tmp_path,
        clauses={
            "muzzle": clause("Muzzle", *WEAK, when="bites"),
            "leash": clause(
                "Leash",
                "short|preferred||II|The walker must use a leash on {{ the_dog }}:\n\n1. {#hold} held.",
                "long|fallback|||Go:\n\n1. {#hold} held.",
            ),
        },
    )
    made, coverage, _ = draft(library, BITES + "alternatives: {muzzle: weak, leash: long}\n")
    with pytest.raises(DraftingError) as error:
        compliance.deviations(coverage, made, (), "answers.yaml")
    assert [p.message.split(":")[0][-3:].strip() for p in error.value.problems] == ["II", "III"]
    with pytest.raises(DraftingError) as error:
        compliance.deviations(coverage, made, ("leash",), "answers.yaml")
    assert len(error.value.problems) == 1
    assert compliance.deviations(coverage, made, ("leash", "muzzle"), "answers.yaml").deviations == ("II", "III")


def test_a_contract_that_meets_its_policy_stays_as_it_is():
    made, coverage, _ = draft(small_library(), BITES)
    assert compliance.deviations(coverage, made, (), "answers.yaml") == made


# -- what counts as meeting a requirement ---------------------------------------------------------

HELD = "\n\n1. {#hold} held."
MUST = "The walker must use a muzzle."


def row(library, name, text=ANSWERS):
    _, coverage, _ = draft(library, text)
    return next(one for one in coverage.rows if one.requirement.id == name)


def test_a_requirement_that_no_section_meets_is_unmet(tmp_path):
    muzzle = clause(
        "Muzzle", "weak|preferred|bites||Be careful.", f"strong|fallback|not bites|III|{MUST}", when="bites"
    )
    _, coverage, _ = draft(load(tmp_path, clauses={"muzzle": muzzle}), BITES)
    assert [(one.requirement.id, one.status) for one in coverage.unmet] == [("III", "missing")]


def test_the_number_of_a_reference_proves_nothing(tmp_path):
    muzzle = "standard|preferred||III|See [[leash]].\n\n{when: leash == 'long'} See 1.2."
    clauses = {"muzzle": clause("Muzzle", muzzle, when="bites")}
    library = load(tmp_path, policy=saying("III", "See 1.2."), clauses=clauses)
    assert row(library, "III", BITES).status == "missing"
    assert row(library, "III", BITES + "leash: long\n").status == "met"


def test_the_policy_quoted_is_no_promise(tmp_path):
    policy = saying("II", "A walker must use a leash.").replace("home: leash", "home: policy")
    more = "{when: leash == 'long'} A walker must use a leash."
    claims = clause("Policy", f"standard|preferred||II|As it stands:\n\n{{policy}}\n\nMore follows.\n\n{more}")
    library = load(tmp_path, policy=policy, clauses={"policy": claims})
    assert row(library, "II").status == "missing"
    assert row(library, "II", ANSWERS + "leash: long\nlength: 3\n").status == "met"


def test_each_clause_whose_wording_departs_is_named_with_it(tmp_path):
    weak = (f"strong|preferred||III|{MUST}", "weak|fallback|||Be careful.")
    library = load(tmp_path, clauses={"muzzle": clause("Muzzle", *weak, when="bites"), "price": clause("Price", *weak)})
    found = row(library, "III", BITES + "alternatives: {muzzle: weak, price: weak}\n")
    assert (found.status, found.clauses) == ("deviates", ("muzzle", "price"))
    assert found.remark == "the alternative chosen does not meet it (muzzle: weak, price: weak)"


def test_each_blank_of_the_sections_that_meet_a_requirement_is_remarked(tmp_path):
    said = "Use a leash for {{ fee }} from {{ starts }}:"
    library = load(
        tmp_path, policy=saying("II", said), clauses={"leash": clause("Leash", f"short|preferred||II|{said}{HELD}")}
    )
    assert row(library, "II", "walker: Ann\n").remark == "blank: Fee; blank: Start"


def test_a_departure_that_no_clause_could_help_is_refused_with_a_place_for_its_name(tmp_path):
    library = load(tmp_path)
    contract, coverage, _ = draft(library)
    unmet = compliance.Coverage((compliance.Covered(coverage.rows[0].requirement, "missing", (), (), ("no section",)),))
    with pytest.raises(DraftingError) as error:
        compliance.deviations(unmet, contract, (), "answers.yaml")
    (problem,) = error.value.problems
    assert problem.message == "the contract would not meet II: The walker uses a leash (no section)"
    assert (
        problem.hint
        == "choose a wording that meets it, or depart from policy with: drafter draft . --allow-deviation CLAUSE"
    )
