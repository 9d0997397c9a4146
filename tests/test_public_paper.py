"""The matrix and a redline's notes as the public reads them: counted alike, remarks by line, no ids of ours."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import replace
from pathlib import Path

import docx_text
import generated
import pytest
import small

from drafter import language
from drafter.comparing import marked, redline, sentences
from drafter.documents import matrix_docx
from drafter.papers import in_html, matrix, remarks
from drafter.reading.memo.memo_text import asks_for
from drafter.reading.sources import source

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "matrix.docx"
NAMELESS = """\
  - id: head
    text: The first page.
  - id: deep
    number: IV.
    text: The words.
  - id: lead
    text: This goes on.
  - id: bullet-1
    called: IV, first bullet
    text: One more.
requirements:
"""
SLIPS = "anomalies:\n  - {id: slips, paragraphs: [head, deep, lead, bullet-1], text: Slips., handling: Shown.}\n"


def made(tmp_path, text: str = small.ANSWERS, **parts) -> matrix.Matrix:
    drafted, coverage, selected = small.draft(small.load(tmp_path, **parts), text)
    return matrix.make(drafted, coverage, selected, small.ALL_READ)


# -- the matrix ---------------------------------------------------------------------------------


def test_a_row_that_asks_nothing_is_no_requirement_and_is_said_apart(tmp_path):
    table = made(tmp_path)
    assert [row.id for row in table.rows] == ["II", "III", "I"]
    [group] = table.groups
    assert (group.count, group.quiet) == ("2 requirements", "I")
    assert group.summary == {"met": 1, "does not apply": 1}
    for shown in (docx_text.plain_text(matrix_docx.write(table, TEMPLATE)), in_html.matrix_page(table)):
        assert "2 requirements: 1 met; 1 does not apply." in " ".join(shown.replace("\xa0", " ").split())
        assert "Listed for information, since nothing is asked of a contract there: I." in shown.replace("\xa0", " ")
    [public] = matrix.public(table).groups
    assert (public.count, public.quiet) == ("2 requirements", "I")


def test_of_several_requirements_the_status_is_in_the_plural(tmp_path):
    [group] = made(tmp_path).groups
    assert replace(group, rows=group.rows * 2).counts == "2 met; 2 do not apply"
    assert group.counts == "1 met; 1 does not apply"


def test_paragraphs_are_called_by_their_numbers_and_never_by_an_id_alone(tmp_path):
    text = small.POLICY.replace("requirements:\n", NAMELESS, 1)
    text = text[: text.index("anomalies:")] + SLIPS
    first = text.index("  - id: I\n")
    table = made(tmp_path, policy=text[:first] + text[first:])
    [(paragraphs, *_)] = table.groups[0].anomalies
    assert paragraphs == "III, without a number; IV; IV, without a number; IV, first bullet"


@pytest.mark.parametrize("name", ["st-louis-park", "st-louis-park-declined", "minimal"])
def test_no_id_of_ours_is_in_the_matrix(name):
    drafted = small.made(generated.real_library(), (ROOT / "examples" / name / "answers.yaml").read_text("utf-8"))
    library = drafted.library
    ids = {paragraph.id for paragraph in library.policy.paragraphs if not paragraph.number}
    table = matrix.of(drafted)
    shown = docx_text.plain_text(matrix_docx.write(table, TEMPLATE))
    assert len(ids) > 10
    assert {one for one in ids if one in shown} == set()
    called = [paragraphs for paragraphs, *_ in table.groups[0].anomalies]
    assert "Heading" in called
    assert any(paragraphs.startswith("IV.D, lead-in; IV.D, first bullet") for paragraphs in called)


def test_a_paragraph_before_the_first_number_is_the_heading(tmp_path):
    library = small.load(tmp_path)
    title = source.Paragraph(id="title-page", text="DOGS")
    under = replace(library.policy, paragraphs=(title, *library.policy.paragraphs))
    assert under.called("title-page") == "heading"
    assert under.listed(("title-page", "I")) == "heading, I"


def test_remarks_on_a_requirement_are_lines_of_their_own(tmp_path):
    words = "The walker must use a muzzle. It may be soft. It may be blue."
    declared = "".join(
        f"  - {{sentence: It may be {how}., because: Dogs like {how}., limits: [III]}}\n" for how in ("soft", "blue")
    )
    clause = small.clause("Muzzle", f"standard|preferred||III|{words}", when="bites")
    clauses = {"muzzle": clause.replace("alternatives:", f"exceptions:\n{declared}alternatives:")}
    table = made(tmp_path, small.ANSWERS + "bites: yes\n", clauses=clauses)
    lines = ("limited by Section 1.3: Dogs like soft", "limited by Section 1.3: Dogs like blue")
    for shown in (table, matrix.public(table)):
        assert shown.rows[1].remarks == lines
        document = docx_text.to_lines(matrix_docx.write(shown, TEMPLATE))
        assert [line for line in document if any(line.replace("\xa0", " ").endswith(one) for one in lines)] != []
        assert not any(all(one.rpartition(" ")[2] in line for one in lines) for line in document)
        assert in_html.matrix_page(shown).count("<li>limited by") == 2
    rows = list(csv.DictReader(io.StringIO(matrix.to_csv(table))))
    assert rows[1]["Because"].split("\n") == list(lines)


def test_memo_and_matrix_agree_on_what_is_only_said():
    drafted = small.made(generated.real_library(), "{}\n")
    public = {row.id: row.status for row in matrix.public(matrix.of(drafted)).rows}
    coverage = {row.requirement.id: row.status for row in drafted.public_coverage.rows}
    merged = {"met by a fallback": "met", "deviates": "not met", "missing": "not met"}
    assert public == {name: merged.get(status, status) for name, status in coverage.items()}


# -- the sentences that changed -----------------------------------------------------------------


def changed(tmp_path, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences removed and added where the wording of a clause is replaced."""
    sides = []
    for name, words in (("old", old), ("new", new)):
        clause = small.clause("More", f"standard|preferred|||{words}")
        agreement = small.AGREEMENT.replace("clauses: [list]", "clauses: [list, more]")
        sides.append(small.draft(small.load(tmp_path / name, agreement=agreement, clauses={"more": clause}))[0])
    [section] = [s for s in marked.sections(redline.compare(*sides)) if s.of.shown.id == "more"]
    return sentences.changed(section)


def test_only_the_sentences_that_changed_are_found(tmp_path):
    removed, added = changed(tmp_path, "A walk is long. It is slow. It ends.", "A walk is long. It is fast. It ends.")
    assert (removed, added) == (("It is slow.",), ("It is fast.",))


def test_a_sentence_that_only_moved_is_neither_removed_nor_added(tmp_path):
    assert changed(tmp_path, "One goes. Two goes.\n\nThree goes.", "Three goes.\n\nTwo goes. One goes.") == ((), ())


def test_another_kind_of_quotation_mark_is_no_change(tmp_path):
    assert changed(tmp_path, "The dog's walk. It ends.", "The dog’s walk. It goes on.") == (
        ("It ends.",),
        ("It goes on.",),
    )


def test_a_sentence_that_is_there_twice_is_removed_once(tmp_path):
    assert changed(tmp_path, "One goes. One goes.", "One goes.") == (("One goes.",), ())


def test_a_short_form_with_a_full_stop_ends_no_sentence(tmp_path):
    removed, added = changed(tmp_path, "It is in St. Bark. It ends.", "It was in St. Bark. It ends.")
    assert (removed, added) == (("It is in St. Bark.",), ("It was in St. Bark.",))


def test_a_row_of_a_table_is_one_sentence(tmp_path):
    table = "| Item | Cost |\n|---|---|\n| Leash | {} |"
    removed, added = changed(tmp_path, table.format("Five. Or six."), table.format("Ten."))
    assert (removed, added) == (("Leash | Five. Or six.",), ("Leash | Ten.",))


# -- the notes to a redline ---------------------------------------------------------------------


def board(*names: str) -> tuple[remarks.Known, ...]:
    """Return two examples, in the comprehensive form, as the sides of a redline."""
    drafts = (small.made(generated.real_library(), generated.example(name)) for name in names)
    return tuple(remarks.Known(one.contract, one.selection, one.public_coverage) for one in drafts)


def test_a_note_for_the_board_says_what_changed_and_never_how_many_words():
    base, revised = board("st-louis-park", "st-louis-park-declined")
    made_ = redline.compare(base.contract, revised.contract)
    notes = remarks.remarks(made_, base, revised, "board")
    assert notes["records-audit"].startswith("Added: The City’s records must also support each amount")
    assert notes["termination-convenience"].startswith("“30” is now “60”.")
    assert not any("words added" in note for note in notes.values())
    told = remarks.remarks(made_, base, revised, "board", said={"records-audit": "Plain."})
    assert told["records-audit"].startswith("Plain.")
    assert "Added:" not in told["records-audit"]


def test_a_note_for_the_board_claims_no_more_than_has_been_read():
    base, revised = board("st-louis-park", "st-louis-park-declined")
    notes = remarks.remarks(redline.compare(base.contract, revised.contract), base, revised, "board")
    assert "IV.F(c) is said, by Section 7.4, in words not yet read by an attorney." in notes["prone-restraint"]
    assert not any("is met" in note for note in notes.values())


@pytest.mark.parametrize("form", ["standard", "comprehensive"])
def test_every_wording_of_a_clause_that_has_several_has_a_plain_sentence(form):
    library = generated.real_library(form)
    assert library.memo is not None
    entries = [entry for entry in library.memo.sections if entry.when is not None]
    several = [clause for clause in library.clauses.values() if len(clause.alternatives) > 1]
    assert len(several) > {"standard": 15, "comprehensive": 40}[form]
    for clause in several:
        said = [entry.when for entry in entries if entry.about == clause.id]
        for wording in clause.alternatives:
            for answered in answered_each_way(library, said, wording.when):
                scope = {**answered, asks_for(clause.id): wording.id}
                assert any(language.holds(when, scope) for when in said), (clause.id, scope)


def answered_each_way(library, said, when):
    """Yield all the answers that what is said of a clause reads, of those with which a wording is in the contract."""
    read = sorted(frozenset().union(*map(language.names, said)) & library.questionnaire.questions.keys())
    options = [[option.value for option in library.questionnaire.questions[name].options] for name in read]
    for values in itertools.product(*options):
        answered = dict(zip(read, values, strict=True))
        if when is None or not language.names(when) <= answered.keys() or language.holds(when, answered):
            yield answered
