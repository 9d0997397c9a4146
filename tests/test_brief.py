"""The negotiator's brief: every alternative with its guidance whole, what to ask for, and the mark on every page."""

from __future__ import annotations

import io
import re
import runpy
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import generated
import pytest
import small
from docx import Document
from lxml import etree

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.documents import brief_docx
from drafter.drafting import options
from drafter.matters.rounds import Kept, Round
from drafter.papers import brief, ladders
from drafter.reading import library
from drafter.reading.library import RANK
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "brief.docx"
MARK = "Privileged and confidential: attorney’s work product. Not for the board packet."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# More clauses that could read otherwise, the answer that one of them follows, and one that another refers to.
QUESTIONNAIRE = small.QUESTIONNAIRE.replace(
    "      - {id: fee,",
    """      - id: coat
        type: choice
        prompt: A coat?
        default: red
        options: [{value: red, label: Red}, {value: blue, label: Blue}]
      - {id: fee,""",
)
AGREEMENT = small.AGREEMENT.replace("leash, muzzle, price]", "walk, leash, coat, bell, muzzle, tail, bowl, bed, price]")
CLAUSES = {
    "walk": small.clause(
        "Walk",
        "daily|preferred|||Each dog is walked daily.",
        "weekly|acceptable|||Each dog is walked weekly.",
        "never|fallback|||No dog is walked.",
    ),
    "bell": small.clause(
        "Bell",
        "loud|preferred||II|The walker must use a leash with a loud bell.",
        "soft|acceptable||II|The walker must use a leash with a soft bell.",
    ),
    "coat": small.clause(
        "Coat",
        "red|preferred|coat == 'red'||A red coat.",
        "blue|acceptable|coat == 'blue'||A blue coat.",
    ),
    "bowl": small.clause(
        "Bowl",
        "full|preferred|||The bowl is full. See [[tail]].",
        "half|acceptable|||The bowl is half full.",
        "empty|fallback|||The bowl is empty.",
    ),
    "tail": small.clause("Tail", "standard|preferred|||It wags.", when="leash == 'short'"),
    "bed": small.clause("Bed", "soft|preferred|||A soft bed.", "hard|fallback|||A hard bed."),
}
CHOSEN = """\
leash: long
length: 6
coat: blue
alternatives: {walk: weekly, bell: soft, bowl: empty, bed: hard}
"""


def made(loaded: library.Library, text: str = small.ANSWERS, reasons=None, rounds: tuple[Round, ...] = ()):
    drafted = small.made(loaded, text)
    found = options.options(drafted)
    return brief.make(drafted.selection, drafted.contract, drafted.coverage, found, reasons or {}, rounds)


@pytest.fixture
def wide(tmp_path):
    return small.load(tmp_path / "lib", questionnaire=QUESTIONNAIRE, agreement=AGREEMENT, clauses=CLAUSES)


def text(document: bytes, part: str = "word/document.xml") -> str:
    """Return the words of a part, a paragraph a line."""
    root = etree.fromstring(package.unpack(document)[part])
    lines = ("".join(t.text or "" for t in p.iter(f"{W}t", f"{W}br")) for p in root.iter(f"{W}p"))
    return "\n".join(lines).replace("\u00a0", " ")  # only what is printed keeps a line together


def flat(words: str) -> str:
    return " ".join(words.split())


# -- the ladder ---------------------------------------------------------------------------------


def test_every_clause_of_the_draft_stands_in_it_once_in_the_contracts_order(wide):
    told = made(wide)
    drafted, _, selected = small.draft(wide)
    places = [section.id for section in contract.sections(drafted)]
    for part in (told.ladders, told.single):
        assert [x.place.clause for x in part] == sorted((x.place.clause for x in part), key=places.index)
    assert {x.place.clause for x in (*told.ladders, *told.single)} == set(selected.choices)
    assert [x.place.words for x in told.ladders][:2] == ["1.2 Walk", "1.3 Leash"]
    assert told.single[0].place.words == "Opening, Parties"
    assert told.single[-1].place.words == "Exhibit B, The Policy"


def test_the_alternatives_stand_best_first_and_one_is_marked(wide):
    for ladder in made(wide, small.ANSWERS + CHOSEN).ladders:
        ranks = [RANK[rung.position] for rung in ladder.rungs]
        assert ranks == sorted(ranks)
        assert [rung.current for rung in ladder.rungs].count(True) == 1


def test_an_alternative_says_what_choosing_it_would_do(tmp_path):
    [leash] = made(small.load(tmp_path)).ladders
    assert [(rung.id, rung.current) for rung in leash.rungs] == [("short", True), ("long", False)]
    assert leash.rungs[1].blanks == ("Length",)
    assert leash.rungs[1].concedes == "Something."


def test_what_is_forbidden_says_why(wide):
    rungs = {(x.place.clause, r.id): r.forbidden for x in made(wide, small.ANSWERS + CHOSEN).ladders for r in x.rungs}
    assert "[[tail]] points to" in rungs["bowl", "full"]
    assert rungs["coat", "red"] == ""
    assert rungs["bed", "soft"] == rungs["leash", "short"] == ""


def test_an_alternative_that_would_leave_a_requirement_unmet_is_forbidden_and_says_which(tmp_path):
    loose = small.clause(
        "Leash",
        "loose|preferred|leash == 'long'||The dog is free. See [[dog]]:\n\n1. {#hold} free.",
        "short|fallback|leash == 'short'|II|The walker must use a leash:\n\n1. {#hold} it is held.",
    )
    policy = small.saying("II", "The walker must use a leash:")
    told = made(small.load(tmp_path, policy=policy, clauses={"leash": loose}))
    [ladder] = told.ladders
    assert ladder.rungs[0].forbidden == "would not meet II"
    assert (told.asks, [x.place.clause for x in told.closed]) == ((), ["leash"])


def test_the_reason_recorded_stands_with_the_alternative_it_is_for(wide):
    told = made(wide, small.ANSWERS + CHOSEN, {"bed": "They have no other."})
    [bed] = [x for x in told.ladders if x.place.clause == "bed"]
    assert [rung.because for rung in bed.rungs] == ["", "They have no other."]


def test_guidance_is_split_at_blank_lines_and_before_the_items_of_lists():
    found = ladders.paragraphs("One\ngoes on.\n\nTwo:\n- this\n  here\n- that\n\n\n1. last\n")
    assert found == ("One goes on.", "Two:", "- this here", "- that", "1. last")
    assert ladders.paragraphs("") == ()


# -- what to ask for ----------------------------------------------------------------------------


def test_what_could_be_won_back_stands_by_its_weight(wide):
    told = made(wide, small.ANSWERS + CHOSEN)
    assert [(a.place.clause, a.now.id, a.better.id, a.requirements) for a in told.asks] == [
        ("leash", "long", "short", ("II",)),  # a fallback that a requirement is tied to
        ("bowl", "empty", "half", ()),  # fallbacks; the best can't be drafted, so the next is asked for
        ("bed", "hard", "soft", ()),
        ("bell", "soft", "loud", ("II",)),  # acceptable, and tied
        ("walk", "weekly", "daily", ()),
        ("coat", "blue", "red", ()),
    ]
    assert told.closed == ()


def test_what_mends_a_departure_is_asked_for_before_all_else(tmp_path):
    muzzle = small.clause(
        "Muzzle",
        "standard|preferred||III|The walker must use a muzzle.",
        "none|acceptable|||The dog is told to be kind. [[leash]] stays.",
        when="bites",
    )
    more = "bites: yes\nleash: long\nlength: 6\nalternatives: {muzzle: none}\n"
    told = made(small.load(tmp_path, clauses={"muzzle": muzzle}), small.ANSWERS + more)
    assert [(d.requirement, [p.words for p in d.places]) for d in told.departures] == [("III", ["1.3 Muzzle"])]
    assert [(a.place.clause, a.mends) for a in told.asks] == [("muzzle", ("III",)), ("leash", ())]


def test_a_draft_that_gave_nothing_away_asks_for_nothing(wide):
    told = made(wide)
    assert told.asks == told.closed == told.departures == told.given == ()
    assert flat(text(brief_docx.write(told, TEMPLATE))).count("None.") == 6


def test_a_matters_own_wording_is_below_the_librarys(tmp_path):
    loaded = small.load(tmp_path)
    leash = loaded.clauses["leash"]
    own = replace(leash.alternatives[0], id=library.OWN, label="Their words", position="non-standard")
    clauses = {**loaded.clauses, "leash": replace(leash, alternatives=(*leash.alternatives, own))}
    told = made(replace(loaded, clauses=clauses), small.ANSWERS + "alternatives: {leash: own-wording}\n")
    [leash] = told.ladders
    assert (leash.rungs[-1].label, leash.rungs[-1].current) == ("Their words", True)
    assert [(a.now.position, a.better.id) for a in told.asks] == [("non-standard", "short")]


def test_a_blank_says_where_it_stands(tmp_path):
    told = made(small.load(tmp_path), small.ANSWERS.replace("fee: 12,500.50\n", ""))
    assert [(gap.label, [p.words for p in gap.places]) for gap in told.gaps] == [("Fee", ["1.3 Price"])]


# -- rounds -------------------------------------------------------------------------------------


def rounds() -> tuple[Round, ...]:
    def sent(number: int, since: int, *kept: Kept) -> Round:
        return Round(number, "to", "kennel", date(2026, 9, number), since=since, kept=kept)

    first = sent(1, 0, Kept("walk", "daily", "preferred"), Kept("bed", "hard", "fallback", "Sleep.", "They asked."))
    came = Round(2, "from", "kennel", date(2026, 9, 2), file="their draft.docx")
    third = sent(3, 1, Kept("walk", "never", "fallback", "Every walk."), Kept("bed", "soft", "preferred"))
    return first, came, third


def test_each_round_says_what_it_conceded_and_won_back_and_so_does_the_draft_now(wide):
    told = made(wide, small.ANSWERS + CHOSEN, {"bed": "Again."}, rounds())
    found = [
        (x.number, x.since, [s.place.clause for s in x.conceded], [s.place.clause for s in x.won])
        for x in told.exchanges
    ]
    assert found[:3] == [(1, 0, ["bed"], []), (2, 0, [], []), (3, 1, ["walk"], ["bed"])]
    number, since, conceded, won = found[3]
    assert (number, since, won) == (0, 3, ["walk"])
    assert set(conceded) == {"leash", "coat", "bell", "bowl", "bed"}
    words = text(brief_docx.write(told, TEMPLATE))
    assert "Won back" in words
    for expected in ("Round 2, from kennel, September 2, 2026", "their draft.docx", "Because: They asked.", "Sleep."):
        assert expected in words


def test_what_a_round_won_back_is_not_said_to_be_conceded(wide):
    def sent(number: int, since: int, *kept: Kept) -> Round:
        return Round(number, "to", "kennel", date(2026, 9, number), since=since, kept=kept)

    steps = (
        sent(1, 0, Kept("bed", "hard", "fallback", "Sleep.")),
        sent(2, 1, Kept("bed", "soft", "acceptable", "A nap.")),
    )
    told = made(wide, small.ANSWERS, {}, steps)
    assert ([s.label for s in told.exchanges[1].won], told.exchanges[1].conceded) == (["The soft one"], ())
    words = text(brief_docx.write(told, TEMPLATE))
    assert "Sleep." in words
    assert "A nap." not in words


def test_a_clause_of_a_round_that_the_library_no_longer_has_is_told_by_its_names(wide):
    kept = Kept("gone-clause", "gone-words", "fallback")
    told = made(wide, rounds=(Round(1, "to", "kennel", date(2026, 9, 1), kept=(kept,)),))
    [step] = told.exchanges[0].conceded
    assert (step.place.words, step.label) == ("gone-clause", "gone-words")
    assert "gone-clause" in text(brief_docx.write(told, TEMPLATE))


# -- the file -----------------------------------------------------------------------------------


def test_every_alternatives_guidance_stands_in_it_whole():
    drafted, coverage, selected = small.draft(generated.real_library(), generated.example("st-louis-park-declined"))
    none = tuple((choice, ()) for choice in selected.choices.values())  # what they would do is not asked here
    words = flat(text(brief_docx.write(brief.make(selected, drafted, coverage, none, {}, ()), TEMPLATE)))
    everything = [a for choice in selected.choices.values() for a in choice.clause.alternatives]
    assert len(everything) > 150
    missing = [a.id for a in everything if flat(a.guidance) not in words or flat(a.label) not in words]
    assert missing == []


def test_the_current_alternative_is_marked_in_its_row(wide):
    file = Document(io.BytesIO(brief_docx.write(made(wide, small.ANSWERS + CHOSEN), TEMPLATE)))
    ladders = [t for t in file.tables if t.rows[0].cells[1].text == "Alternative"]
    marked = {row.cells[1].text.split("\n")[0] for t in ladders for row in t.rows if row.cells[0].text.endswith("Now")}
    assert marked == {f"The {name} one" for name in ("weekly", "long", "blue", "soft", "empty", "hard", "standard")} - {
        "The standard one"
    }
    assert len(ladders) == 6


def test_each_page_is_marked_at_its_head_and_foot(wide):
    document = brief_docx.write(made(wide), TEMPLATE)
    file = Document(io.BytesIO(document))
    for section in file.sections:
        assert not section.different_first_page_header_footer
        for margin in (section.header, section.footer):
            assert not margin.is_linked_to_previous
            assert margin.paragraphs[0].text == MARK
    assert not file.settings.odd_and_even_pages_header_footer


def test_tables_repeat_their_header_and_break_no_row(wide):
    file = Document(io.BytesIO(brief_docx.write(made(wide, small.ANSWERS + CHOSEN), TEMPLATE)))
    for table in file.element.body.iter(f"{W}tbl"):
        properties = [row.find(f"{W}trPr") for row in table.iter(f"{W}tr")]
        assert properties[0].find(f"{W}tblHeader") is not None
        assert all(found.find(f"{W}cantSplit") is not None for found in properties)


def test_every_link_leads_to_a_heading(wide):
    xml = package.unpack(brief_docx.write(made(wide, small.ANSWERS + CHOSEN), TEMPLATE))["word/document.xml"]
    root = etree.fromstring(xml)
    names = {node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")}
    links = {node.get(f"{W}anchor") for node in root.iter(f"{W}hyperlink")}
    assert links
    assert links <= names


def test_odd_characters_come_out_as_themselves(tmp_path):
    odd = "{{ 7*7 }} <w:p> & ]]> “x” {% if %} 犬"
    answers = small.ANSWERS + f"town.name: '{odd}'\nleash: long\nlength: 6\n"
    words = text(brief_docx.write(made(small.load(tmp_path), answers, {"leash": f"Because {odd}"}), TEMPLATE))
    assert odd in words
    assert f"Because: Because {odd}" in words
    assert "49" not in words


def test_same_brief_same_bytes(wide):
    told = made(wide, small.ANSWERS + CHOSEN, {"bed": "Again."}, rounds())
    assert told == made(wide, small.ANSWERS + CHOSEN, {"bed": "Again."}, rounds())
    assert brief_docx.write(told, TEMPLATE) == brief_docx.write(told, TEMPLATE)


def test_the_file_names_no_person_and_no_machine(wide):
    parts = package.unpack(brief_docx.write(made(wide), TEMPLATE))
    assert not re.search(rb"Application|Company|Template|Manager", parts["docProps/app.xml"])
    assert b"creator" not in parts["docProps/core.xml"]
    assert not [name for name, part in parts.items() if str(ROOT).encode() in part]


# -- the template -------------------------------------------------------------------------------


def test_the_template_is_what_its_script_builds():
    assert runpy.run_path(str(ROOT / "templates" / "build_brief.py"))["build"]() == TEMPLATE.read_bytes()


def refused(told: brief.Brief, template: Path) -> list[tuple[str, str]]:
    with pytest.raises(DraftingError) as error:
        brief_docx.write(told, template)
    return [(problem.code, problem.message) for problem in error.value.problems]


def changed(tmp_path: Path, part: str, old: str, new: str) -> Path:
    parts = package.unpack(TEMPLATE.read_bytes())
    assert re.search(old, parts[part].decode())
    parts[part] = re.sub(old, new, parts[part].decode(), count=1).encode()
    (tmp_path / "firm.docx").write_bytes(package.pack(parts))
    return tmp_path / "firm.docx"


def test_a_template_without_a_style_is_told_which(wide, tmp_path):
    firm = changed(tmp_path, "word/styles.xml", 'w:val="Brief Quiet"', 'w:val="Quiet"')
    assert refused(made(wide), firm) == [("missing-style", "the paragraph style 'Brief Quiet' is missing")]


def test_a_file_that_is_no_template_is_told(wide, tmp_path):
    told = made(wide)
    assert refused(told, tmp_path / "none.docx")[0][0] == "missing-file"
    (tmp_path / "none.docx").write_bytes(b"no")
    assert refused(told, tmp_path / "none.docx") == [
        ("unreadable-template", "the template can't be read: it is not a Word file (.docx)")
    ]


@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_template_that_leaves_a_page_unmarked_is_refused(part, wide, tmp_path):
    firm = changed(tmp_path, f"word/{part}1.xml", re.escape(MARK), " ")
    assert refused(made(wide), firm) == [("template-refused", f"the template's {part} doesn't mark the page")]


def test_a_template_whose_first_page_is_not_marked_is_refused(wide, tmp_path):
    firm = changed(tmp_path, "word/document.xml", "</w:sectPr>", "<w:titlePg/></w:sectPr>")
    assert [code for code, _ in refused(made(wide), firm)] == ["template-refused"] * 2


# -- in an office program -----------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice is not there")
def test_each_page_is_marked_in_libreoffice_and_the_summary_is_one_page(wide, tmp_path):
    told = made(wide, small.ANSWERS + CHOSEN, {"bed": "Again."}, rounds())
    (tmp_path / "brief.docx").write_bytes(brief_docx.write(told, TEMPLATE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "brief.docx")], check=True, capture_output=True, timeout=120)
    command = ["pdftotext", "-layout", str(tmp_path / "brief.pdf"), "-"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    pages = printed.split("\f")[:-1]
    assert len(pages) > 2
    assert [page.count(MARK) for page in pages] == [2] * len(pages)
    assert "Ask for first" in pages[0]
    assert pages[1].lstrip().removeprefix(MARK).lstrip().startswith("Where we stand")
