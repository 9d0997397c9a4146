"""The addresses of the desk, and what turns a request into what a view is asked, and its reply into a response."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from drafter.base import acting
from drafter.base.problems import DraftingError, Place, Problem
from drafter.web.asked import Asked, GoTo, NotThereError, Parts, Reply, Sent, Shown, Upload
from drafter.web.desk import Desk
from drafter.web.guard import MOST_SENT, MOST_TYPED, TooLargeError, limited
from drafter.web.rendering import rendered
from drafter.web.views import wrong

View = Callable[[Desk, Asked], Reply]
MATTER = "/m/{matter}"
NOT_THERE = 404
NOT_DONE = 400  # from this status on, what was sent is not saved
PATIENCE = 1.0  # seconds that a page waits for another program which is changing its matter

VIEWS: tuple[tuple[str, str], ...] = (
    ("/", "home.home"),
    ("/new", "begun.new"),
    ("/close", "home.close"),
    (f"{MATTER}/", "overview.overview"),
    (f"{MATTER}/state", "overview.state"),
    (f"{MATTER}/ask", "interview.asking.first"),
    (f"{MATTER}/ask/{{question}}", "interview.asking.ask"),
    (f"{MATTER}/ask/{{question}}/{{number:number}}", "interview.asking.record"),
    (f"{MATTER}/sections", "interview.asking.sections"),
    (f"{MATTER}/review", "interview.asking.review"),
    (f"{MATTER}/contract", "contract.contract"),
    (f"{MATTER}/contract.docx", "contract.docx"),
    (f"{MATTER}/contract.pdf", "contract.pdf"),
    (f"{MATTER}/form", "converting.form"),
    (f"{MATTER}/template", "designing.templates"),
    (f"{MATTER}/wordings", "wordings.listed.listed"),
    (f"{MATTER}/wordings/{{clause}}", "wordings.clause.clause"),
    (f"{MATTER}/wordings/{{clause}}/own", "wordings.own.own"),
    (f"{MATTER}/ours/concede/{{clause}}", "wordings.conceding.concede"),
    (f"{MATTER}/check", "policy.checking.check"),
    (f"{MATTER}/check/read", "policy.reading.read"),
    (f"{MATTER}/check/matrix{{kind}}", "policy.checking.matrix_file"),
    (f"{MATTER}/rounds", "rounds.history.history"),
    (f"{MATTER}/rounds/redline", "rounds.redlines.redline"),
    (f"{MATTER}/rounds/redline.docx", "rounds.redlines.redline_file"),
    (f"{MATTER}/rounds/send", "rounds.exchange.send"),
    (f"{MATTER}/rounds/receive", "rounds.exchange.receive"),
    (f"{MATTER}/rounds/{{number:number}}/changes", "rounds.changes.changes"),
    (f"{MATTER}/rounds/{{number:number}}/changes/{{change}}", "rounds.changes.change"),
    (f"{MATTER}/rounds/{{number:number}}/file/{{file:path}}", "rounds.history.file"),
    (f"{MATTER}/ours/rounds/{{number:number}}/file/{{file:path}}", "rounds.history.our_file"),
    (f"{MATTER}/packet", "board.packets.packets"),
    (f"{MATTER}/packet/{{packet}}/file/{{file}}", "board.packets.file"),
    (f"{MATTER}/packet/{{packet}}/verify", "board.working.verify"),
    (f"{MATTER}/ours/brief/{{packet}}/file/{{file}}", "board.packets.brief"),
    (f"{MATTER}/jobs/{{job:number}}", "board.working.job"),
    (f"{MATTER}/jobs/{{job:number}}/looked-at.pdf", "board.working.report"),
    (f"{MATTER}/jobs/{{job:number}}/looks", "board.working.look"),
    (f"{MATTER}/jobs/{{job:number}}/{{place:number}}-{{which:number}}.png", "board.working.picture"),
    (f"{MATTER}/undo", "undoing.undo"),
)
UPLOADS = frozenset(
    [f"{MATTER}/rounds/receive", f"{MATTER}/packet/{{packet}}/verify"]
)  # the addresses that take a file


class Number(IntegerConvertor):
    """The number of a round, a record or a job in an address."""

    regex = "[0-9]{1,9}"  # Python reads no number of thousands of digits


register_url_convertor("number", Number())


def view(name: str) -> View:
    """Return a view by its name among `drafter.web.views`; its module is imported when it is first asked for.

    The first page is there sooner than all that the other pages need.
    """
    module, _, function = name.rpartition(".")
    found: View = getattr(import_module(f"drafter.web.views.{module}"), function)
    return found


def application(desk: Desk) -> Starlette:
    """Return the desk as an application of ASGI, without its guard."""
    static = StaticFiles(directory=Path(__file__).with_name("static"))
    routes = [Route(path, _endpoint(desk, path, name), methods=["GET", "POST"]) for path, name in VIEWS]
    inside = [*routes, Mount("/static", static)]
    handlers = {one: _no_page(desk) for one in (HTTPException, TooLargeError, Exception)}
    return Starlette(routes=[Mount(desk.keys.root, routes=inside)], exception_handlers=handlers)


def _endpoint(desk: Desk, path: str, name: str) -> Callable[[Request], object]:
    """Return what answers requests at an address: only the form is read here, all else is done in another thread."""

    async def endpoint(request: Request) -> Response:
        form, file = await _form(request, uploads=path in UPLOADS)
        if request.method == "POST":
            key = form.pop("key", ("",))[-1]
            if not hmac.compare_digest(key.encode(), desk.keys.form.encode()):
                raise HTTPException(403, "This form is not of the desk that is open now. Load the page again.")
        asked = Asked(
            method="POST" if request.method == "POST" else "GET",
            root=desk.keys.root,
            path=quote(request.scope["path"]),
            names={name: str(value) for name, value in request.path_params.items()},
            query=dict(request.query_params),
            form=form,
            file=file,
            in_part=request.headers.get("x-desk") == "1",
        )
        return await run_in_threadpool(_answered, desk, name, asked)

    return endpoint


async def _form(request: Request, *, uploads: bool) -> tuple[dict[str, tuple[str, ...]], Upload | None]:
    """Return what was typed into the fields of a form, and the file that came with it."""
    if request.method != "POST":
        return {}, None
    is_file = uploads and request.headers.get("content-type", "").startswith("multipart/form-data")
    request = Request(request.scope, limited(request.receive, MOST_SENT if is_file else MOST_TYPED))
    try:
        found: FormData = await request.form(max_files=1, max_fields=1000, max_part_size=MOST_TYPED)
    except (HTTPException, ValueError, LookupError):  # what starlette makes of one that it can't read
        raise HTTPException(400, "This form can't be read, and nothing was done. Load the page again.") from None
    file = next((one for one in found.values() if isinstance(one, UploadFile)), None)
    upload = Upload(file.filename or "", await file.read()) if file is not None and uploads else None
    await found.close()
    names = dict.fromkeys(name for name, one in found.multi_items() if isinstance(one, str))
    form = {name: tuple(one for one in found.getlist(name) if isinstance(one, str)) for name in names}
    return form, upload


def _answered(desk: Desk, name: str, asked: Asked) -> Response:
    return _response(desk, view(name), asked)


def _response(desk: Desk, view: View, asked: Asked) -> Response:
    """Return what a view replies, as a response; where the data is wrong, a page that says what and where."""
    acting.WHO.set("the desk")
    acting.PATIENCE.set(PATIENCE)
    try:
        reply = view(desk, asked)
    except NotThereError:
        raise HTTPException(404, "There is nothing at this address.") from None
    except DraftingError as error:
        reply = wrong.page(desk, asked, error)
    except OSError as error:  # a folder that is gone by now, or may not be looked at
        what = f"it can't be read or written: {error.strerror}"
        problem = Problem("unreadable-file", Place(str(error.filename or desk.place)), what)
        reply = wrong.page(desk, asked, DraftingError(problem))
    match reply:
        case Shown(template, given, status):
            posted = asked.method == "POST" and status >= NOT_DONE
            return HTMLResponse(page(desk, asked, template, {**given, "posted": posted}), status)
        case GoTo(address):
            if asked.method == "GET" and (note := asked.query.get("n", "")):
                address = f"{address}?n={quote(note)}"  # what is reported is reported where the way ends
            return JSONResponse({"go": address}) if asked.in_part else RedirectResponse(address, 303)
        case Parts(given, status):
            return JSONResponse(dict(given), status)
        case Sent():
            return _file(reply)


def page(desk: Desk, asked: Asked, template: str, given: Mapping[str, object]) -> str:
    """Return a page as HTML: what it is given, and what each page has."""
    shelf = desk.shelf(asked.names["matter"]) if "matter" in asked.names else None
    last = shelf.last if shelf else None
    common = {
        "root": asked.root,
        "path": asked.path,
        "matter": asked.names.get("matter", ""),
        "at": asked.at() if "matter" in asked.names else "",
        "key": desk.keys.form,
        "undoable": last.what if last else "",
        "undoes": last.number if last else "",
        "part": "",
        "posted": False,
    }
    return rendered(template, **(common | dict(given)))


def _file(sent: Sent) -> Response:
    how: Literal["inline", "attachment"] = "inline" if sent.inline else "attachment"
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-_. ") else "-" for one in sent.name)
    return Response(
        sent.content, media_type=sent.media_type, headers={"content-disposition": f'{how}; filename="{plain}"'}
    )


def _no_page(desk: Desk) -> Callable[[Request, Exception], Response]:
    """Return what answers where there is no page: with the words of why, on a page like the others."""

    def answer(request: Request, error: Exception) -> Response:
        status, words = _why(error)
        title = "Nothing was done" if request.method == "POST" else "This page can't be shown"
        title = "This page isn't there" if status == NOT_THERE and request.method != "POST" else title
        given = {"title": title, "words": words, "posted": request.method == "POST"}
        asked = Asked("GET", desk.keys.root)
        if request.headers.get("x-desk") == "1":
            return JSONResponse({"error": words}, status)
        return HTMLResponse(page(desk, asked, "nothing.html", given), status)

    return answer


def _why(error: Exception) -> tuple[int, str]:
    """Return the status where there is no page, and the words that say why."""
    match error:
        case HTTPException(status_code=404):
            return 404, "There is nothing at this address."
        case HTTPException(status_code=405):
            return 405, "This can't be done here."
        case HTTPException():
            return error.status_code, error.detail
        case TooLargeError():
            return 413, "This is longer than what is taken here."
        case _:
            return 500, "Drafter failed here: this is a fault of Drafter, not of yours. What was saved before is saved."
