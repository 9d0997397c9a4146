"""What was made of the very same values is given again, and of values that are only equal it is made again."""

from __future__ import annotations

import pytest

from drafter.keeping.once import once


@pytest.fixture
def made():
    """Return a function that is asked once for the same values, keeps two results, and what it was asked."""
    asked = []

    @once(2)
    def joined(*lists):
        asked.append(lists)
        return [*lists[0], *(lists[1] if lists[1:] else ())]

    return joined, asked


def test_the_same_values_are_asked_once(made):
    joined, asked = made
    one, other = [1], [2]
    assert joined(one, other) is joined(one, other)
    assert joined(other, one) == [2, 1]
    assert asked == [([1], [2]), ([2], [1])]


def test_values_that_are_only_equal_are_not_the_same(made):
    joined, asked = made
    assert joined([1]) is not joined([1])
    assert len(asked) == 2


def test_only_the_last_results_are_kept(made):
    joined, asked = made
    lists = [[1], [2], [3]]
    for one in (*lists, lists[2], lists[0]):
        joined(one)
    assert asked == [([1],), ([2],), ([3],), ([1],)]


def test_values_are_given_by_position(made):
    with pytest.raises(TypeError):
        made[0](lists=[1])
