"""What clauses, wordings and questions are called: by their ids, or by headings, labels and prompts in their place.

A terminal calls them by the ids that its commands take; a page by what people call them, and it names no command.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from drafter import contract
from drafter.asking import spoken
from drafter.base.problems import Problem
from drafter.contract import Contract
from drafter.drafting import ways
from drafter.drafting.selection import Selection
from drafter.language import Value
from drafter.reading.library import OWN, Alternative, Form, Library
from drafter.reading.questionnaire import Question
from drafter.values import dataclass

_QUOTED = re.compile(r"(?<!\w)'([\w.-]+)(?:: ([\w.-]+)'|' of '([\w.-]+)'|')(?!\w)")
_PAIR = re.compile(r"(?<=[( ])([\w.-]+): ([\w.-]+)(?=[,)])")
_OWN = re.compile(rf"{OWN}(?:-\d+)?")
OWN_WORDS = "the matter's own wording"
_COMMAND = re.compile(r"\bdrafter [a-z]|(?<![\w-])--?[a-z]")  # a command of a terminal, or an option of one
_AS_TYPED = re.compile(
    r" \([^()]*--[^()]*\)|(?: with)?: (?:drafter [a-z]|--[a-z]).*"
)  # how it is typed, after what it does
_OTHERWISE = re.compile(r"(; (?:or )?|, or | or (?=[^,;]*--))")


@dataclass(frozen=True, slots=True)
class Called:
    """What each thing is called; without a library, by its id.

    `clauses` has the names of those in the contracts that are spoken of.
    """

    library: Library | None = None
    clauses: Mapping[str, str] = field(default_factory=dict)

    def clause(self, name: str) -> str:
        """Return what a clause is called: "7.4 Leash"."""
        return self.clauses.get(name, name)

    def wording(self, chosen: Alternative) -> str:
        """Return what a wording is called: its label in quotation marks."""
        return chosen.id if self.library is None else f"“{chosen.label}”"

    def wording_of(self, clause: str, alternative: str) -> str:
        """Return what a wording is called that is known by its clause and id."""
        found = self.library.clauses.get(clause) if self.library is not None else None
        chosen = found.alternative(alternative) if found is not None else None
        if chosen is None and self.library is not None and _OWN.fullmatch(alternative):
            return OWN_WORDS
        return self.wording(chosen) if chosen is not None else alternative

    def question(self, asked: Question) -> str:
        """Return what a question is called before its answer: its id, or what it asks."""
        return f"{asked.id}: " if self.library is None else f"{asked.prompt} "

    def asked(self, asked: Question) -> str:
        """Return a question that is to be asked."""
        return f"{asked.id}: {asked.prompt}" if self.library is None else asked.prompt

    def answer(self, asked: Question, value: Value) -> str:
        """Return an answer that decides a wording."""
        return ways.as_typed(value) if self.library is None else spoken.said(asked, value)

    def form(self, of: Form) -> str:
        """Return a form of the contract in quotation marks."""
        return f"'{of.id}'" if self.library is None else f"“{of.label}”"

    def at(self, place: object) -> str:
        """Return where something stands in the library's files, in brackets after it; a page has no use for it."""
        return f" ({place})" if self.library is None else ""

    def problem(self, found: Problem) -> str:
        """Return what is wrong and what to do, without the commands where ids aren't said either."""
        if self.library is None:
            return f"{found.message} {found.hint}"
        return " ".join(filter(None, (self.said(found.message), self.said(without_commands(found.hint)))))

    def said(self, text: str) -> str:
        """Return a text with what it calls by an id in quotation marks called as people do."""
        return text if self.library is None else _PAIR.sub(self._paired, _QUOTED.sub(self._named, text))

    def _paired(self, found: re.Match[str]) -> str:
        """Return a clause with its wording that stand in brackets without quotation marks."""
        clause, wording = found.groups()
        if self.library is None or clause not in self.library.clauses:
            return found[0]
        return f"{self._clause(clause)}: {self.wording_of(clause, wording)}"

    def _named(self, found: re.Match[str]) -> str:
        first, wording, of = found.groups()
        if wording or of:
            clause, chosen = (first, wording) if wording else (of, first)
            if self.library is not None and clause in self.library.clauses:
                return f"{self.wording_of(clause, chosen)} of {self._clause(clause)}"
            return found[0]
        if self.library is not None and first in self.library.clauses:
            return self._clause(first)
        forms = self.library.forms if self.library is not None else ()
        if of_contract := next((one for one in forms if one.id == first), None):
            return self.form(of_contract)
        if _OWN.fullmatch(first):
            return OWN_WORDS
        asked = self.library.questionnaire.questions.get(first) if self.library is not None else None
        return f"“{asked.prompt}”" if asked is not None else found[0]

    def _clause(self, name: str) -> str:
        return f"“{self.clause(name)}”"


def without_commands(hint: str) -> str:
    """Return what to do without what only a terminal takes; empty where nothing else is left."""
    if not _COMMAND.search(hint):
        return hint
    first, *others = _OTHERWISE.split(_AS_TYPED.sub("", hint))
    ways = [("", first), *zip(others[::2], others[1::2], strict=True)]
    kept = [(before, way) for before, way in ways if not _COMMAND.search(way)]
    return "".join(f"{before if number else ''}{way}" for number, (before, way) in enumerate(kept))


BY_IDS = Called()


def by_headings(selected: Selection, *contracts: Contract) -> Called:
    """Return what things are called on a page; of several contracts, a clause is called as in the first that has it."""
    library = selected.library
    found = {name: selected.named(one.title) for name, one in library.clauses.items()}
    for made in reversed(contracts):
        found |= {name: one.words for name, one in contract.names(made).items()}
    return Called(library, found)
