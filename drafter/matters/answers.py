"""answers.yaml to typed answers, and back to text with one line changed.

An answer is data: it is typed here, once, and nothing parses it afterwards. What is missing stays
visible as `Missing`, what has a default takes it, and what is not asked stays out of the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from drafter import language
from drafter.base import characters, disk, spelling, yaml_tree
from drafter.base.problems import MOST_PROBLEMS, DraftingError, Place, Problem, short, stop_at
from drafter.base.yaml_tree import Mapping as Tree
from drafter.base.yaml_tree import Node, Scalar, Sequence
from drafter.language import Missing, Record, Value
from drafter.reading.questionnaire import Check, Question, Questionnaire, kind

LONGEST_LINE = 1_000  # characters of a one-line answer
LONGEST_PARAGRAPH = 20_000
MOST_RECORDS = 200
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST_NUMBER = 10**12
ALTERNATIVES = "alternatives"  # the key under which a negotiator's choices stand


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered: the value of each question given, the alternative chosen for a clause, and their places."""

    given: Mapping[str, Value]
    chosen: Mapping[str, str]
    path: str
    places: Mapping[str, Place] = field(default_factory=dict)
    reminders: tuple[Problem, ...] = ()

    def place(self, name: str) -> Place:
        """Return where an answer stands, or the file when it is not there."""
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


# -- reading ------------------------------------------------------------------------------------


class _Misfit(Exception):  # noqa: N818  # not an error of ours: it becomes a Problem where it is caught
    def __init__(self, message: str, hint: str = "", code: str = "bad-answer") -> None:
        super().__init__(message)
        self.hint, self.code = hint, code


@dataclass(slots=True)
class _Reading:
    """What one file's reading finds; lives for that reading only."""

    questionnaire: Questionnaire
    given: dict[str, Value] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def walk(self, tree: Tree, prefix: str) -> None:
        """Read a mapping whose keys, joined with dots, are question ids."""
        asked = self.questionnaire.questions
        groups = {q[: dot.start()] for q in asked for dot in re.finditer(r"\.", q)}
        for key, node in tree.entries.items():
            name, place = prefix + key, tree.keys[key]
            question = asked.get(name)
            if question and name in self.places:
                what = f"'{name}' is answered a second time (first in line {self.places[name].line})"
                self.problems.append(Problem("duplicate-key", place, what, "keep one of the two"))
            elif question:
                self.places[name] = place
                self.answer(question, name, node)
            elif name == ALTERNATIVES:
                self.alternatives(node)
            elif isinstance(node, Tree) and name in groups:
                self.walk(node, f"{name}.")
            elif name not in groups:
                hint = self.meant(name, [*asked, ALTERNATIVES]) or "questionnaire.yaml lists the questions"
                self.problems.append(Problem("unknown-question", place, f"there is no question '{name}'", hint))
            elif yaml_tree.plain(node) is not None:
                parts = ", ".join(q for q in asked if q.startswith(f"{name}."))
                self.problems.append(Problem("bad-answer", place, f"'{name}' is a group of questions: {parts}"))

    def meant(self, word: str, known: Iterable[str]) -> str:
        """Suggest what was meant, while there is someone to read it: comparing words is slow."""
        return spelling.meant(word, known) if len(self.problems) < MOST_PROBLEMS else ""

    def alternatives(self, node: Node) -> None:
        if isinstance(node, Tree):
            for clause, choice in node.entries.items():
                self.places[f"{ALTERNATIVES}.{clause}"] = node.keys[clause]
                if isinstance(choice, Scalar) and choice.text:
                    self.chosen[clause] = choice.text
                elif yaml_tree.plain(choice) is not None:
                    what = f"'{clause}' must have the name of one alternative"
                    self.problems.append(Problem("bad-answer", choice.place, what))
        elif yaml_tree.plain(node) is not None:
            what = "'alternatives' must be lines of 'clause: alternative'"
            self.problems.append(Problem("bad-answer", node.place, what))

    def answer(self, question: Question, name: str, node: Node) -> None:
        """Type one answer; an empty one is no answer."""
        if _is_empty(node):
            return
        try:
            self.given[name] = (
                self.records(question, name, node) if question.type == "records" else typed(question, node)
            )
        except _Misfit as misfit:
            told = f"{name}: {misfit}"
            self.problems.append(Problem(misfit.code, node.place, told, misfit.hint))
            return
        self.problems.extend(_remarks(name, node))

    def records(self, question: Question, name: str, node: Node) -> tuple[Record, ...]:
        """Read a list of records, each a mapping of the fields."""
        if not isinstance(node, Sequence):
            raise _Misfit("a list is expected here", f"start each {question.singular or 'entry'} with '- '")
        if len(node.items) > MOST_RECORDS:
            raise _Misfit(f"{len(node.items)} entries; at most {MOST_RECORDS} can be read")
        low, high = int(question.min or 0), int(question.max or MOST_RECORDS)
        if not low <= len(node.items) <= high:
            raise _Misfit(f"{len(node.items)} entries; between {low} and {high} are needed")
        return tuple(self.record(question, f"{name}[{i}]", item) for i, item in enumerate(node.items, 1))

    def record(self, question: Question, name: str, node: Node) -> Record:
        fields = {entry.id: entry for entry in question.fields}
        given: dict[str, Value] = {}
        self.places[name] = node.place
        if not isinstance(node, Tree):
            what, hint = f"{name} must be lines of 'field: value'", f"the fields are {', '.join(fields)}"
            self.problems.append(Problem("bad-answer", node.place, what, hint))
            return Record({}, name)
        for key, value in node.entries.items():
            place = node.keys[key]
            self.places[f"{name}.{key}"] = place
            if key not in fields:
                hint = self.meant(key, fields) or f"the fields are {', '.join(fields)}"
                self.problems.append(Problem("unknown-question", place, f"{name} has no field '{key}'", hint))
            elif not _is_empty(value):
                try:
                    given[key] = typed(fields[key], value)
                except _Misfit as misfit:
                    self.problems.append(Problem(misfit.code, value.place, f"{name}.{key}: {misfit}", misfit.hint))
                    continue
                self.problems.extend(_remarks(f"{name}.{key}", value))
        return Record(given, name)


def _is_empty(node: Node) -> bool:
    return yaml_tree.plain(node) is None or (isinstance(node, Scalar) and not node.text.strip())


_ODD = re.compile(r"\{\{|\{%|<w:|[\u202a-\u202e\u2066-\u2069]")


def _remarks(name: str, node: Node) -> Iterator[Problem]:
    """Say where an answer holds what looks like markup or turns the reading direction: it is printed as it stands."""
    found = _ODD.search(node.text) if isinstance(node, Scalar) else None
    if found:
        shown = (
            found.group()
            if found.group().isascii()
            else f"U+{ord(found.group()):04X}, which turns the text's direction,"
        )
        what = f"{name} holds {shown} and is printed exactly as it was typed"
        yield Problem("odd-answer", node.place, what, "delete it if it was not meant", "reminder", name)


def read(question: Question, node: Node) -> Value:
    """Type one answer that stands by itself, as on a screen. DraftingError with what is wrong with it."""
    try:
        return typed(question, node)
    except _Misfit as misfit:
        raise DraftingError(Problem(misfit.code, node.place, str(misfit), misfit.hint)) from None


def typed(question: Question, node: Node) -> Value:
    """Turn what was typed into a value of the question's type; `_Misfit` says what is wrong with it."""
    if question.type == "choices":
        chosen = tuple(_choice(question, _line(one)) for one in (node.items if isinstance(node, Sequence) else (node,)))
        if twice := next((one for one in chosen if chosen.count(one) > 1), ""):
            raise _Misfit(f"'{twice}' stands there twice")
        return chosen
    if question.type in {"paragraph", "address"}:
        return _text(node, LONGEST_PARAGRAPH)
    return _READERS[question.type](question, _line(node))


def _text(node: Node, longest: int) -> str:
    if not isinstance(node, Scalar):
        raise _Misfit("one answer is expected, not a list or a group", "put the text in quotation marks")
    text = node.text.strip()
    if len(text) > longest:
        raise _Misfit(f"the answer has {len(text):,} characters; at most {longest:,} fit", code="too-long")
    if bad := characters.forbidden_in(text):  # a file with such a character is refused before; a screen is not
        raise _Misfit(f"the answer holds {bad}, which no Word file can hold", "delete it", "control-character")
    return text


def _line(node: Node) -> str:
    text = _text(node, LONGEST_LINE)
    if "\n" in text:
        raise _Misfit("the answer goes over more than one line", "write it in one line")
    return text


def _date(question: Question, text: str) -> date:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError as error:
        raise _Misfit(f"there is no such day as {text}: {error}", "write year-month-day, as 2026-07-01") from None
    if day is None:
        raise _Misfit(f"'{short(text)}' is not a date", "write year-month-day, as 2026-07-01")
    low = date.fromisoformat(question.min) if question.min else FIRST_DAY
    high = date.fromisoformat(question.max) if question.max else LAST_DAY
    if not low <= day <= high:
        raise _Misfit(f"{text} is not between {low} and {high}")
    return day


def _number(question: Question, text: str) -> Decimal:
    bare = text.removesuffix("%").rstrip() if question.type == "percent" else text
    bare = bare.removeprefix("$").lstrip() if question.type == "money" else bare
    if not _FIGURES.fullmatch(bare):
        raise _Misfit(f"'{short(text)}' is not {_NUMERALS[question.type]}", "write figures, as 1,200 or 12.50")
    number = Decimal(bare.replace(",", ""))
    low = Decimal(question.min or (0 if question.type != "number" else -LARGEST_NUMBER))
    high = Decimal(question.max or LARGEST_NUMBER)
    if not low <= number <= high:
        raise _Misfit(f"{short(text)} is not between {low:,} and {high:,}")
    return number


def _whole(question: Question, text: str) -> int:
    number = _number(question, text)
    if number != number.to_integral_value():
        raise _Misfit(f"{text} is not a whole number")
    return int(number)


def _money(question: Question, text: str) -> Decimal:
    amount = _number(question, text)
    if amount != round(amount, 2):
        raise _Misfit(f"{text} has more than two decimals")
    return round(amount, 2)


def _yes_no(question: Question, text: str) -> bool:  # noqa: ARG001  # all readers take the question
    spoken = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
    if text.lower() not in spoken:
        raise _Misfit(f"'{short(text)}' is neither yes nor no")
    return spoken[text.lower()]


def _choice(question: Question, text: str) -> str:
    values = [option.value for option in question.options]
    if text not in values:
        hint = spelling.meant(text, values)
        raise _Misfit(f"'{short(text)}' is not one of {', '.join(values)}", hint)
    return text


def _shaped(pattern: str, what: str) -> Callable[[Question, str], str]:
    def read(question: Question, text: str) -> str:  # noqa: ARG001  # all readers take the question
        if not re.fullmatch(pattern, text):
            raise _Misfit(f"'{short(text)}' is not {what}")
        return text

    return read


_FIGURES = re.compile(r"[+-]?(?=\.?[0-9])([0-9]{1,3}(,[0-9]{3})+|[0-9]*)(\.[0-9]+)?")
_NUMERALS = {"number": "a number", "money": "an amount of money", "percent": "a percentage"}
_READERS: Mapping[str, Callable[[Question, str], Value]] = {
    "text": lambda _, text: text,
    "yes-no": _yes_no,
    "choice": _choice,
    "number": _whole,
    "money": _money,
    "percent": _number,
    "date": _date,
    "email": _shaped(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", "an e-mail address"),
    "phone": _shaped(
        r"\+?[0-9][0-9 ().\-]{5,20}( ?(x|ext\.?) ?[0-9]{1,6})?|\([0-9]{3}\) ?[0-9 .\-]{7,9}", "a telephone number"
    ),
}

# -- the scope of a draft -----------------------------------------------------------------------


def scope(questionnaire: Questionnaire, answers: Answers) -> Mapping[str, Value]:
    """Return the value of every question as a draft sees it: given, by default, or `Missing` (also when not asked)."""
    found: dict[str, Value] = {}

    def value(name: str) -> Value:
        if name not in found and name in questionnaire.questions:
            question = questionnaire.questions[name]
            condition = questionnaire.ask_when.get(name)
            if condition is not None:
                for needed in language.names(condition):
                    value(needed)
            asked = condition is None or language.holds(condition, found)
            found[name] = _settled(questionnaire, answers, question) if asked else missing(question, name)
        return found.get(name, "")

    for name in questionnaire.questions:
        value(name)
    return found


def _settled(questionnaire: Questionnaire, answers: Answers, question: Question) -> Value:
    given = answers.given.get(question.id)
    if given is None:
        given = _default(questionnaire, question, question.id)
    if given is None:
        return missing(question, question.id)
    if question.type == "records" and isinstance(given, tuple):
        return tuple(_whole_record(questionnaire, question, r) for r in given if isinstance(r, Record))
    return given


def unanswered(questionnaire: Questionnaire, question: Question, name: str) -> Value:
    """Return the value of a question ("town.name"), or of a record's field ("dogs.size"), that is asked and left open.

    That is its default, or `Missing`.
    """
    if question.type == "records":
        return _settled(questionnaire, Answers({}, {}, ""), question)
    given = _default(questionnaire, question, name)
    return missing(question, name) if given is None else given


def _default(questionnaire: Questionnaire, question: Question, name: str) -> Value | None:
    """Return the default of a question ("town.name"), or of a record's field ("dogs.size")."""
    if name not in questionnaire.defaults:
        return None
    reading = _Reading(questionnaire)
    reading.answer(question, name, questionnaire.defaults[name])
    stop_at(reading.problems)
    return reading.given.get(name)


def _whole_record(questionnaire: Questionnaire, question: Question, record: Record) -> Record:
    """Give every field of a record a value; fields that are not asked are missing even when they were answered."""
    values: dict[str, Value] = {}
    for entry in question.fields:
        given = record.values.get(entry.id)
        if given is None:
            given = _default(questionnaire, entry, f"{question.id}.{entry.id}")
        values[entry.id] = missing(entry, f"{record.question}.{entry.id}") if given is None else given
    schema = {entry.id: kind(entry) for entry in question.fields}
    for entry in question.fields:
        if entry.ask_when:
            condition = language.check(language.parse(entry.ask_when), schema)[0]
            if not language.holds(condition, values):
                values[entry.id] = missing(entry, f"{record.question}.{entry.id}")
    return Record(values, record.question)


def missing(question: Question, name: str) -> Missing:
    """Return the blank of a question; for a list of records with one record made of blanks."""
    if question.type != "records":
        return Missing(question.label, name)
    fields: dict[str, Value] = {entry.id: missing(entry, f"{name}[1].{entry.id}") for entry in question.fields}
    return Missing(question.label, name, Record(fields, f"{name}[1]"))


def is_asked(questionnaire: Questionnaire, name: str, values: Mapping[str, Value]) -> bool:
    """Say whether a question ("buyer.name", "people[2].reason") is asked, given the scope of a draft."""
    head, _, rest = name.partition("[")
    condition = questionnaire.ask_when.get(head)
    if condition is not None and not language.holds(condition, values):
        return False
    records = values.get(head)
    place = rest.partition("]")
    if not rest or not isinstance(records, tuple):
        return True
    entry = next((q for q in questionnaire.questions[head].fields if q.id == place[2].removeprefix(".")), None)
    if entry is None or not entry.ask_when:
        return True
    record = records[int(place[0]) - 1]
    schema = {q.id: kind(q) for q in questionnaire.questions[head].fields}
    checked = language.check(language.parse(entry.ask_when), schema)[0]
    return isinstance(record, Record) and language.holds(checked, record.values)


def problems(questionnaire: Questionnaire, answers: Answers, values: Mapping[str, Value]) -> Iterator[Problem]:
    """Run the questionnaire's checks over the answers; yield what does not hold, reminders included."""
    yield from answers.reminders
    for check in questionnaire.checks:
        for scope_of_one, name in _cases(check, values):
            if check.when is not None and not language.holds(check.when, scope_of_one):
                continue
            if any(_is_missing(needed, scope_of_one) for needed in language.open_names(check.holds)):
                continue
            if not language.holds(check.holds, scope_of_one):
                yield _failed(check, answers, name)


def _cases(check: Check, values: Mapping[str, Value]) -> Iterator[tuple[Mapping[str, Value], str]]:
    if check.each is None:
        yield values, next(iter(check.entry.questions), "")
        return
    name, listed = check.each
    records = language.evaluate(listed, values)
    for record in records if isinstance(records, tuple) else ():
        if isinstance(record, Record):
            yield {**values, name: record}, record.question


def _is_missing(name: str, values: Mapping[str, Value]) -> bool:
    return isinstance(language.evaluate(language.Name(name), values), Missing)


def _failed(check: Check, answers: Answers, name: str) -> Problem:
    entry = check.entry
    told = f"{name}: {entry.message}" if check.each else entry.message
    place = next((answers.places[q] for q in (name, *entry.questions) if q in answers.places), Place(answers.path))
    return Problem(entry.id, place, told, entry.hint, entry.level, name)
