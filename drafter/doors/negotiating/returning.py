"""Says what was changed in a Word file that came back, those changes first that have no mark; as words or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from drafter.doors import terminal
from drafter.replying import saying
from drafter.returned.markup import Change, Return


def return_json(found: Return) -> dict[str, object]:
    """Return what a file says as data for a script."""
    return {
        "changes": [_change_json(change) for change in found.changes],
        "comments": [asdict(comment) for comment in found.comments],
        "unplaced": [asdict(line) for line in found.unplaced],
        "possible": [asdict(one) for one in found.possible],
    }


def _change_json(change: Change) -> dict[str, object]:
    return {"section": change.section, **asdict(change)}


def told(found: Return) -> None:
    """Print what a file says."""
    for line in lines(found):
        terminal.say(line)


def lines(found: Return) -> Iterator[str]:
    """Yield what a file says, line by line."""
    count = saying.count(found)
    yield f"{count[0].upper()}{count[1:]}."
    for head, places in saying.by_marks(found.changes):
        yield from ("", f"{head}:")
        for change in (found.changes[at] for at in places):
            yield f"  {change.id}  {saying.where(change)}: {saying.what(change)}{saying.by(change)}"
    comments = [line for one in found.comments for line in saying.comment(one)]
    for head, said in (*([(saying.COMMENTS, comments)] if comments else []), *saying.rest(found)):
        yield from ("", f"{head}:", *(f"  {line}" for line in said))
