"""A second opinion on the proof: conditions and claims put to z3, by code that shares nothing with the proof's solver.

A value is whether it is missing and what it is otherwise: a z3 term, or a list of members that may be there. A text is
the number under which it is kept; a list of records has at most `MOST` members.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import z3

from drafter import language
from drafter.base import english
from drafter.language import (
    Both,
    Compare,
    Conditional,
    Constant,
    Either,
    Expression,
    Filter,
    ListOf,
    Name,
    Not,
    likeness,
)
from drafter.proving.solving.formulas import AllOf, AnyOf, Formula, No, Some, Test
from drafter.reading import prose, readers
from drafter.reading.library import Clause, Library
from drafter.reading.questionnaire import Question
from drafter.reading.questionnaire.one_answer import FIRST_DAY, LAST_DAY
from drafter.reading.sources import source
from drafter.reading.sources.source import Requirement, Said

MOST = 3  # records of a list
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)  # noqa: FBT003


class UntranslatedError(Exception):
    """An expression that the judge has no words for."""


@dataclass(frozen=True)
class Value:
    """A value: whether it is missing, and its term, members of a list, or fields of a record otherwise."""

    missing: z3.BoolRef
    term: object = None
    members: tuple[tuple[z3.BoolRef, Value], ...] = ()
    fields: Mapping[str, Value] | None = None
    blank: Value | None = None
    is_list: bool = False


def both(*parts):
    return z3.And(*parts) if parts else TRUE


def either(*parts):
    return z3.Or(*parts) if parts else FALSE


class Judge:
    """The answers to a questionnaire, the free choices, and what follows from them, as terms of z3."""

    def __init__(self, library: Library, chosen: Mapping[str, str] | None = None) -> None:
        """Make the terms of every question; `chosen` has alternatives that are fixed."""
        self.library, self.chosen = library, chosen or {}
        self.solver = z3.Solver()
        self.texts: dict[str, int] = {}
        self.read = z3.Function("reads as", z3.IntSort(), z3.IntSort())
        self.mentioned: dict[str, z3.FuncDeclRef] = {}
        self.searched: list[z3.ArithRef] = []
        self.compares_as_read = False
        self.added: set[tuple[object, ...]] = set()
        self.scope: dict[str, Value] = {}
        self.untranslated: set[str] = set()
        self.choices: dict[str, z3.ArithRef] = {}
        for name, value in source.values(library.policy).items():
            self.scope[name] = self.constant(value)
        for name in library.questionnaire.questions:
            self.settle(name)
        for phrase, (expression, _) in library.phrases.items():
            with contextlib.suppress(UntranslatedError):  # printed words; a condition that names them fails loudly
                self.scope[phrase] = self.value(expression, self.scope)
        known = readers.readers(library, self.chosen)
        for clause in self.clauses():
            offered = [a for a in clause.alternatives if not a.is_own]
            decided = readers.decided(library, clause, known).by
            if clause.id not in self.chosen and len(offered) > 1 and decided == "choice":
                self.choices[clause.id] = z3.Int(f"choice {clause.id}")
                self.scope[f"alternatives.{clause.id}"] = Value(self.choices[clause.id] == -1, self.choices[clause.id])
                texts = [self.choices[clause.id] == self.text(a.id) for a in offered]
                self.solver.add(either(self.choices[clause.id] == -1, *texts))
            elif clause.id in self.chosen and decided != "choice":
                found = clause.alternative(self.chosen[clause.id])
                if found is not None and not found.is_own:
                    self.solver.add(self.by_answers(clause)[found.id])
        for check in library.questionnaire.checks:
            if check.entry.level == "problem":
                try:
                    self.solver.add(self.obeyed(check))
                except UntranslatedError:
                    self.untranslated.add(check.entry.id)

    def can_be(self, condition) -> bool:
        """Say whether some answers and choices make a term true."""
        self.add_what_is_known_of_texts()
        answer = self.solver.check(condition)
        assert answer != z3.unknown
        return answer == z3.sat

    def add_what_is_known_of_texts(self) -> None:
        """Add what is so of the texts that are known by their words, and of phrases that are part of others."""
        for phrase, says in self.mentioned.items():
            for words, number in self.texts.items():
                if self.is_new("says", phrase, number):
                    self.solver.add(says(number) == likeness.is_said(phrase, words))
            for part in self.mentioned:
                for term in self.searched if part != phrase and likeness.is_said(part, phrase) else ():
                    if self.is_new("part", part, phrase, term.get_id()):
                        self.solver.add(z3.Implies(says(term), self.mentioned[part](term)))
        alike: dict[str, int] = {}
        for words, number in self.texts.items() if self.compares_as_read else ():
            first = alike.setdefault(likeness.plain(words), number)
            if self.is_new("read", number):
                self.solver.add(self.read(number) == first)

    def is_new(self, *fact) -> bool:
        """Say whether a fact was not added before: to make its term again takes longer than to look it up."""
        new = fact not in self.added
        self.added.add(fact)
        return new

    # -- answers --

    def text(self, words: str) -> int:
        return self.texts.setdefault(words, len(self.texts))

    def constant(self, value) -> Value:
        match value:
            case bool():
                return Value(FALSE, z3.BoolVal(value))
            case str():
                return Value(FALSE, z3.IntVal(self.text(value)))
            case dt.date():
                return Value(FALSE, z3.IntVal(value.toordinal()))
            case int() | Decimal():
                return Value(FALSE, z3.RealVal(str(value)))
        raise UntranslatedError(value)

    def settle(self, name: str) -> None:
        if name in self.scope:
            return
        asked = self.library.questionnaire
        condition = asked.ask_when.get(name)
        for needed in language.names(condition) if condition is not None else ():
            self.settle(needed)
        is_asked = TRUE if condition is None else self.holds(condition, self.scope)
        self.scope[name] = self.asked(asked.questions[name], name, is_asked)

    def asked(self, question: Question, name: str, is_asked) -> Value:
        answered = z3.Bool(f"{name} is answered")
        if question.type == "records":
            return self.records(question, name, z3.Not(both(is_asked, answered)))
        if question.type == "choices":
            of = question.id.rpartition(".")[2] if "[" in name else question.id
            picked = tuple((z3.Bool(f"{name} has {o.value}"), self.constant(o.value)) for o in question.options)
            default = self.default(name, of)
            if default is not None:
                picked = tuple(
                    (z3.If(answered, p, z3.BoolVal(o.value in default)), c)
                    for (p, c), o in zip(picked, question.options, strict=True)
                )
                answered = TRUE
            return Value(z3.Not(both(is_asked, answered)), members=picked, is_list=True)
        term = self.scalar(question, name)
        default = self.default(name, question.id)
        if default is None:
            return Value(z3.Not(both(is_asked, answered)), term)
        return Value(z3.Not(is_asked), z3.If(answered, term, self.constant(default).term))

    def default(self, name: str, of: str):
        bare = name.partition("[")[0] + (f".{of}" if "[" in name else "")
        return self.library.questionnaire.defaults.get(bare)

    def scalar(self, question: Question, name: str):
        low, high = question.min, question.max
        match question.type:
            case "yes-no":
                return z3.Bool(name)
            case "number" | "money" | "percent":
                term = z3.ToReal(z3.Int(name)) if question.type == "number" else z3.Real(name)
                low = low or ("0" if question.type != "number" else "")
            case "date":
                term = z3.Int(name)
                day = dt.date.fromisoformat
                low, high = (day(low) if low else FIRST_DAY).toordinal(), (day(high) if high else LAST_DAY).toordinal()
            case "choice":
                term = z3.Int(name)
                self.solver.add(either(*(term == self.text(o.value) for o in question.options)))
            case _:
                term = z3.Int(name)
                self.solver.add(term != self.text(""))
        for limit, compare in ((low, z3.ArithRef.__ge__), (high, z3.ArithRef.__le__)):
            if limit != "":
                self.solver.add(compare(term, limit))
        return term

    def records(self, question: Question, name: str, missing) -> Value:
        count = z3.Int(f"{name} count")
        self.solver.add(count >= int(question.min or 0), count <= min(MOST, int(question.max or MOST)))
        conditions = self.library.questionnaire.field_conditions
        members = []
        for place in range(MOST):
            fields = {f.id: self.asked(f, f"{name}[{place}].{f.id}", TRUE) for f in question.fields}
            whole = dict(fields)
            for entry in question.fields:  # as a draft does: a field that is not asked is missing for those after it
                condition = conditions.get(f"{question.id}.{entry.id}")
                if condition is not None:
                    is_asked = self.holds(condition, whole)
                    old = whole[entry.id]
                    whole[entry.id] = Value(
                        either(old.missing, z3.Not(is_asked)), old.term, old.members, None, None, old.is_list
                    )
            members.append((count > place, Value(FALSE, fields=whole)))
        blank = Value(
            FALSE, fields={f.id: Value(TRUE, self.scalar(f, f"{name} blank {f.id}")) for f in question.fields}
        )
        return Value(missing, members=tuple(members), blank=blank, is_list=True)

    # -- expressions --

    def holds(self, expression: Expression, scope: Mapping[str, Value]):
        match expression:
            case Not(operand=inner):
                return z3.Not(self.holds(inner, scope))
            case Both(left=left, right=right):
                return both(self.holds(left, scope), self.holds(right, scope))
            case Either(left=left, right=right):
                return either(self.holds(left, scope), self.holds(right, scope))
            case Conditional(test=test, yes=yes, no=no):
                return z3.If(self.holds(test, scope), self.holds(yes, scope), self.holds(no, scope))
            case Compare(left=left, operator=operator, right=right):
                return self.compared(left, operator, right, scope)
            case Filter(name="answered", operand=inner):
                return z3.Not(self.value(inner, scope).missing)
            case Filter(name="distinct", operand=inner, arguments=fields):
                return self.distinct(self.value(inner, scope), [str(field) for field in fields])
        value = self.value(expression, scope)
        if value.is_list:
            return both(z3.Not(value.missing), either(*(there for there, _ in value.members)))
        if z3.is_bool(value.term):
            return both(z3.Not(value.missing), value.term)
        is_text = z3.is_int(value.term) and not self.is_day(expression)
        empty = self.text("") if is_text else 0
        return both(z3.Not(value.missing), TRUE if self.is_day(expression) else value.term != empty)

    def is_day(self, expression: Expression) -> bool:
        names = language.names(expression)
        questions = self.library.questionnaire.questions
        return any(questions[name].type == "date" for name in names if name in questions)

    def distinct(self, listed: Value, fields: list[str]):
        self.compares_as_read = True

        def same(one: Value, other: Value):
            is_text = z3.is_int(one.term)
            alike = self.read(one.term) == self.read(other.term) if is_text else one.term == other.term
            return both(z3.Not(one.missing), z3.Not(other.missing), alike)

        pairs = (
            both(there, also, *(same(one.fields[f], other.fields[f]) for f in fields))
            for (there, one), (also, other) in itertools.combinations(listed.members, 2)
        )
        return both(z3.Not(listed.missing), z3.Not(either(*pairs)))

    def mentions(self, text: Value, phrases):
        if text.is_list or not all(isinstance(phrase, Constant) for phrase in phrases):
            raise UntranslatedError(phrases)
        self.searched.append(text.term)
        for phrase in phrases:
            self.mentioned.setdefault(phrase.value, z3.Function(f"says {phrase.value}", z3.IntSort(), z3.BoolSort()))
        return both(z3.Not(text.missing), either(*(self.mentioned[phrase.value](text.term) for phrase in phrases)))

    def compared(self, left: Expression, operator: str, right: Expression, scope):
        one = self.value(left, scope)
        if operator == "mentions":
            return self.mentions(one, right.items)
        if operator in ("in", "notin"):
            if isinstance(right, ListOf):
                others = [(TRUE, self.value(item, scope)) for item in right.items]
                missing = one.missing
            else:
                listed = self.value(right, scope)
                others, missing = listed.members, either(one.missing, listed.missing)
            found = either(*(both(there, z3.Not(o.missing), one.term == o.term) for there, o in others))
            return both(z3.Not(missing), found if operator == "in" else z3.Not(found))
        other = self.value(right, scope)
        if one.term is None or other.term is None or one.term.sort().kind() != other.term.sort().kind():
            raise UntranslatedError(language.explain(Compare(left, operator, right)))
        compare = {
            "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
            "lteq": lambda a, b: a <= b, "gt": lambda a, b: a > b, "gteq": lambda a, b: a >= b,
        }[operator]  # fmt: skip
        return both(z3.Not(one.missing), z3.Not(other.missing), compare(one.term, other.term))

    def value(self, expression: Expression, scope: Mapping[str, Value]) -> Value:
        match expression:
            case Constant(value=value):
                return self.constant(value)
            case Name(path=path):
                if path in scope:
                    return scope[path]
                head, _, rest = path.partition(".")
                if head in scope and scope[head].fields is not None:
                    return scope[head].fields[rest]
            case Filter(name="having", operand=inner, arguments=(wanted, *values)):
                listed = self.value(inner, scope)
                kept = tuple(
                    (both(z3.Not(listed.missing), there, self.one_of(m.fields[str(wanted)], values)), m)
                    for there, m in listed.members
                )
                return Value(FALSE, members=kept, is_list=True)
            case Filter(name="count", operand=inner):
                listed = self.value(inner, scope)
                return Value(listed.missing, z3.ToReal(z3.Sum(*(z3.If(there, 1, 0) for there, _ in listed.members))))
            case Filter(name="field", operand=inner, arguments=(wanted,)):
                listed = self.value(inner, scope)
                return Value(
                    FALSE,
                    members=tuple(
                        (both(z3.Not(listed.missing), there), m.fields[str(wanted)]) for there, m in listed.members
                    ),
                    is_list=True,
                )
            case Filter(name="add_days", operand=inner, arguments=(days,)):
                day = self.value(inner, scope)
                return Value(day.missing, day.term + days)
            case Filter(name="weekday", operand=inner):
                day = self.value(inner, scope)
                names = [self.text(name) for name in english.WEEKDAYS]
                of = (day.term + 6) % 7  # day 1 was a Monday
                return Value(
                    day.missing,
                    functools.reduce(lambda t, n: z3.If(of == n, names[n], t), range(7), z3.IntVal(names[0])),
                )
            case Compare() | Not() | Both() | Either() | Filter(name="answered" | "distinct"):
                return Value(FALSE, self.holds(expression, scope))
        raise UntranslatedError(language.explain(expression))

    def one_of(self, value: Value, values):
        return both(z3.Not(value.missing), either(*(value.term == self.constant(v).term for v in values)))

    def obeyed(self, check):
        """Return the term that a check of the questionnaire stops nothing."""
        if check.each is None:
            return self.obeyed_by(check, self.scope)
        name, listed = check.each
        value = self.value(listed, self.scope)
        cases = (
            z3.Implies(both(z3.Not(value.missing), there), self.obeyed_by(check, {**self.scope, name: m}))
            for there, m in value.members
        )
        return both(*cases)

    def obeyed_by(self, check, scope):
        when = TRUE if check.when is None else self.holds(check.when, scope)
        known = [z3.Not(self.value(Name(name), scope).missing) for name in language.open_names(check.holds)]
        return z3.Implies(both(when, *known), self.holds(check.holds, scope))

    # -- the proof's formulas --

    def formula(self, formula: Formula, scope: Mapping[str, Value] | None = None):
        """Return a claim's formula as a term."""
        scope = scope or self.scope
        match formula:
            case Test(expression=expression):
                return self.holds(expression, scope)
            case No(part=part):
                return z3.Not(self.formula(part, scope))
            case AllOf(parts=parts):
                return both(*(self.formula(part, scope) for part in parts))
            case AnyOf(parts=parts):
                return either(*(self.formula(part, scope) for part in parts))
            case Some(name=name, records=records, holds=inner, blank=blank):
                return self.some(name, records, lambda s: self.formula(inner, s), scope, blank=blank)
        raise UntranslatedError(formula)

    def some(self, name, records: Expression, inner, scope, *, blank: bool = True):
        """Return the term that one record of a list makes something true, the blank one of an open list included."""
        value = self.value(records, scope)
        found = [both(z3.Not(value.missing), there, inner({**scope, name: m})) for there, m in value.members]
        if blank and value.blank is not None:
            found.append(both(value.missing, inner({**scope, name: value.blank})))
        return either(*found)

    # -- the library's own conditions --

    def clauses(self) -> Iterator[Clause]:
        return (self.library.clauses[c] for c in self.library.order())

    def condition(self, condition: Expression | None, scope: Mapping[str, Value] | None = None):
        return TRUE if condition is None else self.holds(condition, scope or self.scope)

    def by_answers(self, clause: Clause) -> Mapping[str, z3.BoolRef]:
        found, before = {}, []
        for alternative in clause.alternatives:
            fits = self.condition(alternative.when)
            found[alternative.id] = both(fits, *before)
            before.append(z3.Not(fits))
        return found

    @functools.cached_property
    def selected(self) -> Mapping[tuple[str, str], z3.BoolRef]:
        """Return the term that each alternative is in the contract, by clause and alternative."""
        found = {}
        for clause in self.clauses():
            included, fits = self.condition(clause.when), self.by_answers(clause)
            for alternative in clause.alternatives:
                is_in = fits[alternative.id]
                if clause.id in self.chosen:
                    is_in = z3.BoolVal(self.chosen[clause.id] == alternative.id)
                elif clause.id in self.choices:
                    choice = self.choices[clause.id]
                    is_in = either(both(choice == -1, is_in), choice == self.text(alternative.id))
                found[clause.id, alternative.id] = both(included, is_in)
        return found

    def repeated(self, guard: prose.Guard):
        """Return the term that a text with a guard is there at least once."""
        if guard.each is None:
            return self.condition(guard.when)
        return self.some(guard.each.name, guard.each.expression, lambda s: self.condition(guard.when, s), self.scope)

    def printed(self, text: prose.Prose) -> Iterator[tuple[prose.Parts, str, z3.BoolRef]]:
        """Yield each paragraph, item and cell with its label and the term that it is there."""
        item = TRUE
        for block in text:
            if isinstance(block, prose.Passage):
                there = self.repeated(block.guard)
                if block.style == "item":
                    item = there
                yield block.parts, block.guard.label, both(item, there) if block.style == "subitem" else there
            elif isinstance(block, prose.Grid):
                whole = self.repeated(block.guard)
                yield from ((cell, "", whole) for cell in block.header)
                yield from ((c, "", both(whole, self.repeated(row.guard))) for row in block.rows for c in row.cells)

    def wordings(self):
        """Yield every wording, with the term that it is in the contract and its texts."""
        for clause in self.clauses():
            for alternative in clause.alternatives:
                yield (
                    clause,
                    alternative,
                    self.selected[clause.id, alternative.id],
                    list(self.printed(alternative.text)),
                )

    def no_alternative(self) -> set[str]:
        """Return the clauses that some answers leave without a wording."""
        mine = [c for c in self.clauses() if c.id not in self.chosen]
        conditions = {c.id: [z3.Not(self.condition(a.when)) for a in c.alternatives] for c in mine}
        return {c.id for c in mine if self.can_be(both(self.condition(c.when), *conditions[c.id]))}

    def unmet(self) -> set[str]:
        """Return the requirements that some answers and choices leave unmet."""
        due = [r for r in self.library.requirements if r.level != "info"]
        applies = {r.id: self.condition(self.library.conditions.get(r.id)) for r in due}
        return {r.id for r in due if self.can_be(both(applies[r.id], z3.Not(self.met(r))))}

    def met(self, requirement: Requirement):
        """Return the term that each clause which must say something of a requirement says all of it."""
        where: dict[str, list[Said]] = {}
        for one in requirement.says:
            where.setdefault(one.clause or requirement.home, []).append(one)
        told = []
        for name, those in where.items():
            able = []
            for alternative in self.library.clauses[name].alternatives:
                mine = [one for one in those if alternative.id in (one.alternatives or (alternative.id,))]
                if mine and (name != requirement.home or requirement.id in alternative.satisfies):
                    said = (self.said(alternative.text, one) for one in mine)
                    able.append(both(self.selected[name, alternative.id], *said))
            told.append(either(*able))
        return both(*told)

    def said(self, text: prose.Prose, one: Said):
        """Return the term that a text, where it is in the contract, says something by itself."""
        if one.rows:
            grids = [block for block in text if isinstance(block, prose.Grid)]
            rows = [(g, r) for g in grids for r in g.rows if r.guard.each is not None]
            listing = [(g, r) for g, r in rows if one.rows in language.names(r.guard.each.expression)]
            columns = {(plain(coded(c.header)), plain(coded(c.cell))) for c in one.columns}
            said = lambda cells: [plain("".join(map(word_of, cell))) for cell in cells]  # noqa: E731
            there = [(g, r) for g, r in listing if columns <= set(zip(said(g.header), said(r.cells), strict=True))]
            return either(*(both(self.repeated(g.guard), self.repeated(r.guard)) for g, r in there))
        wanted = plain(coded(one.sentence.replace("**", '"')))
        found = [(words, there) for words, there, _ in self.sayings(text) if words == wanted]
        lead = f"{wanted}: "
        hung = ((words, there, when) for words, there, when in self.sayings(text) if words.startswith(lead))
        under = {when + words.removeprefix(lead) for words, there, when in hung if self.can_be(there)}
        items = {part for item in one.items for part in conditioned(item)}
        return either(*(there for _, there in found)) if not items or items == under else FALSE

    def sayings(self, text: prose.Prose):
        """Yield each sentence that a text can say, after what it hangs under, with its term and its guard.

        The lines are gone through forwards: what a next line would hang under is known for each of the ways in which
        those before it can be there or not: under the line before, the last paragraph, or the last item.
        """
        ways = {("", "", ""): TRUE}
        for style, words, there, when in self.lines(text):
            after: dict[tuple[str, str, str], list] = {}
            for (line, paragraph, item), so in ways.items():
                lead = {"item": paragraph, "subitem": item}.get(style, line)
                pieces = [plain(piece) for piece in parted(words)]
                yield from ((lead + piece, both(so, there), when) for piece in pieces if piece)
                opened = f"{lead}{pieces[-1]}: " if words.rstrip().endswith(":") else ""
                then = (opened, opened if style == "text" else paragraph, item if style == "subitem" else opened)
                after.setdefault(then, []).append(both(so, there))
                after.setdefault((line, paragraph, item), []).append(both(so, z3.Not(there)))
            ways = {state: either(*those) for state, those in after.items()}

    def lines(self, text: prose.Prose):
        """Yield the style of each line of a text, its words, the term that it is there, and its own guard in words."""
        item = TRUE
        for block in text:
            if not isinstance(block, prose.Passage):
                yield "text", "", self.repeated(block.guard) if isinstance(block, prose.Grid) else TRUE, ""
                continue
            there = self.repeated(block.guard)
            item = there if block.style == "item" else item
            words = "".join(map(word_of, block.parts))
            yield block.style, words, both(item, there) if block.style == "subitem" else there, guarded(block.guard)

    def dead(self) -> set[str]:
        """Return the targets to which a text can refer in a contract that lacks them."""
        uses: dict[str, list] = {}
        labels: dict[str, list] = {}
        for clause, _, selected, texts in self.wordings():
            for parts, label, there in texts:
                if label:
                    labels.setdefault(f"{clause.id}.{label}", []).append(both(selected, there))
                for part in parts:
                    if isinstance(part, prose.Link):
                        uses.setdefault(part.target, []).append(both(selected, there))
        groups = {f"article:{g.id}": g for g in self.library.articles} | {
            f"exhibit:{g.id}": g for g in self.library.exhibits
        }

        def target(name: str):
            if name in groups:
                return either(*(self.condition(self.library.clauses[c].when) for c in groups[name].clauses))
            return either(*labels.get(name, [])) if "." in name else self.condition(self.library.clauses[name].when)

        return {name for name, found in uses.items() if self.can_be(both(either(*found), z3.Not(target(name))))}


def word_of(part: prose.Part) -> str:
    """Return a part of a line in words; a field or a reference is one word of its own."""
    match part:
        case prose.Words(text=text):
            return text
        case prose.Term(text=term, parts=parts):
            return f'"{"".join(map(word_of, parts)) if parts else term}"'
        case prose.Field(written=written):
            return coded(f"{{{{ {written} }}}}")
        case prose.Link(target=target):
            return coded(f"[[{target}]]")
    raise UntranslatedError(part)


def guarded(guard: prose.Guard) -> str:
    """Return the conditions of a line as a library writes them, with a space after each."""
    when = [] if guard.when is None else [f"when: {language.explain(guard.when)}"]
    each = [] if guard.each is None else [f"each: {guard.each.name} in {language.explain(guard.each.expression)}"]
    return "".join(f"{{{one}}} " for one in (*when, *each))


def conditioned(item: str) -> list[str]:
    """Return the sentences of an item as a source has it, each after the conditions at its start."""
    own = re.sub(r"^(\{(when|each): [^}]*\} ?)*", "", item)
    when = item.removesuffix(own)
    return [when + plain(coded(piece)) for piece in parted(own)]


def coded(words: str) -> str:
    """Return words with each field and reference in them as one word."""
    hidden = lambda found: "<" + "".join(f"{ord(sign):x}_" for sign in "".join(found[0].split())) + ">"  # noqa: E731
    return re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]", hidden, words)


def parted(words: str) -> list[str]:
    """Return the sentences of a line: each ends in a word with a full stop that shortens nothing, before a capital."""
    found: list[list[str]] = [[]]
    for word in words.split():
        if not found[-1] and len(found) > 1 and "a" <= word[0] <= "z":
            found.pop()  # no sentence starts with a small letter
        found[-1].append(word)
        bare = word.rstrip('”"’)')
        if bare.endswith((".", "?", "!")) and not (word == bare and word.strip('(“"') in SHORT):
            found.append([])
    return [" ".join(piece) for piece in found if piece] or [""]


SHORT = ("St.", "No.", "Nos.", "Minn.", "Stat.", "Mr.", "Ms.", "Dr.", "vs.")


def plain(words: str) -> str:
    """Return a sentence in small letters, with straight marks, and without what only ends or joins it."""
    told = " ".join(words.lower().translate(str.maketrans("’‘“”\u00a0", "''\"\" ")).split())
    for mark in ",;:.":
        told = told.replace(f" {mark}", mark)
    told = told.rstrip(".;,:")
    for joining in ("and", "or", "nor", "but", "and/or"):
        for mark in ",;":
            if told.endswith(f"{mark} {joining}"):
                return told.removesuffix(f"{mark} {joining}").rstrip(".;,:").strip()
    return told.strip()
