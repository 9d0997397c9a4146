"""Fills the library's texts of a paper on one draft, and collects what they refer to that isn't in the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.contract import Blank, Contract, Runs, blanks, names, section_runs, sections
from drafter.drafting import filling, resolving
from drafter.drafting.filling import Scope
from drafter.drafting.resolving import Known
from drafter.drafting.selection import Selection
from drafter.language import Missing, Value
from drafter.papers.changed import SIGNATURES
from drafter.reading.memo.memo_text import Entry, PaperText, asks_for
from drafter.reading.prose import Grid, Link, Parts, Passage
from drafter.values import dataclass

Paragraphs = tuple[Runs, ...]
Rows = tuple[tuple[Runs, Runs], ...]


@dataclass(slots=True)
class Writing:
    """Fills the texts of one paper; `scope` has every name that they may use, `known` what they may refer to."""

    text: PaperText
    scope: Scope
    known: Known
    problems: list[Problem] = field(default_factory=list)

    def line(self, parts: Parts, scope: Scope | None = None) -> Runs:
        """Fill a line."""
        dead = [part for part in parts if isinstance(part, Link) and not self.known.has(part.target)]
        self.problems += [resolving.dead(link.target, Place(self.text.path, link.line)) for link in dead]
        runs = filling.line(tuple(part for part in parts if part not in dead), scope or self.scope)
        return resolving.resolved(runs, self.known)

    def head(self, key: str) -> Runs:
        """Fill a line of the front matter; a paper without it has no words there."""
        return self.line(self.text.head.get(key, ()))

    def paragraphs(self, name: str) -> Paragraphs:
        """Fill the paragraphs of a part."""
        passages = [block for block in self.text.parts[name] if isinstance(block, Passage)]
        copies = ((passage, scope) for passage in passages for scope in filling.copies(passage.guard, self.scope))
        return tuple(filter(None, (self.line(passage.parts, scope) for passage, scope in copies)))

    def rows(self, name: str) -> Iterator[tuple[tuple[Runs, Runs], Parts, Scope]]:
        """Yield the rows of a table of two columns, each with the text of its first cell and the names known in it."""
        for grid in (block for block in self.text.parts[name] if isinstance(block, Grid)):
            for outer in filling.copies(grid.guard, self.scope):
                for row, scope in filling.rows(grid, outer):
                    first, second = row.cells
                    yield (self.line(first, scope), self.line(second, scope)), first, scope

    def that_hold(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries whose conditions hold."""
        return (entry for entry in entries if entry.when is None or language.holds(entry.when, self.scope))

    def sections(self, entries: Iterable[Entry]) -> dict[str, Runs]:
        """Return what the section of each clause says now, by the first of its entries that holds."""
        return {entry.about: self.line(entry.text) for entry in reversed(tuple(self.that_hold(entries)))}


def wordings(selection: Selection) -> Mapping[str, Value]:
    """Return which wording of each clause is in the contract, by the name that the texts have for it."""
    chosen = {choice.clause.id: choice.alternative.id for choice in selection.choices.values()}
    titles = {clause.id: selection.named(clause.title) for clause in selection.library.clauses.values()}
    return {asks_for(name): chosen.get(name) or Missing(title, asks_for(name)) for name, title in titles.items()}


def gaps(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield each place that has blanks, and their labels: each label once, where it comes first."""
    called = names(contract)
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for section in sections(contract):
        labels = dict.fromkeys(run.text for run in section_runs(section) if isinstance(run, Blank))
        found.setdefault(called[section.id].in_full, []).extend(label for label in labels if label not in seen)
        seen |= labels.keys()
    rest = dict.fromkeys(blank.text for blank in blanks(contract) if blank.text not in seen)
    found.setdefault(SIGNATURES, []).extend(rest)
    yield from ((place, "; ".join(labels)) for place, labels in found.items() if labels)
