"""The addresses of links that lead from one part of a packet to another, until the parts are put together."""

from __future__ import annotations

ADDRESS = "https://packet.invalid/"  # with which each begins
LINK = f"{ADDRESS}part/"  # what an entry of the list of parts links to: a part, by its number
TO_NOTE, FROM_NOTE = f"{ADDRESS}note/", f"{ADDRESS}of-note/"  # what a number in a redline, and a note, link to
OF_CHANGE = f"{ADDRESS}change/"  # before the address of a link that is a change of a redline: which of them
