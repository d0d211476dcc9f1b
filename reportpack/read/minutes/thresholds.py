"""How a promise will be known: every figure in it that a measure can be held against, with its words; absolute or from where it stands."""

from collections.abc import Sequence
from itertools import pairwise

from reportpack.model.minutes import NotedTest
from reportpack.read.minutes.dates import MONTHS
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import Words

_COMPARATORS = {
    "no more than": "at most", "no fewer than": "at least", "no less than": "at least", "not more than": "at most", "not less than": "at least",
    "more than": "over", "less than": "under", "fewer than": "under", "higher than": "over", "lower than": "under", "greater than": "over",
    "at least": "at least", "at most": "at most", "a minimum of": "at least", "a maximum of": "at most", "up to": "at most",
    "over": "over", "above": "over", "under": "under", "below": "under", "exceed": "over", "exceeding": "over",
}  # fmt: skip
_AREAS = listed("lpa lpas area areas district districts borough boroughs policing")
_SMALL = listed("one two three four five six seven eight nine ten eleven twelve all every each")
_UP = listed("rise rises increase increases grow improve improves go up raise higher")
_DOWN = listed("fall falls reduce reduces decrease decreases cut drop drops down lower shrink")
_REACH = listed("commit committed commits achieve reach reaches hit answer deliver have see be get meet attain maintain to of at")
_MORE = {"more": "up", "additional": "up", "extra": "up", "fewer": "down", "less": "down"}
_TIMES = listed("second seconds minute minutes hour hours day days week weeks month months year years")
_STOPS = listed("by next if unless and but when from until per_cent , ; . : ( )")
_TRAILING = listed("levels level rate rates")


def thresholds_of(words: Words, subject: str = "") -> tuple[NotedTest, ...]:
    """`4 areas over 80`, `at least 90`, `up 5 points`, each with the words of its measure; `subject` is what rises or falls, where that is no person."""
    found: list[NotedTest] = []
    areas = _every_area(words.low)
    for at, low in enumerate(words.low):
        if low in _SMALL or low.isdigit():
            near = words.low[at + 1 : at + 4]
            if not _AREAS.isdisjoint(near) and _comparator(words.low, at) == "":
                areas = low
                continue
        number = low.rstrip("%").replace(",", "").lstrip("\u00a3")
        if not number.replace(".", "", 1).isdigit() or _is_date(words.low, at):
            continue
        test, after = _test(words.low, at, low.rstrip("%").replace(",", ""))
        if test:
            shown = (
                f"{areas} {'area' if areas in ('every', 'each', 'one', '1') else 'areas'} {test}"
                if areas and not test.startswith(("up", "down"))
                else test
            )
            found.append(NotedTest(shown, _measure(words, at, after, subject)))
            areas = "" if areas not in ("every", "all", "each") else areas
    return tuple(found)


def _every_area(low: Sequence[str]) -> str:
    """`in every area`, wherever it stands."""
    return next((one for one, after in pairwise(low) if one in ("every", "all", "each") and after in _AREAS), "")


def _is_date(low: Sequence[str], at: int) -> bool:
    before, after = low[at - 1] if at else "", low[at + 1] if at + 1 < len(low) else ""
    return (
        after in MONTHS
        or before in MONTHS
        or (len(low[at]) == 4 and low[at][:2] in ("19", "20") and before in ("by", "in", "of"))
    )


def _comparator(low: Sequence[str], at: int) -> str:
    """The words of comparison that stand before a number."""
    for words, comparator in _COMPARATORS.items():
        parts = words.split()
        if list(low[max(0, at - len(parts)) : at]) == parts:
            return comparator
    return ""


def _test(low: Sequence[str], at: int, number: str) -> tuple[str, int]:
    """The test that a number makes, and where its unit ends; empty for one that only counts things."""
    per_cent = (
        low[at].endswith("%") or tuple(low[at + 1 : at + 3]) == ("per", "cent") or tuple(low[at + 1 : at + 2]) == ("percent",)
    )
    points = (
        tuple(low[at + 1 : at + 2]) == ("percentage",)
        or (at + 1 < len(low) and low[at + 1].startswith("point"))
        or tuple(low[at + 1 : at + 2]) == ("pp",)
    )
    after = (
        at + 1 + (0 if low[at].endswith("%") or not (per_cent or points) else 2 if low[at + 1] in ("per", "percentage") else 1)
    )
    before = low[at - 1] if at else ""
    way = next((word for word, verbs in (("down", _DOWN), ("up", _UP)) if not verbs.isdisjoint(low[:at])), "")
    if before == "by" and way:
        return f"{way} {number}{' points' if points else ' per cent' if per_cent else ''}", after
    if at + 1 < len(low) and low[at + 1] in _MORE and not low[at].endswith("%"):
        return f"{_MORE[low[at + 1]]} {number}", at + 2
    comparator = _comparator(low, at)
    if comparator:
        return f"{comparator} {number}", after
    if per_cent and before == "to" and way:
        return f"{'at most' if way == 'down' else 'at least'} {number}", after
    return (f"at least {number}", after) if per_cent and (before in _REACH or before == "and") else ("", after)


def _measure(words: Words, at: int, after: int, subject: str) -> str | None:
    """The words behind the number up to a stop, else what stands before `by`, else the subject."""
    low = words.low
    if at and low[at - 1] == "by":
        verb = next((here for here in range(at - 2, -1, -1) if low[here] in _UP | _DOWN), at)
        return words.between(verb + 1, at - 1) or subject or None
    begin = after + (after < len(low) and low[after] in ("of", "for", "with", "on", "in"))
    if after < len(low) and low[after] == "in":
        begin = after
    end = begin
    while end < len(low) and low[end] not in _STOPS and not (low[end] == "in" and not low[min(end + 1, len(low) - 1)].isdigit()):
        end += 1
    while end > begin and low[end - 1] in _TRAILING:
        end -= 1
    said = words.between(begin, end)
    return subject or None if not said or low[begin] in _TIMES or low[begin] in ("in", "on", "at") else said
