"""Clause text to paragraphs and tables whose fields, references and terms are still leaves.

The markup is the small part of Markdown that docs/library.md lists. Fields, references and directives
are set aside before Markdown is read, so that nothing inside them can be taken for markup, and they
are never text again: what an answer holds is not parsed by anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.language import Expression, ExpressionError, Kind

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

# A field has an end in sight, so that a line of a thousand "{{" is not read a thousand times.
_ASIDE = re.compile(
    r"\{\{(?P<field>.{0,2000}?)\}\}|\[\[(?P<link>[^\[\]\n]*)\]\]|\{(?P<word>when|each):(?P<rest>[^{}\n]*)\}|\{#(?P<label>[^{}\n]*)\}"
    r"|(?P<policy>\{policy\})"
)
DEEPEST_LIST = 2  # (a) and (i)
_OPEN, _CLOSE = "\ue000", "\ue001"  # around the number of what was set aside
_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_PIECES = re.compile(f"({_OPEN}[0-9]+{_CLOSE})")
_CELL_END = re.compile(r"(?<!\\)\|")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|[{}]|\[\[|\]\]")
_WIDE = re.compile(r"[\t\n][ \t\n]*| [ \t\n]+")  # any white space but a single space
_EACH = re.compile(r"\s*([a-z][a-z_]*)\s+in\s+(\S.*)")
LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINK = re.compile(r"((article|exhibit):)?[A-Za-z0-9][A-Za-z0-9-]*(\.[a-z0-9-]+)?")


@dataclass(slots=True)
class _Reading:
    """What one text's reading needs and finds; lives for that reading only."""

    path: str
    schema: Mapping[str, Kind]
    lines: list[str] = field(default_factory=list)
    aside: list[re.Match[str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, Place(self.path, line), message, hint))

    def checked(self, text: str, line: int, schema: Mapping[str, Kind]) -> tuple[Expression, Kind] | None:
        try:
            return language.check(language.parse(text.strip()), schema)
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

    bare = _ASIDE.sub(set_aside, text)
    reading.lines = bare.split("\n")
    tokens = _markdown().parse(bare)
    blocks = tuple(_blocks(tokens, first_line, reading))
    return blocks, tuple(reading.problems)


def parse_line(text: str, path: str, line: int, schema: Mapping[str, Kind]) -> tuple[Parts, tuple[Problem, ...]]:
    """Read one line of text with fields and references, such as a caption or a signer's title."""
    blocks, problems = parse(text, path, line, schema)
    if not blocks:
        return (), problems
    first = blocks[0]
    if len(blocks) > 1 or not isinstance(first, Passage) or first.style != "text" or first.guard != Guard():
        return (), (*problems, Problem("bad-text", Place(path, line), "one line of plain text belongs here"))
    return first.parts, problems


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    off = [
        "code",
        "fence",
        "hr",
        "lheading",
        "html_block",
        "html_inline",
        "autolink",
        "image",
        "link",
        "entity",
        "reference",
        "backticks",
    ]
    return (
        MarkdownIt("commonmark", {"typographer": True, "maxNesting": 20}).enable(["table", "smartquotes"]).disable(off)
    )


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
            yield grid
            place = end + 1
            continue
        if token.type == "ordered_list_open":
            depth += 1
            if depth > DEEPEST_LIST:
                reading.problem("bad-text", line, "the list is more than two levels deep", "two levels: (a) and (i)")
            if (start := token.attrGet("start")) is not None:
                what = f"a list starts with '{start}.', which would not be printed"
                reading.problem("bad-text", line, what, "a list starts with '1.'; let text start with a word")
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


_REFUSED = {
    "bullet_list_open": "lists with '-' or '*'",
    "blockquote_open": "quotations with '>'",
    "heading_open": "headings",
}


def _passage(token: Token, style: str, line: int, reading: _Reading) -> Iterator[Passage | PolicyText]:
    bare = _TOKEN.fullmatch(token.content.strip())
    if bare and reading.aside[int(bare.group(1))]["policy"]:
        yield PolicyText(line)
        return
    parts, guard = _inline(token, line, reading, reading.schema)
    yield Passage(parts, style, guard, line)  # type: ignore[arg-type]  # one of the three names


def _grid(tokens: list[Token], first_line: int, reading: _Reading) -> Grid:
    rows: list[Row] = []
    cells: list[Parts] = []
    guard, line = Guard(), first_line
    schema = reading.schema
    for token in tokens:
        if token.type == "tr_open":
            cells, guard, schema = [], Guard(), reading.schema
            place = token.map[0] if token.map else 0
            line = first_line + place
            written = _CELL_END.split(reading.lines[place].strip().removeprefix("|").removesuffix("|"))
            if rows and len(written) > len(rows[0].cells):
                what = f"the row has {len(written)} cells, the header {len(rows[0].cells)}"
                reading.problem("bad-text", line, what, "write a | that is text as \\|")
        elif token.type == "inline":
            parts, found = _inline(token, line, reading, schema)
            if not cells:
                guard, schema = found, _schema_in(found, schema)
            elif found != Guard():
                reading.problem(
                    "bad-text", line, "a condition stands in a later cell", "put it in the row's first cell"
                )
            cells.append(parts)
        elif token.type == "tr_close":
            rows.append(Row(tuple(cells), guard, line))
    head = rows[0]
    if head.guard.each:
        reading.problem("bad-text", head.line, "a table's header can't be repeated", "use 'each' in a row")
    return Grid(head.cells, tuple(rows[1:]), head.guard, head.line)


def _schema_in(guard: Guard, schema: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """Return the names that are known inside an `each`."""
    if not guard.each:
        return schema
    fields = language.check(guard.each.expression, schema)[1].fields
    return {**schema, guard.each.name: Kind("record", fields=fields)}


@dataclass(slots=True)
class _Inline:
    """One paragraph's reading: the line reached, the names known, the parts and the guard found so far."""

    reading: _Reading
    line: int
    schema: Mapping[str, Kind]
    parts: list[Part] = field(default_factory=list)
    guard: Guard = field(default_factory=Guard)
    directives: set[str] = field(default_factory=set)
    bold: str | None = None

    def problem(self, message: str, hint: str = "") -> None:
        self.reading.problem("bad-text", self.line, message, hint)

    def take(self, child: Token) -> None:
        """Take one of Markdown's inline tokens."""
        if child.type == "strong_open":
            self.bold = ""
        elif child.type == "strong_close":
            self.parts.append(Term(re.sub(r"\s+", " ", self.bold or "").strip()))
            self.bold = None
        elif child.type in ("softbreak", "hardbreak"):
            self.line += 1
            self.words(" ")
        elif child.type == "text":
            for piece in filter(None, _PIECES.split(child.content)):
                number = _TOKEN.fullmatch(piece)
                if number is None:
                    self.words(piece)
                else:
                    self.set_aside(self.reading.aside[int(number.group(1))])
        elif not child.type.endswith("_close"):
            what = {"em_open": "italics"}.get(child.type, child.type)
            self.problem(f"{what} are not used here", "write plain words")

    def words(self, text: str) -> None:
        if (stray := _STRAY.search(text)) is not None:
            hint = "a field is {{ question }} in one line, a reference [[clause]]"
            self.problem(f"'{stray.group()}' is not closed, or opens nothing", hint)
        if self.bold is None:
            self.parts.append(Words(text))
        else:
            self.bold += text

    def set_aside(self, found: re.Match[str]) -> None:
        """Take a field, a reference or a directive that was set aside before Markdown was read."""
        if self.bold is not None:
            self.problem(f"'{found.group()}' stands in bold", "bold is for a term being defined")
        elif found["link"] is not None:
            self.link(found["link"].strip())
        elif found["field"] is not None:
            checked = self.reading.checked(found["field"], self.line, self.schema)
            if checked and checked[1].name in ("record", "records"):
                self.problem(f"'{found.group()}' is a whole record", "name one of its fields")
            elif checked:
                self.parts.append(Field(*checked, found["field"].strip(), self.line))
        elif found["policy"] is not None:
            self.problem(f"'{found.group()}' must be a paragraph of its own")
        else:
            self.directive(found)

    def link(self, target: str) -> None:
        if _LINK.fullmatch(target):
            self.parts.append(Link(target, self.line))
        else:
            self.problem(f"'[[{target}]]' is not a reference", "write [[clause]]")

    def directive(self, found: re.Match[str]) -> None:
        if any(not isinstance(part, Words) or part.text.strip() for part in self.parts):
            self.problem(f"'{found.group()}' must stand at the start", "move it to the front")
        kind = found["word"] or "label"
        if kind in self.directives:
            self.problem(f"'{found.group()}' stands beside another of its kind", "join conditions with 'and'")
        self.directives.add(kind)
        if found["label"] is not None:
            label = found["label"].strip()
            if not LABEL.fullmatch(label):
                self.problem(f"'{label}' is not a label", "small letters, digits and hyphens")
            self.guard = replace(self.guard, label=label)
        elif found["word"] == "when":
            checked = self.reading.checked(found["rest"], self.line, self.schema)
            self.guard = replace(self.guard, when=checked[0] if checked else None)
        else:
            self.guard = replace(self.guard, each=self.each(found["rest"]))
            self.schema = _schema_in(self.guard, self.schema)

    def each(self, text: str) -> Each | None:
        match = _EACH.fullmatch(text)
        if not match:
            self.problem(f"'{text.strip()}' names no list", "write {each: person in people}")
            return None
        name, listed = match.groups()
        checked = self.reading.checked(listed, self.line, self.schema)
        if checked and checked[1].name != "records":
            self.problem(f"'{listed}' is not a list of records", "use a question of type records")
            return None
        if not language.is_free(name, self.schema):
            self.problem(f"'{name}' is a question's name", "give the record another name")
        return Each(name, checked[0]) if checked else None


def _inline(token: Token, line: int, reading: _Reading, schema: Mapping[str, Kind]) -> tuple[Parts, Guard]:
    """Turn one paragraph's inline tokens into parts, and the directives at its start into a guard."""
    taking = _Inline(reading, line, schema)
    for child in token.children or []:
        taking.take(child)
    return _tidied(taking.parts), taking.guard


def _tidied(parts: list[Part]) -> Parts:
    """Join adjacent words, squeeze spaces, and trim both ends, so that one text has one encoding."""
    made: list[Part] = []
    for part in parts:
        if isinstance(part, Words) and made and isinstance(made[-1], Words):
            made[-1] = Words(made[-1].text + part.text)
        else:
            made.append(part)
    made = [Words(_WIDE.sub(" ", p.text)) if isinstance(p, Words) else p for p in made]
    if made and isinstance(made[0], Words):
        made[0] = Words(made[0].text.lstrip(" "))
    if made and isinstance(made[-1], Words):
        made[-1] = Words(made[-1].text.rstrip(" "))
    return tuple(p for p in made if not isinstance(p, Words) or p.text)
