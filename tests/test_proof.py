"""The proof finds each planted hole with the smallest answers that show it, and what it proves no answers break."""

from __future__ import annotations

import functools
import json
import re
import shutil
from pathlib import Path

import generated
import pytest
import small
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter import contract, language
from drafter.base.problems import DraftingError
from drafter.drafting import assembly, compliance, draft, selection
from drafter.matters import answers, one_answer, scope
from drafter.matters.matter import Matter
from drafter.proving import holes, laws, presence, proof
from drafter.proving.solving import cases, formulas
from drafter.reading import library, loading, prose

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT / "clause_library"


def gaps(loaded: library.Library, **chosen: str) -> dict[str, list[dict[str, object]]]:
    """Return the answers of each hole, by its code."""
    found: dict[str, list[dict[str, object]]] = {}
    for hole in proof.prove(loaded, chosen).holes:
        given_ = {name: one_answer.written(value) or value for name, value in hole.given.items()}
        found.setdefault(hole.claim.problem.code, []).append(given_)
    return found


def kinds(value) -> list[dict[str, object]]:
    """Return the fields answered in a list of records."""
    return [dict(record.values) for record in value]


def noted(*whens: str) -> str:
    """Return a clause file whose alternatives, one a position, have these conditions."""
    places = ("preferred", "acceptable", "fallback")
    text = small.clause(
        "Notes", *(f"{place}|{place}|CONDITION-{n}||A." for n, place in zip(range(len(whens)), places, strict=False))
    )
    for number, when in enumerate(whens):
        text = text.replace(f"CONDITION-{number}", '"' + when.replace('"', '\\"') + '"')
    return text


# -- the small library --------------------------------------------------------------------------


def test_the_small_library_is_proved_but_for_what_it_leaves_open(tmp_path):
    made = proof.prove(small.load(tmp_path))
    assert [(h.claim.problem.code, dict(h.given)) for h in made.holes] == []
    assert made.cases > 0
    assert not made.undecided


def smaller(tmp_path, **clauses: str) -> library.Library:
    return small.load(tmp_path, clauses=clauses)


def test_an_option_that_no_alternative_takes_is_found(tmp_path):
    options = "[{value: short, label: Short}, {value: long, label: Long}"
    asked = small.QUESTIONNAIRE.replace(options, options + ", {value: none, label: None}")
    found = gaps(small.load(tmp_path, questionnaire=asked))
    assert found["no-alternative"] == [{"leash": "none"}]
    assert found["unmet-requirement"] == [{"leash": "none"}]


def test_an_unanswered_question_is_a_case_of_its_own(tmp_path):
    asked = small.QUESTIONNAIRE.replace("        default: short\n", "        blank: Leash\n")
    assert gaps(small.load(tmp_path, questionnaire=asked))["no-alternative"] == [{}]


def test_two_alternatives_of_one_position_that_overlap_are_found(tmp_path):
    text = small.clause("Notes", "a|preferred|length > 5||A.", "b|preferred|length <= 7||B.", "c|fallback|||C.")
    found = gaps(smaller(tmp_path, notes=text))
    assert found == {"two-alternatives": [{"leash": "long", "length": "6"}]}


def test_numbers_are_divided_where_they_are_compared(tmp_path):
    text = noted("fee < 100", "fee > 100", "not (fee | answered)")
    assert gaps(smaller(tmp_path, notes=text)) == {"no-alternative": [{"fee": "100"}]}


def test_two_questions_that_are_compared_are_divided_by_their_order(tmp_path):
    text = noted("starts < ends", "not (starts | answered and ends | answered)")
    made = proof.prove(smaller(tmp_path, notes=text))
    assert not made.holes
    assert made.relied_on == ("order",)
    free = small.QUESTIONNAIRE.replace("holds: starts < ends", "holds: starts <= ends")
    [found] = proof.prove(small.load(tmp_path, questionnaire=free, clauses={"notes": text})).holes
    assert found.given["starts"] == found.given["ends"]


def test_a_day_moved_by_months_is_compared_exactly(tmp_path):
    text = noted("(starts | add_months(6)) < '2027-03-01'", "not (starts | answered)", "starts >= '2026-09-02'")
    assert gaps(smaller(tmp_path, notes=text)) == {"no-alternative": [{"starts": "2026-09-01"}]}


def test_records_are_divided_by_their_kinds(tmp_path):
    text = noted("dogs | having('size', 'small')", "not (dogs | having('size', 'large'))")
    [hole] = proof.prove(smaller(tmp_path, notes=text)).holes
    assert hole.claim.problem.code == "no-alternative"
    assert kinds(hole.given["dogs"]) == [{"size": "large"}]


def test_numbers_of_records_are_divided_where_they_are_compared(tmp_path):
    text = noted("(dogs | count) < 3", "(dogs | count) > 3", "not (dogs | answered)")
    [hole] = proof.prove(smaller(tmp_path, notes=text)).holes
    assert len(hole.given["dogs"]) == 3


def test_a_list_of_a_field_is_divided_by_what_it_holds(tmp_path):
    text = noted("'Rex' in (dogs | field('name'))", "not dogs")
    [hole] = proof.prove(smaller(tmp_path, notes=text)).holes
    assert len(hole.given["dogs"]) == 1
    assert "Rex" not in str(hole.given)


def test_evidence_in_an_item_that_a_condition_drops_counts_only_where_it_stands(tmp_path):
    text = small.clause(
        "Leash", "standard|preferred||II|The walker must:\n\n1. {#hold} {when: fee > 10} use a leash; and\n2. walk."
    )
    made = proof.prove(smaller(tmp_path, leash=text))
    [unmet] = [hole for hole in made.holes if hole.claim.problem.code == "unmet-requirement"]
    assert dict(unmet.given) == {}
    assert unmet.claim.requirement.quote == "must use a leash"
    assert "clauses/leash.md" in unmet.claim.files


def test_evidence_below_an_item_goes_with_the_item(tmp_path):
    text = small.clause(
        "Leash",
        "standard|preferred||II|The walker must:\n\n1. {#hold} hold;\n2. {when: not bites} see to it:\n   1. use a leash.",  # noqa: E501
    )
    assert gaps(smaller(tmp_path, leash=text)) == {"unmet-requirement": [{"bites": "yes"}]}


def test_a_field_of_a_question_that_is_not_asked_is_found(tmp_path):
    text = small.clause("Notes", "standard|preferred|||It is {{ length | words }} feet long.")
    assert gaps(smaller(tmp_path, notes=text)) == {"unasked-field": [{}]}
    for fine in (
        "{{ length | otherwise('no') }} feet.",
        "{{ length if leash == 'long' else 'no' }} feet.",
        "{when: leash == 'long'} {{ length }} feet.",
    ):
        assert gaps(smaller(tmp_path, notes=small.clause("Notes", f"standard|preferred|||{fine}"))) == {}


def test_a_field_of_a_record_that_is_not_asked_is_found(tmp_path):
    table = "The Dogs:\n\n| Dog |\n|---|\n| {each: d in dogs} {{ d.chain }} |"
    [hole] = proof.prove(smaller(tmp_path, list=small.clause("List", f"standard|preferred|||{table}"))).holes
    assert hole.claim.problem.code == "unasked-field"
    assert kinds(hole.given["dogs"]) in ([{}], [{"size": "small"}])
    listed = table.replace("in dogs", "in dogs | having('size', 'large')")
    assert gaps(smaller(tmp_path, list=small.clause("List", f"standard|preferred|||{listed}"))) == {}


def test_a_list_of_a_field_that_is_not_asked_of_each_record_is_found(tmp_path):
    text = small.clause("Notes", "standard|preferred|||Chains: {{ dogs | field('chain') | series }}.")
    assert list(gaps(smaller(tmp_path, notes=text))) == ["unasked-field"]
    text = text.replace("{{ dogs |", "{{ dogs | having('size', 'large') |")
    assert gaps(smaller(tmp_path, notes=text)) == {}


def test_a_reference_to_a_clause_that_can_be_dropped_is_found(tmp_path):
    text = small.clause("Notes", "standard|preferred|||See [[muzzle]].")
    assert gaps(smaller(tmp_path, notes=text)) == {"dead-reference": [{}]}
    text = small.clause("Notes", "standard|preferred|||{when: bites} See [[muzzle]].")
    assert gaps(smaller(tmp_path, notes=text)) == {}


def test_a_reference_to_an_item_that_can_be_dropped_is_found(tmp_path):
    leash = small.CLAUSES["leash"].replace("2. {when: bites}", "2. {#strong} {when: bites}")
    text = small.clause("Notes", "standard|preferred|||See [[leash.strong]].")
    assert gaps(smaller(tmp_path, notes=text, leash=leash)) == {"dead-reference": [{}]}


def test_a_term_used_where_its_definition_is_dropped_is_found(tmp_path):
    muzzle = small.clause(
        "Muzzle",
        "standard|preferred||III|The walker must use a muzzle (the **Basket**). [[leash]] stays.",
        when="bites",
    )
    notes = small.clause("Notes", "standard|preferred|||No Baskets are bought.")
    assert gaps(smaller(tmp_path, notes=notes, muzzle=muzzle)) == {"undefined-term": [{}]}


def test_a_condition_that_cannot_be_divided_is_named(tmp_path):
    made = proof.prove(smaller(tmp_path, notes=noted("(note | upper) == 'X'", "true")))
    assert not made.undecided  # the fallback takes the rest, whatever the condition is
    made = proof.prove(smaller(tmp_path, notes=noted("(note | upper) == 'X'")))
    assert [condition for _, condition in made.undecided] == ["note | upper == 'X'"]
    assert [p.code for p in proof.problems(made)] == ["undecided"]


def test_the_answers_of_a_hole_make_a_file_that_shows_it(tmp_path, monkeypatch):
    text = noted("dogs | having('size', 'small')", "fee < 5 or not bites")
    small.build(tmp_path / "lib", clauses={"notes": text})
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib", "-o", "hole.yaml")
    assert result.exit_code == 1
    assert (tmp_path / "hole.yaml").read_text("utf-8").splitlines()[-1] == "bites: yes"
    assert "lib/clauses/notes.md:1: no-alternative:" in result.stderr
    shown = run("draft", "hole.yaml", "--library", "lib")
    assert shown.exit_code == 1
    assert "no alternative of 'notes' fits the answers" in shown.stderr


def test_a_negotiators_choice_is_proved_with_and_says_what_it_costs(tmp_path, monkeypatch):
    weak = (
        small.CLAUSES["leash"]
        .replace("II\n    concedes", "\n    concedes")
        .replace("satisfies: [II]\n    concedes", "concedes")
    )
    small.build(tmp_path / "lib", clauses={"leash": weak.replace("use a leash of", "use a rope of")})
    (tmp_path / "matter.yaml").write_text("alternatives:\n  leash: long\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib", "-m", "matter.yaml", "--json")
    told = json.loads(result.stdout)
    assert {hole["code"] for hole in told["holes"]} == {"unmet-requirement", "unasked-field"}
    assert told["alternatives"] == {"leash": "long"}
    assert "leash: long" in run("prove", "lib", "-m", "matter.yaml").stdout


# -- the library that is shipped, with holes planted --------------------------------------------


def test_the_library_that_is_shipped_is_proved():
    made = proof.prove(generated.real_library())
    assert [str(problem) for problem in proof.problems(made)] == []


@functools.cache
def shipped_files() -> dict[str, Path]:
    return {path.stem: path for path in REAL.rglob("*.*")}


def planted(tmp_path: Path, **changes: dict[str, str]) -> proof.Proof:
    """Copy the library, change words of files, and prove what came of it."""
    copied = tmp_path / "clause_library"
    shutil.copytree(REAL, copied)
    for stem, change in changes.items():
        path = copied / shipped_files()[stem.replace("_", "-")].relative_to(REAL)
        text = path.read_text("utf-8")
        for old, new in change.items():
            assert re.search(old, text, re.MULTILINE), f"{old!r} is not in {path.name}"
            text = re.sub(old, new, text, flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    found = loading.read(copied, "clause_library")
    assert found.unread == ()
    return proof.prove(found.library)


def shown(made: proof.Proof) -> set[tuple[str, str, tuple[tuple[str, object], ...]]]:
    """Return each hole as code, subject and answers."""
    return {
        (
            hole.claim.problem.code,
            hole.claim.requirement.id if hole.claim.requirement else Path(hole.claim.problem.place.path).stem,
            tuple(
                (name, value if not isinstance(value, tuple) else _kinds(value)) for name, value in hole.given.items()
            ),
        )
        for hole in made.holes
    }


def _kinds(value: tuple) -> tuple[tuple[tuple[str, object], ...], ...]:
    return tuple(tuple(record.values.items()) for record in value)


DECLINES = (("city.prone_restraint", "declines"),)
SIX_MONTHS = (("officers", ((("status", "six-month"),),)),)
EARLIER = (("officers", ((("status", "earlier-course"),),)),)
ALTERNATIVE = r"  {0}:\n(?:    .*\n|\n(?=    |\n))*"
WORDING = r"^## {0}\n(?:(?!## ).*\n?)*"

PLANTED = {
    "an alternative is removed": (
        {"prone_restraint": {ALTERNATIVE.format("move-to-non-prone"): "", WORDING.format("move-to-non-prone"): ""}},
        {("no-alternative", "prone-restraint", DECLINES), ("unmet-requirement", "IV.F(c)", DECLINES)},
    ),
    "a condition is narrowed": (
        {"prone_restraint": {r"in \['agrees', 'not_asked'\]": "== 'agrees'"}},
        {("no-alternative", "prone-restraint", ()), ("unmet-requirement", "IV.F(b)", ())},
    ),
    "a duty is dropped": (
        {"duties_seven": {r"^4\. \{#drills\}.*\n": "4. {#drills} helping;\n"}},
        {("unmet-requirement", "IV.A.4", ())},
    ),
    "a duty stands under a condition": (
        {"duties_seven": {r"^4\. \{#drills\}": "4. {#drills} {when: coverage != 'shared'}"}},
        {("unmet-requirement", "IV.A.4", (("coverage", "shared"),))},
    ),
    "an alternative claims less": (
        {"training_six_months": {r", V\.C\(c\)\]": "]"}},
        {("unmet-requirement", "V.C(c)", SIX_MONTHS)},
    ),
    "a clause for some records is dropped for some": (
        {"training_six_months": {r"^when: .*$": "when: officers | having('status', 'six-month') and not substitutes"}},
        {("unmet-requirement", f"V.C({part})", SIX_MONTHS) for part in "abc"},
    ),
    "a clause stands where a number is compared": (
        {"workspace": {r"^title: (.*)$": r"title: \1\nwhen: substitute_after_days < 20"}},
        {("unmet-requirement", "IV.D(c)", (("substitute_after_days", 20),))},
    ),
    "an option has no alternative": (
        {"questionnaire": {r"          - value: monthly\n            label: (.*)\n": r"          - value: daily\n            label: Daily\n          - value: monthly\n            label: \1\n"}},  # noqa: E501
        {("no-alternative", "partnership", (("meeting", "daily"),)), ("unmet-requirement", "IV.A(c)", (("meeting", "daily"),))},  # noqa: E501
    ),
    "two alternatives overlap": (
        {"liability": {r"when: liability == '(\w+)'": r"when: liability in ['\1', 'own', 'statute', 'mutual']", r"position: \w+": "position: acceptable"}},  # noqa: E501
        {("two-alternatives", "liability", ())},
    ),
    "a field is not asked where it stands": (
        {"exhibit_cost": {r"\{when: pricing == 'fixed'\} Price for a school year": "{when: pricing != 'no-charge'} Price for a school year"}},  # noqa: E501
        {("unasked-field", "exhibit-cost", (("pricing", "percent"),))},
    ),
    "a question is asked too seldom": (
        {"questionnaire": {r"ask_when: pricing != 'no-charge' or events == 'cost'": "ask_when: events == 'cost'"}},
        {("unasked-field", "payment", (("pricing", "fixed"),))},
    ),
    "a reference outlives its target": (
        {"duties_seven": {r"\{when: substitutes\} \[\[training-substitutes\]\]": "[[training-substitutes]]"}},
        {("dead-reference", "duties-seven", (("substitutes", False),))},
    ),
    "a reference has too wide a condition": (
        {"training_before_duties": {r"\{when: officers \| having\('status', 'earlier-course'\)\} An": "{when: officers | having('status', 'earlier-course', 'six-month')} An"}},  # noqa: E501
        {("dead-reference", "training-before-duties", SIX_MONTHS)},
    ),
    "a term is used where it is not defined": (
        {"exhibit_cost": {r"No fee is due from the District": "No Price is due from the District"}},
        {("undefined-term", "exhibit-cost", ())},
    ),
    "a definition stands under a condition": (
        {"def_terms": {r"^\*\*Emergency\*\*": "{when: data_lookup} **Emergency**"}},
        {("undefined-term", "data-access", ()), ("undefined-term", "schedule", (("schedule", "department"),))},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_hole_is_found_with_its_answers(name, tmp_path):
    changes, expected = PLANTED[name]
    found = shown(planted(tmp_path, **changes))
    assert expected <= found


def test_deleted_evidence_is_found_whatever_the_answers_are(tmp_path):
    path = shipped_files()
    claiming = [
        p for p in path.values() if p.suffix == ".md" and re.search(r"satisfies: .*IV\.E\(b\)", p.read_text("utf-8"))
    ]
    assert claiming
    made = planted(tmp_path, **{p.stem.replace("-", "_"): {r"(?<=Policy )519": "X"} for p in claiming})
    assert ("unmet-requirement", "IV.E(b)", ()) in shown(made)


# -- against drafts -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", generated.LIBRARIES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_no_answers_break_what_was_proved(name, data):
    loaded = generated.LIBRARIES[name]()
    text = data.draw(generated.answers(loaded, negotiated=False))
    drafted = draft.draft(Matter(Path("answers.yaml"), text, (), loaded))
    if drafted.wrong:
        return
    assert drafted.coverage.unmet == ()
    asked, values = loaded.questionnaire, drafted.selection.values
    for blank in contract.blanks(drafted.contract):
        assert scope.is_asked(asked, blank.question, values), blank
    for choice in drafted.selection.choices.values():
        fitting = [a for a in choice.clause.alternatives if a.when is None or language.holds(a.when, values)]
        assert len([a for a in fitting if a.position == choice.alternative.position]) == 1


@pytest.mark.parametrize("name", generated.LIBRARIES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_formula_says_of_answers_what_a_draft_of_them_does(name, data):
    loaded = generated.LIBRARIES[name]()
    text = data.draw(generated.answers(loaded))
    given_ = answers.parse(text, "answers.yaml", loaded.questionnaire)
    selected = selection.select(loaded, given_)
    at = presence.Presence(loaded, given_.chosen)
    broken = [claim for claim in laws.references_alive(at) if formulas.holds(claim.broken_when, selected.values)]
    try:
        made = assembly.assemble(selected)
    except DraftingError:
        assert broken
        return
    assert not broken
    unmet = {row.requirement.id for row in compliance.check(made, selected).unmet}
    claims = [claim for claim in laws.requirements_met(at) if formulas.holds(claim.broken_when, selected.values)]
    assert {claim.requirement.id for claim in claims} == unmet
    for clause in at.clauses():
        stands = {a.id for a in clause.alternatives if formulas.holds(at.selected(clause.id, a.id), selected.values)}
        choice = selected.choices.get(clause.id)
        assert stands == ({choice.alternative.id} if choice else set())
    defined = {run.text for run in contract.all_runs(made) if isinstance(run, contract.Definition)}
    assert defined == {
        part.text
        for _, _, wording, standing in at.all_texts()
        if formulas.holds(formulas.all_of(wording, standing.present), selected.values)
        for part in standing.parts
        if isinstance(part, prose.Term)
    }


NUMBERS = st.integers(0, 32)
DAYS = st.sampled_from(["2026-01-01", "2026-02-28", "2026-08-31", "2027-06-30"])
CONDITIONS = st.one_of(
    st.sampled_from(
        [
            "bites", "leash == 'short'", "leash != 'long'", "dogs", "dogs | having('size', 'small')",
            "dogs | having('size', 'large')", "dogs | answered", "note", "walker == 'Ann'", "walker", "starts < ends",
            "starts == ends", "(starts | add_months(6)) <= ends", "'Rex' in (dogs | field('name'))", "length",
            "starts", "fee", "leash", "town.name", "walker == town.name", "walker != (leash | label)",
            "(leash | label) == 'Long'", "walker == (leash | label | otherwise('Ann'))",
            "(walker | otherwise('Ann')) != town.name", "(leash | otherwise('Ann')) == walker",
            "(starts | otherwise('2026-08-31')) == ends", "(starts | add_months(1) | otherwise('2026-08-31')) < ends",
            "(length | otherwise(7)) != fee", "(fee | otherwise(2.5)) <= length", "length == fee",
            "walker in ['Ann', 'Rex', note]", "ends in ['2026-08-31', starts]", "'Rex' == walker",
            "'Rex' not in (dogs | having('size', 'small') | field('name'))", "(length | otherwise(3)) > 2",
        ]
    ),
    st.builds("length {} {}".format, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), NUMBERS),
    st.builds("fee {} {}.5".format, st.sampled_from(["<", "==", ">="]), NUMBERS),
    st.builds("starts {} '{}'".format, st.sampled_from(["<", "==", ">"]), DAYS),
    st.builds("(ends | add_days(30)) {} '{}'".format, st.sampled_from(["<", "==", ">"]), DAYS),
    st.builds("(dogs | count) {} {}".format, st.sampled_from(["<", "==", ">"]), st.integers(0, 3)),
    st.builds("(dogs | having('size', 'large') | count) == {}".format, st.integers(0, 2)),
)  # fmt: skip
TEXTS = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, data=st.data())
def test_the_smallest_answers_make_a_condition_true_and_where_there_are_none_no_answers_do(text, data):
    loaded = generated.small_library()
    asked = loaded.questionnaire
    expression, _ = language.check(language.parse(text), asked.schema)
    found = cases.Cases(asked).smallest(formulas.test(expression))
    if found is not None:
        given_ = answers.Answers(found.given, {}, "answers.yaml")
        assert language.holds(expression, scope.values(asked, given_))
        return
    tried = data.draw(generated.answers(loaded, negotiated=False))
    values = scope.values(asked, answers.parse(tried, "answers.yaml", asked))
    assert not language.holds(expression, values)


# Answers that meet: what conditions compare with, and what is just above and below it.
NEAR: dict[str, tuple[object, ...]] = {
    "town.name": ("Ann", "Long", "Rex"),
    "walker": ("Ann", "Rex", "Short", "Long", "short", "long", "Bo", ""),
    "note": ("Ann", "Rex", "Bo"),
    "starts": ("2025-07-31", "2026-01-01", "2026-07-31", "2026-08-31", "2026-09-01", "2027-06-30"),
    "ends": ("2026-01-01", "2026-02-28", "2026-08-30", "2026-08-31", "2026-09-30", "2026-10-01", "2027-07-01"),
    "leash": ("short", "long"),
    "bites": ("yes", "no"),
    "length": (1, 2, 3, 4, 6, 7, 8, 30),
    "fee": (0, 2.49, 2.5, 3, 6.99, 7, 7.01, 30),
    "dogs": (
        [{"name": "Rex", "size": "small"}], [{"size": "small"}, {"name": "Bo"}],
        [{"name": "Ann", "size": "large"}, {"name": "Rex", "size": "large"}],
    ),
}  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, dice=st.randoms(use_true_random=False))
def test_answers_that_meet_what_is_compared_break_no_condition_that_no_answers_make_true(text, dice):
    loaded = generated.small_library()
    asked = loaded.questionnaire
    expression, _ = language.check(language.parse(text), asked.schema)
    if cases.Cases(asked).smallest(formulas.test(expression)) is not None:
        expression, _ = language.check(language.parse(f"not ({text})"), asked.schema)
        if cases.Cases(asked).smallest(formulas.test(expression)) is not None:
            return
    for _ in range(40):
        chosen = {name: dice.choice(near) for name, near in NEAR.items() if dice.random() < 0.6}
        values = scope.values(asked, answers.parse(generated.to_yaml(chosen), "answers.yaml", asked))
        assert not language.holds(expression, values), chosen


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_answers_that_make_a_condition_true_are_never_missed(data):
    loaded = generated.small_library()
    asked = loaded.questionnaire
    values = scope.values(asked, answers.parse(data.draw(generated.answers(loaded, negotiated=False)), "a.yaml", asked))
    expression, _ = language.check(language.parse(data.draw(TEXTS)), asked.schema)
    if language.holds(expression, values):
        assert cases.Cases(asked).smallest(formulas.test(expression)) is not None


def test_the_answers_text_is_read_back_as_it_was_meant(tmp_path):
    loaded = small.load(tmp_path)
    text = noted(
        "starts < ends and fee > 2.5 and (dogs | count) == 2 and note == 'a: \"b\"'", "not (note == 'a: \"b\"')"
    )
    hole = next(h for h in proof.prove(smaller(tmp_path, notes=text)).holes)
    read = answers.parse(holes.answers_text(hole, {}), "hole.yaml", loaded.questionnaire)
    assert read.given.keys() == hole.given.keys()
    with pytest.raises(DraftingError, match="no alternative of 'notes'"):
        selection.select(smaller(tmp_path, notes=text), read)


def test_quoted_policy_is_no_promise(tmp_path):
    text = small.clause("Policy", "standard|preferred||II|The walker must use a leash, as it stands:\n\n{policy}")
    loaded = smaller(tmp_path, policy=text)
    made = assembly.assemble(selection.select(loaded, answers.parse(small.ANSWERS, "a.yaml", loaded.questionnaire)))
    words = next(s for s in contract.sections(made) if s.id == "policy")
    assert "must use a leash" in contract.section_text(words)
    assert (
        compliance.check(made, selection.select(loaded, answers.parse("", "a.yaml", loaded.questionnaire))).unmet == ()
    )
