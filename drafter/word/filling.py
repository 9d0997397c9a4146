"""Fills a template: the one way in which words get into a Word file.

One rule, for security: docxtpl and Jinja only see tokens, short marks of private-use characters that say nothing. The
words take the tokens' places afterwards, in the XML tree, so no answer can be read as a field, a tag or an expression.
Each token is replaced once, and what has replaced it is not searched again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.comparing import lines
from drafter.comparing.lines import Line, Mark
from drafter.contract import Blank, Runs, Text, joined, run_text
from drafter.values import dataclass
from drafter.word import rendered, template
from drafter.word.kinds import Kind, Shape
from drafter.word.oxml import changes, elements, package, spaces, tokens, traces
from drafter.word.oxml.changes import Stamp
from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import Package
from drafter.word.oxml.tokens import Context, Given, Put, Token, TokenEntry, TokenList
from drafter.word.template import Template

# -- what is filled in --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inline:
    """A field within a paragraph; `mark` is that of the entry of a list that it is.

    `style` is the name of the style that its paragraph takes, `face` that of its words' character style; `link` is
    where the words of its paragraph lead, an address or `#` and a bookmark's name; `bookmark` is that of its words.
    """

    line: Line
    mark: Mark = "kept"
    style: str = ""
    face: str = ""
    link: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A field that takes the place of its whole paragraph."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A field that only a condition asks for: whether it holds in the base, and in the revision."""

    base: bool
    revised: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list that has fields of its own."""

    fields: Mapping[str, Field]
    mark: Mark = "kept"


Field = Inline | Blocks | Flag | Entry | Sequence["Field"]
Write = Callable[[Inline, Element | None], list[Element]]


def said(words: str | Runs, *, style: str = "", face: str = "", link: str = "", bookmark: str = "") -> Inline:
    """Make a field of words that are in no redline."""
    runs: Runs = joined([Text(words)]) if isinstance(words, str) else words
    return Inline(lines.compare(runs, runs), "kept", style, face, link, bookmark)


def field(value: object, shape: Shape) -> Field:
    """Make a field of a shape from a value: a text, runs, a truth, or entries, each a value or a tuple in its order."""
    if isinstance(value, Inline):
        return value
    if isinstance(value, bool):
        return Flag(value, value)
    if shape == "line":
        return said(value)  # type: ignore[arg-type]  # by the shape
    assert isinstance(value, Sequence)  # noqa: S101  # by the shape
    if isinstance(shape, str):
        return [field(line, "line") for line in value]
    return [_entry(entry, shape) for entry in value]


def _entry(value: object, shapes: Mapping[str, Shape]) -> Entry:
    match value:
        case Mapping():
            given = value
        case tuple():
            given = dict(zip(shapes, value, strict=True))
        case _:
            given = {name: getattr(value, name) for name in shapes}
    return Entry({name: field(given[name], shape) for name, shape in shapes.items()})


# -- filling ------------------------------------------------------------------------------------


def document(kind: Kind, values: Mapping[str, object], path: Path, title: str) -> bytes:
    """Write a document of a kind with a template; `title` is that of its properties.

    Equal values and templates give equal bytes. DraftingError when the template is not in order.
    """
    loaded = template.load(path, kind)
    made = {name: field(values[name], shape) for name, shape in kind.fields.items()}
    return package.pack(traces.scrub(filled(loaded, made, plain(loaded)), title))


def check(path: Path, kind: str = "") -> tuple[Problem, ...]:
    """Return what is wrong with a template, known by its fields; nothing when a document can be written with it.

    `kind` is the name of the kind that it must be of, where only one will do.
    """
    try:
        stop_at(template.of_other_kind(path, kind) if kind else ())
        loaded = template.load(path, template.kind_of(path))
        filled(loaded, {name: _sample(shape) for name, shape in loaded.kind.fields.items()}, lambda _field, _base: [])
    except DraftingError as error:
        return error.problems
    return ()


def _sample(shape: Shape) -> Field:
    """Make a field of a shape; each list has two entries: a loop that is cut up goes wrong only at the second."""
    match shape:
        case "line":
            return said("word")
        case "lines":
            return [said("word")] * 2
        case "flag":
            return Flag(base=True, revised=True)
        case "block":
            return Blocks(())
        case _:
            return [Entry({name: _sample(inner) for name, inner in shape.items()})] * 2


def plain(loaded: Template) -> Write:
    """Return what writes fields that are in no redline: runs, blanks in their style."""

    def write(field: Inline, base: Element | None) -> list[Element]:
        face = loaded.style(field.face, "character") if field.face else ""
        runs = [
            elements.run(run_text(run), base, loaded.style("Blank", "character") if isinstance(run, Blank) else face)
            for run in lines.take(field.line, "revised")
        ]
        return elements.bookmark(field.bookmark, runs) if field.bookmark else runs

    return write


def filled(loaded: Template, fields: Mapping[str, Field], write: Write, stamp: Stamp | None = None) -> Package:
    """Fill a template and return its parts. DraftingError for whatever the template does wrong.

    `write` makes the runs of an inline field, which take the properties of the run that the field was in. With a
    `stamp`, the template's own words are marked too, in a loop or a condition of which an entry is marked.
    """
    leaves: list[tuple[str, Inline | Blocks]] = []
    context = tuple((name, _tokens(value, name, loaded.marks, leaves)) for name, value in fields.items())
    parts = _rendered(loaded, context, marked=stamp is not None)
    token = tokens.pattern(loaded.marks)
    trees = {name: package.parse(parts[name]) for name in package.texts(parts)}
    numbers = [n for tree in trees.values() for n in tokens.numbers(tree, token, loaded.marks[0])]
    stop_at(_misplaced(leaves, numbers, loaded.place))
    number = 1
    for tree in trees.values():
        traces.strip_traces(tree)
        tokens.fill(tree, token, lambda at: _put(leaves[at][1], write, loaded))
        spaces.keep_together(tree)
        elements.complete_cells(tree)
        elements.release_last_rows(tree)
        if stamp is not None:
            changes.regions(tree, stamp)
            changes.settle(tree)
            changes.separate(tree)
            number = elements.number_bookmarks(tree, changes.number(tree, number))
        else:
            elements.number_bookmarks(tree)
    made = parts | {name: package.serialize(tree) for name, tree in trees.items()}
    stop_at(template.unmarked(made, loaded))
    return made


def _put(leaf: Inline | Blocks, write: Write, loaded: Template) -> Put:
    match leaf:
        case Blocks():
            return Put(lambda _base: [], leaf.elements)
        case Inline():
            style = loaded.style(leaf.style) if leaf.style else ""
            return Put(lambda base: write(leaf, base), style=style, link=leaf.link)


def _misplaced(
    leaves: Sequence[tuple[str, Inline | Blocks]], numbers: Sequence[tuple[int, bool]], place: Place
) -> Iterator[Problem]:
    """Find the fields that can't be filled, by the numbers of the tokens and whether each is alone in a paragraph."""
    for number, alone in numbers:
        if number < 0:
            message = "a field is cut up, or is where there can be no text (in a link's address, or a picture's name)"
            yield Problem("misplaced-field", place, message, "write fields whole, without filters, in the text")
        elif isinstance(leaves[number][1], Blocks) and (not alone or numbers.count((number, alone)) > 1):
            name = leaves[number][0]
            message = f"the field '{name}' has other text beside it, or is used more than once"
            yield Problem("misplaced-field", place, message, f"put {{{{ {name} }}}} once, in a paragraph of its own")


# -- tokens -------------------------------------------------------------------------------------


def _tokens(field: Field, name: str, marks: tuple[str, str], leaves: list[tuple[str, Inline | Blocks]]) -> Given:
    """Return what Jinja sees in a field's place: tokens that count the leaves; an empty text for empty words."""
    match field:
        case Flag():
            return Token("is" if field.base or field.revised else "", there=_there(field))
        case Inline(line=()):
            return Token("", field.mark)
        case Inline() | Blocks():
            leaves.append((name, field))
            mark = field.mark if isinstance(field, Inline) else "kept"
            return Token(f"{marks[0]}{len(leaves) - 1}{marks[1]}", mark, _there(field))
        case Entry():
            fields = tuple((k, _tokens(value, f"{name}.{k}", marks, leaves)) for k, value in field.fields.items())
            return TokenEntry(fields, field.mark)
        case _:
            return TokenList(tuple(_tokens(value, name, marks, leaves) for value in field), _there(field))


def _there(field: Field) -> Mark:
    """Return the mark of what is there where a field is not empty."""
    match field:
        case Flag():
            sides = field.base, field.revised
        case Inline():
            sides = bool(lines.take(field.line, "base")), bool(lines.take(field.line, "revised"))
        case Blocks() | Entry():
            return "kept"
        case _:
            marks = [part.mark for part in field if isinstance(part, Inline | Entry)]
            sides = (any(m in lines.OF["base"] for m in marks), any(m in lines.OF["revised"] for m in marks))
    return {(True, False): "deleted", (False, True): "inserted"}.get(sides, "kept")  # type: ignore[return-value]


def _rendered(loaded: Template, context: Context, *, marked: bool) -> Package:
    try:
        return rendered.rendered(loaded.data, context, marked=marked)
    except etree.XMLSyntaxError as error:
        hint = "put each {%p ... %} alone in its paragraph and each {%tr ... %} alone in its row"
        message = "a tag cuts a paragraph or a table in two"
        raise DraftingError(Problem("template-syntax", loaded.place, message, hint)) from error
    except Exception as error:  # docxtpl and Jinja raise what they like
        message, hint = f"the template can't be filled: {error}", f"see {loaded.kind.guide}"
        raise DraftingError(Problem("template-error", loaded.place, message, hint)) from error
