"""Knows the tracked changes of a Word file, turns them round, and turns their tracking on in one that leaves the house.

What a file says once its changes are rejected is what it says once they are accepted, read after they are turned round.
"""

from __future__ import annotations

from lxml import etree

from drafter.word.oxml import elements, package
from drafter.word.oxml.elements import Element

_NAMES = """
ins del moveFrom moveTo cellIns cellDel cellMerge rPrChange pPrChange sectPrChange tblPrChange tblGridChange
tblPrExChange trPrChange tcPrChange numberingChange
"""
_CHANGES = tuple(map(elements.w, _NAMES.split()))
_TURNED = {
    elements.w(one): elements.w(other)
    for pair in ("ins del", "moveFrom moveTo", "cellIns cellDel", "delText t", "delInstrText instrText")
    for one, other in (pair.split(), reversed(pair.split()))
    if one not in {"t", "instrText"}  # what is inserted goes with what is round it
}
_OLD = tuple(map(elements.w, ("rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange")))
# What properties have beside those that their change holds as they were.
_MARKS = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
_KEPT = frozenset(map(elements.w, (*_MARKS, "rPr", "sectPr")))
# What comes before `trackRevisions` in the settings (CT_Settings, ECMA-376 part 1, §17.15.1.78).
_BEFORE = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts
saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView
"""


def is_changed(root: Element) -> bool:
    """Say whether a part holds a tracked change, whether or not it names its author."""
    return next(root.iter(*_CHANGES), None) is not None


def turn(root: Element) -> None:
    """Turn round the changes of a part: what was inserted is deleted, and what looked otherwise looks as it did."""
    for node in root.iter(*_TURNED):
        node.tag = _TURNED[str(node.tag)]
    for change in list(root.iter(*_OLD)):
        properties, was = change.getparent(), next(iter(change), None)
        if properties is not None and was is not None:
            now, before = [node for node in properties if node.tag not in _KEPT and node is not change], list(was)
            was.extend(now)
            properties.extend(before)


def tracked(data: bytes) -> bytes:
    """Return a Word file that we wrote with the tracking of changes on (`w:trackRevisions`, §17.15.1.90)."""
    parts = package.unpack(data)
    name = package.find(parts, "settings", package.main(parts))[0]
    root = package.parse(parts[name])
    for node in root.findall(elements.w("trackRevisions")):
        root.remove(node)
    before = frozenset(map(elements.w, _BEFORE.split()))
    place = next((at for at, node in enumerate(root) if node.tag not in before), len(root))
    root.insert(place, etree.Element(elements.w("trackRevisions")))
    return package.pack(parts | {name: package.serialize(root)})
