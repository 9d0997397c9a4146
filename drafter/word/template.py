"""The firm's template: checked, rendered by docxtpl, and filled.

One rule, for security: what docxtpl and Jinja see of a contract are tokens, short marks of private-use
characters that say nothing. The words take the tokens' places afterwards, in the XML tree, so no answer
can be read as a field, a tag or an expression. Each token is replaced once, and what replaced it is
never searched again.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Self

import jinja2.meta
import jinja2.nodes
import jinja2.sandbox
from docxtpl import DocxTemplate
from lxml import etree

from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.comparing import lines
from drafter.comparing.lines import Line, Mark
from drafter.contract import Text
from drafter.word import changes, incoming, oxml, package
from drafter.word.changes import Stamp

# -- what a template holds ----------------------------------------------------------------------

BLOCKS = ("contents", "opening", "recitals", "articles", "exhibits")  # each alone in its paragraph
FIELDS = ("title", "caption", "status", "has_recitals", "signatures", *BLOCKS)
REQUIRED = ("title", "opening", "articles", "signatures", "exhibits")
SIGNATURE_FIELDS = ("party", "note", "signers", "name", "title")  # of a signature block and of a signer

# Each paragraph style that the writer uses, and the list level that it must print: the style that leads its list, the
# level counted from 0, the numerals and the number's text. None: a style without a number.
STYLES: Mapping[str, tuple[str, int, str, str] | None] = {
    "toc 1": None,
    "toc 2": None,
    "Heading 1": ("Heading 1", 0, "decimal", "Article %1"),
    "Heading 2": ("Heading 1", 1, "decimal", "%1.%2"),
    "Section Text": None,
    "Section Item": ("Heading 1", 2, "lowerLetter", "(%3)"),
    "Section Subitem": ("Heading 1", 3, "lowerRoman", "(%4)"),
    "Opening Text": None,
    "Recital": ("Recital", 0, "upperLetter", "%1."),
    "Quoted Policy": None,
    "Exhibit Title": ("Exhibit Title", 0, "upperLetter", "Exhibit %1"),
    "Exhibit Heading": None,
    "Exhibit Text": None,
    "Exhibit Item": ("Exhibit Item", 0, "lowerLetter", "(%1)"),
    "Exhibit Subitem": ("Exhibit Item", 1, "lowerRoman", "(%2)"),
    "Table Text": None,
    "Table Header": None,
}
OTHER_STYLES = (("character", "Defined Term"), ("character", "Blank"), ("table", "Contract Table"))


@dataclass(frozen=True, slots=True)
class Inline:
    """A field that stands within a paragraph; `mark` is that of the entry of a list that it is."""

    line: Line
    mark: Mark = "kept"


@dataclass(frozen=True, slots=True)
class Blocks:
    """A field that takes the place of its whole paragraph."""

    elements: tuple[oxml.Element, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A field that is only asked in a condition: whether it holds in the base, and in the revision."""

    base: bool
    revised: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list that has fields of its own."""

    fields: Mapping[str, Field]
    mark: Mark = "kept"


Field = Inline | Blocks | Flag | Entry | Sequence["Field"]
Write = Callable[[Line, oxml.Element | None], list[oxml.Element]]


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was found to be in order: its file, and what the writer asks about its styles."""

    place: Place
    data: bytes
    styles: Mapping[tuple[str, str], str]
    levels: Mapping[str, oxml.Level]
    indents: Mapping[str, int]
    width: int
    next_num: int
    marks: tuple[str, str]

    def style(self, name: str, kind: str = "paragraph") -> str:
        """Return the id of a style."""
        return self.styles[kind, name.casefold()]


# -- reading ------------------------------------------------------------------------------------


def check(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a template, nothing when a contract can be written with it."""
    try:
        render(load(path), _sample(), lambda _runs, _base: [])
    except DraftingError as error:
        return error.problems
    return ()


def load(path: Path) -> Template:
    """Read a template. DraftingError with all its problems when a contract can't be written with it."""
    place = Place(str(path))
    try:
        data = incoming.contents(path)
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except OSError as error:
        raise DraftingError(Problem("unreadable-file", place, f"the file can't be read: {error.strerror}")) from None
    except package.NotWordError as error:
        raise _unreadable(place, str(error)) from error
    return _read(data, place)


@lru_cache(maxsize=8)
def _read(data: bytes, place: Place) -> Template:
    """Read a template's bytes; a template that was read before is not read again."""
    try:
        parts = incoming.opened(data)
        main = package.main(parts)
        settings = package.find(parts, "settings", main)  # where the tracking of changes is turned on
        texts = tuple(_texts(data))
        styles, numbering = (_part(parts, main, kind) for kind in ("styles", "numbering"))
        ids = oxml.style_ids(styles)
        of = {name: ids.get(("paragraph", name.casefold()), "") for name in STYLES}
        levels = {name: oxml.list_level(styles, numbering, style) for name, style in of.items()}
        indents = {name: oxml.left_indent(styles, style) for name, style in of.items() if style}
        width, next_num = oxml.text_width(package.parse(parts[main])), oxml.next_num(numbering)
    except Exception as error:  # python-docx and lxml raise what they like at a damaged file
        why = str(error) if isinstance(error, package.NotWordError) else package.NOT_WORD
        raise _unreadable(place, why) from error
    if not settings:
        raise _unreadable(place, "it has no settings, which every Word file has")
    stop_at(
        [
            *_field_problems(texts, place),
            *_style_problems(ids, place),
            *_level_problems(ids, levels, place),
            *_trace_problems(parts, place),
        ]
    )
    return Template(
        place=place,
        data=data,
        styles=ids,
        levels={name: level for name, level in levels.items() if level},
        indents=indents,
        width=width,
        next_num=next_num,
        marks=_marks(texts),
    )


def _unreadable(place: Place, why: str) -> DraftingError:
    hint = "save it in Word as a Word Document (.docx)"
    return DraftingError(Problem("unreadable-template", place, f"the template can't be read: {why}", hint))


def _part(parts: package.Package, main: str, kind: str) -> oxml.Element:
    return next((package.parse(parts[name]) for name in package.find(parts, kind, main)), oxml.element(kind))


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Give the Jinja text that docxtpl makes of the body, the headers and the footers, a paragraph a line."""
    file = DocxTemplate(io.BytesIO(data))
    file.init_docx()
    parts = [("the body", file.get_xml())]
    for where, uri in (("a header", file.HEADER_URI), ("a footer", file.FOOTER_URI)):
        parts += [(where, file.get_part_xml(part)) for _, part in file.get_headers_footers(uri)]
    for where, xml in parts:
        yield where, re.sub(r"<w:p(?=[ >])", "\n<w:p", file.patch_xml(xml))


# -- checks -------------------------------------------------------------------------------------


def _field_problems(texts: Iterable[tuple[str, str]], place: Place) -> Iterator[Problem]:
    used: set[str] = set()
    for where, text in texts:
        try:
            tree = _environment().parse(text)
        except jinja2.TemplateSyntaxError as error:
            line = re.sub(r"<[^>]+>", "", text.split("\n")[error.lineno - 1]).strip()
            yield Problem("template-syntax", place, f"{where} can't be read at '{line[:80]}': {error.message}")
            return
        if told := next(_unbounded(tree), ""):
            hint = "a template holds fields, conditions and loops over lists, no more: see docs/word-template.md"
            yield Problem("template-refused", place, f"{where} {told}", hint)
            return
        names = jinja2.meta.find_undeclared_variables(tree)
        used |= names
        for name in sorted(names - set(FIELDS)):
            yield _unknown(name, FIELDS, where, place)
        for name in sorted(set(_attributes(tree)) - set(SIGNATURE_FIELDS)):
            yield _unknown(name, SIGNATURE_FIELDS, where, place)
    for name in REQUIRED:
        if name not in used:
            how = "in a paragraph of its own" if name in BLOCKS else "where it is to stand"
            hint = "see docs/word-template.md" if name == "signatures" else f"put {{{{ {name} }}}} {how}"
            yield Problem("missing-field", place, f"the field '{name}' is nowhere in the template", hint)


_TAGS = (
    jinja2.nodes.Output, jinja2.nodes.TemplateData, jinja2.nodes.Name, jinja2.nodes.Getattr,
    jinja2.nodes.If, jinja2.nodes.For, jinja2.nodes.And, jinja2.nodes.Or, jinja2.nodes.Not, jinja2.nodes.Const,
    jinja2.nodes.Compare, jinja2.nodes.Operand,
)  # fmt: skip
_LISTS = ("caption", "signatures", "signers")
_DEEPEST = 3  # loops within loops


def _unbounded(tree: jinja2.nodes.Template) -> Iterator[str]:
    """Find what a template may not do, since its work would have no bound: sums, calls, filters, loops over others."""
    for node in tree.find_all(jinja2.nodes.Node):
        if not isinstance(node, _TAGS):
            yield f"has a tag or an expression ({type(node).__name__.lower()}) that is not allowed"
        if isinstance(node, jinja2.nodes.For):
            name = getattr(node.iter, "attr", getattr(node.iter, "name", ""))
            if name not in _LISTS or node.recursive:
                yield f"loops over something else than {', '.join(_LISTS)}"
    if _depth(tree) > _DEEPEST:
        yield f"has loops within loops, deeper than {_DEEPEST}"


def _depth(tree: jinja2.nodes.Node) -> int:
    below = max(map(_depth, tree.iter_child_nodes()), default=0)
    return below + isinstance(tree, jinja2.nodes.For)


def _attributes(tree: jinja2.nodes.Template) -> Iterator[str]:
    for node in tree.find_all(jinja2.nodes.Getattr):
        if not (isinstance(node.node, jinja2.nodes.Name) and node.node.name == "loop"):
            yield node.attr


def _unknown(name: str, known: Sequence[str], where: str, place: Place) -> Problem:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"the fields are {', '.join(sorted(known))}"
    return Problem("unknown-field", place, f"{where} uses the field '{name}', which does not exist", hint)


def _style_problems(ids: Mapping[tuple[str, str], str], place: Place) -> Iterator[Problem]:
    for kind, name in (*(("paragraph", name) for name in STYLES), *OTHER_STYLES):
        if (kind, name.casefold()) not in ids:
            known = [found for of, found in ids if of == kind]
            near = difflib.get_close_matches(name.casefold(), known, 1, 0.8)
            hint = f"is it the style now named '{near[0]}'?" if near else "copy it from the template that is shipped"
            yield Problem("missing-style", place, f"the {kind} style '{name}' is missing", hint)


def _level_problems(
    ids: Mapping[tuple[str, str], str], levels: Mapping[str, oxml.Level | None], place: Place
) -> Iterator[Problem]:
    for name, expected in STYLES.items():
        if expected is None or ("paragraph", name.casefold()) not in ids:
            continue
        leader, level, numerals, text = expected
        found, leading = levels[name], levels[leader]
        wanted = f"level {level + 1} of the list that '{leader}' leads, numbered '{text}' ({numerals})"
        if found is None:
            told = "has no list number"
        elif leading is None or found != oxml.Level(leading.list, level, numerals, text):
            told = f"is level {found.level + 1} of a list, numbered '{found.text}' ({found.format})"
        else:
            continue
        hint = f"it must be {wanted}: in Word, Multilevel List, Define New Multilevel List, Link level to style"
        yield Problem("style-numbering", place, f"the style '{name}' {told}", hint)


def _trace_problems(parts: package.Package, place: Place) -> Iterator[Problem]:
    for file in incoming.outside(package.scrub(parts, "")):  # as a contract would keep them
        yield Problem("outside-file", place, f"the template links to '{file}'", "embed the file, or take the link out")
    for name in filter(package.is_text, parts):
        if found := oxml.authors(package.parse(parts[name])):
            told = f"the template holds tracked changes by {', '.join(found)}"
            yield Problem("template-changes", place, told, "in Word: Review, Accept All Changes")


# -- rendering ----------------------------------------------------------------------------------


def render(
    template: Template, fields: Mapping[str, Field], write: Write, stamp: Stamp | None = None
) -> package.Package:
    """Render a template with fields and return its parts. DraftingError for whatever the template does wrong.

    `write` makes the runs of an inline field; they take the properties of the run that the field stood in. With a
    `stamp`, the template's own words are marked where they stand in a loop or condition of which an entry is marked.
    """
    leaves: list[tuple[str, Inline | Blocks]] = []
    context = {name: _tokens(field, name, template.marks, leaves) for name, field in fields.items()}
    parts = _rendered(template, context, marked=stamp is not None)
    token = re.compile("([0-9]+)".join(template.marks))
    trees = {name: package.parse(parts[name]) for name in filter(package.is_text, parts)}
    numbers = [n for tree in trees.values() for n in oxml.token_numbers(tree, token, template.marks[0])]
    stop_at(_misplaced(leaves, numbers, template.place))

    def inline(number: int, base: oxml.Element | None) -> list[oxml.Element]:
        leaf = leaves[number][1]
        return write(leaf.line, base) if isinstance(leaf, Inline) else []

    def blocks(number: int) -> tuple[oxml.Element, ...] | None:
        leaf = leaves[number][1]
        return leaf.elements if isinstance(leaf, Blocks) else None

    number = 1
    for tree in trees.values():
        oxml.strip_traces(tree)
        oxml.fill(tree, token, inline, blocks)
        if stamp is not None:
            changes.regions(tree, stamp)
            changes.settle(tree)
            changes.separate(tree)
            number = oxml.number_bookmarks(tree, changes.number(tree, number))
        else:
            oxml.number_bookmarks(tree)
    return parts | {name: package.serialize(tree) for name, tree in trees.items()}


def _misplaced(
    leaves: Sequence[tuple[str, Inline | Blocks]], numbers: Sequence[tuple[int, bool]], place: Place
) -> Iterator[Problem]:
    """Find the fields that can't be filled, by the numbers of the tokens and whether each is alone in a paragraph."""
    for number, alone in numbers:
        if number < 0:
            told = "a field is cut up, or stands where no text can stand (in a link's address, or a picture's name)"
            yield Problem("misplaced-field", place, told, "write fields whole, without filters, in the text")
        elif isinstance(leaves[number][1], Blocks) and (not alone or numbers.count((number, alone)) > 1):
            name = leaves[number][0]
            told = f"the field '{name}' stands beside other text, or more than once"
            yield Problem("misplaced-field", place, told, f"put {{{{ {name} }}}} once, in a paragraph of its own")


def _tokens(field: Field, name: str, marks: tuple[str, str], leaves: list[tuple[str, Inline | Blocks]]) -> object:
    """Return what Jinja sees in a field's place: tokens that count the leaves; an empty text for empty words.

    Each knows the mark of the entry that it is, and the mark of what stands under the condition that it is there.
    """
    match field:
        case Flag():
            return _Told("is" if field.base or field.revised else "", stands=_stands(field))
        case Inline(line=()):
            return _Told("", field.mark)
        case Inline() | Blocks():
            leaves.append((name, field))
            mark = field.mark if isinstance(field, Inline) else "kept"
            return _Told(f"{marks[0]}{len(leaves) - 1}{marks[1]}", mark, _stands(field))
        case Entry():
            fields = {key: _tokens(value, f"{name}.{key}", marks, leaves) for key, value in field.fields.items()}
            return _Entry(fields, field.mark)
        case _:
            return _List((_tokens(value, name, marks, leaves) for value in field), _stands(field))


def _stands(field: Field) -> Mark:
    """Return the mark of what stands where a field is not empty."""
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


class _Told(str):
    """A text that Jinja sees, with its marks."""

    __slots__ = ("mark", "stands")
    mark: Mark
    stands: Mark

    def __new__(cls, text: str, mark: Mark = "kept", stands: Mark = "kept") -> Self:
        made = super().__new__(cls, text)
        made.mark, made.stands = mark, stands
        return made


class _Entry(dict[str, object]):
    """The fields of an entry that Jinja sees, with its mark."""

    def __init__(self, fields: Mapping[str, object], mark: Mark) -> None:
        super().__init__(fields)
        self.mark = mark


class _List(list[object]):
    """A list that Jinja sees, with the mark of what stands where it is not empty."""

    def __init__(self, entries: Iterable[object], stands: Mark) -> None:
        super().__init__(entries)
        self.stands = stands


def _marks(texts: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Choose two private-use characters that the template does not use."""
    used = set().union(*(text for _, text in texts))
    free = (chr(code) for code in (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE)) if chr(code) not in used)
    return next(free), next(free)


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without the two things that it does unasked: mend broken XML, and render the file's properties."""

    marked = False

    def fix_tables(self, xml: str) -> Any:  # noqa: ANN401
        package.parse(xml.encode())  # raises when a loop has left half a row or paragraph; docxtpl would drop it
        return super().fix_tables(xml)

    def patch_xml(self, src_xml: str) -> str:
        made: str = super().patch_xml(src_xml)
        return _signed(made) if self.marked else made

    def render_properties(self, context: object, jinja_env: object = None) -> None:
        pass


_BLOCKS = re.compile(r"\s*(?:<w:(?:p|tr|tbl)[ >]|{%).*(?:</w:(?:p|tr|tbl)>|%})\s*", re.DOTALL)
_TAG = re.compile(r"{%-?\s*(\w+)\s*([^%]*?)\s*-?%}")


def _signed(xml: str) -> str:
    """Put signs round what a loop repeats and what a condition lets stand, with its mark, where that is whole blocks.

    A condition that is more than one name, or that has an `else`, gets none: its words stay unmarked.
    """
    places: list[tuple[int, str]] = []
    waiting: list[tuple[int, str]] = []
    for tag in _TAG.finditer(xml):
        name, rest = tag.groups()
        if name == "for":
            waiting.append((tag.end(), f"{rest.split(' in ')[0]}|mark"))
        elif name == "if":
            waiting.append((tag.end(), f"{rest}|stands" if re.fullmatch(r"[\w.]+", rest) else ""))
        elif name in {"elif", "else"} and waiting:
            waiting[-1] = (0, "")
        elif name in {"endfor", "endif"} and waiting:
            start, told = waiting.pop()
            if told and _BLOCKS.fullmatch(xml[start : tag.start()]):
                places += [(start, f'<w:markStart w:val="{{{{ {told} }}}}"/>'), (tag.start(), "<w:markEnd/>")]
    for place, sign in sorted(places, reverse=True):
        xml = xml[:place] + sign + xml[place:]
    return xml


class _Environment(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """The sandbox, which compiles a template's text once."""

    @lru_cache(maxsize=32)  # noqa: B019  # there is one environment
    def from_string(self, place: str) -> jinja2.Template:  # type: ignore[override]  # what docxtpl calls
        return super().from_string(place)


@cache
def _environment() -> _Environment:
    made = _Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    made.filters["mark"] = lambda told: getattr(told, "mark", "kept")
    made.filters["stands"] = lambda told: getattr(told, "stands", "kept")
    return made


def _rendered(template: Template, context: Mapping[str, object], *, marked: bool = False) -> package.Package:
    made = io.BytesIO()
    try:
        file = _Template(io.BytesIO(template.data))
        file.marked = marked
        file.render(context, _environment(), autoescape=True)
        file.save(made)
    except Exception as error:  # an expression in a template may raise anything: {{ 1 / 0 }}
        raise DraftingError(_render_problem(error, template.place)) from error
    return package.unpack(made.getvalue())


def _render_problem(error: Exception, place: Place) -> Problem:
    match error:
        case jinja2.exceptions.SecurityError():
            return Problem("template-refused", place, f"the template does what a template may not: {error}")
        case jinja2.UndefinedError():
            hint = "see docs/word-template.md for the fields"
            return Problem("unknown-field", place, f"the template uses what does not exist: {error}", hint)
        case jinja2.TemplateSyntaxError():
            return Problem("template-syntax", place, f"the template can't be read: {error.message}")
        case etree.XMLSyntaxError():
            hint = "put each {%p ... %} alone in its paragraph and each {%tr ... %} alone in its row"
            return Problem("template-syntax", place, "a tag cuts a paragraph or a table in two", hint)
        case _:
            return Problem("template-error", place, f"the template can't be rendered: {error}")


def _sample() -> dict[str, Field]:
    """Make fields of every kind, each list with two entries: a loop that is cut up goes wrong only at the second."""
    word = Inline(lines.compare((Text("word"),), (Text("word"),)))
    signers: list[Field] = [Entry({"name": word, "title": word})] * 2
    signatures: list[Field] = [Entry({"party": word, "note": word, "signers": signers})] * 2
    words: dict[str, Field] = dict.fromkeys(("title", "status"), word)
    blocks: dict[str, Field] = dict.fromkeys(BLOCKS, Blocks(()))
    told: dict[str, Field] = {"has_recitals": Flag(base=True, revised=True)}
    return words | blocks | told | {"caption": [word, word], "signatures": signatures}
