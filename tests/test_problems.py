"""Problems carry their places, are said once and in order, and reminders stop nothing."""

import wrong

from drafter.base.problems import DraftingError, Place, Problem, stop_at


def test_a_place_prints_as_compilers_print_it():
    assert str(Place("clauses/force.md", 12)) == "clauses/force.md:12"
    assert str(Place("answers.yaml")) == "answers.yaml"


def test_a_problem_prints_its_place_code_and_message_and_below_them_the_hint():
    assert str(Problem("bad-answer", Place("a.yaml", 3), "no")) == "a.yaml:3: bad-answer: no"
    assert str(Problem("bad-answer", Place("a.yaml", 3), "no", "yes")).endswith("no\n  hint: yes")


def test_each_problem_is_said_once_in_the_order_of_file_and_line():
    late, early = Problem("b", Place("a.yaml", 10), "x"), Problem("c", Place("a.yaml", 9), "x")
    other = Problem("a", Place("b.yaml", 1), "x")
    error = DraftingError(other, late, early, late)
    assert error.problems == (early, late, other)
    assert str(error) == "a.yaml:9: c: x\na.yaml:10: b: x\nb.yaml:1: a: x"


def test_reminders_stop_nothing_however_many_come_first():
    reminders = [Problem("r", Place("a", n), "x", level="reminder") for n in range(300)]
    stop_at(reminders)
    assert wrong.places(stop_at, [*reminders, Problem("p", Place("a", 1), "x")]) == [("p", "a:1")]


def test_more_problems_than_anyone_reads_are_left_out():
    assert len(wrong.problems(stop_at, [Problem("p", Place("a", n), "x") for n in range(1000)])) == 200


def test_what_a_problem_is_about_makes_no_second_problem_of_it_and_is_not_printed():
    problem, about = Problem("p", Place("a", 1), "x"), Problem("p", Place("a", 1), "x", about="dogs[1].name")
    assert DraftingError(problem, about).problems == (problem,)
    assert str(about) == str(problem) == "a:1: p: x"
