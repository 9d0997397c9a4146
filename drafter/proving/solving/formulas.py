"""Turns conditions into formulas, joins, negates and simplifies them, and says whether they hold of answers.

One rule: a formula says the same as the conditions it was made from, for all answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from drafter import language
from drafter.language import (
    Atom,
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    ListOf,
    Missing,
    Name,
    Not,
    Value,
)
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Test:
    """A condition without `and`, `or` or `not`, and the questions that decide it.

    `among` has the constants of which a name must be one, where that is all that the condition says.
    """

    expression: Expression
    names: tuple[str, ...]
    key: int
    among: tuple[str, frozenset[Atom]] | None = None

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class Some:
    """True when one of the records makes `holds` true; `blank` counts the blank record of an open list."""

    name: str
    records: Expression
    holds: Formula
    blank: bool
    names: tuple[str, ...]
    key: int

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class No:
    """The opposite of a condition."""

    part: Test | Some
    key: int

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when all parts are; without parts it is TRUE."""

    parts: tuple[Formula, ...]
    key: int

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one part is; without parts it is FALSE."""

    parts: tuple[Formula, ...]
    key: int

    def __hash__(self) -> int:
        return self.key


Leaf = Test | Some
Formula = Test | Some | No | AllOf | AnyOf
TRUE, FALSE = AllOf((), 1), AnyOf((), 2)  # there are no others, so that `is` tells them


def all_of(*parts: Formula) -> Formula:
    """Join formulas with `and`, leaving out what is always true and what is said twice.

    A name that must be one of some constants is none of the others, which needn't be said.
    """
    open_ = [part for part in parts if part is not TRUE]
    if len(open_) <= 1:  # two of three calls join nothing
        return open_[0] if open_ else TRUE
    kept: dict[Formula, None] = {}
    among: dict[str, frozenset[Atom]] = {}
    for part in open_:
        for inner in part.parts if isinstance(part, AllOf) else (part,):
            if inner is FALSE or (kept and opposite(inner) in kept):
                return FALSE
            kept[inner] = None
            if isinstance(inner, Test) and inner.among is not None:
                name, constants = inner.among
                among[name] = among.get(name, constants) & constants
                if not among[name]:
                    return FALSE
    if among:
        kept = {inner: None for inner in kept if not _is_said(inner, among)}
    return next(iter(kept)) if len(kept) == 1 else AllOf(made := tuple(kept), hash(("all", made))) if kept else TRUE


def _is_said(formula: Formula, among: Mapping[str, frozenset[Atom]]) -> bool:
    """Say whether a formula only rules out constants that a name can't be anyway."""
    if not isinstance(formula, No) or not isinstance(formula.part, Test) or formula.part.among is None:
        return False
    name, constants = formula.part.among
    return name in among and among[name].isdisjoint(constants)


def any_of(*parts: Formula) -> Formula:
    """Join formulas with `or`, leaving out what is always false and what is said twice."""
    open_ = [part for part in parts if part is not FALSE]
    if len(open_) <= 1:
        return open_[0] if open_ else FALSE
    kept: dict[Formula, None] = {}
    for part in open_:
        for inner in part.parts if isinstance(part, AnyOf) else (part,):
            if inner is TRUE or (kept and opposite(inner) in kept):
                return TRUE
            kept[inner] = None
    return next(iter(kept)) if len(kept) == 1 else AnyOf(made := tuple(kept), hash(("any", made))) if kept else FALSE


@lru_cache(maxsize=65_536)  # joining formulas asks for the same opposites over and over
def opposite(formula: Formula) -> Formula:
    """Return the opposite of a formula."""
    match formula:
        case No(part=part):
            return part
        case AllOf(parts=parts):
            return any_of(*map(opposite, parts)) if parts else FALSE
        case AnyOf(parts=parts):
            return all_of(*map(opposite, parts)) if parts else TRUE
        case _:
            return No(formula, hash(("no", formula)))


def test(expression: Expression) -> Formula:
    """Turn a condition into a formula, divided at its `and`, `or`, `not` and `if`."""
    match expression:
        case Both(left=left, right=right):
            return all_of(test(left), test(right))
        case Either(left=left, right=right):
            return any_of(test(left), test(right))
        case Not(operand=inner):
            return opposite(test(inner))
        case Constant(value=value):
            return TRUE if value else FALSE
        case Conditional(test=asked, yes=yes, no=no):
            return _either(test(asked), test(yes), test(no))
        case Compare(left=Conditional() as left, operator=operator, right=right):
            sides = (Compare(side, operator, right) for side in (left.yes, left.no))
            return _either(test(left.test), *map(test, sides))
        case Compare(left=left, operator=operator, right=Conditional() as right):
            sides = (Compare(left, operator, side) for side in (right.yes, right.no))
            return _either(test(right.test), *map(test, sides))
        case _:
            return Test(expression, tuple(sorted(language.names(expression))), hash(expression), _among(expression))


def _among(expression: Expression) -> tuple[str, frozenset[Atom]] | None:
    """Return the name and the constants of a condition such as `size == 'large'` or `size in ['large', 'small']`."""
    match expression:
        case Compare(left=Name(path=path), operator="eq", right=Constant(value=value)):
            return path, frozenset((value,))
        case Compare(left=Name(path=path), operator="in", right=ListOf(items=items)):
            values = [item.value for item in items if isinstance(item, Constant)]
            return (path, frozenset(values)) if len(values) == len(items) else None
        case _:
            return None


def _either(asked: Formula, yes: Formula, no: Formula) -> Formula:
    return any_of(all_of(asked, yes), all_of(opposite(asked), no))


def some(name: str, records: Expression, holds: Formula = TRUE, *, blank: bool = True) -> Formula:
    """Return the formula that one of the records makes `holds` true; parts that no record decides come first."""
    parts = holds.parts if isinstance(holds, AllOf) else (holds,)
    free = [part for part in parts if not any(_of_record(n, name) for n in names(part))]
    inner = all_of(*(part for part in parts if part not in free))
    outside = {n for n in names(inner) if not _of_record(n, name)}
    needed = tuple(sorted(language.names(records) | outside))
    return all_of(*free, Some(name, records, inner, blank, needed, hash((name, records, inner, blank))))


def _of_record(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}.")


def names(formula: Formula) -> frozenset[str]:
    """Return the names that decide a formula."""
    return frozenset(name for leaf in leaves(formula) for name in leaf.names)


def leaves(formula: Formula) -> Iterator[Leaf]:
    """Yield the conditions in a formula."""
    match formula:
        case Test() | Some():
            yield formula
        case No(part=part):
            yield part
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for member in parts:
                yield from leaves(member)


def holds(formula: Formula, values: Mapping[str, Value]) -> bool:
    """Say whether a formula is true of the values of all its names."""
    match formula:
        case Test(expression=expression):
            return language.holds(expression, values)
        case Some(name=name, records=records, holds=inner, blank=blank):
            found = language.evaluate(records, values)
            if isinstance(found, Missing):
                found = (found.record,) if found.record and blank else ()
            members = found if isinstance(found, tuple) else ()
            return any(holds(inner, {**values, name: record}) for record in members)
        case No(part=part):
            return not holds(part, values)
        case AllOf(parts=parts):
            return all(holds(part, values) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, values) for part in parts)
