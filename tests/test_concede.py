"""The choice that concedes least is the one that trying every choice finds, and what is in the way is named."""

from __future__ import annotations

import itertools
import json
import re
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import commands
import generated
import pytest
import small
from commands import run
from generated import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

from drafter import language
from drafter.asking.answering import changing
from drafter.base.problems import DraftingError
from drafter.doors.negotiating import conceding
from drafter.drafting import assembly, compliance, draft, selection, swapping, ways
from drafter.matters import answers, checks, matter
from drafter.matters.matter import Matter
from drafter.proving import laws, terms
from drafter.proving.conceding import breaches, concessions
from drafter.proving.conceding.breaches import Breach, Cost
from drafter.proving.conceding.concessions import Concession
from drafter.proving.conceding.rejecting import Rejected, found_as
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.reading import own_wordings, readers
from drafter.reading.library import Library

EXAMPLES = ("minimal", "st-louis-park", "st-louis-park-declined")
RULES = {"A": "", "B": "", "C": "bites"}  # the requirements of the libraries made here, and when each applies


def policy(rules: dict[str, str], homes: dict[str, str], elsewhere: dict[str, str]) -> str:
    """Return a policy with these requirements: of A, "Keep rule A." is said in its home, and elsewhere where so."""
    head = small.POLICY.partition("paragraphs:")[0]
    words = ", ".join(f"rule {name}" for name in rules)
    lines = ["paragraphs:", "  - {id: I, number: I., text: 'The walker keeps " + words + "'}", "requirements:"]
    for name, when in rules.items():
        level = f'level: if, applies_when: "{when}"' if when else "level: must"
        said = f"Keep rule {name}."
        more = f", {{sentence: {said}, clause: {elsewhere[name]}}}" if name in elsewhere else ""
        says = f"home: {homes[name]}, says: [{said}{more}]"
        lines.append(f"  - {{id: {name}, paragraph: I, {level}, asks: Keep {name}., {says}}}")
    return head + "\n".join(lines) + "\n"


def made(  # what a library can have
    folder: Path,
    clauses: dict[str, str],
    rules: dict[str, str] = RULES,
    homes: dict[str, str] | None = None,
    elsewhere: dict[str, str] | None = None,
    **parts: str,
) -> Library:
    """Load a library of these clauses, in one article; a clause `all` claims every requirement and is not in a draft.

    It is there because a requirement that no wording claims is a problem of its own. The home of a requirement is the
    first clause that claims it, unless another is named.
    """
    text = " ".join(f"Keep rule {name}." for name in rules)
    last = small.clause("All", f"one|preferred||{', '.join(rules)}|{text}", when="note == 'all'", authority="[]")
    names = ", ".join([*clauses, "all"])
    agreement = f"title: Walks\narticles:\n  - {{id: walks, title: Walks, clauses: [{names}]}}\n"
    gone = dict.fromkeys(small.CLAUSES)
    return small.load(
        folder,
        policy=policy(
            rules, {**{name: claiming(clauses, name)[0] for name in rules}, **(homes or {})}, elsewhere or {}
        ),
        agreement=agreement,
        clauses={**gone, **clauses, "all": last},
        **parts,
    )


def claiming(clauses: dict[str, str], name: str) -> list[str]:
    """Return the clauses that have an alternative which claims a requirement, and then `all`."""
    claims = re.compile(rf"^    satisfies: \[.*\b{name}\b", re.MULTILINE)
    return [*(clause for clause, written in clauses.items() if claims.search(written)), "all"]


def clause(*alternatives: str, when: str = "") -> str:
    """Return a clause file; each alternative is "id|position|when|satisfies|text"."""
    return small.clause("Walk", *alternatives, when=when, authority="[]")


def conceded(loaded: Library, *pairs: str, text: str = "{}") -> Concession:
    """Reject "clause:alternative" pairs in a matter of these answers."""
    told = answers.parse(text, "answers.yaml", loaded.questionnaire)
    return concessions.concede(loaded, told, [tuple(pair.split(":")) for pair in pairs])


def changed(found: Concession) -> list[str]:
    names = [(c.clause.id, c.before and c.before.id, c.after and c.after.id) for c in found.changes]
    return [f"{clause}: {before} > {after}" for clause, before, after in names]


def because(found: Concession) -> list[str]:
    return [breaches.reason(c.because, found.library) for c in found.changes]


def obstacles(found: Concession) -> list[str]:
    return [breaches.obstacle(b, found.library) for b in found.in_the_way]


def drafts(found: Concession) -> None:
    """Hold that a choice that complies is one that drafts, without a requirement that is not met."""
    selected = selection.select(found.library, found.answers)
    assert compliance.check(assembly.assemble(selected), selected).unmet == ()


def made_by_swaps(loaded: Library, text: str, found: Concession) -> bool:
    """Make each change of a choice as it says, one after the other; hold that the matter is then as it promises.

    Return whether every change was a swap.
    """
    if any(change.by == "together" for change in found.changes):
        return False
    made = draft.draft(Matter(Path("matter"), text, (), loaded))
    for change in found.changes:
        if change.by == "swap":
            made = swapping.swap(made.matter, change.clause.id, change.after.id, date(2026, 9, 1)).after
        else:
            wanted = [(change.answer[0].id, ways.as_typed(change.answer[1]))]
            made = draft.draft(changing.answer(made.matter, wanted, date(2026, 9, 1)).after)
    assert (made.answers.given, made.answers.chosen) == (found.answers.given, found.answers.chosen)
    assert made.coverage.unmet == ()
    return all(change.by == "swap" for change in found.changes)


# -- cases worked out by hand -------------------------------------------------------------------

LEASH = clause("short|preferred||A|Keep rule A.", "long|fallback||A|Keep rule A. Too.")
PLAIN = clause("mute|preferred|||Silence.", "kept|acceptable||A|Keep rule A. Here.")


def test_a_rejected_wording_gives_way_to_the_next_and_nothing_else_changes(tmp_path):
    found = conceded(made(tmp_path, {"leash": LEASH, "other": PLAIN}, {"A": ""}), "leash:short")
    assert changed(found) == ["leash: short > long"]
    assert because(found) == ["'leash: short' is rejected"]
    assert found.cost[:-1] == (0, 0, 0, 1, 0, 1)
    assert found.answers.chosen == {"leash": "long"}
    assert found.complies
    drafts(found)


def test_a_wording_that_is_not_in_use_is_rejected_without_a_change(tmp_path):
    found = conceded(made(tmp_path, {"leash": LEASH}, {"A": ""}), "leash:long")
    assert (found.changes, found.in_the_way, found.tried, found.cost) == ((), (), 1, Cost())


FREE = clause("short|preferred||A|Keep rule A.", "free|acceptable|||Run free.")


def test_what_the_rejection_leaves_unmet_is_not_met_by_a_clause_that_is_not_its_home(tmp_path):
    found = conceded(made(tmp_path, {"leash": FREE, "other": PLAIN}, {"A": ""}), "leash:short")
    assert obstacles(found) == ["A would not be met: Keep A."]
    assert changed(found) == ["leash: short > free"]


def test_what_is_unmet_is_met_in_the_clause_that_must_say_it(tmp_path):
    clauses = {"leash": LEASH, "other": PLAIN}
    for folder, parts in (("home", {"homes": {"A": "other"}}), ("too", {"elsewhere": {"A": "other"}})):
        found = conceded(made(tmp_path / folder, clauses, {"A": ""}, **parts), "leash:short")
        assert changed(found) == ["other: mute > kept", "leash: short > long"]
        assert because(found) == ["A would not be met: Keep A.", "'leash: short' is rejected"]
        drafts(found)


DECIDED = {  # by whether a dog bites, and by the leash; the first of them makes the larger concession, or the same
    "bites": ("calm|preferred|not bites||Calm.", "wild|fallback|bites||Wild."),
    "leash": ("calm|preferred|leash == 'short'||Calm.", "wild|acceptable|leash == 'long'||Wild."),
    "same": ("calm|preferred|not bites||Calm.", "wild|acceptable|bites||Wild."),
}


def lifted(tmp_path: Path, clauses: dict[str, str]) -> Concession:
    """Reject the wording that meets a requirement which no longer applies when a dog bites, or the leash is long."""
    loaded = made(tmp_path, {"walk": FREE, **clauses}, {"A": "not bites and leash == 'short'"})
    return conceded(loaded, "walk:short", text="bites: no\nleash: short\n")


def test_the_cheaper_of_two_repairs_is_made_wherever_it_stands(tmp_path):
    for names in (("bites", "leash"), ("leash", "bites")):
        found = lifted(tmp_path / names[0], {name: clause(*DECIDED[name]) for name in names})
        assert changed(found) == ["leash: calm > wild", "walk: short > free"]
        assert because(found)[0] == "A would not be met: Keep A."
        drafts(found)


def test_two_small_concessions_are_made_rather_than_one_large_one(tmp_path):
    leash = clause("short|preferred|||1. {#hold} hold.", "free|acceptable|||Run.", "held|fallback|||1. {#hold} held.")
    other = clause("one|preferred|||See [[leash.hold]].", "two|acceptable|||See nothing.")
    found = conceded(made(tmp_path, {"leash": leash, "other": other}, {"A": "note"}), "leash:short")
    assert changed(found) == ["other: one > two", "leash: short > free"]


def test_of_two_equal_repairs_the_earlier_clause_stays_as_it_is(tmp_path):
    for names in (("same", "leash"), ("leash", "same")):
        found = lifted(tmp_path / names[0], {name: clause(*DECIDED[name]) for name in names})
        assert changed(found) == [f"{names[1]}: calm > wild", "walk: short > free"]
    wide = clause("mute|preferred|||Silence.", "a|acceptable||A|Keep rule A.", "b|acceptable||A|Keep rule A.")
    found = conceded(made(tmp_path / "wide", {"leash": LEASH, "one": wide}, {"A": ""}, {"A": "one"}), "leash:short")
    assert changed(found)[:-1] == ["one: mute > a"]


def test_what_must_still_change_is_reckoned_at_its_least(tmp_path):
    leash = clause("short|preferred|||S.", "cheap|acceptable|||C.", "a|fallback||A|Keep rule A.", "dear|fallback|||D.")
    found = conceded(made(tmp_path, {"leash": leash, "other": PLAIN}, {"A": ""}, {"A": "other"}), "leash:short")
    assert changed(found) == ["other: mute > kept", "leash: short > cheap"]


def test_a_requirement_that_nothing_else_meets_is_in_the_way(tmp_path):
    leash = clause("short|preferred||C|Keep rule C.", "free|acceptable|||Run free.")
    found = conceded(made(tmp_path, {"leash": leash}, {"C": "note != 'x'"}), "leash:short", text="note: y\n")
    assert not found.complies
    assert obstacles(found) == ["C would not be met: Keep C. (applies when: note != 'x')"]
    assert [r.id for r in found.requirements] == ["C"]
    assert changed(found) == ["leash: short > free"]
    assert found.cost[:-1] == (0, 0, 1, 0, 1, 1)
    assert found.otherwise is None  # `note` is a text: there are too many answers to suppose one


def test_an_answer_under_which_the_requirement_does_not_apply_is_supposed_and_not_given(tmp_path):
    leash = clause("short|preferred||C|Keep rule C.", "free|acceptable|||Run free.")
    found = conceded(made(tmp_path, {"leash": leash}, {"C": "bites"}), "leash:short", text="bites: yes\n")
    assert [b.name for b in found.in_the_way] == ["C"]
    assert found.answers.given == {"bites": True}
    other = found.otherwise
    assert (other.supposing[0].id, other.supposing[1]) == ("bites", False)
    assert other.answers.given == {"bites": False}
    assert changed(other) == ["leash: short > free"]
    drafts(other)


ASKED = small.QUESTIONNAIRE.replace("{value: long, label: Long}", "{value: long, label: L}, {value: no, label: N}")
ANSWERED = clause(
    "short|preferred|leash == 'short'|A|Keep rule A.", "long|fallback|leash == 'long'||Long.",
    "no|acceptable|leash == 'no'||None.",
)  # fmt: skip


def test_the_answer_that_decides_a_clause_is_changed_and_says_what_follows(tmp_path):
    gone = clause("one|preferred|||Gone.", when="leash == 'short'")
    fresh = clause("one|preferred|||Come.", when="leash != 'short'")
    clauses = {"leash": ANSWERED, "gone": gone, "fresh": fresh}
    loaded = made(tmp_path, clauses, {"A": "leash == 'short'"}, questionnaire=ASKED)
    found = conceded(loaded, "leash:short", text="note: x\n")
    [change] = found.changes
    assert (change.clause.id, change.before.id, change.after.id, change.by) == ("leash", "short", "no", "swap")
    assert (change.answer[0].id, change.answer[1]) == ("leash", "no")
    assert [(one.clause.id, one.after and one.after.id) for one in change.follows] == [("gone", None), ("fresh", "one")]
    assert (because(found), found.answers.given) == (["'leash: short' is rejected"], {"note": "x", "leash": "no"})
    assert found.cost[:-1] == (0, 0, 0, 0, 1, 3)
    [other] = found.others
    assert (changed(other), [q.id for q in other.changes[0].asked]) == (["leash: short > long"], ["length"])
    assert all(made_by_swaps(loaded, "note: x\n", one) for one in (found, other))


def test_a_choice_that_restates_an_answer_goes_with_it(tmp_path):
    loaded = made(tmp_path, {"leash": ANSWERED, "twin": ANSWERED}, {"A": "bites"}, questionnaire=ASKED)
    text = "alternatives: {twin: short}\n"
    found = conceded(loaded, "leash:short", text=text)
    assert (changed(found), found.answers.chosen) == (["leash: short > no"], {})
    assert [one.clause.id for one in found.changes[0].follows] == ["twin"]
    assert made_by_swaps(loaded, text, found)


def test_a_fact_is_supposed_and_never_changed(tmp_path):
    asked = ASKED.replace("{id: bites, type: yes-no", "{id: bites, fact: true, type: yes-no")
    leash = clause("calm|preferred|not bites|A|Keep rule A.", "wild|acceptable|bites|A|Keep rule A. Too.")
    found = conceded(made(tmp_path, {"leash": leash}, {"A": ""}, questionnaire=asked), "leash:calm")
    assert obstacles(found) == ["'leash: calm' is rejected, and only a fact decides 'leash': the answer to 'bites'"]
    assert (found.changes, found.otherwise.supposing[0].id) == ((), "bites")
    assert [(c.clause.id, c.after.id, c.by) for c in found.otherwise.changes] == [("leash", "wild", "supposed")]
    assert because(found.otherwise) == ["the answer to 'bites' decides it"]
    drafts(found.otherwise)


def test_a_requirement_that_another_answer_lifts_is_lifted_where_it_decides_wordings_too(tmp_path):
    leash = clause("short|preferred||C|Keep rule C.", "free|acceptable|||Run free.")
    twin = clause("wild|preferred|bites||Wild.", "calm|acceptable|||Calm.")
    loaded = made(tmp_path, {"leash": leash, "twin": twin}, {"C": "bites"})
    found = conceded(loaded, "leash:short", text="bites: yes\n")
    assert changed(found) == ["twin: wild > calm", "leash: short > free"]
    assert because(found)[0] == "C would not be met: Keep C."
    assert made_by_swaps(loaded, "bites: yes\n", found)  # in the other order, C would not be met between the two


def test_changes_that_can_only_be_made_together_say_so(tmp_path):
    one = clause("a|preferred|||1. {#held} It is held.", "b|acceptable|||1. {#tied} It is tied.")
    two = clause("a|preferred|||See [[one.held]].", "b|acceptable|||See [[one.tied]].")
    found = conceded(made(tmp_path, {"one": one, "two": two}, {"A": "note"}), "one:a")
    assert changed(found) == ["one: a > b", "two: a > b"]
    assert {change.by for change in found.changes} == {"together"}
    drafts(found)


TIED = "  - {id: tied, holds: leash != 'long' or bites, questions: [leash, bites], message: No.}\n"
BACK = "  - {id: back, holds: not bites or leash == 'long', questions: [leash, bites], message: No.}\n"
TWO = {
    "leash": clause(
        "short|preferred|leash == 'short'|A|Keep rule A.", "long|acceptable|leash == 'long'|A|Keep rule A."
    ),
    "twin": clause("calm|preferred|not bites||Calm.", "wild|acceptable|bites||Wild."),
}


def test_no_step_is_proposed_that_a_check_would_refuse(tmp_path):
    loaded = made(tmp_path, TWO, {"A": ""}, questionnaire=small.QUESTIONNAIRE + TIED)
    found = conceded(loaded, "leash:short")
    assert changed(found) == ["twin: calm > wild", "leash: short > long"]
    assert made_by_swaps(loaded, "", found)


def test_answers_that_checks_allow_only_together_are_given_in_one_command(tmp_path, capsys):
    loaded = made(tmp_path, TWO, {"A": ""}, questionnaire=small.QUESTIONNAIRE + TIED + BACK)
    found = conceded(loaded, "leash:short")
    assert {change.by for change in found.changes} == {"together"}
    conceding.conceded(found, "matter")
    assert "one by one: drafter answer matter leash long bites yes" in " ".join(capsys.readouterr().out.split())
    matter = Matter(Path("matter"), "", (), loaded)
    with pytest.raises(DraftingError, match="drafter answer matter leash long bites VALUE"):
        swapping.swap(matter, "leash", "long", date(2026, 9, 1))
    both = changing.answer(matter, [("bites", "yes"), ("leash", "long")], date(2026, 9, 1))
    assert draft.draft(both.after).answers.given == found.answers.given


def test_an_answer_that_only_takes_clauses_away_is_not_proposed(tmp_path):
    leash = clause("short|preferred|leash == 'short'||S.", "long|fallback|leash == 'long'||L.", when="leash != 'no'")
    found = conceded(made(tmp_path, {"leash": leash}, {"A": "bites"}, questionnaire=ASKED), "leash:short")
    assert (changed(found), found.others) == (["leash: short > long"], ())


def test_the_next_best_choices_are_none_that_only_add_to_a_better_one(tmp_path):
    wide = clause(
        "short|preferred|||S.", "a|acceptable|||A.", "b|acceptable|||B.", "c|fallback|||C.", "d|fallback|||D."
    )
    found = conceded(made(tmp_path, {"leash": wide, "other": LEASH}, {"A": ""}), "leash:short")
    assert [changed(one) for one in (found, *found.others)] == [
        ["leash: short > a"], ["leash: short > b"], ["leash: short > c"],
    ]  # fmt: skip


def test_a_clause_that_another_change_would_turn_is_held_where_that_costs_less(tmp_path):
    asked = ASKED.replace(
        "      - {id: note",
        "      - {id: colour, type: choice, prompt: Colour?, default: red, ask_when: leash == 'short', "
        "options: [{value: red, label: Red}, {value: blue, label: Blue}]}\n      - {id: note",
    )
    turned = clause("red|preferred|colour == 'red'||Red.", "none|fallback|||None.")
    loaded = made(tmp_path, {"leash": ANSWERED, "turned": turned}, {"A": "bites"}, questionnaire=asked)
    found = conceded(loaded, "leash:short", text="note: x\n")
    assert changed(found) == ["leash: short > no", "turned: red > red"]
    assert because(found)[1] == "'turned' would otherwise become 'none'"
    assert found.answers.chosen == {"turned": "red"}
    assert made_by_swaps(loaded, "note: x\n", found)


def test_an_answer_that_a_check_of_the_questionnaire_refuses_is_not_supposed(tmp_path):
    leash = clause("short|preferred||C|Keep rule C.", "free|acceptable|||Run free.")
    check = "  - {id: honest, holds: bites, questions: [bites], message: It does bite.}\n"
    loaded = made(tmp_path, {"leash": leash}, {"C": "bites"}, questionnaire=small.QUESTIONNAIRE + check)
    assert conceded(loaded, "leash:short", text="bites: yes\n").otherwise is None


def test_a_clause_with_all_its_wordings_rejected_is_in_the_way(tmp_path):
    found = conceded(made(tmp_path, {"leash": LEASH}, {"A": ""}), "leash:short", "leash:long")
    told = "'leash: short' is rejected, and no other wording of 'leash' can be had without something worse"
    assert obstacles(found) == [told]
    assert (found.cost[:-1], found.changes, found.otherwise) == ((1, 0, 0, 0, 0, 0), (), None)


def test_an_answer_is_changed_for_what_it_meets_elsewhere(tmp_path):
    other = clause("mute|preferred|not bites||Silence.", "kept|acceptable|bites|A|Keep rule A.")
    leash = clause("short|preferred||A|Keep rule A.", "free|acceptable|||Run free.")
    loaded = made(tmp_path, {"leash": leash, "other": other}, {"A": ""}, {"A": "other"})
    found = conceded(loaded, "leash:short", text="note: x\n")
    assert changed(found) == ["other: mute > kept", "leash: short > free"]
    assert [problem.code for problem in found.found] == ["biter"]
    assert made_by_swaps(loaded, "note: x\n", found)
    assert changed(conceded(loaded, "leash:short", text="bites: yes\n")) == ["leash: short > free"]


def test_a_move_up_costs_no_more_than_a_change(tmp_path):
    found = conceded(made(tmp_path, {"leash": LEASH}, {"A": ""}), "leash:long", text="alternatives: {leash: long}\n")
    assert changed(found) == ["leash: long > short"]
    assert found.cost[:-1] == (0, 0, 0, 0, 0, 1)


def test_a_dead_reference_is_repaired_where_it_is_made_or_where_it_points(tmp_path):
    leash = clause("short|preferred|||1. {#hold} hold.", "free|acceptable|||Run free.")
    points = clause("one|preferred|||See [[leash.hold]].", "two|fallback|||See nothing.")
    found = conceded(made(tmp_path, {"leash": leash, "other": points}, {"A": "note"}), "leash:short")
    assert changed(found) == ["other: one > two", "leash: short > free"]
    assert because(found)[0] == "'other' would point to 'leash.hold', which would not be in the contract"
    longer = clause(*LEASH_ITEMS)
    found = conceded(made(tmp_path / "longer", {"leash": longer, "other": points}, {"A": "note"}), "leash:short")
    assert changed(found) == ["leash: short > held"]
    only = clause("one|preferred|||See [[leash.hold]].")
    found = conceded(made(tmp_path / "only", {"leash": leash, "other": only}, {"A": "note"}), "leash:short")
    assert obstacles(found) == ["'other' would point to 'leash.hold', which would not be in the contract"]
    assert found.cost[:3] == (0, 1, 0)


LEASH_ITEMS = (
    "short|preferred|||1. {#hold} hold.", "free|acceptable|||Run free.", "held|acceptable|||1. {#hold} held.",
)  # fmt: skip


def test_a_term_that_is_used_is_defined(tmp_path):
    leash = clause("short|preferred|||A leash (the **Cord**).", "free|acceptable|||Run free.")
    uses = clause("one|preferred|||The Cord is red.", "two|fallback|||It is red.")
    found = conceded(made(tmp_path, {"leash": leash, "other": uses}, {"A": "note"}), "leash:short")
    assert changed(found) == ["leash: short > free", "other: one > two"]
    assert because(found)[1] == "'other' would use “Cord”, which the contract would not define"


def test_an_answer_that_is_not_asked_is_not_printed(tmp_path):
    long = "long|acceptable||A|Keep rule A. It is {{ length }} feet."
    leash = clause("short|preferred||A|Keep rule A.", long, "other|fallback||A|Keep rule A. Somehow.")
    assert changed(conceded(made(tmp_path, {"leash": leash}, {"A": ""}), "leash:short")) == ["leash: short > other"]
    leash = clause("short|preferred||A|Keep rule A.", long)
    found = conceded(made(tmp_path / "two", {"leash": leash}, {"A": ""}), "leash:short")
    assert obstacles(found) == ["'leash' would print the answer to 'length', which is not asked"]
    assert (found.otherwise.supposing[0].id, changed(found.otherwise)) == ("leash", ["leash: short > long"])
    drafts(found.otherwise)


def test_what_the_matter_itself_breaks_is_repaired_with_the_rest(tmp_path):
    leash = clause("short|preferred||A|Keep rule A.", "free|fallback|||Run free.")
    third = clause("a|preferred|||A.", "b|acceptable|||B.")
    loaded = made(tmp_path, {"leash": leash, "third": third}, {"A": ""})
    found = conceded(loaded, "third:a", text="alternatives: {leash: free}\n")
    assert changed(found) == ["leash: free > short", "third: a > b"]
    assert because(found)[0] == "A would not be met: Keep A."


def with_own(tmp_path: Path, loaded: Library, clause_id: str, text: str) -> Library:
    name = f"{clause_id}.md"
    (tmp_path / name).write_text(text, "utf-8")
    return own_wordings.added_to(loaded, {name: tmp_path / name})


def test_a_wording_of_the_matter_stays_where_it_is_chosen_and_is_never_proposed(tmp_path):
    leash = clause("short|preferred||A|Keep rule A.", "free|acceptable|||Run free.")
    own = "---\nsatisfies: [A]\n---\nKeep rule A. As we say.\n"
    loaded = made(tmp_path / "lib", {"leash": leash, "other": PLAIN}, {"A": ""}, {"A": "other"})
    loaded = with_own(tmp_path, loaded, "other", own)
    kept = conceded(loaded, "leash:short", text="alternatives: {other: own-wording}\n")
    assert changed(kept) == ["leash: short > free"]
    assert kept.complies
    assert changed(conceded(loaded, "leash:short")) == ["other: mute > kept", "leash: short > free"]
    gone = conceded(loaded, "other:own-wording", text="alternatives: {other: own-wording}\n")
    assert changed(gone) == ["other: own-wording > kept"]
    assert gone.cost[:-1] == (0, 0, 0, 0, 1, 1)  # nobody weighed what the own wording gives away


def test_what_takes_the_place_of_an_own_wording_is_the_least_whatever_is_answered(tmp_path):
    whens = ("leash == 'short'", "leash == 'middle'", "leash == 'long'")
    places = ("preferred", "acceptable", "fallback")
    texts = (f"{w[10:-1]}|{p}|{w}|A|Keep rule A." for w, p in zip(whens, places, strict=True))
    asked = small.QUESTIONNAIRE.replace(
        "{value: short, label: Short},", "{value: short, label: Short}, {value: middle, label: M},"
    )
    reads = small.clause("Other", "mute|preferred|||Walk.\n\n{when: leash == 'long'} Walk on.")
    loaded = made(
        tmp_path / "lib", {"leash": clause(*texts), "other": reads}, {"A": ""}, {"A": "leash"}, questionnaire=asked
    )
    loaded = with_own(tmp_path, loaded, "leash", "---\nsatisfies: [A]\n---\nKeep rule A. As we say.\n")
    for answered in ("short", "middle", "long"):
        text = f"leash: {answered}\nalternatives: {{leash: own-wording}}\n"
        found = conceded(loaded, "leash:own-wording", text=text)
        assert changed(found) == ["leash: own-wording > short"]
        assert [(change.by, change.answer) for change in found.changes if change.by != "swap"] == []
        assert made_by_swaps(loaded, text, found)


def test_a_wording_in_broken_english_or_with_an_exception_is_not_what_is_conceded(tmp_path):
    broken = (
        "colon|acceptable||A|Keep rule A. The walker must bring:",
        "unless|acceptable||A|Keep rule A. The walker may run free.",
    )
    for number, middle in enumerate(broken):
        leash = clause("short|preferred||A|Keep rule A.", middle, "long|fallback||A|Keep rule A. Too.")
        found = conceded(made(tmp_path / str(number), {"leash": leash}, {"A": ""}), "leash:short")
        assert changed(found) == ["leash: short > long"]


def test_what_is_wrong_before_is_not_in_the_way(tmp_path):
    loaded = made(tmp_path / "lib", {"leash": LEASH, "other": PLAIN}, {"A": ""})
    loaded = with_own(tmp_path, loaded, "other", "---\nsatisfies: []\n---\nThe walker must bring:\n")
    found = conceded(loaded, "leash:short", text="alternatives: {other: own-wording}\n")
    assert changed(found) == ["leash: short > long"]
    assert found.complies


def test_all_unknown_names_are_reported_at_once(tmp_path):
    loaded = made(tmp_path, {"leash": LEASH}, {"A": ""})
    with pytest.raises(DraftingError) as error:
        conceded(loaded, "leish:short", "leash:blue", "all:one", "leash:short")
    found = {(p.code, p.message, p.hint) for p in error.value.problems}
    assert found == {
        ("unknown-clause", "there is no clause 'leish'", "did you mean 'leash'?"),
        ("unknown-alternative", "'leash' has no alternative 'blue'", "it has short, long"),
        ("unknown-clause", "the clause 'all' is not in this draft", "'drafter explain MATTER all' says why"),
    }


def test_a_score_of_rejections_with_two_equal_ways_out_of_each_is_no_great_search(tmp_path):
    wide = clause("short|preferred|||S.", "a|fallback|||A.", "b|fallback|||B.")
    loaded = made(tmp_path, {f"c{n}": wide for n in range(20)}, {"A": "note"})
    found = conceded(loaded, *(f"c{n}:short" for n in range(20)))
    assert (found.complies, found.tried, {c.after.id for c in found.changes}) == (True, 21, {"a"})


# -- every choice tried -------------------------------------------------------------------------

TERMS = ("Collar", "Basket", "Whistle", "Kennel")
POSITIONS = ("preferred", "acceptable", "fallback")
OURS = "---\nsatisfies: [A]\nsays: {A: [Ours is rule A.]}\n---\nOurs is rule A.\n"
# What decides in these libraries: `bites` and `leash` are read elsewhere, `colour` by nothing else, `strict` is a fact.
CONDITIONS = ("bites", "leash == 'long'", "leash != 'short'", "colour == 'red'", "strict", "bites and strict")
QUESTIONS = """\
      - {id: colour, type: choice, prompt: Colour?, default: red, COLOUR options: [
          {value: red, label: Red}, {value: blue, label: Blue}]}
      - {id: strict, type: yes-no, prompt: Strict?, fact: true}
checks:
  - {id: both, holds: leash == 'short' or not bites, questions: [bites], message: Not both.}
"""


@st.composite
def wordings(draw: st.DrawFn, number: int, count: int, *, plain: bool) -> list[str]:
    """Draw the alternatives of a clause: each claims, defines, uses, labels, points and prints this and that.

    Plain ones only claim, so that most choices comply.
    """

    def some(*things: str, most: int = 2) -> list[str]:
        return draw(st.lists(st.sampled_from(things), max_size=most, unique=True))

    def loose() -> list[str]:
        others = tuple(map(str, range(count)))
        text = [f"{draw(maybe)}It is (the **{TERMS[number]}**)."] if draw(st.booleans()) else []
        text += [f"{draw(maybe)}The {TERMS[int(other)]} is red." for other in some(*others, most=1)]
        text += [f"{draw(maybe)}See [[c{other}.hold]]." for other in some(*others, most=1)]
        fields = ("See [[all]].", "It is {{ length }} feet.", "{when: leash == 'long'} It is {{ length }} feet.")
        text += some(*fields, most=1) if draw(st.integers(0, 3)) == 0 else []
        return text + ([f"1. {{#hold}} {draw(maybe)}hold."] if draw(st.booleans()) else [])

    maybe = st.sampled_from(("", "", "{when: bites} ", "{when: leash == 'long'} "))
    found = []
    for place in range(draw(st.integers(1 + plain, 3))):
        claims = sorted(some(*RULES, most=3))
        text = [draw(maybe) + f"Keep rule {name}." for name in claims]
        when = draw(st.sampled_from(("", *CONDITIONS))) if place < 2 else ""
        body = "\n\n".join([f"Wording {place}.", *text, *([] if plain else loose())])
        found.append(f"w{place}|{draw(st.sampled_from(POSITIONS))}|{when}|{', '.join(claims)}|{body}")
    last = ["w8|acceptable||A|Keep rule A."] if plain else []
    return [*found, *last, "w9|fallback||A, B|Keep rule A. Keep rule B."]


@st.composite
def cases(draw: st.DrawFn):
    """Draw clauses, when colour is asked, an own wording of the first, an answers file, and what is rejected.

    And where each requirement is said: its home, and for some, another clause too.
    """
    count, plain = draw(st.integers(2, 3)), draw(st.sampled_from((True, True, False)))
    texts = {f"c{n}": draw(wordings(n, count, plain=plain)) for n in range(count)}
    labelled = {name for name, found in texts.items() if any("{#hold}" in text for text in found)}
    for name, found in texts.items():
        texts[name] = [re.sub(r"\[\[(c\d)\.hold\]\]", lambda m: m[0] if m[1] in labelled else m[1], t) for t in found]
    whens = ("", "", "", "bites", "leash == 'long'")
    clauses = {name: clause(*found, when=draw(st.sampled_from(whens))) for name, found in texts.items()}
    asked = draw(st.sampled_from(("", "", "ask_when: leash == 'short',")))
    own = draw(st.sampled_from(("", "Our words.\n\n1. {#hold} hold.\n", OURS)))
    text = "".join(f"{name}: {draw(st.sampled_from(('yes', 'no')))}\n" for name in ("bites", "strict"))
    text += f"leash: {draw(st.sampled_from(('short', 'long')))}\n"
    chosen = {
        name: draw(
            st.sampled_from([f.partition("|")[0] for f in found] + ["own-wording"] * (bool(own) and name == "c0"))
        )
        for name, found in texts.items()
        if draw(st.integers(0, 2)) == 0
    }
    text += "".join(["alternatives:\n", *(f"  {k}: {v}\n" for k, v in chosen.items())]) if chosen else ""
    homes = {name: draw(st.sampled_from(claiming(clauses, name))) for name in RULES}
    elsewhere = {
        name: draw(st.sampled_from(claiming(clauses, name)[:-1]))
        for name in RULES
        if len(claiming(clauses, name)) > 1 and draw(st.integers(0, 3)) == 0
    }
    return (
        clauses,
        asked,
        own,
        text,
        draw(st.lists(st.integers(0, 3) | st.integers(0, 11), min_size=1, max_size=2, unique=True)),
        homes,
        elsewhere,
    )


def broken(loaded: Library, chosen: dict[str, str], values) -> set[tuple[str, str, str]]:
    """Return what a choice breaks by the laws that are proved of a library, each clause in the wording it has."""
    at = Presence(loaded, chosen)
    found = set()
    for law in (laws.fields_asked, laws.references_alive, terms.terms_defined):
        for claim in law(at):
            if formulas.holds(claim.broken_when, values):
                name = re.search(r"'(.+)' is not asked|\[\[(.+)\]\] can|“(.+)”", claim.problem.message)
                found.add((claim.problem.code, Path(claim.files[0]).stem, next(filter(None, name.groups()))))
    unmet = (c for c in laws.requirements_met(at) if formulas.holds(c.broken_when, values))
    return found | {("requirement", "", claim.requirement.id) for claim in unmet}


OPEN = {"bites": (True, False), "leash": ("short", "long"), "colour": ("red", "blue")}  # what is no fact


def ways_to_change(loaded: Library, told: answers.Answers) -> dict[str, list[object]]:
    """Return each choice and each answer that can be changed, in order, with what it can be; None leaves it."""
    known = readers.readers(loaded, told.chosen)
    found: dict[str, list[object]] = {}
    for name in (c for c in loaded.order() if len(loaded.clauses[c].alternatives) > 1):
        one, decided = loaded.clauses[name], readers.decided(loaded, loaded.clauses[name], known)
        is_own = told.chosen.get(name) == "own-wording"
        others = [a.id for a in one.alternatives if not a.is_own and a.id != told.chosen.get(name)]
        if decided.by == "choice":
            found[f"={name}"] = [None, *others]
        elif is_own:
            found[f"={name}"] = [None, ""]
        for question in (q for q in decided.questions if q in OPEN) if decided.by == "answer" else ():
            now = told.given.get(question, "red")
            found.setdefault(question, [None, *(value for value in OPEN[question] if value != now)])
    return {name: values for name, values in found.items() if keeps_a_wording(loaded, told, name, values, known)}


def keeps_a_wording(loaded, told, name, values, known) -> bool:
    """Say whether an answer does more than take away every clause that it decides."""
    decides = [c for c in loaded.clauses.values() if name in readers.decided(loaded, c, known).questions]

    def some(answered):
        scope_ = selection.names(loaded, replace(told, given={**told.given, **answered}))
        return any(c.when is None or language.holds(c.when, scope_) for c in decides)

    return name.startswith("=") or not some({}) or any(some({name: value}) for value in values[1:])


def every_choice(loaded: Library, matter: answers.Answers, told: answers.Answers, rejected: set[tuple[str, str]]):
    """Go through every choice from some answers with its cost against the matter, its changes, and what it breaks."""
    start = selection.select(loaded, matter)
    known = readers.readers(loaded, told.chosen)
    refused = {p.code for p in checks.problems(loaded.questionnaire, matter, start.values) if p.level == "problem"}
    level = {"preferred": 0, "acceptable": 1, "fallback": 2, "non-standard": 3}
    able = ways_to_change(loaded, told)
    laws_of: dict[object, set[tuple[str, str, str]]] = {}
    for taken in itertools.product(*(range(len(values)) for values in able.values())):
        moves = {name: values[n] for (name, values), n in zip(able.items(), taken, strict=True) if n}
        then = changed_answers(loaded, told, moves, known)
        selected = selection.select(loaded, then)
        chosen = dict(selected.in_force)
        key = tuple(chosen.items()), *(then.given.get(question) for question in OPEN)
        if key not in laws_of:
            laws_of[key] = broken(loaded, chosen, selected.values)
        wrong = laws_of[key] | {("rejected", *pair) for pair in chosen.items() if pair in rejected}
        failed = {p.code for p in checks.problems(loaded.questionnaire, then, selected.values) if p.level == "problem"}
        wrong |= {("check", "", code) for code in failed - refused}
        kinds = [kind for kind, _, _ in wrong]
        own = {name for name, choice in start.choices.items() if choice.alternative.is_own}  # nobody weighed these
        before = {n: "preferred" if n in own else choice.alternative.position for n, choice in start.choices.items()}
        after = {name: choice.alternative.position for name, choice in selected.choices.items()}
        differ = [c for c in before | after if start.in_force.get(c) != chosen.get(c)]
        old_new = [(level.get(before.get(c), 0), level.get(after.get(c), 0)) for c in differ]
        down = [new for old, new in old_new if new > old]
        lost, unmet = kinds.count("rejected"), kinds.count("requirement")
        cost = (lost, len(kinds) - lost - unmet, unmet, sum(n > 1 for n in down), down.count(1), len(differ), taken)
        yield cost, moves, then, wrong


def changed_answers(loaded, told, moves, known) -> answers.Answers:
    """Return the answers after some changes; a choice that restated an answer goes with it."""
    given_ = {**told.given, **{name: value for name, value in moves.items() if not name.startswith("=")}}
    chosen = dict(told.chosen)
    for name, to in told.chosen.items():
        decided = readers.decided(loaded, loaded.clauses[name], known)
        if to != "own-wording" and decided.by != "choice" and set(decided.questions) & moves.keys():
            now = selection.by_answers(loaded.clauses[name], selection.names(loaded, replace(told, given=given_)))
            if now.id != to:
                del chosen[name]
    chosen |= {name[1:]: value for name, value in moves.items() if name.startswith("=")}
    return replace(told, given=given_, chosen={name: to for name, to in chosen.items() if to})


@settings(max_examples=often(60), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_the_choice_found_is_the_cheapest_of_all_choices(case):
    clauses, asked, own, text, places, homes, elsewhere = case
    questions = small.QUESTIONNAIRE.replace("checks:\n", QUESTIONS.replace("COLOUR", asked))
    with tempfile.TemporaryDirectory() as folder:
        loaded = made(Path(folder) / "lib", clauses, RULES, homes, elsewhere, questionnaire=questions)
        loaded = with_own(Path(folder), loaded, "c0", own) if own else loaded
    told = answers.parse(text, "answers.yaml", loaded.questionnaire)
    try:
        in_force = selection.select(loaded, told).in_force
    except DraftingError as error:
        assert {p.code for p in error.problems} == {"split-answer"}  # noqa: PT017
        return
    pairs = [(c, a.id) for c in clauses if c in in_force for a in loaded.clauses[c].alternatives]
    pairs.sort(key=lambda pair: in_force[pair[0]] != pair[1])  # those in force first, since they are drawn most often
    rejected = {pairs[place % len(pairs)] for place in places} if pairs else set()
    found = concessions.concede(loaded, told, sorted(rejected))
    choices = sorted(every_choice(loaded, told, told, rejected), key=lambda one: one[0])
    is_it(found, choices[0])
    judged_by_drafting(selection.select(loaded, found.answers), choices[0][3])
    if found.complies:
        best: list[dict[str, object]] = []
        for choice in (choice for choice in choices if not choice[3]):
            if len(best) < 3 and not any(moves.items() <= choice[1].items() for moves in best):
                is_it((found, *found.others)[len(best)], choice)
                best.append(choice[1])
        assert len(best) == 1 + len(found.others)
        for one in (found, *found.others):
            assert made_by_swaps(loaded, text, one) or any(c.by != "swap" for c in one.changes)
    else:
        the_best_answer_is_supposed(loaded, told, rejected, found)


def is_it(found: Concession, choice) -> None:
    """Hold that a concession is a choice, with what it costs and breaks."""
    cost, _, then, breaks = choice
    assert (found.answers.given, found.answers.chosen) == (then.given, then.chosen)
    assert found.cost[:-1] == cost[:-1]
    assert {(b.kind, b.clause, b.name) for b in found.in_the_way} == breaks


def judged_by_drafting(selected: selection.Selection, breaks: set[tuple[str, str, str]]) -> None:
    """Hold that a draft breaks what a choice is said to break."""
    try:
        drafted = assembly.assemble(selected)
    except DraftingError:
        assert any(kind == "dead-reference" for kind, _, _ in breaks)
        return
    assert not any(kind == "dead-reference" for kind, _, _ in breaks)
    unmet = {row.requirement.id for row in compliance.check(drafted, selected).unmet}
    assert unmet == {name for kind, _, name in breaks if kind == "requirement"}


def the_best_answer_is_supposed(loaded, told, rejected, found: Concession) -> None:
    """Hold that what is supposed is the best of the choices under that answer, and complies."""
    tried = []
    able = ways_to_change(loaded, told)
    for name, values in (*OPEN.items(), ("strict", (True, False))):
        for value in values if name not in able else ():
            known = readers.readers(loaded, told.chosen)
            other = changed_answers(loaded, told, {name: value}, known)
            if other.given != told.given and value != selection.select(loaded, told).values[name]:
                best = min(every_choice(loaded, told, other, rejected), key=lambda one: one[0])
                tried += [(name, value, best)] if not best[3] else []
    conditions = [
        w for c, _ in rejected for w in (loaded.clauses[c].when, *(a.when for a in loaded.clauses[c].alternatives))
    ]
    conditions += [loaded.conditions.get(r.id) for r in found.requirements]
    named = {name for when in conditions if when is not None for name in language.names(when)}
    least = min((best[0][:-1] for name, _, best in tried if name in named), default=None)
    if found.otherwise is None:
        assert least is None
        return
    assert least is None or found.otherwise.cost[:-1] <= least
    question, value = found.otherwise.supposing
    [choice] = (best for name, other, best in tried if (name, other) == (question.id, value))
    is_it(found.otherwise, choice)
    drafts(found.otherwise)


# -- the library that is shipped ----------------------------------------------------------------


def example(name: str) -> answers.Answers:
    return answers.parse(generated.example(name), name, generated.real_library().questionnaire)


@pytest.mark.parametrize(
    ("name", "now", "then", "answer"),
    [
        ("st-louis-park", "prohibit", "move-to-non-prone", "declines"),
        ("st-louis-park-declined", "move-to-non-prone", "prohibit", "agrees"),
    ],
)
def test_what_a_city_said_is_only_supposed(name, now, then, answer):
    loaded = generated.real_library()
    found = concessions.concede(loaded, example(name), [("prone-restraint", now)])
    assert found.in_the_way == (Breach("rejected", "prone-restraint", now),)
    other = found.otherwise
    assert (other.supposing[0].id, other.supposing[1]) == ("city.prone_restraint", answer)
    [change] = (c for c in other.changes if c.clause.id == "prone-restraint")
    assert (change.after.id, change.by) == (then, "supposed")
    drafts(other)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_wording_of_a_draft_is_rejected_quickly_and_each_proposal_is_made_by_swaps(name):
    text = (ROOT / "examples" / name / "answers.yaml").read_text("utf-8")
    loaded = small.in_form(generated.real_library(), text)
    told = answers.parse(text, "answers.yaml", loaded.questionnaire)
    selected = selection.select(loaded, told)
    grounds = concessions.Grounds(loaded, told, selected)
    pairs = [(c, x.alternative.id) for c, x in selected.choices.items() if len(x.clause.alternatives) > 1]
    slowest = 0.0
    for number, pair in enumerate(pairs[EXAMPLES.index(name) :: len(EXAMPLES)]):
        began = time.process_time()
        found = grounds.concession((Rejected(*pair),))
        slowest = max(slowest, time.process_time() - began)
        assert found.complies == (pair[0] not in {"prone-restraint", "term"})  # facts: an answer of the City, and dates
        for one in filter(None, (found, *found.others, found.otherwise)):
            assert one.complies == (not one.in_the_way)
            if one.complies:
                assert pair not in selection.select(loaded, one.answers).in_force.items()
        assert not found.complies or number % 2 or made_by_swaps(loaded, text, found)
    assert slowest < 5  # seconds; it takes about a tenth of one


# -- the command --------------------------------------------------------------------------------

HELD = "\n\n1. {#hold} it is held."
SHORT = f"short|preferred||II|The walker must use a leash:{HELD}"
LONG = f"long|fallback||II|The walker must use a leash, however long:{HELD}"


def rejecting(what: str):
    return run("concede", "matter", "--reject", what, "--library", "lib")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.usefixtures("place")
def test_a_rejection_of_what_is_not_in_the_draft_changes_nothing():
    result = rejecting("leash:long")
    assert result.exit_code == 0
    assert result.stdout == "Nothing needs to change: no rejected wording is in the draft.\n"


def test_the_least_concession_is_shown_with_the_command_that_makes_it(place):
    leash = small.clause("Leash", SHORT, LONG)
    small.build(place / "lib", policy=small.saying_as("II", leash), clauses={"leash": leash})
    result = rejecting("leash:short")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 clause to change, 1 to a fallback (2 choices tried). Every requirement that")
    told = flat(result.stdout)
    assert "leash short (preferred) -> long (fallback) Because 'leash: short' is rejected Concedes Something." in told
    assert told.endswith("Command drafter swap matter leash long")
    assert run("swap", "matter", "leash", "long", "--library", "lib").exit_code == 0
    assert "Nothing needs to change" in rejecting("leash:short").stdout


def test_an_answer_that_would_help_is_supposed_and_says_what_to_do_if_it_is_so(place):
    notes = small.clause("Notes", "standard|preferred|||None.", when="leash == 'short'")
    asked = small.QUESTIONNAIRE.replace("- id: leash\n", "- id: leash\n        fact: true\n")
    small.build(place / "lib", clauses={"notes": notes}, questionnaire=asked)
    result = rejecting("leash:short")
    assert result.exit_code == 1
    told = flat(result.stdout)
    assert told.startswith(
        "No choice of wordings says what is asked with the present answers. In the way 'leash: short'"
    )
    assert (
        "If the answer to leash were long, this would say what is asked: 2 clauses to change, 1 to a fallback." in told
    )
    assert "leash short (preferred) -> long (fallback) Because the answer to 'leash' decides it Concedes" in told
    assert "notes standard (preferred) -> left out Because the answer to 'leash' decides it" in told
    assert "Command" not in told
    assert told.endswith("Nothing was changed. If it is so: drafter answer matter leash long")


def test_what_follows_from_an_answer_and_what_it_sets_off_is_shown(place):
    notes = small.clause("Notes", "standard|preferred|||None.", when="leash == 'short'")
    check = "  - {id: long, holds: leash == 'short', questions: [leash], message: A long leash., level: reminder}\n"
    small.build(place / "lib", clauses={"notes": notes}, questionnaire=small.QUESTIONNAIRE + check)
    result = rejecting("leash:short")
    told = flat(result.stdout)
    assert result.exit_code == 0
    assert "In return Guidance on long. Changes too notes: standard (preferred) -> left out" in told
    assert "Now asked length: How long? Command drafter swap matter leash long Reminder A long leash." in told
    [change] = json.loads(run("concede", "matter", "--reject", "leash", "--library", "lib", "--json").stdout)["changes"]
    assert (change["command"], change["direction"]) == ("drafter swap matter leash long", "concedes")
    assert (change["answer"], change["now_asked"]) == ({"leash": "long"}, ["length"])
    assert [one["clause"] for one in change["changes_too"]] == ["notes"]


WAYS = small.clause(
    "Leash", f"short|preferred||II|The walker must use a leash:{HELD}\n\n2. it is red.",
    f"long|acceptable||II|The walker must use a leash, however long:{HELD}",
    f"free|fallback||II|The walker must use a leash at times:{HELD}\n\n2. it is blue.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("what", "then"),
    [
        ("leash", "long"), ("1.2", "long"), ("Section 1.2", "long"), ("Leash", "long"), ("LEA", "long"),
        ("1.2(b)", "long"), ("1.2 (b)", "long"), ("leash(b)", "long"), ("leash paragraph 1", "long"),
    ],
)  # fmt: skip
def test_what_is_rejected_is_named_by_clause_number_item_or_heading(place, what, then):
    small.build(place / "lib", policy=small.saying_as("II", WAYS), clauses={"leash": WAYS})
    made = draft.draft(matter_at(place))
    [one] = concessions.concede(made.library, made.answers, found_as(made, [what])).changes
    assert (one.clause.id, one.after.id) == ("leash", then)


def matter_at(place: Path) -> Matter:
    return matter.open(place / "matter", place / "lib")


def test_an_item_that_is_rejected_is_its_text_in_whatever_wording(place):
    small.build(place / "lib", policy=small.saying_as("II", WAYS), clauses={"leash": WAYS})
    made = draft.draft(matter_at(place))
    found = concessions.concede(made.library, made.answers, found_as(made, ["1.2(a)"]))
    told = "(a) of 'leash: short' is rejected, and no other wording of 'leash' can be had without something worse"
    assert obstacles(found) == [told]
    assert found.changes == ()


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("walker must", "'walker must' fits 2 clauses"), ("9.9", "there is no Section 9.9 in this contract"),
        ("1.2(z)", "has no (z)"),
        ("muzzle", "the clause 'muzzle' is not in this draft"), ("1.2 paragraph 7", "has no paragraph 7"),
        ("nothing like it", "is no clause 'nothing like it'"), ("leash:blue", "'leash' has no alternative 'blue'"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_said_with_candidates(place, what, told):
    small.build(
        place / "lib",
        policy=small.saying_as("II", WAYS),
        clauses={
            "leash": WAYS,
            "list": small.CLAUSES["list"].replace("title: List", "title: Dogs listed"),
            "policy": small.CLAUSES["policy"].replace("title: Policy", "title: Dog policy"),
        },
    )
    before = commands.files(place)
    result = rejecting(what)
    assert (result.exit_code, told in flat(result.stderr)) == (1, True)
    assert "hint:" in result.stderr
    assert commands.files(place) == before


@pytest.mark.parametrize("what", ["", "leash:", ":short"])
def test_half_of_a_wording_is_refused(place, what):  # noqa: ARG001  # the folder to work in
    assert rejecting(what).exit_code == 2


def test_a_requirement_in_the_way_is_quoted_and_that_nothing_helps_is_said(place):
    free = "free|fallback|||The dogs run free.\n\n1. {#hold} nothing is held."
    leash = small.clause("Leash", SHORT, free)
    small.build(place / "lib", policy=small.saying_as("II", leash), clauses={"leash": leash})
    result = rejecting("leash:short")
    assert result.exit_code == 1
    told = flat(result.stdout)
    assert "In the way II would not be met: The walker uses a leash. The policy II: “must use a leash”" in told
    assert told.endswith("No other single answer would help either.")
