"""Makes dataclasses that do not change, in a fraction of the time that `dataclasses` takes.

A command makes some 120 such classes before it does anything, which was a fifth of the time of a cold draft. For each,
`dataclasses` compiles every method by itself; here nothing is compiled but one `__init__` for each number of fields.
In all else they are dataclasses: `fields`, `replace`, patterns and pydantic take them as such.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_UNGIVEN = object()  # for a field that its factory makes

if TYPE_CHECKING:
    from dataclasses import Field, dataclass
else:

    def dataclass(cls=None, **settings):  # noqa: ANN001, ANN003, ANN201  # typed as the one of `dataclasses`
        """Make a class a dataclass, as `dataclasses.dataclass` does; quickly where it is frozen and has slots."""

        def made(one: type) -> type:
            is_plain = settings.keys() <= {"frozen", "slots", "kw_only"} and not hasattr(one, "__post_init__")
            if is_plain and settings.get("frozen") and settings.get("slots"):
                return _frozen(one, kw_only=settings.get("kw_only", False))
            return dataclasses.dataclass(**settings)(one)

        return made if cls is None else made(cls)


def _frozen(cls: type, *, kw_only: bool) -> type:
    """Return a class as a dataclass with slots whose values do not change."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # or its signature would be worked out, to be its docstring
    own = {name for name in _METHODS if name in cls.__dict__ and cls.__dict__[name] is not None}
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    fields = dataclasses.fields(made)
    for name, method in {**_SHARED, **_compared(fields), "__init__": _init(made, fields)}.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _init(cls: type, fields: tuple[Field[Any], ...]) -> FunctionType:
    """Return the `__init__` of a class, which sets each field by its slot."""
    fields = tuple(sorted(fields, key=lambda one: bool(one.kw_only)))
    named = sum(bool(one.kw_only) for one in fields)
    code = _code(len(fields)).replace(
        co_varnames=("self", *(one.name for one in fields)),
        co_argcount=1 + len(fields) - named,
        co_kwonlyargcount=named,
    )
    defaults = {one.name: _default(one) for one in fields}
    known = {f"_set{number}": _setter(cls, one) for number, one in enumerate(fields)}
    made = FunctionType(code, known, "__init__")
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__defaults__ = tuple(defaults[o.name] for o in fields if not o.kw_only and defaults[o.name] is not MISSING)
    made.__kwdefaults__ = {o.name: defaults[o.name] for o in fields if o.kw_only and defaults[o.name] is not MISSING}
    return made


@cache
def _code(count: int) -> CodeType:
    """Return the code of an `__init__` of so many fields, whose names are put in for each class."""
    given = "".join(f", _{number}" for number in range(count))
    kept = "; ".join(f"_set{number}(self, _{number})" for number in range(count)) or "pass"
    methods: dict[str, Any] = {}
    exec(f"def __init__(self{given}): {kept}", methods)  # noqa: S102  # it holds nothing but numbers
    code: CodeType = methods["__init__"].__code__
    return code


def _default(one: Field[Any]) -> object:
    return one.default if one.default_factory is MISSING else _UNGIVEN


def _setter(cls: type, one: Field[Any]) -> Callable[[object, object], None]:
    """Return what sets a field; where it isn't given, it calls the field's factory."""
    keep: Callable[[object, object], None] = getattr(cls, one.name).__set__
    make = one.default_factory
    return keep if make is MISSING else lambda value, given: keep(value, make() if given is _UNGIVEN else given)


def _compared(fields: tuple[Field[Any], ...]) -> dict[str, Any]:
    """Return the methods that compare values of a class, by those of its fields that count."""
    names = [field.name for field in fields if field.compare]
    if len(names) == 1:
        names *= 2  # of one name, `attrgetter` would return the value itself, which need not be equal to itself
    values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> bool:  # noqa: N807  # of every class
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807  # of every class
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _repr(self: Any) -> str:  # noqa: ANN401  # of every class
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    message = f"cannot change field {name!r} of a {type(self).__name__}"
    raise FrozenInstanceError(message)


def _state(self: Any) -> list[Any]:  # noqa: ANN401  # of every class
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401  # of every class
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_SHARED = {
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
}
_METHODS = ("__init__", "__eq__", "__hash__", *_SHARED)
