"""Walks the whole desk, as `scripts/walk-desk` runs it. Prints what is wrong, and ends with 1 for anything."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import desks
import every_option
import every_page
from every_page import Visit

EXAMPLES = ("st-louis-park", "st-louis-park-comprehensive")  # a matter in each form


def pages(folder: Path) -> Iterator[str]:
    """Visit every page in every state and look."""
    yield from _visited(folder, every_page.visits, tuple(every_page.LOOKS))


def questions(folder: Path) -> Iterator[str]:
    """Visit the page of every question, and of a record of every list."""
    yield from _visited(folder, every_page.every_question, ("plain", "320 px", "200 %"))


def wordings(folder: Path) -> Iterator[str]:
    """Visit the page of every clause, with each of its wordings, and that of own words."""
    yield from _visited(folder, every_page.every_wording, ("plain", "320 px"))


def options(folder: Path) -> Iterator[str]:
    """Save every option of every choice that is asked."""
    for name in EXAMPLES:
        with desks.running(folder / name, name) as desk, desks.opened(desk) as page:
            yield from every_option.walked(desk, page, name, print)


def _visited(
    folder: Path, those: Callable[[every_page.Place], Iterable[Visit]], looks: tuple[str, ...]
) -> Iterator[str]:
    with every_page.running(folder / "matters") as place, desks.opened(place.desk) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        walk = list(those(place))
        for visit in walk:
            yield from every_page.seen(place, page, visit, looks)
        print(f"{len(walk)} pages seen, each in {len(looks)} looks", flush=True)


PARTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pages": pages, "questions": questions, "wordings": wordings, "options": options,
}  # fmt: skip


def main(asked: list[str]) -> int:
    """Walk the parts that are named, or all; return the exit code."""
    if unknown := set(asked) - PARTS.keys():
        print(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
        return 2
    count = 0
    for name in asked or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for line in PARTS[name](Path(folder)):
                count += 1
                print(line, flush=True)
    print(f"{count} faults")
    return int(bool(count))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
