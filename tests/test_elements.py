"""The page on what the contract contains names every clause of the outlines once, and says which form has it."""

from __future__ import annotations

import re

import generated

PAGE = (generated.ROOT / "docs" / "elements.md").read_text("utf-8")
ROWS = [re.findall(r"`([a-z0-9-]+)`", row.split("|")[3]) for row in PAGE.splitlines() if row.count("|") == 5]
SAID = [row.split("|")[4].strip() for row in PAGE.splitlines() if row.count("|") == 5]


def test_the_page_names_every_clause_of_the_comprehensive_form():
    assert {name for row in ROWS for name in row} == set(generated.real_library("comprehensive").order())


def test_the_page_says_what_the_standard_form_leaves_out():
    has = set(generated.real_library("standard").order())
    for named, said in zip(ROWS, SAID, strict=True):
        lacks = [name for name in named if name not in has]
        if named:
            partly = f"without {', '.join(f'`{name}`' for name in lacks)}"
            assert said == ("all" if not lacks else "left out" if lacks == named else partly)
