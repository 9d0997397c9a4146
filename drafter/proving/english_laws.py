"""Turns what English asks of a contract into claims: lead-ins with what they announce, lists that end, no empty places.

One rule: what is judged is what is printed, in its order; a paragraph left out is not there to end a list or follow a
colon.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter.base.problems import Place, Problem
from drafter.drafting import wordings
from drafter.language import Compare, Constant, Filter
from drafter.proving import blocks
from drafter.proving.blocks import Block, Ending, Text
from drafter.proving.laws import Claim
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose

OUTLINE = "agreement.yaml"
ENDS = "{{ '; and' if CONDITION else '.' }}"


@dataclass(frozen=True, slots=True)
class _Wording:
    """What is printed in one place: its blocks, when they are there, and the file that they are from."""

    blocks: tuple[Block, ...]
    selected: Formula
    path: str
    file: str
    clause: str = ""

    def claim(self, broken: Formula, problem: Problem) -> Claim:
        return Claim(formulas.all_of(self.selected, broken), problem, (self.file,))

    def at(self, line: int) -> Place:
        return Place(self.path, line)


def _wordings(at: Presence) -> Iterator[_Wording]:
    for clause in at.clauses():
        for alternative in clause.alternatives:
            selected = at.selected(clause.id, alternative.id)
            if selected != FALSE:
                yield _Wording(at.blocks(clause, alternative), selected, alternative.place.path, clause.file, clause.id)


def _caption(at: Presence) -> _Wording:
    texts = (Text(line, 0, "", TRUE, blocks.has_words(line, at), None) for line in at.library.caption)
    lines = tuple(Block("text", 0, text.present, (text,)) for text in texts)
    return _Wording(lines, TRUE, f"{at.library.path}/{OUTLINE}", OUTLINE)


def _shown(block: Block) -> str:
    """Return the last words of a paragraph or item."""
    words = wordings.words(block.texts[0].parts)
    return f"“{words}”" if len(words) <= 40 else f"“... {words[-40:].partition(' ')[2]}”"  # noqa: PLR2004


# -- lead-ins -----------------------------------------------------------------------------------


def lead_ins_followed(at: Presence) -> Iterator[Claim]:
    """Every line that ends in a colon is followed by what it announces."""
    for here in (*_wordings(at), _caption(at)):
        for number, block in enumerate(here.blocks):
            leads = blocks.ends(block, at).get(":", FALSE)
            if leads != FALSE:
                what = f"{_shown(block)} can end in a colon with nothing after it"
                hint = "give it the condition of what follows, or words for when nothing does"
                broken = formulas.all_of(leads, _alone(here, number, at))
                yield here.claim(broken, Problem("empty-list", here.at(block.line), what, hint))


def _alone(here: _Wording, number: int, at: Presence) -> Formula:
    """Return the formula that what follows a lead-in is left out, or that another lead-in comes between."""
    block, rest = here.blocks[number], here.blocks[number + 1 :]
    if block.style != "text":
        ends_it = ("text", "item") if block.style == "item" else ("text", "item", "subitem")
        return _none(itertools.takewhile(lambda after: after.style not in ends_it, rest))
    others = list(itertools.takewhile(lambda b: b.style == "text" and ":" in blocks.ends(b, at), rest))
    listed = list(itertools.takewhile(lambda after: after.style != "text", rest[len(others) :]))
    if not listed:
        return formulas.all_of(_none(rest), _no_clause_after(here.clause, at))
    return formulas.any_of(_none(listed), *(blocks.ends(other, at)[":"] for other in others))


def _no_clause_after(clause: str, at: Presence) -> Formula:
    """Return the formula that nothing follows a clause without a heading; after one with a heading, nothing counts."""
    library = at.library
    order = library.order()
    if clause not in (*library.opening, *library.recitals, *library.agreement):
        return TRUE
    none: Formula = TRUE
    for after in order[order.index(clause) + 1 :]:
        none = formulas.all_of(none, formulas.opposite(at.included(after)))
        if none == FALSE:
            break
    return none


def _none(found: Iterable[Block]) -> Formula:
    return formulas.all_of(*(formulas.opposite(block.present) for block in found))


# -- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list with what hangs under it: when it is there, how it can end, and if it can be there twice."""

    number: int
    block: Block
    present: Formula
    ends: dict[Ending, Formula]
    twice: Formula
    here: _Wording


@dataclass(frozen=True, slots=True)
class _List:
    """The items of a list; `is_inner` where the last of them also ends the item that they hang under.

    `goes_on` where the sentence goes on after the list; `is_loose` where the items are paragraphs, of which others may
    follow.
    """

    items: tuple[_Item, ...]
    is_inner: bool = False
    goes_on: bool = False
    is_loose: bool = False

    @property
    def is_joined(self) -> bool:
        """Say whether a semicolon or a conjunction joins the items to one sentence."""
        return any(";" in item.ends or "and" in item.ends for item in self.items)


def lists_end(at: Presence) -> Iterator[Claim]:
    """Every list ends as a list does: no “; or” at its end, and a conjunction before its last item."""
    lists = (found for here in _wordings(at) for found in _lists(here, at))
    for found in (*lists, *_recitals(at)):
        for item in found.items if found.is_joined else ():
            breaks = tuple(_breaks(found, item)) or (("out of place", FALSE),)
            for what, broken in breaks:
                message = f"{_shown(item.block)} can be {what}"
                hint = f"let its ending follow what is left out: {ENDS}"
                yield item.here.claim(broken, Problem("broken-list", item.here.at(item.block.line), message, hint))


def _recitals(at: Presence) -> Iterator[_List]:
    """Yield the paragraphs of all recitals as one list, where a semicolon joins them: a sentence may go on."""
    items: list[_Item] = []
    placed = set(at.library.recitals)
    for here in (here for here in _wordings(at) if here.clause in placed):
        free = replace(here, selected=TRUE)
        for block in here.blocks:
            if block.style == "text":
                text = replace(block.texts[0], outer=formulas.all_of(here.selected, block.texts[0].outer))
                items.append(_item(len(items), replace(block, present=text.present, texts=(text,)), (), at, free))
    yield _List(tuple(items), goes_on=True, is_loose=True)


def _breaks(found: _List, item: _Item) -> Iterator[tuple[str, Formula]]:
    """Yield how a list can break at one of its items, with the formula that it does; none that never can."""
    items, number = found.items, item.number
    ends_outer = found.is_inner and number == len(items) - 1
    conjunction, open_, closed = (item.ends.get(ending, FALSE) for ending in ("and", ";", "."))
    after = _after(found, number)
    broken: list[tuple[str, bool, tuple[Formula, ...]]] = [
        ("the last of its list, though it ends in a conjunction", ends_outer, (conjunction, after.nothing)),
        (
            "followed by one that is not the last, though it ends in a conjunction",
            ends_outer,
            (conjunction, after.open),
        ),
        ("followed by the last of its list without “and” or “or”", ends_outer, (open_, after.unjoined)),
        (
            "the last of its list, though it ends in a semicolon",
            found.is_inner or found.goes_on,
            (open_, after.nothing),
        ),
    ]
    if closed != FALSE and not found.is_loose and not ends_outer:
        more = formulas.any_of(item.twice, *(other.present for other in items[number + 1 :]))
        what = "followed by another item, though it ends the sentence"
        broken.append((what, False, (closed, _begun(items[:number]), more)))
    for what, is_fine, parts in broken:
        formula = FALSE if is_fine else formulas.all_of(*parts)
        if formula != FALSE:
            yield what, formula


@dataclass(frozen=True, slots=True)
class _After:
    """What can come right after an item, each as a formula.

    That is nothing, an item that does not end the list, or the last item where the conjunction before it is left out.
    """

    nothing: Formula
    open: Formula
    unjoined: Formula


def _after(found: _List, number: int) -> _After:
    nothing: Formula = TRUE
    open_: list[Formula] = []
    unjoined: list[Formula] = []
    joined = False
    for other in found.items[number + 1 :]:
        ends_outer = found.is_inner and other is found.items[-1]
        open_.append(formulas.all_of(nothing, FALSE if ends_outer else other.ends.get(";", FALSE)))
        if joined:
            unjoined.append(formulas.all_of(nothing, other.present if ends_outer else other.ends.get(".", FALSE)))
        joined = joined or "and" in other.ends
        nothing = formulas.all_of(nothing, formulas.opposite(other.present))
        if nothing == FALSE:
            break
    return _After(nothing, formulas.any_of(*open_), formulas.any_of(*unjoined))


def _begun(before: Sequence[_Item]) -> Formula:
    """Return the formula that the item right before the end of these has a semicolon or a conjunction."""
    found: list[Formula] = []
    gap: Formula = TRUE
    for item in reversed(before):
        open_ = formulas.any_of(item.ends.get(";", FALSE), item.ends.get("and", FALSE))
        found.append(formulas.all_of(gap, open_))
        gap = formulas.all_of(gap, formulas.opposite(item.present))
        if gap == FALSE:
            break
    return formulas.any_of(*found)


def _lists(here: _Wording, at: Presence) -> Iterator[_List]:
    """Yield the lists of a text: its items, the items under each, and paragraphs that a semicolon joins."""
    if not any(_can_join(text.parts) for block in here.blocks for text in block.texts[:1]):
        return
    groups = [(kind, list(those)) for kind, those in itertools.groupby(here.blocks, key=lambda b: _KIND[b.style])]
    for number, (kind, group) in enumerate(groups):
        after = groups[number + 1][1][0] if number + 1 < len(groups) else None
        if kind == "list":
            units = list(_units(group))
            for _, inner in units:
                yield _List(tuple(_item(n, block, (), at, here) for n, block in enumerate(inner)), is_inner=True)
            made = tuple(_item(n, head, inner, at, here) for n, (head, inner) in enumerate(units))
            yield _List(made, goes_on=after is not None and _goes_on(after))
        elif kind == "text" and here.clause not in at.library.recitals:
            items = tuple(_item(n, block, (), at, here) for n, block in enumerate(group))
            yield _List(items, goes_on=after is not None, is_loose=True)


def _can_join(parts: prose.Parts) -> bool:
    """Say whether a line may end in a semicolon or a conjunction: a quick look, without formulas."""
    last = next((p for p in reversed(parts) if not isinstance(p, prose.Words) or p.text.strip()), None)
    if isinstance(last, prose.Words):
        return not last.text.rstrip().endswith((".", ":"))
    return isinstance(last, prose.Field)


_KIND = {"text": "text", "item": "list", "subitem": "list", "table": "table", "policy": "table"}


def _units(group: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Yield each item with the items under it."""
    for number, block in enumerate(group):
        if block.style == "item":
            yield block, list(itertools.takewhile(lambda b: b.style == "subitem", group[number + 1 :]))


def _item(number: int, head: Block, inner: Sequence[Block], at: Presence, here: _Wording) -> _Item:
    found: dict[Ending, list[Formula]] = {}
    last: Formula = TRUE
    for block in (*reversed(inner), head):
        for ending, formula in blocks.ends(block, at).items():
            found.setdefault(ending, []).append(formulas.all_of(last, formula))
        last = formulas.all_of(last, formulas.opposite(block.present))
    ends = {ending: formulas.any_of(*those) for ending, those in found.items()}
    return _Item(number, head, head.present, ends, _twice(head.texts[0]), here)


def _twice(text: Text) -> Formula:
    """Return the formula that a repeated text is there more than once, unless it asks something of each."""
    if text.each is None or any(name.startswith(f"{text.each.name}.") for name in formulas.names(text.when)):
        return FALSE
    counted = formulas.test(Compare(Filter("count", text.each.expression), "gt", Constant(1)))
    return formulas.all_of(text.outer, text.when, counted)


def _goes_on(block: Block) -> bool:
    """Say whether a paragraph goes on with the sentence before it: it starts with a small letter."""
    first = block.texts[0].parts[:1] if block.style == "text" else ()
    return any(isinstance(part, prose.Words) and part.text.lstrip()[:1].islower() for part in first)


# -- empty places -------------------------------------------------------------------------------


def nothing_empty(at: Presence) -> Iterator[Claim]:
    """Every section, table, caption line and signature block has words in it."""
    for clause in at.clauses():
        for alternative in clause.alternatives:
            selected = at.selected(clause.id, alternative.id)
            if selected == FALSE:
                continue
            found = at.blocks(clause, alternative)
            here = _Wording(found, selected, alternative.place.path, clause.file)
            what = f"'{alternative.id}' can be in the contract with all its paragraphs left out"
            hint = "give the clause the condition of its paragraphs, or words for when they are left out"
            said = formulas.any_of(*(_says(block, at) for block in found))
            yield here.claim(
                formulas.opposite(said), Problem("empty-section", here.at(alternative.place.line), what, hint)
            )
            for block in found:
                if block.style == "table":
                    what = "a table can be in the contract with a header and no rows"
                    hint = "give the table the condition of its rows, or a row for when there are none"
                    broken = formulas.all_of(block.present, formulas.opposite(block.rows))
                    yield here.claim(broken, Problem("empty-table", here.at(block.line), what, hint))
    yield from _outline(at)


def _says(block: Block, at: Presence) -> Formula:
    if block.style == "policy":
        return TRUE
    return formulas.any_of(*(text.with_true(blocks.has_words(text.parts, at)) for text in block.texts))


def _outline(at: Presence) -> Iterator[Claim]:
    """Yield the claims that each line of the outline has words, and that each signature block has a signer."""
    library = at.library
    path = f"{library.path}/{OUTLINE}"
    lines: list[tuple[str, prose.Parts, prose.Each | None]] = [("caption", line, None) for line in library.caption]
    for block in library.signatures:
        each = block.signers and prose.Each(block.signers.name, at.expanded(block.signers.expression))
        lines += [("signature block", block.party, None)]
        lines += [("signature block", line, each) for line in (block.name, block.title)]
        if each is not None:
            what = f"the signature block of “{wordings.words(block.party)}” can be without a signer"
            hint = "let its list never be empty, by a check of the questionnaire"
            broken = formulas.opposite(formulas.some(each.name, each.expression))
            yield Claim(broken, Problem("empty-line", Place(path), what, hint), (OUTLINE, "questionnaire.yaml"))
    for kind, line, each in lines:
        text = Text(line, 0, "", TRUE, TRUE, each)
        broken = text.with_record(formulas.opposite(blocks.has_words(line, at)))
        what = f"a line of the {kind} can be without words: “{wordings.words(line)}”"
        yield Claim(broken, Problem("empty-line", Place(path), what, "give it words that are always there"), (OUTLINE,))


LAWS: tuple[Callable[[Presence], Iterator[Claim]], ...] = (lead_ins_followed, lists_end, nothing_empty)
