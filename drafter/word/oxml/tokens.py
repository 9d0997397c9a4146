"""The tokens that a template is rendered with, and the runs and blocks that take their places.

A token is a number between two characters that the template does not use. One rule: what has taken a token's place is
not searched again, so words that look like a token stay words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from drafter.comparing.lines import Mark
from drafter.values import dataclass
from drafter.word.oxml.elements import Element, drop, element, field, hyperlink, run, run_with, w

# -- what docxtpl is given in place of words ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """A text in place of words. `mark` is that of its entry; `there`, that of what is there only if the words are."""

    text: str
    mark: Mark = "kept"
    there: Mark = "kept"


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """The fields of an entry of a list, with the entry's mark."""

    fields: tuple[tuple[str, Given], ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class TokenList:
    """A list of tokens or entries; `there` is the mark of what is there only if the list is not empty."""

    entries: tuple[Given, ...]
    there: Mark


Given = Token | TokenEntry | TokenList
Context = tuple[tuple[str, Given], ...]


# -- what takes their places --------------------------------------------------------------------

Pattern = re.Pattern[str]  # of a token; its one group is the number
Runs = Callable[[Element | None], list[Element]]


@dataclass(frozen=True, slots=True)
class Put:
    """What takes a token's place: `blocks` for its whole paragraph or, where there are none, runs within it.

    The runs are made with the properties of the run that the token is in. `style` is the id of the style that their
    paragraph takes; `link` is where all the words of the paragraph lead: an address, or `#` and the name of a bookmark.
    """

    runs: Runs
    blocks: Sequence[Element] | None = None
    style: str = ""
    link: str = ""


Puts = Callable[[int], Put]  # what takes the place of the token of a number


def pattern(marks: tuple[str, str]) -> Pattern:
    """Return the pattern of the tokens that are written with two characters."""
    return re.compile("([0-9]+)".join(map(re.escape, marks)))


def fill(root: Element, token: Pattern, puts: Puts) -> None:
    """Replace the tokens of a part."""
    for paragraph in list(root.iter(w("p"))):
        alone = token.fullmatch(_text(paragraph).strip())
        blocks = puts(int(alone.group(1))).blocks if alone else None
        if blocks is not None:
            _replace_paragraph(paragraph, blocks)
        else:
            _fill_paragraph(paragraph, token, puts)


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(w("t")))


def _fill_paragraph(paragraph: Element, token: Pattern, puts: Puts) -> None:
    used: list[Put] = []
    for old in [r for r in paragraph.iter(w("r")) if any(token.search(t.text or "") for t in r.iterfind(w("t")))]:
        for new in _split(old, token, puts, used):
            old.addprevious(new)
        drop(old)
    for put in used:
        if put.style:
            _restyle(paragraph, put.style)
    if link := next((put.link for put in used if put.link), ""):
        _link(paragraph, link)


def _split(old: Element, token: Pattern, puts: Puts, used: list[Put]) -> Iterator[Element]:
    """Divide a run at its tokens; `used` gathers what takes their places."""
    base = old.find(w("rPr"))
    for child in list(old):
        if child.tag != w("t"):
            if child is not base:
                yield run_with(base, child)
            continue
        for place, piece in enumerate(token.split(child.text or "")):
            if place % 2:
                used.append(put := puts(int(piece)))
                yield from put.runs(base)
            elif piece:
                yield run(piece, base)


def _restyle(paragraph: Element, style: str) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    if (old := properties.find(w("pStyle"))) is not None:
        drop(old)
    properties.insert(0, element("pStyle", val=style))


def _link(paragraph: Element, target: str) -> None:
    runs = [child for child in paragraph if child.tag == w("r")]
    if runs:
        place = paragraph.index(runs[0])
        for node in runs:
            drop(node)
        to = target.removeprefix("#")
        paragraph[place:place] = field(f'HYPERLINK "{target}"', runs) if to == target else [hyperlink(to, runs)]


def _replace_paragraph(old: Element, blocks: Sequence[Element]) -> None:
    """Put blocks in a paragraph's place. One that ends a page section or is alone in its cell stays, empty."""
    for new in blocks:
        old.addprevious(new)
    following = old.getnext()
    ends = following is None or following.tag == w("sectPr")
    preceding = old.getprevious()
    needed = ends and (preceding is None or preceding.tag in (w("tbl"), w("tcPr")))
    if needed or old.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for child in [c for c in old if c.tag != w("pPr")]:
            old.remove(child)
    else:
        drop(old)


def numbers(root: Element, token: Pattern, mark: str) -> Iterator[tuple[int, bool]]:
    """Yield the number of each token in a part's text, and whether it is alone in its paragraph.

    -1 is for a `mark` anywhere else: in an attribute, or cut off from its token.
    """
    whole = 0
    for node in root.iter(w("p")):
        texts = [t.text or "" for t in node.iter(w("t"))]
        found = [int(number) for text in texts for number in token.findall(text)]
        whole += len(found)
        yield from ((number, token.fullmatch("".join(texts).strip()) is not None) for number in found)
    values = (str(value) for node in root.iter() for value in node.attrib.values())
    every = sum(text.count(mark) for text in (*map(str, root.itertext()), *values))
    yield from ((-1, False) for _ in range(every - whole))
