"""Prints the numbers of a redline's paragraphs as words, before it is laid out.

LibreOffice counts the lists of a redline itself, and wrongly wherever something is deleted or moved. Word's own rule is
known, so each paragraph gets the number that it has in the revision, and the one that it had.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from drafter.comparing import lines
from drafter.word.labels import Label, Labels
from drafter.word.oxml import changes, elements, styles
from drafter.word.oxml.changes import Stamp
from drafter.word.oxml.elements import Element, drop, element, w

NOBODY = Stamp("", "")


def typed(root: Element, of_file: Element, numbering: Element | None = None) -> None:
    """Put words in place of the numbers that lists print: LibreOffice counts wrongly where anything is deleted.

    A paragraph of one side alone has its number there, marked as the rest of it is; one of both has its new number, and
    in brackets the one that it had where that was another.
    """

    @cache
    def chain(style: str, _kind: str = "paragraph") -> list[Element]:
        return list(styles.chain(of_file, style))

    base, revised = Labels(numbering, chain), Labels(numbering, chain)
    for paragraph in list(root.iter(w("p"))):
        own = paragraph.find(w("pPr"))
        was = None if own is None else own.find(f"{w('pPrChange')}/{w('pPr')}")
        mark = changes.mark(paragraph)
        old = _label(base, own if was is None else was) if mark in lines.OF["base"] else None
        new = _label(revised, own) if mark in lines.OF["revised"] else None
        if own is not None and (label := new or old):
            _settle(own, label, chain(_style(own)))
            _type(paragraph, label, _said(old, new))
    for node in [*root.iter(w("numPr")), *of_file.iter(w("numPr"))]:
        drop(node)
    changes.number(root, 1 + max((int(node.get(w("id"), "0")) for node in root.iter(w("bookmarkStart"))), default=0))


def _label(counted: Labels, own: Element | None) -> Label | None:
    found = counted.next(own, _style(own))
    return found if found is not None and found.words else None


def _said(old: Label | None, new: Label | None) -> str:
    """Return the number of a paragraph as it is printed, with the one that it had in brackets."""
    now, before = (label.words if label else "" for label in (new, old))
    return now if new and (not old or now == before) else f"{now}[{before}]" if new else before


# What comes after the indents of a paragraph (CT_PPr, ECMA-376 part 1, 17.3.1.26).
_LAST = """
contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId
cnfStyle rPr sectPr pPrChange
"""
_AFTER = frozenset(map(w, _LAST.split()))


def _settle(own: Element, label: Label, chain: Iterable[Element]) -> None:
    """Give a paragraph the indents that it had by its list."""
    indents = [] if label.layout is None else label.layout.findall(w("ind"))
    indents += [node for style in reversed(list(chain)) for node in style.iterfind(f"{w('pPr')}/{w('ind')}")]
    indents += own.findall(w("ind"))
    whole = element("ind")
    for node in indents:
        whole.attrib.update(node.attrib)
    for node in own.findall(w("ind")):
        drop(node)
    own.insert(next((at for at, other in enumerate(own) if other.tag in _AFTER), len(own)), whole)


def _type(paragraph: Element, label: Label, words: str) -> None:
    """Put a number before the words of a paragraph, of the same change; a space follows it, which is read aloud too."""
    after = {"tab": " \t", "space": " "}.get(label.suffix, "")
    [made] = changes.runs([elements.run(f"{words}{after}", label.runs)], changes.mark(paragraph), NOBODY)
    own = (node for node in paragraph.iterfind(f"{w('pPr')}/{w('rPr')}/*") if node.tag == made.tag)
    made.attrib.update(next(own, made).attrib)
    paragraph.insert(1, made)


def _style(own: Element | None) -> str:
    found = None if own is None else own.find(w("pStyle"))
    return "" if found is None else found.get(w("val"), "")
