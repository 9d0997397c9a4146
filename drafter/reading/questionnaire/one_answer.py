"""One answer: what was typed becomes a value of the question's type, and a value becomes what is typed.

One rule: an answer is typed here, once, and nothing parses it afterwards, whether it comes from a file, a screen or a
command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from drafter.base import characters, spelling, yaml_text
from drafter.base.problems import DraftingError, Place, Problem, short
from drafter.base.yaml_tree import Node, Scalar, Sequence
from drafter.language import Missing, Record, Value
from drafter.reading.questionnaire import dates
from drafter.reading.questionnaire.tree import Option, Question

LONGEST_LINE = 1_000  # characters of a one-line answer
LONGEST_PARAGRAPH = 20_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST_NUMBER = 10**12


class Misfit(Exception):  # noqa: N818  # not an error of ours: it becomes a Problem where it is caught
    """An answer doesn't fit its question: the message says why, `hint` what to write instead."""

    def __init__(self, message: str, hint: str = "", code: str = "bad-answer") -> None:
        """Keep what is wrong, what to write instead, and the code of the problem that it becomes."""
        super().__init__(message)
        self.hint, self.code = hint, code


def read(question: Question, node: Node) -> Value:
    """Type one answer on its own, as on a screen. DraftingError says what is wrong with it."""
    try:
        return typed(question, node)
    except Misfit as misfit:
        raise DraftingError(Problem(misfit.code, node.place, str(misfit), misfit.hint)) from None


def as_kept(question: Question, words: str) -> tuple[str | tuple[str, ...], Value]:
    """Read what was typed on a screen: return it as an answers file keeps it, and its value. DraftingError as `read`.

    A date is kept as year-month-day, yes and no in small letters, an option by its value, a number in figures.
    """
    text = words.strip()
    try:
        value = read(question, Scalar(text, Place("")))
    except DraftingError as error:
        raise DraftingError(*(_spoken(question, problem) for problem in error.problems)) from None
    match value:
        case bool():
            return ("yes" if value else "no"), value
        case date():
            return value.isoformat(), value
        case tuple():
            return tuple(map(str, value)), value
        case int() | Decimal():
            return (_bare(question, text) if re.search("[a-z]", text, re.IGNORECASE) else text), value
        case str() if question.type in {"choice", "phone"}:
            return value, value
        case _:
            return text, value


def _spoken(question: Question, problem: Problem) -> Problem:
    """Hint at all the ways to type a date, where a file's message hints at the one that a file should have."""
    generic = question.type == "date" and problem.hint.startswith("write year-month-day")
    return replace(problem, hint=f"write it like {dates.SPELLINGS}") if generic else problem


def typed(question: Question, node: Node) -> Value:
    """Turn what was typed into a value of the question's type; Misfit says what is wrong with it."""
    if question.type == "choices":
        chosen = _chosen(question, node)
        if twice := next((one for one in chosen if chosen.count(one) > 1), ""):
            raise Misfit(f"'{twice}' is listed twice")
        return chosen
    if question.type in {"paragraph", "address"}:
        return _text(node, LONGEST_PARAGRAPH)
    return _READERS[question.type](question, _line(node))


def is_wordless(question: Question, value: Value) -> bool:
    """Say whether what was typed has no letter and no figure, as "-", where words were asked for; a choice has its own.

    Signs alone look like an answer and say nothing, as in "the walker is -".
    """
    asked_for_words = question.type in {"text", "paragraph", "address", "email"}
    return asked_for_words and isinstance(value, str) and not any(map(str.isalnum, value))


def _text(node: Node, longest: int) -> str:
    if not isinstance(node, Scalar):
        raise Misfit("one answer is expected, not a list or a group", "put the text in quotation marks")
    text = node.text.strip()
    if len(text) > longest:
        raise Misfit(f"the answer has {len(text):,} characters; at most {longest:,} fit", code="too-long")
    for found in characters.faults(text):  # reading a file refuses it earlier; a screen does not
        raise Misfit(f"the answer contains {found.what}", found.hint, found.code)
    if text and not characters.is_seen(text):
        what = f"there is nothing to see in the answer, only {characters.named(text[0])}"
        raise Misfit(what, "delete it, or write an answer", "hidden-character")
    return text


def _line(node: Node) -> str:
    text = _text(node, LONGEST_LINE)
    if "\n" in text or "\r" in text:
        raise Misfit("the answer is on more than one line", "write it on one line")
    return text


def _date(question: Question, text: str) -> date:
    try:
        day = dates.read(text)
    except dates.NoDateError as error:
        raise Misfit(str(error), error.hint) from None
    low = date.fromisoformat(question.min) if question.min else FIRST_DAY
    high = date.fromisoformat(question.max) if question.max else LAST_DAY
    if not low <= day <= high:
        raise Misfit(f"{text} is not between {low} and {high}")
    return day


def _bare(question: Question, text: str) -> str:
    """Return the figures of a number, without the sign or the word that says what they are."""
    found = _AROUND[question.type].fullmatch(text)
    return found["figures"] if found else text


def _number(question: Question, text: str) -> Decimal:
    bare = _bare(question, text)
    if not _FIGURES.fullmatch(bare):
        figures = "1,200" if question.type == "number" else "1,200 or 12.50"
        raise Misfit(f"'{short(text)}' is not {_NUMERALS[question.type]}", f"write figures, as {figures}")
    number = Decimal(bare.replace(",", ""))
    if question.type != "percent" and _THOUSANDS.fullmatch(bare):
        small, large = f"{number:f}".rstrip("0").rstrip("."), bare.replace(".", ",")
        raise Misfit(f"'{short(text)}' can be read as {small} or {large}", f"write {small} or {large}")
    low = Decimal(question.min or (0 if question.type != "number" else -LARGEST_NUMBER))
    high = Decimal(question.max or LARGEST_NUMBER)
    if not low <= number <= high:
        raise Misfit(f"{short(text)} is not between {low:,} and {high:,}")
    return number


def _whole(question: Question, text: str) -> int:
    number = _number(question, text)
    if number != number.to_integral_value():
        raise Misfit(f"{text} is not a whole number")
    return int(number)


def _money(question: Question, text: str) -> Decimal:
    amount = _number(question, text)
    if amount != round(amount, 2):
        raise Misfit(f"{text} has more than two decimals")
    return round(amount, 2)


def _yes_no(question: Question, text: str) -> bool:  # noqa: ARG001  # all readers take the question
    word = text.lower().removesuffix(".")
    if word not in _SPOKEN:
        raise Misfit(f"'{short(text)}' is neither yes nor no", "write yes or no")
    return _SPOKEN[word]


def _chosen(question: Question, node: Node) -> tuple[str, ...]:
    """Return the options that are chosen: the items of a list, or one text with commas or semicolons between them."""
    if isinstance(node, Sequence):
        return tuple(_choice(question, _line(one)) for one in node.items)
    text = _line(node)
    if question.among or meant(question, text):
        return (_choice(question, text),)
    return tuple(_choice(question, one.strip()) for one in re.split("[;,]", text) if one.strip() or one == text)


def _choice(question: Question, text: str) -> str:
    """Return the value of the option that a text is, or, of a list elsewhere, the text."""
    found = meant(question, text)
    if len(found) == 1 or (question.among and text):
        return found[0].value if len(found) == 1 else text
    values = [option.value for option in question.options]
    if found:
        each = " or ".join(option.value for option in found)
        raise Misfit(f"'{short(text)}' can be {each}", f"write {each}")
    near = {name.casefold(): o.value for o in question.options for name in (o.label, o.value)}
    close = spelling.nearest(text.casefold(), near)
    hint = f"did you mean '{near[close]}'?" if close else ""
    raise Misfit(f"'{short(text)}' is not one of {', '.join(values)}", hint)


def meant(question: Question, text: str) -> tuple[Option, ...]:
    """Return the options that a text can mean: the one with this value, or those that have it as value or label.

    Capitals and punctuation don't matter.
    """
    exact = tuple(option for option in question.options if option.value == text)
    words = _words(text)
    return exact or tuple(o for o in question.options if words and words in (_words(o.value), _words(o.label)))


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _shaped(pattern: str, what: str) -> Callable[[Question, str], str]:
    def read(question: Question, text: str) -> str:  # noqa: ARG001  # all readers take the question
        if not re.fullmatch(pattern, text):
            raise Misfit(f"'{short(text)}' is not {what}")
        return text

    return read


def _phone(question: Question, text: str) -> str:
    return _of_phone(question, " ".join(text.split()))


_of_phone = _shaped(
    r"\+?[0-9][0-9 ().\-]{5,20}( ?(x|ext\.?) ?[0-9]{1,6})?|\([0-9]{3}\) ?[0-9 .\-]{7,9}", "a telephone number"
)
_FIGURES = re.compile(r"[+-]?(?=\.?[0-9])([0-9]{1,3}(,[0-9]{3})+|[0-9]*)(\.[0-9]+)?")
_NUMERALS = {"number": "a number", "money": "an amount of money", "percent": "a percentage"}
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{2}0")  # 1.200 is another country's way to write 1,200
_AROUND = {
    "number": re.compile("(?P<figures>.*)", re.DOTALL),
    "money": re.compile(r"(?:(?:US)?\$ *|USD +)?(?P<figures>.*?)(?: *(?:dollars?|USD))?", re.IGNORECASE | re.DOTALL),
    "percent": re.compile(r"(?P<figures>.*?)(?: *%| +percent| +per cent)?", re.IGNORECASE | re.DOTALL),
}
_SPOKEN = {word: yes for yes, words in ((True, "yes y true on"), (False, "no n false off")) for word in words.split()}
_READERS: Mapping[str, Callable[[Question, str], Value]] = {
    "text": lambda _, text: text,
    "yes-no": _yes_no,
    "choice": _choice,
    "number": _whole,
    "money": _money,
    "percent": _number,
    "date": _date,
    "email": _shaped(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+", "an e-mail address"),
    "phone": _phone,
}


def written(value: Value) -> str:
    """Return a value as an answers file has it; nothing for a question that is not answered."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case str():
            return yaml_text.scalar(value)
        case tuple():
            return f"[{', '.join(yaml_text.scalar(item, flow=True) for item in value if isinstance(item, str))}]"
        case Missing() | Record():
            return ""
        case _:
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
