"""Who acts, and how long it waits: what a person has started, for whoever has to wait until it is done."""

from __future__ import annotations

import os
from contextvars import ContextVar
from datetime import datetime

WHO: ContextVar[str] = ContextVar("who", default="")  # what a person calls it: "drafter swap", "the desk"
PATIENCE: ContextVar[float] = ContextVar("patience", default=0.0)  # seconds that it waits for others; 0: as usual


def named() -> str:
    """Return who acts, with its process and the time; empty where nobody has said."""
    who = WHO.get()
    since = datetime.now().astimezone().strftime("%H:%M:%S")
    return f"{who} (process {os.getpid()}, since {since})" if who else ""
