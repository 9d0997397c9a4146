"""Names each change of a redline before it is laid out, and says it in the tags afterwards.

A PDF has no tag for what is inserted or deleted, and a screen reader tells no colour and no line through a word. So
each run of changed words gets a character style of its own in the Word file: LibreOffice gives it a tag of that name,
which becomes a change with the words that a reader is to hear: "[deleted: twice] [inserted: once]".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

from drafter.pdf.finishing import elements
from drafter.pdf.finishing.elements import Tree
from drafter.pdf.objects import added, made
from drafter.values import dataclass
from drafter.word.oxml.elements import Element, element, w

if TYPE_CHECKING:
    from pypdf import PdfWriter


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of changed words: the name that its runs have in the Word file, its kind, and its words."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of change: what a reader hears before its words, and how they are marked on the page."""

    said: str
    line: str


KINDS = {
    "Del": _Kind("deleted", "LineThrough"),
    "Ins": _Kind("inserted", "Underline"),
    "MovedFrom": _Kind("moved from here", "LineThrough"),
    "MovedTo": _Kind("moved to here", "Underline"),
}
TRACKED = {w("del"): "Del", w("ins"): "Ins", w("moveFrom"): "MovedFrom", w("moveTo"): "MovedTo"}
WORDS, SPACES = {w("t"), w("delText")}, {w("tab"), w("br"), w("cr")}


# -- before the layout --------------------------------------------------------------------------


def named(root: Element, styles: Element) -> tuple[Change, ...]:
    """Give the runs of each change in a document a character style of its own, and return the changes."""
    found: list[Change] = []
    for paragraph in root.iter(w("p")):
        for kind, runs in groupby(paragraph.iter(w("r")), _kind):
            if kind and (words := "".join(map(_words, inside := list(runs)))):
                change = Change(f"Change {len(found) + 1}", kind, words)
                found.append(change)
                for base, alike in groupby(inside, _style):
                    for run in alike:
                        _restyle(run, _made(styles, change, base))
    return tuple(found)


def _kind(run: Element) -> str:
    """Return the kind of change that a run is in; nothing for one that is as it was."""
    kinds = (TRACKED[node.tag] for node in run.iterancestors() if node.tag in TRACKED)
    return next(kinds, "")


def _words(run: Element) -> str:
    return "".join(node.text or "" if node.tag in WORDS else " " for node in run if node.tag in WORDS | SPACES)


def _style(run: Element) -> str:
    found = run.find(f"{w('rPr')}/{w('rStyle')}")
    return "" if found is None else found.get(w("val"), "")


def _made(styles: Element, change: Change, base: str) -> str:
    """Make the style of a change, which looks like the one that its words had, and return its id."""
    key = f"{change.name} {base}".strip().replace(" ", "")
    if styles.find(f"{w('style')}[@{w('styleId')}='{key}']") is None:
        above = [element("basedOn", val=base)] if base else []
        name = element("name", val=f"{change.name} {base}".strip())
        styles.append(element("style", name, *above, type="character", customStyle=1, styleId=key))
    return key


def _restyle(run: Element, style: str) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = element("rPr")
        run.insert(0, properties)
    for old in properties.findall(w("rStyle")):
        properties.remove(old)
    properties.insert(0, element("rStyle", val=style))


# -- after the layout ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a tag holds directly, and the change that it is of; None for what is as it was."""

    node: PdfObject
    change: Change | None

    @property
    def kind(self) -> str:
        """The kind of its change, or nothing."""
        return self.change.kind if self.change else ""


def settle(writer: PdfWriter, root: DictionaryObject, changes: Sequence[Change]) -> None:
    """Turn the tags that have the names of changes into changes; those side by side that are of one kind become one."""
    known = {change.name: change for change in changes}
    tree = elements.tree(writer, root)
    said: set[str] = set()
    for parent in elements.every(root) if changes else ():
        held = _pieces(parent, known)
        if any(piece.change for piece in held):
            groups = [(kind, list(alike)) for kind, alike in groupby(held, lambda piece: piece.kind)]
            kept = ArrayObject()
            for number, (kind, pieces) in enumerate(groups):
                if not kind:
                    kept += [piece.node for piece in pieces]
                    continue
                fresh = {p.change.name: p.change.words for p in pieces if p.change and p.change.name not in said}
                said |= fresh.keys()
                is_followed = number + 1 < len(groups) and groups[number + 1][0] != ""
                words = spoken(kind, "".join(fresh.values())) + " " * is_followed
                kept.append(_joined(tree, parent, pieces, words))
            parent[NameObject("/K")] = kept


def _pieces(parent: DictionaryObject, known: Mapping[str, Change]) -> list[_Piece]:
    """Return what a tag holds; what has no tag of its own between two pieces of a change, as a space, is of it too."""
    nodes = elements.held(parent)
    found = [_change(node.get_object(), known) for node in nodes]
    for change in {each.name: each for each in found if each is not None}.values():
        places = [place for place, each in enumerate(found) if each is not None and each.name == change.name]
        for place in range(places[0], places[-1]):
            if found[place] is None and not elements.is_element(nodes[place].get_object()):
                found[place] = change
    return [_Piece(node, change) for node, change in zip(nodes, found, strict=True)]


def _change(node: object, known: Mapping[str, Change]) -> Change | None:
    """Return the change whose name a tag has; after the name there may be that of the style that its words had."""
    if not isinstance(node, DictionaryObject):
        return None
    return known.get(" ".join(elements.kind(node).split()[:2]))


def _joined(tree: Tree, parent: DictionaryObject, pieces: Sequence[_Piece], words: str) -> PdfObject:
    """Put pieces of one kind of change into one element, which says their words."""
    kind = pieces[0].kind
    line = made(O=NameObject("/Layout"), TextDecorationType=NameObject(f"/{KINDS[kind].line}"))
    joined = made(Type=NameObject("/StructElem"), S=NameObject(f"/{kind}"), A=line)
    joined.update(made(ActualText=TextStringObject(words), P=added(tree.writer, parent)))
    elements.take_in(tree, joined, parent, [piece.node for piece in pieces])
    return added(tree.writer, joined)


def spoken(kind: str, words: str) -> str:
    """Return what a reader is to hear in the place of changed words; spaces stay outside of the brackets."""
    inner = words.strip()
    if not inner:
        return words or " "
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}[{KINDS[kind].said}: {inner}]{after}"
