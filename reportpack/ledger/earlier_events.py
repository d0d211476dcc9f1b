"""What earlier programs stored in another shape, given the shape of today before it is read. Nothing that is stored is changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportpack.model.duty import LettersHeld
from reportpack.model.outbox import LetterQueued

_OF_QUEUED = ("key", "sender", "reply_to", "message_id", "dated")
_OF_LETTER = ("kind", "meeting", "document", "version", "edition")
_OF_PERSON = ("name", "email", "post", "edition")
_SAID = ("title", "text", "html")


def brought_up(what: type[object], body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an event as they are named now."""
    if what is LetterQueued and "letter" not in body:
        return {name: body[name] for name in _OF_QUEUED} | {"letter": _letter(body)}
    if what is LettersHeld:
        return {**body, "letters": [_held(one) for one in body["letters"]]}
    return body


def _letter(fields: Mapping[str, Any]) -> list[Any]:
    """A letter whose person stood among its own fields, and whose subject was called its title."""
    person = [fields[name] for name in _OF_PERSON]
    return [*(fields[name] for name in _OF_LETTER), person, *(fields[name] for name in _SAID), fields.get("enclosures", [])]


def _held(letter: Sequence[Any]) -> Sequence[Any]:
    """A letter that was held, in the order of its fields then: after its edition came a name, where now a person stands."""
    at = len(_OF_LETTER)
    if not isinstance(letter[at], str):
        return letter
    name, email, post, *rest = letter[at:]
    return [*letter[:at], [name, email, post, letter[at - 1]], *rest]
