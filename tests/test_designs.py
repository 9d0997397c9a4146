"""Every document has the firm's own look: where a template is looked for, how the shipped ones are written out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import generated
import pytest
import small
from commands import files, run

from drafter.base import shipped
from drafter.base.problems import DraftingError
from drafter.documents import designs
from drafter.word.oxml import package

KINDS = shipped.TEMPLATES
SHIPPED = {kind: shipped.template(kind).read_bytes() for kind in KINDS}
FACES = {"given": b"Liberation Sans", "matter": b"Carlito", "library": b"Liberation Serif"}


def restyled(kind: str, face: bytes) -> bytes:
    """Return a shipped template in another face and colour, as a firm would change it."""
    parts = package.unpack(SHIPPED[kind])
    looks = parts["word/styles.xml"].replace(b"Cambria", face).replace(b'w:val="000000"', b'w:val="1F3864"')
    return package.pack(parts | {"word/styles.xml": looks})


def put(folder: Path, face: bytes, *kinds: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        (folder / f"{kind}.docx").write_bytes(restyled(kind, face))
    return folder


def face_of(data: bytes) -> bytes:
    looks = package.unpack(data)["word/styles.xml"]
    return next(face for face in (*FACES.values(), b"Cambria") if face in looks)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with the small library, a matter of it, and templates in each of them."""
    folder = tmp_path_factory.mktemp("designs")
    small.build(folder / "lib")
    (folder / "lib" / "memo.md").write_text(generated.memo(), "utf-8")
    (folder / "matter").mkdir()
    (folder / "matter" / "answers.yaml").write_text(small.ANSWERS + "leash: long\n", "utf-8")
    put(folder / "lib" / "templates", FACES["library"], "memo", "changes", "matrix", "brief", "agreement")
    put(folder / "matter" / "templates", FACES["matter"], "memo", "brief", "changes")
    put(folder / "given", FACES["given"], "memo")
    return folder


def packed(place: Path, to: Path, *more: str):
    of = (place / "matter", "--library", place / "lib", "-o", to, "--on", "2026-05-12")
    return run("packet", *of, "--changed-pages", *more, PATH="/nowhere")


# -- where a template is looked for -------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", {"memo": "matter", "matrix": "library", "agreement": "library", "cover": ""}),
        ("given", {"memo": "given", "matrix": "library", "agreement": "library", "brief": "matter"}),
        ("given/memo.docx", {"memo": "matter", "agreement": "given"}),
    ],
    ids=["none", "a folder", "a file"],
)
def test_the_first_that_is_found_is_used(place, given, wanted):
    found = designs.find(place / "matter", place / "lib", place / given if given else None)
    for kind, where in wanted.items():
        folder = {"given": place / "given"}.get(where, place / ("lib" if where == "library" else where) / "templates")
        name = "memo" if given.endswith(".docx") and kind == "agreement" else kind
        assert found.of(kind) == (folder / f"{name}.docx" if where else shipped.template(kind))


def test_the_contract_s_template_that_the_matter_records_comes_before_those_in_folders(place, tmp_path):
    matter = tmp_path / "matter"
    own = put(tmp_path / "firm", FACES["given"], "agreement") / "agreement.docx"
    made = run("new", matter, "--library", place / "lib", "--template", own)
    assert made.exit_code == 0, made.output
    put(matter / "templates", FACES["matter"], "agreement", "memo")
    found = designs.find(matter, place / "lib")
    assert found.of("agreement").resolve() == own.resolve()
    assert designs.find(matter, None, put(tmp_path / "two", FACES["given"], "memo")).of("agreement").samefile(own)
    assert found.of("memo") == matter / "templates" / "memo.docx"


def test_a_folder_without_a_template_is_refused(place, tmp_path):
    with pytest.raises(DraftingError) as caught:
        designs.find(place / "matter", None, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("missing-file", "no template is in this folder")


def test_every_document_of_a_packet_has_the_look_of_the_template_that_is_found(place, tmp_path):
    made = packed(place, tmp_path / "packet", "--privileged", "--template", str(place / "given"), "--json")
    assert "no-libreoffice" in made.stderr
    looks = {path.stem: face_of(path.read_bytes()) for path in tmp_path.glob("packet*/*.docx")}
    assert looks == {
        "1-memo": FACES["given"],
        "2-changed-sections": FACES["matter"],
        "2-redline": FACES["library"],
        "3-contract": FACES["library"],
        "4-matrix": FACES["library"],
        "brief": FACES["matter"],
    }
    assert json.loads(made.stdout)["templates"]["memo"] == str(place / "given" / "memo.docx")


def test_a_draft_and_a_matrix_have_the_look_that_the_packet_has(place, tmp_path):
    of = (place / "matter", "--library", place / "lib")
    run("draft", *of, "-o", tmp_path / "draft.docx")
    run("check", *of, "-o", tmp_path / "matrix.docx")
    assert {face_of(path.read_bytes()) for path in tmp_path.glob("*.docx")} == {FACES["library"]}


def test_a_template_of_another_kind_than_it_is_used_for_is_told_in_one_line(place, tmp_path):
    memo = put(tmp_path, FACES["given"], "memo") / "memo.docx"
    (tmp_path / "wrong").mkdir()
    shutil.copy(memo, tmp_path / "wrong" / "matrix.docx")
    for given, kind in ((memo, "contract"), (tmp_path / "wrong", "compliance matrix")):
        told = packed(place, tmp_path / "packet", "--template", str(given))
        assert told.exit_code == 1
        assert f"template-refused: this is a template of the board memo, not of the {kind}\n" in told.stderr
        assert "1 problem; nothing was written" in told.stderr
        assert not (tmp_path / "packet").exists()


# -- template export, template check ------------------------------------------------------------


def test_the_shipped_templates_are_written_out_and_never_over_a_file(tmp_path):
    made = run("template", "export", tmp_path / "own" / "templates")
    assert made.exit_code == 0, made.output
    written = files(tmp_path / "own" / "templates")
    assert written == {f"{kind}.docx": SHIPPED[kind] for kind in KINDS}
    (tmp_path / "own" / "templates" / "memo.docx").write_bytes(b"ours")
    shutil.move(tmp_path / "own" / "templates" / "memo.docx", tmp_path / "memo.docx")
    for folder in (tmp_path, tmp_path / "own" / "templates", tmp_path / "memo.docx"):
        before = sorted(path.name for path in tmp_path.rglob("*"))
        told = run("template", "export", folder)
        assert (told.exit_code, "file-exists" in told.stderr) == (1, True)
        assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert (tmp_path / "memo.docx").read_bytes() == b"ours"


def test_the_check_says_what_each_template_is_for(tmp_path):
    run("template", "export", tmp_path)
    told = run("template", "check", tmp_path, COLUMNS="300").stdout.splitlines()
    assert [line.partition(", a template of the ")[2] for line in told] == [
        f"{name}: every field and style is there."
        for name in (
            "contract", "board memo", "changed sections", "compliance matrix", "negotiator's brief",
            "cover of a packet", "notes to a redline", "notice to the public", "letter with a round",
        )
    ]  # fmt: skip
    (tmp_path / "any.docx").write_bytes(SHIPPED["cover"])
    assert "any.docx, a template of the cover of a packet" in run("template", "check", tmp_path / "any.docx").stdout


def test_a_template_in_a_folder_that_is_called_as_another_is_told(tmp_path):
    (tmp_path / "cover.docx").write_bytes(SHIPPED["memo"])
    told = run("template", "check", tmp_path)
    assert told.exit_code == 1
    assert "this is a template of the board memo, not of the cover of a packet\n" in told.stderr
    assert "hint: in a folder of templates, call it memo.docx\n" in told.stderr
    (tmp_path / "cover.docx").unlink()
    assert "missing-file: no template is in this folder" in run("template", "check", tmp_path).stderr
