"""Walks through a contract: its sections, its runs, what references can point to, and its blanks."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.contract.tree import Blank, Block, Contract, Paragraph, Run, Runs, Section, Title


def sections(contract: Contract) -> Iterator[Section]:
    """Yield every section in reading order: opening, recitals, articles, exhibits."""
    yield from contract.opening
    yield from contract.recitals
    for article in contract.articles:
        yield from article.sections
    for exhibit in contract.exhibits:
        yield from exhibit.sections


def block_runs(block: Block) -> Iterator[Runs]:
    """Yield the lines of a block: the one line of a paragraph, or each cell of a table."""
    if isinstance(block, Paragraph):
        yield block.runs
    else:
        for row in (block.header, *block.rows):
            yield from row


def section_runs(section: Section) -> Iterator[Run]:
    """Yield every run of a section's blocks; its heading is a title."""
    for block in section.blocks:
        for runs in block_runs(block):
            yield from runs


def all_runs(contract: Contract) -> Iterator[Run]:
    """Yield every run that a contract prints: titles that aren't plain words, caption, sections, signature blocks."""
    yield from head_runs(contract)
    for section in sections(contract):
        yield from section_runs(section)
    yield from signature_runs(contract)


def head_runs(contract: Contract) -> Iterator[Run]:
    """Yield the runs of the titles that aren't plain words, and those of the caption."""
    for shown in titles(contract):
        yield from () if isinstance(shown, str) else shown
    for line in contract.caption:
        yield from line


def signature_runs(contract: Contract) -> Iterator[Run]:
    """Yield the runs of the signature blocks."""
    for signature in contract.signatures:
        yield from signature.party
        yield from signature.note
        for signer in signature.signers:
            yield from signer.name
            yield from signer.title


def titles(contract: Contract) -> Iterator[Title]:
    """Yield the titles and headings that are printed; the only section of an exhibit has none of its own."""
    yield contract.title
    for article in contract.articles:
        yield article.title
        yield from (section.heading for section in article.sections)
    for exhibit in contract.exhibits:
        yield exhibit.title
        yield from (section.heading for section in exhibit.sections if len(exhibit.sections) > 1)


def targets(contract: Contract) -> dict[str, str]:
    """Return what each target prints: "article:payment" → "Article 7", "price" → "11.1", "price.cap" → "(b)".

    Of an exhibit with several sections, each is a target too: "contacts" → "A-2".
    """
    found: dict[str, str] = {}
    for article in contract.articles:
        found[f"article:{article.id}"] = f"Article {article.number}"
        for section in article.sections:
            found[section.id] = section.number
    for exhibit in contract.exhibits:
        found[f"exhibit:{exhibit.id}"] = f"Exhibit {exhibit.number}"
        found |= {section.id: section.number for section in exhibit.sections if section.number}
    for section in sections(contract):
        found |= {b.label: b.number for b in section.blocks if isinstance(b, Paragraph) and b.label}
    return found


def blanks(contract: Contract) -> tuple[Blank, ...]:
    """Return the blanks of a contract in reading order, one for each question."""
    return tuple({run.question: run for run in all_runs(contract) if isinstance(run, Blank)}.values())
