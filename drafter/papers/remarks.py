"""Writes the comments of a redline on each section that changed: for our own side, the board, or the other side.

One rule: what isn't for a reader isn't in the text that is made for that reader. Guidance, positions, labels,
concessions and the words of alternatives are for our own side only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from drafter.base import english, shipped
from drafter.comparing import lines, marked, moved, redline, sentences
from drafter.comparing.marked import MarkedParagraph, MarkedSection, Redline
from drafter.contract import (
    Answer,
    Blank,
    Contract,
    Section,
    names,
    other_form,
    run_text,
    section_runs,
    sections,
)
from drafter.values import dataclass

if TYPE_CHECKING:  # two saved contracts are compared without any of them
    from drafter.drafting.compliance import Coverage, Covered
    from drafter.drafting.selection import Choice, Selection
    from drafter.reading.library import Library

Reader = Literal["internal", "board", "other side"]
OURS: Mapping[str, Reader] = {"internal": "internal", "board": "board"}
TIMES = 3  # so much longer is a phrase that takes another's place and is still like it
MOST = 4  # changed phrases or answers that a comment lists one by one
NEW, LEFT_OUT = "This section is new.", "This section is left out."
ONLY_LAYOUT = "Only its punctuation or its layout changed."
ONLY_ORDER = "Only the order of its {} changed."
LONG = 600  # characters; of a longer paragraph of the policy only the requirement's words are quoted
STATUS: Mapping[str, str] = {
    "met": "is met",
    "met by a fallback": "is met",
    "said": "is said",
    "needs a person's judgement": "must be judged by a reader",
    "does not apply": "does not apply",
    "deviates": "is not met by this draft",
    "missing": "is not met by this draft",
    "nothing to draft": "asks for no words",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A contract, and what is known of how it came about; a contract that was read from a file has no selection.

    `name` is what our own side calls it, `public_name` what any reader may see it called (may be empty); `reasons` are
    those given for the swaps of clauses; `library` is the fingerprint of the library that it was drafted from.
    """

    contract: Contract
    selection: Selection | None = None
    coverage: Coverage | None = None
    name: str = ""
    public_name: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    library: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A redline for a reader: the heading that says what it is, its comments by section, and its author and day."""

    redline: Redline
    heading: str
    comments: Mapping[str, str]
    author: str
    day: date

    def to_docx(self, template: Path | None = None) -> bytes:
        """Return the redline as a Word file with tracked changes, in a template or the shipped one. DraftingError."""
        from drafter.word import writer  # slow to import, and most of what is done with a redline needs no Word

        comments = dict(_placed(self.redline, self.comments))
        notes = writer.Notes(writer.Stamp(self.author, self.day.isoformat()), self.heading, comments)
        return writer.write_redline(self.redline, template or shipped.template("agreement"), notes)


def compared(  # noqa: PLR0913  # what a redline says of itself
    base: Known, revised: Known, reader: str, author: str, day: date, *, cite: bool = False,
    heading_day: date | None = None,
) -> Compared:  # fmt: skip
    """Compare two contracts for a reader: internal, board, or any name for the other side; empty for no comments.

    For our own side and the board the header says what a contract departs from; only for our own side does it name
    our files. Its heading has the day of the changes, or a `heading_day` of its own.
    """
    old, new = (_departing(side) if reader in OURS else outgoing(side.contract) for side in (base, revised))
    made = redline.compare(old, new)
    comments = remarks(made, base, revised, OURS.get(reader, "other side"), cite=cite) if reader else {}
    named = (base.name if reader == "internal" else "") or base.public_name or "the earlier draft"
    form = ", in another form of the contract" if other_form(old, new) else ""
    heading = f"redline of {english.long_date(heading_day or day)}, compared with {named}{form}"
    return Compared(made, heading, comments, author, day)


def outgoing(contract: Contract) -> Contract:
    """Return a contract as the other side may see it, without what it departs from."""
    return replace(contract, deviations=())


def _departing(side: Known) -> Contract:
    unmet = tuple(row.requirement.id for row in side.coverage.unmet) if side.coverage else side.contract.deviations
    return replace(side.contract, deviations=unmet)


def remarks(  # noqa: PLR0913  # what a remark is made of
    made: Redline, base: Known, revised: Known, reader: Reader, *, cite: bool = False,
    said: Mapping[str, str] | None = None,
) -> dict[str, str]:  # fmt: skip
    """Return a comment for each section that changed, by the section's id; `cite` gives the other side citations.

    `said` is what the board is told that a section says now, by its id, where that tells how it changed.
    """
    changed = [s for s in marked.sections(moved.gathered(made)) if marked.changed(s) or s.of.move]
    library = _library(base, revised)
    found: dict[str, str] = {}
    for section in changed:
        match reader:
            case "internal":
                text = "\n".join(_internal(section, base, revised))
            case "board":
                text = "\n".join(_board(section, base, revised, said or {}))
            case _:
                text = _citations(section.of.shown, library) if cite else ""
        found |= {section.of.shown.id: text} if text else {}
    return found


def _placed(made: Redline, comments: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the comments of a Word file: one on a section that was left out is on what is beside it, and names it."""
    gone = {s.of.shown.id for s in marked.sections(made) if s.of.mark == "deleted" and comments.get(s.of.shown.id)}
    was = names(redline.reject(made)) if gone else {}
    for name, text in comments.items():
        yield name, f"{was[name].in_full}: {text}" if name in gone else text


def _library(*sides: Known) -> Library | None:
    return next((side.selection.library for side in reversed(sides) if side.selection), None)


# -- our own side -------------------------------------------------------------------------------


def _internal(section: MarkedSection, base: Known, revised: Known) -> Iterator[str]:
    name = section.of.shown.id
    old, new = (side.selection.choices.get(name) if side.selection else None for side in (base, revised))
    yield _alternatives(section, old, new, base, revised)
    yield from _answers(name, base.contract, revised.contract)
    if name in revised.reasons:
        yield f"Because: {revised.reasons[name]}"
    if new:
        told = (*_gives(old, base, new), ("Guidance", new.alternative.guidance))
        yield from (f"{heading}: {text}" for heading, text in told if text)
        yield from ([f"Needs approval: {new.alternative.approval}"] if new.alternative.approval else [])
    yield from _quoted(section, _library(base, revised))


def _gives(old: Choice | None, base: Known, new: Choice) -> tuple[tuple[str, str], ...]:
    """Return what a section concedes or wins back; one whose wording is the same goes on conceding what it did.

    The wording of a recorded round is the library's of today by that name; of a round nothing else is known.
    """
    from drafter.reading.library import gives

    before = old.alternative if old else new.clause.alternative(_alternative(new.clause.id, base))
    if before and before.id == new.alternative.id:
        return (("Concedes", new.alternative.concedes),)
    return gives(before, new.alternative)


def _alternatives(section: MarkedSection, old: Choice | None, new: Choice | None, base: Known, revised: Known) -> str:
    was, now = (_named(choice, side, section.of.shown.id) for choice, side in ((old, base), (new, revised)))
    match section.of.mark:
        case "inserted":
            return f"New: {now}."
        case "deleted":
            return f"Left out. Before: {was}."
        case _:
            arrived = "Moved. " if section.of.move else ""
            if _alternative(section.of.shown.id, base) == _alternative(section.of.shown.id, revised):
                return f"{arrived}Same alternative: {now}."
            return f"{arrived}Before: {was}. Now: {now}."


def _named(choice: Choice | None, side: Known, name: str) -> str:
    if choice is not None:
        by = "chosen by the negotiator" if choice.by == "negotiator" else "selected by the answers"
        return f"{choice.alternative.label} ({choice.alternative.position}), {by}"
    found = next((s for s in sections(side.contract) if s.id == name), None)
    return f"{found.alternative} ({found.position})" if found else "nothing"


def _alternative(name: str, side: Known) -> str:
    return next((section.alternative for section in sections(side.contract) if section.id == name), "")


def _answers(name: str, base: Contract, revised: Contract) -> Iterator[str]:
    """Yield the answers behind a section that changed, old and new."""
    old, new = _answered(name, base), _answered(name, revised)
    changed = [f"{q}: {old.get(q, 'none')} → {new.get(q, 'none')}" for q in {**old, **new} if old.get(q) != new.get(q)]
    if changed:
        more = f"; and {len(changed) - MOST} more" if len(changed) > MOST else ""
        yield f"Answers: {'; '.join(changed[:MOST])}{more}"


def _answered(name: str, contract: Contract) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for section in (s for s in sections(contract) if s.id == name):
        for run in section_runs(section):
            if isinstance(run, Answer | Blank):
                found.setdefault(run.question, []).append(run_text(run))
    return {question: ", ".join(dict.fromkeys(texts)) for question, texts in found.items()}


def _quoted(section: MarkedSection, library: Library | None) -> Iterator[str]:
    """Quote the paragraphs of the policy that the section is, or was, written to meet."""
    if library is None:
        yield from ([f"Written to meet: {', '.join(_wanted(section))}"] if _wanted(section) else [])
        return
    for wanted in _wanted(section):
        requirement, source = library.requirement(wanted), library.source_of(wanted)
        if requirement is not None:
            texts = {paragraph.id: paragraph.text for paragraph in source.paragraphs}
            text = texts.get(requirement.paragraph, "").strip()
            shown = text if text and len(text) <= LONG else requirement.quote or text[:LONG]
            yield f"{library.cited((wanted,))}: “{shown}”"


def _wanted(section: MarkedSection) -> tuple[str, ...]:
    sides = (section.of.base, section.of.revised)
    return tuple(dict.fromkeys(wanted for side in sides if side for wanted in side.requirements))


# -- the board ----------------------------------------------------------------------------------


def _board(section: MarkedSection, base: Known, revised: Known, said: Mapping[str, str]) -> Iterator[str]:
    plain = said.get(section.of.shown.id, "")
    how = how_changed(section)
    yield " ".join(filter(None, (plain, how.state if plain else how.words)))
    yield from on_policy(section, base, revised)


def on_policy(section: MarkedSection, base: Known, revised: Known) -> Iterator[str]:
    """Yield how each requirement stands that a section is, or was, written to meet, as the board may read it."""
    library = _library(base, revised)
    rows = {row.requirement.id: row for row in revised.coverage.rows} if revised.coverage else {}
    for wanted in _wanted(section):
        cited = library.cited((wanted,)) if library else wanted
        if wanted in rows:
            yield f"{cited} {_still(rows[wanted])}"
        else:
            yield f"{cited}: this section is written to meet it."


def _still(row: Covered) -> str:
    status = STATUS.get(row.status, row.status)
    where = f", by {row.cited}" if row.cited and status in ("is met", "is said") else ""
    if row.status != "said":
        return f"{status}{where}."
    from drafter.drafting.compliance import WHOLE  # known where there is a row

    return f"{status}{where}, {WHOLE if WHOLE in row.remarks else 'in words not yet read by an attorney'}."


@dataclass(frozen=True, slots=True)
class How:
    """How a section changed: whether it is new, left out or moved, the few words that were replaced, or sentences.

    `removed` and `added` are the sentences that changed, where replaced words would not be few.
    """

    state: str = ""
    replaced: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return all of it in one line."""
        gone, new = map(_run_on, (self.removed, self.added))
        said = (self.state, self.replaced, gone and f"Removed: {gone}", new and f"Added: {new}")
        return " ".join(filter(None, said))


def _run_on(sentences: Sequence[str]) -> str:
    """Return sentences in one line; one that has no end, as the row of a table, gets one."""
    ends = [*(";" for _ in sentences[1:]), "."]
    return " ".join(one if _ENDED.search(one) else one + end for one, end in zip(sentences, ends, strict=False))


_ENDED = re.compile(r"[.;:?!]\W*\Z")


def how_changed(section: MarkedSection) -> How:
    """Say how a section that is marked changed; the halves of one that has moved are together (`moved.gathered`)."""
    match section.of.mark:
        case "inserted":
            return How(NEW, added=sentences.changed(replace(section, heading=()))[1])  # its heading is told apart
        case "deleted":
            return How(LEFT_OUT)
    is_reordered = sentences.reordered(section)
    every = (section.heading, *marked.blocks_lines(section.blocks))
    how = (None if is_reordered else _few(every)) or How("", "", *sentences.changed(section))
    arrived = "This section has moved." if section.of.move else ""
    only = ""
    if how == How() and marked.changed(section):
        only = ONLY_ORDER.format(_parts(section)) if is_reordered else ONLY_LAYOUT
    return replace(how, state=" ".join(filter(None, (arrived, only))))


def _parts(section: MarkedSection) -> str:
    """Return what is in another order in a section: sentences, or the rows of its tables."""
    changed = [block for block in section.blocks if marked.block_changed(block)]
    return "sentences" if any(isinstance(block, MarkedParagraph) for block in changed) else "rows"


def reworded(changed: Iterable[lines.Line]) -> How:
    """Say how lines changed: the words that were replaced where they are few, otherwise the sentences."""
    every = tuple(changed)
    return _few(every) or How("", "", *sentences.of_lines(every))


def _few(changed: Iterable[lines.Line]) -> How | None:
    """Return the words that were replaced; None where there are none, they are not few, or they are no plain words."""
    phrases = [phrase for line in changed for phrase in _phrases(line)]
    gone, came = ({pair[side] for pair in phrases if not pair[1 - side]} for side in (0, 1))
    if 0 < len(phrases) <= MOST and gone.isdisjoint(came) and all(_is_plain(old, new) for old, new in phrases):
        return How(replaced=" ".join(_replaced(old, new) for old, new in phrases))
    return None


def _is_plain(old: str, new: str) -> bool:
    """Say whether a replaced phrase can be read without its sentence: it is short, and nothing ends inside it.

    What took a phrase's place is one only where it has no comma and isn't much longer or shorter.
    """
    if len(old) + len(new) > LONG // MOST:
        return False
    least, most = sorted(len(lines.word_list(text)) for text in (old, new))
    ends = _CLAUSE if old and new else _SENTENCE
    return not (ends.search(old) or ends.search(new)) and (not least or most <= TIMES * least + 1)


_SENTENCE, _CLAUSE = re.compile(r"[.;:?!]\W*\s|^\W*[.;:?!]"), re.compile(r"[.,;:?!]\W*\s|^\W*[.;:?!]")


def _replaced(old: str, new: str) -> str:
    if not old:
        return f"“{new}” is new."
    return f"“{old}” is now “{new}”." if new else f"“{old}” is gone."


def _phrases(line: lines.Line) -> Iterator[tuple[str, str]]:
    """Yield what is deleted, each with what is inserted in its place."""
    old, new = "", ""
    for mark, text in (*lines.pieces(line), ("kept", "")):
        if mark == "deleted":
            old += text
        elif mark == "inserted":
            new += text
        elif lines.word_list(old + new):
            yield old.strip(), new.strip()
            old, new = "", ""


# -- the other side -----------------------------------------------------------------------------


def _citations(section: Section, library: Library | None) -> str:
    if library is None or not section.requirements:
        return ""
    return library.cited(section.requirements, ", ")
