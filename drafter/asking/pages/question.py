"""The page that asks for one answer, and what a reply to it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter.asking import effects, entries, interview, reasons, spoken
from drafter.asking.entries import Entry
from drafter.asking.interview import Interview
from drafter.asking.pages.page import ALWAYS, Command, Line, Move, Page, Reply, chosen
from drafter.base.problems import DraftingError, Place, Problem
from drafter.language import Value
from drafter.matters.editing.answer_lines import Written
from drafter.reading.questionnaire import Question, one_answer
from drafter.reading.sources.source import squeezed


def page(here: Interview, entry: Entry, last: Written = None, *, tried: bool = True) -> Page:
    """Return the page that asks for an answer; `last` is the answer of another contract, to be asked for again.

    Unless they are `tried`, its options don't say which alternatives they would select.
    """
    question, words, given = entry.asked, entries.written(here, entry), entries.is_answered(here, entry)
    last = None if given else last
    offer = spoken.written(question, words) if last is None else ""  # it is asked again: the default is none
    editable = words if last is None else last
    made = Page(
        about=entry.about,
        kind="lines" if question.type in ("paragraph", "address") else "text",
        title=_title(here, entry),
        done=interview.done(here),
        prompt=question.prompt,
        help=" ".join(filter(None, (squeezed(question.help), _last_time(question, last), _gone(question, words)))),
        offer=offer,
        offered="" if not offer else "your answer" if given else "the default",
        editable=editable if isinstance(editable, str) else "",
        reasons=reasons.of(here.library, question, entry.name),
        commands=_commands(here, entry, given=given),
        was=entries.state(here, entry),
    )
    return _options(here, entry, made, tried=tried) if question.options or question.type == "yes-no" else made


def _commands(here: Interview, entry: Entry, *, given: bool) -> tuple[Command, ...]:
    """Return what can be done besides answering."""
    has_defaults = not entry.number and interview.defaults_left(here, interview.section(here, entry.name).id)
    return (*ALWAYS, *(("defaults",) if has_defaults else ()), *(("clear",) if given else ()))


def _title(here: Interview, entry: Entry) -> str:
    section = interview.section(here, entry.name).title
    if not entry.number:
        place, of = interview.place(here, entry.name)
        return f"{section}, {place} of {of}"
    record = interview.record(here, entry.name, entry.number)
    fields = [f.id for f in interview.fields(here, entry.name, record)]
    one = here.question(entry.name).singular or "entry"
    return f"{section}; {one} {entry.number}, {fields.index(entry.asked.id) + 1} of {len(fields)}"


def _last_time(question: Question, last: Written) -> str:
    words = spoken.written(question, last)
    return f"Last time: {words}. It is asked again because it rarely stays the same." if words else ""


def _gone(question: Question, words: Written) -> str:
    """Say of an answer that it is no option any more, because the list that it was chosen from has changed."""
    now = words if isinstance(words, tuple) else (words,)
    gone = [one for one in now if question.options and isinstance(one, str) and not one_answer.meant(question, one)]
    return f"The answer is now “{'; '.join(gone)}”, which is not in the list." if gone else ""


def both(here: Interview, entry: Entry, words: Written) -> Page:
    """Return the page that asks which answer is meant: the one that somebody else gave meanwhile, or the one given."""
    theirs, ours = (spoken.written(entry.asked, one) or "no answer" for one in (entries.written(here, entry), words))
    return Page(
        about=entry.about,
        kind="menu",
        title=_title(here, entry),
        done=interview.done(here),
        prompt=entry.asked.prompt,
        help="This answer was changed elsewhere in the meantime. Choose which one is right.",
        lines=(
            Line((f"Keep what was saved elsewhere: {theirs}",), move=Move("next")),
            Line((f"Save yours instead: {ours}",), move=Move("answer")),
        ),
        cursor=-1,
        commands=("back", "leave"),
        was=entries.state(here, entry),
    )


# -- options ------------------------------------------------------------------------------------


def _options(here: Interview, entry: Entry, made: Page, *, tried: bool) -> Page:
    """Turn a page into one of lines to choose or to mark."""
    several = entry.asked.type == "choices"
    lines = tuple(_lines(here, entry, tried=tried))
    words = entries.written(here, entry)
    values = set(_chosen(entry.asked, words))
    found = [n for n, line in enumerate(lines) if line.move and line.move.to in values]
    marked = frozenset(found) if several else frozenset()
    cursor = found[0] if found else 0 if several else -1  # marking a line by mistake does no harm
    return replace(made, kind="marks" if several else "menu", lines=lines, cursor=cursor, marked=marked)


def _chosen(question: Question, words: Written) -> Iterator[str]:
    """Yield the options that an answer has; one that is no option is left out."""
    for one in words if isinstance(words, tuple) else (words,):
        options = one_answer.meant(question, one) if isinstance(one, str) else ()
        if question.type == "yes-no" and isinstance(one, str):
            yield str(one_answer.as_kept(question, one)[0])
        yield from (option.value for option in options[:1])


def _lines(here: Interview, entry: Entry, *, tried: bool) -> Iterator[Line]:
    """Yield a line for each answer that can be chosen: what it leads to, and which alternatives it would select."""

    def selects(value: Value) -> str:
        return "" if entry.number or not tried else effects.selects(here, entry.name, value)

    if entry.asked.type == "yes-no":
        yield Line(("Yes",), "", selects(value=True), Move("answer", "yes"))
        yield Line(("No",), "", selects(value=False), Move("answer", "no"))
    for option in entry.asked.options:
        selected = selects(option.value) if entry.asked.type == "choice" else ""
        yield Line((option.label,), squeezed(option.leads_to), selected, Move("answer", option.value))


# -- replies ------------------------------------------------------------------------------------


_VERBS = {"menu": "Choose a line", "marks": "Mark a line", "text": "Type an answer", "lines": "Type an answer"}


def answer(here: Interview, entry: Entry, made: Page, reply: Reply) -> tuple[Written, Value | None]:
    """Return the answer that a reply gives, as the file keeps it, and its value where it was typed or chosen.

    An empty reply takes what is offered. DraftingError if the answer does not fit, or there is none.
    """
    question, words = entry.asked, entries.written(here, entry)
    if made.kind == "marks":
        moves = (made.lines[n].move for n in sorted(reply.marked))
        chosen_ones = tuple(move.to for move in moves if move)
        if chosen_ones or words:
            alone = len(chosen_ones) == 1 and not isinstance(words, tuple)
            return (chosen_ones[0] if alone else chosen_ones or None), None
    elif made.kind == "menu":
        move = chosen(made, reply)
        if move is not None:
            return one_answer.as_kept(question, move.to)
    elif reply.text.strip():
        return one_answer.as_kept(question, reply.text)
    elif words is not None and made.offer:
        return words, None
    left = "no answer is needed here" if question.optional else f"the draft then shows the blank [{question.label}]"
    what = f"{_VERBS[made.kind]}, or skip the question: {left}."
    raise DraftingError(Problem("no-answer", Place(entry.about), what))
