"""Says of each text of the memo and the other papers when it is printed, over all answers and all free choices.

One rule: `wording.<clause>` is the wording in force, whatever put it there; what is known only of one draft, such as
how many sections changed, may be anything.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from drafter import language
from drafter.language import Compare, Constant, Either, Expression, Missing, Name
from drafter.proving import blocks
from drafter.proving.blocks import Text
from drafter.proving.presence import Presence, own_of
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula, No, Some, Test
from drafter.reading.library import OWN, Clause
from drafter.reading.memo.memo_text import Cost, Entry, PaperText, asks_for
from drafter.reading.prose import Each, Grid, Parts, Passage, Row
from drafter.reading.sources import source


@dataclass(slots=True)
class PaperPresence:
    """When each part of a paper's file is printed, with the wordings in force in place of `wording.<clause>`.

    With `any_own`, a matter's own wording, which the library does not have, may be in force of any clause.
    """

    at: Presence
    paper: PaperText
    any_own: bool = False
    _clauses: Mapping[str, str] = field(default_factory=dict)
    _formulas: dict[Expression, Formula] = field(default_factory=dict)
    _known: dict[str, tuple[tuple[str, Formula], ...]] = field(default_factory=dict)
    _priced: Expression = field(default_factory=lambda: Constant(value=False))

    def __post_init__(self) -> None:
        """Look up the clause behind each `wording.<clause>`, and when anything with a price is owed."""
        self._clauses = {asks_for(clause): clause for clause in self.at.library.clauses}
        priced = (cost.when or Constant(value=True) for cost in self.paper.costs if cost.factors)
        self._priced = functools.reduce(Either, priced, self._priced)

    # -- conditions --

    def expanded(self, expression: Expression) -> Expression:
        """Return an expression over questions and the names of the paper."""
        return language.replaced(self.at.expanded(expression), {"memo.priced": self._priced})

    def formula(self, condition: Expression | None) -> Formula:
        """Return the formula of a condition; no condition is always true."""
        if condition is None:
            return TRUE
        if condition not in self._formulas:
            self._formulas[condition] = self._in_force(formulas.test(self.expanded(condition)))
        return self._formulas[condition]

    def _in_force(self, formula: Formula) -> Formula:
        """Return a formula in which the wordings in force are formulas too."""
        match formula:
            case Test(expression=expression, names=names):
                asked = [name for name in names if name in self._clauses]
                return self._of_wordings(expression, asked) if asked else formula
            case Some(name=name, records=records, holds=inner, blank=blank):
                return formulas.some(name, records, self._in_force(inner), blank=blank)
            case No(part=part):
                return formulas.opposite(self._in_force(part))
            case formulas.AllOf(parts=parts):
                return formulas.all_of(*map(self._in_force, parts))
            case formulas.AnyOf(parts=parts):
                return formulas.any_of(*map(self._in_force, parts))

    def _of_wordings(self, expression: Expression, asked: list[str]) -> Formula:
        """Return a condition as a choice between the wordings of the clauses that it asks for."""
        found: list[Formula] = []
        for values in itertools.product(*(self._wordings(name) for name in asked)):
            known = {name: value for name, (value, _) in zip(asked, values, strict=True)}
            if language.names(expression) <= known.keys():
                holds = language.holds(expression, {n: v or Missing("", n) for n, v in known.items()})
                true: Formula = TRUE if holds else FALSE
            elif "" in known.values():
                true = FALSE  # a comparison with a wording that is not there
            else:
                constants = {name: Constant(value) for name, value in known.items()}
                true = formulas.test(language.replaced(expression, constants))
            if true is not FALSE:
                found.append(formulas.all_of(*(formula for _, formula in values), true))
        return formulas.any_of(*found)

    def _wordings(self, name: str) -> tuple[tuple[str, Formula], ...]:
        """Return each wording that a clause can have in force, and "" for none, with the formula that it has."""
        if name not in self._known:
            self._known[name] = tuple(self._values(self._clauses[name]))
        return self._known[name]

    def _values(self, clause: str) -> Iterator[tuple[str, Formula]]:
        own: Formula = FALSE
        if self.any_own:
            own = formulas.test(Compare(Name(own_of(clause)), "eq", Constant(OWN)))
        yield "", formulas.opposite(self.at.included(clause))
        yield OWN, formulas.all_of(self.at.included(clause), own)
        for alternative in self.at.library.clauses[clause].alternatives:
            yield alternative.id, formulas.all_of(self.at.selected(clause, alternative.id), formulas.opposite(own))

    # -- texts --

    def texts(self) -> Iterator[Text]:
        """Yield every text of the paper with its condition."""
        for parts in self.paper.head.values():
            yield _line(parts, TRUE)
        for part in self.paper.parts.values():
            yield from (text for block in blocks.blocks(part, self) for text in block.texts)
        for cost in self.paper.costs:
            owed = self.formula(cost.when)
            yield from (_line(parts, owed, cost.line) for parts in (cost.label, cost.basis))
        for entry in (*self.paper.sections, *self.paper.anomalies):
            yield _line(entry.text, self.formula(entry.when), entry.line)

    def amounts(self) -> Iterator[tuple[Cost, Expression, Formula]]:
        """Yield each expression that a cost is computed with, and the formula that it is."""
        for cost in self.paper.costs:
            owed = self.formula(cost.when)
            yield from ((cost, factor, owed) for factor, _ in cost.factors)
            if cost.rise is not None:
                yield cost, cost.rise, formulas.all_of(owed, self.formula(cost.rises_when))

    def conditional(self) -> Iterator[tuple[str, int, Formula]]:
        """Yield what is printed under a condition on the answers: what it is, its line, and the formula that it is.

        What depends on the policy's status or day is left out: that is the same for all answers.
        """
        for name, part in self.paper.parts.items():
            for block in part:
                rows = block.rows if isinstance(block, Grid) else ()
                for guarded in (*([block] if isinstance(block, Passage) else ()), *rows):
                    when = guarded.guard.when
                    each = guarded.guard.each
                    if when is not None and not self._asks_policy(when):
                        listed = each and Each(each.name, self.expanded(each.expression))
                        present = Text((), guarded.line, "", TRUE, self.formula(when), listed).present
                        yield f"a text of '## {name}'", guarded.line, present
        entries = [
            (f"the sentence on '{e.about}'", e.line, e.when, self.at.included(e.about)) for e in self.paper.sections
        ]
        entries += [(f"the anomaly '{entry.about}'", entry.line, entry.when, TRUE) for entry in self.paper.anomalies]
        entries += [("a cost", cost.line, cost.when, TRUE) for cost in self.paper.costs]
        for what, line, when, included in entries:
            if when is not None and not self._asks_policy(when):
                yield what, line, formulas.all_of(included, self.formula(when))

    def untold(self) -> Iterator[tuple[Clause, str, int, Formula]]:
        """Yield each clause on whose wording lines depend, with where they are and the first of them.

        The formula is that the clause has a matter's own wording and none of those lines is printed. A clause on which
        a cost depends needs a cost; for any other, a row or a paragraph will do.
        """
        costs = [(cost.line, cost.when) for cost in self.paper.costs]
        guarded = [
            (one.line, one.guard.when)
            for part in self.paper.parts.values()
            for block in part
            for one in (block, *(block.rows if isinstance(block, Grid) else ()))
            if isinstance(one, Passage | Row)
        ]
        asked_by_costs = {clause for _, when in costs for clause in self._asked(when)}
        for where, lines in (("costs", costs), ("texts", [*guarded, *costs])):
            found: dict[str, list[tuple[int, Formula]]] = {}
            for line, when in lines:
                for clause in self._asked(when):
                    found.setdefault(clause, []).append((line, self.formula(when)))
            for clause, entries in found.items():
                if where == "costs" or clause not in asked_by_costs:
                    own = next(formula for name, formula in self._wordings(asks_for(clause)) if name == OWN)
                    said = formulas.any_of(*(formula for _, formula in entries))
                    untold = formulas.all_of(own, formulas.opposite(said))
                    yield self.at.library.clauses[clause], where, entries[0][0], untold

    def _asked(self, condition: Expression | None) -> Iterator[str]:
        """Yield the clauses whose wording a condition of the paper asks for."""
        names = language.names(condition) if condition is not None else ()
        return (self._clauses[name] for name in sorted(names) if name in self._clauses)

    def _asks_policy(self, condition: Expression) -> bool:
        names = set(language.names(condition))
        for phrase in names & self.at.library.phrases.keys():
            names |= language.names(self.at.library.phrases[phrase][0])
        return bool(names & source.names(self.at.library.policy).keys())

    def sentences(self) -> Iterator[tuple[Clause, int, Formula]]:
        """Yield each clause whose section the paper sums up, with the first line on it, and when anything is said."""
        found: dict[str, list[Entry]] = {}
        for entry in self.paper.sections:
            found.setdefault(entry.about, []).append(entry)
        for about, entries in found.items():
            said = formulas.any_of(*(self.formula(entry.when) for entry in entries))
            yield self.at.library.clauses[about], entries[0].line, said


def _line(parts: Parts, when: Formula, line: int = 1) -> Text:
    return Text(parts, line, "", TRUE, when, None)


def of(at: Presence, *, any_own: bool = False) -> tuple[PaperPresence, ...]:
    """Return when each text of a library's papers is printed, the memo first."""
    return tuple(PaperPresence(at, paper, any_own) for paper in at.library.paper_texts)
