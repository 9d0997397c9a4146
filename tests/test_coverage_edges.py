"""What counts as meeting a requirement and what does not, and how several clauses and blanks are told together."""

import pytest
from small import ANSWERS, POLICY, clause, draft, load

from drafter.base.problems import DraftingError
from drafter.drafting import compliance

BITES = ANSWERS + "bites: yes\n"
HELD = "\n\n1. {#hold} held."


def row(library, name, text=ANSWERS):
    _, coverage, _ = draft(library, text)
    return next(one for one in coverage.rows if one.requirement.id == name)


def test_a_requirement_that_no_section_meets_is_unmet(tmp_path):
    muzzle = clause(
        "Muzzle", "weak|preferred|bites||Be careful.", "strong|fallback|not bites|III|Use a muzzle.", when="bites"
    )
    _, coverage, _ = draft(load(tmp_path, clauses={"muzzle": muzzle}), BITES)
    assert [(one.requirement.id, one.status) for one in coverage.unmet] == [("III", "missing")]


def test_the_number_of_a_reference_proves_nothing(tmp_path):
    policy = POLICY.replace("evidence: [muzzle]", "evidence: ['1.2']")
    muzzle = "standard|preferred||III|See [[leash]].\n\n{when: leash == 'long'} See 1.2."
    library = load(tmp_path, policy=policy, clauses={"muzzle": clause("Muzzle", muzzle, when="bites")})
    assert row(library, "III", BITES).status == "missing"
    assert row(library, "III", BITES + "leash: long\n").status == "met"


def test_the_policy_quoted_is_no_promise(tmp_path):
    more = "{when: leash == 'long'} Use a leash."
    claims = clause("Policy", f"standard|preferred||II|As it stands:\n\n{{policy}}\n\n{more}")
    leash = clause(
        "Leash", f"no|preferred|leash == 'short'||Walk:{HELD}", f"yes|fallback|leash == 'long'|II|Use a leash:{HELD}"
    )
    assert row(load(tmp_path, clauses={"policy": claims, "leash": leash}), "II").status == "missing"


def test_each_clause_whose_wording_departs_is_named_with_it(tmp_path):
    weak = ("strong|preferred||III|Use a muzzle.", "weak|fallback|not bites||Be careful.")
    library = load(tmp_path, clauses={"muzzle": clause("Muzzle", *weak, when="bites"), "price": clause("Price", *weak)})
    found = row(library, "III", BITES + "alternatives: {muzzle: weak, price: weak}\n")
    assert (found.status, found.clauses) == ("deviates", ("muzzle", "price"))
    assert found.remark == "the alternative chosen does not meet it (muzzle: weak, price: weak)"


def test_each_blank_of_the_sections_that_meet_a_requirement_is_remarked(tmp_path):
    leash = clause("Leash", f"short|preferred||II|Use a leash for {{{{ fee }}}} from {{{{ starts }}}}:{HELD}")
    assert row(load(tmp_path, clauses={"leash": leash}), "II", "walker: Ann\n").remark == "blank: Fee; blank: Start"


def test_a_departure_that_no_clause_could_help_is_refused_with_a_place_for_its_name(tmp_path):
    library = load(tmp_path)
    contract, coverage, _ = draft(library)
    unmet = compliance.Coverage((compliance.Covered(coverage.rows[0].requirement, "missing", (), (), "no section"),))
    with pytest.raises(DraftingError) as error:
        compliance.deviations(unmet, contract, (), "answers.yaml")
    (problem,) = error.value.problems
    assert problem.message == "the contract would not meet II: The walker uses a leash (no section)"
    assert problem.hint == "choose a wording that meets it, or draft with --allow-deviation CLAUSE"
