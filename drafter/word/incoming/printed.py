"""Reads the words of a PDF's text layer into a Word file of plain lines, so that they can be compared as words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from pathlib import Path

from drafter.base.problems import DraftingError, Place, Problem
from drafter.word.oxml.package import Package

START = b"%PDF-"
MOST = 2_000  # pages
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def is_pdf(content: bytes) -> bool:
    """Say whether a file is a PDF."""
    return content.startswith(START)


def is_pdf_file(path: Path) -> bool:
    """Say whether a path is a file that is a PDF; one that isn't a plain file is not opened."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return is_pdf(file.read(len(START)))
    except OSError:
        return False


def as_word(content: bytes) -> Package:
    """Return the parts of a Word file with a paragraph for each line of a PDF's text layer.

    DraftingError where it can't be read, or has no text, as a scan has none.
    """
    lines = list(_lines(content))
    if not lines:
        raise _unreadable("no text is in it: it may be a scan")
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = f'<w:document xmlns:w="{_NAMES}"><w:body>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _LINKS.encode(),
        "word/document.xml": document.encode(),
    }


def _lines(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # slow to import, and most of what comes in is no PDF
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or len(reader.pages) > MOST:
            raise _unreadable("it is encrypted, or has too many pages")
        for page in reader.pages:
            yield from filter(None, map(_plain, page.extract_text().splitlines()))
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError):
        raise _unreadable("it is damaged") from None


def _plain(line: str) -> str:
    """Return a line without what XML can't hold."""
    return " ".join("".join(c for c in line if c.isprintable() or c.isspace()).split())


def _unreadable(why: str) -> DraftingError:
    what = f"the words of this PDF can't be read: {why}"
    return DraftingError(Problem("unreadable-contract", Place("the file"), what, "ask for the Word file"))
