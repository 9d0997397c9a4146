"""Z3 judges the proof: of each claim it says the same, and so it does of what the library's own conditions say."""

from __future__ import annotations

import generated
import pytest
from judge import Judge

from drafter.proving import presence, proof
from drafter.proving.solving.cases import Cases

# Checks with days that are months apart, which the judge has no words for. No claim rests on them.
MONTHS = {"term-length-one-year"}


def verdicts(library, chosen=None):
    """Return each claim for which the proof and the judge differ, and the holes that both find."""
    judge = Judge(library, chosen)
    at = presence.Presence(library, chosen or {})
    trying = proof.Trying(library, Cases(at.asked), at)
    claims = {claim.broken_when: claim for law in proof.LAWS for claim in law(at)}
    differ, holes = [], set()
    for formula, claim in claims.items():
        case = trying.broken(formula)
        if (case is not None) != judge.can_be(judge.formula(formula)):
            differ.append((str(claim.problem), case and dict(case.given)))
        elif case is not None:
            holes.add(claim.problem.code)
    return judge, differ, holes


def test_z3_says_of_each_claim_on_the_shipped_library_what_the_proof_says():
    judge, differ, holes = verdicts(generated.real_library())
    assert (differ, holes) == ([], set())
