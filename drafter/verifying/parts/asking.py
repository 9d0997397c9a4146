"""Says what of a file's own data its words ask for, and so what may print otherwise: properties, variables, blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from drafter.base.problems import short
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package

PROPERTIES, VARIABLES, BLOCKS = "properties", "w:docVars", "glossaryDocument"
_FIELDS: Mapping[str, str] = {
    "DOCVARIABLE": VARIABLES,
    **dict.fromkeys(("AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY"), BLOCKS),
    **dict.fromkeys(
        ("DOCPROPERTY", "INFO", "DOCINFO", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "TEMPLATE"), PROPERTIES
    ),
}
_WORD = re.compile(r"[A-Z]+")
_CONTROLS: Mapping[str, tuple[str, ...]] = {  # by the local name: Microsoft has several namespaces for them
    "dataBinding": ("customXml", "customXmlProps", PROPERTIES),
    "placeholder": (BLOCKS,),
    "showingPlcHdr": (BLOCKS,),
}
# What a field or control can print of the properties, and a program that saves a file again leaves as it is.
_PRINTED = frozenset(
    {"title", "subject", "creator", "keywords", "description", "category", "contentStatus", "Company", "Manager"}
)


def asked(parts: Package) -> frozenset[str]:
    """Return what the words of a file take from its own data, by the kind of part or setting that holds it."""
    found: set[str] = set()
    for name in package.texts(parts):
        root = package.parse(parts[name])
        codes = "".join(node.text or "" for node in root.iter(w("instrText")))
        codes = " ".join((codes, *(node.get(w("instr"), "") for node in root.iter(w("fldSimple")))))
        found |= {_FIELDS[word] for word in _WORD.findall(codes.upper()) if word in _FIELDS}
        for node in root.iter("*"):
            found.update(_CONTROLS.get(etree.QName(node).localname, ()))
    return frozenset(found)


def given(parts: Package, kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the properties that the words can ask for, where they ask for any."""
    for kind in ("core-properties", "extended-properties", "custom-properties") if PROPERTIES in kinds else ():
        for name in package.find(parts, kind):
            for node in package.parse(parts[name]).iterchildren("*"):
                called = node.get("name") or etree.QName(node).localname
                if (kind == "custom-properties" or called in _PRINTED) and (said := _text(node)):
                    yield f"property {called} {said}", f"another value of the property '{short(called)}'"


def _text(node: Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())
