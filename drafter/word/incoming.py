"""Reads a Word file from outside within bounds, and refuses it, with the reason, when it isn't a plain contract.

One rule: nothing in the file is opened, fetched or started. What a contract doesn't need and could do harm (macros,
embedded objects, links to files elsewhere) is refused, not cleaned, so that what is kept is what was sent.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from drafter.base.problems import DraftingError, Place, Problem, short
from drafter.values import dataclass
from drafter.word.oxml import elements, package
from drafter.word.oxml.elements import Element
from drafter.word.oxml.package import NotWordError, Package

MOST_MARKS = 1_000_000  # elements' tags and attributes in all parts; a contract of a hundred pages has some 50,000
DEEPEST_STYLE = 50  # styles based on each other; Word's own menus lead to some ten
DEEPEST = 100  # elements within elements; five tables in each other make about 25

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")  # how a file of Office's old formats starts, and an encrypted one


# -- the file -----------------------------------------------------------------------------------


def load(path: Path, name: str = "") -> bytes:
    """Read a Word file that came from outside and return its bytes unchanged; messages call it `name`.

    DraftingError with the first reason when it can't be read or is refused.
    """
    place = Place(name or str(path))
    try:
        data = contents(path)
        read(data)
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except OSError as error:
        why = f"the file can't be read: {error.strerror}"
        raise DraftingError(Problem("unreadable-file", place, why)) from None
    except NotWordError as error:
        hint = "ask for a plain Word Document (.docx)"
        raise DraftingError(Problem("unreadable-file", place, f"the file can't be read: {error}", hint)) from None
    return data


def contents(path: Path) -> bytes:
    """Read a file of at most 50 MB. NotWordError for a larger one, a folder or a device; OSError for a missing one."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise NotWordError("it is a folder")
    if not stat.S_ISREG(found.st_mode):  # to open a pipe would wait for whoever writes into it
        raise NotWordError("it is a device, not a file")
    if found.st_size <= package.LARGEST:
        with path.open("rb") as file:
            data = file.read(package.LARGEST + 1)
        if len(data) <= package.LARGEST:
            return data
    raise NotWordError(f"it is larger than {package.LARGEST // 1_000_000} MB")


def read(data: bytes) -> Package:
    """Unpack a Word file that came from outside and return its parts. NotWordError says why one is refused."""
    parts = opened(data)
    for target in outside(parts):
        raise NotWordError(f"it links to something outside the file, {_quoted(target)}")
    return parts


def opened(data: bytes) -> Package:
    """Do as `read` does, but allow links to outside the file: see `outside`."""
    file = _file(data)
    for reason in (reason for check in CHECKS for reason in check(file)):
        raise NotWordError(reason)
    return _kept(file)


def known(data: bytes) -> Package:
    """Return the parts of a Word file that `opened` has allowed before; nothing in it is looked at again."""
    return _kept(_file(data))


def _file(data: bytes) -> _File:
    if data.startswith(_COMPOUND):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        raise NotWordError("it is protected by a password" if protected else "it is in Word's old format (.doc)")
    parts = package.unpack(data)
    if package.TYPES not in parts:
        raise NotWordError(package.NOT_WORD)
    return _File(parts, _types(_tree(parts, package.TYPES)))


def _kept(file: _File) -> Package:
    kept = {name: part for name, part in file.parts.items() if file.type(name) or name == package.TYPES}
    if not package.find(kept, "officeDocument"):  # the list of types knows no relationships
        raise NotWordError(_damaged(package.TYPES))
    return kept


@dataclass(frozen=True, slots=True)
class _File:
    """The parts, and the content type of each, in lower case. A part without one doesn't belong to the document."""

    parts: Package
    type: Callable[[str], str]

    def is_xml(self, name: str) -> bool:
        """Say whether a part must be XML."""
        return self.type(name).endswith(("xml", "vmldrawing")) or name.casefold().endswith((".xml", ".rels"))


def _types(root: Element) -> Callable[[str], str]:
    names = {
        node.get("PartName", "").casefold(): node.get("ContentType", "") for node in root.iter(f"{_TYPES}Override")
    }
    ends = {node.get("Extension", "").casefold(): node.get("ContentType", "") for node in root.iter(f"{_TYPES}Default")}

    def given(name: str) -> str:
        known = f"/{name}".casefold()
        return names.get(known, ends.get(known.rpartition(".")[2], "")).casefold()

    return given


def _quoted(text: str) -> str:
    return short(repr(text))


# -- what is refused ----------------------------------------------------------------------------


def _macros(file: _File) -> Iterator[str]:
    """Find macros, whatever their parts are called."""
    for name in file.parts:
        if re.search("macroenabled|vbaproject|vbadata", f"{file.type(name)} {name.casefold()}"):
            yield "it holds macros, which are programs: ask for a Word Document (.docx) without them"


def _markup(file: _File) -> Iterator[str]:
    """Find XML that is damaged, unsafe or too much; the later checks rely on this."""
    marks = 0
    for name in filter(file.is_xml, file.parts):
        marks += _marks(file.parts[name])
        if marks > MOST_MARKS:
            yield _TOO_MUCH
        if _tree(file.parts, name).xpath("/*" * (DEEPEST + 1)):
            yield f"its part {_quoted(name)} is nested deeper than {DEEPEST} levels"


def _kind(file: _File) -> Iterator[str]:
    """Find a main part that isn't a Word document's, and parts of it that aren't XML."""
    mains = package.find(file.parts, "officeDocument")
    if len(mains) != 1:
        yield package.NOT_WORD
        return
    found = file.type(mains[0])
    if found != _DOCUMENT:
        yield next((reason for kind, reason in _OTHERS.items() if kind in found), package.NOT_WORD)
    root = _tree(file.parts, mains[0]).tag
    if root != elements.w("document"):
        strict = "it is saved as Strict Open XML: save it as a Word Document (.docx), not Strict"
        yield strict if root == _STRICT else package.NOT_WORD
    for name in (name for kind in _TEXTS for name in package.find(file.parts, kind, mains[0])):
        if not file.is_xml(name):
            yield _damaged(name)


def _styles(file: _File) -> Iterator[str]:
    """Find styles that are based on one another too deep: whoever asks how words look goes through all of them."""
    names = [name for name in file.parts if file.type(name).endswith("wordprocessingml.styles+xml")]
    nodes = [node for name in names for node in _tree(file.parts, name).iter(elements.w("style"))]
    bases = [(node.get(elements.w("styleId"), ""), node.find(elements.w("basedOn"))) for node in nodes]
    based = [(name, base.get(elements.w("val"), "")) for name, base in bases if base is not None]
    for one in (dict(based), dict(reversed(based))):  # two may have the same id
        if _depth(one) > DEEPEST_STYLE:
            yield f"its styles are based on one another more than {DEEPEST_STYLE} levels deep"


def _depth(based: Mapping[str, str]) -> int:
    """Return the length of the longest chain of what is based on what; one that is a circle counts once round."""
    known: dict[str, int] = {}
    for name in based:
        chain: dict[str, None] = {}
        while name in based and name not in known and name not in chain:
            chain[name] = None
            name = based[name]  # noqa: PLW2901  # one step up
        start = 0 if name in chain else known.get(name, 0)
        known |= {one: start + up for up, one in enumerate(reversed(chain), 1)}
    return max(known.values(), default=0)


def _embedded(file: _File) -> Iterator[str]:
    """Find what is embedded: objects, controls, whole files."""
    for name in file.parts:
        if re.search("oleobject|activex|/embeddings/", f"{file.type(name)} /{name.casefold()}"):
            yield f"it holds an embedded object or file, {_quoted(name)}"
    for link in _links(file.parts):
        if link.kind in _EMBEDDING and not link.outside:
            yield f"it holds {_EMBEDDING[link.kind]}, {_quoted(link.target)}"


def _unknown(file: _File) -> Iterator[str]:
    """Find parts that are not XML, a picture, a font or what Word notes about a printer."""
    for name, part in file.parts.items():
        if part and file.type(name) and not file.is_xml(name) and not _BINARY.fullmatch(file.type(name)):
            yield f"it holds something that doesn't belong in a contract, {_quoted(name)}"


def _commands(file: _File) -> Iterator[str]:
    """Find fields that start a program."""
    for name in (name for name in file.parts if "wordprocessingml" in file.type(name) and file.is_xml(name)):
        root = _tree(file.parts, name)
        etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
        codes = "".join(node.text or "" for node in root.iter(elements.w("instrText")))
        simple = (node.get(elements.w("instr"), "") for node in root.iter(elements.w("fldSimple")))
        if any(re.search(r"\bDDE(AUTO)?\b", code, re.IGNORECASE) for code in (codes, *simple)):
            yield "it holds a field that starts a program (DDE)"


# Each check relies on those before it. The first reason found is the one that is given.
CHECKS = (_macros, _markup, _kind, _styles, _embedded, _unknown, _commands)

_TEXTS = ("styles", "numbering", "settings", "header", "footer", "comments", "footnotes", "endnotes")
_OTHERS: Mapping[str, str] = {
    "wordprocessingml.template": "it is a Word template (.dotx): save it as a Word Document (.docx)",
    "spreadsheetml": "it is an Excel workbook",
    "presentationml": "it is a PowerPoint presentation",
}
_EMBEDDING: Mapping[str, str] = {
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control (ActiveX)",
    "aFChunk": "another document inside it",
    "subDocument": "another document inside it",
}
_BINARY = re.compile(
    r"image/.*|application/(x-font.*|vnd\.openxmlformats-officedocument"
    r"\.(obfuscatedfont|wordprocessingml\.printersettings))"
)


# -- XML ----------------------------------------------------------------------------------------

_TOO_MUCH = f"it has more than {MOST_MARKS:,} elements, more than any contract has"
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']utf-?(8|16)[\"']", re.IGNORECASE)


def _marks(xml: bytes) -> int:
    return xml.count(b"<") + xml.count(b"=")


def _tree(parts: Package, name: str) -> Element:
    """Parse a part. NotWordError when it isn't XML in UTF-8 or UTF-16, as the standard asks, or is unsafe."""
    xml = parts[name].replace(b"\0", b"")  # in UTF-16, what is looked for here has a zero beside each letter
    head = xml[:400].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xfe\xff \t\r\n")
    declared = _DECLARATION.match(head)
    if not head.startswith(b"<") or (re.match(rb"<\?xml\s", head) and not declared):
        raise NotWordError(_damaged(name))
    if declared and b"encoding" in declared.group() and not _ENCODING.search(declared.group()):
        raise NotWordError(f"its part {_quoted(name)} is in an encoding that Word doesn't use")
    if b"<!DOCTYPE" in xml:
        raise NotWordError(f"its part {_quoted(name)} declares a document type (DTD), which can do harm")
    if _marks(xml) > MOST_MARKS:
        raise NotWordError(_TOO_MUCH)
    try:
        return package.parse(parts[name])
    except etree.XMLSyntaxError as error:
        raise NotWordError(_damaged(name)) from error


def _damaged(name: str) -> str:
    return f"its part {_quoted(name)} is damaged"


# -- links --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Link:
    """What a part points to: the kind of relationship, as "image", the target, and whether that is outside the file."""

    kind: str
    target: str
    outside: bool


def outside(parts: Package) -> tuple[str, ...]:
    """Return what a Word file would open or fetch from elsewhere: whatever isn't a plain link for a reader to follow.

    A link to the web or to a mail address is plain. So is the path of the template on its author's own disk, which Word
    notes in every file; a template on a server is not, since Word would fetch it.
    """
    found = (link for link in _links(parts) if link.outside)
    return tuple(sorted({link.target for link in found if not _is_plain(link)}))


def kinds(parts: Package) -> frozenset[str]:
    """Return the kinds of all that the parts of a Word file point to, as "image"."""
    return frozenset(link.kind for link in _links(parts))


def _is_plain(link: _Link) -> bool:
    target = unquote(link.target).replace("\\", "/").strip().casefold()
    if link.kind == "hyperlink":
        return target.startswith(("http://", "https://", "mailto:"))
    return link.kind == "attachedTemplate" and _LOCAL.fullmatch(target) is not None


_LOCAL = re.compile(r"(file:///|file://localhost/|/)?([a-z]:/)?[^/:\x00-\x20][^:\x00-\x1f]*")
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def _links(parts: Package) -> Iterator[_Link]:
    for name in (name for name in parts if name.casefold().endswith(".rels")):
        for node in _tree(parts, name).iter(_RELATIONSHIP):
            target, mode = node.get("Target", ""), node.get("TargetMode", "Internal")
            away = mode != "Internal" or _SCHEME.match(target) is not None
            yield _Link(node.get("Type", "").rpartition("/")[2], target, away)
