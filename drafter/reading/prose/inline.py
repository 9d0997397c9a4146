"""Reads one paragraph, item or cell: its words, terms, fields and references, and the directives at its start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading.prose import aside
from drafter.reading.prose.aside import Aside
from drafter.reading.prose.tree import Each, Field, Guard, Link, Part, Parts, Term, Words

if TYPE_CHECKING:
    from markdown_it.token import Token

_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|[{}]|\[\[|\]\]")
_WIDE = re.compile(r"[\t\n][ \t\n]*| [ \t\n]+")  # any white space but a single space
_EACH = re.compile(r"\s*([a-z][a-z_]*)\s+in\s+(\S.*)")
_LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINK = re.compile(r"((article|exhibit):)?[A-Za-z0-9][A-Za-z0-9-]*(\.[a-z0-9-]+)?")
_SECOND = {  # the name of a directive, and what to do about a second one
    "when": ("condition", "join conditions with 'and'"),
    "each": ("repetition", "a paragraph, item or row has at most one"),
    "label": ("label", "keep one of the two"),
}


@dataclass(slots=True)
class Reading:
    """What reading one text needs and finds; it lives for that reading only."""

    path: str
    schema: Mapping[str, Kind]
    lines: list[str] = field(default_factory=list)
    aside: tuple[Aside, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Keep a problem of a line."""
        self.problems.append(Problem(code, Place(self.path, line), message, hint))

    def checked(self, text: str, line: int, schema: Mapping[str, Kind]) -> tuple[Expression, Kind] | None:
        """Return an expression with its kind; None, with the problem kept, if it can't be read or doesn't fit."""
        try:
            return language.check(language.parse(text.strip()), schema)
        except ExpressionError as error:
            self.problem("bad-expression", line, str(error), error.hint)
            return None


def read(token: Token, line: int, reading: Reading, schema: Mapping[str, Kind]) -> tuple[Parts, Guard]:
    """Turn the inline tokens of one paragraph into its parts, and the directives at its start into a guard."""
    inline = _Inline(reading, line, schema)
    for child in token.children or []:
        inline.take(child)
    return _tidied(inline.parts), inline.guard


def are_directives(pieces: Iterable[str | Aside]) -> bool:
    """Say whether pieces of a line are directives alone."""
    return all(not one.strip() if isinstance(one, str) else bool(one["word"] or one["label"]) for one in pieces)


def read_guard(pieces: Iterable[str | Aside], line: int, reading: Reading) -> Guard:
    """Turn the directives before the policy's text into a guard, which has only a condition."""
    inline = _Inline(reading, line, reading.schema)
    for piece in pieces:
        if not isinstance(piece, str):
            inline.take_back(piece)
            if piece["word"] != "when":
                inline.problem(f"'{piece.group()}' can't be before the policy's text", "it can have a condition")
    return inline.guard


def schema_in(guard: Guard, schema: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """Return the names that are known inside an `each`."""
    if not guard.each:
        return schema
    fields = language.check(guard.each.expression, schema)[1].fields
    return {**schema, guard.each.name: Kind("record", fields=fields)}


@dataclass(slots=True)
class _Inline:
    """The reading of one paragraph: the line reached, the names known, the parts and the guard found so far."""

    reading: Reading
    line: int
    schema: Mapping[str, Kind]
    parts: list[Part] = field(default_factory=list)
    guard: Guard = field(default_factory=Guard)
    directives: set[str] = field(default_factory=set)
    bold: list[Part] | None = None

    def problem(self, message: str, hint: str = "") -> None:
        self.reading.problem("bad-text", self.line, message, hint)

    def take(self, child: Token) -> None:
        """Take one of Markdown's inline tokens."""
        if child.type == "strong_open":
            self.bold = []
        elif child.type == "strong_close":
            self.parts.append(_term(_tidied(self.bold or [])))
            self.bold = None
        elif child.type in ("softbreak", "hardbreak"):
            self.line += 1
            self.words(" ")
        elif child.type == "text":
            for piece in aside.taken_back(child.content, self.reading.aside):
                if isinstance(piece, str):
                    self.words(piece)
                else:
                    self.take_back(piece)
        elif not child.type.endswith("_close"):
            what = {"em_open": "italics"}.get(child.type, child.type)
            self.problem(f"{what} can't be used here", "write plain words")

    def words(self, text: str) -> None:
        if (stray := _STRAY.search(text)) is not None:
            what = f"'{stray.group()}' doesn't belong to a field, a reference or a condition"
            self.problem(what, "a field is {{ question }} on one line, a reference is [[clause]]")
        self.reached.append(Words(text))

    @property
    def reached(self) -> list[Part]:
        """Return the parts that are being read: those of a term in bold, or of the paragraph."""
        return self.parts if self.bold is None else self.bold

    def take_back(self, found: Aside) -> None:
        """Take a field, a reference or a directive that was set aside before Markdown was read."""
        if self.bold is not None and found["field"] is None:
            self.problem(f"'{found.group()}' is in bold", "bold is for a term being defined")
        elif found["link"] is not None:
            self.link(found["link"].strip())
        elif found["field"] is not None:
            self.field(found)
        elif found["policy"] is not None:
            self.problem(f"'{found.group()}' must be a paragraph of its own")
        else:
            self.directive(found)

    def link(self, target: str) -> None:
        if _LINK.fullmatch(target):
            self.parts.append(Link(target, self.line))
        else:
            self.problem(f"'[[{target}]]' is not a reference", "write [[clause]]")

    def field(self, found: Aside) -> None:
        checked = self.reading.checked(found["field"], self.line, self.schema)
        if checked and checked[1].name in ("record", "records"):
            self.problem(f"'{found.group()}' is a whole record", "name one of its fields")
        elif checked:
            self.reached.append(Field(*checked, found["field"].strip(), self.line))

    def directive(self, found: Aside) -> None:
        if any(not isinstance(part, Words) or part.text.strip() for part in self.parts):
            self.problem(f"'{found.group()}' must come at the start", "move it to the front")
        kind = found["word"] or "label"
        if kind in self.directives:
            name, hint = _SECOND[kind]
            self.problem(f"'{found.group()}' is a second {name}", hint)
        self.directives.add(kind)
        if kind == "when":
            checked = self.reading.checked(found["rest"], self.line, self.schema)
            self.guard = replace(self.guard, when=checked[0] if checked else None)
        elif kind == "each":
            self.guard = replace(self.guard, each=self.each(found["rest"]))
            self.schema = schema_in(self.guard, self.schema)
        else:
            self.guard = replace(self.guard, label=self.label(found["label"].strip()))

    def label(self, label: str) -> str:
        if not _LABEL.fullmatch(label):
            self.problem(f"'{label}' is not a label", "use lowercase letters, digits and hyphens")
        return label

    def each(self, text: str) -> Each | None:
        match = _EACH.fullmatch(text)
        if not match:
            self.problem(f"'{text.strip()}' doesn't name a list", "write {each: person in people}")
            return None
        name, listed = match.groups()
        checked = self.reading.checked(listed, self.line, self.schema)
        if checked and checked[1].name != "records":
            self.problem(f"'{listed}' is not a list of records", "use a question of type records")
            return None
        if not language.is_free(name, self.schema):
            self.problem(f"'{name}' is the name of a question", "give the record another name")
        return Each(name, checked[0]) if checked else None


def _term(parts: Parts) -> Term:
    held = tuple(part for part in parts if isinstance(part, Words | Field))
    text = "".join(part.text if isinstance(part, Words) else f"{{{{ {part.written} }}}}" for part in held)
    return Term(text, held if any(isinstance(part, Field) for part in held) else ())


def _tidied(parts: list[Part]) -> Parts:
    """Join adjacent words, squeeze spaces, and trim both ends, so that a text can be encoded in one way only."""
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
