"""What waits for figures: each carried matter and open action whose condition names some, as far as the last build knows them."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack.analyse.commitments import awaited_figures
from reportpack.compose.names import readiness_words
from reportpack.ledger import Ledger
from reportpack.merge.occasions import settle_topics
from reportpack.merge.register_rows import standing_rows
from reportpack.model.inputs import Settings
from reportpack.model.matter import MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Status
from reportpack.model.office import AreaKind
from reportpack.model.period import Period
from reportpack.model.register import Register
from reportpack.read.register.reading import register_of_rows


def waiting_lines(ledger: Ledger, settings: Settings, meetings: Sequence[Meeting], today: date) -> tuple[str, ...]:
    """`M2/2019 Confidence: Q1 2019/20 in, Q2 2019/20 awaited, expected from 20 October 2019`; nothing where nothing waits. Opens no workbook."""
    read, _ = register_of_rows(standing_rows(ledger.register_events()), settings.office, settings.measures)
    register, _ = settle_topics(read, settings.office, settings.measures)
    waiting = list(_waiting(register))
    if not waiting:
        return ()
    there = _there(ledger, settings, meetings)
    lines = []
    for name, topic, awaits in waiting:
        measures = [one for one in settings.measures if topic and one.topic == topic]
        found = [
            (one, awaited_figures(awaits, one, lambda period, of=one.id: (of, period) in there))  # type: ignore[misc]
            for one in measures
        ]
        words = readiness_words(awaits, found, today).text.removeprefix("Figures: ")
        lines.append(f"{name}: {words}" if words else "")
    return tuple(filter(None, lines))


def _waiting(register: Register) -> Iterator[tuple[str, str, tuple[Period, ...]]]:
    for matter in register.matters:
        if matter.state is MatterState.CARRIED and matter.awaits:
            yield f"{matter.ref} {matter.title}".strip(), matter.topic, matter.awaits
    for action in register.actions:
        if action.state.is_live and action.awaits:
            yield f"{action.ref} {action.title}".strip(), action.topic, action.awaits


def _there(ledger: Ledger, settings: Settings, meetings: Sequence[Meeting]) -> frozenset[tuple[str, Period]]:
    builds = [one for meeting in meetings for one in ledger.builds(meeting.id)]
    if not builds:
        return frozenset()
    force = {area.id for area in settings.office.areas if area.kind is AreaKind.FORCE}
    figures = ledger.figures_of(max(builds, key=lambda one: one.number))
    return frozenset((one.measure, one.period) for one in figures if one.status is Status.NUMBER and one.area in force)
