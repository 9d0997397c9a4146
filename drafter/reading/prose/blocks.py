"""Reads the text of one wording: its paragraphs, list items and tables, each with its line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from drafter.base import english, yaml_tree
from drafter.base.problems import Place, Problem
from drafter.language import Kind
from drafter.reading.prose import aside, inline
from drafter.reading.prose.inline import Reading
from drafter.reading.prose.tree import (
    Field,
    Grid,
    Guard,
    Parts,
    Passage,
    PolicyText,
    Prose,
    ProseBlock,
    Row,
    Style,
    Title,
    Words,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

STYLES: tuple[Style, ...] = ("text", "item", "subitem")  # by how deep in lists: none, (a), (i)
_CELL_END = re.compile(r"(?<!\\)\|")
_REFUSED = {
    "bullet_list_open": "lists with '-' or '*'",
    "blockquote_open": "quotations with '>'",
    "heading_open": "headings",
}
_OFF = [
    "code", "fence", "hr", "lheading", "html_block", "html_inline", "autolink", "image", "link", "entity", "reference",
    "backticks",
]  # fmt: skip


def parse(text: str, path: str, first_line: int, schema: Mapping[str, Kind]) -> tuple[Prose, tuple[Problem, ...]]:
    """Read the text of one wording; return its blocks, and all problems with file and line.

    `first_line` is the line of the file at which the text starts; `schema` says which names fields may use.
    """
    reading = Reading(path, schema)
    if (found := aside.PRIVATE.search(text)) is not None:
        line = first_line + text[: found.start()].count("\n")
        reading.problem("private-character", line, f"U+{ord(found.group()):04X} has no meaning in text", "delete it")
        return (), tuple(reading.problems)
    bare, reading.aside = aside.set_aside(text)
    reading.lines = bare.split("\n")
    blocks = tuple(_blocks(_markdown().parse(bare), first_line, reading))
    return blocks, tuple(reading.problems)


def parse_line(text: str, path: str, line: int, schema: Mapping[str, Kind]) -> tuple[Parts, tuple[Problem, ...]]:
    """Read one line of text with fields and references, such as a caption or a signer's title."""
    blocks, problems = parse(text, path, line, schema)
    if not blocks:
        return (), problems
    first = blocks[0]
    if len(blocks) > 1 or not isinstance(first, Passage) or first.style != "text" or first.guard != Guard():
        return (), (*problems, Problem("bad-text", Place(path, line), "only one line of plain text can go here"))
    return first.parts, problems


def unfilled(node: yaml_tree.Node, fillable: Container[str]) -> Iterator[Problem]:
    """Find the fields in a YAML tree that nothing fills, but for those below the keys that are `fillable`."""
    match node:
        case yaml_tree.Scalar(text=text, place=place):
            for found in aside.fields(text):
                what = f"'{found}' is where no field is filled, and would be printed as it is"
                yield Problem("bad-text", place, what, "say it in words; titles and texts of clauses have fields")
        case yaml_tree.Sequence(items=items):
            for item in items:
                yield from unfilled(item, fillable)
        case yaml_tree.Mapping(entries=entries):
            for key, entry in entries.items():
                if key not in fillable:
                    yield from unfilled(entry, fillable)


_PLAIN = re.compile(r"[^\W\d_][\w ,;:()/&.\u2019-]*")


def parse_title(text: str, path: str, line: int, schema: Mapping[str, Kind]) -> tuple[Title, tuple[Problem, ...]]:
    """Read the title of a contract, an article, an exhibit or a clause: words, and fields where it has some."""
    if _PLAIN.fullmatch(text):
        return text, ()
    parts, problems = parse_line(text, path, line, schema)
    if any(not isinstance(part, Words | Field) for part in parts):
        what = f"the title '{text}' holds a reference or words in bold"
        problems = (*problems, Problem("bad-text", Place(path, line), what, "a title is plain words and fields"))
    if all(isinstance(part, Words) for part in parts):
        return "".join(part.text for part in parts if isinstance(part, Words)), problems
    return parts, problems


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable(_OFF)
    parser.core.ruler.before("text_join", "quotes", _turn_quotes)  # a mark after a backslash isn't joined yet
    return parser


def _turn_quotes(state: StateCore) -> None:
    """Turn the straight quotation marks of each paragraph as one text, whatever it is divided into."""
    for token in state.tokens:
        children = token.children or []
        pieces = [child.content if child.type == "text" else _beside(child) for child in children]
        turned = iter(english.typographic("".join(pieces)))
        for child, piece in zip(children, pieces, strict=True):
            made = "".join(islice(turned, len(piece)))
            child.content = made if child.type == "text" else child.content


def _beside(child: Token) -> str:
    """Return what a quotation mark is next to where a text ends: a space at a line's end, nothing at bold."""
    return {"softbreak": " ", "hardbreak": " ", "text_special": "\ue000" * len(child.content)}.get(child.type, "")


def _blocks(tokens: list[Token], first_line: int, reading: Reading) -> Iterator[ProseBlock]:
    """Walk Markdown's flat list of block tokens, and yield the blocks that they make."""
    depth, place, seen_in_item = 0, 0, 0
    while place < len(tokens):
        token = tokens[place]
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "table_open":
            end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
            grid = _grid(tokens[place:end], first_line, reading)
            if depth:
                reading.problem("bad-text", line, "a table is inside a list", "end the list before the table")
            yield grid
            place = end
        elif token.type == "ordered_list_open":
            depth += 1
            _list_problems(token, depth, line, reading)
        elif token.type == "ordered_list_close":
            depth -= 1
        elif token.type == "list_item_open":
            seen_in_item = 0
        elif token.type == "inline":
            seen_in_item += 1
            if depth and seen_in_item > 1:
                reading.problem("bad-text", line, "an item has a second paragraph", "make it an item of its own")
            yield _passage(token, STYLES[min(depth, len(STYLES) - 1)], line, reading)
        elif token.type in _REFUSED:
            reading.problem("bad-text", line, f"{_REFUSED[token.type]} can't be used here", "see docs/library.md")
        place += 1


def _list_problems(token: Token, depth: int, line: int, reading: Reading) -> None:
    """Keep the problems of a list that opens: too deep, or a number that would be lost."""
    if depth >= len(STYLES):
        reading.problem("bad-text", line, "the list is more than two levels deep", "use two levels: (a) and (i)")
    if (start := token.attrGet("start")) is not None:
        what = f"a list starts with '{start}.', which would not be printed"
        reading.problem("bad-text", line, what, "start a list with '1.'; if this is no list, start it with a word")


def _passage(token: Token, style: Style, line: int, reading: Reading) -> Passage | PolicyText:
    pieces = list(aside.taken_back(token.content.strip(), reading.aside))
    if pieces and not isinstance(pieces[-1], str) and pieces[-1]["policy"] and inline.are_directives(pieces[:-1]):
        return PolicyText(line, inline.read_guard(pieces[:-1], line, reading))
    parts, guard = inline.read(token, line, reading, reading.schema)
    return Passage(parts, style, guard, line)


def _grid(tokens: list[Token], first_line: int, reading: Reading) -> Grid:
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
                what = f"the row has {len(written)} cells, but the header has {len(rows[0].cells)}"
                reading.problem("bad-text", line, what, "write a | within text as \\|")
        elif token.type == "inline":
            parts, found = inline.read(token, line, reading, schema)
            if not cells:
                guard, schema = found, inline.schema_in(found, schema)
            elif found != Guard():
                what = "a condition, repetition or label is not in the row's first cell"
                reading.problem("bad-text", line, what, "move it to the first cell")
            cells.append(parts)
        elif token.type == "tr_close":
            rows.append(Row(tuple(cells), guard, line))
    head = rows[0]
    if head.guard.each:
        reading.problem("bad-text", head.line, "a table's header can't be repeated", "use 'each' in a row")
    return Grid(head.cells, tuple(rows[1:]), head.guard, head.line)
