"""Joins the tags of several PDFs into one tree, in which every key still leads to its own element.

One rule: the keys of each part are counted on from those of the part before, and an element's kind is given by the
standard's own name, since two parts may use one name for two kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from drafter.pdf.objects import BROKEN, added, array, dictionary, integer, made, numbers, place_of, unreadable
from drafter.pdf.taking import Taken

if TYPE_CHECKING:
    from pypdf import PdfWriter


def join(writer: PdfWriter, parts: Sequence[Taken]) -> None:
    """Join the structures under one document; with a part that has none, the file doesn't say that it is tagged."""
    nums: list[PdfObject] = []
    first = 0
    document = made(Type=NameObject("/StructElem"), S=NameObject("/Document"))
    root = made(Type=NameObject("/StructTreeRoot"))
    document[NameObject("/P")] = added(writer, root)
    inside = ArrayObject()
    for part in parts:
        try:
            known = _counted_on(part, first)
            nums += [entry for number, value in known for entry in (NumberObject(number), value)]
            first = max([number + 1 for number, _ in known] + _keys(part), default=first)
            if part.structure is not None:
                inside.append(_part(writer, part, part.structure, document))
        except BROKEN as error:
            raise unreadable(part.title, error) from error
    if inside:
        document[NameObject("/K")] = inside
        tree = added(writer, made(Nums=ArrayObject(nums)))
        root.update(made(K=added(writer, document), ParentTree=tree, ParentTreeNextKey=NumberObject(first)))
        root[NameObject("/RoleMap")] = made(**{kind[1:]: NameObject("/Span") for kind in CHANGES})
        writer.root_object[NameObject("/StructTreeRoot")] = place_of(root)
        writer.root_object[NameObject("/MarkInfo")] = made(
            Marked=BooleanObject(value=all(part.structure is not None for part in parts))
        )


KEYS = ("/StructParent", "/StructParents")
CHANGES = ("/Del", "/Ins", "/MovedFrom", "/MovedTo")  # kinds of a redline's own, which the standard hasn't; as Span


def _counted_on(part: Taken, first: int) -> list[tuple[int, PdfObject]]:
    """Count the keys of a part's structure from `first` on, and return its entries; without a structure, keys go."""
    for node in part.keyed:
        for key in KEYS:
            if key in node and part.structure is None:
                del node[key]
            elif key in node:
                node[NameObject(key)] = NumberObject(integer(node[key]) + first)
    tree = part.structure.get("/ParentTree") if part.structure is not None else None
    return sorted(((number + first, value) for number, value in numbers(tree)), key=lambda pair: pair[0])


def _keys(part: Taken) -> list[int]:
    """Return the numbers that follow a part's keys."""
    return [integer(node[key]) + 1 for node in part.keyed for key in KEYS if key in node]


def _part(writer: PdfWriter, part: Taken, structure: DictionaryObject, document: DictionaryObject) -> IndirectObject:
    """Make one element of a part's structure: its own document, or a new one around what it has."""
    _standard(structure)
    under = [dictionary(found) for found in array(structure.get("/K"))]
    whole = under[0] if len(under) == 1 and under[0].get("/S") == "/Document" else None
    if whole is None:
        whole = made(Type=NameObject("/StructElem"), K=ArrayObject(added(writer, node) for node in under))
        for node in under:
            node[NameObject("/P")] = added(writer, whole)
    place = added(writer, whole)
    whole.update(made(S=NameObject("/Part"), P=added(writer, document)))
    if part.title:
        whole[NameObject("/T")] = TextStringObject(part.title)
    if part.language and "/Lang" not in whole:
        whole[NameObject("/Lang")] = TextStringObject(part.language)
    return place


def _standard(structure: DictionaryObject) -> None:
    """Give each element the standard's own name of its kind, so that two parts don't use one name for two kinds.

    Classes of attributes go: the names of two parts could collide, and LibreOffice writes none.
    """
    kinds = structure.get("/RoleMap")
    roles = {str(key): str(value) for key, value in (dictionary(kinds) if kinds is not None else {}).items()}
    waiting = list(array(structure.get("/K")))
    known: set[int] = set()
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, DictionaryObject) and "/S" in node and id(node) not in known:
            known.add(id(node))
            kind, seen = str(node["/S"]), set[str]()
            while kind in roles and kind not in seen and kind not in CHANGES:
                seen.add(kind)
                kind = roles[kind]
            node[NameObject("/S")] = NameObject(kind)
            node.pop("/C", None)
            waiting += array(node.get("/K"))
