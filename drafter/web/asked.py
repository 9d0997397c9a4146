"""What a browser asks, and what it is answered: values, without any server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal
from urllib.parse import quote

from drafter.values import dataclass


class NotThereError(KeyError):
    """There is nothing at an address: no matter, question, record or file of this name."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form: the name it was given there, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its method, the names in its address, what was typed into its form, and a file if there is one.

    `root` is what each address of this desk begins with, `path` the address that was asked. `in_part` says that a
    script asks, which puts what changed into the page that is open.
    """

    method: Literal["GET", "POST"]
    root: str
    path: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: Upload | None = None
    in_part: bool = False

    def typed(self, name: str) -> str:
        """Return what was typed into a field, with line breaks as the files of a matter have them; empty for none."""
        return "\n".join(self.form.get(name, ("",))[-1].splitlines())

    def at(self, *parts: str) -> str:
        """Return the address of a place of this matter: its name, then the parts."""
        return "/".join((f"{self.root}/m/{quote(self.names['matter'])}", *map(quote, parts)))


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: the template that shows it, what that is given, and the status of HTTP."""

    template: str
    given: Mapping[str, object]
    status: int = 200


@dataclass(frozen=True, slots=True)
class GoTo:
    """Another address, which the browser asks for next."""

    address: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a script puts into the page that is open, as data."""

    given: Mapping[str, object]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A file: its name, its bytes, its type, and whether a browser shows it or keeps it."""

    name: str
    content: bytes
    media_type: str
    inline: bool = False


Reply = Shown | GoTo | Parts | Sent
