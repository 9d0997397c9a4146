"""Says which kinds of value may be compared, and what a message calls each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drafter.base import spelling
from drafter.language.explaining import explain
from drafter.language.tree import Atom, Constant, ExpressionError, Kind

TEXTS = ("text", "paragraph", "email", "phone", "address", "choice")


def kind_of_constant(value: Atom) -> Kind:
    """Return the kind of a constant; a text may be a date or an option, so it is of any kind."""
    match value:
        case bool():
            return Kind("yes-no")
        case str():
            return Kind("any")
        case date():
            return Kind("date")
        case _:
            return Kind("number")


def alike(kind: Kind, other: Kind) -> bool:
    """Say whether values of two kinds can be compared."""
    if "any" in (kind.name, other.name):
        return not {kind.name, other.name} & {"list", "choices", "record", "records"}
    return family(kind) == family(other)


def is_prose(kind: Kind) -> bool:
    """Say whether a kind is text that a person wrote, or a list of such texts: neither an option nor an address."""
    return kind.name in ("text", "paragraph", "any") or (
        kind.name == "list" and kind.item is not None and is_prose(kind.item)
    )


def family(kind: Kind) -> str:
    """Return the name of the kinds that a kind can be compared with: "number", "text", or its own."""
    return {"money": "number", "percent": "number"}.get(kind.name, "text" if kind.name in TEXTS else kind.name)


def named(kind: Kind) -> str:
    """Return what a message calls a kind, with its article: "a yes/no answer"."""
    names = {
        "any": "a constant text",
        "choices": "a list of choices",
        "money": "an amount of money",
        "percent": "a percentage",
        "records": "a list of records",
        "text": "text",
        "yes-no": "a yes/no answer",
    }
    return names.get(kind.name, f"{'an' if kind.name[0] in 'aeio' else 'a'} {kind.name}")


def constant_as(value: Atom, kind: Kind) -> Atom:
    """Return a constant as a value of a kind; ExpressionError if it can't be one."""
    if kind.name == "date":
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise ExpressionError(f"'{value}' is compared with a date", "write a date as '2026-07-01'") from None
    if kind.name == "choice" and kind.options and value not in kind.options:
        raise ExpressionError(
            f"'{value}' is not one of the options: {', '.join(kind.options)}", meant(str(value), kind.options)
        )
    if not alike(kind, kind_of_constant(value)) or (family(kind) in ("number", "yes-no") and isinstance(value, str)):
        raise ExpressionError(f"{explain(Constant(value))} is compared with {named(kind)}")
    return value


def meant(word: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown name; names of fields and options are short, so that less has to agree."""
    return spelling.meant(word, known, likeness=0.5)
