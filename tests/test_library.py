"""A library loads whole, or says by file and line everything that is wrong with it."""

from dataclasses import replace

import pytest
import small
from generated import small_library
from small import AGREEMENT, AUTHORITIES, CLAUSES, POLICY, QUESTIONNAIRE, build, clause, saying

from drafter import language
from drafter.base.problems import DraftingError, Place
from drafter.reading import loading
from drafter.reading.prose import wordings


def problems(root, **parts):
    """What is wrong with a library: the code, the place, and the message of each problem, in order."""
    with pytest.raises(DraftingError) as error:
        small.load(root, **parts)
    return [(p.code, str(p.place), p.message) for p in error.value.problems]


def standard(text, **rest):
    return clause("Notes", f"standard|preferred|||{text}", **rest)


def notes(text, **rest):
    """The clause "notes" with one wording that says this; its text starts in line 13."""
    return {"clauses": {"notes": standard(text, **rest)}}


def signatures(line):
    return {"agreement": AGREEMENT.partition("signatures:")[0] + f"signatures:\n{line}\n"}


# -- what is loaded -----------------------------------------------------------------------------


def test_the_small_library_has_its_parts():
    loaded = small_library()
    assert (loaded.title, loaded.path, loaded.policy.citation) == ("Dog Walking Agreement", "lib", "Policy 7")
    assert loaded.order() == (*("parties", "recital", "dog", "leash", "muzzle", "price", "notes", "list", "policy"),)
    assert [(g.id, g.title, g.clauses) for g in loaded.exhibits] == [
        ("dogs", "Dogs", ("list",)),
        ("policy", "The Policy", ("policy",)),
    ]
    assert list(loaded.conditions) == ["III"]
    assert language.explain(loaded.conditions["III"]) == "bites"
    assert loaded.authorities["policy-7"].cited_for == "Leashes."


def test_a_clause_has_what_its_front_matter_says():
    leash = small_library().clause("leash")
    assert (leash.title, leash.authority, leash.when, leash.file) == ("Leash", ("policy-7",), None, "clauses/leash.md")
    long = leash.alternative("long")
    assert (long.label, long.position, long.satisfies) == ("The long one", "fallback", ("II",))
    assert (long.concedes, long.guidance, long.approval) == ("Something.", "Guidance on long.", "")
    assert long.place == Place("lib/clauses/leash.md", 11)
    assert leash.alternative("none") is None
    assert language.explain(small_library().clause("muzzle").when) == "bites"


def test_alternatives_come_best_first_and_then_by_name(tmp_path):
    wordings = ("c|fallback|||C.", "z|preferred|bites||Z.", "b|acceptable|bites||B.", "a|preferred|bites||A.")
    loaded = small.load(tmp_path, clauses={"notes": clause("Notes", *wordings)})
    assert [a.id for a in loaded.clause("notes").alternatives] == ["a", "z", "b", "c"]


def test_clauses_may_stand_in_folders_of_any_depth(tmp_path):
    root = build(tmp_path, clauses={"notes": None})
    (root / "clauses" / "a" / "b").mkdir(parents=True)
    (root / "clauses" / "a" / "b" / "notes.md").write_text(CLAUSES["notes"], encoding="utf-8")
    assert loading.load(root, "lib").clause("notes").file == "clauses/a/b/notes.md"


def test_a_library_is_called_as_its_folder_when_it_has_no_name(tmp_path):
    assert loading.load(build(tmp_path)).path == str(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    root = build(tmp_path)
    for path in root.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert loading.load(root, "lib") == replace(small_library(), folder=root)


def test_an_unknown_clause_is_refused_with_a_suggestion():
    with pytest.raises(DraftingError) as error:
        small_library().clause("leesh")
    (problem,) = error.value.problems
    assert str(problem) == "lib: unknown-clause: there is no clause 'leesh'\n  hint: did you mean 'leash'?"


def test_labels_are_those_of_the_items():
    assert wordings.labels(small_library().clause("leash").alternatives[0].text) == ("hold",)


# -- what is wrong: the code, the place, the words ----------------------------------------------

MUST = "The walker must use a muzzle."
UNSAID = (
    "unsaid-requirement",
    "lib/clauses/muzzle.md:6",
    f"'standard' claims III, but does not say by itself \"{MUST}\"",
)
WRONG = {
    # the outline against the files
    "a clause of the outline without a file": (
        {"clauses": {"list": None}},
        ("missing-clause", "lib/agreement.yaml", "the clause 'list' has no file"),
    ),
    "a file without a place in the outline": (
        {"clauses": {"extra": standard("More.")}},
        ("unplaced-clause", "lib/clauses/extra.md:1", "'extra' is not listed in agreement.yaml"),
    ),
    "a clause that  twice": (
        {"agreement": AGREEMENT.replace("[notes]", "[notes, leash]")},
        ("duplicate-id", "lib/agreement.yaml", "the outline lists the clause 'leash' 2 times"),
    ),
    "two articles of one id": (
        {"agreement": AGREEMENT.replace("id: general", "id: walking")},
        ("duplicate-id", "lib/agreement.yaml", "the outline lists the article 'walking' 2 times"),
    ),
    "two exhibits of one id": (
        {"agreement": AGREEMENT.replace("id: policy", "id: dogs")},
        ("duplicate-id", "lib/agreement.yaml", "the outline lists the exhibit 'dogs' 2 times"),
    ),
    "two authorities of one id": (
        {"authorities": AUTHORITIES + "  - {id: policy-7, citation: Another, confidence: B}\n"},
        ("duplicate-id", "lib/authorities.yaml:3", "the authority 'policy-7' is listed twice"),
    ),
    # the front matter
    "a clause without a front matter": (
        {"clauses": {"notes": "## standard\n\nNotes.\n"}},
        ("bad-clause", "lib/clauses/notes.md:1", "a clause starts with a front matter between two lines of '---'"),
    ),
    "a front matter that does not end": (
        {"clauses": {"notes": "---\ntitle: Notes\n"}},
        ("bad-clause", "lib/clauses/notes.md:1", "a clause starts with a front matter between two lines of '---'"),
    ),
    "an empty file": (
        {"clauses": {"notes": ""}},
        ("bad-clause", "lib/clauses/notes.md:1", "a clause starts with a front matter between two lines of '---'"),
    ),
    "a key that is not known": (
        {"clauses": {"notes": CLAUSES["notes"].replace("    label:", "    lable: x\n    label:")}},
        ("unknown-key", "lib/clauses/notes.md:6", "'lable' is not known here"),
    ),
    "a position that is none": (
        {"clauses": {"notes": CLAUSES["notes"].replace("preferred", "best")}},
        ("bad-value", "lib/clauses/notes.md:7", "'position' is 'best', not preferred, acceptable or fallback"),
    ),
    "a clause without alternatives": (
        {"clauses": {"notes": "---\ntitle: Notes\nalternatives: {}\n---\n"}},
        ("bad-clause", "lib/clauses/notes.md:3", "the clause has no alternative"),
    ),
    # alternatives against wordings
    "an alternative without a wording": (
        {"clauses": {"notes": CLAUSES["notes"].replace("## standard", "## other")}},
        ("missing-alternative", "lib/clauses/notes.md:11", "the wording '## other' is not among the alternatives"),
        ("missing-wording", "lib/clauses/notes.md:5", "the alternative 'standard' has no wording"),
    ),
    "a clause without any wording": (
        {"clauses": {"notes": CLAUSES["notes"].partition("## standard")[0]}},
        ("missing-wording", "lib/clauses/notes.md:5", "the alternative 'standard' has no wording"),
    ),
    "a wording without text": (
        {"clauses": {"notes": standard("")}},
        ("missing-wording", "lib/clauses/notes.md:11", "'## standard' has no text"),
    ),
    "a wording that stands twice": (
        {"clauses": {"notes": CLAUSES["notes"] + "\n## standard\n\nAgain.\n"}},
        ("duplicate-id", "lib/clauses/notes.md:15", "'## standard' appears twice"),
    ),
    "text outside any wording": (
        {"clauses": {"notes": CLAUSES["notes"].replace("## standard", "Lost.\n\n## standard")}},
        ("bad-clause", "lib/clauses/notes.md:11", "there is text outside any alternative"),
    ),
    # conditions and fields
    "a condition of a clause on no question": (
        notes("Notes.", when="bytes"),
        ("bad-expression", "lib/clauses/notes.md:4", "there is no question 'bytes'"),
    ),
    "a condition of an alternative on no option": (
        {"clauses": {"notes": clause("Notes", "standard|preferred|leash == 'red'||Notes.")}},
        ("bad-expression", "lib/clauses/notes.md:9", "'red' is not one of the options: short, long"),
    ),
    "a field that is no question": (
        notes("First.\n\nSee {{ wlaker }}."),
        ("bad-expression", "lib/clauses/notes.md:15", "there is no question 'wlaker'"),
    ),
    "a condition of an item on no question": (
        notes("Do:\n\n1. one\n2. {when: bytes} two"),
        ("bad-expression", "lib/clauses/notes.md:16", "there is no question 'bytes'"),
    ),
    "markup that is not used": (
        notes("Some *italic* words."),
        ("bad-text", "lib/clauses/notes.md:13", "italics can't be used here"),
    ),
    "a phrase on no question": (
        {"agreement": AGREEMENT.replace("dogs | plural", "cats | plural")},
        ("bad-expression", "lib/agreement.yaml:4", "phrase 'the_dog': there is no question 'cats'"),
    ),
    "a phrase that is a question too": (
        {"agreement": AGREEMENT.replace("phrases:\n", "phrases:\n  walker: dogs | plural('a', 'b')\n")},
        ("duplicate-id", "lib/agreement.yaml:4", "the phrase 'walker' is also a question"),
    ),
    "a caption on no question": (
        {"agreement": AGREEMENT.replace("{{ town.name }}", "{{ town.nam }}", 1)},
        ("bad-expression", "lib/agreement.yaml:2", "there is no question 'town.nam'"),
    ),
    "a caption of more than a line": (
        {"agreement": AGREEMENT.replace('["{{ town.name }}"]', '["1. one"]')},
        ("bad-text", "lib/agreement.yaml:2", "only one line of plain text can go here"),
    ),
    "a requirement that applies on no question": (
        {"policy": POLICY.replace("applies_when: bites", "applies_when: bytes")},
        ("bad-expression", "lib/sources/policy.yaml:29", "there is no question 'bytes'"),
    ),
    "signers that are no question": (
        signatures('  - party: Town\n    signers: d in cats\n    name: "{{ d.name }}"\n    title: Dog'),
        ("bad-expression", "lib/agreement.yaml:15", "there is no question 'cats'"),
    ),
    "signers that are no records": (
        signatures("  - party: Town\n    signers: d in leash\n    name: N\n    title: Dog"),
        ("bad-expression", "lib/agreement.yaml:15", "'d in leash' names no list of records"),
    ),
    "a signer's name on no field": (
        signatures('  - party: Town\n    signers: d in dogs\n    name: "{{ d.nmae }}"\n    title: Dog'),
        ("bad-expression", "lib/agreement.yaml:16", "'d' has no field 'nmae'"),
    ),
    "a signer's title on no question": (
        signatures('  - party: Town\n    signers: d in dogs\n    name: "{{ d.name }}"\n    title: "{{ x }}"'),
        ("bad-expression", "lib/agreement.yaml:17", "there is no question 'x'"),
    ),
    # the policy
    "a claim of a requirement that is not there": (
        {"clauses": {"notes": clause("Notes", "standard|preferred||IV|Notes.")}},
        ("unknown-requirement", "lib/clauses/notes.md:5", "no source has a requirement 'IV'"),
    ),
    "an exception to a requirement that is not there": (
        {
            "clauses": {
                "notes": standard("Notes.").replace(
                    "alternatives:", "exceptions: [{sentence: Notes., because: Of it., limits: [IV]}]\nalternatives:"
                )
            }
        },
        ("unknown-requirement", "lib/clauses/notes.md:1", "no source has a requirement 'IV'"),
    ),
    "a claim without the sentence": (
        {"clauses": {"muzzle": clause("Muzzle", "standard|preferred||III|The walker ties the mouth.", when="bites")}},
        UNSAID,
    ),
    "a sentence that only a field could give": (
        {
            "clauses": {
                "muzzle": clause("Muzzle", f"standard|preferred||III|{{{{ note }}}}{{{{ '{MUST}' }}}}", when="bites")
            }
        },
        UNSAID,
    ),
    "a sentence that starts in one paragraph and ends in the next": (
        {
            "clauses": {
                "muzzle": clause("Muzzle", "standard|preferred||III|The walker must\n\nuse a muzzle.", when="bites")
            }
        },
        UNSAID,
    ),
    "a sentence that a definition changes": (
        {
            "clauses": {
                "muzzle": clause("Muzzle", "standard|preferred||III|The walker must use a **muzzle**.", when="bites")
            }
        },
        UNSAID,
    ),
    "a sentence that is never read by itself": (
        {
            "clauses": {
                "muzzle": clause("Muzzle", f"standard|preferred||III|Nobody asked that:\n\n{MUST}", when="bites")
            }
        },
        UNSAID,
    ),
    "a claim of an alternative for which nothing is written down": (
        {
            "policy": saying("III", {"sentence": MUST, "alternatives": ["standard"]}),
            "clauses": {
                "muzzle": clause(
                    "Muzzle", f"standard|preferred|bites|III|{MUST}", f"other|fallback|not bites|III|{MUST}"
                )
            },
        },
        (
            "unsaid-requirement",
            "lib/clauses/muzzle.md:11",
            "'other' claims III, but no operative sentence is written down for it",
        ),
    ),
    "a requirement whose home is no clause": (
        {"policy": POLICY.replace("home: muzzle", "home: muzle")},
        ("unknown-clause", "lib/sources/policy.yaml", "III is to be said in 'muzle', which is no clause"),
    ),
    "something that must be said in what is no clause": (
        {"policy": saying("III", MUST, {"sentence": "Dogs.", "clause": "nots"})},
        ("unknown-clause", "lib/sources/policy.yaml", "III is to be said in 'nots', which is no clause"),
    ),
    "something that must be said by what is no alternative": (
        {"policy": saying("III", MUST, {"sentence": "Dogs.", "alternatives": ["standrd"]})},
        ("unknown-alternative", "lib/sources/policy.yaml", "'muzzle' has no alternative 'standrd'"),
    ),
    "a requirement that no clause claims": (
        {"clauses": {"muzzle": standard("The walker must use a muzzle.", when="bites")}},
        ("unmet-requirement", "lib/sources/policy.yaml", "no clause satisfies III: The walker uses a muzzle."),
    ),
    "an authority that is not listed": (
        notes("Notes.", authority="[policy-8]"),
        ("unknown-authority", "lib/clauses/notes.md:1", "no authority is called 'policy-8'"),
    ),
    # references and labels
    "a reference to no clause": (
        notes("First.\n\nSee\n[[leesh]]."),
        ("dead-reference", "lib/clauses/notes.md:16", "[[leesh]] points to nothing"),
    ),
    "a reference to no item": (
        notes("See [[leash.holt]]."),
        ("dead-reference", "lib/clauses/notes.md:13", "[[leash.holt]] points to nothing"),
    ),
    "a reference to no article": (
        notes("See [[article:walk]]."),
        ("dead-reference", "lib/clauses/notes.md:13", "[[article:walk]] points to nothing"),
    ),
    "a reference to no exhibit": (
        notes("See [[exhibit:dog]]."),
        ("dead-reference", "lib/clauses/notes.md:13", "[[exhibit:dog]] points to nothing"),
    ),
    "a reference in a table": (
        notes("Look:\n\n| a |\n|---|\n| [[leesh]] |"),
        ("dead-reference", "lib/clauses/notes.md:17", "[[leesh]] points to nothing"),
    ),
    "a reference in the caption": (
        {"agreement": AGREEMENT.replace('["{{ town.name }}"]', '\n  - "{{ town.name }}"\n  - "[[leesh]]"')},
        ("dead-reference", "lib/agreement.yaml:4", "[[leesh]] points to nothing"),
    ),
    "a reference in a signature": (
        signatures('  - party: Town\n    signers: d in dogs\n    name: N\n    title: "[[leesh]]"'),
        ("dead-reference", "lib/agreement.yaml:17", "[[leesh]] points to nothing"),
    ),
    "a reference to a clause of the opening": (
        notes("See [[parties]]."),
        ("dead-reference", "lib/clauses/notes.md:13", "[[parties]] points to a clause that has no number"),
    ),
    "a reference to an item of the recitals": (
        {
            "clauses": {
                "recital": clause("Recital", "standard|preferred|||Since:\n\n1. {#x} so."),
                "notes": standard("See [[recital.x]]."),
            }
        },
        ("dead-reference", "lib/clauses/notes.md:13", "[[recital.x]] points to a clause that has no number"),
    ),
    "a label on a paragraph": (
        notes("{#here} A paragraph."),
        ("bad-label", "lib/clauses/notes.md:13", "'here' labels something without one number"),
    ),
    "a label on an item that is repeated": (
        notes("Do:\n\n1. {#here} {each: d in dogs} {{ d.name }}"),
        ("bad-label", "lib/clauses/notes.md:15", "'here' labels something without one number"),
    ),
    "a label on an item of an item": (
        notes("Do:\n\n1. a\n   1. {#here} b"),
        ("bad-label", "lib/clauses/notes.md:16", "'here' labels something without one number"),
    ),
    "a label that stands twice": (
        notes("Do:\n\n1. {#here} a\n2. {#here} b"),
        ("duplicate-id", "lib/clauses/notes.md:16", "the label 'here' is used twice"),
    ),
    "an item below one that is repeated": (
        notes("Do:\n\n1. {each: d in dogs} {{ d.name }}\n   1. below"),
        ("bad-text", "lib/clauses/notes.md:16", "an item is nested under one that is repeated with 'each'"),
    ),
    # terms
    "a term that two clauses define": (
        notes("A **Dog** barks."),
        ("defined-twice", "lib/clauses/notes.md:5", "“Dog” is defined here and in 'dog'"),
    ),
    "a term that is defined twice in one wording": (
        notes("A **Cat** and a **Cat**."),
        ("defined-twice", "lib/clauses/notes.md:5", "“Cat” is defined twice"),
    ),
}


@pytest.mark.parametrize(("parts", "expected"), [(parts, found) for parts, *found in WRONG.values()], ids=WRONG)
def test_what_is_wrong_is_said_once_with_its_place(tmp_path, parts, expected):
    assert problems(tmp_path, **parts) == sorted(expected, key=lambda found: _place(found[1]))


def _place(text):
    path, _, line = text.partition(":")
    return path, int(line or 0)


def test_a_clause_that_cannot_be_read_is_not_blamed_on_the_others(tmp_path):
    found = problems(tmp_path, clauses={"leash": "nothing"})
    assert [(code, place) for code, place, _ in found] == [("bad-clause", "lib/clauses/leash.md:1")]


# -- hints --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "hint"),
    [
        ({"agreement": AGREEMENT.replace("[list]", "[lits]"), "clauses": {}}, "did you mean 'list'?"),
        ({"agreement": AGREEMENT.replace("[list]", "[zzzz]"), "clauses": {}}, "'drafter clauses' lists them"),
        (notes("See [[leesh]]."), "did you mean 'leash'?"),
        (notes("See [[exhibit:dgs]]."), "did you mean 'exhibit:dogs'?"),
        (notes("See [[parties]]."), "refer to an article, a section or an exhibit"),
        (notes("See {{ wlaker }}."), "did you mean 'walker'?"),
        (notes("N.", authority="[policy-8]"), "did you mean 'policy-7'?"),
        (notes("N.", authority="[zzzz]"), "add it to authorities.yaml"),
        (
            {"clauses": {"muzzle": clause("M", "standard|preferred||III|No.", when="bites")}},
            "the policy: the walker must use a muzzle",
        ),
        ({"clauses": {"notes": CLAUSES["notes"] + "\n## b\n\nB.\n"}}, ""),
        ({"clauses": {"notes": CLAUSES["notes"].partition("## ")[0]}}, "add a section '## standard' below"),
    ],
)
def test_a_problem_says_what_to_do(tmp_path, parts, hint):
    with pytest.raises(DraftingError) as error:
        small.load(tmp_path, **parts)
    assert hint in [p.hint for p in error.value.problems]


# -- files and all at once ----------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_said():
    with pytest.raises(DraftingError, match="nowhere: missing-file: there is no such library folder"):
        loading.load(small.Path("/nowhere/at/all"), "nowhere")


def test_each_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DraftingError) as error:
        loading.load(tmp_path, "lib")
    assert [(p.code, str(p.place)) for p in error.value.problems] == [
        ("missing-file", f"lib/{name}.yaml") for name in ("agreement", "authorities", "questionnaire", "sources/policy")
    ]


def test_a_second_file_of_a_clause_is_said(tmp_path):
    root = build(tmp_path)
    (root / "clauses" / "more").mkdir()
    (root / "clauses" / "more" / "leash.md").write_text(CLAUSES["leash"], encoding="utf-8")
    with pytest.raises(DraftingError) as error:
        loading.load(root, "lib")
    assert [str(p) for p in error.value.problems] == [
        "lib/clauses/more/leash.md: duplicate-id: the clause 'leash' has a second file (first: clauses/leash.md)"
    ]


def test_a_folder_that_is_called_like_a_clause_is_a_problem(tmp_path):
    root = build(tmp_path)
    (root / "clauses" / "folder.md").mkdir()
    with pytest.raises(DraftingError, match=r"folder\.md: unreadable-file"):
        loading.load(root, "lib")


def test_the_problems_of_all_files_are_said_at_once(tmp_path):
    found = problems(
        tmp_path,
        policy=saying("III", MUST, "It covers the snout."),
        agreement=AGREEMENT.replace("[notes]", "[notes, gone]").replace("dogs | plural", "cats | plural"),
        authorities=AUTHORITIES.replace("policy-7", "policy-9"),
        clauses={
            "leash": CLAUSES["leash"].replace("{{ length }}", "{{ lenght }}").replace("## short", "## s"),
            "notes": standard("See [[leesh]] and {{ wlaker }}. *x*"),
            "extra": "no front matter",
        },
    )
    assert {(code, place) for code, place, _ in found if code != "unknown-authority"} == {
        ("missing-clause", "lib/agreement.yaml"),
        ("bad-expression", "lib/agreement.yaml:4"),
        ("bad-clause", "lib/clauses/extra.md:1"),
        ("unplaced-clause", "lib/clauses/extra.md:1"),
        ("missing-wording", "lib/clauses/leash.md:5"),
        ("missing-alternative", "lib/clauses/leash.md:20"),
        ("bad-expression", "lib/clauses/leash.md:30"),
        ("unsaid-requirement", "lib/clauses/leash.md:11"),
        ("unsaid-requirement", "lib/clauses/leash.md:11"),
        ("unsaid-requirement", "lib/clauses/muzzle.md:6"),
        ("dead-reference", "lib/clauses/notes.md:13"),
        ("bad-expression", "lib/clauses/notes.md:13"),
        ("bad-text", "lib/clauses/notes.md:13"),
    }


def test_the_problems_of_the_policy_and_of_the_clauses_are_said_at_once(tmp_path):
    found = problems(
        tmp_path,
        policy=POLICY.replace("quote: must use a leash", "quote: may use a leash"),
        authorities=AUTHORITIES.replace("confidence: A", "confidence: D"),
        **notes("See {{ wlaker }}."),
    )
    assert [(code, place) for code, place, _ in found] == [
        ("bad-value", "lib/authorities.yaml:2"),
        ("bad-expression", "lib/clauses/notes.md:13"),
        ("misquoted-policy", "lib/sources/policy.yaml:19"),
    ]


def test_the_problems_of_the_questionnaire_and_of_the_outline_are_said_at_once(tmp_path):
    found = problems(
        tmp_path,
        questionnaire=QUESTIONNAIRE.replace("type: money", "type: gold"),
        agreement=AGREEMENT.replace("title: Dog Walking Agreement\n", ""),
    )
    assert [(code, place) for code, place, _ in found] == [
        ("missing-key", "lib/agreement.yaml:1"),
        ("bad-value", "lib/questionnaire.yaml:32"),
    ]


@pytest.mark.parametrize("file", ["sources/policy", "questionnaire", "agreement", "authorities"])
@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "a: 1\na: 2\n", "x: &a 1\n", "\x00"])
def test_a_file_that_is_not_what_it_should_be_is_a_problem_of_that_file(tmp_path, file, text):
    found = problems(tmp_path, **{file.removeprefix("sources/"): text})
    assert {place.partition(":")[0] for _, place, _ in found} == {f"lib/{file}.yaml"}
