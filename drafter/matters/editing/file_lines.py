"""The lines of an answers file, and which of them each key and list entry has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.base import yaml_tree
from drafter.base.yaml_tree import Node
from drafter.values import dataclass

Path = tuple[str | int, ...]  # keys, and places in lists


class Unsafe(Exception):  # noqa: N818  # not an error of ours: it becomes a Problem where it is caught
    """The lines are not written one answer a line."""


@dataclass(slots=True)
class Lines:
    """The lines of a file while one answer is changed, and the first line and the end of each key and list entry."""

    texts: list[str]
    tree: yaml_tree.Mapping
    spans: dict[Path, tuple[int, int]]  # the first line, and the first line of what comes next

    def first(self, path: Path) -> int:
        """Return the number of a key's or an entry's first line, counted from 0."""
        return self.spans[path][0]

    def value(self, path: Path) -> Node | None:
        """Return what the file had under a key before anything was changed."""
        return yaml_tree.at(self.tree, path)

    def replace(self, start: int, end: int, *texts: str) -> None:
        """Put other lines in place of those from `start` to before `end`."""
        self.texts[start:end] = texts

    def indent(self, path: Path) -> str:
        """Return the white space before a key that starts its line."""
        found = re.match(r"\s*", self.texts[self.first(path)])
        return found.group() if found else ""

    def end(self, path: Path) -> int:
        """Return the line after the last one of a value, without the blank lines and comments that follow it."""
        start, end = self.spans[path]
        indent = len(self.indent(path))
        is_literal = re.search(r":\s*\|[-+0-9]*\s*(#.*)?$", self.texts[start])
        while end > start + 1 and is_aside(self.texts[end - 1], indent if is_literal else -1):
            end -= 1
        if end <= start:
            raise Unsafe
        return end


def is_aside(line: str, indent: int = -1) -> bool:
    """Say whether a line is blank or a comment; in literal text, where `indent` counts, only if not indented more."""
    stripped = line.strip()
    inside = indent >= 0 and len(line) - len(line.lstrip()) > indent
    return not stripped or (stripped.startswith("#") and not inside)


def lines_of(text: str, tree: yaml_tree.Mapping) -> Lines:
    """Return the lines of a file's text, given its tree."""
    texts = text.split("\n")
    spans: dict[Path, tuple[int, int]] = {}

    def walk(node: Node, path: Path, end: int) -> None:
        starts = [((*path, step), child, line) for step, child, line in _children(node)]
        for number, (inner, child, line) in enumerate(starts):
            until = starts[number + 1][2] if number + 1 < len(starts) else end
            spans[inner] = (line, until)
            walk(child, inner, until)

    walk(tree, (), len(texts))
    return Lines(texts, tree, spans)


def _children(node: Node) -> Iterator[tuple[str | int, Node, int]]:
    match node:
        case yaml_tree.Mapping(entries=entries, keys=keys):
            yield from ((key, child, keys[key].line - 1) for key, child in entries.items())
        case yaml_tree.Sequence(items=items):
            yield from ((number, item, item.place.line - 1) for number, item in enumerate(items))
        case _:
            return


# -- one line -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parted:
    """A line in parts: the white space before it, everything up to the colon, what follows, and the comment."""

    indent: str
    head: str
    value: str
    comment: str


def parted(line: str, key: str | int) -> Parted:
    """Part a line that starts with a key; Unsafe if it doesn't."""
    found = re.match(rf"(\s*)((?:- +)*)(['\"]?){re.escape(str(key))}\3\s*:(?=\s|$)", line)
    if found is None:
        raise Unsafe
    value, comment = value_and_comment(line[found.end() :])
    return Parted(found.group(1) + " " * len(found.group(2)), found.group(), value, comment)


def value_and_comment(rest: str) -> tuple[str, str]:
    """Part what follows a key into its value and the comment, with the white space before it; or Unsafe."""
    quoted = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
    flow = rf"[\[{{](?:{quoted}|[^\"'#]|(?<!\s)#)*[\]}}]"
    found = re.fullmatch(rf"(\s*?(?:{quoted}|{flow}|(?!\s*[\"'\[{{])(?:(?!\s#).)*?))(\s+#.*|\s*)", rest)
    if found is None:
        raise Unsafe
    return found.group(1), found.group(2).rstrip()
