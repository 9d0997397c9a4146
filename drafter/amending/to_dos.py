"""Lists what a person must do after all was carried over that is word for word the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.amending import trial, typed
from drafter.amending.carrying import Moves
from drafter.amending.pairing import ParagraphChange
from drafter.amending.requirements import RequirementChange, overlapped, said_in
from drafter.amending.stale import Stale
from drafter.amending.texts import Text
from drafter.amending.typed import Ids
from drafter.base import english
from drafter.reading.sources.source import Paragraph, Requirement, squeezed
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class ToDo:
    """What a person must do; `is_found` is whether lint finds it in the library's files by itself."""

    words: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A new text and what differs in it: paragraphs, requirements, sentences that none quotes, stale figures, ids.

    `others` are the requirements of the library's other sources.
    """

    new: Text
    paragraphs: Sequence[ParagraphChange]
    requirements: Sequence[RequirementChange]
    unquoted: Sequence[tuple[Paragraph, str]]
    stale: Sequence[Stale]
    moves: Moves
    others: Sequence[Requirement] = ()


def of(made: Change, texts: Mapping[str, str], path: str, file: str) -> tuple[ToDo, ...]:
    """Return what is to do; `texts` are the library's own words by their files, `path` what messages call the library.

    `file` is the source's file within the library.
    """
    return tuple(dict.fromkeys(_to_do(made, texts, path, file)))


def _to_do(made: Change, texts: Mapping[str, str], path: str, file: str) -> Iterator[ToDo]:
    """Yield what a person must do after what is word for word the same was carried over."""
    keys = ("status", "date", "source_note", *(("effective",) if made.new.source.effective is not None else ()))
    kept = [key for key in keys if key not in made.new.given]
    if kept and any(one.kind != "same" for one in made.paragraphs):
        what = f"The new text does not give its {', '.join(kept)}, and has those of the earlier text. Write its own"
        yield ToDo(f"{what}.")
    own = "requirements" in made.new.given
    whole = " ".join(squeezed(one.text) for one in made.new.source.paragraphs)
    yield from (todo for one in made.requirements if (todo := _of_requirement(one, whole, own=own)) is not None)
    gone = _gone(made)
    for other in made.others:
        for wanted in (name for name in other.same_as if name in gone):
            what = (
                f"{other.id}: it asks the same as {wanted}, which is gone. Name another, or give it a home of its own"
            )
            yield ToDo(f"{what}.", is_found=True)
    own_text = {one.id: one.text for one in made.new.source.paragraphs}
    settled = {  # the sentences that are named with the requirement that is to quote them
        (c.now.paragraph, sentence)
        for c in made.requirements
        if c.kind == "changed" and c.now is not None
        for sentence in overlapped(c.now.quote, own_text.get(c.now.paragraph, ""))
    }
    quotes = tuple(_quotes(made, own=own))
    for paragraph, sentence in (one for one in made.unquoted if (one[0].id, one[1]) not in settled):
        called = made.new.source.called(paragraph.id)
        what = f"{called}: no requirement quotes “{sentence}”: take a requirement from it, or list it"
        is_found = not any(q in sentence or sentence in q for at, q in quotes if at == paragraph.id)
        yield ToDo(f"{what} under asks_nothing with the reason.", is_found=is_found)
    if "asks_nothing" not in made.new.given:
        yield from _of_nothing(made)
    yield from _of_references(made)
    if "anomalies" not in made.new.given:
        yield from _of_anomalies(made)
    for held in made.stale:
        yield from _of_stale(held, path, file, made.new.given)
    yield from (ToDo(words) for words in _left_typed(made, texts))


def _gone(made: Change) -> set[str]:
    return {one.was.id for one in made.requirements if one.kind == "gone" and one.was is not None}


def _left_typed(made: Change, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield each typed id that was left as it was: one that may mean something else, one of what is gone."""
    gone = _gone(made)
    gone |= {one.was.id for one in made.paragraphs if one.kind == "removed" and one.was}
    found: dict[str, None] = {}
    for name, words in texts.items():
        for number, line, one in typed.lines_with(made.moves.ids, words.split("\n")):
            place = f"{name}:{number}"
            if one.id in gone and not (one.is_listed or one.is_doubtful):
                found[f"{place} names {one.id}, which is gone: {line.strip()}"] = None
            elif one.is_listed and made.moves.requirements.get(one.id) == "":
                found[f"{place} named {one.id}, which is gone: it is taken out, since another has its id now"] = None
            elif one.id in made.moves.divided and not (one.is_listed or one.is_doubtful):
                homes = english.listing(made.moves.divided[one.id])
                found[f"{place} names {one.id}, whose sentences are now in {homes}: {line.strip()}"] = None
            elif one.id in made.moves.prose and one.is_doubtful:
                found[f"{place} has “{one.id}”, which may be another text's number: {line.strip()}"] = None
    yield from found


def _quotes(made: Change, *, own: bool) -> Iterator[tuple[str, str]]:
    """Yield what requirements quote in the file of the new text, and what asks nothing, with their paragraphs."""
    for one in made.requirements:
        shown = one.now if own or one.was is None else one.was
        if one.now is not None and shown is not None and shown.quote.strip():
            yield one.now.paragraph, squeezed(shown.quote)
    yield from ((one.paragraph, squeezed(one.sentence)) for one in made.new.source.asks_nothing)


def _of_requirement(change: RequirementChange, whole: str, *, own: bool) -> ToDo | None:
    """Return what is to do about a requirement; a new text's own ones are already as somebody wants them.

    `whole` are the words of the new text: what is quoted by words that are still in it is not found to be misquoted.
    """
    if change.kind == "gone" and change.was is not None:
        what = "the new text does not ask it. Delete it, and take it out of the clauses that claim it"
        return ToDo(f"{change.id}: {what}.", is_found=own or squeezed(change.was.quote) not in whole)
    if change.now is not None and change.was is not None and not own and _keeps_its_id(change.was, change.now):
        what = f"its paragraph is {change.now.paragraph} now, and that number is still in the id of what is gone"
        read = " Read it, too: its sentence has changed." if change.kind == "changed" else ""
        return ToDo(f"{change.id}: {what}. Give it its new id when that is deleted, in all that names it.{read}")
    if change.kind != "changed" or change.now is None or change.was is None:
        return None
    if own:
        return ToDo(f"{change.id}: it has changed. Read its wordings against it.", is_found=True)
    what = (
        "the sentence that it quotes has changed. Quote it as it is now, and change what it asks and what must be said"
    )
    return ToDo(f"{change.id}: {what}, if need be.", is_found=change.now.quote != change.was.quote)


def _keeps_its_id(was: Requirement, now: Requirement) -> bool:
    """Say whether a requirement has the id of its earlier paragraph, because another that is gone has the new one."""
    return was.id == now.id and was.paragraph != now.paragraph and was.paragraph in was.id


def _of_references(made: Change) -> Iterator[ToDo]:
    """Yield the sentences that say what they said, and name a paragraph of their own text that is another one now."""
    before = {one.was.id: one.now for one in made.paragraphs if one.was is not None}
    ids = Ids(frozenset(before), made.new.source.citation)
    kept = {sentence for one in made.paragraphs if one.was is not None for sentence in said_in(one.was)}
    for paragraph in made.new.source.paragraphs:
        for sentence in (one for one in said_in(paragraph) if one in kept):
            named = dict.fromkeys(one.id for one in ids.found(sentence) if not one.is_doubtful)
            turned = [said for name in named if (said := _turned(name, before[name], made))]
            if turned:
                what = f"“{sentence}” has not changed, but names {'; '.join(turned)}"
                called = made.new.source.called(paragraph.id)
                yield ToDo(f"{called}: {what}. Read again which paragraphs it means now.")


def _turned(name: str, now: Paragraph | None, made: Change) -> str:
    """Return what a paragraph that a sentence names has become, with the name; nothing where it is where it was."""
    if now is None:
        return f"{name}, which is gone"
    if name in made.moves.divided:
        return f"{name}, whose sentences are now in {english.listing(made.moves.divided[name])}"
    return f"{name}, which is now {now.id}" if now.id != name else ""


def _of_anomalies(made: Change) -> Iterator[ToDo]:
    """Yield the anomalies of paragraphs that are gone, of which some have numbers that others have now."""
    known = {one.id for one in made.new.source.paragraphs}
    removed = {one.was.id for one in made.paragraphs if one.kind == "removed" and one.was is not None}
    for one in made.new.source.anomalies:
        for paragraph in (name for name in one.paragraphs if name in removed):
            what = f"The anomaly {one.id} is of paragraph {paragraph}, which is gone. Delete it, or name another"
            yield ToDo(f"{what}.", is_found=paragraph not in known)


def _of_nothing(made: Change) -> Iterator[ToDo]:
    """Yield the sentences that asked nothing and are now part of others."""
    for one in made.new.source.asks_nothing:
        for paragraph in made.new.source.paragraphs:
            if squeezed(one.sentence) in squeezed(paragraph.text) and not trial.is_whole(one.sentence, paragraph.text):
                called = made.new.source.called(paragraph.id)
                yield ToDo(
                    f"{called}: a sentence that asked nothing is now part of another: “{squeezed(one.sentence)}”."
                )


def _of_stale(held: Stale, path: str, file: str, given: frozenset[str]) -> Iterator[ToDo]:
    if held.figure and "figures" not in given:
        what = f"The figure policy.{held.figure} ({held.paragraph}) is not in the new text: “{held.was}”. Write its"
        yield ToDo(f"{what} new words and value.", is_found=True)
    within = (str(place).removeprefix(f"{path}/") for place, _ in held.places)
    where = dict.fromkeys(file if place.startswith(f"{file}:") else place for place in within)
    if where:
        yield ToDo(f"“{held.was}” ({held.paragraph}) has changed, and is written out in {', '.join(where)}.")
