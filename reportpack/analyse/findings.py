"""The doorway of the room: observations, settings and the register in; findings out, a finding a measure.

Pure and without a clock: the same arguments give the same findings.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from reportpack.analyse import checks
from reportpack.analyse.areas import area_findings, area_lines, count_above
from reportpack.analyse.check import checked
from reportpack.analyse.commitments import Figures, awaited_figures, judge_commitment
from reportpack.analyse.comparisons import compare, drivers_of, gap_to, target_for, track_for
from reportpack.analyse.disclosure import Decision, Earlier, decide, related, small_cells
from reportpack.analyse.exceptions import enquiries, news_of, with_exception
from reportpack.analyse.links import with_counts
from reportpack.analyse.ranks import peer_finding, supplied_rank
from reportpack.analyse.series import force_series, of_one_length, settling, sound, step_months, trusted
from reportpack.analyse.verdict import judge
from reportpack.model.commitment import Commitment
from reportpack.model.edition import Audience, may_read
from reportpack.model.finding import AwaitedFigure, CommitmentFinding, Findings, MeasureFinding, SmallCell
from reportpack.model.judgement import Cell, Disclosed, Printed, Versions
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Series, Unit
from reportpack.model.office import AreaKind, Office, Topic
from reportpack.model.period import IN_TIME, Period
from reportpack.model.problem import Problem, one_cause
from reportpack.model.register import Register
from reportpack.records import Record

_GRACE = 45  # Days after a month's end by which its figures are usually in, where nobody says; a longer period's take longer.


class _Lines(Record):
    """A measure's series: of the force in full and of one period length, of its areas, of other forces."""

    measure: Measure
    every_force: Series
    force: Series
    parts: dict[str, Series]
    peers: tuple[Series, ...]
    problems: tuple[Problem, ...]


class _Areas(Record):
    """The newest period that any area has figures of, and each area of then with its line and how its history was had."""

    at: Period | None
    histories: dict[str, tuple[Series, str]]

    @property
    def lines(self) -> tuple[Series, ...]:
        return tuple(line for line, _ in self.histories.values())


class _Known(Record):
    """What every measure's finding is made beside: `ends` are the newest periods of all, `told` the series of the pack before."""

    office: Office
    register: Register
    commitments: tuple[CommitmentFinding, ...]
    day: date
    ends: Sequence[Period]
    lines: Mapping[str, _Lines]
    told: Mapping[str, Series]


def analyse(
    observations: Iterable[Observation],
    measures: Sequence[Measure],
    office: Office,
    register: Register,
    meeting_day: date,
    on: date,
    before: Iterable[Observation] = (),
    earlier: Versions = lambda _: (),
) -> Findings:
    """What the figures say as at `on`, for the meeting of that day, and what is new beside the figures of the pack `before`. Figures of
    periods that had not ended by then are left out. `earlier` gives the versions that left the office, with the figures of these measures.
    """
    by_measure, printed = _by_measure(observations), _by_measure(before)
    day = min(on, meeting_day)
    lines = {measure.id: _lines(by_measure.get(measure.id, []), measure, office, on) for measure in measures}
    ends = [one.force.latest.period for one in lines.values() if one.force.latest is not None]
    commitments = tuple(
        judge_commitment(one, _figures(one, lines.get(one.measure), office), office) for one in register.commitments
    )
    told = {measure.id: _lines(printed.get(measure.id, []), measure, office, on).force for measure in measures} if printed else {}
    areas = {name: _area_lines(line, office) for name, line in lines.items()}

    def versions(wanted: Collection[str]) -> Sequence[Disclosed]:
        last = tuple(one for name in wanted for one in printed.get(name, ()))
        return (*earlier(wanted), *([Disclosed(last, given=False)] if last else ()))

    hiding = _hiding([Printed(one.measure, one.force, areas[name].lines) for name, one in lines.items()], office, on, versions)
    known = _Known(office, register, commitments, day, ends, lines, told)
    findings = tuple(_finding(line, areas[name], hiding.of(name), known) for name, line in lines.items())
    problems = tuple(problem for line in lines.values() for problem in line.problems)
    faults = one_cause((finding.measure.title, fault) for finding in findings for fault in checks.setting_faults(finding))
    return Findings(on, findings, commitments, (*checks.alike(problems), *faults), hiding.exposed)


def given_away(version: Disclosed, earlier: Versions, measures: Sequence[Measure], office: Office, on: date) -> tuple[Cell, ...]:
    """The cells that a version prints although they would give small numbers away beside what else has left the office by now."""
    now = _printed(version.figures, measures, office, on)
    decision = _hiding(now, office, on, earlier)
    return (*sorted(decision.hidden - (version.hidden or frozenset())), *decision.exposed)


def _hiding(now: Sequence[Printed], office: Office, on: date, earlier: Versions) -> Decision:
    """The cells that small numbers ask to hide, after all that left the office before. Where no edition hides a measure's, none needs another."""
    if not any(one.measure.small_under > 1 for one in now):
        return Decision(frozenset())

    def people(area: str, period: Period) -> int | None:
        place = office.area(area)
        return place.population_on(period.end) if place is not None else None

    now = with_counts(now, people)
    hiding = [each.audience for each in map(office.edition, Audience) if each.hide_small]
    wanted = related([one for one in now if any(may_read(edition, one.measure.audience) for edition in hiding)])
    others = frozenset(small_cells(one for one in now if one.measure.id not in wanted))
    if not wanted:
        return Decision(others)
    now = [one for one in now if one.measure.id in wanted]
    measures = [one.measure for one in now]
    let_out = {Cell(one.measure.id, each.area or one.force.area, each.period) for one in now for each in one.measure.let_out}
    told = ((one, with_counts(_printed(one.figures, measures, office, on), people)) for one in earlier(wanted))
    versions = [Earlier(figures, one.hidden, one.given) for one, figures in told]
    decision = decide(now, versions, let_out)
    return replace(decision, hidden=others | decision.hidden)


def _printed(figures: Sequence[Observation], measures: Sequence[Measure], office: Office, on: date) -> list[Printed]:
    by_measure = _by_measure(figures)
    lines = [_lines(by_measure.get(one.id, []), one, office, on) for one in measures]
    return [Printed(one.measure, one.force, _area_lines(one, office).lines) for one in lines]


def _by_measure(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {}
    for one in observations:
        found.setdefault(one.measure, []).append(one)
    return found


def _lines(observations: Sequence[Observation], measure: Measure, office: Office, on: date) -> _Lines:
    kept, problems = sound(observations, measure, lambda problem: any(known.covers(problem, on) for known in office.accepted))
    by_area: dict[str, list[Observation]] = {}
    for one in sorted(settling(kept, measure, on), key=lambda one: IN_TIME(one.period)):
        if one.period.start + timedelta(days=31 * one.period.months + one.period.days) > on and one.period.end > on:
            problems += (checks.unfinished(one, measure, on),) if one.value is not None else ()
        else:
            by_area.setdefault(one.area, []).append(one)
    lines = {area: Series(measure.id, area, tuple(group)) for area, group in by_area.items()}
    ours = {area.id for area in office.areas if area.kind is not AreaKind.PEER}
    series = {area: line for area, line in lines.items() if area in ours}
    every_force = force_series(series, measure, office)
    force = of_one_length({measure.id: every_force})[measure.id]
    first = next((index for index, one in enumerate(force.observations) if one.value is not None), 0)
    force = replace(force, observations=force.observations[first:])
    parts = of_one_length({one.id: series[one.id] for one in office.areas if one.kind is AreaKind.PART and one.id in series})
    return _Lines(measure, every_force, force, parts, tuple(line for area, line in lines.items() if area not in ours), problems)


def _area_lines(lines: _Lines, office: Office, at: Period | None = None) -> _Areas:
    at = at or max((line.numbers[-1].period for line in lines.parts.values() if line.numbers), default=None)
    return _Areas(at, area_lines(lines.parts, lines.measure, office, at) if at is not None else {})


def _finding(lines: _Lines, parts: _Areas, small: tuple[SmallCell, ...], known: _Known) -> MeasureFinding:
    measure, force, office, before = lines.measure, lines.force, known.office, known.told.get(lines.measure.id)
    mine = [one for one in known.commitments if one.commitment.measure == measure.id]
    expected, missing = _expected(force, measure, known.day, known.ends)
    at = parts.at
    areas = area_findings(parts.histories, measure, office, at, small) if at is not None else ()
    sure, target = trusted(force), target_for(force, measure)
    latest = force.latest
    peers = peer_finding(lines.every_force, lines.peers, measure, office)
    given_rank = supplied_rank(force, measure) if measure.unit is Unit.RANK else None
    # Where there is no target: the threshold of a commitment about areas.
    bounds = [test.threshold for one in mine if (test := one.commitment.test) is not None and test.areas]
    told = trusted(before) if before is not None else Series(measure.id, force.area, ())
    threshold = target.value if target is not None and target.up_to is None else bounds[0] if bounds else None
    # The newest period that anybody has a figure or a mark for; an empty row waits for its month.
    rows = [one.period for one in force.observations if one.value is not None or one.raw]
    same = [at] if at is not None and rows and at.months == rows[-1].months else []
    chart = judge(sure, measure, expected or max([*rows, *same], default=None))
    xmr = checked(chart, sure, measure, remembers=before is not None)
    # The force's series of each measure that is a part of this one, and alike in kind.
    like = (one for one in known.lines.values() if one.measure.part_of == measure.id and one.measure.unit is measure.unit)
    kinds = {one.measure.id: one.force for one in like}
    lines_of_areas = {} if small else {area: line for area, (line, _) in parts.histories.items()}
    finding = MeasureFinding(
        measure=measure,
        force=force,
        xmr=xmr,
        target=target,
        gap=gap_to(latest, target),
        comparisons=compare(sure, measure, latest.period if latest is not None else None),
        areas=areas,
        above=count_above(areas, measure, threshold, at) if at is not None else None,
        rank=given_rank or (peers.rank if peers is not None else None),
        peers=peers,
        small_cells=small,
        enquiries=(),
        exception=0.0,
        expected=expected,
        missing=missing,
        former_areas=_former_areas(lines.parts, office, at, measure.window),
        news=news_of(xmr, checked(judge(told, measure), told, measure, remembers=True)) if told.observations else (),
        awaited=_awaited(lines, known.register),
        track=track_for(sure, measure),
        drivers=drivers_of(force, xmr, measure, lines_of_areas, kinds),
    )
    finding = with_exception(finding, mine, (office.topic(measure.topic) or Topic("", "")).harm)
    actions = [one for one in known.register.actions if measure.topic and one.topic == measure.topic]
    return replace(finding, enquiries=enquiries(finding, actions, mine))


def _awaited(lines: _Lines, register: Register) -> tuple[AwaitedFigure, ...]:
    """The periods that conditions on the measure's topic wait for, each once."""
    topic = lines.measure.topic
    waits = [(one.topic, one.awaits) for one in register.matters] + [(one.topic, one.awaits) for one in register.actions]
    periods = sorted({period for of, awaits in waits if topic and of == topic for period in awaits})
    there = {one.period for one in lines.every_force.numbers}
    return awaited_figures(periods, lines.measure, there.__contains__)


def _former_areas(parts: dict[str, Series], office: Office, at: Period | None, window: int) -> tuple[str, ...]:
    """Areas that had figures in the window, were gone by its end, and left no successor among those of the end."""
    if at is None:
        return ()
    now = {area.id for area in office.parts_on(at.end)}
    first = at.shifted(1 - window * max(at.months, 1))
    gone = [area for area in office.areas if area.id in parts and area.id not in now and not now & set(area.successors)]
    return tuple(area.id for area in gone if any(one.period >= first for one in parts[area.id].numbers))


def _expected(force: Series, measure: Measure, day: date, ends: Sequence[Period]) -> tuple[Period | None, tuple[Period, ...]]:
    """The newest period whose figures are due by that day, and those due that are not in.

    Where nobody has said when they are due, figures are late that are older than most of that length, or than their own rhythm allows.
    """
    latest = force.latest
    if latest is None or (measure.expected_days is None and not latest.period.months):
        return None, ()
    step, period, missing = step_months(force), latest.period, list[Period]()
    days = _GRACE * max(step, 2) // 2 if measure.expected_days is None else measure.expected_days
    like = [one for one in ends if one.months == period.months]
    newer = [one for one in like if one.end >= period.shifted(step).end]
    is_behind = 2 * len(newer) > len(like) or any(one.end >= period.shifted(2 * step).end for one in newer)
    behind = max(newer).end if is_behind else date.min
    while (following := period.shifted(step)).end + timedelta(days=days) <= day or (
        measure.expected_days is None and following.end <= behind
    ):
        period = following
        missing.append(following)
    return period if measure.expected_days is not None else None, tuple(missing)


def _figures(commitment: Commitment, lines: _Lines | None, office: Office) -> Figures | None:
    if lines is None:
        return None
    histories = _area_lines(lines, office, commitment.period).histories
    return Figures(lines.measure, trusted(lines.force), {area: trusted(line) for area, (line, _) in histories.items()})
