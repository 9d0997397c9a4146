"""Makes the pictures of the documentation: a page of the contract, the first page of the memo, the desk.

    python benchmarks/pictures.py

They are drawn from the negotiation example: the papers from its packet, in grey; the desk in Chromium.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import desks  # noqa: E402  # the tests' own

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
    with tempfile.TemporaryDirectory() as folder:
        _desk(Path(folder))


def _desk(folder: Path) -> None:
    """Open the desk with a copy of the example, and take its pictures."""
    with (
        desks.running(folder, EXAMPLE.name) as desk,
        desks.opened(desk, viewport={"width": 1200, "height": 720}) as page,
    ):
        at = f"{desk.address}/m/{EXAMPLE.name}"
        page.goto(f"{at}/ask/termination_days")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.locator("#told").wait_for()
        page.wait_for_timeout(500)  # until the section that changed has come into view
        _shot(page, "desk-interview")
        page.goto(f"{at}/wordings/termination-convenience?with=sixty-days#with")
        _shot(page, "desk-wordings")
        page.goto(f"{at}/rounds/4/changes")
        _shot(page, "desk-changes")


def _shot(page: Page, name: str) -> None:
    """Take a picture of a page as it is in the window, with as few colours as it needs."""
    target = IMAGES / f"{name}.png"
    with Image.open(io.BytesIO(page.screenshot())) as drawn:
        drawn.convert("RGB").quantize(200).save(target, optimize=True)
    print(f"Wrote {target.relative_to(ROOT)}")


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
