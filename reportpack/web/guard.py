"""What stands before every page: only this machine's own browser, by the desk's own name, with its own forms; and what every answer carries."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportpack.web.sessions import Sessions

LARGEST = 60_000_000
"""Bytes of one file, which a page says beforehand."""
_BODY = LARGEST + 2_000_000
_DRAINED = 2_000_000_000
"""A body that is too large is read to its end, so that the browser shows the answer; one beyond this is cut off."""
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PREVIEW_POLICY = (
    "sandbox allow-same-origin allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; "
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
        answer = _guarded(send)
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
            return (
                HTTPStatus.FORBIDDEN,
                "This window has not opened the desk. Open the address that was printed when it was started.",
            )
        scope.setdefault("state", {})["session"] = session
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Whether a form came from here. A browser that gives no referrer says no origin of its own pages either, and says so otherwise."""
        origins = headers.getlist("origin")
        if origins == [f"http://{self._address}"]:
            return headers.get("sec-fetch-site", "same-origin") == "same-origin"
        return origins == ["null"] and headers.getlist("sec-fetch-site") == ["same-origin"]


def _guarded(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", _POLICY)
        await send(message)

    return answer


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
