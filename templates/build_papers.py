"""Builds the templates of the notice to the public and of the letter with a round, in the styles of the board memo.

The same bytes each time. A firm changes the files themselves in Word (docs/public-papers.md).

    python templates/build_papers.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import build_memo  # beside this file, as the next is
from build_memo import asked, header, heads, paragraphs, table
from docx import Document
from plain import finished, lines

from drafter.word.oxml import package

if TYPE_CHECKING:
    from docx.document import Document as File


def made(called: str, body: Callable[[File], None]) -> bytes:
    """Make a template with the page and the styles of the memo; `called` is at the foot of its pages."""
    file = Document()
    build_memo.styles(file)
    build_memo.page(file, called)
    body(file)
    return finished(file, called, {"word/fontTable.xml": package.serialize(build_memo.fonts())})


def notice() -> bytes:
    """Make the template of the notice."""
    return made("Public notice", _notice)


def letter() -> bytes:
    """Make the template of the letter."""
    return made("Letter", _letter)


def _notice(file: File) -> None:
    lines(file, [("Memo Title", "Public notice")])
    rows = (("From", "from"), ("Meeting", "meeting"), ("Subject", "subject"), ("Contract", "title"))
    table(file, "Memo Head", (1.0, 5.5), [*asked("To", "to"), *heads(*rows)])
    lines(file, [("Memo Heading", "What the meeting is about")])
    paragraphs(file, "Memo Text", "notice")
    lines(file, [("Memo Heading", "Where and when")])
    each = [[("Memo Table Label", "{{ row.label }}")], [("Memo Table Text", "{{ row.words }}")]]
    rows_of = [header("Point", "What to know"), "{%tr for row in facts %}", each, "{%tr endfor %}"]
    table(file, "Memo Table", (2.0, 4.5), rows_of)
    lines(file, [("Memo Space", "")])
    paragraphs(file, "Memo Text", "closing")


def _letter(file: File) -> None:
    lines(file, [("Memo Title", "{{ title }}")])
    table(
        file, "Memo Head", (1.0, 5.5), heads(("Date", "date"), ("To", "to"), ("From", "from"), ("Subject", "subject"))
    )
    lines(file, [("Memo Space", "")])
    paragraphs(file, "Memo Text", "opening")
    lines(file, [("Memo Heading", "What is enclosed")])
    paragraphs(file, "Memo Text", "enclosed")
    build_memo.changes(file)
    build_memo.blanks(file)
    lines(file, [("Memo Heading", "What comes next")])
    paragraphs(file, "Memo Text", "closing")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    (folder / "notice.docx").write_bytes(notice())
    (folder / "letter.docx").write_bytes(letter())
