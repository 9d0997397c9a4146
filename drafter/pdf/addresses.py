"""Makes links of the e-mail and web addresses that a Word file prints as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from drafter.word.oxml import elements, styles
from drafter.word.oxml.elements import Element, element, w

ADDRESS = re.compile(r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|https?://[^\s<>\"]*[\w/]")
LINK = "hyperlink"  # the style, by its name in lower case, without which LibreOffice makes no link
INSIDE = ("hyperlink", "ins", "del", "moveFrom", "moveTo", "fldSimple")


def link(root: Element, of_file: Element) -> None:
    """Make each address in a document a link that looks as its words did; `of_file` are the styles of the file."""
    for paragraph in root.iter(w("p")):
        for run in list(_plain(paragraph)):
            words = "".join(node.text or "" for node in run.iter(w("t")))
            if ADDRESS.search(words):
                for piece in _pieces(run, words, of_file):
                    run.addprevious(piece)
                elements.drop(run)


def _plain(paragraph: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph that hold nothing but words, and are in no field, link or change."""
    depth = 0
    for run in paragraph.iter(w("r")):
        for sign in run.iter(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(sign.get(w("fldCharType"), ""), 0)
        inside = any(node.tag in set(map(w, INSIDE)) for node in run.iterancestors())
        styled = run.find(f"{w('rPr')}/{w('rStyle')}") is not None
        if not depth and not inside and not styled and all(node.tag in {w("rPr"), w("t")} for node in run):
            yield run


def _pieces(run: Element, words: str, of_file: Element) -> Iterator[Element]:
    base, last = run.find(w("rPr")), 0
    for found in ADDRESS.finditer(words):
        if between := words[last : found.start()]:
            yield elements.run(between, deepcopy(base))
        target = f"mailto:{found[0]}" if found["mail"] else found[0]
        yield from linked(target, found[0], base, of_file)
        last = found.end()
    if words[last:]:
        yield elements.run(words[last:], deepcopy(base))


def linked(target: str, words: str, base: Element | None, of_file: Element) -> list[Element]:
    """Return the runs of a link with the properties `base`; `of_file` are the styles of its file."""
    return elements.field(f'HYPERLINK "{target}"', [elements.run(words, base, _style(of_file))], base)


def style(run: Element, of_file: Element) -> None:
    """Give a run the style of links, unless it has a style of its own."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = element("rPr")
        run.insert(0, properties)
    if properties.find(w("rStyle")) is None:
        properties.insert(0, element("rStyle", val=_style(of_file)))


def _style(of_file: Element) -> str:
    """Return the id of the style of links; a file that has none gets one that changes no look."""
    found = styles.style_ids(of_file).get(("character", LINK))
    if found is None:
        found = "Hyperlink"
        of_file.append(element("style", element("name", val="Hyperlink"), type="character", styleId=found))
    return found
