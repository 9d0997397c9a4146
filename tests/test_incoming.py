"""A Word file from outside: each way in which it could do harm is refused with its reason, within time and memory."""

from __future__ import annotations

import functools
import io
import os
import re
import struct
import subprocess
import sys
import textwrap
import time
import zipfile
import zlib
from pathlib import Path

import docx
import docx_text
import generated
import pytest
import small
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.verifying import verdict
from drafter.word import filling, incoming, reader, writer
from drafter.word.incoming import named
from drafter.word.oxml import package, story

DOCUMENT, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XML = b'<?xml version="1.0" encoding="UTF-8"?>'
RETURNS = Path(__file__).resolve().parents[2] / "shared" / "returned-markup" / "returns"
SECONDS = 30  # more than any refusal takes on a slow machine


@functools.cache
def made():
    return small.draft(generated.small_library())[0]


@functools.cache
def written():
    return writer.write(made(), generated.TEMPLATE)


def parts():
    return docx_text.parts(written())


def packed(content, method=zipfile.ZIP_DEFLATED):
    """Zip parts: a mapping, or pairs when a name comes twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in content.items() if isinstance(content, dict) else content:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, method)
    return out.getvalue()


def changed(name, old, new):
    """Pack the file with words of a part replaced."""
    found = parts()
    assert old in found[name]
    return packed(found | {name: found[name].replace(old, new, 1)})


def with_part(name, content, content_type="", **more):
    """Pack the file with a part more, and its content type."""
    found = parts() | {name: content} | more
    if content_type:
        line = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
        found[TYPES] = found[TYPES].replace(b"</Types>", line)
    return packed(found)


def linked(kind, target, mode=' TargetMode="External"', place=RELS, **more):
    """Pack the file with a relationship more."""
    found = parts() | more
    line = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    found[place] = found.get(place, empty).replace(b"</Relationships>", line)
    return packed(found)


def body(xml):
    return changed(DOCUMENT, b"<w:body>", b"<w:body>" + xml)


def reason(data):
    """Return why a file is refused, and hold that this takes no time."""
    started = time.monotonic()
    with pytest.raises(package.NotWordError) as caught:
        incoming.read(data)
    assert time.monotonic() - started < SECONDS
    return str(caught.value)


# -- what is well -------------------------------------------------------------------------------


def test_a_file_of_our_own_is_read_as_it_is(tmp_path):
    path = tmp_path / "sent.docx"
    path.write_bytes(written())
    assert incoming.load(path) == written()
    assert incoming.read(written()) == docx_text.parts(written())


def test_the_templates_and_examples_are_in_order():
    root = Path(__file__).resolve().parents[1]
    paths = [*root.glob("templates/*.docx"), *root.glob("examples/*/*.docx")]
    assert len(paths) >= 4
    for path in paths:
        incoming.load(path)


def test_a_file_that_word_has_made_is_in_order():
    incoming.load(Path(docx.__file__).parent / "templates" / "default.docx")


def test_what_word_routinely_writes_is_well():
    found = parts()
    types = (
        b'<Default Extension="png" ContentType="image/png"/>'
        b'<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'
        b'<Default Extension="bin" '
        b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings"/>'
        b'<Override PartName="/WORD/THEME/THEME1.XML" '
        b'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    )
    found[TYPES] = found[TYPES].replace(b"</Types>", types)
    more = {
        "word/": b"",
        "word/media/image1.PNG": b"\x89PNG\r\n\x1a\n\0\0<!DOCTYPE",
        "word/fonts/font1.odttf": b"\0\1\2",
        "word/printerSettings1.bin": b"\0\1\2",
        "word/theme/theme1.xml": XML + b"<a/>",
        "customXml/item1.xml": "<?xml version='1.0' encoding='UTF-16'?><a>é</a>".encode("utf-16"),
        "[trash]/0000.dat": b"\0",
    }
    read = incoming.read(packed(found | more))
    assert set(read) == {*found, *more} - {"word/", "[trash]/0000.dat"}, "what has no content type is no part"


# -- the zip ------------------------------------------------------------------------------------


def directory(data):
    """Return where the lines of a zip's directory start."""
    place, found = data.index(b"PK\x01\x02"), []
    while data[place : place + 4] == b"PK\x01\x02":
        found.append(place)
        place += 46 + sum(struct.unpack("<HHH", data[place + 28 : place + 34]))
    return found


def told(data, name, offset, value):
    """Change what the directory tells of an entry."""
    made = bytearray(data)
    for place in directory(data):
        if data[place + 46 :].startswith(name.encode()):
            made[place + offset : place + offset + len(value)] = value
    assert bytes(made) != data
    return bytes(made)


def renamed(new):
    """Pack the file with a part of a name that zipfile would not write."""
    data = with_part("x" * len(new), b"<a/>")
    return data.replace(b"x" * len(new), new.encode())


def overlapping():
    """Make a zip whose many entries all are the same bytes."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = squeezer.compress(bytes(1_000_000)) + squeezer.flush()
    sizes = struct.pack("<III", zlib.crc32(bytes(1_000_000)), len(content), 1_000_000)
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0)
    first = b"PK\x03\x04" + head + b"a" + content
    lines = [b"PK\x01\x02" + struct.pack("<H", 20) + head + bytes(14) + b"a" for _ in range(1500)]
    size = sum(map(len, lines))
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1500, 1500, size, len(first), 0)
    return first + b"".join(lines) + end


ZIPS = {
    "nothing": (lambda: b"", "it is empty"),
    "a text": (lambda: b"Dear Sirs", "it is not a Word file (.docx)"),
    "a PDF": (lambda: b"%PDF-1.7\n", "it is not a Word file (.docx)"),
    "the start of a zip": (lambda: b"PK\x03\x04 broken", "it is damaged, or a part of it is missing"),
    "half a file": (lambda: written()[: len(written()) // 2], "it is damaged"),
    "a file without its last bytes": (lambda: written()[:-10], "it is damaged"),
    "a file after something else": (lambda: b"MZ" + written(), "it is not a Word file"),
    "a zip after a zip": (lambda: packed({"a": b"b"}) + written(), "it is damaged"),
    "an empty zip": (lambda: packed({}), "it is not a Word file"),
    "a zip of something else": (lambda: packed({"a.txt": b"b"}), "it is not a Word file"),
    "no content types": (
        lambda: packed({name: part for name, part in parts().items() if name != TYPES}),
        "it is not a Word file",
    ),
    "a bomb": (lambda: with_part("a.xml", bytes(200_000_000)), "it is larger, or unpacks to more, than 50 MB"),
    "a bomb that tells a small size": (
        lambda: told(with_part("a.xml", bytes(60_000_000)), "a.xml", 24, struct.pack("<I", 100)),
        "it is larger, or unpacks to more, than 50 MB",
    ),
    "many large parts": (
        lambda: packed(parts() | {f"a{n}.xml": bytes(1_000_000) for n in range(60)}),
        "it is larger, or unpacks to more, than 50 MB",
    ),
    "many small parts": (
        lambda: packed(parts() | {f"a{n}.xml": b"" for n in range(2000)}),
        "or 2000 parts",
    ),
    "a million parts": (lambda: b"PK\x03\x04" + 1_000_000 * (b"PK\x01\x02" + bytes(42)), "or 2000 parts"),
    "more than is told": (
        lambda: told(with_part("a.xml", bytes(1000)), "a.xml", 24, struct.pack("<I", 10)),
        "it is damaged",
    ),
    "less than is told": (
        lambda: told(with_part("a.xml", bytes(1000)), "a.xml", 24, struct.pack("<I", 2000)),
        "it is damaged",
    ),
    "another sum": (lambda: told(with_part("a.xml", b"<a/>"), "a.xml", 16, b"abcd"), "it is damaged"),
    "parts that overlap": (overlapping, "it is damaged"),
    "an end beyond the end": (
        lambda: told(with_part("a.xml", b"<a/>"), "a.xml", 20, struct.pack("<I", 2**31)),
        "it is damaged",
    ),
    "another name inside": (lambda: told(with_part("a.xml", b"<a/>"), "a.xml", 46, b"b"), "it is damaged"),
    "a part twice": (
        lambda: packed([*parts().items(), (DOCUMENT, parts()[DOCUMENT])]),
        "two of its parts have the same name, 'word/document.xml'",
    ),
    "a part twice by case": (
        lambda: with_part("word/Document.XML", parts()[DOCUMENT]),
        "two of its parts have the same name, 'word/Document.XML'",
    ),
    "encrypted parts": (lambda: told(written(), DOCUMENT, 8, b"\x01\x00"), "it is protected by a password"),
    "parts packed otherwise": (
        lambda: packed(parts(), zipfile.ZIP_BZIP2),
        "it is packed in a way that Word doesn't use (method 12)",
    ),
}
NAMES = ("/etc/passwd", "../a.xml", "word/../../a.xml", "word/./a.xml", "word//a.xml", r"word\a.xml", r"C:\a.xml",
         "C:/a.xml", "word/a\x07.xml", "word/...")  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("attack", ZIPS)
def test_a_zip_that_is_not_as_word_writes_it_is_refused(attack):
    make, why = ZIPS[attack]
    assert why in reason(make())


@pytest.mark.parametrize("name", NAMES)
def test_a_part_with_a_name_that_leads_elsewhere_is_refused(name):
    assert reason(renamed(name)).startswith("a part of it has a name that Word doesn't use")


def test_a_name_with_a_zero_in_it_is_refused():
    assert "a name that Word doesn't use" in reason(renamed("word/a.xml\0.exe"))


# -- what kind of file it is --------------------------------------------------------------------

KINDS = {
    "a workbook": (
        lambda: changed(TYPES, PLAIN, b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "it is an Excel workbook",
    ),
    "a presentation": (
        lambda: changed(
            TYPES, PLAIN, b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
        ),
        "it is a PowerPoint presentation",
    ),
    "a main part of no type": (lambda: changed(TYPES, PLAIN, b"application/xml"), "it is not a Word file"),
    "another root": (
        lambda: packed(parts() | {DOCUMENT: XML + b"<html/>"}),
        "it is not a Word file",
    ),
    "no main part": (
        lambda: changed("_rels/.rels", b"relationships/officeDocument", b"relationships/other"),
        "it is not a Word file",
    ),
    "two main parts": (
        lambda: linked("officeDocument", "word/styles.xml", "", place="_rels/.rels"),
        "it is not a Word file",
    ),
    "a password": (
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "it is protected by a password",
    ),
    "old Word": (lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500), "it is in Word's old format (.doc)"),
}  # fmt: skip


@pytest.mark.parametrize("attack", KINDS)
def test_what_is_no_word_document_is_refused(attack):
    make, why = KINDS[attack]
    assert why in reason(make())
    with pytest.raises(package.NotWordError):
        incoming.examined(make())


DAMAGED = {
    "a body": (lambda: packed(parts() | {DOCUMENT: XML + b"<w:document"}), "its part 'word/document.xml' is damaged"),
    "styles": (lambda: packed(parts() | {"word/styles.xml": b"MZ"}), "its part 'word/styles.xml' is damaged"),
    "styles that are a picture": (
        lambda: linked("styles", "a.png", "", **{"word/a.png": b"\x89PNG", TYPES: parts()[TYPES].replace(
            b"<Default", b'<Default Extension="png" ContentType="image/png"/><Default', 1)}),
        "its part 'word/a.png' is damaged",
    ),
    "what lists the parts": (lambda: packed(parts() | {RELS: b""}), "its part 'word/_rels/document.xml.rels' is"),
    "what lists the main part": (lambda: packed(parts() | {"_rels/.rels": b"<"}), "its part '_rels/.rels' is damaged"),
    "the types": (lambda: packed(parts() | {TYPES: b"<"}), "its part '[Content_Types].xml' is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_file_in_which_what_is_read_is_damaged_can_be_kept_and_says_why_it_is_not_read(damage):
    make, why = DAMAGED[damage]
    assert why in reason(make())
    assert why in incoming.examined(make()).unread


# -- what would do harm in Word -----------------------------------------------------------------


def found(data, kind):
    """Return what would do harm in a file, which is read all the same and which no template may be; by the kind."""
    looked = incoming.examined(data)
    assert not looked.unread
    assert reader.read(looked.parts, ()).outside
    return [str(one) for one in looked.named if one.kind == kind]


def complex_field(*code):
    sign = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    inner = "".join(one if one.startswith("<") else f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in code)
    return f"{sign % 'begin'}{inner}{sign % 'separate'}<w:r><w:t>x</w:t></w:r>{sign % 'end'}"


def field(*code):
    return lambda: body(f"<w:p>{complex_field(*code)}</w:p>".encode())


def simple(code):
    return lambda: body(f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'.encode())


def template(target):
    return lambda: linked("attachedTemplate", target, place="word/_rels/settings.xml.rels")


def settings_with(xml, **more):
    name = "word/settings.xml"
    end = parts()[name].rindex(b"</w:settings>")
    return packed(parts() | {name: parts()[name][:end] + xml + b"</w:settings>"} | more)


def pane(visibility):
    xml = (
        '<wetp:taskpanes xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11">'
        f'<wetp:taskpane dockstate="right" visibility="{visibility}"/></wetp:taskpanes>'
    )
    return lambda: with_part(
        "word/webextensions/taskpanes.xml", xml.encode(), "application/vnd.ms-office.webextensiontaskpanes+xml"
    )


def picture(content, kind="image/png", end="png"):
    types = parts()[TYPES].replace(
        b"<Default", f'<Default Extension="{end}" ContentType="{kind}"/><Default'.encode(), 1
    )
    return lambda: packed(parts() | {f"word/media/image1.{end}": content, TYPES: types})


SERVER = r"loads a template from \\cityfs01\t\City.dotm when it is opened"
# A sample of each row of the list, by the kind that it is called; more than one where there is more than one way.
NAMED = {
    "template elsewhere": [
        (template(r"\\cityfs01\t\City.dotm"), f"word/settings.xml: {SERVER}"),
        (template("file:///%5C%5Ccityfs01/t/City.dotm"), SERVER),
        (template("file:////cityfs01/t/City.dotm"), SERVER),
        (template("file://cityfs01/t/City.dotm"), SERVER),
        (template(r"file:///\\cityfs01\t\City.dotm"), SERVER),
        (template("file:///%09//server/a.dotm"), r"\\server\a.dotm"),
        (template("https://example.org/a.dotm"), "loads a template from https://example.org/a.dotm when it is opened"),
    ],
    "styles elsewhere": [
        (
            lambda: settings_with(
                b"<w:linkStyles/>",
                **{
                    "word/_rels/settings.xml.rels": (
                        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                        b'<Relationship Id="a" Type="x/attachedTemplate" Target="http://example.org/a.dotm"'
                        b' TargetMode="External"/></Relationships>'
                    )
                },
            ),
            "takes its styles from that template each time it is opened",
        )
    ],
    "fetched": [
        (lambda: linked("image", "http://example.org/a.png"), "fetches a picture from http://example.org/a.png when"),
        (lambda: linked("image", "file:///C:/a.png"), "fetches a picture from file:///C:/a.png"),
        (lambda: linked("image", r"\\server\share\a.png"), r"fetches a picture from \\server\share\a.png"),
        (lambda: linked("image", "http://example.org/a", place="word/_rels/header1.xml.rels"), "word/header1.xml: "),
        (lambda: linked("image", "http://example.org/a", place="word/_RELS/a.xml.RELS"), "fetches a picture"),
        (lambda: linked("image", "http://example.org/a.png", ""), "fetches a picture from http://example.org/a.png"),
        (lambda: linked("image", "http://example.org/a", ' TargetMode="external"'), "fetches a picture"),
        (lambda: linked("oleObject", "https://example.org/a"), "fetches a linked object from https://example.org/a"),
        (lambda: linked("subDocument", "file:///C:/a.docx"), "fetches another document"),
        (lambda: linked("frame", "https://example.org/a.html"), "fetches another page"),
        (lambda: linked("aFChunk", "https://example.org/a.html"), "fetches another document"),
        (lambda: linked("mailMergeSource", "file:///C:/a.csv"), "fetches the data of a mail merge"),
        (lambda: linked("transform", "https://example.org/a.xsl"), "fetches something (transform) from https:"),
        (lambda: body(b'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata '
                      b'src="http://example.org/a.png"/></v:shape></w:pict></w:r></w:p>'), "fetches a picture from"),
    ],
    "opened by a click": [
        (lambda: linked("hyperlink", "file:///C:/a.exe"), "opens file:///C:/a.exe when it is clicked"),
        (lambda: linked("hyperlink", r"\\server\share"), r"opens \\server\share when it is clicked"),
        (lambda: linked("hyperlink", "//server/share"), r"opens \\server\share when it is clicked"),
        (lambda: linked("hyperlink", "javascript:alert(1)"), "opens javascript:alert(1)"),
        (lambda: linked("hyperlink", "java%09script:alert(1)"), "opens java"),
        (lambda: linked("hyperlink", "javascript:1/alert(1)"), "opens javascript:1/alert(1)"),
        (lambda: linked("hyperlink", "ms-word:ofe|u|https://example.org/a"), "opens ms-word:"),
        (simple("HYPERLINK &quot;file:///C:/a.exe&quot;"), "opens file:///C:/a.exe when it is clicked"),
        (simple(r"HYPERLINK &quot;\\\\server\\a&quot;"), "when it is clicked"),
        (lambda: body(b'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-micro'
                      b'soft-com:office:office" o:href="search-ms:a"/></w:pict></w:r></w:p>'), "opens search-ms:a"),
    ],
    "field that starts a program": [
        (lambda: body(b"<w:p><w:r><w:instrText> D<!-- -->DE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\a.exe"
                      b"</w:instrText></w:r></w:p>"), "has a field that starts a program (DDE)"),
        (simple("dde a b"), "has a field that starts a program (DDE)"),
        (field(' DDEAUTO c:\\a.exe "/k b" '), "has a field that starts a program (DDE)"),
        (field(" D", "DE a b"), "has a field that starts a program (DDE)"),
        (field(complex_field(" QUOTE 68 68 69 65 85 84 79 "), " c:\\a.exe "), "a field that starts a program (DDE)"),
        (field(complex_field(" QUOTE 0x44 0x44 0x45 "), " a b "), "has a field that starts a program (DDE)"),
        (field(complex_field(' QUOTE "DDE" '), " a b "), "has a field that starts a program (DDE)"),
        (field(" D", complex_field(" QUOTE 68 69 "), " a b "), "has a field that starts a program (DDE)"),
        (field(" IF 1 = 1 ", complex_field(complex_field("QUOTE 68 68 69"), " a ")), "starts a program (DDE)"),
        (lambda: body(b"<w:p><w:del>" + complex_field(" DDE a b ").replace("instrText", "delInstrText").encode()
                      + b"</w:del></w:p>"), "has a field that starts a program (DDE)"),
    ],
    "field made by a field": [
        (field(complex_field(" REF c "), " a b "), "a field whose command another field makes: x a b"),
        (field(complex_field(" QUOTE 68 68 69 "), " a b "), "a field whose command another field makes: DDE a b"),
        (field('<w:fldSimple w:instr=" REF c "/>', " a"), "a field whose command another field makes: a"),
    ],
    "field that reads": [
        (simple(f"{command} &quot;{target}&quot;"), f"({command}): {shown}")
        for command in ("LINK", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DATABASE", "RD", "EMBED")
        for target, shown in (("http://example.org/a", "http://example.org/a"), (r"\\\\server\\a", r"\\server\a"))
    ],
    "field that does something": [
        (simple("MACROBUTTON AutoOpen here"), "starts a macro when it is clicked (MACROBUTTON)"),
        (simple("PRINT 27"), "sends commands to the printer (PRINT)"),
    ],
    "macros": [
        (
            lambda: changed(TYPES, PLAIN, b"application/vnd.ms-word.document.macroEnabled.main+xml"),
            "word/document.xml: holds macros, which are programs",
        ),
        (lambda: with_part("word/vbaProject.bin", b"\0"), "word/vbaProject.bin: holds macros"),
        (lambda: with_part("word/a.bin", b"\0", "application/vnd.ms-office.vbaProject"), "word/a.bin: holds macros"),
        (lambda: linked("vbaProject", "a.bin", ""), "word/document.xml: holds macros, which are programs, in 'a.bin'"),
    ],
    "add-in": [(pane(1), "which opens by itself"), (pane(0), "which may run")],
    "object": [
        (
            lambda: with_part("word/a.bin", b"\0", "application/vnd.openxmlformats-officedocument.oleObject"),
            "word/a.bin: is an embedded object or file",
        ),
        (
            lambda: with_part("word/embeddings/a.xlsx", b"PK", f"{OFFICE_TYPE}.spreadsheetml.sheet"),
            "word/embeddings/a.xlsx: is an embedded object or file",
        ),
        (lambda: linked("oleObject", "styles.xml", ""), "holds an embedded object or file, 'styles.xml'"),
        (lambda: linked("package", "styles.xml", ""), "holds an embedded object or file"),
    ],
    "control": [
        (
            lambda: with_part("word/activeX/activeX1.xml", b"<a/>", "application/vnd.ms-office.activeX+xml"),
            "word/activeX/activeX1.xml: is a control (ActiveX), which is a program",
        ),
        (lambda: linked("control", "styles.xml", ""), "holds a control (ActiveX), 'styles.xml'"),
    ],
    "other document": [
        (lambda: linked("aFChunk", "a.xml", "", **{"word/a.xml": b"<html/>"}), "takes in another document when"),
        (
            lambda: with_part("word/a.xhtml", b"<!DOCTYPE html><html/>", "application/xhtml+xml", **{
                RELS: parts()[RELS].replace(
                    b"</Relationships>",
                    f'<Relationship Id="rId99" Type="{OFFICE}/aFChunk" Target="a.xhtml"/></Relationships>'.encode(),
                )
            }),
            "takes in another document when it is opened, 'a.xhtml'",
        ),
    ],
    "place for one": [
        (lambda: body(b"<w:p><w:r><w:object/></w:r></w:p>"), "word/document.xml: shows an embedded object"),
        (lambda: body(b"<w:p><w:r><w:control/></w:r></w:p>"), "shows a control (ActiveX)"),
        (lambda: body(b"<w:altChunk/>"), "has a place for another document"),
        (lambda: body(b"<w:p><w:subDoc/></w:p>"), "has a place for another document"),
    ],
    "mail merge": [
        (
            lambda: settings_with(b'<w:mailMerge><w:connectString w:val="DSN=City"/></w:mailMerge>'),
            "word/settings.xml: asks for the data of a mail merge when it is opened: DSN=City",
        ),
        (lambda: settings_with(b"<w:mailMerge><w:odso/></w:mailMerge>"), "asks for the data of a mail merge"),
    ],
    "film": [
        (
            lambda: body(b'<w:p><a:webVideoPr xmlns:a="http://schemas.microsoft.com/office/word/2012/wordprocessing'
                         b'Drawing" embeddedHtml="a"/></w:p>'),
            "holds a film from the web",
        )
    ],
    "another kind of file": [
        (picture(b"MZ\x90\0"), "word/media/image1.png: is called image/png, and holds a program or another file"),
        (picture(b"\x7fELF", "image/x-emf", "emf"), "is called image/x-emf, and holds a program or another file"),
        (picture(b"PK\x03\x04", "image/jpeg", "jpg"), "is called image/jpeg, and holds a program"),
        (picture(b"#!/bin/sh", "application/x-font-ttf", "ttf"), "is called application/x-font-ttf, and holds a prog"),
        (picture(b"<!DOCTYPE html><html>", "image/svg+xml", "svg"), "holds a program or another file"),
        (picture(b"<script>"), "holds a program or another file"),
        (picture(b"words"), "is called image/png, and holds no picture"),
    ],
    "unknown kind of file": [
        (
            lambda: with_part("word/a.exe", b"MZ", "application/x-msdownload"),
            "word/a.exe: is of a kind that no contract needs, application/x-msdownload",
        ),
    ],
    "damaged": [
        (
            lambda: packed(parts() | {"docProps/custom.xml": b"MZ\x90"}),
            "docProps/custom.xml: is damaged; nothing in it was read",
        ),
        (lambda: packed(parts() | {"docProps/core.xml": b"<a:b/>"}), "docProps/core.xml: is damaged"),
        (lambda: packed(parts() | {"docProps/app.xml": b"\xff"}), "docProps/app.xml: is damaged"),
        (lambda: packed(parts() | {"word/theme/theme1.xml": b"<a>"}), "word/theme/theme1.xml: is damaged"),
        (lambda: packed(parts() | {"word/_rels/fontTable.xml.rels": b"<a>"}), "fontTable.xml.rels: is damaged"),
    ],
}  # fmt: skip
WAYS = [(kind, number) for kind, ways in NAMED.items() for number in range(len(ways))]


def test_each_row_of_the_list_of_harm_has_a_sample():
    assert list(NAMED) == list(named.ROWS)
    page = (Path(__file__).resolve().parents[1] / "docs" / "ooxml.md").read_text("utf-8")
    assert re.findall(r"^\| (.+?) \| .+ \| .+ \|$", page.partition("| named |")[2], re.MULTILINE) == list(NAMED)


@pytest.mark.parametrize(("kind", "number"), WAYS)
def test_what_would_do_harm_in_word_is_named_with_its_part_and_the_file_is_read(kind, number):
    make, what = NAMED[kind][number]
    said = found(make(), kind)
    assert any(what in one for one in said), said


@pytest.mark.parametrize("kind", NAMED)
def test_what_would_do_harm_can_not_be_judged_and_is_no_template_where_the_list_says_so(kind):
    make, _ = NAMED[kind][0]
    said = {one.what for one in verdict.compare(written(), make()).findings if one.kind == "unjudged"}
    assert {f"it {one.what}" for one in incoming.examined(make()).named} <= said
    if named.ROWS[kind].template == "refused":
        with pytest.raises(package.NotWordError):
            incoming.plain(make())
    else:
        assert incoming.plain(make())


def test_what_a_file_of_our_own_would_do_is_nothing():
    assert incoming.examined(written()).named == ()


ORDINARY = {
    **{f"a link: {target}": lambda target=target: linked("hyperlink", target) for target in (
        "tel:+19525550100", "#Section_4", "", "attachment.docx", "../files/policy.pdf", "www.example.org/a",
        "www.example.org:8080/a", "example.org", "sms:+1952", "https://www.example.org/a?b=c", "HTTP://example.org",
        "mailto:a@example.org", "?a=b", "page.html#a:b", "ftp://example.org/a", "Exhibit%20A.docx", "http://[bad",
    )},
    **{f"a template: {target}": template(target) for target in (
        r"file:///C:\Users\Ann%20Clerk\AppData\Roaming\Microsoft\Templates\Normal.dotm",
        "file:////Users/ann/Library/Group%20Containers/UBF8T346G9.Office/User%20Content.localized/Templates/Normal.dotm",
        "file:////Applications/Microsoft%20Word.app/Contents/Resources/Normal.dotm",
        "Macintosh%20HD:Users:ann:Normal.dotm", "file:///C:/Users/Ann/Normal.dotm",
        "file:///Users/ann/Library/Normal.dotm", "Normal.dotm",
        "file://localhost/Users/ann/Normal.dotm", "/Users/ann/Library/Group%20Containers/Normal.dotm",
        r"C:\Templates\City.dotx",
    )},
    "old toolbars": lambda: with_part("word/attachedToolbars.bin", b"\0\1", "application/vnd.ms-word.attachedToolbars"),
    "a chart with its numbers": lambda: packed(parts() | {
        "word/charts/chart1.xml": XML + b"<a/>",
        "word/embeddings/Microsoft_Excel_Sheet.xlsx": b"PK\x03\x04",
        "word/charts/_rels/chart1.xml.rels": (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"'
            b' Target="../embeddings/Microsoft_Excel_Sheet.xlsx"/></Relationships>'
        ),
        TYPES: parts()[TYPES].replace(
            b"<Default",
            f'<Default Extension="xlsx" ContentType="{OFFICE_TYPE}.spreadsheetml.sheet"/><Override'
            f' PartName="/word/charts/chart1.xml" ContentType="{OFFICE_TYPE}.drawingml.chart+xml"/><Default'.encode(),
            1,
        ),
    }),
    "a template (.dotx)": lambda: changed(TYPES, PLAIN, PLAIN.replace(b"document.main", b"template.main")),
    "a place in the file": simple(r"HYPERLINK \l &quot;Section_4&quot;"),
    "a page on the web": simple(r"HYPERLINK &quot;https://example.org&quot; \t &quot;_blank&quot;"),
    "a place to type": simple("MACROBUTTON NoMacro [Click here]"),
    "a field that asks": field(" IF ", complex_field(" PAGE "), ' = 1 "a" "b" '),
    "an empty mail merge": lambda: settings_with(b"<w:mailMerge/>"),
    "a jpeg called png": picture(b"\xff\xd8\xff\xe0"),
    "an emf": picture(b"\x01\0\0\0" + bytes(36) + b" EMF", "image/x-emf", "emf"),
    "a drawing with a document type": picture(
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg.dtd"><svg/>',
        "image/svg+xml", "svg",
    ),
    "Strict": lambda: packed(strict(parts())),
    "Strict in UTF-16": lambda: packed(
        strict(parts()) | {DOCUMENT: strict(parts())[DOCUMENT].decode().replace("UTF-8", "UTF-16").encode("utf-16")}
    ),
}  # fmt: skip


def strict(content):
    """Return parts with the names that Strict Open XML has (ISO/IEC 29500-1, annex A)."""
    pattern = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/([\w-]+)")
    new = {b"extended-properties": b"extendedProperties", b"custom-properties": b"customProperties"}

    def renamed(match):
        return b"http://purl.oclc.org/ooxml/" + match[1] + b"/" + new.get(match[2], match[2])

    return {
        name: part if name == TYPES else re.sub(pattern, lambda m: m[0] if m[1] == b"package" else renamed(m), part)
        for name, part in content.items()
    }


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_file_of_an_office_is_read_and_nothing_is_named(name):
    looked = incoming.examined(ORDINARY[name]())
    assert [str(one) for one in looked.named] == []
    assert incoming.read(ORDINARY[name]()) == looked.parts


@pytest.mark.parametrize("name", ["Strict", "Strict in UTF-16"])
def test_a_strict_file_says_what_the_same_file_says_that_is_not(name):
    ids = [section.id for section in contract.sections(made())]
    assert b"purl.oclc.org" in docx_text.parts(ORDINARY[name]())[RELS]
    assert reader.read(incoming.read(ORDINARY[name]()), ids) == reader.read(incoming.read(written()), ids)


def test_a_part_that_nobody_needs_and_that_is_damaged_is_left_out_of_what_is_read():
    read = incoming.read(packed(parts() | {"docProps/custom.xml": b"MZ", "docProps/core.xml": b"<a:b/>"}))
    assert parts().keys() - read.keys() == {"docProps/core.xml"}


@pytest.mark.skipif(not RETURNS.is_dir(), reason="the files are not here")
def test_what_editors_in_a_browser_give_back_is_read():
    for path in sorted(RETURNS.glob("*.docx")):
        looked = incoming.examined(path.read_bytes())
        assert not looked.unread
        assert {one.part for one in looked.named} <= {"docProps/core.xml"}, path.name


# -- XML ----------------------------------------------------------------------------------------

LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)
XMLS = {
    "a billion laughs": (LAUGHS + b"<a>&a11;</a>", "declares a document type"),
    "laughs in an attribute": (LAUGHS + b'<a b="&a11;"/>', "declares a document type"),
    "a quadratic blow": (
        b"<!DOCTYPE a [<!ENTITY b '%s'>]><a>%s</a>" % (b"b" * 100_000, b"&b;" * 100_000),
        "declares a document type",
    ),
    "a file from the disk": (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "declares a document type",
    ),
    "a parameter from the web": (
        b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/a"> %b;]><a/>',
        "declares a document type",
    ),
    "a document type alone": (b"<!DOCTYPE html><html/>", "declares a document type"),
    "a document type after a comment": (b"<!--" + b"-x" * 1000 + b"--><!DOCTYPE a><a/>", "declares a document type"),
    "a document type in UTF-16": ("<!DOCTYPE a><a/>".encode("utf-16"), "declares a document type"),
    "no end": (XML + b"<a>", "is damaged"),
    "no XML": (b"MZ\x90", "is damaged"),
    "nothing": (b"", "is damaged"),
    "an unknown entity": (b"<a>&b;</a>", "is damaged"),
    "an unknown prefix": (b"<a:b/>", "is damaged"),
    "an open declaration": (b"<?xml " + b" " * 500 + b'version="1.0" encoding="IBM037"?><a/>', "is damaged"),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-', "an encoding that Word"),
    "EBCDIC": ('<?xml version="1.0"?><a/>'.encode("cp037"), "is damaged"),
    "Latin-1": (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', "an encoding that Word doesn't use"),
    "depth": (b"<a>" * 110 + b"</a>" * 110, "is nested deeper than 100 levels"),
    "great depth": (b"<a>" * 100_000 + b"</a>" * 100_000, "is damaged"),
    "many elements": (b"<a>" + b"<b/>" * 3_000_000 + b"</a>", "it has more than 1,000,000 elements"),
    "many attributes": (
        b"<a " + b" ".join(b'a%d=""' % n for n in range(2_100_000)) + b"/>",
        "it has more than 1,000,000 elements",
    ),
    "a long text": (b"<a>" + b"x" * 20_000_000 + b"</a>", "is damaged"),
}


HARMLESS = {"is damaged", "an encoding that Word", "an encoding that Word doesn't use"}
PLACES = [
    (attack, name)
    for attack, (xml, _) in XMLS.items()
    for name in ((DOCUMENT,) if len(xml) > 1_000_000 else (DOCUMENT, TYPES, RELS, "customXml/item1.xml"))
    if name != "customXml/item1.xml" or XMLS[attack][1] not in HARMLESS  # in a part that nobody needs
]


@pytest.mark.parametrize(("attack", "name"), PLACES)
def test_xml_that_is_unsafe_is_refused_in_any_part(attack, name):
    xml, why = XMLS[attack]
    assert why in reason(packed(parts() | {name: xml}))


@pytest.mark.parametrize("attack", [attack for attack, (_, why) in XMLS.items() if why in HARMLESS])
def test_xml_that_is_damaged_is_left_out_where_nobody_needs_it(attack):
    xml, _ = XMLS[attack]
    looked = incoming.examined(packed(parts() | {"customXml/item1.xml": xml}))
    assert "customXml/item1.xml" not in looked.parts
    assert [one.part for one in looked.named] == ["customXml/item1.xml"]


def test_the_elements_of_all_parts_are_counted():
    some = b"<a>" + b"<b/>" * 250_000 + b"</a>"
    assert "more than 1,000,000 elements" in reason(packed(parts() | {f"a{n}.xml": some for n in range(4)}))


# -- files and folders --------------------------------------------------------------------------


def refusal(path, name=""):
    started = time.monotonic()
    with pytest.raises(DraftingError) as caught:
        incoming.load(path, name)
    assert time.monotonic() - started < SECONDS
    (problem,) = caught.value.problems
    return problem.code, problem.message


def test_a_file_of_300_mb_is_refused_without_reading_it(tmp_path, monkeypatch):
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    monkeypatch.setattr(Path, "open", None)
    assert refusal(path) == ("unreadable-file", "the file can't be read: it is larger than 50 MB")


def test_a_file_that_is_larger_than_it_said_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "growing.docx"
    path.write_bytes(b"PK\x03\x04" * 10)
    monkeypatch.setattr(package, "LARGEST", 39)
    monkeypatch.setattr(Path, "stat", lambda _path, **_: os.stat_result([0o100644, *[0] * 9]))
    assert refusal(path)[0] == "unreadable-file"


def test_a_folder_a_device_and_nothing_are_refused(tmp_path):
    assert refusal(tmp_path) == ("unreadable-file", "the file can't be read: it is a folder")
    assert refusal(tmp_path / "none.docx", "their.docx") == ("missing-file", "there is no such file")
    assert refusal(Path(os.devnull)) == ("unreadable-file", "the file can't be read: it is a device, not a file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the file system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.docx")
    assert refusal(tmp_path / "pipe.docx")[1].endswith("it is a device, not a file")


def test_the_file_has_the_name_that_it_is_given(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"")
    with pytest.raises(DraftingError) as caught:
        incoming.load(path, "their.docx")
    assert str(caught.value).splitlines() == [
        "their.docx: unreadable-file: the file can't be read: it is empty",
        "  hint: ask for a plain Word Document (.docx)",
    ]


# -- bounds -------------------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a process to a limit of memory")
def test_no_attack_takes_more_than_half_a_gigabyte(tmp_path):
    marks = b"<a>" + b"x<b/>" * 990_000 + b"</a>"
    attacks = {
        "elements": packed(parts() | {DOCUMENT: marks}),
        "parts": packed(parts() | {f"a{n}.xml": bytes(1_000_000) for n in range(60)}),
        "overlap": overlapping(),
        "directory": b"PK\x03\x04" + 1_000_000 * (b"PK\x01\x02" + bytes(42)),
        **{name: ZIPS[name][0]() for name in ("a bomb", "a bomb that tells a small size")},
        **{name: packed(parts() | {DOCUMENT: xml}) for name, (xml, _) in XMLS.items() if len(xml) > 1_000_000},
        "stored": packed(parts() | {DOCUMENT: bytes(49_000_000)}, zipfile.ZIP_STORED),
    }
    for number, data in enumerate(attacks.values()):
        (tmp_path / f"{number}.docx").write_bytes(data)
    script = """
        import pathlib, resource, sys
        from drafter.base.problems import DraftingError
        from drafter.word import incoming
        resource.setrlimit(resource.RLIMIT_AS, (512_000_000, 512_000_000))
        for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
            try:
                incoming.load(path)
            except DraftingError:
                continue
            raise SystemExit(f"{path} was not refused")
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=10 * SECONDS)
    assert result.returncode == 0, result.stderr[-500:]


# -- any damage ---------------------------------------------------------------------------------


def survives(data):
    """Hold that a file is read, section by section, on one side or the other, or kept unread, or refused."""
    try:
        looked = incoming.examined(data)
    except package.NotWordError as error:
        assert str(error)  # noqa: PT017
        return
    assert all(map(str, looked.named))
    if not looked.unread:
        side = story.REJECTED if len(data) % 2 else story.ACCEPTED
        reader.read(looked.parts, [section.id for section in contract.sections(made())], side)


@functools.cache
def squeezed():
    return packed(parts())


@settings(max_examples=often(300), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_file_with_bytes_cut_or_flipped_is_read_or_refused(data):
    whole = data.draw(st.sampled_from([squeezed(), written()]))
    lines = whole.index(b"PK\x01\x02")
    place = data.draw(st.one_of(st.integers(0, len(whole) - 1), st.integers(lines, len(whole) - 1)))
    cut = data.draw(st.integers(0, 40))
    survives(whole[:place] + data.draw(st.binary(max_size=8)) + whole[place + cut :])


@settings(max_examples=often(200), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_file_with_a_damaged_part_is_read_or_refused(data):
    found = parts()
    name = data.draw(st.sampled_from(sorted(found)))
    survives(packed(found | {name: data.draw(generated.damaged(found[name]))}))


def test_a_file_whose_types_know_no_relationships_is_refused():
    found = parts()
    types = found["[Content_Types].xml"].replace(b'<Default Extension="rels"', b'<Default Extension="sler"')
    assert types != found["[Content_Types].xml"]
    with pytest.raises(package.NotWordError, match=r"Content_Types.*damaged"):
        incoming.read(packed(found | {"[Content_Types].xml": types}))


PIECES = (
    b"<w:p>", b"</w:p>", b"<w:r>", b"</w:r>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tr>", b"<w:tc>", b"</w:tc>",
    b"<w:t>a</w:t>", b'<w:ins w:id="1">', b"</w:ins>", b"<w:del>", b"</w:del>", b'<w:fldChar w:fldCharType="begin"/>',
    b'<w:fldChar w:fldCharType="separate"/>', b'<w:fldChar w:fldCharType="end"/>', b"<w:instrText>PAGE</w:instrText>",
    b'<w:bookmarkStart w:id="1" w:name="_c_0123456789ab"/>', b'<w:bookmarkEnd w:id="1"/>', b"<w:txbxContent>",
    b"</w:txbxContent>", b"<w:sdt>", b"</w:sdt>", b"<w:fldSimple>", b"</w:fldSimple>", b"<w:sym/>", b"<w:br/>",
    b"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", b"<w:trPr><w:del/></w:trPr>", b"<?a b?>", b"<!-- a -->",
)  # fmt: skip


@settings(max_examples=often(200), suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_a_body_of_any_pieces_is_read_or_refused(pieces):
    """What is opened is closed at the end, so that most are well-formed and stand where no program puts them."""
    waiting: list[bytes] = []
    xml = b""
    for piece in pieces:
        if piece.startswith(b"</"):
            if not waiting:
                continue
            piece = waiting.pop()  # noqa: PLW2901
        elif not piece.endswith(b"/>") and b"</" not in piece and piece[1:2] not in (b"?", b"!"):
            waiting.append(b"</" + piece[1:].split()[0].rstrip(b">") + b">")
        xml += piece
    survives(body(xml + b"".join(reversed(waiting))))


# -- templates ----------------------------------------------------------------------------------


@functools.cache
def shipped():
    return docx_text.parts(generated.TEMPLATE.read_bytes())


def template_problems(folder, content):
    (folder / "firm.docx").write_bytes(packed(content) if isinstance(content, dict) else content)
    return [(problem.code, problem.message) for problem in filling.check(folder / "firm.docx")]


def with_link(kind, target):
    line = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return shipped() | {RELS: shipped()[RELS].replace(b"</Relationships>", line.encode())}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: shipped() | {"word/vbaProject.bin": b"\0"}, "its part 'word/vbaProject.bin' holds macros"),
        (lambda: strict(shipped()), "it is saved as Strict Open XML"),
        (lambda: shipped() | {"docProps/custom.xml": b"MZ"}, "its part 'docProps/custom.xml' is damaged"),
        (lambda: shipped() | {TYPES: shipped()[TYPES].replace(b"document.main", b"template.main")},
         "it is a Word template (.dotx)"),
        (lambda: shipped() | {DOCUMENT: LAUGHS + b"<a>&a11;</a>"}, "declares a document type"),
        (lambda: shipped() | {"a.xml": b"<a>" * 110 + b"</a>" * 110}, "nested deeper"),
        (lambda: shipped() | {"../a.xml": b"<a/>"}, "a name that Word doesn't use"),
        (lambda: shipped() | {"a.xml": bytes(60_000_000)}, "it is larger, or unpacks to more, than 50 MB"),
        (lambda: bytes.fromhex("D0CF11E0A1B11AE1"), "it is in Word's old format (.doc)"),
        (lambda: {k: v.replace(b'w:val="1"', b'w:val="x"') for k, v in shipped().items()} | {
            "word/numbering.xml": shipped()["word/numbering.xml"].replace(b'w:ilvl="', b'w:ilvl="x')},
         "it is not a Word file"),
        (lambda: shipped() | {RELS: shipped()[RELS].replace(b"relationships/settings", b"relationships/settling")},
         "it has no settings"),
    ],
)  # fmt: skip
def test_a_template_that_could_do_harm_is_refused(content, why, tmp_path):
    ((code, message),) = template_problems(tmp_path, content())
    assert code == "unreadable-template"
    assert why in message


@pytest.mark.parametrize("link", [("image", "http://example.org/a.png"), ("image", "file:///C:/a.png")])
def test_a_template_that_fetches_is_told_what_it_links_to(link, tmp_path):
    assert template_problems(tmp_path, with_link(*link)) == [("outside-file", f"the template links to '{link[1]}'")]


@pytest.mark.parametrize("target", ["file:///C:/a.dotm", "https://example.org/a.dotm", r"\\server\a.dotm"])
def test_a_templates_own_template_is_no_matter_since_it_is_dropped(target, tmp_path):
    assert template_problems(tmp_path, with_link("attachedTemplate", target)) == []


def test_a_folder_without_a_template_is_told(tmp_path):
    result = run("template", "check", tmp_path)
    assert result.exit_code == 1
    assert "missing-file: no template is in this folder" in result.stderr
