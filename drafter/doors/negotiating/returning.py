"""Says what was changed in a Word file that came back, those changes first that have no mark; as words or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from drafter.base.problems import short
from drafter.doors import terminal
from drafter.returned.markup import Change, Comment, Return

_DONE = {"insert": "new", "delete": "deleted", "row": "row", "format": "looks other", "reference": "reference"}


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
    silent = [change for change in found.changes if not change.marked]
    marked = [change for change in found.changes if change.marked]
    yield _count(found, silent, marked)
    for head, changes in (("Without a mark:", silent), ("Marked:", marked)):
        if changes:
            yield ""
            yield head
            yield from (f"  {_said(change)}" for change in changes)
    if found.comments:
        yield ""
        yield "Comments:"
        yield from (f"  {line}" for comment in found.comments for line in _comment(comment))
    if found.possible:
        yield ""
        yield "Perhaps meant as a proposal, though it is not tracked:"
        yield from (f"  {one.section}: {one.what}: {_quoted(one.words)}" for one in found.possible)
    if found.unplaced:
        yield ""
        yield "Not found in what was sent:"
        yield from (f"  {_quoted(line.text)}, after {_quoted(line.before)}" for line in found.unplaced)


def _count(found: Return, silent: Sequence[Change], marked: Sequence[Change]) -> str:
    total = len(found.changes)
    if not total and not found.comments:
        return "Nothing was changed."
    authors = ", ".join(dict.fromkeys(author for change in marked for author in change.authors))
    said = f"{total} change{'s' * (total != 1)}" + (f" by {authors}" if authors else "")
    return f"{said}, {len(silent)} without a mark, {len(found.comments)} comment{'s' * (len(found.comments) != 1)}"


def _said(change: Change) -> str:
    where = " ".join(filter(None, (change.section, change.heading if len(change.sections) == 1 else "")))
    who = f" ({', '.join(change.authors)})" if change.authors else ""
    return f"{change.id}  {where}: {_what(change)}{who}"


def _what(change: Change) -> str:
    if change.kind == "move":
        return f"{'the section' if change.whole else _quoted(change.before)} moved {change.place}"
    if change.whole and change.kind == "delete":
        return "the section is deleted"
    if change.before and change.after:
        return f"{_quoted(change.before)} -> {_quoted(change.after)}"
    if change.before:
        return f"deleted {_quoted(change.before)}"
    return f"new, {change.place}: {_quoted(change.after)}"


def _comment(comment: Comment) -> Iterator[str]:
    state = "resolved" if comment.done else "open"
    replies = f", {len(comment.replies)} replies" if comment.replies else ""
    head = f"{comment.section} by {comment.author}, on {_quoted(comment.words)}"
    yield f"{head}: {_quoted(comment.text)} ({state}{replies})"
    yield from (f"  {reply.author}: {_quoted(reply.text)}" for reply in comment.replies)


def _quoted(text: str) -> str:
    return f'"{short(" ".join(text.split()))}"'
