"""Says, once for a contract, which of its texts no attorney has read by themselves, by the numbers of their sections.

One rule: until every one is read, nothing is called met, because any of them could take back what another one says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter import contract
from drafter.base import english
from drafter.contract import Contract, SectionName
from drafter.drafting.selection import Selection
from drafter.reading.reviewing import in_answers, review
from drafter.reading.reviewing.in_answers import FreeAnswer
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class NotRead:
    """What nobody has read by itself: the sections with the matter's own wording, and all else; of how many texts.

    The memo is no text of the contract: `is_memo_read` says whether its own sentences are read.
    """

    own: tuple[str, ...]
    others: tuple[str, ...]
    left: int
    texts: int
    is_memo_read: bool = True

    @property
    def counted(self) -> str:
        """Return how many texts are read: "3 of 91 texts of this contract"."""
        return f"{self.texts - self.left} of {english.counted(self.texts, 'text')} of this contract"

    @property
    def said(self) -> str:
        """Return what a paper says of it, own wordings first and not called so; nothing where all is read."""
        if not self.left:
            return ""
        if self.left == self.texts:
            return f"No text of this contract has been read by an attorney for whether it {_TAKES_BACK}."
        listed = english.listing((*self.own, *self.others))
        return f"Not yet read by an attorney for whether it {_TAKES_BACK}: {listed}."

    @property
    def listed(self) -> str:
        """Return the same for our own side, which is told what is the matter's own; nothing where no text is read."""
        own = english.listing(self.own)
        others = english.listing(self.others) if self.left < self.texts else ""
        return "; ".join(filter(None, (own and f"the matter's own wording in {own}", others)))


_TAKES_BACK = "takes back what the sources ask"


def of(made: Contract, selected: Selection) -> NotRead:
    """Return what nobody has read by itself of a contract that was assembled from a selection."""
    library = selected.library
    every = review.unread_alone(library, selected.in_force)
    left = tuple(one for one in every if one.wording not in review.PAPERS)
    called = contract.names(made)
    ordered = [called[section.id] for section in contract.sections(made)]
    filled = in_answers.to_read(library, selected.values, made)
    free = tuple(one for one in filled if not one.is_read)
    own, others = ({one.clause for one in left if one.clause and one.is_own == is_own} for is_own in (True, False))
    files = {one.wording for one in left if not one.clause}
    rest = ["the title, the caption and the signature blocks"] if review.OUTLINE in files else []
    rest += [f"what is said of {one.citation}" for one in library.sources if one.file in files]
    rest += _filled_in(free, ordered) if len(free) < len(filled) else ["what is filled in"] if free else []
    files_read = sum(1 for name in review.files(library) if name not in review.PAPERS)
    texts = len(selected.in_force) + files_read + bool(filled)  # all that is filled in is one text
    return NotRead(
        tuple(_places(ordered, own)),
        (*_places(ordered, others), *rest),
        len(left) + bool(free),
        texts,
        is_memo_read=all(one.wording != review.MEMO for one in every),
    )


def _filled_in(free: Iterable[FreeAnswer], ordered: Iterable[SectionName]) -> list[str]:
    """Return where answers are printed that nobody has read."""
    those = tuple(free)
    found = [f"what is filled in in {where}" for where in _places(ordered, {c for one in those for c in one.clauses})]
    return found + (["what is filled in beside the sections"] if any(not one.clauses for one in those) else [])


def _places(ordered: Iterable[SectionName], wanted: set[str]) -> Iterator[str]:
    """Yield where some sections are, those that follow each other as one: "Sections 1.1 to 2.3 and 4.2"."""
    found: dict[str, list[list[str]]] = {}
    goes_on = ""
    for name in ordered:
        if name.clause not in wanted:
            goes_on = ""
            continue
        if goes_on != name.part:
            found.setdefault(name.part, []).append([])
        goes_on = name.part
        found[name.part][-1].append(name.number)
    for part, runs in found.items():
        numbers = [run[0] if run[0] == run[-1] else f"{run[0]} to {run[-1]}" for run in runs]
        several = len(numbers) > 1 or " to " in numbers[0]
        yield f"{part}{'s' if several else ''} {english.listing(numbers)}" if numbers[0] else f"the {part.lower()}"
