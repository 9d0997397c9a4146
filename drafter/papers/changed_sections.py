"""Shows a board each section that changed, whole and with its changes marked: what it was, what it says, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from drafter import language
from drafter.base import english
from drafter.comparing import lines, marked, moved
from drafter.comparing.lines import Line, Mark
from drafter.comparing.marked import G, MarkedBlock, MarkedGroup, MarkedParagraph, MarkedSection, Pair, Redline
from drafter.contract import Contract, Paragraph, Runs, SectionName, Text, joined, names, sections, words
from drafter.papers import changed, remarks
from drafter.papers.changed import Change, Changes
from drafter.papers.remarks import How, Known
from drafter.reading.memo.memo_text import PaperText, asks_for
from drafter.reading.prose import Words
from drafter.values import dataclass

MOVES: tuple[Mark, ...] = ("moved from", "moved to")
MARKED = "What was deleted is struck through, and what was added is underlined."
MOVED = "What has moved has a double line: through it where it was, and under it where it is now."
NOTHING, ELSEWHERE = "No section changed.", "No section changed. What changed in other parts of the contract follows."


@dataclass(frozen=True, slots=True)
class Shown:
    """A section that changed: its heading and its text with their changes, and what is said of it, which may be empty.

    `state` is whether it is new, left out, moved or has another number, and the words that were replaced where they
    are few, or the sentences where no plain words tell the change; `said` what it said before, in plain words, `now`
    what it says now; `why` the reason that may be public; `policy` how the policy is still met.
    """

    heading: Line
    state: str
    said: str
    now: Runs
    why: str
    policy: tuple[str, ...]
    blocks: tuple[MarkedBlock, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An article, an exhibit, or another part of the contract, with its sections that changed."""

    title: Line
    sections: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ChangedSections:
    """All that is shown: of which contract, what it is compared with and how to read it, and the sections."""

    title: str
    summary: tuple[str, ...]
    groups: tuple[Group, ...]
    compared: Redline


@dataclass(frozen=True, slots=True)
class Told:
    """What the board is told of sections, by their ids.

    `changes` is the memo's account of what changed, `before` what a section said before in plain words, `reasons` those
    that may be public.
    """

    changes: tuple[Changes, ...]
    before: Mapping[str, str]
    reasons: Mapping[str, str]


def make(compared: Redline, base: Known, revised: Known, told: Told) -> ChangedSections:
    """Show the sections that changed between two contracts of one form, in the order of the contract."""
    maker = _Maker(moved.gathered(compared), base, revised, told)
    groups = tuple(maker.groups())
    return ChangedSections(words(revised.contract.title), tuple(maker.summary(groups)), groups, compared)


def said_before(text: PaperText, before: Contract) -> dict[str, str]:
    """Return what each section of a contract said in plain words, by its id, as far as its wordings alone decide it.

    The contract must be of the library that `text` belongs to. A sentence with an answer in it is left out: the answers
    that it had are not known.
    """
    scope: dict[str, language.Value] = {asks_for(one.id): one.alternative for one in sections(before)}
    scope |= {"form": before.form} if before.form else {}
    found: dict[str, str] = {}
    settled: set[str] = set()
    for entry in text.sections:
        asked = language.names(entry.when) if entry.when is not None else frozenset()
        is_known = asked <= scope.keys()
        if entry.about in settled or (is_known and entry.when is not None and not language.holds(entry.when, scope)):
            continue
        settled.add(entry.about)  # the first that holds, or that may hold
        if is_known and all(isinstance(part, Words) for part in entry.text):
            found[entry.about] = "".join(part.text for part in entry.text if isinstance(part, Words))
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes what is shown of two contracts."""

    gathered: Redline
    base: Known
    revised: Known
    told: Told

    def groups(self) -> Iterator[Group]:
        whole = self.gathered
        cover = (MarkedParagraph(_plain("kept"), whole.title), *_rows(whole))
        yield from self._rest(changed.COVER, cover)
        yield from self._group(_said(changed.OPENING), (*whole.opening, *whole.recitals))
        for article in whole.articles:
            yield from self._titled(article, f"Article {article.of.shown.number}. ")
        yield from self._rest(changed.SIGNATURES, _signed(whole))
        for exhibit in whole.exhibits:
            yield from self._titled(exhibit, f"Exhibit {exhibit.of.shown.number}. ")

    def summary(self, groups: Iterable[Group]) -> Iterator[str]:
        """Say what is compared, how many sections changed, and in which only the numbers of others did."""
        known = {s.of.shown.id for s in marked.sections(self.gathered) if changed.is_change(changed.settled(s))}
        since = self.base.public_name or "the earlier draft"
        shown = tuple(groups)
        nothing = ELSEWHERE if shown else NOTHING
        yield f"The contract is compared with {since}. {' '.join(self._counted(known)) if known else nothing}"
        if shown:
            read = f"{MARKED} {MOVED}" if _has_moved(shown) else MARKED
            yield f"Each section that changed follows whole. {read}" if known else read
        called = names(self.revised.contract)
        only = [
            s.of.shown.id for s in marked.sections(self.gathered) if marked.changed(s) and s.of.shown.id not in known
        ]
        if only:
            cited = english.listing([_in_sentence(called[name]) for name in dict.fromkeys(only)])
            yield f"Only numbers of other sections changed in {cited}."

    def _counted(self, known: AbstractSet[str]) -> Iterator[str]:
        """Say how many of the sections changed, and how many are no longer among them."""
        there = {one.id for one in sections(self.revised.contract)}
        if known & there:
            yield f"Changed: {english.counted(len(known & there), 'section')} of {len(there)}."
        if known - there:
            yield f"Left out: {english.counted(len(known - there), 'section')}."

    def _titled(self, group: MarkedGroup[G], number: str) -> Iterator[Group]:
        title = group.title
        if group.of.move:  # what it says hasn't changed for that
            title = _unmarked(lines.take(title, "revised"))
        mark: Mark = "kept" if group.of.move else group.of.mark
        one = isinstance(group, MarkedGroup) and len(group.sections) == 1 and number.startswith("Exhibit")
        yield from self._group(_headed(number, title, mark), group.sections, headed=not one, also=lines.changed(title))

    def _group(
        self, title: Line, inside: Iterable[MarkedSection], *, headed: bool = True, also: bool = False
    ) -> Iterator[Group]:
        """Yield a group where one of its sections changed, or its title did."""
        found = tuple(self._shown(s, headed=headed) for s in inside if changed.is_change(changed.settled(s)))
        if found or also:
            yield Group(title, found)

    def _rest(self, title: str, blocks: Iterable[MarkedBlock]) -> Iterator[Group]:
        """Yield what is no section, and has no heading, where it changed."""
        made = tuple(blocks)
        if any(map(marked.block_changed, made)):
            yield Group(_said(title), (Shown((), "", "", (), "", (), made),))

    def _shown(self, section: MarkedSection, *, headed: bool) -> Shown:
        name = section.of.shown.id
        line = self._line(name)
        how = remarks.how_changed(section)
        now, said = line.now if line else (), self.told.before.get(name, "")
        if said == words(now):  # what it says in plain words isn't what changed
            now, said = (), ""
        tells = how.state == remarks.NEW or (line is not None and now and line.how == How(line.how.state))
        marked_words = how.replaced if tells else replace(how, state="").words
        return Shown(
            heading=_headed(section.of.shown.number, self._heading(section), section.of.mark) if headed else (),
            state=" ".join(filter(None, (how.state, self._was(section), marked_words))),
            said=said,
            now=now,
            why=self.told.reasons.get(name, ""),
            policy=tuple(remarks.on_policy(section, self.base, self.revised)),
            blocks=section.blocks,
        )

    def _line(self, name: str) -> Change | None:
        return next((line for group in self.told.changes for line in group.lines if line.clause == name), None)

    def _heading(self, section: MarkedSection) -> Line:
        """Return the heading of a section; one without a heading has that of the section above it, as in the memo."""
        if section.heading or not section.of.shown.number:
            return section.heading
        side = self.base if section.of.mark == "deleted" else self.revised
        runs = joined([Text(names(side.contract)[section.of.shown.id].heading)])
        return lines.compare(
            () if section.of.mark == "inserted" else runs, () if section.of.mark == "deleted" else runs
        )

    def _was(self, section: MarkedSection) -> str:
        """Say what a section was called, where that was something else."""
        name = section.of.shown.id
        was, now = (names(side.contract).get(name) for side in (self.base, self.revised))
        if was is None or now is None or (was.cited, was.heading) == (now.cited, now.heading):
            return ""
        return f"It was {was.in_full}, in {self.base.public_name or 'the earlier draft'}."


def _in_sentence(name: SectionName) -> str:
    """Return what a section is called in a sentence: one of the opening or the recitals with the part that it is in."""
    return name.in_full if name.number else " ".join(filter(None, (name.heading, name.part and f"({name.part})")))


def _has_moved(groups: Iterable[Group]) -> bool:
    """Say whether anything that is shown is marked as moved."""
    blocks = (block for group in groups for one in group.sections for block in one.blocks)
    return any(span.mark in MOVES for line in marked.blocks_lines(blocks) for span in line)


# -- lines --------------------------------------------------------------------------------------


def _said(text: str) -> Line:
    return _unmarked(joined([Text(text)]))


def _unmarked(runs: Runs) -> Line:
    return lines.compare(runs, runs)


def _headed(number: str, title: Line, mark: Mark) -> Line:
    """Return a heading with its number, which is there as long as the heading is."""
    if not number:
        return title
    runs = joined([Text(f"{number.rstrip()} ")])
    if mark == "deleted":
        return *lines.compare(runs, ()), *title
    return *lines.compare(() if mark == "inserted" else runs, runs), *title


def _plain(mark: Mark) -> Pair[Paragraph]:
    paragraph = Paragraph(())
    return Pair(None if mark == "inserted" else paragraph, None if mark == "deleted" else paragraph)


def _rows(whole: Redline) -> Iterator[MarkedBlock]:
    yield from (MarkedParagraph(_plain(row.mark), row.cells[0]) for row in whole.caption)


def _signed(whole: Redline) -> Iterator[MarkedBlock]:
    """Yield the lines of the parties' signatures, each as a paragraph."""
    for block in whole.signatures:
        yield from (MarkedParagraph(_plain(block.mark), line) for line in (block.party, block.note) if line)
        for signer in block.signers:
            mark = signer.mark if block.mark == "kept" else block.mark
            yield from (MarkedParagraph(_plain(mark), line) for line in (signer.name, signer.title) if line)
