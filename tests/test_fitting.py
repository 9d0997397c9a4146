"""A tree becomes a value of a class, or each misfit is said on its line."""

from dataclasses import dataclass, field

import pytest
import wrong

from drafter.base import fitting, yaml_tree
from drafter.base.fitting import FromFile
from drafter.base.problems import Place
from drafter.base.yaml_tree import Scalar


def parsed(text):
    return yaml_tree.parse(text, "a.yaml")


@dataclass(frozen=True, slots=True)
class Paw(FromFile):
    side: str
    claws: int = 5


@dataclass(frozen=True, slots=True)
class Dog(FromFile):
    name: str
    size: str = "small"
    paws: tuple[Paw, ...] = ()
    tricks: dict[str, str] = field(default_factory=dict)
    loud: bool = False


def fitted(text):
    return fitting.fit(parsed(text), Dog)


def test_a_tree_that_fits_is_a_value():
    assert fitted("name: Rex\npaws:\n  - {side: left}\nloud: yes\n") == Dog(
        name="Rex", paws=(Paw(side="left"),), loud=True
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("", "missing-key", 1, "'name' is missing"),
        ("name: Rex\npaws:\n  - {side: a}\n  - claws: 3\n", "missing-key", 4, "'side' is missing"),
        ("# first\nname:\n", "missing-key", 2, "'name' has no value"),
        ("name: Rex\n\nnmae: Rex\n", "unknown-key", 3, "'nmae' is not known here"),
        ("name: Rex\npaws:\n  - side: a\n    tail: b\n", "unknown-key", 4, "'tail' is not known here"),
        ("name: [Rex]\n", "bad-value", 1, "'name' should be text, not '['Rex']'"),
        ("name: Rex\npaws: two\n", "bad-value", 2, "'paws' should be a list, not 'two'"),
        ("name: Rex\npaws:\n  - left\n", "bad-value", 3, "'paws' should be lines of 'name: value', not 'left'"),
        ("name: Rex\ntricks: sit\n", "bad-value", 2, "'tricks' should be lines of 'name: value', not 'sit'"),
        ("name: Rex\nloud: perhaps\n", "bad-value", 2, "'loud' should be true or false, not 'perhaps'"),
        ("name: Rex\npaws:\n  - side: a\n    claws: many\n", "bad-value", 4, "'claws' should be a valid integer"),
    ],
)
def test_a_misfit_is_said_at_its_line(text, code, line, words):
    problem = wrong.only(fitted, text)
    assert (problem.code, problem.place) == (code, Place("a.yaml", line))
    assert problem.message.startswith(words)


def test_a_long_value_is_shown_by_its_beginning():
    message = wrong.only(fitted, f"name: Rex\nloud: {'x' * 500}\n").message
    assert message == f"'loud' should be true or false, not '{'x' * 57}...'"


def test_a_root_that_is_no_mapping_is_a_misfit_as_well():
    assert wrong.places(fitting.fit, Scalar("x", Place("a", 1)), Dog) == [("bad-value", "a:1")]


def test_all_misfits_are_said_at_once_up_to_two_hundred():
    assert len(wrong.problems(fitted, "name:\nsize:\nx: 1\n")) == 3
    assert len(wrong.problems(fitted, "name: Rex\n" + "".join(f"x{n}: 1\n" for n in range(500)))) == 200
