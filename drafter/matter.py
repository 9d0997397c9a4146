"""The text of an answers file: a new one with every question in it, or one line of it changed.

One rule: what a person wrote stays as it was, comments and order included.
"""

from __future__ import annotations

import re
import textwrap

from drafter import source
from drafter.answers import ALTERNATIVES
from drafter.questionnaire import Question, Questionnaire
from drafter.source import DraftingError, Node, Problem, Scalar, Sequence
from drafter.source import Mapping as Tree


def with_alternative(text: str, name: str, clause: str, alternative: str) -> str:
    """Return the text of an answers file with one clause's alternative set; no other line changes."""
    tree = source.parse_yaml(text, name)
    lines = text.split("\n")
    entry = f"{clause}: {alternative}"
    chosen = tree.entries.get(ALTERNATIVES)
    if isinstance(chosen, Tree) and clause in chosen.keys:
        place = chosen.keys[clause].line - 1
        old = re.match(r"(\s*)[^#]*?(\s+#.*)?$", lines[place])
        indent, comment = (old.group(1), old.group(2) or "") if old else ("  ", "")
        lines[place] = f"{indent}{entry}{comment}"
    elif isinstance(chosen, Tree) and chosen.keys:
        first = min(place.line for place in chosen.keys.values()) - 1
        indent = re.match(r"\s*", lines[first]).group()  # type: ignore[union-attr]  # always matches
        lines.insert(first, indent + entry)
    elif ALTERNATIVES in tree.entries:
        place = tree.keys[ALTERNATIVES].line - 1
        lines[place] = re.sub(r":\s*(null|~|\{\s*\})?(?=\s|$)", ":", lines[place], count=1)
        lines.insert(place + 1, f"  {entry}")
    else:
        while lines and not lines[-1].strip():
            lines.pop()
        lines.extend(["", f"{ALTERNATIVES}:", f"  {entry}", ""])
    changed = "\n".join(lines)
    again = source.at(source.parse_yaml(changed, name), (ALTERNATIVES, clause))
    if not isinstance(again, Scalar) or again.text != alternative:
        what = "the line of this alternative can't be changed by itself"
        hint = f"write 'alternatives:' and below it '  {entry}' by hand"
        raise DraftingError(Problem("unchangeable-line", tree.keys.get(ALTERNATIVES, tree.source), what, hint))
    return changed


# -- a new file ---------------------------------------------------------------------------------


def blank_file(questionnaire: Questionnaire, title: str) -> str:
    """Return the text of a new answers file: every question with its help and default as comments.

    A question with a default stands as a comment, to be opened when the answer differs; one without
    stands open and empty, and prints as a blank until it is answered.
    """
    lines = [f"# Answers: {title}", *_INTRODUCTION]
    opened: set[str] = set()
    for section in questionnaire.sections:
        lines.extend(["", f"# {'=' * 78}", f"# {section.title}", f"# {'=' * 78}"])
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
    key = question.id.rpartition(".")[2]
    told = [question.prompt, question.help, f"Why: {question.why}" if question.why else ""]
    lines = [f"{indent}# {line}".rstrip() for text in told if text for line in _wrapped(text, 96 - len(indent))]
    for option in question.options:
        lead = f"{indent}#   {option.value}: {option.label}"
        lines.append(lead if not option.leads_to else f"{lead} ({option.leads_to})")
    if question.ask_when:
        lines.append(f"{indent}# Asked only when {question.ask_when}.")
    default = questionnaire.defaults.get(question.id)
    if question.type == "records":
        return [*lines, *_asked_records(question, default, indent)]
    if default is not None:
        return [*lines, f"{indent}# {key}: {_yaml_text(default)}"]
    return [*lines, f"{indent}{'# ' if question.ask_when else ''}{key}:"]


def _asked_records(question: Question, default: Node | None, indent: str) -> list[str]:
    key = question.id.rpartition(".")[2]
    lines = [f"{indent}# Each {question.singular or 'entry'} has:"]
    for entry in question.fields:
        options = f" ({', '.join(o.value for o in entry.options)})" if entry.options else ""
        when = f"; asked when {entry.ask_when}" if entry.ask_when else ""
        lines.append(f"{indent}#   {entry.id}: {entry.prompt}{options}{when}")
    hide = "# " if default is not None or question.optional or question.ask_when else ""
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
        return f"[{', '.join(map(_yaml_text, node.items))}]"
    text = node.text if isinstance(node, Scalar) else ""
    plain = re.fullmatch(r"[A-Za-z0-9][^:#\n\"'\[\]{}]*", text) and text.strip() == text
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _wrapped(text: str, width: int) -> list[str]:
    return [line for block in re.split(r"\n\s*\n", text.strip()) for line in textwrap.wrap(block, width)]
