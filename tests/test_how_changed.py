"""What the memo, the letter and the notes say of a section that changed: no more than what changed in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafter.comparing import marked, redline
from drafter.contract import Article, Contract, Paragraph, Reference, Section, SignatureBlock, Table, Text
from drafter.papers import changed, remarks
from drafter.papers.remarks import How, Known

MOVED = "This section has moved."
LEASH = "The walker must use a leash. The leash is six feet long. It is made of rope."
MUZZLE = "The walker must use a muzzle on each Dog that has bitten a person or another Dog."


def section(name: str, number: str, *blocks: str | Paragraph | Table) -> Section:
    made = tuple(Paragraph((Text(one),)) if isinstance(one, str) else one for one in blocks)
    return Section(name, number, name.title(), "x", "preferred", (), (), "x.md", made)


def article(name: str, number: str, *sections: Section) -> Article:
    return Article(name, number, name.title(), sections)


def agreement(*articles: Article) -> Contract:
    return Contract("Title", (), (), (), articles, (), ())


def told(base: Contract, revised: Contract) -> dict[str, How]:
    """Return what the memo and the letter say of each section, which the notes to the redline say too."""
    compared = redline.compare(base, revised)
    found = {line.clause: line.how for group in changed.changes(compared) for line in group.lines}
    notes = remarks.remarks(compared, Known(base), Known(revised), "board")
    assert {name: notes[name] for name in found} == {name: how.words for name, how in found.items()}
    return found


def of_one(old: tuple[str | Paragraph | Table, ...], new: tuple[str | Paragraph | Table, ...]) -> How:
    one = article("one", "1", section("walk", "1.1", *old))
    other = article("one", "1", section("walk", "1.1", *new))
    return told(agreement(one), agreement(other))["walk"]


# -- what has moved -----------------------------------------------------------------------------

FIRST, LAST = section("leash", "1.1", LEASH), section("muzzle", "1.2", MUZZLE)
LONGER = replace(FIRST, blocks=(Paragraph((Text(LEASH.replace("six", "nine")),)),))


@pytest.mark.parametrize(
    ("revised", "moves"),
    [
        ((article("one", "1", replace(LAST, number="1.1"), replace(FIRST, number="1.2")), article("two", "2")), 1),
        ((article("one", "1", FIRST), article("two", "2", replace(LAST, number="2.1"))), 1),
        ((article("two", "1"), article("one", "2", FIRST, LAST)), 0),
    ],
    ids=["within its article", "to another article", "an article past one without sections"],
)
def test_a_section_that_only_moved_has_no_sentence_that_is_removed_or_added(revised, moves):
    base = agreement(article("one", "1", FIRST, LAST), article("two", "2"))
    found = told(base, agreement(*revised))
    assert set(found.values()) <= {How(MOVED)}
    assert len(found) == moves or {"leash", "muzzle"} >= found.keys()


def test_an_article_that_moved_has_sections_that_moved():
    two = article("two", "2", section("park", "2.1", "The park is open. " * 9))
    base = agreement(article("one", "1", FIRST, LAST), two)
    revised = agreement(replace(two, number="1"), article("one", "2", FIRST, LAST))
    assert told(base, revised) == dict.fromkeys(("leash", "muzzle"), How(MOVED))


def test_of_a_section_that_moved_only_what_changed_in_it_is_told():
    base = agreement(article("one", "1", FIRST), article("two", "2", LAST))
    revised = agreement(article("one", "1"), article("two", "2", LAST, LONGER))
    assert told(base, revised) == {"leash": How(MOVED, replaced="“six” is now “nine”.")}


def test_a_section_that_moved_and_points_to_what_has_another_number_is_told_as_moved_only():
    def pointing(number: str) -> Section:
        runs = (Text("It is as "), Reference(number, "muzzle"), Text(" says, and as the walker says."))
        return section("leash", "1.1", Paragraph(runs))

    base = agreement(article("one", "1", pointing("Section 1.2"), LAST))
    revised = agreement(article("one", "1", replace(LAST, number="1.1"), pointing("Section 1.1")))
    compared = redline.compare(base, revised)
    [[line]] = [group.lines for group in changed.changes(compared)]
    assert (line.clause, line.how) == ("leash", How(MOVED))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("It is red. It is long. It ends.",), ("It is long. It is red. It ends.",)),
        (("The dog must bark. The dog must walk.",), ("The dog must walk. The dog must bark.",)),
        ((LEASH, MUZZLE, "It ends."), (MUZZLE, LEASH, "It ends.")),
    ],
    ids=["sentences", "sentences that begin alike", "paragraphs"],
)
def test_sentences_in_another_order_are_neither_removed_nor_added(old, new):
    assert of_one(old, new) == How("Only the order of its sentences changed.")
    assert of_one((*old, "It is six feet."), (*new, "It is nine feet.")) == How(
        removed=("It is six feet.",), added=("It is nine feet.",)
    )


def table(*rows: tuple[str, str]) -> Table:
    header, *others = (((Text(a),), (Text(b),)) for a, b in rows)
    return Table(header, tuple(others))


def test_rows_in_another_order_are_called_rows():
    rows = ("Leash", "six feet of rope"), ("Muzzle", "one for each dog that bites"), ("Whistle", "a loud one")
    moved = rows[1], rows[0], rows[2]
    base, revised = ((table(("Item", "Figure"), *each),) for each in (rows, moved))
    assert of_one(base, revised) == How("Only the order of its rows changed.")
    reworded = (table(("Item", "Figure"), ("Muzzle", "one for each dog that barks"), rows[0], rows[2]),)
    assert of_one(base, reworded) == How(
        removed=("Muzzle | one for each dog that bites",), added=("Muzzle | one for each dog that barks",)
    )


def test_rows_that_were_added_do_not_run_together():
    bowl = ("Bowl", "one for each dog")
    base, revised = (
        (table(("Item", "Figure"), *rows),) for rows in ((("Leash", "six feet"),), (bowl, ("Bell", "none")))
    )
    how = of_one(base, revised)
    assert how.words == "Removed: Leash | six feet. Added: Bowl | one for each dog; Bell | none."


# -- the words that were replaced ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "replaced"),
    [
        ("It is six feet long.", "It is nine feet long.", "“six” is now “nine”."),
        ("It is long.", "It is long, and it is red.", "“, and it is red” is new."),
        ("The walker pays.", "The walker and the town pay.", "“pays” is now “and the town pay”."),
    ],
)
def test_few_words_that_were_replaced_are_told_as_such(old, new, replaced):
    assert of_one((f"{old} {LEASH}",), (f"{new} {LEASH}",)).replaced == replaced


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The board has before it the facts.", "The board votes on a renewal, the walker must give it the facts."),
        ("The board has the facts.", "The board gets each month and without being asked for them the facts."),
        ("It barks. It ends.", "It barks at night. Each walk of a dog ends."),
    ],
    ids=["over the end of a clause", "of another length", "over the end of a sentence"],
)
def test_words_that_cannot_be_read_alone_are_told_in_whole_sentences(old, new):
    how = of_one((f"{old} {LEASH}",), (f"{new} {LEASH}",))
    assert how.removed
    assert not any("rope" in one for one in (*how.removed, *how.added))
    assert " ".join(how.added) == new


# -- how many ----------------------------------------------------------------------------------


def test_a_section_in_which_only_a_number_changed_and_the_signatures_are_no_section_that_changed():
    def references(*pairs: tuple[str, str]) -> Section:
        runs = [run for number, target in pairs for run in (Reference(number, target), Text(". "))]
        return section("leash", "1.1", Paragraph((Text("See "), *runs, Text("It ends."))))

    old = references(("Exhibit B", "exhibit:cost"), ("Exhibit A", "exhibit:map"))
    new = references(("Exhibit C", "exhibit:cost"), ("Exhibit B", "exhibit:map"))
    longer = replace(LAST, blocks=(Paragraph((Text(f"{MUZZLE} It is red."),)),))
    base, revised = agreement(article("one", "1", old, LAST)), agreement(article("one", "1", new, longer))
    base, revised = (
        replace(side, signatures=(SignatureBlock((Text(party),), (), ()),))
        for side, party in ((base, "The Town"), (revised, "The City"))
    )
    compared = redline.compare(base, revised)
    assert changed.clauses(compared) == ("muzzle",)
    assert changed.count(changed.changes(compared)) == 1
    assert marked.changed_sections(compared) == ("leash", "muzzle")
    assert changed.elsewhere(changed.changes(compared)) == 1


def test_what_changed_outside_of_the_sections_is_told_though_no_section_changed():
    one = article("one", "1", FIRST)
    base = replace(agreement(one), signatures=(SignatureBlock((Text("The Town"),), (), ()),))
    signed = replace(base, signatures=(SignatureBlock((Text("The Town Council"),), (), ()),))
    titled = replace(base, title="Agreement", articles=(replace(one, title="Walks"),))
    for revised, wanted in (
        (base, []),
        (signed, [("Signatures", "", "“Council” is new.")]),
        (
            titled,
            [("Cover", "", "“Title” is now “Agreement”."), ("Article 1. Walks", "Title", "“One” is now “Walks”.")],
        ),
    ):
        found = list(changed.changes(redline.compare(base, revised)))
        lines = [(group.title, line.heading, line.how.replaced) for group in found for line in group.lines]
        assert (lines, changed.count(found), changed.elsewhere(found)) == (wanted, 0, len(wanted))
