"""What the commands find, as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter import contract, language
from drafter.base.problems import Problem
from drafter.drafting.compliance import Covered
from drafter.drafting.options import Option
from drafter.drafting.outcome import Drafted, Swapped, wording
from drafter.drafting.selection import Choice
from drafter.proving.concessions import Concession
from drafter.reading.library import Alternative, Authority, Clause, Library
from drafter.reading.policy import Requirement

# -- JSON ---------------------------------------------------------------------------------------


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem for scripts."""
    return {
        "code": problem.code,
        "level": problem.level,
        "file": problem.place.path,
        "line": problem.place.line or None,
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
        "when": language.explain(shown.when) if shown.when is not None else None,
        "selected": chosen,
        "alternatives": [
            {
                "id": a.id,
                "label": a.label,
                "position": a.position,
                "when": language.explain(a.when) if a.when is not None else None,
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
    from drafter.comparing import preview

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
    from drafter.proving import concessions, proof

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
