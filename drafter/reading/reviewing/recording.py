"""Records that a person has read something: a new mark for it, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from drafter.reading.library import Library
from drafter.reading.reviewing import review
from drafter.reading.reviewing.in_answers import FreeAnswer
from drafter.reading.reviewing.marks import Mark, Texts, hashed
from drafter.reading.reviewing.review import InForce, RestsOn


def recorded(  # noqa: PLR0913  # what a record is made of
    library: Library, wanted: Iterable[tuple[str, str]], by: str, on: date,
    *, alone: Collection[str] = (), in_force: InForce | None = None, forms: Sequence[Library] = (),
) -> Library:  # fmt: skip
    """Return a library with readings recorded: of links, each a requirement and a name, and of what was read `alone`.

    Other marks stay as they were; those of what no longer exists are dropped. With the wordings in force in a matter it
    is the matter's record, in which marks of wordings that only another form of the contract has stay too. `forms` has
    the library in each form of its contract, where there are several: what was read was read in all of them.
    """
    before = library.reviewed if in_force is None else library.own_reviewed
    own, now, writing = review.own_in_force(library, in_force), set(wanted), _Writing(by, on, before.texts)
    marks: dict[str, dict[str, Mark]] = {requirement.lasting: {} for requirement in library.requirements}
    links: dict[tuple[str, str, str], dict[str, RestsOn]] = {}
    texts: dict[str, dict[str, RestsOn]] = {}
    for one in forms or (library,):
        for requirement, name, rests in review.read_against(one, own):
            links.setdefault((requirement.lasting, requirement.id, name), {})[one.form.id] = rests
        for name, rests in review.read_alone(one, own):
            texts.setdefault(name, {})[one.form.id] = rests
    for (lasting, wanted_id, name), by_form in links.items():
        kept = before.mark(lasting, name) or before.mark(wanted_id, name)
        if mark := writing.mark(by_form) if (wanted_id, name) in now else kept:
            marks[lasting][name] = mark
    singly: dict[str, Mark] = {}
    for name, by_form in texts.items():
        if mark := writing.mark(by_form) if name in alone else before.alone.get(name):
            singly[name] = mark
    if in_force is not None and library.forms:
        for wanted_name, those in before.marks.items():
            marks[wanted_name] = {**_of_other_forms(library, those), **marks.get(wanted_name, {})}
        singly = {**_of_other_forms(library, before.alone), **singly}
    made = replace(before, marks=marks, alone=singly, texts=writing.texts)
    return replace(library, reviewed=made) if in_force is None else replace(library, own_reviewed=made)


def _of_other_forms(library: Library, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Return the marks of wordings that another form of the contract than the library's may have."""
    return {name: mark for name, mark in marks.items() if _may_have(library, name)}


def _may_have(library: Library, wording: str) -> bool:
    clause, _, alternative = wording.partition(".")
    here = library.clauses.get(clause)
    if here is None:
        return clause in library.elsewhere
    return alternative in {*here.elsewhere, *here.unfit} or here.alternative(alternative) is not None


def with_answers(library: Library, read: Iterable[FreeAnswer], by: str, on: date) -> Library:
    """Return a library with it recorded, for a matter, that somebody has read some of its answers."""
    before, rests = library.own_reviewed, {one.name: one.rests_on for one in read}
    now = {name: Mark(by=by, on=on, rests_on=_hashed(texts)) for name, texts in rests.items()}
    words = {hashed(words): words for texts in rests.values() for words in texts.values()}
    made = replace(before, answers={**before.answers, **now}, texts={**before.texts, **words})
    return replace(library, own_reviewed=made)


class _Writing:
    """Makes the marks of one person on one day, and keeps the words that they rest on by their hash."""

    def __init__(self, by: str, on: date, texts: Mapping[str, str]) -> None:
        self.by, self.on, self.texts = by, on, dict(texts)

    def mark(self, by_form: Mapping[str, RestsOn]) -> Mark:
        """Make the mark of what was read in some forms: the texts that are the same in each, and those that are not."""
        read = {form: texts() for form, texts in by_form.items()}
        first, *rest = read.values()
        common = {what: words for what, words in first.items() if all(one.get(what) == words for one in rest)}
        left = {form: {what: hashed(one[what]) for what in one if what not in common} for form, one in read.items()}
        self.texts |= {hashed(words): words for one in read.values() for words in one.values()}
        return Mark(
            by=self.by, on=self.on, rests_on=_hashed(common), in_form={f: one for f, one in left.items() if one}
        )


def _hashed(texts: Texts) -> dict[str, str]:
    return {what: hashed(words) for what, words in texts.items()}
