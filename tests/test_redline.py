"""Laws of redlines: both sides come back, nothing is marked without need, nothing leaks, Word can read the marks."""

from __future__ import annotations

import functools
import random
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx_changes
import docx_text
import generated
import leaks
import libreoffice
import pairs
import pytest
import small
from commands import matter, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from often import THOROUGH, often

from drafter import contract
from drafter.comparing import alignment, lines, marked, preview, redline
from drafter.contract import Answer, Definition, Reference, Text
from drafter.papers import remarks
from drafter.word import writer

ROOT = Path(__file__).parents[1]
TEMPLATE = generated.TEMPLATE
STAMP = writer.Stamp("Ann Attorney", "2026-11-24")
SLOW = list(HealthCheck)
DAY = date(2026, 11, 24)


def examples(number):
    return settings(max_examples=often(number), suppress_health_check=SLOW)


def text(*runs):
    return contract.joined(Text(run) if isinstance(run, str) else run for run in runs)


def shown(line):
    return preview.braced(lines.pieces(line))


def told(base, revised):
    return shown(lines.compare(text(base), text(revised)))


@functools.cache
def example(name):
    return drafted_from((ROOT / "examples" / name / "answers.yaml").read_text("utf-8"), name)


def drafted_from(answers, name):
    made, coverage, selected = small.draft(generated.real_library(), answers)
    return remarks.Known(made, selected, coverage, name)


# -- 2: both sides come back --------------------------------------------------------------------


def holds(base, revised):
    made = redline.compare(base, revised)
    assert redline.accept(made) == revised
    assert redline.reject(made) == base
    assert not redline.is_marked(redline.compare(revised, revised))
    return made


@pytest.mark.parametrize("part", range(4))
def test_accepting_gives_the_revised_contract_and_rejecting_the_base(part):
    for number in range(part * 525, (part + 1) * 525):
        holds(*pairs.pair(number))


@pytest.mark.parametrize("number", range(40))
def test_both_contracts_come_back_from_a_redline_of_trees_at_random(number):
    r = random.Random(number)  # noqa: S311  # nothing is secret
    base = pairs.renumbered(pairs.tree(r))
    revised = base
    for _ in range(3):
        revised = pairs.edited(r, revised)
    base, revised = pairs.told_apart(base), pairs.told_apart(pairs.renumbered(revised))
    holds(base, revised)
    holds(base, pairs.told_apart(pairs.tree(r)))


@examples(60)
@given(st.integers(0, 10**9))
def test_the_law_holds_of_pairs_that_hypothesis_chooses(number):
    holds(*pairs.pair(number))


def test_the_law_holds_of_drafts_of_the_real_library():
    drafts = pairs.drafted("real", 6)
    for number in range(12):
        holds(*random.Random(number).choices(drafts, k=2))  # noqa: S311  # nothing is secret


def test_a_contract_with_itself_has_no_mark_and_counts_no_word():
    made = redline.compare(example("minimal").contract, example("minimal").contract)
    assert not redline.is_marked(made)
    assert redline.marked_words(made) == 0
    assert preview.to_text(made) == "\n"


# -- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "revised", "expected"),
    [
        ("pays within 30 days.", "pays within 45 days.", "pays within {-30-}{+45+} days."),
        ("a b c", "a c", "a {-b -}c"),
        ("a c", "a b c", "a {+b +}c"),
        ("red, blue", "red; blue", "red{-,-}{+;+} blue"),
        ("", "new", "{+new+}"),
        ("old", "", "{-old-}"),
        ("the same", "the same", "the same"),
        ("$12,500.50 a year", "$13,000 a year", "${-12,500.50-}{+13,000+} a year"),
    ],
)
def test_only_the_words_that_change_are_marked(base, revised, expected):
    assert told(base, revised) == expected


def test_a_sentence_that_is_mostly_rewritten_is_replaced_whole():
    base = "The officer must tell the parent at once, unless the law forbids it or the parent can not be found."
    revised = "Within one school day the District sends each family of the pupil a letter, of which it keeps a copy."
    line = lines.compare(text(f"It holds always. {base} So it is."), text(f"It holds always. {revised} So it is."))
    assert [mark for mark, _ in lines.pieces(line)] == ["kept", "deleted", "inserted", "kept"]


def test_an_answer_that_the_library_now_says_is_not_marked_and_comes_back():
    base, revised = text("pays ", Answer("ten", "fee"), " dollars"), text("pays ten dollars")
    line = lines.compare(base, revised)
    assert not lines.changed(line)
    assert (lines.take(line, "base"), lines.take(line, "revised")) == (base, revised)


def test_runs_of_one_kind_side_by_side_stay_apart():
    base = (Answer("New ", "q"), Answer("Hope", "q"))
    revised = (Answer("New Town", "q"),)
    line = lines.compare(base, revised)
    assert (lines.take(line, "base"), lines.take(line, "revised")) == (base, revised)


def test_a_reference_whose_number_changed_is_marked_and_a_term_is_marked_whole():
    base = text("See ", Reference("4.6", "pay"), " of ", Definition("Old Term"))
    revised = text("See ", Reference("4.8", "pay"), " of ", Definition("New Term"))
    assert shown(lines.compare(base, revised)) == "See {-4.6-}{+4.8+} of {-“Old Term”-}{+“New Term”+}"


@examples(300)
@given(st.lists(st.integers(0, 4), max_size=14), st.lists(st.integers(0, 4), max_size=14))
def test_the_common_part_is_a_longest_one(base, revised):
    lengths = [[0] * (len(revised) + 1) for _ in range(len(base) + 1)]
    for i, one in enumerate(base):
        for j, other in enumerate(revised):
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if one == other else max(lengths[i][j + 1], lengths[i + 1][j])
    found = alignment.common(base, revised)
    assert len(found) == lengths[-1][-1] == alignment.common_length(base, revised)
    assert all(base[i] == revised[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


# -- the fewest words ---------------------------------------------------------------------------

WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")


def plain_lines(made):
    """The lines of a contract that a redline marks, without numbers, in reading order."""
    yield made.title
    yield from map(contract.words, made.caption)
    for group in ((made.opening, made.recitals), *(((a,)) for a in (made.articles, made.exhibits))):
        for part in (x for parts in group for x in parts):
            yield getattr(part, "title", "")
            for section in getattr(part, "sections", (part,)):
                yield section.heading
                yield from (contract.words(runs) for block in section.blocks for runs in contract.block_runs(block))


def fewest(base, revised):
    """The words that a comparison of all words marks at the least: those outside a longest common subsequence."""
    old, new = (WORD.findall(" \n ".join(plain_lines(made))) for made in (base, revised))
    return len(old) + len(new) - 2 * alignment.common_length(old, new)


def edited_pairs(count):
    """Contracts of many words with edits, insertions, deletions and moves of words, paragraphs and sections."""
    base = example("st-louis-park").contract
    for number in range(count):
        r = random.Random(number)  # noqa: S311  # nothing is secret
        revised = base
        for _ in range(r.randint(1, 6)):
            revised = pairs.edited(r, revised)
        yield base, replace(revised, signatures=base.signatures, title=base.title)


def test_marked_words_are_within_a_tenth_of_the_fewest():
    marks = least = 0
    for base, revised in edited_pairs(30):
        marked_now, fewest_now = redline.marked_words(redline.compare(base, revised)), fewest(base, revised)
        assert marked_now <= 1.1 * fewest_now + 10
        marks, least = marks + marked_now, least + fewest_now
    assert marks <= 1.1 * least


def test_a_moved_section_is_moved_and_the_lighter_one_of_two():
    base = example("minimal").contract
    article = max(base.articles, key=lambda a: len(a.sections))
    heavy = max(article.sections, key=lambda s: len(small.section_text(s)))
    order = [s for s in article.sections if s is not heavy]
    there = [*order, heavy] if article.sections[-1] is not heavy else [heavy, *order]
    articles = tuple(replace(a, sections=tuple(there)) if a is article else a for a in base.articles)
    made = holds(base, replace(base, articles=articles))
    moves = {s.of.shown.id: s.of.mark for s in marked.sections(made) if s.of.mark != "kept"}
    assert set(moves.values()) == {"moved to"}  # by id, the place where it is comes last
    moved_words = sum(len(lines.word_list(small.section_text(s))) for s in article.sections if s.id in moves)
    assert moved_words <= len(lines.word_list(small.section_text(heavy)))


# -- the Word file ------------------------------------------------------------------------------


def written(base, revised, **notes):
    return writer.write_redline(redline.compare(base, revised), TEMPLATE, writer.Notes(STAMP, **notes))


def look(data):
    """What a file says, without what only lays it out: paragraphs that keep tables apart or end the body or a cell."""
    rest = [line for line in docx_text.lines(data) if line.where != "body"]
    layout = ("Signature", "Table Text", "Normal")
    found = [line for line in docx_text.body(data) if line.text or not line.style.startswith(layout)]
    while found and not found[-1].text and not found[-1].number:
        found.pop()
    return [str(line).replace("→_rb_", "→_r_") for line in [*found, *rest]]


def anchors(data):
    """The bookmarks of what is printed, under the names that they have in a clean draft."""
    return {
        (re.sub("^_([rc])b_", r"_\1_", name), line.text)
        for line in docx_text.body(data)
        for name in (*line.bookmarks, *line.sections)
        if line.text.strip()
    }


def check_file(base, revised):
    data = written(base, revised)
    for take, side in ((docx_changes.accept, revised), (docx_changes.reject, base)):
        said, marks_ = clean(side)
        taken = take(data)
        assert look(taken) == said
        assert marks_ <= anchors(taken)


@functools.lru_cache(maxsize=200)
def clean(made):
    data = writer.write(made, TEMPLATE)
    return look(data), anchors(data)


@pytest.mark.parametrize("part", range(4))
def test_accepting_all_changes_of_the_file_gives_the_revised_contract_and_rejecting_all_the_base(part):
    for number in range(part * 15, (part + 1) * 15):
        check_file(*pairs.pair(7_000 + number))


def test_the_files_of_the_examples_hold_both_contracts():
    check_file(example("st-louis-park").contract, example("st-louis-park-declined").contract)


def test_a_redline_without_marks_is_the_clean_draft_byte_by_byte():
    made = example("minimal").contract
    assert written(made, made) == writer.write(made, TEMPLATE)


def test_equal_pairs_give_equal_bytes_and_only_the_author_and_the_day_that_are_given():
    base, revised = pairs.pair(3)
    data = written(base, revised)
    assert data == written(base, revised)
    found = docx_text.parts(data)
    assert set(re.findall(rb'w:author="([^"]*)"', b"".join(found.values()))) == {b"Ann Attorney"}
    assert set(re.findall(rb'w:date="([^"T]*)', b"".join(found.values()))) == {b"2026-11-24"}


def test_the_header_and_the_cover_say_what_is_compared_and_it_goes_when_all_is_accepted():
    base, revised = pairs.pair(3)
    told = "compared with the draft of May 1"
    data = written(base, revised, compared=told)
    assert sum(line.endswith(told) for line in docx_changes.deleted_lines(data)) >= 2  # a header, and the cover
    assert look(docx_changes.accept(data)) == clean(revised)[0]
    final = replace(revised, status="final", deviations=())
    data = written(final, final, compared=told)
    assert look(docx_changes.accept(data)) == clean(final)[0]


def test_a_changed_word_is_a_deletion_before_an_insertion_and_a_moved_section_has_two_ends():
    base = small.draft(generated.small_library())[0]
    article = base.articles[0]
    price = article.sections[-1]
    blocks = (replace(price.blocks[0], runs=text("The Town gives nothing.")),)
    turned = (replace(price, blocks=blocks), *article.sections[:-1])
    revised = replace(base, articles=(replace(article, sections=turned), *base.articles[1:]))
    found = docx_changes.marked_lines(written(base, revised))
    assert any("{>" in line for line in found)
    assert any("{<" in line for line in found)


# -- LibreOffice --------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_takes_and_rejects_the_changes_of_pairs(tmp_path):
    """Pairs of drafts: other answers, swapped alternatives. It does not take back what kind a paragraph was."""
    folder = tmp_path / "files"
    folder.mkdir()
    numbers = [6 * number for number in range(1000, 1000 + (50 if THOROUGH else 15))]
    for number in numbers:
        base, revised = pairs.pair(number)
        (folder / f"{number}.docx").write_bytes(written(base, revised))
        (folder / f"{number}-base-clean.docx").write_bytes(writer.write(base, TEMPLATE))
        (folder / f"{number}-revised-clean.docx").write_bytes(writer.write(revised, TEMPLATE))
    libreoffice.take_all(folder, tmp_path / "profile")
    for number in numbers:
        for take, side in (("Accept", "revised"), ("Reject", "base")):
            taken = libreoffice.lines(folder / f"{number}.docx.{take}.txt")
            assert taken == libreoffice.lines(folder / f"{number}-{side}-clean.docx.Accept.txt"), (number, take)


# -- comments -----------------------------------------------------------------------------------


def commented(data):
    return docx_text.parts(data)["word/document.xml"].count(b"<w:commentReference")


def with_comments(base, revised):
    """Return a redline, the ids of its changed sections, and its file with a comment on each of them."""
    made = redline.compare(base, revised)
    changed = [s for s in marked.sections(made) if marked.changed(s) and s.of.mark != "moved from"]
    names = list(dict.fromkeys(s.of.shown.id for s in changed))
    notes = writer.Notes(STAMP, "", {name: f"Why {name}.\nSo." for name in names})
    return made, names, writer.write_redline(made, TEMPLATE, notes)


def test_each_changed_section_has_its_comment_and_a_new_one_goes_with_its_section():
    base, revised = example("st-louis-park").contract, example("st-louis-park-declined").contract
    made, changed, data = with_comments(base, revised)
    assert [words for _, _, words in docx_changes.comments(data)] == [f"Why {name}.\nSo." for name in changed]
    assert {author for author, _, _ in docx_changes.comments(data)} == {"Ann Attorney"}
    old = [s for s in marked.sections(made) if marked.changed(s) and s.of.mark in {"kept", "deleted"}]
    both = [s for s in old if s.heading or any(marked.block_mark(block) == "kept" for block in s.blocks)]
    stay = [s for s in old if s in both or s.of.mark == "deleted"]  # the others have no words but new ones
    assert commented(docx_changes.reject(data)) == len(stay) > len(old) - 2


def test_no_comment_is_on_what_is_deleted():
    base, revised = example("st-louis-park-declined").contract, example("st-louis-park").contract
    made, changed, data = with_comments(base, revised)
    assert any(s.of.mark == "deleted" for s in marked.sections(made))
    assert commented(docx_changes.accept(data)) == len(changed)
    root = etree.fromstring(docx_text.parts(data)["word/document.xml"])
    gone = [f"{docx_changes.W}{name}" for name in ("del", "moveFrom")]
    for start in root.iter(f"{docx_changes.W}commentRangeStart"):
        assert start.getnext().tag not in gone
        paragraph = start.getparent()
        assert not [node for node in paragraph.iterfind(f"{docx_changes.W}pPr//*") if node.tag in gone]


def test_a_comment_is_where_text_stays_though_the_first_words_and_the_first_paragraph_go():
    cut = (
        [small_section("a", "Old words. These words stay here.", "Kept.")],
        [small_section("a", "These words stay here.", "Kept.")],
    )
    first = (
        [small_section("a", "An old paragraph that goes.", "It stays, as it was.")],
        [small_section("a", "It stays, as it was.")],
    )
    for base, revised in (cut, first):
        _, _, data = with_comments(*map(small_contract, (base, revised)))
        ((_, on, _),) = docx_changes.comments(data)
        assert "stay" in on
        assert commented(docx_changes.accept(data)) == 1


def test_the_comment_on_a_section_that_goes_is_on_the_text_before_it_and_names_the_section():
    kept, gone = small_section("a", "It stays, as it was."), small_section("b", "It goes, all of it.", heading="On b")
    base, revised = small_contract([kept, gone]), small_contract([kept])
    _, _, data = with_comments(base, revised)
    assert [on for _, on, _ in docx_changes.comments(data)] == ["It stays, as it was."]
    compared = remarks.compared(remarks.Known(base), remarks.Known(revised), "board", "A. B.", date(2026, 5, 26))
    assert compared.comments == {"b": "This section is left out."}
    ((_, _, said),) = docx_changes.comments(compared.to_docx())
    assert said == "Section 1.2, On b: This section is left out."


def small_section(name, *words, heading=""):
    number = {"a": "1.1", "b": "1.2"}[name]
    blocks = tuple(contract.Paragraph(text(line)) for line in words)
    return contract.Section(name, number, heading, "x", "preferred", (), (), "x.md", blocks)


def small_contract(sections):
    article = contract.Article("one", "1", "One", tuple(sections))
    return contract.Contract("Title", (), (), (), (article,), (), ())


def test_our_side_is_told_why_the_board_what_and_the_other_side_nothing_unless_asked():
    names = "st-louis-park", "st-louis-park-declined"
    base, revised = (drafted_from(generated.example(name), name) for name in names)
    made = redline.compare(base.contract, revised.contract)
    internal = remarks.remarks(made, base, revised, "internal")["prone-restraint"]
    for wanted in ("Before: ", "Now: ", "Guidance: ", "Concedes: ", "Policy 507.5 "):
        assert wanted in internal
    board = remarks.remarks(made, base, revised, "board")
    assert "Policy 507.5 V.E is met, by Section 4.4." in board["certificates"]
    assert "“4.6” is now “4.8”." in board["assignment"]
    assert remarks.remarks(made, base, revised, "other side") == {}
    assert remarks.remarks(made, base, revised, "other side", cite=True)["certificates"] == "Policy 507.5, V.E"


# -- nothing leaks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "one", "other"),
    [
        ("", "minimal", "st-louis-park"),
        ("city", "st-louis-park", "st-louis-park-declined"),
        ("city", "st-louis-park-declined", "minimal"),
        ("board", "st-louis-park", "st-louis-park-declined"),
        ("board", "st-louis-park-declined", "minimal"),
    ],
)
def test_nothing_leaks_from_a_file_for_another_reader(reader, one, other):
    base, revised = example(one), example(other)
    assert (
        leaks.found(file_for(reader, base, revised), leaks.secrets(base, revised) | {f"compared with {one}"}) == set()
    )


def test_nothing_leaks_whatever_the_answers():
    drafted = generated.real_library()

    @examples(3)
    @given(generated.answers(drafted), generated.answers(drafted), st.sampled_from(["city", "board"]))
    def holds_(one, other, reader):
        base, revised = (known(*small.draft(drafted, text_)) for text_ in (one, other))
        secret = leaks.secrets(base, revised)
        if reader == "board":  # which is told what a draft departs from
            secret -= {"departs from"}
        assert leaks.found(file_for(reader, base, revised), secret) == set()

    holds_()


def known(made, coverage, selected):
    return remarks.Known(made, selected, coverage)


def file_for(reader, base, revised):
    made = remarks.compared(base, revised, reader, "Drafter", DAY, cite=True)
    notes = writer.Notes(writer.Stamp(made.author, str(made.day)), made.heading, made.comments)
    return writer.write_redline(made.redline, TEMPLATE, notes)


@functools.cache
def outgoing():
    base, revised = example("st-louis-park"), example("minimal")
    return file_for("city", base, revised), frozenset(leaks.secrets(base, revised))


@pytest.mark.parametrize("part", ["word/document.xml", "word/comments.xml", "word/settings.xml", "docProps/core.xml"])
@pytest.mark.parametrize("kind", ["guidance", "position", "label", "wording", "author", "path", "time"])
def test_the_search_for_leaks_finds_one_of_each_kind_wherever_it_is_planted(kind, part):
    data, hidden = outgoing()
    assert leaks.found(data, hidden) == set()
    library = generated.real_library()
    alternatives = [a for clause in library.clauses.values() for a in clause.alternatives]
    planted = {
        "guidance": next(g for a in alternatives if (g := " ".join(a.guidance.split())) in hidden),
        "position": "fallback",
        "label": next(a.label for a in alternatives if a.label in hidden),
        "wording": max((h for h in hidden if "&" not in h and "<" not in h and h.endswith(".")), key=len),
        "author": "Secret Author",
        "path": str(ROOT),
        "time": "2026-11-24T09:41:07Z",
    }[kind]
    told = leaks.planted(data, part, planted)
    assert leaks.found(told, hidden)


# -- the command --------------------------------------------------------------------------------


def test_the_command_shows_text_and_writes_a_word_file_a_page_and_text(tmp_path):
    base = matter(tmp_path)
    revised = tmp_path / "revised.yaml"
    revised.write_text(small.ANSWERS.replace("12,500.50", "13,000"))
    library = ("--library", tmp_path / "lib")
    shown_ = run("redline", base, revised, *library)
    assert shown_.exit_code == 0
    assert "{-" in shown_.output
    assert "marked." in shown_.output
    told_ = ("--for", "internal", "--on", "2026-11-24", *library)
    for name in ("r.docx", "r.html", "r.txt"):
        result = run("redline", base, revised, "-o", tmp_path / name, *told_)
        assert result.exit_code == 0, result.output
        assert "1 section changed" in result.output
    assert docx_changes.comments((tmp_path / "r.docx").read_bytes())
    page = (tmp_path / "r.html").read_text()
    assert "<del>" in page
    assert "<script" not in page
    assert "src=" not in page
    assert "{+" in (tmp_path / "r.txt").read_text()


def test_a_contract_saved_as_json_is_compared_with_what_was_saved(tmp_path):
    base = matter(tmp_path)
    saved = tmp_path / "sent.json"
    saved.write_text(contract.to_json(small.draft(generated.small_library())[0]), encoding="utf-8")
    result = run("redline", saved, base, "--library", tmp_path / "lib")
    assert result.exit_code == 0
    assert result.output.strip() == "Nothing changed."
    saved.write_text('{"title": "x"}')
    assert run("redline", saved, base, "--library", tmp_path / "lib").exit_code == 1
