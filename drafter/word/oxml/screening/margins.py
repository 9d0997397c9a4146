"""Finds the headers and footers that the pages of a Word file have: by section, for first, even and all other pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.package import Package

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OF = {"default": "{}", "first": "first page's {}", "even": "even pages' {}"}


def margins(parts: Package) -> Iterator[tuple[str, Element | None]]:
    """Yield each header and footer that a page can have, as "first page's header", with its XML (None: there is none).

    A section without one of its own has that of the section before it.
    """
    main = package.main(parts)
    files = {key: name for key, _, name in package.targets(parts, main)}
    settings = [package.parse(parts[name]) for name in package.find(parts, "settings", main)]
    even = any(is_on(root.find(w("evenAndOddHeaders"))) for root in settings)
    parsed = cache(lambda name: package.parse(parts[name]))  # many sections may have the same one
    own: dict[tuple[str, str], Element] = {}
    for section in package.parse(parts[main]).iter(w("sectPr")):
        for kind in ("header", "footer"):
            for reference in section.findall(w(f"{kind}Reference")):
                if (name := files.get(reference.get(_ID, ""), "")) in parts:
                    own[kind, reference.get(w("type"), "default")] = parsed(name)
        first = is_on(section.find(w("titlePg")))
        for of in ("default", *(["first"] if first else []), *(["even"] if even else [])):
            for kind in ("header", "footer"):
                yield _OF[of].format(kind), own.get((kind, of))
