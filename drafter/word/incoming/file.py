"""A Word file from outside as its parts: the type of each, its XML, and what it points to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import field

from lxml import etree

from drafter.base.problems import short
from drafter.values import dataclass
from drafter.word.incoming import codes
from drafter.word.incoming.codes import Code
from drafter.word.oxml import elements, package
from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import DEFAULT, OVERRIDE, RELATIONSHIP, NotWordError, Package

MOST_MARKS = 1_000_000  # elements' tags and attributes in all parts; a contract of a hundred pages has some 50,000

_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"'](utf-?(8|16)|(us-)?ascii)[\"']", re.IGNORECASE)  # ASCII is UTF-8 too
_SHOWN = ("image/", "application/xhtml+xml")  # they may well declare a document type
_W = f"{{{elements.W}}}"
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class UnreadableError(NotWordError):
    """The file is a Word file that does no harm, but a part that is read is damaged; the message says which."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a part points to: the kind of relationship, as "image", the target, and whether that is outside the file.

    `listed` is the name of the part that lists it, `source` that of the part that it belongs to.
    """

    listed: str
    kind: str
    target: str
    outside: bool

    @property
    def source(self) -> str:
        """Return the part that points, as "word/document.xml"; empty for the package itself."""
        folder, _, name = self.listed.rpartition("_rels/")
        return f"{folder}{name.removesuffix('.rels')}"

    @property
    def part(self) -> str:
        """Return the part that it leads to, where that is in the file."""
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self.source), self.target)).lstrip("/")


@dataclass(frozen=True, slots=True)
class File:
    """The parts, and the content type of each, in lower case. A part without one doesn't belong to the document."""

    parts: Package
    type: Callable[[str], str]
    strict: bool = False
    trees: dict[str, Element] = field(default_factory=dict)  # each part is parsed once
    told: dict[str, tuple[Code, ...]] = field(default_factory=dict)  # and its fields are read once

    def is_xml(self, name: str) -> bool:
        """Say whether a part must be XML; one that shows a picture or a page is for the program that shows it."""
        if self.type(name).startswith(_SHOWN):
            return False
        return self.type(name).endswith(("xml", "vmldrawing")) or name.casefold().endswith((".xml", ".rels"))

    def tree(self, name: str) -> Element:
        """Parse a part, once. NotWordError as `tree`."""
        if name not in self.trees:
            self.trees[name] = tree(self.parts, name)
        return self.trees[name]

    def stories(self) -> Iterator[tuple[str, Element]]:
        """Yield the parts in Word's own markup, whatever their type is called."""
        for name in filter(self.is_xml, self.parts):
            if self.is_whole(name) and str((root := self.tree(name)).tag).startswith(_W):
                yield name, root

    def codes(self, name: str) -> tuple[Code, ...]:
        """Return the codes of the fields of a part."""
        if name not in self.told:
            self.told[name] = tuple(codes.read(self.tree(name)))
        return self.told[name]

    def is_whole(self, name: str) -> bool:
        """Say whether a part can be parsed. NotWordError where it is unsafe."""
        try:
            self.tree(name)
        except UnreadableError:
            return False
        return True

    def links(self) -> Iterator[Link]:
        """Yield what each part points to; a part that is damaged lists nothing."""
        for name in (name for name in self.parts if name.casefold().endswith(".rels") and self.is_whole(name)):
            for node in self.tree(name).iter(RELATIONSHIP):
                target, mode = node.get("Target", ""), node.get("TargetMode", "Internal")
                away = mode != "Internal" or _SCHEME.match(target) is not None
                yield Link(name, package.kind(node), target, away)


def kinds(parts: Package) -> frozenset[str]:
    """Return the kinds of all that the parts of a Word file point to, as "image"."""
    return frozenset(link.kind for link in File(parts, lambda _: "").links())


def types(root: Element) -> Callable[[str], str]:
    """Return what gives the content type of a part, in lower case, by the list of them."""
    names = {node.get("PartName", "").casefold(): node.get("ContentType", "") for node in root.iter(OVERRIDE)}
    ends = {node.get("Extension", "").casefold(): node.get("ContentType", "") for node in root.iter(DEFAULT)}

    def given(name: str) -> str:
        known = f"/{name}".casefold()
        return names.get(known, ends.get(known.rpartition(".")[2], "")).casefold()

    return given


def quoted(text: str) -> str:
    """Return the name of a part, or what it points to, for a message."""
    return short(repr(text))


# -- XML ----------------------------------------------------------------------------------------

TOO_MUCH = f"it has more than {MOST_MARKS:,} elements, more than any contract has"


def marks(xml: bytes) -> int:
    """Return how many tags and attributes a part has at most."""
    return xml.count(b"<") + xml.count(b"=")


def tree(parts: Package, name: str) -> Element:
    """Parse a part. UnreadableError when it isn't XML in UTF-8 or UTF-16, NotWordError when it is unsafe."""
    xml = parts[name].replace(b"\0", b"")  # in UTF-16, what is looked for here has a zero beside each letter
    if b"<!DOCTYPE" in xml:
        raise NotWordError(f"its part {quoted(name)} declares a document type (DTD), which can do harm")
    if marks(xml) > MOST_MARKS:
        raise NotWordError(TOO_MUCH)
    head = xml[:400].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xfe\xff \t\r\n")
    declared = _DECLARATION.match(head)
    if not head.startswith(b"<") or (re.match(rb"<\?xml\s", head) and not declared):
        raise UnreadableError(damaged(name))
    if declared and b"encoding" in declared.group() and not _ENCODING.search(declared.group()):
        raise UnreadableError(f"its part {quoted(name)} is in an encoding that Word doesn't use")
    try:
        return package.parse(parts[name])
    except etree.XMLSyntaxError as error:
        raise UnreadableError(damaged(name)) from error


def damaged(name: str) -> str:
    """Return the reason that a part can't be read."""
    return f"its part {quoted(name)} is damaged"
