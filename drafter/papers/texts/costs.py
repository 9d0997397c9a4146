"""Computes what a contract costs in each year of its term, from the costs of memo.md and the answers.

One rule: amounts are decimal numbers, rounded to cents once, at the end of each year's product. Without an answer that
is needed there is no amount: its blank takes the amount's place, and the total's. There is no total either where a
section that the costs depend on has a matter's own wording, which may state a cost that nobody can compute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

from drafter import language
from drafter.base import english
from drafter.contract import Answer, Blank, Runs, Text, joined
from drafter.language import Kind, Missing, Value
from drafter.reading.library import OWN
from drafter.reading.memo.memo_text import Cost, PaperText
from drafter.reading.prose import Parts
from drafter.values import dataclass

MOST_YEARS = 20  # of a longer term the years are not listed
DIGITS = 10_000  # more than any product of answers has, so that nothing is rounded before the end
GLANCE = 2  # factors of one rise that are written out; more are written as a power


@dataclass(frozen=True, slots=True)
class Year:
    """What one year costs, and how it is computed."""

    name: Runs
    formula: Runs
    amount: Runs


@dataclass(frozen=True, slots=True)
class Part:
    """What one cost comes to in one year, how, what is said before it, and the answers that are missing for it."""

    cost: Cost
    amount: Decimal
    formula: Runs
    said: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A year of the term: its name, its costs, and what they come to together."""

    name: str
    parts: tuple[Part, ...]
    amount: Runs


@dataclass(frozen=True, slots=True)
class Costs:
    """What is owed, the years of the term, the total, and the values of the names that the texts may use."""

    owed: tuple[Cost, ...]
    spans: tuple[Span, ...]
    total: Runs
    values: Mapping[str, Value]


def computed(text: PaperText, scope: Mapping[str, Value]) -> Costs:
    """Compute the costs that are owed."""
    owed = tuple(cost for cost in text.costs if cost.when is None or language.holds(cost.when, scope))
    priced = [cost for cost in owed if cost.factors]
    first, last = (language.evaluate(expression, scope) for expression in text.term)
    years = _years(first, last, text.year_starts)
    spans: list[Span] = []
    total, said = Decimal(0), ""
    missing = {m.question: m for m in (first, last) if isinstance(m, Missing)}
    for number, (name, whole) in enumerate(years or [(text.each_year, True)]):
        parts = tuple(_part(cost, number, scope) for cost in priced)
        unknown = {m.question: m for part in parts for m in part.missing}
        amount = _sum(part.amount for part in parts)
        word = next(filter(None, (part.said for part in parts)), "" if whole else text.partial)
        spans.append(Span(name, parts, _amount(amount, word, unknown)))
        total, missing, said = _sum((total, amount)), missing | unknown, said or word
    unsaid = next(iter(missing.values()), None)
    if unsaid is None and (not years or _of_own_wording(text, scope)):
        unsaid = Missing(text.each_year, "memo.total")
    return Costs(
        owed=owed,
        spans=tuple(spans) if priced else (),
        total=_amount(total, said, missing)
        if priced and (years or missing) and not _of_own_wording(text, scope)
        else (),
        values={
            "memo.total": unsaid if priced and unsaid else total,
            "memo.years": len(years),
            "memo.priced": bool(priced),
            "memo.unpriced": bool(priced and missing),
            "memo.partial": bool(priced) and not all(whole for _, whole in years),
        },
    )


def _of_own_wording(text: PaperText, scope: Mapping[str, Value]) -> bool:
    """Say whether a cost depends on the wording of a section that is the matter's own."""
    whens = (when for cost in text.costs for when in (cost.when, cost.rises_when) if when is not None)
    return any(scope.get(name) == OWN for when in whens for name in language.names(when))


def written(costs: Costs, line: Callable[[Parts], Runs]) -> Iterator[Year]:
    """Yield the years, with the label of each cost before its formula; `line` fills a line of text."""
    for span in costs.spans:
        said = [(*line(part.cost.label), Text(": "), *part.formula) for part in span.parts]
        yield Year(plain(span.name), _between(said, "; "), span.amount)


def plain(words: str) -> Runs:
    """Return words as a line."""
    return joined([Text(words)])


def shown(value: Value, kind: str) -> Runs:
    """Return what a value prints; a missing one is a blank."""
    figures = kind == "number" and isinstance(value, int | Decimal)  # a formula has no words for numbers
    pieces = (english.plain_number(value),) if figures else language.show(value, Kind(kind))  # type: ignore[arg-type]
    return joined(Blank(p.label, p.question) if isinstance(p, Missing) else Answer(p, "") for p in pieces)


def _between(lines: Iterable[Runs], words: str) -> Runs:
    return joined(run for place, line in enumerate(lines) for run in (*([Text(words)] if place else []), *line))


def _years(first: Value, last: Value, starts: tuple[int, int]) -> list[tuple[str, bool]]:
    """Name each year that a term touches, and say whether it is wholly within; none where that isn't known."""
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        return []
    start = first.year - (first < date(first.year, *starts))
    end = last.year - (last < date(last.year, *starts))
    if end - start >= MOST_YEARS:
        return []
    return [
        (
            str(year) if starts == (1, 1) else f"{year}-{(year + 1) % 100:02}",
            first <= date(year, *starts) and last >= date(year + 1, *starts) - timedelta(days=1),
        )
        for year in range(start, end + 1)
    ]


def _part(cost: Cost, number: int, scope: Mapping[str, Value]) -> Part:
    """Compute a cost in the year of a number, counted from 0: its factors multiplied, and raised once a year."""
    found = [(language.evaluate(expression, scope), kind.name) for expression, kind in cost.factors]
    raised = number and cost.rise and (cost.rises_when is None or language.holds(cost.rises_when, scope))
    rise = language.evaluate(cost.rise, scope) if raised and cost.rise else None
    formula = [shown(value, kind) for value, kind in found]
    missing = [value for value, _ in found if isinstance(value, Missing)]
    once = Decimal(1)
    if isinstance(rise, Missing):
        missing.append(rise)
        formula.append(shown(rise, "percent"))
    elif isinstance(rise, int | Decimal):
        with localcontext() as context:
            context.prec = DIGITS
            once += Decimal(rise) / 100
            formula.append(plain(_raised(once, number)))
    said = cost.said or (cost.rises_said if raised else "")
    return Part(cost, _product(found, once, number), _between(formula, " × "), said, tuple(missing))


def _product(factors: Sequence[tuple[Value, str]], once: Decimal, times: int) -> Decimal:
    """Multiply the factors, and again by a rise as often as given; what is missing counts as 1."""
    with localcontext() as context:
        context.prec = DIGITS
        amount = once**times
        for value, kind in factors:
            if isinstance(value, int | Decimal):
                amount *= Decimal(value) / 100 if kind == "percent" else Decimal(value)
        return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _raised(once: Decimal, number: int) -> str:
    """Write a rise of some years: "1.03", "1.03 × 1.03", "1.03³"."""
    factor = f"{once.normalize():f}"
    if number <= GLANCE:
        return " × ".join([factor] * number)
    return factor + str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return sum(amounts, Decimal(0))


def _amount(amount: Decimal, said: str, missing: Mapping[str, Missing]) -> Runs:
    """Return an amount with what is said before it, or the blanks of the answers without which there is none."""
    if missing:
        return _between([(Blank(m.label, m.question),) for m in missing.values()], " ")
    return plain(f"{said} {english.money(amount)}".strip())
