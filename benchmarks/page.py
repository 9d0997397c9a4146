"""Runs the benchmarks and writes docs/benchmarks.md with a plot.

    python benchmarks/page.py [--quick] [--peers PYTHON]

Every figure on the page comes from the same run; each goal is given beside it, and whether it is met.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import desk
import draft
import proof
import redline

ROOT = Path(__file__).parent.parent
PAGE, PLOT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "images" / "growth.svg"
PACKAGES = ("docxtpl", "lxml", "pydantic", "python-docx", "jinja2", "markdown-it-py", "pyyaml")
SIZES = (100, 1_000, 10_000)

Line = Sequence[tuple[float, float]]


def main() -> None:
    """Measure everything, and write the page and the plot."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--quick", action="store_true", help="fewer repeats, for a first impression")
    reading.add_argument(
        "--peers", action="append", default=[], metavar="PYTHON", help="a Python that has the other packages"
    )
    given = reading.parse_args()
    # The redlines come first: the garbage collector would go through what the other benchmarks leave in this process.
    comparing = {name: run(given.peers, quick=given.quick) for name, run in redline.BENCHMARKS.items()}
    drafting = {name: run(quick=given.quick) for name, run in draft.BENCHMARKS.items()}
    proving = [proof.measured(size) for size in (SIZES[:2] if given.quick else SIZES)]
    PAGE.write_text("\n".join(page(drafting, comparing, proving)) + "\n", "utf-8")
    sections = [(float(row.what.split()[-1].replace(",", "")), row.measured) for row in drafting["growth"]]
    lines = {
        "drafting: ms a section": sections,
        "proof: µs a clause": [(row.clauses, row.each) for row in proving],
    }
    PLOT.write_text(plot(lines), "utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)} and {PLOT.relative_to(ROOT)}")


# -- the page -----------------------------------------------------------------------------------


def page(
    drafting: dict[str, list[draft.Row]], comparing: dict[str, list[redline.Row]], proving: Sequence[proof.Row]
) -> Iterator[str]:
    """Yield the lines of the page."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    yield "# Benchmarks\n"
    yield "`python benchmarks/page.py` writes this page; each script in `benchmarks/` also prints its own table.\n"
    yield f"Measured on {datetime.now(UTC):%Y-%m-%d}, {machine()}, Python {platform.python_version()}; {versions}.\n"
    yield "What is measured and its floor, or its peers, take turns in one run; each figure is a median. Ratios are of"
    yield "processor time where it is known, since others may use the machine at the same time.\n"
    yield "## Drafting\n"
    yield "| what | measured | floor | the floor is | times | goal | result |\n|---|---|---|---|---|---|---|"
    for row in (row for rows in drafting.values() for row in rows):
        floor = f"{row.floor:,.1f}" if row.floor else ""
        times, goal = f"{row.ratio:.2f}" if row.ratio else "", f"at most {row.most}" if row.most else ""
        cells = (row.what, f"{row.measured:,.1f} {row.unit}", floor, row.floor_is, times, goal, row.result)
        yield f"| {' | '.join(cells)} |"
    yield "\nAbout half of a cold draft's time goes into loading modules. The largest part of that is making the"
    yield "classes of our own values, a hundred or so: Python compiles half a dozen functions for each. Reading the"
    yield "library that was kept, drafting and writing the Word file share the rest.\n"
    yield "## Redlines\n"
    yield "Plain are the marked words in paragraphs in which no sentence is mostly rewritten. Drafter shows a sentence"
    yield "that is whole, because a reader follows that better; so it marks more words there, and more in all.\n"
    for name, rows in comparing.items():
        yield f"{name.capitalize()}: two contracts of 20 pages to a Word file with tracked changes.\n"
        yield "| program | time | times ours | words marked | of them plain | accept all | reject all |"
        yield "|---|---|---|---|---|---|---|"
        yield from map(compared, rows)
        yield f"\n{redline.goal(rows).rstrip('.')}.\n"
    yield "Of a warm redline of the first pair, about a seventh of the time compares the two contracts. The rest"
    yield "builds the Word file from the template, with its contents, numbers, references and marks, while the"
    yield "others mark up a Word file that is already laid out. So twice as fast as the fastest of them is within"
    yield "reach only where much has to be compared, as in the edited pair; ten times as fast would need another"
    yield "language.\n"
    yield "## The proof\n"
    yield "| clauses | questions | claims | cases | seconds to load | seconds to prove | µs a clause |\n|" + "---|" * 7
    for row in proving:
        counts = f"| {row.clauses:,} | {row.questions:,} | {row.claims:,} | {row.cases:,} "
        yield f"{counts}| {row.loading:.2f} | {row.proving:.2f} | {row.each:.0f} |"
    yield "\n## The desk\n"
    yield "`python benchmarks/desk.py` alone measures it too: on the St. Louis Park example, in milliseconds of"
    yield "processor time without a socket. From a key to the changed page, and from the start to the first page, it"
    yield "is the time on the clock.\n"
    yield from desk.table()
    yield "\n![Time per section and per clause as contracts and libraries grow](images/growth.svg)"


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


if __name__ == "__main__":
    sys.exit(main())
