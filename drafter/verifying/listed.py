"""The closed list: what of a Word file is compared in a way of its own, and what a file saved again may have otherwise.

One rule: what no row names is compared literally, and where it differs the file can't be judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from drafter.values import dataclass

Context = Literal[
    "words", "run", "paragraph", "table", "row", "cell", "page", "control", "setting", "attribute", "part"
]
How = Literal["dropped", "compared", "opened"]
Key = tuple[Context, str]


@dataclass(frozen=True, slots=True)
class Row:
    """How one kind of thing is read: `dropped`, `compared` by its value, or `opened`, so that what is in it counts.

    `why` says why what is dropped may differ, or what a reader sees of what is compared. `usual` is the value that a
    file means by saying nothing; two numbers that are at most `near` apart are the same. `grave` says that words which
    differ in it are read otherwise, and not only printed otherwise. `said` is what a reader is told that was added,
    where it is worth telling.
    """

    how: How
    why: str
    usual: str = ""
    near: float = 0
    grave: bool = False
    said: str = ""


Rows = Mapping[Key, Row]


def _dropped(context: Context, names: str, why: str) -> Rows:
    return {(context, name): Row("dropped", why) for name in names.split()}


def _told(context: Context, names: Mapping[str, str], why: str) -> Rows:
    return {(context, name): Row("dropped", why, said=said) for name, said in names.items()}


def _compared(  # noqa: PLR0913  # what a row says
    context: Context, name: str, why: str, usual: str = "", near: float = 0, *, grave: bool = False
) -> Rows:
    return {(context, name): Row("compared", why, usual, near, grave)}


def _opened(context: Context, names: str, why: str) -> Rows:
    return {(context, name): Row("opened", why) for name in names.split()}


ROWS: Rows = {
    # -- what is written on any element ------------------------------------------------------------
    **_dropped("attribute", "w:rsidR w:rsidRPr w:rsidRDefault w:rsidP w:rsidSect w:rsidTr w:rsidDel",
               "the number of a session in which Word saved the file"),
    **_dropped("attribute", "w14:paraId w14:textId", "the number of a paragraph, which Word gives"),
    **_dropped("attribute", "xml:space", "says whether spaces at an edge count; they are read by it"),
    **_dropped("attribute", "w:history", "whether a link counts as visited"),
    **_dropped("attribute", "mc:Ignorable", "what a reader may ignore; whatever it names is looked at all the same"),
    **{("attribute", f"w:{name} off"): Row("dropped", "leaves a field as it is, as it is anyway")
       for name in ("dirty", "fldLock")},
    # -- between and around words ------------------------------------------------------------------
    **_opened("words", "w:p w:tbl w:tr w:tc w:r w:hyperlink w:fldSimple", "they hold words"),
    **_opened("words", "w:smartTag", "words that a program has recognised, as a date"),
    **_opened("words", "w:sdt w:sdtContent", "a control: what may be in it is listed apart"),
    **_dropped("words", "w:proofErr", "where a spelling mistake was seen"),
    **_dropped("words", "w:lastRenderedPageBreak", "where a page ended when the file was saved"),
    **_dropped("words", "w:bookmarkStart w:bookmarkEnd", "marks; those that fields or links name are compared apart"),
    **_dropped("words", "w:smartTagPr", "what was recognised"),
    **_dropped("control", "w:id w:alias w:tag", "what a control is called"),
    **_dropped("control", "w:docPartObj", "says that a control holds the table of contents"),
    **_dropped("control", "w:rPr w:sdtEndPr", "how what is typed into it later looks"),
    # -- how words look ------------------------------------------------------------------------------
    **_dropped("run", "w:lang w:noProof", "in what language the spelling is checked"),
    **_dropped("run", "w:kern w:szCs w:bCs w:iCs", "how letters are spaced, and the looks of other scripts"),
    **_dropped("run", "w:rFonts.eastAsia w:rFonts.cs", "the font of scripts that the words aren't in"),
    **_dropped("run", "w14:ligatures", "how letters are joined"),
    **_compared("run", "w:webHidden", "hidden when the file is shown as a web page", "off", grave=True),
    **_dropped("run", "w:webHidden.contents", "hides the page numbers of a table of contents on a web page"),
    **_dropped("run", "w:rStyle", "its looks are compared"),
    **_dropped("run", "w:snapToGrid", "how lines are spaced in a grid"),
    **_compared("run", "w:strike", "struck through", "off", grave=True),
    **_compared("run", "w:dstrike", "struck through twice", "off", grave=True),
    **_compared("run", "behind", "what is behind the words", "light", grave=True),
    **_compared("run", "w:caps", "capitals", "off"),
    **_compared("run", "w:smallCaps", "small capitals", "off"),
    **_compared("run", "w:b", "bold", "off"),
    **_compared("run", "w:i", "italics", "off"),
    **_compared("run", "w:u", "underlining", "none"),
    **_compared("run", "w:sz", "size in half points", "20"),
    **_compared("run", "w:color", "colour", "000000"),
    **_compared("run", "w:highlight", "highlighting", "none"),
    **_compared("run", "w:shd", "shading", "none"),
    **_compared("run", "w:vertAlign", "raised or lowered", "baseline"),
    **_compared("run", "w:position", "raised or lowered", "0", 1),
    **_compared("run", "w:w", "stretched, in percent", "100"),
    **_compared("run", "w:spacing", "space between letters", "0", 1),
    **_compared("run", "w:rFonts.ascii", "font", "Times New Roman"),
    **_compared("run", "w:rFonts.hAnsi", "font of letters beyond ASCII", "Times New Roman"),
    **_compared("run", "w:rFonts.hint", "which of its fonts is used", "default"),
    # -- paragraphs ----------------------------------------------------------------------------------
    **_dropped("paragraph", "w:pStyle w:numPr w:rPr w:sectPr", "its looks, its label and its page are compared"),
    **_dropped("paragraph", "w:keepNext w:keepLines w:widowControl w:pageBreakBefore",
               "on which page the words are"),
    **_dropped("paragraph", "w:suppressAutoHyphens w:suppressLineNumbers", "where lines end"),
    **_dropped("paragraph", "w:outlineLvl w:divId w:cnfStyle", "nothing that is printed"),
    **_dropped("paragraph", "w:pBdr", "lines around words; they are compared where both files are laid out"),
    **_dropped("paragraph", "w:snapToGrid w:adjustRightInd w:autoSpaceDE w:autoSpaceDN w:overflowPunct w:kinsoku",
               "how lines of East Asian words are set"),
    **_compared("paragraph", "w:jc", "aligned", "left"),
    **_compared("paragraph", "w:tabs", "tab stops"),
    **_compared("paragraph", "w:tabs.bar", "lines from top to bottom at a tab stop"),
    **_dropped("paragraph", "w:tabs.contents", "Word sets them where it updates a table of contents"),
    **_compared("paragraph", "w:shd", "shading", "none"),
    **_compared("paragraph", "w:ind.left", "indent on the left, in twentieths of a point", "0", 20),
    **_compared("paragraph", "w:ind.right", "indent on the right, in twentieths of a point", "0", 20),
    **_compared("paragraph", "w:ind.first", "indent of the first line, in twentieths of a point", "0", 20),
    **_compared("paragraph", "w:spacing.before", "space before, in twentieths of a point", "0", 20),
    **_compared("paragraph", "w:spacing.after", "space after, in twentieths of a point", "0", 20),
    **_compared("paragraph", "w:spacing.line", "height of a line", "240", 2),
    **_compared("paragraph", "w:spacing.lineRule", "how the height of a line is counted", "auto"),
    **_compared("paragraph", "w:bidi", "from right to left", "off"),
    **_compared("paragraph", "suffix", "what follows its label", "tab"),
    **_compared("paragraph", "aligned", "where its label is", "left"),
    # -- tables --------------------------------------------------------------------------------------
    **_dropped("table", "w:tblStyle w:tblLook w:tblW w:tblBorders w:jc", "its looks and its columns are compared"),
    **_dropped("table", "w:tblStyleRowBandSize w:tblStyleColBandSize",
               "how many rows or columns a band of its style has"),
    **_dropped("table", "w:tblCellMar", "room inside cells; compared where both files are laid out"),
    **_dropped("table", "w:tblCaption w:tblDescription", "what is read aloud of a table; it isn't printed"),
    **_compared("table", "style", "what the style of the table does to words"),
    **_compared("table", "w:tblInd.w", "indent of the table", "0", 150),
    **_compared("table", "w:tblLayout", "how its columns get their widths", "autofit"),
    **_compared("table", "columns", "widths of its columns, in twentieths of a point", near=20),
    **_dropped("row", "w:cantSplit w:tblHeader w:cnfStyle w:jc", "on which page the words are"),
    **_dropped("cell", "w:tcBorders w:cnfStyle w:shd", "lines and shades; what is lost in a shade is compared"),
    **_dropped("cell", "w:tcMar w:vAlign", "room inside a cell; compared where both files are laid out"),
    **_compared("cell", "crossed", "crossed out from corner to corner", "off", grave=True),
    **_compared("cell", "w:tcW.w", "width of the cell, in twentieths of a point", "0", 20),
    **_compared("cell", "w:gridSpan", "columns that it takes", "1"),
    **_compared("cell", "w:vMerge", "one with the cell above"),
    # -- pages ---------------------------------------------------------------------------------------
    **_dropped("page", "w:headerReference w:footerReference", "headers and footers are compared by their words"),
    **_compared("page", "w:docGrid.type", "whether signs are set in a grid", "default"),
    **_dropped("page", "w:type w:formProt w:footnotePr w:endnotePr", "nothing that moves these words"),
    **_dropped("page", "w:printerSettings w:paperSrc", "which printer and tray the paper comes from"),
    **_compared("page", "w:pgSz.w", "width of the page, in twentieths of a point", near=20),
    **_compared("page", "w:pgSz.h", "height of the page, in twentieths of a point", near=20),
    **_dropped("page", "w:pgSz.orient w:pgSz.code", "the size says it"),
    **{("page", f"w:pgMar.{side}"): Row("compared", f"{side} margin, in twentieths of a point", "0", 20)
       for side in ("top", "bottom", "left", "right", "header", "footer", "gutter")},
    **_compared("page", "w:cols.num", "columns of words", "1"),
    **_dropped("page", "w:cols.space w:cols.equalWidth w:cols.sep", "the room between columns"),
    **_compared("page", "w:titlePg", "whether the first page has a header of its own", "off"),
    **_compared("page", "w:textDirection", "direction of words", "lrTb"),
    **_compared("page", "w:pgNumType.fmt", "how pages are counted", "decimal"),
    # -- settings, which a program writes as it likes -------------------------------------------------
    **_dropped("setting", "w:zoom w:view w:rsids w:proofState w:hideSpellingErrors w:hideGrammaticalErrors",
               "how the file was last seen and checked"),
    **_dropped("setting", "w:activeWritingStyle w:stylePaneFormatFilter w:stylePaneSortMethod w:trackRevisions",
               "how the file will be edited"),
    **_dropped("setting", "w:doNotTrackMoves w:doNotTrackFormatting w:removePersonalInformation",
               "how it will be edited"),
    **_dropped("setting", "w:removeDateAndTime w:saveSubsetFonts w:embedSystemFonts w:embedTrueTypeFonts",
               "what is saved with the file; fonts in it are not allowed"),
    **_dropped("setting", "w:defaultTabStop w:autoHyphenation w:hyphenationZone w:consecutiveHyphenLimit",
               "where lines end; compared where both files are laid out"),
    **_dropped("setting", "w:doNotHyphenateCaps w:characterSpacingControl", "how lines are spaced"),
    **_dropped("setting", "w:themeFontLang w:decimalSymbol w:listSeparator", "how numbers are typed"),
    **_dropped("setting", "w:shapeDefaults w:hdrShapeDefaults m:mathPr",
               "how shapes and formulas start; none is allowed"),
    **_dropped("setting", "w:footnotePr w:endnotePr", "how notes look; none is allowed"),
    **_dropped("setting", "w:clrSchemeMapping w:defaultTableStyle w:noPunctuationKerning w:noLineBreaksAfter",
               "what is read where words have it, or how lines of words are set"),
    **_dropped("setting", "w:drawingGridHorizontalSpacing w:drawingGridVerticalSpacing w:savePreviewPicture",
               "how shapes are drawn by hand"),
    **_dropped("setting", "w:displayHorizontalDrawingGridEvery w:displayVerticalDrawingGridEvery", "the same"),
    **_dropped("setting", "w:doNotValidateAgainstSchema w:saveInvalidXml w:ignoreMixedContent", "how XML is checked"),
    **_dropped("setting", "w:alwaysShowPlaceholderText w:bordersDoNotSurroundHeader w:bordersDoNotSurroundFooter",
               "how what is not allowed here is shown"),
    **_dropped("setting", "w:doNotAutoCompressPictures w:doNotEmbedSmartTags w:doNotIncludeSubdocsInStats",
               "what is saved with the file, and how it is counted"),
    **_dropped("setting", "w:doNotDisplayPageBoundaries w:uiCompat97To2003 w:captions", "how it is edited"),
    **_dropped("setting", "w14:discardImageEditingData w14:defaultImageDpi", "how pictures are saved; none is added"),
    **_dropped("setting", "w:doNotUseMarginsForDrawingGridOrigin w:drawingGridHorizontalOrigin "
               "w:drawingGridVerticalOrigin", "how shapes are drawn by hand"),
    **_dropped("setting", "w:noLineBreaksBefore w:strictFirstAndLastChars", "how lines of East Asian words are set"),
    **_dropped("setting", "w:autoFormatOverride w:styleLockTheme w:styleLockQFSet w:formsDesign w:clickAndTypeStyle "
               "w:readModeInkLockDown w:showEnvelope w:summaryLength", "how it is edited"),
    **_dropped("setting", "w:doNotShadeFormData w:showXMLTags w:displayBackgroundShape w:doNotDemarcateInvalidXml",
               "how what is not allowed here is shown"),
    **_dropped("setting", "w:smartTagType w:forceUpgrade", "what a program recognises, and who may open the file"),
    **_told("setting", {
        "w:attachedTemplate": "the path of a template on its author's disk",
        "w:docVars": "variables that nothing prints",
        "w:documentProtection off": "a protection that is turned off",
        "w:writeProtection": "a wish that the file be opened to read only",
        "w:documentType": "the kind of document that Word takes it for",
        "w:attachedSchema": "the name of an XML schema",
        "sl:schemaLibrary": "a list of XML schemas",
    }, "nothing that is printed"),
    # -- what an older program would do: only what can't change words, their looks or whether they are seen ------------
    **{("setting", f"w:compat {name}"): Row("dropped", "how lines, letters and tables are fitted") for name in (
        "compatibilityMode", "overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures",
        "doNotFlipMirrorIndents", "differentiateMultirowTableHeaders", "useWord2013TrackBottomHyphenation",
        "allowHyphenationAtTrackBottom", "allowTextAfterFloatingTableBreak", "w:spaceForUL",
        "w:balanceSingleByteDoubleByteWidth", "w:doNotLeaveBackslashAlone", "w:ulTrailSpace",
        "w:doNotExpandShiftReturn", "w:adjustLineHeightInTable", "w:useFELayout", "w:usePrinterMetrics",
        "w:applyBreakingRules", "w:doNotUseEastAsianBreakRules", "w:doNotWrapTextWithPunct",
        "w:useAltKinsokuLineBreakRules", "w:selectFldWithFirstOrLastChar", "w:convMailMergeEsc",
        "w:useAnsiKerningPairs", "w:cachedColBalance", "w:displayHangulFixedWidth",
    )},
    **_dropped("setting", "w14:docId w15:docId w15:chartTrackingRefBased", "numbers that Word gives a file"),
    ("setting", "w:documentProtection trackedChanges"): Row("dropped", "has every change tracked that is made later"),
    # -- parts, by what points to them ---------------------------------------------------------------
    **_opened("part", "officeDocument styles numbering settings fontTable header footer", "they are read"),
    **_dropped("part", "customXml customXmlProps", "data that no control here shows"),
    **_dropped("part", "classificationlabels", "how secret an office calls the file"),
    **_dropped("part", "signature", "a digital signature; it prints nothing"),
    **_told("part", {
        "thumbnail": "a small picture of its first page",
        "intelligence": "what Word noted of its spelling and style",
        "documenttasks": "tasks that were given to people",
        "stylesWithEffects": "its styles once more, for Word 2010",
        "keyMapCustomizations": "keys that its author has chosen",
        "attachedToolbars": "toolbars of an old version of Word",
        "printerSettings": "what Word noted of a printer",
        "glossaryDocument": "building blocks that are not shown",
        "signatureOrigin": "a digital signature, which was not checked,",
        "attachedTemplate": "the path of a template on its author's disk",
    }, "nothing that is printed"),
    **_dropped("part", "people commentsExtended commentsIds commentsExtensible",
               "who has commented; a comment itself is looked at where the words point to it"),
    **_dropped("part", "theme", "its fonts and colours are read where words have them"),
    **_dropped("part", "webSettings", "how a browser shows the file"),
    **_dropped("part", "core-properties extended-properties custom-properties", "who saved the file, and when"),
    **_dropped("part", "hyperlink", "where a link leads is compared where it is"),
    **_dropped("part", "footnotes endnotes comments", "notes are looked at where the words point to them"),
}  # fmt: skip
