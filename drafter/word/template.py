"""Reads a template and makes sure that it is in order: its fields, its styles, its lists, and what it would let out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from drafter.base import characters, shipped, spelling
from drafter.base.characters import Fault
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.values import dataclass
from drafter.word import incoming, kinds, rendered
from drafter.word.kinds import Kind
from drafter.word.oxml import package, styles
from drafter.word.oxml.elements import Element, element
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening import margins
from drafter.word.oxml.styles import Level

ALIKE = 0.8  # how like a missing style's name another must be, from 0 to 1, to be the one that was renamed


@dataclass(frozen=True, slots=True)
class Template:
    """A template that is in order: its file and its kind, and what a writer asks about its styles and its page.

    Indents and the width of the text are in twentieths of a point. `marks` are two characters that it doesn't use, and
    `section_num` is the list that numbers the headings of sections, `part_num` that of the parts of an exhibit.
    """

    place: Place
    kind: Kind
    data: bytes
    styles: Mapping[tuple[str, str], str]
    levels: Mapping[str, Level]
    indents: Mapping[str, int]
    width: int
    next_num: int
    marks: tuple[str, str]
    section_num: int
    part_num: int

    def style(self, name: str, kind: str = "paragraph") -> str:
        """Return the id of a style that templates of this kind must have."""
        return self.styles[kind, name.casefold()]


def load(path: Path, kind: Kind) -> Template:
    """Read a template. DraftingError with all its problems when a document of its kind can't be written with it."""
    return _read(contents(path), Place(str(path)), kind)


def contents(path: Path) -> bytes:
    """Read a template's file. DraftingError when there is none or it can't be read."""
    place = Place(str(path))
    try:
        return incoming.contents(path)
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except OSError as error:
        raise DraftingError(Problem("unreadable-file", place, f"the file can't be read: {error.strerror}")) from None
    except package.NotWordError as error:
        raise _unreadable(place, str(error)) from error


def kind_of(path: Path) -> Kind:
    """Return the kind of a template whose fields it has most of; that of an agreement where it has none."""
    from drafter.word import fields  # slow to import, and most templates are known to be in order
    from drafter.word.oxml import rendering

    try:
        used = fields.names(rendering.texts(contents(path)))
    except DraftingError:
        raise
    except Exception:  # noqa: BLE001  # python-docx raises what it likes at a damaged file; `load` says what is wrong
        used = frozenset()
    return max(kinds.ALL, key=lambda kind: len(used & kind.fields.keys()))


def of_other_kind(path: Path, kind: str) -> Iterator[Problem]:
    """Find a template that is of another kind than the one of a name. DraftingError where it can't be read."""
    found = kind_of(path).name
    if found != kind:
        what = f"this is a template of the {kinds.called(found)}, not of the {kinds.called(kind)}"
        hint = f"in a folder of templates, call it {found}.docx"
        yield Problem("template-refused", Place(str(path)), what, hint)


@lru_cache(maxsize=16)
def _read(data: bytes, place: Place, kind: Kind) -> Template:
    """Read a template's bytes; the same template is read once."""
    try:
        in_order = rendered.is_in_order(data, kind)
        parts = incoming.known(data) if in_order else incoming.plain(data)
        tags = None if in_order else _tag_problems(data, place, kind)
        loaded = _loaded(data, place, kind, parts)
    except Exception as error:  # python-docx and lxml raise what they like at a damaged file
        why = str(error) if isinstance(error, package.NotWordError) else package.NOT_WORD
        raise _unreadable(place, why) from error
    if not package.find(parts, "settings", package.main(parts)):  # where the tracking of changes is turned on
        raise _unreadable(place, "it has no settings, which every Word file has")
    if tags is not None:
        stop_at((*tags, *_other_problems(loaded, parts)))
        rendered.found_in_order(data, kind)
    return loaded


def _tag_problems(data: bytes, place: Place, kind: Kind) -> tuple[Problem, ...]:
    """Return what is wrong with a template's tags; python-docx and lxml raise what they like at a damaged file."""
    from drafter.word import fields  # slow to import, and most templates are known to be in order
    from drafter.word.oxml import rendering

    found = tuple(fields.problems(tuple(rendering.texts(data)), kind, place))
    if any(problem.code == "template-syntax" for problem in found):
        return found
    unclosed = tuple(fields.unclosed(rendering.unclosed(data), place))
    sure = (problem for problem in found if problem.code == "template-refused")  # of the rest, something may be lost
    return (*unclosed, *sure) if unclosed else found


def _other_problems(loaded: Template, parts: Package) -> Iterator[Problem]:
    """Yield what is wrong with a template besides its tags."""
    from drafter.word import screen  # as above

    yield from _style_problems(loaded)
    yield from _number_problems(loaded)
    yield from _word_problems(parts, loaded.place)
    yield from screen.problems(parts, loaded.kind, loaded.place)


def _loaded(data: bytes, place: Place, kind: Kind, parts: Package) -> Template:
    """Make a template of a file's parts, whatever they lack."""
    main = package.main(parts)
    listed, numbering = (_part(parts, main, part) for part in ("styles", "numbering"))
    ids = styles.style_ids(listed)
    known = {
        name: ids["paragraph", name.casefold()]
        for name in kind.styles.get("paragraph", ())
        if ("paragraph", name.casefold()) in ids
    }
    levels = {name: styles.list_level(listed, numbering, style) for name, style in known.items()}
    return Template(
        place=place,
        kind=kind,
        data=data,
        styles=ids,
        levels={name: level for name, level in levels.items() if level},
        indents={name: styles.left_indent(listed, style) for name, style in known.items()},
        width=styles.text_width(package.parse(parts[main])),
        next_num=styles.next_num(numbering),
        marks=_marks(package.parse(parts[name]) for name in package.texts(parts)),
        section_num=styles.list_number(listed, known.get("Heading 2", "")),
        part_num=styles.list_number(listed, known.get("Exhibit Heading", "")),
    )


def _unreadable(place: Place, why: str) -> DraftingError:
    hint = "save it in Word as a Word Document (.docx)"
    return DraftingError(Problem("unreadable-template", place, f"the template can't be read: {why}", hint))


def _part(parts: Package, main: str, kind: str) -> Element:
    return next((package.parse(parts[name]) for name in package.find(parts, kind, main)), element(kind))


def _marks(trees: Iterable[Element]) -> tuple[str, str]:
    """Choose two private-use characters that a template's parts don't use."""
    used: set[str] = set()
    for root in trees:
        used.update(*map(str, root.itertext()), *(str(value) for node in root.iter() for value in node.attrib.values()))
    free = (chr(code) for code in (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE)) if chr(code) not in used)
    return next(free), next(free)


# -- checks -------------------------------------------------------------------------------------


def _style_problems(loaded: Template) -> Iterator[Problem]:
    for of, name in ((of, name) for of, names in loaded.kind.styles.items() for name in names):
        if (of, name.casefold()) not in loaded.styles:
            known = [found for other, found in loaded.styles if other == of]
            near = spelling.nearest(name.casefold(), known, ALIKE)
            hint = f"is it the style now named '{near}'?" if near else "copy it from the shipped template"
            yield Problem("missing-style", loaded.place, f"the {of} style '{name}' is missing", hint)


def unnumbered(loaded: Template) -> Iterator[Problem]:
    """Find the styles without a list number that only some contracts need."""
    for name, wanted in loaded.kind.numbers.items():
        if not wanted.always and name not in loaded.levels:
            yield _wrong_number(loaded, name, "has no list number")


def _number_problems(loaded: Template) -> Iterator[Problem]:
    for name, wanted in loaded.kind.numbers.items():
        found, leading = loaded.levels.get(name), loaded.levels.get(wanted.leader)
        if ("paragraph", name.casefold()) not in loaded.styles:
            continue
        if found is None and not wanted.always:
            continue
        if found is None:
            wrong = "has no list number"
        elif leading is None or found != Level(leading.list, wanted.level, wanted.numerals, wanted.text):
            wrong = f"is level {found.level + 1} of a list, numbered '{found.text}' ({found.format})"
        else:
            continue
        yield _wrong_number(loaded, name, wrong)


def _wrong_number(loaded: Template, name: str, wrong: str) -> Problem:
    wanted = loaded.kind.numbers[name]
    level = f"level {wanted.level + 1} of the list that '{wanted.leader}' leads"
    menus = "in Word, Multilevel List, Define New Multilevel List, Link level to style"
    hint = f"it must be {level}, numbered '{wanted.text}' ({wanted.numerals}): {menus}"
    return Problem("style-numbering", loaded.place, f"the style '{name}' {wrong}", hint)


def _word_problems(parts: Package, place: Place) -> Iterator[Problem]:
    """Find what no honest words hold; signs of a symbol font are a matter of looks, as in a bullet."""
    for found in _said_of(parts, characters.faults):
        if found.code != "private-character":
            yield Problem(found.code, place, f"the template contains {found.what}", found.hint)


def remarks(path: Path) -> Iterator[Problem]:
    """Remind of what a reader may take for something else in a template's own words, and of what only some need.

    DraftingError.
    """
    yield from (replace(problem, level="reminder") for problem in unnumbered(load(path, kind_of(path))))
    from drafter.word import screen  # as above

    parts = incoming.read(incoming.load(path))
    yield from screen.read_aloud(parts, Place(str(path)))
    for found in _said_of(parts, characters.remarks):
        yield Problem(found.code, Place(str(path)), f"the template contains {found.what}", found.hint, "reminder")


def own_words(path: Path) -> tuple[str, ...]:
    """Return the lines that a template has of its own, each once, its fields left out. DraftingError.

    Those that a shipped template has too are not among them, and neither are lines without a letter.
    """
    if path.resolve() in (shipped.template(kind).resolve() for kind in shipped.TEMPLATES):
        return ()
    return tuple(dict.fromkeys(words for words in _words(path) if words not in _shipped_words()))


@cache
def _shipped_words() -> frozenset[str]:
    return frozenset(words for kind in shipped.TEMPLATES for words in _words(shipped.template(kind)))


def _words(path: Path) -> Iterator[str]:
    for line in _lines(incoming.read(incoming.load(path))):
        words = " ".join(_TAG.sub(" ", line).split())
        if any(map(str.isalpha, words)):
            yield words


_TAG = re.compile(r"\{[{%#].*?[}%#]\}")


def _said_of(parts: Package, judged: Callable[[str], Iterable[Fault]]) -> Iterable[Fault]:
    """Return what is said of the words of a template, those that are hidden as well, each once."""
    return dict.fromkeys(found for line in _lines(parts) for found in judged(line))


def _lines(parts: Package) -> Iterator[str]:
    from drafter.word.oxml import story  # as above
    from drafter.word.oxml.screening.looks import Looks

    looks = Looks(())  # words that are hidden are read as well
    for name in package.texts(parts):
        yield from (line.text for line in story.lines(story.settled(parts[name]), {}, looks))


def unmarked(parts: Package, loaded: Template) -> Iterator[Problem]:
    """Find the headers and footers of a filled template without the words that must mark each of its pages."""
    style, kind = loaded.kind.mark, loaded.kind
    marked = cache(lambda root: any(text.strip() for text in styles.texts(root, loaded.style(style))))
    for name, root in margins.margins(parts) if style else ():
        if root is None or not marked(root):
            hint = f"put the words that mark a page there, in the style '{style}'; see {kind.guide}"
            yield Problem("template-refused", loaded.place, f"the template's {name} doesn't mark the page", hint)
