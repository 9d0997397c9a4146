"""Keeps what a function made of its last values, so that the same work is done once.

The values must not change. They are known again by being the same objects: to compare a library or a contract with
another would take longer than most of what is made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def once(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator for a function of values by position, which keeps as many of its last results."""

    def decorated(make: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=most)
        def kept(same: _Same) -> T:
            return make(*same.values)  # type: ignore[arg-type, call-arg]  # as they were given

        @wraps(make)
        def found(*values: object) -> T:
            return kept(_Same(values))

        return found  # type: ignore[return-value]  # by position alone

    return decorated


def once_with(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator as `once`, for a function of one value and small ones that say the same where they are equal.

    Only the first value is known by being the same object; those after it must be hashable.
    """

    def decorated(make: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=most)
        def kept(same: _Same, *rest: object) -> T:
            return make(*same.values, *rest)  # type: ignore[arg-type, call-arg]  # as they were given

        @wraps(make)
        def found(first: object, *rest: object) -> T:
            return kept(_Same((first,)), *rest)

        return found  # type: ignore[return-value]  # by position alone

    return decorated


class _Same:
    """Stands for some values as a key: no others are equal to it while it holds these."""

    __slots__ = ("key", "values")

    def __init__(self, values: tuple[object, ...]) -> None:
        self.values = values
        self.key = tuple(map(id, values))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.key == self.key
