"""Whether a file is the contract in a packet: a Word file, or a PDF that was signed or scanned; and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.sending.names import CONTRACT
from drafter.telling import rows
from drafter.telling.rows import Row, Words

if TYPE_CHECKING:  # a Word file is compared without what reads a scan
    from drafter.signed import verdict
    from drafter.verifying.verdict import Verdict

MOST_LINES = 12  # findings of one kind that are told
MOST_PLACES = 20  # places of a PDF that are told
_SAID = {
    "the same bytes": Words("the contract in the packet, byte for byte", "good"),
    "saved again": Words("the same contract as in the packet, saved again", "good"),
    "printed otherwise": Words("the same words as in the packet, printed otherwise", "bad"),
    "differs": Words("not the contract in the packet", "bad"),
    "can't be judged": Words("can't be judged", "bad"),
}
_TITLES = {"differs": "Differs", "unjudged": "Can't be judged", "printed": "Printed otherwise", "mark": "Status"}
COMPARED = "labels, words, fields, looks, tables, pages, headers and footers; anything else that differs isn't judged"
_KINDS = {"as approved": "good", "as approved, looked at": "good", "otherwise": "bad"}


def headline(found: Verdict) -> Words:
    """Say whether a Word file is the contract in a packet."""
    return _SAID[found.kind]


def told(found: Verdict) -> Iterator[Row]:
    """Yield what differs in a Word file, each with its place, what to do about it, and what was compared."""
    for kind, title in _TITLES.items():
        those = [one for one in found.findings if one.kind == kind]
        for one in those[:MOST_LINES]:
            yield rows.row(title, Words(one.place, "line"), ": ", Words(one.what, "line"))
        if len(those) > MOST_LINES:
            yield rows.row(title, f"and {len(those) - MOST_LINES} more")
    yield from (rows.row("What to do", step) for step in found.next_steps)
    if found.next_steps:
        yield rows.row("Or", f"open the packet's own {CONTRACT} and sign that")
    yield from (rows.row("Saved again", Words(one, "line")) for one in found.added)
    if found.kind != "the same bytes":
        yield rows.row("Compared", COMPARED)
        yield rows.row("Pages", "laid out with LibreOffice and compared" if found.laid_out else found.unlaid)


def read(found: verdict.Verdict) -> Words:
    """Say whether a PDF was read as the contract in a packet."""
    from drafter.signed import saying

    return Words(saying.headline(found), _KINDS.get(found.says, "mixed"))


def told_of_read(found: verdict.Verdict, more: str) -> Iterator[Row]:
    """Yield what was read in a PDF: words, pages, the first places to look at, what was added, and its signatures.

    `more` says where all places are.
    """
    from drafter.signed import saying

    yield rows.row("Words", saying.counts(found))
    yield from (rows.row("Pages", line) for line in (saying.kinds(found), *saying.pages(found)))
    yield from (rows.row("Not judged", reason) for reason in found.judged.unjudged)
    places = found.judged.places
    for number, place in enumerate(places[:MOST_PLACES], 1):
        seen = saying.look(found, place)
        yield rows.row(f"Place {number}", Words(saying.place(place), "line"), f" ({seen})" if seen else "")
    if len(places) > MOST_PLACES:
        yield rows.row("Places", f"and {len(places) - MOST_PLACES} more; {more}")
    yield from (rows.row("Added", Words(line, "line")) for line in found.judged.added)
    yield from (rows.row("Signature", Words(line, "line")) for line in saying.signatures(found.signatures))
    if found.laid:
        yield rows.row("Packet", "it keeps no PDF of its contract; its Word file was laid out for this")


def places(found: verdict.Verdict) -> Iterator[tuple[str, str, str]]:
    """Yield of each place to look at its key, what it is, and what a person saw there."""
    from drafter.signed import looks, saying

    yield from ((looks.key(one), saying.place(one), saying.look(found, one)) for one in found.judged.places)
