"""Turns the folder of a clause library into a Library, or says everything that is wrong with it.

Whatever is loaded can be drafted from: every field, condition, reference, requirement and authority that it names is
known. Problems are reported all at once, by file and line.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from drafter.base import disk, fitting, manifest, yaml_tree
from drafter.base.fitting import FromFile
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.language import Expression, Kind
from drafter.reading import clauses, library_checks, outline, questionnaire
from drafter.reading.attempts import Attempts
from drafter.reading.library import Authority, Library, files
from drafter.reading.memo import markdown, memo_text
from drafter.reading.reviewing import marks
from drafter.reading.sources import source, source_files
from drafter.reading.sources.source import Source
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A library as far as it could be read, what couldn't be read, and which checks fail.

    Where `unread_memo` has problems, the library is without its memo, and nobody knows what that would read.
    """

    library: Library
    unread: tuple[Problem, ...]
    wrong: tuple[Problem, ...]
    unread_memo: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Authorities(FromFile):
    authorities: tuple[Authority, ...]


def load(root: Path, name: str = "") -> Library:
    """Read a library folder. DraftingError with the problems of all its files, each at its line."""
    found = read(root, name)
    stop_at((*found.unread, *found.wrong, *found.unread_memo))
    return found.library


def read(root: Path, name: str = "") -> Reading:
    """Read a library folder with all that is wrong in it. DraftingError where there is too little to make a library."""
    name = name or str(root)
    if not os.path.isdir(root):  # noqa: PTH112  # Path.is_dir raises at a name that is too long
        raise DraftingError(Problem("missing-file", Place(name), "there is no such library folder"))
    at = Attempts(root, name, [], {})
    read_sources = source_files.read_all(at)
    if read_sources.policy is None:  # any text may print what it sets
        raise DraftingError(*at.problems)
    sources, named = read_sources.all, source.names(read_sources.policy)
    asked = at.attempt(lambda: questionnaire.load(root / "questionnaire.yaml", at.named("questionnaire.yaml"), named))
    authorities = at.attempt(lambda: _authorities(at))
    outlined = at.attempt(lambda: outline.read(at))
    if asked is None or outlined is None:  # nothing in a clause can be judged without the names that it may use
        raise DraftingError(*at.problems)
    found, tree = outlined
    at.schema.update(asked.schema)
    phrases = outline.phrases(found, tree, at)
    at.schema.update({phrase: phrases[phrase][1] if phrase in phrases else Kind("text") for phrase in found.phrases})
    at.unfilled(tree, "title", "caption", "signatures", "phrases")
    articles, exhibits = outline.groups(found, tree, at)
    read_clauses = clauses.read_all([path for path in files(root) if path.suffix == ".md"], at)
    if not sources or authorities is None:
        raise DraftingError(*at.problems)
    made = Library(
        sources=sources,
        questionnaire=asked,
        title=outline.title(found, tree, at),
        caption=outline.caption(found, tree, at),
        phrases=phrases,
        opening=found.opening,
        recitals=found.recitals,
        agreement=found.agreement,
        articles=articles,
        exhibits=exhibits,
        signatures=outline.signatures(found, tree, at),
        clauses=read_clauses,
        authorities=authorities,
        conditions=_conditions(sources, read_sources.places, at),
        reviewed=at.attempt(lambda: marks.load(root / marks.FILE, at.named(marks.FILE))) or marks.NOTHING,
        own_reviewed=marks.NOTHING,
        memo=None,
        fingerprint=_fingerprint(root),
        path=name,
        folder=root,
    )
    place = Place(at.named("agreement.yaml"))
    wrong = tuple(p for check in library_checks.CHECKS for p in check(made, place))
    if at.problems or not os.path.lexists(root / memo_text.FILE):  # a memo refers to what the other files say
        return Reading(made, tuple(at.problems), wrong)
    memo = at.attempt(lambda: markdown.load(made))
    return Reading(replace(made, memo=memo), (), wrong, tuple(at.problems))


def _conditions(sources: tuple[Source, ...], places: Mapping[str, Place], at: Attempts) -> dict[str, Expression]:
    """Read the condition of each requirement that has one."""
    read = ((r.id, at.checked(r.applies_when, places[r.id])) for one in sources for r in one.requirements)
    return {name: condition for name, condition in read if condition is not None}


def _fingerprint(root: Path) -> str:
    """Return the SHA-256 hash of the texts that a contract is made from; a recorded round keeps it.

    What a person reviewed and what a board is told are left out: they change no contract.
    """
    found = {path.relative_to(root).as_posix(): _text(path.read_bytes()) for path in files(root) if path.is_file()}
    return hashlib.sha256(manifest.to_text(found).encode()).hexdigest()


def _text(content: bytes) -> bytes:
    """Return a file without what a system or an editor adds: a byte order mark, carriage returns."""
    return content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


def _authorities(at: Attempts) -> Mapping[str, Authority]:
    name = at.named("authorities.yaml")
    tree = yaml_tree.parse(disk.read_text(at.root / "authorities.yaml", name), name)
    at.unfilled(tree)
    found: dict[str, Authority] = {}
    for number, entry in enumerate(fitting.fit(tree, _Authorities).authorities):
        if entry.id in found:
            place = yaml_tree.locate(tree, ("authorities", number))
            at.problems.append(Problem("duplicate-id", place, f"the authority '{entry.id}' is listed twice"))
        found.setdefault(entry.id, entry)
    return found
