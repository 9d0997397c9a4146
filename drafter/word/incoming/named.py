"""The second list: what would do harm in Word when the file is opened or clicked. It is said, part by part.

The file is kept as it came. `verify` can't judge a file that has any of it and the approved contract hasn't. A row says
whether a template is refused for it here, or by `screen`, which says it in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from lxml import etree

from drafter.base import characters
from drafter.base.problems import short
from drafter.values import dataclass
from drafter.word.incoming import addresses, codes, passed
from drafter.word.incoming.codes import Code
from drafter.word.incoming.file import File, Link, quoted
from drafter.word.oxml.elements import Element, is_on, w
from drafter.word.oxml.package import Package
from drafter.word.oxml.roots import URIS
from drafter.word.oxml.screening import sources
from drafter.word.oxml.screening.stories import Story

Found = Iterable[tuple[str, str]]  # the part that does it, and what it does


@dataclass(frozen=True, slots=True)
class Named:
    """What would do harm in Word: the kind, as the list calls it, the part of the file that does it, and what it does.

    `refused` says that a template with it is refused at the door.
    """

    kind: str
    part: str
    what: str
    refused: bool

    def __str__(self) -> str:
        """Return what does it and what it does, as "word/settings.xml: loads a template from ..."."""
        return f"{self.part}: {self.what}" if self.part else f"the file: {self.what}"


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of harm: why it is one, how it is found, and where a template is refused for it."""

    why: str
    find: Callable[[File], Found]
    template: Literal["refused", "screened"] = "refused"


def named(file: File) -> tuple[Named, ...]:
    """Return everything in a file that would do harm in Word, in the order of the list, each once."""
    found = (
        Named(kind, part, what, row.template == "refused")
        for kind, row in ROWS.items()
        for part, what in row.find(file)
    )
    return tuple(dict.fromkeys(found))


def outside(parts: Package) -> tuple[str, ...]:
    """Return what a Word file would open or fetch from elsewhere: whatever isn't a plain link to follow."""
    found = (link for link in File(parts, lambda _: "").links() if link.outside)
    return tuple(sorted({link.target for link in found if not passed.is_plain(link)}))


# -- links --------------------------------------------------------------------------------------


def _away(file: File) -> Iterator[Link]:
    return (link for link in file.links() if link.outside and not passed.is_plain(link))


def _templates(file: File) -> Found:
    for link in _away(file):
        if link.kind == "attachedTemplate":
            yield link.source, f"loads a template from {addresses.shown(link.target)} when it is opened"


_FETCHED: Mapping[str, str] = {
    "image": "a picture",
    "frame": "another page",
    "aFChunk": "another document",
    "subDocument": "another document",
    "oleObject": "a linked object",
    "mailMergeSource": "the data of a mail merge",
    "mailMergeHeaderSource": "the data of a mail merge",
    "video": "a film",
    "audio": "a sound",
    "media": "a film or a sound",
}


def _fetched(file: File) -> Found:
    for link in _away(file):
        if link.kind not in {"attachedTemplate", "hyperlink"}:
            what = _FETCHED.get(link.kind, f"something ({short(characters.spelled(link.kind))})")
            yield link.source, f"fetches {what} from {addresses.shown(link.target)} when it is opened"
    for name, root in file.stories():
        for target in sources.fetched(Story("", name, root)):
            yield name, f"fetches a picture from {addresses.shown(target)} when it is opened"


def _clicked(file: File) -> Found:
    for link in _away(file):
        if link.kind == "hyperlink":
            yield link.source, _opens(link.target)
    for name, code in _codes(file):
        target = _target(code) if code.command == "HYPERLINK" else ""
        if not (passed.is_plain_address(target) and passed.is_plain_address(target.replace("\\\\", "\\"))):
            yield name, _opens(target)
    for name, root in file.stories():
        for node in root.iterfind(f".//*[@{_HREF}]"):
            if not passed.is_plain_address(target := node.get(_HREF, "")):
                yield name, _opens(target)


_HREF = f"{{{URIS['o']}}}href"


def _opens(target: str) -> str:
    return f"opens {addresses.shown(target)} when it is clicked"


# -- fields -------------------------------------------------------------------------------------

_PROGRAMS = ("DDE", "DDEAUTO")
_READING: Mapping[str, str] = {
    "LINK": "links to what another program has",
    "EMBED": "starts the program of an embedded object",
    "INCLUDETEXT": "takes words from another file",
    "INCLUDE": "takes words from another file",
    "INCLUDEPICTURE": "takes a picture from another file",
    "IMPORT": "takes a picture from another file",
    "DATABASE": "asks a database",
    "RD": "reads another document",
}
_STARTING: Mapping[str, str] = {
    "MACROBUTTON": "starts a macro when it is clicked",
    "PRINT": "sends commands to the printer",
    "HTMLACTIVEX": "starts a control (ActiveX)",
    "CONTROL": "starts a control (ActiveX)",
    "OCX": "starts a control (ActiveX)",
    "ADDIN": "hands data to an add-in",
}


def _codes(file: File) -> Iterator[tuple[str, Code]]:
    return ((name, code) for name, _ in file.stories() for code in file.codes(name))


def _target(code: Code) -> str:
    pieces = [first or second for first, second in re.findall(r'"([^"]*)"|(\S+)', code.text.partition(" ")[2])]
    return next((piece for piece in pieces if not re.fullmatch(r"\\[a-z*]", piece)), "")


def _commands(file: File) -> Found:
    for name, root in file.stories():
        found = file.codes(name)
        whole = "".join(map(codes.words, root.iter(w("instrText"), w("delInstrText"))))
        if any(code.command in _PROGRAMS for code in found) or re.search(r"\bDDE(AUTO)?\b", whole, re.IGNORECASE):
            yield name, "has a field that starts a program (DDE)"


def _made(file: File) -> Found:
    for name, code in _codes(file):
        if code.made:
            yield name, f"has a field whose command another field makes: {_said(code)}"


def _readers(file: File) -> Found:
    for name, code in _codes(file):
        if code.command in _READING:
            said = f": {addresses.shown(code.rest)}" if code.rest else ""
            yield name, f"has a field that {_READING[code.command]} ({code.command}){said}"


def _starters(file: File) -> Found:
    for name, code in _codes(file):
        harmless = code.command == "MACROBUTTON" and code.rest.casefold().startswith("nomacro")
        if code.command in _STARTING and not harmless:
            yield name, f"has a field that {_STARTING[code.command]} ({code.command})"


def _said(code: Code) -> str:
    return short(characters.spelled(code.text))


# -- programs, objects, other documents ---------------------------------------------------------


def _macros(file: File) -> Found:
    for name in file.parts:
        if re.search("macroenabled|vbaproject|vbadata", f"{file.type(name)} {name.casefold()}"):
            yield name, "holds macros, which are programs"
    for link in file.links():
        if link.kind in {"vbaProject", "wordVbaData"}:
            yield link.source, f"holds macros, which are programs, in {quoted(link.target)}"


def _add_ins(file: File) -> Found:
    for name in file.parts:
        if "webextension" in f"{file.type(name)} {name.casefold()}" and not name.endswith(".rels"):
            yield name, f"holds a web add-in, which {'opens by itself' if _opens_itself(file, name) else 'may run'}"


def _opens_itself(file: File, name: str) -> bool:
    if not file.is_whole(name):
        return True
    root = file.tree(name)
    panes = (node.get("visibility") for node in root.iter() if _local(node) == "taskpane")
    properties = (node for node in root.iter() if _local(node) == "property")
    shown = (one.get("value") for one in properties if one.get("name") == "Office.AutoShowTaskpaneWithDocument")
    return any(one in {"1", "true"} for one in (*panes, *shown))


def _local(node: Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _embedded(file: File) -> Found:
    charts = {link.part for link in file.links() if passed.is_chart_data(file, link)}
    for name in (name for name in file.parts if name not in charts):
        if re.search("oleobject|/embeddings/", f"{file.type(name)} /{name.casefold()}") and file.type(name):
            yield name, "is an embedded object or file, which opens in another program"
    for link in file.links():
        if link.kind in {"oleObject", "package"} and not link.outside and link.part not in charts:
            yield link.source, f"holds an embedded object or file, {quoted(link.target)}"


def _controls(file: File) -> Found:
    for name in file.parts:
        if "activex" in f"{file.type(name)} /{name.casefold()}" and file.type(name):
            yield name, "is a control (ActiveX), which is a program"
    for link in file.links():
        if link.kind == "control" and not link.outside:
            yield link.source, f"holds a control (ActiveX), {quoted(link.target)}"


def _documents(file: File) -> Found:
    for link in file.links():
        if link.kind in {"aFChunk", "subDocument"} and not link.outside:
            yield link.source, f"takes in another document when it is opened, {quoted(link.target)}"


_PLACES = {
    w("object"): "shows an embedded object",
    w("control"): "shows a control (ActiveX)",
    w("altChunk"): "has a place for another document, which Word takes in when it opens the file",
    w("subDoc"): "has a place for another document, which Word takes in when it opens the file",
}


def _places(file: File) -> Found:
    for name, root in file.stories():
        yield from ((name, _PLACES[str(node.tag)]) for node in root.iter(*_PLACES))


def _merges(file: File) -> Found:
    for name, root in file.stories():
        for node in root.iter(w("mailMerge")):
            asked = [node.find(w(kind)) for kind in ("connectString", "query", "dataSource")]
            said = [one.get(w("val"), "") for one in asked if one is not None]
            if said or node.find(w("odso")) is not None:
                told = short(characters.spelled("; ".join(filter(None, said))))
                yield name, f"asks for the data of a mail merge when it is opened{f': {told}' if told else ''}"


_FILM = "{http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing}webVideoPr"


def _films(file: File) -> Found:
    for name, root in file.stories():
        if next(root.iter(_FILM), None) is not None:
            yield name, "holds a film from the web, which is a page that runs in the document"


def _styles(file: File) -> Found:
    """Find that a template elsewhere changes how the words look each time the file is opened."""
    elsewhere = any(link.kind == "attachedTemplate" for link in _away(file))
    for name, root in file.stories():
        if elsewhere and any(map(is_on, root.iterfind(w("linkStyles")))):
            yield name, "takes its styles from that template each time it is opened"


# -- parts that aren't what they are called -----------------------------------------------------

_PROGRAM = re.compile(
    rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|#!|\0asm|L\0\0\0\x01\x14\x02\0"
    rb"|MSCF|PK\x03\x04|Rar!|7z\xbc\xaf|\xd0\xcf\x11\xe0|%PDF|\{\\rtf"
    rb"|\s*<(\?xml[^>]*>\s*<)?(script|html|hta:|!doctype html)",
    re.IGNORECASE,
)


def _disguised(file: File) -> Found:
    for name, part in file.parts.items():
        kind = file.type(name)
        if kind and not file.is_xml(name) and passed.is_known(kind) and _PROGRAM.match(part):
            yield name, f"is called {short(characters.spelled(kind))}, and holds a program or another file"
        elif kind in passed.PICTURES and part and not passed.PICTURE.match(part):
            yield name, f"is called {kind}, and holds no picture"


def _strangers(file: File) -> Found:
    for name, part in file.parts.items():
        kind = file.type(name)
        known = re.search("oleobject|activex|/embeddings/|vbaproject|vbadata", f"{kind} /{name.casefold()}")
        if part and kind and not known and not file.is_xml(name) and not passed.is_known(kind):
            yield name, f"is of a kind that no contract needs, {short(characters.spelled(kind))}"


def _damaged(file: File) -> Found:
    for name in passed.unneeded(file):
        if not file.is_whole(name):
            yield name, "is damaged; nothing in it was read"


# -- the list -----------------------------------------------------------------------------------

ROWS: Mapping[str, Row] = {
    "template elsewhere": Row(
        "Word fetches the template, with its macros, from a server when the file is opened",
        _templates, template="screened",
    ),
    "styles elsewhere": Row(
        "words may be hidden or shown by whoever has the template", _styles, template="screened"
    ),
    "fetched": Row(
        "Word fetches it when the file is opened, and tells the server who opened it", _fetched, template="screened"
    ),
    "opened by a click": Row(
        "it opens a file, a place in a network or a program, and not a page in a browser", _clicked, template="screened"
    ),
    "field that starts a program": Row("Word starts a program when the field is updated", _commands),
    "field made by a field": Row(
        "what it does is known only when Word updates it", _made, template="screened"
    ),
    "field that reads": Row(
        "Word fetches a file or data when the field is updated, and shows other words then",
        _readers, template="screened",
    ),
    "field that does something": Row(
        "it starts something in the reader's Word, or at his printer", _starters, template="screened"
    ),
    "macros": Row("they are programs that Word may run", _macros),
    "add-in": Row("it is a page of somebody else's that runs in Word, and can read the document", _add_ins),
    "object": Row("it opens in another program, with all that it holds", _embedded),
    "control": Row("it is a program that Word loads", _controls),
    "other document": Row("its words are taken in when the file is opened, and are not read here", _documents),
    "place for one": Row("an object, a control or another document is shown there", _places, template="screened"),
    "mail merge": Row("Word asks the data's server when the file is opened", _merges, template="screened"),
    "film": Row("it runs a page from the web in the document", _films),
    "another kind of file": Row("a program or another file hides in it", _disguised),
    "unknown kind of file": Row("nobody knows what opens it", _strangers),
    "damaged": Row("what it says is not known; it is a part that nobody reads", _damaged),
}  # fmt: skip
