"""Who has opened the desk: the token that is used once, the cookie of a browser, numbers that are used once, and what was said last.

All of it is in memory and goes when the desk stops: what counts is in the files and the ledger.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import field
from threading import Lock
from typing import TypeVar

from reportpack.errors import RefusedError
from reportpack.records import dataclass

_T = TypeVar("_T")
_MOST = 20_000
"""Numbers and messages that are remembered; the oldest go first, and a page of then is out of date."""


@dataclass(frozen=True, slots=True)
class Said:
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
                raise RefusedError(
                    "This address was used already: it opens the desk once.",
                    "Go to the window that it opened; or stop the desk and start it again.",
                )
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
                raise RefusedError(
                    "This page is out of date, or the step was taken already. Nothing was recorded now.",
                    "Look again: the page shows what stands.",
                )
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
