"""Makes dataclasses that do not change, in half the time that `dataclasses` takes.

A command makes some 120 such classes before it does anything, which was a fifth of the time of a cold draft. For each,
`dataclasses` compiles every method by itself; here all methods of a class are compiled at once, and those that name no
field are shared. In all else they are dataclasses: `fields`, `replace`, patterns and pydantic take them as such.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

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
    for name, method in {**_SHARED, **_compiled(dataclasses.fields(made))}.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _compiled(fields: tuple[Field[Any], ...]) -> dict[str, Any]:
    """Return the methods that name the fields of a class."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    given, kept = [], []
    for number, one in enumerate(sorted(fields, key=lambda field: bool(field.kw_only))):
        if one.kw_only and "*" not in given:
            given.append("*")
        value, default = one.name, f"_default{number}"
        known[default] = one.default if one.default_factory is MISSING else one.default_factory
        if one.default_factory is not MISSING:
            value, default = f"{default}() if {value} is _MISSING else {value}", "_MISSING"
        given.append(one.name if known.get(default) is MISSING and default != "_MISSING" else f"{one.name}={default}")
        kept.append(f" _set(self, {one.name!r}, {value})")
    compared = [field.name for field in fields if field.compare]
    ours, theirs = (f"({''.join(f'{whose}.{name}, ' for name in compared)})" for whose in ("self", "other"))
    lines = (
        f"def __init__(self, {', '.join(given)}):",
        *(kept or [" pass"]),
        "def __eq__(self, other):",
        f" return {ours} == {theirs} if other.__class__ is self.__class__ else NotImplemented",
        "def __hash__(self):",
        f" return hash({ours})",
    )
    methods: dict[str, Any] = {}
    exec("\n".join(lines), known, methods)  # noqa: S102  # names of fields, which are Python's own identifiers
    return methods


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
