"""A matter's contract changes its form: what crosses, what is conceded, what is recorded, and back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import docx_text
import forms
import generated
import pytest
import small
from commands import run

import drafter
from drafter.comparing import redline
from drafter.drafting import draft
from drafter.matters import conversions, filing, rounds
from drafter.matters.conversions import Conversion, Moved
from drafter.papers import exchanges, memo
from drafter.reading import loading


def matter(tmp_path: Path, form: str = "whole", more: str = "", **parts) -> Path:
    """A matter of a library with two forms, in one of them."""
    root = forms.build(tmp_path / "lib", **parts)
    made = tmp_path / "matter"
    assert run("new", made, "--library", root, "--form", form).exit_code == 0
    (made / "answers.yaml").write_text(f"form: {form}  # ours\n{small.ANSWERS}{more}", "utf-8")
    return made


def text(made: Path) -> str:
    return (made / "answers.yaml").read_text("utf-8")


def contract_of(made: Path) -> str:
    path = made.parent / "c.json"
    assert run("draft", made, "-o", path).exit_code == 0
    return path.read_text("utf-8")


def test_a_matter_is_converted_and_each_clause_is_told(tmp_path):
    made = matter(tmp_path)
    before = text(made)
    said = run("convert", made, "--to", "short", "--because", "The town asked.", "--on", "2026-05-02", COLUMNS="200")
    assert said.exit_code == 0, said.output
    assert text(made) == before.replace("form: whole", "form: short")
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in said.stdout.split("\n") if line.strip()}
    assert rows["notes"].startswith("left out")
    assert rows["notes"].endswith("The walker's notes.")
    assert rows["leash"].startswith("shortened: short -> brief")
    assert "dog" not in rows  # it is kept, word for word
    assert "Because" in said.stdout
    record = filing.converted(made)
    assert [(one.before, one.after, one.because, one.choices) for one in record] == [
        ("whole", "short", "The town asked.", ())
    ]
    assert '"form":"short"' in contract_of(made)


def test_what_is_told_is_told_to_scripts_too_and_trying_writes_nothing(tmp_path):
    made = matter(tmp_path, more="note: We met.\nalternatives:\n  notes: standard\n")
    before = text(made)
    told = json.loads(run("convert", made, "--to", "short", "--try", "--json").stdout)
    assert text(made) == before
    assert not (made / "forms.yaml").exists()
    assert (told["from"], told["to"], told["tried"]) == ("whole", "short", True)
    states = {one["clause"]: one["state"] for one in told["clauses"]}
    assert states == {
        "parties": "kept", "recital": "left out", "dog": "kept", "leash": "shortened", "price": "kept",
        "notes": "left out", "list": "kept", "policy": "left out",
    }  # fmt: skip
    assert told["uncrossed"] == {"notes": "standard"}
    assert told["not_asked"] == ["note"]
    assert told["words"][0] > told["words"][1]


def test_what_does_not_cross_is_named_and_back_again_after_an_undo(tmp_path):
    made = matter(tmp_path, more="note: We met.\n\nalternatives:\n  notes: standard\n")
    before, drafted = text(made), contract_of(made)
    said = run("convert", made, "--to", "short")
    assert "Doesn't cross  notes: standard" in said.stdout
    assert "Not asked now  note:" in said.stdout
    assert "note: We met." in text(made)
    assert "alternatives" not in text(made)
    assert run("convert", made, "--undo").exit_code == 0
    assert text(made) == before
    assert contract_of(made) == drafted
    assert filing.converted(made) == ()
    again = run("convert", made, "--undo")
    assert "nothing-to-undo" in again.stderr


def test_a_change_of_form_is_undone_even_where_answers_changed_since(tmp_path):
    made = matter(tmp_path, more="alternatives:\n  notes: standard\n")
    run("convert", made, "--to", "short")
    assert run("answer", made, "walker", "Bea").exit_code == 0
    assert run("convert", made, "--undo").exit_code == 0
    assert "walker: Bea" in text(made)
    assert "notes: standard" in text(made)


def test_swaps_cross_by_the_same_id_or_by_what_an_alternative_is_for(tmp_path):
    two = small.clause("Notes", "standard|preferred|||Notes.", "more|fallback|||More notes.").replace(
        "    position: preferred", "    position: preferred\n    form: whole", 1
    )
    two = two.replace("    position: fallback", "    position: fallback\n    form: whole", 1)
    two = (
        two.replace("---\n\n## standard", f"{BRIEF}---\n\n## standard").rstrip()
        + "\n\n## few\n\nFew.\n\n## some\n\nSome.\n"
    )
    agreement = forms.AGREEMENT.replace("muzzle, price]}\n    exhibits", "muzzle, price, notes]}\n    exhibits", 1)
    made = matter(tmp_path, clauses={"notes": two}, agreement=agreement)
    assert run("swap", made, "notes", "more", "--because", "They asked.").exit_code == 0
    drafted = contract_of(made)
    told = json.loads(run("convert", made, "--to", "short", "--json").stdout)
    assert told["uncrossed"] == {}
    assert "notes: some" in text(made)
    assert [(s.after, s.form, s.because) for s in filing.recorded(made)] == [
        ("more", "whole", "They asked."), ("some", "short", "They asked."),
    ]  # fmt: skip
    assert "They asked." in run("explain", made, "notes").stdout
    assert run("convert", made, "--to", "whole").exit_code == 0
    assert contract_of(made) == drafted
    assert run("swap", made, "notes", "--undo").exit_code == 0
    assert "notes" not in text(made)


BRIEF = """\
  few: {label: Few, position: preferred, form: short, for: standard}
  some: {label: Some, position: fallback, form: short, for: more, guidance: G., concedes: Some.}
"""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--to", "whole"), 1, "this matter is in the form 'whole' already"),
        (("--to", "shart"), 1, "there is no form 'shart'"),
        ((), 2, "Give one of --to FORM"),
        (("--to", "short", "--undo"), 2, "Give one of --to FORM"),
    ],
)
def test_a_change_of_form_that_is_none_is_refused(tmp_path, words, code, said):
    made = matter(tmp_path)
    found = run("convert", made, *words)
    assert found.exit_code == code
    assert said in " ".join(found.output.split())


def test_an_answers_file_alone_is_converted_without_a_record(tmp_path):
    root = forms.build(tmp_path / "lib")
    lone = tmp_path / "alone.yaml"
    lone.write_text(small.ANSWERS, "utf-8")  # the library says that it is of the whole form
    assert run("convert", lone, "--library", root, "--to", "short").exit_code == 0
    assert "form: short" in lone.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.yaml", "lib"]


def test_what_another_form_has_is_told_with_how_to_change_the_form(tmp_path):
    made = matter(tmp_path, "short")
    assert "'drafter convert' changes a matter's form" in " ".join(
        run("swap", made, "notes", "standard").output.split()
    )


def test_the_record_of_changes_reads_back():
    record = (
        Conversion("a", "b", dt.date(2026, 5, 2), "Because: #1", (Moved("x", "one", "two"), Moved("y", "one", ""))),
        Conversion("b", "a", dt.date(2026, 5, 2)),
    )
    assert conversions.parse(conversions.to_text(record), "forms.yaml") == record
    assert conversions.parse(conversions.to_text(()), "forms.yaml") == ()


def test_a_proof_with_a_matter_is_that_of_its_form(tmp_path):
    made = matter(tmp_path, "short")
    told = json.loads(run("prove", "-m", made, "--json").stdout)
    whole = json.loads(run("prove", "--library", tmp_path / "lib", "--json").stdout)
    assert len(json.dumps(told)) < len(json.dumps(whole))
    assert run("prove", "-m", made).exit_code == 0
    (made / "answers.yaml").write_text(small.ANSWERS + "form: shart\n", "utf-8")
    assert "unknown-form" in run("prove", "-m", made).stderr


# -- between rounds -----------------------------------------------------------------------------


OUT = [
    {"clause": "recital", "title": "Recital", "concedes": ""},
    {"clause": "notes", "title": "Notes", "concedes": "The walker's notes."},
    {"clause": "policy", "title": "Policy", "concedes": ""},
]


@pytest.fixture
def sent(tmp_path):
    """A matter that was sent in the whole form, and converted to the short one since."""
    made = matter(tmp_path)
    assert run("send", made, "--to", "town", "--on", "2026-05-01").exit_code == 0
    assert run("convert", made, "--to", "short").exit_code == 0
    return made


def test_history_tells_a_change_of_form_as_what_it_is(sent):
    said = run("history", sent, COLUMNS="200").stdout
    assert "the form" in said
    told = " ".join(said.split())
    kept = "Opening, Parties; 1.1 Dog; 1.3 Price; Exhibit A, Dogs"
    assert f"Form changed from 'whole' to 'short' Kept 4 sections: {kept}" in told
    assert "Shortened 1 section (13 -> 11 words): 1.2 Leash" in told
    assert "Left out - Recital - Notes: The walker's notes. - Policy" in told
    assert "Changed  " not in said.partition("Now")[2]
    first, now = json.loads(run("history", sent, "--json").stdout)
    assert (first["form"], first["form_changed"]) == ("whole", None)
    assert (now["form_changed"]["from"], now["form_changed"]["to"]) == ("whole", "short")
    assert now["form_changed"]["left_out"] == OUT
    became = {one["clause"]: one["state"] for one in now["form_changed"]["sections"]}
    assert became == {
        "recital": "left out", "notes": "left out", "policy": "left out", "parties": "kept", "dog": "kept",
        "leash": "shortened", "price": "kept", "list": "kept",
    }  # fmt: skip
    assert run("convert", sent, "--to", "whole").exit_code == 0  # what is told of a round doesn't rest on today's form
    assert run("send", sent, "--to", "town", "--on", "2026-05-02").exit_code == 0
    assert json.loads(run("history", sent, "--json").stdout)[1]["form_changed"] is None


def test_a_round_keeps_its_form_and_one_in_another_form_has_no_redline(sent):
    said = " ".join(run("send", sent, "--to", "town", "--on", "2026-05-02").stdout.split())
    assert "Form changed from 'whole' to 'short'" in said
    assert "Shortened 1 section" in said
    assert "Left out - Recital - Notes: The walker's notes. - Policy" in said
    assert "none was made" in said
    outgoing = [sorted(p.name for p in path.glob("outgoing/*")) for path in sorted((sent / "rounds").glob("0*"))]
    assert outgoing == [["contract.docx"], ["contract.docx"]]
    facts = [json.loads((sent / "rounds" / name / "round.json").read_text()) for name in ("01-to-town", "02-to-town")]
    assert [one["form"] for one in facts] == ["whole", "short"]
    assert (sent / "rounds" / "02-to-town" / "forms.yaml").exists()
    third = run("send", sent, "--to", "town", "--on", "2026-05-03")
    assert (sent / "rounds" / "03-to-town" / "outgoing" / "redline.docx").exists()
    assert "Form" not in third.stdout


def test_a_redline_between_two_forms_tells_what_became_of_each_section_and_is_made_where_a_file_is_named(
    sent, tmp_path
):
    base = sent / "rounds" / "01-to-town"
    said = run("redline", base, sent, COLUMNS="200").stdout
    assert said.startswith("The form of the contract was changed from 'whole' to 'short'")
    assert "{-" not in said
    assert "1.2 Leash shortened 13 -> 11" in " ".join(said.split())
    assert "Exhibit B, The Policy left out" in " ".join(said.split())
    assert "4 sections kept" in said
    run("redline", base, sent, "-o", tmp_path / "r.txt")
    assert "{-" in (tmp_path / "r.txt").read_text("utf-8")
    written = run("redline", base, sent, "-o", tmp_path / "r.docx", COLUMNS="300").stdout
    assert "in another form of the contract" in written
    assert "The form of the contract was changed" not in run("redline", sent, sent).stdout


def test_the_brief_tells_a_change_of_form(sent):
    recorded = rounds.read_all(sent / "rounds")
    made = draft.draft(drafter.open(sent))
    told = list(exchanges.exchanges(recorded, made.selection, made.coverage, {}, {}))
    out = tuple(rounds.LeftOut(**one) for one in OUT)
    assert [one.form for one in told] == [None, rounds.FormChange("whole", "short", out)]


def test_the_memo_tells_a_change_of_form_in_place_of_each_section_that_changed(sent):
    before = draft.draft(drafter.open(sent))
    after = rounds.read(sent / "rounds" / "01-to-town")[1]
    compared = redline.compare(after, before.contract)
    root = forms.build(sent.parent / "told")
    (root / "memo.md").write_text(generated.memo(), "utf-8")
    text = loading.load(root, "lib", "short").memo
    made = memo.make(text, before.selection, before.contract, before.coverage, compared, "the draft of May 1", None)
    first, second = ("".join(run.text for run in line) for line in made.changes_text)
    assert "was changed from “Whole” to “Short” since the draft of May 1" in first
    assert second == ("Of 8 sections in the two versions, 4 read the same, 3 were left out, and 1 has fewer words.")
    told = {group.title: [(one.number, one.heading, one.words) for one in group.lines] for group in made.changes}
    assert told == {
        "Left out": [
            ("(Recitals)", "Recital", "This section is left out."), ("(2.1)", "Notes", "This section is left out."),
            ("(Exhibit B)", "The Policy", "This section is left out."),
        ],
        "In fewer words": [("1.2", "Leash", "13 words, now 11.")],
    }  # fmt: skip
    assert "The walker's notes." not in str(made)  # what leaving them out concedes is for our own side


def test_a_packet_on_a_contract_in_another_form_has_no_redline_and_its_memo_tells_the_sections(sent, tmp_path):
    (tmp_path / "lib" / "memo.md").write_text(generated.memo(), "utf-8")
    said = run("packet", sent, "-o", tmp_path / "p", "--since", "1", "--on", "2026-05-03", PATH="/nowhere")
    assert "No redline" in said.stdout
    assert sorted(one.name for one in (tmp_path / "p").glob("*.docx")) == [
        "1-memo.docx",
        "3-contract.docx",
        "4-matrix.docx",
    ]
    told = " ".join(docx_text.to_lines((tmp_path / "p" / "1-memo.docx").read_bytes()))
    assert "13 words, now 11." in told
    listed = json.loads(
        run(
            "packet", sent, "-o", tmp_path / "q", "--since", "1", "--on", "2026-05-03", "--json", PATH="/nowhere"
        ).stdout
    )["packet"]
    assert all(Path(path).exists() for path in listed)
    opening = run("packet", sent, "-o", tmp_path / "r", "--on", "2026-05-03", PATH="/nowhere")
    assert (tmp_path / "r" / "2-redline.docx").exists()
    assert "No redline" not in opening.stdout


# -- own wordings -------------------------------------------------------------------------------

OWN = "---\nconcedes: Much.\n---\nThe walker must hold the leash"


def with_own(tmp_path: Path, more: str) -> Path:
    """A matter in the whole form, with a wording of its own in its contract, and read."""
    made = matter(tmp_path)
    (tmp_path / "own.md").write_text(f"{OWN}{more}\n", "utf-8")
    assert run("swap", made, "price", "--wording", tmp_path / "own.md", "--because", "Theirs.").exit_code == 0
    return made


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (", as [[notes]] says.", "notes"),
        (".\n\n{when: note} {{ note }}", "note"),
        (".\n\nThe list is in [[exhibit:policy]].", "exhibit:policy"),
        (". See [[article:general]].", "article:general"),
    ],
)
def test_an_own_wording_that_the_other_form_cannot_use_is_named_and_set_aside_where_that_is_asked(
    tmp_path, more, named
):
    made = with_own(tmp_path, more)
    wording = made / "wording" / "price.md"
    before, drafted, kept = text(made), contract_of(made), wording.read_bytes()
    refused = run("convert", made, "--to", "short", COLUMNS="300")
    said = " ".join(refused.output.split())
    assert refused.exit_code == 1
    assert f"{wording}:" in said
    assert named in said
    assert "can't be used in the form 'short'" in said
    assert "--set-aside" in said
    assert text(made) == before
    told = json.loads(run("convert", made, "--to", "short", "--set-aside", "--json").stdout)
    assert told["set_aside"] == {"price": str(wording)}
    assert "own-wording" not in text(made)
    assert wording.read_bytes() == kept
    contract_of(made)
    again = run("swap", made, "price", "own-wording", COLUMNS="300")
    assert again.exit_code == 1
    assert f"{wording}:" in again.stderr
    assert named in again.stderr
    assert run("convert", made, "--undo").exit_code == 0
    assert (text(made), contract_of(made)) == (before, drafted)


def test_an_own_wording_that_both_forms_can_use_crosses(tmp_path):
    made = with_own(tmp_path, ", as [[dog]] says.")
    drafted = contract_of(made)
    assert "--undo takes" not in run("convert", made, "--to", "short").output
    assert "price: own-wording" in text(made)
    assert "The walker must hold the leash" in contract_of(made)
    assert run("convert", made, "--to", "whole").exit_code == 0
    assert contract_of(made) == drafted


def test_a_new_own_wording_must_fit_the_form_of_the_matter(tmp_path):
    made = matter(tmp_path, "short")
    (tmp_path / "own.md").write_text(f"{OWN}, as [[notes]] says.\n", "utf-8")
    found = run("swap", made, "price", "--wording", tmp_path / "own.md")
    assert (found.exit_code, "dead-reference" in found.stderr) == (1, True)
    assert not (made / "wording").exists()


@pytest.mark.parametrize("more", [", as [[notes]] says.", ", as [[dog]] says."])
def test_what_was_read_of_a_matter_is_still_read_after_a_reading_in_the_other_form(tmp_path, more):
    made = with_own(tmp_path, more)
    (tmp_path / "own.md").write_text(f"{OWN} of the notes.\n", "utf-8")
    assert run("swap", made, "notes", "--wording", tmp_path / "own.md").exit_code == 0
    run("review", "-m", made, "--all", "--by", "Ann", "--on", "2026-05-01")
    record = made / "reviewed.yaml"
    names = ("notes.own-wording", "price.own-wording")
    assert all(name in record.read_text("utf-8") for name in names)
    left = json.loads(run("review", "-m", made, "--json").stdout)
    assert run("convert", made, "--to", "short", "--set-aside").exit_code == 0
    (tmp_path / "other.md").write_text("The dog is here.\n", "utf-8")
    assert run("swap", made, "dog", "--wording", tmp_path / "other.md").exit_code == 0
    run("review", "-m", made, "dog", "--by", "Ben", "--on", "2026-05-02")
    assert all(name in record.read_text("utf-8") for name in (*names, "dog.own-wording"))
    assert run("swap", made, "dog", "--undo").exit_code == 0
    assert run("convert", made, "--to", "whole").exit_code == 0
    for name in ("notes", "price"):
        run("swap", made, name, "own-wording")
    assert json.loads(run("review", "-m", made, "--json").stdout) == left
    run("review", "-m", made, "notes", "--by", "Ben", "--on", "2026-05-03")
    assert run("swap", made, "notes", "standard").exit_code == 0
    (made / "wording" / "notes.md").unlink()
    run("review", "-m", made, "price", "--by", "Ben", "--on", "2026-05-03")
    assert "notes.own-wording" not in record.read_text("utf-8")  # what is nowhere any more is dropped


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("leash", "brief", "long"), ("brief", "long")),
        (("leash", "long", "brief"), ("long", "brief")),
        (("leash", "in brief", "fallback"), ("brief", "long")),
        (("notes", "standard", "standard"), ("standard", "standard")),
    ],
)
def test_alternatives_of_any_form_are_compared(tmp_path, words, ids):
    root = forms.build(tmp_path / "lib")
    told = json.loads(run("clauses", *words, "--compare", "--library", root, "--json").stdout)
    assert (told["before"], told["after"]) == ids
    assert ids[0] == ids[1] or any("{-" in line for line in told["words"])


def test_an_alternative_that_no_form_or_not_the_form_that_is_named_has_is_refused(tmp_path):
    made = matter(tmp_path)
    here = ("--library", tmp_path / "lib")
    for more in ((*here, "--form", "whole"), ("-m", made)):
        found = run("clauses", "leash", "brief", "long", "--compare", *more)
        assert (found.exit_code, "other-form" in found.stderr) == (1, True)
    none = run("clauses", "leash", "brief", "blue", "--compare", *here)
    assert "it has brief, short, long" in none.stderr  # those of the first form first


def test_a_question_that_only_the_other_form_asks_is_never_taken_for_what_is_like_it(tmp_path):
    made = matter(tmp_path, "short")
    found = run("explain", made, "note")  # the short form has a list of dogs, and a text of it might note something
    assert (found.exit_code, "the question 'note' belongs to the form 'whole'" in found.stderr) == (1, True)


def test_a_deviation_on_the_record_crosses_with_its_wording(tmp_path):
    made = matter(tmp_path)
    (tmp_path / "own.md").write_text("The walker may do without a leash.\n\n1. {#hold} held.\n", "utf-8")
    swapped = run("swap", made, "leash", "--wording", tmp_path / "own.md", "--allow-deviation", "--because", "Theirs.")
    assert swapped.exit_code == 0, swapped.output
    drafted = contract_of(made)
    assert run("convert", made, "--to", "short").exit_code == 0
    contract_of(made)  # nothing is asked a second time
    assert [swap.departs for swap in filing.recorded(made)] == [("II",), ("II",)]
    assert run("convert", made, "--to", "whole").exit_code == 0
    assert contract_of(made) == drafted
    for _ in range(3):
        assert run("convert", made, "--to", "short").exit_code == 0
        assert run("convert", made, "--to", "whole").exit_code == 0
    assert len(filing.recorded(made)) == 2  # there and back again adds nothing to the record
    assert contract_of(made) == drafted


def test_a_final_is_drafted_and_sent_after_a_change_of_form(sent):
    assert run("draft", sent, "--final", "-o", sent.parent / "f.docx").exit_code == 0
    assert run("send", sent, "--to", "town", "--final", "--on", "2026-05-02").exit_code == 0
    facts = json.loads((sent / "rounds" / "02-to-town" / "round.json").read_text("utf-8"))
    assert (facts["status"], facts["form"]) == ("final", "short")
