"""A new answers file has every question, answers none, and opens into its defaults."""

import re

import every
import generated
import small
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from drafter.matters import answers, blank_answers, scope

SMALL = every.load(small.QUESTIONNAIRE)


def test_a_new_file_answers_nothing_and_holds_every_question():
    for asked in (SMALL, every.load()):
        text = blank_answers.blank_file(asked, "Contract")
        given = answers.parse(text, "answers.yaml", asked)
        assert (given.given, given.chosen, given.reminders) == ({}, {}, ())
        assert scope.values(asked, given) == scope.values(asked, answers.parse("", "a", asked))
        for question in asked.questions.values():
            key = question.id.partition(".")[2] or question.id
            assert re.search(rf"^ *(# )?{key}:", text, flags=re.MULTILINE)
            assert question.prompt in text


def test_a_new_file_reads_as_a_questionnaire():
    assert blank_answers.blank_file(SMALL, "Dog Walking\nAgreement").split("\n")[:1] == [
        "# Answers: Dog Walking Agreement"
    ]
    text = blank_answers.blank_file(SMALL, "Dogs")
    for part in (
        "# ==============================================================================\n# Parties\n# ====",
        "\ntown:\n\n  # What is the town called?\n  # name: Town of Bark\n",
        "\n# Who walks?\nwalker:\n",
        "\n# What leash?\n#   short: Short\n#   long: Long\n# leash: short\n",
        "\n# How long?\n# Asked only when leash == 'long'.\n# length:\n",
        "\n# Which dogs?\n# Each dog has:\n#   name: The dog's name?\n#   size: How large? (small, large)\n",
        "\n#   chain: Which chain?; asked when size == 'large'\ndogs:\n#   - name:\n#     size:\n",
        "\n# alternatives:\n#   clause: alternative\n",
    ):
        assert part in text


def test_help_reasons_and_consequences_are_comments_however_they_are_written():
    asked = every.asking(
        '{id: a, type: choice, prompt: "P\\nq: r", help: "One\\n\\nTwo  words", why: "Law: 5", options: '
        '[{value: x, label: "L\\nm", leads_to: "To\\nthere"}], default: x}',
        '{id: b, type: records, prompt: B?, singular: "big\\ndog", fields: [{id: c, type: text, prompt: "C\\nd: e"}]}',
    )
    text = blank_answers.blank_file(asked, "T")
    assert "# P q: r\n# One\n# Two words\n# Why: Law: 5\n#   x: L m (To there)\n# a: x\n" in text
    assert "# Each big dog has:\n#   c: C d: e\nb:\n#   - c:\n" in text
    assert answers.parse(text, "answers.yaml", asked).given == {}


def test_long_help_is_wrapped():
    asked = every.asking(f"{{id: a.b, type: text, prompt: A?, help: {'word ' * 200}}}")
    assert max(map(len, blank_answers.blank_file(asked, "T").split("\n"))) <= 100


def opened(text, *keys):
    """Open the comments that hold these answers, as the file's introduction tells a person to."""
    for key in keys:
        text, times = re.subn(rf"^( *)# {key}:", rf"\g<1>{key}:", text, flags=re.MULTILINE)
        assert times == 1
    return text


def test_an_opened_default_is_that_default():
    text = opened(blank_answers.blank_file(SMALL, "Dogs"), "name", "bites", "leash")
    given = answers.parse(text, "answers.yaml", SMALL)
    assert given.given == {"town.name": "Town of Bark", "bites": False, "leash": "short"}
    assert scope.values(SMALL, given) == scope.values(SMALL, answers.parse("", "a", SMALL))


def test_opened_records_are_the_default_records():
    size = "{id: size, type: choices, prompt: S?, options: [{value: a, label: A}]}"
    fields = f"fields: [{{id: name, type: text, prompt: N?}}, {size}]"
    asked = every.asking(
        f"{{id: g.dogs, type: records, prompt: D?, default: [{{name: 'Rex: 1', size: [a]}}, {{name: Bit}}], {fields}}}",
        f"{{id: none, type: records, prompt: D?, default: [], {fields}}}",
    )
    text = blank_answers.blank_file(asked, "T")
    assert '  # dogs:\n  #   - name: "Rex: 1"\n  #     size: [a]\n  #   - name: Bit\n' in text
    text = re.sub(r"^( *)# (dogs:|  - |    size)", r"\1\2", opened(text, "none"), flags=re.MULTILINE)
    given = answers.parse(text, "answers.yaml", asked)
    assert [record.values for record in given.given["g.dogs"]] == [{"name": "Rex: 1", "size": ("a",)}, {"name": "Bit"}]
    assert given.given["none"] == ()


def test_questions_of_one_group_are_together_wherever_they_are_asked():
    asked = every.load(
        small.QUESTIONNAIRE.replace(
            "- {id: note,", "- {id: town.deep.er, type: text, prompt: Deeper?}\n      - {id: note,"
        )
    )
    text = blank_answers.blank_file(asked, "T")
    assert text.count("\ntown:\n") == 1
    assert "\n  # Deeper?\n  deep.er:\n" in text
    assert answers.parse(text.replace("deep.er:", "deep.er: x"), "a", asked).given == {"town.deep.er": "x"}


TEXTS = st.one_of(
    st.sampled_from(
        ["null", "~", "no", "01", "a: b", "a #b", "- a", "[a]", "{a}", "a, b", "'a'", '"a"', "a\\nb",
         "x\u00a0y", "@a", "%a", "|", "a:", "?", "\U0001f415", "a\tb"]
    ),
    generated.honest(20),
).map(str.strip).filter(bool)  # fmt: skip


@settings(max_examples=often(40))
@given(st.lists(TEXTS, min_size=3, max_size=3, unique=True))
def test_any_default_is_written_so_that_it_is_read_again(texts):
    paragraph = "\n\n".join(texts)
    options = [{"value": text, "label": "L"} for text in texts]
    questions = [
        *({"id": f"q{n}", "type": "text", "prompt": "P?", "default": text} for n, text in enumerate(texts)),
        {"id": "long", "type": "paragraph", "prompt": "P?", "default": paragraph},
        {"id": "many", "type": "choices", "prompt": "M?", "options": options, "default": texts},
    ]
    asked = every.load(yaml.safe_dump({"sections": [{"id": "s", "title": "S", "questions": questions}]}))
    text = blank_answers.blank_file(asked, "T")
    assert answers.parse(text, "a", asked).given == {}
    given = answers.parse(opened(text, "q0", "q1", "q2", "long", "many"), "a", asked).given
    assert given == {**{f"q{n}": text for n, text in enumerate(texts)}, "long": paragraph, "many": tuple(texts)}
