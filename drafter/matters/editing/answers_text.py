"""Changes one answer, or the alternative of one clause, in the text of an answers file.

One rule: every other line stays as it was, comments and order included. What was changed is read back and compared, so
that a file is changed as meant or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drafter.base import yaml_text, yaml_tree
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Node, Scalar
from drafter.matters.answers import ALTERNATIVES, FORM, form_of
from drafter.matters.editing import answer_lines, file_lines
from drafter.matters.editing.answer_lines import Written, WrittenRecord
from drafter.matters.editing.file_lines import Path, Unsafe
from drafter.reading.questionnaire import Questionnaire


def with_answer(text: str, name: str, asked: Questionnaire, question: str, written: Written) -> str:
    """Return the text of an answers file with one question answered; None clears the answer.

    DraftingError if the file is written in a way that can't be changed line by line.
    """
    tree = yaml_tree.parse(text, name)
    path: Path = tuple(question.split("."))
    if answer_lines.same(yaml_tree.plain(yaml_tree.at(tree, path)), written):
        return text
    try:
        changed = answer_lines.changed(text, tree, asked, path, written)
    except Unsafe:
        changed = None
    if changed is None or not _holds(changed, name, _with(yaml_tree.plain(tree), path, written)):
        what = f"the answer to '{question}' can't be changed by itself, as the lines around it are written"
        hint = f"write '{path[-1]}:' and its answer on lines of their own, by hand"
        raise DraftingError(Problem("unchangeable-line", yaml_tree.locate(tree, path), what, hint, about=question))
    return changed


def with_form(text: str, name: str, asked: Questionnaire) -> str:
    """Return the text of an answers file that says a form: the one whose questions are asked, where it says none.

    DraftingError as `with_answer`.
    """
    return with_answer(text, name, asked, FORM, asked.form) if asked.forms and not form_of(text) else text


def without_answer(text: str, name: str, asked: Questionnaire, question: str) -> str:
    """Return the text that `with_answer` made this text of by answering a question that had no answer.

    The line is deleted, or is again the comment that a new answers file has; where neither leads back to this text,
    the line stays with no answer. DraftingError as `with_answer`.
    """
    tree = yaml_tree.parse(text, name)
    path: Path = tuple(question.split("."))
    written = plain_of(yaml_tree.at(tree, path))
    for candidate in _without(text, tree, asked, path):
        try:
            if with_answer(candidate, name, asked, question, written) == text:
                return candidate
        except DraftingError:
            continue
    return with_answer(text, name, asked, question, None)


def _without(text: str, tree: yaml_tree.Mapping, asked: Questionnaire, path: Path) -> Iterator[str]:
    """Yield a file's text without an answer: its line deleted, its group's too, or its line as a comment."""
    file = file_lines.lines_of(text, tree)
    if path not in file.spans:
        return
    start, end = file.first(path), file.end(path)
    yield "\n".join([*file.texts[:start], *file.texts[end:]])
    if path[:-1] in file.spans:
        heading = file.first(path[:-1])
        rest = [*file.texts[:heading], *file.texts[heading + 1 : start], *file.texts[end:]]
        yield "\n".join(rest)
        while rest and not rest[-1].strip():
            rest.pop()
        yield "\n".join([*rest, ""])
    default = plain_of(asked.written_defaults.get(".".join(map(str, path))))
    if isinstance(default, str):
        comment = f"{file.indent(path)}# {path[-1]}: {yaml_text.scalar(default)}"
        yield "\n".join([*file.texts[:start], comment, *file.texts[end:]])


def plain_of(node: Node | None) -> Written:
    """Return an answer in a file in the form that `with_answer` takes."""
    match node:
        case Scalar(text=text):
            return text or None
        case yaml_tree.Sequence(items=items) if items and all(isinstance(item, yaml_tree.Mapping) for item in items):
            return tuple(_record_of(item) for item in items if isinstance(item, yaml_tree.Mapping))
        case yaml_tree.Sequence(items=items):
            return tuple(item.text for item in items if isinstance(item, Scalar))
        case _:
            return None


def _record_of(item: yaml_tree.Mapping) -> WrittenRecord:
    found: dict[str, str | tuple[str, ...]] = {}
    for key, value in item.entries.items():
        if isinstance(value, Scalar) and value.text:
            found[key] = value.text
        elif isinstance(value, yaml_tree.Sequence) and value.items:
            found[key] = tuple(one.text for one in value.items if isinstance(one, Scalar))
    return found


# -- the alternative of a clause ----------------------------------------------------------------


def with_alternative(text: str, name: str, clause: str, alternative: str) -> str:
    """Return the text of an answers file with one clause's alternative set; no other line changes.

    An empty alternative takes the clause's line out, so that the answers select again. DraftingError if the file is
    written in a way that can't be changed line by line.
    """
    tree = yaml_tree.parse(text, name)
    chosen = tree.entries.get(ALTERNATIVES)
    keys = chosen.keys if isinstance(chosen, yaml_tree.Mapping) else {}
    lines = text.split("\n")
    if alternative:
        if ALTERNATIVES not in tree.entries and lines[-1]:
            tree = yaml_tree.parse(f"{text}\n", name)  # the last line gets its end, which may be part of an answer
        _put_in(lines, tree, keys, f"{clause}: {alternative}", clause)
        hint = f"write 'alternatives:' and below it '  {clause}: {alternative}' by hand"
    elif clause in keys:
        _taken_out(lines, tree, keys, clause)
        hint = f"take '{clause}' out of 'alternatives:' by hand"
    else:
        return text
    changed = "\n".join(lines)
    if not _holds(changed, name, _with(yaml_tree.plain(tree), (ALTERNATIVES, clause), alternative)):
        what = "the line of this alternative can't be changed by itself"
        place = tree.keys.get(ALTERNATIVES, tree.place)
        raise DraftingError(Problem("unchangeable-line", place, what, hint, about=clause))
    return changed


def _put_in(lines: list[str], tree: yaml_tree.Mapping, keys: Mapping[str, Place], entry: str, clause: str) -> None:
    """Write a clause's line: in place of its old one, before the others, below the heading, or with it at the end."""
    if clause in keys:
        at = keys[clause].line - 1
        comment = re.search(r"\s+#.*$", lines[at])
        lines[at] = f"{_indent(lines[at])}{entry}{comment.group() if comment else ''}"
    elif keys:
        at = min(place.line for place in keys.values()) - 1
        lines.insert(at, _indent(lines[at]) + entry)
    elif ALTERNATIVES in tree.entries:
        at = tree.keys[ALTERNATIVES].line - 1
        lines[at] = re.sub(r":\s*(null|~|\{\s*\})(?=\s|$)", ":", lines[at], count=1)
        lines.insert(at + 1, f"{_indent(lines[at])}  {entry}")
    else:
        if not lines[-1]:
            lines.pop()
        lines.extend([*([""] if lines and lines[-1].strip() else []), f"{ALTERNATIVES}:", f"  {entry}", ""])


def _taken_out(lines: list[str], tree: yaml_tree.Mapping, keys: Mapping[str, Place], clause: str) -> None:
    """Delete a clause's line; with the last one the heading too, and an empty line before that at the file's end."""
    at, heading = keys[clause].line - 1, tree.keys[ALTERNATIVES].line - 1
    del lines[at]
    if len(keys) == 1 and at == heading + 1:
        del lines[heading]
        if heading and lines[heading:] == [""] and not lines[heading - 1].strip():
            del lines[heading]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


# -- comparing ----------------------------------------------------------------------------------


def _holds(changed: str, name: str, expected: object) -> bool:
    """Say whether a changed text is read as the data expected."""
    try:
        return answer_lines.bare(yaml_tree.plain(yaml_tree.parse(changed, name))) == answer_lines.bare(expected)
    except DraftingError:
        return False


def _with(old: object, path: Path, written: Written) -> object:
    """Return the data of a file with another answer at a path."""
    base = dict(old) if isinstance(old, Mapping) else {}
    head = path[0]
    base[head] = written if len(path) == 1 else _with(base.get(head), path[1:], written)
    return base
