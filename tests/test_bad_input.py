"""Bad input: one clear message each, with file and line, all at once; exit 1, and no file is touched."""

from __future__ import annotations

import re

import docx_text
import pytest
import small
from commands import files, matter, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

LINE = re.compile(r"(?P<file>[^:\n]+)(:(?P<line>\d+))?: (?P<code>[a-z0-9-]+): (?P<message>.+)")
OLD = b"the draft of yesterday"


def printed(stderr: str) -> list[tuple[str, int, str]]:
    """Return the place and code of each problem that was printed."""
    found = filter(None, map(LINE.fullmatch, stderr.splitlines()))
    return [(m["file"].replace("\\", "/"), int(m["line"] or 0), m["code"]) for m in found]


def refused(folder, monkeypatch, answers: str | bytes, *options: str):
    """Draft from wrong answers, over an older draft; return what the command did."""
    place = matter(folder)
    (place / "answers.yaml").write_bytes(answers if isinstance(answers, bytes) else answers.encode())
    (place / "contract.docx").write_bytes(OLD)
    before = files(folder)
    monkeypatch.chdir(folder)
    result = run("draft", "matter", "--library", "lib", *options)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert files(folder) == before, "a file was written or changed"
    return result


ANSWERS = {
    "an unknown question": ("waker: Ann\n", 1, "unknown-question", "there is no question 'waker'"),
    "an unknown group": ("shop:\n  name: A\n", 1, "unknown-question", "there is no question 'shop'"),
    "an unknown question of a group": ("town:\n  nam: A\n", 2, "unknown-question", "did you mean 'town.name'?"),
    "an unknown field": ("dogs:\n  - nam: Rex\n", 2, "unknown-question", "did you mean 'name'?"),
    "a text where a group is": ("town: Bark\n", 1, "bad-answer", "'town' is a group of questions: town.name"),
    "a word for a date": ("starts: soon\n", 1, "bad-answer", "'soon' is not a date"),
    "a date that can be two": ("starts: 8.9.2026\n", 1, "bad-answer", "write August 9, 2026 or September 8, 2026"),
    "a day that is not": ("starts: 2026-02-30\n", 1, "bad-answer", "there is no such day as 2026-02-30"),
    "a month that is not": ("ends: 2026-13-01\n", 1, "bad-answer", "there is no such day as 2026-13-01"),
    "a date of long ago": ("ends: 0026-07-01\n", 1, "bad-answer", "is not between"),
    "a word for money": ("fee: ten\n", 1, "bad-answer", "'ten' is not an amount of money"),
    "money below nothing": ("fee: -5\n", 1, "bad-answer", "is not between"),
    "money that is not a number": ("fee: nan\n", 1, "bad-answer", "fee: "),
    "endless money": ("fee: 1e999999999\n", 1, "bad-answer", "fee: "),
    "half a cent": ("fee: 1.005\n", 1, "bad-answer", "has more than two decimals"),
    "half a foot": ("leash: long\nlength: 2.5\n", 2, "bad-answer", "is not a whole number"),
    "too long a leash": ("leash: long\nlength: 31\n", 2, "bad-answer", "31 is not between 1 and 30"),
    "perhaps": ("bites: perhaps\n", 1, "bad-answer", "'perhaps' is neither yes nor no"),
    "no such option": ("leash: lon\n", 1, "bad-answer", "did you mean 'long'?"),
    "a list where one answer is": ("walker: [Ann, Bob]\n", 1, "bad-answer", "one answer is expected"),
    "one answer where a list is": ("dogs: Rex\n", 1, "bad-answer", "a list is expected here"),
    "a list of words where records are": ("dogs:\n  - Rex\n", 2, "bad-answer", "must be lines of 'field: value'"),
    "two lines where one is": ("walker: |\n  Ann\n  Bob\n", 1, "bad-answer", "write it on one line"),
    "an alternative that is not": ("alternatives:\n  leash: lon\n", 2, "unknown-alternative", "it has short, long"),
    "a choice for no clause": ("alternatives:\n  leesh: long\n", 2, "unknown-clause", "did you mean 'leash'?"),
    "alternatives that are a word": ("alternatives: leash\n", 1, "bad-answer", "lines of 'clause: alternative'"),
    "the end before the start": (
        "starts: 2027-06-30\nends: 2026-08-31\n", 1, "order", "It ends before it starts."
    ),
    "a question answered twice": ("walker: Ann\n\nwalker: Bob\n", 3, "duplicate-key", "(first on line 1)"),
    "a field answered twice": ("dogs:\n  - name: A\n    name: B\n", 3, "duplicate-key", "(first on line 2)"),
    "an open bracket": ("walker: [Ann\n", 1, "unreadable-yaml", "flow sequence"),
    "a tab": ("town:\n\tname: A\n", 2, "unreadable-yaml", "the line is indented with a tab"),
    "two documents": ("walker: Ann\n---\nwalker: Bob\n", 2, "unreadable-yaml", "a second document"),
    "a list at the top": ("- walker: Ann\n", 1, "unreadable-yaml", "lines of 'name: value'"),
    "a word at the top": ("walker\n", 1, "unreadable-yaml", "lines of 'name: value'"),
    "a list as a key": ("? [a]\n: b\n", 1, "unreadable-yaml", "a key must be a word"),
    "a bomb of aliases": (
        "note: &a [&b x]\nwalker: [*a, *a]\n", 1, "yaml-anchor", "anchors (&name) are not used here"
    ),
    "one megabyte": (f"note: {'x' * 1_000_000}\n", 1, "too-long", "the answer has 1,000,000 characters"),
    "one megabyte in one line": (f"walker: {'x' * 1_000_000}\n", 1, "too-long", "at most 1,000 fit"),
    "a thousand records": ("dogs:\n" + "  - {name: A}\n" * 1001, 2, "bad-answer", "1001 entries"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_a_wrong_answer_is_reported_with_its_line(name, tmp_path, monkeypatch):
    text, line, code, words = ANSWERS[name]
    result = refused(tmp_path, monkeypatch, text)
    assert ("matter/answers.yaml", line, code) in printed(result.stderr)
    assert words in result.stderr
    assert len(result.stderr) < 2000, "the message repeats the answer"


CONTROLS = {
    "\x00": "U+0000 NULL",
    "\x07": "U+0007 BELL",
    "\x08": "U+0008 BACKSPACE",
    "\x0b": "U+000B LINE TABULATION",
    "\x0c": "U+000C FORM FEED",
    "\x1b": "U+001B ESCAPE",
    "\x1f": "U+001F",
    "\ufffe": "U+FFFE",
    "\uffff": "U+FFFF",
}


@pytest.mark.parametrize("character", CONTROLS, ids=CONTROLS.values())
def test_a_character_that_no_word_file_can_hold_is_refused_by_name(character, tmp_path, monkeypatch):
    result = refused(tmp_path, monkeypatch, f"fee: 10\nwalker: Ann{character}\n")
    assert printed(result.stderr) == [("matter/answers.yaml", 2, "control-character")]
    assert CONTROLS[character] in result.stderr
    assert character not in result.stderr


@pytest.mark.parametrize("written", [r"\0", r"\a", r"\e", r"\x1f", r"\ud800", r"\uffff"])
def test_a_character_written_as_an_escape_is_refused_too(written, tmp_path, monkeypatch):
    result = refused(tmp_path, monkeypatch, f'fee: 10\nwalker: "Ann{written}"\n')
    (_, line, code), *_ = printed(result.stderr)
    assert line == 2
    assert code in ("control-character", "unreadable-yaml")


def test_a_file_in_another_encoding_is_reported_with_its_line(tmp_path, monkeypatch):
    result = refused(tmp_path, monkeypatch, "fee: 10\nwalker: Iñigo\n".encode("latin-1"))
    assert printed(result.stderr) == [("matter/answers.yaml", 2, "not-utf8")]


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(tmp_path, monkeypatch):
    text = "waker: Ann\nstarts: 2026-02-30\ndogs:\n  - {nam: Rex, size: huge}\nfee: ten\nleash: lon\n"
    result = refused(tmp_path, monkeypatch, text)
    assert [(line, code) for _, line, code in printed(result.stderr)] == [
        (1, "unknown-question"),
        (2, "bad-answer"),
        (4, "bad-answer"),
        (4, "unknown-question"),
        (5, "bad-answer"),
        (6, "bad-answer"),
    ]
    assert result.stderr.endswith("6 problems; nothing was written\n")


def test_the_blanks_of_a_final_are_listed_with_all_else(tmp_path, monkeypatch):
    text = "starts: 2027-06-30\nends: 2026-08-31\ndogs:\n  - {name: Rex}\n"
    result = refused(tmp_path, monkeypatch, text, "--final")
    assert [(line, code) for _, line, code in printed(result.stderr)] == [
        (0, "blank"),
        (0, "blank"),
        (1, "order"),
        (4, "blank"),
    ]
    for said in ("fee", "walker", "Rex, size"):
        assert f"blank: {said} is not answered" in result.stderr


def test_what_is_wrong_in_several_files_of_a_library_is_said_at_once(tmp_path, monkeypatch):
    place = matter(tmp_path)
    small.build(
        tmp_path / "lib",
        clauses={
            "muzzle": small.CLAUSES["muzzle"].replace("[[leash]]", "[[lash]] {{ fea }}"),
            "notes": small.CLAUSES["notes"].replace("## standard", "## other"),
        },
        agreement=small.AGREEMENT.replace("clauses: [list]", "clauses: [list, lost]"),
    )
    monkeypatch.chdir(tmp_path)
    result = run("draft", place.name, "--library", "lib")
    assert result.exit_code == 1
    found = {(file, code) for file, _, code in printed(result.stderr)}
    assert found >= {
        ("lib/agreement.yaml", "missing-clause"),
        ("lib/clauses/muzzle.md", "bad-expression"),
        ("lib/clauses/muzzle.md", "dead-reference"),
        ("lib/clauses/notes.md", "missing-wording"),
        ("lib/clauses/notes.md", "missing-alternative"),
    }


ODD = {
    "a field": "{{ 7*7 }}",
    "a half-open field": "{{ walker",
    "a statement": "{% for x in y %}",
    "an element": "<w:p>",
    "the end of an element": "</w:t></w:r></w:p>",
    "an entity": "&amp; &#65; &",
    "emphasis": "*a* **b** _c_ `d`",
    "a heading": "# Walker",
    "a reference": "[[leash]] [Blank]",
    "right to left": "שלום מרחבא",
    "emoji": "\U0001f415\u200d\U0001f9ba",
    "letters with marks": "e\u0301 ñ ß ﬁ",
    "a script": "<script>alert(1)</script>",
    "a path": r"C:\new\table",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_answer_is_printed_as_it_was_typed(name, tmp_path):
    place = matter(tmp_path, f"walker: '{ODD[name]}'\n")
    result = run("draft", place, "--library", tmp_path / "lib")
    assert result.exit_code == 0
    text = docx_text.plain_text((place / "contract.docx").read_bytes())
    assert f"This is between Town of Bark (the “Town”) and {ODD[name]}." in text
    reminded = name in ("a field", "a half-open field", "a statement", "an element")
    assert ("printed exactly as it was typed" in " ".join(result.stdout.split())) is reminded


def test_the_end_of_a_line_in_an_answer_is_a_space_or_a_refusal_never_a_break_in_a_message(tmp_path, monkeypatch):
    result = refused(tmp_path, monkeypatch, '"a\\nb: unknown-key: c": 1\n')
    assert len(printed(result.stderr)) == 1


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u061c", "\u200b", "\u202e", "\u2028", "\ufeff"])
def test_nothing_in_a_file_steers_the_terminal(character, tmp_path, monkeypatch):
    escape = f"\\u{ord(character):04x}"
    result = refused(tmp_path, monkeypatch, f'"wal{escape}[31mker": Ann\nleash: "lo{escape}ng"\n')
    assert character not in result.stderr


@settings(max_examples=often(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_file_is_an_answers_file_or_has_a_problem(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp() / "any"
    (matter(folder) / "answers.yaml").write_bytes(content)
    result = run("check", folder / "matter", "--library", folder / "lib")
    assert result.exit_code in (0, 1)
    assert (result.exit_code == 1) is bool(result.stderr)


@pytest.mark.parametrize("part", ["sources/policy.yaml", "questionnaire.yaml", "agreement.yaml", "authorities.yaml"])
def test_a_library_without_a_file_says_which(part, tmp_path):
    place = matter(tmp_path)
    (tmp_path / "lib" / part).unlink()
    result = run("draft", place, "--library", tmp_path / "lib")
    assert result.exit_code == 1
    assert f"{part}: missing-file: there is no such file" in result.stderr


def test_a_library_that_is_not_there_is_said(tmp_path):
    result = run("draft", matter(tmp_path), "--library", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "nowhere: missing-file: there is no such library folder" in result.stderr
