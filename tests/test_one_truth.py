"""A contract after swaps and answers is the contract of an answers file that says the same thing, whatever was swapped.

The answers files are written here by reading each alternative's `when`, apart from what the product thinks of it.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import generated
import pytest
import yaml

from drafter.asking.answering import changing
from drafter.base.problems import DraftingError
from drafter.drafting import draft, selection, swapping, ways
from drafter.drafting.draft import Draft
from drafter.language import Value
from drafter.matters import answers
from drafter.matters.answers import Answers
from drafter.matters.matter import Matter
from drafter.reading import readers
from drafter.reading.library import Library

DAY = dt.date(2026, 5, 2)
EXAMPLES = ("st-louis-park", "st-louis-park-declined", "st-louis-park-negotiation", "minimal")
REFUSED = {"fact", "several-answers", "term-one-year", "term-multi-year"}  # each says what to do instead


@pytest.fixture(autouse=True)
def _remembered(monkeypatch):
    """Draft the same text once: drafting is a function of it, and most of the time of these tests."""
    real, made = draft.draft, {}

    def drafted_once(matter: Matter) -> Draft:
        key = matter.text, matter.swaps
        if key not in made:
            made[key] = real(matter)
        return made[key]

    monkeypatch.setattr(draft, "draft", drafted_once)


def matter_of(example: str, text: str = "") -> Matter:
    return Matter(Path("answers.yaml"), text or generated.example(example), (), generated.real_library())


@functools.cache
def conditions() -> Mapping[tuple[str, str], str]:
    """Return the condition of each alternative as its file has it."""
    found: dict[tuple[str, str], str] = {}
    for path in (generated.CLAUSE_LIBRARY / "clauses").rglob("*.md"):
        front = yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.CBaseLoader)  # noqa: S506  # every scalar a text
        found |= {(path.stem, name): entry.get("when", "") for name, entry in front["alternatives"].items()}
    return found


def said_by(clause: str, alternative: str) -> tuple[str, str]:
    """Return the answer that selects an alternative, read from the words of its condition."""
    when = conditions()[clause, alternative]
    if found := re.fullmatch(r"([\w.]+) == '([^']+)'", when) or re.fullmatch(r"([\w.]+) in \['([^']+)', .*\]", when):
        return found[1], found[2]
    negated = when.startswith("not ")
    assert re.fullmatch(r"(not )?\w+", when), when
    return when.removeprefix("not "), "no" if negated else "yes"


@functools.cache
def plain(text: str) -> dict[str, Any]:
    """Return an answers file as plain values, its choices left out."""
    tree = yaml.load(text, yaml.CBaseLoader) or {}  # noqa: S506  # every scalar a text
    return {key: value for key, value in tree.items() if key != "alternatives"}


def saying(text: str, said: Mapping[str, str]) -> str:
    """Return an answers file without choices that gives other answers."""
    tree = copy.deepcopy(plain(text))
    for name, value in said.items():
        *group, last = name.split(".")
        (tree.setdefault(group[0], {}) if group else tree)[last] = value
    return yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


def wordings(library: Library) -> Iterator[tuple[str, str]]:
    for clause in map(library.clause, library.order()):
        if len(clause.alternatives) > 1:
            yield from ((clause.id, alternative.id) for alternative in clause.alternatives)


@functools.lru_cache(maxsize=64)
def parsed(text: str) -> Answers:
    return answers.parse(text, "answers.yaml", generated.real_library().questionnaire)


@functools.cache
def given_by(question: str, typed: str) -> Value:
    """Return the answer to one question that a file has."""
    return parsed(saying("", {question: typed})).given[question]


def drafted(text: str) -> Draft:
    return draft.draft(matter_of("", text))


def is_as_said(made: Draft, text: str) -> bool:
    """Say whether a draft has the contract of an answers file; with the same answers and choices it has."""
    said = parsed(text)
    return (made.answers.given, made.answers.chosen) == (said.given, said.chosen) or made.contract == drafted(
        text
    ).contract


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_swap_makes_the_contract_of_the_answers_that_say_the_same(example):
    matter = matter_of(example)
    before = draft.draft(matter)
    others = {said_by(*pair) for pair in before.answers.chosen.items()}
    done = 0
    for clause, alternative in wordings(matter.library):
        try:
            after = swapping.swap(matter, clause, alternative, DAY).after
        except DraftingError as error:
            assert {problem.code for problem in error.problems} <= REFUSED, clause  # noqa: PT017  # some are refused
            assert all("drafter " in problem.hint for problem in error.problems), clause  # noqa: PT017
            continue
        if before.selection.in_force.get(clause) == alternative:
            assert after.matter.text == matter.text
            continue
        assert is_as_said(after, saying(matter.text, dict((*others, said_by(clause, alternative))))), (
            clause,
            alternative,
        )
        done += 1
    assert done > 50


Move = tuple[str, str, str]  # "swap", a clause and an alternative; "answer", a question and what is typed


def moves(library: Library) -> tuple[Move, ...]:
    """Return every swap and every answer to a choice or a yes-no question."""
    asked = library.questionnaire.questions.values()
    answered = (("answer", q.id, ways.as_typed(value)) for q in asked for value in ways.values(q))
    return (*(("swap", *pair) for pair in wordings(library)), *answered)


@dataclass
class Said:
    """What an answers file would have to say after swaps and answers: a free choice counts whatever is answered."""

    answers: dict[str, str]
    free: dict[str, tuple[str, str]]

    def after(self, move: Move, *, free: bool) -> None:
        kind, name, value = move
        if kind == "answer":
            self.answers[name] = value
        elif free:
            self.free[name] = said_by(name, value)
        else:
            self.answers |= [said_by(name, value)]

    @property
    def all(self) -> dict[str, str]:
        return {**self.answers, **dict(self.free.values())}

    def file(self, text: str) -> str:
        return saying(text, self.all)

    def parsed(self, text: str) -> Answers:
        """Return what that file says, without writing it: there are thousands."""
        without = parsed(saying(text, {}))
        return replace(without, given={**without.given, **{q: given_by(q, value) for q, value in self.all.items()}})


def chains(count: int, seed: int) -> Iterator[tuple[str, list[Move]]]:
    drawn, every = random.Random(seed), moves(generated.real_library())  # noqa: S311  # no secret
    yield from ((EXAMPLES[number % len(EXAMPLES)], drawn.choices(every, k=3)) for number in range(count))


@pytest.mark.parametrize("seed", range(283, 287))  # parts that can be run at the same time
def test_a_chain_of_swaps_and_answers_selects_what_an_answers_file_that_says_the_same_selects(seed):
    library = generated.real_library()
    known = readers.readers(library)
    for example, chain in chains(500, seed):
        text = matter_of(example).text
        given, said = parsed(text), Said({}, {})
        for kind, name, value in chain:
            if kind == "answer":
                given = replace(given, given={**given.given, name: given_by(name, value)})
                said.after((kind, name, value), free=False)
            elif (selected := selection.select(library, given)).in_force.get(name) != value:
                clause = library.clauses[name]
                way = ways.way(selected, given, clause, clause.alternative(value), known)
                if ways.obstacle(way, "MATTER", given.place(name)) is None:
                    given = way.given(given)
                    said.after((kind, name, value), free=way.by == "choice")
        same = said.parsed(text)
        assert selection.select(library, given).in_force == selection.select(library, same).in_force, chain
        differing = {q for q in {*given.given, *same.given} if given.given.get(q) != same.given.get(q)}
        assert differing <= {question for question, _ in said.free.values()}, chain


def test_a_chain_of_swaps_and_answers_makes_the_contract_of_an_answers_file_that_says_the_same():
    library = generated.real_library()
    known = readers.readers(library)
    for example, chain in chains(24, seed=507):
        matter, said = matter_of(example), Said({}, {})
        text = matter.text
        for kind, name, value in chain:
            try:
                if kind == "answer":
                    matter = changing.answer(matter, [(name, value)], DAY).after
                else:
                    was = matter.text
                    matter = swapping.swap(matter, name, value, DAY).after.matter
                    if matter.text == was:
                        continue
            except DraftingError as error:
                assert {problem.code for problem in error.problems} <= REFUSED, chain  # noqa: PT017
                continue
            free = readers.decided(library, library.clauses[name], known).by == "choice" if kind == "swap" else False
            said.after((kind, name, value), free=free)
        assert is_as_said(draft.draft(matter), said.file(text)), chain
