"""Events as the ledger stores them: a kind, a subject, and JSON that reads the same for ever."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from reportpack.model.audience import Audience
from reportpack.model.event import Build, BuildFile, Event, EventKind, FileRole, Happening, WorkbookSeen


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A row of the table of events."""

    kind: str
    subject: str
    recorded: str
    who: str
    body: str


def store(event: Event) -> StoredEvent:
    """The event as a row. Its moment is kept in UTC, to the microsecond."""
    recorded = event.recorded.astimezone(UTC).isoformat(timespec="microseconds")
    body = json.dumps(_body(event.what), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return StoredEvent(event.kind.value, subject_of(event.what), recorded, event.who, body)


def restore(number: int, row: StoredEvent) -> Event:
    """The row as the event it was; a build comes without its figures."""
    body = json.loads(row.body)
    what: Happening = _build(body) if row.kind == EventKind.BUILD else _workbook(body)
    return Event(what, datetime.fromisoformat(row.recorded), row.who, number)


def subject_of(what: Happening) -> str:
    """What the event is about, in a form that can be looked up."""
    if isinstance(what, Build):
        return build_subject(what.meeting, what.document, what.edition)
    return what.sha256


def build_subject(meeting: str, document: str, edition: Audience) -> str:
    """`2019-05-28-assurance/briefing-pack/office`."""
    return f"{meeting}/{document}/{edition.value}"


def _body(what: Happening) -> dict[str, Any]:
    if isinstance(what, WorkbookSeen):
        return {"file": what.file, "sha256": what.sha256, "as_at": _iso(what.as_at)}
    return {
        "meeting": what.meeting,
        "document": what.document,
        "edition": what.edition.value,
        "on": what.on.isoformat(),
        "program": what.program,
        "files": [[file.role.value, file.name, file.sha256, _iso(file.as_at)] for file in what.files],
    }


def _workbook(body: Mapping[str, Any]) -> WorkbookSeen:
    return WorkbookSeen(body["file"], body["sha256"], _day(body["as_at"]))


def _build(body: Mapping[str, Any]) -> Build:
    files = tuple(BuildFile(FileRole(role), name, sha256, _day(as_at)) for role, name, sha256, as_at in body["files"])
    on = date.fromisoformat(body["on"])
    return Build(body["meeting"], body["document"], Audience(body["edition"]), on, body["program"], files)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
