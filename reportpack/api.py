"""The face for scripts and notebooks: an office that is read, built and recorded in as its command line does it.

Answers are the same records that the command line prints; `as_json` gives the form that `--json` has. What stops a verb is a
`ReportpackError` with its sentence and remedy. Nothing here reads a clock: a script says what the time is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reportpack.errors import ReportpackError
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.finding import MeasureFinding
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.register_row import RegisterRow
from reportpack.run.office_files import gather_meetings, office_folders, open_memory

LONDON = ZoneInfo("Europe/London")

if TYPE_CHECKING:
    from reportpack.run.check import Checked
    from reportpack.run.minutes.annex_issue import BuiltAnnex
    from reportpack.run.minutes.annex_reading import AnnexOrder
    from reportpack.run.pack import Briefing, BuiltPack, Order
    from reportpack.run.register.rows import Updated

__all__ = ["Office", "ReportpackError", "as_json"]


class Office:
    """The office whose folder that is, at that moment (London time, where it has no zone): what it holds, and its everyday verbs.

    A meeting is named by its id or its date; without one the next is meant. `on` asks for what was known on a day."""

    def __init__(self, folder: Path | str, now: datetime, progress: Callable[[str], None] = lambda _: None) -> None:
        place = Path(folder)
        templates = place / "templates"
        self._folders = office_folders(place / "inputs", place / "build", templates if templates.is_dir() else None)
        self._now = (now if now.tzinfo else now.replace(tzinfo=LONDON)).astimezone(LONDON).replace(microsecond=0)
        self._progress = progress

    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings that are set, by date."""
        return gather_meetings(self._folders)[1]

    def check(self, meeting: str = "") -> "Checked":
        """What should be put right before the pack of that meeting is built; nothing is written."""
        from reportpack.run.check import check_inputs

        return check_inputs(self._folders, self._asked(meeting), self._progress)

    def figures(self, meeting: str = "", on: date | None = None) -> tuple[Observation, ...]:
        """Every figure that the pack of that meeting knows, with its file, sheet and cell."""
        return self._prepared(meeting, on).gathered.inputs.observations

    def findings(self, meeting: str = "", on: date | None = None) -> tuple[MeasureFinding, ...]:
        """What the figures of each measure say: signals, comparisons, areas."""
        return self._prepared(meeting, on).findings.measures

    def build_pack(self, meeting: str = "", edition: Audience | None = None, on: date | None = None) -> "BuiltPack":
        """The briefing pack, written to `build/`; recorded unless a day is asked for."""
        from reportpack.run.pack import build_pack

        return build_pack(self._folders, self._asked(meeting, edition, on), self._progress)

    def build_annex(self, meeting: str = "", edition: Audience | None = None) -> "BuiltAnnex":
        """The draft of the annex with its queries, written to `build/`; nothing is recorded."""
        from reportpack.run.minutes.annex_issue import build_annex

        return build_annex(self._folders, self._asked_of_notes(meeting, edition), self._progress)

    def issue_annex(self, meeting: str = "", edition: Audience | None = None) -> "BuiltAnnex":
        """The annex issued: its actions numbered, and what the notes ask for recorded. A second time changes nothing."""
        from reportpack.run.minutes.annex_issue import issue_annex

        return issue_annex(self._folders, self._asked_of_notes(meeting, edition), self._progress)

    def register(self, sheet: str = "") -> tuple[RegisterRow, ...]:
        """The rows that stand: of `action`, `matter`, `commitment` or `question`, else all."""
        from reportpack.run.register.rows import sheet_called, standing_register

        name = sheet_called(sheet) if sheet else ""
        return tuple(row for row in standing_register(self._folders, self._now.year)[0] if name in ("", row.sheet))

    def history(self, reference: str) -> Sequence[Event]:
        """Everything that was recorded of a row, oldest first."""
        from reportpack.run.register.rows import row_history

        return row_history(self._folders, reference, self._now.year)[1]

    def add(self, sheet: str, words: Mapping[str, str]) -> "Updated":
        """A new row with the next reference; RefusedError for words that were added a moment ago."""
        from reportpack.run.register.rows import add_row, sheet_called
        from reportpack.run.steps.recording import Change

        return add_row(self._folders, sheet_called(sheet), [*words.items()], Change(self._now))

    def update(self, reference: str, words: Mapping[str, str], why: str = "") -> "Updated":
        """Other words under some headings of a row; a due that moves needs the reason."""
        from reportpack.run.register.rows import update_row
        from reportpack.run.steps.recording import Change

        return update_row(self._folders, reference, [*words.items()], Change(self._now, why=why))

    def _prepared(self, meeting: str, on: date | None) -> "Briefing":
        from reportpack.run.pack import prepare

        with open_memory(self._folders) as ledger:
            return prepare(self._folders, self._asked(meeting, None, on), ledger, self._progress)

    def _asked(self, meeting: str, edition: Audience | None = None, on: date | None = None) -> "Order":
        from reportpack.run.pack import Order

        return Order(meeting, edition, on, self._now, self._now.date())

    def _asked_of_notes(self, meeting: str, edition: Audience | None) -> "AnnexOrder":
        from reportpack.run.minutes.annex_reading import AnnexOrder

        return AnnexOrder(meeting, edition, self._now, self._now.date())


def as_json(answer: object) -> dict[str, object]:
    """An answer, a problem or a row as `--json` gives it."""
    from reportpack.run.answers import as_json as form

    return form(answer)
