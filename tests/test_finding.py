"""Clauses, alternatives and questions are found by number, heading and words; never the wrong one, never in silence."""

import json
from dataclasses import replace

import generated
import pytest
import small
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from small import CLAUSES, clause, draft, load

from drafter import contract
from drafter.base.problems import DraftingError, Place
from drafter.drafting.finding import clauses, matching, questions, texts
from drafter.reading import readers

pytestmark = pytest.mark.usefixtures("place")
NOTICE = clause(
    "Termination on Notice",
    "thirty-days|preferred|||Thirty days' notice.",
    "sixty-days|acceptable|||Sixty days' notice, as policies ask.",
    "ninety|fallback|||Ninety.",
).replace("The sixty-days one", "On 60 days' written notice")
PARTS = {"clauses": {"notes": NOTICE, "policy": CLAUSES["policy"]}}


def drafter(*words):
    return run(*words, "--library", "lib")


@pytest.fixture
def made(tmp_path):
    library = load(tmp_path / "other", **PARTS)
    return library, draft(library)[0]


# -- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("notices", "Notice"),
        ("NOTICE", "on 60 days' notice."),
        ("policy", "as policies ask"),
        ("policies", "the policy"),
        ("terminating", "Termination"),
        ("stopped", "stop"),
        ("sixty", "60 days"),
        ("60", "sixty-days"),
        ("25", "twenty-five days"),
        ("twenty five", "25"),
        ("120", "one hundred and twenty"),
        ("1200", "1,200"),
        ("non-prone", "a non prone position"),
        ("term", "Termination"),
        ("the end of it", "end"),
    ],
)
def test_a_word_is_found_in_its_other_forms(typed, text):
    assert matching.holds(matching.query(typed), text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("6", "60 days"),
        ("6", "sixty-days"),
        ("six", "sixty"),
        ("9", "ninety"),
        ("nine", "90"),
        ("5", "twenty-five"),
        ("20", "one hundred twenty"),
        ("100", "one hundred and twenty"),
        ("1", "eleven"),
        ("no", "notice"),
        ("cities", "citation"),
        ("end", "week"),
        ("", "x"),
        ("?", "x"),
    ],
)
def test_a_word_is_not_found_in_another(typed, text):
    assert not matching.holds(matching.query(typed), text)


@given(st.text(max_size=30), st.text(max_size=60))
def test_what_is_marked_in_a_text_is_what_was_looked_for(typed, text):
    wanted = matching.query(typed)
    found = matching.spans(wanted, text)
    assert [span for span in found if span[0] >= span[1]] == []
    assert bool(found) == bool(matching.held(wanted, text))
    assert all(matching.held(wanted, text[start:end]) for start, end in found)


# -- clauses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("leash", ["leash"]),
        ("1.2", ["leash"]),
        ("Section 1.2", ["leash"]),
        ("sec. 1.2(b)", ["leash"]),
        ("§ 1.2", ["leash"]),
        ("1.2 Leash", ["leash"]),
        ("Article 1", ["dog", "leash", "price"]),
        ("article 2", ["notes"]),
        ("2", ["notes"]),
        ("Exhibit B", ["policy"]),
        ("exhibit a", ["list"]),
        ("Recital B", ["recital"]),
        ("recitals", ["recital"]),
        ("exam", []),
        ("exhibits", ["dog"]),
        ("1.9", []),
        ("Exhibit Z", []),
        ("60", []),  # an article's number, never a word of a text
        ("termination ON notice", ["notes"]),
        ("terminating", ["notes"]),
        ("60 written", ["notes"]),  # a label
        ("policies", ["policy"]),
        ("guidance on ninety", ["notes"]),
        ("The Policy", ["policy"]),  # the exhibit's title
        ("Dogs", ["list"]),
        ("zebra", []),
    ],
)
def test_a_clause_is_found_by_id_number_heading_and_words(made, typed, found):
    library, drafted = made
    assert [c.id for c in clauses.find(library, typed, drafted)] == found


def test_every_section_and_exhibit_of_a_contract_is_found_by_its_number_and_heading(made):
    library, drafted = made
    for name in contract.names(drafted).values():
        assert clauses.clause(library, name.clause, drafted).id == name.clause
        if name.part in ("Section", "Exhibit"):
            assert clauses.clause(library, name.cited, drafted).id == name.clause
            assert clauses.clause(library, name.words, drafted).id == name.clause


@pytest.mark.parametrize(("typed", "found"), [("Bit", "list"), ("12,500.50", "price"), ("Ann", "parties")])
def test_what_answers_fill_in_a_contract_is_found(made, typed, found):
    library, drafted = made
    assert found in [c.id for c in clauses.find(library, typed, drafted)]
    assert found not in [c.id for c in clauses.find(library, typed)]
    lines = {
        hit.clause.id: [line for line in hit.lines if line.where == "contract"]
        for hit in texts.search(library, typed, drafted)
    }
    assert lines[found]


def test_an_item_that_a_section_does_not_have_names_nothing(made):
    library, drafted = made
    assert clauses.clause(library, "1.2(a)", drafted).id == "leash"
    with pytest.raises(DraftingError, match=r"Section 1\.2 has no \(c\)\(ii\)"):
        clauses.clause(library, "1.2 (c) (ii)", drafted)


def test_a_clause_left_out_is_found_and_said_to_be_left_out(made):
    library, drafted = made
    assert clauses.name(clauses.clause(library, "muzzle", drafted), drafted) == "Muzzle, not in this contract"


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("leesh", "there is no clause 'leesh'", "did you mean 'leash'?"),
        ("Terminaton", "there is no clause 'Terminaton'", "did you mean 'notes'?"),
        ("1.9", "there is no Section 1.9 in this contract", "Article 1 has Sections 1.1 to 1.3"),
        ("9.1", "there is no Section 9.1 in this contract", "its Articles are 1 to 2"),
        ("Exhibit Q", "there is no Exhibit Q in this contract", "its Exhibits are A to B"),
    ],
)
def test_what_names_no_clause_says_what_is_near(made, typed, message, hint):
    with pytest.raises(DraftingError) as error:
        clauses.clause(made[0], typed, made[1])
    assert [(p.code, p.message, p.hint) for p in error.value.problems] == [("unknown-clause", message, hint)]


def test_a_number_without_a_matter_asks_for_the_matter(made):
    with pytest.raises(DraftingError, match="-m MATTER"):
        clauses.clause(made[0], "1.2")


# -- what a clause rests on ---------------------------------------------------------------------

CITED = small.POLICY
for before, after in [
    ("id: III\n    paragraph: III", "id: IV.F(b)\n    paragraph: IV.F-1"),
    ("id: II\n    paragraph: II", "id: IV.F(a)\n    paragraph: IV.F"),
    ("id: III\n    number", "id: IV.F-1\n    called: IV.F, first bullet\n    number"),
    ("id: II\n    number", "id: IV.F\n    number"),
    ("paragraph: III,", "paragraph: IV.F-1,"),
    ("paragraph: II,", "paragraph: IV.F,"),
]:
    assert before in CITED
    CITED = CITED.replace(before, after)
RESTING = {name: text.replace("[II]", "[IV.F(a)]").replace("[III]", "[IV.F(b)]") for name, text in CLAUSES.items()}
HELPS = clause("First Words", "standard|preferred||IV.F(a)|The walker holds on.")


@pytest.fixture(scope="module")
def resting(tmp_path_factory):
    library = load(tmp_path_factory.mktemp("resting"), policy=CITED, clauses={**RESTING, "dog": HELPS})
    return library, draft(library)[0]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("IV.F(a)", ["leash", "dog"]),  # the home is first
        ("iv.f (a)", ["leash", "dog"]),
        ("Policy 7, IV.F(a)", ["leash", "dog"]),
        ("7, paragraph IV.F(b)", ["muzzle"]),
        ("IV.F(b)", ["muzzle"]),
        ("IV.F, first bullet", ["muzzle"]),
        ("IV.F", ["leash", "muzzle", "dog"]),
        ("IV", ["leash", "muzzle", "dog"]),
        ("IV.F(c)", []),
        ("I", []),  # it asks nothing
        ("V", []),
        ("1.2", ["leash"]),  # the contract's number is nearer
        ("leash", ["leash"]),
    ],
)
def test_the_number_of_a_requirement_or_paragraph_finds_what_rests_on_it(resting, typed, found):
    assert [c.id for c in clauses.find(resting[0], typed, resting[1])] == found


def test_what_several_clauses_rest_on_names_them_home_first(resting):
    with pytest.raises(DraftingError) as error:
        clauses.clause(resting[0], "IV.F(a)", resting[1])
    (found,) = error.value.problems
    assert found.message == "2 clauses rest on Policy 7 IV.F(a): leash (1.2 Leash); dog (1.1 First Words)"
    assert found.hint == "type the one you mean, as leash or 1.2"
    with pytest.raises(DraftingError, match="no clause rests on Policy 7 I"):
        clauses.clause(resting[0], "I", resting[1])


def test_a_search_for_a_number_lists_what_rests_on_it(resting):
    hits = texts.search(*resting[:1], "IV.F", resting[1])
    assert [(hit.clause.id, [line.text for line in hit.lines]) for hit in hits] == [
        ("leash", ["Policy 7 IV.F(a): The walker uses a leash."]),
        ("muzzle", ["Policy 7 IV.F(b): The walker uses a muzzle."]),
        ("dog", ["Policy 7 IV.F(a): The walker uses a leash."]),
    ]


def test_a_source_that_is_not_the_policy_is_cited_with_its_number():
    library = generated.real_library()
    for requirement in library.requirements:
        source = library.source_of(requirement.id)
        homes = {library.requirement(one).home for one in (requirement.id, *requirement.same_as)} - {""}
        for typed in (requirement.id, f"{source.number}, {requirement.shown}", source.cite(requirement)):
            found = [c.id for c in clauses.find(library, typed)]
            assert set(found[: len(homes & set(library.order()))]) <= homes, typed
            assert bool(found) == bool(homes & set(library.order())), typed
    assert [c.id for c in clauses.find(library, "626.8482, subd. 3(a)")] == ["training-before-duties"]
    assert [c.id for c in clauses.find(library, "sub")] != [c.id for c in clauses.find(library, "626.8482, subd. 3")]
    assert clauses.find(library, "3(a)") != clauses.find(library, "626.8482, subd. 3(a)")


@given(st.text(max_size=30))
def test_any_words_find_clauses_or_a_problem(typed):
    library = small_library()
    found = clauses.find(library, typed)
    assert {c.id for c in found} <= set(library.clauses)
    if len(found) != 1:
        with pytest.raises(DraftingError, match=r"unknown-clause|several-clauses"):
            clauses.clause(library, typed)


# -- alternatives -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sixty-days", "sixty-days"),
        ("sixty", "sixty-days"),
        ("60 days", "sixty-days"),
        ("On 60 days' written notice", "sixty-days"),
        ("fallback", "ninety"),
        ("preferred", "thirty-days"),
        ("written", "sixty-days"),
    ],
)
def test_an_alternative_is_found_by_id_label_and_position(made, typed, found):
    assert clauses.alternative(made[0].clauses["notes"], typed).id == found


@pytest.mark.parametrize(("typed", "code"), [("days", "several-alternatives"), ("forty", "unknown-alternative")])
def test_an_alternative_that_is_not_one_is_a_problem(made, typed, code):
    with pytest.raises(DraftingError) as error:
        clauses.alternative(made[0].clauses["notes"], typed)
    assert [p.code for p in error.value.problems] == [code]


def test_words_of_an_option_that_the_text_of_a_clause_reads_lead_to_its_answer(tmp_path):
    small.build(
        tmp_path / "lib", clauses={"notes": clause("Notes", "standard|preferred|||A {{ leash | label }} leash.")}
    )
    for typed in ("long", "Long", "LONG"):
        shown = drafter("swap", "matter", "notes", typed)
        assert shown.exit_code == 1
        said = " ".join(shown.stderr.split())
        assert "hint: one of its answers says so: drafter answer matter leash long; or it has standard" in said
    assert "answer matter" not in drafter("swap", "matter", "notes", "middling").stderr
    assert "answer matter" not in drafter("swap", "matter", "muzzle", "long").stderr


@pytest.mark.parametrize(
    "typed",
    [
        "explain matter what leash", "explain matter a place to walk", "swap matter the leash long",
        "answer matter who walks Bo", "answer matter what leash is it long", "concede matter --reject the leash",
    ],
)  # fmt: skip
def test_words_without_quotes_are_told_to_have_some(typed):
    shown = drafter(*typed.split())
    assert (shown.exit_code, "words of several parts need quotes." in shown.stderr) == (2, True)


def test_a_position_that_two_share_names_neither(tmp_path):
    notes = clause("Notes", "a|acceptable|||A.", "b|acceptable|bites||B.", "c|fallback|||C.")
    with pytest.raises(DraftingError, match="fits 2 alternatives"):
        clauses.alternative(load(tmp_path / "two", clauses={"notes": notes}).clauses["notes"], "acceptable")


# -- questions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("leash", ["leash"]),
        ("town.name", ["town.name"]),
        ("Who walks?", ["walker"]),
        ("who walks", ["walker"]),
        ("name of the walker", ["walker"]),
        ("zebra", []),
        ("Walker's name", ["walker"]),
        ("start", ["starts"]),
        ("what fee", ["fee"]),
        ("chain", ["dogs.chain"]),
        ("does it", ["bites"]),
        ("it", ["starts", "ends"]),
    ],
)
def test_a_question_is_found_by_id_prompt_and_label(made, typed, found):
    assert [named.id for named in questions.find(made[0].questionnaire, typed)] == found


def test_a_question_that_is_not_there_says_what_is_near(made):
    with pytest.raises(DraftingError, match="did you mean 'leash'"):
        questions.question(made[0].questionnaire, "leesh", Place("answers.yaml"))


# -- searching ----------------------------------------------------------------------------------


def test_a_search_finds_headings_labels_wordings_and_guidance(made):
    found = {
        (hit.clause.id, line.where, line.alternative)
        for words in ("termination", "written", "ninety", "policies ask", "guidance leash")
        for hit in texts.search(made[0], words)
        for line in hit.lines
    }
    assert {
        ("notes", "heading", ""),
        ("notes", "label", "sixty-days"),
        ("notes", "wording", "ninety"),
        ("notes", "guidance", "ninety"),
        ("notes", "wording", "sixty-days"),
    } <= found


def test_a_search_shows_the_lines_that_hold_every_word_and_marks_them(made):
    (hit,) = texts.search(made[0], "sixty notices")
    assert {line.text[a:b].casefold() for line in hit.lines for a, b in line.spans} == {"sixty", "60", "notice"}
    assert texts.search(made[0], "zebra leash") == ()
    assert texts.search(made[0], " ") == ()


def small_library():
    from generated import small_library

    return small_library()


# -- the commands -------------------------------------------------------------------------------


def test_find_prints_each_line_with_the_words_marked():
    shown = drafter("clauses", "--find", "steel", "-m", "matter")
    assert shown.exit_code == 0
    assert shown.stdout == ("leash: 1.2 Leash\n  Wording of short  (i) of *steel*.\n\n1 clause holds 'steel'.\n")
    assert drafter("clauses", "--find", "zebra").stdout == "No clauses hold 'zebra'.\n"


def test_find_tells_a_script_where_the_words_are():
    (hit,) = json.loads(drafter("clauses", "--find", "steel", "--json").stdout)
    (line,) = hit["lines"]
    assert (hit["clause"], line["where"], line["alternative"]) == ("leash", "wording", "short")
    assert [line["text"][a:b] for a, b in line["spans"]] == ["steel"]


@pytest.mark.parametrize(
    "words",
    [
        ["leash", "--find", "x"],
        ["--find", " "],
        ["leash", "short", "long"],
        ["leash", "--compare"],
        ["leash", "short", "--compare"],
    ],
)
def test_what_the_list_of_clauses_cannot_take_is_refused(words):
    assert drafter("clauses", *words).exit_code == 2


def test_two_alternatives_are_compared_as_written_and_as_drafted():
    written = drafter("clauses", "leash", "short", "fallback", "--compare")
    assert written.exit_code == 0
    assert "The walker must use a leash {-on {{ the_dog-}{+of {{ length }}" in written.stdout
    drafted = drafter("clauses", "1.2", "short", "long", "--compare", "-m", "matter")
    assert "{-on each Dog-}{+of [Length] feet+}" in drafted.stdout
    assert json.loads(drafter("clauses", "leash", "short", "long", "--compare", "--json").stdout)["after"] == "long"
    same = drafter("clauses", "leash", "short", "short", "--compare")
    assert "Nothing changed." in same.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["swap", "matter", "1.2", "fallback"],
        ["explain", "matter", "Section 1.2"],
        ["clauses", "1.2", "-m", "matter"],
        ["concede", "matter", "--reject", "1.2:the short one"],
        ["draft", "matter", "--allow-deviation", "1.2"],
    ],
)
def test_every_command_takes_a_number_for_a_clause(words):
    result = drafter(*words)
    assert result.exit_code in (0, 1)
    assert "unknown" not in result.stderr + result.stdout
    assert words[0] == "draft" or "leash" in result.stdout


def test_a_swap_is_undone_by_number():
    assert drafter("swap", "matter", "1.2", "long").exit_code == 0
    undone = drafter("swap", "matter", "Section 1.2", "--undo")
    assert (undone.exit_code, undone.stdout.partition("\n")[0]) == (0, "leash: long (fallback) -> short (preferred)")


# -- what an answer reaches ---------------------------------------------------------------------


def test_explain_lists_everything_that_an_answer_reaches():
    shown = drafter("explain", "matter", "bites")
    assert shown.exit_code == 0
    said = " ".join(shown.stdout.split())
    assert "Question Does one bite? (bites)" in said
    assert "1.2 Leash (leash): the answer is read by its text" in said
    assert "Not in it Muzzle (muzzle): the answer decides whether it is in the contract" in said
    assert "Check biter (not set off): A dog bites." in said
    assert "Requirement III (does not apply)" in said


def test_explain_lists_the_lines_of_the_memo_that_depend_on_a_wording_that_the_answer_decides(place):
    sentence = "sections:\n  - {clause: leash, when: wording.leash == 'long', text: It is long.}\n"
    told = "{when: wording.leash == 'short'} Words."
    (place / "lib/memo.md").write_text(generated.memo(sentence, request=told), "utf-8")
    found = json.loads(drafter("explain", "matter", "What leash?", "--json").stdout)
    assert [one["name"] for one in found["reaches"] if one["kinds"] == ["memo"]] == ["request", "leash"]
    with_memo = small.load(place / "lib")
    without = replace(with_memo, memo=None)  # what reads a wording reads no answer, and makes no choice an answer
    assert readers.readers(with_memo)["leash"] == readers.readers(without)["leash"]


def test_explain_tells_a_script_what_an_answer_reaches():
    found = json.loads(drafter("explain", "matter", "Does one bite?", "--json").stdout)
    assert (found["question"], found["answer"]) == ("bites", "No")
    assert {(one["name"], one["now"]) for one in found["reaches"]} == {
        ("leash", True), ("muzzle", False), ("biter", False), ("III", False)
    }  # fmt: skip


def test_an_answer_that_nothing_reads_says_so(place):
    extra = small.QUESTIONNAIRE.replace(
        "      - {id: note,", "      - {id: spare, type: text, prompt: Spare?}\n      - {id: note,"
    )
    small.build(place / "lib", questionnaire=extra)
    assert "Nothing else reads this answer." in drafter("explain", "matter", "spare").stdout


def test_explain_takes_clauses_before_questions_and_fields_as_their_list():
    assert drafter("explain", "matter", "leash").stdout.startswith("Clause")
    assert drafter("explain", "matter", "dogs[2].size").stdout.startswith("Question")
    assert drafter("explain", "matter", "zebra").exit_code == 1
