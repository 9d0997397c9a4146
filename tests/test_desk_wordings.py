"""The desk shows which wordings a clause could have, what each would do, and puts one in."""

import re

import commands
import desks
import every_swap
import pytest
from lxml import html

WORDINGS = "/m/matter/wordings"
REAL = "/m/st-louis-park/wordings"
LONG = "/m/st-louis-park-comprehensive/wordings"


@pytest.fixture
def desk(tmp_path):
    with desks.small_desk(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("desk"), "st-louis-park") as found:
        yield found


def after(desk, made):
    assert made.status == 303, made.words
    return desk.get(made.headers["location"].removeprefix(desk.root))


def test_clauses_are_found_by_words_and_by_number(real):
    every = real.get(REAL)
    assert every.text.count("<tr>") > 50
    assert "7.4 Prone Restraint" in real.get(f"{REAL}?find=7.4").words
    assert "7.4 Prone Restraint" in real.get(f"{REAL}?find=IV.F%28b%29").words
    assert "Prone Restraint" in real.get(f"{REAL}?find=face-down").words
    assert "No clause has these words." in real.get(f"{REAL}?find=zeppelin").words


def test_a_wording_is_shown_redlined_as_the_command_redlines_it_and_put_in(desk, tmp_path):
    page = desk.get(f"{WORDINGS}/leash?with=long")
    shown = re.search(r'<div class="redline">(.*?)</div>', page.text, re.DOTALL)[1]
    tried = commands.run("swap", desk.folder / "matter", "leash", "long", "--try", "--library", tmp_path / "lib").output
    marked = {" ".join(one.split()) for one in re.findall(r"\{[-+](.*?)[-+]\}", tried, re.DOTALL)}
    here = re.findall(r"<(?:ins|del)>(.*?)</(?:ins|del)>", shown, re.DOTALL)
    assert {re.sub(r"<span.*?</span>", "", one).strip() for one in here} == marked
    then = after(desk, desk.post(f"{WORDINGS}/leash", {"alternative": "long", "because": "They asked."}))
    assert "leash: long" in (desk.folder / "matter" / "answers.yaml").read_text()
    assert "They asked." in (desk.folder / "matter" / "swaps.yaml").read_text()
    assert "1.2 Leash: “The short one” (preferred) -&gt; “The long one” (fallback)" in then.text
    assert "The wording of “1.2 Leash" in desk.get("/m/matter/undo").words
    back = after(desk, desk.post("/m/matter/undo"))
    assert "Taken back: the wording of “1.2 Leash" in back.words
    assert "leash: long" not in (desk.folder / "matter" / "answers.yaml").read_text()


@pytest.mark.parametrize("name", ["force-standard", "prone-restraint", "liability", "term"])
def test_pages_call_clauses_wordings_and_questions_as_people_do(real, name):
    library = real.server.desk.read("st-louis-park").library
    page = real.get(f"{REAL}/{name}")
    others = [f"{REAL}/{name}?with={one}" for one in re.findall(r"\?with=([\w-]+)#", page.text)]
    for path in (f"{REAL}/{name}", f"{REAL}/{name}/own", f"/m/st-louis-park/ours/concede/{name}", *others[:2]):
        assert desks.ids(real.get(path), library) == set(), path


def test_each_wording_is_redlined_put_in_and_taken_back_as_by_the_command(desk, tmp_path):
    told, beside = list[str](), tmp_path / "beside"
    beside.mkdir()
    library = ("--library", tmp_path / "lib")
    assert list(every_swap.walked(desk, "matter", beside, told.append, library)) == []
    assert told != ["0 put in, 0 departing, 0 refused"]


def test_a_wording_of_a_clause_that_is_left_out_is_not_offered_to_be_taken_back(tmp_path):
    with desks.running(tmp_path, "st-louis-park") as one:
        then = after(one, one.post(f"{REAL}/payment", {"alternative": "short"}))
        assert "left out" in then.words
        assert "Nothing was changed here" in one.get("/m/st-louis-park/undo").words


def test_why_and_what_it_concedes_are_in_no_public_part(desk):
    then = after(desk, desk.post(f"{WORDINGS}/leash", {"alternative": "long", "because": "Our secret."}))
    assert "Our secret." in then.words
    assert "Concedes" in then.words
    back = desk.post("/m/matter/undo", {"from": f"{desk.root}/m/matter/"})
    for page in (then, desk.get(f"{WORDINGS}/leash"), desk.get(WORDINGS), after(desk, back)):
        shown = desks.public(page.text)
        assert all(one not in shown for one in ("Our secret.", "Concedes", "Position", "preferred)", "acceptable"))


def test_a_wording_that_was_changed_elsewhere_is_not_written_over(desk):
    seen = desk.get(f"{WORDINGS}/leash?with=long")
    assert 'name="was" value="short"' in seen.text
    commands.run("swap", desk.folder / "matter", "leash", "long", "--library", desk.folder.parent / "lib")
    fields = {"was": "short", "because": "They asked.", "words": "A leash is to be used:\n\n1. {#hold} it is held."}
    late = desk.post(f"{WORDINGS}/leash", fields | {"alternative": "long"})
    own = desk.post(f"{WORDINGS}/leash/own", fields | {"allow": "yes"})
    assert (late.status, own.status) == (409, 409)
    assert "another wording was put in since" in late.words.lower()
    assert "A leash is to be used:" in own.words
    assert 'name="was" value="long"' in own.text
    assert "They asked." not in (desk.folder / "matter" / "swaps.yaml").read_text()


def test_undo_takes_back_no_swap_of_another(desk):
    library = ("--library", desk.folder.parent / "lib")
    after(desk, desk.post(f"{WORDINGS}/leash", {"alternative": "long"}))
    for wanted in ("short", "long"):
        assert commands.run("swap", desk.folder / "matter", "leash", wanted, *library).exit_code == 0
    record = (desk.folder / "matter" / "swaps.yaml").read_bytes()
    then = after(desk, desk.post("/m/matter/undo"))
    assert "Not taken back: the wording of" in then.words
    assert "changed again since" in then.words
    assert (desk.folder / "matter" / "swaps.yaml").read_bytes() == record


def test_swaps_are_taken_back_one_after_another(desk):
    first = (desk.folder / "matter" / "answers.yaml").read_bytes()
    for wanted in ("long", "short", "long"):
        after(desk, desk.post(f"{WORDINGS}/leash", {"alternative": wanted, "was": ""}))
    for _ in range(3):
        assert "Not taken back" not in after(desk, desk.post("/m/matter/undo")).words
    assert "leash: long" not in (desk.folder / "matter" / "answers.yaml").read_text()
    assert (desk.folder / "matter" / "answers.yaml").read_bytes() == first


@pytest.mark.parametrize("because", ["", "Their last word."])
def test_a_wording_that_departs_from_policy_needs_a_reason_and_a_second_button(tmp_path, because):
    with desks.running(tmp_path, "st-louis-park-comprehensive") as desk:
        own = commands.departing(tmp_path / "own").read_text("utf-8")
        words = own.partition("---\n\n")[2] or own.split("---\n", 2)[2]
        fields = {"words": words, "label": "Their words", "satisfies": "IV.F(c)", "concedes": "The ban."}
        first = desk.post(f"{LONG}/prone-restraint/own", fields)
        assert first.status == 422
        assert "It departs from policy" in first.words
        assert "would not meet IV.F(b)" in first.words
        assert "drafter swap" not in first.text
        second = desk.post(f"{LONG}/prone-restraint/own", fields | {"allow": "yes", "because": because})
        assert second.status == (303 if because else 422)
        assert (tmp_path / "st-louis-park-comprehensive" / "wording").exists() == bool(because)


def test_own_words_begin_with_the_wording_now_and_are_put_in(desk):
    page = desk.get(f"{WORDINGS}/price/own")
    words = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)[1]
    assert words.strip()
    made = desk.post(f"{WORDINGS}/price/own", {"words": "[[nowhere]] is no clause."})
    assert made.status == 422
    assert "Line 1: " in made.words
    assert not (desk.folder / "matter" / "wording").exists()


def test_a_part_of_the_matrix_does_not_print_as_if_it_were_the_whole(real):
    for only, is_printed in (("", True), ("fallback", False), ("bad", False)):
        page = html.fromstring(real.get(f"/m/st-louis-park/check?only={only}").text)
        assert page.xpath("//main//h2")
        for one in page.xpath("//*[contains(concat(' ', @class, ' '), ' noprint ')]"):
            one.drop_tree()
        assert bool(page.xpath("//main//h2")) == is_printed
        assert bool(page.xpath("//main/p[@class='onprint']")) != is_printed


def test_each_requirement_leads_to_its_section(real):
    page = real.get("/m/st-louis-park/check")
    links = re.findall(r'/contract#(s-[^"]+)"', page.text)
    assert len(links) > 30
    contract = real.get("/m/st-louis-park/contract").text
    assert all(f'id="{one}"' in contract for one in links)
    assert "None." in real.get("/m/st-louis-park/check?only=bad").words
    for kind in ("docx", "csv", "html"):
        assert real.get(f"/m/st-louis-park/check/matrix.{kind}").status == 200
    assert real.get("/m/st-louis-park/check/matrix.exe").status == 404


def test_guidance_is_in_no_public_part_of_a_page(real):
    page = real.get(f"{REAL}/termination-convenience").text
    others = re.findall(r"\?with=([\w-]+)#", page)
    assert others
    for one in ["", *(f"?with={name}" for name in others)]:
        page = real.get(f"{REAL}/termination-convenience{one}").text
        guidance = re.findall(r'<p class="guidance">(.*?)</p>', page, re.DOTALL)
        assert guidance
        assert all(words not in desks.public(page) for words in guidance)
        assert "fallback" not in desks.public(page)
        assert "Concedes" not in desks.public(page)


def test_a_wording_that_only_a_fact_puts_in_leads_to_its_question(real):
    page = real.get(f"{REAL}/prone-restraint")
    assert '/ask/city.prone_restraint">Has the City agreed' in page.text
    assert "drafter answer" not in page.text


def test_an_unknown_clause_or_wording_is_no_error(desk):
    assert desk.get(f"{WORDINGS}/none").status == 404
    assert desk.get(f"{WORDINGS}/leash?with=none").status == 404
    assert desk.post(f"{WORDINGS}/leash", {"alternative": "none"}).status == 404
    assert desk.post(f"{WORDINGS}/none/own", {"words": "x"}).status == 404
