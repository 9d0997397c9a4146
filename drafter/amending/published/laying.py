"""Lays a text as a body publishes it to paragraphs: by its printed numbers, headings and bullets, and by its words.

One rule: the words stay as they are. Only the breaks of lines and pages and asterisks for bold type go, and list
dashes become bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.amending import pairing
from drafter.amending.published import numbering
from drafter.amending.published.numbering import Levels
from drafter.reading.sources.source import Paragraph, Source, squeezed
from drafter.values import dataclass

_BULLET = re.compile(r"[-–—•▪◦·*o]\s+(?=\S)")
_PAGE = re.compile(r"(?i:page)\s+\d+(?:\s+of\s+\d+)?|[-–]\s*\d+\s*[-–]")  # what stands alone at a page's end
_ENDED = re.compile(r"[.?!:;)”\"’]$")
BULLET = "•"  # whatever mark it was that a text without pages has for it
WIDEST = 120  # characters of a line; a text with longer ones has no lines that a page's width broke
FULL = 0.75  # of the widest line: one that would be longer with the next word was broken by the width
SEAM = 3  # words on each side of a break that are looked for in the earlier text


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph as it is printed: its number, the levels of that, whether a bullet is before it, and its words."""

    number: str
    levels: Levels
    bullet: bool
    words: str


def lay(text: str, old: Source) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a published text, with ids as the earlier text has them where the words are its own."""
    printed = _with_texts(list(_pieces(text.replace("**", ""), old)))
    found = tuple(Paragraph(id=f"\0{n}", number=piece.number, **_parts(piece)) for n, piece in enumerate(printed))
    paired = {n: old.paragraphs[o] for n, o in pairing.pairs(old.paragraphs, found).items()}
    known = tuple(p.id for p in old.paragraphs)
    ids = tuple(_ids(printed, paired, known))
    now = {was.id: ids[n] for n, was in paired.items()}
    laid = (_as_before(replace(p, id=ids[n]), paired.get(n)) for n, p in enumerate(found))
    return tuple(_called(p, parent(paired[n].id, known), now) if n in paired else p for n, p in enumerate(laid))


def _called(paragraph: Paragraph, above: str, now: Mapping[str, str]) -> Paragraph:
    """Return a paragraph that is called by the new number of the one above it: "III.B, lead-in"."""
    if not above or not paragraph.called.startswith(above):
        return paragraph
    return replace(paragraph, called=f"{now.get(above, above)}{paragraph.called.removeprefix(above)}")


def _as_before(paragraph: Paragraph, was: Paragraph | None) -> Paragraph:
    """Return a paragraph with its words divided into heading and text as before, as far as they are the same."""
    if was is None:
        return paragraph
    if pairing.words(was) == pairing.words(paragraph):
        return replace(was, id=paragraph.id, number=paragraph.number)
    parted = _parted(paragraph, squeezed(was.heading))
    return parted if parted.number else replace(parted, called=was.called)


def _parted(paragraph: Paragraph, heading: str) -> Paragraph:
    """Return a paragraph whose text begins with a heading that it had before, the heading apart from the text."""
    begins = heading and not paragraph.heading and f"{squeezed(paragraph.text)} ".startswith(f"{heading} ")
    return (
        replace(paragraph, heading=heading, text=squeezed(paragraph.text)[len(heading) :].strip())
        if begins
        else paragraph
    )


def _parts(piece: _Piece) -> dict[str, str]:
    """Return the words of a piece as its heading or as its text."""
    heading, _, text = piece.words.partition("\n")
    if piece.number and _is_heading(heading):
        return {"heading": heading, "text": text}
    return {"text": squeezed(piece.words)} | ({"bullet": BULLET} if piece.bullet else {})


def _is_heading(words: str) -> bool:
    longer = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]  # noqa: PLR2004  # "of", "and", "the"
    many = len(words.split()) > 10  # noqa: PLR2004  # longer ones are sentences
    return bool(longer) and not many and not _ENDED.search(words) and all(word[0].isupper() for word in longer)


# -- lines to pieces ----------------------------------------------------------------------------


def _pieces(text: str, old: Source) -> Iterator[_Piece]:
    known = tuple(f" {pairing.words(paragraph)} " for paragraph in old.paragraphs)
    lines = [line.strip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    above: Levels = ()
    piece: _Piece | None = None
    last, after_gap = "", False
    for line in lines:
        if not line or _PAGE.fullmatch(line):
            after_gap = True
            continue
        if piece is not None and _is_broken(last, line, known):
            piece, last, after_gap = replace(piece, words=f"{piece.words} {line}"), line, False
            continue
        bullet, rest = _without_bullet(line)
        number, levels, rest = _numbered(rest, above)
        if number:
            yield from (piece,) if piece is not None else ()
            above, piece = levels, _Piece(number, levels, bullet=False, words=rest)
        elif piece is not None and not bullet and _goes_on(last, line, known, width, after_gap=after_gap):
            piece = replace(piece, words=f"{piece.words} {line}")
        else:
            yield from (piece,) if piece is not None else ()
            piece = _Piece("", above, bullet, rest)
        last, after_gap = line, False
    yield from (piece,) if piece is not None else ()


def _without_bullet(line: str) -> tuple[bool, str]:
    found = _BULLET.match(line)
    return (True, line[found.end() :]) if found else (False, line)


def _numbered(line: str, above: Levels) -> tuple[str, Levels, str]:
    """Return the printed number of a line with its levels, and the rest of the line; nothing where it has none."""
    found = numbering.NUMBER.match(line)
    levels = numbering.placed(above, found["number"]) if found else None
    if found is None or levels is None:
        return "", above, line
    return found["number"], levels, line[found.end() :]


def _is_broken(last: str, line: str, known: Sequence[str]) -> bool:
    """Say whether the earlier text has a line right after the line before it, within a paragraph."""
    seam = " ".join((*last.split()[-SEAM:], *line.split()[:SEAM]))
    return any(f" {seam} " in words for words in known)


def _goes_on(last: str, line: str, known: Sequence[str], width: int, *, after_gap: bool) -> bool:
    """Say whether a line goes on with what the line before it said: a break that the page made, and no paragraph."""
    opening = " ".join(line.split()[:SEAM])
    if any(words.startswith(f" {opening} ") for words in known):
        return False
    if not _ENDED.search(last) and (line[0].islower() or last.endswith((",", "-"))):
        return True
    return not after_gap and width <= WIDEST and len(f"{last} {line.split(maxsplit=1)[0]}") > FULL * width


def _with_texts(printed: list[_Piece]) -> tuple[_Piece, ...]:
    """Return the pieces, what follows a number or a heading without a text of its own as that text."""
    made: list[_Piece] = []
    for piece in printed:
        over = made[-1] if made else None
        bare = over is not None and over.number and (not over.words or _is_heading(over.words))
        if over is not None and bare and not piece.number and not piece.bullet:
            made[-1] = replace(over, words=f"{over.words}\n{piece.words}".strip())
        else:
            made.append(piece)
    return tuple(made)


# -- ids ----------------------------------------------------------------------------------------


def parent(wanted: str, ids: Sequence[str]) -> str:
    """Return the id under which an id is, as IV.A is over IV.A.1: the longest that begins it, or ""."""
    above = (one for one in ids if wanted.startswith(one) and one != wanted and not wanted[len(one)].isalnum())
    return max(above, key=len, default="")


def _ids(printed: Sequence[_Piece], paired: Mapping[int, Paragraph], old: Sequence[str]) -> Iterator[str]:
    """Yield an id for each piece: its parent's and its number, written as the earlier text does."""
    by_levels: dict[tuple[str, ...], str] = {}
    new_ids: dict[str, str] = {}  # by the earlier id
    taken: set[str] = set()
    last = ""
    for n, piece in enumerate(printed):
        was = paired.get(n)
        path = tuple(numbering.core(level.printed) for level in piece.levels)
        if piece.number:
            over = by_levels.get(path[:-1], "")
            is_whole = "." in path[-1]  # 4.2.1 is all of an id
            made = path[-1] if is_whole else over + _suffix(piece, was, old, is_top=not over)
        else:
            made = _unnumbered(was, by_levels.get(path, ""), last, old, new_ids)
        made = _free(made, taken)
        taken.add(made)
        by_levels |= {path: made} if piece.number else {}
        new_ids |= {was.id: made} if was is not None else {}
        last = made if not piece.number else ""
        yield made


def _suffix(piece: _Piece, was: Paragraph | None, old: Sequence[str], *, is_top: bool) -> str:
    """Return what a number adds to the id of its parent: ".A", "(2)"."""
    own = numbering.core(piece.number)
    if was is not None and was.number:
        before, earlier = was.id[len(parent(was.id, old)) :], numbering.core(was.number)
        if earlier in before and bool(parent(was.id, old)) is not is_top:
            return before.replace(earlier, own, 1)
    between = "" if is_top else "." if not piece.number.startswith("(") else ""
    return f"{between}{piece.number if piece.number.startswith('(') else own}"


def _unnumbered(was: Paragraph | None, over: str, last: str, old: Sequence[str], new_ids: Mapping[str, str]) -> str:
    if was is not None and not was.number:
        above = parent(was.id, old)
        return f"{new_ids.get(above, over)}{was.id[len(above) :]}" if above else was.id
    counted = re.fullmatch(r"(.*-)(\d+)", last)
    if counted:
        return f"{counted[1]}{int(counted[2]) + 1}"
    return f"{over or 'text'}-1"


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    counted = re.fullmatch(r"(.*-)(\d+)", wanted)
    stem, number = (counted[1], int(counted[2])) if counted else (f"{wanted}-", 1)
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
