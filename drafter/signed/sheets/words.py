"""Words where they are on a page, and when what was read is what was approved.

One rule: a word that a contract turns on (a number, a date, a name, "not", "must", "or") is never taken for another.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from drafter.values import dataclass

_MONTHS = "january february march april may june july august september october november december"
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half once twice"
    " first second third fourth fifth sixth seventh eighth ninth tenth"
)
_DENIALS = "not no nor none never neither without unless except cannot only"
_MODALS = "must may shall will can should might and or but if all any each every either both until before after"
STRICT = frozenset(f"{_MONTHS} {_COUNTS} {_DENIALS} {_MODALS}".split())
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00ad": ""}
)
# Boxes to tick, ticked and not, and what fonts of symbols have in place of them.
_BOXES = {
    "☐": "□▢◻◽❏❐❑❒\uf06f\uf071\uf0a8", "☑": "🗹\uf0fe\uf052", "☒": "☓🗷⊠⊗\uf0fd\uf054\uf078", "■": "▪◼◾\uf06e",
    "✓": "✔√\uf0fc", "✗": "✕✖✘\uf0fb", "○": "◯⚪❍\uf0a1", "●": "⬤⚫◉\uf06c",
}  # fmt: skip
_SIGNS.update({ord(other): box for box, others in _BOXES.items() for other in others})
_CASELESS = str.maketrans("COSVWXZ", "cosvwxz")  # capitals that only their size tells from small letters
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,](?=\d)")
_DROPPED = re.compile(r"(?<!\d)[-./,:]|[-./,:](?!\d)|[^\w$%§&@+=<>/.,:*-]|_")
_LINE = re.compile(r"[._·…\s]{4,}")
_LABEL = re.compile(r"\(?\w{1,4}[.)]|\d+(\.\d+)+\.?|[•–-]")
_FOLDS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LIKE = str.maketrans({"1": "l", "I": "l", "|": "l", "i": "l", "0": "o", "O": "o", "!": "l"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points from the top left of its page; `sure` is how surely it was read, from 0 to 100."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float = 100.0

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def plain(self) -> str:
        """Return the word as it is compared."""
        return plain(self.text)


def plain(text: str) -> str:
    """Return a text as it is compared: without spaces, leaders, and signs that carry no meaning of their own."""
    signs = exact(_LINE.sub(" ", text))
    return _DROPPED.sub("", _BETWEEN_DIGITS.sub(".", signs)).translate(_CASELESS)


def exact(text: str) -> str:
    """Return a text with every sign that is printed, but of one kind where fonts and programs differ."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


def signs(text: str) -> str:
    """Return every sign of a text that is printed, without leaders and lines to write on."""
    return "".join(exact(_LINE.sub(" ", text)).split()).replace("_", "")


def boxed(text: str) -> bool:
    """Say whether a word is a box to tick, or a tick: it has no letter, and a contract may turn on it."""
    return not plain(text) and not _BOXES.keys().isdisjoint(exact(text))


def hollow(text: str) -> bool:
    """Say whether a box to tick isn't ticked."""
    return not {"☐", "○"}.isdisjoint(exact(text))


def parted(text: str) -> str:
    """Return the digits of a text with the points and commas between them; empty where there are none between."""
    number = "".join(sign for sign in exact(text) if sign.isdigit() or sign in ".,").strip(".,")
    return number if _BETWEEN_DIGITS.search(number) else ""


def together(words: Iterable[Word]) -> str:
    """Return words as they are compared when it doesn't matter where one ends."""
    return "".join(word.plain for word in words)


def said(words: Iterable[Word]) -> str:
    """Return words as a person reads them."""
    return " ".join(_LINE.sub(" ... ", word.text).strip() for word in words)


def strict(text: str) -> bool:
    """Say whether a contract turns on this word: a number, a date, a name, a term, a modal, a denial."""
    bare = text.strip(".,;:()[]\"'’“”")
    return any(map(str.isdigit, bare)) or bare[:1].isupper() or plain(bare).lower() in STRICT or "$" in bare


def alike(approved: str, read: str, vocabulary: Collection[str]) -> bool:
    """Say whether a reading is the approved word, or a slip that programs make: rn for m, l for 1, 0 for O.

    A slip is never forgiven in a strict word, or where the reading is a word of the contract.
    """
    ours, theirs = plain(approved), plain(read)
    if ours == theirs:
        return True
    if strict(approved) or strict(read) or theirs in vocabulary:
        return False
    return _folded(ours) == _folded(theirs)


def _folded(text: str) -> str:
    for pair, one in _FOLDS:
        text = text.replace(pair, one)
    return text.translate(_LIKE)


def rule(word: Word) -> bool:
    """Say whether a word is a line to write on, or leaders."""
    return not word.plain and bool(_LINE.search(f"{word.text}    " if "_" in word.text else word.text))


def leader(word: Word) -> bool:
    """Say whether a word is the dots that lead to a page's number."""
    return rule(word) and "_" not in word.text


def rows(words: Iterable[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return words by lines, from the top, each from the left."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle[1]):
        last = found[-1] if found else []
        height = max(word.bottom - word.top, 1.0)
        near = [other.middle[1] for other in last[-4:]]
        if near and word.middle[1] - sum(near) / len(near) < 0.45 * height:
            last.append(word)
        else:
            found.append([word])
    return tuple(tuple(sorted(row, key=lambda word: word.left)) for row in found)


def paragraphs(words: Iterable[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return words by paragraphs: each begins with a number or a letter of its own, or below a wider space."""
    found: list[list[Word]] = []
    bottom = float("-inf")
    for row in rows(words):
        _, top, _, low = box(row)
        if not found or top - bottom > 0.6 * (low - top) or _LABEL.fullmatch(row[0].text):
            found.append([])
        found[-1] += row
        bottom = max(bottom, low) if top <= bottom else low
    return tuple(map(tuple, found))


def box(words: Sequence[Word]) -> tuple[float, float, float, float]:
    """Return the box around words: left, top, right, bottom, in points."""
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def vocabulary(pages: Iterable[Iterable[Word]]) -> frozenset[str]:
    """Return the words of a contract as they are compared, and those that a contract may turn on."""
    return STRICT.union(word.plain for word in itertools.chain.from_iterable(pages)) - {""}
