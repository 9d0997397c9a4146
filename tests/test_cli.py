"""The command line: what each command writes, prints and refuses, and with which exit code."""

from __future__ import annotations

import functools
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import accessible
import docx_text
import generated
import pytest
import small
import yaml
from commands import TERMINAL, files, process, run
from rich.cells import cell_len

from drafter import contract
from drafter.doors.cli import main

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/answers.yaml"))
HEAVY = {"pydantic", "docxtpl", "rich", "jinja2", "docx", "lxml", "yaml", "markdown_it", "starlette", "uvicorn"}
ODD_NAMES = ("two words", "Zoë & Søn", "it's", "a\nb", "emoji \U0001f415", "{{ x }}", "[red]")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")
ROOT_USER = hasattr(os, "geteuid") and os.geteuid() == 0


pytestmark = pytest.mark.usefixtures("place")


def drafter(command, *words, **env):
    """Run a command with the library beside the matter."""
    return run(command, "--library", "lib", *words, **env)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def write(text: str, name: str = "matter/answers.yaml") -> Path:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_bytes(text.encode())
    return Path(name)


def departing() -> None:
    """Give the clause `leash` an alternative that does not meet the policy, and make it a free choice."""
    head, tail = "alternatives:\n", "## short\n"
    text = small.CLAUSES["leash"].replace("    when: leash == 'short'\n", "").replace("    when: leash == 'long'\n", "")
    none = "  none:\n    label: No leash\n    concedes: The leash.\n    position: fallback\n"
    text = text.replace(head, f"{head}{none}", 1).replace(tail, f"## none\n\n1. {{#hold}} None.\n\n{tail}", 1)
    small.build(Path("lib"), clauses={"leash": text})


# -- help and usage -----------------------------------------------------------------------------


def test_help_lists_the_commands_in_the_order_of_work_each_with_its_whole_first_line():
    result = run("--help", COLUMNS="80")
    assert result.exit_code == 0
    assert re.findall(r"^  (\w+)  +[A-Z]", result.stdout, re.MULTILINE) == list(main.commands)
    ours = ["new", "draft", "check", "clauses", "explain", "swap", "lint", "template"]
    assert [name for name in main.commands if name in ours] == ours
    for name, command in main.commands.items():
        assert f"  {name}" in result.stdout
        assert command.help.partition("\n")[0] in squeezed(result.stdout), "the first line is cut"


def test_the_page_that_help_reads_is_what_click_says(accept):
    accept(ROOT / "drafter" / "help.txt", made("80"))
    assert made("300") == made("80")


@functools.cache
def made(columns: str) -> str:
    code = "from drafter.doors import cli\ncli.main(['--help'], prog_name='drafter')"
    env = {**os.environ, "COLUMNS": columns, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8", env=env
    )
    return done.stdout


@pytest.mark.parametrize("columns", ["", "40", "79", "80", "200", "many"])
@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_is_the_same_whether_it_is_read_or_made(word, columns):
    assert process(word, COLUMNS=columns).stdout == made(columns)


HELPED = [[], *([name] for name in main.commands), ["template", "check"]]


def test_help_loads_nothing_heavy():
    code = f"import sys\nfrom drafter.doors.cli import main\nfor command in {HELPED!r}:\n    try:\n"
    code += "        main([*command, '--help'])\n    except SystemExit as ended:\n"
    code += f"        print('>', *command, ended.code, sorted({HEAVY!r} & set(sys.modules)))\n"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8")
    loaded = [line for line in shown.stdout.splitlines() if line.startswith("> ")]
    assert loaded == [" ".join([">", *command, "0 []"]) for command in HELPED]
    assert shown.stderr == ""


@pytest.mark.parametrize("name", main.commands)
def test_each_command_explains_itself(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_the_version_is_told():
    assert re.fullmatch(r"drafter, version \d+\.\d+\.\d+\n", process("--version").stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["drafft"],
        ["draft"],
        ["draft", "matter", "more"],
        ["draft", "matter", "--finel"],
        ["draft", "matter", "-o", "contract.pdf"],
        ["draft", "matter", "-o", "contract"],
        ["explain", "matter"],
        ["swap", "matter", "leash"],
        ["template"],
        ["check", "matter", "--library"],
    ],
    ids=" ".join,
)
def test_a_command_that_cannot_be_understood_ends_with_2(words, place):
    before = files(place)
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.search("^(Usage|Error): ", result.stderr)
    assert files(place) == before


# -- as a process -------------------------------------------------------------------------------


def test_a_draft_in_a_process_of_its_own(place):
    made = process("draft", "matter", "--library", "lib")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines()[0] == f"Wrote {Path('matter/contract.docx')}"
    assert sorted(path.name for path in (place / "matter").iterdir()) == ["answers.yaml", "contract.docx"]


def test_problems_go_to_standard_error_and_end_with_1():
    write("waker: Ann\n")
    failed = process("draft", "matter", "--library", "lib")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "answers.yaml:1: unknown-question: " in failed.stderr
    assert "Traceback" not in failed.stderr


def test_the_library_and_template_that_are_shipped_are_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write("")
    made = process("draft", "matter")
    assert (made.returncode, made.stderr) == (0, "")
    assert Path("matter/contract.docx").stat().st_size > 10_000


@POSIX
def test_a_reader_that_stops_reading_is_no_error():
    for command in ("check matter --library lib", "clauses --json --library lib"):
        quoted = f"{shlex.quote(sys.executable)} -m drafter {command} | true"
        ended = subprocess.run(["/bin/sh", "-c", quoted], check=False, capture_output=True, text=True)
        assert ended.stderr == ""


def test_a_terminal_that_knows_no_such_letters_is_no_error():
    write('walker: "Zoë"\n')
    for options in ([], ["--json"]):
        shown = process("clauses", "parties", "--library", "lib", *options, PYTHONIOENCODING="ascii")
        assert (shown.returncode, shown.stderr) == (0, "")
        assert "\\u201cTown\\u201d" in shown.stdout


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]")


def test_colour_is_off_where_no_color_is_set():
    shown = process("check", "matter", "--library", "lib", NO_COLOR="1", FORCE_COLOR="1", TERM="xterm-256color")
    assert not COLOUR.search(shown.stdout)


def test_there_is_no_escape_in_a_file_or_pipe():
    write("waker: Ann\n")
    for command in (["clauses"], ["draft", "matter"]):
        shown = process(*command, "--library", "lib", NO_COLOR="", TERM="xterm-256color")
        assert "\x1b" not in shown.stdout + shown.stderr


def on_a_terminal(columns: int, *words: str) -> str:
    """Run a command on a terminal of that width; return all that appears there."""
    import pty
    import termios

    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, columns))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    command = [sys.executable, "-P", "-m", "drafter", *words]
    with subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env={**env, "TERM": "xterm-256color"}
    ) as started:
        os.close(terminal)
        shown = b""
        while chunk := read(controller):
            shown += chunk
    os.close(controller)
    assert started.returncode is not None
    return shown.decode().replace("\r\n", "\n")


def read(controller: int) -> bytes:
    try:
        return os.read(controller, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@POSIX
@pytest.mark.skipif(sys.version_info < (3, 11), reason="termios.tcsetwinsize")
def test_a_terminal_has_colour_and_lines_that_fit():
    write(f"starts: 2026-02-30\nleash: {'lo ' * 15}\n")
    shown = on_a_terminal(60, "check", "matter", "--library", "lib")
    assert COLOUR.search(shown)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(len, plain)) <= 60
    assert plain[0] == "matter/answers.yaml:1: bad-answer: starts: there is no such"[: len(plain[0])]
    assert plain[1].startswith("    "), "what goes on is indented"


# -- new ----------------------------------------------------------------------------------------


def test_new_makes_a_matter_that_drafts_as_no_answers_do():
    result = drafter("new", "fresh")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"Wrote {Path('fresh/answers.yaml')}: 10 questions.",
        "Answer them in any editor, then: drafter draft fresh",
    ]
    write("", "empty/answers.yaml")
    for name in ("fresh", "empty"):
        assert drafter("draft", name).exit_code == 0
    assert Path("fresh/contract.docx").read_bytes() == Path("empty/contract.docx").read_bytes()


def asked_in(form: str) -> set[str]:
    sections = generated.real_library(form).questionnaire.sections
    return {question.id for section in sections for question in section.questions}


@pytest.mark.parametrize("form", ["standard", "comprehensive"])
def test_new_writes_every_question_of_a_form_with_its_prompt_and_help(form):
    assert run("new", "real", "--form", form).exit_code == 0
    text = squeezed(Path("real/answers.yaml").read_text("utf-8").replace("#", " "))
    written = yaml.safe_load((ROOT / "clause_library" / "questionnaire.yaml").read_text("utf-8"))
    questions = {question["id"]: question for section in written["sections"] for question in section["questions"]}
    asked = asked_in(form)
    for name, question in questions.items():
        is_asked = name in asked
        assert (squeezed(question["prompt"]) in text) == is_asked
        if is_asked:
            assert f"{name.rpartition('.')[2]}:" in text
            assert squeezed(question.get("help") or "") in text


def test_every_question_is_asked_in_a_form():
    written = yaml.safe_load((ROOT / "clause_library" / "questionnaire.yaml").read_text("utf-8"))
    asked = set().union(*(asked_in(form.id) for form in generated.real_library().forms))
    assert asked == {q["id"] for section in written["sections"] for q in section["questions"]}


def test_new_makes_the_folders_above_it():
    assert drafter("new", "a/b/c").exit_code == 0
    assert Path("a/b/c/answers.yaml").is_file()


def test_new_leaves_an_answers_file_as_it_is(place):
    before = files(place)
    result = drafter("new", "matter")
    assert result.exit_code == 1
    assert "file-exists" in result.stderr
    assert files(place) == before


@POSIX
def test_new_does_not_write_through_a_link_that_leads_nowhere():
    Path("linked").mkdir()
    Path("linked/answers.yaml").symlink_to("elsewhere.yaml")
    assert drafter("new", "linked").exit_code == 1
    assert not Path("linked/elsewhere.yaml").exists()


def test_new_where_a_file_stands_is_refused():
    Path("file").write_text("x")
    result = drafter("new", "file")
    assert result.exit_code == 1
    assert "file: unwritable-file: the folder can't be made" in result.stderr
    assert Path("file").read_text() == "x"


# -- draft --------------------------------------------------------------------------------------


def test_a_draft_says_what_it_made_in_a_few_lines():
    write(small.ANSWERS.replace("fee: 12,500.50\n", "leash: long\nlength: 3\nbites: yes\n"))
    result = drafter("draft", "matter")
    assert result.exit_code == 0
    assert result.stdout == (
        f"Wrote {Path('matter/contract.docx')}\n"
        "  Contract       2 articles, 5 sections, 2 exhibits; a draft\n"
        "  Requirements   2 of 2 requirements that apply are said; 2 wordings not yet read by an attorney:\n"
        "                 Policy 7 (adopted, January 2, 2026)\n"
        "  Read           0 of 12 texts of this contract by themselves, by an attorney\n"
        "  By a fallback  II, in 1.2\n"
        "  Not preferred  leash: long (fallback)\n"
        "  Blanks         1: Fee\n"
        "  Remember       A dog bites.\n"
    )


def test_a_draft_is_written_into_the_matter_beside_the_answers_or_where_it_is_asked():
    write(small.ANSWERS, "other.yaml")
    for words, written in (
        (["matter"], "matter/contract.docx"),
        (["matter/answers.yaml"], "matter/contract.docx"),
        (["other.yaml"], "contract.docx"),
        (["matter", "-o", "mine.docx"], "mine.docx"),
        (["matter", "--output", "MINE.DOCX"], "MINE.DOCX"),
    ):
        Path(written).unlink(missing_ok=True)
        result = drafter("draft", *words)
        assert result.stdout.splitlines()[0] == f"Wrote {Path(written)}"
        assert "This is between Town of Bark" in docx_text.plain_text(Path(written).read_bytes())


def test_a_contract_can_be_saved_and_compared_with_later():
    drafter("draft", "matter", "-o", "sent.json")
    saved = contract.from_json(Path("sent.json").read_text("utf-8"))
    assert saved.title == "Dog Walking Agreement"
    assert drafter("redline", "sent.json", "matter").stdout == "Nothing changed.\n"


def test_a_draft_twice_is_the_same_file():
    drafter("draft", "matter", "-o", "one.docx")
    drafter("draft", "matter", "-o", "two.docx")
    assert Path("one.docx").read_bytes() == Path("two.docx").read_bytes()


def test_a_final_has_no_draft_mark():
    result = drafter("draft", "matter", "--final")
    assert result.exit_code == 0
    assert "; a final\n" in result.stdout
    assert "DRAFT" not in docx_text.plain_text(Path("matter/contract.docx").read_bytes())


def test_a_final_with_blanks_is_refused_with_each_question():
    write("walker: Ann\nstarts:\ndogs:\n  - name: Rex\n    size:\n")
    result = drafter("draft", "matter", "--final")
    assert result.exit_code == 1
    told = re.findall(r"^(\S+): blank: (.+) is not answered", result.stderr, re.MULTILINE)
    at = str(Path("matter/answers.yaml"))
    assert told == [(at, "fee"), (f"{at}:2", "starts"), (f"{at}:5", "Rex, size")]
    assert not Path("matter/contract.docx").exists()


def test_a_departure_is_refused_and_drafted_where_its_clause_is_named():
    departing()
    write(f"{small.ANSWERS}alternatives:\n  leash: none\n")
    refused = drafter("draft", "matter")
    assert refused.exit_code == 1
    assert "deviation: the contract would not meet II" in refused.stderr
    assert "drafter draft matter --allow-deviation leash" in refused.stderr
    assert drafter("draft", "matter", "--allow-deviation", "price").exit_code == 1
    unknown = drafter("draft", "matter", "--allow-deviation", "leesh")
    assert "there is no clause 'leesh'" in unknown.stderr
    assert not Path("matter/contract.docx").exists()
    allowed = drafter("draft", "matter", "--allow-deviation", "leash")
    assert allowed.exit_code == 0
    assert "Deviations     II: The walker uses a leash." in allowed.stdout
    assert "leash: none (fallback, chosen in the negotiation)" in squeezed(allowed.stdout)
    assert "departs from requirement II" in docx_text.plain_text(Path("matter/contract.docx").read_bytes())


def test_a_draft_tells_a_script_what_it_tells_a_person():
    write(small.ANSWERS.replace("fee: 12,500.50\n", "leash: long\nlength: 3\nbites: yes\nnote: '{{ x }}'\n"))
    said = squeezed(drafter("draft", "matter").stdout)
    told = json.loads(drafter("draft", "matter", "--json").stdout)
    assert told["written"] == [str(Path("matter/contract.docx"))]
    assert (
        f"{told['articles']} articles, {told['sections']} sections, {told['exhibits']} exhibits; a {told['status']}"
        in said
    )
    assert told["policy"] == {"citation": "Policy 7", "status": "adopted", "date": "2026-01-02"}
    due = [row for row in told["requirements"] if row["status"] not in ("does not apply", "nothing to draft")]
    assert f"{sum(row['status'].startswith('said') for row in due)} of {len(due)} requirements" in said
    for choice in told["not_preferred"]:
        assert f"{choice['clause']}: {choice['alternative']} ({choice['position']})" in said
    assert [blank["question"] for blank in told["blanks"]] == ["fee"]
    assert f"{len(told['blanks'])}: {told['blanks'][0]['label']}" in said
    assert len(told["reminders"]) == 2
    for reminder in told["reminders"]:
        assert squeezed(reminder["message"]) in said
    assert (told["deviations"], told["problems"]) == ([], [])


@pytest.mark.parametrize(
    "words",
    [["draft", "matter"], ["check", "matter"], ["clauses", "-m", "matter"], ["explain", "matter", "dog"]],
    ids=" ".join,
)
def test_problems_are_json_too_where_json_was_asked_for(words):
    write("waker: Ann\nstarts: soon\n")
    result = drafter(*words, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)["problems"]
    assert [(p["code"], p["line"]) for p in found] == [("unknown-question", 1), ("bad-answer", 2)]
    for problem in found:
        assert f"{problem['file']}:{problem['line']}: {problem['code']}: {problem['message']}" in result.stderr


@pytest.mark.office
@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not there")
def test_a_pdf_is_written_beside_the_word_file():
    told = json.loads(drafter("draft", "matter", "--pdf", "--json").stdout)
    assert told["written"] == [str(Path("matter/contract.docx")), str(Path("matter/contract.pdf"))]
    assert accessible.failed_rules(Path("matter/contract.pdf").read_bytes()) == set()
    assert sorted(path.name for path in Path("matter").iterdir()) == ["answers.yaml", "contract.docx", "contract.pdf"]


def test_a_folder_in_the_place_of_the_pdf_is_told_before_anything_is_written(place):
    Path("matter/contract.pdf").mkdir()
    before = files(place)
    result = drafter("draft", "matter", "--pdf")
    assert result.exit_code == 1
    assert "contract.pdf: unwritable-file: there is a folder of this name" in result.stderr
    assert files(place) == before


def test_the_template_is_not_drafted_over():
    shutil.copy(ROOT / "templates" / "agreement.docx", "firm.docx")
    before = Path("firm.docx").read_bytes()
    result = drafter("draft", "matter", "--template", "firm.docx", "-o", "matter/../firm.docx")
    assert result.exit_code == 1
    assert "firm.docx: unwritable-file: this is the template" in result.stderr
    assert Path("firm.docx").read_bytes() == before


# -- files and folders --------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_path_of_any_characters_will_do(name):
    folder = Path("./") / name
    made = drafter("new", f"./{name}")
    assert made.exit_code == 0
    hinted = shlex.split(made.stdout.splitlines()[1].partition("drafter draft ")[2])
    assert hinted[0] == str(folder).replace("\n", "\\n")
    drafted = drafter("draft", name, "-o", f"{name}.docx")
    assert drafted.exit_code == 0
    assert drafted.stdout.splitlines()[0] == f"Wrote {name}.docx".replace("\n", "\\n")
    told = json.loads(drafter("draft", name, "--json").stdout)
    assert told["written"] == [str(folder / "contract.docx")]
    (folder / "answers.yaml").write_text("waker: Ann\n")
    wrong = drafter("check", name)
    assert wrong.stderr.splitlines()[0].startswith(f"{name}/answers.yaml:1: unknown-question: ".replace("\n", "\\n"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_path_that_is_not_text_will_do():
    name = os.fsdecode(b"caf\xe9")
    assert drafter("new", name).exit_code == 0
    shown = process("draft", name, "--library", "lib")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Wrote caf\\udce9/contract.docx" in shown.stdout
    told = process("draft", name, "--library", "lib", "--json")
    assert json.loads(told.stdout)["written"] == [f"{name}/contract.docx"]


@pytest.mark.parametrize(
    "words",
    [
        ["draft", "matter", "-o", "folder.docx"],
        ["draft", "folder"],
        ["check", "folder"],
        ["swap", "folder", "leash", "long"],
        ["draft", "matter", "--template", "folder.docx"],
    ],
    ids=" ".join,
)
def test_a_folder_where_a_file_is_expected_is_told(words, place):
    Path("folder/answers.yaml").mkdir(parents=True)
    Path("folder.docx").mkdir()
    before = files(place)
    result = drafter(*words)
    assert result.exit_code == 1
    assert re.match(r"folder\S*: (unreadable-file|unwritable-file|unreadable-template): ", result.stderr)
    assert files(place) == before


def test_a_file_where_a_folder_is_expected_is_told():
    Path("file").write_text("walker: Ann\n")
    for words in (["draft", "matter", "-o", "file/contract.docx"], ["draft", "file/x"]):
        result = drafter(*words)
        assert result.exit_code == 1
        assert "file" in result.stderr
    assert run("check", "matter", "--library", "file").exit_code == 1


@pytest.mark.parametrize("name", ["nowhere", "nowhere/answers.yaml", "matter/other.yaml"])
def test_a_matter_that_is_not_there_is_told(name):
    for command in (["draft", name], ["check", name], ["explain", name, "leash"], ["swap", name, "leash", "long"]):
        result = drafter(*command)
        assert result.exit_code == 1
        assert f"{Path(name)}: missing-file: there is no such file" in result.stderr


def test_a_name_too_long_for_the_system_is_told():
    for words in (["draft", "x" * 300], ["draft", "matter", "-o", f"{'x' * 300}.docx"], ["new", "x" * 300]):
        result = drafter(*words)
        assert result.exit_code == 1
        assert "can't be" in result.stderr


@POSIX
def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left_in_it(place):
    if ROOT_USER and not Path("/proc/self").exists():
        pytest.skip("the superuser may write everywhere")
    folder = Path("/proc") if ROOT_USER else place / "closed"
    if not ROOT_USER:
        folder.mkdir()
        folder.chmod(0o500)
    result = drafter("draft", "matter", "-o", folder / "contract.docx")
    assert result.exit_code == 1
    assert f"{folder}/contract.docx: unwritable-file: the file can't be written: " in result.stderr
    if not ROOT_USER:
        assert list(folder.iterdir()) == []
        folder.chmod(0o700)


@POSIX
def test_a_full_disk_leaves_the_old_draft_and_no_trace(place):
    Path("matter/contract.docx").write_bytes(b"the draft of yesterday")
    before = files(place)
    for command in ("draft matter", "swap matter leash long"):
        # No file may have a single byte: the disk is full.
        limited = f"ulimit -f 0; exec {shlex.quote(sys.executable)} -B -m drafter {command} --library lib"
        result = subprocess.run(
            ["/bin/sh", "-c", limited], check=False, capture_output=True, text=True, env={**os.environ, **TERMINAL}
        )
        assert result.returncode == 1
        assert "unwritable-file: the file can't be written: " in result.stderr
        assert "Traceback" not in result.stderr
        assert files(place) == before


def test_no_temporary_file_is_left(place):
    drafter("draft", "matter")
    drafter("swap", "matter", "leash", "long")
    write("waker: Ann\n")
    drafter("draft", "matter")
    drafter("draft", "matter", "-o", "nowhere/contract.docx")
    assert sorted(path.name for path in Path("matter").iterdir()) == ["answers.yaml", "contract.docx", "swaps.yaml"]
    assert sorted(path.name for path in place.iterdir()) == ["lib", "matter"]


@POSIX
def test_a_link_stays_a_link():
    Path("linked").mkdir()
    kept = write(f"# kept\n{small.ANSWERS}", "linked/kept.yaml")
    Path("linked/answers.yaml").symlink_to("kept.yaml")
    Path("linked/contract.docx").symlink_to("kept.docx")
    Path("linked/kept.docx").write_bytes(b"old")
    assert drafter("swap", "linked", "leash", "long").exit_code == 0
    assert Path("linked/answers.yaml").is_symlink()
    assert kept.read_text().startswith("# kept\n")
    assert "leash: long" in kept.read_text()
    assert drafter("draft", "linked").exit_code == 0
    assert Path("linked/contract.docx").is_symlink()
    assert Path("linked/kept.docx").read_bytes().startswith(b"PK")
    Path("linked/answers.yaml").unlink()
    Path("linked/answers.yaml").symlink_to("answers.yaml")
    looped = drafter("draft", "linked")
    assert looped.exit_code == 1
    assert "unreadable-file" in looped.stderr


@POSIX
def test_the_rights_of_a_file_stay():
    Path("matter/answers.yaml").chmod(0o640)
    drafter("swap", "matter", "leash", "long")
    assert stat.S_IMODE(Path("matter/answers.yaml").stat().st_mode) == 0o640


# -- check --------------------------------------------------------------------------------------


def test_check_says_each_requirement_and_where_it_is_met():
    write("dogs:\n  - {name: Rex, size: small}\nleash: long\nlength: 3\n")
    result = drafter("check", "matter")
    assert (result.exit_code, result.stderr) == (0, "")
    said = squeezed(result.stdout)
    assert said.startswith("Requirements of Policy 7 (adopted, January 2, 2026) Id ")
    assert re.search(r" II .*said by a fallback in 1\.2.* III .*does not apply.* I .*nothing to draft", said)
    assert "In the text of Policy 7 itself - I: Two full stops. " in said
    assert result.stdout.endswith(
        "\n"
        "Blanks, each with the question that fills it\n"
        "  [Walker's name]  walker\n"
        "  [Fee]            fee\n"
        "  [Start]          starts\n"
        "\n"
        "Policy 7: 1 of 1 requirements that apply are said; 1 wording not yet read by an attorney.\n"
        "Read: 0 of 11 texts of this contract by themselves, by an attorney.\n"
        "3 blanks; no problems.\n"
    )


def test_check_writes_nothing(place):
    before = files(place)
    drafter("check", "matter")
    assert files(place) == before


def test_check_ends_with_1_where_an_answer_or_a_requirement_is_wrong():
    departing()
    write("starts: 2027-06-30\nends: 2026-08-31\nalternatives:\n  leash: none\n")
    result = drafter("check", "matter")
    assert result.exit_code == 1
    assert "deviates" in result.stdout
    assert "\nPolicy 7: 0 of 1 requirements that apply are met.\n" in result.stdout
    assert result.stdout.endswith("\n4 blanks; 2 problems.\n")
    at = Path("matter/answers.yaml")
    assert f"{at}:1: order: It ends before it starts." in result.stderr
    assert f"{at}: deviation: " in result.stderr
    told = json.loads(drafter("check", "matter", "--json").stdout)
    assert sorted(problem["code"] for problem in told["problems"]) == ["deviation", "order"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_check_tells_a_script_what_it_tells_a_person(example):
    shown = run("check", example)
    said = squeezed(shown.stdout)
    told = json.loads(run("check", example, "--json").stdout)
    assert shown.exit_code == 0
    for row in told["requirements"]:
        assert row["id"] in said
        assert row["status"] in said
    for blank in told["blanks"]:
        assert f"[{blank['label']}]" in said
        assert blank["question"] in said
    for reminder in told["reminders"]:
        assert " ".join(reminder["message"].split()[:6]) in said
    assert f"{len(told['blanks']) or 'no'} blank" in said.lower()


def test_a_policy_without_anomalies_has_no_heading_for_them(place):
    heading = "In the text of Policy 7 itself"
    assert heading in drafter("check", "matter").stdout
    small.build(place / "lib", policy=small.POLICY.partition("anomalies:")[0])
    result = drafter("check", "matter")
    assert (result.exit_code, heading in result.stdout) == (0, False)
    assert "1 of 1 requirements that apply are said" in result.stdout


# -- clauses and explain ------------------------------------------------------------------------


def test_clauses_lists_the_library_best_first():
    result = drafter("clauses")
    assert (result.exit_code, result.stderr) == (0, "")
    for clause in small.CLAUSES:
        assert re.search(rf"^  {clause} ", result.stdout, re.MULTILINE)
    for heading in ("Opening and recitals", "Article 1. Walking", "Article 2. General", "Exhibit B. The Policy"):
        assert f"\n{heading}\n" in f"\n{result.stdout}"
    assert re.search(r"^  leash  +short\n    Leash; says II  +long \(fallback\)\n", result.stdout, re.MULTILINE)


def test_clauses_marks_what_a_matter_selected():
    write("leash: long\n")
    shown = drafter("clauses", "-m", "matter").stdout
    assert re.search(r"^  leash +short$", shown, re.MULTILINE)
    assert re.search(r"> long \(fallback\)$", shown, re.MULTILINE)
    assert "  muzzle (left out)" in shown


def test_one_clause_reads_well():
    result = drafter("clauses", "leash", "-m", "matter")
    assert result.stdout == (
        "Leash\n"
        "Clause     leash\n"
        "File       lib/clauses/leash.md\n"
        "Authority  Policy 7\n"
        "\n"
        "1. short (preferred), selected in this matter\n"
        "   Label     The short one\n"
        "   When      leash == 'short'\n"
        "   Says      II\n"
        "   Guidance  Guidance on short.\n"
        "   Wording   The walker must use a leash on {{ the_dog }}:\n"
        "             (a) it is held.\n"
        "             (b) [when bites] it is strong.\n"
        "                (i) of steel.\n"
        "\n"
        "2. long (fallback)\n"
        "   Label     The long one\n"
        "   When      leash == 'long'\n"
        "   Says      II\n"
        "   Concedes  Something.\n"
        "   Guidance  Guidance on long.\n"
        "   Wording   The walker must use a leash of {{ length }} {{ length | plural('foot', 'feet') }}:\n"
        "             (a) held.\n"
    )


def test_guidance_is_shown_as_paragraphs():
    guidance = "guidance: |\n      One line\n      and its end.\n\n      A second paragraph."
    small.build(
        Path("lib"), clauses={"notes": small.CLAUSES["notes"].replace("guidance: Guidance on standard.", guidance)}
    )
    shown = drafter("clauses", "notes").stdout
    assert "   Guidance  One line and its end.\n\n             A second paragraph.\n" in shown


def test_tables_and_the_policy_are_shown_in_a_wording():
    assert "| [each d in dogs] {{ d.name }} | {{ d.size | label }}" in drafter("clauses", "list").stdout
    assert "[the policy, word for word]" in drafter("clauses", "policy").stdout


def test_clauses_tells_a_script_what_it_tells_a_person():
    told = json.loads(drafter("clauses", "--json", "-m", "matter").stdout)
    assert [clause["id"] for clause in told][:2] == ["parties", "recital"]
    assert {clause["id"] for clause in told} == set(small.CLAUSES)
    for clause in told:
        said = squeezed(drafter("clauses", clause["id"], "-m", "matter").stdout)
        assert json.loads(drafter("clauses", clause["id"], "--json", "-m", "matter").stdout) == [clause]
        assert ("selected in this matter" in said) is (clause["selected"] is not None)
        for alternative in clause["alternatives"]:
            assert f"{alternative['id']} ({alternative['position']})" in said
            for words in (
                alternative["label"],
                alternative["concedes"],
                alternative["guidance"],
                *alternative["wording"],
            ):
                assert squeezed(words) in said


def test_a_clause_that_is_not_there_is_told_with_the_one_that_was_meant():
    for command in (["clauses", "leesh"], ["explain", "matter", "leesh"], ["swap", "matter", "leesh", "long"]):
        result = drafter(*command)
        assert result.exit_code == 1
        assert "unknown-clause: there is no clause 'leesh'\n  hint: did you mean 'leash'?\n" in result.stderr


def test_explain_says_why_and_tells_a_script_the_same():
    result = drafter("explain", "matter", "leash")
    assert result.exit_code == 0
    assert "Answers             leash is 'short'\n" in result.stdout
    rows = json.loads(drafter("explain", "matter", "leash", "--json").stdout)
    for row in rows:
        assert row["heading"] in result.stdout
        assert squeezed(row["words"]) in squeezed(result.stdout)
    left_out = drafter("explain", "matter", "muzzle")
    assert "Left out" in left_out.stdout


# -- swap ---------------------------------------------------------------------------------------

COMMENTED = """\
# The walker's answers.
walker: Ann   # not Bob

starts: 2026-08-31
leash: short # for now
alternatives:   # chosen on May 2
  # the recital stays
  recital: standard
  leash: short   # our opening
fee: 10
# the end
"""


SWAPPED = COMMENTED.replace("leash: short # for now", "leash: long # for now").replace(
    "  leash: short   # our opening\n", ""
)


def test_swap_changes_the_answer_and_no_other_line_but_a_choice_that_said_the_same():
    write(COMMENTED)
    result = drafter("swap", "matter", "leash", "long")
    assert result.exit_code == 0
    assert Path("matter/answers.yaml").read_text() == SWAPPED
    assert result.stdout == (
        "leash: short (preferred) -> long (fallback)\n"
        f"  Changed       {Path('matter/answers.yaml')}:5\n"
        "  Concedes      Something.\n"
        "  Answer        leash: long\n"
        "  Now asked     length: How long?\n"
        "  Requirements  II: said -> said by a fallback\n"
        "\n"
        "Article 1 Walking\n"
        "  1.2 Leash\n"
        "    The walker must use a leash {-on each Dog-}{+of [Length] feet+}:\n"
        "    (a) {-it is -}held.\n"
        "8 words marked.\n"
    )


def test_swap_adds_the_line_where_there_is_none():
    for text in ("walker: Ann\n", "walker: Ann\nalternatives:\n", "alternatives:\n  recital: standard\nwalker: Ann\n"):
        write(text)
        assert drafter("swap", "matter", "leash", "long").exit_code == 0
        changed = Path("matter/answers.yaml").read_text()
        assert set(text.splitlines()) <= set(changed.splitlines())
        assert changed.count("leash: long") == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_swap_keeps_the_line_ends_and_the_mark_of_the_file(end, mark):
    write((mark + COMMENTED).replace("\n", end))
    assert drafter("swap", "matter", "leash", "long").exit_code == 0
    expected = (mark + SWAPPED).replace("\n", end)
    assert Path("matter/answers.yaml").read_bytes() == expected.encode()


def test_swap_to_what_is_chosen_already_touches_nothing():
    write(COMMENTED)
    when = Path("matter/answers.yaml").stat().st_mtime_ns
    result = drafter("swap", "matter", "leash", "short")
    assert result.exit_code == 0
    assert f"Unchanged     {Path('matter/answers.yaml')}:9" in result.stdout
    assert Path("matter/answers.yaml").stat().st_mtime_ns == when


def test_swap_refuses_a_departure_unless_it_is_allowed_and_lets_it_be_taken_back(place):
    departing()
    before = files(place)
    refused = drafter("swap", "matter", "leash", "none")
    assert refused.exit_code == 1
    assert "swap with --allow-deviation" in refused.stderr
    assert files(place) == before
    reasonless = drafter("swap", "matter", "leash", "none", "--allow-deviation")
    assert reasonless.exit_code == 2
    assert "needs --because REASON" in reasonless.stderr
    assert files(place) == before
    allowed = drafter("swap", "matter", "leash", "none", "--allow-deviation", "--because", "No dog pulls.")
    assert allowed.exit_code == 0
    assert "II: said -> deviates" in allowed.stdout
    assert "Because       No dog pulls." in allowed.stdout
    back = drafter("swap", "matter", "leash", "short")
    assert back.exit_code == 0
    assert "II: deviates -> said" in back.stdout


def test_swap_tells_a_script_what_it_tells_a_person():
    write(COMMENTED)
    told = json.loads(drafter("swap", "matter", "leash", "long", "--json").stdout)
    assert told == {
        "clause": "leash",
        "before": "short",
        "after": "long",
        "position": "fallback",
        "direction": "concedes",
        "concedes": "Something.",
        "approval": "",
        "answer": {"leash": "long"},
        "changes_too": [],
        "now_asked": ["length"],
        "found": [],
        "look_at": [],
        "file": str(Path("matter/answers.yaml")),
        "line": 5,
        "tried": False,
        "requirements": [{"id": "II", "was": "met", "now": "met by a fallback"}],
        "because": "",
        "for_board": "",
        "deviations": [],
        "reminders": [],
        "words": told["words"],
    }
    assert "    The walker must use a leash {-on each Dog-}{+of [Length] feet+}:" in told["words"]


def test_swap_says_where_an_alternative_is_not_there_and_changes_nothing(place):
    before = files(place)
    result = drafter("swap", "matter", "leash", "loong")
    assert result.exit_code == 1
    assert "'leash' has no alternative 'loong'" in result.stderr
    assert "it has short, long" in result.stderr
    assert files(place) == before


# -- lint ---------------------------------------------------------------------------------------


def test_lint_says_what_a_library_in_order_holds_and_what_to_verify():
    small.build(Path("lib"), authorities=small.AUTHORITIES.replace("confidence: A", "confidence: C, verify: true"))
    result = drafter("lint")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "lib: no problems\n"
        "  Policy     Policy 7 (adopted, January 2, 2026), 3 requirements. Nobody has compared its words with\n"
        "             the official text.\n"
        "  Questions  10\n"
        "  Clauses    9, with 10 alternatives\n"
        "  Read       0 of 3 wordings against requirements and 0 of 12 texts by themselves, by an attorney;\n"
        "             drafter review lists the others\n"
        "  Verify     Policy 7: Leashes. Used by parties, recital, dog, leash, muzzle, price, notes, list,\n"
        "             policy.\n"
    )
    told = json.loads(drafter("lint", "--json").stdout)
    assert (told["questions"], told["clauses"], told["alternatives"], told["problems"]) == (10, 9, 10, [])
    assert [authority["id"] for authority in told["verify"]] == ["policy-7"]


def test_lint_says_all_that_is_wrong_and_ends_with_1():
    small.build(Path("lib"), clauses={"notes": None, "muzzle": small.CLAUSES["muzzle"].replace("muzzle.", "basket.")})
    result = drafter("lint")
    assert (result.exit_code, result.stdout) == (1, "")
    assert {"missing-clause", "unsaid-requirement"} <= set(re.findall(r": ([a-z-]+): ", result.stderr))
    assert re.search(r"^\d+ problems$", result.stderr, re.MULTILINE)


# -- prove --------------------------------------------------------------------------------------


def test_the_checks_that_a_proof_rests_on_are_named(place):
    text = small.clause("Notes", "early|preferred|starts < ends||A.", "open|fallback|not starts or not ends||B.")
    text = text.replace("not starts or not ends", "not (starts | answered and ends | answered)")
    small.build(place / "lib", clauses={"notes": text})
    result = run("prove", "lib")
    assert result.exit_code == 0
    assert "Because the questionnaire's checks refuse other answers: order, some." in result.stdout


# -- template -----------------------------------------------------------------------------------


def test_the_template_that_is_shipped_is_in_order():
    result = run("template", "check", ROOT / "templates" / "agreement.docx", COLUMNS="500")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("agreement.docx, a template of the contract: every field and style is there.\n")


# -- width --------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns):
    departing()
    write("bites: yes\nleash: long\nwalker: " + "Ann " * 100 + "\nnote: '{{ " + "x" * 300 + " }}'\n")
    for words in (
        ["check", "matter"],
        ["clauses"],
        ["clauses", "-m", "matter"],
        *(["clauses", clause] for clause in small.CLAUSES),
        ["explain", "matter", "leash"],
        ["swap", "matter", "leash", "short"],
        ["draft", "matter"],
    ):
        shown = drafter(*words, COLUMNS=str(columns)).stdout
        wide = [line for line in shown.splitlines() if cell_len(line) > columns or line.endswith(" ")]
        assert [line for line in wide if not line.startswith("leash: ")] == []


@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_about_the_library_that_is_shipped_is_wider_than_the_terminal(columns):
    for words in (["check", EXAMPLES[-1]], ["clauses", "-m", EXAMPLES[-1]]):
        shown = run(*words, COLUMNS=str(columns)).stdout
        assert max(map(cell_len, shown.splitlines())) <= columns
        assert "…" not in shown, "a name is cut"
