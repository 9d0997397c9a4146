"""Says which number the target of a reference has in a file, so that one that was only counted again is known."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from drafter.returned.file import texts
from drafter.verifying import listed
from drafter.verifying.cascade import Sheet
from drafter.word.labels import Labels
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package

Counts = Callable[[str, str], bool]
_LOST = "Error"  # how Word and LibreOffice begin what they print for a target that is gone
_SIDES = ((), ("ins", "moveTo"), ("del", "moveFrom"))  # marks of paragraphs that aren't counted: of none, of a side


def labels(parts: Package, main: str) -> Labels:
    """Return the lists of a file."""
    styles, numbering = (_first(parts, kind, main) for kind in ("styles", "numbering"))
    return Labels(numbering, Sheet(styles, None, None, listed.ROWS).chain)


def counted(root: Element, printed: Mapping[str, str], lists: Callable[[], Labels]) -> Counts:
    """Return what says whether a reference to a bookmark shows what was sent, or what a program counts in a file.

    That is the number of the paragraph in which the bookmark begins, with or without the paragraphs that are tracked;
    or, where the bookmark is gone, an error. The file is counted when that is first asked.
    """
    numbers = functools.cache(lambda: _numbers(root, lists()))

    def is_counted(name: str, shown: str) -> bool:
        keys = texts.keys(shown)
        if keys == texts.keys(printed.get(name, "")):
            return True
        known = numbers()
        return keys in known[name] if name in known else shown.strip().startswith(_LOST)

    return is_counted


def _numbers(root: Element, lists: Labels) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Return the numbers that the paragraph of each bookmark has."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for without in _SIDES:
        counts = lists.anew()
        for node, names in _paragraphs(root):
            properties = node.find(w("pPr"))
            if properties is not None and any(properties.find(f"{w('rPr')}/{w(mark)}") is not None for mark in without):
                continue
            style = None if properties is None else properties.find(w("pStyle"))
            label = counts.next(properties, "" if style is None else style.get(w("val"), ""))
            for name in names:
                found[name].add(texts.keys(label.words.rstrip(".")) if label else ())
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _paragraphs(root: Element) -> Iterator[tuple[Element, list[str]]]:
    """Yield paragraphs, each with the bookmarks that begin in it, or between it and the one before."""
    names: list[str] = []
    within: set[Element] = set()
    for node in root.iter(w("p"), w("bookmarkStart")):
        if node.tag == w("p"):
            inner = list(node.iter(w("bookmarkStart")))
            within.update(inner)
            yield node, [*names, *(one.get(w("name"), "") for one in inner)]
            names = []
        elif node not in within:
            names.append(node.get(w("name"), ""))


def _first(parts: Package, kind: str, main: str) -> Element | None:
    found = package.find(parts, kind, main)
    return package.parse(parts[found[0]]) if found else None
