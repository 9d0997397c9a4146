"""What holds of every form of a library, whatever is answered: of drafts, of converting, of the order of forms."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import forms
import generated
import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter import contract
from drafter.base.problems import DraftingError, Problem
from drafter.contract import Reference
from drafter.drafting import compliance
from drafter.drafting.converting import conversion, crossing
from drafter.matters.answers import FORM
from drafter.matters.matter import Matter
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading
from drafter.reading.library import Library

DAY = date(2026, 5, 2)
FORMS = ("short", "whole")
# An alternative of the whole form that has one in its place in the short one, and one that has none.
NOTES = small.clause(
    "Notes", "standard|preferred|||Notes.", "more|fallback|||More notes.", "none|acceptable|||No notes."
)
NOTES = NOTES.replace("    position: ", "    form: whole\n    position: ").replace(
    "---\n\n## standard",
    "  few: {label: Few, position: preferred, form: short, for: standard}\n"
    "  some: {label: Some, position: fallback, form: short, for: more, guidance: G., concedes: Some.}\n"
    "---\n\n## standard",
)
NOTES += "\n## few\n\nFew.\n\n## some\n\nSome.\n"
OUTLINE = forms.AGREEMENT.replace("muzzle, price]}\n    exhibits", "muzzle, price, notes]}\n    exhibits", 1)


@cache
def library(form: str) -> Library:
    return loading.load(folder(), "lib", form)


@cache
def folder() -> Path:
    return forms.build(Path(mkdtemp()), agreement=OUTLINE, clauses={"notes": NOTES})


def of(form: str, text: str) -> Matter:
    said = text if FORM in text.partition(":")[0] else f"form: {form}\n{text}"
    return Matter(Path("answers.yaml"), said, (), library(form))


def both() -> st.SearchStrategy[tuple[str, str]]:
    """Draw a form and answers of it."""
    return st.one_of(*(st.tuples(st.just(form), _texts(library(form))) for form in FORMS))


def _texts(drafted: Library) -> st.SearchStrategy[str]:
    return generated.answers(drafted).map(lambda text: "" if text == "{}\n" else text)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_proved(form):
    made = proof.prove(library(form))
    assert made.library.form.id == form
    assert not proof.problems(made)


@settings(max_examples=often(60), deadline=None)
@given(both())
def test_a_draft_of_any_form_says_what_it_must_and_refers_to_what_is_there(drawn):
    form, text = drawn
    made, covered, selected = small.draft(library(form), text)
    assert made.form == form
    assert {s.id for s in contract.sections(made)} <= set(library(form).order())
    unmet = [row.requirement.id for row in covered.rows if row.status in compliance.UNMET]
    own = {name for name, choice in selected.choices.items() if choice.by == "negotiator"}
    assert not unmet or own
    known = contract.targets(made)
    references = [run for run in contract.all_runs(made) if isinstance(run, Reference)]
    assert all(known[run.target] == run.text for run in references)


@settings(max_examples=often(60), deadline=None)
@given(both())
def test_a_contract_of_one_form_is_not_changed_by_answers_that_another_asks(drawn):
    form, text = drawn
    other = library(next(one for one in FORMS if one != form))
    asked = other.questionnaire.questions.keys() - library(form).questionnaire.questions.keys()
    more = "".join(f"{name}: x\n" for name in sorted(asked) if "." not in name)
    assert small.draft(library(form), text)[0] == small.draft(library(form), text + more)[0]


@settings(max_examples=often(80), deadline=None)
@given(both())
def test_converting_there_and_back_gives_the_same_contract_where_everything_crosses(drawn):
    form, text = drawn
    other = next(one for one in FORMS if one != form)
    start = of(form, text)
    refused: tuple[Problem, ...] = ()
    try:
        there = conversion.convert(start, library(other), (), DAY)
        back = conversion.convert(there.after.matter, library(form), there.record, DAY)
    except DraftingError as error:
        refused = error.problems
    if refused:  # a choice against an answer that another text reads
        assert {problem.code for problem in refused} == {"split-answer"}
        return
    undone = conversion.undo(there.after.matter, library(form), there.record)
    assert undone.after.contract == there.before.contract
    assert undone.after.answers.chosen == there.before.answers.chosen
    if not there.uncrossed and not back.uncrossed:
        assert back.after.contract == there.before.contract
    for made in (there, back):
        assert {row.clause for row in made.rows if row.state == "left out"}.isdisjoint(made.after.selection.choices)
        assert all(row.words[0] == row.words[1] for row in made.rows if row.state == "kept")
        assert made.words == tuple(sum(row.words[side] for row in made.rows) for side in (0, 1))


def test_only_what_has_one_place_in_the_other_form_crosses():
    chosen = [("notes", "standard"), ("notes", "more"), ("notes", "none"), ("leash", "long"), ("policy", "standard")]
    crossed = [crossing.alternative(*one, library("whole"), library("short")) for one in chosen]
    assert crossed == ["few", "some", "", "brief", ""]
    assert crossing.alternative("leash", "brief", library("short"), library("whole")) == ""  # it is for two


# -- the order of the forms ---------------------------------------------------------------------


@cache
def turned() -> dict[str, Library]:
    """The same library with its forms in the other order."""
    head, _, rest = OUTLINE.partition("forms:\n")
    short, _, whole = rest.partition("  whole:\n")
    root = forms.build(Path(mkdtemp()), agreement=f"{head}forms:\n  whole:\n{whole}{short}", clauses={"notes": NOTES})
    return {one.library.form.id: one.library for one in loading.read_forms(root, "lib")}


def test_the_order_of_forms_decides_only_which_comes_first():
    assert list(turned()) == ["whole", "short"]
    for form in FORMS:
        one, other = library(form), turned()[form]
        assert one.order() == other.order()
        assert [(c.id, [a.id for a in c.alternatives]) for c in one.clauses.values()] == [
            (c.id, [a.id for a in c.alternatives]) for c in other.clauses.values()
        ]
        assert one.questionnaire.questions == other.questionnaire.questions
        assert one.unsaid == other.unsaid == "whole"
    first, second = (_linted(root) for root in (folder(), turned()["whole"].folder))
    assert first == second


def _linted(root: Path) -> list[str]:
    """What lint finds in both forms, without the lines of the outline."""
    found = lint.lint_forms(loading.read_forms(root, "lib")).wrong
    return [re.sub(r"agreement.yaml:\d+", "agreement.yaml", str(problem)) for problem in found]


@settings(max_examples=often(60), deadline=None)
@given(both())
def test_the_order_of_forms_changes_no_contract(drawn):
    form, text = drawn
    assert small.draft(library(form), text)[0] == small.draft(turned()[form], text)[0]
    assert FORM not in library(form).questionnaire.questions
    assert library(form).form == turned()[form].form
