"""A packet may show the sections that changed, each whole, with its changes marked and what is said of it."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path

import docx_changes
import docx_text
import generated
import pytest
import small
from commands import run
from pypdf import PdfReader
from test_packet_pdf import made as pdf

from drafter import contract
from drafter.comparing import lines, marked, redline
from drafter.contract import Article, Contract, Exhibit, Paragraph, Section, SignatureBlock, Table, Text
from drafter.documents import changes_docx
from drafter.papers import changed, changed_sections
from drafter.papers.changed_sections import ChangedSections, Told
from drafter.papers.remarks import How, Known
from drafter.pdf import office
from drafter.pdf.finishing import finish
from drafter.reading import loading
from drafter.sending import packet
from drafter.word.oxml.changes import Stamp

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE, EXAMPLES = ROOT / "templates" / "changes.docx", ROOT / "examples"
NAMES = ("st-louis-park", "st-louis-park-declined")
STAMP = Stamp("A. B.", "2026-05-26")
NOTHING = Told((), {}, {})


def text(words: str) -> contract.Runs:
    return (Text(words),)


def section(name: str, number: str, heading: str, *words: str) -> Section:
    blocks = tuple(Paragraph(text(line)) for line in words)
    return Section(name, number, heading, "x", "preferred", (), (), "x.md", blocks)


def agreement(*sections: Section, more: tuple[Section, ...] = (), exhibits: tuple[Exhibit, ...] = ()) -> Contract:
    articles = (Article("one", "1", "One", sections), Article("two", "2", "Two", more))
    signature = SignatureBlock(text("The Town"), (), ())
    return Contract("Title", (text("July 1, 2026"),), (), (), articles, (signature,), exhibits)


KEPT = section("kept", "1.1", "Kept", "This one stays as it was.")
NUMBERED = replace(section("walk", "1.2", "Walks", ""), blocks=(
    Paragraph(text("The walker must:")),
    Paragraph(text("use a leash;"), "item", "(a)"),
    Paragraph(text("use a muzzle; and"), "item", "(b)"),
    Paragraph(text("tell the town:"), "item", "(c)"),
    Paragraph(text("at once."), "subitem", "(i)"),
    Table((text("Item"), text("Figure")), ((text("Leash"), text("6 feet")),)),
))  # fmt: skip
LONGER = replace(NUMBERED, blocks=(*NUMBERED.blocks[:-1], Table(
    (text("Item"), text("Figure")), ((text("Leash"), text("9 feet")), (text("Muzzle"), text("one")))
)))  # fmt: skip


def shown(base: Contract, revised: Contract, told: Told = NOTHING) -> ChangedSections:
    known = (Known(base, public_name="the draft of May 1, 2026"), Known(revised))
    return changed_sections.make(redline.compare(base, revised), *known, told)


def said(line: lines.Line) -> str:
    return "".join(f"[{mark}: {words}]" if mark != "kept" else words for mark, words in lines.pieces(line))


def headings(made: ChangedSections) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(said(g.title), [(said(s.heading), s.state) for s in g.sections]) for g in made.groups]


# -- which sections are shown, and what is said of them -----------------------------------------


@pytest.mark.parametrize(
    ("revised", "wanted"),
    [
        (
            agreement(KEPT, replace(NUMBERED, blocks=NUMBERED.blocks[:-1])),
            ("1.2 Walks", "“Item” is gone. “Figure” is gone. “Leash” is gone. “6 feet” is gone."),
        ),
        (agreement(KEPT, LONGER), ("1.2 Walks", "“6” is now “9”. “Muzzle” is new. “one” is new.")),
        (agreement(KEPT), ("[deleted: 1.2 ][deleted: Walks]", "This section is left out.")),
        (
            agreement(KEPT, section("new", "1.2", "New", "It is new."), replace(NUMBERED, number="1.3")),
            ("[inserted: 1.2 ][inserted: New]", "This section is new."),
        ),
        (
            agreement(KEPT, replace(NUMBERED, number="1.2", heading="Walking")),
            (
                "1.2 [deleted: Walks][inserted: Walking]",
                "It was Section 1.2, Walks, in the draft of May 1, 2026. “Walks” is now “Walking”.",
            ),
        ),
    ],
    ids=["table gone", "table", "left out", "new", "renamed"],
)
def test_a_section_that_changed_is_shown_alone_with_what_became_of_it(revised, wanted):
    ((title, inside),) = headings(shown(agreement(KEPT, NUMBERED), revised))
    assert title == "Article 1. One"
    assert inside == [wanted]


def test_one_that_moved_is_shown_once_where_it_is_now_with_only_its_words_marked():
    moving = section("moves", "1.2", "Leash", "The walker must use a leash of six feet on each Dog.")
    now = replace(section("moves", "2.1", "Leash", "The walker must use a leash of nine feet on each Dog."))
    made = shown(agreement(KEPT, moving), agreement(KEPT, more=(now,)))
    ((title, ((heading, state),)),) = headings(made)
    assert (title, heading) == ("Article 2. Two", "2.1 Leash")
    assert state == (
        "This section has moved. It was Section 1.2, Leash, in the draft of May 1, 2026. “six” is now “nine”."
    )
    (block,) = made.groups[0].sections[0].blocks
    assert said(block.line) == ("The walker must use a leash of [deleted: six][inserted: nine] feet on each Dog.")


def test_exhibits_the_cover_signatures_and_titles_are_shown_where_they_changed():
    exhibit = Exhibit("map", "A", "Map", (section("map", "", "Map", "A map of the park."),))
    base = agreement(KEPT, exhibits=(exhibit,))
    revised = replace(
        agreement(KEPT),
        caption=(text("July 1, 2027"),),
        articles=(Article("one", "1", "First", (KEPT,)), base.articles[1]),
        signatures=(SignatureBlock(text("The City"), (), ()),),
    )
    found = headings(shown(base, revised))
    assert found == [
        ("Cover", [("", "")]),
        ("Article 1. [deleted: One][inserted: First]", []),
        ("Signatures", [("", "")]),
        ("[deleted: Exhibit A. ][deleted: Map]", [("", "This section is left out.")]),
    ]


def test_a_section_without_a_heading_has_that_of_the_section_above_it():
    base = agreement(KEPT, section("more", "1.2", "", "It ends in June."), section("gone", "1.3", "", "It is free."))
    revised = agreement(KEPT, section("more", "1.2", "", "It ends in July."), section("new", "1.3", "", "It costs $5."))
    [(_, found)] = headings(shown(base, revised))
    assert [heading for heading, _ in found] == [
        "1.2 Kept", "[deleted: 1.3 ][deleted: Kept]", "[inserted: 1.3 ][inserted: Kept]",
    ]  # fmt: skip


def test_a_section_in_which_only_a_number_changed_is_named_and_not_shown():
    def pointing(number: str) -> Section:
        runs = (Text("See Section "), contract.Reference(number, "walk"), Text("."))
        return replace(KEPT, blocks=(Paragraph(runs),))

    base = agreement(pointing("1.2"), NUMBERED)
    between = section("new", "1.2", "New", "It is new.")
    made = shown(base, agreement(pointing("1.3"), between, replace(NUMBERED, number="1.3")))
    assert headings(made) == [("Article 1. One", [("[inserted: 1.2 ][inserted: New]", "This section is new.")])]
    assert made.summary == (
        "The contract is compared with the draft of May 1, 2026. Changed: 1 section of 3.",
        f"Each section that changed follows whole. {changed_sections.MARKED}",
        "Only numbers of other sections changed in Section 1.1, Kept.",
    )


def test_a_recital_in_which_only_a_number_changed_is_called_one():
    def pointing(number: str) -> Section:
        runs = (Text("See Section "), contract.Reference(number, "walk"), Text("."))
        return replace(section("why", "", "Policy 507.5"), blocks=(Paragraph(runs),))

    base = replace(agreement(KEPT, NUMBERED), recitals=(pointing("1.2"),))
    revised = replace(agreement(replace(NUMBERED, number="1.1"), KEPT), recitals=(pointing("1.1"),))
    assert shown(base, revised).summary[-1] == "Only numbers of other sections changed in Policy 507.5 (Recitals)."


def test_a_section_whose_plain_words_do_not_tell_the_change_is_told_in_sentences():
    long = f"It must be {'very, ' * 40}red."
    words = "Each walk ends at the gate of the park. Each dog has a leash of six feet."
    old, new = section("walk", "1.1", "Walks", words), section("walk", "1.1", "Walks", f"{words} {long}")
    added = f"Added: {long}"
    line = changed.Change("walk", "1.1", "Walks", How("", added=(long,)), text("Dogs walk."))
    told = [changed.Changes("One", (replace(line, how=How()),)), changed.Changes("One", (line,))]
    both = [shown(agreement(old), agreement(new), Told((one,), {}, {})).groups[0].sections[0] for one in told]
    assert [added in one.state for one in both] == [False, True]
    [same] = shown(agreement(old), agreement(new), Told((told[0],), {"walk": "Dogs walk."}, {})).groups[0].sections
    assert (same.said, same.now, added in same.state) == ("", (), True)
    assert added in shown(agreement(old), agreement(new)).groups[0].sections[0].state


def test_where_nothing_changed_it_is_said():
    made = shown(agreement(KEPT), agreement(KEPT))
    assert (made.groups, made.summary) == (
        (),
        ("The contract is compared with the draft of May 1, 2026. No section changed.",),
    )


def test_sections_that_are_left_out_are_not_counted_among_those_of_the_contract():
    others = section("other", "1.2", "Other", "One."), section("third", "1.3", "Third", "Two.")
    new = section("new", "1.1", "New", "All is new.")
    for base, revised, counted in (
        ((KEPT, *others), (new,), "Changed: 1 section of 1. Left out: 3 sections."),
        ((KEPT, *others), (KEPT, others[0]), "Left out: 1 section."),
    ):
        first, *_ = shown(agreement(*base), agreement(*revised)).summary
        assert first == f"The contract is compared with the draft of May 1, 2026. {counted}"


def test_what_is_added_by_a_new_section_is_its_text_and_not_its_heading():
    (group,) = changed.changes(redline.compare(agreement(KEPT), agreement(KEPT, section("new", "1.2", "New", "Text."))))
    assert [(line.heading, line.added) for line in group.lines] == [("New", ("Text.",))]


def test_what_a_section_said_before_is_the_sentence_of_its_wording_and_never_an_answer(tmp_path):
    entries = (
        "  - {clause: leash, when: wording.leash == 'short', text: The leash is short.}\n"
        "  - {clause: leash, when: wording.leash == 'long', text: 'It is {{ length }} feet.'}\n"
        "  - {clause: muzzle, when: bites, text: A muzzle.}\n"
        "  - {clause: muzzle, text: No muzzle.}\n"
    )
    small.build(tmp_path)
    (tmp_path / "memo.md").write_text(generated.memo(f"costs: []\nsections:\n{entries}"), "utf-8")
    library = loading.load(tmp_path, "lib")
    found = {}
    for wording in ("short", "long"):
        base = agreement(replace(KEPT, id="leash", alternative=wording), replace(NUMBERED, id="muzzle"))
        found[wording] = changed_sections.said_before(library.memo, base)
    assert found == {"short": {"leash": "The leash is short."}, "long": {}}


# -- as a Word file -----------------------------------------------------------------------------


def test_each_section_has_all_of_its_words_on_both_sides():
    library = generated.real_library("standard")
    texts = ((EXAMPLES / name / "answers.yaml").read_text("utf-8") for name in NAMES)
    base, revised = (small.draft(library, text)[0] for text in texts)
    compared = redline.compare(base, revised)
    data = changes_docx.write(shown(base, revised), TEMPLATE, STAMP)
    there = {s.of.shown.id for s in marked.sections(compared) if changed.is_change(changed.settled(s))}
    count = 0
    for side, file in ((base, docx_changes.reject(data)), (revised, docx_changes.accept(data))):
        said_there = {" ".join(line.split()) for line in docx_text.plain_text(file).split("\n")}
        for one in (one for one in contract.sections(side) if one.id in there):
            for block in (block for block in one.blocks if isinstance(block, Paragraph)):
                words = " ".join("".join(map(contract.run_text, block.runs)).split())
                assert any(words in line for line in said_there), (one.id, words)
                count += 1
    assert count > 50


def test_numbers_are_words_and_tables_are_tables():
    data = changes_docx.write(shown(agreement(KEPT, NUMBERED), agreement(KEPT, LONGER)), TEMPLATE, STAMP)
    text_lines = docx_text.plain_text(docx_changes.accept(data)).split("\n")
    for line in ("(a)\tuse a leash;", "(b)\tuse a muzzle; and", "(c)\ttell the town:", "(i)\tat once."):
        assert line in text_lines
    assert "This one stays as it was." not in "\n".join(text_lines)


def test_the_template_is_made_by_its_script():
    assert runpy.run_path(str(TEMPLATE.with_name("build_changes.py")))["build"]() == TEMPLATE.read_bytes()


# -- in a packet --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def matter(tmp_path_factory) -> Path:
    """A matter of the small library with a swap that has a reason for each side."""
    folder = tmp_path_factory.mktemp("changed")
    small.build(folder / "lib")
    (folder / "lib" / "memo.md").write_text(generated.memo(), "utf-8")
    (folder / "matter").mkdir()
    (folder / "matter" / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    reasons = ("--because", "They would have walked away.", "--for-board", "The park asks for it.")
    swapped = run("swap", folder / "matter", "leash", "long", *reasons, "--library", folder / "lib")
    assert swapped.exit_code == 0, swapped.output
    assert "The park asks for it." in swapped.stdout
    return folder / "matter"


PAGES = {"Redline": 3, "Notes to the redline": 2, "Clean copy": 4}


def packed(matter: Path, place: Path, *more: str, **environment: str):
    day = ("--meeting", "2026-05-26", "--on", "2026-05-12")
    return run("packet", matter, "--library", matter.parent / "lib", "-o", place, *day, *more, **environment)


def test_only_the_reason_for_the_board_is_in_a_packet(matter, tmp_path):
    packed(matter, tmp_path / "packet", "--changed-pages", PATH="/nowhere")
    words = docx_text.plain_text((tmp_path / "packet" / packet.CHANGES).read_bytes())
    assert "Why: The park asks for it." in words
    whole = b"".join(b"".join(docx_text.parts(p.read_bytes()).values()) for p in (tmp_path / "packet").glob("*.docx"))
    assert b"walked away" not in whole
    assert whole.count(b"The park asks for it.") == 1


def test_the_one_file_has_memo_changes_and_matrix_and_names_what_is_beside_it(matter, tmp_path, monkeypatch):
    covers = []

    def laid(documents):
        """Lay out nothing: each part is a PDF of some pages, and the cover is written twice."""
        parts = {name: pdf(name or "Cover", ((612, 792),) * PAGES.get(name, 1)) for name in documents}
        for known in ({}, parts):
            sheets = {name: write(known) for name, write in documents.items()}
            covers.append(docx_text.plain_text(sheets[""].document))
        return {name: finish.settled(made) for name, made in parts.items()}

    monkeypatch.setattr(office, "settled", laid)
    place = tmp_path / "packet"
    made = packed(matter, place, "--changed-pages")
    assert made.exit_code == 0, made.output
    titles = [entry.title for entry in PdfReader(place / "packet.pdf").outline if not isinstance(entry, list)]
    assert titles == ["Board packet", "Memorandum", "Changed sections", "Compliance matrix"]
    beside = {name: len(PdfReader(place / name).pages) for name in ("2-redline.pdf", "3-contract.pdf")}
    assert beside == {"2-redline.pdf": 5, "3-contract.pdf": 4}
    assert "Redline of the whole contract: 2-redline.pdf, 5 pages" in covers[-1]
    assert "Clean copy of the whole contract: 3-contract.pdf, 4 pages" in covers[-1]
    redlined = PdfReader(place / "2-redline.pdf")
    assert [entry.title for entry in redlined.outline if not isinstance(entry, list)][:2] == [
        "Redline", "Notes to the redline",
    ]  # fmt: skip
    told = run("verify", place, place / "3-contract.docx", "--no-layout")
    assert told.exit_code == 0, told.output


def test_a_reason_for_the_board_where_no_swap_is_recorded_is_not_dropped_in_silence(matter):
    of = (matter, "muzzle", "standard", "--library", matter.parent / "lib")
    told = run("swap", *of, "--for-board", "So it was.", COLUMNS="200")
    assert "So it was. (not kept: this wording was in the contract already" in told.stdout
    assert run("swap", matter, "--undo", "--for-board", "No.").exit_code == 2
