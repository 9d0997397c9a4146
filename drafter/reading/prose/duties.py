"""Tells a sentence that only adds a duty from one that could say something of the contract itself.

One rule: whoever owes the duty is its subject, and "must" or "will" its verb. All else is for a person to look at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache

from drafter.base import english

_DUTY = re.compile(r"\b(?:must|will)\b(?: not\b)?")
_FIELD = r"\{\{[^}]*\}\}"
_FIGURE = re.compile(r"\bpolicy\.\w+")  # a name in a field
# What is said of the contract is looked at, except where it only names a place in it, as in "under this Agreement".
_PLACE = re.compile(
    r"\b(?:under|as|listed in|in|by|that|to whom) (?:this (?:agreement|article|section|exhibit)|\[\[[^\]]*\]\])"
    r"(?: (?:provides?|requires?|states?|lists?|applies))?"
)
_CONTRACT = re.compile(
    r"\b(?:this|these|agreement|contracts?|articles?|sections?|exhibits?|paragraphs?|clauses?|sentences?|lists?|"
    r"policy|policies|limits?|limited|bans?|banned|prohibitions?|provisions?|definitions?|defined|words?|wording|"
    r"text|rules? (?:above|below)|requirements?|obligations?|duty|duties|examples?|guidance|above|foregoing|preceding|"
    r"read as|interpret\w*|constru\w+|mean(?:s|ing|ings)?|final|conclusive|binds?|binding)\b|\[\["
)
# Back at what was said before, as in "must not do so", or what an act is to be taken for.
_BACK = re.compile(
    r"^[^,]{0,100}?\b(?:must|will)(?: not)? (?:\w+ly )?\w+(?: (?:on|to|of|for|about|against))? "
    r"(?:it|so|this|that|them|those|the same|the like)\b"
    r"|\b(?:must|will)\b[^;:]*\bsuch an? (?:act|case|event|thing|use)\b"
    r"|\b(?:must|will)(?: not)? (?:\w+ly )?(?:treat|regard|consider|count|see|view|take|accept|deem|serve|act)\b"
    r"[^;:]* as (?:an?|the|no|its|lawful|unlawful)\b"
    r"|\b(?:complains?|readings? (?:that|of)|every power|all powers?)\b"
)
_FINITE = (
    r"\b(?:is|are|was|were|has|have|had|does|do|did|may|can|need|stands?|counts?|remains?|means?|comes?|goes|says?)\b"
)
_STATES = re.compile(_FINITE)
# Another statement after the duty: "..., and that is enough".
_BESIDE = re.compile(rf"(?:, and|, but|, so|, as|, while|, since|;|:) (?!(?:must|to|who|which)\b)[^,;:]*{_FINITE}")
_SAME = re.compile(
    r"(?:\band|\bor|\bwho|\bwhich|\bthat|,)\s*$"
)  # the next verb has the same subject, or a relative one


class Duties:
    """Knows those whom a duty can bind, as sentences call them, and tells the sentences that only bind one of them."""

    def __init__(self, actors: Iterable[str]) -> None:
        """Take the names of the actors, each in one number."""
        names = sorted({form for name in actors for form in english.plurals(name.lower())}, key=len, reverse=True)
        actor = rf"(?:{'|'.join((*map(re.escape, names), _FIELD))})"
        article = rf"(?:(?:the|each|every|an?|other|another|such|any|either|both|all|neither|{actor}'s) )*"
        after = r"(?: (?:who|that|whom|to whom|of|and|or|at|in|on|under)\b[^,;:]*| to whom\b[^;:]*)?"
        self._none = re.compile(rf"^(?:no|neither) ({actor}) (?:may|must|will)\b(?! not)")
        self._subject = re.compile(
            rf"(?:^|[,;:] |\band |\b(?:then|whether|meanwhile) )(?:and |or )?{article}{actor}{after}\s*$"
        )

    def as_duty(self, words: str) -> str:
        """Return a folded sentence with "no person may" as the duty that it is: "person must not"."""
        return self._none.sub(r"\1 must not", words) if words.startswith(("no ", "neither ")) else words

    def only_adds(self, words: str, *, is_part: bool = False) -> bool:
        """Say whether a folded sentence is plainly one more duty.

        `is_part` says that it is a part of something harmless: then it need only state nothing by itself.
        """
        if speaks_of_contract(words) or _BACK.search(words):
            return False
        verbs = tuple(_DUTY.finditer(words))
        if not verbs:
            return is_part and not _STATES.search(words)
        between = ((a.end(), b.start()) for a, b in itertools.pairwise(verbs))
        return (
            self._binds(words[: verbs[0].start()])
            and all(_SAME.search(words[a:b]) or self._binds(words[a:b]) for a, b in between)
            and not _BESIDE.search(words[verbs[0].end() :])
        )

    def _binds(self, before: str) -> bool:
        """Say whether the words before a verb end in a subject that a duty can bind."""
        return self._subject.search(before) is not None


def binds(words: str) -> bool:
    """Say whether folded words have the verb of a duty."""
    return _DUTY.search(words) is not None


def times(words: str) -> tuple[str, ...]:
    """Return the days and periods that a folded sentence names, written out or filled in; not the policy's own."""
    return tuple(dict.fromkeys(found[0] for found in _TIME.finditer(_NO_TIME.sub("", words))))


_NO_TIME = re.compile(r"\[\[[^\]]*\]\]|\| having\([^)]*\)")  # names in references and conditions
_UNITS = r"(?:minute|hour|day|week|month|year)s?\b"
_NUMBERS = "|".join(english.in_words(number) for number in range(100, 0, -1))
_TIME = re.compile(
    rf"\b(?:\d+|{_NUMBERS}|an?|half an?)[ -](?:\w+ )?{_UNITS}"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d+(?:, \d{4})?"
    r"|\b(?:19|20)\d\d\b"
    rf"|\{{\{{(?!\s*policy\.)[^}}]*(?:\| (?:date|add_months|add_days|last_day)\b[^}}]*\}}\}}|\}}\}} (?:\w+ )?{_UNITS})"
)


def speaks_of_contract(words: str) -> bool:
    """Say whether a folded sentence speaks of the contract, of a part of it, or of what it asks."""
    return _CONTRACT.search(_FIGURE.sub("", _PLACE.sub("", words))) is not None


@lru_cache(maxsize=16_384)  # the forms of a contract share most of their sentences
def reaches_contract(words: str) -> bool:
    """Say whether a folded sentence of any clause speaks of the whole contract, or of what it asks elsewhere.

    That it begins, ends or is renewed, and that something is done under it, are not such speech.
    """
    return _REACHED.search(words) is not None and _REACHED.search(_RUNNING.sub("", words)) is not None


_RUNNING = re.compile(
    r"(?<!nothing )\b(?:under|as|listed in|in|by|that|to whom) (?:this agreement|\[\[[^\]]*\]\])"
    r"(?: (?:provides?|requires?|states?|lists?|applies|sets?))?"
    r"|\b(?:end|terminate|renew|concerns?|carry(?:ing)? out|about|approved|perform|when|before|after|where)"
    r" this agreement\b"
    r"|(?<!what )\bthis agreement (?:ends|begins|starts|requires|renews|is renewed|may be renewed only|"
    r"does not renew)\b"
)
_REACHED = re.compile(
    r"\b(?:this agreement\b|(?:this|the|whole) contract\b|"
    r"(?:the|these|those) (?:articles|sections|exhibits) (?:on|above|below)\b"
    r"|(?<!, )(?:articles?|sections?|exhibits?) \d{1,2}(?:[.]\d{1,2})?(?![\w.]*\w)"
    r"|(?:any|every|all|each|other) (?:other )?(?:articles?|sections?|exhibits?|provisions?|clauses?)\b"
    r"|(?:the|these|those|its|their|any|all|such|no|other) "
    r"(?:limits? on|bans?|prohibitions?|obligations?|promises|rules (?:above|below)|"
    r"duties (?:under|of|in))\b"
    r"|in (?:case|the event) of (?:a )?conflict\b)"
)
