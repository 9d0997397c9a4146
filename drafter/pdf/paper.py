"""Changes a Word file so that LibreOffice prints on paper what Word shows on a screen."""

from __future__ import annotations

from itertools import groupby

from drafter.base import english
from drafter.pdf.preparing import addresses, marks, numbers, rows, spacing
from drafter.pdf.preparing.between import TO_NOTE
from drafter.pdf.preparing.marks import Change
from drafter.values import dataclass
from drafter.word.oxml import changes, elements, package
from drafter.word.oxml.elements import Element, drop, element, w

NOTE = "[Note {number}]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A Word file to be laid out; of a redline, with the changes that are named in it."""

    document: bytes
    changes: tuple[Change, ...] = ()


def printable(redline: bytes, heading: str = "", label: str = NOTE) -> Sheet:
    """Return a redline's Word file as `tracked` with its changes drawn, and a name for each; addresses are links."""
    parts = package.unpack(tracked(redline, heading, label))
    main = package.main(parts)
    roots = {name: package.parse(parts[name]) for name in package.texts(parts)}
    styles = package.find(parts, "styles", main)[0]
    of_file = package.parse(parts[styles])
    addresses.link(roots[main], of_file)
    named = marks.named(roots[main], of_file)
    for root in roots.values():
        marks.draw(root)
        changes.number(root, _free(root))
    made = {name: package.serialize(root) for name, root in {**roots, styles: of_file}.items()}
    return Sheet(package.pack(parts | made), named)


def _free(root: Element) -> int:
    """Return a number above those of the bookmarks."""
    return 1 + max((int(node.get(w("id"), "0")) for node in root.iter(w("bookmarkStart"))), default=0)


def tracked(redline: bytes, heading: str = "", label: str = NOTE) -> bytes:
    """Return a redline's Word file with numbers in place of its comments, and its changes tracked as they were.

    The numbers of paragraphs and references are words, since LibreOffice would count others where anything is deleted
    or moved; a reference that is changed is no link. The `heading`, which says what the redline is, is no change of the
    contract, and on paper isn't struck through. A row of a table that has moved is marked as moved.
    """
    parts = package.unpack(redline)
    if heading:
        parts |= {name: _unstruck(parts[name], heading) for name in package.texts(parts)}
    main = package.main(parts)
    root = package.parse(parts[main])
    name = package.find(parts, "styles", main)[0]
    of_file = package.parse(parts[name])
    _release_contents(root)
    rows.moved(root)
    _number_comments(root, of_file, label)
    _settle_changed_links(root)
    numbers.typed(root, of_file, *(package.parse(parts[each]) for each in package.find(parts, "numbering", main)[:1]))
    _link_references(root, of_file)
    spacing.before_tabs(root)
    return package.pack(parts | {main: package.serialize(root), name: package.serialize(of_file)})


def together(document: bytes) -> bytes:
    """Return a Word file with links where a reader on a screen wants them, for e-mail addresses among others.

    A link is in place of each reference: LibreOffice breaks a line at a no-break space where it is in a field
    ("Exhibit / A"), and prints nothing of the number where the field begins the new line ("Article, and"). What only a
    tab parts has a space as well.
    """
    parts = package.unpack(document)
    main = package.main(parts)
    root = package.parse(parts[main])
    name = package.find(parts, "styles", main)[0]
    of_file = package.parse(parts[name])
    _link_references(root, of_file)
    addresses.link(root, of_file)
    spacing.before_tabs(root)
    made = {main: root, name: of_file}
    for each in package.find(parts, "numbering", main)[:1]:
        made[each] = package.parse(parts[each])
        spacing.after_numbers(made[each])
    return package.pack(parts | {each: package.serialize(part) for each, part in made.items()})


def _link_references(root: Element, of_file: Element) -> None:
    for begin in [sign for sign in root.iter(w("fldChar")) if sign.get(w("fldCharType")) == "begin"]:
        _link(_parent(begin), of_file)


def _link(begin: Element, of_file: Element) -> None:
    """Put a link in place of a reference; in a tracked change, its words alone."""
    runs = [begin]
    for run in begin.itersiblings(w("r")):
        runs.append(run)
        if any(sign.get(w("fldCharType")) == "end" for sign in run.iter(w("fldChar"))):
            break
    code = "".join(node.text or "" for run in runs for node in run.iter(w("instrText"))).split()
    words = [run for run in runs if run.find(w("t")) is not None]
    whole = any(sign.get(w("fldCharType")) == "end" for sign in runs[-1].iter(w("fldChar")))
    if not whole or code[:1] != ["REF"]:
        return
    if _parent(begin).tag == w("p"):  # a link can't be in a change
        for run in words:
            addresses.style(run, of_file)
        begin.addprevious(elements.hyperlink(code[1], words))
    for run in runs:
        if run not in words:
            drop(run)


def _unstruck(part: bytes, heading: str) -> bytes:
    """Take a redline's heading out of the deletion that it is: on paper nothing is accepted, and it would be struck."""
    root = package.parse(part)
    for change in list(root.iter(w("del"))):
        texts = list(change.iter(w("delText")))
        said = "".join(text.text or "" for text in texts).replace(english.NO_BREAK, " ")
        if said.removeprefix(", ") == heading:
            for text in texts:
                text.tag = w("t")
            for run in list(change):
                change.addprevious(run)
            drop(change)
    return package.serialize(root)


def _number_comments(root: Element, of_file: Element, label: str) -> None:
    """Put the numbers of the notes in the place of the comments, as links to the notes."""
    for node in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"))):
        drop(node)
    for node in list(root.iter(w("commentReference"))):
        run = _parent(node)
        if _parent(run).tag in marks.TRACKED:  # the number is no change, so it goes beside the change
            run = _parent(run)
        number = int(node.get(w("id"), "0")) + 1
        run.addprevious(elements.run(" "))
        for piece in addresses.linked(f"{TO_NOTE}{number}", label.format(number=number), None, of_file):
            run.addprevious(piece)
        drop(run)


def _release_contents(root: Element) -> None:
    """Make plain paragraphs of a table of contents: in one, LibreOffice gives changes no tag of their own."""
    opened: list[list[Element]] = []
    for run in list(root.iter(w("r"))):
        signs = [sign.get(w("fldCharType")) for sign in run.iter(w("fldChar"))]
        opened += [[] for sign in signs if sign == "begin"]
        if opened and (signs or run.find(w("instrText")) is not None):
            opened[-1].append(run)
        if "end" in signs and opened:
            field = opened.pop()
            if "".join(node.text or "" for each in field for node in each.iter(w("instrText"))).split()[:1] == ["TOC"]:
                for each in field:
                    drop(each)


def _settle_changed_links(root: Element) -> None:
    """Turn each whole field in a change into the words that it showed, and take changes out of links.

    LibreOffice gives the words of a link the tag of a link, and not that of a change.
    """
    for change in root.iter(*marks.TRACKED):
        signs = list(change.iter(w("fldChar")))
        kinds = [sign.get(w("fldCharType")) for sign in signs]
        if kinds.count("begin") == kinds.count("end"):
            for sign in [*signs, *change.iter(w("delInstrText"), w("instrText"))]:
                drop(sign)
    for link in list(root.iter(w("hyperlink"))):
        if next(link.iter(*marks.TRACKED), None) is not None:
            _divide(link)


def _divide(link: Element) -> None:
    """Put what is changed in a link outside of it, between links of what is not."""
    for changed, alike in groupby(list(link), lambda node: node.tag in marks.TRACKED):
        if changed:
            for node in alike:
                link.addprevious(node)
            continue
        part = element("hyperlink")
        part.attrib.update(link.attrib)
        link.addprevious(part)
        part.extend(list(alike))
    drop(link)


def _parent(node: Element) -> Element:
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root of a part can't be there")
    return parent
