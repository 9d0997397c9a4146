"""Reads contracts that came back, with random edits: `python benchmarks/returns.py [COUNT] [SEED]`.

In each file one to eight edits were made, each tracked or not: words, numbers, paragraphs in, out and moved, sections
in, out and moved, rows. Every change must be laid to the section that was edited and to no other; the accepted text
must be that of the file with all edits made silently, and the rejected text that of the file without the tracked ones.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import drafter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import edits  # noqa: E402  # the tests' own
from edits import Editor  # noqa: E402

from drafter.returned import furniture, reading, sent  # noqa: E402
from drafter.word.oxml import package  # noqa: E402

TEMPLATE = ROOT / "templates" / "agreement.docx"
EXAMPLES = ("st-louis-park", "st-louis-park-comprehensive", "minimal")


def main() -> None:
    """Run the batches, and print what went wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1  # noqa: PLR2004
    wrong, made, spent = Counter(), 0, 0.0
    for name in EXAMPLES:
        draft = drafter.draft(drafter.open(ROOT / "examples" / name))
        editor = Editor(package.unpack(draft.to_docx(TEMPLATE)), draft.contract)
        base = sent.of_contract(draft.contract, furniture.of(TEMPLATE))
        for number, (chosen, ways, bookmarks) in enumerate(edits.batches(editor, seed, count // len(EXAMPLES))):
            parts = editor.made(chosen, ways, bookmarks=bookmarks)
            start = time.process_time()
            found = reading.read(base, parts)
            spent += time.process_time() - start
            made += 1
            expected = set().union(*(edit.sections for edit in chosen))
            got = {section for change in found.changes for section in change.sections}
            said = [f"{edit.kind} {way} {','.join(edit.sections)}" for edit, way in zip(chosen, ways, strict=True)]
            if got != expected:
                wrong["sections"] += 1
                print(
                    name,
                    number,
                    "bookmarks" if bookmarks else "",
                    said,
                    "missing",
                    expected - got,
                    "extra",
                    got - expected,
                )
                for change in found.changes:
                    if not set(change.sections) <= expected:
                        print(
                            "    ",
                            change.section,
                            change.kind,
                            change.marked,
                            repr(change.before[:70]),
                            "->",
                            repr(change.after[:70]),
                        )
            marks = {(s, way == "tracked") for edit, way in zip(chosen, ways, strict=True) for s in edit.sections}
            if {(s, change.marked) for change in found.changes for s in change.sections} != marks and got == expected:
                wrong["marked"] += 1
                print(name, number, said, "marked otherwise")
            if bookmarks and number % 4 == 0:
                wrong += _sides(editor, base, chosen, ways, parts)
    print(f"{made} files, {spent / max(made, 1):.2f} s each; wrong: {dict(wrong)}")


def _sides(
    editor: Editor, base: sent.Sent, chosen: list[edits.Edit], ways: list[str], parts: package.Package
) -> Counter[str]:
    old, new = (_said(reading.sides(base, parts)[at]) for at in (0, 1))
    accepted = _said(reading.sides(base, editor.made(chosen, ["silent"] * len(ways)))[1])
    rejected = _said(reading.sides(base, editor.made(chosen, ["out" if way == "tracked" else way for way in ways]))[0])
    return Counter({"accepted": int(new != accepted), "rejected": int(old != rejected)})


def _said(lines: list) -> list[tuple[str, ...]]:
    return [line.keys for line in lines]


if __name__ == "__main__":
    main()
