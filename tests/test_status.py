"""What a contract says of its policy follows the policy's status: its text while it is read, its date once adopted."""

from __future__ import annotations

from dataclasses import replace

import generated
import pytest
import small

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.matters import answers
from drafter.proving import proof
from drafter.proving.conceding import concessions
from drafter.reading.library import Library

POLICY = small.CLAUSES["policy"]
BY_STATUS = """\
{when: policy.status != 'adopted'} In this text:

{when: policy.status != 'adopted'} {policy}

{when: policy.status == 'adopted'} In the text of {{ policy.date | date }}.
"""


def with_text(text: str) -> str:
    return POLICY.partition("As it stands:")[0] + text


def of_status(library: Library, status: str) -> Library:
    return replace(library, sources=(replace(library.policy, status=status), *library.sources[1:]))


def exhibit(library: Library) -> str:
    return contract.to_text(small.draft(library)[0]).partition("EXHIBIT B")[2]


@pytest.mark.parametrize("status", ["first reading", "adopted"])
def test_the_policy_is_printed_under_a_condition_on_its_status(tmp_path, status):
    library = of_status(small.load(tmp_path, clauses={"policy": with_text(BY_STATUS)}), status)
    said = exhibit(library)
    assert ("A walker must use a leash." in said, "In the text of January 2, 2026." in said) == (
        status != "adopted",
        status == "adopted",
    )
    assert not proof.prove(library).holes


@pytest.mark.parametrize("status", ["first reading", "adopted"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{when: policy.status != 'adopted'} {policy}\n", "empty-section"),
        ("In this text:\n\n{when: policy.status != 'adopted'} {policy}\n", "empty-list"),
        ("Text.\n\n{when: policy.status == 'adopted'} See [[price]].\n", "dead-reference"),
    ],
)
def test_what_holds_under_the_status_of_today_alone_is_a_hole_in_the_proof(tmp_path, status, text, code):
    price = small.CLAUSES["price"].replace("alternatives:", "when: policy.status == 'first reading'\nalternatives:", 1)
    library = of_status(small.load(tmp_path, clauses={"policy": with_text(text), "price": price}), status)
    holes = [one for one in proof.prove(library).holes if one.claim.problem.code == code]
    assert holes
    assert all(one.values["policy.status"] for one in holes)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("{each: dog in dogs}", "'{each: dog in dogs}' can't be before the policy's text"),
        ("{#here}", "'{#here}' can't be before the policy's text"),
        ("{when: fee} {when: fee}", "is a second condition"),
        ("Words", "'{policy}' must be a paragraph of its own"),
    ],
)
def test_the_policy_takes_nothing_but_one_condition(tmp_path, before, said):
    with pytest.raises(DraftingError) as caught:
        small.load(tmp_path, clauses={"policy": with_text(f"Text.\n\n{before} {{policy}}\n")})
    assert said in str(caught.value)


@pytest.mark.parametrize(("form", "printed"), [("standard", False), ("comprehensive", True)])
def test_once_adopted_the_standard_form_names_the_policy_and_the_comprehensive_form_prints_it(form, printed):
    library = generated.real_library(form)
    text = generated.example("st-louis-park").replace("form: comprehensive", f"form: {form}")
    for status, whole in (("first reading", True), ("adopted", printed)):
        made, coverage, _ = small.draft(of_status(library, status), text)
        said = [
            words for s in contract.sections(made) if s.id == "exhibit-policy" for words in contract.section_lines(s)
        ]
        assert (len(said) > len(library.policy.paragraphs)) is whole
        assert not coverage.unmet


def test_what_depends_on_the_status_is_negotiated_under_the_status_of_today(tmp_path):
    library = small.load(tmp_path, clauses={"policy": with_text(BY_STATUS)})
    given = answers.parse(small.ANSWERS, "answers.yaml", library.questionnaire)
    assert concessions.concede(library, given, [("leash", "short")]).complies
