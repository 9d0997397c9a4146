"""Tells the board which sections of a contract changed since it last saw one, by article, each in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.base import english
from drafter.comparing import fates, lines, marked, moved, redline
from drafter.comparing.fates import Fate, State
from drafter.comparing.lines import Line
from drafter.comparing.marked import G, MarkedBlock, MarkedGroup, MarkedSection, Redline
from drafter.contract import Article, Reference, Runs, SectionName, names, words
from drafter.papers import remarks
from drafter.papers.remarks import How
from drafter.values import dataclass

BECAME: Mapping[State, str] = {  # of sections that another form of the contract says otherwise, in this order
    "left out": "Left out",
    "added": "New",
    "shortened": "In fewer words",
    "lengthened": "In more words",
    "reworded": "In other words",
}
COVER, OPENING, EXHIBITS, SIGNATURES = "Cover", "Opening and Recitals", "Exhibits", "Signatures"
TITLE = "Title"  # of an article or exhibit, among its sections

Called = tuple[Mapping[str, SectionName], Mapping[str, SectionName]]  # sections, before and now


@dataclass(frozen=True, slots=True)
class Change:
    """A section that changed: what it says now, in the library's words where it has some, and how it changed.

    A part that is no section, such as a title or the signatures, has no clause. A section that was left out has its
    earlier number, in parentheses, and one with another number both; one without a heading of its own has that of the
    section above it. `other` is whether another wording of the
    library is in force than before: then what it says now tells the change.
    """

    clause: str
    number: str
    heading: str
    how: How
    now: Runs = ()
    other: bool = False

    @property
    def words(self) -> str:
        """Return whether it is new, left out or moved, and the words that were replaced."""
        return " ".join(filter(None, (self.how.state, self.how.replaced)))

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the sentences that were removed."""
        return self.how.removed

    @property
    def added(self) -> tuple[str, ...]:
        """Return the sentences that were added."""
        return self.how.added


@dataclass(frozen=True, slots=True)
class Changes:
    """An article, or the opening, exhibits or signatures, and its sections that changed."""

    title: str
    lines: tuple[Change, ...]


def changes(compared: Redline) -> Iterator[Changes]:
    """Yield what changed by article, in the order of the contract: sections, titles, the cover and the signatures."""
    whole = moved.gathered(compared)
    called = names(redline.reject(compared)), names(redline.accept(compared))
    groups = [
        (COVER, _reworded([whole.title, *(cell for row in whole.caption for cell in row.cells)])),
        (OPENING, _sections((*whole.opening, *whole.recitals), lambda _: "", called)),
        *((_title(article), _group(article, "", called)) for article in whole.articles),
        (EXHIBITS, [line for exhibit in whole.exhibits for line in _group(exhibit, exhibit.of.shown.number, called)]),
        (SIGNATURES, _reworded(_signed(compared))),
    ]
    yield from (Changes(title, tuple(inside)) for title, inside in groups if inside)


def _group(group: MarkedGroup[G], number: str, called: Called) -> list[Change]:
    """Return what changed in an article or exhibit; `number` is that of a section without one of its own."""
    lead: list[Change] = _reworded([group.title], number, TITLE) if group.of.mark == "kept" else []
    return [*lead, *_sections(group.sections, lambda section: section.of.shown.number or number, called)]


def _sections(inside: Iterable[MarkedSection], number: Callable[[MarkedSection], str], called: Called) -> list[Change]:
    without = map(settled, inside)
    return [_change(number(section), section, called) for section in without if is_change(section)]


def _reworded(found: Sequence[Line], number: str = "", heading: str = "") -> list[Change]:
    """Return how lines that are in no section changed; nothing where none did."""
    return [Change("", number, heading, remarks.reworded(found))] if any(map(lines.changed, found)) else []


def _signed(compared: Redline) -> list[Line]:
    signed = [line for block in compared.signatures for line in (block.party, block.note)]
    return signed + [line for b in compared.signatures for signer in b.signers for line in (signer.name, signer.title)]


def clauses(compared: Redline) -> tuple[str, ...]:
    """Return the clauses of the sections that changed by more than the numbers of others, in the contract's order."""
    found = (line.clause for group in changes(compared) for line in group.lines)
    return tuple(dict.fromkeys(filter(None, found)))


def count(found: Iterable[Changes]) -> int:
    """Return how many sections changed; the signatures are none."""
    return len({line.clause for group in found for line in group.lines if line.clause})


def renumbered(found: Iterable[Changes]) -> int:
    """Return of how many sections the earlier number is told, in parentheses."""
    return sum("(" in line.number for group in found for line in group.lines)


def elsewhere(found: Iterable[Changes]) -> int:
    """Return how many parts changed that are no sections: titles, the cover, the signatures."""
    return sum(not line.clause for group in found for line in group.lines)


def in_other_form(found: Iterable[Fate]) -> Iterator[Changes]:
    """Yield the sections that another form of the contract says otherwise, by what became of them."""
    listed = tuple(found)
    for state, title in BECAME.items():
        if inside := [one for one in listed if one.state == state]:
            yield Changes(title, tuple(map(_became, inside)))


def tally(found: Sequence[Fate]) -> tuple[str, ...]:
    """Return how many sections became what in another form of the contract, as a sentence; none where all stayed."""
    counts = fates.by_state(found)
    said = [f"{counts[state]} {_SAID[state][counts[state] > 1]}" for state in _SAID if counts[state]]
    return (
        (f"Of {english.counted(len(found), 'section')} in the two versions, {english.listing(said)}.",) if said else ()
    )


_SAID: Mapping[State, tuple[str, str]] = {  # of one section, and of several
    "kept": ("reads the same", "read the same"),
    "left out": ("was left out", "were left out"),
    "added": ("is new", "are new"),
    "shortened": ("has fewer words", "have fewer words"),
    "lengthened": ("has more words", "have more words"),
    "reworded": ("has other words", "have other words"),
}


def _became(one: Fate) -> Change:
    number = f"({one.name.place})" if one.state == "left out" and one.name.place else one.name.place
    before, after = one.words
    how = {"left out": remarks.LEFT_OUT, "added": remarks.NEW}
    return Change(
        one.name.clause, number, one.name.heading, How(how.get(one.state, f"{before:,} words, now {after:,}."))
    )


def with_now(found: Iterable[Changes], now: Mapping[str, Runs], own: set[str]) -> Iterator[Changes]:
    """Yield the changes with what each section says now, by clause; one that was left out says nothing.

    The words that changed are left out where what the section says now tells the change. `own` are the clauses with
    a wording of their own, of which nothing but their words tells it.
    """
    for group in found:
        yield replace(group, lines=tuple(_with_now(line, now.get(line.clause, ()), own) for line in group.lines))


def _with_now(line: Change, now: Runs, own: set[str]) -> Change:
    if line.how.state == remarks.LEFT_OUT or not now:
        return line
    told = (line.other or line.how.state == remarks.NEW) and line.clause not in own
    return replace(line, now=now, how=How(line.how.state) if told else line.how)


def _title(article: MarkedGroup[Article]) -> str:
    number = f"Article {article.of.shown.number}"
    title = words(lines.take(article.title, "base" if article.of.revised is None else "revised"))
    return f"{number if article.of.revised else f'({number})'}. {title}"


def is_change(section: MarkedSection) -> bool:
    """Say whether a section changed or has moved; of one whose halves are apart, only where it is now."""
    return section.of.mark != "moved from" and (bool(section.of.move) or marked.changed(section))


def _change(number: str, section: MarkedSection, called: Called) -> Change:
    left_out = section.of.mark == "deleted"
    was, now = (side.get(section.of.shown.id) for side in called)
    name = was if left_out else now
    heading = words(lines.take(section.heading, "base" if left_out else "revised")) or (name.heading if name else "")
    shown = f"({number})" if left_out and number else number
    if was and now and number and (was.part, was.number) != (now.part, now.number):
        shown += f" ({was.number if was.part == now.part else was.place})"
    old, new = section.of.base, section.of.revised
    other = old is not None and new is not None and old.alternative != new.alternative
    return Change(section.of.shown.id, shown, heading, remarks.how_changed(section), other=other)


# -- references to what has only another number -------------------------------------------------


def settled(section: MarkedSection) -> MarkedSection:
    """Return a section without the marks of references that point to the same place by its new number."""
    return replace(section, heading=_renumbered(section.heading), blocks=tuple(map(_settled_block, section.blocks)))


def _settled_block(block: MarkedBlock) -> MarkedBlock:
    if isinstance(block, marked.MarkedParagraph):
        return replace(block, line=_renumbered(block.line))
    rows = (replace(row, cells=tuple(map(_renumbered, row.cells))) for row in block.rows)
    return replace(block, rows=tuple(rows))


def _renumbered(line: Line) -> Line:
    base, revised = lines.take(line, "base"), lines.take(line, "revised")
    if not _points(base) or not _points(revised) or not {span.mark for span in line} <= {"kept", "inserted", "deleted"}:
        return line
    return lines.compare(base, revised, lambda reference, _: reference.target)


def _points(runs: Runs) -> bool:
    return any(isinstance(run, Reference) for run in runs)
