"""Turns what English asks of a contract into claims: lead-ins with what they announce, and no empty places.

One rule: what is judged is what is printed, in its order; a paragraph left out is not there to follow a colon. What is
asked of a list is in `lists`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from drafter.base.problems import Place, Problem
from drafter.proving import blocks, laws, lists
from drafter.proving.blocks import Block, Text
from drafter.proving.laws import Claim
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose
from drafter.reading.prose import sentences

OUTLINE = "agreement.yaml"


def _caption(at: Presence) -> laws.Wording:
    texts = (Text(line, 0, "", TRUE, blocks.has_words(line, at), None) for line in at.library.caption)
    lines = tuple(Block("text", 0, text.present, (text,)) for text in texts)
    return laws.Wording(lines, TRUE, f"{at.library.path}/{OUTLINE}", OUTLINE)


# -- lead-ins -----------------------------------------------------------------------------------


def lead_ins_followed(at: Presence) -> Iterator[Claim]:
    """Every line that ends in a colon is followed by what it announces."""
    for here in (*laws.wordings(at), _caption(at)):
        for number, block in enumerate(here.blocks):
            leads = blocks.ends(block, at).get(":", FALSE)
            if leads is not FALSE:
                what = f"{lists.shown(block)} can end in a colon with nothing after it"
                hint = "give it the condition of what follows, or words for when nothing does"
                broken = formulas.all_of(leads, _alone(here, number, at))
                yield here.claim(broken, Problem("empty-list", here.at(block.line), what, hint))


def _alone(here: laws.Wording, number: int, at: Presence) -> Formula:
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
        if none is FALSE:
            break
    return none


def _none(found: Iterable[Block]) -> Formula:
    return formulas.all_of(*(formulas.opposite(block.present) for block in found))


# -- empty places -------------------------------------------------------------------------------


def nothing_empty(at: Presence) -> Iterator[Claim]:
    """Every heading, section, table, caption line and signature block has words in it."""
    for here in laws.wordings(at):
        what = f"'{here.alternative}' can be in the contract with all its paragraphs left out"
        hint = "give the clause the condition of its paragraphs, or words for when they are left out"
        said = formulas.any_of(*(_says(block, at) for block in here.blocks))
        yield here.claim(formulas.opposite(said), Problem("empty-section", here.at(here.line), what, hint))
        for block in here.blocks:
            if block.style == "table":
                what = "a table can be in the contract with a header and no rows"
                hint = "give the table the condition of its rows, or a row for when there are none"
                broken = formulas.all_of(block.present, formulas.opposite(block.rows))
                yield here.claim(broken, Problem("empty-table", here.at(block.line), what, hint))
    yield from _headings(at)
    yield from _outline(at)


def _says(block: Block, at: Presence) -> Formula:
    if block.style == "policy":
        return block.present
    return formulas.any_of(*(text.with_true(blocks.has_words(text.parts, at)) for text in block.texts))


def _headings(at: Presence) -> Iterator[Claim]:
    """Yield the claims that the title of the contract and each heading have words; those without fields always have."""
    for file, text in at.titles():
        broken = formulas.all_of(text.present, formulas.opposite(blocks.has_words(text.parts, at)))
        what = f"a heading can be without words: “{sentences.written(text.parts)}”"
        hint = "give it words for all answers"
        yield Claim(broken, Problem("empty-line", Place(f"{at.library.path}/{file}"), what, hint), (file,))


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
            what = f"the signature block of “{sentences.written(block.party)}” can be without a signer"
            hint = "let its list never be empty, by a check of the questionnaire"
            broken = formulas.opposite(formulas.some(each.name, each.expression))
            yield Claim(broken, Problem("empty-line", Place(path), what, hint), (OUTLINE, "questionnaire.yaml"))
    for kind, line, each in lines:
        text = Text(line, 0, "", TRUE, TRUE, each)
        broken = text.with_record(formulas.opposite(blocks.has_words(line, at)))
        what = f"a line of the {kind} can be without words: “{sentences.written(line)}”"
        yield Claim(broken, Problem("empty-line", Place(path), what, "give it words that are always there"), (OUTLINE,))


LAWS: tuple[Callable[[Presence], Iterator[Claim]], ...] = (
    lead_ins_followed,
    lists.lists_end,
    nothing_empty,
)
