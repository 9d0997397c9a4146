"""Writes a PDF's title and language, and its claim to be accessible, as the XML that programs look for (XMP)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pypdf.generic import DictionaryObject, NameObject

from drafter.pdf.objects import added, stream

if TYPE_CHECKING:
    from pypdf import PdfWriter

CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"
# The byte order mark is part of the opening, which ISO 16684-1 prescribes.
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{claim}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def write(writer: PdfWriter, *, title: str, language: str, claimed: bool) -> None:
    """Write the title, the language, and where it is claimed, that the file meets PDF/UA-1."""
    claim = CLAIM.decode() + "\n" if claimed else ""
    text = _PACKET.format(title=escape(title), language=escape(language), claim=claim)
    made = stream(text.encode())
    made.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = added(writer, made)


def claimed(catalog: DictionaryObject) -> bool:
    """Return whether a file claims to meet PDF/UA-1, as `write` writes it."""
    found = catalog.get("/Metadata")
    return found is not None and CLAIM in found.get_object().get_data()
