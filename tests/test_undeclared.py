"""A sentence beside what a requirement needs said is plainly one more duty, or declared; definitions are held whole."""

import pytest
import small

from drafter.base.problems import DraftingError
from drafter.matters import matter
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading

NAMED = f"{small.POLICY}{small.ACTORS}"
STRICT = f"{NAMED}{small.HELD}"
MUST = "The walker must use a muzzle."
BAN = "The walker must not loose the Dog."
HELD = "**Dog** means a dog in [[exhibit:dogs]]."


def found(tmp_path, policy=STRICT, questionnaire=small.QUESTIONNAIRE, **clauses):
    """Return the messages on what is undeclared in the muzzle, and other codes of what lint finds of words."""
    library = small.build(tmp_path, policy=policy, questionnaire=questionnaire, clauses=clauses)
    wrong = lint.lint(loading.read(library, "lib")).wrong
    return [(p.code, p.message) for p in wrong if p.place.path.endswith(("muzzle.md", "notes.md", "dog.md"))]


def muzzle(text, declared=""):
    made = small.clause("Muzzle", f"standard|preferred||III|{MUST} {text}", when="bites")
    return made.replace("title: Muzzle", f"title: Muzzle{declared}")


PLAIN = (
    "The walker must hold the leash.",
    "Each walker must not run.",
    "On each walk, the walker must call the neighbour and must wait.",
    "A walker who is late must call.",
    "Under this Agreement, the walker must call as [[leash]] requires.",
    "The Town's walker must call.",
)


@pytest.mark.parametrize("sentence", PLAIN)
def test_one_more_duty_of_an_actor_is_not_declared(tmp_path, sentence):
    assert found(tmp_path, muzzle=muzzle(sentence)) == []


LOOKED_AT = (
    "This Section is a hint.",
    "Walkers treat this list as a start.",
    "The Town is the arbiter here.",
    "The ban must give way.",
    "It must be so.",
    "Nothing must be done at once.",
    "[[leash]] must be read gladly.",
    "The walker must call, and that is enough.",
    "The walker must read this Section kindly.",
    "The walker must keep a note of the limits.",
    "Care is better.",
)


@pytest.mark.parametrize("sentence", LOOKED_AT)
def test_any_other_sentence_is_declared_or_found(tmp_path, sentence):
    ((code, message),) = found(tmp_path / "a", muzzle=muzzle(sentence))
    assert (code, sentence in message) == ("undeclared-exception", True)
    assert found(tmp_path / "b", muzzle=muzzle(sentence, f"\nadds: ['{sentence.replace(chr(39), chr(39) * 2)}']")) == []


def test_the_hint_has_the_line_to_paste(tmp_path):
    library = small.build(tmp_path, policy=STRICT, clauses={"muzzle": muzzle("Care is better.")})
    (hint,) = [p.hint for p in lint.lint(loading.read(library, "lib")).wrong if "Care is better" in p.message]
    assert hint.endswith("under adds if it takes nothing back: - Care is better.")


def test_what_has_a_counter_word_needs_a_reason(tmp_path):
    codes = [code for code, _ in found(tmp_path, muzzle=muzzle("It may be soft.", "\nadds: [It may be soft.]"))]
    assert codes == ["undeclared-exception"]


def test_an_item_goes_with_a_lead_in_that_is_a_duty(tmp_path):
    text = "The walker must:\n\n1. sing; and\n2. hold the leash."
    assert found(tmp_path / "a", muzzle=muzzle(text)) == []
    ((_, message),) = found(tmp_path / "b", muzzle=muzzle(text.replace("sing", "that is all")))
    assert "“that is all" in message


def test_the_cells_of_a_table_are_read(tmp_path):
    text = "\n\n| Walk |\n|---|\n| as the walker sees fit |"
    declared = "adds: [Walk]\nalternatives:"
    made = muzzle(text).replace("alternatives:", declared, 1)
    ((_, message),) = found(tmp_path, muzzle=made)
    assert "“sees fit”" in message


def banned(dog=HELD, terms=f"terms: {{Dog: ['{HELD}']}}\n", notes="No notes."):
    policy = small.saying("III", BAN, policy=f"{NAMED}{terms}")
    made = small.clause("Muzzle", f"standard|preferred||III|{BAN}", when="bites")
    clauses = {"dog": small.clause("Dog", f"standard|preferred|||{dog}"), "muzzle": made}
    clauses["leash"] = small.CLAUSES["leash"].replace("{#hold} ", "")
    return {"policy": policy, "notes": small.clause("Notes", f"standard|preferred|||{notes}"), **clauses}


def test_a_sentence_of_another_clause_is_looked_at_where_it_speaks_of_what_is_forbidden(tmp_path):
    assert found(tmp_path / "a", **banned(notes="The Town may sing.")) == []
    ((code, message),) = found(tmp_path / "b", **banned(notes="The Town may call the Dog."))
    assert (code, "“may”" in message) == ("undeclared-exception", True)
    ((_, message),) = found(tmp_path / "c", **banned(notes="The Town may waive [[muzzle]]."))
    assert "[[muzzle]]" in message


def test_a_definition_is_the_one_that_is_held(tmp_path):
    assert found(tmp_path / "a", **banned()) == []
    for number, dog in enumerate(
        (HELD.replace("a dog", "a big dog"), f"{HELD} A cat is none.", f"{{when: bites}} {HELD}")
    ):
        codes = {code for code, _ in found(tmp_path / str(number), **banned(dog))}
        assert "changed-definition" in codes
    assert {code for code, _ in found(tmp_path / "d", **banned(terms=""))} == {"changed-definition"}


def test_the_proof_finds_a_changed_definition_too(tmp_path):
    parts = banned(HELD.replace("a dog", "a big dog"))
    loaded = small.load(tmp_path, policy=parts.pop("policy"), clauses=parts)
    assert "changed-definition" in {hole.claim.problem.code for hole in proof.prove(loaded).holes}


def test_definitions_are_held_only_where_actors_are_named(tmp_path):
    policy = f"{small.POLICY}terms: {{Dog: ['{HELD}']}}\n"
    with pytest.raises(DraftingError) as caught:
        small.load(tmp_path, policy=policy)
    assert [problem.code for problem in caught.value.problems] == ["bad-source"]


def test_a_title_that_makes_advice_of_what_is_said_is_found(tmp_path):
    made = muzzle("").replace("title: Muzzle", "title: Guidance on Muzzles")
    ((_, message),) = found(tmp_path, muzzle=made)
    assert message.startswith("“guidance” in the title")


def test_each_word_of_a_sentence_of_a_source_is_taken(tmp_path):
    policy = small.POLICY.replace("A walker must use a leash.", "A walker must use a leash of steel.")
    wrong = lint.lint(loading.read(small.build(tmp_path, policy=policy), "lib")).wrong
    assert ["“of steel”" in p.message for p in wrong if p.code == "unquoted-sentence"] == [True]


def test_a_condition_that_leaves_answers_to_no_requirement_of_the_paragraph_is_found(tmp_path):
    always = small.clause("Muzzle", f"standard|preferred||III|{MUST}")
    loaded = small.load(tmp_path, clauses={"muzzle": always})
    assert "narrowed-requirement" in {hole.claim.problem.code for hole in proof.prove(loaded).holes}


# -- the whole contract ---------------------------------------------------------------------------


TAKES_BACK = (
    "The Town may waive any part of this Agreement.",
    "A custom of the Town prevails over this Agreement.",
    "Nothing in this Agreement limits the Town.",
    "In case of conflict the custom of the Town governs.",
    "The walker is exempt from every Section.",
    "The Town may set the limits on walkers aside.",
    "The only remedy for a breach of the limits on walkers is a talk.",
    "For a dollar the Town lets a walker loose the Dog.",
    "This Agreement is not binding.",
    "Article 7 does not bind the Town.",
)


@pytest.mark.parametrize("sentence", TAKES_BACK)
def test_a_sentence_of_any_clause_that_takes_back_the_contract_is_found(tmp_path, sentence):
    messages = [
        message for code, message in found(tmp_path, **banned(notes=sentence)) if code == "undeclared-exception"
    ]
    assert [sentence in message for message in messages] == [True]


RUNS = (
    "The Town may end this Agreement at will.",
    "This Agreement ends on the day on which the Town may want it.",
    "The Town may call under this Agreement.",
    "Under the Cat Act, section 7, the Town may sing.",
)


@pytest.mark.parametrize("sentence", RUNS)
def test_that_a_contract_ends_or_is_carried_out_takes_nothing_back(tmp_path, sentence):
    assert found(tmp_path, **banned(notes=sentence)) == []


# -- duties to do what is forbidden ---------------------------------------------------------------

LOOSE = "**Loose** means off the leash with an open gate."


def loosed(text, declared=""):
    """Return the clauses and the policy of a ban on walking the Dog Loose, with more sentences beside the ban."""
    ban = "The walker must not use Loose."
    policy = small.saying("III", ban, policy=f"{NAMED}terms: {{Loose: ['{LOOSE}']}}\n")
    made = small.clause("Muzzle", f"standard|preferred||III|{ban} {text}", when="bites")
    clauses = {"dog": small.clause("Dog", f"standard|preferred|||{LOOSE}")}
    clauses["muzzle"] = made.replace("title: Muzzle", f"title: Muzzle{declared}")
    clauses["leash"] = small.CLAUSES["leash"].replace("{#hold} ", "")
    clauses["recital"] = small.CLAUSES["recital"]
    return {"policy": policy, **clauses}


ASKED = (
    "The walker must use Loose.",
    "The walker must keep the gate open.",
    "The walker must end Loose at night.",
    "The walker must not do so at night.",
    "The neighbour must vote on it.",
    "The Town must treat an act in haste as no matter.",
    "The Town must regard such an act kindly.",
    "The Town must not complain of an act.",
    "Each walker will serve the Town as its clerk.",
    "The Town must follow the reading that the walker gives.",
)


@pytest.mark.parametrize("sentence", ASKED)
def test_a_duty_that_may_undo_the_ban_beside_it_is_found(tmp_path, sentence):
    messages = [m for code, m in found(tmp_path, **loosed(sentence)) if code == "undeclared-exception"]
    assert [sentence in message for message in messages] == [True]


PLAINLY = (
    "No walker may run.",
    "Neither neighbour may keep such a note secret.",
    "The walker must call the neighbour as soon as possible.",
    "The walker must not open the gate.",
)


@pytest.mark.parametrize("sentence", PLAINLY)
def test_a_further_ban_and_a_prompt_duty_are_plain(tmp_path, sentence):
    assert [m for code, m in found(tmp_path, **loosed(sentence)) if code == "undeclared-exception"] == []


def test_leave_to_do_what_is_forbidden_needs_what_it_limits(tmp_path):
    leave = "The walker may use Loose."
    for name, limits, count in (("a", "", 1), ("b", ", limits: [III]", 0)):
        declared = f"\nexceptions: [{{sentence: {leave}, because: It is so agreed.{limits}}}]"
        messages = [
            m for code, m in found(tmp_path / name, **loosed(leave, declared)) if code == "undeclared-exception"
        ]
        assert [leave in message for message in messages] == [True] * count


def test_what_is_forbidden_is_not_named_anew_among_what_takes_nothing_back(tmp_path):
    told = "A short run is no Loose."
    messages = [m for code, m in found(tmp_path, **loosed(told, f"\nadds: [{told}]")) if code == "undeclared-exception"]
    assert [told in message for message in messages] == [True]


def test_a_reason_says_something(tmp_path):
    declared = "\nexceptions: [{sentence: It may be soft., because: '-'}]"
    codes = [code for code, _ in found(tmp_path, muzzle=muzzle("It may be soft.", declared))]
    assert codes == ["unused-exception"]


def test_an_operative_sentence_in_another_order_is_one_problem(tmp_path):
    library = small.build(
        tmp_path, policy=STRICT, clauses={"muzzle": muzzle("").replace(MUST, "The walker, must use a muzzle.")}
    )
    reading = loading.read(library, "lib")
    assert [p.code for p in lint.lint(reading).wrong if p.place.path.endswith("muzzle.md")] == ["unsaid-requirement"]


# -- titles, phrases, the caption and the signature blocks ----------------------------------------

TITLES = ("Muzzle (Not in Force)", "Muzzle (Reserved)", "Rejected - Muzzle", "Muzzle from 2035", "Wishes on Muzzles")


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_takes_back_what_is_below_it_is_found(tmp_path, title):
    ((code, message),) = found(tmp_path, muzzle=muzzle("").replace("title: Muzzle", f"title: {title}"))
    assert (code, f"in the title “{title}”" in message) == ("undeclared-exception", True)


def test_a_title_that_takes_nothing_back_is_declared(tmp_path):
    declared = "title: Best Muzzles\nexceptions: [{sentence: Best Muzzles, because: It is a name.}]"
    assert found(tmp_path, muzzle=muzzle("").replace("title: Muzzle", declared)) == []


def outlined(tmp_path, old, new):
    """Return what lint finds in an outline with other words."""
    assert old in small.AGREEMENT
    library = small.build(tmp_path, policy=STRICT, agreement=small.AGREEMENT.replace(old, new))
    wrong = lint.lint(loading.read(library, "lib")).wrong
    return [p.code for p in wrong if p.place.path.endswith("agreement.yaml")]


def test_the_words_around_a_contract_take_nothing_back(tmp_path):
    caption = 'caption: ["{{ town.name }}"'
    assert outlined(tmp_path / "a", caption, caption) == []
    for number, words in enumerate(("not binding", "as the walker sees fit", "without the limits on walkers")):
        found_ = outlined(tmp_path / str(number), caption, f'{caption}, "{words}"')
        assert found_ == ["undeclared-exception"], words
    assert "typed-reference" in outlined(tmp_path / "b", caption, f'{caption}, "Article 6 is left to the walker"')


def test_a_phrase_of_an_operative_sentence_is_held(tmp_path):
    assert outlined(tmp_path, "plural('the Dog'", "plural('one old Dog'") == ["changed-definition"]


# -- sources --------------------------------------------------------------------------------------


def sourced(tmp_path, old, new):
    policy = STRICT.replace(old, new)
    assert policy != STRICT
    try:
        wrong = lint.lint(loading.read(small.build(tmp_path, policy=policy), "lib")).wrong
    except DraftingError as error:
        wrong = error.problems
    return {p.code for p in wrong if p.place.path.endswith("policy.yaml")}


def test_a_heading_of_a_source_is_read_like_its_sentences(tmp_path):
    assert sourced(tmp_path, "heading: PURPOSE", "heading: PURPOSE (NO LEASHES)") == {"unquoted-sentence"}
    listed = "  - {paragraph: I, sentence: PURPOSE, because: It is a heading.}\n"
    assert sourced(tmp_path / "b", listed, "") == {"unquoted-sentence"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("actors: [Town", "actors: [It, Town"),
        ("status: adopted", "verified: {by: nobody, on: 2026-02-02}\nstatus: adopted"),
        ("status: adopted", "verified: {by: Ann Lee, on: 2020-02-02}\nstatus: adopted"),
    ],
)
def test_what_can_t_be_so_of_a_source_is_found(tmp_path, old, new):
    assert "bad-source" in sourced(tmp_path, old, new)


def test_each_date_of_the_policy_is_a_figure(tmp_path):
    dated = "If a dog bites, the walker must use a muzzle. It is due after May 1, 2026, and before June 1, 2027."
    figure = "figures: [{id: last, paragraph: III, quote: 'before June 1, 2027', value: 2027-06-01}]\nasks_nothing:"
    policy = STRICT.replace("If a dog bites, the walker must use a muzzle.", dated).replace("asks_nothing:", figure)
    reading = loading.read(small.build(tmp_path, policy=policy), "lib")
    messages = [p.message for p in lint.lint(reading).wrong if p.code == "literal-figure"]
    assert messages == ["“May 1, 2026” in paragraph III is a date that no figure quotes"]


# -- own wordings ---------------------------------------------------------------------------------


def test_a_typed_reference_in_an_own_wording_is_reminded_of(tmp_path):
    library = small.load(tmp_path / "lib")
    made = tmp_path / "matter"
    (made / "wording").mkdir(parents=True)
    (made / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    (made / "wording" / "notes.md").write_text(
        "As Section 99.9 and Exhibit C say, the Dog Act, section 7, binds.", "utf-8"
    )
    opened = matter.open(made, library)
    assert [(p.code, p.level, p.message.partition(" is")[0]) for p in opened.reminders] == [
        ("typed-reference", "reminder", "“Section 99.9”"),
        ("typed-reference", "reminder", "“Exhibit C”"),
    ]


# -- tables, days and periods -------------------------------------------------------------------


def in_table(header: str, cell: str, adds: str = "[]") -> str:
    text = f"\n\n| {header} |\n|---|\n| {{each: d in dogs}} {cell} |"
    return muzzle(text).replace("alternatives:", f"adds: {adds}\nalternatives:", 1)


@pytest.mark.parametrize("cell", ["{{ d.name }}", "{{ d.size | label }}", "{{ d.name }}; {{ d.size | label }}"])
def test_a_cell_that_has_only_answers_is_not_declared(tmp_path, cell):
    assert found(tmp_path, muzzle=in_table("Dog", cell, "[Dog]")) == []


@pytest.mark.parametrize(
    "cell", ["ten minutes of running", "{{ d.name | otherwise('Any other dog') }}", "Loose {{ d.name }}"]
)
def test_a_cell_with_words_of_the_library_is_declared(tmp_path, cell):
    ((code, message),) = found(tmp_path / "a", muzzle=in_table("Dog", cell, "[Dog]"))
    assert (code, cell in message) == ("undeclared-exception", True)
    assert found(tmp_path / "b", muzzle=in_table("Dog", cell, f'[Dog, "{cell}"]')) == []
    ((_, message),) = found(tmp_path / "c", muzzle=in_table("Time to run", "{{ d.name }}"))
    assert "“Time to run”" in message  # a column's header too


FIGURE = """figures:
  - {id: feet, paragraph: II, quote: must use a leash of six feet, value: 6}
"""
TIMES = (
    ("The walker must call by June 1, 2029.", "june 1, 2029"),
    ("The walker must call within two years.", "two years"),
    ("The walker must call after 30 days.", "30 days"),
    ("The walker must call by {{ ends | date }}.", "{{ ends | date }}"),
    ("The walker must call in the next {{ few }} days.", "{{ few }} days"),
    ("The walker must call before 2030.", "2030"),
)


@pytest.mark.parametrize(("sentence", "time"), TIMES)
def test_a_day_or_a_period_beside_a_figure_of_the_policy_is_declared(tmp_path, sentence, time):
    policy = f"{STRICT}{FIGURE}".replace("A walker must use a leash.", "A walker must use a leash of six feet.")
    beside = muzzle(f"The walker must walk {{{{ policy.feet }}}} times. {sentence}")
    asked = small.QUESTIONNAIRE.replace("checks:", "      - {id: few, type: number, prompt: Few?, min: 2}\nchecks:")
    parts = {"policy": policy, "questionnaire": asked}
    assert found(tmp_path / "a", **parts, muzzle=muzzle(sentence)) == []
    ((_, message),) = found(tmp_path / "b", **parts, muzzle=beside)
    assert f"“{time}”" in message
    declared = f"exceptions:\n  - {{sentence: '{sentence}', because: It comes later.}}\nalternatives:"
    assert found(tmp_path / "c", **parts, muzzle=beside.replace("alternatives:", declared, 1)) == []


# -- the contract's own title -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Talking Points on Dogs", "talking points"),
        ("Non-Binding Agreement on Dogs", "non-binding"),
        ("Dog Walking Agreement: Working Notes", "notes"),
        ("Dog Guidelines", "guidelines"),
        ("A Word on Dogs", "does not call it an agreement or a contract"),
        ("No Agreement on Dogs", "no"),
    ],
)
def test_a_title_of_the_contract_that_makes_less_of_it_is_found(tmp_path, title, words):
    agreement = small.AGREEMENT.replace("title: Dog Walking Agreement", f'title: "{title}"')
    loaded = small.build(tmp_path, policy=STRICT, agreement=agreement)
    messages = [p.message for p in lint.lint(loading.read(loaded, "lib")).wrong if "contract's title" in p.message]
    assert len(messages) == 1
    assert words in messages[0]
    holes = proof.prove(loading.load(loaded, "lib")).holes
    assert [one.claim.problem.message for one in holes if "contract's title" in one.claim.problem.message] == messages


# -- checks that carry a rule -------------------------------------------------------------------


def uncarried(tmp_path, policy, check):
    asked = small.QUESTIONNAIRE.replace(", carries_nothing: No day is asked for.", check)
    wrong = lint.lint(loading.read(small.build(tmp_path, policy=policy, questionnaire=asked), "lib")).wrong
    return [p.message for p in wrong if p.code == "uncarried-check" and "'order'" in p.message]


def test_a_check_that_stops_a_contract_is_carried_or_says_why_by_no_requirement(tmp_path):
    assert len(uncarried(tmp_path / "a", STRICT, "")) == 1
    assert uncarried(tmp_path / "b", STRICT, ", level: reminder") == []
    assert uncarried(tmp_path / "c", STRICT, ", carries_nothing: No source sets a day.") == []
    assert len(uncarried(tmp_path / "d", STRICT, ", carries_nothing: no")) == 1  # no reason
    carried = STRICT.replace("    home: leash", '    home: leash\n    checks: {order: "starts < ends"}')
    assert uncarried(tmp_path / "e", carried, "") == []
    assert uncarried(tmp_path / "f", small.POLICY, "") == []  # nothing is known of duties
