"""Turns an answers file into typed answers, each with its place.

One rule: all that does not fit is said at once, by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from drafter.base import disk, spelling, yaml_tree
from drafter.base.problems import MOST_PROBLEMS, Place, Problem, stop_at
from drafter.base.yaml_tree import Node, Scalar, Sequence
from drafter.language import Value
from drafter.reading.questionnaire import Question, Questionnaire, whole_answer
from drafter.values import dataclass

ALTERNATIVES = "alternatives"  # the key of a negotiator's choices
SKIPPED = "skipped"  # the key of the questions that the interview was told to leave open


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered: the value of each question given, the alternative chosen for a clause, and their places.

    `skipped` are the questions that were left open on purpose; to a draft they are as open as any other.
    """

    given: Mapping[str, Value]
    chosen: Mapping[str, str]
    path: str
    places: Mapping[str, Place] = field(default_factory=dict)
    reminders: tuple[Problem, ...] = ()
    skipped: frozenset[str] = frozenset()

    def place(self, name: str) -> Place:
        """Return the place of an answer, or the file if it is not there."""
        return self.places.get(name, Place(self.path))


def load(path: Path, questionnaire: Questionnaire, name: str = "") -> Answers:
    """Read an answers file. DraftingError with every unknown question and every answer that does not fit, by line."""
    return parse(disk.read_text(path, name or str(path)), name or str(path), questionnaire)


def parse(text: str, name: str, questionnaire: Questionnaire) -> Answers:
    """Read the text of an answers file; see `load`."""
    reading = _Reading(questionnaire)
    reading.walk(yaml_tree.parse(text, name), "")
    stop_at(reading.problems)
    reminders = tuple(p for p in reading.problems if p.level == "reminder")
    skipped = frozenset(reading.skipped - reading.given.keys())
    return Answers(reading.given, reading.chosen, name, reading.places, reminders, skipped)


# -- reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What reading one file finds; lives for that reading only."""

    questionnaire: Questionnaire
    given: dict[str, Value] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def walk(self, tree: yaml_tree.Mapping, prefix: str) -> None:
        """Read a mapping whose keys, joined with dots, are question ids."""
        asked = self.questionnaire.questions
        groups = {q[: dot.start()] for q in asked for dot in re.finditer(r"\.", q)}
        for key, node in tree.entries.items():
            name, place = prefix + key, tree.keys[key]
            question = asked.get(name)
            if question and name in self.places:
                what = f"'{name}' is answered twice (first on line {self.places[name].line})"
                self.problems.append(Problem("duplicate-key", place, what, "keep one of the two", about=name))
            elif question:
                self.places[name] = place
                self.answer(question, name, node)
            elif name == ALTERNATIVES:
                self._alternatives(node)
            elif name == SKIPPED:
                self._skipped(node)
            elif isinstance(node, yaml_tree.Mapping) and name in groups:
                self.walk(node, f"{name}.")
            elif name not in groups:
                hint = self._meant(name, [*asked, ALTERNATIVES, SKIPPED]) or "questionnaire.yaml lists the questions"
                self.problems.append(Problem("unknown-question", place, f"there is no question '{name}'", hint))
            elif yaml_tree.plain(node) is not None:
                parts = ", ".join(q for q in asked if q.startswith(f"{name}."))
                self.problems.append(Problem("bad-answer", place, f"'{name}' is a group of questions: {parts}"))

    def answer(self, question: Question, name: str, node: Node) -> None:
        """Type one answer; an empty one is no answer."""
        typed = whole_answer.typed(question, name, node)
        if typed.value is not None:
            self.given[name] = typed.value
        self.places.update(typed.places)
        self.problems.extend(typed.problems)

    def _alternatives(self, node: Node) -> None:
        if isinstance(node, yaml_tree.Mapping):
            for clause, choice in node.entries.items():
                self.places[f"{ALTERNATIVES}.{clause}"] = node.keys[clause]
                if isinstance(choice, Scalar) and choice.text:
                    self.chosen[clause] = choice.text
                elif yaml_tree.plain(choice) is not None:
                    what = f"'{clause}' must have the name of one alternative"
                    self.problems.append(Problem("bad-answer", choice.place, what, about=clause))
        elif yaml_tree.plain(node) is not None:
            what = "'alternatives' must be lines of 'clause: alternative'"
            self.problems.append(Problem("bad-answer", node.place, what))

    def _skipped(self, node: Node) -> None:
        for one in node.items if isinstance(node, Sequence) else (node,):
            name = one.text if isinstance(one, Scalar) else ""
            if name in self.questionnaire.questions:
                self.skipped.add(name)
            elif name:
                hint = self._meant(name, self.questionnaire.questions) or "take it out of the list"
                self.problems.append(Problem("unknown-question", one.place, f"there is no question '{name}'", hint))
            elif yaml_tree.plain(one) is not None:
                what = f"'{SKIPPED}' must be a list of questions"
                self.problems.append(Problem("bad-answer", one.place, what, f"write {SKIPPED}: [QUESTION, QUESTION]"))

    def _meant(self, word: str, known: Iterable[str]) -> str:
        """Suggest what was meant, as long as somebody will read it: comparing words is slow."""
        return spelling.meant(word, known) if len(self.problems) < MOST_PROBLEMS else ""
