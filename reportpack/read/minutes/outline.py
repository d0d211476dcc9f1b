"""The agenda as the notes follow it: items with numbers that are unique (`2.1/5`), whatever the layout did to them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count, pairwise

from reportpack import patterns as re
from reportpack.model.minutes import NotedItem
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.labels import ACTION, CODED, DECISION, DUE, HEADER, ITEM_NUMBER, OWNER, UPDATE, action_label
from reportpack.read.minutes.people import looks_like_name
from reportpack.read.minutes.tables import column_kinds
from reportpack.read.minutes.wraps import Passage
from reportpack.records import Record

_NUMBERED = re.compile(
    r"(?i)(?:(?P<word>agenda item|item|minute|ref)\s*)?(?P<number>\d{1,3}(?:\.\s?\d{1,2}){0,3}(?:[ivx]{1,4}\)?|[a-z]\))?)[.):]{0,2}(?P<gap>\s+|(?<=[:.)])\s*)(?P<title>\S.*)"
)
_REFERENCE = re.compile(r"(?i)ref:? (?P<number>\d{1,3})(?:/\d{1,2}){2}/\d{2,4}")
_NIL = listed(
    "there was were no item items other business matters further update updates discussion nil none raised reported nothing to report note of any this month ."
)
_NONE = listed("no nil none nothing")
_NOT_TITLES = re.compile(
    r"(?i)(?:to(?! do\b)|that|the (?:pcc|cc)|and|but|who(?!['\u2019]s doing\b| does\b)|which|resolved|minutes|witnesses)\b|[^:]{0,80}\bfollowing\b.{0,60}:$|(?:progress|updates?) (?:was|were) "
)
_OF_IT = re.compile(r"(?:was|were|is|are|be|being|to|ha[sd]|have|will|would|could|should|may|might|can|did|does|cannot)\b")
"""What a sentence that names an item goes on with: `Item 2.1.3 was deferred`."""
_ASKS = re.compile(r"(?:[@\w][\w/&,.'\u2019 -]{0,70}? (?:to|will|must|should) [a-z]|[A-Z][a-z]+ [a-z]+ )")
_ACTIONS_HEADS = ("open action", "outstanding action", "previous action", "live action")
_AGENDAS = ("agenda", "agenda item", "agenda items")
INITIALS_ALONE = re.compile(r"[A-Z]{2}(?:\s?[/,&]\s?[A-Z]{2,3})*")
_FIELDS = ("type:", "date:", "time:", "dates:", "times:", "venue:", "place:", "location:")
_END_OF_NOTES = listed("notes key glossary distribution circulation signed appendix annex")


class Heading(Record):
    """Where an item begins: the index of its passage, its number as printed, its style, its title; `level` where the file says one."""

    at: int
    number: str
    title: str
    line: str
    alone: bool = False
    level: int = 0


class Outline(Record):
    """Items in order, with the passage that each begins at."""

    items: tuple[NotedItem, ...]
    starts: tuple[int, ...]
    titles: frozenset[int]

    def item_at(self, index: int) -> NotedItem | None:
        """The item in which a passage stands."""
        at = bisect_right(self.starts, index)
        return self.items[at - 1] if at else None

    def path_at(self, index: int) -> str | None:
        """Its path."""
        return item.path if (item := self.item_at(index)) is not None else None

    def item_of_line(self, passages: Sequence[Passage], line: str) -> str | None:
        """The path of the item in which a numbered line stands; for words from a right-hand column."""
        begun = ((item.path, passages[start].line) for item, start in zip(self.items, self.starts, strict=True))
        above = [path for path, at in begun if line.isdigit() and at.isdigit() and int(at) <= int(line)]
        return above[-1] if above else None


def outline_of(passages: Sequence[Passage], begin: int, stop_names: frozenset[int]) -> Outline:
    """Items from the passages; `begin` is where the attendance has ended, `stop_names` the passages that are attendance or agenda."""
    headings = [heading for heading in _headings(passages, begin) if heading.alone or heading.at not in stop_names]
    if not headings or all(not heading.number for heading in headings):
        plain = _plain_headings(passages, begin, stop_names, {heading.at for heading in headings})
        headings = sorted((*headings, *plain), key=lambda heading: heading.at)
    walker, items = _Walker(), list[NotedItem]()
    for heading, after in zip(headings, [*(one.at for one in headings[1:]), len(passages)], strict=False):
        # What says that there was nothing: `None raised`, `There were no further items`.
        short = [words_of(one.text).low for one in passages[heading.at + 1 : min(after, heading.at + 5)] if len(one.text) < 60]
        nil = any(_NIL.issuperset(low) and not _NONE.isdisjoint(low[:3]) for low in short)
        items.append(NotedItem(walker.path(heading), heading.title, heading.line, nil))
    starts = tuple(heading.at for heading in headings)
    return Outline(tuple(items), starts, frozenset(starts))


def _headings(passages: Sequence[Passage], begin: int) -> list[Heading]:
    found, waiting = list[Heading](), list[str]()
    numbered = _numbered_titles(passages, begin)
    for at, passage in enumerate(passages[begin:], begin):
        text = passage.text
        if passage.column or passage.cells:
            continue
        alone = ITEM_NUMBER.fullmatch(text) if not passage.mark else None
        reference = _REFERENCE.fullmatch(text)
        if alone is not None or reference is not None:
            waiting.append(reference["number"].lstrip("0") if reference else text.rstrip(".):"))
            continue
        title = text.rstrip(" :")
        if waiting and is_title(passage, alone=True):  # stacked numbers take stacked titles in their order
            found.append(Heading(at, waiting.pop(0), title, passage.line, alone=True))
        elif at in numbered:
            found.append(numbered[at])
        elif not passage.mark and (passage.level or passage.strong) and is_title(passage):
            found.append(Heading(at, "", title, passage.line))
        elif waiting and len(text) > 90:
            waiting.clear()
    return found


def _numbered_titles(passages: Sequence[Passage], begin: int) -> dict[int, Heading]:
    found, seen, kept = dict[int, Heading](), Counter[int](), Counter[int]()
    asked = False
    for at, passage in enumerate(passages[begin:], begin):
        text = passage.shown
        begins = text[:1].isdigit() or text[:4].lower() in ("item", "agen", "minu", "ref ")
        match = _NUMBERED.fullmatch(text[:400]) if begins else None
        if match is None or passage.cells or passage.column:
            label = action_label(text)
            asked = (label is not None and not label.text) or (asked and _ASKS.match(text) is not None)
            continue
        asked = asked and _ASKS.match(match["title"]) is not None
        if asked or any(one.start == 0 for one in find_days(text[:40], 2000)):
            continue
        number = match["number"].replace(" ", "").rstrip(".)")
        depth = number.count(".")
        seen[depth] += 1
        title = match["title"].strip(" *_")
        styled = (bool(match["word"]) and not _OF_IT.match(title)) or passage.strong or passage.level > 0
        if is_title(replace(passage, text=title, mark=""), numbered=True) or (styled and len(title) < 160):
            kept[depth] += 1
            found[at] = Heading(at, number.lstrip("0") or "0", title.rstrip(" :"), passage.line, level=passage.level)
    paragraphs = {depth for depth, count in seen.items() if kept[depth] * 2 <= count}
    # By its style or its word a numbered title is one also where other numbers only count paragraphs.
    styled_at = {
        at for at in found if passages[at].strong or passages[at].level > 0 or passages[at].text[:4].lower() in ("item", "agen")
    }
    styled_at |= {at for at in found if passages[at].text.isupper() and sum(map(str.isalpha, passages[at].text)) > 4}
    return {at: one for at, one in found.items() if one.number.count(".") not in paragraphs or at in styled_at}


def _plain_headings(passages: Sequence[Passage], begin: int, skip: frozenset[int], have: set[int]) -> list[Heading]:
    found: list[Heading] = []
    for at, (passage, after) in enumerate(pairwise(passages[begin:]), begin):
        body = len(after.text) > 70 or after.mark or action_label(after.text) or (is_title(after) and not after.cells)
        passed = at in skip or at in have or passage.mark or passage.cells or passage.column or not body
        titled = not passed and is_title(passage) and len(passage.text) < 75
        if titled and passage.text.split(maxsplit=1)[0].lower().rstrip(":") not in _END_OF_NOTES:
            found.append(Heading(at, "", passage.text.rstrip(" :"), passage.line))
    return found


def is_title(passage: Passage, *, numbered: bool = False, alone: bool = False) -> bool:
    """Whether the words are a title: short, a capital first, no full stop, no label, no name."""
    text = passage.text.strip(" *_")
    longest = 160 if alone else 110
    if not text or len(text) > longest or len(text.split()) > (30 if alone else 16) or passage.mark or passage.cells:
        return False
    ends_in_stop = text.endswith((".", ";", ",", "?")) and not text.upper().endswith(("A.O.B.", "ETC."))
    if ends_in_stop and not (numbered and len(text.split()) <= 6 and text.endswith(".")) and not (alone and text.endswith(".")):
        return False
    if "[ ]" in text[:8] or not (text[0].isupper() or text[0].isdigit() or text[0] in "\u2018\u201c\"'\u00a3("):
        return False
    if text.startswith("That ") or INITIALS_ALONE.fullmatch(text) or (_NOT_TITLES.match(text) and not numbered and not alone):
        return False
    return not _is_label(text, numbered=numbered or alone)


def _is_label(text: str, *, numbered: bool) -> bool:
    if not numbered and (ACTION.fullmatch(text) or text.lower().rstrip("s.: ") in _ACTIONS_HEADS):
        return True
    if CODED.fullmatch(text) or (not numbered and column_kinds([text])[0] in ("status", "owner", "due")):
        return True
    if text.lower().startswith(_FIELDS) or any(pattern.match(text) for pattern in (UPDATE, DUE, OWNER, DECISION)):
        return True
    label = action_label(text)
    labelled = (label is not None and bool(label.text)) or (HEADER.fullmatch(text) is not None and ":" in text)
    return labelled or (not numbered and "(" in text and looks_like_name(text))


class _Walker:
    """Follows the numbers down the agenda to unique paths: numbers that begin again inside an item hang below it."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.top = Heading(0, "", "", "")
        self.nested = self.headings = 0

    def path(self, heading: Heading) -> str:
        if not heading.number:
            self.headings += 1
            path = f"#{self.headings}"
        elif self._restarts(heading):
            self.nested = int(heading.number)
            path = f"{self.top.number}/{heading.number}"
        else:
            self.top, self.nested, path = heading, 0, heading.number
        unique = next(one for one in chain([path], (f"{path}({tries})" for tries in count(2))) if one not in self.used)
        self.used.add(unique)
        return unique

    def _restarts(self, heading: Heading) -> bool:
        if not heading.number.isdigit() or not self.top.number:
            return False
        if heading.level and self.top.level:
            return heading.level > self.top.level
        number, first = int(heading.number), self.top.number.split(".", maxsplit=1)[0].split("/", maxsplit=1)[0]
        top, other = int(first) if first.isdigit() else 0, heading.alone != self.top.alone
        if self.nested and (other or (number == self.nested + 1 and number != top + 1)):
            return True
        return number <= top and number in (1, self.nested + 1) and (other or number == 1)


def agenda_block(passages: Sequence[Passage]) -> frozenset[int]:
    """The passages of an agenda printed before the notes: numbers and short titles that come again, or a table."""
    start = next((at for at, passage in enumerate(passages[:120]) if passage.text.lower().rstrip(":") in _AGENDAS), None)
    if start is None:
        return frozenset()
    block: list[int] = []
    for at, passage in enumerate(passages[start:], start):
        long = len(passage.text) > 110 or (passage.text.endswith(".") and len(passage.text) > 40)
        again = at > start and any(_same(passage.text, passages[one].text) for one in block if len(passages[one].text) > 4)
        if at > start and passage.level:
            return frozenset({start})
        if (long and not passage.cells) or (again and not passage.cells) or action_label(passage.text) or len(block) > 80:
            break
        block.append(at)
    else:
        return frozenset({start})
    return frozenset(block)


def _same(one: str, other: str) -> bool:
    first, second = ("".join(filter(str.isalpha, text.lower().partition("(")[0])) for text in (one, other))
    return len(first) > 3 and len(second) > 3 and (first == second or (len(first) > 9 and (first in second or second in first)))
