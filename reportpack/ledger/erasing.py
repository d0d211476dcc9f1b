"""Personal words taken out of what was recorded and kept, under an order or a retention rule. What an event or a file was stays; its words go.

Names that the ledger goes by (references, headings, meetings, sha256) are never touched: where the words are one of these, nothing is erased."""

import html
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from reportpack import patterns as re
from reportpack.errors import InputError, RefusedError
from reportpack.ledger.event_text import restore, store
from reportpack.ledger.seen_words import BROKEN_ZIP, UnopenedError, plain, words_in
from reportpack.model.event import LETTER_KINDS, Event
from reportpack.records import Record

_GONE_BY = frozenset(
    ("sheet", "ref", "header", "heading", "sha256", "rows", "meeting", "document", "program", "key", "version", "role", "now")
)
"""Fields that other things are found by."""
_SPACE = r"(?:\s|&nbsp;|&#160;|\\n|\\u00a0)+"
_SHORTEST = 4
_PACKED = b"PK\x03\x04"


class Eraser(Record):
    """The words, as a pattern, and what stands in their place."""

    pattern: re.Pattern[str]
    mark: str
    seen: re.Pattern[str]
    """The words as they are compared, and with the last of them first: `roe, jane`."""

    def text(self, text: str) -> str:
        """The text without the words."""
        return self.pattern.sub(lambda _: self.mark, text)

    def holds(self, text: str) -> bool:
        """Whether the words are in it."""
        return self.pattern.search(text) is not None

    def is_seen_in(self, data: bytes) -> bool:
        """Whether a person would see or hear the words in that file; UnopenedError where nobody can tell."""
        return any(self.seen.search(plain(text)) for text in words_in(data))


def eraser_of(words: Iterable[str], mark: str, *, or_nothing: bool = False) -> Eraser:
    """For these words, whole, in any case, over any spaces, and as HTML and JSON write them."""
    wanted = sorted({" ".join(one.split()) for one in words if one.strip()}, key=len, reverse=True)
    for one in wanted:
        if len(one) < _SHORTEST:
            found = f'"{one}" is too short: it stands in too much else.'
            raise InputError(found, f"Give at least {_SHORTEST} letters, such as a whole name.")
    if not wanted and or_nothing:
        return Eraser(re.compile(r"(?!)"), mark, re.compile(r"(?!)"))
    if not wanted:
        raise InputError("No words are given that could be erased.", 'Name them: --words "Jane Roe".')
    exact = "|".join(rf"(?<!\w){_pattern(one)}(?!\w)" for one in wanted)
    seen = "|".join(rf"(?<!\w)(?:{_seen_pattern(plain(one).split())})(?!\w)" for one in wanted)
    return Eraser(re.compile(exact, re.IGNORECASE), mark, re.compile(seen))


def _seen_pattern(tokens: list[str]) -> str:
    *first, last = map(re.escape, tokens)
    whole = r"[\s,]+".join((*first, last))
    return rf"{whole}|{last},\s*{r'[ ]+'.join(first)}" if first else whole


def _pattern(words: str) -> str:
    tokens = []
    for token in words.split():
        spelt = dict.fromkeys((token, html.escape(token), html.escape(token, quote=False), json.dumps(token)[1:-1]))
        tokens.append("(?:" + "|".join(map(re.escape, spelt)) + ")")
    return _SPACE.join(tokens)


def erase_event(eraser: Eraser, event: Event) -> Event:
    """The event without the words; RefusedError where they are what it is found by, or a word of the program's own."""
    after = replace(event, what=_without(eraser, event.what), who=eraser.text(event.who))
    if after != event:
        same_subject = after.subject == event.subject or isinstance(event.what, LETTER_KINDS)
        try:
            readable = restore(event.number, store(after)).subject == after.subject
        except ValueError:
            readable = False
        if not (same_subject and readable):
            found = f"The words are what event {event.number} ({event.kind}: {event.subject}) is found by."
            raise RefusedError(found, "Give more of the words around them, or erase its words with --event. Nothing was erased.")
    return after


def _without(eraser: Eraser, value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name for one in fields(value) if one.name in _GONE_BY}
        open_ones = (one.name for one in fields(value) if one.name not in kept and one.init)
        return replace(value, **{name: _without(eraser, getattr(value, name)) for name in open_ones})
    if isinstance(value, tuple):
        return tuple(_without(eraser, one) for one in value)
    return eraser.text(value) if type(value) is str else value


def erase_bytes(eraser: Eraser, data: bytes) -> bytes | None:
    """The file without the words, the same bytes where it does not hold them, and None where it must go whole: they cannot be cut out of it.

    One that nobody can look into stays as it is: `is_seen_in` says so."""
    after = _erase_packed(eraser, data) if data.startswith(_PACKED) else _erase_text(eraser, data)
    try:
        return None if after is None or eraser.is_seen_in(after) else after
    except UnopenedError:
        return after


def _erase_text(eraser: Eraser, data: bytes) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return eraser.text(text).encode("utf-8") if eraser.holds(text) else data


def _erase_packed(eraser: Eraser, data: bytes) -> bytes | None:
    out = io.BytesIO()
    changed = False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                part = old.read(info)
                after = erase_bytes(eraser, part)
                if after is None:
                    return None
                changed = changed or after != part
                new.writestr(info, after)
    except BROKEN_ZIP:
        return data
    return out.getvalue() if changed else data
