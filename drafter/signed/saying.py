"""Says a verdict on a signed PDF in words: the same on a terminal, in a report, and for scripts.

One rule: never that a scan is the contract, only what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.base import english
from drafter.signed.places import Place
from drafter.signed.signatures import Signature
from drafter.signed.verdict import Verdict

_STATES = {
    "unchanged": "it covers the whole file, and nothing changed since",
    "signed further": "after it, nothing but further signatures, their proofs and filled-in form fields was added",
    "padded": "after it, nothing but empty space was added to the file",
    "added to": "something was added to the file after the signature, which no signature covers",
    "changed": "the file was changed after it was signed",
    "unchecked": "the signature could not be checked",
    "broken": "the signature is broken: what it covers isn't what was signed",
}


def headline(found: Verdict) -> str:
    """Return the verdict as a clause that follows the file's name."""
    if found.says == "as approved":
        return "every word was read as approved"
    if found.says == "as approved, looked at":
        places = english.counted(len(found.judged.places), "place")
        return f"the approved contract, as read by program and, in {places}, by {english.listing(found.lookers)}"
    if found.says == "to be looked at":
        return f"{english.counted(len(found.open), 'place')} could not be read as approved; a person must look at them"
    if found.says == "not judged":
        states = [_STATES[one.state] for one in found.signatures if not one.holds]
        return f"it can't be judged: {next(iter((*found.judged.unjudged, *states)), '')}"
    return "it is not as approved"


def counts(found: Verdict) -> str:
    """Return how many words of how many pages were read as approved, and how many places there are to look at."""
    judged = found.judged
    pages = len({place.page for place in judged.places})
    text = (
        f"{judged.words:,} words of {english.counted(judged.approved_pages, 'page')}: {judged.read:,} read as approved"
    )
    if judged.places:
        where = f"{english.counted(len(judged.places), 'place')} on {english.counted(pages, 'page')}"
        text += f"; {where} to look at"
    if judged.laid_out:
        text += "; another program laid it out, so it was compared word after word, without the contents' page numbers"
    return text


def kinds(found: Verdict) -> str:
    """Return how many pages of the file are of which kind."""
    listed = [sheet.kind for sheet in found.judged.sheets]
    return ", ".join(f"{listed.count(kind)} {kind}" for kind in dict.fromkeys(listed))


def pages(found: Verdict) -> Iterator[str]:
    """Yield what is wrong with the pages, before any word: missing, doubled, in another place, added."""
    matched = found.judged.matched
    yield from (f"page {page} of the contract is missing" for page in matched.missing)
    yield from (f"page {page} of the file is there a second time" for page in matched.doubled)
    yield from (
        f"page {page} of the file is page {matched.pairs[page]} of the contract, in another place"
        for page in matched.moved
    )
    yield from found.judged.other_pages


def place(one: Place) -> str:
    """Return what is to be seen at a place."""
    where = f"page {one.page}"
    if one.means == "is drawn there":
        return f"{where}: something is drawn that the approved page doesn't have"
    if one.means == "prints otherwise":
        return f"{where}: what is printed there isn't what is shown"
    if not one.approved:
        return f'{where}: "{one.read}" {one.means}'
    if one.means == "reads otherwise":
        return (
            f'{where}: approved "{one.approved}", reads "{one.read}"'
            if one.read
            else f'{where}: "{one.approved}" is not there'
        )
    return f'{where}: "{one.approved}" could not be read' + (f'; it was read as "{one.read}"' if one.read else "")


def look(found: Verdict, one: Place) -> str:
    """Return what a person saw at a place; empty if nobody looked."""
    seen = found.record.of(one)
    if seen is None:
        return ""
    what = "reads as approved" if seen.approved else "does not read as approved"
    return f"{what}, says {seen.by}, {english.long_date(seen.on)}"


def signature(one: Signature) -> str:
    """Return whose a digital signature is, and whether it holds."""
    when = f" on {english.long_date(one.when.date())}" if one.when else ""
    time = (
        ", at a time that a timestamp service gives" if one.stamped else ", by the signer's own clock" if when else ""
    )
    trust = {
        None: "the certificate was not checked against an authority (offline)",
        True: "the certificate leads to a root that you gave",
        False: "the certificate leads to no root that you gave",
    }[one.trusted]
    return f"signed by {one.signer}{when}{time}; certified by {one.issuer}; {_STATES[one.state]}; {trust}"


def signatures(found: Sequence[Signature]) -> Iterator[str]:
    """Yield a line for each digital signature, or that there is none."""
    yield from map(signature, found)
    if not found:
        yield "no digital signature: the pictures of signatures prove nothing"
