"""What a command brings about: a matter carried down the line to a contract, a swap, and both as JSON.

One rule: all that stands in the way of a draft is said at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import answers, assembly, compliance, contract, expressions, matter, prose, selection, source, swaps
from drafter.answers import ALTERNATIVES, Answers
from drafter.compliance import Coverage, Covered
from drafter.contract import Contract
from drafter.library import Alternative, Authority, Clause, Library, unknown_alternative
from drafter.policy import Requirement
from drafter.prose import Prose
from drafter.selection import Choice, Selection
from drafter.source import DraftingError, Problem, Source
from drafter.swaps import Swap

if TYPE_CHECKING:  # what one command needs is no cost to the others
    from drafter.concessions import Concession
    from drafter.options import Option
    from drafter.redline import Redline


@dataclass(frozen=True, slots=True)
class Drafted:
    """A matter at the end of the line: its answers, selection, contract and coverage, and what the checks found.

    `swaps` are the recorded swaps that count, `written` the files that a command wrote.
    """

    answers: Answers
    selection: Selection
    contract: Contract
    coverage: Coverage
    found: tuple[Problem, ...]
    written: tuple[Path, ...] = ()
    swaps: tuple[Swap, ...] = ()

    @property
    def reasons(self) -> Mapping[str, str]:
        """Return the reason that was given for the swap of each clause, where one was."""
        return {swap.clause: swap.because for swap in self.swaps if swap.because}

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """Return what stops a draft."""
        return tuple(p for p in self.found if p.level == "problem")

    @property
    def reminders(self) -> tuple[Problem, ...]:
        """Return what the attorney should know."""
        return tuple(p for p in self.found if p.level == "reminder")

    @property
    def not_preferred(self) -> tuple[Choice, ...]:
        """Return the choices that give something away."""
        return tuple(c for c in self.selection.choices.values() if c.alternative.position != "preferred")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap: the clause, and the matter before and after."""

    clause: str
    before: Drafted
    after: Drafted

    @property
    def choices(self) -> tuple[Choice | None, Choice | None]:
        """Return the clause's choice before and after; None where it is left out."""
        return self.before.selection.choices.get(self.clause), self.after.selection.choices.get(self.clause)

    @property
    def is_new(self) -> bool:
        """Say whether the answers file did not choose this alternative already."""
        return self.before.answers.chosen.get(self.clause) != self.after.answers.chosen.get(self.clause)

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return each requirement whose status changed, with the old and the new one."""
        pairs = zip(self.before.coverage.rows, self.after.coverage.rows, strict=True)
        return tuple((a.requirement.id, a.status, b.status) for a, b in pairs if a.status != b.status)

    @property
    def redline(self) -> Redline:
        """Return the contract before the swap compared with the one after it."""
        from drafter import redline

        return redline.compare(self.before.contract, self.after.contract)

    @property
    def place(self) -> Source:
        """Return the line that changed, or the file where the line was taken out."""
        return self.after.answers.place(f"{ALTERNATIVES}.{self.clause}")

    @property
    def unselected(self) -> str:
        """Return the condition under which the answers alone would select it, empty where they do or it has none."""
        new = self.choices[1].alternative if self.choices[1] else None
        when = new.when if new and not new.is_own else None
        holds = when is None or expressions.holds(when, self.after.selection.values)
        return "" if when is None or holds else expressions.explain(when)


# -- drafting -----------------------------------------------------------------------------------


def draft(loaded: Library, text: str, name: str, recorded: tuple[Swap, ...] = ()) -> Drafted:
    """Carry the text of an answers file down the line to a contract and its coverage, with the checks made.

    `recorded` is the record of the matter's swaps.
    """
    given = answers.parse(text, name, loaded.questionnaire)
    selected = selection.select(loaded, given)
    found = tuple(answers.problems(loaded.questionnaire, given, selected.values))
    try:
        made = assembly.assemble(selected)
    except DraftingError as error:
        raise DraftingError(*(p for p in found if p.level == "problem"), *error.problems) from None
    made_of = Drafted(given, selected, made, compliance.check(made, selected), found)
    return _with_record(made_of, recorded)


def settled(drafted: Drafted, allowed: tuple[str, ...], *, final: bool) -> Drafted:
    """Return the draft with its status and departures. DraftingError with all that stands in its way.

    A departure is allowed for the clauses named, and for those that were swapped on the record in spite of it.
    """
    recorded = tuple(swap.clause for swap in drafted.swaps if swap.deviation)
    made, departures = _departures(drafted, (*allowed, *recorded))
    source.stop_at([*drafted.wrong, *departures, *(_blanks(drafted) if final else ())])
    return replace(drafted, contract=contract.final(made) if final else made)


def checked(drafted: Drafted) -> Drafted:
    """Return the draft with its departures among what was found."""
    return replace(drafted, found=(*drafted.found, *_departures(drafted, ())[1]))


def _departures(drafted: Drafted, allowed: tuple[str, ...]) -> tuple[Contract, tuple[Problem, ...]]:
    """Return the contract with the departures that are allowed, and a problem for each that is not."""
    try:
        for clause in allowed:
            drafted.selection.library.clause(clause)
        return compliance.deviations(drafted.coverage, drafted.contract, allowed, drafted.answers.path), ()
    except DraftingError as error:
        return drafted.contract, error.problems


def _blanks(drafted: Drafted) -> Iterator[Problem]:
    """Find the blanks: a final has none."""
    given, selected = drafted.answers, drafted.selection
    for blank in contract.blanks(drafted.contract):
        name = blank.question if blank.question in given.places else blank.question.partition(".")[0]
        what = f"{blank.question} is not answered, and a final can't have the blank [{blank.text}]"
        asked = answers.is_asked(selected.library.questionnaire, blank.question, selected.values)
        hint = "these answers do not ask it, but a chosen alternative prints it: change the answer that decides"
        yield Problem("blank", given.place(name), what, "" if asked else hint)


# -- swapping -----------------------------------------------------------------------------------


def swap(  # noqa: PLR0913, PLR0917  # what a swap is made of
    before: Drafted, text: str, recorded: tuple[Swap, ...], clause: str, alternative: str, on: date,
    because: str = "", *, allowed: bool = False,
) -> tuple[Swapped, str, tuple[Swap, ...]]:  # fmt: skip
    """Choose another alternative in the text of an answers file.

    Return what that changes, the changed text, and the record of swaps with this one. DraftingError where there is no
    such clause or alternative, or where a requirement would no longer be met and that is not allowed.
    """
    found = before.selection.library.clause(clause)
    if found.alternative(alternative) is None:
        raise DraftingError(unknown_alternative(found, alternative))
    name = before.answers.path
    changed = matter.with_alternative(text, name, clause, alternative)
    after = draft(before.selection.library, changed, name)
    departures = tuple(_fresh_departures(before, after, clause))
    source.stop_at(() if allowed else departures)
    chosen = before.answers.chosen.get(clause, "")
    entry = Swap(clause, chosen, alternative, on, because, deviation=bool(departures))
    kept = swaps.settled(recorded, before.answers.chosen)
    record = recorded if changed == text and not because else (*kept, entry)
    return Swapped(clause, before, _with_record(after, record)), changed, record


def undo(
    before: Drafted, text: str, recorded: tuple[Swap, ...], clause: str = ""
) -> tuple[Swapped, str, tuple[Swap, ...]]:
    """Take back the last swap, or a clause's last one; return as `swap` does. DraftingError where there is none."""
    kept = swaps.settled(recorded, before.answers.chosen)
    entry = next((s for s in reversed(swaps.counting(kept, before.answers.chosen)) if clause in ("", s.clause)), None)
    if entry is None:
        what = f"no swap of '{clause}' is recorded that still counts" if clause else "no swap is recorded that counts"
        hint = "'drafter clauses -m MATTER' shows what is chosen; swap back by name"
        raise DraftingError(Problem("nothing-to-undo", Source(before.answers.path), what, hint))
    changed = matter.with_alternative(text, before.answers.path, entry.clause, entry.before)
    record = tuple(s for s in kept if s is not entry)
    after = draft(before.selection.library, changed, before.answers.path, record)
    return Swapped(entry.clause, before, after), changed, record


def _with_record(drafted: Drafted, record: tuple[Swap, ...]) -> Drafted:
    return replace(drafted, swaps=swaps.counting(record, drafted.answers.chosen))


def _fresh_departures(before: Drafted, after: Drafted, clause: str) -> Iterator[Problem]:
    """Find the requirements that the swap leaves unmet, or that the clause left unmet before it."""
    unmet = {row.requirement.id for row in before.coverage.unmet if clause not in row.clauses}
    rows = tuple(row for row in after.coverage.rows if row.requirement.id not in unmet)
    for problem in _departures(replace(after, coverage=Coverage(rows)), ())[1]:
        hint = "choose a wording that meets it, or swap with --allow-deviation --because REASON"
        yield replace(problem, hint=hint)


# -- a clause in words --------------------------------------------------------------------------


def wording(text: Prose) -> Iterator[tuple[str, str]]:
    """Go through the lines of a wording: a number as the contract prints it (may be empty), and the words.

    Fields and references stand as the library writes them, conditions in brackets. Items of items are indented.
    """
    item = subitem = 0
    for block in text:
        match block:
            case prose.PolicyText():
                yield "", "[the policy, word for word]"
            case prose.Grid():
                for row in (prose.Row(block.header, block.guard, block.line), *block.rows):
                    yield "|", _guard(row.guard) + " | ".join(map(_words, row.cells))
            case prose.Passage(style="item"):
                item, subitem = item + 1, 0
                yield f"({assembly.letters(item).lower()})", _guard(block.guard) + _words(block.parts)
            case prose.Passage(style="subitem"):
                subitem += 1
                yield f"   ({assembly.roman(subitem)})", _guard(block.guard) + _words(block.parts)
            case prose.Passage():
                yield "", _guard(block.guard) + _words(block.parts)


def _guard(guard: prose.Guard) -> str:
    each = f"[each {guard.each.name} in {expressions.explain(guard.each.expression)}] " if guard.each else ""
    return each + (f"[when {expressions.explain(guard.when)}] " if guard.when is not None else "")


def _words(parts: prose.Parts) -> str:
    return "".join(map(_part, parts))


def _part(part: prose.Part) -> str:
    match part:
        case prose.Term(text=text):
            return f"“{text}”"
        case prose.Field(written=written):
            return f"{{{{ {written} }}}}"
        case prose.Link(target=target):
            return f"[[{target}]]"
        case prose.Words(text=text):
            return text


# -- JSON ---------------------------------------------------------------------------------------


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem for scripts."""
    return {
        "code": problem.code,
        "level": problem.level,
        "file": problem.source.path,
        "line": problem.source.line or None,
        "message": problem.message,
        "hint": problem.hint,
    }


def draft_json(drafted: Drafted) -> dict[str, object]:
    """Return what a draft made, for scripts."""
    made = drafted.contract
    return {
        "written": [str(path) for path in drafted.written],
        "status": made.status,
        "articles": len(made.articles),
        "sections": sum(len(article.sections) for article in made.articles),
        "exhibits": len(made.exhibits),
        **check_json(drafted),
        "not_preferred": [
            {"clause": c.clause.id, "alternative": c.alternative.id, "position": c.alternative.position, "by": c.by}
            for c in drafted.not_preferred
        ],
        "deviations": list(made.deviations),
    }


def check_json(drafted: Drafted) -> dict[str, object]:
    """Return what a check found, for scripts."""
    policy = drafted.selection.library.policy
    return {
        "policy": {"citation": policy.citation, "status": policy.status, "date": policy.date.isoformat()},
        "requirements": [_row_json(row) for row in drafted.coverage.rows],
        "anomalies": [{"paragraphs": list(a.paragraphs), "text": a.text} for a in policy.anomalies],
        "blanks": [{"label": b.text, "question": b.question} for b in contract.blanks(drafted.contract)],
        "reminders": [problem_json(p) for p in drafted.reminders],
        "problems": [problem_json(p) for p in drafted.wrong],
    }


def _row_json(row: Covered) -> dict[str, object]:
    return {
        "id": row.requirement.id,
        "status": row.status,
        "sections": list(row.places),
        "clauses": list(row.clauses),
        "asks": row.requirement.asks,
        "applies_when": row.requirement.applies_text,
        "remark": row.remark,
    }


def clause_json(shown: Clause, chosen: str | None) -> dict[str, object]:
    """Return a clause for scripts."""
    return {
        "id": shown.id,
        "title": shown.title,
        "file": shown.file,
        "authority": list(shown.authority),
        "when": expressions.explain(shown.when) if shown.when is not None else None,
        "selected": chosen,
        "alternatives": [
            {
                "id": a.id,
                "label": a.label,
                "position": a.position,
                "when": expressions.explain(a.when) if a.when is not None else None,
                "satisfies": list(a.satisfies),
                "concedes": a.concedes,
                "approval": a.approval,
                "guidance": a.guidance,
                "wording": [" ".join(filter(None, line)) for line in wording(a.text)],
            }
            for a in shown.alternatives
        ],
    }


def swap_json(swap: Swapped) -> dict[str, object]:
    """Return what a swap changed, for scripts."""
    from drafter import preview

    old, new = (choice.alternative if choice else None for choice in swap.choices)
    return {
        "clause": swap.clause,
        "before": old.id if old else None,
        "after": new.id if new else None,
        "position": new.position if new else None,
        "concedes": new.concedes if new else "",
        "approval": new.approval if new else "",
        "condition_not_met": swap.unselected,
        "because": swap.after.reasons.get(swap.clause, ""),
        "deviations": [row.requirement.id for row in swap.after.coverage.unmet],
        "words": preview.to_text(swap.redline).rstrip("\n").split("\n"),
        "file": swap.place.path,
        "line": swap.place.line,
        "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in swap.changes],
    }


def clauses_json(loaded: Library, wanted: str | None, chosen: Mapping[str, str]) -> list[dict[str, object]]:
    """Return one clause or all of them, for scripts."""
    return [clause_json(loaded.clause(c), chosen.get(c)) for c in ([wanted] if wanted else loaded.order())]


def to_verify(loaded: Library) -> tuple[tuple[Authority, tuple[str, ...]], ...]:
    """Return the authorities that an attorney must read first, each with the clauses that rest on it."""
    found = [a for a in loaded.authorities.values() if a.verify]
    placed = [loaded.clauses[c] for c in dict.fromkeys(loaded.order()) if c in loaded.clauses]
    return tuple((a, tuple(clause.id for clause in placed if a.id in clause.authority)) for a in found)


def lint_json(loaded: Library, wrong: Iterable[Problem], remarks: Iterable[Problem]) -> dict[str, object]:
    """Return what a library holds and what is wrong in it, for scripts."""
    return {
        "questions": len(loaded.questionnaire.questions),
        "requirements": len(loaded.policy.requirements),
        "clauses": len(loaded.clauses),
        "alternatives": sum(len(clause.alternatives) for clause in loaded.clauses.values()),
        "verify": [
            {"id": a.id, "citation": a.citation, "cited_for": a.cited_for, "clauses": list(clauses)}
            for a, clauses in to_verify(loaded)
        ],
        "problems": [problem_json(problem) for problem in wrong],
        "style": [problem_json(remark) for remark in remarks],
    }


def options_json(found: Iterable[tuple[Choice, tuple[Option, ...]]]) -> list[dict[str, object]]:
    """Return the clauses that could read otherwise, for scripts."""
    return [
        {
            "clause": choice.clause.id,
            "selected": choice.alternative.id,
            "options": [
                {
                    "alternative": option.alternative.id,
                    "position": option.alternative.position,
                    "concedes": option.alternative.concedes,
                    "approval": option.alternative.approval,
                    "requirements": [{"id": wanted, "was": was, "now": now} for wanted, was, now in option.changes],
                    "blanks": list(option.blanks),
                    "forbidden": option.forbidden,
                }
                for option in others
            ],
        }
        for choice, others in found
    ]


def requirements_json(
    found: Iterable[tuple[Requirement, tuple[tuple[Clause, Alternative], ...]]],
) -> list[dict[str, object]]:
    """Return each requirement with the wordings that meet it, for scripts."""
    return [
        {
            "id": requirement.id,
            "level": requirement.level,
            "asks": requirement.asks,
            "quote": requirement.quote,
            "met_by": [
                {"clause": clause.id, "alternative": alternative.id, "position": alternative.position}
                for clause, alternative in members
            ],
        }
        for requirement, members in found
    ]


def concession_json(found: Concession) -> dict[str, object]:
    """Return what must be conceded, for scripts."""
    from drafter import concessions, proof

    supposing = found.supposing
    return {
        "complies": found.complies,
        "supposing": {"question": supposing[0].id, "answer": proof.written(supposing[1])} if supposing else None,
        "changes": [
            {
                "clause": change.clause.id,
                "before": _wording_json(change.before),
                "after": _wording_json(change.after),
                "because": concessions.reason(change.because, found.library),
            }
            for change in found.changes
        ],
        "in_the_way": [concessions.obstacle(breach, found.library) for breach in found.in_the_way],
        "requirements": [r.id for r in found.requirements],
        "tried": found.tried,
        "otherwise": concession_json(found.otherwise) if found.otherwise else None,
    }


def _wording_json(chosen: Alternative | None) -> dict[str, object] | None:
    if chosen is None:
        return None
    return {
        "alternative": chosen.id,
        "position": chosen.position,
        "concedes": chosen.concedes,
        "approval": chosen.approval,
    }
