"""What policy diff says as JSON, for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafter.amending.agreements import MatterUnder, RoundUnder, Standing
from drafter.amending.difference import PolicyDiff, Resolved
from drafter.amending.pairing import ParagraphChange
from drafter.amending.requirements import Difference
from drafter.amending.resting import Rest
from drafter.amending.texts import Text
from drafter.amending.trial import Trial
from drafter.comparing import lines, preview
from drafter.comparing.lines import Line
from drafter.doors import terminal


def as_json(made: PolicyDiff, written: Sequence[Path]) -> dict[str, object]:
    """Return all that policy diff finds, and the files that it wrote."""
    return {
        "same": made.is_same,
        "old": _text(made.old),
        "new": _text(made.new),
        "facts": [_difference(one) for one in made.facts],
        "paragraphs": [_paragraph(one) for one in made.paragraphs],
        "unquoted": [{"paragraph": paragraph.id, "sentence": sentence} for paragraph, sentence in made.unquoted],
        "requirements": [_requirement(one) for one in made.requirements],
        "stale": [
            {
                "figure": one.figure or None,
                "paragraph": one.paragraph,
                "was": one.was,
                "now": one.now,
                "places": [{"file": place.path, "line": place.line, "text": line} for place, line in one.places],
            }
            for one in made.stale
        ],
        "library": _trial(made.trial),
        "matters": [_matter(one) for one in made.matters],
        "to_do": [one.words for one in made.to_do],
        "files": sorted(made.files),
        "written": [str(path) for path in written],
    }


def _text(text: Text) -> dict[str, object]:
    source = text.source
    return {
        "file": text.name,
        "citation": source.citation,
        "status": source.status,
        "date": source.date.isoformat(),
        "fingerprint": source.fingerprint,
        "gives": sorted(text.given),
    }


def _words(line: Line) -> str:
    return preview.braced(lines.pieces(line))


def _difference(one: Difference) -> dict[str, object]:
    return {"what": one.what, "words": _words(one.line)}


def _paragraph(one: ParagraphChange) -> dict[str, object]:
    return {
        "kind": one.kind,
        "was": one.was.id if one.was is not None else None,
        "now": one.now.id if one.now is not None else None,
        "words": _words(one.line),
    }


def _requirement(one: Resolved) -> dict[str, object]:
    change = one.change
    return {
        "kind": change.kind,
        "was": change.was.id if change.was is not None else None,
        "now": change.now.id if change.now is not None else None,
        "paragraph": change.now.paragraph if change.now is not None else None,
        "near_a_change": change.is_near,
        "differences": [_difference(difference) for difference in change.differences],
        "rests": [_rest(rest) for rest in one.rests],
    }


def _rest(rest: Rest) -> dict[str, object]:
    return {
        "kind": rest.kind,
        "name": rest.name,
        "said": rest.said,
        "how": rest.how,
        "file": rest.place.path,
        "line": rest.place.line or None,
    }


def _trial(tried: Trial) -> dict[str, object]:
    from drafter.proving import proof

    return {
        "read": tried.library is not None,
        "problems": [terminal.problem_json(problem) for problem in tried.problems],
        "proof": proof.proof_json(tried.proof, {}) if tried.proof is not None else None,
    }


def _matter(one: MatterUnder) -> dict[str, object]:
    return {
        "matter": str(one.place),
        "problems": [terminal.problem_json(problem) for problem in one.wrong],
        "now": _standing(one.now),
        "rounds": [_round(made) for made in one.rounds],
    }


def _round(one: RoundUnder) -> dict[str, object]:
    return {
        "number": one.round.number,
        "direction": one.round.direction,
        "party": one.round.party,
        "on": one.round.on.isoformat(),
        "text": one.text,
        "sources": [{"name": source.name, "fingerprint": source.fingerprint} for source in one.round.sources],
        **_standing(one.standing),
        "asks": [{"clause": a.clause, "section": a.called, "lines": list(a.lines)} for a in one.asked],
    }


def _standing(one: Standing) -> dict[str, object]:
    return {
        "fails": [{"requirement": f.id, "status": f.status, "why": f.why} for f in one.failing],
        "unread": list(one.unread),
        "cannot_be_judged": [terminal.problem_json(problem) for problem in one.wrong],
    }
