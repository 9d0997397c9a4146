"""Knows how Windows, macOS and Linux differ: where LibreOffice is, how its processes end, when a file is held.

A platform is what `sys.platform` says of one ("win32", "darwin", "linux"), and an argument, so that tests can name any.
Nothing of this was run on Windows or macOS.
"""

from __future__ import annotations

import ntpath
import posixpath
import time
from collections.abc import Callable, Iterator, Mapping

WINDOWS = "win32"
PAUSES = (0.1, 0.2, 0.4, 0.8)  # seconds; a virus scanner or a sync client holds a new file no longer
_FLATPAK = "flatpak/exports/bin/org.libreoffice.LibreOffice"


def offices(platform: str, env: Mapping[str, str]) -> Iterator[str]:
    """Yield each path at which LibreOffice may be, the likeliest first; on Windows, an ending like .exe may be missing.

    All of them are absolute, since the current folder may hold a program that someone sent.
    """
    path = ntpath if platform == WINDOWS else posixpath
    for folder in env.get("PATH", "").split(";" if platform == WINDOWS else ":"):
        if path.isabs(folder):
            yield from (path.join(folder, name) for name in ("soffice", "libreoffice"))
    if platform == WINDOWS:
        roots = (env.get(name, "") for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"))
        folders = dict.fromkeys((*filter(path.isabs, roots), r"C:\Program Files", r"C:\Program Files (x86)"))
        yield from (path.join(folder, "LibreOffice", "program", "soffice.exe") for folder in folders)
        return
    home = env.get("HOME", "/")
    if platform == "darwin":
        bundle = "Applications/LibreOffice.app/Contents/MacOS/soffice"
        yield from (path.join(folder, bundle) for folder in ("/", home))
        return
    yield from ("/snap/bin/libreoffice", f"/var/lib/{_FLATPAK}", path.join(home, ".local/share", _FLATPAK))


def sees_only_home(program: str) -> bool:
    """Say whether a program is packed so that it sees the home folder, but not the one for temporary files."""
    return "/snap/" in program or "/flatpak/" in program


def draws(platform: str, env: Mapping[str, str]) -> bool:
    """Say whether a terminal can show a screen: by TERM, which Windows doesn't set."""
    return env.get("TERM", "console" if platform == WINDOWS else "") not in ("", "dumb")


def tree_killer(platform: str, env: Mapping[str, str], process: int) -> list[str]:
    """Return the command that ends a process and those that it started; empty where its group is ended by a signal."""
    if platform != WINDOWS:
        return []
    program = ntpath.join(env.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
    return [program, "/T", "/F", "/PID", str(process)]


def patiently(move: Callable[[], object], platform: str, sleep: Callable[[float], None] = time.sleep) -> None:
    """Move a file or folder; on Windows, where another program may hold it, try for a second and a half. OSError."""
    for pause in PAUSES if platform == WINDOWS else ():
        try:
            move()
        except PermissionError:
            sleep(pause)
        else:
            return
    move()


def held_hint(error: OSError, platform: str) -> str:
    """Return what to do about a file that can't be replaced, if another program seems to hold it; else nothing."""
    if platform == WINDOWS and isinstance(error, PermissionError):
        return "if it is open in Word, close it there, and try again"
    return ""
