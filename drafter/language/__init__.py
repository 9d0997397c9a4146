"""The closed expression language of conditions and fields.

An expression is parsed, checked against the questions that it may name, and then evaluated, printed or explained:
callers write `language.parse(...)`, `language.holds(...)`.

The syntax is Jinja's, read by Jinja's own parser, of which only a short list of nodes is kept. There are no calls, no
attributes of Python, no loops and no assignments, so that every expression can be checked when the library is loaded
and proved over. Names that start with `_` are refused.
"""

from drafter.language.checking import check, is_free, kind_of
from drafter.language.evaluation import evaluate, holds
from drafter.language.explaining import explain
from drafter.language.filters import DISTINCT, FILTERS, named_again, repeated
from drafter.language.parsing import LONGEST, parse
from drafter.language.printing import Piece, fill, show
from drafter.language.settling import settled
from drafter.language.tree import (
    SEARCHES,
    Atom,
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    ExpressionError,
    Filter,
    Kind,
    ListOf,
    Missing,
    Name,
    Not,
    Record,
    Value,
    names,
    open_names,
    replaced,
)

__all__ = [
    "DISTINCT",
    "FILTERS",
    "LONGEST",
    "SEARCHES",
    "Atom",
    "Both",
    "Compare",
    "Conditional",
    "Constant",
    "Either",
    "Expression",
    "ExpressionError",
    "Filter",
    "Kind",
    "ListOf",
    "Missing",
    "Name",
    "Not",
    "Piece",
    "Record",
    "Value",
    "check",
    "evaluate",
    "explain",
    "fill",
    "holds",
    "is_free",
    "kind_of",
    "named_again",
    "names",
    "open_names",
    "parse",
    "repeated",
    "replaced",
    "settled",
    "show",
]
