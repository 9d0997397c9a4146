"""Keeps what docxtpl makes of a template, and which templates are in order, so that it need not be loaded each time.

docxtpl sees tokens and never a word of a contract, so most drafts of a template ask it for the same thing. What is kept
has the hash of everything that it is made from for its name, and holds no answer.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from drafter.keeping import program, store
from drafter.word.kinds import Kind
from drafter.word.oxml import package
from drafter.word.oxml.package import Package
from drafter.word.oxml.tokens import Context

RENDERERS = ("docxtpl", "docx", "jinja2", "lxml")


@lru_cache(maxsize=16)
def rendered(data: bytes, context: Context, *, marked: bool) -> Package:
    """Return the parts of a Word file rendered with tokens, as `rendering.render` makes them, which may raise anything.

    The parts are the same object for the same file and tokens: nobody may change them.
    """
    name = _name(data, f"rendered {marked} {context!r}", "docx")
    kept = store.of_user() if name else None
    made = kept.read(name) if kept else None
    if made is None:
        from drafter.word.oxml import rendering  # docxtpl is slow to import

        made = rendering.render(data, context, marked=marked)
        if kept:
            kept.keep(name, made)
    return package.unpack(made)


def is_in_order(data: bytes, kind: Kind) -> bool:
    """Say whether a template was found to be in order for a kind of document."""
    name = _name(data, f"in order {kind!r}", "ok")
    kept = store.of_user() if name else None
    return kept is not None and kept.read(name) is not None


def found_in_order(data: bytes, kind: Kind) -> None:
    """Remember that a template is in order for a kind of document."""
    name = _name(data, f"in order {kind!r}", "ok")
    if name and (kept := store.of_user()):
        kept.keep(name, b"")


def _name(data: bytes, what: str, ending: str) -> str:
    """Return the name of what is made from a template by this program; empty where the program can't be identified."""
    try:
        digest = hashlib.sha256(f"{program.identity(RENDERERS)}\n{what}\n".encode(errors="surrogateescape"))
    except (OSError, ValueError):
        return ""
    digest.update(data)
    return f"{digest.hexdigest()}.{ending}"
