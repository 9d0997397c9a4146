"""The desk: the whole interview in the browser, with the contract beside it."""

import re

import commands
import desks
import every_option
import pytest

import drafter
from drafter.asking import interview
from drafter.web.views import contract

MATTER = "/m/st-louis-park"
LONG = "st-louis-park-comprehensive"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("desk"), "st-louis-park") as found:
        yield found


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("long"), LONG) as found:
        yield found


@pytest.fixture
def small(tmp_path):
    with desks.small_desk(tmp_path) as found:
        yield found


def focused(page) -> str:
    return page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.innerText || '').trim()")


def tab_to(page, words):
    """Press Tab until something with these words has the focus, which is in view all the time."""
    for _ in range(60):
        if re.match(rf"(A|BUTTON|SUMMARY) {words}", " ".join(focused(page).split())):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {words} by Tab")


def in_view(page) -> bool:
    """Say whether what has the focus can be seen, and is not the page itself."""
    return page.evaluate(
        """() => { const at = document.activeElement, box = at.getBoundingClientRect();
           return at !== document.body && box.bottom > 0 && box.top < innerHeight; }"""
    )


def test_the_whole_interview_by_keys_gives_the_contract_of_the_command_line(tmp_path):
    example = drafter.open(desks.EXAMPLES / "st-louis-park")
    given = interview.begin(example.library, example.text, "")
    folder = tmp_path / "desk"
    folder.mkdir()
    with desks.running(folder) as desk, desks.opened(desk, "/new") as page:
        asked = requests_of(page)
        page.keyboard.type("By keys")
        tab_to_input(page, "form")
        page.keyboard.press("1")
        tab_to(page, "Begin")
        page.keyboard.press("Enter")
        page.wait_for_url("**/m/By%20keys/*")
        tab_to(page, "Go on with the interview")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask/**")
        for _ in range(200):
            if page.url.partition("?")[0].endswith("/review"):
                break
            assert in_view(page), page.url
            answer(page, given)
        page.wait_for_url("**/review*")
        assert {one.split("/")[2] for one in asked} == {f"127.0.0.1:{desk.server.port}"}
        made = desk.get("/m/By%20keys/contract.docx")
    assert made.headers["content-type"] == contract.WORD, made.words[:500]
    output = tmp_path / "contract.docx"
    assert commands.run("draft", desks.EXAMPLES / "st-louis-park", "-o", output).exit_code == 0
    assert made.body == output.read_bytes()
    assert commands.run("draft", folder / "By keys", "-o", output).exit_code == 0
    assert made.body == output.read_bytes()


def requests_of(page):
    """Return a list that gets the address of every request that a page makes."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def tab_to_input(page, name):
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by Tab at {page.url}: {focused(page)}")


def answer(page, given):
    """Answer the question that a page asks as an interview has it, by keys alone; skip it where that has no answer."""
    name = page.url.partition("?")[0].rpartition("/ask/")[2]
    words = interview.written(given, name) if interview.is_answered(given, name) else None
    if given.question(name).type == "records":
        for number, record in enumerate(words or (), 1):
            is_there = number <= page.locator("main tbody tr").count()
            tab_to(page, rf"Change\b.* {number}$" if is_there else "Add")
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/ask/{name}/{number}*")
            left = dict(record)
            while left:  # an answer may ask for further fields, which are shown then
                shown = [one for one in left if page.locator(f"[name='f.{one}']").count()]
                fill(page, {one: left.pop(one) for one in shown})
                press_and_go(page, "Control+Enter")
        tab_to(page, "(Done with this list|Leave it (blank|out))")
        press_and_go(page, "Enter")
        return
    if words is None:
        tab_to(page, "Skip")
    else:
        put(page, "answer", words)
        tab_to(page, "Save and go on")
    press_and_go(page, "Enter")


def press_and_go(page, key):
    """Press a key that leads to another address, and wait until that is there."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda now: now != before)


def fill(page, record):
    """Fill in the fields of a record by keys."""
    for name, words in record.items():
        tab_to_input(page, f"f.{name}")
        put(page, f"f.{name}", words)


def put(page, name, words):
    """Type an answer, or choose it among the options, with the focus in its field."""
    values = page.eval_on_selector_all(f"[name='{name}']", "all => all.map(one => [one.type, one.value])")
    kind = values[0][0]
    if kind == "radio":
        page.keyboard.press(str([value for _, value in values].index(words) + 1))
    elif kind == "checkbox":
        for one in (words,) if isinstance(words, str) else words:
            page.keyboard.press(str([value for _, value in values].index(one) + 1))
    else:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(words)


@pytest.mark.parametrize("name", ["extra_duties", "termination_days"])  # one leads to a list, one to a question
def test_each_option_leaves_the_next_field_and_the_section_that_it_changed_in_view(long, name):
    options = dict(every_option.choices(long.server.desk.read(LONG)))[name]
    with desks.opened(long) as page:
        assert list(every_option.saved(long, page, LONG, name, options)) == []
