"""Checks PDFs as two programs of others do: the 104 machine rules of PDF/UA-1, and what a reader meets besides."""

from __future__ import annotations

from pathlib import Path

import outloud
import page

# Warnings that may be there, each with its reason.
KNOWN = {
    "ORD-001": "LibreOffice paints some lines in another order than that in which they are tagged and read",
    "PAG-001": "a section's number and heading are the same in the redline and in the clean copy",
}


AGAIN = {"No. Section, requirements We have Ask for No longer given up"}  # header rows as long as a sentence


def failed_rules(pdf: bytes) -> set[str]:
    """Return the rules of PDF/UA-1 that a file fails."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert report.rules.total == 104
    return {failure.rule_id for failure in report.failures}


def complaints(pdf: bytes, folder: Path, severities: tuple[str, ...] = ("error", "warning")) -> set[str]:
    """Return the rules of outloud that a file fails.

    A header row that is printed again on the next page of its table is read once, and is no prose that is skipped.
    """
    place = folder / "checked.pdf"
    place.write_bytes(pdf)
    result = outloud.check(str(place))
    return {
        found.rule
        for found in result.findings
        if found.severity in severities and not (found.rule == "TAG-002" and found.evidence in AGAIN)
    }


def wrong(pdf: bytes, folder: Path) -> set[str]:
    """Return all that is wrong with a file that is to be accessible."""
    return failed_rules(pdf) | (complaints(pdf, folder) - KNOWN.keys())
