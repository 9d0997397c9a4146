"""Contracts that were altered after approval, and some that were only saved again, where the shared folder is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from often import some

from drafter.verifying import comparison, listed, sequence
from drafter.verifying.parts import door
from drafter.word import incoming
from drafter.word.oxml.package import NotWordError

SHARED = Path(__file__).resolve().parents[2] / "shared"
ALTERED, RETURNS = SHARED / "altered-contracts", SHARED / "returned-markup" / "returns"
APPROVED = ALTERED / "packet" / "3-contract.docx"
SENT = RETURNS / "00-SENT-contract.docx"
SAME = {"control-same.docx", "lo-resave.docx", "python-docx.docx", "wordnoise-1.docx"}
SAVED = {"L01-lo-resave.docx", "L02-lo-via-odt.docx"}


@cache
def read(path):
    parts = incoming.read(path.read_bytes())
    return parts, sequence.read(parts, listed.ROWS)


def kinds(approved, other):
    """Return the kinds of what differs between two files; a file that is refused is none to be judged."""
    parts, ours = read(approved)
    try:
        looked = incoming.examined(other.read_bytes())
    except NotWordError:
        return {"refused"}
    if looked.named or looked.unread:
        return {"unjudged"}
    theirs = looked.parts
    found = comparison.findings(ours, sequence.read(theirs, listed.ROWS), listed.ROWS)
    return {one.kind for one in (*door.findings(parts, theirs, listed.ROWS), *found)}


@pytest.mark.parametrize("path", sorted(ALTERED.glob("**/*.docx")), ids=lambda path: path.stem)
def test_no_altered_contract_passes_and_each_that_was_saved_again_does(path):
    if path.parent.name == "packet":
        return
    assert (kinds(APPROVED, path) == set()) == (path.name in SAME)


@pytest.mark.parametrize("path", some(sorted(RETURNS.glob("*.docx")), 3), ids=lambda path: path.stem)
def test_no_markup_that_came_back_passes(path):
    assert (kinds(SENT, path) == set()) == (path.name in SAVED or path == SENT)
