"""What the commands share: files read and written, a matter and its library loaded, values made into files.

One rule: this is where paths become values and values become files. What is heavy is imported where it is used, so
that `drafter --help` stays instant.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.base.problems import DraftingError, Problem
    from drafter.contract import Contract
    from drafter.drafting.outcome import Drafted
    from drafter.matters.rounds import Round
    from drafter.papers.matrix import Matrix
    from drafter.papers.remarks import Compared, Known
    from drafter.proving.proof import Proof
    from drafter.reading.library import Library
    from drafter.reading.loading import Reading
    from drafter.reading.review import Suspect


# -- files --------------------------------------------------------------------------------------


def shipped(name: str) -> Path:
    """Return the path of a file or folder that comes with the product, installed or in a source tree."""
    here = Path(__file__).parents[1]
    inside = here / "shipped" / name
    return inside if inside.exists() else here.parent / name


def stop_at_places(paths: Iterable[Path], design: Path) -> None:
    """Raise DraftingError where a file can't be written because of what is there, before any work is done."""
    from drafter.base.problems import Place, Problem, stop_at
    from drafter.matters import filing

    told = {p: "this is the template" for p in paths if os.path.realpath(p) == os.path.realpath(design)}
    told |= {p: "there is a folder of this name" for p in paths if filing.is_folder(p)}
    told |= {p.parent: "there is no such folder" for p in paths if not filing.is_folder(p.parent)}
    hint = "give another place with -o"
    stop_at(Problem("unwritable-file", Place(str(place)), what, hint) for place, what in told.items())


def stop_at_there(places: Iterable[Path]) -> None:
    """Raise DraftingError where something is already: a packet is never written over."""
    from drafter.base.problems import Place, Problem, stop_at

    hint = "give another folder with -o; what was made before stays as it is"
    there = (place for place in places if os.path.lexists(place))
    stop_at(
        Problem("file-exists", Place(str(place)), "there is something of this name already", hint) for place in there
    )


def stop_at_no_folder(matter: Path) -> None:
    """Refuse to record anything of what is no matter folder."""
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.matters import filing

    if not filing.is_folder(matter):
        what = "what is recorded is kept in a matter's folder, and this is none"
        raise DraftingError(Problem("missing-file", Place(str(matter)), what, "name the folder of the answers file"))


def write(path: Path, content: bytes) -> None:
    """Write a file; where it is a link, write what it points to."""
    from drafter.base import disk

    target = Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114  # as above
    disk.write_atomically(target, content)


def encoded(text: str, raw: bytes) -> bytes:
    """Return a changed text with the line ends and the byte order mark that the file had."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    return mark + text.replace("\n", "\r\n" if b"\r\n" in raw else "\n").encode()


def answers_file(path: Path, loaded: Library) -> Path:
    """Return the path of an answers file; make a new one, in a folder of this name, where there is none."""
    from drafter.base import disk
    from drafter.matters import blank_answers, filing

    if os.path.lexists(path):
        return path
    path = path if path.suffix in {".yaml", ".yml"} else path / filing.ANSWERS
    disk.make_folder(path.parent)
    disk.write_atomically(path, blank_answers.blank_file(loaded.questionnaire, loaded.title).encode())
    return path


# -- loading ------------------------------------------------------------------------------------


def load_library(folder: Path | None) -> Library:
    """Load the library given, or the one that comes with the product; the one that was read before, if none changed."""
    from platformdirs import user_cache_path

    from drafter.reading import cache

    return cache.load(*_library_at(folder), user_cache_path("drafter", appauthor=False))


def read_library(folder: Path | None) -> Reading:
    """Read the library given, or the one that comes with the product, with all that is wrong in it."""
    from drafter.reading import loading

    return loading.read(*_library_at(folder))


def _library_at(folder: Path | None) -> tuple[Path, str]:
    """Return where a library is and what it is called: the one given, or the one that comes with the product."""
    return (folder, str(folder)) if folder else (shipped("clause_library"), "clause_library")


def with_own_wordings(loaded: Library, matter: Path, more: Mapping[str, Path] | None = None) -> Library:
    """Return the library with the wordings of a matter's folder, and `more` of them that are not filed yet."""
    from drafter.matters import filing
    from drafter.reading import loading

    files = {**filing.wordings(matter), **(more or {})}
    return loading.with_own_wordings(loaded, files) if files else loaded


def filed_wording(matter: Path, clause: str, wording: Path) -> dict[str, Path]:
    """Return a new own wording by the name under which it will be filed."""
    from drafter.base import disk
    from drafter.matters import filing

    content = disk.read_text(wording, str(wording)).encode()
    filed = {name: path.read_bytes() for name, path in filing.wordings(matter).items()}
    return {filing.wording_name(clause, content, filed): wording}


def load_matter(matter: Path, folder: Path | None, more: Mapping[str, Path] | None = None) -> tuple[Drafted, str]:
    """Load the library and a matter's answers, and draft; return the draft, and the text of the answers file."""
    from drafter.base import disk
    from drafter.drafting import outcome
    from drafter.matters import filing

    loaded = with_own_wordings(load_library(folder), matter, more)
    path = filing.answers_path(matter)
    text = disk.read_text(path, str(path))
    return outcome.draft(loaded, text, str(path), filing.recorded(matter)), text


def load_known(path: Path, folder: Path | None) -> Known:
    """Load the contract of a recorded round or one saved as JSON, or draft that of a matter."""
    from drafter import contract
    from drafter.base import disk
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.matters import rounds
    from drafter.papers.remarks import Known

    if rounds.is_round(path):
        from drafter.sending import negotiation

        return negotiation.known(path)
    if path.suffix.lower() != ".json":
        made = load_matter(path, folder)[0]
        return Known(made.contract, made.selection, made.coverage, path.stem, reasons=made.reasons)
    try:
        return Known(contract.from_json(disk.read_text(path, str(path))), name=path.stem)
    except ValueError:
        told = "this is not a contract that Drafter saved as JSON"
        raise DraftingError(Problem("unreadable-contract", Place(str(path)), told)) from None


def recorded_rounds(matter: Path) -> tuple[tuple[Round, ...], str]:
    """Return the rounds of a matter, and the hash of the last one's manifest."""
    from drafter.base import manifest
    from drafter.matters import filing, rounds

    found = rounds.read_all(matter / filing.ROUNDS)
    return found, manifest.hash_of(matter / filing.ROUNDS / found[-1].name) if found else ""


def shown_in(matter: Path, sent: Round | None) -> Contract | None:
    """Return the contract of a round that was sent; none where there is no such round."""
    from drafter.matters import filing
    from drafter.sending import negotiation

    return negotiation.known(matter / filing.ROUNDS / sent.name).contract if sent else None


def round_of(matter: Path, number: int) -> Known:
    """Return a recorded round of a matter as a side of a comparison."""
    from drafter.base.problems import DraftingError, Place, Problem
    from drafter.matters import filing
    from drafter.sending import negotiation

    stop_at_no_folder(matter)
    found = next((r for r in recorded_rounds(matter)[0] if r.number == number and r.direction == "to"), None)
    if found is None:
        what = f"no round {number} was sent"
        hint = "'drafter history' lists the rounds"
        raise DraftingError(Problem("unknown-round", Place(str(matter / filing.ROUNDS)), what, hint))
    return negotiation.known(matter / filing.ROUNDS / found.name)


# -- what is written ----------------------------------------------------------------------------


def pdf_of(result: Contract, design: Path) -> bytes:
    """Convert to PDF, with a message on the terminal while it runs."""
    from drafter.doors import report
    from drafter.pdf import office

    with report.waiting("Converting to PDF with LibreOffice ..."):
        return office.to_pdf(result, design)


def converted(document: bytes) -> bytes:
    """Lay out the negotiator's brief, with a message on the terminal while it runs."""
    from drafter.doors import report
    from drafter.pdf import office

    with report.waiting("Laying out the brief with LibreOffice ..."):
        return office.converted(document)


def laid_out(layout: Callable[[], dict[str, bytes]]) -> tuple[dict[str, bytes], DraftingError | None]:
    """Return the PDF files of a layout, or none and why: without LibreOffice the Word files are made all the same."""
    from drafter.base.problems import DraftingError

    try:
        return layout(), None
    except DraftingError as error:
        return {}, error


def redline_as(made: Compared, kind: str, design: Path) -> bytes:
    """Return a redline as a Word file, a page or text."""
    from drafter.comparing import preview
    from drafter.word import writer

    if kind == "html":
        return preview.to_html(made.redline, made.told).encode()
    if kind == "text":
        return preview.to_text(made.redline).encode()
    return writer.write_compared(made, design)


def suspects(loaded: Library, folder: Path | None) -> tuple[Suspect, ...]:
    """Return the links whose words of the policy nobody has reviewed as they now stand."""
    from drafter.reading import review

    return review.suspects(loaded, review.load(folder or shipped("clause_library"), loaded.path))


def matrix_of(made: Drafted, folder: Path | None) -> Matrix:
    """Return the compliance matrix of a draft."""
    from drafter.papers import matrix

    return matrix.make(made.contract, made.coverage, made.selection, suspects(made.selection.library, folder))


def matrix_as(table: Matrix, suffix: str) -> bytes:
    """Return the matrix as a file of one kind."""
    from drafter.doors import report
    from drafter.papers import matrix
    from drafter.word import matrix as documents

    if suffix == ".csv":
        return matrix.to_csv(table).encode("utf-8-sig")  # by the mark spreadsheets know it
    if suffix == ".html":
        return documents.to_html(table).encode()
    made = documents.to_docx(table, shipped("templates") / "matrix.docx")
    if suffix == ".docx":
        return made
    from drafter.pdf import office

    with report.waiting("Converting to PDF with LibreOffice ..."):
        return office.converted(made)


def brief_of(matter: Path, made: Drafted) -> bytes:
    """Write the negotiator's brief of a matter."""
    from drafter.drafting import options as choosing
    from drafter.matters import filing
    from drafter.papers import brief
    from drafter.word import brief as briefs

    recorded = recorded_rounds(matter)[0] if filing.is_folder(matter) else ()
    found = choosing.options(made.selection, made.contract, made.coverage)
    told = brief.make(made.selection, made.contract, made.coverage, found, made.reasons, recorded)
    return briefs.to_docx(told, shipped("templates") / "brief.docx")


def memo_problems(folder: Path | None, loaded: Library) -> tuple[Problem, ...]:
    """Return what is wrong in a library's memo for the board, where it has one."""
    from drafter.base.problems import DraftingError
    from drafter.papers import memo

    root = folder or shipped("clause_library")
    if not os.path.lexists(root / memo.FILE):
        return ()
    try:
        memo.load(root, str(folder or "clause_library"), loaded)
    except DraftingError as error:
        return error.problems
    return ()


def written_answers(made: Proof, output: Path) -> dict[Problem, str]:
    """Write the answers of each hole to a file of its own; return the paths."""
    from drafter.proving import proof

    paths: dict[Problem, str] = {}
    for number, hole in enumerate(made.holes, 1):
        path = output if number == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
        write(path, proof.answers_text(hole, made.chosen).encode())
        paths[hole.claim.problem] = str(path)
    return paths
