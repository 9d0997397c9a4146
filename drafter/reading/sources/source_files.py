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


def read_all(at: Attempts) -> tuple[tuple[Source, ...], Mapping[str, Place]]:
    """Read the sources of a library, the policy first, and the place of each requirement; none where one can't be read.

    What is wrong is added to the problems.
    """
    relative = [path.relative_to(at.root).as_posix() for path in source_paths(at.root)]
    read = [at.attempt(partial(load, at.root / name, at.named(name))) for name in relative]
    found = [one for one in read if one is not None]
    places: dict[str, Place] = {}
    for _, here in found:
        for name in here.keys() & places.keys():
            what = f"requirement {name} is listed twice (first in {places[name].path})"
            at.problems.append(Problem("duplicate-id", here[name], what))
        places |= here
    if len(found) != len(read):
        return (), places
    sources = tuple(source for source, _ in found)
    at.problems += source_checks.together(sources, places, at.name)
    return sources, places


def load(path: Path, name: str) -> tuple[Source, Mapping[str, Place]]:
    """Read the file of a source; return it, and the place of each requirement. DraftingError with all problems."""
    node = yaml_tree.parse(disk.read_text(path, name), name)
    source = fitting.fit(node, Source)
    places = {r.id: yaml_tree.locate(node, ("requirements", i)) for i, r in enumerate(source.requirements)}
    stop_at(source_checks.problems(source, node))
    return replace(source, name=path.stem), places
