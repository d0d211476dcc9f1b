"""How a promise will be known: every figure in it that a measure can be held against, with its words; absolute or from where it stands."""

from collections.abc import Sequence
from itertools import pairwise

from reportpack.model.minutes import NotedTest
from reportpack.read.minutes.dates import MONTHS
from reportpack.read.minutes.grammar.classes import NUMBERS, listed
from reportpack.read.minutes.grammar.words import Words

_COMPARATORS = {
    "no more than": "at most", "no fewer than": "at least", "no less than": "at least", "not more than": "at most", "not less than": "at least",
    "more than": "over", "less than": "under", "fewer than": "under", "higher than": "over", "lower than": "under", "greater than": "over",
    "at least": "at least", "at most": "at most", "a minimum of": "at least", "a maximum of": "at most", "up to": "at most",
    "over": "over", "above": "over", "under": "under", "below": "under", "exceed": "over", "exceeding": "over",
}  # fmt: skip
_AREAS = listed("lpa lpas area areas district districts borough boroughs policing")
_EVERY = listed("every all each")
_UP = listed("rise rises increase increases grow improve improves go up raise higher")
_DOWN = listed("fall falls reduce reduces decrease decreases cut drop drops down lower shrink")
_REACH = listed(
    "commit committed commits achieve reach reaches hit answer deliver have see be get meet attain maintain to of at and"
)
_MORE = {"more": "up", "additional": "up", "extra": "up", "fewer": "down", "less": "down"}
_UNITS = {
    "per cent": "",
    "percent": "",
    "percentage points": " points",
    "percentage point": " points",
    "points": " points",
    "point": " points",
    "pp": " points",
}
_TIMES = listed("second seconds minute minutes hour hours day days week weeks month months year years in on at")
_STOPS = listed("by next if unless and but when from until per_cent , ; . : ( )")
_TRAILING = listed("levels level rate rates")


def thresholds_of(words: Words, subject: str = "") -> tuple[NotedTest, ...]:
    """`4 areas over 80`, `at least 90`, `up 5 points`, each with the words of its measure; `subject` is what rises or falls, where that is no person."""
    found: list[NotedTest] = []
    low = words.low
    areas = next((one for one, after in pairwise(low) if one in _EVERY and after in _AREAS), "")
    for at, said in enumerate(low):
        counts = said.isdigit() or said in _EVERY or said in NUMBERS
        if counts and not _AREAS.isdisjoint(low[at + 1 : at + 4]) and not _comparator(low, at):
            areas = said
            continue
        number = said.rstrip("%").replace(",", "")
        test, after = _test(low, at, number) if _is_amount(low, at) else ("", at)
        if test:
            many = "area" if areas in ("every", "each", "one", "1") else "areas"
            shown = f"{areas} {many} {test}" if areas and not test.startswith(("up", "down")) else test
            found.append(NotedTest(shown, _measure(words, at, after, subject)))
            areas = areas if areas in _EVERY else ""
    return tuple(found)


def _is_amount(low: Sequence[str], at: int) -> bool:
    """Whether a word is a number, and no day or year."""
    before, after = low[at - 1] if at else "", low[at + 1] if at + 1 < len(low) else ""
    year = len(low[at]) == 4 and low[at][:2] in ("19", "20") and before in ("by", "in", "of")
    bare = low[at].rstrip("%").replace(",", "").lstrip("\u00a3").replace(".", "", 1)
    return bare.isdigit() and after not in MONTHS and before not in MONTHS and not year


def _comparator(low: Sequence[str], at: int) -> str:
    """The words of comparison that stand before a number."""
    before = " ".join(low[max(0, at - 3) : at])
    return next((meant for words, meant in _COMPARATORS.items() if f" {before}".endswith(f" {words}")), "")


def _test(low: Sequence[str], at: int, number: str) -> tuple[str, int]:
    """The test that a number makes, and where its unit ends; empty for one that only counts things."""
    sign = low[at].endswith("%")
    unit = next((unit for unit in _UNITS if not sign and list(low[at + 1 : at + 1 + len(unit.split())]) == unit.split()), "")
    after = at + 1 + len(unit.split())
    share = sign or (bool(unit) and not _UNITS[unit])
    before, following = low[at - 1] if at else "", low[at + 1] if at + 1 < len(low) else ""
    way = "down" if not _DOWN.isdisjoint(low[:at]) else "up" if not _UP.isdisjoint(low[:at]) else ""
    comparator = _comparator(low, at)
    if before == "by" and way:
        return f"{way} {number}{' per cent' if share else _UNITS.get(unit, '')}", after
    if following in _MORE and not sign:
        return f"{_MORE[following]} {number}", at + 2
    if comparator:
        return f"{comparator} {number}", after
    if share and before == "to" and way:
        return f"{'at most' if way == 'down' else 'at least'} {number}", after
    return (f"at least {number}", after) if share and before in _REACH else ("", after)


def _measure(words: Words, at: int, after: int, subject: str) -> str | None:
    """The words behind the number up to a stop, else what stands before `by`, else the subject."""
    low = words.low
    if at and low[at - 1] == "by":
        verb = next((here for here in range(at - 2, -1, -1) if low[here] in _UP | _DOWN), at)
        return words.between(verb + 1, at - 1) or subject or None
    begin = after + (after < len(low) and low[after] in ("of", "for", "with", "on"))
    end = begin
    while end < len(low) and low[end] not in _STOPS and not (low[end] == "in" and not low[min(end + 1, len(low) - 1)].isdigit()):
        end += 1
    while end > begin and low[end - 1] in _TRAILING:
        end -= 1
    said = words.between(begin, end)
    return subject or None if not said or low[begin] in _TIMES else said
