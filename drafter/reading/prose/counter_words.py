"""Finds the words by which a sentence can take back what another one says: an exception, leave, another's judgement.

One rule: what is found here is only looked at. Whether it takes anything back is for a person to say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

# Patterns, separated by commas: of exceptions, leave, another's judgement, what was not agreed, what falls away.
_WORDS = r"""
unless, except, excepting, exception, other than, otherwise, notwithstanding, despite, regardless,
subject to, provided that, save (?:that|as|where|for), but for, only (?:if|when|where|while|as|so far),
to the extent, (?:as|so|in so) far as, exempt\w*, excus\w+, in place of, instead of, at least where,
may, might, can, could, should, need not, free to, at liberty, permit\w*, allow\w*,
authoriz\w+, entitled, right to, not (?:required|obligated|obliged|bound|expected|forbidden|barred),
under no, no (?:duty|obligation|breach|need|limit|effect|force), encouraged, asked to, optional\w*,
discretion, judg\w+, sees? fit, decid\w+, choos\w+, chooses, deems?, opinion, considers?,
approv\w+, believes?, practic\w+, (?<!as soon as )(?<!as quickly as )possible, feasible, reasonabl[ey] efforts?,
tr(?:y|ies) to,
endeavou?rs?, aims?, goals?, hopes?, intends?, intention, at the request, where it can,
consider(?:ed|ing), reject\w*, declin\w+, refus\w+, propos\w+, asked for, withdr\w+,
not (?:agree|agreed|adopt|adopted|accept|accepted), disagree\w*, former\w*, no longer, until,
not (?:apply|bind|bar|limit|prevent|forbid|prohibit|mean|include|cover|affect|count|extend|reach|restrict|impair),
not (?:a )?breach, breach(?:es)? no, waiv\w+, suspend\w*, set aside, overrid\w+, supersed\w+,
prevail\w*, govern(?:s|ed)?, controls?, precedence, priority, comes? first, replac\w+, void,
limits? no, bars? no, lapses?, expir\w+, ceas\w+, nothing in this, not binding, non-?binding, not in force, pending,
(?:no|neither|nor) (?:\w+ )?\w+ (?:is|are) (?:bound|required|obliged), binds? no\w*,
not (?:a )?dut(?:y|ies), (?:has|have) no, no (?:one|person|party), nobody, advisory, guidelines?,
adequate, appropriate, as (?:it|he|she|they) wish\w*, as needed, as necessary, (?:where|when|if) necessary, aspir\w+,
at will, voluntar\w+, best, efforts?, seeks?, strives?, will try, wish\w*, want\w*, prefer\w*, elect\w*, ideal\w*,
generally, normally, usually, in principle, supposed, although, though, but, even (?:if|though|when), however much,
whether or not, whenever, rather than, in spite, contrary, nevertheless, nonetheless, without regard, temporar\w+,
ends? (?:on|when|if|with|upon),
deviat\w*, disregard\w*, ignor\w+, recommend\w*, releas\w+, reliev\w+, forgiv\w+, revok\w+, repeal\w*, cancel\w*,
yields?, guidance, as (?:an )?examples?, background, starting point, final say, last word, trusted, calls for, ought,
follow\w* (?:an?|the|his|her|their)(?: \w+)?(?:'s)? orders?,
delet\w+, strik\w+, struck, false, wrong, not true, untrue,
lets?, letting, left to, (?:only|sole) remed\w+, departs?, departing, tolerat\w+, overlook\w*, condon\w+, of intent,
"""
PATTERNS = tuple(filter(None, re.split(r",\s*", _WORDS.strip())))


@lru_cache(maxsize=16_384)  # the forms of a contract share most of their sentences
def found(sentence: str) -> tuple[str, ...]:
    """Return the counter-words of a folded sentence, each once, in its order.

    Of a field, the fixed words that it may print are looked at, and of a reference nothing.
    """
    return tuple(dict.fromkeys(_any().findall(_FILLED.sub(_fixed, sentence))))


@cache  # slow to compile
def _any() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(PATTERNS)})\b")


def _fixed(filled: re.Match[str]) -> str:
    """Return the fixed words of a field, as in {{ 'one' if asked else 'two' }}."""
    return " ".join(["", *("".join(words) for words in _LITERAL.findall(filled.group())), ""])


_FILLED = re.compile(r"\{\{.*?\}\}|\[\[.*?\]\]")
_LITERAL = re.compile(r"""'([^']*)'|"([^"]*)\"""")
