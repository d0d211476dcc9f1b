"""The events of a ledger, linked: each link is made of the one before it and of what its event said, so that a changed past is seen.

A link runs over the hash of an event's content. An erasure changes the content and leaves its hash: a tombstone, and the chain is whole."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from reportpack.ledger.database import EVENT, LINK, Session

_AT_ONCE = 1000
_EVENT = ", ".join(f"event.{column}" for column in EVENT.columns)
LINKED_EVENTS = (
    f"SELECT {_EVENT}, event_link.content, event_link.link FROM event LEFT JOIN event_link ON event_link.number = event.number"
)
"""Every event with its hash and its link, which are NULL where it has none."""


def content_of(*said: str) -> str:
    """The hash of what an event says: its kind, subject, moment, person and body."""
    return _sha256("\x00".join(said))


def last_link(session: Session, number: int | None = None) -> tuple[int, str]:
    """The newest event's number and link, or those of that event; an empty link where there is none."""
    where, values = ("", ()) if number is None else (" WHERE number = ?", (number,))
    rows = session.rows(f"SELECT number, link FROM event_link{where} ORDER BY number DESC LIMIT 1", *values)
    return (int(rows[0][0]), str(rows[0][1])) if rows else (number or 0, "")


def add_link(session: Session, number: int, *said: str) -> None:
    """Link a new event to the one before it."""
    content = content_of(*said)
    session.insert(LINK, [(number, content, _sha256(last_link(session)[1] + content))])


def link_all(session: Session, erased: Mapping[int, str] | None = None) -> None:
    """Link every event of a ledger that has no links; `erased` are the hashes of what events said before words were taken out."""
    last, rows = "", list[Sequence[object]]()
    for number, *said in session.rows(f"SELECT {', '.join(EVENT.columns)} FROM event ORDER BY number"):
        content = (erased or {}).get(number) or content_of(*said)
        last = _sha256(last + content)
        rows.append((number, content, last))
    for start in range(0, len(rows), _AT_ONCE):
        session.insert(LINK, rows[start : start + _AT_ONCE])


def broken_links(session: Session) -> Iterator[tuple[int, bool]]:
    """The events that are not what they were when they were recorded; whether the chain itself is broken there."""
    last = ""
    for number, kind, subject, recorded, who, body, content, link in session.rows(f"{LINKED_EVENTS} ORDER BY event.number"):
        last = _sha256(last + (content or ""))
        if link != last:
            yield number, True
            last = link or ""
        elif content_of(kind, subject, recorded, who, body) != content:
            yield number, False


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
