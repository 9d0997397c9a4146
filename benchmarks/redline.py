"""Measures redlines of two contracts of twenty pages against other programs: their time, their marks, what comes back.

    python benchmarks/redline.py [--quick] [--peers PYTHON]... [warm] [edited] [cold]

    warm     in a process that has done it before: from two contract trees to a Word file with tracked changes; the
             others read the two clean Word files that Drafter writes of them
    edited   the same for a contract and a copy of it with a word changed here and there in every paragraph
    cold     in a new process: `drafter redline` of the two contracts as JSON, and the others with the Word files

The others are LibreOffice, and the packages docx-trackdiff, python-redlines (each of its engines), jubarte-redlines and
docx-redline, as far as this Python or one given with --peers has them. python-redlines needs a package for each engine:
python-redlines-docxodus and python-redlines-ooxmlpowertools. All take turns in one run. A row gives medians; its ratios
say how many times as long as Drafter it takes. The ratio of processor time is steadier where others use the machine.
The same reader for all counts the words in tracked changes, and accepts and rejects them, on the text of the body;
white space, empty paragraphs and formatting are left out. It also counts the references, Word's REF fields, that are
lost when everything is accepted or rejected, and the places where the marks break ECMA-376: a number that two changes
share, deleted text that isn't marked as deleted, or a hyperlink inside a mark.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import functools
import gc
import io
import itertools
import json
import os
import random
import re
import resource
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree
from rich.console import Console
from rich.table import Table

import drafter
from drafter import contract
from drafter.comparing import redline
from drafter.contract import Contract, Paragraph, Reference, Run, Section, Text
from drafter.drafting import assembly, selection
from drafter.matters import answers
from drafter.reading import loading
from drafter.word import writer

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests"))

import libreoffice  # noqa: E402  # the tests' own, which knows how to give LibreOffice a macro

TEMPLATE = ROOT / "templates" / "agreement.docx"
MATTERS = ("st-louis-park", "st-louis-park-declined")
FORM = "comprehensive"
ARTICLES = 6  # the first ones; with the signatures they make 20 and 22 pages
CHANGED = 0.125  # the share of the words that an edit changes
OTHERS = ("notice", "days", "party", "consent", "school")
STAMP = writer.Stamp("Ann Attorney", "2026-11-24")
TIMES = (2, 10)  # the goals: how many times as fast as the fastest of the others
MOSTLY = 0.5  # a sentence of which less stays is mostly rewritten
PATIENCE = 180  # seconds for one redline
OURS = "Drafter"
LABEL = r", redline of [^,]+, \d{4}, compared with .+"  # what the command writes after the status


@dataclass(frozen=True, slots=True)
class Row:
    """What one program did: its time, how many times ours, the words it marked, and the lines it got wrong.

    Times are milliseconds; `processor` is that of the processor, 0 where it is not known. `accepted` and `rejected`
    count the lines in which the text differs from the revised contract, and from the base; `lost` are two counts of
    references that are then none any more, or point nowhere; `faults` are places where the marks are malformed.
    `missing` says why there is nothing. `plain` are the marked words in paragraphs in which no sentence is mostly
    rewritten: Drafter replaces those as a whole, because a reader follows that better.
    """

    what: str
    elapsed: float = 0
    processor: float = 0
    times: float = 0
    processor_times: float = 0
    marked: int = 0
    plain: int = 0
    accepted: int = 0
    rejected: int = 0
    lost: tuple[int, int] = (0, 0)
    faults: int = 0
    missing: str = ""


# -- the contracts ------------------------------------------------------------------------------


def contracts() -> tuple[Contract, Contract]:
    """Draft the two examples in one form and keep the first articles of each; a reference to what was cut is text."""
    loaded = loading.load(ROOT / "clause_library", "clause_library", FORM)

    def made(name: str) -> Contract:
        text = (ROOT / "examples" / name / "answers.yaml").read_text(encoding="utf-8")
        text = text.replace("form: standard", f"form: {FORM}")
        whole = assembly.assemble(selection.select(loaded, answers.parse(text, "answers.yaml", loaded.questionnaire)))
        return _closed(replace(whole, articles=whole.articles[:ARTICLES], exhibits=()))

    base, revised = map(made, MATTERS)
    return base, revised


def _closed(cut: Contract) -> Contract:
    known = contract.targets(cut)

    def run(run: Run) -> Run:
        return Text(run.text) if isinstance(run, Reference) and run.target not in known else run

    def sections(group: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(_each_run(section, run) for section in group)

    articles = tuple(replace(article, sections=sections(article.sections)) for article in cut.articles)
    return replace(cut, opening=sections(cut.opening), recitals=sections(cut.recitals), articles=articles)


def edited_contracts() -> tuple[Contract, Contract]:
    """Return a contract, and a copy with one word in eight replaced, always the same words."""
    base, _ = contracts()
    chance = random.Random(1)  # noqa: S311  # no secret

    def run(run: Run) -> Run:
        if not isinstance(run, Text):
            return run
        words = run.text.split(" ")
        return Text(" ".join(chance.choice(OTHERS) if w.isalpha() and chance.random() < CHANGED else w for w in words))

    articles = (replace(a, sections=tuple(_each_run(s, run) for s in a.sections)) for a in base.articles)
    return base, replace(base, articles=tuple(articles))


def _each_run(section: Section, change: Callable[[Run], Run]) -> Section:
    blocks = (
        replace(b, runs=contract.joined(map(change, b.runs))) if isinstance(b, Paragraph) else b for b in section.blocks
    )
    return replace(section, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Task:
    """The two contracts in every form that is compared, and a folder to work in."""

    folder: Path
    base: Contract
    revised: Contract

    @property
    def files(self) -> tuple[Path, Path]:
        """Return the clean Word files."""
        return self.folder / "base.docx", self.folder / "revised.docx"

    @property
    def saved(self) -> tuple[Path, Path]:
        """Return the contracts as JSON."""
        return self.folder / "base.json", self.folder / "revised.json"


@contextlib.contextmanager
def prepared(pair: tuple[Contract, Contract]) -> Iterator[Task]:
    """Write two contracts to a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        task = Task(Path(name), *pair)
        for made, path, saved in zip((task.base, task.revised), task.files, task.saved, strict=True):
            path.write_bytes(writer.write(made, TEMPLATE))
            saved.write_text(contract.to_json(made), encoding="utf-8")
        yield task


# -- reading what was made ----------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE = {"accepted": frozenset({"del", "moveFrom"}), "rejected": frozenset({"ins", "moveTo"})}
MARKS = frozenset.union(*GONE.values())
LEFT_OUT = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "Fallback", "pict"})
REFERENCE = re.compile(r"\bREF\s+(\S+)")
WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
Marks = frozenset[str]


@dataclass(slots=True)
class _Line:
    """A paragraph: its place, the marks on its end, and the pieces of its text and of its fields' instructions.

    Each piece has the marks that it stands in.
    """

    parent: Any
    end: Marks
    pieces: list[tuple[Marks, str]]
    codes: list[tuple[Marks, str]]


def _read(document: bytes) -> list[_Line]:
    found: list[_Line] = []
    _walk(_root(document), frozenset(), found)
    return found


def _root(document: bytes) -> Any:  # noqa: ANN401  # lxml has no types
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _walk(node: Any, marks: Marks, found: list[_Line]) -> None:  # noqa: ANN401  # lxml has no types
    for child in node.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        if name in LEFT_OUT:
            continue
        if name == "p":
            found.append(_Line(node, marks | _marks(child, "pPr", "rPr"), [], []))
        if name == "fldSimple":
            found[-1].codes.append((marks, child.get(W + "instr", "")))
        if name in {"t", "delText"}:
            found[-1].pieces.append((marks, child.text or ""))
        elif name in {"tab", "br", "cr"}:
            found[-1].pieces.append((marks, " "))
        elif name == "noBreakHyphen":
            found[-1].pieces.append((marks, "\u2011"))
        elif name in {"instrText", "delInstrText"}:
            found[-1].codes.append((marks, child.text or ""))
        else:
            own = _marks(child, "trPr") if name == "tr" else MARKS & {name}
            _walk(child, marks | own, found)


def _marks(node: Any, *path: str) -> Marks:  # noqa: ANN401  # the same
    properties = node.find("/".join(W + name for name in path))
    return frozenset(name for name in MARKS if properties is not None and properties.find(W + name) is not None)


def text_of(document: bytes, side: str = "accepted") -> list[str]:
    """Return the lines of a Word file with every change accepted or rejected."""
    gone, made = GONE[side], [""]
    lines = _read(document)
    for line, after in itertools.zip_longest(lines, lines[1:]):
        made[-1] += "".join(text for marks, text in line.pieces if not marks & gone)
        # A paragraph that loses its end continues in the next one, if that is beside it.
        if not (line.end & gone and after is not None and after.parent is line.parent):
            made.append("")
    return [told for told in (" ".join(line.split()) for line in made) if told]


def references(document: bytes, side: str = "accepted") -> int:
    """Count the references that are still fields with a target, with every change accepted or rejected."""
    places = {node.get(W + "name") for node in _root(document).iter(W + "bookmarkStart")}
    codes = ("".join(text for marks, text in line.codes if not marks & GONE[side]) for line in _read(document))
    return sum(target in places for code in codes for target in REFERENCE.findall(code))


def faults(document: bytes) -> int:
    """Count the marks that share a number, the deleted text not marked as deleted, and the marked hyperlinks."""
    root = _root(document)
    marks = [node for node in root.iter(*(W + name for name in MARKS)) if len(node)]
    ids = [node.get(W + "id") for node in root.iter() if node.get(W + "author") is not None]
    texts = ((node, True) for node in root.iter(W + "delText", W + "delInstrText"))
    plain = ((node, False) for node in root.iter(W + "t", W + "instrText"))
    silent = (
        told
        for node, told in itertools.chain(texts, plain)
        if told is (next(node.iterancestors(W + "del"), None) is None)
    )
    links = (link for mark in marks for link in mark.iterchildren(W + "hyperlink"))
    return len(ids) - len(set(ids)) + sum(1 for _ in itertools.chain(silent, links))


def marked_words(document: bytes) -> int:
    """Count the words in tracked changes, each once per change that holds it."""
    return sum(
        len(WORD.findall("".join(text for _, text in pieces)))
        for line in _read(document)
        for marks, pieces in itertools.groupby(line.pieces, key=lambda piece: piece[0])
        if marks
    )


def marked_elsewhere(document: bytes, rewritten: frozenset[str], label: str) -> int:
    """Count the words in tracked changes outside paragraphs that, on either side, are among those given."""

    def text(line: _Line, side: str) -> str:
        return " ".join(re.sub(label, "", "".join(t for marks, t in line.pieces if not marks & GONE[side])).split())

    return sum(
        len(WORD.findall("".join(text for _, text in pieces)))
        for line in _read(document)
        if not {text(line, side) for side in GONE} & rewritten
        for marks, pieces in itertools.groupby(line.pieces, key=lambda piece: piece[0])
        if marks
    )


def rewritten(base: Sequence[str], revised: Sequence[str]) -> frozenset[str]:
    """Return the paragraphs of two texts with a sentence of which the other text keeps less than half of the words."""
    steps = difflib.SequenceMatcher(a=base, b=revised, autojunk=False).get_opcodes()
    found: set[str] = set()
    for kind, i1, i2, j1, j2 in steps:
        if kind != "equal":
            sides = base[i1:i2], revised[j1:j2]
            for lines, others in (sides, sides[::-1]):
                there = [WORD.findall(sentence) for line in others for sentence in SENTENCE.split(line)]
                found |= {x for x in lines if any(_share(WORD.findall(s), there) < MOSTLY for s in SENTENCE.split(x))}
    return frozenset(found)


SENTENCE = re.compile(r"(?<=[.;:]) ")


def _share(words: Sequence[str], others: Sequence[Sequence[str]]) -> float:
    """Return the largest share of words that a sentence has in common with another, in order."""
    shares = (
        sum(m.size for m in difflib.SequenceMatcher(a=words, b=other, autojunk=False).get_matching_blocks())
        / max(len(words), len(other), 1)
        for other in others
    )
    return max(shares, default=0)


def differing(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the lines in which two texts differ."""
    steps = difflib.SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in steps if kind != "equal")


# -- the programs -------------------------------------------------------------------------------

Took = tuple[float, float]  # milliseconds: elapsed, of the processor


class MissingError(Exception):
    """A program isn't installed or doesn't run here; says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that compares: its name, what runs it once, and the file that it leaves.

    `label` finds the words that it prints to say what the file is, which are no part of either contract.
    """

    name: str
    run: Callable[[], Took]
    made: Path
    label: str = "$^"


def clocked(of: int, run: Callable[[], object]) -> Took:
    """Run something and return what it took; `of` says whose processor time it is (RUSAGE_SELF or RUSAGE_CHILDREN)."""

    def clocks() -> tuple[float, float]:
        used = resource.getrusage(of)
        return time.perf_counter(), used.ru_utime + used.ru_stime

    before = clocks()
    run()
    elapsed, processor = (after - start for start, after in zip(before, clocks(), strict=True))
    return elapsed * 1000, processor * 1000


def ours_warm(task: Task) -> Program:
    """Compare the trees and write the redline, in this process; the trees are read again each time."""
    made = task.folder / "ours.docx"
    texts = [path.read_text(encoding="utf-8") for path in task.saved]
    gc.collect()
    gc.freeze()  # the others run in processes of their own, which don't hold a library and a benchmark to look through

    def run() -> Took:
        base, revised = map(contract.from_json, texts)
        return clocked(
            resource.RUSAGE_SELF,
            lambda: made.write_bytes(
                writer.write_redline(redline.compare(base, revised), TEMPLATE, writer.Notes(STAMP))
            ),
        )

    return Program(OURS, run, made)


def ours_cold(task: Task) -> Program:
    """Run `drafter redline` with compiled files of its own, as after an installation."""
    made, compiled = task.folder / "ours-cold.docx", str(task.folder / "compiled")
    own = {
        "PYTHONPATH": str(Path(drafter.__file__).parent.parent),
        "PYTHONPYCACHEPREFIX": compiled,
        "XDG_CACHE_HOME": str(task.folder / "kept"),
        "XDG_DATA_HOME": str(task.folder / "data"),
    }
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-P", "-m", "drafter", "redline", *map(str, task.saved), "-o", str(made)]

    def run() -> Took:
        return clocked(
            resource.RUSAGE_CHILDREN,
            lambda: subprocess.run(command, env=kept | own, check=True, capture_output=True),  # noqa: S603
        )

    return Program(OURS, run, made, LABEL)


# What another Python runs, once or for every line that comes in; each time it answers with the time it took.
WORKER = """
import contextlib, importlib.metadata, json, os, resource, sys, time, warnings
engine, base, revised, made, cache, once = sys.argv[1:]
out = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)
warnings.simplefilter("ignore")

def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()

def save(content):
    with open(made, "wb") as file:
        file.write(content)

def trackdiff():
    from docx_trackdiff import compare
    def run():
        sys.argv[:] = ["docx-trackdiff", base, revised, made, "--author", "Ann Attorney"]
        compare.main()
    return run

def redlines(name):
    import python_redlines
    made_by = getattr(python_redlines, name)(target_path=os.path.join(cache, name))
    return lambda: save(made_by.run_redline("Ann Attorney", base, revised)[0])

def jubarte():
    import jubarte_redlines
    return lambda: save(jubarte_redlines.compare_documents(bytes_of(base), bytes_of(revised), author="Ann Attorney"))

def docx_redline():
    from docx_redline.editing import compare
    return lambda: compare.redline_files(base, revised, made, author="Ann Attorney")

starts = {
    "docx-trackdiff": trackdiff,
    "python-redlines, Docxodus": lambda: redlines("DocxodusEngine"),
    "python-redlines, Open-XML-PowerTools": lambda: redlines("XmlPowerToolsEngine"),
    "jubarte-redlines": jubarte,
    "docx-redline": docx_redline,
}

def clocks():
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in used)

def tell(**what):
    out.write(json.dumps(what) + "\\n")

needs = {
    "python-redlines, Docxodus": ("python-redlines", "python-redlines-docxodus"),
    "python-redlines, Open-XML-PowerTools": ("python-redlines", "python-redlines-ooxmlpowertools"),
}
try:
    version, *_ = map(importlib.metadata.version, needs.get(engine, [engine]))
    run = starts[engine]()
except importlib.metadata.PackageNotFoundError as error:
    tell(missing=f"not installed: {error.name}")
    sys.exit()
except Exception as error:
    tell(missing=f"does not run here: {error}")
    sys.exit()
tell(version=version)
for _ in [""] if once == "once" else sys.stdin:
    before = clocks()
    try:
        run()
    except Exception as error:
        tell(missing=f"does not run here: {error}")
        break
    tell(took=[(after - start) * 1000 for start, after in zip(before, clocks())])
"""
ENGINES = (
    "docx-trackdiff",
    "python-redlines, Docxodus",
    "python-redlines, Open-XML-PowerTools",
    "jubarte-redlines",
    "docx-redline",
)


def _command(python: str, engine: str, task: Task, how: str) -> tuple[list[str], Path]:
    made = task.folder / f"{how} {engine}.docx"
    places = [*map(str, task.files), str(made), str(task.folder / "engines")]
    return [python, "-I", "-c", WORKER, engine, *places, how], made


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what a worker says next."""
    stream = process.stdout
    if stream is None or not select.select([stream], [], [], PATIENCE)[0]:
        raise MissingError(f"does not run here: nothing after {PATIENCE} seconds")
    told = json.loads(stream.readline() or '{"missing": "does not run here: it stopped"}')
    if "missing" in told:
        raise MissingError(" ".join(told["missing"].split()))
    return told


@contextlib.contextmanager
def peer_warm(python: str, engine: str, task: Task) -> Iterator[Program]:
    """Start another Python that compares the Word files whenever it is asked."""
    command, made = _command(python, engine, task, "warm")
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:

        def run() -> Took:
            if process.stdin is None:
                raise MissingError("does not run here: no way to ask it")
            process.stdin.write("\n")
            process.stdin.flush()
            elapsed, processor = _answer(process)["took"]
            return elapsed, processor

        try:
            yield Program(f"{engine} {_answer(process)['version']}", run, made)
        finally:
            process.kill()


@contextlib.contextmanager
def peer_cold(python: str, engine: str, task: Task) -> Iterator[Program]:
    """Compare the Word files once in another Python, measured from its start to its end."""
    command, made = _command(python, engine, task, "once")

    def once() -> dict[str, Any]:
        found = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)  # noqa: S603
        told: dict[str, Any] = {}
        for line in found.stdout.splitlines():
            told |= json.loads(line)
        if "missing" in told:
            raise MissingError(" ".join(told["missing"].split()))
        return told

    yield Program(f"{engine} {once()['version']}", lambda: clocked(resource.RUSAGE_CHILDREN, once), made)


# -- LibreOffice --------------------------------------------------------------------------------

MACRO = """Sub Run(folder As String)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  Dim other(1) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  other(0).Name = "URL"
  other(0).Value = ConvertToURL(folder &amp; "/base.docx")
  other(1).Name = "NoAcceptDialog"
  other(1).Value = True
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  While Not FileExists(folder &amp; "/stop")
    If FileExists(folder &amp; "/go") Then
      Kill folder &amp; "/go"
      started = GetSystemTicks()
      file = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/revised.docx"), "_blank", 0, how())
      dispatcher.executeDispatch(file.CurrentController.Frame, ".uno:CompareDocuments", "", 0, other())
      file.storeToURL(ConvertToURL(folder &amp; "/libreoffice.docx"), kind())
      took = GetSystemTicks() - started
      file.close(True)
      number = FreeFile
      Open folder &amp; "/telling" For Output As #number
      Print #number, took
      Close #number
      Name folder &amp; "/telling" As folder &amp; "/told"
      If FileExists(folder &amp; "/once") Then Open folder &amp; "/stop" For Output As #number
    Else
      Wait 5
    End If
  Wend
  StarDesktop.terminate()
End Sub"""


def _office(task: Task, how: str) -> tuple[list[str], Path, str]:
    """Return the command that runs the macro, the folder where it looks for its orders, and LibreOffice's version."""
    program = shutil.which("soffice")
    if program is None:
        raise MissingError("not installed")
    told = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)  # noqa: S603
    folder, profile = task.folder / f"office-{how}", task.folder / f"profile-{how}"
    folder.mkdir()
    for path in task.files:
        shutil.copy(path, folder)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # A new profile has no macros yet: the first start makes it.
    subprocess.run([*command, "--terminate_after_init"], check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(libreoffice.LIBRARIES)
    (basic / "Standard" / "script.xlb").write_text(libreoffice.LIBRARY)
    module = re.sub(r"Sub Run.*End Sub", lambda _: MACRO, libreoffice.MODULE, flags=re.DOTALL)
    (basic / "Standard" / "Module1.xba").write_text(module)
    version = next(iter(told.stdout.split()[1:]), "")
    return [*command, f'macro:///Standard.Module1.Run("{folder}")'], folder, f"LibreOffice {version}"


@contextlib.contextmanager
def _group(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start LibreOffice, whose program starts another one, and leave neither behind."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as process:  # noqa: S603
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def office_warm(task: Task) -> Iterator[Program]:
    """Start LibreOffice with a macro that compares whenever it finds an order in its folder."""
    command, folder, name = _office(task, "warm")
    with _group(command) as process:

        def run() -> Took:
            (folder / "go").touch()
            told, until = folder / "told", time.monotonic() + PATIENCE
            while not told.exists():
                time.sleep(0.02)
                if process.poll() is not None or time.monotonic() > until:
                    raise MissingError("does not run here: no answer")
            elapsed = float(told.read_text())
            told.unlink()
            return elapsed, 0

        try:
            yield Program(name, run, folder / "libreoffice.docx")
        finally:
            (folder / "stop").touch()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


@contextlib.contextmanager
def office_cold(task: Task) -> Iterator[Program]:
    """Start LibreOffice, compare once, and end it."""
    command, folder, name = _office(task, "cold")

    def once() -> None:
        for order in ("stop", "told"):
            (folder / order).unlink(missing_ok=True)
        for order in ("go", "once"):
            (folder / order).touch()
        with _group(command) as process:
            if process.wait(PATIENCE) or not (folder / "told").exists():
                raise MissingError("does not run here: no answer")

    yield Program(name, lambda: clocked(resource.RUSAGE_CHILDREN, once), folder / "libreoffice.docx")


# -- measuring ----------------------------------------------------------------------------------

Start = Callable[[], contextlib.AbstractContextManager[Program]]
_Starts = Mapping[str, Sequence[Start]]  # of each program, in the order in which they are tried


def warm(peers: Sequence[str] = (), *, quick: bool = False) -> list[Row]:
    """Compare two drafts in processes that have done it before; `peers` are Pythons that may have the packages."""
    return _warm(contracts(), peers, 3 if quick else 9)


def edited(peers: Sequence[str] = (), *, quick: bool = False) -> list[Row]:
    """Compare a draft with one that is changed in every paragraph, in the same way."""
    return _warm(edited_contracts(), peers, 3 if quick else 5)


def _warm(pair: tuple[Contract, Contract], peers: Sequence[str], repeats: int) -> list[Row]:
    with prepared(pair) as task:
        others = _others(peer_warm, office_warm, peers, task)
        return measured(task, ours_warm(task), others, repeats)


def cold(peers: Sequence[str] = (), *, quick: bool = False) -> list[Row]:
    """Compare two drafts in a process for each redline."""
    with prepared(contracts()) as task:
        others = _others(peer_cold, office_cold, peers, task)
        return measured(task, ours_cold(task), others, 3 if quick else 5)


def _others(peer: Callable[..., Any], office: Callable[..., Any], peers: Sequence[str], task: Task) -> _Starts:
    pythons = dict.fromkeys((sys.executable, *peers))
    found = {engine: [functools.partial(peer, python, engine, task) for python in pythons] for engine in ENGINES}
    return found | {"LibreOffice": [functools.partial(office, task)]}


def measured(task: Task, ours: Program, others: _Starts, repeats: int) -> list[Row]:
    """Let the programs take turns, and return a row each: ours first, then the others, the fastest first."""
    with contextlib.ExitStack() as stack:
        running, missing = [ours], []
        for engine, starts in others.items():
            try:
                program = _first(stack, starts)
                program.run()  # the first turn warms up, and shows whether it runs at all
                running.append(program)
            except MissingError as why:
                missing.append(Row(engine, missing=str(why)))
        ours.run()
        took: list[list[Took]] = [[] for _ in running]
        for _ in range(repeats):
            for program, found in zip(running, took, strict=True):
                found.append(program.run())
        medians = [tuple(map(statistics.median, zip(*found, strict=True))) for found in took]
        first, *rest = (_row(task, program, each, medians[0]) for program, each in zip(running, medians, strict=True))
    return [first, *sorted(rest, key=lambda row: row.elapsed), *missing]


def _first(stack: contextlib.ExitStack, starts: Sequence[Start]) -> Program:
    """Start a program with the first Python that has it."""
    why = "not installed"
    for start in starts:
        try:
            return stack.enter_context(start())
        except MissingError as error:
            why = str(error)
        except (OSError, subprocess.SubprocessError) as error:
            why = f"does not run here: {error}"
    raise MissingError(why)


def _row(task: Task, program: Program, took: Sequence[float], ours: Sequence[float]) -> Row:
    made = program.made.read_bytes()
    files = [path.read_bytes() for path in task.files]
    base, revised = map(text_of, files)
    accepted, rejected = (
        [re.sub(program.label, "", line) for line in text_of(made, side)] for side in ("accepted", "rejected")
    )
    kept = references(made, "accepted"), references(made, "rejected")
    return Row(
        program.name,
        *took,
        took[0] / ours[0],
        took[1] / ours[1],
        marked_words(made),
        marked_elsewhere(made, rewritten(base, revised), program.label),
        differing(accepted, revised),
        differing(rejected, base),
        (references(files[1]) - kept[0], references(files[0]) - kept[1]),
        faults(made),
    )


# -- the table ----------------------------------------------------------------------------------

BENCHMARKS: Mapping[str, Callable[..., list[Row]]] = {"warm": warm, "edited": edited, "cold": cold}


def goal(rows: Sequence[Row]) -> str:
    """Say how far the goals are met: times as fast as the fastest other, words marked, both contracts given back."""
    ours, *others = [row for row in rows if not row.missing]
    if not others:
        return "There is nothing to compare with."
    fastest = min(others, key=lambda row: row.processor_times or row.times)
    times = fastest.processor_times or fastest.times
    met = {True: "met", False: "missed"}
    goals = "; ".join(f"{goal}, {met[times >= goal]}" for goal in TIMES)
    told = [f"The fastest other, {fastest.what}, takes {times:.2f} times as long (goals: {goals})."]
    for where, count in (("", _marked), (" where no sentence is mostly rewritten", _plain)):
        fewest = min(others, key=count)
        told.append(
            f"{fewest.what} marks {count(fewest):,} words{where}, {ours.what} {count(ours):,}"
            f" (goal: no more, {met[count(ours) <= count(fewest)]})."
        )
    told.append(
        f"{ours.what} gives both contracts back: {met[not (ours.accepted or ours.rejected or any(ours.lost))]}."
    )
    return " ".join(told)


def _marked(row: Row) -> int:
    return row.marked


def _plain(row: Row) -> int:
    return row.plain


def table(name: str, rows: Sequence[Row]) -> Table:
    """Return the rows as a table."""
    titles = (
        "Processor",
        "Times",
        "Elapsed",
        "Times",
        "Words marked",
        "Not rewritten",
        "Accept all",
        "Reject all",
        "References lost",
        "Malformed",
    )
    made = Table(name, *titles)
    for row in rows:
        if row.missing:
            made.add_row(row.what, row.missing)
            continue
        known = (f"{row.processor:,.0f} ms", f"{row.processor_times:.2f}") if row.processor else ("", "")
        wrong = ("right" if not count else f"lines wrong: {count}" for count in (row.accepted, row.rejected))
        lost = f"{row.lost[0]}, {row.lost[1]}" if any(row.lost) else "none"
        told = (
            f"{row.elapsed:,.0f} ms",
            f"{row.times:.2f}",
            f"{row.marked:,}",
            f"{row.plain:,}",
            *wrong,
            lost,
            f"{row.faults or 'none'}",
        )
        made.add_row(row.what, *known, *told)
    return made


def main() -> None:
    """Print the tables."""
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("benchmarks", nargs="*", metavar="BENCHMARK", help="which to run; all by default")
    reading.add_argument("--quick", action="store_true", help="fewer repeats, for a first impression")
    reading.add_argument(
        "--peers", action="append", default=[], metavar="PYTHON", help="a Python that has the other packages"
    )
    given = reading.parse_args()
    if unknown := set(given.benchmarks) - BENCHMARKS.keys():
        reading.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    console = Console(width=None if sys.stdout.isatty() else 180)
    for name in given.benchmarks or BENCHMARKS:
        rows = BENCHMARKS[name](given.peers, quick=given.quick)
        console.print(table(name, rows), goal(rows))


if __name__ == "__main__":
    main()
