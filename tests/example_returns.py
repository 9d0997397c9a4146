"""The City's two files of the example negotiation: what was sent, changed as a person changes it in Word.

Every person is fictional.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import edits

from drafter import contract
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, element, w

COUNSEL, CHIEF = "Riley Counsel", "Chief Robin Sample"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {  # the parts that hold comments: the kind of the relationship to each, and its content type
    "comments": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        f"{WORDML}.comments+xml",
    ),
    "commentsExtended": (
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        f"{WORDML}.commentsExtended+xml",
    ),
}
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)

# -- what the City changed ----------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Words of a section that become others: tracked by an author, or without a mark where there is none."""

    section: str
    old: str
    new: str
    author: str = ""


@dataclass(frozen=True)
class Deleted:
    """A section that an author deleted."""

    section: str
    author: str


@dataclass(frozen=True)
class Moved:
    """A section that an author moved after another one."""

    section: str
    after: str
    author: str


@dataclass(frozen=True)
class Thread:
    """A comment on words of a section, with the replies to it: (author, words) each."""

    section: str
    on: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Return:
    """A file that came back: its name, its day, the round that was edited, and what was changed in it."""

    name: str
    on: str
    of: str
    changes: tuple[Words | Deleted | Moved, ...]
    thread: Thread | None = None


HANDCUFFS = "no reason to keep a Student in a prone position."
HOURS = "need only their agreement in writing."
LATER = (
    "The Chief may start or end a day’s hours up to 30 minutes later, on two days’ notice to the Site Administrator."
)
APRIL = Return(
    "City comments April 15.docx", "2026-04-15", "01-to-city",
    (
        Deleted("7.4", COUNSEL),
        Words("11.1", "owes no fee, charge, or reimbursement", "must pay the City $110,000 a year", COUNSEL),
        Words("14.2", "30", "90", COUNSEL),
    ),
)  # fmt: skip
MAY = Return(
    "City comments May 6.docx", "2026-05-06", "03-to-city",
    (
        Words("7.2", "must take each", "should, where practicable, take each"),
        Words("7.4", HANDCUFFS, f"{HANDCUFFS} A brief hold to apply handcuffs is not Prone Restraint.", COUNSEL),
        Words("8.6", "24 hours", "five business days", COUNSEL),
        Words("9.1", "week", "month", CHIEF),
        Words("10.2", HOURS, f"{HOURS} {LATER}", CHIEF),
        Words("12.3", "2,000,000", "1,500,000"),
        Moved("13.4", "13.1", COUNSEL),
    ),
    Thread(
        "8.6", "after an employee of the City learns",
        (
            (COUNSEL, "Our records unit is closed on weekends. Can the District live with five business days?"),
            (CHIEF, "Three days would do for us."),
        ),
    ),
)  # fmt: skip

# -- how it is changed --------------------------------------------------------------------------


def returned(sent: Path, came: Return) -> bytes:
    """Return the Word file that comes back of the round in a folder."""
    parts = package.unpack((sent / "outgoing" / "contract.docx").read_bytes())
    main = package.main(parts)
    root = package.parse(parts[main])
    body = root.find(w("body"))
    assert body is not None
    nodes = list(body)
    made = contract.from_json((sent / "contract.json").read_text("utf-8"))
    sections = {part.name: [nodes[place] for place in part.places] for part in edits.parts_of(root, made)}
    for number, change in enumerate(came.changes):
        _change(sections, change, f"{came.on}T10:{number:02}:00Z")
    if came.thread is not None:
        _enclose(sections[came.thread.section], came.thread)
        for name, part in _comments(came.thread, f"{came.on}T11:00:00Z").items():
            parts = package.added(parts, main, f"word/{name}.xml", PARTS[name], part)
    for number, mark in enumerate(root.iter(*map(w, ("ins", "del", "moveFrom", "moveTo"))), 9000):
        mark.set(w("id"), str(number))
    return _packed(parts | {main: package.serialize(root)})


def _change(sections: Mapping[str, Sequence[Element]], change: Words | Deleted | Moved, date: str) -> None:
    """Make one change in the paragraphs of a section."""
    match change:
        case Words():
            _replace(sections[change.section], change, date)
        case Deleted():
            for paragraph in sections[change.section]:
                _mark(paragraph, "del", change.author, date)
        case Moved():
            last = sections[change.after][-1]
            for paragraph in reversed(sections[change.section]):
                made = copy.deepcopy(paragraph)
                _mark(made, "moveTo", change.author, date)
                _mark(paragraph, "moveFrom", change.author, date)
                last.addnext(made)


def _replace(paragraphs: Sequence[Element], change: Words, date: str) -> None:
    """Replace words, from where the old and the new ones differ."""
    run = next(run for one in paragraphs for run in one.iter(w("r")) if change.old in _text(run))
    at, shared = _text(run).index(change.old), _alike(change.old, change.new)
    start, end = at + shared, at + len(change.old)
    old, new = _like(run, _text(run)[start:end]), _like(run, change.new[shared:])
    if change.author:
        for node in old.iter(w("t")):
            node.tag = w("delText")
        gone, come = (element(name, one, author=change.author, date=date) for name, one in (("del", old), ("ins", new)))
        middle = [gone, come] if start < end else [come]
    else:
        middle = [new]
    for node in (_like(run, _text(run)[:start]), *middle, _like(run, _text(run)[end:])):
        if _text(node) or node.tag != w("r"):
            run.addprevious(node)
    _remove(run)


def _mark(paragraph: Element, name: str, author: str, date: str) -> None:
    """Mark a whole paragraph and its end as deleted or moved."""
    properties = paragraph.find(w("pPr"))
    assert properties is not None
    look = properties.find(w("rPr"))
    if look is None:
        look = element("rPr")
        properties.append(look)
    look.insert(
        0, element("ins" if name == "moveTo" else "del" if name == "moveFrom" else name, author=author, date=date)
    )
    for run in list(paragraph.iter(w("r"))):
        holder = element(name, author=author, date=date)
        run.addprevious(holder)
        holder.append(run)
        for node in run.iter(w("t"), w("instrText")) if name == "del" else ():
            node.tag = w("delText") if node.tag == w("t") else w("delInstrText")


def _enclose(paragraphs: Sequence[Element], thread: Thread) -> None:
    """Put the marks of a thread's comments around the words that they are on."""
    run = next(run for one in paragraphs for run in one.iter(w("r")) if thread.on in _text(run))
    before, after = _text(run).split(thread.on)
    ids = range(len(thread.said))
    starts = [element("commentRangeStart", id=n) for n in ids]
    ends = [
        node
        for n in ids
        for node in (element("commentRangeEnd", id=n), element("r", element("commentReference", id=n)))
    ]
    for node in (_like(run, before), *starts, _like(run, thread.on), *ends, _like(run, after)):
        run.addprevious(node)
    _remove(run)


def _comments(thread: Thread, date: str) -> dict[str, bytes]:
    """Return the parts that hold a thread: its comments, and which of them answers which."""
    said = "".join(
        f'<w:comment w:id="{n}" w:author="{author}" w:date="{date}"><w:p w14:paraId="0000000{n + 1}">'
        f"<w:r><w:t>{words}</w:t></w:r></w:p></w:comment>"
        for n, (author, words) in enumerate(thread.said)
    )
    parent = ' w15:paraIdParent="00000001"'
    links = "".join(
        f'<w15:commentEx w15:paraId="0000000{n + 1}"{parent if n else ""} w15:done="0"/>'
        for n in range(len(thread.said))
    )
    return {
        "comments": f"<w:comments {NAMES}>{said}</w:comments>".encode(),
        "commentsExtended": f"<w15:commentsEx {NAMES}>{links}</w15:commentsEx>".encode(),
    }


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), len(min(one, other, key=len))
    )


def _text(run: Element) -> str:
    return "".join(node.text or "" for node in run.iter(w("t")))


def _like(run: Element, words: str) -> Element:
    """Return a run that looks as another one, with other words."""
    look = run.find(w("rPr"))
    text = element("t")
    text.text = words
    text.set(SPACE, "preserve")
    return element("r", *([] if look is None else [copy.deepcopy(look)]), text)


def _remove(node: Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Write the parts as a zip, compressed as Word compresses them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, package.DATE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
