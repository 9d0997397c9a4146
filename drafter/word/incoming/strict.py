"""Turns the names of Strict Open XML into those that Word's own files have, so that both are read by the same names.

Strict files (ISO/IEC 29500-1, annex A) say the same under other namespaces; how they are packed is the same.
"""

from __future__ import annotations

import re

from drafter.word.oxml.package import Package

_STRICT = b"http://purl.oclc.org/ooxml/"
_OPEN = b"http://schemas.openxmlformats.org/"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_RENAMED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
# The value of a namespace's declaration, or the type of a relationship: a group, what is in it, and what follows.
_NAME = re.compile(rb"((?:\sxmlns(?::[\w.-]+)?|\sType)\s*=\s*[\"'])" + re.escape(_STRICT) + rb"(\w+)/([\w-]+)")


def is_strict(parts: Package) -> bool:
    """Say whether a package has names of Strict Open XML."""
    return any(_has_strict(*part) for part in parts.items())


def turned(parts: Package) -> Package:
    """Return the parts with the names of Strict Open XML turned into Word's own; other parts as they are."""
    return {name: _turned(xml) if _has_strict(name, xml) else xml for name, xml in parts.items()}


def _has_strict(name: str, xml: bytes) -> bool:
    if not name.casefold().endswith((".xml", ".rels")):
        return False
    return _STRICT in (xml.replace(b"\0", b"") if xml[:2] in _UTF_16 else xml)


def _turned(xml: bytes) -> bytes:
    if xml[:2] in _UTF_16:
        text = xml.decode("utf-16", "replace")
        xml = re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
    return _NAME.sub(lambda found: found[1] + _OPEN + found[2] + b"/2006/" + _RENAMED.get(found[3], found[3]), xml)
