"""Turns a value of our dataclasses into plain data that JSON can hold, and back, by what the annotations allow.

The data is a list of rows, each distinct value once, parts before what holds them: a text, number, truth or None as it
is, anything else as the number of its form and the positions of its parts. The forms are numbered from the annotations
of the class that is packed, so data can name no class, function or module.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

Value = TypeVar("Value")
Row = str | int | bool | None | list[int]
_ATOMS = (str, int, bool, type(None))
_ANYTHING = (str, int, bool, None, list[Any], dict[str, Any])  # what Any is: plain values


@dataclass(slots=True, eq=False)
class _Form:
    """What a value of one annotation is made from.

    `parts` has the forms that each part may have; `repeated` when any number of parts has the last len(parts) forms.
    """

    takes: Callable[[Any], bool]
    split: Callable[[Any], Iterable[Any]]
    make: Callable[..., Any]
    parts: tuple[frozenset[int], ...] = ()
    repeated: bool = False
    fitting: set[tuple[int, ...]] = field(default_factory=set)  # forms of parts that were found to fit

    def fits(self, given: tuple[int, ...]) -> bool:
        """Say whether parts of these forms make a value of this one."""
        width = len(self.parts)
        if len(given) % width if self.repeated else len(given) != width:
            return False
        return all(form in self.parts[number % width] for number, form in enumerate(given))


class _Forms:
    """The forms of all that a class can hold, numbered in the order in which its annotations name them."""

    def __init__(self, kind: type) -> None:
        self.forms: list[_Form] = []
        self.numbers: dict[object, int] = {}
        self.atoms: dict[type, int] = {atom: self._number(atom, {}) for atom in _ATOMS}
        self.root = self._allowed(kind, {})

    def _allowed(self, annotation: object, names: Mapping[str, object]) -> frozenset[int]:
        """Return the forms that a value of this annotation may have; `names` are those of the module it is in."""
        if isinstance(annotation, str):  # a type that holds itself
            return self._allowed(names[annotation], names)
        origin = get_origin(annotation)
        if origin is Annotated:
            return self._allowed(get_args(annotation)[0], names)
        either = _ANYTHING if annotation is Any else get_args(annotation)
        if annotation is Any or origin in (typing.Union, types.UnionType):
            return frozenset().union(*(self._allowed(one, names) for one in either))
        return frozenset((self._number(type(None) if annotation is None else annotation, names),))

    def _number(self, annotation: Any, names: Mapping[str, object]) -> int:  # noqa: ANN401  # an annotation is of many types
        if annotation not in self.numbers:
            self.numbers[annotation] = len(self.forms)
            self.forms.append(form := _form(annotation))
            names = vars(sys.modules[annotation.__module__]) if is_dataclass(annotation) else names
            form.parts = tuple(self._allowed(part, names) for part in _parts(annotation))
        return self.numbers[annotation]


def _form(annotation: Any) -> _Form:  # noqa: ANN401  # an annotation is of many types
    """Return the form of an annotation, without its parts. TypeError where no value of it can be packed."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return _Form(lambda value: type(value) is str and value in inner, _alone, lambda value: _one_of(inner, value))
    if origin is tuple:
        return _Form(_exactly(tuple), tuple, _tuple, repeated=inner[-1] is Ellipsis)
    if origin is list:
        return _Form(_exactly(list), list, _list, repeated=True)
    if origin is dict or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return _Form(_exactly(dict), lambda value: (x for pair in value.items() for x in pair), _mapping, repeated=True)
    if annotation in _ATOMS:
        return _Form(_exactly(annotation), tuple, tuple)
    if annotation is Decimal:
        return _Form(_exactly(Decimal), lambda value: (str(value),), Decimal)
    if annotation is date:
        return _Form(_exactly(date), lambda value: (value.isoformat(),), date.fromisoformat)
    if annotation is Path:
        return _Form(lambda value: isinstance(value, Path), lambda _: (), Path)
    if is_dataclass(annotation):
        return _of_class(annotation)
    raise TypeError(str(annotation))


def _of_class(kind: Any) -> _Form:  # noqa: ANN401  # a dataclass has no type of its own
    names = tuple(one.name for one in fields(kind))
    by_name = any(one.kw_only for one in fields(kind))
    return _Form(
        _exactly(kind),
        lambda value: [getattr(value, name) for name in names],
        (lambda *made: kind(**dict(zip(names, made, strict=True)))) if by_name else kind,
    )


def _parts(annotation: Any) -> Sequence[object]:  # noqa: ANN401  # an annotation is of many types
    """Return the annotations of the parts of a value."""
    if is_dataclass(annotation):
        module = annotation.__module__
        return [_evaluated(str(one.type), module) for one in fields(annotation)]
    if annotation in (Decimal, date) or get_origin(annotation) is Literal:
        return (str,)
    return [inner for inner in get_args(annotation) if inner is not Ellipsis]


@cache
def _evaluated(annotation: str, module: str) -> object:
    """Return what an annotation in a module of ours means."""
    return eval(annotation, vars(sys.modules[module]))  # noqa: S307  # words of our own program


def _exactly(kind: type) -> Callable[[Any], bool]:
    return lambda value: type(value) is kind


def _alone(value: object) -> tuple[object]:
    return (value,)


def _one_of(known: tuple[str, ...], value: str) -> str:
    if value not in known:
        raise TypeError(value)
    return value


def _tuple(*made: object) -> tuple[object, ...]:
    return made


def _list(*made: object) -> list[object]:
    return list(made)


def _mapping(*made: Any) -> dict[Any, Any]:  # noqa: ANN401  # keys and values in turn
    return dict(zip(made[::2], made[1::2], strict=True))


@cache
def _forms(kind: type) -> _Forms:
    return _Forms(kind)


def pack(value: object) -> list[Row]:
    """Return a dataclass as rows, without its paths. TypeError where a part isn't what the annotations say."""
    known = _forms(type(value))  # type: ignore[arg-type]  # a class has a hash
    rows: list[Row] = []
    places: dict[object, int] = {}

    def place(part: object, allowed: frozenset[int]) -> int:
        number = next((form for form in allowed if known.forms[form].takes(part)), None)
        if number is None:
            raise TypeError(type(part).__name__)
        if type(part) in _ATOMS and number == known.atoms[type(part)]:
            row: Any = part
        else:
            form = known.forms[number]
            width = len(form.parts)
            row = [number, *(place(x, form.parts[at % width]) for at, x in enumerate(form.split(part)))]
        found = places.setdefault((type(row), tuple(row) if isinstance(row, list) else row), len(rows))
        if found == len(rows):
            rows.append(row)
        return found

    place(value, known.root)
    return rows


def unpack(rows: Sequence[Any], kind: type[Value]) -> Value:
    """Return the value that rows were packed from, with empty paths.

    TypeError, ValueError, IndexError or another error of a constructor where they are no value of the class.
    """
    known = _forms(kind)  # type: ignore[arg-type]  # a class has a hash
    takers = [(form.make, form.fitting, form) for form in known.forms]
    atoms = known.atoms
    values: list[Any] = []
    found: list[int] = []
    value_at, found_at = values.__getitem__, found.__getitem__
    for row in rows:
        if type(row) is list:
            make, fitting, form = takers[row[0]]
            parts = row[1:]
            given = tuple(map(found_at, parts))
            if given not in fitting:
                if not form.fits(given):
                    raise TypeError(row[0])
                fitting.add(given)
            values.append(make(*map(value_at, parts)))
            found.append(row[0])
        else:
            values.append(row)
            found.append(atoms[type(row)])
    if found[-1] not in known.root:
        raise TypeError(found[-1])
    made: Value = values[-1]
    return made
