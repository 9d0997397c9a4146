"""The answers to every kind of question are divided where conditions compare them, or what can't be is named."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
import small
from hypothesis import given
from hypothesis import strategies as st
from small import QUESTIONNAIRE, clause, load

from drafter.proving import holes, proof
from drafter.proving.solving.lengths import Lengths

END = "checks:\n"


def proved(tmp_path, *whens: str, asked: str = "", checks: str = "", questionnaire: str = QUESTIONNAIRE) -> proof.Proof:
    """Prove the small library with these conditions in its notes, and more questions and checks."""
    text = questionnaire.replace(END, f"{asked}{END}{checks}")
    return proof.prove(load(tmp_path, questionnaire=text, clauses={"notes": small.noted(*whens)}))


def gaps(made: proof.Proof) -> list[dict[str, object]]:
    """Return the smallest answers under which the notes have no wording."""
    return [dict(hole.given) for hole in made.holes if hole.claim.problem.code == "no-alternative"]


def listed(made: proof.Proof) -> list[list[dict[str, object]]]:
    """Return the dogs of each hole, a record a dog."""
    return [[dict(record.values) for record in given["dogs"]] for given in gaps(made)]


def undecided(made: proof.Proof) -> set[str]:
    return {condition for _, condition in made.undecided}


def test_an_unanswered_question_is_a_case_of_its_own(tmp_path):
    asked = QUESTIONNAIRE.replace("        default: short\n", "        blank: Leash\n")
    assert gaps(proof.prove(load(tmp_path, questionnaire=asked))) == [{}]


def test_numbers_are_divided_where_they_are_compared(tmp_path):
    assert gaps(proved(tmp_path, "fee < 100", "fee > 100", "not (fee | answered)")) == [{"fee": 100}]


def test_two_questions_that_are_compared_are_divided_by_their_order(tmp_path):
    whens = ("starts < ends", "not (starts | answered and ends | answered)")
    made = proved(tmp_path / "refused", *whens)
    assert (made.holes, made.relied_on) == ((), ("order", "some"))
    free = QUESTIONNAIRE.replace("holds: starts < ends", "holds: starts <= ends")
    (found,) = gaps(proved(tmp_path / "free", *whens, questionnaire=free))
    assert found["starts"] == found["ends"]


def test_a_day_moved_by_months_is_compared_exactly(tmp_path):
    whens = ("(starts | add_months(6)) < '2027-03-01'", "not (starts | answered)", "starts >= '2026-09-02'")
    assert gaps(proved(tmp_path, *whens)) == [{"starts": date(2026, 9, 1)}]


def test_records_are_divided_by_their_kinds(tmp_path):
    made = proved(tmp_path, "dogs | having('size', 'small')", "not (dogs | having('size', 'large'))")
    assert listed(made) == [[{"size": "large"}]]


def test_numbers_of_records_are_divided_where_they_are_compared(tmp_path):
    (dogs,) = listed(proved(tmp_path, "(dogs | count) < 3", "(dogs | count) > 3", "not (dogs | answered)"))
    assert len(dogs) == 3


def test_a_list_of_a_field_is_divided_by_what_it_holds(tmp_path):
    (dogs,) = listed(proved(tmp_path, "'Rex' in (dogs | field('name'))", "not dogs"))
    assert len(dogs) == 1
    assert "Rex" not in str(dogs)


def test_a_condition_that_cannot_be_divided_is_named(tmp_path):
    assert not undecided(proved(tmp_path / "any", "(note | upper) == 'X'", "true"))  # the fallback takes the rest
    made = proved(tmp_path, "(note | upper) == 'X'")
    assert undecided(made) == {"note | upper == 'X'"}
    assert [p.code for p in proof.problems(made)] == ["undecided"]


def test_a_field_of_a_record_that_is_asked_of_some_is_answered_together_with_what_asks_it(tmp_path):
    made = proved(tmp_path, "not (dogs | having('chain', 'iron'))")
    assert listed(made) == [[{"size": "large", "chain": "iron"}]]


def test_a_field_that_is_asked_because_of_another_that_is_asked_is_reached(tmp_path):
    when = "size == 'large' and chain == 'iron'"
    link = f"          - {{id: link, type: text, prompt: Which link?, blank: Link, ask_when: {when}}}\n"
    asked = QUESTIONNAIRE.replace("      - {id: bites", f"{link}      - {{id: bites")
    made = proved(tmp_path, "not (dogs | having('link', 'oval'))", questionnaire=asked)
    assert listed(made) == [[{"size": "large", "chain": "iron", "link": "oval"}]]


def test_a_field_whose_condition_is_always_true_is_asked_of_every_record(tmp_path):
    asked = QUESTIONNAIRE.replace("ask_when: size == 'large'}", "ask_when: (size == 'large') | answered}")
    made = proved(tmp_path, "not (dogs | having('chain', 'iron'))", questionnaire=asked)
    assert listed(made) == [[{"chain": "iron"}]]


def test_options_that_can_be_chosen_together_are_tried_together(tmp_path):
    toys = "[{value: ball, label: Ball}, {value: rope, label: Rope}, {value: bone, label: Bone}]"
    asked = f"      - {{id: toys, type: choices, prompt: Which toys?, blank: Toys, options: {toys}}}\n"
    made = proved(tmp_path, "not ('ball' in toys and 'bone' in toys)", asked=asked)
    assert gaps(made) == [{"toys": ("ball", "bone")}]
    assert holes.answers_text(made.holes[0], {}).endswith("\ntoys: [ball, bone]\n")


def test_more_options_than_can_be_tried_together_are_named(tmp_path):
    toys = ", ".join(f"{{value: t{n}, label: T}}" for n in range(12))
    asked = f"      - {{id: toys, type: choices, prompt: Which toys?, blank: Toys, options: [{toys}]}}\n"
    made = proved(tmp_path, "'t1' in toys", asked=asked)
    assert undecided(made) == {"toys, of which 12 options can be chosen together"}


def test_more_kinds_of_records_than_can_be_tried_are_named(tmp_path):
    fields = "".join(f"          - {{id: f{n}, type: yes-no, prompt: F{n}?, blank: F}}\n" for n in range(8))
    asked = QUESTIONNAIRE.replace("      - {id: bites", f"{fields}      - {{id: bites")
    whens = [" or ".join(f"(dogs | having('f{n}', true))" for n in range(8))]
    made = proved(tmp_path, *whens, questionnaire=asked)
    assert undecided(made) == {"dogs, of which there are more than 4000 kinds"}


def test_more_lists_of_records_than_can_be_tried_are_named(tmp_path):
    made = proved(tmp_path, "(dogs | having('size', 'small') | count) < 500 or (dogs | count) < 500")
    assert undecided(made) == {"dogs, of which there are 2 kinds"}


def test_a_length_is_compared_however_large_the_number_and_many_the_kinds(tmp_path):
    few = "(dogs | having('size', 'small') | count) < 150"
    (dogs,) = listed(proved(tmp_path, f"{few} or dogs | having('chain', 'iron')", "not dogs | answered"))
    assert dogs == [{"size": "small"}] * 150


def test_lengths_of_lists_that_share_records_are_tried_together(tmp_path):
    whens = "not ((dogs | having('size', 'small') | count) == 3 and (dogs | count) == 5)", "not dogs | answered"
    (dogs,) = listed(proved(tmp_path, *whens))
    assert sorted(str(dog.get("size")) for dog in dogs if dog.get("size") == "small") == ["small"] * 3
    assert len(dogs) == 5


def test_a_list_that_must_have_four_records_is_filled_up_with_those_that_are_not_counted(tmp_path):
    asked = QUESTIONNAIRE.replace("        singular: dog\n", "        singular: dog\n        min: 4\n")
    whens = "(dogs | having('size', 'small') | count) != 1", "not dogs | answered"
    (dogs,) = listed(proved(tmp_path, *whens, questionnaire=asked))
    assert [dog.get("size") for dog in dogs].count("small") == 1
    assert len(dogs) == 4


def told_apart(counts, counted, numbers):
    """Return what conditions can see of a list: which kinds are in it, and how each counted length compares."""
    lengths = [sum(n for n, of in zip(counts, counted, strict=True) if of[c]) for c in range(len(counted[0]))]
    compared = tuple((length > number) - (length < number) for length in lengths for number in sorted(numbers))
    return tuple(map(bool, counts)), compared


@given(
    st.integers(1, 2).flatmap(lambda n: st.lists(st.tuples(*[st.booleans()] * n), min_size=1, max_size=3)),
    st.sets(st.integers(0, 4), max_size=2),
    st.integers(0, 5),
    st.integers(5, 12),
)
def test_every_list_that_can_be_told_apart_is_tried(counted, numbers, low, high):
    every = itertools.product(range(9), repeat=len(counted))
    wanted = {told_apart(counts, counted, numbers) for counts in every if low <= sum(counts) <= high}
    found = [[list(made).count(k) for k in range(len(counted))] for made in Lengths(counted, numbers).lists(low, high)]
    assert all(low <= sum(counts) <= high for counts in found)
    assert {told_apart(counts, counted, numbers) for counts in found} == wanted
    assert len(found) <= Lengths(counted, numbers).most


def test_a_list_that_must_have_two_records_has_two_in_the_answers(tmp_path):
    asked = QUESTIONNAIRE.replace("        singular: dog\n", "        singular: dog\n        min: 2\n")
    made = proved(tmp_path, "not (dogs | having('size', 'large'))", questionnaire=asked)
    assert listed(made) == [[{"size": "large"}, {"size": "large"}]]


def test_the_default_of_a_field_is_not_answered_again(tmp_path):
    asked = QUESTIONNAIRE.replace("            blank: Size\n", "            default: large\n")
    whens = ("not dogs", "dogs | having('size', 'small')")
    assert listed(proved(tmp_path, *whens, questionnaire=asked)) == [[{}]]


def test_records_are_told_apart_by_another_question(tmp_path):
    text = "standard|preferred|||Walks:\n\n1. {each: d in dogs} {when: d.name == walker} see [[muzzle]]."
    found = {
        h.claim.problem.code: h for h in proof.prove(load(tmp_path, clauses={"notes": clause("Notes", text)})).holes
    }
    assert sorted(found) == ["dead-reference", "empty-list"]
    hole = found["dead-reference"]
    (dog,) = hole.given["dogs"]
    assert dict(dog.values) == {"name": hole.given["walker"]}


def test_a_text_is_compared_with_the_options_of_a_choice(tmp_path):
    assert gaps(proved(tmp_path, "walker != leash", "not (walker | answered)")) == [{"walker": "short"}]


def test_the_words_of_a_choice_are_compared_with_constants(tmp_path):
    assert gaps(proved(tmp_path, "(leash | label) != 'Long'")) == [{"leash": "long"}]


def test_a_day_is_a_condition_that_holds_when_it_is_answered(tmp_path):
    assert proved(tmp_path, "starts", "not (starts | answered)").holes == ()
    assert gaps(proved(tmp_path, "not starts")) == [{"starts": date(1900, 1, 1)}]


@pytest.mark.parametrize(
    ("whens", "given"),
    [
        (["walker != (leash | label)", "not (walker | answered)"], {"walker": "Short"}),
        (["(walker | otherwise('Ann')) != town.name", "walker | answered"], {"town.name": "Ann"}),
        (
            ["(starts | otherwise('2026-01-01')) != ends", "starts | answered", "not (ends | answered)"],
            {"ends": date(2026, 1, 1)},
        ),
        (
            [
                "(starts | add_months(1) | otherwise('2026-03-05')) != ends", "starts | answered",
                "not (ends | answered)",
            ],
            {"ends": date(2026, 3, 5)},
        ),
        (
            ["(length | otherwise(7)) != fee", "length | answered", "not (fee | answered)"],
            {"fee": 7},
        ),
    ],
)  # fmt: skip
def test_what_takes_the_place_of_an_answer_is_a_case_for_what_it_is_compared_with(tmp_path, whens, given):
    assert given in gaps(proved(tmp_path, *whens))


@pytest.mark.parametrize(
    ("when", "given"),
    [
        ("(not bites) if leash == 'long' else true", {"leash": "long", "bites": True}),
        ("('small' if bites else 'large') == 'large'", {"bites": True}),
        ("fee != (10 if bites else 20) or not bites or not (fee | answered)", {"fee": 10, "bites": True}),
    ],
)
def test_each_side_of_an_if_is_tried_where_its_condition_holds(tmp_path, when, given):
    assert gaps(proved(tmp_path, when)) == [given]


@pytest.mark.parametrize(
    "when",
    [
        "dogs | count == length",  # how many there are with a number that is answered
        "dogs | count | otherwise(2) < 3",
    ],
)
def test_a_count_that_is_compared_with_what_is_no_number_of_the_library_is_named(tmp_path, when):
    made = proved(tmp_path, when)
    assert undecided(made) == {when}
    assert [(p.code, when in p.message) for p in proof.problems(made)] == [("undecided", True)]


@pytest.mark.parametrize(
    ("whens", "given"),
    [
        (("leash == 'long'", "leash == 'short'"), []),
        (("leash == 'long'", "leash != 'long' and leash in ['short']"), []),
        (("leash == 'long'", "leash == 'short' and leash == 'long'"), [{}]),
        (("leash == 'long' and leash in ['short', 'long']",), [{}]),
        (("leash in ['short'] and leash in ['long']", "leash == 'short'"), [{"leash": "long"}]),
        (("leash in ['short'] and leash not in ['long']",), [{"leash": "long"}]),
        (("walker == 'Ann' and walker != 'Bea'", "walker != 'Ann'", "not walker | answered"), []),
        (("walker == 'Ann' and walker != 'Bea'", "walker != 'Ann'"), [{}]),
        (("fee == 5 and fee == 5.00", "fee != 5", "not fee | answered"), []),
        (("fee == 5 and fee == 6", "fee != 5", "not fee | answered"), [{"fee": 5}]),
    ],
)
def test_conditions_that_say_the_same_of_one_answer_or_exclude_each_other(tmp_path, whens, given):
    assert gaps(proved(tmp_path, *whens)) == given


AMONG = (
    "      - id: walks\n        type: records\n        prompt: W?\n        blank: Walks\n        fields:\n"
    "          - {id: dogs, type: choices, among: dogs.name, prompt: D?, blank: D}\n"
)


@pytest.mark.parametrize(
    ("condition", "dogs"),
    [("'Rex' not in (walks | field('dogs'))", [("Rex",)]), ("not ('Rex' in (walks | field('dogs')))", [("Rex",)])],
)
def test_what_is_chosen_among_a_list_is_divided_as_texts_are(tmp_path, condition, dogs):
    (found,) = gaps(proved(tmp_path, condition, "not walks", asked=AMONG))
    assert [record.values["dogs"] for record in found["walks"]] == dogs


def test_choices_among_a_list_are_told_apart_by_all_that_is_chosen(tmp_path):
    both = "not ('Rex' in (walks | field('dogs')) and 'Bit' in (walks | field('dogs')) and not (walks | count > 1))"
    (found,) = gaps(proved(tmp_path, both, asked=AMONG))
    assert [set(record.values["dogs"]) for record in found["walks"]] == [{"Rex", "Bit"}]


def test_a_day_at_the_end_of_whole_months_is_compared_exactly(tmp_path):
    whens = ("(starts | last_day(12)) < '2028-02-29'", "not (starts | answered)", "starts >= '2027-03-02'")
    assert gaps(proved(tmp_path, *whens)) == [{"starts": date(2027, 3, 1)}]


def test_days_are_divided_by_their_weekday_too(tmp_path):
    weekend = "starts | weekday in ['Saturday', 'Sunday']"
    whens = (weekend, "not (starts | answered)", "starts < '2026-09-04' or starts > '2026-09-06'")
    assert gaps(proved(tmp_path / "friday", *whens)) == [{"starts": date(2026, 9, 4)}]
    assert gaps(proved(tmp_path / "none", *whens[:2], whens[2].replace("-04", "-05"))) == []


def test_two_days_that_are_compared_are_divided_by_their_weekdays(tmp_path):
    days = ("starts | weekday != 'Monday' or ends | weekday != 'Friday'", "ends > starts | add_days(4)")
    (found,) = gaps(proved(tmp_path, *days, "not (starts | answered and ends | answered)"))
    assert (found["starts"].weekday(), found["ends"].weekday()) == (0, 4)
    assert found["ends"] - found["starts"] <= timedelta(days=4)


def test_texts_are_divided_by_what_they_mention(tmp_path):
    whens = ("walker | mentions('Ann') and walker | mentions('Bob')", "not (walker | mentions('Ann'))")
    (found,) = gaps(proved(tmp_path, *whens))
    assert "Ann" in found["walker"]
    assert "Bob" not in found["walker"]
    assert gaps(proved(tmp_path / "within", "walker | mentions('Ann')", "not (walker | mentions('van Ann'))")) == []


def test_a_phrase_may_have_the_words_of_a_sample(tmp_path):
    whens = ("walker | mentions('name1')", "walker | mentions('Name 1', 'name2')", "not (walker | answered)")
    (found,) = gaps(proved(tmp_path, *whens))
    assert found["walker"].casefold() not in ("name1", "name2", "name 1")


def test_lists_are_divided_by_whether_two_of_their_records_are_the_same(tmp_path):
    whens = ("dogs | distinct('name')", "not (dogs | answered)")
    (found,) = listed(proved(tmp_path, *whens))
    assert [dog["name"] for dog in found] == ["Name 1", "Name 1"]
    one = QUESTIONNAIRE.replace("        singular: dog\n", "        singular: dog\n        max: 1\n")
    assert gaps(proved(tmp_path / "one", *whens, questionnaire=one)) == []


def test_what_the_proof_can_not_divide_is_named(tmp_path):
    for number, (when, named) in enumerate(
        {
            "walker | mentions(note)": "walker | mentions(note)",
            "dogs | field('name') | mentions('Rex')": "dogs | field('name') | mentions('Rex')",
            "walker | mentions_only('Rex')": "walker | mentions_only('Rex')",
            "dogs | distinct('name') and dogs | having('name', 'Rex')": "dogs | distinct, beside other conditions",
            "dogs | distinct_names('name')": "dogs | distinct_names('name')",
            "dogs | having('size', 'small') | distinct('name')": "dogs | having('size', 'small') | distinct('name')",
            f"walker | mentions({', '.join(f'{n!r}' for n in map(str, range(11)))})": "walker, in which 11 phrases are",
        }.items()
    ):
        found = undecided(proved(tmp_path / str(number), when))
        assert found, when
        assert all(condition.startswith(named) for condition in found)


def test_a_check_that_can_not_be_divided_excuses_no_answers(tmp_path):
    check = "  - {id: c, holds: not (dogs | field('name') | mentions(walker)), questions: [dogs], message: M}\n"
    made = proved(tmp_path, "walker != 'Name 1'", checks=check)
    assert [set(given) for given in gaps(made)] == [set()]
