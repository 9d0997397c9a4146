"""Makes one PDF of several: a cover and parts, with bookmarks, page numbers, and tags that still hold.

One rule: a part keeps what it had. Its pages, its links, its outline and its structure go over object by object.
"""

from __future__ import annotations

from collections.abc import Sequence

from pypdf import PdfWriter

from drafter.pdf import bookmarks, page_numbers, structure, taking
from drafter.pdf.finishing import whole
from drafter.pdf.taking import Opened, Part

NUMBERED = "Packet page {page} of {pages}"


def merged(
    parts: Sequence[Part], cover: bytes | Opened | None, *, title: str, language: str, numbered: str = NUMBERED
) -> bytes:
    """Make one PDF of a cover and parts; equal input gives equal bytes. DraftingError for a part that can't be read.

    `numbered` is the text at the foot of each page, with {page} and {pages}; an empty one prints nothing.
    """
    writer = PdfWriter()
    files = [*([Part(title, cover)] if cover is not None else []), *parts]
    taken = [taking.taken(writer, part) for part in files]
    bookmarks.link(taken, taken[1:] if cover is not None else ())
    pages = [page for part in taken for page in part.pages]
    whole.paged(writer, pages)
    bookmarks.outline(writer, taken)
    structure.join(writer, taken)
    page_numbers.write(writer, pages, numbered)
    whole.settle(writer, title=title, language=language)
    return whole.written(writer, pages, title=title, language=language)
