"""Makes pages of templates; every word that they are given is data, and is escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2

from drafter.base import characters, english


def rendered(name: str, /, **given: object) -> str:
    """Return a page, or a part of one, from a template by its name."""
    return _environment().get_template(name).render(given)


_OF = re.compile(r" (?:to|of) ")  # after the kind of a change, in what Undo says of it


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sentence"] = lambda words: words[:1].upper() + words[1:]
    made.filters["kind"] = lambda words: _OF.split(words)[0]
    made.globals["counted"] = english.counted
    return made


def _shown(value: object) -> object:
    """Return words with what can't be seen in them spelled out; what is markup already stays."""
    return characters.shown(value) if type(value) is str else value
