"""Writes a contract as JSON, and reads it back equal.

One rule: what was recorded once is read for ever, so every form that was ever written is still read. Today's is
short: the library's words are bare strings, a run of another kind is named for it ({"answer": "Rex", "question":
"dog"}), and what has its default value is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, partial
from typing import Any, Literal, get_args, get_origin, get_type_hints

from drafter.contract import walking
from drafter.contract.tree import Contract, Run, Table, Text, Use

KINDS = ("answer", "blank", "reference", "definition", "use")  # of a run that isn't the library's words
STRINGS = ("requirements", "authority", "deviations")  # lists in which a string isn't a run
SPREAD = ("caption", "opening", "recitals", "articles", "sections", "blocks", "signatures", "exhibits")


def to_json(contract: Contract) -> str:
    """Return the contract as JSON, a block a line; `from_json` gives an equal contract back."""
    return _laid_out(_short(contract)) + "\n"


def from_json(text: str) -> Contract:
    """Read a contract from the JSON of this version or an earlier one; ValueError when it isn't a contract."""
    try:
        given = json.loads(text)
        if "\\u" in text:
            json.dumps(
                given, ensure_ascii=False
            ).encode()  # half of a character, which only an escape can be, is refused
        made: Contract = _maker(Contract)(_whole(given))
    except RecursionError:
        raise ValueError("what is in it is nested too deeply") from None
    blocks = (block for section in walking.sections(made) for block in section.blocks)
    if any(len(row) != len(table.header) for table in blocks if isinstance(table, Table) for row in table.rows):
        raise ValueError("a row of a table isn't as wide as its header")
    return made


# -- values by their annotations ----------------------------------------------------------------
# pydantic would do this, but loading it takes longer than all the rest of a redline.

Make = Callable[[Any], Any]


@cache
def _maker(kind: Any) -> Make:  # noqa: ANN401  # an annotation is of many types
    """Return what makes a value of an annotation from what JSON holds of it, or raises ValueError."""
    inner = get_args(kind)
    if kind is str:
        return _text
    if get_origin(kind) is Literal:
        return partial(_one_of, inner)
    if get_origin(kind) is tuple:
        return partial(_list, _maker(inner[0]))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return partial(
            _fields, kind, tuple((f.name, _maker(hints[f.name]), f.default is MISSING) for f in fields(kind))
        )
    if str in inner:  # a title: words, or runs
        runs = _maker(next(one for one in inner if one is not str))
        return lambda part: part if isinstance(part, str) else runs(part)
    return partial(_either, {get_type_hints(one)["kind"].__args__[0]: _maker(one) for one in inner})


def _text(part: object) -> str:
    if isinstance(part, str):
        return part
    raise ValueError("something isn't text")


def _one_of(known: tuple[str, ...], part: object) -> object:
    if part in known:
        return part
    raise ValueError(f"something isn't one of {known}")


def _list(each: Make, part: object) -> tuple[object, ...]:
    if isinstance(part, list):
        return tuple(map(each, part))
    raise ValueError("something isn't a list")


def _fields(kind: Any, known: tuple[tuple[str, Make, bool], ...], part: object) -> object:  # noqa: ANN401  # a class
    if isinstance(part, dict) and all(name in part for name, _, needed in known if needed):
        return kind(**{name: make(part[name]) for name, make, _ in known if name in part})
    raise ValueError(f"something isn't a {kind.__name__}")


def _either(kinds: Mapping[str, Make], part: object) -> object:
    """Make a run, which says what it is; or a block, which does so only in JSON of an earlier version."""
    if isinstance(part, Text) and "text" in kinds:
        return part
    if isinstance(part, dict):
        name = part.get("kind", "table" if "header" in part else "paragraph")
        if isinstance(name, str) and name in kinds:
            return kinds[name](part)
    raise ValueError(f"something isn't one of {tuple(kinds)}")


def _short(part: object) -> object:
    """Turn a part of a contract into what JSON holds of it."""
    if isinstance(part, Text):
        return part.text
    if isinstance(part, Run):
        rest = {f.name: getattr(part, f.name) for f in fields(part) if f.name not in {"text", "kind"}}
        return {part.kind: part.text, **({} if isinstance(part, Use) and part.term == part.text else rest)}
    if isinstance(part, tuple):
        return [_short(one) for one in part]
    if not is_dataclass(part):
        return part
    held = {f.name: getattr(part, f.name) for f in fields(part) if getattr(part, f.name) != f.default}
    return {name: _short(one) for name, one in held.items()}


def _whole(part: object, key: str = "") -> object:
    """Turn what JSON holds of a part back into the fields of its value."""
    if isinstance(part, list):
        return [Text(_plain(one)) if isinstance(one, str) and key not in STRINGS else _whole(one, key) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("kind") == "text" and isinstance(part.get("text"), str):
        return Text(_plain(part["text"]))
    kind = next((kind for kind in KINDS if kind in part), "")
    if kind:
        return {**({"term": part[kind]} if kind == "use" else {}), **part, "kind": kind, "text": part[kind]}
    return {name: _whole(one, name) for name, one in part.items()}


def _plain(text: str) -> str:
    """Put a space where an earlier version kept "Section" and a number on one line; only what is printed does now."""
    return text[:-1] + " " if text.endswith("Section\u00a0") else text


def _laid_out(part: object, key: str = "", depth: int = 1) -> str:
    """Write a part in one line, but for the lists that hold blocks: of these each part begins a line."""
    if isinstance(part, Mapping):
        return "{" + ",".join(f'"{name}":{_laid_out(one, name, depth)}' for name, one in part.items()) + "}"
    if not isinstance(part, list) or key not in SPREAD or not part:
        return json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    line = "\n" + " " * depth
    return "[" + line + f",{line}".join(_laid_out(one, "", depth + 1) for one in part) + line[:-1] + "]"
