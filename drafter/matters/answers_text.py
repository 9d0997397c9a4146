"""The text of an answers file with one answer changed: set, added, opened from a comment, or taken out.

One rule: every other line stays as it was, comments and order included. What was changed is read back
and compared, so that a file is changed as meant or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafter.base import yaml_text, yaml_tree
from drafter.base.problems import DraftingError, Problem
from drafter.base.yaml_tree import Mapping as Tree
from drafter.base.yaml_tree import Node, Scalar
from drafter.base.yaml_tree import Sequence as Listed
from drafter.reading.questionnaire import Questionnaire

WrittenRecord = Mapping[str, str]
Written = str | tuple[str, ...] | tuple[WrittenRecord, ...] | None  # as it stands in the file, before it is typed
Path = tuple[str | int, ...]


def with_answer(text: str, name: str, asked: Questionnaire, question: str, written: Written) -> str:
    """Return the text of an answers file with one question answered; None takes the answer out.

    DraftingError where the file is written in a way that can't be changed line by line.
    """
    tree = yaml_tree.parse(text, name)
    path: Path = tuple(question.split("."))
    if _same(yaml_tree.plain(yaml_tree.at(tree, path)), written):
        return text
    editing = _Editing(text.split("\n"), tree, _spans(tree, text.count("\n") + 1))
    try:
        _set(editing, asked, path, written)
        changed = "\n".join(editing.lines)
        again = yaml_tree.plain(yaml_tree.parse(changed, name))
    except (_Unsafe, DraftingError):
        again = None
    if again is None or _bare(again) != _bare(_expected(yaml_tree.plain(tree), path, written)):
        what = f"the answer to '{question}' can't be changed by itself, as the lines around it are written"
        hint = f"write '{path[-1]}:' and its answer on lines of their own, by hand"
        raise DraftingError(Problem("unchangeable-line", yaml_tree.locate(tree, path), what, hint))
    return changed


def plain_of(node: Node | None) -> Written:
    """Return an answer as it stands in a file, in the shape that `with_answer` takes."""
    match node:
        case Scalar(text=text):
            return text or None
        case Listed(items=items) if items and all(isinstance(item, Tree) for item in items):
            return tuple(_record_of(item) for item in items if isinstance(item, Tree))
        case Listed(items=items):
            return tuple(item.text for item in items if isinstance(item, Scalar))
        case _:
            return None


def _record_of(item: Tree) -> WrittenRecord:
    return {key: value.text for key, value in item.entries.items() if isinstance(value, Scalar) and value.text}


class _Unsafe(Exception):  # noqa: N818  # not an error of ours: it becomes a Problem where it is caught
    """The lines are not written one answer a line."""


# -- where things stand -------------------------------------------------------------------------


@dataclass(slots=True)
class _Editing:
    """The lines of a file while one answer is changed, and where each key and list entry stands in them."""

    lines: list[str]
    tree: Tree
    spans: dict[Path, tuple[int, int]]  # first line, and the one after the last, without the comments that follow

    def line(self, path: Path) -> int:
        return self.spans[path][0]

    def value(self, path: Path) -> Node | None:
        return yaml_tree.at(self.tree, path)

    def replace(self, start: int, end: int, *lines: str) -> None:
        self.lines[start:end] = lines

    def indent(self, path: Path) -> str:
        """Return the white space before a key; what stands before it on a line of its own only."""
        found = re.match(r"\s*", self.lines[self.line(path)])
        return found.group() if found else ""


def _spans(tree: Tree, lines: int) -> dict[Path, tuple[int, int]]:
    """Return the lines of each key and list entry, from its first line to the next one's first."""
    found: dict[Path, tuple[int, int]] = {}

    def walk(node: Node, path: Path, end: int) -> None:
        starts = [((*path, step), child, line) for step, child, line in _children(node)]
        for number, (inner, child, line) in enumerate(starts):
            until = starts[number + 1][2] if number + 1 < len(starts) else end
            found[inner] = (line, until)
            walk(child, inner, until)

    walk(tree, (), lines)
    return found


def _children(node: Node) -> Iterator[tuple[str | int, Node, int]]:
    match node:
        case Tree(entries=entries, keys=keys):
            yield from ((key, child, keys[key].line - 1) for key, child in entries.items())
        case Listed(items=items):
            yield from ((number, item, item.place.line - 1) for number, item in enumerate(items))
        case _:
            return


def _end(editing: _Editing, path: Path) -> int:
    """Return the line after the last one of a value, without the blank lines and comments that follow it."""
    start, end = editing.spans[path]
    indent = len(editing.indent(path))
    text = re.search(r":\s*\|[-+0-9]*\s*(#.*)?$", editing.lines[start])
    while end > start + 1 and _is_aside(editing.lines[end - 1], indent if text else -1):
        end -= 1
    if end <= start:
        raise _Unsafe
    return end


def _is_aside(line: str, indent: int) -> bool:
    """Say whether a line is blank or a comment; within literal text, only one that is not indented further."""
    stripped = line.strip()
    inside = indent >= 0 and len(line) - len(line.lstrip()) > indent
    return not stripped or (stripped.startswith("#") and not inside)


# -- setting ------------------------------------------------------------------------------------


def _set(editing: _Editing, asked: Questionnaire, path: Path, written: Written) -> None:
    if path in editing.spans:
        _replaced(editing, path, written)
        return
    parent = path[:-1]
    while parent and parent not in editing.spans:
        parent = parent[:-1]
    missing = tuple(str(step) for step in path[len(parent) :])
    if len(missing) == 1 and (line := _commented(editing, asked, path)) is not None:
        indent = editing.lines[line].partition("#")[0]
        editing.replace(line, line + 1, *_lines(indent, missing[0], written))
    elif parent and not isinstance(editing.value(parent), Tree):
        _opened(editing, parent, missing, written)
    else:
        _added(editing, asked, parent, missing, written)


def _opened(editing: _Editing, parent: Path, missing: tuple[str, ...], written: Written) -> None:
    """Write the first answer of a group whose line stands empty."""
    start = editing.line(parent)
    key = _key(editing.lines[start], parent[-1])
    if yaml_tree.plain(editing.value(parent)) is not None or _end(editing, parent) != start + 1:
        raise _Unsafe
    editing.replace(start + 1, start + 1, *_nested(" " * (len(key.indent) + 2), missing, written))


def _added(editing: _Editing, asked: Questionnaire, parent: Path, missing: tuple[str, ...], written: Written) -> None:
    """Write an answer that has no line yet: after the question before it, else at the end of its group or file."""
    siblings = [path for path in editing.spans if path[:-1] == parent]
    if parent and not siblings:
        raise _Unsafe
    indent = editing.indent(siblings[0]) if siblings else ""
    before = [path for path in _before(asked, (*parent, missing[0]), len(parent) + 1) if path in siblings]
    if before or parent:
        place = _end(editing, before[-1] if before else siblings[-1])
        editing.replace(place, place, *_nested(indent, missing, written))
        return
    while editing.lines and not editing.lines[-1].strip():
        editing.lines.pop()
    gap = [""] if editing.lines else []
    editing.lines.extend([*gap, *_nested(indent, missing, written), ""])


def _before(asked: Questionnaire, path: Path, depth: int) -> list[Path]:
    """Return the keys that stand before one on its level, in the questionnaire's order."""
    order: list[Path] = list(dict.fromkeys(tuple(name.split(".")[:depth]) for name in asked.questions))
    return order[: order.index(path)] if path in order else []


def _commented(editing: _Editing, asked: Questionnaire, path: Path) -> int | None:
    """Return the line of a comment that holds this question's key and default, or its key alone; no other comment."""
    default = yaml_tree.plain(asked.defaults.get(".".join(map(str, path))))
    parent = path[:-1]
    start, end = editing.spans[parent] if parent else (0, len(editing.lines))
    for number in range(start, end):
        found = re.fullmatch(rf"\s*# ({re.escape(str(path[-1]))}:.*)", editing.lines[number])
        indented = editing.lines[number].startswith(" ")
        if found and indented == bool(parent) and _is_default(found.group(1), str(path[-1]), default):
            return number
    return None


def _is_default(line: str, key: str, default: object) -> bool:
    try:
        value = yaml_tree.plain(yaml_tree.at(yaml_tree.parse(line, ""), (key,)))
    except DraftingError:
        return False
    return value is None or value == default


# -- one key ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Key:
    """A line taken apart: the white space before it, everything to the colon, what follows, and the comment."""

    indent: str
    head: str
    value: str
    comment: str


def _key(line: str, key: str | int) -> _Key:
    found = re.match(rf"(\s*)((?:- +)*)(['\"]?){re.escape(str(key))}\3\s*:(?=\s|$)", line)
    if found is None:
        raise _Unsafe
    value, comment = _split(line[found.end() :])
    return _Key(found.group(1) + " " * len(found.group(2)), found.group(), value, comment)


def _split(rest: str) -> tuple[str, str]:
    """Part what follows a key into its value and the comment, with the white space before it."""
    quoted = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
    flow = rf"[\[{{](?:{quoted}|[^\"'#]|(?<!\s)#)*[\]}}]"
    found = re.fullmatch(rf"(\s*?(?:{quoted}|{flow}|(?!\s*[\"'\[{{])(?:(?!\s#).)*?))(\s+#.*|\s*)", rest)
    if found is None:
        raise _Unsafe
    return found.group(1), found.group(2).rstrip()


def _replaced(editing: _Editing, path: Path, written: Written) -> None:
    """Write another answer where one stands, or where the line stands empty."""
    old = editing.value(path)
    if isinstance(old, Tree):
        raise _Unsafe
    records = written is None or (isinstance(written, tuple) and all(isinstance(item, Mapping) for item in written))
    if isinstance(old, Listed) and records and _listed(editing, path, old, tuple(written or ())):
        return
    start, end = editing.line(path), _end(editing, path)
    if any(_is_aside(line, -1) and line.strip() for line in editing.lines[start + 1 : end]) and isinstance(old, Listed):
        raise _Unsafe  # comments between the entries would be lost
    key = _key(editing.lines[start], path[-1])
    made = _lines("", str(path[-1]), written)
    first = key.head + made[0].partition(":")[2]
    editing.replace(start, end, first + key.comment, *(key.indent + line for line in made[1:]))


def _listed(editing: _Editing, path: Path, old: Listed, written: tuple[object, ...]) -> bool:
    """Change the entries of a list of records in their lines; say whether it is written so that this can be done.

    Where only some were taken out, the others keep their lines; else entry by entry, and the rest added or taken out.
    """
    if not old.items or not _on_lines(editing, path, old):
        return False
    was = [_bare(yaml_tree.plain(item)) for item in old.items]
    now = [dict(item) for item in written if isinstance(item, Mapping)]
    gone = next((n for n in range(len(was)) if was[:n] + was[n + 1 :] == [_bare(item) for item in now]), None)
    if gone is not None:
        editing.replace(editing.line((*path, gone)), _end(editing, (*path, gone)))
        return True
    dash, place = editing.indent((*path, 0)), _end(editing, (*path, len(was) - 1))
    below = len(editing.lines) - place
    for number in reversed(range(len(was))):
        if number >= len(now):
            editing.replace(editing.line((*path, number)), _end(editing, (*path, number)))
        elif was[number] != _bare(now[number]):
            _record_changed(editing, (*path, number), now[number])
    place = len(editing.lines) - below
    editing.replace(place, place, *(line for item in now[len(was) :] for line in _record(dash, item)))
    return True


def _on_lines(editing: _Editing, path: Path, old: Listed) -> bool:
    """Say whether each record of a list starts a line of its own, and none is empty."""
    starts = [editing.line((*path, number)) for number in range(len(old.items))]
    whole = all(isinstance(item, Tree) and item.entries for item in old.items)
    return whole and len(set(starts)) == len(starts) and all(re.match(r"\s*- ", editing.lines[n]) for n in starts)


def _record_changed(editing: _Editing, path: Path, now: Mapping[str, str]) -> None:
    """Change the fields of one record in their lines."""
    item = editing.value(path)
    if not isinstance(item, Tree):
        raise _Unsafe
    start = editing.line(path)
    flow = re.match(r"(\s*- )(\{.*)", editing.lines[start])
    if flow:
        value, comment = _split(flow.group(2))
        if not value.rstrip().endswith("}") or _end(editing, path) != start + 1:
            raise _Unsafe
        pairs = ", ".join(f"{key}: {yaml_text.scalar(words, flow=True)}" for key, words in now.items() if words)
        editing.replace(start, start + 1, f"{flow.group(1)}{{{pairs}}}{comment}")
        return
    column = " " * (len(editing.indent(path)) + len(re.match(r"\s*(- +)", editing.lines[start]).group(1)))  # type: ignore[union-attr]
    end = _end(editing, path)
    added = [
        line for key, words in now.items() if words and key not in item.entries for line in _lines(column, key, words)
    ]
    editing.replace(end, end, *added)
    for key in reversed(item.entries):
        words = now.get(key) or None
        if not _same(yaml_tree.plain(item.entries[key]), words):
            _replaced(editing, (*path, key), words)


# -- YAML as we write it ------------------------------------------------------------------------


def _nested(indent: str, keys: tuple[str, ...], written: Written) -> list[str]:
    if len(keys) == 1:
        return _lines(indent, keys[0], written)
    return [f"{indent}{keys[0]}:", *_nested(indent + "  ", keys[1:], written)]


def _lines(indent: str, key: str, written: Written) -> list[str]:
    """Write a key with its answer, at this indent."""
    match written:
        case None | "" | ():
            return [f"{indent}{key}:"]
        case str():
            return [f"{indent}{key}: {yaml_text.scalar(written)}"]
        case _ if all(isinstance(item, str) for item in written):
            return [f"{indent}{key}: [{', '.join(yaml_text.scalar(str(item), flow=True) for item in written)}]"]
        case _:
            records = (item for item in written if isinstance(item, Mapping))
            return [f"{indent}{key}:", *(line for item in records for line in _record(f"{indent}  ", item))]


def _record(indent: str, record: Mapping[str, str]) -> list[str]:
    given = [(key, words) for key, words in record.items() if words]
    lines = [
        f"{indent}{'  ' if number else '- '}{key}: {yaml_text.scalar(words)}"
        for number, (key, words) in enumerate(given)
    ]
    return lines or [f"{indent}- {{}}"]


# -- comparing ----------------------------------------------------------------------------------


def _bare(value: object) -> object:
    """Return data without what is empty, so that an empty line is as good as none."""
    match value:
        case Mapping():
            kept = {key: _bare(inner) for key, inner in value.items()}
            return {key: inner for key, inner in kept.items() if inner not in (None, "", {}, [])}
        case str():
            return value
        case Sequence():
            return [_bare(item) for item in value]
        case _:
            return value


def _same(old: object, written: Written) -> bool:
    return _bare(old) == _bare(written) or (old is None and not written)


def _expected(old: object, path: Path, written: Written) -> object:
    """Return the data that the file must hold after the change."""
    base = dict(old) if isinstance(old, Mapping) else {}
    head = path[0]
    base[head] = written if len(path) == 1 else _expected(base.get(head), path[1:], written)
    return base
