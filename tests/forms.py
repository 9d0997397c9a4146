"""The small library with two forms of its contract: a short one, and all of it."""

from __future__ import annotations

from pathlib import Path

import small

from drafter.reading import loading
from drafter.reading.library import Library

COMMON, _, REST = small.AGREEMENT.partition("opening:")
OUTLINE, SIGNED, SIGNERS = ("opening:" + REST).partition("signatures:")
AGREEMENT = f"""\
{COMMON}opening: [parties]
{SIGNED}{SIGNERS}form_unsaid: whole
forms:
  short:
    label: Short
    articles:
      - {{id: walking, title: Walking, clauses: [dog, leash, muzzle, price]}}
    exhibits:
      - {{id: dogs, title: Dogs, clauses: [list]}}
  whole:
    label: Whole
    recitals: [recital]
    articles:
      - {{id: walking, title: Walking, clauses: [dog, leash, muzzle, price]}}
      - {{id: general, title: General, clauses: [notes]}}
    exhibits:
      - {{id: dogs, title: Dogs, clauses: [list]}}
      - {{id: policy, title: The Policy, clauses: [policy]}}
"""
SHORT_LEASH = "The walker must use a leash on {{ the_dog }}:\n\n1. {#hold} held."
LEASH = small.CLAUSES["leash"].replace("position: preferred", "position: preferred\n    form: whole", 1)
LEASH = LEASH.replace("position: fallback", "position: fallback\n    form: [whole]", 1)
BRIEF = """\
  brief:
    label: In brief
    position: preferred
    form: short
    for: [short, long]
    satisfies: [II]
"""
LEASH = LEASH.replace("---\n\n## short", f"{BRIEF}---\n\n## short", 1) + f"\n## brief\n\n{SHORT_LEASH}\n"
NOTES = small.CLAUSES["notes"].replace("alternatives:", "left_out: The walker's notes.\nalternatives:", 1)
POLICY = small.saying(
    "II",
    {"sentence": "The walker must use a leash on {{ the_dog }}:", "alternatives": ["short", "brief"]},
    {"sentence": "The walker must use a leash of {{ length }} {{ length | plural('foot', 'feet') }}:",
     "alternatives": ["long"]},
)  # fmt: skip
PARTS = {"agreement": AGREEMENT, "policy": POLICY}
CLAUSES = {"leash": LEASH, "notes": NOTES}


def build(root: Path, *, clauses: dict[str, str | None] | None = None, **parts: str) -> Path:
    """Write the library with two forms to a folder."""
    return small.build(root, clauses={**CLAUSES, **(clauses or {})}, **{**PARTS, **parts})


def load(root: Path, form: str | None = None, **parts) -> Library:
    """Build the library and load it in a form, under the name "lib"."""
    return loading.load(build(root, **parts), "lib", form)
