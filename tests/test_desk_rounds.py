"""The desk sends and receives rounds, and answers what was changed in a return, as the commands do."""

import re
import shutil

import commands
import desks
import every_return
import pytest
import returns

from drafter.contract import words
from drafter.papers import memo

MATTER = "/m/st-louis-park-negotiation"
HOSTILE = b"PK\x03\x04 no Word file"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Run a desk that no test changes anything of."""
    with desks.running(tmp_path_factory.mktemp("desk"), "st-louis-park-negotiation") as found:
        yield found


def returned(desk):
    """Return the number of the last return of the example."""
    return re.findall(r"/rounds/(\d+)/changes", desk.get(f"{MATTER}/rounds").text)[0]


def test_the_history_says_whose_turn_it_is_and_leads_to_every_file(desk):
    page = desk.get(f"{MATTER}/rounds")
    assert "It is the turn of the City" in page.words
    links = re.findall(r'href="(?:/k\w+)(/m/[^"]*/file/[^"]*)"', page.text)
    assert len(links) > 5
    for link in links:
        assert desk.get(link).status == 200, link
    ours = [link for link in links if "/ours/" in link]
    assert ours
    assert all(link.replace("/ours/", "/") not in desks.public(page.text) for link in ours)


def test_rounds_and_changes_call_clauses_and_wordings_as_people_do(desk):
    library = desk.server.desk.read("st-louis-park-negotiation").library
    for path in ("rounds", "rounds/2/changes", "rounds/4/changes", "rounds/2/changes/c1"):
        assert desks.ids(desk.get(f"{MATTER}/{path}"), library) == set(), path
    assert "Countered (“Either Party, on 60 days' written notice”)" in desk.get(
        f"{MATTER}/rounds/2/changes"
    ).text.replace("&#39;", "'")


@pytest.mark.parametrize(
    "name", ["answers.yaml", "contract.json", "../matter.yaml", "outgoing/../answers.yaml", "none"]
)
def test_no_other_file_is_sent(desk, name):
    assert desk.get(f"{MATTER}/rounds/1/file/{name}").status == 404


def test_two_rounds_or_a_round_and_the_draft_are_redlined_as_by_the_command(desk, tmp_path):
    page = desk.get(f"{MATTER}/rounds")
    assert 'href="' in page.text
    assert re.search(r'/rounds/redline\?base=1&amp;revised=3">Redline against round 1', page.text)
    shown = desk.get(f"{MATTER}/rounds/redline?base=1&revised=3")
    assert '<span class="unseen">[inserted: </span>' in shown.text
    assert re.search(r'<table class="r t">.*?<th scope="col">', desk.get(f"{MATTER}/rounds/redline?whole=yes").text)
    folder = desk.folder / "st-louis-park-negotiation"
    names = {one.name[1]: one for one in (folder / "rounds").glob("*-to-city")}
    for query, base, revised in (("base=1&revised=3", names["1"], names["3"]), ("base=3", names["3"], folder)):
        made = desk.get(f"{MATTER}/rounds/redline.docx?{query}")
        output = tmp_path / "redline.docx"
        assert commands.run("redline", base, revised, "-o", output).exit_code == 0
        assert made.body == output.read_bytes(), query
    for odd in ("base=2", "base=x", "base=1&revised=2", "revised=99"):
        assert desk.get(f"{MATTER}/rounds/redline?{odd}").status == 404
        assert desk.get(f"{MATTER}/rounds/redline.docx?{odd}").status == 404


def test_silent_changes_come_first_and_nothing_of_ours_is_public(desk):
    number = returned(desk)
    page = desk.get(f"{MATTER}/rounds/{number}/changes")
    assert page.words.index("Without a mark (") < page.words.index("Marked (")
    ours = ("Because:", "Rejected", "Accepted", "Concedes", "nearest", "(preferred)", "(acceptable)")
    assert [words for words in ours if words not in page.words] == []  # the page has them all, in its boxes
    assert [words for words in ours if words.lower() in desks.public(page.text).lower()] == []
    one = desk.get(f"{MATTER}/rounds/{number}/changes/c1")
    assert "This was changed WITHOUT track changes." in one.words
    assert "own wording" not in desks.public(one.text)
    assert desk.get(f"{MATTER}/rounds/{number}/changes/c99").status == 404
    assert desk.get(f"{MATTER}/rounds/1/changes").status == 404


def test_a_comment_has_a_page_that_takes_the_reply_to_it(tmp_path):
    with desks.running(tmp_path, "st-louis-park-negotiation") as one:
        number = returned(one)
        page = f"{MATTER}/rounds/{number}/changes/comment1"
        assert page in one.get(f"{MATTER}/rounds/{number}/changes").text
        assert "closed on weekends" in one.get(page).words
        assert one.post(page, {"answer": "reply", "reply": " "}).status == 422
        assert one.post(page, {"answer": "accept", "reply": "Yes"}).status == 422
        told = desks.followed(one, one.post(page, {"answer": "reply", "reply": "Three days."}))
        assert "comment1: answered" in told.words
        assert "comment1: answered" not in desks.public(told.text)
        assert "Reply: Three days." in commands.run("changes", one.folder / "st-louis-park-negotiation").output
        one.post(f"{MATTER}/undo")
        assert "Three days." not in commands.run("changes", one.folder / "st-louis-park-negotiation").output


def test_a_section_that_says_another_value_than_the_answer_is_named_on_every_page_of_it(tmp_path):
    with desks.running(tmp_path, "st-louis-park-negotiation") as one:
        sent = tmp_path / "st-louis-park-negotiation/rounds/05-to-city/outgoing/contract.docx"
        back = returns.edited(sent.read_bytes(), ("", "($96,000)", "($99,000)"))
        one.upload(f"{MATTER}/rounds/receive", "back.docx", back, {"on": "2026-06-02"})
        page = one.get(f"{MATTER}/rounds/6/changes").words.lower()
        assert "the words and the figures disagree: ninety-six thousand, but 99,000" in page
        assert "also stands in exhibit d, where they left $96,000" in page
        told = desks.followed(one, one.post(f"{MATTER}/rounds/6/changes/c1", {"answer": "accept"}))
        said = "in place of the answer to “What is the fixed price for one school year, for all officers together?”"
        for shown in (told, one.get(f"{MATTER}/check"), one.get(f"{MATTER}/rounds")):
            assert said in " ".join(shown.words.split())
        assert said not in desks.public(told.text)
        made = one.server.desk.read("st-louis-park-negotiation").drafted
        found = memo.make(
            made.library.memo, made.selection, made.contract, made.public_coverage, None, "", None,
            record=made.matter.swaps,
        )  # fmt: skip
        said = "It says “ninety-six thousand dollars ($99,000)”; Exhibit D, Cost says “$96,000”."
        assert any(said in words(runs) for line in found.differences for runs in line.now)


def test_each_change_is_told_as_the_command_tells_it(desk):
    number = returned(desk)
    told = commands.run("changes", desk.folder / "st-louis-park-negotiation", number).output
    page = " ".join(desk.get(f"{MATTER}/rounds/{number}/changes").words.split())
    names = re.findall(r"^  (c\d+)  ", told, re.MULTILINE)
    assert names
    for name in names:
        assert f"{name}, " in page


@pytest.fixture
def own(tmp_path):
    """Run a desk with the example, beside a copy of it for the commands; both before the last return was answered."""
    with desks.running(tmp_path / "desk") as made:
        number = "4"
        beside = tmp_path / "beside"
        for place in (made.folder / "matter", beside):
            shutil.copytree(desks.EXAMPLES / "st-louis-park-negotiation", place)
            for path in sorted((place / "rounds").glob("0[5-9]-*")):
                shutil.rmtree(path)
            ledger = place / "rounds" / "rounds.sha256"
            kept = [line for line in ledger.read_text().splitlines(keepends=True) if "  05-" not in line]
            ledger.write_text("".join(kept))
            (place / "decisions.yaml").unlink()
            (place / "matter.yaml").unlink()
        yield made, beside, number


def test_a_change_is_answered_as_by_the_command_and_taken_back(own):
    desk, beside, number = own
    before = commands.files(desk.folder / "matter")
    page = f"/m/matter/rounds/{number}/changes"
    made = desk.post(f"{page}/c1", {"answer": "reject", "because": "No.", "reply": "We can't."})
    then = desks.followed(desk, made)
    assert "c1: rejected" in then.words
    assert f"{page}/c2" in made.headers["location"]
    commands.run("decide", beside, "reject", "c1", "--because", "No.", "--reply", "We can't.")
    assert commands.files(desk.folder / "matter") == commands.files(beside)
    assert "The answer to change c1, " in desk.get("/m/matter/undo").words
    commands.run("decide", desk.folder / "matter", "reject", "c2")  # which is no answer of this desk
    kept = commands.files(desk.folder / "matter")
    then = desks.followed(desk, desk.post("/m/matter/undo"))
    assert "Not taken back: the answer to change c1, " in then.words
    assert "Another change was answered since" in then.words
    assert commands.files(desk.folder / "matter") == kept
    commands.run("decide", desk.folder / "matter", "--undo")
    commands.run("decide", desk.folder / "matter", "--undo")
    desk.post(f"{page}/c1", {"answer": "reject", "because": "No.", "reply": "We can't."})
    desks.followed(desk, desk.post("/m/matter/undo"))
    now = commands.files(desk.folder / "matter")
    now.pop("decisions.yaml", None)
    assert now == before


@pytest.mark.parametrize(("sent", "said"), [({"answer": "counter"}, "Nothing is offered"), ({}, "Choose an answer")])
def test_an_answer_that_lacks_something_says_what_and_speaks_of_no_policy(own, sent, said):
    desk, _, number = own
    made = desk.post(f"/m/matter/rounds/{number}/changes/c1", sent)
    assert made.status == 422
    assert said in made.words
    assert "although the policy" not in made.words


def test_an_answer_to_what_was_told_before_says_so_and_what_no_longer_says_a_requirement(tmp_path):
    with desks.running(tmp_path, "st-louis-park-negotiation") as desk:
        made = desk.post(f"{MATTER}/rounds/4/changes/c1", {"answer": "accept"})
        then = desks.followed(desk, made)
        words = " ".join(then.words.split())
        assert "c1 was rejected in round 5, sent on May 11, 2026; the new answer goes with the next round" in words
        assert re.search(r"IV\.F\(a\) was said in [\d., and]*7\.2; now in [\d., and]*; 7\.2 is to be read", words)
        assert "was rejected in round 5" not in desks.public(then.text)
        shown = desk.get(f"{MATTER}/rounds/4/changes/c1")
        claim = "Their words stand in the contract as the matter"
        assert claim in " ".join(shown.words.split())
        assert claim not in desks.public(shown.text)


def test_a_round_is_sent_and_received_as_by_the_commands(own):
    desk, beside, number = own
    page = f"/m/matter/rounds/{number}/changes"
    names = re.findall(r"changes/(c\d+)\"", desk.get(page).text)
    for place in (desk.folder / "matter", beside):
        assert commands.run("decide", place, "reject", *names).exit_code == 0
    made = desk.post("/m/matter/rounds/send", {"to": "city", "on": "2026-12-01", "message": "As agreed."})
    assert "is recorded, to the City, December 1, 2026" in desks.followed(desk, made).words
    assert commands.run("send", beside, "--to", "city", "--on", "2026-12-01", "--message", "As agreed.").exit_code == 0
    assert commands.files(desk.folder / "matter") == commands.files(beside)
    sent = next((desk.folder / "matter" / "rounds").glob("05-*/outgoing/contract.docx")).read_bytes()
    made = desk.upload("/m/matter/rounds/receive", "C:\\\\fake\\\\back.docx", sent, {"on": "2026-12-02"})
    assert "nothing was changed: it is the file that was sent" in desks.followed(desk, made).words
    (beside / "back.docx").write_bytes(sent)
    commands.run("receive", beside, beside / "back.docx", "--on", "2026-12-02")
    (beside / "back.docx").unlink()
    assert commands.files(desk.folder / "matter") == commands.files(beside)
    letter = next((desk.folder / "matter" / "rounds").glob("05-*/outgoing/letter.docx")).read_bytes()
    refused = desk.upload("/m/matter/rounds/receive", "back.docx", letter, {"on": "2026-12-03"})
    assert "is the letter that was sent with round 5, not the contract" in refused.words
    assert ("File it all the same" in refused.words, "--anyway" in refused.words) == (True, False)
    assert commands.files(desk.folder / "matter") == commands.files(beside)
    made = desk.upload("/m/matter/rounds/receive", "back.docx", letter, {"on": "2026-12-03", "anyway": "yes"})
    assert "Round 7 is recorded, from the City" in desks.followed(desk, made).words


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"to": ""}, "nobody is named"), ({"to": "../city"}, "a short name"), ({"to": "city", "on": "never"}, "never")],
)
def test_what_is_wrong_with_a_round_is_said_and_nothing_is_recorded(desk, fields, said):
    before = commands.files(desk.folder)
    made = desk.post(f"{MATTER}/rounds/send", fields)
    assert made.status == 422
    assert said in made.words.lower()
    assert commands.files(desk.folder) == before


@pytest.mark.parametrize(("name", "content"), [("x.docx", HOSTILE), ("", b""), ("..", b"x"), ("a" * 400, b"x")])
def test_a_file_that_is_no_contract_is_refused_in_words(desk, name, content):
    before = commands.files(desk.folder)
    made = desk.upload(f"{MATTER}/rounds/receive", name, content)
    assert made.status == 422
    assert "Nothing was recorded" in made.words
    assert commands.files(desk.folder) == before


# What a party sends back: tracked, without a mark, both, a paragraph more, a section less, and nothing changed.
BACK = {
    "tracked": lambda sent: returns.edited(sent, ("Ann", "The Town pays", "The Town gladly pays")),
    "silent": lambda sent: returns.edited(sent, ("", "must use a leash", "should use a leash")),
    "both": lambda sent: returns.edited(sent, ("Ann", "The Town pays", "Nobody pays"), ("", "a leash", "a rope")),
    "added": lambda sent: returns.added(sent, "Ann", "The Town pays", "The Town also says thank you."),
    "less": lambda sent: returns.without(sent, "Price", "Ann"),
    "same": lambda sent: sent,
}


@pytest.mark.parametrize("name", BACK)
def test_each_change_of_a_return_is_answered_taken_back_and_sent_as_by_the_commands(tmp_path, name):
    with desks.small_desk(tmp_path) as desk:
        library = ("--library", tmp_path / "lib")
        here, beside = desk.folder / "matter", tmp_path / "beside"
        assert commands.run("send", here, "--to", "kennel", "--on", "2026-09-01", *library).exit_code == 0
        sent = next(here.glob("rounds/01-*/outgoing/contract.docx")).read_bytes()
        shutil.copytree(here, beside)
        count, wrong = every_return.answered(desk, "matter", beside, BACK[name](sent), library)
        assert wrong == []
        assert bool(count) == (name != "same")
