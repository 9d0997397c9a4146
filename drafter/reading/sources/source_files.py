"""Reads the files of a library's sources: each one's paragraphs, the requirements taken from it, its anomalies.

One rule: a requirement quotes words that its paragraph contains. The text of a source is never corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from drafter.base import disk, fitting, yaml_tree
from drafter.base.problems import Place, Problem, stop_at
from drafter.reading.attempts import Attempts
from drafter.reading.sources import source_checks
from drafter.reading.sources.source import Source, source_paths
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a library, the policy first, and the place of each requirement; none where one is not in order.

    `policy` is there wherever its file could be read, since texts use what it sets.
    """

    all: tuple[Source, ...]
    places: Mapping[str, Place]
    policy: Source | None


def read_all(at: Attempts) -> Sources:
    """Read the sources of a library; what is wrong is added to the problems."""
    relative = [path.relative_to(at.root).as_posix() for path in source_paths(at.root)]
    read = [at.attempt(partial(_read, at.root / name, at.named(name))) for name in relative]
    policy = read[0][0] if read[0] is not None else None
    found = []
    for one in read:
        if one is not None and not one[2]:
            found.append(one[:2])
        at.problems += one[2] if one is not None else ()
    places: dict[str, Place] = {}
    for _, here in found:
        for name in here.keys() & places.keys():
            what = f"requirement {name} is listed twice (first in {places[name].path})"
            at.problems.append(Problem("duplicate-id", here[name], what))
        places |= here
    if len(found) != len(read):
        return Sources((), places, policy)
    sources = tuple(source for source, _ in found)
    at.problems += source_checks.together(sources, places, at.name)
    return Sources(sources, places, policy)


def load(path: Path, name: str) -> tuple[Source, Mapping[str, Place]]:
    """Read the file of a source; return it, and the place of each requirement. DraftingError with all problems."""
    source, places, problems = _read(path, name)
    stop_at(problems)
    return source, places


def _read(path: Path, name: str) -> tuple[Source, Mapping[str, Place], tuple[Problem, ...]]:
    """Return the same and what is wrong in the file. DraftingError where it can't be read as a source."""
    node = yaml_tree.parse(disk.read_text(path, name), name)
    source = fitting.fit(node, Source)
    places = {r.id: yaml_tree.locate(node, ("requirements", i)) for i, r in enumerate(source.requirements)}
    return replace(source, name=path.stem), places, tuple(source_checks.problems(source, node))
