"""Turns the folder of a clause library into a Library, or says everything that is wrong with it.

Whatever is loaded can be drafted from: every field, condition, reference, requirement and authority that it names is
known. Problems are reported all at once, by file and line. Where the files have several forms of the contract, each is
a Library of its own.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from drafter import language
from drafter.base import disk, fitting, manifest, yaml_tree
from drafter.base.fitting import FromFile
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.language import Expression, Kind
from drafter.reading import clauses, library_checks, outline, questionnaire
from drafter.reading.attempts import FORM, Attempts
from drafter.reading.forms import slicing, used
from drafter.reading.forms.reading import Reading, in_form
from drafter.reading.library import Authority, Library, files
from drafter.reading.memo import markdown, memo_text
from drafter.reading.memo.memo_text import Paper, PaperText
from drafter.reading.reviewing import marks
from drafter.reading.sources import source, source_files
from drafter.reading.sources.source import Source
from drafter.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Authorities(FromFile):
    authorities: tuple[Authority, ...]


def load(root: Path, name: str = "", form: str | None = None) -> Library:
    """Read a library folder, in a form as `read`. DraftingError with what is wrong in its files, each at its line."""
    found = read(root, name, form)
    stop_at(found.problems)
    return found.library


def read(root: Path, name: str = "", form: str | None = None) -> Reading:
    """Read a library folder, in a form as `in_form`, with all that is wrong in it.

    DraftingError where there is too little to make a library.
    """
    return in_form(read_forms(root, name), form)


def read_forms(root: Path, name: str = "") -> tuple[Reading, ...]:
    """Read a library folder in every form of its contract. DraftingError where there is too little to make one."""
    name = name or str(root)
    if not os.path.isdir(root):  # noqa: PTH112  # Path.is_dir raises at a name that is too long
        raise DraftingError(Problem("missing-file", Place(name), "there is no such library folder"))
    at = Attempts(root, name, [], {})
    read_sources = source_files.read_all(at)
    outlined = at.attempt(lambda: outline.read(at))
    authorities = at.attempt(lambda: _authorities(at))
    questions = root / "questionnaire.yaml", at.named("questionnaire.yaml")
    if read_sources.policy is None:  # any text may print what it sets, so that no question can be judged
        at.attempt(lambda: disk.read_text(*questions))
        raise DraftingError(*at.problems)
    sources, named = read_sources.all, source.names(read_sources.policy)
    if outlined is not None and outlined[0].forms:
        at.form = Kind("choice", options={one: one for one in outlined[0].forms})
    asked = at.attempt(lambda: questionnaire.load(*questions, named))
    if asked is None or outlined is None:  # nothing in a clause can be judged without the names that it may use
        raise DraftingError(*at.problems)
    found, tree = outlined
    at.schema.update(asked.schema)
    if at.form is not None and not language.is_free(FORM, asked.schema):
        what = f"a question is called '{FORM}', or its id starts with '{FORM}.', which says the form of the contract"
        at.problems.append(Problem("duplicate-id", Place(questions[1]), what, "give it another id"))
    phrases = outline.phrases(found, tree, at)
    at.schema.update({phrase: phrases[phrase][1] if phrase in phrases else Kind("text") for phrase in found.phrases})
    at.unfilled(tree, "title", "caption", "signatures", "phrases")
    read_clauses = clauses.read_all([path for path in files(root) if path.suffix == ".md"], at)
    if not sources or authorities is None:
        raise DraftingError(*at.problems)
    whole = Library(
        sources=sources,
        questionnaire=asked,
        title=outline.title(found, tree, at),
        caption=outline.caption(found, tree, at),
        phrases=phrases,
        opening=(),
        recitals=(),
        agreement=(),
        articles=(),
        exhibits=(),
        signatures=(),
        clauses=read_clauses,
        authorities=authorities,
        conditions=_conditions(sources, read_sources.places, at),
        reviewed=at.attempt(lambda: marks.load(root / marks.FILE, at.named(marks.FILE))) or marks.NOTHING,
        own_reviewed=marks.NOTHING,
        memo=None,
        fingerprint=_fingerprint(root),
        path=name,
        folder=root,
        unsaid=found.form_unsaid,
    )
    drawn = outline.drawn(found, tree)
    whole = replace(whole, forms=tuple(one.form for one in drawn if one.form.id))
    outlines = tuple(_outlined(whole, one, at) for one in drawn)
    sketches = tuple(slicing.sketches(whole, outlines)) if whole.forms else outlines
    at.problems += slicing.problems(whole, sketches if whole.forms else ())
    unread = tuple(dict.fromkeys(at.problems))
    there = [paper for paper in memo_text.PAPERS if os.path.lexists(root / paper.file)]
    if unread or not there:  # a paper refers to what the other files say
        return tuple(_checked(one, unread, ()) for one in _finished(sketches))
    memos = [_with_papers(one, whole, there, at) for one in sketches]
    finished = _finished(tuple(one for one, _ in memos))
    return tuple(_checked(one, (), wrong) for one, (_, wrong) in zip(finished, memos, strict=True))


def _outlined(whole: Library, one: outline.Drawn, at: Attempts) -> Library:
    """Return a library with the outline of a form, and all that the library has besides."""
    articles, exhibits = outline.groups(one, at)
    found = one.outline
    return replace(
        whole, opening=found.opening, recitals=found.recitals, agreement=found.agreement, articles=articles,
        exhibits=exhibits, signatures=outline.signatures(one, at), form=one.form,
    )  # fmt: skip


def _finished(sketches: tuple[Library, ...]) -> tuple[Library, ...]:
    """Return the library of each form with the questions that it asks."""
    return tuple(used.only_asked(one, sketches) if one.forms else one for one in sketches)


def _with_papers(
    made: Library, whole: Library, there: Sequence[Paper], at: Attempts
) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library of a form with the texts of its papers, and the problems for which it has none."""
    alone = Attempts(at.root, at.name, [], at.schema, at.form)
    found: dict[str, PaperText] = {}
    for paper in there:
        text = alone.attempt(partial(markdown.load, made, whole, paper))
        found |= {paper.name: text} if text is not None else {}
    memo = found.pop(memo_text.MEMO.name, None)
    return replace(made, memo=memo, papers=found), tuple(alone.problems)


def _checked(made: Library, unread: tuple[Problem, ...], unread_memo: tuple[Problem, ...]) -> Reading:
    place = Place(f"{made.path}/agreement.yaml")
    wrong = tuple(p for check in library_checks.CHECKS for p in check(made, place))
    return Reading(made, unread, wrong, unread_memo)


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
