"""What a redline marks of the paragraphs and tables of a section, and what it leaves alone."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from redlines import FOX, OAK, SEA, blocks, compared, of, paragraph, section, sections, table, text

from drafter.comparing import marked
from drafter.contract import Blank, Paragraph, Reference, Table, Text

# -- paragraphs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "revised", "kept"),
    [
        ("a b c d e f g h", "a b c d z z z z", True),
        ("a b c d e f g h", "a b c z z z z z", False),
        ("a b c d e f", "a b c", True),
        ("a b c d e f g h i j", "a b c", False),
        ("a b", "a c", True),
        ("a b c", "d e f", False),
    ],
)
def test_two_paragraphs_are_one_that_was_changed_when_they_share_half_of_their_words(base, revised, kept):
    marks = [mark for mark, _ in blocks([base], [revised])]
    assert marks == (["kept"] if kept else ["deleted", "inserted"])


def test_what_is_gone_stands_before_what_is_new():
    assert blocks([FOX], [OAK]) == [("deleted", f"{{-{FOX}-}}"), ("inserted", f"{{+{OAK}+}}")]


def test_of_two_paragraphs_the_more_alike_one_is_the_one_that_was_changed():
    assert blocks([FOX], ["The quick cat.", FOX[:-4] + "cat."]) == [
        ("inserted", "{+The quick cat.+}"),
        ("kept", FOX[:-4] + "{-dog-}{+cat+}."),
    ]


def test_paragraphs_of_the_same_style_are_one_sooner_than_those_of_another():
    one, other = paragraph("a b", style="item"), paragraph("a c")
    item = replace(other, style="item")
    assert [mark for mark, _ in blocks([one], [other, item])] == ["inserted", "kept"]
    assert [mark for mark, _ in blocks([one], [item, other])] == ["kept", "inserted"]


def test_paragraphs_of_the_same_number_are_one_sooner_than_those_of_another():
    one, other = (paragraph("a b", style="item", number=number) for number in ("(a)", "(b)"))
    changed = [replace(part, runs=text("a c")) for part in (other, one)]
    assert [mark for mark, _ in blocks([one], changed)] == ["inserted", "kept"]


def test_a_paragraph_with_the_same_label_is_the_same_whatever_its_words():
    base, revised = (paragraph(words, label="p.cap") for words in (FOX, OAK))
    assert [mark for mark, _ in blocks([base], [revised])] == ["kept"]
    assert [mark for mark, _ in blocks([base], [replace(revised, label="other")])] == ["deleted", "inserted"]
    assert [mark for mark, _ in blocks([base], [paragraph(FOX + " So."), revised])] == ["inserted", "kept"]


@pytest.mark.parametrize("turn", [1, -1], ids=["at the start", "at the end"])
def test_of_two_paragraphs_with_the_same_words_the_one_with_the_label_stays(turn):
    labelled = paragraph(FOX, label="p.cap")
    revised = [paragraph(FOX), replace(labelled, number="(b)")][::turn]
    expected = ["inserted", "kept"][::turn]
    assert [mark for mark, _ in blocks([labelled], revised)] == expected
    # And where the label goes on with other words, it is that one still.
    revised = [paragraph(FOX), paragraph(OAK, label="p.cap")][::turn]
    assert [mark for mark, _ in blocks([labelled], revised)] == expected


@pytest.mark.parametrize("turn", [1, -1], ids=["at the start", "at the end"])
def test_of_two_paragraphs_with_the_same_words_the_one_of_the_same_style_stays(turn):
    item = paragraph(FOX, style="item", number="(a)")
    revised = [paragraph(FOX, number="(a)"), replace(item, number="(b)")][::turn]
    made = [mark for mark, _ in blocks([replace(item, number="(c)")], revised)]
    assert made == ["inserted", "kept"][::turn]


def test_a_label_is_followed_in_the_middle_of_a_section_too():
    base = [SEA, "One two three.", paragraph(FOX, label="p.cap"), "Last."]
    revised = [SEA, "Four five six.", paragraph(OAK, label="p.cap"), "Last."]
    assert [mark for mark, _ in blocks(base, revised)] == ["kept", "deleted", "inserted", "kept", "kept"]
    revised = [SEA, paragraph(OAK, label="p.cap"), "Four five six.", "Last."]
    assert [mark for mark, _ in blocks(base, revised)] == ["kept", "deleted", "kept", "inserted", "kept"]


@pytest.mark.parametrize(
    ("base", "revised", "one"),
    [
        ("a b c d e f g h", "a b c d s t u v", True),
        ("a b c d e f g h", "a b c r s t u v", False),
        ("a b c d", "a b c d e f g h i j k l", True),
        ("a b c x", "a b c d e f g h i j k l", False),
        ("a a a a b c d e", "a r s t u v w x", False),
        ("a b c d e f g h", "h g f e d c b a", False),
    ],
)
def test_paragraphs_that_share_half_of_their_words_in_order_are_one(base, revised, one):
    marks = [mark for mark, _ in blocks([base], [revised])]
    assert marks == (["kept"] if one else ["deleted", "inserted"])


def test_paragraphs_without_a_label_are_not_the_same_for_it():
    assert [mark for mark, _ in blocks([paragraph(FOX)], [paragraph(OAK)])] == ["deleted", "inserted"]


@pytest.mark.parametrize(("words", "moved"), [("One two three four.", True), ("One two three.", False)])
def test_a_paragraph_of_four_words_or_more_that_stands_elsewhere_has_moved(words, moved):
    marks = [mark for mark, _ in blocks([words, FOX], [FOX, words])]
    assert marks == (["moved from", "kept", "moved to"] if moved else ["deleted", "kept", "inserted"])


def test_a_paragraph_that_moved_has_one_name_at_both_places():
    base, revised = of(section("s", OAK, SEA, FOX, FOX, FOX)), of(section("s", FOX, FOX, FOX, OAK, SEA))
    (found,) = marked.sections(compared(base, revised))
    moves = [(block.of.mark, block.of.move) for block in found.blocks if block.of.move]
    assert [mark for mark, _ in moves] == ["moved from"] * 2 + ["moved to"] * 2
    assert [move for _, move in moves[:2]] == [move for _, move in moves[2:]]
    assert len({move for _, move in moves}) == 2
    assert all(move.startswith("paragraph ") for _, move in moves)


def test_paragraphs_that_moved_in_two_sections_have_two_names():
    base = of(section("s", OAK, FOX, FOX), section("t", OAK, FOX, FOX))
    revised = of(section("s", FOX, FOX, OAK), section("t", FOX, FOX, OAK))
    made = compared(base, revised)
    moves = [block.of.move for one in marked.sections(made) for block in one.blocks if block.of.mark == "moved to"]
    assert len(set(moves)) == len(moves) == 2


def test_of_two_equal_paragraphs_that_are_gone_the_first_has_moved_to_the_first():
    base, revised = of(section("s", OAK, OAK, FOX, FOX, FOX)), of(section("s", FOX, FOX, FOX, OAK))
    (found,) = marked.sections(compared(base, revised))
    assert [block.of.mark for block in found.blocks] == ["moved from", "deleted", *["kept"] * 3, "moved to"]


def test_a_paragraph_that_stands_twice_where_it_stood_once_has_not_moved_twice():
    marks = [mark for mark, _ in blocks([OAK, FOX, FOX], [FOX, FOX, OAK, OAK])]
    assert marks == ["moved from", "kept", "kept", "moved to", "inserted"]


def test_equal_blocks_at_the_start_and_at_the_end_are_kept_around_what_changed():
    assert blocks([FOX, "a b c", OAK], [FOX, "a b d", OAK]) == [
        ("kept", FOX),
        ("kept", "a b {-c-}{+d+}"),
        ("kept", OAK),
    ]
    assert blocks([FOX, OAK], [FOX, SEA, OAK]) == [("kept", FOX), ("inserted", f"{{+{SEA}+}}"), ("kept", OAK)]
    assert blocks([FOX, SEA, OAK], [FOX, OAK]) == [("kept", FOX), ("deleted", f"{{-{SEA}-}}"), ("kept", OAK)]


def test_a_blank_is_marked_whole():
    base, revised = (of(section("s", Paragraph((Text("Signed by "), Blank(name, name))))) for name in ("A", "B"))
    assert sections(base, revised)[0][3] == [("kept", "Signed by {-[A]-}{+[B]+}")]


# -- tables -------------------------------------------------------------------------------------

DOGS = table(("Dog", "Size"), ("Rex", "large"), ("Bit", "small"))


def test_a_tables_rows_are_compared_cell_by_cell():
    revised = table(("Dog", "How large"), ("Rex", "huge"), ("Bit", "small"))
    assert blocks([DOGS], [revised]) == [
        (
            "kept",
            [
                ("kept", "Dog", "{-Size-}{+How large+}"),
                ("kept", "Rex", "{-large-}{+huge+}"),
                ("kept", "Bit", "small"),
            ],
        )
    ]


def test_a_row_that_is_new_or_gone_is_marked_whole():
    revised = table(("Dog", "Size"), ("Bit", "small"), ("Max", "tiny"))
    assert blocks([DOGS], [revised]) == [
        (
            "kept",
            [
                ("kept", "Dog", "Size"),
                ("deleted", "{-Rex-}", "{-large-}"),
                ("kept", "Bit", "small"),
                ("inserted", "{+Max+}", "{+tiny+}"),
            ],
        )
    ]


def test_of_rows_as_alike_the_one_that_begins_the_same_is_the_one_that_was_changed():
    base = table(("Dog", "Size"), ("Rex", "large"))
    revised = table(("Dog", "Size"), ("large", "Max"), ("Rex", "tiny"))
    assert blocks([base], [revised])[0][1][1:] == [
        ("inserted", "{+large+}", "{+Max+}"),
        ("kept", "Rex", "{-large-}{+tiny+}"),
    ]


def test_a_table_that_is_new_or_gone_is_marked_whole():
    rows = [("Dog", "Size"), ("Rex", "large"), ("Bit", "small")]
    for base, revised, mark, sign in ((DOGS, FOX, "deleted", "-"), (FOX, DOGS, "inserted", "+")):
        found = blocks([base], [revised])
        told = [(mark, *(f"{{{sign}{cell}{sign}}}" for cell in row)) for row in rows]
        assert (mark, told) in found
        assert len(found) == 2


def test_a_table_with_the_same_header_is_the_same_whatever_its_rows():
    revised = table(("Dog", "Size"), ("Hannibal", "enormous"))
    assert [mark for mark, _ in blocks([DOGS], [revised])] == ["kept"]
    assert [mark for mark, _ in blocks([DOGS], [table(*[["Rex", "large"]] * 3), revised])] == ["inserted", "kept"]


def test_tables_of_two_widths_are_never_one():
    wide = table(("Dog", "Size", "Age"), ("Rex", "large", "3"), ("Bit", "small", "4"))
    assert [mark for mark, _ in blocks([DOGS], [wide])] == ["deleted", "inserted"]


def test_tables_of_one_width_and_two_headers_are_one_by_their_words():
    renamed = table(("Hound", "Extent"), ("Rex", "large"), ("Bit", "small"))
    other = table(("Cat", "Colour"), ("Tom", "grey"), ("Puss", "white"))
    assert [mark for mark, _ in blocks([DOGS], [renamed])] == ["kept"]
    assert [mark for mark, _ in blocks([DOGS], [other])] == ["deleted", "inserted"]


def test_a_paragraph_and_a_table_of_the_same_words_are_never_one():
    assert [mark for mark, _ in blocks([table(("a b c d",))], ["a b c d"])] == ["deleted", "inserted"]


def test_a_table_does_not_move():
    one, other = DOGS, table(("Cat", "Colour"), ("Tom", "grey"), ("Puss", "white"), ("Kit", "very black"))
    marks = [mark for mark, _ in blocks([one, other], [other, one])]
    assert marks == ["deleted", "kept", "inserted"]


# -- rows and paragraphs in another order, and references by another number ----------------------

SCHOOLS = [
    ("Birch", "First Street", "two officers", "Monday"),
    ("Cedar", "Second Street", "two officers", "Tuesday"),
    ("Elm", "Third Street", "two officers", "Friday"),
    ("Oak", "Fourth Street", "two officers", "Sunday"),
]
HEADER = ("School", "Address", "Officers", "Day")


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_rows_in_another_order_are_never_rewritten_cell_by_cell(order):
    ((mark, rows),) = blocks([table(HEADER, *SCHOOLS)], [table(HEADER, *(SCHOOLS[k] for k in order))])
    assert mark == "kept"
    kept = [row for row in rows[1:] if row[0] == "kept"]
    assert all(tuple(cells) in SCHOOLS for _, *cells in kept)  # without a mark
    longest = max(
        len(part) for n in range(1, 5) for part in itertools.combinations(order, n) if list(part) == sorted(part)
    )
    assert len(kept) == longest


def test_a_row_that_changed_is_still_one_among_rows_in_another_order():
    a, b, c, d = SCHOOLS
    changed = (*b[:3], "Wednesday")
    ((_, rows),) = blocks([table(HEADER, a, b, c, d)], [table(HEADER, d, a, changed, c)])
    assert [row[0] for row in rows[1:]] == ["moved to", "kept", "kept", "kept", "moved from"]
    assert rows[3] == ("kept", *b[:3], "{-Tuesday-}{+Wednesday+}")


def test_equal_rows_are_paired_before_any_that_are_alike():
    a, b, c, _ = SCHOOLS
    again = [(*row[:3], "Wednesday") for row in (b, c)]
    ((_, rows),) = blocks([table(HEADER, a, b, c)], [table(HEADER, *again, a)])
    assert [row[0] for row in rows[1:]] == ["inserted", "inserted", "kept", "deleted", "deleted"]


def test_of_two_equal_rows_one_may_still_be_the_one_that_changed():
    a = SCHOOLS[0]
    changed = (*a[:3], "Wednesday")
    ((_, rows),) = blocks([table(HEADER, a, a)], [table(HEADER, a, changed)])
    assert [row[0] for row in rows[1:]] == ["kept", "kept"]


def test_paragraphs_in_another_order_have_moved_and_are_not_rewritten():
    items = [f"The officer visits the {name} school on {day}." for name, _, _, day in SCHOOLS]
    made = blocks(items, items[::-1])
    assert not [words for mark, words in made if mark == "kept" and "{" in words]
    assert {mark for mark, _ in made} == {"moved from", "kept", "moved to"}


def see(target, number, words="The fee under Section {} is due at once."):
    before, after = words.split("{}")
    return Paragraph((Text(before), Reference(number, target), Text(after)))


def test_a_paragraph_is_known_by_what_it_refers_to_and_not_by_the_number_of_its_neighbour():
    base = [see("dogs", "1.1"), see("cats", "1.2")]
    revised = [see("birds", "1.1"), see("dogs", "1.2"), see("cats", "1.3")]
    assert blocks(base, revised) == [
        ("inserted", "{+The fee under Section 1.1 is due at once.+}"),
        ("kept", "The fee under Section {-1.1-}{+1.2+} is due at once."),
        ("kept", "The fee under Section {-1.2-}{+1.3+} is due at once."),
    ]
    assert blocks(revised, base)[0] == ("deleted", "{-The fee under Section 1.1 is due at once.-}")


def test_a_row_is_known_by_what_it_refers_to():
    def row(target, number):
        return (Reference(number, target),), (Text("is due at once"),)

    header = ((Text("Section"),), (Text("When"),))
    base = Table(header, (row("dogs", "1.1"), row("cats", "1.2")))
    revised = Table(header, (row("birds", "1.1"), row("dogs", "1.2"), row("cats", "1.3")))
    ((_, rows),) = blocks([base], [revised])
    assert [one[0] for one in rows[1:]] == ["inserted", "kept", "kept"]


def test_a_paragraph_that_moved_has_moved_though_its_reference_has_another_number():
    made = blocks([see("dogs", "1.1"), FOX, OAK], [FOX, OAK, see("dogs", "1.9")])
    assert [mark for mark, _ in made] == ["moved from", "kept", "kept", "moved to"]
    assert "1.1" in made[0][1]
    assert "1.9" in made[-1][1]
