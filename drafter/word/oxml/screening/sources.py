"""Finds what in a template takes words from elsewhere: other files, data, merges, programs.

`incoming` refuses macros, embedded objects and controls in a template. This is what no template may hold besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening.stories import Story

Found = tuple[str, str]  # what was found, and what to do about it

_ELEMENTS: dict[str, Found] = {
    w("altChunk"): ("another document inside it", "paste its words into the template"),
    w("subDoc"): ("another document inside it", "paste its words into the template"),
    w("object"): ("an embedded object", "put its words or its picture into the template"),
    w("control"): ("a control (ActiveX)", "remove it"),
    w("movie"): ("a film", "remove it"),
    w("ffData"): ("a form field", "use a field of the template instead"),
    w("contentPart"): ("ink or data that is drawn as words", "write the words themselves"),
    **dict.fromkeys(
        (w("dataBinding"), f"{{{URIS['w15']}}}dataBinding"),
        ("a content control that takes its words from data in the file", "remove the control, and keep its words"),
    ),
}
_PLAIN = frozenset(
    {
        *("officeDocument", "core-properties", "extended-properties"),
        *("styles", "numbering", "settings", "webSettings", "fontTable", "font", "theme", "image", "hyperlink"),
        *("header", "footer", "footnotes", "endnotes"),
    }
)
_FETCHING = ("src", "href", "althref")  # of a picture in Word's old markup, which Word fetches


def foreign(story: Story) -> Iterator[Found]:
    """Find elements of a part whose words or pictures come from elsewhere."""
    for node in story.root.iter(*_ELEMENTS):
        yield _ELEMENTS[node.tag]


def fetched(story: Story) -> Iterator[str]:
    """Find the addresses from which the pictures of a part would be fetched, that are in no relationship."""
    old = (f"{{{URIS['v']}}}imagedata", f"{{{URIS['v']}}}fill", f"{{{URIS['v']}}}stroke")
    for node in story.root.iter(*old):
        for key, value in node.attrib.items():
            if (
                etree.QName(key).localname in _FETCHING
                and str(value).strip()
                and etree.QName(key).namespace != URIS["r"]
            ):
                yield str(value)


def merges(settings: Iterable[Element]) -> Iterator[Found]:
    """Find the settings of a mail merge."""
    for root in settings:
        if root.find(w("mailMerge")) is not None:
            yield "the settings of a mail merge", "in Word: Mailings, Start Mail Merge, Normal Word Document"


def unknown(kinds: Iterable[str]) -> Iterator[Found]:
    """Find the kinds of relationship of what no document needs, such as an add-in, a chart or a ribbon."""
    for kind in sorted(set(kinds) - _PLAIN):
        yield f"something that no document needs ({kind})", "remove it"
