"""What a redline marks and what it leaves alone, part by part: the smallest contracts that tell two ways apart."""

from __future__ import annotations

import random
from dataclasses import replace

import pairs
import pytest

from drafter import contract
from drafter.comparing import lines, marked, preview, redline
from drafter.contract import (
    Article,
    Blank,
    Contract,
    Exhibit,
    Paragraph,
    Reference,
    Section,
    SignatureBlock,
    Signer,
    Table,
    Text,
)

FOX = "The quick brown fox jumps over the lazy dog."
OAK = "An old oak tree stands beside our river bank."
SEA = "Cold salt water covers most of this planet."


def text(words):
    return contract.joined([Text(words)])


def paragraph(words, **more):
    return Paragraph(text(words), **more)


def table(*rows):
    header, *rest = (tuple(map(text, row)) for row in rows)
    return Table(header, tuple(rest))


def section(name, *blocks, heading="", number=""):
    made = tuple(paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Section(name, number, heading, "a", "preferred", (), (), f"{name}.md", made)


def article(name, *sections, title=""):
    return Article(name, "", title, sections)


def exhibit(name, *sections, title=""):
    return Exhibit(name, "", title, sections)


def party(name, *signers, note=""):
    return SignatureBlock(text(name), text(note), tuple(Signer(*map(text, signer)) for signer in signers))


def agreement(*articles, **more):
    return replace(Contract("", (), (), (), articles, (), ()), **more)


def of(*sections):
    """Return a contract of one article."""
    return agreement(article("one", *sections))


def shown(line):
    return preview.braced(lines.pieces(line))


def told_block(block):
    """Return a paragraph's mark and words, or a table's mark and those of its rows and cells."""
    if isinstance(block, marked.MarkedParagraph):
        return block.of.mark, shown(block.line)
    return block.mark, [(row.mark, *map(shown, row.cells)) for row in block.rows]


def told_section(one):
    return one.of.mark, one.of.shown.id, shown(one.heading), [told_block(block) for block in one.blocks]


def told_group(group):
    return group.of.mark, group.of.shown.id, shown(group.title), [told_section(one) for one in group.sections]


def compared(base, revised):
    """Compare two contracts, and hold that both come back."""
    made = redline.compare(base, revised)
    assert redline.accept(made) == revised
    assert redline.reject(made) == base
    return made


def sections(base, revised):
    """Return what a redline of two contracts says of each section."""
    return [told_section(one) for one in marked.sections(compared(base, revised))]


def blocks(base, revised):
    """Return what a redline says of the blocks of one section."""
    ((_, _, _, found),) = sections(of(section("s", *base)), of(section("s", *revised)))
    return found


# -- the law ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(40))
def test_both_contracts_come_back_from_a_redline_of_trees_at_random(number):
    r = random.Random(number)  # noqa: S311  # nothing is secret
    base = pairs.renumbered(pairs.tree(r))
    revised = base
    for _ in range(3):
        revised = pairs.edited(r, revised)
    base, revised = pairs.told_apart(base), pairs.told_apart(pairs.renumbered(revised))
    compared(base, revised)
    compared(base, pairs.told_apart(pairs.tree(r)))


def test_the_redline_of_a_contract_with_itself_marks_nothing_and_holds_it_all():
    made = agreement(
        article("one", section("s", FOX, table(("Dog", "Size"), ("Rex", "large")), heading="Foxes"), title="Animals"),
        title="Agreement",
        caption=(text("Town of Bark"),),
        opening=(section("o", OAK),),
        recitals=(section("r", SEA),),
        signatures=(party("Town", ("Ann", "Mayor"), note="By its council"),),
        exhibits=(exhibit("x", section("e", OAK, heading="Oaks"), title="Trees"),),
    )
    found = redline.unmarked(made)
    assert not redline.is_marked(found)
    assert redline.accept(found) == redline.reject(found) == made
    assert found == redline.compare(made, made)
    assert [told_group(one) for one in (*found.articles, *found.exhibits)] == [
        (
            "kept",
            "one",
            "Animals",
            [
                (
                    "kept",
                    "s",
                    "Foxes",
                    [("kept", FOX), ("kept", [("kept", "Dog", "Size"), ("kept", "Rex", "large")])],
                )
            ],
        ),
        ("kept", "x", "Trees", [("kept", "e", "Oaks", [("kept", OAK)])]),
    ]


def test_what_stands_in_a_part_is_held_once_beside_its_pair():
    base = agreement(
        article("one", section("s", FOX, heading="Foxes"), title="Animals"),
        title="Agreement",
        caption=(text("Bark"),),
        opening=(section("o", OAK),),
        recitals=(section("r", SEA),),
        signatures=(party("Town"),),
        exhibits=(exhibit("x", title="Trees"),),
    )
    made = redline.compare(base, replace(base, title="Contract"))
    bare = Contract("", (), (), (), (), (), ())
    assert made.of == marked.Pair(bare, bare)
    (group,) = made.articles
    assert (group.of.base.title, group.of.base.sections) == ("", ())
    (one,) = group.sections
    assert (one.of.base.heading, one.of.base.blocks) == ("", ())
    assert one.blocks[0].of.base.runs == ()


# -- titles, captions, headings -----------------------------------------------------------------


def test_a_title_a_caption_and_a_heading_are_marked_by_their_words():
    base = agreement(
        article("one", section("s", heading="Old Dogs"), title="Big Animals"),
        title="Dog Agreement",
        caption=(text("Town of Bark"), text("County of Meow")),
    )
    revised = agreement(
        article("one", section("s", heading="New Dogs"), title="Small Animals"),
        title="Cat Agreement",
        caption=(text("Town of Bark"), text("State of Meow")),
    )
    made = compared(base, revised)
    assert shown(made.title) == "{-Dog-}{+Cat+} Agreement"
    assert [(row.mark, *map(shown, row.cells)) for row in made.caption] == [
        ("kept", "Town of Bark"),
        ("kept", "{-County-}{+State+} of Meow"),
    ]
    assert shown(made.articles[0].title) == "{-Big-}{+Small+} Animals"
    assert shown(made.articles[0].sections[0].heading) == "{-Old-}{+New+} Dogs"


def test_the_opening_the_recitals_the_articles_and_the_exhibits_are_compared_each_with_its_own():
    base = agreement(
        article("one", section("s", "a b c d")),
        opening=(section("o", "e f g h"),),
        recitals=(section("r", "i j k l"),),
        exhibits=(exhibit("x", section("t", "m n o p")), exhibit("y", section("u", "q r s t"))),
    )
    made = compared(base, pairs.over_lines(base, lambda line: text(contract.words(line)[:-1] + "z")))
    told = [told_section(one) for part in (made.opening, made.recitals) for one in part]
    told += [told_section(one) for group in (*made.articles, *made.exhibits) for one in group.sections]
    assert told == [
        ("kept", name, "", [("kept", f"{words[:-1]}{{-{words[-1]}-}}{{+z+}}")])
        for name, words in zip("ortsu", ("e f g h", "i j k l", "", "a b c d", ""), strict=True)
        if words
    ] + [("kept", "t", "", [("kept", "m n o {-p-}{+z+}")]), ("kept", "u", "", [("kept", "q r s {-t-}{+z+}")])]


# -- sections -----------------------------------------------------------------------------------


def test_a_section_that_is_new_or_gone_is_marked_whole():
    base = of(section("a", FOX, heading="Foxes"), section("b", OAK))
    revised = of(section("b", OAK), section("c", SEA, heading="Seas"))
    assert sections(base, revised) == [
        ("deleted", "a", "{-Foxes-}", [("deleted", f"{{-{FOX}-}}")]),
        ("kept", "b", "", [("kept", OAK)]),
        ("inserted", "c", "{+Seas+}", [("inserted", f"{{+{SEA}+}}")]),
    ]


def test_the_section_with_fewer_words_is_the_one_that_moved():
    light, heavy = section("a", "One two three."), section("b", FOX, OAK, heading="Heavy")
    for one, other in ((light, heavy), (heavy, light)):
        found = sections(of(one, other), of(other, one))
        assert sorted((mark, name) for mark, name, *_ in found) == [
            ("kept", "b"),
            ("moved from", "a"),
            ("moved to", "a"),
        ]


def test_a_section_that_moved_says_where_it_was_and_where_it_is_under_one_name():
    base, revised = (
        of(section("a", "Gone and back.", heading="Up"), section("b", FOX, OAK)),
        of(section("b", FOX, OAK), section("a", "Gone and here.", heading="Up")),
    )
    made = compared(base, revised)
    assert [told_section(one) for one in made.articles[0].sections] == [
        ("moved from", "a", "{<Up<}", [("moved from", "{<Gone and <}{-back-}{<.<}")]),
        ("kept", "b", "", [("kept", FOX), ("kept", OAK)]),
        ("moved to", "a", "{>Up>}", [("moved to", "{>Gone and >}{+here+}{>.>}")]),
    ]
    was, _, now = made.articles[0].sections
    assert was.of.move == now.of.move == was.blocks[0].of.move == now.blocks[0].of.move
    assert was.of.move.startswith("section ")


def test_two_sections_that_moved_have_two_names():
    names = "abc"
    long = section("z", FOX, OAK, SEA)
    base = of(*(section(n, f"Short {n}.") for n in names), long)
    revised = of(long, *(section(n, f"Short {n}.") for n in names))
    made = compared(base, revised)
    moves = [one.of.move for one in made.articles[0].sections if one.of.mark == "moved from"]
    assert len(set(moves)) == len(moves) == 3


def test_in_a_section_that_moved_a_new_paragraph_is_new_and_a_gone_one_is_gone():
    base = of(section("a", "Stays as it is.", "Leaves for ever."), section("b", FOX, OAK))
    revised = of(section("b", FOX, OAK), section("a", "Stays as it is.", "Comes: 1, 2, 3."))
    was, _, now = sections(base, revised)
    assert was[3] == [("moved from", "{<Stays as it is.<}"), ("deleted", "{-Leaves for ever.-}")]
    assert now[3] == [("moved to", "{>Stays as it is.>}"), ("inserted", "{+Comes: 1, 2, 3.+}")]


def test_a_table_in_a_section_that_moved_is_deleted_there_and_inserted_here():
    old, new = (table(("Dog",), ("Rex",), (row,)) for row in ("Bit bites", "Max jumps"))
    base, revised = of(section("a", old), section("b", FOX, OAK)), of(section("b", FOX, OAK), section("a", new))
    was, _, now = sections(base, revised)
    assert was[3] == [
        ("deleted", [("deleted", "{-Dog-}"), ("deleted", "{-Rex-}"), ("deleted", "{-Bit bites-}")]),
    ]
    assert now[3] == [
        ("inserted", [("inserted", "{+Dog+}"), ("inserted", "{+Rex+}"), ("inserted", "{+Max jumps+}")]),
    ]


def test_a_paragraph_that_moved_inside_a_section_that_moved_keeps_its_own_move():
    base = of(section("a", FOX, "Stays here now.", OAK), section("b", SEA, SEA, SEA, SEA))
    revised = of(section("b", SEA, SEA, SEA, SEA), section("a", OAK, FOX, "Stays here now."))
    made = compared(base, revised)
    was, _, now = made.articles[0].sections
    assert [block.of.move[:7] for block in was.blocks] == ["section", "section", "paragra"]
    assert [block.of.move[:7] for block in now.blocks] == ["paragra", "section", "section"]
    assert was.blocks[2].of.move == now.blocks[0].of.move


def test_a_section_that_goes_to_another_article_is_deleted_there_and_inserted_here_in_its_new_words():
    base = agreement(article("one", section("a", FOX), section("b", OAK)), article("two", section("c", SEA)))
    revised = agreement(article("one", section("b", OAK)), article("two", section("c", SEA), section("a", FOX)))
    found = sections(base, revised)
    assert [(mark, name) for mark, name, *_ in found if name == "a"] == [("moved from", "a"), ("moved to", "a")]


def test_two_sections_under_one_id_are_told_by_their_order():
    base = of(section("a", FOX), section("a", OAK))
    assert sections(base, of(section("a", FOX), section("a", SEA)))[0] == ("kept", "a", "", [("kept", FOX)])
    across = agreement(article("one", section("a", FOX)), article("two", section("a", OAK)))
    assert sections(across, across) == [("kept", "a", "", [("kept", FOX)]), ("kept", "a", "", [("kept", OAK)])]


# -- articles and exhibits ----------------------------------------------------------------------


def groups(base, revised):
    made = compared(base, revised)
    return [told_group(one) for one in (*made.articles, *made.exhibits)]


def test_an_article_that_is_new_or_gone_is_marked_with_its_sections():
    base = agreement(article("one", section("a", FOX), title="Foxes"), article("two", section("b", OAK)))
    revised = agreement(article("two", section("b", OAK)), article("three", section("c", SEA), title="Seas"))
    assert groups(base, revised) == [
        ("deleted", "one", "{-Foxes-}", [("deleted", "a", "", [("deleted", f"{{-{FOX}-}}")])]),
        ("kept", "two", "", [("kept", "b", "", [("kept", OAK)])]),
        ("inserted", "three", "{+Seas+}", [("inserted", "c", "", [("inserted", f"{{+{SEA}+}}")])]),
    ]


def test_the_article_with_fewer_words_is_the_one_that_moved_and_its_sections_with_it():
    light, heavy = article("one", section("a", "Short."), title="Light"), article("two", section("b", FOX, OAK))
    expected = [
        ("moved from", "one", "{<Light<}", [("moved from", "a", "", [("moved from", "{<Short.<}")])]),
        ("kept", "two", "", [("kept", "b", "", [("kept", FOX), ("kept", OAK)])]),
        ("moved to", "one", "{>Light>}", [("moved to", "a", "", [("moved to", "{>Short.>}")])]),
    ]
    assert groups(agreement(light, heavy), agreement(heavy, light)) == expected
    assert [mark for mark, *_ in groups(agreement(heavy, light), agreement(light, heavy))] == [
        "moved to",
        "kept",
        "moved from",
    ]


def test_an_article_that_moved_has_one_name_at_both_places_and_one_in_the_contract_it_is_in():
    light, heavy = article("one", section("a", "Short.")), article("two", section("b", FOX, OAK))
    was, _, now = redline.compare(agreement(light, heavy), agreement(heavy, light)).articles
    assert was.of.move == now.of.move
    assert was.of.move.startswith("group ")
    assert (was.of.revised, now.of.base) == (None, None)


def test_exhibits_are_compared_apart_from_articles_of_the_same_name():
    base = agreement(article("x", section("a", FOX)), exhibits=(exhibit("x", section("b", OAK), title="Oaks"),))
    revised = replace(base, exhibits=(exhibit("x", section("b", SEA), title="Seas"),))
    assert groups(base, revised) == [
        ("kept", "x", "", [("kept", "a", "", [("kept", FOX)])]),
        (
            "kept",
            "x",
            "{-Oaks-}{+Seas+}",
            [("kept", "b", "", [("deleted", f"{{-{OAK}-}}"), ("inserted", f"{{+{SEA}+}}")])],
        ),
    ]


def test_two_articles_under_one_id_are_told_by_their_order():
    base = agreement(article("x", section("a", FOX), title="First"), article("x", section("b", OAK), title="Second"))
    assert [(mark, title) for mark, _, title, _ in groups(base, base)] == [("kept", "First"), ("kept", "Second")]


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


# -- references ---------------------------------------------------------------------------------


def see(target, number):
    return section("s", Paragraph((Text("See "), Reference(number, target))))


def reference(base, revised):
    """Return how the line of the section "s" reads in the redline of two contracts."""
    made = compared(base, revised)
    return next(shown(one.blocks[0].line) for one in marked.sections(made) if one.of.shown.id == "s")


def test_a_reference_is_marked_when_its_number_or_what_it_points_to_changed():
    pay, end = section("pay", FOX, number="1.1"), section("end", OAK, number="1.2")

    def pointing(target, number):
        return of(pay, end, see(target, number))

    assert reference(pointing("pay", "1.1"), pointing("pay", "1.1")) == "See 1.1"
    assert reference(pointing("pay", "1.1"), pointing("pay", "1.2")) == "See {-1.1-}{+1.2+}"
    assert reference(pointing("pay", "1.1"), pointing("end", "1.1")) == "See {-1.1-}{+1.1+}"


def test_a_reference_to_what_is_only_in_one_contract_is_marked():
    pay = section("pay", FOX, number="1.1")
    assert reference(of(pay, see("pay", "1.1")), of(see("pay", "1.1"))) == "See {-1.1-}{+1.1+}"
    assert reference(of(see("pay", "1.1")), of(pay, see("pay", "1.1"))) == "See {-1.1-}{+1.1+}"


def test_a_reference_to_what_stands_in_both_at_two_places_of_the_redline_is_marked():
    light, heavy = section("a", "Short.", number="1"), section("b", FOX, OAK, number="1")
    base, revised = of(light, heavy, see("a", "1")), of(heavy, light, see("a", "1"))
    assert reference(base, revised) == "See {-1-}{+1+}"
    assert reference(replace(base, articles=base.articles), base) == "See 1"
    assert reference(of(light, heavy, see("b", "1")), of(heavy, light, see("b", "1"))) == "See 1"


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


# -- signatures ---------------------------------------------------------------------------------


def signatures(base, revised):
    made = compared(agreement(signatures=tuple(base)), agreement(signatures=tuple(revised)))
    return [
        (one.mark, shown(one.party), shown(one.note), [(s.mark, shown(s.name), shown(s.title)) for s in one.signers])
        for one in made.signatures
    ]


TOWN = party("Town of Bark", ("Ann", "Mayor"), ("Bob", "Clerk"), note="By its council")


def test_a_signature_block_is_marked_by_its_words():
    revised = party("Town of Bark", ("Eve", "Mayor"), ("Bob", "Deputy Clerk"), note="By its mayor")
    assert signatures([TOWN], [revised]) == [
        (
            "kept",
            "Town of Bark",
            "By its {-council-}{+mayor+}",
            [("kept", "{-Ann-}{+Eve+}", "Mayor"), ("kept", "Bob", "{+Deputy +}Clerk")],
        )
    ]


def test_a_party_that_is_new_or_gone_is_marked_with_its_signers():
    board = party("School Board", ("Cid", "Chair"), note="By vote")
    assert signatures([TOWN], [board]) == [
        (
            "deleted",
            "{-Town of Bark-}",
            "{-By its council-}",
            [("deleted", "{-Ann-}", "{-Mayor-}"), ("deleted", "{-Bob-}", "{-Clerk-}")],
        ),
        ("inserted", "{+School Board+}", "{+By vote+}", [("inserted", "{+Cid+}", "{+Chair+}")]),
    ]


def test_a_party_of_the_same_name_is_the_same_whoever_signs():
    revised = party("Town of Bark", ("Zoe", "Treasurer"), ("Yan", "Solicitor"), ("Xi", "Witness"), note="As agreed so")
    assert [mark for mark, *_ in signatures([TOWN], [revised])] == ["kept"]
    renamed = replace(TOWN, party=text("Village of Meow"))
    assert [mark for mark, *_ in signatures([TOWN], [renamed, revised])] == ["inserted", "kept"]


@pytest.mark.parametrize(
    ("base", "revised"),
    [
        (
            party("Town", ("Ann", "Mayor"), note="By vote of its whole council"),
            party("City", ("Eve", "Chair"), note="By vote of its whole council"),
        ),
        (party("Town", ("Ann Marie Louise", "Mayor")), party("City", ("Ann Marie Louise", "Chair"))),
        (party("Town", ("Ann", "Mayor of the town")), party("City", ("Eve", "Mayor of the town"))),
    ],
)
def test_a_party_renamed_is_one_by_the_words_of_its_note_or_of_its_signers(base, revised):
    assert [mark for mark, *_ in signatures([base], [revised])] == ["kept"]


def test_a_signer_that_is_new_or_gone_is_marked_whole_and_one_of_the_same_title_is_the_same():
    revised = replace(TOWN, signers=party("", ("Cid", "Chair"), ("Eve", "Mayor")).signers)
    assert signatures([TOWN], [revised])[0][3] == [
        ("inserted", "{+Cid+}", "{+Chair+}"),
        ("kept", "{-Ann-}{+Eve+}", "Mayor"),
        ("deleted", "{-Bob-}", "{-Clerk-}"),
    ]


def test_a_signer_of_the_same_name_and_another_title_is_the_same():
    revised = replace(TOWN, signers=party("", ("Ann", "Chair"), ("Bob", "Clerk")).signers)
    assert signatures([TOWN], [revised])[0][3][0] == ("kept", "Ann", "{-Mayor-}{+Chair+}")


def test_a_blank_is_marked_whole():
    base, revised = (of(section("s", Paragraph((Text("Signed by "), Blank(name, name))))) for name in ("A", "B"))
    assert sections(base, revised)[0][3] == [("kept", "Signed by {-[A]-}{+[B]+}")]
