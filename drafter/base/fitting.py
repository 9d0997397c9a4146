"""Turns a YAML tree into a value of a class, or says on which line it does not fit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from drafter.base.problems import MOST_PROBLEMS, DraftingError, Problem, short
from drafter.values import dataclass

if TYPE_CHECKING:
    from pydantic import ConfigDict, GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema, ErrorDetails

    from drafter.base.yaml_tree import Node

Value = TypeVar("Value", bound="FromFile")


class FromFile:
    """The base of a dataclass that is read from a file: a key that it doesn't have is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}


class FromFileOfKeywords(FromFile):
    """The same with keys that are words of Python: the field `from_` is read from the key `from`."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid", "alias_generator": lambda name: name.rstrip("_")}


class _EmptyForNone:
    """Reads a key without a value as an empty text."""

    def __get_pydantic_core_schema__(self, place: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import BeforeValidator

        given = BeforeValidator(lambda found: "" if found is None else found)
        return given.__get_pydantic_core_schema__(place, handler)


Words = Annotated[str, _EmptyForNone()]


@dataclass(frozen=True, slots=True)
class Alone:
    """Reads a text in place of a mapping as the mapping that has the text under this key, and nothing else."""

    key: str

    def __get_pydantic_core_schema__(self, place: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how pydantic reads the mapping or the text."""
        from pydantic import BeforeValidator

        given = BeforeValidator(lambda found: {self.key: found} if isinstance(found, str) else found)
        return given.__get_pydantic_core_schema__(place, handler)


class _OneForSeveral:
    """Reads a text in place of a list as the list of that text alone; a key without a value as an empty list."""

    def __get_pydantic_core_schema__(self, place: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import BeforeValidator

        given = BeforeValidator(lambda found: () if found is None else (found,) if isinstance(found, str) else found)
        return given.__get_pydantic_core_schema__(place, handler)


Names = Annotated[tuple[str, ...], _OneForSeveral()]


def fit(node: Node, kind: type[Value]) -> Value:
    """Make a value from a tree; DraftingError with a problem on the line of each misfit."""
    from pydantic import ValidationError

    from drafter.base.yaml_tree import plain  # slow to import, and the classes are made without it

    try:
        made: Value = _adapter(kind).validate_python(plain(node) or {})  # type: ignore[arg-type]  # a class has a hash
    except ValidationError as error:
        raise DraftingError(*(_misfit(node, detail) for detail in error.errors()[:MOST_PROBLEMS])) from None
    return made


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # slow to import, and needed only where a file is read

    return TypeAdapter(kind)


def _misfit(node: Node, detail: ErrorDetails) -> Problem:
    from drafter.base.yaml_tree import locate

    path = tuple(step for step in detail["loc"])
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")
    place = locate(node, path)
    match detail["type"]:
        case "missing":
            return Problem("missing-key", place, f"'{name}' is missing")
        case "unexpected_keyword_argument":
            return Problem("unknown-key", place, f"'{name}' is not known here", "check the spelling")
        case "literal_error":
            expected = detail["ctx"]["expected"].replace("'", "")
            return Problem("bad-value", place, f"'{name}' is '{detail['input']}', not {expected}")
        case _ if detail["input"] is None:
            return Problem("missing-key", place, f"'{name}' has no value")
        case _:
            expected = _EXPECTED.get(detail["type"], detail["msg"].removeprefix("Input should be "))
            return Problem("bad-value", place, f"'{name}' should be {expected}, not '{short(detail['input'])}'")


_DAY = "a day, as 2026-07-01"
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "lines of 'name: value'",
    "dataclass_type": "lines of 'name: value'",
    "bool_parsing": "true or false",
    "date_from_datetime_inexact": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
}
