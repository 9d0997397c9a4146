"""Turns each law of a library into claims that can be tried: what must be true of every contract.

One rule: a claim is a formula that no answers may make true, and says what is wrong, and where, when some do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.drafting import resolving
from drafter.proving.presence import Presence, Text
from drafter.proving.solving import formulas, records
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose
from drafter.reading.policy import Requirement
from drafter.reading.prose.wordings import folded
from drafter.reading.questionnaire import Check


@dataclass(frozen=True, slots=True)
class Claim:
    """What must be true for all answers: the formula that breaks it, the problem it then is, and where to look."""

    broken_when: Formula
    problem: Problem
    files: tuple[str, ...]
    requirement: Requirement | None = None


def one_alternative(at: Presence) -> Iterator[Claim]:
    """Every clause has exactly one alternative."""
    for clause in at.clauses():
        if clause.id in at.chosen:
            continue
        included, conditions = at.included(clause.id), at.conditions(clause)
        questions = ", ".join(sorted({n for f in conditions.values() for n in formulas.names(f)}))
        what = f"no alternative of '{clause.id}' fits some answers to {questions}"
        hint = "give one of the alternatives a condition that holds of them too"
        none = formulas.all_of(included, *map(formulas.opposite, conditions.values()))
        yield Claim(none, Problem("no-alternative", clause.place, what, hint), (clause.file,))
        for number, one in enumerate(clause.alternatives):
            for other in clause.alternatives[number + 1 :]:
                if one.position == other.position:
                    both = formulas.all_of(included, conditions[one.id], conditions[other.id])
                    what = f"'{one.id}' and '{other.id}' are both {one.position}, and some answers fit both"
                    hint = "narrow the condition of one, or give it another position"
                    yield Claim(both, Problem("two-alternatives", other.place, what, hint), (clause.file,))


def requirements_met(at: Presence) -> Iterator[Claim]:
    """Every requirement is met by wording in the contract, whenever it applies."""
    claims: dict[str, list[tuple[str, str]]] = {}
    for clause in at.clauses():
        for alternative in clause.alternatives:
            for wanted in alternative.satisfies:
                claims.setdefault(wanted, []).append((clause.id, alternative.id))
    for requirement in at.library.policy.requirements:
        if requirement.level == "info":
            continue
        able = claims.get(requirement.id, [])
        unmet = (formulas.opposite(_meets(at, clause, name, requirement)) for clause, name in able)
        applies = at.formula(at.library.conditions.get(requirement.id))
        files = tuple(dict.fromkeys(at.library.clauses[clause].file for clause, _ in able))
        what = f"{requirement.id} applies, and no text in the contract meets it: {requirement.asks}"
        hint = f"the clauses that can meet it: {', '.join(dict.fromkeys(c for c, _ in able)) or 'none'}"
        place = at.library.clauses[able[0][0]].place if able else Place(f"{at.library.path}/policy.yaml")
        problem = Problem("unmet-requirement", place, what, hint)
        yield Claim(formulas.all_of(applies, *unmet), problem, (*files, "policy.yaml"), requirement)


def _meets(at: Presence, clause: str, name: str, requirement: Requirement) -> Formula:
    """Return the formula that an alternative is selected and its texts in the contract say the evidence."""
    found = at.library.clauses[clause]
    alternative = next(a for a in found.alternatives if a.id == name)
    evidence = (at.says(found, alternative, folded(words)) for words in requirement.evidence)
    return formulas.all_of(at.selected(clause, name), *evidence)


def fields_asked(at: Presence) -> Iterator[Claim]:
    """No text in the contract has a field whose question is not asked."""
    for clause, alternative, selected, text in at.all_texts():
        for part in prose.fields(text.parts):
            place = Place(alternative.place.path, part.line)
            for broken, name in _unasked(at, text, part):
                yield _field(part, name, formulas.all_of(selected, broken), place, clause.file)
    for text in at.outline():
        for part in prose.fields(text.parts):
            place = Place(f"{at.library.path}/agreement.yaml", part.line)
            for broken, name in _unasked(at, text, part):
                yield _field(part, name, broken, place, "agreement.yaml")
    for file, text in at.titles():
        for part in prose.fields(text.parts):
            for broken, name in _unasked(at, text, part):
                yield _field(part, name, broken, Place(f"{at.library.path}/{file}", part.line), file)


def _field(part: prose.Field, name: str, broken: Formula, place: Place, file: str) -> Claim:
    what = f"{{{{ {part.written} }}}} can appear in the contract where '{name}' is not asked"
    hint = f"give the text the condition of the question (ask_when), or ask '{name}' there too"
    return Claim(broken, Problem("unasked-field", place, what, hint, about=name), (file, "questionnaire.yaml"))


def _unasked(at: Presence, text: Text, part: prose.Field) -> Iterator[tuple[Formula, str]]:
    """Yield each question that a field needs, with the formula that the text is there and it is not asked."""
    asked = at.library.questionnaire
    for path, inner, when in at.needs(part.expression):
        head, _, rest = path.partition(".")
        if path in asked.questions:
            unasked = text.with_record(formulas.all_of(when, formulas.opposite(_asked(at, path))))
            yield formulas.all_of(text.outer, unasked), path
            own = records.conditions(asked.questions[path], records.RECORD).get(inner)
            if own is not None:
                listed = formulas.all_of(when, _lists_unasked(at, part, own))
                yield formulas.all_of(text.outer, text.with_record(listed)), f"{path}.{inner}"
        elif text.each is not None and head == text.each.name:
            of = next(iter(language.names(text.each.expression)))
            own = records.conditions(asked.questions[of], head).get(rest, TRUE)
            unasked = text.with_record(formulas.all_of(when, formulas.opposite(own)), blank=False)
            yield formulas.all_of(text.outer, unasked), f"{of}.{rest}"


def _asked(at: Presence, name: str) -> Formula:
    condition = at.library.questionnaire.ask_when.get(name)
    return TRUE if condition is None else formulas.test(condition)


def _lists_unasked(at: Presence, part: prose.Field, own: Formula) -> Formula:
    """Return the formula that a field prints one field of a list, and some record in it is not asked for that."""
    chain = next(_chains(at.expanded(part.expression)))
    return formulas.some(records.RECORD, chain, formulas.opposite(own), blank=False)


def _chains(expression: language.Expression) -> Iterator[language.Expression]:
    """Yield the lists of which an expression takes one field."""
    match expression:
        case language.Filter(name="field", operand=inner):
            yield inner
        case language.Filter(operand=inner):
            yield from _chains(inner)
        case language.Conditional(yes=yes, no=no):
            yield from _chains(yes)
            yield from _chains(no)
        case _:
            return


def references_alive(at: Presence) -> Iterator[Claim]:
    """Every cross-reference has its target in the contract, labels included."""
    for clause, alternative, selected, text in at.all_texts():
        for part in text.parts:
            if isinstance(part, prose.Link):
                place = Place(alternative.place.path, part.line)
                yield _reference(at, part.target, formulas.all_of(selected, text.present), place, clause.file)
    for text in at.outline():
        for part in text.parts:
            if isinstance(part, prose.Link):
                place = Place(f"{at.library.path}/agreement.yaml", part.line)
                yield _reference(at, part.target, text.present, place, "agreement.yaml")


def _reference(at: Presence, target: str, present: Formula, place: Place, file: str) -> Claim:
    what = f"[[{target}]] can appear in a contract that lacks what it points to"
    hint = f"give the text the condition of '{target}'"
    found = at.library.clauses.get(target.partition(".")[0])
    files = (file, found.file if found else "agreement.yaml")
    dead = formulas.all_of(present, formulas.opposite(at.target(target)))
    return Claim(dead, Problem("dead-reference", place, what, hint, about=target), tuple(dict.fromkeys(files)))


def terms_defined(at: Presence) -> Iterator[Claim]:
    """Every defined term that is used has its definition in the contract."""
    defined: dict[str, list[Formula]] = {}
    files: dict[str, str] = {}
    for clause, _, selected, text in at.all_texts():
        for part in text.parts:
            if isinstance(part, prose.Term) and not part.parts:
                defined.setdefault(part.text, []).append(formulas.all_of(selected, text.present))
                files.setdefault(part.text, clause.file)
    undefined = {term: formulas.opposite(formulas.any_of(*found)) for term, found in defined.items()}
    yield from (Claim(FALSE, _undefined(term, Place("")), ()) for term, f in undefined.items() if f == FALSE)
    open_ = {term for term, formula in undefined.items() if formula != FALSE}
    words = Words(tuple(defined))
    for clause, alternative, selected, text in at.all_texts():
        for part in text.parts if open_ else ():
            if not isinstance(part, prose.Words):
                continue
            for term in sorted(open_.intersection(words.used(part.text))):
                problem = _undefined(term, Place(alternative.place.path, text.line))
                broken = formulas.all_of(selected, text.present, undefined[term])
                yield Claim(broken, problem, tuple(dict.fromkeys((clause.file, files[term]))))


def _undefined(term: str, place: Place) -> Problem:
    what = f"“{term}” can be used in a contract that lacks its definition"
    hint = "define it in a text without a condition, or give this text the condition of the definition"
    return Problem("undefined-term", place, what, hint, about=term)


class Words:
    """The forms in which defined terms are used, by their first word and their length."""

    def __init__(self, terms: Iterable[str], forms: Callable[[str], Iterable[str]] = resolving.plurals) -> None:
        """Take the terms in, each with its other forms; the longest form that fits counts."""
        self._forms = {f: term for term in sorted(terms) for f in forms(term)} | {t: t for t in terms}
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            first = _WORD.match(form)
            lengths.setdefault(first.group() if first else form, set()).add(len(form))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def used(self, text: str) -> Iterator[str]:
        """Yield the terms that a text uses, as often as it does."""
        yield from (term for _, _, term in self._found(text))

    def without(self, text: str) -> str:
        """Return a text with one small letter in place of each term."""
        kept, last = [], 0
        for start, end, _ in self._found(text):
            kept += [text[last:start], "x"]
            last = end
        return "".join((*kept, text[last:]))

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        end = 0
        for found in _WORD.finditer(text):
            start = found.start()
            for length in self._lengths.get(found.group(), ()) if start >= end else ():
                term = self._forms.get(text[start : start + length])
                if term is not None and not _is_word(text[start + length : start + length + 1]):
                    end = start + length
                    yield start, end, term
                    break


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_WORD = re.compile(r"\w+")


def obeyed(at: Presence, check: Check) -> Formula:
    """Return the formula that answers satisfy a check of the questionnaire."""
    needed = (language.Filter("answered", language.Name(n)) for n in sorted(language.open_names(check.holds)))
    fails = formulas.all_of(
        at.formula(check.when), *map(at.formula, needed), formulas.opposite(at.formula(check.holds))
    )
    if check.each is not None:
        name, listed = check.each
        fails = formulas.some(name, at.expanded(listed), fails, blank=False)
    return formulas.opposite(fails)


LAWS: tuple[Callable[[Presence], Iterator[Claim]], ...] = (
    one_alternative,
    requirements_met,
    fields_asked,
    references_alive,
    terms_defined,
)
