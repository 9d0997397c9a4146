"""What a redline marks of titles, sections, articles, exhibits, references and signatures, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pairs
import pytest
from redlines import (
    FOX,
    OAK,
    SEA,
    agreement,
    article,
    compared,
    exhibit,
    of,
    party,
    section,
    sections,
    shown,
    table,
    text,
    told_group,
    told_section,
)

from drafter import contract
from drafter.comparing import marked, redline
from drafter.contract import Contract, Paragraph, Reference, Text


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
