"""Reads a Word file that we wrote, and that people may have changed since, into sections and their words.

One rule: what a reader of the file would see once every change is accepted is there, and where a file may show one of
two things, both are. Looks, and the numbers that Word's lists print, are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from drafter.base import characters
from drafter.values import dataclass
from drafter.word.body import section_mark
from drafter.word.oxml import package, story, tracking
from drafter.word.oxml.elements import w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening import misread
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.story import Line, Side
from drafter.word.oxml.styles import style_ids


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section: its heading, which may be empty, and a line for each of its paragraphs and table rows with words.

    The cells of a row are divided by bars; a line break in a paragraph is one here.
    """

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: the sections that have words, in the file's order, and the lines that are in none of them.

    `outside` are the title, the caption, the headings of articles and exhibits, the signature blocks and notes; each
    line of the headers and the footers is given once. A page number is `#`, since every program counts again; in the
    table of contents, which may have none, it is left out. `tracked` says that there are changes to accept, `hidden`
    are the words that the file holds and doesn't show, `misread` those that their format prints as others.
    """

    sections: Mapping[str, ReadSection]
    outside: tuple[str, ...]
    contents: tuple[str, ...]
    headers: tuple[str, ...]
    footers: tuple[str, ...]
    tracked: bool
    comments: int
    hidden: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()


NOTHING = Read({}, (), (), (), (), tracked=False, comments=0)  # what a file says that can't be read


def read(parts: Package, ids: Iterable[str], side: Side = story.ACCEPTED) -> Read:
    """Read the parts of a Word file into sections, by the ids of a contract's; any other section by its bookmark.

    `side` says whether its tracked changes are read as accepted or as rejected. NotWordError when it has no body. The
    parts of a file from outside are those that `incoming.read` returns.
    """
    main = package.main(parts)
    names = {section_mark(name, end): name for name in ids for end in ("base", "revised")}
    styles = [package.parse(parts[name]) for name in package.find(parts, "styles", main)[:1]]
    known = {style: name for root in styles for (_, name), style in style_ids(root).items()}
    looks = Looks(styles)
    roots = {kind: [story.settled(parts[name], side) for name in package.find(parts, kind, main)] for kind in _STORIES}
    roots["body"] = [story.settled(parts[main], side)]
    lines = {
        kind: [line for root in found for line in story.lines(root, names, looks)] for kind, found in roots.items()
    }
    body = [line for line in lines["body"] if not line.place]
    notes = [line.text for kind in ("footnotes", "endnotes") for line in lines[kind]]
    return Read(
        sections=_sections((line for line in lines["body"] if line.place), known),
        outside=(*(line.text for line in body if not line.contents), *notes),
        contents=tuple(_PAGE.sub("", line.text) for line in body if line.contents),
        headers=tuple(dict.fromkeys(line.text for line in lines["header"])),
        footers=tuple(dict.fromkeys(line.text for line in lines["footer"])),
        tracked=any(tracking.is_changed(root) for found in roots.values() for root in found),
        comments=sum(1 for root in roots["comments"] for _ in root.iter(w("comment"))),
        misread=tuple(
            dict.fromkeys(
                f"{one.how}: '{characters.spelled(one.words)}'"
                for found in roots.values()
                for root in found
                for one in misread.found(root, looks)
            )
        ),
        hidden=tuple(
            dict.fromkeys(words for found in roots.values() for root in found for words in story.hidden(root, looks))
        ),
    )


def odd(found: Read, named: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what the words of a file hold that reads otherwise than it is: where, and what by its name.

    `named` has the names of sections by their ids; one that has none is called by its heading.
    """
    where = [(named.get(i, s.heading or "the body"), (s.heading, *s.lines)) for i, s in found.sections.items()]
    where += [("outside the sections", found.outside), ("the table of contents", found.contents)]
    where += [("a header", found.headers), ("a footer", found.footers), ("hidden words", found.hidden)]
    odd = ((place, one.what) for place, lines in where for line in lines for one in _odd(line))
    turned = (("the file", what) for what in found.misread)
    return tuple(islice(dict.fromkeys((*odd, *turned)), characters.MOST))


def _odd(line: str) -> tuple[characters.Fault, ...]:
    return characters.faults(line) or characters.remarks(line)


def _sections(lines: Iterable[Line], styles: Mapping[str, str]) -> Mapping[str, ReadSection]:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.place, []).append(line)
    made: dict[str, ReadSection] = {}
    for name, (first, *rest) in grouped.items():
        headed = styles.get(first.style) in _HEADINGS
        texts = tuple(line.text for line in (rest if headed else (first, *rest)))
        made[name] = ReadSection(first.text if headed else "", texts)
    return made


_STORIES = ("header", "footer", "footnotes", "endnotes", "comments")
_HEADINGS = ("heading 2", "exhibit heading")  # the names of the styles, which LibreOffice writes with a capital
_PAGE = re.compile(r"\s*#$")
