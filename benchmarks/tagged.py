"""Makes the packet of each example in both forms, and checks each of its PDFs as two programs of others do.

    python benchmarks/tagged.py [--meeting DATE] [EXAMPLE ...]

It takes some minutes, so it is no test; the tests check one packet. A report of 'drafter verify' is checked as well
where that can read pictures. The exit code is 1 where a rule of PDF/UA-1 fails or outloud finds more than is known.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BESIDE = str(Path(__file__).resolve().parent)  # page.py there has the name of the program that knows the rules
sys.path[:] = [str(ROOT / "tests"), *(path for path in sys.path if path != BESIDE)]

import accessible  # noqa: E402  # it is beside the tests

EXAMPLES = ROOT / "examples"
FORMS = ((), ("--changed-pages",))


def main() -> int:
    """Make the packets, check their PDFs, and print a line for each."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--meeting", default="2026-06-09", help="the day of the meeting")
    reading.add_argument("examples", nargs="*", help="the names of examples; all of them otherwise")
    given = reading.parse_args()
    names = given.examples or sorted(path.parent.name for path in EXAMPLES.glob("*/answers.yaml"))
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in _made(names, given.meeting, Path(folder)):
            found = _found(path, Path(folder))
            wrong += bool(found)
            print(
                f"{path.relative_to(folder)}: {', '.join(sorted(found)) or '0 of 104 rules fail, no error'}", flush=True
            )
    print(f"{wrong} files with something wrong" if wrong else "Nothing is wrong.")
    return 1 if wrong else 0


def _made(names: list[str], meeting: str, folder: Path) -> Iterator[Path]:
    """Make the packets, and a report on a file that is no contract; yield the PDFs."""
    made = None
    for name in names:
        for form in FORMS:
            made = folder / f"{name}{''.join(form)}"
            _run("packet", str(EXAMPLES / name), "-o", str(made), "--meeting", meeting, *form)
            yield from sorted(made.glob("*.pdf"))
    if made is not None:
        report = folder / "report"
        _run("verify", str(made), str(made / "5-notice.pdf"), "--pictures", str(report))
        yield from sorted(report.glob("*.pdf"))


def _run(*words: str) -> None:
    command = [sys.executable, "-P", "-m", "drafter", *words]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)  # noqa: S603
    if ended.returncode and words[0] != "verify":
        raise SystemExit(ended.stderr)


def _found(path: Path, folder: Path) -> set[str]:
    return accessible.wrong(path.read_bytes(), folder)


if __name__ == "__main__":
    sys.exit(main())
