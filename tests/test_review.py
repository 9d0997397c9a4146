"""What a person has read is recorded with all that it rests on, and is unread again when any of that changes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import generated
import pytest
import small
from commands import matter, run
from hypothesis import given
from hypothesis import strategies as st

from drafter.drafting import draft
from drafter.matters.matter import Matter
from drafter.papers import matrix
from drafter.reading import loading
from drafter.reading.reviewing import marks, review
from drafter.reading.reviewing.marks import Mark, Reviewed

DAY = dt.date(2026, 5, 2)
UNDOING = small.POLICY + "can_undo: [notes]\n"
ROPE = "The walker must use a rope."
OWN = f"---\nsatisfies: [II]\nsays: {{II: [{ROPE}]}}\n---\n{ROPE}\n\n1. {{#hold}} held.\n"


def read(loaded):
    """The library with every wording recorded as read."""
    every = [(requirement.id, f"{clause.id}.{a.id}") for requirement, clause, a in review.links(loaded)]
    return review.recorded(loaded, every, "Counsel", DAY)


def unread(tmp_path, change: tuple[str, str, str]) -> list[tuple[str, str, list[str]]]:
    """What is unread once words of a file have changed: the requirement, the wording, and what changed."""
    root = small.build(tmp_path / "lib", policy=UNDOING)
    (root / marks.FILE).write_text(marks.to_text(read(loading.load(root, "lib")).reviewed), "utf-8")
    file, old, new = change
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")
    found = review.unread(loading.load(root, "lib"))
    return [(one.requirement.id, one.wording, [change.what for change in one.changes]) for one in found]


def test_nothing_is_read_until_it_is_recorded(tmp_path):
    loaded = small.load(tmp_path)
    assert [(one.requirement.id, one.wording, one.mark, one.changes) for one in review.unread(loaded)] == [
        ("II", "leash.short", None, ()),
        ("II", "leash.long", None, ()),
        ("III", "muzzle.standard", None, ()),
    ]
    assert review.unread(read(loaded)) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    {
        "nothing": (("sources/policy.yaml", "title: Dogs", "title: Dogs"), []),
        "the policy's words": (
            ("sources/policy.yaml", "text: A walker must use a leash.", "text: A walker must use a leash now."),
            [("II", "leash.short", ["policy"]), ("II", "leash.long", ["policy"])],
        ),
        "the row": (
            ("sources/policy.yaml", "asks: The walker uses a muzzle.", "asks: The walker has a muzzle."),
            [("III", "muzzle.standard", ["requirement"])],
        ),
        "when it applies": (
            ("sources/policy.yaml", "applies_when: bites", "applies_when: not bites"),
            [("III", "muzzle.standard", ["requirement"])],
        ),
        "the wording": (
            ("clauses/leash.md", "of steel", "of iron"),
            [("II", "leash.short", ["wording"])],
        ),
        "a condition in the wording": (
            ("clauses/leash.md", "{when: bites}", "{when: not bites}"),
            [("II", "leash.short", ["wording"])],
        ),
        "when the wording is selected": (
            ("clauses/leash.md", "leash == 'long'", "leash != 'short'"),
            [("II", "leash.long", ["wording"])],
        ),
        "a clause that can undo it": (
            ("clauses/notes.md", "agree.", "agree otherwise."),
            [
                ("II", "leash.short", ["clause notes"]),
                ("II", "leash.long", ["clause notes"]),
                ("III", "muzzle.standard", ["clause notes"]),
            ],
        ),
        "a clause that has nothing to do with it": (("clauses/price.md", "pays", "owes"), []),
        "advice alone": (("clauses/leash.md", "Guidance on short.", "Other guidance."), []),
    }.values(),
)  # fmt: skip
def test_a_reading_rests_on_the_policy_the_row_the_wording_and_what_can_undo_it(tmp_path, change, expected):
    assert unread(tmp_path, change) == expected


def test_a_reading_rests_on_the_definitions_of_the_terms_in_the_wording(tmp_path):
    leash = small.CLAUSES["leash"].replace("{#hold} held.", "{#hold} held by no Dog.")
    root = small.build(tmp_path, clauses={"leash": leash})
    loaded = read(loading.load(root, "lib"))
    dog = small.CLAUSES["dog"].replace("a dog in", "any dog in")
    changed = loading.load(small.build(tmp_path, clauses={"leash": leash, "dog": dog}), "lib")
    found = review.unread(replace(changed, reviewed=loaded.reviewed))
    assert [(one.wording, [(c.what, c.before, c.now) for c in one.changes]) for one in found] == [
        (
            "leash.long",
            [("term Dog", "“Dog” means a dog in [[exhibit:dogs]]. See [[leash.hold]].",
              "“Dog” means any dog in [[exhibit:dogs]]. See [[leash.hold]].")],
        )
    ]  # fmt: skip


def test_a_term_is_found_in_either_number(tmp_path):
    notes = small.clause("Notes", "standard|preferred|||A **Party** agrees.")
    leash = small.CLAUSES["leash"].replace("{#hold} held.", "{#hold} held as the Parties wish.")
    loaded = read(small.load(tmp_path, clauses={"leash": leash, "notes": notes}))
    assert {wording: "term Party" in mark.rests_on for wording, mark in loaded.reviewed.marks["II"].items()} == {
        "leash.short": False,
        "leash.long": True,
    }


def test_a_wording_that_is_gone_is_forgotten(tmp_path):
    loaded = read(small.load(tmp_path))
    mark = loaded.reviewed.mark("II", "leash.short")
    more = {**loaded.reviewed.marks, "II": {**loaded.reviewed.marks["II"], "leash.gone": mark}, "IX": {"a.b": mark}}
    kept = replace(loaded, reviewed=replace(loaded.reviewed, marks=more))
    assert review.recorded(kept, [], "Counsel", DAY).reviewed.marks == loaded.reviewed.marks


WORDS = generated.honest()


@given(words=st.dictionaries(WORDS, WORDS, max_size=3), by=WORDS)
def test_a_record_reads_back_as_it_was_written(tmp_path_factory, words, by):
    texts = {f"{number:016x}": text for number, text in enumerate(words.values())}
    rests_on = dict(zip(words, texts, strict=True))
    marked = {"II": {"leash.short": Mark(by=by, on=DAY, rests_on=rests_on)}} if words else {}
    kept = Reviewed(marks=marked, texts=texts)
    path = tmp_path_factory.mktemp("marks") / marks.FILE
    path.write_text(marks.to_text(kept), "utf-8")
    assert marks.load(path, "reviewed.yaml") == kept


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path, monkeypatch):
    matter(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def reviewed(*words: str) -> tuple[int, list[tuple[str, str]]]:
    result = run("review", *words, "--library", "lib", "--json")
    return result.exit_code, [(one["requirement"], one["wording"]) for one in json.loads(result.stdout)]


def test_what_is_unread_is_listed_until_it_is_recorded_with_who_and_when(place):
    assert reviewed() == (1, [("II", "leash.short"), ("II", "leash.long"), ("III", "muzzle.standard")])
    assert reviewed("II", "--by", "Counsel", "--on", "2026-05-02") == (1, [("III", "muzzle.standard")])
    assert reviewed("--all", "--by", "Other Counsel") == (0, [])
    kept = marks.load(place / "lib" / marks.FILE, "").mark("II", "leash.short")
    assert (kept.by, kept.on != DAY) == ("Other Counsel", True)
    assert run("review", "--library", "lib").stdout == "Every wording has been read as it is now.\n"


def test_nobody_can_record_without_a_name(place):
    result = run("review", "II", "--library", "lib")
    assert (result.exit_code, "--by NAME" in result.stderr) == (2, True)
    assert not (place / "lib" / marks.FILE).exists()


def test_the_old_words_are_printed_beside_the_new(place):
    run("review", "--all", "--by", "Counsel", "--on", "2026-05-02", "--library", "lib")
    path = place / "lib" / "clauses" / "leash.md"
    path.write_text(path.read_text("utf-8").replace("of steel", "of iron"), "utf-8")
    told = " ".join(run("review", "--library", "lib").stdout.split())
    assert "read by Counsel on May 2, 2026; since then changed" in told
    assert told.index("of steel.") < told.index("of iron.")


# -- what it is for -----------------------------------------------------------------------------


def test_met_in_public_is_said_and_read(tmp_path):
    loaded = small.load(tmp_path)
    for library, status, why in ((loaded, "said", "not yet read by an attorney"), (read(loaded), "met", "")):
        made = draft.draft(Matter(Path("answers.yaml"), small.ANSWERS, (), library))
        row = matrix.public(matrix.of(made)).rows[0]
        assert (row.status, row.why, made.public_coverage.rows[0].status) == (status, why, status)
        assert made.coverage.rows[0].status == "met"


def test_an_own_wording_meets_nothing_until_somebody_has_read_it(place):
    run("review", "--all", "--by", "Counsel", "--library", "lib")
    (place / "own.md").write_text(OWN, "utf-8")
    assert run("swap", "matter", "leash", "--wording", "own.md", "--library", "lib").exit_code == 0

    def status() -> str:
        told = json.loads(run("check", "matter", "--library", "lib", "--json").stdout)
        return next(row["status"] for row in told["requirements"] if row["id"] == "II")

    assert status() == "needs a person's judgement"
    before = (place / "lib" / marks.FILE).read_text("utf-8")
    result = run("review", "-m", "matter", "II", "--by", "Counsel", "--library", "lib")
    assert result.exit_code == 0
    assert (status(), (place / "lib" / marks.FILE).read_text("utf-8")) == ("met", before)
    path = place / "matter" / "wording" / "leash.md"
    path.write_text(path.read_text("utf-8").replace("held.", "held well."), "utf-8")
    assert status() == "needs a person's judgement"


def test_an_own_wording_of_a_clause_that_says_part_of_a_requirement_meets_nothing_until_it_is_read(place):
    more = {"sentence": "Words of the walk.", "clause": "notes"}
    policy = small.saying("III", "The walker must use a muzzle.", more)
    small.build(place / "lib", policy=policy, clauses={"notes": small.noted("", text="Words of the walk.")})
    (place / "own.md").write_text("---\nlabel: Ours\nconcedes: Little.\n---\n\nWords of the walk. More.\n", "utf-8")
    (place / "matter" / "answers.yaml").write_text(f"{small.ANSWERS}bites: yes\n", "utf-8")

    def status() -> str:
        told = json.loads(run("check", "matter", "--library", "lib", "--json").stdout)
        return next(row["status"] for row in told["requirements"] if row["id"] == "III")

    assert status() == "met"
    assert run("swap", "matter", "notes", "--wording", "own.md", "--library", "lib").exit_code == 0
    assert status() == "needs a person's judgement"
