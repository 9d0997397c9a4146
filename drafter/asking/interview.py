"""The interview as a value: the answers so far, what is asked, what comes next, and what is blank.

One rule: an answer makes another interview, with the text that is to be saved. No terminal and no file is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from drafter.base import yaml_tree
from drafter.base.problems import DraftingError, Problem
from drafter.drafting import selection
from drafter.drafting.selection import Selection
from drafter.language import Missing, Record, Value
from drafter.matters import answers, checks, scope
from drafter.matters.answers import Answers
from drafter.matters.editing import answers_text
from drafter.matters.editing.answer_lines import Written, WrittenRecord
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question, QuestionSection
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview: the answers file as text and as answers, what is asked, what that selects, and what is wrong."""

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


def begin(library: Library, text: str, name: str) -> Interview:
    """Begin or resume an interview from the text of an answers file. DraftingError if the file is wrong."""
    given = answers.parse(text, name, library.questionnaire)
    return _interview(library, text, yaml_tree.parse(text, name), given)


def _interview(library: Library, text: str, tree: yaml_tree.Mapping, given: Answers) -> Interview:
    asked = library.questionnaire
    values = selection.names(library, given)
    selected, found = None, tuple(checks.problems(asked, given, values))
    try:
        selected = selection.select(library, given)
    except DraftingError as error:
        found = (*error.problems, *found)
    found = (*found, *(odd for odd in given.reminders if odd.code == "odd-letters"))
    order = tuple(name for name in asked.questions if scope.is_asked(asked, name, values))
    return Interview(library, text, tree, given, values, order, selected, found)


# -- answers ------------------------------------------------------------------------------------


def is_answered(here: Interview, name: str) -> bool:
    """Say whether the answers file answers a question."""
    return name in here.answers.given


def written(here: Interview, name: str) -> Written:
    """Return an answer as the file has it; the default if it has none."""
    found = answers_text.plain_of(yaml_tree.at(here.tree, name.split(".")))
    return answers_text.plain_of(here.library.questionnaire.written_defaults.get(name)) if found is None else found


def answer(here: Interview, name: str, words: Written) -> Interview:
    """Answer a question, or with None clear its answer. DraftingError with what is wrong with the answer."""
    text = answers_text.with_answer(here.text, here.answers.path, here.library.questionnaire, name, words)
    text = _with_skipped(here, text, lambda listed: [one for one in listed if one != name])
    return begin(here.library, text, here.answers.path)


def skip(here: Interview, name: str) -> Interview:
    """Leave a question open on purpose. DraftingError if the file can't be changed so."""
    text = _with_skipped(here, here.text, lambda listed: [*listed, *({name} - set(listed))])
    return begin(here.library, text, here.answers.path)


def is_skipped(here: Interview, name: str) -> bool:
    """Say whether a question was left open on purpose."""
    return name in here.answers.skipped


def _with_skipped(here: Interview, text: str, change: Callable[[Sequence[str]], list[str]]) -> str:
    """Return the text of an answers file with the list of what was skipped changed."""
    listed = answers_text.plain_of(here.tree.entries.get(answers.SKIPPED)) or ()
    was = [listed] if isinstance(listed, str) else [one for one in listed if isinstance(one, str)]
    now, asked = change(was), here.library.questionnaire
    if now == was:
        return text
    if not now:
        return answers_text.without_answer(text, here.answers.path, asked, answers.SKIPPED)
    return answers_text.with_answer(text, here.answers.path, asked, answers.SKIPPED, tuple(now))


def defaults_left(here: Interview, section_id: str) -> tuple[str, ...]:
    """Return the questions of a section that are asked and not answered, and have a default that is no fact."""
    defaults = here.library.questionnaire.written_defaults
    names = (q for q in following(here, "", section_id) if q in defaults and not is_answered(here, q))
    return tuple(q for q in names if written(here, q) and not _is_fact(here.question(q)))


def _is_fact(question: Question) -> bool:
    return question.fact or any(map(_is_fact, question.fields))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions are asked, by how they stand: answered, by default, left out as they may be, and blank."""

    answered: int
    usual: int
    optional: int
    blank: int

    @property
    def asked(self) -> int:
        """Return how many questions are asked."""
        return self.answered + self.usual + self.optional + self.blank


def tally(here: Interview) -> Tally:
    """Count the questions that are asked, each once: one with a blank in its list counts as blank."""
    blank = {name for name in here.asked if blanks(here, name)}
    rest = [name for name in here.asked if name not in blank]
    given = sum(is_answered(here, name) for name in rest)
    usual = sum(not is_answered(here, name) and bool(written(here, name)) for name in rest)
    return Tally(given, usual, len(rest) - given - usual, len(blank))


FRESH = ("date", "money", "percent")  # types of answers that hold for one contract only


def is_fresh(question: Question) -> bool:
    """Say whether a question is asked again for another contract: dates, money, and what the library marks."""
    return question.fresh or question.type in FRESH or any(map(is_fresh, question.fields))


def to_confirm(here: Interview) -> tuple[str, ...]:
    """Return the questions whose answer rarely stays the same, and for which the draft has the default nevertheless."""
    defaults = here.library.questionnaire.written_defaults
    names = (q for q in here.asked if q in defaults and not is_answered(here, q) and written(here, q))
    return tuple(q for q in names if is_fresh(here.question(q)) and not _is_fact(here.question(q)))


def tried(here: Interview, name: str, value: Value) -> Selection | None:
    """Return what would be selected with another answer; None where nothing could be."""
    given = replace(here.answers, given={**here.answers.given, name: value})
    try:
        return selection.select(here.library, given)
    except DraftingError:
        return None


# -- the records of a list ----------------------------------------------------------------------


def records(here: Interview, name: str) -> tuple[WrittenRecord, ...]:
    """Return the records of a list as the file has them."""
    words = written(here, name)
    return tuple(item for item in words if isinstance(item, Mapping)) if isinstance(words, tuple) else ()


def record(here: Interview, name: str, number: int) -> Record:
    """Return the values of a record, counted from 1; an empty record if the list is shorter."""
    values = here.values.get(name)
    found = values[number - 1] if isinstance(values, tuple) and number <= len(values) else None
    return found if isinstance(found, Record) else Record({}, f"{name}[{number}]")


def fields(here: Interview, name: str, one: Record) -> tuple[Question, ...]:
    """Return the fields that are asked of a record, which may not be in the file yet."""
    question = here.question(name)
    whole = {f.id: one.values.get(f.id, scope.missing(f, f"{name}[1].{f.id}")) for f in question.fields}
    placed = {**here.values, name: (Record(whole, f"{name}[1]"),)}
    asked = here.library.questionnaire
    return tuple(f for f in question.fields if scope.is_asked(asked, f"{name}[1].{f.id}", placed))


# -- blanks -------------------------------------------------------------------------------------


def blanks(here: Interview, name: str) -> int:
    """Count the blanks that a question leaves in the draft."""
    question, value = here.question(name), here.values.get(name)
    if name not in here.asked:
        return 0
    if isinstance(value, tuple):
        return sum(len(record_blanks(here, name, item)) for item in value if isinstance(item, Record))
    return int(isinstance(value, Missing) and not question.optional)


def record_blanks(here: Interview, name: str, one: Record) -> tuple[str, ...]:
    """Return the fields of a record that are asked and needed, but not answered."""
    return tuple(
        f.id for f in fields(here, name, one) if isinstance(one.values.get(f.id), Missing | None) and not f.optional
    )


def section(here: Interview, name: str) -> QuestionSection:
    """Return the section that a question is in."""
    return next(s for s in here.library.questionnaire.sections if any(q.id == name for q in s.questions))


def place(here: Interview, name: str) -> tuple[int, int]:
    """Return a question's place among those asked in its section, counted from 1 (0: not asked), and their number."""
    members = [q.id for q in section(here, name).questions if q.id in here.asked]
    return members.index(name) + 1 if name in members else 0, len(members)


def done(here: Interview) -> tuple[int, int]:
    """Return how many of the questions asked are answered, and how many are asked."""
    return sum(is_answered(here, name) for name in here.asked), len(here.asked)


def following(here: Interview, name: str, section_id: str = "") -> tuple[str, ...]:
    """Return the questions asked after one, or all for an empty name, in order; those of one section if it is given."""
    order = list(here.library.questionnaire.questions)
    after = set(order[order.index(name) + 1 :] if name else order) & _of_section(here, section_id)
    return tuple(q for q in here.asked if q in after)


def still_open(here: Interview, names: Iterable[str]) -> str:
    """Return the first of some questions that is neither answered nor left open on purpose; empty if there is none."""
    return next((q for q in names if not is_answered(here, q) and not is_skipped(here, q)), "")


def before(here: Interview, name: str, section_id: str = "") -> str:
    """Return the question asked before one; empty if it is the first."""
    order = list(here.library.questionnaire.questions)
    earlier = set(order[: order.index(name)]) & _of_section(here, section_id)
    return next((q for q in reversed(here.asked) if q in earlier), "")


def _of_section(here: Interview, section_id: str) -> frozenset[str]:
    """Return the questions of a section; of all sections for an empty id."""
    sections = here.library.questionnaire.sections
    return frozenset(q.id for one in sections if section_id in ("", one.id) for q in one.questions)


def asked_of(here: Interview, found: Problem) -> str:
    """Return the question to go to for a problem: the first one it names that is asked; empty if there is none."""
    return next(iter(all_asked_of(here, found)), "")


def all_asked_of(here: Interview, found: Problem) -> tuple[str, ...]:
    """Return the questions that a problem names and that are asked, the one to go to first."""
    named = (c.entry for c in here.library.questionnaire.checks if c.entry.id == found.code)
    names = (found.about.partition("[")[0], *(q for entry in named for q in entry.questions))
    return tuple(dict.fromkeys(q for q in names if q in here.asked))
