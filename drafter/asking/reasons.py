"""Why a question is asked: the reason, the policy's own words, the requirements it decides, and the authorities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.asking import effects
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question
from drafter.reading.sources.source import Paragraph

Reason = tuple[str, str]  # a heading, and the words below it


def of(library: Library, question: Question, name: str) -> tuple[Reason, ...]:
    """Return why a question, or a field of the list `name`, is asked."""
    quoted = tuple(_named_paragraphs(library, question.why))
    own = [("Why this is asked", question.why)] if question.why else []
    policy = [(f"{library.policy.citation}, {p.id}", f"“{p.text.strip() or p.heading}”") for p in quoted]
    return (*own, *policy, *_requirements(library, name, quoted), *_authorities(library, question, quoted))


def _requirements(library: Library, name: str, quoted: tuple[Paragraph, ...]) -> Iterator[Reason]:
    """Yield each requirement of the clauses that a question decides, with its quote if no paragraph shows it."""
    for clause in (library.clauses[c] for c in effects.decided_by(library, name)):
        for wanted in dict.fromkeys(r for a in clause.alternatives for r in a.satisfies):
            requirement = library.requirement(wanted)
            if requirement:
                known = not requirement.quote or any(requirement.paragraph == p.id for p in quoted)
                quote = "" if known else f" “{requirement.quote}”"
                yield f"It decides “{library.named(clause.title)}”, for {wanted}", f"{requirement.asks}{quote}"


def _authorities(library: Library, question: Question, quoted: tuple[Paragraph, ...]) -> Iterator[Reason]:
    for authority in (library.authorities[a] for a in question.authority if a in library.authorities):
        if quoted and authority.citation == library.policy.citation:
            continue
        verify = " An attorney must read it before relying on it." if authority.verify else ""
        yield authority.citation, f"{': '.join(filter(None, (authority.title, authority.cited_for)))}{verify}"


def _named_paragraphs(library: Library, why: str) -> Iterator[Paragraph]:
    """Find the paragraphs of the policy that a text names, including ranges such as "V.A to V.D"."""
    if library.policy.citation not in why and "paragraph" not in why.lower():
        return
    order = [p for p in library.policy.paragraphs if p.id[:1].isupper()]
    ids = [p.id for p in order]
    wanted: set[str] = set()
    for paragraph in ids:
        lead = r"(?<![\w.])" if "." in paragraph else rf"(?:paragraph|{re.escape(library.policy.citation)},) "
        if re.search(rf"{lead}{re.escape(paragraph)}(?![\w-]|\.\w)", why):
            wanted.add(paragraph)
    for first, last in re.findall(r"([\w.]+) to ([\w.]+)", why):
        if first in ids and last.rstrip(".") in ids:
            wanted.update(ids[ids.index(first) : ids.index(last.rstrip(".")) + 1])
    parts = (p for p in order if p.id in wanted or p.id.rpartition("-")[0] in wanted)
    yield from (p for p in parts if p.text.strip() or p.heading)
