"""A signed PDF: what was altered is told, what may be added is listed, and no more is said than was read."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import textwrap

import pytest
import scanning
from commands import run
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from PIL import Image, ImageDraw, ImageFilter
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NumberObject
from scanning import CERTIFICATE, CONTRACT, ENVELOPE, changed, paper

from drafter.base import manifest
from drafter.sending import names
from drafter.signed import again, comparing, judging, places, report, saying, signatures, verdict
from drafter.signed.sheets import pages, picture, speech, words
from drafter.signed.sheets.lying import Map

APPROVED = paper(CONTRACT)
BLIND = {"PATH": "/nowhere"}
SIGN = scanning.TOP - scanning.STEP * CONTRACT[1].index("Signatures") - 30
SIGNED = {
    1: [(20, 778, 7, ENVELOPE)],
    2: [(20, 778, 7, ENVELOPE), (100, SIGN, 12, "Casey Example"), (110, SIGN - 12, 6, "DocuSigned by: 5/27/2026")],
}
sees = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract isn't installed")
ALTERED = (("30 days", "80 days"), ("must not enter", "must enter"), ("July 1", "June 1"), ("and Casey", "and Corey"))


FIRST, SECOND = CONTRACT
ONE, OTHER = paper([FIRST]), paper([SECOND])  # contracts of a page, which are sooner read


def packed(folder, approved: bytes):
    made = folder / "packet"
    made.mkdir()
    kept = {names.CONTRACT_PDF: approved, names.FACTS: b"{}"}
    for name, content in manifest.added(kept).items():
        (made / name).write_bytes(content)
    return folder


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Make a packet with the contract of two pages."""
    monkeypatch.chdir(tmp_path)
    return packed(tmp_path, APPROVED)


@pytest.fixture
def one(tmp_path, monkeypatch):
    """Make a packet with the contract's first page only."""
    monkeypatch.chdir(tmp_path)
    return packed(tmp_path, ONE)


@pytest.fixture
def other(tmp_path, monkeypatch):
    """Make a packet with the contract's second page only, which is signed."""
    monkeypatch.chdir(tmp_path)
    return packed(tmp_path, OTHER)


def altered(*changes) -> bytes:
    return paper(changed(*changes, pages=[FIRST]))


def verified(place, data: bytes, *options: str, code: int, **env: str) -> dict:
    (place / "signed.pdf").write_bytes(data)
    result = run("verify", "packet", "signed.pdf", "--json", "--on", "2026-05-28", *options, **env)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def told(found: dict) -> str:
    return " | ".join(f"{one['approved']} -> {one['read']}" for one in found["places"])


# -- text ---------------------------------------------------------------------------------------


def test_the_approved_contract_reads_as_approved(place):
    found = verified(place, APPROVED, code=0)
    assert found["verdict"] == "as approved"
    assert found["words"] == found["read_as_approved"] > 100
    assert found["same_bytes"] is True


@sees
def test_stamps_a_line_on_every_page_and_a_certificate_are_listed_and_forgiven(place):
    found = verified(place, paper([*CONTRACT, CERTIFICATE], SIGNED), code=0)
    listed = " | ".join(found["added"])
    assert f"on nearly every page: {ENVELOPE}" in listed
    assert "where it is signed: DocuSigned by: 5/27/2026" in listed
    assert "page 3 was added: Certificate Of Completion" in listed


@sees
@pytest.mark.parametrize("made", [bytes, lambda pdf: scanning.scanned(pdf, 200, 5)])
def test_numbers_negations_dates_and_names_that_were_altered_are_told(one, made):
    found = verified(one, made(altered(*ALTERED)), code=1)
    assert found["verdict"] == "otherwise"
    for word in ("30", "not", "July", "Casey"):
        assert word in told(found), told(found)


def test_a_word_added_elsewhere_is_no_signature(place):
    stamps = {1: [(430, 652, 9, "not")]}
    found = verified(place, paper(CONTRACT, stamps), code=1, **BLIND)
    assert "not" in told(found)


def line(number: int) -> float:
    """Return how far from the bottom a line of the first page stands; 5 has "30 days", and 4 "must not"."""
    return scanning.TOP - number * scanning.STEP


LINE = line(5)
BOX = f"1 g 278 {LINE - 3} 14 13 re f 0 g 280 {LINE} 10 8 re f"
DRAWN = {
    "another number over a white box": (5, f"1 g 278 {LINE - 3} 14 13 re f 0 g BT /F 11 Tf 278 {LINE} Td (90) Tj ET"),
    "a white box": (4, f"1 g 138 {line(4) - 3} 17 13 re f 0 g"),
    "a line through a word": (3, f"0.5 w 138 {line(3) + 3} m 156 {line(3) + 3} l S"),
    "gold ink": (7, f"q 1 0.84 0 RG 1 w 430 {line(7)} 20 9 re 434 {line(7)} m 434 {line(7) + 9} l S Q"),
    "an invisible word": (9, f"BT /F 11 Tf 3 Tr 430 {line(9)} Td (not) Tj 0 Tr ET"),
    "a white word": (11, f"BT 1 g /F 11 Tf 430 {line(11)} Td (not) Tj ET 0 g"),
    "a tiny word": (13, f"BT /F 2 Tf 430 {line(13)} Td (not) Tj ET"),
}


@sees
def test_what_is_drawn_on_a_page_of_text_is_told_each_by_itself():
    drawn = scanning.drawn_on(ONE, "\n".join(drawing for _, drawing in DRAWN.values()))
    with pages.opened(ONE, "approved") as approved, pages.opened(drawn, "file") as file:
        found = judging.judged(approved, file)
    for name, (number, _) in DRAWN.items():
        level = 792 - line(number) - 4
        there = [each for each in found.places if each.box[1] - 3 <= level <= each.box[3] + 3]
        assert there, name
        assert len(there) == 1 or name == "another number over a white box", (name, there)
        assert there[0].otherwise or name in {"a line through a word", "gold ink", "a white box"}, name


@sees
@pytest.mark.parametrize(
    ("made", "differs"),
    [
        (scanning.noted(ONE, BOX, 4 + 32), True),  # a note that is only printed
        (scanning.noted(ONE, BOX, 0), True),  # only shown
        (scanning.noted(ONE, BOX, 2), False),  # neither
        (scanning.layered(ONE, BOX, "/OFF", "/ON"), True),
    ],
)
def test_what_prints_otherwise_than_it_is_shown_is_told(one, made, differs):
    found = verified(one, made, code=1 if differs else 0)
    assert ("prints otherwise" in [each["means"] for each in found["places"]]) is differs


BELOW = (278, LINE - 3, 300, LINE + 10)
NOTES = {
    "a mark to insert words": {"Subtype": "/Caret"},
    "a mark to remove words 90": {"Subtype": "/Redact", "OverlayText": "90"},
    "a mark through words": {"Subtype": "/StrikeOut"},
    "a file that is attached more.docx": {"Subtype": "/FileAttachment", "FS": "more.docx"},
    "1.3 doesn't apply": {"Subtype": "/Popup", "Contents": "1.3 doesn't apply"},
    "90 days": {"Subtype": "/Text", "Contents": "90 days"},
    "90": {"Subtype": "/Widget", "FT": "/Tx", "V": "90"},
}


@pytest.mark.parametrize("words_there", NOTES)
def test_a_note_without_a_look_of_its_own_is_told(one, words_there):
    found = verified(one, scanning.annotated(ONE, 0, BELOW, **NOTES[words_there]), code=1, **BLIND)
    assert [(each["read"], each["means"]) for each in found["places"]] == [(words_there, "was added")]


def test_a_mark_of_a_kind_that_some_programs_draw_is_a_place_to_look_at(one):
    found = verified(one, scanning.annotated(ONE, 0, BELOW, Subtype="/Polygon"), code=2, **BLIND)
    assert [each["means"] for each in found["places"]] == ["is drawn there"]


def test_a_field_filled_in_where_it_is_signed_is_listed_and_so_is_a_hidden_note(place):
    field = {"Subtype": "/Widget", "FT": "/Tx"}
    signing = (100, SIGN, 290, SIGN + 14)
    made = scanning.annotated(APPROVED, 1, signing, **field, V="Casey Example 5/27/2026")
    assert verified(place, made, code=2, **BLIND)["added"] == ["page 2, where it is signed: Casey Example 5/27/2026"]
    bad = scanning.annotated(APPROVED, 1, signing, **field, V="void unless 2.1 reads $48,000")
    assert verified(place, bad, code=1, **BLIND)["places"]
    hidden = scanning.annotated(APPROVED, 0, BELOW, Subtype="/Stamp", F=NumberObject(2))
    assert verified(place, hidden, code=2, **BLIND)["added"] == ["page 1: a hidden note: Stamp"]


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (scanning.holding(ONE, S="/JavaScript"), "it holds a script"),
        (scanning.holding(ONE, S="/Launch"), "it holds an action ('Launch')"),
        (scanning.holding(ONE, EF="/x", F="/more"), "a file is within it: '/more'"),
        (scanning.holding(ONE, XFA="/x"), "it holds a form (XFA) that some programs show instead of its pages"),
        (
            scanning.holding(ONE, Alternates="/x"),
            "a picture in it stands for another one, which may be printed instead",
        ),
        (scanning.layered(ONE, BOX, "/OFF", "/OFF"), "it has a layer that can be shown or not: 'layer'"),
    ],
)
def test_what_may_show_something_else_later_can_not_be_judged(one, made, why):
    assert why in verified(one, made, code=2, **BLIND)["not_judged"]


def test_what_the_approved_contract_holds_as_well_is_not_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    held = scanning.holding(scanning.annotated(ONE, 0, BELOW, Subtype="/Text", Contents="see 1.2"), S="/JavaScript")
    packed(tmp_path, held)
    found = verified(tmp_path, held, code=2, **BLIND)
    assert (found["places"], len(found["not_judged"])) == ([], 1)  # the picture wasn't read


def test_a_box_that_was_ticked_is_told_in_any_layout(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chosen = [["¤ The Town gives the leash.", "¥ The Walker gives the leash.", *FIRST], SECOND]
    packed(tmp_path, scanning.ticked(paper(chosen)))
    other = [[line.replace("¤", "¥") for line in page] for page in chosen]
    for lay in (list, reset):
        assert verified(tmp_path, scanning.ticked(paper(lay(chosen))), code=2, **BLIND)["places"] == []
        found = verified(tmp_path, scanning.ticked(paper(lay(other))), code=1, **BLIND)
        assert [(each["approved"], each["read"]) for each in found["places"]] == [("☐", "☒")]


@sees
@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("content", [False, True])
def test_a_page_of_text_that_is_turned_is_read_as_upright(one, degrees, content):
    env = BLIND if content or degrees != 270 else {}
    found = verified(one, scanning.turned(ONE, degrees, content=content), code=2 if env else 0, **env)
    assert (found["places"], found["laid_out_otherwise"]) == ([], False)
    wrong = scanning.turned(altered(ALTERED[0]), degrees, content=content)
    assert told(verified(one, wrong, code=1, **BLIND)) == "30 -> 80"


@sees
def test_a_page_may_lose_its_margins_and_not_a_word(one):
    assert verified(one, scanning.cropped(ONE, 30, 400, 500, 780), code=0)["places"] == []
    found = verified(one, scanning.cropped(ONE, 0, 0, 370, 792), code=1, **BLIND)
    assert "owner." in told(found)
    assert verified(one, scanning.cropped(altered(ALTERED[0]), 30, 400, 500, 780), code=1, **BLIND)["places"]


@sees
def test_small_differences_of_spacing_are_one_place_in_a_paragraph():
    lines = textwrap.wrap("1.1  " + "The Walker carries water and a list of all owners. " * 5, 70)
    approved = paper([lines])
    spaced = approved
    for number in (1, 3):
        spaced = spaced.replace(f"({lines[number]}) Tj".encode(), f"0.05 Tc ({lines[number]}) Tj 0 Tc".encode())
    with pages.opened(approved, "approved") as ours, pages.opened(spaced, "file") as theirs:
        assert len(judging.judged(ours, theirs).places) == 1


@pytest.mark.parametrize("change", [("$96,000", "$96.000"), ("street.", "street"), ("owner.", "owners.")])
def test_each_sign_of_a_layer_counts(place, change):
    found = verified(place, paper(changed(change)), code=1, **BLIND)
    assert [one["means"] for one in found["places"]] == ["reads otherwise"]


@sees
def test_a_picture_over_a_number_is_told_though_the_layer_is_as_approved(one):
    box = (278, LINE - 3, 292, LINE + 10)
    found = verified(one, paper([FIRST], pictures={1: (scanning.written("90"), box)}), code=1)
    assert [(one["page"], one["means"]) for one in found["places"]] == [(1, "reads otherwise")]
    assert found["places"][0]["approved"].startswith("30")


def test_a_word_under_a_veil_is_paler_than_approved():
    word = scanning.written("not")
    veiled = word.point(lambda tone: 255 - (255 - tone) * 28 // 100)
    assert picture.paler(veiled, word, 1).sum() > 100
    assert not picture.paler(word, word, 1).any()


@sees
def test_an_unseen_layer_is_no_evidence(one):
    pictures = scanning.drawn(altered(ALTERED[0]), 200)
    found = verified(one, paper([FIRST], mode=3, whole=pictures), code=1)
    assert set(found["kinds"]) == {"scan with a text layer"}
    assert "30 -> 80" in told(found)


# -- pages --------------------------------------------------------------------------------------

AMENDED = ("Amendment", "Section 1.1 The Walker must also use a muzzle.", "Envelope Id: 3F25-04E0")


@pytest.mark.parametrize(
    ("there", "key", "numbers"),
    [
        ([FIRST], "missing", [2]),
        ([FIRST, SECOND, FIRST], "doubled", [3]),
        ([SECOND, FIRST], "moved", [2]),
        ([FIRST, SECOND, AMENDED], "added", ["page 3 was added: Amendment"]),
        ([FIRST, CERTIFICATE, SECOND], "added", ["page 2 was added: Certificate Of Completion"]),
    ],
)
def test_pages_that_are_not_as_approved_are_told_first(place, there, key, numbers):
    found = verified(place, paper(there), code=1, **BLIND)
    assert found["pages"][key] == numbers
    assert found["places"] == []


def test_a_blank_page_is_mentioned_and_forgiven(place):
    assert verified(place, paper([FIRST, [], SECOND]), code=0)["added"] == ["page 2 is blank"]


BINDING = (
    "The Town may end this Agreement at any time and pays nothing.", "The Walker will enter any garden",
    "Signed subject to counsel", "void unless 2.1 reads $48,000", "Section 1.2 Is Deleted", "gardens are open to all",
)  # fmt: skip
HARMLESS = (
    "Envelope Id: 3F2504E0-4F89 Status: Completed", "Casey Example (casey@bark.example)", "Not Offered via DocuSign",
    "Viewed: May 27, 2026 10:15:22 AM", "Using IP Address: 10.1.2.3", "Security Level: Email, Authentication (None)",
    "Names and email addresses are entered into the Acrobat Sign account by Acrobat Sign",
    "users and are unverified unless otherwise noted.",
)  # fmt: skip


def test_words_that_may_bind_are_forgiven_on_no_certificate():
    assert [line for line in BINDING if not speech.binds(line, certificate=True)] == []
    assert [line for line in HARMLESS if speech.binds(line, certificate=True)] == []


def test_words_that_may_bind_are_told_wherever_something_may_be_added(place):
    edge, signing = (60, 778, 9, "Section 1.2 doesn't apply"), (100, SIGN, 10, "void unless 2.1 reads $48,000")
    altered = [*CONTRACT, (*CERTIFICATE, BINDING[0])]
    found = verified(place, paper(altered, {1: [edge], 2: [edge, signing]}), code=1, **BLIND)
    assert found["pages"]["added"] == ["page 3 was added: Certificate Of Completion"]
    read = [(one["page"], one["read"]) for one in found["places"]]
    assert sorted(read) == [(1, edge[3]), (2, edge[3]), (2, signing[3])]


# -- another layout ----


def reset(pages, width=44):
    """Set the words of a contract in narrower lines, as another program would."""
    return [[part for line in page for part in (textwrap.wrap(line, width) or [""])] for page in pages]


@sees
def test_a_contract_that_another_program_laid_out_is_compared_word_after_word(place):
    found = verified(place, paper([*reset(CONTRACT), CERTIFICATE]), code=0)
    assert found["laid_out_otherwise"] is True
    assert "page 3 was added: Certificate Of Completion" in found["added"]


def test_in_another_layout_each_word_that_was_altered_is_told(place):
    found = verified(place, paper(reset(changed(*ALTERED, ("must report", "must not report")))), code=1, **BLIND)
    assert [(one["approved"], one["read"]) for one in found["places"]] == [
        ("Casey", "Corey"), ("not", ""), ("30", "80"), ("", "not"), ("July", "June"),
    ]  # fmt: skip


def test_in_another_layout_each_sign_counts_and_only_page_numbers_of_contents_are_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    listed = ("Article 1  Walking .......... 2", "Fee .......... 500", "A long-")
    contract = [[*listed, "standing rule for each Dog"], *CONTRACT]
    packed(tmp_path, paper(contract))
    moved = [[*reset([listed])[0], "standing rule for each Dog"], [], *reset(contract[1:])]
    moved[0][0] = moved[0][0].replace(" 2", " 3")
    assert verified(tmp_path, paper(moved), code=2, **BLIND)["places"] == []
    text = "\f".join("\n".join(page) for page in moved).replace("500", "900").replace("$96,000", "$96.000")
    wrong = [page.split("\n") for page in text.replace(".... 3", ".... 7").replace("owner.", "owners.").split("\f")]
    found = verified(tmp_path, paper(wrong), code=1, **BLIND)
    assert told(found) == " -> 7 | 500 -> 900 | owner. -> owners. | $96,000 -> $96.000"
    assert {each["means"] for each in found["places"]} == {"was added", "reads otherwise"}


@sees
def test_in_another_layout_a_picture_over_a_number_is_told(place):
    lines = reset(CONTRACT)
    at = next(number for number, line in enumerate(lines[0]) if "30 days" in line)
    level = scanning.TOP - at * scanning.STEP
    box = (scanning.LEFT - 1, level - 3, scanning.LEFT + 12, level + 10)
    altered = paper(lines, pictures={1: (scanning.written("90"), box)})
    pale = scanning.drawn_on(altered, "q 1 0.84 0 RG 1 w 430 600 20 9 re 434 600 m 434 609 l S Q")
    found = verified(place, pale, code=1)
    assert [(one["approved"][:2], one["means"]) for one in found["places"]] == [
        ("30", "reads otherwise"), ("", "is drawn there"),
    ]  # fmt: skip


# -- scans --------------------------------------------------------------------------------------


@sees
def test_an_honest_scan_reads_as_approved_and_is_never_called_the_contract(other):
    signed_there = {1: SIGNED[2][1:]}
    found = verified(other, scanning.scanned(paper([SECOND, CERTIFICATE], signed_there), 200, 3), code=0)
    assert found["says"] == "every word was read as approved"
    assert found["kinds"] == ["scan"] * 2


@sees
def test_a_comma_in_a_number_that_became_a_point_is_told_in_a_scan(other):
    wrong = changed(("$96,000", "$96.000"), pages=[SECOND])
    assert "$96,000" in told(verified(other, scanning.scanned(paper(wrong), 200, 6), code=2))


def test_a_page_with_the_palest_words_is_not_empty():
    for strength, faint in ((30, True), (0, False)):
        page = scanning.drawn(ONE, 200)[0].point(lambda tone, by=strength: 255 - (255 - tone) * by // 255)
        marks = picture.traces(scanning.scan(page, 200, 3), scanned=True, darker=picture.FAINTEST)
        assert any(picture.blobs(marks, 200, picture.DUST)) is faint


def test_initials_beside_the_text_are_looked_at_and_are_no_words_that_were_added():
    with pages.opened(ONE, "approved") as approved:
        (sheet,) = approved.sheets()
    for text, means in (("C.E.", "could not be read"), ("NO", "was added"), ("VOIDS", "was added")):
        page = comparing.Page(1, sheet, Map(), outside=(words.Word(text, 560, 200, 580, 212, 95),))
        assert [each.means for each in places.told(page, ())[0]] == [means]


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_name_of_which_one_letter_is_drawn_otherwise_is_not_taken_for_it(dpi):
    (meant,) = scanning.drawn(ONE, dpi)
    (other,) = scanning.drawn(altered(("Casey", "Casoy")), dpi)
    with pages.opened(ONE, "approved") as approved:
        (sheet,) = approved.sheets()
    names = [word for word in sheet.words if word.text == "Casey"]
    for seen, found in ((meant, False), (other, True)):
        scan = seen.filter(ImageFilter.GaussianBlur(0.6 * dpi / 200))
        ImageDraw.Draw(scan).ellipse([names[0].left * dpi / 72, 10, names[0].left * dpi / 72 + 3, 13], fill=90)
        told = again.misdrawn(scan, meant, dpi, (), names, coarse=False)
        assert [word.text for spot in told for word in spot.approved] == (["Casey"] if found else [])


@sees
def test_words_that_were_altered_on_a_pale_page_are_surely_told(one):
    pale = scanning.scanned(
        altered(ALTERED[0]), 200, 5, lambda _, page: page.point(lambda tone: 255 - (255 - tone) // 4)
    )
    assert "30" in told(verified(one, pale, code=1))


@sees
def test_a_scan_too_pale_to_be_read_as_it_is_is_read_darker():
    pale = scanning.scanned(ONE, 200, 5, lambda _, page: page.point(lambda tone: 255 - (255 - tone) * 55 // 255))
    with pages.opened(ONE, "approved") as approved, pages.opened(pale, "file") as file:
        found = judging.judged(approved, file)
    assert found.unjudged == ()
    assert found.read > 0.95 * found.words
    assert not any(place.otherwise for place in found.places)


@sees
def test_a_scanned_page_that_is_turned_is_read_and_only_an_empty_one_is_blank(place):
    first, second = scanning.drawn(APPROVED, 200)
    drawn = Image.new("L", first.size, 255)
    drawn.paste(scanning.written("~ ~ ~", 200), (500, 900))
    turned = first.rotate(180), Image.new("L", first.size, 255), second.rotate(90, expand=True), drawn
    scan = [scanning.scan(each, 200, 30 + number) for number, each in enumerate(turned)]
    found = verified(place, scanning.bound(scan, 200), code=1)
    assert found["places"] == []
    assert found["added"] == ["page 2 is blank"]
    assert found["pages"]["added"] == ["page 4 was added: no word of it can be read"]


@sees
def test_what_is_written_by_hand_is_told_however_pale(one):
    def scribbled(_, page):
        page.paste(scanning.written("not", 34), (1250, 370))
        page.paste(scanning.written("not", 34).point(lambda tone: max(tone, 200)), (700, 900))
        return page

    found = verified(one, scanning.scanned(ONE, 200, 4, scribbled), code=1)
    assert {each["means"] for each in found["places"]} >= {"was added", "is drawn there"}


def test_a_thin_stroke_of_a_pen_through_a_word_is_ink_that_was_added():
    page = scanning.drawn(ONE, 200)[0]
    struck, level = page.copy(), (792 - line(4) - 3) * 200 / 72
    ImageDraw.Draw(struck).line([(380, level), (436, level + 2)], fill=40, width=2)
    wanted = picture.ink(page, picture.FAINT)
    assert not picture.struck(picture.ink(page), wanted).any()
    (found,) = picture.blobs(picture.struck(picture.ink(struck), wanted), 200, picture.TRACE)
    assert found.top - 1 < level * 72 / 200 < found.bottom + 1


def test_a_scan_that_is_too_coarse_is_not_judged(one):
    found = verified(one, scanning.scanned(ONE, 100, 1), code=1)
    assert "at least 120 can be read" in found["not_judged"][0]


def test_without_tesseract_nothing_that_is_drawn_is_judged(place):
    found = verified(place, APPROVED, code=2, **BLIND)
    assert found["says"].startswith("it can't be judged: the picture was not read: tesseract")


# -- what a person saw --------------------------------------------------------------------------


@pytest.fixture
def smudged():
    """Return a contract with a mark on it that says nothing."""
    return paper([FIRST], pictures={1: (scanning.written("~", 60), (500, 560, 530, 590))})


@sees
def test_what_a_person_saw_is_kept_with_name_and_day_and_the_hash_of_the_file(one, smudged):
    found = verified(one, smudged, "--as-approved", "1", "--by", "N. N.", code=0)
    assert found["says"] == "the approved contract, as read by program and, in 1 place, by N. N."
    kept = json.loads((one / "signed.pdf.looks.json").read_text("utf-8"))
    assert (kept["looks"][0]["by"], kept["looks"][0]["on"]) == ("N. N.", "2026-05-28")
    assert verified(one, smudged, code=0)["places"][0]["looked_at"]
    assert verified(one, smudged + b"\n", code=2)["places"][0]["looked_at"] is None
    assert verified(one, smudged, "--otherwise", "1", "--by", "N. N.", code=1)["verdict"] == "otherwise"


@sees
def test_the_report_shows_each_place_and_needs_no_other_file(one, smudged):
    (one / "<signed>.pdf").write_bytes(smudged)
    result = run("verify", "packet", "<signed>.pdf", "--pictures", "report", PATH="/usr/bin:/bin")
    assert result.exit_code == 2
    page = (one / "report" / "looked-at.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 2
    assert "http" not in page
    assert "<script" not in page
    assert "&lt;signed&gt;.pdf" in page
    widths = list(map(int, re.findall(r'<img alt="Place 1 in the [^"]+" width="(\d+)"', page)))
    assert len(widths) == 2
    assert all(0 < width <= report.WIDEST for width in widths)


def test_a_look_needs_a_name(place):
    (place / "signed.pdf").write_bytes(APPROVED)
    result = run("verify", "packet", "signed.pdf", "--as-approved", "1")
    assert (result.exit_code, "--by" in result.stderr) == (2, True)


# -- files that can't be read, and what is missing ----------------------------------------------


def test_a_locked_pdf_is_not_judged(place):
    out = PdfWriter(clone_from=PdfReader(io.BytesIO(APPROVED)))
    out.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    out.write(made)
    found = verified(place, made.getvalue(), code=2)
    assert found["problems"][0]["message"] == "it is locked by a password"


def test_a_page_that_cannot_be_drawn_is_said_and_no_fault(one):
    for made in (
        scanning.cropped(ONE, 1000, 1000, 1100, 1100),
        scanning.cropped(scanning.widened(ONE), 0, 0, 9e4, 9e4),
    ):
        assert verified(one, made, code=2)["problems"][0]["message"] == "a page of it can't be read"


def test_parts_that_are_missing_are_named(place, monkeypatch):
    monkeypatch.setattr(verdict, "PARTS", {"drafter": "drafter", "no_such_module": "pypdfium2"})
    found = verified(place, APPROVED, code=2)
    assert found["problems"][0]["code"] == "no-scan"
    assert found["problems"][0]["message"] == "reading a signed PDF needs pypdfium2, which is missing"


# -- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approved", "read", "same"),
    [
        ("“Force”", '"Force"', True),
        ("30,", "30", True),
        ("$96,000", "$96.000", True),
        ("modern", "modem", True),  # a slip that programs make
        ("leash", "1eash", False),  # a digit was read
        ("30", "80", False),
        ("9.1", "91", False),
        ("must", "may", False),
        ("not", "", False),
        ("June", "Jure", False),
        ("Casey", "Corey", False),
    ],
)
def test_a_word_that_a_contract_turns_on_is_taken_for_no_other(approved, read, same):
    assert words.alike(approved, read, words.STRICT) is same


# -- digital signatures -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key():
    """Make a key and a certificate that vouches for itself."""
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Casey Example")])
    begins, ends = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2036, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, secret.public_key(), 7, begins, ends)
        .add_extension(x509.KeyUsage(*[True, True], *[False] * 7), critical=True)
        .sign(secret, hashes.SHA256())
    )
    return secret, made


def signed(key, data: bytes | IncrementalPdfFileWriter, field: str = "S1") -> bytes:
    secret, certificate = key
    packed = pkcs12.serialize_key_and_certificates(b"k", secret, certificate, None, serialization.NoEncryption())
    signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=None)
    about = signers.PdfSignatureMetadata(field_name=field, name="Casey Example")
    writer = IncrementalPdfFileWriter(io.BytesIO(data)) if isinstance(data, bytes) else data
    return signers.sign_pdf(writer, about, signer=signer).getvalue()


def noted(data: bytes) -> bytes:
    """Add to a signed file what none of its pages shows."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.add_object(generic.StreamObject(stream_data=b"not"))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def updated(data: bytes) -> bytes:
    """Change the page of a signed file by an update after the signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(0)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 10 10 re f"))
    writer.update_container(page)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_signature_says_who_and_that_nothing_changed_since(key):
    (one,) = signatures.signatures(signed(key, APPROVED), None)
    assert (one.state, one.whole, one.trusted) == ("unchanged", True, None)
    said = saying.signature(one)
    assert "signed by Common Name: Casey Example" in said
    assert "was not checked against an authority" in said


def test_what_was_added_after_a_signature_is_told_for_what_it_is(key, one):
    first = signed(key, ONE)
    twice = signed(key, first, "S2")
    for data, states in (
        (first + b"\r\n", ["padded"]),
        (first + b"junk", ["added to"]),
        (noted(first), ["added to"]),
        (twice, ["signed further", "unchanged"]),
        (noted(twice), ["added to", "added to"]),
    ):
        assert [each.state for each in signatures.signatures(data, None)] == states
    said = "something was added to the file after the signature, which no signature covers"
    assert verified(one, noted(first), code=2)["says"].endswith(said)


def test_a_file_that_only_an_owner_may_change_is_checked_and_what_cannot_be_is_not_called_broken(key):
    locked = PdfWriter(clone_from=PdfReader(io.BytesIO(APPROVED)))
    locked.encrypt("", "owner", algorithm="AES-256")
    made = io.BytesIO()
    locked.write(made)
    writer = IncrementalPdfFileWriter(io.BytesIO(made.getvalue()))
    writer.encrypt("")
    (one,) = signatures.signatures(signed(key, writer), None)
    assert (one.state, one.whole) == ("unchanged", True)
    (other,) = signatures.signatures(b"%PDF-1.7 /ByteRange", None)
    assert other.state == "unchecked"


@sees
def test_only_roots_that_the_user_gives_are_trusted(key, one):
    (one / "roots.pem").write_bytes(key[1].public_bytes(serialization.Encoding.PEM))
    data = signed(key, ONE)
    found = verified(one, data, "--trust", "roots.pem", code=0)
    assert [(each["state"], each["trusted"]) for each in found["signatures"]] == [("unchanged", True)]
    (one / "roots.pem").write_text("no certificate", "utf-8")
    assert verified(one, data, "--trust", "roots.pem", code=1)["problems"][0]["code"] == "no-roots"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (updated, "changed"),
        (lambda data: data.replace(b"/WinAnsiEncoding", b"/MacRomanEncodin", 1), "broken"),
    ],
)
def test_a_file_that_was_changed_after_it_was_signed_is_not_as_approved(key, place, change, state):
    found = verified(place, change(signed(key, APPROVED)), code=1, **BLIND)
    assert [one["state"] for one in found["signatures"]] == [state]
    assert found["verdict"] == "otherwise"


def test_pictures_of_signatures_prove_nothing():
    assert list(saying.signatures(())) == ["no digital signature: the pictures of signatures prove nothing"]
