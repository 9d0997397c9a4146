"""The text of an answers file: a new one with every question in it, or one line of it changed.

One rule: what a person wrote stays as it was, comments and order included.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from drafter.base import disk, yaml_text, yaml_tree
from drafter.base.problems import DraftingError, Problem
from drafter.base.yaml_tree import Mapping as Tree
from drafter.base.yaml_tree import Node, Scalar, Sequence
from drafter.matters import belonging, filing
from drafter.matters.answers import ALTERNATIVES
from drafter.matters.belonging import Belonging
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question, Questionnaire


def with_alternative(text: str, name: str, clause: str, alternative: str) -> str:
    """Return the text of an answers file with one clause's alternative set; no other line changes.

    No alternative takes the line out, so that the answers select again.
    """
    tree = yaml_tree.parse(text, name)
    if not alternative:
        return _without(text, name, tree, clause)
    lines = text.split("\n")
    entry = f"{clause}: {alternative}"
    chosen = tree.entries.get(ALTERNATIVES)
    if isinstance(chosen, Tree) and clause in chosen.keys:
        place = chosen.keys[clause].line - 1
        comment = re.search(r"\s+#.*$", lines[place])
        lines[place] = f"{_indent(lines[place])}{entry}{comment.group() if comment else ''}"
    elif isinstance(chosen, Tree) and chosen.keys:
        first = min(place.line for place in chosen.keys.values()) - 1
        lines.insert(first, _indent(lines[first]) + entry)
    elif ALTERNATIVES in tree.entries:
        place = tree.keys[ALTERNATIVES].line - 1
        lines[place] = re.sub(r":\s*(null|~|\{\s*\})(?=\s|$)", ":", lines[place], count=1)
        lines.insert(place + 1, f"{_indent(lines[place])}  {entry}")
    else:
        if lines[-1]:
            tree = yaml_tree.parse(f"{text}\n", name)  # the last line gets its end, and may be part of an answer
        else:
            lines.pop()
        lines.extend([*([""] if lines and lines[-1].strip() else []), f"{ALTERNATIVES}:", f"  {entry}", ""])
    changed = "\n".join(lines)
    if not _says(changed, name, tree, clause, alternative):
        raise _unchangeable(tree, f"write 'alternatives:' and below it '  {entry}' by hand")
    return changed


def _without(text: str, name: str, tree: Tree, clause: str) -> str:
    """Take a clause's line out; with the last one its heading too, and the empty line before that at a file's end."""
    chosen = tree.entries.get(ALTERNATIVES)
    if not isinstance(chosen, Tree) or clause not in chosen.keys:
        return text
    lines = text.split("\n")
    place = chosen.keys[clause].line - 1
    heading = tree.keys[ALTERNATIVES].line - 1
    del lines[place]
    if len(chosen.keys) == 1 and place == heading + 1:
        del lines[heading]
        if heading and lines[heading:] == [""] and not lines[heading - 1].strip():
            del lines[heading]
    changed = "\n".join(lines)
    if not _says(changed, name, tree, clause, ""):
        raise _unchangeable(tree, f"take '{clause}' out of 'alternatives:' by hand")
    return changed


def _unchangeable(tree: Tree, hint: str) -> DraftingError:
    what = "the line of this alternative can't be changed by itself"
    return DraftingError(Problem("unchangeable-line", tree.keys.get(ALTERNATIVES, tree.place), what, hint))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _says(changed: str, name: str, before: Tree, clause: str, alternative: str) -> bool:
    """Say whether a changed text reads as the old one did, but for one clause's alternative."""
    chosen = yaml_tree.plain(before.entries.get(ALTERNATIVES))
    wanted = {**(chosen if isinstance(chosen, dict) else {}), clause: alternative}
    entries = {key: yaml_tree.plain(node) for key, node in before.entries.items() if key != ALTERNATIVES}
    wanted = wanted if alternative else {key: value for key, value in wanted.items() if key != clause}
    try:
        now = yaml_tree.plain(yaml_tree.parse(changed, name))
    except DraftingError:
        return False
    return isinstance(now, dict) and (now.pop(ALTERNATIVES, None) or {}, now) == (wanted, entries)


# -- a new file ---------------------------------------------------------------------------------


def write(path: Path, library: Library, made: Belonging) -> None:
    """Make a matter: a new answers file at a path, and beside it the record of what the matter belongs to."""
    disk.make_folder(path.parent)
    if path.name == filing.ANSWERS:  # an answers file alone has no place for records
        disk.write_atomically(path.parent / belonging.FILE, belonging.to_text(made).encode())
    disk.write_atomically(path, blank_file(library.questionnaire, library.title).encode())


def blank_file(questionnaire: Questionnaire, title: str) -> str:
    """Return the text of a new answers file: every question with its help and default as comments.

    A question with a default stands as a comment, to be opened when the answer differs; one without
    stands open and empty, and prints as a blank until it is answered.
    """
    lines = [f"# Answers: {yaml_text.in_comment(title)}", *_INTRODUCTION]
    opened: set[str] = set()
    for section in questionnaire.sections:
        lines.extend(["", f"# {'=' * 78}", f"# {yaml_text.in_comment(section.title)}", f"# {'=' * 78}"])
        for question in section.questions:
            group = question.id.partition(".")[0] if "." in question.id else ""
            if not group:
                lines.extend(["", *_asked(questionnaire, question, "")])
            elif group not in opened:
                opened.add(group)
                lines.extend(["", f"{group}:"])
                for member in questionnaire.questions.values():
                    if member.id.startswith(f"{group}."):
                        lines.extend(["", *_asked(questionnaire, member, "  ")])
    lines.extend(["", *_CLOSING, ""])
    return "\n".join(lines)


_INTRODUCTION = (
    "#",
    "# One answer a line, after the colon. A line that starts with '#' is a comment: the default applies.",
    "# To answer otherwise, delete the '# ' before the question's name and change the value.",
    "# What is left empty prints as a highlighted blank in the draft.",
)
_CLOSING = (
    "# An alternative chosen in the negotiation, whatever the answers say ('drafter clauses' lists them):",
    f"# {ALTERNATIVES}:",
    "#   clause: alternative",
)


def _asked(questionnaire: Questionnaire, question: Question, indent: str) -> list[str]:
    key = question.id.partition(".")[2] or question.id  # below its group
    told = [question.prompt, question.help, f"Why: {question.why}" if question.why else ""]
    lines = [f"{indent}# {line}".rstrip() for text in told if text for line in _wrapped(text, 96 - len(indent))]
    for option in question.options:
        leads = f" ({option.leads_to})" if option.leads_to else ""
        lines.append(f"{indent}#   {yaml_text.in_comment(f'{option.value}: {option.label}{leads}')}")
    if question.ask_when:
        lines.append(f"{indent}# Asked only when {question.ask_when}.")
    default = questionnaire.defaults.get(question.id)
    if question.type == "records":
        return [*lines, *_asked_records(question, default, indent)]
    if default is not None:
        return [*lines, f"{indent}# {key}: {_yaml_text(default)}"]
    return [*lines, f"{indent}{'# ' if question.ask_when else ''}{key}:"]


def _asked_records(question: Question, default: Node | None, indent: str) -> list[str]:
    key = question.id.partition(".")[2] or question.id  # below its group
    lines = [f"{indent}# Each {yaml_text.in_comment(question.singular) or 'entry'} has:"]
    for entry in question.fields:
        options = f" ({', '.join(o.value for o in entry.options)})" if entry.options else ""
        when = f"; asked when {entry.ask_when}" if entry.ask_when else ""
        lines.append(f"{indent}#   {entry.id}: {yaml_text.in_comment(entry.prompt + options + when)}")
    hide = "# " if default is not None or question.optional or question.ask_when else ""
    if isinstance(default, Sequence) and not default.items:
        return [*lines, f"{indent}# {key}: []"]
    lines.append(f"{indent}{hide}{key}:")
    if isinstance(default, Sequence):
        for item in default.items:
            pairs = list(item.entries.items()) if isinstance(item, Tree) else []
            lines.extend(
                f"{indent}# {'  - ' if not n else '    '}{k}: {_yaml_text(v)}" for n, (k, v) in enumerate(pairs)
            )
        return lines
    plain = [entry for entry in question.fields if not entry.ask_when and not entry.optional]
    return [*lines, *(f"{indent}# {'  - ' if not n else '    '}{e.id}:" for n, e in enumerate(plain))]


def _yaml_text(node: Node) -> str:
    if isinstance(node, Sequence):
        return f"[{', '.join(yaml_text.scalar(_text(item), flow=True) for item in node.items)}]"
    return yaml_text.scalar(_text(node))


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _wrapped(text: str, width: int) -> list[str]:
    return [
        line
        for block in re.split(r"\n\s*\n", text.strip())
        for line in textwrap.wrap(yaml_text.in_comment(block), width)
    ]
