"""An interview without a terminal: what comes next, what an answer does, and the text of the answers file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import generated
import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter.asking import carrying, dialogue, effects, interview, reasons, spoken
from drafter.asking.pages import Reply, finding, overview
from drafter.asking.saving import Store
from drafter.base import yaml_tree
from drafter.base.problems import DraftingError
from drafter.matters import answers, blank_answers
from drafter.matters.editing import answers_text
from drafter.reading.questionnaire import dates, one_answer

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def lib(tmp_path_factory):
    return small.load(tmp_path_factory.mktemp("lib"))


@pytest.fixture(scope="module")
def shipped():
    return generated.real_library()


def change(lib, text: str, question: str, written) -> str:
    return answers_text.with_answer(text, "answers.yaml", lib.questionnaire, question, written)


# -- the text of the answers file ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "question", "written", "after"),
    [
        ("walker: Ann # known\nfee: 1\n", "walker", "Bea", "walker: Bea # known\nfee: 1\n"),
        ("walker:   # who?\nfee: 1\n", "walker", "Bea", "walker: Bea   # who?\nfee: 1\n"),
        ("walker: 'It''s # Ann'  # note\n", "walker", "Bea", "walker: Bea  # note\n"),
        ('"walker" : Ann\n', "walker", "Bea", '"walker" : Bea\n'),
        ("# walker: ask Ann\nfee: 1\n", "walker", "Bea", "# walker: ask Ann\nfee: 1\n\nwalker: Bea\n"),
        ("# leash: short\n# leash is short\n", "leash", "long", "leash: long\n# leash is short\n"),
        ("town:\n  # name: Town of Bark\n# end\n", "town.name", "Barks", "town:\n  name: Barks\n# end\n"),
        ("town:\n# end\n", "town.name", "Barks", "town:\n  name: Barks\n# end\n"),
        ("", "town.name", "Barks", "town:\n  name: Barks\n"),
        ("walker: Ann\n# then\nfee: 1\n", "starts", "2026-08-31", "walker: Ann\nstarts: 2026-08-31\n# then\nfee: 1\n"),
        ("note: |\n  One.\n  # two\n\nfee: 1\n", "note", "Two.", "note: Two.\n\nfee: 1\n"),
        ("note: one\n  two\nfee: 1\n", "note", "a: b\nc", 'note: "a: b\\nc"\nfee: 1\n'),
        ("walker: Ann # known\n", "walker", None, "walker: # known\n"),
        ("walker: Ann", "walker", "no", "walker: no"),
    ],
)  # fmt: skip
def test_one_answer_is_changed_and_every_other_line_stays(lib, before, question, written, after):
    assert change(lib, before, question, written) == after


DOGS = """\
dogs:
  # the old one
  - name: Rex   # barks
    size: large
  # the young one
  - {name: Bit, size: small}  # quiet
# end
"""


def rex(**fields):
    return {"name": "Rex", "size": "large", **fields}


BIT = {"name": "Bit", "size": "small"}


@pytest.mark.parametrize(
    ("records", "old", "new"),
    [
        ((rex(name="Max"), BIT), "name: Rex ", "name: Max "),
        ((rex(chain="iron"), BIT), "    size: large\n", "    size: large\n    chain: iron\n"),
        ((rex(), {**BIT, "name": "A, B"}), "{name: Bit, size: small}", '{name: "A, B", size: small}'),
        ((rex(), BIT, {"name": "Kay"}), "# quiet\n", "# quiet\n  - name: Kay\n"),
        ((rex(),), "  - {name: Bit, size: small}  # quiet\n", ""),
        ((BIT,), "  - name: Rex   # barks\n    size: large\n", ""),
    ],
)
def test_one_record_is_changed_and_the_comments_of_the_others_stay(lib, records, old, new):
    assert change(lib, DOGS, "dogs", records) == DOGS.replace(old, new)


def test_a_list_that_is_a_comment_is_opened(lib):
    blank = blank_answers.blank_file(lib.questionnaire, lib.title)
    made = change(lib, blank, "dogs", (rex(), BIT))
    assert "\ndogs:\n  - name: Rex\n    size: large\n  - name: Bit\n    size: small\n" in made
    assert [line for line in blank.splitlines() if line not in made.splitlines()] == []


@pytest.mark.parametrize(
    "text", ["{walker: Ann, fee: 1}\n", "town: {name: Bark}\n", "dogs: [{name: Rex},\n # here\n {name: Bit}]\n"]
)
def test_lines_that_hold_more_than_one_answer_are_refused_and_not_harmed(lib, text):
    question, written = {"{": ("walker", "Bea"), "t": ("town.name", "Barks"), "d": ("dogs", (rex(),))}[text[0]]
    with pytest.raises(DraftingError) as caught:
        change(lib, text, question, written)
    assert [p.code for p in caught.value.problems] == ["unchangeable-line"]
    assert "on lines of their own" in caught.value.problems[0].hint


WORDS = generated.lines(30)
NAMES = st.sampled_from(["walker", "note", "town.name"])
LAYOUTS = st.sampled_from(
    [
        "",
        small.ANSWERS,
        "# mine\ntown:\n  # here\n  name: Bark # so\n\nnote: |\n  One.\n  Two.\n# end\n",
        DOGS,
        "dogs: []\n",
        "dogs: [] # none yet\nwalker: Ann\n",
    ]
)


@given(LAYOUTS, NAMES, st.one_of(WORDS, generated.paragraphs()))
@settings(max_examples=often(300))
def test_any_text_is_read_back_as_it_was_typed_and_no_comment_is_lost(lib, text, question, words):
    made = change(lib, text, question, words)
    tree = yaml_tree.parse(made, "answers.yaml")
    assert yaml_tree.plain(yaml_tree.at(tree, question.split("."))) == words
    others = {k: v for k, v in yaml_tree.plain(yaml_tree.parse(text, "")).items() if k != question.partition(".")[0]}
    assert {k: v for k, v in yaml_tree.plain(tree).items() if k in others} == others
    for line in text.splitlines():
        assert "#" not in line or line.partition("#")[2] in made


@given(
    st.lists(
        st.fixed_dictionaries({"name": WORDS.filter(bool), "size": st.sampled_from(["small", "large"])}), max_size=4
    ),
    LAYOUTS,
)
def test_any_list_is_read_back_as_it_was_given(lib, records, text):
    made = change(lib, text, "dogs", tuple(records) or None)
    assert (yaml_tree.plain(yaml_tree.parse(made, "")).get("dogs") or []) == records


def test_every_example_can_be_written_answer_by_answer_into_a_new_file(shipped):
    for example in ("st-louis-park", "st-louis-park-declined"):
        text = generated.example(example)
        tree, made = yaml_tree.parse(text, "answers.yaml"), blank_answers.blank_file(shipped.questionnaire, "")
        for question in shipped.questionnaire.questions:
            made = change(shipped, made, question, answers_text.plain_of(yaml_tree.at(tree, question.split("."))))
        wanted = answers.parse(text, "answers.yaml", shipped.questionnaire)
        assert answers.parse(made, "answers.yaml", shipped.questionnaire).given == wanted.given


# -- what is asked, and what an answer does -----------------------------------------------------


def begin(lib, text=""):
    return interview.begin(lib, text, "answers.yaml")


def test_progress_counts_what_is_asked_and_what_is_answered(lib):
    here = begin(lib, "leash: long\nlength: 6\nwalker: Ann\n")
    assert interview.section(here, "length").title == "Dogs"
    assert (interview.place(here, "length"), interview.done(here)) == ((4, 6), (3, 10))
    assert interview.place(begin(lib), "fee") == (4, 5)
    assert interview.place(begin(lib), "length") == (0, 5)


def test_the_order_leaves_out_what_is_not_asked(lib):
    here = begin(lib)
    assert interview.following(here, "leash") == ("fee", "note")
    assert interview.before(here, "fee") == "leash"
    assert interview.before(here, "town.name") == ""
    assert interview.following(here, "", "parties") == ("town.name", "walker", "starts", "ends")


def test_blanks_are_what_the_draft_would_show(lib):
    here = begin(lib, "dogs:\n  - {name: Rex, size: large}\n  - {size: small}\n")
    assert {q: interview.blanks(here, q) for q in ("town.name", "walker", "dogs", "length", "note")} == {
        "town.name": 0, "walker": 1, "dogs": 2, "length": 0, "note": 0,
    }  # fmt: skip


def test_an_answer_says_what_it_decides_opens_and_closes(lib):
    old = begin(lib, "length: 6\n")
    new = interview.answer(old, "leash", "long")
    effect = effects.of(old, new, "leash")
    (leash,) = effect.decided
    assert (leash.before.alternative.id, leash.after.alternative.id, leash.is_new) == ("short", "long", True)
    assert (effect.opened, effect.closed) == (("length",), ())
    back = effects.of(new, interview.answer(new, "leash", "short"), "leash")
    assert back.closed == ("length",)
    assert new.text == "length: 6\n\nleash: long\n"


def test_what_an_answer_no_longer_gives_up_does_not_read_as_if_it_were_given(lib):
    old, new = begin(lib, "leash: long\n"), begin(lib, "leash: short\n")
    said = [n.text for n in effects.notices(new, effects.of(old, new, "leash"))]
    assert "No longer given up: Something." in said
    back = [n.text for n in effects.notices(old, effects.of(new, old, "leash"))]
    assert "Concedes: Something." in back


def test_an_answer_that_drops_or_brings_in_a_clause_says_so(lib):
    old = begin(lib)
    effect = effects.of(old, interview.answer(old, "bites", "yes"), "bites")
    assert [(d.clause.id, d.before, d.after.alternative.id) for d in effect.decided] == [("muzzle", None, "standard")]
    assert [p.message for p in effect.found] == ["A dog bites."]


def test_a_notice_names_the_questions_and_clauses_that_it_is_about(lib):
    def about(old, new, name):
        return [(n.questions, n.clauses) for n in effects.notices(new, effects.of(old, new, name))]

    short = begin(lib, "length: 6\nstarts: 2026-09-01\n")
    long = interview.answer(short, "leash", "long")
    decided = [((), ("leash",))] * 3
    assert about(short, long, "leash") == [*decided, (("length",), ())]
    assert about(long, short, "leash")[-1] == (("length",), ())
    early = interview.answer(long, "ends", "2026-01-01")
    assert about(long, early, "ends") == [(("starts",), ())]


def test_trying_an_answer_changes_nothing(lib):
    here = begin(lib)
    there = interview.tried(here, "leash", "long")
    assert there.choices["leash"].alternative.id == "long"
    assert here.selection.choices["leash"].alternative.id == "short"


def test_an_answer_that_does_not_fit_is_refused_with_what_to_do(lib):
    with pytest.raises(DraftingError) as caught:
        one_answer.as_kept(lib.questionnaire.questions["length"], "31")
    assert "not between 1 and 30" in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-07-01", date(2026, 7, 1)), ("7/1/26", date(2026, 7, 1)), ("07/01/2026", date(2026, 7, 1)),
        ("July 1, 2026", date(2026, 7, 1)), ("jul. 1 2026", date(2026, 7, 1)), ("1 July 2026", date(2026, 7, 1)),
        ("the 1st day of July, 2026", date(2026, 7, 1)), ("1st of July 2026", date(2026, 7, 1)),
        ("1 day July 2026", None), ("the July 1, 2026", None),
        ("Sept 3rd, 2026", date(2026, 9, 3)), ("2/29/2028", date(2028, 2, 29)),
        ("2/29/2026", None), ("13/1/2026", None), ("tomorrow", None), ("July 2026", None), ("", None),
        ("abc 1, 2026", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written_in_america(words, day):
    try:
        assert dates.read(words) == day
    except dates.NoDateError:
        assert day is None


def test_a_file_in_any_spelling_drafts_the_same_contract_as_the_interviews_own(lib):
    typed = {
        "walker": "Ann", "starts": "Monday, August 31, 2026", "ends": "6/30/2027", "bites": "Y", "leash": "LONG",
        "length": "6", "fee": "$12,500.50",
    }  # fmt: skip
    here, lines = begin(lib), []
    for name, words in typed.items():
        here = interview.answer(here, name, one_answer.as_kept(here.question(name), words)[0])
        lines.append(f'{name}: "{words}"')
    dogs = "dogs:\n  - {name: Rex, size: %s}\n"
    spelled = "\n".join(lines) + "\n" + dogs % "Small"
    kept = here.text + dogs % "small"
    assert kept != spelled
    assert small.made(lib, kept).contract == small.made(lib, spelled).contract


def test_answers_are_said_in_words(lib):
    questions = lib.questionnaire.questions
    words = {"starts": "7/1/26", "bites": "y", "leash": "long", "fee": "$12,500.50", "length": "6"}
    said = {name: spoken.said(questions[name], one_answer.as_kept(questions[name], words[name])[1]) for name in words}
    assert said == {
        "starts": "Wednesday, July 1, 2026",
        "bites": "Yes",
        "leash": "Long",
        "fee": "$12,500.50",
        "length": "6",
    }


def test_the_review_has_every_question_and_what_is_kept_out(lib):
    rows = {r.question.id: r for r in overview.rows(begin(lib, "length: 6\nwalker: Ann\n"))}
    assert {name: row.status for name, row in rows.items()} == {
        "town.name": "by default", "walker": "answered", "starts": "blank", "ends": "blank", "dogs": "blank",
        "bites": "by default", "leash": "by default", "length": "not asked", "fee": "blank", "note": "unanswered",
    }  # fmt: skip
    assert rows["length"].said == "6"


def test_why_quotes_each_paragraph_of_a_range(shipped):
    rows = reasons.of(shipped, shipped.questionnaire.questions["officers"], "officers")
    assert [h for h, _ in rows if h.startswith("Policy 507.5, V.")] == [f"Policy 507.5, V.{x}" for x in "ABCD"]
    prone = reasons.of(shipped, shipped.questionnaire.questions["city.prone_restraint"], "city.prone_restraint")
    assert "If the City will not agree to prohibit prone restraint" in dict(prone)["Policy 507.5, IV.F"]
    assert any(heading == "Minnesota Statutes, section 609.06" for heading, _ in prone)


def test_every_question_of_the_library_has_a_page_and_reasons(shipped):
    talk = dialogue.begin(shipped, Store(str, lambda _: None), "answers.yaml")
    going, seen = talk.talk(), []
    page, empty = next(going), begin(shipped)
    while page.about != "review":
        seen.append(page.about)
        if len(seen) % 6 == 1:  # a page is made of the interview and the name, and of nothing else
            assert finding.page(empty, page.about) == replace(page, notices=())
        assert page.reasons, page.about
        page = going.send(Reply("skip"))
    assert seen == list(interview.following(begin(shipped), ""))


# -- from another contract ----------------------------------------------------------------------


def carry(lib, other, text=""):
    return carrying.carry(lib, text, "answers.yaml", yaml_tree.parse(other, "last.yaml"))


def begun(lib, carried):
    return interview.begin(lib, carried.text, "answers.yaml")


def test_dates_and_money_are_asked_again_and_the_rest_is_taken_over(lib):
    carried = carry(lib, small.ANSWERS)
    assert carried.taken == ("walker", "dogs")
    assert list(carried.again) == ["starts", "ends", "fee"]
    assert carried.left == {}
    assert "starts" not in carried.text


def test_what_is_in_the_new_file_already_is_not_overwritten(lib):
    carried = carry(lib, small.ANSWERS, "walker: Bea\n")
    assert carried.taken == ("dogs",)
    assert carried.text.startswith("walker: Bea\n")


def test_an_answer_that_fits_no_more_is_left_behind_with_the_reason(lib):
    carried = carry(lib, "leash: none\nwalker: Ann\nold_question: 1\n")
    assert list(carried.left) == ["leash"]
    assert "is not one of short, long" in carried.left["leash"]
    assert carried.unknown == ("old_question",)


def test_a_text_where_a_list_is_asked_for_is_left_behind(lib):
    assert "a list is expected here" in carry(lib, "dogs: Rex\n").left["dogs"]


def test_negotiated_alternatives_are_named_and_not_carried_over(lib):
    carried = carry(lib, "town: {name: Bark}\nalternatives:\n  leash: long\n")
    assert (carried.taken, carried.unknown, carried.chosen) == (("town.name",), (), {"leash": "long"})
    assert "alternatives" not in carried.text


def test_the_library_decides_what_else_is_fresh(tmp_path):
    marked = small.QUESTIONNAIRE.replace("blank: Walker's name}", "blank: Walker's name, fresh: true}")
    loaded = small.load(tmp_path, questionnaire=marked)
    assert list(carry(loaded, "walker: Ann\n").again) == ["walker"]


def test_officers_and_resolutions_of_the_shipped_library_are_fresh(shipped):
    questions = shipped.questionnaire.questions
    fresh = {name for name, question in questions.items() if interview.is_fresh(question)}
    assert {"officers", "term.start", "amount", "percent", "board_resolution", "council_resolution"} <= fresh
    assert not fresh & {"schools", "city.name", "chief_name"}


def test_what_the_city_said_of_one_contract_is_not_carried_into_the_next(shipped):
    other = generated.example("st-louis-park-declined")
    carried = carry(shipped, other)
    facts = carried.again.keys() - carried.last.keys()
    assert facts == {
        "city.prone_restraint",
        "prone_refused_by",
        "prone_refused_on",
        "policy_519_date",
        "policy_519_received_on",
        "board_resolution",
        "board_resolution_date",
        "council_resolution",
        "council_resolution_date",
    }
    assert {"officers", "term.start", "workshop_date", "cap_amount"} <= carried.last.keys()
    assert "prone_restraint" not in carried.text
    assert "refused" not in carried.text
    assert "City's answer on prone restraint" in "".join(
        notice.text for notice in carrying.notices(begun(shipped, carried), carried)
    )
    agreed = carry(
        shipped, "city: {prone_restraint: agrees}\nprone_agreed_by: Ann Example\nprone_agreed_on: 2026-04-15\n"
    )
    assert (agreed.taken, agreed.last) == ((), {})
    assert list(agreed.again) == ["city.prone_restraint", "prone_agreed_by", "prone_agreed_on"]
