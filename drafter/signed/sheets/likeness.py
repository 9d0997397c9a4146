"""Says whether words in a scan are drawn as the approved ones are, dot by dot: what a program read badly may be plain.

One rule: the smallest stroke counts. The point in "1.5", or what makes a 5 of a 6, is as large as the window in which
the two pictures are compared, so that it can't be lost in a long word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Grey = NDArray[np.float64]

WINDOW = 1.3  # points across: about the point between two digits
OFF = 0.36  # of the ink's blackness, over a window; honest scans are below it, and another digit or point is above 0.47
AROUND, SHIFT = 1.0, 1.2  # points around a box that are compared, and by which the scan may still be off
BLURS = (0.45, 0.75, 1.1)  # dots at 200 an inch by which scanners blur
LEAST_INK = 0.15  # of the blackness that the approved words have: less contrast proves nothing


def same(seen: Image, meant: Image, box: tuple[float, float, float, float], dpi: int) -> bool:
    """Say whether what is in a box of a straightened scan is drawn as on the approved page; the box is in points."""
    return off(seen, meant, box, dpi) <= OFF


def off(seen: Image, meant: Image, box: tuple[float, float, float, float], dpi: int) -> float:
    """Return by how much a box of a straightened scan is drawn otherwise where that is most, from 0; 1 is all ink."""
    import numpy as np

    found = _compared(seen, meant, box, dpi, BLURS)
    return 1.0 if found is None else _worst(np.abs(found), dpi)


def another(seen: Image, meant: Image, box: tuple[float, float, float, float], dpi: int, least: float) -> bool:
    """Say whether another letter is drawn in a box: by at least so much, and not only ink more, as dust is."""
    import numpy as np

    found = _compared(seen, meant, box, dpi, BLURS[1:2])
    if found is None or _worst(np.abs(found), dpi) < least:
        return False
    return off(seen, meant, box, dpi) >= least and _worst(np.maximum(found, 0), dpi) >= least / 2


def _compared(
    seen: Image, meant: Image, box: tuple[float, float, float, float], dpi: int, blurs: Sequence[float]
) -> Grey | None:
    """Return by how much each dot of a box is lighter than approved, as a share of the ink's blackness.

    None where there is nothing to compare, or too little contrast.
    """
    import numpy as np

    scale, slack = dpi / 72, round(SHIFT * dpi / 72)
    left, top, right, bottom = (
        round((side + off) * scale) for side, off in zip(box, (-AROUND, -AROUND, AROUND, AROUND), strict=True)
    )
    left, top = max(left, slack), max(top, slack)
    right, bottom = min(right, meant.width - slack), min(bottom, meant.height - slack)
    if right - left < slack or bottom - top < slack:
        return None
    there = np.asarray(seen.crop((left - slack, top - slack, right + slack, bottom + slack)), dtype=np.float64)
    each = (_laid(approved, there, slack) for approved in _blurred(meant, (left, top, right, bottom), dpi, blurs))
    _, approved, shifted = max(each, key=lambda one: one[0])
    gain, offset = np.polyfit(approved.ravel(), shifted.ravel(), 1)
    if gain < LEAST_INK:
        return None
    found: Grey = (shifted - gain * approved - offset) / (gain * 255)
    return found


def _blurred(meant: Image, box: tuple[int, int, int, int], dpi: int, blurs: Sequence[float]) -> Iterator[Grey]:
    import numpy as np
    from PIL import ImageFilter

    margin = 8  # dots, so that the blur of what is beside comes in
    left, top, right, bottom = box
    piece = meant.crop((left - margin, top - margin, right + margin, bottom + margin))
    for blur in blurs:
        soft = np.asarray(piece.filter(ImageFilter.GaussianBlur(blur * dpi / 200)), dtype=np.float64)
        yield soft[margin:-margin, margin:-margin]


def _laid(approved: Grey, there: Grey, slack: int) -> tuple[float, Grey, Grey]:
    """Lay a picture where it is most like the approved one; return how like they are, and both pictures."""
    import numpy as np

    high, wide = approved.shape
    centred = approved - approved.mean()
    spectrum = np.fft.rfft2(there) * np.conj(np.fft.rfft2(centred, s=there.shape))
    common = np.fft.irfft2(spectrum, s=there.shape)[: 2 * slack + 1, : 2 * slack + 1]
    spread = _sums(there * there, high, wide) - _sums(there, high, wide) ** 2 / approved.size
    score = common / (np.sqrt((centred * centred).sum() * np.maximum(spread, 0)) + 1e-9)
    down, across = (int(at) for at in np.unravel_index(score.argmax(), score.shape))
    return float(score[down, across]), approved, there[down : down + high, across : across + wide]


def _sums(dots: Grey, high: int, wide: int) -> Grey:
    """Return the sum of a picture's dots in each window of a size."""
    import numpy as np

    sums = np.pad(dots.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    found: Grey = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    return found


def _worst(off: Grey, dpi: int) -> float:
    """Return the most that there is over a window."""
    import numpy as np

    window = max(round(WINDOW * dpi / 72), 2)
    return float(_sums(np.pad(off, window // 2), window, window).max()) / window**2
