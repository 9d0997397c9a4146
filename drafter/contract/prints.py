"""Says which words of a line an answer prints: the library's words and the answer's, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafter.contract.printing import run_text
from drafter.contract.tree import Answer, Blank, Contract, Run, Runs, Section, Table, Text, title_runs
from drafter.values import dataclass

BAR = " | "  # between the cells of a row
_BETWEEN = re.compile(r"[\s(]*")  # what may stand between two prints of one answer: thirty (30) days


@dataclass(frozen=True, slots=True)
class Print:
    """Words of a line, and the question that they answer; none where they are the library's own."""

    words: str
    question: str = ""


def lines(section: Section) -> Iterator[Runs]:
    """Yield the runs of each line of a section, those of a row with a bar between its cells."""
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (_joined(row) for row in (block.header, *block.rows))
        else:
            yield block.runs


def _joined(row: Sequence[Runs]) -> Runs:
    made: list[Run] = []
    for at, cell in enumerate(row):
        made += [*([Text(BAR)] if at else []), *cell]
    return tuple(made)


def beside(contract: Contract) -> Iterator[tuple[str, Runs]]:
    """Yield the lines that a contract prints beside its sections, each with what that part is called."""
    yield "title", title_runs(contract.title)
    if contract.cover == "yes":  # the caption is on it
        yield from (("caption", line) for line in contract.caption)
    for block in contract.signatures:
        yield from (("Signatures", line) for line in (block.party, block.note))
        yield from (("Signatures", line) for signer in block.signers for line in (signer.name, signer.title))


def prints(line: Runs) -> tuple[Print, ...]:
    """Return a line in pieces; what prints one answer twice, as "thirty (30)", is one piece."""
    made: list[Print] = []
    for run in line:
        question = run.question if isinstance(run, Answer | Blank) else ""
        if made and made[-1].question == question:
            made[-1] = Print(made[-1].words + run_text(run), question)
        elif question and _is_again(made, question):
            between = made.pop()
            made[-1] = Print(made[-1].words + between.words + run_text(run), question)
        else:
            made.append(Print(run_text(run), question))
    for at, (one, after) in enumerate(pairwise(made)):
        if one.question and one.words.count("(") > one.words.count(")") and after.words.startswith(")"):
            made[at] = Print(f"{one.words})", one.question)
            made[at + 1] = Print(after.words[1:], after.question)
    return tuple(one for one in made if one.words)


def _is_again(made: Sequence[Print], question: str) -> bool:
    if len(made) < 2 or made[-1].question or made[-2].question != question:  # noqa: PLR2004  # the answer, and what is between
        return False
    return _BETWEEN.fullmatch(made[-1].words) is not None


def answered(section: Section) -> Iterator[Print]:
    """Yield what the answers print in a section, line by line."""
    for line in lines(section):
        yield from answers(line)


def answers(line: Runs) -> Iterator[Print]:
    """Yield what the answers print in a line."""
    if any(isinstance(run, Answer | Blank) for run in line):
        yield from (one for one in prints(line) if one.question)
