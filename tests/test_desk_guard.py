"""The desk answers only this machine's own browser, and only what is its own."""

import ast
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import commands
import desks
import pytest

from drafter.web import guard, routes, server

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
    """Send bytes as they are, and return what is answered."""
    with socket.create_connection(("127.0.0.1", desk.server.port), timeout=10) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
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
    assert b" 413 " in raw(desk, "\r\n".join([*lines, "", ""]).encode() + chunks).split(b"\r\n")[0]


def test_a_file_that_is_too_large_is_refused(desk, monkeypatch):
    monkeypatch.setattr(guard, "MOST_SENT", 1000)
    made = desk.upload("/m/matter/rounds/receive", "a.docx", b"x" * 5000)
    assert made.status == 413


@pytest.mark.parametrize("body", [b"\xff\xfe=\x00", b"%zz=%&&&===", b"a" * 1000, b"\r\n\r\n"])
def test_odd_bodies_are_no_error(desk, body):
    assert desk.asked("POST", f"{desk.root}/m/matter/ask/walker", body, desk.own_headers).status in (400, 403, 413, 422)
    odd = desk.own_headers | {"Content-Type": "multipart/form-data; boundary=x"}
    assert desk.asked("POST", f"{desk.root}/m/matter/rounds/receive", body, odd).status in (400, 403, 413, 422)


HOSTILE = ("<script>alert(1)</script>", "{{ 7*7 }}{% raw %}", '" onfocus="x', "&lt;b&gt; ]]>", "x" * 10_000)


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: words[:12])
def test_a_hostile_answer_is_words_on_every_page(tmp_path, words):
    with desks.small_desk(tmp_path) as desk:
        assert desk.post("/m/matter/ask/note", {"answer": words}).status == 303
        for path in ("", "review", "contract", "ask/note", "sections", "wordings", "check", "rounds", "packet"):
            text = desk.get(f"/m/matter/{path}").text
            assert "<script>alert" not in text
            assert '" onfocus="x' not in text
        assert desk.get("/m/matter/contract.docx").status == 200


# -- how it is built ----------------------------------------------------------------------------


def test_no_view_runs_in_the_loop_that_serves_all():
    assert not [view for _, view in routes.VIEWS if view.__code__.co_flags & 0x80]
    source = Path(routes.__file__).read_text("utf-8")
    made = next(
        node for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "endpoint"
    )  # fmt: skip
    assert "run_in_threadpool(_response" in ast.unparse(made)


def test_each_address_of_a_view_is_known_once():
    addresses = [path for path, _ in routes.VIEWS]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) >= routes.UPLOADS


def test_it_listens_on_this_machine_alone(desk):
    assert desk.server.socket.getsockname()[0] == "127.0.0.1"


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def started(*words):
    """Start the desk as a command; return the process and the link that it prints."""
    command = [sys.executable, "-P", "-m", "drafter", "desk", "--no-browser", *map(str, words)]
    pipe, env = subprocess.PIPE, {**os.environ, "COLUMNS": "200"}
    made = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env)
    return made, made.stdout.readline().strip()


@pytest.mark.skipif(os.name == "nt", reason="a signal is something else there")
def test_a_second_start_opens_the_first_and_ctrl_c_ends_it(home):
    folder = home / "matters"
    commands.matter(folder)
    first, link = started(folder / "matter")  # whose folder is served
    try:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/open\?[\w-]{43}", link)
        record = next((home / "state").rglob("desk-*.json"))
        assert stat.S_IMODE(record.stat().st_mode) == 0o600
        again, other = started(folder)
        assert other.partition("?")[0] == link.partition("?")[0]
        assert other != link
        assert again.wait(10) == 0
        assert "open already" in again.stdout.read()
        last, third = started()  # the folder of last time
        assert third.partition("?")[0] == link.partition("?")[0]
        last.communicate(timeout=10)
        again.communicate()
        first.send_signal(signal.SIGINT)
        out, err = first.communicate(timeout=15)
        assert first.returncode == 0
        assert "Every answer is saved." in out
        assert not err
        assert not record.exists()
    finally:
        first.kill()
        first.communicate()


def test_a_record_that_is_left_over_is_no_hindrance(home):
    record = server._record(home)  # noqa: SLF001
    record.parent.mkdir(parents=True, exist_ok=True)
    for text in ("", "{", json.dumps({"port": 1, "again": "x"}), json.dumps([1])):
        record.write_text(text)
        opened = []
        made = server.Server(home)
        made.close()
        assert server._running(record) == ""  # noqa: SLF001
        assert opened == []
        made.socket.close()


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
