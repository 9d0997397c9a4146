"""The desk answers only this machine's own browser, and only what is its own."""

import ast
import contextlib
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path

import commands
import desks
import pytest
from lxml import html

from drafter.web import folder, guard, routes, running, server
from drafter.web.asked import NotThereError
from drafter.web.views.rounds import exchange

ROOM = Path(server.__file__).parent

SAFE = {
    "content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff", "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with desks.small_desk(tmp_path_factory.mktemp("guarded")) as found:
        yield found


def host(desk):
    return f"127.0.0.1:{desk.server.port}"


def raw(desk, text: bytes) -> bytes:
    """Send bytes as they are, but for the wish that the line be closed then; return what is answered."""
    with socket.create_connection(("127.0.0.1", desk.server.port), timeout=10) as line:
        line.sendall(text.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        found = b""
        while piece := line.recv(65536):
            found += piece
    return found


# -- who asks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["evil.test", "evil.test:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.test:{port}", "[::1]:{port}"],
)
def test_another_name_is_not_answered(desk, name):
    made = desk.asked(
        "GET", f"{desk.root}/", headers={"Host": name.format(port=desk.server.port), "Cookie": desk.cookie}
    )
    assert made.status == 421
    assert "matter" not in made.words


def test_two_names_or_none_are_not_answered(desk):
    ours = host(desk).encode()
    twice = b"GET %s/ HTTP/1.1\r\nHost: %s\r\nHost: %s\r\nCookie: %s\r\n\r\n"
    assert b" 421 " in raw(desk, twice % (desk.root.encode(), ours, ours, desk.cookie.encode())).split(b"\r\n")[0] or (
        b" 400 " in raw(desk, twice % (desk.root.encode(), ours, ours, desk.cookie.encode())).split(b"\r\n")[0]
    )
    assert b" 400 " in raw(desk, b"GET / HTTP/1.1\r\n\r\n").split(b"\r\n")[0]
    whole = b"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n"
    assert b" 421 " in raw(desk, whole).split(b"\r\n")[0]


@pytest.mark.parametrize("cookie", ["", "drafter-1=x", "drafter-{port}=", "drafter-{port}=wrong"])
def test_another_browser_is_not_answered(desk, cookie):
    made = desk.asked("GET", f"{desk.root}/", headers={"Cookie": cookie.format(port=desk.server.port)})
    assert made.status == 403
    assert "Open Drafter again" in made.words
    assert "matter" not in made.words.replace("matters", "")


def test_the_secret_path_is_needed_too(desk):
    assert desk.asked("GET", "/", headers={"Cookie": desk.cookie}).status == 404
    assert desk.asked("GET", "/m/matter/", headers={"Cookie": desk.cookie}).status == 404
    assert desk.asked("GET", "/k0000000000000000/", headers={"Cookie": desk.cookie}).status == 404


def test_a_link_opens_the_desk_once_and_for_a_minute():
    now = [0.0]
    keys = guard.Keys(lambda: now[0])
    first, second = keys.new_link(), keys.new_link()
    assert keys.opens(first)
    assert not keys.opens(first)
    now[0] = 59
    assert not keys.opens("")
    now[0] = 61
    assert not keys.opens(second)


def test_the_link_gives_a_cookie_that_goes_nowhere_else(desk):
    path = desk.server.link.partition(str(desk.server.port))[2]
    made = desk.asked("GET", path)
    assert made.status == 200
    cookie = made.headers["set-cookie"]
    assert cookie.startswith(f"drafter-{desk.server.port}=")
    for part in (f"Path={desk.root}/", "HttpOnly", "SameSite=Strict"):
        assert part in cookie
    again = desk.asked("GET", path)
    assert again.status == 403
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"}, {"Origin": "null"}, {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.test", "Sec-Fetch-Site": "same-origin"},
    ],
)  # fmt: skip
def test_a_form_of_another_site_or_port_does_nothing(desk, headers):
    before = commands.files(desk.folder)
    given = {name: value for name, value in desk.own_headers.items() if name not in ("Origin", "Sec-Fetch-Site")}
    body = f"key={desk.server.keys.form}&answer=Evil".encode()
    made = desk.asked("POST", f"{desk.root}/m/matter/ask/walker", body, {**given, **headers})
    assert made.status == 403
    assert commands.files(desk.folder) == before


@pytest.mark.parametrize("key", [None, "", "wrong"])
def test_a_form_without_the_key_does_nothing(desk, key):
    before = commands.files(desk.folder)
    body = b"answer=Evil" + (b"" if key is None else f"&key={key}".encode())
    made = desk.asked("POST", f"{desk.root}/m/matter/ask/walker", body, desk.own_headers)
    assert made.status == 403
    assert commands.files(desk.folder) == before


def test_a_form_by_a_browser_that_says_only_its_origin_counts(desk):
    given = {name: value for name, value in desk.own_headers.items() if name != "Sec-Fetch-Site"}
    body = f"key={desk.server.keys.form}&do=skip".encode()
    assert desk.asked("POST", f"{desk.root}/m/matter/ask/note", body, given).status == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_no_other_method_is_known(desk, method):
    made = desk.asked(method, f"{desk.root}/m/matter/", headers=desk.own_headers)
    assert made.status == 405
    assert "access-control-allow-origin" not in made.headers


@pytest.mark.parametrize("path", ["/", "/m/matter/", "/none", "/static/desk.css", "/m/matter/contract.docx"])
def test_head_says_what_get_would_without_a_body(desk, path):
    head, whole = desk.asked("HEAD", desk.root + path, headers={"Cookie": desk.cookie}), desk.get(path)
    assert (head.status, head.body) == (whole.status, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]


def test_head_uses_up_no_link(desk):
    path = desk.server.link.partition(str(desk.server.port))[2]
    assert desk.asked("HEAD", path).status == 405
    assert desk.asked("GET", path).status == 200


def test_a_request_as_a_proxy_gets_it_leads_nowhere(desk):
    for name in (host(desk), "evil.test"):
        line = f"GET http://{name}{desk.root}/ HTTP/1.1\r\nHost: {host(desk)}\r\nCookie: {desk.cookie}\r\n\r\n"
        assert b" 404 " in raw(desk, line.encode()).split(b"\r\n")[0]


# -- what is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/", "/m/matter/", "/none", "/static/desk.css", "/static/none", "/m/none/", "/m/matter/contract.docx"],
)
def test_each_answer_has_the_headers_that_keep_it_here(desk, path):
    made = desk.get(path)
    for name, value in SAFE.items():
        assert made.headers[name].startswith(value), name
    assert "frame-ancestors 'none'" in made.headers["content-security-policy"]
    assert "unsafe" not in made.headers["content-security-policy"]
    assert "server" not in made.headers
    assert "access-control-allow-origin" not in made.headers


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    ],
)
def test_what_is_no_request_is_answered_with_them_too(desk, request_):
    head = raw(desk, request_).partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 400 ")
    assert all(f"{name}: {value}".encode().lower() in head for name, value in SAFE.items())
    assert b"frame-ancestors 'none'" in head


def test_refusals_have_them_too(desk):
    for made in (desk.asked("GET", "/"), desk.asked("GET", "/open?x"), desk.asked("GET", "/", headers={"Host": "x"})):
        assert made.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in made.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/static/../desk.py", "/static/%2e%2e/desk.py", "/static/..%2fdesk.py", "/m/..%2fdesk/", "/m/%2e%2e/",
     "/m/matter%00/", "/m/matter/../../", "/m/.hidden/", "/m/con:/", "/m/matter/wordings/..%2f..%2fanswers.yaml"],
)  # fmt: skip
def test_no_path_leads_out(desk, path):
    made = desk.get(path)
    assert made.status in (404, 400)
    assert "def " not in made.text


@pytest.mark.skipif(os.name == "nt", reason="a link needs an administrator there")
def test_a_matter_that_is_a_link_out_is_none(tmp_path):
    commands.matter(tmp_path / "elsewhere")
    with desks.running(tmp_path / "desk") as desk:
        (desk.folder / "out").symlink_to(tmp_path / "elsewhere" / "matter")
        assert desk.get("/m/out/").status == 404
        assert "out" not in desk.get("/").words.split()


def test_what_is_too_long_is_refused(desk):
    long = "x" * (guard.MOST_TYPED + 1)
    made = desk.post("/m/matter/ask/note", {"answer": long})
    assert made.status == 413
    assert "longer than what is taken here" in made.words
    chunks = b"".join(b"10000\r\n" + b"a" * 0x10000 + b"\r\n" for _ in range(2)) + b"0\r\n\r\n"
    lines = [f"POST {desk.root}/m/matter/ask/note HTTP/1.1", f"Host: {host(desk)}", "Transfer-Encoding: chunked"]
    lines += [f"{name}: {value}" for name, value in desk.own_headers.items()]
    form = f"key={desk.server.keys.form}&do=skip".encode()
    assert b" 413 " in raw(desk, "\r\n".join([*lines, "", ""]).encode() + chunks).split(b"\r\n")[0]
    few = f"{len(form):x}\r\n".encode() + form + b"\r\n0\r\n\r\n"
    assert b" 303 " in raw(desk, "\r\n".join([*lines, "", ""]).encode() + few).split(b"\r\n")[0]


def test_a_form_without_a_file_is_no_longer_where_a_file_may_come(desk):
    made = desk.post("/m/matter/rounds/receive", {"from": "x" * (guard.MOST_TYPED + 1)})
    assert made.status == 413


def test_a_file_that_is_too_large_is_taken_in_and_refused(desk, monkeypatch):
    monkeypatch.setattr(guard, "MOST_SENT", 1000)
    made = desk.upload("/m/matter/rounds/receive", "a.docx", b"x" * 5_000_000)  # more than a line holds at once
    assert made.status == 413
    assert "longer than what is taken here" in made.words
    monkeypatch.setattr(guard, "MOST_DROPPED", 1000)  # but not without an end
    with contextlib.suppress(OSError):  # the line may be cut before all is sent
        assert desk.upload("/m/matter/rounds/receive", "a.docx", b"x" * 50_000_000).status == 413


@pytest.mark.parametrize("body", [b"\xff\xfe=\x00", b"%zz=%&&&===", b"a" * 1000, b"\r\n\r\n"])
def test_odd_bodies_are_no_error(desk, body):
    assert desk.asked("POST", f"{desk.root}/m/matter/ask/walker", body, desk.own_headers).status in (400, 403, 413, 422)
    odd = desk.own_headers | {"Content-Type": "multipart/form-data; boundary=x"}
    assert desk.asked("POST", f"{desk.root}/m/matter/rounds/receive", body, odd).status in (400, 403, 413, 422)


@pytest.mark.parametrize(
    "path", ["/m/matter/jobs/{}", "/m/matter/ask/dogs/{}", "/m/matter/rounds/{}/changes"], ids=lambda path: path[10:14]
)
def test_a_number_of_thousands_of_digits_is_none(desk, path):
    assert desk.get(path.format("9" * 5000)).status == 404


def test_a_number_that_is_no_digit_is_none(desk):
    assert desk.post("/m/matter/ask/dogs", {"do": "remove \u00b2"}).status == 404


def test_a_fault_of_ours_is_a_page_and_tells_nothing_of_the_answers(desk, monkeypatch, capfd):
    def fail(name):
        words = f"Secr{'et'} answer of {name}"
        raise KeyError(words)

    monkeypatch.setattr(desk.server.desk, "read", fail)
    made = desk.get("/m/matter/")
    assert made.status == 500
    assert "this is a fault of Drafter" in made.words
    assert made.headers["content-security-policy"]
    part = desk.get("/m/matter/ask/note", **{"X-Desk": "1"})
    assert "this is a fault of Drafter" in json.loads(part.text)["error"]
    said = "".join(capfd.readouterr())
    assert "The desk failed: KeyError" in said
    assert "in fail" in said
    assert "Secret" not in said


def test_a_file_that_may_not_be_read_is_said(desk, monkeypatch):
    def fail(name):
        raise PermissionError(13, "Permission denied", f"/place/{name}")

    monkeypatch.setattr(desk.server.desk, "read", fail)
    made = desk.get("/m/matter/")
    assert made.status == 422
    assert "/place/matter" in made.words
    assert "be read or written: Permission denied" in made.words


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="an administrator may read every folder")
def test_a_folder_that_nobody_may_look_into_is_no_matter(tmp_path):
    (tmp_path / "closed").mkdir(mode=0)
    assert folder.matters(tmp_path) == ()


HOSTILE = (
    "<script>alert(1)</script>", "{{ 7*7 }}{% raw %}", "\" onfocus='x' autofocus=\"", "&lt;b&gt; ]]> %3Cb%3E",
    "x" * 10_000,
)  # fmt: skip
PAGES = (
    "", "ask/note", "ask/dogs", "ask/dogs/1", "sections", "review", "contract", "wordings", "wordings/leash",
    "wordings/leash?with=long", "wordings/leash/own", "ours/concede/leash", "check", "rounds", "packet", "undo",
)  # fmt: skip


def assert_plain(page: str) -> None:
    """Assert that a page runs our script alone, loads nothing from elsewhere, and hides no direction of writing."""
    found = html.fromstring(page)
    assert len(found.xpath("//script")) == 1
    assert not found.xpath("//script/text()")
    assert not found.xpath("//style | //iframe | //object | //embed | //base | //img")
    named = [(one.tag, name, value) for one in found.iter() for name, value in one.attrib.items()]
    assert [one for one in named if one[1].startswith("on") or one[1] == "style"] == []
    places = [value for _, name, value in named if name in ("href", "src", "action", "formaction")]
    assert [value for value in places if not re.match(r"/k\w+/|#|$", value)] == []
    assert not set(page) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b")


def test_hostile_answers_are_words_on_every_page(tmp_path):
    with desks.small_desk(tmp_path) as desk:
        for words in HOSTILE:
            made = desk.post("/m/matter/ask/note", {"answer": words})
            assert made.status == 303, made.words
            assert desk.post("/m/matter/ask/dogs/1", {"f.name": words[:200], "f.size": "small"}).status == 303
            for path in PAGES:
                made = desk.get(f"/m/matter/{path}")
                assert made.status == 200, (path, made.words)
                assert_plain(made.text)
                assert "49" not in made.words
            text = html.fromstring(desk.get("/m/matter/contract").text).text_content()
            assert words in text
            assert desk.get("/m/matter/contract.docx").status == 200
        answers = desk.folder / "matter" / "answers.yaml"
        answers.write_text(f'{answers.read_text("utf-8")}fee: "\u202e<b>"\n', "utf-8")
        for path in PAGES:
            assert_plain(desk.get(f"/m/matter/{path}").text)


@pytest.mark.skipif(os.name == "nt", reason="no folder has such a name there")
def test_a_matter_may_have_any_name_that_a_folder_may(tmp_path):
    name = "50% of #1 & St. John's; <b>\u202e"
    with desks.small_desk(tmp_path) as desk:
        (desk.folder / "matter").rename(desk.folder / name)
        home = desk.get("/")
        assert_plain(home.text)
        (at,) = html.fromstring(home.text).xpath("//td//a/@href")
        at = at.removeprefix(desk.root)
        for path in PAGES:
            made = desk.get(f"{at}{path}")
            assert made.status == 200, (path, made.words)
            assert_plain(made.text)
        made = desk.post(f"{at}ask/note", {"answer": "Saved"})
        assert desk.get(made.headers["location"].removeprefix(desk.root)).status == 200
        (back,) = html.fromstring(desk.get(f"{at}contract").text).xpath("//input[@name='from']/@value")
        made = desk.post(f"{at}undo", {"from": back})
        assert made.headers["location"].startswith(f"{desk.root}{at}contract?n=")
        made = desk.post("/new", {"name": "Such & such # 2"})
        assert desk.get(made.headers["location"].removeprefix(desk.root)).status == 200


def test_undo_leads_nowhere_else(desk):
    for place in ("http://evil.test/", "//evil.test/", "/other", "javascript:alert(1)"):
        made = desk.post("/m/matter/undo", {"from": place})
        assert made.status == 200 or made.headers["location"].startswith(f"{desk.root}/m/matter/")


# -- files --------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="a link needs an administrator there")
def test_a_list_of_files_leads_to_no_other_file(tmp_path):
    with desks.small_desk(tmp_path) as desk:
        (tmp_path / "secret.docx").write_bytes(b"Secret")
        packet = desk.folder / "matter" / "packet-1"
        brief = desk.folder / "matter" / "packet-1-privileged"
        for folder in (packet, brief):
            folder.mkdir()
        (packet / "packet.json").write_text("{}")
        (packet / "manifest.sha256").write_text(f"{'0' * 64}  3-contract.docx\n{'0' * 64}  ../../../secret.docx\n")
        (packet / "3-contract.docx").symlink_to(tmp_path / "secret.docx")
        (brief / "brief.docx").symlink_to(tmp_path / "secret.docx")
        at = "/m/matter/packet/packet-1/file"
        assert desk.get("/m/matter/packet").status == 200
        assert desk.get(f"{at}/3-contract.docx").status == 404
        assert desk.get(f"{at}/..%2f..%2f..%2fsecret.docx").status == 404
        assert desk.get("/m/matter/ours/brief/packet-1/file/brief.docx").status == 404
        (packet / "manifest.sha256").write_bytes(b"\xff\xfe")
        assert "not UTF-8" in desk.get("/m/matter/packet").words
        assert "not UTF-8" in desk.get(f"{at}/3-contract.docx").words


@pytest.mark.skipif(os.name == "nt", reason="a link needs an administrator there")
@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "", ".", "a//b", "link", "folder", "a\x00", "out/b"]
)
def test_a_name_of_a_file_leads_only_into_its_folder(tmp_path, name):
    place = tmp_path / "place"
    (place / "folder").mkdir(parents=True)
    for path in (tmp_path / "a", tmp_path / "b", place / "folder" / "a"):
        path.write_text("")
    (place / "link").symlink_to(tmp_path / "a")
    (place / "out").symlink_to(tmp_path)
    assert folder.inside(place, "folder/a") == place / "folder" / "a"
    with pytest.raises(NotThereError):
        folder.inside(place, name)


def test_a_file_that_came_has_a_name_that_a_folder_takes():
    for given in ("\u4e2d" * 300 + ".docx", "C:\\Users\\a\\..\\b.docx", "../../b.docx", ".hidden", "", "\u202e.docx"):
        name = exchange.name_of(given)
        assert 0 < len(name.encode()) <= exchange.LONGEST
        assert not set(name) & set("/\\\u202e")
        assert not name.startswith(".")


# -- how it is built ----------------------------------------------------------------------------


def test_no_view_runs_in_the_loop_that_serves_all():
    assert not [name for _, name in routes.VIEWS if routes.view(name).__code__.co_flags & 0x80]
    source = Path(routes.__file__).read_text("utf-8")
    made = next(
        node for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "endpoint"
    )  # fmt: skip
    assert "run_in_threadpool(_answered" in ast.unparse(made)


def test_each_address_of_a_view_is_known_once():
    addresses = [path for path, _ in routes.VIEWS]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) >= routes.UPLOADS


def test_it_listens_on_this_machine_alone(desk):
    assert desk.server.socket.getsockname()[0] == "127.0.0.1"


def test_nothing_of_it_leads_elsewhere():
    for path in (ROOM / "static").iterdir():
        assert re.findall(r"(?:https?:)?//[a-z]+\.[\w./]*", path.read_text("utf-8")) in (
            [],
            ["http://www.w3.org/2000/svg"],
        )


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(running, "record", lambda *_: tmp_path / "record.json")
    return tmp_path


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"] if os.name != "nt" else ["SIGTERM"])
def test_the_command_prints_the_link_and_a_signal_ends_it(tmp_path, monkeypatch, name):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    commands.matter(tmp_path / "matters")
    command = [sys.executable, "-P", "-m", "drafter", "desk", "--no-browser", str(tmp_path / "matters" / "matter")]
    pipe, env = subprocess.PIPE, {**os.environ, "COLUMNS": "200"}
    env.pop("XDG_RUNTIME_DIR", None)
    before = signal.signal(getattr(signal, name), signal.SIG_DFL)  # one that is ignored is inherited: under nohup
    made = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env)
    signal.signal(getattr(signal, name), before)
    try:
        link = made.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/open\?[\w-]{43}", link)
        other = running.link(running.record(tmp_path / "matters", None))  # of a matter, the folder that it is in
        assert other.partition("?")[0] == link.partition("?")[0]
        assert other != link
        made.send_signal(getattr(signal, name)) if os.name != "nt" else made.terminate()
        out, err = made.communicate(timeout=15)
    finally:
        made.kill()
        made.wait()
        made.stdout.close()
        made.stderr.close()
    if os.name != "nt":
        assert (made.returncode, out, err) == (0, "Drafter was closed. Every answer is saved.\n", "")
        assert not list((tmp_path / "state").rglob("desk-*.json"))


def test_a_second_start_opens_the_first(home, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # which is not asked
    with desks.running(home / "desk") as desk:
        found = running.Running(desk.server.port, os.getpid(), desk.server.keys.again)
        running.write(home / "record.json", found)
        assert stat.S_IMODE((home / "record.json").stat().st_mode) == 0o600 or os.name == "nt"
        opened = []
        assert "open already" in server.run(home / "desk", None, opened.append)
        (link,) = opened
        assert desk.asked("GET", link.partition(str(desk.server.port))[2]).status == 200


def test_a_second_start_needs_the_secret_of_the_first(desk):
    once, secret = "once", desk.server.keys.again
    for words in (once, f"{once} ", secret, f"{once} {running.proof('guessed', 'asks', once)}", f" {'0' * 64}"):
        made = desk.asked("POST", "/again", b"", {running.ASKS: words})
        assert (made.status, "open?" in made.text) == (403, False)
    assert desk.asked("POST", "/again", b"").status == 403
    assert desk.asked("GET", "/again").status == 405


@pytest.mark.parametrize("answer", ["key", f"key {'0' * 64}", ""])
def test_a_program_on_the_port_of_an_earlier_desk_is_not_opened_and_learns_nothing(home, answer):
    with socket.create_server(("127.0.0.1", 0)) as other:
        heard = []

        def listen():
            line, _ = other.accept()
            heard.append(line.recv(65536))
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n{answer}".encode())
            line.close()

        thread = threading.Thread(target=listen)
        thread.start()
        running.write(home / "record.json", running.Running(other.getsockname()[1], 1, "the-secret"))
        assert running.link(home / "record.json") == ""
        thread.join()
    assert heard[0].startswith(b"POST /again ")
    assert b"the-secret" not in heard[0]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"port": 1, "process": 1, "secret": "x"}', "\xff", '{"port": null}'])
def test_a_record_that_is_left_over_is_no_hindrance(home, text):
    record = home / "record.json"
    record.write_text(text, "latin-1")
    assert running.link(record) == ""
    found = running.Running(1, 2, "x")
    running.write(record, found)
    assert running.read(record) == found
    running.forget(record, running.Running(3, 4, "of another desk"))
    assert running.read(record) == found
    running.forget(record, found)
    assert not record.exists()


def test_a_desk_that_can_write_down_nothing_of_itself_runs(home, monkeypatch):
    (home / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "file"))
    monkeypatch.setattr(running, "record", lambda *_: home / "file" / "record.json")
    assert server.place(home) == home
    desk = []
    monkeypatch.setattr(server, "Server", lambda *given: desk.append(server_of(*given)) or desk[0])
    assert "closed" in server.run(home, None, lambda _: desk[0].close())


server_of = server.Server


def test_a_port_that_is_taken_is_said(home, monkeypatch):
    with desks.running(home / "desk") as desk, pytest.raises(OSError, match="in use"):
        server.Server(home, port=desk.server.port)

    def taken(*_):
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(server, "Server", taken)
    made = commands.run("desk", "--no-browser", home)
    assert made.exit_code == 1
    assert "127.0.0.1: unreachable: no page can be shown there: Address already in use" in made.stderr


def test_without_a_browser_the_link_is_printed(home, monkeypatch):
    monkeypatch.setattr(running, "link", lambda _: "http://127.0.0.1:1/open?x")
    monkeypatch.setattr(server.webbrowser, "open", lambda _: False)
    assert commands.run("desk", home).stdout.startswith("http://127.0.0.1:1/open?x\n")
    monkeypatch.setattr(server.webbrowser, "open", lambda _: True)
    assert commands.run("desk", home).stdout == "Drafter was open already; it is shown in the browser.\n"


def test_a_double_click_opens_the_folder_of_last_time_or_the_users_own(home, monkeypatch):
    opened = []
    monkeypatch.setattr(server, "run", lambda place, library: opened.append((place, library)))
    monkeypatch.setattr(Path, "home", lambda: home)
    (home / "matters").mkdir()
    server.main()
    server.place(home / "matters")
    server.main()
    (home / "matters").rmdir()
    server.main()
    next((home / "state").rglob("desk.txt")).write_bytes(b"\xff\x00")
    server.main()
    assert opened == [(home, None), (home / "matters", None), (home, None), (home, None)]
    scripts = tomllib.loads((desks.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["gui-scripts"]
    assert scripts == {"drafter-desk": "drafter.web.server:main"}


def test_it_runs_without_a_console(tmp_path, monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    with desks.running(tmp_path / "desk") as desk:
        monkeypatch.setattr(desk.server.desk, "place", None)  # so that it fails
        assert desk.get("/").status == 500
        assert b" 400 " in raw(desk, b"nothing\r\n\r\n")


def test_a_folder_that_is_not_there_is_said(home):
    made = commands.run("desk", "--no-browser", home / "none")
    assert made.exit_code == 1
    assert "there is no such folder" in made.stderr


def test_only_the_desk_loads_the_server():
    code = "import sys\nfrom drafter.doors.cli import main\ntry:\n    main(['check', 'examples/minimal'])\n"
    code += "except SystemExit:\n    pass\n"
    code += "print(sorted({'starlette', 'uvicorn', 'anyio', 'multipart'} & set(sys.modules)))"
    command = [sys.executable, "-P", "-c", code]
    made = subprocess.run(command, check=False, capture_output=True, text=True, cwd=desks.ROOT)
    assert made.stdout.strip().endswith("[]")


def test_a_desk_that_nobody_asks_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "IDLE", 0.1)
    monkeypatch.setattr(server, "LOOKS", 0.05)
    with desks.running(tmp_path / "desk") as desk:
        for _ in range(100):
            if not desk._thread.is_alive():  # noqa: SLF001
                break
            time.sleep(0.05)
        assert not desk._thread.is_alive()  # noqa: SLF001


def test_no_answer_is_logged(tmp_path, capfd):
    with desks.small_desk(tmp_path) as desk:
        desk.post("/m/matter/ask/walker", {"answer": "Secret Walker"})
        desk.get("/none?Secret")
    assert "Secret" not in "".join(capfd.readouterr())
