"""A matter begun with the answers of another one: what was taken over is said, and what must be is asked again."""

import re

import desks
import forms
import pytest
import small
from lxml import html

from drafter.acts import interviewing
from drafter.asking import interview
from drafter.matters import filing
from drafter.matters.matter import library_of

LAST = "st-louis-park-negotiation"
AT = "/m/Next"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("desk"), LAST) as found:
        yield found


@pytest.fixture(scope="module")
def first(desk):
    """Return the page that is shown when a matter was begun with the answers of last year's."""
    return desks.followed(desk, desk.post("/new", {"name": "Next", "other": LAST, "form": "comprehensive"}))


def told(page):
    return [" ".join(one.text_content().split()) for one in html.fromstring(page.text).xpath("//*[@id='told']/p")]


def test_what_was_taken_over_is_listed_on_the_page_and_said_alike_in_a_terminal(desk, first, tmp_path):
    ours, begun, *lines = told(first)
    assert (ours, begun) == ("Our side only", f"The matter was begun with answers of {LAST}.")
    given = next(line for line in lines if "not in the preferred wording" in line)
    assert "3 clauses are not" in given
    assert "“Termination on Notice”: Either Party, on 60 days' written notice (acceptable)" in given
    chosen = next(line for line in lines if "choose again those that are to stand" in line)
    assert "“Schedule and Presence”: own words" in chosen
    assert re.search(r"“Points of Contact”: [\w ]+ \(acceptable\)", chosen)
    assert any(line.startswith("Asked again") and "Start of the term; End of the term" in line for line in lines)
    place = tmp_path / "by terminal"
    other = desk.folder / LAST
    sitting = interviewing.begin(place, library_of(place, None, "comprehensive"), None, other=other).sitting
    said = {one.text for one in sitting.notices}
    assert {line.removeprefix("Remember: ") for line in lines} == said
    there = [filing.answers_path(one).read_text("utf-8") for one in (desk.folder / "Next", place)]
    assert there[0] == there[1]


def test_last_years_days_are_shown_and_asked_again_and_none_is_taken_for_an_answer(desk, first):
    assert "2 usual answers to confirm" in first.words
    page = desk.get(f"{AT}/ask/term.start")
    assert "Last time: Wednesday, July 1, 2026. It is asked again because it rarely stays the same." in page.words
    assert html.fromstring(page.text).xpath("//input[@id='answer']/@value") == [""]
    assert desk.post(f"{AT}/ask/term.start", {"answer": ""}).status == 422
    desk.post(f"{AT}/ask/term.start", {"do": "defaults"})
    known = desk.server.desk.read("Next")
    assert "term.start" not in known.here.answers.given
    assert "term_length" in known.here.answers.given
    assert interview.to_confirm(known.here) == ("term.start", "term.end")
    assert "Usual answers to confirm" in desk.get(f"{AT}/review").words
    for name, day in (("term.start", "2027-07-01"), ("term.end", "2028-06-30")):
        desk.post(f"{AT}/ask/{name}", {"answer": day})
    assert "to confirm" not in desk.get(f"{AT}/").words


def test_last_years_list_is_offered_and_the_likely_act_is_the_main_one(desk, first):  # noqa: ARG001  # it begins the matter
    page = desk.get(f"{AT}/ask/officers")
    main = html.fromstring(page.text).xpath("//main//*[contains(@class, 'main')]")
    assert [" ".join(one.text_content().split()) for one in main] == ["Add the first officer"]
    assert "Start from last time's list (2: Officer Dana Sample; Officer Lee Specimen)" in page.words.replace(
        "&#39;", "'"
    )
    then = desks.followed(desk, desk.post(f"{AT}/ask/officers", {"do": "last"}))
    assert "Saved: last time&#39;s list. Check each entry." in then.words
    assert "Officer Dana Sample" in then.words
    assert "Done with this list" in then.words


def test_the_days_of_a_field_have_an_example(tmp_path):
    with desks.small_desk(tmp_path) as small:
        page = html.fromstring(small.get("/m/matter/ask/starts").text)
        (field,) = page.xpath("//input[@id='answer']")
        hint = page.xpath("//*[@id='answer-day']")[0].text_content()
        assert "answer-day" in field.get("aria-describedby").split()
        assert hint == "For example July 1, 2026, or 7/1/2026."
        for example in ("July 1, 2026", "7/1/2026"):
            assert small.post("/m/matter/ask/starts", {"answer": example}).status == 303


@pytest.fixture
def forms_desk(tmp_path):
    """Run a desk with a library of two forms, and a matter in the one that isn't the first."""
    forms.build(tmp_path / "lib")
    last = tmp_path / "desk" / "Last"
    last.mkdir(parents=True)
    chosen = "form: whole\nalternatives:\n  leash: long\n  notes: standard\n"
    (last / "answers.yaml").write_text(chosen + small.ANSWERS.partition("alternatives:")[0], "utf-8")
    with desks.running(tmp_path / "desk", library=tmp_path / "lib") as found:
        yield found


def test_a_new_matter_is_in_the_form_of_the_one_whose_answers_are_taken_over(forms_desk):
    page = html.fromstring(forms_desk.get("/new").text)
    assert page.xpath("//input[@name='form'][@checked]/@value") == [""]
    made = forms_desk.post("/new", {"name": "Next", "other": "Last", "form": ""})
    assert made.status == 303
    assert forms_desk.server.desk.read("Next").library.form.id == "whole"
    assert "in the form" not in desks.followed(forms_desk, made).words
    forms_desk.post("/new", {"name": "Alone", "form": ""})
    assert forms_desk.server.desk.read("Alone").library.form.id == "short"


def test_another_form_than_that_of_the_answers_taken_over_is_said_without_ids(forms_desk):
    made = forms_desk.post("/new", {"name": "Next", "other": "Last", "form": "short"})
    page = desks.followed(forms_desk, made)
    lines = told(page)
    assert any("in the form “Short”, that of Last in the form “Whole”" in line for line in lines)
    assert forms_desk.server.desk.read("Next").library.form.id == "short"
    chosen = next(line for line in lines if "choose again" in line)
    assert "“Leash”: a wording that is not in this form of the contract" in chosen
    assert "not in this form of the contract" in chosen.partition("Leash")[2].partition(";")[2]
    assert "long" not in chosen
    assert "notes" not in chosen
