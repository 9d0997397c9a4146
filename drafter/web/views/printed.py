"""The contract as HTML: each blank and each answer leads to its question, each reference to what it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from drafter.base import characters
from drafter.contract import Blank, Contract, Paragraph, Section, Table, run_text, sections
from drafter.contract.tree import Answer, Article, Block, Definition, Exhibit, Reference, Run, Runs, Title, Use

_OF_RECORD = re.compile(r"(.+)\[([1-9][0-9]*)\](?:\..+)?")


def whole(made: Contract, at: str, choosable: Collection[str]) -> Markup:
    """Return a contract as HTML; `at` is the address of its matter, `choosable` the clauses with other wordings."""
    return Markup("\n").join(_parts(made, at, frozenset(choosable)))


def of_sections(made: Contract, names: Collection[str], at: str, choosable: Collection[str]) -> dict[str, str]:
    """Return some sections as HTML, by their ids."""
    can, first = frozenset(choosable), {one.id for one in (*made.opening, *made.recitals)}
    return {
        one.id: str(_section(one, at, one.id in can, 3 if one.id in first else 4))
        for one in sections(made)
        if one.id in names
    }


def alone(made: Contract, name: str, at: str) -> Markup:
    """Return one section as HTML, below a heading of the second level; nothing where it is not in the contract."""
    return Markup("").join(_section(one, at, can=False, level=3) for one in sections(made) if one.id == name)


def outline(made: Contract) -> tuple[object, ...]:
    """Return what of a contract is outside of its sections: where it differs, the whole contract is shown anew."""
    groups: tuple[Article | Exhibit, ...] = (*made.articles, *made.exhibits)
    parts = tuple((part.number, part.title, _ids(part.sections)) for part in groups)
    return made.title, made.caption, _ids(made.opening), _ids(made.recitals), parts, made.signatures


def _ids(those: Iterable[Section]) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.number) for one in those)


def _parts(made: Contract, at: str, can: frozenset[str]) -> Iterable[Markup]:
    yield Markup('<h2 class="title">{}</h2>').format(_title(made.title, at))
    yield from (Markup('<p class="caption">{}</p>').format(runs(line, at)) for line in made.caption)
    yield from (_section(one, at, one.id in can, 3) for one in (*made.opening, *made.recitals))
    for article in made.articles:
        yield Markup('<h3 id="s-article:{}">Article {}. {}</h3>').format(
            article.id, article.number, _title(article.title, at)
        )
        yield from (_section(one, at, one.id in can) for one in article.sections)
    for block in made.signatures:
        yield Markup('<div class="signature"><p><b>{}</b></p>{}</div>').format(
            runs(block.party, at),
            Markup("").join(
                Markup('<p class="line">{}, {}</p>').format(runs(one.name, at), runs(one.title, at))
                for one in block.signers
            ),
        )
    for exhibit in made.exhibits:
        yield Markup('<h3 id="s-exhibit:{}">Exhibit {}. {}</h3>').format(
            exhibit.id, exhibit.number, _title(exhibit.title, at)
        )
        yield from (_section(one, at, one.id in can) for one in exhibit.sections)


@lru_cache(maxsize=4000)
def _section(section: Section, at: str, can: bool, level: int = 4) -> Markup:  # noqa: FBT001  # kept by its arguments
    """Return a section as HTML, with a heading of a level."""
    head = Markup("")
    if section.heading:
        other = Markup(' <a class="others" href="{}/wordings/{}">Other wordings</a>').format(at, section.id)
        heading = Markup('<h{0} class="heading">{1} {2}{3}</h{0}>')
        head = heading.format(level, section.number, _title(section.heading, at), other if can else "")
    body = Markup("").join(_block(block, at) for block in section.blocks)
    return Markup('<div class="s" id="s-{}">{}{}</div>').format(section.id, head, body)


def _block(block: Block, at: str) -> Markup:
    if isinstance(block, Table):
        header = Markup("").join(Markup('<th scope="col">{}</th>').format(runs(cell, at)) for cell in block.header)
        rows = Markup("").join(
            Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(runs(cell, at)) for cell in row))
            for row in block.rows
        )
        return Markup('<table class="t"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(header, rows)
    return _paragraph(block, at)


def _paragraph(block: Paragraph, at: str) -> Markup:
    label = Markup(' id="s-{}"').format(block.label) if block.label else ""
    number = Markup('<span class="n">{}</span> ').format(block.number) if block.number else ""
    return Markup('<p class="{}"{}>{}{}</p>').format(block.style, label, number, runs(block.runs, at))


def runs(line: Runs, at: str) -> Markup:
    """Return a line as HTML."""
    return Markup("").join(_run(run, at) for run in line)


def _title(title: Title, at: str) -> Markup:
    return _words(title) if isinstance(title, str) else runs(title, at)


def _run(run: Run, at: str) -> Markup:
    match run:
        case Blank(question=name):
            return Markup('<a class="blank" href="{}">{}</a>').format(asked_at(at, name), _words(run_text(run)))
        case Answer(question=name):
            return Markup('<a class="answer" href="{}">{}</a>').format(asked_at(at, name), _words(run.text))
        case Reference(target=target):
            return Markup('<a class="to" href="#s-{}">{}</a>').format(target, _words(run.text))
        case Definition():
            return Markup("“<b>{}</b>”").format(_words(run.text))
        case Use():
            return _words(run.text)
        case _:
            return _words(run.text)


def _words(text: str) -> Markup:
    return escape(characters.shown(text)).replace("\n", Markup("<br>"))


def asked_at(at: str, name: str) -> str:
    """Return the address of the page that asks a question, or for the record that a field is of."""
    found = _OF_RECORD.fullmatch(name)
    return f"{at}/ask/{found[1]}/{found[2]}" if found else f"{at}/ask/{name}"
