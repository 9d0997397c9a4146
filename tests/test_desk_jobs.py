"""What takes long on the desk works apart from its pages, and ends, with all that it started, when it is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import desks
import pytest

MATTER = "/m/minimal"
AT_ONCE = 2.0  # seconds; one on an idle machine
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the program that plays LibreOffice is a script of sh")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("desk"), "minimal") as found:
        yield found


@pytest.fixture
def endless(monkeypatch, tmp_path):
    """Put a program in the place of LibreOffice that never ends; return what tells which of it and its own run."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/started\nsleep 600 &\necho $! >> {tmp_path}/started\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return lambda: [number for number in (tmp_path / "started").read_text().split() if is_running(int(number))]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def begun(desk, path: str, words: str) -> str:
    """Start a job and wait until it says some words; return its address."""
    made = desk.post(path) if path.endswith("/packet") else desk.get(path)
    assert made.status == 303
    at = made.headers["location"].removeprefix(desk.root)
    for _ in range(400):
        if words in desk.get(at).words:
            return at
        time.sleep(0.05)
    raise AssertionError(desk.get(at).words)


def stopped(desk, at: str):
    start = time.monotonic()
    made = desk.post(at)
    assert time.monotonic() - start < AT_ONCE
    assert made.status == 303
    page = desk.get(at)
    assert "Stopped." in page.words
    assert "Traceback" not in page.words
    assert not [one for one in (desk.folder / "minimal").iterdir() if one.name.startswith(("packet", ".drafter-"))]
    return page


@pytest.mark.parametrize(("path", "words"), [("/packet", "Laying out the packet"), ("/contract.pdf", "Laying out the")])
def test_stop_ends_the_layout_at_once(desk, endless, tmp_path, path, words):
    at = begun(desk, f"{MATTER}{path}", words)
    while not (tmp_path / "started").exists():
        time.sleep(0.02)
    stopped(desk, at)
    assert endless() == []
    assert not [one for one in tmp_path.glob("drafter-*") if not one.name.startswith("drafter-desk-")]


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.3, 0.6])
def test_stop_at_any_moment_leaves_nothing(desk, endless, pause):  # noqa: ARG001  # a fixture
    at = begun(desk, f"{MATTER}/packet", "Reading the matter ...")
    time.sleep(pause)
    stopped(desk, at)


def test_a_job_says_at_once_what_it_does_and_a_second_click_starts_no_other(desk, endless):  # noqa: ARG001  # a fixture
    start = time.monotonic()
    made = desk.post(f"{MATTER}/packet")
    at = made.headers["location"].removeprefix(desk.root)
    assert "Reading the matter ..." in desk.get(at).words
    assert time.monotonic() - start < AT_ONCE
    assert desk.post(f"{MATTER}/packet").headers["location"] == made.headers["location"]
    assert desk.get(at.replace("minimal", "other")).status == 404
    stopped(desk, at)
    assert desk.post(f"{MATTER}/packet").headers["location"] != made.headers["location"]
    desk.server.desk.jobs.end()


def test_a_job_is_of_its_matter_alone(tmp_path, endless):  # noqa: ARG001  # a fixture
    with desks.running(tmp_path / "desk", "minimal", "st-louis-park") as desk:
        at = begun(desk, f"{MATTER}/packet", "Reading the matter ...")
        other = at.replace("minimal", "st-louis-park")
        assert (desk.get(other).status, desk.post(other).status) == (404, 404)
        assert desk.get(at).status == 200


def test_too_much_at_once_is_said(desk, endless, monkeypatch):  # noqa: ARG001  # a fixture
    monkeypatch.setattr("drafter.web.jobs.MOST_AT_ONCE", 0)
    made = desk.post(f"{MATTER}/packet")
    assert made.status == 422
    assert "too much is being done at once" in made.words.lower()
    assert "Wait until something of it is done" in made.words


SCRIPT = """
import os, sys, time
from drafter.web.jobs import Jobs, Work
words = (sys.argv[1], "", "2026-05-01", "", "")
job = Jobs().start(Work("m", "packet", "", "", "drafter.web.work.packing", words, ""))
while not os.path.exists(sys.argv[2]):
    time.sleep(0.02)
os._exit(0)
"""


def test_where_the_desk_is_killed_its_jobs_end_too(desk, endless, tmp_path):
    words = [sys.executable, "-P", "-c", SCRIPT, desk.folder / "minimal", tmp_path / "started"]
    subprocess.run(words, check=True, timeout=60)
    for _ in range(100):
        if not endless():
            break
        time.sleep(0.05)
    assert endless() == []
    for _ in range(40):
        left = [one.name for one in (desk.folder / "minimal").iterdir() if one.name.startswith(("packet", ".drafter-"))]
        if not left:
            break
        time.sleep(0.05)
    assert left == []


def test_a_job_that_does_not_end_by_itself_is_killed(monkeypatch):
    from drafter.web import jobs

    monkeypatch.setattr(jobs, "ENDS_IN", 0.2)
    monkeypatch.setattr(jobs.Job, "_kill", lambda job: killed.append(job._process.kill()))  # noqa: SLF001
    killed: list[None] = []
    work = jobs.Work("m", "k", "", "", "this", (), "")
    job = jobs.Jobs().start(work)
    job._process.send_signal(signal.SIGSTOP)  # noqa: SLF001
    job.stop()
    assert killed == [None]
    assert not job.is_running


@pytest.mark.office
def test_the_contract_as_a_pdf_is_made_once_for_each_change_of_it(tmp_path):
    with desks.small_desk(tmp_path) as desk:
        start = time.monotonic()
        made = desk.get("/m/matter/contract.pdf")
        assert time.monotonic() - start < AT_ONCE
        assert made.status == 303
        for _ in range(900):
            page = desk.get(made.headers["location"].removeprefix(desk.root))
            if page.status == 303:
                break
            assert "Working ..." in page.words
            time.sleep(0.1)
        assert page.headers["location"] == f"{desk.root}/m/matter/contract.pdf"
        sent = desk.get("/m/matter/contract.pdf")
        assert (sent.status, sent.headers["content-type"], sent.body[:5]) == (200, "application/pdf", b"%PDF-")
        assert sent.headers["content-disposition"].startswith("inline")
        answers = desk.folder / "matter" / "answers.yaml"
        before = answers.read_text("utf-8")
        answers.write_text(f"{before}\n# looked at again\n", "utf-8")
        assert desk.get("/m/matter/contract.pdf").status == 200, "the contract reads as before"
        assert "walker: Ann" in before
        answers.write_text(before.replace("walker: Ann", "walker: Bob"), "utf-8")
        again = desk.get("/m/matter/contract.pdf")
        assert again.status == 303, "it reads otherwise"
        assert again.headers["location"] != made.headers["location"]


def test_without_libreoffice_there_is_no_pdf_and_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with desks.running(tmp_path / "desk", "minimal") as desk:
        page = desks.waited(desk, desk.get(f"{MATTER}/contract.pdf"))
        assert "needs LibreOffice" in page.words
        assert "Go on" in page.words
