"""Reads clause files: a front matter with the alternatives, and below it one section of text for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from drafter.base import disk, fitting, front_matter, yaml_tree
from drafter.base.fitting import FromFile, FromFileOfKeywords, Names, Words
from drafter.base.problems import DraftingError, Place, Problem
from drafter.reading import prose
from drafter.reading.attempts import Attempts
from drafter.reading.library import RANK, Alternative, Clause, Declared, Position
from drafter.reading.prose import Prose
from drafter.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _AlternativeHead(FromFileOfKeywords):
    label: str
    position: Position
    form: Names = ()
    for_: Names = ()
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
    left_out: Words = ""
    alternatives: dict[str, _AlternativeHead]
    exceptions: tuple[Declared, ...] = ()
    adds: tuple[str, ...] = ()


def read_all(paths: Iterable[Path], at: Attempts) -> Mapping[str, Clause]:
    """Read the clauses of these files, by their ids; what is wrong is added to the problems."""
    found: dict[str, Clause] = {}
    for path in paths:
        relative = path.relative_to(at.root).as_posix()
        if path.stem in found:
            what = f"the clause '{path.stem}' has a second file (first: {found[path.stem].file})"
            at.problems.append(Problem("duplicate-id", Place(at.named(relative)), what))
            continue
        clause = at.attempt(lambda path=path, relative=relative: _clause(path, relative, at))  # type: ignore[misc]
        found[path.stem] = clause or _unread(path.stem, relative, at)
    return found


def _unread(id_: str, relative: str, at: Attempts) -> Clause:
    """Return a clause without alternatives for one that can't be read, so that no other problem follows."""
    return Clause(id_, "", (), None, (), relative, Place(at.named(relative), 1))


def _clause(path: Path, relative: str, at: Attempts) -> Clause:
    name = at.named(relative)
    lines = disk.read_text(path, name).split("\n")
    end = front_matter.end_of(lines)
    if not end:
        what = "a clause starts with a front matter between two lines of '---'"
        raise DraftingError(Problem("bad-clause", Place(name, 1), what, "see docs/library.md"))
    tree = front_matter.read(lines, end, name)
    head = fitting.fit(tree, _ClauseHead)
    at.unfilled(tree, "title", "sentence", "adds")
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
                entry.approval, wordings[id_][1] if id_ in wordings else (), place, forms=entry.form, for_=entry.for_,
            )
        )  # fmt: skip
    made.sort(key=lambda a: (RANK[a.position], a.id))
    when = at.checked(head.when, yaml_tree.locate(tree, ("when",)))
    title = at.title(head.title, yaml_tree.locate(tree, ("title",)))
    alternatives, place = tuple(made), Place(name, 1)
    return Clause(
        path.stem, title, head.authority, when, alternatives, relative, place, head.exceptions, head.adds, head.left_out
    )


_HEAD = re.compile(r"##\s+\S")


def _wordings(lines: list[str], start: int, name: str, at: Attempts) -> dict[str, tuple[int, Prose]]:
    """Split the text below the front matter at its '## ' lines, and read each part."""
    found: dict[str, tuple[int, Prose]] = {}
    heads = [i for i in range(start, len(lines)) if _HEAD.match(lines[i])]
    before = next((i for i in range(start, heads[0] if heads else len(lines)) if lines[i].strip()), None)
    if before is not None:
        what = "there is text outside any alternative"
        at.problems.append(Problem("bad-clause", Place(name, before + 1), what, "put it below a '## ' line"))
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=False):
        wording = lines[head].lstrip("#").strip()
        text, problems = prose.parse("\n".join(lines[head + 1 : end]), name, head + 2, at.in_texts)
        at.problems.extend(problems)
        if wording in found:
            at.problems.append(Problem("duplicate-id", Place(name, head + 1), f"'## {wording}' appears twice"))
        if not text and not problems:
            at.problems.append(Problem("missing-wording", Place(name, head + 1), f"'## {wording}' has no text"))
        found[wording] = (head + 1, text)
    return found
