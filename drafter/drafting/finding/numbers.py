"""Reads the number of a part of a contract as people cite it: "14.2(b)", "Section 14.2", "Exhibit B", "Exhibit B-2"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from drafter.contract import Block, Contract, Paragraph, names
from drafter.values import dataclass

Part = Literal["Section", "Article", "Exhibit", "Recital", "Recitals", "Opening"]
_PATTERNS: tuple[tuple[Part, str], ...] = (
    ("Section", r"(?:sections?|sect?\.?|§+)?\s*(\d+\.\d+)(?P<item>(?:\s*\([0-9a-z]+\))*)[.:,]?"),
    ("Article", r"(?:articles?|art\.?|sections?)?\s*(\d+)[.:,]?"),
    ("Exhibit", r"(?:exhibits?|ex\.?)\s+([a-z]{1,2}(?:-\d+)?)(?P<item>(?:\s*\([0-9a-z]+\))*)[.:,]?"),
    ("Recital", r"recital\s+([a-z]{1,2})[.:,]?"),
    ("Recitals", r"(recitals)"),
    ("Opening", r"(opening)"),
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A part of a contract as it is cited: what it is, its number there ("14.2", "B"; empty for recitals), its item."""

    part: Part
    number: str
    item: str = ""

    @property
    def words(self) -> str:
        """Return "Section 14.2", "Exhibit B", "Recitals"."""
        return f"{self.part} {self.number}".strip()


def read(words: str) -> tuple[Cited, str] | None:
    """Return the part that words cite, and what follows the number; None where they start with no number."""
    text = " ".join(words.split())
    for part, pattern in _PATTERNS:
        found = re.match(rf"{pattern}(?=\s|$)", text, re.IGNORECASE)
        if found:
            number = "" if part in ("Recitals", "Opening") else found.group(1).upper()
            item = re.sub(r"\s", "", found.groupdict().get("item") or "").lower()
            return Cited(part, number, item), text[found.end() :].strip()
    return None


def sections(contract: Contract, cited: Cited) -> tuple[str, ...]:
    """Return the clauses of a cited part in a contract, in order; none where the contract has no such part."""
    match cited.part:
        case "Article":
            return tuple(s.id for a in contract.articles if a.number == cited.number for s in a.sections)
        case "Recital":
            letter = f"{cited.number}."
            lettered = ((s.id, b) for s in contract.recitals for b in s.blocks)
            found = (s for s, b in lettered if isinstance(b, Paragraph) and (b.style, b.number) == ("recital", letter))
            return tuple(dict.fromkeys(found))
        case "Exhibit" if "-" not in cited.number:
            return tuple(s.id for e in contract.exhibits if e.number == cited.number for s in e.sections)
        case _:
            called = names(contract).values()
            return tuple(name.clause for name in called if (name.part, name.number) == (cited.part, cited.number))


def items(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield what each block of a section is called, "(b)" or "(b)(i)"; an empty name where it has none."""
    above = ""
    for block in blocks:
        number = block.number if isinstance(block, Paragraph) and block.style in {"item", "subitem"} else ""
        below = isinstance(block, Paragraph) and block.style == "subitem"
        above = number if number and not below else above
        yield f"{above}{number}" if below else number


def items_listed(blocks: Iterable[Block]) -> str:
    """Return in words which items a section has, for a message."""
    listed = ", ".join(dict.fromkeys(filter(None, items(blocks))))
    return f"its items are {listed}" if listed else "it has no items; give the section alone"


def range_of(contract: Contract, cited: Cited) -> str:
    """Return what a contract has instead of a part that it doesn't have: "Article 14 has Sections 14.1 to 14.8"."""
    if cited.part == "Section":
        article = next((a for a in contract.articles if a.number == cited.number.partition(".")[0]), None)
        if article is not None:
            numbers = [section.number for section in article.sections]
            return f"Article {article.number} has Sections {numbers[0]} to {numbers[-1]}"
    if cited.part == "Exhibit" and contract.exhibits:
        parts = [s.number for e in contract.exhibits if e.number == cited.number.partition("-")[0] for s in e.sections]
        if len(parts) > 1:
            return f"Exhibit {cited.number.partition('-')[0]} has the parts {parts[0]} to {parts[-1]}"
        return f"its Exhibits are {contract.exhibits[0].number} to {contract.exhibits[-1].number}"
    return (
        f"its Articles are {contract.articles[0].number} to {contract.articles[-1].number}" if contract.articles else ""
    )
