"""The interview line by line: which words typed mean which reply, and what is printed."""

import pytest

from drafter.asking.pages import Line, Move, Page
from drafter.doors.interview import lines

MENU = (Line(("Draft",), move=Move("draft")), Line(("Missing",)), Line(("Who?", "[Name]"), move=Move("go", "who")))
RECORDS = (Line(("1", "Rex", "large"), move=Move("open", "1")), Line(("Add a dog",), move=Move("add")))
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
        "", "Title. 1 of 4 answered.", "What?", "Help.", "1. Draft", "Missing:", "3. Who? [Name] (Enter chooses this)",
        "", "",
    ]  # fmt: skip


def test_a_record_is_read_without_its_number_twice(said):
    _, printed = said(page(of=RECORDS, commands=("add",)))
    assert "1. Rex, large (Enter chooses this)\n2. Add a dog\n" in printed


def test_an_offer_is_said_and_taken_by_enter(said):
    reply, printed = said(page("text", offer="Bark", offered="the default"), "")
    assert "Enter accepts the default: Bark" in printed
    assert (reply.command, reply.text) == ("enter", "")


@pytest.mark.parametrize(
    ("of", "typed", "line"), [(MENU, "3", 2), (MENU, "", 0), (YES_NO, "n", 1), (YES_NO, "Yes", 0), (YES_NO, "2", 1)]
)
def test_a_number_or_yes_or_no_chooses_a_line(said, of, typed, line):
    assert said(page(of=of), typed)[0].line == line


@pytest.mark.parametrize("typed", ["2", "0", "4", "-1", "x", "²", "y"])
def test_what_is_no_line_is_not_taken(said, typed):
    reply, printed = said(page(of=MENU), typed)
    assert reply is None
    assert "Type the number of a line, 1 to 3, or ? for help." in printed


def test_a_command_may_have_the_number_of_a_line(said):
    shown = page(of=RECORDS, commands=("remove",))
    assert (said(shown, "/remove 1")[0].command, said(shown, "/remove 1")[0].line) == ("remove", 0)
    assert said(shown, "/remove ²")[0].line == shown.cursor
    assert said(shown, "/back")[0] is None


@pytest.mark.parametrize(("typed", "marked"), [("1, 3", {0, 2}), ("0 ² 9 2", {1}), ("x", set()), ("", {0})])
def test_numbers_mark_lines(said, typed, marked):
    of = tuple(Line((word,), move=Move("answer", word)) for word in ("a", "b", "c"))
    assert said(page("marks", of, marked=frozenset({0})), typed)[0].marked == marked


def test_a_date_that_was_read_back_is_confirmed_by_enter(said):
    shown = page("text", typed="7/1/26", readback="Wednesday, July 1, 2026")
    reply, printed = said(shown, "")
    assert "Wednesday, July 1, 2026. Press Enter if that is right, or type the date again." in printed
    assert reply.text == "7/1/26"
    assert said(shown, "7/2/26")[0].text == "7/2/26"


def test_an_error_is_said_instead_of_the_page(said):
    _, printed = said(page("text", error="That is no date."))
    assert printed == "Not accepted: That is no date.\n\n"


def test_why_a_question_is_asked_is_said_without_a_reply(said):
    reply, printed = said(page("text", reasons=(("Why this is asked", "Because."),)), "?")
    assert reply is None
    assert "Why this is asked: Because.\nCommands: /back" in printed


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
