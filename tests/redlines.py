"""Builds the smallest contracts, and says in words what a redline of two of them marks."""

from __future__ import annotations

from dataclasses import replace

from drafter import contract
from drafter.comparing import lines, marked, preview, redline
from drafter.contract import Article, Contract, Exhibit, Paragraph, Section, SignatureBlock, Signer, Table, Text

FOX = "The quick brown fox jumps over the lazy dog."
OAK = "An old oak tree stands beside our river bank."
SEA = "Cold salt water covers most of this planet."


def text(words):
    return contract.joined([Text(words)])


def paragraph(words, **more):
    return Paragraph(text(words), **more)


def table(*rows):
    header, *rest = (tuple(map(text, row)) for row in rows)
    return Table(header, tuple(rest))


def section(name, *blocks, heading="", number=""):
    made = tuple(paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Section(name, number, heading, "a", "preferred", (), (), f"{name}.md", made)


def article(name, *sections, title=""):
    return Article(name, "", title, sections)


def exhibit(name, *sections, title=""):
    return Exhibit(name, "", title, sections)


def party(name, *signers, note=""):
    return SignatureBlock(text(name), text(note), tuple(Signer(*map(text, signer)) for signer in signers))


def agreement(*articles, **more):
    return replace(Contract("", (), (), (), articles, (), ()), **more)


def of(*sections):
    """Return a contract of one article."""
    return agreement(article("one", *sections))


def shown(line):
    return preview.braced(lines.pieces(line))


def told_block(block):
    """Return a paragraph's mark and words, or a table's mark and those of its rows and cells."""
    if isinstance(block, marked.MarkedParagraph):
        return block.of.mark, shown(block.line)
    return block.mark, [(row.mark, *map(shown, row.cells)) for row in block.rows]


def told_section(one):
    return one.of.mark, one.of.shown.id, shown(one.heading), [told_block(block) for block in one.blocks]


def told_group(group):
    return group.of.mark, group.of.shown.id, shown(group.title), [told_section(one) for one in group.sections]


def compared(base, revised):
    """Compare two contracts, and hold that both come back."""
    made = redline.compare(base, revised)
    assert redline.accept(made) == revised
    assert redline.reject(made) == base
    return made


def sections(base, revised):
    """Return what a redline of two contracts says of each section."""
    return [told_section(one) for one in marked.sections(compared(base, revised))]


def blocks(base, revised):
    """Return what a redline says of the blocks of one section."""
    ((_, _, _, found),) = sections(of(section("s", *base)), of(section("s", *revised)))
    return found
