"""Finds the tags of a template that can't work, and says what to write instead.

One rule: a template sees short marks and never the words that they stand for. So it can print a field, ask whether one
has words, and repeat what is in a list; whatever looks at the words (a comparison, a filter, a part of them) would be
wrong in silence, and whatever calculates or calls would have no bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from drafter.values import dataclass

DEEPEST = 3  # loops within loops
COUNTS = frozenset({"index", "index0", "revindex", "revindex0", "length"})  # of a loop: numbers, which can be compared


@dataclass(frozen=True, slots=True)
class Refused:
    """What can't work, as "a filter", the line of the text that it is in, and what to write instead."""

    what: str
    line: int
    instead: str


def refused(tree: nodes.Template, asked: str) -> Iterator[Refused]:
    """Find what can't work in a tree; `asked` names the fields that a condition can ask for."""
    yield from _statement(tree, asked)
    if _depth(tree) > DEEPEST:
        yield Refused(f"loops within loops, more than {DEEPEST} deep", 1, "take the innermost loop out")


def _depth(tree: nodes.Node) -> int:
    below = max(map(_depth, tree.iter_child_nodes()), default=0)
    return below + isinstance(tree, nodes.For)


def _statement(node: nodes.Node, asked: str) -> Iterator[Refused]:
    match node:
        case nodes.Output():
            for printed in node.nodes:
                yield from _printed(printed)
        case nodes.If():
            yield from _condition(node.test, asked)
            for part in (*node.body, *node.elif_, *node.else_):
                yield from _statement(part, asked)
        case nodes.For():
            yield from _loop(node, asked)
        case nodes.Template():
            for part in node.body:
                yield from _statement(part, asked)
        case _:
            what = f"a tag ({type(node).__name__.lower()})"
            yield Refused(what, node.lineno, "write only fields, conditions and loops over lists")


def _loop(node: nodes.For, asked: str) -> Iterator[Refused]:
    plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name | nodes.Getattr)
    if not plain or node.recursive:
        yield Refused("a loop over something that isn't a list", node.lineno, "loop over a field that is a list")
    if node.test is not None:
        yield from _condition(node.test, asked)
    for part in (*node.body, *node.else_):
        yield from _statement(part, asked)


def _printed(node: nodes.Node) -> Iterator[Refused]:
    if not isinstance(node, nodes.TemplateData) and not _is_name(node):
        what, instead = _looked_up(node, _PRINTED) or ("an expression", "write a field's name and nothing else")
        yield Refused(what, node.lineno, instead.format(name=_name(node)))


def _condition(node: nodes.Node, asked: str) -> Iterator[Refused]:
    if isinstance(node, nodes.And | nodes.Or):
        yield from _condition(node.left, asked)
        yield from _condition(node.right, asked)
    elif isinstance(node, nodes.Not):
        yield from _condition(node.node, asked)
    elif not _is_name(node) and not _counts(node):
        what = (_looked_up(node, _ASKED) or ("an expression", ""))[0]
        yield Refused(f"a condition with {what}", node.lineno, _ASK.format(name=_name(node), asked=asked))


def _is_name(node: nodes.Node) -> bool:
    """Say whether a node is a name, or a field of what a name means."""
    while isinstance(node, nodes.Getattr):
        node = node.node
    return isinstance(node, nodes.Name)


def _counts(node: nodes.Node) -> bool:
    """Say whether a node compares the numbers that a loop knows of itself: those are no marks."""
    if not isinstance(node, nodes.Compare) or any(part.op in {"in", "notin"} for part in node.ops):
        return False
    sides = (node.expr, *(part.expr for part in node.ops))
    return all(_is_count(side) or (isinstance(side, nodes.Const) and type(side.value) is int) for side in sides)


def _is_count(node: nodes.Node) -> bool:
    loop = isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop"
    return loop and isinstance(node, nodes.Getattr) and node.attr in COUNTS


def _name(node: nodes.Node) -> str:
    """Return the first name in an expression as it is written, `block.party`; without one, `title`."""
    if isinstance(node, nodes.Getattr) and _is_name(node):
        return f"{_name(node.node)}.{node.attr}"
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):  # of "title.upper()", "title"
        return _name(node.node.node)
    found = (_name(child) for child in node.iter_child_nodes() if child.find(nodes.Name) or _is_name(child))
    return next(found, "title")


# -- what to write instead ----------------------------------------------------------------------

_ASK = "a condition sees only whether a field has words, never which: write {{%p if {name} %}}; it can ask for {asked}"
_LOOK = "write {{{{ {name} }}}} whole and plain, and give its looks to the style: the effect All caps for capitals"
_Table = Mapping[type[nodes.Node], tuple[str, str]]
_PRINTED: _Table = {
    nodes.Filter: ("a filter", _LOOK),
    nodes.Getitem: ("a part of a field", _LOOK),
    nodes.Concat: ("an expression that joins words (~)", "write the fields one after the other, each in its braces"),
    nodes.CondExpr: ("a choice (if ... else)", "write {{% if {name} %}} ... {{% else %}} ... {{% endif %}}"),
    nodes.Call: ("a call", "write {{{{ {name} }}}}, without brackets"),
    nodes.Compare: ("a comparison", "write {{{{ {name} }}}}, or a condition: {{%p if {name} %}}"),
    nodes.Test: ("a test (is)", "write {{{{ {name} }}}}, or a condition: {{%p if {name} %}}"),
    nodes.And: ("a condition", "write it as one: {{%p if {name} %}} ... {{%p endif %}}"),
    nodes.Or: ("a condition", "write it as one: {{%p if {name} %}} ... {{%p endif %}}"),
    nodes.Not: ("a condition", "write it as one: {{%p if not {name} %}} ... {{%p endif %}}"),
    nodes.BinExpr: ("a calculation", "write the field, or the words, themselves: a template can't calculate"),
    nodes.UnaryExpr: ("a calculation", "write the field, or the words, themselves: a template can't calculate"),
    nodes.Literal: ("words or numbers in braces", "write the words themselves, without braces"),
}
_ASKED: _Table = {
    **{kind: (what, "") for kind, (what, _) in _PRINTED.items()},
    nodes.Literal: ("nothing to ask", ""),
}


def _looked_up(node: nodes.Node, table: _Table) -> tuple[str, str] | None:
    return next((found for kind, found in table.items() if isinstance(node, kind)), None)
