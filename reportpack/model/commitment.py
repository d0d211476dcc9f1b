"""A commitment: something a post said would happen, with a test where the words give one."""

from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.records import Record


class Comparator(StrEnum):
    """How a figure is held against a threshold. `over` and `under` are strict."""

    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"


class Relative(StrEnum):
    """What a change is counted in: a share of where it began, or the measure's own unit."""

    PER_CENT = "per cent"
    AMOUNT = "amount"


class Test(Record):
    """`4 areas over 80`: at least `areas` of the force's areas pass; with `areas` 0 the force's own figure must. `down 10 per
    cent on 2024/25`: the change since `base` must pass, or since the figure known when it was said (None)."""

    __test__ = False

    comparator: Comparator
    threshold: float
    areas: int = 0
    relative: Relative | None = None
    base: Period | None = None
    lasting: bool = False  # every figure since it was said must pass: `will not fall below 90 per cent again`


class CommitmentState(StrEnum):
    """What a person or a meeting has said became of it. The figures alone settle nothing."""

    OPEN = "open"
    NOT_KEPT = "not kept"
    KEPT = "kept"
    ANSWERED = "answered"
    SUPERSEDED = "superseded"
    CLOSED = "closed"

    @property
    def stands(self) -> bool:
        """Whether a pack still brings it."""
        return self in (CommitmentState.OPEN, CommitmentState.NOT_KEPT)


class Commitment(Record):
    """`words` are verbatim; `period` is the figures that will show it, None where the words don't say. `decided_at` is the
    meeting at which it was settled, or to which it was first reported that it was not kept."""

    ref: str
    words: str
    source: Source
    owner: str = ""
    said_at: str = ""
    measure: str = ""
    test: Test | None = None
    period: Period | None = None
    topic: str = ""
    audience: Audience = Audience.OFFICE
    state: CommitmentState = CommitmentState.OPEN
    decided_at: str = ""
