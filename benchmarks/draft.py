"""Measures drafting against a floor, and against goals: `python benchmarks/draft.py [--quick] [BENCHMARK]...`.

    warm     answers to a Word file in a process that has the library, against docxtpl alone with the same paragraphs
    cold     commands as processes, against a process that only imports the libraries they need
    many     1,000 different contracts on two processors: how many a second, and whether memory grows
    growth   contracts of 10, 100 and 1,000 sections: whether the time per section stays the same

What is measured and its floor take turns in one run, and a row gives medians. Ratios are of processor time, because
others may use the machine at the same time; the ratio of elapsed time is given as well.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import io
import json
import multiprocessing
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import docx
import proof  # the one beside this file, which generates libraries
import redline  # the one beside this file, which makes contracts of 20 pages
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from rich.console import Console
from rich.table import Table

import drafter
from drafter import contract
from drafter.drafting import assembly, compliance, selection
from drafter.matters import answers
from drafter.reading import loading
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question
from drafter.word import writer

ROOT = Path(__file__).parent.parent
LIBRARY, TEMPLATE = ROOT / "clause_library", ROOT / "templates" / "agreement.docx"
MATTER = ROOT / "examples" / "st-louis-park"
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured and its floor, in one unit; the most times the floor that it may be (0: no goal)."""

    what: str
    floor_is: str
    measured: float
    floor: float
    unit: str
    most: float = 0
    elapsed: float = 0

    @property
    def ratio(self) -> float:
        """Return how many times the floor it is, or 0 without a floor."""
        return self.measured / self.floor if self.floor else 0

    @property
    def result(self) -> str:
        """Say whether the goal is met."""
        return "" if not self.most else "met" if self.ratio <= self.most else "missed"


def draft(loaded: Library, text: str) -> bytes:
    """Make a Word file from the text of an answers file."""
    selected = selection.select(loaded, answers.parse(text, "answers.yaml", loaded.questionnaire))
    made = assembly.assemble(selected)
    compliance.check(made, selected)
    return writer.write(made, TEMPLATE)


def medians(tasks: Sequence[Callable[[], object]], repeats: int, children: int) -> list[tuple[float, float]]:
    """Run tasks in turn; return the median of processor time and of elapsed time of each, in milliseconds.

    `children` says whose processor time it is: RUSAGE_SELF or RUSAGE_CHILDREN.
    """

    def clocks() -> tuple[float, float]:
        used = resource.getrusage(children)
        return used.ru_utime + used.ru_stime, time.perf_counter()

    took: list[list[tuple[float, float]]] = [[] for _ in tasks]
    for turn in range(repeats + 1):
        for task, found in zip(tasks, took, strict=True):
            before = clocks()
            task()
            if turn:  # the first turn warms up: caches, and Python's compiled files
                found.append(tuple((b - a) * 1000 for a, b in zip(before, clocks(), strict=True)))
    return [tuple(map(statistics.median, zip(*found, strict=True))) for found in took]


# -- warm ---------------------------------------------------------------------------------------


def warm(*, quick: bool = False) -> list[Row]:
    """Draft in a process that has loaded the library, against docxtpl with the same paragraphs as plain texts."""
    loaded, text = loading.load(LIBRARY, "clause_library"), (MATTER / "answers.yaml").read_text(encoding="utf-8")
    document = docx.Document(io.BytesIO(draft(loaded, text)))
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]
    fields = {f"p{number}": text for number, text in enumerate(texts)}
    placed = bare_template([f"{{{{ {name} }}}}" for name in fields])
    looped = bare_template(["{%p for text in texts %}", "{{ text }}", "{%p endfor %}"])
    tasks = [lambda: draft(loaded, text), lambda: bare(placed, fields), lambda: bare(looped, {"texts": texts})]
    ours, each, loop = medians(tasks, 3 if quick else 15, resource.RUSAGE_SELF)
    what = f"answers to Word file, {len(texts):,} paragraphs"
    return [
        Row(what, "docxtpl, a placeholder a paragraph", ours[0], each[0], "ms", 1.5, ours[1] / each[1]),
        Row(what, "docxtpl, one loop over the paragraphs", ours[0], loop[0], "ms", 0, ours[1] / loop[1]),
    ]


def bare_template(paragraphs: Sequence[str]) -> bytes:
    """Return the shipped template with the given paragraphs as its body."""
    made = docx.Document(str(TEMPLATE))
    body = made.element.body
    for child in [child for child in body if child.tag != qn("w:sectPr")]:
        body.remove(child)
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def bare(template: bytes, fields: Mapping[str, object]) -> bytes:
    """Render a template with docxtpl alone."""
    made, written = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    made.render({"title": "Agreement", "status": "DRAFT", **fields}, autoescape=True)
    made.save(written)
    return written.getvalue()


# -- cold ---------------------------------------------------------------------------------------


def cold(*, quick: bool = False) -> list[Row]:
    """Run commands as processes of this interpreter, with compiled files of their own, as after an installation."""
    with tempfile.TemporaryDirectory() as folder:
        read = Path(folder) / "read"  # where drafter keeps the libraries that it has read
        own = {
            "PYTHONPATH": str(Path(drafter.__file__).parent.parent),
            "PYTHONPYCACHEPREFIX": folder,
            "XDG_CACHE_HOME": str(read),
            "XDG_DATA_HOME": str(Path(folder) / "data"),
        }
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

        def process(*arguments: str, **more: str) -> Callable[[], object]:
            command, env = [sys.executable, *arguments], kept | own | more
            return lambda: subprocess.run(command, env=env, check=True, capture_output=True)  # noqa: S603

        drafts = process("-P", "-m", "drafter", "draft", str(MATTER), "-o", str(Path(folder) / "contract.docx"))
        sides = [Path(folder) / name for name in ("base.json", "revised.json")]
        for path, side in zip(sides, redline.contracts(), strict=True):
            path.write_text(contract.to_json(side), encoding="utf-8")
        redlines = process(
            *("-P", "-m", "drafter", "redline", *map(str, sides), "-o", str(Path(folder) / "redline.docx")),
            XDG_CACHE_HOME=str(Path(folder) / "redlines"),
        )

        def first() -> None:
            shutil.rmtree(read, ignore_errors=True)
            drafts()

        tasks = [
            first,
            drafts,
            redlines,
            process("-c", "import docxtpl, pydantic, click"),
            process("-P", "-m", "drafter", "--help"),
            process("-c", "pass"),
        ]
        began, drafted, redlined, imports, helped, empty = medians(tasks, 3 if quick else 15, resource.RUSAGE_CHILDREN)
    floor = "import docxtpl, pydantic, click"
    return [
        Row(
            "drafter draft, of a library that was never read",
            floor,
            began[0],
            imports[0],
            "ms",
            0,
            began[1] / imports[1],
        ),
        Row("drafter draft", floor, drafted[0], imports[0], "ms", 2, drafted[1] / imports[1]),
        Row(
            "drafter redline, of two contracts of 20 pages",
            floor,
            redlined[0],
            imports[0],
            "ms",
            2,
            redlined[1] / imports[1],
        ),
        Row("drafter --help", "python -c pass", helped[0], empty[0], "ms", 3, helped[1] / empty[1]),
    ]


# -- many ---------------------------------------------------------------------------------------

_loaded: list[Library] = []  # a worker's own


def many(*, quick: bool = False) -> list[Row]:
    """Draft different contracts in two processes; memory is the most that a process has held, after 100 and at the end.

    Every answer of each is chosen at random, always the same for the same number.
    """
    count, early = (200, 100) if quick else (1000, 100)
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2, _start) as pool:
        made = list(pool.imap_unordered(_one, range(count)))
    took = time.perf_counter() - started
    different = len({digest for digest, _, _, _ in made})
    each = statistics.median(used for _, used, _, _ in made) * 1000
    held: dict[int, list[float]] = {}
    for _, _, worker, memory in made:
        held.setdefault(worker, []).append(memory)
    first, last = (sum(each[place] for each in held.values()) for place in (early // 2 - 1, -1))
    return [
        Row(f"{different:,} different contracts, two processes", "", different / took, 0, "a second"),
        Row("processor time of one of them", "", each, 0, "ms"),
        Row(f"memory after {count:,} contracts", f"memory after {early}", last, first, "MB", 1.1),
    ]


def _start() -> None:
    _loaded.append(loading.load(LIBRARY, "clause_library"))


def _one(number: int) -> tuple[str, float, int, float]:
    """Draft the contract of a number; return its hash, its processor time, the process, and the most that this held."""
    started = time.process_time()
    made = draft(_loaded[0], any_answers(number, _loaded[0]))
    used = time.process_time() - started
    unit = 1 if sys.platform == "darwin" else 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MB
    return hashlib.sha256(made).hexdigest(), used, os.getpid(), held


def any_answers(number: int, loaded: Library) -> str:
    """Return the text of an answers file with an answer to every question; JSON is YAML as well."""
    chance = random.Random(number)  # noqa: S311  # no secret
    tree: dict[str, object] = {}
    for name, question in loaded.questionnaire.questions.items():
        *groups, last = name.split(".")
        place = tree
        for group in groups:
            place = place.setdefault(group, {})  # type: ignore[assignment]
        place[last] = _any_answer(question, number, chance)
    return json.dumps(tree)


def _any_answer(question: Question, number: int, chance: random.Random) -> object:
    low, high = question.min, question.max
    values = [option.value for option in question.options]
    match question.type:
        case "yes-no":
            return chance.choice(["yes", "no"])
        case "choice":
            return chance.choice(values)
        case "choices":
            return chance.sample(values, chance.randint(1, len(values)))
        case "number" | "money" | "percent":
            return str(chance.randint(int(float(low or 1)), int(float(high or 100))))
        case "date":
            first = date.fromisoformat(low or "2026-07-01")
            return str(min(first + timedelta(chance.randrange(700)), date.fromisoformat(high or "2100-01-01")))
        case "email":
            return f"person{number}@example.org"
        case "phone":
            return "952-555-0100"
        case "records":
            count = chance.randint(max(int(low or 1), 1), min(int(high or 3), 3))
            return [{f.id: _any_answer(f, number, chance) for f in question.fields} for _ in range(count)]
        case _:
            return f"{question.label} {number} {chance.randrange(1000)}"


# -- growth -------------------------------------------------------------------------------------


def growth(*, quick: bool = False) -> list[Row]:
    """Draft contracts of 10, 100 and 1,000 sections from generated libraries."""
    rows: list[Row] = []
    for size in (12, 125) if quick else (12, 125, 1250):  # one clause in five has a condition
        with tempfile.TemporaryDirectory() as folder:
            loaded = loading.load(proof.build(Path(folder) / "library", size), "library")
        count = len(selection.select(loaded, answers.parse("", "answers.yaml", loaded.questionnaire)).choices)
        task = functools.partial(draft, loaded, "")
        took = medians([task], 3 if quick else 9, resource.RUSAGE_SELF)[0][0] / count
        before = rows[-1] if rows else Row("", "", 0, 0, "")
        rows.append(Row(f"a section of {count:,}", before.what, took, before.measured, "ms", 1.25 if rows else 0))
    return rows


# -- the table ----------------------------------------------------------------------------------

BENCHMARKS: Mapping[str, Callable[..., list[Row]]] = {"warm": warm, "cold": cold, "many": many, "growth": growth}


def table(rows: Iterator[Row]) -> Table:
    """Return the rows as a table that says the goals and the results."""
    made = Table("What", "Measured", "Floor", "Floor is", "Times", "Elapsed", "Goal", "Result")
    for row in rows:
        floor = f"{row.floor:,.1f}" if row.floor else ""
        times, elapsed = (f"{value:.2f}" if value else "" for value in (row.ratio, row.elapsed))
        goal = f"at most {row.most}" if row.most else ""
        made.add_row(row.what, f"{row.measured:,.1f} {row.unit}", floor, row.floor_is, times, elapsed, goal, row.result)
    return made


def main() -> None:
    """Print the table."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help="which to run; all by default")
    reading.add_argument("--quick", action="store_true", help="fewer repeats and contracts, for a first impression")
    given = reading.parse_args()
    if unknown := set(given.benchmarks) - BENCHMARKS.keys():
        reading.error(f"there is no benchmark {', '.join(sorted(unknown))}; choose from {', '.join(BENCHMARKS)}")
    names = given.benchmarks or BENCHMARKS
    rows = (row for name in names for row in BENCHMARKS[name](quick=given.quick))
    Console(width=None if sys.stdout.isatty() else 160).print(table(rows))


if __name__ == "__main__":
    main()
