"""The record of swaps: read back as written, counting only what the answers file still chooses, and taken back."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path

import generated
import pytest
import small
import wrong
from commands import files, run
from hypothesis import given
from hypothesis import strategies as st

from drafter.matters import swaps
from drafter.matters.swaps import Swap

pytestmark = pytest.mark.usefixtures("place")
WORDS = generated.lines(20)
NAMES = st.from_regex(r"[a-z]+(-[a-z0-9]+)?", fullmatch=True)
SWAPS = st.builds(
    Swap,
    NAMES,
    st.one_of(st.just(""), NAMES),
    NAMES,
    st.dates(),
    st.one_of(st.just(""), WORDS),
    st.lists(st.sampled_from(["II", "IV.F(b)", "a, b", "no", "7"]), max_size=2).map(tuple),
    st.one_of(st.just(""), NAMES),
    st.one_of(st.just(""), WORDS),
)


@given(st.lists(SWAPS, max_size=5).map(tuple))
def test_a_record_reads_back_as_it_was_written(record):
    assert swaps.parse(swaps.to_text(record), "swaps.yaml") == record


def test_a_record_that_someone_damaged_is_told_by_line():
    text = "swaps:\n  - clause: leash\n    after: long\n    on: someday\n  - clause: leash\n"
    problems = wrong.places(swaps.parse, text, "swaps.yaml")
    assert problems == [("bad-value", "swaps.yaml:4"), ("missing-key", "swaps.yaml:5"), ("missing-key", "swaps.yaml:5")]


DAY = date(2026, 9, 1)
A, B, C = (Swap("leash", before, after, DAY) for before, after in (("", "a"), ("a", "b"), ("b", "c")))
OTHER = Swap("dog", "", "x", DAY)


@pytest.mark.parametrize(
    ("record", "chosen", "counting", "settled"),
    [
        ((A, B), {"leash": "b"}, (B,), (A, B)),
        ((A, B, C), {"leash": "b"}, (B,), (A, B)),  # the swap to c was recorded, and never came
        ((A, OTHER, B), {"leash": "b", "dog": "x"}, (OTHER, B), (A, OTHER, B)),
        ((A, OTHER), {"leash": "a"}, (A,), (A,)),
        ((A, B), {}, (), ()),
        ((A, B), {"leash": "by hand"}, (), ()),
        ((), {"leash": "a"}, (), ()),
    ],
)
def test_the_answers_file_decides_what_counts(record, chosen, counting, settled):
    assert swaps.counting(record, chosen) == counting
    assert swaps.settled(record, chosen) == settled


# -- the command --------------------------------------------------------------------------------


def drafter(*words: str):
    return run(*words, "--library", "lib")


def test_each_swap_is_recorded_with_its_day_and_reason():
    result = drafter("swap", "matter", "leash", "long", "--because", "They  asked:\ntwice.", "--on", "2026-09-01")
    assert result.exit_code == 0
    assert "Because       They asked: twice." in result.stdout
    recorded = swaps.parse(Path("matter/swaps.yaml").read_text("utf-8"), "swaps.yaml")
    swap = Swap("leash", "short", "long", date(2026, 9, 1), "They asked: twice.", question="leash")
    assert recorded == (swap,)


def test_swaps_are_taken_back_one_by_one_until_the_file_is_as_it_was():
    before = Path("matter/answers.yaml").read_bytes()
    assert drafter("swap", "matter", "leash", "long").exit_code == 0
    middle = Path("matter/answers.yaml").read_bytes()
    assert drafter("swap", "matter", "leash", "short").exit_code == 0
    back = drafter("swap", "matter", "--undo")
    assert (back.exit_code, Path("matter/answers.yaml").read_bytes()) == (0, middle)
    assert back.stdout.startswith("leash: short (preferred) -> long (fallback)")
    assert drafter("swap", "matter", "leash", "--undo").exit_code == 0
    assert Path("matter/answers.yaml").read_bytes() == before
    last = drafter("swap", "matter", "--undo")
    assert (last.exit_code, "nothing-to-undo" in last.stderr) == (1, True)


def test_a_swap_that_the_answers_no_longer_choose_is_not_taken_back(place):
    drafter("swap", "matter", "leash", "long")
    Path("matter/answers.yaml").write_text(small.ANSWERS, "utf-8")
    before = files(place)
    assert "nothing-to-undo" in drafter("swap", "matter", "--undo").stderr
    assert files(place) == before


@pytest.mark.parametrize(
    "words",
    [
        ["matter"],
        ["matter", "leash"],
        ["matter", "leash", "long", "--wording", "own.md"],
        ["matter", "leash", "long", "--undo"],
        ["matter", "leash", "--undo", "--because", "x"],
        ["matter", "leash", "long", "--allow-deviation"],
        ["matter", "leash", "long", "--allow-deviation", "--because", " "],
    ],
)
def test_what_cannot_be_understood_is_refused(place, words):
    before = files(place)
    assert drafter("swap", *words).exit_code == 2
    assert files(place) == before


def test_a_bare_answers_file_keeps_no_record_and_says_so():
    result = drafter("swap", "matter/answers.yaml", "leash", "long", "--because", "x")
    assert result.exit_code == 1
    assert "name the folder" in result.stderr
    assert drafter("swap", "matter/answers.yaml", "leash", "long").exit_code == 0
    assert sorted(p.name for p in Path("matter").iterdir()) == ["answers.yaml"]


# -- departures ---------------------------------------------------------------------------------

NO_LEASH = """---
label: No leash
concedes: The leash.
---
The dog decides.

1. {#hold} held.
"""


def test_a_departure_on_the_record_is_drafted_without_asking_again_and_every_output_says_so():
    Path("own.md").write_text(NO_LEASH, "utf-8")
    refused = drafter("swap", "matter", "leash", "--wording", "own.md")
    assert (refused.exit_code, "--allow-deviation --because" in refused.stderr) == (1, True)
    assert sorted(p.name for p in Path("matter").iterdir()) == ["answers.yaml"]
    because = ["--allow-deviation", "--because", "The walker has one dog, which is old."]
    allowed = drafter("swap", "matter", "leash", "--wording", "own.md", *because)
    assert allowed.exit_code == 0
    assert "Deviations    II: The walker uses a leash." in allowed.stdout
    drafted = drafter("draft", "matter")
    assert (drafted.exit_code, "Deviations" in drafted.stdout, "non-standard" in drafted.stdout) == (0, True, True)
    checked = drafter("check", "matter")
    assert (checked.exit_code, "deviation" in checked.stderr) == (1, True)
    assert "departs from II" in drafter("history", "matter").stdout
    explained = " ".join(drafter("explain", "matter", "leash").stdout.split())
    assert "Reason The walker has one dog, which is old." in explained
    assert "the contract is allowed not to meet II" in explained
    drafter("swap", "matter", "leash", "short")
    assert "Deviations" not in drafter("draft", "matter").stdout


def test_a_departure_that_is_written_into_the_answers_by_hand_is_refused(place):
    (place / "matter/wording").mkdir()
    (place / "matter/wording/leash.md").write_text(NO_LEASH, "utf-8")
    Path("matter/answers.yaml").write_text(small.ANSWERS + "alternatives: {leash: own-wording}\n", "utf-8")
    assert drafter("draft", "matter").exit_code == 1
    recorded = drafter("swap", "matter", "leash", "own-wording", "--allow-deviation", "--because", "Agreed on May 2.")
    assert recorded.exit_code == 0
    assert drafter("draft", "matter").exit_code == 0


def record() -> tuple[Swap, ...]:
    path = Path("matter/swaps.yaml")
    return swaps.parse(path.read_text("utf-8"), "swaps.yaml") if path.exists() else ()


TWO_RULES = """\
requirements:
  - {id: II, paragraph: I, level: must, asks: A leash., home: leash, says: [Use a leash.]}
  - {id: III, paragraph: I, level: if, applies_when: bites, asks: Care., home: leash, says: [Take care.]}
"""


def test_a_departure_covers_the_requirements_on_the_record_and_no_other(place):
    head = small.POLICY.partition("paragraphs:")[0]
    policy = f"{head}paragraphs:\n  - {{id: I, number: I., text: Walk well.}}\n{TWO_RULES}"
    leash = small.clause("Leash", "short|preferred||II, III|Use a leash. Take care.\n\n1. {#hold} It is held.")
    rest = {"price": "Free.", "notes": "A.", "muzzle": "Muzzled."}
    others = {name: small.clause(name.capitalize(), f"plain|preferred|||{text}") for name, text in rest.items()}
    small.build(place / "lib", policy=policy, clauses={"leash": leash, **others})
    Path("own.md").write_text(NO_LEASH, "utf-8")
    why = ["--allow-deviation", "--because", "He is old."]
    told = drafter("swap", "matter", "leash", "--wording", "own.md", *why)
    assert told.exit_code == 0, told.stderr
    assert [swap.departs for swap in record()] == [("II",)]
    assert drafter("draft", "matter").exit_code == 0
    drafter("answer", "matter", "bites", "yes", *why)
    refused = drafter("draft", "matter")
    assert (refused.exit_code, "would not meet III" in refused.stderr) == (1, True)
    assert "would not meet II:" not in refused.stderr
    drafter("swap", "matter", "leash", "own-wording", *why)
    assert [swap.departs for swap in record()] == [("II", "III")]
    assert drafter("draft", "matter").exit_code == 0


def test_an_older_record_of_a_departure_does_not_say_from_what_and_covers_nothing(place):
    (place / "matter/wording").mkdir()
    (place / "matter/wording/leash.md").write_text(NO_LEASH, "utf-8")
    Path("matter/answers.yaml").write_text(small.ANSWERS + "alternatives: {leash: own-wording}\n", "utf-8")
    old = "swaps:\n  - {clause: leash, after: own-wording, on: 2026-05-02, because: So., deviation: yes}\n"
    Path("matter/swaps.yaml").write_text(old, "utf-8")
    assert drafter("draft", "matter").exit_code == 1


# -- reasons ------------------------------------------------------------------------------------


def test_a_further_reason_is_added_with_its_day_and_said():
    drafter("swap", "matter", "leash", "long", "--because", "They asked.", "--on", "2026-05-02")
    again = drafter("swap", "matter", "leash", "long", "--because", "They asked twice.", "--on", "2026-05-09")
    assert [swap.because for swap in record()] == ["They asked; on May 9, 2026: They asked twice."]
    assert "was added to the record" in again.stdout
    assert "Nothing changed." not in again.stdout
    drafter("swap", "matter", "leash", "long", "--because", "They asked twice.", "--on", "2026-05-10")
    assert [swap.because for swap in record()] == ["They asked; on May 9, 2026: They asked twice."]


def test_a_reason_for_what_is_in_the_contract_already_is_not_dropped_in_silence():
    said = " ".join(drafter("swap", "matter", "leash", "short", "--because", "Why not.").stdout.split())
    assert "Why not. (not kept:" in said
    assert record() == ()


# -- own wordings -------------------------------------------------------------------------------

OWN = """---
label: The walker's words
satisfies: [II]
says:
  II: ["The walker must use a leash when {{ town.name }} asks:"]
---
The walker must use a leash when {{ town.name }} asks:

1. {#hold} held by hand.
"""


def test_an_own_wording_is_filed_chosen_and_kept_beside_the_next_one():
    Path("first.md").write_text(OWN, "utf-8")
    Path("second.md").write_text(OWN.replace("asks", "tells"), "utf-8")
    first = drafter("swap", "matter", "leash", "--wording", "first.md")
    assert first.exit_code == 0
    assert first.stdout.startswith("leash: short (preferred) -> own-wording (non-standard)")
    second = drafter("swap", "matter", "leash", "--wording", "second.md")
    assert second.stdout.startswith("leash: own-wording (non-standard) -> own-wording-2 (non-standard)")
    assert "{-asks-}{+tells+}" in second.stdout
    assert {p.name: p.read_text("utf-8") for p in Path("matter/wording").iterdir()} == {
        "leash.md": OWN,
        "leash.2.md": OWN.replace("asks", "tells"),
    }
    again = drafter("swap", "matter", "leash", "--wording", "first.md")
    assert again.stdout.startswith("leash: own-wording-2 (non-standard) -> own-wording (non-standard)")
    assert len(list(Path("matter/wording").iterdir())) == 2
    assert drafter("swap", "matter", "--undo").exit_code == 0
    assert "leash: own-wording-2" in Path("matter/answers.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            OWN.replace("use a leash when {{ town.name }} asks:\n", "use a rope when {{ town.name }} asks:\n"),
            "unsaid-requirement",
        ),
        (OWN.replace("[II]", "[IX]"), "unknown-requirement"),
        (OWN.replace("town.name", "town.nme"), "bad-expression"),
        (OWN.replace("label:", "lable:"), "unknown-key"),
        (OWN.replace("{#hold}", ""), "dead-reference"),
        ("", "missing-wording"),
        ("{% include 'x' %}\n\n1. {#hold} held\n", "bad-text"),
    ],
)
def test_a_wording_that_does_not_do_as_the_librarys_must_is_refused_and_not_filed(place, text, code):
    Path("own.md").write_text(text, "utf-8")
    before = files(place)
    result = drafter("swap", "matter", "leash", "--wording", "own.md")
    assert result.exit_code == 1
    assert code in result.stderr
    assert "own.md" in result.stderr or code == "dead-reference"
    assert files(place) == before


@pytest.mark.parametrize("day", ["someday", "2026-13-01", "2026-02-30", "2026-09-01T10:00:00", "[1]"])
def test_a_day_that_is_none_is_said_in_plain_words(day):
    text = f"swaps:\n  - clause: leash\n    after: long\n    on: {day}\n"
    problem = wrong.only(swaps.parse, text, "swaps.yaml")
    assert (problem.code, problem.place.line) == ("bad-value", 4)
    assert problem.message.startswith("'on' should be a day, as 2026-07-01, not '")


def test_a_swap_dated_after_today_or_after_its_round_is_remarked():
    later = swaps.late((Swap("leash", "", "long", date(2026, 9, 2)),), date(2026, 9, 1), "swaps.yaml")
    assert [(p.code, p.level) for p in later] == [("late-swap", "reminder")]
    assert list(swaps.late((Swap("leash", "", "long", date(2026, 9, 1)),), date(2026, 9, 1), "swaps.yaml")) == []
    far = run("swap", "matter", "leash", "long", "--on", "2199-01-01", "--library", "lib")
    assert (far.exit_code, "is dated January 1, 2199, which is after" in " ".join(far.stdout.split())) == (0, True)
    for command in (["history", "matter"], ["send", "matter", "--to", "kennel", "--on", "2026-09-01"]):
        said = run(*command, "--library", "lib")
        assert "the swap of 'leash' is dated January 1, 2199" in " ".join(said.stdout.split())


def test_a_misspelled_alternative_is_guessed():
    refused = run("swap", "matter", "leash", "lnog", "--library", "lib")
    assert refused.exit_code == 1
    assert "hint: did you mean 'long'? it has" in refused.stderr


# -- which way a swap goes ----------------------------------------------------------------------

LADDER = small.clause(
    "Leash", *(f"{name}|{name}||II|The walker must use a leash ({name}).\n\n1. {{#hold}} held." for name in
               ("preferred", "acceptable", "fallback")),
    "equal|acceptable||II|The walker must use a leash (or so).\n\n1. {#hold} held.",
).replace("position: acceptable\n", "position: acceptable\n    concedes: A little.\n")  # fmt: skip


def headings(before: str, after: str) -> list[tuple[str, str]]:
    """Return what a swap between two wordings is said to be."""
    small.build(Path("lib"), policy=small.saying_as("II", LADDER), clauses={"leash": LADDER})
    Path("matter/answers.yaml").write_text(f"{small.ANSWERS}alternatives:\n  leash: {before}\n", "utf-8")
    told = " ".join(drafter("swap", "matter", "leash", after).stdout.split())
    return re.findall(r"(Still concedes|Concedes|No longer given up) (A little|Something)", told)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("preferred", "acceptable", [("Concedes", "A little")]),
        ("preferred", "fallback", [("Concedes", "Something")]),
        ("acceptable", "fallback", [("Concedes", "Something")]),
        ("fallback", "acceptable", [("No longer given up", "Something"), ("Still concedes", "A little")]),
        ("fallback", "preferred", [("No longer given up", "Something")]),
        ("acceptable", "preferred", [("No longer given up", "A little")]),
        ("acceptable", "equal", []),
        ("fallback", "fallback", []),
    ],
)
def test_a_swap_to_a_better_position_is_a_gain_and_to_an_equal_one_neither(before, after, told):
    assert headings(before, after) == told


@pytest.mark.parametrize(("before", "after"), [("fallback", "acceptable"), ("acceptable", "fallback")])
def test_the_history_and_our_comments_agree_on_which_way_a_swap_went(before, after):
    small.build(Path("lib"), policy=small.saying_as("II", LADDER), clauses={"leash": LADDER})
    Path("matter/answers.yaml").write_text(f"{small.ANSWERS}alternatives:\n  leash: {before}\n", "utf-8")
    assert drafter("send", "matter", "--to", "town", "--on", "2026-09-01").exit_code == 0
    assert drafter("swap", "matter", "leash", after, "--on", "2026-09-02").exit_code == 0
    is_gain = after == "acceptable"
    now = json.loads(drafter("history", "matter", "--json").stdout)[-1]
    assert ([k["clause"] for k in now["won_back"]], [k["clause"] for k in now["conceded"]]) == (
        (["leash"], []) if is_gain else ([], ["leash"])
    )
    told = drafter("redline", "matter/rounds/01-to-town", "matter", "--for", "internal", "-o", "redline.docx")
    assert told.exit_code == 0
    comments = zipfile.ZipFile("redline.docx").read("word/comments.xml").decode()
    assert ("No longer given up: Something." in comments, "Still concedes: A little." in comments) == (is_gain, is_gain)
    assert ("Concedes: Something." in comments) == (not is_gain)
