"""What the templates that start from a new document of python-docx have in common: what it brings is taken out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from drafter.word import package
from drafter.word.oxml import w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as File

KEPT = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"})
UNUSED = ("/theme", "/webSettings", "/numbering")  # parts that a new document has


def tidy(file: File) -> None:
    """Take out the styles that a new document brings and the template does not use."""
    for style in list(file.styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)


def finished(file: File, title: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return the template without parts and links that lead nowhere; `more` are parts in the place of its own."""
    for key in [key for key, rel in file.part.rels.items() if rel.reltype.endswith(UNUSED)]:
        del file.part.rels[key]
    known = {style.get(w("styleId")) for style in file.styles.element.iter(w("style"))}
    for link in [link for link in file.styles.element.iter(w("link")) if link.get(w("val")) not in known]:
        link.getparent().remove(link)  # to a style that is not here
    made = io.BytesIO()
    file.save(made)
    return package.pack(package.scrub({**package.unpack(made.getvalue()), **(more or {})}, title))
