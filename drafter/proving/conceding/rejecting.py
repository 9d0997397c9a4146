"""Finds what the other side rejects: a wording, a section as it is printed, or an item of one.

One rule: an item that is rejected is its text, so every wording of the clause with the same text is rejected too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drafter.base.problems import DraftingError, Place, Problem, command, stop_at
from drafter.contract import Block, Paragraph, sections
from drafter.drafting import filling
from drafter.drafting.draft import Draft
from drafter.drafting.finding import clauses, numbers
from drafter.drafting.selection import Choice, Selection
from drafter.proving.conceding.breaches import Breach, Cost, Event
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.reading import prose
from drafter.reading.library import unknown_alternative, unknown_clause
from drafter.reading.prose import sentences
from drafter.values import dataclass

ITEM = re.compile(r"(?P<section>.*?[^\s(])\s*(?P<item>(?:\([a-z]+\))+|paragraph \d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A wording that is rejected; where only an item of it is, `part` is its number and `text` its fixed words."""

    clause: str
    alternative: str
    part: str = ""
    text: str = ""


def events(at: Presence, rejected: Iterable[Rejected]) -> Iterator[Event]:
    """Yield the events that the contract has what is rejected."""
    order = {clause.id: number for number, clause in enumerate(at.clauses())}
    for one in sorted(dict.fromkeys(rejected), key=lambda one: order[one.clause]):
        clause = at.library.clauses[one.clause]
        for alternative in clause.alternatives:
            selected = at.selected(clause.id, alternative.id)
            if one.part:
                same = (t.present for t in at.texts(clause, alternative) if sentences.of_line(t.parts) == one.text)
                selected = formulas.all_of(selected, formulas.any_of(*same))
            if (one.part or alternative.id == one.alternative) and selected is not formulas.FALSE:
                yield Event(Breach("rejected", clause.id, alternative.id, one.part), selected, Cost(rejected=1))


def unknown(selected: Selection, one: Rejected) -> Iterator[Problem]:
    """Find a rejected wording of no clause of the draft, or of no alternative of it."""
    library = selected.library
    clause = library.clauses.get(one.clause)
    if clause is None:
        yield unknown_clause(library, one.clause)
    elif one.clause not in selected.choices:
        hint = f"'drafter explain MATTER {one.clause}' says why"
        yield Problem("unknown-clause", clause.place, f"the clause '{one.clause}' is not in this draft", hint)
    elif clause.alternative(one.alternative) is None:
        yield unknown_alternative(clause, one.alternative)


# -- what a person writes -----------------------------------------------------------------------


def found_as(made: Draft, every: Iterable[str]) -> tuple[Rejected, ...]:
    """Return what each of several expressions means; see `find`. DraftingError with all that can't be found."""
    meant_: list[Rejected] = []
    problems: list[Problem] = []
    for words in every:
        try:
            meant_.append(find(made, words))
        except DraftingError as error:
            problems += error.problems
    stop_at(problems)
    return tuple(meant_)


def find(made: Draft, words: str) -> Rejected:
    """Return what a person means by "leash:short", "leash", "7.4", "7.4(b)" or words of a heading.

    DraftingError where nothing in the draft is called so, or several things are.
    """
    head, _, tail = (part.strip() for part in words.rpartition(":"))
    if head and tail:
        clause = _section(made, head).clause
        return Rejected(clause.id, clauses.alternative(clause, tail).id)
    item = ITEM.fullmatch(words.strip())
    if item is None:
        return _whole(_section(made, words.strip()))
    return _item(made, _section(made, item["section"]), item["item"].lower())


def _whole(choice: Choice) -> Rejected:
    return Rejected(choice.clause.id, choice.alternative.id)


def _section(made: Draft, words: str) -> Choice:
    """Return the choice of the section that words name."""
    clause = clauses.clause(made.library, words, made.contract)
    if clause.id not in made.selection.choices:
        hint = f"'{command('explain', made.matter.place, clause.id)}' says why"
        what = f"the clause '{clause.id}' is not in this draft"
        raise DraftingError(Problem("unknown-clause", clause.place, what, hint))
    return made.selection.choices[clause.id]


def _item(made: Draft, choice: Choice, item: str) -> Rejected:
    """Return an item or a paragraph of a section; "(b)(i)" is the first item below the second."""
    section = next(s for s in sections(made.contract) if s.id == choice.clause.id)
    passages = tuple(_passages(choice, made))
    found = _at(tuple(section.blocks), item)
    if found is None or found >= len(passages):
        hint = numbers.items_listed(section.blocks)
        what = f"the section of '{choice.clause.id}' has no {item}"
        raise DraftingError(Problem("unknown-clause", Place(made.answers.path), what, hint))
    return Rejected(choice.clause.id, choice.alternative.id, item, sentences.of_line(passages[found]))


def _passages(choice: Choice, made: Draft) -> Iterator[prose.Parts]:
    """Yield the parts of the wording behind each block of a section, as often as it is printed."""
    item_is_in = True
    for block in choice.alternative.text:
        hangs = isinstance(block, prose.Passage) and block.style == "subitem"
        count = sum(1 for _ in filling.blocks((block,), made.selection.values, made.library.policy, choice.clause.id))
        if isinstance(block, prose.Passage) and block.style == "item":
            item_is_in = count > 0
        parts = block.parts if isinstance(block, prose.Passage) else ()
        yield from (parts for _ in range(count if item_is_in or not hangs else 0))


def _at(blocks: tuple[Block, ...], item: str) -> int | None:
    """Return the place of an item or paragraph among the blocks of a section."""
    if item.startswith("paragraph"):
        texts = [n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and b.style in {"text", "recital"}]
        wanted = int(item.split()[1])
        return texts[wanted - 1] if 0 < wanted <= len(texts) else None
    return next((n for n, number in enumerate(numbers.items(blocks)) if number == item), None)
