"""The contract tree: one encoding for one text, every run walked in reading order, JSON that comes back equal."""

import copy
import dataclasses
import itertools
import json
import random
from pathlib import Path

import pairs
import pytest
from generated import small_library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often
from small import draft

from drafter import contract
from drafter.comparing import marked, redline
from drafter.contract import (
    Answer,
    Article,
    Blank,
    Contract,
    Definition,
    Exhibit,
    Paragraph,
    Reference,
    Section,
    SignatureBlock,
    Signer,
    Table,
    Text,
    Use,
)

RECORDED = Path(__file__).resolve().parent / "data" / "earlier-rounds"


def section(name, *blocks, number="", heading="Heading"):
    return Section(name, number, heading, "standard", "preferred", ("II",), ("policy-7",), f"clauses/{name}.md", blocks)


TABLE = Table(
    ((Text("Dog"),), (Text("Size"),)), (((Answer("Rex", "dogs[1].name"),), (Blank("Size", "dogs[1].size"),)),)
)
ITEMS = (
    Paragraph((Text("The "), Use("Dogs", "Dog"), Text(" must:"))),
    Paragraph((Text("sit; and"),), "item", "(a)", "leash.sit"),
    Paragraph((Text("stay, see Section "), Reference("1.1", "leash")), "subitem", "(i)"),
)
MADE = Contract(
    title="Dog Walking",
    caption=((Text("between "), Answer("Bark", "town.name")),),
    opening=(section("parties", Paragraph((Definition("Dog"), Text(" means "), Blank("Dogs", "dogs")))),),
    recitals=(section("recital", Paragraph((Text("Whereas"),), "recital", "A.")),),
    articles=(Article("walking", "1", "Walking", (section("leash", *ITEMS, number="1.1", heading="Leash"),)),),
    signatures=(
        SignatureBlock(
            (Answer("Bark", "town.name"),),
            (Text("By its council"),),
            (Signer((Blank("Name", "name"),), (Text("Mayor"),)),),
        ),
    ),
    exhibits=(
        Exhibit("dogs", "A", "Dogs", (section("list", TABLE),)),
        Exhibit(
            "more",
            "B",
            "More",
            (section("one", number="B-1", heading="One"), section("two", number="B-2", heading="Two")),
        ),
    ),
)


def test_texts_beside_each_other_are_one_text_and_empty_ones_are_none():
    runs = (Text("a"), Text(""), Text("b"), Answer("", "q"), Answer("c", "q"), Text("d"), Text("e"))
    assert contract.joined(runs) == (Text("ab"), Answer("", "q"), Answer("c", "q"), Text("de"))


def test_sections_come_in_reading_order():
    assert [s.id for s in contract.sections(MADE)] == ["parties", "recital", "leash", "list", "one", "two"]


def test_every_run_is_walked_caption_and_signatures_included():
    found = list(contract.all_runs(MADE))
    assert found[:2] == [Text("between "), Answer("Bark", "town.name")]
    assert found[-4:] == [
        Answer("Bark", "town.name"),
        Text("By its council"),
        Blank("Name", "name"),
        Text("Mayor"),
    ]
    assert Answer("Rex", "dogs[1].name") in found
    assert len(found) == 2 + 3 + 1 + 3 + 1 + 2 + 4 + 4


def test_a_block_gives_its_runs_cell_by_cell():
    assert list(contract.block_runs(TABLE)) == [*TABLE.header, *TABLE.rows[0]]
    assert list(contract.block_runs(ITEMS[0])) == [ITEMS[0].runs]


def test_targets_print_articles_sections_items_and_exhibits():
    assert contract.targets(MADE) == {
        "article:walking": "Article 1",
        "leash": "1.1",
        "leash.sit": "(a)",
        "exhibit:dogs": "Exhibit A",
        "exhibit:more": "Exhibit B",
        "one": "B-1",
        "two": "B-2",
    }


@pytest.mark.parametrize(
    ("run", "printed"),
    [
        (Text("a"), "a"),
        (Answer("a", "q"), "a"),
        (Use("Dogs", "Dog"), "Dogs"),
        (Reference("1.1", "leash"), "1.1"),
        (Definition("Dog"), "“Dog”"),
        (Blank("Size", "q"), "[Size]"),
    ],
)
def test_a_run_prints_its_characters(run, printed):
    assert contract.run_text(run) == contract.words((run,)) == printed


def test_a_contract_is_text_that_a_person_can_read():
    assert contract.to_text(MADE).split("\n") == [
        "DOG WALKING",
        "between Bark",
        "",
        "“Dog” means [Dogs]",
        "",
        "A. Whereas",
        "",
        "ARTICLE 1. WALKING",
        "",
        "1.1 Leash",
        "The Dogs must:",
        "  (a) sit; and",
        "    (i) stay, see Section 1.1",
        "",
        "SIGNATURE: Bark",
        "By its council",
        "  ____ [Name], Mayor",
        "",
        "EXHIBIT A. DOGS",
        "",
        "| Dog | Size |",
        "| Rex | [Size] |",
        "",
        "EXHIBIT B. MORE",
        "",
        "B-1 One",
        "",
        "B-2 Two",
        "",
    ]


def test_blanks_are_told_once_a_question_in_reading_order():
    twice = dataclasses.replace(MADE, caption=((Blank("Size", "dogs[1].size"), Blank("Size", "dogs[1].size")),))
    assert [b.question for b in contract.blanks(twice)] == ["dogs[1].size", "dogs", "name"]


def test_a_final_differs_from_its_draft_in_its_status_alone():
    assert contract.final(MADE) == dataclasses.replace(MADE, status="final")
    assert MADE.status == "draft"


# -- what a section is called -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "cited", "place", "words", "in_full"),
    [
        ("parties", "Opening", "Opening", "Opening, Heading", "Heading"),
        ("recital", "Recitals", "Recitals", "Recitals, Heading", "Heading"),
        ("leash", "Section 1.1", "1.1", "1.1 Leash", "Section 1.1, Leash"),
        ("list", "Exhibit A", "Exhibit A", "Exhibit A, Dogs", "Exhibit A, Dogs"),
        ("one", "Exhibit B-1", "Exhibit B-1", "Exhibit B-1, One", "Exhibit B-1, One"),
        ("two", "Exhibit B-2", "Exhibit B-2", "Exhibit B-2, Two", "Exhibit B-2, Two"),
    ],
)
def test_a_section_is_called_by_its_number_and_its_heading(clause, cited, place, words, in_full):
    name = contract.names(MADE)[clause]
    assert (name.clause, name.cited, name.place, name.words, name.in_full) == (clause, cited, place, words, in_full)


def test_a_section_without_a_heading_is_called_by_its_number_and_one_not_in_the_contract_by_its_heading():
    bare = dataclasses.replace(
        MADE,
        articles=(Article("walking", "1", "Walking", (section("leash", number="1.1", heading=""),)),),
        exhibits=(Exhibit("more", "B", "More", (section("one", heading=""), section("two", heading="Two"))),),
    )
    found = contract.names(bare)
    assert (found["leash"].words, found["leash"].in_full) == ("1.1", "Section 1.1")
    assert found["one"].words == "Exhibit B, More"
    out = contract.SectionName("muzzle", "Muzzle")
    assert (out.cited, out.place, out.words, out.in_full) == ("", "", "Muzzle", "Muzzle")


# -- JSON ---------------------------------------------------------------------------------------


def holding(*those: Section) -> Contract:
    return dataclasses.replace(MADE, articles=(Article("walking", "1", "Walking", those),), exhibits=())


LEASH = section("leash", *ITEMS, number="1.1", heading="Leash")
LIST = section("list", TABLE)
FULL = dataclasses.replace(TABLE, rows=(((Answer("Rex", "dogs[1].name"),), (Answer("Small", "dogs[1].size"),)),))


def seeing(text: str, target: str) -> Section:
    """Return the leash with another reference at its end."""
    last = dataclasses.replace(ITEMS[2], runs=(Text("stay, see Section "), Reference(text, target)))
    return dataclasses.replace(LEASH, number="1.2", blocks=(*ITEMS[:2], last))


@pytest.mark.parametrize(
    ("then", "changed"),
    [
        (holding(seeing("1.2", "leash"), LIST), ()),
        (holding(seeing("1.1", "list"), LIST), ("leash",)),
        (holding(dataclasses.replace(LEASH, heading="Rope"), LIST), ("leash",)),
        (holding(section("new"), LEASH, section("list", FULL)), ("new", "list")),
        (holding(LIST), ("leash",)),
        (holding(dataclasses.replace(LEASH, alternative="x", blocks=(Paragraph((Text("The Dogs must:"),)), *ITEMS[1:])),
                 LIST), ()),
    ],
    ids=["numbers", "reference", "heading", "answer", "left out", "same words"],
)  # fmt: skip
def test_a_section_has_changed_where_it_says_something_else_and_not_for_its_numbers(then, changed):
    assert contract.changed(holding(LEASH, LIST), then) == changed


def test_the_sections_that_changed_are_those_that_a_redline_marks():
    for old, new in itertools.pairwise(pairs.drafted("small", 20)):
        assert sorted(contract.changed(old, new)) == sorted(marked.changed_sections(redline.compare(old, new)))


def test_json_comes_back_equal():
    assert contract.from_json(contract.to_json(MADE)) == MADE


@settings(max_examples=often(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_json_of_any_contract_comes_back_equal(number):
    made = pairs.tree(random.Random(number))  # noqa: S311  # nothing is secret
    assert contract.from_json(contract.to_json(made)) == made


def test_json_is_short_a_block_a_line():
    text = contract.to_json(MADE)
    lines = [line.strip() for line in text.split("\n")]
    assert '{"runs":["The ",{"use":"Dogs","term":"Dog"}," must:"]},' in lines
    assert '{"runs":["sit; and"],"style":"item","number":"(a)","label":"leash.sit"},' in lines
    assert (
        '{"runs":["stay, see Section ",{"reference":"1.1","target":"leash"}],"style":"subitem","number":"(i)"}' in lines
    )
    rex, size = '{"answer":"Rex","question":"dogs[1].name"}', '{"blank":"Size","question":"dogs[1].size"}'
    assert f'{{"header":[["Dog"],["Size"]],"rows":[[[{rex}],[{size}]]]}}' in lines
    assert '{"runs":[{"definition":"Dog"}," means ",{"blank":"Dogs","question":"dogs"}]}' in lines
    assert "null" not in text
    assert '"kind"' not in text
    assert '"draft"' not in text


def test_a_term_used_as_it_is_defined_is_recorded_once():
    line = (Use("Dog", "Dog"), Use("Dogs", "Dog"))
    made = dataclasses.replace(MADE, caption=(line,))
    assert ' [{"use":"Dog"},{"use":"Dogs","term":"Dog"}]\n' in contract.to_json(made)
    assert contract.from_json(contract.to_json(made)).caption == (line,)


def test_json_of_a_drafted_contract_comes_back_equal():
    made, _, _ = draft(small_library())
    again = contract.from_json(contract.to_json(made))
    assert again == made
    assert isinstance(again.articles[0].sections, tuple)


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*/contract.json")), ids=lambda path: path.parent.name)
def test_a_contract_that_an_earlier_version_recorded_is_still_read(path):
    text = path.read_text("utf-8")
    assert '"kind": "text"' in text
    made = contract.from_json(text)
    assert any(isinstance(run, Text) for run in contract.all_runs(made))
    assert contract.from_json(contract.to_json(made)) == made
    assert len(contract.to_json(made)) < 0.34 * len(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1 column 1"),
        ("{", "line 1 column 2"),
        ("[]", "isn't a Contract"),
        ("{}", "isn't a Contract"),
        ('{"title": 1}', "isn't a Contract"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_contract_is_not_read(text, why):
    with pytest.raises(ValueError, match=why):
        contract.from_json(text)


def test_a_contract_of_which_any_part_is_of_another_kind_is_not_read():
    whole = json.loads(contract.to_json(MADE))
    paths = list(walked(whole, ()))
    assert len(paths) > 100
    for path in paths:
        for wrong in (7, None, {"kind": "x"}, [7], ["x", []], {"answer": "x"}, {"text": 1, "kind": "text"}):
            changed = copy.deepcopy(whole)
            inner = changed
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = wrong
            with pytest.raises(ValueError, match="isn't"):
                contract.from_json(json.dumps(changed))


def walked(part, path):
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for step, one in steps:
        yield (*path, step)
        yield from walked(one, (*path, step))


def test_half_of_a_character_is_not_read():
    with pytest.raises(ValueError, match="surrogates not allowed"):
        contract.from_json(contract.to_json(MADE).replace("Rex", "Rex\\ud83d"))
    assert "🐕" in contract.to_json(contract.from_json(contract.to_json(MADE).replace("Rex", "Rex\\ud83d\\udc15")))


def test_a_table_whose_rows_are_not_as_wide_as_its_header_is_not_read():
    line = (Text("a"),)
    table = contract.Table((line, line), ((line, line), (line,)))
    made = dataclasses.replace(MADE, recitals=(dataclasses.replace(MADE.recitals[0], blocks=(table,)),))
    with pytest.raises(ValueError, match="a row of a table isn't as wide as its header"):
        contract.from_json(contract.to_json(made))
