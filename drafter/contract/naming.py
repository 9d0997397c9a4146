"""Says what each section of a contract is called: "7.4 Leash" in a table, "Section 7.4, Leash" in a sentence."""

from __future__ import annotations

from typing import Literal

from drafter.contract.printing import words
from drafter.contract.tree import Contract, Title
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class SectionName:
    """What the section of a clause is called: the part of the contract it is in, its number there, and its heading.

    A clause that is not in the contract has a heading alone. The only section of an exhibit is called by the
    exhibit's title, since its own heading is not printed; one under the heading of another section by that.
    """

    clause: str
    heading: str
    part: Literal["", "Opening", "Recitals", "Section", "Exhibit"] = ""
    number: str = ""

    @property
    def cited(self) -> str:
        """Return "Section 7.4", "Exhibit D", "Exhibit A-2", "Recitals"."""
        return f"{self.part} {self.number}".strip()

    @property
    def place(self) -> str:
        """Return "7.4", "Exhibit D", "Recitals": short, for a table."""
        return self.number if self.part == "Section" else self.cited

    @property
    def words(self) -> str:
        """Return "7.4 Leash", "Exhibit D, Cost", "Opening, Parties"."""
        between = " " if self.part == "Section" else ", "
        return between.join(filter(None, (self.place, self.heading)))

    @property
    def in_full(self) -> str:
        """Return "Section 7.4, Leash", "Exhibit D, Cost", "Parties": for a sentence."""
        return ", ".join(filter(None, (self.cited, self.heading))) if self.number else self.heading


def names(contract: Contract) -> dict[str, SectionName]:
    """Return what each section is called, by its id."""
    found = {s.id: SectionName(s.id, words(s.heading), "Opening") for s in contract.opening}
    found |= {s.id: SectionName(s.id, words(s.heading), "Recitals") for s in contract.recitals}
    for article in contract.articles:
        heading: Title = ""
        for s in article.sections:
            heading = s.heading or heading
            found[s.id] = SectionName(s.id, words(heading), "Section", s.number)
    for exhibit in contract.exhibits:
        heading = exhibit.title
        for s in exhibit.sections:
            heading = s.heading if s.heading and len(exhibit.sections) > 1 else heading
            found[s.id] = SectionName(s.id, words(heading), "Exhibit", s.number or exhibit.number)
    return found
