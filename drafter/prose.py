"""Clause text to paragraphs and tables whose fields, references and terms are still leaves.

The markup is the small part of Markdown that docs/library.md lists. Fields, references and directives
are set aside before Markdown is read, so that nothing inside them can be taken for markup, and they
are never text again: what an answer holds is not parsed by anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from drafter import expressions
from drafter.expressions import Expression, ExpressionError, Kind
from drafter.source import Problem, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Style = Literal["text", "item", "subitem"]


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term at its definition."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A leaf that an answer fills: the checked expression, its kind, and its text as written."""

    expression: Expression
    kind: Kind
    written: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A cross-reference by id: a clause, `clause.label`, `article:id` or `exhibit:id`."""

    target: str
    line: int


Part = Words | Term | Field | Link
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Repeat for each record: the name the record gets, and the expression for the list."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Guard:
    """When a paragraph, item or row stands, how often, and the label it can be referred to by."""

    when: Expression | None = None
    each: Each | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item of a clause's text."""

    parts: Parts
    style: Style
    guard: Guard
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Parts, ...]
    guard: Guard
    line: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its header, its rows, and when it stands."""

    header: tuple[Parts, ...]
    rows: tuple[Row, ...]
    guard: Guard
    line: int


@dataclass(frozen=True, slots=True)
class PolicyText:
    """The place of the policy's own paragraphs."""

    line: int


ProseBlock = Passage | Grid | PolicyText
Prose = tuple[ProseBlock, ...]

_ASIDE = re.compile(
    r"\{\{(?P<field>.*?)\}\}|\[\[(?P<link>[^\[\]\n]*)\]\]|\{(?P<word>when|each):(?P<rest>[^{}\n]*)\}|\{#(?P<label>[^{}\n]*)\}"
    r"|(?P<policy>\{policy\})"
)
_OPEN, _CLOSE = "\ue000", "\ue001"  # around the number of what was set aside
_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_PIECES = re.compile(f"({_OPEN}[0-9]+{_CLOSE})")
_EACH = re.compile(r"\s*([a-z][a-z_]*)\s+in\s+(\S.*)")
LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINK = re.compile(r"((article|exhibit):)?[A-Za-z0-9][A-Za-z0-9-]*(\.[a-z0-9-]+)?")


@dataclass(slots=True)
class _Reading:
    """What one text's reading needs and finds; lives for that reading only."""

    path: str
    schema: Mapping[str, Kind]
    aside: list[re.Match[str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, Source(self.path, line), message, hint))

    def checked(self, text: str, line: int, schema: Mapping[str, Kind]) -> tuple[Expression, Kind] | None:
        try:
            return expressions.check(expressions.parse(text.strip()), schema)
        except ExpressionError as error:
            self.problem("bad-expression", line, str(error), error.hint)
            return None


def parse(text: str, path: str, first_line: int, schema: Mapping[str, Kind]) -> tuple[Prose, tuple[Problem, ...]]:
    """Read the text of one wording; return its blocks, and all problems with file and line.

    `first_line` is the line of the file at which the text starts; `schema` says which names fields may use.
    """
    reading = _Reading(path, schema)
    if (found := re.search("[\ue000-\uf8ff]", text)) is not None:
        line = first_line + text[: found.start()].count("\n")
        reading.problem("private-character", line, f"U+{ord(found.group()):04X} has no meaning in text", "delete it")
        return (), tuple(reading.problems)

    def set_aside(match: re.Match[str]) -> str:
        reading.aside.append(match)
        return f"{_OPEN}{len(reading.aside) - 1}{_CLOSE}"

    tokens = _markdown().parse(_ASIDE.sub(set_aside, text))
    blocks = tuple(_blocks(tokens, first_line, reading))
    return blocks, tuple(reading.problems)


def parse_line(text: str, path: str, line: int, schema: Mapping[str, Kind]) -> tuple[Parts, tuple[Problem, ...]]:
    """Read one line of text with fields and references, such as a caption or a signer's title."""
    blocks, problems = parse(text, path, line, schema)
    if not blocks:
        return (), problems
    first = blocks[0]
    if len(blocks) > 1 or not isinstance(first, Passage) or first.style != "text" or first.guard != Guard():
        return (), (*problems, Problem("bad-text", Source(path, line), "one line of plain text belongs here"))
    return first.parts, problems


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    off = ["code", "fence", "hr", "lheading", "html_block", "html_inline", "autolink", "image", "link", "entity", "reference", "backticks"]  # fmt: skip
    return MarkdownIt("commonmark", {"typographer": True, "maxNesting": 20}).enable(["table", "smartquotes"]).disable(off)


def _blocks(tokens: list[Token], first_line: int, reading: _Reading) -> Iterator[ProseBlock]:
    """Walk Markdown's flat list of block tokens."""
    depth, place, seen_in_item = 0, 0, 0
    while place < len(tokens):
        token = tokens[place]
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "table_open":
            end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
            grid = _grid(tokens[place:end], first_line, reading)
            if depth:
                reading.problem("bad-text", line, "a table stands inside a list", "end the list before it")
            if grid:
                yield grid
            place = end + 1
            continue
        if token.type == "ordered_list_open":
            depth += 1
            if depth > 2:
                reading.problem("bad-text", line, "the list is more than two levels deep", "two levels: (a) and (i)")
        elif token.type == "ordered_list_close":
            depth -= 1
        elif token.type == "list_item_open":
            seen_in_item = 0
        elif token.type == "inline":
            seen_in_item += 1
            if depth and seen_in_item > 1:
                reading.problem("bad-text", line, "an item has a second paragraph", "make it an item of its own")
            yield from _passage(token, ("text", "item", "subitem")[min(depth, 2)], line, reading)
        elif token.type in _REFUSED:
            reading.problem("bad-text", line, f"{_REFUSED[token.type]} are not used here", "see docs/library.md")
        place += 1


_REFUSED = {"bullet_list_open": "lists with '-' or '*'", "blockquote_open": "quotations with '>'", "heading_open": "headings"}


def _passage(token: Token, style: str, line: int, reading: _Reading) -> Iterator[Passage | PolicyText]:
    bare = _TOKEN.fullmatch(token.content.strip())
    if bare and reading.aside[int(bare.group(1))]["policy"]:
        yield PolicyText(line)
        return
    parts, guard = _inline(token, line, reading, reading.schema)
    yield Passage(parts, style, guard, line)  # type: ignore[arg-type]  # one of the three names


def _grid(tokens: list[Token], first_line: int, reading: _Reading) -> Grid | None:
    rows: list[Row] = []
    cells: list[Parts] = []
    guard, line = Guard(), first_line
    schema = reading.schema
    for token in tokens:
        if token.type == "tr_open":
            cells, guard, schema = [], Guard(), reading.schema
            line = first_line + (token.map[0] if token.map else 0)
        elif token.type == "inline":
            parts, found = _inline(token, line, reading, schema)
            if not cells:
                guard, schema = found, _schema_in(found, schema)
            elif found != Guard():
                reading.problem("bad-text", line, "a condition stands in a later cell", "put it in the row's first cell")
            cells.append(parts)
        elif token.type == "tr_close":
            rows.append(Row(tuple(cells), guard, line))
    if not rows:
        return None
    head = rows[0]
    if head.guard.each:
        reading.problem("bad-text", head.line, "a table's header can't be repeated", "use 'each' in a row")
    return Grid(head.cells, tuple(rows[1:]), head.guard, head.line)


def _schema_in(guard: Guard, schema: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """Return the names that are known inside an `each`."""
    if not guard.each:
        return schema
    try:
        fields = expressions.check(guard.each.expression, schema)[1].fields
    except ExpressionError:  # said already where the `each` was read
        fields = {}
    return {**schema, guard.each.name: Kind("record", fields=fields)}


def _inline(token: Token, line: int, reading: _Reading, schema: Mapping[str, Kind]) -> tuple[Parts, Guard]:
    """Turn one paragraph's inline tokens into parts, and the directives at its start into a guard."""
    guard = Guard()
    parts: list[Part] = []
    inside_strong = False
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            inside_strong = child.type == "strong_open"
        elif child.type in ("softbreak", "hardbreak"):
            line += 1
            parts.append(Words(" "))
        elif child.type == "text":
            for piece in _PIECES.split(child.content):
                if not piece:
                    continue
                number = _TOKEN.fullmatch(piece)
                if number is None:
                    _words(piece, inside_strong, parts, line, reading)
                    continue
                found = reading.aside[int(number.group(1))]
                if found["field"] is not None or found["link"] is not None:
                    _leaf(found, inside_strong, parts, line, reading, schema)
                else:
                    guard = _directive(found, guard, parts, line, reading, schema)
                    schema = _schema_in(guard, reading.schema) if found["word"] == "each" else schema
        else:
            what = {"em_open": "italics"}.get(child.type, child.type)
            if not child.type.endswith("_close"):
                reading.problem("bad-text", line, f"{what} are not used here", "write plain words")
    return _tidied(parts), guard


def _words(text: str, inside_strong: bool, parts: list[Part], line: int, reading: _Reading) -> None:  # noqa: FBT001
    if inside_strong:
        parts.append(Term(text.strip()))
        return
    if (stray := re.search(r"\{\{|\}\}|\{%|%\}|[{}]|\[\[|\]\]", text)) is not None:
        hint = "a field is {{ question }} in one line, a reference [[clause]]"
        reading.problem("bad-text", line, f"'{stray.group()}' is not closed, or opens nothing", hint)
    parts.append(Words(text))


def _leaf(  # noqa: PLR0913
    found: re.Match[str], inside_strong: bool, parts: list[Part], line: int, reading: _Reading, schema: Mapping[str, Kind]  # noqa: FBT001,E501
) -> None:
    if inside_strong:
        reading.problem("bad-text", line, f"'{found.group()}' stands in bold", "bold is for a term being defined")
    elif found["link"] is not None:
        target = found["link"].strip()
        if not _LINK.fullmatch(target):
            reading.problem("bad-text", line, f"'{found.group()}' is not a reference", "write [[clause]]")
            return
        parts.append(Link(target, line))
    elif checked := reading.checked(found["field"], line, schema):
        parts.append(Field(*checked, found["field"].strip(), line))


def _directive(  # noqa: PLR0913
    found: re.Match[str], guard: Guard, parts: list[Part], line: int, reading: _Reading, schema: Mapping[str, Kind]
) -> Guard:
    if any(not isinstance(part, Words) or part.text.strip() for part in parts):
        reading.problem("bad-text", line, f"'{found.group()}' must stand at the start", "move it to the front")
    if found["label"] is not None:
        label = found["label"].strip()
        if not LABEL.fullmatch(label):
            reading.problem("bad-text", line, f"'{label}' is not a label", "small letters, digits and hyphens")
        return Guard(guard.when, guard.each, label)
    if found["word"] == "when":
        checked = reading.checked(found["rest"], line, schema)
        return Guard(checked[0] if checked else None, guard.each, guard.label)
    if found["word"] == "each":
        return Guard(guard.when, _each(found["rest"], line, reading, schema), guard.label)
    reading.problem("bad-text", line, f"'{found.group()}' must be a paragraph of its own")
    return guard


def _each(text: str, line: int, reading: _Reading, schema: Mapping[str, Kind]) -> Each | None:
    match = _EACH.fullmatch(text)
    if not match:
        reading.problem("bad-text", line, f"'{text.strip()}' names no list", "write {each: officer in officers}")
        return None
    name, listed = match.groups()
    checked = reading.checked(listed, line, schema)
    if checked and checked[1].name != "records":
        reading.problem("bad-text", line, f"'{listed}' is not a list of records", "use a question of type records")
        return None
    if name in schema:
        reading.problem("bad-text", line, f"'{name}' is a question's name", "give the record another name")
    return Each(name, checked[0]) if checked else None


def _tidied(parts: list[Part]) -> Parts:
    """Join adjacent words, squeeze spaces, and trim both ends, so that one text has one encoding."""
    made: list[Part] = []
    for part in parts:
        if isinstance(part, Words) and made and isinstance(made[-1], Words):
            made[-1] = Words(made[-1].text + part.text)
        else:
            made.append(part)
    made = [Words(re.sub(r"[ \t\n]+", " ", p.text)) if isinstance(p, Words) else p for p in made]
    if made and isinstance(made[0], Words):
        made[0] = Words(made[0].text.lstrip(" "))
    if made and isinstance(made[-1], Words):
        made[-1] = Words(made[-1].text.rstrip(" "))
    return tuple(p for p in made if not isinstance(p, Words) or p.text)
