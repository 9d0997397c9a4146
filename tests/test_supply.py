"""What drafter depends on is declared, imported, pinned to known files, and under licences that are allowed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from email.message import Message
from importlib import metadata
from pathlib import Path

import pytest
import scripted
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
TEST = [Requirement(text) for text in PROJECT["project"]["optional-dependencies"]["test"]]
SCAN = [Requirement(text) for text in PROJECT["project"]["optional-dependencies"]["scan"]]
BUILD = [Requirement(text) for text in PROJECT["build-system"]["requires"]]

# Imported though not declared, each with its reason.
NOT_DECLARED = {
    "pyhanko-certvalidator": "the half of pyHanko that judges certificates; pyHanko says which versions",
    "pydantic-core": "the half of pydantic that says what the errors are; pydantic requires one version of it",
}
# Declared though nothing in drafter/ imports it, each with its reason.
NOT_IMPORTED = {"python-multipart": "starlette reads forms with it, and imports it when one comes"}

LICENCES = ROOT / "scripts" / "licences"
LICENCES_PAGE = ROOT / "docs" / "licences.md"
TABLE = re.compile(r"^\| Package \|.*\n(?:\|.*\n)+", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / "scripts" / f"{name}.txt").read_text("utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock(name), re.MULTILINE))


def imported() -> dict[str, set[str]]:
    """Return each top-level name that drafter imports from elsewhere, with the modules that do."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "drafter").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(path.relative_to(ROOT).as_posix())
    return {name: where for name, where in found.items() if name != "drafter" and name not in sys.stdlib_module_names}


def distributions(name: str) -> set[str]:
    return {canonicalize_name(found) for found in metadata.packages_distributions().get(name, [])}


def test_what_is_imported_is_declared():
    declared = {canonicalize_name(requirement.name) for requirement in (*RUNTIME, *SCAN)}
    found = {name: where for name, where in imported().items() if not distributions(name) & declared}
    assert {name: where for name, where in found.items() if not distributions(name) & NOT_DECLARED.keys()} == {}
    assert set().union(*map(distributions, found)) == NOT_DECLARED.keys(), "a reason that is no longer needed"


def test_what_is_declared_is_imported():
    declared = {canonicalize_name(requirement.name) for requirement in (*RUNTIME, *SCAN)}
    used = set().union(*map(distributions, imported()))
    assert declared - used == set(NOT_IMPORTED)


@pytest.mark.parametrize(
    ("name", "requirements"),
    [("requirements", RUNTIME), ("requirements-test", [*RUNTIME, *SCAN, *TEST]), ("requirements-build", BUILD)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_pinned_is_what_pyproject_allows(name, requirements):
    pinned = pins(name)
    missing = {r.name for r in requirements if canonicalize_name(r.name) not in pinned}
    assert missing == set(), "scripts/lock pins them"
    wrong = {str(r): pinned[n] for r in requirements if pinned[n := canonicalize_name(r.name)] not in r.specifier}
    assert wrong == {}, "scripts/lock pins them again"


def test_the_locks_agree_on_versions():
    test = pins("requirements-test")
    for name in ("requirements", "requirements-build"):
        assert {
            package: version for package, version in pins(name).items() if test.get(package, version) != version
        } == {}
    assert pins("requirements").keys() <= test.keys()


@pytest.mark.parametrize("name", ["requirements", "requirements-test", "requirements-build"])
def test_a_lock_holds_pins_with_hashes_and_nothing_else(name):
    # So it names no host, no folder and no option: where packages come from is the user's own setting.
    comment = r" *#[^/:]*(?:scripts/(?:lock|requirements-test\.txt))?| *#    scripts/lock|# .* following command:"
    pin = r"[a-z0-9-]+==[\w.]+(?: ; [\w .'=!<>]+)? \\"
    digest = r"    --hash=sha256:[0-9a-f]{64}(?: \\)?"
    lines = lock(name).splitlines()
    assert [line for line in lines if not re.fullmatch(f"{comment}|{pin}|{digest}", line)] == []
    bare = [one for one, after in zip(lines, [*lines[1:], ""], strict=True) if "==" in one and "--hash=" not in after]
    assert bare == []


def test_every_licence_is_known_and_allowed():
    done = subprocess.run([sys.executable, LICENCES], check=False, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split()[0] for line in done.stdout.splitlines()} >= set(pins("requirements"))


@pytest.mark.skipif(sys.platform == "win32", reason="the table is that of systems which need no colorama")
def test_the_page_on_licences_shows_what_is_installed(request):
    done = subprocess.run([sys.executable, LICENCES, "--table"], check=True, capture_output=True, text=True)
    page = LICENCES_PAGE.read_text("utf-8")
    if request.config.getoption("--accept"):
        LICENCES_PAGE.write_text(TABLE.sub(lambda _: done.stdout, page), "utf-8")
        return
    assert TABLE.findall(page) == [done.stdout]


@pytest.fixture(scope="module")
def licences():
    return scripted.load("licences")


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ({"License-Expression": "GPL-3.0-only"}, "GPL-3.0-only"),
        ({"License-Expression": "MIT", "License": "Proprietary"}, "MIT"),
        ({"License": "MIT", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"License": "Copyright (c) 2020 ...\n", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"Classifier": "License :: Other/Proprietary License"}, "Other/Proprietary License"),
        ({"License": "as you like"}, None),
        ({"Classifier": "Topic :: Text Processing"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_a_licence_is_read_from_what_the_metadata_states(licences, headers, name):
    stated = Message()
    for header, value in headers.items():
        stated[header] = value
    assert licences.licence(stated) == name


@pytest.mark.parametrize(
    ("package", "name", "may"),
    [
        ("click", "BSD-3-Clause", True),
        ("click", "LGPL-2.1-only", False),
        ("docxtpl", "LGPL-2.1-only", True),
        ("docxtpl", "LGPL-3.0", False),
        ("packaging", "Apache-2.0 OR BSD-2-Clause", True),
        ("click", "GPL-3.0-only OR MIT", True),
        ("click", "GPL-3.0-only AND MIT", False),
        ("click", "Other/Proprietary License", False),
    ],
)
def test_a_licence_that_asks_more_is_allowed_for_the_packages_that_were_looked_at(licences, package, name, may):
    assert licences.allowed(package, name) is may
