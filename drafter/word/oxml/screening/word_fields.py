"""Reads the fields of Word in a template, and finds those that a document may not have.

One rule: a list of what is allowed. A field is a small program that Word runs when the file is opened, printed or
updated; each that is allowed shows only what the same document holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from drafter.values import dataclass
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.screening.stories import Story

# Each field that is allowed, with its switches.
ALLOWED = {
    "PAGE": "",
    "NUMPAGES": "",
    "SECTION": "",
    "SECTIONPAGES": "",
    "REF": "hnprtw",
    "PAGEREF": "hp",
    "NOTEREF": "fhp",
    "STYLEREF": "lnprtw",
    "SEQ": "cnrs",
    "TOC": "bhnoptuwxz",
    "HYPERLINK": "lot",
}
_TEXT = frozenset(map(w, ("instrText", "delInstrText", "t", "delText")))
_PIECE = re.compile(r'"([^"]*)"|\\(\S)|([^\s"\\]+)')
_PICTURE = re.compile(r"[0#x.,+-]+")
_FORMATS = frozenset(
    {
        *("arabic", "arabicdash", "alphabetic", "roman", "ordinal", "cardtext", "ordtext", "hex"),
        *("upper", "lower", "firstcap", "caps", "charformat", "mergeformat"),
    }
)
_PLAIN = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A field that is refused: where it is, its code, what is wrong with it, and what to do."""

    where: str
    code: str
    why: str
    instead: str


@dataclass(slots=True)
class _Open:
    """A field that is being read."""

    code: list[str] = field(default_factory=list)
    read: bool = False  # its code is whole, and its result follows
    computed: bool = False  # a field in its code makes it


def refused(story: Story) -> Iterator[Refused]:
    """Find the fields of a part that are not allowed: simple and complex ones, in any run, and within each other."""
    for code, computed in _codes(story.root):
        if computed:
            yield Refused(story.where, code, "its code holds another field", "write its code out, or leave it out")
        elif story.where == "a comment" and code.upper().startswith("PAGE "):
            continue  # old versions of Word number comments so
        elif found := _wrong(code):
            yield Refused(story.where, code, *found)


def _codes(root: Element) -> Iterator[tuple[str, bool]]:
    """Yield the code of each field, and whether a field within it makes it; a code may be in many runs."""
    waiting: list[_Open] = []
    for node in root.iter(*_TEXT, w("fldChar"), w("fldSimple")):
        if node.tag == w("fldSimple"):
            _compute(waiting)
            yield " ".join(node.get(w("instr"), "").split()), False
        elif node.tag in _TEXT:
            if waiting and not waiting[-1].read:  # Word takes any text before the result for code
                waiting[-1].code.append(node.text or "")
        elif (kind := node.get(w("fldCharType"))) == "begin":
            _compute(waiting)
            waiting.append(_Open())
        elif kind == "separate" and waiting:
            waiting[-1].read = True
        elif kind == "end" and waiting:
            yield _code(waiting.pop())
    yield from map(_code, reversed(waiting))


def _compute(waiting: list[_Open]) -> None:
    if waiting and not waiting[-1].read:
        waiting[-1].computed = True


def _code(found: _Open) -> tuple[str, bool]:
    return " ".join("".join(found.code).split()), found.computed


def _wrong(code: str) -> tuple[str, str] | None:
    """Return what is wrong with a code, and what to do; None for one that is allowed."""
    name, *rest = _PIECE.findall(code) or [("", "", "")]
    kind = (name[2] or name[0]).upper()
    if kind.startswith("="):
        kind = "="
    if kind not in ALLOWED:
        return _REFUSED.get(kind, (_UNKNOWN, f"a template may hold {', '.join(sorted(ALLOWED))}"))
    if kind == "HYPERLINK" and not _is_plain(rest):
        return "it leads to something that is no web or mail address", "give it a web or mail address, or remove it"
    for place, (_, switch, _) in enumerate(rest):
        after = rest[place + 1] if place + 1 < len(rest) else ("", "", "")
        if switch and not _may(switch.lower(), after[0] or after[2], ALLOWED[kind]):
            return f"its switch '\\{switch}' may show other words", "leave that switch out"
    return None


def _may(switch: str, after: str, allowed: str) -> bool:
    if switch == "*":
        return after.lower() in _FORMATS
    return _PICTURE.fullmatch(after) is not None if switch == "#" else switch in allowed


def _is_plain(pieces: list[tuple[str, str, str]]) -> bool:
    if pieces and not pieces[0][1]:
        return _PLAIN.fullmatch(pieces[0][0] or pieces[0][2]) is not None
    return any(switch == "l" for _, switch, _ in pieces)


# -- what is refused ----------------------------------------------------------------------------

_UNKNOWN = "it is not on the list of those that a template may hold"
_KINDS = (
    (
        "INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK DDE DDEAUTO EMBED DATABASE RD",
        "it fetches what it shows from another file or program",
        "put the words or the picture into the template itself",
    ),
    (
        "USERNAME USERINITIALS USERADDRESS AUTHOR LASTSAVEDBY",
        "it tells who opened or saved the file",
        "write the name itself, if every reader may see it",
    ),
    (
        "FILENAME TEMPLATE FILESIZE",
        "it tells where the file was kept, or how it was made",
        "remove it; {{ title }} names the document",
    ),
    (
        "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME REVNUM",
        "it shows another day or number whenever the file is opened, saved or printed",
        "remove it, or write the day itself",
    ),
    (
        "TITLE SUBJECT KEYWORDS COMMENTS DOCPROPERTY DOCVARIABLE INFO NUMWORDS NUMCHARS",
        "it shows a property of the file, which anyone can change unseen",
        "write a field of the template: {{ title }}",
    ),
    (
        "QUOTE IF = COMPARE SET ASK FILLIN MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF SKIPIF ADDRESSBLOCK GREETINGLINE",
        "it makes words of its own when the file is opened or merged",
        "write the words, or a tag of the template: {{ title }}, {%p if status %}",
    ),
    (
        "MACROBUTTON GOTOBUTTON PRINT PRIVATE ADDIN CONTROL HTMLACTIVEX OCX HTMLCONTROL",
        "it can start something in the reader's Word",
        "remove it",
    ),
    (
        "AUTOTEXT AUTOTEXTLIST GLOSSARY",
        "it shows words that each reader's own Word keeps",
        "write the words themselves",
    ),
    (
        "ADVANCE EQ SYMBOL BARCODE DISPLAYBARCODE MERGEBARCODE SHAPE",
        "it draws or moves what it shows, so that it can print other than it reads",
        "write the words or the character themselves",
    ),
    (
        "FORMTEXT FORMCHECKBOX FORMDROPDOWN",
        "it is part of a form, and what is typed there is no answer",
        "use a field of the template: {{ title }}",
    ),
    (
        "TC XE TA INDEX TOA BIBLIOGRAPHY CITATION",
        "its words are hidden, or come from hidden entries",
        "remove it; {{ contents }} is the table of contents",
    ),
    (
        "AUTONUM AUTONUMLGL AUTONUMOUT LISTNUM BIDIOUTLINE",
        "it prints a number that no reference knows",
        "number the paragraph by its style",
    ),
)
_REFUSED = {name: (why, instead) for names, why, instead in _KINDS for name in names.split()} | {
    "": ("it has no code", "remove it")
}
