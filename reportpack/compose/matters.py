"""Outstanding matters: what was said and promised then, what the numbers did since, what is still open on it."""

from collections.abc import Sequence
from datetime import date, timedelta

from reportpack.compose.actions import action_line
from reportpack.compose.commitments import entries_for
from reportpack.compose.numbers import change_since, figure_words, latest_words
from reportpack.compose.setting import Setting, anchor, distinct_ids, meeting_label, occasion_words, origin_words
from reportpack.compose.signal_words import variation_words
from reportpack.model.agenda_view import MatterView, Occasion
from reportpack.model.finding import MeasureFinding
from reportpack.model.matter import Matter
from reportpack.model.observation import Observation
from reportpack.model.pack import Link, MatterEntry, SinceRow
from reportpack.model.period import long_date
from reportpack.model.words import Sentence


def rows_since(measures: tuple[str, ...], occasion: Occasion, setting: Setting) -> tuple[SinceRow, ...]:
    """A row for each of these measures that this edition may show."""
    day, had = occasion.day, setting.had.get(occasion.meeting.id) if occasion.meeting is not None else None
    if occasion.meeting is None and occasion.month is not None:
        day = occasion.month.start
    found = (setting.findings.of(measure) for measure in measures)
    return tuple(_since_row(finding, day, had, setting) for finding in found if finding is not None)


def _since_row(finding: MeasureFinding, day: date | None, had: Sequence[Observation] | None, setting: Setting) -> SinceRow:
    """From the figure that the meeting's own pack `had`; revised since, it is shown as it was and as it is, and compared as it is. Where
    that pack had none of the measure, the row says so; None: no pack is on record."""
    measure, latest = finding.measure, finding.force.latest
    shown = {one.period for one in finding.force.numbers}
    line = (measure.id, finding.force.area)
    own = [one for one in had or () if (one.measure, one.area) == line and one.value is not None]
    before = max((one for one in own if one.period in shown), key=lambda one: one.period, default=None)
    then = finding.force.at(before.period) if before is not None else _known_by(finding, day) if day else None
    lacked = " (not in that meeting's pack)" if then is not None and had is not None and not own else ""
    change = Sentence.of("Not compared")
    if then is not None and latest is not None:
        same = then.period == latest.period
        change = Sentence.of("No newer figure yet") if same else change_since(then, latest, measure)
    return SinceRow(
        measure=measure.short_title or measure.title,
        target=setting.measure_target(measure.id),
        then=Sentence.of(_then_words(before, then, day, finding, setting), lacked),
        then_period=then.period.label if then else "",
        now=latest_words(finding, setting.is_revised(latest)),
        now_period=latest.period.label if latest else "",
        change=change,
        reading=variation_words(finding.xmr, measure),
    )


def _known_by(finding: MeasureFinding, day: date) -> Observation | None:
    """The newest figure that can have been known that day: in a workbook as at then, else of a period whose figures were due."""
    late = timedelta(days=finding.measure.expected_days or 0)
    known = [
        one
        for one in finding.force.numbers
        if one.period.end + late < day or (one.source.as_at is not None and one.source.as_at <= day)
    ]
    return known[-1] if known else None


def _then_words(
    before: Observation | None, then: Observation | None, day: date | None, finding: MeasureFinding, setting: Setting
) -> Sentence:
    if day is None:
        return Sentence.of("Not known: no date is on record")
    if then is None:
        return Sentence.of("No figure from that time")
    if before is not None and figure_words(before, finding.measure).text != figure_words(then, finding.measure).text:
        return Sentence.of(figure_words(before, finding.measure), ", since revised to ", figure_words(then, finding.measure))
    return figure_words(then, finding.measure, setting.is_revised(then))


def compose_matters(setting: Setting) -> tuple[MatterEntry, ...]:
    """Every matter due here, or missed earlier, in the order of the register."""
    return distinct_ids(_entry(view, setting) for view in setting.view.matters)


def _entry(view: MatterView, setting: Setting) -> MatterEntry:
    matter = view.matter
    topic = setting.view.topic(view.topic)
    since = rows_since(view.measures, view.origin, setting)
    following = setting.view.following
    note = (
        "The measures on this matter are not in this edition."
        if view.measures
        else "No measure shows what became of this matter."
    )
    refs = {action.ref for action in view.actions}
    return MatterEntry(
        id=anchor("matter", matter.ref),
        ref=matter.ref,
        title=matter.title,
        words=matter.words,
        said=matter.said,
        origin=origin_words(view.origin, setting.view.meeting.day),
        due=_due(view, setting),
        missed=view.missed,
        condition=matter.condition,
        evidence=matter.evidence,
        outcome=matter.outcome,
        readiness=setting.readiness(matter.awaits, view.measures),
        earlier=carried_lines(matter),
        taken_at=_taken_at(view, setting),
        since=since,
        since_note=Sentence.of("" if since else note),
        actions=tuple(action_line(one, setting) for one in setting.view.actions if one.action.ref in refs),
        commitments=entries_for(topic.commitments, setting) if topic else (),
        more=setting.printed_beside(matter),
        carry_to=long_date(following[0].day) if following else "",
    )


def _due(view: MatterView, setting: Setting) -> Sentence:
    words = occasion_words(view.due)
    if view.missed:
        return Sentence.of(f"Was due {words} and is still outstanding" if words else "Still outstanding")
    if view.due.meeting is not None and view.due.meeting.id == setting.view.meeting.id:
        return Sentence.of("Due at this meeting")
    return Sentence.of(f"Due {words}" if words else "No date stated")


def _taken_at(view: MatterView, setting: Setting) -> Link | None:
    link = setting.topic_link(view.topic)
    if link is not None and link.target:
        return link
    item = next((one.item for one in setting.view.items if one.item.number == view.item), None)
    return Link(f"{item.number} {item.title}") if item else None


def carried_lines(matter: Matter) -> tuple[str, ...]:
    """`From May 2019 to September 2019: the survey was late`, each time it was carried again."""
    return tuple(
        f"From {meeting_label(one.before) or one.before} to {meeting_label(one.after) or one.after}: {one.reason or 'no reason recorded'}"
        for one in matter.carryings
    )
