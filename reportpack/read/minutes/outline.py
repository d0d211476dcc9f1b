"""The agenda as the notes follow it: items with numbers that are unique (`2.1/5`), whatever the layout did to them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedItem
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.labels import ACTION, CODED, DECISION, DUE, HEADER, ITEM_NUMBER, OWNER, UPDATE, action_label
from reportpack.read.minutes.people import looks_like_name
from reportpack.read.minutes.tables import column_kinds
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

_NUMBERED = re.compile(
    r"(?i)(?:(?P<word>agenda item|item|minute|ref)\s*)?(?P<number>\d{1,3}(?:\.\s?\d{1,2}){0,3}(?:[ivx]{1,4}\)?|[a-z]\))?)[.):]{0,2}(?P<gap>\s+|(?<=[:.)])\s*)(?P<title>\S.*)"
)
_REFERENCE = re.compile(r"(?i)ref:? (?P<number>\d{1,3})(?:/\d{1,2}){2}/\d{2,4}")
_NIL = listed(
    "there was were no item items other business matters further update updates discussion nil none raised reported nothing to report note of any this month ."
)
_NOT_TITLES = re.compile(
    r"(?i)(?:to(?! do\b)|that|the (?:pcc|cc)|and|but|who|which|resolved|minutes|witnesses)\b|[^:]{0,80}\bfollowing\b.{0,60}:$|(?:progress|updates?) (?:was|were) "
)
_ASKS = re.compile(r"(?:[@\w][\w/&,.'\u2019 -]{0,70}? (?:to|will|must|should) [a-z]|[A-Z][a-z]+ [a-z]+ )")
_ACTIONS_HEADS = ("open action", "outstanding action", "previous action", "live action")
_AGENDAS = ("agenda", "agenda item", "agenda items")
INITIALS_ALONE = re.compile(r"[A-Z]{2}(?:\s?[/,&]\s?[A-Z]{2,3})*")
_FIELDS = ("type:", "date:", "time:", "dates:", "times:", "venue:", "place:", "location:")
_END_OF_NOTES = listed("notes key glossary distribution circulation signed appendix annex")


@dataclass(frozen=True, slots=True)
class Heading:
    """Where an item begins: the index of its passage, its number as printed, its style, its title; `level` where the file says one."""

    at: int
    number: str
    title: str
    line: str
    alone: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
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
        item = self.item_at(index)
        return item.path if item else None

    def item_of_line(self, passages: Sequence[Passage], line: str) -> str | None:
        """The path of the item in which a numbered line stands; for words from a right-hand column."""
        if not line.isdigit():
            return None
        number, path = int(line), None
        for item, start in zip(self.items, self.starts, strict=True):
            if passages[start].line.isdigit() and int(passages[start].line) <= number:
                path = item.path
        return path


def outline_of(passages: Sequence[Passage], begin: int, stop_names: frozenset[int]) -> Outline:
    """Items from the passages; `begin` is where the attendance has ended, `stop_names` the passages that are attendance or agenda."""
    headings = [heading for heading in _headings(passages, begin) if heading.alone or heading.at not in stop_names]
    if not headings or all(not heading.number for heading in headings):
        plain = _plain_headings(passages, begin, stop_names, {heading.at for heading in headings})
        headings = sorted((*headings, *plain), key=lambda heading: heading.at)
    walker = _Walker()
    items: list[NotedItem] = []
    ends = [*(one.at for one in headings[1:]), len(passages)]
    for heading, after in zip(headings, ends, strict=False):
        nil = any(_is_nil(passage.text) for passage in passages[heading.at + 1 : min(after, heading.at + 5)])
        items.append(NotedItem(walker.path(heading), heading.title, heading.line, nil))
    starts = tuple(heading.at for heading in headings)
    return Outline(tuple(items), starts, frozenset(starts))


def _is_nil(text: str) -> bool:
    """Whether a passage says that there was nothing: `None raised`, `There were no further items`."""
    low = words_of(text).low if len(text) < 60 else []
    return not {"no", "nil", "none", "nothing"}.isdisjoint(low[:3]) and _NIL.issuperset(low)


def _headings(passages: Sequence[Passage], begin: int) -> list[Heading]:
    found: list[Heading] = []
    waiting: list[str] = []
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
    found: dict[int, Heading] = {}
    seen: dict[int, int] = {}
    kept: dict[int, int] = {}
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
        if asked:
            continue
        days = find_days(text[:40], 2000)
        if days and days[0].start == 0:
            continue
        number = match["number"].replace(" ", "").rstrip(".)")
        depth = number.count(".")
        seen[depth] = seen.get(depth, 0) + 1
        title = match["title"].strip(" *_")
        styled = bool(match["word"]) or passage.strong or passage.level > 0
        if is_title(replace(passage, text=title, mark=""), numbered=True) or (styled and len(title) < 160):
            kept[depth] = kept.get(depth, 0) + 1
            found[at] = Heading(at, number.lstrip("0") or "0", title.rstrip(" :"), passage.line, level=passage.level)
    paragraphs = {depth for depth, count in seen.items() if kept.get(depth, 0) * 2 <= count}
    return {at: one for at, one in found.items() if one.number.count(".") not in paragraphs or _stands_out(passages[at])}


def _stands_out(passage: Passage) -> bool:
    """Whether a numbered title is one by its style or its word, also where other numbers only count paragraphs."""
    capitals = passage.text.isupper() and sum(map(str.isalpha, passage.text)) > 4
    return passage.strong or passage.level > 0 or capitals or passage.text[:4].lower() in ("item", "agen")


def _plain_headings(passages: Sequence[Passage], begin: int, skip: frozenset[int], have: set[int]) -> list[Heading]:
    found: list[Heading] = []
    for at, passage in enumerate(passages[begin:-1], begin):
        after = passages[at + 1]
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
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "\u2018\u201c\"'\u00a3("):
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
    header = HEADER.fullmatch(text)
    labelled = (label is not None and bool(label.text)) or (header is not None and ":" in text)
    return labelled or (not numbered and "(" in text and looks_like_name(text))


class _Walker:
    """Follows the numbers down the agenda to unique paths: numbers that begin again inside an item hang below it."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.top = ""
        self.nested = 0
        self.top_alone = False
        self.top_level = 0
        self.headings = 0

    def path(self, heading: Heading) -> str:
        if not heading.number:
            self.headings += 1
            return self._unique(f"#{self.headings}")
        if self._restarts(heading):
            self.nested = int(heading.number)
            return self._unique(f"{self.top}/{heading.number}")
        self.top, self.nested, self.top_alone, self.top_level = heading.number, 0, heading.alone, heading.level
        return self._unique(heading.number)

    def _restarts(self, heading: Heading) -> bool:
        if not heading.number.isdigit() or not self.top:
            return False
        if heading.level and self.top_level:
            return heading.level > self.top_level
        number, first = int(heading.number), self.top.split(".", maxsplit=1)[0].split("/", maxsplit=1)[0]
        top = int(first) if first.isdigit() else 0
        if self.nested and heading.alone != self.top_alone:
            return True
        if self.nested and number == self.nested + 1 and number != top + 1:
            return True
        return number <= top and number in (1, self.nested + 1) and (heading.alone != self.top_alone or number == 1)

    def _unique(self, path: str) -> str:
        tries, wanted = 2, path
        while path in self.used:
            path = f"{wanted}({tries})"
            tries += 1
        self.used.add(path)
        return path


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
