"""The desk makes the board packet as a job that can be stopped, shows its parts, and compares a file with it."""

import json
import os
import re
import shutil
import time
from pathlib import Path

import commands
import desks
import pytest
import scanning
import test_signed

MATTER = "/m/minimal"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with desks.running(tmp_path_factory.mktemp("desk"), "minimal") as found:
        yield found


@pytest.fixture
def no_office(monkeypatch, tmp_path):
    """Let no program be found by its name, LibreOffice among them."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_a_packet_is_made_and_a_file_compared_with_it(tmp_path, no_office):  # noqa: ARG001  # a fixture
    with desks.running(tmp_path / "desk", "minimal") as desk:
        made = desk.post(f"{MATTER}/packet", {"meeting": "2026-06-01", "privileged": "yes"})
        page = desks.waited(desk, made)
        assert "Writing memo, redline, clean copy and matrix ..." in page.words
        assert "needs LibreOffice" in page.words
        assert "The Word files were written." in page.words
        folder = desk.folder / "minimal" / "packet-2026-06-01"
        listed = desk.get(f"{MATTER}/packet")
        links = re.findall(r'href="/k\w+(/m/[^"]*/file/[^"]*)"', listed.text)
        assert len(links) > 4
        assert all(desk.get(link).status == 200 for link in links)
        assert "brief.docx" not in desks.public(listed.text)
        assert desk.get(f"{MATTER}/packet/{folder.name}/file/brief.docx").status == 404
        assert desk.get(f"{MATTER}/packet/{folder.name}/file/packet.json").status == 404
        assert desk.get(f"{MATTER}/packet/packet-2026-06-01-privileged/file/brief.docx").status == 404
        same = (folder / "3-contract.docx").read_bytes()
        empty = desk.upload(f"{MATTER}/packet/{folder.name}/verify", "back.docx", b"")
        assert "The file is empty: it has 0 bytes." in empty.words
        compared = desks.waited(desk, desk.upload(f"{MATTER}/packet/{folder.name}/verify", "back.docx", same))
        assert "The contract in the packet, byte for byte." in compared.words
        assert "drafter-desk-" not in compared.text
        other = commands.departing(tmp_path).read_bytes()
        compared = desks.waited(desk, desk.upload(f"{MATTER}/packet/{folder.name}/verify", "back.docx", other))
        assert "Done; read what it says." in compared.words
        assert "back.docx: The file can&#39;t be read: it is not a Word file" in compared.words
        again = desks.waited(desk, desk.post(f"{MATTER}/packet", {"meeting": "2026-06-01"}))
        assert "Wrote packet-2026-06-01-2:" in again.words
        assert str(desk.folder) not in again.text
        (folder / "1-memo.docx").write_bytes(b"other")
        listed = desk.get(f"{MATTER}/packet").words
        assert listed.count("It is not as it was made") == 1
        assert "1-memo.docx: it has changed since it was recorded" in listed
        scratch = [job.work.place for job in desk.server.desk.jobs.of_kind("minimal", "verify")]
    assert scratch
    assert not any(map(os.path.exists, scratch))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract isn't installed")
def test_places_of_a_scan_are_judged_by_a_person_and_kept_as_the_command_keeps_them(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tesseract").symlink_to(shutil.which("tesseract"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))  # no LibreOffice, which would lay out the report
    smudged = scanning.paper(
        [scanning.CONTRACT[0]], pictures={1: (scanning.written("~", 60), (500, 560, 530, 590))}
    )  # fmt: skip
    with desks.small_desk(tmp_path) as desk:
        matter = desk.folder / "matter"
        packet = test_signed.packed(matter, test_signed.ONE) / "packet"
        at = "/m/matter/packet/packet/verify"
        page = desks.waited(desk, desk.upload(at, "back.pdf", smudged))
        assert "1 place could not be read as approved; a person must look at" in page.words
        pictures = re.findall(r'<img src="/k\w+(/[^"]*)" alt="(Place 1 in the [^"]*)"', page.text)
        assert [desk.get(one).body[:4] for one, _ in pictures] == [b"\x89PNG"] * 2
        looks = re.search(r'action="/k\w+(/[^"]*/looks)"', page.text)[1]
        for fields in ({"place-1": "yes"}, {"by": "N. N."}):
            again = desk.post(looks, fields)
            assert again.status == 422
            assert "Nothing was kept" in again.words
        assert not (matter / "signed").exists()
        then = desks.waited(desk, desk.post(looks, {"place-1": "yes", "by": "N. N."}))
        assert "The approved contract, as read by program and, in 1 place, by N. N." in then.words
        kept = json.loads((matter / "signed" / "back.pdf.looks.json").read_text("utf-8"))
        assert [(one["by"], one["approved"]) for one in kept["looks"]] == [("N. N.", True)]
        command = commands.run("verify", packet, matter / "signed" / "back.pdf", "--json")
        assert command.exit_code == 0, command.output
        assert "by N. N." in json.loads(command.stdout)["says"]
        again = desk.upload(at, "other name.pdf", smudged)  # it is the same file
        job = desk.server.desk.jobs.of_kind("matter", "verify")[0]
        assert (Path(job.work.place) / "came" / "other name.pdf.looks.json").exists(), again.words


def test_a_packet_is_stopped_and_nothing_is_written(desk, monkeypatch):
    monkeypatch.setenv("DRAFTER_DESK_TEST", "1")
    made = desk.post(f"{MATTER}/packet", {})
    at = made.headers["location"].removeprefix(desk.root)
    for _ in range(300):
        if "Laying out" in desk.get(at).words or "LibreOffice" in desk.get(at).words:
            break
        time.sleep(0.05)
    start = time.monotonic()
    page = desks.waited(desk, desk.post(at))
    assert time.monotonic() - start < 10
    assert "Stopped" in page.words
    assert not list((desk.folder / "minimal").glob("packet-*"))
    assert not [path for path in (desk.folder / "minimal").iterdir() if path.name.startswith(".drafter")]
    assert not offices()


def offices() -> list[str]:
    """Return the programs that lay out for this matter's desk and still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ") if Path("/proc").exists() else ():
        try:
            if b"DRAFTER_DESK_TEST=1" in path.read_bytes() and "soffice" in (path.parent / "cmdline").read_text():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize(("fields", "said"), [({"meeting": "never"}, "is not a date")])
def test_what_is_wrong_is_said(desk, fields, said):
    made = desk.post(f"{MATTER}/packet", fields)
    assert made.status == 422
    assert said in made.words


def test_an_unknown_job_or_packet_is_no_error(desk):
    assert desk.get(f"{MATTER}/jobs/99").status == 404
    assert desk.get(f"{MATTER}/packet/packet-x/file/packet.pdf").status == 404
    assert desk.get(f"{MATTER}/packet/..%2f..%2f/file/packet.pdf").status == 404


def test_the_page_passes_axe_and_shows_a_job_to_its_end(tmp_path, no_office):  # noqa: ARG001  # a fixture
    with desks.running(tmp_path / "desk", "minimal") as desk, desks.opened(desk, f"{MATTER}/packet") as page:
        assert desks.violations(page) == []
        page.get_by_role("button", name="Make the packet").click()
        page.wait_for_url("**/jobs/1")
        page.get_by_role("link", name="Go on").wait_for()
        assert desks.violations(page) == []
        assert "Done; read what it says." in page.inner_text("main")
