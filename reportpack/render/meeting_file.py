"""The text of a meeting's file: a new one whose keys explain themselves, and one that is changed in a few keys and nowhere else."""

import tomllib
from collections.abc import Mapping
from datetime import date

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from reportpack.errors import InputError
from reportpack.model.meeting import Meeting
from reportpack.model.period import long_date

Value = bool | str | list[date] | date | None
"""What a key is set to; None takes it out."""


def new_meeting_text(meeting: Meeting, why: str = "") -> bytes:
    """A file that says nothing yet, with everything that it could say beside the words of its series."""
    at = f" at {meeting.start_time:%H:%M}" if meeting.start_time is not None else ""
    first = meeting.agenda[0].number if meeting.agenda else "1"
    posts = ", ".join(_quoted(post) for post in meeting.expected)
    author = _quoted(next(iter(meeting.expected), ""))
    lines = [
        f"{meeting.title}, set for {meeting.day:%A} {long_date(meeting.day)}{at}.",
        *([why] if why else []),
        "It is like its series in office.toml. Say here only what differs: take out the # and change the words.",
        "Its day is changed with: reportpack meeting move; it is called off with: reportpack meeting cancel",
        "",
        f"venue = {_quoted(meeting.venue)}",
        f'time = "{meeting.start_time:%H:%M}"' if meeting.start_time is not None else 'time = "10:00"',
        f"present = [{posts}]",
        "apologies = []",
        "",
        "[[paper]]",
        'title = "Progress report"',
        f"item = {_quoted(first)}",
        f"author = {author}",
        'file = "Progress report.docx"',
        'audience = "force"',
    ]
    return "".join(f"# {' '.join(line.split())}".rstrip() + "\n" for line in lines).encode()


def _quoted(words: str) -> str:
    plain = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def changed_meeting_text(content: bytes, changes: Mapping[str, Value], comment: str = "") -> bytes:
    """The text with those keys set or taken out; comments, order and everything else stay. `comment` stands beside the first of them."""
    text = content.decode("utf-8-sig")
    try:
        document = tomlkit.parse(text)
        before = tomllib.loads(text)
        for key, value in changes.items():
            if value is None:
                document.pop(key, None)
            else:
                document[key] = value
        first = document.item(next(iter(changes))) if next(iter(changes)) in document else None
        if comment and isinstance(first, Item):
            first.comment(" ".join(comment.split()))
        changed = tomlkit.dumps(document)
        after = tomllib.loads(changed)
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise _unchangeable(f"{error}") from error
    wanted = {key: value for key, value in {**before, **changes}.items() if value is not None}
    if after != wanted:
        raise _unchangeable("something else would have changed with it")
    plain = changed.replace("\r\n", "\n")
    written = plain.replace("\n", "\r\n") if "\r\n" in text else plain
    return (b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b"") + written.encode()


def _unchangeable(why: str) -> InputError:
    return InputError(f"The meeting's file could not be changed: {why}.", "Change it by hand: docs/meetings.md says how.")
