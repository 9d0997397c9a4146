"""Writes a new answers file: every question with its help, and its default as a comment."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from drafter.base import disk, yaml_text, yaml_tree
from drafter.base.yaml_tree import Node, Scalar, Sequence
from drafter.matters import belonging, filing
from drafter.matters.answers import ALTERNATIVES, FORM, SKIPPED
from drafter.matters.belonging import Belonging
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question, Questionnaire


def write(path: Path, library: Library, made: Belonging) -> None:
    """Make a matter: a new answers file at a path, and beside it the record of what the matter belongs to."""
    disk.make_folder(path.parent)
    if path.name == filing.ANSWERS:  # an answers file alone has no place for records
        disk.write_atomically(path.parent / belonging.FILE, belonging.to_text(made).encode())
    disk.write_atomically(path, blank_file(library.questionnaire, library.named(library.title)).encode())


def blank_file(questionnaire: Questionnaire, title: str) -> str:
    """Return the text of a new answers file.

    A question with a default is a comment, to be opened when the answer differs; one without is an empty line, and
    prints as a blank until it is answered.
    """
    lines = [f"# Answers: {yaml_text.in_comment(title)}", *_INTRODUCTION]
    if questionnaire.forms:
        lines += ["", *_form(questionnaire), f"{FORM}: {questionnaire.form}"]
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


def _form(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the lines that say which forms of the contract there are."""
    yield "# The form of the contract. Each form asks questions of its own."
    for name, label in questionnaire.forms.items():
        yield f"#   {yaml_text.in_comment(f'{name}: {label}')}"


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
    "",
    "# What 'drafter ask' was told to skip: it prints as a blank, and is not asked again first.",
    f"# {SKIPPED}:",
)


def _asked(questionnaire: Questionnaire, question: Question, indent: str) -> list[str]:
    key = question.id.partition(".")[2] or question.id  # below its group
    texts = [question.prompt, question.help, f"Why: {question.why}" if question.why else ""]
    lines = [f"{indent}# {line}".rstrip() for text in texts if text for line in _wrapped(text, 96 - len(indent))]
    lines.extend(f"{indent}#   {yaml_text.in_comment(where)}" for where in _among(question))
    for option in question.options:
        leads = f" ({option.leads_to})" if option.leads_to else ""
        lines.append(f"{indent}#   {yaml_text.in_comment(f'{option.value}: {option.label}{leads}')}")
    if question.ask_when:
        lines.append(f"{indent}# Asked only when {question.ask_when}.")
    default = questionnaire.written_defaults.get(question.id)
    if question.type == "records":
        return [*lines, *_asked_records(question, default, indent)]
    if default is not None:
        return [*lines, f"{indent}# {key}: {_yaml_text(default)}"]
    return [*lines, f"{indent}{'# ' if question.ask_when else ''}{key}:"]


def _asked_records(question: Question, default: Node | None, indent: str) -> list[str]:
    key = question.id.partition(".")[2] or question.id  # below its group
    lines = [f"{indent}# Each {yaml_text.in_comment(question.singular) or 'entry'} has:"]
    for entry in question.fields:
        options = ", ".join([*_among(entry), *(o.value for o in entry.options)])
        shown = f" ({options})" if options else ""
        when = f"; asked when {entry.ask_when}" if entry.ask_when else ""
        lines.append(f"{indent}#   {entry.id}: {yaml_text.in_comment(entry.prompt + shown + when)}")
    hide = "# " if default is not None or question.optional or question.ask_when else ""
    if isinstance(default, Sequence) and not default.items:
        return [*lines, f"{indent}# {key}: []"]
    lines.append(f"{indent}{hide}{key}:")
    if isinstance(default, Sequence):
        for item in default.items:
            pairs = list(item.entries.items()) if isinstance(item, yaml_tree.Mapping) else []
            lines.extend(
                f"{indent}# {'  - ' if not n else '    '}{k}: {_yaml_text(v)}" for n, (k, v) in enumerate(pairs)
            )
        return lines
    plain = [entry for entry in question.fields if not entry.ask_when and not entry.optional]
    return [*lines, *(f"{indent}# {'  - ' if not n else '    '}{e.id}:" for n, e in enumerate(plain))]


def _among(question: Question) -> Iterator[str]:
    """Yield where the answers to a question that is answered from a list are to be found."""
    if question.among and question.type == "choices":
        yield f"[some, of, {question.among}]"
    elif question.among:
        yield f"one of {question.among}"


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
