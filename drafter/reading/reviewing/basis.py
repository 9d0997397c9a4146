"""Says what a reading rests on: the words that a person had to look at, each by what it is.

When one of them changes, the reading no longer holds. Nothing is worked out before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property

from drafter import language
from drafter.language import Expression
from drafter.reading.library import Alternative, Clause, Library
from drafter.reading.memo.memo_text import PaperText
from drafter.reading.prose import PolicyText, Title, sentences
from drafter.reading.questionnaire import Question
from drafter.reading.reviewing import written
from drafter.reading.reviewing.definitions import Definitions
from drafter.reading.reviewing.marks import Own, Texts
from drafter.reading.sources.source import NAMES, Requirement, Source, squeezed, values


class Basis:
    """The texts that readings of a library rest on, each worked out once."""

    def __init__(self, library: Library) -> None:
        """Take the library."""
        self.library = library
        self._said: dict[tuple[str, str], dict[str, str]] = {}
        self._answers: dict[frozenset[str], dict[str, str]] = {}

    def of(self, requirement: Requirement, clause: Clause, alternative: Alternative, own: Own) -> Texts:
        """Return what reading a wording against a requirement rests on; `own` are a matter's own wordings in force."""
        says = dict(alternative.says).get(requirement.id, ())
        return {
            **self._asked(requirement),
            "requirement": _row(requirement),
            **self._checks(requirement),
            **self._read_by(requirement),
            **({"says": "\n".join(says)} if says else {}),
            **self._wording(clause, alternative, own),
            **self._limits.get(requirement.id, {}),
            **self._general,
        }

    def of_same(self, requirement: Requirement) -> Texts:
        """Return what it rests on that a requirement asks the same as others: the words and the row of each."""
        others = [other for other in map(self.library.requirement, requirement.same_as) if other is not None]
        found = {**self._asked(requirement), "requirement": _row(requirement)}
        for other in others:
            found |= {**self._asked(other), f"requirement {other.lasting}": _row(other)}
        return found

    def alone(self, clause: Clause, alternative: Alternative, own: Own) -> Texts:
        """Return what reading a wording by itself rests on: its words, heading, what it prints and declares."""
        said = {words for line in sentences.lines_of(alternative.text) for words in sentences.said(line)}
        every = (*clause.exceptions, *alternative.exceptions)
        declared = [one for one in every if sentences.as_written(one.sentence) in said]
        reasons = "\n".join(f"{squeezed(one.sentence)} ({squeezed(one.because)})" for one in declared)
        return {**self._wording(clause, alternative, own), **({"exceptions": reasons} if reasons else {})}

    @cached_property
    def outline(self) -> Texts:
        """Return what reading the outline's own words rests on: the title, the caption, the signature blocks."""
        library = self.library
        signed = [line for one in library.signatures for line in (one.party, one.note, one.name, one.title) if line]
        filled = (one for line in (library.title, *library.caption, *signed) for one in written.filled(line))
        signers = (one.signers.expression for one in library.signatures if one.signers is not None)
        return {
            "title": written.titled(library.title),
            **_where("caption", "\n".join(map(written.titled, library.caption))),
            **_where("signatures", "\n".join(map(written.titled, signed))),
            **self._prints((*filled, *signers)),
        }

    def of_paper(self, file: str) -> Texts:
        """Return what reading a paper rests on, by its file: its texts, each by where it is, with when it is there."""
        texts = (text for text in self.library.paper_texts if text.of.file == file)
        return {what: said for text in texts for what, said in _in_paper(text) if said}

    def of_source(self, source: Source) -> Texts:
        """Return what is said of a source that no wording shows: all it is said to ask, its slips, what governs.

        What it is said to ask is there without the ids, which change with its numbers.
        """
        quiet = [f"{squeezed(one.sentence)} ({squeezed(one.because)})" for one in source.asks_nothing]
        quiet += [f"{squeezed(r.quote)} ({squeezed(r.asks)})" for r in source.requirements if r.level == "info"]
        slips = (f"{squeezed(one.text)} ({squeezed(one.handling)})" for one in source.anomalies)
        return {
            "source": f"{source.citation}: {source.title} ({source.kind} of {source.body}; {source.cited})",
            **_where("what it asks", "\n".join(self._demands(source))),
            **_where("actors", ", ".join(source.actors)),
            **_where("clauses that can undo", ", ".join(source.can_undo)),
            **_where("clauses on a change of it", ", ".join(source.on_change)),
            **_where("what asks nothing", "\n".join(quiet)),
            **_where("anomalies", "\n".join(slips)),
            **_where("governs", squeezed(source.governs)),
        }

    def _demands(self, source: Source) -> Iterator[str]:
        """Yield what each requirement of a source asks, its quotation, when it applies, and what asks the same."""
        for one in (r for r in source.requirements if r.level != "info"):
            others = (other.asks for other in map(self.library.requirement, one.same_as) if other is not None)
            same = (f"the same as: {squeezed(asks)}" for asks in others)
            said = "; ".join((squeezed(one.quote), *filter(None, (squeezed(one.applies_when),)), *same))
            yield f"{squeezed(one.asks)} ({one.level}: {said})"

    # -- the parts of it ------------------------------------------------------------------------

    def _asked(self, requirement: Requirement) -> dict[str, str]:
        """Return the words of the paragraph that a requirement is taken from, by the name of its source."""
        source = self.library.source_of(requirement.id)
        what = "policy" if source is self.library.policy else f"source {source.name}"
        found = (p for p in source.paragraphs if p.id == requirement.paragraph)
        return {what: next((squeezed(f"{p.heading} {p.text} {p.summary}") for p in found), "")}

    def _checks(self, requirement: Requirement) -> dict[str, str]:
        """Return the checks of the questionnaire that carry a requirement."""
        found = (one.entry for one in self.library.questionnaire.checks if one.entry.id in requirement.checks)
        return {f"check {one.id}": squeezed(f"{one.level}: {one.each} {one.when} {one.holds}") for one in found}

    def _read_by(self, requirement: Requirement) -> dict[str, str]:
        """Return the questions that decide whether a requirement applies."""
        condition = self.library.conditions.get(requirement.id)
        return self._prints(() if condition is None else (condition,))

    def _wording(self, clause: Clause, alternative: Alternative, own: Own) -> dict[str, str]:
        key = clause.id, alternative.id
        if key not in self._said:
            above = self._above(clause)
            titles = (one for title in above for one in written.filled(title))
            quotes = any(isinstance(block, PolicyText) for block in alternative.text)
            self._said[key] = {
                "wording": written.words(clause, alternative),
                **({"policy, as printed": _quoted(self.library.policy)} if quotes else {}),
                "heading": ": ".join(map(written.titled, (*above, clause.title))),
                **self._prints((*written.expressions(clause, alternative), *titles)),
            }
        found = self._said[key]
        words = "\n".join((found["wording"], found["heading"], *_phrases(found)))
        return {**found, **self._definitions.used(words, own)}

    def _above(self, clause: Clause) -> tuple[Title, ...]:
        """Return what the part of the contract is called that a clause is in: its article or exhibit, or none."""
        library = self.library
        parts = (("Opening", library.opening), ("Recitals", library.recitals), ("Agreement", library.agreement))
        groups = ((group.title, group.clauses) for group in (*library.articles, *library.exhibits))
        return tuple(title for title, clauses in (*parts, *groups) if clause.id in clauses)

    @cached_property
    def _definitions(self) -> Definitions:
        return Definitions(self.library)

    @cached_property
    def _general(self) -> Texts:
        """Return the words of the clauses that could undo others; of each, those of the library's alternatives."""
        found = ((name, self.library.clauses.get(name)) for name in self.library.policy.can_undo)
        return {f"clause {name}": _all_words(clause) for name, clause in found if clause is not None}

    @cached_property
    def _limits(self) -> Mapping[str, dict[str, str]]:
        """Return what is declared to narrow each requirement, by its id."""
        found: dict[str, list[str]] = {}
        for clause in self.library.clauses.values():
            for one in (*clause.exceptions, *(e for a in clause.alternatives for e in a.exceptions if not a.is_own)):
                for wanted in one.limits:
                    found.setdefault(wanted, []).append(f"{squeezed(one.sentence)} ({squeezed(one.because)})")
        return {wanted: {"limits": "\n".join(said)} for wanted, said in found.items()}

    def _prints(self, expressions: Iterable[Expression]) -> dict[str, str]:
        """Return the questions, phrases and figures that expressions read."""
        names = frozenset[str]().union(*map(language.names, expressions))
        if names not in self._answers:
            self._answers[names] = dict(sorted(self._read(names)))
        return self._answers[names]

    def _read(self, names: frozenset[str]) -> Iterator[tuple[str, str]]:
        library = self.library
        phrases = {name: library.phrases[name][0] for name in names if name in library.phrases}
        yield from ((f"phrase {name}", language.explain(expression)) for name, expression in phrases.items())
        every = names.union(*map(language.names, phrases.values()))
        facts = values(library.policy)
        yield from ((name, str(facts[name])) for name in every & NAMES.keys())
        figures = (one for one in library.policy.figures if f"policy.{one.id}" in every)
        yield from ((f"figure {one.id}", f"{one.value} {one.unit}".strip()) for one in figures)
        parts = {name.rpartition(".")[2] for name in every}  # a record's field is read by its name in the loop
        for name in every & library.questionnaire.questions.keys():
            asked = library.questionnaire.questions[name]
            yield f"question {name}", _question(asked)
            yield from ((f"question {name}.{one.id}", _question(one)) for one in asked.fields if one.id in parts)


def _in_paper(text: PaperText) -> Iterator[tuple[str, str]]:
    called = text.of.name
    yield from ((f"{called}, {name}", sentences.written(parts)) for name, parts in text.head.items())
    if text.statuses:
        yield f"{called}, years and statuses", f"{text.each_year}; {text.partial}; {_told(text.statuses)}"
    yield from ((f"{called}, {name}", "\n".join(written.lines(said))) for name, said in text.parts.items())
    found: dict[str, list[str]] = {}
    for one in text.costs:
        of = (language.explain(factor) for factor, _ in one.factors)
        rise = [language.explain(e) for e in (one.rise, one.rises_when) if e is not None]
        counted = "; ".join(filter(None, (" * ".join(of), one.said, *rise, one.rises_said)))
        words = f"{sentences.written(one.label)}: {sentences.written(one.basis)} ({counted})"
        found.setdefault(f"{called}, costs", []).append(f"{_when(one.when)}{words}")
    for what, entries in (("section", text.sections), ("slip", text.anomalies)):
        for entry in entries:
            said = f"{_when(entry.when)}{sentences.written(entry.text)}"
            found.setdefault(f"{called}, {what} {entry.about}", []).append(said)
    yield from ((what, "\n".join(lines)) for what, lines in found.items())


def _when(condition: Expression | None) -> str:
    return "" if condition is None else f"{{when: {language.explain(condition)}}} "


def _where(what: str, words: str) -> dict[str, str]:
    return {what: words} if words else {}


def _phrases(texts: Texts) -> Iterator[str]:
    return (words for what, words in texts.items() if what.startswith("phrase "))


def _quoted(policy: Source) -> str:
    """Return the policy as a clause prints it, paragraph by paragraph."""
    return "\n".join(" ".join(filter(None, (p.number, p.heading, squeezed(p.text)))) for p in policy.paragraphs)


def _all_words(clause: Clause) -> str:
    return "\n\n".join(written.words(clause, one) for one in clause.alternatives if not one.is_own)


def _question(asked: Question) -> str:
    """Return what an answer to a question means: what is asked, when, what is taken where nothing is, the choices."""
    lines = [squeezed(asked.prompt)]
    lines += [f"asked when: {asked.ask_when}"] if asked.ask_when else []
    lines += [f"default: {asked.default}"] if asked.default is not None else []
    lines += [f"{one.value}: {squeezed(one.text or one.label)}" for one in asked.options]
    return "\n".join(lines)


_OWN_NAMES = ("id", "name", "called", "paragraph", "same_as")  # by which it is known, and not what it says


def _row(requirement: Requirement) -> str:
    """Return all that a requirement's row says, a line for each; not by which ids it is known."""
    named = (one for one in fields(requirement) if one.name not in _OWN_NAMES)
    found = ((one.name, _told(getattr(requirement, one.name))) for one in named)
    return "\n".join(f"{name}: {said}" for name, said in found if said)


def _told(value: object) -> str:
    """Return what a value from a file says, in one line; what is empty says nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        found = ((one.name, _told(getattr(value, one.name))) for one in fields(value))
        return ", ".join(f"{name} {said}" for name, said in found if said)
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_told(inner)}" for name, inner in value.items())
    if isinstance(value, tuple):
        return "; ".join(map(_told, value))
    return squeezed(str(value)) if value else ""
