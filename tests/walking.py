"""Walks the whole desk, as `scripts/walk-desk` does: says what is wrong, a line each, and ends with 1 for anything."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import desks
import every_option
import every_page
import every_return
import every_swap
from every_page import Visit

from drafter.base import english

EXAMPLES = ("st-louis-park", "st-louis-park-comprehensive")  # a matter in each form


def say(words: str) -> None:
    """Say something at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


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
            yield from every_option.walked(desk, page, name, say)


def swaps(folder: Path) -> Iterator[str]:
    """Put in every wording of the library, as the command does, and take it back."""
    for name in EXAMPLES:
        with desks.running(folder / name, name) as desk:
            yield from every_swap.walked(desk, name, folder, say)


def returns(folder: Path) -> Iterator[str]:
    """File each return of the shared folder, where that is there, and answer its changes, as the commands do."""
    if not every_return.RETURNS.is_dir():
        say(f"{every_return.RETURNS} is not there")
        return
    every_return.sent(folder / "start")
    (folder / "beside").mkdir()
    with desks.running(folder / "matters") as desk:
        yield from every_return.walked(desk, folder / "start", folder / "beside", say)


def _visited(
    folder: Path, those: Callable[[every_page.Place], Iterable[Visit]], looks: tuple[str, ...]
) -> Iterator[str]:
    with every_page.running(folder / "matters") as place, desks.opened(place.desk) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        walk = list(those(place))
        for visit in walk:
            yield from every_page.seen(place, page, visit, looks)
        say(f"{len(walk)} pages seen, each in {len(looks)} looks")


PARTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pages": pages, "questions": questions, "wordings": wordings, "options": options, "swaps": swaps,
    "returns": returns,
}  # fmt: skip


def main(asked: list[str]) -> int:
    """Walk the parts that are named, or all; return the exit code."""
    if unknown := set(asked) - PARTS.keys():
        say(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
        return 2
    count = 0
    for name in asked or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for line in PARTS[name](Path(folder)):
                count += 1
                say(line)
    say(english.counted(count, "fault"))
    return int(bool(count))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
