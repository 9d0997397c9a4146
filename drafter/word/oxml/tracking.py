"""Turns on the tracking of changes in a Word file that leaves the house: what the other side changes will be marked."""

from __future__ import annotations

from lxml import etree

from drafter.word.oxml import elements, package

# What comes before `trackRevisions` in the settings (CT_Settings, ECMA-376 part 1, §17.15.1.78).
_BEFORE = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts
saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView
"""


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
