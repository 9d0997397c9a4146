"""Makes the line on a meeting's agenda, to be pasted: what kind of item it is, who presents it, and the motion."""

from __future__ import annotations

from drafter.contract import words
from drafter.papers.memo import Memo


def text(memo: Memo) -> str:
    """Return the line on the agenda as plain text, from a memo; empty where the library says no kind of item."""
    if not memo.item:
        return ""
    facts = (
        ("Meeting", memo.meeting),
        ("Item", memo.subject),
        ("Kind of item", memo.item),
        ("Presenter", memo.presenter),
    )
    lines = [f"{label}: {words(said)}" for label, said in facts if said]
    motion = " ".join(map(words, memo.motion))
    return "\n".join([*lines, *([f"Recommended motion: {motion}"] if motion else [])]) + "\n"
