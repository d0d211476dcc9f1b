"""What corrected words change in the register: the notes as they counted before a correction held against the notes with it, fact by fact."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reportpack.merge.issuing import TAKEN_BACK, wanted_rows
from reportpack.merge.noted import given_by_key
from reportpack.merge.outcomes import corrected_outcomes
from reportpack.merge.register_rows import next_reference, rows_after
from reportpack.model.event import GivenReference, RowChange
from reportpack.model.measure import Measure
from reportpack.model.minutes import NotedState
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.problem import Source
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import RegisterRow

_Place = tuple[str, str, int]
"""A sheet, a line of the notes, and how many on that line stand before."""


class Facts:
    """What notes ask of the register. `given` are the references that the notes as they were issued have."""

    def __init__(self, issued: NotedView, given: Sequence[GivenReference], office: Office, measures: Sequence[Measure]) -> None:
        self.office, self.measures, self.year = office, measures, issued.meeting.day.year
        self.kept: list[
            tuple[str, str, str, str]
        ] = []  # reference, heading, what somebody changed it to since, what the words say now
        by_key = {key: one.ref for key, one in given_by_key(given).items()}
        self.refs = {place: by_key[key] for place, (key, _) in self.placed(issued).items() if key in by_key}

    def placed(self, view: NotedView) -> Mapping[_Place, tuple[tuple[str, str, int], RegisterRow]]:
        """Every row that the notes ask for, by its place."""
        seen: Counter[tuple[str, str]] = Counter()
        found: dict[_Place, tuple[tuple[str, str, int], RegisterRow]] = {}
        for key, line, row in wanted_rows(view, self.office, self.measures):
            found[row.sheet, line, seen[row.sheet, line]] = key, row
            seen[row.sheet, line] += 1
        return found

    def moved(
        self, before: NotedView, after: NotedView, rows: Sequence[RegisterRow], cause: str, source: Source
    ) -> Iterator[RowChange]:
        """The rows whose facts the new words change, where the register still has what the old ones said; what is new; what is no longer asked for."""
        was, now = self.placed(before), self.placed(after)
        for place in dict.fromkeys((*was, *now)):
            ref = self.refs.get(place, "")
            old, new = was[place][1] if place in was else None, now[place][1] if place in now else None
            row = next((one for one in rows if ref and (one.sheet, one.ref) == (place[0], ref)), None)
            row = row or next((one for one in rows if old is not None and (one.sheet, one.words) == (old.sheet, old.words)), None)
            if old is not None and new is not None and row is not None:
                other = ((one.header, one.day or one.text) for one in new.cells if one.text != old.text(one.header))
                gone = ((one.header, "") for one in old.cells if one.text and not new.text(one.header))
                cells = [(name, said) for name, said in (*other, *gone) if row.text(name) == old.text(name)]
                since = [one for one in new.cells if row.text(one.header) not in (old.text(one.header), one.text)]
                self.kept += [
                    (row.ref, one.header, row.text(one.header), one.text) for one in since if one.text != old.text(one.header)
                ]
                change = RowChange(row.sheet, row.ref, row.changes(cells), cause, source)
                yield from [change] if change.changes else []
            elif new is None and row is not None and row.sheet in TAKEN_BACK:
                out = row.changes([(Heading.STATE, TAKEN_BACK[row.sheet])])
                yield from [RowChange(row.sheet, row.ref, out, cause, source)] if out else []
            elif old is None and new is not None and ref and row is not None:
                yield RowChange(row.sheet, row.ref, row.changes([(Heading.STATE, new.text(Heading.STATE))]), cause, source)
            elif old is None and new is not None:
                used = [one.ref for one in rows if one.sheet == new.sheet]
                added = RowChange.adding(new, next_reference(new, used, self.year), cause)
                rows = rows_after(rows, [added])
                yield added


def moved_outcomes(
    before: NotedView, after: NotedView, rows: Sequence[RegisterRow], said: Sequence[RowChange], cause: str
) -> Iterator[RowChange]:
    """What became of what was there before the meeting, where the new words tell it otherwise."""
    if _told(before) != _told(after):
        meeting = f"annex {after.meeting.id}"
        own = [one for one in said if one.cause == meeting or one.cause.startswith(f"{meeting}, ")]
        for one in corrected_outcomes(after, rows, own):
            yield RowChange(one.sheet, one.ref, one.changes, cause, one.source)


def _told(view: NotedView) -> tuple[object, ...]:
    news = tuple(one.noted for one in view.actions if one.noted.state is not NotedState.NEW)
    return (
        *((one.ref, one.noted.outcome, one.noted.returns) for one in view.matters),
        *news,
        *((one.ref, one.words) for one in view.settled),
    )
