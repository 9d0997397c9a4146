"""A page on the screen: its lines at any width, with less detail where there is less room, and the keys it shows."""

import pytest
from prompt_toolkit.utils import get_cwidth

from drafter.asking.pages import Line, Move, Notice, Page
from drafter.doors.interview import keys, layout
from drafter.doors.interview.layout import ASCII, Marks, View
from drafter.doors.interview.wrapping import columns, fitted

LINES = (
    Line(("Yes, they agree",), "It is in the contract then, word for word.", "“Leash”: Short", Move("answer", "yes")),
    Line(
        ("No, they decline",), "You are asked who declined, and when they did.", "“Leash”: Long", Move("answer", "no")
    ),
)
NOTICES = tuple(
    Notice(tone, f"{tone} {'word ' * 30}end") for tone in ("saved", "decided", "asked", "problem", "reminder")
)


def page(kind="menu", of=LINES, **more):
    return Page("about", kind, "Dogs, 2 of 6", (3, 10), "Do they agree?", help="Ask them.", lines=of, **more)


def view(of, width=60, cursor=0, marks=ASCII, **more):
    return View(of, cursor, of.marked, width, marks, **more)


def texts(of, room=99):
    return [text for _, text in layout.body(of, room)[0]]


def test_with_room_each_line_has_its_detail_and_the_current_one_says_what_it_selects():
    assert texts(view(page(), cursor=1)) == [
        "", " Do they agree?", " Ask them.", "",
        "   1 Yes, they agree", "     It is in the contract then, word for word.",
        " > 2 No, they decline", "     You are asked who declined, and when they did.", "     | “Leash”: Long",
    ]  # fmt: skip


def test_with_less_room_only_the_current_line_has_its_detail():
    assert "     You are asked who declined, and when they did." not in texts(view(page()), 8)
    assert "     It is in the contract then, word for word." in texts(view(page()), 8)


def heights(room):
    """Return how many lines each notice takes, and whether the help is shown."""
    shown = texts(view(page("text", (), notices=NOTICES)), room)
    starts = [n for n, text in enumerate(shown) if text.startswith(" | ") and any(t.tone in text for t in NOTICES)]
    return [end - n for n, end in zip(starts, [*starts[1:], shown.index("")], strict=True)], " Ask them." in shown


@pytest.mark.parametrize(
    ("room", "lines", "helped"),
    [(99, [3, 3, 3, 4, 4], True), (19, [3, 3, 3, 1, 1], True), (14, [2, 2, 2, 1, 1], False), (10, [1] * 5, False)],
)
def test_with_less_room_notices_are_cut_and_the_help_is_left_out(room, lines, helped):
    assert heights(room) == (lines, helped)


def test_what_is_cut_ends_in_a_mark():
    assert all(text.endswith("…") for text in texts(view(page("text", (), notices=NOTICES)), 1)[:5])


@pytest.mark.parametrize("width", [20, 33, 60, 100])
def test_no_line_is_wider_than_the_view(width):
    rows = [("1", "Rex " * 9, "iron " * 9, "complete"), ("2", "Bit", "", "3 blanks")]
    table = tuple(Line(cells, move=Move("open", str(n))) for n, cells in enumerate(rows, 1))
    for shown in (page(notices=NOTICES, error="No. " * 40), page(of=table), page("text", (), notices=NOTICES)):
        for room in (99, 10):
            assert max(map(get_cwidth, texts(view(shown, width), room))) <= width
        head = "".join(text for _, text in layout.head(view(shown, width)))
        assert [get_cwidth(line) for line in head.split("\n")] == [width, width]


def test_the_line_to_keep_in_sight_is_the_last_of_the_current_one():
    for cursor, text in ((0, ""), (1, "     | “Leash”: Long")):
        rows, current = layout.body(view(page(), cursor=cursor), 99)
        assert rows[current][1] == text


def test_under_the_field_is_what_is_wrong_or_read_back_or_offered():
    offered = page("text", (), offer="Bark", offered="the default")
    assert layout.below(view(offered), "") == [("class:dim", "   Enter accepts the default: Bark")]
    assert layout.below(view(offered), "B") == [("class:dim", "   ")]
    read = page("text", (), typed="7/1/26", readback="Wednesday, July 1, 2026")
    confirm = "   Wednesday, July 1, 2026. Press Enter again if that is right, or change it."
    assert layout.below(view(read, 99), "7/1/26") == [("class:readback", confirm)]
    assert layout.below(view(read, 99), "7/2/26") == [("class:dim", "   ")]
    assert layout.below(view(page("text", (), error="No.")), "") == [("class:error", "   No.")]
    assert layout.below(view(page()), "") == []
    assert layout.below(view(page(error="No.")), "") == [("class:error", " No.")]
    assert layout.below(view(page(error="No."), why=True), "") == []


def test_the_reasons_have_what_the_last_answer_did_in_full():
    shown = texts(view(page(notices=NOTICES, reasons=(("Why", "Because.\nOf it.\n\nAnd so on."),)), why=True), 5)
    assert shown[1] == " What the last answer did"
    assert sum("word" in text for text in shown) == 15
    assert shown[-5:] == [" Why", " Because. Of it.", " ", " And so on.", ""]


SCHOOLS = tuple(Line((f"School {'ABCDEFGHIJKLM'[n]}",), move=Move("answer", str(n))) for n in range(13))


@pytest.mark.parametrize("count", [9, 10, 13])
def test_every_line_of_a_list_has_a_number(count):
    of = SCHOOLS[:count]
    assert view(page(of=of)).numbered == [*range(count)]
    assert view(page(of=of, commands=("add",))).numbered == []
    shown = [text for text in texts(view(page(of=of), cursor=1)) if "School" in text]
    assert shown[0].index("School") == shown[-1].index("School")
    assert shown[-1].split() == [str(count), "School", "ABCDEFGHIJKLM"[count - 1]]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("1", [0]), ("12", [11]), ("13", [12]), ("14", []), ("0", []), ("school l", [11]), ("SCHOOL", [*range(13)]),
        ("m", [12]), ("quit", []), ("²", []), ("?", []), ("", []), ("9" * 5000, []),
    ],
)  # fmt: skip
def test_a_number_or_words_name_a_line(typed, lines):
    assert list(view(page(of=SCHOOLS)).named(typed)) == lines


def test_of_lines_that_lead_to_the_same_the_first_is_named():
    to = Move("go", "walker")
    of = (
        Line(("Who walks? Ann is too young.",), move=Move("go", "fee")),
        Line(("Missing",)),
        Line(("Who walks?", "[Walker]"), move=to),
        Line(("Parties",)),
        Line(("Who walks?", "[Walker]"), move=to),
    )
    assert {typed: view(page(of=of)).named(typed) for typed in ("Who walks?", "who", "walks")} == {
        "Who walks?": (2,),
        "who": (0, 2),
        "walks": (0, 2),
    }


@pytest.mark.parametrize("width", [60, 200])
def test_the_current_line_is_shown_whole_where_its_cells_are_cut(width):
    of = tuple(
        Line((f"What is the {word} of the dog that is walked?", "9" * 40), move=Move("answer", word))
        for word in ("name", "age")
    )
    shown = texts(view(page(of=of), width, cursor=1))
    first, second = (next(n for n, text in enumerate(shown) if word in text) for word in ("name", "age"))
    assert ("…" in shown[first]) == (width == 60)
    assert "".join(shown[second:]).replace(" ", "").endswith("dogthatiswalked?" + "9" * 40)


def test_in_a_table_numbers_name_records_and_only_whole_words_name_lines():
    of = (
        Line(("1", "Rex", "complete"), move=Move("open", "1")),
        Line(("Add another dog",), move=Move("add")),
        Line(("Done",), move=Move("next")),
    )
    table = view(page(of=of, items="dog", commands=("add",)))
    named = {typed: list(table.named(typed)) for typed in ("1", "2", "rex", "Re", "done", "Don", "add", "quit")}
    assert named == {"1": [0], "2": [], "rex": [0], "Re": [], "done": [2], "Don": [], "add": [], "quit": []}


def labels(of, typed="", **more):
    return {key: label for line in keys.foot(view(of, **more), typed) for key, label in line}


def test_the_keys_of_a_page_are_those_that_it_has_a_use_for():
    shown = labels(page(commands=("back", "defaults", "clear", "add", "remove"), reasons=(("Why", "So."),)))
    assert shown == {
        "Enter": "choose", "type": "words", "^N": "add", "^D": "remove", "^Y": "why", "^B": "back",
        "^T": "section's defaults", "^X": "clear", "^C": "leave",
    }  # fmt: skip
    assert (labels(page("marks"))["Enter"], labels(page("marks"))["type"]) == ("accept", "a number or words")
    field = page("lines", (), offer="Bark", offered="your answer", editable="Bark", reasons=(("Why", "So."),))
    assert labels(field).items() >= {"Enter": "keep it", "Tab": "edit", "^N": "new line", "^B": "back"}.items()
    assert (labels(field, "x")["Enter"], labels(field, "x")["^Y"]) == ("accept", "why")
    dogs = page(items="dog", commands=("add",))
    assert (labels(dogs, "quit")["Enter"], labels(dogs)["type"]) == ("add this dog", "a new dog")
    one = page(of=(Line(("1", "Rex"), move=Move("open", "1")),), items="dog", commands=("add",))
    assert (labels(one, "2")["Enter"], labels(one)["type"]) == ("choose", "a number or a new dog")
    assert (labels(dogs, "quit")["Esc"], labels(page("marks"), "2")["Enter"]) == ("delete what is typed", "mark")
    asking = labels(page(escapes=True, commands=("back",)))
    assert (asking["Esc"], "^B" in asking) == ("back", False)
    assert labels(page(), why=True, marks=Marks()) == {"Enter": "back to the question", "↑↓": "scroll"}


@pytest.mark.parametrize("width", [20, 40, 80])
def test_the_keys_take_as_many_lines_as_they_need(width):
    lines = keys.foot(view(page("lines", (), editable="x"), width), "")
    assert all(sum(len(f" {key} {label}  ") for key, label in line) - 2 <= width for line in lines)
    assert sum(map(len, lines)) == 8


def test_columns_are_as_wide_as_their_cells_and_cut_where_there_is_no_room():
    rows = [("1", "Rex", "iron"), ("20", "Bit", ""), ("Done",)]
    assert columns(rows, 40) == ["1   Rex  iron", "20  Bit", "Done"]
    assert columns([("1", "a long name", "x")], 12) == ["1  a lon…  x"]


def test_a_character_of_two_columns_counts_as_two():
    assert (fitted("犬犬犬", 4), fitted("犬", 4), fitted("a\nb", 6)) == ("犬… ", "犬  ", "a\\nb  ")
