"""Says of each matter and each recorded round what a new text means for it: what it fails, what nobody has read.

One rule: a round is judged by the contract that was sent, never by a draft of today's library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from drafter import contract
from drafter.base import disk
from drafter.base.problems import DraftingError, Problem
from drafter.contract import Article, Contract, Exhibit, Section
from drafter.drafting import compliance, draft, selection
from drafter.drafting.compliance import Coverage
from drafter.drafting.selection import Choice, Selection
from drafter.matters import answers, belonging, filing, ledger, matter, rounds
from drafter.matters.matter import Matter
from drafter.matters.rounds import Round
from drafter.reading.library import Library
from drafter.reading.reviewing import review
from drafter.reading.sources.source import POLICY, Source
from drafter.values import dataclass

Sent = Literal["earlier", "new", "other", "not recorded"]  # under which text


@dataclass(frozen=True, slots=True)
class Failing:
    """A requirement of the new text that a contract does not meet: its id, its status, and why."""

    id: str
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contract meets the new text: what it fails, and what it says that nobody has read against it.

    `wrong` is why it can't be judged; then the rest is empty.
    """

    failing: tuple[Failing, ...] = ()
    unread: tuple[str, ...] = ()
    wrong: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A section of a contract that says what follows when the source changes, as it was sent."""

    clause: str
    called: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundUnder:
    """A recorded round under a new text; one that came has no contract of ours to judge."""

    round: Round
    text: Sent
    standing: Standing
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class MatterUnder:
    """A matter under a new text: its draft as it would be now, and its rounds. `wrong`: why it can't be looked at."""

    place: Path
    now: Standing
    rounds: tuple[RoundUnder, ...]
    wrong: tuple[Problem, ...] = ()

    @property
    def needs_work(self) -> bool:
        """Say whether anything in it fails, is unread, or can't be judged."""
        every = (self.now, *(one.standing for one in self.rounds))
        return bool(self.wrong) or any(one.failing or one.unread or one.wrong for one in every)


@dataclass(frozen=True, slots=True)
class Under:
    """What matters are looked at with: both texts, the library as it is and under the new text, and the new ids.

    `unchanged` has the earlier id of each requirement that did not change. `unsettled` are those that changed, and of
    which nobody has said yet what they ask now: no contract is read against them. `forms` has the library under the new
    text in each form of its contract.
    """

    old: Source
    new: Source
    library: Library
    tried: Library
    renamed: Mapping[str, str]
    unchanged: Mapping[str, str]
    unsettled: tuple[str, ...]
    forms: tuple[Library, ...] = ()

    def in_form(self, said: str) -> Library:
        """Return the library under the new text in the form that answers say, as `load_library` takes it."""
        known = {one.form.id: one for one in self.forms}
        return known.get(said) or known.get(self.tried.unsaid) or self.tried


def places(folder: Path) -> tuple[Path, ...]:
    """Return the matters in a folder: the folders at any depth that have an answers file, those of rounds left out."""
    found = sorted(path.parent for path in folder.rglob(filing.ANSWERS))
    return tuple(
        path for path in found if not any(ledger.NAME.fullmatch(part) for part in path.relative_to(folder).parts)
    )


def under(folder: Path, at: Under, seen: Callable[[Path], None]) -> tuple[MatterUnder, ...]:
    """Return what the new text means for each matter in a folder; `seen` is told each before it is looked at."""
    return tuple(_seen(place, at, seen) for place in places(folder))


def _seen(place: Path, at: Under, seen: Callable[[Path], None]) -> MatterUnder:
    seen(place)
    try:
        recorded = belonging.read(place)
        wrong = belonging.mismatch(recorded, at.library, place) if recorded is not None else None
        if wrong is not None:
            return MatterUnder(place, Standing(), (), (wrong,))
        found = rounds.read_all(place / filing.ROUNDS)
    except DraftingError as error:
        return MatterUnder(place, Standing(), (), error.problems)
    return MatterUnder(place, _drafted(place, at), tuple(_round(place, made, at) for made in found))


def _drafted(place: Path, at: Under) -> Standing:
    """Return how a matter's draft would meet the new text."""
    try:
        path = filing.answers_path(place)
        text = disk.read_text(path, str(path))
        own = matter.with_own_wordings(at.in_form(answers.form_of(text)), place)
        made = draft.draft(Matter(place, text, filing.recorded(place), own))
    except DraftingError as error:
        return Standing(wrong=error.problems)
    return _standing(made.coverage, own, made.selection.in_force, at.unsettled)


def _standing(
    coverage: Coverage, library: Library, in_force: Mapping[str, str], unsettled: tuple[str, ...]
) -> Standing:
    failing = tuple(
        Failing(r.requirement.id, r.status, r.remark) for r in coverage.rows if r.status in compliance.UNMET
    )
    said = {
        (r.requirement.id, r.requirement.home)
        for r in coverage.rows
        if r.status in (*compliance.MET, compliance.JUDGED)
    }
    unread = (one for one in review.unread(library, in_force) if (one.requirement.id, one.clause) in said)
    found = (one.requirement.id for one in unread if one.clause)
    return Standing(failing, tuple(dict.fromkeys((*unsettled, *found))))


# -- rounds -------------------------------------------------------------------------------------


def _round(place: Path, made: Round, at: Under) -> RoundUnder:
    if made.direction == "from":
        return RoundUnder(made, "not recorded", Standing(), ())
    text = _sent_under(made, at)
    try:
        folder = place / filing.ROUNDS / made.name
        shown = rounds.read(folder)[1]
    except DraftingError as error:
        return RoundUnder(made, text, Standing(wrong=error.problems), ())
    if shown is None:
        return RoundUnder(made, text, Standing(), ())
    asked = () if text == "new" else tuple(_asked(shown, at.new.on_change))
    return RoundUnder(made, text, _as_before(made, _as_sent(folder, shown, at), at), asked)


def _as_before(made: Round, found: Standing, at: Under) -> Standing:
    """Return how a round stands, where a requirement that did not change and was met then fails no more.

    Its section says it in other words than the library has now: somebody must read them.
    """
    was = dict(made.statuses)
    said = {one.id for one in found.failing if was.get(at.unchanged.get(one.id, "")) in (*compliance.MET, "said")}
    still = {one.id for one in found.failing} - said
    for requirement in (r for r in at.tried.requirements if r.same_as and r.id in still):
        if not still.intersection(requirement.same_as):  # it fails by nothing else
            said.add(requirement.id)
    failing = tuple(one for one in found.failing if one.id not in said)
    other = (one.id for one in found.failing if one.id in said)
    return replace(found, failing=failing, unread=tuple(dict.fromkeys((*found.unread, *other))))


def _sent_under(made: Round, at: Under) -> Sent:
    """Say under which text a round was sent; one of long ago keeps the policy's fingerprint alone, or none."""
    then = next((one.fingerprint for one in made.sources if one.name == at.old.name), "")
    print_ = then or (made.policy if at.old.name == POLICY else "")
    if not print_:
        return "not recorded"
    known: tuple[tuple[str, Sent], ...] = ((at.new.fingerprint, "new"), (at.old.fingerprint, "earlier"))
    return next((text for one, text in known if one == print_), "other")


def _as_sent(folder: Path, shown: Contract, at: Under) -> Standing:
    """Return how a contract that was sent meets the new text, by its own words and the answers sent with it."""
    try:
        library = matter.with_own_wordings(at.in_form(matter.form_said(folder)), folder)
        given = answers.load(folder / filing.ANSWERS, library.questionnaire)
        values = selection.names(library, given)
    except DraftingError as error:
        return Standing(wrong=error.problems)
    choices = dict(_choices(shown, library, given.chosen))
    claimed = _claiming(shown, choices, at.renamed)
    selected = Selection(library, choices, (), values)
    return _standing(compliance.check(claimed, selected), library, selected.in_force, at.unsettled)


def _choices(shown: Contract, library: Library, chosen: Mapping[str, str]) -> Iterator[tuple[str, Choice]]:
    """Yield the choice of each section that was sent, as far as the library still has its wording."""
    for section in contract.sections(shown):
        clause = library.clauses.get(section.id)
        alternative = clause.alternative(section.alternative) if clause is not None else None
        if clause is not None and alternative is not None:
            by: Literal["answers", "negotiator"] = "negotiator" if section.id in chosen else "answers"
            yield section.id, Choice(clause, alternative, by)


def _claiming(shown: Contract, choices: Mapping[str, Choice], renamed: Mapping[str, str]) -> Contract:
    """Return a contract whose sections claim what their wordings claim now, and what they claimed, by its new id."""

    def claims(section: Section) -> Section:
        choice = choices.get(section.id)
        if choice is None:
            return replace(section, requirements=())
        before = filter(None, (renamed.get(one, one) for one in section.requirements))
        return replace(section, requirements=tuple(dict.fromkeys((*before, *choice.alternative.satisfies))))

    def each(those: Iterable[Section]) -> tuple[Section, ...]:
        return tuple(map(claims, those))

    articles: tuple[Article, ...] = tuple(replace(a, sections=each(a.sections)) for a in shown.articles)
    exhibits: tuple[Exhibit, ...] = tuple(replace(e, sections=each(e.sections)) for e in shown.exhibits)
    return replace(
        shown, opening=each(shown.opening), recitals=each(shown.recitals), articles=articles, exhibits=exhibits
    )


def _asked(shown: Contract, clauses: Iterable[str]) -> Iterator[Asked]:
    """Yield the sections of a contract that say what follows when the source changes, with their words."""
    called, found = contract.names(shown), {section.id: section for section in contract.sections(shown)}
    for name in clauses:
        if name in found:
            yield Asked(name, called[name].in_full, tuple(contract.section_lines(found[name])))
