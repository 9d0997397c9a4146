"""Runs the benchmarks and writes docs/benchmarks.md with a plot.

    python benchmarks/page.py [--quick] [--peers PYTHON] [SECTION]...

Every figure of a section comes from the same run; each goal is given beside it, and whether it is met.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import desk
import draft
import markup
import proof
import redline

ROOT = Path(__file__).parent.parent
PAGE, PLOT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "images" / "growth.svg"
SIZES = (100, 1_000, 10_000)
DRAFTING, PROOF = "drafting: ms a section", "proof: µs a clause"

Line = Sequence[tuple[float, float]]
POINTS: dict[str, Line] = {}  # what the plot shows, as it is measured


def main() -> None:
    """Measure, and write the page; the plot too, if what it shows was measured."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all by default")
    reading.add_argument("--quick", action="store_true", help="fewer repeats, for a first impression")
    reading.add_argument(
        "--peers", action="append", default=[], metavar="PYTHON", help="a Python that has the other packages"
    )
    given = reading.parse_args()
    if unknown := set(given.sections) - SECTIONS.keys():
        reading.error(f"there is no section {', '.join(sorted(unknown))}; choose from {', '.join(SECTIONS)}")
    asked = given.sections or list(SECTIONS)
    texts = kept(PAGE.read_text("utf-8"))
    for name, (title, measured) in SECTIONS.items():
        if name in asked:
            texts[title] = "\n".join([f"Measured on {datetime.now(UTC):%Y-%m-%d}, {machine()}.\n", *measured(given)])
            PAGE.write_text(page(texts), "utf-8")
    if POINTS.keys() == {DRAFTING, PROOF}:
        PLOT.write_text(plot(POINTS), "utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}")


# -- the page -----------------------------------------------------------------------------------


def kept(text: str) -> dict[str, str]:
    """Return the sections of a page by their titles."""
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in text.split("\n## ")[1:]}


def page(texts: Mapping[str, str]) -> str:
    """Return the page with these sections."""
    parts = [HEAD, *(f"## {title}\n\n{texts[title]}\n" for title, _ in SECTIONS.values() if title in texts)]
    return "\n".join(parts)


def drafting(given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines on drafting."""
    yield "| what | measured | floor | the floor is | times | goal | result |\n|---|---|---|---|---|---|---|"
    rows = {name: run(quick=given.quick) for name, run in draft.BENCHMARKS.items()}
    POINTS[DRAFTING] = [(float(row.what.split()[-1].replace(",", "")), row.measured) for row in rows["growth"]]
    yield from (measured(row) for found in rows.values() for row in found)
    yield "\nAbout half of a cold draft's time goes into loading modules. The largest part of that is making the"
    yield "classes of our own values, a hundred or so: Python compiles half a dozen functions for each. Reading the"
    yield "library that was kept, drafting and writing the Word file share the rest."


def redlines(given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines on redlines."""
    yield "Plain are the marked words in paragraphs in which no sentence is mostly rewritten. Drafter shows a sentence"
    yield "that is whole, because a reader follows that better; so it marks more words there, and more in all.\n"
    for name, run in redline.BENCHMARKS.items():
        rows = run(given.peers, quick=given.quick)
        yield f"{name.capitalize()}: two contracts of 20 pages to a Word file with tracked changes.\n"
        yield "| program | time | times ours | words marked | of them plain | accept all | reject all |"
        yield "|---|---|---|---|---|---|---|"
        yield from map(compared, rows)
        yield f"\n{redline.goal(rows).rstrip('.')}.\n"
    yield "Of a warm redline of the first pair, about a seventh of the time compares the two contracts. The rest"
    yield "builds the Word file from the template, with its contents, numbers, references and marks, while the"
    yield "others mark up a Word file that is already laid out. So twice as fast as the fastest of them is within"
    yield "reach only where much has to be compared, as in the edited pair; ten times as fast would need another"
    yield "language."


def proving(given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines on the proof."""
    rows = [proof.measured(size) for size in (SIZES[:2] if given.quick else SIZES)]
    POINTS[PROOF] = [(row.clauses, row.each) for row in rows]
    yield "| clauses | questions | claims | cases | seconds to load | seconds to prove | µs a clause |\n|" + "---|" * 7
    for row in rows:
        counts = f"| {row.clauses:,} | {row.questions:,} | {row.claims:,} | {row.cases:,} "
        yield f"{counts}| {row.loading:.2f} | {row.proving:.2f} | {row.each:.0f} |"
    yield "\n![Time per section and per clause as contracts and libraries grow](images/growth.svg)"


def desks(_: argparse.Namespace) -> Iterator[str]:
    """Yield the lines on the desk."""
    yield "`python benchmarks/desk.py` alone measures it too: on the St. Louis Park example, in milliseconds of"
    yield "processor time without a socket. From a key to the changed page, and from the start to the first page, it"
    yield "is the time on the clock.\n"
    yield from desk.table()


def returns(given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines on reading what came back."""
    yield "Contracts of 100, 300 and 1,000 pages came back with ten changes a page, every other one tracked; several in"
    yield "one paragraph may be told as one.\n"
    yield "| what | measured | floor | the floor is | times | goal | result |\n|---|---|---|---|---|---|---|"
    yield from map(measured, markup.measured(quick=given.quick))


def measured(row: draft.Row) -> str:
    """Return a row of a table of measured things and their floors."""
    floor = f"{row.floor:,.1f}" if row.floor else ""
    times, goal = f"{row.ratio:.2f}" if row.ratio else "", f"at most {row.most}" if row.most else ""
    cells = (row.what, f"{row.measured:,.1f} {row.unit}", floor, row.floor_is, times, goal, row.result)
    return f"| {' | '.join(cells)} |"


def compared(row: redline.Row) -> str:
    """Return a row of the table of redlines."""
    if row.missing:
        return f"| {row.what} | {row.missing} | | | | | |"
    wrong = ("right" if not count else f"{count} lines wrong" for count in (row.accepted, row.rejected))
    words = f"{row.marked:,} | {row.plain:,}"
    return f"| {row.what} | {row.elapsed:,.0f} ms | {row.times:.2f} | {words} | {' | '.join(wrong)} |"


def machine() -> str:
    """Say what kind of machine this is."""
    return f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors"


# -- the plot -----------------------------------------------------------------------------------

WIDTH, HEIGHT, EDGE = 640, 320, 56
COLORS = ("#1d4f91", "#8b3a00")


def plot(lines: dict[str, Line]) -> str:
    """Draw lines over sizes, both axes logarithmic; a level line means linear growth."""
    xs = [math.log10(x) for line in lines.values() for x, _ in line]
    ys = [math.log10(y) for line in lines.values() for _, y in line]
    low, high = math.floor(min(ys)), math.ceil(max(ys))
    left, right = min(xs), max(xs)

    def at(x: float, y: float) -> tuple[float, float]:
        across = EDGE + (math.log10(x) - left) / (right - left) * (WIDTH - 2 * EDGE)
        return round(across, 1), round(HEIGHT - EDGE - (math.log10(y) - low) / (high - low) * (HEIGHT - 2 * EDGE), 1)

    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="serif" font-size="12">'
    ]
    made.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>')
    for power in range(low, high + 1):
        _, y = at(10**left, 10**power)
        made.append(f'<path d="M{EDGE} {y}H{WIDTH - EDGE}" stroke="#ddd"/>')
        made.append(f'<text x="{EDGE - 6}" y="{y + 4}" text-anchor="end">{10**power:g}</text>')
    for size in sorted({x for line in lines.values() for x, _ in line}):
        x, _ = at(size, 10**low)
        made.append(f'<text x="{x}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{size:,.0f}</text>')
    for (name, line), color in zip(lines.items(), COLORS, strict=False):
        points = [at(x, y) for x, y in line]
        path = " ".join(f"{x},{y}" for x, y in points)
        made.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        made += [f'<circle cx="{x}" cy="{y}" r="3" fill="{color}"/>' for x, y in points]
        made.append(f'<text x="{points[0][0] + 8}" y="{points[0][1] - 8}" fill="{color}">{name}</text>')
    made.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 10}" text-anchor="middle">sections, or clauses</text></svg>')
    return "\n".join(made) + "\n"


# The redlines come first: the garbage collector would go through what the other benchmarks leave in this process.
SECTIONS: Mapping[str, tuple[str, Callable[[argparse.Namespace], Iterator[str]]]] = {
    "redlines": ("Redlines", redlines),
    "drafting": ("Drafting", drafting),
    "proof": ("The proof", proving),
    "desk": ("The desk", desks),
    "returns": ("Reading a return", returns),
}
HEAD = """\
# Benchmarks

`python benchmarks/page.py` writes this page, or a section of it by its name; each script in `benchmarks/` also prints
its own table. What is measured and its floor, or its peers, take turns in one run; each figure is a median. Ratios are
of processor time where it is known, since others may use the machine at the same time.
"""

if __name__ == "__main__":
    sys.exit(main())
