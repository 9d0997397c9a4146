"""What an answer did, and how it stands, in words for an attorney."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drafter.asking import interview
from drafter.asking.interview import Change, Decision, Interview
from drafter.asking.pages import Notice
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.drafting.selection import Choice
from drafter.language import Missing, Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading.questionnaire import Question

MOST_TOLD = 3  # clauses told of after one answer; more would hide the next question


def values(question: Question) -> list[str]:
    """Return the answers that a choice, or yes and no, can have."""
    return ["yes", "no"] if question.type == "yes-no" else [option.value for option in question.options]


def options(question: Question) -> list[tuple[str, str, str]]:
    """Return each answer that can be chosen, with its label and what it leads to."""
    if question.type == "yes-no":
        return [("yes", "Yes", ""), ("no", "No", "")]
    return [(option.value, option.label, flat(option.leads_to)) for option in question.options]


def spoken(words: str) -> str:
    """Return yes or no however the file spells it; another text as it is."""
    spelled = {"true": "yes", "on": "yes", "yes": "yes", "false": "no", "off": "no", "no": "no"}
    return spelled.get(words.lower(), words)


def trouble(here: Interview, error: DraftingError) -> str:
    """Return what is wrong, and what to do, as sentences."""
    texts = (spelled(here, text) for p in error.problems for text in (p.message, p.hint) if text)
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts)


def said(question: Question, words: Written) -> str:
    """Return an answer as it stands in a file in words."""
    match words:
        case None | "" | ():
            return ""
        case str():
            try:
                return interview.in_words(question, interview.reading(question, words)[1])
            except DraftingError:
                return words
        case _ if question.type == "records":
            first = [next(filter(None, item.values()), "") for item in words if isinstance(item, Mapping)]
            return f"{len(words)}: {'; '.join(first)}"
        case _:
            labels = {option.value: option.label for option in question.options}
            return ", ".join(labels.get(str(item), str(item)) for item in words)


def in_field(words: Written) -> str:
    """Return an answer as it can be edited in a field of one line or more; lists can't."""
    return words if isinstance(words, str) else ""


def brief(question: Question, value: Value | None) -> str:
    """Return a value for a cell: dates without the weekday, no line breaks."""
    words = "" if isinstance(value, Missing) else interview.in_words(question, value)
    return flat(words.partition(", ")[2] if question.type == "date" and words else words)


def told(here: Interview, change: Change) -> Iterator[Notice]:
    """Say what an answer brought about: clauses, questions that are asked or no longer asked, and problems."""
    for decision in change.decided[:MOST_TOLD]:
        yield from (Notice("decided", text) for text in _decided(decision, here.library.policy.citation))
    for text in more(len(change.decided) - MOST_TOLD, "clause"):
        yield Notice("decided", text)
    back = [q for q in change.opened if interview.is_answered(here, q)]
    fresh = [here.question(q).prompt for q in change.opened if q not in back]
    if fresh:
        yield Notice(
            "asked",
            f"Now asked as well: {' '.join([*fresh[:MOST_TOLD], *(['...'] if len(fresh) > MOST_TOLD else [])])}",
        )
    for name in back:
        words = interview.in_words(here.question(name), here.answers.given[name])
        yield Notice("asked", f"In the draft again, as answered before: {here.question(name).prompt} {words}")
    for kept in (False, True):
        closed = [here.question(q).prompt for q in change.closed if interview.is_answered(here, q) == kept]
        stays = ["The answer stays in the file, but out of the draft."] if kept else []
        if closed:
            yield Notice("asked", " ".join(["No longer asked:", *closed, *stays]))
    for problem in change.found:
        yield Notice(problem.level, " ".join(filter(None, (spelled(here, problem.message), problem.hint))))


def _decided(decision: Decision, citation: str) -> Iterator[str]:
    """Say how a clause reads now, how it read before, and what that gives up."""
    title, choice = f"“{decision.clause.title}”", decision.after
    if not decision.is_new:
        yield f"{title} stays as it is: {_alternative(choice, citation)}"
        return
    yield f"{title} is now: {_alternative(choice, citation)}"
    yield f"Before: {_alternative(decision.before, citation)}"
    if choice and (price := _price(choice)):
        yield price


def selected(choice: Choice | None) -> str:
    """Return an alternative with its position, what it meets, and what it gives up."""
    return " ".join(filter(None, (_alternative(choice, ""), _price(choice) if choice else "")))


def _alternative(choice: Choice | None, citation: str) -> str:
    if choice is None:
        return "left out of the contract."
    chosen = choice.alternative
    meets = ", ".join(chosen.satisfies)
    by = " The negotiator chose it, whatever the answers say." if choice.by == "negotiator" else ""
    what = f"; meets {f'{citation} ' if citation else ''}{meets}" if meets else ""
    return f"{chosen.label} ({chosen.position}){what}.{by}"


def _price(choice: Choice) -> str:
    """Say what an alternative gives up, and who must agree to it."""
    chosen = choice.alternative
    concedes = f"It concedes: {flat(chosen.concedes)}" if chosen.concedes else ""
    approval = f"It needs the approval of: {chosen.approval}." if chosen.approval else ""
    return " ".join(filter(None, (concedes, approval)))


def more(count: int, one: str) -> list[str]:
    """Return a line that says how many more there are, or none."""
    return [f"... and {english.counted(count, 'more ' + one)}."] if count > 0 else []


def spelled(here: Interview, text: str) -> str:
    """Return a message with "Dog 2" where it says "dogs[2]"."""

    def words(found: re.Match[str]) -> str:
        question = here.library.questionnaire.questions.get(found.group(1))
        one = question.singular or "entry" if question else found.group(1)
        return f"{one} {found.group(2)}"

    found = re.sub(r"([a-z_.]+)\[([0-9]+)\](?:\.[a-z_]+)?", words, text)
    return found[:1].upper() + found[1:]


def missing(row: interview.Row) -> str:
    """Return what is missing, for a row of the review."""
    return f"[{row.question.label}]" if row.status == "blank" else f"{row.said}; {english.counted(row.blanks, 'blank')}"


def answered(row: interview.Row) -> str:
    """Return what was answered, for a row of the review."""
    notes = {"by default": " (default)", "not asked": " (kept, not in the draft)"}
    shown = f"[{row.question.label}]" if row.status == "blank" else flat(row.said) or "left open"
    return f"{shown}{notes.get(row.status, '')}"


def flat(text: str) -> str:
    """Return text in one line."""
    return " ".join(text.split())


def short(text: str, longest: int) -> str:
    """Return text in one line of at most so many characters."""
    line = flat(text)
    return line if len(line) <= longest else line[: longest - 3] + "..."
