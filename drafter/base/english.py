"""Writes dates, money, numbers, lists and quotation marks as an American contract does, whatever the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """Return "July 1, 2026"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_dates(text: str) -> Iterator[str]:
    """Yield the dates of a text that are written as "July 1, 2026"."""
    yield from re.findall(rf"\b(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}\b", text)


def money(amount: int | Decimal) -> str:
    """Return "$12,500", with cents only if there are any."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}".removesuffix(".00")


def plain_number(value: int | Decimal) -> str:
    """Return "1,200" or "2.5"."""
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return f"{value.normalize():,f}"
    return f"{int(value):,}"


SPELLED = 10  # whole numbers up to this one are words in running text; those above it are figures


def counting_number(value: int | Decimal) -> str:
    """Return a number as running text has it: "two", "ten", "11", "1,200"; what isn't a whole number in figures."""
    return _SMALL[int(value)] if value == int(value) and 0 <= value <= SPELLED else plain_number(value)


def in_words(value: int | Decimal) -> str:
    """Return a whole number in American words, without "and": "one million two hundred fifty thousand"."""
    whole = int(value)
    return f"minus {_words(-whole)}" if whole < 0 else _words(whole)


_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip  # those that don't just add th


def _words(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:  # noqa: PLR2004  # a hundred
        tens, ones = divmod(number, 10)
        return f"{_TENS[tens - 2]}-{_SMALL[ones]}" if ones else _TENS[tens - 2]
    size, name = next(large for large in _LARGE if large[0] <= number)
    many, rest = divmod(number, size)
    return f"{_words(many)} {name} {_words(rest)}" if rest else f"{_words(many)} {name}"


def numbers_in_words(text: str) -> Iterator[tuple[str, int]]:
    """Yield the whole numbers that a text has in words, each as it is written and as a number: "ninety-nine", 99."""
    for found in _SPELLED.finditer(text):
        total = part = 0
        for word in _LETTERS.findall(found.group().lower()):
            size = _SIZES.get(word, 0)
            if size == _HUNDRED:
                part = max(part, 1) * size
            elif size:
                total, part = total + max(part, 1) * size, 0
            else:
                part += _SMALLEST.get(word, 0)
        yield found.group(), total + part


_HUNDRED = 100
_SIZES = {name: size for size, name in _LARGE}
_SMALLEST = {word: number for number, word in enumerate(_SMALL)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_LETTERS = re.compile(r"[a-z]+")
_NUMERAL = "|".join(sorted((*_SIZES, *_SMALLEST), key=len, reverse=True))
_SPELLED = re.compile(rf"\b(?:{_NUMERAL})\b(?:(?:-|\s+(?:and\s+)?)(?:{_NUMERAL})\b)*", re.IGNORECASE)


def money_in_words(amount: int | Decimal) -> str:
    """Return "twelve thousand five hundred dollars ($12,500)", cents as "and 50/100"."""
    cents = round(abs(Decimal(amount)) % 1 * 100)
    unit = "dollar" if abs(amount) == 1 else "dollars"
    return f"{in_words(int(amount))}{f' and {cents:02}/100' if cents else ''} {unit} ({money(amount)})"


def ordinal_word(value: int) -> str:
    """Return "sixth", "twenty-first", "one hundred first"."""
    before, last = re.fullmatch(r"(.*?)(\w+)", in_words(value)).groups()  # type: ignore[union-attr]  # there is a word
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return f"{before}{_ORDINALS.get(last, regular)}"


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last day of the month if there is no such day."""
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(months=months)
    except (OverflowError, ValueError):  # after the year 9999 there are no dates
        return date.max


def last_day(first: date, months: int) -> date:
    """Return the last day of so many months that begin on a day: June 30 from July 1, February 29 from March 1, 2027.

    That is the day before the same day of a later month, or the last day of that month if it has no such day.
    """
    same = add_months(first, months)
    return same if same == date.max or same.day < first.day else add_days(same, -1)


def weekday(day: date) -> str:
    """Return "Wednesday"."""
    return WEEKDAYS[day.weekday()]


def add_days(day: date, days: int) -> date:
    """Return the day some days later; at most the last day of the year 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def counted(count: int, one: str, more: str = "") -> str:
    """Return "1 blank", "2 blanks", "no blanks"; `more` is a plural that doesn't just add an s."""
    return f"{count or 'no'} {one if count == 1 else more or one + 's'}"


# -- lists and lines ----------------------------------------------------------------------------


def between(place: int, count: int, last: str = "and", *, semicolons: bool = False) -> str:
    """Return what goes before the item at a place, from 1 on, of a list of `count`: ", ", " and " or ", and ".

    Semicolons divide items that hold commas themselves; `last` is the word before the last item.
    """
    mark = ";" if semicolons else "," if count > 2 else ""  # noqa: PLR2004  # "A and B", but "A, B, and C"
    return f"{mark} " if place < count - 1 else f"{mark} {last} "


def listing(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: "a, b, and c"."""
    return "".join(f"{between(place, len(names)) if place else ''}{name}" for place, name in enumerate(names))


def one_line(text: str) -> str:
    """Return the lines of a text, such as an address, as one, with a comma after a line that has no mark of its own."""
    lines = [line.strip() for line in text.split("\n")]
    *first, last = [line for line in lines if line] or [""]
    return " ".join([*(line if line[-1] in ",;:" else f"{line}," for line in first), last])


# -- quotation marks and apostrophes ------------------------------------------------------------

_CLIPPED = re.compile(
    r"'(?:\d\ds?\b|n'(?!\w)|(?:bout|cause|em|neath|round|til|tis|twas|tween|twere|twill)\b)", re.IGNORECASE
)
_OPENING = frozenset("([{\u2014\u2013-/\"'\u201c\u2018")
_CURLY = {"'": "\u2018\u2019", '"': "\u201c\u201d"}
_CODE = re.compile(r"[{}<>=\\`|^~\x00-\x08]")


def is_code(text: str) -> bool:
    """Say whether a text has characters of code or markup, where a straight quotation mark means itself."""
    return _CODE.search(text) is not None


def typographic(text: str) -> str:
    """Return a text with its straight quotation marks and apostrophes turned, and nothing else changed.

    A mark with no partner, and one after a figure (5'10"), stays straight. A private-use character counts as a word.
    """
    if "'" not in text and '"' not in text:
        return text
    made = list(text)
    open_: list[int] = []  # the places of the opening marks that have no partner yet
    for place, mark in enumerate(text):
        if mark not in _CURLY or made[place] != mark:
            continue
        before, after = "".join(made[max(place - 1, 0) : place]), text[place + 1 : place + 2]
        clipped = _CLIPPED.match(text, place) if mark == "'" and not _is_word(before) else None
        partner = next((at for at in reversed(open_) if text[at] == mark), None)
        if clipped:
            for at in range(place, clipped.end()):
                made[at] = "\u2019" if text[at] == "'" else made[at]
        elif mark == "'" and _is_word(before) and _is_word(after):
            made[place] = mark if before.isdigit() and after != "s" else "\u2019"
        elif _opens(before) and after and not after.isspace():
            open_.append(place)
        elif partner is not None and not _is_word(after) and not _waits(text, place, mark):
            made[partner], made[place] = _CURLY[mark][0], _CURLY[mark][1]
            del open_[open_.index(partner) :]
        elif mark == "'" and _is_word(before) and not before.isdigit():
            made[place] = "\u2019"
    for place in open_:  # "'phone": what was left out before a word
        if text[place] == "'" and text[place + 1].isalpha() and made[place] == "'":
            made[place] = "\u2019"
    return "".join(made)


def _is_word(character: str) -> bool:
    return character.isalnum() or "\ue000" <= character <= "\uf8ff"


def _opens(before: str) -> bool:
    return not before or before.isspace() or before in _OPENING


def _waits(text: str, place: int, mark: str) -> bool:
    """Say whether a mark that could close may be an apostrophe (dogs') or inches (6"), as another can close."""
    before = text[place - 1 : place]
    if not (before == "s" if mark == "'" else before.isdigit()) or not text[place + 1 : place + 2].isspace():
        return False
    for at in range(place + 1, len(text)):
        if text[at] == mark:
            if _opens(text[at - 1]):
                return False
            if not _is_word(text[at + 1 : at + 2]):
                return True
    return False


# -- what stays on one line ---------------------------------------------------------------------

NO_BREAK = "\u00a0"
_NUMBERED = frozenset((
    "article", "articles", "art.", "section", "sections", "sec.", "subdivision", "subdivisions", "subd.", "subsection",
    "subsections", "subparagraph", "subparagraphs", "paragraph", "paragraphs", "chapter", "chapters", "ch.", "exhibit",
    "exhibits", "ex.", "schedule", "schedules", "appendix", "annex", "attachment", "attachments", "part", "parts",
    "rule", "rules", "item", "items", "page", "pages", "p.", "pp.", "no.", "nos.", "number", "numbers", "figure",
    "figures", "fig.", "table", "tables", "policy", "room", "rooms", "suite", "unit", "phase", "step", "title", "stat.",
    "r.", "code",
))  # fmt: skip
_NAMED = frozenset((
    "Mr.", "Mrs.", "Ms.", "Mx.", "Dr.", "St.", "Ste.", "Mt.", "Ft.", "Prof.", "Rev.", "Hon.", "Gen.", "Sgt.", "Lt.",
    "Capt.", "Cpt.", "Maj.", "Col.", "Sen.", "Rep.", "Gov.", "Supt.", "Messrs.",
))  # fmt: skip
_SHORTENED = re.compile(r"[A-Z][a-z]{1,5}\.")
_TOGETHER = (  # which words must stay beside the next one, and how that one must begin
    (
        lambda word: word[:1].lower() + word[1:] in _NUMBERED,
        re.compile(r"\d|(?:[A-Z]{1,2}|[IVXLC]+)(?!\w|[’'](?!s\b))|\(|§|¶"),
    ),
    (lambda word: word in {"§", "¶"}, re.compile(r"\S")),
    (lambda word: word in _NAMED, re.compile(r"[A-Z\d“‘]")),
    (_SHORTENED.fullmatch, re.compile(r"(?:Stat|Ann|Const|Rev|Code|Laws|Admin|Reg|R)\b")),
    (lambda word: word in MONTHS, re.compile(r"\d")),
    (lambda word: word[-1:].isdecimal(), re.compile(r"[AaPp]\.?[Mm]\b|U\.S\.C|C\.F\.R")),
)
_GAP = re.compile(r" (?:(?=[\dA-Z(§¶“‘]|[ap]\.?[Mm]\b)|(?<=[§¶] )(?=\S))")  # as it begins plainly, it is quick
_WORD = re.compile(r"(?:\b\w++\.?+|[§¶])\Z")


def unbroken(pieces: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of a line with no-break spaces where a line must not end: "Section 7", "St. Paul", "5 p.m.".

    Each piece keeps its length; a reference may begin in one piece and end in another.
    """
    whole, start = _GAP.sub(_space, "".join(pieces)), 0
    for piece in pieces:
        yield whole[start : start + len(piece)]
        start += len(piece)


def _space(gap: re.Match[str]) -> str:
    text, place = gap.string, gap.start()
    beginnings = _beside(text[text.rfind(" ", 0, place) + 1 : place])
    return NO_BREAK if any(begins.match(text, place + 1) for begins in beginnings) else " "


@lru_cache(maxsize=4096)
def _beside(before: str) -> tuple[re.Pattern[str], ...]:
    """Return how the next word must begin to stay beside what ends with a word: nothing for most, which go anywhere."""
    found = _WORD.search(before)
    return tuple(begins for stays, begins in _TOGETHER if stays(found[0])) if found else ()


def plurals(term: str) -> tuple[str, ...]:
    """Return the forms in which a term is used: itself and its plural."""
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return (term, term[:-1] + "ies")
    return (term, term + ("es" if term.endswith(("s", "x", "ch", "sh")) else "s"))


@lru_cache(maxsize=16_384)  # a text is read against many others, and changed in one place
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text: each ends in a full stop, a question or an exclamation mark before a capital."""
    return tuple(sentence.strip() for sentence in _END.split(text.strip()))


_ABBREVIATED = "".join(rf"(?<!\b{short}[.])" for short in ("St", "No", "Nos", "Minn", "Stat", "Mr", "Ms", "Dr", "vs"))
_NEXT = r"(?=\s+[^\sa-z])(?![^{}]*\}\})"  # no sentence starts with a small letter, or ends inside a field
_END = re.compile(rf"(?=\s)(?:(?<=[.?!]){_ABBREVIATED}|(?<=[.?!][”\"’)])){_NEXT}")
