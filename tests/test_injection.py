"""Words that programs have obeyed: wherever they are put, they are refused, or come out as their characters.

Nothing is executed (an audit hook watches for processes, connections, and files that are none of ours), nothing is
computed that only a program's insides could say, and no time or memory is taken that ends no more.
"""

# ruff: noqa: E501, PT017  # a place and what is put there in one line; to be refused is one of two good ends

from __future__ import annotations

import csv
import functools
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx_changes
import docx_text
import fuzz
import generated
import pytest
import small
import test_laws
import test_memo
from click.testing import CliRunner
from commands import TERMINAL, files, matter, run
from often import some

from drafter.base.problems import DraftingError
from drafter.comparing import redline
from drafter.documents import brief_docx, matrix_docx, memo_docx
from drafter.doors.cli import main
from drafter.drafting import assembly, compliance, options, selection
from drafter.matters import answers
from drafter.papers import brief, in_html, matrix, memo
from drafter.pdf import cover
from drafter.reading import loading
from drafter.reading.memo import markdown
from drafter.word import filling
from drafter.word.oxml import package

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 20

# Published ways out of a Jinja sandbox, or into one, and of what is formatted; CANARY is a file that they would make.
JINJA = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ title.__class__.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('touch CANARY').read() }}",
    "{{ lipsum.__globals__['os'].popen('touch CANARY').read() }}",
    "{{ joiner.__init__.__globals__.os.system('touch CANARY') }}",
    "{{ namespace.__init__.__globals__.os.system('touch CANARY') }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('touch CANARY').read() }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').system('touch CANARY') }}",
    "{{ ''|attr('__class__')|attr('__mro__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ ''['\\u005f\\u005fclass\\u005f\\u005f'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''|attr(['__cla', 'ss__']|join) }}",
    "{{ ''.\uff3f\uff3fclass\uff3f\uff3f }}",
    "{{ '{0.__class__.__mro__}'.format('') }}",
    "{{ '{0.__class__}'|format('') }}",
    "{{ '%(a)s'|format(a=title.__class__) }}",
    "{{ ''|map(attribute='__class__')|list }}",
    "{{ ['']|map('attr', '__class__')|list }}",
    "{{ ['']|groupby('__class__') }}",
    "{{ [{}]|sum(attribute='__class__') }}",
    "{{ ''.format.__self__.__class__ }}",
    "{{ [].append.__self__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ range(10**9) }}",
    "{{ dict(__class__=1).__class__ }}",
    "{{ __import__('os').system('touch CANARY') }}",
    '{{ eval(\'__import__("os").system("touch CANARY")\') }}',
    "{{ open('/etc/passwd').read() }}",
    "{{ (1).__class__.__base__ }}",
    "{{ ().__class__.__bases__[0] }}",
    "{{ none.__class__ }}",
    "{{ true.__class__ }}",
    "{{ loop.__class__ }}",
    "{{ caller() }}",
    "{% for a in ().__class__.__base__.__subclasses__() %}{{ a }}{% endfor %}",
    "{% set a = ''.__class__ %}{{ a }}",
    "{% with a = ''.__class__ %}{{ a }}{% endwith %}",
    "{% if ''.__class__ %}class{% endif %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% import os %}",
    "{% from 'os' import system %}",
    "{% extends '/etc/passwd' %}",
    "{% macro a() %}{{ caller.__class__ }}{% endmacro %}{% call a() %}{% endcall %}",
    "{% block a %}{{ self.a.__class__ }}{% endblock %}",
    "{% do ''.__class__ %}",
    "{% debug %}",
    "{%- print(''.__class__) -%}",
    "{% raw %}{{ ''.__class__ }}{% endraw %}{{ ''.__class__ }}",
    "{# a #}{{ ''.__class__ }}",
)
OTHERS = (
    "{0.__class__}", "{0.__class__.__init__.__globals__}", "{__import__('os')}", "%s", "%(title)s", "%n%n%n", "$title",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{=7*7}}", "*{7*7}", "@(7*7)", "[[${7*7}]]",
    "__import__('os').system('touch CANARY')", "!!python/object/apply:os.system ['touch CANARY']", "`touch CANARY`",
    "$(touch CANARY)", "; touch CANARY", "| touch CANARY", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>', "' onmouseover='alert(1)", "javascript:alert(1)", "[a](javascript:alert(1))",
    "![a](http://example.org/a.png)", "<!-- a", "<![CDATA[ a ]]>", "</style><script>", "&lt;script&gt;",
    "&#x3c;script&#x3e;", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "<w:fldSimple w:instr='DDEAUTO a b'/>", "</w:t></w:r><w:r><w:instrText>DDEAUTO</w:instrText></w:r>", "<?php a ?>",
    "=cmd|'/C calc'!A0", '=HYPERLINK("http://example.org")', "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd",
    "\t=1+1", "\uff1d1+1", '=1+1",=1+1', "'=1+1", "../../etc/passwd", "file:///etc/passwd",
)  # fmt: skip
PAYLOADS = (*JINJA, *OTHERS)
ENDLESS = (  # the sandbox bounds range() alone
    "{{ 9 ** (9 ** 9) }}",
    "{% for a in 'aaaaaaaaaa' * 9999 %}{% for b in 'aaaaaaaaaa' * 9999 %}{% endfor %}{% endfor %}",
)
BOMBS = (
    "{{ 'a' * 10**10 }}",
    "{{ [title] * 10**9 }}",
    "{{ title|center(10**10) }}",
    "{{ '%0999999999d'|format(1) }}",
    "{% set a = 'a' * 9999 %}{% set b = a.replace('a', a) %}{% set c = b.replace('a', b) %}{{ c }}",
    "{% macro a() %}{{ a() }}{{ a() }}{% endmacro %}{{ a() }}",
)  # fmt: skip

# What only a program that obeyed would say.
OBEYED = ("<class", "&lt;class", "<module", "<function", "built-in", "TemplateReference object", "root:x:")


# -- what watches -------------------------------------------------------------------------------


class Watch:
    """What was done that no command has reason to do, while it watches."""

    on = False
    seen: tuple[str, ...] = ()


FORBIDDEN = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "subprocess.Popen", "socket.connect",
             "socket.getaddrinfo", "ctypes.dlopen", "urllib.Request", "webbrowser.open")  # fmt: skip


def _hook(event: str, given: tuple[object, ...]) -> None:
    if Watch.on and (event in FORBIDDEN or (event == "open" and given and given[0] == "/etc/passwd")):
        Watch.seen += (f"{event} {given!r:.200}",)


@functools.cache
def _watching() -> None:
    sys.addaudithook(_hook)  # for the rest of the process: it can't be taken off


@pytest.fixture(autouse=True)
def watched(tmp_path, monkeypatch) -> Iterator[None]:
    """Stand in a folder of the test's own, and hold that nothing is executed, and nothing takes for ever."""
    _watching()
    monkeypatch.chdir(tmp_path)
    Watch.on, Watch.seen = True, ()
    try:
        with fuzz.bounded(3 * SECONDS):
            yield
    finally:
        Watch.on = False
    assert Watch.seen == ()
    assert not [p for p in tmp_path.rglob("*") if "CANARY" in p.name]


def test_the_watch_sees_what_is_executed():
    os.system("true")  # noqa: S605, S607
    subprocess.run(["true"], check=True)  # noqa: S607
    assert {told.split()[0] for told in Watch.seen} >= {"os.system", "subprocess.Popen"}
    Watch.seen = ()


def obeyed(said: str, *payloads: str) -> list[str]:
    """Return the signs that something was executed or looked into, in what was said beside the payloads."""
    for payload in payloads:
        said = said.replace(payload, "")
    return [sign for sign in OBEYED if sign in said]


def inert(words: list[str], payload: str, before: dict[str, bytes], folder: Path) -> int:
    """Run a command: it does well, or says what is wrong and changes nothing. Return its exit code."""
    result = CliRunner(env=fuzz.ENV).invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1)
    assert obeyed(result.output, payload) == []
    if result.exit_code:
        assert result.stderr.count(": ") > 1, "a problem has a place and a code"
        assert files(folder) == before
    return result.exit_code


# -- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if p == p.strip()])
def test_in_an_answer_it_comes_out_as_its_characters(payload):
    given = {"dogs": [{}, {"size": "large"}]}
    test_laws.an_answer_is_its_characters(generated.small_library(), given, payload)


def test_in_an_answer_it_comes_out_of_the_word_file_as_its_characters():
    lines = [p.strip() for p in PAYLOADS]
    text = generated.to_yaml({"note": "\n".join(lines), "walker": lines[0]})
    place = matter(Path(), text)
    assert run("draft", place, "--library", "lib").exit_code == 0
    said = docx_text.plain_text((place / "contract.docx").read_bytes())
    assert [line for line in lines if line not in said] == []
    assert obeyed(said, *lines) == []


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found |= {(tag,), *((tag, name) for name, _ in attrs)}


def test_no_page_has_an_element_or_a_style_of_an_answer():
    drafted = generated.small_library()
    texts = [generated.to_yaml({"note": "\n".join(words), "walker": words[0]}) for words in (PAYLOADS, ("Ann", "a"))]
    odd, plain = (small.draft(drafted, text) for text in texts)
    pages = [
        (in_html.redline_page(redline.compare(plain[0], made[0]), "told"), in_html.matrix_page(matrix.make(*made[:3], small.ALL_READ)))
        for made in (odd, small.draft(drafted, generated.to_yaml({"note": "\n".join("b" for _ in PAYLOADS), "walker": "b"})))
    ]  # fmt: skip
    for hostile, harmless in zip(*pages, strict=True):
        assert Tags(hostile).found == Tags(harmless).found


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|'/C calc'!A0", '=HYPERLINK("http://example.org")', "\t=1+1")


def test_no_cell_of_the_matrix_is_a_formula(tmp_path):
    """What is printed as a wording's place, words or authority may be an answer, or the library's."""
    for place, formula in enumerate(FORMULAS):
        policy = small.saying("II", "{{ walker }} must use a leash.").replace(
            "asks: The walker uses a leash.\n    quote: must use a leash", f"asks: a\n    quote: {quoted(formula)}"
        )
        policy = policy.replace(
            "text: A walker must use a leash.", f"text: {quoted(formula + ' A walker must use a leash.')}"
        )
        clause = small.clause(formula.strip(), "short|preferred||II|{{ walker }} must use a leash.\n\n1. {#hold} held.")
        folder = tmp_path / str(place)
        where = matter(folder, generated.to_yaml({"walker": formula.strip()}))
        clause = clause.replace(f"title: {formula.strip()}", f"title: {quoted(formula)}")
        small.build(folder / "lib", policy=policy, clauses={"leash": clause})
        assert run("check", where, "-o", folder / "m.csv", "--library", folder / "lib").exit_code == 0
        with (folder / "m.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert any(formula.strip() in cell for cell in cells), formula
        assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


# -- a matter's own wordings --------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A matter beside its library, put back before each use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("injection"))
        yield fuzz.Place(Path.cwd())


@pytest.fixture
def prepared(place, monkeypatch):
    monkeypatch.chdir(place.folder)
    place.restore()
    return place.folder


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_an_own_wording_it_is_refused_or_comes_out_as_its_characters(prepared, payload):
    Path("hostile.md").write_text(
        f"---\nlabel: >-\n  {payload.strip()}\n---\n{payload} here.\n\n1. {{#hold}} a.\n", "utf-8"
    )
    words = ["swap", "matter", "leash", "--wording", "hostile.md", "--because", payload, "--allow-deviation", *fuzz.LIB]
    if inert(words, payload, files(prepared), prepared) == 0:
        inert(["draft", "matter", "-o", "new.docx", *fuzz.LIB], payload, files(prepared), prepared)
        if Path("new.docx").exists():
            assert obeyed(docx_text.plain_text(Path("new.docx").read_bytes()), payload) == []
    fields = "{{" in payload or "{%" in payload
    assert not fields or "hostile.md" in {p.name for p in prepared.iterdir()}


# -- the library --------------------------------------------------------------------------------


def quoted(payload: str) -> str:
    """Return a payload as YAML reads it, whatever its characters."""
    return "'" + payload.strip().replace("'", "''") + "'"


PLACES = {
    "a clause's text": lambda p: {"clauses": {"notes": small.clause("Notes", f"standard|preferred|||{p} here.")}},
    "a clause's condition": lambda p: {"clauses": {"notes": small.CLAUSES["notes"].replace("title: Notes", f"title: Notes\nwhen: {quoted(p)}")}},
    "an item's condition": lambda p: {"clauses": {"notes": small.clause("Notes", f"standard|preferred|||A:\n\n1. {{when: {p}}} b.")}},
    "a field": lambda p: {"clauses": {"notes": small.clause("Notes", f"standard|preferred|||A {{{{ {p} }}}} b.")}},
    "a default": lambda p: {"questionnaire": small.QUESTIONNAIRE.replace("default: Town of Bark", f"default: {quoted(p)}")},
    "a check": lambda p: {"questionnaire": small.QUESTIONNAIRE.replace("holds: not bites", f"holds: {quoted(p)}")},
    "the title": lambda p: {"agreement": small.AGREEMENT.replace("title: Dog Walking Agreement", f"title: {quoted(p)}")},
    "the caption": lambda p: {"agreement": small.AGREEMENT.replace('["{{ town.name }}"]', f"[{quoted(p)}]")},
    "a phrase": lambda p: {"agreement": small.AGREEMENT.replace("dogs | plural('the Dog', 'each Dog')", quoted(p))},
    "a signature": lambda p: {"agreement": small.AGREEMENT.replace('"{{ d.name }}"', quoted(p))},
    "the policy": lambda p: {"policy": small.POLICY.replace("text: The town wants dogs walked well. .", f"text: {quoted('The town wants dogs walked well ' + p)}")},
}  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_in_the_library_it_is_refused_or_comes_out_as_its_characters(where, tmp_path):
    drawn = 0
    for number, payload in enumerate(PAYLOADS):
        root = small.build(tmp_path / str(number), **PLACES[where](payload))
        try:
            made = small.draft(loading.load(root, "lib"))[0]
        except DraftingError as error:
            assert obeyed(str(error), payload) == []
            continue
        drawn += 1
        assert obeyed(test_laws.contract.to_text(made), payload) == [], payload
    assert drawn or where not in ("a default", "the policy"), "there it is words"


@pytest.mark.parametrize("payload", [p for p in JINJA if p.startswith("{{")])
def test_a_field_that_is_no_expression_of_the_library_is_refused(payload, tmp_path):
    with pytest.raises(DraftingError) as caught:
        small.load(tmp_path, clauses={"notes": small.clause("Notes", f"standard|preferred|||{payload} here.")})
    assert {p.code for p in caught.value.problems} <= {"bad-expression", "bad-text"}


# -- the memo -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where", ["I move.", "A walk", '"{{ walker }}"', "wording.leash == 'long'", "The leash is long."]
)
def test_in_the_memo_it_is_refused_or_comes_out_as_its_characters(where, tmp_path):
    drafted = small.load(tmp_path)
    given = answers.parse(small.ANSWERS, "answers.yaml", drafted.questionnaire)
    selected = selection.select(drafted, given)
    assembled = assembly.assemble(selected)
    covered = compliance.check(assembled, selected)
    for payload in PAYLOADS:
        text = test_memo.DOGS.replace(where, payload if where == "I move." else quoted(payload), 1)
        assert text != test_memo.DOGS
        (tmp_path / "memo.md").write_text(text, "utf-8")
        try:
            found = memo.make(markdown.load(drafted), selected, assembled, covered, None, "", None)
        except DraftingError as error:
            assert obeyed(str(error), payload) == []
            continue
        assert obeyed(repr(found), payload, repr(payload)[1:-1]) == [], payload


# -- reasons, names and other arguments ---------------------------------------------------------


def test_a_reason_comes_out_as_its_characters(prepared):
    reason = " ".join(" ".join(PAYLOADS).split())
    inert(["swap", "matter", "leash", "long", "--because", reason, *fuzz.LIB], reason, files(prepared), prepared)
    assert run("send", "matter", "--to", "kennel", *fuzz.LIB).exit_code == 0
    assert run("packet", "matter", "-o", "new", "--privileged", *fuzz.LIB, PATH="/nowhere").exit_code == 1
    said = docx_text.plain_text(Path("new-privileged/brief.docx").read_bytes())
    assert reason in " ".join(said.split())
    redline_ = ["redline", "matter/rounds/03-to-kennel", "matter", "-o", "new.docx", "--for", "internal", *fuzz.LIB]
    assert run(*redline_).exit_code == 0
    comments = docx_changes.comments(Path("new.docx").read_bytes())
    assert any(reason in " ".join(" ".join(map(str, told)).split()) for told in comments)


@pytest.mark.parametrize("payload", ["{{ ''.__class__ }}", "<w:p/>&amp;\"'", "=1+1", "%s{0}"])
@pytest.mark.usefixtures("prepared")
def test_an_authors_name_comes_out_as_its_characters(payload):
    assert run("swap", "matter", "leash", "long", *fuzz.LIB).exit_code == 0
    words = ["redline", "matter/rounds/03-to-kennel", "matter", "-o", "new.docx", "--author", payload, *fuzz.LIB]
    assert run(*words).exit_code == 0
    roots = map(package.parse, (docx_text.parts(Path("new.docx").read_bytes())["word/document.xml"],))
    authors = {node.get(f"{docx_changes.W}author") for root in roots for node in root.iter()} - {None}
    assert authors == {payload}


# What no XML, or no UTF-8, can hold, and what reads otherwise than it is.
ILLEGAL = ["\x07", "\x1b[31m", "\ufffe", "\udcff", "\u202e}}__ssalc__.''{{", "{\u200b{ 7*7 }}"]


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("payload", ILLEGAL)
@pytest.mark.parametrize("option", ["--author", "--because"])
def test_an_argument_that_no_file_can_hold_is_refused_and_the_matter_stays_readable(option, payload):
    assert run("swap", "matter", "leash", "short", "--because", "x", *fuzz.LIB).exit_code == 0
    words = {
        "--author": ["send", "matter", "--to", "kennel", "--author", f"a{payload}", *fuzz.LIB],
        "--because": ["swap", "matter", "leash", "long", "--because", f"a{payload}", *fuzz.LIB],
    }[option]
    result = CliRunner(env=TERMINAL).invoke(main, words)
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code in (1, 2)
    assert run("history", "matter", *fuzz.LIB).exit_code == 0


# -- templates that someone else made -----------------------------------------------------------


def with_text(shipped: Path, payload: str, target: Path, part: str = "word/document.xml") -> Path:
    """Copy a template with a paragraph more, at the end of its body or the start of another part.

    At the end no paragraph that only opens a condition is beside it, which would take it away with itself.
    """
    parts = package.unpack(shipped.read_bytes())
    root = package.parse(parts[part])
    text = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    w = f'xmlns:w="{docx_changes.W[1:-1]}"'
    added = package.parse(f'<w:p {w}><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'.encode())
    if part.endswith("document.xml"):
        root[0].insert(len(root[0]) - 1, added)
    else:
        root.insert(0, added)
    target.write_bytes(package.pack(parts | {part: package.serialize(root)}))
    return target


def templates(name: str) -> Path:
    return ROOT / "templates" / f"{name}.docx"


@pytest.mark.parametrize("payload", some(PAYLOADS, 3))
def test_in_the_agreements_template_it_is_refused_or_is_words(payload, tmp_path):
    path = with_text(templates("agreement"), payload, tmp_path / "firm.docx")
    found = filling.check(path)
    assert obeyed("\n".join(map(str, found)), payload) == []
    if not found:
        place = matter(tmp_path / "place")
        assert run("draft", place, "--template", path, "--library", tmp_path / "place/lib").exit_code == 0
        said = docx_text.plain_text((place / "contract.docx").read_bytes())
        assert obeyed(said, payload) == []


def test_most_of_it_is_told_when_the_template_is_checked(tmp_path):
    silent = [p for p in JINJA if not filling.check(with_text(templates("agreement"), p, tmp_path / "firm.docx"))]
    assert all("map" in p or "groupby" in p for p in silent), silent


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footer1.xml"])
def test_in_a_head_or_foot_it_is_refused(part, tmp_path):
    for payload in JINJA[:9]:
        assert filling.check(with_text(templates("agreement"), payload, tmp_path / "firm.docx", part)), payload


def test_in_the_memos_template_it_is_refused_or_is_words(tmp_path):
    made = test_memo.made(test_memo.example("minimal"))
    for payload in (*JINJA[::4], *OTHERS[::6]):
        path = with_text(templates("memo"), payload, tmp_path / "memo.docx")
        try:
            said = docx_text.plain_text(memo_docx.write(made, path))
        except DraftingError as error:
            assert obeyed(str(error), payload) == []
        else:
            assert obeyed(said, payload) == []


def test_in_the_covers_template_it_is_refused_or_is_words(tmp_path):
    told = cover.Cover(title="{{ contract }}", contract="{{ title }}", parties=("{% x %}",), meeting="", status="")
    for payload in PAYLOADS:
        path = with_text(templates("cover"), payload, tmp_path / "cover.docx")
        try:
            said = docx_text.plain_text(cover.write(told, [("{{ page }}", 3)], path))
        except DraftingError as error:
            assert obeyed(str(error), payload) == []
        else:
            assert obeyed(said, payload) == []
            assert "{{ contract }}" in said


@pytest.mark.parametrize("part", ["word/document.xml", "word/footer1.xml"])
def test_in_the_templates_of_matrix_and_brief_it_is_refused_or_is_words(part, tmp_path):
    made = small.draft(generated.small_library())
    table = matrix.make(*made, small.ALL_READ)
    found = options.options(small.made(generated.small_library()))
    ladder = brief.make(made[2], made[0], made[1], found, {}, ())
    for name, write, value in (("matrix", matrix_docx.write, table), ("brief", brief_docx.write, ladder)):
        for payload in (*JINJA[::4], *OTHERS[::6]):
            path = with_text(templates(name), payload, tmp_path / f"{name}.docx", part)
            try:
                said = docx_text.plain_text(write(value, path))
            except DraftingError as error:
                assert obeyed(str(error), payload) == []
            else:
                assert obeyed(said, payload) == []


SCRIPT = """
    import pathlib, resource, sys
    from drafter.word import filling
    resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    print(*filling.check(pathlib.Path(sys.argv[1])), "checked")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a process to a limit of memory")
@pytest.mark.parametrize("payload", [*BOMBS, *ENDLESS])
def test_a_template_that_would_take_for_ever_is_refused_in_time(payload, tmp_path):
    Watch.on = False
    path = with_text(templates("agreement"), payload, tmp_path / "firm.docx")
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(path)]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=10 * SECONDS)
    assert result.returncode == 0, result.stderr[-300:]
    assert len(result.stdout) < 5000
    assert result.stdout.count(": ") > 1, "a problem is told"
