"""`release`: a person lets a document out, in the very bytes that are kept, sent and published from then on.

What is released is what they saw: where something has changed since the last recorded build it is refused. Build, look, release.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reportpack.compose.letters import document_name
from reportpack.errors import RefusedError
from reportpack.ledger import Ledger
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.meeting import Meeting
from reportpack.model.release import LinesReleased, Released, ReleasedRole
from reportpack.run.letters.epochs import in_step
from reportpack.run.letters.proposal import Proposal, ReleaseOrder
from reportpack.run.letters.release_annex import prepare_annex
from reportpack.run.letters.release_pack import prepare_pack
from reportpack.run.minutes.annex_pages import NAME as ANNEX
from reportpack.run.office_files import Folders, Progress, begun_memory
from reportpack.run.steps.recording import recording
from reportpack.run.steps.released import overtaken_by


def prepare_release(folders: Folders, order: ReleaseOrder, progress: Progress) -> Proposal:
    """What would be released, or RefusedError for why it cannot be."""
    with begun_memory(folders) as ledger:
        with recording(folders, order.now, ledger=ledger) as record:
            order = replace(order, doubted=in_step(record).until)
        size = ledger.size()
        if order.document == ANNEX:
            return prepare_annex(folders, order, ledger, size, progress)
        return prepare_pack(folders, order, ledger, size, progress)


def record_release(folders: Folders, order: ReleaseOrder, proposal: Proposal) -> tuple[Path, ...]:
    """Keep the bytes and record the release; gives the files, which are also laid where they can be looked at."""
    with recording(folders, order.now) as record:
        ledger = record.ledger
        if record.size != proposal.ledger_size:
            found = "Somebody recorded something while you were looking."
            raise RefusedError(found, "Nothing was released. Run it again and look again.")
        new = [one for one in proposal.editions if not one.same]
        for one in new:
            for data in one.data.values():
                ledger.keep(data)
        events = [Event(one.release, order.now, order.by) for one in new]
        events.extend(Event(gone, order.now, order.by) for one in new for gone in overtaken_by(ledger, one.release))
        if proposal.lines_changed:
            lines = LinesReleased(proposal.meeting.id, Audience.FORCE, proposal.lines)
            events.insert(0, Event(lines, order.now, order.by))
        every = [released_files(folders, proposal.meeting, one.release, ledger) for one in proposal.editions]
        files = {path: data for one in every for path, data in one.items()}
        record.record(events, files)
    _remove_replaced(files)
    return tuple(files)


def _remove_replaced(files: Mapping[Path, bytes]) -> None:
    """What lies there of a version that was released anew, and is no part of it any more."""
    for stem in {path.with_suffix("") for path in files}:
        for ending in filter(None, (role.ending for role in ReleasedRole)):
            path = stem.with_name(f"{stem.name}{ending}")
            if path not in files:
                path.unlink(missing_ok=True)


def released_files(folders: Folders, meeting: Meeting, release: Released, ledger: Ledger) -> dict[Path, bytes]:
    """What was released, from where it is kept."""
    folder = folders.build / meeting.id / "released"
    given = [one for one in release.files if one.role.ending]
    return {folder / document_name(meeting, release, one.role.ending): ledger.kept(one.sha256) for one in given}
