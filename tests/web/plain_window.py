"""A window without a browser: one cookie, the pages as text, and a form of a page sent as it stands there with some fields filled in."""

import http.client
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from tests.web.conftest import Opened

_FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
_SAID = re.compile(r'<div class="said( wrong)?"[^>]*>(.*?)</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


Fields = Mapping[str, str] | Sequence[tuple[str, str]]


@dataclass
class Window:
    """One window of a desk."""

    desk: Opened
    cookie: str

    def page(self, path: str) -> str:
        status, _, text = self.desk.asks("GET", path, {"Cookie": self.cookie})
        assert status == 200, text
        return text

    def hidden(self, page: str, action: str, holding: str = "") -> dict[str, str]:
        """The fields that the form of that action brings back by itself: the first one that has the words in it."""
        forms = [form for to, form in _FORM.findall(self.page(page)) if unescape(to) == action and holding in unescape(form)]
        assert forms, f"no form of {page} goes to {action}"
        return {name: unescape(value) for name, value in _HIDDEN.findall(forms[0])}

    def send(self, action: str, fields: Fields, file: tuple[str, bytes] | None = None) -> tuple[int, str]:
        """The status, and the address that the answer leads to or its words."""
        own = {"Cookie": self.cookie, "Origin": self.desk.origin, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        if file is not None:
            mark = secrets.token_hex(8)
            own["Content-Type"] = f"multipart/form-data; boundary={mark}"
            parts = [
                f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
                for name, text in dict(fields).items()
            ]
            parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{file[0]}"\r\n\r\n')
            body = "".join(parts).encode() + file[1] + f"\r\n--{mark}--\r\n".encode()
        status, headers, text = self.desk.asks("POST", action, own, body)
        return status, headers.get("location", text)

    def done(self, action: str, fields: Fields, file: tuple[str, bytes] | None = None) -> str:
        """What the page after it says."""
        status, to = self.send(action, fields, file)
        return said(self.page(to)) if status == 303 else to


def opened(desk: Opened) -> Window:
    """The window that the printed address opens."""
    status, headers, text = desk.asks("GET", desk.entry.removeprefix(desk.origin))
    assert status == 303, text
    return Window(desk, headers["set-cookie"].partition(";")[0])


def said(text: str) -> str:
    """What a page says of the step before it; `wrong:` stands before what was refused."""
    found = _SAID.search(text)
    assert found is not None, text
    return ("wrong: " if found[1] else "") + " ".join(unescape(_TAG.sub(" ", found[2])).split())


@contextmanager
def cut_off() -> Iterator[None]:
    """A desk that dies while it is asked answers nobody."""
    with suppress(http.client.HTTPException, OSError):
        yield
