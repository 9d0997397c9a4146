"""What was done is told in rows of words: the same for every door, each with its kind of words, and no colour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import forms
import pytest
import small
from commands import run

import drafter
from drafter.acts import answering, choosing, converting, exchanging
from drafter.documents.designs import Designs
from drafter.doors import phrases
from drafter.drafting import options
from drafter.matters import filing, rounds
from drafter.sending import negotiation
from drafter.telling import answered, called, converted, exchanged, offered, swapped, tallies
from drafter.telling.rows import Row, Words, row

pytestmark = pytest.mark.usefixtures("place")
MATTER, LIB, DAY = Path("matter"), Path("lib"), date(2026, 9, 1)


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed(those: tuple[Row, ...], *words: str) -> None:
    """Hold that a command prints each row, and nothing that a door adds to its words."""
    said = squeezed(run(*words, "--library", "lib").stdout)
    for one in those:
        assert squeezed(one.heading) in said
        assert squeezed(one.text) in said, (one, said)


def test_a_swap_is_told_in_the_words_that_the_command_prints():
    made = choosing.swap(MATTER, LIB, "leash", "long", DAY, because="They asked.", tried=True)
    rows = swapped.told(made, (), ("They asked.", ""), tried=True)
    printed(rows, "swap", "matter", "leash", "long", "--because", "They asked.", "--try")
    assert [one.kind for one in swapped.title(made) if one.kind] == ["strong", "preferred", "fallback"]
    assert {"Would change", "Concedes", "Because", "Answer", "Now asked", "Requirements"} <= {r.heading for r in rows}
    assert not filing.recorded(MATTER)


def test_an_answer_is_told_in_the_words_that_the_command_prints_with_the_clauses_that_it_is_about():
    made = answering.answer(MATTER, LIB, [("leash", "long")], DAY, tried=True)
    rows = answered.told(made, tried=True)
    printed(rows, "answer", "matter", "leash", "long", "--try")
    assert [(one.heading, one.clause) for one in rows if one.clause] == [("Wordings", "leash")]
    assert Path("matter/answers.yaml").read_text("utf-8") == small.ANSWERS


def test_an_option_is_told_position_first_and_then_what_it_concedes():
    made = drafter.draft(drafter.open(MATTER, LIB))
    first, *rest = [offered.told(choice.alternative, one) for choice, others in options.options(made) for one in others]
    assert first[0].words[0] == Words("(fallback)", "fallback")
    assert ("Concedes", "Something.") in [(one.heading, one.text) for one in first[1:]]
    for rows in (first, *rest):
        printed(rows, "options", "matter")


def test_a_history_is_told_in_the_words_that_the_command_prints():
    sending = {"final": False, "author": "Us", "designs": Designs()}
    exchanging.send(MATTER, LIB, "kennel", DAY, DAY, **sending)
    choosing.swap(MATTER, LIB, "leash", "long", DAY, because="They asked.")
    exchanging.send(MATTER, LIB, "kennel", DAY, DAY, **sending)
    made = drafter.draft(drafter.open(MATTER, LIB))
    stages = negotiation.history(rounds.recorded(MATTER / filing.ROUNDS), made, DAY)
    rows = tuple(exchanged.details(stages[1]))
    assert [(one.heading, one.clause) for one in rows] == [("Changed", ""), ("Conceded", "leash")]
    assert rows[1].text.endswith("Something. Because: They asked.")
    printed((*rows, row("", *tallies.of_round(stages[1].round))), "history", "matter")


def test_a_change_of_form_is_told_in_the_words_that_the_command_prints():
    forms.build(LIB)
    (MATTER / "answers.yaml").write_text(f"form: whole\n{small.ANSWERS}alternatives:\n  notes: standard\n", "utf-8")
    made = converting.convert(MATTER, LIB, "short", DAY, tried=True)
    rows = converted.told(made)
    assert [one.clause for one in rows if one.heading == "Doesn't cross"] == ["notes"]
    printed(rows, "convert", "matter", "--to", "short", "--try")


def every() -> Iterator[Words]:
    """Yield all words that are told of many changes."""
    made = drafter.draft(drafter.open(MATTER, LIB))
    for choice, others in options.options(made):
        for one in others:
            yield from (words for row in offered.told(choice.alternative, one) for words in row.words)
            if not one.forbidden:
                swap = choosing.swap(MATTER, LIB, choice.clause.id, one.alternative.id, DAY, allowed=True, tried=True)
                yield from (*swapped.title(swap), *(words for row in swapped.told(swap, ()) for words in row.words))
    yield from (words for _, tally in tallies.tallies(made) for words in (*tally, *tallies.read(made)))


def test_a_door_knows_how_each_kind_of_words_looks():
    kinds = {one.kind for one in every()}
    assert {"", "line", "strong", "good", "preferred", "fallback"} <= kinds <= {"", "line", *phrases.LOOKS}


@pytest.mark.parametrize(
    ("hint", "kept"),
    [
        ("choose another wording, or swap with --allow-deviation --because REASON", "choose another wording"),
        ("choose another, or depart with: drafter draft here --allow-deviation leash", "choose another, or depart"),
        ("reject it, or counter with words of ours (--wording FILE.md)", "reject it, or counter with words of ours"),
        ("read them; where one is wrong, change it: drafter swap x", "read them; where one is wrong, change it"),
        ("name another folder with -o; the first one stays", "the first one stays"),
        ("'drafter history' lists the rounds", ""),
        ("a non-prone position - see 7.4; or none", "a non-prone position - see 7.4; or none"),
    ],
)
def test_a_page_says_what_to_do_without_what_only_a_terminal_takes(hint, kept):
    assert called.without_commands(hint) == kept
