"""What a page says where a matter can't be read, or nothing could be done: where, what is wrong, what to do."""

from __future__ import annotations

from drafter.asking import spoken
from drafter.base.problems import DraftingError
from drafter.web.asked import Asked, Parts, Reply, Shown
from drafter.web.desk import Desk
from drafter.web.views import printed

HELD = "matter-in-use"


def page(desk: Desk, asked: Asked, error: DraftingError) -> Reply:
    """Return the page of what is wrong, beside the last contract that could be made."""
    held = any(one.code == HELD for one in error.problems)
    status = 423 if held else 422 if asked.method == "POST" else 200
    words = [(str(one.place), spoken.error(DraftingError(one))) for one in error.problems]
    if asked.in_part:
        return Parts({"error": " ".join(f"{place}: {said}" for place, said in words)}, status)
    old = desk.shelf(asked.names["matter"]).last_good if "matter" in asked.names else None
    shown = printed.whole(old, asked.at(), frozenset()) if old is not None else ""
    return Shown("wrong.html", {"words": words, "held": held, "contract": shown}, status)
