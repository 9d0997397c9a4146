"""The one door for Word files from outside: what is read, what is named, what is refused.

    read ─▶ refused  can't be unpacked, isn't Word, or would do harm while it is read
         ─▶ named    would do harm in Word when the file is opened: said, part by part
         ─▶ passed   what is read without a word, each with its reason

The three lists are data; `addresses`, `codes` and `strict` are the skills that they need. Nothing in a file is opened,
fetched or started, and none of it is cleaned: what is kept is what was sent.
"""

from __future__ import annotations

from drafter.word.incoming.door import Examined, contents, examined, known, load, plain, read, received
from drafter.word.incoming.file import kinds
from drafter.word.incoming.named import Named, outside
from drafter.word.incoming.passed import is_own_template

__all__ = [
    "Examined",
    "Named",
    "contents",
    "examined",
    "is_own_template",
    "kinds",
    "known",
    "load",
    "outside",
    "plain",
    "read",
    "received",
]
