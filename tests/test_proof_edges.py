"""A proof divides the answers to every kind of question, shows them as answers, and names what it can't divide."""

import json
from datetime import date

import pytest
from commands import run
from small import CLAUSES, QUESTIONNAIRE, build, clause, load

from drafter.base.problems import DraftingError
from drafter.proving import holes, proof

END = "checks:\n"


def notes(*whens: str) -> str:
    """Return a clause file whose alternatives, one a position, have these conditions."""
    places = ("preferred", "acceptable", "fallback")
    text = clause(
        "Notes", *(f"{place}|{place}|WHEN-{n}||A." for n, place in zip(range(len(whens)), places, strict=False))
    )
    for number, when in enumerate(whens):
        text = text.replace(f"WHEN-{number}", json.dumps(when))
    return text


def proved(tmp_path, *whens: str, asked: str = "", checks: str = "", questionnaire: str = QUESTIONNAIRE) -> proof.Proof:
    """Prove the small library with these conditions in its notes, and more questions and checks."""
    text = questionnaire.replace(END, f"{asked}{END}{checks}")
    return proof.prove(load(tmp_path, questionnaire=text, clauses={"notes": notes(*whens)}))


def gaps(made: proof.Proof) -> list[dict[str, object]]:
    """Return the smallest answers under which the notes have no wording."""
    return [dict(hole.given) for hole in made.holes if hole.claim.problem.code == "no-alternative"]


def listed(made: proof.Proof) -> list[list[dict[str, object]]]:
    """Return the dogs of each hole, a record a dog."""
    return [[dict(record.values) for record in given["dogs"]] for given in gaps(made)]


def undecided(made: proof.Proof) -> set[str]:
    return {condition for _, condition in made.undecided}


# -- the answers of each kind of question -------------------------------------------------------


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
    made = proved(tmp_path, "(dogs | having('size', 'small') | count) < 500 or dogs | having('chain', 'iron')")
    assert undecided(made) == {"dogs, of which there are 3 kinds"}


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
    (hole,) = proof.prove(load(tmp_path, clauses={"notes": clause("Notes", text)})).holes
    assert hole.claim.problem.code == "dead-reference"
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
def test_what_stands_in_place_of_an_answer_is_a_case_for_what_it_is_compared_with(tmp_path, whens, given):
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


# -- the checks of the questionnaire ------------------------------------------------------------


def test_a_check_of_each_record_excuses_the_answers_that_it_refuses(tmp_path):
    check = "  - {id: big, each: d in dogs, holds: d.size == 'large', message: Too small.}\n"
    small_ones = "not (dogs | having('size', 'small'))"
    made = proved(tmp_path / "refused", small_ones, checks=check)
    assert (made.holes, made.relied_on) == ((), ("big",))
    when = check.replace("message", "when: bites, message")
    assert listed(proved(tmp_path / "seldom", small_ones, checks=when)) == [[{"size": "small"}]]


def test_a_check_that_can_not_be_divided_excuses_nothing(tmp_path):
    check = "  - {id: loud, holds: (walker | upper) == 'ANN', questions: [walker], message: Not Ann.}\n"
    made = proved(tmp_path, "walker != 'Bob' or bites", checks=check)
    assert (gaps(made), made.relied_on) == ([{}], ())
    made = proved(tmp_path / "bob", "walker != 'Bob'", "not (walker | answered)", checks=check)
    assert (gaps(made), made.relied_on) == ([{"walker": "Bob"}], ())


# -- what is said of a hole ---------------------------------------------------------------------


def test_a_chosen_alternative_that_is_not_known_is_told(tmp_path, monkeypatch):
    build(tmp_path / "lib")
    (tmp_path / "matter.yaml").write_text("alternatives: {leash: rope}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("prove", "lib", "-m", "matter.yaml")
    assert result.exit_code == 1
    assert "unknown-alternative: 'leash' has no alternative 'rope'" in result.stderr
    with pytest.raises(DraftingError, match="'leash' has no alternative 'rope'"):
        proof.prove(load(tmp_path / "lib"), {"leash": "rope"})


def test_the_answers_of_a_hole_have_the_policy_and_what_is_chosen_and_draft_it(tmp_path, monkeypatch):
    leash = CLAUSES["leash"].replace("    satisfies: [II]\n    concedes", "    concedes")
    build(tmp_path / "lib", clauses={"leash": leash.replace("use a leash of", "use a rope of")})
    (tmp_path / "matter.yaml").write_text("alternatives: {leash: long}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("prove", "lib", "-m", "matter.yaml", "-o", "hole.yaml").exit_code == 1
    lines = (tmp_path / "hole.yaml").read_text("utf-8").splitlines()
    assert lines[0].startswith("# unmet-requirement: II applies")
    assert "# The policy: must use a leash" in lines
    assert lines[-2:] == ["alternatives:", "  leash: long"]
    told = run("draft", "hole.yaml", "--library", "lib").stderr
    assert "the contract would not meet II: The walker uses a leash" in told


def answers_shown(result) -> list[str]:
    """Return the answers of the first hole as the terminal shows them."""
    told = result.stdout.partition("  Answers  ")[2].partition("  Look at")[0]
    return [line.strip().removeprefix("- ") for line in told.splitlines() if line.strip()]


def test_the_records_of_a_hole_are_shown_and_written_as_answers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "lib", clauses={"notes": notes("not (dogs | having('chain', 'iron'))")})
    result = run("prove", "lib", "-o", "hole.yaml")
    assert answers_shown(result) == ["dogs: size: large, chain: iron"]
    text = (tmp_path / "hole.yaml").read_text("utf-8")
    assert text.endswith("\ndogs:\n  - size: large\n    chain: iron\n")
    assert "no alternative of 'notes' fits the answers to dogs" in run("draft", "hole.yaml", "--library", "lib").stderr
    (told,) = json.loads(run("prove", "lib", "--json").stdout)["holes"]
    assert told["answers"] == told["because"] == {"dogs": "size: large, chain: iron"}


def test_a_record_without_answers_is_shown_and_written_as_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "lib", clauses={"notes": notes("(dogs | count) != 2 or not (dogs | answered)")})
    result = run("prove", "lib", "-o", "hole.yaml")
    assert answers_shown(result) == ["dogs: one without answers; one without answers"]
    assert (tmp_path / "hole.yaml").read_text("utf-8").endswith("\ndogs:\n  - {}\n  - {}\n")
    assert "no alternative of 'notes' fits the answers to dogs" in run("draft", "hole.yaml", "--library", "lib").stderr


def test_what_is_not_asked_and_what_is_not_answered_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "lib", clauses={"notes": notes("length > 5 or fee > 5")})
    expected = ["fee: not answered", "leash: short (by default)", "length: not asked"]
    assert answers_shown(run("prove", "lib")) == expected


def test_what_can_not_be_proved_is_shown_apart_from_what_is_not_so(tmp_path):
    build(tmp_path / "lib", clauses={"notes": notes("(note | upper) == 'X'")})
    result = run("prove", tmp_path / "lib")
    assert result.exit_code == 1
    assert "  not proved  Every clause has exactly one alternative" in result.stdout
    assert "undecided: this can't be proved, because of the condition note | upper == 'X'" in result.stderr
