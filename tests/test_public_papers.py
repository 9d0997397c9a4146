"""The papers beside the memo: the line on the agenda, the notice to the public, and the letter with a round."""

from __future__ import annotations

import datetime as dt
import functools
import json
import runpy
import sys
from pathlib import Path

import docx_text
import generated
import pytest
import small
from commands import run

from drafter.base.problems import DraftingError
from drafter.contract import words
from drafter.papers import memo
from drafter.papers.texts import agenda, notice
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading, readers
from drafter.reading.reviewing import review

ROOT = Path(__file__).resolve().parents[1]
BARE = {"PATH": "/nowhere"}  # a computer without LibreOffice
MEETING = dt.date(2026, 5, 26)
HEAD = "---\nto: All\nfrom: The town\nsubject: A walk with {{ walker }}\nmeeting: Meeting\n---\n"
NOTICE = (
    HEAD
    + """
## notice

{when: bites} It bites.

## facts

| a | b |
|---|---|
| Day | {{ memo.meeting | date }}. |

## closing

See [[leash]].
"""
)
LETTER = (
    HEAD.replace("meeting: Meeting\n", "")
    + """
## opening

Draft {{ letter.round }} of {{ letter.on | date }} for {{ letter.party }}.

{when: letter.message | answered} {{ letter.message }}

## enclosed

{when: letter.redline} The redline against {{ letter.base }}.

## changes

{when: letter.compared} {{ letter.changed }} changed.

## blanks

{when: letter.blanks > 0} Open:

## closing
"""
)


def library(folder: Path, **texts: str) -> Path:
    """Write the small library with some papers, each by its name."""
    small.build(folder)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def told(paragraphs) -> list[str]:
    return list(map(words, paragraphs))


def read(document: bytes) -> str:
    return " ".join(docx_text.plain_text(document).replace("\xa0", " ").split())


# -- reading, lint and proof --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("notice", "{{ walker }}", "{{ wanderer }}", "lib/notice.md:4: bad-expression"),
        ("notice", "memo.meeting", "memo.blanks", "lib/notice.md:16: bad-expression"),
        ("notice", "[[leash]]", "[[leach]]", "lib/notice.md:20: dead-reference"),
        ("notice", "## closing", "## motion", "lib/notice.md:18: unknown-key: the notice has no part 'motion'"),
        ("notice", "See [[leash]].", "- See.", "lib/notice.md:20: bad-text"),
        ("notice", "---\nto", "to", "lib/notice.md:1: bad-text: the notice starts with a front matter"),
        ("letter", "letter.party", "letter.reason", "lib/letter.md:9: bad-expression"),
        ("letter", "letter.base", "memo.base", "lib/letter.md:15: bad-expression"),
        ("letter", "## enclosed\n", "", "lib/letter.md:25: missing-wording: the letter has no part '## enclosed'"),
    ],
)
def test_what_is_wrong_in_a_paper_is_said_by_its_file_and_line(tmp_path, name, old, new, expected):
    text = {"notice": NOTICE, "letter": LETTER}[name]
    assert old in text
    with pytest.raises(DraftingError) as error:
        loading.load(library(tmp_path, **{name: text.replace(old, new, 1)}), "lib")
    assert any(str(problem).startswith(expected) for problem in error.value.problems), str(error.value)


def test_a_question_cannot_have_the_name_of_what_a_letter_knows(tmp_path):
    asked = small.QUESTIONNAIRE.replace(
        "      - {id: walker", "      - {id: letter.size, type: text, prompt: How large?}\n      - {id: walker"
    )
    small.build(tmp_path, questionnaire=asked)
    (tmp_path / "letter.md").write_text(LETTER, "utf-8")
    with pytest.raises(DraftingError, match=r"a question is called 'letter', or its id starts with 'letter\.'"):
        loading.load(tmp_path, "lib")


def test_a_paper_is_linted_and_proved_as_the_memo_is(tmp_path):
    dead = NOTICE.replace("See [[leash]].", "See [[muzzle]].").replace(
        "{when: bites} It", "{when: bites and not bites} It"
    )
    loaded = loading.read_forms(
        library(tmp_path, notice=dead, letter=LETTER.replace("{{ letter.message }}", "{{ length }}")), "lib"
    )
    found = {
        (p.code, p.place.path, p.place.line) for p in lint.lint_forms(loaded).wrong if p.place.path.endswith(".md")
    }
    assert {("never-printed", "lib/notice.md", 10), ("unasked-field", "lib/letter.md", 11)} <= found
    holes = {(p.code, p.place.path) for p in proof.problems(proof.prove(loaded[0].library))}
    assert {("dead-reference", "lib/notice.md"), ("unasked-field", "lib/letter.md")} <= holes


def test_a_matters_own_wording_needs_a_line_in_a_paper_too(tmp_path):
    asked = NOTICE.replace("{when: bites} It", "{when: wording.leash == 'short'} It")
    found = lint.lint_forms(loading.read_forms(library(tmp_path, notice=asked), "lib")).wrong
    what = "the texts of the notice depend on the wording of 'leash', and a matter's own has no line there"
    told_of = [(str(p.place), p.message) for p in found if p.code == "untold-wording"]
    assert told_of == [("lib/notice.md:10", what)]


def test_a_paper_is_read_by_itself_and_is_no_text_of_the_contract(tmp_path):
    bare = loading.load(library(tmp_path / "bare"), "lib")
    made = loading.load(library(tmp_path / "lib", notice=NOTICE, letter=LETTER), "lib")
    assert [name for name in review.files(made) if name not in review.files(bare)] == ["notice.md", "letter.md"]
    assert "It bites." in str(review.texts_of_file(made, "notice.md"))
    assert {r.kind for r in readers.readers(made)["bites"]} - {r.kind for r in readers.readers(bare)["bites"]} == {
        "notice"
    }
    assert made.fingerprint == bare.fingerprint


# -- the shipped ones ---------------------------------------------------------------------------


@functools.cache
def drafted(more: str = "", example: str = "st-louis-park"):
    return small.draft(generated.real_library(), generated.example(example) + more)


def notice_of(more: str = "", meeting: dt.date | None = MEETING) -> notice.Notice:
    contract, _, selected = drafted(more)
    return notice.make(selected.library.papers["notice"], selected, contract, meeting)


def memo_of(more: str = "", meeting: dt.date = MEETING) -> memo.Memo:
    contract, coverage, selected = drafted(more)
    return memo.make(selected.library.memo, selected, contract, coverage, None, "", meeting)


def test_the_notice_says_when_and_where_and_shows_what_is_not_known():
    found = notice_of()
    facts = {words(label): words(said) for label, said in found.facts}
    assert facts["Meeting"] == "May 26, 2026, [Time of the meeting]"
    assert facts["Where the text can be read"] == "[Where the text can be read]"
    assert not {"Comments", "Date of this notice"} & facts.keys()  # nothing is said of what no answer says
    assert told(found.notice)[0].startswith("At this meeting the School Board will be asked to vote on a contract")
    assert words(notice_of(meeting=None).meeting) == "[Date of the board meeting]"
    given = "meeting_time: 6:30 p.m.\nnotice_comment: In writing to the clerk by noon\nnotice_on: 2026-05-15\n"
    known = {words(label): words(said) for label, said in notice_of(f"\n{given}").facts}
    assert known["Meeting"] == "May 26, 2026, 6:30 p.m."
    assert known["Comments"] == "In writing to the clerk by noon"
    assert known["Date of this notice"] == "May 15, 2026"


@pytest.mark.parametrize(
    ("kind", "label"), [("action", "Action"), ("consent", "Consent"), ("discussion", "Discussion")]
)
def test_the_line_on_the_agenda_names_kind_presenter_and_motion(kind, label):
    made = memo_of(f"\nagenda_item: {kind}\n")
    line = agenda.text(made)
    assert f"Kind of item: {label}\nPresenter: Dr. Alex Example, Superintendent\nRecommended motion: " in line
    assert ("adopt resolution 2026-00 (example), which finds" in line) == (kind != "discussion")
    assert ("No motion is recommended." in line) == (kind == "discussion")
    assert ("I move" in " ".join(told(made.motion))) == (kind != "discussion")
    assert ("is asked to approve" in " ".join(told(made.request))) == (kind != "discussion")
    assert ("No vote on it is planned" in " ".join(told(notice_of(f"\nagenda_item: {kind}\n").notice))) == (
        kind == "discussion"
    )


def test_another_presenter_is_named_with_the_title_that_was_given():
    assert "Presenter: N. Aide, Director of Safety\n" in agenda.text(
        memo_of("\nagenda_presenter: N. Aide, Director of Safety\n")
    )


def test_a_memo_without_a_kind_of_item_has_no_line_on_the_agenda(tmp_path):
    loaded = loading.load(library(tmp_path, memo=generated.memo(motion="Walk.")), "lib")
    contract, coverage, selected = small.draft(loaded)
    assert agenda.text(memo.make(loaded.memo, selected, contract, coverage, None, "", MEETING)) == ""


def test_the_memo_says_that_the_term_began_before_the_meeting():
    said = "The term that the contract states began on July 1, 2026, before this meeting"
    assert said in " ".join(told(memo_of(meeting=dt.date(2026, 7, 2)).request))
    assert said not in " ".join(told(memo_of(meeting=dt.date(2026, 7, 1)).request))


# -- the letter ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> tuple[Path, list[str]]:
    """Send a round of the shipped library, change it, and send another; return the matter and the two letters."""
    folder = tmp_path_factory.mktemp("letters") / "matter"
    folder.mkdir()
    text = generated.example("st-louis-park").replace("board_resolution: 2026-00 (example)\n", "")
    (folder / "answers.yaml").write_text(f"{text}\nreply_by: 2026-05-04\n", "utf-8")
    assert run("send", folder, "--to", "city", "--on", "2026-04-16").exit_code == 0
    done = run("swap", folder, "termination-convenience", "sixty-days", "--because", "They threatened to walk out.")
    assert done.exit_code == 0, done.stderr
    (folder / "own.md").write_text("---\nlabel: Ours\n---\nEach Party must keep its records for six years.\n", "utf-8")
    assert run("swap", folder, "records-audit", "--wording", folder / "own.md").exit_code == 0
    done = run(
        "send",
        folder,
        "--to",
        "city",
        "--on",
        "2026-04-27",
        "--message",
        "The new notice follows your letter.",
        "--json",
    )
    assert done.exit_code == 0, done.stderr
    return folder, [read((folder / f"rounds/{n}-to-city/outgoing/letter.docx").read_bytes()) for n in ("01", "02")]


def test_the_letter_says_what_is_enclosed_what_changed_and_what_is_open(sent):
    first, second = sent[1]
    assert "Round 1: School Resource Officer Services Agreement, draft of April 16, 2026" in first
    assert "This is the first draft that you receive" in first
    assert "redline.docx" not in first
    assert "City of St. Louis Park" in first
    assert "The redline (redline.docx), which marks every change from the draft of April 16, 2026." in second
    assert "Since the draft of April 16, 2026, two sections have changed." in second
    assert "Either party may end the contract with 60 days' notice." in second.replace("’", "'")
    assert "Added: Each Party must keep its records for six years." in second  # a wording of the matter's own
    assert "Number of the school board's resolution" in second
    assert "The District asks for your reply by May 4, 2026." in second
    assert ("The new notice follows your letter." in second, "The new notice" in first) == (True, False)


def test_no_reason_or_position_of_ours_is_in_a_letter(sent):
    for text in sent[1]:
        assert not [w for w in ("walk out", "Ours", "acceptable", "fallback", "preferred", "Policy 507.5") if w in text]


def test_a_letter_is_among_what_leaves_and_is_held_by_the_rounds_manifest(sent):
    assert "outgoing/letter.docx" in (sent[0] / "rounds/02-to-city/manifest.sha256").read_text("utf-8")


def test_what_is_found_of_the_day_of_a_round_is_said(sent, tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m/answers.yaml").write_text(
        (sent[0] / "answers.yaml").read_text("utf-8").partition("alternatives:")[0], "utf-8"
    )
    done = run("send", tmp_path / "m", "--to", "city", "--on", "2026-05-04", "--json")
    assert "reply-after-round" in {one["code"] for one in json.loads(done.stdout)["reminders"]}, done.output


@pytest.mark.parametrize("has_letter", [False, True])
def test_a_library_without_the_texts_has_no_such_papers(tmp_path, has_letter):
    library(tmp_path / "lib", memo=generated.memo(), **({"letter": LETTER} if has_letter else {}))
    (tmp_path / "m").mkdir()
    (tmp_path / "m/answers.yaml").write_text(small.ANSWERS, "utf-8")
    of = (tmp_path / "m", "--library", tmp_path / "lib")
    run("packet", *of, "-o", tmp_path / "packet", "--meeting", "2026-05-26", **BARE)
    assert not {"agenda.txt", "5-notice.docx"} & {path.name for path in (tmp_path / "packet").iterdir()}
    noted = run("send", *of, "--to", "town", "--message", "Hello there.", "--on", "2026-05-04")
    assert (noted.exit_code, "lib/letter.md: missing-file" in noted.stderr) == ((0, False) if has_letter else (1, True))
    if has_letter:
        letter = read((tmp_path / "m/rounds/01-to-town/outgoing/letter.docx").read_bytes())
        assert "Draft 1 of May 4, 2026 for town. Hello there." in letter
        return
    assert run("send", *of, "--to", "town", "--on", "2026-05-04").exit_code == 0
    assert [path.name for path in (tmp_path / "m/rounds/01-to-town/outgoing").iterdir()] == ["contract.docx"]


# -- the templates ------------------------------------------------------------------------------


def test_the_templates_are_the_bytes_that_are_built(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "templates"), *sys.path])
    build = runpy.run_path(str(ROOT / "templates" / "build_papers.py"))
    for name in ("notice", "letter"):
        assert build[name]() == (ROOT / "templates" / f"{name}.docx").read_bytes(), name
