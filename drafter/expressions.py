"""The one closed expression language of conditions and fields: parse, check, names, holds, fill, explain.

Jinja's syntax, read by Jinja's own parser and then kept only where a node is on the list below. There
are no calls, no attributes of Python, no loops and no assignments, so that every expression can be
checked when the library is loaded and proved over. Names that start with `_` are refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from drafter import english, source

if TYPE_CHECKING:
    from jinja2 import Environment

LONGEST = 1000  # characters of one expression

# -- kinds and values ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: a question's type, or list, record, and any (a constant text, which may stand for a date).

    `options` maps a choice's values to the words the contract prints; `fields` are a record's; `item` is a list's.
    """

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Kind] = field(default_factory=dict)
    item: Kind | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a list of records: its fields by name, and where it stands ("people[2]")."""

    values: Mapping[str, Value]
    question: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The value of a question that has no answer: the label of the blank, and the question's id.

    A list of records has one record made of blanks, so that a table still shows what is owed.
    """

    label: str
    question: str
    record: Record | None = None


Atom = str | bool | int | Decimal | date
Value = Atom | Record | Missing | tuple["Value", ...]


class ExpressionError(Exception):
    """The expression can't be used; the message says why in words, `hint` what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep what is wrong, and what to write instead."""
        super().__init__(message)
        self.hint = hint


# -- the expression -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A question id, a loop's record, or a field of it."""

    path: str


@dataclass(frozen=True, slots=True)
class Constant:
    """Text, a number, a date, true or false."""

    value: Atom


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of expressions."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; `operator` is eq, ne, lt, lteq, gt, gteq, in or notin."""

    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Both:
    """`and`."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Either:
    """`or`."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """`yes if test else no`."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Filter:
    """A named filter with constant arguments."""

    name: str
    operand: Expression
    arguments: tuple[Atom, ...] = ()


Expression = Name | Constant | ListOf | Compare | Not | Both | Either | Conditional | Filter

_SYMBOLS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """Turn the text of an expression into an expression. ExpressionError when it is not one of the closed language."""
    import jinja2
    from jinja2.parser import Parser

    if len(text) > LONGEST:
        raise ExpressionError(f"the expression is longer than {LONGEST} characters")
    if "\n" in text:
        raise ExpressionError("the expression goes over more than one line", "write it in one line")
    try:
        parser = Parser(_environment(), f"{text} }}}}", state="variable")  # as what follows "{{" in a template
        found = parser.parse_tuple()
        parser.stream.expect("variable_end")
        if not parser.stream.eos:
            raise ExpressionError(f"'{text.strip()}' is not one expression")
        return _convert(found)
    except jinja2.TemplateError as error:
        raise ExpressionError(f"'{text.strip()}' can't be read: {error.message}") from None
    except RecursionError:
        raise ExpressionError("the expression is nested too deep") from None


@cache
def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(autoescape=True)


def _convert(node: object) -> Expression:
    """Keep a node of Jinja's tree that is on the list; refuse any other by name."""
    from jinja2 import nodes

    match node:
        case nodes.Name(name=name):
            return Name(_named(name))
        case nodes.Getattr(node=inner, attr=attribute):
            base = _convert(inner)
            if not isinstance(base, Name):
                raise ExpressionError(f"'.{attribute}' follows something that is not a name")
            return Name(f"{base.path}.{_named(attribute)}")
        case nodes.Const(value=value):
            return Constant(_constant(value))
        case nodes.List(items=items):
            return ListOf(tuple(map(_convert, items)))
        case nodes.Compare(expr=left, ops=[only]):
            return Compare(_convert(left), only.op, _convert(only.expr))
        case nodes.Not(node=inner):
            return Not(_convert(inner))
        case nodes.And(left=left, right=right):
            return Both(_convert(left), _convert(right))
        case nodes.Or(left=left, right=right):
            return Either(_convert(left), _convert(right))
        case nodes.CondExpr(test=test, expr1=yes, expr2=no) if no is not None:
            return Conditional(_convert(test), _convert(yes), _convert(no))
        case nodes.Filter(node=inner, name=name, args=args, kwargs=[], dyn_args=None, dyn_kwargs=None) if inner:
            return _filter(name, _convert(inner), args)
        case _:
            told = "Arithmetic" if isinstance(node, nodes.BinExpr | nodes.UnaryExpr) else type(node).__name__
            raise ExpressionError(
                f"{_REFUSED.get(told, told.lower())} is not part of the expression language",
                "names, constants, lists, comparisons, 'and', 'or', 'not', 'in', 'a if b else c' and the filters of "
                "docs/library.md can be used",
            )


_REFUSED = {
    "Call": "a call",
    "Compare": "a chain of comparisons",
    "CondExpr": "'if' without 'else'",
    "Dict": "a mapping",
    "Filter": "a filter with named arguments",
    "Getitem": "a subscript",
    "Test": "a test with 'is'",
    "Tuple": "a list without square brackets",
}


def _named(name: str) -> str:
    if name.startswith("_"):
        raise ExpressionError(f"the name '{name}' starts with '_'", "such names are refused")
    return name


def _constant(value: object) -> str | bool | int | Decimal:
    if isinstance(value, str) and (bad := source.forbidden_in(value)):
        raise ExpressionError(f"the text holds {bad}, which no Word file can hold", "delete it")
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        number = Decimal(str(value))
        if not number.is_finite():
            raise ExpressionError("the number is too large")
        return number
    raise ExpressionError("'none' can't be used", "a comparison with a question that has no answer is false already")


def _filter(name: str, operand: Expression, args: Iterable[object]) -> Filter:
    if name not in FILTERS:
        close = difflib.get_close_matches(name, FILTERS, 1)
        raise ExpressionError(f"there is no filter '{name}'", f"did you mean '{close[0]}'?" if close else "")
    given = tuple(map(_convert, args))
    low, high = FILTERS[name].arguments
    if not low <= len(given) <= high:
        takes = str(low) if low == high else f"{low} or more"
        raise ExpressionError(f"the filter '{name}' takes {takes} argument(s), not {len(given)}")
    constants = tuple(a.value for a in given if isinstance(a, Constant))
    if len(constants) != len(given):
        raise ExpressionError(f"the arguments of the filter '{name}' must be constants")
    return Filter(name, operand, constants)


# -- checking -----------------------------------------------------------------------------------


def check(expression: Expression, schema: Mapping[str, Kind]) -> tuple[Expression, Kind]:
    """Check an expression against the kinds of the names known; return it with dates typed, and its kind.

    ExpressionError for an unknown name, field or option, a comparison of two kinds, or a filter on the wrong kind.
    """
    match expression:
        case Name(path=path):
            return expression, kind_of(path, schema)
        case Constant(value=value):
            return expression, _kind_of_constant(value)
        case ListOf(items=items):
            return ListOf(tuple(check(item, schema)[0] for item in items)), Kind("list", item=Kind("any"))
        case Compare():
            return _check_compare(expression, schema), Kind("yes-no")
        case Not(operand=inner):
            return Not(check(inner, schema)[0]), Kind("yes-no")
        case Both(left=left, right=right):
            return Both(check(left, schema)[0], check(right, schema)[0]), Kind("yes-no")
        case Either(left=left, right=right):
            return Either(check(left, schema)[0], check(right, schema)[0]), Kind("yes-no")
        case Conditional():
            return _check_conditional(expression, schema)
        case Filter():
            return _check_filter(expression, schema)


def kind_of(path: str, schema: Mapping[str, Kind]) -> Kind:
    """Return the kind of a name; ExpressionError, with a suggestion, when nothing is called so."""
    if path in schema:
        return schema[path]
    head, _, rest = path.partition(".")
    if rest and head in schema and schema[head].name == "record":
        fields = schema[head].fields
        if rest in fields:
            return fields[rest]
        raise ExpressionError(f"'{head}' has no field '{rest}'", _meant(rest, fields))
    if head in schema and schema[head].name == "records":
        raise ExpressionError(f"'{head}' is a list of records", f"use {head} | field('{rest}')")
    raise ExpressionError(f"there is no question '{path}'", _meant(path, schema))


def is_free(name: str, schema: Mapping[str, Kind]) -> bool:
    """Say whether a record can be given a name: no question is called so, nor does a question's id start with it."""
    return not any(known == name or known.startswith(f"{name}.") for known in schema)


def _meant(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"did you mean '{close[0]}'?" if close else ""


def _kind_of_constant(value: Atom) -> Kind:
    match value:
        case bool():
            return Kind("yes-no")
        case str():
            return Kind("any")
        case date():
            return Kind("date")
        case _:
            return Kind("number")


def _check_conditional(expression: Conditional, schema: Mapping[str, Kind]) -> tuple[Expression, Kind]:
    (yes, kind), (no, other) = check(expression.yes, schema), check(expression.no, schema)
    if not _alike(kind, other):
        raise ExpressionError(f"{_a(kind)} and {_a(other)} are the two sides of one 'if'")
    chosen = other if kind.name == "any" or other.options or isinstance(yes, Constant) else kind
    return Conditional(check(expression.test, schema)[0], yes, no), chosen


def _check_filter(expression: Filter, schema: Mapping[str, Kind]) -> tuple[Expression, Kind]:
    name, arguments = expression.name, expression.arguments
    checked, kind = check(expression.operand, schema)
    if name in ("upper", "capital") and kind.name == "choice":
        return _check_filter(replace(expression, operand=Filter("label", expression.operand)), schema)
    result = FILTERS[name].result(name, kind, arguments)
    if name == "having":
        of = kind.fields[str(arguments[0])]
        arguments = (arguments[0], *(_constant_as(value, of) for value in arguments[1:]))
    elif name == "label":
        arguments = tuple(words for option in kind.options.items() for words in option)
    return Filter(name, checked, arguments), result


def _check_compare(expression: Compare, schema: Mapping[str, Kind]) -> Compare:
    left, kind = check(expression.left, schema)
    operator = expression.operator
    if operator in ("in", "notin") and isinstance(expression.right, ListOf):
        items: list[Expression] = []
        for item in expression.right.items:
            left, checked = _matched(left, kind, *check(item, schema))
            items.append(checked)
        return Compare(left, operator, ListOf(tuple(items)))
    right, other = check(expression.right, schema)
    if operator in ("in", "notin"):
        if other.name not in ("list", "choices"):
            raise ExpressionError("what follows 'in' must be a list")
        return Compare(_matched(left, kind, right, other.item or Kind("any"))[0], operator, right)
    if operator in ("lt", "lteq", "gt", "gteq"):
        for side in (kind, other):
            if side.name not in ("number", "money", "percent", "date", "any") or kind.name == other.name == "any":
                raise ExpressionError(f"{_a(side)} can't be compared with '{_SYMBOLS[operator]}'")
    left, right = _matched(left, kind, right, other)
    return Compare(left, operator, right)


def _matched(left: Expression, kind: Kind, right: Expression, other: Kind) -> tuple[Expression, Expression]:
    """Give the constants of either side the kind of the other; ExpressionError when the two can't be equal."""
    if not _alike(kind, other):
        hint = "ask with 'in'" if {kind.name, other.name} & {"list", "choices"} else ""
        raise ExpressionError(f"{_a(kind)} is compared with {_a(other)}", hint)
    return _typed(left, other), _typed(right, kind)


def _alike(kind: Kind, other: Kind) -> bool:
    if "any" in (kind.name, other.name):
        return not {kind.name, other.name} & {"list", "choices", "record", "records"}
    return _family(kind) == _family(other)


def _family(kind: Kind) -> str:
    return {"money": "number", "percent": "number"}.get(kind.name, "text" if kind.name in _TEXTS else kind.name)


_TEXTS = ("text", "paragraph", "email", "phone", "address", "choice")


def _a(kind: Kind) -> str:
    told = {
        "any": "a constant text",
        "choices": "a list of choices",
        "money": "an amount of money",
        "percent": "a percentage",
        "records": "a list of records",
        "text": "text",
        "yes-no": "a yes/no answer",
    }
    return told.get(kind.name, f"{'an' if kind.name[0] in 'aeio' else 'a'} {kind.name}")


def _typed(expression: Expression, kind: Kind) -> Expression:
    """Give the constants that an expression may come to the kind of what it is compared with, or ExpressionError."""
    match expression:
        case Constant(value=value):
            return Constant(_constant_as(value, kind))
        case Conditional(yes=yes, no=no):
            return replace(expression, yes=_typed(yes, kind), no=_typed(no, kind))
        case Filter(name="otherwise", arguments=(value,)):
            return replace(expression, operand=_typed(expression.operand, kind), arguments=(_constant_as(value, kind),))
        case _:
            return expression


def _constant_as(value: Atom, kind: Kind) -> Atom:
    if kind.name == "date":
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise ExpressionError(f"'{value}' is compared with a date", "write a date as '2026-07-01'") from None
    if kind.name == "choice" and kind.options and value not in kind.options:
        raise ExpressionError(
            f"'{value}' is not one of the options: {', '.join(kind.options)}", _meant(str(value), kind.options)
        )
    if not _alike(kind, _kind_of_constant(value)) or (_family(kind) in ("number", "yes-no") and isinstance(value, str)):
        raise ExpressionError(f"{explain(Constant(value))} is compared with {_a(kind)}")
    return value


def names(expression: Expression) -> frozenset[str]:
    """Return the names that an expression turns on."""
    match expression:
        case Name(path=path):
            return frozenset((path,))
        case Constant():
            return frozenset()
        case ListOf(items=items):
            return frozenset().union(*map(names, items))
        case Not(operand=inner) | Filter(operand=inner):
            return names(inner)
        case Conditional(test=test, yes=yes, no=no):
            return names(test) | names(yes) | names(no)
        case Compare(left=left, right=right) | Both(left=left, right=right) | Either(left=left, right=right):
            return names(left) | names(right)


def open_names(expression: Expression) -> frozenset[str]:
    """Return the names whose missing answer would decide the value: all but those under `otherwise` or `answered`."""
    match expression:
        case Filter(name="otherwise" | "answered"):
            return frozenset()
        case Not(operand=inner) | Filter(operand=inner):
            return open_names(inner)
        case ListOf(items=items):
            return frozenset().union(*map(open_names, items))
        case Conditional(test=test, yes=yes, no=no):
            return open_names(test) | open_names(yes) | open_names(no)
        case Compare(left=left, right=right) | Both(left=left, right=right) | Either(left=left, right=right):
            return open_names(left) | open_names(right)
        case _:
            return names(expression)


# -- evaluating ---------------------------------------------------------------------------------


def evaluate(expression: Expression, scope: Mapping[str, Value]) -> Value:
    """Return the value of a checked expression. A question without an answer gives `Missing`, never an error."""
    match expression:
        case Name(path=path):
            if path in scope:
                return scope[path]
            head, _, rest = path.partition(".")
            record = scope[head]
            return record.values[rest] if isinstance(record, Record) else record
        case Constant(value=value):
            return value
        case ListOf(items=items):
            return tuple(evaluate(item, scope) for item in items)
        case Compare(left=left, operator=operator, right=right):
            return _compare(evaluate(left, scope), operator, evaluate(right, scope))
        case Not(operand=inner):
            return not holds(inner, scope)
        case Both(left=left, right=right):
            return holds(left, scope) and holds(right, scope)
        case Either(left=left, right=right):
            return holds(left, scope) or holds(right, scope)
        case Conditional(test=test, yes=yes, no=no):
            return evaluate(yes if holds(test, scope) else no, scope)
        case Filter(name=name, operand=inner, arguments=arguments):
            return FILTERS[name].apply(evaluate(inner, scope), *arguments)


def holds(expression: Expression, scope: Mapping[str, Value]) -> bool:
    """Say whether a condition is true. A missing answer is not true; a list is true when it has something in it."""
    value = evaluate(expression, scope)
    return bool(value) and not isinstance(value, Missing)


def _compare(left: Value, operator: str, right: Value) -> bool:
    """Compare two values; with a missing one every comparison is false."""
    if isinstance(left, Missing) or isinstance(right, Missing):
        return False
    match operator:
        case "eq":
            return left == right
        case "ne":
            return left != right
        case "in":
            return isinstance(right, tuple) and left in right
        case "notin":
            return not (isinstance(right, tuple) and left in right)
        case _ if isinstance(left, str) or isinstance(right, str):
            return False  # the words of `otherwise` are neither more nor less than a number or a date
        case "lt":
            return left < right  # type: ignore[operator]  # checked: both are numbers, or both dates
        case "lteq":
            return left <= right  # type: ignore[operator]
        case "gt":
            return left > right  # type: ignore[operator]
        case _:
            return left >= right  # type: ignore[operator]


Piece = str | Missing


def fill(expression: Expression, kind: Kind, scope: Mapping[str, Value]) -> tuple[Piece, ...]:
    """Return what a field prints: text, and what is missing in it, in order."""
    return show(evaluate(expression, scope), kind)


def show(value: Value, kind: Kind) -> tuple[Piece, ...]:
    """Put a value in the words of a contract, by its kind: dates and money written out, options by their words."""
    match value:
        case Missing():
            return (value,)
        case tuple():
            return _series([show(v, kind.item or Kind("text")) for v in value])
        case Record():
            return (Missing("record", value.question),)
        case bool():
            return ("yes" if value else "no",)
        case date():
            return (english.long_date(value),)
        case int() | Decimal() if kind.name == "money":
            return (english.money(value),)
        case int() | Decimal():
            return (
                f"{english.plain_number(value)} percent"
                if kind.name == "percent"
                else f"{english.plain_number(value)}",
            )
        case _:
            return (kind.options.get(value, value),)


def _series(items: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Join to "A", "A and B", "A, B, and C"."""
    made: list[Piece] = []
    last = len(items) - 1
    for place, item in enumerate(items):
        if place:
            made.append(", " if place < last else " and " if last == 1 else ", and ")
        made.extend(item)
    return tuple(made)


def explain(expression: Expression) -> str:
    """Write an expression out again, in the language's own syntax."""
    match expression:
        case Name(path=path):
            return path
        case Constant(value=value):
            return _written(value)
        case ListOf(items=items):
            return f"[{', '.join(map(explain, items))}]"
        case Compare(left=left, operator=operator, right=right):
            return f"{_operand(left)} {_SYMBOLS[operator]} {_operand(right)}"
        case Not(operand=inner):
            return f"not ({explain(inner)})"
        case Both(left=left, right=right):
            return f"({explain(left)}) and ({explain(right)})"
        case Either(left=left, right=right):
            return f"({explain(left)}) or ({explain(right)})"
        case Conditional(test=test, yes=yes, no=no):
            return f"({explain(yes)} if {explain(test)} else {explain(no)})"
        case Filter(name=name, operand=inner, arguments=arguments):
            given = f"({', '.join(map(_written, arguments))})" if arguments and name != "label" else ""
            return f"{_operand(inner)} | {name}{given}"


def _operand(expression: Expression) -> str:
    """Write what a comparison or a filter is applied to."""
    told = explain(expression)
    return f"({told})" if isinstance(expression, Compare | Not | Both | Either) else told


def _written(value: Atom) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | date):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{text}'"


# -- filters ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _FilterRule:
    """How many arguments a filter takes, what kinds it is for, the kind it gives (or keeps), and what it does."""

    arguments: tuple[int, int]
    takes: tuple[str, ...]
    gives: str
    does: object

    def result(self, name: str, kind: Kind, arguments: tuple[object, ...]) -> Kind:
        """Return the kind of the filtered value, or refuse."""
        if self.takes and kind.name not in self.takes:
            raise ExpressionError(f"the filter '{name}' is not for {_a(kind)}")
        if name in ("having", "field"):
            return _record_result(name, kind, arguments)
        if name in ("add_months", "add_days") and type(arguments[0]) is not int:
            raise ExpressionError(f"the filter '{name}' takes a whole number")
        if name == "plural" and not all(isinstance(words, str) for words in arguments):
            raise ExpressionError("the filter 'plural' takes two texts")
        if name == "otherwise" and not isinstance(arguments[0], str):
            _constant_as(arguments[0], kind)  # type: ignore[arg-type]  # constants only, see _filter
        if name == "label" and kind.name == "choices":
            return Kind("list", item=Kind("text"))
        return Kind(self.gives) if self.gives else kind

    def apply(self, value: Value, *arguments: object) -> Value:
        """Return the filtered value; a missing one stays missing unless the filter is there for it."""
        return self.does(value, *arguments)  # type: ignore[operator,no-any-return]


def _record_result(name: str, kind: Kind, arguments: tuple[object, ...]) -> Kind:
    wanted = str(arguments[0])
    if wanted not in kind.fields:
        raise ExpressionError(f"the records have no field '{wanted}'", _meant(wanted, kind.fields))
    return Kind("list", item=kind.fields[wanted]) if name == "field" else kind


def _kept(does: object) -> object:
    """Wrap a function of a value so that a missing value stays missing, and the words of `otherwise` stay words."""
    return lambda value, *rest: value if isinstance(value, Missing | str) else does(value, *rest)  # type: ignore[operator]


def _of_text(does: Callable[[str], str]) -> object:
    """Wrap a function of text so that a missing value stays missing."""
    return lambda value: does(value) if isinstance(value, str) else value


def _label(value: Value, *options: str) -> Value:
    """Put the options' words in place of their values; `check` gives both, one after the other."""
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
    return tuple(r.values[name] for r in records if isinstance(r, Record))  # type: ignore[union-attr]


def _plural(value: Value, one: str, more: str) -> str:
    if isinstance(value, tuple):
        return one if len(value) == 1 else more
    return one if value == 1 else more


def _same(value: Value) -> Value:
    return value  # printing does the work, by the value's kind


_ANY: tuple[str, ...] = ()

FILTERS: Mapping[str, _FilterRule] = {
    "date": _FilterRule((0, 0), ("date",), "text", _kept(english.long_date)),
    "add_months": _FilterRule((1, 1), ("date",), "date", _kept(english.add_months)),
    "add_days": _FilterRule((1, 1), ("date",), "date", _kept(english.add_days)),
    "money": _FilterRule((0, 0), ("money",), "text", _kept(english.money)),
    "money_words": _FilterRule((0, 0), ("money",), "text", _kept(english.money_in_words)),
    "percent": _FilterRule(
        (0, 0), ("percent", "number"), "text", _kept(lambda v: f"{english.plain_number(v)} percent")
    ),
    "words": _FilterRule((0, 0), ("number",), "text", _kept(english.in_words)),
    "ordinal": _FilterRule((0, 0), ("number",), "text", _kept(english.ordinal_word)),
    "label": _FilterRule((0, 0), ("choice", "choices"), "text", _label),
    "having": _FilterRule((2, 20), ("records",), "", _having),
    "field": _FilterRule((1, 1), ("records",), "", _field),
    "series": _FilterRule((0, 0), ("list", "choices"), "", _same),
    "count": _FilterRule((0, 0), ("records", "list", "choices"), "number", _kept(len)),
    "plural": _FilterRule((2, 2), ("records", "list", "choices", "number"), "text", _plural),
    "otherwise": _FilterRule((1, 1), _ANY, "", lambda v, text: text if isinstance(v, Missing) else v),
    "answered": _FilterRule((0, 0), _ANY, "yes-no", lambda v: not isinstance(v, Missing)),
    "upper": _FilterRule((0, 0), (*_TEXTS, "any"), "text", _of_text(str.upper)),
    "capital": _FilterRule((0, 0), (*_TEXTS, "any"), "text", _of_text(lambda text: text[:1].upper() + text[1:])),
}
