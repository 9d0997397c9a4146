"""The proof finds each planted hole with the smallest answers that show it, and what it proves no answers break."""

from __future__ import annotations

import functools
import json
import re
import shutil
from pathlib import Path

import english
import generated
import pytest
import small
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often
from small import QUESTIONNAIRE, build, load

from drafter import contract, language
from drafter.base.problems import DraftingError
from drafter.drafting import assembly, compliance, draft, selection
from drafter.language import Missing
from drafter.matters import answers, scope
from drafter.matters.matter import Matter
from drafter.proving import laws, presence, proof
from drafter.proving.solving import formulas
from drafter.reading import library, loading, prose
from drafter.reading.questionnaire import one_answer


def broken(loaded: library.Library, **chosen: str) -> dict[str, list[dict[str, object]]]:
    """Return the answers of each hole, by its code."""
    found: dict[str, list[dict[str, object]]] = {}
    for hole in proof.prove(loaded, chosen).holes:
        given_ = {name: one_answer.written(value) or value for name, value in hole.given.items()}
        found.setdefault(hole.claim.problem.code, []).append(given_)
    return found


def smaller(tmp_path, **clauses: str) -> library.Library:
    return small.load(tmp_path, clauses=clauses)


# -- the small library --------------------------------------------------------------------------


def test_the_small_library_is_proved_but_for_what_it_leaves_open(tmp_path):
    made = proof.prove(small.load(tmp_path))
    assert [(h.claim.problem.code, dict(h.given)) for h in made.holes] == []
    assert made.cases > 0
    assert not made.undecided


def test_an_option_that_no_alternative_takes_is_found(tmp_path):
    options = "[{value: short, label: Short}, {value: long, label: Long}"
    asked = small.QUESTIONNAIRE.replace(options, options + ", {value: none, label: None}")
    found = broken(small.load(tmp_path, questionnaire=asked))
    assert found["no-alternative"] == [{"leash": "none"}]
    assert found["unmet-requirement"] == [{"leash": "none"}]


def test_two_alternatives_of_one_position_that_overlap_are_found(tmp_path):
    text = small.clause("Notes", "a|preferred|length > 5||A.", "b|preferred|length <= 7||B.", "c|fallback|||C.")
    found = broken(smaller(tmp_path, notes=text))
    assert found == {"two-alternatives": [{"leash": "long", "length": "6"}]}


def saying(tmp_path, *says: str, **clauses: str) -> library.Library:
    """Load the small library with other sentences for II in its leash."""
    return small.load(tmp_path, policy=small.saying("II", *says), clauses=clauses)


def test_an_item_that_a_condition_drops_is_said_only_where_it_is(tmp_path):
    text = small.clause(
        "Leash", "standard|preferred||II|The walker must:\n\n1. {#hold} {when: fee > 10} use a leash; and\n2. walk."
    )
    made = proof.prove(saying(tmp_path, "The walker must: use a leash", leash=text))
    [unmet] = [hole for hole in made.holes if hole.claim.problem.code == "unmet-requirement"]
    assert dict(unmet.given) == {}
    assert unmet.claim.requirement.quote == "must use a leash"
    assert "clauses/leash.md" in unmet.claim.files


def test_what_is_said_below_an_item_goes_with_the_item(tmp_path):
    text = small.clause(
        "Leash",
        "standard|preferred||II|The walker must:\n\n1. {#hold} hold.\n2. {when: not bites} see to it:\n   1. use a leash.",  # noqa: E501
    )
    loaded = saying(tmp_path, "The walker must: see to it: use a leash.", leash=text)
    assert broken(loaded) == {"unmet-requirement": [{"bites": "yes"}]}


def test_a_sentence_is_not_said_by_itself_where_it_hangs_under_another(tmp_path):
    text = small.clause(
        "Leash",
        "standard|preferred||II|{when: bites} These words are old:\n\nThe walker must use a leash.\n\n1. {#hold} hold.",
    )
    loaded = saying(tmp_path, "The walker must use a leash.", leash=text)
    assert broken(loaded) == {"unmet-requirement": [{"bites": "yes"}]}


def test_another_clause_that_says_it_is_no_home(tmp_path):
    said = "The walker must use a leash."
    weak = small.clause("Leash", f"standard|preferred||II|{{when: bites}} {said}\n\n1. {{#hold}} hold.")
    notes = small.clause("Notes", f"standard|preferred||II|{said}")
    found = broken(saying(tmp_path, said, leash=weak, notes=notes))
    assert found == {"unmet-requirement": [{}]}


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("muzzle", "The walker must use a muzzle. It may be soft."),
        ("notes", "What the Town says comes first."),
        ("dog", "**Dog** means a dog in [[exhibit:dogs]], unless it is asleep. See [[leash.hold]]."),
    ],
    ids=["in a home", "in what can undo one", "in a definition"],
)
def test_what_could_take_back_a_requirement_is_found_unless_it_is_declared(tmp_path, where, text):
    leash = small.clause("Leash", "standard|preferred||II|The walker must hold the Dog:\n\n1. {#hold} held.")
    policy = small.saying("II", "The walker must hold the Dog:") + "can_undo: [notes]\n"
    written = small.clause(
        "Claim", f"standard|preferred||{'III' * (where == 'muzzle')}|{text}", when="bites" * (where == "muzzle")
    )
    plain = small.clause("Records", "standard|preferred|||The Parties agree.")
    clauses = {"notes": plain, "leash": leash, where: written}
    assert list(broken(small.load(tmp_path / "a", policy=policy, clauses=clauses))) == ["undeclared-exception"]
    counter = text.split(". ")[1] if where == "muzzle" else text.removesuffix(" See [[leash.hold]].")
    declared = f"exceptions:\n  - {{sentence: '{counter}', because: A reason.}}\nalternatives:"
    clauses[where] = written.replace("alternatives:", declared)
    assert broken(small.load(tmp_path / "b", policy=policy, clauses=clauses)) == {}


def test_what_a_field_or_a_phrase_prints_can_take_back_a_requirement_too(tmp_path):
    said = "standard|preferred||III|The walker must use a muzzle."
    hidden = f"{said} {{{{ 'The walker may take it off.' }}}}"
    phrase = small.AGREEMENT.replace("phrases:\n", "phrases:\n  walking: dogs | plural('no walker', 'the walkers')\n")
    assert phrase != small.AGREEMENT
    made = small.load(tmp_path / "field", clauses={"muzzle": small.clause("Muzzle", hidden, when="bites")})
    assert list(broken(made)) == ["undeclared-exception"]
    assert "undeclared-exception" in broken(small.load(tmp_path / "phrase", agreement=phrase))


def test_counter_words_where_nothing_is_undone_are_no_exception(tmp_path):
    price = small.clause("Price", "standard|preferred|||The Town may pay {{ fee | money_words }}, unless it is late.")
    assert broken(smaller(tmp_path, price=price)) == {}


def test_a_field_of_a_question_that_is_not_asked_is_found(tmp_path):
    text = small.clause("Notes", "standard|preferred|||It is {{ length | words }} feet long.")
    assert broken(smaller(tmp_path, notes=text)) == {"unasked-field": [{}]}
    for fine in (
        "{{ length | otherwise('no') }} feet.",
        "{{ length if leash == 'long' else 'no' }} feet.",
        "{when: leash == 'long'} {{ length }} feet.\n\nWords.",
    ):
        assert broken(smaller(tmp_path, notes=small.clause("Notes", f"standard|preferred|||{fine}"))) == {}


def kinds(value) -> list[dict[str, object]]:
    """Return the fields answered in a list of records."""
    return [dict(record.values) for record in value]


def gaps(made: proof.Proof) -> list[dict[str, object]]:
    """Return the smallest answers under which the notes have no wording."""
    return [dict(hole.given) for hole in made.holes if hole.claim.problem.code == "no-alternative"]


def listed(made: proof.Proof) -> list[list[dict[str, object]]]:
    """Return the dogs of each hole, a record a dog."""
    return [[dict(record.values) for record in given["dogs"]] for given in gaps(made)]


def test_a_field_of_a_record_that_is_not_asked_is_found(tmp_path):
    table = "The Dogs:\n\n| Dog |\n|---|\n| {each: d in dogs} {{ d.chain }} |"
    [hole] = proof.prove(smaller(tmp_path, list=small.clause("List", f"standard|preferred|||{table}"))).holes
    assert hole.claim.problem.code == "unasked-field"
    assert kinds(hole.given["dogs"]) in ([{}], [{"size": "small"}])
    listed = table.replace("in dogs", "in dogs | having('size', 'large')") + "\n| none |"
    assert broken(smaller(tmp_path, list=small.clause("List", f"standard|preferred|||{listed}"))) == {}


def test_a_list_of_a_field_that_is_not_asked_of_each_record_is_found(tmp_path):
    text = small.clause("Notes", "standard|preferred|||Chains: {{ dogs | field('chain') | series }}.")
    assert list(broken(smaller(tmp_path, notes=text))) == ["unasked-field"]
    text = text.replace("{{ dogs |", "{{ dogs | having('size', 'large') |")
    assert broken(smaller(tmp_path, notes=text)) == {}


def test_a_reference_to_a_clause_that_can_be_dropped_is_found(tmp_path):
    text = small.clause("Notes", "standard|preferred|||See [[muzzle]].")
    assert broken(smaller(tmp_path, notes=text)) == {"dead-reference": [{}]}
    text = small.clause("Notes", "standard|preferred|||{when: bites} See [[muzzle]].\n\nWords.")
    assert broken(smaller(tmp_path, notes=text)) == {}


def test_a_reference_to_an_item_that_can_be_dropped_is_found(tmp_path):
    leash = small.CLAUSES["leash"].replace("2. {when: bites}", "2. {#strong} {when: bites}")
    text = small.clause("Notes", "standard|preferred|||See [[leash.strong]].")
    assert broken(smaller(tmp_path, notes=text, leash=leash)) == {"dead-reference": [{}]}


def test_a_term_used_where_its_definition_is_dropped_is_found(tmp_path):
    muzzle = small.clause(
        "Muzzle",
        "standard|preferred||III|The walker must use a muzzle. It is the **Basket**. [[leash]] stays.",
        when="bites",
    )
    notes = small.clause("Notes", "standard|preferred|||No Baskets are bought.")
    assert broken(smaller(tmp_path, notes=notes, muzzle=muzzle)) == {"undefined-term": [{}]}


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
    assert {hole["code"] for hole in told["holes"]} == {"unmet-requirement"}  # its length is asked: the leash is long
    assert told["alternatives"] == {"leash": "long"}
    assert "leash: long" in run("prove", "lib", "-m", "matter.yaml").stdout


def test_a_chosen_alternative_that_goes_with_an_answer_is_proved_of_such_answers_only(tmp_path):
    weak = small.CLAUSES["leash"].replace("satisfies: [II]\n    concedes", "concedes").replace("leash of", "rope of")
    text = "{when: leash == 'short'} See [[muzzle]].\n\nWords."
    loaded = load(tmp_path, clauses={"leash": weak, "notes": small.clause("Notes", f"standard|preferred|||{text}")})
    assert set(broken(loaded)) == {"unmet-requirement", "dead-reference"}
    assert set(broken(loaded, leash="long")) == {"unmet-requirement"}
    assert set(broken(loaded, leash="short")) == {"dead-reference"}


def test_quoted_policy_is_no_promise(tmp_path):
    text = small.clause(
        "Policy", "standard|preferred||II|As it stands:\n\n{policy}\n\n{when: bites} A walker must use a leash."
    )
    told = small.saying("II", "A walker must use a leash.").replace("home: leash", "home: policy")
    loaded = small.load(tmp_path, policy=told, clauses={"policy": text})
    made = assembly.assemble(selection.select(loaded, answers.parse(small.ANSWERS, "a.yaml", loaded.questionnaire)))
    words = next(s for s in contract.sections(made) if s.id == "policy")
    assert "must use a leash" in small.section_text(words)
    checked = compliance.check(made, selection.select(loaded, answers.parse("", "a.yaml", loaded.questionnaire)))
    assert [row.requirement.id for row in checked.unmet] == ["II"]
    assert broken(loaded) == {"unmet-requirement": [{}]}


def test_a_chosen_alternative_that_is_not_known_is_reported(tmp_path, monkeypatch):
    build(tmp_path / "lib")
    (tmp_path / "matter.yaml").write_text("alternatives: {leash: rope}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib", "-m", "matter.yaml")
    assert result.exit_code == 1
    assert "unknown-alternative: 'leash' has no alternative 'rope'" in result.stderr
    with pytest.raises(DraftingError, match="'leash' has no alternative 'rope'"):
        proof.prove(load(tmp_path / "lib"), {"leash": "rope"})


def test_what_can_not_be_proved_is_shown_apart_from_what_is_not_so(tmp_path):
    build(tmp_path / "lib", clauses={"notes": small.noted("(note | upper) == 'X'")})
    result = run("prove", tmp_path / "lib")
    assert result.exit_code == 1
    assert "  not proved  Every clause has exactly one alternative" in result.stdout
    assert "undecided: this can't be proved, because of the condition note | upper == 'X'" in result.stderr


# -- the checks of the questionnaire ------------------------------------------------------------

END = "checks:\n"


def proved(tmp_path, *whens: str, asked: str = "", checks: str = "", questionnaire: str = QUESTIONNAIRE) -> proof.Proof:
    """Prove the small library with these conditions in its notes, and more questions and checks."""
    text = questionnaire.replace(END, f"{asked}{END}{checks}")
    return proof.prove(load(tmp_path, questionnaire=text, clauses={"notes": small.noted(*whens)}))


def test_a_check_of_each_record_excuses_the_answers_that_it_refuses(tmp_path):
    check = "  - {id: big, each: d in dogs, holds: d.size == 'large', message: Too small.}\n"
    small_ones = "not (dogs | having('size', 'small'))"
    made = proved(tmp_path / "refused", small_ones, checks=check)
    assert (made.holes, made.relied_on) == ((), ("big", "some"))
    when = check.replace("message", "when: bites, message")
    assert listed(proved(tmp_path / "seldom", small_ones, checks=when)) == [[{"size": "small"}]]


def test_a_check_that_can_not_be_divided_excuses_nothing(tmp_path):
    check = "  - {id: loud, holds: (walker | upper) == 'ANN', questions: [walker], message: Not Ann.}\n"
    made = proved(tmp_path, "walker != 'Bob' or bites", checks=check)
    assert (gaps(made), made.relied_on) == ([{}], ("some",))
    made = proved(tmp_path / "bob", "walker != 'Bob'", "not (walker | answered)", checks=check)
    assert (gaps(made), made.relied_on) == ([{"walker": "Bob"}], ("some",))


# -- the library that is shipped, with holes planted --------------------------------------------


@pytest.mark.parametrize("form", ["standard", "comprehensive"])
def test_the_library_that_is_shipped_is_proved(form):
    made = proof.prove(generated.real_library(form))
    assert [str(problem) for problem in proof.problems(made)] == []


ROOT = Path(__file__).resolve().parents[1]

REAL = ROOT / "clause_library"


@functools.cache
def shipped_files() -> dict[str, Path]:
    return {path.stem: path for path in REAL.rglob("*.*")}


def planted(tmp_path: Path, **changes: dict[str, str]) -> proof.Proof:
    """Copy the library, change words of files, and prove what came of its comprehensive form."""
    copied = tmp_path / "clause_library"
    shutil.copytree(REAL, copied)
    for stem, change in changes.items():
        path = copied / shipped_files()[stem.replace("_", "-")].relative_to(REAL)
        text = path.read_text("utf-8")
        for old, new in change.items():
            assert re.search(old, text, re.MULTILINE), f"{old!r} is not in {path.name}"
            text = re.sub(old, new, text, flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    found = loading.read(copied, "clause_library", "comprehensive")
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

ALTERNATIVE = r"  {0}:\n(?:    .*\n|\n(?=    |\n))*"

WORDING = r"^## {0}\n(?:(?!## ).*\n?)*"

PLANTED = {
    "an alternative is removed": (
        {"prone_restraint": {ALTERNATIVE.format("move-to-non-prone"): "", WORDING.format("move-to-non-prone"): "", r"^    for: move-to-non-prone\n": ""}},  # noqa: E501
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
        {"liability": {r"when: liability == '(\w+)'": r"when: liability in ['\1', 'city', 'own', 'statute', 'mutual']", r"position: \w+": "position: acceptable"}},  # noqa: E501
        {("two-alternatives", "liability", ())},
    ),
    "a field is not asked where it stands": (
        {"exhibit_cost": {r"\{when: pricing == 'fixed'\} Price for a school year": "{when: pricing != 'no-charge'} Price for a school year"}},  # noqa: E501
        {("unasked-field", "exhibit-cost", (("pricing", "percent"),))},
    ),
    "a question is asked too seldom": (
        {"questionnaire": {r"ask_when: pricing != 'no-charge' or (events in )": r"ask_when: \1"}},
        {("unasked-field", "payment", (("pricing", "fixed"),))},
    ),
    "a reference outlives its target": (
        {"duties_seven": {r"\{when: substitutes\} A Substitute": "A Substitute"}},
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


def test_a_changed_sentence_is_found_whatever_the_answers_are(tmp_path):
    home = generated.real_library().policy.requirement("IV.E(b)").home
    made = planted(tmp_path, **{home.replace("-", "_"): {r"(?<=Policy )519": "X"}})
    assert ("unmet-requirement", "IV.E(b)", ()) in shown(made)


# -- against drafts -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", generated.LIBRARIES)
@settings(max_examples=often(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_no_answers_break_what_was_proved(name, data):
    loaded = generated.LIBRARIES[name]()
    text = data.draw(generated.answers(loaded, negotiated=False))
    drafted = draft.draft(Matter(Path("answers.yaml"), text, (), loaded))
    if drafted.wrong:
        return
    assert drafted.coverage.unmet == ()
    assert english.breaks(drafted.contract) == set()
    asked, values = loaded.questionnaire, drafted.selection.values
    for blank in contract.blanks(drafted.contract):
        assert scope.is_asked(asked, blank.question, values), blank
    for choice in drafted.selection.choices.values():
        fitting = [a for a in choice.clause.alternatives if a.when is None or language.holds(a.when, values)]
        assert len([a for a in fitting if a.position == choice.alternative.position]) == 1


@pytest.mark.parametrize("name", generated.LIBRARIES)
@settings(max_examples=often(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_formula_says_of_answers_what_a_draft_of_them_does(name, data):
    loaded = generated.LIBRARIES[name]()
    text = data.draw(generated.answers(loaded))
    given_ = answers.parse(text, "answers.yaml", loaded.questionnaire)
    selected = selection.select(loaded, given_)
    at = presence.Presence(loaded, given_.chosen)
    values = {**selected.values, **{presence.choice_of(clause): Missing("", "") for clause in at.free}}
    broken = [claim for claim in laws.references_alive(at) if formulas.holds(claim.broken_when, values)]
    try:
        made = assembly.assemble(selected)
    except DraftingError:
        assert broken
        return
    assert not broken
    rows = compliance.check(made, selected).unmet
    unmet = {
        row.requirement.id for row in rows if not row.requirement.same_as
    }  # the claim is of what it is the same as
    claims = [claim for claim in laws.requirements_met(at) if formulas.holds(claim.broken_when, values)]
    assert {claim.requirement.id for claim in claims} == unmet
    for clause in at.clauses():
        stands = {a.id for a in clause.alternatives if formulas.holds(at.selected(clause.id, a.id), values)}
        choice = selected.choices.get(clause.id)
        assert stands == ({choice.alternative.id} if choice else set())
    defined = {run.text for run in contract.all_runs(made) if isinstance(run, contract.Definition)}
    assert defined == {
        part.text
        for _, _, wording, standing in at.all_texts()
        if formulas.holds(formulas.all_of(wording, standing.present), values)
        for part in standing.parts
        if isinstance(part, prose.Term)
    }
