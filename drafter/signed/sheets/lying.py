"""How a page that was scanned lies on the approved page."""

from __future__ import annotations

from drafter.signed.sheets.words import Word
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Map:
    """How a page lies on the approved one: x = a * x' + b * y' + c, y = d * x' + e * y' + f, in points."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def laid(self, word: Word) -> Word:
        """Return a word at its place on the approved page."""
        x, y = word.middle
        wide, high = (word.right - word.left) / 2, (word.bottom - word.top) / 2
        across, down = abs(self.a) * wide + abs(self.b) * high, abs(self.d) * wide + abs(self.e) * high
        x, y = self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f
        return Word(word.text, x - across, y - down, x + across, y + down, word.sure)

    def back(self) -> tuple[float, float, float, float, float, float]:
        """Return the map from the approved page to the page as it is."""
        area = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / area, -self.b / area, -self.d / area, self.a / area
        return a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f)
