"""Says each change of a redline in the tags, by the names that the changes got before the layout.

A PDF has no tag for what is inserted or deleted, and a screen reader tells no colour and no line through a word. So
each tag that has the name of a change becomes one with the words that a reader is to hear: "[deleted: twice]
[inserted: once]". Where they are a link, they are in the link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

from drafter.pdf.finishing import elements, links
from drafter.pdf.finishing.elements import Tree
from drafter.pdf.objects import added, annotated, dictionary, made
from drafter.pdf.preparing.between import OF_CHANGE
from drafter.pdf.preparing.marks import KINDS, Change
from drafter.values import dataclass

if TYPE_CHECKING:
    from pypdf import PdfWriter


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
    return _said(tree, parent, pieces[0].kind, [piece.node for piece in pieces], words)


def _said(tree: Tree, parent: DictionaryObject, kind: str, nodes: Sequence[PdfObject], words: str) -> PdfObject:
    """Put what a tag holds into an element of a kind of change, which says the words, and return it."""
    line = made(O=NameObject("/Layout"), TextDecorationType=NameObject(f"/{KINDS[kind].line}"))
    joined = made(Type=NameObject("/StructElem"), S=NameObject(f"/{kind}"), A=line)
    joined.update(made(ActualText=TextStringObject(words), P=added(tree.writer, parent)))
    elements.take_in(tree, joined, parent, nodes)
    return added(tree.writer, joined)


def settle_links(tree: Tree, pages: Sequence[DictionaryObject], changes: Sequence[Change]) -> None:
    """Let each link that is a change lead to its own address, and say what it is; its words are said once."""
    known = {f"{OF_CHANGE}{number}": change for number, change in enumerate(changes, 1)}
    changed: dict[int, Change] = {}
    for link in (each for page in pages for each in annotated(page)):
        action = dictionary(link.get("/A", DictionaryObject()))
        address = str(action.get("/URI", ""))
        if address.startswith(OF_CHANGE):
            number, _, target = address.removeprefix(OF_CHANGE).partition("/")
            action[NameObject("/URI")] = TextStringObject(target)
            changed[id(link)] = known[f"{OF_CHANGE}{number}"]
    said: set[str] = set()
    for element in elements.every(tree.root) if changed else ():
        places = links.places(element) if elements.kind(element) == "Link" else []
        change = next((changed[id(place)] for place in places if id(place) in changed), None)
        if change is not None:
            inside = links.content(element)
            there = [node for node in elements.held(element) if not any(node is each for each in inside)]
            words = "" if change.name in said else change.words
            said.add(change.name)
            made_ = _said(tree, element, change.kind, inside, spoken(change.kind, words) + " ")
            element[NameObject("/K")] = ArrayObject([made_, *there])


def spoken(kind: str, words: str) -> str:
    """Return what a reader is to hear in the place of changed words; spaces stay outside of the brackets."""
    inner = words.strip()
    if not inner:
        return words or " "
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}[{KINDS[kind].said}: {inner}]{after}"
