"""The filters of the language: what each takes, which kind it gives, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from drafter.base import english
from drafter.language import likeness
from drafter.language.kinds import TEXTS, constant_as, meant, named
from drafter.language.tree import Atom, ExpressionError, Kind, Missing, Record, Value
from drafter.values import dataclass

DISTINCT = ("distinct", "distinct_names")  # whether no record has again what an earlier one has


@dataclass(frozen=True, slots=True)
class FilterRule:
    """What a filter takes, gives and does.

    `arguments` are the fewest and the most it takes; `takes` the kinds it is for (empty: any); `gives` the kind of what
    comes of it (empty: the kind it was given).
    """

    arguments: tuple[int, int]
    takes: tuple[str, ...]
    gives: str
    does: Callable[..., Value]

    def result(self, name: str, kind: Kind, arguments: tuple[Atom, ...]) -> Kind:
        """Return the kind of the filtered value; ExpressionError if the filter can't be used so."""
        if self.takes and kind.name not in self.takes:
            raise ExpressionError(f"the filter '{name}' is not for {named(kind)}")
        if name in ("having", "field", *DISTINCT):
            return _record_result(name, kind, arguments)
        if name == "weekday":
            return Kind("choice", options={day: day for day in english.WEEKDAYS})
        if name in ("add_months", "add_days", "last_day") and type(arguments[0]) is not int:
            raise ExpressionError(f"the filter '{name}' takes a whole number")
        if name == "last_day" and arguments[0] == 0:
            raise ExpressionError("no period has 0 months")
        if name == "series" and arguments:
            return _joined(kind, arguments[0])
        if name == "plural" and not all(isinstance(words, str) for words in arguments):
            raise ExpressionError("the filter 'plural' takes two texts")
        if name == "otherwise" and not isinstance(arguments[0], str):
            constant_as(arguments[0], kind)
        if name == "label" and kind.name == "choices":
            return Kind("list", item=Kind("text"))
        return Kind(self.gives) if self.gives else kind

    def apply(self, value: Value, *arguments: Atom) -> Value:
        """Return the filtered value; a missing one stays missing unless the filter is for missing ones."""
        return self.does(value, *arguments)


def _record_result(name: str, kind: Kind, arguments: tuple[Atom, ...]) -> Kind:
    for wanted in map(str, arguments if name in DISTINCT else arguments[:1]):
        if wanted not in kind.fields:
            raise ExpressionError(f"the records have no field '{wanted}'", meant(wanted, kind.fields))
    if name == "distinct_names" and kind.fields[str(arguments[0])].name != "text":
        raise ExpressionError("the filter 'distinct_names' takes a field that has names")
    if name in DISTINCT:
        return Kind("yes-no")
    of = kind.fields[str(arguments[0])]
    return Kind("list", item=of.item or of) if name == "field" else kind


def _joined(kind: Kind, last: Atom) -> Kind:
    if last not in ("and", "or"):
        raise ExpressionError("the filter 'series' takes 'and' or 'or'")
    return replace(kind, joined=str(last))


def _kept(does: Callable[..., Value]) -> Callable[..., Value]:
    """Wrap a function of a value so that a missing value stays missing, and the words of `otherwise` stay words."""
    return lambda value, *rest: value if isinstance(value, Missing | str) else does(value, *rest)


def _of_text(does: Callable[[str], str]) -> Callable[[Value], Value]:
    """Wrap a function of text so that a missing value stays missing."""
    return lambda value: does(value) if isinstance(value, str) else value


def _label(value: Value, *options: str) -> Value:
    """Put words in place of the values of options; `check` gives each option's value and words, one after the other."""
    words = dict(zip(options[::2], options[1::2], strict=True))
    if isinstance(value, tuple):
        return tuple(words.get(str(one), one) for one in value)
    return words.get(value, value) if isinstance(value, str) else value


def _having(records: Value, name: str, *values: Value) -> Value:
    if not isinstance(records, tuple):
        return ()
    return tuple(r for r in records if isinstance(r, Record) and r.values[name] in values)


def _field(records: Value, name: str) -> Value:
    if isinstance(records, Missing):
        return (records.record.values[name] if records.record else records,)
    values = (record.values[name] for record in records if isinstance(record, Record))  # type: ignore[union-attr]
    return tuple(one for value in values for one in (value if isinstance(value, tuple) else (value,)))


def repeated(records: Value, *fields: str) -> tuple[Record, ...]:
    """Return the records that have the same in some fields as an earlier one, as a reader compares; blanks never do."""
    listed = [r for r in records if isinstance(r, Record)] if isinstance(records, tuple) else []
    known = [r for r in listed if not any(isinstance(r.values[field], Missing) for field in fields)]
    return tuple(known[place] for place in likeness.repeated(tuple(r.values[f] for f in fields) for r in known))


def named_again(records: Value, field: str) -> tuple[Record, ...]:
    """Return the records whose name in a field can be that of an earlier one; blanks never are."""
    listed = [r for r in records if isinstance(r, Record)] if isinstance(records, tuple) else []
    known = [r for r in listed if isinstance(r.values[field], str)]
    return tuple(known[place] for place in likeness.names_again(str(r.values[field]) for r in known))


def _plural(value: Value, one: str, more: str) -> str:
    if isinstance(value, tuple):
        return one if len(value) == 1 else more
    return one if value == 1 else more


def _same(value: Value, *_: Atom) -> Value:
    return value  # a list prints as a series anyway; the filter says so in the text, and its kind how it is joined


_ANY: tuple[str, ...] = ()

FILTERS: Mapping[str, FilterRule] = {
    "date": FilterRule((0, 0), ("date",), "text", _kept(english.long_date)),
    "add_months": FilterRule((1, 1), ("date",), "date", _kept(english.add_months)),
    "add_days": FilterRule((1, 1), ("date",), "date", _kept(english.add_days)),
    "last_day": FilterRule((1, 1), ("date",), "date", _kept(english.last_day)),
    "weekday": FilterRule((0, 0), ("date",), "", _kept(english.weekday)),
    "money": FilterRule((0, 0), ("money",), "text", _kept(english.money)),
    "money_words": FilterRule((0, 0), ("money",), "text", _kept(english.money_in_words)),
    "percent": FilterRule((0, 0), ("percent", "number"), "text", _kept(lambda v: f"{english.plain_number(v)} percent")),
    "words": FilterRule((0, 0), ("number",), "text", _kept(english.in_words)),
    "ordinal": FilterRule((0, 0), ("number",), "text", _kept(english.ordinal_word)),
    "label": FilterRule((0, 0), ("choice", "choices"), "text", _label),
    "having": FilterRule((2, 20), ("records",), "", _having),
    "field": FilterRule((1, 1), ("records",), "", _field),
    "distinct": FilterRule((1, 20), ("records",), "", _kept(lambda v, *fields: not repeated(v, *fields))),
    "distinct_names": FilterRule((1, 1), ("records",), "", _kept(lambda v, field: not named_again(v, field))),
    "series": FilterRule((0, 1), ("list", "choices"), "", _same),
    "count": FilterRule((0, 0), ("records", "list", "choices"), "number", _kept(len)),
    "plural": FilterRule((2, 2), ("records", "list", "choices", "number"), "text", _plural),
    "otherwise": FilterRule((1, 1), _ANY, "", lambda v, text: text if isinstance(v, Missing) else v),
    "answered": FilterRule((0, 0), _ANY, "yes-no", lambda v: not isinstance(v, Missing)),
    "upper": FilterRule((0, 0), (*TEXTS, "any"), "text", _of_text(str.upper)),
    "capital": FilterRule((0, 0), (*TEXTS, "any"), "text", _of_text(lambda text: text[:1].upper() + text[1:])),
}
