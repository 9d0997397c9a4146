"""Lets through only what the browser of this machine's user asks: before anything else of the desk sees a request.

Pages of other sites can make a browser ask 127.0.0.1 for things, other programs of this machine listen on other ports,
and other users may be logged in. So: the name and port asked for must be ours; each address begins with a secret path,
and a cookie that is sent to no other path goes with it; and what changes anything must come from a page of ours.
"""

from __future__ import annotations

import hmac
import secrets
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from drafter.web import running

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OPENS_FOR = 60.0  # seconds in which a link to open the desk may be used
MOST_TYPED = 64 * 1024  # bytes of a form
MOST_SENT = 64 * 1024 * 1024  # bytes of a form with a file
MOST_DROPPED = 1024 * 1024 * 1024  # bytes beyond that which are still taken in, so that the answer is seen
METHODS = ("GET", "HEAD", "POST")
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    b"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),  # 'no-referrer' would make a plain form of ours come from nowhere
)


class TooLargeError(Exception):
    """More was sent than is taken."""


class Keys:
    """The secrets of one run of the desk: its path, its cookie, the key of its forms, and links that open it once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Make new secrets; `clock` says the seconds that have passed."""
        self.root = f"/k{secrets.token_hex(8)}"
        self.cookie = secrets.token_urlsafe(32)
        self.form = secrets.token_urlsafe(32)
        self.again = secrets.token_urlsafe(32)  # asks for another link; in a file that only this user can read
        self._clock = clock
        self._opening: dict[str, float] = {}

    def new_link(self) -> str:
        """Return a key that opens the desk once, within a minute."""
        made = secrets.token_urlsafe(32)
        self._opening = {key: until for key, until in list(self._opening.items()) if until > self._clock()}
        self._opening[made] = self._clock() + OPENS_FOR
        return made

    def opens(self, key: str) -> bool:
        """Say whether a key opens the desk; it doesn't a second time."""
        found = [one for one in self._opening if hmac.compare_digest(one.encode(), key.encode())]
        return any(self._opening.pop(one, 0.0) > self._clock() for one in found)

    def answered_again(self, asked: bytes) -> str:
        """Return a new link for a second start that knows our secret, with what shows that we do; else nothing."""
        once = running.once_of(self.again, asked.decode("latin-1"))
        link = self.new_link() if once else ""
        return f"{link} {running.proof(self.again, 'opens', once, link)}" if once else ""


class Guard:
    """Passes requests on to the desk, or refuses them."""

    def __init__(self, desk: App, keys: Keys, port: int) -> None:
        """Guard a desk that listens on a port of 127.0.0.1."""
        self.desk, self.keys, self.port = desk, keys, port
        self.hosts = (f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode())
        self.cookie_name = f"drafter-{port}"  # a browser sends cookies of one port to every other

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an application of ASGI."""
        if scope["type"] != "http":  # nothing else is asked of a desk
            return
        status, words = self._refused(scope)
        if status:
            await _answer(send, status, words)
        elif scope["path"] == "/open":
            await self._open(scope, send)
        elif scope["path"] == "/again":
            await self._again(scope, send)
        else:
            await self._passed(scope, receive, send)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the desk answer. Where it fails, its modules and lines are printed, and no word of what was typed."""
        answer = Answer(send)
        try:
            await self.desk(scope, limited(receive, MOST_SENT), answer)
        except Exception as error:  # noqa: BLE001  # whatever it is, it would be printed with its message
            if sys.stderr:
                lines = traceback.format_tb(error.__traceback__)
                sys.stderr.write(f"The desk failed: {type(error).__name__}\n{''.join(lines)}")
            if not answer.is_begun:
                await _answer(send, 500, "Drafter failed here. What was saved before is saved.")

    def _refused(self, scope: Scope) -> tuple[int, str]:
        """Return the status and the words of a refusal; 0 where the request is let through."""
        hosts = _headers(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return 421, "This is Drafter, and it answers under its own name only."
        if scope["method"] not in METHODS:
            return 405, "Drafter doesn't know this method."
        if scope["path"] == "/open":
            return (0, "") if scope["method"] == "GET" else (405, "Drafter doesn't know this method.")
        if scope["path"] == "/again":
            return (0, "") if scope["method"] == "POST" else (405, "Drafter doesn't know this method.")
        if not scope["path"].startswith(f"{self.keys.root}/"):
            return 404, "There is nothing at this address. Open Drafter again."
        if not self._is_known(scope):
            return 403, "Drafter was closed since, or this is another browser. Open Drafter again."
        if scope["method"] == "POST" and not _is_from(hosts[0], scope):
            return 403, "This didn't come from a page of Drafter, and nothing was done."
        return 0, ""

    def _is_known(self, scope: Scope) -> bool:
        """Say whether a request has the cookie of this run."""
        wanted = f"{self.cookie_name}={self.keys.cookie}".encode()
        found = [one.strip() for header in _headers(scope, b"cookie") for one in header.split(b";")]
        return any(hmac.compare_digest(one, wanted) for one in found)

    async def _again(self, scope: Scope, send: Send) -> None:
        """Give a link to a second start of the same user, which knows what only this user can read."""
        given = _headers(scope, running.ASKS.encode())
        made = self.keys.answered_again(given[0]) if len(given) == 1 else ""
        if made:
            await _send_whole(send, 200, made.encode(), ((b"content-type", b"text/plain"),))
        else:
            await _answer(send, 403, "Nothing was done.")

    async def _open(self, scope: Scope, send: Send) -> None:
        """Give the cookie to whoever has a link that opens the desk, and lead to it."""
        key = scope["query_string"].decode("latin-1")
        if not self.keys.opens(key):
            await _answer(send, 403, "This link was used before, or is too old. Open Drafter again.")
            return
        cookie = f"{self.cookie_name}={self.keys.cookie}; Path={self.keys.root}/; HttpOnly; SameSite=Strict"
        # A page that leads on, since a cookie that is strict doesn't go with what another program's link leads to.
        page = (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Drafter</title>'
            f'<meta http-equiv="refresh" content="0; url={self.keys.root}/"></head>'
            f'<body><p><a href="{self.keys.root}/">Open Drafter</a></p></body></html>'
        )
        more = ((b"set-cookie", cookie.encode()), (b"content-type", b"text/html; charset=utf-8"))
        await _send_whole(send, 200, page.encode(), more)


def _is_from(host: bytes, scope: Scope) -> bool:
    """Say whether a page of the desk asks: the browser says so, or names the place that the page is of."""
    sites, origins = _headers(scope, b"sec-fetch-site"), _headers(scope, b"origin")
    if sites:
        return sites == [b"same-origin"] and origins in ([], [b"http://" + host])
    return origins == [b"http://" + host]


def _headers(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == name]


def limited(receive: Receive, most: int) -> Receive:
    """Return what receives a request; it raises TooLargeError at more than so many bytes."""
    left = most

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            await _drop(receive, message)
            raise TooLargeError
        return message

    return counted


async def _drop(receive: Receive, message: Message) -> None:
    """Take in the rest of a request and keep none of it: a browser shows an answer once it has sent all."""
    left = MOST_DROPPED
    while message.get("more_body", False) and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))


class Answer:
    """Sends an answer with the headers that each has, and knows whether it is begun."""

    def __init__(self, send: Send) -> None:
        """Send by what the server gave."""
        self._send, self.is_begun = send, False

    async def __call__(self, message: Message) -> None:
        """Send a part of it."""
        if message["type"] == "http.response.start":
            self.is_begun = True
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await self._send(message)


async def _answer(send: Send, status: int, words: str) -> None:
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Drafter</title></head>'
        f"<body><main><h1>Drafter</h1><p>{words}</p></main></body></html>"
    )
    await _send_whole(send, status, page.encode(), ((b"content-type", b"text/html; charset=utf-8"),))


async def _send_whole(send: Send, status: int, body: bytes, more: tuple[tuple[bytes, bytes], ...]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*more, length, *HEADERS]})
    await send({"type": "http.response.body", "body": body})
