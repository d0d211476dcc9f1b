"""What is new beside the last pack: signals that began, that go on, that ended. Both sides are checked alike, each on its own figures."""

from reportpack.model.finding import Newness, News, Signal, Xmr

_NEAR = 70
"""Days within which two signals of one direction began for them to be one: a later figure can move the month that fits best."""


def news_of(now: Xmr | None, then: Xmr | None) -> tuple[News, ...]:
    """The signals of both, each with what became of it; none where the last pack, or this one, judged nothing."""
    if now is None or then is None or now.variation is None or then.variation is None:
        return ()
    before = [one for one in then.signals if one.current]
    found = [News(Newness.CONTINUES if any(_same(one, other) for other in before) else Newness.BEGAN, one) for one in now.signals]
    return (*found, *(News(Newness.ENDED, one) for one in before if not any(_same(one, other) for other in now.signals)))


def _same(one: Signal, other: Signal) -> bool:
    return one.is_high == other.is_high and abs((one.first.start - other.first.start).days) <= _NEAR
