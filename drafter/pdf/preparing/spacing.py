"""Puts a space where only a tab parts two words, so that they are two words to who hears or copies them.

A PDF has no tabs: what is before one and after it would be read as one word, "1.Purpose".
"""

from __future__ import annotations

from drafter.word.oxml.elements import Element, element, w

TEXTS = (w("t"), w("delText"))
_BREAKS = (*TEXTS, w("tab"), w("br"), w("cr"), w("fldChar"))
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def before_tabs(root: Element) -> None:
    """Put a space before each tab of a document that comes after a word of its paragraph."""
    for paragraph in root.iter(w("p")):
        last = " "
        for node in list(paragraph.iter(*_BREAKS)):
            if node.tag in TEXTS:
                last = (node.text or last)[-1]
            elif node.tag == w("tab") and (run := node.getparent()) is not None and run.tag == w("r"):
                if not last.isspace():
                    deleted = next(run.iterancestors(w("del")), None) is not None
                    space = element("delText" if deleted else "t")
                    space.text = " "
                    space.set(_XML_SPACE, "preserve")
                    node.addprevious(space)
                last = " "
            elif node.tag != w("fldChar"):
                last = " "


def after_numbers(numbering: Element) -> None:
    """Put a space after each number that a list prints before a tab."""
    for level in numbering.iter(w("lvl")):
        text, suffix = level.find(w("lvlText")), level.find(w("suff"))
        is_number = text is not None and (text.get(w("val")) or " ")[-1:] not in {" ", "\u00a0"}
        if text is not None and is_number and (suffix is None or suffix.get(w("val")) == "tab"):
            text.set(w("val"), f"{text.get(w('val'))} ")
