"""What the figures say: numbers and verdicts only. Words are made by compose."""

from datetime import date
from enum import StrEnum

from reportpack.model.commitment import Commitment
from reportpack.model.judgement import Cell
from reportpack.model.measure import DatedNote, Measure, Rebase, Target
from reportpack.model.observation import Observation, Series
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Source
from reportpack.records import Record

ATTENTION = 12.0  # how pressing a measure must be for somebody to act on it


class Variation(StrEnum):
    """What the latest point says. The values are the reference's names (spc.md section 1)."""

    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    COMMON = "common_cause"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """Whether the process as it runs will meet the target."""

    PASS = "consistent_pass"
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


class SignalKind(StrEnum):
    """How a line changed: to another level, for a month or two, steadily, or beyond what chance brings to rare events."""

    STEP = "step"
    BRIEF = "brief"
    DRIFT = "drift"
    RARE = "rare"


class Pressing(StrEnum):
    """What makes a measure pressing, the heaviest first."""

    WORSE = "a signal for the worse"
    OUT_OF_REACH = "the target is out of reach of the process as it runs"
    PROMISE = "a commitment was not met"
    OUTLIER = "an area is an outlier on the worse side"
    MISSING = "a figure that is due is missing"
    CHANGED = "a signal where neither direction is better"
    CHANCE = "the latest figure misses a target that chance decides"
    RANK = "the force ranks in the bottom quartile"
    OFF_TARGET = "the latest figure misses a target, or the figures so far lag behind one, without a verdict"
    BETTER = "a signal for the better"
    SMALL = "the latest percentage rests on fewer than 30"


class Signal(Record):
    """A change that the check let stand: from and to when, the level there and the one before. `current` reaches the latest figure."""

    kind: SignalKind
    variation: Variation
    first: Period
    last: Period
    level: float
    usual: float
    months: int
    current: bool
    level_sources: tuple[Source, ...] = ()
    usual_sources: tuple[Source, ...] = ()
    hangs_on: Observation | None = None  # the one figure without which there would be no signal
    score: float = 0.0  # how sure it is: the normal score of the change, 0 where its kind has none

    @property
    def is_high(self) -> bool:
        """Whether the figures are above what was usual."""
        return self.level > self.usual


class Newness(StrEnum):
    """A signal beside the last pack."""

    BEGAN = "began"
    CONTINUES = "continues"
    ENDED = "ended"


class News(Record):
    """A signal and what became of it since the last pack."""

    newness: Newness
    signal: Signal


class XmrPoint(Record):
    """One point of an XmR chart with its group's lines. `cause` is the reference's special_cause_type. None where unknown."""

    period: Period
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    cause: str
    point_type: Variation | None
    group: int
    observation: Observation


class Xmr(Record):
    """An XmR chart. With no verdict (`variation` None) `reason` is a slug that says why (`too-few-points`, `last-month-missing`).
    Until the check has been made the verdict is the reference's; `signals` then say what the verdict rests on."""

    points: tuple[XmrPoint, ...]
    variation: Variation | None
    assurance: Assurance | None
    reason: str = ""
    assurance_reason: str = ""
    target: Target | None = None
    rebases: tuple[Rebase, ...] = ()
    run_length: int = 0  # how many of the latest points make the signal (7 months above average)
    seasonal: bool = False
    suggested_rebase: Period | None = None
    """Where a new average would begin if a person decided so: never applied by the program."""
    gaps: tuple[Period, ...] = ()  # months inside the window without a figure: each ends a run
    short: bool = False  # the latest average rests on fewer than 13 months, so that it will still move
    expected: Period | None = None  # the month that is missing when the reason is `last-month-missing`
    signals: tuple[Signal, ...] = ()  # what the check let stand, the longest-standing first
    unjudged: tuple[Observation, ...] = ()  # figures that are shown and not judged: provisional ones at the end
    noted: DatedNote | None = None  # the note on the data that a change goes with, when the reason is `goes-with-note`
    met: int = 0  # in how many of the `targeted` figures of the window the target of their day was met
    targeted: int = 0
    odd: Observation | None = None  # the one figure without which the chart's rules would mark nothing


class Span(StrEnum):
    """What is compared with what."""

    MONTH = "month before"
    SAME_MONTH = "same month last year"
    YEAR_TO_DATE = "year to date"
    TWELVE_MONTHS = "latest 12 months"


class Amount(Record):
    """A figure for a span: its value, the counts behind it, and every cell it rests on."""

    value: float
    first: Period
    last: Period
    sources: tuple[Source, ...]
    numerator: float | None = None
    denominator: float | None = None


class Comparison(Record):
    """Now against then. `difference` is of unrounded values (percentage points when the unit is per cent); `per_cent` only for counts with
    a base of at least 50. Where something is None, `reason` is a slug (docs/numbers.md lists them). `low`, `high`: Newcombe 95% interval
    of the difference for survey proportions, in percentage points; `significant` by it."""

    span: Span
    now: Amount | None
    then: Amount | None
    difference: float | None = None
    per_cent: float | None = None
    low: float | None = None
    high: float | None = None
    significant: bool | None = None
    reason: str = ""


class Driver(Record):
    """A part of a whole, an area or another measure, and what of the whole's difference is its own (percentage points when per cent)."""

    measure: str
    area: str
    change: float
    now: Amount
    then: Amount


class Drivers(Record):
    """A difference between two spans taken apart, the largest part first; `rest` is what the parts leave."""

    now: Amount
    then: Amount
    parts: tuple[Driver, ...]
    rest: float


class Track(Record):
    """How far the figures have come on the way to a target for a whole span: `goal` is what leads there by now, `whole` what is
    to be reached. Without `goal` the `reason` is a slug: `base-missing`, `month-missing`, `not-additive`."""

    target: Target
    span: Period
    now: Amount | None = None
    goal: float | None = None
    whole: float | None = None
    met: bool | None = None
    reason: str = ""
    sources: tuple[Source, ...] = ()  # the cells of the span that the goal is made from


class Standing(StrEnum):
    """An area beside the rest of the force."""

    OUTLIER_HIGH = "outlier high"
    OUTLIER_LOW = "outlier low"
    WATCH_HIGH = "watch high"
    WATCH_LOW = "watch low"
    ORDINARY = "ordinary"
    NOT_JUDGED = "not judged"


class AreaFinding(Record):
    """One area's latest figure. `low`, `high`: Wilson 95% interval in the measure's unit."""

    area: str
    series: Series
    xmr: Xmr | None
    latest: Observation | None
    amount: Amount | None
    low: float | None
    high: float | None
    standing: Standing
    standing_reason: str
    change: Comparison | None
    not_printed: bool  # a per cent on fewer than 10: too few to print at all
    rest: float | None = None  # the same figure for the rest of the force, which the standing is judged against
    held: Observation | None = None
    """What the standing is judged on: the latest year's figures together, where they can be added."""
    stands_out: bool = False
    """An outlier beyond what chance would bring to any area of the force: one that may be spoken of first."""
    history: str = ""
    """How figures before the area began were had: `merged-summed`, `merged-not-summed`, `renamed`, `split`; empty when it always was."""


class CountAbove(Record):
    """`passing` of `of` areas strictly beyond the threshold, in the latest period; `missing` areas have no figure."""

    passing: int
    of: int
    threshold: float
    period: Period
    areas: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[Source, ...]
    below: bool = False  # passing means strictly below, for a measure where lower is better


class RankFinding(Record):
    """A rank: `rank` of `of` (0 when nobody said). `top_quartile_rank` is the last rank of the top quartile, 0 where there is
    none. From peers: `needed_value` is the figure that it takes, `middle_value` the median, `bottom_value` that with which the
    bottom quartile begins. 1 is best unless `last_is_best`."""

    rank: int
    of: int
    tied: int
    period: Period
    sources: tuple[Source, ...]
    top_quartile_rank: int = 0
    needed_value: float | None = None
    middle_value: float | None = None
    bottom_value: float | None = None
    last_is_best: bool = False
    previous: "RankFinding | None" = None
    joint: bool = False
    """The supplier says that it is shared, as in `30=`."""

    @property
    def is_joint(self) -> bool:
        """Whether others have the same."""
        return self.joint or self.tied > 1

    @property
    def in_top_quartile(self) -> bool:
        """Whether the rank is among the best quarter."""
        if not self.top_quartile_rank:
            return False
        return self.rank >= self.top_quartile_rank if self.last_is_best else self.rank <= self.top_quartile_rank

    @property
    def in_bottom_quartile(self) -> bool:
        """Whether the rank is among the last quarter, rounded down."""
        if not self.top_quartile_rank:
            return False
        return self.rank <= self.of // 4 if self.last_is_best else self.rank > self.of - self.of // 4


class PeerFinding(Record):
    """The force beside others: each latest figure, sorted best first; `mean` weighted by denominators where they are known."""

    entries: tuple[Observation, ...]
    rank: RankFinding | None
    mean: float | None
    weighted: bool
    force: str = ""  # the area id of the force among the entries. The mean is of the others.
    period: Period | None = None
    reason: str = ""  # why there is no rank: `no-direction`, `counts-without-populations`, `force-missing`
    standing: Standing = Standing.NOT_JUDGED
    standing_reason: str = ""
    similar: "PeerFinding | None" = None  # the force among the most similar ones alone


class SmallCell(Record):
    """A cell to hide where small numbers are hidden."""

    area: str
    period: Period


class EnquiryKind(StrEnum):
    """The question templates of spc.md section 4.4."""

    SIGNAL = "signal"
    MORE_OR_RECORDED = "more offending, reporting or recording"
    CANNOT_REACH = "cannot reach target"
    BY_CHANCE = "misses by chance"
    PLATEAU = "plateau after action"
    OUTLIER = "area outlier"
    PEERS = "peers"
    SMALL = "small base"
    MISSING = "figure missing"
    MEANWHILE = "what is known meanwhile"
    COMMITMENT = "commitment missed"
    AREAS = "which areas"
    REACH = "what reaching the target takes"
    LASTING = "will it last"
    EXPECT = "what is expected next"


class Enquiry(Record):
    """A question worth asking, with the facts its words need. `weight` orders them, heaviest first."""

    kind: EnquiryKind
    weight: float
    period: Period | None = None
    area: str = ""
    value: float | None = None
    months: int = 0
    action: str = ""
    sources: tuple[Source, ...] = ()
    words: str = ""  # the verbatim words that an enquiry rests on: an action's, or a commitment's
    meeting: str = ""  # the meeting, or month, that those words come from
    of: int | None = None


class AwaitedFigure(Record):
    """Figures that a condition waits for: whether they are in, and from when they are expected (None: nobody has said)."""

    period: Period
    arrived: bool
    expected: date | None


class MeasureFinding(Record):
    """Everything the figures say of one measure. `force` is empty of observations when nothing could be read. `exception` orders
    the summary: 0 is nothing to see, more is more pressing. `expected` is the newest month whose figures should be in."""

    measure: Measure
    force: Series
    xmr: Xmr | None
    target: Target | None
    gap: float | None
    comparisons: tuple[Comparison, ...]
    areas: tuple[AreaFinding, ...]
    above: CountAbove | None
    rank: RankFinding | None
    peers: PeerFinding | None
    small_cells: tuple[SmallCell, ...]
    enquiries: tuple[Enquiry, ...]
    exception: float
    pressing: Pressing | None = None  # what weighs most in it
    expected: Period | None = None
    missing: tuple[Period, ...] = ()
    former_areas: tuple[str, ...] = ()
    """Areas with figures in the window that were no longer areas in the latest period, and that no area of then succeeded."""
    news: tuple[News, ...] = ()  # what began, goes on or ended since the last pack; empty where there was none
    awaited: tuple[AwaitedFigure, ...] = ()  # the figures that conditions on its topic wait for
    track: Track | None = None  # the target for a whole span that the figures are on the way to
    drivers: tuple[Drivers, ...] = ()
    """What a change is made up of: by areas, and by the measures that are parts of this one, the one with the larger part first."""

    @property
    def needs_attention(self) -> bool:
        """Whether it is an exception that somebody should act on; good news and small bases only earn a question."""
        return self.exception >= ATTENTION

    def comparison(self, span: Span) -> Comparison | None:
        """The comparison over that span."""
        return next((one for one in self.comparisons if one.span is span), None)

    def is_small(self, area: str, period: Period) -> bool:
        """Whether that cell is hidden where small numbers are hidden."""
        return any(cell.area == area and cell.period == period for cell in self.small_cells)

    def area(self, area: str) -> AreaFinding | None:
        """The finding of that area."""
        return next((one for one in self.areas if one.area == area), None)


class Verdict(StrEnum):
    """Whether what was said would happen did."""

    MET = "met"
    NOT_MET = "not met"
    NOT_YET = "not yet measurable"
    NO_TEST = "no measurable test"


class CommitmentFinding(Record):
    """A commitment held against the figures: `value` is the force's figure, or how many areas passed of `of`."""

    commitment: Commitment
    verdict: Verdict
    reason: str
    period: Period | None
    value: float | None
    of: int | None
    observations: tuple[Observation, ...]
    baseline: float | None = None
    baseline_period: Period | None = None
    baseline_sources: tuple[Source, ...] = ()
    baseline_of: int | None = None
    missing: tuple[str, ...] = ()  # areas without a figure for the period
    failing: "tuple[CommitmentFinding, ...]" = ()  # the periods that broke a promise for every one
    change: float | None = None  # by how much the figure moved from its baseline, where the test is of a change
    interval: tuple[float, float] | None = None
    """What a survey's sample leaves open of its figure, where that is on both sides of the promise."""


class Findings(Record):
    """What the figures say as at a day, a finding a measure in the order of the settings."""

    on: date
    measures: tuple[MeasureFinding, ...]
    commitments: tuple[CommitmentFinding, ...]
    problems: tuple[Problem, ...] = ()  # what in the figures or the settings keeps a verdict from being given
    exposed: tuple[Cell, ...] = ()
    """Small cells that could be worked out, whatever else is hidden, from what was printed before."""

    def of(self, measure: str) -> MeasureFinding | None:
        """The finding of that measure."""
        return next((one for one in self.measures if one.measure.id == measure), None)
