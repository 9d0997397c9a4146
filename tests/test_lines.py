"""The interview line by line: which words typed mean which reply, and what is printed."""

import pytest

from drafter.asking.pages import Line, Move, Page, Reply
from drafter.doors.interview import lines

MENU = (Line(("Draft",), move=Move("draft")), Line(("Missing",)), Line(("Who?", "[Name]"), move=Move("go", "who")))
FIRST = "Every line that you type is an answer. Commands begin with a slash; /why lists them."
RECORDS = (Line(("1", "Rex", "large"), move=Move("open", "1")), Line(("Add a dog",), move=Move("add")))
WALKS = tuple(Line((word,), move=Move("answer", word)) for word in ("Early", "Late", "At night"))
YES_NO = (Line(("Yes",), move=Move("answer", "yes")), Line(("No",), move=Move("answer", "no")))


def page(kind="menu", of=(), **more):
    return Page("about", kind, "Title", (1, 4), "What?", lines=of, **more)


@pytest.fixture
def said(monkeypatch, capsys):
    """Return a function that shows a page, types words, and returns the reply, if any, and what was printed."""

    def say(shown, *typed):
        words, replies = iter(typed), []

        def read(_):
            try:
                return next(words)
            except StopIteration:
                raise EOFError from None

        def talk():
            replies.append((yield shown))
            return "leave"

        monkeypatch.setattr("builtins.input", read)
        assert lines.run(talk()) == "leave"
        return (replies[0] if replies else None), capsys.readouterr().out

    return say


def test_a_page_says_where_it_is_what_is_asked_and_what_can_be_chosen(said):
    _, printed = said(page(of=MENU, help="Help.", cursor=2))
    assert printed.split("\n") == [
        FIRST, "", "Title. 1 of 4 answered.", "What?", "Help.", "1. Draft", "Missing:",
        "3. Who? [Name] (Enter chooses this)", "", "",
    ]  # fmt: skip


def test_a_record_is_read_without_its_number_twice(said):
    _, printed = said(page(of=RECORDS, commands=("add",)))
    assert "1. Rex, large (Enter chooses this)\n2. Add a dog\n" in printed


def test_an_offer_is_said_and_taken_by_enter(said):
    reply, printed = said(page("text", offer="Bark", offered="the default"), "")
    assert "Enter accepts the default: Bark" in printed
    assert (reply.command, reply.text) == ("enter", "")


@pytest.mark.parametrize(
    ("of", "typed", "line"),
    [
        (MENU, "3", 2),
        (MENU, "", 0),
        (MENU, "who", 2),
        (MENU, "DRAFT", 0),
        (YES_NO, "n", 1),
        (YES_NO, "Yes", 0),
        (YES_NO, "2", 1),
    ],
)
def test_a_number_or_yes_or_no_chooses_a_line(said, of, typed, line):
    assert said(page(of=of), typed)[0].line == line


@pytest.mark.parametrize("typed", ["2", "0", "4", "-1", "x", "²", "y", "back", "quit", "?", "/back up", "1 2"])
def test_what_is_no_line_is_not_taken(said, typed):
    reply, printed = said(page(of=MENU), typed)
    assert reply is None
    assert f"No line is called “{typed}”. Type the number of a line, 1 to 3, or its words; /why for help." in printed


def test_a_command_may_have_the_number_of_a_line(said):
    shown = page(of=RECORDS, commands=("remove",))
    assert (said(shown, "/remove 1")[0].command, said(shown, "/remove 1")[0].line) == ("remove", 0)
    assert said(shown, "/remove ²")[0] is None
    reply, printed = said(shown, "/back")
    assert reply is None
    assert "/back does nothing here. Commands: /why, /add, /remove, /quit." in printed.replace(
        "/remove,", "/add, /remove,"
    )


def test_a_command_is_a_word_after_a_slash_alone_on_its_line(said):
    shown = page("text", commands=("back", "skip", "defaults", "jump", "review", "clear"))
    words = ("/back", "/skip", "/defaults", "/sections", "/review", "/clear", "/quit")
    replies = [said(shown, word)[0].command for word in words]
    assert replies == ["back", "skip", "defaults", "jump", "review", "clear", "leave"]


@pytest.mark.parametrize("typed", ["back", "quit", "?", "/back to the office", "/remove Rex", "q", "/add"])
def test_what_is_typed_into_a_field_is_an_answer_and_no_command(said, typed):
    assert said(page("text"), typed)[0] == (Reply("enter", typed) if typed != "/add" else None)


@pytest.mark.parametrize("typed", ["back", "quit", "?", "Rex", "12 o'clock", "/review of plans"])
def test_words_typed_at_a_table_are_a_new_entry(said, typed):
    of = (*RECORDS, Line(("Done",), move=Move("next")))
    reply, printed = said(page(of=of, items="dog", commands=("add", "review")), typed)
    assert (reply.command, reply.text, reply.line) == (
        "enter",
        "" if typed == "Rex" else typed,
        0 if typed == "Rex" else -1,
    )
    assert "Type the number of a line, or a new dog." in printed


@pytest.mark.parametrize("typed", ["", " "])
def test_enter_alone_where_no_line_is_current_asks_for_one(said, typed):
    reply, printed = said(page(of=YES_NO, cursor=-1), typed)
    assert reply is None
    assert "\nType the number of a line, 1 to 2, or its words; /why for help.\n" in printed
    assert "have" not in printed


@pytest.mark.parametrize("typed", ["4", "99", " 0 ", "2027"])
def test_a_number_that_names_no_line_is_no_new_entry(said, typed):
    reply, printed = said(page(of=(*RECORDS, Line(("Done",), move=Move("next"))), items="dog"), typed)
    assert reply is None
    assert f"No line is called “{typed.strip()}”. Type the number of a line" in printed


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("1, 3", {0, 2}), ("1 3", {0, 2}), ("2", {1}), ("early, AT NIGHT", {0, 2}), ("late", {1}), ("", {0})],
)
def test_numbers_and_words_mark_lines(said, typed, marked):
    assert said(page("marks", WALKS, marked=frozenset({0})), typed)[0].marked == marked


@pytest.mark.parametrize("typed", ["x", "0 ² 9 2", "1, x", "9", "quit", "?"])
def test_what_is_no_line_changes_no_mark(said, typed):
    reply, printed = said(page("marks", WALKS, marked=frozenset({0})), typed)
    assert reply is None
    assert "No line is called “" in printed


@pytest.mark.parametrize("kind", ["text", "lines"])
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (["\x1b[200~/quit\x1b[201~"], "/quit"),
        (["\x1b[200~1 Oak Street", "/quit", "Elm\x1b[201~"], "1 Oak Street\n/quit\nElm"),
        (["At \x1b[200~1 Oak Street", "\x1b[201~"], "At 1 Oak Street"),
        (["\x1b[200~a\x1b[201~, \x1b[200~b", "c\x1b[201~"], "a, b\nc"),
        (["\x1b[200~/why\x1b[201~"], "/why"),
    ],
)
def test_a_paste_is_one_answer_and_no_command(said, kind, typed, text):
    assert said(page(kind, commands=("review",)), *typed)[0] == Reply("enter", text)


def test_a_paste_at_a_table_is_several_entries_and_in_a_menu_names_a_line(said):
    pasted = ("\x1b[200~Rex", "Bit\x1b[201~")
    assert said(page(of=RECORDS, items="dog", commands=("add",)), *pasted)[0] == Reply("enter", "Rex\nBit")
    assert said(page(of=MENU), "\x1b[200~/quit\x1b[201~")[0] is None
    assert said(page(of=MENU), "\x1b[200~who\x1b[201~")[0].line == 2


def test_a_date_that_was_read_back_is_confirmed_by_enter(said):
    shown = page("text", typed="7/1/26", readback="Wednesday, July 1, 2026")
    reply, printed = said(shown, "")
    assert "Wednesday, July 1, 2026. Press Enter if that is right, or type another answer." in printed
    assert reply.text == "7/1/26"
    assert said(shown, "7/2/26")[0].text == "7/2/26"


def test_a_word_like_a_command_is_read_back_with_the_commands(said):
    shown = page("text", typed="quit", readback="“quit” looks like a command, but typed here it is the answer")
    reply, printed = said(shown, "")
    assert "Commands: /why, /back, /skip, /sections, /review, /quit." in printed
    assert reply.text == "quit"


def test_an_error_is_said_instead_of_the_page(said):
    _, printed = said(page("text", error="That is no date."))
    assert printed == f"{FIRST}\nNot accepted: That is no date.\n\n"


def test_why_a_question_is_asked_is_said_without_a_reply(said):
    reply, printed = said(page("text", reasons=(("Why this is asked", "Because."),)), "/why")
    assert reply is None
    assert "Why this is asked: Because.\nCommands: /why, /back" in printed


def test_what_could_steer_the_terminal_is_spelled_out(said):
    assert "\\x1b[31m" in said(page("text", offer="\x1b[31m", offered="your answer"))[1]


# -- the width of a line ------------------------------------------------------------------------


def test_on_a_terminal_lines_break_at_spaces_and_elsewhere_not_at_all(said, monkeypatch):
    long = " ".join(["restraint"] * 12) + " " + "x" * 50
    assert long in said(page("text", help=long))[1]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    shown = said(page("text", help=long))[1].splitlines()
    assert " ".join(shown).count(long) == 1
    assert [line for line in shown if len(line) > 39] == ["x" * 50]
