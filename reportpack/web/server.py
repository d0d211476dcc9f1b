"""The desk started and stopped: a socket on this machine alone, the address with its token, and an end when nobody has looked for a while."""

import asyncio
import errno
import hashlib
import os
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from importlib.resources import files
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from reportpack.drive_files import sha256_of
from reportpack.errors import OutputError, RefusedError
from reportpack.run.office_files import Folders
from reportpack.run.program import program_templates
from reportpack.web import annex, figures, live, office, pack, papers, register, send, today, topic
from reportpack.web.frame import templates, wrong
from reportpack.web.guard import Guard, Sessions
from reportpack.web.visit import Desk, Step, View, looks, takes, tells

_KINDS = {"desk.css": "text/css", "desk.js": "text/javascript", "live.css": "text/css", "live.js": "text/javascript"}
_FONTS = {"regular.ttf": "SourceSansPro-Regular.ttf", "semibold.ttf": "SourceSansPro-Semibold.ttf"}
_M = "/m/{meeting}"
PAGES: tuple[tuple[str, View], ...] = (
    ("/", today.today),
    (f"{_M}/", today.today),
    (f"{_M}/figures", figures.figures),
    (f"{_M}/figures/{{place}}", figures.workbook),
    (f"{_M}/pack", pack.pack),
    (f"{_M}/pack/progress", pack.progress),
    (f"{_M}/pack/page/{{page}}", pack.page_html),
    (f"{_M}/pack/left-out/{{edition}}", pack.left_out),
    (f"{_M}/words/{{item}}", pack.words),
    (f"{_M}/papers", papers.papers),
    (f"{_M}/notes", papers.notes),
    (f"{_M}/notes/file", papers.notes_file),
    (f"{_M}/notes/read-back", annex.room),
    (f"{_M}/notes/live", live.live),
    (f"{_M}/notes/live/lines", live.lines),
    (f"{_M}/notes/live/beside", live.beside),
    (f"{_M}/annex/queries", annex.queries),
    (f"{_M}/annex/corrections", annex.corrections),
    (f"{_M}/annex/issue", annex.issue),
    (f"{_M}/send", send.release),
    (f"{_M}/send/lines", send.lines),
    (f"{_M}/send/confirm", send.confirm),
    (f"{_M}/send/receipts", send.receipts),
    (f"{_M}/send/going", send.sending),
    (f"{_M}/send/letter/{{letter}}/{{file}}", send.enclosure),
    (f"{_M}/publish", send.publish),
    ("/topic/{topic}", topic.topic),
    ("/topic/{topic}/figures", topic.figures),
    ("/register", register.register),
    ("/register/new", register.new),
    ("/register/{ref}", register.row),
    ("/find", register.find),
    ("/calendar", office.calendar),
    ("/inbox", office.inbox),
    ("/people", office.people),
    (f"/as/{{edition}}{_M}/pack", pack.as_edition),
    (f"/as/{{edition}}{_M}/pack/page/{{page}}", pack.as_page_html),
)
STEPS: tuple[tuple[str, Step, str], ...] = (
    ("/who", today.sits, "/"),
    ("/undo", today.undo, "/"),
    (f"{_M}/figures", figures.bring, f"{_M}/figures"),
    (f"{_M}/figures/{{place}}/answer", figures.answer, f"{_M}/figures/{{place}}"),
    (f"{_M}/figures/{{place}}/area", figures.area, f"{_M}/figures/{{place}}"),
    (f"{_M}/figures/{{place}}/known", figures.known, f"{_M}/figures/{{place}}"),
    (f"{_M}/papers/bring", papers.bring, f"{_M}/papers"),
    (f"{_M}/papers/add", papers.add, f"{_M}/papers"),
    (f"{_M}/notes", papers.bring_notes, f"{_M}/notes"),
    (f"{_M}/notes/new", papers.begin_notes, f"{_M}/notes"),
    (f"{_M}/notes/live", live.keep_plain, f"{_M}/notes/live"),
    (f"{_M}/notes/live/end", live.end, f"{_M}/notes/live"),
    (f"{_M}/annex/answer", annex.answer, f"{_M}/annex/queries"),
    (f"{_M}/annex/correction", annex.settle, f"{_M}/annex/corrections"),
    (f"{_M}/annex/issue", annex.do_issue, f"{_M}/annex/issue"),
    (f"{_M}/annex/agree", annex.do_agree, f"{_M}/annex/issue"),
    (f"{_M}/send/release", send.do_release, f"{_M}/send"),
    (f"{_M}/send/lines", send.do_lines, f"{_M}/send/lines"),
    (f"{_M}/send/confirm", send.do_send, f"{_M}/send/confirm"),
    (f"{_M}/send/settle", send.settle, f"{_M}/send/receipts"),
    (f"{_M}/send/again", send.again, f"{_M}/send/receipts"),
    ("/register", register.look_for, "/register"),
    ("/register/new", register.add, "/register/new"),
    ("/register/{ref}/record", register.record, "/register/{ref}"),
    ("/find", register.look_for, "/find"),
    ("/calendar/new", office.set_meeting, "/calendar"),
    ("/calendar/move", office.move, "/calendar"),
    ("/calendar/cancel", office.call_off, "/calendar"),
    ("/inbox", office.bring_replies, "/inbox"),
    ("/inbox/take", office.bring_replies, "/inbox"),
    ("/inbox/answer", office.answer_reply, "/inbox"),
    ("/inbox/letters", office.held, "/inbox"),
    ("/people/add", office.add_person, "/people"),
    ("/people/change", office.change_person, "/people"),
    ("/people/measure", office.change_measure, "/people"),
    (f"{_M}/publish", send.do_publish, f"{_M}/publish"),
    (f"{_M}/pack/build", pack.build, f"{_M}/pack"),
    (f"{_M}/pack/looked", pack.looked, f"{_M}/pack"),
    (f"{_M}/words/{{item}}", pack.save_words, f"{_M}/words/{{item}}"),
    (f"{_M}/as/{{edition}}", pack.switch, f"{_M}/pack/left-out/{{edition}}"),
    (f"/as/{{edition}}{_M}/back", pack.switch_back, f"{_M}/pack"),
)
"""An address, the step, and the page to go back to where it could not be taken."""
TOLD: tuple[tuple[str, View], ...] = ((f"{_M}/notes/live/keep", live.keep), (f"{_M}/notes/live/hear", live.hear))
"""What the script of a page sends while somebody types."""


def make_app(desk: Desk, sessions: Sessions, address: str) -> Starlette:
    """The application behind the guard."""
    cookie = f"desk-{address.rpartition(':')[2]}"

    async def enter(request: Request) -> Response:
        try:
            value = sessions.enter(request.path_params["token"])
        except RefusedError as error:
            return PlainTextResponse(f"{error.found} {error.remedy}\n", HTTPStatus.FORBIDDEN)
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(cookie, value, httponly=True, samesite="strict", path="/")
        return answer

    routes = [Route("/enter/{token}", enter), Route("/desk/{name}", _given)]
    routes += [Route(path, looks(view, wrong, pack.held_to, desk, sessions)) for path, view in PAGES]
    routes += [Route(path, takes(step, back, desk, sessions), methods=["POST"]) for path, step, back in STEPS]
    routes += [Route(path, tells(view, desk, sessions), methods=["POST"]) for path, view in TOLD]
    both = b"".join((program_templates() / "desk" / name).read_bytes() for name in _KINDS)
    templates().globals["version"] = hashlib.sha256(both).hexdigest()[:12]  # a browser never shows those of another version
    return Starlette(routes=routes, exception_handlers={HTTPException: _refused})


async def _refused(_: Request, error: Exception) -> Response:
    """There is no such page, or no such form, in a sentence."""
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    words = {
        HTTPStatus.NOT_FOUND: "The desk has no page of that address. Go back, or begin at Today.",
        HTTPStatus.METHOD_NOT_ALLOWED: "That address cannot be asked for so. Nothing was recorded.",
    }
    detail = error.detail if isinstance(error, HTTPException) else ""
    return PlainTextResponse(f"{words.get(HTTPStatus(status), detail)}\n", status)


async def _given(request: Request) -> Response:
    """The stylesheet, the script and the letters; nothing else, whatever the address says."""
    name = request.path_params["name"]
    kept = {"cache-control": "private, max-age=86400"}
    if name in _FONTS:
        font = files("font_source_sans_pro").joinpath("files", _FONTS[name])
        return Response(font.read_bytes(), media_type="font/ttf", headers=kept)
    if name not in _KINDS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response((program_templates() / "desk" / name).read_bytes(), media_type=_KINDS[name], headers=kept)


HERE = "127.0.0.1"  # Never another address: a desk on the network is another day's work.
_LOOKS = 5.0
_QUIET: dict[str, Any] = {"lifespan": "off", "log_config": None, "ws": "none"}
_QUIET |= dict.fromkeys(("access_log", "server_header", "date_header", "proxy_headers"), False)


def serve_desk(
    folders: Folders,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
    *,
    port: int,
    browser: bool,
    who: str,
    idle: float,
) -> None:
    """Serve until somebody stops it, or for `idle` seconds nobody has asked for a page. `say` is given the address, once."""
    with _bound(port) if port else _own_bound(folders) as listening, suppress(KeyboardInterrupt):
        address = f"{HERE}:{listening.getsockname()[1]}"
        sessions, desk = Sessions(who), Desk(folders, clock)
        heard = _Heard()
        app = Guard(make_app(desk, sessions, address), address, sessions, heard)
        server = uvicorn.Server(uvicorn.Config(app, timeout_graceful_shutdown=5, limit_concurrency=64, **_QUIET))
        entry = f"http://{address}/enter/{sessions.token}"
        say(entry)
        if browser:
            threading.Thread(target=_open, args=(entry,), daemon=True).start()
        asyncio.run(_serve(server, listening, heard, desk, idle))


class _Heard:
    """When a page was asked for last."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self) -> None:
        self.last = time.monotonic()


def _own_bound(folders: Folders) -> socket.socket:
    """The office's own port, so that a window of a desk that was cut off finds the next one, and sends what it kept; where it is taken, a free one."""
    own = 0x5000 + int(sha256_of(str(folders.inputs.resolve()).encode())[:4], 16) % 0x2000
    try:
        return _bound(own)
    except OutputError:
        return _bound(0)


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # a desk that was cut off can be opened anew at once; elsewhere this would let two listen
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port))
        listening.listen()  # before the address is said: a quick browser waits, and is not refused
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            found = f"The port {port} of this machine is in use, perhaps by a desk that is open already."
            remedy = "Go to its window, or give another with --port; without --port a free one is found."
            raise OutputError(found, remedy) from error
        found = f"The port {port} cannot be used: {error.strerror}."
        raise OutputError(found, "Give another with --port; without it a free one is found.") from error
    return listening


async def _serve(server: uvicorn.Server, listening: socket.socket, heard: _Heard, desk: Desk, idle: float) -> None:
    async def watch() -> None:
        while not server.should_exit:
            await asyncio.sleep(min(_LOOKS, idle / 4))
            if time.monotonic() - heard.last > idle and not desk.is_busy:
                server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()


def _open(address: str) -> None:
    """The browser that the person has; where there is none the printed address stands."""
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
