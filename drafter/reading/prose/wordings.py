"""The fixed words of a wording: its parts, its printed words, and the labels of its items."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.reading import policy, prose
from drafter.reading.prose import Parts, Prose


def parts_of(text: Prose) -> Iterator[Parts]:
    """Yield the parts of a wording, paragraph by paragraph and cell by cell."""
    for block in text:
        if isinstance(block, prose.Passage):
            yield block.parts
        elif isinstance(block, prose.Grid):
            yield from block.header
            for row in block.rows:
                yield from row.cells


def wording_words(text: Prose) -> str:
    """Return the fixed words of a wording as printed, with U+FFFC for each field, reference and gap."""
    return policy.squeezed(" \ufffc ".join("".join(map(_fixed, parts)) for parts in parts_of(text)))


def _fixed(part: prose.Part) -> str:
    match part:
        case prose.Words(text=words):
            return words
        case prose.Term(text=term, parts=parts):
            return f"“{''.join(map(_fixed, parts)) if parts else term}”"
        case _:
            return "\ufffc"


def labels(text: Prose) -> tuple[str, ...]:
    """Return the labels of a wording's items."""
    return tuple(b.guard.label for b in text if isinstance(b, prose.Passage) and b.guard.label)


def folded(text: str) -> str:
    """Return text as evidence is compared: small letters, straight quotes, single spaces."""
    straight = text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return policy.squeezed(straight)
