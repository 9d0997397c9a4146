"""Renders the tags of a Word file by docxtpl, which is given tokens and never a word of ours.

`texts` gives the same Jinja text to whoever wants to check it first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import jinja2
import jinja2.nodes
import jinja2.sandbox
from docxtpl import DocxTemplate

from drafter.comparing.lines import Mark
from drafter.word.oxml import package
from drafter.word.oxml.elements import w
from drafter.word.oxml.tokens import Context, Given, Token, TokenEntry, TokenList

_FOOTNOTES = "wordprocessingml.footnotes+xml"


# -- what docxtpl is given ----------------------------------------------------------------------


class _Text(str):
    __slots__ = ("mark", "there")
    mark: Mark
    there: Mark


class _Entry(dict[str, object]):
    mark: Mark


class _List(list[object]):
    there: Mark


def _as_jinja(given: Given) -> _Text | _Entry | _List:
    """Return what Jinja takes for a text, a mapping or a list, which still knows its marks."""
    match given:
        case Token():
            text = _Text(given.text)
            text.mark, text.there = given.mark, given.there
            return text
        case TokenEntry():
            entry = _Entry((name, _as_jinja(field)) for name, field in given.fields)
            entry.mark = given.mark
            return entry
        case TokenList():
            made = _List(map(_as_jinja, given.entries))
            made.there = given.there
            return made


# -- the Jinja text -----------------------------------------------------------------------------


def texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the Jinja text that docxtpl makes of the body, headers, footers and footnotes, each paragraph on a line."""
    file = _opened(data)
    for where, xml in _parts(file):
        yield where, re.sub(r"<w:p(?=[ >])", "\n<w:p", file.patch_xml(xml))


def unclosed(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield where a paragraph has a brace of a tag without its partner, and the paragraph's words.

    docxtpl takes all up to the next closing braces for one tag: it would lose the rows and paragraphs between.
    """
    for where, xml in _parts(_opened(data)):
        for paragraph in package.parse(xml.encode()).iter(w("p")):
            texts = (node for node in paragraph.iter(w("t")) if next(node.iterancestors(w("p"))) is paragraph)
            words = "".join(node.text or "" for node in texts)
            if _BRACES.search(_CLOSED.sub("", words)):
                yield where, words


_CLOSED = re.compile(r"{{(?:(?!{[{%]).)*?}}|{%(?:(?!{[{%]).)*?%}|{#.*?#}", re.DOTALL)
_BRACES = re.compile(r"{[{%#]|[}%#]}")


def _opened(data: bytes) -> DocxTemplate:
    file = DocxTemplate(io.BytesIO(data))
    file.init_docx()
    return file


def _parts(file: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Yield the body, headers, footers and footnotes as XML, with what each is called."""
    yield "the body", file.get_xml()
    for where, uri in (("a header", file.HEADER_URI), ("a footer", file.FOOTER_URI)):
        yield from ((where, file.get_part_xml(part)) for _, part in file.get_headers_footers(uri))
    notes = (part for part in file.docx.part.package.parts if part.content_type.endswith(_FOOTNOTES))
    yield from (("a footnote", part.blob.decode("utf-8")) for part in notes)


def parsed(text: str) -> jinja2.nodes.Template:
    """Return the tree of a Jinja text. jinja2.TemplateSyntaxError when it has none."""
    return _environment().parse(text)


def render(data: bytes, context: Context, *, marked: bool) -> bytes:
    """Render a Word file; what an expression in it does wrong may raise anything.

    With `marked`, what a loop repeats and a condition allows is between signs that carry its mark.
    """
    file = _Template(io.BytesIO(data))
    file.marked = marked
    file.render({name: _as_jinja(given) for name, given in context}, _environment(), autoescape=True)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without two things that it does unasked: mend broken XML, and render the file's properties."""

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
    """Put signs with a mark round whole blocks that a loop repeats or a condition allows.

    A condition that is more than one name, or that has an `else`, gets none: its words stay unmarked.
    """
    places: list[tuple[int, str]] = []
    waiting: list[tuple[int, str]] = []
    for tag in _TAG.finditer(xml):
        name, rest = tag.groups()
        if name == "for":
            waiting.append((tag.end(), f"{rest.split(' in ')[0]}|mark"))
        elif name == "if":
            waiting.append((tag.end(), f"{rest}|there" if re.fullmatch(r"[\w.]+", rest) else ""))
        elif name in {"elif", "else"} and waiting:
            waiting[-1] = (0, "")
        elif name in {"endfor", "endif"} and waiting:
            start, mark = waiting.pop()
            if mark and _BLOCKS.fullmatch(xml[start : tag.start()]):
                places += [(start, f'<w:markStart w:val="{{{{ {mark} }}}}"/>'), (tag.start(), "<w:markEnd/>")]
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
    made.filters["mark"] = lambda token: getattr(token, "mark", "kept")
    made.filters["there"] = lambda token: getattr(token, "there", "kept")
    return made
