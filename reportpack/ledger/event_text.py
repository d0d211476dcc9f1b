"""Events as the ledger stores them: a kind, a subject, and JSON that reads the same for ever."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reportpack.model.audience import Audience
from reportpack.model.event import (
    AnnexAgreed,
    AnnexIssued,
    Build,
    BuildFile,
    CellChange,
    Event,
    EventKind,
    FileRole,
    GivenReference,
    Happening,
    RegisterSeen,
    RowChange,
    Undone,
    WorkbookSeen,
)
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.model.source import Source


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A row of the table of events."""

    kind: str
    subject: str
    recorded: str
    who: str
    body: str


def store(event: Event) -> StoredEvent:
    """The event as a row. Its moment keeps its time zone: the day it names is the day in the office."""
    recorded = event.recorded.isoformat(timespec="microseconds")
    body = json.dumps(_body(event.what), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return StoredEvent(event.kind.value, subject_of(event.what), recorded, event.who, body)


def restore(number: int, row: StoredEvent) -> Event:
    """The row as the event it was; a build comes without its figures."""
    what = _READERS[EventKind(row.kind)](json.loads(row.body))
    return Event(what, datetime.fromisoformat(row.recorded), row.who, number)


def subject_of(what: Happening) -> str:
    """What the event is about, in a form that can be looked up."""
    match what:
        case Build():
            return build_subject(what.meeting, what.document, what.edition)
        case RowChange():
            return f"{what.sheet}/{what.ref}"
        case Undone():
            return str(what.event)
        case AnnexIssued() | AnnexAgreed():
            return what.meeting
        case _:
            return what.sha256


def build_subject(meeting: str, document: str, edition: Audience) -> str:
    """`2019-05-28-assurance/briefing-pack/office`."""
    return f"{meeting}/{document}/{edition.value}"


def _body(what: Happening) -> dict[str, Any]:
    match what:
        case WorkbookSeen():
            return {"file": what.file, "sha256": what.sha256, "as_at": _iso(what.as_at)}
        case RowChange():
            changes = [[change.header, change.before, change.after] for change in what.changes]
            return {"sheet": what.sheet, "ref": what.ref, "changes": changes, "cause": what.cause, "source": _place(what.source)}
        case RegisterSeen():
            return {"sha256": what.sha256, "number": what.number, "rows": what.rows, "written": what.written}
        case Undone():
            return {"event": what.event, "why": what.why}
        case AnnexIssued():
            return {
                "meeting": what.meeting,
                "file": what.file,
                "sha256": what.sha256,
                "on": what.on.isoformat(),
                "version": what.version,
                "given": [[one.sheet, one.ref, one.words] for one in what.given],
            }
        case AnnexAgreed():
            return {"meeting": what.meeting, "on": what.on.isoformat(), "version": what.version}
        case Build():
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


def _row_change(body: Mapping[str, Any]) -> RowChange:
    changes = tuple(CellChange(*change) for change in body["changes"])
    return RowChange(body["sheet"], body["ref"], changes, body["cause"], Source(*body["source"]))


def _register_seen(body: Mapping[str, Any]) -> RegisterSeen:
    return RegisterSeen(body["sha256"], body["number"], body["rows"], body["written"])


def _undone(body: Mapping[str, Any]) -> Undone:
    return Undone(body["event"], body["why"])


def _annex_issued(body: Mapping[str, Any]) -> AnnexIssued:
    given = tuple(GivenReference(*one) for one in body["given"])
    on = date.fromisoformat(body["on"])
    return AnnexIssued(body["meeting"], body["file"], body["sha256"], on, body["version"], given)


def _annex_agreed(body: Mapping[str, Any]) -> AnnexAgreed:
    return AnnexAgreed(body["meeting"], date.fromisoformat(body["on"]), body["version"])


def _build(body: Mapping[str, Any]) -> Build:
    files = tuple(BuildFile(FileRole(role), name, sha256, _day(as_at)) for role, name, sha256, as_at in body["files"])
    on = date.fromisoformat(body["on"])
    return Build(body["meeting"], body["document"], Audience(body["edition"]), on, body["program"], files)


_READERS: Mapping[EventKind, Callable[[Mapping[str, Any]], Happening]] = {
    EventKind.WORKBOOK_SEEN: _workbook,
    EventKind.BUILD: _build,
    EventKind.ROW_CHANGED: _row_change,
    EventKind.REGISTER_SEEN: _register_seen,
    EventKind.UNDONE: _undone,
    EventKind.ANNEX_ISSUED: _annex_issued,
    EventKind.ANNEX_AGREED: _annex_agreed,
}


def rows_as_bytes(rows: Sequence[RegisterRow]) -> bytes:
    """Rows of the register as JSON that is the same whenever the rows are."""
    listed = [
        [row.sheet, row.ref, [[cell.header, cell.text, cell.cell] for cell in row.cells], *_place(row.source)] for row in rows
    ]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def rows_from_bytes(data: bytes) -> tuple[RegisterRow, ...]:
    """The rows that were kept."""
    return tuple(
        RegisterRow(sheet, ref, tuple(RegisterCell(*cell) for cell in cells), Source(*place))
        for sheet, ref, cells, *place in json.loads(data.decode("utf-8", "surrogatepass"))
    )


def _place(source: Source) -> tuple[str, str, str, str]:
    return source.file, source.sheet, source.cell, source.sha256


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
