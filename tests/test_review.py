"""What a person has read is recorded with all that it rests on, and is unread again when any of that changes."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import generated
import pytest
import small
from commands import matter, run
from hypothesis import given
from hypothesis import strategies as st
from test_memo import DOGS as MEMO

from drafter import contract
from drafter.drafting import draft
from drafter.matters.matter import Matter
from drafter.papers import matrix, memo, not_read
from drafter.reading import loading
from drafter.reading.reviewing import marks, naming, recording, review
from drafter.reading.reviewing.marks import Mark, Reviewed

DAY = dt.date(2026, 5, 2)
UNDOING = small.POLICY + "can_undo: [notes]\n"
ROPE = "The walker must use a rope."
OWN = f"---\nsatisfies: [II]\nsays: {{II: [{ROPE}]}}\n---\n{ROPE}\n\n1. {{#hold}} held.\n"


def changed(tmp_path, change: tuple[str, str, str], **parts):
    """A library of which everything was read before words of a file changed."""
    root = small.build(tmp_path / "lib", **{"policy": UNDOING, **parts})
    (root / marks.FILE).write_text(marks.to_text(small.read(loading.load(root, "lib")).reviewed), "utf-8")
    file, old, new = change
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")
    return loading.load(root, "lib")


def unread(tmp_path, change: tuple[str, str, str], **parts) -> list[tuple[str, str, list[str]]]:
    """What is unread once words of a file have changed: the requirement, the wording, and what changed."""
    found = review.unread(changed(tmp_path, change, **parts))
    return [(one.requirement.id, one.wording, [change.what for change in one.changes]) for one in found]


def alone(tmp_path, change: tuple[str, str, str], **parts) -> list[tuple[str, list[str]]]:
    """What is unread by itself once words of a file have changed, and what changed."""
    found = review.unread_alone(changed(tmp_path, change, **parts))
    return [(one.wording, [change.what for change in one.changes]) for one in found]


def test_nothing_is_read_until_it_is_recorded(tmp_path):
    loaded = small.load(tmp_path)
    assert [(one.requirement.id, one.wording, one.mark, one.changes) for one in review.unread(loaded)] == [
        ("II", "leash.short", None, ()),
        ("II", "leash.long", None, ()),
        ("III", "muzzle.standard", None, ()),
    ]
    assert [(one.wording, one.mark, one.changes) for one in review.unread_alone(loaded)] == [
        (name, None, ()) for name in (
            "parties.standard", "recital.standard", "dog.standard", "leash.short", "leash.long", "muzzle.standard",
            "price.standard", "notes.standard", "list.standard", "policy.standard", "agreement.yaml",
            "sources/policy.yaml",
        )
    ]  # fmt: skip
    assert review.unread(small.read(loaded)) == review.unread_alone(small.read(loaded)) == ()


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
        "a paragraph that becomes an item": (
            ("clauses/muzzle.md", "use a muzzle. [[", "use a muzzle:\n\n1. [["),
            [("III", "muzzle.standard", ["wording"])],
        ),
        "when the clause is in the contract": (
            ("clauses/muzzle.md", "\nwhen: bites", "\nwhen: not bites"),
            [("III", "muzzle.standard", ["wording"])],
        ),
        "the heading": (
            ("clauses/muzzle.md", "title: Muzzle", "title: Ideas"), [("III", "muzzle.standard", ["heading"])],
        ),
        "what the article is called": (
            ("agreement.yaml", "title: Walking", "title: What May Be Ignored"),
            [(wanted, name, ["heading"])
             for wanted, name in (("II", "leash.short"), ("II", "leash.long"), ("III", "muzzle.standard"))],
        ),
        "the article it is in": (
            ("agreement.yaml", "muzzle, price]}\n", "price]}\n  - {id: m, title: M, clauses: [muzzle]}\n"),
            [("III", "muzzle.standard", ["heading"])],
        ),
        "a phrase that it prints": (
            ("agreement.yaml", "'each Dog')", "'any Dog')"),
            [("II", "leash.short", ["phrase the_dog"])],
        ),
        "what is asked where its condition reads the answer": (
            ("questionnaire.yaml", "Does one bite?", "Does none bite?"),
            [("II", "leash.short", ["question bites"]), ("III", "muzzle.standard", ["question bites"])],
        ),
        "what is taken where nobody answers": (
            ("questionnaire.yaml", 'one bite?, default: "no"', 'one bite?, default: "yes"'),
            [("II", "leash.short", ["question bites"]), ("III", "muzzle.standard", ["question bites"])],
        ),
        "what is printed where it doesn't apply": (
            ("sources/policy.yaml", "applies_text: a dog bites", "applies_text: a dog bites twice"),
            [("III", "muzzle.standard", ["requirement"])],
        ),
        "a clause that has nothing to do with it": (("clauses/price.md", "pays", "owes"), []),
        "advice alone": (("clauses/leash.md", "Guidance on short.", "Other guidance."), []),
        "words that only the screen shows": (
            ("questionnaire.yaml", "What leash?", "What leash?\n        help: Look."), [],
        ),
    }.values(),
)  # fmt: skip
def test_a_reading_rests_on_the_policy_the_row_the_wording_and_what_can_undo_it(tmp_path, change, expected):
    assert unread(tmp_path, change) == expected


def test_a_reading_rests_on_the_definitions_of_the_terms_in_the_wording(tmp_path):
    leash = small.CLAUSES["leash"].replace("{#hold} held.", "{#hold} held by no Dog.")
    root = small.build(tmp_path, clauses={"leash": leash})
    loaded = small.read(loading.load(root, "lib"))
    dog = small.CLAUSES["dog"].replace("a dog in", "any dog in")
    changed = loading.load(small.build(tmp_path, clauses={"leash": leash, "dog": dog}), "lib")
    found = review.unread(replace(changed, reviewed=loaded.reviewed))
    before = "“Dog” means a dog in [[exhibit:dogs]]. See [[leash.hold]]."
    change = ("term Dog", before, before.replace("a dog", "any dog"))
    assert [(one.wording, [(c.what, c.before, c.now) for c in one.changes]) for one in found] == [
        ("leash.short", [change]),  # in what its field prints
        ("leash.long", [change]),
    ]


def test_a_term_is_found_in_either_number(tmp_path):
    notes = small.clause("Notes", "standard|preferred|||A **Party** agrees.")
    leash = small.CLAUSES["leash"].replace("{#hold} held.", "{#hold} held as the Parties wish.")
    loaded = small.read(small.load(tmp_path, clauses={"leash": leash, "notes": notes}))
    assert {wording: "term Party" in mark.rests_on for wording, mark in loaded.reviewed.marks["II"].items()} == {
        "leash.short": False,
        "leash.long": True,
    }


DEFINED = small.clause(
    "Grounds",
    "near|preferred|leash == 'short'||**Grounds** means:\n\n1. the yard;\n2. the pen.",
    "far|acceptable|leash == 'long'||**Grounds** means the street, or where a Guard stands.",
)
GUARD = small.clause("Guards", "standard|preferred|||**Guard** means a person whom the Town names.")
ON_GROUNDS = small.CLAUSES["muzzle"].replace("stays.", "stays on the Grounds.")
WITH_TERMS = {
    "agreement": small.AGREEMENT.replace("[dog, leash,", "[dog, grounds, guard, leash,"),
    "clauses": {"grounds": DEFINED, "guard": GUARD, "muzzle": ON_GROUNDS},
}


@pytest.mark.parametrize(
    ("change", "what"),
    {
        "the first wording of a definition": (("clauses/grounds.md", "means:", "means only:"), "term Grounds"),
        "an item of it": (("clauses/grounds.md", "the pen", "the pen at noon"), "term Grounds"),
        "an item that is gone": (("clauses/grounds.md", "\n2. the pen.", ""), "term Grounds"),
        "another wording of it": (("clauses/grounds.md", "the street, or", "no street, or"), "term Grounds"),
        "when a wording of it holds": (("clauses/grounds.md", "leash == 'long'", "leash != 'short'"), "term Grounds"),
        "the definition of a term in it": (("clauses/guard.md", "a person", "an adult"), "term Guard"),
    }.values(),
)
def test_a_reading_rests_on_every_wording_of_a_definition_with_its_items_and_the_terms_in_it(tmp_path, change, what):
    assert unread(tmp_path, change, **WITH_TERMS) == [("III", "muzzle.standard", [what])]


def test_a_reading_rests_on_the_checks_and_the_limits_of_its_requirement(tmp_path):
    policy = UNDOING.replace("    says: [The walker must use a muzzle.]\n", (
        "    says: [The walker must use a muzzle.]\n    checks: {biter: not bites}\n"
    ))  # fmt: skip
    check = ("questionnaire.yaml", "message: A dog bites., level: reminder", "message: A dog bites.")
    assert unread(tmp_path / "check", check, policy=policy) == [("III", "muzzle.standard", ["check biter"])]
    row = ("sources/policy.yaml", "    checks: {biter: not bites}\n", "")
    assert unread(tmp_path / "row", row, policy=policy) == [("III", "muzzle.standard", ["requirement", "check biter"])]
    said = "exceptions:\n  - {sentence: The Town may rest., because: It is tired., limits: [III]}\nalternatives:"
    price = small.CLAUSES["price"].replace("pays", "may rest. The Town pays").replace("alternatives:", said)
    limit = ("clauses/price.md", ", limits: [III]", "")
    assert unread(tmp_path / "limit", limit, clauses={"price": price}) == [("III", "muzzle.standard", ["limits"])]


@pytest.mark.parametrize(
    ("change", "expected"),
    {
        "a clause that no requirement rests on": (
            ("clauses/price.md", "pays", "owes"), [("price.standard", ["wording"])],
        ),
        "its heading": (("clauses/price.md", "title: Price", "title: Gifts"), [("price.standard", ["heading"])]),
        "when it is there": (
            ("clauses/price.md", "authority: [policy-7]", "authority: [policy-7]\nwhen: bites"),
            [("price.standard", ["wording", "question bites"])],
        ),
        "a recital": (("clauses/recital.md", "want out", "may go"), [("recital.standard", ["wording"])]),
        "the words of a choice that it prints": (
            ("questionnaire.yaml", "text: a small dog", "text: no dog at all"),
            [("list.standard", ["question dogs.size"])],
        ),
        "the title of the contract": (
            ("agreement.yaml", "title: Dog Walking Agreement", "title: Dog Walking Guidance"),
            [("agreement.yaml", ["title"])],
        ),
        "a signature block": (
            ("agreement.yaml", "note: By its council", "note: Unless it changes its mind"),
            [("agreement.yaml", ["signatures"])],
        ),
        "a slip of the policy": (
            ("sources/policy.yaml", "handling: Shown.", "handling: Mended."),
            [("sources/policy.yaml", ["anomalies"])],
        ),
        "what asks nothing": (
            ("sources/policy.yaml", "asks: Nothing.", "asks: Little."),
            [("sources/policy.yaml", ["what asks nothing"])],
        ),
        "advice alone": (("clauses/leash.md", "Guidance on short.", "Other guidance."), []),
    }.values(),
)  # fmt: skip
def test_every_wording_is_read_by_itself_and_so_are_the_outline_and_what_a_source_is_said_not_to_ask(
    tmp_path, change, expected
):
    assert alone(tmp_path, change) == expected


def test_what_is_declared_in_a_wording_is_read_with_it(tmp_path):
    said = "exceptions:\n  - {sentence: The Town may rest., because: It is tired.}\nalternatives:"
    price = small.CLAUSES["price"].replace("pays", "may rest. The Town pays").replace("alternatives:", said)
    change = ("clauses/price.md", "It is tired.", "It is lazy.")
    assert alone(tmp_path, change, clauses={"price": price}) == [("price.standard", ["exceptions"])]


@pytest.mark.parametrize(
    ("change", "expected"),
    {
        "its title": (("title: Dogs", "title: Wishes"), ["source"]),
        "its status": (("status: adopted", "status: withdrawn"), ["source", "policy, as printed"]),
        "its date": (('date: "2026-01-02"', 'date: "2035-01-02"'), ["source"]),
        "its citation": (("citation: Policy 7", "citation: Draft 7"), ["source"]),
        "those whom a duty binds": (("actors: [walker]", "actors: [runner, walker]"), ["actors"]),
        "the clauses that can undo": (("can_undo: [notes]", "can_undo: [price]"), ["clauses that can undo"]),
        "the clauses on a change": (("on_change: [notes]", "on_change: [price]"), ["clauses on a change of it"]),
    }.values(),
)  # fmt: skip
def test_the_facts_of_a_source_are_read_with_it(tmp_path, change, expected):
    parts = {"policy": UNDOING + "actors: [walker]\non_change: [notes]\n"}
    found = dict(alone(tmp_path, ("sources/policy.yaml", *change), **parts))
    assert found["sources/policy.yaml"] == expected[:1]


@pytest.mark.parametrize(
    ("old", "new"),
    {"a number": ("number: III.", "number: IV."), "another": ("number: II.", "number: IX.")}.values(),
)
def test_a_clause_that_prints_the_policy_is_read_with_all_that_is_printed(tmp_path, old, new):
    found = dict(alone(tmp_path, ("sources/policy.yaml", old, new)))
    assert found == {"policy.standard": ["policy, as printed"]}


def test_a_wording_is_read_with_the_facts_of_the_policy_that_it_prints(tmp_path):
    price = small.CLAUSES["price"].replace("pays", "pays, as {{ policy.citation }} ({{ policy.status }}) says,")
    change = ("sources/policy.yaml", "status: adopted", "status: withdrawn")
    found = dict(alone(tmp_path, change, clauses={"price": price}))
    assert found == {"price.standard": ["policy.status"], "sources/policy.yaml": ["source"]}


def test_a_requirement_is_read_with_the_heading_of_its_paragraph(tmp_path):
    policy = UNDOING.replace("    number: III.\n", "    number: III.\n    heading: MUZZLES\n")
    change = ("sources/policy.yaml", "heading: MUZZLES", "heading: WISHES")
    assert unread(tmp_path, change, policy=policy) == [("III", "muzzle.standard", ["policy"])]


# -- the memo -----------------------------------------------------------------------------------


def with_memo(tmp_path, old: str = "", new: str = ""):
    """A library with a memo of which everything was read before words of the memo changed."""
    root = small.build(tmp_path / "lib")
    (root / "memo.md").write_text(MEMO, "utf-8")
    (root / marks.FILE).write_text(marks.to_text(small.read(loading.load(root, "lib")).reviewed), "utf-8")
    assert old in MEMO
    (root / "memo.md").write_text(MEMO.replace(old, new, 1), "utf-8")
    return loading.load(root, "lib")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    {
        "nothing": ("", "", []),
        "what is said of a section": ("The leash is long.", "The leash is optional.", ["memo, section leash"]),
        "a date": ("The end.", "The start.", ["memo, dates"]),
        "when a cost is owed": ("factors: [fee]", "factors: [fee, length]", ["memo, costs"]),
    }.values(),
)  # fmt: skip
def test_the_memo_is_read_by_itself(tmp_path, old, new, expected):
    found = {
        one.wording: [change.what for change in one.changes]
        for one in review.unread_alone(with_memo(tmp_path, old, new))
    }
    assert found == ({"memo.md": expected} if expected else {})


def test_an_unread_memo_is_said_and_holds_nothing_back(tmp_path):
    loaded = with_memo(tmp_path, "The leash is long.", "The leash is optional.")
    made = contract_of(loaded)
    assert made.statuses["II"] == "met"
    unread = not_read.of(made.contract, made.selection)
    assert (unread.left, unread.said, unread.is_memo_read) == (0, "", False)
    found = memo.make(loaded.memo, made.selection, made.contract, made.public_coverage, None, "", None)
    assert [contract.words(line) for line in found.compliance] == [memo.MEMO_UNREAD]


def test_a_wording_that_is_gone_is_forgotten(tmp_path):
    loaded = small.read(small.load(tmp_path))
    mark = loaded.reviewed.mark("II", "leash.short")
    more = {**loaded.reviewed.marks, "II": {**loaded.reviewed.marks["II"], "leash.gone": mark}, "IX": {"a.b": mark}}
    kept = replace(loaded, reviewed=replace(loaded.reviewed, marks=more))
    assert recording.recorded(kept, [], "Counsel", DAY).reviewed.marks == loaded.reviewed.marks


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


def all_read() -> None:
    """Record that everything of the library was read, and every answer of the matter."""
    run("review", "--all", "--by", "Counsel", "--library", "lib")
    assert run("review", "-m", "matter", "--all", "--by", "Counsel", "--library", "lib").exit_code == 0


def reviewed(*words: str) -> tuple[int, list[tuple[str, str]]]:
    result = run("review", *words, "--library", "lib", "--json")
    return result.exit_code, [(one["requirement"], one["wording"]) for one in json.loads(result.stdout)]


def test_what_is_unread_is_listed_until_it_is_recorded_with_who_and_when(place):
    code, left = reviewed()
    links = [("II", "leash.short"), ("II", "leash.long"), ("III", "muzzle.standard")]
    assert (code, left[:3], left[3:5]) == (1, links, [(None, "parties.standard"), (None, "recital.standard")])
    code, then = reviewed("II", "--by", "Counsel", "--on", "2026-05-02")
    assert (code, then) == (1, left[2:])
    code, then = reviewed("leash", "muzzle.standard", "agreement.yaml", "--by", "Counsel")
    gone = [(None, name) for name in ("leash.short", "leash.long", "muzzle.standard", "agreement.yaml")]
    assert (code, then) == (1, [one for one in left[2:] if one not in gone])
    assert reviewed("--all", "--by", "Other Counsel") == (0, [])
    kept = marks.load(place / "lib" / marks.FILE, "").mark("II", "leash.short")
    assert (kept.by, kept.on != DAY) == ("Other Counsel", True)
    assert run("review", "--library", "lib").stdout == "Every wording has been read as it is now.\n"


def test_nobody_can_record_without_a_name(place):
    result = run("review", "--all", "--library", "lib")
    assert (result.exit_code, "--by WHO" in result.stderr) == (2, True)
    result = run("review", "--by", "Counsel", "--library", "lib")
    assert (result.exit_code, "--all" in result.stderr) == (2, True)
    assert run("review", "II", "--library", "lib").exit_code == 1
    assert not (place / "lib" / marks.FILE).exists()


def test_the_old_words_are_printed_beside_the_new(place):
    run("review", "--all", "--by", "Counsel", "--on", "2026-05-02", "--library", "lib")
    path = place / "lib" / "clauses" / "leash.md"
    path.write_text(path.read_text("utf-8").replace("of steel", "of iron"), "utf-8")
    told = " ".join(run("review", "--library", "lib").stdout.split())
    assert "read by Counsel on May 2, 2026; since then changed" in told
    assert told.index("of steel.") < told.index("of iron.")


@pytest.mark.usefixtures("place")
def test_a_name_is_shown_in_full_and_the_rest_in_a_few_lines():
    told = run("review", "II", "notes", "--library", "lib").stdout
    assert "“must use a leash”" in told
    assert "- {#hold}" not in told
    assert told.count("it is held.") == 1
    assert "Dogs and the Town agree." in told
    assert "pays" not in told
    few = " ".join(run("review", "--library", "lib").stdout.split())
    assert "leash.short (II); leash.long (II); muzzle.standard (III)" in few
    assert "parties; recital; dog; leash; muzzle; price; notes; list; policy; agreement.yaml;" in few
    assert few.endswith("records who has read it.")


def test_a_change_that_many_readings_rest_on_is_printed_once(place):
    small.build(place / "lib", policy=UNDOING)
    run("review", "--all", "--by", "Counsel", "--library", "lib")
    path = place / "lib" / "clauses" / "notes.md"
    path.write_text(path.read_text("utf-8").replace("agree.", "agree otherwise."), "utf-8")
    told = run("review", "--library", "lib").stdout
    assert told.count("agree otherwise.") == 2  # the clause that can undo others, and the wording by itself
    assert "leash.short (II), leash.long (II), muzzle.standard (III)" in " ".join(told.split())


def test_a_name_that_a_requirement_and_a_clause_have_is_the_requirements(place):
    policy = small.POLICY.replace("id: III\n    paragraph", "id: muzzle\n    paragraph")
    muzzle = small.CLAUSES["muzzle"].replace("[III]", "[muzzle]")
    small.build(place / "lib", policy=policy, clauses={"muzzle": muzzle})
    told = run("review", "muzzle", "--by", "Counsel", "--library", "lib").stdout
    assert "'muzzle' is a requirement's name; for the clause of that name say muzzle.standard." in told
    kept = marks.load(place / "lib" / marks.FILE, "")
    assert (list(kept.marks), kept.alone) == (["muzzle"], {})
    run("review", "muzzle.standard", "--by", "Counsel", "--library", "lib")
    assert list(marks.load(place / "lib" / marks.FILE, "").alone) == ["muzzle.standard"]


def test_a_name_of_nothing_is_a_problem(tmp_path):
    loaded = small.load(tmp_path)
    assert list(naming.unknown(loaded, ["II", "leash", "leash.long", "agreement.yaml", "sources/policy.yaml"])) == []
    problems = naming.unknown(loaded, ["leesh", "leash.middle"])
    assert [problem.message for problem in problems] == [
        "there is no requirement or clause 'leesh'",
        "there is no requirement or clause 'leash.middle'",
    ]


# -- what it is for -----------------------------------------------------------------------------


def test_met_in_public_is_said_and_read(tmp_path):
    loaded = small.load(tmp_path)
    for library, status, why in ((loaded, "said", "not yet read by an attorney"), (small.read(loaded), "met", "")):
        made = draft.draft(Matter(Path("answers.yaml"), small.ANSWERS, (), library))
        row = matrix.public(matrix.of(made)).rows[0]
        assert (row.status, row.why, made.public_coverage.rows[0].status) == (status, why, status)
        assert made.coverage.rows[0].status == "met"


def test_an_own_wording_meets_nothing_until_somebody_has_read_it(place):
    all_read()
    (place / "own.md").write_text(OWN, "utf-8")
    assert run("swap", "matter", "leash", "--wording", "own.md", "--library", "lib").exit_code == 0

    def status() -> str:
        told = json.loads(run("check", "matter", "--library", "lib", "--json").stdout)
        return next(row["status"] for row in told["requirements"] if row["id"] == "II")

    assert status() == "needs a person's judgement"
    before = (place / "lib" / marks.FILE).read_text("utf-8")
    result = run("review", "-m", "matter", "II", "--by", "Counsel", "--library", "lib")
    assert (result.exit_code, status()) == (1, "said")
    assert run("review", "-m", "matter", "leash", "--by", "Counsel", "--library", "lib").exit_code == 0
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

    all_read()
    assert status() == "met"
    assert run("swap", "matter", "notes", "--wording", "own.md", "--library", "lib").exit_code == 0
    assert status() == "needs a person's judgement"
    assert run("review", "-m", "matter", "III", "notes", "--by", "Counsel", "--library", "lib").exit_code == 0
    assert status() == "met"


def contract_of(loaded, text: str = small.ANSWERS):
    """Return the draft of some answers, each of them read."""
    made = draft.draft(Matter(Path("answers.yaml"), text, (), loaded))
    read = recording.with_answers(loaded, made.left.answers, "Counsel", DAY)
    return draft.draft(Matter(Path("answers.yaml"), text, (), read))


def test_nothing_is_met_while_any_wording_of_the_contract_is_unread(tmp_path):
    change = ("clauses/price.md", "pays", "pays, or lets the dog go without a leash,")
    made = contract_of(changed(tmp_path, change))
    assert (made.statuses["II"], made.public_coverage.rows[0].status) == ("said", "said")
    shown = matrix.public(matrix.of(made))
    assert (shown.rows[0].status, shown.rows[0].remarks) == (
        "said",
        ("not met until an attorney has read the whole contract",),
    )
    assert shown.unread == ("Not yet read by an attorney for whether it takes back what the sources ask: Section 1.3.")
    assert shown.unread in matrix.facts(shown)


def test_a_wording_that_is_not_in_the_contract_holds_nothing_back(tmp_path):
    made = contract_of(changed(tmp_path, ("clauses/leash.md", "1. {#hold} held.", "1. {#hold} held, or not.")))
    assert made.statuses["II"] == "met"
    assert matrix.of(made).unread == ""


def test_the_sections_that_nobody_has_read_are_told_once_by_their_numbers(tmp_path):
    loaded = small.load(tmp_path)
    found = {"price.standard", "muzzle.standard", "agreement.yaml", "sources/policy.yaml", "notes.standard"}
    links = [(requirement.id, name) for requirement, name in review.every(loaded)]
    every = set(review.every_alone(loaded))
    read = recording.recorded(loaded, links, "Counsel", DAY, alone=every - found)
    shown = matrix.of(contract_of(read, f"{small.ANSWERS}bites: yes\n"))
    assert shown.unread.endswith(
        ": Sections 1.3 to 2.1, the title, the caption and the signature blocks, and what is said of Policy 7."
    )


OWN_PRICE = "---\nlabel: Ours\nconcedes: Little.\n---\n\nThe Town pays. The Town decides whether a leash is used.\n"


def swapped(place: Path, clause: str, text: str) -> None:
    (place / "own.md").write_text(text, "utf-8")
    assert run("swap", "matter", clause, "--wording", "own.md", "--library", "lib").exit_code == 0


def test_an_own_wording_that_no_requirement_rests_on_is_read_by_itself_before_anything_is_met(place):
    all_read()
    assert "are met" in run("check", "matter", "--library", "lib").stdout
    swapped(place, "price", OWN_PRICE)
    told = json.loads(run("check", "matter", "--library", "lib", "--json").stdout)
    assert {row["id"]: row["status"] for row in told["requirements"]}["II"] == "said"
    assert (told["unread"], told["unread_alone"]) == ([], ["price.own-wording"])
    drafted = " ".join(run("draft", "matter", "--library", "lib", "-o", "out.docx").stdout.split())
    assert "1 of 1 requirements that apply are said" in drafted
    assert "not yet: the matter's own wording in Section 1.3" in drafted
    left = run("review", "-m", "matter", "--library", "lib")
    assert (left.exit_code, "price.own-wording" in left.stdout) == (1, True)
    assert run("review", "-m", "matter", "price", "--by", "Counsel", "--library", "lib").exit_code == 0
    assert "are met" in run("check", "matter", "--library", "lib").stdout


def test_a_library_wording_is_unread_where_an_own_definition_changes_what_it_means(place):
    small.build(place / "lib", clauses={"leash": small.CLAUSES["leash"].replace("it is held", "held by a Dog")})
    all_read()
    swapped(place, "dog", "---\nlabel: Ours\n---\n\n**Dog** means a wolf in [[exhibit:dogs]].\n")
    left = json.loads(run("review", "-m", "matter", "--library", "lib", "--json").stdout)
    found = {(one["requirement"], one["wording"]): one["changes"] for one in left}
    assert ("II", "leash.short") in found
    assert {(None, "leash.short"), (None, "dog.own-wording")} <= found.keys()
    assert (None, "parties.standard") not in found
    assert [change["what"] for change in found["II", "leash.short"]] == ["term Dog, in an own wording"]
    assert run("review", "--library", "lib").exit_code == 0
    before = (place / "lib" / marks.FILE).read_text("utf-8")
    assert run("review", "-m", "matter", "--all", "--by", "Counsel", "--library", "lib").exit_code == 0
    assert (place / "lib" / marks.FILE).read_text("utf-8") == before
    assert "are met" in run("check", "matter", "--library", "lib").stdout
    assert run("swap", "matter", "dog", "--undo", "--library", "lib").exit_code == 0
    assert "are met" in run("check", "matter", "--library", "lib").stdout


def test_an_own_wording_is_shown_beside_the_librarys_sentence_and_the_policys_words(place):
    swapped(place, "leash", OWN)
    told = " ".join(run("review", "-m", "matter", "II", "--library", "lib").stdout.split())
    assert "“must use a leash”" in told
    assert "The walker must use a leash on {{ the_dog }}:" in told
    assert f"It says {ROPE}" in told


@pytest.mark.usefixtures("place")
def test_one_word_says_it_everywhere():
    for words in (("check", "matter"), ("draft", "matter", "-o", "out.docx")):
        told = run(*words, "--library", "lib").stdout
        assert re.search(r"\bmet\b", told) is None
        assert "are said" in told
    matter_ = json.loads(run("check", "matter", "--library", "lib", "--json").stdout)
    assert matter_["sources"][0]["statuses"] == {"said": 1, "does not apply": 1, "nothing to draft": 1}


def test_without_marks_nothing_is_worked_out(tmp_path, monkeypatch):
    loaded = small.load(tmp_path)
    monkeypatch.setattr("drafter.reading.reviewing.review.hashed", None)
    made = contract_of(loaded)
    assert (made.statuses["II"], len(made.left.alone)) == ("said", len(made.selection.in_force) + 2)


TWICE = """  - id: II.b
    paragraph: II
    level: must
    asks: The walker is there.
    quote: A walker must use a leash
    home: leash
    says:
      - {sentence: "The walker must use a leash on {{ the_dog }}:", alternatives: [short]}
      - sentence: "The walker must use a leash of {{ length }} {{ length | plural('foot', 'feet') }}:"
        alternatives: [long]
"""


@pytest.mark.parametrize(
    "change",
    [(TWICE, ""), ("asks: The walker is there.", "asks: The walker sings.")],
)
def test_a_row_that_is_gone_leaves_its_source_unread(tmp_path, change):
    policy = small.POLICY.replace(
        "  - id: III\n    paragraph: III\n    level", f"{TWICE}  - id: III\n    paragraph: III\n    level"
    )
    assert policy.count(TWICE) == 1
    said = {"leash": small.CLAUSES["leash"].replace("satisfies: [II]", "satisfies: [II, II.b]")}
    read = small.read(small.load(tmp_path, policy=policy, clauses=said))
    there = {"leash": said["leash"] if change[1] else small.CLAUSES["leash"]}
    now = small.load(tmp_path, policy=policy.replace(*change), clauses=there)
    now = replace(now, reviewed=read.reviewed)
    (unread,) = (one for one in review.unread_alone(now) if one.wording == "sources/policy.yaml")
    (what,) = (one for one in unread.changes if one.what == "what it asks")
    assert "The walker is there." in what.before
    assert "The walker is there." not in what.now
