"""Holds the contract as it was sent as lines, each with its section, its place there, and what its answers fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.contract import (
    Answer,
    Blank,
    Block,
    Contract,
    Definition,
    Exhibit,
    Paragraph,
    Reference,
    Runs,
    Section,
    naming,
    printing,
    targets,
    title_runs,
)  # fmt: skip
from drafter.returned.file import texts
from drafter.returned.file.pieces import CELL, End, Piece
from drafter.returned.file.texts import Line
from drafter.returned.furniture import Item
from drafter.values import dataclass
from drafter.word import body, writer


@dataclass(frozen=True, slots=True)
class Part:
    """A part that changes are laid to: what it is called ("14.2", "Exhibit A", "title"), its clause, its heading."""

    name: str
    clause: str
    heading: str


FRONT = ("title", "caption")  # the parts of the first page


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: its parts, its lines, each with the number of its part, and where in the part each line is.

    `printed` gives what each bookmark that references point to printed; `votes` the parts by the bookmarks round them;
    `numbers` what was printed before each line. `kinds` are what each line is: "heading", "section" for one that begins
    a section without a heading, "paragraph", "row", "signature", or "own" for the template's own words.
    """

    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    questions: Mapping[int, str]
    kinds: tuple[str, ...]
    numbers: tuple[str, ...]
    places: tuple[str, ...]
    printed: Mapping[str, str]
    votes: Mapping[str, int]
    optional: frozenset[int]  # lines that are the template's own, or are printed a second time
    margins: frozenset[tuple[str, ...]] = frozenset()  # what headers and footers said, as `margins.known` has it


def of_contract(contract: Contract, template: Sequence[Item]) -> Sent:
    """Return a contract as what was sent, with what its template prints round it."""
    made = _Making(contract, template)
    known = targets(contract)
    printed = {body.target_mark(name, side): said for name, said in known.items() for side in ("base", "revised")}
    votes = {
        body.section_mark(part.clause, side): at
        for at, part in enumerate(made.parts)
        for side in ("base", "revised")
        if part.clause
    }
    return Sent(
        tuple(made.parts), tuple(made.lines), tuple(made.pieces), made.questions, tuple(made.kinds),
        tuple(made.numbers), tuple(made.places), printed, votes, frozenset(made.optional),
    )  # fmt: skip


class _Making:
    """Walks through a contract in the order in which it is printed."""

    def __init__(self, contract: Contract, template: Sequence[Item]) -> None:
        self.contract = contract
        self.parts: list[Part] = []
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.questions: dict[int, str] = {}
        self.kinds: list[str] = []
        self.numbers: list[str] = []
        self.places: list[str] = []
        self.optional: list[int] = []
        self.count = self.rows = 0
        self.unseen = {"no_cover" if contract.cover == "yes" else "has_cover"}
        self.unseen |= set() if contract.contents == "yes" else {"has_contents"}
        self.unseen |= set() if contract.recitals else {"has_recitals"}
        self.named = naming.names(contract)
        self.all(template)

    def part(self, name: str, clause: str = "", heading: str = "") -> None:
        if not self.parts or self.parts[-1].name != name or self.parts[-1].clause != clause:
            self.parts.append(Part(name, clause, heading))
            self.count = 0

    def all(self, template: Sequence[Item]) -> None:
        """Add the lines of a template, each with what it prints."""
        at = 0
        while at < len(template):
            item = template[at]
            if item.open == "block":
                end = _end(template, at)
                self.signatures(template[at + 1 : end])
                at = end
            elif not self.unseen & {*item.when}:
                self.field(item) if item.field else self.own(item.words)
            at += 1

    def own(self, words: str) -> None:
        """Add a line of the template's own."""
        if words in ("Recitals", "Signatures"):
            self.part(words)
        elif not self.parts:
            self.part("title")
        first = len(self.lines)
        self.add([(words, "", "")], "own", "", End())
        self.optional += range(first, len(self.lines))

    def field(self, item: Item) -> None:
        contract = self.contract
        match item.field:
            case "title":
                first = len(self.lines)
                is_again = any(part.name == "title" for part in self.parts)
                self.part("title")
                self.line(title_runs(contract.title), "heading")
                self.optional += range(first, len(self.lines)) if is_again else ()
            case "line":
                self.part("caption")
                for runs in contract.caption:
                    self.line(runs)
            case "status" if writer.status(contract):
                self.own(writer.status(contract))
            case "opening":
                for section in contract.opening:
                    self.section(section, ())
            case "recitals":
                for section in contract.recitals:
                    self.section(section, ())
            case "articles":
                self.articles()
            case "exhibits":
                for exhibit in contract.exhibits:
                    self.exhibit(exhibit)

    def articles(self) -> None:
        for article in self.contract.articles:
            self.part(f"Article {article.number}", "", printing.words(article.title))
            self.line(title_runs(article.title), "heading", f"Article {article.number}")
            for section in article.sections:
                self.section(section, title_runs(section.heading))

    def section(self, section: Section, heading: Runs) -> None:
        named = self.named[section.id]
        self.part(named.place, section.id, named.heading)
        if heading:
            self.line(heading, "heading", section.number)
        self.blocks(section.blocks, "" if heading else section.number)

    def exhibit(self, exhibit: Exhibit) -> None:
        """Add an exhibit: its title is a part of its own only where it has several sections."""
        several = len(exhibit.sections) > 1
        name = f"Exhibit {exhibit.number}"
        if several:
            self.part(name, "", printing.words(exhibit.title))
            self.line(title_runs(exhibit.title), "heading", name)
            for section in exhibit.sections:
                self.section(section, title_runs(section.heading))
            return
        self.part(name, exhibit.sections[0].id if exhibit.sections else "", printing.words(exhibit.title))
        self.line(title_runs(exhibit.title), "heading", name)
        for section in exhibit.sections:
            self.blocks(section.blocks)

    def signatures(self, items: Sequence[Item]) -> None:
        """Add the signature blocks, as a template prints each."""
        for block in self.contract.signatures:
            self.parts.append(Part("Signatures", "", printing.words(block.party)))
            self.count = 0
            known = {"block.party": block.party, "block.note": block.note}
            at = 0
            while at < len(items):
                if items[at].open:
                    end = _end(items, at)
                    for signer in block.signers:
                        self.signature(items[at + 1 : end], {"signer.name": signer.name, "signer.title": signer.title})
                    at = end
                else:
                    self.signature([items[at]], known)
                at += 1

    def signature(self, items: Sequence[Item], known: Mapping[str, Runs]) -> None:
        for item in items:
            if item.field:
                runs = known.get(item.field, ())
                words = [(f"{item.words}\t", "", "")] if item.words and runs else []
                self.add([*words, *_pieces(runs)], "signature", "", End())
            elif item.words:
                self.own(item.words)

    def blocks(self, blocks: Sequence[Block], number: str = "") -> None:
        """Add the lines of a section; `number` is what the one that begins it has, where there is no heading."""
        for block in blocks:
            if isinstance(block, Paragraph):
                kind = "section" if number and block.number == number else "paragraph"
                self.line(block.runs, kind, block.number)
            else:
                for at, row in enumerate((block.header, *block.rows), 1):
                    self.row(row, at)

    def row(self, cells: Sequence[Runs], number: int) -> None:
        held = [
            piece for at, cell in enumerate(cells) for piece in ([(CELL, "", "")] if at else []) + list(_pieces(cell))
        ]
        self.rows = number
        self.add(held, "row", "", End(row=True))

    def line(self, runs: Runs, kind: str = "paragraph", number: str = "") -> None:
        self.add(list(_pieces(runs)), kind, number, End())

    def add(self, held: Sequence[tuple[str, str, str]], kind: str, number: str, end: End) -> None:
        first = len(self.pieces)
        for text, target, question in held:
            if question:
                self.questions[len(self.pieces)] = question
            self.pieces.append(Piece(text, old=True, new=True, target=target))
        pieces = list(enumerate(self.pieces[first:], first))
        made = texts.one(pieces, end, -1, len(self.parts) - 1)
        self.lines += made
        if made:
            self.count += kind in ("section", "paragraph")
            self.kinds.append(kind)
            self.numbers.append(number)
            said = "paragraph" if kind == "section" else kind
            place = f"{said} {self.rows if kind == 'row' else self.count}"
            self.places.append(kind if kind == "heading" else place)


def _end(items: Sequence[Item], start: int) -> int:
    """Return where a loop ends that starts somewhere."""
    depth = 0
    for at in range(start, len(items)):
        depth += bool(items[at].open) - items[at].close
        if not depth:
            return at
    return len(items)


def _pieces(runs: Runs) -> Iterator[tuple[str, str, str]]:
    """Yield the words of runs, with what they refer to and the question that they answer."""
    for run in runs:
        match run:
            case Reference(text=text, target=target):
                yield text, body.target_mark(target), ""
            case Answer(text=text, question=question):
                yield text, "", question
            case Blank(text=text, question=question):
                yield f"[{text}]", "", question
            case Definition(text=text):
                yield f"“{text}”", "", ""
            case _:
                yield run.text, "", ""
