"""The command that opens Drafter in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from drafter.doors.shared import Name, library_option, speaks


@click.command()
@click.argument("place", metavar="[FOLDER]", type=Name(), required=False)
@click.option("--no-browser", is_flag=True, help="Print the address that opens it, and open no browser.")
@library_option
@speaks()
def desk(place: Path | None, no_browser: bool, folder: Path | None) -> None:  # noqa: FBT001
    """Open the matters of FOLDER in the browser, on this machine alone.

    Without FOLDER, the one that was opened last. Nothing leaves this machine: no account, no network.
    """
    from drafter.doors import terminal
    from drafter.doors.output import OUTPUT
    from drafter.web import server

    def opened(link: str) -> None:
        if no_browser or not server.browse(link):
            terminal.say(link)
            OUTPUT.flush()  # whoever reads it waits for it

    terminal.say(server.run(server.place(place), folder, opened))
