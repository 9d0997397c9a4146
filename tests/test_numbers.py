"""A noun beside a number agrees with it: what lint finds, and what the shipped library prints."""

import pytest
import small

from drafter.proving.linting import lint
from drafter.reading import loading

ASKED = small.QUESTIONNAIRE.replace(
    "      - {id: fee,",
    "      - {id: n, type: number, prompt: How many?, blank: N, min: 0, max: 20}\n"
    "      - {id: m, type: number, prompt: How many?, blank: M, min: 2}\n"
    "      - {id: c, type: choice, prompt: How many?, blank: C, "
    "options: [{value: '1', label: '1'}, {value: '2', label: '2'}]}\n"
    "      - {id: fee,",
)


def found(folder, text, **parts):
    """The problems with numbers that lint finds in a text of the library."""
    notes = small.clause("Notes", f"standard|preferred|||{text}")
    small.load(folder, **{"questionnaire": ASKED, "clauses": {"notes": notes}, **parts})
    wrong = lint.lint(loading.read(folder, "lib")).wrong
    return [p for p in wrong if p.code.startswith("number-")]


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("within {{ n }} days.", "{{ n }} {{ n | plural('day', 'days') }}"),
        ("within {{ n | words }} days.", "{{ n }} {{ n | plural('day', 'days') }}"),
        (
            "within {{ n }} full business days after.",
            "{{ n }} {{ n | plural('full business day', 'full business days') }}",
        ),
        ("within {{ n }} School Days.", "{{ n }} {{ n | plural('School Day', 'School Days') }}"),
        ("on {{ n }} **Dog Days**. Dog Days are hot.", "{{ n }} {{ n | plural('Dog Day', 'Dog Days') }}"),
        ("{{ n }} days' notice.", "{{ n }} {{ n | plural('day’s', 'days’') }}"),
        ("{{ n }} parties.", "{{ n }} {{ n | plural('party', 'parties') }}"),
        ("{{ n }} boxes.", "{{ n }} {{ n | plural('box', 'boxes') }}"),
        ("{{ n }} children.", "{{ n }} {{ n | plural('child', 'children') }}"),
        ("{{ n }} day(s).", "{{ n }} {{ n | plural('day', 'days') }}"),
        ("after {{ n }} day.", "{{ n }} {{ n | plural('day', 'days') }}"),
        ("{{ dogs | count }} walkers.", "{{ dogs | count }} {{ dogs | count | plural('walker', 'walkers') }}"),
        ("{{ n }} {{ m | plural('day', 'days') }} of rest.", None),
        ("{{ c }} days.", "write the noun in the 'text' of each option"),
        ("{{ n | words | capital }} days.", "{{ n }} {{ n | plural('day', 'days') }}"),
        ("{{ n if bites else 5 }} days.", "{{ n }} {{ n | plural('day', 'days') }}"),
        (
            "{{ n }} {{ n | plural('day', 'days') }} are given.",
            "write the verb in the field: plural('... is', '... are')",
        ),
        ("each of the {{ n }} {{ n | plural('dog', 'dogs') }}.", "{{ n | plural('the one', 'each of the ...') }}"),
    ],
)
def test_a_number_beside_a_noun_that_does_not_change_is_found(tmp_path, text, write):
    problems = found(tmp_path, f"It is so: {text}" if text[0] != "{" else f"It is so. {text}")
    if write is None:  # the field beside it may hold the noun
        assert problems == []
        return
    assert "number-noun" in [p.code for p in problems]
    assert write in next(p.hint for p in problems if p.code == "number-noun")
    assert {(p.place.path, p.place.line) for p in problems} == {("lib/clauses/notes.md", 13)}


@pytest.mark.parametrize(
    "text",
    [
        "within {{ n }} {{ n | plural('day', 'days') }}.",
        "a {{ n }}-day notice.",
        "within {{ m }} days.",
        "{when: n > 1} within {{ n }} days.",
        "{when: n == 1} after {{ n }} day.",
        "{when: not (n == 1)} within {{ n }} days.",
        "fewer than {{ n }} in a breakdown.",
        "{{ n }} of the dogs.",
        "Rule {{ n }} applies here.",
        "No. {{ n }} says so.",
        "the number is {{ n }}.",
        "{{ n }} or more days.",
        "the {{ n | ordinal }} days.",
        "{{ fee | money }} dollars.",
        "within {{ n }} {{ n | plural('day', 'days') }} it is done.",
        "{{ n }} full {{ n | plural('day', 'days') }} of rest.",
        "{{ dogs | count }} {{ dogs | plural('dog', 'dogs') }}.",
        "{{ c }} {{ n | plural('day', 'days') }}.",
        "ten days and 11 days and 30 days.",
        "subdivision 3 states this, and July 5 days are long.",
        "Thirty days pass.",
        "{{ walker | capital }} days.",
        "{{ walker | otherwise('none') }} days.",
        "{{ n | words }} ({{ n }}).",
    ],
)
def test_what_agrees_is_no_problem(tmp_path, text):
    assert found(tmp_path, text) == []


def test_a_number_in_a_title_and_in_the_memo_is_looked_at_too(tmp_path):
    agreement = small.AGREEMENT.replace("title: General", 'title: "The {{ n }} Rules"')
    assert [p.place.path for p in found(tmp_path, "A.", agreement=agreement)] == ["lib/agreement.yaml"]


@pytest.mark.parametrize(
    ("text", "should"),
    [
        ("within 2 days.", "two days"),
        ("within 10 School Days.", "ten School Days"),
        ("within thirty days.", "30 days"),
        ("within twenty-one business days.", "21 business days"),
        ("within {{ n | words }} {{ n | plural('day', 'days') }}.", "prints a number in words above ten"),
    ],
)
def test_a_number_is_words_up_to_ten_and_figures_above_in_all_texts(tmp_path, text, should):
    (problem,) = found(tmp_path, f"It is due {text}")
    assert problem.code == "number-style"
    assert should in problem.message
