"""What is measured, how it is judged, and where its figures stand in the workbooks."""

from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.records import dataclass


class Better(StrEnum):
    """Which way a measure should move."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Target:
    """What should be reached, from and to which day (None: always). A trajectory goes straight from `from_value` to `value`; a
    band reaches from `value` to `up_to`. `cumulative` is for all figures of its days together; with `change_on` the value is a
    change on that period, in per cent, of percentages in percentage points."""

    value: float
    start: date | None = None
    end: date | None = None
    note: str = ""
    source: Source | None = field(default=None, compare=False)
    from_value: float | None = None
    up_to: float | None = None
    cumulative: bool = False
    change_on: Period | None = None
    aim: float | None = None  # where a trajectory leads, once `value` is what it has reached by a day

    @property
    def is_track(self) -> bool:
        """Whether it is for a whole span, and not for each figure."""
        return self.cumulative or self.change_on is not None

    def on(self, day: date) -> "Target":
        """As it stands on a day: of a trajectory, what it has reached by then, to one decimal."""
        if self.from_value is None or self.start is None or self.end is None:
            return self
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return replace(self, value=round(self.from_value + share * (self.value - self.from_value), 1), aim=self.value)

    def is_possible(self, unit: Unit) -> bool:
        """Whether figures of that unit can reach it; one that they cannot is a mistake, and the pack is built without it."""
        if self.change_on is not None:
            return True
        match unit:
            case Unit.PER_CENT:
                return self.value == 0 or 1 <= self.value <= 100
            case Unit.RANK:
                return self.value >= 1 and self.value == int(self.value)
            case Unit.COUNT | Unit.DAYS | Unit.RATE | Unit.DURATION:
                return self.value >= 0
            case _:
                return True

    def holds_on(self, day: date) -> bool:
        """Whether it is the target of that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class DatedNote:
    """A remark on a measure's data: a recording change, a known gap. With `redefines` the figures before and after are never
    judged or compared together."""

    day: date
    text: str
    author: str = ""
    audience: Audience = Audience.OFFICE
    redefines: bool = False


@dataclass(frozen=True, slots=True)
class Rebase:
    """A person's decision that the average and expected range start anew on a day, and why; the audience may read why and who."""

    day: date
    reason: str
    author: str = ""
    audience: Audience = Audience.OFFICE


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure put right by a person without touching the force's file. `source` is its own lines in measures.toml. The counts
    are given where the figure is a per cent or rate that is summed; without them such sums leave it out. The audience may read
    who says so and why."""

    area: str
    period: Period
    value: float
    by: str
    on: date
    reason: str
    source: Source
    numerator: float | None = None
    denominator: float | None = None
    audience: Audience = Audience.OFFICE


@dataclass(frozen=True, slots=True)
class LetOut:
    """A person's decision that a cell once hidden for its small number may be printed again, now that it is not small."""

    area: str
    period: Period
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where figures stand, by names. Empty means: there is only one, take it. `file` and `sheet` may hold `*`; `table` is a part
    of the table's title; `figure`, `numerator` and `denominator` are the measure labels that inspecting the file shows (parts
    join as `a / b`); `area` says which area's figures these are when the table names none; `peers` marks figures of other
    forces, compared with but never added. `unit` says what a format leaves open."""

    file: str
    sheet: str = ""
    table: str = ""
    figure: str = ""
    numerator: str = ""
    denominator: str = ""
    area: str = ""
    peers: bool = False
    unit: Unit | None = None
    as_at: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `expected_days` is how many days after a period's end its figures are due from the supplier. `window` is how
    many of the latest months a chart and its verdict rest on; `small_under` is the count below which a cell is small (0:
    never); `source_title` names the published source for the public."""

    id: str
    title: str
    unit: Unit
    better: Better
    places: tuple[Place, ...]
    topic: str = ""
    part_of: str = ""  # the measure that this one is a part of: a type of crime of all crime
    short_title: str = ""
    decimals: int = 0
    targets: tuple[Target, ...] = ()
    notes: tuple[DatedNote, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    corrections: tuple[Correction, ...] = ()
    let_out: tuple[LetOut, ...] = ()
    supplier: str = ""
    expected_days: int | None = None
    matures_days: int = 0  # how many days after a period's end its figures have settled; until then they are provisional
    definition: str = ""
    per: str = ""  # what a rate is counted per (`1,000 residents`), or what a count counts (`offences`)
    window: int = 36
    survey: bool = False
    whole_force_only: bool = False
    small_under: int = 0
    illustrative: bool = False
    source_title: str = ""
    audience: Audience = Audience.OFFICE
    source: Source = Source("measures.toml")
    withheld: str = ""

    def target_on(self, day: date) -> Target | None:
        """What each figure should reach on that day."""
        target = self.target_holding(day, tracks=False)
        return target.on(day) if target is not None else None

    def target_holding(self, day: date, *, tracks: bool) -> Target | None:
        """The target that holds on that day, for whole spans or for each figure; the latest to start where several do."""
        holding = [target for target in self.targets if target.is_track is tracks and target.holds_on(day)]
        return max(holding, key=lambda target: target.start or date.min, default=None)
