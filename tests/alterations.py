"""Makes files out of a drafted contract for the tests of `verify`: altered ones, and honest ones that were saved again.

`ROWS` has for each row of the closed list what a file holds of it: where a row says "compared" the file is another
contract, and passes wrongly without the row; where it says "dropped" or "opened" the file is honest, and is refused
without it.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Mapping

import docx
from lxml import etree

from drafter.word.oxml import package
from drafter.word.oxml.package import Package

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
BODY, STYLES, NUMBERS, SETTINGS = "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml"
RUN = '<w:r><w:t xml:space="preserve">The walker must use a leash on each Dog:</w:t></w:r>'
PARAGRAPH = f'<w:p><w:pPr><w:pStyle w:val="SectionText"/><w:keepNext/></w:pPr>{RUN}'
SENTENCE = "The walker must use a leash on each Dog:"

Change = Callable[[Package], Package]


def put(old: str, new: str, part: str = BODY, count: int = 1) -> Change:
    """Return a change that puts one text of a part in the place of another, which must be there."""

    def change(parts: Package) -> Package:
        text = parts[part].decode("utf-8")
        assert old in text, (part, old)
        return parts | {part: text.replace(old, new, count).encode()}

    return change


def swap(pattern: str, new: str, part: str = BODY) -> Change:
    """Do the same by a regular expression."""

    def change(parts: Package) -> Package:
        text, made = re.subn(pattern, new, parts[part].decode("utf-8"), count=1, flags=re.DOTALL)
        assert made, (part, pattern)
        return parts | {part: text.encode()}

    return change


def both(*changes: Change) -> Change:
    """Return several changes as one."""

    def change(parts: Package) -> Package:
        for each in changes:
            parts = each(parts)
        return parts

    return change


def added(kind: str, name: str, content: str, part: str, source: str = BODY) -> Change:
    """Return a change that adds a part to which another leads."""
    kind = kind if kind.startswith("http") else f"{R}/{kind}"
    return lambda parts: package.added(parts, source, name, (kind, content), part.encode())


def run(properties: str, words: str = "must") -> Change:
    """Give words of a sentence properties of their own."""
    before, after = SENTENCE.split(words, 1)
    made = "".join(
        f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'
        for look, text in (("", before), (f"<w:rPr>{properties}</w:rPr>", words), ("", after))
    )
    return put(RUN, made)


def inline(xml: str) -> Change:
    """Put something between the words of a sentence."""
    return put(RUN, RUN.replace("must ", f'must </w:t></w:r>{xml}<w:r><w:t xml:space="preserve">'))


def inside(xml: str) -> Change:
    """Put something into a run, after its words."""
    return put(RUN, RUN.replace("</w:t></w:r>", f"</w:t>{xml}</w:r>"))


def paragraph(properties: str) -> Change:
    """Give a paragraph properties of its own."""
    return put(PARAGRAPH, PARAGRAPH.replace("<w:keepNext/>", f"<w:keepNext/>{properties}"))


def around(before: str, after: str) -> Change:
    """Put something around a run."""
    return put(RUN, f"{before}{RUN}{after}")


def table(properties: str) -> Change:
    """Give the table of the exhibit, which has a style, properties of its own."""
    return put('<w:tblStyle w:val="ContractTable"/>', f'<w:tblStyle w:val="ContractTable"/>{properties}')


def row(properties: str) -> Change:
    """Give the second row of that table properties of its own."""
    return swap(r"(.*<w:trPr><w:cantSplit/>)", rf"\g<1>{properties}")


def cell(properties: str) -> Change:
    """Give the last cell properties of its own."""
    return swap(r"(.*<w:tcPr>)", rf"\g<1>{properties}")


def page(properties: str) -> Change:
    """Give the page properties of its own."""
    return put("</w:sectPr>", f"{properties}</w:sectPr>")


def size(old: str, new: str) -> Change:
    """Change what the page says of its size or margins."""
    return swap(
        rf"(.*<w:{old}[^>]*) w:{new.split('=', maxsplit=1)[0]}=\"[^\"]*\"",
        rf'\g<1> w:{new.split("=", maxsplit=1)[0]}="{new.split("=")[1]}"',
    )


def setting(xml: str) -> Change:
    """Add a setting."""
    return put("</w:settings>", f"{xml}</w:settings>", SETTINGS)


def style(xml: str) -> Change:
    """Add a style."""
    return put("</w:styles>", f"{xml}</w:styles>", STYLES)


def attribute(said: str) -> Change:
    """Give a paragraph an attribute."""
    return put(PARAGRAPH, PARAGRAPH.replace("<w:p>", f"<w:p {said}>"))


def headed(properties: str) -> Change:
    """Give first pages a header with an empty paragraph that has properties of its own."""
    header = f"<w:hdr {W}><w:p><w:pPr>{properties}</w:pPr></w:p></w:hdr>"

    def change(parts: Package) -> Package:
        made = added("header", "word/header9.xml", f"{WORDML}.header+xml", header)(parts)
        found = re.search(rb'<Relationship Id="(\w+)"[^>]*header9', made["word/_rels/document.xml.rels"])
        assert found
        return swap("(<w:sectPr>)", rf'\1<w:headerReference w:type="first" r:id="{found[1].decode()}"/>')(made)

    return change


VOID = f"<w:hdr {W}><w:p><w:r><w:t>VOID</w:t></w:r></w:p></w:hdr>"
LIST = "word/_rels/document.xml.rels"


def doubled(parts: Package) -> Package:
    """Give another header the number that the header has: programs take the one or the other."""
    found = re.search(r'(<Relationship Id=")(\w+)("[^>]*)header1\.xml', parts[LIST].decode())
    assert found
    made = added("header", "word/header9.xml", f"{WORDML}.header+xml", VOID)(parts)
    return swap(r'<Relationship Id="\w+"([^>]*header9)', rf'<Relationship Id="{found[2]}"\1', LIST)(
        swap(r"(<Relationship [^>]*header1\.xml[^>]*/>)(.*)(</Relationships>)", r"\2\1\3", LIST)(made)
    )


def signed(parts: Package) -> Package:
    """Add a digital signature, as Word does: where the signatures begin, and one."""
    kind, content = f"{LINKS}/digital-signature", "application/vnd.openxmlformats-package.digital-signature"
    began = added(f"{kind}/origin", "_xmlsignatures/origin.sigs", f"{content}-origin", "", "")(parts)
    list_of = f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" Type="{kind}/signature" Target="sig1.xml"/>'
    named = f'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="{content}-xmlsignature+xml"/></Types>'
    return put("</Types>", named, package.TYPES)(began) | {
        "_xmlsignatures/_rels/origin.sigs.rels": f"{list_of}</Relationships>".encode(),
        "_xmlsignatures/sig1.xml": b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    }


def in_contents_control(start: str = "", end: str = "") -> tuple[str, str]:
    """Return what is before and after the content of a control that says that it holds a table of contents."""
    said = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{said}</w:sdtPr><w:sdtContent>{start}", f"{end}</w:sdtContent></w:sdt>"


def patterned(kind: str) -> str:
    """Return a shading by a pattern of black lines."""
    return f'<w:shd w:val="{kind}" w:color="000000" w:fill="auto"/>'


def control(properties: str) -> Change:
    """Put a control around words."""
    return around(f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>")


def shaded(fill: str) -> str:
    """Return a shading of one colour."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def field(code: str, printed: str) -> str:
    """Return the runs of a field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{printed}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
THEME = '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="O"><a:themeElements/></a:theme>'
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

MICROSOFT = "http://schemas.microsoft.com/office"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def own_template(path: str) -> bytes:
    """Return the list of what the settings point to: a template at a path."""
    one = f'<Relationship Id="rId1" Type="{R}/attachedTemplate" Target="{path}" TargetMode="External"/>'
    return f'<Relationships xmlns="{LINKS}">{one}</Relationships>'.encode()


_RUN_MARKS = ("strike", "dstrike", "caps", "smallCaps", "i", "webHidden")
_RUN_VALUES = {
    "u": "single", "sz": "2", "color": "F4F4F4", "highlight": "yellow", "vertAlign": "superscript", "position": "20",
    "w": "1", "spacing": "-200",
}  # fmt: skip
_SETTINGS = (
    "view", "rsids", "proofState", "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle",
    "stylePaneFormatFilter", "stylePaneSortMethod", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting",
    "removePersonalInformation", "removeDateAndTime", "saveSubsetFonts", "embedSystemFonts", "embedTrueTypeFonts",
    "autoHyphenation", "hyphenationZone", "consecutiveHyphenLimit", "doNotHyphenateCaps", "shapeDefaults",
    "hdrShapeDefaults", "footnotePr", "endnotePr", "clrSchemeMapping", "defaultTableStyle", "noPunctuationKerning",
    "noLineBreaksAfter", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "savePreviewPicture",
    "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "doNotValidateAgainstSchema",
    "saveInvalidXml", "ignoreMixedContent", "alwaysShowPlaceholderText", "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter", "doNotAutoCompressPictures", "doNotEmbedSmartTags", "doNotIncludeSubdocsInStats",
    "doNotDisplayPageBoundaries", "uiCompat97To2003", "captions", "doNotUseMarginsForDrawingGridOrigin",
    "drawingGridHorizontalOrigin", "drawingGridVerticalOrigin", "noLineBreaksBefore", "strictFirstAndLastChars",
    "autoFormatOverride", "styleLockTheme", "styleLockQFSet", "formsDesign", "clickAndTypeStyle",
    "readModeInkLockDown", "showEnvelope", "summaryLength", "doNotShadeFormData", "showXMLTags",
    "displayBackgroundShape", "doNotDemarcateInvalidXml", "smartTagType", "forceUpgrade", "docVars",
    "writeProtection", "documentType", "attachedSchema",
)  # fmt: skip
_COMPAT = (
    "compatibilityMode", "overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures",
    "doNotFlipMirrorIndents", "differentiateMultirowTableHeaders", "useWord2013TrackBottomHyphenation",
    "allowHyphenationAtTrackBottom", "allowTextAfterFloatingTableBreak", "w:spaceForUL",
    "w:balanceSingleByteDoubleByteWidth", "w:doNotLeaveBackslashAlone", "w:ulTrailSpace", "w:doNotExpandShiftReturn",
    "w:adjustLineHeightInTable", "w:useFELayout", "w:usePrinterMetrics", "w:applyBreakingRules",
    "w:doNotUseEastAsianBreakRules", "w:doNotWrapTextWithPunct", "w:useAltKinsokuLineBreakRules",
    "w:selectFldWithFirstOrLastChar", "w:convMailMergeEsc", "w:useAnsiKerningPairs", "w:cachedColBalance",
    "w:displayHangulFixedWidth",
)  # fmt: skip
_PLAIN = {
    "run": "noProof snapToGrid bCs iCs",
    "paragraph": "suppressAutoHyphens suppressLineNumbers snapToGrid adjustRightInd autoSpaceDE autoSpaceDN "
    "overflowPunct kinsoku keepLines pageBreakBefore",
}
_SESSIONS = "rsidR rsidRPr rsidRDefault rsidP rsidSect rsidTr rsidDel"

ROWS: Mapping[tuple[str, str], Change] = {
    # attributes
    **{("attribute", f"w:{name}"): attribute(f'w:{name}="00AB12CD"') for name in _SESSIONS.split()},
    **{("attribute", f"w14:{name}"): attribute(f'{W14} w14:{name}="00AB12CD"') for name in ("paraId", "textId")},
    ("attribute", "xml:space"): put('<w:t xml:space="preserve">Town of Bark</w:t>', "<w:t>Town of Bark</w:t>"),
    ("attribute", "w:history"): swap(r'(<w:hyperlink w:anchor="[^"]*") w:history="1"', r"\1"),
    ("attribute", "mc:Ignorable"): swap(r' mc:Ignorable="[^"]*"', ""),
    **{("attribute", f"w:{name} off"): put('w:fldCharType="begin"/>', f'w:fldCharType="begin" w:{name}="0"/>')
       for name in ("dirty", "fldLock")},
    # words
    ("words", "w:smartTag"): around('<w:smartTag w:uri="urn:x" w:element="date">', "</w:smartTag>"),
    ("words", "w:smartTagPr"): around(
        '<w:smartTag w:uri="urn:x" w:element="date"><w:smartTagPr><w:attr w:name="d" w:val="1"/></w:smartTagPr>',
        "</w:smartTag>",
    ),
    ("words", "w:sdt"): control('<w:id w:val="7"/>'),
    ("words", "w:proofErr"): inline('<w:proofErr w:type="spellStart"/><w:proofErr w:type="spellEnd"/>'),
    ("words", "w:lastRenderedPageBreak"): inside("<w:lastRenderedPageBreak/>"),
    ("words", "w:bookmarkStart"): inline('<w:bookmarkStart w:id="900" w:name="_GoBack"/><w:bookmarkEnd w:id="900"/>'),
    ("words", "w:bookmarkEnd"): inline('<w:bookmarkStart w:id="900" w:name="_GoBack"/><w:bookmarkEnd w:id="900"/>'),
    ("control", "w:id"): control('<w:id w:val="7"/>'),
    ("control", "w:alias"): control('<w:alias w:val="Walker"/>'),
    ("control", "w:tag"): control('<w:tag w:val="walker"/>'),
    ("control", "w:docPartObj"): swap(
        r'(<w:p><w:pPr><w:pStyle w:val="toc1"/>.*?</w:p>)', r"\1".join(in_contents_control())
    ),
    ("control", "w:rPr"): control('<w:rPr><w:lang w:val="en-US"/></w:rPr>'),
    ("control", "w:sdtEndPr"): around(
        "<w:sdt><w:sdtPr/><w:sdtEndPr><w:rPr><w:b/></w:rPr></w:sdtEndPr><w:sdtContent>", "</w:sdtContent></w:sdt>"
    ),
    # looks of words
    **{("run", f"w:{name}"): run(f"<w:{name}/>") for name in (*_RUN_MARKS, *_PLAIN["run"].split())},
    **{("run", f"w:{name}"): run(f'<w:{name} w:val="{said}"/>') for name, said in _RUN_VALUES.items()},
    ("run", "w:lang"): run('<w:lang w:val="en-GB"/>'),
    ("run", "w:kern"): run('<w:kern w:val="2"/>'),
    ("run", "w14:ligatures"): run(f'<w14:ligatures {W14} w14:val="standardContextual"/>'),
    ("run", "w:szCs"): run('<w:szCs w:val="30"/>'),
    ("run", "w:b"): run("<w:b/>"),
    ("run", "w:shd"): run(shaded("FFF000")),
    ("run", "w:rStyle"): both(
        style('<w:style w:type="character" w:styleId="Plain"><w:name w:val="Plain"/></w:style>'),
        run('<w:rStyle w:val="Plain"/>'),
    ),
    ("run", "w:rFonts.ascii"): run('<w:rFonts w:ascii="Wingdings"/>'),
    ("run", "w:rFonts.hAnsi"): run('<w:rFonts w:hAnsi="Wingdings"/>'),
    ("run", "w:rFonts.hint"): run('<w:rFonts w:hint="eastAsia"/>'),
    ("run", "w:rFonts.eastAsia"): run('<w:rFonts w:eastAsia="MS Mincho"/>'),
    ("run", "w:rFonts.cs"): run('<w:rFonts w:cs="Arial"/>'),
    ("run", "w:webHidden.contents"): swap(
        r'(<w:pStyle w:val="toc1"/>.*?<w:r>)(<w:t )', r"\1<w:rPr><w:webHidden/></w:rPr>\2"
    ),
    ("run", "behind"): cell(shaded("404040")),
    # paragraphs
    **{("paragraph", f"w:{name}"): paragraph(f"<w:{name}/>") for name in _PLAIN["paragraph"].split()},
    ("paragraph", "w:widowControl"): paragraph('<w:widowControl w:val="0"/>'),
    ("paragraph", "w:keepNext"): put(PARAGRAPH, PARAGRAPH.replace("<w:keepNext/>", "")),
    ("paragraph", "w:outlineLvl"): paragraph('<w:outlineLvl w:val="9"/>'),
    ("paragraph", "w:divId"): paragraph('<w:divId w:val="9"/>'),
    ("paragraph", "w:cnfStyle"): paragraph('<w:cnfStyle w:val="000000000000"/>'),
    ("paragraph", "w:pBdr"): paragraph('<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'),
    ("paragraph", "w:rPr"): paragraph('<w:rPr><w:lang w:val="en-GB"/></w:rPr>'),
    ("paragraph", "w:pStyle"): both(
        style('<w:style w:type="paragraph" w:styleId="Same"><w:basedOn w:val="SectionText"/></w:style>'),
        put(PARAGRAPH, PARAGRAPH.replace("SectionText", "Same")),
    ),
    ("paragraph", "w:numPr"): paragraph('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
    ("paragraph", "w:jc"): paragraph('<w:jc w:val="right"/>'),
    ("paragraph", "w:tabs.bar"): paragraph('<w:tabs><w:tab w:val="bar" w:pos="2000"/></w:tabs>'),
    ("paragraph", "w:tabs"): paragraph('<w:tabs><w:tab w:val="left" w:pos="31000"/></w:tabs>'),
    ("paragraph", "w:tabs.contents"): swap(
        r'(<w:pStyle w:val="toc2"/>)', r'\1<w:tabs><w:tab w:val="left" w:pos="1540"/></w:tabs>'
    ),
    ("paragraph", "w:shd"): paragraph(shaded("FFF000")),
    ("paragraph", "w:ind.left"): paragraph('<w:ind w:left="15000"/>'),
    ("paragraph", "w:ind.right"): paragraph('<w:ind w:right="8000"/>'),
    ("paragraph", "w:ind.first"): paragraph('<w:ind w:firstLine="15000"/>'),
    ("paragraph", "w:spacing.before"): paragraph('<w:spacing w:before="9000"/>'),
    ("paragraph", "w:spacing.after"): paragraph('<w:spacing w:after="9000"/>'),
    ("paragraph", "w:spacing.line"): paragraph('<w:spacing w:line="20"/>'),
    ("paragraph", "w:spacing.lineRule"): paragraph('<w:spacing w:lineRule="exact"/>'),
    ("paragraph", "w:bidi"): paragraph("<w:bidi/>"),
    ("paragraph", "aligned"): put('<w:lvlJc w:val="left"/>', '<w:lvlJc w:val="right"/>', NUMBERS),
    ("paragraph", "suffix"): put('<w:suff w:val="tab"/>', '<w:suff w:val="nothing"/>', NUMBERS),
    # tables
    ("table", "w:tblLook"): swap(r'w:firstRow="1"([^>]*)w:val="04A0"', r'w:firstRow="0"\1w:val="0480"'),
    ("table", "w:tblW"): swap(r'<w:tblW w:type="\w+" w:w="\d+"/>', '<w:tblW w:w="9361" w:type="dxa"/>'),
    ("table", "w:tblCaption"): table('<w:tblCaption w:val="Dogs"/>'),
    ("table", "w:tblDescription"): table('<w:tblDescription w:val="Each dog, and its size"/>'),
    **{("table", f"w:tblStyle{of}BandSize"): table(f'<w:tblStyle{of}BandSize w:val="2"/>') for of in ("Row", "Col")},
    ("table", "w:tblBorders"): table('<w:tblBorders><w:top w:val="single" w:sz="4"/></w:tblBorders>'),
    ("table", "w:jc"): table('<w:jc w:val="left"/>'),
    ("table", "w:tblCellMar"): table('<w:tblCellMar><w:top w:w="30" w:type="dxa"/></w:tblCellMar>'),
    ("table", "style"): swap(r'(<w:tblStylePr w:type="firstRow">.*?<w:rPr>)', r"\1<w:vanish/>", STYLES),
    ("table", "w:tblStyle"): both(
        style('<w:style w:type="table" w:styleId="Like"><w:basedOn w:val="ContractTable"/></w:style>'),
        put('<w:tblStyle w:val="ContractTable"/>', '<w:tblStyle w:val="Like"/>'),
    ),
    ("table", "w:tblInd.w"): swap(r"(.*)<w:tblInd [^>]*/>", r'\1<w:tblInd w:w="9000" w:type="dxa"/>'),
    ("table", "w:tblLayout"): swap(r'(.*)<w:tblLayout w:type="\w+"/>', r'\1<w:tblLayout w:type="autofit"/>'),
    ("table", "columns"): swap(r'(.*)<w:gridCol w:w="\d+"/>', r'\1<w:gridCol w:w="1"/>'),
    ("row", "w:cantSplit"): swap(r"(.*)<w:cantSplit/>", r"\1"),
    ("row", "w:tblHeader"): put("<w:tblHeader/>", ""),
    ("row", "w:cnfStyle"): row('<w:cnfStyle w:val="000000000000"/>'),
    ("row", "w:jc"): row('<w:jc w:val="left"/>'),
    ("cell", "w:tcBorders"): cell('<w:tcBorders><w:top w:val="single" w:sz="4"/></w:tcBorders>'),
    ("cell", "w:cnfStyle"): cell('<w:cnfStyle w:val="000000000000"/>'),
    ("cell", "w:shd"): cell(shaded("F8F8F8")),
    ("cell", "w:tcMar"): cell('<w:tcMar><w:top w:w="40" w:type="dxa"/></w:tcMar>'),
    ("cell", "w:vAlign"): cell('<w:vAlign w:val="center"/>'),
    ("cell", "crossed"): cell('<w:tcBorders><w:tl2br w:val="single" w:sz="8"/></w:tcBorders>'),
    ("cell", "w:tcW.w"): swap(r"(.*)<w:tcW [^>]*/>", r'\1<w:tcW w:w="5" w:type="dxa"/>'),
    ("cell", "w:gridSpan"): cell('<w:gridSpan w:val="2"/>'),
    ("cell", "w:vMerge"): cell("<w:vMerge/>"),
    # pages
    ("page", "w:docGrid.type"): swap(r"<w:docGrid ", '<w:docGrid w:type="linesAndChars" '),
    ("page", "w:type"): page('<w:type w:val="nextPage"/>'),
    ("page", "w:formProt"): page('<w:formProt w:val="true"/>'),
    ("page", "w:footnotePr"): page("<w:footnotePr/>"),
    ("page", "w:paperSrc"): page('<w:paperSrc w:first="1"/>'),
    ("page", "w:printerSettings"): page(f'<w:printerSettings xmlns:r="{R}" r:id="rId1"/>'),
    ("page", "w:endnotePr"): page("<w:endnotePr/>"),
    ("page", "w:pgSz.w"): size("pgSz", "w=3000"),
    ("page", "w:pgSz.h"): size("pgSz", "h=3000"),
    ("page", "w:pgSz.orient"): put("<w:pgSz ", '<w:pgSz w:orient="portrait" '),
    ("page", "w:pgSz.code"): put("<w:pgSz ", '<w:pgSz w:code="1" '),
    **{("page", f"w:pgMar.{side}"): size("pgMar", f"{side}=7000")
       for side in ("top", "bottom", "left", "right", "header", "footer", "gutter")},
    ("page", "w:cols.num"): put("<w:cols ", '<w:cols w:num="9" '),
    ("page", "w:cols.space"): size("cols", "space=700"),
    ("page", "w:cols.equalWidth"): put("<w:cols ", '<w:cols w:equalWidth="1" '),
    ("page", "w:cols.sep"): put("<w:cols ", '<w:cols w:sep="1" '),
    ("page", "w:titlePg"): put("<w:titlePg/>", ""),
    ("page", "w:textDirection"): page('<w:textDirection w:val="tbRl"/>'),
    ("page", "w:pgNumType.fmt"): page('<w:pgNumType w:fmt="upperRoman"/>'),
    # settings
    **{("setting", f"w:{name}"): setting(f'<w:{name} w:x="1"/>') for name in _SETTINGS},
    ("setting", "w:documentProtection trackedChanges"): setting(
        '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
    ),
    ("setting", "m:mathPr"): setting(
        '<m:mathPr xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'
    ),
    **{("setting", f"w:{name}"): swap(rf'(<w:{name}\b[^>]*?"[^"]*)"', r'\g<1>1"', SETTINGS) for name in
       ("zoom", "defaultTabStop", "characterSpacingControl", "themeFontLang", "decimalSymbol", "listSeparator")},
    **{("setting", f"w:compat {name}"): put("<w:compat>", f"<w:compat><{name}/>", SETTINGS)
       for name in _COMPAT if name.startswith("w:")},
    **{("setting", f"w:compat {name}"): put(
        "</w:compat>", f'<w:compatSetting w:name="{name}" w:uri="urn:x" w:val="14"/></w:compat>', SETTINGS)
       for name in _COMPAT if not name.startswith("w:")},
    ("setting", "w:documentProtection off"): setting('<w:documentProtection w:edit="forms" w:enforcement="0"/>'),
    ("setting", "w:attachedTemplate"): setting(f'<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/>'),
    ("setting", "sl:schemaLibrary"): setting(
        '<sl:schemaLibrary xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"/>'
    ),
    **{("setting", f"w14:{name}"): setting(f'<w14:{name} {W14} w14:val="0AB12CDE"/>')
       for name in ("docId", "discardImageEditingData", "defaultImageDpi")},
    **{("setting", f"w15:{name}"): setting(
        f'<w15:{name} xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" w15:val="1"/>')
       for name in ("docId", "chartTrackingRefBased")},
    # parts
    ("part", "theme"): added(
        "theme", "word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", THEME
    ),
    ("part", "webSettings"): added(
        "webSettings", "word/webSettings.xml", f"{WORDML}.webSettings+xml", f"<w:webSettings {W}/>"
    ),
    ("part", "extended-properties"): added(
        "extended-properties", "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f'<Properties xmlns="{PROPERTIES}"><Application>Another</Application></Properties>', "",
    ),
    ("part", "custom-properties"): added(
        "custom-properties", "docProps/custom.xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>', "",
    ),
    ("part", "core-properties"): put("</cp:coreProperties>", "<!-- -->\n</cp:coreProperties>", "docProps/core.xml"),
    ("part", "customXml"): added("customXml", "customXml/item1.xml", "application/xml", "<data/>"),
    ("part", "customXmlProps"): both(
        added("customXml", "customXml/item1.xml", "application/xml", "<data/>"),
        added("customXmlProps", "customXml/itemProps1.xml",
              "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", "<props/>"),
    ),
    ("part", "classificationlabels"): added(
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml",
        "application/vnd.ms-office.classificationlabels+xml", "<labels/>", "",
    ),
    **{("part", kind): added(f"http://schemas.microsoft.com/office/{year}/relationships/{kind}", f"word/{kind}.xml",
                             f"{WORDML}.{kind}+xml", f"<{kind}/>")
       for year, kind in (("2011", "people"), ("2011", "commentsExtended"), ("2016/09", "commentsIds"),
                          ("2018/08", "commentsExtensible"))},
    ("part", "intelligence"): added(
        f"{MICROSOFT}/2020/10/relationships/intelligence", "word/intelligence2.xml",
        "application/vnd.ms-office.intelligence2+xml", "<int2:intelligence xmlns:int2='urn:x'/>",
    ),
    ("part", "documenttasks"): added(
        f"{MICROSOFT}/2019/05/relationships/documenttasks", "word/documenttasks/documenttasks1.xml",
        "application/vnd.ms-office.documenttasks+xml", "<t:Tasks xmlns:t='urn:x'/>",
    ),
    ("part", "stylesWithEffects"): lambda parts: added(
        f"{MICROSOFT}/2007/relationships/stylesWithEffects", "word/stylesWithEffects.xml",
        "application/vnd.ms-word.stylesWithEffects+xml", parts[STYLES].decode(),
    )(parts),
    ("part", "keyMapCustomizations"): added(
        f"{MICROSOFT}/2006/relationships/keyMapCustomizations", "word/customizations.xml",
        "application/vnd.ms-word.keyMapCustomizations+xml", "<wne:tcg xmlns:wne='urn:x'/>",
    ),
    ("part", "attachedToolbars"): added(
        f"{MICROSOFT}/2006/relationships/attachedToolbars", "word/attachedToolbars.bin",
        "application/vnd.ms-word.attachedToolbars", "x",
    ),
    ("part", "printerSettings"): added(
        "printerSettings", "word/printerSettings1.bin", f"{WORDML}.printerSettings", "x",
    ),
    **{("part", kind): signed for kind in ("signatureOrigin", "signature")},
    ("part", "thumbnail"): added(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.gif",
        "image/gif", "GIF89a", "",
    ),
    ("part", "attachedTemplate"): lambda parts: parts | {
        "word/_rels/settings.xml.rels": own_template(r"file:///C:\Users\casey\Templates\Normal.dotm")
    },
    ("part", "glossaryDocument"): lambda parts: added(
        "glossaryDocument", "word/glossary/document.xml", f"{WORDML}.document.glossary+xml",
        f"<w:glossaryDocument {W}/>",
    )(parts) | {
        "word/glossary/_rels/document.xml.rels": package.DECLARATION + (
            f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" Type="{R}/styles" Target="styles.xml"/>'
            "</Relationships>").encode(),
        "word/glossary/styles.xml": f"<w:styles {W}/>".encode(),
    },
    **{("part", kind): added(kind, f"word/{kind}.xml", f"{WORDML}.{kind}+xml", f"<w:{kind} {W}/>")
       for kind in ("footnotes", "endnotes", "comments")},
}  # fmt: skip
# Rows without which the approved file itself would not be read, so that every file differs.
NEEDED = frozenset(
    {("words", f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "hyperlink", "fldSimple", "sdtContent")}
    | {
        ("part", name)
        for name in ("officeDocument", "styles", "numbering", "settings", "fontTable", "header", "footer")
    }
    | {("part", "hyperlink"), ("paragraph", "w:sectPr"), ("page", "w:headerReference"), ("page", "w:footerReference")}
)
HYPERLINK = both(
    put(RUN, RUN.replace("<w:r>", '<w:hyperlink r:id="rId77"><w:r>').replace("</w:r>", "</w:r></w:hyperlink>")),
    swap(
        "</Relationships>",
        f'<Relationship Id="rId77" Type="{R}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels",
    ),
)
WORDS = re.compile(r"<w:t(?: xml:space=\"preserve\")?>([^<&]*)</w:t>")


def split(dice: random.Random) -> Change:
    """Return a change that divides runs in two, as Word does at each edit and spelling mistake."""

    def divided(match: re.Match[str]) -> str:
        look, text = match.group(1) or "", match.group(2)
        if len(text) < 4 or dice.random() < 0.5:
            return match.group()
        at = dice.randrange(1, len(text))
        halves = (f'<w:r>{look}<w:t xml:space="preserve">{half}</w:t></w:r>' for half in (text[:at], text[at:]))
        return '<w:proofErr w:type="spellStart"/>'.join(halves)

    def change(parts: Package) -> Package:
        text = parts[BODY].decode("utf-8")
        made = re.sub(
            r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: xml:space="preserve")?>([^<&]*)</w:t></w:r>',
            divided,
            text,
        )
        return parts | {BODY: made.encode()}

    return change


ENTRY = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="toc\d"/>)(</w:pPr>(?:(?!</w:p>|<w:hyperlink).)*)<w:hyperlink w:anchor="(\w+)" '
    r'w:history="1"><w:r><w:t xml:space="preserve">([^<]*)</w:t><w:tab/><w:t xml:space="preserve">([^<]*)</w:t></w:r>'
    r"(?:(?!</w:hyperlink>).)*</w:hyperlink>"
)
FIELD = '<w:r><w:rPr><w:noProof/><w:webHidden/></w:rPr><w:fldChar w:fldCharType="{}"/></w:r>'


def updated(parts: Package) -> Package:
    """Update the table of contents as Word's F9 does: new entries, each with marks of its own, tabs, looks and a page.

    The order and the names of what is written are those of Word 2021.
    """
    text = parts[BODY].decode("utf-8")
    own = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"/><w:noProof/>'
    own += '<w:kern w:val="2"/><w:sz w:val="24"/><w:szCs w:val="24"/><w14:ligatures w14:val="standardContextual"/>'
    tabs = '<w:tabs><w:tab w:val="left" w:pos="1540"/><w:tab w:val="right" w:leader="dot" w:pos="9350"/></w:tabs>'
    link = '<w:r><w:rPr><w:rStyle w:val="Hyperlink"/><w:noProof/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    marks: dict[str, str] = {}

    def entry(found: re.Match[str]) -> str:
        start, rest, mark, number, heading = found.groups()
        marks[mark] = name = f"_Toc{176543210 + len(marks)}"
        page = (
            FIELD.format("begin")
            + f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
            + FIELD.format("separate")
            + f"<w:r><w:t>{len(marks) // 9 + 2}</w:t></w:r>"
            + FIELD.format("end")
        )
        return (
            f'{start}{tabs}<w:rPr>{own}</w:rPr>{rest}<w:hyperlink w:anchor="{name}" w:history="1">{link.format(number)}'
            f"<w:r><w:rPr>{own}</w:rPr><w:tab/></w:r>{link.format(heading)}"
            f"<w:r><w:rPr><w:webHidden/></w:rPr><w:tab/></w:r>{page}</w:hyperlink>"
        )

    text = ENTRY.sub(entry, text)
    for number, (mark, name) in enumerate(marks.items()):
        start = f'<w:bookmarkStart w:id="{7000 + number}" w:name="{name}"/>'
        text = re.sub(
            rf'<w:bookmarkStart [^>]*w:name="{mark}"[^>]*/>',
            lambda found, more=start + f'<w:bookmarkEnd w:id="{7000 + number}"/>': more + found.group(),
            text,
        )
    assert marks
    named = text if W14 in text else text.replace("<w:document ", f"<w:document {W14} ", 1)
    return parts | {BODY: named.encode()}


# -- files that were only saved again: what programs write otherwise in all of a file -----------------------------


def everywhere(pattern: str, new: str | Callable[[re.Match[str]], str], *names: str) -> Change:
    """Put a text in the place of what a regular expression finds, wherever it is in some parts, or in all."""

    def change(parts: Package) -> Package:
        chosen = names or tuple(name for name in parts if name.startswith("word/") and name.endswith(".xml"))
        made = {name: re.sub(pattern, new, parts[name].decode("utf-8"), flags=re.DOTALL) for name in chosen}
        assert any(made[name].encode() != parts[name] for name in chosen), pattern
        return parts | {name: text.encode() for name, text in made.items()}

    return change


def _by_python_docx(parts: Package) -> Package:
    out = io.BytesIO()
    docx.Document(io.BytesIO(package.pack(parts))).save(out)
    return package.unpack(out.getvalue())


def _indented(parts: Package) -> Package:
    made = dict(parts)
    for name in (BODY, STYLES, NUMBERS, SETTINGS):
        made[name] = etree.tostring(etree.fromstring(parts[name]), pretty_print=True, xml_declaration=True)
    return made


def _attributes_turned(found: re.Match[str]) -> str:
    return found[1] + " ".join(reversed(re.findall(r'[\w:]+="[^"]*"', found[2]))) + found[3]


def _joined(parts: Package) -> Package:
    """Join runs side by side that look alike, as programs do that keep no sessions."""
    run = r'<w:r>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: xml:space="preserve")?>([^<]*)</w:t></w:r>'
    both = re.compile(rf'{run}<w:r>(?P=look)<w:t(?: xml:space="preserve")?>([^<]*)</w:t></w:r>')
    text = split(random.Random(7))(parts)[BODY].decode().replace('<w:proofErr w:type="spellStart"/>', "")  # noqa: S311
    made = both.sub(r'<w:r>\g<look><w:t xml:space="preserve">\2\3</w:t></w:r>', text)
    return parts | {BODY: made.encode()}


def _numbered_anew(parts: Package) -> Package:
    """Give lists other numbers, as a program does that writes them in another order."""
    numbers = everywhere(
        r'(w:(?:numId|abstractNumId)(?: w:val)?="|<w:num w:numId=")(\d+)',
        lambda found: f"{found[1]}{int(found[2]) + 40 if found[2] != '0' else 0}",
    )
    return numbers(parts)


def _styles_renamed(parts: Package) -> Package:
    """Give styles other ids, as Word does in another language; their names stay."""
    ids = dict.fromkeys(re.findall(r'w:styleId="(\w+)"', parts[STYLES].decode()))
    tags = r'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="|w:styleId=")(\w+)"'
    return everywhere(tags, lambda found: f'{found[1]}{"Z" * (found[2] in ids)}{found[2]}"')(parts)


RESAVED: Mapping[str, Change] = {
    "python-docx": _by_python_docx,
    "python-docx, twice": lambda parts: _by_python_docx(_by_python_docx(parts)),
    "Word's F9": updated,
    "Word's F9, then python-docx": lambda parts: _by_python_docx(updated(parts)),
    "runs divided": split(random.Random(1)),  # noqa: S311  # a place is no secret
    "runs divided, then F9": lambda parts: split(random.Random(2))(updated(parts)),  # noqa: S311
    "runs joined": _joined,
    "lines of XML": _indented,
    "attributes in another order": everywhere(r"(<w:\w+ )([^<>]*?)(/?>)", _attributes_turned, BODY),
    "another prefix": everywhere(r"(</?|\s|xmlns:)w(:|=)", r"\1ns0\2", BODY),
    "paragraphs with ids": everywhere(
        r"<w:p>", f'<w:p {W14} w:rsidR="00AB12CD" w:rsidRDefault="00EF3456" w14:paraId="1A2B3C4D" w14:textId="7">'
    ),
    "a language on every run": everywhere(
        r"<w:r>(?:<w:rPr>)?(<w:t)", r'<w:r w:rsidRPr="00AB12CD"><w:rPr><w:lang w:val="en-US"/></w:rPr>\1', BODY
    ),
    "spelling marks": everywhere(
        r"(<w:r>(?:(?!</w:r>).)*</w:r>)", r'<w:proofErr w:type="spellStart"/>\1<w:proofErr w:type="spellEnd"/>', BODY
    ),
    "smart tags": everywhere(
        r"(<w:r><w:t[^>]*>[^<]*</w:t></w:r>)", r'<w:smartTag w:uri="urn:x" w:element="place">\1</w:smartTag>', BODY
    ),
    "places of rendered pages": everywhere(r"(<w:r>)(<w:t)", r"\1<w:lastRenderedPageBreak/>\2", BODY),
    "marks with other numbers": everywhere(
        r'(<w:bookmark(?:Start|End)[^>]* w:id="|<w:bookmark(?:Start|End) w:id=")(\d+)"', r'\g<1>9\2"', BODY
    ),
    "no spaces kept where there are none": everywhere(r'<w:t xml:space="preserve">(\S[^<]*\S)</w:t>', r"<w:t>\1</w:t>"),
    "lists with other numbers": _numbered_anew,
    "styles with other ids": _styles_renamed,
    "switches said otherwise": everywhere(r"<w:(b|i|keepNext|keepLines)/>", r'<w:\1 w:val="true"/>'),
    "start and end for left and right": everywhere(r'<w:jc w:val="left"/>', '<w:jc w:val="start"/>'),
    "relationships from the root": everywhere(
        r'Target="(?!http)(\w+\.xml)"', r'Target="/word/\1"', "word/_rels/document.xml.rels"
    ),
    "relationships with other ids": everywhere(
        r'(\bId|r:id)="rId(\d+)"', r'\1="R\g<2>x"', "word/_rels/document.xml.rels", BODY
    ),
    "a contents control": swap(
        r'(<w:p><w:pPr><w:pStyle w:val="toc1"/>.*<w:pStyle w:val="toc\d"/>(?:(?!</w:p>).)*</w:p>)',
        r'<w:sdt><w:sdtPr><w:id w:val="-7"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        r"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>",
    ),
    "an empty header": headed('<w:jc w:val="left"/>'),
    "many more styles": both(*(
        style(f'<w:style w:type="{kind}" w:styleId="N{n}"><w:name w:val="N {n}"/><w:rPr><w:vanish/></w:rPr></w:style>')
        for n, kind in enumerate(("paragraph", "character", "table", "character"))
    )),
}  # fmt: skip
