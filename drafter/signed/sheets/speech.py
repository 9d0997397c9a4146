"""Says whether words that were added to a contract may bind anybody, or only say who signed it, when and how.

One rule: the list of what may be said is closed. What isn't on it is taken for words of a contract.
"""

from __future__ import annotations

import re

MOST_NAMES, MOST_OTHERS = 5, 2  # words of a line that no list has: names on a certificate, others where it is signed
LIKENESS = 80.0  # of 100: a word as a program may have read it
SHORTEST = 5  # letters of a word that may be misread
# What signing services say of themselves; each would bind somebody if it were said otherwise.
_PHRASES = re.compile(
    r"not offered via docusign|unless otherwise noted|agreement completed|payment events|security level|subject:|"
    r"(complete|sign) with docusign:?|trusted by [\d,]+\+? companies worldwide|\bone[- ]time\b|two[- ]factor",
    re.IGNORECASE,
)
_SERVICES = (
    "a about accepted access account acrobat adobe adoption agent and approved at audit authenticated authentication"
    " autonav by carbon central certificate certified client code companies complete completed completion copies copy"
    " country created creation date daylight delivered delivery device digital disabled disclosure docusign document"
    " documents eastern editor electronic electronically email emailed emails enabled encrypted entered envelope"
    " envelopeid envelopes esign esigned signed-e event events factor file filename final finished for format from gmt"
    " hash hashed hellosign history holder host id identity in initials initialed intermediary ip is it link list"
    " location mobile mountain name names none notary number of offered on opened order original originator pacific"
    " page pages pandadoc parties party password pdf person phone platform pre-selected preselected record reference"
    " reminder report requested resent security selected sender sent server session sha signatory signature signatures"
    " signed signer signers signing sign size sms solution source stamping standard started status style summary system"
    " the time timestamp timestamps title to token tracking trail transaction type uploaded used using utc verification"
    " verified version via viewed was web with witness workflow zone recipient recipients esignature docsign dropbox"
    " us canada all are into users unverified checked address addresses"
)
_SAID = frozenset(_SERVICES.split())
_BINDS = re.compile(
    r"\b(must|shall|can|cannot|could|should|might|would|need|needs|not|no|nor|never|neither|without|unless|except|only"
    r"|instead|if|but|or|void|voided|null|waive\w*|delet\w*|amend\w*|replac\w*|terminat\w*|cancel\w*|revok\w*|suspend\w*"
    r"|pay|pays|paid|payable|payment\w*|fee|fees|price\w*|amount\w*|rate|rates|cost\w*|dollars?|refund\w*|discount\w*"
    r"|section\w*|article\w*|exhibit\w*|clause\w*|paragraph\w*|addend\w+|agree|agrees|apply|applies|binds?|binding"
    r"|effective|notwithstanding|subject|conditions?|conditional\w*|provided|provisions?|terms?|obligat\w*|liab\w*"
    r"|consents?|approval|optional|entitled|rights?|duty|duties|renew\w*|extend\w*|expires?|reserv\w*|reject\w*|refus\w*"
    r"|counteroffer|protest|ends?|begins?|owes?|increase[sd]?|reduce[sd]?|half|twice)\b"
    r"|\b(may|will)\b|[$£€%§]|(?<![\d.])\d{1,3}\.\d{1,3}(?![\d.])",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\bmay\b(?=[ .,-]*\d)|(?<=\d[ -])may\b(?=[ .,-]*\d)", re.IGNORECASE)
_FREE = re.compile(r"\S*\d\S*|\S+@\S+\.\w+|\S+\.\w{3,4}$")  # dates, hours, hashes, addresses, files


def binds(line: str, *, certificate: bool = False) -> bool:
    """Say whether a line that was added may be words of a contract.

    On a page of a signing service only names may be there that no list has; around a signature a few words more.
    """
    text = _MONTH.sub(" ", _PHRASES.sub(" ", line))
    if _BINDS.search(text):
        return True
    found = [word for word in text.split() if not _FREE.fullmatch(word.strip("()<>[],;\"'"))]
    strange = [part for word in found for part in re.findall(r"[^\W\d_]+", word) if not _said(part)]
    names = [part for part in strange if part[0].isupper()]
    return len(names) > MOST_NAMES or len(strange) - len(names) > (0 if certificate else MOST_OTHERS)


def _said(word: str) -> bool:
    from rapidfuzz import fuzz

    name = word.lower()
    if name in _SAID or len(name) == 1:
        return True
    return len(name) >= SHORTEST and any(fuzz.ratio(name, known) >= LIKENESS for known in _SAID)
