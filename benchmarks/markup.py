"""Measures reading a return with many changes: `python benchmarks/markup.py [--quick]`.

Contracts of 100, 300 and 1,000 pages, each with 10 changes a page, every other one tracked: how long it takes to say
what was changed, in milliseconds of processor time, against a floor, python-docx reading the same file's words; how
the time of a change grows with their number; and the command for 100 pages as a process: its elapsed time and memory.
"""

from __future__ import annotations

import copy
import io
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import draft
import proof  # the one beside this file, which generates libraries
from lxml import etree
from rich.console import Console

from drafter import contract
from drafter.drafting import assembly, selection
from drafter.matters import answers
from drafter.reading import loading
from drafter.returned import furniture, reading, sent
from drafter.word import writer
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w

TEMPLATE = Path(__file__).parent.parent / "templates" / "agreement.docx"
PAGES = (100, 300, 1_000)
WORDS_A_PAGE, CHANGES_A_PAGE = 400, 10
PARAGRAPHS, WORDS = 3, 45  # of a section, and of a paragraph
PLACES = (9, 21, 33)  # the words of a paragraph that may be changed
PLAIN = "the party must may give notice of each day before work and any other person who then asks in writing"
NEW = "seldom"
FLOOR = "python-docx reads its words"


def main() -> None:
    """Print the table."""
    Console(width=None if sys.stdout.isatty() else 160).print(draft.table(iter(measured(quick="--quick" in sys.argv))))


def measured(*, quick: bool) -> Iterator[draft.Row]:
    """Yield the rows of the table; the first quickly, or all."""
    first = 0.0
    for pages in PAGES[:1] if quick else PAGES:
        made, parts = returned(pages)
        content = package.pack(parts)
        base = sent.of_contract(made, furniture.of(TEMPLATE))
        took = spent(lambda base=base, parts=parts: reading.read(base, parts))
        floor = spent(lambda content=content: [one.text for one in docx.Document(io.BytesIO(content)).paragraphs])
        each = took / (pages * CHANGES_A_PAGE)
        first = first or each
        yield draft.Row(f"{pages:,} pages, {pages * CHANGES_A_PAGE:,} changes", FLOOR, took, floor, "ms")
        if pages != PAGES[0]:
            yield draft.Row("one change of them", f"one of {PAGES[0]} pages", each, first, "ms", 1.5)
            continue
        elapsed, memory = command(made, content)
        yield draft.Row("drafter redline --json of 100 pages, elapsed", "the goal", elapsed, 2, "s", 1)
        yield draft.Row("memory of that", "the goal", memory, 300, "MB", 1)


def returned(pages: int) -> tuple[contract.Contract, package.Package]:
    """Return a contract of so many pages, and its Word file with the changes."""
    chance = random.Random(pages)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        loaded = loading.load(library(Path(folder) / "library", pages, chance), "library")
    selected = selection.select(loaded, answers.parse("", "answers.yaml", loaded.questionnaire))
    made = assembly.assemble(selected)
    parts = package.unpack(writer.write(made, TEMPLATE))
    main_part = package.main(parts)
    root = package.parse(parts[main_part])
    prose = [run for run in root.iter(w("r")) if len((run.findtext(w("t")) or "").split()) == WORDS]
    places = chance.sample([(run, at) for run in range(len(prose)) for at in PLACES], pages * CHANGES_A_PAGE)
    for number, run in enumerate(prose):
        edit(run, sorted(at for one, at in places if one == number), number)
    return made, parts | {main_part: package.serialize(root)}


def library(root: Path, pages: int, chance: random.Random) -> Path:
    """Write a generated library whose contract has so many pages."""
    proof.build(root, pages * WORDS_A_PAGE // (PARAGRAPHS * WORDS))
    for path in sorted((root / "clauses").glob("*.md")):
        prose = [" ".join(chance.choices(PLAIN.split(), k=WORDS)).capitalize() + "." for _ in range(PARAGRAPHS)]
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(## \w+\n)", lambda found, prose=prose: "\n\n".join([found[1], *prose, ""]), text)
        path.write_text(text, encoding="utf-8")
    return root


def edit(run: Element, places: Sequence[int], number: int) -> None:
    """Put other words at some places of a run: every other one tracked, the rest without a mark."""
    words, made, start = (run.findtext(w("t")) or "").split(" "), [], 0
    for at in places:
        made.append(said(run, f"{' '.join(words[start:at])} "))
        if (number + at) % 2:
            made += [tracked("del", said(run, words[at])), tracked("ins", said(run, NEW))]
        else:
            made.append(said(run, NEW))
        start = at + 1
        words[start] = f" {words[start]}"
    made.append(said(run, " ".join(words[start:])))
    for node in made:
        run.addprevious(node)
    run.getparent().remove(run)


def said(run: Element, words: str) -> Element:
    """Return a run with other words, that looks like a run."""
    made = copy.deepcopy(run)
    text = made.find(w("t"))
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def tracked(kind: str, run: Element) -> Element:
    """Return a run as a tracked deletion or insertion."""
    made = etree.Element(w(kind), {w("id"): "9000", w("author"): "Riley Counsel", w("date"): "2026-05-06T09:00:00Z"})
    made.append(run)
    if kind == "del":
        run.find(w("t")).tag = w("delText")
    return made


def spent(task: Callable[[], object]) -> float:
    """Return the median of the milliseconds of processor time that a task takes."""
    found = []
    for _ in range(3):
        start = time.process_time()
        task()
        found.append((time.process_time() - start) * 1000)
    return statistics.median(found)


def command(made: contract.Contract, content: bytes) -> tuple[float, float]:
    """Run the command on a return; return the seconds that it takes on the clock, and its memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        base, file = Path(folder) / "contract.json", Path(folder) / "return.docx"
        base.write_text(contract.to_json(made), encoding="utf-8")
        file.write_bytes(content)
        asked = [sys.executable, "-P", "-m", "drafter", "redline", str(base), str(file), "--json"]
        start = time.perf_counter()
        subprocess.run(asked, check=True, capture_output=True, cwd=folder)  # noqa: S603
        elapsed = time.perf_counter() - start
    return elapsed, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


if __name__ == "__main__":
    main()
