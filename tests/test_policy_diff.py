"""A policy that changes: what differs, what rests on it, what it does to matters, and what is carried over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import small
from commands import files, run

from drafter.amending import carrying, difference, texts
from drafter.amending.difference import PolicyDiff
from drafter.base.problems import DraftingError
from drafter.reading import loading

FILE = "sources/policy.yaml"
POLICY = """\
# The policy on dogs.
number: "7"
title: Dogs
citation: Policy 7
body: Town of Bark
status: adopted
date: "2026-01-02"
paragraphs:
  - id: I
    number: I.
    heading: PURPOSE
    text: The town wants dogs walked well. .
  - id: II
    number: II.
    heading: DUTIES
    text: ""
  - id: II.A
    number: A.
    text: A walker must use a leash at all times. Each walk ends before the bell rings for supper.
  - id: II.B
    number: B.
    text: If a dog bites, the walker must use a muzzle. The muzzle is paid for within ten days of the bite.
  - id: II.C
    number: C.
    text: The town keeps a list of every dog that it has. Walkers may read the list.
requirements:
  - id: II.A
    paragraph: II.A
    level: must
    asks: The walker uses a leash.
    quote: A walker must use a leash at all times
    home: leash
    says:
      - {sentence: "The walker must use a leash on {{ the_dog }}:", alternatives: [short]}
      - sentence: "The walker must use a leash of {{ length }} {{ length | plural('foot', 'feet') }}:"
        alternatives: [long]
  - id: II.B
    paragraph: II.B
    level: if
    applies_when: bites
    applies_text: a dog bites
    asks: The walker uses a muzzle, as paragraph II.B says.
    quote: If a dog bites, the walker must use a muzzle
    home: muzzle
    says: [The walker must use a muzzle.]
    checks: {order: starts < ends}
  - id: I
    paragraph: I
    level: info
    asks: Nothing.
    quote: The town wants dogs walked well
asks_nothing:
  - paragraph: II.A
    sentence: Each walk ends before the bell rings for supper.
    because: The bell is the town's.
  - paragraph: II.B
    sentence: The muzzle is paid for within ten days of the bite.
    because: The town pays.
  - {paragraph: II.C, sentence: The town keeps a list of every dog that it has., because: It is the town's.}
  - {paragraph: II.C, sentence: Walkers may read the list., because: It binds nobody.}
  - {paragraph: I, sentence: PURPOSE, because: A heading.}
  - {paragraph: II, sentence: DUTIES, because: A heading.}
figures:
  - {id: days_to_pay, paragraph: II.B, quote: within ten days, value: 10, unit: day}
anomalies:
  - {id: stops, paragraphs: [I, II.B], text: Two full stops., handling: Shown as in II.B.}
on_change: [notes]
"""
CLAUSES = {
    "leash": small.CLAUSES["leash"].replace("|II|", "|II.A|").replace("[II]", "[II.A]"),
    "muzzle": small.clause(
        "Muzzle", "standard|preferred||II.B|The walker must use a muzzle. [[leash]] stays.", when="bites"
    ).replace("Guidance on standard.", "As II.B asks; Policy 9, II.B is another text. It costs 10 days of walks."),
    "notes": small.clause(
        "Change of Policy", "standard|preferred|||If the policy changes, the Town must tell the walker within 14 days. "
        "{{ note | otherwise('No notes.') }} Dogs and the Town agree."
    ),
}  # fmt: skip
LEASH = "A walker must use a leash at all times."
MUZZLE = "If a dog bites, the walker must use a muzzle."


@pytest.fixture
def lib(tmp_path) -> Path:
    return small.build(tmp_path / "lib", policy=POLICY, clauses=CLAUSES)


def published(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


TEXT = (
    "I. PURPOSE",
    "The town wants dogs walked well. .",
    "II. DUTIES",
    f"A. {LEASH} Each walk ends before the bell rings for supper.",
    f"B. {MUZZLE} The muzzle is paid for within ten days of the bite.",
    "C. The town keeps a list of every dog that it has. Walkers may read the list.",
)
DUTY = "Walkers carry water for their dogs in the summer."
MOVED = (
    *TEXT[:3],
    f"A. {DUTY}",
    *(one.replace(old, new, 1) for one, old, new in zip(TEXT[3:], "ABC", "BCD", strict=True)),
)


def compared(lib: Path, new: str, name: str = "new.txt", matters: Path | None = None) -> PolicyDiff:
    """Compare the policy of a library with a new text."""
    path = lib.parent / name
    path.write_text(new, "utf-8")
    old = texts.earlier(lib / FILE)
    return difference.compare(old, texts.later(path, old), loading.load(lib, "lib"), matters, lambda _: None)


def kinds(made: PolicyDiff) -> dict[str, tuple[str, str]]:
    """Return what becomes of each requirement, with its new id, by its old one."""
    changes = (one.change for one in made.requirements)
    return {c.was.id if c.was else f"new {c.id}": (c.kind, c.now.id if c.now else "") for c in changes}


def paragraphs(made: PolicyDiff) -> list[tuple[str, str, str]]:
    changed = (one for one in made.paragraphs if one.kind != "same")
    return [(one.kind, one.was.id if one.was else "", one.now.id if one.now else "") for one in changed]


# -- what differs -------------------------------------------------------------------------------


def test_the_same_text_has_no_difference(lib):
    made = compared(lib, published(*TEXT))
    assert made.is_same
    assert made.unquoted == made.stale == made.to_do == ()


def test_paragraphs_that_move_keep_their_requirements_by_new_ids(lib):
    made = compared(lib, published(*MOVED))
    moved = [("renumbered", "II.A", "II.B"), ("renumbered", "II.B", "II.C"), ("renumbered", "II.C", "II.D")]
    assert paragraphs(made) == [("added", "", "II.A"), *moved]
    assert kinds(made) == {"II.A": ("unchanged", "II.B"), "II.B": ("unchanged", "II.C"), "I": ("unchanged", "I")}
    assert [(paragraph.id, sentence) for paragraph, sentence in made.unquoted] == [("II.A", DUTY)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"Unless the town says otherwise, {LEASH[0].lower()}{LEASH[1:]}",
        LEASH.replace("A walker", "Nobody but a child"),
        LEASH.replace(".", ", if that is practical."),
        LEASH.replace("must", "need not"),
    ],
)
def test_a_quote_that_is_still_there_in_a_changed_sentence_is_a_changed_requirement(lib, sentence):
    made = compared(lib, published(*TEXT).replace(LEASH, sentence))
    assert kinds(made)["II.A"] == ("changed", "II.A")
    assert any(one.words.startswith("II.A:") for one in made.to_do)


def test_a_sentence_that_is_gone_leaves_its_requirement_gone(lib):
    made = compared(lib, published(*TEXT).replace(f"{MUZZLE} ", ""))
    assert kinds(made)["II.B"] == ("gone", "")
    assert any(problem.code == "unknown-requirement" for problem in made.trial.problems)


def test_a_sentence_that_moves_to_another_paragraph_takes_its_requirement_with_it(lib):
    text = published(*TEXT).replace(f"{MUZZLE} ", "").replace("Walkers may", f"{MUZZLE} Walkers may")
    made = compared(lib, text)
    assert kinds(made)["II.B"][0] == "unchanged"
    assert next(one.change.now.paragraph for one in made.requirements if one.change.was.id == "II.B") == "II.C"


def test_a_sentence_beside_one_that_stays_is_said_to_need_reading(lib):
    made = compared(lib, published(*TEXT).replace(LEASH, f"{LEASH} This does not bind children."))
    change = next(one.change for one in made.requirements if one.change.id == "II.A")
    assert (change.kind, change.is_near) == ("unchanged", True)
    assert [sentence for _, sentence in made.unquoted] == ["This does not bind children."]


def test_every_word_that_differs_is_marked(lib):
    result = run("policy", "diff", lib / FILE, written(lib, published(*TEXT).replace("at all times", "at night")))
    assert result.exit_code == 1
    assert "{-all times-}{+night+}" in result.stdout


def written(lib: Path, text: str, name: str = "new.txt") -> Path:
    path = lib.parent / name
    path.write_text(text, "utf-8")
    return path


# -- a new text with requirements of its own ----------------------------------------------------


def own(old: str, new: str, *more: tuple[str, str]) -> str:
    """Return the policy with some words changed, its requirements included."""
    text = POLICY
    for before, after in ((old, new), *more):
        assert before in text
        text = text.replace(before, after)
    return text


def test_an_absolute_duty_instead_of_a_condition_is_disproved_by_the_smallest_answers(lib):
    text = own(
        "If a dog bites, the walker", "The walker",
        ("    level: if\n    applies_when: bites\n    applies_text: a dog bites\n", "    level: must\n"),
    )  # fmt: skip
    made = compared(lib, text, "new.yaml")
    assert kinds(made)["II.B"] == ("changed", "II.B")
    differing = next(one.change.differences for one in made.requirements if one.change.id == "II.B")
    assert [one.what for one in differing] == ["words", "level", "applies when"]
    (hole,) = made.trial.proof.holes
    assert hole.claim.problem.code == "unmet-requirement"
    assert dict(hole.given) == {}  # no dog bites by default, and then there is no muzzle


LISTED = (
    "  - {paragraph: II.C, sentence: The town keeps a list of every dog that it has., because: It is the town's.}\n"
)
ROW = """\
  - {id: II.C, paragraph: II.C, level: must, asks: A list., home: notes, says: [The Town lists.],
     quote: The town keeps a list of every dog that it has}
"""


def test_requirements_without_the_figures_that_the_library_prints_can_be_tried(lib):
    text = own("within ten days", "within 20 days")
    made = compared(lib, text[: text.index("figures:")], "new.yaml")
    assert made.trial.library is not None
    assert made.trial.library.policy.figures[0].value == 10
    assert any("policy.days_to_pay" in one.words for one in made.to_do)


def test_a_new_requirement_without_words_in_its_home_is_disproved(lib):
    made = compared(lib, own("asks_nothing:\n", f"{ROW}asks_nothing:\n", (LISTED, "")), "new.yaml")
    assert kinds(made)["new II.C"] == ("new", "II.C")
    assert {problem.code for problem in made.trial.problems} == {"unmet-requirement"}


def test_requirements_are_paired_by_their_words_where_their_ids_have_moved(lib):
    made = compared(lib, renumbered(), "new.yaml")
    assert kinds(made) == {"II.A": ("changed", "II.B"), "II.B": ("changed", "II.A"), "I": ("unchanged", "I")}
    whats = {d.what for one in made.requirements for d in one.change.differences}
    assert whats == {"asks"}  # it names its own paragraph


def renumbered() -> str:
    """Return the policy with two paragraphs in each other's place, and all that names them."""
    text = POLICY.replace("II.A", "@").replace("II.B", "II.A").replace("@", "II.B")
    return text.replace("uses a leash.", "uses a leash, as II.B says.")


def test_what_a_new_text_leaves_out_is_the_old_ones(lib):
    head, _ = POLICY.split("requirements:\n")
    made = compared(lib, head.replace("adopted", "amended").replace("all times", "night"), "new.yaml")
    assert made.new.source.status == "amended"
    assert made.new.source.figures == made.old.source.figures
    assert kinds(made)["II.A"] == ("changed", "II.A")
    assert [one.what for one in made.facts] == ["status"]


def test_a_new_text_whose_requirements_misquote_it_is_refused_at_its_own_line(lib):
    text = own("    quote: A walker must use a leash at all times\n", "    quote: A walker must use a rope\n")
    path = written(lib, text, "new.yaml")
    line = text[: text.index("  - id: II.A", text.index("requirements:"))].count("\n") + 1
    result = run("policy", "diff", lib / FILE, path)
    assert result.exit_code == 1
    assert f"{path}:{line}: misquoted-policy" in result.stderr


# -- what rests on it ---------------------------------------------------------------------------


def test_all_that_rests_on_a_changed_requirement_is_listed(lib):
    made = compared(lib, published(*TEXT).replace("use a muzzle", "use a strong muzzle"))
    rests = next(one.rests for one in made.requirements if one.change.id == "II.B")
    found = {(rest.kind, rest.name) for rest in rests}
    assert ("wording", "muzzle.standard") in found
    assert ("question", "bites") in found
    assert ("check", "order") in found
    assert ("exhibit", "policy") in found
    assert ("anomaly", "stops") in found
    assert ("figure", "policy.days_to_pay") in found
    assert ("text", "II.B") in found
    assert next(rest.said for rest in rests if rest.kind == "wording") == "Muzzle"


def test_the_options_that_decide_a_wording_are_listed(lib):
    made = compared(lib, published(*TEXT).replace("a leash at", "a short leash at"))
    rests = next(one.rests for one in made.requirements if one.change.id == "II.A")
    assert {r.name for r in rests if r.kind == "option"} == {"leash: short", "leash: long"}


def test_what_holds_the_old_number_is_found_and_what_holds_the_new_one_is_not(lib):
    made = compared(lib, published(*TEXT).replace("within ten days", "within 20 days"))
    (found,) = made.stale
    assert (found.figure, found.was) == ("days_to_pay", "10 days")
    names = {place.path.partition("/")[2] for place, _ in found.places}
    assert names == {"clauses/muzzle.md"}
    assert "within 20 days" in found.now


def test_a_number_that_no_figure_is_declared_for_is_found_too(lib):
    text = own(
        "within ten days of",
        "within 20 days of",
        ("figures:\n  - {id: days_to_pay, paragraph: II.B, quote: within ten days, value: 10, unit: day}\n", ""),
    )
    bare = POLICY.replace(
        "figures:\n  - {id: days_to_pay, paragraph: II.B, quote: within ten days, value: 10, unit: day}\n", ""
    )
    (lib / FILE).write_text(bare, "utf-8")
    (found,) = compared(lib, text, "new.yaml").stale
    assert (found.figure, found.was.split(" of")[0]) == ("", "ten days")


# -- matters ------------------------------------------------------------------------------------


@pytest.fixture
def matter(lib) -> Path:
    """Return a matter with a round that was sent under the old policy."""
    made = lib.parent / "matters" / "park"
    made.mkdir(parents=True)
    (made / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    sent = run("send", made, "--to", "town", "--on", "2026-03-01", "--library", lib)
    assert sent.exit_code == 0, sent.stderr
    return made


def test_a_round_sent_under_the_old_text_says_what_its_contract_asks(lib, matter):
    made = compared(lib, published(*TEXT).replace("use a leash", "use a red leash"), matters=matter.parent)
    (one,) = made.matters
    (sent,) = one.rounds
    assert sent.text == "earlier"
    (asked,) = sent.asked
    assert asked.called == "Section 2.1, Change of Policy"
    assert asked.lines[0].startswith("If the policy changes, the Town must tell the walker within 14 days.")
    assert "II.A" in sent.standing.unread
    assert "II.A" in one.now.unread


def test_a_contract_that_was_sent_is_judged_by_its_own_words(lib, matter):
    text = own(
        "If a dog bites, the walker", "The walker",
        ("    level: if\n    applies_when: bites\n    applies_text: a dog bites\n", "    level: must\n"),
    )  # fmt: skip
    made = compared(lib, text, "new.yaml", matters=matter.parent)
    (one,) = made.matters
    assert [failing.id for failing in one.now.failing] == ["II.B"]
    assert [failing.id for failing in one.rounds[0].standing.failing] == ["II.B"]


def test_a_round_sent_under_the_new_text_asks_nothing(lib, matter):
    later = POLICY.replace("all times", "night")
    (lib / FILE).write_text(later, "utf-8")
    run("send", matter, "--to", "town", "--on", "2026-04-01", "--library", lib)
    (lib / FILE).write_text(POLICY, "utf-8")
    made = compared(lib, later, "new.yaml", matters=matter.parent)
    assert [(one.text, len(one.asked)) for one in made.matters[0].rounds] == [("earlier", 1), ("new", 0)]
    other = compared(lib, POLICY.replace("all times", "noon"), "new.yaml", matters=matter.parent)
    assert [one.text for one in other.matters[0].rounds] == ["earlier", "other"]


def test_a_matter_of_another_library_is_said_and_not_judged(lib, matter):
    (matter / "matter.yaml").write_text("contract: Lease\npolicy: Source 1\nbody: Elsewhere\n", "utf-8")
    made = compared(lib, published(*MOVED), matters=matter.parent)
    (one,) = made.matters
    assert [problem.code for problem in one.wrong] == ["other-library"]
    assert one.rounds == ()


def test_a_matter_that_cannot_be_read_is_said(lib, matter):
    (matter / "answers.yaml").write_text("walker: [", "utf-8")
    made = compared(lib, published(*MOVED), matters=matter.parent)
    assert [problem.code for problem in made.matters[0].now.wrong] == ["unreadable-yaml"]


def test_a_round_that_was_changed_is_said(lib, matter):
    next(matter.rglob("contract.json")).write_text("{}", "utf-8")
    made = compared(lib, published(*MOVED), matters=matter.parent)
    assert {problem.code for problem in made.matters[0].wrong} == {"round-changed"}


# -- carrying over ------------------------------------------------------------------------------


def write(lib: Path, text: str, name: str = "new.txt") -> object:
    """Put a text in the place of the policy; return what the command found, as JSON."""
    return json.loads(run("policy", "diff", lib / FILE, written(lib, text, name), "--write", "--json").stdout)


def test_what_is_word_for_word_the_same_is_carried_over_with_its_ids(lib):
    before = (lib / FILE).read_bytes()
    run("review", "--all", "--by", "Ann Other", "--library", lib)
    found = write(lib, published(*MOVED))
    assert (lib / "sources/earlier/policy-2026-01-02.yaml").read_bytes() == before
    loaded = loading.read(lib, "lib").library
    assert [(r.id, r.paragraph) for r in loaded.policy.requirements] == [("II.B", "II.B"), ("II.C", "II.C"), ("I", "I")]
    assert loaded.clauses["leash"].alternatives[0].satisfies == ("II.B",)
    assert loaded.clauses["muzzle"].alternatives[0].satisfies == ("II.C",)
    assert set(loaded.reviewed.marks) == {"II.B", "II.C"}
    assert loaded.policy.asks_nothing[1].paragraph == "II.C"
    assert loaded.policy.figures[0].paragraph == "II.C"
    assert loaded.policy.anomalies[0].paragraphs == ("I", "II.C")
    assert loaded.policy.anomalies[0].handling == "Shown as in II.C."
    assert loaded.policy.requirements[1].asks == "The walker uses a muzzle, as paragraph II.C says."
    guidance = loaded.clauses["muzzle"].alternatives[0].guidance
    assert guidance == "As II.C asks; Policy 9, II.B is another text. It costs 10 days of walks."
    assert any("may be another text's number" in one for one in found["to_do"])
    assert "# The policy on dogs." in (lib / FILE).read_text("utf-8")


def test_what_is_not_the_same_makes_lint_fail_until_it_is_done(lib):
    write(lib, published(*MOVED))
    result = run("lint", lib)
    assert result.exit_code == 1
    assert "unquoted-sentence" in result.stderr
    assert "open-to-do" in result.stderr
    text = (lib / FILE).read_text("utf-8")
    done = text[: text.index("# What is left to do")].replace(
        "asks_nothing:\n", f"asks_nothing:\n  - {{paragraph: II.A, sentence: {DUTY}, because: Kind.}}\n"
    )
    (lib / FILE).write_text(done, "utf-8")
    assert run("lint", lib).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("must use a leash at", "must use a rope at", "misquoted-policy"),
        (LEASH, f"Unless it rains, {LEASH[0].lower()}{LEASH[1:]}", "misquoted-policy"),
        (LEASH, f"{LEASH[:-1]}, unless it rains.", "open-to-do"),
        (f"{MUZZLE} ", "", "misquoted-policy"),
        ("within ten days", "within nine days", "misquoted-policy"),
        ("Walkers may read the list.", "If they ask, Walkers may read the list.", "open-to-do"),
        ("C. The town keeps a list of every dog that it has. Walkers may read the list.", "", "unknown-paragraph"),
    ],
)
def test_each_kind_of_change_makes_lint_fail(lib, old, new, code):
    assert old in published(*TEXT)
    write(lib, published(*TEXT).replace(old, new))
    result = run("lint", lib)
    assert result.exit_code == 1
    assert code in result.stderr


CHILDREN = "Children must use a leash."


@pytest.mark.parametrize(
    ("said", "code"),
    [(f"{LEASH} {CHILDREN} Dogs of the town must use a leash.", "open-to-do"), (CHILDREN, "misquoted-policy")],
)
def test_quoted_words_that_the_text_has_twice_hide_nothing(lib, said, code):
    policy = POLICY.replace(f"text: {LEASH}", f"text: {LEASH} {CHILDREN}")
    listed = f"asks_nothing:\n  - {{paragraph: II.A, sentence: {CHILDREN}, because: They walk no dogs.}}\n"
    (lib / FILE).write_text(policy.replace("asks_nothing:\n", listed), "utf-8")
    write(lib, published(*TEXT).replace(LEASH, said))
    result = run("lint", lib)
    assert result.exit_code == 1
    assert code in result.stderr


def test_a_gone_requirement_is_never_taken_for_the_one_that_gets_its_id(lib):
    text = published(
        *TEXT[:3], f"A. {MUZZLE} The muzzle is paid for within ten days of the bite.", TEXT[5].replace("C.", "B.")
    )
    made = compared(lib, text)
    assert kinds(made) == {"II.A": ("gone", ""), "II.B": ("unchanged", "II.B"), "I": ("unchanged", "I")}
    found = write(lib, text)
    policy = (lib / FILE).read_text("utf-8")
    rows = policy[policy.index("requirements:") :]
    assert re.findall(r"- id: (\S+)\n    paragraph: (\S+)", rows) == [("II.A", "II.A"), ("II.B", "II.A"), ("I", "I")]
    assert "[II.A]" in (lib / "clauses/leash.md").read_text("utf-8")
    muzzle = (lib / "clauses/muzzle.md").read_text("utf-8")
    assert "[II.B]" in muzzle
    assert "As II.A asks; Policy 9, II.B" in muzzle
    assert any(one.startswith("II.A: the new text does not ask it.") for one in found["to_do"])
    assert any(one.startswith("II.B: its paragraph is II.A now") for one in found["to_do"])
    lint = run("lint", lib)
    assert (lint.exit_code, "misquoted-policy" in lint.stderr) == (1, True)


def test_ids_that_wait_for_one_that_is_gone_wait_together(lib):
    more = TEXT[5].replace("C.", "B.")
    row = "  - {id: II.C, paragraph: II.C, level: info, asks: Nothing., quote: keeps a list}\n"
    first = row.replace("II.C", "II.D").replace("keeps a list", "lies here")
    policy = POLICY.replace(
        "requirements:\n", "  - {id: II.D, number: D., text: A bone lies here.}\nrequirements:\n", 1
    )
    policy = policy.replace("asks_nothing:\n", f"{row}{first}asks_nothing:\n").replace(LISTED, "")
    (lib / FILE).write_text(policy, "utf-8")
    text = (*TEXT[:3], f"A. {LEASH} Each walk ends before the bell rings for supper.", more, "C. A bone lies here.")
    made = compared(lib, published(*text))
    found = {name: now for name, (_, now) in kinds(made).items()}
    assert found == {"II.A": "II.A", "II.B": "", "II.C": "II.C", "II.D": "II.D", "I": "I"}
    at = {one.change.was.id: one.change.now.paragraph for one in made.requirements if one.change.now}
    assert (at["II.C"], at["II.D"]) == ("II.B", "II.C")


@pytest.mark.parametrize(
    "listed", ["[II.A]", "[I, II.A]", "[II.A, I]", '["II.A"]', "\n      - II.A", "\n      - I\n      - II.A"]
)
def test_a_new_text_of_its_own_takes_the_id_of_what_is_gone_out_of_lists(lib, listed):
    clause = lib / "clauses/leash.md"
    clause.write_text(clause.read_text("utf-8").replace("[II.A]", listed), "utf-8")
    run("review", "--all", "--by", "Ann Other", "--library", lib)
    start, end = POLICY.index("  - id: II.A\n"), POLICY.index("  - id: II.B\n")
    text = POLICY[:start] + POLICY[end:].replace("paragraph: II.A\n", "paragraph: I\n")
    row, after = text.index("  - id: II.A\n"), text.index("  - id: II.B\n", text.index("requirements:"))
    text = (text[:row] + text[after:]).replace("II.B", "II.A").replace("II.C", "II.B")
    nothing = text.index("  - paragraph: I\n    sentence: Each walk")
    text = text[:nothing] + text[text.index("  - paragraph: II.A\n    sentence: The muzzle") :]
    assert kinds(compared(lib, text, "new.yaml")) == {
        "II.A": ("gone", ""), "II.B": ("changed", "II.A"), "I": ("unchanged", "I"),
    }  # fmt: skip
    found = write(lib, text, "new.yaml")
    claimed = loading.read(lib, "lib").library.clauses["leash"].alternatives[0].satisfies
    assert claimed == (("I",) if re.search(r"\bI\b(?!\.)", listed) else ())
    assert "satisfies: [II.A]" in (lib / "clauses/muzzle.md").read_text("utf-8")
    assert any("leash.md" in one and "taken out" in one for one in found["to_do"])
    assert all("-gone" not in words for words in map(str, files(lib).values()))


def test_a_name_of_a_paragraph_that_was_divided_is_left_and_listed(lib):
    pay = "The muzzle is paid for within ten days of the bite."
    text = (*TEXT[:4], f"B. {pay}", f"C. {MUZZLE}", TEXT[5].replace("C.", "D."))
    found = write(lib, published(*text))
    muzzle = (lib / "clauses/muzzle.md").read_text("utf-8")
    assert "As II.B asks; Policy 9, II.B" in muzzle
    assert "satisfies: [II.C]" in muzzle
    named = [one for one in found["to_do"] if "names II.B, whose sentences are now in II.B and II.C" in one]
    assert {one.partition(":")[0] for one in named} == {"clauses/muzzle.md", FILE}


SEE = "Walkers read paragraphs II.A., II.B., and II.C. of this policy; Law 1, section 2, paragraph II.A is another."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (MOVED, "II.A, which is now II.B; II.B, which is now II.C; II.C, which is now II.D."),
        ((*TEXT[:3], TEXT[3], TEXT[5].replace("C.", "B.")), "II.B, which is gone; II.C, which is now II.B."),
        (
            (*TEXT[:4], f"B. {MUZZLE}", "C. The muzzle is paid for within ten days of the bite.", f"D{TEXT[5][1:]}"),
            "II.B, whose sentences are now in II.B and II.C; II.C, which is now II.D.",
        ),
        ((*TEXT, "D. Cats sleep."), ""),
    ],
)
def test_a_sentence_of_the_text_that_names_a_paragraph_which_is_another_now_is_listed(lib, text, named):
    policy = POLICY.replace("dogs walked well. .", f"dogs walked well. {SEE}")
    (lib / FILE).write_text(
        policy.replace("asks_nothing:\n", f'asks_nothing:\n  - {{paragraph: I, sentence: "{SEE}", because: Kind.}}\n'),
        "utf-8",
    )
    made = compared(lib, published(*text).replace("dogs walked well. .", f"dogs walked well. {SEE}"))
    listed = [one.words for one in made.to_do if "has not changed, but names" in one.words]
    assert listed == (
        [f"I: “{SEE}” has not changed, but names {named} Read again which paragraphs it means now."] if named else []
    )


def test_a_whole_new_source_is_put_in_place_as_it_is(lib):
    text = renumbered()
    write(lib, text, "new.yaml")
    assert (lib / FILE).read_text("utf-8").startswith(text.rstrip("\n"))
    loaded = loading.read(lib, "lib").library
    assert loaded.clauses["leash"].alternatives[0].satisfies == ("II.B",)
    assert loaded.clauses["muzzle"].alternatives[0].satisfies == ("II.A",)


def test_a_second_comparison_after_writing_finds_nothing(lib):
    write(lib, published(*MOVED))
    text = (lib / FILE).read_text("utf-8").replace(DUTY, DUTY)
    (lib / FILE).write_text(text[: text.index("# What is left to do")], "utf-8")
    result = run("policy", "diff", lib / FILE, written(lib, published(*MOVED)))
    assert (result.exit_code, result.stdout.endswith("No difference.\n")) == (0, True)


def test_the_earlier_text_can_be_compared_with_the_one_in_its_place(lib):
    write(lib, renumbered().replace("all times", "night"), "new.yaml")
    before = files(lib)
    earlier = next((lib / "sources/earlier").iterdir())
    old = texts.earlier(earlier)
    made = difference.compare(old, texts.later(lib / FILE, old), loading.load(lib, "lib"), None, lambda _: None)
    assert kinds(made)["II.A"] == ("changed", "II.B")
    assert {problem.code for problem in made.trial.problems} == {"open-to-do"}  # the number of another policy
    rests = next(one.rests for one in made.requirements if one.change.id == "II.B")
    assert "leash.short" in {rest.name for rest in rests}
    assert run("policy", "diff", earlier, lib / FILE, "--write").exit_code == 1
    assert files(lib) == before


def test_a_third_text_in_the_library_is_said(lib):
    old = written(lib, POLICY.replace("all times", "noon"), "old.yaml")
    result = run("policy", "diff", old, written(lib, published(*TEXT).replace("all times", "dawn")), "--library", lib)
    assert "other-text" in result.stderr
    assert "has another text of Policy 7" in result.stderr


def test_a_folder_without_matters_is_said(lib):
    result = run("policy", "diff", lib / FILE, written(lib, published(*MOVED)), "--matters", lib)
    assert "There is no matter in" in result.stdout


def test_an_earlier_text_is_never_written_over(lib):
    write(lib, published(*TEXT).replace("all times", "night"))
    kept = files(lib / "sources/earlier")
    fresh = POLICY.replace("all times", "noon")
    (lib / FILE).write_text(fresh, "utf-8")
    write(lib, published(*TEXT).replace("all times", "dawn"))
    assert files(lib / "sources/earlier").items() >= kept.items()
    assert len(files(lib / "sources/earlier")) == 2


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
def test_nothing_is_written_where_one_file_cannot_be(lib, monkeypatch, error):
    made = compared(lib, published(*MOVED))
    before = files(lib)
    replaced = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "muzzle.md":
            raise error
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises((DraftingError, KeyboardInterrupt)):
        carrying.write(loading.load(lib, "lib"), made.old, made.file, made.files)
    assert files(lib) == before


def test_only_the_librarys_own_text_is_replaced(lib):
    copy = written(lib, POLICY.replace("all times", "noon"), "copy.yaml")
    before = files(lib)
    result = run("policy", "diff", copy, written(lib, published(*MOVED)), "--library", lib, "--write")
    assert result.exit_code == 1
    assert "other-text" in result.stderr
    assert files(lib) == before


def test_the_library_inside_the_program_is_not_written(lib, monkeypatch):
    made = compared(lib, published(*MOVED))
    monkeypatch.setattr("drafter.base.shipped.is_inside", lambda _: True)
    with pytest.raises(DraftingError) as caught:
        carrying.write(loading.load(lib, "lib"), made.old, made.file, made.files)
    assert [problem.code for problem in caught.value.problems] == ["unwritable-file"]


# -- several sources ----------------------------------------------------------------------------

LAW = """\
kind: statute
number: "1"
title: Leashes
citation: Law 1
body: The State
status: in force
date: "2026-01-01"
effective: {from: "2026-01-01", until: "2030-12-31"}
paragraphs:
  - {id: "1", number: Subd. 1., summary: A walker has a leash.}
  - {id: 2(a), number: Subd. 2(a), text: a dog that bites has a muzzle, summary: That is all that was read.}
requirements:
  - {id: 1/1, name: law-leash, paragraph: "1", level: must, same_as: [II.A], asks: A leash.}
  - {id: 1/2(a), paragraph: 2(a), level: must, same_as: [II.B], asks: A muzzle., quote: a dog that bites has a muzzle}
on_change: [notes]
"""


@pytest.fixture
def both(lib) -> Path:
    """Return the library with a second source that asks the same."""
    (lib / FILE).write_text(f"{POLICY}governs: The law comes first.\n", "utf-8")
    (lib / "sources/law.yaml").write_text(LAW, "utf-8")
    return lib


def test_what_another_source_asks_the_same_as_goes_by_its_new_id(both):
    run("review", "--all", "--by", "Ann Other", "--library", both)
    write(both, published(*MOVED))
    loaded = loading.read(both, "lib").library
    assert [r.same_as for r in loaded.sources[1].requirements] == [("II.B",), ("II.C",)]
    assert set(loaded.reviewed.marks["law-leash"]) == {"same as II.B"}
    assert set(loaded.reviewed.marks["1/2(a)"]) == {"same as II.C"}


def test_a_judgement_that_two_sources_ask_the_same_rests_on_both(both):
    made = compared(both, published(*TEXT).replace("use a leash", "use a red leash"))
    rests = next(one.rests for one in made.requirements if one.change.id == "II.A")
    assert ("1/1", "asks the same") in {(rest.name, rest.how) for rest in rests if rest.kind == "requirement"}


def test_what_another_source_asks_the_same_as_may_be_gone(both):
    text = published(*TEXT).replace(f"{MUZZLE} ", "")
    made = compared(both, text)
    assert made.trial.library is not None
    assert any("1/2(a)" in one.words for one in made.to_do)
    write(both, text)
    result = run("lint", both)
    assert result.exit_code == 1


def test_a_further_source_is_compared_as_the_policy_is(both, matter):
    law = both / "sources/law.yaml"
    old = texts.earlier(law)
    new = written(both, LAW.replace("a dog that bites has a", "a dog that has bitten has a"), "law.yaml")
    library = loading.load(both, "lib")
    made = difference.compare(old, texts.later(new, old), library, matter.parent, lambda _: None)
    assert made.file == "sources/law.yaml"
    assert kinds(made) == {"1/1": ("unchanged", "1/1"), "1/2(a)": ("changed", "1/2(a)")}
    assert [one.text for one in made.matters[0].rounds] == ["earlier"]


def test_what_sums_up_a_text_that_is_not_held_may_change_too(both):
    law = both / "sources/law.yaml"
    new = written(both, LAW.replace("A walker has a leash.", "A walker has a long leash."), "law.yaml")
    old = texts.earlier(law)
    made = difference.compare(old, texts.later(new, old), loading.load(both, "lib"), None, lambda _: None)
    assert kinds(made)["1/1"][0] == "changed"


def test_a_text_without_a_full_stop_is_no_part_of_what_sums_it_up(both):
    new = written(
        both, LAW[: LAW.index("requirements:")].replace('date: "2026-01-01"', 'date: "2026-08-01"'), "law.yaml"
    )
    old = texts.earlier(both / "sources/law.yaml")
    made = difference.compare(old, texts.later(new, old), loading.load(both, "lib"), None, lambda _: None)
    assert kinds(made) == {"1/1": ("unchanged", "1/1"), "1/2(a)": ("unchanged", "1/2(a)")}


def test_who_verified_the_earlier_text_is_never_taken_over(lib):
    (lib / FILE).write_text(f"{POLICY}verified: {{by: Ann Other, on: 2026-02-01}}\n", "utf-8")
    made = compared(lib, published(*MOVED))
    assert made.new.source.verified is None
    write(lib, published(*MOVED))
    assert "verified:" not in (lib / FILE).read_text("utf-8")


# -- the command --------------------------------------------------------------------------------


def test_the_exit_code_says_whether_there_is_work(lib):
    same = run("policy", "diff", lib / FILE, written(lib, published(*TEXT)))
    assert same.exit_code == 0
    assert run("policy", "diff", lib / FILE, written(lib, published(*MOVED))).exit_code == 1
    assert run("policy", "diff", lib / FILE).exit_code == 2
    assert (
        run("policy", "diff", lib / FILE, written(lib, published(*TEXT)), "--matters", lib / "nowhere").exit_code == 2
    )


def test_the_json_has_all_that_the_terminal_says(lib, matter):
    path = written(lib, published(*MOVED))
    found = json.loads(run("policy", "diff", lib / FILE, path, "--matters", matter.parent, "--json").stdout)
    assert found["same"] is False
    assert [one["now"] for one in found["paragraphs"] if one["kind"] == "added"] == ["II.A"]
    assert found["unquoted"] == [{"paragraph": "II.A", "sentence": DUTY}]
    assert found["library"]["read"] is True
    assert found["matters"][0]["rounds"][0]["text"] == "earlier"
    assert found["written"] == []
    assert found["files"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("new.yaml", "title: Dogs\n", "missing-key"),
        ("new.txt", "The town wants dogs walked well.\n", "no-paragraphs"),
        ("new.yaml", "paragraphs: [\n", "unreadable-yaml"),
        ("gone.txt", None, "missing-file"),
    ],
)
def test_a_new_text_that_is_none_is_refused(lib, name, text, code):
    path = written(lib, text, name) if text is not None else lib / name
    result = run("policy", "diff", lib / FILE, path)
    assert result.exit_code == 1
    assert code in result.stderr


def test_a_library_without_the_source_is_said(lib):
    other = written(lib, POLICY.replace("citation: Policy 7", "citation: Policy 8"), "other.yaml")
    result = run("policy", "diff", other, written(lib, published(*TEXT)), "--library", lib)
    assert "unknown-source" in result.stderr
