"""The worked example as the line has it, for golden cases of any room: read, merged and analysed once for a test module."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from reportpack.model.agenda_view import Occasion
from reportpack.model.minutes import ActionKind, MatterEnd, NotedPassage, NotedState
from reportpack.model.noted import NotedView, PlacedAction, PlacedMatter
from reportpack.model.period import Period
from reportpack.records import Record
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_for_annex
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Briefing, Order, prepare

ROOT = Path(__file__).resolve().parents[1]
MEETING = "2019-05-28-assurance"
NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
EXPECTED = ROOT / "tests" / "golden" / "example" / "expected"


class Example(Record):
    """What its pack is composed from, and its annex."""

    prepared: Briefing
    notes: ReadNotes


def read_example(folder: Path) -> Example:
    """From a copy of what it puts in, as at 20 May 2019; its notes as they were after the meeting."""
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    folders = Folders(folder / "inputs", folder / "build")
    with open_memory(folders, begin=True) as ledger:
        prepared = prepare(folders, Order(MEETING, None, None, NOW, NOW.date()), ledger, lambda _: None)
        order = AnnexOrder(MEETING, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3))
        return Example(prepared, read_for_annex(folders, order, ledger, lambda _: None))


def with_outcomes(view: NotedView) -> NotedView:
    """Matters and actions of the kinds that the example's notes lack, passages before the first item, and a table."""
    june = Occasion("June", None, Period.month(2019, 6))
    carried, closed, unknown = view.matters
    matters: tuple[PlacedMatter, ...] = (
        replace(carried, due=june, noted=replace(carried.noted, outcome="Carried again", became=MatterEnd.CARRIED)),
        replace(closed, noted=replace(closed.noted, outcome="Closed", origin="the autumn", evidence=("66",))),
        replace(unknown, noted=replace(unknown.noted, origin=None, discussed_at=None, evidence=())),
    )
    note, back, records, *others = view.actions

    def earlier(ref: str, state: NotedState, update: str, put_off: str = "") -> PlacedAction:
        return replace(records, ref=ref, noted=replace(records.noted, state=state, update=update, put_off=put_off))

    actions: tuple[PlacedAction, ...] = (
        replace(note, ref="3/2019", noted=replace(note.noted, due_as_written="in two meetings", condition="if it is ready")),
        replace(back, due=Occasion("", view.meeting), noted=replace(back.noted, due_as_written="in two meetings")),
        replace(back, due=None, noted=replace(back.noted, due=date(2019, 9, 1), kind=ActionKind.BRING_BACK)),
        replace(back, due=None, noted=replace(back.noted, due_as_written="soon")),
        replace(back, due=Occasion(""), noted=replace(back.noted, due_meeting=None, due_as_written=None)),
        records,
        *others,
        earlier("1/2019", NotedState.CLOSED, "It is done."),
        earlier("4/2019", NotedState.OPEN, ""),
        earlier("5/2019", NotedState.OPEN, "Withdrawn.", "by a month"),
    )
    row = NotedPassage("Area  Figure", "2.2", ("128",), cells=("Area", "Figure"))
    table = (row, replace(row, cells=("Shropshire",)))
    items = tuple(replace(one, passages=(*one.passages, *table)) if one.number == "2.2" else one for one in view.items)
    entry = NotedPassage("Said before the meeting began.", None, ("3",), bullet=True)
    private = frozenset({"60", "63"})
    return replace(view, matters=matters, actions=actions, items=items, loose=(entry, entry, *table), private=private)
