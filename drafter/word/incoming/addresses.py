"""Says where an address in a Word file leads: to the web, to a place in the same file, to a disk, to a server."""

from __future__ import annotations

import re
from urllib.parse import unquote

from drafter.base import characters
from drafter.base.problems import short

_UNSEEN = re.compile(r"[\x00-\x20\x7f]")  # what a program leaves out of an address before it looks at it
_SCHEME = re.compile(r"(?![a-z0-9-]+(?:\.[a-z0-9-]+)+:\d+(?:[/?#]|$))([a-z][a-z0-9+.-]*):")  # not www.example.org:80
_LOCAL = re.compile(r"(file:///|file://localhost/|/)?([a-z]:/)?[^/:\x00-\x20][^:\x00-\x1f]*")
_MAC = re.compile(r"file:////(applications|library|system|users|volumes)/[^:\x00-\x1f]*|macintosh hd:[^/\x00-\x1f]*")


def _plain(target: str) -> str:
    return unquote(target).replace("\\", "/").strip().casefold()


def scheme(target: str) -> str:
    """Return the scheme of an address, as "https"; empty for one without, as "www.example.org" or "#there"."""
    found = _SCHEME.match(_UNSEEN.sub("", _plain(target)))
    return found[1] if found else ""


def is_server(target: str) -> bool:
    r"""Say whether an address without a scheme is that of a server in a network, as "\\server\share"."""
    return _UNSEEN.sub("", _plain(target)).startswith("//")


def is_local(target: str) -> bool:
    """Say whether a path is on the disk of whoever saved the file: Word notes that of his template in every file."""
    plain = _plain(target)
    return _LOCAL.fullmatch(plain) is not None or _MAC.fullmatch(plain) is not None


def shown(target: str) -> str:
    r"""Return an address as a reader knows it: a path in a network as "\\server\share", with nothing unseen in it."""
    path = unquote(target).replace("\\", "/").strip()
    found = re.fullmatch(r"(?i)(?:file:)?/{2,}\s*/*(.*)", path) if not is_local(target) else None
    on_disk = found is not None and re.match(r"(?i)[a-z]:", found[1])
    if found and not on_disk and (path.startswith("//") or not re.match(r"(?i)file:///[^/\s]", path)):
        path = "\\\\" + found[1].replace("/", "\\")
    return short(characters.spelled(path))
