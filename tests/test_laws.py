"""What holds of every contract, whatever the answers, and of every library, whatever is wrong with it."""

import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections import Counter
from random import Random

import docx_text
import generated
import pytest
import small
import yaml
from generated import CLAUSE_LIBRARY, EXAMPLE, LIBRARIES, ROOT, TEMPLATE
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from lxml import etree
from often import often

from drafter import contract
from drafter.base import english
from drafter.base.problems import DraftingError
from drafter.contract import Answer, Blank, Definition, Paragraph, Reference, Text
from drafter.drafting import assembly, compliance, selection
from drafter.drafting.finding import reasons
from drafter.matters import answers, checks, scope
from drafter.reading import loading, prose
from drafter.reading.prose import sentences, wordings
from drafter.word import writer

FEW = 100  # examples; where there are fewer each takes its time, and making a failing one smaller would take minutes
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def drawn(key, examples, strategy, holds):
    """Try a function on so many examples: other ones for each key, and the same ones each time."""

    def tried(example):
        holds(example)

    tried = given(strategy)(tried)
    phases = set(Phase) - ({Phase.shrink} if examples < FEW else set())
    tried = settings(max_examples=often(examples), suppress_health_check=SLOW, phases=phases)(tried)
    seed(zlib.crc32(key.encode()))(tried)()


def law(*, negotiated=True, **examples):
    """Make a function of a library and an answers file a test of each library, with so many examples of each."""

    def decorate(holds):
        @pytest.mark.parametrize("name", examples)
        def test(name):
            drafted = LIBRARIES[name]()
            texts = generated.answers(drafted, negotiated=negotiated)
            drawn(f"{holds.__name__} {name}", examples[name], texts, lambda text: holds(drafted, text))

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return decorate


def selected(drafted, text):
    return selection.select(drafted, answers.parse(text, "answers.yaml", drafted.questionnaire))


# -- 1: never none, never two -------------------------------------------------------------------


@law(small=100, real=50, standard=10)
def test_each_clause_is_left_out_or_has_exactly_one_alternative(drafted, text):
    found = selected(drafted, text)
    assert Counter([*found.choices, *found.dropped]) == Counter(drafted.order())
    for choice in found.choices.values():
        assert choice.alternative in choice.clause.alternatives
        better = choice.clause.alternatives[: choice.clause.alternatives.index(choice.alternative)]
        if choice.by == "answers":
            assert not [a for a in better if selection.language.holds(a.when, found.values)]


@law(small=100, real=20, standard=5)
def test_each_clause_of_the_selection_is_one_section_of_the_contract(drafted, text):
    made, _, found = small.draft(drafted, text)
    sections = [(s.id, s.alternative) for s in contract.sections(made)]
    assert sections == [(c, found.choices[c].alternative.id) for c in drafted.order() if c in found.choices]


# -- the policy ---------------------------------------------------------------------------------


@law(small=100, real=30, standard=8, negotiated=False)
def test_every_requirement_that_applies_is_met_when_nobody_chose_otherwise(drafted, text):
    made, coverage, found = small.draft(drafted, text)
    given = answers.parse(text, "answers.yaml", drafted.questionnaire)
    failed = {problem.code for problem in checks.problems(drafted.questionnaire, given, found.values)}
    carried = {one.requirement.id: one.requirement.checks.keys() for one in coverage.rows}
    asked = {row.requirement.id: (row.requirement.id, *row.requirement.same_as) for row in coverage.unmet}
    unmet = [row for row in coverage.unmet if not any(failed & carried[one] for one in asked[row.requirement.id])]
    assert [(row.requirement.id, row.remark) for row in unmet] == []
    if unmet != list(coverage.unmet):
        return  # a check that carries the requirement refuses these answers
    assert [row.requirement.id for row in coverage.rows] == [r.id for r in drafted.requirements]
    assert compliance.deviations(coverage, made, (), "answers.yaml") == made


# -- blanks -------------------------------------------------------------------------------------


@law(small=100, real=30, standard=8, negotiated=False)
def test_a_blank_is_printed_only_for_a_question_that_is_asked(drafted, text):
    made, _, found = small.draft(drafted, text)
    blanks = [blank.question for blank in contract.blanks(made)]
    assert [q for q in blanks if not scope.is_asked(drafted.questionnaire, q, found.values)] == []


# -- 4: references ------------------------------------------------------------------------------


def counted(made):
    """Count what each target prints, from where things stand."""
    found = {}
    for place, article in enumerate(made.articles, 1):
        found[f"article:{article.id}"] = f"Article {place}"
        for number, section in enumerate(article.sections, 1):
            found[section.id] = f"{place}.{number}"
    for place, exhibit in enumerate(made.exhibits):
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
        found[f"exhibit:{exhibit.id}"] = f"Exhibit {letter}"
        if len(exhibit.sections) > 1:
            found |= {section.id: f"{letter}-{number}" for number, section in enumerate(exhibit.sections, 1)}
    for section in contract.sections(made):
        items = [b for b in section.blocks if isinstance(b, Paragraph) and b.style == "item"]
        found |= {item.label: f"({_letter(place)})" for place, item in enumerate(items) if item.label}
    return found


def _letter(place):
    return "abcdefghijklmnopqrstuvwxyz"[place % 26] * (place // 26 + 1)


@law(small=100, real=20, standard=5)
def test_every_reference_prints_the_number_of_what_it_means(drafted, text):
    made = small.draft(drafted, text)[0]
    printed = counted(made)
    assert contract.targets(made) == printed
    for runs in paragraphs(made):
        for before, run in zip((Text(""), *runs), runs, strict=False):
            if isinstance(run, Reference):
                assert run.text == printed[run.target]
                of_section = ":" not in run.target and "." not in run.target
                kind = "Exhibit " if "-" in run.text else "Section "
                assert of_section == (isinstance(before, Text) and before.text.endswith(kind))


def paragraphs(made):
    """The runs of each paragraph, cell and line of a contract, in the order in which they are printed."""
    yield from made.caption
    for section in (*made.opening, *made.recitals, *(s for a in made.articles for s in a.sections)):
        yield from _runs(section)
    for block in made.signatures:
        yield from (block.party, block.note, *(line for s in block.signers for line in (s.name, s.title)))
    for section in (s for e in made.exhibits for s in e.sections):
        yield from _runs(section)


def _runs(section):
    for block in section.blocks:
        yield from (
            [block.runs] if isinstance(block, Paragraph) else (r for row in (block.header, *block.rows) for r in row)
        )


# -- terms --------------------------------------------------------------------------------------


@law(small=100, real=20, standard=5)
def test_every_term_of_the_library_that_is_used_is_defined_in_the_contract(drafted, text):
    made = small.draft(drafted, text)[0]
    terms = {
        part.text
        for clause in drafted.clauses.values()
        for alternative in clause.alternatives
        for parts in wordings.parts_of(alternative.text)
        for part in parts
        if isinstance(part, prose.Term)
    }
    defined = {run.text for run in contract.all_runs(made) if isinstance(run, Definition)}
    assert defined <= terms
    known = {form for term in defined for form in english.plurals(term)}
    forms = {form for term in terms for form in english.plurals(term)}
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) + r")\b")
    quoted = {b.runs for s in contract.sections(made) for b in s.blocks if getattr(b, "style", "") == "quote"}
    for runs in paragraphs(made):
        words = "".join("\ufffc" if isinstance(r, Answer | Blank) else r.text for r in runs)
        assert runs in quoted or set(pattern.findall(words)) <= known, words


# -- JSON ---------------------------------------------------------------------------------------


@law(small=100, real=15, standard=4)
def test_a_contract_saved_as_json_comes_back_equal(drafted, text):
    made = small.draft(drafted, text)[0]
    assert contract.from_json(contract.to_json(made)) == made


# -- 3: the Word file ---------------------------------------------------------------------------


HEADINGS = ("heading 1", "exhibit title")


def printed_lines(made):
    """What a contract prints from its opening to its last exhibit, line by line."""
    for section in (*made.opening, *made.recitals):
        yield from _section_lines(section)
    for article in made.articles:
        yield f"Article {article.number} {article.title}"
        for section in article.sections:
            yield from _heading(section)
            yield from _section_lines(section)
    for exhibit in made.exhibits:
        yield f"Exhibit {exhibit.number} {exhibit.title}"
        for section in exhibit.sections:
            yield from _heading(section) if len(exhibit.sections) > 1 else ()
            yield from _section_lines(section)


def _heading(section):
    """The line of a section's number; where the section has no heading, its first paragraph has the number."""
    if section.heading:
        yield f"{section.number} {section.heading}"


def _section_lines(section):
    for block in section.blocks:
        number = block.number if isinstance(block, Paragraph) else ""
        for runs in (
            [block.runs] if isinstance(block, Paragraph) else (r for row in (block.header, *block.rows) for r in row)
        ):
            yield f"{number} {printed(runs)}"


def printed(runs):
    marks = {Definition: "“{}”", Blank: "[{}]"}
    return broken("".join(marks.get(type(run), "{}").replace("{}", run.text) for run in runs))


def broken(text):
    """A text as a Word file says it: line ends as Word shows them, and spaces, whatever keeps a line together."""
    return re.sub(r"\r\n|\r", "\n", text).replace("\u00a0", " ")


def stripped(lines):
    return [line.strip() for line in lines if line.strip()]


@law(small=50, real=6, standard=2)
def test_what_the_word_file_says_is_what_the_contract_says(drafted, text):
    made = small.draft(drafted, text)[0]
    body = docx_text.body(writer.write(made, TEMPLATE))
    within = [
        line
        for line in body
        if line.style.casefold() in HEADINGS or any(mark.startswith("_c_") for mark in line.sections)
    ]
    assert stripped(f"{line.number} {line.text}" for line in within) == stripped(printed_lines(made))
    rest = "\n".join(line.text for line in body if line not in within)
    caption = made.caption if made.cover == "yes" else ()  # without a cover there is no place for it
    for runs in (*caption, *(r for b in made.signatures for r in (b.party, b.note))):
        assert printed(runs) in rest
    for signer in (s for b in made.signatures for s in b.signers):
        assert printed(signer.name) in rest
        assert printed(signer.title) in rest
    every = [run for runs in paragraphs(made) for run in runs]
    references = [span for line in body for span in line.spans if span.target]
    numbers = {mark: line.number for line in body for mark in line.bookmarks}
    assert [span.text for span in references] == [run.text for run in every if isinstance(run, Reference)]
    assert [span.text for span in references if numbers[span.target] != span.text] == []
    blanks = "".join(span.text for line in body for span in line.spans if span.blank)
    assert blanks == "".join(f"[{run.text}]" for run in every if isinstance(run, Blank))


# -- 9: nothing leaves the house ----------------------------------------------------------------


def secrets(drafted, found):
    """What a contract must not tell: guidance, labels, what is given up, and the wordings that were not selected."""
    chosen = [choice.alternative for choice in found.choices.values()]
    selected_words = "\n".join(fixed_words(alternative.text) for alternative in chosen)
    for clause in drafted.clauses.values():
        for alternative in clause.alternatives:
            texts = [alternative.label, alternative.concedes, *re.split(r"(?<=[.!?:])\s+|\n", alternative.guidance)]
            pieces = {text.strip() for text in texts if len(text.strip()) > 12}
            if alternative not in chosen:
                texts = re.split("\ufffc|(?<=[.;:])\\s", fixed_words(alternative.text))
                pieces |= {text.strip() for text in texts if len(text.strip()) > 30}
            yield from (piece for piece in pieces if piece not in selected_words)


def fixed_words(text: prose.Prose) -> str:
    """The words of a wording, with a mark for each field, reference and gap."""
    lines = map(sentences.written, wordings.parts_of(text))
    return re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]", "\ufffc", " \ufffc ".join(lines))


@law(small=30, real=5, standard=2)
def test_a_word_file_holds_no_guidance_no_position_and_no_wording_that_was_not_selected(drafted, text):
    made, _, found = small.draft(drafted, text)
    parts = docx_text.parts(writer.write(made, TEMPLATE))
    roots = [etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))]
    said = "\n".join("".join(root.itertext()) for root in roots)
    raw = b"".join(parts.values()).decode("utf-8", "replace")
    assert [secret for secret in secrets(drafted, found) if secret in said or secret in raw] == []
    hidden = "\n".join(value for root in roots for node in root.iter() for value in node.attrib.values())
    assert not re.search("preferred|acceptable|fallback", hidden)
    named = {a.id for c in drafted.clauses.values() for a in c.alternatives} | set(drafted.clauses)
    assert [name for name in named if "-" in name and name in hidden] == []


# -- 6: an answer is those characters, and nowhere else -----------------------------------------

STRAIGHT = str.maketrans("‘’“”", "''\"\"")  # the one exception: quotation marks and apostrophes are turned


def sentinel(text):
    """An answer to compare another one with; one that holds a comma, where that decides how a list is joined."""
    return "sentinel, of an answer" if ", " in text else "sentinel of an answer"


TYPES = ("text", "paragraph", "address")


def filled(questions, given_, text):
    """Answers in which every question that takes words is answered with these."""
    found = dict(given_)
    for question in questions:
        if question.type in TYPES:
            found[question.id] = text
        elif question.type == "records":
            records = found.get(question.id, [{}] * max(1, int(question.min or 0)))
            found[question.id] = [filled(question.fields, record, text) for record in records]
    return found


def capital(text):
    return text[:1].upper() + text[1:]


def exchanged(node, words):
    """The JSON of a contract with one answer in place of another."""
    if isinstance(node, list):
        return [exchanged(item, words) for item in node]
    if isinstance(node, dict):
        if "answer" in node:
            return node | {"answer": words.get(node["answer"], node["answer"]).translate(STRAIGHT)}
        return {key: exchanged(value, words) for key, value in node.items()}
    return node


def tree(made):
    return json.loads(contract.to_json(made))


def an_answer_is_its_characters(drafted, given_, text):
    questions = drafted.questionnaire.questions.values()
    plain, odd = (
        small.draft(drafted, generated.to_yaml(filled(questions, given_, words)))[0] for words in (sentinel(text), text)
    )
    words = {sentinel(text): text, capital(sentinel(text)): capital(text)}
    assert exchanged(tree(odd), {}) == exchanged(tree(plain), words)
    assert sentinel(text) in contract.to_text(plain)
    return plain, odd


def read(written, words):
    """The lines of a Word file with answers exchanged, as far as the law goes: quotes straight, spaces ordinary."""
    for line in docx_text.lines(written):
        text = functools.reduce(lambda text, pair: text.replace(*pair), words.items(), line.text)
        yield line.style, line.number, text.translate(STRAIGHT).replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "examples"), [("small", 150), ("real", 12)])
def test_an_answer_of_any_characters_comes_out_as_those_characters_and_nowhere_else(name, examples):
    drafted = LIBRARIES[name]()
    strategy = st.tuples(generated.given_answers(drafted.questionnaire.questions.values()), generated.lines(60))
    drawn(f"characters {name}", examples, strategy, lambda pair: an_answer_is_its_characters(drafted, *pair))


@pytest.mark.parametrize("text", generated.ODD)
def test_an_odd_answer_comes_out_as_it_was_typed_in_the_contract_and_in_the_word_file(text):
    text = text.strip() or "x"
    plain, odd = an_answer_is_its_characters(LIBRARIES["small"](), {"dogs": [{}, {"size": "large"}]}, text)
    before, after = (writer.write(made, TEMPLATE) for made in (plain, odd))
    assert list(read(after, {})) == list(read(before, {sentinel(text): broken(text)}))
    one, other = docx_text.parts(before), docx_text.parts(after)
    assert [name for name in one | other if one.get(name) != other.get(name)] == ["word/document.xml"]


def test_odd_answers_come_out_of_the_real_library_as_they_were_typed():
    drafted = LIBRARIES["real"]()
    text = "{{ 7*7 }} {% x %} <w:p/> *a* & \u05e9\U0001f415 [[price]]"
    plain, odd = an_answer_is_its_characters(drafted, {}, text)
    before, after = (writer.write(made, TEMPLATE) for made in (plain, odd))
    words = {sentinel(text): text, capital(sentinel(text)): capital(text)}
    assert list(read(after, {})) == list(read(before, words))


# -- 5: order changes nothing -------------------------------------------------------------------


def shuffled(node, random):
    """A tree of YAML with the keys of every mapping in another order."""
    if isinstance(node, list):
        return [shuffled(item, random) for item in node]
    if isinstance(node, dict):
        entries = [(key, shuffled(value, random)) for key, value in node.items()]
        random.shuffle(entries)
        return dict(entries)
    return node


def shuffled_yaml(text, random):
    tree_ = shuffled(yaml.load(text, Loader=yaml.CBaseLoader), random)  # noqa: S506  # texts, lists and mappings only
    return yaml.dump(tree_, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10**6)


def shuffled_clause(text, random):
    head, *wordings = re.split(r"(?m)^(?=## )", text)
    random.shuffle(wordings)
    front = shuffled_yaml(head.split("---\n")[1], random)
    return f"---\n{front}---\n\n" + "\n".join(wording.rstrip("\n") + "\n" for wording in wordings)


@pytest.mark.parametrize(("name", "examples"), [("small", 40), ("real", 3)])
def test_the_order_of_files_and_of_keys_changes_nothing(tmp_path, name, examples):
    root = original(name, tmp_path)
    texts = {path.relative_to(root): path.read_text(encoding="utf-8") for path in root.rglob("*.*") if path.is_file()}
    as_it_stands = loading.load(root, "lib", "")  # whichever form is written first

    def holds(case):
        text, random = case
        shutil.rmtree(tmp_path / "other", ignore_errors=True)
        for path in random.sample(sorted(texts), len(texts)):
            (tmp_path / "other" / path).parent.mkdir(parents=True, exist_ok=True)
            change = shuffled_clause if path.suffix == ".md" else shuffled_yaml
            (tmp_path / "other" / path).write_text(change(texts[path], random), encoding="utf-8")
        made, coverage, _ = small.draft(as_it_stands, text)
        again = small.draft(loading.load(tmp_path / "other", "lib", ""), shuffled_yaml(text, random))
        assert again[:2] == (made, coverage)

    # A seed alone is drawn: if each move of a shuffle were a draw, there would be more than an example can hold.
    seeds = st.integers(0, 2**32 - 1).map(Random)
    drawn(f"order {name}", examples, st.tuples(generated.answers(as_it_stands), seeds), holds)


def original(name, folder):
    """A library in a folder of its own, as it stands."""
    if name == "small":
        return small.build(folder / "library")
    return shutil.copytree(CLAUSE_LIBRARY, folder / "library")


# -- 7: damage ----------------------------------------------------------------------------------


def drafted_or_told(root, answered):
    """Draft from a folder and a file; where that can't be done, a problem with its place says so."""
    try:
        drafted = loading.load(root, "lib", "")
        given_ = answers.load(answered, drafted.questionnaire, "answers.yaml")
        found = selection.select(drafted, given_)
        made = assembly.assemble(found)
        coverage = compliance.check(made, found)
        list(checks.problems(drafted.questionnaire, given_, found.values))
        for clause in drafted.order():
            reasons.explain(found, given_, clause, "matter")
        compliance.deviations(coverage, made, (), "answers.yaml")
        contract.to_text(made)
    except DraftingError as error:
        told(error)


def told(error):
    assert error.problems
    for problem in error.problems:
        assert problem.code
        assert problem.message
        assert problem.place.path == "answers.yaml" or problem.place.path.startswith("lib/")


@pytest.mark.parametrize(("name", "examples"), [("small", 200), ("real", 10)])
def test_a_damaged_library_is_a_problem_and_never_anything_else(tmp_path, name, examples):
    root = original(name, tmp_path)
    answered = tmp_path / "answers.yaml"
    answered.write_text({"small": small.ANSWERS, "real": EXAMPLE.read_text(encoding="utf-8")}[name], encoding="utf-8")
    files = sorted(path.relative_to(root) for path in root.rglob("*.*") if path.is_file())
    files += 4 * [path for path in files if path.suffix == ".yaml"]

    def holds(data):
        path = root / data.draw(st.sampled_from(files))
        whole = path.read_bytes()
        path.write_bytes(data.draw(generated.damaged(whole)))
        try:
            drafted_or_told(root, answered)
        finally:
            path.write_bytes(whole)

    drawn(f"damaged {name}", examples, st.data(), holds)


@pytest.mark.parametrize(("name", "examples"), [("small", 200), ("real", 20)])
def test_a_damaged_answers_file_is_a_problem_and_never_anything_else(tmp_path, name, examples):
    drafted = LIBRARIES[name]()
    whole = {"small": small.ANSWERS.encode(), "real": EXAMPLE.read_bytes()}[name]
    path = tmp_path / "answers.yaml"

    def holds(content):
        path.write_bytes(content)
        try:
            given_ = answers.load(path, drafted.questionnaire, "answers.yaml")
            found = selection.select(drafted, given_)
            contract.to_text(assembly.assemble(found))
            list(checks.problems(drafted.questionnaire, given_, found.values))
        except DraftingError as error:
            told(error)

    drawn(f"answers {name}", examples, generated.damaged(whole), holds)


# -- 8: the same bytes --------------------------------------------------------------------------

PROCESS = """
import sys, hashlib
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import generated, small
from drafter import contract
from drafter.word import writer
made, coverage, _ = small.draft(generated.real_library(), generated.EXAMPLE.read_text(encoding="utf-8"))
print(hashlib.sha256(writer.write(made, generated.TEMPLATE)).hexdigest())
print(hashlib.sha256((contract.to_json(made) + contract.to_text(made) + repr(coverage)).encode()).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_on_any_machine_at_any_place(tmp_path):
    places = [
        ({"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"}, tmp_path),
        ({"TZ": "America/Chicago", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}, ROOT),
    ]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(ROOT / "tests")],
            env={**os.environ, **environment},
            cwd=cwd,
            stdout=subprocess.PIPE,
        )
        for environment, cwd in places
    ]
    made, coverage, _ = small.draft(LIBRARIES["real"](), EXAMPLE.read_text(encoding="utf-8"))
    here = hashlib.sha256(writer.write(made, TEMPLATE)).hexdigest()
    told = hashlib.sha256((contract.to_json(made) + contract.to_text(made) + repr(coverage)).encode()).hexdigest()
    for process in processes:
        assert process.communicate(timeout=60)[0].decode().split() == [here, told]
