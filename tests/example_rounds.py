"""Makes the rounds of the example negotiation again: the product's own commands, and between them the City's two files.

usage: example_rounds.py [FOLDER]   (the example's own folder otherwise)

It begins with the answers of round 1. Run it when the library, or what a round holds, has changed, and look at what
`git diff` then shows.
"""

# ruff: noqa: T201  # it prints what it runs

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from commands import run
from example_returns import APRIL, MAY, Return, returned

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "st-louis-park-negotiation"
MADE = ("rounds", "wording", "swaps.yaml", "decisions.yaml", "matter.yaml")  # what the commands write
TO_CITY = ("send", "--to", "city", "--author", "Counsel for the District")

# Each step: the command with what follows the matter, or the file that comes back, to be received.
STORY: tuple[tuple[str, ...] | Return, ...] = (
    (*TO_CITY, "--on", "2026-03-16"),
    APRIL,
    (
        "decide", "counter", "c1", "--value", "city.prone_restraint=declines",
        "--value", "prone_refused_by=Morgan Specimen, City Manager", "--value", "prone_refused_on=2026-04-15",
        "--because", "The City will not agree to the ban; the policy then requires the move to a non-prone position.",
        "--reply", "Without the ban, the policy requires that the student be moved as quickly as possible.",
        "--on", "2026-04-20",
    ),
    (
        "decide", "counter", "c2", "--value", "pricing=fixed", "--value", "amount=96,000", "--value", "adjustment=none",
        "--value", "pay_days=30", "--because", "The board's budget has 96,000.",
        "--reply", "A fixed price of $96,000 a year, with nothing beside it.", "--on", "2026-04-20",
    ),
    (
        "decide", "counter", "c3", "--with", "sixty-days",
        "--because", "The City asked for 90 days to reassign officers; 60 was the middle.",
        "--for-board", "The City needs time to reassign its officers when the program ends.",
        "--reply", "60 days is the middle.", "--on", "2026-04-20",
    ),
    (*TO_CITY, "--on", "2026-04-27"),
    ("answer", "policy_519_received_on", "2026-05-04", "--on", "2026-05-04"),
    MAY,
    (
        "decide", "reject", "c1", "c2",
        "--because", "They were changed without a mark; nobody at the City mentioned them.",
        "--reply", "This was changed without a mark. The words stay as we sent them.", "--on", "2026-05-08",
    ),
    (
        "decide", "reject", "c3", "--because", "An exception for handcuffs undoes what the policy requires.",
        "--reply", "Policy 507.5 requires the move as quickly as possible and has no exception.", "--on", "2026-05-08",
    ),
    (
        "decide", "counter", "c4", "--with", "within-72",
        "--because", "The Chief needs no more than three days.",
        "--reply", "72 hours, as the Chief's comment says.", "--on", "2026-05-08",
    ),
    (
        "decide", "accept", "c5", "--because", "One sergeant has both schools.", "--reply", "Agreed.",
        "--on", "2026-05-08",
    ),
    (
        "decide", "accept", "c6", "--because", "Half an hour costs nothing, and the school is told.",
        "--reply", "Agreed.", "--on", "2026-05-08",
    ),
    (
        "decide", "reject", "c7", "--because", "The numbers of half the Article would change for nothing.",
        "--reply", "The section stays where it was, so that no section gets another number.", "--on", "2026-05-08",
    ),
    (
        "decide", "reply", "comment1", "--on", "2026-05-08",
        "--reply", "Five business days are too long: the District could not warn a family in time. 72 hours it is.",
    ),
    (
        "swap", "points-of-contact", "monthly",
        "--for-board", "The same sergeant supervises both officers; either side can ask for a talk at any time.",
        "--on", "2026-05-08",
    ),
    (*TO_CITY, "--on", "2026-05-11"),
)  # fmt: skip


def commands(matter: Path, scratch: Path) -> Iterator[list[str]]:
    """Yield each command of the story; a file that comes back is written before it is received."""
    for step in STORY:
        if isinstance(step, Return):
            file = scratch / step.name
            file.write_bytes(returned(matter / "rounds" / step.of, step))
            yield ["receive", str(matter), str(file), "--on", step.on]
        else:
            yield [step[0], str(matter), *step[1:]]


def main() -> None:
    """Make a folder's rounds again, one command after the other; stop at the first that fails."""
    matter = Path(sys.argv[1]) if sys.argv[1:] else EXAMPLE
    shutil.copyfile(matter / "rounds" / "01-to-city" / "answers.yaml", matter / "answers.yaml")
    for name in MADE:
        shutil.rmtree(matter / name) if (matter / name).is_dir() else (matter / name).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for words in commands(matter, Path(scratch)):
            print("$ drafter", shlex.join(words), flush=True)
            result = run(*words)
            print(result.output)
            if result.exit_code:
                sys.exit(f"This ended with exit code {result.exit_code}.")


if __name__ == "__main__":
    main()
