"""Reads agreement.yaml, the outline of a contract: title, parties, articles in order, exhibits and signature blocks.

One rule: a library may have several forms of its contract. What a form doesn't say itself is said for all forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Annotated

from drafter import language
from drafter.base import disk, fitting, yaml_tree
from drafter.base.fitting import Alone, FromFile, Words
from drafter.base.problems import Place, Problem, stop_at
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading import prose
from drafter.reading.attempts import Attempts
from drafter.reading.library import Form, Group, Signature, Together
from drafter.reading.prose import Parts, Title
from drafter.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature(FromFile):
    party: str
    note: Words = ""
    signers: Words = ""
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed(FromFile):
    """A clause, or several under one title."""

    clause: Words = ""
    title: Words = ""
    clauses: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.clauses or (self.clause,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group(FromFile):
    id: str
    title: str
    clauses: tuple[Annotated[_Placed, Alone("clause")], ...]
    revisable: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form(FromFile):
    label: str
    opening: tuple[str, ...] | None = None
    recitals: tuple[str, ...] | None = None
    agreement: tuple[str, ...] | None = None
    articles: tuple[_Group, ...] | None = None
    exhibits: tuple[_Group, ...] | None = None
    signatures: tuple[_Signature, ...] | None = None
    cover: bool | None = None
    contents: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(FromFile):
    """The outline as its file has it: the texts of fields and conditions not yet read."""

    title: str
    caption: tuple[str, ...] = ()
    phrases: dict[str, str] = field(default_factory=dict)
    opening: tuple[str, ...] = ()
    recitals: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    articles: tuple[_Group, ...] = ()
    exhibits: tuple[_Group, ...] = ()
    signatures: tuple[_Signature, ...] = ()
    cover: bool = True
    contents: bool = True
    forms: dict[str, _Form] = field(default_factory=dict)
    form_unsaid: Words = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The outline of one form: what it says itself, and what is said for all; `own` are the keys of the first kind."""

    form: Form
    outline: Outline
    tree: yaml_tree.Mapping
    own: frozenset[str] = frozenset()

    def place(self, key: str, *path: str | int) -> Place:
        """Return the place of something in the file."""
        whole = ("forms", self.form.id, key, *path) if key in self.own else (key, *path)
        return yaml_tree.locate(self.tree, whole)


def read(at: Attempts) -> tuple[Outline, yaml_tree.Mapping]:
    """Read the outline, and the YAML tree that knows its lines. DraftingError with its problems."""
    name = at.named("agreement.yaml")
    tree = yaml_tree.parse(disk.read_text(at.root / "agreement.yaml", name), name)
    found = fitting.fit(tree, Outline)
    stop_at(_wrong(found, tree))
    return found, tree


def _wrong(found: Outline, tree: yaml_tree.Mapping) -> Iterator[Problem]:
    """Find a form without articles or with a name that can't be one, and that no form is meant where none is said."""
    if not found.forms and "articles" not in tree.entries:
        yield Problem("missing-key", yaml_tree.locate(tree, ()), "'articles' is missing")
    for name, form in found.forms.items():
        place = yaml_tree.locate(tree, ("forms", name))
        if not _FORM.fullmatch(name):
            what = f"'{name}' can't be the name of a form"
            yield Problem("bad-value", place, what, "use lowercase letters, digits and -")
        if form.articles is None and "articles" not in tree.entries:
            yield Problem("missing-key", place, f"the form '{name}' has no articles")
    if found.forms and found.form_unsaid not in found.forms:
        said = f"'{found.form_unsaid}' is no form" if found.form_unsaid else "'form_unsaid' is missing"
        hint = f"name the form of answers that say none, one of {', '.join(found.forms)}"
        yield Problem("unknown-form", yaml_tree.locate(tree, ("form_unsaid",)), said, hint)


_FORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def drawn(found: Outline, tree: yaml_tree.Mapping) -> tuple[Drawn, ...]:
    """Return the outline of each form, in the file's order; of a library without forms, the one that it has."""
    if not found.forms:
        return (Drawn(Form(cover=found.cover, contents=found.contents), found, tree),)
    return tuple(_drawn(found, tree, name, form) for name, form in found.forms.items())


def _drawn(found: Outline, tree: yaml_tree.Mapping, name: str, form: _Form) -> Drawn:
    given = {key: getattr(form, key) for key in _OF_A_FORM if getattr(form, key) is not None}
    made = replace(found, **given)
    about = Form(id=name, label=form.label, cover=made.cover, contents=made.contents)
    return Drawn(about, made, tree, frozenset(given))


_OF_A_FORM = ("opening", "recitals", "agreement", "articles", "exhibits", "signatures", "cover", "contents")


def phrases(outline: Outline, tree: yaml_tree.Mapping, at: Attempts) -> dict[str, tuple[Expression, Kind]]:
    """Return the expression and the kind of each phrase; what is wrong is added to the problems."""
    found: dict[str, tuple[Expression, Kind]] = {}
    for phrase, text in outline.phrases.items():
        place = yaml_tree.locate(tree, ("phrases", phrase))
        if phrase in at.schema:
            at.problems.append(Problem("duplicate-id", place, f"the phrase '{phrase}' is also a question"))
        try:
            found[phrase] = language.check(language.parse(text), at.schema)
        except ExpressionError as error:
            at.problems.append(Problem("bad-expression", place, f"phrase '{phrase}': {error}", error.hint))
    return found


def title(outline: Outline, tree: yaml_tree.Mapping, at: Attempts) -> Title:
    """Return the contract's title, with its fields read."""
    return at.title(outline.title, yaml_tree.locate(tree, ("title",)))


def groups(one: Drawn, at: Attempts) -> Iterator[tuple[Group, ...]]:
    """Yield the articles, and the exhibits, with the fields of their titles read."""
    for key, found in (("articles", one.outline.articles), ("exhibits", one.outline.exhibits)):
        yield tuple(_group(group, one, (key, number), at) for number, group in enumerate(found))


def _group(group: _Group, one: Drawn, where: tuple[str, int], at: Attempts) -> Group:
    key, number = where
    together = []
    for place, placed in enumerate(group.clauses):
        here = one.place(key, number, "clauses", place)
        if not (placed.title and placed.clauses if placed.clause == "" else not placed.title and not placed.clauses):
            what = "clauses under one heading have a title and a list of clauses"
            at.problems.append(Problem("bad-value", here, what, "write {title: TITLE, clauses: [CLAUSE, CLAUSE]}"))
        elif placed.clauses:
            title = at.title(placed.title, one.place(key, number, "clauses", place, "title"))
            together.append(Together(title, placed.clauses))
    title = at.title(group.title, one.place(key, number, "title"))
    if group.revisable and key != "exhibits":
        what = "only an exhibit may be revisable"
        at.problems.append(Problem("bad-value", one.place(key, number, "revisable"), what))
    clauses = tuple(name for placed in group.clauses for name in placed.all)
    return Group(group.id, title, clauses, tuple(together), group.revisable)


def _line(text: str, place: Place, at: Attempts, schema: Mapping[str, Kind] | None = None) -> Parts:
    parts, problems = prose.parse_line(text, place.path, place.line, schema or at.schema)
    at.problems.extend(problems)
    return parts


def _signature(entry: _Signature, number: int, one: Drawn, at: Attempts) -> Signature | None:
    def place(key: str) -> Place:
        return one.place("signatures", number, key)

    signers, inner = None, at.schema
    try:
        if entry.signers:
            signers, kind = _signers(entry.signers, at.schema)
            inner = {**at.schema, signers.name: Kind("record", fields=kind.fields)}
    except ExpressionError as error:
        at.problems.append(Problem("bad-expression", place("signers"), str(error), error.hint))
        return None
    return Signature(
        _line(entry.party, place("party"), at),
        _line(entry.note, place("note"), at) if entry.note else (),
        signers,
        _line(entry.name, place("name"), at, inner),
        _line(entry.title, place("title"), at, inner),
    )


def _signers(text: str, schema: Mapping[str, Kind]) -> tuple[prose.Each, Kind]:
    name, _, listed = text.partition(" in ")
    expression, kind = language.check(language.parse(listed), schema)
    if kind.name != "records" or not name.strip().isidentifier():
        raise ExpressionError(f"'{text}' names no list of records", "write signers: signer in city_signers")
    return prose.Each(name.strip(), expression), kind


def caption(outline: Outline, tree: yaml_tree.Mapping, at: Attempts) -> tuple[Parts, ...]:
    """Return the lines of the caption, with their fields read."""
    return tuple(_line(text, yaml_tree.locate(tree, ("caption", i)), at) for i, text in enumerate(outline.caption))


def signatures(one: Drawn, at: Attempts) -> tuple[Signature, ...]:
    """Return the signature blocks that can be read."""
    made = (_signature(entry, number, one, at) for number, entry in enumerate(one.outline.signatures))
    return tuple(block for block in made if block is not None)
