"""The first list: what is read without a word, and why it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drafter.word.incoming import addresses
from drafter.word.incoming.file import File, Link
from drafter.word.oxml import package

# The parts whose words or looks are read, by the last step of their relationships' types. One that is damaged makes
# the file unreadable; any other part that is damaged is named, and left out of what is read.
NEEDED: Mapping[str, str] = {
    "officeDocument": "it holds the words of the body",
    "header": "it holds words on each page",
    "footer": "it holds words on each page",
    "footnotes": "it holds words of notes",
    "endnotes": "it holds words of notes",
    "comments": "it holds what was said beside the words",
    "styles": "it says which words are headings, and which are hidden",
    "numbering": "it numbers the sections",
    "settings": "it says whether changes are tracked, and which template is used",
}

# Parts in XML that say something of the file, and none of its words.
ASIDE: Mapping[str, str] = {
    "core-properties": "who made the file, and when",
    "extended-properties": "which program saved it",
    "custom-properties": "what an office notes about its files",
    "theme": "the colours of its styles",
    "fontTable": "its fonts",
    "webSettings": "how it would look as a web page",
    "commentsExtended": "which comments are replies",
    "commentsIds": "the numbers of comments",
    "commentsExtensible": "the days of comments",
    "people": "who made the changes",
    "glossaryDocument": "building blocks that are not shown",
}

# What a part may be that isn't XML, by its content type.
BINARY: Mapping[str, str] = {
    r"image/.*": "a picture, which is shown and not run",
    r"application/(x-font.*|vnd\.openxmlformats-officedocument\.obfuscatedfont|vnd\.ms-fontobject)|font/.*":
        "a font that is kept in the file",
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.printersettings|application/vnd\.ms-printing\..*":
        "what Word notes about a printer",
    r"application/vnd\.ms-word\.attachedtoolbars": "toolbars of old versions of Word, which today's don't show",
    r"application/vnd\.openxmlformats-package\.digital-signature-origin": "where the signatures of the file begin",
}  # fmt: skip
_BINARY = re.compile("|".join(f"(?:{kind})" for kind in BINARY))

# What is followed from a link when a reader clicks it, by the scheme of its address.
SCHEMES: Mapping[str, str] = {
    "http": "a page, which opens in a browser",
    "https": "a page, which opens in a browser",
    "mailto": "a mail address",
    "tel": "a telephone number",
    "sms": "a telephone number",
    "fax": "a telephone number",
    "callto": "a telephone number",
    "sip": "a telephone number or an address for calls",
    "sips": "a telephone number or an address for calls",
    "ftp": "a file, which opens in a browser",
    "ftps": "a file, which opens in a browser",
    "": "a place in the same file, or one beside it, or an address without its scheme",
}

# Relationships to what is on the disk of whoever saved the file, and isn't fetched from elsewhere.
LOCAL: Mapping[str, str] = {"attachedTemplate": "Word notes the path of the author's own template in every file"}

CHART_DATA = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # the numbers that a chart was drawn from
)
PICTURES = frozenset(
    f"image/{kind}" for kind in ("png", "jpeg", "jpg", "pjpeg", "gif", "bmp", "x-ms-bmp", "tiff", "webp")
)
PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8|BM|II\*\0|MM\0\*|RIFF....WEBP|\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a"
    rb"|\x01\0\x09\0|\x1f\x8b|....ftyp|\0\0\0\x0cjP|\0\0\x01\0",
    re.DOTALL,
)


def is_plain(link: Link) -> bool:
    """Say whether a link out of the file is one that a reader follows, or a path on its author's own disk."""
    if link.kind == "hyperlink":
        return is_plain_address(link.target)
    return is_own_template(link.kind, link.target)


def is_own_template(kind: str, target: str) -> bool:
    """Say whether a relationship leads to a template on the disk of whoever saved the file."""
    return kind in LOCAL and addresses.is_local(target)


def is_plain_address(target: str) -> bool:
    """Say whether a reader may follow an address: a page, a mail address, a number, a place in or beside the file."""
    return addresses.scheme(target) in SCHEMES and not addresses.is_server(target)


def is_known(kind: str) -> bool:
    """Say whether a content type is that of a part that may be other than XML."""
    return _BINARY.fullmatch(kind) is not None


def is_chart_data(file: File, link: Link) -> bool:
    """Say whether a link is that of a chart to the numbers that it was drawn from."""
    of_chart = "drawingml.chart" in file.type(link.source)
    return link.kind == "package" and not link.outside and of_chart and file.type(link.part) == CHART_DATA


def needed(file: File) -> frozenset[str]:
    """Return the parts without which a file can't be read, and those that list them."""
    mains = package.find(file.parts, "officeDocument")
    found = {name for main in mains for kind in NEEDED for name in package.find(file.parts, kind, main)}
    whole = {package.TYPES, package.rels(""), *mains, *map(package.rels, mains), *found}
    return frozenset(whole & file.parts.keys())


def unneeded(file: File) -> Iterator[str]:
    """Yield the parts that should be XML, and that a file can be read without."""
    whole = needed(file)
    main = package.main(file.parts)
    aside = {name for source in ("", main) for kind in ASIDE for name in package.find(file.parts, kind, source)}
    return (name for name in file.parts if name not in whole and (file.is_xml(name) or name in aside))
