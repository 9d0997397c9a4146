"""A clause whose answer something else reads is changed by that answer alone, whatever it is that reads it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import generated
import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.base.problems import DraftingError
from drafter.drafting import draft, swapping
from drafter.matters import answers
from drafter.matters.matter import Matter
from drafter.reading import loading, own_wordings, readers
from drafter.reading.library import Library

DAY = dt.date(2026, 5, 2)
OWN = "alternatives:\n  price: own-wording\n"


def planted(folder: Path, parts: dict[str, object], notes: str) -> tuple[Library, str]:
    """Return a library with one more reader of the hue, and what a matter's answers must say for it to be there."""
    own, memo = parts.get("own"), parts.get("memo")
    files = {k: v for k, v in parts.items() if k not in ("own", "memo", "clauses")}
    clauses = {"notes": notes, **parts.get("clauses", {})}
    root = small.build(folder, **{"questionnaire": generated.HUED, **files}, clauses=clauses)
    (root / "memo.md").unlink(missing_ok=True)
    if memo is not None:
        (root / "memo.md").write_text(memo, "utf-8")
    loaded = loading.load(root, "lib")
    if own is None:
        return loaded, ""
    (folder / "price.md").write_text(own, "utf-8")
    return own_wordings.added_to(loaded, {"price.md": folder / "price.md"}), OWN


NOTES = st.tuples(st.permutations(generated.HUES), st.booleans()).map(
    lambda drawn: (generated.hued(*drawn[0], last=drawn[1]), drawn[0][-1] if drawn[1] else "")
)
ANSWERED = st.sampled_from(("", *generated.HUES))


@pytest.mark.parametrize("reader", generated.READERS)
@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
@given(notes=NOTES, answered=ANSWERED, wanted=st.sampled_from(generated.HUES))
def test_a_choice_against_an_answer_that_something_reads_is_refused_and_a_swap_changes_the_answer(
    reader, notes, answered, wanted, tmp_path_factory
):
    loaded, chosen = planted(tmp_path_factory.mktemp("split"), generated.READERS[reader], notes[0])
    text = small.ANSWERS + (f"hue: {answered}\n" if answered else "") + chosen
    now = answered or "red"
    matter = Matter(Path("answers.yaml"), text, (), loaded)
    assert draft.draft(matter).selection.in_force["notes"] == now
    split = text + ("" if chosen else "alternatives:\n") + f"  notes: {wanted}\n"
    if wanted == now:
        assert draft.draft(Matter(matter.place, split, (), loaded)).selection.in_force["notes"] == now
        return
    with pytest.raises(DraftingError) as refused:
        draft.draft(Matter(matter.place, split, (), loaded))
    assert [problem.code for problem in refused.value.problems] == ["split-answer"]
    swapped = swapping.swap(matter, "notes", wanted, DAY)
    after = answers.parse(swapped.after.matter.text, "answers.yaml", loaded.questionnaire)
    assert (after.given["hue"], after.chosen.get("notes")) == (wanted, None)
    assert swapped.after.selection.in_force["notes"] == wanted


@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
@given(notes=NOTES, answered=ANSWERED, wanted=st.sampled_from(generated.HUES))
def test_a_choice_where_nothing_else_reads_the_answer_is_free(notes, answered, wanted, tmp_path_factory):
    loaded, _ = planted(tmp_path_factory.mktemp("free"), {}, notes[0])
    text = small.ANSWERS + (f"hue: {answered}\n" if answered else "")
    swapped = swapping.swap(Matter(Path("answers.yaml"), text, (), loaded), "notes", wanted, DAY)
    after = answers.parse(swapped.after.matter.text, "answers.yaml", loaded.questionnaire)
    assert after.given.get("hue") == (answered or None)
    assert swapped.after.selection.in_force["notes"] == wanted


@pytest.mark.parametrize("reader", generated.READERS)
def test_every_reader_is_one(reader, tmp_path):
    loaded, chosen = planted(tmp_path, generated.READERS[reader], generated.hued(*generated.HUES, last=False))
    known = readers.readers(loaded, {"price": "own-wording"} if chosen else {})
    assert readers.decided(loaded, loaded.clauses["notes"], known).by == "answer"
