"""Makes scans of a PDF in a test: each page turned, shifted, blurred, on grey paper, with noise and dust, as a JPEG."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

TURN, SHIFT, NOISE, QUALITY = 0.7, 0.04, 10, 60  # degrees, inches, of 255, of 100


def drawn(pdf: bytes, dpi: int, pages: Iterable[int] | None = None) -> list[Image.Image]:
    """Draw pages of a PDF in grey, all of them or those of these numbers from 1."""
    document = pypdfium2.PdfDocument(pdf)
    numbers = list(pages or range(1, len(document) + 1))
    return [document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for number in numbers]


def scan(picture: Image.Image, dpi: int, seed: int) -> Image.Image:
    """Make a picture of a page as a scanner would give it; the same for the same seed."""
    rng = np.random.default_rng(seed)
    shift = tuple(rng.uniform(-SHIFT, SHIFT, 2) * dpi)
    turned = picture.rotate(rng.uniform(-TURN, TURN), Image.Resampling.BICUBIC, fillcolor=255, translate=shift)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.8) * dpi / 200)), dtype=float)
    grey = grey * (rng.uniform(225, 245) - 20) / 255 + 20
    grey += np.linspace(0, rng.uniform(-12, 12), grey.shape[1])[None, :]
    grey += rng.normal(0, NOISE, grey.shape)
    for _ in range(int(rng.integers(30, 80))):
        y, x = (int(rng.integers(4, side - 5)) for side in grey.shape)
        rows, columns = np.ogrid[-4:5, -4:5]
        speck = rows**2 + columns**2 <= (rng.uniform(0.5, 1.6) * dpi / 200) ** 2
        grey[y - 4 : y + 5, x - 4 : x + 5][speck] = rng.uniform(40, 140)
    made = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype("uint8")).save(made, "JPEG", quality=QUALITY)
    return Image.open(made)


def bound(pictures: Iterable[Image.Image], dpi: int) -> bytes:
    """Bind pictures into a PDF, a page each."""
    first, *others = pictures
    made = io.BytesIO()
    first.save(made, "PDF", save_all=True, append_images=others, resolution=dpi, quality=QUALITY)
    return made.getvalue()


def scanned(
    pdf: bytes, dpi: int, seed: int, change: Callable[[int, Image.Image], Image.Image] = lambda _, picture: picture
) -> bytes:
    """Return a PDF as a scan of all its pages; `change` may draw on a page before it is scanned."""
    pages = enumerate(drawn(pdf, dpi), 1)
    return bound((scan(change(number, picture), dpi, seed * 1000 + number) for number, picture in pages), dpi)
