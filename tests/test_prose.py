"""Clause text becomes paragraphs, items and tables whose fields and references are leaves, or says what is wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter import language
from drafter.base.problems import Place
from drafter.language import Kind, Name
from drafter.reading import prose
from drafter.reading.prose import Field, Grid, Link, Passage, PolicyText, Row, Term, Words

SIZE = Kind("choice", options={"small": "small", "large": "large"})
SCHEMA = {
    "walker": Kind("text"),
    "town.name": Kind("text"),
    "bites": Kind("yes-no"),
    "starts": Kind("date"),
    "dogs": Kind("records", fields={"name": Kind("text"), "size": SIZE}),
}
FIRST = 10  # the line of the file at which the text starts


def read(text):
    """Return the blocks of a text that has no problem."""
    blocks, problems = prose.parse(text, "a.md", FIRST, SCHEMA)
    assert not problems
    return blocks


def found(text):
    """Return (code, line, message) of each problem of a text."""
    _, problems = prose.parse(text, "a.md", FIRST, SCHEMA)
    assert all(p.place.path == "a.md" for p in problems)
    return [(p.code, p.place.line, p.message) for p in problems]


def only(text):
    (problem,) = found(text)
    return problem


def shown(parts):
    """Write parts out: terms in bold, fields and links in their brackets."""
    marks = {Words: "{}", Term: "**{}**", Link: "[[{}]]", Field: "{{{{{}}}}}"}
    return "".join(
        marks[type(p)].format(p.written if isinstance(p, Field) else p.target if isinstance(p, Link) else p.text)
        for p in parts
    )


def texts(text):
    return [(block.style, shown(block.parts)) for block in read(text)]


# -- paragraphs and items -----------------------------------------------------------------------


def test_paragraphs_are_apart_by_a_blank_line_and_their_lines_are_joined():
    assert texts("One\ntwo  \nthree\\\nfour.\n\n\nFive   six.\n") == [
        ("text", "One two three four."),
        ("text", "Five six."),
    ]


def test_items_and_the_items_below_them_have_their_styles():
    text = "Lead:\n\n1. One;\n   and more\n   1. inner;\n   2. other.\n2. Two.\n\nEnd.\n"
    assert texts(text) == [
        ("text", "Lead:"),
        ("item", "One; and more"),
        ("subitem", "inner;"),
        ("subitem", "other."),
        ("item", "Two."),
        ("text", "End."),
    ]


def test_blocks_and_leaves_know_their_lines():
    blocks = read(
        "One.\n\n1. Two [[a]]\n   more [[b]]\n   1. {{ walker }}\n\n\n| {{ bites }} |\n|--|\n| [[c]] |\n\n{policy}\n"
    )
    assert [block.line for block in blocks] == [10, 12, 14, 17, 21]
    assert [part.line for part in blocks[1].parts if isinstance(part, Link)] == [12, 13]
    assert blocks[2].parts[0].line == 14
    assert (blocks[3].header[0][0].line, blocks[3].rows[0].cells[0][0].line, blocks[3].rows[0].line) == (17, 19, 19)


def test_a_list_may_start_below_its_paragraph_at_once():
    assert texts("Lead:\n1. One") == [("text", "Lead:"), ("item", "One")]


def test_quotation_marks_are_printed_as_typographic_ones():
    assert texts("The \"Dog\" isn't 'it'.") == [("text", "The “Dog” isn’t ‘it’.")]


@pytest.mark.parametrize(
    "text",
    [
        "a -- b (c) ... 2 * 3 * 4 & x < y > z",
        "<b>bold</b> <!-- no --> <http://x.org>",
        "[link](http://x.org) ![image](x.png) [ref]",
        "`code` ~~~ ``` &amp; &copy;",
        "---",
        "Dogs\n===",
        "    indented",
        "C:\\dogs",
        "____",
    ],
)
def test_markup_that_is_not_ours_is_plain_words(text):
    assert "".join(shown(block.parts) for block in read(text)) == " ".join(text.split())


def test_a_backslash_keeps_a_mark_from_being_read():
    assert texts("\\*a\\* \\# b") == [("text", "*a* # b")]
    assert texts("2026\\. A year.") == [("text", "2026. A year.")]


def test_no_text_is_no_blocks():
    assert read("") == read(" \n\n") == ()


# -- leaves -------------------------------------------------------------------------------------


def test_a_definition_is_a_term():
    (block,) = read("A **School** is one.")
    assert block.parts == (Words("A "), Term("School"), Words(" is one."))


def test_a_definition_may_go_over_two_lines_and_is_one_term():
    (block,) = read("A **School\nResource  Officer** is\n[[one]].")
    assert block.parts[1] == Term("School Resource Officer")
    assert block.parts[3] == Link("one", FIRST + 2)


def test_a_term_keeps_its_apostrophe():
    (block,) = read("**Dog's Day** comes.")
    assert block.parts[0] == Term("Dog’s Day")


def test_a_field_is_a_leaf_with_its_expression_checked():
    (block,) = read("From {{ starts | date }} on, {{walker}}.")
    field = block.parts[1]
    assert field == Field(*language.check(language.parse("starts | date"), SCHEMA), "starts | date", FIRST)
    assert shown(block.parts) == "From {{starts | date}} on, {{walker}}."


@pytest.mark.parametrize(
    "text", ["{{ 'a *b* **c** | d' }}", "{{ '[[x]] <b> `y`' }}", "{{ '{when: z}' if bites else '\"' }}", "{{ '{' }}"]
)
def test_nothing_inside_a_field_is_markup(text):
    (block,) = read(f"x {text} y")
    assert [type(part) for part in block.parts] == [Words, Field, Words]
    assert block.parts[1].written == text[2:-2].strip()


@pytest.mark.parametrize("target", ["leash", "leash.hold", "article:force", "exhibit:dogs", "507-5", "A.b-c"])
def test_a_reference_is_a_leaf(target):
    (block,) = read(f"See [[{target}]] and [[ {target} ]].")
    assert [p.target for p in block.parts if isinstance(p, Link)] == [target, target]


def test_the_place_of_the_policy_is_a_paragraph_of_its_own():
    assert read("As it stands:\n\n {policy} \n") == (
        Passage((Words("As it stands:"),), "text", prose.Guard(), FIRST),
        PolicyText(FIRST + 2),
    )


# -- directives ---------------------------------------------------------------------------------


def test_a_condition_a_repetition_and_a_label_stand_at_the_start():
    one, two, three = read(
        "{when: bites} One.\n\n1. {#hold} Two.\n2. {each: dog in dogs} {when: dog.size == 'large'} {{ dog.name }}"
    )
    assert (one.guard.when, shown(one.parts)) == (Name("bites"), "One.")
    assert (two.guard, shown(two.parts)) == (prose.Guard(label="hold"), "Two.")
    assert three.guard.each == prose.Each("dog", Name("dogs"))
    assert language.names(three.guard.when) == {"dog.size"}
    assert shown(three.parts) == "{{dog.name}}"


def test_a_repetition_may_go_over_some_of_the_records():
    (block,) = read("{each: dog in dogs | having('size', 'small')} {{ dog.name }}")
    assert language.explain(block.guard.each.expression) == "dogs | having('size', 'small')"


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("{{ walkr }}", "bad-expression", 10, "there is no question 'walkr'"),
        ("One\n{{ 7*7 }}", "bad-expression", 11, "arithmetic"),
        ("One.\n\n{{ walker }} {{ walker | date }}", "bad-expression", 12, "'date' is not for text"),
        ("{{ }}", "bad-expression", 10, "can't be read"),
        ("{{ __import__('os') }}", "bad-expression", 10, "a call"),
        ("{when: walkr} x", "bad-expression", 10, "walkr"),
        ("1. a\n2. {when: } x", "bad-expression", 11, "can't be read"),
        ("{each: dog in dgos} x", "bad-expression", 10, "dgos"),
        ("{each: dog in dogs} {{ dog.nam }}", "bad-expression", 10, "'dog' has no field 'nam'"),
        ("| a |\n|--|\n| {each: dog in dogs} {{ dog.nam }} |", "bad-expression", 12, "'dog' has no field 'nam'"),
        ("x\n\n{{ dogs }}", "bad-text", 12, "'{{ dogs }}' is a whole record"),
        ("{each: dog in dogs} {{ dog }}", "bad-text", 10, "'{{ dog }}' is a whole record"),
        ("{each: dog of dogs} x", "bad-text", 10, "'dog of dogs' doesn't name a list"),
        ("{each: dog in walker} x", "bad-text", 10, "'walker' is not a list of records"),
        ("{each: walker in dogs} x", "bad-text", 10, "'walker' is the name of a question"),
        ("{each: town in dogs} x", "bad-text", 10, "'town' is the name of a question"),
        ("One {when: bites}", "bad-text", 10, "'{when: bites}' must come at the start"),
        ("One\n{#x}", "bad-text", 11, "'{#x}' must come at the start"),
        ("{{ walker }} {#x}", "bad-text", 10, "'{#x}' must come at the start"),
        ("1. {#Not a label} x", "bad-text", 10, "'Not a label' is not a label"),
        ("1. {#} x", "bad-text", 10, "'' is not a label"),
        ("{when: bites} {when: walker} x", "bad-text", 10, "'{when: walker}' is a second condition"),
        ("1. {#a} {#b} x", "bad-text", 10, "'{#b}' is a second label"),
        ("x {policy}", "bad-text", 10, "'{policy}' must be a paragraph of its own"),
        ("{{ walker", "bad-text", 10, "'{{' doesn't belong to a field, a reference or a condition"),
        ("walker }}", "bad-text", 10, "'}}' doesn't belong to"),
        ("{% if bites %} x", "bad-text", 10, "'{%' doesn't belong to"),
        ("a %} b", "bad-text", 10, "'%}' doesn't belong to"),
        ("{# comment #}", "bad-text", 10, "'comment #' is not a label"),
        ("{x}", "bad-text", 10, "'{' doesn't belong to"),
        ("a } b", "bad-text", 10, "'}' doesn't belong to"),
        ("**{x}** y", "bad-text", 10, "'{' doesn't belong to"),
        ("[[leash", "bad-text", 10, "'[[' doesn't belong to"),
        ("leash]]", "bad-text", 10, "']]' doesn't belong to"),
        ("x\n[[a b]]", "bad-text", 11, "'[[a b]]' is not a reference"),
        ("[[]]", "bad-text", 10, "'[[]]' is not a reference"),
        ("[[clause:x]]", "bad-text", 10, "'[[clause:x]]' is not a reference"),
        ("**a [[leash]]**", "bad-text", 10, "'[[leash]]' is in bold"),
        ("x\n*a*", "bad-text", 11, "italics can't be used here"),
        ("_a_", "bad-text", 10, "italics can't be used here"),
        ("x\n\n- a", "bad-text", 12, "lists with '-' or '*' can't be used here"),
        ("* a", "bad-text", 10, "lists with '-' or '*' can't be used here"),
        ("x\n\n> a", "bad-text", 12, "quotations with '>' can't be used here"),
        ("x\n\n### a", "bad-text", 12, "headings can't be used here"),
        ("1. a\n   1. b\n      1. c", "bad-text", 12, "more than two levels deep"),
        ("1. a\n\n   b", "bad-text", 12, "an item has a second paragraph"),
        ("1. a\n   1. b\n\n   c", "bad-text", 13, "an item has a second paragraph"),
        ("x\n\n2026. A year.", "bad-text", 12, "a list starts with '2026.', which would not be printed"),
        ("0. a", "bad-text", 10, "a list starts with '0.'"),
        ("1. x\n\n   | a |\n   |--|\n   | b |", "bad-text", 12, "a table is inside a list"),
        ("| a | b |\n|--|--|\n| 1 | 2 | 3 |", "bad-text", 12, "the row has 3 cells, but the header has 2"),
        (
            "| a | b |\n|--|--|\n| 1 | {when: bites} 2 |",
            "bad-text",
            12,
            "a condition, repetition or label is not in the row's first cell",
        ),
        ("| {each: dog in dogs} a |\n|--|\n| b |", "bad-text", 10, "a table's header can't be repeated"),
        ("x\n\ny \ue000 z", "private-character", 12, "U+E000 has no meaning in text"),
    ],
)
def test_what_is_wrong_in_a_text_is_reported_at_its_line(text, code, line, words):
    found = only(text)
    assert found[:2] == (code, line)
    assert words in found[2]


def test_a_field_in_two_lines_or_with_its_end_in_its_text_is_wrong_at_both_ends():
    assert [(code, line) for code, line, _ in found("{{ walker\n}}")] == [("bad-text", 10), ("bad-text", 11)]
    assert [code for code, _, _ in found("{{ '}}' }}")] == ["bad-expression", "bad-text"]


def test_all_problems_of_a_text_are_reported_at_once():
    assert [(code, line) for code, line, _ in found("*a* {{ x }}\n\n- {#A} b\n\n# c")] == [
        ("bad-text", 10),
        ("bad-expression", 10),
        ("bad-text", 12),
        ("bad-text", 12),
        ("bad-text", 14),
    ]


def test_a_hint_says_what_to_write():
    problem = prose.parse("{{ walkr }}", "a.md", 1, SCHEMA)[1][0]
    assert (problem.place, problem.hint) == (Place("a.md", 1), "did you mean 'walker'?")


# -- tables -------------------------------------------------------------------------------------


def test_a_table_has_a_header_and_rows_with_fields_in_them():
    (grid,) = read(
        "| Dog | **Size** |\n|:--|--:|\n| {each: dog in dogs} {{ dog.name }} | {{ dog.size | label }} |\n| None | |\n"
    )
    assert isinstance(grid, Grid)
    assert [shown(cell) for cell in grid.header] == ["Dog", "**Size**"]
    each, plain = grid.rows
    assert each.guard.each == prose.Each("dog", Name("dogs"))
    assert [shown(cell) for cell in each.cells] == ["{{dog.name}}", "{{dog.size | label}}"]
    assert plain == Row(((Words("None"),), ()), prose.Guard(), FIRST + 3)


def test_a_row_may_have_its_own_condition_and_the_header_one_for_the_table():
    (grid,) = read("| {when: bites} a |\n|--|\n| {when: walker} b |")
    assert (grid.guard.when, grid.rows[0].guard.when) == (Name("bites"), Name("walker"))


def test_a_pipe_in_a_cell_is_written_with_a_backslash():
    (grid,) = read("| a | b |\n|--|--|\n| x \\| y | {{ starts | date }} |\n| z |")
    assert [[shown(cell) for cell in row.cells] for row in grid.rows] == [["x | y", "{{starts | date}}"], ["z", ""]]


def test_a_name_from_one_row_is_not_known_in_the_next():
    text = "| a |\n|--|\n| {each: dog in dogs} {{ dog.name }} |\n| {{ dog.name }} |"
    assert only(text)[:2] == ("bad-expression", FIRST + 3)


# -- one line -----------------------------------------------------------------------------------


def test_a_line_of_plain_text_with_fields_is_its_parts():
    parts, problems = prose.parse_line("{{ town.name }}, **x**", "a.yaml", 3, SCHEMA)
    assert (shown(parts), problems) == ("{{town.name}}, **x**", ())
    assert prose.parse_line("", "a.yaml", 3, SCHEMA) == ((), ())


@pytest.mark.parametrize("text", ["a\n\nb", "1. a", "{when: bites} a", "{policy}", "| a |\n|--|\n| b |"])
def test_what_is_more_than_a_line_is_refused(text):
    parts, problems = prose.parse_line(text, "a.yaml", 3, SCHEMA)
    assert parts == ()
    assert [(p.code, p.place, p.message) for p in problems] == [
        ("bad-text", Place("a.yaml", 3), "only one line of plain text can go here")
    ]


def test_a_line_tells_what_is_wrong_in_it():
    assert [p.code for p in prose.parse_line("{{ x }}", "a.yaml", 3, SCHEMA)[1]] == ["bad-expression"]
    assert [p.code for p in prose.parse_line("\ue000", "a.yaml", 3, SCHEMA)[1]] == ["private-character"]


# -- laws ---------------------------------------------------------------------------------------

TOKENS = st.lists(
    st.sampled_from(
        ["a", " b", "\n", "\n\n", "\n   ", "1. ", "2. ", "99. ", "- ", "> ", "# ", "## ", "|", "| a | b |\n",
         "|--|--|\n", "**", "*", "_", "`", "~", "{{", "}}", "{{ walker }}", "{{ x }}", "{when: bites}", "{when:",
         "{each: d in dogs}", "{{ d.name }}", "{#a}", "{#", "{policy}", "}", "{", "[[", "]]", "[[leash]]", "[a]: b",
         "](", "!", "<b>", "&amp;", "\\", "'", '"', "\t", "\r", "\x00", "\ue000", "\ue0001\ue001", "\u2028", "\ud800",
         "    ", "---", "```", "===", "1. a\n   1. b\n      1. c\n         1. d"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=often(250))
@given(st.one_of(TOKENS, st.text()))
def test_any_text_is_read_and_its_places_are_its_lines(text):
    blocks, problems = prose.parse(text, "a.md", FIRST, SCHEMA)
    prose.parse_line(text, "a.md", FIRST, SCHEMA)
    lines = range(FIRST, FIRST + len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    assert all(block.line in lines for block in blocks)
    assert all(problem.place.line in lines for problem in problems)


PLAIN = st.lists(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=9), min_size=1, max_size=5)


@settings(max_examples=often(40))
@given(st.lists(PLAIN, min_size=1, max_size=4))
def test_plain_words_come_out_as_they_are(paragraphs):
    text = "\n\n".join("x " + "\n".join(words) for words in paragraphs)
    assert [shown(block.parts) for block in read(text)] == ["x " + " ".join(words) for words in paragraphs]


def test_a_line_of_many_open_braces_is_read_in_time():
    assert found("{{ " * 5_000)[0][:2] == ("bad-text", FIRST)
