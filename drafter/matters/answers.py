"""Turns an answers file into typed answers, each with its place.

One rule: all that does not fit is said at once, by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from drafter.base import characters, disk, english, spelling, yaml_tree
from drafter.base.problems import MOST_PROBLEMS, Place, Problem, stop_at
from drafter.base.yaml_tree import Node, Scalar
from drafter.language import Record, Value
from drafter.matters import one_answer
from drafter.matters.one_answer import Misfit
from drafter.reading.questionnaire import Question, Questionnaire

MOST_RECORDS = 200
ALTERNATIVES = "alternatives"  # the key of a negotiator's choices


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered: the value of each question given, the alternative chosen for a clause, and their places."""

    given: Mapping[str, Value]
    chosen: Mapping[str, str]
    path: str
    places: Mapping[str, Place] = field(default_factory=dict)
    reminders: tuple[Problem, ...] = ()

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
    return Answers(reading.given, reading.chosen, name, reading.places, reminders)


def default(questionnaire: Questionnaire, question: Question, name: str) -> Value | None:
    """Return the default of a question ("town.name") or a record's field ("dogs.size"), None if it has none.

    DraftingError, with its line in the questionnaire, if it does not fit.
    """
    if name not in questionnaire.defaults:
        return None
    reading = _Reading(questionnaire)
    reading.answer(question, name, questionnaire.defaults[name])
    stop_at(reading.problems)
    return reading.given.get(name)


# -- reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What reading one file finds; lives for that reading only."""

    questionnaire: Questionnaire
    given: dict[str, Value] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
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
            elif isinstance(node, yaml_tree.Mapping) and name in groups:
                self.walk(node, f"{name}.")
            elif name not in groups:
                hint = self._meant(name, [*asked, ALTERNATIVES]) or "questionnaire.yaml lists the questions"
                self.problems.append(Problem("unknown-question", place, f"there is no question '{name}'", hint))
            elif yaml_tree.plain(node) is not None:
                parts = ", ".join(q for q in asked if q.startswith(f"{name}."))
                self.problems.append(Problem("bad-answer", place, f"'{name}' is a group of questions: {parts}"))

    def answer(self, question: Question, name: str, node: Node) -> None:
        """Type one answer; an empty one is no answer."""
        if _is_empty(node):
            return
        try:
            self.given[name] = (
                self._records(question, name, node) if question.type == "records" else one_answer.typed(question, node)
            )
        except Misfit as misfit:
            self._misfit(misfit, name, node)
            return
        self.problems.extend(_remarks(name, node))

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

    def _records(self, question: Question, name: str, node: Node) -> tuple[Record, ...]:
        """Read a list of records, each a mapping of the fields."""
        if not isinstance(node, yaml_tree.Sequence):
            raise Misfit("a list is expected here", f"start each {question.singular or 'entry'} with '- '")
        found = english.counted(len(node.items), "entry", "entries")
        if len(node.items) > MOST_RECORDS:
            raise Misfit(f"{found}; at most {MOST_RECORDS} can be read")
        low, high = int(question.min or 0), int(question.max or MOST_RECORDS)
        if not low <= len(node.items) <= high:
            raise Misfit(f"{found}; " + (f"{low} are needed" if low == high else f"{low} to {high} are needed"))
        return tuple(self._record(question, f"{name}[{i}]", item) for i, item in enumerate(node.items, 1))

    def _record(self, question: Question, name: str, node: Node) -> Record:
        fields = {entry.id: entry for entry in question.fields}
        given: dict[str, Value] = {}
        self.places[name] = node.place
        if not isinstance(node, yaml_tree.Mapping):
            what, hint = f"{name} must be lines of 'field: value'", f"the fields are {', '.join(fields)}"
            self.problems.append(Problem("bad-answer", node.place, what, hint, about=name))
            return Record({}, name)
        for key, value in node.entries.items():
            place = node.keys[key]
            self.places[f"{name}.{key}"] = place
            if key not in fields:
                hint = self._meant(key, fields) or f"the fields are {', '.join(fields)}"
                problem = Problem("unknown-question", place, f"{name} has no field '{key}'", hint, about=name)
                self.problems.append(problem)
            elif not _is_empty(value):
                try:
                    given[key] = one_answer.typed(fields[key], value)
                except Misfit as misfit:
                    self._misfit(misfit, f"{name}.{key}", value)
                    continue
                self.problems.extend(_remarks(f"{name}.{key}", value))
        return Record(given, name)

    def _misfit(self, misfit: Misfit, name: str, node: Node) -> None:
        self.problems.append(Problem(misfit.code, node.place, f"{name}: {misfit}", misfit.hint, about=name))

    def _meant(self, word: str, known: Iterable[str]) -> str:
        """Suggest what was meant, as long as somebody will read it: comparing words is slow."""
        return spelling.meant(word, known) if len(self.problems) < MOST_PROBLEMS else ""


def _is_empty(node: Node) -> bool:
    return yaml_tree.plain(node) is None or (isinstance(node, Scalar) and not node.text.strip())


_ODD = re.compile(r"\{\{|\{%|<w:")


def _remarks(name: str, node: Node) -> Iterator[Problem]:
    """Remark on an answer that looks like markup, or reads otherwise than it is: it is printed as it is."""
    text = node.text if isinstance(node, Scalar) else ""
    for odd in characters.remarks(text):
        yield Problem(odd.code, node.place, f"{name} contains {odd.what}", odd.hint, "reminder", name)
    if found := _ODD.search(text):
        what = f"{name} contains {found.group()} and is printed exactly as it was typed"
        yield Problem("odd-answer", node.place, what, "delete it if it was not meant", "reminder", name)
