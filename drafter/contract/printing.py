"""Writes a contract, or a line of it, in the characters that it prints."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.contract.tree import Answer, Blank, Block, Contract, Definition, Paragraph, Run, Section, Table, Title


def run_text(run: Run) -> str:
    """Return the characters that a run prints."""
    match run:
        case Definition(text=text):
            return f"“{text}”"
        case Blank(text=text):
            return f"[{text}]"
        case _:
            return run.text


def words(runs: Title) -> str:
    """Return the characters that runs or a title print."""
    return runs if isinstance(runs, str) else "".join(map(run_text, runs))


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        indent = {"item": "  ", "subitem": "    "}.get(block.style, "")
        yield indent + (f"{block.number} " if block.number else "") + words(block.runs)
    else:
        for row in (block.header, *block.rows):
            yield "| " + " | ".join(map(words, row)) + " |"


def filled_lines(section: Section) -> Iterator[str]:
    """Yield the paragraphs and rows of a section that answers fill, as they are printed."""
    for block in section.blocks:
        number, rows = ("|", block.rows) if isinstance(block, Table) else (block.number, ((block.runs,),))
        for cells in rows:
            if any(isinstance(run, Answer | Blank) for cell in cells for run in cell):
                yield " ".join(filter(None, (number, " | ".join(map(words, cells)))))


def section_lines(section: Section) -> tuple[str, ...]:
    """Return the lines that a section prints under its heading."""
    return tuple(line for block in section.blocks for line in _block_lines(block))


def to_text(contract: Contract) -> str:
    """Return the whole contract as plain text that a person can read and a test can compare."""
    lines = [words(contract.title).upper(), *map(words, contract.caption), ""]

    def add(section: Section) -> None:
        lines.extend([*section_lines(section), ""])

    for section in (*contract.opening, *contract.recitals):
        add(section)
    for article in contract.articles:
        lines.extend([f"ARTICLE {article.number}. {words(article.title).upper()}", ""])
        for section in article.sections:
            lines.extend([f"{section.number} {words(section.heading)}"] if section.heading else [])
            add(section)
    for block in contract.signatures:
        lines.extend(["SIGNATURE: " + words(block.party), *([words(block.note)] if block.note else [])])
        lines.extend(f"  ____ {words(s.name)}, {words(s.title)}" for s in block.signers)
        lines.append("")
    for exhibit in contract.exhibits:
        lines.extend([f"EXHIBIT {exhibit.number}. {words(exhibit.title).upper()}", ""])
        for section in exhibit.sections:
            headed = section.heading and len(exhibit.sections) > 1
            lines.extend([f"{section.number} {words(section.heading)}".strip()] if headed else [])
            add(section)
    return "\n".join(lines).rstrip() + "\n"
