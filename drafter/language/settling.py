"""Settles what a condition says where some of its names are known for good, and leaves the rest as it is."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.language.evaluation import holds
from drafter.language.tree import (
    Both,
    Compare,
    Constant,
    Either,
    Expression,
    Missing,
    Not,
    Record,
    Value,
    names,
    open_names,
    replaced,
)


def settled(condition: Expression, known: Mapping[str, Value]) -> Expression:
    """Return a condition that says the same once some names have the values in `known`, without those names.

    It is a constant where they decide it.
    """
    asked = names(condition)
    if asked.isdisjoint(known):
        return condition
    if asked <= known.keys():
        return Constant(holds(condition, known))
    match condition:
        case Not(operand=inner):
            return _not(settled(inner, known))
        case Both(left=left, right=right):
            return _joined(Both, settled(left, known), settled(right, known))
        case Either(left=left, right=right):
            return _joined(Either, settled(left, known), settled(right, known))
        case Compare() if any(isinstance(known.get(name), Missing) for name in open_names(condition)):
            return Constant(value=False)
        case _:
            atoms = {n: Constant(v) for n, v in known.items() if not isinstance(v, Missing | Record | tuple)}
            return replaced(condition, atoms)


def _not(inner: Expression) -> Expression:
    return Constant(not inner.value) if isinstance(inner, Constant) else Not(inner)


def _joined(kind: type[Both | Either], left: Expression, right: Expression) -> Expression:
    """Join two conditions, of which a constant decides the whole or adds nothing to it."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Constant):
            return one if bool(one.value) == (kind is Either) else other
    return kind(left, right)
