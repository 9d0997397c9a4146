"""Says what is wrong with a template that someone else made, besides its tags: what its readers would not see or trust.

Every part counts, those that no document keeps as well: what is hidden in a comment today may be copied tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drafter.base.problems import Place, Problem, short
from drafter.word import incoming
from drafter.word.kinds import Kind
from drafter.word.oxml import styles, traces, tracking
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.screening import colours, hidden, misread, sources, stories, tab_stops, unread, word_fields
from drafter.word.oxml.screening.looks import Looks
from drafter.word.oxml.screening.stories import Stories

CONTENTS = ("toc 1", "toc 2")  # the styles of what is written in the place of a table of contents


def problems(parts: Package, kind: Kind, place: Place) -> Iterator[Problem]:
    """Find what no template may hold: hidden text, fields of Word, words from elsewhere, lost tab stops."""
    found = stories.read(parts)
    kept = traces.reached(parts)  # as a document would keep them
    every = (
        *_outside(kept, found, place),
        *_foreign(kept, found, place),
        *_authors(found, place),
        *_hidden(found, kind, place),
        *_word_fields(found, place),
        *_unfilled(found, place),
        *_tab_stops(parts, found, kind, place),
    )
    yield from dict.fromkeys(every)


def _outside(kept: Package, found: Stories, place: Place) -> Iterator[Problem]:
    for target in (*incoming.outside(kept), *(target for story in found.stories for target in sources.fetched(story))):
        yield Problem("outside-file", place, f"the template links to '{target}'", "embed the file, or remove the link")


def _foreign(kept: Package, found: Stories, place: Place) -> Iterator[Problem]:
    for story in found.stories:
        for what, instead in sources.foreign(story):
            yield Problem("foreign-content", place, f"{story.where} holds {what}", instead)
    kinds = incoming.kinds(kept)
    for what, instead in (*sources.merges(found.settings), *sources.unknown(kinds)):
        yield Problem("foreign-content", place, f"the template holds {what}", instead)


def _authors(found: Stories, place: Place) -> Iterator[Problem]:
    for story in found.stories:
        names = traces.authors(story.root)
        if story.where != "a comment" and (names or tracking.is_changed(story.root)):
            message = f"the template holds tracked changes{' by ' if names else ''}{', '.join(names)}"
            yield Problem("template-changes", place, message, "in Word: Review, Accept All Changes")


def _hidden(found: Stories, kind: Kind, place: Place) -> Iterator[Problem]:
    theme = colours.theme(found.themes, found.settings)
    pages = (node for story in found.stories for node in story.root.iter(w("background")))
    page = next((colours.of(node, "color", theme) for node in pages), "")
    looks = Looks(found.styles, theme, page)
    sizes = [size for story in found.stories for size in story.root.iter(w("pgSz"))]
    size = max(_sides(sizes, "w", 12240)), max(_sides(sizes, "h", 15840))
    yield from _told(hidden.in_styles(found.styles, found.numbering), place)
    ids = _ids(found)
    for of, name in ((of, name) for of, names in kind.styles.items() for name in names if of != "table"):
        if style := ids.get((of, name.casefold())):
            yield from _told(hidden.in_style(looks, style, name), place)
    tables = [
        ids["table", name.casefold()] for name in kind.styles.get("table", ()) if ("table", name.casefold()) in ids
    ]
    for name in ("Table Text", "Table Header"):
        for table in tables if (style := ids.get(("paragraph", name.casefold()))) else ():
            yield from _told(hidden.in_table(looks, table, style or "", name), place)
    for story in found.stories:
        yield from _told(hidden.in_story(story, looks, size), place)
        yield from _told(hidden.covering(story), place)
        for one in misread.found(story.root, looks):
            what = f"{story.where} has {one.how}: '{one.words}'"
            yield Problem("hidden-text", place, what, "in Word: select them, and Home, Font, Clear All Formatting")


def _ids(found: Stories) -> dict[tuple[str, str], str]:
    return styles.style_ids(found.styles[0]) if found.styles else {}


def _sides(sizes: Iterable[Element], side: str, usual: float) -> list[float]:
    return [stories.number(size, side) or usual for size in sizes] or [usual]


def _told(found: Iterable[hidden.Hidden], place: Place) -> Iterator[Problem]:
    yield from (Problem("hidden-text", place, one.what, one.instead) for one in found)


def _word_fields(found: Stories, place: Place) -> Iterator[Problem]:
    for story in found.stories:
        for one in word_fields.refused(story):
            message = f"{one.where} has the Word field '{short(one.code)}': {one.why}"
            yield Problem("word-field", place, message, one.instead)


def _unfilled(found: Stories, place: Place) -> Iterator[Problem]:
    """Find tags where none is filled: in endnotes, which would print them."""
    for story in found.stories:
        if story.where == "an endnote" and (tag := re.search(r"{[{%].*?[%}]}", stories.words(story.root))):
            hint = "put it into the text, a header, a footer or a footnote"
            yield Problem(
                "misplaced-field", place, f"{story.where} has '{tag.group()}', which is not filled there", hint
            )


def _tab_stops(parts: Package, found: Stories, kind: Kind, place: Place) -> Iterator[Problem]:
    ids = _ids(found)
    contents = [ids["paragraph", name] for name in CONTENTS if ("paragraph", name) in ids]
    lists = {name: contents for name, shape in kind.fields.items() if name == "contents" and shape == "block"}
    for stop in tab_stops.beyond(parts, found, lists):
        message = f"{stop.of} has a tab stop at {_length(stop.stop)}, but the text is {_length(stop.width)} wide"
        hint = f"in Word: Paragraph, Tabs; set it at {_length(stop.width)}, or what follows it is lost"
        yield Problem("tab-stop", place, message, hint)


def _length(twentieths: float) -> str:
    return f"{twentieths / 1440:.2f} inches ({twentieths / 567:.1f} cm)"


def read_aloud(parts: Package, place: Place) -> Iterator[Problem]:
    """Remind of what a reader who doesn't see a template's page would miss."""
    found = stories.read(parts)
    for where in dict.fromkeys(unread.pictures(found)):
        message = f"a picture in {where} has no alternative text"
        hint = "in Word: View Alt Text; say what it shows, or mark it as decorative"
        yield Problem("not-read-aloud", place, message, hint, "reminder")
    for where, words in dict.fromkeys(unread.headers(found)):
        message = f"a table in {where} has a header row that isn't marked as one: {words}"
        hint = "in Word: Layout, Repeat Header Rows; then a reader hears what each cell is about"
        yield Problem("not-read-aloud", place, message, hint, "reminder")
