"""The scripts start from anywhere, run nothing of the folder they are started in, and survive a clone on Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs /bin/sh")
CLONED = pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="this tree is no clone of git"
)
SHELL_SCRIPTS = [path for path in sorted((ROOT / "scripts").iterdir()) if path.read_bytes().startswith(b"#!/bin/sh")]


def shell(words: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", words], check=False, cwd=folder, capture_output=True, text=True, env={**os.environ, **env}
    )


@pytest.fixture
def source_tree(tmp_path):
    """Return a tree with the real scripts/drafter, for which the environment of the tests is there already."""
    scripts = tmp_path / "tree" / "scripts"
    scripts.mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "drafter", scripts)
    (scripts / "environment.sh").write_text(f"environment() {{ python='{sys.executable}'; }}\n")
    return scripts.parent


@POSIX
@pytest.mark.parametrize("path", ["", ".", ":"])
def test_nothing_in_a_folder_that_someone_sent_is_run(tmp_path, source_tree, path):
    folder = tmp_path / "received"
    folder.mkdir()
    for name in ("click", "yaml", "drafter", "sitecustomize", "encodings"):
        (folder / f"{name}.py").write_text(f"open(r'{tmp_path}/mark', 'a').write('{name} ran')")
    result = shell(f"'{source_tree}/scripts/drafter' check .", folder, PYTHONPATH=path)
    assert (result.returncode, "missing-file" in result.stderr) == (1, True), result.stderr
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("name", ["drafter", "test", "coverage", "lock", "environment.sh", "drafter.cmd"])
def test_each_module_that_a_script_runs_is_looked_for_in_the_environment_alone(name):
    text = (ROOT / "scripts" / name).read_text("utf-8").replace("coverage run -m pytest", "")
    runs = [line for line in text.splitlines() if " -m " in line and not line.lstrip().startswith(("#", "rem"))]
    assert [line for line in runs if " -P -m " not in line] == []


@POSIX
@pytest.mark.parametrize("place", ["bin/python", "Scripts/python.exe"])
def test_an_environment_s_python_is_found_on_every_system(tmp_path, place):
    made = tmp_path / ".venv" / place
    made.parent.mkdir(parents=True)
    made.touch()
    found = shell(f". '{ROOT}/scripts/environment.sh'; find_environment '{tmp_path}/.venv'; echo $python", tmp_path)
    assert found.stdout.strip() == str(made)


@CLONED
def test_a_clone_on_windows_has_no_changed_file_and_scripts_that_start(tmp_path):
    def git(*words: str | Path) -> str:
        return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout  # noqa: S607

    clone = tmp_path / "clone"
    git("clone", "--quiet", "--shared", "--config", "core.autocrlf=true", ROOT, clone)
    assert git("-C", clone, "status", "--porcelain") == ""
    for script in SHELL_SCRIPTS:
        assert b"\r" not in (clone / "scripts" / script.name).read_bytes(), script.name
    assert b"\r\n" in (clone / "scripts" / "drafter.cmd").read_bytes()
    words = [sys.executable, "-P", "-m", "drafter", "history", clone / "examples" / "st-louis-park-negotiation"]
    result = subprocess.run(words, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
