"""The program's door: `drafter`, and `python -P -m drafter`.

Help is asked for most, and reading a page is quicker than building it: `help.txt` is what click says, as a test holds.
"""

import errno
import gc
import os
import sys
from typing import NoReturn

WIDTH = 80  # columns for which the page is made


def main() -> None:
    """Run the command line; ends with its exit code."""
    if sys.argv[1:] in (["-h"], ["--help"]) and _is_wide():
        with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH120, PTH123  # pathlib is half the time
            _print(page.read())
        return
    gc.set_threshold(1_000_000)  # a library is tens of thousands of values, and all of them stay
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it looks for them in each package installed
    from drafter.doors import cli

    try:
        cli.main(prog_name="drafter")
    except OSError as error:  # click's own pages, such as a command's help, on a full disk
        _lost(error)
    finally:
        gc.freeze()  # or all of them would be looked through once more at the end, a tenth of a draft's time


def _print(text: str) -> None:
    """Print text; on a full disk, say so in one line and end with exit code 1."""
    try:
        if sys.stdout:
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        _lost(error)


def _lost(error: OSError) -> NoReturn:
    """End because standard output can't be written; any other error is a fault of the program, and is raised again."""
    from drafter.doors.output import LOST, give_up

    if error.errno not in LOST:
        raise error
    give_up()
    if error.errno != errno.EPIPE:
        sys.stderr.write(f"standard output can't be written: {error.strerror}\n")
    raise SystemExit(1) from None


def _is_wide() -> bool:
    """Say whether the page fits: click makes another one for a narrow terminal."""
    columns = os.environ.get("COLUMNS", "")
    try:
        if not columns:
            return (
                not (sys.stdout and sys.stdout.isatty()) or os.get_terminal_size(sys.stdout.fileno()).columns >= WIDTH
            )
        return int(columns) >= WIDTH
    except (OSError, ValueError):
        return False


if __name__ == "__main__":
    main()
