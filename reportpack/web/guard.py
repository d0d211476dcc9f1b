"""What stands before every page: only this machine's own browser, by the desk's own name, with its own forms; and what every answer carries."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import field
from http import HTTPStatus
from threading import Lock
from typing import TypeVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportpack.errors import RefusedError
from reportpack.records import Record

_T = TypeVar("_T")
_MOST = 20_000  # Numbers and messages that are remembered; the oldest go first, and a page of then is out of date.


class Said(Record):
    """What the page says after a step: `wrong` when it was not done; `typed` are the words that a person would have to type again."""

    words: str
    remedy: str = ""
    wrong: bool = False
    undo: int = 0
    typed: Mapping[str, str] = field(default_factory=dict)


class Session:
    """One browser: who is at the desk in it, and the edition that it is held to while somebody else looks on (empty: the office's)."""

    def __init__(self) -> None:
        self.who = ""
        self.shows = ""


class Sessions:
    """Everything that the desk remembers of its browsers. Safe from several threads."""

    def __init__(self, who: str = "") -> None:
        self.token = secrets.token_urlsafe(24)
        self._who = who
        self._used = False
        self._lock = Lock()
        self._sessions: dict[str, Session] = {}
        self._numbers: OrderedDict[str, None] = OrderedDict()
        self._said: OrderedDict[str, Said] = OrderedDict()

    def enter(self, token: str) -> str:
        """The cookie of a new session, for the token; RefusedError for another, or the second time."""
        with self._lock:
            if not secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
                raise RefusedError("That is not the desk's address.", "Open the address that was printed when it was started.")
            if self._used:
                found = "This address was used already: it opens the desk once."
                raise RefusedError(found, "Go to the window that it opened; or stop the desk and start it again.")
            self._used = True
            cookie = secrets.token_urlsafe(32)
            self._sessions[cookie] = session = Session()
            session.who = self._who
            return cookie

    def of(self, cookie: str) -> Session | None:
        """The session of that cookie."""
        return self._sessions.get(cookie)

    def new_number(self) -> str:
        """A number for one step from one page."""
        number = secrets.token_urlsafe(18)
        with self._lock:
            _remember(self._numbers, number, None)
        return number

    def spend(self, number: str) -> None:
        """Use the number up; RefusedError for one that was used, or was never given."""
        with self._lock:
            if number not in self._numbers:
                found = "This page is out of date, or the step was taken already. Nothing was recorded now."
                raise RefusedError(found, "Look again: the page shows what stands.")
            del self._numbers[number]

    def say(self, said: Said) -> str:
        """Keep what is to be said; gives the key that a page shows it by, however often it is looked at."""
        key = secrets.token_urlsafe(9)
        with self._lock:
            _remember(self._said, key, said)
        return key

    def said(self, key: str) -> Said | None:
        """What was to be said."""
        return self._said.get(key)


def _remember(kept: "OrderedDict[str, _T]", key: str, value: _T) -> None:
    kept[key] = value
    if len(kept) > _MOST:
        kept.popitem(last=False)


LARGEST = 60_000_000  # Bytes of one file, which a page says beforehand.
_BODY = LARGEST + 2_000_000
_DRAINED = 2_000_000_000
"""A body that is too large is read to its end, so that the browser shows the answer; one beyond this is cut off."""
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PREVIEW_POLICY = (
    "sandbox allow-same-origin allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
    "img-src data:; form-action 'none'; frame-ancestors 'self'; base-uri 'none'"
)
"""Of the pages of an edition inside a page of the desk: no script runs, nothing is fetched, and a number that is clicked opens in the window."""
_ALWAYS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_OPEN = ("/enter/", "/desk/")
"""What is given to a browser that has no cookie yet: the way in, and the look of a page that refuses."""


class Guard:
    """Lets through what comes from a page of the desk, and refuses the rest with a sentence. `address` is 127.0.0.1 with the port."""

    def __init__(self, app: ASGIApp, address: str, sessions: Sessions, heard: Callable[[], None]) -> None:
        self._app = app
        self._address = address
        self._sessions = sessions
        self._heard = heard
        self.cookie = f"desk-{address.rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", _POLICY)
            await send(message)

        found = self._refused(scope)
        if found is None:
            self._heard()
            receive, found = await _bounded(scope, receive)
        if found is not None:
            status, words = found
            return await PlainTextResponse(f"{words}\n", status, {"connection": "close"})(scope, receive, answer)
        return await self._app(scope, receive, answer)

    def _refused(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        """Why the request goes no further, looked at in the order of what costs least."""
        headers = Headers(scope=scope)
        if headers.getlist("host") != [self._address]:
            return HTTPStatus.MISDIRECTED_REQUEST, f"The desk answers only as {self._address}. Open the address that it printed."
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return HTTPStatus.METHOD_NOT_ALLOWED, "The desk has pages to look at and forms to send; nothing else."
        if scope["method"] == "POST" and not self._is_own(headers):
            return HTTPStatus.FORBIDDEN, "This form does not come from a page of the desk. Nothing was recorded."
        session = self._sessions.of(cookie_parser(headers.get("cookie", "")).get(self.cookie, ""))
        if session is None and not scope["path"].startswith(_OPEN):
            closed = "This window has not opened the desk. Open the address that was printed when it was started."
            return HTTPStatus.FORBIDDEN, closed
        scope.setdefault("state", {})["session"] = session
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Whether a form came from here. A browser that gives no referrer says no origin of its own pages either, and says so otherwise."""
        origins = headers.getlist("origin")
        if origins == [f"http://{self._address}"]:
            return headers.get("sec-fetch-site", "same-origin") == "same-origin"
        return origins == ["null"] and headers.getlist("sec-fetch-site") == ["same-origin"]


async def _bounded(scope: Scope, receive: Receive) -> tuple[Receive, tuple[HTTPStatus, str] | None]:
    """The body with its length watched; where it says beforehand that it is too large, read away and refused."""
    said = Headers(scope=scope).get("content-length", "0")
    if not said.isascii() or not said.isdigit():
        return receive, (HTTPStatus.BAD_REQUEST, "The length of what was sent is no number.")
    if int(said) > _BODY:
        if int(said) <= _DRAINED:
            await _drain(receive)
        return receive, (
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"That is {int(said) / 1e6:,.0f} MB; the most is {LARGEST / 1e6:.0f} MB. Nothing was kept. Go back, and choose a smaller file.",
        )
    return _counted(receive), None


async def _drain(receive: Receive) -> None:
    more = True
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)


def _counted(receive: Receive) -> Receive:
    """A body that says no length ends where it grows too large."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        return message if size <= _BODY else {"type": "http.disconnect"}

    return counted
