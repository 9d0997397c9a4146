"""Compares two texts of a source in a library: what differs, what rests on that, what it does to matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from drafter.amending import agreements, carrying, pairing, requirements, resting, stale, to_dos, trial
from drafter.amending.agreements import MatterUnder, Under
from drafter.amending.carrying import Moves
from drafter.amending.pairing import ParagraphChange
from drafter.amending.requirements import Difference, RequirementChange
from drafter.amending.resting import Rest, Resting
from drafter.amending.stale import Stale
from drafter.amending.texts import Text
from drafter.amending.to_dos import Change, ToDo
from drafter.amending.trial import Trial
from drafter.base import disk, english
from drafter.base.problems import DraftingError, Place, Problem
from drafter.reading.library import Library, texts
from drafter.reading.reviewing import marks
from drafter.reading.sources import source_files
from drafter.reading.sources.source import Paragraph, Requirement, Source, squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Resolved:
    """What becomes of a requirement, and what rests on it; nothing is listed for one that is unchanged."""

    change: RequirementChange
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What differs between two texts of a source, and what that does to a library and its matters.

    `facts` are what the texts say of themselves, such as status and date; `unquoted` the sentences of the new text that
    no requirement quotes. `to_do` is what a person must do after all was carried over that is word for word the same.
    `path` is what messages call the library, `file` the source's file within it; `files` are the library's files that
    change, as they would then be.
    """

    old: Text
    new: Text
    facts: tuple[Difference, ...]
    paragraphs: tuple[ParagraphChange, ...]
    unquoted: tuple[tuple[Paragraph, str], ...]
    requirements: tuple[Resolved, ...]
    stale: tuple[Stale, ...]
    path: str
    file: str
    trial: Trial = trial.NONE
    matters: tuple[MatterUnder, ...] = ()
    to_do: tuple[ToDo, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_work(self) -> bool:
        """Say whether anything is left to do after what is word for word the same was carried over."""
        return bool(self.to_do or self.trial.problems) or any(one.needs_work for one in self.matters)

    @property
    def is_same(self) -> bool:
        """Say whether the texts say the same in the same places, and of themselves."""
        changed = any(one.kind != "same" for one in self.paragraphs)
        rows = any(one.change.kind != "unchanged" for one in self.requirements)
        return not (changed or rows or self.facts)


def compare(  # noqa: PLR0913  # what is compared, and where it is looked for
    old: Text, new: Text, library: Library, matters: Path | None, seen: Callable[[str], None],
    *, forms: Sequence[Library] = (),
) -> PolicyDiff:  # fmt: skip
    """Compare two texts of a source of a library; `seen` is told what is being looked at.

    `forms` has the library in each form of its contract, where there are several. DraftingError where the library has
    no such source, or one of its files can't be read.
    """
    held = held_source(old, new, library)
    file = held.file
    found = _Found(old, new, forms or (library,), held)
    made = found.compared()
    if made.is_same:
        return made
    seen("the library under the new text")
    carried = found.carried()
    tried = trial.under(library, found.asked, file, {**carried, **found.other_sources()})
    to_do = to_dos.of(found.change, found.searched, library.path, file)
    open_ = [one.words for one in to_do if not one.is_found]
    source = new.words if found.is_done else carrying.source_text(old, new, found.changes, found.moves, open_)
    changed = {name: words for name, words in carried.items() if words != found.texts.get(name)}
    return replace(
        made,
        requirements=tuple(found.resolved(tried)),
        trial=tried,
        to_do=to_do,
        files={**changed, file: source},
        matters=_matters(found, tried, matters, lambda place: seen(f"the matter {place}")),
    )


class _Found:
    """What comparing two texts of a source finds before the library is tried with the new one.

    `is_done` says that the library has the new text already, so that nothing is to be carried over.
    """

    def __init__(self, old: Text, new: Text, forms: Sequence[Library], held: Source) -> None:
        library = forms[0]
        self.old, self.new, self.library, self.forms, self.file = old, new, library, forms, held.file
        self.is_done = held.fingerprint != old.source.fingerprint
        self.own = "requirements" in new.given
        self.paragraphs = pairing.changes(old.source.paragraphs, new.source.paragraphs)
        self.changes = requirements.changes(old.source, new.source, self.paragraphs, own=self.own)
        self.renamed, moved = requirements.ids(self.changes, self.paragraphs)
        known = resting.ids_of(new.source if self.is_done else old.source)
        divided = requirements.divided(old.source, new.source, self.paragraphs)
        self.moves = Moves({}, {}, known) if self.is_done else Moves(self.renamed, moved, known, divided)
        self.asked = trial.tried(new.source, self.changes, moved, new.given)
        self.texts = _texts(library)
        self.others = {name: words for name, words in self.texts.items() if name not in (self.file, marks.FILE)}
        gone = frozenset(one.was.id for one in self.changes if one.kind == "gone" and one.was is not None)
        own = carrying.library_words(new) if self.is_done else carrying.library_words(old, gone)
        self.searched = {**self.others, self.file: own}
        named = {f"{library.path}/{name}": words for name, words in self.searched.items()}
        self.stale = stale.stale(old.source, new.source, self.paragraphs, named)
        self.unquoted = requirements.unquoted(old.source, new.source, self.changes, own=self.own)

    @property
    def change(self) -> Change:
        """Return what differs, for what is to do."""
        others = tuple(r for s in self.library.sources if s.file != self.file for r in s.requirements)
        return Change(self.new, self.paragraphs, self.changes, self.unquoted, self.stale, self.moves, others)

    def compared(self) -> PolicyDiff:
        """Return what differs between the texts alone."""
        return PolicyDiff(
            old=self.old,
            new=self.new,
            facts=tuple(_facts(self.old.source, self.new.source)),
            paragraphs=self.paragraphs,
            unquoted=self.unquoted,
            requirements=tuple(Resolved(one, ()) for one in self.changes),
            stale=self.stale,
            path=self.library.path,
            file=self.file,
        )

    def carried(self) -> dict[str, str]:
        """Return the library's other files as they are under the new text."""
        made = carrying.library_texts(self.others, self.moves)
        if marks.FILE in self.texts:
            renumbered = any(one.is_renumbered for one in self.changes) and not self.is_done
            read = self.library.reviewed
            made[marks.FILE] = carrying.marks_text(read, self.changes) if renumbered else self.texts[marks.FILE]
        return made

    def other_sources(self) -> dict[str, str]:
        """Return the files of other sources that ask the same as what is gone, for the trial alone."""
        gone = {one.was.id for one in self.changes if one.kind == "gone" and one.was is not None}
        touched = (s for s in self.library.sources if any(gone.intersection(r.same_as) for r in s.requirements))
        whole = (source_files.load(self.library.folder / s.file, s.file)[0] for s in touched)  # as every form has it
        return {s.file: trial.as_yaml(trial.without(s, gone, self.moves.requirements)) for s in whole}

    def resolved(self, tried: Trial) -> Iterator[Resolved]:
        """Yield each requirement with what rests on it: on the old one, or, of a new one, on it."""
        held = self.new.source if self.is_done else self.old.source
        before = [Resting(one, held, self.file, self.others) for one in self.forms]
        after = [Resting(one.library, self.asked, self.file, self.others) for one in tried.forms]
        for one in self.changes:
            rests: tuple[Rest, ...] = ()
            if one.kind != "unchanged" and one.was is not None:
                rests = _on(before, one.now if self.is_done and one.now is not None else one.was)
            elif one.kind == "new" and one.now is not None:
                rests = _on(after, one.now)
            yield Resolved(one, rests)


def _on(forms: Sequence[Resting], requirement: Requirement) -> tuple[Rest, ...]:
    """Return what rests on a requirement in any form of the contract, each once."""
    return tuple(dict.fromkeys(rest for one in forms for rest in one.on(requirement)))


def _matters(found: _Found, tried: Trial, folder: Path | None, seen: Callable[[Path], None]) -> tuple[MatterUnder, ...]:
    if folder is None or tried.library is None:
        return ()
    unchanged = {c.id: c.was.id for c in found.changes if c.kind == "unchanged" and c.was is not None}
    unchanged |= {r.id: r.id for one in found.library.sources if one.file != found.file for r in one.requirements}
    unsettled = () if found.own else tuple(one.id for one in found.changes if one.kind == "changed")
    old, new = found.old.source, found.new.source
    libraries = tuple(one.library for one in tried.forms)
    both = Under(old, new, found.library, tried.library, found.renamed, unchanged, unsettled, libraries)
    return agreements.under(folder, both, seen)


def library_of(path: Path) -> Path | None:
    """Return the folder of the library that a source's file is in; None where it is in none."""
    folder = path.parent
    for _ in range(3):  # sources/earlier is the deepest place of a source
        if (folder / "agreement.yaml").is_file():
            return folder
        folder = folder.parent
    return None


def held_source(old: Text, new: Text, library: Library) -> Source:
    """Return the source of a library that two texts are of: in its earlier, or already in its new text.

    DraftingError where the library has no such source, or has it in a third text.
    """
    found = next((one for one in library.sources if one.citation == old.source.citation), None)
    if found is None:
        what = f"the library has no source that is cited as {old.source.citation}"
        hint = "name the library that has it with --library"
        raise DraftingError(Problem("unknown-source", Place(old.name), what, hint))
    if found.fingerprint not in (old.source.fingerprint, new.source.fingerprint):
        what = f"the library has another text of {old.source.citation} than this one, and than {new.name}"
        hint = f"name {library.path}/{found.file} as the earlier text"
        raise DraftingError(Problem("other-text", Place(old.name), what, hint))
    return found


def _texts(library: Library) -> dict[str, str]:
    """Return the words of a library's files by their paths within it. DraftingError."""
    paths = texts(library.folder)
    return {path.relative_to(library.folder).as_posix(): disk.read_text(path) for path in paths}


def _facts(old: Source, new: Source) -> Iterator[Difference]:
    """Yield what the texts say of themselves that differs."""
    pairs = (
        ("number", old.number, new.number),
        ("title", old.title, new.title),
        ("citation", old.citation, new.citation),
        ("status", old.status, new.status),
        ("date", english.long_date(old.date), english.long_date(new.date)),
        ("kind", old.kind, new.kind),
        ("in force", _in_force(old), _in_force(new)),
        ("governs", squeezed(old.governs), squeezed(new.governs)),
        ("on change", ", ".join(old.on_change), ", ".join(new.on_change)),
    )
    yield from (Difference(what, pairing.marked(was, now)) for what, was, now in pairs if was != now)


def _in_force(source: Source) -> str:
    if source.effective is None:
        return ""
    days = (source.effective.from_, source.effective.until)
    return " to ".join(english.long_date(day) for day in days if day is not None)
