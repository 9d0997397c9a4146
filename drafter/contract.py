"""The contract as a tree: articles, sections, paragraphs, tables and runs, with everything resolved.

One rule: nothing in it is left to be looked up. Numbers are text, references carry the number they
print, a blank says what is missing, and each run knows whether it is the library's or an answer's.
Two equal contracts are `==`: adjacent texts are joined when a tree is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# -- runs ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the library."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that come from an answer; `question` is its id."""

    text: str
    question: str
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class Blank:
    """A missing answer: `text` is the label, printed in brackets and highlighted."""

    text: str
    question: str
    kind: Literal["blank"] = "blank"


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that points: `target` is the id of an article, section, exhibit or labelled item (see `targets`)."""

    text: str
    target: str
    kind: Literal["reference"] = "reference"


@dataclass(frozen=True, slots=True)
class Definition:
    """A term where it is defined; printed bold, in quotation marks that are part of no run's text."""

    text: str
    kind: Literal["definition"] = "definition"


@dataclass(frozen=True, slots=True)
class Use:
    """A defined term where it is used, as it stands in the text; `term` is the term as defined."""

    text: str
    term: str
    kind: Literal["use"] = "use"


Run = Text | Answer | Blank | Reference | Definition | Use
Runs = tuple[Run, ...]

# -- blocks -------------------------------------------------------------------------------------

Style = Literal["text", "item", "subitem", "recital", "quote"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, numbered or not.

    `number` is what Word's list will print before it ("(a)", "(iv)", "B."), empty when unnumbered; `label`
    is its id as a reference target ("price.cap"), empty when nothing points to it.
    """

    runs: Runs
    style: Style = "text"
    number: str = ""
    label: str = ""
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a header row and rows, each a tuple of cells, each cell its runs. All rows have the header's width."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    kind: Literal["table"] = "table"


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """What a clause becomes. `id` is the clause's; `number` is "7.4", and empty outside the articles."""

    id: str
    number: str
    heading: str
    alternative: str
    position: str
    requirements: tuple[str, ...]
    authority: tuple[str, ...]
    source: str  # the place in the library that it comes from, as FILE:LINE
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered group of sections. As a reference target it is "article:<id>" and prints "Article 7"."""

    id: str
    number: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An attachment. As a reference target it is "exhibit:<id>" and prints "Exhibit A"."""

    id: str
    number: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature line."""

    name: Runs
    title: Runs


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """The lines of one party: its name, a note above them (may be empty), and who signs."""

    party: Runs
    note: Runs
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole contract. `caption` are the lines under the title; `deviations` the requirements it departs from.

    The recitals end with the words of agreement, whose paragraphs have no letters.
    """

    title: str
    caption: tuple[Runs, ...]
    opening: tuple[Section, ...]
    recitals: tuple[Section, ...]
    articles: tuple[Article, ...]
    signatures: tuple[SignatureBlock, ...]
    exhibits: tuple[Exhibit, ...]
    status: Literal["draft", "final"] = "draft"
    deviations: tuple[str, ...] = ()


# -- building and walking -----------------------------------------------------------------------


def joined(runs: Iterable[Run]) -> Runs:
    """Return the runs without empty texts and with adjacent texts joined, so that one text has one encoding."""
    made: list[Run] = []
    for run in runs:
        if isinstance(run, Text):
            if not run.text:
                continue
            if made and isinstance(made[-1], Text):
                made[-1] = Text(made[-1].text + run.text)
                continue
        made.append(run)
    return tuple(made)


def sections(contract: Contract) -> Iterator[Section]:
    """Go through every section in reading order: opening, recitals, articles, exhibits."""
    yield from contract.opening
    yield from contract.recitals
    for article in contract.articles:
        yield from article.sections
    for exhibit in contract.exhibits:
        yield from exhibit.sections


def block_runs(block: Block) -> Iterator[Runs]:
    """Go through the runs of a block, cell by cell for a table."""
    if isinstance(block, Paragraph):
        yield block.runs
    else:
        for row in (block.header, *block.rows):
            yield from row


def all_runs(contract: Contract) -> Iterator[Run]:
    """Go through every run of a contract: caption, sections, signature blocks."""
    for line in contract.caption:
        yield from line
    for section in sections(contract):
        for block in section.blocks:
            for runs in block_runs(block):
                yield from runs
    for signature in contract.signatures:
        yield from signature.party
        yield from signature.note
        for signer in signature.signers:
            yield from signer.name
            yield from signer.title


def targets(contract: Contract) -> dict[str, str]:
    """Return what each target prints: "article:payment" → "Article 7", "price" → "11.1", "price.cap" → "(b)"."""
    found: dict[str, str] = {}
    for article in contract.articles:
        found[f"article:{article.id}"] = f"Article {article.number}"
        for section in article.sections:
            found[section.id] = section.number
    for exhibit in contract.exhibits:
        found[f"exhibit:{exhibit.id}"] = f"Exhibit {exhibit.number}"
    for section in sections(contract):
        found |= {b.label: b.number for b in section.blocks if isinstance(b, Paragraph) and b.label}
    return found


def run_text(run: Run) -> str:
    """Return the characters that a run prints."""
    match run:
        case Definition(text=text):
            return f"“{text}”"
        case Blank(text=text):
            return f"[{text}]"
        case _:
            return run.text


def words(runs: Runs) -> str:
    """Return the characters that runs print."""
    return "".join(map(run_text, runs))


def section_text(section: Section) -> str:
    """Return a section's words, one line a paragraph or table row, numbers included, heading left out."""
    return "\n".join(line for block in section.blocks for line in _block_lines(block))


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        indent = {"item": "  ", "subitem": "    "}.get(block.style, "")
        yield indent + (f"{block.number} " if block.number else "") + words(block.runs)
    else:
        for row in (block.header, *block.rows):
            yield "| " + " | ".join(map(words, row)) + " |"


def to_text(contract: Contract) -> str:
    """Return the whole contract as plain text that a person can read and a test can compare."""
    lines = [contract.title.upper(), *map(words, contract.caption), ""]

    def add(section: Section) -> None:
        lines.extend([*(line for block in section.blocks for line in _block_lines(block)), ""])

    for section in (*contract.opening, *contract.recitals):
        add(section)
    for article in contract.articles:
        lines.extend([f"ARTICLE {article.number}. {article.title.upper()}", ""])
        for section in article.sections:
            lines.append(f"{section.number} {section.heading}")
            add(section)
    for block in contract.signatures:
        lines.extend(["SIGNATURE: " + words(block.party), *([words(block.note)] if block.note else [])])
        lines.extend(f"  ____ {words(s.name)}, {words(s.title)}" for s in block.signers)
        lines.append("")
    for exhibit in contract.exhibits:
        lines.extend([f"EXHIBIT {exhibit.number}. {exhibit.title.upper()}", ""])
        for section in exhibit.sections:
            lines.extend([section.heading] if len(exhibit.sections) > 1 and section.heading else [])
            add(section)
    return "\n".join(lines).rstrip() + "\n"


def blanks(contract: Contract) -> tuple[Blank, ...]:
    """Return the blanks of a contract in reading order, each question once."""
    return tuple({run.question: run for run in all_runs(contract) if isinstance(run, Blank)}.values())


def final(contract: Contract) -> Contract:
    """Return the contract with the status of a final."""
    return replace(contract, status="final")


def to_json(contract: Contract) -> str:
    """Return the contract as JSON; `from_json` gives an equal contract back."""
    return _json().dump_json(contract, indent=1).decode() + "\n"


def from_json(text: str) -> Contract:
    """Read a contract from the JSON of `to_json`; ValueError when it is not one."""
    return _json().validate_json(text)


@cache
def _json() -> TypeAdapter[Contract]:
    from pydantic import TypeAdapter  # slow to import, and only needed here

    return TypeAdapter(Contract)
