"""Puts the two halves of a section that has moved together, so that what is said of it is only what changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafter.comparing import marked, redline
from drafter.comparing.lines import Side
from drafter.comparing.marked import G, MarkedGroup, MarkedSection, Redline
from drafter.contract import Contract


def gathered(whole: Redline) -> Redline:
    """Return a redline to be spoken of: each part that has moved is there once, where it is now, with its changes.

    Such a section is kept and has the name of its move. The result is no redline to take a side of.
    """
    left = {section.of.move: section for section in marked.sections(whole) if section.of.mark == "moved from"}
    moves = [group.of.move for group in whole.articles] + [group.of.move for group in whole.exhibits]
    if not left and not any(moves):
        return whole
    return replace(
        whole,
        opening=_sections(whole, whole.opening, left),
        recitals=_sections(whole, whole.recitals, left),
        articles=_groups(whole, whole.articles, left),
        exhibits=_groups(whole, whole.exhibits, left),
    )


def _groups(
    whole: Redline, groups: tuple[MarkedGroup[G], ...], left: Mapping[str, MarkedSection]
) -> tuple[MarkedGroup[G], ...]:
    there = (group for group in groups if group.of.mark != "moved from")
    return tuple(replace(group, sections=_sections(whole, group.sections, left)) for group in there)


def _sections(
    whole: Redline, sections: tuple[MarkedSection, ...], left: Mapping[str, MarkedSection]
) -> tuple[MarkedSection, ...]:
    there = (section for section in sections if section.of.mark != "moved from")
    return tuple(_whole(whole, s, left[s.of.move]) if s.of.mark == "moved to" else s for s in there)


def _whole(whole: Redline, arrived: MarkedSection, left: MarkedSection) -> MarkedSection:
    def alone(section: MarkedSection, side: Side) -> Contract:
        return replace(whole.of.shown, opening=(marked.section_of(section, side),))

    (made,) = redline.compare(alone(left, "base"), alone(arrived, "revised")).opening
    return replace(made, of=replace(made.of, move=arrived.of.move))
