"""Nothing of ours is in a file that leaves the house: every part of what is sent is searched for it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import docx_text
import generated
import leaks
import pytest
import small
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.papers import remarks

ROOT = Path(__file__).resolve().parents[1]
BECAUSE = "Their chief told ours in confidence that they would sign it."
UNUSED = "An SRO must wear a hat of the color that the Parties never agreed on, day and night."


def outgoing(folder: Path, rounds: int) -> dict[str, bytes]:
    names = sorted(p for p in (folder / "rounds").glob("*/outgoing/*"))
    assert len(names) == 3 * rounds - 1  # contract and letter, and from the second round on the redline
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in names}


def hidden_in(folder: Path) -> set[str]:
    """Return the secrets of a matter whose rounds were recorded, as its drafts before and after show them."""
    from drafter import contract

    library = generated.real_library()
    texts = [contract.from_json(p.read_text("utf-8")) for p in sorted((folder / "rounds").glob("*/contract.json"))]
    selected = small.draft(library, (folder / "answers.yaml").read_text("utf-8").partition("alternatives:")[0])[2]
    sides = [remarks.Known(made, selected) for made in texts]
    return leaks.secrets(*sides) | {BECAUSE, UNUSED, str(folder), "answers.yaml", "round 1", "own-wording"}


def negotiated(folder: Path, example: str, swaps: list[tuple[str, str]]) -> set[str]:
    """Send an example, swap clauses with a reason and an own wording that is not used, and send again."""
    shutil.copytree(ROOT / "examples" / example, folder, ignore=shutil.ignore_patterns("contract.*"))
    (folder / "answers.yaml").write_text(generated.example(example), "utf-8")
    (folder / "wording").mkdir()
    (folder / "wording" / "attire-firearm.md").write_text(f"---\nlabel: A hat\n---\n{UNUSED}\n", "utf-8")
    assert run("send", folder, "--to", "city", "--on", "2026-09-01").exit_code == 0
    for clause, alternative in swaps:
        done = run("swap", folder, clause, alternative, "--allow-deviation", "--because", BECAUSE, "--on", "2026-09-02")
        assert done.exit_code == 0, done.stderr
    assert run("send", folder, "--to", "city", "--on", "2026-09-03").exit_code == 0
    return hidden_in(folder)


@pytest.mark.parametrize(
    ("example", "swaps"),
    [
        ("st-louis-park", [("force-report-review", "within-48-hours"), ("termination-convenience", "sixty-days")]),
        ("st-louis-park-declined", [("termination-convenience", "sixty-days")]),
        ("minimal", [("termination-convenience", "sixty-days")]),
    ],
)
def test_nothing_leaks_from_what_is_sent(tmp_path, example, swaps):
    hidden = negotiated(tmp_path / "matter", example, swaps)
    assert len(hidden) > 500
    for name, data in outgoing(tmp_path / "matter", 2).items():
        assert leaks.found(data, hidden, ("2026-09-03",)) == set(), name


def test_nothing_leaks_whatever_the_answers(tmp_path):
    drafted = generated.real_library()
    number = iter(range(1000))

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(generated.answers(drafted, negotiated=False), generated.answers(drafted, negotiated=False), st.booleans())
    def holds(one, other, final):
        folder = tmp_path / f"matter{next(number)}"
        folder.mkdir()
        sent = 0
        for text in (one, other):
            (folder / "answers.yaml").write_text(text, "utf-8")
            words = ["send", folder, "--to", "city", "--on", "2026-09-03", *(["--final"] if final else [])]
            sent += run(*words).exit_code == 0
        if sent:
            hidden = hidden_in(folder)
            for name, data in outgoing(folder, sent).items():
                assert leaks.found(data, hidden, ("2026-09-03",)) == set(), name

    holds()


# -- the search itself --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leaks") / "matter"
    hidden = negotiated(folder, "st-louis-park", [("force-report-review", "within-48-hours")])
    return (folder / "rounds/02-to-city/outgoing/redline.docx").read_bytes(), hidden


PARTS = ("word/settings.xml", "word/styles.xml", "word/_rels/document.xml.rels", "docProps/core.xml")
KINDS = ("guidance", "position", "label", "wording", "comment", "reason", "author", "path", "time", "day")


@pytest.mark.parametrize(
    ("kind", "part"), [*((kind, "word/document.xml") for kind in KINDS), *(("path", part) for part in PARTS)]
)
def test_the_search_finds_a_leak_of_each_kind_and_in_each_part(sent, kind, part):
    data, hidden = sent
    assert leaks.found(data, hidden, ("2026-09-03",)) == set()
    alternatives = [a for clause in generated.real_library().clauses.values() for a in clause.alternatives]
    planted = {
        "guidance": next(words for a in alternatives if (words := " ".join(a.guidance.split())) in hidden),
        "position": "fallback",
        "label": next(a.label for a in alternatives if a.label in hidden),
        "wording": UNUSED,
        "comment": "Guidance:",
        "reason": BECAUSE,
        "author": "Secret Author",
        "path": str(ROOT),
        "time": "2026-09-03T09:41:07Z",
        "day": '<w:ins w:date="2026-11-24T00:00:00Z"/>',
    }[kind]
    told = leaks.planted(data, part, planted)
    assert part in docx_text.parts(told)
    assert leaks.found(told, hidden, ("2026-09-03",))


def test_what_a_template_tells_of_those_who_made_it_does_not_leave(tmp_path):
    """A firm's own template may name its author, its place and a comment: none of that is in what is sent."""
    planted = {
        "docProps/core.xml": (b"</cp:coreProperties>", b"<dc:creator>Secret Author</dc:creator></cp:coreProperties>"),
        "word/settings.xml": (b"<w:zoom", b'<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids><w:zoom'),
    }
    with zipfile.ZipFile(ROOT / "templates/agreement.docx") as old, zipfile.ZipFile(tmp_path / "t.docx", "w") as new:
        for name in old.namelist():
            before, after = planted.get(name, (b"", b""))
            assert before in old.read(name)
            new.writestr(name, old.read(name).replace(before, after) if before else old.read(name))
    folder = tmp_path / "matter"
    shutil.copytree(ROOT / "examples/minimal", folder, ignore=shutil.ignore_patterns("contract.*"))
    assert run("send", folder, "--to", "city", "--on", "2026-09-01", "--template", tmp_path / "t.docx").exit_code == 0
    data = outgoing(folder, 1)["rounds/01-to-city/outgoing/contract.docx"]
    assert leaks.found(data, {"Secret Author", "00AB12CD", str(tmp_path)}) == set()
