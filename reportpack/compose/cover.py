"""What a reader sees first: the cover with the three things that matter most, and one line a measure at a glance."""

from collections.abc import Sequence

from reportpack.compose import numbers
from reportpack.compose.actions import count_actions
from reportpack.compose.area_words import previous_words, quartile_words
from reportpack.compose.charts import assurance_icon, sparkline, variation_icon
from reportpack.compose.commitments import entries_for
from reportpack.compose.comparison_words import change_words, track_goal
from reportpack.compose.finding_words import LEAST_MET, headline, in_parts
from reportpack.compose.setting import Setting, anchor, capital, seats_of
from reportpack.compose.signal_words import assurance_words, news_words, variation_words
from reportpack.model.action import ActionState
from reportpack.model.agenda_view import ActionView
from reportpack.model.finding import Amount, Comparison, MeasureFinding, Newness, Pressing, RankFinding, Span, Variation
from reportpack.model.measure import Measure
from reportpack.model.observation import Unit, cells_of
from reportpack.model.pack import GLANCE_GROUPS, Cover, Glance, GlanceRow, Headline
from reportpack.model.period import Period, long_date
from reportpack.model.words import Printed, Sentence

MOST = 3
_NAMED = 2  # topics of a meeting that is about no others
FALSE_SIGNALS = 0.003  # How many lines that do not change show a signal (docs/numbers.md).


def compose_cover(setting: Setting, *, reconstructed: bool) -> Cover:
    """Posts are named as they are filled on the meeting's day."""
    meeting, office, people = setting.view.meeting, setting.office, setting.people
    better = [one for one in setting.findings.measures if one.xmr is not None and one.xmr.variation is Variation.IMPROVEMENT]
    shown = [one for one in better if not one.needs_attention]
    newest = max(shown, key=lambda one: one.xmr.signals[-1].first if one.xmr is not None else one.measure.id, default=None)
    late = [(one.measure, one.force.latest.period) for one in setting.findings.measures if one.missing and one.force.latest]
    named = [f"{measure.short_title or measure.title} (newest: {period.label})" for measure, period in late]
    about = [
        one.topic.title for one in setting.view.topics if one.topic.id in meeting.theme and one.topic.title not in meeting.title
    ]
    return Cover(
        office=office.name_on(meeting.day),
        title=": ".join(filter(None, (meeting.title, " and ".join(about) if len(about) <= _NAMED else ""))),
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
    for finding in sorted(pressing, key=lambda one: (one.measure.id in told, -one.exception)):
        kinds.setdefault(finding.pressing, []).append(finding)
    figures = [_figure(first, setting, others) for first, *others in kinds.values()]
    heads: list[Headline] = []
    for one in broken:
        said = Sentence.of(f"A promise was not kept ({one.ref}): “{one.words.rstrip('.')}”. ", one.evidence)
        latest = (in_parts(each, setting.office)[0] for each in setting.findings.measures if each.measure.id in told)
        lead = Sentence.of(f"A promise was not kept: “{one.words.rstrip('.')}”.")
        more = Sentence.of(f"{one.ref}, {one.owner}. ", one.evidence)
        heads.append(Headline(said, one.id, "Commitments due", next(latest, Sentence.of("–")), lead, more))
    heads += [*_overdue(setting), *figures[:1]]
    for matter in missed:
        said = Sentence.of(f"{matter.ref} {matter.title} was due at an earlier meeting and is still outstanding.")
        count = sum(one.missed for one in setting.view.matters)
        due = f"matter{' was' if count == 1 else 's were'} due earlier and still outstanding: {matter.ref} {matter.title}."
        place = (anchor("matter", matter.ref), "Outstanding matters")
        heads.append(Headline(said, *place, Sentence.of(str(count)), Sentence.of(due)))
    return (*heads, *figures[1:])[:MOST]


def _overdue(setting: Setting) -> list[Headline]:
    overdue = [view for view in setting.view.actions if view.overdue]
    waiting = [view for view in setting.view.actions if view.action.state is ActionState.PROPOSED and view.due_here]
    said = []
    if overdue:
        said.append((count_actions(overdue), f"{_are(overdue)} overdue, {_oldest(overdue, setting)}."))
    if waiting:
        said.append((count_actions(waiting), f"{_are(waiting)} said to be complete, for this meeting to accept."))
    if not said:
        return []
    (figure, lead), *rest = said
    more = Sentence.of(*[part for count, words in rest for part in (count, f" {words}")])
    whole = Sentence.of(figure, f" {lead}", " " if more else "", more)
    return [Headline(whole, "actions", "Open actions", Sentence.of(figure), Sentence.of(lead), more)]


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
    count = numbers.count_printed(len(judged), tuple(one.source for one in latest if one is not None))
    return Sentence.of(
        "Of ",
        count,
        f" {numbers.plural('measure', count.text)} judged, chance alone would bring one such signal to about one pack in {packs:,}.",
    )


def _figure(finding: MeasureFinding, setting: Setting, others: Sequence[MeasureFinding] = ()) -> Headline:
    target = setting.measure_target(finding.measure.id)
    link = setting.topic_link(finding.measure.topic)
    names = [one.measure.short_title or one.measure.title for one in others]
    also = f" {_ALSO.get(finding.pressing, 'Also')}: {', '.join(names)}." if names and finding.pressing is not None else ""
    words = Sentence.of(headline(finding, setting.office), also)
    figure, lead, more = in_parts(finding, setting.office)
    place = link.text if target and link else "At a glance"
    return Headline(words, target or "glance", place, figure, lead, Sentence.of(more, also))


def compose_glance(setting: Setting) -> Glance:
    """Every measure that this edition may show."""
    findings = sorted(setting.findings.measures, key=lambda finding: -finding.exception)
    return Glance(_summary(findings, setting), tuple(_row(finding, setting) for finding in findings))


def _summary(findings: list[MeasureFinding], setting: Setting) -> Sentence:
    """`8 measures: 3 need attention, 1 is better, 1 lacks its latest figure.`"""
    if not findings:
        return Sentence.of("There are no measures in this edition.")
    kinds = (
        ([one for one in findings if one.needs_attention], "needs attention", "need attention"),
        (_with(findings, Variation.CONCERN), "is worse than it was", "are worse than they were"),
        (_with(findings, Variation.IMPROVEMENT), "is better", "are better"),
        (
            [one for one in findings if any(new.newness is not Newness.CONTINUES for new in one.news)],
            "has changed since the last pack",
            "have changed since the last pack",
        ),
        ([one for one in findings if one.missing], "lacks its latest figure", "lack their latest figures"),
        ([one for one in findings if _group(one) == GLANCE_GROUPS[-1]], "is not judged", "are not judged"),
    )
    here = "" if setting.for_office else " in this edition"
    start = Sentence.of(_how_many(findings), f" measure{'' if len(findings) == 1 else 's'}{here}")
    parts = [Sentence.of(_how_many(group), f" {one if len(group) == 1 else several}") for group, one, several in kinds if group]
    if not parts:
        return Sentence.of(start, ": nothing unusual in any.")
    return Sentence.of(start, ": ", *[part for one in parts for part in (", ", one)][1:], ".")


def _with(findings: list[MeasureFinding], variation: Variation) -> list[MeasureFinding]:
    return [one for one in findings if one.xmr is not None and one.xmr.variation is variation]


def _how_many(findings: list[MeasureFinding]) -> Printed:
    latest = (one.force.latest for one in findings)
    return numbers.count_printed(len(findings), tuple(one.source for one in latest if one is not None))


def _row(finding: MeasureFinding, setting: Setting) -> GlanceRow:
    measure, latest, xmr = finding.measure, finding.force.latest, finding.xmr
    news = news_words(finding)
    year, twelve = finding.comparison(Span.YEAR_TO_DATE), finding.comparison(Span.TWELVE_MONTHS)
    return GlanceRow(
        title=measure.short_title or measure.title,
        target_id=setting.measure_target(measure.id),
        exception=finding.needs_attention,
        group=_group(finding),
        period=brief_period(latest.period) if latest else "",
        latest=_latest(finding, setting),
        spark=sparkline(finding),
        target=Sentence.of(numbers.target_printed(measure, finding.target))
        if finding.target
        else track_goal(finding) or Sentence.of("No target"),
        gap=_gap(finding),
        variation=_rank_words(finding.rank)
        if finding.rank and measure.unit is Unit.RANK
        else Sentence.of(variation_words(xmr, measure), ". " if news else "", capital(news)),
        variation_icon=variation_icon(finding),
        assurance=assurance_words(xmr, measure) if xmr is not None and xmr.targeted >= LEAST_MET else Sentence.of(),
        assurance_icon=assurance_icon(finding),
        year_to_date=_now(year, measure),
        year_before=_against(year, measure),
        twelve_months=_now(twelve, measure),
        twelve_before=_against(twelve, measure),
    )


def _group(finding: MeasureFinding) -> str:
    attention, better, usual, unjudged = GLANCE_GROUPS
    variation = finding.xmr.variation if finding.xmr is not None else None
    if finding.needs_attention:
        return attention
    if variation is Variation.IMPROVEMENT:
        return better
    return usual if variation is not None else unjudged


def _latest(finding: MeasureFinding, setting: Setting) -> Sentence:
    rank = finding.rank
    if finding.measure.unit is Unit.RANK and rank is not None:
        return Sentence.of(numbers.rank_printed(rank))
    words = numbers.latest_words(finding, setting.is_revised(finding.force.latest))
    if not finding.missing or finding.force.latest is None:
        return words
    return Sentence.of(words, f"; none for {brief_period(finding.missing[-1])}")


def _rank_words(rank: RankFinding) -> Sentence:
    """`In the bottom quartile; 33rd of 41 in October to December 2018`."""
    quartile = quartile_words(rank)
    words = Sentence.of(quartile[:1].upper() + quartile[1:] if quartile else "In the middle of those ranked")
    return Sentence.of(words, previous_words(rank))


def _gap(finding: MeasureFinding) -> Sentence:
    """`2.3 percentage points below`: the target itself stands in a place of its own."""
    latest, gap, track = finding.force.latest, finding.gap, finding.track
    if finding.target is None and track is not None and track.met is not None:
        return Sentence.of("on track" if track.met else "behind it")
    if gap is None or latest is None:
        return Sentence.of()
    if gap == 0:
        return Sentence.of("within it" if finding.target and finding.target.up_to is not None else "exactly there")
    side = "above" if gap > 0 else "below"
    if numbers.is_nought(finding.measure, gap):
        return Sentence.of(f"just {side}")
    if finding.measure.unit is Unit.RANK:
        side = "short" if gap > 0 else "better"
    goal = numbers.target_printed(finding.measure, finding.target).sources if finding.target else ()
    return Sentence.of(numbers.difference_printed(finding.measure, gap, (*cells_of(latest), *goal)), f" {side}")


def _against(comparison: Comparison | None, measure: Measure) -> Sentence:
    """`was 79.5%`, `was 10,876, 15% more`; or why there is nothing to compare with."""
    if comparison is None or comparison.now is None or comparison.then is None:
        return change_words(comparison, measure)
    then = numbers.printed(measure, comparison.then.value, comparison.then.sources)
    if comparison.per_cent is None or comparison.difference is None or numbers.is_nought(measure, comparison.difference):
        return Sentence.of("was ", then, _low(comparison.then, measure))
    share = Printed(
        numbers.per_cent_text(comparison.per_cent), comparison.per_cent, comparison.now.sources + comparison.then.sources
    )
    return Sentence.of("was ", then, ", ", share, " more" if comparison.difference > 0 else " less")


def _now(comparison: Comparison | None, measure: Measure) -> Sentence:
    if comparison is None or comparison.now is None or comparison.then is None:
        return Sentence.of()
    return Sentence.of(numbers.printed(measure, comparison.now.value, comparison.now.sources), _low(comparison.now, measure))


def _low(amount: Amount, measure: Measure) -> str:
    """The mark of a percentage that few cases move far."""
    few = measure.unit is Unit.PER_CENT and amount.denominator is not None and amount.denominator < numbers.FEW
    return f" {numbers.LOW}" if few else ""


def brief_period(period: Period) -> str:
    """`Apr 2019`, `Jan to Mar 2019`, `2018/19`: for a narrow column."""
    if period.months == 3 and period.start.year == period.end.year:
        return f"{period.start:%b} to {period.end:%b %Y}"
    return period.short
