"""What a call says is wrong: the problems of its DraftingError, whole or as (code, place) pairs."""

from __future__ import annotations

import pytest

from drafter.base.problems import DraftingError


def problems(call, *given, **named):
    """Return the problems that a call raises; a call that raises none fails the test."""
    with pytest.raises(DraftingError) as caught:
        call(*given, **named)
    return caught.value.problems


def places(call, *given, **named):
    """Return (code, "file:line") of each problem that a call raises."""
    return [(problem.code, str(problem.place)) for problem in problems(call, *given, **named)]


def codes(call, *given, **named):
    """Return the code of each problem that a call raises."""
    return [problem.code for problem in problems(call, *given, **named)]


def only(call, *given, **named):
    """Return the one problem that a call raises."""
    (problem,) = problems(call, *given, **named)
    return problem
