"""What is kept, a library or a rendering, comes back equal, is never older than its files, and can harm nothing."""

from __future__ import annotations

import hmac
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import commands
import docx
import every
import forms
import generated
import pytest
import small

from drafter import contract
from drafter.base.problems import DraftingError
from drafter.keeping import program, store
from drafter.matters import belonging
from drafter.reading import loading
from drafter.reading.forms.reading import Reading
from drafter.reading.kept import cache, plain
from drafter.reading.library import Library
from drafter.reading.questionnaire import Questionnaire
from drafter.word import kinds, rendered, template
from drafter.word.oxml import package, rendering
from drafter.word.oxml.package import Package
from drafter.word.oxml.tokens import Context, Token


def load(root: Path, name: str, kept: Path) -> Library:
    """Load a library through a folder of what is kept, with the user's key beside it."""
    return cache.load(root, name, store.at(kept, kept.parent / "keys"), "")


@pytest.fixture
def lib(tmp_path):
    return small.build(tmp_path / "lib")


@pytest.fixture
def reads(monkeypatch):
    """Return the list of the libraries that are read from their files from now on."""
    found = []
    read = loading.load
    monkeypatch.setattr(loading, "load", lambda root, name="", form=None: found.append(name) or read(root, name, form))
    return found


def test_a_library_is_read_from_its_files_once(lib, tmp_path, reads):
    first = load(lib, "lib", tmp_path / "kept")
    again = load(lib, "lib", tmp_path / "kept")
    assert first == again == small.load(tmp_path / "lib")
    assert reads == ["lib", "lib"]  # the second one is the comparison's


def test_the_library_that_is_shipped_comes_back_equal_and_drafts_the_same(tmp_path):
    real = generated.real_library()
    load(generated.CLAUSE_LIBRARY, "clause_library", tmp_path / "kept")
    kept = load(generated.CLAUSE_LIBRARY, "clause_library", tmp_path / "kept")
    assert kept is not real
    assert kept == real
    assert repr(kept) == repr(real), "equal values may still be of different types"
    text = generated.example("st-louis-park")
    assert small.draft(kept, text) == small.draft(real, text)


def in_every_form(root: Path, kept: Path) -> tuple[Reading, ...]:
    """Read a library in every form through a folder of what is kept."""
    return cache.read_forms(root, "lib", store.at(kept, kept.parent / "keys"))


@pytest.fixture
def reads_of_forms(monkeypatch):
    """Return the list of the folders that are read in every form from now on."""
    found = []
    read = loading.read_forms
    monkeypatch.setattr(loading, "read_forms", lambda root, name="": found.append(root) or read(root, name))
    return found


def test_a_library_in_every_form_comes_back_equal_and_is_read_once(tmp_path, reads_of_forms):
    root = forms.build(tmp_path / "lib")
    first, again = (in_every_form(root, tmp_path / "kept") for _ in range(2))
    assert reads_of_forms == [root]
    assert len(first) > 1
    assert (again, repr(again)) == (first, repr(first))


@pytest.mark.parametrize("name", ["sources/policy.yaml", "agreement.yaml"])
def test_a_library_in_every_form_is_read_again_once_a_file_has_changed(tmp_path, reads_of_forms, name):
    root = forms.build(tmp_path / "lib")
    in_every_form(root, tmp_path / "kept")
    path = root / name
    path.write_text(path.read_text("utf-8") + "# a comma\n", "utf-8")
    in_every_form(root, tmp_path / "kept")
    assert reads_of_forms == [root, root]


def test_what_is_wrong_in_a_form_is_found_each_time(tmp_path, reads_of_forms):
    root = forms.build(tmp_path / "lib")
    path = next((root / "clauses").glob("*.md"))
    path.write_text(f"{path.read_text('utf-8')}\n{{{{ nobody_asks }}}}\n", "utf-8")
    first, again = (in_every_form(root, tmp_path / "kept") for _ in range(2))
    assert reads_of_forms == [root, root]
    assert first == again
    assert any(one.problems for one in again)


def test_defaults_of_every_type_come_back_equal():
    asked = every.asking(
        "{id: money, type: money, prompt: M?, default: '12.50'}",
        "{id: number, type: number, prompt: N?, default: 6}",
        "{id: day, type: date, prompt: D?, default: 2026-07-01}",
        "{id: some, type: choices, prompt: S?, default: [a, b], options: [{value: a, label: A}, {value: b, label: B}]}",
        "{id: dogs, type: records, prompt: D?, default: [{born: 2026-07-01}],"
        " fields: [{id: born, type: date, prompt: B?}]}",
    )
    kept = plain.unpack(json.loads(json.dumps(plain.pack(asked))), Questionnaire)
    assert len(kept.defaults) == 5
    assert (kept, repr(kept)) == (asked, repr(asked))


@pytest.mark.parametrize("name", ["sources/policy.yaml", "questionnaire.yaml", "agreement.yaml", "clauses/leash.md"])
def test_a_changed_file_is_read_anew(lib, tmp_path, reads, name):
    load(lib, "lib", tmp_path / "kept")
    path = next(lib.rglob(Path(name).name))
    text = path.read_text("utf-8")
    before = path.stat()
    path.write_text(f"{text}\n", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # its time says nothing
    load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


def test_a_file_that_comes_goes_or_is_renamed_is_noticed(lib, tmp_path, reads):
    load(lib, "lib", tmp_path / "kept")
    extra = lib / "clauses" / "more.md"
    extra.write_text("x", "utf-8")
    with pytest.raises(DraftingError):
        load(lib, "lib", tmp_path / "kept")
    extra.unlink()
    load(lib, "lib", tmp_path / "kept")
    clause = next(lib.rglob("leash.md"))
    clause.rename(clause.with_name("lesh.md"))
    with pytest.raises(DraftingError):
        load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib"] * 3


def test_a_library_of_another_name_has_its_own_places(lib, tmp_path):
    assert load(lib, "one", tmp_path / "kept").path == "one"
    assert load(lib, "two", tmp_path / "kept").path == "two"


def test_a_changed_program_reads_anew(lib, tmp_path, reads, monkeypatch):
    def load_again():
        program.modules.cache_clear()  # as in another process
        load(lib, "lib", tmp_path / "kept")

    load_again()
    (tmp_path / "program").mkdir()
    monkeypatch.setattr(program, "FOLDER", tmp_path / "program")
    load_again()
    (tmp_path / "program" / "prose.py").write_text("x = 1\n", "utf-8")
    load_again()
    (tmp_path / "program" / "prose.py").write_text("x = 2\n", "utf-8")
    load_again()
    load_again()
    monkeypatch.setattr(sys, "version", "another")
    load_again()
    assert reads == ["lib"] * 5


def test_a_library_that_is_written_into_while_it_is_read_is_not_kept(lib, tmp_path, reads, monkeypatch):
    read = loading.load

    def writing(root, name, form):
        with (lib / "authorities.yaml").open("a", encoding="utf-8") as file:
            file.write("# seen\n")
        return read(root, name, form)

    with monkeypatch.context() as patch:
        patch.setattr(loading, "load", writing)
        load(lib, "lib", tmp_path / "kept")
    assert not list((tmp_path / "kept").iterdir())
    load(lib, "lib", tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert reads == ["lib", "lib"]


def test_another_version_of_what_reads_the_files_reads_them_anew(lib, tmp_path, reads, monkeypatch):
    load(lib, "lib", tmp_path / "kept")
    one = tmp_path / "other.py"
    one.write_bytes(b"")
    monkeypatch.setattr(program, "find_spec", lambda _: SimpleNamespace(origin=str(one)))
    load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


def test_a_library_with_a_problem_is_not_kept(lib, tmp_path):
    (lib / "sources" / "policy.yaml").write_text("nothing: here\n", "utf-8")
    for _ in range(2):
        with pytest.raises(DraftingError, match=r"is missing|not known"):
            load(lib, "lib", tmp_path / "kept")
    assert not list((tmp_path / "kept").iterdir())


class Harm:
    """What runs a command when it is unpickled by a reader that lets it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def damaged(whole: bytes, mark: Path) -> dict[str, bytes]:
    """Return what may be in the place of a kept library, signed by nobody."""
    return {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "flipped": bytes(255 - b if i % 97 == 0 else b for i, b in enumerate(whole)),
        "text": b"not a library",
        "more": whole + b" ",
        "no signature": whole[32:],
        "a pickle": pickle.dumps(Harm(mark)),
        "a signature and a pickle": whole[:32] + pickle.dumps(Harm(mark)),
        "deep": whole[:32] + b"[" * 1_000_000,
        "altered": whole.replace(b"must use a leash", b"may use a leash"),
        "altered, under another key": forged(whole[32:].replace(b"must use a leash", b"may use a leash"), b"k" * 32),
    }


def forged(content: bytes, key: bytes, name: str = "") -> bytes:
    return hmac.digest(key, name.encode() + b"\n" + content, "sha256") + content


@pytest.mark.parametrize("kind", damaged(b"0" * 10, Path("mark")))
def test_what_is_damaged_is_read_anew_and_mended(lib, tmp_path, reads, kind):
    kept = tmp_path / "kept"
    whole = load(lib, "lib", kept)
    [path] = kept.iterdir()
    before = path.read_bytes()
    path.write_bytes(damaged(before, tmp_path / "mark")[kind])
    assert path.read_bytes() != before
    assert load(lib, "lib", kept) == whole
    assert not (tmp_path / "mark").exists()
    assert load(lib, "lib", kept) == whole
    assert reads == ["lib", "lib"]


@pytest.mark.parametrize(
    "content",
    [
        b"1",
        b"[]",
        b"[[0]]",
        b"[[999999]]",
        b'["a", ["drafter.reading.kept.cache", 0]]',
        b"[[1.5]]",
        b'{"a": 1}',
        b"[" * 100_000,
    ],
)
def test_signed_data_that_is_no_library_is_not_taken(lib, tmp_path, reads, content):
    kept = tmp_path / "kept"
    whole = load(lib, "lib", kept)
    [path] = kept.iterdir()
    path.write_bytes(forged(content, (tmp_path / "keys" / store.KEY).read_bytes(), path.name))
    assert load(lib, "lib", kept) == whole
    assert reads == ["lib", "lib"]


@pytest.mark.parametrize("change", ["a part fewer", "a part more", "another type", "another literal"])
def test_signed_data_of_the_wrong_form_is_not_taken(lib, tmp_path, reads, change):
    kept = tmp_path / "kept"
    whole = load(lib, "lib", kept)
    [path] = kept.iterdir()
    rows = json.loads(path.read_bytes()[32:])
    match change:
        case "a part fewer":
            rows[-1].pop()
        case "a part more":
            rows[-1].append(0)
        case "another type":
            rows[rows.index("Dogs")] = 7
        case _:
            rows[rows.index("preferred")] = "dictated"
    path.write_bytes(forged(json.dumps(rows).encode(), (tmp_path / "keys" / store.KEY).read_bytes(), path.name))
    assert load(lib, "lib", kept) == whole
    assert reads == ["lib", "lib"]


def test_an_altered_word_would_be_seen_if_the_signature_did_not_guard_it(lib, tmp_path, reads):
    """Shows that the altered files of the other tests hold a library, which only the signature refuses."""
    kept = tmp_path / "kept"
    whole = load(lib, "lib", kept)
    [path] = kept.iterdir()
    content = path.read_bytes()[32:].replace(b"must use a leash", b"may use a leash")
    assert content != path.read_bytes()[32:]
    path.write_bytes(forged(content, (tmp_path / "keys" / store.KEY).read_bytes(), path.name))
    assert load(lib, "lib", kept) != whole
    assert reads == ["lib"]


def linked(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))


def linked_files(folder: Path) -> None:
    for path in list(folder.iterdir()):
        path.rename(folder.parent / f"moved-{path.name}")
        path.symlink_to(folder.parent / f"moved-{path.name}")


def twice_linked(folder: Path) -> None:
    for path in list(folder.iterdir()):
        os.link(path, folder.parent / f"second-{path.name}")


def piped(folder: Path) -> None:
    for path in list(folder.iterdir()):
        path.unlink()
        os.mkfifo(path)


WAYS = {
    "a link": linked,
    "a folder that the group may write": lambda folder: folder.chmod(0o770),
    "a folder that all may write": lambda folder: folder.chmod(0o707),
    "linked files": linked_files,
    "files with a second link": twice_linked,
    "files that the group may write": lambda folder: [path.chmod(0o660) for path in folder.iterdir()],
    "pipes": piped,
}


@pytest.mark.skipif(os.name != "posix", reason="links, modes and pipes")
@pytest.mark.parametrize("folder", ["kept", "keys"])
@pytest.mark.parametrize("way", WAYS)
def test_a_folder_or_file_that_others_can_reach_is_not_taken(lib, tmp_path, reads, folder, way):
    whole = load(lib, "lib", tmp_path / "kept")
    WAYS[way](tmp_path / folder)
    assert load(lib, "lib", tmp_path / "kept") == whole
    assert reads == ["lib", "lib"]


def test_without_owners_the_signature_still_guards(lib, tmp_path, reads, monkeypatch):
    monkeypatch.delattr(os, "getuid", raising=False)  # as on Windows
    whole = load(lib, "lib", tmp_path / "kept")
    assert load(lib, "lib", tmp_path / "kept") == whole
    [path] = (tmp_path / "kept").iterdir()
    path.write_bytes(path.read_bytes().replace(b"must use a leash", b"may use a leash"))
    assert load(lib, "lib", tmp_path / "kept") == whole
    assert reads == ["lib", "lib"]


def test_another_key_reads_the_files(lib, tmp_path, reads):
    load(lib, "lib", tmp_path / "kept")
    (tmp_path / "keys" / store.KEY).write_bytes(b"k" * 32)
    for _ in range(2):
        load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


@pytest.mark.parametrize("key", [b"", b"short"])
def test_a_key_of_another_length_is_replaced(lib, tmp_path, reads, key):
    load(lib, "lib", tmp_path / "kept")
    (tmp_path / "keys" / store.KEY).write_bytes(key)
    for _ in range(2):
        load(lib, "lib", tmp_path / "kept")
    assert len((tmp_path / "keys" / store.KEY).read_bytes()) == 32
    assert reads == ["lib", "lib"]


def test_a_text_that_was_changed_and_put_back_while_it_was_read_is_not_kept(lib, tmp_path, monkeypatch):
    read = loading.load
    path = lib / "clauses" / "leash.md"
    before = path.read_bytes()

    def changing(root, name, form):
        path.write_bytes(before.replace(b"it is held", b"it is kept"))
        found = read(root, name, form)
        path.write_bytes(before)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(loading, "load", changing)
        changed = load(lib, "lib", tmp_path / "kept")
    assert changed != small.load(lib)
    assert not list((tmp_path / "kept").iterdir())


def test_the_folder_is_where_the_library_is_now(lib, tmp_path, reads):
    load(lib, "lib", tmp_path / "kept")
    lib.rename(tmp_path / "moved")
    assert load(tmp_path / "moved", "lib", tmp_path / "kept").folder == tmp_path / "moved"
    [path] = (tmp_path / "kept").iterdir()
    assert str(tmp_path).encode() not in path.read_bytes()
    assert reads == ["lib"]


def test_a_library_under_the_name_of_another_is_not_taken_for_it(lib, tmp_path):
    kept = tmp_path / "kept"
    load(lib, "one", kept)
    [first] = kept.iterdir()
    load(lib, "two", kept)
    [second] = set(kept.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert load(lib, "two", kept).path == "two"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners")
def test_what_another_user_owns_is_not_read(lib, tmp_path, reads, monkeypatch):
    load(lib, "lib", tmp_path / "kept")
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib", "lib"]


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_nobody_else_can_read_what_is_kept(lib, tmp_path):
    load(lib, "lib", tmp_path / "kept")
    for folder in ("kept", "keys"):
        [path] = (tmp_path / folder).iterdir()
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_the_last_ones_read_are_kept_and_no_more(lib, tmp_path):
    for number in range(store.MOST + 3):
        load(lib, f"lib{number}", tmp_path / "kept")
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == store.MOST
    held = b"".join(path.read_bytes() for path in kept)
    assert {n for n in range(store.MOST + 3) if f'"lib{n}"'.encode() in held} == set(range(3, store.MOST + 3))


@pytest.mark.parametrize("fault", ["a file", "no room", "no such name"])
def test_where_nothing_can_be_kept_it_is_read_each_time(lib, tmp_path, reads, monkeypatch, fault):
    kept = tmp_path / "kept"
    match fault:
        case "a file":
            kept.write_bytes(b"")
        case "no room":
            monkeypatch.setattr(os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        case _:
            kept = tmp_path / ("x" * 300)
    for _ in range(2):
        assert load(lib, "lib", kept).path == "lib"
    assert reads == ["lib", "lib"]
    assert fault != "no room" or not list(kept.iterdir())


def test_only_what_a_library_is_read_from_is_looked_at(lib, tmp_path, reads):
    load(lib, "lib", tmp_path / "kept")
    (lib / "notes.md").write_text("x", "utf-8")
    (lib / "drafts" / "deep").mkdir(parents=True)
    os.mkfifo(lib / "drafts" / "deep" / "policy.yaml")
    load(lib, "lib", tmp_path / "kept")
    assert reads == ["lib"]


def test_a_folder_that_is_large_and_no_library_is_told_at_once(tmp_path):
    with pytest.raises(DraftingError, match="missing-file"):
        load(Path("/"), "/", tmp_path / "kept")


@pytest.mark.parametrize("what", ["too long", "a pipe", "a loop", "nothing"])
def test_a_folder_that_is_no_library_is_told_as_ever(lib, tmp_path, what):
    kept = tmp_path / "kept"
    match what:
        case "too long":
            lib = Path("x" * 5000)
        case "a pipe":
            os.mkfifo(lib / "clauses" / "pipe.md")
        case "a loop":
            (lib / "loop").symlink_to(lib)
            (lib / "sources" / "policy.yaml").unlink()
        case _:
            lib = tmp_path / "nowhere"
    with pytest.raises(DraftingError) as told:
        load(lib, "lib", kept)
    with pytest.raises(DraftingError) as expected:
        loading.load(lib, "lib")
    assert told.value.problems == expected.value.problems


def test_a_draft_is_the_same_with_and_without_what_is_kept(place, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "caches"), "XDG_DATA_HOME": str(tmp_path / "data")}
    for name in ("first", "second"):
        done = commands.process("draft", "matter", "--library", "lib", "-o", f"{name}.docx", **env)
        assert done.returncode == 0, done.stderr
    assert (place / "first.docx").read_bytes() == (place / "second.docx").read_bytes()
    kept = [path.suffix for path in (tmp_path / "caches" / "drafter").iterdir()]
    assert sorted(kept) == [
        ".docx",
        ".json",
        ".ok",
    ]  # the template's rendering, the library, that the template is in order


def test_what_is_kept_holds_no_answer(place, tmp_path):
    answers = place / "matter" / "answers.yaml"
    answers.write_text(answers.read_text("utf-8").replace("walker: ", "walker: Zebulon-"), "utf-8")
    done = commands.process("draft", "matter", "--library", "lib", XDG_CACHE_HOME=str(tmp_path / "caches"))
    assert done.returncode == 0, done.stderr
    assert b"Zebulon" in answers.read_bytes()
    kept = list((tmp_path / "caches" / "drafter").iterdir())
    [rendering] = (path.read_bytes()[32:] for path in kept if path.suffix == ".docx")
    assert len(kept) == 3
    for content in (*(path.read_bytes() for path in kept), *package.unpack(rendering).values()):
        assert b"Zebulon" not in content


def loaded(tmp_path: Path, *command: str) -> set[str]:
    """Run a command in another process, and return the modules that it has loaded at its end."""
    env = {"XDG_CACHE_HOME": str(tmp_path / "caches"), "XDG_DATA_HOME": str(tmp_path / "data")}
    code = (
        f"import sys; from drafter.__main__ import main; sys.argv[1:] = {command!r}\n"
        "try: main()\n"
        "finally: print('', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **env}, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


READ_OR_RENDER = {"docxtpl", "jinja2", "markdown_it", "pydantic"}


@pytest.mark.usefixtures("place")
def test_a_draft_of_what_is_kept_loads_nothing_that_reads_or_renders(tmp_path):
    draft = ("draft", "matter", "--library", "lib")
    made = belonging.of(loading.load(Path("lib"), "lib"), Path("matter"), given=Path("lib"), template=None)
    Path("matter", belonging.FILE).write_text(belonging.to_text(made), "utf-8")
    assert loaded(tmp_path, *draft) >= READ_OR_RENDER
    ours = {"swapping", "finding", "options", "rounds", "ladders"}
    modules = loaded(tmp_path, *draft)
    assert not modules & {*READ_OR_RENDER, "docx", "prompt_toolkit", "pypdf", "asyncio", "secrets"}
    assert not {name.rpartition(".")[2] for name in modules if name.startswith("drafter.")} & ours
    assert "drafter.reading.prose.blocks" not in modules
    assert "drafter.doors.negotiating" not in modules


@pytest.mark.usefixtures("place")
def test_a_redline_of_two_saved_contracts_loads_no_library_and_nothing_that_reads_one(tmp_path):
    made = tmp_path / "made.json"
    made.write_text(contract.to_json(small.draft(generated.small_library())[0]), "utf-8")
    redline = ("redline", str(made), str(made), "-o", str(tmp_path / "made.docx"))
    loaded(tmp_path, *redline)
    modules = loaded(tmp_path, *redline)
    assert not modules & {*READ_OR_RENDER, "docx", "prompt_toolkit", "rich", "yaml"}
    assert not {"drafter.reading.library", "drafter.drafting.draft", "drafter.language"} & modules


# -- templates ----------------------------------------------------------------------------------


TOKENS: Context = (("title", Token("a")),)


@pytest.fixture
def renderings(tmp_path, monkeypatch):
    """Return the list of the tokens that are rendered from now on, by a user who has kept nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = []
    render = rendering.render

    def rendered_now(data, context, *, marked):
        found.append((context, marked))
        return render(data, context, marked=marked)

    monkeypatch.setattr(rendering, "render", rendered_now)
    return found


def again(data: bytes, context: Context, *, marked: bool = False) -> Package:
    """Render as another process would, which remembers nothing."""
    rendered.rendered.cache_clear()
    return rendered.rendered(data, context, marked=marked)


@pytest.fixture
def simple(tmp_path):
    """Return a Word file with one field."""
    made = docx.Document()
    made.add_paragraph("{{ title }}")
    made.save(str(tmp_path / "simple.docx"))
    return (tmp_path / "simple.docx").read_bytes()


def test_a_template_is_rendered_once_for_the_same_tokens(renderings, simple):
    first = again(simple, TOKENS)
    assert again(simple, TOKENS) == first
    assert renderings == [(TOKENS, False)]
    other = (("title", Token("b")),)
    assert b">b<" in again(simple, other)["word/document.xml"]
    again(simple, TOKENS, marked=True)
    again(simple, (("title", Token("a", "deleted")),))
    assert len(renderings) == 4


def test_a_rendering_that_was_altered_is_not_taken(renderings, simple, tmp_path):
    first = again(simple, TOKENS)
    [path] = (tmp_path / "caches" / "drafter").iterdir()
    content = path.read_bytes()
    path.write_bytes(content[:32] + package.pack({**first, "word/document.xml": b"<x/>"}))
    assert again(simple, TOKENS) == first
    assert len(renderings) == 2


def test_a_changed_program_or_template_renders_anew(renderings, simple, tmp_path, monkeypatch):
    again(simple, TOKENS)
    made = docx.Document()
    made.add_paragraph("By {{ title }}")
    made.save(str(tmp_path / "other.docx"))
    again((tmp_path / "other.docx").read_bytes(), TOKENS)
    (tmp_path / "program").mkdir()
    monkeypatch.setattr(program, "FOLDER", tmp_path / "program")
    again(simple, TOKENS)
    assert len(renderings) == 3


def test_where_nothing_can_be_kept_a_template_is_rendered_each_time(renderings, simple, tmp_path):
    (tmp_path / "caches").write_bytes(b"")
    assert again(simple, TOKENS) == again(simple, TOKENS)
    assert len(renderings) == 2


def test_where_the_program_cannot_be_identified_a_template_is_rendered_each_time(
    renderings, simple, tmp_path, monkeypatch
):
    monkeypatch.setattr(program, "FOLDER", tmp_path / "nowhere")
    assert again(simple, TOKENS) == again(simple, TOKENS)
    assert len(renderings) == 2


@pytest.mark.usefixtures("renderings")
def test_only_a_template_without_problems_is_remembered_as_in_order(simple, tmp_path):
    (tmp_path / "simple.docx").write_bytes(simple)
    for _ in range(2):
        with pytest.raises(DraftingError, match="missing-field"):
            template.load(tmp_path / "simple.docx", kinds.AGREEMENT)
    assert not rendered.is_in_order(simple, kinds.AGREEMENT)
    rendered.found_in_order(simple, kinds.AGREEMENT)
    assert rendered.is_in_order(simple, kinds.AGREEMENT)
    assert not rendered.is_in_order(simple, kinds.MATRIX)


def test_each_form_of_a_contract_is_kept_by_itself(tmp_path, reads):
    lib = forms.build(tmp_path / "lib")
    keeping = store.at(tmp_path / "kept", tmp_path / "keys")
    first = [cache.load(lib, "lib", keeping, form) for form in ("short", "whole", "", None)]
    assert [one.form.id for one in first] == ["short", "whole", "whole", "short"]
    assert len(reads) == len(first)
    assert [cache.load(lib, "lib", keeping, form) for form in ("short", "whole", "", None)] == first
    assert len(reads) == len(first)
