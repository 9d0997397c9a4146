"""Turns an answers file into typed answers, each with its place.

One rule: all that does not fit is said at once, by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from drafter.base import disk, spelling, yaml_tree
from drafter.base.problems import MOST_PROBLEMS, DraftingError, Place, Problem, stop_at
from drafter.base.yaml_tree import Node, Scalar, Sequence
from drafter.keeping.once import once
from drafter.language import Value
from drafter.reading.questionnaire import Question, Questionnaire, whole_answer
from drafter.values import dataclass

FORM = "form"  # the key of the contract's form, where the library has several
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


def form_of(text: str) -> str:
    """Return the form that the text of an answers file says, empty where it says none or can't be read."""
    if not _SAYS_FORM.search(text):
        return ""
    try:
        node = yaml_tree.parse(text, "").entries.get(FORM)
    except DraftingError:  # whoever reads the answers says so
        return ""
    return node.text if isinstance(node, Scalar) else ""


_SAYS_FORM = re.compile(rf"""(?:^|[{{,])[ \t]*["']?{FORM}["']?[ \t]*:""", re.MULTILINE)

# -- reading ------------------------------------------------------------------------------------


@once(4)  # each answers file is read by the same questionnaire
def _groups(questionnaire: Questionnaire) -> frozenset[str]:
    """Return what the names of questions begin with before a dot: "town" of "town.name"."""
    names = (*questionnaire.questions, *questionnaire.elsewhere)
    return frozenset(name[: dot.start()] for name in names for dot in re.finditer(r"\.", name))


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
        asked, elsewhere = self.questionnaire.questions, self.questionnaire.elsewhere
        groups = _groups(self.questionnaire)
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
            elif name == FORM and self.questionnaire.forms:
                self._form(node)
            elif name in elsewhere:
                continue  # what only another form asks is kept for it
            elif isinstance(node, yaml_tree.Mapping) and name in groups:
                self.walk(node, f"{name}.")
            elif name not in groups:
                hint = self._meant(name, [*asked, ALTERNATIVES, SKIPPED]) or "questionnaire.yaml lists the questions"
                self.problems.append(Problem("unknown-question", place, f"there is no question '{name}'", hint))
            elif yaml_tree.plain(node) is not None:
                parts = ", ".join(q for q in (*asked, *elsewhere) if q.startswith(f"{name}."))
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
            elif name in self.questionnaire.elsewhere:
                continue  # it is left open in another form
            elif name:
                hint = self._meant(name, self.questionnaire.questions) or "take it out of the list"
                self.problems.append(Problem("unknown-question", one.place, f"there is no question '{name}'", hint))
            elif yaml_tree.plain(one) is not None:
                what = f"'{SKIPPED}' must be a list of questions"
                self.problems.append(Problem("bad-answer", one.place, what, f"write {SKIPPED}: [QUESTION, QUESTION]"))

    def _form(self, node: Node) -> None:
        """Find a form that the library doesn't have, or that is not the one whose questions are read."""
        forms, said = self.questionnaire.forms, node.text if isinstance(node, Scalar) else ""
        if said in forms and said != self.questionnaire.form:
            what = f"these answers are of the form '{said}', and are read as of '{self.questionnaire.form}'"
            self.problems.append(Problem("other-form", node.place, what, f"read the library in the form '{said}'"))
        elif said not in forms and yaml_tree.plain(node) is not None:
            what = f"there is no form '{said}'" if said else "'form' must be the name of one form"
            hint = " ".join(filter(None, (self._meant(said, forms), f"the forms are {', '.join(forms)}")))
            self.problems.append(Problem("unknown-form", node.place, what, hint))

    def _meant(self, word: str, known: Iterable[str]) -> str:
        """Suggest what was meant, as long as somebody will read it: comparing words is slow."""
        return spelling.meant(word, known) if len(self.problems) < MOST_PROBLEMS else ""
