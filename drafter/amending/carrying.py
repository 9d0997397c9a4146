"""Carries over to a new text what is word for word the same: requirements, ids, marks, typed references.

One rule: what is not word for word the same stays as it was, and is listed as to do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise
from pathlib import Path

from drafter.amending import trial, typed
from drafter.amending.requirements import RequirementChange
from drafter.amending.texts import NEVER_KEPT, Text
from drafter.amending.typed import Ids
from drafter.base import disk, shipped, yaml_text, yaml_tree
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Scalar
from drafter.reading.library import Library
from drafter.reading.reviewing import marks, review
from drafter.reading.reviewing.marks import Reviewed
from drafter.reading.sources.source import Paragraph
from drafter.values import dataclass

TO_DO = "to_do"
HEADING = (
    "# What is left to do since this text was put in the place of the earlier one. Delete a line when it is done.\n"
)


@dataclass(frozen=True, slots=True)
class Moves:
    """The ids that have changed, of requirements and of paragraphs: new by old, and how a library's texts type them.

    The new id of a requirement is "" where it is gone and another has its id: it is taken out of lists. `divided` are
    the paragraphs whose sentences are now in several: a sentence that names one of them may mean each.
    """

    requirements: Mapping[str, str]
    paragraphs: Mapping[str, str]
    ids: Ids
    divided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def prose(self) -> Mapping[str, str]:
        """Return the new id of each old one that a sentence may name."""
        every = {**self.paragraphs, **self.requirements}
        return {was: now for was, now in every.items() if now and was not in self.divided}

    def of(self, found: typed.Found) -> str | None:
        """Return what is written in the place of a typed id, None where it stays: a list names requirements alone."""
        if found.is_doubtful:
            return None
        return (self.requirements if found.is_listed else self.prose).get(found.id)


def library_texts(texts: Mapping[str, str], moves: Moves) -> dict[str, str]:
    """Return the words of a library's files with new ids in the place of old ones; `texts` are those of no source."""
    if not (moves.requirements or moves.paragraphs):
        return dict(texts)
    return {name: "\n".join(typed.written(words.split("\n"), moves.ids, moves.of)) for name, words in texts.items()}


def marks_text(read: Reviewed, found: Sequence[RequirementChange]) -> str:
    """Return the text of the file of marks, with those of a requirement under the name by which it now goes."""
    both = [(one.was, one.now) for one in found if one.was is not None and one.now is not None]
    renamed = {**{was.id: now.lasting for was, now in both}, **{was.lasting: now.lasting for was, now in both}}
    called = {review.same_as(was): review.same_as(now) for was, now in both}
    taken = {now.lasting for _, now in both}
    gone = {one.was.lasting for one in found if one.kind == "gone" and one.was is not None and one.was.lasting in taken}
    made = {
        renamed.get(name, name): {called.get(wording, wording): mark for wording, mark in those.items()}
        for name, those in read.marks.items()
        if name not in gone
    }
    return marks.to_text(replace(read, marks=made))


# -- the source's own file ----------------------------------------------------------------------


def source_text(old: Text, new: Text, found: Sequence[RequirementChange], moves: Moves, to_do: Sequence[str]) -> str:
    """Return the new text's file: what it says itself, what it leaves out as the earlier one has it, what is to do."""
    known = {paragraph.id: paragraph for paragraph in new.source.paragraphs}
    edited = _edited(old, found, moves, known)
    blocks = dict(_blocks(edited.split("\n")))
    dropped = {*new.given, *NEVER_KEPT, TO_DO}
    kept = {key: block for key, block in blocks.items() if key not in dropped}
    if new.is_published:
        kept["paragraphs"] = "\n".join(_paragraphs(new.source.paragraphs)) + "\n"
        own = ""
    else:
        own = new.words.rstrip("\n") + "\n\n"
    lines = [f"  - {yaml_text.scalar(one)}" for one in to_do]
    closing = "\n".join(["", HEADING + f"{TO_DO}:", *lines, ""]) if lines else ""
    return own + "\n".join(kept.values()).rstrip("\n") + "\n" + closing


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the top-level keys of a YAML file with their lines, each with the comments right above it."""
    starts = [n for n, line in enumerate(lines) if re.match(r"[A-Za-z_]\w*:", line)]
    begins = [_with_comments(lines, start) for start in starts]
    begins[:1] = [0] if begins else []
    for start, (begin, end) in zip(starts, pairwise([*begins, len(lines)]), strict=True):
        yield lines[start].partition(":")[0], "\n".join(lines[begin:end])


def _with_comments(lines: Sequence[str], start: int) -> int:
    while start and lines[start - 1].startswith("#"):
        start -= 1
    return start


def _paragraphs(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    yield "paragraphs:"
    for one in paragraphs:
        yield f"  - id: {yaml_text.scalar(one.id)}"
        yield f'    number: "{one.number}"'
        for key, words in (("bullet", one.bullet), ("heading", one.heading), ("called", one.called)):
            yield from (f"    {key}: {yaml_text.scalar(words)}",) if words else ()
        yield from ("    text: |", f"      {one.text.strip()}") if one.text.strip() else ('    text: ""',)


_Edit = tuple[int, str, str]  # a line, from 1; an id in it; what is written in its place


def _edited(old: Text, found: Sequence[RequirementChange], moves: Moves, known: Mapping[str, Paragraph]) -> str:
    """Return the earlier text's file with new ids: where they are keys' values by their places, elsewhere as typed."""
    node = yaml_tree.parse(old.words, old.name)
    edits: dict[int, list[tuple[str, str]]] = {}
    for at_line, was, now in (*_of_requirements(node, found), *_of_quotes(node, old, moves, known)):
        edits.setdefault(at_line, []).append((was, now))
    theirs = verbatim(old.words.split("\n"))
    made: list[str] = []
    for number, line in enumerate(old.words.split("\n"), 1):
        found_here = list(_typed(line, moves, number in theirs))
        for was, now in edits.get(number, ()):
            at = re.search(rf"(?:\b(?:id|paragraph):\s*|[\[,-]\s*)[\"']?(?P<id>{re.escape(was)})(?![\w(])", line)
            if at is not None:
                start, end = at.span("id")
                found_here = [one for one in found_here if one[1] <= start or one[0] >= end]
                found_here.append((start, end, now))
        made.append(typed.replaced(line, found_here))
    return "\n".join(made)


def _typed(line: str, moves: Moves, is_verbatim: bool) -> Iterator[typed.Change]:  # noqa: FBT001  # as it is asked
    if not is_verbatim and not re.match(r"\s*(?:- )?(?:id|paragraph|paragraphs):", line):
        yield from ((one.start, one.end, now) for one in moves.ids.found(line) if (now := moves.of(one)) is not None)


def _of_requirements(node: yaml_tree.Node, found: Sequence[RequirementChange]) -> Iterator[_Edit]:
    by_id = {one.was.id: one for one in found if one.was is not None}
    rows = yaml_tree.at(node, ("requirements",))
    for number, _ in enumerate(rows.items if isinstance(rows, yaml_tree.Sequence) else ()):
        own = yaml_tree.at(node, ("requirements", number, "id"))
        change = by_id.get(own.text) if isinstance(own, Scalar) else None
        if change is not None and change.was is not None and change.now is not None:
            for key, now in (("id", change.now.id), ("paragraph", change.now.paragraph)):
                yield from _edit(yaml_tree.at(node, ("requirements", number, key)), now)


def _of_quotes(node: yaml_tree.Node, old: Text, moves: Moves, known: Mapping[str, Paragraph]) -> Iterator[_Edit]:
    """Yield the edits of the paragraphs of figures, of what asks nothing, and of anomalies."""
    for key, those in (
        ("figures", [(one.paragraph, one.quote) for one in old.source.figures]),
        ("asks_nothing", [(one.paragraph, one.sentence) for one in old.source.asks_nothing]),
    ):
        for number, (paragraph, words) in enumerate(those):
            now = trial.home(paragraph, words, known, moves.paragraphs) or moves.paragraphs.get(paragraph, paragraph)
            yield from _edit(yaml_tree.at(node, (key, number, "paragraph")), now)
    for number, anomaly in enumerate(old.source.anomalies):
        for place, paragraph in enumerate(anomaly.paragraphs):
            now = moves.paragraphs.get(paragraph, paragraph)
            yield from _edit(yaml_tree.at(node, ("anomalies", number, "paragraphs", place)), now)


def _edit(node: yaml_tree.Node | None, now: str) -> Iterator[_Edit]:
    if isinstance(node, Scalar) and node.text != now:
        yield node.place.line, node.text, now


def library_words(source: Text, gone: Collection[str] = ()) -> str:
    """Return the file of a source without the source's own words and without ids, each other line where it was.

    The rows of requirements that are `gone`, by their ids, are left out too.
    """
    lines = source.words.split("\n")
    quotes = (*(r.quote for r in source.source.requirements), *(f.quote for f in source.source.figures))
    own = "|".join(map(re.escape, filter(None, (*quotes, *(one.sentence for one in source.source.asks_nothing)))))
    out = re.compile(
        rf"[ -]*quote:.*|\b(?:quote|sentence):\s*[\"']?(?:{own or '(?!)'})"
        r"|\b(?:id|paragraph):\s*(?:\"[^\"]*\"|'[^']*'|[^,}]*)|\bparagraphs:\s*\[[^\]]*\]"
    )
    dropped = verbatim(lines) | _rows(source, lines, gone)
    kept = ("" if number in dropped else line for number, line in enumerate(lines, 1))
    return "\n".join(out.sub("", line) for line in kept)


def _rows(source: Text, lines: Sequence[str], wanted: Collection[str]) -> frozenset[int]:
    """Return the numbers of the lines of some requirements, by their ids."""
    rows = yaml_tree.at(yaml_tree.parse(source.words, source.name), ("requirements",))
    starts = [row.place.line for row in rows.items] if isinstance(rows, yaml_tree.Sequence) else []
    after = (n for n, line in enumerate(lines, 1) if starts and n > starts[-1] and re.match(r"[A-Za-z_]", line))
    ends = [*starts[1:], next(after, len(lines) + 1)]
    each = zip(source.source.requirements, starts, ends, strict=False)
    return frozenset(n for one, start, end in each if one.id in wanted for n in range(start, end))


def verbatim(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that hold the source's own words, its paragraphs and quotes of several lines."""
    found: set[int] = set()
    block, over = "", None
    for number, line in enumerate(lines, 1):
        if key := re.match(r"([A-Za-z_]\w*):", line):
            block, over = key[1], None
        indent = len(line) - len(line.lstrip(" -"))
        if over is not None and line.strip() and len(line) - len(line.lstrip()) > over:
            found |= {number, number - 1}
            continue
        own = re.match(r"[ -]*(quote|sentence):", line)
        over = indent if own and (own[1] == "quote" or block == "asks_nothing") else None
        if block == "paragraphs":
            found.add(number)
    return frozenset(found)


# -- writing ------------------------------------------------------------------------------------


def write(library: Library, old: Text, file: str, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the files of a library under a new text, all or none, and keep the earlier text; return their paths.

    `file` is the path of the source within the library. DraftingError where the library's text is not the earlier one,
    where the library is the one inside the program, or where a file can't be written.
    """
    path = library.folder / file
    if shipped.is_inside(library.folder):
        what = "this is the library inside the program, which an update overwrites"
        hint = "copy it to a folder of your own, and name that with --library"
        raise DraftingError(Problem("unwritable-file", Place(library.path), what, hint))
    if disk.read_text(path) != old.words:
        what = f"this is not the file that the library has as {file}"
        raise DraftingError(Problem("other-text", Place(old.name), what, f"name {path} as the earlier text"))
    kept = _earlier(library.folder, file, old)
    raws = {library.folder / name: words for name, words in files.items()}
    made = {
        place: disk.encoded_like(words, place.read_bytes() if place.exists() else b"") for place, words in raws.items()
    }
    disk.write_all({kept: path.read_bytes(), **made})
    return (kept, *made)


def _earlier(folder: Path, file: str, old: Text) -> Path:
    """Return the path at which an earlier text is kept: one that no other text has."""
    stem = f"{Path(file).stem}-{old.source.date.isoformat()}"
    names = (f"{stem}.yaml", *(f"{stem}-{number}.yaml" for number in range(2, 1000)))
    paths = (folder / "sources" / "earlier" / name for name in names)
    return next(path for path in paths if not path.exists() or disk.read_text(path) == old.words)
