"""What readers were told before, and what was hidden from them: a later paper says that it differs, and never gives a hidden cell back.

What is stored is never renamed.
"""

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum

from reportpack.model.measure import Correction, Measure
from reportpack.model.observation import Observation, Series
from reportpack.model.period import Period
from reportpack.records import Record


class Revision(Record):
    """The figure of one measure, area and period: `before` is what the earlier pack (`since`) used, `now` what stands."""

    before: Observation
    now: Observation
    since: str = "the last pack"


class Corrected(Record):
    """A figure that a person has put right: `before` is what the workbook says (None: nothing), `now` what is printed."""

    before: Observation | None
    now: Observation
    correction: Correction


class JudgementKind(StrEnum):
    """What a verdict is of."""

    COMMITMENT = "commitment"
    SIGNAL = "signal"
    TARGET = "target"
    RANK = "rank"
    AREAS = "areas"
    HEADLINE = "headline"


class Judgement(Record):
    """A verdict in its printed words: `about` is a commitment's reference or a measure's id, `basis` what it was judged by."""

    kind: JudgementKind
    about: str
    said: str
    basis: str = ""


class LineKind(StrEnum):
    """What stands in a version by itself. The words are stored."""

    MATTER = "matter"
    ACTION = "action"
    PAPER = "paper"
    ITEM = "item"


class ToldLine(Record):
    """A matter, an action, a paper or a line of the agenda as a version has it; `mark` is what a paper's file is known by."""

    kind: LineKind
    ref: str
    title: str
    state: str
    mark: str = ""


class Told(Record):
    """What the readers of an edition were told before, in what is `called` so (`v1`, `the pack for 30 April 2019`), and with
    which figures. `again` when it was a version of this same pack, which had the `lines` (None: that was not recorded)."""

    called: str
    program: str
    judgements: tuple[Judgement, ...]
    figures: tuple[Observation, ...]
    revisions: tuple[Revision, ...]
    again: bool = False
    lines: tuple[ToldLine, ...] | None = None

    def judgement(self, kind: JudgementKind, about: str) -> Judgement | None:
        """What was said of that; None where nothing was."""
        return next((one for one in self.judgements if (one.kind, one.about) == (kind, about)), None)

    def knew(self, figures: tuple[Observation, ...]) -> bool:
        """Whether all these figures were there, in whatever state."""
        known: set[tuple[str, str, Period]] = {(one.measure, one.area, one.period) for one in self.figures}
        return all((one.measure, one.area, one.period) in known for one in figures)


class Cell(Record, order=True):
    """A figure's place."""

    measure: str
    area: str
    period: Period


class Printed(Record):
    """A measure as it is printed: the force's line and those of its areas."""

    measure: Measure
    force: Series
    areas: tuple[Series, ...]


class Disclosed(Record):
    """An earlier version: its figures, and the cells hidden in it (None: that was not recorded). `given` when somebody has it."""

    figures: tuple[Observation, ...]
    hidden: frozenset[Cell] | None = None
    given: bool = True


Versions = Callable[[Collection[str]], Sequence[Disclosed]]
"""Earlier versions, with the figures of the measures that are asked for."""
