"""Writes one answer into the lines of an answers file: in place of the old one, from a comment, or as a new line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from drafter.base import yaml_text, yaml_tree
from drafter.base.problems import DraftingError
from drafter.matters.editing import file_lines
from drafter.matters.editing.file_lines import Lines, Path, Unsafe
from drafter.reading.questionnaire import Questionnaire

WrittenRecord = Mapping[str, str | tuple[str, ...]]
Written = str | tuple[str, ...] | tuple[WrittenRecord, ...] | None  # an answer as a file has it, before it is typed


def changed(text: str, tree: yaml_tree.Mapping, asked: Questionnaire, path: Path, written: Written) -> str:
    """Return the text of a file with another answer at a path; Unsafe if its lines are not one answer each."""
    file = file_lines.lines_of(text, tree)
    _set(file, asked, path, written)
    return "\n".join(file.texts)


def _set(file: Lines, asked: Questionnaire, path: Path, written: Written) -> None:
    if path in file.spans:
        _replaced(file, path, written)
        return
    parent = path[:-1]
    while parent and parent not in file.spans:
        parent = parent[:-1]
    missing = tuple(str(step) for step in path[len(parent) :])
    if len(missing) == 1 and (line := _commented(file, asked, path)) is not None:
        indent = file.texts[line].partition("#")[0]
        file.replace(line, line + 1, *_lines(indent, missing[0], written))
    elif parent and not isinstance(file.value(parent), yaml_tree.Mapping):
        _opened(file, parent, missing, written)
    else:
        _added(file, asked, parent, missing, written)


def _opened(file: Lines, parent: Path, missing: tuple[str, ...], written: Written) -> None:
    """Write the first answer of a group whose line is empty."""
    start = file.first(parent)
    key = file_lines.parted(file.texts[start], parent[-1])
    if yaml_tree.plain(file.value(parent)) is not None or file.end(parent) != start + 1:
        raise Unsafe
    file.replace(start + 1, start + 1, *_nested(" " * (len(key.indent) + 2), missing, written))


def _added(file: Lines, asked: Questionnaire, parent: Path, missing: tuple[str, ...], written: Written) -> None:
    """Write an answer that has no line yet: after the question before it, else at the end of its group or file."""
    siblings = [path for path in file.spans if path[:-1] == parent]
    if parent and not siblings:
        raise Unsafe
    indent = file.indent(siblings[0]) if siblings else ""
    before = [path for path in _before(asked, (*parent, missing[0]), len(parent) + 1) if path in siblings]
    if before or parent:
        place = file.end(before[-1] if before else siblings[-1])
        file.replace(place, place, *_nested(indent, missing, written))
        return
    while file.texts and not file.texts[-1].strip():
        file.texts.pop()
    gap = [""] if file.texts else []
    file.texts.extend([*gap, *_nested(indent, missing, written), ""])


def _before(asked: Questionnaire, path: Path, depth: int) -> list[Path]:
    """Return the keys that come before one on its level, in the questionnaire's order."""
    order: list[Path] = list(dict.fromkeys(tuple(name.split(".")[:depth]) for name in asked.questions))
    return order[: order.index(path)] if path in order else []


def _commented(file: Lines, asked: Questionnaire, path: Path) -> int | None:
    """Return the line of the comment that has this question's key with its default, or alone; None if there is none."""
    default = yaml_tree.plain(asked.written_defaults.get(".".join(map(str, path))))
    parent = path[:-1]
    start, end = file.spans[parent] if parent else (0, len(file.texts))
    for number in range(start, end):
        found = re.fullmatch(rf"\s*# ({re.escape(str(path[-1]))}:.*)", file.texts[number])
        indented = file.texts[number].startswith(" ")
        if found and indented == bool(parent) and _is_default(found.group(1), str(path[-1]), default):
            return number
    return None


def _is_default(line: str, key: str, default: object) -> bool:
    try:
        value = yaml_tree.plain(yaml_tree.at(yaml_tree.parse(line, ""), (key,)))
    except DraftingError:
        return False
    return value is None or value == default


def _replaced(file: Lines, path: Path, written: Written) -> None:
    """Write another answer in place of one, or on an empty line."""
    old = file.value(path)
    if isinstance(old, yaml_tree.Mapping):
        raise Unsafe
    records = written is None or (isinstance(written, tuple) and all(isinstance(item, Mapping) for item in written))
    if isinstance(old, yaml_tree.Sequence) and records and _listed(file, path, old, tuple(written or ())):
        return
    start, end = file.first(path), file.end(path)
    below = file.texts[start + 1 : end]
    if isinstance(old, yaml_tree.Sequence) and any(file_lines.is_aside(line) and line.strip() for line in below):
        raise Unsafe  # comments between the entries would be lost
    key = file_lines.parted(file.texts[start], path[-1])
    made = _lines("", str(path[-1]), written)
    first = key.head + made[0].partition(":")[2]
    file.replace(start, end, first + key.comment, *(key.indent + line for line in made[1:]))


def _listed(file: Lines, path: Path, old: yaml_tree.Sequence, written: tuple[object, ...]) -> bool:
    """Change the entries of a list of records in their lines; say whether the way it is written allows that.

    If one record was taken out, the others keep their lines; else each record is changed, and the rest added or taken
    out.
    """
    if not old.items or not _on_lines(file, path, old):
        return False
    was = [bare(yaml_tree.plain(item)) for item in old.items]
    now = [dict(item) for item in written if isinstance(item, Mapping)]
    left_out = next((n for n in range(len(was)) if was[:n] + was[n + 1 :] == [bare(item) for item in now]), None)
    if left_out is not None:
        file.replace(file.first((*path, left_out)), file.end((*path, left_out)))
        return True
    dash, place = file.indent((*path, 0)), file.end((*path, len(was) - 1))
    below = len(file.texts) - place
    for number in reversed(range(len(was))):
        if number >= len(now):
            file.replace(file.first((*path, number)), file.end((*path, number)))
        elif was[number] != bare(now[number]):
            _record_changed(file, (*path, number), now[number])
    place = len(file.texts) - below
    file.replace(place, place, *(line for item in now[len(was) :] for line in _record(dash, item)))
    return True


def _on_lines(file: Lines, path: Path, old: yaml_tree.Sequence) -> bool:
    """Say whether each record of a list starts a line of its own, and none is empty."""
    starts = [file.first((*path, number)) for number in range(len(old.items))]
    whole = all(isinstance(item, yaml_tree.Mapping) and item.entries for item in old.items)
    return whole and len(set(starts)) == len(starts) and all(re.match(r"\s*- ", file.texts[n]) for n in starts)


def _record_changed(file: Lines, path: Path, now: WrittenRecord) -> None:
    """Change the fields of one record in their lines."""
    item = file.value(path)
    if not isinstance(item, yaml_tree.Mapping):
        raise Unsafe
    start = file.first(path)
    flow = re.match(r"(\s*- )(\{.*)", file.texts[start])
    if flow:
        value, comment = file_lines.value_and_comment(flow.group(2))
        if not value.rstrip().endswith("}") or file.end(path) != start + 1:
            raise Unsafe
        pairs = ", ".join(f"{key}: {_value(words, flow=True)}" for key, words in now.items() if words)
        file.replace(start, start + 1, f"{flow.group(1)}{{{pairs}}}{comment}")
        return
    column = " " * (len(file.indent(path)) + len(re.match(r"\s*(- +)", file.texts[start]).group(1)))  # type: ignore[union-attr]
    below = len(file.texts) - file.end(path)
    for key in reversed(item.entries):
        words = now.get(key) or None
        if not same(yaml_tree.plain(item.entries[key]), words):
            _replaced(file, (*path, key), words)
    end = len(file.texts) - below
    added = [
        line for key, words in now.items() if words and key not in item.entries for line in _lines(column, key, words)
    ]
    file.replace(end, end, *added)


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
            return [f"{indent}{key}: {_value(written)}"]
        case _ if all(isinstance(item, str) for item in written):
            return [f"{indent}{key}: {_value(tuple(map(str, written)))}"]
        case _:
            records = (item for item in written if isinstance(item, Mapping))
            return [f"{indent}{key}:", *(line for item in records for line in _record(f"{indent}  ", item))]


def _value(written: str | tuple[str, ...], *, flow: bool = False) -> str:
    """Write one text, or several in brackets."""
    if isinstance(written, str):
        return yaml_text.scalar(written, flow=flow)
    return f"[{', '.join(yaml_text.scalar(item, flow=True) for item in written)}]"


def _record(indent: str, record: WrittenRecord) -> list[str]:
    given = [(key, words) for key, words in record.items() if words]
    lines = [f"{indent}{'  ' if number else '- '}{key}: {_value(words)}" for number, (key, words) in enumerate(given)]
    return lines or [f"{indent}- {{}}"]


# -- comparing ----------------------------------------------------------------------------------


def same(old: object, written: Written) -> bool:
    """Say whether the data of a file already has an answer."""
    return bare(old) == bare(written) or (old is None and not written)


def bare(value: object) -> object:
    """Return data without what is empty, so that an empty line is the same as none."""
    match value:
        case Mapping():
            kept = {key: bare(inner) for key, inner in value.items()}
            return {key: inner for key, inner in kept.items() if inner not in (None, "", {}, [])}
        case str():
            return value
        case Sequence():
            return [bare(item) for item in value]
        case _:
            return value
