"""Places and problems: a file and a line, what is wrong there, and YAML read with its places kept.

Every scalar is read as text; the type of a question or field converts it later, so that `01234`
keeps its zero and `no` stays a word. Bad data never raises anything but `DraftingError`.
"""

from __future__ import annotations

import collections.abc
import errno
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar

import yaml

if TYPE_CHECKING:
    from pydantic import ConfigDict, GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema, ErrorDetails

Value = TypeVar("Value", bound="FromFile")

LARGEST_FILE = 2_000_000  # bytes; a questionnaire's answers are some thousands
DEEPEST = 30  # levels of lists and mappings
LONGEST_LOOK = 300  # characters of an unreadable line that are looked at
MOST_PROBLEMS = 200  # more than this is noise


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file: its path as the user knows it, and a line counted from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data: a stable code, where, what (with the value found), and what to do."""

    code: str
    source: Source
    message: str
    hint: str = ""
    level: Literal["problem", "reminder"] = "problem"

    def __str__(self) -> str:
        told = f"{self.source}: {self.code}: {self.message}"
        return f"{told}\n  hint: {self.hint}" if self.hint else told


class DraftingError(Exception):
    """The data does not make a draft; `problems` says why, all of them, in the order of file and line."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems, each once, in the order of their places."""
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.source, p.code, p.message)))
        super().__init__("\n".join(map(str, self.problems)))


def stop_at(problems: Iterable[Problem]) -> None:
    """Raise `DraftingError` with the first 200 problems that stop a draft, if there are any; reminders pass."""
    found = [p for p in problems if p.level == "problem"][:MOST_PROBLEMS]
    if found:
        raise DraftingError(*found)


# -- a YAML document as a tree that knows its lines ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Scalar:
    """A YAML scalar as the text that was typed."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Node, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping; `keys` has the place of each key."""

    entries: dict[str, Node]
    source: Source
    keys: dict[str, Source] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping
Placing = Callable[["yaml.Mark | yaml._yaml.Mark | None"], Source]  # noqa: SLF001  # the C reader's own marks


def plain(node: Node | None) -> object:
    """Turn a node into text, lists and dicts; an empty scalar becomes None."""
    match node:
        case Scalar(text=text):
            return text or None
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key: plain(value) for key, value in entries.items()}
        case None:
            return None


def locate(node: Node, path: Iterable[str | int]) -> Source:
    """Follow keys and list places into a node as far as they lead; return the place reached."""
    here: Node = node
    place = node.source
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str) and step in here.entries:
            place = here.keys.get(step, here.source)
            here = here.entries[step]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
            place = here.source
    return place


def at(node: Node, path: Iterable[str | int]) -> Node | None:
    """Follow keys and list places into a node; return what is there, or None."""
    here: Node | None = node
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str):
            here = here.entries.get(step)
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
        else:
            return None
    return here


_FORBIDDEN = re.compile(
    "["
    + "".join(map(re.escape, map(chr, [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])))
    + "\ud800-\udfff\ufffe\uffff]"
)


def forbidden_in(text: str) -> str:
    """Name the first character of a text that no Word file can hold, or return an empty text."""
    found = _FORBIDDEN.search(text)
    return _named(found.group()) if found else ""


def _named(character: str) -> str:
    code = ord(character)
    return f"U+{code:04X} {unicodedata.name(character, _CONTROL_NAMES.get(code, 'control character'))}"


_CONTROL_NAMES = {
    0: "NULL", 7: "BELL", 8: "BACKSPACE", 11: "LINE TABULATION", 12: "FORM FEED", 13: "CARRIAGE RETURN", 27: "ESCAPE",
    127: "DELETE", 133: "NEXT LINE",
}  # fmt: skip


def read_text(path: Path, name: str = "") -> str:
    """Read a UTF-8 text file of at most 2 MB; line ends become newlines. DraftingError if it can't be read."""
    place = Source(name or str(path))
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # opening one may wait for ever
            what = "it is a pipe or a device, not a file"
            raise DraftingError(Problem("unreadable-file", place, what))
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise DraftingError(Problem("missing-file", place, "there is no such file")) from None
    except OSError as error:
        raise DraftingError(Problem("unreadable-file", place, f"the file can't be read: {error.strerror}")) from None
    if len(raw) > LARGEST_FILE:
        raise DraftingError(Problem("too-large", place, f"the file is larger than {LARGEST_FILE // 1_000_000} MB"))
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "save it again as UTF-8 (in most editors: Save As, Encoding)"
        raise DraftingError(Problem("not-utf8", Source(place.path, line), "the file is not UTF-8 text", hint)) from None
    if _FORBIDDEN.search(text):
        stop_at(
            Problem(
                "control-character",
                Source(place.path, number),
                f"the line holds {bad}, which no Word file can hold",
                "delete the character",
            )
            for number, line in enumerate(text.split("\n"), 1)
            if (bad := forbidden_in(line))
        )
    return text


# What YAML does not allow, and what it takes for the end of a line where editors do not, so that lines would differ.
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\r(?!\n)")


def parse_yaml(text: str, name: str, *, first_line: int = 1) -> Mapping:
    """Read YAML text into a mapping with places.

    DraftingError for anything else: syntax, duplicate keys, anchors, tags, folded scalars, or nesting deeper than 30
    levels.
    """
    last = text.count("\n")

    def place(mark: yaml.Mark | yaml._yaml.Mark | None) -> Source:
        return Source(name, min(mark.line if mark else 0, last) + first_line)

    if _NOT_YAML.search(text):
        stop_at(
            Problem(
                "control-character",
                Source(name, number),
                f"the line holds {_named(bad.group())}, which YAML can't hold as it stands",
                "delete the character",
            )
            for number, line in enumerate(re.split("(?<=\n)", text), first_line)
            if (bad := _NOT_YAML.search(line))
        )
    problems: list[Problem] = []
    try:
        root = _build(iter(yaml.CSafeLoader(text).get_event, None), place, problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.index >= len(text):  # what was opened and never closed
            mark = error.context_mark
        line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
        what, hint = _unreadable(error, line[:LONGEST_LOOK])
        raise DraftingError(Problem("unreadable-yaml", place(mark), what, hint)) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise DraftingError(Problem("unreadable-yaml", Source(name, first_line), str(error).split("\n")[0])) from None
    stop_at(problems)
    if root is None:
        return Mapping({}, Source(name, first_line))
    if not isinstance(root, Mapping):
        what = "the file must be made of 'name: value' lines at the top"
        raise DraftingError(Problem("unreadable-yaml", root.source, what))
    return root


def _unreadable(error: yaml.MarkedYAMLError, line: str) -> tuple[str, str]:
    """Say in words what most often makes a line unreadable, and what to write instead."""
    if re.match(r" *\t", line):
        return "the line is indented with a tab", "use spaces"
    if re.search(r":\s+([\"']).*\1.*\1", line):
        return "a quotation mark stands inside quotation marks", "put the text in single quotation marks: 'a \"b\" c'"
    what = " ".join(filter(None, (error.context, error.problem))) or "it can't be read"
    return what, "check the indentation, and put quotation marks around text that holds ': ', '#' or brackets"


def _build(events: Iterator[yaml.Event], place: Placing, problems: list[Problem]) -> Node | None:
    """Build the tree from parse events, with a stack of our own, so that depth is bounded."""
    stack: list[tuple[list[Node], Source]] = []
    done: Node | None = None
    for event in events:
        match event:
            case yaml.ScalarEvent(value=value, style=style):
                here = place(event.start_mark)
                _refuse(event, here, problems)
                made: Node = Scalar("" if value in ("~", "null") and style not in ("'", '"', "|", ">") else value, here)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                here = place(event.start_mark)
                _refuse(event, here, problems)
                if len(stack) >= DEEPEST:
                    raise DraftingError(Problem("too-deep", here, f"nested deeper than {DEEPEST} levels"))
                stack.append(([], here))
                continue
            case yaml.SequenceEndEvent():
                items, start = stack.pop()
                made = Sequence(tuple(items), start)
            case yaml.MappingEndEvent():
                items, start = stack.pop()
                made = _mapping(items, start, problems)
            case yaml.AliasEvent():
                made = Scalar("", place(event.start_mark))
                problems.append(Problem("yaml-alias", made.source, "aliases (*name) are not used here", "write it out"))
            case yaml.DocumentStartEvent() if done is not None:
                problems.append(Problem("unreadable-yaml", place(event.start_mark), "a second document ('---')"))
                continue
            case _:
                continue
        if stack:
            stack[-1][0].append(made)
        elif done is None:
            done = made
    return done


def _refuse(event: yaml.ScalarEvent | yaml.CollectionStartEvent, here: Source, problems: list[Problem]) -> None:
    if event.anchor:
        problems.append(Problem("yaml-anchor", here, "anchors (&name) are not used here"))
    if event.tag and event.tag != "!":
        problems.append(Problem("yaml-tag", here, f"the tag {event.tag} is not used here"))
    if isinstance(event, yaml.ScalarEvent):
        if event.style == ">":
            problems.append(Problem("folded-scalar", here, "folded text ('>') loses its lines", "use '|'"))
        if event.style == '"' and (bad := forbidden_in(event.value)):  # written as "\0"; others are seen in the file
            what = f"the text holds {bad}, which no Word file can hold"
            problems.append(Problem("control-character", here, what, "delete it"))


def _mapping(items: list[Node], start: Source, problems: list[Problem]) -> Mapping:
    entries: dict[str, Node] = {}
    keys: dict[str, Source] = {}
    for key, value in zip(items[::2], items[1::2], strict=True):
        if not isinstance(key, Scalar):
            problems.append(Problem("unreadable-yaml", key.source, "a key must be a word"))
        elif key.text in entries:
            first = keys[key.text].line
            problems.append(
                Problem(
                    "duplicate-key",
                    key.source,
                    f"'{key.text}' stands here a second time (first in line {first})",
                    "keep one of the two",
                )
            )
        else:
            entries[key.text], keys[key.text] = value, key.source
    return Mapping(entries, start, keys)


# -- from a tree to a value ---------------------------------------------------------------------


class FromFile:
    """The base of a dataclass that is read from a file: a key that it does not have is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}


class _EmptyForNone:
    """What a text is that has a name and no value."""

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import BeforeValidator

        given = BeforeValidator(lambda found: "" if found is None else found)
        return given.__get_pydantic_core_schema__(source, handler)


Words = Annotated[str, _EmptyForNone()]


def fit(node: Node, kind: type[Value]) -> Value:
    """Make a value from a tree; DraftingError with a problem at the line of each misfit."""
    from pydantic import ValidationError

    try:
        made: Value = _adapter(kind).validate_python(plain(node) or {})  # type: ignore[arg-type]  # a class has a hash
    except ValidationError as error:
        raise DraftingError(*(_misfit(node, detail) for detail in error.errors()[:MOST_PROBLEMS])) from None
    return made


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # slow to import, and needed only where a file is read

    return TypeAdapter(kind)


def _misfit(node: Node, detail: ErrorDetails) -> Problem:
    path = tuple(step for step in detail["loc"])
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")
    place = locate(node, path)
    match detail["type"]:
        case "missing":
            return Problem("missing-key", place, f"'{name}' is missing")
        case "unexpected_keyword_argument":
            return Problem("unknown-key", place, f"'{name}' is not known here", "check the spelling")
        case "literal_error":
            expected = detail["ctx"]["expected"].replace("'", "")
            return Problem("bad-value", place, f"'{name}' is '{detail['input']}', not {expected}")
        case _ if detail["input"] is None:
            return Problem("missing-key", place, f"'{name}' has no value")
        case _:
            told = _EXPECTED.get(detail["type"], detail["msg"].removeprefix("Input should be "))
            return Problem("bad-value", place, f"'{name}' should be {told}, not '{short(detail['input'])}'")


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "lines of 'name: value'",
    "dataclass_type": "lines of 'name: value'",
    "bool_parsing": "true or false",
}


def short(value: object) -> str:
    """Return a value as a message shows it: at most 60 characters."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004


# -- writing ------------------------------------------------------------------------------------


SCRATCH = ".drafter-"  # how the names of files and folders begin that are not yet in their place


def scratch_prefix(name: str) -> str:
    """Return how the scratch file begins from which a file or folder of a name is moved into its place."""
    return f"{SCRATCH}{name.encode()[:100].decode(errors='ignore')}-"


def write_through(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk when this returns. OSError if it can't be written."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that it is never half written; or DraftingError."""
    scratch = ""
    try:
        descriptor, scratch = tempfile.mkstemp(dir=path.parent, prefix=scratch_prefix(path.name))
        os.close(descriptor)
        write_through(Path(scratch), content)
        mask = os.umask(0)
        os.umask(mask)
        Path(scratch).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        Path(scratch).replace(path)
    except OSError as error:
        if scratch:
            with suppress(OSError):  # a disk that can't be written may keep it too
                Path(scratch).unlink(missing_ok=True)
        why = f"the file can't be written: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Source(str(path)), why)) from None


def write_folders(folders: collections.abc.Mapping[Path, collections.abc.Mapping[str, bytes]]) -> None:
    """Write new folders of files, all whole or none; or DraftingError, also where something is there already."""
    scratches: dict[Path, Path] = {}
    place = Path()
    try:
        for place, files in folders.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, "there is something of this name already")
            scratches[place] = Path(tempfile.mkdtemp(dir=place.parent, prefix=scratch_prefix(place.name)))
            for name, content in files.items():
                path = scratches[place] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_through(path, content)
            scratches[place].chmod(0o755)
        for place, scratch in scratches.items():
            scratch.rename(place)
            scratches[place] = place
    except OSError as error:
        for made in scratches.values():
            shutil.rmtree(made, ignore_errors=True)
        what = f"the folder can't be written: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Source(str(place)), what)) from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it; DraftingError if it can't be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder can't be made: {error.strerror}"
        raise DraftingError(Problem("unwritable-file", Source(str(path)), what)) from None
