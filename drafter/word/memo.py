"""The board memo as a Word file: a memo's values in the fields of the firm's template.

One rule, the template's: what docxtpl sees are tokens. The words take their places in the XML tree afterwards, so
no answer can be read as a field, a tag or an expression. All headings and labels are the template's.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from drafter.base.problems import DraftingError, Place, Problem
from drafter.comparing import lines
from drafter.comparing.lines import Line
from drafter.contract import Blank, Runs, Text, joined, run_text, words
from drafter.papers.memo import Memo
from drafter.word import incoming, oxml, package
from drafter.word.template import Entry, Field, Inline, Template, Write, render

BLANK = "Blank"  # the one style that is named here; all others are named by the template's own paragraphs
REQUIRED = ("deviations", "request", "motion", "compliance")
HINT = "docs/memo.md lists the fields of the memo's template"


def to_docx(memo: Memo, template: Path) -> bytes:
    """Write a memo with a template; equal memos give equal bytes. DraftingError when the template does not do."""
    loaded = _loaded(template)
    parts = _rendered(loaded, _fields(memo), _writer(loaded))
    return package.pack(package.scrub(parts, f"Memorandum: {memo.title}"))


# -- the template -------------------------------------------------------------------------------


def _loaded(path: Path) -> Template:
    """Read a template. DraftingError with what is wrong with it."""
    place = Place(str(path))
    try:
        data = incoming.contents(path)
        parts = incoming.opened(data)
        main = package.main(parts)
        styles = package.find(parts, "styles", main)
        ids = oxml.style_ids(package.parse(parts[styles[0]])) if styles else {}
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except (OSError, package.NotWordError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        problem = Problem("unreadable-template", place, f"the template can't be read: {why}")
        raise DraftingError(problem) from None
    if ("character", BLANK.casefold()) not in ids:
        hint = "copy it from the template that is shipped"
        raise DraftingError(Problem("missing-style", place, f"the character style '{BLANK}' is missing", hint))
    loaded = Template(place, data, ids, {}, {}, 0, 0, _marks(parts))
    _check(loaded)
    return loaded


def _marks(parts: package.Package) -> tuple[str, str]:
    """Choose two private-use characters that stand nowhere in the template."""
    text = "".join(xml.decode("utf-8", "replace") for name, xml in parts.items() if package.is_text(name))
    free = (mark for mark in map(chr, range(0xE000, 0xF900)) if mark not in text and f"&#{ord(mark)};" not in text)
    return next(free), next(free)


def _check(loaded: Template) -> None:
    """Render a memo in which every field is filled with its own name, and see which of the required ones come out."""
    used: set[str] = set()

    def see(line: Line, _: oxml.Element | None) -> list[oxml.Element]:
        used.add(words(lines.take(line, "revised")))
        return []

    _rendered(loaded, {name: _sample(name, shape) for name, shape in SHAPES.items()}, see)
    missing = [
        Problem("missing-field", loaded.place, f"the field '{name}' is nowhere in the template", HINT)
        for name in REQUIRED
        if name not in used
    ]
    if missing:
        raise DraftingError(*missing)


def _rendered(loaded: Template, fields: Mapping[str, Field], write: Write) -> package.Package:
    try:
        return render(loaded, fields, write)
    except DraftingError as error:
        raise DraftingError(*(replace(p, hint=_hint(p)) for p in error.problems)) from error


def _hint(problem: Problem) -> str:
    if problem.code != "unknown-field":
        return problem.hint
    named = problem.message.split("'")
    near = difflib.get_close_matches(named[1] if len(named) > 1 else "", SHAPES, 1)
    return f"did you mean '{near[0]}'?" if near else HINT


# -- the fields ---------------------------------------------------------------------------------

# A field is a line (""), a list of lines ("*"), or a list of entries with the fields that are named; of these, one
# may again be a list of lines or of entries.
Shape = str | Mapping[str, "Shape"]
SHAPES: Mapping[str, Shape] = {
    "title": "",
    "to": "",
    "from": "",
    "meeting": "",
    "subject": "",
    "deviations": {"requirement": "", "words": "", "sections": {"place": "", "now": "", "words": ""}},
    "request": "*",
    "motion": "*",
    "facts": {"label": "", "words": ""},
    "years": {"name": "", "formula": "", "amount": ""},
    "total": "",
    "bases": {"label": "", "basis": ""},
    "cost": "*",
    "changes_told": "*",
    "changes": {"title": "", "lines": {"number": "", "heading": "", "now": "", "words": ""}},
    "concessions_told": "*",
    "concessions": {"place": "", "words": "", "asked": "*"},
    "compliance": "*",
    "statuses": {"status": "", "count": "", "which": ""},
    "policy": "*",
    "anomalies": {"paragraphs": "", "words": ""},
    "blanks_told": "*",
    "blanks": {"place": "", "labels": ""},
    "dates": {"day": "", "words": ""},
}


def _sample(name: str, shape: Shape) -> Field:
    """Make a field in which every line says the name of the field; each list has two, as one may hide a cut loop."""
    if isinstance(shape, str):
        return [_line(name)] * 2 if shape else _line(name)
    return [Entry({key: _sample(name, inner) for key, inner in shape.items()})] * 2


def _fields(memo: Memo) -> dict[str, Field]:
    """Return the fields of the template; the names are those of SHAPES."""
    given: dict[str, object] = {name: getattr(memo, "sender" if name == "from" else name) for name in SHAPES}
    return {name: _field(given[name], shape) for name, shape in SHAPES.items()}


def _field(value: object, shape: Shape) -> Field:
    if shape == "":
        return _line(value)
    assert isinstance(value, tuple)  # noqa: S101  # by SHAPES
    if isinstance(shape, str):
        return [_line(entry) for entry in value]
    return [_entry(entry, shape) for entry in value]


def _entry(entry: object, shape: Mapping[str, Shape]) -> Entry:
    """Make an entry of a value's attributes, or of a plain tuple's parts in the order of the shape."""
    if isinstance(entry, tuple):
        named = dict(zip(shape, entry, strict=True))
        return Entry({key: _field(named[key], inner) for key, inner in shape.items()})
    return Entry({key: _field(getattr(entry, key), inner) for key, inner in shape.items()})


def _line(told: object) -> Inline:
    runs: Runs = joined([Text(told)]) if isinstance(told, str) else told  # type: ignore[assignment]  # by SHAPES
    return Inline(lines.compare(runs, runs))


def _writer(loaded: Template) -> Write:
    blank = loaded.style(BLANK, "character")

    def write(line: Line, base: oxml.Element | None) -> list[oxml.Element]:
        runs = lines.take(line, "revised")
        return [oxml.run(run_text(run), base, blank if isinstance(run, Blank) else "") for run in runs]

    return write
