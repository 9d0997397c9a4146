"""A library with several forms of its contract: each form is a library of its own, and a matter chooses one."""

import json
import re

import commands
import docx_changes
import docx_text
import forms
import generated
import pytest
import small
import wrong
from generated import TEMPLATE

from drafter import contract
from drafter.base import yaml_tree
from drafter.comparing import redline
from drafter.matters import answers
from drafter.proving import proof
from drafter.proving.linting import lint
from drafter.reading import loading
from drafter.reading.forms.reading import Reading
from drafter.reading.library import Absent
from drafter.reading.reviewing import in_forms, review
from drafter.word import incoming, reader, writer
from drafter.word.oxml import package


def test_a_form_has_its_outline_its_clauses_and_its_wordings(tmp_path):
    short, whole = (forms.load(tmp_path, form) for form in ("short", "whole"))
    assert [form.id for form in short.forms] == ["short", "whole"]
    assert short.order() == ("parties", "dog", "leash", "muzzle", "price", "list")
    assert set(whole.order()) - set(short.order()) == {"recital", "notes", "policy"}
    assert short.clauses.keys() == set(short.order())
    assert [a.id for a in short.clauses["leash"].alternatives] == ["brief"]
    assert [a.id for a in whole.clauses["leash"].alternatives] == ["short", "long"]
    assert short.elsewhere == {
        "recital": Absent(("whole",), "Recital"),
        "notes": Absent(("whole",), "Notes", "The walker's notes."),
        "policy": Absent(("whole",), "Policy"),
    }


def test_the_first_form_is_that_of_a_new_matter_and_the_library_says_which_is_meant_where_none_is_said(tmp_path):
    root = forms.build(tmp_path)
    assert loading.load(root).form.id == "short"
    assert [loading.load(root, "lib", said).form.id for said in ("", "nonsense", "short")] == [
        "whole",
        "whole",
        "short",
    ]


def test_the_library_of_a_form_is_the_one_that_is_written_for_it_alone(tmp_path):
    alone = forms.AGREEMENT.partition("forms:")[0].replace("form_unsaid: whole\n", "")
    kept = "\n".join(line[4:] for line in forms.AGREEMENT.partition("  short:\n    label: Short\n")[2].split("\n")[:4])
    leash = small.clause("Leash", f"brief|preferred||II|{forms.SHORT_LEASH}")
    asked = forms.load(tmp_path / "f", "short").questionnaire
    other = small.load(
        tmp_path / "a", agreement=alone + kept, policy=forms.POLICY.replace('["short", "brief"]', '["brief"]')
        .replace('      - {"sentence": "The walker must use a leash of', "#"),
        clauses={"leash": leash, "recital": None, "notes": None, "policy": None},
        questionnaire=_without(small.QUESTIONNAIRE, ("leash", "length", "note")),
    )  # fmt: skip
    made, own = (small.draft(library)[0] for library in (forms.load(tmp_path / "f", "short"), other))
    assert contract.to_text(made) == contract.to_text(own)
    assert asked.questions.keys() == other.questionnaire.questions.keys()


def _without(questionnaire, names):
    tree = yaml_tree.plain(yaml_tree.parse(questionnaire, "asked"))
    for section in tree["sections"]:
        section["questions"] = [question for question in section["questions"] if question["id"] not in names]
    return json.dumps(tree)


# -- questions ----------------------------------------------------------------------------------


def test_only_the_questions_that_a_form_uses_are_asked(tmp_path):
    short, whole = (forms.load(tmp_path, form).questionnaire for form in ("short", "whole"))
    assert set(whole.questions) - set(short.questions) == {"leash", "length", "note"}
    assert short.elsewhere == {"leash": ("whole",), "length": ("whole",), "note": ("whole",)}


def test_a_question_that_decides_whether_another_is_asked_is_asked_too(tmp_path):
    asked = small.QUESTIONNAIRE.replace("id: fee, type", "id: fee, ask_when: leash == 'long', type")
    assert "leash" in forms.load(tmp_path, "short", questionnaire=asked).questionnaire.questions


def test_a_check_is_left_out_with_a_question_that_it_reads_and_makes_no_form_ask(tmp_path):
    check = "  - {id: both, holds: length < 9, questions: [length], message: Too long.}\n"
    short, whole = (
        forms.load(tmp_path, form, questionnaire=small.QUESTIONNAIRE + check).questionnaire
        for form in ("short", "whole")
    )
    assert "both" not in [c.entry.id for c in short.checks]
    assert "both" in [c.entry.id for c in whole.checks]
    assert {c.entry.id for c in short.checks} == {"order", "some", "biter"}


def test_a_question_that_only_checks_read_is_asked_in_every_form(tmp_path):
    more = small.QUESTIONNAIRE.replace("checks:", "      - {id: vet, type: yes-no, prompt: A vet?}\nchecks:").replace(
        "checks:\n", "checks:\n  - {id: vet, holds: vet, questions: [vet], message: No vet.}\n"
    )
    for form in ("short", "whole"):
        assert "vet" in forms.load(tmp_path, form, questionnaire=more).questionnaire.questions


def test_answers_of_another_form_are_kept_and_not_read(tmp_path):
    short = forms.load(tmp_path, "short").questionnaire
    read = answers.parse("form: short\nnote: Hello\nlength: not a number\nwalker: Ann\nskipped: [note]\n", "a", short)
    assert read.given == {"walker": "Ann"}
    assert not read.reminders
    assert not read.skipped


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("walker: Ann\nform: shrt\n", 2, "unknown-form"),
        ("form: [short]\n", 1, "unknown-form"),
        ("form: whole\n", 1, "other-form"),
    ],
)
def test_a_form_that_there_is_not_is_a_problem_at_its_line(tmp_path, text, line, code):
    short = forms.load(tmp_path, "short").questionnaire
    assert wrong.places(answers.parse, text, "a.yaml", short) == [(code, f"a.yaml:{line}")]


def test_what_a_file_says_of_its_form_is_found_however_it_is_written():
    for text in ("form: short\n", '"form": short\n', "a: b\nform : 'short'\n", "{form: short}", "{a: b, form: short}"):
        assert answers.form_of(text) == "short"
    for text in ("", "form:\n", "# form: short\n", "form: [short]\n", "deep:\n  form: short\n", "form: short\n\t"):
        assert answers.form_of(text) == ""


# -- conditions of texts ------------------------------------------------------------------------

GUARDED = small.clause(
    "Muzzle",
    "standard|preferred||III|The walker must use a muzzle.\n\n{when: form == 'whole'} See [[notes]].\n\n"
    "{when: form == 'short' or fee > 5} Or a net.",
    when="bites",
)


def test_a_text_may_belong_to_a_form_by_its_condition(tmp_path):
    short, whole = (forms.load(tmp_path, form, clauses={"muzzle": GUARDED}) for form in ("short", "whole"))
    made = {
        one.form.id: contract.to_text(small.draft(one, small.ANSWERS + "bites: yes\n")[0]) for one in (short, whole)
    }
    assert "See Section 2.1." in made["whole"]
    assert "See" not in made["short"].partition("must use a muzzle.")[2]
    assert all("Or a net." in text for text in made.values())
    cheap = small.ANSWERS.replace("12,500.50", "3") + "bites: yes\n"
    assert ["Or a net." in contract.to_text(small.draft(one, cheap)[0]) for one in (short, whole)] == [True, False]
    assert [found.code for one in (short, whole) for found in proof.problems(proof.prove(one))] == []


@pytest.mark.parametrize(("form", "declared"), [("short", []), ("whole", ["Of rope"])])
def test_what_a_table_of_another_form_says_is_declared_for_that_form_alone(tmp_path, form, declared):
    exception = "exceptions: [{sentence: Of rope, because: It names a kind.}]"
    leash = forms.LEASH.replace("---\n\n## short", f"{exception}\n---\n\n## short", 1)
    leash = leash.replace("\n## brief", "\n| Kind |\n|---|\n| Of rope |\n\n## brief", 1)
    made = forms.load(tmp_path, form, clauses={"leash": leash})
    assert [one.sentence for one in made.clauses["leash"].exceptions] == declared


def test_the_form_is_no_field(tmp_path):
    text = small.CLAUSES["dog"].replace("See [[leash.hold]]", "{{ form }}")
    found = wrong.codes(forms.load, tmp_path, clauses={"dog": text})
    assert "bad-expression" in found


def test_a_library_without_forms_has_no_name_for_the_form(tmp_path):
    assert "bad-expression" in wrong.codes(small.load, tmp_path, clauses={"muzzle": GUARDED})
    asked = small.QUESTIONNAIRE.replace("id: fee", "id: form")
    loaded = small.load(
        tmp_path, questionnaire=asked, clauses={"price": small.CLAUSES["price"].replace("fee |", "form |")}
    )
    assert answers.parse("form: 12\n", "a", loaded.questionnaire).given["form"] == 12
    assert wrong.codes(forms.load, tmp_path, questionnaire=asked)


# -- the memo -----------------------------------------------------------------------------------

SAID = """\
sections:
  - {clause: notes, text: "Notes in [[notes]]."}
  - {clause: leash, when: wording.leash == 'brief', text: Brief.}
  - {clause: leash, when: not (wording.leash == 'brief'), text: Whole.}
costs:
  - {label: Fee, when: form == 'whole' and fee > 2, factors: [fee], basis: "See [[notes]]."}
"""
REQUEST = "{when: form == 'whole'} See [[policy]].\n\n{when: wording.notes == 'standard'} Noted.\n\n"
REQUEST += "{when: not (wording.notes == 'standard')} No notes of ours.\n\nAlways."


def with_memo(tmp_path, text):
    root = forms.build(tmp_path)
    (root / "memo.md").write_text(text, "utf-8")
    return {one.library.form.id: one for one in loading.read_forms(root, "lib")}


def test_the_memo_of_a_form_has_what_can_be_printed_in_it(tmp_path):
    found = with_memo(tmp_path, generated.memo(SAID, request=REQUEST))
    assert [one.unread_memo for one in found.values()] == [(), ()]
    short, whole = (found[form].library.memo for form in ("short", "whole"))
    assert [entry.about for entry in short.sections] == ["leash", "leash"]
    assert [entry.about for entry in whole.sections] == ["notes", "leash", "leash"]
    assert (len(short.costs), len(whole.costs)) == (0, 1)
    assert (len(short.parts["request"]), len(whole.parts["request"])) == (2, 4)
    assert lint.lint_forms(tuple(found.values())).wrong == ()
    for one in found.values():
        assert not proof.problems(proof.prove(one.library))


def test_a_line_of_the_memo_that_no_form_prints_is_told(tmp_path):
    def never_printed(condition):
        found = with_memo(tmp_path, generated.memo(request=f"{{when: {condition}}} Never."))
        return [p.message for p in lint.lint_forms(tuple(found.values())).wrong if p.code == "never-printed"]

    assert len(never_printed("wording.leash == 'brief' and wording.leash == 'long'")) == 1
    assert [m.endswith("(in the form 'whole')") for m in never_printed("form == 'whole' and bites and not bites")] == [
        True
    ]
    assert never_printed("wording.leash == 'brief'") == []


def test_a_reference_of_the_memo_to_what_a_form_leaves_out_is_a_problem_of_that_form(tmp_path):
    found = with_memo(tmp_path, generated.memo(request="See [[notes]]."))
    assert [[p.code for p in one.unread_memo] for one in found.values()] == [["dead-reference"], []]
    made = lint.lint_forms(tuple(found.values()))
    assert [p.message.endswith("(in the form 'short')") for p in made.wrong if p.code == "dead-reference"] == [True]


# -- what can be wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("form_unsaid: whole\n", ""), "unknown-form"),
        (("form_unsaid: whole\n", "form_unsaid: hole\n"), "unknown-form"),
        (("  short:\n", "  Short!:\n"), "bad-value"),
        (("    label: Short\n", ""), "missing-key"),
        (("clauses: [dog, leash, muzzle, price]", "clauses: [dog, leash, muzzle, price, cat]"), "missing-clause"),
    ],
)
def test_the_outline_of_forms_must_be_whole(tmp_path, change, code):
    agreement = forms.AGREEMENT.replace(*change, 1)
    assert agreement != forms.AGREEMENT
    assert code in wrong.codes(forms.load, tmp_path, agreement=agreement)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("form: short\n", "form: shrt\n"), "unknown-form", "there is no form 'shrt'"),
        (("for: [short, long]", "for: [short, lng]"), "unknown-alternative", "lng"),
        (("form: short\n", "form: whole\n"), "missing-alternative", "no alternative of 'leash' belongs"),
    ],
)
def test_a_wording_belongs_to_a_form_that_there_is(tmp_path, change, code, words):
    leash = forms.LEASH.replace(*change, 1)
    assert leash != forms.LEASH
    found = wrong.problems(forms.load, tmp_path, clauses={"leash": leash})
    assert any(one.code == code and words in one.message for one in found)


def test_a_wording_of_a_form_without_its_clause_is_a_problem(tmp_path):
    notes = small.CLAUSES["notes"].replace("position: preferred", "position: preferred\n    form: short", 1)
    found = wrong.problems(forms.load, tmp_path, clauses={"notes": notes})
    assert {one.code for one in found} == {"unplaced-clause", "missing-alternative"}


def test_a_sentence_said_in_a_clause_of_one_form_says_so(tmp_path):
    said = "The walker must use a muzzle.", {"clause": "notes", "sentence": "Dogs and the Town agree."}
    policy = small.saying("III", *said, policy=forms.POLICY)
    found = wrong.problems(forms.load, tmp_path, "short", policy=policy)
    assert [(one.code, "of the form 'short'" in one.message) for one in found] == [("unknown-clause", True)]
    mended = policy.replace('"clause": "notes"', '"form": "whole", "clause": "notes"')
    assert forms.load(tmp_path, "short", policy=mended).requirement("III").says[-1].clause == ""
    assert forms.load(tmp_path, "whole", policy=mended).requirement("III").says[-1].clause == "notes"


def test_a_definition_is_held_only_where_a_wording_of_the_form_has_its_term(tmp_path):
    terms = "actors: [walker]\nterms: {Log: ['**Log** means a note.'], Lead: ['**Lead** means a leash.']}\n"
    parts = {"policy": f"{forms.POLICY}\n{terms}", "clauses": {"notes": f"{forms.NOTES}\n**Log** means a note.\n"}}
    held = [set(forms.load(tmp_path, form, **parts).policy.terms) for form in ("short", "whole")]
    assert held == [{"Lead"}, {"Log", "Lead"}]


# -- over all forms -----------------------------------------------------------------------------


def test_lint_and_prove_go_over_every_form(tmp_path):
    root = forms.build(tmp_path / "lib")
    assert commands.run("lint", root).exit_code == 0
    said = commands.run("prove", root)
    assert said.exit_code == 0
    text = " ".join(said.output.split())  # the folder's path decides where the lines break
    assert "in the form 'short'" in text
    assert "in the form 'whole'" in text
    found = json.loads(commands.run("prove", root, "--json").output)
    assert list(found["forms"]) == ["short", "whole"]
    assert list(json.loads(commands.run("lint", root, "--json").output)["forms"]) == ["short", "whole"]
    assert list(json.loads(commands.run("prove", root, "--mutate", "--json").output)) == ["short", "whole"]


def test_a_problem_is_told_once_and_of_which_form_it_is(tmp_path):
    dog = small.CLAUSES["dog"].replace("See [[leash.hold]].", "See [[notes]]. It shall sit.")
    root = forms.build(tmp_path / "lib", clauses={"dog": dog, "price": small.CLAUSES["price"].replace("must", "")})
    made = lint.lint_forms(loading.read_forms(root, "lib"))
    dead = [one.message for one in made.wrong if one.code == "dead-reference"]
    assert len(dead) == 1
    assert dead[0].endswith("(in the form 'short')")
    shall = [one.message for one in made.style if one.code == "duty-word"]
    assert len(shall) == 1
    assert "in the form" not in shall[0]


def test_a_hole_of_a_form_is_shown_by_answers_of_that_form(tmp_path):
    dog = small.CLAUSES["dog"].replace("See [[leash.hold]].", "See [[muzzle]].")
    root = forms.build(tmp_path / "lib", clauses={"dog": dog})
    said = commands.run("prove", root, "-o", tmp_path / "hole.yaml")
    assert said.exit_code == 1
    assert answers.form_of((tmp_path / "hole.yaml").read_text()) == "short"
    assert answers.form_of((tmp_path / "hole-2.yaml").read_text()) == "whole"


# -- a matter -----------------------------------------------------------------------------------


def made(tmp_path, form="short", more=""):
    root = forms.build(tmp_path / "lib")
    matter = tmp_path / "matter"
    assert commands.run("new", matter, "--library", root, *(["--form", form] if form else [])).exit_code == 0
    said = f"form: {form}\n" if form else ""
    (matter / "answers.yaml").write_text(said + small.ANSWERS + more, "utf-8")
    return matter


def test_a_new_matter_says_its_form_and_asks_what_that_asks(tmp_path):
    root = forms.build(tmp_path / "lib")
    assert "Form: Short." in commands.run("new", tmp_path / "a", "--library", root).output
    assert commands.run("new", tmp_path / "b", "--library", root, "--form", "whole").exit_code == 0
    short, whole = ((tmp_path / name / "answers.yaml").read_text("utf-8") for name in "ab")
    assert (answers.form_of(short), answers.form_of(whole)) == ("short", "whole")
    assert ("note:" in short, "note:" in whole) == (False, True)
    refused = commands.run("new", tmp_path / "c", "--library", root, "--form", "shrt")
    assert refused.exit_code == 1
    assert "did you mean 'short'" in refused.output
    assert not (tmp_path / "c").exists()
    plain = small.build(tmp_path / "plain")
    assert commands.run("new", tmp_path / "d", "--library", plain, "--form", "short").exit_code == 1
    assert commands.run("new", tmp_path / "d", "--library", plain).exit_code == 0
    assert "form" not in (tmp_path / "d" / "answers.yaml").read_text("utf-8").lower()


def test_a_matter_is_drafted_in_its_form(tmp_path):
    matter = made(tmp_path)
    said = commands.run("draft", matter)
    assert said.exit_code == 0
    assert "Short" in said.output
    assert json.loads(commands.run("draft", matter, "--json").output)["form"] == "short"
    (matter / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    assert json.loads(commands.run("draft", matter, "--json").output)["form"] == "whole"
    (matter / "answers.yaml").write_text("form: hole\n" + small.ANSWERS, "utf-8")
    refused = commands.run("draft", matter)
    assert refused.exit_code == 1
    assert "answers.yaml:1: unknown-form" in refused.output


def test_nothing_is_said_of_forms_where_there_are_none(tmp_path):
    matter = commands.matter(tmp_path)
    said = commands.run("draft", matter, "--library", tmp_path / "lib", "-o", tmp_path / "c.json")
    assert "Form" not in said.output
    assert '"form"' not in (tmp_path / "c.json").read_text("utf-8")


def test_what_another_form_has_is_called_so(tmp_path):
    matter = made(tmp_path)
    for words in (
        ("swap", matter, "notes", "standard", "--because", "x"),
        ("swap", matter, "leash", "long", "--because", "x"),
        ("answer", matter, "note", "x"),
        ("explain", matter, "notes"),
        ("concede", matter, "--reject", "leash:long"),
    ):
        said = commands.run(*words)
        assert said.exit_code == 1, words
        assert "belongs to the form 'whole'" in " ".join(said.output.split()), words
    (matter / "answers.yaml").write_text("form: short\nalternatives:\n  leash: long\n  notes: standard\n", "utf-8")
    found = " ".join(commands.run("check", matter).output.split())
    assert "the alternative 'long' of 'leash' belongs to the form 'whole'" in found
    assert "the clause 'notes' belongs to the form 'whole'" in found


def test_an_own_wording_of_a_clause_of_another_form_is_kept_for_it(tmp_path):
    matter = made(tmp_path)
    (matter / "wording").mkdir()
    (matter / "wording" / "notes.md").write_text("Our notes. See [[policy]].\n", "utf-8")
    assert commands.run("draft", matter).exit_code == 0


# -- several clauses under one heading ----------------------------------------------------------

TOGETHER = small.AGREEMENT.replace(
    "clauses: [dog, leash, muzzle, price]", "clauses: [dog, {title: Care, clauses: [muzzle, leash, price]}]"
)
BITES = small.ANSWERS + "bites: yes\n"


def test_clauses_under_one_heading_are_sections_and_the_first_one_has_it(tmp_path):
    library = small.load(tmp_path, agreement=TOGETHER)
    bitten, plain = (small.draft(library, text)[0] for text in (BITES, small.ANSWERS))
    shown = [(s.id, s.number, s.heading) for s in bitten.articles[0].sections]
    assert shown == [("dog", "1.1", "Dog"), ("muzzle", "1.2", "Care"), ("leash", "1.3", ""), ("price", "1.4", "")]
    assert [(s.id, s.heading) for s in plain.articles[0].sections][1:] == [("leash", "Care"), ("price", "")]
    text = contract.to_text(bitten)
    assert "1.2 Care\nThe walker must use a muzzle. Section 1.3 stays.\n\n1.3 The walker must use a leash" in text
    assert contract.names(bitten)["price"].words == "1.4 Care"
    assert contract.from_json(contract.to_json(bitten)) == bitten
    assert library.order()[2:6] == ("dog", "muzzle", "leash", "price")


def test_what_must_be_said_is_said_under_the_heading_of_another_clause(tmp_path):
    made = small.made(small.load(tmp_path, agreement=TOGETHER), BITES)
    assert [row.status for row in made.coverage.rows][:2] == ["met", "met"]
    assert made.coverage.rows[0].places == ("1.3",)
    assert not proof.problems(proof.prove(made.library))


@pytest.mark.parametrize("entry", ["{title: Care}", "{clauses: [leash]}", "{clause: leash, title: Care}"])
def test_clauses_under_one_heading_have_a_title_and_clauses(tmp_path, entry):
    agreement = small.AGREEMENT.replace("clauses: [dog, leash, muzzle", f"clauses: [dog, {entry}, leash, muzzle")
    found = wrong.problems(small.load, tmp_path, agreement=agreement)
    assert ("bad-value", "lib/agreement.yaml:8") in [(one.code, str(one.place)) for one in found]


def test_the_title_over_several_clauses_may_print_an_answer(tmp_path):
    agreement = TOGETHER.replace("title: Care", 'title: "Care by {{ walker }}"')
    library = small.load(tmp_path, agreement=agreement)
    assert contract.words(small.draft(library)[0].articles[0].sections[1].heading) == "Care by Ann"
    assert lint.lint(Reading(library, (), ())).wrong == ()


def test_a_list_under_the_heading_of_another_clause_gets_a_line_for_its_number(tmp_path):
    price = small.CLAUSES["price"].replace("The Town pays {{", "1. The Town pays {{")
    library = small.load(tmp_path, agreement=TOGETHER, clauses={"price": price})
    made = small.draft(library)[0]
    assert "1.3 \n  (a) The Town pays" in contract.to_text(made)
    assert [one.code for one in lint.lint(Reading(library, (), ())).wrong] == ["bare-number"]


LATER = TOGETHER.replace("muzzle, leash, price", "leash, price, muzzle")


@pytest.mark.parametrize(
    ("before", "after"), [(TOGETHER, TOGETHER), (TOGETHER, small.AGREEMENT), (small.AGREEMENT, LATER)]
)
def test_a_redline_of_sections_under_one_heading_holds_both_contracts(tmp_path, before, after):
    more = small.ANSWERS.replace("fee: 12,500.50", "fee: 5") + "bites: yes\nleash: long\nlength: 6\n"
    base = small.draft(small.load(tmp_path / "a", agreement=before))[0]
    revised = small.draft(small.load(tmp_path / "b", agreement=after), more)[0]
    compared = redline.compare(base, revised)
    assert (redline.reject(compared), redline.accept(compared)) == (base, revised)
    data = writer.write_redline(compared, TEMPLATE, writer.Notes(writer.Stamp("A", "2026-01-02")))
    assert printed(docx_changes.accept(data)) == printed(writer.write(revised, TEMPLATE))
    assert printed(docx_changes.reject(data)) == printed(writer.write(base, TEMPLATE))


def printed(data):
    return [line for line in docx_text.plain_text(data).split("\n") if line]


def test_word_numbers_the_first_paragraph_of_a_section_without_a_heading(tmp_path):
    made = small.draft(small.load(tmp_path, agreement=TOGETHER), BITES)[0]
    data = writer.write(made, TEMPLATE)
    body = {line.text: (line.style, line.number) for line in docx_text.body(data)}
    assert body["Care"] == ("heading 2", "1.2")
    assert body["The walker must use a leash on each Dog:"] == ("Section Text", "1.3")
    assert "Leash" not in body
    numbers = docx_text.targets(data)
    assert {name: numbers[writer.target_mark(name)] for name in contract.targets(made)} == contract.targets(made)
    assert all(shown == numbers[mark] for shown, mark in docx_text.references(data))
    entries = [line.text for line in docx_text.body(data) if line.style == "toc 2"]
    assert entries == ["1.1\tDog", "1.2\tCare", "2.1\tNotes"]
    read = reader.read(incoming.read(data), [s.id for s in contract.sections(made)])
    assert read.sections["leash"].heading == ""
    assert read.sections["leash"].lines[0] == "The walker must use a leash on each Dog:"
    assert read.sections["muzzle"].heading == "Care"


# -- cover and contents -------------------------------------------------------------------------


@pytest.mark.parametrize(("cover", "contents"), [("yes", "yes"), ("no", "yes"), ("yes", "no"), ("no", "no")])
def test_a_form_may_have_no_cover_and_no_contents(tmp_path, cover, contents):
    asked = forms.AGREEMENT.replace(
        "    label: Short\n", f"    label: Short\n    cover: {cover}\n    contents: {contents}\n"
    )
    made = small.draft(forms.load(tmp_path, "short", agreement=asked))[0]
    assert contract.from_json(contract.to_json(made)) == made
    styles = [line.style for line in docx_text.body(writer.write(made, TEMPLATE))]
    assert ("Contract Title" in styles, "Contents Heading" in styles) == (cover == "yes", contents == "yes")
    assert ("toc 1" in styles) == (contents == "yes")
    assert ("Agreement Status" in styles) == (cover == "no")
    assert styles.count("Agreement Title") == 1


def test_a_library_without_forms_may_leave_out_cover_and_contents_too(tmp_path):
    made = small.draft(small.load(tmp_path, agreement="cover: no\ncontents: no\n" + small.AGREEMENT))[0]
    assert "Contract Title" not in [line.style for line in docx_text.body(writer.write(made, TEMPLATE))]
    assert "no" not in json.loads(contract.to_json(small.draft(small.load(tmp_path / "b"))[0])).values()


@pytest.mark.parametrize("cover", ["yes", "no"])
def test_the_first_page_has_its_number_unless_it_is_a_cover(tmp_path, cover):
    asked = forms.AGREEMENT.replace("    label: Short\n", f"    label: Short\n    cover: {cover}\n")
    made = small.draft(forms.load(tmp_path, "short", agreement=asked))[0]
    parts = docx_text.parts(writer.write(made, TEMPLATE))
    body = parts["word/document.xml"].decode()
    wanted = re.search(r'<w:footerReference[^>]*w:type="first"[^>]*r:id="(\w+)"|r:id="(\w+)"[^>]*w:type="first"', body)
    assert "w:titlePg" in body
    named = next(filter(None, wanted.groups()))
    relations = parts["word/_rels/document.xml.rels"].decode()
    target = re.search(rf'Id="{named}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="{named}"', relations)
    first = parts["word/" + next(filter(None, target.groups()))].decode()
    assert ("Page" in first) == (cover == "no")
    assert "{%" not in first


def old_template(folder):
    """A firm's template of before exhibits had parts: the style of their headings has no number."""
    parts = docx_text.parts(TEMPLATE.read_bytes())
    styles = parts["word/styles.xml"].decode()
    style = re.search(r'<w:style [^>]*w:styleId="ExhibitHeading".*?</w:style>', styles, re.DOTALL).group()
    plain = re.sub(r"<w:numPr>.*?</w:numPr>", "", style, flags=re.DOTALL)
    assert plain != style
    parts["word/styles.xml"] = styles.replace(style, plain).encode()
    path = folder / "firm.docx"
    path.write_bytes(package.pack(parts))
    return path


def test_a_template_of_before_exhibits_had_parts_serves_what_has_none(tmp_path):
    firm = old_template(tmp_path)
    parts = forms.AGREEMENT.replace("clauses: [list]", "clauses: [list, price]").replace("muzzle, price]", "muzzle]")
    plain, several = (
        small.draft(forms.load(tmp_path / name, "short", agreement=text))[0]
        for name, text in (("a", forms.AGREEMENT), ("b", parts))
    )
    assert writer.write(plain, firm)
    assert writer.write(several, TEMPLATE)
    problem = wrong.only(writer.write, several, firm)
    assert (problem.code, "'Exhibit Heading' has no list number" in problem.message) == ("style-numbering", True)
    said = commands.run("template", "check", firm)
    assert said.exit_code == 0
    assert "Exhibit Heading" in said.stdout


def test_a_redline_between_forms_holds_both(tmp_path):
    plain = forms.AGREEMENT.replace("    label: Short\n", "    label: Short\n    cover: no\n    contents: no\n")
    short, whole = (small.draft(forms.load(tmp_path, form, agreement=plain))[0] for form in ("short", "whole"))
    for base, revised in ((short, whole), (whole, short)):
        compared = redline.compare(base, revised)
        assert (redline.reject(compared), redline.accept(compared)) == (base, revised)
        data = writer.write_redline(compared, TEMPLATE, writer.Notes(writer.Stamp("A", "2026-01-02")))
        assert printed(docx_changes.accept(data)) == printed(writer.write(revised, TEMPLATE))
        assert printed(docx_changes.reject(data)) == printed(writer.write(base, TEMPLATE))


# -- what was read ------------------------------------------------------------------------------


def reviewed(tmp_path, **parts):
    """The folder of a library of which everything was read in both forms."""
    root = forms.build(tmp_path / "lib", **parts)
    commands.run("review", "--library", root, "--all", "--by", "Counsel", "--on", "2026-05-02")
    return root


def every_form(root):
    return [loading.load(root, "lib", form) for form in ("short", "whole")]


def test_what_is_read_is_read_in_every_form_and_no_record_of_a_form_is_dropped(tmp_path):
    root = reviewed(tmp_path)
    both = every_form(root)
    assert [(review.unread(one), review.unread_alone(one)) for one in both] == [((), ())] * 2
    assert {"leash.brief", "leash.short", "leash.long", "notes.standard"} <= both[0].reviewed.alone.keys()
    assert commands.run("review", "--library", root).exit_code == 0
    before = (root / "reviewed.yaml").read_text("utf-8")
    commands.run("review", "--library", root, "leash.brief", "--by", "Counsel", "--on", "2026-05-02")
    assert (root / "reviewed.yaml").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("file", "change", "unread", "what"),
    [
        (
            "agreement.yaml", ("title: Walking", "title: On Foot"), ["dog.standard", "muzzle.standard"],
            "heading, in the form 'short'",
        ),
        ("clauses/price.md", ("The Town pays", "The Town gives"), ["price.standard"], "wording"),
        ("clauses/notes.md", ("agree", "disagree"), ["notes.standard"], "wording"),
    ],
)  # fmt: skip
def test_what_changes_in_one_form_is_unread_and_says_in_which(tmp_path, file, change, unread, what):
    root = reviewed(tmp_path)
    text = (root / file).read_text("utf-8")
    (root / file).write_text(text.replace(*change, 1), "utf-8")
    both = every_form(root)
    found = {one.wording: one for one in in_forms.unread_alone(both)}
    assert set(unread) <= found.keys()
    assert {one.what for name in unread for one in found[name].changes} == {what}
    shown = commands.run("review", "--library", root, unread[-1], COLUMNS="300")
    assert shown.exit_code == 1
    assert what in shown.stdout
    assert "Words " in shown.stdout


def test_a_name_of_any_form_is_known_to_review_and_of_none_is_not(tmp_path):
    root = forms.build(tmp_path / "lib")
    assert "Words" in commands.run("review", "--library", root, "leash.brief", "recital.standard").stdout
    assert "unknown-requirement" in commands.run("review", "--library", root, "leash.brief", "leish").stderr
    outline = commands.run("review", "--library", root, "agreement.yaml", COLUMNS="200").stdout
    assert "Form" not in outline.partition("Not read")[0]  # it says the same of itself in both


def test_the_clauses_of_a_library_are_listed_in_a_form(tmp_path):
    root = forms.build(tmp_path / "lib")
    listed = commands.run("clauses", "--library", root, COLUMNS="200").stdout
    assert "notes" not in listed
    assert listed.endswith("This is the form 'short'; --form lists another: whole.\n")
    assert "notes" in commands.run("clauses", "--library", root, "--form", "whole").stdout
    assert "other: short" in commands.run("clauses", "--library", root, "notes").stdout  # only the whole form has it
    assert "Other forms  short (whole), long (whole)" in commands.run("clauses", "--library", root, "leash").stdout
    told = json.loads(commands.run("clauses", "--library", root, "leash", "--json").stdout)
    assert (told[0]["form"], told[0]["other_forms"]) == ("short", {"short": ["whole"], "long": ["whole"]})
    assert "unknown-form" in commands.run("clauses", "--library", root, "--form", "shart").stderr
    assert commands.run("clauses", "--library", root, "-m", "x", "--form", "short").exit_code == 2


def test_a_new_text_is_tried_in_every_form_and_what_is_written_keeps_what_each_form_says(tmp_path):
    root = forms.build(tmp_path / "lib")
    old, new = root / "sources" / "policy.yaml", tmp_path / "new.yaml"
    before = old.read_text("utf-8")
    words = before.partition("requirements:")[0].replace(
        "A walker must use a leash.", "A walker must use a good leash."
    )
    new.write_text(words, "utf-8")
    told = commands.run("policy", "diff", old, new, "--library", root, "--write", COLUMNS="300").stdout
    assert "leash.brief, Leash (says it)" in told
    assert "leash.long, Leash (says it)" in told
    written = old.read_text("utf-8")
    assert written != before
    assert '"alternatives": ["short", "brief"]' in written
    assert '"alternatives": ["long"]' in written
