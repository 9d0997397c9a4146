"""What must be true of a library before a draft can be made from it.

Each check is a function that takes a library and the place of its outline, and yields what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from drafter.base import english, spelling
from drafter.base.problems import Place, Problem
from drafter.reading import prose, saying
from drafter.reading.library import Alternative, Clause, Library, meant, unknown_alternative
from drafter.reading.prose import Parts, sentences
from drafter.reading.prose.wordings import labels, parts_of
from drafter.reading.sources.source import Requirement, Said


def _unplaced(library: Library, outline: Place) -> Iterator[Problem]:
    """Find a clause of the outline that has no file or is listed twice, and a file that the outline doesn't list."""
    order = Counter(library.order())
    for clause, times in order.items():
        if clause not in library.clauses:
            yield Problem(
                "missing-clause", outline, f"the clause '{clause}' has no file", meant(clause, library.clauses)
            )
        if times > 1:
            yield Problem("duplicate-id", outline, f"the outline lists the clause '{clause}' {times} times")
    for placed in library.clauses.values():
        if placed.id not in order:
            yield Problem("unplaced-clause", placed.place, f"'{placed.id}' is not listed in agreement.yaml")


def _repeated_groups(library: Library, outline: Place) -> Iterator[Problem]:
    """Find two articles or two exhibits with the same id: a reference to it would be ambiguous."""
    for what, groups in (("article", library.articles), ("exhibit", library.exhibits)):
        for id_, times in Counter(group.id for group in groups).items():
            if times > 1:
                yield Problem("duplicate-id", outline, f"the outline lists the {what} '{id_}' {times} times")


def _unknown_requirements(library: Library, _: Place) -> Iterator[Problem]:
    """Find an alternative that claims, or a declared exception that limits, a requirement that no source has."""
    requirements = {requirement.id: requirement for requirement in library.requirements}
    for clause in library.clauses.values():
        claimed = [(a.place, wanted) for a in clause.alternatives for wanted in a.satisfies]
        claimed += [(clause.place, wanted) for one in clause.exceptions for wanted in one.limits]
        claimed += [(a.place, wanted) for a in clause.alternatives for one in a.exceptions for wanted in one.limits]
        for place, wanted in claimed:
            if wanted not in requirements:
                yield Problem("unknown-requirement", place, f"no source has a requirement '{wanted}'")
            elif requirements[wanted].same_as:
                others = english.listing(requirements[wanted].same_as)
                what = f"{wanted} has no wording of its own, because it asks the same as {others}"
                yield Problem("bad-same-as", place, what, f"name {others} instead")


def _unsaid_requirement(library: Library, _: Place) -> Iterator[Problem]:
    """Find a wording that claims a requirement in its home clause and lacks an operative sentence of it."""
    for requirement in library.requirements:
        yield from unsaid(library, requirement)


def unsaid(library: Library, requirement: Requirement) -> Iterator[Problem]:
    """Find a wording that claims a requirement in its home clause and lacks an operative sentence of it."""
    home = library.clauses.get(requirement.home)
    if home is not None:
        claiming = (a for a in home.alternatives if a.text and requirement.id in a.satisfies)
        yield from (problem for a in claiming for problem in _lacking(library, requirement, home, a))


def _lacking(library: Library, requirement: Requirement, home: Clause, alternative: Alternative) -> Iterator[Problem]:
    hint = f"the policy: {requirement.quote or requirement.asks}"
    ways = saying.wanted(requirement, home, alternative)
    if not ways:
        what = f"'{alternative.id}' claims {requirement.id}, but no operative sentence is written down for it"
        where = library.source_of(requirement.id).file
        yield Problem("unsaid-requirement", alternative.place, what, f"add it in {where}, under says")
        return
    has = frozenset(s.words for s in sentences.possible(sentences.lines_of(alternative.text)))
    lacking = [[s.sentence for s in way if s.sentence and sentences.as_written(s.sentence) not in has] for way in ways]
    if all(lacking):
        for sentence in min(lacking, key=len):
            what = f"'{alternative.id}' claims {requirement.id}, but does not say by itself \"{sentence}\""
            yield Problem("unsaid-requirement", alternative.place, what, hint)
    elif ways:
        yield from min((list(_lists(requirement, alternative, way)) for way in ways), key=len)


def _lists(requirement: Requirement, alternative: Alternative, way: Iterable[Said]) -> Iterator[Problem]:
    """Find an item that a wording lacks under an operative sentence, or that its source does not have there."""
    for said in (one for one in way if one.items):
        is_, wanted = saying.listed(alternative.text, said), saying.wanted_items(said)
        for words in sorted(wanted - is_):
            what = f'\'{alternative.id}\' lacks an item of {requirement.id} under "{said.sentence}": "{words}"'
            yield Problem("unsaid-requirement", alternative.place, what, "put it back, with the condition that it has")
        for words in sorted(is_ - wanted):
            what = f'\'{alternative.id}\' has an item that {requirement.id} has not under "{said.sentence}": "{words}"'
            hint = "take it out, or write it under items once it has been read"
            yield Problem("unsaid-requirement", alternative.place, what, hint)


def _homeless(library: Library, _: Place) -> Iterator[Problem]:
    """Find a requirement whose home is no clause, or does not claim it, or lacks an alternative that `says` names."""
    for requirement in library.requirements:
        place = library.place_of(requirement.id)
        for name in {requirement.home, *(said.clause for said in requirement.says)} - {""}:
            clause = library.clauses.get(name)
            if clause is None:
                what = f"{requirement.id} is to be said in '{name}', which is no clause{_of_form(library)}"
                known = meant(name, library.clauses)
                hint = "say under 'form' which forms say it" if name in library.elsewhere else known
                yield Problem("unknown-clause", place, what, hint)
            elif clause.alternatives:
                named = {
                    a
                    for said in requirement.says
                    if (said.clause or requirement.home) == name
                    for a in said.alternatives
                }
                for wrong in sorted(named - {a.id for a in clause.alternatives}):
                    yield unknown_alternative(clause, wrong, place)


def _of_form(library: Library) -> str:
    """Return in words which form of the contract is meant, nothing where the library has only one."""
    return f" of the form '{library.form.id}'" if library.forms else ""


def _unknown_on_change(library: Library, _: Place) -> Iterator[Problem]:
    """Find a source that names, as saying what its change leads to, a clause that there isn't."""
    for source in library.sources:
        for name in source.on_change:
            if name not in library.clauses:
                what = f"on_change names '{name}', which is no clause"
                place = Place(f"{library.path}/{source.file}")
                yield Problem("unknown-clause", place, what, meant(name, library.clauses))


def _unknown_authorities(library: Library, _: Place) -> Iterator[Problem]:
    """Find a clause that rests on an authority that authorities.yaml doesn't list."""
    for clause in library.clauses.values():
        for wanted in clause.authority:
            if wanted not in library.authorities:
                hint = spelling.meant(wanted, library.authorities, "add it to authorities.yaml")
                yield Problem("unknown-authority", clause.place, f"no authority is called '{wanted}'", hint)


def _unmet_requirements(library: Library, _: Place) -> Iterator[Problem]:
    """Find a requirement that no alternative meets; not checked while a clause can't be read."""
    if not all(c.alternatives for c in library.clauses.values()):
        return
    met = {r for c in library.clauses.values() for a in c.alternatives for r in a.satisfies}
    for requirement in library.requirements:
        place = library.place_of(requirement.id)
        if requirement.level != "info" and not requirement.same_as and requirement.id not in met:
            yield Problem("unmet-requirement", place, f"no clause satisfies {requirement.id}: {requirement.asks}")


def _dead_reference(library: Library, outline: Place) -> Iterator[Problem]:
    """Find a reference to something that has no number or doesn't exist."""
    return dead_references(library, _all_parts(library, outline))


def dead_references(library: Library, lines: Iterable[tuple[str, Parts]]) -> Iterator[Problem]:
    """Find a reference in lines, each with the path of its file, to something without a number or that isn't there."""
    known = {f"article:{g.id}" for g in library.articles} | {f"exhibit:{g.id}" for g in library.exhibits}
    unnumbered = {*library.opening, *library.recitals, *library.agreement}
    unread = {c.id for c in library.clauses.values() if not c.alternatives}
    for clause in library.clauses.values():
        if clause.id not in unnumbered:
            known.add(clause.id)
            known |= {f"{clause.id}.{label}" for a in clause.alternatives for label in labels(a.text)}
    for path, parts in lines:
        for link in (p for p in parts if isinstance(p, prose.Link) and p.target not in known):
            clause_id = link.target.partition(".")[0]
            if clause_id in unread:
                continue
            if clause_id in unnumbered:
                what, hint = "points to a clause that has no number", "refer to an article, a section or an exhibit"
            else:
                what, hint = "points to nothing", meant(link.target, dict.fromkeys(sorted(known)))
            yield Problem("dead-reference", Place(path, link.line), f"[[{link.target}]] {what}", hint)


def _all_parts(library: Library, outline: Place) -> Iterator[tuple[str, Parts]]:
    """Yield every line of text of a library with the path of its file."""
    for line in library.caption:
        yield outline.path, line
    for block in library.signatures:
        yield from ((outline.path, line) for line in (block.party, block.note, block.name, block.title))
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            yield from ((alternative.place.path, parts) for parts in parts_of(alternative.text))


def _bad_labels(library: Library, _: Place) -> Iterator[Problem]:
    """Find a label on something that has no number of its own or is repeated, and a label used twice."""
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            seen: set[str] = set()
            for block in alternative.text:
                if not isinstance(block, prose.Passage) or not block.guard.label:
                    continue
                place = Place(alternative.place.path, block.line)
                if block.style != "item" or block.guard.each:
                    yield Problem("bad-label", place, f"'{block.guard.label}' labels something without one number")
                if block.guard.label in seen:
                    yield Problem("duplicate-id", place, f"the label '{block.guard.label}' is used twice")
                seen.add(block.guard.label)


def _repeated_items(library: Library, _: Place) -> Iterator[Problem]:
    """Find a repeated item that has items nested under it: they couldn't follow each copy."""
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            repeated = False
            for block in alternative.text:
                if not isinstance(block, prose.Passage):
                    continue
                if block.style != "subitem":
                    repeated = block.guard.each is not None
                elif repeated:
                    what = "an item is nested under one that is repeated with 'each'"
                    hint = "write its words into the repeated item"
                    yield Problem("bad-text", Place(alternative.place.path, block.line), what, hint)


def _defined_twice(library: Library, _: Place) -> Iterator[Problem]:
    """Find a term defined by two clauses, or twice in one wording."""
    first: dict[str, str] = {}
    for clause in (library.clauses[c] for c in library.order() if c in library.clauses):
        for alternative in clause.alternatives:
            terms = [p for parts in parts_of(alternative.text) for p in parts if isinstance(p, prose.Term)]
            for term, times in Counter(t.text for t in terms).items():
                owner = first.setdefault(term, clause.id)
                if owner != clause.id or times > 1:
                    what = (
                        f"“{term}” is defined here and in '{owner}'"
                        if owner != clause.id
                        else f"“{term}” is defined twice"
                    )
                    yield Problem("defined-twice", alternative.place, what)


CHECKS: tuple[Callable[[Library, Place], Iterator[Problem]], ...] = (
    _unplaced,
    _repeated_groups,
    _unknown_requirements,
    _homeless,
    _unsaid_requirement,
    _unknown_authorities,
    _unknown_on_change,
    _unmet_requirements,
    _dead_reference,
    _bad_labels,
    _repeated_items,
    _defined_twice,
)
