"""The policy in the library is the policy: every word of it, and every requirement rests on words that are there."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
COPY = REPOSITORY / "tests" / "data" / "policy-507.5.txt"
ORIGINAL = REPOSITORY.parent / "shared" / "policy" / "507.5-school-resource-officers.txt"
SOURCES = REPOSITORY / "clause_library" / "sources"
POLICY = yaml.load((SOURCES / "policy.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # text only
PARAGRAPHS = POLICY["paragraphs"]
REQUIREMENTS = POLICY["requirements"]
TEXT = {paragraph["id"]: paragraph["text"] for paragraph in PARAGRAPHS}

REQUIREMENT_IDS = """
    II(a) II III.A III.B IV.A(a) IV.A(b) IV.A(c) IV.A.1 IV.A.2 IV.A.3 IV.A.4 IV.A.5 IV.A.6 IV.A.7 IV.B IV.C(a) IV.C(b)
    IV.D(a) IV.D(b) IV.D(c) IV.D(d) IV.D(e) IV.E(a) IV.E(b) IV.F(a) IV.F(b) IV.F(c) IV.G(a) IV.G(b) IV.G(c)
    V.A V.B V.C(a) V.C(b) V.C(c) V.D V.E V.F
"""

CONDITIONS = {
    "IV.F(b)": "city.prone_restraint != 'declines'",
    "IV.F(c)": "city.prone_restraint == 'declines'",
    "V.B": "officers | having('status', 'earlier-course')",
    "V.C(a)": "officers | having('status', 'six-month')",
    "V.C(b)": "officers | having('status', 'six-month')",
    "V.C(c)": "officers | having('status', 'six-month')",
    "V.D": "substitutes or officers | having('status', 'substitute')",
}


def spaced(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def printed(paragraph: dict[str, str]) -> str:
    parts = (paragraph.get(key, "") for key in ("number", "bullet", "heading", "text"))
    return spaced(" ".join(parts))


def test_the_paragraphs_in_order_are_the_source() -> None:
    whole = COPY.read_text(encoding="utf-8").replace("**", "")  # marks of bold type are no part of the text
    numbered = re.sub(r"^\s*- (?=\d+\.|[A-Z]\.|\w+ References:)", "", whole, flags=re.MULTILINE)
    place = re.sub(r"^\s*- ", "• ", numbered, flags=re.MULTILINE)
    assert place.count("•") == 3
    assert spaced(" ".join(printed(paragraph) for paragraph in PARAGRAPHS)) == spaced(place)


def test_the_copy_is_the_original_byte_for_byte() -> None:
    if not ORIGINAL.exists():
        pytest.skip("the original is not beside this repository")
    assert COPY.read_bytes() == ORIGINAL.read_bytes()


def test_the_header_agrees_with_the_text() -> None:
    assert (POLICY["number"], POLICY["title"], POLICY["citation"]) == (
        "507.5",
        "School Resource Officers",
        "Policy 507.5",
    )
    assert (POLICY["status"], POLICY["date"]) == ("first reading", "2025-11-12")
    assert TEXT["header-file"].split()[-1] == POLICY["number"]
    assert TEXT["header-title"].strip().endswith(POLICY["title"].upper())
    assert "1st Reading 11/12/25" in TEXT["header-adoption"]


@pytest.mark.parametrize("group", ["paragraphs", "requirements", "anomalies"])
def test_no_id_stands_twice(group: str) -> None:
    counts = Counter(row["id"] for row in POLICY[group])
    assert [identity for identity, count in counts.items() if count > 1] == []


def test_the_requirements_are_those_taken_from_the_policy() -> None:
    assert [requirement["id"] for requirement in REQUIREMENTS] == REQUIREMENT_IDS.split()


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=[requirement["id"] for requirement in REQUIREMENTS])
def test_a_requirement_quotes_its_own_paragraph(requirement: dict[str, str]) -> None:
    assert requirement["paragraph"] in TEXT
    assert requirement["quote"] in TEXT[requirement["paragraph"]]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=[requirement["id"] for requirement in REQUIREMENTS])
def test_a_requirement_has_what_its_level_needs(requirement: dict[str, str]) -> None:
    assert requirement["level"] in {"must", "if", "info"}
    assert requirement["asks"].strip()
    assert requirement.get("applies_when") == CONDITIONS.get(requirement["id"])
    assert ("applies_when" in requirement) == ("applies_text" in requirement) == (requirement["level"] == "if")
    # Only a paragraph without words asks for nothing.
    owes_words = requirement["level"] != "info"
    assert bool(requirement["quote"]) == ("home" in requirement) == ("says" in requirement) == owes_words
    said = [one if isinstance(one, dict) else {"sentence": one} for one in requirement.get("says", ())]
    assert bool(said) == owes_words
    assert all(bool(one.get("sentence")) != bool(one.get("rows")) for one in said)


def test_only_the_empty_paragraph_asks_for_nothing() -> None:
    assert [requirement["id"] for requirement in REQUIREMENTS if requirement["level"] == "info"] == ["IV.B"]
    assert TEXT["IV.B"] == ""


def test_every_paragraph_of_the_policy_that_binds_a_contract_has_a_requirement() -> None:
    asked = {requirement["paragraph"] for requirement in REQUIREMENTS}
    lead_ins_and_sections = {"I", "III", "IV", "V", "IV.D-lead"}
    binding = {identity for identity in TEXT if re.match(r"(I|II|III|IV|V)(\.|$)", identity)}
    assert binding - asked == lead_ins_and_sections


def test_the_source_stands_with_its_slips() -> None:
    assert "a school resources officer" in TEXT["II"]
    assert TEXT["II"].strip().endswith("policy. .")
    assert "require the office to move" in TEXT["IV.F"]
    assert "section 626.8482 subdivision 2" in TEXT["V.D"]


def test_the_anomalies_say_what_is_done() -> None:
    assert len(POLICY["anomalies"]) == 14
    for anomaly in POLICY["anomalies"]:
        assert anomaly["paragraphs"]
        assert set(anomaly["paragraphs"]) <= set(TEXT)
        assert anomaly["text"].strip()
        assert anomaly["handling"].strip()
