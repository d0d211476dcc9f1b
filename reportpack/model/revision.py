"""A figure that was printed before with another value, or that a person has put right."""

from reportpack.model.measure import Correction
from reportpack.model.observation import Observation
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """The figure of one measure, area and period: `before` is what the earlier pack (`since`) used, `now` what stands."""

    before: Observation
    now: Observation
    since: str = "the last pack"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that a person has put right: `before` is what the workbook says (None: nothing), `now` what is printed."""

    before: Observation | None
    now: Observation
    correction: Correction
