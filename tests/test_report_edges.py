"""What commands say of options, reviews, proofs, concessions and packets, and by what a packet's files are known."""

import io
import json
from pathlib import Path

import docx_text
import pytest
import test_memo
from commands import run
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from small import AGREEMENT, ANSWERS, POLICY, build, clause, draft, load

from drafter import contract
from drafter.base import manifest
from drafter.base.problems import DraftingError
from drafter.papers import matrix
from drafter.pdf import binding as papers
from drafter.pdf.binding import Cover, Part
from drafter.sending import packet
from drafter.word import matrix as matrices
from drafter.word import outgoing, package

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
HELD = "\n\n1. {#hold} it is held."
SHORT = f"short|preferred||II|The walker must use a leash:{HELD}"
LONG = f"long|fallback||II|The walker must use a leash, however long:{HELD}"


def drafter(*words):
    return run(*words, "--library", "lib")


def flat(text: str) -> str:
    return " ".join(text.split())


# -- check, options and review ------------------------------------------------------------------


def test_a_policy_without_anomalies_has_no_heading_for_them(place):
    heading = "In the policy's own text"
    assert heading in drafter("check", "matter").stdout
    build(place / "lib", policy=POLICY.partition("anomalies:")[0])
    result = drafter("check", "matter")
    assert (result.exit_code, heading in result.stdout) == (0, False)
    assert "1 of 1 requirements that apply are met" in result.stdout


def test_an_option_says_what_it_changes_or_that_nothing_does(place):
    tight = "tight|acceptable||II|The walker must use a leash, tightly:\n\n1. {#hold} it is held."
    build(place / "lib", clauses={"leash": clause("Leash", SHORT, tight, LONG)})
    told = drafter("options", "matter").stdout.splitlines()
    assert told[0] == "leash: short (preferred)"
    assert told[1].split() == ["tight", "(acceptable)", "every", "requirement", "as", "before"]
    assert flat(told[2]) == "long (fallback) II: met -> met by a fallback"


def test_the_wordings_to_read_stand_below_the_policys_words_until_they_are_recorded(place):
    told = drafter("review").stdout
    assert "II: The walker uses a leash.\n  The policy  “must use a leash”" in told
    assert "- leash.short, in lib/clauses/leash.md" in told
    assert "3 wordings to read. drafter review REQUIREMENT records" in told
    told = drafter("review", "II").stdout
    assert told.startswith("Recorded as reviewed: II.\nIII: The walker uses a muzzle.")
    assert "1 wording to read." in told
    assert drafter("review", "III").stdout.endswith("Every wording was reviewed.\n")
    assert (place / "lib" / "reviewed.yaml").exists()


def test_the_checks_that_a_proof_rests_on_are_named(place):
    text = clause("Notes", "early|preferred|starts < ends||A.", "open|fallback|not starts or not ends||B.")
    text = text.replace("not starts or not ends", "not (starts | answered and ends | answered)")
    build(place / "lib", clauses={"notes": text})
    result = run("prove", "lib")
    assert result.exit_code == 0
    assert "Because the questionnaire's checks refuse other answers: order." in result.stdout


# -- concessions --------------------------------------------------------------------------------


@pytest.mark.usefixtures("place")
def test_a_rejection_of_what_is_not_in_the_draft_changes_nothing():
    result = drafter("concede", "matter", "--reject", "leash:long")
    assert result.exit_code == 0
    assert result.stdout == "Nothing needs to change: no rejected wording is in the draft.\n"


def test_the_least_concession_is_shown_with_the_command_that_makes_it(place):
    build(place / "lib", clauses={"leash": clause("Leash", SHORT, LONG)})
    result = drafter("concede", "matter", "--reject", "leash:short")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 clause to change, 1 to a fallback (2 choices tried). Every requirement that")
    told = flat(result.stdout)
    assert "leash short (preferred) -> long (fallback) Because 'leash: short' is rejected Concedes Something." in told
    assert told.endswith("Command drafter swap matter leash long")
    assert drafter("swap", "matter", "leash", "long").exit_code == 0
    assert "Nothing needs to change" in drafter("concede", "matter", "--reject", "leash:short").stdout


def test_an_answer_that_would_help_is_supposed_and_no_command_is_offered_for_it(place):
    build(place / "lib", clauses={"notes": clause("Notes", "standard|preferred|||None.", when="leash == 'short'")})
    result = drafter("concede", "matter", "--reject", "leash:short")
    assert result.exit_code == 1
    told = flat(result.stdout)
    assert told.startswith("No choice of wordings complies with the present answers. In the way 'leash' would")
    assert "If the answer to leash were long, this would comply: 2 clauses to change, 1 to a fallback." in told
    assert "leash short (preferred) -> long (fallback) Because the answer to 'leash' decides it Concedes" in told
    assert "notes standard (preferred) -> left out Because the answer to 'leash' decides it" in told
    assert "Command" not in told
    assert told.endswith("An answer is a fact: an attorney confirms it. Nothing was changed.")


def test_a_requirement_in_the_way_is_quoted_and_that_nothing_helps_is_said(place):
    free = "free|fallback|||The dogs run free.\n\n1. {#hold} nothing is held."
    build(place / "lib", clauses={"leash": clause("Leash", SHORT, free)})
    result = drafter("concede", "matter", "--reject", "leash:short")
    assert result.exit_code == 1
    told = flat(result.stdout)
    assert "In the way II would not be met: The walker uses a leash. The policy II: “must use a leash”" in told
    assert told.endswith("No other single answer would help either.")


# -- a packet -----------------------------------------------------------------------------------


@pytest.fixture
def made(place):
    """Make a packet of the matter beside the small library, and return its folder."""
    (place / "lib" / "memo.md").write_text(test_memo.DOGS, "utf-8")
    run("packet", "matter", "-o", "made", "--on", "2026-05-12", "--library", "lib", PATH="/nowhere")
    assert (place / "made" / packet.CONTRACT).exists()
    return place / "made"


def other(place: Path, text: str = ANSWERS, **parts: str) -> str:
    """Draft another contract beside the packet, and return its name."""
    build(place / "lib", **parts)
    (place / "other.yaml").write_text(text, "utf-8")
    assert drafter("draft", "other.yaml", "-o", "other.docx").exit_code == 0
    return "other.docx"


def test_a_section_that_the_packet_lacks_is_named_by_its_heading(place, made):
    result = run("verify", made, other(place, ANSWERS + "bites: yes\n"))
    assert result.exit_code == 1
    assert "Muzzle: is not in the packet" in result.stdout


def test_a_section_that_stands_in_another_place_is_named(place, made):
    turned = AGREEMENT.replace("[dog, leash, muzzle, price]", "[dog, price, leash, muzzle]")
    told = json.loads(run("verify", made, other(place, agreement=turned), "--json").stdout)
    assert {"section": "1.3 Price", "what": "is in another place"} in told["sections"]


def test_of_many_lines_outside_the_sections_the_first_are_shown_and_the_rest_counted(place, made):
    lines = ", ".join(f"Line {number}" for number in range(1, 11))
    captioned = AGREEMENT.replace('caption: ["{{ town.name }}"]', f'caption: ["{{{{ town.name }}}}", {lines}]')
    result = run("verify", made, other(place, agreement=captioned))
    assert result.exit_code == 1
    assert "- + Line 8\n" in result.stdout
    assert "Line 9" not in result.stdout
    assert "- and 2 more lines" in result.stdout


def test_tracked_changes_and_comments_in_a_file_are_told(place, made):
    drafter("swap", "matter", "leash", "long")
    (place / "before.yaml").write_text(ANSWERS, "utf-8")
    redlined = drafter("redline", "before.yaml", "matter", "-o", "redline.docx", "--for", "board", "--on", "2026-05-12")
    assert redlined.exit_code == 0
    result = run("verify", made, "redline.docx")
    assert result.exit_code == 1
    told = flat(result.stdout)
    assert "Changes the file has tracked changes; it was read as if all were accepted" in told
    assert "Comments 1 comment in the file" in told


@pytest.mark.parametrize("facts", ["[]", "{}", '{"marks": [], "sections": [{"id": "a"}]}', "no JSON"])
def test_a_folder_whose_manifest_fits_but_that_is_no_packet_is_no_proof(place, made, facts):
    kept = {packet.CONTRACT: (made / packet.CONTRACT).read_bytes(), packet.FACTS: facts.encode()}
    (place / "odd").mkdir()
    for name, content in manifest.added(kept).items():
        (place / "odd" / name).write_bytes(content)
    result = run("verify", "odd", made / packet.CONTRACT)
    assert result.exit_code == 1
    assert "odd/packet.json: packet-changed: these aren't the facts of a packet" in result.stderr


@pytest.mark.parametrize(("short", "position"), [(SHORT, "preferred"), (SHORT.replace("{#hold} ", ""), "fallback")])
def test_the_opening_draft_keeps_a_wording_that_another_clause_points_into(tmp_path, short, position):
    library = load(tmp_path, clauses={"leash": clause("Leash", short, LONG)})
    selected = draft(library, ANSWERS + "alternatives: {leash: long}\n")[2]
    assert {s.id: s.position for s in contract.sections(packet.opening(selected))}["leash"] == position


def test_a_folder_without_a_manifest_has_no_hash(tmp_path):
    assert manifest.hash_of(tmp_path) == ""
    (tmp_path / manifest.FILE).write_text(manifest.to_text({"a": b"1"}), "utf-8")
    assert len(manifest.hash_of(tmp_path)) == 64


# -- the pages of a packet ----------------------------------------------------------------------


def pdf(change) -> bytes:
    """Make a PDF of two pages, each with an entry in the outline; `change` gets the writer before it is written."""
    out = PdfWriter()
    for number in range(2):
        out.add_blank_page(612, 792)
        out.add_outline_item(title=f"Page {number + 1}", page_number=number)
    change(out)
    data = io.BytesIO()
    out.write(data)
    return data.getvalue()


def merged(data: bytes) -> PdfReader:
    made = papers.merged([Part("First", pdf(lambda _: None)), Part("Memo", data)], None, title="All", language="en-US")
    return PdfReader(io.BytesIO(made), strict=True)


def test_a_page_keeps_the_size_that_it_had_from_the_pages_above_it():
    def wide(out: PdfWriter) -> None:
        tree = out.root_object["/Pages"].get_object()
        for page in out.pages:
            tree[NameObject("/MediaBox")] = page.pop("/MediaBox")
        tree["/MediaBox"][2] = tree["/MediaBox"][3]

    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in merged(pdf(wide)).pages]
    assert sizes == [(612, 792), (612, 792), (792, 792), (792, 792)]


def test_a_link_whose_destination_is_named_elsewhere_in_the_file_goes_to_its_page():
    def linked(out: PdfWriter) -> None:
        out.add_named_destination("last", 1)
        link = DictionaryObject(
            {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link")}
        )
        link[NameObject("/Dest")] = out._add_object(TextStringObject("last"))  # noqa: SLF001  # no public name
        out.pages[0][NameObject("/Annots")] = ArrayObject([out._add_object(link)])  # noqa: SLF001

    reader = merged(pdf(linked))
    (link,) = reader.pages[2]["/Annots"]
    assert link.get_object()["/Dest"][0].get_object() == reader.pages[3]


def test_an_outline_that_comes_back_to_itself_is_told_by_the_title_of_its_part():
    def circle(out: PdfWriter) -> None:
        last = out.root_object["/Outlines"]["/Last"].get_object()
        last[NameObject("/Next")] = out.root_object["/Outlines"].get_object().raw_get("/First")

    with pytest.raises(DraftingError) as caught:
        merged(pdf(circle))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("unreadable-file", "Memo")
    assert problem.message == "its PDF can't be read: an outline comes back to itself"


def test_a_part_that_is_no_pdf_is_told_before_the_cover_is_laid_out(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DraftingError) as caught:
        papers.assembled(
            Cover("Packet", "Dogs"), [Part("Memo", b"no PDF")], TEMPLATES / "packet.docx", language="en-US"
        )
    assert [(p.code, str(p.place)) for p in caught.value.problems] == [("unreadable-file", "Memo")]


# -- Word files ---------------------------------------------------------------------------------


def test_what_leaves_has_tracking_on_once_though_the_template_has_it_on(place):
    data = outgoing.tracked((TEMPLATES / "agreement.docx").read_bytes())
    (place / "firm.docx").write_bytes(data)
    result = drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01", "--template", "firm.docx")
    assert result.exit_code == 0, result.stderr
    sent = (place / "matter/rounds/01-to-kennel/outgoing/contract.docx").read_bytes()
    assert docx_text.parts(sent)["word/settings.xml"].count(b"trackRevisions") == 1
    assert outgoing.tracked(data) == data


def table(tmp_path) -> matrix.Matrix:
    drafted, coverage, selected = draft(load(tmp_path / "lib"))
    return matrix.make(drafted, coverage, selected, ())


def test_a_matrix_template_without_a_style_is_refused_by_its_name(tmp_path):
    parts = package.unpack((TEMPLATES / "matrix.docx").read_bytes())
    styles = parts["word/styles.xml"].replace(b'w:val="Matrix Words"', b'w:val="Matrix Wards"')
    (tmp_path / "matrix.docx").write_bytes(package.pack(parts | {"word/styles.xml": styles}))
    with pytest.raises(DraftingError) as caught:
        matrices.to_docx(table(tmp_path), tmp_path / "matrix.docx")
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("missing-style", "the template has no style 'Matrix Words'")


@pytest.mark.parametrize("content", [None, b"no Word file"])
def test_a_matrix_template_that_can_not_be_read_is_told(tmp_path, content):
    if content is not None:
        (tmp_path / "matrix.docx").write_bytes(content)
    with pytest.raises(DraftingError) as caught:
        matrices.to_docx(table(tmp_path), tmp_path / "matrix.docx")
    (problem,) = caught.value.problems
    assert problem.code == "unreadable-template"
    assert problem.message.startswith("the template can't be read: ")
