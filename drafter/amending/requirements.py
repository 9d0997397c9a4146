"""Says what becomes of each requirement under a new text: unchanged, changed, gone, new; and by which id it then goes.

One rule: a requirement is unchanged only where every sentence that it quotes is in the new text word for word. Words
that are still there inside a sentence that changed are no proof that it asks the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from drafter.amending import pairing
from drafter.amending.pairing import ALIKE, LIKE, ParagraphChange, alike, marked
from drafter.amending.published import laying
from drafter.base import english
from drafter.comparing.lines import Line
from drafter.reading.sources.source import Paragraph, Requirement, Source, squeezed
from drafter.values import dataclass

RequirementKind = Literal["unchanged", "changed", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in which a requirement differs: what it is, and the old and the new words, marked."""

    what: str
    line: Line


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """What becomes of a requirement; `now` is what it is under the new text, None where that has none for it.

    Where the new text brings no requirements of its own, `now` is the old one with the ids and paragraphs of the new
    text; of one that changed, it quotes the sentence that is most like the old one. `is_near` is whether another
    sentence of its paragraph changed.
    """

    kind: RequirementKind
    was: Requirement | None
    now: Requirement | None
    differences: tuple[Difference, ...] = ()
    is_near: bool = False

    @property
    def id(self) -> str:
        """Return the id by which it goes: the new one where it has one."""
        return (self.now or self.was).id  # type: ignore[union-attr]  # it is in one of the texts

    @property
    def is_renumbered(self) -> bool:
        """Say whether it goes by another id than before."""
        return self.was is not None and self.now is not None and self.was.id != self.now.id


def changes(
    old: Source, new: Source, paragraphs: Sequence[ParagraphChange], *, own: bool
) -> tuple[RequirementChange, ...]:
    """Return what becomes of each requirement; `own` says that the new text brings requirements of its own."""
    at = _Texts(old, new, paragraphs)
    return tuple(_given(at) if own else _carried(at))


class _Texts:
    """Both texts, and which paragraph of the new one each paragraph of the old one has become."""

    def __init__(self, old: Source, new: Source, paragraphs: Sequence[ParagraphChange]) -> None:
        self.old, self.new = old, new
        self.before = {one.id: one for one in old.paragraphs}
        self.after = {one.was.id: one.now for one in paragraphs if one.was is not None and one.now is not None}
        self.said = {one.id: said_in(one) for one in new.paragraphs}
        self._kept = frozenset(s for one in old.paragraphs for s in said_in(one))

    def quoted(self, requirement: Requirement) -> tuple[str, ...]:
        """Return the whole sentences that a requirement quotes; all of its paragraph where it quotes nothing."""
        return _quoted(requirement, self.before.get(requirement.paragraph))

    def home(self, paragraph: str, wanted: Sequence[str]) -> Paragraph | None:
        """Return the paragraph of the new text that has all of some sentences; its own first, else the only one."""
        own = self.after.get(paragraph)
        has = [p for p in self.new.paragraphs if all(s in self.said[p.id] for s in wanted)]
        if own is not None and own in has:
            return own
        return has[0] if wanted and len(has) == 1 else None

    def nearest(self, sentence: str, paragraph: str) -> tuple[Paragraph, str] | None:
        """Return the sentence of the new text that is most like one of the old text, and its paragraph.

        Where two are as much alike, that of its own paragraph. What the old text has too is no sentence that changed.
        """
        own = self.after.get(paragraph)
        said = ((p, one) for p in self.new.paragraphs for one in self.said[p.id])
        found = [
            (alike(sentence, one), p is own, p, one) for p, one in said if one == sentence or one not in self._kept
        ]
        close = [one for one in found if one[0] >= (LIKE if one[1] else ALIKE)]
        best = max(close, key=lambda one: one[:2], default=None)
        return (best[2], best[3]) if best is not None else None


def _quoted(requirement: Requirement, paragraph: Paragraph | None) -> tuple[str, ...]:
    if paragraph is None:
        return ()
    if not requirement.quote.strip():
        return said_in(paragraph)
    return tuple(overlapped(requirement.quote, paragraph.text))


def whole(paragraph: Paragraph) -> str:
    """Return the text of a paragraph with what sums it up, where the text or part of it is not held."""
    return f"{paragraph.text} {paragraph.summary}"


def said_in(paragraph: Paragraph) -> tuple[str, ...]:
    """Return the sentences of a paragraph, then those of what sums it up: a text may end without a full stop."""
    return (*sentences(paragraph.text), *sentences(paragraph.summary))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a paragraph, each in one line; a mark alone is none."""
    return (one for one in map(squeezed, english.sentences(text)) if re.search(r"\w", one))


def overlapped(quote: str, text: str) -> Iterator[str]:
    """Yield the sentences of a text in which some quoted words are, whole or in part."""
    whole = squeezed(text)
    start = whole.find(squeezed(quote))
    end, at = start + len(squeezed(quote)), 0
    for one in english.sentences(whole):
        at = whole.index(one, at)
        if start >= 0 and at < end and start < at + len(one) and re.search(r"\w", one):
            yield one
        at += len(one)


# -- requirements carried over ------------------------------------------------------------------


def _carried(at: _Texts) -> Iterator[RequirementChange]:
    """Yield what becomes of each requirement; no id that one which is gone has becomes another's."""
    each = tuple(_become(at))
    held = _held(each)
    taken: set[str] = set()
    staying = held | {r.id for r in at.old.requirements if r.paragraph in at.after and _new_id(at, r) == r.id}
    for found in each:
        one = found
        if one.now is not None and one.was is not None and one.is_renumbered:
            own = one.was.id in held
            one = replace(one, now=replace(one.now, id=one.was.id if own else _free(one.now.id, taken | staying)))
        taken |= {one.now.id} if one.now is not None else set()
        yield one


def _held(found: Sequence[RequirementChange]) -> set[str]:
    """Return the ids that stay whose they are: of what is gone, and of those that would get an id that stays so."""
    held = {one.id for one in found if one.kind == "gone"}
    while True:
        more = {one.was.id for one in found if one.was and one.now and one.is_renumbered and one.now.id in held}
        if more <= held:
            return held
        held |= more


def _become(at: _Texts) -> Iterator[RequirementChange]:
    for requirement in at.old.requirements:
        quoted = at.quoted(requirement)
        home = at.home(requirement.paragraph, quoted)
        if home is None:
            yield _not_word_for_word(at, requirement, quoted)
            continue
        near = pairing.words(at.before[requirement.paragraph]) != pairing.words(home)
        now = replace(requirement, id=_new_id(at, requirement, home), paragraph=home.id)
        yield RequirementChange("unchanged", requirement, now, is_near=near)


def _not_word_for_word(at: _Texts, requirement: Requirement, quoted: Sequence[str]) -> RequirementChange:
    """Return what becomes of a requirement of which a sentence is not in the new text as it was."""
    near = [found for one in quoted if (found := at.nearest(one, requirement.paragraph)) is not None]
    own = at.after.get(requirement.paragraph)
    if not near and (quoted or own is None):
        line = marked(" ".join(quoted), "")
        return RequirementChange("gone", requirement, None, (Difference("words", line),))
    now = " ".join(dict.fromkeys(sentence for _, sentence in near))
    if not quoted and own is not None:  # it quotes nothing, and its paragraph has words now
        near, now = [(own, whole(own))], squeezed(whole(own))
    paragraph, sentence = near[0]
    text = squeezed(paragraph.text)
    has = squeezed(requirement.quote) in text  # one that quotes nothing quotes nothing still
    made = replace(
        requirement,
        id=_new_id(at, requirement, paragraph),
        paragraph=paragraph.id,
        quote=requirement.quote if has else now if now in text else sentence,
    )
    line = marked(" ".join(quoted), now)
    return RequirementChange("changed", requirement, made, (Difference("words", line),))


def _new_id(at: _Texts, requirement: Requirement, home: Paragraph | None = None) -> str:
    """Return the id of a requirement under the new text: with its paragraph's new id in the place of the old one."""
    own = at.after.get(requirement.paragraph)
    places = re.finditer(rf"(?<![\w.]){re.escape(requirement.paragraph)}(?!\w)", requirement.id)
    above = requirement.paragraph
    found = [match.span() for match in places]
    if not found:  # II.D(b) of a bullet that has no number of its own
        above = laying.parent(requirement.id, tuple(at.before))
        found = [(0, len(above))] if above else []
    now = home if home is not None and home is not own else at.after.get(above, own)
    if now is None or not found:
        return requirement.id
    start, end = found[-1]
    return f"{requirement.id[:start]}{now.id}{requirement.id[end:]}"


def _free(wanted: str, taken: set[str]) -> str:
    """Return an id that no other requirement has: with the next letter where two paragraphs have become one."""
    stem = re.sub(r"\([a-z]\)$", "", wanted)
    others = (f"{stem}({chr(letter)})" for letter in range(ord("a"), ord("z") + 1))
    return next(one for one in (wanted, *others, f"{wanted}-2") if one not in taken)


# -- requirements that the new text brings ------------------------------------------------------


def _given(at: _Texts) -> Iterator[RequirementChange]:
    paired = {n.id: o for o, n in _paired(at)}
    gone = {r.id for r in at.old.requirements} - {o.id for o in paired.values()}
    for now in at.new.requirements:
        was = paired.get(now.id)
        if was is None:
            yield RequirementChange("new", None, now, (Difference("words", marked("", squeezed(now.quote))),))
            continue
        found = tuple(_differences(at, was, now))
        near = pairing.words(at.before[was.paragraph]) != _words_of(at.new, now.paragraph)
        yield RequirementChange("changed" if found else "unchanged", was, now, found, is_near=near and not found)
    for was in (r for r in at.old.requirements if r.id in gone):
        yield RequirementChange("gone", was, None, (Difference("words", marked(squeezed(was.quote), "")),))


def _words_of(source: Source, paragraph: str) -> str:
    return next((pairing.words(p) for p in source.paragraphs if p.id == paragraph), "")


def _paired(at: _Texts) -> Iterator[tuple[Requirement, Requirement]]:
    """Yield the requirements of both texts that are one: by a stable name, then by their words, then by their ids."""
    left_old, left_new = list(at.old.requirements), list(at.new.requirements)
    for same in (_same_name, _same_quote, _alike_quote, _same_id):
        for old in tuple(left_old):
            found = max(
                ((score, -place, new) for place, new in enumerate(left_new) if (score := same(at, old, new))),
                key=lambda one: one[:2],
                default=None,
            )
            if found is not None:
                left_old.remove(old)
                left_new.remove(found[2])
                yield old, found[2]


def _same_name(_: _Texts, old: Requirement, new: Requirement) -> float:
    named = bool(old.name or new.name)
    return float(named and old.lasting == new.lasting)


def _same_quote(at: _Texts, old: Requirement, new: Requirement) -> float:
    if squeezed(old.quote) != squeezed(new.quote) or not old.quote.strip():
        return 0.0
    return 1.0 + (old.home == new.home) + (_new_id(at, old) == new.id)


def _alike_quote(_: _Texts, old: Requirement, new: Requirement) -> float:
    share = alike(squeezed(old.quote), squeezed(new.quote))
    return share if share >= ALIKE else 0.0


def _same_id(at: _Texts, old: Requirement, new: Requirement) -> float:
    return float(new.id == _new_id(at, old) and (old.home == new.home or not old.home))


def _differences(at: _Texts, was: Requirement, now: Requirement) -> Iterator[Difference]:
    """Yield in what a requirement differs: the sentences that it quotes, and its own row."""
    quoted = at.quoted(was)
    own = next((p for p in at.new.paragraphs if p.id == now.paragraph), None)
    sentences_now = _quoted(now, own)
    if quoted != sentences_now or squeezed(was.quote) != squeezed(now.quote):
        yield Difference("words", marked(" ".join(quoted), " ".join(sentences_now)))
    for what, before, after in _rows(was, now):
        if squeezed(before) != squeezed(after):
            yield Difference(what, marked(squeezed(before), squeezed(after)))


def _rows(was: Requirement, now: Requirement) -> Iterator[tuple[str, str, str]]:
    yield "level", was.level, now.level
    yield "applies when", was.applies_when, now.applies_when
    yield "asks", was.asks, now.asks
    yield "home", was.home, now.home
    yield "says", " ".join(_said(was)), " ".join(_said(now))
    yield "checks", _checks(was), _checks(now)
    yield "asks the same as", " ".join(was.same_as), " ".join(now.same_as)


def _checks(requirement: Requirement) -> str:
    said = ((name, filter(None, (one.holds, one.when, one.each))) for name, one in requirement.checks.items())
    return "; ".join(f"{name}: {', '.join(those)}" for name, those in said)


def _said(requirement: Requirement) -> Iterator[str]:
    for said in requirement.says:
        where = f"({said.clause}) " if said.clause else ""
        yield f"{where}{said.sentence or f'a row for each of {said.rows}'}"


def unquoted(
    old: Source, new: Source, found: Sequence[RequirementChange], *, own: bool
) -> tuple[tuple[Paragraph, str], ...]:
    """Return the sentences of a text that no requirement quotes and that are not listed as asking nothing.

    Where the text brings no requirements of its own, the old ones quote what they quoted.
    """
    before = {one.id: one.text for one in old.paragraphs}
    taken: set[tuple[str, str]] = set()
    for one in found:
        if one.now is not None and (own or one.was is None):
            text = next((p.text for p in new.paragraphs if p.id == one.now.paragraph), "")
            taken |= {(one.now.paragraph, s) for s in overlapped(one.now.quote, text) if one.now.quote.strip()}
        elif one.now is not None and one.was is not None:
            quoted = overlapped(one.was.quote, before.get(one.was.paragraph, "")) if one.was.quote.strip() else ()
            taken |= {(one.now.paragraph, s) for s in quoted}
    for nothing in new.asks_nothing:
        for p in new.paragraphs:
            taken |= {(p.id, s) for s in overlapped(nothing.sentence, p.text) if s in squeezed(nothing.sentence)}
    said = ((p, one) for p in new.paragraphs for one in sentences(p.text))
    return tuple((p, one) for p, one in said if (p.id, one) not in taken)


def divided(old: Source, new: Source, paragraphs: Sequence[ParagraphChange]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the paragraphs in which the sentences of an old one are now, by its id, where they are several.

    A sentence that the old text has twice says nothing of where its paragraph is.
    """
    at = _Texts(old, new, paragraphs)
    every = Counter(sentence for one in old.paragraphs for sentence in said_in(one))
    found: dict[str, tuple[str, ...]] = {}
    for was in old.paragraphs:
        own = at.after.get(was.id)
        left = [s for s in said_in(was) if every[s] == 1 and (own is None or s not in at.said[own.id])]
        others = [p.id for p in new.paragraphs if p is not own and any(s in at.said[p.id] for s in left)]
        homes = tuple(p.id for p in new.paragraphs if p is own or p.id in others)
        if len(homes) > 1:
            found[was.id] = homes
    return found


def ids(
    found: Sequence[RequirementChange], paragraphs: Sequence[ParagraphChange]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the new id of each requirement, and of each paragraph, by the old one, where it has another.

    A requirement that is gone, and whose id the new text gives to another, has the id "": nothing may name it.
    """
    now = {one.now.id for one in found if one.now is not None}
    renamed = {one.was.id: one.now.id for one in found if one.is_renumbered and one.was and one.now}
    renamed |= {one.was.id: "" for one in found if one.kind == "gone" and one.was and one.was.id in now}
    moved = {one.was.id: one.now.id for one in paragraphs if one.was and one.now and one.was.id != one.now.id}
    return renamed, moved
