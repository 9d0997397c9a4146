"""Turns each law of a library into claims that can be tried: what must be true of every contract.

One rule: a claim is a formula that no answers may make true, and says what is wrong, and where, when some do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.proving import blocks, memo_presence
from drafter.proving.blocks import Block, Conditions, Text
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas, records
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose, saying
from drafter.reading.library import Alternative, Clause
from drafter.reading.memo.memo_text import DAYS
from drafter.reading.questionnaire import Check
from drafter.reading.sources.source import Requirement
from drafter.values import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """What must be true for all answers: the formula that breaks it, the problem it then is, and where to look."""

    broken_when: Formula
    problem: Problem
    files: tuple[str, ...]
    requirement: Requirement | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What is printed in one place: its blocks, when they are there, and the file that they are from.

    `clause` and `alternative` are empty for what is no wording of a clause; `line` is where it starts.
    """

    blocks: tuple[Block, ...]
    selected: Formula
    path: str
    file: str
    clause: str = ""
    alternative: str = ""
    line: int = 0

    def claim(self, broken: Formula, problem: Problem) -> Claim:
        """Return the claim that something is never so of these blocks."""
        return Claim(formulas.all_of(self.selected, broken), problem, (self.file,))

    def at(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.path, line)


def wordings(at: Presence) -> Iterator[Wording]:
    """Yield every wording of the outline that some answers or choices put into the contract."""
    for clause in at.clauses():
        for alternative in clause.alternatives:
            selected = at.selected(clause.id, alternative.id)
            if selected is not FALSE:
                found = at.blocks(clause, alternative)
                place = alternative.place
                yield Wording(found, selected, place.path, clause.file, clause.id, alternative.id, place.line)


def one_alternative(at: Presence) -> Iterator[Claim]:
    """Every clause has exactly one alternative, and no condition that holds is overruled by a better one."""
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
                pair = conditions[one.id], conditions[other.id]
                if (
                    one.position == other.position or TRUE not in pair
                ):  # what always fits is for when nothing better does
                    yield _both(clause, one, other, formulas.all_of(included, *pair))


def _both(clause: Clause, one: Alternative, other: Alternative, both: Formula) -> Claim:
    """Return the claim that no answers fit two alternatives."""
    if one.position == other.position:
        what = f"'{one.id}' and '{other.id}' are both {one.position}, and some answers fit both"
        hint = "narrow the condition of one, or give it another position"
        return Claim(both, Problem("two-alternatives", other.place, what, hint), (clause.file,))
    what = f"some answers fit '{one.id}' and '{other.id}': the better position, '{one.id}', overrules the other"
    hint = "narrow the condition of one, so that each answer gives the wording that it names"
    return Claim(both, Problem("overruled-alternative", other.place, what, hint), (clause.file,))


def requirements_met(at: Presence) -> Iterator[Claim]:
    """Every requirement is said in its home clause, in its operative sentences, whenever it applies."""
    yield from (requirement_met(at, r) for r in at.library.requirements if r.level != "info" and not r.same_as)


def requirement_met(at: Presence, requirement: Requirement) -> Claim:
    """Return the claim that a requirement is said in its home clause whenever it applies."""
    applies = at.formula(at.library.conditions.get(requirement.id))
    home = at.library.clauses.get(requirement.home)
    files = (*((home.file,) if home else ()), at.library.source_of(requirement.id).file)
    what = f"{requirement.id} applies, and its home, '{requirement.home}', does not say it: {requirement.asks}"
    hint = "the home must say each operative sentence by itself, whenever the requirement applies"
    place = home.place if home else at.library.place_of(requirement.id)
    problem = Problem("unmet-requirement", place, what, hint)
    return Claim(formulas.all_of(applies, formulas.opposite(_meets(at, requirement))), problem, files, requirement)


def requirements_apply(at: Presence) -> Iterator[Claim]:
    """Every conditional requirement applies wherever its home says it, or another of the same paragraph does."""
    for home, those in _said_together(at):
        ids = " or ".join(requirement.id for requirement in those)
        none = "the requirement does not apply" if len(those) == 1 else "none of them applies"
        what = f"'{home.id}' says {ids} in contracts to which {none}"
        hint = "give the requirement the condition of the clause, or the sentence the condition of the requirement"
        said = formulas.any_of(*(_meets(at, requirement) for requirement in those))
        applies = formulas.any_of(*(at.formula(at.library.conditions[requirement.id]) for requirement in those))
        found = formulas.all_of(said, formulas.opposite(applies))
        yield Claim(found, Problem("narrowed-requirement", home.place, what, hint), (home.file,))


def _said_together(at: Presence) -> Iterator[tuple[Clause, tuple[Requirement, ...]]]:
    """Yield the conditional requirements with their homes: each alone where the home has a condition.

    Where it has none, those of one paragraph go together: of two, one applies where the other does not.
    """
    found: dict[tuple[str, str, str], list[Requirement]] = {}
    for requirement in at.library.requirements:
        home = at.library.clauses.get(requirement.home)
        if home is not None and requirement.id in at.library.conditions:
            source = at.library.source_of(requirement.id).name
            key = source, requirement.paragraph if home.when is None else requirement.id, home.id
            found.setdefault(key, []).append(requirement)
    for (_, _, home_id), those in found.items():
        yield at.library.clauses[home_id], tuple(those)


def _meets(at: Presence, requirement: Requirement) -> Formula:
    """Return the formula that the home says a requirement, and other clauses what they must say of it."""
    home = at.library.clauses.get(requirement.home)
    if home is None:
        return FALSE
    able = (a for a in home.alternatives if requirement.id in a.satisfies)
    met = (
        formulas.all_of(at.selected(requirement.home, a.id), *(at.says(home, a, said) for said in way))
        for a in able
        for way in saying.wanted(requirement, home, a)
    )
    return formulas.all_of(
        formulas.any_of(*met), *(_said(at, requirement, name) for name in saying.elsewhere(requirement))
    )


def _said(at: Presence, requirement: Requirement, name: str) -> Formula:
    """Return the formula that a clause which is not the home says what it must of a requirement."""
    clause = at.library.clauses.get(name)
    said = [(a, requirement.said_in(name, a.id)) for a in clause.alternatives] if clause is not None else []
    return formulas.any_of(
        *(
            formulas.all_of(at.selected(name, a.id), *(at.says(clause, a, one) for one in those))
            for a, those in said
            if clause is not None and those
        )
    )


def fields_asked(at: Presence) -> Iterator[Claim]:
    """No text in the contract or a paper has a field whose question is not asked."""
    for here in at.once(_everywhere):
        for part in prose.fields(here.text.parts):
            place = Place(here.path, part.line)
            for broken, name in _unasked(at, here.conditions, here.text, part.expression):
                broken_here = formulas.all_of(here.selected, broken)
                yield _field(f"{{{{ {part.written} }}}}", name, broken_here, place, here.file)
    for made in at.once(memo_presence.of):
        for cost, amount, owed in made.amounts():
            place = Place(made.paper.path, cost.line)
            text = Text((), cost.line, "", owed, TRUE, None)
            for broken, name in _unasked(at, made, text, amount):
                yield _field(language.explain(amount), name, broken, place, made.paper.of.file)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A text of a wording, the outline or a paper, when its wording is selected, and where it is from."""

    text: Text
    selected: Formula
    conditions: Conditions
    path: str
    file: str


def _everywhere(at: Presence) -> tuple[_Printed, ...]:
    """Return every text of the library that is printed in a contract or in a paper on it."""
    return tuple(_printed(at))


def _printed(at: Presence) -> Iterator[_Printed]:
    for clause, alternative, selected, text in at.all_texts():
        yield _Printed(text, selected, at, alternative.place.path, clause.file)
    for text in at.outline():
        yield _Printed(text, TRUE, at, f"{at.library.path}/agreement.yaml", "agreement.yaml")
    for file, text in at.titles():
        yield _Printed(text, TRUE, at, f"{at.library.path}/{file}", file)
    for made in at.once(memo_presence.of):
        for text in made.texts():
            yield _Printed(text, TRUE, made, made.paper.path, made.paper.of.file)


def _field(written: str, name: str, broken: Formula, place: Place, file: str) -> Claim:
    what = f"{written} can appear where '{name}' is not asked"
    hint = f"give the text the condition of the question (ask_when), or ask '{name}' there too"
    return Claim(broken, Problem("unasked-field", place, what, hint, about=name), (file, "questionnaire.yaml"))


def _unasked(
    at: Presence, conditions: Conditions, text: Text, expression: language.Expression
) -> Iterator[tuple[Formula, str]]:
    """Yield each question that a field needs, with the formula that the text is there and it is not asked."""
    asked = at.library.questionnaire
    for path, inner, when in blocks.needs(expression, conditions):
        head, _, rest = path.partition(".")
        if path in asked.questions:
            unasked = text.with_record(formulas.all_of(when, formulas.opposite(_asked(at, path))))
            yield formulas.all_of(text.outer, unasked), path
            own = records.conditions(asked, asked.questions[path], records.RECORD).get(inner)
            if own is not None:
                listed = formulas.all_of(when, _lists_unasked(at, expression, own))
                yield formulas.all_of(text.outer, text.with_record(listed)), f"{path}.{inner}"
        elif text.each is not None and head == text.each.name:
            of = next(iter(language.names(text.each.expression)))
            own = records.conditions(asked, asked.questions[of], head).get(rest, TRUE)
            unasked = text.with_record(formulas.all_of(when, formulas.opposite(own)), blank=False)
            yield formulas.all_of(text.outer, unasked), f"{of}.{rest}"


def _asked(at: Presence, name: str) -> Formula:
    condition = at.library.questionnaire.ask_when.get(name)
    return TRUE if condition is None else formulas.test(condition)


def _lists_unasked(at: Presence, expression: language.Expression, own: Formula) -> Formula:
    """Return the formula that a field prints one field of a list, and some record in it is not asked for that."""
    chain = next(_chains(at.expanded(expression)))
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
    """Every cross-reference in the contract or a paper has its target in the contract, labels included."""
    for here in at.once(_everywhere):
        for part in here.text.parts:
            if isinstance(part, prose.Link):
                present = formulas.all_of(here.selected, here.text.present)
                yield _reference(at, part.target, present, Place(here.path, part.line), here.file)


def _reference(at: Presence, target: str, present: Formula, place: Place, file: str) -> Claim:
    what = f"[[{target}]] can appear in a contract that lacks what it points to"
    hint = f"give the text the condition of '{target}'"
    found = at.library.clauses.get(target.partition(".")[0])
    files = (file, found.file if found else "agreement.yaml")
    dead = formulas.all_of(present, formulas.opposite(at.target(target)))
    return Claim(dead, Problem("dead-reference", place, what, hint, about=target), tuple(dict.fromkeys(files)))


def obeyed(at: Presence, check: Check) -> Formula:
    """Return the formula that answers satisfy a check of the questionnaire.

    No answers fail one that names a day of a packet or of a round: they don't say it.
    """
    named = language.names(check.holds) | (language.names(check.when) if check.when is not None else frozenset())
    if not named.isdisjoint(DAYS):
        return TRUE
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
    requirements_apply,
    fields_asked,
    references_alive,
)
