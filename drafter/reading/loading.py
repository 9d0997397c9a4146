"""clause_library/ to a library: policy, questionnaire, outline, and clauses with their alternatives.

One rule: what is loaded can be drafted from. Every field, condition, reference, requirement and
authority named in it is known, and what is wrong is said all at once, by file and line.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from drafter import language
from drafter.base import disk, fitting, front_matter, manifest, yaml_tree
from drafter.base.fitting import FromFile, Words
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.language import Expression, ExpressionError, Kind
from drafter.reading import policy, prose, questionnaire
from drafter.reading.library import (
    OWN,
    RANK,
    Alternative,
    Authority,
    Clause,
    Group,
    Library,
    Position,
    Signature,
    folded,
    labels,
    meant,
    parts_of,
    wording_words,
)
from drafter.reading.prose import Parts, Prose


@dataclass(frozen=True, slots=True)
class Reading:
    """A library as far as it could be read, what could not be read in it, and what does not hold of it."""

    library: Library
    unread: tuple[Problem, ...]
    wrong: tuple[Problem, ...]


# -- the shapes of its files ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _AlternativeHead(FromFile):
    label: str
    position: Position
    when: Words = ""
    satisfies: tuple[str, ...] = ()
    concedes: Words = ""
    guidance: Words = ""
    approval: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClauseHead(FromFile):
    title: str
    authority: tuple[str, ...] = ()
    when: Words = ""
    follows_answers: bool = False
    alternatives: dict[str, _AlternativeHead]


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnHead(FromFile):
    label: Words = "The matter's own wording"
    satisfies: tuple[str, ...] = ()
    concedes: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature(FromFile):
    party: str
    note: Words = ""
    signers: Words = ""
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline(FromFile):
    title: str
    caption: tuple[str, ...] = ()
    phrases: dict[str, str] = field(default_factory=dict)
    opening: tuple[str, ...] = ()
    recitals: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    articles: tuple[Group, ...]
    exhibits: tuple[Group, ...] = ()
    signatures: tuple[_Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Authorities(FromFile):
    authorities: tuple[Authority, ...]


# -- loading -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Loading:
    """The problems found so far, and the names known; lives for one load only."""

    root: Path
    name: str
    problems: list[Problem]
    schema: dict[str, Kind]

    def named(self, relative: str) -> str:
        return f"{self.name}/{relative}"

    def attempt(self, step: Callable[[], Result]) -> Result | None:
        """Run a step and keep its problems, so that the next step can add its own."""
        try:
            return step()
        except DraftingError as error:
            self.problems.extend(error.problems)
            return None

    def checked(self, text: str, place: Place, schema: Mapping[str, Kind] | None = None) -> Expression | None:
        """Read a condition; an empty one is None, and so is one with a problem."""
        if not text:
            return None
        try:
            return language.check(language.parse(text), schema or self.schema)[0]
        except ExpressionError as error:
            self.problems.append(Problem("bad-expression", place, str(error), error.hint))
            return None


Result = TypeVar("Result")


def load(root: Path, name: str = "") -> Library:
    """Read a library folder. DraftingError with the problems of all its files, each at its line."""
    found = read(root, name)
    stop_at((*found.unread, *found.wrong))
    return found.library


def read(root: Path, name: str = "") -> Reading:
    """Read a library folder with all that is wrong in it. DraftingError where there is too little to make a library."""
    name = name or str(root)
    if not os.path.isdir(root):  # noqa: PTH112  # Path.is_dir raises at a name that is too long
        raise DraftingError(Problem("missing-file", Place(name), "there is no such library folder"))
    at = _Loading(root, name, [], {})
    read_policy = at.attempt(lambda: policy.load(root / "policy.yaml", at.named("policy.yaml")))
    asked = at.attempt(lambda: questionnaire.load(root / "questionnaire.yaml", at.named("questionnaire.yaml")))
    authorities = at.attempt(lambda: _authorities(at))
    outlined = at.attempt(lambda: _outline(at))
    if asked is None or outlined is None:  # nothing in a clause can be judged without the names that it may use
        raise DraftingError(*at.problems)
    outline, tree = outlined
    at.schema.update(asked.schema)
    phrases = _phrases(outline, tree, at)
    at.schema.update({phrase: phrases[phrase][1] if phrase in phrases else Kind("text") for phrase in outline.phrases})
    clauses = _clauses(at)
    if read_policy is None or authorities is None:
        raise DraftingError(*at.problems)
    conditions = {
        r.id: found
        for r in read_policy[0].requirements
        if (found := at.checked(r.applies_when, read_policy[1][r.id])) is not None
    }
    made = Library(
        policy=read_policy[0],
        questionnaire=asked,
        title=outline.title,
        caption=tuple(
            _line(text, yaml_tree.locate(tree, ("caption", i)), at) for i, text in enumerate(outline.caption)
        ),
        phrases=phrases,
        opening=outline.opening,
        recitals=outline.recitals,
        agreement=outline.agreement,
        articles=outline.articles,
        exhibits=outline.exhibits,
        signatures=tuple(filter(None, (_signature(s, i, tree, at) for i, s in enumerate(outline.signatures)))),
        clauses=clauses,
        authorities=authorities,
        conditions=conditions,
        path=name,
    )
    outline_place = Place(at.named("agreement.yaml"))
    return Reading(made, tuple(at.problems), tuple(p for check in CHECKS for p in check(made, outline_place)))


def files(root: Path) -> Iterator[Path]:
    """Go through the files that a library is read from, those of the clauses in the order of their names."""
    yield from (root / name for name in ("policy.yaml", "questionnaire.yaml", "authorities.yaml", "agreement.yaml"))
    yield from sorted((root / "clauses").rglob("*.md"), key=lambda path: path.relative_to(root).as_posix())


def fingerprint(root: Path) -> str:
    """Return the SHA-256 hash of a library folder's texts, by which a recorded round tells what it was drafted from.

    What a person reviewed and what a board is told are no part of it: they change no contract.
    """
    texts = (path for kind in ("*.yaml", "*.md") for path in root.rglob(kind))
    found = (path for path in texts if path.relative_to(root).as_posix() not in ("reviewed.yaml", "memo.md"))
    text = manifest.to_text({path.relative_to(root).as_posix(): path.read_bytes() for path in found})
    return hashlib.sha256(text.encode()).hexdigest()


def with_own_wordings(library: Library, files: Mapping[str, Path]) -> Library:
    """Return the library with a matter's own wordings, each an alternative of the clause that its file is named for.

    `files` has the path of each by the name under which it is filed: `<clause>.md` becomes `own-wording`, a second
    one, `<clause>.2.md`, becomes `own-wording-2`. A wording is the text of the clause, below a front matter that may
    say `label`, `satisfies` and `concedes`. It is never selected by the answers, only by the negotiator.
    DraftingError where one does not do as the library's must.
    """
    at = _Loading(Path(), "", [], {**library.questionnaire.schema, **{p: k for p, (_, k) in library.phrases.items()}})
    clauses = dict(library.clauses)
    for name, path in files.items():
        own = at.attempt(lambda name=name, path=path: _own(name, path, at))  # type: ignore[misc]  # mypy does not infer such a lambda
        clause = clauses.get(clause_of(name))
        if clause is None:
            hint = meant(clause_of(name), library.clauses)
            at.problems.append(Problem("unknown-clause", Place(str(path)), f"no clause '{clause_of(name)}'", hint))
        elif own is not None:
            clauses[clause.id] = replace(clause, alternatives=(*clause.alternatives, own))
    made = replace(library, clauses=clauses)
    place = Place(f"{library.path}/agreement.yaml")
    stop_at((*at.problems, *(p for check in CHECKS for p in check(made, place))))
    return made


def clause_of(name: str) -> str:
    """Return the clause of the own wording that is filed under a name."""
    return re.sub(r"(\.[0-9]+)?\.md$", "", name)


def own_id(name: str) -> str:
    """Return the alternative that the own wording filed under a name makes."""
    numbered = re.search(r"\.([0-9]+)\.md$", name)
    return f"{OWN}-{numbered[1]}" if numbered else OWN


def _own(filed: str, path: Path, at: _Loading) -> Alternative:
    name = str(path)
    lines = disk.read_text(path, name).split("\n")
    end = front_matter.end_of(lines)
    head = fitting.fit(front_matter.read(lines, end, name), _OwnHead)
    start = end + 1 if end else 0
    text, problems = prose.parse("\n".join(lines[start:]), name, start + 1, at.schema)
    at.problems.extend(problems)
    if not text and not problems:
        at.problems.append(Problem("missing-wording", Place(name, start + 1), "the wording has no text"))
    never = language.Constant(value=False)
    return Alternative(
        own_id(filed), head.label, "non-standard", never, head.satisfies, head.concedes, "", "", text, Place(name, 1)
    )


def _authorities(at: _Loading) -> Mapping[str, Authority]:
    name = at.named("authorities.yaml")
    tree = yaml_tree.parse(disk.read_text(at.root / "authorities.yaml", name), name)
    found: dict[str, Authority] = {}
    for number, entry in enumerate(fitting.fit(tree, _Authorities).authorities):
        if entry.id in found:
            place = yaml_tree.locate(tree, ("authorities", number))
            at.problems.append(Problem("duplicate-id", place, f"the authority '{entry.id}' stands here twice"))
        found.setdefault(entry.id, entry)
    return found


def _outline(at: _Loading) -> tuple[_Outline, yaml_tree.Mapping]:
    name = at.named("agreement.yaml")
    tree = yaml_tree.parse(disk.read_text(at.root / "agreement.yaml", name), name)
    return fitting.fit(tree, _Outline), tree


def _phrases(outline: _Outline, tree: yaml_tree.Mapping, at: _Loading) -> dict[str, tuple[Expression, Kind]]:
    found: dict[str, tuple[Expression, Kind]] = {}
    for phrase, text in outline.phrases.items():
        place = yaml_tree.locate(tree, ("phrases", phrase))
        if phrase in at.schema:
            at.problems.append(Problem("duplicate-id", place, f"the phrase '{phrase}' is also a question"))
        try:
            found[phrase] = language.check(language.parse(text), at.schema)
        except ExpressionError as error:
            at.problems.append(Problem("bad-expression", place, f"phrase '{phrase}': {error}", error.hint))
    return found


def _line(text: str, place: Place, at: _Loading, schema: Mapping[str, Kind] | None = None) -> Parts:
    parts, problems = prose.parse_line(text, place.path, place.line, schema or at.schema)
    at.problems.extend(problems)
    return parts


def _signature(entry: _Signature, number: int, tree: yaml_tree.Mapping, at: _Loading) -> Signature | None:
    def place(key: str) -> Place:
        return yaml_tree.locate(tree, ("signatures", number, key))

    signers, inner = None, at.schema
    try:
        if entry.signers:
            signers, kind = _signers(entry.signers, at.schema)
            inner = {**at.schema, signers.name: Kind("record", fields=kind.fields)}
    except ExpressionError as error:
        at.problems.append(Problem("bad-expression", place("signers"), str(error), error.hint))
        return None
    return Signature(
        _line(entry.party, place("party"), at),
        _line(entry.note, place("note"), at) if entry.note else (),
        signers,
        _line(entry.name, place("name"), at, inner),
        _line(entry.title, place("title"), at, inner),
    )


def _signers(text: str, schema: Mapping[str, Kind]) -> tuple[prose.Each, Kind]:
    name, _, listed = text.partition(" in ")
    expression, kind = language.check(language.parse(listed), schema)
    if kind.name != "records" or not name.strip().isidentifier():
        raise ExpressionError(f"'{text}' names no list of records", "write signers: signer in city_signers")
    return prose.Each(name.strip(), expression), kind


def _clauses(at: _Loading) -> Mapping[str, Clause]:
    found: dict[str, Clause] = {}
    for path in (path for path in files(at.root) if path.suffix == ".md"):
        relative = path.relative_to(at.root).as_posix()
        if path.stem in found:
            what = f"the clause '{path.stem}' has a second file (first: {found[path.stem].file})"
            at.problems.append(Problem("duplicate-id", Place(at.named(relative)), what))
            continue
        clause = at.attempt(lambda path=path, relative=relative: _clause(path, relative, at))  # type: ignore[misc]
        found[path.stem] = clause or _unread(path.stem, relative, at)
    return found


def _unread(id_: str, relative: str, at: _Loading) -> Clause:
    """Stand in for a clause that can't be read, so that nothing else is blamed for it."""
    return Clause(id_, "", (), None, (), relative, Place(at.named(relative), 1))


def _clause(path: Path, relative: str, at: _Loading) -> Clause:
    name = at.named(relative)
    lines = disk.read_text(path, name).split("\n")
    end = front_matter.end_of(lines)
    if not end:
        what = "a clause starts with a front matter between two lines of '---'"
        raise DraftingError(Problem("bad-clause", Place(name, 1), what, "see docs/library.md"))
    tree = front_matter.read(lines, end, name)
    head = fitting.fit(tree, _ClauseHead)
    wordings = _wordings(lines, end + 1, name, at)
    if not head.alternatives:
        what = "the clause has no alternative"
        hint = "a clause that is not negotiated has one, 'standard'"
        at.problems.append(Problem("bad-clause", yaml_tree.locate(tree, ("alternatives",)), what, hint))
    for alternative in head.alternatives.keys() - wordings.keys():
        place = yaml_tree.locate(tree, ("alternatives", alternative))
        what = f"the alternative '{alternative}' has no wording"
        at.problems.append(Problem("missing-wording", place, what, f"add a section '## {alternative}' below"))
    for wording in wordings.keys() - head.alternatives.keys():
        what = f"the wording '## {wording}' is not among the alternatives"
        at.problems.append(Problem("missing-alternative", Place(name, wordings[wording][0]), what))
    made = []
    for id_, entry in head.alternatives.items():
        place = yaml_tree.locate(tree, ("alternatives", id_))
        when = at.checked(entry.when, yaml_tree.locate(tree, ("alternatives", id_, "when")))
        made.append(
            Alternative(
                id_, entry.label, entry.position, when, entry.satisfies, entry.concedes, entry.guidance.strip(),
                entry.approval, wordings[id_][1] if id_ in wordings else (), place,
            )
        )  # fmt: skip
    made.sort(key=lambda a: (RANK[a.position], a.id))
    when = at.checked(head.when, yaml_tree.locate(tree, ("when",)))
    return Clause(
        path.stem, head.title, head.authority, when, tuple(made), relative, Place(name, 1), head.follows_answers
    )


_HEAD = re.compile(r"##\s+\S")


def _wordings(lines: list[str], start: int, name: str, at: _Loading) -> dict[str, tuple[int, Prose]]:
    """Split the text below the front matter at its '## ' lines, and read each part."""
    found: dict[str, tuple[int, Prose]] = {}
    heads = [i for i in range(start, len(lines)) if _HEAD.match(lines[i])]
    before = next((i for i in range(start, heads[0] if heads else len(lines)) if lines[i].strip()), None)
    if before is not None:
        what = "text stands outside any alternative"
        at.problems.append(Problem("bad-clause", Place(name, before + 1), what, "put it below a '## ' line"))
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=False):
        wording = lines[head].lstrip("#").strip()
        text, problems = prose.parse("\n".join(lines[head + 1 : end]), name, head + 2, at.schema)
        at.problems.extend(problems)
        if wording in found:
            at.problems.append(Problem("duplicate-id", Place(name, head + 1), f"'## {wording}' stands here twice"))
        if not text and not problems:
            at.problems.append(Problem("missing-wording", Place(name, head + 1), f"'## {wording}' has no text"))
        found[wording] = (head + 1, text)
    return found


# -- what must hold of a loaded library ---------------------------------------------------------


def _unplaced(library: Library, outline: Place) -> Iterator[Problem]:
    """Find where a clause of the outline has no file, stands twice, or a file has no place in the outline."""
    order = Counter(library.order())
    for clause, times in order.items():
        if clause not in library.clauses:
            yield Problem(
                "missing-clause", outline, f"the clause '{clause}' has no file", meant(clause, library.clauses)
            )
        if times > 1:
            yield Problem("duplicate-id", outline, f"the clause '{clause}' stands in the outline {times} times")
    for placed in library.clauses.values():
        if placed.id not in order:
            yield Problem("unplaced-clause", placed.place, f"'{placed.id}' has no place in agreement.yaml")


def _repeated_groups(library: Library, outline: Place) -> Iterator[Problem]:
    """Find where two articles or two exhibits have one id, so that a reference to it would have two meanings."""
    for what, groups in (("article", library.articles), ("exhibit", library.exhibits)):
        for id_, times in Counter(group.id for group in groups).items():
            if times > 1:
                yield Problem("duplicate-id", outline, f"the {what} '{id_}' stands in the outline {times} times")


def _unknown_requirements(library: Library, _: Place) -> Iterator[Problem]:
    """Find where an alternative claims a requirement that is not there, or lacks its evidence."""
    for clause in library.clauses.values():
        for alternative in (a for a in clause.alternatives if a.text and a.satisfies):
            words = folded(wording_words(alternative.text))
            for wanted in alternative.satisfies:
                requirement = library.policy.requirement(wanted)
                if requirement is None:
                    yield Problem("unknown-requirement", alternative.place, f"the policy has no requirement '{wanted}'")
                    continue
                for evidence in requirement.evidence:
                    if folded(evidence) not in words:
                        what = f"'{alternative.id}' claims {wanted}, but does not say \"{evidence}\""
                        hint = f"the policy: {requirement.quote or requirement.asks}"
                        yield Problem("missing-evidence", alternative.place, what, hint)


def _unknown_authorities(library: Library, _: Place) -> Iterator[Problem]:
    """Find where a clause rests on an authority that authorities.yaml does not list."""
    for clause in library.clauses.values():
        for wanted in clause.authority:
            if wanted not in library.authorities:
                hint = meant(wanted, library.authorities).replace(
                    "'drafter clauses' lists them", "add it to authorities.yaml"
                )
                yield Problem("unknown-authority", clause.place, f"no authority is called '{wanted}'", hint)


def _unmet_requirements(library: Library, _: Place) -> Iterator[Problem]:
    """Find where a requirement is met by no alternative at all; not judged while a clause can't be read."""
    if not all(c.alternatives for c in library.clauses.values()):
        return
    met = {r for c in library.clauses.values() for a in c.alternatives for r in a.satisfies}
    place = Place(f"{library.path}/policy.yaml")
    for requirement in library.policy.requirements:
        if requirement.level != "info" and requirement.id not in met:
            yield Problem("unmet-requirement", place, f"no clause satisfies {requirement.id}: {requirement.asks}")


def _dead_references(library: Library, outline: Place) -> Iterator[Problem]:
    """Find where a reference points to nothing that has a number: no such clause, article, exhibit or label."""
    known = {f"article:{g.id}" for g in library.articles} | {f"exhibit:{g.id}" for g in library.exhibits}
    unnumbered = {*library.opening, *library.recitals, *library.agreement}
    unread = {c.id for c in library.clauses.values() if not c.alternatives}
    for clause in library.clauses.values():
        if clause.id not in unnumbered:
            known.add(clause.id)
            known |= {f"{clause.id}.{label}" for a in clause.alternatives for label in labels(a.text)}
    for path, parts in _all_parts(library, outline):
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
    """Go through every line of text of a library, each with the path of its file."""
    for line in library.caption:
        yield outline.path, line
    for block in library.signatures:
        yield from ((outline.path, line) for line in (block.party, block.note, block.name, block.title))
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            yield from ((alternative.place.path, parts) for parts in parts_of(alternative.text))


def _bad_labels(library: Library, _: Place) -> Iterator[Problem]:
    """Find where a label stands on something that has no number of its own, is repeated, or is used twice."""
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
                    yield Problem("duplicate-id", place, f"the label '{block.guard.label}' stands here twice")
                seen.add(block.guard.label)


def _repeated_items(library: Library, _: Place) -> Iterator[Problem]:
    """Find where an item that is repeated has items of its own below it: they could not follow each copy."""
    for clause in library.clauses.values():
        for alternative in clause.alternatives:
            repeated = False
            for block in alternative.text:
                if not isinstance(block, prose.Passage):
                    continue
                if block.style != "subitem":
                    repeated = block.guard.each is not None
                elif repeated:
                    what = "an item stands below one that is repeated with 'each'"
                    hint = "write what it says into the repeated item"
                    yield Problem("bad-text", Place(alternative.place.path, block.line), what, hint)


def _defined_twice(library: Library, _: Place) -> Iterator[Problem]:
    """Find where a term is defined by two clauses, or twice in one wording."""
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
    _unknown_authorities,
    _unmet_requirements,
    _dead_references,
    _bad_labels,
    _repeated_items,
    _defined_twice,
)
