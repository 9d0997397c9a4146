"""The pages of the whole interview: its sections, and the review of what was said and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from drafter.asking import interview, spoken
from drafter.asking.interview import Interview
from drafter.asking.pages.page import Line, Move, Page
from drafter.base import english
from drafter.base.problems import Problem
from drafter.reading.questionnaire import Question, QuestionSection
from drafter.reading.sources.source import squeezed
from drafter.values import dataclass

# -- the sections -------------------------------------------------------------------------------


def sections(here: Interview, name: str = "", only: str = "") -> Page:
    """Return the page of the sections, at the one that a question is in; `only` is the id of the one section shown."""
    found = [s for s in here.library.questionnaire.sections if only in ("", s.id) and _asked(here, s)]
    lines = [_section(here, section) for section in found]
    cursor = next((n for n, section in enumerate(found) if name in _asked(here, section)), len(found))
    lines.append(Line(("Review everything",), move=Move("review")))
    return Page(
        about="sections",
        kind="menu",
        title="Sections",
        done=interview.done(here),
        prompt="Where do you want to go?",
        lines=tuple(lines),
        cursor=cursor,
        escapes=True,
        commands=("back", "review", "leave"),
    )


def _asked(here: Interview, section: QuestionSection) -> list[str]:
    return [q.id for q in section.questions if q.id in here.asked]


def _section(here: Interview, section: QuestionSection) -> Line:
    asked = _asked(here, section)
    answered = sum(interview.is_answered(here, q) for q in asked)
    blank = sum(interview.blanks(here, q) for q in asked)
    skipped = sum(interview.is_skipped(here, q) for q in asked)
    left = ", ".join(
        [*([english.counted(blank, "blank")] if blank else []), *([f"{skipped} skipped"] if skipped else [])]
    )
    return Line((section.title, f"{answered} of {len(asked)} answered", left), move=Move("section", section.id))


# -- the review ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One question in the review: its section, what was said, and the blanks that are left."""

    section: QuestionSection
    question: Question
    status: Literal["answered", "by default", "blank", "unanswered", "not asked"]
    said: str
    blanks: int
    skipped: bool


def rows(here: Interview) -> tuple[Row, ...]:
    """Return every question that is asked, and those whose answer is kept out of the draft, in order."""
    names = (q for q in here.library.questionnaire.questions if q in here.asked or interview.is_answered(here, q))
    return tuple(_row(here, name) for name in names)


def _row(here: Interview, name: str) -> Row:
    question, missing = here.question(name), interview.blanks(here, name)
    value = here.values.get(name) if name in here.asked else here.answers.given.get(name)
    said = spoken.said(question, value)
    status: Literal["answered", "by default", "blank", "unanswered", "not asked"] = "answered"
    if name not in here.asked:
        status = "not asked"
    elif missing and not said:
        status = "blank"
    elif not interview.is_answered(here, name):
        status = "by default" if said else "unanswered"
    return Row(interview.section(here, name), question, status, said, missing, interview.is_skipped(here, name))


def review(here: Interview) -> Page:
    """Return the page of the review: what is wrong, what is missing, and every answer, each leading to its question."""
    return Page(
        about="review",
        kind="menu",
        title="Review",
        done=interview.done(here),
        prompt=_summary(here),
        lines=tuple(_review(here)),
        commands=("back", "jump", "leave"),
    )


def drafting(here: Interview) -> Page:
    """Return the page that asks whether to draft now, and says what yes and no do."""
    return Page(
        about="draft",
        kind="menu",
        title="Draft",
        done=interview.done(here),
        prompt="Draft the contract now?",
        help=_summary(here),
        lines=(
            Line(("Yes",), "The interview ends, and the contract is written as a Word file.", move=Move("draft")),
            Line(("No",), "Back to the review. Nothing is written.", move=Move("review")),
        ),
        cursor=-1,
        escapes=True,
        commands=("back", "leave"),
    )


def _summary(here: Interview) -> str:
    count = sum(interview.blanks(here, name) for name in here.asked)
    missing = f"{english.counted(count, 'answer')} {'is' if count == 1 else 'are'} missing" if count else ""
    usual = len(interview.to_confirm(here))
    kept = f" {english.counted(usual, 'usual answer')} to confirm." if usual else ""
    if wrong := [p for p in here.found if p.level == "problem"]:
        fix = f"{english.counted(len(wrong), 'problem')} to fix before a draft can be made"
        return f"{fix}; {missing}.{kept}" if missing else f"{fix}.{kept}"
    what = f"{missing}: the draft shows a blank wherever it needs one." if missing else "No answer is missing."
    return f"{what}{kept}"


def _review(here: Interview) -> Iterator[Line]:
    if not any(p.level == "problem" for p in here.found):
        yield Line(("Draft the contract now",), move=Move("draft"))
    yield Line(("Leave; everything is saved",), move=Move("leave"))
    for level, heading in (("problem", "Problems"), ("reminder", "Reminders")):
        yield from _under(heading, (_found(here, p) for p in here.found if p.level == level))
    made = rows(here)
    yield from _under("Missing", (_leading(row, _missing(row)) for row in made if row.blanks and not row.skipped))
    usual = interview.to_confirm(here)
    yield from _under("Usual answers to confirm", (_leading(r, _answered(r)) for r in made if r.question.id in usual))
    yield from _under("Skipped", (_leading(row, _answered(row)) for row in made if row.skipped))
    for section in here.library.questionnaire.sections:
        yield from _under(section.title, (_leading(r, _answered(r)) for r in made if r.section.id == section.id))


def _under(heading: str, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines below a heading; nothing if there are none."""
    for number, line in enumerate(lines):
        if not number:
            yield Line((heading,))
        yield line


def _found(here: Interview, found: Problem) -> Line:
    words = spoken.problem(spoken.by_prompt(here.library.questionnaire.questions, found))
    return Line((words,), found.hint, move=Move("go", interview.asked_of(here, found)))


def _leading(row: Row, words: str) -> Line:
    to = row.question.id if row.status != "not asked" else ""
    return Line((row.question.prompt, squeezed(words)), move=Move("go", to))


def _missing(row: Row) -> str:
    return (
        f"[{row.question.label}]" if row.status == "blank" else f"{english.counted(row.blanks, 'blank')} in {row.said}"
    )


def _answered(row: Row) -> str:
    notes = {"by default": " (default)", "not asked": " (kept, not in the draft)"}
    shown = f"[{row.question.label}]" if row.status == "blank" else squeezed(row.said) or "no answer"
    return f"{shown}{notes.get(row.status, '')}"
