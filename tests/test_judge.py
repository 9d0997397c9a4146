"""Z3 judges the proof: of each claim it says the same, and so it does of what the library's own conditions say."""

from __future__ import annotations

import re
from pathlib import Path

import generated
import pytest
import small
from hypothesis import HealthCheck, Phase, given, settings
from judge import Judge

from drafter.proving import presence, proof
from drafter.proving.solving.cases import Cases
from drafter.reading import loading

PHASES = set(Phase) - {Phase.shrink}  # making a failing example smaller would take minutes

# Checks with days that are months apart, or that only a packet knows, which the judge has no words for.
# No claim rests on them.
MONTHS = {
    "six-month-not-over",
    "term-one-year",
    "term-multi-year",
    "meeting-within-term",
}  # the last: a day that only a packet knows


def verdicts(library, chosen=None):
    """Return each claim for which the proof and the judge differ, and the holes that both find."""
    judge = Judge(library, chosen)
    at = presence.Presence(library, chosen or {})
    trying = proof.Trying(library, Cases(at.asked), at)
    claims = {claim.broken_when: claim for law in proof.LAWS for claim in law(at)}
    differ, holes = [], set()
    for formula, claim in claims.items():
        case = trying.broken(formula)
        if (case is not None) != judge.can_be(judge.formula(formula)):
            differ.append((str(claim.problem), case and dict(case.given)))
        elif case is not None:
            holes.add(claim.problem.code)
    return judge, differ, holes


def test_z3_says_of_each_claim_on_the_shipped_library_what_the_proof_says():
    judge, differ, holes = verdicts(generated.real_library())
    assert (differ, holes, judge.untranslated) == ([], set(), MONTHS)
    assert (judge.no_alternative(), judge.unmet(), judge.dead()) == (set(), set(), set())


def found(library, codes):
    """Return what the proof finds of some codes, each hole by what it is about."""
    return {about(hole.claim) for hole in proof.prove(library).holes if hole.claim.problem.code in codes}


def about(claim) -> str:
    """Return what a claim is about: a requirement, the target of a reference, or a clause."""
    if claim.requirement is not None:
        return claim.requirement.id
    target = re.search(r"\[\[(.*?)\]\]", claim.problem.message)
    return target[1] if target else Path(claim.problem.place.path).stem


def agree(library):
    """Say whether z3 finds in the library's own conditions what the proof finds in its claims."""
    judge, differ, holes = verdicts(library)
    assert (differ, judge.untranslated) == ([], set())
    assert judge.no_alternative() == found(library, {"no-alternative"})
    assert judge.unmet() == found(library, {"unmet-requirement"})
    assert judge.dead() == found(library, {"dead-reference"})
    return holes


@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None, phases=PHASES)
@given(parts=generated.broken_libraries())
def test_z3_finds_in_a_library_at_random_the_holes_that_the_proof_finds(parts, tmp_path_factory):
    agree(small.load(tmp_path_factory.mktemp("lib"), **parts))


SMALL = "dogs | having('size', 'small')"
TWO = ("a|preferred|fee > 5||A.", "b|preferred|bites||B.", "c|fallback|||C.")
MUST = "The walker must use a muzzle."
MUZZLED = "standard|preferred||III|{when: fee > 2} The walker must use a muzzle."


def notes(text: str) -> dict[str, str]:
    return {"notes": small.noted("", text=text)}


RING = "**Rope** means a Knot.\n\n{when: bites} **Knot** means a Rope.\n\n{when: fee > 2} A Rope is held."
PLANTED = {
    "no-alternative": {"notes": small.noted("hue == 'red'", "length > 5")},
    "two-alternatives": {"notes": small.clause("Notes", *TWO)},
    "overruled-alternative": {"notes": small.clause("Notes", TWO[0], "b|acceptable|bites||B.", TWO[2])},
    "unmet-requirement": {"muzzle": small.clause("Muzzle", MUZZLED, when="bites")},
    "narrowed-requirement": {
        "muzzle": small.clause("Muzzle", f"standard|preferred||III|{MUST}", when="bites or fee > 2"),
    },
    "unasked-field": notes("It is {{ length }}."),
    "dead-reference": notes("{when: hue == 'red'} See [[muzzle]].\n\nWords."),
    "undefined-term": notes("{when: bites} The **Lead**.\n\nThe Lead is held."),
    "unused-term": notes(f"The **Lead**.\n\n{{when: {SMALL}}} The Lead is held."),
    "unused-term ": notes(RING),
    "empty-list": notes(f"It must:\n\n1. {{each: d in {SMALL}}} see {{{{ d.name }}}}."),
    "broken-list": notes("It must:\n\n1. sit; or\n2. {when: starts > '2026-01-01'} stay."),
    "empty-section": notes("{when: hue == 'red'} It is red."),
    "empty-table": notes("| a |\n|---|\n| {when: (dogs | count) > 1} b |"),
    "broken-list ": notes("It must:\n\n1. sit or\n2. {when: bites} stay;\n3. {when: fee > 2} go and\n4. run."),
    "empty-line": {},
    "undeclared-exception": {
        "muzzle": small.clause("Muzzle", "standard|preferred||III|The walker must use a muzzle. It may be soft.",
                               when="bites"),
    },
}  # fmt: skip


@pytest.mark.parametrize("code", PLANTED)
def test_z3_finds_a_planted_hole_of_each_kind(code, tmp_path):
    agreement = small.AGREEMENT.replace('"{{ town.name }}"]', "\"{{ town.name if bites else '' }}\"]")
    more = {"agreement": agreement} if code == "empty-line" else {}
    loaded = small.load(tmp_path, questionnaire=generated.HUED, clauses=PLANTED[code], **more)
    assert code.strip() in agree(loaded)


WEEKEND = "starts | weekday in ['Saturday', 'Sunday']"
SEARCHED = {
    "a weekday": (WEEKEND, "starts < '2026-08-31' or starts > '2026-09-04'", True),
    "a workday": (WEEKEND, "starts < '2026-09-05' or starts > '2026-09-06' or not (starts | answered)", False),
    "words": ("walker | mentions('Ann')", "walker | mentions('van Ann') or not (walker | answered)", True),
    "no words": ("walker | mentions('Ann')", "not (walker | mentions('van Ann'))", False),
    "a name": ("walker | mentions('Ann')", "walker != 'Dr. Ann' and not (walker | mentions('Bob'))", True),
    "one twice": ("dogs | distinct('name')", "not ((dogs | count) > 1)", True),
    "two of one size": ("dogs | distinct('name') or (dogs | count) > 2", "dogs | having('size', 'small')", True),
    "one dog": ("dogs | distinct('name')", "(dogs | count) > 1 or not dogs", False),
}  # fmt: skip


@pytest.mark.parametrize("case", SEARCHED)
def test_z3_finds_what_the_proof_finds_of_words_weekdays_and_names(case, tmp_path):
    one, other, is_hole = SEARCHED[case]
    loaded = small.load(tmp_path, clauses={"notes": small.noted(one, other)})
    assert ("no-alternative" in agree(loaded)) == is_hole


def test_the_checks_that_refuse_a_name_twice_words_and_weekdays_are_proved_with(tmp_path):
    checks = """\
  - {id: twice, holds: dogs | distinct('name'), message: Twice.}
  - {id: words, holds: not (walker | mentions('as assigned')), message: Words.}
  - {id: sunday, holds: starts | weekday != 'Sunday', message: Sunday.}
"""
    whens = ("dogs | distinct('name') and dogs", "not (dogs | answered)", "walker | mentions('as assigned', 'x')")
    asked = small.QUESTIONNAIRE + checks
    loaded = small.load(tmp_path / "1", questionnaire=asked, clauses={"notes": small.noted(*whens[:2])})
    assert "no-alternative" not in agree(loaded)
    assert {"twice", "some"} <= set(proof.prove(loaded).relied_on)
    loaded = small.load(
        tmp_path / "2", questionnaire=asked, clauses={"notes": small.noted("not (walker | mentions('as assigned'))")}
    )
    assert "no-alternative" not in agree(loaded)
    loaded = small.load(
        tmp_path / "3", questionnaire=asked, clauses={"notes": small.noted("not (starts | weekday == 'Sunday')")}
    )
    assert "no-alternative" not in agree(loaded)


FREE = "1. {when: fee > 2} it is soft."
ITEMS = {"sentence": "The walker must:", "items": ["sing", "{when: fee > 2} it is soft", "bark"]}


def columns(header: str, cell: str) -> dict[str, object]:
    return {"rows": "dogs", "columns": [{"header": header, "cell": cell}]}


SAID = {  # what the muzzle says, what it must say, and whether it says it under all answers
    "a lead-in that can be left out": (f"{{when: fee > 2}} Not agreed:\n\n{MUST}", [MUST], False),
    "a lead-in under which nothing hangs": (f"{{when: fee > 2}} Not agreed:\n\nThis is.\n\n{MUST}", [MUST], True),
    "a line between that can be left out": (f"Not agreed:\n\n{{when: fee > 2}} This is.\n\n{MUST}", [MUST], False),
    "two lines between, one of which is there": (
        f"Not agreed:\n\n{{when: bites}} This is.\n\n{{when: not bites}} That is.\n\n{MUST}", [MUST], True,
    ),
    "items under either of two lead-ins": (
        "{when: bites} The walker must:\n\n{when: not bites} The dog must:\n\n1. bark.",
        ["The walker must: bark"], True,
    ),
    "an item under a lead-in that an answer decides": (
        "{when: fee > 2} The walker must:\n\n{when: not fee > 2} The dog must:\n\n1. bark.",
        ["The walker must: bark"], False,
    ),
    "an item below one that can be left out": (
        f"The walker must:\n\n{FREE}\n2. bark:\n   1. well.", ["The walker must: bark: well."], True,
    ),
    "an item below one of two": (
        "The walker must:\n\n1. bark:\n2. {when: fee > 2} sing:\n   1. well.", ["The walker must: bark: well."], False,
    ),
    "all items": (f"The walker must:\n\n1. sing.\n{FREE.replace('1', '2')}\n3. bark.", [ITEMS], True),
    "too few items": (f"The walker must:\n\n1. sing.\n{FREE.replace('1', '2')}", [ITEMS], False),
    "another item": (f"The walker must:\n\n1. sing.\n{FREE.replace('1', '2')}\n3. growl.", [ITEMS], False),
    "one item more": (f"The walker must:\n\n1. sing.\n{FREE.replace('1', '2')}\n3. bark.\n4. or not.", [ITEMS], False),
    "an item that may be left out": (
        f"The walker must:\n\n1. {{when: bites}} sing.\n{FREE.replace('1', '2')}\n3. bark.", [ITEMS], False,
    ),
    "rows of a list": ("| a |\n|---|\n| {each: d in dogs} {{ d.name }} |", [{"rows": "dogs"}], True),
    "rows of some of a list": (f"| a |\n|---|\n| {{each: d in {SMALL}}} {{{{ d.name }}}} |", [{"rows": "dogs"}], False),
    "rows with a column": ("| a |\n|---|\n| {each: d in dogs} {{ d.name }} |", [columns("a", "{{ d.name }}")], True),
    "rows with another cell": (
        "| a |\n|---|\n| {each: d in dogs} {{ d.name }} or so |", [columns("a", "{{ d.name }}")], False,
    ),
    "rows with another header": (
        "| not a |\n|---|\n| {each: d in dogs} {{ d.name }} |", [columns("a", "{{ d.name }}")], False,
    ),
    "two sentences of one line": (f"It is so. {MUST} {{{{ fee }}}} is due.", [MUST, "{{fee}} is due."], True),
    "a shortened word": ("St. Bernard, a dog, is muzzled.", ["St. Bernard, a dog, is muzzled."], True),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
def test_z3_finds_where_a_sentence_is_said_by_itself(kind, tmp_path):
    text, says, always = SAID[kind]
    muzzle = small.clause("Muzzle", f"standard|preferred||III|{text}", when="bites")
    root = small.build(tmp_path, policy=small.saying("III", *says), clauses={"muzzle": muzzle})
    loaded = loading.read(root, "lib").library  # the reading refuses some of these too
    agree(loaded)
    assert found(loaded, {"unmet-requirement"}) == (set() if always else {"III"})


def test_z3_finds_where_another_clause_must_say_more(tmp_path):
    policy = small.saying("III", MUST, {"sentence": "It is soft.", "clause": "notes"})
    for when, always in (("bites", True), ("fee > 2", False)):
        text = notes(f"Words.\n\n{{when: {when}}} It is soft.")
        loaded = small.load(tmp_path / str(always), policy=policy, clauses=text)
        agree(loaded)
    assert found(loaded, {"unmet-requirement"}) == (set() if always else {"III"})


def test_every_kind_of_hole_is_planted():
    at = presence.Presence(generated.real_library())
    made = {claim.problem.code for law in proof.LAWS for claim in law(at)}
    assert made <= PLANTED.keys()
