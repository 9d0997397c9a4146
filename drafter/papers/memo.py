"""Makes the memo that a board gets before it votes: from memo.md of the library, a draft, and what changed in it.

One rule: every word of it is the library's, the policy's, the contract's, or an answer. What the negotiator knows and
the public doesn't (guidance, positions, labels, reasons, wordings not selected) is never looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from drafter.base import english
from drafter.base.problems import stop_at
from drafter.comparing import fates, redline
from drafter.comparing.fates import Fate
from drafter.comparing.marked import Redline
from drafter.contract import Contract, Runs, blanks, names, other_form, sections, words
from drafter.drafting import resolving, ways
from drafter.drafting.compliance import UNMET, WHOLE, Coverage, Covered
from drafter.drafting.selection import Selection
from drafter.drafting.ways import OtherValue
from drafter.language import Missing, Value
from drafter.papers import changed, not_read
from drafter.papers.changed import Changes
from drafter.papers.remarks import How
from drafter.papers.texts import costs, dates, writing
from drafter.papers.texts.costs import Year
from drafter.papers.texts.writing import Paragraphs, Rows, Writing
from drafter.reading.library import RANK, Library
from drafter.reading.memo.memo_text import PaperText
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass

if TYPE_CHECKING:
    from drafter.matters.swaps import Swap

MOST_QUOTES = 3  # requirements of one section that are quoted; others are named
OWN_WORDING = "This section has its own wording, written for this contract. It must be read in full."
MEMO_UNREAD = "No attorney has yet recorded the sentences of this memo as read."
UNSAID = "What it says now is not summed up here. It must be read in full."


@dataclass(frozen=True, slots=True)
class Deviation:
    """A requirement that the contract doesn't meet, in the policy's words, and the sections that would have to.

    Of each section: its name, and what it says now.
    """

    requirement: str
    words: str
    sections: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A section that isn't in the opening wording: what it says now, and what the policy asks of it.

    It says nothing of what a wording gives up: that is for our own side.
    """

    place: str
    now: Paragraphs
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the contract is measured against: a source with its status and dates, and its requirements by status."""

    source: str
    standing: str
    statuses: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """All that the memo says, in the order in which it is printed."""

    title: str
    to: Runs
    sender: Runs
    meeting: Runs
    subject: Runs
    item: Runs
    presenter: Runs
    deviations: tuple[Deviation, ...]
    request: Paragraphs
    motion: Paragraphs
    facts: Rows
    years: tuple[Year, ...]
    total: Runs
    bases: Rows
    cost: Paragraphs
    changes_text: Paragraphs
    changes: tuple[Changes, ...]
    differences_text: Paragraphs
    differences: tuple[Difference, ...]
    compliance: Paragraphs
    governs: str
    sources: tuple[Measured, ...]
    limits: tuple[tuple[str, str], ...]
    policy: Paragraphs
    anomalies: Rows
    blanks_text: Paragraphs
    blanks: tuple[tuple[str, str], ...]
    dates: Rows


def make(  # noqa: PLR0913, PLR0917  # what a memo is made of
    text: PaperText, selection: Selection, contract: Contract, coverage: Coverage, compared: Redline | None,
    base: str, meeting: date | None, *, seen: bool = True, record: Iterable[Swap] = (),
) -> Memo:  # fmt: skip
    """Make the memo on a contract that was assembled from a selection.

    `compared` is its redline against the version that `base` names; None where there is none. `seen` is whether the
    board saw that version, `record` the swaps of the matter. DraftingError where a text of the memo refers to what
    isn't in the contract.
    """
    library = selection.library
    is_other = compared is not None and other_form(compared.of.base, compared.of.revised)
    found = tuple(changed.changes(compared)) if compared else ()
    changes = () if is_other else found  # of another form, each section would be one
    became = _fates(compared) if is_other else ()
    differing = _differing(selection, contract, coverage)
    chosen = writing.wordings(selection)
    cost = costs.computed(text, {**selection.values, **chosen})
    day: Value = meeting or Missing(text.meeting, "memo.meeting")
    unread = not_read.of(contract, selection)
    values: dict[str, Value] = {
        "memo.meeting": day,
        "memo.base": base,
        "memo.compared": compared is not None,
        "memo.seen": compared is not None and seen,
        "memo.changed": changed.count(found),
        "memo.elsewhere": changed.elsewhere(found),
        "memo.renumbered": changed.renumbered(changes),
        "memo.held": _held(compared) if compared and not seen and not is_other else _NONE_HELD,
        "memo.differing": len(differing),
        **_counts(coverage.of(library.policy)),
        "memo.own": len(unread.own),
        "memo.own_in": english.listing(unread.own) if unread.own else _NONE_OWN,
        "memo.sources": len(library.sources),
        "memo.blanks": len(blanks(contract)),
        "memo.final": contract.status == "final",
        **cost.values,
        **chosen,
    }
    write = Writing(text, {**selection.values, **values}, resolving.known(contract))
    own = {name for name, choice in selection.choices.items() if choice.alternative.is_own}
    now = write.sections(text.sections)
    others = _other_values(ways.other_values(selection, contract, record))
    now |= {clause: costs.plain(" ".join((OWN_WORDING, *others.get(clause, ())))) for clause in own}
    made = Memo(
        title=words(contract.title),
        to=write.head("to"),
        sender=write.head("from"),
        meeting=costs.shown(day, "date"),
        subject=write.head("subject"),
        item=write.head("item"),
        presenter=write.head("presenter"),
        deviations=tuple(_deviation(row, selection, contract, now) for row in coverage.unmet),
        request=write.paragraphs("request"),
        motion=write.paragraphs("motion"),
        facts=tuple(row for row, _, _ in write.rows("facts")),
        years=tuple(costs.written(cost, write.line)),
        total=cost.total,
        bases=tuple((write.line(one.label), write.line(one.basis)) for one in cost.owed),
        cost=write.paragraphs("cost"),
        changes_text=_other_form(compared, became, library, base) if is_other else write.paragraphs("changes"),
        changes=tuple(changed.with_now(changed.in_other_form(became) if is_other else changes, now, own)),
        differences_text=write.paragraphs("differences"),
        differences=tuple(_differences(differing, selection, contract, now, _since(changes, base) if seen else {})),
        compliance=(
            *write.paragraphs("compliance"),
            *map(costs.plain, filter(None, (unread.said, "" if unread.is_memo_read else MEMO_UNREAD))),
        ),
        governs=squeezed(library.policy.governs) if len(library.sources) > 1 else "",
        sources=tuple(
            Measured(one.cited, one.standing, tuple(_by_status(text.statuses, coverage.of(one))))
            for one in library.sources
        ),
        limits=tuple(_limits(coverage)),
        policy=write.paragraphs("policy"),
        anomalies=tuple(_anomalies(write, library)),
        blanks_text=write.paragraphs("blanks"),
        blanks=tuple(writing.gaps(contract)),
        dates=dates.in_order(
            (dates.Dated(row, dates.days(cell, scope, library.phrases)) for row, cell, scope in write.rows("dates")),
            meeting,
        ),
    )
    stop_at(write.problems)
    return made


def changes_said(made: Memo) -> dict[str, str]:
    """Return what each section says now, by its id, where that tells how it changed."""
    lines = (line for group in made.changes for line in group.lines)
    return {line.clause: words(line.now) for line in lines if line.now and line.how == How(line.how.state)}


# -- what differs from the opening wording, and what is not met ----------------------------------


def _differing(selection: Selection, contract: Contract, coverage: Coverage) -> tuple[str, ...]:
    """Return the clauses that aren't in their opening wording, or would have to meet what is not met."""
    unmet = {clause for row in coverage.unmet for clause in row.clauses}
    choices = selection.choices
    there = (section.id for section in sections(contract) if section.id in choices)
    return tuple(
        c for c in there if c in unmet or RANK[choices[c].alternative.position] or choices[c].alternative.is_own
    )


def _other_values(found: Iterable[OtherValue]) -> Mapping[str, Sequence[str]]:
    """Say of each section in words of its own what it has in place of an answer, and what others print there."""
    said = dict[str, list[str]]()
    for one in (one for one in found if one.is_plain):
        there = english.listing([f"{part} says “{printed}”" for part, printed in one.places])
        said.setdefault(one.clause, []).append(f"It says “{one.words}”; {there}.")
    return said


def _held(compared: Redline) -> Value:
    """Name the sections that even an opening draft hasn't in their opening wording, as the contract calls them."""
    base, revised = redline.reject(compared), redline.accept(compared)
    called = names(base) | names(revised)
    found = [called[one.id].words for one in sections(base) if RANK.get(one.position)]
    return english.listing(found) if found else _NONE_HELD


_NONE_HELD = Missing("Sections not in their opening wording", "memo.held")
_NONE_OWN = Missing("Places with a wording of the contract's own", "memo.own_in")


def _differences(
    differing: Iterable[str],
    selection: Selection,
    contract: Contract,
    now: Mapping[str, Runs],
    since: Mapping[str, str],
) -> Iterator[Difference]:
    """Yield what each section that differs says now; of the wordings, only those in the contract are looked at."""
    called = names(contract)
    for clause in differing:
        choice = selection.choices[clause]
        others = (wanted for other in choice.clause.alternatives for wanted in other.satisfies)
        asked = tuple(_asked(dict.fromkeys((*choice.alternative.satisfies, *others)), selection.library))
        note = (costs.plain(since[clause]),) if clause in since else ()
        yield Difference(called[clause].in_full, (now.get(clause) or costs.plain(UNSAID), *note), asked)


def _fates(compared: Redline | None) -> tuple[Fate, ...]:
    return fates.fates(redline.reject(compared), redline.accept(compared)) if compared is not None else ()


def _other_form(compared: Redline | None, found: tuple[Fate, ...], library: Library, base: str) -> Paragraphs:
    """Say that the contract is in another form than a version before it, and how many sections became what."""
    if compared is None:
        return ()
    labels = {form.id: f"“{form.label}”" for form in library.forms}
    old, new = (labels.get(one.form, one.form) for one in (redline.reject(compared), redline.accept(compared)))
    what = f"The form of the contract was changed from {old} to {new} since {base}, so that nearly every section"
    return tuple(
        map(costs.plain, (f"{what} reads otherwise. The contract must be read in full.", *changed.tally(found)))
    )


def _since(changes: Iterable[Changes], base: str) -> Mapping[str, str]:
    """Say of each clause that changed that it differs from the version that the board saw."""
    return {line.clause: f"It differs from {base}." for group in changes for line in group.lines}


def _asked(wanted: Iterable[str], library: Library) -> Iterator[str]:
    """Quote the source of some requirements, and name the others."""
    found = [r for r in map(library.requirement, wanted) if r]
    for requirement in found[:MOST_QUOTES]:
        cited = library.source_of(requirement.id).cite(requirement)
        yield f"{cited}: “{squeezed(requirement.quote)}”" if requirement.quote else cited
    if found[MOST_QUOTES:]:
        yield "; ".join(library.source_of(requirement.id).cite(requirement) for requirement in found[MOST_QUOTES:])


def _deviation(row: Covered, selection: Selection, contract: Contract, now: Mapping[str, Runs]) -> Deviation:
    called = names(contract)
    return Deviation(
        requirement=selection.library.source_of(row.requirement.id).cite(row.requirement),
        words=f"“{squeezed(row.requirement.quote)}”"
        if row.requirement.quote
        else f"In our words: {english.typographic(squeezed(row.requirement.asks))}",
        sections=tuple((called[c].in_full, now.get(c) or costs.plain(UNSAID)) for c in row.clauses if c in called),
    )


# -- compliance, the policy's text, blanks ------------------------------------------------------


def _counts(coverage: Coverage) -> Mapping[str, Value]:
    due = [row for row in coverage.rows if row.status != "nothing to draft"]
    return {
        "memo.requirements": len(due),
        "memo.applying": sum(row.status != "does not apply" for row in due),
        "memo.met": sum(row.status in ("met", "met by a fallback") for row in due),
        "memo.said": sum(row.status == "said" for row in due),
        "memo.unread": sum(row.status == "said" and WHOLE not in row.remarks for row in due),
        "memo.waiting": sum(row.status == "said" and WHOLE in row.remarks for row in due),
        "memo.judged": sum(row.status == "needs a person's judgement" for row in due),
        "memo.unmet": len(coverage.unmet),
        "memo.limited": sum(bool(row.limits) for row in due),
    }


def _limits(coverage: Coverage) -> Iterator[tuple[str, str]]:
    """Yield what the contract declares to limit requirements, each once, after the requirements that it limits."""
    found: dict[str, list[str]] = {}
    for row in coverage.rows:
        for limit in row.limits:
            found.setdefault(english.typographic(squeezed(limit)), []).append(row.requirement.id)
    yield from ((", ".join(ids), f"{limit[:1].upper()}{limit[1:]}.") for limit, ids in found.items())


def _by_status(called: Mapping[str, str], coverage: Coverage) -> Iterator[tuple[str, str, str]]:
    """Yield each status in the library's words, how many requirements have it, and which; none without words."""
    for status in dict.fromkeys(filter(None, called.values())):
        rows = [row for row in coverage.rows if called.get(row.status) == status]
        if rows:
            yield status, str(len(rows)), "; ".join(_which(rows))


def _which(rows: Iterable[Covered]) -> Iterator[str]:
    """Name requirements, those together of which the same is said."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(_remark(row), []).append(row.requirement.shown)
    yield from (f"{', '.join(ids)}{remark}" for remark, ids in found.items())


def _remark(row: Covered) -> str:
    """Return what is said after a requirement: where it is met, or when it would apply; nothing for most."""
    if row.status == "does not apply":
        asked = row.conditional
        said = asked.otherwise or (asked.applies_text and f"it applies only if this is so: {asked.applies_text}")
        return f" ({squeezed(said).rstrip('.')})" if said else ""
    if row.status in (*UNMET, "needs a person's judgement"):
        return f" ({row.cited})" if row.cited else ""
    return ""


def _anomalies(write: Writing, library: Library) -> Iterator[tuple[Runs, Runs]]:
    policy = library.policy
    paragraphs = {anomaly.id: policy.listed(anomaly.paragraphs) for anomaly in policy.anomalies}
    for entry in write.that_hold(write.text.anomalies):
        yield costs.plain(paragraphs[entry.about]), write.line(entry.text)
