"""Writes the sections that changed as a Word file, each whole with tracked changes, in the firm's template."""

from __future__ import annotations

from pathlib import Path

from drafter.contract import words
from drafter.papers.changed_sections import ChangedSections, Group, Shown
from drafter.word import body, filling, kinds, template
from drafter.word.body import Layout
from drafter.word.filling import Blocks, Entry, Field, Inline
from drafter.word.oxml import package, traces
from drafter.word.oxml.changes import Stamp

TITLE = "Changed sections"


def write(made: ChangedSections, path: Path, stamp: Stamp) -> bytes:
    """Write the sections with the template at a path; `stamp` is whose changes they are, and of which day.

    Equal values and templates give equal bytes. DraftingError when the template is not in order.
    """
    loaded = template.load(path, kinds.CHANGES)
    layout = body.excerpt(loaded, made.compared, stamp)
    fields: dict[str, Field] = {
        "title": filling.said(made.title),
        "summary": [filling.said(line) for line in made.summary],
        "groups": [_group(layout, group) for group in made.groups],
    }
    parts = filling.filled(loaded, fields, lambda leaf, base: list(body.line(layout, leaf.line, base)), stamp)
    return package.pack(traces.scrub(parts, f"{TITLE}: {made.title}"))


def _group(layout: Layout, group: Group) -> Entry:
    return Entry({"title": Inline(group.title), "sections": [_section(layout, one) for one in group.sections]})


def _section(layout: Layout, shown: Shown) -> Entry:
    return Entry(
        {
            "heading": Inline(shown.heading),
            "state": filling.said(shown.state),
            "said": filling.said(shown.said),
            "now": filling.said(words(shown.now)),
            "why": filling.said(shown.why),
            "policy": [filling.said(line) for line in shown.policy],
            "text": Blocks(body.blocks(layout, shown.blocks)),
        }
    )
