"""A plain `pip install .` is enough: the wheel holds the library and the templates as they are in the tree."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_holds_the_library_and_the_template(tmp_path):
    command = [sys.executable, "-P", "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("drafter-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        shipped = {n.removeprefix("drafter/shipped/"): packed.read(n) for n in packed.namelist() if "/shipped/" in n}
        names = packed.namelist()
    wanted = [*(ROOT / "clause_library").rglob("*.*"), *(ROOT / "templates").glob("*.docx")]
    assert shipped == {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in wanted if path.is_file()}
    assert "drafter/word/writer.py" in names
    data = (path for path in (ROOT / "drafter").rglob("*.*") if path.suffix in (".html", ".css", ".js", ".svg"))
    pages = {path.relative_to(ROOT).as_posix() for path in data}
    assert {"drafter/web/templates/base.html", "drafter/web/static/desk.js"} < pages
    assert pages <= set(names)
    assert [name for name in names if name.startswith(("tests/", "examples/"))] == []
