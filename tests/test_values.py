"""A class of values is what `dataclasses` would have made of it."""

import copy
import dataclasses
import inspect
import pickle

import pytest

from drafter import values


class Plain:
    """A class with every kind of field."""

    name: str
    count: int = 3
    listed: list[str] = dataclasses.field(default_factory=list)
    aside: str = dataclasses.field(default="x", compare=False, repr=False)

    @property
    def twice(self) -> int:
        return self.count * 2


class Named:
    """A class whose fields are all given by name."""

    after: int = 1
    before: str


class Own:
    """A class with methods of its own, and no docstring of its methods."""

    word: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.word.lower() == other.word.lower()

    def __hash__(self) -> int:
        return hash(self.word.lower())

    def __repr__(self) -> str:
        return f"<{self.word}>"


class Empty:
    pass


class One:
    """A class of one field."""

    value: object


class Late:
    """A class whose fields are given by name, some of them made where they are not given."""

    before: str
    listed: list[str] = dataclasses.field(default_factory=list)
    count: int = 3


def both(kind, **settings):
    """Make a class twice, by `dataclasses` and by ours."""
    for make in (dataclasses.dataclass, values.dataclass):
        yield make(frozen=True, slots=True, **settings)(type(kind.__name__, (), dict(kind.__dict__)))


def outcome(act):
    try:
        return act()
    except Exception as error:  # noqa: BLE001  # which one it is, is the outcome
        return type(error)


ACTS = (
    lambda kind: repr(kind("a")),
    lambda kind: repr(kind("a", 4, ["b"], "c")),
    lambda kind: kind(name="a") == kind("a", 3, [], "other"),
    lambda kind: (kind("a") == kind("b"), kind("a") == "a", kind("a") != kind("a")),
    lambda kind: hash(kind("a", 1, (), "x")) == hash(kind("a", 1, (), "y")),
    lambda kind: hash(kind("a")),
    lambda kind: kind(),
    lambda kind: kind("a", nothing=1),
    lambda kind: setattr(kind("a"), "name", "b"),
    lambda kind: delattr(kind("a"), "name"),
    lambda kind: repr(dataclasses.replace(kind("a"), count=9)),
    lambda kind: dataclasses.astuple(kind("a")),
    lambda kind: [(one.name, one.kw_only, one.compare) for one in dataclasses.fields(kind)],
    lambda kind: (kind.__match_args__, kind.__slots__, kind.__doc__, dataclasses.is_dataclass(kind)),
    lambda kind: (kind("a").twice, kind("a").listed is kind("a").listed),
    lambda kind: repr(copy.deepcopy(kind("a", 1, ["b"]))),
)


@pytest.mark.parametrize("act", ACTS)
def test_a_class_does_what_a_dataclass_does(act):
    theirs, ours = (outcome(lambda kind=kind: act(kind)) for kind in both(Plain))
    assert ours == theirs


def test_fields_are_given_by_name_in_any_order():
    for kind in both(Named, kw_only=True):
        made = kind(before="b")
        assert (made.before, made.after, repr(made)) == ("b", 1, "Named(after=1, before='b')")
        assert outcome(lambda kind=kind: kind("b")) is TypeError


def test_fields_that_are_given_by_name_have_defaults():
    for kind in both(Late, kw_only=True):
        made, other = kind(before="b"), kind(before="b", listed=["a"], count=4)
        assert (made.listed, made.count, other.listed, other.count) == ([], 3, ["a"], 4)
        assert kind(before="b").listed is not made.listed


def test_a_value_of_one_field_is_equal_to_one_of_the_same_value():
    nothing = float("nan")  # it is not equal to itself
    for kind in both(One):
        assert (kind(1) == kind(1), kind(1) == kind(2), kind(nothing) == kind(nothing)) == (True, False, True)
        assert (hash(kind("a")) == hash(kind("a")), kind("a") == "a") == (True, False)


def test_what_is_given_is_named_as_by_dataclasses():
    def parameters(kind):
        return [(one.name, one.kind, one.default is one.empty) for one in inspect.signature(kind).parameters.values()]

    def refused(kind):
        with pytest.raises(TypeError) as error:
            kind()
        return str(error.value)

    for one, named in ((Plain, False), (Named, True), (Late, True), (Empty, False)):
        theirs, ours = both(one, kw_only=named)
        assert parameters(ours) == parameters(theirs)
    for one in (Plain, One):
        theirs, ours = both(one)
        assert refused(ours) == refused(theirs)


def test_methods_of_its_own_stay():
    for kind in both(Own):
        assert (kind("A") == kind("a"), len({kind("A"), kind("a")}), repr(kind("A"))) == (True, 1, "<A>")


def test_a_class_without_fields_is_equal_to_itself():
    for kind in both(Empty):
        assert (kind() == kind(), hash(kind()) == hash(kind()), repr(kind())) == (True, True, "Empty()")


def test_a_class_adds_fields_to_those_of_another():
    @values.dataclass(frozen=True, slots=True)
    class Base:
        one: int

    @values.dataclass(frozen=True, slots=True)
    class More(Base):
        two: int = 2

    assert (More(1) == More(1, 2), repr(More(1)).endswith("More(one=1, two=2)")) == (True, True)
    assert Base(1) != More(1)


@values.dataclass(frozen=True, slots=True)
class Kept:
    """A value that is written and read back."""

    name: str
    parts: tuple[str, ...] = ()


def test_a_value_is_pickled_and_matched():
    kept = Kept("a", ("b",))
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301  # made here
    match kept:
        case Kept(name, parts=(part,)):
            assert (name, part) == ("a", "b")


def test_a_class_that_is_made_otherwise_is_made_by_dataclasses():
    @values.dataclass(frozen=True, slots=True)
    class Checked:
        number: int

        def __post_init__(self):
            if self.number < 0:
                raise ValueError

    @values.dataclass(slots=True)
    class Changing:
        number: int

    @values.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        number: int

    changing = Changing(1)
    changing.number = 2
    assert (changing.number, Ordered(1) < Ordered(2), outcome(lambda: Checked(-1))) == (2, True, ValueError)
