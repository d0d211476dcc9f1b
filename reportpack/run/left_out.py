"""What the readers of an edition will not see, by name: items withheld, the office's lines that nobody released, the officer's notes."""

from dataclasses import replace
from datetime import date, datetime

from reportpack.compose.topics import known_by, office_lines
from reportpack.model.edition import Audience, may_read
from reportpack.model.meeting import Meeting
from reportpack.model.pack import Withheld
from reportpack.model.release import ReleasedLine
from reportpack.records import dataclass
from reportpack.run.office_files import Folders, Progress, open_memory
from reportpack.run.pack import DRAFT, Order, lay_out, prepare
from reportpack.run.steps.released import released_lines


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stands in the office's edition and not in that one; `notes` are the agenda items with words for the office alone."""

    meeting: Meeting
    edition: Audience
    readers: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    lines: tuple[ReleasedLine, ...]
    released: tuple[ReleasedLine, ...]
    notes: tuple[str, ...]


def left_out_of(folders: Folders, named: str, edition: Audience, now: datetime, today: date, progress: Progress) -> LeftOut:
    """The lists, from the same inputs as a build of now; nothing is recorded."""
    with open_memory(folders) as ledger:
        prepared = prepare(folders, Order(named, None, None, now, today), ledger, progress, checking=True)
        lines = released_lines(ledger, prepared.view.meeting.id)
    office = prepared.gathered.settings.office
    meeting = prepared.view.meeting
    composed = lay_out(folders, prepared, edition, DRAFT, lines)
    offered = office_lines(lay_out(folders, prepared, Audience.OFFICE, DRAFT).pack)
    gone = known_by(lines)
    statements = (one for one in prepared.gathered.inputs.statements if not may_read(edition, one.audience))
    register = prepared.gathered.inputs.register
    names = {one.ref: one.title or one.words for one in register.actions if one.ref}
    names |= {one.ref: one.title or one.words for one in register.matters if one.ref}
    readers: list[str] = []
    for one in office.recipients:
        if one.edition is edition and (not one.series or meeting.series in one.series):
            readers += [one.name] if one.name else [each.name for each in office.holders_on(one.post, today)]
    return LeftOut(
        meeting,
        edition,
        tuple(dict.fromkeys(readers)),
        tuple(replace(one, title=names.get(one.ref, one.title)) for one in composed.pack.appendix.withheld),
        tuple(one for one in offered if (one.place, one.words) not in gone),
        tuple(lines),
        tuple(dict.fromkeys(one.item or "unplaced" for one in statements)),
    )
