"""Random edits of a contract's Word file, as people make them: each tracked, silent, or left out.

Each edit is chosen on the file that was sent, and can then be made in any of the three ways, so that the file with all
edits made silently is what its accepted text must say, and the one without the tracked edits its rejected text.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from drafter.contract import Contract, names
from drafter.word import body
from drafter.word.oxml import package
from drafter.word.oxml.elements import Element, w
from drafter.word.oxml.package import Package

AUTHORS = ("Riley Counsel", "Chief Pat Example")
DATE = "2026-04-13T15:0{}:00Z"
WORDS = tuple(
    sorted(
        [
            "promptly",
            "unless",
            "officer",
            "duties",
            "budget",
            "approval",
            "notice",
            "written",
            "consent",
            "policy",
            "training",
            "review",
        ]
    )
)
KINDS = (
    "words", "number", "paragraph in", "paragraph out", "paragraph moved", "section in", "section out", "section moved",
    "row in", "row out",
)  # fmt: skip


@dataclass
class Part:
    """A section of a Word file: its name in the contract, and its elements by their places in the body."""

    name: str
    places: list[int]


@dataclass
class Edit:
    """An edit: its kind, the sections that it changes, and how it is made on the elements of a body."""

    kind: str
    sections: frozenset[str]
    make: Callable[[list[Element], str], None]


def parts_of(root: Element, contract: Contract) -> list[Part]:
    """Return the sections of a contract's articles and exhibits in its Word file, by their bookmarks."""
    named = {body.section_mark(clause): found.place for clause, found in names(contract).items() if found.number}
    found: dict[str, Part] = {}
    opened: dict[str, str] = {}
    content = root.find(w("body"))
    assert content is not None
    for place, node in enumerate(content):
        if node.tag == w("bookmarkStart") and node.get(w("name")) in named:
            opened[str(node.get(w("id")))] = named[str(node.get(w("name")))]
        elif node.tag == w("bookmarkEnd"):
            opened.pop(str(node.get(w("id"))), None)
        elif node.tag in (w("p"), w("tbl")) and opened:
            found.setdefault(list(opened.values())[-1], Part(list(opened.values())[-1], [])).places.append(place)
    return list(found.values())


class Editor:
    """Chooses edits of a file with a source of chance, and makes them."""

    def __init__(self, parts: Package, contract: Contract) -> None:
        self.parts = parts
        self.main = package.main(parts)
        self.root = package.parse(parts[self.main])
        self.sections = parts_of(self.root, contract)
        content = self.root.find(w("body"))
        assert content is not None
        self.body = list(content)

    def chosen(self, chance: random.Random, many: int) -> list[Edit]:
        """Choose up to so many edits, in sections that are not next to each other."""
        taken: set[int] = set()
        found: list[Edit] = []
        for _ in range(20 * many):
            at = chance.randrange(len(self.sections))
            if len(found) == many:
                break
            if taken & set(range(at - 2, at + 3)):
                continue
            edit, also = self.edit(chance, at, taken)
            if edit is not None:
                found.append(edit)
                taken |= {at, *also}
        return found

    def made(self, edits: Sequence[Edit], ways: Sequence[str], *, bookmarks: bool = True) -> Package:
        """Return the file with edits, each made "tracked" or "silent", or left "out"."""
        root = copy.deepcopy(self.root)
        content = root.find(w("body"))
        assert content is not None
        nodes = list(content)
        for edit, way in zip(edits, ways, strict=True):
            if way != "out":
                edit.make(nodes, way)
        if not bookmarks:
            for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
                parent = node.getparent()
                assert parent is not None
                parent.remove(node)
        return self.parts | {self.main: package.serialize(root)}

    # -- edits ----------------------------------------------------------------------------------

    def edit(self, chance: random.Random, at: int, taken: set[int]) -> tuple[Edit | None, tuple[int, ...]]:
        """Choose an edit of a section, and the other sections that it needs."""
        part, kind = self.sections[at], chance.choice(KINDS)
        author = chance.choice(AUTHORS), DATE.format(chance.randrange(10))
        texts = [p for p in part.places if self.body[p].tag == w("p") and not _is_heading(self.body[p])]
        tables = [p for p in part.places if self.body[p].tag == w("tbl")]
        name = frozenset({part.name})
        match kind:
            case "words" | "number":
                found = self.run(chance, texts, kind)
                return found and Edit(kind, name, lambda nodes, way: _replace(nodes, found, way, author)), ()
            case "paragraph in" if texts:
                place, text = chance.choice(texts), _sentence(chance)
                return Edit(kind, name, lambda nodes, way: _insert(nodes, place, text, way, author)), ()
            case "paragraph out" if len(texts) > 1:
                place = chance.choice([p for p in texts if len(_text(self.body[p])) > 20] or texts)
                return Edit(kind, name, lambda nodes, way: _delete(nodes, [place], way, author)), ()
            case "paragraph moved" if len(texts) > 1:
                long = [p for p in texts if len(_text(self.body[p]).split()) > 7 and self.is_alone(p)]
                to = self.elsewhere(chance, at, taken)
                if not long or to is None:
                    return None, ()
                place, after = chance.choice(long), self.sections[to].places[-1]
                return Edit(kind, name, lambda nodes, way: _move(nodes, [place], after, way, author)), (to,)
            case "section in":
                heading = next((p for p in part.places if _is_heading(self.body[p])), None)
                if heading is None or not texts:
                    return None, ()
                title, text, after = " ".join(chance.sample(WORDS, 3)).title(), _sentence(chance), part.places[-1]
                return Edit(
                    kind, name, lambda nodes, way: _section(nodes, heading, texts[0], after, (title, text), way, author)
                ), ()
            case "section out" if self.is_whole(part):
                return Edit(kind, name, lambda nodes, way: _delete(nodes, part.places, way, author)), ()
            case "section moved" if self.is_whole(part):
                to = self.elsewhere(chance, at, taken)
                if to is None:
                    return None, ()
                after = self.sections[to].places[-1]
                return Edit(kind, name, lambda nodes, way: _move(nodes, part.places, after, way, author)), (to,)
            case "row in" | "row out" if tables:
                place = chance.choice(tables)
                rows = list(self.body[place].iter(w("tr")))
                if len(rows) < 3:
                    return None, ()
                number, word = chance.randrange(1, len(rows)), _sentence(chance)
                make = _row_in if kind == "row in" else _row_out
                return Edit(kind, name, lambda nodes, way: make(nodes, place, number, word, way, author)), ()
        return None, ()

    def is_whole(self, part: Part) -> bool:
        """Say whether a section has a heading of its own and no table."""
        nodes = [self.body[p] for p in part.places]
        return _is_heading(nodes[0]) and all(node.tag == w("p") for node in nodes) and "." in part.name

    def is_alone(self, place: int) -> bool:
        """Say whether no other paragraph reads the same."""
        return sum(_text(node) == _text(self.body[place]) for node in self.body) == 1

    def elsewhere(self, chance: random.Random, at: int, taken: set[int]) -> int | None:
        """Return another section that is far from those that are taken."""
        free = [
            k
            for k in range(len(self.sections))
            if not (taken | {at}) & set(range(k - 2, k + 3)) and "." in self.sections[k].name
            and self.body[self.sections[k].places[-1]].tag == w("p")
        ]  # fmt: skip
        return chance.choice(free) if free else None

    def run(
        self, chance: random.Random, places: Sequence[int], kind: str
    ) -> tuple[int, int, tuple[int, int], str] | None:
        """Return words of a run to replace: the paragraph, the number of the run, where in it, and with what."""
        found = []
        for place in places:
            for number, run in enumerate(_runs(self.body[place])):
                text = _text(run)
                pattern = r"\b\d+\b" if kind == "number" else r"\b[a-z]{3,} [a-z]{3,}\b"
                found += [(place, number, match.span(), match.group()) for match in re.finditer(pattern, text)]
        if not found:
            return None
        place, number, span, said = chance.choice(found)
        if kind == "number":
            return place, number, span, str(int(said) + chance.randrange(1, 90))
        return place, number, span, " ".join(chance.sample(WORDS, chance.randrange(1, 4)))


# -- how edits are made -------------------------------------------------------------------------


def _text(node: Element) -> str:
    return "".join(t.text or "" for t in node.iter(w("t")))


def _is_heading(node: Element) -> bool:
    style = node.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val")) in ("Heading2", "ExhibitHeading", "ExhibitTitle")


def _runs(paragraph: Element) -> list[Element]:
    """Return the runs of a paragraph that are no part of a field."""
    depth, found = 0, []
    for run in paragraph.iter(w("r")):
        sign = run.find(w("fldChar"))
        if sign is not None:
            depth += {"begin": 1, "end": -1}.get(str(sign.get(w("fldCharType"))), 0)
        elif not depth and run.find(w("t")) is not None:
            found.append(run)
    return found


def _sentence(chance: random.Random) -> str:
    return f"{' '.join(chance.choices(WORDS, k=chance.randrange(8, 20))).capitalize()}."


def _mark(name: str, author: tuple[str, str]) -> Element:
    node = etree.Element(w(name))
    node.set(w("id"), str(90_000 + random.randrange(1_000_000)))  # noqa: S311  # no secret
    node.set(w("author"), author[0])
    node.set(w("date"), author[1])
    return node


def _run(text: str) -> Element:
    run = etree.Element(w("r"))
    words = etree.SubElement(run, w("t"))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _gone(run: Element) -> None:
    for node in run.iter(w("t"), w("instrText")):
        node.tag = w("delText") if node.tag == w("t") else w("delInstrText")


def _replace(
    nodes: list[Element], found: tuple[int, int, tuple[int, int], str], way: str, author: tuple[str, str]
) -> None:
    place, number, (start, stop), new = found
    run = _runs(nodes[place])[number]
    text = _text(run)
    pieces = [copy.deepcopy(run) for _ in range(4)]
    for piece, words in zip(pieces, (text[:start], text[start:stop], new, text[stop:]), strict=True):
        (node,) = piece.findall(w("t"))
        node.text = words
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if way == "tracked":
        gone, come = _mark("del", author), _mark("ins", author)
        _gone(pieces[1])
        gone.append(pieces[1])
        come.append(pieces[2])
        made = [pieces[0], gone, come, pieces[3]]
    else:
        made = [pieces[0], pieces[2], pieces[3]]
    for node in made:
        run.addprevious(node)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _marked_paragraph(node: Element, name: str, author: tuple[str, str]) -> None:
    """Mark a whole paragraph, its own mark too."""
    properties = node.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        node.insert(0, properties)
    mark = properties.find(w("rPr"))
    if mark is None:
        mark = etree.SubElement(properties, w("rPr"))
    mark.insert(0, _mark(name, author))
    for run in list(node.iter(w("r"))):
        if name in ("del", "moveFrom"):
            _gone(run) if name == "del" else None
        holder = _mark(name, author)
        run.addprevious(holder)
        holder.append(run)


def _made_paragraph(like: Element, text: str) -> Element:
    made = etree.Element(w("p"))
    properties = like.find(w("pPr"))
    if properties is not None:
        made.append(copy.deepcopy(properties))
    made.append(_run(text))
    return made


def _insert(nodes: list[Element], place: int, text: str, way: str, author: tuple[str, str]) -> None:
    made = _made_paragraph(nodes[place], text)
    if way == "tracked":
        _marked_paragraph(made, "ins", author)
    nodes[place].addnext(made)


def _section(  # noqa: PLR0913, PLR0917
    nodes: list[Element], heading: int, text: int, after: int, words: tuple[str, str], way: str, author: tuple[str, str]
) -> None:
    last = nodes[after]
    for like, said in ((text, words[1]), (heading, words[0])):
        made = _made_paragraph(nodes[like], said)
        if way == "tracked":
            _marked_paragraph(made, "ins", author)
        last.addnext(made)


def _delete(nodes: list[Element], places: Sequence[int], way: str, author: tuple[str, str]) -> None:
    for place in places:
        if way == "tracked":
            _marked_paragraph(nodes[place], "del", author)
        else:
            parent = nodes[place].getparent()
            assert parent is not None
            parent.remove(nodes[place])


def _move(nodes: list[Element], places: Sequence[int], after: int, way: str, author: tuple[str, str]) -> None:
    last = nodes[after]
    for place in reversed(places):
        made = copy.deepcopy(nodes[place])
        for node in list(made.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            parent = node.getparent()
            assert parent is not None
            parent.remove(node)
        if way == "tracked":
            _marked_paragraph(made, "moveTo", author)
            _marked_paragraph(nodes[place], "moveFrom", author)
        else:
            parent = nodes[place].getparent()
            assert parent is not None
            parent.remove(nodes[place])
        last.addnext(made)


def _row_in(nodes: list[Element], place: int, number: int, text: str, way: str, author: tuple[str, str]) -> None:  # noqa: PLR0913, PLR0917
    row = list(nodes[place].iter(w("tr")))[number]
    made = copy.deepcopy(row)
    for at, cell in enumerate(made.iter(w("tc"))):
        paragraph = next(cell.iter(w("p")))
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        paragraph.append(_run(f"{text} {at}"))
    if way == "tracked":
        _marked_row(made, "ins", author)
    row.addnext(made)


def _row_out(nodes: list[Element], place: int, number: int, text: str, way: str, author: tuple[str, str]) -> None:  # noqa: PLR0913, PLR0917, ARG001
    row = list(nodes[place].iter(w("tr")))[number]
    if way == "tracked":
        _marked_row(row, "del", author)
    else:
        parent = row.getparent()
        assert parent is not None
        parent.remove(row)


def _marked_row(row: Element, name: str, author: tuple[str, str]) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(0, properties)
    properties.append(_mark(name, author))
    for paragraph in row.iter(w("p")):
        _marked_paragraph(paragraph, name, author)


def batches(editor: Editor, seed: int, count: int) -> Iterator[tuple[list[Edit], list[str], bool]]:
    """Yield so many batches of one to eight edits, each with how they are made and whether bookmarks stay."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        edits = editor.chosen(chance, chance.randrange(1, 9))
        yield edits, [chance.choice(("tracked", "silent")) for _ in edits], chance.random() < 0.5
