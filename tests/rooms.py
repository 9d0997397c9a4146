"""Makes the section "Rooms" of docs/architecture.md from the packages: what each module does, and who imports whom."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "drafter"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = tuple(reversed(next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")))
IMPORTED = re.compile(r"^\s*(?:from|import) drafter(?:\.(\w+)| import (\w+(?:, \w+)*))", re.MULTILINE)


def section() -> str:
    """Return the text between the two markers: a line for each room, then a table of modules for each package."""
    return "\n".join(_lines()) + "\n"


def first_line(path: Path) -> str:
    """Return the first line of a module's docstring, "" if it has none."""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]


def modules(room: str) -> list[Path]:
    """Return the modules of a package and its packages, in the order of their names, without its own __init__."""
    return sorted(path for path in (ENGINE / room).rglob("*.py") if path != ENGINE / room / "__init__.py")


def home(room: str) -> Path:
    """Return the file whose docstring says what a room is for."""
    package = ENGINE / room / "__init__.py"
    return package if package.exists() else ENGINE / f"{room}.py"


def name(path: Path, room: str) -> str:
    """Return a module's name as its room knows it: `tree`, `solving.cases`, or `solving` for a package's __init__."""
    return ".".join(path.relative_to(ENGINE / room).with_suffix("").parts).removesuffix(".__init__")


def imports(room: str) -> list[str]:
    """Return the rooms that a room imports, in the order of the layers."""
    files = [home(room), *modules(room)]
    found = [match for path in files for match in IMPORTED.findall(path.read_text("utf-8"))]
    names = {name for package, listed in found for name in (package, *listed.split(", "))}
    return [other for other in LAYERS if other in names and other != room]


def _lines() -> Iterator[str]:
    yield "| room | | imports |"
    yield "|---|---|---|"
    for room in LAYERS:
        yield f"| `{room}` | {_cell(home(room))} | {', '.join(imports(room)) or 'nothing of ours'} |"
    for room in filter(modules, LAYERS):
        yield from ("", f"### {room}", "", "| module | |", "|---|---|")
        for path in modules(room):
            yield f"| `{name(path, room)}` | {_cell(path)} |"


def _cell(path: Path) -> str:
    return first_line(path).replace("|", "\\|")
