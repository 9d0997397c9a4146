"""The board memo: what it costs, what changed, what was conceded, what is missing; and nothing that is not public."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import re
import runpy
import tempfile
from dataclasses import replace
from pathlib import Path

import docx_text
import generated
import leaks
import pytest
import small
from commands import departing
from hypothesis import HealthCheck, Phase, given, settings
from often import often

from drafter import contract, language
from drafter.base.problems import DraftingError
from drafter.comparing import marked, redline
from drafter.contract import words
from drafter.documents import memo_docx
from drafter.drafting import assembly, compliance, selection
from drafter.matters import answers
from drafter.papers import changed, matrix, memo, remarks
from drafter.reading import library, own_wordings
from drafter.reading.memo import markdown, memo_text
from drafter.reading.memo.memo_text import PaperText
from drafter.word.oxml import package
from drafter.word.oxml.elements import w

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "memo.docx"
EXAMPLES = ("st-louis-park", "st-louis-park-declined", "st-louis-park-negotiation", "minimal")
MEETING = dt.date(2026, 5, 26)
DEVIATING = "\nalternatives:\n  prone-restraint: own-wording\n"


@functools.cache
def real() -> PaperText:
    made = generated.real_library().memo
    assert made is not None
    return made


def example(name: str) -> str:
    return generated.example(name)


@functools.cache
def draft(text: str):
    return small.draft(generated.real_library(), text)


def made(text: str, base: str = "", meeting: dt.date | None = MEETING) -> memo.Memo:
    """Return the memo of an answers file's text, compared with another's."""
    drafted, coverage, selected = draft(text)
    compared = redline.compare(draft(base)[0], drafted) if base else None
    return memo.make(real(), selected, drafted, coverage, compared, "the draft of April 1, 2026", meeting)


def told(paragraphs) -> str:
    return " ".join(map(words, paragraphs))


def rows(pairs) -> list[tuple[str, str]]:
    return [(words(one), words(other)) for one, other in pairs]


def read(document: bytes) -> str:
    """Return the words of a Word file, a paragraph a line."""
    xml = package.parse(package.unpack(document)["word/document.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{w}t")) for p in xml.iter(f"{w}p"))


# -- what it costs ------------------------------------------------------------------------------


def costs(text: str) -> tuple[list[tuple[str, str, str]], str]:
    found = made(f"{text}\n")
    return [(words(y.name), words(y.formula), words(y.amount)) for y in found.years], words(found.total)


THREE_YEARS = "term: {start: 2026-07-01, end: 2029-06-30}\nterm_length: multi-year\n"
RISE = "adjustment: cap\ncap_percent: 3\n"


def test_no_charge_has_no_table_and_says_so():
    found = made(example("st-louis-park"))
    assert (found.years, found.total) == ((), ())
    label, basis = rows(found.bases)[0]
    assert "no fee" in basis
    assert "$0 (Section 11.1)" in basis
    assert label


@pytest.mark.parametrize(
    ("text", "formula", "amount"),
    [
        ("pricing: fixed\namount: 96,000", "Fixed price: $96,000", "$96,000"),
        ("pricing: percent\npercent: 50\ncap_amount: 185,000", "Yearly ceiling: $185,000", "at most $185,000"),
        ("pricing: levy-share\nlevy_amount: 40,000", "Sum from the safe schools levy: $40,000", "$40,000"),
        (
            "pricing: hourly\nhourly_rate: 65.50\nhours_estimate: 2,400",
            "Hourly rate times estimated hours: $65.50 × 2,400",
            "about $157,200",
        ),
    ],
)
def test_one_year_of_each_way_to_pay(text, formula, amount):
    assert costs(text) == ([("2026-27", formula, amount)], amount)


def test_a_ceiling_rises_over_three_years_and_the_first_is_partial():
    text = "pricing: percent\npercent: 50\ncap_amount: 100,000\n" + RISE + THREE_YEARS.replace("07-01", "10-01")
    years, total = costs(text)
    assert years == [
        ("2026-27", "Yearly ceiling: $100,000", "at most $100,000"),
        ("2027-28", "Yearly ceiling: $100,000 × 1.03", "at most $103,000"),
        ("2028-29", "Yearly ceiling: $100,000 × 1.03 × 1.03", "at most $106,090"),
    ]
    assert total == "at most $309,090"
    assert "only partly within the term" in told(made(text).cost)


def test_a_fixed_price_is_exact_until_it_may_rise_or_a_year_is_partial():
    years, total = costs("pricing: fixed\namount: 96,000\n" + THREE_YEARS)
    assert [amount for *_, amount in years] == ["$96,000"] * 3
    assert total == "$288,000"
    years, total = costs("pricing: fixed\namount: 96,000.01\n" + RISE + THREE_YEARS)
    assert [amount for *_, amount in years] == ["$96,000.01", "at most $98,880.01", "at most $101,846.41"]
    assert total == "at most $296,726.43"
    years, total = costs("pricing: fixed\namount: 96,000\nterm: {start: 2026-08-15, end: 2027-06-30}")
    assert (years[0][2], total) == ("at most $96,000", "at most $96,000")


def test_a_missing_answer_is_a_blank_and_is_named():
    years, total = costs("pricing: hourly\nhourly_rate: 60")
    assert years[0][1].endswith("$60 × [Estimated hours in a school year]")
    assert years[0][2] == total == "[Estimated hours in a school year]"
    years, total = costs("pricing: fixed\namount: 96,000\nadjustment: cap\n" + THREE_YEARS)
    assert [amount for *_, amount in years] == ["$96,000", *["[Highest yearly increase]"] * 2]
    assert total == "[Highest yearly increase]"
    assert "An answer named in brackets" in told(made("pricing: fixed\n").cost)


def test_a_term_that_is_too_long_or_turned_round_has_one_year_and_no_total():
    for term in ("{start: 2026-07-01, end: 2126-06-30}", "{start: 2027-07-01, end: 2026-06-30}"):
        years, total = costs(f"pricing: fixed\namount: 10\nterm: {term}")
        assert [(name, amount) for name, _, amount in years] == [("Each school year", "$10")]
        assert total == ""


def test_what_has_no_price_stands_below_the_amounts():
    found = made("pricing: fixed\namount: 10\nevents: cost\ntraining_cost: shared\nequipment: shared\n")
    assert [label for label, _ in rows(found.bases)][:4] == [
        "Fixed price", "Training by the District", "Events outside school hours", "Items used only in a school",
    ]  # fmt: skip


def test_what_nobody_answered_on_the_money_is_not_stated_and_never_made_up():
    bases = dict(rows(made(example("st-louis-park")).bases))
    for label in ("Expected cost", "Source of funds", "What the District pays today"):
        assert bases[label] == "Not stated."
    assert bases["In kind"].endswith("Its cost is not stated.")
    answered = "expected_cost: 150,000\nfunds_source: general fund\ncurrent_cost: 0\nin_kind_cost: 4,000\n"
    bases = dict(rows(made(f"{example('st-louis-park')}\n{answered}").bases))
    assert bases["Expected cost"] == "$150,000 in a school year, as the District expects."
    assert bases["Source of funds"] == "general fund."
    assert bases["What the District pays today"] == "$0 in a school year for school resource officers."
    assert bases["In kind"].endswith("The District expects it to cost $4,000 in a school year.")


def test_what_the_district_gives_in_kind_is_what_the_contract_in_force_says():
    text = example("st-louis-park")
    bases = dict(rows(made(f"{text}\nmediation: yes\n").bases))
    assert "Section 14.1" in bases["In kind, disputes"]
    assert "eight hours of training" in bases["In kind, training"]
    assert "In kind, disputes" not in dict(rows(made(f"{text}\nmediation: no\n").bases))


def test_a_price_in_the_contracts_own_words_has_no_amount():
    found = of_own("price", "own: The District pays what a separate letter states.", "pricing: fixed\namount: 96,000\n")
    assert (found.years, found.total) == ((), ())
    assert "so no amount is stated here" in dict(rows(found.bases))["Services of the officers"]


OWN_COSTS = {  # what each clause that the costs depend on is called there
    "price": "Services of the officers",
    "payment": "Payment of the price",
    "training-district": "Training by the District",
    "overtime-events": "Events outside school hours",
    "access-equipment": "Items used only in a school",
    "workspace": "In kind, rooms",
    "disputes": "In kind, disputes",
}


def test_every_clause_on_which_a_cost_depends_is_among_the_cases():
    whens = (cost.when for cost in real().costs if cost.when is not None)
    asked = {name for when in whens for name in language.names(when) if name.startswith("wording.")}
    assert asked == {memo_text.asks_for(clause) for clause in OWN_COSTS}


@pytest.mark.parametrize("pricing", ["", "pricing: fixed\namount: 96,000\n"])
@pytest.mark.parametrize("clause", OWN_COSTS)
def test_a_cost_in_the_contracts_own_words_is_told_without_an_amount_and_without_a_total(clause, pricing):
    if clause == "payment" and not pricing:
        return  # a contract without a price has no section on payment
    found = of_own(clause, "own: The District must pay the City $90 for each hour.", pricing)
    said = [basis for label, basis in rows(found.bases) if label == OWN_COSTS[clause]]
    assert [basis for basis in said if "in its own wording" in basis]
    assert found.total == ()
    if not clause.startswith(("workspace", "disputes")):
        assert "$0" not in " ".join(basis for _, basis in rows(found.bases))


# -- what changed, was conceded, is not met, is missing -----------------------------------------


def test_a_section_that_changed_is_told_under_its_article_in_plain_words():
    found = made(example("st-louis-park-declined"), example("st-louis-park"))
    lines = {(group.title, line.number): line for group in found.changes for line in group.lines}
    line = lines["Article 7. Use of Force", "7.4"]
    assert line.heading == "Prone Restraint"
    assert words(line.now).startswith("Prone restraint is not prohibited.")
    assert (line.words, line.removed, line.added) == ("", (), ())  # what it says now tells the change
    assert words(lines["Article 14. Disputes, Suspension, and Termination", "14.2"].now).endswith("60 days’ notice.")
    assert lines["Article 4. School Resource Officers", "4.6"].words == "This section is new."
    assert lines["Exhibits", "D"].heading == "Cost"
    changed = {line.clause for line in lines.values()} - {""}  # the signatures are no section
    assert ("Signatures", "") in lines
    assert len(changed) == len(lines) - 1
    assert f"Since then {len(changed)} sections have changed." in told(found.request)


def test_a_section_that_is_left_out_has_its_old_number_in_parentheses():
    found = made(example("st-louis-park"), example("st-louis-park-declined"))
    lines = {line.number: line for group in found.changes for line in group.lines}
    assert lines["(11.2)"].words == "This section is left out."
    assert (lines["(11.2)"].heading, lines["(11.2)"].now) == ("Invoices and Payment", ())


def test_a_section_with_another_number_has_both_and_only_then_is_it_said_what_parentheses_are():
    base = example("st-louis-park-declined")
    found = made(example("st-louis-park-negotiation"), example("st-louis-park-comprehensive"))
    lines = {line.clause: line for group in found.changes for line in group.lines}
    assert (lines["records-audit"].number, lines["price"].number) == ("11.4 (11.3)", "11.1")
    parentheses = "A number in parentheses is the earlier version’s."
    assert parentheses in told(found.changes_text)
    without = made(base.replace("termination_days: 60", "termination_days: 30"), base)
    assert "(" not in "".join(line.number for group in without.changes for line in group.lines)
    assert parentheses not in told(without.changes_text)


def test_a_section_without_a_heading_is_called_by_that_above_it():
    drafts = [draft((ROOT / "examples" / name / "answers.yaml").read_text("utf-8"))[0] for name in EXAMPLES[:2]]
    found = changed.changes(redline.compare(*drafts))  # in the standard form
    lines = {line.number: line.heading for group in found for line in group.lines}
    assert lines["3.2"] == "Term and Change"
    assert "" not in {heading for number, heading in lines.items() if number}


def test_a_wording_of_the_contracts_own_is_named_where_it_is_said_that_nobody_read_it():
    own = of_own("media", "own: Each Party may speak for itself.", example("st-louis-park"))
    said = "No attorney has yet recorded as read the wording of its own that the contract has in these places: "
    assert f"{said}Section 13.4." in told(own.compliance)
    assert said not in told(made(example("st-louis-park")).compliance)


def test_a_section_that_only_refers_to_others_by_new_numbers_did_not_change():
    text = example("st-louis-park-declined")
    fewer = re.sub(r"(?m)^  - name: Officer Sam.*\n(?:    .*\n)*", "", text)
    assert fewer != text
    told_of = {line.clause for group in made(text, fewer).changes for line in group.lines}
    compared = redline.compare(draft(fewer)[0], draft(text)[0])
    changed = [section for section in marked.sections(compared) if marked.changed(section)]
    quiet = [section for section in changed if section.of.shown.id not in told_of]
    assert "training-six-months" in told_of
    assert quiet
    for line in (line for section in quiet for line in marked.blocks_lines(section.blocks)):
        runs = [run for span in line if span.mark != "kept" for run in (*span.base, *span.revised)]
        assert all(isinstance(run, contract.Reference) for run in runs)


def test_no_change_and_no_earlier_version_are_said():
    text = example("st-louis-park")
    assert made(text, text).changes == ()
    assert "No section has changed since the draft of April 1, 2026." in told(made(text, text).changes_text)
    assert "has not seen an earlier version" in told(made(text).changes_text)


def test_every_section_that_changed_has_a_plain_sentence_or_its_old_and_new_words():
    options = (q for q in generated.real_library().questionnaire.questions.values() if q.type == "choice")
    text = "\n".join(f"{q.id}: {q.options[-1].value!r}" for q in options if "." not in q.id)
    lines = [line for group in made(text + "\n", "{}\n").changes for line in group.lines]
    assert len(lines) > 25
    assert all(line.now or line.words or line.removed or line.added for line in lines)
    assert not any("words added" in line.words for line in lines)


def test_the_sentences_that_changed_are_given_and_no_others():
    lines = {line.clause: line for group in made("substitute_after_days: 3\n", "substitute_after_days: 0\n").changes
             for line in group.lines}  # fmt: skip
    line = lines["absence-substitute"]
    assert [sentence.split(",")[0] for sentence in line.removed] == [
        "From the first Contact Day of an absence until the SRO returns"
    ]
    first, *others = line.added
    assert first.endswith("any ten Contact Days come to more than the scheduled hours of three Contact Days.")
    assert others == [
        "It makes no difference whether the hours were missed in a row.",
        "The duty begins on the next Contact Day and lasts to the end of the absence.",
    ]
    document = read(memo_docx.write(made("substitute_after_days: 3\n", "substitute_after_days: 0\n"), TEMPLATE))
    assert f"Removed: {line.removed[0]}" in document
    assert f"Added: {line.added[0]}" in document


def of_own(clause: str, own: str, answered: str) -> memo.Memo:
    """Return the memo of a contract in which a clause has a wording of its own."""
    label, _, text = own.partition(": ")
    path = Path(tempfile.mkdtemp()) / f"{clause}.md"
    path.write_text(f"---\nlabel: {label}\n---\n{text}\n", "utf-8")
    library = own_wordings.added_to(generated.real_library(), {path.name: path})
    drafted = small.made(library, f"{answered}alternatives: {{{clause}: own-wording}}\n")
    return memo.make(real(), drafted.selection, drafted.contract, drafted.public_coverage, None, "", MEETING)


def told_of(found: memo.Memo) -> dict[str, str]:
    return {difference.place: told(difference.now) for difference in found.differences}


def test_a_section_that_is_not_in_the_opening_wording_is_said_neutrally_with_the_words_of_the_policy():
    found = {one.place: one for one in made(example("st-louis-park-declined"), example("st-louis-park")).differences}
    prone = found["Section 7.4, Prone Restraint"]
    assert told(prone.now).startswith("Prone restraint is not prohibited.")
    assert told(prone.now).endswith("It differs from the draft of April 1, 2026.")
    assert [line.partition(":")[0] for line in prone.asked] == ["Policy 507.5, IV.F(c)", "Policy 507.5, IV.F(b)"]
    assert "“Ideally any contract will prohibit the use of prone restraint on school grounds”" in prone.asked[1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_a_wording_gives_up_is_not_in_the_public_paper(name):
    conceded = {" ".join(c.alternative.concedes.split()) for c in draft(example(name))[2].choices.values()} - {""}
    document = read(memo_docx.write(made(example(name), example("st-louis-park")), TEMPLATE))
    assert {words for words in conceded if words in document} == set()
    assert not re.search("conceded|given up|gives up", document, re.IGNORECASE)


def test_that_no_section_differs_is_said_only_where_it_is_so():
    none = "No section differs from the District's opening wording."
    quiet = made(example("st-louis-park"))
    assert quiet.differences == ()
    assert told(quiet.differences_text).replace("’", "'") == none
    assert "No section" not in told(made(example("st-louis-park-declined")).differences_text)
    own = of_own("media", "own: Each Party may speak for itself.", example("st-louis-park"))
    assert "No section" not in told(own.differences_text)
    assert list(told_of(own).values()) == [memo.OWN_WORDING]


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("st-louis-park", "the District's opening wording."),
        ("st-louis-park-declined", "the District's opening wording, except where a fact,"),
    ],
)
def test_what_even_the_opening_draft_has_in_another_wording_is_named(name, end):
    drafted, coverage, selected = draft(example(name))
    same = redline.compare(drafted, drafted)  # as where nothing but facts decides the wordings
    found = memo.make(real(), selected, drafted, coverage, same, "the opening draft", MEETING, seen=False)
    said = told(found.changes_text).replace("’", "'")
    assert f"in which every clause has {end}" in said
    held = {one.place.removeprefix("Section ").replace(", ", " ", 1) for one in found.differences}
    assert {one for one in held if one not in said} == set()
    assert said.endswith("No section differs from it.")  # after it is said what it is compared with
    seen = memo.make(real(), selected, drafted, coverage, same, "the round", MEETING)
    assert "opening wording" not in told(seen.changes_text)


def test_a_deviation_is_among_the_sections_that_differ_whatever_its_wording():
    drafted, coverage, selected = draft(example("st-louis-park"))
    row = next(row for row in coverage.rows if row.requirement.id == "IV.F(b)")
    missed = compliance.Coverage((replace(row, status="missing", clauses=("prone-restraint",)),))
    found = memo.make(real(), selected, drafted, missed, None, "", MEETING)
    assert list(told_of(found)) == ["Section 7.4, Prone Restraint"]
    assert "No section" not in told(found.differences_text)


def test_a_deviation_stands_in_a_box_at_the_top_and_in_the_motion(tmp_path):
    library = own_wordings.added_to(generated.real_library(), {"prone-restraint.md": departing(tmp_path)})
    drafted = small.made(library, example("st-louis-park") + DEVIATING)
    found = memo.make(real(), drafted.selection, drafted.contract, drafted.coverage, None, "", MEETING)
    [deviation] = found.deviations
    assert deviation.requirement == "Policy 507.5, IV.F(b)"
    assert [(place, words(now)) for place, now in deviation.sections] == [
        ("Section 7.4, Prone Restraint", memo.OWN_WORDING)
    ]
    assert "does not meet Policy 507.5 in the point" in told(found.motion)
    assert "No section differs" not in told(found.differences_text)
    document = read(memo_docx.write(found, TEMPLATE))
    assert document.index("This contract does not meet what is asked of it") < document.index(
        "What the board is asked to do"
    )
    assert "“Ideally any contract will prohibit" in document
    assert ("Not met", "1", "IV.F(b)") in found.sources[0].statuses


@pytest.mark.parametrize("name", EXAMPLES)
def test_there_is_no_box_where_the_policy_is_met(name):
    document = read(memo_docx.write(made(example(name)), TEMPLATE))
    assert "This contract does not meet the policy" not in document
    assert "MemoBox" not in package.unpack(memo_docx.write(made(example(name)), TEMPLATE))["word/document.xml"].decode()


def test_compliance_is_counted_as_in_the_matrix_and_no_position_is_told():
    drafted = small.made(generated.real_library(), example("st-louis-park-declined"))
    found = memo.make(real(), drafted.selection, drafted.contract, drafted.public_coverage, None, "", MEETING)
    table = matrix.public(matrix.of(drafted))
    policy, statute = table.groups
    due = sum(policy.summary.values())
    assert f"has {due} requirements for a contract. For this one {due - 1} apply." in told(found.compliance)
    assert policy.count == f"{due} requirements" == f"{len(policy.rows) - 1} requirements"  # one asks nothing
    first, second = found.sources
    assert [count for _, count, _ in first.statuses] == [str(due - 1), "1", "1"]
    assert first.statuses[-1][2] == policy.quiet == "IV.B"
    assert sum(int(count) for _, count, _ in second.statuses) == len(statute.rows)
    assert second.standing == statute.standing
    assert "none is listed as met" in told(found.compliance)
    assert "No text of this contract has been read by an attorney" in told(found.compliance)
    assert "zero" not in told(found.compliance)


def test_the_limits_that_the_contract_declares_are_told_with_the_requirements_that_they_limit():
    found = made(example("st-louis-park"))
    [visiting] = [(ids, words) for ids, words in found.limits if "every other officer of the Department" in words]
    assert visiting[0] == "IV.F(a), IV.F(b)"  # the third of them does not apply
    assert visiting[1].startswith("Limited by Section 2.2: ")
    assert "every other officer of the police department" in dict(rows(found.facts))["Whom this binds"]
    assert all(len(set(ids.split(", "))) == len(ids.split(", ")) for ids, _ in found.limits)
    assert read(memo_docx.write(found, TEMPLATE)).count("What limits it in this contract") == 1


def test_the_motion_adopts_the_resolution_that_the_contract_recites():
    text = example("st-louis-park-declined")
    motion = told(made(text).motion)
    assert "adopt resolution 2026-00 (example), which finds" in motion
    assert "subject to the approval of the same text by the city council" in motion
    assert "counsel" not in motion
    before = text.replace("council_resolution_date: 2026-06-01", "council_resolution_date: 2026-05-25")
    assert "subject to" not in told(made(before).motion)
    same = text.replace("council_resolution_date: 2026-06-01", "council_resolution_date: 2026-05-26")
    assert "subject to the approval of the same text" in told(made(same).motion)
    assert "adopt resolution [Number of the school board's resolution]" in told(made(example("minimal")).motion)


def test_a_resolution_of_another_day_is_told():
    text = example("st-louis-park-declined")
    assert "not the day of this meeting" not in told(made(text).request)
    assert "May 26, 2026, which is not the day of this meeting" in told(
        made(text, meeting=dt.date(2026, 5, 12)).request
    )


def test_a_review_by_counsel_is_claimed_only_where_an_answer_does():
    text = example("st-louis-park")
    assert "counsel has reviewed the contract is not stated" in told(made(text).request)
    reviewed = told(made(f"{text}\ncounsel_reviewed_by: Pat Sample\ncounsel_reviewed_on: 2026-05-01\n").request)
    assert "was reviewed by Pat Sample on May 1, 2026." in reviewed


def test_the_policys_status_and_its_anomalies_are_told():
    found = made(example("st-louis-park"))
    policy = told(found.policy)
    assert "first reading, of November 12, 2025" in policy
    assert "confirm whether that is still" in policy
    assert "does not bind anyone yet" in policy
    assert "has not adopted" not in policy
    assert [paragraphs for paragraphs, _ in rows(found.anomalies)] == ["IV.F", "IV.B", "V.A, V.B, V.C, V.D"]


def test_what_a_change_of_the_policy_lets_either_party_do_is_told_as_the_contract_says_it():
    text = example("st-louis-park")
    ends = told(made(f"{text}\nreopen: talk-or-end\n").policy)
    assert "within 60 days" in ends
    assert "either party, the City included, may end the contract on the date" in ends
    assert "Section 14.1" in told(made(f"{text}\nreopen: talk\n").policy)
    own = of_own("law-or-policy-change", "own: The Parties must talk.", text)
    assert "60 days" not in told(own.policy)


def test_blanks_are_listed_once_with_their_place_and_the_motion_is_subject_to_them():
    found = made(example("minimal"))
    listed = dict(found.blanks)
    assert "Name of the superintendent" in listed["Section 1.1, Authority and Form of Agreement"]
    assert "Name of the District's signer" in listed["Signatures"]
    labels = [label for labels in listed.values() for label in labels.split("; ")]
    assert len(labels) == len(set(labels))
    assert set(labels) == {blank.text for blank in contract.blanks(draft(example("minimal"))[0])}
    assert "subject to the filling of the blanks" in told(found.motion)
    assert words(found.sender) == "[Name of the superintendent], Superintendent"


def test_dates_are_in_order_from_the_meeting_on_and_blanks_are_last():
    found = rows(made(example("st-louis-park-declined")).dates)
    assert found[0] == ("May 26, 2026", "The School Board votes.")
    assert [day for day, _ in found[-3:]] == ["May 14, 2027", "June 1, 2027", "June 30, 2027"]
    later = rows(made(example("st-louis-park"), meeting=dt.date(2026, 8, 1)).dates)
    assert [day for day, _ in later] == ["August 1, 2026", "August 20, 2026", "December 18, 2026", "June 30, 2027"]
    unknown = made(example("minimal"), meeting=None)
    assert words(unknown.meeting) == "[Date of the board meeting]"
    assert rows(unknown.dates)[-4][0] == "[Date of the board meeting]"


def test_every_reference_prints_the_number_of_the_contract():
    found = made(example("st-louis-park-declined"))
    targets = contract.targets(draft(example("st-louis-park-declined"))[0])
    runs = [run for pairs in (found.facts, found.dates, found.bases) for pair in pairs for side in pair for run in side]
    pointing = [run for run in runs if isinstance(run, contract.Reference)]
    assert len(pointing) > 10
    assert all(targets[run.target] == run.text for run in pointing)


# -- nothing but what is public -----------------------------------------------------------------


def hidden(text: str, base: str = "") -> set[str]:
    """Return the secrets of a draft."""
    sides = [remarks.Known(draft(t)[0], draft(t)[2]) for t in (text, *([base] if base else []))]
    return leaks.secrets(*sides) | {"no because"}


@pytest.mark.parametrize(
    ("name", "base"), [*zip(EXAMPLES, (*EXAMPLES[1:], ""), strict=True), (EXAMPLES[1], EXAMPLES[0])]
)
def test_nothing_leaks_from_an_examples_memo(name, base):
    text, earlier = example(name), example(base) if base else ""
    document = memo_docx.write(made(text, earlier), TEMPLATE)
    secrets = hidden(text, earlier)
    assert len(secrets) > 500
    assert leaks.found(document, secrets) == set()


# To make a failing contract smaller takes minutes, and says no more.
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=set(Phase) - {Phase.shrink})
@given(generated.answers(generated.real_library()), generated.answers(generated.real_library(), negotiated=False))
def test_nothing_leaks_whatever_the_answers_and_a_memo_is_always_made(text, base):
    try:
        draft(text), draft(base)
    except DraftingError:
        return
    document = memo_docx.write(made(text, base), TEMPLATE)
    assert leaks.found(document, hidden(text, base)) == set()
    assert document == memo_docx.write(made(text, base), TEMPLATE)
    package.parse(package.unpack(document)["word/document.xml"])


@pytest.mark.parametrize("odd", ["{{ 7*7 }}", "{_{ x }_}", "<w:p>", "*a* **b**", "{% if x %}", "&amp;", "[[price]]"])
def test_an_answer_comes_out_as_its_characters(odd):
    text = example("st-louis-park").replace("Dr. Alex Example", f"'{odd}'", 1)
    document = memo_docx.write(made(text), TEMPLATE)
    assert f"{odd}, Superintendent" in read(document)


def test_the_dates_are_on_one_page():
    root = package.parse(
        docx_text.parts(memo_docx.write(made(example("st-louis-park")), TEMPLATE))["word/document.xml"]
    )
    table = next(t for t in root.iter(w("tbl")) if "What happens" in "".join(t.itertext()))
    rows = [row.iter(w("p")) for row in table.findall(w("tr"))[1:]]
    kept = [[p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in row] for row in rows]
    assert len(kept) > 2
    assert kept == [[True, True]] * (len(kept) - 1) + [[False, False]]


def test_equal_memos_give_equal_bytes_and_only_a_title_in_the_properties():
    one, other = (memo_docx.write(made(example("st-louis-park")), TEMPLATE) for _ in range(2))
    assert one == other
    core = package.unpack(one)["docProps/core.xml"].decode()
    assert "creator" not in core
    assert "Memorandum: School Resource Officer Services Agreement" in core
    assert "[Name of the superintendent]" in read(memo_docx.write(made(example("minimal")), TEMPLATE))
    xml = docx_text.parts(memo_docx.write(made(example("minimal")), TEMPLATE))["word/document.xml"]
    assert b'<w:rStyle w:val="Blank"/>' in xml


def test_the_template_is_what_its_script_builds():
    assert runpy.run_path(str(ROOT / "templates" / "build_memo.py"))["build"]() == TEMPLATE.read_bytes()


# -- the text and the template as they should not be --------------------------------------------

DOGS = """\
---
to: "{{ town.name }}"
from: "{{ walker }}"
subject: A walk
meeting: Meeting
term: [starts, ends]
year_starts: 01-01
each_year: Each year
partial: at most
costs:
  - {label: Fee, factors: [fee], basis: "{{ fee | money }} ([[price]])"}
statuses:
  met: Met
  said: Said
  met by a fallback: Met
  needs a person's judgement: To judge
  does not apply: Does not apply
  deviates: Not met
  missing: Not met
  nothing to draft:
sections:
  - {clause: leash, when: wording.leash == 'long', text: The leash is long.}
anomalies:
  - {id: stops}
---

## request

{when: memo.differing > 0} {{ memo.differing | words }}

## motion

I move.

## facts

| Point | Words |
|---|---|
| {each: d in dogs} {{ d.name }} | [[leash]] |

## cost

## changes

## differences

## compliance

## policy

## blanks

## dates

| Day | What |
|---|---|
| {{ ends | date }} | The end. |
| {{ starts | date }} | The start. |
"""


def loaded(folder: Path, text: str = DOGS) -> tuple[library.Library, PaperText]:
    drafted = small.load(folder)
    (folder / "memo.md").write_text(text, "utf-8")
    return drafted, markdown.load(drafted)


def problems(folder: Path, *changes: tuple[str, str]) -> list[str]:
    text = DOGS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(DraftingError) as error:
        loaded(folder, text)
    return [str(problem).split("\n")[0] for problem in error.value.problems]


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(DOGS.split("\n"), 1) if words in line)


def test_another_library_has_another_memo(tmp_path):
    drafted, text = loaded(tmp_path)
    given = answers.parse(small.ANSWERS + "leash: long\nlength: 6\n", "answers.yaml", drafted.questionnaire)
    selected = selection.select(drafted, given)
    assembled = assembly.assemble(selected)
    found = memo.make(text, selected, assembled, compliance.check(assembled, selected), None, "", None)
    assert told(found.request) == "one"
    assert [words(year.name) for year in found.years] == ["2026", "2027"]
    assert words(found.total) == "at most $25,001"
    assert rows(found.facts) == [("Rex", "Section 1.2"), ("Bit", "Section 1.2")]
    assert [day for day, _ in rows(found.dates)] == ["August 31, 2026", "June 30, 2027"]
    assert rows(found.anomalies) == [("I", "Two full stops.")]
    document = read(memo_docx.write(found, TEMPLATE))
    assert "The leash is long." in document
    assert "Something." not in document  # what the long leash gives up


def memo_of(
    folder: Path, changes: dict[str, str], answered: str = small.ANSWERS, meeting: dt.date | None = None, **parts
):
    """Return the memo of the small library, with its text changed."""
    drafted = small.load(folder, **parts)
    text = DOGS
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "memo.md").write_text(text, "utf-8")
    assembled, coverage, selected = small.draft(drafted, answered)
    return memo.make(markdown.load(drafted), selected, assembled, coverage, None, "", meeting)


def dated(
    folder: Path, *cells: str, answered: str = small.ANSWERS, meeting: dt.date | None = None, **parts
) -> list[tuple[str, str]]:
    """Return the rows of a memo's dates; each cell given is a row of its own, which its place names."""
    rows_ = "".join(f"| {cell} | Row {place}. |\n" for place, cell in enumerate(cells))
    old = "| {{ ends | date }} | The end. |\n| {{ starts | date }} | The start. |\n"
    return rows(memo_of(folder, {old: rows_}, answered, meeting, **parts).dates)


def test_a_date_is_what_its_field_holds_whatever_stands_beside_it(tmp_path):
    cells = ("By {{ ends | date }}", "From {{ starts | date }} on", "{{ starts | add_months(1) | date | upper }}")
    found = dated(tmp_path, *cells)
    assert found == [
        ("From August 31, 2026 on", "Row 1."),
        ("SEPTEMBER 30, 2026", "Row 2."),
        ("By June 30, 2027", "Row 0."),
    ]
    later = dated(tmp_path, *cells, meeting=dt.date(2026, 9, 15))
    assert [what for _, what in later] == ["Row 2.", "Row 0."]
    assert dated(tmp_path, *cells, meeting=dt.date(2027, 7, 1)) == []


def test_a_date_is_found_in_a_choice_a_phrase_a_record_and_a_list(tmp_path):
    fields = "{id: chain, type: text, prompt: Which chain?, blank: Chain, ask_when: size == 'large'}"
    born = f"{fields}\n          - {{id: born, type: date, prompt: When?, blank: Day of birth}}"
    found = dated(
        tmp_path,
        "{{ ends | date if bites else starts | date }}",
        "On {{ the_end }}",
        "{each: d in dogs} {{ d.name }}, {{ d.born | date }}",
        "{{ dogs | field('born') | series }}",
        answered=small.ANSWERS.replace("chain: iron", "chain: iron, born: 2026-09-01"),
        questionnaire=small.QUESTIONNAIRE.replace(fields, born),
        agreement=small.AGREEMENT.replace("phrases:", "phrases:\n  the_end: ends | date"),
    )
    assert found == [
        ("August 31, 2026", "Row 0."),
        ("Rex, September 1, 2026", "Row 2."),
        ("September 1, 2026 and [Day of birth]", "Row 3."),
        ("On June 30, 2027", "Row 1."),
        ("Bit, [Day of birth]", "Row 2."),
    ]


def test_a_row_of_several_dates_is_past_when_all_of_them_are(tmp_path):
    cell = "{{ starts | date }} to {{ ends | date }}"
    assert dated(tmp_path, cell, meeting=dt.date(2026, 12, 1)) == [("August 31, 2026 to June 30, 2027", "Row 0.")]
    assert dated(tmp_path, cell, meeting=dt.date(2027, 12, 1)) == []
    vote = "  - {id: v, title: V, questions: [{id: vote, type: date, prompt: When?, blank: Day of the vote}]}"
    unknown = small.QUESTIONNAIRE.replace("sections:", f"sections:\n{vote}")
    cells = (f"{cell}, {{{{ vote | date }}}}", "{{ vote | date | otherwise('Not set') }}", "{{ vote | date }}")
    found = dated(tmp_path, *cells, meeting=dt.date(2028, 1, 1), questionnaire=unknown)
    assert [day for day, _ in found] == [
        "August 31, 2026 to June 30, 2027, [Day of the vote]",
        "Not set",
        "[Day of the vote]",
    ]


def test_a_date_in_the_librarys_own_words_is_one_and_an_answer_that_looks_like_one_is_not(tmp_path):
    cells = ("{{ walker }}", "By January 2, 2027", "February 30, 2027", "{{ ends | date }}", "In May")
    found = dated(tmp_path, *cells, answered=small.ANSWERS.replace("Ann", "'July 1, 2026'"))
    assert [day for day, _ in found] == [
        "By January 2, 2027", "June 30, 2027", "July 1, 2026", "February 30, 2027", "In May",
    ]  # fmt: skip
    later = dated(tmp_path, *cells, meeting=dt.date(2027, 2, 1))
    assert [day for day, _ in later] == ["June 30, 2027", "Ann", "February 30, 2027", "In May"]


def test_a_row_that_is_there_twice_is_printed_once(tmp_path):
    memo_ = memo_of(tmp_path, {"| {{ starts | date }} | The start. |": "| {{ ends | date }} | The end. |"})
    assert rows(memo_.dates) == [("June 30, 2027", "The end.")]


def test_a_text_is_filled_only_where_it_is_printed(tmp_path):
    changes = {
        "([[price]])": "",
        "  - {label: Fee": '  - {label: Bite, when: bites, basis: "See [[muzzle]]."}\n  - {label: Fee',
        "## cost\n": "## cost\n\n{when: bites} See [[muzzle]].\n",
    }
    assert [label for label, _ in rows(memo_of(tmp_path, changes).bases)] == ["Fee"]
    bitten = memo_of(tmp_path, changes, small.ANSWERS + "bites: yes\n")
    assert rows(bitten.bases)[0] == ("Bite", "See Section 1.3.")
    assert told(bitten.cost) == "See Section 1.3."


def test_all_references_to_what_is_not_in_the_contract_are_told_by_line(tmp_path):
    with pytest.raises(DraftingError) as error:
        memo_of(tmp_path, {"I move.": "I move. See [[muzzle]].", "| [[leash]] |": "| [[leash]] and [[muzzle]] |"})
    lines = {str(problem).split("\n")[0] for problem in error.value.problems}
    what = "dead-reference: [[muzzle]] points to a clause that is not in this draft"
    assert lines == {f"lib/memo.md:{line_of(text)}: {what}" for text in ("I move.", "[[leash]]")}
    assert {problem.hint for problem in error.value.problems} == {"give the sentence the condition of 'muzzle'"}


def test_a_term_that_the_contract_defines_is_not_defined_again(tmp_path):
    found = problems(tmp_path, ("I move.", "I move a **Dog** and a **Cat**."))
    assert found == ["lib/memo.md:1: defined-twice: “Dog” is defined here and in 'dog'"]


def test_a_paragraph_has_no_label(tmp_path):
    found = problems(tmp_path, ("I move.", "{#move} I move."))
    assert found == [f"lib/memo.md:{line_of('I move.')}: bad-label: 'move' labels something without one number"]


def test_a_memo_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(DraftingError) as error:
        markdown.load(small.load(tmp_path))
    assert str(error.value.problems[0]) == "lib/memo.md: missing-file: there is no such file"


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("factors: [fee]", "factors: [fees]", "bad-expression: there is no question 'fees'", "factors"),
        ("factors: [fee]", "factors: [walker]", "bad-expression: 'walker' is not a number", "factors"),
        ("[starts, ends]", "[starts, fee]", "bad-expression: 'fee' is not a date", "[starts"),
        ("01-01", "02-30", "bad-value: '02-30' is not a day that every year has", "year_starts"),
        ("01-01", "July", "bad-value: 'year_starts' should be", "year_starts"),
        ("deviates: Not met", "deviated: Not met", "bad-value", "deviates"),
        ("  deviates: Not met\n", "", "missing-key: the status 'deviates' has no words", "statuses"),
        ("deviates: Not met", "deviates: met", "bad-value: the status 'deviates' has the words of 'met'", "statuses"),
        ("clause: leash", "clause: leesh", "unknown-clause: there is no clause 'leesh'", "clause: leash"),
        ("{id: stops}", "{id: stop}", "unknown-key: the policy has no anomaly 'stop'", "{id: stops}"),
        ("wording.leash == 'long'", "wording.leash == 'lon'", "bad-expression: 'lon' is not one of", "clause: leash"),
        ("[[price]]", "[[prize]]", "dead-reference: [[prize]] points to nothing", "[[price]]"),
        ("[[leash]]", "[[leesh]]", "dead-reference: [[leesh]] points to nothing", "[[leash]]"),
        ("I move.", "1. I move.", "bad-text: '## motion' is paragraphs", "I move."),
        ("| Point | Words |\n|---|---|\n| {each: d in dogs} {{ d.name }} | [[leash]] |", "Words.",
         "bad-text: '## facts' is one table of two columns", "| Point"),
        ("## motion", "## motions", "unknown-key: the memo has no part 'motions'", "## motion"),
        ("## motion", "## request", "duplicate-id: '## request' is listed twice (first on line 27)", "## motion"),
        ("subject: A walk", "subjekt: A walk", "unknown-key: 'subjekt' is not known here", "subject"),
        ("memo.differing > 0", "memo.diffring > 0", "bad-expression: there is no question 'memo.diffring'",
         "memo.differing > 0"),
    ],
)  # fmt: skip
def test_a_bad_memo_is_told_by_file_and_line(tmp_path, old, new, code, place):
    found = problems(tmp_path, (old, new))
    assert any(problem.startswith(f"lib/memo.md:{line_of(place)}: {code}") for problem in found), found


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    found = problems(
        tmp_path, ("factors: [fee]", "factors: [fees]"), ("{{ d.name }}", "{{ d.nam }}"), ("## blanks", "")
    )
    assert [problem.split(": ")[1] for problem in found] == ["bad-expression", "bad-expression", "missing-wording"]


def test_a_memo_without_front_matter_is_told(tmp_path):
    with pytest.raises(DraftingError) as error:
        loaded(tmp_path, "## request\n")
    assert error.value.problems[0].code == "bad-text"


@settings(max_examples=often(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(generated.damaged(DOGS.encode()))
def test_a_damaged_memo_is_a_problem_and_never_anything_else(content):
    with generated.tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "memo.md").write_bytes(content)
        with contextlib.suppress(DraftingError):
            markdown.load(dataclasses.replace(generated.small_library(), folder=Path(folder)))


def retouched(target: Path, part: str, *changes: tuple[str, str]) -> Path:
    parts = package.unpack(TEMPLATE.read_bytes())
    text = parts[part].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    target.write_bytes(package.pack(parts | {part: text.encode()}))
    return target


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("word/styles.xml", 'w:val="Blank"', 'w:val="Blink"', "missing-style: the character style 'Blank' is missing"),
        ("word/document.xml", "{{ subject }}", "{{ subjekt }}", "unknown-field"),
        ("word/document.xml", "{{ row.day }}", "{{ row.dai }}", "unknown-field"),
        ("word/document.xml", "for line in motion", "for line in policy", "missing-field: the field 'motion'"),
        ("word/document.xml", "{{ subject }}", "{{ subject }", "template-syntax"),
        ("word/document.xml", "{{ subject }}", "{{ subject.__class__ }}", "unknown-field"),
        ("word/document.xml", "{{ subject }}", "{{ 1 / 0 }}", "template-refused"),
    ],
)
def test_what_is_wrong_with_a_template_is_told(tmp_path, part, old, new, told):
    path = retouched(tmp_path / "t.docx", part, (old, new))
    with pytest.raises(DraftingError) as error:
        memo_docx.write(made(example("minimal")), path)
    assert f"{path}: {told}" in str(error.value)
    assert "word-template.md" not in str(error.value)


def test_a_template_that_is_no_word_file_is_told(tmp_path):
    for name, code in (("none.docx", "missing-file"), ("bad.docx", "unreadable-template")):
        (tmp_path / "bad.docx").write_text("no zip")
        with pytest.raises(DraftingError) as error:
            memo_docx.write(made(example("minimal")), tmp_path / name)
        assert error.value.problems[0].code == code
