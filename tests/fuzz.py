"""Tries the commands on damaged files and random answers: no traceback, no half-written file, bounded time and memory.

usage: fuzz.py [MINUTES] [--seed N] [--case N] [--only KIND] [--keep FOLDER]

Each case is made from the seed and its number alone, so `--case` makes one again. A case damages a file (or gives
answers at random), runs a command or two, and holds that

    - the command ends with exit code 0, 1 or 2, never with another exception;
    - when it did not end well, every file is as it was before it;
    - nothing that was begun is left behind, and the library is never changed;
    - it takes less than SECONDS, and less memory than MEMORY.

An interview is talked through at random, without the terminal that shows it: each answer that is saved reads back as
the one that the talk goes on with. What this is not: it knows nothing of what a command should say, and PDF files,
which LibreOffice makes, are left out.
"""

# ruff: noqa: S311  # chance for tests, no secret

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import generated
import small
import yaml
from click.testing import CliRunner
from commands import TERMINAL, files, run
from lxml import etree
from test_memo import DOGS as MEMO

from drafter.asking import dialogue, pages
from drafter.base import disk, manifest, yaml_tree
from drafter.base.problems import DraftingError
from drafter.doors.cli import main as drafter
from drafter.matters.answers import parse as answers_of
from drafter.reading import loading

SECONDS = 20  # that a command may take
MEMORY = 3_000_000_000  # bytes that the process may have, where the system holds it to them
STUCK = 60  # seconds after which a process is ended that does not even answer to a signal
ENV = {**TERMINAL, "PATH": "/nowhere"}  # a computer without LibreOffice
LIB = ("--library", "lib")

OWN = """---
label: The walker's words
satisfies: [II]
concedes: The short leash.
---
The walker must use a leash when {{ town.name }} asks:

1. {#hold} held by hand.
"""

# -- what is damaged ----------------------------------------------------------------------------


def base(folder: Path) -> None:
    """Make a library, a matter with three rounds and an own wording, a packet, and Word files, in a folder."""
    matter = folder / "matter"
    small.build(folder / "lib")
    (folder / "lib" / "memo.md").write_text(MEMO, "utf-8")
    matter.mkdir()
    (matter / "answers.yaml").write_text(small.ANSWERS, "utf-8")
    (folder / "own.md").write_text(OWN, "utf-8")
    shutil.copy(generated.TEMPLATE, folder / "firm.docx")
    for words in (
        ["send", "matter", "--to", "kennel", "--on", "2026-09-01", *LIB],
        ["receive", "matter", "matter/rounds/01-to-kennel/outgoing/contract.docx", "--on", "2026-09-02"],
        ["swap", "matter", "leash", "--wording", "own.md", "--because", "They asked.", "--on", "2026-09-03", *LIB],
        ["send", "matter", "--to", "kennel", "--on", "2026-09-04", *LIB],
        ["draft", "matter", "-o", "saved.json", *LIB],
        ["packet", "matter", "-o", "packet", "--on", "2026-09-05", *LIB],
    ):
        assert run(*words, PATH=ENV["PATH"]).exit_code == (1 if words[0] == "packet" else 0), words
    shutil.copy(matter / "rounds/03-to-kennel/outgoing/redline.docx", folder / "their.docx")
    (folder / "answers.yaml").write_text(small.ANSWERS, "utf-8")


# Which files a kind of case damages, and the commands that read them.
ON_MATTER = (
    ("draft", "matter", *LIB), ("draft", "matter", "--final", *LIB), ("draft", "matter", "-o", "new.json", *LIB),
    ("check", "matter", *LIB), ("check", "matter", "--json", *LIB), ("options", "matter", *LIB),
    ("clauses", "-m", "matter", *LIB), ("explain", "matter", "leash", *LIB), ("swap", "matter", "leash", "short", *LIB),
    ("swap", "matter", "leash", "long", "--because", "x", *LIB), ("swap", "matter", "--undo", *LIB),
    ("swap", "matter", "leash", "long", "--allow-deviation", "--because", "x", "--json", *LIB),
    ("swap", "matter", "leash", "--wording", "own.md", *LIB), ("concede", "matter", "--reject", "leash:short", *LIB),
    ("send", "matter", "--to", "kennel", *LIB), ("send", "matter", "--to", "town", "--json", *LIB),
    ("receive", "matter", "their.docx"), ("history", "matter", *LIB), ("history", "matter", "--json", *LIB),
    ("redline", "matter/rounds/01-to-kennel", "matter", "-o", "new.docx", "--for", "internal", *LIB),
    ("redline", "matter/rounds/01-to-kennel", "matter", "-o", "new.html", "--for", "kennel", *LIB),
    ("redline", "answers.yaml", "matter", *LIB), ("redline", "saved.json", "matter", *LIB),
    ("packet", "matter", "-o", "new", "--since", "1", "--privileged", *LIB), ("packet", "matter", "-o", "new", *LIB),
    ("prove", "-m", "matter", *LIB),
)  # fmt: skip
ON_LIBRARY = (
    ("lint", "lib"), ("lint", "lib", "--style", "--json"), ("clauses", *LIB), ("clauses", "leash", *LIB),
    ("clauses", "--by", "requirement", *LIB), ("prove", "lib"), ("review", *LIB), ("new", "new", *LIB),
    ("draft", "answers.yaml", "-o", "new.docx", *LIB), ("check", "answers.yaml", "-o", "new.csv", *LIB),
)  # fmt: skip
ON_TEMPLATE = (
    ("template", "check", "firm.docx"), ("draft", "matter", "--template", "firm.docx", *LIB),
    ("send", "matter", "--to", "kennel", "--template", "firm.docx", *LIB),
    ("redline", "answers.yaml", "matter", "-o", "new.docx", "--template", "firm.docx", *LIB),
)  # fmt: skip
ON_DOCX = (("receive", "matter", "their.docx"), ("verify", "packet", "their.docx", "--json"))
ROUNDS = ("round.json", "manifest.sha256", "contract.json", "answers.yaml", "swaps.yaml")
OURS = ("packet.json", "manifest.sha256", "3-contract.docx")
READS = {  # a library's file that only some commands read
    "lib/memo.md": [words for words in ON_MATTER if words[0] == "packet"],
}


@dataclass(slots=True)
class Case:
    """What is tried: the files that stand otherwise than in the base, and the commands."""

    kind: str
    changed: dict[str, bytes]
    commands: list[tuple[str, ...]]


@dataclass(slots=True)
class Outcome:
    """How a case ended: the exit codes, and what is wrong, if anything."""

    kind: str
    codes: tuple[int, ...] = ()
    wrong: str = ""
    detail: str = ""
    took: float = 0.0


def case(seed: int, number: int, held: dict[str, bytes]) -> Case:
    """Make a case from the seed and its number."""
    return KINDS[kind_of(number)](random.Random(f"{seed}:{number}"), held)


def kind_of(number: int) -> str:
    """Return the kind of a case: each has its turn."""
    return list(KINDS)[number % len(KINDS)]


def _answers(dice: random.Random, _: dict[str, bytes]) -> Case:
    text = answers(dice)
    return Case("random answers", {"matter/answers.yaml": text}, _some(dice, ON_MATTER))


def _matter(dice: random.Random, held: dict[str, bytes]) -> Case:
    name = dice.choice(["matter/answers.yaml", "matter/swaps.yaml", "matter/wording/leash.md", "own.md", "saved.json"])
    commands = [words for words in ON_MATTER if name.rpartition("/")[2] in words] or ON_MATTER
    return Case("matter files", {name: damaged(dice, name, held[name])}, _some(dice, commands))


def _library(dice: random.Random, held: dict[str, bytes]) -> Case:
    name = dice.choice([name for name in held if name.startswith("lib/")])
    commands = READS.get(name, (*ON_LIBRARY, *ON_MATTER))
    return Case("library files", {name: damaged(dice, name, held[name])}, _some(dice, commands))


def _round(dice: random.Random, held: dict[str, bytes]) -> Case:
    """Damage a file of a round, or of a packet; most times the manifest is made to agree, so that it is read."""
    names = [name for name in held if re.fullmatch(r"(matter/rounds/[^/]+|packet)/[^/]+", name)]
    name = dice.choice([name for name in names if name.rpartition("/")[2] in (*ROUNDS, *OURS)])
    folder = name.rpartition("/")[0]
    changed = {name: damaged(dice, name, held[name])}
    if not name.endswith(manifest.FILE) and dice.random() < 0.9:
        inside = {n.removeprefix(f"{folder}/"): c for n, c in {**held, **changed}.items() if n.startswith(f"{folder}/")}
        inside.pop(manifest.FILE)
        changed[f"{folder}/{manifest.FILE}"] = manifest.to_text(inside).encode()
    if folder == "packet":
        return Case("rounds and packets", changed, _some(dice, [("verify", "packet", "their.docx")]))
    later = folder.replace("01-to", "03-to")
    commands = [
        ("history", "matter", *LIB), ("send", "matter", "--to", "kennel", *LIB), ("receive", "matter", "their.docx"),
        ("redline", folder, "matter", *LIB), ("redline", folder, later, "-o", "new.docx", "--for", "board", *LIB),
        ("packet", "matter", "-o", "new", "--since", "1", "--privileged", *LIB),
    ]  # fmt: skip
    return Case("rounds and packets", changed, _some(dice, commands))


def _template(dice: random.Random, held: dict[str, bytes]) -> Case:
    changed = {"firm.docx": docx(dice, held["firm.docx"], _JINJA)}
    return Case("templates", changed, _some(dice, ON_TEMPLATE))


def _docx(dice: random.Random, held: dict[str, bytes]) -> Case:
    name = dice.choice(["their.docx", "packet/3-contract.docx", "matter/rounds/01-to-kennel/outgoing/contract.docx"])
    return Case("Word files", {"their.docx": docx(dice, held[name], ODD)}, _some(dice, ON_DOCX))


def _arguments(dice: random.Random, _: dict[str, bytes]) -> Case:
    """Give something odd as an argument; the answers are changed first, so that there is something to mark."""
    odd = dice.choice(
        [odd for odd in (*ODD, "\x07", "\udcff", "\ufffe", "../x", "/", "lib", "a" * 300) if "\0" not in odd]
    )
    redline = ("redline", "matter/rounds/01-to-kennel", "matter", "-o", "new.docx", *LIB)
    commands = [
        ("swap", "matter", "leash", "long", "--because", odd, *LIB), (*redline, "--author", odd),
        (*redline, "--for", odd),
        ("send", "matter", "--to", "kennel", "--author", odd, *LIB), ("send", "matter", "--to", odd, *LIB),
        ("receive", "matter", "their.docx", "--from", odd), ("receive", "matter", odd), ("verify", "packet", odd),
        ("swap", "matter", odd, "long", *LIB), ("swap", "matter", "leash", odd, *LIB), ("explain", "matter", odd, *LIB),
        ("swap", "matter", "leash", "--wording", odd, *LIB), ("concede", "matter", "--reject", odd, *LIB),
        ("concede", "matter", "--reject", f"leash:{odd}", *LIB), ("clauses", odd, *LIB), ("review", odd, *LIB),
        ("draft", odd, *LIB), ("draft", "matter", "--allow-deviation", odd, *LIB), ("template", "check", odd),
        ("draft", "matter", "--library", odd), ("draft", "matter", "--template", odd, *LIB),
        ("redline", odd, odd, *LIB),
        ("packet", "matter", "-o", "new", "--since", odd, *LIB),
        ("packet", "matter", "-o", "new", "--on", odd, *LIB),
        ("swap", "matter", "--undo", odd, *LIB), ("prove", "-m", odd, *LIB), ("lint", odd),
    ]  # fmt: skip
    swapped = ("swap", "matter", "leash", "long", *LIB)
    return Case("arguments", {}, [swapped, *_some(dice, commands), ("history", "matter", *LIB)])


def _interview(dice: random.Random, held: dict[str, bytes]) -> Case:
    changed = {"answers.yaml": answers(dice)} if dice.random() < 0.5 else {}
    if dice.random() < 0.5:
        text = (
            answers(dice) if dice.random() < 0.7 else damaged(dice, "matter/answers.yaml", held["matter/answers.yaml"])
        )
        changed["matter/answers.yaml"] = text
    talk = ("talk", str(dice.random()), *(["answers.yaml"] if changed and dice.random() < 0.3 else []))
    return Case("interviews", changed, [talk, ("check", "matter", *LIB)])


KINDS: dict[str, Callable[[random.Random, dict[str, bytes]], Case]] = {
    "random answers": _answers,
    "matter files": _matter,
    "library files": _library,
    "rounds and packets": _round,
    "templates": _template,
    "Word files": _docx,
    "arguments": _arguments,
    "interviews": _interview,
}


def _some(dice: random.Random, commands) -> list[tuple[str, ...]]:
    return dice.sample(list(commands), min(len(commands), dice.choice((1, 1, 2, 3))))


# -- interviews ---------------------------------------------------------------------------------

REPLIES = 60


def talked(seed: str, other: str = "") -> None:
    """Reply at random to the pages of an interview; DraftingError where it can't begin, AssertionError at a loss."""
    dice = random.Random(seed)
    path, library = Path("matter/answers.yaml"), loading.load(Path("lib"), "lib")
    store = pages.Store(
        lambda: disk.read_text(path, str(path)), lambda text: disk.write_atomically(path, text.encode())
    )
    before = yaml_tree.parse(disk.read_text(Path(other), other), other) if other else None
    talk = dialogue.begin(library, store, str(path), only_missing=dice.random() < 0.2, other=before)
    going = talk.talk()
    page = next(going)
    for _ in range(REPLIES):
        try:
            page = going.send(_reply(dice, page))
        except StopIteration:
            break
        kept = answers_of(store.read(), str(path), library.questionnaire).given
        assert kept == talk.here.answers.given, f"{page.about}: what is saved is not what the talk goes on with"


def _reply(dice: random.Random, page: pages.Page) -> pages.Reply:
    command = dice.choice(["enter"] * 12 + [c for c in page.commands if c != "leave" or dice.random() < 0.1])
    text = dice.choice([*ODD, *PLAIN, page.typed, page.typed, page.editable]).replace("\0", "")
    if page.readback:  # a date is taken when it is given a second time
        text = page.typed
    marked = frozenset(n for n in range(len(page.lines)) if dice.random() < 0.4)
    return pages.Reply(command, text, dice.randrange(-1, len(page.lines)), marked)


PLAIN = ("Ann Walker", "3", "yes", "2026-08-31", "small", "long", "ann@example.org", "$1,200", "12", "555-010-0001")

# -- answers at random --------------------------------------------------------------------------

ODD = (
    *generated.ODD, "", " ", "-1", "0", "1e999", "-1e999", "nan", "Infinity", "9" * 400, "1_000", "0x10", "1,2,3", "½",
    "٣", "0.1", "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "2026-07-01T00:00:00Z", "yes",
    "a" * 3000, "\t", "a\nb", "\r", "\0", "\x1b[31m", "\ud7ff", "\U0010ffff", "({[" * 60, "[[" * 200, "{{" * 200,
    "*" * 500, "> " * 300, "- " * 300, "not " * 300 + "bites", "(" * 300 + "bites" + ")" * 300,
    " and ".join(["bites"] * 500), "length | add_days(99999999999)", "starts | add_months(-999999)", "-" * 400 + "1",
    "1" + " + 1" * 800, "bites == bites == bites", "'" * 101, "!!python/object/apply:os.system [ls]", "&a [*a]", "<<",
)  # fmt: skip


def answers(dice: random.Random) -> bytes:
    """Write answers to some of the small library's questions: most of them fit, some do not."""
    wild = dice.choice((0.0, 0.0, 0.05, 0.3))
    questions = generated.small_library().questionnaire.questions.values()
    share = dice.random()
    found = {q.id: _answer(dice, q, wild) for q in questions if dice.random() < share}
    if dice.random() < 0.3:
        found["alternatives"] = {dice.choice(("leash", "muzzle", "x")): dice.choice(("long", "short", "own-wording"))}
    return generated.to_yaml(found).encode("utf-8", "surrogatepass")


def _answer(dice: random.Random, question, wild: float) -> object:
    if dice.random() < wild:
        return _odd(dice)
    match question.type:
        case "yes-no":
            return dice.choice(("yes", "no"))
        case "choice":
            return dice.choice(question.options).value
        case "number" | "money" | "percent":
            return str(dice.randint(int(question.min or 0), int(question.max or 10**6)))
        case "date":
            return f"{dice.randint(2025, 2027)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        case "records":
            return [
                {f.id: _answer(dice, f, wild) for f in question.fields if dice.random() < 0.8}
                for _ in range(dice.choice((0, 1, 2, 3, 40)))
            ]
        case "paragraph":
            return "\n".join(dice.choice(generated.ODD) for _ in range(dice.randint(1, 3)))
        case _:
            return dice.choice((*generated.ODD, "Ann", "Ann Walker"))


def _odd(dice: random.Random) -> object:
    return dice.choice((dice.choice(ODD), dice.choice(ODD), [], {}, None, [dice.choice(ODD)], {"a": dice.choice(ODD)}))


# -- damage to text -----------------------------------------------------------------------------


def damaged(dice: random.Random, name: str, content: bytes) -> bytes:
    """Damage a file once, or up to three times."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        content = dice.choice(_DAMAGES)(dice, content, name)
    return content


def _cut(dice, content, _):
    return content[: dice.randint(0, len(content))]


def _flipped(dice, content, _):
    made = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        if made:
            made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def _struck(dice, content, _):
    place = dice.randint(0, len(content))
    splinter = dice.choice((*generated.SPLINTERS, *(odd.encode("utf-8", "surrogatepass") for odd in ODD)))
    return content[:place] + splinter + content[place + dice.choice((0, 0, 1, 9)) :]


def _lines(dice, content, _):
    lines = content.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.choice(("lost", "doubled", "swapped", "indented", "repeated")):
        case "lost":
            del lines[one]
        case "doubled":
            lines.insert(other, lines[one])
        case "swapped":
            lines[one], lines[other] = lines[other], lines[one]
        case "indented":
            lines[one] = b" " * dice.randint(1, 5) + lines[one]
        case "repeated":
            lines[one:one] = [lines[one]] * dice.choice((50, 3000))
    return b"\n".join(lines)


def _value(dice, content, _):
    """Put something odd in place of what stands after a colon, or of a condition, or of a reference."""
    places = list(re.finditer(rb"(?<=: )[^\n]+|(?<=\[\[)[^\]]+|(?<=\{\{ )[^}]+|(?<=\{when: )[^}]+", content))
    if not places:
        return content
    place = dice.choice(places)
    return content[: place.start()] + dice.choice(ODD).encode("utf-8", "surrogatepass") + content[place.end() :]


def _encoded(dice, content, _):
    text = content.decode("utf-8", "replace")
    return dice.choice(
        (
            lambda: b"\xef\xbb\xbf" + content,
            lambda: content.replace(b"\n", b"\r\n"),
            lambda: content.replace(b"\n", b"\r"),
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-16-be"),
            lambda: text.encode("utf-32"),
            lambda: text.encode("latin-1", "replace") + b"\xe9",
            lambda: b"\xef\xbb\xbf" * 3 + content,
            lambda: content + b"\0",
            lambda: b"",
            lambda: content.replace(b"\n", b"\0\n", 1),
            lambda: content.replace(b"\n", "\u2028".encode()),
        )
    )()


def _deep(dice, content, name):
    """Nest what is deep: lists, mappings, quotes, items; and anchors that multiply."""
    deep = dice.choice((20, 100, 5000))
    key = dice.choice(("note", "walker", "dogs", "title", "when", "alternatives", "x"))
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    kinds = [
        f"{key}: {'[' * deep}{']' * deep}\n", f"{key}: {'{a: ' * deep}{'}' * deep}\n", f"{key}: {'- ' * deep}a\n",
        f"{key}:\n" + "".join(f"{' ' * n}- \n" for n in range(1, min(deep, 900))), f"a0: &a0 [x]\n{laughs}",
        f"{key}: &a\n  <<: *a\n", f"x: &x {{a: b}}\ny: {{<<: [{', '.join(['*x'] * deep)}]}}\n",
        "".join(f"{'  ' * n}1. a\n" for n in range(min(deep, 400))), "> " * deep + "a\n", "**" * deep + "a\n",
        "".join(f"{key}{n}: a\n" for n in range(deep)), f"{key}: {'a ' * 40 * deep}\n", "|" * deep + "\n",
        f"| {' | '.join('a' * 3 for _ in range(min(deep, 500)))} |\n" * 3,
        f"{key}: &a {deep}\nz: *a\n", f"? [{key}]\n: x\n", "%YAML 9.9\n---\n", "--- a\n...\n--- b\n",
    ]  # fmt: skip
    if name.endswith(".json"):
        kinds += ["[" * deep, '{"a":' * deep, f'{{"a": {"9" * deep}}}', f'{{"a": 1e{deep}}}', '{"\\ud800": "\\ud800"}']
    lines = content.split(b"\n")
    lines.insert(dice.randint(0, len(lines)), dice.choice(kinds).encode())
    return b"\n".join(lines)


def _structure(dice, content, name):
    """Read the file, change a node of it to something of another kind, and write it again."""
    head, rest = b"", b""
    if name.endswith(".md"):
        found = re.match(rb"---\n(.*?)\n---\n(.*)", content, re.DOTALL)
        if not found:
            return content
        content, rest = found[1], b"\n---\n" + found[2]
        head = b"---\n"
    try:
        tree = yaml.load(content, yaml.CBaseLoader)  # noqa: S506  # texts, lists and mappings alone
    except (yaml.YAMLError, ValueError, RecursionError):
        return head + content + rest
    if name.endswith(".json"):
        with suppress(ValueError, RecursionError):
            tree = json.loads(content)
    try:
        places = list(_places(tree))
        if places:
            holder, key = dice.choice(places)
            _mutate(dice, holder, key, places)
        if name.endswith(".json"):
            return json.dumps(tree, indent=1, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
        made = yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    except (ValueError, RecursionError, yaml.YAMLError):
        return head + content + rest
    return head + made.encode("utf-8", "surrogatepass").rstrip(b"\n") + (rest or b"\n")


def _mutate(dice, holder, key, places):
    match dice.choice(("odd", "gone", "other", "wrapped", "renamed", "number")):
        case "odd":
            holder[key] = _odd(dice)
        case "gone":
            del holder[key]
        case "other":
            other, place = dice.choice(places)
            holder[key] = json.loads(json.dumps(other[place]))
        case "wrapped":
            holder[key] = dice.choice(([holder[key]], {"a": holder[key]}, [holder[key]] * 3))
        case "renamed" if isinstance(holder, dict):
            holder[dice.choice(ODD)] = holder.pop(key)
        case _:
            holder[key] = dice.choice((0, -1, 10**40, 1.5, True, None, float("inf"), float("nan"), "II", "x-y", "1"))


def _places(tree: object) -> Iterator[tuple]:
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(entries):
        yield tree, key
        yield from _places(value)


_DAMAGES = (
    _cut,
    _flipped,
    _struck,
    _struck,
    _lines,
    _value,
    _value,
    _encoded,
    _deep,
    _structure,
    _structure,
    _structure,
)

# -- damage to Word files -----------------------------------------------------------------------

_JINJA = (
    "{{ title }}", "{{ x }}", "{{ title.__class__ }}", "{% for a in signatures %}", "{% endfor %}", "{%p if title %}",
    "{%tr for s in signatures %}", "{%tc x %}", "{%r x %}", "{{r title }}", "{{p opening }}", "{# a #}", "{%- -%}",
    "{{", "}}", "{%", "{{ opening }}", "{% raw %}", "{% endraw %}", "{% set a = title * 9 %}", "{% include 'a' %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ range(10**9) }}", "{{ 'a' * 10**10 }}", "{{ 9 ** 9 ** 9 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}a{% endfor %}{% endfor %}", "{{ cycler }}", "\ue0000\ue001",
    "{{ [title] * 9999999 }}", "{% cellbg a %}", "{% colspan 3 %}", "{% hm %}", "{% vm %}", "{_{ a }_}", "{% trans %}",
    "{{ title | attr('x') }}", "{{ title | map('x') | list }}", "{% block a %}{{ self.a() }}{% endblock %}",
    "{{ title | center(10**10) }}", "{{ lipsum(999999) }}", "{{ '{:>999999999999}'.format(title) }}",
    "{{ '%s' % title }}", "{{y title }}",
)  # fmt: skip


def docx(dice: random.Random, content: bytes, texts: tuple[str, ...]) -> bytes:
    """Damage a Word file: its bytes, a part's bytes, or the elements of a part."""
    if dice.random() < 0.2:
        return dice.choice((_cut, _flipped, _struck))(dice, content, "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.choice((1, 1, 2, 4))):
        name = dice.choice([*parts, "word/document.xml", "word/document.xml"])
        if dice.random() < 0.25:
            parts[name] = dice.choice((_cut, _flipped, _struck, _lines, _encoded))(dice, parts[name], name)
        elif dice.random() < 0.1:
            parts = _parts(dice, parts, name)
        else:
            parts[name] = _elements(dice, parts[name], texts)
        if name not in parts or not parts:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(dice, parts, name):
    match dice.choice(("lost", "other", "renamed", "empty", "more")):
        case "lost":
            return {n: c for n, c in parts.items() if n != name}
        case "other":
            return parts | {name: parts[dice.choice(list(parts))]}
        case "renamed":
            return {(n.upper() if n == name else n): c for n, c in parts.items()}
        case "empty":
            return parts | {name: b""}
        case _:
            return parts | {dice.choice(("word/vbaProject.bin", "../a", "word/x.xml", "customXml/item1.xml")): b"<a/>"}


def _elements(dice, content, texts):
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return content
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    for _ in range(dice.choice((1, 1, 3))):
        _element(dice, dice.choice(nodes), dice.choice(nodes), texts)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _element(dice, node, other, texts):
    parent = node.getparent()
    match dice.choice(("lost", "doubled", "moved", "nested", "said", "attribute", "value", "named", "emptied")):
        case "lost" if parent is not None:
            parent.remove(node)
        case "doubled" if parent is not None:
            for _ in range(dice.choice((1, 30))):
                node.addnext(etree.fromstring(etree.tostring(node)))
        case "moved" if node not in other.iterancestors() and node is not other and parent is not None:
            other.append(node)
        case "nested" if parent is not None:
            copy = etree.fromstring(etree.tostring(node))
            for _ in range(dice.choice((1, 20, 95))):
                outer = etree.Element(node.tag, dict(node.attrib))
                outer.append(copy)
                copy = outer
            node.addnext(copy)
        case "attribute" if node.attrib:
            del node.attrib[dice.choice(sorted(node.attrib))]
        case "value" if node.attrib:
            value = dice.choice(("", "-1", "x", "9" * 30, "0", "1", "{{ title }}", "rId1", "true", "2147483648"))
            node.set(dice.choice(sorted(node.attrib)), value)
        case "named":
            node.tag = other.tag
        case "emptied":
            for child in list(node):
                node.remove(child)
        case _:
            said = [n for n in node.iter() if n.text] or [node]
            with suppress(ValueError):  # what XML can't hold
                dice.choice(said).text = dice.choice(texts)


# -- trying -------------------------------------------------------------------------------------


class SlowError(BaseException):
    """A command took too long."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise SlowError in what takes longer; where there are no such signals, nothing is bounded."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(*_: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(slots=True)
class Place:
    """A folder in which cases are tried, one after the other; it stands as the base before each."""

    folder: Path
    held: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the base, and stay in the folder."""
        os.chdir(self.folder)
        base(self.folder)
        self.held = files(self.folder)

    def restore(self) -> None:
        """Put every file back."""
        for name, content in files(self.folder).items():
            if name not in self.held:
                (self.folder / name).unlink()
            elif content != self.held[name]:
                (self.folder / name).write_bytes(self.held[name])
        for name in self.held:
            if not (self.folder / name).exists():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_bytes(self.held[name])
        known = {parent for name in self.held for parent in (self.folder / name).parents}
        for path in sorted((p for p in self.folder.rglob("*") if p.is_dir()), reverse=True):
            if path not in known:
                path.rmdir()

    def tried(self, given: Case) -> Outcome:
        """Try a case."""
        self.restore()
        for name, content in given.changed.items():
            (self.folder / name).write_bytes(content)
        started = time.monotonic()
        outcome = Outcome(given.kind)
        for words in given.commands:
            before = files(self.folder)
            outcome.wrong, outcome.detail, code = self._command(words)
            outcome.codes += (code,)
            outcome.wrong = outcome.wrong or _traces(before, files(self.folder), words, code, outcome.detail)
            if given.kind == "arguments" and words[0] == "history" and code and not outcome.wrong:
                outcome.wrong = "history: the matter can't be read any more"
            if outcome.wrong:
                outcome.detail = f"drafter {' '.join(words)}\n{outcome.detail}"
                break
        outcome.took = time.monotonic() - started
        return outcome

    def _command(self, words: tuple[str, ...]) -> tuple[str, str, int]:
        try:
            with bounded(SECONDS):
                if words[0] == "talk":
                    return _talk(words)
                result = CliRunner(env=ENV).invoke(drafter, list(words))
        except SlowError as error:
            where = "".join(traceback.format_exception(error))
            return f"slow: {_where(error)}", where[-6000:], -1
        error = result.exception
        if error is not None and not isinstance(error, SystemExit):
            return f"{type(error).__name__}: {_where(error)}", "".join(traceback.format_exception(error))[-6000:], -1
        wrong = "" if result.exit_code in (0, 1, 2) else f"exit code {result.exit_code}"
        if result.exit_code and not result.stderr:
            told = words[0] in ("verify", "concede") or "--json" in words
            wrong = wrong or ("" if told else f"{words[0]}: nothing was said")
        return wrong, result.stderr[-3000:], result.exit_code


def _talk(words: tuple[str, ...]) -> tuple[str, str, int]:
    try:
        talked(*words[1:])
    except DraftingError as error:
        return "", str(error)[-3000:], 1
    except SlowError:
        raise
    except Exception as error:  # noqa: BLE001  # which is what is looked for
        return f"{type(error).__name__}: {_where(error)}", "".join(traceback.format_exception(error))[-6000:], -1
    return "", "", 0


def _where(error: BaseException) -> str:
    """Name the last place of the product in a traceback, by file and function: the same for the same bug."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f"{os.sep}drafter{os.sep}" in f.filename]
    return f"{Path(frames[-1].filename).name} {frames[-1].name}" if frames else "outside of the product"


def _traces(before: dict[str, bytes], after: dict[str, bytes], words: tuple[str, ...], code: int, said: str) -> str:
    """Say which files a command should not have changed."""
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    wrong = [n for n in changed if n.startswith("lib/") or n.rpartition("/")[2].startswith((".drafter", "tmp"))]
    asked = (words[0] == "packet" and "the Word files were written" in said) or (words[0] == "check" and "-o" in words)
    if code and not asked:  # which matrices and packets are written, although something is wrong
        wrong = changed
    return f"{words[0]}: changed with exit code {code}: {', '.join(wrong)}" if wrong else ""


def smaller(place: Place, given: Case, wrong: str, until: float) -> Case:
    """Take away pieces of the damaged text, as long as the same goes wrong."""
    name = max(given.changed, key=lambda n: not n.endswith(manifest.FILE), default="")
    if not name or name.endswith(".docx") or "rounds/" in name or name.startswith("packet/"):
        return given
    content = given.changed[name]
    size = max(1, len(content) // 2)
    while size and time.monotonic() < until:
        at = 0
        while at < len(content) and time.monotonic() < until:
            shorter = content[:at] + content[at + size :]
            if place.tried(Case(given.kind, {name: shorter}, given.commands)).wrong == wrong:
                content = shorter
            else:
                at += size
        size //= 2
    return Case(given.kind, {name: content}, given.commands)


def kept(folder: Path, label: str, given: Case, outcome: Outcome) -> None:
    """Save a failing input: its files, its commands, and what went wrong."""
    place = folder / label
    for name, content in given.changed.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    commands = "\n".join(f"drafter {' '.join(words)}" for words in given.commands)
    place.mkdir(parents=True, exist_ok=True)
    (place / "case.txt").write_text(f"{outcome.wrong}\n\n{commands}\n\n{outcome.detail}\n", "utf-8", "backslashreplace")


# -- as a program -------------------------------------------------------------------------------


def _worker(pipe, seed: int, first: int, only: str, keep: Path, seen: set[str]) -> None:  # noqa: PLR0913, PLR0917
    """Try cases from a number on, until the process is ended; send each outcome."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder).resolve())
        for number in count(first):
            if only not in kind_of(number):
                continue
            given = case(seed, number, place.held)
            outcome = place.tried(given)
            if outcome.wrong:
                if outcome.wrong not in seen:
                    seen.add(outcome.wrong)
                    pipe.send(None)  # it goes on
                    given = smaller(place, given, outcome.wrong, time.monotonic() + 15)
                kept(keep, f"case-{number}", given, outcome)
            pipe.send((number, outcome))


@dataclass(slots=True)
class Report:
    """What was tried and what went wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, int]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: int, outcome: Outcome) -> None:
        """Count an outcome."""
        self.tried[outcome.kind] += 1
        self.codes.update((outcome.kind, code) for code in outcome.codes)
        self.slowest[outcome.kind] = max(self.slowest.get(outcome.kind, 0), outcome.took)
        if outcome.wrong:
            self.wrong.setdefault(outcome.wrong, []).append(number)

    def lines(self, seed: int, keep: Path) -> Iterator[str]:
        """Tell it, a line at a time."""
        yield f"{'kind':<20} {'cases':>6} {'exit 0':>7} {'exit 1':>7} {'exit 2':>7} {'slowest':>8}"
        for kind, tried in self.tried.items():
            codes = " ".join(f"{self.codes[kind, code]:>7}" for code in (0, 1, 2))
            yield f"{kind:<20} {tried:>6} {codes} {self.slowest[kind]:>6.1f} s"
        yield f"{sum(self.tried.values())} cases of seed {seed}; kinds of failure: {len(self.wrong)}"
        for wrong, numbers in self.wrong.items():
            yield f"FAILED {len(numbers)} times: {wrong}; {keep / f'case-{numbers[0]}'}"


def fuzzed(minutes: float, seed: int, first: int, only: str, keep: Path) -> Report:
    """Try cases for so many minutes, in a process that is started anew when it hangs or dies."""
    report, until, number, seen = Report(), time.monotonic() + 60 * minutes, first, set()
    context = get_context("spawn")
    while time.monotonic() < until:
        ours, theirs = context.Pipe(duplex=False)
        worker = context.Process(target=_worker, args=(theirs, seed, number, only, keep, seen), daemon=True)
        worker.start()
        theirs.close()
        died = ""
        while time.monotonic() < until and not died:
            try:
                got = ours.recv() if ours.poll(min(STUCK, max(0.1, until - time.monotonic()))) else False
            except EOFError:
                died = "the process died"
                continue
            if got is False:
                died = "" if time.monotonic() >= until else "the process hung"
            elif got is not None:
                report.add(*got)
                seen.update(report.wrong)
                number = got[0] + 1
        worker.kill()
        worker.join()
        if died:
            report.add(number, Outcome(kind_of(number), wrong=died))
            number += 1
    return report


def one(seed: int, number: int) -> str:
    """Make one case again, and say what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder).resolve())
        given = case(seed, number, place.held)
        outcome = place.tried(given)
        os.chdir("/")
    told = [f"drafter {' '.join(words)}" for words in given.commands]
    return "\n".join([outcome.kind, *given.changed, *told, f"{outcome.codes} {outcome.wrong}", outcome.detail])


def main() -> int:
    """Read the command line, try, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("minutes", nargs="?", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=None, help="the same cases again")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first case")
    parser.add_argument("--case", type=int, default=None, metavar="N", help="only this case of the seed")
    parser.add_argument("--only", default="", metavar="KIND", help="only cases of this kind, by a word of its name")
    parser.add_argument("--keep", type=Path, default=None, metavar="FOLDER", help="where failing inputs are saved")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.randrange(10**6)
    keep = (given.keep or Path(tempfile.gettempdir()) / f"drafter-fuzz-{seed}").resolve()
    if given.case is not None:
        sys.stdout.write(one(seed, given.case) + "\n")
        return 0
    sys.stdout.write(f"seed {seed}; failing inputs are saved in {keep}\n")
    sys.stdout.flush()
    report = fuzzed(given.minutes, seed, given.first, given.only, keep)
    sys.stdout.write("\n".join(report.lines(seed, keep)) + "\n")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
