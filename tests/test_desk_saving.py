"""The desk saves what is answered, whoever else changes the matter: without a script, over a real socket."""

import html
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import commands
import desks
import lxml.html
import pytest

from drafter.base import acting
from drafter.matters import filing
from drafter.web import routes

ASK = "/m/matter/ask"


@pytest.fixture
def desk(tmp_path):
    with desks.small_desk(tmp_path) as found:
        yield found


def answers(desk):
    return (desk.folder / "matter" / "answers.yaml").read_text("utf-8")


def was(desk, name):
    found = re.search(r'name="was" value="([^"]*)"', desk.get(f"{ASK}/{name}").text)
    return found[1] if found else ""


def test_an_answer_is_saved_and_leads_to_the_next_question(desk):
    made = desk.post(f"{ASK}/walker", {"answer": "Cy Clone"})
    assert made.status == 303
    assert "walker: Cy Clone" in answers(desk)
    then = desk.get(made.headers["location"].removeprefix(desk.root))
    assert "Saved: Cy Clone" in then.words
    assert "Changed:" in then.words


def test_the_same_line_is_written_as_by_the_command(desk, tmp_path):
    before = answers(desk)
    desk.post(f"{ASK}/walker", {"answer": "Cy “Storm” Clone: no. 1 #"})
    by_desk = answers(desk)
    (desk.folder / "matter" / "answers.yaml").write_text(before, "utf-8")
    commands.run("answer", desk.folder / "matter", "--library", tmp_path / "lib", "walker", "Cy “Storm” Clone: no. 1 #")
    assert answers(desk) == by_desk


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_field_is_no_answer(desk, words):
    made = desk.post(f"{ASK}/walker", {"answer": words})
    assert made.status == 422
    assert "<title>Error: " in made.text
    assert "The field is empty" in made.words


def test_what_does_not_fit_is_said_beside_the_field_and_stays_there(desk):
    before = answers(desk)
    made = desk.post(f"{ASK}/fee", {"answer": "a lot"})
    assert made.status == 422
    assert 'value="a lot"' in made.text
    assert 'aria-describedby="answer-help answer-error"' in made.text or 'aria-describedby="answer-error"' in made.text
    assert answers(desk) == before


def test_two_pages_with_the_same_question_lose_nothing(desk):
    shown = was(desk, "walker")
    assert desk.post(f"{ASK}/walker", {"answer": "First", "was": shown}).status == 303
    second = desk.post(f"{ASK}/walker", {"answer": "Second", "was": shown})
    assert second.status == 409
    assert "walker: First" in answers(desk)
    assert "Keep what was saved elsewhere: First" in second.words
    assert "Save yours instead: Second" in second.words
    again = re.search(r'name="was" value="([^"]*)"', second.text)[1]
    assert desk.post(f"{ASK}/walker", {"answer": "Second", "was": again}).status == 303
    assert "walker: Second" in answers(desk)


@pytest.mark.parametrize("part", [False, True])
def test_a_wrong_answer_makes_no_answer_a_shown_one_that_was_given_elsewhere(desk, part):
    shown = was(desk, "fee")
    desk.post(f"{ASK}/fee", {"answer": "100"})
    wrong = desk.post(f"{ASK}/fee", {"answer": "a lot", "was": shown}, part=part)
    assert wrong.status == 422
    page = json.loads(wrong.text)["main"] if part else wrong.text
    again = re.search(r'name="was" value="([^"]*)"', page)[1]
    assert desk.post(f"{ASK}/fee", {"answer": "200", "was": again}, part=part).status == 409
    assert "200" not in answers(desk)


def test_undo_on_a_page_of_what_is_wrong_leads_back_to_its_address(desk):
    desk.post(f"{ASK}/walker", {"answer": "Cy"})
    page = desk.post(f"{ASK}/fee", {"answer": "a lot"}).text
    start = re.search(r'name="from" value="([^"]*)"', page)[1]
    assert start == f"{desk.root}{ASK}/fee"
    then = desk.post("/m/matter/undo", {"from": start})
    assert then.headers["location"].startswith(f"{desk.root}{ASK}/fee?n=")
    assert "Taken back" in desks.followed(desk, then).words


def test_what_was_undone_is_said_where_an_address_leads_on(desk):
    desk.post(f"{ASK}/walker", {"answer": "Cy"})
    then = desk.post("/m/matter/undo", {"from": f"{desk.root}/m/matter/rounds/send"})
    at = desk.get(then.headers["location"].removeprefix(desk.root))
    assert "Taken back" in desks.followed(desk, at).words


def test_a_new_record_with_nothing_in_it_is_not_saved_and_is_not_said_to_be(desk):
    before = answers(desk)
    number = desk.get(f"{ASK}/dogs").text.count('value="remove ') + 1
    made = desk.post(f"{ASK}/dogs/{number}", {"f.name": "", "f.size": []})
    assert made.status == 422
    assert "Nothing is filled in" in made.words
    assert answers(desk) == before


def test_a_record_goes_over_no_other_that_has_its_number_by_now(desk):
    desk.post(f"{ASK}/dogs", {"do": "add", "items": "Ada\nBit\nCy"})
    page = desk.get(f"{ASK}/dogs/3").text
    name = html.unescape(re.search(r'name="f.name" id="f-name" value="([^"]*)"', page)[1])
    sent = {"f.name": f"{name} the Second"}
    sent |= {one: re.search(rf'name="{one}" value="([^"]*)"', page)[1] for one in ("was", "shown")}
    desk.post(f"{ASK}/dogs", {"do": "remove 1"})
    before = answers(desk)
    made = desk.post(f"{ASK}/dogs/3", sent)
    assert made.status == 409
    assert f"You had typed or chosen: “{name} the Second”." in html.unescape(made.words)
    assert f'value="{name}"' not in made.text
    assert answers(desk) == before


def test_a_record_is_saved_where_only_others_of_its_list_were_changed_elsewhere(desk):
    desk.post(f"{ASK}/dogs", {"do": "add", "items": "Ada\nBit\nCy"})
    page = desk.get(f"{ASK}/dogs/2").text
    sent = {"f.name": "Bitter"} | {
        one: re.search(rf'name="{one}" value="([^"]*)"', page)[1] for one in ("was", "shown")
    }
    desk.post(f"{ASK}/dogs", {"do": "add", "items": "Dot"})
    assert desk.post(f"{ASK}/dogs/2", sent).status == 303
    assert "Bitter" in answers(desk)
    assert "Dot" in answers(desk)


def test_another_question_changed_elsewhere_is_kept(desk):
    shown = was(desk, "walker")
    path = desk.folder / "matter" / "answers.yaml"
    path.write_text(answers(desk) + "# by hand\n", "utf-8")
    made = desk.post(f"{ASK}/walker", {"answer": "Cy", "was": shown})
    assert made.status == 303
    assert answers(desk).endswith("# by hand\n")
    assert "walker: Cy" in answers(desk)


def test_a_file_that_was_made_wrong_is_told_with_its_line_and_the_last_contract_stays(desk):
    desk.get(f"{ASK}/walker")
    path = desk.folder / "matter" / "answers.yaml"
    good = answers(desk)
    path.write_text(good + "walker: [\n", "utf-8")
    for where in (f"{ASK}/walker", "/m/matter/", "/m/matter/contract", "/m/matter/review"):
        made = desk.get(where)
        assert made.status == 422
        assert "Something is wrong" in made.words
        assert re.search(r" answers.yaml, line \d+ ", made.words)
        assert "This is the last contract that could be made" in made.words
    made = desk.post(f"{ASK}/walker", {"answer": "Cy"})
    assert made.status == 422
    assert path.read_text("utf-8") == good + "walker: [\n"
    path.write_text(good, "utf-8")
    assert "Something is wrong" not in desk.get(f"{ASK}/walker").words


def test_a_matter_in_use_is_said_and_the_answer_stays_on_the_page(desk, monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 0.05)
    with filing.held(desk.folder / "matter"):
        made = desk.post(f"{ASK}/walker", {"answer": "Cy Clone"})
        assert made.status == 423
        assert "Another command is changing this matter" in made.words
        assert 'value="Cy Clone"' in made.text
        assert "Try again" in made.words
        assert desk.get(f"{ASK}/walker").status == 200
        chosen = desk.post(f"{ASK}/leash", {"answer": "long"})
        assert re.search(r'value="long" checked', chosen.text)
        fields = {"f.name": "Rex & Bit", "f.size": "small"}
        listed = desk.post(f"{ASK}/dogs/1", fields)
        assert listed.status == 423
        again = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', listed.text.partition("What you typed")[0]))
        assert {"f.name": "Rex &amp; Bit", "f.size": "small"}.items() <= again.items()
    assert desk.post(f"{ASK}/walker", {"answer": "Cy Clone"}).status == 303


def test_a_page_waits_a_second_and_says_which_command_changes_the_matter(desk):
    began = time.monotonic()
    acting.WHO.set("'drafter send'")
    with filing.held(desk.folder / "matter"):
        made = desk.post(f"{ASK}/walker", {"answer": "Cy Clone"}, part=True)
    acting.WHO.set("")
    assert 0.9 < time.monotonic() - began < 4
    assert made.status == 423
    assert re.search(
        r"'drafter send' \(process \d+, since \d\d:\d\d:\d\d\) is changing this matter", html.unescape(made.text)
    )
    assert not list((desk.folder / "matter").glob(".drafter*"))


def test_of_two_undos_at_once_the_second_is_refused_in_words(desk):
    for words in ("One", "Two"):
        desk.post(f"{ASK}/walker", {"answer": words})
    which = re.search(r'name="which" value="(\d+)"', desk.get("/m/matter/undo").text)[1]
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: desk.post("/m/matter/undo", {"which": which}), range(2)))
    said = " ".join(desk.get(one.headers["location"].removeprefix(desk.root)).words for one in both)
    assert said.count("Taken back: the answer to") == 1
    assert said.count("Nothing was taken back now: that change was taken back already") == 1
    assert "walker: One" in answers(desk)


def test_an_answer_can_be_skipped_cleared_and_taken_back(desk):
    before = answers(desk)
    desk.post(f"{ASK}/walker", {"answer": "Cy"})
    made = desk.post("/m/matter/undo")
    assert answers(desk) == before
    assert "Taken back: the answer to" in desk.get(made.headers["location"].removeprefix(desk.root)).words
    desk.post(f"{ASK}/walker", {"do": "clear"})
    assert "walker:\n" in answers(desk) or "walker:" not in answers(desk)
    made = desk.post(f"{ASK}/walker", {"do": "skip"})
    assert "Skipped." in desk.get(made.headers["location"].removeprefix(desk.root)).words


def test_what_was_changed_again_since_is_not_taken_back(desk):
    desk.post(f"{ASK}/walker", {"answer": "Cy"})
    path = desk.folder / "matter" / "answers.yaml"
    path.write_text(answers(desk).replace("walker: Cy", "walker: Di"), "utf-8")
    made = desk.post("/m/matter/undo")
    assert "walker: Di" in answers(desk)
    assert "Not taken back" in desk.get(made.headers["location"].removeprefix(desk.root)).words


def test_a_list_is_added_to_changed_and_shortened(desk):
    assert desk.get(f"{ASK}/dogs").status == 200
    made = desk.post(f"{ASK}/dogs", {"do": "add", "items": "Bo\nAda"})
    assert made.status == 303
    assert "Ada" in answers(desk)
    made = desk.post(f"{ASK}/dogs/1", {"f.name": "Rexy", "was": ""})
    assert made.status == 303
    assert "Rexy" in answers(desk)
    count = desk.get(f"{ASK}/dogs").text.count('value="remove ')
    assert desk.post(f"{ASK}/dogs", {"do": f"remove {count}"}).status == 303
    assert "Ada" not in answers(desk)
    assert desk.post(f"{ASK}/dogs", {"do": "done"}).status == 303


def test_a_record_is_saved_whole_or_not_at_all(desk):
    before = answers(desk)
    made = desk.post(f"{ASK}/dogs/1", {"f.name": "x" * 5000, "f.size": "small"})
    if made.status == 422:
        assert answers(desk) == before
        assert 'id="summary"' in made.text
        assert "x" * 5000 in made.text


def test_many_answers_at_once_are_all_saved(desk):
    fields = {"walker": "Cy", "fee": "12"}
    threads = [
        threading.Thread(target=desk.post, args=(f"{ASK}/{name}", {"answer": words, "was": was(desk, name)}))
        for name, words in fields.items()
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert "walker: Cy" in answers(desk)
    assert re.search(r"fee: \W?12", answers(desk))


def test_a_wording_swapped_beside_the_desk_is_seen_at_the_next_page(desk, tmp_path):
    before = desk.get("/m/matter/contract").words
    assert commands.run("swap", desk.folder / "matter", "leash", "long", "--library", tmp_path / "lib").exit_code == 0
    assert desk.get("/m/matter/contract").words != before


def test_a_script_gets_only_what_changed(desk):
    made = desk.post(f"{ASK}/walker", {"answer": "Cy Clone"}, part=True)
    assert made.status == 200
    assert len(made.body) < 5 * 1024
    assert '"sections":{' in made.text
    assert '"contract":""' in made.text


def test_get_changes_nothing(desk):
    before = commands.files(desk.folder)
    for path in ("/", "/new", f"{ASK}", f"{ASK}/walker", f"{ASK}/dogs", f"{ASK}/dogs/1", f"{ASK}/dogs/2",
                 "/m/matter/", "/m/matter/review", "/m/matter/sections", "/m/matter/contract", "/m/matter/undo",
                 "/m/matter/contract.docx", "/m/matter/state", "/close"):  # fmt: skip
        assert desk.get(path).status in (200, 303), path
    assert commands.files(desk.folder) == before


@pytest.mark.parametrize("path", ["/m/none/", "/m/matter/ask/none", "/m/matter/ask/dogs/99", "/m/matter/ask/walker/1",
                                  "/m/..%2f..%2fetc/", "/m/.hidden/", "/nothing"])  # fmt: skip
def test_what_is_not_there_is_no_error(desk, path):
    assert desk.get(path).status == 404
    assert desk.post(path).status in (404, 405)


def test_what_is_to_be_fixed_leads_to_its_question(desk):
    path = desk.folder / "matter" / "answers.yaml"
    path.write_text(answers(desk).replace("ends: 2027-06-30", "ends: 2026-06-30"), "utf-8")
    for page in ("/m/matter/", "/m/matter/contract", "/m/matter/contract.docx"):
        links = lxml.html.fromstring(desk.get(page).text).xpath("//main//*[self::li or self::dd]/a/@href")
        assert f"{desk.root}{ASK}/ends" in links or f"{desk.root}{ASK}/starts" in links, page


def test_a_remark_on_an_answer_calls_it_by_what_is_asked(desk):
    then = desks.followed(desk, desk.post(f"{ASK}/walker", {"answer": "Ann {{ x }}"}))
    assert "Remember: “Who walks?” contains {{ and is printed exactly as it was typed." in then.words
    assert "“Who walks?” contains {{" in desk.get("/m/matter/review").words
    then = desks.followed(desk, desk.post(f"{ASK}/dogs/1", {"f.name": "Rex {{", "f.size": "small"}))
    assert ", “The dog&#39;s name?” contains {{" in then.words
