"""Declares on the root of each part the namespaces that Word declares there, and those that a reader may ignore.

Editors that add to a part write what Word's own parts allow (`w14:paraId`, `dcterms:created`) without declaring it, so
a part that declares less becomes XML that can't be read. The table is what Word 2013 and all since declare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from drafter.word.oxml import package
from drafter.word.oxml.package import Package

_OPEN = "http://schemas.openxmlformats.org"
_WORD = "http://schemas.microsoft.com/office/word"
URIS: Mapping[str, str] = {
    "wpc": f"{_WORD}/2010/wordprocessingCanvas",
    "mc": f"{_OPEN}/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": f"{_OPEN}/officeDocument/2006/relationships",
    "m": f"{_OPEN}/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wp14": f"{_WORD}/2010/wordprocessingDrawing",
    "wp": f"{_OPEN}/drawingml/2006/wordprocessingDrawing",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w": f"{_OPEN}/wordprocessingml/2006/main",
    "w14": f"{_WORD}/2010/wordml",
    "w15": f"{_WORD}/2012/wordml",
    "wpg": f"{_WORD}/2010/wordprocessingGroup",
    "wpi": f"{_WORD}/2010/wordprocessingInk",
    "wne": f"{_WORD}/2006/wordml",
    "wps": f"{_WORD}/2010/wordprocessingShape",
    "sl": f"{_OPEN}/schemaLibrary/2006/main",
}

_TEXT = ("wpc mc o r m v wp14 wp w10 w w14 w15 wpg wpi wne wps", "w14 w15 wp14")
_SETTINGS = ("mc o r m v w10 w w14 w15 sl", "w14 w15")
_LOOKS = ("mc r w w14 w15", "w14 w15")
_OF: Mapping[str, tuple[str, str]] = {  # by the content type: what is declared, and what may be ignored
    **dict.fromkeys(("document.main", "header", "footer", "footnotes", "endnotes", "numbering"), _TEXT),
    **dict.fromkeys(("comments", "commentsExtended", "people"), _TEXT),
    "settings": _SETTINGS,
    **dict.fromkeys(("styles", "fontTable", "webSettings"), _LOOKS),
}
_TYPE = re.compile(r".*\.wordprocessingml\.([\w.]+)\+xml")

_ATTRIBUTE = rb"\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')"
_ROOT = re.compile(rb"(<\?xml[^>]*\?>\s*<[\w:.-]+)((?:" + _ATTRIBUTE + rb")*)(?=\s*/?>)")
_DECLARED = re.compile(rb"\sxmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_IGNORABLE = re.compile(rb"(\s[\w.-]+:Ignorable\s*=\s*[\"'])([^\"']*)")


def declared(parts: Package) -> Package:
    """Return the parts with Word's namespaces declared on the root of each part of a kind that Word declares them on.

    A prefix that a part uses for something else is left as it is.
    """
    types = package.content_types(parts)
    return {name: _declared(xml, *of) if (of := _of(types.get(name, ""))) else xml for name, xml in parts.items()}


def _of(kind: str) -> tuple[str, str] | None:
    found = _TYPE.fullmatch(kind)
    return _OF.get(found[1]) if found else None


def _declared(xml: bytes, prefixes: str, ignorable: str) -> bytes:
    if not xml.startswith(package.DECLARATION):  # in UTF-16, perhaps
        xml = package.serialize(package.parse(xml))
    root = _ROOT.match(xml)
    if root is None:  # a comment is before it
        return xml
    has = {prefix.decode(): uri.decode() for prefix, uri in _DECLARED.findall(root[2])}
    more = "".join(f' xmlns:{prefix}="{URIS[prefix]}"' for prefix in prefixes.split() if prefix not in has)
    attributes = root[2] + more.encode()
    whole = has | {prefix: URIS[prefix] for prefix in prefixes.split() if prefix not in has}
    if whole["mc"] == URIS["mc"]:
        attributes = _ignoring(attributes, [prefix for prefix in ignorable.split() if whole[prefix] == URIS[prefix]])
    return root[1] + attributes + xml[root.end() :]


def _ignoring(attributes: bytes, prefixes: list[str]) -> bytes:
    """Add prefixes to those that a reader may ignore, which a part may list under any prefix of that namespace."""
    found = _IGNORABLE.search(attributes)
    if found is None:
        return attributes + f' mc:Ignorable="{" ".join(prefixes)}"'.encode()
    listed = found[2].decode().split()
    made = " ".join([*listed, *(prefix for prefix in prefixes if prefix not in listed)])
    return attributes[: found.start(2)] + made.encode() + attributes[found.end(2) :]


@cache
def nsmap(kind: str) -> dict[str, str]:
    """Return the namespaces, by their prefixes, of a part that is made here, as "comments"."""
    return {prefix: URIS[prefix] for prefix in _OF[kind][0].split()}
