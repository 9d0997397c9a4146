"""Turns a library into formulas: under which answers each clause, wording, paragraph and row is in the contract.

One rule: a formula says of a text what `selection` and `assembly` do with it, for all answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from drafter import language
from drafter.language import Compare, Constant, Expression, Filter, Kind, Name, Value
from drafter.matters.answers import ALTERNATIVES
from drafter.proving import blocks
from drafter.proving.blocks import Block, Text
from drafter.proving.solving import formulas
from drafter.proving.solving.formulas import FALSE, TRUE, Formula
from drafter.reading import prose, readers, saying
from drafter.reading.library import OWN, Alternative, Clause, Library
from drafter.reading.memo import memo_text
from drafter.reading.prose import Each, sentences
from drafter.reading.prose.sentences import Line, Sentence
from drafter.reading.questionnaire import Option, Question, Questionnaire
from drafter.reading.sources import source
from drafter.reading.sources.source import Said

Made = TypeVar("Made")


@dataclass(slots=True)
class Presence:
    """When each part of a library is in the contract, over all answers and all free choices.

    `chosen` has alternatives that apply whatever the answers are; `premise` is the formula that the answers go with
    them, without which no contract is drafted. A free choice is a question of its own, whose name is `choice_of` its
    clause, and whose answer is an alternative; without an answer, the other answers select one. `freed` has further
    clauses that are to be such questions, even where an alternative of theirs is chosen. With `any_status` the policy
    may have any status, and not only that of today.
    """

    library: Library
    chosen: Mapping[str, str] = field(default_factory=dict)
    freed: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    premise: Formula = TRUE
    any_status: bool = False
    _known: dict[str, Expression] = field(default_factory=dict)
    _formulas: dict[Expression, Formula] = field(default_factory=dict)
    _included: dict[str, Formula] = field(default_factory=dict)
    _selected: dict[str, Mapping[str, Formula]] = field(default_factory=dict)
    _blocks: dict[tuple[str, str], tuple[Block, ...]] = field(default_factory=dict)
    _said: dict[tuple[str, str], Mapping[str, Formula]] = field(default_factory=dict)
    _targets: dict[str, Formula] = field(default_factory=dict)
    _groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _made: dict[Callable[[Presence], object], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the policy's values, what each phrase means, and the clauses that are a free choice."""
        known = readers.readers(self.library, self.chosen)
        decided = {clause.id: readers.decided(self.library, clause, known).by for clause in self.clauses()}
        self.free = self.freed.union(
            clause.id
            for clause in self.clauses()
            if clause.id not in self.chosen and len(_offered(clause)) > 1 and decided[clause.id] == "choice"
        )
        facts = {name: _atom(value) for name, value in source.values(self.library.policy).items()}
        self._known = {name: Constant(value) for name, value in facts.items()}
        if self.any_status:
            self._known |= {name: Filter("otherwise", Name(name), (facts[name],)) for name in _CHANGING}
        for phrase, (expression, _) in self.library.phrases.items():
            self._known[phrase] = language.replaced(expression, self._known)
        for kind, groups in (("article", self.library.articles), ("exhibit", self.library.exhibits)):
            self._groups |= {f"{kind}:{group.id}": group.clauses for group in groups}
        bound = (c for c in self.clauses() if c.id in self.chosen.keys() - self.freed and decided[c.id] != "choice")
        self.premise = formulas.all_of(*map(self._as_answered, bound))

    def _as_answered(self, clause: Clause) -> Formula:
        """Return the formula that the answers select what is chosen, which they must where other texts read them."""
        chosen = clause.alternative(self.chosen[clause.id])
        return TRUE if chosen is None or chosen.is_own else self.by_answers(clause)[chosen.id]

    @property
    def asked(self) -> Questionnaire:
        """Return the questionnaire with a question for each free choice, and for what papers say of one draft."""
        asked = self.library.questionnaire
        choices = {choice_of(clause): _question(self.library.clauses[clause]) for clause in sorted(self.free)}
        own = {own_of(c.id): _own_question(c) for c in self.clauses()} if self.library.paper_texts else {}
        return replace(asked, questions={**asked.questions, **choices, **own, **_OF_ONE_DRAFT, **_CHANGING})

    def once(self, make: Callable[[Presence], Made]) -> Made:
        """Return what a function makes of this presence, which it makes only once for all the laws that need it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]  # type: ignore[assignment]  # what the function returned
        return made

    # -- conditions --

    def expanded(self, expression: Expression) -> Expression:
        """Return an expression over questions only."""
        return language.replaced(expression, self._known)

    def formula(self, condition: Expression | None) -> Formula:
        """Return the formula of a condition; no condition is always true."""
        if condition is None:
            return TRUE
        if condition not in self._formulas:
            self._formulas[condition] = formulas.test(self.expanded(condition))
        return self._formulas[condition]

    def included(self, clause: str) -> Formula:
        """Return the formula that a clause is in the draft."""
        if clause not in self._included:
            found = self.library.clauses.get(clause)
            self._included[clause] = FALSE if found is None else self.formula(found.when)
        return self._included[clause]

    def conditions(self, clause: Clause) -> Mapping[str, Formula]:
        """Return the formula of each alternative's own condition, best first."""
        return {alternative.id: self.formula(alternative.when) for alternative in clause.alternatives}

    def selected(self, clause: str, alternative: str) -> Formula:
        """Return the formula that an alternative is the one selected of its clause."""
        if clause not in self._selected:
            self._selected[clause] = self._selection(self.library.clauses[clause])
        return self._selected[clause][alternative]

    def by_answers(self, clause: Clause) -> Mapping[str, Formula]:
        """Return for each alternative the formula that the answers alone select it, if the clause is in the draft."""
        found: dict[str, Formula] = {}
        before: list[Formula] = []
        for name, condition in self.conditions(clause).items():
            found[name] = formulas.all_of(condition, *before)
            before.append(formulas.opposite(condition))
        return found

    def _selection(self, clause: Clause) -> Mapping[str, Formula]:
        included = self.included(clause.id)
        chosen = clause.alternative(self.chosen.get(clause.id, ""))
        if chosen is not None and clause.id not in self.free:
            return {a.id: included if a is chosen else FALSE for a in clause.alternatives}
        selected = self.by_answers(clause)
        if clause.id in self.free:
            choice = Name(choice_of(clause.id))
            open_ = formulas.opposite(formulas.test(Filter("answered", choice)))
            selected = {
                name: formulas.any_of(
                    formulas.all_of(formula, open_), formulas.test(Compare(choice, "eq", Constant(name)))
                )
                for name, formula in selected.items()
            }
        return {name: formulas.all_of(included, formula) for name, formula in selected.items()}

    # -- texts --

    def blocks(self, clause: Clause, alternative: Alternative) -> tuple[Block, ...]:
        """Return every paragraph, item and table of a wording, with its condition when the wording is in the draft."""
        key = (clause.id, alternative.id)
        if key not in self._blocks:
            self._blocks[key] = tuple(blocks.blocks(alternative.text, self))
        return self._blocks[key]

    def texts(self, clause: Clause, alternative: Alternative) -> tuple[Text, ...]:
        """Return every text of a wording, with its condition when the wording is in the draft."""
        return tuple(text for block in self.blocks(clause, alternative) for text in block.texts)

    def clauses(self) -> Iterator[Clause]:
        """Return the clauses that have a file and a place in the outline, in its order."""
        return (self.library.clauses[c] for c in dict.fromkeys(self.library.order()) if c in self.library.clauses)

    def all_texts(self) -> Iterator[tuple[Clause, Alternative, Formula, Text]]:
        """Yield each text of every wording in the outline, with the clause, the wording and when it is selected."""
        for clause in self.clauses():
            for alternative in clause.alternatives:
                selected = self.selected(clause.id, alternative.id)
                for text in self.texts(clause, alternative):
                    yield clause, alternative, selected, text

    def outline(self) -> Iterator[Text]:
        """Yield the texts of the outline: caption and signature blocks, which are always there."""
        for line in self.library.caption:
            yield Text(line, 0, "", TRUE, TRUE, None)
        for block in self.library.signatures:
            each = block.signers and Each(block.signers.name, self.expanded(block.signers.expression))
            yield from (Text(line, 0, "", TRUE, TRUE, None) for line in (block.party, block.note))
            yield from (Text(line, 0, "", TRUE, TRUE, each) for line in (block.name, block.title))

    def titles(self) -> Iterator[tuple[str, Text]]:
        """Yield each title that has fields, with the file of the library that it is in."""
        found: list[tuple[str, prose.Title, Formula]] = [("agreement.yaml", self.library.title, TRUE)]
        for kind, groups in (("article", self.library.articles), ("exhibit", self.library.exhibits)):
            for group in groups:
                found.append(("agreement.yaml", group.title, self.target(f"{kind}:{group.id}")))
                for one in group.together:
                    there = formulas.any_of(*map(self.included, one.clauses))
                    found.append(("agreement.yaml", one.title, there))
        found += [(clause.file, clause.title, self.included(clause.id)) for clause in self.clauses()]
        for file, title, present in found:
            if not isinstance(title, str):
                yield file, Text(title, 0, "", TRUE, present, None)

    def target(self, wanted: str) -> Formula:
        """Return the formula that what a reference points to is in the draft."""
        if wanted not in self._targets:
            self._targets[wanted] = self._target(wanted)
        return self._targets[wanted]

    def _target(self, wanted: str) -> Formula:
        if ":" in wanted:
            return formulas.any_of(*(self.included(clause) for clause in self._groups.get(wanted, ())))
        clause, _, label = wanted.partition(".")
        found = self.library.clauses.get(clause)
        if found is None or not label:
            return self.included(clause)
        return formulas.any_of(
            *(
                formulas.all_of(self.selected(clause, alternative.id), text.present)
                for alternative in found.alternatives
                for text in self.texts(found, alternative)
                if text.label == label
            )
        )

    def says(self, clause: Clause, alternative: Alternative, said: Said) -> Formula:
        """Return the formula that a wording, where it is selected, says something by itself."""
        if said.rows:
            return formulas.any_of(*self._rows(clause, alternative, said))
        there = self._sentences(clause, alternative).get(sentences.as_written(said.sentence), FALSE)
        is_whole = not said.items or saying.listed(alternative.text, said) == saying.wanted_items(said)
        return there if is_whole else FALSE

    def _sentences(self, clause: Clause, alternative: Alternative) -> Mapping[str, Formula]:
        """Return the formula of each sentence that a wording can say by itself, where the wording is in the draft."""
        key = (clause.id, alternative.id)
        if key not in self._said:
            lines = sentences.lines_of(alternative.text)
            found: dict[str, list[Formula]] = {}
            hanging = _Hanging([block.present for block in self.blocks(clause, alternative)], lines)
            for sentence in sentences.possible(lines):
                found.setdefault(sentence.words, []).append(hanging.there(sentence))
            self._said[key] = {words: formulas.any_of(*those) for words, those in found.items()}
        return self._said[key]

    def _rows(self, clause: Clause, alternative: Alternative, said: Said) -> Iterator[Formula]:
        """Yield the formula of each cell in the rows for a list of records, in tables with the columns named."""
        for block, made in zip(alternative.text, self.blocks(clause, alternative), strict=True):
            if saying.has_columns(block, said):
                yield from (
                    t.present
                    for t in made.texts
                    if t.each is not None and said.rows in language.names(t.each.expression)
                )


class _Hanging:
    """Says of the lines of a wording when each of its sentences is read from those lines alone."""

    def __init__(self, present: Sequence[Formula], lines: Sequence[Line]) -> None:
        self.present, self.lines, self.over = present, lines, sentences.governing(lines)

    def there(self, sentence: Sentence) -> Formula:
        """Return the formula that the lines of a sentence are there, and that it hangs under those alone."""
        top, *rest = sentence.lines
        leads = (above for above in self.over[top] if sentences.introduces(self.lines[above]))
        alone = (formulas.opposite(formulas.all_of(self.present[n], self._alone(n, top))) for n in leads)
        under = (self._alone(above, below) for above, below in zip(sentence.lines, rest, strict=False))
        return formulas.all_of(*(self.present[n] for n in sentence.lines), *alone, *under)

    def _alone(self, above: int, below: int) -> Formula:
        """Return the formula that no line between two is there that the lower one would belong to."""
        between = (n for n in self.over[below] if n > above)
        return formulas.all_of(*(formulas.opposite(self.present[n]) for n in between))


def choice_of(clause: str) -> str:
    """Return the name of the question that a free choice of a clause is."""
    return f"{ALTERNATIVES}.{clause}"


def own_of(clause: str) -> str:
    """Return the name of the question whether a matter has a wording of its own for a clause; no answer has a space."""
    return f"own wording of {clause}"


def _own_question(clause: Clause) -> Question:
    return Question(id=own_of(clause.id), type="choice", prompt="", options=(Option(value=OWN, label=OWN),))


def parted(given: Mapping[str, Value]) -> tuple[Mapping[str, Value], Mapping[str, str]]:
    """Return what is answered in a case apart from the alternatives that are chosen in it, by clause."""
    prefix = choice_of("")
    chosen = {name.removeprefix(prefix): str(value) for name, value in given.items() if name.startswith(prefix)}
    apart = _OF_ONE_DRAFT.keys() | _CHANGING.keys()
    answers = (n for n in given if not n.startswith(prefix) and n not in apart and " " not in n)
    return {name: given[name] for name in answers}, chosen


def _offered(clause: Clause) -> tuple[Alternative, ...]:
    return tuple(alternative for alternative in clause.alternatives if not alternative.is_own)


def _question(clause: Clause) -> Question:
    options = tuple(Option(value=a.id, label=a.label) for a in _offered(clause))
    return Question(id=choice_of(clause.id), type="choice", prompt=clause.id, options=options)


def _fact(name: str, kind: Kind) -> Question:
    types: Mapping[str, Literal["date", "text", "number", "money", "yes-no"]]
    types = {"date": "date", "number": "number", "money": "money", "yes-no": "yes-no"}
    found = types.get(kind.name, "text")
    return Question(id=name, type=found, prompt="", min="0" if found in ("number", "money") else "")


# What only a draft decides, such as how many blanks there are: for the proof of the papers it may be anything.
_OF_ONE_DRAFT: Mapping[str, Question] = {name: _fact(name, kind) for name, kind in memo_text.NAMES.items()}
# What changes while the texts stay: a contract must be right under the policy's status of today and of tomorrow.
_CHANGING: Mapping[str, Question] = {name: _fact(name, source.NAMES[name]) for name in ("policy.status",)}


def _atom(value: language.Value) -> language.Atom:
    return value if not isinstance(value, tuple | language.Record | language.Missing) else ""
