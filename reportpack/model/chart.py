"""What a chart shows: numbers, finished labels and the text that stands for it. How it looks is for render."""

from enum import StrEnum

from reportpack.model.problem import Source
from reportpack.model.words import MINUS, clock_text, written
from reportpack.records import Record


class PointKind(StrEnum):
    """How a point is drawn: by shape as well as colour."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral high"
    NEUTRAL_LOW = "neutral low"
    UNJUDGED = "unjudged"


class ChartPoint(Record):
    """A period: `label` as on the axis (`Apr 2019`), `month` that in which it begins (1 to 12; 0 where it is a year or a day).
    `value` is None for a gap; `provisional` is drawn hollow."""

    label: str
    value: float | None
    kind: PointKind = PointKind.COMMON
    provisional: bool = False
    sources: tuple[Source, ...] = ()
    month: int = 0


class Band(Record):
    """The average and expected range over points `first` to `last` (indexes, both inside); lines break between bands."""

    first: int
    last: int
    mean: float
    lower: float | None
    upper: float | None
    sources: tuple[Source, ...] = ()


class Level(Record):
    """A labelled line (`Target 90%`) over points `first` to `last`, at `value`; one that rises or falls to it begins at `start`."""

    value: float
    label: str
    first: int
    last: int
    sources: tuple[Source, ...] = ()
    start: float | None = None


class Mark(Record):
    """A labelled moment on the time axis: a meeting, a new baseline, a recording change."""

    index: float
    label: str
    kind: str
    """`meeting`, `baseline` or `note`. A baseline's `index` is that of its first point; its line stands half a step before."""


class NumberFormat(Record):
    """How values are written on axes and labels: `decimals`, thousands commas, then the suffix (`%`) or after a prefix (`£`); or as ranks; seconds as a clock shows them."""

    decimals: int = 0
    prefix: str = ""
    suffix: str = ""
    ordinal: bool = False
    clock: bool = False

    def write(self, value: float) -> str:
        """`1,204`, `81.3%`, `35th`: half away from zero; minus as U+2212."""
        if self.ordinal:
            return ordinal(round(value))
        if self.clock:
            return clock_text(value)
        text = written(value, self.decimals) if not self.prefix else _money(value, self.decimals)
        if text.startswith(MINUS):
            return f"{MINUS}{self.prefix}{text.removeprefix(MINUS)}{self.suffix}"
        return f"{self.prefix}{text}{self.suffix}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`, `35th`."""
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{last}"


def _money(value: float, decimals: int) -> str:
    """`1.85 million` from a million on; no pence from ten thousand on."""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return written(value / size, 2) + word
    return written(value, decimals if abs(value) < 10_000 else 0)


class Ranks(Record):
    """That values are ranks among `of`, at least 2: which is `best`, and the last of the top quartile, 0 where that is not told."""

    of: int
    best: int = 1
    quartile: int = 0

    @property
    def worst(self) -> int:
        """The other end."""
        return self.of if self.best == 1 else 1


class XmrChart(Record):
    """A value line with its average, expected range, targets and marked moments. `alt` says the same in words."""

    id: str
    title: str
    alt: str
    points: tuple[ChartPoint, ...]
    bands: tuple[Band, ...]
    levels: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    format: NumberFormat = NumberFormat()
    floor: float | None = None
    ceiling: float | None = None  # drawn limits are cut at floor and ceiling (0 and 100 for per cent)
    ranks: Ranks | None = None


class Sparkline(Record):
    """A word-sized line. `scale` is that of the lines it is held against, from lowest to highest; None for its own."""

    id: str
    alt: str
    points: tuple[ChartPoint, ...]
    bands: tuple[Band, ...] = ()
    scale: tuple[float, float] | None = None


class Bar(Record):
    """One bar of a ranked bar chart. `rank` as printed (`35th`); empty prints none."""

    label: str
    value: float
    highlighted: bool = False
    rank: str = ""
    sources: tuple[Source, ...] = ()


class RankedBars(Record):
    """Bars from zero, best first, ours highlighted, the average as a line."""

    id: str
    title: str
    alt: str
    bars: tuple[Bar, ...]
    level: Level | None = None
    format: NumberFormat = NumberFormat()


class Icon(Record):
    """A variation (`H`, `L` ...) or assurance (`P`, `F`, `?`) icon; its words always stand beside it, so that it says nothing itself."""

    id: str
    kind: PointKind
    letter: str


Chart = XmrChart | Sparkline | RankedBars | Icon
