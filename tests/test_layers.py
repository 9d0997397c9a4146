"""Imports point one way, and each heavy library stays where it belongs: the contracts of pyproject.toml."""

from __future__ import annotations

import re
import statistics
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
ENGINE = sorted((ROOT / "drafter").rglob("*.py"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")


def test_the_contracts_of_the_layers_hold(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_the_map_lists_every_module_of_the_layers_in_their_order():
    text = (ROOT / "drafter" / "__init__.py").read_text("utf-8").partition('\n"""\n')[0]
    listed = re.findall(r"^    (\w+)/? {2,}\S", text, re.MULTILINE)
    assert listed == [layer for layer in reversed(LAYERS) if layer != "__main__"]


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        (r"docx|docxtpl|lxml|pypdf", {"word", "pdf", "verifying"}),
        (r"asn1crypto|numpy|PIL|pyhanko|pyhanko_certvalidator|pypdfium2|rapidfuzz", {"signed"}),
        (r"click", {"doors"}),
        (r"rich", {"doors"}),
        (r"prompt_toolkit", {"doors"}),
        (r"yaml", {"base"}),
        (r"jinja2", {"language", "papers", "web", "word"}),
        (r"markdown_it", {"reading"}),
        (r"dateutil", {"base"}),
        (r"markupsafe|starlette|uvicorn", {"web"}),
    ],
)
def test_a_library_is_imported_in_its_home_only(library, homes):
    pattern = re.compile(rf"^\s*(import|from) ({library})\b", re.MULTILINE)
    found = {
        path.relative_to(ROOT / "drafter").parts[0].removesuffix(".py")
        for path in ENGINE
        if pattern.search(path.read_text("utf-8"))
    }
    assert found == homes


def test_each_public_name_is_there():
    import drafter

    assert sorted(drafter.__all__) == drafter.__all__
    for name in drafter.__all__:
        assert getattr(drafter, name) is not None
    with pytest.raises(AttributeError):
        drafter.nothing  # noqa: B018


def sizes() -> dict[str, int]:
    """Return the lines of each module of the engine."""
    return {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in ENGINE}


def test_modules_stay_small_and_packages_hold_a_dozen():
    lines = sizes()
    assert {name: count for name, count in lines.items() if count > 400} == {}
    assert statistics.median(count for name, count in lines.items() if not name.endswith("__init__.py")) <= 150
    members = Counter(Path(name).parent.as_posix() for name in lines if not name.endswith("__init__.py"))
    assert {folder: count for folder, count in members.items() if count > 12} == {}


def test_no_module_of_ours_needs_another_name():
    renamed = re.compile(r"^\s*(from drafter[\w.]* import [^#\n]*\bas\b|import drafter[\w.]* as\b).*", re.MULTILINE)
    assert [found.group() for path in ENGINE for found in renamed.finditer(path.read_text("utf-8"))] == []
