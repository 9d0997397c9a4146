"""Measures how 'drafter verify' reads scans: what it misses, what it asks a person to look at, how long it takes.

    python benchmarks/scans.py [CONTRACT.pdf] [--seed N] [--dpi 150,200,300] [--pages 1,2,5] [--each N]

Each page is scanned as it is, and once more with numbers, negations, dates and names altered in the picture: a word is
painted over and another is put in its place, in the page's own letters where it has them all, with the other words
where they were, which is the hardest to see. Of each page the kinds that were altered least are taken first, so that
the rare ones count too. Without a contract, two pages full of dates and names are made and read.
"""

from __future__ import annotations

import argparse
import ctypes
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import raw

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import scanning  # noqa: E402

from drafter.signed import judging, places  # noqa: E402
from drafter.signed.sheets import pages, words  # noqa: E402
from drafter.signed.sheets.words import Word  # noqa: E402

FONT = "/usr/share/fonts/truetype/crosextra/Caladea-Regular.ttf"
MONTHS = [date(2026, month, 1).strftime("%B") for month in range(1, 13)]
DENIALS = {"not": "", "no": "any", "No": "Any", "without": "with", "unless": "if", "may": "must", "must": "may",
           "cannot": "can", "and": "or", "or": "and", "only": "", "nor": "or", "except": "also"}  # fmt: skip
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NAMES = ["Casey", "Robin", "Jordan", "Taylor", "Morgan", "Quinn", "Avery", "Parker", "Rowan", "Ellis", "Hayden"]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "twelfth"]
WIDER = 2  # letters by which a month may be longer than the one that it is put in place of
YEARS = re.compile(r"(?:19|20)\d\d")
DAYS = re.compile(r"[0-3]?\d(?:st|nd|rd|th)?")
FIGURES = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
# Dates as contracts have them, in words and in figures, and names.
CALENDAR = (
    (
        "SCHEDULE OF DATES AND NAMES",
        "1.1  This Agreement begins on March 1, 2027 and ends on May 31, 2028.",
        "1.2  Casey Hansen signs for the District by 6/15/2027 or 2027-06-30.",
        "1.3  The term runs from 1 July 2026 to 30 June 2027 without renewal.",
        "1.4  Robin Olson reports on the first day of April and of October.",
        "1.5  Notice of May 4, 2027 goes to Jordan Petersen in Minnetonka.",
        "1.6  Payment is due on the tenth day of March, June and December.",
        "1.7  Resolution 26-014 of August 9, 2026 names Morgan Lindqvist.",
        "1.8  Invoices of 01/31/27, 04/30/27 and 07/31/27 go to Avery Stone.",
        "1.9  The plan of November 12, 2025 was amended on February 28, 2026.",
        "Page 1 of 2",
    ),
    (
        "2.1  School begins on September 8, 2026 and ends on June 10, 2027.",
        "2.2  Taylor Berg and Quinn Larson meet on the third Monday of May.",
        "2.3  Leave from 12/23/2026 to 01/03/2027 is agreed with Ellis Nash.",
        "2.4  Data of January 15, 2024 must be deleted by July 26, 2029.",
        "2.5  The audit of April 15, 2026 was read by Parker Holm on May 2.",
        "2.6  Training ends on the twelfth day of August and of January.",
        "2.7  Rowan Eklund of Edina replaces Hayden Voss from October 1, 2026.",
        "2.8  The term may be renewed by 2028-03-01, and no later than 5/1/2028.",
        "2.9  A report on June 19, 2026 names Devon Marsh and Riley Quist.",
        "Page 2 of 2",
    ),
)


def main() -> None:
    """Measure honest scans and altered ones at each fineness, and print what was found."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("contract", type=Path, nargs="?")
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--dpi", default="150,200,300")
    reading.add_argument("--pages", default="")
    reading.add_argument("--each", type=int, default=12, help="alterations a page")
    given = reading.parse_args()
    data = given.contract.read_bytes() if given.contract else scanning.paper(CALENDAR)
    with pages.opened(data, str(given.contract or "dates")) as opened:
        sheets = opened.sheets()
        chosen = [int(number) for number in given.pages.split(",") if number] or [sheet.number for sheet in sheets]
        for dpi in map(int, given.dpi.split(",")):
            measure(opened, data, [sheets[number - 1] for number in chosen], dpi, given.seed, given.each)


def measure(  # noqa: PLR0913, PLR0917
    opened: pages.Opened, data: bytes, sheets: Sequence[pages.Sheet], dpi: int, seed: int, each: int
) -> None:
    """Print what is found in pages that are scanned as they are, and altered."""
    clean = scanning.drawn(data, dpi, [sheet.number for sheet in sheets])
    scans = [scanning.scan(page, dpi, seed * 1000 + n) for n, page in enumerate(clean)]
    began, used = time.monotonic(), _processor()
    honest = judged(opened, scans, dpi)
    took, used = (time.monotonic() - began) / len(sheets), (_processor() - used) / len(sheets)
    once = _processor()
    opened.sheets()
    once = _processor() - once
    altered, wanted = [], []
    for number, (sheet, page) in enumerate(zip(sheets, clean, strict=True)):
        made = list(alterations(sheet, random.Random(seed * 77 + number), each))  # noqa: S311
        changed = drawn_over(page, made, dpi, letters(data, sheet.number))
        altered.append(scanning.scan(changed, dpi, seed * 1000 + 500 + number))
        wanted += [(sheet.number, *one) for one in made]
    found = judged(opened, altered, dpi)
    missed = [one for one in wanted if not told(found.places, one[0], one[1])]
    kinds, lost = (Counter(kind for _, _, _, kind in each) for each in (wanted, missed))
    print(f"{dpi} dpi, seed {seed}, {len(sheets)} pages: {len(honest.places) / len(sheets):.2f} places a page in "
          f"honest scans; {len(missed)} of {len(wanted)} alterations missed; {took:.1f} s a page,\n"
          f"  {used - once / len(sheets):.1f} s of one processor, and {once:.1f} s to read the approved contract, once",
          flush=True)  # fmt: skip
    print(f"  altered: {', '.join(f'{kind} {count} ({lost[kind]} missed)' for kind, count in sorted(kinds.items()))}")
    print(f"  honest, surely otherwise: {sum(place.otherwise for place in honest.places)}")
    for place in honest.places:
        print(f"  honest, page {place.page}: {place.means}: {place.approved!r} as {place.read!r}")
    for reason in (*honest.unjudged, *found.unjudged):
        print(f"  not judged: {reason}")
    for page, word, other, kind in missed:
        print(f"  missed, page {page}: {kind} {word.text!r} made {other!r}")


def _processor() -> float:
    """Return the seconds that this program and those it called have worked."""
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def judged(opened: pages.Opened, pictures: Sequence[Image.Image], dpi: int) -> judging.Judged:
    """Read pictures as a file."""
    with pages.opened(scanning.bound(pictures, dpi), "scan") as file:
        return judging.judged(opened, file)


def told(found: Sequence[places.Place], page: int, word: Word) -> bool:
    """Say whether one of the places is where a word was altered."""
    return any(
        place.approved_page == page
        and place.box[0] < word.right and place.box[2] > word.left
        and place.box[1] < word.bottom and place.box[3] > word.top
        for place in found
    )  # fmt: skip


def alterations(sheet: pages.Sheet, rng: random.Random, each: int) -> Iterator[tuple[Word, str, str]]:
    """Yield words of a page with what each becomes, and of which kind that is; never two in one line."""
    rows = list(words.rows(sheet.words))
    rng.shuffle(rows)
    counted: Counter[str] = Counter()
    for row in rows:
        texts = [word.text for word in row]
        possible = [(row[at], *made) for at in range(len(row)) if (made := other(texts, at, rng))]
        if possible and counted.total() < each:
            rng.shuffle(possible)
            found = min(
                possible, key=lambda one: (counted[one[2]], one[2] in {"name", "number"})
            )  # they are everywhere
            counted[found[2]] += 1
            yield found


def other(row: Sequence[str], at: int, rng: random.Random) -> tuple[str, str] | None:
    """Return what a word of a row is altered to, and the kind; None for one that is left alone."""
    text = row[at]
    bare = text.strip(".,;:()")
    if bare in MONTHS:
        possible = [month for month in MONTHS if month != bare and len(month) <= len(bare) + WIDER]
        return text.replace(bare, rng.choice(possible)), "month"
    if FIGURES.fullmatch(bare):
        return _digit(text, rng), "date in figures"
    if kind := _of_date(row, at):
        return _digit(text, rng, last=kind == "year"), kind
    if bare in ORDINALS:
        return text.replace(bare, rng.choice([one for one in ORDINALS if one != bare])), "day in words"
    if bare in DENIALS:
        return text.replace(bare, DENIALS[bare]), "negation"
    if bare in NUMBERS:
        return text.replace(bare, rng.choice([one for one in NUMBERS if one != bare])), "number"
    signs = [found.start() for found in re.finditer(r"(?<=\d)[.,](?=\d)", text)]
    if signs and rng.random() < 0.3:  # noqa: PLR2004
        sign = rng.choice(signs)
        return text[:sign] + {".": ",", ",": "."}[text[sign]] + text[sign + 1 :], "point or comma"
    if any(map(str.isdigit, text)):
        return _digit(text, rng), "number"
    if bare[:1].isupper() and bare[1:].islower() and len(bare) > 3:  # noqa: PLR2004
        if rng.random() < 0.5:  # noqa: PLR2004
            return text.replace(bare, rng.choice([name for name in NAMES if name != bare])), "name"
        letter = rng.randrange(1, len(bare))
        vowels = "aeiou" if bare[letter] in "aeiou" else "bcdfghklmnprstvwz"
        new = rng.choice([sign for sign in vowels if sign != bare[letter]])
        return text.replace(bare, bare[:letter] + new + bare[letter + 1 :]), "name by a letter"
    return None


def _of_date(row: Sequence[str], at: int) -> str:
    """Return whether a word is the day or the year of a date in words; empty where it is neither."""
    bare = [text.strip(".,;:()") for text in row]
    before, after = bare[max(at - 2, 0) : at], bare[at + 1 : at + 2]
    if YEARS.fullmatch(bare[at]) and any(word in MONTHS for word in before):
        return "year"
    return "day" if DAYS.fullmatch(bare[at]) and (before[-1:] + after) and any(
        word in MONTHS for word in before[-1:] + after
    ) else ""  # fmt: skip


def _digit(text: str, rng: random.Random, *, last: bool = False) -> str:
    """Return a text with one digit altered."""
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    at = digits[-1] if last else rng.choice(digits)
    return text[:at] + rng.choice([sign for sign in "0123456789" if sign != text[at]]) + text[at + 1 :]


def letters(data: bytes, number: int) -> list[Word]:
    """Return each sign of a page with its box, as tall as its line."""
    document = pypdfium2.PdfDocument(data)
    page = document[number - 1]
    text, height, box, found = page.get_textpage(), page.get_bbox()[3], raw.FS_RECTF(), []
    across, down = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        sign = chr(raw.FPDFText_GetUnicode(text, index) or 32)
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(across), ctypes.byref(down))
        size, base = raw.FPDFText_GetFontSize(text, index), height - down.value
        found.append(Word(sign, box.left, base - 0.8 * size, box.right, base + 0.25 * size))
    return found


def drawn_over(
    page: Image.Image, made: Sequence[tuple[Word, str, str]], dpi: int, own: Sequence[Word] = ()
) -> Image.Image:
    """Paint words over and put others in their places: of the page's `own` letters, or drawn as large as they were."""
    picture = page.copy()
    pen = ImageDraw.Draw(picture)
    for word, text, _ in made:
        inside = [sign for sign in own if _inside(sign, word)]
        left, top, right, bottom = words.box(inside)
        found = [(old, _like(own, new, old)) for old, new in zip(inside, text, strict=False) if old.text != new]
        if len(inside) == len(text) and all(new for _, new in found):  # only the signs that differ
            for old, new in found:
                _put(picture, page.crop(_dots(new, dpi)), old.left, old.top, dpi)
            continue
        pen.rectangle(tuple(round(side * dpi / 72) for side in (left - 0.3, top, right + 0.3, bottom)), fill=255)
        parts = [_like(own, sign, inside[0]) for sign in text]
        if all(parts):
            for part in parts:
                _put(picture, page.crop(_dots(part, dpi)), left, top, dpi)
                left += part.right - part.left + 0.3
            continue
        font = ImageFont.truetype(FONT, (bottom - top) / 1.05 * dpi / 72)
        while font.getlength(text) > (right - left) * dpi / 72 * 1.12 and font.size > 4:  # noqa: PLR2004
            font = ImageFont.truetype(FONT, font.size * 0.97)
        base = top + (bottom - top) * 0.8 / 1.05
        pen.text((left * dpi / 72, base * dpi / 72), text, fill=0, font=font, anchor="ls")
    return picture


def _inside(sign: Word, word: Word) -> bool:
    x, y = sign.middle
    return word.left < x < word.right and word.top < y < word.bottom and not sign.text.isspace()


def _like(own: Sequence[Word], sign: str, like: Word) -> Word | None:
    """Return a sign of the page, on as tall a line; of a digit for a digit, as wide."""
    tall, wide = like.bottom - like.top, like.right - like.left
    same = [one for one in own if one.text == sign]
    if len(like.text) == 1:
        same = [one for one in same if abs(one.bottom - one.top - tall) < 0.2]  # noqa: PLR2004
        if like.text.isdigit():
            same = [one for one in same if abs(one.right - one.left - wide) < 0.6]  # noqa: PLR2004
    return same[0] if same else None


def _dots(part: Word, dpi: int) -> tuple[int, ...]:
    return tuple(round(side * dpi / 72) for side in (part.left, part.top, part.right, part.bottom))


def _put(picture: Image.Image, piece: Image.Image, left: float, top: float, dpi: int) -> None:
    picture.paste(piece, (round(left * dpi / 72), round(top * dpi / 72)))


if __name__ == "__main__":
    main()
