"""Reads agreement.yaml, the outline of a contract: title, parties, articles in order, exhibits and signature blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from drafter import language
from drafter.base import disk, fitting, yaml_tree
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import Place, Problem
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading import prose
from drafter.reading.attempts import Attempts
from drafter.reading.library import Group, Signature
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
class _Group(FromFile):
    id: str
    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(FromFile):
    """The outline as its file has it: the texts of fields and conditions not yet read."""

    title: str
    caption: tuple[str, ...] = ()
    phrases: dict[str, str] = field(default_factory=dict)
    opening: tuple[str, ...] = ()
    recitals: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    articles: tuple[_Group, ...]
    exhibits: tuple[_Group, ...] = ()
    signatures: tuple[_Signature, ...] = ()


def read(at: Attempts) -> tuple[Outline, yaml_tree.Mapping]:
    """Read the outline, and the YAML tree that knows its lines. DraftingError with its problems."""
    name = at.named("agreement.yaml")
    tree = yaml_tree.parse(disk.read_text(at.root / "agreement.yaml", name), name)
    return fitting.fit(tree, Outline), tree


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


def groups(outline: Outline, tree: yaml_tree.Mapping, at: Attempts) -> Iterator[tuple[Group, ...]]:
    """Yield the articles, and the exhibits, with the fields of their titles read."""
    for key, found in (("articles", outline.articles), ("exhibits", outline.exhibits)):
        places = (yaml_tree.locate(tree, (key, number, "title")) for number in range(len(found)))
        yield tuple(Group(g.id, at.title(g.title, place), g.clauses) for g, place in zip(found, places, strict=True))


def _line(text: str, place: Place, at: Attempts, schema: Mapping[str, Kind] | None = None) -> Parts:
    parts, problems = prose.parse_line(text, place.path, place.line, schema or at.schema)
    at.problems.extend(problems)
    return parts


def _signature(entry: _Signature, number: int, tree: yaml_tree.Mapping, at: Attempts) -> Signature | None:
    def place(key: str) -> Place:
        return yaml_tree.locate(tree, ("signatures", number, key))

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


def signatures(outline: Outline, tree: yaml_tree.Mapping, at: Attempts) -> tuple[Signature, ...]:
    """Return the signature blocks that can be read."""
    made = (_signature(entry, number, tree, at) for number, entry in enumerate(outline.signatures))
    return tuple(block for block in made if block is not None)
