"""Broken English is found over all answers and choices: a contract breaks exactly where the laws say that it does."""

from __future__ import annotations

import itertools

import english
import generated
import pytest
import small
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from often import often

from drafter.base.problems import DraftingError
from drafter.drafting import assembly, selection
from drafter.language import Missing
from drafter.matters import answers
from drafter.proving import presence, proof
from drafter.proving.solving import formulas
from drafter.reading import own_wordings

DOGS = "each: d in dogs"
BITES = {"bites": True}
SMALL = "dogs | having('size', 'small')"


def holes(loaded, chosen=None) -> list[tuple[str, dict[str, object]]]:
    """Return each hole as its code and the smallest answers, a list by how long it is."""
    made = proof.prove(loaded, chosen or {})
    return [
        (h.claim.problem.code, {n: len(v) if isinstance(v, tuple) else v for n, v in h.given.items()})
        for h in made.holes
    ]


CASES = {
    "items with conditions": ("It must:\n\n1. {when: bites} sit.", [("empty-list", {})]),
    "items of an empty list": (f"It must:\n\n1. {{each: d in {SMALL}}} sit.", [("empty-list", {})]),
    "nothing follows a colon": ("Words.\n\nIt must:", [("empty-list", {})]),
    "a paragraph follows": ("It must:\n\nsit.", []),
    "two lead-ins, one list": ("{when: bites} A:\n\n{when: not bites} B:\n\n1. sit.", []),
    "two lead-ins at once": ("{when: bites} A:\n\nB:\n\n1. sit.", [("empty-list", BITES)]),
    "an item that leads in": ("It must:\n\n1. sit:\n   1. {when: bites} here.", [("empty-list", {})]),
    "the colon in a field": ("It must sit{{ ':' if bites else '.' }}", [("empty-list", BITES)]),
    "the last item is left out": ("It must:\n\n1. sit; or\n2. {when: bites} stay.", [("broken-list", {})]),
    "the ending follows": ("It must:\n\n1. sit{{ '; or' if bites else '.' }}\n2. {when: bites} stay.", []),
    "one item is left": (
        "It must:\n\n1. {when: bites} sit; and\n2. {when: leash == 'long'} stay.\n3. {when: not bites} go.",
        [("broken-list", BITES)],
    ),
    "the conjunction is left out": ("It must:\n\n1. sit;\n2. {when: bites} go; and\n3. stay.", [("broken-list", {})]),
    "an item after the last": ("It must:\n\n1. sit; and\n2. stay.\n3. {when: bites} go.", [("broken-list", BITES)]),
    "a copy after the last": (f"It must:\n\n1. sit; and\n2. {{{DOGS}}} see it.", [("broken-list", {"dogs": 2})]),
    "a copy under a condition": (
        f"It must:\n\n1. sit; and\n2. {{when: bites}} {{{DOGS}}} see it.\n3. {{when: not bites}} go.",
        [("broken-list", {"dogs": 2, "bites": True})],
    ),
    "an open item after “and”": (
        "It must:\n\n1. sit; and\n2. {when: bites} go;\n3. stay.", [("broken-list", BITES)] * 2
    ),
    "a semicolon at the end": (
        "It must:\n\n1. sit;\n2. {when: bites} stay.", [("broken-list", BITES), ("broken-list", {})]
    ),
    "sentences": ("It must:\n\n1. Sit.\n2. {when: bites} Stay.", []),
    "a list in a list": (
        "It must:\n\n1. sit:\n   1. here; or\n   2. {when: bites} there; and\n2. stay.", [("broken-list", {})]
    ),
    "paragraphs in one sentence": ("It must sit; and\n\n{when: bites} it must stay.", [("broken-list", {})]),
    "the sentence goes on": (
        "If it:\n\n1. sits{{ '; and' if bites else ';' }}\n2. {when: bites} stays;\n\nit is good.", []
    ),
    "the sentence goes on without “and”": (
        "If it:\n\n1. sits;\n2. {when: bites} stays;\n\nit is good.", [("broken-list", BITES)]
    ),
    "“and” and the sentence goes on": ("If it:\n\n1. sits; and\n2. stays,\n\nit is good.", []),
    "two conjunctions": ("It must:\n\n1. sit; or\n2. stay; and\n3. go.", [("broken-list", {})]),
    "no conjunction": ("It must:\n\n1. sit;\n2. stay;\n3. go.", [("broken-list", {})]),
    "no conjunction, and commas": ("It must:\n\n1. sit,\n2. stay,\n3. go.", [("broken-list", {})]),
    "a list of one item": ("It must:\n\n1. sit.", []),
    "an ending in the first item": ("It must:\n\n1. sit.\n2. stay; and\n3. go.", [("broken-list", {})]),
    "an ending in the middle": ("It must:\n\n1. sit;\n2. stay.\n3. go; and\n4. run.", [("broken-list", {})]),
    "an ending after an item that is left out": (
        "It must:\n\n1. {when: bites} sit.\n2. stay; and\n3. go.", [("broken-list", BITES)]
    ),
    "no mark in the middle": ("It must:\n\n1. sit;\n2. stay\n3. go; and\n4. run.", [("broken-list", {})]),
    "no mark in the first item": ("It must:\n\n1. sit for {{ fee }}\n2. stay; and\n3. go.", [("broken-list", {})]),
    "no mark at the end": ("It must:\n\n1. sit; and\n2. see [[leash]]", [("broken-list", {})]),
    "words without marks": ("It must:\n\n1. sit\n2. stay or\n3. go", []),
    "a conjunction without a mark": ("It must:\n\n1. sit or\n2. {when: bites} stay.", [("broken-list", {})]),
    "a conjunction with more": ("It must:\n\n1. sit; and/or\n2. {when: bites} stay.", [("broken-list", {})]),
    "a conjunction without a mark and the next": ("It must:\n\n1. sit AND\n2. stay or\n3. go.", [("broken-list", {})]),
    "a copy with a conjunction": (
        f"It must:\n\n1. {{{DOGS}}} see it; and\n2. stay.", [("broken-list", {"dogs": 2})]
    ),
    "a list in the middle of a list": ("It must:\n\n1. sit:\n   1. here; or\n   2. there; and\n2. stay.", []),
    "a list in a list without “or”": (
        "It must:\n\n1. sit:\n   1. here;\n   2. there; and\n2. stay.", [("broken-list", {})]
    ),
    "a list in a list with two": (
        "It must:\n\n1. sit:\n   1. here; or\n   2. up; or\n   3. there; and\n2. stay.", [("broken-list", {})]
    ),
    "lists in sentences": ("It must:\n\n1. Sit.\n2. Stay:\n   1. here; or\n   2. there.\n3. Go.", []),
    "a section of a mark": ("{{ 'A' if bites else '' }}.", [("empty-section", {})]),
    "no paragraph": ("{when: bites} A.\n\n{when: leash == 'long'} B.", [("empty-section", {})]),
    "one of two paragraphs": ("{when: bites} A.\n\n{when: not bites} B.", []),
    "a field without words": ("{{ 'A.' if bites else '' }}", [("empty-section", {})]),
    "an answer or nothing": ("{{ note | otherwise('') }}", [("empty-section", {})]),
    "a table without rows": ("| a |\n|---|\n| {when: bites} b |", [("empty-table", {})]),
    "a term that nothing uses": ("It (the **Fox**) is.", [("unused-term", {})]),
    "a term used under a condition": ("It (the **Fox**) is.\n\n{when: bites} A Fox.", [("unused-term", {})]),
    "a term used in its own definition": ("**Fox** means a dog. A Fox is fast.", [("unused-term", {})]),
    "a term used in items under it": ("A **Fox** means:\n\n1. a dog; or\n2. another Fox.", [("unused-term", {})]),
    "a term used in its row": (
        "| Term | Meaning |\n|---|---|\n| **Fox** | a dog, if a Fox |", [("unused-term", {})]
    ),
    "two terms that define each other": (
        "“**Fox**” is a dog but no Hen.\n\nIn this, **Hen** means no Fox.", [("unused-term", {})] * 2
    ),
    "three terms in a ring": (
        "**Fox** means a Hen.\n\n**Hen** means a Cow.\n\n**Cow** means a Fox.", [("unused-term", {})] * 3
    ),
    "a ring that is used": ("**Fox** means a Hen.\n\n**Hen** means no Fox.\n\nA Fox runs.", []),
    "a ring that is used under a condition": (
        "**Fox** means a Hen.\n\n**Hen** means no Fox.\n\n{when: bites} A Fox runs.", [("unused-term", {})] * 2
    ),
    "a definition under a condition": (
        "{when: bites} **Fox** means a Hen.\n\n**Hen** means a bird.\n\n{when: bites} A Fox runs.",
        [("unused-term", {})],
    ),
    "a term in parentheses": ("A dog (a **Fox**) runs. A Fox barks.", []),
    "a term after a sentence": ("It runs. A **Fox** means a dog. A Fox barks.", []),
    "a term in a field": ("It (the **Fox**) is.{{ ' A Fox.' if bites else ' The Fox.' }}", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_way_in_which_english_breaks_is_found_with_its_smallest_answers(name, tmp_path):
    text, expected = CASES[name]
    loaded = small.load(tmp_path, clauses={"notes": small.clause("Notes", f"standard|preferred|||{text}")})
    assert holes(loaded) == expected


def test_a_free_choice_breaks_what_the_answers_alone_do_not(tmp_path):
    notes = generated.hued("red", "blue", "green", last=True).replace("It is blue.", "{when: bites} It is blue.")
    notes = notes.replace("hue == 'blue'", "hue == 'blue' and note == 'So'")  # more than choosing it
    loaded = small.load(tmp_path, questionnaire=generated.HUED, clauses={"notes": notes})
    assert holes(loaded) == [("empty-section", {"alternatives.notes": "blue"})]


def test_recitals_go_on_from_one_to_the_next(tmp_path):
    agreement = small.AGREEMENT.replace("recitals: [recital]", "recitals: [recital, second]")
    recital = small.clause("Recital", "standard|preferred|||The Town has dogs; and")
    second = small.clause("Second", "standard|preferred|||the dogs want out.", when="bites")
    loaded = small.load(tmp_path, agreement=agreement, clauses={"recital": recital, "second": second})
    assert holes(loaded) == [("broken-list", {})]
    always = second.replace("when: bites\n", "")
    loaded = small.load(tmp_path, agreement=agreement, clauses={"recital": recital, "second": always})
    assert holes(loaded) == []


@pytest.mark.parametrize(
    "change",
    [
        ('caption: ["{{ town.name }}"]', "caption: [\"{{ '' if bites else town.name }}\"]"),
        ('party: "{{ town.name }}"', "party: \"{{ '' if bites else town.name }}\""),
        ("title: Dog}", "title: \"{{ '' if bites else 'Dog' }}\"}"),
        ("title: Dog Walking Agreement", "title: \"{{ '' if bites else 'Dog' }}\""),
        ("title: General", "title: \"{{ '' if bites else 'Dog' }}\""),
        ("title: The Policy", "title: \"{{ '-' if bites else 'Dog' }}\""),
    ],
)
def test_a_line_of_the_outline_without_words_is_found(change, tmp_path):
    assert change[0] in small.AGREEMENT
    loaded = small.load(tmp_path, agreement=small.AGREEMENT.replace(*change))
    assert ("empty-line", BITES) in holes(loaded)


def test_a_heading_without_words_is_found_where_its_section_is_in_the_contract(tmp_path):
    notes = small.clause("\"{{ 'Notes' if leash == 'long' else '' }}\"", "standard|preferred|||Words.")
    loaded = small.load(tmp_path / "1", clauses={"notes": notes})
    assert holes(loaded) == [("empty-line", {})]
    muzzle = small.CLAUSES["muzzle"].replace("title: Muzzle", "title: \"{{ 'Muzzle' if bites else '' }}\"")
    loaded = small.load(tmp_path / "2", clauses={"muzzle": muzzle})
    assert holes(loaded) == []


def test_an_own_wording_in_force_is_proved_like_the_librarys(tmp_path):
    items = "1. {when: bites} sit; or\n2. {when: leash == 'long'} stay at {{ length }}."
    text = f"{{when: bites}} It (the **Fox**) must:\n\n{items}\n\nSee [[muzzle]]."
    (tmp_path / "notes.md").write_text(text, "utf-8")
    loaded = own_wordings.added_to(small.load(tmp_path / "lib"), {"notes.md": tmp_path / "notes.md"})
    assert holes(loaded) == []
    found = holes(loaded, {"notes": "own-wording"})
    assert {code for code, _ in found} == {"dead-reference", "unused-term", "broken-list"}
    assert ("dead-reference", {}) in found
    assert ("broken-list", BITES) in found


# -- against contracts as they are printed ------------------------------------------------------

PHASES = set(Phase) - {Phase.shrink}


@settings(max_examples=often(20), suppress_health_check=list(HealthCheck), deadline=None, phases=PHASES)
@given(data=st.data())
def test_a_contract_breaks_where_the_laws_say_and_nowhere_else(data, tmp_path_factory):
    loaded = small.load(tmp_path_factory.mktemp("lib"), **data.draw(generated.broken_libraries()))
    at = presence.Presence(loaded)
    claims = [c for law in proof.LAWS for c in law(at) if c.problem.code in english.CODES]
    for _ in range(3):
        text = data.draw(generated.answers(loaded))
        given_ = answers.parse(text, "answers.yaml", loaded.questionnaire)
        try:
            made = assembly.assemble(selection.select(loaded, given_))
        except DraftingError:
            continue  # another law's matter
        values = {**selection.names(loaded, given_), **chosen(at, given_.chosen)}
        broken = [claim.problem for claim in claims if formulas.holds(claim.broken_when, values)]
        assert {problem.code for problem in broken} == english.breaks(made), text


def chosen(at, made):
    """Return the free choices of an answers file as the proof has them: questions of their own."""
    names = {clause: presence.choice_of(clause) for clause in at.free}
    return {name: made.get(clause) or Missing("", name) for clause, name in names.items()}


@pytest.mark.parametrize("name", ["no paragraph", "one item is left", "a term used under a condition"])
def test_no_fewer_answers_and_choices_break_a_law_than_those_that_are_shown(name, tmp_path):
    text = CASES[name][0]
    notes = generated.hued("red", "blue", "green", last=False).replace("It is blue.", text)
    loaded = small.load(tmp_path, questionnaire=generated.HUED, clauses={"notes": notes})
    at = presence.Presence(loaded)
    shown = {h.claim.broken_when: len(h.given) for h in proof.prove(loaded).holes}
    smallest: dict[object, int] = {}
    options = {
        "bites": (None, True, False), "leash": (None, "short", "long"), "hue": (None, "red", "blue", "green"),
        "alternatives": (None, "red", "blue", "green"),
    }  # fmt: skip
    for values in itertools.product(*options.values()):
        given_ = {k: v for k, v in zip(options, values, strict=True) if v is not None}
        picked = {"notes": str(given_.pop("alternatives"))} if "alternatives" in given_ else {}
        scope = {**selection.names(loaded, answers.Answers(given_, picked, "")), **chosen(at, picked)}
        for formula in shown:
            if formulas.holds(formula, scope):
                smallest[formula] = min(smallest.get(formula, 9), len(given_) + len(picked))
    assert shown
    assert shown == smallest
