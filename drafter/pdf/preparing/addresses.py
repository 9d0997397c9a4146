"""Makes links of the e-mail and web addresses that a Word file prints as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy

from drafter.word.oxml import elements, styles
from drafter.word.oxml.elements import Element, element, w

ADDRESS = re.compile(r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|https?://[^\s<>\"]*[\w/]")
LINK = "hyperlink"  # the style, by its name in lower case, without which LibreOffice makes no link
INSIDE = frozenset(map(w, ("hyperlink", "fldSimple")))
TEXTS = frozenset(map(w, ("t", "delText")))


def link(root: Element, of_file: Element) -> None:
    """Make each address in a document a link that looks as its words did; `of_file` are the styles of the file.

    One of which a part has changed, so that its words are in several runs, is none.
    """
    for paragraph in root.iter(w("p")):
        runs = list(paragraph.iter(w("r")))
        said = [_words(run) for run in runs]
        if not any(map(ADDRESS.search, said)):
            continue
        plain = set(_plain(paragraph))
        for place, found in [(place, _whole(runs, said, place)) for place, run in enumerate(runs) if run in plain]:
            if found:
                for piece in _pieces(runs[place], said[place], found, of_file):
                    runs[place].addprevious(piece)
                elements.drop(runs[place])


def _words(run: Element) -> str:
    return "".join(node.text or "" for node in run.iter(*TEXTS))


def _whole(runs: Sequence[Element], said: Sequence[str], place: int) -> list[re.Match[str]]:
    """Return the addresses in a run that don't go on in the run before or after it."""
    before, after = (_beside(runs, said, place, step) for step in (-1, 1))
    return [found for found in ADDRESS.finditer(said[place]) if _is_whole(found, before, after)]


_GOES, _COMES = ("del", "moveFrom"), ("ins", "moveTo")


def _beside(runs: Sequence[Element], said: Sequence[str], place: int, step: int) -> str:
    """Return the words beside a run, on the side that it is on where it is in a change."""
    other = _COMES if _is_in(runs[place], _GOES) else _GOES if _is_in(runs[place], _COMES) else ()
    place += step
    while 0 <= place < len(runs) and (not said[place] or _is_in(runs[place], other)):
        place += step
    return said[place] if 0 <= place < len(runs) else ""


def _is_in(run: Element, names: tuple[str, ...]) -> bool:
    return bool(names) and next(run.iterancestors(*map(w, names)), None) is not None


def _is_whole(found: re.Match[str], before: str, after: str) -> bool:
    begins, ends = found.start() == 0, found.end() == len(found.string)
    return not (begins and re.search(r"[\w.+@/-]\Z", before)) and not (ends and re.match(r"[\w@/-]", after))


def _plain(paragraph: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph that hold nothing but words, and are in no field or link."""
    depth = 0
    for run in paragraph.iter(w("r")):
        for sign in run.iter(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(sign.get(w("fldCharType"), ""), 0)
        inside = any(node.tag in INSIDE for node in run.iterancestors())
        styled = run.find(f"{w('rPr')}/{w('rStyle')}") is not None
        if not depth and not inside and not styled and all(node.tag in {w("rPr"), *TEXTS} for node in run):
            yield run


def _pieces(run: Element, words: str, addresses: Iterable[re.Match[str]], of_file: Element) -> Iterator[Element]:
    base, last = run.find(w("rPr")), 0
    for found in addresses:
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
    properties = elements.properties(run, "rPr")
    if properties.find(w("rStyle")) is None:
        properties.insert(0, element("rStyle", val=_style(of_file)))


def _style(of_file: Element) -> str:
    """Return the id of the style of links; a file that has none gets one that changes no look."""
    found = styles.style_ids(of_file).get(("character", LINK))
    if found is None:
        found = "Hyperlink"
        of_file.append(element("style", element("name", val="Hyperlink"), type="character", styleId=found))
    return found
