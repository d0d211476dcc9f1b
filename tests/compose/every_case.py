"""Northmoor with a measure for every case that this room tells apart: units, verdicts, targets, ranks, peers, areas, promises, questions.

A case is told by a name, which is the measure's own; what it does not say is as in `northmoor`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from reportpack.compose.area_words import HISTORY, NOT_JUDGED
from reportpack.compose.audience import remade
from reportpack.compose.commitments import REASON
from reportpack.compose.comparison_words import NO_COMPARISON, NO_PER_CENT, NO_TRACK
from reportpack.compose.signal_words import NO_ASSURANCE, NO_VERDICT
from reportpack.model.action import ActionState, Redating
from reportpack.model.agenda_view import ActionView, AgendaView, ForwardEntry, ItemView, MatterView, Occasion, TopicView
from reportpack.model.commitment import CommitmentState, Comparator, Relative, Test
from reportpack.model.correction import Correction, CorrectionKind, CorrectionPlace, CorrectionProposed, FoundCorrection
from reportpack.model.edition import Audience
from reportpack.model.finding import (
    Amount,
    Assurance,
    AwaitedFigure,
    CommitmentFinding,
    Comparison,
    CountAbove,
    Driver,
    Drivers,
    Enquiry,
    EnquiryKind,
    Findings,
    MeasureFinding,
    Newness,
    News,
    PeerFinding,
    Pressing,
    RankFinding,
    Signal,
    SignalKind,
    SmallCell,
    Span,
    Standing,
    Track,
    Variation,
    Verdict,
)
from reportpack.model.matter import MatterState
from reportpack.model.measure import Better, DatedNote, Rebase, Target
from reportpack.model.meeting import Paper, PaperStatus
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import Area, AreaKind, Office, Topic
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.statement import Answered, Block, BlockKind, Question
from tests.compose import northmoor
from tests.compose.northmoor import FIRST, MONTHS, ON, REGISTER

LAST = FIRST.shifted(MONTHS - 1)
CELL = Source("performance/more.xlsx", "More", "Z9", "d" * 64)
OTHERS = ("westmoor", "eastmoor", "southmoor")
COUNTED, SHARE = northmoor.burglary_finding(), northmoor.satisfaction_finding()


def an_office() -> Office:
    """With people in its districts, one that is gone, one that is new, and other forces."""
    office = northmoor.an_office()
    coast, vale, fells = (
        replace(one, population=people, start=date(2030, 4, 1) if one.id == "fells" else None)
        for one, people in zip(office.areas[1:], (52_000, 96_000, None), strict=True)
    )
    gone = Area("isles", "Isles", end=date(2030, 3, 31))
    others = tuple(Area(one, one.capitalize(), AreaKind.PEER) for one in OTHERS)
    return replace(office, areas=(office.areas[0], coast, vale, fells, gone, *others))


# Cases of the figures --------------------------------------------------------------------------------------------------


def count(name: str, **changed: Any) -> MeasureFinding:
    """A case of a count that got worse; what begins with `of_` is the measure's."""
    return _case(COUNTED, name, changed)


def share(name: str, **changed: Any) -> MeasureFinding:
    """A case of a percentage of a survey, all of its figures in but for the last."""
    return _case(SHARE, name, changed)


def _case(finding: MeasureFinding, name: str, changed: dict[str, Any]) -> MeasureFinding:
    own = {key.removeprefix("of_"): value for key, value in changed.items() if key.startswith("of_")}
    own.setdefault("audience", Audience.PUBLIC)
    measure = replace(finding.measure, id=name.replace(" ", "-"), title=name, short_title="", topic="cases", **own)
    bare = {"areas": (), "above": None, "enquiries": (), "small_cells": (), "comparisons": (), "exception": 0.0, "missing": ()}
    rest = {key: value for key, value in changed.items() if not key.startswith("of_")}
    return replace(finding, measure=measure, **bare | rest)


def amount(value: float, denominator: float | None = None, at: Period = LAST) -> Amount:
    return Amount(value, at, at, (CELL,), value * denominator / 100 if denominator else None, denominator)


def latest(finding: MeasureFinding, **changed: Any) -> dict[str, Any]:
    """The force's series with another latest figure."""
    *before, last = finding.force.numbers
    return {"force": replace(finding.force, observations=(*before, replace(last, **changed)))}


def signal(kind: SignalKind, level: float = 280, months: int = 7, *, current: bool = True, apart: int = 0) -> Signal:
    first = LAST.shifted(1 - months - apart)
    last = LAST.shifted(-apart)
    return Signal(kind, Variation.CONCERN, first, last, level, 240, months, current, (CELL,), (CELL, REGISTER))


def judged(**changed: Any) -> dict[str, Any]:
    """Another verdict on the count."""
    assert COUNTED.xmr is not None
    return {"xmr": replace(COUNTED.xmr, **{"signals": (), **changed})}


def by_rules(cause: str, variation: Variation = Variation.CONCERN, run: int = 7) -> dict[str, Any]:
    """A verdict that the chart's own rules give, as for a chart that has not been checked."""
    assert COUNTED.xmr is not None
    *points, last = COUNTED.xmr.points
    return judged(points=(*points, replace(last, cause=cause)), variation=variation, run_length=run)


def verdicts() -> Iterator[MeasureFinding]:
    """What is said of a line, with and without a signal."""
    step = signal(SignalKind.STEP)
    odd = COUNTED.force.observations[-1]
    for name, one in {
        "a step up": step,
        "a step down that hangs on one figure": replace(step, level=200, hangs_on=odd),
        "one month above": signal(SignalKind.BRIEF, months=1),
        "one month below, before": signal(SignalKind.BRIEF, 200, months=1, current=False, apart=3),
        "two months above": signal(SignalKind.BRIEF, months=2),
        "two months of two years, before": signal(SignalKind.BRIEF, months=2, current=False, apart=1),
        "a rise": signal(SignalKind.DRIFT),
        "a fall": signal(SignalKind.DRIFT, 200),
        "rare, in a month": signal(SignalKind.RARE, 4, months=1),
        "rare, in months": signal(SignalKind.RARE, 4, months=6),
    }.items():
        yield count(name, **judged(signals=(one,), variation=Variation.CONCERN))
    two = judged(signals=(signal(SignalKind.BRIEF, months=1, apart=5), step), variation=Variation.NEUTRAL_HIGH)
    news = (
        News(Newness.BEGAN, step),
        News(Newness.CONTINUES, step),
        News(Newness.ENDED, step),
        News(Newness.ENDED, replace(step, level=9)),
    )
    yield count("two signals and their news", **two, news=news)
    yield count("better", **judged(signals=(step,), variation=Variation.IMPROVEMENT), pressing=Pressing.BETTER)
    causes = ("Above UCL", "Below LCL", "2 in 3 Above CL", "2 in 3 Below CL", "7 Points Above CL", "7 Points Below CL")
    for cause in (*causes, "Trend Increasing", "Trend Decreasing"):
        yield count(f"by rules, {cause}", **by_rules(cause))
    beside = by_rules("7 Points Below CL")["xmr"]
    yield count("a run beside a step", xmr=replace(beside, signals=(replace(step, first=LAST.shifted(-20)),)))
    for reason in NO_VERDICT:
        yield count(f"not judged, {reason or 'whyever'}", **judged(variation=None, reason=reason))
    yield count("rare, without what is counted", of_per="", **judged(variation=None, reason="rare"))
    yield count("the last is missing", **judged(variation=None, reason="last-month-missing", expected=LAST), missing=(LAST,))
    note = DatedNote(date(2030, 9, 1), "Counted anew.", audience=Audience.PUBLIC)
    yield count("goes with a note", of_notes=(note,), **judged(variation=None, reason="goes-with-note", noted=note))
    for reason in (*NO_ASSURANCE, "no reason that is known"):
        yield count(f"not held against a target, {reason or 'whyever'}", **judged(assurance_reason=reason))
    for assurance in Assurance:
        for met, of in ((0, 0), (1, 1), (24, 36)):
            target = Target(250.0)
            said = judged(assurance=assurance, target=target, met=met, targeted=of, variation=Variation.COMMON)
            yield count(f"{assurance.name.lower()}, {met} of {of}", **said, target=target, gap=-8.0, of_targets=(target,))
    cautious = judged(
        unjudged=COUNTED.force.observations[-1:],
        gaps=(LAST.shifted(-9), LAST.shifted(-4)),
        seasonal=True,
        suggested_rebase=LAST.shifted(-6),
        odd=odd,
        short=True,
        rebases=(Rebase(date(2030, 1, 1), "A new team.", "analyst", Audience.OFFICE), Rebase(date(2030, 6, 1), "", "analyst")),
    )
    yield count("cautions", of_matures_days=40, **cautious)
    yield count("doubted", **latest(COUNTED, doubt="is it a slip?"))
    yield count("no chart", xmr=None)
    yield count("met six times, no promise", **judged(met=3, targeted=6))


def units() -> Iterator[MeasureFinding]:
    """A figure of each unit, beside its target and a year before."""
    for unit in Unit:
        for value, goal in ((1.0, 1.5), (240.0, 250.0)):
            target = Target(goal, source=CELL)
            then = Comparison(Span.MONTH, amount(value), amount(value - 1, at=LAST.shifted(-1)), 1.0, 19.4)
            back = Comparison(Span.SAME_MONTH, amount(value), amount(value + 1, at=LAST.shifted(-12)), -1.0, -0.3)
            less = Comparison(Span.TWELVE_MONTHS, amount(value), amount(value), 0.0, 0.0)
            yield count(
                f"{unit.value} {value:g}",
                of_unit=unit,
                of_decimals=1 if unit is Unit.PER_CENT else 0,
                target=target,
                gap=value - goal,
                comparisons=(then, back, less),
                **latest(COUNTED, value=value),
            )
    yield count("cases of one kind", of_per="bodies of water", **latest(COUNTED, value=1.0))
    yield count("a winter quarter", **latest(COUNTED, period=Period(date(2030, 12, 1), 3)))
    yield count("one loss", of_per="losses per day", **latest(COUNTED, value=1.0))
    for few in (9.0, 29.0, 30.0):
        yield share(f"{few:g} cases", **latest(SHARE, value=50.0, numerator=few // 2, denominator=few))
    for status in Status:
        blank = latest(COUNTED, value=None, status=status, raw=" n/a " if status is not Status.NOT_AVAILABLE else " ")
        yield count(f"latest {status.name.lower()}", **blank, missing=(LAST,))
        alone = replace(blank["force"], observations=blank["force"].observations[-1:])
        yield count(f"only {status.name.lower()}", force=alone, xmr=None, comparisons=())
    yield count("nothing", force=replace(COUNTED.force, observations=()), xmr=None, comparisons=())
    yield count("provisional", **latest(COUNTED, marks=("p", "=")), target=Target(250.0), of_illustrative=True, of_definition="")


def targets() -> Iterator[MeasureFinding]:
    """A gap of each kind; a target for a whole span."""
    band, aim = Target(45.0, up_to=55.0), Target(82.3, aim=85.0)
    for name, target, gap in (
        ("within a band", band, 0.0),
        ("exactly there", Target(82.0), 0.0),
        ("just above", Target(82.5), 0.01),
        ("just below", Target(82.0), -0.01),
        ("above", Target(80.0), 2.0),
        ("on the way", aim, -1.0),
        ("not held against it", aim, None),
    ):
        yield share(name, target=target, gap=gap, of_targets=(target,), **judged_share(6))
    yield share("no target", target=None, gap=None)
    march, year = Target(5_400.0, cumulative=True, start=date(2030, 4, 1), end=date(2031, 3, 31)), Period(date(2030, 4, 1), 12)
    so_far = amount(3_000.0)
    for met in (True, False, None):
        track = Track(march, year, so_far, 3_100.0, 5_400.0, met, sources=(CELL,))
        yield count(f"on track {met}", target=None, gap=None, track=track)
    for reason in (*NO_TRACK, "no reason that is known"):
        yield count(f"no track, {reason}", target=None, gap=None, track=Track(march, year, so_far, reason=reason))
    change = replace(march, value=-10.0, change_on=Period(date(2029, 4, 1), 12))
    yield count("a change", target=None, gap=None, track=Track(change, year, so_far, 3_100.0, 4_860.0, True))
    yield share(
        "a change of points",
        target=None,
        gap=None,
        track=Track(replace(change, value=2.0), year, amount(81.0), 80.0, None, False),
    )


def judged_share(times: int) -> dict[str, Any]:
    assert SHARE.xmr is not None
    return {"xmr": replace(SHARE.xmr, met=times - 1, targeted=times, assurance=None)}


def ranks_and_peers() -> Iterator[MeasureFinding]:
    """A rank in each quarter; the force among others."""
    rank = RankFinding(35, 41, 1, LAST, (CELL,), 10)
    before = replace(rank, rank=33, period=LAST.shifted(-3))
    for name, one in {
        "bottom": replace(rank, previous=before),
        "middle": replace(rank, rank=20, needed_value=12.0),
        "top": replace(rank, rank=10),
        "shared": replace(rank, rank=30, tied=2, previous=replace(before, rank=30)),
        "joint": replace(rank, rank=30, joint=True),
        "of nobody said how many": replace(rank, of=0, top_quartile_rank=0),
        "last is best": replace(rank, rank=40, last_is_best=True, top_quartile_rank=32),
        "last is best, bottom": replace(rank, rank=4, last_is_best=True, top_quartile_rank=32),
        "top is the first alone": replace(rank, rank=3, of=5, top_quartile_rank=1),
    }.items():
        for gap in (-2.0, 0.0, 4.0):
            figure = latest(COUNTED, value=float(one.rank), denominator=float(one.of))
            named = f"rank {name}, {gap:g}"
            goal = Target(10.0)
            yield count(
                named, of_unit=Unit.RANK, rank=one, target=goal, gap=gap, **judged(variation=None, reason="rank"), **figure
            )
    entries = tuple(
        Observation("peers", area, LAST, value, Status.NUMBER, replace(CELL, cell=f"P{value:g}"))
        for area, value in (("westmoor", 88.0), ("northmoor", 80.0), ("eastmoor", 80.0), ("southmoor", 71.0))
    )
    second = RankFinding(2, 4, 1, LAST, (CELL,), 1, 88.0, 80.0, 71.0)
    peers = PeerFinding(entries, second, 78.2, True, "northmoor", LAST, standing=Standing.ORDINARY)
    for name, among in {
        "no rank": replace(peers, rank=None, weighted=False, reason="no-direction"),
        "no average": replace(peers, mean=None),
        "ordinary": peers,
        "apart": replace(peers, standing=Standing.OUTLIER_LOW, rank=replace(second, rank=10, middle_value=None)),
        "all differ": replace(peers, standing=Standing.NOT_JUDGED, standing_reason="over-dispersed", period=None),
        "similar": replace(peers, standing=Standing.NOT_JUDGED, similar=replace(peers, entries=entries[1:])),
        "similar without an average": replace(peers, similar=replace(peers, mean=None)),
        "alone": replace(peers, entries=entries[:1]),
    }.items():
        yield share(f"peers, {name}", peers=among, rank=second)


def comparisons() -> Iterator[MeasureFinding]:
    """Two spans side by side, with and without a difference that can be said."""
    now, then = amount(82.0, 400.0), amount(80.0, 390.0, LAST.shifted(-12))
    for reason in (*NO_COMPARISON, *NO_PER_CENT, "no reason that is known"):
        difference = 2.0 if reason in NO_PER_CENT else None
        one = Comparison(Span.SAME_MONTH, now, then, difference, reason=reason)
        yield count(f"compared, {reason or 'whyever'}", comparisons=(one, replace(one, span=Span.TWELVE_MONTHS)))
    tested = Comparison(Span.SAME_MONTH, now, then, 2.0, low=-0.04, high=4.2, significant=False)
    quarter = replace(tested, now=replace(now, first=Period(LAST.start, 3), last=Period(LAST.start, 3)), span=Span.MONTH)
    year = Period(date(2030, 4, 1), 12)
    yearly = replace(tested, now=replace(now, first=year, last=year))
    span = replace(now, first=LAST.shifted(-11), numerator=None)
    within = replace(now, first=LAST.shifted(-1), numerator=1.5)
    assert SHARE.xmr is not None
    common = replace(SHARE.xmr, variation=Variation.COMMON)
    yield share("compared, by chance", comparisons=(tested, quarter, yearly), xmr=common)
    yield share("compared, beyond chance", comparisons=(replace(tested, low=0.04, significant=True),), xmr=common)
    yield share("compared, beyond chance and a signal", comparisons=(replace(tested, significant=True),))
    longer = Comparison(Span.TWELVE_MONTHS, span, replace(then, denominator=None), -1.0, low=-2.0, high=-0.1, significant=True)
    yield share("compared, twelve months", comparisons=(longer, replace(longer, span=Span.YEAR_TO_DATE, now=within)))
    yield share("compared, few", comparisons=(replace(longer, now=amount(80.0, 29.0), then=amount(79.0, 30.0)),))
    yield share(
        "compared, nothing then", comparisons=(Comparison(Span.TWELVE_MONTHS, span, None), Comparison(Span.MONTH, None, then))
    )
    parts = tuple(
        Driver(measure, area, change, now, then)
        for measure, area, change in (("drivers", "vale", 30.0), ("drivers", "coast", -4.0), ("burglary", "", 0.1))
    )
    yield count("drivers", drivers=(Drivers(now, then, parts, 5.0),))
    yield count("one driver", drivers=(Drivers(now, then, (replace(parts[1], measure="one-driver"),), 0.0),))


def districts() -> Iterator[MeasureFinding]:
    """Areas of each standing, with each reason, and those of which little may be said."""
    first, second, small = SHARE.areas
    standings = tuple(replace(first, standing=one, stands_out="OUTLIER" in one.name, rest=79.0) for one in Standing)
    for better in Better:
        yield share(f"standings, better {better.value}", areas=(*standings[:5], second), of_better=better)
    held = replace(first.series.observations[-1], period=Period(date(2030, 4, 1), 12), value=850.0)
    yield share("held over a year", areas=(replace(first, standing=Standing.ORDINARY, rest=80.0, held=held), second))
    counted = tuple(
        replace(one, standing=Standing.WATCH_LOW, rest=1.0, held=replace(held, area=one.area)) for one in COUNTED.areas
    )
    yield count("held, counted", areas=counted)
    yield count("held, few", areas=(replace(counted[0], held=replace(held, value=20.0)), *counted[1:]))
    for reason in NOT_JUDGED:
        every = tuple(replace(one, standing=Standing.NOT_JUDGED, standing_reason=reason) for one in SHARE.areas)
        yield share(f"areas not judged, {reason or 'whyever'}", areas=every, former_areas=("isles",))
    histories = tuple(replace(small, history=one) for one in HISTORY)
    yield share("areas with a past", areas=(*histories, replace(first, history="renamed")))
    suppressed = replace(first.series.observations[-1], status=Status.SUPPRESSED, value=None)
    none: dict[str, Any] = {"latest": None, "amount": None, "low": None, "high": None}
    lacking = (replace(first, latest=suppressed), replace(second, not_printed=True), replace(small, **none))
    yield share("no area shown", areas=lacking)
    yield share("one area shown", areas=(*lacking[:2], replace(small, change=None)))
    above = CountAbove(3, 5, 80.0, LAST, ("coast",), ("fells", "isles"), (CELL,))
    yield share("areas above", above=above)
    yield share("an area below", above=replace(above, passing=1, of=1, missing=(), below=True))
    hidden = (SmallCell("northmoor", LAST.shifted(-3)), SmallCell("coast", LAST))
    for name, cells in {
        "the force": hidden,
        "a district": hidden[1:],
        "a district, before": (SmallCell("vale", LAST.shifted(-9)),),
    }.items():
        one = share(
            f"small in {name}", areas=SHARE.areas, small_cells=cells, above=above, gap=-2.0, of_rebases=(Rebase(ON, "A rule."),)
        )
        yield remade(one, partial(_named, name=one.measure.id))


def _named(value: object, name: str) -> Observation | None:
    return replace(value, measure=name) if isinstance(value, Observation) else None


def questions() -> Iterator[MeasureFinding]:
    """Each question that figures suggest, with all that it can say, and with little."""
    rank = RankFinding(35, 41, 1, LAST, (CELL,), 10)
    first = replace(SHARE.areas[0], standing=Standing.OUTLIER_HIGH, rest=79.0)
    for kind in EnquiryKind:
        full = Enquiry(kind, 3.0, LAST, "coast", 7.0, 5, "4/2030", (CELL,), "We will halve it. ", "2030-09-17-scrutiny", 9)
        bare = Enquiry(kind, 2.0)
        third = replace(full, weight=1.0, value=1.0, of=None, meeting="2030-09", area="vale")
        asked = {"enquiries": (full, bare, third), "rank": rank, "areas": (first, SHARE.areas[1])}
        yield share(f"asked, {kind.value}", **asked, target=Target(45.0, up_to=55.0))
    counts = (replace(COUNTED.areas[0], standing=Standing.WATCH_LOW, rest=1.0),)
    outlier = Enquiry(EnquiryKind.OUTLIER, 3.0, LAST, "coast", 7.0, meeting="soon")
    yield count("asked of a count", enquiries=(outlier, replace(outlier, kind=EnquiryKind.PLATEAU)), areas=counts)


def pressing() -> Iterator[MeasureFinding]:
    """Measures that press for each reason, two of each."""
    for at, one in enumerate(Pressing):
        for twin in (1, 2):
            yield count(f"{one.name.lower()} {twin}", exception=12.0 + at + twin, pressing=one)
    yield count("not quite pressing", exception=11.9)


def every_finding() -> tuple[MeasureFinding, ...]:
    """All of them, each with an id of its own."""
    groups = (verdicts, units, targets, ranks_and_peers, comparisons, districts, questions, pressing)
    return tuple(one for group in groups for one in group())


# Cases of the register -------------------------------------------------------------------------------------------------


def promises() -> tuple[CommitmentFinding, ...]:
    """Promises that were kept, not kept, cannot be told yet, or not at all."""
    said = replace(northmoor.COMMITMENT, state=CommitmentState.OPEN, decided_at="", audience=Audience.PUBLIC)
    plain = Test(Comparator.AT_LEAST, 82.5)
    figures = SHARE.force.observations[-3:-1]
    base = CommitmentFinding(said, Verdict.MET, "", LAST, 4.0, 5, figures)
    alone = replace(base, commitment=replace(said, test=plain), value=83.0, of=None)
    moved = replace(said, test=Test(Comparator.AT_MOST, -10.0, relative=Relative.PER_CENT))
    change = replace(
        alone, commitment=moved, change=-4.0, baseline=80.0, baseline_period=LAST.shifted(-12), baseline_sources=(CELL,)
    )
    amount_moved = replace(moved, test=Test(Comparator.AT_LEAST, 2.0, relative=Relative.AMOUNT))
    fallen = tuple(replace(alone, period=LAST.shifted(-at), value=70.0 + at) for at in (4, 3, 2, 1))
    lasting = replace(alone, commitment=replace(said, test=replace(plain, lasting=True)), verdict=Verdict.NOT_MET)
    cases = [
        base,
        replace(base, commitment=replace(said, test=Test(Comparator.UNDER, 80.0, areas=1)), value=1.0, of=1),
        replace(base, baseline=3.0, baseline_period=LAST.shifted(-6), baseline_of=4),
        alone,
        replace(alone, verdict=Verdict.NOT_MET, interval=(79.0, 86.0)),
        replace(
            alone,
            commitment=replace(said, test=plain, state=CommitmentState.NOT_KEPT, decided_at="2030-12"),
            verdict=Verdict.NOT_MET,
        ),
        replace(alone, commitment=replace(said, test=plain, state=CommitmentState.NOT_KEPT), verdict=Verdict.NOT_MET),
        change,
        replace(change, commitment=amount_moved, change=2.5),
        replace(change, baseline_period=None),
        replace(change, verdict=Verdict.NOT_YET, reason="no-baseline"),
        replace(lasting, failing=fallen),
        replace(lasting, failing=fallen[:2]),
        replace(lasting, failing=(replace(fallen[0], period=LAST, change=3.0),)),
        *(replace(base, verdict=Verdict.NOT_YET, reason=one, missing=("fells",)) for one in REASON),
        replace(base, verdict=Verdict.NO_TEST, reason="no-test"),
        replace(base, commitment=replace(said, measure="nothing", owner="", topic="")),
    ]
    return tuple(
        replace(one, commitment=replace(one.commitment, ref=f"C{at}/2030", words=f"Promise {at}."))
        for at, one in enumerate(cases, start=2)
    )


def actions() -> tuple[ActionView, ...]:
    """Actions of each state, owned and due in each way."""
    here, later = Occasion("March 2031", northmoor.a_meeting()), Occasion("June", None, Period.month(2031, 6))
    moved = tuple(
        Redating(date(2030, month, 1), None if month == 9 else date(2030, month + 1, 1), "" if month == 8 else "late")
        for month in (7, 8, 9)
    )
    changes: tuple[dict[str, Any], ...] = (
        {"owners": ("chief", "second"), "due": ON},
        {"owners": (), "owners_as_written": "The board", "due": None, "due_as_written": "soon"},
        {"owners": (), "due": None, "due_as_written": "not stated", "redatings": moved[:1]},
        {"owners": ("nobody",), "redatings": moved[:2], "awaits": (LAST,)},
        {"redatings": moved, "title": "An audit", "update": "Half of it.", "evidence": "A letter."},
        {"redatings": (Redating(None, date(2031, 2, 1), "first"),), "decided_at": "2030-12"},
    )
    views = []
    for at, state in enumerate([*ActionState, *ActionState]):
        action = replace(
            northmoor.ACTION, ref=f"{at + 10}/2030", state=state, audience=Audience.PUBLIC, **changes[at % len(changes)]
        )
        due = (None, here, later, Occasion("the spring"))[at % 4]
        late = at % 3 == 0
        raised = (Occasion("September 2030", northmoor.ORIGIN), later, Occasion("once"), Occasion(""))[at % 4]
        views.append(ActionView(action, raised, late, not late and at % 2 == 0, due, "cases", "2.1", ("provisional", "cautions")))
    return tuple(views)


def matters() -> tuple[MatterView, ...]:
    """Matters from each kind of occasion, due at each, missed or not."""
    month = Occasion("June", None, Period.month(2030, 6))
    known, lost = Occasion("September 2030", northmoor.ORIGIN), Occasion("the spring")
    waits = replace(
        northmoor.MATTER, awaits=(LAST, Period(date(2031, 1, 1), 3)), condition="after the survey", evidence="A note."
    )
    here = Occasion("March 2031", northmoor.a_meeting())
    this_month = Occasion("March 2031", replace(northmoor.ORIGIN, day=date(2031, 3, 4)))
    cases = (
        (northmoor.MATTER, known, here, False, ("burglary",)),
        (waits, month, known, True, ("better", "provisional", "nothing")),
        (waits, lost, lost, True, ("cautions",)),
        (northmoor.MATTER, this_month, Occasion(""), True, ()),
        (
            replace(northmoor.MATTER, state=MatterState.DISCHARGED, outcome="Done."),
            Occasion(""),
            Occasion(""),
            False,
            ("hidden",),
        ),
        (waits, replace(known, meeting=replace(northmoor.ORIGIN, day=date(2028, 1, 4))), month, False, ("satisfaction",)),
    )
    return tuple(
        MatterView(
            replace(matter, ref=f"M{at}/2030", audience=Audience.PUBLIC),
            origin,
            due,
            "cases" if at % 2 else "",
            "2.1",
            missed,
            (northmoor.ACTION,),
            of,
        )
        for at, (matter, origin, due, missed, of) in enumerate(cases, start=2)
    )


def papers() -> tuple[Paper, ...]:
    """Papers of each state, wanted or not, one of them with corrections to the notes before."""
    found = FoundCorrection(
        CorrectionKind.CHANGE, CorrectionPlace("Notes", "Burglary"), "The mayor asked.", 4, "mayor", "chief", author="Tom Garrow"
    )
    open_one = Correction(CorrectionProposed("m", 1, 1, "k", found, "f", "0", audience=Audience.FORCE))
    comment = replace(found, kind=CorrectionKind.COMMENT, comment="Did she?", author="", place=CorrectionPlace("Notes"))
    second = Correction(replace(open_one.proposed, number=2, found=comment))
    plain = Paper("A paper", "2.1", PaperStatus.AWAITED, audience=Audience.PUBLIC)
    return (
        plain,
        replace(plain, title="Late", wanted_by=date(2031, 3, 1), author="chief"),
        replace(plain, title="Wanted today", wanted_by=ON),
        replace(plain, title="Tabled", status=PaperStatus.TABLED),
        replace(plain, title="Deferred", status=PaperStatus.DEFERRED, deferred_to=date(2031, 6, 17)),
        replace(plain, title="Deferred, nobody says to when", status=PaperStatus.DEFERRED),
        replace(plain, title="The notes", status=PaperStatus.RECEIVED, letter="A", mark="x", corrections=(open_one, second)),
    )


def past_questions() -> tuple[Question, ...]:
    """A question of each outcome, asked by somebody or nobody, once in no month at all."""
    return tuple(
        replace(
            northmoor.PAST,
            words=f"Question {at}?",
            answered=one,
            asked_by="mayor" * (at % 2),
            meeting=when,
            audience=Audience.PUBLIC,
        )
        for at, (one, when) in enumerate(
            zip([*Answered] * 2, ["2030-13", "", "2029-09", "2030-09-17-scrutiny"] * 9, strict=False)
        )
    )


def a_view() -> AgendaView:
    """All of it at one meeting."""
    view = northmoor.a_view()
    burglary, satisfaction = view.topics
    found = every_finding()
    promised = tuple(one.commitment for one in promises())
    listed = tuple(
        Block(kind, f"{kind.name} {depth}", depth=depth)
        for kind, depth in (
            (BlockKind.BULLET, 0),
            (BlockKind.BULLET, 1),
            (BlockKind.NUMBER, 1),
            (BlockKind.NUMBER, 0),
            (BlockKind.PARAGRAPH, 0),
        )
    )
    unsigned = replace(northmoor.STATEMENT, author="", blocks=listed, audience=Audience.PUBLIC)
    cases = TopicView(
        Topic("cases", "Cases", audience=Audience.PUBLIC),
        burglary.item,
        tuple(one.measure.id for one in found),
        matters(),
        actions(),
        promised,
        (unsigned,),
        (northmoor.QUESTION, replace(northmoor.QUESTION, words="What changed around August 2030, and is the cause understood?")),
        past_questions(),
    )
    elsewhere = replace(
        satisfaction,
        topic=Topic("elsewhere", "Elsewhere", audience=Audience.PUBLIC),
        item=None,
        statements=(unsigned,),
        measures=("nothing-at-all",),
    )
    *items, last = view.items
    papered = [replace(one, papers=papers(), topics=("cases",)) if one.item.number == "2.1" else one for one in items]
    worded = ItemView(last.item, papers()[:1], (), (), (unsigned,), (northmoor.QUESTION,))
    settled = tuple(replace(one.action, closed=date(2031, 2, 1)) for one in actions() if not one.action.state.is_live)
    forward = (
        ForwardEntry(Occasion("June 2031", northmoor.LATER), matters(), actions()[:4], promised[:1]),
        ForwardEntry(Occasion("the spring"), matters()[:1]),
        ForwardEntry(Occasion("", None, Period.month(2031, 9)), (), actions()[4:6]),
        ForwardEntry(Occasion("never")),
        ForwardEntry(Occasion(""), (), (), promised[:1]),
    )
    return replace(
        view,
        items=(*papered, worded),
        topics=(cases, burglary, satisfaction, elsewhere),
        matters=(*view.matters, *matters()),
        actions=(*view.actions, *actions()),
        commitments=(*view.commitments, *promised),
        forward=forward,
        settled=settled,
        unplaced_papers=papers()[6:],
        unplaced_statements=(unsigned,),
        unplaced_questions=(northmoor.QUESTION,),
    )


def the_findings() -> Findings:
    """Of every case, some of them with figures that a condition waits for."""
    awaited = (
        AwaitedFigure(LAST, True, None),
        AwaitedFigure(Period(date(2031, 1, 1), 3), False, date(2031, 4, 20)),
    )
    late = (AwaitedFigure(LAST, False, ON), AwaitedFigure(Period(date(2030, 7, 1), 3), False, None))
    waiting = {"provisional": awaited, "cautions": late, "nothing": awaited}
    own = northmoor.the_findings()
    found = tuple(replace(one, awaited=waiting.get(one.measure.id, ())) for one in every_finding())
    return Findings(ON, (*own.measures, *found), (*own.commitments, *promises()))
