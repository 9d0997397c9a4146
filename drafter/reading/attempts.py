"""The problems found while a library is read, and the names known so far; one object for one reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from drafter import language
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Node
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading import prose
from drafter.reading.prose import Title

Result = TypeVar("Result")
FORM = "form"  # the name of the contract's form in the conditions of texts


@dataclass(slots=True)
class Attempts:
    """The folder that is read, what messages call it, the problems found, and the kinds of the names known.

    `form` is the kind of the name that only the conditions of texts may use: the form of the contract, None without.
    """

    root: Path
    name: str
    problems: list[Problem]
    schema: dict[str, Kind]
    form: Kind | None = None

    @property
    def in_texts(self) -> Mapping[str, Kind]:
        """Return the kinds of the names that texts may use."""
        return {**self.schema, FORM: self.form} if self.form is not None else self.schema

    def named(self, relative: str) -> str:
        """Return what messages call a file of the folder."""
        return f"{self.name}/{relative}"

    def attempt(self, step: Callable[[], Result]) -> Result | None:
        """Run a step and keep its problems, so that the next step can add its own."""
        try:
            return step()
        except DraftingError as error:
            self.problems.extend(error.problems)
            return None

    def title(self, text: str, place: Place) -> Title:
        """Read a title; what is wrong in it is added to the problems."""
        read, problems = prose.parse_title(text, place.path, place.line, self.schema)
        self.problems.extend(problems)
        return read

    def unfilled(self, node: Node, *fillable: str) -> None:
        """Find the fields in a YAML tree that nothing fills; those below the keys in `fillable` are filled."""
        self.problems.extend(prose.unfilled(node, fillable))

    def checked(self, text: str, place: Place, schema: Mapping[str, Kind] | None = None) -> Expression | None:
        """Read a condition; an empty one is None, and so is one with a problem."""
        if not text:
            return None
        try:
            return language.check(language.parse(text), schema or self.schema)[0]
        except ExpressionError as error:
            self.problems.append(Problem("bad-expression", place, str(error), error.hint))
            return None
