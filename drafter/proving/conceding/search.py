"""Finds the cheapest choice of wordings that breaks nothing, or breaks the least.

One rule: no choice that could be cheaper is left untried.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from drafter.proving.conceding import choices
from drafter.proving.conceding.choices import GIVEN_UP, Breach, Cost, Pair, Space

# A node moves some clauses to another wording and gives some breaches up; every other clause stays as it is. Its
# children take one breach that is left, and either repair it in every possible way, each by moving one more clause, or
# give it up.
#
# Why no choice is missed: take any choice that agrees with a node in the clauses moved. If it breaks the same thing, it
# agrees with the child that gives that up. If not, it has a wording that repairs the breach and that the node lacks: a
# wording of a clause in which the two differ, so of one not moved yet; the choice agrees with the child that moves that
# clause to it.
#
# Why the first one found is the best: a child costs more than its node, and what is added for the rejected wordings
# still there is the least that they can cost, so nothing left on the heap can become cheaper than the first node that
# breaks no more than it gives up. And since costs include where the changes are, no two choices cost the same.


@dataclass(frozen=True, slots=True)
class Node:
    """Clauses moved, each with its new wording and the breach that this repairs; breaches given up; and the cost."""

    moved: Mapping[str, tuple[str, Breach]]
    given_up: frozenset[Breach]
    cost: Cost

    @property
    def key(self) -> tuple[frozenset[Pair], frozenset[Breach]]:
        """Return what makes two nodes the same."""
        return frozenset((clause, to) for clause, (to, _) in self.moved.items()), self.given_up


def cheapest(space: Space) -> tuple[Node, int]:
    """Return the cheapest node that breaks nothing that it has not given up, and how many were looked at."""
    unwanted = tuple(pair for pair in space.start.items() if pair in space.rejected)
    count = itertools.count()
    start = Node({}, frozenset(), Cost())
    heap = [(_bound(space, start, unwanted), next(count), start)]
    seen = {start.key}
    tried = 0
    while True:  # it ends: a child moves one more clause or gives one more breach up, and there are only so many
        _, _, node = heapq.heappop(heap)
        tried += 1
        chosen = {**space.start, **{clause: to for clause, (to, _) in node.moved.items()}}
        ways = [(space.repairs(b, node.moved), b) for b in space.breaches(chosen) if b not in node.given_up]
        if not ways:
            return node, tried
        repairs, breach = min(ways, key=lambda way: len(way[0]))
        for child in _children(space, node, breach, repairs):
            if child.key not in seen:
                seen.add(child.key)
                heapq.heappush(heap, (_bound(space, child, unwanted), next(count), child))


def _children(space: Space, node: Node, breach: Breach, repairs: Iterable[Pair]) -> Iterator[Node]:
    for clause, to in repairs:
        cost = choices.total((node.cost, space.moves[clause][to]))
        yield Node({**node.moved, clause: (to, breach)}, node.given_up, cost)
    yield Node(node.moved, node.given_up | {breach}, choices.total((node.cost, GIVEN_UP[breach.kind])))


def _bound(space: Space, node: Node, unwanted: Iterable[Pair]) -> Cost:
    """Return what a node costs with the least that must be added for rejected wordings that are still there."""
    left = (c for c, a in unwanted if c not in node.moved and Breach("rejected", c, a) not in node.given_up)
    return choices.total((node.cost, *map(space.least, left)))
