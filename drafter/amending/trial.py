"""Tries a library with a new text in the place of the old one: reads it, lints it, proves it; nothing is written.

One rule: what can be carried over is carried over for the trial, so that what is found is what is left to do.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from drafter.amending.requirements import RequirementChange, overlapped
from drafter.base.problems import DraftingError, Problem
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.proving.proof import Proof
from drafter.reading import loading
from drafter.reading.forms import telling
from drafter.reading.library import Library
from drafter.reading.sources.source import Anomaly, AskingNothing, Figure, Paragraph, Source, squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """A library under a new text, with what is wrong in it, and its proof; None where it can't be read at all.

    `forms` has the library in each form of the contract, each with its proof; where there are several, `library` and
    `proof` are those of the form in which it was compared.
    """

    library: Library | None
    wrong: tuple[Problem, ...]
    proof: Proof | None
    forms: tuple[Proof, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all that is wrong: what reading and linting find, and the holes of the proof; of each form, once."""
        return tuple(dict.fromkeys((*self.wrong, *self.told.values())))

    @property
    def told(self) -> Mapping[Problem, Problem]:
        """Return each problem of a proof, as it is in its form, with the words that tell it."""
        return telling.told({one.library.form.id: proof.problems(one) for one in self.forms})


NONE = Trial(None, (), None)  # where nothing was to try


def under(library: Library, source: Source, file: str, texts: Mapping[str, str]) -> Trial:
    """Try a library with a source in the place of one of its files, in every form of its contract.

    `texts` has its files' words by their paths.
    """
    with tempfile.TemporaryDirectory(prefix="drafter-") as folder:
        for name, words in {**texts, file: as_yaml(source)}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
        try:
            every = loading.read_forms(Path(folder), library.path)
        except DraftingError as error:
            return Trial(None, error.problems, None)
        made = tuple(replace(one, library=_as_read(one.library, library)) for one in every)
        if not all(clause.alternatives for one in made for clause in one.library.clauses.values()):
            return Trial(None, tuple(dict.fromkeys(p for one in made for p in (*one.unread, *one.wrong))), None)
        unread = tuple(dict.fromkeys(p for one in made for p in one.unread))
        wrong = lint.lint_forms([replace(one, unread=()) for one in made]).wrong
        proofs = tuple(proof.prove(one.library) for one in made)
        own = next((one for one in proofs if one.library.form.id == library.form.id), proofs[0])
        return Trial(own.library, (*unread, *wrong), own, proofs)


def _as_read(tried: Library, library: Library) -> Library:
    """Return a library that was tried, where the one is that it was made from.

    Its papers are not read where anything is wrong; what they say hangs on no source.
    """
    memo, papers = (library.memo, library.papers) if tried.form.id == library.form.id else (None, {})
    return replace(tried, folder=library.folder, memo=tried.memo or memo, papers={**papers, **tried.papers})


def as_yaml(source: Source) -> str:
    """Return a source as a file that reads back as it is: JSON, which is YAML."""
    row = {key: value for key, value in asdict(source).items() if key != "name"}  # which is its file's
    return json.dumps(_plain(row), ensure_ascii=False, indent=1)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key.rstrip("_"): _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


# -- a source that can be tried -----------------------------------------------------------------


def tried(new: Source, found: Iterable[RequirementChange], moved: Mapping[str, str], given: Collection[str]) -> Source:
    """Return a new text with its requirements, and with what it took over from the earlier one made to fit.

    `moved` has the new ids of paragraphs, `given` the keys that the new text has itself. What quotes words that are no
    longer there quotes, for the trial alone, what is there instead; a figure keeps its words and its value, in a
    paragraph of their own; what asked nothing and is gone is left out.
    """
    known = {paragraph.id: paragraph for paragraph in new.paragraphs}
    made = replace(new, requirements=tuple(one.now for one in found if one.now is not None))
    if "asks_nothing" not in given:
        made = replace(made, asks_nothing=tuple(_asking_nothing(new, known, moved)))
    if "anomalies" not in given:
        made = replace(made, anomalies=tuple(anomaly(one, moved, known) for one in new.anomalies))
    return made if "figures" in given else _with_figures(made, known, moved)


def _with_figures(source: Source, known: Mapping[str, Paragraph], moved: Mapping[str, str]) -> Source:
    """Return a source with its figures where their words are now, or in paragraphs that are added for the trial."""
    figures: list[Figure] = []
    for figure in source.figures:
        here = home(figure.paragraph, figure.quote, known, moved)
        figures.append(replace(figure, paragraph=here or f"{_EARLIER}{figure.id}"))
    added = [one for one in figures if one.paragraph.startswith(_EARLIER)]
    return replace(
        source,
        figures=tuple(figures),
        paragraphs=(*source.paragraphs, *(Paragraph(id=one.paragraph, text=one.quote) for one in added)),
        asks_nothing=(
            *source.asks_nothing,
            *(AskingNothing(paragraph=one.paragraph, sentence=one.quote, because="It is gone.") for one in added),
        ),
    )


_EARLIER = "earlier figure "


def without(source: Source, gone: Collection[str], renamed: Mapping[str, str]) -> Source:
    """Return another source whose requirements ask the same as none that is gone; what is left of one asks nothing."""
    made = []
    for one in source.requirements:
        same = tuple(renamed.get(name, name) for name in one.same_as if name not in gone)
        is_left = bool(one.same_as) and not same
        made.append(replace(one, same_as=same, level="info" if is_left else one.level))
    return replace(source, requirements=tuple(made))


def home(paragraph: str, words: str, known: Mapping[str, Paragraph], moved: Mapping[str, str]) -> str | None:
    """Return the id of the paragraph in which some words of an old one are now; None where they are in none, or in two.

    Words in the paragraph itself come first, by its new id.
    """
    own = moved.get(paragraph, paragraph)
    has = [one.id for one in known.values() if squeezed(words) in squeezed(one.text)]
    if own in has:
        return own
    return has[0] if len(has) == 1 else None


def _asking_nothing(new: Source, known: Mapping[str, Paragraph], moved: Mapping[str, str]) -> Iterator[AskingNothing]:
    for one in new.asks_nothing:
        found = home(one.paragraph, one.sentence, known, moved)
        if found is not None and is_whole(one.sentence, known[found].text):
            yield replace(one, paragraph=found)


def is_whole(words: str, text: str) -> bool:
    """Say whether some words of a text are whole sentences of it."""
    return all(sentence in squeezed(words) for sentence in overlapped(words, text))


def anomaly(one: Anomaly, moved: Mapping[str, str], known: Mapping[str, Paragraph]) -> Anomaly:
    """Return an anomaly with the new ids of its paragraphs, without those that are gone."""
    paragraphs = (moved.get(paragraph, paragraph) for paragraph in one.paragraphs)
    return replace(one, paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph in known))
