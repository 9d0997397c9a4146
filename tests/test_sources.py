"""Several sources: each is read, met, shown and recorded by itself; what asks the same is met by what meets that."""

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import docx_text
import generated
import pytest
import small
import wrong
from commands import run

from drafter.base.problems import DraftingError
from drafter.documents import brief_docx, matrix_docx
from drafter.papers import brief, in_html, matrix
from drafter.proving import mutation, proof
from drafter.proving.linting import lint
from drafter.reading import loading
from drafter.reading.reviewing import marks, recording, review

ROOT = Path(__file__).resolve().parents[1]
DAY = dt.date(2026, 7, 1)
TEMPLATE = ROOT / "templates" / "matrix.docx"
GOVERNS = 'date: "2026-01-02"\ngoverns: The act governs.\n'
POLICY = small.POLICY.replace('date: "2026-01-02"\n', GOVERNS)
ACT = """\
kind: statute
number: "9"
title: Dogs in Towns
citation: Dog Act, section 9
body: State of Woof
status: in force
date: "2025-01-01"
effective: {from: 2025-01-01, until: 2029-12-31}
on_change: [notes]
paragraphs:
  - {id: "1", number: Subd. 1., text: A walker shall leash a dog.}
  - {id: "2", number: Subd. 2., summary: A biting dog is muzzled.}
  - {id: "3", number: Subd. 3., summary: The town pays.}
requirements:
  - id: 9/1
    name: act-leash
    called: subdivision 1
    paragraph: "1"
    level: must
    asks: The dog is leashed.
    quote: A walker shall leash a dog
    same_as: [II]
  - {id: 9/2, paragraph: "2", level: if, asks: The dog is muzzled., same_as: [III]}
  - id: 9/3
    paragraph: "3"
    level: must
    asks: The town pays.
    home: price
    says: ["The Town pays {{ fee | money_words }} from {{ starts | date }}."]
"""
PAYS = small.clause("Price", "standard|preferred||9/3|The Town pays {{ fee | money_words }} from {{ starts | date }}.")


def build(root, *, act=ACT, policy=POLICY, **parts):
    """Write the small library with an act as its second source."""
    small.build(root, policy=policy, clauses={"price": PAYS, **parts.pop("clauses", {})}, **parts)
    (root / "sources" / "act.yaml").write_text(act, "utf-8")
    return root


def load(root, **parts):
    return loading.load(build(root, **parts), "lib")


def rows(library, text=small.ANSWERS):
    return {row.requirement.id: row for row in small.draft(library, text)[1].rows}


def found(tmp_path, **parts):
    try:
        reading = loading.read(build(tmp_path, **parts), "lib")
    except DraftingError as error:
        problems = error.problems
    else:
        problems = (*reading.unread, *reading.wrong)
    return [(p.code, p.place.path, p.message) for p in problems]


# -- reading ------------------------------------------------------------------------------------


def test_the_policy_comes_first_and_the_requirements_of_all_are_in_order(tmp_path):
    library = load(tmp_path)
    assert [one.name for one in library.sources] == ["policy", "act"]
    assert library.policy is library.sources[0]
    assert [r.id for r in library.requirements] == ["II", "III", "I", "9/1", "9/2", "9/3"]
    act = library.source_of("9/2")
    assert (act.citation, act.file, act.cite(act.requirements[0])) == (
        "Dog Act, section 9",
        "sources/act.yaml",
        "Dog Act, section 9, subdivision 1",
    )
    assert act.standing == (
        "In force from January 1, 2025 to December 31, 2029. Nobody has compared its words with the official text."
    )


def test_who_verified_a_source_is_said(tmp_path):
    library = load(tmp_path, act=ACT + "verified: {by: Ann Lee, on: 2026-03-02}\n")
    assert library.sources[1].standing.endswith(
        "Its words were compared with the official text by Ann Lee on March 2, 2026."
    )


def test_an_earlier_text_is_kept_beside_the_sources_and_never_drafted_from(tmp_path):
    before = load(tmp_path)
    (tmp_path / "sources" / "earlier").mkdir()
    (tmp_path / "sources" / "earlier" / "policy-2025.yaml").write_text(small.POLICY, "utf-8")
    after = loading.load(tmp_path, "lib")
    assert (after.sources, after.fingerprint) == (before.sources, before.fingerprint)


SAME = "same_as: [II]"


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ((SAME, "same_as: [IX]"), "unknown-requirement", "9/1 asks the same as 'IX'"),
        ((SAME, "same_as: [9/3]"), "bad-same-as", "9/1 asks the same as 9/3, which is of the same source"),
        ((SAME, "same_as: [I]"), "bad-same-as", "9/1 asks the same as I, which asks nothing"),
        ((SAME, f"{SAME}\n    home: leash"), "bad-same-as", "9/1 asks the same as II, but has home of its own"),
        (
            (SAME, f"{SAME}\n    applies_when: bites\n    says: [A leash.]"),
            "bad-same-as",
            "9/1 asks the same as II, but has says and applies_when of its own",
        ),
        (("level: must\n    asks: The dog", "level: info\n    asks: The dog"), "bad-same-as", "has the level info"),
        (("- id: 9/1", "- id: II"), "duplicate-id", "requirement II is listed twice"),
        (("name: act-leash", "name: III"), "duplicate-id", "9/1 and III have the same name, 'III'"),
        (("on_change: [notes]", "on_change: [note]"), "unknown-clause", "on_change names 'note', which is no clause"),
        (("on_change: [notes]", "governs: The act."), "bad-source", "'governs' belongs to the policy's file"),
        (("on_change: [notes]", "can_undo: [notes]"), "bad-source", "'can_undo' belongs to the policy's file"),
        (("on_change: [notes]", "name: act"), "unknown-key", "'name' is not known here"),
        (("until: 2029-12-31", "until: then"), "bad-value", "'until' should be a day"),
        (("from: 2025-01-01, ", ""), "missing-key", "'from' is missing"),
        (("kind: statute", "kind: song"), "bad-value", "'kind' is 'song', not policy, statute or rule"),
        (("quote: A walker shall leash a dog", "quote: a biting dog"), "misquoted-policy", "the quoted words of 9/1"),
        (("{id: 9/2,", "{id: 9/2, quote: A biting dog,"), "misquoted-policy", "the quoted words of 9/2"),
    ],
)
def test_what_is_wrong_in_a_further_source_is_said_at_its_file(tmp_path, change, code, words):
    act = ACT.replace(*change, 1)
    assert act != ACT
    assert [(c, path) for c, path, said in found(tmp_path, act=act) if words in said] == [
        (code, "lib/sources/act.yaml")
    ]


def test_which_source_governs_must_be_said_as_soon_as_there_are_two(tmp_path):
    assert [(c, path) for c, path, _ in found(tmp_path, policy=small.POLICY)] == [
        ("bad-source", "lib/sources/policy.yaml")
    ]


def test_a_requirement_that_asks_the_same_has_no_wording_of_its_own(tmp_path):
    leash = small.CLAUSES["leash"].replace("satisfies: [II]", "satisfies: [II, 9/1]", 1)
    [(code, path, said)] = found(tmp_path, clauses={"leash": leash})
    assert (code, path) == ("bad-same-as", "lib/clauses/leash.md")
    assert said == "9/1 has no wording of its own, because it asks the same as II"


# -- what is met --------------------------------------------------------------------------------


def test_what_asks_the_same_is_met_where_that_is_and_says_so(tmp_path):
    library = load(tmp_path)
    row = rows(library)["9/1"]
    assert (row.status, row.cited, row.clauses) == ("met", "Section 1.2", ("leash",))
    assert row.remarks[0] == "asks the same as II of Policy 7"
    assert rows(library, small.ANSWERS + "leash: long\n")["9/1"].status == "met by a fallback"
    assert rows(library)["9/3"].status == "met"


def test_what_asks_the_same_applies_when_one_of_those_applies(tmp_path):
    library = load(tmp_path, act=ACT.replace("same_as: [III]", "same_as: [III, II]"))
    assert rows(library)["9/2"].status == "met"
    library = load(tmp_path)
    assert rows(library)["9/2"].status == "does not apply"
    assert rows(library, small.ANSWERS + "bites: yes\n")["9/2"].status == "met"


def test_the_worst_of_those_that_ask_the_same_is_its_status(tmp_path):
    act = ACT.replace("same_as: [III]", "same_as: [III, II]")
    muzzle = small.clause(
        "Muzzle",
        "standard|preferred||III|The walker must use a muzzle.",
        "none|fallback|||The Dog is watched.",
        when="bites",
    )
    library = load(tmp_path, act=act, clauses={"muzzle": muzzle})
    row = rows(library, small.ANSWERS + "bites: yes\nalternatives: {muzzle: none}\n")["9/2"]
    assert (row.status, row.clauses) == ("deviates", ("muzzle",))
    assert row.remarks[0] == "asks the same as III and II of Policy 7"
    assert "the alternative chosen does not meet it" in row.remark


def test_lint_proof_and_mutation_cover_every_source(tmp_path):
    library = load(tmp_path)
    assert not [f for f in proof.prove(library).findings if f.holes]
    scored = {score.of for score in mutation.scores(mutation.mutate(library))}
    assert scored == {"II", "III", "9/3"}
    more = ACT.replace("A walker shall leash a dog.", "A walker shall leash a dog. A dog shall eat.")
    made = lint.lint(loading.read(build(tmp_path, act=more), "lib"))
    assert [(p.code, p.place.path) for p in made.wrong if "A dog shall eat" in p.message] == [
        ("unquoted-sentence", "lib/sources/act.yaml")
    ]


def test_a_paragraph_that_is_only_summed_up_is_taken_or_listed(tmp_path):
    more = ACT.replace("requirements:\n", '  - {id: "4", number: Subd. 4., summary: Cats.}\nrequirements:\n', 1)
    made = lint.lint(loading.read(build(tmp_path, act=more), "lib"))
    assert [p.message for p in made.wrong if p.code == "unquoted-sentence"] == [
        "no requirement is taken from paragraph 4, which is only summed up: “Cats.”"
    ]
    listed = f"{more}asks_nothing:\n  - {{paragraph: '4', sentence: Cats., because: They walk alone.}}\n"
    made = lint.lint(loading.read(build(tmp_path, act=listed), "lib"))
    assert not [p for p in made.wrong if p.code == "unquoted-sentence"]


# -- what a person has read ---------------------------------------------------------------------


def test_that_two_sources_ask_the_same_is_read_by_itself_and_rests_on_both_texts(tmp_path):
    library = load(tmp_path)
    entries = [(one.requirement.id, one.wording) for one in review.unread(library) if not one.clause]
    assert entries == [("9/1", "same as II"), ("9/2", "same as III")]
    read = small.read(library)
    assert review.unread(read) == ()
    (tmp_path / marks.FILE).write_text(marks.to_text(read.reviewed), "utf-8")
    other = POLICY.replace("A walker must use a leash.", "A walker must use a leash now.")
    changed = loading.load(build(tmp_path, policy=other), "lib")
    left = {(one.requirement.id, one.wording): one for one in review.unread(changed)}
    assert ("9/1", "same as II") in left
    assert [change.what for change in left["9/1", "same as II"].changes] == ["policy"]
    assert ("9/2", "same as III") not in left


def test_what_was_read_stays_read_when_a_requirement_is_renumbered_under_its_name(tmp_path):
    named = POLICY.replace("  - id: II\n    paragraph: II\n", "  - id: II\n    name: leashed\n    paragraph: II\n")
    library = load(tmp_path, policy=named)
    read = small.read(library)
    (tmp_path / marks.FILE).write_text(marks.to_text(read.reviewed), "utf-8")
    assert "leashed:" in (tmp_path / marks.FILE).read_text("utf-8")
    moved = named.replace("  - id: II\n    name", "  - id: IIX\n    name")
    leash = small.CLAUSES["leash"].replace("satisfies: [II]", "satisfies: [IIX]")
    again = loading.load(
        build(tmp_path, policy=moved, act=ACT.replace("[II]", "[IIX]"), clauses={"leash": leash}), "lib"
    )
    assert review.unread(again) == ()


def test_a_mark_under_the_id_counts_after_a_name_was_given(tmp_path):
    library = load(tmp_path)
    read = small.read(library)
    (tmp_path / marks.FILE).write_text(marks.to_text(read.reviewed), "utf-8")
    named = POLICY.replace("  - id: III\n    paragraph", "  - id: III\n    name: muzzled\n    paragraph")
    again = loading.load(build(tmp_path, policy=named), "lib")
    assert [one.wording for one in review.unread(again)] == ["same as muzzled"]


def test_what_nobody_compared_is_said_and_not_met_in_public(tmp_path):
    library = load(tmp_path)
    only_wordings = [(r.id, name) for r, name in review.every(library) if not name.startswith("same as")]
    read = recording.recorded(library, only_wordings, "Ann", DAY, alone=set(review.every_alone(library)))
    drafted = small.made(recording.with_answers(read, small.made(read).left.answers, "Ann", DAY))
    public = {row.requirement.id: row.status for row in drafted.public_coverage.rows}
    assert (public["II"], public["9/1"], public["9/3"]) == ("met", "said", "met")
    shown = {row.id: row for row in matrix.public(matrix.of(drafted)).rows}
    assert (shown["II"].status, shown["9/1"].status) == ("met", "said")
    assert shown["9/1"].remarks == ("asks the same as II of Policy 7", "not yet read by an attorney")


def test_what_asks_the_same_as_an_unread_wording_is_said_too(tmp_path):
    library = load(tmp_path)
    only_same = [(r.id, name) for r, name in review.every(library) if name.startswith("same as")]
    drafted = small.made(recording.recorded(library, only_same, "Ann", DAY))
    assert {row.requirement.id: row.status for row in drafted.public_coverage.rows}["9/1"] == "said"
    assert {row.id: row.status for row in matrix.public(matrix.of(drafted)).rows}["9/1"] == "said"


# -- what is shown ------------------------------------------------------------------------------


def test_the_matrix_is_grouped_by_source_and_quotes_each_under_its_own_heading(tmp_path):
    made = matrix.of(small.made(load(tmp_path)))
    policy, act = made.groups
    assert [row.id for row in policy.rows] == ["II", "III", "I"]
    assert [row.id for row in act.rows] == ["9/1", "9/2", "9/3"]
    assert (policy.count, act.count) == ("2 requirements", "3 requirements")
    assert matrix.facts(made)[1:] == (
        "Measured against Policy 7, Dogs (adopted, January 2, 2026)",
        "Measured against Dog Act, section 9, Dogs in Towns (in force, January 1, 2025)",
        "The act governs.",
        "No text of this contract has been read by an attorney for whether it takes back what the sources ask.",
    )
    for told in (docx_text.plain_text(matrix_docx.write(made, TEMPLATE)), _words(in_html.matrix_page(made))):
        first, _, second = " ".join(told.split()).rpartition("Dog Act, section 9, Dogs in Towns (in force, January")
        assert "“must use a leash”" in first
        assert "“A walker shall leash a dog”" in second
        assert "“must use a leash”" not in second
        assert "In our words: The dog is muzzled." in second
        assert "“A biting dog" not in told
        assert "Nobody has compared its words with the official text." in second
        assert told.count("The act governs.") == 1


def _words(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page).replace("\xa0", " ").split()).replace("“ ", "“").replace(" ”", "”")


def test_the_csv_names_the_source_of_each_row(tmp_path):
    table = list(csv.DictReader(io.StringIO(matrix.to_csv(matrix.of(small.made(load(tmp_path)))))))
    assert [row["Source"].partition(",")[0] for row in table] == ["Policy 7"] * 3 + ["Dog Act"] * 3
    assert table[4]["What it asks"] == "In our words: The dog is muzzled."


@pytest.fixture
def place(tmp_path, monkeypatch):
    build(tmp_path / "lib")
    (tmp_path / "matter").mkdir()
    (tmp_path / "matter" / "answers.yaml").write_text(small.ANSWERS + "note: No.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("place")
def test_check_and_clauses_and_lint_have_a_heading_and_a_count_for_each_source():
    said = run("check", "matter", "--library", "lib").stdout
    assert said.index("Requirements of Policy 7") < said.index("Requirements of Dog Act, section 9 (in force, January")
    assert "The act governs." in said
    assert "Dog Act, section 9: 2 of 2 requirements that apply are said" in " ".join(said.split())
    told = json.loads(run("check", "matter", "--library", "lib", "--json").stdout)
    assert [(one["name"], one["kind"], one["verified_by"]) for one in told["sources"]] == [
        ("policy", "policy", None),
        ("act", "statute", None),
    ]
    assert {r["id"]: (r["source"], r["same_as"]) for r in told["requirements"]}["9/1"] == ("act", ["II"])
    listed = run("clauses", "--by", "requirement", "--library", "lib").stdout
    assert "3 requirements of Dog Act, section 9" in listed
    assert "asks the same as II of Policy 7" in " ".join(listed.split())
    linted = " ".join(run("lint", "lib").stdout.split())
    assert "Statute Dog Act, section 9 (in force, January 1, 2025), 3 requirements." in linted
    assert "comparisons between sources" in linted


@pytest.mark.usefixtures("place")
def test_review_shows_both_texts_of_what_asks_the_same_and_records_it():
    said = " ".join(run("review", "9/1", "9/2", "--by", "Ann", "--library", "lib").stdout.split())
    assert "same as" not in said.replace("9/1", "")
    left = json.loads(run("review", "--library", "lib", "--json").stdout)
    assert not [one for one in left if one["wording"].startswith("same as")]


@pytest.mark.usefixtures("place")
def test_explain_cites_the_source_of_each_requirement():
    said = " ".join(run("explain", "matter", "price", "--library", "lib").stdout.split())
    assert "Dog Act, section 9, 9/3: The town pays." in said


# -- rounds -------------------------------------------------------------------------------------


def sent(day):
    return run("send", "matter", "--to", "kennel", "--on", day, "--library", "lib")


@pytest.mark.usefixtures("place")
def test_a_round_keeps_each_sources_fingerprint_and_text():
    sent("2026-09-01")
    folder = Path("matter/rounds/01-to-kennel")
    for name in ("policy", "act"):
        assert (folder / "sources" / f"{name}.yaml").read_bytes() == Path(f"lib/sources/{name}.yaml").read_bytes()
        assert f"sources/{name}.yaml" in (folder / "manifest.sha256").read_text("utf-8")
    facts = json.loads((folder / "round.json").read_text("utf-8"))
    assert [one["name"] for one in facts["sources"]] == ["policy", "act"]
    assert {len(one["fingerprint"]) for one in facts["sources"]} == {64}


@pytest.mark.usefixtures("place")
def test_history_says_which_source_changed_after_a_round():
    sent("2026-09-01")
    path = Path("lib/sources/act.yaml")
    path.write_text(
        path.read_text("utf-8").replace("summary: The town pays.", "summary: The town pays at once."), "utf-8"
    )
    now = json.loads(run("history", "matter", "--library", "lib", "--json").stdout)[-1]
    assert now["sources_changed"] == {"Dog Act, section 9": "changed"}
    said = " ".join(run("history", "matter", "--library", "lib").stdout.split())
    assert "Dog Act, section 9: its text or status has changed since the last round sent" in said
    path.write_text(ACT.replace("citation: Dog Act, section 9", "citation: Dog Act"), "utf-8")
    path.rename(path.with_name("act-9.yaml"))
    now = json.loads(run("history", "matter", "--library", "lib", "--json").stdout)[-1]
    assert now["sources_changed"] == {"Dog Act": "added", "Dog Act, section 9": "removed"}


@pytest.mark.usefixtures("place")
def test_history_says_what_was_read_when_a_round_was_sent():
    sent("2026-09-01")
    run("review", "--all", "--by", "Ann", "--library", "lib")
    run("review", "--all", "--by", "Ann", "-m", "matter", "--library", "lib")
    sent("2026-09-08")
    path = Path("lib/clauses/notes.md")
    path.write_text(path.read_text("utf-8").replace("agree.", "agree otherwise."), "utf-8")
    said = run("history", "matter", "--library", "lib").stdout
    assert [line.split()[-1] for line in said.splitlines()[1:4]] == ["said", "met", "said"]
    told = json.loads(run("history", "matter", "--library", "lib", "--json").stdout)
    assert [one["is_read"] for one in told] == [False, True, False]


def test_packet_and_brief_name_every_source(tmp_path):
    drafted = small.made(load(tmp_path))
    shown = brief.make(drafted.selection, drafted.contract, drafted.coverage, [], {}, ())
    assert shown.requirements == (("said", 1), ("does not apply", 1), ("nothing to draft", 1))
    assert shown.others == (("Dog Act, section 9", (("said", 2), ("does not apply", 1))),)
    words = " ".join(docx_text.plain_text(brief_docx.write(shown, ROOT / "templates" / "brief.docx")).split())
    assert "Dog Act, section 9: 2 said; 1 does not apply" in words


# -- the statute that is shipped ----------------------------------------------------------------


def test_the_shipped_statute_is_quoted_only_where_its_words_were_read():
    library = generated.real_library()
    _, statute = library.sources
    assert (statute.kind, statute.verified) == ("statute", None)
    assert [p.id for p in statute.paragraphs if p.text] == ["2(c)"]
    assert all(p.summary for p in statute.paragraphs)
    assert {r.id for r in statute.requirements if r.quote} == {"626.8482/2(c)"}
    assert {r.paragraph for r in statute.requirements} == {p.id for p in statute.paragraphs}
    assert all(bool(r.same_as) != (r.level == "info") for r in statute.requirements)
    assert all(r.name for source in library.sources for r in source.requirements)


# -- a source that can't be read ----------------------------------------------------------------

FIGURES = small.POLICY + "figures:\n  - {id: most, paragraph: II, quote: must use a leash of 3, value: 3}\n"
PRINTS = small.CLAUSES["price"].replace("pays", "pays {{ policy.most }} times")
LONG = FIGURES.replace("must use a leash.", "must use a leash of 3 feet.")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("status: adopted", "status: [adopted", ["unreadable-yaml"]),
        ("status: adopted", "staus: adopted", ["missing-key", "unknown-key"]),
        ("quote: the walker must use a muzzle", "quote: the walker uses none", ["bad-expression", "misquoted-policy"]),
    ],
)
def test_of_a_source_that_is_not_in_order_only_what_is_wrong_is_told(tmp_path, old, new, codes):
    root = small.build(tmp_path, policy=LONG, clauses={"price": PRINTS})
    assert loading.load(root, "lib").policy.figures[0].value == 3
    notes = small.CLAUSES["notes"].replace("note |", "nothing |")
    small.build(root, policy=LONG.replace(old, new), clauses={"price": PRINTS, "notes": notes})
    found = wrong.problems(loading.load, root, "lib")
    assert [problem.code for problem in found] == codes
    assert not [problem for problem in found if "policy.most" in problem.message]
