"""A figure that was printed before with another value."""

from dataclasses import dataclass

from reportpack.model.observation import Observation


@dataclass(frozen=True, slots=True)
class Revision:
    """The figure of one measure, area and period: `before` is what the earlier pack used, `now` what stands."""

    before: Observation
    now: Observation
