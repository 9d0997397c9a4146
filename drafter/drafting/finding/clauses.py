"""Finds a clause by its id, its number, what it rests on, its heading or words of it; and one of its alternatives.

One rule: the nearest kind of name decides, so that words of a heading are never outvoted by words of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from drafter.base import spelling
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.contract import Contract, filled_lines, names, sections
from drafter.drafting import wordings
from drafter.drafting.finding import matching, numbers, requirements
from drafter.reading.library import Alternative, Clause, Library, unknown_alternative, unknown_clause


def clause(library: Library, words: str, contract: Contract | None = None) -> Clause:
    """Return the one clause that words name; `contract` has the numbers. DraftingError where there is none, or several.

    A clause's id always names it.
    """
    found = find(library, words, contract)
    if len(found) == 1:
        stop_at(_no_item(found[0], words, contract) if contract is not None else ())
        return found[0]
    raise DraftingError(_several(library, words, found, contract) if found else _unknown(library, words, contract))


def find(library: Library, words: str, contract: Contract | None = None) -> tuple[Clause, ...]:
    """Return the clauses that words name, in the order of the outline; `contract` has the numbers of sections.

    They are found by the first of these that finds any: the id; the number; the whole heading; the number of a
    requirement or of a source's paragraph, whose home comes first; the beginning of a heading or id; words of a heading
    or id; of labels too; of wordings too, with what answers fill in the contract; of guidance too.
    """
    if re.search(r"[/\\]", words) and library.requirement(words.strip()) is None:
        return ()  # a path is no name
    if words.strip() in library.elsewhere:
        return ()  # and what is like it here is not what is meant
    placed = tuple(library.clauses[c] for c in dict.fromkeys(library.order()))
    if named := tuple(c for c in placed if c.id == words.strip()):
        return named
    cited = numbers.read(words)
    if numbered := _numbered(library, cited, contract) if cited is not None and contract is not None else ():
        return numbered
    titles = _titles(library, contract)
    if called := tuple(c for c in placed if any(matching.same(words, one) for one in (c.id, *titles(c)))):
        return called
    if (asked := requirements.cited(library, words)) or (cited is not None and not cited[1]):
        return requirements.resting(library, asked)
    filled = {s.id: "\n".join(filled_lines(s)) for s in sections(contract)} if contract else {}
    wanted = matching.query(words)

    def of(test: Callable[[Clause], bool]) -> tuple[Clause, ...]:
        return tuple(filter(test, placed))

    return of(lambda c: any(matching.starts(wanted, title) for title in (c.id, *titles(c)))) or next(
        filter(None, (of(_holding(wanted, depth, titles, filled)) for depth in range(4))), ()
    )


def _holding(
    wanted: matching.Query, depth: int, titles: Callable[[Clause], tuple[str, ...]], filled: Mapping[str, str]
) -> Callable[[Clause], bool]:
    """Return a test whether the texts of a clause, down to a depth, hold every word."""

    def holds(found: Clause) -> bool:
        texts = [found.id, *titles(found)]
        texts += [text for a in found.alternatives for text in (a.id, a.label)] if depth > 0 else []
        texts += [words for a in found.alternatives for _, words in wordings.lines(a.text)] if depth > 1 else []
        texts += [filled.get(found.id, "")] if depth > 1 else []
        texts += [text for a in found.alternatives for text in (a.guidance, a.concedes)] if depth > 2 else []  # noqa: PLR2004
        return matching.holds(wanted, "\n".join(texts))

    return holds


def _titles(library: Library, contract: Contract | None) -> Callable[[Clause], tuple[str, ...]]:
    """Return what gives the titles of a clause: its heading, and the exhibit's where it is alone in it."""
    alone = {group.clauses[0]: wordings.title(group.title) for group in library.exhibits if len(group.clauses) == 1}
    called = {n.clause: n.heading for n in names(contract).values() if n.part == "Exhibit"} if contract else {}

    def titles(found: Clause) -> tuple[str, ...]:
        every = (wordings.title(found.title), alone.get(found.id), called.get(found.id))
        return tuple(dict.fromkeys(filter(None, every)))

    return titles


def _numbered(library: Library, cited: tuple[numbers.Cited, str], contract: Contract) -> tuple[Clause, ...]:
    """Return the clauses of a cited part; of those, where words follow the number, the ones that hold them."""
    found = tuple(library.clauses[c] for c in numbers.sections(contract, cited[0]))
    wanted = matching.query(cited[1])
    titles = _titles(library, contract)
    return tuple(c for c in found if not wanted or matching.holds(wanted, " ".join((c.id, *titles(c)))))


def name(found: Clause, contract: Contract | None) -> str:
    """Return "14.2 Termination on Notice", or the heading and that the contract doesn't have it."""
    if contract is None:
        return wordings.title(found.title)
    called = names(contract).get(found.id)
    return called.words if called else f"{wordings.title(found.title)}, not in this contract"


# -- problems -----------------------------------------------------------------------------------


def _several(library: Library, words: str, found: tuple[Clause, ...], contract: Contract | None) -> Problem:
    listed = matching.listed([f"{c.id} ({name(c, contract)})" for c in found])
    asked = requirements.cited(library, words)
    what = f"'{words}' fits {len(found)} clauses: {listed}"
    if found == requirements.resting(library, asked):
        what = f"{len(found)} clauses rest on {requirements.called(library, asked)}: {listed}"
    called = names(contract).get(found[0].id) if contract is not None else None
    or_number = f" or {called.place}" if called is not None and called.part == "Section" else ""
    return Problem("several-clauses", Place(library.path), what, f"type the one you mean, as {found[0].id}{or_number}")


def _no_item(found: Clause, words: str, contract: Contract) -> Iterator[Problem]:
    """Find an item that is cited and that the section of a clause does not have."""
    cited = numbers.read(words)
    section = next((section for section in sections(contract) if section.id == found.id), None)
    if cited is None or not cited[0].item or section is None or words.strip() == found.id:
        return
    if found.id not in numbers.sections(contract, cited[0]):
        return  # it was found by what it rests on
    if cited[0].item not in numbers.items(section.blocks):
        what = f"{cited[0].words} has no {cited[0].item}"
        yield Problem("unknown-clause", found.place, what, numbers.items_listed(section.blocks))


def _unknown(library: Library, words: str, contract: Contract | None) -> Problem:
    if words.strip() in library.elsewhere:
        return unknown_clause(library, words.strip())
    if asked := requirements.cited(library, words):
        what = f"no clause rests on {requirements.called(library, asked)}"
        hint = "'drafter clauses --by requirement' lists which clauses meet which requirement"
        return Problem("unknown-clause", Place(library.path), what, hint)
    cited = numbers.read(words)
    if cited is not None and not cited[1] and contract is not None:
        what = f"there is no {cited[0].words} in this contract"
        return Problem("unknown-clause", Place(library.path), what, numbers.range_of(contract, cited[0]))
    if cited is not None and not cited[1]:
        what = f"there is no clause '{words}'"
        hint = "the number of a section is that of a matter's contract: name the matter too, with -m MATTER"
        return Problem("unknown-clause", Place(library.path), what, hint)
    titles = {c: wordings.title(library.clauses[c].title) for c in library.order()}
    hint = spelling.meant_by_title(words, titles, "'drafter clauses' lists them")
    return Problem("unknown-clause", Place(library.path), f"there is no clause '{words}'", hint)


# -- alternatives -------------------------------------------------------------------------------


def alternative(found: Clause, words: str) -> Alternative:
    """Return the one alternative of a clause that words name. DraftingError where there is none, or several.

    It is found by its id, its whole label, its position, or words of id and label, by the first that finds any.
    """
    if words.strip() in {*found.elsewhere, *found.unfit}:
        raise DraftingError(unknown_alternative(found, words.strip()))
    wanted = matching.query(words)
    text = words.strip().casefold()

    def of(test: Callable[[Alternative], bool]) -> tuple[Alternative, ...]:
        return tuple(filter(test, found.alternatives))

    fitting = (
        of(lambda a: a.id == words.strip())
        or of(lambda a: matching.same(words, a.id) or matching.same(words, a.label))
        or of(lambda a: a.position == text)
        or of(lambda a: matching.starts(wanted, a.id) or matching.starts(wanted, a.label))
        or of(lambda a: matching.holds(wanted, a.id) or matching.holds(wanted, a.label))
        or of(lambda a: matching.holds(wanted, f"{a.id} {a.label}"))
    )
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise DraftingError(unknown_alternative(found, words))
    listed = "; ".join(f"{a.id} ({a.label}; {a.position})" for a in fitting)
    what = f"'{words}' fits {len(fitting)} alternatives of '{found.id}': {listed}"
    raise DraftingError(
        Problem("several-alternatives", found.place, what, f"type the one you mean, as {fitting[0].id}")
    )
