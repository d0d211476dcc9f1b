"""A measure's figures for one area, in the order of time."""

from bisect import bisect_left
from itertools import islice, takewhile

from reportpack.model.observation import Observation, Status
from reportpack.model.period import Period
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """Each period at most once, ascending. A period without a figure may be there with its reason, or missing."""

    measure: str
    area: str
    observations: tuple[Observation, ...]

    @property
    def numbers(self) -> tuple[Observation, ...]:
        """The observations that hold a number."""
        return tuple(one for one in self.observations if one.status is Status.NUMBER)

    @property
    def latest(self) -> Observation | None:
        """The newest number."""
        return next((one for one in reversed(self.observations) if one.status is Status.NUMBER), None)

    def at(self, period: Period) -> Observation | None:
        """The observation of that period."""
        first = bisect_left(self.observations, period.start, key=lambda one: one.period.start)
        beginning = takewhile(lambda one: one.period.start == period.start, islice(self.observations, first, None))
        return next((one for one in beginning if one.period == period), None)
