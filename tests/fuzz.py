"""Runs the commands on damaged files and random answers: no traceback, no half-written file, bounded time and memory.

usage: fuzz.py [MINUTES] [--seed N] [--case N] [--only KIND] [--keep FOLDER]

Each case is made only from the seed and its number, so `--case` can make it again. A case damages a file or answers at
random, runs a command or two, and checks that

    - the command ends with exit code 0, 1 or 2, never with another exception;
    - unless it ended well, every file is as it was before;
    - nothing unfinished is left behind, and the library is never changed;
    - it takes less than SECONDS, and less memory than MEMORY.

An interview is answered at random, without the terminal that shows it: each saved answer is read back as the one that
the interview goes on with. This knows nothing of what a command should say, and leaves out PDF files, which LibreOffice
makes.
"""

# ruff: noqa: S311  # chance for tests, no secret

from __future__ import annotations

import argparse
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
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import damage
import generated
import small
from click.testing import CliRunner
from commands import TERMINAL, files, run
from test_memo import DOGS as MEMO

from drafter.asking import dialogue, pages, saving
from drafter.base import disk, manifest, yaml_tree
from drafter.base.problems import DraftingError
from drafter.doors.cli import main as drafter
from drafter.matters.answers import parse as answers_of
from drafter.reading import loading

SECONDS = 20  # that a command may take
MEMORY = 3_000_000_000  # bytes that the process may use, on systems that can limit it
STUCK = 60  # seconds after which a process that doesn't react to a signal is killed
ENV = {**TERMINAL, "PATH": "/nowhere"}  # a computer without LibreOffice
LIB = ("--library", "lib")

OWN = """---
label: The walker's words
satisfies: [II]
concedes: The short leash.
says:
  II: ["The walker must use a leash when {{ town.name }} asks:"]
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
    """What is tried: the files that differ from the base, and the commands."""

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
    return Case("matter files", {name: damage.damaged(dice, name, held[name])}, _some(dice, commands))


def _library(dice: random.Random, held: dict[str, bytes]) -> Case:
    name = dice.choice([name for name in held if name.startswith("lib/")])
    commands = READS.get(name, (*ON_LIBRARY, *ON_MATTER))
    return Case("library files", {name: damage.damaged(dice, name, held[name])}, _some(dice, commands))


def _round(dice: random.Random, held: dict[str, bytes]) -> Case:
    """Damage a file of a round or a packet; mostly the manifest is made to agree, so that the file is read."""
    names = [name for name in held if re.fullmatch(r"(matter/rounds/[^/]+|packet)/[^/]+", name)]
    name = dice.choice([name for name in names if name.rpartition("/")[2] in (*ROUNDS, *OURS)])
    folder = name.rpartition("/")[0]
    changed = {name: damage.damaged(dice, name, held[name])}
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
    changed = {"firm.docx": damage.docx(dice, held["firm.docx"], damage.JINJA)}
    return Case("templates", changed, _some(dice, ON_TEMPLATE))


def _docx(dice: random.Random, held: dict[str, bytes]) -> Case:
    name = dice.choice(["their.docx", "packet/3-contract.docx", "matter/rounds/01-to-kennel/outgoing/contract.docx"])
    return Case("Word files", {"their.docx": damage.docx(dice, held[name], damage.ODD)}, _some(dice, ON_DOCX))


def _arguments(dice: random.Random, _: dict[str, bytes]) -> Case:
    """Give something odd as an argument; a swap comes first, so that there is something to mark."""
    odd = dice.choice(
        [odd for odd in (*damage.ODD, "\x07", "\udcff", "\ufffe", "../x", "/", "lib", "a" * 300) if "\0" not in odd]
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
            answers(dice)
            if dice.random() < 0.7
            else damage.damaged(dice, "matter/answers.yaml", held["matter/answers.yaml"])
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
    """Reply at random to an interview; DraftingError if it can't begin, AssertionError if an answer is lost."""
    dice = random.Random(seed)
    path, library = Path("matter/answers.yaml"), loading.load(Path("lib"), "lib")
    store = saving.Store(
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
        assert kept == talk.here.answers.given, (
            f"{page.about}: the saved answers are not those that the interview goes on with"
        )


def _reply(dice: random.Random, page: pages.Page) -> pages.Reply:
    command = dice.choice(["enter"] * 12 + [c for c in page.commands if c != "leave" or dice.random() < 0.1])
    text = dice.choice([*damage.ODD, *PLAIN, page.typed, page.typed, page.editable]).replace("\0", "")
    if page.readback:  # a date is taken when it is given a second time
        text = page.typed
    marked = frozenset(n for n in range(len(page.lines)) if dice.random() < 0.4)
    return pages.Reply(command, text, dice.randrange(-1, len(page.lines)), marked)


PLAIN = ("Ann Walker", "3", "yes", "2026-08-31", "small", "long", "ann@example.org", "$1,200", "12", "555-010-0001")

# -- answers at random --------------------------------------------------------------------------


def answers(dice: random.Random) -> bytes:
    """Return answers to some of the small library's questions: most fit, some don't."""
    wild = dice.choice((0.0, 0.0, 0.05, 0.3))
    questions = generated.small_library().questionnaire.questions.values()
    share = dice.random()
    found = {q.id: _answer(dice, q, wild) for q in questions if dice.random() < share}
    if dice.random() < 0.3:
        found["alternatives"] = {dice.choice(("leash", "muzzle", "x")): dice.choice(("long", "short", "own-wording"))}
    return generated.to_yaml(found).encode("utf-8", "surrogatepass")


def _answer(dice: random.Random, question, wild: float) -> object:
    if dice.random() < wild:
        return damage.odd(dice)
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


# -- trying -------------------------------------------------------------------------------------


class SlowError(BaseException):
    """A command took too long."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise SlowError after so many seconds, on systems with such signals."""
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
    """A folder in which cases are tried one after the other, each time from the base."""

    folder: Path
    held: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the base, and work in the folder."""
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
        """Run the commands of a case on its files, and say what went wrong."""
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
                outcome.wrong = "history: the matter can no longer be read"
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
            on_stdout = words[0] in ("verify", "concede") or "--json" in words
            wrong = wrong or ("" if on_stdout else f"{words[0]}: no message")
        return wrong, result.stderr[-3000:], result.exit_code


def _talk(words: tuple[str, ...]) -> tuple[str, str, int]:
    try:
        talked(*words[1:])
    except DraftingError as error:
        return "", str(error)[-3000:], 1
    except SlowError:
        raise
    except Exception as error:  # noqa: BLE001  # these are what we look for
        return f"{type(error).__name__}: {_where(error)}", "".join(traceback.format_exception(error))[-6000:], -1
    return "", "", 0


def _where(error: BaseException) -> str:
    """Return the last file and function of ours in a traceback, which are the same for the same bug."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f"{os.sep}drafter{os.sep}" in f.filename]
    return f"{Path(frames[-1].filename).name} {frames[-1].name}" if frames else "outside drafter"


def _traces(before: dict[str, bytes], after: dict[str, bytes], words: tuple[str, ...], code: int, said: str) -> str:
    """Say which files a command changed and should not have."""
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    wrong = [n for n in changed if n.startswith("lib/") or n.rpartition("/")[2].startswith((".drafter", "tmp"))]
    asked = (words[0] == "packet" and "the Word files were written" in said) or (words[0] == "check" and "-o" in words)
    if code and not asked:  # matrices and packets are written even if something is wrong
        wrong = changed
    return f"{words[0]}: changed with exit code {code}: {', '.join(wrong)}" if wrong else ""


def smaller(place: Place, given: Case, wrong: str, until: float) -> Case:
    """Remove pieces of the damaged text as long as the same thing goes wrong."""
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
    """Try cases from a number on until the process is killed; send each outcome."""
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
                    pipe.send(None)  # still alive
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
        """Yield the report, a line at a time."""
        yield f"{'kind':<20} {'cases':>6} {'exit 0':>7} {'exit 1':>7} {'exit 2':>7} {'slowest':>8}"
        for kind, tried in self.tried.items():
            codes = " ".join(f"{self.codes[kind, code]:>7}" for code in (0, 1, 2))
            yield f"{kind:<20} {tried:>6} {codes} {self.slowest[kind]:>6.1f} s"
        yield f"{sum(self.tried.values())} cases of seed {seed}; kinds of failure: {len(self.wrong)}"
        for wrong, numbers in self.wrong.items():
            yield f"FAILED {len(numbers)} times: {wrong}; {keep / f'case-{numbers[0]}'}"


def fuzzed(minutes: float, seed: int, first: int, only: str, keep: Path) -> Report:
    """Try cases for so many minutes, in a process that is restarted when it hangs or dies."""
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
    """Make and try one case, and say what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder).resolve())
        given = case(seed, number, place.held)
        outcome = place.tried(given)
        os.chdir("/")
    ran = [f"drafter {' '.join(words)}" for words in given.commands]
    return "\n".join([outcome.kind, *given.changed, *ran, f"{outcome.codes} {outcome.wrong}", outcome.detail])


def main() -> int:
    """Read the command line, try cases, and report; return 1 if something failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("minutes", nargs="?", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=None, help="use the cases of this seed")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first case")
    parser.add_argument("--case", type=int, default=None, metavar="N", help="try only this case of the seed")
    parser.add_argument("--only", default="", metavar="KIND", help="try only cases of this kind, by a word of its name")
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
