"""The engine knows of no state, statute or subject: those are the library's, and another policy is another folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ENGINE = sorted(
    p for p in (ROOT / "drafter").rglob("*") if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".ttf"
)
SUBJECT = re.compile(
    r"""
      minnesota | st\.?[ ]?louis | louis[ ]park | 507[._]5 | 626\.?8482 | 121A | 609\.06
    | school | student | pupil | teacher | principal\b | superintendent | classroom | \bISD\b
    | officer | police | \bSROs?\b | \bsro | sheriff | chief\b | restraint | prone\b | use[ ]of[ ]force | handcuff
    | \bpost[ ]board | \bcity\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_of_the_engine_speaks_of_no_state_statute_or_subject(path):
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    found = [f"{path.name}:{number}: {match.group()}" for number, line in lines for match in SUBJECT.finditer(line)]
    assert found == []


def test_no_module_names_a_question_clause_or_requirement_of_the_library():
    library = ROOT / "clause_library"
    asked = yaml.load((library / "questionnaire.yaml").read_text("utf-8"), yaml.CSafeLoader)  # safe too
    questions = {question["id"] for section in asked["sections"] for question in section["questions"]}
    required = yaml.load((library / "sources" / "policy.yaml").read_text("utf-8"), yaml.CSafeLoader)["requirements"]
    clauses = {path.stem for path in (library / "clauses").rglob("*.md")}
    # Ids that are everyday words say nothing; those of several parts do.
    ids = {name for name in (*questions, *clauses) if re.search(r"[._-]", name)}
    ids |= {requirement["id"] for requirement in required if "." in requirement["id"]}
    engine = "\n".join(path.read_text("utf-8") for path in ENGINE)
    quoted = set(re.findall(r"(?=['\"`\[]([\w.()-]+)['\"`\]])", engine))
    assert {name for name in ids if not re.fullmatch(r"[\w.()-]+", name)} == set()
    assert sorted(ids & quoted) == []


def test_the_small_library_of_the_tests_is_of_another_subject():
    import small

    assert not SUBJECT.search("\n".join([small.POLICY, small.QUESTIONNAIRE, small.AGREEMENT, *small.CLAUSES.values()]))
