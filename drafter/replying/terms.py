"""Finds what a change to a definition reaches: the sections that use the term, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.contract import Contract, Definition, Runs, Section, Use, block_runs, printing, sections
from drafter.returned.file import texts
from drafter.returned.markup import Change


def defined(section: Section, change: Change) -> frozenset[str]:
    """Return the terms of a section that a change defines anew: those of its lines, and those that its words name."""
    was, said = (texts.keys(words) for words in (change.line_before or change.before, change.after))
    found = set()
    for line in (line for block in section.blocks for line in block_runs(block)):
        words = texts.keys(printing.words(line))
        is_here = bool(was) and (texts.within(words, was) or texts.within(was, words))
        found |= {term for term in _terms(line) if is_here or texts.within(texts.keys(term), said)}
    return frozenset(found)


def using(contract: Contract, terms: Iterable[str]) -> frozenset[str]:
    """Return the ids of the sections that use some terms, or a term whose definition uses one of them."""
    lines = [(one.id, line) for one in sections(contract) for block in one.blocks for line in block_runs(block)]
    wanted: set[str] = set()
    found = set(terms)
    while found - wanted:
        wanted |= found
        found = {term for _, line in lines if wanted & _used(line) for term in _terms(line)}
    return frozenset(clause for clause, line in lines if wanted & _used(line))


def _terms(line: Runs) -> Iterator[str]:
    yield from (run.text for run in line if isinstance(run, Definition))


def _used(line: Runs) -> set[str]:
    return {run.term for run in line if isinstance(run, Use)}
