"""Finds the cheapest choices that break nothing, or break the least.

One rule: no choice that could be cheaper is left untried.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from drafter.language import Value
from drafter.proving.conceding import breaches
from drafter.proving.conceding.breaches import Breach, Cost, Event
from drafter.proving.conceding.variables import Moved, Variable, Variables
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import AllOf, AnyOf, Formula
from drafter.values import dataclass

# A node changes some variables and accepts some events; every other variable stays as it is. An event is a breach, or
# a clause that reads otherwise than in the matter. The children of a node take one event that happens in it and is not
# accepted, and either change what can undo it, or accept it for its price.
#
# Why no choice is missed: take any choice that agrees with a node in the variables changed, and has the events that it
# accepts. If the event happens in the choice too, the choice agrees with the child that accepts it. If not, it differs
# from the node in what the event's formula reads, so that it contains one of the repairs: the smallest changes that
# make a part of the formula false which has to be false. It agrees with the child that makes that repair.
#
# Why the first one found is the best: a child costs more than its node, and what is added for the rejected wordings
# still there is the least that they can cost. So nothing left on the heap can become cheaper than the first node whose
# events are all accepted; and that node costs no more than any choice that it leads to. Since costs include where the
# changes are, no two choices cost the same.

MOST_TRIED = 1000  # combinations of the variables of one condition; with more, each variable is changed by itself


@dataclass(frozen=True, slots=True)
class Node:
    """What is changed, to what and to undo which breach; the events that happen, and those accepted; and the cost."""

    moved: Mapping[str, tuple[Value, Breach]]
    happening: frozenset[int]
    accepted: frozenset[int]
    cost: Cost

    @property
    def moves(self) -> Moved:
        """Return what is changed, to what."""
        return {name: value for name, (value, _) in self.moved.items()}

    @property
    def key(self) -> tuple[frozenset[tuple[str, Value]], frozenset[int]]:
        """Return what makes two nodes the same."""
        return frozenset(self.moves.items()), self.accepted


@dataclass(slots=True)
class Space:
    """Every choice there is in a matter: its variables, and the events that they decide."""

    variables: Variables
    events: tuple[Event, ...]
    _deciding: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _affected: Mapping[str, frozenset[int]] = field(default_factory=dict)
    _weights: Mapping[str, int] = field(default_factory=dict)
    _least: Mapping[int, Cost] = field(default_factory=dict)
    _known: dict[tuple[Formula, frozenset[tuple[str, Value]]], tuple[Moved, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find out which variables decide which events, and what each change weighs."""
        every = self.variables.every
        deciding: dict[str, list[str]] = {}
        for variable in every:
            for name in dict.fromkeys((variable, *self.variables.reached[variable])):
                deciding.setdefault(name, []).append(variable)
        self._deciding = {name: tuple(found) for name, found in deciding.items()}
        affected: dict[str, set[int]] = {name: set() for name in every}
        for number, event in enumerate(self.events):
            for variable in self.deciding(event.holds_when):
                affected[variable].add(number)
        self._affected = {name: frozenset(found) for name, found in affected.items()}
        radix = 2 + max((len(variable.values) for variable in every.values()), default=0)
        self._weights = {name: radix**behind for behind, name in enumerate(reversed(tuple(every)))}
        self._least = dict(self._least_prices())

    def start(self) -> Node:
        """Return the node that changes nothing."""
        values = self.variables.values({})
        happening = (n for n, event in enumerate(self.events) if formulas.holds(event.holds_when, values))
        return self._settled({}, frozenset(happening), frozenset())

    def changed(self, node: Node, moves: Moved, breach: Breach) -> Node:
        """Return a node with further changes, made to undo a breach."""
        moved = {**node.moved, **{name: (value, breach) for name, value in moves.items()}}
        values = self.variables.values({name: value for name, (value, _) in moved.items()})
        affected: frozenset[int] = frozenset().union(*(self._affected[name] for name in moves))
        now = (number for number in affected if formulas.holds(self.events[number].holds_when, values))
        return self._settled(moved, (node.happening - affected).union(now), node.accepted)

    def accepted(self, node: Node, number: int) -> Node:
        """Return a node that accepts one more event."""
        return self._settled(node.moved, node.happening, node.accepted | {number})

    def _settled(
        self, moved: Mapping[str, tuple[Value, Breach]], happening: frozenset[int], accepted: frozenset[int]
    ) -> Node:
        """Return a node that accepts what nothing can undo any more."""
        moves = {name: value for name, (value, _) in moved.items()}
        forced = (n for n in happening - accepted if not self.repairs(self.events[n].holds_when, moves))
        accepted = accepted.union(forced)
        place = sum(self._weights[n] * (1 + self.variables.every[n].values.index(v)) for n, v in moves.items())
        cost = breaches.total((Cost(place=place), *(self.events[number].price for number in accepted)))
        return Node(moved, happening, accepted, cost)

    # -- what undoes an event --

    def repairs(self, formula: Formula, moves: Moved) -> tuple[Moved, ...]:
        """Return changes of which every choice that makes a true formula false contains one."""
        match formula:
            case AllOf(parts=parts):
                return tuple(repair for part in parts for repair in self.repairs(part, moves))
            case AnyOf(parts=parts):
                values = self.variables.values(moves)
                true = [self.repairs(part, moves) for part in parts if formulas.holds(part, values)]
                return min(true, key=len)
            case _:
                variables = self.deciding(formula)
                key = formula, frozenset((name, moves[name]) for name in variables if name in moves)
                if key not in self._known:
                    free = [self.variables.every[name] for name in variables if name not in moves]
                    self._known[key] = tuple(self._undoing(formula, moves, free))
                return self._known[key]

    def _undoing(self, part: Formula, moves: Moved, free: list[Variable]) -> Iterator[Moved]:
        """Yield the smallest changes of some variables that make a part of a formula false."""
        if math.prod(1 + len(variable.values) for variable in free) > MOST_TRIED:
            yield from ({variable.name: value} for variable in free for value in variable.values)
            return
        found: list[Moved] = []
        for some in (some for size in range(1, len(free) + 1) for some in itertools.combinations(free, size)):
            for values in itertools.product(*(variable.values for variable in some)):
                change = {variable.name: value for variable, value in zip(some, values, strict=True)}
                if any(smaller.items() <= change.items() for smaller in found):
                    continue
                if not formulas.holds(part, self.variables.values({**moves, **change})):
                    found.append(change)
                    yield change

    def deciding(self, formula: Formula) -> tuple[str, ...]:
        """Return the variables that decide a formula, by itself or through what is asked."""
        found = (v for name in sorted(formulas.names(formula)) for v in self._deciding.get(name, ()))
        return tuple(dict.fromkeys(found))

    # -- what a node must cost --

    def bound(self, node: Node) -> Cost:
        """Return what a node costs with the least that must be added for rejected wordings that are still there."""
        changed = {self.events[n].breach.clause for n in node.accepted if self.events[n].breach.kind == "change"}
        left = (n for n in node.happening - node.accepted if n in self._least)
        more = (self._least[n] for n in left if self.events[n].breach.clause not in changed)
        return breaches.total((node.cost, *more))

    def _least_prices(self) -> Iterator[tuple[int, Cost]]:
        """Yield the least that it costs to do without each wording of the matter that is rejected as a whole."""
        others: dict[str, list[Cost]] = {}
        changed = {(e.breach.clause, e.breach.name) for e in self.events if e.breach.kind == "change"}
        for event in (event for event in self.events if event.breach.kind == "change"):
            others.setdefault(event.breach.clause, []).append(event.price)
        for number, event in enumerate(self.events):
            pair = event.breach.clause, event.breach.name
            if event.breach.kind == "rejected" and not event.breach.part and pair not in changed:
                yield number, min((*others.get(pair[0], ()), event.price))


def cheapest(space: Space, *, complying: bool = False) -> Iterator[tuple[Node, int]]:
    """Yield the choices there are, the cheapest first, each with how many were looked at; none contains another.

    With `complying`, only those with which nothing is wrong.
    """
    count = itertools.count()
    start = space.start()
    heap = [(space.bound(start), next(count), start)]
    seen = {start.key}
    found: list[frozenset[tuple[str, Value]]] = []
    tried = 0
    while heap:
        bound, _, node = heapq.heappop(heap)
        if complying and not bound.complies:
            return
        if any(moves <= node.key[0] for moves in found):
            continue
        tried += 1
        if node.happening <= node.accepted:
            found.append(node.key[0])
            yield node, tried
            continue
        for child in _children(space, node):
            if child.key not in seen:
                seen.add(child.key)
                heapq.heappush(heap, (space.bound(child), next(count), child))


def _children(space: Space, node: Node) -> Iterator[Node]:
    moves = node.moves
    open_ = sorted(node.happening - node.accepted)
    ways: Iterable[tuple[tuple[Moved, ...], int]] = (
        (space.repairs(space.events[n].holds_when, moves), n) for n in open_
    )
    repairs, number = min(ways, key=lambda way: len(way[0]))
    for repair in repairs:
        yield space.changed(node, repair, space.events[number].breach)
    yield space.accepted(node, number)
