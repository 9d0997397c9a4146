"""Counts words and sentences of contracts: `python benchmarks/readability.py [OPTION]... [MATTER]...`.

    words      that the contract prints, with and without a policy's text that is printed word for word
    mean       words in a sentence; an item of a list is a sentence, and so is what leads in to the list
    over 35    the share of sentences with more than 35 words
    Flesch     reading ease: 60 and more is plain English, 30 and less is for graduates
    pages      of the PDF, with `--pdf`, which needs LibreOffice

Without a matter it counts every example in the form it has, and in the other forms of the library. Headings, tables
and signature blocks count as words and not as sentences. Bars of tables and lines to sign on are no words.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pypdf import PdfReader
from rich.console import Console
from rich.table import Table

import drafter
from drafter.base.english import sentences
from drafter.contract.printing import to_text, words
from drafter.contract.tree import Contract, Paragraph, Section
from drafter.contract.walking import sections
from drafter.matters.matter import Matter
from drafter.pdf.office import to_pdf

ROOT = Path(__file__).parent.parent
EXAMPLES, AGREEMENT = ROOT / "examples", ROOT / "templates" / "agreement.docx"
LONG = 35  # words: a sentence above it is hard to hold in mind
WORD = re.compile(r"\S*[^\W_]\S*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]e|[^aeioutd]ed|[^aeiouycgsxz]es)$")


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in one contract."""

    with_policy: int
    words: int
    sentences: tuple[int, ...]  # the words of each
    syllables: int  # of the sentences

    @property
    def mean(self) -> float:
        """Return the words in a sentence."""
        return sum(self.sentences) / len(self.sentences)

    @property
    def long(self) -> float:
        """Return the share of sentences that are too long."""
        return sum(length > LONG for length in self.sentences) / len(self.sentences)

    @property
    def flesch(self) -> float:
        """Return the reading ease by Flesch's formula of 1948."""
        return 206.835 - 1.015 * self.mean - 84.6 * self.syllables / sum(self.sentences)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has, or a number in figures, which counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    silent = len(letters) > 3 and SILENT.search(letters) is not None  # noqa: PLR2004  # "the" has its e
    return max(1, len(VOWELS.findall(letters)) - silent)


def without_quotes(contract: Contract) -> Contract:
    """Return the contract without the paragraphs that print another text word for word."""

    def own(section: Section) -> Section:
        kept = (b for b in section.blocks if not (isinstance(b, Paragraph) and b.style == "quote"))
        return replace(section, blocks=tuple(kept))

    exhibits = tuple(replace(e, sections=tuple(map(own, e.sections))) for e in contract.exhibits)
    return replace(contract, exhibits=exhibits)


def said(contract: Contract) -> Iterator[str]:
    """Yield the sentences of the contract's sections, items of lists included."""
    for section in sections(contract):
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from sentences(words(block.runs))


def counted(contract: Contract) -> Counted:
    """Count one contract."""
    own = without_quotes(contract)
    found = [WORD.findall(sentence) for sentence in said(own)]
    return Counted(
        len(WORD.findall(to_text(contract))),
        len(WORD.findall(to_text(own))),
        tuple(len(each) for each in found if each),
        sum(syllables(word) for each in found for word in each),
    )


def by_section(contract: Contract) -> Iterator[tuple[str, int]]:
    """Yield the words of each article and exhibit, the text of a policy left out, and of what stands outside them."""
    own = without_quotes(contract)
    place, found = "Title, parties, recitals", Counter[str]()
    for line in to_text(own).splitlines():
        opens = re.match(r"(ARTICLE \w+|EXHIBIT \w+|SIGNATURE)\b[.:]", line)
        place = opens[1] if opens else place
        found[place] += len(WORD.findall(line))
    yield from found.items()


def forms(folder: Path) -> Iterator[tuple[str, Matter]]:
    """Yield the matter in its own form and, where its answers can be read as they are, in each other form."""
    matter = drafter.open(folder)
    yield matter.library.questionnaire.form, matter
    answers = folder / "answers.yaml" if folder.is_dir() else folder
    text = re.sub(r"(?m)^form:.*\n", "", answers.read_text("utf-8"))
    for form in matter.library.questionnaire.forms:
        if form != matter.library.questionnaire.form:
            with tempfile.TemporaryDirectory() as made, contextlib.suppress(drafter.DraftingError):
                (Path(made) / "answers.yaml").write_text(f"form: {form}\n{text}", "utf-8")
                yield form, drafter.open(Path(made))


def pages(contract: Contract) -> str:
    """Return how many pages the contract has as a PDF."""
    return str(len(PdfReader(io.BytesIO(to_pdf(contract, AGREEMENT))).pages))


def main() -> None:
    """Print a row for each form of each matter, and the words of its parts if they are asked for."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("matters", nargs="*", type=Path, metavar="MATTER", help="a matter's folder or answers file")
    reading.add_argument("--pdf", action="store_true", help="count the pages too")
    reading.add_argument("--sections", action="store_true", help="count the words of each article and exhibit")
    reading.add_argument("--long", action="store_true", help=f"print each sentence of more than {LONG} words")
    given = reading.parse_args()
    table = Table("matter", "form", "words", "with the policy", "mean", f"over {LONG}", "Flesch", "pages")
    for folder in given.matters or sorted(path.parent for path in EXAMPLES.glob("*/answers.yaml")):
        for form, matter in forms(folder):
            contract = drafter.draft(matter).contract
            found = counted(contract)
            figures = (f"{found.mean:.1f}", f"{found.long:.1%}", f"{found.flesch:.1f}")
            sizes = (f"{found.words:,}", f"{found.with_policy:,}")
            table.add_row(folder.name, form, *sizes, *figures, pages(contract) if given.pdf else "")
            for place, size in by_section(contract) if given.sections else ():
                table.add_row("", place, f"{size:,}")
            if given.long:
                print(*(s for s in said(without_quotes(contract)) if len(WORD.findall(s)) > LONG), sep="\n")
    Console().print(table)


if __name__ == "__main__":
    main()
