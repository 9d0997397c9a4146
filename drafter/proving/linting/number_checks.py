"""Checks the numbers in a library's texts: that a noun beside one agrees with it, and when one is words or figures.

One rule: a number that may be 1 needs a noun, and a verb, that can be singular; what is certain is left alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from drafter import language
from drafter.base import english
from drafter.base.problems import Place, Problem
from drafter.language import Both, Compare, Conditional, Constant, Expression, Filter, Name
from drafter.proving.blocks import Text
from drafter.proving.linting.subject import Subject
from drafter.proving.solving import formulas
from drafter.proving.solving.comparisons import UndecidedError
from drafter.proving.solving.formulas import TRUE, Formula
from drafter.reading import prose
from drafter.reading.library import Library
from drafter.reading.prose import Field, Parts
from drafter.reading.sources import source
from drafter.values import dataclass

# -- what is checked ----------------------------------------------------------------------------


def number_noun(subject: Subject) -> Iterator[Problem]:
    """Find a number in a field beside a noun or a verb that doesn't change with it: "1 days"."""
    for here, parts, may_be in _lines(subject):
        for at, part in enumerate(parts):
            for number, when in _numbers(part, subject) if isinstance(part, Field) else ():
                found = _disagreement(parts, at, number.left)
                if found and may_be(number, found.wrong_for, when):
                    place = replace(here, line=_line((part,)))
                    of_options = isinstance(part, Field) and part.kind.name == "choice"
                    hint = "write the noun in the 'text' of each option" if of_options else found.hint
                    yield Problem("number-noun", place, found.what, hint)


def number_style(subject: Subject) -> Iterator[Problem]:
    """Find a number that is in figures up to ten, or in words above ten, beside a noun."""
    for here, parts, _ in _lines(subject):
        for at, part in enumerate(parts):
            if isinstance(part, Field) and (wrong := _styled(part, _after(parts, at, _operand(part)), subject)):
                yield Problem("number-style", here, wrong, "write the field without the filter")
            elif isinstance(part, prose.Words):
                for written, should in _figures(part.text + _after(parts, at, None), len(part.text)):
                    what = f"“{written}” should be “{should}”: a number is words up to ten, and figures above"
                    yield Problem("number-style", here, what)


# -- where numbers are --------------------------------------------------------------------------

# Whether a number, compared with what is one of it, can be "one" or "more" in a text, under a formula of its own.
MayBe = Callable[[Compare, str, Formula], bool]


def _lines(subject: Subject) -> Iterator[tuple[Place, Parts, MayBe]]:
    """Yield every line of a library with its place, and what says whether a number in it may be 1."""
    at = subject.at
    for _, alternative, selected, text in at.all_texts():
        yield Place(alternative.place.path, text.line), text.parts, _trying(subject, text, selected)
    outline = [("agreement.yaml", text) for text in at.outline()]
    for file, text in (*outline, *at.titles()):
        yield Place(f"{at.library.path}/{file}", _line(text.parts)), text.parts, _trying(subject, text, TRUE)
    for paper in at.library.paper_texts:
        for parts, when in paper.lines():
            yield Place(paper.path, _line(parts)), parts, _by_condition(subject, when)


def _line(parts: Parts) -> int:
    return next((part.line for part in parts if isinstance(part, Field | prose.Link)), 0)


def _trying(subject: Subject, text: Text, selected: Formula) -> MayBe:
    def may_be(number: Compare, count: str, when: Formula) -> bool:
        wanted = formulas.test(subject.at.expanded(number if count == "one" else replace(number, operator="ne")))
        there = text.with_record(formulas.all_of(when, wanted), blank=False)
        try:
            return subject.trying.broken(formulas.all_of(selected, text.outer, there)) is not None
        except UndecidedError:
            return True

    return may_be


def _by_condition(subject: Subject, when: Expression | None) -> MayBe:
    """Judge a text of a paper, whose numbers are counted only when it is written, by its own condition."""

    def may_be(number: Compare, count: str, _: Formula) -> bool:
        name = number.left.path if isinstance(number.left, Name) else ""
        if (figure := source.values(subject.library.policy).get(name)) is not None:
            return (figure == 1) == (count == "one")
        question = subject.library.questionnaire.questions.get(name)
        least = int(question.min) if question and question.min else 0
        return count == "more" or (least <= 1 and all(_allows_one(part, number.left) for part in _parts(when)))

    return may_be


def _parts(condition: Expression | None) -> Iterator[Expression]:
    if isinstance(condition, Both):
        yield from _parts(condition.left)
        yield from _parts(condition.right)
    elif condition is not None:
        yield condition


def _allows_one(condition: Expression, number: Expression) -> bool:
    if not isinstance(condition, Compare) or condition.left != number or not isinstance(condition.right, Constant):
        return True
    return language.holds(Compare(Constant(1), condition.operator, condition.right), {})


def _numbers(field: Field, subject: Subject) -> Iterator[tuple[Compare, Formula]]:
    """Yield the numbers that a field prints, each compared with one, and the formula of when it prints it."""
    options = (value for value, words in field.kind.options.items() if words.lower() in ("1", "one"))
    one = 1 if field.kind.name == "number" or _operand(field) else next(options, None)
    if one is not None:
        for number, when in _counted(field.expression, TRUE, subject):
            yield Compare(number, "eq", Constant(one)), when


def _operand(field: Field) -> Expression | None:
    """Return what a field puts in words, if it does."""
    expression = field.expression
    while isinstance(expression, Filter) and expression.name in _KEEPING:
        if expression.name == "words":
            return expression.operand
        expression = expression.operand
    return None


_KEEPING = ("words", "otherwise", "capital")  # filters after which a number is still one


def _counted(expression: Expression, when: Formula, subject: Subject) -> Iterator[tuple[Expression, Formula]]:
    match expression:
        case Filter(name=name, operand=inner) if name in _KEEPING:
            yield from _counted(inner, when, subject)
        case Conditional(test=test, yes=yes, no=no):
            true = subject.at.formula(test)
            yield from _counted(yes, formulas.all_of(when, true), subject)
            yield from _counted(no, formulas.all_of(when, formulas.opposite(true)), subject)
        case Name() | Filter(name="count"):
            yield expression, when


# -- what is beside a number --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Disagreement:
    """What doesn't agree with a number, what to write, and whether it is wrong for "one" or for "more"."""

    what: str
    hint: str
    wrong_for: str


_AGREES, _OTHER = "\ue001", "\ue000"  # a field with `plural` of the same number; any other field or reference


def _after(parts: Parts, at: int, number: Expression | None) -> str:
    """Return the words after a part, with a mark for each field."""
    made = []
    for part in parts[at + 1 :]:
        if isinstance(part, prose.Words | prose.Term):
            made.append(part.text)
        else:
            made.append(_AGREES if isinstance(part, Field) and _is_plural_of(part.expression, number) else _OTHER)
    return "".join(made)


def _is_plural_of(expression: Expression, number: Expression | None) -> bool:
    match expression:
        case Filter(name="plural", operand=inner):
            counted = number.operand if isinstance(number, Filter) and number.name == "count" else number
            return inner in (number, counted)
        case Filter(operand=inner):
            return _is_plural_of(inner, number)
        case _:
            return False


def _disagreement(parts: Parts, at: int, number: Expression) -> _Disagreement | None:
    before = parts[at - 1].text if at and isinstance(parts[at - 1], prose.Words) else ""  # type: ignore[union-attr]
    rest, written = _after(parts, at, number), language.explain(number)
    if _LABEL.search(before):
        return None
    if _EACH.search(before) and not rest.startswith("-"):
        what = f"“{_EACH.search(before)[0].strip()}” comes before {{{{ {written} }}}}, which can be 1"  # type: ignore[index]
        return _Disagreement(what, f"write {{{{ {written} | plural('the one', 'each of the ...') }}}}", "one")
    if rest.lstrip(" ").startswith(_AGREES):
        verb = None if _NOT_SUBJECT.search(before) else _VERB.match(rest.lstrip(" ")[1:])
        if verb is None:
            return None
        what = f"“{verb[1]}” doesn't change with {{{{ {written} }}}}"
        hint = f"write the verb in the field: plural('... {_ONE[verb[1]]}', '... {_MORE[verb[1]]}')"
        return _Disagreement(what, hint, "one" if verb[1] == _MORE[verb[1]] else "more")
    found = _noun(rest)
    if found is None:
        return None
    noun, one, more = found
    wrong_for = "more" if noun == one else "one"
    what = f"{{{{ {written} }}}} can be {'1' if wrong_for == 'one' else 'more than 1'} beside “{noun}”"
    hint = f"write {{{{ {written} }}}} {{{{ {written} | plural('{one}', '{more}') }}}}"
    return _Disagreement(what, hint, wrong_for)


_LABELS = (
    "no nos number numbers policy section sections article articles exhibit exhibits room rule rules chapter part step "
    "phase unit suite paragraph page line item subdivision schedule form version option level figure table appendix "
    "lot block code route year since before until"
)
_LABEL = re.compile(rf"(?:^|[\s(])(?:{'|'.join([*_LABELS.split(), *english.MONTHS])})\.? $", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:each|every one|any) of (?:the |these |those )?$|\ball (?:of )?(?:the |these )?$", re.IGNORECASE
)
_NOT_SUBJECT = re.compile(
    r"\b(?:of|in|within|after|before|for|at|by|to|than|from|over|under|with|every|each|per|on|until|between|and|or)"
    r"(?: the| these| those| any| its| a)? $", re.IGNORECASE
)  # fmt: skip
_ONE = {"is": "is", "are": "is", "was": "was", "were": "was", "has": "has", "have": "has", "does": "does", "do": "does"}
_MORE = {
    "is": "are",
    "are": "are",
    "was": "were",
    "were": "were",
    "has": "have",
    "have": "have",
    "does": "do",
    "do": "do",
}
_VERB = re.compile(rf" ({'|'.join(_ONE)})\b")
_WORD = re.compile(r" [“(]?([^\W\d_][\w-]*(?:\((?:s|es)\))?)([’']s?(?!\w))?")
_STOPS = (  # words that no noun follows as one of those counted
    "a about above across after afterwards against all always an and any apart are as at before below beside "
    "besides between beyond but by can could do does during each either else except for from had has have he her "
    "his how if in inside into is it its less like may might minus more must no nor not of off on once one only "
    "onto or out over past per percent perhaps plus shall she should since so some such than that the their them "
    "then there these they this those though through throughout thus to too towards under unless until unto up "
    "upon versus via was we were what when where whether which while who whom whose why will with within without "
    "would yet you your"
)
_STOP = frozenset(_STOPS.split())
_COUNTED = (  # nouns that are known as such for one
    "second minute hour day week month quarter year dollar cent mile acre copy person party member employee notice "
    "meeting visit session report invoice payment installment vehicle item page time unit"
)
_UNITS = frozenset(_COUNTED.split())
_IRREGULAR = {"children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot"}


def _noun(rest: str) -> tuple[str, str, str] | None:
    """Find the noun after a number, past its adjectives: as it is written, for one, and for more."""
    place, passed = 0, ""
    for _ in range(4):
        found = _WORD.match(rest, place)
        if found is None or found[1].lower() in _STOP:
            return None
        word, owns = found[1], found[2] or ""
        one, more = _forms(word)
        if one:
            mark = owns[:1]
            single, several = (f"{one}{mark}s", f"{more}{mark}") if mark else (one, more)
            return f"{passed}{word}{owns}", passed + single, passed + several
        place, passed = found.end(), f"{passed}{word} "
    return None


def _forms(word: str) -> tuple[str, str]:
    """Return a noun for one and for more, where a word is known to be one; empty texts where it isn't."""
    low = word.lower()
    if "(" in word:
        return word.partition("(")[0], english.plurals(word.partition("(")[0])[1]
    if low in _IRREGULAR:
        return _IRREGULAR[low], word
    if low in _UNITS:
        return word, "people" if low == "person" else english.plurals(word)[1]
    if not low.endswith("s") or low.endswith(("ss", "us", "is")) or len(low) < 4:  # noqa: PLR2004
        return "", ""
    if low.endswith("ies"):
        return word[:-3] + "y", word
    return (word[:-2] if low.endswith(("sses", "ches", "shes", "xes")) else word[:-1]), word


# -- words or figures ---------------------------------------------------------------------------

_TENS = ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_WRITTEN = re.compile(
    rf"(?<![\w.,$§:/’'–-])(?:(?P<figure>10|[2-9])|(?P<word>{'|'.join(_TENS)}|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?))(?= )", re.IGNORECASE
)  # fmt: skip


def _figures(text: str, end: int) -> Iterator[tuple[str, str]]:
    """Yield each number before `end` that is written against the rule, with its noun, and how it should be."""
    for found in _WRITTEN.finditer(text, 0, end):
        noun = _noun(text[found.end() :])
        starts = not text[: found.start()].strip() or text[: found.start()].rstrip()[-1] in ".?!:“|"
        if noun is None or _LABEL.search(text[: found.start()]) or (found["word"] and starts):
            continue
        should = english.in_words(int(found["figure"])) if found["figure"] else str(_VALUES[found["word"].lower()])
        yield f"{found[0]} {noun[0]}", f"{should} {noun[0]}"


_UNDER = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_VALUES = {word: number for number, word in enumerate(_TENS, 11)} | {
    ten + (f"-{one}" if one else ""): 10 * tens + ones
    for tens, ten in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
    for ones, one in enumerate(["", *_UNDER])
}


def _styled(field: Field, rest: str, subject: Subject) -> str:
    """Say what is wrong with a filter that makes words of any number before a noun; empty where nothing is."""
    if not (_noun(rest) or rest.startswith(f" {_AGREES}")):
        return ""
    match field.expression:
        case Filter(name="words", operand=Name(path=path)):
            if _most(path, subject.library) > english.SPELLED:
                return f"{{{{ {field.written} }}}} prints a number in words above ten"
    return ""


def _most(name: str, library: Library) -> float:
    """Return the most that a number can be: a figure of the policy, or what a question allows."""
    figure = source.values(library.policy).get(name)
    if isinstance(figure, int):
        return figure
    asked = library.questionnaire.questions.get(name)
    return float(asked.max) if asked is not None and asked.max else math.inf
