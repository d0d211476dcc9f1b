"""What is measured, how it is judged, and where its figures stand: measures.toml, whose keys stand here once, as the fields that they give."""

from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.observation import Unit
from reportpack.model.office import WITHHELD
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.records import Record, key, needed

MEASURES_FILE = "measures.toml"
_MONTH = "the month, such as 2019-04, or another period as inspecting shows it: 2018-04/P1Y"
_AREA = "the area (its id); the whole force where it is left out"
_WHOSE = "who may read the reason and whose it is"


class Better(StrEnum):
    """Which way a measure should move."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Target(Record):
    """What should be reached, and when. Of several that hold on a day the latest to begin counts."""

    value: float = needed("the figure to reach; 85 for 85 per cent")
    from_value: float | None = key(
        "a trajectory: the figure on the first day, from which a straight line leads to `value` on the last", default=None
    )
    up_to: float | None = key("a band: the upper end, `value` being the lower", default=None)
    cumulative: bool = key("whether it is for all figures from the first day to the last together", default=False)
    change_on: Period | None = key(
        "the year (2024/25) or month that `value` is a change on: -10 for down 10 per cent, of percentages 2 for up 2 points",
        default=None,
    )
    start: date | None = key("the first day on which it holds", name="from", default=None)
    end: date | None = key("the last day on which it holds", name="to", default=None)
    note: str = key("where it comes from", default="")
    source: Source | None = field(default=None, compare=False, metadata={"stands_at": "value"})
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


class DatedNote(Record):
    """A remark on the data, printed beside the chart: a recording change, a known gap."""

    day: date = needed("the day that it is about", name="on")
    text: str = needed("the remark, a whole sentence")
    author: str = key("whose remark it is", default="")
    redefines: bool = key(
        "whether the definition changed, so that figures before and after are never judged or compared together", default=False
    )
    audience: Audience = key("who may read it", default=Audience.OFFICE)


class Rebase(Record):
    """A person's decision that the average and expected range start anew, because the process itself was changed."""

    day: date = needed("the first day of the new process", name="from")
    reason: str = needed("what changed")
    author: str = needed("who decided it", default="")
    audience: Audience = key(_WHOSE, default=Audience.OFFICE)


class Correction(Record):
    """A figure put right without touching the force's file. It is printed as corrected, until the workbook says the same."""

    area: str = key(_AREA)
    period: Period = needed(_MONTH)
    value: float = needed("the right figure; 79 for 79 per cent")
    numerator: float | None = key("the right count above the line, where the figure is made of two", default=None)
    denominator: float | None = key("the right count below the line", default=None)
    by: str = needed("who says so", default="")
    on: date = needed("when they said so", default=date.min)
    reason: str = needed("why, a whole sentence", default="")
    audience: Audience = key(_WHOSE, default=Audience.OFFICE)
    source: Source = Source(MEASURES_FILE)


class LetOut(Record):
    """A cell that was hidden for its small number and may be printed again, now that it is not small. What was hidden stays hidden otherwise."""

    area: str = key(_AREA)
    period: Period = needed(_MONTH)
    by: str = needed("who decided it")
    on: date = needed("when they decided it")
    reason: str = needed("why, a whole sentence")


class Place(Record):
    """Where figures stand, by names that `reportpack inspect FILE` shows. What is left out: there is only one, take it."""

    file: str = needed("the workbook in performance/; * stands for any letters")
    sheet: str = key("the sheet; * stands for any letters", default="")
    table: str = key("words from the title of the table", default="")
    figure: str = key("the label of the figures; labels that stand above one another are joined as `a / b`", default="")
    numerator: str = key("the label of the counts that a per cent or rate is made of, above the line", default="")
    denominator: str = key("the label of the counts below the line", default="")
    area: str = key("the area (its id) that they are about, where the table names none", default="")
    peers: bool = key("whether these are other forces' figures: compared with, never added", default=False)
    unit: Unit | None = key("what the figures count, where the cells leave it open", default=None)
    as_at: date | None = key("the day as at which the workbook speaks, where it doesn't say itself", default=None)


class Measure(Record):
    """One thing that is measured."""

    id: str = needed("its short name in these files and in the register")
    title: str = needed("its title as printed")
    short_title: str = key("a shorter title for narrow columns", default="")
    unit: Unit = needed("what its figures are", default=Unit.UNKNOWN)
    better: Better = needed("which way it should move", default=Better.HIGHER)
    topic: str = key("the topic (its id) on whose page it stands", default="")
    part_of: str = key("the measure (its id) that this one is a part of, such as a type of crime of all crime", default="")
    definition: str = key("what is counted, and what isn't", default="")
    per: str = key("what a rate is counted per (1,000 residents), or what a count counts (offences)", default="")
    decimals: int = key("how many decimals are printed", default=0)
    window: int = key("how many of the latest months the chart and its verdict rest on", least=12, default=36)
    survey: bool = key("whether it comes from a survey: its figures are estimates with a margin", default=False)
    whole_force_only: bool = key("whether there are no figures for areas, on purpose", default=False)
    small_under: int = key("the count below which a cell is small; 0 for never", default=0)
    illustrative: bool = key("whether the figures are made up", default=False)
    source_title: str = key("the published source, as the public should read it", default="")
    supplier: str = key("who supplies the figures", default="")
    expected_days: int | None = key("how many days after a month's end its figures are due", default=None)
    matures_days: int = key(
        "how many days after a period's end its figures have settled (outcomes still coming in): until then they are not judged",
        default=0,
    )
    audience: Audience = key("who may read its figures", default=Audience.OFFICE)
    withheld: str = key(WITHHELD, default="")
    places: tuple[Place, ...] = needed("where its figures stand", name="place", default=())
    targets: tuple[Target, ...] = key("its targets", name="target", default=())
    notes: tuple[DatedNote, ...] = key("remarks on its data", name="note", default=())
    rebases: tuple[Rebase, ...] = key("where its average starts anew", name="rebase", default=())
    corrections: tuple[Correction, ...] = key("figures put right", name="correction", default=())
    let_out: tuple[LetOut, ...] = key("cells that may be printed again", default=())
    source: Source = Source(MEASURES_FILE)

    def settled(self) -> "Measure":
        """A target that figures of its unit cannot reach is a mistake, and the pack is built without it."""
        return replace(self, targets=tuple(one for one in self.targets if one.is_possible(self.unit)))

    def target_on(self, day: date) -> Target | None:
        """What each figure should reach on that day."""
        target = self.target_holding(day, tracks=False)
        return target.on(day) if target is not None else None

    def target_holding(self, day: date, *, tracks: bool) -> Target | None:
        """The target that holds on that day, for whole spans or for each figure; the latest to start where several do."""
        holding = [target for target in self.targets if target.is_track is tracks and target.holds_on(day)]
        return max(holding, key=lambda target: target.start or date.min, default=None)


class Measures(Record):
    """Everything that is measured, in the order of the pack."""

    measures: tuple[Measure, ...] = key("the measures", name="measure")
