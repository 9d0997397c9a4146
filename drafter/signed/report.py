"""Writes what is to be looked at as a page for a browser: places or pages, each beside the approved one.

One rule: the page needs nothing else, no script and no other file, and every word in it is data.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.signed import saying
from drafter.signed.places import Place
from drafter.signed.sheets import picture
from drafter.signed.sheets.lying import Map
from drafter.signed.sheets.pages import Opened
from drafter.signed.verdict import Verdict

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]

DPI = 150  # dots an inch of the pictures
PAGE_DPI = 100  # of those of whole pages
MOST_PAGES = 20  # of which there are pictures
_AROUND = 8.0  # points around a place
WIDEST = 620  # dots of a page on a screen, 96 to the inch: what there is between the margins on paper
SCREEN = 96
_STYLE = """
@page { size: 8.5in 11in; margin: 1in; }
body { font: 1rem/1.5 Georgia, serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #111; }
h3 { margin-top: 2rem; } img { max-width: 100%; height: auto; border: 1px solid #767676; }
"""
_BESIDE = """
body { max-width: 100rem; } div { display: flex; gap: 1rem; } figure { flex: 1; margin: 0; }
"""


def page(found: Verdict, name: str, approved: Opened, file: Opened) -> str:
    """Return the report on a file as a page; the two open files are the approved contract and the one that was read."""
    told = html.escape
    parts = [
        f"<h1>{told(name)}: {told(saying.headline(found))}</h1>",
        f"<p>{told(saying.counts(found))}. Pages: {told(saying.kinds(found))}.</p>",
        f"<p>SHA-256 of the file: {found.record.file}</p>",
        _listed("Pages", saying.pages(found)),
        _listed("What could not be judged", iter(found.judged.unjudged)),
        _places(found, approved, file),
        _listed("Added, where that is allowed", iter(found.judged.added)),
        _listed("Digital signatures", saying.signatures(found.signatures)),
    ]
    return _whole(f"Places to look at in {Path(name).stem}", _STYLE, parts)


def beside(name: str, said: Iterable[str], numbers: Sequence[int], approved: Opened, file: Opened) -> str:
    """Return a page with the pages of a Word file that are printed otherwise, each beside the approved one.

    `said` is what was found, in words, and `numbers` are those of the pages; the two open files are their layouts.
    """
    shown = numbers[:MOST_PAGES]
    parts = [f"<h1>{html.escape(name)}: printed otherwise than approved</h1>", _listed("What differs", iter(said))]
    for number in shown:
        columns = "".join(
            f"<figure><figcaption>{title}, page {number}</figcaption>{_page(opened, number, title)}</figure>"
            for title, opened in (("As approved", approved), ("In the file", file))
        )
        parts.append(f"<h2>Page {number}</h2><div>{columns}</div>")
    if rest := numbers[MOST_PAGES:]:
        parts.append(f"<p>Not shown: pages {', '.join(map(str, rest))}.</p>")
    return _whole(f"Pages of {name} that are printed otherwise", _STYLE + _BESIDE, parts)


def _page(opened: Opened, number: int, title: str) -> str:
    if number > opened.count:
        return "<p>There is no such page.</p>"
    return _image(opened.drawn(number, PAGE_DPI, grey=False), PAGE_DPI, f"{title}, page {number}")


def _whole(title: str, style: str, parts: Iterable[str]) -> str:
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{style}</style>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(parts) + "\n</body></html>\n"


def _listed(title: str, lines: Iterator[str]) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""


def _places(found: Verdict, approved: Opened, file: Opened) -> str:
    if not found.judged.places:
        return ""
    shown = (_place(found, number, place, approved, file) for number, place in enumerate(found.judged.places, 1))
    return "<h2>Places to look at</h2>" + "".join(shown)


def pictures(found: Verdict, approved: Opened, file: Opened) -> Iterator[tuple[tuple[str, bytes, str], ...]]:
    """Yield the pictures of each place: what each shows, the picture as a PNG, and the words for who doesn't see it."""
    for number, place in enumerate(found.judged.places, 1):
        made = _pieces(found, number, place, approved, file)
        yield tuple((title, _png(_crop(drawn, box)), words) for title, drawn, box, words in made)


def _place(found: Verdict, number: int, place: Place, approved: Opened, file: Opened) -> str:
    return _beside(found, number, place, _pieces(found, number, place, approved, file))


def _pieces(
    found: Verdict, number: int, place: Place, approved: Opened, file: Opened
) -> Sequence[tuple[str, Image, Box, str]]:
    """Return the pictures of a place: what each shows, its page, where it is there, and its words."""
    if place.means == "prints otherwise":
        return _printed(number, place, file)
    meant = approved.drawn(max(place.approved_page, 1), DPI)
    lies, turn = found.judged.maps.get(place.page, (Map(), 0))
    seen = file.drawn(place.page, DPI).rotate(turn, expand=True)
    seen = seen if place.there else picture.straight(seen, lies, meant.size, DPI)
    pieces = [("in the file", seen, place.there or place.box, f"Place {number} in the file, which reads {place.read}")]
    if place.approved_page:
        pieces += [("as approved", meant, place.box, f"Place {number} in the approved contract, {place.approved}")]
    return pieces


def _printed(number: int, place: Place, file: Opened) -> Sequence[tuple[str, Image, Box, str]]:
    """Return a place as it is on a screen, and as it is printed."""
    shown, on_paper = (file.drawn(place.page, DPI, grey=False, printed=printed) for printed in (False, True))
    return [
        ("as shown", shown, place.box, f"Place {number} as it is shown"),
        ("as printed", on_paper, place.box, f"Place {number} as it is printed"),
    ]


def _beside(found: Verdict, number: int, place: Place, pieces: Iterable[tuple[str, Image, Box, str]]) -> str:
    shown = "".join(
        f"<p>Place {number}, {title}:<br>{_image(_crop(drawn, box), DPI, words)}</p>"
        for title, drawn, box, words in pieces
    )
    looked = html.escape(saying.look(found, place)) or f"Nobody has looked at place {number} yet."
    return f"<h3>Place {number}</h3><p>{html.escape(saying.place(place))}</p>{shown}<p>{looked}</p>"


def _crop(drawn: Image, box: Box) -> Image:
    left, top, right, bottom = (side * DPI / 72 for side in box)
    around = _AROUND * DPI / 72
    sides = (left - around, top - around, right + around, bottom + around)
    return drawn.crop(tuple(map(round, sides)))  # type: ignore[arg-type]


def _image(shown: Image, dpi: int, words: str) -> str:
    """Return a picture, as large as it is on paper but no wider than a page, and the words for who doesn't see it."""
    data = base64.b64encode(_png(shown)).decode()
    width = min(shown.width * SCREEN // dpi, WIDEST)
    return f'<img alt="{html.escape(words)}" width="{width}" src="data:image/png;base64,{data}">'


def _png(shown: Image) -> bytes:
    kept = io.BytesIO()
    shown.save(kept, "PNG")
    return kept.getvalue()
