"""A library and the text of an answers file to an interview: what is asked, what is next, what an answer changes.

One rule: an interview is a value. An answer makes another one, with the text that is to be saved; no
terminal and no file is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from drafter import language
from drafter.base import english, yaml_tree
from drafter.base.problems import DraftingError, Place, Problem
from drafter.base.yaml_tree import Node, Scalar
from drafter.drafting import selection
from drafter.drafting.selection import Choice, Selection
from drafter.language import Missing, Record, Value
from drafter.matters import answers, checks, one_answer, scope
from drafter.matters.answers import Answers
from drafter.matters.editing import answers_text
from drafter.matters.editing.answer_lines import Written
from drafter.reading.library import Clause, Library
from drafter.reading.policy import PolicyParagraph
from drafter.reading.questionnaire import Question, QuestionSection

FRESH = ("date", "money", "percent")  # types of answers that are last year's when the year is over


@dataclass(frozen=True, slots=True)
class Interview:
    """Where an interview stands: the answers file as text and as answers, what is asked, and what that selects."""

    library: Library
    text: str
    tree: yaml_tree.Mapping
    answers: Answers
    values: Mapping[str, Value]
    asked: tuple[str, ...]
    selection: Selection | None
    found: tuple[Problem, ...]

    def question(self, name: str) -> Question:
        """Return a question."""
        return self.library.questionnaire.questions[name]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an answer decides of one clause: its choice before and after; None where the clause is left out."""

    clause: Clause
    before: Choice | None
    after: Choice | None

    @property
    def is_new(self) -> bool:
        """Say whether another alternative is selected than before."""
        return _id(self.before) != _id(self.after)


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer brought about: clauses decided, questions opened and closed, problems found."""

    decided: tuple[Decision, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    found: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an interview is: the section, the place in it, and the questions answered of those asked."""

    section: QuestionSection
    place: int
    of: int
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the review: a question, what was said, and what is left to do."""

    section: QuestionSection
    question: Question
    status: Literal["answered", "by default", "blank", "left open", "not asked"]
    said: str
    blanks: int


@dataclass(frozen=True, slots=True)
class Carried:
    """A new answers file made from another one: its text, what it took over, what is asked again, and what is lost.

    `left` has the reason for each answer that does not fit, `unknown` what is asked no more, `chosen` the clauses whose
    alternative was negotiated there.
    """

    text: str
    taken: tuple[str, ...]
    again: Mapping[str, Written]
    left: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


# -- where it stands ----------------------------------------------------------------------------


def begin(library: Library, text: str, name: str) -> Interview:
    """Begin or resume an interview from the text of an answers file. DraftingError where the file is wrong."""
    given = answers.parse(text, name, library.questionnaire)
    return _stands(library, text, yaml_tree.parse(text, name), given)


def _stands(library: Library, text: str, tree: yaml_tree.Mapping, given: Answers) -> Interview:
    asked = library.questionnaire
    values = selection.names(library, given)
    selected, found = None, tuple(checks.problems(asked, given, values))
    try:
        selected = selection.select(library, given)
    except DraftingError as error:
        found = (*error.problems, *found)
    order = tuple(name for name in asked.questions if scope.is_asked(asked, name, values))
    return Interview(library, text, tree, given, values, order, selected, found)


def is_answered(here: Interview, name: str) -> bool:
    """Say whether the answers file answers a question."""
    return name in here.answers.given


def blanks(here: Interview, name: str) -> int:
    """Count the blanks that a question leaves in the draft."""
    question, value = here.question(name), here.values.get(name)
    if name not in here.asked:
        return 0
    if isinstance(value, tuple):
        records = (item for item in value if isinstance(item, Record))
        return sum(len(record_blanks(here, name, record)) for record in records)
    return int(isinstance(value, Missing) and not question.optional)


def record_blanks(here: Interview, name: str, record: Record) -> tuple[str, ...]:
    """Return the fields of a record that are asked, owed and not answered."""
    return tuple(
        f.id
        for f in fields(here, name, record)
        if isinstance(record.values.get(f.id), Missing | None) and not f.optional
    )


def fields(here: Interview, name: str, record: Record) -> tuple[Question, ...]:
    """Return the fields that are asked of one record, which need not stand in the file yet."""
    question = here.question(name)
    whole = {f.id: record.values.get(f.id, scope.missing(f, f"{name}[1].{f.id}")) for f in question.fields}
    placed = {**here.values, name: (Record(whole, f"{name}[1]"),)}
    asked = here.library.questionnaire
    return tuple(f for f in question.fields if scope.is_asked(asked, f"{name}[1].{f.id}", placed))


def section(here: Interview, name: str) -> QuestionSection:
    """Return the section in which a question stands."""
    return next(s for s in here.library.questionnaire.sections if any(q.id == name for q in s.questions))


def progress(here: Interview, name: str) -> Progress:
    """Return how far the interview is at a question."""
    at = section(here, name)
    members = [q.id for q in at.questions if q.id in here.asked]
    done = sum(is_answered(here, each) for each in here.asked)
    place = members.index(name) + 1 if name in members else 0
    return Progress(at, place, len(members), done, len(here.asked))


def following(here: Interview, name: str, section_id: str = "") -> tuple[str, ...]:
    """Return the questions asked after one (all for an empty name), in order; of one section where it is given."""
    order = list(here.library.questionnaire.questions)
    after = set(order[order.index(name) + 1 :]) if name else set(order)
    return tuple(q for q in here.asked if q in after and section_id in ("", section(here, q).id))


def before(here: Interview, name: str, section_id: str = "") -> str:
    """Return the question asked before one, empty where it is the first."""
    order = list(here.library.questionnaire.questions)
    earlier = set(order[: order.index(name)])
    found = [q for q in here.asked if q in earlier and section_id in ("", section(here, q).id)]
    return found[-1] if found else ""


# -- answering ----------------------------------------------------------------------------------


def written(here: Interview, name: str) -> Written:
    """Return an answer as it stands in the file; the default where there is none."""
    found = answers_text.plain_of(yaml_tree.at(here.tree, name.split(".")))
    return answers_text.plain_of(here.library.questionnaire.defaults.get(name)) if found is None else found


def answer(here: Interview, name: str, words: Written) -> Interview:
    """Answer a question, or with None take its answer out. DraftingError with what is wrong with the answer."""
    text = answers_text.with_answer(here.text, here.answers.path, here.library.questionnaire, name, words)
    return begin(here.library, text, here.answers.path)


def tried(here: Interview, name: str, value: Value) -> Interview:
    """Return the interview as it would stand with another answer; its text stays as it is."""
    old = here.answers
    given = Answers({**old.given, name: value}, old.chosen, old.path, old.places, old.reminders)
    return _stands(here.library, here.text, here.tree, given)


def change(old: Interview, new: Interview, name: str) -> Change:
    """Return what the answer to a question brought about."""
    known = {(p.code, p.message) for p in old.found}
    return Change(
        decided=tuple(_decisions(old, new, name)),
        opened=tuple(q for q in new.asked if q not in old.asked),
        closed=tuple(q for q in old.asked if q not in new.asked),
        found=tuple(p for p in new.found if (p.code, p.message) not in known),
    )


def _decisions(old: Interview, new: Interview, name: str) -> Iterator[Decision]:
    if old.selection is None or new.selection is None:
        return
    decides = decided_by(new.library, name)
    for clause in map(new.library.clause, new.library.order()):
        made = Decision(clause, old.selection.choices.get(clause.id), new.selection.choices.get(clause.id))
        if made.is_new or (clause.id in decides and made.after is not None):
            yield made


def decided_by(library: Library, name: str) -> tuple[str, ...]:
    """Return the clauses whose place in the draft or whose alternative turns on a question."""
    return tuple(c for c in library.order() if name in _turns_on(library, library.clauses[c]))


def _turns_on(library: Library, clause: Clause) -> frozenset[str]:
    """Return the questions that decide a clause; a list of records stands for its fields."""
    conditions = [clause.when, *(a.when for a in clause.alternatives)]
    names = frozenset().union(*(language.names(c) for c in conditions if c is not None))
    phrased = (language.names(library.phrases[n][0]) for n in names if n in library.phrases)
    return names.union(*phrased)


def _id(choice: Choice | None) -> str:
    return choice.alternative.id if choice else ""


# -- what was typed -----------------------------------------------------------------------------


def reading(question: Question, typed: str) -> tuple[str, Value]:
    """Read what was typed on a screen: return it as the file keeps it, and its value. DraftingError if it does not fit.

    Dates are taken as Americans write them, and yes and no by their first letter.
    """
    text = typed.strip()
    if question.type == "date":
        day = spoken_date(text)
        text = day.isoformat() if day else text
    if question.type == "yes-no":
        text = {"y": "yes", "n": "no"}.get(text.lower(), text.lower())
    if question.type == "phone":
        text = re.sub(r"\s+", " ", text)
    try:
        value = one_answer.read(question, Scalar(text, Place("")))
    except DraftingError as error:
        if question.type != "date":
            raise
        raise DraftingError(*(_dated(p) for p in error.problems)) from None
    return text, value


def _dated(problem: Problem) -> Problem:
    hint = problem.hint and "write it like 7/1/2026, July 1, 2026 or 2026-07-01"
    return Problem(problem.code, problem.place, problem.message, hint)


_SPOKEN_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4}|\d\d)",
    r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})",
)


def spoken_date(text: str) -> date | None:
    """Read a date as it is written in the United States, or None: 7/1/26, July 1, 2026, 1 July 2026, 2026-07-01."""
    for pattern in _SPOKEN_DATES:
        found = re.fullmatch(pattern, " ".join(text.lower().split()))
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if parts.get("month") else _month(parts["name"])
            year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)  # noqa: PLR2004
            try:
                return date(year, month, int(parts["day"]))
            except ValueError:
                return None
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name or the first letters of it; 0 where there is none."""
    return next((number for number, month in enumerate(english.MONTHS, 1) if month.lower().startswith(name)), 0)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_words(question: Question, value: Value | None) -> str:
    """Return an answer as people say it: Wednesday, July 1, 2026; $12,500; the option's label; 2 dogs: A, B."""
    match value:
        case None | Missing():
            return ""
        case bool():
            return "Yes" if value else "No"
        case date():
            return f"{WEEKDAYS[value.weekday()]}, {english.long_date(value)}"
        case Decimal() if question.type == "money":
            return english.money(value)
        case int() | Decimal():
            return english.plain_number(value) + (" percent" if question.type == "percent" else "")
        case tuple():
            return _listed(question, value)
        case Record():
            return ", ".join(filter(None, (in_words(f, value.values.get(f.id)) for f in question.fields)))
        case str():
            return next((option.label for option in question.options if option.value == value), value)


def _listed(question: Question, value: tuple[Value, ...]) -> str:
    if question.type != "records":
        return ", ".join(in_words(question, item) for item in value)
    names = [_first_words(question, record) for record in value if isinstance(record, Record)]
    return f"{len(value)}: {'; '.join(filter(None, names))}" if names else "none"


def _first_words(question: Question, record: Record) -> str:
    return next(filter(None, (in_words(f, record.values.get(f.id)) for f in question.fields)), "")


# -- why it is asked ----------------------------------------------------------------------------


def reasons(library: Library, question: Question, name: str) -> tuple[tuple[str, str], ...]:
    """Return why a question is asked, as (heading, words): the reason, the policy's own words, the authorities."""
    policy, quoted = library.policy, tuple(_named_paragraphs(library, question.why))
    rows = [("Why this is asked", question.why)] if question.why else []
    rows += [(f"{policy.citation}, {p.id}", f"“{p.text.strip() or p.heading}”") for p in quoted]
    for clause in (library.clauses[c] for c in decided_by(library, name)):
        for wanted in dict.fromkeys(r for a in clause.alternatives for r in a.satisfies):
            requirement = policy.requirement(wanted)
            if requirement:
                known = not requirement.quote or any(requirement.paragraph == p.id for p in quoted)
                quote = "" if known else f" “{requirement.quote}”"
                rows.append((f"It decides “{clause.title}”, for {wanted}", f"{requirement.asks}{quote}"))
    for authority in (library.authorities[a] for a in question.authority if a in library.authorities):
        if quoted and authority.citation == policy.citation:
            continue
        verify = " An attorney must read it before relying on it." if authority.verify else ""
        told = ": ".join(filter(None, (authority.title, authority.cited_for)))
        rows.append((authority.citation, f"{told}{verify}"))
    return tuple(rows)


def _named_paragraphs(library: Library, why: str) -> Iterator[PolicyParagraph]:
    """Find the paragraphs of the policy that a text names, ranges such as "V.A to V.D" included."""
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


# -- at the end ---------------------------------------------------------------------------------


def review(here: Interview) -> tuple[Row, ...]:
    """Return every question that is asked, and those with an answer that is kept out of the draft, in order."""
    names = (q for q in here.library.questionnaire.questions if q in here.asked or is_answered(here, q))
    return tuple(_row(here, name) for name in names)


def _row(here: Interview, name: str) -> Row:
    question, missing = here.question(name), blanks(here, name)
    said = in_words(question, here.answers.given.get(name) if name not in here.asked else here.values.get(name))
    status: Literal["answered", "by default", "blank", "left open", "not asked"] = "answered"
    if name not in here.asked:
        status = "not asked"
    elif missing and not said:
        status = "blank"
    elif not is_answered(here, name):
        status = "by default" if said else "left open"
    return Row(section(here, name), question, status, said, missing)


def asked_of(here: Interview, problem: Problem) -> str:
    """Return the question that a check's problem is about, empty where it can't be told."""
    checks = (c.entry for c in here.library.questionnaire.checks if c.entry.id == problem.code)
    return next((q for entry in checks for q in entry.questions if q in here.asked), "")


# -- from another contract ----------------------------------------------------------------------


def is_fresh(question: Question) -> bool:
    """Say whether a question must be asked again for another contract: dates, money, and what the library marks."""
    return question.fresh or question.type in FRESH or any(map(is_fresh, question.fields))


def carry(library: Library, text: str, name: str, other: yaml_tree.Mapping) -> Carried:
    """Carry the answers of another file over into one, but for what must be fresh or is answered there already."""
    asked = library.questionnaire
    known = answers.parse(text, name, asked).given
    taken: list[str] = []
    again: dict[str, Written] = {}
    left: dict[str, str] = {}
    for question in asked.questions.values():
        node = yaml_tree.at(other, question.id.split("."))
        words = answers_text.plain_of(node)
        if words is None or question.id in known:
            continue
        if trouble := _trouble(library, question.id, node):
            left[question.id] = trouble
        elif is_fresh(question):
            again[question.id] = words
        else:
            text = answers_text.with_answer(text, name, asked, question.id, words)
            taken.append(question.id)
    chosen = other.entries.get(answers.ALTERNATIVES)
    clauses = tuple(chosen.entries) if isinstance(chosen, yaml_tree.Mapping) else ()
    return Carried(text, tuple(taken), again, left, tuple(_unknown(library, other, "")), clauses)


def _unknown(library: Library, tree: yaml_tree.Mapping, prefix: str) -> Iterator[str]:
    """Find the answers to questions that are not asked here."""
    for key, node in tree.entries.items():
        name = prefix + key
        if name in library.questionnaire.questions or name == answers.ALTERNATIVES:
            continue
        if isinstance(node, yaml_tree.Mapping) and any(
            q.startswith(f"{name}.") for q in library.questionnaire.questions
        ):
            yield from _unknown(library, node, f"{name}.")
        elif yaml_tree.plain(node) is not None:
            yield name


def _trouble(library: Library, name: str, node: Node | None) -> str:
    """Say what keeps an answer of another file from being one here; empty where nothing does."""
    try:
        alone = answers_text.with_answer("", "", library.questionnaire, name, answers_text.plain_of(node))
        answers.parse(alone, "", library.questionnaire)
    except DraftingError as error:
        return error.problems[0].message
    return ""
