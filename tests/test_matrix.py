"""The matrix says of every requirement its words, status, place, wording and authority; what is unread is marked."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx_text
import generated
import pytest
import small
from commands import matter, run

from drafter.base.problems import DraftingError
from drafter.documents import matrix_docx
from drafter.drafting import compliance, options
from drafter.papers import matrix
from drafter.reading import own_wordings
from drafter.reading.reviewing import naming
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "matrix.docx"


QUOTE = "quote: must use a leash"
OWN = """---
satisfies: [II]
says: {II: [The walker must use a rope.]}
---
The walker must use a rope.

1. {#hold} held.
"""


def made(tmp_path, text: str = small.ANSWERS, **parts) -> matrix.Matrix:
    return matrix.of(small.made(small.read(small.load(tmp_path, **parts)), text))


def test_a_row_says_words_status_place_wording_and_authority(tmp_path):
    row = made(tmp_path).rows[0]
    assert (row.id, row.quote, row.status) == ("II", "must use a leash", "met")
    assert (row.sections, row.places) == (("1.2",), ("1.2 Leash",))
    assert (row.wordings, row.authorities) == (("leash: short (preferred)",), ("Policy 7",))


def test_every_status_says_why(tmp_path):
    rows = {row.id: row for row in made(tmp_path, small.ANSWERS + "leash: long\nlength: 6\n").rows}
    assert rows["II"].status == "met by a fallback"
    assert (rows["III"].status, rows["III"].why) == ("does not apply", "because it applies only when: a dog bites")
    assert rows["III"].wordings == rows["III"].places == ()
    assert (rows["I"].status, rows["I"].level) == ("nothing to draft", "info")


def test_a_requirement_is_not_met_while_a_section_that_says_it_has_a_blank(tmp_path):
    text = small.ANSWERS + "leash: long\n"
    row = made(tmp_path, text).rows[0]
    assert row.status == "said by a fallback"
    assert row.why == "blank: Length; not met while a section that says it has a blank"
    drafted = small.made(small.read(small.load(tmp_path)), text)
    assert drafted.statuses["II"] == "said by a fallback"
    (public,) = (row for row in drafted.public_coverage.rows if row.requirement.id == "II")
    assert (public.status, public.remarks[-1]) == ("said", "not met while a section that says it has a blank")


def test_a_blank_where_another_clause_must_say_a_part_holds_a_requirement_back_too(tmp_path):
    parts = {
        "policy": small.saying("III", "The walker must use a muzzle.", {"clause": "list", "rows": "dogs"}),
        "questionnaire": small.QUESTIONNAIRE.replace(
            "prompt: The dog's name?,", "prompt: The dog's name?, optional: true,"
        ),
    }
    text = small.ANSWERS + "bites: yes\n"
    assert made(tmp_path / "a", text, **parts).rows[1].status == "met"
    unnamed = text.replace("{name: Bit, size", "{size")
    assert made(tmp_path / "b", unnamed, **parts).rows[1].status == "said"


def test_a_requirement_that_the_matters_own_wording_says_needs_a_persons_judgement(tmp_path):
    own = tmp_path / "leash.md"
    own.write_text(OWN, "utf-8")
    library = own_wordings.added_to(small.load(tmp_path / "lib"), {"leash.md": own})
    row = matrix.of(small.made(library, small.ANSWERS + "alternatives: {leash: own-wording}\n")).rows[0]
    assert (row.status, row.tone) == ("needs a person's judgement", "mixed")
    assert "it is said in the matter’s own wording, which no attorney has recorded as read" in row.why
    assert row.status not in compliance.UNMET


def test_what_limits_a_requirement_that_is_met_is_said_beside_it(tmp_path):
    text = "The walker must use a muzzle. It may be soft."
    clause = small.clause("Muzzle", f"standard|preferred||III|{text}", when="bites")
    declared = "exceptions:\n  - {sentence: It may be soft., because: Dogs eat., limits: [III]}\nalternatives:"
    clauses = {"muzzle": clause.replace("alternatives:", declared)}
    row = made(tmp_path, small.ANSWERS + "bites: yes\n", clauses=clauses).rows[1]
    assert (row.status, row.why) == ("met", "limited by Section 1.3: Dogs eat")


def test_one_reason_for_several_sentences_limits_a_requirement_once(tmp_path):
    text = "The walker must use a muzzle. It may be soft. It may be loose."
    clause = small.clause("Muzzle", f"standard|preferred||III|{text}", when="bites")
    limits = "because: Dogs eat., limits: [III]}"
    declared = f"exceptions:\n  - {{sentence: It may be soft., {limits}\n  - {{sentence: It may be loose., {limits}\n"
    clauses = {"muzzle": clause.replace("alternatives:", f"{declared}alternatives:")}
    row = made(tmp_path, small.ANSWERS + "bites: yes\n", clauses=clauses).rows[1]
    assert (row.limits, row.why) == (("limited by Section 1.3: Dogs eat",), "limited by Section 1.3: Dogs eat")


def test_an_authority_to_verify_is_marked(tmp_path):
    authorities = small.AUTHORITIES.replace("confidence: A", "confidence: C, verify: true")
    assert made(tmp_path, authorities=authorities).rows[0].authorities == ("Policy 7 (to be verified)",)


def test_every_section_that_meets_a_requirement_is_named_by_itself(tmp_path):
    more = small.clause("More", "standard|preferred||II|A walker must use a leash.")
    agreement = small.AGREEMENT.replace("clauses: [list]", "clauses: [list, more, again]")
    row = made(tmp_path, agreement=agreement, clauses={"more": more, "again": more.replace("More", "Again")}).rows[0]
    assert row.places == ("1.2 Leash", "Exhibit A-2, More", "Exhibit A-3, Again")
    assert row.sections == ("1.2", "Exhibit A-2", "Exhibit A-3")


def test_the_public_sees_no_wording_no_position_and_no_doubt(tmp_path):
    authorities = small.AUTHORITIES.replace("confidence: A", "confidence: C, verify: true")
    internal = made(tmp_path, small.ANSWERS + "leash: long\nlength: 6\n", authorities=authorities)
    row = matrix.public(internal).rows[0]
    assert (row.status, row.why, row.wordings, row.authorities) == ("met", "", (), ("Policy 7",))
    assert internal.rows[0].authorities == ("Policy 7 (to be verified)",)
    assert matrix.columns(internal) == matrix.COLUMNS
    assert matrix.columns(matrix.public(internal)) == tuple(c for c in matrix.COLUMNS if c != "Wording")


# -- files --------------------------------------------------------------------------------------


def test_the_csv_has_every_row_and_no_formula(tmp_path):
    policy = small.POLICY.replace("A walker must use", "A walker =must use").replace(QUOTE, "quote: =must use a leash")
    rows = list(csv.DictReader(io.StringIO(matrix.to_csv(made(tmp_path, policy=policy)))))
    assert [row["Id"] for row in rows] == ["II", "III", "I"]
    assert rows[0]["What it asks"] == "'=must use a leash"
    assert (rows[0]["Source status"], rows[0]["Source date"]) == ("adopted", "January 2, 2026")


def test_the_word_file_has_every_row_in_the_templates_styles_and_the_same_bytes(tmp_path):
    table = made(tmp_path)
    document = matrix_docx.write(table, TEMPLATE)
    assert document == matrix_docx.write(table, TEMPLATE)
    told = docx_text.plain_text(document)
    for row in table.rows:
        assert row.asks in told
        assert row.id in told
    assert "“must use a leash”" in told
    assert "adopted, January 2, 2026" in told
    xml = package.unpack(document)["word/document.xml"].decode()
    assert "MatrixGood" in xml
    assert "tblHeader" in xml


def test_the_template_is_what_its_script_builds():
    import runpy

    assert runpy.run_path(str(ROOT / "templates" / "build_matrix.py"))["build"]() == TEMPLATE.read_bytes()


@pytest.mark.parametrize("kind", ["docx", "html", "csv", "pdf"])
def test_check_writes_the_matrix(kind, tmp_path, monkeypatch):
    matter(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = run("check", "matter", "--library", "lib", "-o", f"matrix.{kind}")
    assert result.exit_code == 0
    assert (tmp_path / f"matrix.{kind}").read_bytes()[:4] in (b"PK\3\4", b"<!DO", b"\xef\xbb\xbfS", b"%PDF")
    assert run("check", "matter", "--library", "lib", "-o", "matrix.txt").exit_code == 2


def test_a_matrix_template_without_a_style_is_refused_by_its_name(tmp_path):
    parts = package.unpack(TEMPLATE.read_bytes())
    styles = parts["word/styles.xml"].replace(b'w:val="Matrix Mixed"', b'w:val="Matrix Maxed"')
    (tmp_path / "matrix.docx").write_bytes(package.pack(parts | {"word/styles.xml": styles}))
    with pytest.raises(DraftingError) as caught:
        matrix_docx.write(made(tmp_path / "lib"), tmp_path / "matrix.docx")
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("missing-style", "the paragraph style 'Matrix Mixed' is missing")


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (None, "missing-file", "there is no such file"),
        (b"no Word file", "unreadable-template", "the template can't be read: it is not a Word file (.docx)"),
    ],
)
def test_a_matrix_template_that_can_not_be_read_is_refused(tmp_path, content, code, message):
    if content is not None:
        (tmp_path / "matrix.docx").write_bytes(content)
    with pytest.raises(DraftingError) as caught:
        matrix_docx.write(made(tmp_path / "lib"), tmp_path / "matrix.docx")
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == (code, message)


# -- options, and the library turned round ------------------------------------------------------


def test_an_option_says_what_it_does_to_the_requirements_and_which_blanks_it_adds(tmp_path):
    [(choice, [option])] = options.options(small.made(small.load(tmp_path)))
    assert (choice.alternative.id, option.alternative.id) == ("short", "long")
    assert option.changes == (("II", "met", "met by a fallback"),)
    assert option.blanks == ("Length",)


def test_an_option_that_leaves_a_reference_to_nothing_says_so(tmp_path, monkeypatch):
    leash = small.CLAUSES["leash"].replace("1. {#hold} held.", "1. held.")
    matter(tmp_path)
    (tmp_path / "lib" / "clauses" / "leash.md").write_text(leash, "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("options", "matter", "--library", "lib")
    assert result.exit_code == 0
    assert "can't be drafted with these answers" in " ".join(result.stdout.split())
    [told] = json.loads(run("options", "matter", "--library", "lib", "--json").stdout)
    assert "leash.hold" in told["options"][0]["forbidden"]


def test_an_option_says_the_reminders_that_it_sets_off(place):
    check = "  - {id: long, holds: leash == 'short', questions: [leash], message: It is long., level: reminder}\n"
    small.build(place / "lib", questionnaire=small.QUESTIONNAIRE + check)
    told = run("options", "matter", "--library", "lib").stdout
    assert "Reminder: It is long." in " ".join(told.split())
    found = json.loads(run("options", "matter", "--library", "lib", "--json").stdout)
    options = {one["alternative"]: one["found"] for clause in found for one in clause["options"]}
    assert [problem["message"] for problem in options["long"]] == ["It is long."]


def test_an_option_says_what_it_changes_or_that_nothing_does(place):
    held = ":\n\n1. {#hold} it is held."
    short = f"short|preferred||II|The walker must use a leash{held}"
    tight = f"tight|acceptable||II|The walker must use a leash, tightly{held}"
    long = f"long|fallback||II|The walker must use a leash, however long{held}"
    leash = small.clause("Leash", short, tight, long)
    small.build(place / "lib", policy=small.saying_as("II", leash), clauses={"leash": leash})
    told = run("options", "matter", "--library", "lib").stdout.splitlines()
    assert told[0] == "leash: short (preferred)"
    assert told[1].split() == ["tight", "(acceptable)", "every", "requirement", "as", "before"]
    assert " ".join(told[2].split()) == "long (fallback) II: said -> said by a fallback"


def test_the_library_is_turned_round(tmp_path, monkeypatch):
    matter(tmp_path)
    monkeypatch.chdir(tmp_path)
    told = json.loads(run("clauses", "--by", "requirement", "--library", "lib", "--json").stdout)
    assert [(row["id"], [m["alternative"] for m in row["met_by"]]) for row in told] == [
        ("II", ["short", "long"]), ("III", ["standard"]), ("I", []),
    ]  # fmt: skip
    assert "> leash: short" in run("clauses", "--by", "requirement", "-m", "matter", "--library", "lib").stdout


def test_a_paragraph_that_is_divided_is_answered_with_its_requirements():
    (problem,) = naming.unknown(generated.real_library(), ["IV.F"])
    assert problem.hint == "it is divided into IV.F(a), IV.F(b), IV.F(c)"
    (problem,) = naming.unknown(generated.real_library(), ["IV.Fx"])
    assert problem.hint.startswith("did you mean '")


def test_our_own_words_have_the_marks_that_print_has():
    drafted = small.made(generated.real_library(), generated.example("st-louis-park"))
    found = matrix.public(matrix.of(drafted))
    ours = [row.asks for group in found.groups for row in group.rows]
    ours += [words for group in found.groups for _, *both in group.anomalies for words in both]
    assert {words for words in ours if '"' in words or "'" in words} == set()
    assert any("“School” is defined" in words for words in ours)
