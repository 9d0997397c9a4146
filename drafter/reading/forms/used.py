"""Says which questions a form of the contract uses, and leaves out of its questionnaire what only other forms ask.

One rule: a question is used where a text, a condition, a requirement or the memo of the form reads its answer, directly
or through another question. A check alone doesn't make the form ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter import language
from drafter.language import Expression
from drafter.reading import readers
from drafter.reading.library import Library
from drafter.reading.questionnaire import Check, Questionnaire


def only_asked(library: Library, all_: tuple[Library, ...]) -> Library:
    """Return the library of a form with the questions, checks and phrases that it uses, and those that no form uses.

    `all_` are the libraries of every form, with all the questions.
    """
    asked = library.questionnaire
    by_form = {one.form.id: used(one) for one in all_}
    anywhere = frozenset().union(*by_form.values())
    kept = [name for name in asked.questions if name in by_form[library.form.id] or name not in anywhere]
    elsewhere = {
        name: tuple(form for form, names in by_form.items() if name in names)
        for name in asked.questions
        if name not in kept
    }
    phrases = {
        name: found
        for name, found in library.phrases.items()
        if elsewhere.keys().isdisjoint(readers.questions(library, found[0]))
    }
    cut = replace(_cut(library, frozenset(kept)), form=library.form.id, forms={f.id: f.label for f in library.forms})
    return replace(library, questionnaire=replace(cut, elsewhere=elsewhere), phrases=phrases)


def used(library: Library) -> frozenset[str]:
    """Return the questions that the library of a form uses; checks count only where a requirement rests on them."""
    asked = library.questionnaire
    carrying = {name for requirement in library.requirements for name in requirement.checks}
    found = {
        name
        for name, those in readers.readers(library).items()
        if any(r.kind not in ("question", "check") or (r.kind == "check" and r.name in carrying) for r in those)
    }
    waiting = list(found)
    while waiting:
        for name in _deciding(asked, waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def _deciding(asked: Questionnaire, name: str) -> Iterator[str]:
    """Yield the questions that decide whether a question is asked, or what it can be answered with."""
    condition = asked.ask_when.get(name)
    yield from language.names(condition) & asked.questions.keys() if condition is not None else ()
    for one in (asked.questions[name], *asked.questions[name].fields):
        listed = one.among.partition(".")[0]
        if listed in asked.questions:
            yield listed


def _cut(library: Library, kept: frozenset[str]) -> Questionnaire:
    asked = library.questionnaire
    gone = asked.questions.keys() - kept
    sections = (
        replace(section, questions=tuple(q for q in section.questions if q.id in kept)) for section in asked.sections
    )
    return replace(
        asked,
        sections=tuple(section for section in sections if section.questions),
        questions={name: question for name, question in asked.questions.items() if name in kept},
        schema={name: kind for name, kind in asked.schema.items() if name not in gone},
        ask_when={name: condition for name, condition in asked.ask_when.items() if name in kept},
        checks=tuple(check for check in asked.checks if gone.isdisjoint(_read(library, check))),
    )


def _read(library: Library, check: Check) -> Iterator[str]:
    """Yield the questions that a check reads or is about."""
    expressions: tuple[Expression | None, ...] = (check.holds, check.when, check.each and check.each[1])
    for expression in expressions:
        yield from readers.questions(library, expression) if expression is not None else ()
    yield from check.entry.questions
