"""A file that is no version of the contract is named at once: a paper of ours, another document, another's contract."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import returns
import small
import test_replies
from commands import files
from test_replies import OUT, THEM, drafter, told

from drafter.base import shipped
from drafter.contract import Text, from_json
from drafter.returned import reading
from drafter.sending import overlap, recognising
from drafter.word.oxml import package

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def answered(place):
    """A matter of three rounds: sent, back with a change, and sent again with a letter, a reply and two redlines."""
    small.build(Path("lib"), clauses={"price": test_replies.PRICE})
    Path("lib/letter.md").write_text(test_replies.LETTER, "utf-8")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-01")
    Path("back.docx").write_bytes(returns.edited(OUT.read_bytes(), (THEM, "within 30 days", "within 60 days")))
    drafter("receive", "matter", "back.docx", "--on", "2026-09-11")
    agreed = "Agreed: our clerk pays once a month, and sixty days are two of them."
    drafter("decide", "matter", "accept", "c1", "--reply", agreed, "--on", "2026-09-12")
    drafter("send", "matter", "--to", "kennel", "--on", "2026-09-13")
    return place / "matter/rounds/03-to-kennel/outgoing"


def saved_again(path: Path) -> bytes:
    """A Word file as another program writes it: other bytes, the same words."""
    made = docx.Document(str(path))
    made.core_properties.author = "Somebody"
    made.save(held := io.BytesIO())
    return held.getvalue()


def test_the_changes_of_a_redline_are_the_partys_that_the_letter_is_from(answered):
    marked = package.unpack((answered / "redline.docx").read_bytes())["word/document.xml"].decode()
    assert set(re.findall(r'w:author="([^"]*)"', marked)) == {"Drafter"}  # the letter is from "Town", no party's name
    for sender, author in (("The clerk of the Town of Bark", "Town of Bark"), ("Dogs", "Drafter")):
        Path("lib/letter.md").write_text(test_replies.LETTER.replace("from: Town", f"from: {sender}"), "utf-8")
        out = Path(told("send", "matter", "--to", "kennel", "--on", "2026-09-14")["folder"]) / "outgoing"
        parts = package.unpack((out / "redline.docx").read_bytes())
        found = {
            name
            for part in parts.values()
            for name in re.findall(r'w:author="([^"]*)"', part.decode("utf-8", "replace"))
        }
        assert found == {author}, sender
    out = Path(told("send", "matter", "--to", "kennel", "--on", "2026-09-14", "--author", "Ann")["folder"])
    assert b'w:author="Ann"' in package.unpack((out / "outgoing/redline.docx").read_bytes())["word/document.xml"]


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("letter.docx", "the letter that was sent with round 3"),
        ("reply.docx", "the reply to their changes that was sent with round 3"),
    ],
)
def test_a_paper_that_we_sent_ourselves_is_named_and_not_filed(answered, name, what, again):
    Path("came.docx").write_bytes(saved_again(answered / name) if again else (answered / name).read_bytes())
    before = files(Path("matter"))
    result = drafter("receive", "matter", "came.docx", "--on", "2026-09-15", code=1)
    assert f"came.docx: not-the-contract: this is {what}, not the contract" in result.stderr
    assert ("--anyway" in result.stderr, files(Path("matter")) == before) == (True, True)
    assert f"this is {what}" in drafter("redline", "matter/rounds/01-to-kennel", "came.docx", code=1).stderr
    filed = told("receive", "matter", "came.docx", "--on", "2026-09-15", "--anyway")
    assert (filed["round"], filed["unjudged"], filed["since"]) == (4, f"this is {what}, not the contract", None)


@pytest.mark.usefixtures("answered")
def test_our_own_copy_with_notes_is_never_taken_for_theirs():
    came = Path("matter/rounds/02-from-kennel/changes.docx")
    assert "for our side alone" in drafter("receive", "matter", str(came), "--on", "2026-09-15", code=1).stderr


def test_a_contract_or_redline_that_comes_back_as_it_was_sent_was_not_changed(answered):
    for number, name in enumerate(("contract", "redline", "redline-to-round-02"), 4):
        result = drafter("receive", "matter", str(answered / f"{name}.docx"), "--on", "2026-09-15")
        assert "Since round 3  nothing was changed: it is the file that was sent" in result.stdout, name
        assert (number, "which is not the last" in result.stdout) == (int(result.stdout.split()[1][:-1]), False)
    older = drafter("receive", "matter", str(OUT), "--on", "2026-09-15")
    assert "Since round 1  nothing was changed: it is the file that was sent" in older.stdout
    assert "This is a return of round 1, which is not the last that was sent." in older.stdout


@pytest.mark.usefixtures("answered")
def test_another_document_is_told_in_one_line_and_not_as_changes():
    made = docx.Document()
    for _ in range(9):
        made.add_paragraph("Minutes of the garden club: the roses are late this year, and nobody knows why.")
    made.save("minutes.docx")
    said = "hardly any words of the contract are in it (less than 1%): it is another document"
    for words in (
        ("receive", "matter", "minutes.docx"),
        ("redline", "matter", "minutes.docx"),
        ("redline", str(OUT), "minutes.docx"),
        ("check", "matter", "minutes.docx"),
    ):
        result = drafter(*words, code=1)
        assert (said in result.stderr, result.stdout) == (True, ""), words
    assert told("receive", "matter", "minutes.docx", "--anyway", "--on", "2026-09-15")["unjudged"] == said
    assert json.loads(drafter("redline", str(OUT), "minutes.docx", "--anyway", "--json").stdout)["changes"]


def test_a_part_of_the_contract_and_one_with_another_party_are_said_to_be(answered):
    made = docx.Document()
    made.add_paragraph("The walker must use a leash on each Dog:")
    made.save("part.docx")
    result = drafter("receive", "matter", "part.docx", "--on", "2026-09-15", code=1)
    assert "only a small part of the contract is in it" in result.stderr
    assert told("receive", "matter", "part.docx", "--on", "2026-09-15", "--anyway")["changes"]
    data = (answered / "contract.docx").read_bytes()
    parties = [block.party for block in from_json((answered.parent / "contract.json").read_text("utf-8")).signatures]
    name = "".join(run.text for run in parties[0])
    other = returns.everywhere(data, name, "Village of Elsewhere")
    Path("other.docx").write_bytes(other)
    result = drafter("receive", "matter", "other.docx", "--on", "2026-09-16", code=1)
    assert f"'{name}' is nowhere in it: it may be one with another party" in result.stderr
    assert told("receive", "matter", "other.docx", "--on", "2026-09-16", "--anyway")["changes"]


def test_the_headers_of_our_own_redline_are_no_change_whatever_a_program_makes_of_them(answered):
    sent = package.unpack((answered / "redline.docx").read_bytes())
    header = next(name for name in sent if re.fullmatch(r"word/header\d+\.xml", name) and b"redline of" in sent[name])
    nobody = re.sub(rb'w:author="[^"]*"', b'w:author="0"', sent[header])  # as it is after a way through RTF
    said = "Dog Walking Agreement | DRAFT, redline of September 13, 2026, compared with the draft of September 1, 2026"
    lines = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in (said, *said.split(" | ")[1:], "Page 3 of 9"))
    main = sent["word/document.xml"].decode()
    at = main.index("<w:p>", len(main) // 2)
    body = main[:at] + lines + main[at:]
    Path("rtf.docx").write_bytes(package.pack(sent | {header: nobody, "word/document.xml": body.encode()}))
    found = told("receive", "matter", "rtf.docx", "--on", "2026-09-15")
    assert (found["changes"], found["unplaced"]) == ([], [])
    assert told("redline", "matter/rounds/03-to-kennel", "rtf.docx")["changes"] == []
    assert told("redline", "matter/rounds/01-to-kennel", "rtf.docx")["changes"] != []  # which had no such header


def test_who_only_signs_is_no_party_by_which_a_contract_is_known(answered):
    made = from_json((answered.parent / "contract.json").read_text("utf-8"))
    block = replace(made.signatures[0], party=(Text("Acknowledged"),))
    more = replace(made, signatures=(*made.signatures, block))
    words = overlap.words(package.unpack((answered / "contract.docx").read_bytes()))
    assert recognising.of(more, reading.as_sent(more, shipped.template("agreement")), words) is None
