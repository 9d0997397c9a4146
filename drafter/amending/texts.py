"""Reads the two texts of a source that are compared: the earlier one, and a new one that may leave things out."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from drafter.amending.published import laying
from drafter.base import disk, fitting, yaml_tree
from drafter.base.problems import DraftingError, Place, Problem, stop_at
from drafter.reading.sources import source_checks, source_files
from drafter.reading.sources.source import Source
from drafter.values import dataclass

YAML = (".yaml", ".yml")
LISTS = ("requirements", "anomalies", "asks_nothing", "figures", "can_undo")
NEVER_KEPT = ("verified",)  # what was said of the earlier text is not true of another


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a source: what it says, what messages call its file, the file's words, and the keys that it has.

    A text as it was published has no keys: its words are laid to paragraphs.
    """

    source: Source
    name: str
    words: str
    given: frozenset[str]

    @property
    def is_published(self) -> bool:
        """Say whether it is a text as it was published."""
        return not self.given


def earlier(path: Path) -> Text:
    """Read the earlier text of a source. DraftingError where it isn't a source in order."""
    words = disk.read_text(path)
    return Text(
        source_files.load(path, str(path))[0], str(path), words, frozenset(yaml_tree.parse(words, str(path)).entries)
    )


def later(path: Path, old: Text) -> Text:
    """Read the new text of a source: as YAML, what it leaves out being the earlier one's, or as it was published.

    DraftingError where it has no paragraphs, or its own requirements don't fit its words.
    """
    words = disk.read_text(path)
    if path.suffix.lower() not in YAML:
        laid = laying.lay(words, old.source)
        stop_at(_nothing(str(path)) if not any(p.number for p in laid) else ())
        return Text(_kept(old, paragraphs=laid), str(path), words, frozenset())
    node = yaml_tree.parse(words, str(path))
    if "paragraphs" not in node.entries:
        place, hint = Place(str(path)), "write the text under 'paragraphs', or give the text as it was published"
        raise DraftingError(Problem("missing-key", place, "'paragraphs' is missing", hint))
    before = yaml_tree.parse(old.words, old.name)
    missing = {k: v for k, v in before.entries.items() if k not in NEVER_KEPT and k not in node.entries}
    whole = yaml_tree.Mapping({**missing, **node.entries}, node.place, {**before.keys, **node.keys})
    made = fitting.fit(whole, Source)
    own = {name: () for name in LISTS if name not in node.entries}
    stop_at(source_checks.problems(replace(made, **own), whole))  # type: ignore[arg-type]  # each of them is a list
    return Text(replace(made, name=old.source.name), str(path), words, frozenset(node.entries))


def _nothing(name: str) -> tuple[Problem, ...]:
    what = "no paragraph has a printed number, such as 'I.', 'A.' or '1.'"
    hint = "save the text as it was published, one paragraph after the other, or write it as YAML under 'paragraphs'"
    return (Problem("no-paragraphs", Place(name), what, hint),)


def _kept(old: Text, **given: object) -> Source:
    """Return the earlier source with some of it changed, and without what is never kept."""
    dropped = {f.name: f.default for f in fields(Source) if f.name in NEVER_KEPT}
    return replace(old.source, **dropped, **given)  # type: ignore[arg-type]  # by their names
