"""Searches the library: the clauses whose headings, labels, wordings or guidance hold words, with the lines that do.

The number of a requirement finds the clauses that rest on it instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from drafter.contract import Contract, filled_lines, sections
from drafter.drafting import wordings
from drafter.drafting.finding import matching, requirements
from drafter.drafting.finding.matching import Span
from drafter.reading.library import Clause, Library
from drafter.reading.sources.source import Requirement
from drafter.values import dataclass

Where = Literal["id", "heading", "label", "concedes", "wording", "guidance", "contract", "requirement"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a clause that holds words: where it is, whose alternative's it is (empty: the clause's), the words.

    `spans` are the places of the words that were looked for.
    """

    where: Where
    alternative: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that holds the words, and the lines that do."""

    clause: Clause
    lines: tuple[Line, ...]


def search(library: Library, words: str, contract: Contract | None = None) -> tuple[Hit, ...]:
    """Return the clauses that hold every word, those that hold them in heading or id first, in the outline's order.

    With a `contract`, the lines that answers fill are searched as it prints them too.
    Of a clause, the lines that hold every word are returned; where none does, those that hold any.
    Words that cite requirements find the clauses that rest on them, the home of each first, with what each asks.
    """
    asked = requirements.cited(library, words)
    if resting := requirements.resting(library, asked):
        return tuple(_asked(library, found, asked) for found in resting)
    wanted = matching.query(words)
    filled = {section.id: tuple(filled_lines(section)) for section in sections(contract)} if contract else {}
    found = (_hit(library.clauses[c], filled.get(c, ()), wanted) for c in dict.fromkeys(library.order()))
    return tuple(sorted(filter(None, found), key=lambda hit: hit.lines[0].where not in ("id", "heading")))


def _asked(library: Library, clause: Clause, asked: tuple[Requirement, ...]) -> Hit:
    """Return a clause with the requirements that it rests on, of those that were cited."""
    those = (one for one in asked if clause in requirements.resting(library, (one,)))
    said = (f"{library.cited([one.id])}: {one.asks}" for one in those)
    return Hit(clause, tuple(Line("requirement", "", text, ()) for text in said))


def _hit(clause: Clause, filled: tuple[str, ...], wanted: matching.Query) -> Hit | None:
    every = (*_lines(clause), *(("contract", "", line) for line in filled))
    lines: list[tuple[Where, str, str, frozenset[int]]]
    lines = [(where, of, text, matching.held(wanted, text)) for where, of, text in every]
    most = max((len(held) for *_, held in lines), default=0)
    whole = frozenset().union(*(held for *_, held in lines))
    if not wanted or len(whole) < len(wanted):
        return None
    needed = len(wanted) if most == len(wanted) else 1
    shown = (line for line in lines if len(line[3]) >= needed)
    return Hit(clause, tuple(Line(where, of, text, matching.spans(wanted, text)) for where, of, text, _ in shown))


def _lines(clause: Clause) -> Iterator[tuple[Where, str, str]]:
    """Yield every line of a clause that is searched."""
    yield "heading", "", wordings.title(clause.title)
    yield "id", "", clause.id
    for alternative in clause.alternatives:
        yield "label", alternative.id, alternative.label
        for number, words in wordings.lines(alternative.text):
            yield "wording", alternative.id, f"{number} {words}".strip()
        for where, text in (("concedes", alternative.concedes), ("guidance", alternative.guidance)):
            blocks: list[str] = text.splitlines()
            for block in filter(str.strip, blocks):
                yield ("concedes" if where == "concedes" else "guidance"), alternative.id, " ".join(block.split())
