"""Makes the pictures of the documentation: a page of the contract, and the first page of the memo.

    python benchmarks/pictures.py

They are drawn from the packet of the negotiation example, in grey.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import ImageOps

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
EXAMPLE, MEETING = ROOT / "examples" / "st-louis-park-negotiation", "2026-05-26"
DPI = 80


def main() -> None:
    """Make the packet and draw the pages."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "packet"
        command = [sys.executable, "-P", "-m", "drafter", "packet", str(EXAMPLE), "-o", str(made)]
        subprocess.run([*command, "--meeting", MEETING], check=True, cwd=ROOT)  # noqa: S603
        _draw(made / "3-contract.pdf", "Prone Restraint\r\n", IMAGES / "page.png")
        _draw(made / "packet.pdf", "What the board is asked to do", IMAGES / "memo.png")


def _draw(path: Path, words: str, target: Path) -> None:
    """Draw the first page of a PDF, after its contents, that has some words; with a thin frame."""
    with pypdfium2.PdfDocument(path) as file:
        texts = [page.get_textpage().get_text_bounded() for page in file]
        number = next(place for place, text in enumerate(texts) if words in text and "Contents" not in text)
        drawn = file[number].render(scale=2 * DPI / 72, grayscale=True).to_pil().reduce(2)
    ImageOps.expand(drawn, border=1, fill=200).save(target, optimize=True)
    print(f"Wrote {target.relative_to(ROOT)}: page {number + 1} of {path.name}")


if __name__ == "__main__":
    main()
