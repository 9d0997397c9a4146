"""What came back is told in the words of the library, answered change by change, and sent with a reply."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import os
import random
import re
from pathlib import Path

import docx
import pytest
import returns
import small
from commands import files, run

from drafter.acts import deciding, replying
from drafter.asking.answering import changing
from drafter.asking.pages import Reply
from drafter.base import shipped
from drafter.contract import from_json, section_lines, sections
from drafter.drafting.draft import draft
from drafter.matters.matter import open as open_matter
from drafter.replying import meaning
from drafter.returned import furniture, reading, sent
from drafter.word.oxml import package
from drafter.word.oxml.roots import URIS

pytestmark = pytest.mark.usefixtures("place")

THEM, CHIEF = "Riley Counsel", "Pat Example"
TERMS = "The Town pays {{ fee | money_words }} from {{ starts | date }}, as [[leash]] says. "
PRICE = small.clause(
    "Price",
    f"soon|preferred|||{TERMS}It pays within 30 days.",
    f"later|acceptable|||{TERMS}It pays within 60 days.",
    f"latest|fallback|||{TERMS}It pays within 90 days. The walker may stop until then.",
)
LETTER = """---
to: Kennel
from: Town
subject: Round
---

## opening

Dear Kennel,

## enclosed

{when: letter.reply} The answers to your changes are enclosed.

{when: letter.theirs} Your version is compared.

## changes

## blanks

## closing
"""
OUT = Path("matter/rounds/01-to-kennel/outgoing/contract.docx")


def drafter(*words: str, code: int | None = 0):
    """Run a command; without a code it may be refused, but never fail."""
    result = run(*words, "--library", "lib")
    assert result.exit_code in ((0, 1) if code is None else (code,)), result.output
    return result


def told(*words: str, code: int = 0):
    return json.loads(drafter(*words, "--json", code=code).stdout)


def came(*changes: tuple[str, str, str], plus: tuple[str, str, str] | None = None):
    """Send the first round, have it come back with changes, and return what is told."""
    small.build(Path("lib"), clauses={"price": PRICE})
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    data = returns.edited(OUT.read_bytes(), *changes)
    Path("back.docx").write_bytes(returns.added(data, *plus) if plus else data)
    return told("receive", "matter", "back.docx", "--on", "2026-09-11")


def decide(*words: str, code: int | None = 0):
    return drafter("decide", "matter", *words, "--on", "2026-09-12", code=code)


def now(clause: str) -> str:
    made = draft(open_matter(Path("matter"), Path("lib")))
    return "\n".join(section_lines(next(one for one in sections(made.contract) if one.id == clause)))


# -- what a change is ---------------------------------------------------------------------------


def test_a_change_is_an_alternative_an_answer_or_their_own_words_by_its_place():
    found = came(
        (THEM, "within 30 days", "within 60 days"),
        (CHIEF, "31, 2026", "30, 2026"),
        ("", "The dogs want out.", "The dogs wish to go out."),
        plus=(THEM, "held.", "A puppy needs no leash."),
    )
    changes = {change["name"]: change for change in found["changes"]}
    assert [change["silent"] for change in changes.values()] == [True, False, False, False]
    own, exception, day, pay = (changes[name] for name in ("c1", "c2", "c3", "c4"))
    assert own["meaning"]["kind"] == "own wording"
    assert exception["meaning"]["effects"] == [{"requirement": "II", "status": "to read"}]
    assert (day["meaning"]["kind"], day["meaning"]["answers"]) == ("answer", [["starts", "August 30, 2026"]])
    assert (pay["meaning"]["kind"], pay["meaning"]["alternative"]) == ("alternative", "later")
    shown = drafter("changes", "matter").stdout
    assert "Without a mark:" in shown
    assert "is later (acceptable)" in shown
    assert shown.index("Without a mark:") < shown.index("Marked:")


def test_a_number_alone_is_no_alternative():
    found = came((THEM, "within 30 days", "within 90 days"))
    meaning = found["changes"][0]["meaning"]
    assert (meaning["kind"], meaning["alternative"]) == ("own wording", "latest")
    assert meaning["missing"] == ["The walker may stop until then."]


def test_what_deletes_an_operative_sentence_leaves_its_requirement_unmet():
    found = came((THEM, "The walker must use a leash on ", ""))
    assert {"requirement": "II", "status": "unmet"} in found["changes"][0]["meaning"]["effects"]


def test_a_definition_that_is_changed_reaches_every_requirement_that_is_said_with_its_term():
    clauses = {"leash": small.CLAUSES["leash"].replace("it is held.", "each Dog is held.")}
    (change,) = came_as(lambda data: returns.edited(data, ("", "a dog in", "a big dog in")), clauses=clauses)["changes"]
    assert change["section"] == "1.1"
    assert (change["meaning"]["terms"], change["meaning"]["by_terms"]) == (["Dog"], ["II"])
    assert "“Dog” is defined anew; to read, since they are said with it: II" in drafter("changes", "matter").stdout
    (only,) = told("check", "matter", "back.docx")["requirements"]
    assert (only["status"], only["changes"]) == ("to read", ["1.1"])


# -- answering ----------------------------------------------------------------------------------


def test_what_is_accepted_goes_into_the_contract_and_can_be_taken_back():
    came(
        (THEM, "within 30 days", "within 60 days"),
        ("", "The dogs want out.", "The dogs wish to go out."),
        (CHIEF, "31, 2026", "30, 2026"),
    )
    before = files(Path("matter"))
    decide("accept", "--alternatives", "--because", "Cheap.")
    assert "60 days" in now("price")
    assert "August 30, 2026" in now("price")
    decide("accept", "c1")
    assert "The dogs wish to go out." in now("recital")
    for _ in range(2):
        decide("--undo")
    after = files(Path("matter"))
    kept = {"answers.yaml", "matter.yaml"} | {name for name in before if name.startswith("rounds/")}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_their_own_words_keep_fields_and_references_and_claim_nothing():
    came((THEM, "It pays within 30 days.", "It pays when it *can*, [sic] a_b_c | 2 \\ `x` # 1."))
    said = " ".join(decide("accept", "c1").stdout.split())
    assert (
        "Their words are in matter/wording/price.md; they meet nothing until an attorney says there what they meet."
        in said
    )
    text = Path("matter/wording/price.md").read_text("utf-8")
    assert "{{ fee | money_words }} from {{ starts | date }}, as [[leash]] says." in text
    assert "satisfies: []" in text
    assert "It pays when it *can*, [sic] a_b_c | 2 \\ `x` # 1." in now("price")


def came_white(said: str, words: str, *changes: tuple[str, str, str], plus: tuple[str, str, str] | None = None):
    """Send the first round, have it come back changed and with words in white after some, and return what is told."""

    def change(data: bytes) -> bytes:
        data = returns.edited(data, *changes)
        return returns.whitened(returns.added(data, *plus) if plus else data, said, words)

    return came_as(change, clauses={"price": PRICE})


@pytest.mark.parametrize(
    ("said", "words", "then"),
    [
        ("pays within", " no more than", "It pays within no more than 30 days."),
        ("within 30 days", " only if it is asked", "It pays within 30 days only if it is asked."),
        ("within 30 days.", " Cats pay.", "It pays within 30 days. Cats pay."),
        ("It pays within 3", "0", "It pays within 3 days."),
        ("within 30", "0", "It pays within 300 days."),
        ("It pays", " within 30 days", "It pays."),
    ],
)
def test_words_that_nobody_reads_are_accepted_where_they_stand_or_left_out(said, words, then):
    (change,) = came_white(said, words)["changes"]
    assert (change["silent"], change["place"], change["possible"]) == (True, "paragraph 1", "made white")
    sent = now("price")
    decide("accept", "c1")
    assert now("price") == sent.replace("It pays within 30 days.", then) != sent
    decide("reject", "c1")
    assert now("price") == sent


def test_words_that_nobody_reads_in_a_new_paragraph_are_accepted_with_it_alone():
    came_white("Cats pay", " seldom", plus=("", "pays within", "Cats pay."))
    assert "has no place in the words that were sent" in decide("accept", "c2", code=1).output
    decide("accept", "c1", "c2")
    assert now("price").endswith("30 days.\nCats pay seldom.")


@pytest.mark.parametrize("author", [THEM, ""])
def test_words_that_nobody_reads_are_accepted_beside_another_change_of_their_sentence(author):
    found = came_white("30 days", " only if it is asked", (author, "It pays", "The Town pays"))
    white = next(one["name"] for one in found["changes"] if one["possible"])
    (other,) = {one["name"] for one in found["changes"]} - {white}
    decide("accept", white)
    assert now("price").endswith("It pays within 30 days only if it is asked.")
    decide("accept", other)
    assert now("price").endswith("The Town pays within 30 days only if it is asked.")
    decide("reject", white)
    assert now("price").endswith("The Town pays within 30 days.")


def test_words_that_nobody_reads_in_what_was_put_in_under_tracking_go_where_they_stand_there():
    came_white("30 days or", " surely", (THEM, "30 days.", "30 days or not."))
    decide("accept", "c1", "c2")
    assert now("price").endswith("It pays within 30 days or surely not.")


def test_words_that_a_wording_cannot_hold_are_refused():
    came((THEM, "It pays within 30 days.", "It pays when {policy}."))
    assert "unwritable-words" in decide("accept", "c1", code=1).output
    assert not Path("matter/wording").exists()


def test_what_the_policy_does_not_allow_is_refused_and_its_words_wait_in_a_file():
    came((THEM, "The walker must use a leash on ", "The walker should use a leash on "))
    before = files(Path("matter"))
    said = decide("accept", "c1", code=1).output
    assert "deviation" in said
    assert "wording/leash.md" in said
    after = files(Path("matter"))
    assert set(after) - set(before) == {"wording/leash.md"}
    assert {name: after[name] for name in before} == before
    decide("accept", "c1", "--allow-deviation", "--because", "They insist.")
    assert "should use a leash" in now("leash")


def test_two_changes_of_one_section_are_accepted_one_by_one():
    came((THEM, "It pays within", "It shall pay within"), (CHIEF, "30 days", "40 days"))
    decide("accept", "c1", "c2")
    assert "It shall pay within 40 days." in now("price")
    assert decide("--undo").stdout.count("was taken back") == 2
    assert "It pays within 30 days." in now("price")
    decide("accept", "c2")
    assert "It pays within 40 days." in now("price")
    decide("accept", "c1")
    assert "It shall pay within 40 days." in now("price")
    decide("reject", "c2")
    assert "It shall pay within 30 days." in now("price")
    decide("reject", "c1")
    assert "It pays within 30 days." in now("price")


def test_a_counter_is_an_alternative_a_value_or_our_own_words():
    came((THEM, "within 30 days", "within 45 days"), (CHIEF, "31, 2026", "30, 2026"))
    names = {c["question"] or "days": c["name"] for c in told("changes", "matter")["changes"]}
    decide("counter", names["days"], "--with", "later", "--reply", "Sixty, if you must.")
    decide("counter", names["starts"], "--value", "starts=2026-09-07")
    assert "60 days" in now("price")
    assert "September 7, 2026" in now("price")
    assert not told("changes", "matter")["left"]
    drafter("answer", "matter", "starts", "2026-09-08")
    assert told("changes", "matter")["left"] == [names["starts"]]  # what was offered is no longer in the contract
    drafter("answer", "matter", "starts", "2026-09-07")
    assert not told("changes", "matter")["left"]


def test_another_answer_takes_out_what_the_earlier_one_put_in():
    came((THEM, "within 30 days", "within 45 days"), (CHIEF, "31, 2026", "30, 2026"))
    names = {c["question"] or "days": c["name"] for c in told("changes", "matter")["changes"]}
    before = now("price")
    decide("counter", names["days"], "--with", "later")
    decide("reject", names["days"])
    assert now("price") == before
    decide("counter", names["starts"], "--value", "starts=2026-09-07")
    decide("reject", names["starts"])
    assert now("price") == before
    decide("accept", names["days"])
    decide("counter", names["days"], "--value", "fee=9,000")
    assert "45 days" not in now("price")
    assert "9,000" in now("price")
    decide("later", names["days"])
    assert now("price") == before


def test_an_answer_that_was_sent_is_not_taken_back():
    came((THEM, "within 30 days", "within 45 days"))
    decide("reject", "c1", "--reply", "No.")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13")
    before = files(Path("matter"))
    said = " ".join(drafter("decide", "matter", "--undo", code=1).output.split())
    assert "the last answer, to 1.3 of round 2, went to kennel in round 3" in said
    assert files(Path("matter")) == before


SOLD = small.QUESTIONNAIRE.replace(
    "      - {id: fee, ", '      - {id: paid, type: yes-no, prompt: Is it paid?, default: "yes"}\n      - {id: fee, '
)


def came_as(change, answers=small.ANSWERS, **parts):
    """Send the first round, have it come back as a change to its file makes it, and return what is told."""
    small.build(Path("lib"), **parts)
    Path("matter/answers.yaml").write_text(answers, "utf-8")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    Path("back.docx").write_bytes(change(OUT.read_bytes()))
    return told("receive", "matter", "back.docx", "--on", "2026-09-11")


SUM = ("twelve thousand five hundred and 50/100 dollars ($12,500.50)", "twelve thousand six hundred dollars ($12,600)")
TOTAL = small.clause("Notes", "standard|preferred|||The fee of {{ fee | money }} is all that is paid.")


def summed(*changes: tuple[str, str, str]):
    """Have a contract come back that prints its fee in two sections, and return the changes that are told."""
    found = came_as(lambda data: returns.edited(data, *changes), clauses={"price": PRICE, "notes": TOTAL})
    return {one["name"]: one for one in found["changes"]}


@pytest.mark.parametrize("author", [THEM, ""])
def test_a_value_that_is_changed_wherever_it_is_printed_is_one_answer(author):
    changes = summed((author, *SUM), (author, "$12,500.50 is", "$12,600 is"))
    assert [one["meaning"]["answers"] for one in changes.values()] == [[["fee", "$12,600"]]] * 2
    assert "is the answer fee = $12,600, as is c2" in drafter("changes", "matter").stdout
    said = decide("accept", "c2").stdout
    assert "Every change is answered." in said
    assert "($12,600)" in now("price")
    assert "$12,600" in now("notes")
    decide("accept", "c1")
    decide("reject", "c1")
    assert SUM[0] in now("price")
    assert told("changes", "matter")["left"] == ["c2"]
    decide("accept", "c1")
    assert decide("--undo").stdout.count("was taken back") == 2
    assert SUM[0] in now("price")


def test_a_value_that_is_changed_in_one_place_alone_is_its_answer_and_the_others_are_named():
    change = summed((THEM, *SUM))["c1"]
    assert (change["before"], change["after"]) == SUM
    assert change["meaning"]["answers"] == [["fee", "$12,600"]]
    assert "also stands in 2.1, where they left $12,500.50" in drafter("changes", "matter").stdout
    assert "2.1 follows: $12,500.50 -> $12,600" in decide("accept", "c1").stdout
    assert "$12,600" in now("notes")


def test_words_and_figures_that_disagree_are_their_own_wording_and_what_then_says_two_values_is_said():
    change = summed((THEM, *SUM), (THEM, "$12,600", "$12,700"))["c1"]
    assert change["after"] == "twelve thousand six hundred dollars ($12,700)"
    assert change["meaning"]["kind"] == "own wording"
    shown = drafter("changes", "matter").stdout
    assert "the words and the figures disagree: twelve thousand six hundred, but 12,700" in shown
    assert "also stands in 2.1, where they left $12,500.50" in shown
    said = "in the matter's own wording, in place of the answer to 'fee', which is printed in Section 2.1, Notes"
    for output in (
        decide("accept", "c1"),
        drafter("check", "matter"),
        drafter("send", "matter", "--to", "kennel", "--final"),
    ):
        assert said in " ".join(output.output.split())
    drafter("answer", "matter", "fee", "12,700")
    assert said in " ".join(drafter("check", "matter").output.split())  # its words say 12,600


def test_an_own_wording_that_says_the_value_of_the_answer_is_not_told():
    summed((THEM, "It pays within 30 days.", "It pays at once."), (THEM, *SUM))
    decide("accept", "c1", "c2")
    assert "own-wording" in Path("matter/answers.yaml").read_text("utf-8")
    assert "in place of the answer" not in drafter("check", "matter").output


def test_a_rejected_change_to_what_an_answer_changed_all_the_same_is_told_before_it_is_sent():
    changes = summed((THEM, "12,500.50)", "12,600)"), (THEM, "$12,500.50 is", "$12,600 is"))
    names = {one["meaning"]["kind"]: one["name"] for one in changes.values()}
    decide("reject", names["own wording"])
    said = f"{names['own wording']} of round 2 was rejected, but 1.3 no longer says"
    assert said not in drafter("send", "matter", "--to", "kennel", "--on", "2026-09-12").output
    decide("accept", names["answer"])
    output = drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13").output
    assert said in " ".join(output.split())


def test_what_was_rejected_and_stays_as_it_was_sent_is_no_reminder():
    found = came_as(
        lambda data: returns.moved(
            returns.edited(
                returns.added(data, THEM, "held.", "A puppy needs no leash."),
                (THEM, "31, 2026", "30, 2026"), ("", "Bit", "Bob"), (THEM, " Dogs and the Town agree.", ""),
            ), "Price", "The dogs want out.",
        )
    )  # fmt: skip
    names = [one["name"] for one in found["changes"]]
    assert {one["kind"] for one in found["changes"]} >= {"insert", "delete", "move", "value"}
    decide("reject", *names)
    assert "was rejected" not in " ".join(
        drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13").output.split()
    )


def test_two_answers_to_one_question_are_told_as_such():
    summed((THEM, *SUM), ("", "$12,500.50 is", "$12,700 is"))
    assert "another answer to the same question: c2" in drafter("changes", "matter").stdout
    decide("accept", "c1", "c2")


def test_only_a_part_of_a_value_that_is_told_whole_can_be_accepted():
    changes = summed((THEM, "12,500.50)", "12,600)"), ("", "five hundred and 50/100", "six hundred"))
    assert {one["silent"]: (one["before"], one["after"]) for one in changes.values()} == {
        True: (SUM[0], SUM[1].replace("12,600", "12,500.50")), False: (SUM[1].replace("12,600", "12,500.50"), SUM[1]),
    }  # fmt: skip
    decide("accept", next(name for name, one in changes.items() if not one["silent"]))
    assert "five hundred and 50/100 dollars ($12,600)" in now("price")


def test_the_same_value_in_the_caption_is_the_answer_too():
    changes = came_as(
        lambda data: returns.edited(data, ("", "Town of Bark", "City of Bark"), ("", "Town of Bark", "City of Bark"))
    )
    kinds = {one["section"]: one["meaning"]["answers"] for one in changes["changes"]}
    assert set(map(str, kinds.values())) == {"[['town.name', 'City of Bark']]"}, kinds
    assert "caption" in kinds
    name = next(one["name"] for one in changes["changes"] if one["section"] == "caption")
    decide("accept", name)
    assert "City of Bark" in now("parties")
    decide("reject", name)
    assert "Town of Bark" in now("parties")


def test_a_counter_that_names_no_question_is_told_the_one_that_is_printed_there():
    summed((THEM, *SUM))
    said = " ".join(decide("counter", "c1", "--value", "price=9,000", code=1).output.split())
    assert "what is changed here is the answer to 'fee': --value 'fee=VALUE'" in said


KINDS = small.clause(
    "Notes",
    "standard|preferred|||{{ fee | money }} and {{ fee | money_words }}; {{ starts | date }}, {{ ends | date }}.\n\n"
    "{{ days | words }} ({{ days }}) {{ days | plural('day', 'days') }}; the {{ days | ordinal }} day; {{ share }};"
    " {{ share | percent }}.\n\n{{ walker | upper }} lives at {{ home }}, {{ call }}, and has {{ how | label }}.",
)
ASKED = small.QUESTIONNAIRE.replace(
    "      - {id: fee, ",
    "      - {id: days, type: number, prompt: How many days?, default: '12'}\n"
    "      - {id: share, type: percent, prompt: What share?, default: '40'}\n"
    "      - {id: home, type: address, prompt: Where?, default: 1 Old Road}\n"
    "      - {id: call, type: phone, prompt: Which number?, default: 612-555-0100}\n"
    "      - id: how\n        type: choice\n        prompt: How?\n        default: slow\n"
    "        options: [{value: slow, label: a slow walk}, {value: fast, label: a fast walk}]\n"
    "      - {id: fee, ",
)
TEMPLATE = shipped.template("agreement")
NEW = {
    "fee": "$13,001.25", "starts": "2026-10-12", "ends": "2027-05-30", "days": "45", "share": "33.5",
    "walker": "Bo Day",
    "home": "22 New Road", "call": "612-555-0199", "how": "fast", "town.name": "City of Bark", "dogs[1].name": "Max",
    "dogs[2].size": "large",
}  # fmt: skip


@pytest.fixture(scope="module")
def valued(tmp_path_factory):
    """Return the draft of a matter that prints answers of every type, several times."""
    loaded = small.load(
        tmp_path_factory.mktemp("valued"), questionnaire=ASKED, clauses={"notes": KINDS, "price": PRICE}
    )
    return small.made(loaded)


@pytest.mark.parametrize("question", NEW)
def test_whatever_an_answer_is_printed_as_it_is_told_as_that_answer(question, valued):
    day = dt.date(2026, 9, 11)
    after = changing.answer(valued.matter, [(question, NEW[question])], day).changed.after
    parts = package.unpack(after.to_docx(TEMPLATE))
    found = reading.against(valued.contract, TEMPLATE, parts)
    told_as = meaning.meanings(found, valued.contract, valued, day)
    assert told_as
    for one in told_as:
        assert (one.kind, len(one.together), one.left) == ("answer", len(told_as) - 1, ()), (found.changes, told_as)
        assert changing.holds(after.matter, one.answers)


def refusal(*names: str) -> str:
    return " ".join(decide("accept", *names, code=1).output.split())


def test_a_section_that_is_deleted_is_the_answer_that_leaves_it_out():
    price = small.clause("Price", f"soon|preferred|||{TERMS}", when="paid")
    found = came_as(lambda data: returns.without(data, "Price", THEM), questionnaire=SOLD, clauses={"price": price})
    (change,) = found["changes"]
    assert (change["kind"], change["whole"], change["meaning"]["kind"]) == ("delete", True, "answer")
    assert change["meaning"]["answers"] == [["paid", "no"]]
    decide("accept", "c1")
    with pytest.raises(StopIteration):
        now("price")
    decide("--undo")
    assert "The Town pays" in now("price")


def test_a_section_that_no_answer_leaves_out_alone_is_refused_with_what_else_the_answer_changes():
    found = came_as(lambda data: returns.without(data, "Muzzle"), f"{small.ANSWERS}bites: yes\n")
    assert found["changes"][0]["meaning"]["kind"] == "own wording"
    assert "the answer that leaves it out changes 1.2 too" in refusal("c1")
    assert "--value bites=no" in refusal("c1")
    decide("counter", "c1", "--value", "bites=no")
    assert "strong" not in now("leash")


def test_an_item_that_others_refer_to_is_deleted_only_when_they_no_longer_do():
    came_as(lambda data: returns.edited(data, (THEM, "it is held.", "")))
    assert "what is deleted is referred to in 1.1 hint: take the reference out there first" in refusal("c1")
    Path("dog.md").write_text("---\nlabel: Ours\n---\n\n**Dog** means a dog in [[exhibit:dogs]].\n", "utf-8")
    drafter("swap", "matter", "dog", "--wording", "dog.md", "--because", "Nothing to refer to.")
    decide("accept", "c1", "--allow-deviation", "--because", "They insist.")
    assert "held" not in now("leash")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: returns.without(data, "Price"), "no answer leaves it out of the contract hint: reject it"),
        (lambda data: returns.moved(data, "Price", "The dogs want out."), "the library decides the order"),
        (lambda data: returns.joined(data, "Price", THEM), "swap matter price --wording FILE.md"),
        (
            lambda data: returns.edited(data, (THEM, "Price", "Fee")),
            "a title in clauses/price.md of the library changes the heading",
        ),
        (lambda data: returns.edited(data, (THEM, "Dog Walking", "Hound Walking")), "no clause of the library says"),
    ],
    ids=["deleted", "moved", "joined", "heading", "title"],
)  # fmt: skip
def test_what_no_wording_of_a_clause_can_say_is_refused_with_what_can_be_done(change, said):
    came_as(change)
    before = files(Path("matter"))
    assert said in refusal("c1")
    assert files(Path("matter")) == before


@pytest.mark.parametrize(
    "words",
    [("accept",), ("accept", "c1", "--with", "later"), ("counter", "c1"), ("accept", "c1", "--allow-deviation"), ()],
)
def test_half_an_answer_is_refused(words):
    assert run("decide", "matter", *words).exit_code == 2


def test_each_change_that_is_left_can_be_asked_for_page_by_page():
    came((THEM, "within 30 days", "within 45 days"), ("", "The dogs want out.", "The dogs wish to go out."))
    place = Path("matter")
    talk = deciding.Talk(place, Path("lib"), dt.date(2026, 9, 12), replying.opened(place, Path("lib"))).run()
    page = next(talk)
    assert [line.name for line in page.lines] == ["c1 Recitals Recital", "c2 1.3 Price", "Stop here"]
    page = talk.send(Reply("enter", line=0))
    assert page.prompt.startswith("WITHOUT A MARK")
    talk.send(Reply("enter", line=1))  # reject
    assert talk.send(Reply("enter", "Ours is fine.")).prompt == "What is the other side told?"
    page = talk.send(Reply("skip"))
    assert page.notices[0].text == "c1: reject."
    countered = next(n for n, line in enumerate(page.lines) if line.name.startswith("Counter with later"))
    talk.send(Reply("enter", line=countered))
    talk.send(Reply("enter"))
    page = talk.send(Reply("enter", "Sixty."))
    assert (page.about, page.done) == ("changes", (2, 2))
    with pytest.raises(StopIteration):
        talk.send(Reply("leave"))
    assert "60 days" in now("price")
    assert "because: Ours is fine." in Path("matter/decisions.yaml").read_text("utf-8")


def remarked(data: bytes, words: str, said: str) -> bytes:
    """Return a file with a comment on the paragraph that has some words."""
    document = docx.Document(io.BytesIO(data))
    paragraph = next(one for one in document.paragraphs if words in one.text)
    document.add_comment(paragraph.runs, said, THEM, "RC")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_comment_on_no_change_takes_a_reply_that_goes_with_the_next_round():
    found = came_as(lambda data: remarked(data, "The dogs want out.", "Must they?"))
    assert [(one["name"], one["text"]) for one in found["comments"]] == [("comment1", "Must they?")]
    assert "No reply yet to comment1" in drafter("changes", "matter").stdout
    assert run("decide", "matter", "reply", "comment1").exit_code == 2
    assert "takes a reply and nothing else" in decide("accept", "comment1", code=1).output
    said = " ".join(drafter("send", "matter", "--to", "kennel", "--on", "2026-09-12").stdout.split())
    assert f"1 of 1 comment of round 2 has no reply: comment1 by {THEM}" in said
    reply = returns.words(Path("matter/rounds/03-to-kennel/outgoing/reply.docx").read_bytes())
    assert f'{THEM}: "Must they?"\nNo answer yet.' in reply


def threaded(data: bytes) -> bytes:
    """Return a file in which the last comment is a reply to the one before it, and the second one is resolved."""
    parts = package.unpack(data)
    numbers = itertools.count()
    named = re.sub(
        r"(<w:comment [^>]*>\s*<w:p)\b",
        lambda found: f'{found[1]} xmlns:w14="{URIS["w14"]}" w14:paraId="{next(numbers):08}"',
        parts["word/comments.xml"].decode(),
    )
    threads = '<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
    threads += '<w15:commentEx w15:paraId="00000003" w15:paraIdParent="00000002"/>'
    more = f'<w15:commentsEx xmlns:w15="{URIS["w15"]}">{threads}</w15:commentsEx>'.encode()
    parts |= {"word/comments.xml": named.encode()}
    made = package.added(
        parts, returns.MAIN, "word/threads.xml", ("http://x/commentsExtended", "application/xml"), more
    )
    return package.pack(made)


def test_every_comment_of_theirs_is_in_the_reply_with_its_thread_and_a_final_is_reminded_of_those_without_an_answer():
    def marked(data: bytes) -> bytes:
        data = returns.edited(data, (THEM, "within 30 days", "within 60 days"))
        data = remarked(remarked(data, "The dogs want out.", "Must they?"), "The walker must use", "Always?")
        data = remarked(remarked(data, "It pays", "We need time."), "It pays", "So we do.")
        return threaded(data)

    came_as(marked, clauses={"price": PRICE})
    decide("accept", "c1")
    said = drafter("send", "matter", "--to", "kennel", "--final", "--on", "2026-09-12").stdout
    assert f"1 of 3 comments of round 2 has no reply: comment1 by {THEM}" in " ".join(said.split())
    reply = docx.Document("matter/rounds/03-to-kennel/outgoing/reply.docx").tables[-1]
    (_, *rows) = [[cell.text for cell in row.cells] for row in reply.rows]
    assert rows[0] == ["Recitals", f'On "The dogs want out.": {THEM}: "Must they?"', "No answer yet."]
    assert rows[1][1:] == [
        f'On "The walker must use a leash on each Dog:": {THEM}: "Always?"',
        "Resolved in your version.",
    ]
    assert rows[2][1].endswith(f'within 30 days within 60 days.": {THEM}: "We need time." {THEM}: "So we do."')
    assert rows[2][2] == "See our answer to the change that it is on."


def test_the_reply_to_a_comment_is_shown_taken_back_and_sent():
    came_as(lambda data: remarked(data, "The dogs want out.", "Must they?"))
    assert (
        "answered, September 12, 2026. Reply: They must." in decide("reply", "comment1", "--reply", "They must.").stdout
    )
    assert "No reply yet" not in drafter("changes", "matter").stdout
    assert "The answer to comment1 was taken back." in decide("--undo").stdout
    place = Path("matter")
    talk = deciding.Talk(place, Path("lib"), dt.date(2026, 9, 12), replying.opened(place, Path("lib"))).run()
    assert next(talk).cursor == 0
    assert talk.send(Reply("enter", line=0)).prompt == "What is the other side told?"
    assert talk.send(Reply("enter", "They must.")).notices[0].text == "The reply goes with the next round."
    drafter("send", "matter", "--to", "kennel", "--final", "--on", "2026-09-12")
    out = Path("matter/rounds/03-to-kennel/outgoing")
    assert "They must." in returns.words((out / "reply.docx").read_bytes())
    assert "1 comment; 1 answered by a reply" in drafter("history", "matter").stdout


def test_an_answer_says_what_it_concedes_and_keeps_a_reason_for_the_board():
    both = "within 90 days. The walker may stop until then."
    came((THEM, "within 30 days.", both))
    said = " ".join(decide("accept", "c1", "--for-board", "Cash flow.").stdout.split())
    assert "Concedes Section 1.3, Price: Something." in said
    assert "for_board: Cash flow." in Path("matter/swaps.yaml").read_text("utf-8")


def test_the_copy_with_our_notes_has_a_comment_on_the_paragraph_of_each_change():
    came((THEM, "within 30 days", "within 60 days"), ("", "The dogs want out.", "The dogs wish to go out."))
    document = docx.Document("matter/rounds/02-from-kennel/changes.docx")
    assert [one.text.split("\n")[1].split(":")[0] for one in document.comments] == ["c1", "c2"]
    marked = ["".join(node.itertext()) for node in document.element.xpath("//w:p[.//w:commentReference]")]
    assert ["wish" in marked[0], "It pays within" in marked[1]] == [True, True]


@pytest.mark.parametrize("author", ["", THEM])
def test_a_changed_cell_leaves_its_row_one_line_whether_it_was_marked_or_not(author):
    (change,) = came_as(lambda data: returns.edited(data, (author, "small", "large")))["changes"]
    assert (change["silent"], change["line_after"]) == (not author, "Bit | a large dog")
    decide("accept", "c1")
    assert "Bit | a large dog" in now("list")


@pytest.mark.parametrize("order", [("c1", "c2"), ("c2", "c1"), ("c1 and c2",)])
def test_a_row_that_is_an_answer_is_in_their_own_words_beside_it_too(order):
    found = came_as(
        lambda data: returns.edited(data, (THEM, "a small dog", "Large"), (THEM, "The Dogs:", "All of the Dogs:"))
    )
    kinds = {one["meaning"]["kind"] for one in found["changes"]}
    assert kinds == {"answer", "own wording"}
    for names in order:
        decide("accept", names)
    assert "Bit | Large" in now("list")
    assert "All of the Dogs:" in now("list")
    assert told("changes", "matter")["left"] == []
    decide("reject", next(one["name"] for one in found["changes"] if one["meaning"]["kind"] == "answer"))
    assert "Bit | a small dog" in now("list")
    assert "All of the Dogs:" in now("list")


def test_a_section_of_their_own_is_not_accepted_as_words_of_another():
    def with_section(data):
        made = docx.Document(io.BytesIO(data))
        heading = next(one for one in made.paragraphs if one.text == "Price")
        text = next(one for one in made.paragraphs if one.text.startswith("The Town pays"))
        heading.insert_paragraph_before("Cats", heading.style)
        heading.insert_paragraph_before("No cats.", text.style)
        made.save(out := io.BytesIO())
        return out.getvalue()

    (change,) = came_as(with_section)["changes"]
    assert change["after"] == "Cats\nNo cats."
    refused = " ".join(decide("accept", "c1", code=1).output.split())
    assert "what is new after 1.2 is a section, and the library decides which sections there are" in refused
    assert "drafter swap matter leash --wording FILE.md" in refused


def test_what_was_sent_is_no_counter_and_a_move_is_told_as_one():
    found = came_as(lambda data: returns.moved(data, "Price", "The dogs want out."))
    assert found["changes"][0]["meaning"]["kind"] == "moved"
    assert "reject the change instead" in decide("counter", "c1", "--with", "standard", code=1).output


def test_several_returns_of_one_round_are_merged_and_clashes_are_named():
    came((THEM, "within 30 days", "within 45 days"), (THEM, "The dogs want out.", "The dogs wish to go out."))
    data = returns.edited(
        OUT.read_bytes(), (CHIEF, "within 30 days", "within 50 days"), (CHIEF, "It pays", "It shall pay")
    )
    Path("chief.docx").write_bytes(returns.edited(data, (CHIEF, "The dogs want out.", "The dogs wish to go out.")))
    shown = drafter("receive", "matter", "chief.docx", "--on", "2026-09-12").stdout
    assert "clashes with c2 of round 2" in shown
    assert "also in round 2, as c1" in shown
    names = {c["after"]: c["name"] for c in told("changes", "matter")["changes"]}
    decide("accept", "c2", "--round", "2")
    assert "clashes with c2 of round 2, which was accepted" in " ".join(
        decide("accept", names["50"], code=1).output.split()
    )
    decide("accept", names["shall pay"])
    assert "It shall pay within 45 days." in now("price")


def received(name: str, *changes: tuple[str, str, str], contract: Path = OUT) -> dict[str, str]:
    """Have a contract come back on a later day, and return what each change is called, by what it is."""
    Path(name).write_bytes(returns.edited(contract.read_bytes(), *changes))
    drafter("receive", "matter", name, "--on", "2026-09-25")
    return {one["meaning"]["kind"]: one["name"] for one in told("changes", "matter")["changes"]}


def later(*words: str, code: int = 0):
    return drafter("decide", "matter", *words, "--on", "2026-09-25", code=code)


@pytest.mark.parametrize("is_newer", [False, True])
def test_a_change_to_words_of_an_older_round_does_not_put_them_back(is_newer):
    came((THEM, "within 30 days", "within 45 days"))
    decide(*(("reject", "c1") if is_newer else ("counter", "c1", "--with", "later")))
    drafter("answer", "matter", "fee", "13,000")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-20")
    if is_newer:
        sent_last = Path("matter/rounds/03-to-kennel/outgoing/contract.docx")
        names = received("new.docx", (THEM, "within 30 days", "within 50 days"), contract=sent_last)
        later("accept", names["own wording"])
    agreed = now("price")
    names = received("late.docx", (CHIEF, "It pays", "It shall pay"), (CHIEF, "31, 2026", "30, 2026"))
    refused = later("accept", names["own wording"], code=1).output
    assert "has another wording now than it had in round 1" in " ".join(refused.split())
    assert now("price") == agreed
    later("accept", names["answer"])
    assert now("price") == agreed.replace("31, 2026", "30, 2026")


def test_what_was_built_on_an_accepted_change_is_not_lost_when_that_is_rejected():
    came((THEM, "within 30 days", "within 45 days"))
    decide("accept", "c1")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-20")
    sent_last = Path("matter/rounds/03-to-kennel/outgoing/contract.docx")
    names = received("new.docx", (THEM, "It pays", "It shall pay"), contract=sent_last)
    later("accept", names["own wording"])
    refused = later("reject", "c1", "--round", "2", code=1).output
    assert "has another wording now than it had in round 1" in " ".join(refused.split())
    assert "It shall pay within 45 days." in now("price")
    later("reject", names["own wording"])
    later("reject", "c1", "--round", "2")
    assert "It pays within 30 days." in now("price")


def test_a_word_file_is_checked_requirement_by_requirement_and_nothing_in_it_is_called_met():
    came((THEM, "The walker must use a leash on ", "The walker should use a leash on "))
    gone = told("check", "matter", "back.docx", code=1)
    assert gone["requirements"] == [
        {"requirement": "II", "status": "not said", "sections": ["1.2"], "changes": ["1.2"]}
    ]
    assert "not said  II, in 1.2" in drafter("check", "matter", "back.docx", code=1).stdout
    for change, status in ((("held.", "held, or not."), "to read"), (("The dogs want", "The dogs like"), "said")):
        Path("back.docx").write_bytes(returns.edited(OUT.read_bytes(), ("", *change)))
        assert told("check", "matter", "back.docx")["requirements"][0]["status"] == status
    assert run("check", "matter", "back.docx", "-o", "m.csv", "--library", "lib").exit_code == 2


# -- what changes are called --------------------------------------------------------------------


def test_a_change_is_named_by_its_section_in_capitals_or_in_a_list():
    came((THEM, "within 30 days", "within 60 days"), (CHIEF, "31, 2026", "30, 2026"), (THEM, "agree.", "do agree."))
    names = {change["question"] or change["section"]: change["name"] for change in told("changes", "matter")["changes"]}
    pay, starts, notes = names["1.3"], names["starts"], names["2.1"]
    assert told("decide", "matter", "reject", "Section 2.1")["decided"] == [notes]
    several = " ".join(decide("reject", "1.3", code=1).output.split())
    assert f"1.3 has 2 changes: {starts} and {pay} hint: name each that is meant, such as {starts}" in several
    for listed in ((f"{pay},{starts}",), (pay.upper(), "and", starts), (f"{pay}, 2.1", "and", starts)):
        there = told("decide", "matter", "reject", *listed)["decided"]
        assert {pay, starts} <= set(there)
    assert f"no change is called 2.1(a) hint: 2.1 has {notes}" in " ".join(
        decide("reject", "2.1(a)", code=1).output.split()
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("c9", "no change 'c9'"),
        ("1.2", "no change in 1.2"),
        ("1", "no change '1'"),
        ("Exhibit A", "no change in Exhibit A"),
    ],
)
def test_a_name_that_calls_no_change_is_refused_with_what_is_there(name, said):
    came((THEM, "within 30 days", "within 60 days"))
    assert f"{said} hint: there is c1 (1.3) 1 problem; nothing was written" in refusal(name)


def test_changes_shows_a_section_or_a_change_alone():
    came((THEM, "within 30 days", "within 60 days"), (CHIEF, "31, 2026", "30, 2026"), (THEM, "agree.", "do agree."))
    assert [one["section"] for one in told("changes", "matter", "1.3")["changes"]] == ["1.3", "1.3"]
    shown = drafter("changes", "matter", "2", "2.1").stdout
    assert "2.1 Notes" in shown
    assert "1.3 Price" not in shown
    assert "no change in 1.1" in drafter("changes", "matter", "1.1", code=1).output


def test_a_round_that_we_sent_is_no_return():
    came((THEM, "within 30 days", "within 60 days"))
    assert "round 1 was sent by us; the last that came is 2" in drafter("changes", "matter", "1", code=1).output
    assert "there is no round 7; the last that came is 2" in drafter("changes", "matter", "7", code=1).output


def test_an_author_who_changed_nothing_is_refused_with_those_who_did():
    came((THEM, "within 30 days", "within 60 days"), (CHIEF, "agree.", "do agree."))
    said = " ".join(decide("reject", "--author", "riley", code=1).output.split())
    assert f"did you mean '{THEM}'? Changes that are not answered are by" in said
    assert CHIEF in said
    assert told("decide", "matter", "reject", "--author", THEM.upper())["decided"] == ["c1"]
    again = " ".join(decide("reject", "--author", THEM, code=1).output.split())
    assert f"every change by {THEM} is answered hint: to answer one anew, name it: c1" in again
    nobody = " ".join(decide("reject", "--author", "Nobody", code=1).output.split())
    assert (
        f"'Nobody' made no change that is to be answered hint: changes that are not answered are by {CHIEF}" in nobody
    )


# -- what was told before, and what is to be read -----------------------------------------------


def test_a_new_answer_to_what_was_told_before_says_so_and_goes_with_the_next_round():
    came((THEM, "within 30 days", "within 45 days"), (CHIEF, "agree.", "do agree."))
    decide("reject", "c1", "--reply", "No.")
    decide("reject", "c2", "--reply", "No.")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13")
    said = " ".join(decide("accept", "c1", "--reply", "Well then.").stdout.split())
    told_before = (
        "Told before c1 was rejected in round 3, sent on September 13, 2026; the new answer goes with the next"
    )
    assert told_before in said
    again = told("decide", "matter", "reject", "c2", "--reply", "No.", "--on", "2026-09-14")
    assert again["told_before"]["c2"] == {"answer": "reject", "round": 3, "on": "2026-09-13"}
    assert "this tells them nothing new" in decide("reject", "c2", "--reply", "No.", "--try").stdout
    place, library = Path("matter"), Path("lib")
    talk = deciding.Talk(place, library, dt.date(2026, 9, 14), replying.opened(place, library)).run()
    next(talk)
    for line in (0, 0):  # c1, accept
        talk.send(Reply("enter", line=line))
    talk.send(Reply("enter"))
    page = talk.send(Reply("enter", "Well then."))
    assert [one.text for one in page.notices][1].startswith("c1 was rejected in round 3, sent on September 13, 2026;")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-15")
    reply = returns.words(Path("matter/rounds/04-to-kennel/outgoing/reply.docx").read_bytes())
    assert "as far as our answer is new" in reply
    assert "Well then." in reply
    assert "do agree" not in reply
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-16")
    assert not Path("matter/rounds/05-to-kennel/outgoing/reply.docx").exists()
    assert "went to kennel in round 4, sent on September 15, 2026" in " ".join(decide("--undo", code=1).output.split())


def test_an_answer_is_not_older_than_what_it_answers():
    small.build(Path("lib"), clauses={"price": PRICE})
    drafter("send", "matter", "--to", "kennel", "--on", "2024-09-01")
    Path("back.docx").write_bytes(returns.edited(OUT.read_bytes(), (THEM, "agree.", "do agree.")))
    drafter("receive", "matter", "back.docx", "--on", "2024-09-11")
    before = files(Path("matter"))
    early = drafter("decide", "matter", "reject", "c1", "--on", "2024-09-10", code=1).output
    assert "round 2 came on September 11, 2024, and this answer would be of September 10, 2024" in early
    assert files(Path("matter")) == before
    drafter("decide", "matter", "reject", "c1", "--on", "2024-09-11")


WEAK = (THEM, "The walker must use a leash on ", "The walker should use a leash on ")


def test_a_refusal_says_what_was_written_and_names_what_the_change_touches():
    came(WEAK, (CHIEF, "within 30 days", "within 60 days"))
    before = files(Path("matter"))
    tried = " ".join(decide("accept", "c1", "--try", code=1).output.split())
    assert tried.startswith("1.2 Leash: deviation: the contract would not meet II")
    assert "(leash: own-wording)" in tried
    assert "wording/" not in tried
    assert "nothing was written" in tried
    assert files(Path("matter")) == before
    kept = decide("accept", "c1", code=1).output
    assert "1 problem; nothing but matter/wording/leash.md was written" in " ".join(kept.split())
    again = told("decide", "matter", "accept", "c1", code=1)
    assert "written" not in again  # it was there
    assert "their words are in matter/wording/leash.md" in again["problems"][0]["hint"]


def test_a_requirement_that_another_clause_leaves_unmet_is_no_reason_to_refuse_a_change():
    both = small.clause(
        "Price", f"soon|preferred||II|{TERMS}It pays within 30 days.", f"later|acceptable||II|{TERMS}It pays in 60."
    )
    small.build(Path("lib"), clauses={"price": both})
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    Path("back.docx").write_bytes(returns.edited(OUT.read_bytes(), WEAK, (THEM, "within 30 days", "in 60")))
    drafter("receive", "matter", "back.docx", "--on", "2026-09-11")
    decide("counter", "1.3", "--with", "later")
    refused = refusal("1.2")
    assert "(leash: own-wording)" in refused
    assert "price" not in refused
    decide("accept", "1.2", "--allow-deviation", "--because", "They insist.")
    decide("reject", "1.3")
    decide("counter", "1.3", "--with", "later")  # which could say it too, and is not what leaves it unmet


def test_own_words_of_which_an_attorney_said_what_they_meet_are_put_in_and_said_to_be_read():
    came(WEAK)
    decide("accept", "c1", code=1)
    file = Path("matter/wording/leash.md")
    says = 'satisfies: [II]\nsays: {II: ["The walker should use a leash on {{ the_dog }}:"]}'
    file.write_text(file.read_text("utf-8").replace("satisfies: []", says), "utf-8")
    said = " ".join(decide("accept", "c1").stdout.split())
    claim = "Their words are in matter/wording/leash.md, which says that they meet II; an attorney has still to read"
    assert f"{claim} whether they do: drafter review -m matter II --by NAME" in said
    assert sorted(path.name for path in file.parent.iterdir()) == ["leash.md"]
    assert claim in " ".join(drafter("changes", "matter").stdout.split())
    assert told("changes", "matter")["claims"]["c1"]["unread"] == ["II"]
    sent = " ".join(drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13").stdout.split())
    assert "1.2 Leash: its words are in wording/leash.md, which says that they meet II" in sent
    drafter("review", "-m", "matter", "II", "--by", "Ann Attorney", code=1)  # the rest is still to be read
    assert "which says that they meet II; an attorney has read them so." in drafter("changes", "matter").stdout


def test_a_section_that_no_longer_says_a_requirement_is_named():
    extra = small.clause("Price", f"soon|preferred||II|{TERMS}It pays within 30 days.")
    small.build(Path("lib"), clauses={"price": extra})
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    Path("back.docx").write_bytes(returns.edited(OUT.read_bytes(), (THEM, "It pays", "It should pay")))
    drafter("receive", "matter", "back.docx", "--on", "2026-09-11")
    said = " ".join(decide("accept", "c1", "--try").stdout.split())
    assert "Fewer sections II was said in 1.2 and 1.3; now in 1.2 alone; 1.3 is to be read" in said
    (moved,) = told("decide", "matter", "accept", "c1")["said_in_fewer"]
    assert (moved["requirement"], moved["after"], moved["to_read"]) == ("II", ["1.2"], ["1.3"])


def test_what_was_sent_is_nearest_where_a_sentence_of_another_wording_was_added():
    more = "A bill says what each walk was for, on which day, in what weather, and with which of the dogs."
    prices = small.clause(
        "Price", f"soon|preferred|||{TERMS}It pays within 30 days. It pays no more than that to anybody at all.",
        f"later|acceptable|||It is free. {more}",
    )  # fmt: skip
    small.build(Path("lib"), clauses={"price": prices})
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    Path("back.docx").write_bytes(
        returns.edited(OUT.read_bytes(), (THEM, "anybody at all.", f"anybody at all. {more}"))
    )
    (change,) = told("receive", "matter", "back.docx", "--on", "2026-09-11")["changes"]
    assert (change["meaning"]["alternative"], change["meaning"]["missing"]) == ("soon", [])


def test_what_to_remember_is_told_by_its_place_in_the_matter():
    came((THEM, "agree.", "do agree."))
    place = Path("matter").absolute()
    said = " ".join(drafter("send", str(place), "--to", "another", "--on", "2026-09-13").stdout.split())
    assert "Remember 1 of 1 changes" not in said
    reminded = " ".join(drafter("send", str(place), "--to", "kennel", "--on", "2026-09-14").stdout.split())
    assert "Remember 1 of 1 changes of round 2 are not answered: c1; drafter decide" in reminded


# -- sending ------------------------------------------------------------------------------------


def test_a_final_waits_for_every_answer_and_a_reply_says_no_reason():
    Path("lib/letter.md").write_text(LETTER, "utf-8")
    came((THEM, "within 30 days", "within 60 days"), (THEM, "The dogs want out.", "The dogs wish to go out."))
    assert (
        "2 of 2 changes of round 2 are not answered: c1, c2, and a final waits for every answer"
        in drafter("send", "matter", "--to", "kennel", "--final", "--on", "2026-09-13", code=1).output
    )
    decide("accept", "c2", "--because", "SECRET", "--reply", "With thanks.")
    assert "answers to your" not in returns.words(OUT.with_name("letter.docx").read_bytes())
    assert "1 of 2 changes of round 2 are not answered: c1" in " ".join(
        drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13").stdout.split()
    )
    out = Path("matter/rounds/03-to-kennel/outgoing")
    held = {path.name: path.read_bytes() for path in out.iterdir()}
    assert sorted(held) == ["contract.docx", "letter.docx", "redline-to-round-02.docx", "redline.docx", "reply.docx"]
    for said in ("The answers to your changes are enclosed.", "Your version is compared."):
        assert said in returns.words(held["letter.docx"])
    reply = returns.words(held["reply.docx"])
    assert "Accepted" in reply
    assert "With thanks." in reply
    assert all("SECRET" not in returns.words(data) for data in held.values())
    against = returns.words(held["redline-to-round-02.docx"])
    assert "wish" in against  # theirs, which ours doesn't have
    counted = next(one for one in told("history", "matter") if one["direction"] == "from")["their_changes"]
    assert (counted["offered"], counted["accepted"], counted["later"], counted["silent"]) == (2, 1, 1, 0)


def test_of_a_pdf_only_the_words_are_compared():
    small.build(Path("lib"), clauses={"price": PRICE})
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    contract = from_json((OUT.parents[1] / "contract.json").read_text("utf-8"))
    laid = sent.of_contract(contract, furniture.of(shipped.template("agreement")))
    lines = [f"{number} {line.text}".strip() for number, line in zip(laid.numbers, laid.lines, strict=True)]
    lines = [line.replace("within 30", "within 60").replace("\xa0", " ") for line in lines]
    Path("back.pdf").write_bytes(returns.printed(lines))
    found = told("receive", "matter", "back.pdf", "--on", "2026-09-11")
    assert found["by_words"]
    assert [(one["before"], one["after"], one["silent"]) for one in found["changes"]] == [("30", "60", True)]
    assert found["changes"][0]["meaning"]["alternative"] == "later"
    assert Path("matter/rounds/02-from-kennel/incoming/contract.pdf").read_bytes() == Path("back.pdf").read_bytes()
    assert "This is a PDF" in drafter("changes", "matter").stdout


# -- chains -------------------------------------------------------------------------------------

OFFERED = (
    ("within 30 days", "within 60 days"), ("31, 2026", "30, 2026"), ("The dogs want out.", "The dogs wish to go out."),
    ("It pays", "It shall pay"), ("agree.", "agree to that."), ("As it stands:", "As it now stands:"),
)  # fmt: skip


def chain(chance: random.Random, rounds: int = 2) -> None:
    """Send, have it edited, receive, answer and send again, and hold the contract to what the answers say."""
    small.build(Path("lib"), clauses={"price": PRICE})
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    for number in range(rounds):
        out = max(Path("matter/rounds").glob("*-to-*")) / "outgoing/contract.docx"
        there = [pair for pair in OFFERED if returns.can(out.read_bytes(), pair[0])]
        offers = chance.sample(there, min(len(there), chance.randint(1, 4)))
        authors = [chance.choice((THEM, CHIEF, "")) for _ in offers]
        changes = [(author, *pair) for author, pair in zip(authors, offers, strict=True)]
        Path("back.docx").write_bytes(returns.edited(out.read_bytes(), *changes))
        found = told("receive", "matter", "back.docx", "--on", f"2026-09-{10 + 5 * number}")
        answers = {change["name"]: chance.choice(("accept", "reject")) for change in found["changes"]}
        for name in chance.sample(sorted(answers), len(answers)):
            drafter("decide", "matter", answers[name], name, "--on", f"2026-09-{11 + 5 * number}")
        drafter("send", "matter", "--to", "kennel", "--on", f"2026-09-{12 + 5 * number}")
        latest = max(Path("matter/rounds").glob("*-to-*")) / "outgoing/contract.docx"
        wanted = [
            change for change, section in zip(changes, sections_of(changes, found), strict=True)
            if answers[section] == "accept"
        ]  # fmt: skip
        expected = returns.words(returns.edited(out.read_bytes(), *(("", old, new) for _, old, new in wanted)))
        assert returns.plain(returns.words(latest.read_bytes())) == returns.plain(expected), offers


def sections_of(changes, found) -> list[str]:
    """Return the name of the change that each edit was told as."""
    told_as = []
    for author, old, new in changes:
        fitting = [
            one["name"] for one in found["changes"]
            if (author in one["authors"] if author else one["silent"]) and returns.within(one, old, new)
        ]  # fmt: skip
        assert fitting, (author, old, new, found["changes"])
        told_as.append(fitting[0])
    return told_as


def steps(chance: random.Random, names: dict[str, str]) -> tuple[str, ...]:
    """Return an answer to one change, or to several at once."""
    some = chance.sample(sorted(names.values()), chance.choice((1, 1, 2)))
    offered = (("--with", "later"), ("--value", "fee=9,000"), ("--value", "starts=2026-09-07"))
    counters = [("counter", names["days"], *chance.choice(offered)), ("counter", names["starts"], *offered[2])]
    return chance.choice(
        [("accept", *some), ("accept", *some), ("reject", *some), ("later", some[0]), *counters, ("--undo",)]
    )


def wanted(names: dict[str, str], answers: dict[str, dict], fee: str) -> str:
    """Return how the price reads with the answers that are told."""
    said = {what: answers.get(name, {"answer": ""}) for what, name in names.items()}
    accepted = {what for what, one in said.items() if one["answer"] == "accept"}
    counters = [one for one in said.values() if one["answer"] == "counter"]
    given = dict(pair for one in counters for pair in one["questions"])
    starts = "August 30, 2026" if "starts" in accepted else "August 31, 2026"
    starts = "September 7, 2026" if "starts" in given else starts
    fee = "nine thousand dollars ($9,000)" if "fee" in given else fee
    days = "60" if any(not one["questions"] for one in counters) else "45" if "days" in accepted else "30"
    pays = "shall pay" if "pays" in accepted else "pays"
    return f"The Town pays {fee} from {starts}, as Section 1.2 says. It {pays} within {days} days."


@pytest.mark.parametrize("seed", range(int(os.environ.get("CHAINS", "2"))))
def test_whatever_is_answered_one_after_the_other_the_contract_reads_as_the_answers_say(seed):
    came((THEM, "It pays", "It shall pay"), (THEM, "30 days", "45 days"), (CHIEF, "31, 2026", "30, 2026"))
    there = told("changes", "matter")["changes"]
    names = {("starts" if c["question"] else "days" if "45" in c["after"] else "pays"): c["name"] for c in there}
    fee = now("price").partition(" from ")[0].removeprefix("The Town pays ")
    chance = random.Random(seed)  # noqa: S311  # which answers are tried
    done = []
    for _ in range(8):
        done.append(steps(chance, names))
        decide(*done[-1], code=None)
        answers = told("changes", "matter")["answers"]
        for name in (name for name in done[-1] if name in names.values()):  # none where one was taken back
            assert answers[name]["answer"] == done[-1][0], done
        assert now("price") == wanted(names, answers, fee), done


@pytest.mark.parametrize("seed", range(int(os.environ.get("CHAINS", "2"))))
def test_a_chain_of_rounds_ends_in_the_contract_that_the_answers_say(seed):
    chain(random.Random(seed))  # noqa: S311  # which edits are tried
