"""Says all that is wrong in a library at once, by file and line.

One rule: what must be mended is kept apart from style, and a check only looks. What must be so for a draft to be made
at all is checked when the library is loaded (`library_checks.CHECKS`); the checks here ask for more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from drafter import language
from drafter.base.problems import Place, Problem
from drafter.proving import exceptions, laws, memo_presence
from drafter.proving.linting import number_checks, policy_checks, word_checks
from drafter.proving.linting.subject import Subject
from drafter.proving.presence import Presence
from drafter.proving.solving import formulas
from drafter.proving.solving.comparisons import UndecidedError
from drafter.reading import prose, questionnaire, readers
from drafter.reading.forms import telling
from drafter.reading.forms.reading import Reading
from drafter.reading.library import Clause, Library
from drafter.reading.memo.memo_text import asks_for
from drafter.values import dataclass


def unreachable_alternative(subject: Subject) -> Iterator[Problem]:
    """Find an alternative that no answers select: its condition is never true, or a better one always is."""
    for clause in subject.at.clauses():
        included, selected = subject.at.included(clause.id), subject.at.by_answers(clause)
        for alternative in clause.alternatives:
            try:
                case = subject.trying.broken(formulas.all_of(included, selected[alternative.id]))
            except UndecidedError:
                continue
            if case is None:
                what = f"no answers select '{alternative.id}'"
                hint = "change its condition or that of a better one, or delete it"
                yield Problem("unreachable-alternative", alternative.place, what, hint)


def two_alternatives(subject: Subject) -> Iterator[Problem]:
    """Find two alternatives of one clause and one position that some answers both fit, so that chance decides."""
    yield from _broken(subject, laws.one_alternative, "two-alternatives")


def overruled_alternative(subject: Subject) -> Iterator[Problem]:
    """Find an alternative that a better one of its clause overrules: some answers fit the conditions of both."""
    yield from _broken(subject, laws.one_alternative, "overruled-alternative")


def unasked_field(subject: Subject) -> Iterator[Problem]:
    """Find a text that can appear where a question it prints is not asked: a blank that nobody can fill."""
    yield from _broken(subject, laws.fields_asked, "unasked-field")


def _broken(subject: Subject, law: Callable[[Presence], Iterator[laws.Claim]], code: str) -> Iterator[Problem]:
    """Yield the problems of one code that a law claims and some answers make true."""
    for claim in law(subject.at):
        try:
            if claim.problem.code == code and subject.trying.broken(claim.broken_when) is not None:
                yield claim.problem
        except UndecidedError:
            continue  # the proof names it


def bare_number(subject: Subject) -> Iterator[Problem]:
    """Find a clause under another's heading that can start with a list or a table, so that its number has no words."""
    groups = (*subject.library.articles, *subject.library.exhibits)
    under = (name for g in groups for one in g.together for name in one.clauses[1:])
    for clause in (subject.library.clauses[name] for name in under if name in subject.library.clauses):
        for alternative in clause.alternatives:
            first = next((block for block in alternative.text if not _may_be_left_out(block)), None)
            if not isinstance(first, prose.Passage) or first.style != "text":
                what = f"'{alternative.id}' stands under the heading of another clause, and can start with no sentence"
                place = Place(alternative.place.path, first.line if first is not None else alternative.place.line)
                yield Problem("bare-number", place, what, "start it with a sentence that is always there")


def _may_be_left_out(block: prose.ProseBlock) -> bool:
    """Say whether a paragraph may be left out, so that what follows it is the first."""
    return isinstance(block, prose.Passage) and block.style == "text" and block.guard != prose.Guard()


def unused_question(subject: Subject) -> Iterator[Problem]:
    """Find a question whose answer nothing uses: no text, no condition, no requirement, no check."""
    asked = subject.library.questionnaire
    known = readers.readers(subject.library)
    used = {name for name, those in known.items() if any(reader.kind != "question" for reader in those)}
    waiting = list(used)
    while waiting:
        condition = asked.ask_when.get(waiting.pop())
        for name in language.names(condition) - used if condition is not None else ():
            used.add(name)
            waiting.append(name)
    for name in asked.questions:
        if name not in used:
            hint = "use it in a clause, or delete it"
            yield Problem("unused-question", asked.places[name], f"nothing uses the answer to '{name}'", hint)


def missing_guidance(subject: Subject) -> Iterator[Problem]:
    """Find a fallback without guidance: a negotiator must know when to offer it."""
    for clause in subject.at.clauses():
        for alternative in clause.alternatives:
            if alternative.position == "fallback" and not alternative.guidance:
                what = f"the fallback '{alternative.id}' has no guidance"
                yield Problem(
                    "missing-guidance", alternative.place, what, "say when to offer it, and what to ask for it"
                )


def missing_concession(subject: Subject) -> Iterator[Problem]:
    """Find a fallback that does not say what it gives up."""
    for clause in subject.at.clauses():
        for alternative in clause.alternatives:
            if alternative.position == "fallback" and not alternative.concedes:
                what = f"the fallback '{alternative.id}' says nothing under 'concedes'"
                yield Problem("missing-concession", alternative.place, what, "say what it gives up")


def unknown_authority(subject: Subject) -> Iterator[Problem]:
    """Find a question that rests on an authority which authorities.yaml does not list."""
    asked = subject.library.questionnaire
    entries: list[tuple[str, questionnaire.Question]] = list(asked.questions.items())
    entries += [(f"{name}.{entry.id}", entry) for name, q in asked.questions.items() for entry in q.fields]
    for name, question in entries:
        for wanted in question.authority:
            if wanted not in subject.library.authorities:
                what = f"no authority is called '{wanted}'"
                yield Problem("unknown-authority", asked.places[name], what, "add it to authorities.yaml")


# -- papers -------------------------------------------------------------------------------------


def never_printed(subject: Subject) -> Iterator[Problem]:
    """Find a text of a paper that no answers and no wordings print: its condition is never true."""
    for paper in memo_presence.of(subject.at, any_own=True):
        for what, line, formula in paper.conditional():
            try:
                case = subject.trying.broken(formula)
            except UndecidedError:
                continue
            if case is None:
                hint = "change its condition, or delete it"
                yield Problem("never-printed", Place(paper.paper.path, line), f"{what} is never printed", hint)


def untold_wording(subject: Subject) -> Iterator[Problem]:
    """Find a clause on whose wording lines of a paper depend, none of which is printed for a matter's own wording."""
    for paper in memo_presence.of(subject.at, any_own=True):
        for clause, where, line, formula in paper.untold():
            try:
                case = subject.trying.broken(formula)
            except UndecidedError:
                continue
            if case is not None:
                said = f"the {where} of the {paper.paper.of.name} depend on the wording of '{clause.id}'"
                hint = f"add a line for it: when: not ({asks_for(clause.id)} in [{_listed(clause)}])"
                what = f"{said}, and a matter's own has no line there"
                yield Problem("untold-wording", Place(paper.paper.path, line), what, hint)


def _listed(clause: Clause) -> str:
    return ", ".join(f"'{alternative.id}'" for alternative in clause.alternatives if not alternative.is_own)


def missing_sentence(subject: Subject) -> Iterator[Problem]:
    """Find an alternative of which the memo does not say what its section says, though it does of another one."""
    for paper in memo_presence.of(subject.at):
        for clause, line, said in paper.sentences():
            for alternative in (a for a in clause.alternatives if not a.is_own):
                selected = subject.at.selected(clause.id, alternative.id)
                try:
                    case = subject.trying.broken(formulas.all_of(selected, formulas.opposite(said)))
                except UndecidedError:
                    continue
                if case is not None:
                    what = (
                        f"the memo can lack a sentence on '{alternative.id}' of '{clause.id}', and has one on another"
                    )
                    hint = "add an entry for it under sections:"
                    yield Problem("missing-sentence", Place(paper.paper.path, line), what, hint, "reminder")


Check = Callable[[Subject], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    unreachable_alternative,
    two_alternatives,
    overruled_alternative,
    unasked_field,
    bare_number,
    word_checks.undefined_term,
    word_checks.unused_term,
    word_checks.early_term,
    word_checks.typed_reference,
    unused_question,
    missing_guidance,
    missing_concession,
    unknown_authority,
    word_checks.actorless_duty,
    exceptions.undeclared_exception,
    exceptions.changed_definition,
    exceptions.unused_exception,
    policy_checks.unquoted_sentence,
    policy_checks.revisable_requirement,
    policy_checks.quoted_twice,
    policy_checks.open_to_do,
    policy_checks.literal_figure,
    policy_checks.never_applies,
    policy_checks.weakened_check,
    policy_checks.uncarried_check,
    number_checks.number_noun,
    number_checks.number_style,
    never_printed,
    untold_wording,
)
READING: tuple[Check, ...] = (unasked_field, unused_question)  # they rest on what the papers read
STYLE: tuple[Check, ...] = (
    word_checks.odd_letters,
    word_checks.duty_word,
    word_checks.long_sentence,
    missing_sentence,
)


@dataclass(frozen=True, slots=True)
class Linted:
    """What a library's checks found: what must be mended, and remarks on style.

    `forms` has the library of each form of the contract, where there are several.
    """

    library: Library
    wrong: tuple[Problem, ...]
    style: tuple[Problem, ...]
    forms: tuple[Library, ...] = ()


def lint(found: Reading) -> Linted:
    """Make every check on a library that could be read; include the problems found while loading it.

    Where a paper's file couldn't be read, the checks that rest on what it reads are left out.
    """
    subject = Subject(found.library)
    left_out = READING if found.unread_memo else ()
    made = [check for check in CHECKS if check not in left_out]
    wrong, style = ([p for check in checks for p in check(subject)] for checks in (made, STYLE))
    return Linted(found.library, _sorted([*found.wrong, *found.unread_memo, *wrong]), _sorted(style))


def lint_forms(found: Sequence[Reading]) -> Linted:
    """Make every check on each form of a library; a problem that several forms have is told once."""
    first = found[0].library
    if found[0].unread:  # of any form, since all are read from the same files
        unread = {one.library.form.id: (*one.unread, *one.wrong) for one in found}
        return Linted(first, _sorted(telling.once(unread)), ())
    made = [lint(one) for one in found]
    wrong = telling.once({m.library.form.id: [p for p in m.wrong if not _printed_in_another(p, made)] for m in made})
    style = telling.once({m.library.form.id: m.style for m in made})
    return Linted(first, _sorted(wrong), _sorted(style), tuple(one.library for one in found) if first.forms else ())


def _printed_in_another(problem: Problem, made: Sequence[Linted]) -> bool:
    """Say whether a line of a paper that one form never prints is printed by another one, which is all it needs."""
    if problem.code != "never-printed":
        return False
    texts = ((one, text) for one in made for text in one.library.paper_texts if text.path == problem.place.path)
    having = [one for one, text in texts if problem.place.line in text.numbers()]
    return any(problem not in one.wrong for one in having)


def _sorted(found: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(found), key=lambda p: (p.place, p.code, p.message)))
