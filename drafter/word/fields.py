"""Reads which fields a template uses and how, and says what is wrong with them.

One rule: a template holds fields, conditions and loops over lists, and nothing else. So each name in it can be checked
before anything is filled in, and its work has a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import jinja2
from jinja2 import nodes

from drafter.base import spelling
from drafter.base.problems import Place, Problem
from drafter.values import dataclass
from drafter.word import expressions
from drafter.word.expressions import Refused
from drafter.word.kinds import Kind, Shape, Shapes
from drafter.word.oxml import rendering

LOOP: Shapes = {**dict.fromkeys(sorted(expressions.COUNTS), "line"), "first": "flag", "last": "flag"}

Texts = Iterable[tuple[str, str]]  # where a text is, as "the body", and the text


@dataclass(frozen=True, slots=True)
class Known:
    """What a name means: the field, as "parts.page", and its shape; `one` says that it is one entry of a list."""

    field: str
    shape: Shape
    one: bool = False


Scope = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name. `means` is nothing where no field has it; `near` are the names that it could have been."""

    name: str
    how: Literal["printed", "asked", "repeated"]
    means: Known | None
    near: tuple[str, ...] = ()


def names(texts: Texts) -> frozenset[str]:
    """Return the names in the tags of texts, whether or not these can be read; a field of an entry is not one."""
    tags = (tag for _, text in texts for tag in _TAG.findall(text))
    return frozenset(name for tag in tags for name in _NAME.findall(tag))


_TAG = re.compile(r"{[{%](.*?)[%}]}?", re.DOTALL)
_RAW = re.compile(r"{%[-+]?(?:p|tr|tc|r)?\s*raw\s*[-+]?%}")
_NAME = re.compile(r"(?<![\w.])[a-z_]\w*")


def problems(texts: Texts, kind: Kind, place: Place) -> Iterator[Problem]:
    """Find tags that can't be read or are not allowed, and fields that are unknown, misplaced or missing."""
    printed: set[str] = set()
    whole = True
    for where, whole_text in texts:
        if raw := _RAW.search(whole_text):
            what = f"{where} has a tag that prints tags as they are: '{raw.group()}'"
            yield Problem("template-refused", place, what, "leave it out")
        text = re.sub(r"(?={[{%])", "\n", whole_text)  # a tag a line, so that what is wrong is found by its line
        try:
            refused, uses = _read(text, kind)
        except jinja2.TemplateSyntaxError as error:
            whole = False
            message = f"{where} can't be read at '{_line(text, error.lineno)}': {error.message}"
            yield Problem("template-syntax", place, message)
            continue
        except RecursionError:
            deep = Refused("tags within tags, too deep to be read", 0, f"see {kind.guide}")
            refused, uses = (deep,), ()
        for found in refused:
            yield _refusal(found, where, text, place)
        for use in uses:
            yield from _wrong(use, where, kind, place)
        whole = whole and not refused
        printed |= {part for use in uses if use.how == "printed" and use.means for part in _parts(use.means.field)}
    for name in kind.required if whole else ():
        if name not in printed:
            yield Problem("missing-field", place, f"the field '{name}' is nowhere in the template", _how(name, kind))


def unclosed(texts: Texts, place: Place) -> Iterator[Problem]:
    """Yield a problem for each paragraph, of those that have one, with a tag whose braces aren't complete."""
    for where, words in texts:
        what = f"{where} can't be read at '{words.strip()[:80]}': a brace of a tag is missing"
        yield Problem("template-syntax", place, what, "begin and end each tag in the same paragraph")


def _read(text: str, kind: Kind) -> tuple[tuple[Refused, ...], tuple[Use, ...]]:
    """Return what can't work in a text, and the uses of names where everything can."""
    tree = rendering.parsed(text)
    asked = ", ".join(sorted(name for name, shape in kind.fields.items() if shape != "block"))
    refused = tuple(expressions.refused(tree, asked))
    scope = {name: Known(name, shape) for name, shape in kind.fields.items()}
    return refused, () if refused else tuple(_uses(tree, scope))


def _refusal(found: Refused, where: str, text: str, place: Place) -> Problem:
    at = f", which can't work: '{line}'" if found.line and (line := _line(text, found.line)) else ""
    return Problem("template-refused", place, f"{where} has {found.what}{at}", found.instead)


def _line(text: str, number: int) -> str:
    line = re.sub(r"</?\w+:[^>]*>", "", text.split("\n")[number - 1]).strip()
    tag = re.match(r"{[{%].*?[%}]}", line)
    return (tag.group() if tag else line)[:80]


def _parts(name: str) -> Iterator[str]:
    """Yield "a", "a.b" and "a.b.c" for "a.b.c"."""
    steps = name.split(".")
    yield from (".".join(steps[: end + 1]) for end in range(len(steps)))


# -- how names are used -------------------------------------------------------------------------


def _uses(node: nodes.Node, scope: Scope) -> Iterator[Use]:
    """Yield the uses of names in a tree, in order, each with what it means where it is."""
    match node:
        case nodes.For():
            yield from _loop(node, scope)
        case nodes.Output():
            for printed in node.nodes:
                yield from _asked(printed, scope, "printed")
        case nodes.If():
            yield from _asked(node.test, scope)
            for part in (*node.body, *node.elif_, *node.else_):
                yield from _uses(part, scope)
        case _:
            for part in node.iter_child_nodes():
                yield from _uses(part, scope)


def _asked(node: nodes.Node, scope: Scope, how: Literal["printed", "asked"] = "asked") -> Iterator[Use]:
    if isinstance(node, nodes.Name | nodes.Getattr):
        yield _use(node, scope, how)
    else:
        for inner in node.iter_child_nodes():
            yield from _asked(inner, scope)


def _loop(node: nodes.For, scope: Scope) -> Iterator[Use]:
    within = dict(scope)
    if isinstance(node.iter, nodes.Name | nodes.Getattr) and isinstance(node.target, nodes.Name):  # as is allowed
        use = _use(node.iter, scope, "repeated")
        yield use
        within |= {"loop": Known("", LOOP, one=True), node.target.name: _entry(use.means)}
    if node.test is not None:
        yield from _asked(node.test, within)
    for part in node.body:
        yield from _uses(part, within)
    for part in node.else_:
        yield from _uses(part, scope)


def _entry(known: Known | None) -> Known:
    """Return what one entry of a list is; of what is not known or no list, a line."""
    shape: Shape = known.shape if known and not isinstance(known.shape, str) else "line"
    return Known(known.field if known else "", shape, one=True)


def _use(node: nodes.Name | nodes.Getattr, scope: Scope, how: Literal["printed", "asked", "repeated"]) -> Use:
    """Find what a name means; of "a.b", where `a` is not known, the use is that of `a`."""
    if isinstance(node, nodes.Name):
        return Use(node.name, how, scope.get(node.name), tuple(scope))
    if not isinstance(node.node, nodes.Name | nodes.Getattr):
        return Use(node.attr, how, None)
    above = _use(node.node, scope, how)
    if above.means is None:
        return above
    inside: Shapes = above.means.shape if above.means.one and not isinstance(above.means.shape, str) else {}
    if node.attr not in inside:
        return Use(node.attr, how, None, tuple(inside))
    name = f"{above.means.field}.{node.attr}".removeprefix(".")
    return Use(node.attr, how, Known(name, inside[node.attr]))


# -- what is wrong ------------------------------------------------------------------------------


def _wrong(use: Use, where: str, kind: Kind, place: Place) -> Iterator[Problem]:
    if use.means is None:
        otherwise = f"the fields here are {', '.join(sorted(use.near))}: " if use.near else ""
        hint = spelling.meant(use.name, use.near, f"{otherwise}see {kind.guide}")
        message = f"{where} uses the field '{use.name}', which doesn't exist"
        yield Problem("unknown-field", place, message + ("" if use.near else " here"), hint)
    elif use.how == "repeated" and not _is_list(use.means):
        yield Problem("template-refused", place, f"{where} loops over '{use.name}', which isn't a list", _see(kind))
    elif use.how == "asked" and _is_always(use.means):
        message = f"{where} has a condition on '{use.name}', which is always there"
        yield Problem("template-refused", place, message, _asked_instead(use, kind))
    elif use.how == "printed" and (_is_list(use.means) or use.means.shape not in ("line", "block")):
        yield Problem("misplaced-field", place, f"{where} prints '{use.name}', which isn't text", _instead(use, kind))


def _is_list(known: Known) -> bool:
    return not known.one and (known.shape == "lines" or not isinstance(known.shape, str))


def _is_always(known: Known) -> bool:
    """Say whether what a name means counts as there whatever is in it: a block, or an entry of a list."""
    return known.shape == "block" or (known.one and not isinstance(known.shape, str))


def _asked_instead(use: Use, kind: Kind) -> str:
    if f"has_{use.name}" in kind.fields:
        return f"ask for its flag: {{%p if has_{use.name} %}}"
    if use.means and not isinstance(use.means.shape, str):
        return f"ask for one of its fields: {{%p if {use.name}.{next(iter(use.means.shape))} %}}"
    return "leave the condition out"


def _instead(use: Use, kind: Kind) -> str:
    if use.means and use.means.shape == "flag":
        name = f"loop.{use.name}" if use.means.field in LOOP else use.name
        return f"use it in a condition: {{%p if {name} %}}"
    if use.means and use.means.one and not isinstance(use.means.shape, str):
        return f"print one of its fields: {{{{ {use.name}.{next(iter(use.means.shape))} }}}}"
    return f"repeat it with {{%p for ... in {use.name} %}}: see {kind.guide}"


def _see(kind: Kind) -> str:
    return f"see {kind.guide} for the fields that are lists"


def _how(name: str, kind: Kind) -> str:
    """Say how a missing field is put into a template."""
    match kind.fields.get(name):
        case "line":
            return f"put {{{{ {name} }}}} where its words should be"
        case "block":
            return f"put {{{{ {name} }}}} in a paragraph of its own"
        case _:
            return f"see {kind.guide}"
