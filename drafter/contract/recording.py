"""Writes a contract as JSON, and reads it back equal.

One rule: what was recorded once is read for ever, so every form that was ever written is still read. Today's is
short: the library's words are bare strings, a run of another kind is named for it ({"answer": "Rex", "question":
"dog"}), and what has its default value is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING

from drafter.contract import walking
from drafter.contract.tree import Contract, Run, Table, Text, Use

if TYPE_CHECKING:
    from pydantic import TypeAdapter

KINDS = ("answer", "blank", "reference", "definition", "use")  # of a run that isn't the library's words
STRINGS = ("requirements", "authority", "deviations")  # lists in which a string isn't a run
SPREAD = ("caption", "opening", "recitals", "articles", "sections", "blocks", "signatures", "exhibits")


def to_json(contract: Contract) -> str:
    """Return the contract as JSON, a block a line; `from_json` gives an equal contract back."""
    return _laid_out(_short(contract)) + "\n"


def from_json(text: str) -> Contract:
    """Read a contract from the JSON of this version or an earlier one; ValueError when it isn't a contract."""
    from pydantic_core import from_json as tree_of  # slow to import, and only needed here

    made = _adapter().validate_python(_whole(tree_of(text)))
    blocks = (block for section in walking.sections(made) for block in section.blocks)
    if any(len(row) != len(table.header) for table in blocks if isinstance(table, Table) for row in table.rows):
        raise ValueError("a row of a table isn't as wide as its header")
    return made


@cache
def _adapter() -> TypeAdapter[Contract]:
    from pydantic import TypeAdapter  # slow to import, and only needed here

    return TypeAdapter(Contract)


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
    if part.get("kind") == "text":
        return {**part, "text": _plain(str(part.get("text")))} if "text" in part else part
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
