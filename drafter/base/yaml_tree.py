"""Reads YAML into a tree that knows the place of each part.

Every scalar is read as text; the type of a question or field converts it later, so that `01234` keeps its zero and
`no` stays a word. Bad data never raises anything but `DraftingError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import lru_cache

import yaml

from drafter.base.characters import faults, named
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.values import dataclass

DEEPEST = 30  # levels of lists and mappings

LONGEST_LOOK = 300  # characters of an unreadable line that are looked at


@dataclass(frozen=True, slots=True)
class Scalar:
    """A YAML scalar: the text as it was typed."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping; `keys` has the place of each key."""

    entries: dict[str, Node]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping

Placing = Callable[["yaml.Mark | yaml._yaml.Mark | None"], Place]  # noqa: SLF001  # the C reader's own marks


def plain(node: Node | None) -> object:
    """Turn a node into text, lists and dicts; an empty scalar becomes None."""
    match node:
        case Scalar(text=text):
            return text or None
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key: plain(value) for key, value in entries.items()}
        case None:
            return None


def locate(node: Node, path: Iterable[str | int]) -> Place:
    """Follow keys and positions in lists into a node as far as they lead; return the place reached."""
    here: Node = node
    place = node.place
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str) and step in here.entries:
            place = here.keys.get(step, here.place)
            here = here.entries[step]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
            place = here.place
    return place


def at(node: Node, path: Iterable[str | int]) -> Node | None:
    """Follow keys and positions in lists into a node; return what is there, or None."""
    here: Node | None = node
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str):
            here = here.entries.get(step)
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
        else:
            return None
    return here


# What is not allowed, named itself: a set of all that is allowed takes ten times as long to compile.
_NOT_YAML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)")


@lru_cache(maxsize=8)  # an answers file is read several times over for one answer
def parse(text: str, name: str, *, first_line: int = 1) -> Mapping:
    """Read YAML text into a mapping that knows its places.

    DraftingError for anything else: syntax, duplicate keys, anchors, tags, folded scalars, or nesting deeper than 30
    levels.
    """
    last = text.count("\n")

    def place(mark: yaml.Mark | yaml._yaml.Mark | None) -> Place:
        return Place(name, min(mark.line if mark else 0, last) + first_line)

    if _NOT_YAML.search(text):
        stop_at(
            Problem(
                "control-character",
                Place(name, number),
                f"the line contains {named(bad.group())}, which YAML does not allow",
                "delete the character",
            )
            for number, line in enumerate(re.split("(?<=\n)", text), first_line)
            if (bad := _NOT_YAML.search(line))
        )
    problems: list[Problem] = []
    try:
        root = _build(iter(yaml.CSafeLoader(text).get_event, None), place, problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.index >= len(text):  # the place of what was opened and never closed
            mark = error.context_mark
        line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
        what, hint = _unreadable(error, line[:LONGEST_LOOK])
        raise DraftingError(Problem("unreadable-yaml", place(mark), what, hint)) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise DraftingError(Problem("unreadable-yaml", Place(name, first_line), str(error).split("\n")[0])) from None
    stop_at(problems)
    if root is None:
        return Mapping({}, Place(name, first_line))
    if not isinstance(root, Mapping):
        what = "the file must be lines of 'name: value'"
        raise DraftingError(Problem("unreadable-yaml", root.place, what))
    return root


def _unreadable(error: yaml.MarkedYAMLError, line: str) -> tuple[str, str]:
    """Say in words what most often makes a line unreadable, and what to write instead."""
    if re.match(r" *\t", line):
        return "the line is indented with a tab", "use spaces"
    if re.search(r":\s+([\"']).*\1.*\1", line):
        return "there is a quotation mark inside quotation marks", "put the text in single quotation marks: 'a \"b\" c'"
    what = " ".join(filter(None, (error.context, error.problem))) or "it can't be read"
    return what, "check the indentation, and put quotation marks around text that holds ': ', '#' or brackets"


def _build(events: Iterator[yaml.Event], place: Placing, problems: list[Problem]) -> Node | None:
    """Build the tree from parse events, with our own stack, so that its depth is bounded."""
    stack: list[tuple[list[Node], Place]] = []
    done: Node | None = None
    for event in events:
        match event:
            case yaml.ScalarEvent(value=value, style=style):
                here = place(event.start_mark)
                _refuse(event, here, problems)
                made: Node = Scalar("" if value in ("~", "null") and style not in ("'", '"', "|", ">") else value, here)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                here = place(event.start_mark)
                _refuse(event, here, problems)
                if len(stack) >= DEEPEST:
                    raise DraftingError(Problem("too-deep", here, f"nested deeper than {DEEPEST} levels"))
                stack.append(([], here))
                continue
            case yaml.SequenceEndEvent():
                items, start = stack.pop()
                made = Sequence(tuple(items), start)
            case yaml.MappingEndEvent():
                items, start = stack.pop()
                made = _mapping(items, start, problems)
            case yaml.AliasEvent():
                made = Scalar("", place(event.start_mark))
                problems.append(Problem("yaml-alias", made.place, "aliases (*name) are not used here", "write it out"))
            case yaml.DocumentStartEvent() if done is not None:
                problems.append(
                    Problem("unreadable-yaml", place(event.start_mark), "a second document starts here ('---')")
                )
                continue
            case _:
                continue
        if stack:
            stack[-1][0].append(made)
        elif done is None:
            done = made
    return done


def _refuse(event: yaml.ScalarEvent | yaml.CollectionStartEvent, here: Place, problems: list[Problem]) -> None:
    if event.anchor:
        problems.append(Problem("yaml-anchor", here, "anchors (&name) are not used here"))
    if event.tag and event.tag != "!":
        problems.append(Problem("yaml-tag", here, f"the tag {event.tag} is not used here"))
    if isinstance(event, yaml.ScalarEvent):
        if event.style == ">":
            problems.append(Problem("folded-scalar", here, "folded text ('>') loses its line breaks", "use '|'"))
        if event.style == '"':  # written as "\0"; a raw one is found in the whole text
            found = faults(event.value)
            problems.extend(Problem(one.code, here, f"the text contains {one.what}", one.hint) for one in found)


def _mapping(items: list[Node], start: Place, problems: list[Problem]) -> Mapping:
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in zip(items[::2], items[1::2], strict=True):
        if not isinstance(key, Scalar):
            problems.append(Problem("unreadable-yaml", key.place, "a key must be a word"))
        elif key.text in entries:
            first = keys[key.text].line
            problems.append(
                Problem(
                    "duplicate-key",
                    key.place,
                    f"'{key.text}' is listed twice (first on line {first})",
                    "keep one of the two",
                )
            )
        else:
            entries[key.text], keys[key.text] = value, key.place
    return Mapping(entries, start, keys)
