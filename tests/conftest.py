"""Settings of every test run: Hypothesis draws the same examples each time, and no clock fails a test.

`pytest --accept` rewrites the files that hold what is expected; the difference is then read and judged.
What Drafter keeps of libraries it has read is kept in a folder of the run, never in the user's own.
So is the key that signs it. Nothing is forced to the disk: no test cuts the power, and a process that is killed
leaves to the system what it has written.
"""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import commands
import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")
os.fsync = lambda _: None
gc.set_threshold(100_000, 50, 100)  # libraries are kept between tests, and to look through them again takes a tenth


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="rewrite the files that hold what is expected")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # the first process; its workers have its environment
        os.environ["XDG_CACHE_HOME"] = config.kept = tempfile.mkdtemp()
        os.environ["XDG_DATA_HOME"] = str(Path(config.kept) / "data")


def pytest_unconfigure(config):
    shutil.rmtree(getattr(config, "kept", ""), ignore_errors=True)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Work in a folder with a matter, `matter`, beside its library, `lib`, and return the folder."""
    monkeypatch.chdir(tmp_path)
    commands.matter(tmp_path)
    return tmp_path


@pytest.fixture
def accept(request):
    """Return a function that compares a text with the file that holds what is expected, or rewrites that file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            path.write_bytes(text.encode())
        assert path.exists(), f"there is no {path}; pytest --accept writes it"
        assert text == path.read_bytes().decode()

    return compare
