"""The program's door: `drafter`, and `python -P -m drafter`.

Help is asked for most, and reading a page is quicker than building it: `help.txt` is what click says, as a test holds.
"""

import gc
import os
import sys

WIDTH = 80  # columns for which the page is made


def main() -> None:
    """Run the command line; ends with its exit code."""
    if sys.argv[1:] in (["-h"], ["--help"]) and _is_wide():
        with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH120, PTH123  # pathlib is half the time
            if sys.stdout:
                sys.stdout.write(page.read())
        return
    gc.set_threshold(1_000_000)  # a library is tens of thousands of values, and all of them stay
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it looks for them in each package installed
    from drafter.doors import cli

    try:
        cli.main(prog_name="drafter")
    finally:
        gc.freeze()  # or all of them would be looked through once more at the end, a tenth of a draft's time


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
