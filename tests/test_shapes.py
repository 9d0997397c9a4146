"""Each part of what we write has the shape of the same part in a file that Word wrote: its root, namespaces and types.

The tables are of 77 files that Word 2013 to 2019 wrote: what they have in common, which editors take for granted.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from pathlib import Path

import generated
import pytest
import small
from lxml import etree

from drafter.comparing import redline
from drafter.contract import walking
from drafter.word import filling, kinds, writer
from drafter.word.oxml import package, roots, traces

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
STAMP = writer.Stamp("Ann Attorney", "2026-11-24")
TYPES = "[Content_Types].xml"

URIS = {
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpi": "http://schemas.microsoft.com/office/word/2010/wordprocessingInk",
    "wne": "http://schemas.microsoft.com/office/word/2006/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
}
TEXT = ("wpc mc o r m v wp14 wp w10 w w14 w15 wpg wpi wne wps", "w14 w15 wp14")
LOOKS = ("mc r w w14 w15", "w14 w15")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# part: its root, the prefixes declared and those that may be ignored, its content type and its type of relationship
SHAPES = {
    "word/document.xml": ("w:document", TEXT, f"{WORDML}.document.main+xml", f"{OFFICE}/officeDocument"),
    "word/header.xml": ("w:hdr", TEXT, f"{WORDML}.header+xml", f"{OFFICE}/header"),
    "word/footer.xml": ("w:ftr", TEXT, f"{WORDML}.footer+xml", f"{OFFICE}/footer"),
    "word/numbering.xml": ("w:numbering", TEXT, f"{WORDML}.numbering+xml", f"{OFFICE}/numbering"),
    "word/comments.xml": ("w:comments", TEXT, f"{WORDML}.comments+xml", f"{OFFICE}/comments"),
    "word/commentsExtended.xml": (
        "w15:commentsEx", TEXT, f"{WORDML}.commentsExtended+xml",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    ),
    "word/settings.xml": (
        "w:settings", ("mc o r m v w10 w w14 w15 sl", "w14 w15"), f"{WORDML}.settings+xml", f"{OFFICE}/settings",
    ),
    "word/styles.xml": ("w:styles", LOOKS, f"{WORDML}.styles+xml", f"{OFFICE}/styles"),
    "word/fontTable.xml": ("w:fonts", LOOKS, f"{WORDML}.fontTable+xml", f"{OFFICE}/fontTable"),
    "docProps/core.xml": (
        "cp:coreProperties", ("cp dc dcterms dcmitype xsi", ""),
        "application/vnd.openxmlformats-package.core-properties+xml",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    ),
    "docProps/app.xml": (
        "Properties", (" vt", ""), "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f"{OFFICE}/extended-properties",
    ),
}  # fmt: skip


def sample(shape: kinds.Shape) -> object:
    match shape:
        case "line":
            return "word"
        case "lines":
            return ("word",)
        case "flag":
            return True
        case "block":
            return ()
        case _:
            return ({name: sample(inner) for name, inner in shape.items()},)


def agreement() -> bytes:
    return writer.write(small.draft(generated.small_library())[0], TEMPLATES / "agreement.docx")


def marked() -> bytes:
    """Write a redline in which a section went, with comments of one line and of two."""
    made = small.draft(generated.small_library())[0]
    article = made.articles[0]
    base = replace(made, articles=(replace(article, sections=article.sections[1:]), *made.articles[1:]))
    comments = {section.id: f"Why {section.id}.\nSo." for section in walking.sections(made)}
    return writer.write_redline(
        redline.compare(base, made), TEMPLATES / "agreement.docx", writer.Notes(STAMP, "", comments)
    )


def other(kind: kinds.Kind) -> bytes:
    values = {name: sample(shape) for name, shape in kind.fields.items()}
    return filling.document(kind, values, TEMPLATES / f"{kind.name}.docx", "A & B")


MADE = {"agreement": agreement, "redline": marked} | {
    kind.name: lambda kind=kind: other(kind) for kind in kinds.ALL if kind is not kinds.AGREEMENT
}


@pytest.mark.parametrize("document", MADE)
def test_every_part_has_the_shape_that_word_gives_it(document):
    parts = package.unpack(MADE[document]())
    types, links = content_types(parts), relationships(parts)
    shown = [name for name in parts if not name.endswith(".rels") and name != TYPES]
    assert shown[0].startswith("word/")
    assert shown[-2:] == ["docProps/app.xml", "docProps/core.xml"]
    for name in shown:
        assert (shape_of(name, parts[name]), types[name], links[name]) == wanted(name), name


def wanted(name: str) -> tuple[tuple[str, dict[str, str], set[str]], str, str]:
    root, (prefixes, ignorable), kind, link = SHAPES[re.sub(r"\d+(?=\.xml)", "", name)]
    return (root, {prefix: URIS[prefix] for prefix in prefixes.split(" ")}, set(ignorable.split())), kind, link


def shape_of(name: str, xml: bytes) -> tuple[str, dict[str, str], set[str]]:
    """Return a part's root, as it is written, the namespaces that it declares, and what may be ignored of them."""
    assert xml.startswith(DECLARATION), name
    root = etree.fromstring(xml)
    said = "" if root.prefix is None else f"{root.prefix}:"
    ignorable = set(root.get(f"{{{URIS['mc']}}}Ignorable", "").split())
    declared = {prefix or "": uri for prefix, uri in root.nsmap.items()}
    mac = {"mo", "mv"}  # what a new document of the library that builds our templates declares more
    return f"{said}{etree.QName(root).localname}", {k: v for k, v in declared.items() if k not in mac}, ignorable


def content_types(parts: package.Package) -> dict[str, str]:
    root = etree.fromstring(parts[TYPES])
    assert [node.tag.rpartition("}")[2] for node in root] == sorted(node.tag.rpartition("}")[2] for node in root)
    overrides = [node for node in root if node.get("PartName")]
    assert overrides[0].get("PartName") == "/word/document.xml"
    assert {f"/{name}" for name in parts} >= {node.get("PartName") for node in overrides}
    return {node.get("PartName")[1:]: node.get("ContentType") for node in overrides}


def relationships(parts: package.Package) -> dict[str, str]:
    """Return the type of the relationship that leads to each part; the ids are those that Word writes, each once."""
    found = {}
    for listed in (name for name in parts if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(listed))
        nodes = list(etree.fromstring(parts[listed]))
        ids = [node.get("Id") for node in nodes]
        assert len(ids) == len(set(ids)) == len([name for name in ids if re.fullmatch(r"rId\d+", name)])
        found |= {posixpath.join(folder, node.get("Target")): node.get("Type") for node in nodes}
    return found


@pytest.mark.parametrize("document", ["agreement", "redline", "memo"])
def test_a_day_that_an_editor_adds_to_the_properties_leaves_them_well_formed(document):
    core = package.unpack(MADE[document]())["docProps/core.xml"]
    more = (
        b'<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-24T00:00:00Z</dcterms:created>'
        b"<cp:lastModifiedBy>Ann</cp:lastModifiedBy><dc:creator>Ann</dc:creator></cp:coreProperties>"
    )
    changed = etree.fromstring(core.replace(b"</cp:coreProperties>", more))
    assert [etree.QName(node).localname for node in changed] == ["title", "created", "lastModifiedBy", "creator"]


def test_what_editors_add_by_text_to_the_body_leaves_it_well_formed():
    body = package.unpack(agreement())["word/document.xml"]
    more = b'<w:body><w:p w14:paraId="1A2B3C4D"><mc:AlternateContent/><w15:collapsed/><wp14:pctWidth/></w:p>'
    etree.fromstring(body.replace(b"<w:body>", more, 1))


def test_each_comment_has_a_thread_to_which_a_reply_can_be_added():
    parts = package.unpack(marked())
    comments = etree.fromstring(parts["word/comments.xml"])
    threads = etree.fromstring(parts["word/commentsExtended.xml"])
    w14, w15, w = (f"{{{URIS[prefix]}}}" for prefix in ("w14", "w15", "w"))
    last = [node.findall(f"{w}p")[-1].get(f"{w14}paraId") for node in comments]
    assert len(last) > 3
    assert [(node.tag, node.get(f"{w15}paraId"), node.get(f"{w15}done")) for node in threads] == [
        (f"{w15}commentEx", number, "0") for number in last
    ]
    every = [node.get(f"{w14}paraId") for node in comments.iter(f"{w}p")]
    assert len(set(every)) == len(every) == 2 * len(last)
    assert all(re.fullmatch(r"[0-7][0-9A-F]{7}", number) for number in every)
    assert b"Ann" not in parts["word/commentsExtended.xml"]
    assert "word/people.xml" not in parts
    assert marked() == marked()


def test_what_numbers_the_paragraphs_of_a_template_is_not_repeated(tmp_path):
    """Word numbers each paragraph at random; a loop would repeat the number, which also tells where it is from."""
    parts = package.unpack((TEMPLATES / "agreement.docx").read_bytes())
    numbered = parts["word/document.xml"].replace(b"<w:p>", b'<w:p w14:paraId="1A2B3C4D" w14:textId="77777777">')
    assert numbered.count(b"1A2B3C4D") > 10
    (tmp_path / "firm.docx").write_bytes(package.pack(parts | {"word/document.xml": numbered}))
    made = package.unpack(writer.write(small.draft(generated.small_library())[0], tmp_path / "firm.docx"))
    assert not any(b"1A2B3C4D" in xml or b"textId" in xml for xml in made.values())


# -- what others declare ------------------------------------------------------------------------


def only(xml: str) -> package.Package:
    """Return a package with a part of one kind, of this XML."""
    types = package.unpack(agreement())[TYPES]
    return {TYPES: types, "word/document.xml": xml.encode()}


@pytest.mark.parametrize(
    ("root", "ignorable"),
    [
        ("", "w14 w15 wp14"),
        (f' xmlns:mc="{URIS["mc"]}" mc:Ignorable="x" xmlns:x="urn:x"', "x w14 w15 wp14"),
        (f" xmlns:ve='{URIS['mc']}' ve:Ignorable='w14' xmlns:w14='{URIS['w14']}'", "w14 w15 wp14"),
        (' xmlns:w15="http://schemas.microsoft.com/office/word/2010/11/wordml"', "w14 wp14"),
        (' xmlns:mc="urn:another"', ""),
        (' x:a="a > b" xmlns:x="urn:x"', "w14 w15 wp14"),
    ],
)
@pytest.mark.parametrize("start", ["", "<?xml version='1.0'?>", DECLARATION.decode(), "<!-- a note -->"])
def test_what_a_part_declares_already_is_left(root, ignorable, start):
    xml = f'{start}<w:document xmlns:w="{URIS["w"]}"{root}><w:body/></w:document>'
    made = etree.fromstring(roots.declared(only(xml))["word/document.xml"])
    assert made.get(f"{{{URIS['mc']}}}Ignorable", "") == ignorable
    assert etree.fromstring(xml.encode()).nsmap.items() <= made.nsmap.items()
    assert made.nsmap.keys() >= set(TEXT[0].split())


def test_the_properties_of_a_file_that_keeps_them_elsewhere_are_not_kept():
    """Some programs keep the properties in a part of a name at random."""
    parts = package.unpack(agreement())
    stray = "package/services/metadata/core-properties/1a2b.psmdcp"
    told = {
        stray: parts["docProps/core.xml"].replace(b"</cp:", b"<dc:creator>Secret Author</dc:creator></cp:"),
        "_rels/.rels": parts["_rels/.rels"].replace(b"docProps/core.xml", f"/{stray}".encode()),
        TYPES: parts[TYPES].replace(
            b"<Override", b'<Default Extension="psmdcp" ContentType="application/vnd.openxmlformats-package.'
            b'core-properties+xml"/><Override', 1,
        ),
    }  # fmt: skip
    made = traces.scrub({name: xml for name, xml in parts.items() if name != "docProps/core.xml"} | told, "Ours")
    assert not any(b"Secret" in xml or b"psmdcp" in xml for xml in made.values())
    assert b"Ours" in made["docProps/core.xml"]
    assert relationships(made)["docProps/core.xml"] == SHAPES["docProps/core.xml"][3]
