"""Every question has a value: given, by default, or visibly missing."""

import every
import small

from drafter.language import Missing, Record
from drafter.matters import answers, scope

ALL = every.load()

SMALL = every.load(small.QUESTIONNAIRE)


def parsed(text, asked=ALL):
    return answers.parse(text, "answers.yaml", asked)


def scoped(text, asked=SMALL):
    return scope.values(asked, parsed(text, asked))


def test_what_was_given_is_there_and_the_rest_is_a_default_or_missing():
    values = scoped("walker: Ann\nleash: long\n")
    assert values["walker"] == "Ann"
    assert values["town.name"] == "Town of Bark"
    assert values["bites"] is False
    assert values["leash"] == "long"
    assert values["fee"] == Missing("Fee", "fee")
    assert values.keys() == SMALL.questions.keys()


def test_a_given_answer_goes_before_the_default():
    assert scoped("town: {name: Meow}\nbites: yes\n")["bites"] is True
    assert scoped("town: {name: Meow}\nbites: yes\n")["town.name"] == "Meow"


def test_what_is_not_asked_is_missing_even_when_it_was_answered():
    assert scoped("leash: long\nlength: 6\n")["length"] == 6
    assert scoped("leash: short\nlength: 6\n")["length"] == Missing("Length", "length")
    assert scoped("length: 6\n")["length"] == Missing("Length", "length")


def test_a_condition_may_be_about_a_question_that_comes_later():
    asked = every.asking(
        "{id: a, type: text, prompt: A?, ask_when: b == 'x'}",
        "{id: b, type: text, prompt: B?, ask_when: c}",
        "{id: c, type: yes-no, prompt: C?, default: yes}",
    )
    assert scoped("a: 1\nb: x\n", asked) == {"a": "1", "b": "x", "c": True}
    assert scoped("a: 1\nb: x\nc: no\n", asked) == {"a": Missing("A", "a"), "b": Missing("B", "b"), "c": False}


def test_missing_records_have_one_record_of_blanks():
    dogs = scoped("")["dogs"]
    assert (dogs.label, dogs.question, dogs.record.question) == ("Dogs", "dogs", "dogs[1]")
    assert dogs.record.values["name"] == Missing("Dog's name", "dogs[1].name")


def test_each_record_has_every_field_and_blanks_where_it_is_not_answered_or_not_asked():
    first, second = scoped("dogs:\n  - {name: Rex, size: large}\n  - {size: small, chain: iron}\n")["dogs"]
    assert first.values == {"name": "Rex", "size": "large", "chain": Missing("Chain", "dogs[1].chain")}
    assert second.values == {
        "name": Missing("Dog's name", "dogs[2].name"),
        "size": "small",
        "chain": Missing("Chain", "dogs[2].chain"),
    }
    assert scoped("dogs:\n  - {size: large, chain: iron}\n")["dogs"][0].values["chain"] == "iron"


def test_no_records_is_an_answer():
    assert scoped("dogs: []\n")["dogs"] == ()


def test_a_field_of_a_record_has_its_default():
    first, second, third = scoped("people:\n  - {reason: x}\n  - {role: two, reason: x}\n  - {role: }\n", ALL)["people"]
    assert (first.values["role"], first.values["reason"]) == ("one", Missing("Reason", "people[1].reason"))
    assert (second.values["role"], second.values["reason"]) == ("two", "x")
    assert third.values["role"] == "one"


def test_records_may_be_a_default():
    asked = every.asking(
        "{id: dogs, type: records, prompt: D?, default: [{name: Rex}], fields: [{id: name, type: text, prompt: N?}]}"
    )
    assert scoped("", asked)["dogs"] == (Record({"name": "Rex"}, "dogs[1]"),)
    assert scoped("dogs: []", asked)["dogs"] == ()


def test_what_is_asked_and_left_open_is_its_default_or_missing():
    assert scope.unanswered(SMALL, SMALL.questions["leash"], "leash") == "short"
    assert scope.unanswered(SMALL, SMALL.questions["fee"], "fee") == Missing("Fee", "fee")
    assert scope.unanswered(SMALL, SMALL.questions["dogs"], "dogs").record
    role = ALL.questions["people"].fields[2]
    assert scope.unanswered(ALL, role, "people.role") == "one"


def test_a_question_or_field_is_asked_under_its_condition():
    values = scoped("leash: long\ndogs:\n  - {size: large}\n  - {size: small}\n")
    asked = {
        name: scope.is_asked(SMALL, name, values)
        for name in ("walker", "length", "dogs", "dogs[1].name", "dogs[1].chain", "dogs[2].chain", "dogs[1].nothing")
    }
    assert [name for name, yes in asked.items() if not yes] == ["dogs[2].chain"]
    assert not scope.is_asked(SMALL, "length", scoped("leash: short"))
    assert scope.is_asked(SMALL, "dogs[1].chain", scoped(""))
