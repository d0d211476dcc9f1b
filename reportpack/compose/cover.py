"""The cover: what, when, where, who, and the three things that matter most."""

from collections.abc import Sequence

from reportpack.compose.actions import count_actions
from reportpack.compose.commitments import entries_for
from reportpack.compose.finding_words import headline
from reportpack.compose.matters import matter_id
from reportpack.compose.names import seats_of
from reportpack.compose.numbers import count_printed, plural
from reportpack.compose.setting import Setting
from reportpack.model.action import ActionState
from reportpack.model.agenda_view import ActionView
from reportpack.model.finding import MeasureFinding, Pressing, Variation
from reportpack.model.pack import Cover, Headline
from reportpack.model.period import long_date
from reportpack.model.words import Sentence

MOST = 3
FALSE_SIGNALS = 0.003
"""How many lines that do not change show a signal (docs/numbers.md)."""


def compose_cover(setting: Setting, *, reconstructed: bool) -> Cover:
    """Posts are named as they are filled on the meeting's day."""
    meeting, office, people = setting.view.meeting, setting.office, setting.people
    better = [one for one in setting.findings.measures if one.xmr is not None and one.xmr.variation is Variation.IMPROVEMENT]
    shown = [one for one in better if not one.needs_attention]
    newest = max(shown, key=lambda one: one.xmr.signals[-1].first if one.xmr is not None else one.measure.id, default=None)
    late = [(one.measure, one.force.latest.period) for one in setting.findings.measures if one.missing and one.force.latest]
    named = [f"{measure.short_title or measure.title} (newest: {period.label})" for measure, period in late]
    return Cover(
        office=office.name,
        title=meeting.title,
        day=meeting.day,
        time=f"{meeting.start_time:%H:%M}" if meeting.start_time else "",
        venue=meeting.venue,
        chair=people.named(meeting.chair) if meeting.chair else "",
        note_taker=people.named(meeting.note_taker) if meeting.note_taker else "",
        contact=office.contact,
        seats=seats_of(meeting, people),
        headlines=compose_headlines(setting),
        good_news=_figure(newest, setting) if newest is not None else None,
        chance=_chance(setting),
        older=f"Later figures should be in for: {'; '.join(named)}." if named else "",
        note=office.figures_note,
        reconstructed=reconstructed,
        cancelled=meeting.cancelled,
    )


def compose_headlines(setting: Setting) -> tuple[Headline, ...]:
    """A promise not kept, what is overdue and the most pressing figures: at most one of a kind, which names the others of it."""
    broken = [one for one in entries_for(setting.view.commitments, setting) if one.met is False and not one.still][:1]
    missed = [one.matter for one in setting.view.matters if one.missed][:1]
    # The measure of the broken promise that the cover tells first comes last: its figure has been said.
    told = {one.measure for one in setting.view.commitments if one.ref in [each.ref for each in broken]}
    pressing = (one for one in setting.findings.measures if one.needs_attention)
    kinds: dict[Pressing | None, list[MeasureFinding]] = {}
    for one in sorted(pressing, key=lambda one: (one.measure.id in told, -one.exception)):
        kinds.setdefault(one.pressing, []).append(one)
    figures = [_figure(first, setting, others) for first, *others in kinds.values()]
    promises = [
        Headline(
            Sentence.of(f"A promise was not kept ({one.ref}): “{one.words.rstrip('.')}”. ", one.evidence),
            one.id,
            "Commitments due",
        )
        for one in broken
    ]
    late = [f"{one.ref} {one.title} was due at an earlier meeting and is still outstanding." for one in missed]
    matters = [
        Headline(Sentence.of(words), matter_id(one.ref), "Outstanding matters") for one, words in zip(missed, late, strict=True)
    ]
    return (*promises, *_overdue(setting), *figures[:1], *matters, *figures[1:])[:MOST]


def _overdue(setting: Setting) -> list[Headline]:
    overdue = [view for view in setting.view.actions if view.overdue]
    waiting = [view for view in setting.view.actions if view.action.state is ActionState.PROPOSED and view.due_here]
    said = []
    if overdue:
        said.append(Sentence.of(count_actions(overdue), f" {_are(overdue)} overdue, {_oldest(overdue, setting)}."))
    if waiting:
        said.append(Sentence.of(count_actions(waiting), f" {_are(waiting)} said to be complete, for this meeting to accept."))
    return [Headline(Sentence.of(*[part for one in said for part in (" ", one)][1:]), "actions", "Open actions")] if said else []


def _are(views: list[ActionView]) -> str:
    return "action is" if len(views) == 1 else "actions are"


def _oldest(overdue: list[ActionView], setting: Setting) -> str:
    dated = [view for view in overdue if view.action.due is not None]
    oldest = min(dated, key=lambda view: view.action.due or setting.on, default=overdue[0]).action
    owners = setting.people.titles(oldest.owners) or oldest.owners_as_written or "no owner stated"
    due = f", due {long_date(oldest.due)}" if oldest.due else ""
    return f"{'the longest ' if len(overdue) > 1 else ''}{oldest.ref} ({owners}{due})"


_ALSO = {
    Pressing.WORSE: "Also worse",
    Pressing.OUT_OF_REACH: "Targets are also out of reach for",
    Pressing.PROMISE: "Promises were also missed on",
    Pressing.OUTLIER: "Areas also stand out in",
    Pressing.MISSING: "Figures are also missing for",
    Pressing.CHANGED: "Also changed",
    Pressing.CHANCE: "Also off target",
    Pressing.RANK: "Also in the bottom quartile",
    Pressing.OFF_TARGET: "Also off target",
}


def _chance(setting: Setting) -> Sentence:
    """How many signals chance alone would bring to a pack of so many measures that are judged."""
    judged = [one for one in setting.findings.measures if one.xmr is not None and one.xmr.variation is not None]
    if not any(one.xmr is not None and one.xmr.signals for one in judged):
        return Sentence.of()
    packs = max(round(1 / (FALSE_SIGNALS * len(judged))), 1)
    latest = (one.force.latest for one in judged)
    count = count_printed(len(judged), tuple(one.source for one in latest if one is not None))
    return Sentence.of(
        "Of ",
        count,
        f" {plural('measure', count.text)} judged, chance alone would bring one such signal to about one pack in {packs:,}.",
    )


def _figure(finding: MeasureFinding, setting: Setting, others: Sequence[MeasureFinding] = ()) -> Headline:
    target = setting.measure_target(finding.measure.id)
    link = setting.topic_link(finding.measure.topic)
    names = [one.measure.short_title or one.measure.title for one in others]
    also = f" {_ALSO.get(finding.pressing, 'Also')}: {', '.join(names)}." if names and finding.pressing is not None else ""
    words = Sentence.of(headline(finding, setting.office), also)
    return Headline(words, target or "glance", link.text if target and link else "At a glance")
