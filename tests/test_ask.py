"""The interview through a real terminal, key by key."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import commands
import forms
import pytest
import small
import typist
from terminal import Terminal, squeezed

from drafter.asking import dialogue, saving
from drafter.base import yaml_tree
from drafter.doors.interview import running
from drafter.matters import answers, belonging, blank_answers, filing
from drafter.reading import loading

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "st-louis-park"
ENTER, BACK, SKIP, SECTIONS, REVIEW, LEAVE = "\r", "\x02", "\x13", "\x07", "\x12", "\x03"
UP, DOWN, DELETE, ESCAPE = "\x1b[A", "\x1b[B", "\x1b[3~", "\x1b"
ADD, WHY, DEFAULTS = "\x0e", "\x19", "\x14"
PASTE = "\x1b[200~{}\x1b[201~"  # how a terminal says that a text was pasted
BUSY = small.QUESTIONNAIRE.replace(
    "- {id: length, type: number, prompt: How long?, blank: Length, ask_when: leash == 'long', min: 1, max: 30}",
    "- {id: length, type: number, prompt: How long?, blank: Length, ask_when: leash == 'long', min: 1, max: 30,"
    ' help: In feet., why: "Policy 7, paragraph II, asks for a leash."}',
)


@pytest.fixture
def folder(tmp_path):
    small.build(tmp_path / "lib", questionnaire=BUSY)
    return tmp_path


def ask(folder: Path, *options: str, columns: int = 80, rows: int = 24, **environment: str) -> Terminal:
    command = ("ask", "matter", "--library", "lib", *options)
    return Terminal(*command, folder=folder, columns=columns, rows=rows, **environment)


def kept(folder: Path) -> str:
    return (folder / "matter" / "answers.yaml").read_text("utf-8")


def given(folder: Path) -> dict[str, object]:
    loaded = loading.load(folder / "lib", "lib")
    return dict(answers.parse(kept(folder), "answers.yaml", loaded.questionnaire).given)


def begun(folder: Path, text: str) -> None:
    (folder / "matter").mkdir()
    (folder / "matter" / "answers.yaml").write_text(text, encoding="utf-8")


# -- the terminal -------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_without_a_terminal_it_says_what_to_do_instead(folder, options):
    ended = commands.process("ask", folder / "matter", "--library", folder / "lib", *options)
    assert ended.returncode == 2
    assert "needs a terminal" in ended.stderr
    assert "drafter new" in ended.stderr
    assert not (folder / "matter").exists()


def test_output_into_a_pipe_is_no_terminal(folder):
    piped = f"({sys.executable} -P -m drafter ask matter --library lib; echo $? >&2) | cat"
    ended = subprocess.run(["/bin/sh", "-c", piped], cwd=folder, capture_output=True, text=True, check=False)
    assert ended.stderr.endswith("\n2\n")
    assert not (folder / "matter").exists()


def test_a_question_shows_where_it_is_and_the_default_is_taken_with_enter(folder):
    with ask(folder) as person:
        person.wait("Parties, 1 of 4", "0 of 9 answered", "Enter accepts the default: Town of Bark")
        person.press(ENTER)
        person.wait("Saved: Town of Bark", "Who walks?", "1 of 9 answered")
        assert given(folder) == {"town.name": "Town of Bark"}


def test_no_line_is_wider_than_the_terminal_after_each_resize(folder):
    begun(folder, "leash: long\n")
    with ask(folder, "--section", "dogs", columns=120, rows=40) as person:
        person.wait("Dogs, 1 of 6", "Which dogs?")
        for columns, rows in ((40, 24), (100, 30), (24, 12), (80, 24)):
            seen = len(person.raw)
            person.resize(columns, rows)
            person.wait_for(lambda seen=seen: len(person.raw) > seen and "Leave it blank" in person.shown)
            shown = person.wait("Which dogs?", "Leave it blank")
            assert max(map(len, shown.splitlines())) <= columns
        person.press(BACK)
        person.wait("This is the first question")


def test_no_color_prints_no_color(folder):
    with ask(folder, NO_COLOR="1") as person:
        person.wait("What is the town called?")
        person.press(ENTER)
        person.wait("Who walks?")
        numbers = {n for run in re.findall(rb"\x1b\[([0-9;]*)m", person.raw) for n in run.split(b";")}
        assert not {n for n in numbers if n[:1] in b"349" and len(n) == 2 and n not in (b"39", b"49")}
    with ask(folder) as person:
        person.wait("Who walks?")
        assert re.search(rb"\x1b\[[0-9;]*3[0-9]", person.raw)


def test_control_c_leaves_and_the_next_run_goes_on(folder):
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(ENTER)
        person.wait("Who walks?")
        person.type("An")
        person.press(LEAVE)
        assert person.end() == 0
        assert squeezed("Continue at any time: drafter ask matter") in squeezed(person.shown)
    with ask(folder) as person:
        person.wait("Who walks?", "1 of 9 answered")


def test_a_kill_loses_no_more_than_the_question_on_screen(folder):
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(ENTER)
        person.wait("Who walks?")
        person.type("Ann")
        person.press(ENTER)
        person.wait("Saved: Ann")
        person.type("8/31/26")
        person.wait("8/31/26")
        person.process.send_signal(signal.SIGKILL)
        person.end()
    assert given(folder) == {"town.name": "Town of Bark", "walker": "Ann"}
    with ask(folder) as person:
        person.wait("When does it start?", "2 of 9 answered")


def test_a_closed_terminal_ends_it_and_keeps_what_was_saved(folder):
    person = ask(folder)
    person.wait("What is the town called?")
    person.press(ENTER)
    person.wait("Who walks?")
    person.close()
    assert person.process.wait(20) is not None
    assert given(folder) == {"town.name": "Town of Bark"}
    left = {p.name for p in (folder / "matter").iterdir()}
    assert left - {filing.LOCK} == {"answers.yaml", belonging.FILE}  # a lock that nobody holds stops nobody
    assert commands.run("swap", folder / "matter", "leash", "long", "--library", folder / "lib").exit_code == 0


# -- moving about -------------------------------------------------------------------------------


def test_keys_typed_while_no_page_is_shown_are_for_the_page_that_comes(tmp_path):
    forms.build(tmp_path / "lib")
    with ask(tmp_path) as person:
        person.wait("In which form is the contract drafted?")
        person.press(ENTER)
        person.wait_for(lambda: b"\x1b[?1049l" in person.raw)  # the page of the forms is gone
        person.press(SKIP, SKIP)
        person.wait("When does it start?")
        assert "skipped: [town.name, walker]" in kept(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="its terminal keeps keys as they are")
def test_a_terminal_is_held_so_that_it_keeps_every_key_and_is_then_as_it_was(monkeypatch):
    import termios

    keys = b"".join(bytes([n]) for n in range(1, 32) if chr(n) not in "\x03\x1a\x1c")  # those end or stop a command
    master, slave = os.openpty()
    with os.fdopen(slave, "r", closefd=False) as read, os.fdopen(slave, "w") as written:
        monkeypatch.setattr(sys, "stdin", read)
        monkeypatch.setattr(sys, "stdout", written)
        monkeypatch.setenv("TERM", "xterm")
        before = termios.tcgetattr(slave)
        for plain in (True, False):
            with running.held(plain=plain):
                assert os.read(master, 100) == b"\x1b[?2004h"  # it marks what is pasted from the start
                assert bool(termios.tcgetattr(slave)[3] & termios.ICANON) == plain
                os.write(master, b"line\n" if plain else keys)
                assert os.read(slave, 100) == (b"line\n" if plain else keys)
                if not plain:
                    assert not select.select([master], [], [], 0)[0]  # nothing is shown
            assert termios.tcgetattr(slave) == before
            shown = b""
            while not shown.endswith(b"\x1b[?2004l"):  # the terminal may first show the line that was typed
                assert select.select([master], [], [], 5)[0], shown
                shown += os.read(master, 100)
    os.close(master)


# -- before a page is shown ---------------------------------------------------------------------


@pytest.mark.parametrize("block", ["Ann\nBo\n/quit\n", "Ann\nBo", PASTE.format("Ann\nBo\n/quit\n")])
@pytest.mark.parametrize("when", ["at once", "held"])
def test_lines_that_come_before_the_first_page_are_one_paste_and_answer_nothing(folder, block, when):
    with ask(folder) as person:
        if when == "held":
            person.wait_for(lambda: b"\x1b[?2004h" in person.raw)
        person.press(block)
        person.wait("What is the town called?", "❯ Ann")
        assert given(folder) == {}
        person.press(*["\x7f"] * 40)
        person.wait("Enter accepts the default: Town of Bark")
        person.press(ENTER)
        person.wait("Who walks?")
    assert given(folder) == {"town.name": "Town of Bark"}


def test_a_line_and_keys_that_come_before_the_first_page_are_for_it(folder):
    with ask(folder) as person:
        person.press("Bark\n")
        person.wait("Saved: Bark", "Who walks?")
    assert given(folder) == {"town.name": "Bark"}


def test_lines_that_go_with_the_choice_of_the_form_answer_no_question(tmp_path):
    forms.build(tmp_path / "lib")
    with ask(tmp_path) as person:
        person.wait("In which form is the contract drafted?")
        person.press(f"{ENTER}Ann{ENTER}Bo{ENTER}")
        person.wait("What is the town called?", "❯ Ann")
        assert "Ann" not in kept(tmp_path)
        person.press(LEAVE)
        assert person.end() == 0


def test_lines_typed_before_the_first_line_is_printed_are_left_out_in_plain_and_said(folder):
    with ask(folder, "--plain") as person:
        person.press("Ann\nBo\n/quit")
        person.wait("Left out, since it was typed before this page and has several lines:", "Ann Bo >")
        person.press("Bark\n")
        person.wait("Saved: Bark", "Who walks?")
        person.press("/quit\n")
        assert person.end() == 0
    assert given(folder) == {"town.name": "Bark"}
    with ask(folder, "--plain") as person:
        person.press("Ann\n")
        person.wait("Saved: Ann")


def test_a_start_that_takes_more_than_a_second_says_so(folder, monkeypatch):
    monkeypatch.setattr(running, "is_terminal", lambda: True)
    monkeypatch.setattr(running, "held", lambda **_: contextlib.nullcontext())
    monkeypatch.setattr(running, "run", lambda *_, **__: "leave")
    words = ("ask", folder / "matter", "--library", folder / "lib")
    assert "Opening" not in commands.run(*words).stdout
    monkeypatch.setattr(running, "SOON", 0)
    assert "Opening ...\n" in commands.run(*words).stdout


def test_back_goes_over_the_edge_of_a_section_and_forward_returns(folder):
    begun(folder, "town: {}\nwalker: Ann\nstarts: 2026-08-31\nends: 2027-06-30\n".replace("town: {}\n", ""))
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(ENTER)
        person.wait("Which dogs?", "Dogs, 1 of 5")
        person.press(BACK)
        person.wait("When does it end?", "Enter keeps your answer: Wednesday, June 30, 2027")
        person.press(BACK)
        person.wait("When does it start?", "Parties, 3 of 4")
        person.press(ENTER)
        person.wait("Which dogs?")


def test_skip_leaves_a_blank_and_says_which(folder):
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(SKIP)
        person.wait("Skipped. The default applies.", "Who walks?")
        person.press(SKIP)
        person.wait("The draft shows the blank [Walker's name]", "When does it start?")
        assert given(folder) == {}


def test_a_jump_goes_through_a_section_answered_or_not(folder):
    begun(folder, "leash: short\n")
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(SECTIONS)
        person.wait("Where do you want to go?", "1 of 5 answered")
        person.press("2", ENTER)
        person.wait("Which dogs?")
        person.press(SKIP)
        person.wait("Does one bite?")
        person.press("n", ENTER)
        person.wait("What leash?", "Dogs, 3 of 5")


def test_only_missing_asks_what_would_be_blank(folder):
    begun(folder, "starts: 2026-08-31\n")
    with ask(folder, "--only-missing") as person:
        person.wait("Who walks?")
        person.press(SKIP)
        person.wait("When does it end?")


def test_an_unknown_section_is_said_with_the_one_that_was_meant(folder):
    with ask(folder, "--section", "dgs") as person:
        assert person.end() == 1
        assert "there is no section 'dgs'" in person.shown
        assert "did you mean 'dogs'?" in person.shown


def test_the_review_shows_what_is_missing_and_leads_there_and_drafts(folder):
    begun(folder, small.ANSWERS.replace("walker: Ann\n", ""))
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(REVIEW)
        person.wait("1 answer is missing", "Draft the contract now", "Missing", "Who walks?", "[Walker's name]")
        person.press(DOWN, DOWN, ENTER)
        person.wait("Parties, 2 of 4")
        person.type("Ann")
        person.press(ENTER, REVIEW)
        person.wait("No answer is missing")
        person.press(ENTER)
        person.wait("Draft the contract now?", "The interview ends", "Back to the review")
        person.press(ENTER, ESCAPE)
        person.wait("Leave; everything is saved")
        assert not (folder / "matter" / "contract.docx").exists()
        person.press(ENTER)
        person.wait("Draft the contract now?")
        person.press("y", ENTER)
        assert person.end() == 0
        assert "contract.docx" in person.shown
    assert (folder / "matter" / "contract.docx").exists()


# -- answering ----------------------------------------------------------------------------------


def test_a_date_is_read_back_in_words_before_it_counts(folder):
    with ask(folder, "--section", "parties") as person:
        person.wait("What is the town called?")
        person.press(SKIP, SKIP)
        person.wait("When does it start?")
        person.type("8/32/26")
        person.press(ENTER)
        person.wait("'8/32/26' is not a date", "Write it like 7/1/2026")
        person.press(*["\x7f"] * 7)
        person.type("8/31/26")
        person.press(ENTER)
        person.wait("Monday, August 31, 2026. Press Enter again if that is right")
        assert given(folder) == {}
        person.press(ENTER)
        person.wait("Saved: Monday, August 31, 2026")
        assert "starts: 2026-08-31" in kept(folder)


def test_why_shows_the_reason_and_the_policys_own_words(folder):
    begun(folder, "leash: long\n")
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?")
        person.press(SKIP, SKIP, SKIP)
        person.wait("How long?")
        person.press(WHY)
        person.wait("Why this is asked", "Policy 7, II", "“A walker must use a leash.”")
        person.press(ENTER)
        person.wait("How long?", "In feet.")
        person.type("4")
        person.press("\x1bOP")
        person.wait("Why this is asked")


def test_the_reasons_scroll_line_by_line(folder):
    begun(folder, "leash: long\n")
    with ask(folder, "--section", "dogs", rows=9) as person:
        person.wait("Which dogs?")
        person.press(SKIP, SKIP, SKIP)
        person.wait("How long?")
        person.press(WHY)
        person.wait("What the last answer did", "asks for a leash")
        person.press(DOWN, DOWN)
        person.wait_for(lambda: "What the last" not in person.shown and "asks for a leash" in person.shown)
        person.press(*[DOWN] * 20)
        person.wait("“A walker must use a leash.”")
        person.press(UP, UP, UP)
        person.wait("What the last answer did")


def test_an_option_shows_what_it_selects_and_the_answer_says_before_and_after(folder):
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?")
        person.press(SKIP, SKIP)
        person.wait("What leash?", "“Leash”: The short one (preferred); says II.")
        person.press(DOWN)
        person.wait("“Leash”: The long one (fallback); says II. Concedes: Something.")
        person.press(ENTER)
        shown = person.wait("“Leash” is now: The long one (fallback); says Policy 7 II.", "Before: The short one")
        assert "Now asked as well: How long?" in shown


def test_an_answer_that_is_no_longer_asked_for_stays_in_the_file_and_says_so_when_it_is_back(folder):
    begun(folder, "leash: long # they asked\nlength: 6\n")
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?")
        person.press(SKIP, SKIP)
        person.wait("What leash?")
        person.press("1", ENTER)
        person.wait("No longer asked: How long? The answer stays in the file but not in the draft.")
        assert kept(folder) == "leash: short # they asked\nlength: 6\n\nskipped: [dogs, bites]\n"
        person.press(BACK)
        person.wait("What leash?")
        person.press("2", ENTER)
        person.wait("In the draft again, as answered before: How long? 6")


def test_a_problem_between_answers_is_shown_at_once(folder):
    begun(folder, "ends: 2026-01-01\n")
    with ask(folder, "--section", "parties") as person:
        person.wait("What is the town called?")
        person.press(SKIP, SKIP)
        person.wait("When does it start?")
        person.type("Feb 1, 2026")
        person.press(ENTER, ENTER)
        person.wait("Problem: It ends before it starts.")
        person.press(REVIEW)
        person.wait("1 problem to fix before a draft can be made")
        assert "Draft the contract now" not in person.shown


def test_records_are_added_changed_and_removed_in_a_table(folder):
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?", "Add the first dog")
        person.press(ADD)
        person.wait("The dog's name?", "dog 1, 1 of 2")
        person.type("Rex")
        person.press(ENTER)
        person.wait("How large?")
        person.press("2", ENTER)
        person.wait("Which chain?", "3 of 3")
        person.press(SKIP)
        person.wait("1 Rex Large [blank] 1 blank")
        assert "  - name: Rex\n    size: large\n" in kept(folder)
        person.press(ADD)
        person.wait("dog 2")
        person.type("Bit")
        person.press(ENTER, "1", ENTER)
        person.wait("2 Bit Small complete")
        person.press("1", ENTER)
        person.wait("Fill in the blank", "Done with this dog")
        person.press(ENTER)
        person.wait("Which chain?")
        person.type("iron")
        person.press(ENTER)
        person.wait("Done with this dog", "iron")
        person.press(ENTER)
        person.wait("Which dogs?")
        person.press(UP, UP, DELETE)
        person.wait("Remove dog 2?", "Bit, small")
        person.press("2", ENTER)
        person.wait("dog 2 removed")
    assert kept(folder).count("- name: ") == 1


def test_a_list_that_the_questionnaire_gives_is_shown_and_taken_with_enter(tmp_path):
    asked = small.QUESTIONNAIRE.replace(
        "        singular: dog\n", "        singular: dog\n        default: [{name: Rex, size: small}]\n"
    )
    small.build(tmp_path / "lib", questionnaire=asked)
    with ask(tmp_path, "--section", "dogs") as person:
        person.wait("1 Rex Small complete")
        person.press(ENTER)
        person.wait("Does one bite?")
    assert "  - name: Rex\n    size: small\n" in kept(tmp_path)


def test_an_answer_can_be_cleared(folder):
    begun(folder, "walker: Ann\n")
    with ask(folder, "--section", "parties") as person:
        person.wait("What is the town called?")
        person.press(SKIP)
        person.wait("Who walks?", "Enter keeps your answer: Ann")
        person.press("\x18")
        person.wait("Answer cleared.", "Who walks?")
        assert kept(folder) == "walker:\n\nskipped: [town.name]\n"


def test_tab_brings_the_answer_into_the_field(folder):
    begun(folder, "walker: Ann\n")
    with ask(folder, "--section", "parties") as person:
        person.wait("What is the town called?")
        person.press(SKIP)
        person.wait("Enter keeps your answer: Ann")
        person.press("\t")
        person.type("a Lee")
        person.press(ENTER)
        person.wait("Saved: Anna Lee")


def test_what_another_writes_into_the_file_meanwhile_is_kept(folder):
    with ask(folder) as person:
        person.wait("What is the town called?")
        path = folder / "matter" / "answers.yaml"
        path.write_text(path.read_text("utf-8").replace("walker:", "walker: Bea # by hand"), "utf-8")
        person.press(ENTER)
        person.wait("changed elsewhere", "When does it start?")
    assert "walker: Bea # by hand" in kept(folder)
    assert given(folder)["town.name"] == "Town of Bark"


def test_who_answers_what_another_command_answered_meanwhile_chooses_one_of_both(folder):
    with ask(folder) as person:
        person.wait("What is the town called?")
        beside = ("answer", folder / "matter", "town.name", "Woof", "--library", folder / "lib")
        assert commands.run(*beside).exit_code == 0
        person.type("Barks")
        person.press(ENTER)
        person.wait("changed elsewhere", "Keep what was saved elsewhere: Woof", "Save yours instead: Barks")
        assert given(folder)["town.name"] == "Woof"
        person.press("2", ENTER)
        person.wait("Saved: Barks", "Who walks?")
    assert given(folder)["town.name"] == "Barks"


def test_the_line_ends_and_the_byte_order_mark_of_the_file_stay(folder):
    begun(folder, "")
    path = folder / "matter" / "answers.yaml"
    path.write_bytes(b"\xef\xbb\xbf# mine\r\nwalker: Ann\r\n")
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(ENTER)
        person.wait("Saved: Town of Bark")
    assert path.read_bytes() == b"\xef\xbb\xbf# mine\r\nwalker: Ann\r\n\r\ntown:\r\n  name: Town of Bark\r\n"


def test_from_another_contract_takes_over_what_still_applies(folder):
    (folder / "last.yaml").write_text(small.ANSWERS + "leash: none\n", "utf-8")
    with ask(folder, "--from", "last.yaml") as person:
        person.wait("Carried over from the other contract: 2 answers", "Asked again", "Start; End; Fee")
        person.wait("Not carried over: What leash?", "What is the town called?")
        assert given(folder).keys() == {"walker", "dogs"}
        person.press(ENTER)
        person.wait("When does it start?", "Last time: Monday, August 31, 2026")
        person.press("\t", ENTER)
        person.wait("Press Enter again if that is right")


@pytest.mark.parametrize("key", ["\x0e", "\x1b\r"])
def test_a_new_line_starts_with_control_n_or_with_alt_enter(folder, key):
    with ask(folder, "--section", "dogs") as person:
        for question in ("Which dogs?", "Does one bite?", "What leash?", "What fee?"):
            person.wait(question)
            person.press(SKIP)
        person.wait("Anything else?", "^N new line")
        person.type("first")
        person.press(key)
        person.type("second")
        person.press(ENTER)
        person.wait_for(lambda: "second" in kept(folder))
    assert given(folder)["note"] == "first\nsecond"


# -- what is typed or pasted in a list ----------------------------------------------------------

MANY = "dogs:\n" + "".join(f"  - {{name: Dog {n}, size: small}}\n" for n in range(1, 14))
BEST = "      - {id: best, type: text, among: dogs.name, prompt: Which is best?, blank: Best}\n      - {id: bites"


@pytest.fixture
def kennel(tmp_path):
    small.build(tmp_path / "lib", questionnaire=BUSY.replace("      - {id: bites", BEST))
    begun(tmp_path, MANY)
    return tmp_path


def test_digits_reach_every_line_and_enter_confirms(kennel):
    with ask(kennel, "--section", "dogs", rows=40) as person:
        person.wait("Which dogs?")
        person.press(SKIP)
        person.wait("Which is best?", "13 Dog 13")
        person.press("1")
        person.wait("❯ 1")
        person.press("2")
        person.wait("❯ 12 Dog 12", "❯ 12\n")
        assert "best" not in kept(kennel)
        person.press(ENTER)
        person.wait("Saved: Dog 12", "Does one bite?")
        person.press(BACK)
        person.wait("Which is best?")
        person.press("9", "9", ENTER)
        person.wait("No line is called “99”")
        person.press("1", "\x7f", "3", ENTER)
        person.wait("Saved: Dog 3")
    assert "best: Dog 3\n" in kept(kennel)


@pytest.mark.parametrize("paste", [PASTE, "{}"])
def test_words_typed_or_pasted_at_a_choice_run_no_command(folder, paste):
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?")
        person.press(SKIP, SKIP)
        person.wait("What leash?")
        before = kept(folder)
        for words in ("quit", "back", "skip", "review", "x", "?", "12 o'clock"):
            person.press(paste.format(words), ENTER)
            person.wait(f"No line is called “{words}”", "What leash?")
        person.press(paste.format("gs"))
        person.wait("❯ gs")
        person.press(ESCAPE)
        person.wait_for(lambda: "❯ gs" not in person.shown)
        assert kept(folder) == before
        person.type("lo")
        person.wait("❯ 2 Long")
        person.press(ENTER)
        person.wait("Saved: Long")


@pytest.mark.parametrize("key", ["l", DOWN])
def test_what_is_wrong_with_a_choice_goes_with_the_next_key(folder, key):
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?")
        person.press(SKIP, SKIP)
        person.wait("What leash?")
        person.press("zz", ENTER)
        person.wait("No line is called “zz”")
        person.press(key)
        person.wait_for(lambda: "No line is called" not in person.shown)
        person.wait("What leash?", "❯ 2 Long")


def test_lines_pasted_at_a_table_are_asked_about_and_added(folder):
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?", "a new dog")
        person.press(PASTE.format("Rex\rback\rquit"), ENTER)
        person.wait("Add 3 entries to the list?", "“Rex”", "“back”", "“quit”")
        assert given(folder) == {}
        person.press("y", ENTER)
        person.wait("3 quit [blank]")
        person.type("Bit")
        person.press(ENTER)
        person.wait("Add this dog to the list?", "“Bit”")
        person.type("Max")
        person.press(ENTER)
        person.wait("Add 2 entries to the list?")
        person.press(ESCAPE)
        person.wait_for(lambda: "Add 2" not in person.shown and "Which dogs?" in person.shown)
    assert [line.partition(": ")[2] for line in kept(folder).splitlines() if line.startswith("  - name")] == [
        "Rex", "back", "quit",
    ]  # fmt: skip


def test_words_of_commands_in_a_field_are_answers(folder):
    with ask(folder, "--section", "parties") as person:
        person.wait("What is the town called?")
        person.press(PASTE.format("?"), ENTER)
        person.wait("“?” looks like a command, but typed here it is the answer. Press Enter again")
        person.press("\x7f")
        person.type("back to Bark")
        person.press(ENTER)
        person.wait("Saved: back to Bark")
        person.type("quit")
        person.press(ENTER, ENTER)
        person.wait("Saved: quit", "When does it start?")


def test_one_key_takes_the_defaults_of_a_section(folder):
    with ask(folder, "--section", "dogs") as person:
        person.wait("Which dogs?", "^T section's defaults")
        person.press(DEFAULTS)
        person.wait("2 defaults taken. Does one bite? No; What leash? Short.", "Which dogs?")
    assert given(folder) == {"bites": False, "leash": "short"}


def test_a_skip_lasts_until_the_next_time(folder):
    with ask(folder) as person:
        person.wait("What is the town called?")
        person.press(SKIP, SKIP)
        person.wait("When does it start?")
        person.press(LEAVE)
        assert person.end() == 0
    with ask(folder, rows=50) as person:
        person.wait("When does it start?")
        person.press(REVIEW)
        person.wait("Skipped", "Who walks? [Walker's name]")


# -- for a screen reader ------------------------------------------------------------------------


@pytest.mark.parametrize("how", [{}, {"TERM": "dumb"}])
def test_plain_is_lines_of_words_and_moves_nothing(folder, how):
    options = () if how else ("--plain",)
    with ask(folder, *options, "--section", "parties", **how) as person:
        person.wait("Parties, 1 of 4. 0 of 9 answered.", "Enter accepts the default: Town of Bark")
        person.press("\n")
        person.wait("Saved: Town of Bark", "Who walks?")
        person.type("/back\n")
        person.wait("Enter keeps your answer: Town of Bark")
        person.press("\n")
        person.type("Ann\n8/31/26\n")
        person.wait("Monday, August 31, 2026. Press Enter if that is right")
        person.press("\n")
        person.type("/quit\n")
        assert person.end() == 0
        modes = (b"\x1b[?2004h", b"\x1b[?2004l")  # they draw nothing: the terminal then marks what is pasted
        assert [person.raw.count(mode) for mode in modes] == ([0, 0] if how else [1, 1])
        assert b"\x1b" not in person.raw.replace(modes[0], b"").replace(modes[1], b"")
    assert given(folder).keys() == {"town.name", "walker", "starts"}


def test_several_lines_pasted_in_plain_are_one_answer(folder):
    with ask(folder, "--plain", "--section", "dogs", rows=60) as person:
        person.wait("1. Add the first dog")
        person.type("\x1b[200~Rex\n/quit\nBit\x1b[201~\n")
        person.wait("Rex", "/quit", "Bit", "Yes")
        person.type("y\n")
        person.wait("Saved: Rex; /quit; Bit")
        person.type("/quit\n")
        assert person.end() == 0
    assert [dog.values["name"] for dog in given(folder)["dogs"]] == ["Rex", "/quit", "Bit"]


def test_plain_lists_are_numbered(folder):
    with ask(folder, "--plain", "--section", "dogs", rows=60) as person:
        person.wait("1. Add the first dog")
        person.type("1\nRex\n2\n/skip\n")
        person.wait("1. Rex, Large, [blank], 1 blank", "3. Done (Enter chooses this)")
        person.type("\nn\n2\n")
        person.wait("“Leash” is now: The long one")
        person.type("/why\n")
        person.wait("Why this is asked", "“A walker must use a leash.”", "Commands: /why, /back, /skip")
        person.type("6\n/review\n")
        person.wait("Draft the contract now")
        person.type("99\n")
        person.wait("No line is called “99”. Type the number of a line")
        person.type("back\nquit\n?\n")
        person.wait("No line is called “back”", "No line is called “quit”", "No line is called “?”")
        person.type("1\nno\n1\nyes\n")
        assert person.end() == 0
    assert (folder / "matter" / "contract.docx").exists()


# -- the whole questionnaire --------------------------------------------------------------------


def test_the_example_is_made_by_the_interview_alone_and_drafts_the_same_contract(tmp_path):
    loaded = loading.load(ROOT / "clause_library", "clause_library")
    texts = [blank_answers.blank_file(loaded.questionnaire, loaded.title)]
    talk = dialogue.begin(loaded, saving.Store(lambda: texts[-1], texts.append), "answers.yaml")
    wanted = yaml_tree.parse((EXAMPLE / "answers.yaml").read_text("utf-8"), "answers.yaml")
    with Terminal("ask", "matter", folder=tmp_path) as person:
        person.wait("In which form is the contract drafted?", "Comprehensive")
        person.press(ENTER)  # the first, which is the example's
        person.wait("answered")  # several lines that come before the page are no answers
        pressed = 1
        for _, keys in typist.presses(talk, wanted):
            person.press(*keys)
            pressed += len(keys)
            person.read(0)
        person.wait("Review", "Draft the contract now", "No answer is missing")
        person.press(ENTER, "y", ENTER)
        pressed += 3
        assert person.end() == 0, person.shown
    made = tmp_path / "matter"
    assert (made / "answers.yaml").read_text("utf-8") == texts[-1]
    commands.run("draft", EXAMPLE, "-o", tmp_path / "example.docx")
    assert (made / "contract.docx").read_bytes() == (tmp_path / "example.docx").read_bytes()
    assert f"{pressed:,} keystrokes" in (ROOT / "docs" / "interview.md").read_text("utf-8")


def test_the_screens_in_the_documents_are_what_is_shown(tmp_path, request):
    (tmp_path / "matter").mkdir()
    answered = (EXAMPLE / "answers.yaml").read_text("utf-8").replace("prone_agreed_by:", "# prone_agreed_by:")
    (tmp_path / "matter" / "answers.yaml").write_text(
        answered.replace("prone_agreed_on:", "# prone_agreed_on:"), "utf-8"
    )
    with Terminal("ask", "matter", "--section", "force", folder=tmp_path) as person:
        person.wait("Use of force, 1 of")
        first = settled(person)
        person.press("2", ENTER)
        person.wait("Now asked as well")
        shown = [first, settled(person)]
    document = ROOT / "docs" / "interview.md"
    text = document.read_text("utf-8")
    if request.config.getoption("--accept"):
        parts = re.split(r"(?<=```text\n).*?(?=```\n)", text, flags=re.DOTALL)
        text = "".join(part + screen for part, screen in zip(parts, [*(f"{s}\n" for s in shown), ""], strict=True))
        document.write_text(text, "utf-8")
    assert re.findall(r"```text\n(.*?)\n```", text, re.DOTALL) == shown


def settled(person: Terminal) -> str:
    """Return the screen once nothing more is drawn."""
    while person.read(0.5):
        pass
    return person.shown
