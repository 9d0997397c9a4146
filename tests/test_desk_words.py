"""What the pages of the desk say: no id, no command, no path of this machine; and each page prints what is public."""

import collections
import re

import desks
import leaks
import pytest
import returns
from lxml import html

from drafter.drafting import draft
from drafter.matters import matter
from drafter.web import routes

NAME = "st-louis-park-negotiation"
MATTER = f"/m/{NAME}"
MOST_OF_A_SHAPE = 1  # pages of one kind that are looked at: there are a thousand
FILES = re.compile(r"\.(docx|pdf|csv|png)\b|/matrix\.html|/file/|/jobs/")
TERMINAL = {
    "an option": r"(?<![\w-])--[a-z][\w-]*",
    "a command": r"\bdrafter [a-z]+",
    "a file of the library": r"[\w-]+\.md\b",
    "the id of own words": r"own-wording",
    "two full stops": r"(?<!\.)\.\.(?!\.)",
    "a wording by its ids": r"'[\w-]+: [\w-]+'",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Run a desk with the example and a board packet of it, made on a machine without LibreOffice."""
    with pytest.MonkeyPatch.context() as machine, desks.running(tmp_path_factory.mktemp("desk"), NAME) as found:
        machine.setenv("PATH", str(found.folder))
        desks.waited(found, found.post(f"{MATTER}/packet", {"meeting": "2026-06-01", "privileged": "yes"}))
        yield found


@pytest.fixture(scope="module")
def pages(desk):
    """Return the pages of the desk, one of each kind, by their addresses."""
    starts = (f"{MATTER}/{one}" for one in ("", "undo", "packet", "wordings/prone-restraint", "rounds/4/changes"))
    return dict(crawled(desk, "/", "/new", "/close", *starts))


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Run a desk with the example whose matter may be changed, on a machine without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with desks.running(tmp_path / "desk", NAME) as found:
        yield found


def shape(path):
    """Return the kind of a page: its address with the names left out, and what is asked there."""
    at, _, query = path.partition("?")
    found = (one for one, _ in routes.VIEWS if re.fullmatch(re.sub(r"\{.*?\}", "[^/]+", one), at))
    return next(found, ""), *sorted(re.findall(r"(\w+)=", query))


def crawled(desk, *starts):
    """Yield the pages to which others lead, so many of each kind."""
    waiting, seen, kinds = collections.deque(starts), set(), collections.Counter()
    while waiting:
        path = waiting.popleft().partition("#")[0]
        if path in seen or FILES.search(path) or kinds[shape(path)] >= MOST_OF_A_SHAPE:
            continue
        seen.add(path)
        kinds[shape(path)] += 1
        page = desk.get(path)
        if page.status == 303:
            waiting.append(page.headers["location"].removeprefix(desk.root))
            continue
        yield path, page
        waiting.extend(one.removeprefix(desk.root) for one in html.fromstring(page.text).xpath("//main//a/@href"))


def said(page):
    """Return the words of a page that are ours: not those of the contract, nor what somebody typed."""
    shown = html.fromstring(page.text)
    for one in shown.xpath("//*[@id='contract' or @class='redline'] | //textarea | //script | //head"):
        one.drop_tree()
    return " ".join(shown.text_content().split())


def odd(page, desk, library=None):
    """Return what only a terminal says on a page."""
    words = said(page)
    found = [f"{what}: {one[0]}" for what, how in TERMINAL.items() for one in re.finditer(how, words)]
    places = [one for one in (str(desk.folder), str(desks.ROOT)) if one in words]
    return [*found, *places, *(desks.ids(page, library) if library is not None else ())]


def test_no_page_says_an_id_a_command_or_a_path(desk, pages):
    library = desk.server.desk.read(NAME).library
    assert len(set(map(shape, pages))) > 25
    assert {path: odd(page, desk, library) for path, page in pages.items() if odd(page, desk, library)} == {}


def test_no_page_that_refuses_something_does(own):
    library = own.server.desk.read(NAME).library
    wording = {"words": "Nothing is asked of anybody.", "label": "Ours"}
    own.post(f"{MATTER}/ask/term.end", {"answer": "2025-01-01"})
    refused = {
        "an impossible term, as a Word file": own.get(f"{MATTER}/contract.docx"),
        "the overview of it": own.get(f"{MATTER}/"),
        "the contract of it": own.get(f"{MATTER}/contract"),
        "a packet of it": desks.waited(own, own.post(f"{MATTER}/packet", {"meeting": "2026-06-01"})),
        "a PDF of it": desks.waited(own, own.get(f"{MATTER}/check/matrix.pdf")),
        "a round of it": own.post(f"{MATTER}/rounds/send", {"to": "city"}),
        "no day": own.post(f"{MATTER}/packet", {"meeting": "2026-02-31"}),
        "words of our own": own.post(f"{MATTER}/wordings/prone-restraint/own", wording),
        "a wording that departs": own.get(f"{MATTER}/wordings/liability?with=own"),
        "another form": own.post(f"{MATTER}/form", {"to": "standard"}),
        "no name": own.post("/new", {"name": " "}),
        "a name that is there": own.post("/new", {"name": NAME}),
        "no file": own.upload(f"{MATTER}/rounds/receive", "", b""),
        "no Word file": own.upload(f"{MATTER}/rounds/receive", "a.docx", b"PK no"),
        "an answer to a change": own.post(f"{MATTER}/rounds/4/changes/c1", {"answer": "counter"}),
        "words that policy forbids": own.post(f"{MATTER}/rounds/4/changes/c3", {"answer": "accept"}),
        "nothing there": own.get(f"{MATTER}/none"),
    }
    answers = own.folder / NAME / "answers.yaml"
    answers.write_text(f"{answers.read_text('utf-8')}\nterm: [\n", "utf-8")
    refused["a file that is wrong"] = own.get(f"{MATTER}/contract")
    assert {what: page.status for what, page in refused.items() if page.status not in (200, 404, 422)} == {}
    assert {what: odd(page, own, library) for what, page in refused.items() if odd(page, own, library)} == {}
    assert "is day out of range" not in refused["no day"].words
    assert "February 2026 has 28 days" in refused["no day"].words
    assert "The matter has no name yet." in refused["no name"].words
    assert refused["nothing there"].words.startswith("This page isn&#39;t there")
    assert refused["an impossible term, as a Word file"].status == refused["a file that is wrong"].status == 422
    for what in ("an impossible term, as a Word file", "the overview of it", "the contract of it"):
        assert "The term ends before it starts. Give an end date" in refused[what].words, what
    assert re.search(r" answers.yaml, line \d+ The term ends", refused["an impossible term, as a Word file"].words)


def test_an_answer_that_stays_wrong_says_so_each_time(own):
    wrong = {"answer": "2025-01-01"}
    for _ in range(2):
        then = desks.followed(own, own.post(f"{MATTER}/ask/term.end", wrong))
        assert "The term ends before it starts." in then.words


def test_a_packet_says_what_to_remember_whether_it_is_current_and_what_was_compared_with_it(own):
    page = desks.waited(own, own.post(f"{MATTER}/packet", {"meeting": "2026-06-01", "privileged": "yes"}))
    assert odd(page, own) == []
    assert "Remember: The board&#39;s meeting is after" in page.words
    other = own.folder / NAME / "packet-2026-06-01" / "1-memo.docx"
    changed = returns.everywhere((other.parent / "3-contract.docx").read_bytes(), " must ", " may ")
    compared = desks.waited(own, own.upload(f"{MATTER}/packet/packet-2026-06-01/verify", "back.docx", changed))
    assert odd(compared, own) == []
    assert compared.words.index("Not the contract in the packet.") < compared.words.index("Differs")
    assert len(html.fromstring(compared.text).xpath("//dt[text()='Differs']/following-sibling::dd//li/../../summary"))
    page = own.get(f"{MATTER}/packet")
    title = "Board packet for June 1, 2026"
    assert title in page.words
    assert "Remember: The board&#39;s meeting is after" in page.words
    assert "The contract was changed since this packet was made." not in page.words
    asked = f"Is back.docx the contract in “{title}”?"
    for path in ("packet", ""):
        shown = html.fromstring(own.get(f"{MATTER}/{path}").text)
        (at,) = shown.xpath(f"//a[text()='{asked}']/@href")
        assert "Not the contract in the packet." in own.get(at.removeprefix(own.root)).words
    assert f"Current . {title}: as the contract reads now" in own.get(f"{MATTER}/").words
    (other.parent / "3-contract.docx").write_bytes(b"PK other")
    changed = own.upload(f"{MATTER}/packet/packet-2026-06-01/verify", "back.docx", other.read_bytes())
    changed = desks.waited(own, changed)
    assert "packet-2026-06-01/3-contract.docx: It has changed since" in changed.words
    assert odd(changed, own) == []
    own.post(f"{MATTER}/ask/term.end", {"answer": "2027-06-29"})
    assert "The contract was changed since this packet was made." in own.get(f"{MATTER}/packet").words
    assert f"Outdated . {title}: the contract was changed since" in own.get(f"{MATTER}/").words


def test_a_finished_matter_reads_as_finished(desk, own):
    page = desk.get(f"{MATTER}/").words
    assert re.search(r"Interview Complete . 36 answered, \d+ by the usual answer, \d+ optional and left out", page)
    assert "Contract Complete . No blank is left" in page
    assert "Read the contract" in page
    assert "Go on with the interview" not in page
    own.post(f"{MATTER}/ask/workshop_date", {"do": "clear"})
    page = own.get(f"{MATTER}/").words
    assert re.search(r"Interview Open . 1 blank, 35 answered, ", page)
    assert "Go on with the interview" in page


def ours_alone(desk):
    """Return the words that are for our own side alone: guidance, what a wording concedes, positions, reasons."""
    made = draft.draft(matter.open(desk.folder / NAME))
    every = [one for clause in made.library.clauses.values() for one in clause.alternatives]
    texts = [" ".join(words.split())[:60] for one in every for words in (one.guidance, one.concedes) if len(words) > 30]
    reasons = [one.because for one in made.matter.swaps if one.because]
    fixed = (*leaks.POSITIONS, *leaks.HEADINGS, "negotiator", "preferred wording", "not preferred", "Our side only")
    return {words.lower() for words in (*fixed, *texts, *reasons)}


def test_what_is_for_our_side_alone_is_on_no_page_that_is_printed(desk, pages):
    secrets = ours_alone(desk)
    assert len(secrets) > 100
    kinds = {shape(path): path for path in pages if path.startswith(MATTER) and "/ours/" not in path}
    told = desk.post("/new", {"name": "Next", "other": NAME}).headers["location"].removeprefix(desk.root)
    assert "not in the preferred wording" in desk.get(told).words
    with desks.opened(desk) as page:
        page.emulate_media(media="print")
        shown = {}
        for path in [*kinds.values(), told, f"{MATTER}/check?only=fallback"]:
            page.goto(desk.address + path)
            words = " ".join(page.inner_text("body").lower().split())
            if found := [one for one in secrets if one in words]:
                shown[path] = found
    assert len(kinds) > 20
    assert shown == {}


def test_the_review_prints_the_answers_and_not_the_contract(desk):
    with desks.opened(desk) as page:
        page.emulate_media(media="print")
        page.goto(f"{desk.address}{MATTER}/review")
        assert page.inner_text("h1") == "Review"
        assert page.is_visible("main dl.answers")
        assert not page.is_visible("#contract")


def test_the_walk_finds_what_only_a_terminal_says(tmp_path):
    with desks.small_desk(tmp_path) as small:
        page = small.get("/m/matter/")
        page.body = b"<main>swap it --because x, drafter swap, 'leash: own-wording' in clauses/leash.md..</main>"
        assert len(odd(page, small)) == len(TERMINAL)
