"""Pairs of contracts at random: drafted from two sets of answers, and edited as people edit.

An edit changes, inserts, deletes or moves words, paragraphs, rows, sections, articles, exhibits, signers or
lines of the caption; ids stay what they are. Everything is drawn from one `random.Random`, so that a pair is
told by its number.
"""

from __future__ import annotations

import functools
import itertools
import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import generated
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.base.problems import DraftingError
from drafter.contract import (  # fmt: skip
    Answer,
    Article,
    Blank,
    Contract,
    Definition,
    Exhibit,
    Paragraph,
    Reference,
    Run,
    Runs,
    Section,
    SignatureBlock,
    Signer,
    Table,
    Text,
    Use,
    joined,
    sections,
    targets,
)
from drafter.reading import own_wordings
from drafter.reading.library import Library

T = TypeVar("T")
FEW = 50  # drafts; among so many are own wordings
VOCABULARY = (  # noqa: SIM905  # a list of forty strings is harder to read
    "the Dog walks must not and Town leash muzzle price section agreement of to by in under notice written consent "
    "thirty days before end each year party other pays amount $12,500.50 non-prone walker’s “term” (a) § 7.1"
).split()


OWN = {
    "small": {
        "leash.md": "The walker must use a leash when {{ town.name }} asks:\n\n1. {#hold} held by hand.\n",
        "leash.2.md": "1. {#hold} A leash of rope.\n\nNo Dog walks alone.\n",
    },
    "real": {"media.md": "Each Party speaks for itself until {{ term.end | date }}, as [[notices]] says.\n"},
}


def with_own(name: str) -> Library:
    """Return a library with own wordings of a matter."""
    with tempfile.TemporaryDirectory() as folder:
        files = {filed: Path(folder) / filed for filed in OWN[name]}
        for filed, path in files.items():
            path.write_text(OWN[name][filed], "utf-8")
        return own_wordings.added_to(generated.LIBRARIES[name](), files)


@functools.cache
def drafted(name: str, count: int) -> tuple[Contract, ...]:
    """Draft contracts of a library from random answers, negotiated ones and own wordings among them."""
    library = with_own(name)
    found: list[Contract] = []

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(generated.answers(library))
    def draw(text: str) -> None:
        try:
            found.append(small.draft(library, text)[0])
        except DraftingError:
            return

    draw()
    assert any(s.position == "non-standard" for made in found for s in sections(made)) or count < FEW
    return tuple(found)


# -- trees at random ----------------------------------------------------------------------------


def sentence(r: random.Random, least: int = 1, most: int = 25) -> str:
    """Make a sentence of words that often recur."""
    made = " ".join(r.choice(VOCABULARY) for _ in range(r.randint(least, most)))
    return made + r.choice((".", ";", ":", "", ", and", "\n", " "))


def runs(r: random.Random, names: tuple[str, ...] = ("s1", "s2", "exhibit:e1", "nowhere")) -> Runs:
    """Make a line of runs of every kind."""

    def one() -> Run:
        match r.randint(0, 9):
            case 0:
                return Answer(r.choice((sentence(r, 1, 4), "Rex", "")), r.choice(("q", "p")))
            case 1:
                return Blank("Name", "q")
            case 2:
                return Reference(r.choice(("1.1", "2.1", "(a)", "Exhibit A")), r.choice(names))
            case 3:
                return Definition(r.choice(("Dog", "Town")))
            case 4:
                return Use(r.choice(("Dog", "Dogs")), "Dog")
            case _:
                return Text(sentence(r) + " ")

    return joined(one() for _ in range(r.randint(0, 5)))


def block(r: random.Random) -> Paragraph | Table:
    """Make a paragraph, or now and then a table."""
    if r.randint(0, 5):
        style = r.choice(("text", "text", "item", "subitem", "quote"))
        number = {"item": r.choice(("(a)", "(b)", "")), "subitem": "(i)"}.get(style, "")
        return Paragraph(runs(r), style, number, r.choice(("", "", "", f"label{r.randint(0, 9)}")))
    width = r.randint(1, 3)
    return Table(
        tuple(runs(r) for _ in range(width)),
        tuple(tuple(runs(r) for _ in range(width)) for _ in range(r.randint(0, 3))),
    )


def section(r: random.Random, name: str) -> Section:
    """Make a section."""
    blocks = tuple(block(r) for _ in range(r.randint(0, 4)))
    return Section(name, "1.1", sentence(r, 0, 4), "a", "preferred", (), (), f"{name}.md", blocks)


def signature(r: random.Random) -> SignatureBlock:
    """Make a signature block."""
    signers = tuple(Signer(runs(r), runs(r)) for _ in range(r.randint(0, 2)))
    return SignatureBlock(runs(r), r.choice(((), runs(r))), signers)


def tree(r: random.Random) -> Contract:
    """Make a contract of anything; what stands under one id in two of them need not be alike."""
    free = [f"s{n}" for n in range(12)]
    r.shuffle(free)

    def some(most: int) -> tuple[Section, ...]:
        return tuple(section(r, free.pop()) for _ in range(min(len(free), r.randint(0, most))))

    articles = tuple(Article(f"a{n}", str(n), sentence(r, 0, 3), some(3)) for n in r.sample(range(4), r.randint(0, 3)))
    exhibits = tuple(
        Exhibit(f"e{n}", "ABC"[n], sentence(r, 0, 3), some(2)) for n in r.sample(range(3), r.randint(0, 2))
    )
    return Contract(
        sentence(r, 0, 4), tuple(runs(r) for _ in range(r.randint(0, 3))), some(1), some(2), articles,
        tuple(signature(r) for _ in range(r.randint(0, 2))), exhibits, r.choice(("draft", "final")),
        r.choice(((), ("IV.A",))),
    )  # fmt: skip


# -- edits --------------------------------------------------------------------------------------


def edited_words(r: random.Random, line: Runs) -> Runs:
    """Change, insert or delete a word here and there."""
    made = []
    for run in line:
        if not isinstance(run, Text | Answer) or not run.text.split():
            made.append(run)
            continue
        words = run.text.split(" ")
        for _ in range(1 + len(words) // 12):
            place = r.randrange(len(words))
            match r.randint(0, 2):
                case 0:
                    words[place] = r.choice(VOCABULARY)
                case 1:
                    words.insert(place, r.choice(VOCABULARY))
                case _:
                    words[place : place + 1] = []
            words = words or [r.choice(VOCABULARY)]
        made.append(replace(run, text=" ".join(words)))
    return joined(made)


def edited_list(r: random.Random, parts: tuple[T, ...], make: Callable[[], T], edit: Callable[[T], T]) -> tuple[T, ...]:
    """Edit one part of a list, insert one, delete one or move one."""
    found = list(parts)
    kind = r.randint(0, 3) if found else 1
    place = r.randrange(len(found)) if found else 0
    if kind == 0:
        found[place] = edit(found[place])
    elif kind == 1:
        found.insert(r.randint(0, len(found)), make())
    elif kind == 2:
        del found[place]
    else:
        found.insert(r.randint(0, len(found) - 1), found.pop(place))
    return tuple(found)


def edited_block(r: random.Random, part: Paragraph | Table) -> Paragraph | Table:
    """Edit a paragraph's words or style, or a table's rows."""
    if isinstance(part, Paragraph):
        if r.randint(0, 7) == 0:
            return replace(part, style=r.choice(("text", "item", "quote")), number=r.choice(("", "(a)")))
        return replace(part, runs=edited_words(r, part.runs))
    width = len(part.header)
    return replace(
        part,
        rows=edited_list(
            r,
            part.rows,
            lambda: tuple(runs(r) for _ in range(width)),
            lambda row: tuple(edited_words(r, c) for c in row),
        ),
    )


def edited_section(r: random.Random, part: Section) -> Section:
    """Edit a section's heading or one of its blocks."""
    if r.randint(0, 9) == 0:
        return replace(part, heading=sentence(r, 1, 3))
    return replace(part, blocks=edited_list(r, part.blocks, lambda: block(r), lambda b: edited_block(r, b)))


def edited(r: random.Random, made: Contract) -> Contract:
    """Edit a contract once."""

    def change(parts: tuple[Section, ...]) -> tuple[Section, ...]:
        return edited_list(r, parts, lambda: section(r, f"new{r.randint(0, 999)}"), lambda s: edited_section(r, s))

    match r.randint(0, 11):
        case 0:
            return replace(made, title=sentence(r, 1, 4), status="final")
        case 1:
            return replace(
                made, caption=edited_list(r, made.caption, lambda: runs(r), lambda line: edited_words(r, line))
            )
        case 2:
            return replace(
                made, signatures=edited_list(r, made.signatures, lambda: signature(r), lambda s: edited_signature(r, s))
            )
        case 3:
            fresh = lambda: Article(f"new{r.randint(0, 99)}", "9", "New", (section(r, f"new{r.randint(0, 999)}"),))  # noqa: E731
            return replace(
                made, articles=edited_list(r, made.articles, fresh, lambda a: replace(a, title=sentence(r, 1, 3)))
            )
        case 4:
            annex = lambda: Exhibit(f"new{r.randint(0, 99)}", "X", "New", (section(r, f"new{r.randint(0, 999)}"),))  # noqa: E731
            return replace(
                made, exhibits=edited_list(r, made.exhibits, annex, lambda e: replace(e, sections=change(e.sections)))
            )
        case 5 if len(made.articles) > 1:
            return moved_between(r, made)
        case 6:
            return replace(made, opening=change(made.opening))
        case 7:
            return replace(made, recitals=change(made.recitals))
        case _ if made.articles:
            place = r.randrange(len(made.articles))
            found = list(made.articles)
            found[place] = replace(found[place], sections=change(found[place].sections))
            return replace(made, articles=tuple(found))
        case _:
            return made


def edited_signature(r: random.Random, part: SignatureBlock) -> SignatureBlock:
    """Edit a party's words, note or signers."""
    fresh = lambda: Signer(runs(r), runs(r))  # noqa: E731
    return replace(
        part,
        note=r.choice(((), part.note, runs(r))),
        signers=edited_list(r, part.signers, fresh, lambda s: replace(s, name=edited_words(r, s.name))),
    )


def moved_between(r: random.Random, made: Contract) -> Contract:
    """Move a section from one article to another."""
    articles = list(made.articles)
    one, other = r.sample(range(len(articles)), 2)
    if articles[one].sections:
        taken = r.choice(articles[one].sections)
        left = tuple(s for s in articles[one].sections if s is not taken)
        articles[one] = replace(articles[one], sections=left)
        place = r.randint(0, len(articles[other].sections))
        there = articles[other].sections
        articles[other] = replace(articles[other], sections=(*there[:place], taken, *there[place:]))
    return replace(made, articles=tuple(articles))


def renumbered(made: Contract) -> Contract:
    """Number everything anew, as a draft would, and let each reference print what it points to."""
    articles = tuple(
        replace(
            article,
            number=str(n),
            sections=tuple(_numbered(replace(s, number=f"{n}.{m}")) for m, s in enumerate(article.sections, 1)),
        )
        for n, article in enumerate(made.articles, 1)
    )
    exhibits = tuple(
        replace(exhibit, number="ABCDEFGHIJ"[n], sections=tuple(map(_numbered, exhibit.sections)))
        for n, exhibit in enumerate(made.exhibits)
    )
    made = replace(
        made, opening=tuple(map(_numbered, made.opening)), recitals=_recitals(made.recitals),
        articles=articles, exhibits=exhibits,
    )  # fmt: skip
    found = targets(made)

    def resolved(line: Runs) -> Runs:
        return tuple(
            replace(run, text=found.get(run.target, run.text)) if isinstance(run, Reference) else run for run in line
        )

    return over_lines(made, resolved)


ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def _numbered(part: Section) -> Section:
    items, subitems, blocks = 0, 0, []
    for one in part.blocks:
        if isinstance(one, Paragraph):
            number = ""
            if one.style == "item":
                items, subitems = items + 1, 0
                number = f"({chr(96 + (items - 1) % 26 + 1) * ((items - 1) // 26 + 1)})"
            elif one.style == "subitem" and items:
                subitems += 1
                number = f"({ROMAN[(subitems - 1) % len(ROMAN)]})"
            one = replace(one, number=number)  # noqa: PLW2901
        blocks.append(one)
    return replace(part, blocks=tuple(blocks))


def _recitals(parts: tuple[Section, ...]) -> tuple[Section, ...]:
    """Letter the recitals through all their sections."""
    letters = itertools.count()

    def lettered(one: Paragraph | Table) -> Paragraph | Table:
        recital = isinstance(one, Paragraph) and one.style == "recital"
        return replace(one, number=f"{chr(65 + next(letters) % 26)}.") if recital else one

    return tuple(replace(p, blocks=tuple(map(lettered, _numbered(p).blocks))) for p in parts)


def over_lines(made: Contract, change: Callable[[Runs], Runs]) -> Contract:
    """Change every line of runs in the sections of a contract."""

    def of_block(one: Paragraph | Table) -> Paragraph | Table:
        if isinstance(one, Paragraph):
            return replace(one, runs=change(one.runs))
        return Table(tuple(map(change, one.header)), tuple(tuple(map(change, row)) for row in one.rows))

    return over_sections(made, lambda s: replace(s, blocks=tuple(map(of_block, s.blocks))))


def over_sections(made: Contract, change: Callable[[Section], Section]) -> Contract:
    """Change every section of a contract."""

    def of_sections(parts: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(map(change, parts))

    return replace(
        made, opening=of_sections(made.opening), recitals=of_sections(made.recitals),
        articles=tuple(replace(a, sections=of_sections(a.sections)) for a in made.articles),
        exhibits=tuple(replace(e, sections=of_sections(e.sections)) for e in made.exhibits),
    )  # fmt: skip


def told_apart(made: Contract) -> Contract:
    """Leave each label to the first paragraph that has it: no contract has two of one name."""
    seen: set[str] = set()

    def once(one: Paragraph | Table) -> Paragraph | Table:
        if not isinstance(one, Paragraph) or not one.label:
            return one
        label = "" if one.label in seen else one.label
        seen.add(one.label)
        return replace(one, label=label)

    return over_sections(made, lambda s: replace(s, blocks=tuple(map(once, s.blocks))))


# -- pairs --------------------------------------------------------------------------------------


def pair(number: int) -> tuple[Contract, Contract]:
    """Make the pair of contracts of this number: of six kinds in turn."""
    r = random.Random(number)  # noqa: S311  # nothing is secret
    drafts = drafted("small", 60)
    match number % 6:
        case 0:
            return r.choice(drafts), r.choice(drafts)
        case 1:
            return told_apart(tree(r)), told_apart(tree(r))
        case 2:
            base = renumbered(tree(r))
        case _:
            base = r.choice(drafts)
    revised = base
    for _ in range(r.randint(1, 4)):
        revised = edited(r, revised)
    return told_apart(base), told_apart(renumbered(revised) if number % 2 else revised)


STRATEGY = st.integers(0, 10**9).map(pair)
