"""Writes an element as text, so that two can be compared: names with known prefixes, without what may differ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from drafter.verifying.listed import Rows
from drafter.word.oxml.elements import Element
from drafter.word.oxml.roots import URIS

_PREFIXES = {uri: prefix for prefix, uri in URIS.items()} | {"http://www.w3.org/XML/1998/namespace": "xml"}
OFF = frozenset({"0", "false", "off"})
ON = frozenset({"1", "true", "on"})


@lru_cache(maxsize=4096)
def name(tag: str) -> str:
    """Return the name of an element or attribute with its usual prefix, as "w:p"; unknown namespaces in full."""
    uri, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, uri)}:{local}" if uri else tag


def attributes(node: Element, rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield the attributes that count, each with its name."""
    for key, value in node.attrib.items():
        named = name(str(key))
        if ("attribute", named) not in rows and not (value in OFF and ("attribute", f"{named} off") in rows):
            yield named, str(value)


def text(node: Element, rows: Rows) -> str:
    """Return an element with all that is in it as text."""
    said = " ".join(f"{key}={value}" for key, value in sorted(attributes(node, rows)))
    inner = "".join(text(child, rows) for child in node if isinstance(child.tag, str))
    words = (node.text or "").strip()
    return f"<{name(str(node.tag))} {said}>{words}{inner}"


def value(node: Element, rows: Rows) -> str:
    """Return what a property says: "on" or "off", its one value, or all of it as text."""
    said = dict(attributes(node, rows))
    children = [child for child in node if isinstance(child.tag, str)]
    if not children and not said:
        return "on"
    if not children and set(said) == {"w:val"}:
        found = said["w:val"]
        return "off" if found in OFF else "on" if found in ON and name(str(node.tag)) in _MARKS else found
    return text(node, rows)


_MARKS = frozenset((
    "w:b", "w:i", "w:caps", "w:smallCaps", "w:strike", "w:dstrike", "w:vanish", "w:specVanish", "w:bidi", "w:titlePg",
    "w:rtl", "w:cs", "w:emboss", "w:imprint", "w:outline", "w:shadow", "w:contextualSpacing", "w:mirrorIndents",
    "w:evenAndOddHeaders", "w:mirrorMargins", "w:webHidden", "w:hidden", "w:noWrap", "w:bidiVisual",
))  # fmt: skip
