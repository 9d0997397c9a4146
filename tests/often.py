"""How often a test tries something at random: half as often, unless THOROUGH is set in the environment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

THOROUGH = bool(os.environ.get("THOROUGH"))
T = TypeVar("T")


def often(number: int) -> int:
    """Return how many examples to try of what is tried `number` times when there is time."""
    return number if THOROUGH else (number + 1) // 2


def some(every: Sequence[T], step: int = 2) -> Sequence[T]:
    """Return each of the samples when there is time, otherwise one of each `step`, beginning with the first."""
    return every if THOROUGH else every[::step]
