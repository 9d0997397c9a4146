"""Where text comes in, what no honest text holds is refused by name and place; where it goes out, none is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx_text
import pytest
import small
from commands import files, matter, run
from test_filing import NO_PDF
from test_memo import DOGS as MEMO

from drafter import contract
from drafter.asking import effects, interview
from drafter.comparing import redline
from drafter.matters import answers
from drafter.papers import in_html
from drafter.word import writer
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
STEERING = re.compile(
    f"{DIRECTION}|[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u115f\u200b-\u200d\u2028\u2029\u2060-\u206f\u3164\ufeff\U000e0000-\U000e0fff]"
)
HEBREW = "\u05e0\u05d5\u05e2\u05d4 \u05db\u05d4\u05df"
FAULTS = {
    "\u200b": "hidden-character",
    "thir\u00adty": "hidden-character",
    "\u202e06\u202c days": "direction-character",
    "x\u2066y": "direction-character",
    "p\u0430y": "mixed-letters",
    "1\u06600": "mixed-letters",
    "a\u0336": "stray-mark",
    "\uf0b7 x": "private-character",
    "a\u2028b": "control-character",
}
pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    matter(tmp_path)
    return tmp_path


def drafted(*words: str):
    return run("draft", "matter", "--library", "lib", *words)


# -- in -----------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    return json.dumps(text)


def library(part: str, old: str):
    def put(text: str) -> None:
        path = Path("lib", part)
        path.write_text(path.read_text("utf-8").replace(old, f"{old} {text}", 1), "utf-8")

    return put


def written(path: str, content: str):
    def put(text: str) -> None:
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(content.replace("HERE", text), "utf-8")

    return put


DOORS = {
    "an answer": written("matter/answers.yaml", "walker: Ann\nnote: |\n  HERE\n"),
    "an answer of a record": written("matter/answers.yaml", "dogs:\n  - name: x HERE\n"),
    "a comment": written("matter/answers.yaml", "walker: Ann # HERE\n"),
    "a key": written("matter/answers.yaml", "walker HERE: Ann\n"),
    "an own wording": written("matter/wording/leash.md", "The walker must use a leash HERE.\n"),
    "a reason on the record": written(
        "matter/swaps.yaml", "swaps:\n  - {clause: leash, after: long, on: 2026-01-01, because: x HERE}\n"
    ),
    "the policy": library("sources/policy.yaml", "title: Dogs"),
    "the questionnaire": library("questionnaire.yaml", "Who walks?"),
    "the outline": library("agreement.yaml", "title: Walking"),
    "a clause": library("clauses/notes.md", "Dogs"),
    "the memo": written("lib/memo.md", MEMO + "\nHERE\n"),
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
@pytest.mark.parametrize("door", DOORS)
def test_it_is_refused_at_every_door_with_its_line(door, text):
    DOORS[door](text)
    before = files(Path())
    result = drafted("--final")
    assert result.exit_code == 1
    assert f": {FAULTS[text]}: the line contains " in result.stderr
    assert re.search(r"\.(yaml|md):[0-9]+: ", result.stderr)
    assert not STEERING.search(result.stderr.replace("\n", ""))
    assert files(Path()) == before


@pytest.mark.parametrize("text", FAULTS)
def test_it_is_refused_where_yaml_spells_it(text):
    for line in (f"walker: {escaped(text)}\n", f"dogs:\n  - name: {escaped(text)}\n", f"{escaped(text)}: Ann\n"):
        Path("matter/answers.yaml").write_text(line, "utf-8")
        assert FAULTS[text] in drafted().stderr


@pytest.mark.parametrize("text", FAULTS)
def test_it_is_refused_in_a_reason_and_a_name_on_the_command_line(text):
    for words in (
        ["swap", "matter", "leash", "long", "--because", f"a {text}", "--library", "lib"],
        ["send", "matter", "--to", "kennel", "--author", f"a {text}", "--library", "lib"],
        ["send", "matter", "--to", text, "--library", "lib"],
    ):
        result = run(*words)
        assert result.exit_code == 2
        assert not STEERING.search(result.stderr.replace("\n", ""))
    assert not Path("matter/swaps.yaml").exists()


@pytest.mark.parametrize("text", FAULTS)
def test_it_is_refused_in_an_expression_and_in_a_saved_contract(text):
    spelled = "".join(f"\\u{ord(c):04x}" for c in text)
    Path("lib/clauses/notes.md").write_text(
        small.CLAUSES["notes"].replace("Dogs", "{{ '" + spelled + "' }} Dogs"), "utf-8"
    )
    assert drafted().exit_code == 1
    small.build(Path("lib"))
    saved = contract.to_json(small.draft(small.load(Path("other")))[0]).replace(
        "Walking", f"Walking {escaped(text)[1:-1]}"
    )
    Path("saved.json").write_text(saved, "utf-8")
    result = run("redline", "saved.json", "matter", "--library", "lib")
    assert (result.exit_code, FAULTS[text] in result.stderr) == (1, True)


TEMPLATES = [text for text, code in FAULTS.items() if code != "private-character"]


@pytest.mark.parametrize("text", TEMPLATES)
def test_it_is_refused_in_a_template(text):
    parts = docx_text.parts((ROOT / "templates" / "agreement.docx").read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b">Contents<", f">Contents {text}<".encode())
    Path("t.docx").write_bytes(package.pack(parts))
    result = run("template", "check", "t.docx")
    assert f"t.docx: {FAULTS[text]}: the template contains " in result.stderr


# -- what is said -------------------------------------------------------------------------------


def test_what_an_honest_text_may_hold_is_drafted_and_said_of_answers_wordings_and_reasons():
    Path("matter/answers.yaml").write_text(f"{small.ANSWERS}note: \u0421\u0430\u0440\u0430\n", "utf-8")
    DOORS["an own wording"]("5 k\u03a9")
    DOORS["a reason on the record"]("5 k\u03a9")
    result = drafted("--json")
    assert result.exit_code == 0
    said = [(p["code"], p["file"], p["line"]) for p in json.loads(result.stdout)["reminders"]]
    lines = small.ANSWERS.count("\n") + 1
    assert said == [
        ("odd-letters", "matter/swaps.yaml", 2),
        ("odd-letters", "matter/wording/leash.md", 1),
        ("odd-letters", "matter/answers.yaml", lines),
    ]


def test_lint_says_it_of_the_library_as_a_remark():
    DOORS["a clause"]("of 5 k\u03a9")
    result = run("lint", "lib", "--style", "--json")
    assert [p["file"] for p in json.loads(result.stdout)["style"] if p["code"] == "odd-letters"] == [
        "lib/clauses/notes.md"
    ]


NAMES = [
    "Siobhán O'Brien", "Nguye\u0302\u0303n", "Иванов", "王小明", "می\u200cخواهم", "נועה", "Maxamed Ba\u2019alawi",
    "\U0001f468\u200d\U0001f469", "葛\U000e0100",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_honest_name_comes_out_as_it_was_typed(name):
    text = small.ANSWERS.replace("walker: Ann", f"walker: {name}")
    assert answers.parse(text, "a", small.load(Path("other")).questionnaire).given["walker"] == name
    Path("matter/answers.yaml").write_text(text, "utf-8")
    assert drafted().exit_code == 0
    said = docx_text.plain_text(Path("matter/contract.docx").read_bytes())
    assert name.replace("'", "\u2019") in said.replace("'", "\u2019")


# -- a Word file that came ----------------------------------------------------------------------


def came(old: str, new: str) -> Path:
    """Send a contract, and change words of it as the other side may."""
    assert run("send", "matter", "--to", "kennel", "--on", "2026-09-01", "--library", "lib").exit_code == 0
    parts = docx_text.parts(Path("matter/rounds/01-to-kennel/outgoing/contract.docx").read_bytes())
    body = parts["word/document.xml"].decode()
    assert old in body
    parts["word/document.xml"] = body.replace(old, new, 1).encode()
    Path("came.docx").write_bytes(package.pack(parts))
    return Path("came.docx")


def test_what_came_with_odd_characters_is_filed_and_they_are_named_with_their_section():
    file = came("leash", "l\u0435a\u200bsh")
    result = run("receive", "matter", file, "--on", "2026-09-02")
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "U+200B ZERO WIDTH SPACE" in told
    assert "U+0435 CYRILLIC SMALL LETTER IE" in told
    assert not STEERING.search(result.stdout.replace("\n", ""))
    assert Path("matter/rounds/02-from-kennel/incoming/contract.docx").read_bytes() == file.read_bytes()


HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>and twenty dollars</w:t></w:r>"


def test_hidden_words_that_came_are_named():
    file = came("<w:p>", f"<w:p>{HIDDEN}")
    told = json.loads(run("receive", "matter", file, "--on", "2026-09-02", "--json").stdout)
    assert told["hidden_words"] == ["and twenty dollars"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("leash", "lea\u00adsh", "U+00AD SOFT HYPHEN"),
        ("leash", "le\u0430sh", "U+0430 CYRILLIC SMALL LETTER A"),
        ("leash", "\u202ehsael\u202c", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("<w:p>", f"<w:p>{HIDDEN}", "and twenty dollars"),
    ],
)
def test_verify_names_what_reads_otherwise_and_does_not_call_it_the_same(old, new, said):
    Path("lib/memo.md").write_text(MEMO, "utf-8")
    run("packet", "matter", "-o", "packet", "--on", "2026-05-12", "--library", "lib", **NO_PDF)
    file = came(old, new)
    result = run("verify", "packet", file)
    assert result.exit_code in (1, 2)
    assert said in " ".join(result.stdout.split())
    assert not STEERING.search(result.stdout.replace("\n", ""))


# -- out ----------------------------------------------------------------------------------------

OUT = "a\u202eb\u200bc\u00add\u2066e\u061cf\u3164g\U000e0041h\x9b"


def test_nothing_that_steers_or_hides_is_printed_of_names_of_files():
    Path(f"m{OUT}").mkdir()
    Path(f"m{OUT}/answers.yaml").write_text("waker: Ann\n", "utf-8")
    for words in (["check"], ["draft"], ["check", "--json"], ["history"], ["options"]):
        result = run(words[0], f"m{OUT}", *words[1:], "--library", "lib")
        assert not STEERING.search((result.stdout + result.stderr).replace("\n", ""))
        if words[1:]:
            assert json.loads(result.stdout)["problems"][0]["file"] == f"m{OUT}/answers.yaml"


def test_a_file_that_came_is_recorded_under_a_name_that_can_be_seen():
    file = came("leash", "leash")
    file = file.rename(f"their{OUT}.docx")
    result = run("receive", "matter", file, "--on", "2026-09-02")
    assert "\\u202e" in result.stdout
    assert not STEERING.search(result.stdout.replace("\n", ""))
    assert not STEERING.search(Path("matter/rounds/02-from-kennel/round.json").read_text("utf-8").replace("\n", ""))


def odd_contract():
    """Return a contract that holds what no door lets in, as one that was recorded long ago may."""
    made = small.draft(small.load(Path("other")))[0]
    return contract.from_json(contract.to_json(made).replace("Walking", f"Walking {escaped(OUT)[1:-1]}")), made


def test_no_page_shows_one_even_if_a_contract_holds_it():
    page = in_html.redline_page(redline.compare(*odd_contract()), OUT)
    assert not STEERING.search(page.replace("\n", ""))
    assert "\\u202e" in page


def test_no_part_of_a_word_file_turns_the_direction_even_if_a_contract_does():
    parts = docx_text.parts(writer.write(odd_contract()[0], ROOT / "templates" / "agreement.docx"))
    assert not [name for name, part in parts.items() if re.search(DIRECTION, part.decode("utf-8", "ignore"))]
    assert "\\u202e" in parts["word/document.xml"].decode()


def test_words_from_right_to_left_are_set_apart_on_a_page_and_its_title_stays_text():
    drafts = (small.draft(small.load(Path("other")), small.ANSWERS.replace("Ann", name))[0] for name in ("Ann", HEBREW))
    page = in_html.redline_page(redline.compare(*drafts), "told")
    assert f"<bdi>{HEBREW}</bdi>" in page
    assert "bdi" not in page.partition("</title>")[0]


def test_what_a_template_or_an_answer_has_that_may_be_mistaken_is_said(tmp_path):
    parts = docx_text.parts((ROOT / "templates" / "agreement.docx").read_bytes())
    words = "<w:p><w:r><w:t>\u0421\u0430\u0440\u0430</w:t></w:r></w:p></w:body>"
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:body>", words.encode())
    (tmp_path / "firm.docx").write_bytes(package.pack(parts))
    told = run("template", "check", tmp_path / "firm.docx", COLUMNS="500")
    assert (told.exit_code, "Remember: the template contains" in told.stdout) == (0, True)
    library = small.load(tmp_path / "lib")
    before = interview.begin(library, small.ANSWERS, "answers.yaml")
    after = interview.answer(before, "note", "\u0421\u0430\u0440\u0430")
    assert {found.code for found in effects.of(before, after, "note").found} == {"odd-letters"}
