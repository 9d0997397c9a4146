"""Holds a contract as a tree: articles, sections, paragraphs, tables and runs, with everything resolved.

One rule: nothing in it is left to be looked up. Numbers are text, references carry the number they
print, a blank says what is missing, and each run knows whether it is the library's or an answer's.
Two equal contracts are `==`: adjacent texts are joined when a tree is built.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from drafter.values import dataclass

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
    """A number that points to an article, section, exhibit or labelled item: `target` is its id (see `targets`)."""

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
    """A defined term where it is used, in the form used there; `term` is the term as defined."""

    text: str
    term: str
    kind: Literal["use"] = "use"


Run = Text | Answer | Blank | Reference | Definition | Use
Runs = tuple[Run, ...]

Title = str | Runs  # plain words where the library alone says it, which most are; else its runs

# -- blocks -------------------------------------------------------------------------------------

Style = Literal["text", "item", "subitem", "recital", "quote"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, numbered or not.

    `number` is what Word's list will print before it ("(a)", "(iv)", "B."), empty when it has none; `label`
    is its id as a reference target ("price.cap"), empty when nothing can point to it.
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
    """What a clause becomes. `id` is the clause's; `number` is "7.4" in an article.

    In an exhibit with several sections it is "A-2", else empty. A section without a heading is under that of a section
    before it, and its first paragraph has its number.
    """

    id: str
    number: str
    heading: Title
    alternative: str
    position: str
    requirements: tuple[str, ...]
    authority: tuple[str, ...]
    source: str  # the file of the library that it comes from
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered group of sections. As a reference target it is "article:<id>" and prints "Article 7"."""

    id: str
    number: str
    title: Title
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An attachment. As a reference target it is "exhibit:<id>" and prints "Exhibit A"; its sections are its parts."""

    id: str
    number: str
    title: Title
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
    """A whole contract. `caption` holds the lines under the title, `deviations` the requirements it departs from.

    The recitals end with the words of agreement, whose paragraphs are not lettered. `form` is the form of the contract,
    empty where there is only one; `cover` and `contents` say whether it is printed with a cover and a table of
    contents.
    """

    title: Title
    caption: tuple[Runs, ...]
    opening: tuple[Section, ...]
    recitals: tuple[Section, ...]
    articles: tuple[Article, ...]
    signatures: tuple[SignatureBlock, ...]
    exhibits: tuple[Exhibit, ...]
    status: Literal["draft", "final"] = "draft"
    deviations: tuple[str, ...] = ()
    form: str = ""
    cover: Literal["yes", "no"] = "yes"
    contents: Literal["yes", "no"] = "yes"


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


def title(runs: Runs) -> Title:
    """Return runs as a title, so that one title has one encoding."""
    return "".join(run.text for run in runs) if all(isinstance(run, Text) for run in runs) else runs


def title_runs(shown: Title) -> Runs:
    """Return the runs of a title."""
    return joined([Text(shown)]) if isinstance(shown, str) else shown


def other_form(before: Contract | None, after: Contract | None) -> bool:
    """Say whether two contracts are of different forms; one of no form, made before there were any, is of none."""
    return bool(before and after and before.form and after.form and before.form != after.form)


def final(contract: Contract) -> Contract:
    """Return the contract marked as final."""
    return replace(contract, status="final")
