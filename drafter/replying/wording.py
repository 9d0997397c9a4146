"""Writes a section of a contract as a wording of the matter's own, with its fields and references put back.

It claims to meet nothing: an attorney says in the file what it meets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.base import yaml_text
from drafter.contract import (  # fmt: skip
    Answer,
    Blank,
    Block,
    Contract,
    Definition,
    Exhibit,
    Reference,
    Run,
    Runs,
    Section,
    Table,
)
from drafter.drafting import filling
from drafter.drafting.draft import Draft
from drafter.reading import prose
from drafter.reading.library import Alternative

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_START = re.compile(r"^(\s*)(?:(\d+)([.)])|([-+=]))(?=\s|$)")

Printed = tuple[tuple[str, str], ...]  # what a field prints: the words and the question of each run


def text(section: Section, label: str, made: Draft | None, alternative: Alternative | None) -> str:
    """Return the file of an own wording of a section; `alternative` is the one that was sent, which has its fields."""
    fields = dict(_fields(alternative, made)) if alternative is not None and made is not None else {}
    parts = {s.id for exhibit in _exhibits(made) for s in exhibit.sections if s.number}
    blocks = "\n\n".join(_block(block, fields, section.id, parts) for block in section.blocks)
    return f"---\nlabel: {yaml_text.scalar(label)}\nsatisfies: []\n---\n\n{_tight(blocks)}\n"


def _exhibits(made: Draft | None) -> tuple[Exhibit, ...]:
    contract: Contract | None = made.contract if made is not None else None
    return contract.exhibits if contract is not None else ()


def _tight(blocks: str) -> str:
    """Return blocks with the items of one list next to each other."""
    return re.sub(r"(?m)^((?:   )?1\. [^\n]*)\n\n(?=(?:   )?1\. )", r"\1\n", blocks)


def _fields(alternative: Alternative, made: Draft) -> Iterator[tuple[Printed, str]]:
    """Yield what each field of an alternative prints under the answers, with how the library writes it."""
    values = made.selection.values
    for block in alternative.text:
        lines = [block.parts] if isinstance(block, prose.Passage) else []
        if isinstance(block, prose.Grid):
            lines = [*block.header, *(cell for row in block.rows if row.guard.each is None for cell in row.cells)]
        if not isinstance(block, prose.PolicyText) and block.guard.each is not None:
            continue
        for field in (field for line in lines for field in prose.fields(line)):
            for alone in ((field,), (field, prose.Words(" "))):
                runs = [run for run in filling.line(alone, values) if isinstance(run, Answer | Blank)]
                yield tuple((run.text, run.question) for run in runs), f"{{{{ {field.written.strip('{} ')} }}}}"


def _block(block: Block, fields: dict[Printed, str], clause: str, parts: set[str]) -> str:
    if isinstance(block, Table):
        rows = [_row(row, fields, parts) for row in (block.header, *block.rows)]
        return "\n".join((rows[0], f"|{' --- |' * len(block.header)}", *rows[1:]))
    words = _line(block.runs, fields, parts)
    label = block.label.removeprefix(f"{clause}.")
    named = f"{{#{label}}} " if block.label else ""
    match block.style:
        case "item":
            return f"1. {named}{words}"
        case "subitem":
            return f"   1. {named}{words}"
        case _:
            return named + _START.sub(r"\1\2\\\3\4", words) if _START.match(words) else named + words


def _row(cells: Sequence[Runs], fields: dict[Printed, str], parts: set[str]) -> str:
    return "| " + " | ".join(_line(cell, fields, parts) for cell in cells) + " |"


def _line(runs: Runs, fields: dict[Printed, str], parts: set[str]) -> str:
    made = ""
    at = 0
    while at < len(runs):
        run = runs[at]
        if isinstance(run, Answer | Blank) and (found := _field(runs, at, fields)):
            made += found[0]
            at += found[1]
        elif isinstance(run, Reference) and (link := _link(runs, at, made, parts)):
            made, at = link
        else:
            made += _written(run)
            at += 1
    return " ".join(made.split())


def _field(runs: Runs, at: int, fields: dict[Printed, str]) -> tuple[str, int] | None:
    """Return the field that runs are from some place on, and how many; the longest."""
    for size in range(min(40, len(runs) - at), 0, -1):
        here = runs[at : at + size]
        if all(isinstance(run, Answer | Blank) for run in here):
            found = fields.get(tuple((run.text, run.question) for run in here if isinstance(run, Answer | Blank)))
            if found:
                return found, size
    return None


def _link(runs: Runs, at: int, made: str, parts: set[str]) -> tuple[str, int] | None:
    """Return the text so far with a reference added, without the "Section" that a reference prints by itself."""
    run = runs[at]
    if not isinstance(run, Reference):
        return None
    after = runs[at + 1] if at + 1 < len(runs) else None
    target = run.target
    if isinstance(after, Reference) and after.target.startswith(f"{run.target}."):
        target, at = after.target, at + 1
    if not target.startswith(("article:", "exhibit:")):
        word = "Exhibit " if run.target in parts else "Section "
        if not made.endswith(word):
            return None
        made = made.removesuffix(word)
    return f"{made}[[{target}]]", at + 1


def _written(run: Run) -> str:
    words = _MARKUP.sub(r"\\\1", run.text)
    if isinstance(run, Definition):
        return f"**{words}**"
    return f"\\[{words}\\]" if isinstance(run, Blank) else words
