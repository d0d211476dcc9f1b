"""What stands beside the line for whoever types: what the pack of the meeting said of each item's figures and promises, and whether the annex is issued."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from reportpack.compose.commitments import VERDICT
from reportpack.compose.numbers import figure_words
from reportpack.compose.signal_words import CHANGED, VARIATION
from reportpack.model.commitment import Commitment, CommitmentState
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexIssued, Build
from reportpack.model.finding import Variation, Verdict
from reportpack.model.judgement import Judgement, JudgementKind
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status
from reportpack.records import Record
from reportpack.run.minutes.room import Room
from reportpack.run.office_files import Folders, gather_meetings, open_memory

_OF_MEASURE = (JudgementKind.SIGNAL, JudgementKind.TARGET)
_WORSE, _BROKEN = (CHANGED[Variation.CONCERN], VARIATION[Variation.CONCERN]), VERDICT[Verdict.NOT_MET]


class Told(Record):
    """A measure or a promise: what it is called, its newest figure with the period (or the test of the promise), and what the pack said of it."""

    title: str
    figure: str
    when: str
    said: tuple[str, ...]
    is_worse: bool


class Beside(Record):
    """What was told of the figures of each item, by its number, in the pack as at the day `on` (None: none was built); the `version` of the annex
    that was issued last (0: none), and when that was."""

    on: date | None
    items: Mapping[str, tuple[Told, ...]]
    version: int = 0
    issued: datetime | None = None


def beside_of(folders: Folders, room: Room) -> Beside:
    """As the ledger has it; no workbook is opened."""
    measures = {one.id: one for one in gather_meetings(folders)[0].measures}
    own = room.office.own_edition(room.meeting.series)
    with open_memory(folders) as ledger:
        built = ledger.last_build(room.meeting.id, Audience.OFFICE) or ledger.last_build(room.meeting.id, own)
        figures = ledger.figures_of(built) if built is not None else ()
        issues = [
            (one.what.version, one.recorded) for one in ledger.annexes(room.meeting.id) if isinstance(one.what, AnnexIssued)
        ]
    pack = built.what if built is not None and isinstance(built.what, Build) else None
    judged = pack.judgements if pack is not None else ()
    whole = [one for one in figures if one.area == room.office.force_area.id and one.status is Status.NUMBER]
    items: dict[str, tuple[Told, ...]] = {}
    for topic in (one for one in room.view.topics if one.item is not None):
        of_topic = (_measure(measures[one], whole, judged) for one in topic.measures if one in measures and pack is not None)
        promised = (_promise(one, judged) for one in topic.commitments if one.state is CommitmentState.OPEN)
        number = topic.item.number.rstrip(".") if topic.item is not None else ""
        items[number] = (*items.get(number, ()), *of_topic, *promised)
    return Beside(pack.on if pack is not None else None, items, *(issues[-1] if issues else ()))


def _measure(measure: Measure, figures: Sequence[Observation], judged: Sequence[Judgement]) -> Told:
    latest = max((one for one in figures if one.measure == measure.id), key=lambda one: one.period, default=None)
    said = tuple(one.said for one in judged if one.about == measure.id and one.kind in _OF_MEASURE)
    figure, when = (figure_words(latest, measure).text, latest.period.label) if latest is not None else ("", "")
    return Told(measure.short_title or measure.title, figure, when, said, any(one in _WORSE for one in said))


def _promise(promise: Commitment, judged: Sequence[Judgement]) -> Told:
    found = next((one for one in judged if (one.kind, one.about) == (JudgementKind.COMMITMENT, promise.ref)), None)
    if found is None:
        return Told(f"{promise.ref} {promise.words}", "", "", (), is_worse=False)
    return Told(f"{promise.ref} {promise.words}", found.basis, "", (found.said,), found.said.startswith(_BROKEN))
