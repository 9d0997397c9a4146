"""A selection becomes a contract: filled, numbered, with references and terms resolved."""

import pytest
from generated import small_library
from small import AGREEMENT, ANSWERS, CLAUSES, POLICY, QUESTIONNAIRE, clause, draft, load, section_text

from drafter import contract
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.contract import Answer, Blank, Definition, Paragraph, Reference, Table, Text, Use
from drafter.drafting import assembly, selection
from drafter.matters import answers


def assembled(library, text=ANSWERS):
    return draft(library, text)[0]


def section(made, wanted):
    return next(s for s in contract.sections(made) if s.id == wanted)


def lines(made, wanted):
    return section_text(section(made, wanted)).split("\n")


def runs(made, wanted):
    return section(made, wanted).blocks[0].runs


def standard(text, when=""):
    return clause("Notes", f"standard|preferred|||{text}", when=when)


def noted(root, text, answered=ANSWERS, **parts):
    """The lines of the clause "notes" when its one wording says this."""
    parts["clauses"] = {"notes": standard(text)} | parts.get("clauses", {})
    return lines(assembled(load(root, **parts), answered), "notes")


# -- numbers ------------------------------------------------------------------------------------


def test_articles_sections_and_exhibits_are_numbered_as_they_stand():
    made = assembled(small_library(), ANSWERS + "bites: yes\n")
    assert [(a.number, [s.number for s in a.sections]) for a in made.articles] == [
        ("1", ["1.1", "1.2", "1.3", "1.4"]),
        ("2", ["2.1"]),
    ]
    assert [e.number for e in made.exhibits] == ["A", "B"]
    assert {s.number for s in (*made.opening, *made.recitals)} == {""}
    assert {s.number for e in made.exhibits for s in e.sections} == {""}


def test_what_is_left_out_is_not_counted():
    made = assembled(small_library())
    assert [s.id for s in made.articles[0].sections] == ["dog", "leash", "price"]
    assert section(made, "price").number == "1.3"


def test_an_article_and_an_exhibit_without_sections_are_left_out(tmp_path):
    clauses = {name: CLAUSES[name].replace("alternatives:", "when: bites\nalternatives:") for name in ("notes", "list")}
    clauses["dog"] = clause("Dog", "standard|preferred|||A **Dog** barks. See [[leash.hold]].")
    made = assembled(load(tmp_path, clauses=clauses))
    assert [a.id for a in made.articles] == ["walking"]
    assert [(e.id, e.number) for e in made.exhibits] == [("policy", "A")]


@pytest.mark.parametrize(
    ("count", "letter"), [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (28, "BB"), (52, "ZZ"), (53, "AAA"), (79, "AAAA")]
)
def test_letters_go_on_as_word_counts_them(count, letter):
    assert assembly.letters(count) == letter


@pytest.mark.parametrize(
    ("count", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (49, "xlix"), (90, "xc"), (400, "cd"), (1994, "mcmxciv")],
)
def test_roman_numbers(count, numeral):
    assert assembly.roman(count) == numeral


def test_more_items_than_letters(tmp_path):
    items = "\n".join(f"{n}. item {n}" for n in range(1, 30))
    found = noted(tmp_path, f"Do:\n\n{items}")
    assert [line.split()[0] for line in found[24:]] == ["(x)", "(y)", "(z)", "(aa)", "(bb)", "(cc)"]


def test_items_go_on_after_a_paragraph_and_subitems_start_again(tmp_path):
    text = "Do:\n\n1. a\n   1. b\n   2. c\n2. d\n   1. e\n\nAnd:\n\n1. f\n   1. g"
    assert noted(tmp_path, text) == [
        "Do:",
        *("  (a) a", "    (i) b", "    (ii) c", "  (b) d", "    (i) e"),
        "And:",
        *("  (c) f", "    (i) g"),
    ]


def test_items_start_again_in_each_section(tmp_path):
    made = assembled(load(tmp_path, clauses={"notes": standard("Do:\n\n1. a"), "price": standard("Do:\n\n1. b")}))
    assert lines(made, "notes")[1] == "  (a) a"
    assert lines(made, "price")[1] == "  (a) b"


def test_items_of_the_opening_the_recitals_and_the_exhibits_are_numbered_too(tmp_path):
    text = "Do:\n\n1. a\n2. b\n   1. c"
    clauses = {name: standard(text) for name in ("parties", "recital", "list")}
    clauses["notes"] = standard("Notes.")
    made = assembled(load(tmp_path, clauses=clauses))
    numbered = ["  (a) a", "  (b) b", "    (i) c"]
    assert lines(made, "parties") == ["Do:", *numbered]
    assert lines(made, "recital") == ["A. Do:", *numbered]
    assert lines(made, "list") == ["Do:", *numbered]


def test_recitals_are_lettered_through_all_of_them_and_the_words_of_agreement_are_not(tmp_path):
    agreement = AGREEMENT.replace("recitals: [recital]", "recitals: [recital, more]\nagreement: [agree]")
    clauses = {"more": standard("One.\n\n{when: bites} Two.\n\nThree."), "agree": standard("They agree.")}
    made = assembled(load(tmp_path, agreement=agreement, clauses=clauses))
    assert [line for s in made.recitals for line in section_text(s).split("\n")] == [
        "A. The Town has dogs.",
        "B. The dogs want out.",
        "C. One.",
        "D. Three.",
        "They agree.",
    ]
    assert [b.style for s in made.recitals for b in s.blocks] == [*["recital"] * 4, "text"]


# -- references ---------------------------------------------------------------------------------


def test_references_print_articles_sections_items_and_exhibits(tmp_path):
    text = "[[article:walking]], [[leash]], [[leash.hold]], [[exhibit:dogs]]."
    made = assembled(load(tmp_path, clauses={"notes": standard(text)}))
    assert runs(made, "notes") == (
        Reference("Article 1", "article:walking"),
        Text(", Section "),
        Reference("1.2", "leash"),
        Text(", Section "),
        Reference("1.2", "leash"),
        Reference("(a)", "leash.hold"),
        Text(", "),
        Reference("Exhibit A", "exhibit:dogs"),
        Text("."),
    )


def test_a_reference_to_a_clause_in_an_exhibit_names_the_exhibit(tmp_path):
    clauses = {"notes": standard("See [[list]] and [[list.two]]."), "list": standard("Do:\n\n1. a\n2. {#two} b")}
    made = assembled(load(tmp_path, clauses=clauses))
    assert runs(made, "notes") == (
        Text("See "),
        Reference("Exhibit A", "exhibit:dogs"),
        Text(" and "),
        Reference("Exhibit A", "exhibit:dogs"),
        Reference("(b)", "list.two"),
        Text("."),
    )


def test_each_clause_of_an_exhibit_with_several_is_a_numbered_part_that_references_name(tmp_path):
    """So that two references to one exhibit can be told apart."""
    agreement = AGREEMENT.replace("clauses: [list]", "clauses: [muzzle, list, {title: Prices, clauses: [price, size]}]")
    agreement = agreement.replace("leash, muzzle, price]", "leash]")
    clauses = {"notes": standard("See [[list]], [[price]], [[size]], [[list.two]], and [[exhibit:dogs]].")}
    clauses |= {"list": standard("Do:\n\n1. a\n2. {#two} b"), "size": standard("Size does not count.")}
    library = load(tmp_path, clauses=clauses, agreement=agreement)
    made = assembled(library)
    parts = [(s.id, s.number, contract.words(s.heading)) for s in made.exhibits[0].sections]
    assert parts == [("list", "A-1", "Notes"), ("price", "A-2", "Prices"), ("size", "A-3", "")]
    assert made.exhibits[0].sections[2].blocks[0].number == "A-3"
    words = "See Exhibit A-1, Exhibit A-2, Exhibit A-3, Exhibit A-1(b), and Exhibit A."
    assert lines(made, "notes") == [words]
    assert [n.words for n in contract.names(made).values() if n.part == "Exhibit"] == [
        "Exhibit A-1, Notes", "Exhibit A-2, Prices", "Exhibit A-3, Prices", "Exhibit B, The Policy",
    ]  # fmt: skip
    more = assembled(library, ANSWERS + "bites: yes\n")
    assert lines(more, "notes")[0].startswith("See Exhibit A-2, Exhibit A-3")


def test_a_reference_follows_the_number_of_what_it_points_to(tmp_path):
    clauses = {"notes": standard("See [[price]].")}
    library = load(tmp_path, clauses=clauses)
    assert lines(assembled(library), "notes") == ["See Section 1.3."]
    assert lines(assembled(library, ANSWERS + "bites: yes\n"), "notes") == ["See Section 1.4."]


def test_an_item_keeps_its_label_when_an_item_before_it_is_left_out(tmp_path):
    text = "Do:\n\n1. {when: bites} a\n2. {#b} b\n\nSee [[notes.b]]."
    assert noted(tmp_path, text)[-1] == "See Section 2.1(a)."
    assert noted(tmp_path, text, ANSWERS + "bites: yes\n")[-1] == "See Section 2.1(b)."


def test_references_stand_in_tables_captions_and_signatures(tmp_path):
    agreement = AGREEMENT.replace('["{{ town.name }}"]', '["under [[leash]]"]')
    agreement = agreement.replace("note: By its council", 'note: "[[article:general]]"')
    agreement = agreement.replace("title: Dog}", 'title: "[[exhibit:dogs]]"}')
    table = standard("Look:\n\n| [[leash]] |\n|---|\n| [[price]] |")
    made = assembled(load(tmp_path, agreement=agreement, clauses={"notes": table}))
    assert contract.words(made.caption[0]) == "under Section 1.2"
    assert contract.words(made.signatures[0].note) == "Article 2"
    assert contract.words(made.signatures[0].signers[0].title) == "Exhibit A"
    assert lines(made, "notes")[1:] == ["| Section 1.2 |", "| Section 1.3 |"]


@pytest.mark.parametrize(
    ("parts", "place", "message"),
    [
        (
            {"clauses": {"notes": standard("See [[muzzle]].")}},
            "lib/clauses/notes.md",
            "[[muzzle]] points to a clause that is not in this draft",
        ),
        (
            {"clauses": {"notes": standard("Do:\n\n1. {#a} {when: bites} a\n2. see [[notes.a]]")}},
            "lib/clauses/notes.md",
            "[[notes.a]] points to an item that is not in this draft",
        ),
        (
            {"agreement": AGREEMENT.replace('["{{ town.name }}"]', '["[[muzzle]]"]')},
            "lib/agreement.yaml",
            "[[muzzle]] points to a clause that is not in this draft",
        ),
        (
            {
                "agreement": AGREEMENT.replace("clauses: [notes]", "clauses: [notes, more]"),
                "clauses": {"notes": standard("See [[article:walking]]."), "more": standard("See [[exhibit:dogs]].")}
                | {"list": standard("The Dogs.", when="bites"), "dog": standard("A **Dog** barks.")},
            },
            "lib/clauses/more.md",
            "[[exhibit:dogs]] points to a clause that is not in this draft",
        ),
    ],
)
def test_a_reference_to_what_is_not_in_the_draft_is_refused(tmp_path, parts, place, message):
    with pytest.raises(DraftingError) as error:
        assembled(load(tmp_path, **parts))
    assert [(p.code, str(p.place), p.message) for p in error.value.problems] == [("dead-reference", place, message)]
    assert "condition of" in error.value.problems[0].hint


def test_references_to_what_is_not_in_the_draft_are_said_all_at_once(tmp_path):
    notes = standard("See [[muzzle]]:\n\n1. {when: bites} {#x} a")
    clauses = {"notes": notes, "price": standard("See [[notes.x]].")}
    with pytest.raises(DraftingError) as error:
        assembled(load(tmp_path, clauses=clauses))
    assert [str(p.place) for p in error.value.problems] == ["lib/clauses/notes.md", "lib/clauses/price.md"]


# -- fields and blanks --------------------------------------------------------------------------


def test_an_answer_is_a_run_of_its_own_that_knows_its_question():
    assert runs(assembled(small_library()), "parties")[-2:] == (Answer("Ann", "walker"), Text("."))


def test_an_unanswered_question_is_a_blank_with_its_label():
    made = assembled(small_library(), "")
    assert runs(made, "parties")[-2:] == (Blank("Walker's name", "walker"), Text("."))
    assert [b.question for b in contract.blanks(made)] == ["walker", "fee", "starts", "dogs[1].name", "dogs[1].size"]


def test_a_question_without_a_label_prints_its_name(tmp_path):
    questionnaire = QUESTIONNAIRE.replace(", blank: Walker's name", "")
    made = assembled(load(tmp_path, questionnaire=questionnaire), "")
    assert Blank("Walker", "walker") in runs(made, "parties")


def test_an_optional_answer_that_is_missing_prints_what_the_text_says_instead():
    assert lines(assembled(small_library()), "notes") == ["No notes. Dogs and the Town agree."]
    assert lines(assembled(small_library(), ANSWERS + "note: Woof.\n"), "notes") == ["Woof. Dogs and the Town agree."]


def test_fields_are_printed_in_the_words_of_a_contract():
    assert lines(assembled(small_library()), "price") == [
        "The Town pays twelve thousand five hundred and 50/100 dollars ($12,500.50) from August 31, 2026."
    ]


def test_a_list_prints_as_a_series_with_a_blank_where_one_is_missing(tmp_path):
    made = assembled(
        load(tmp_path, clauses={"notes": standard("{{ dogs | field('name') | series }}.")}),
        "dogs: [{name: Rex}, {size: small}, {name: Bit}]",
    )
    assert contract.words(runs(made, "notes")) == "Rex, [Dog's name], and Bit."
    assert Blank("Dog's name", "dogs[2].name") in runs(made, "notes")
    assert lines(assembled(load(tmp_path, clauses={"notes": standard("{{ dogs | count }} dogs.")}), ""), "notes") == [
        "[Dogs] dogs."
    ]


def test_the_caption_and_the_signatures_are_filled():
    made = assembled(small_library(), ANSWERS + "town: {name: Barkham}\n")
    assert made.caption == ((Answer("Barkham", "town.name"),),)
    (block,) = made.signatures
    assert (contract.words(block.party), contract.words(block.note)) == ("Barkham", "By its council")
    assert [(contract.words(s.name), contract.words(s.title)) for s in block.signers] == [
        ("Rex", "Dog"),
        ("Bit", "Dog"),
    ]
    assert block.signers[1].name == (Answer("Bit", "dogs[2].name"),)


def test_signers_that_are_not_answered_are_one_line_of_blanks():
    (block,) = assembled(small_library(), "").signatures
    assert [s.name for s in block.signers] == [(Blank("Dog's name", "dogs[1].name"),)]


# -- each, when, tables -------------------------------------------------------------------------


def test_a_paragraph_and_an_item_are_repeated_for_each_record(tmp_path):
    text = "{each: d in dogs} {{ d.name }} sits.\n\nThey are:\n\n1. {each: d in dogs} {{ d.name }}\n2. all"
    assert noted(tmp_path, text) == [
        *("Rex sits.", "Bit sits.", "They are:"),
        *("  (a) Rex", "  (b) Bit", "  (c) all"),
    ]
    assert noted(tmp_path, text, "dogs: []\n") == ["They are:", "  (a) all"]
    assert noted(tmp_path, text, "") == [
        *("[Dog's name] sits.", "They are:", "  (a) [Dog's name]", "  (b) all"),
    ]


def test_a_subitem_may_be_repeated_and_followed_by_another(tmp_path):
    text = "Do:\n\n1. walk:\n   1. {each: d in dogs} {{ d.name }}\n   2. the rest"
    assert noted(tmp_path, text) == ["Do:", "  (a) walk:", "    (i) Rex", "    (ii) Bit", "    (iii) the rest"]


def test_a_repeated_paragraph_may_have_a_condition_on_its_record(tmp_path):
    text = "They are:\n\n{each: d in dogs} {when: d.size == 'large'} {{ d.name }} on {{ d.chain }}."
    assert noted(tmp_path, text) == ["They are:", "Rex on iron."]


def test_records_are_kept_by_a_value_of_theirs(tmp_path):
    text = "Small:\n\n{each: d in dogs | having('size', 'small')} {{ d.name }}"
    assert noted(tmp_path, text) == ["Small:", "Bit"]
    assert noted(tmp_path, text, "") == ["Small:"]


def test_rows_are_repeated_and_have_conditions(tmp_path):
    text = (
        "Look:\n\n| Dog | Fee |\n|---|---|\n| {each: d in dogs} {{ d.name }} | {{ fee | money }} |\n"
        "| {when: bites} biters | 0 |\n| {when: not bites} total | {{ dogs | count }} |"
    )
    assert noted(tmp_path, text)[1:] == [
        "| Dog | Fee |",
        "| Rex | $12,500.50 |",
        "| Bit | $12,500.50 |",
        "| total | 2 |",
    ]


def test_a_table_is_left_out_whole_when_its_header_says_so(tmp_path):
    text = "Look:\n\n| {when: bites} Dog |\n|---|\n| Rex |"
    assert noted(tmp_path, text) == ["Look:"]
    assert noted(tmp_path, text, "bites: yes\n") == ["Look:", "| Dog |", "| Rex |"]


def test_all_rows_have_the_width_of_the_header(tmp_path):
    made = assembled(load(tmp_path, clauses={"notes": standard("Look:\n\n| a | b |\n|---|---|\n| c |\n| d | e |")}))
    table = section(made, "notes").blocks[1]
    assert isinstance(table, Table)
    assert {len(row) for row in table.rows} == {len(table.header)} == {2}


def test_an_item_that_is_left_out_takes_what_hangs_under_it(tmp_path):
    text = "Do:\n\n1. {when: bites} a\n   1. b\n   2. c\n2. d\n   1. e\n   2. {when: bites} f"
    assert noted(tmp_path, text) == ["Do:", "  (a) d", "    (i) e"]
    assert noted(tmp_path, text, "bites: yes\n") == [
        *("Do:", "  (a) a", "    (i) b", "    (ii) c", "  (b) d", "    (i) e", "    (ii) f"),
    ]


def test_a_paragraph_after_an_item_that_is_left_out_stands(tmp_path):
    assert noted(tmp_path, "Do:\n\n1. {when: bites} a\n   1. b\n\nAnd.") == ["Do:", "And."]


def test_a_condition_on_a_question_that_is_not_answered_is_not_true(tmp_path):
    text = "Always.\n\n{when: fee > 5} Much.\n\n{when: fee <= 5} Little."
    assert noted(tmp_path, text, "") == ["Always."]
    assert noted(tmp_path, text, "fee: 6\n") == ["Always.", "Much."]


# -- the policy ---------------------------------------------------------------------------------


def test_the_policy_stands_word_for_word_with_its_own_numbers():
    made = assembled(small_library())
    blocks = section(made, "policy").blocks
    assert [(b.style, b.number, contract.words(b.runs)) for b in blocks] == [
        ("text", "", "As it stands:"),
        ("quote", "", "I. PURPOSE"),
        ("quote", "", "The town wants dogs walked well. ."),
        ("quote", "", "II. A walker must use a leash."),
        ("quote", "", "III. If a dog bites, the walker must use a muzzle."),
    ]
    assert {type(run) for b in blocks[1:] for run in b.runs} == {Text}


def test_the_policy_is_not_read_as_markup_and_its_terms_are_not_marked(tmp_path):
    odd = 'The town wants The *Dog* {{ walker }} [[leash]] & <b> "quoted" it\'s **bold**'
    policy = POLICY.replace("text: The town wants dogs walked well. .", f"text: |\n      {odd}\n      dogs walked well")
    made = assembled(load(tmp_path, policy=policy))
    assert section(made, "policy").blocks[2].runs == (Text(f"{odd} dogs walked well"),)


def test_a_paragraph_of_the_policy_that_is_empty_shows_its_number(tmp_path):
    policy = POLICY.replace(
        "requirements:\n", '  - {id: IV, number: IV., text: ""}\n  - {id: V, text: ""}\nrequirements:\n', 1
    )
    made = assembled(load(tmp_path, policy=policy))
    assert section_text(section(made, "policy")).endswith("muzzle.\nIV.")


# -- terms --------------------------------------------------------------------------------------


def test_a_definition_and_its_uses_are_marked_with_plurals():
    made = assembled(small_library())
    assert runs(made, "dog")[0] == Definition("Dog")
    assert runs(made, "notes")[1:] == (
        Text(" "),
        Use("Dogs", "Dog"),
        Text(" and the "),
        Use("Town", "Town"),
        Text(" agree."),
    )
    assert section(made, "list").blocks[0].runs == (Text("The "), Use("Dogs", "Dog"), Text(":"))


def test_a_term_within_a_word_or_in_small_letters_is_none(tmp_path):
    made = assembled(load(tmp_path, clauses={"notes": standard("Dogged dog, Doghouse; Dog's, Dog-like.")}))
    assert [r.text for r in runs(made, "notes") if isinstance(r, Use)] == ["Dog", "Dog"]


def test_an_answer_is_never_marked_as_a_term():
    made = assembled(small_library(), ANSWERS + "note: The Dog and the Town.\n")
    assert runs(made, "notes")[0] == Answer("The Dog and the Town.", "note")


def test_the_longest_term_is_marked_and_a_term_of_its_own_goes_before_a_plural(tmp_path):
    text = "A **Party**, the **Parties**, a **Dog Walker**: Parties, Party, Dog Walkers."
    made = assembled(load(tmp_path, clauses={"notes": standard(text)}))
    assert [(r.text, r.term) for r in runs(made, "notes") if isinstance(r, Use)] == [
        ("Parties", "Parties"),
        ("Party", "Party"),
        ("Dog Walkers", "Dog Walker"),
    ]


def test_a_contract_without_definitions_has_no_uses(tmp_path):
    clauses = {"parties": standard("Between them."), "dog": standard("Dogs. See [[leash.hold]].")}
    made = assembled(load(tmp_path, clauses=clauses))
    assert not [r for r in contract.all_runs(made) if isinstance(r, Use | Definition)]


@pytest.mark.parametrize(
    ("term", "plural"),
    [("Dog", "Dogs"), ("Party", "Parties"), ("School Day", "School Days"), ("Boss", "Bosses"), ("Branch", "Branches")],
)
def test_plurals_are_formed_as_in_english(term, plural):
    assert english.plurals(term) == (term, plural)


# -- the whole ----------------------------------------------------------------------------------


def test_a_section_knows_where_it_comes_from():
    made = assembled(small_library())
    leash = section(made, "leash")
    assert (leash.heading, leash.alternative, leash.position) == ("Leash", "short", "preferred")
    assert (leash.requirements, leash.authority, leash.source) == (("II",), ("policy-7",), "clauses/leash.md")


def test_texts_beside_each_other_are_one_run():
    for block in (b for s in contract.sections(assembled(small_library())) for b in s.blocks):
        for found in contract.block_runs(block):
            assert contract.joined(found) == found
    assert isinstance(section(assembled(small_library()), "leash").blocks[0], Paragraph)


def test_a_contract_is_a_draft_unless_it_is_to_be_final():
    library = small_library()
    selected = selection.select(library, answers.parse(ANSWERS, "answers.yaml", library.questionnaire))
    assert assembly.assemble(selected).status == "draft"
    assert assembly.assemble(selected, status="final") == contract.final(assembly.assemble(selected))
