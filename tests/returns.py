"""Edits a Word file as another party does, for tests: words replaced or paragraphs added, tracked or without a mark."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

DATE = "2026-09-10T10:{:02}:00Z"
MAIN = "word/document.xml"


def edited(data: bytes, *changes: tuple[str, str, str]) -> bytes:
    """Return a Word file with words replaced in the first run that has them: (author, old, new) for each change.

    A change without an author is not tracked. Old words are never empty; new ones may be.
    """

    def change(xml: str) -> str:
        for number, (author, old, new) in enumerate(changes, 9000):
            xml = _replaced(xml, author, old, new, number)
        return xml

    return _with(data, change)


def everywhere(data: bytes, old: str, new: str) -> bytes:
    """Return a Word file with words replaced wherever they are in one run, without a mark."""
    return _with(data, lambda xml: xml.replace(old, new))


def added(data: bytes, author: str, after: str, words: str) -> bytes:
    """Return a Word file with a new paragraph after the first one that has some words, tracked if it has an author."""

    def change(xml: str) -> str:
        found = next(m for m in re.finditer(r"<w:p[ >](?:(?!</w:p>).)*</w:p>", xml, re.DOTALL) if after in _words(m[0]))
        look = re.search(r"<w:pStyle [^>]*/>", found[0])
        mark = f"<w:rPr><w:ins {_by(author, 9900)}/></w:rPr>" if author else ""
        run = f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
        run = f"<w:ins {_by(author, 9901)}>{run}</w:ins>" if author else run
        made = f"<w:p><w:pPr>{look[0] if look else ''}{mark}</w:pPr>{run}</w:p>"
        return xml[: found.end()] + made + xml[found.end() :]

    return _with(data, change)


def whitened(data: bytes, said: str, words: str) -> bytes:
    """Return a Word file in which the words after some are white: put in there, unless they are there already."""

    def change(xml: str) -> str:
        look = r"((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)"
        found = re.search(rf"<w:r\b[^>]*>{look}<w:t[^>]*>([^<]*?{re.escape(said)})([^<]*)</w:t></w:r>", xml)
        assert found, f"{said!r} is in no one run"
        properties, before, after = found.groups()
        white = f"<w:rPr>{properties[7:-8]}<w:color w:val='FFFFFF'/></w:rPr>"
        runs = ((properties, before), (white, words), (properties, after.removeprefix(words)))
        made = "".join(f'<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r>' for form, text in runs)
        return xml[: found.start()] + made + xml[found.end() :]

    return _with(data, change)


def without(data: bytes, heading: str, author: str = "") -> bytes:
    """Return a Word file without a section of one paragraph below its heading, deleted by an author or silently."""

    def change(xml: str) -> str:
        every = list(re.finditer(r"<w:p[ >](?:(?!</w:p>).)*</w:p>", xml, re.DOTALL))
        at = max(n for n, found in enumerate(every) if _words(found[0]).strip() == heading)
        for found in reversed(every[at : at + 2]):
            xml = xml[: found.start()] + (_struck(found[0], author) if author else "") + xml[found.end() :]
        return xml

    return _with(data, change)


def moved(data: bytes, heading: str, after: str) -> bytes:
    """Return a Word file with a section of one paragraph below its heading moved after a paragraph, without a mark."""

    def change(xml: str) -> str:
        every = [found[0] for found in re.finditer(r"<w:p[ >](?:(?!</w:p>).)*</w:p>", xml, re.DOTALL)]
        at = max(n for n, one in enumerate(every) if _words(one).strip() == heading)
        section = "".join(every[at : at + 2])
        place = max(one for one in every if after in _words(one))
        return xml.replace(section, "", 1).replace(place, place + section, 1)

    return _with(data, change)


def joined(data: bytes, heading: str, author: str) -> bytes:
    """Return a Word file in which the paragraph before a heading is joined with it, tracked."""

    def change(xml: str) -> str:
        every = list(re.finditer(r"<w:p[ >](?:(?!</w:p>).)*</w:p>", xml, re.DOTALL))
        at = max(n for n, found in enumerate(every) if _words(found[0]).strip() == heading)
        before = every[at - 1]
        return xml[: before.start()] + _marked_end(before[0], author) + xml[before.end() :]

    return _with(data, change)


def can(data: bytes, old: str) -> bool:
    """Say whether some words are in one run of a Word file, so that they can be edited."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return re.search(rf"<w:t[^>]*>[^<]*{re.escape(old)}", archive.read(MAIN).decode()) is not None


def within(change: dict[str, str], old: str, new: str) -> bool:
    """Say whether a change that was told is this edit: the words that it replaces, and those that it puts in."""
    line = plain(f"{change['line_before']} {change['before']}")
    after = plain(f"{change['line_after']} {change['after']}")
    is_here = plain(change["after"]) in plain(new) or set(plain(new).split()) - set(plain(old).split()) <= set(
        plain(change["after"]).split()
    )
    return plain(old) in line and plain(new) in after and is_here


def plain(text: str) -> str:
    """Return words without what a program may space otherwise."""
    return " ".join(text.replace("\xa0", " ").split())


def words(data: bytes) -> str:
    """Return the words of a Word file's body."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _words(archive.read(MAIN).decode())


def printed(lines: list[str]) -> bytes:
    """Return a PDF of one page with some lines of text."""
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792 + 14 * len(lines))
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(font)})}  # noqa: SLF001  # pypdf has no public way
    )
    stream = StreamObject()
    shown = (re.sub(r"([\\()])", r"\\\1", line).encode("cp1252", "replace") for line in lines)
    stream.set_data(
        b"BT /F 8 Tf 14 TL 40 %d Td " % (760 + 14 * len(lines))
        + b" ".join(b"(" + s + b") Tj T*" for s in shown)
        + b" ET"
    )
    page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _replaced(xml: str, author: str, old: str, new: str, number: int) -> str:
    look = r"((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)"
    found = re.search(rf"<w:r\b[^>]*>{look}<w:t[^>]*>([^<]*?){re.escape(old)}([^<]*)</w:t></w:r>", xml)
    assert found, f"{old!r} is in no one run"
    properties, before, after = found.groups()

    def run(text: str, tag: str = "t") -> str:
        return f'<w:r>{properties}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>' if text else ""

    middle = run(new)
    if author:
        middle = f"<w:ins {_by(author, 2 * number)}>{middle}</w:ins>" if new else ""
        middle = f"<w:del {_by(author, 2 * number + 1)}>{run(old, 'delText')}</w:del>{middle}"
    return xml[: found.start()] + run(before) + middle + run(after) + xml[found.end() :]


def _struck(paragraph: str, author: str) -> str:
    """Return a paragraph with all of it deleted under tracking."""
    text = re.sub(r"<w:t( [^>]*)?>([^<]*)</w:t>", r'<w:delText xml:space="preserve">\2</w:delText>', paragraph)
    runs = re.sub(r"(?s)<w:r[ >].*?</w:r>", lambda run: f"<w:del {_by(author, 9950)}>{run[0]}</w:del>", text)
    return _marked_end(runs, author)


def _marked_end(paragraph: str, author: str) -> str:
    """Return a paragraph whose end is deleted under tracking."""
    mark = f"<w:rPr><w:del {_by(author, 9960)}/></w:rPr></w:pPr>"
    return paragraph.replace("</w:pPr>", mark, 1)


def _by(author: str, number: int) -> str:
    return f'w:id="{number}" w:author="{author}" w:date="{DATE.format(number // 2 % 60)}"'


def _words(xml: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r"</w:p>", "\n", xml))


def _with(data: bytes, change: Callable[[str], str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in archive.namelist():
            content = archive.read(name)
            out.writestr(name, change(content.decode()).encode() if name == MAIN else content)
    return made.getvalue()
