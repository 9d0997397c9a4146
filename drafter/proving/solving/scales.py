"""Numbers, amounts and days as whole steps between two limits, divided where conditions compare them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from drafter.language import Missing, Value
from drafter.proving.solving.comparisons import Comparisons, Side, Variable
from drafter.reading.questionnaire import Question, one_answer
from drafter.values import dataclass

DAYS = 7  # of a week
SMALLEST_PERCENT = Decimal("0.000000001")


@dataclass(frozen=True, slots=True)
class Scale:
    """A number, an amount or a day as a whole number between two limits; `value` turns such a step into it."""

    low: int
    high: int
    value: Callable[[int], Value]


def scale(question: Question) -> Scale:
    """Return the scale of a question that is answered with a number, an amount, a percentage or a date."""
    if question.type == "date":
        low = date.fromisoformat(question.min) if question.min else one_answer.FIRST_DAY
        high = date.fromisoformat(question.max) if question.max else one_answer.LAST_DAY
        return Scale(low.toordinal(), high.toordinal(), date.fromordinal)
    unit = {"money": Decimal("0.01"), "percent": SMALLEST_PERCENT}.get(question.type, Decimal(1))
    least = Decimal(question.min or (0 if question.type != "number" else -one_answer.LARGEST_NUMBER))
    most = Decimal(question.max or one_answer.LARGEST_NUMBER)
    if question.type == "number":
        return Scale(int(least), int(most), int)
    return Scale(int(least / unit), int(most / unit), lambda steps: (steps * unit).normalize() + 0)


def grid(compared: Comparisons) -> Mapping[Variable, tuple[int, ...]]:
    """Return, for each variable that is compared, the steps that stand for all its values.

    Of the values that make a set of comparisons true or false in one way, the least are reached from the constants
    by as many steps as there are variables, each to the first value at or above what it is compared with, or where its
    weekday is looked at, to a day of the week that begins there.
    """
    sides = [side.variable for pair in compared.relations for side in pair if side.kind == "linear"]
    scales = {variable: scale(compared.question(variable)) for variable in (*sides, *sorted(compared.weekdays))}
    found: dict[Variable, set[int]] = {variable: {one.low} for variable, one in scales.items()}
    for _ in range(len(scales) + 1):
        before = sum(map(len, found.values()))
        for variable in compared.weekdays:
            week = {step + more for step in found[variable] for more in range(DAYS)}
            found[variable] = {step for step in week if step <= scales[variable].high}
        for one, other in compared.relations:
            for here, there in ((one, other), (other, one)):
                if here.kind == "linear":
                    bounds = _values(there, found, scales)
                    found[here.variable].update(_crossings(here, bounds, scales[here.variable]))
        if sum(map(len, found.values())) == before:
            break
    return {variable: tuple(sorted(steps)) for variable, steps in found.items()}


def _values(side: Side, found: Mapping[Variable, set[int]], scales: Mapping[Variable, Scale]) -> list[Value]:
    """Return the values of a side: a constant, or what its filters make of each value found and of no answer."""
    if side.kind == "constant":
        return [side.value(side.constant)]
    made = [side.value(scales[side.variable].value(step)) for step in sorted(found[side.variable])]
    return [*made, side.unanswered()]


def _crossings(side: Side, bounds: Iterable[Value], on: Scale) -> Iterator[int]:
    """Yield the first steps at which a side reaches, and passes, each bound."""
    for bound in bounds:
        if isinstance(bound, str | bool | Missing):
            continue
        for is_there in (
            lambda v, b=bound: side.value(v) >= b,
            lambda v, b=bound: side.value(v) > b,
        ):
            step = _first(on, is_there)
            if step is not None:
                yield step


def _first(on: Scale, is_there: Callable[[Value], bool]) -> int | None:
    """Return the first step from which on something is true, None if it never is."""
    low, high = on.low, on.high + 1
    while low < high:
        middle = (low + high) // 2
        if is_there(on.value(middle)):
            high = middle
        else:
            low = middle + 1
    return low if low <= on.high else None
