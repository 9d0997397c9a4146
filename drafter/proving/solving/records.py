"""The records of a list: when each field is asked, and the records that the fields' answers make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from drafter import language
from drafter.language import Expression, Missing, Name, Record, Value
from drafter.matters import scope
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import TRUE, Formula
from drafter.reading.questionnaire import Question, Questionnaire
from drafter.values import dataclass

RECORD = "the record"  # no question or record has a name with a space


def conditions(asked: Questionnaire, question: Question, name: str) -> Mapping[str, Formula]:
    """Return, for each field of a record called `name` that is asked under a condition, the formula of it."""
    under = [(e.id, asked.field_conditions[f"{question.id}.{e.id}"]) for e in question.fields if e.ask_when]
    inner: dict[str, Expression] = {e.id: Name(f"{name}.{e.id}") for e in question.fields} if under else {}
    return {field: formulas.test(language.replaced(condition, inner)) for field, condition in under}


def in_order(question: Question, conditions: Mapping[str, Formula]) -> list[Question]:
    """Return the fields of a record, each after those that decide whether it is asked."""
    made: list[Question] = []
    waiting = list(question.fields)
    while waiting:
        known = {entry.id for entry in made}
        ready = [
            entry
            for entry in waiting
            if all(name.partition(".")[2] in known for name in formulas.names(conditions.get(entry.id, TRUE)))
        ] or waiting  # a circle: in their own order
        made.extend(ready)
        waiting = [entry for entry in waiting if entry not in ready]
    return made


@dataclass(frozen=True, slots=True)
class Member:
    """A record to be: the value of each field, and the fields that are answered."""

    values: Mapping[str, Value]
    given: Mapping[str, Value]

    def extended(self, name: str, unanswered: Value, values: Iterable[Value]) -> Iterator[Member]:
        """Yield the record with one field left open, and with each of its values answered."""
        yield Member({**self.values, name: unanswered}, self.given)
        for value in values:
            if identity(value) != identity(unanswered):
                yield Member({**self.values, name: value}, {**self.given, name: value})

    def record(self, question: Question, number: int) -> Record:
        """Return the record as the one with this number in its list: a blank knows where it is."""
        values = {
            entry.id: scope.missing(entry, f"{question.id}[{number}].{entry.id}")
            if isinstance(self.values[entry.id], Missing)
            else self.values[entry.id]
            for entry in question.fields
        }
        return Record(values, f"{question.id}[{number}]")


def blank(question: Question) -> Member:
    """Return the record of which no field is answered."""
    return Member({entry.id: scope.missing(entry, f"{question.id}[1].{entry.id}") for entry in question.fields}, {})


def identity(value: Value) -> object:
    """Return something that can be compared and hashed in the place of a value."""
    match value:
        case Missing():
            return None
        case Record(values=inner):
            return tuple(identity(v) for v in inner.values())
        case tuple():
            return ("list", *map(identity, value))
        case _:
            return (type(value).__name__, value)
