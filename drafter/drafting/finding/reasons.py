"""Says why a clause reads as it does in a matter, and which command would make it read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter import language
from drafter.base.problems import Place, command
from drafter.drafting import selection, ways
from drafter.drafting.selection import Choice, Selection
from drafter.language import Expression, Missing, Value
from drafter.matters.answers import Answers
from drafter.reading import readers
from drafter.reading.library import Alternative
from drafter.reading.questionnaire import Question

Row = tuple[str, str]


def in_words(selected: Selection, clause_id: str) -> tuple[Row, ...]:
    """Return why a clause reads as it does for whoever types no commands: without them, and without ids.

    DraftingError for an unknown clause.
    """
    clause = selected.library.clause(clause_id)
    choice = selected.choices.get(clause_id)
    if choice is None:
        return (("Left out", f"because {said(selected, clause.when)}"),) if clause.when is not None else ()
    chosen = choice.alternative
    found = [("Alternative", chosen.label), ("Position", chosen.position), ("Because", _because(choice))]
    if chosen.when is not None and not chosen.is_own:
        found.append(("Answers", said(selected, chosen.when)))
    if clause.when is not None:
        found.append(("In the draft", f"because {said(selected, clause.when)}"))
    return *found, *_rests_on(choice, selected)


def explain(selected: Selection, given: Answers, clause_id: str, matter: str) -> tuple[Row, ...]:
    """Return why a clause reads as it does, as (heading, words) pairs. DraftingError for an unknown clause.

    `matter` is what the commands in it call the matter.
    """
    clause = selected.library.clause(clause_id)
    named = ("Clause", f"{selected.named(clause.title)} ({clause.id})")
    choice = selected.choices.get(clause_id)
    if choice is None:
        changes = _flips(clause.when, selected, given, matter, wanted=True) if clause.when is not None else ()
        why = behind(selected, clause.when) if clause.when is not None else ""
        return (named, ("Left out", f"because {why}"), *(("To put it in", step) for step in changes))
    return (
        named,
        *_why(choice, selected),
        *_in_the_draft(choice, selected, given, matter),
        *_rests_on(choice, selected),
        *_others(choice, selected, given, matter),
        ("File", str(choice.alternative.place)),
    )


def _why(choice: Choice, selected: Selection) -> Iterator[Row]:
    """Yield the alternative, and what selects it."""
    chosen = choice.alternative
    yield "Alternative", f"{chosen.label} ({chosen.id})"
    yield "Position", chosen.position
    where = " (alternatives: in the answers file)" if choice.by == "negotiator" else ""
    yield "Because", f"{_because(choice)}{where}"
    if chosen.when is not None and not chosen.is_own:
        yield "Answers", behind(selected, chosen.when)


def _because(choice: Choice) -> str:
    if choice.by == "negotiator":
        return "the negotiator chose it"
    is_only = len(choice.clause.alternatives) == 1 and choice.alternative.when is None
    return "it is the only wording" if is_only else "the answers select it"


def _in_the_draft(choice: Choice, selected: Selection, given: Answers, matter: str) -> Iterator[Row]:
    """Yield why the clause is in the draft at all, and how to leave it out."""
    if choice.clause.when is not None:
        yield "In the draft", f"because {behind(selected, choice.clause.when)}"
        for step in _flips(choice.clause.when, selected, given, matter, wanted=False):
            yield "To leave it out", step


def _rests_on(choice: Choice, selected: Selection) -> Iterator[Row]:
    """Yield the requirements that an alternative meets, what the clause rests on, and what it concedes."""
    library, chosen = selected.library, choice.alternative
    for wanted in chosen.satisfies:
        requirement = library.requirement(wanted)
        if requirement is not None:
            quote = f" “{requirement.quote}”" if requirement.quote else ""
            yield "Requirement", f"{library.cited((wanted,))}: {requirement.asks}{quote}"
    for wanted in choice.clause.authority:
        authority = library.authorities[wanted]
        verify = " [verify before relying on it]" if authority.verify else ""
        yield "Authority", f"{authority.citation}{': ' + authority.cited_for if authority.cited_for else ''}{verify}"
    if chosen.concedes:
        yield "Concedes", chosen.concedes


def _others(choice: Choice, selected: Selection, given: Answers, matter: str) -> Iterator[Row]:
    """Yield each other alternative with the command that puts it in."""
    known = readers.readers(selected.library, given.chosen)
    for other in choice.clause.alternatives:
        if other is not choice.alternative:
            way = ways.way(selected, given, choice.clause, other, known)
            problem = ways.obstacle(way, matter, Place(given.path))
            step = problem.hint if problem else command("swap", matter, choice.clause.id, other.id)
            yield "Other alternatives", f"{_named(other)}: {step}"


def _named(alternative: Alternative) -> str:
    return f"{alternative.id} ({alternative.position})"


def behind(selected: Selection, condition: Expression) -> str:
    """Return the answers that a condition depends on: "bites is yes, and fee is not answered".

    The condition is added where an answer is no option, so that the answers alone don't explain it: a fee above 500.
    """
    asked = selected.library.questionnaire.questions
    read = frozenset(readers.questions(selected.library, condition))
    names = [name for name in asked if name in read]
    said = [f"{name} is {_plain(selected.values[name])}" for name in names]
    is_plain = all(ways.values(asked[name]) for name in names)
    return ", and ".join(said) + ("" if is_plain else f" (the condition is {language.explain(condition)})")


def said(selected: Selection, condition: Expression) -> str:
    """Return the answers that a condition depends on, as people say them: the questions, and the options' labels."""
    asked = selected.library.questionnaire.questions
    read = frozenset(readers.questions(selected.library, condition))
    found = ((one, selected.values[name]) for name, one in asked.items() if name in read)
    return "; ".join(f"{one.prompt} {_labelled(one, value)}" for one, value in found)


def _labelled(asked: Question, value: Value) -> str:
    labels = {option.value: option.label for option in asked.options}
    if isinstance(value, tuple) and asked.options:
        return ", ".join(labels.get(str(one), str(one)) for one in value) or "none"
    found = labels.get(value, value) if isinstance(value, str) else _plain(value)
    return f"{found[:1].upper()}{found[1:]}"


def _flips(condition: Expression, selected: Selection, given: Answers, matter: str, *, wanted: bool) -> tuple[str, ...]:
    """Return each command that by itself makes a condition true, or false; those that may, where no option does."""
    asked = selected.library.questionnaire.questions
    read = frozenset(readers.questions(selected.library, condition))
    questions = [asked[name] for name in asked if name in read]
    found = tuple(
        command("answer", matter, question.id, ways.as_typed(value))
        for question in questions
        for value in ways.values(question)
        if _holds(condition, selected, replace(given, given={**given.given, question.id: value})) == wanted
    )
    return found or tuple(command("answer", matter, question.id, "VALUE") for question in questions)


def _holds(condition: Expression, selected: Selection, given: Answers) -> bool:
    return language.holds(condition, selection.names(selected.library, given))


def _plain(value: Value) -> str:
    match value:
        case Missing():
            return "not answered"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return f"a list of {len(value)}"
        case str():
            return f"'{value}'"
        case _:
            return str(value)
