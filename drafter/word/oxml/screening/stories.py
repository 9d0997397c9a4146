"""Finds the parts of a Word file that hold words, and says what a reader calls them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from drafter.values import dataclass
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS

_NAMES = {
    "document.main": "the body",
    "header": "a header",
    "footer": "a footer",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment",
    "document.glossary": "the glossary of building blocks",
}
_MATH = f"{{{URIS['m']}}}"
TEXT = (w("t"), f"{_MATH}t")
RUNS = (w("r"), f"{_MATH}r")  # a formula's runs have looks of Word's too
AROUND = 256  # results that are kept of what words are in: more than the elements that one may be within
_TYPE = re.compile(r".*\.wordprocessingml\.([\w.]+)\+xml")
_TAG = re.compile(r"\s*{%(?:(?!%}).)*%}\s*")


@dataclass(frozen=True, slots=True)
class Story:
    """A part with words: what it is called, as "a header", its name and its XML."""

    where: str
    name: str
    root: Element


@dataclass(frozen=True, slots=True)
class Stories:
    """The parts with words, those that no document keeps among them, and the roots of those that say how they look.

    Where there is a glossary of building blocks, its styles and lists are the last.
    """

    stories: tuple[Story, ...]
    styles: tuple[Element, ...]
    numbering: tuple[Element, ...]
    settings: tuple[Element, ...]
    themes: tuple[Element, ...]


def read(parts: Package) -> Stories:
    """Read the parts with words and those that say how they look, each once."""
    types = ((name, _TYPE.fullmatch(kind)) for name, kind in package.content_types(parts).items())
    kinds = sorted(((name, kind[1]) for name, kind in types if kind), key=lambda one: "/glossary/" in one[0])
    wanted = {*_NAMES, "styles", "numbering", "settings"}
    roots = [(name, kind, package.parse(parts[name])) for name, kind in kinds if kind in wanted]
    return Stories(
        tuple(Story(_NAMES[kind], name, root) for name, kind, root in roots if kind in _NAMES),
        tuple(root for _, kind, root in roots if kind == "styles"),
        tuple(root for _, kind, root in roots if kind == "numbering"),
        tuple(root for _, kind, root in roots if kind == "settings"),
        tuple(package.parse(parts[name]) for name in package.find(parts, "theme", package.main(parts))),
    )


def words(node: Element) -> str:
    """Return the words in an element."""
    return " ".join("".join(text.text or "" for text in node.iter(*TEXT)).split())


def is_tag(paragraph: Element) -> bool:
    """Say whether a paragraph holds only a tag, which is no text of a document."""
    return _TAG.fullmatch(words(paragraph)) is not None


def paragraphs(story: Story) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each paragraph of a part, with its runs that have words; a text box in it has paragraphs of its own."""
    for paragraph in story.root.iter(w("p")):
        runs = [run for run in paragraph.iter(*RUNS) if next(run.iterancestors(w("p")), None) is paragraph]
        yield paragraph, [run for run in runs if any((t.text or "").strip() for t in run if t.tag in TEXT)]


def number(node: Element | None, name: str) -> float | None:
    """Return an attribute that is a number; None where it is none."""
    try:
        found = math.nan if node is None else float(node.get(w(name), ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
