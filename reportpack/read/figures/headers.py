"""What stands above each column of figures: one to three rows, merged or not, read into measure, period, area and unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from reportpack import patterns as re
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.calendars import NOTHING, Moment, heading_context, read_together
from reportpack.read.figures.labels import CODE, TIME_ONLY, TOTAL_HEADING, clean_label, is_area, is_total
from reportpack.read.figures.meanings import is_only_unit, unit_of
from reportpack.read.figures.sheet_view import MARK, NUMBER, View
from reportpack.read.figures.titles import find_periods, points_within, title_period
from reportpack.read.grid import CellValue, cell_name
from reportpack.read.periods import plain_text, read_period
from reportpack.records import Record

Rows = list[list[CellValue]]
_CHANGE = re.compile(r"(?i)\b(?:change|difference|compared|variance|increase|decrease|movement|versus|vs)\b")
_TO_DATE = re.compile(r"(?i)\bf?y?ytd\b|\bto date\b")
_MONTH = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_AS_AT = re.compile(r"(?i)^(?:as )?(?:at|of)\b:?$")
GENERIC = re.compile(r"(?i)values?|figures?|amount|data|results?|obs_value|observation|v4_0|measure value")
"""Headings that say no more than that figures stand below."""


class Head(Record):
    """What stands above one column of figures."""

    labels: tuple[str, ...] = ()
    moment: Moment = NOTHING
    area: str | None = None
    unit: Unit | None = None
    total: bool = False
    relative: str = ""  # "previous year", "month before": a period told only by how it lies to the table's
    words: tuple[tuple[str, str], ...] = ()  # every text of the header over the column, and its cell; the nearest first


_LAST, _AGO, _TO = r"(?:last|previous|prior)", r"(?:ago|earlier|before)", r"(?:f?ytd|year to date)"
_RELATIVE = {
    "same month last year": rf"same (?:month|period|time|quarter) {_LAST} year|{_LAST} year (?:same )?(?:month|period|quarter)",
    "year to date before": rf"{_LAST} (?:year(?:'s)? )?{_TO}|{_TO} {_LAST} year|pytd",
    "year before": rf"{_LAST} (?:financial |calendar )?year|(?:a )?year {_AGO}|(?:12|twelve) months {_AGO}|(?:previous|prior) 12 months",
    "month before": rf"{_LAST} month",
    "quarter before": rf"{_LAST} quarter",
    "before": rf"{_LAST} period",
    "year to date": rf"(?:this )?(?:financial |fy ?)?{_TO}(?: this year)?",
    "month": r"(?:this|current|in|latest) month|month",
    "this": r"(?:this|current) (?:period|quarter|year|financial year)",
}
_RELATIVES = tuple((name, re.compile(pattern)) for name, pattern in _RELATIVE.items())


def relative_of(labels: Sequence[str]) -> str:
    """Which of the table's periods a heading speaks of by its place alone: "Same month last year"."""
    texts = [re.sub(r"\s*\([^()]*\)$|[.:*]+$", "", label.lower().replace("\u2019", "'")).strip() for label in labels]
    return next((name for name, pattern in _RELATIVES for text in texts if pattern.fullmatch(text)), "")


def header_rows(view: View, block: Block) -> Rows:
    """The header's cells for each column from left to right; merged and spanning ones filled into the columns that they cover."""
    rows = [[view.sheet.value(row, column) for column in range(block.left, block.right + 1)] for row in block.header_rows]
    rows = [[None if isinstance(value, str) and not value.strip() else value for value in row] for row in rows]
    for place, row in enumerate(block.header_rows):
        _spread(view, block, rows, place, row)
    return rows


def _spread(view: View, block: Block, rows: Rows, place: int, row: int) -> None:
    few = block.data_rows[:12]
    numeric = (
        sum(view.kind(one, column) in (NUMBER, MARK) for one in few) * 2 > len(few)
        for column in range(block.left, block.right + 1)
    )
    first = next((place for place, mostly in enumerate(numeric) if mostly), 0)
    over = (merge for merge in view.sheet.merges if merge.top <= row <= merge.bottom)
    merged = [merge for merge in over if merge.right > merge.left and merge.left <= block.right]
    line = rows[place]
    for merge in merged:
        if merge.top == row and merge.left >= block.left:
            for column in range(merge.left, min(merge.right, block.right) + 1):
                line[column - block.left] = line[merge.left - block.left]
    filled = [value for value in line if value is not None]
    if not merged and place < len(rows) - 1:
        late = sum(number > block.data_rows[0] for number in block.header_rows)
        _carry_right(line, rows[place + 1 : len(rows) - late] or rows[place + 1 :], first)
    elif len(filled) == 1 and isinstance(filled[0], str) and is_only_unit(clean_label(filled[0])):
        start = line.index(filled[0])
        line[start:] = [filled[0]] * (len(line) - start)
    units = [value for value in line[:first] if isinstance(value, str) and is_only_unit(clean_label(value))]
    if place < len(rows) - 1 and len(units) == 1 and all(value is None or value == units[0] for value in line[first:]):
        # The one unit of a header row that stands over the labels ("Rate per 1,000 population") is that of every column of figures.
        line[:] = [*(None if value == units[0] else value for value in line[:first]), *units * (len(line) - first)]


def _carry_right(line: list[CellValue], below: Sequence[list[CellValue]], first: int) -> None:
    """A label over several columns stands at the first; the columns it covers have labels of their own below."""
    carried: CellValue = None
    start = first
    for index, value in enumerate(line[first:], first):
        if value is not None:
            carried, start = value, index
        elif carried is not None and any(row[index] is not None for row in below):
            own, other = below[0][start], below[0][index]
            wraps = other is None or (_goes_on(own) and isinstance(other, str) and other.strip()[:1].isupper())
            line[index] = None if own is not None and wraps else carried  # "Number", "of jobs" says nothing of the next column


def _goes_on(value: CellValue) -> bool:
    text = value.strip() if isinstance(value, str) else ""
    return text[:1].islower() or text.startswith("(")


def read_heads(
    view: View, block: Block, figures: Sequence[int], title: str, notes: frozenset[int], office: frozenset[str]
) -> dict[int, Head]:
    """What stands above each of the columns of figures."""
    rows = header_rows(view, block)
    places = [column - block.left for column in figures]
    of_areas = []
    for row in rows:
        distinct = {text for place in places if isinstance(text := row[place], str) and not is_only_unit(text)}
        areas = sum(is_area(text, office) for text in distinct)
        of_areas.append(areas >= 2 and areas * 2 >= len(distinct))
    moments = _moments_by_column(rows, of_areas, places, view, block, title)
    codes = {index for index, row in enumerate(rows) if _only_codes(row, places)}
    texts = [{clean_label(value) for place in places if isinstance(value := row[place], str)} for row in rows]
    uniform = {index for index, one in enumerate(texts) if len(one) == 1 < len(places) and is_only_unit(next(iter(one)))}
    heads = {}
    for silent in (codes | uniform, codes):
        for position, place in enumerate(places):
            heads[block.left + place] = _head(rows, of_areas, silent, place, moments[position], notes)
        if len({(head.labels, head.moment, head.area) for head in heads.values()}) == len(heads):
            break
    words = {column: _words_over(view, block, rows, column) for column in heads}
    told = _told_apart(heads)
    return {column: replace(head, words=words[column], relative=relative_of(head.labels)) for column, head in told.items()}


def _words_over(view: View, block: Block, rows: Rows, column: int) -> tuple[tuple[str, str], ...]:
    """The header's texts over a column with the cells that hold them, the lowest first; one that spans several stands left of it."""
    found = []
    for index in range(len(rows) - 1, -1, -1):
        text = rows[index][column - block.left]
        if isinstance(text, str) and text.strip():
            row, place = block.header_rows[index], column
            while place > block.left and view.sheet.value(row, place) is None:
                place -= 1
            found.append((text, cell_name(row, place)))
    return tuple(found)


def _moments_by_column(
    rows: Rows, of_areas: Sequence[bool], places: Sequence[int], view: View, block: Block, title: str
) -> list[tuple[Moment, frozenset[int]]]:
    found: list[tuple[Moment, frozenset[int]]] = [(NOTHING, frozenset())] * len(places)
    beside: list[Period | None] = [None] * len(places)
    context = heading_context(title)  # "year ending March" or "as at 31 March" tells what the years of the header are
    titled = (context.year_ends or context.as_at) and len(title) < 400
    for index, row in enumerate(rows):
        if of_areas[index]:
            continue
        values = [row[place] for place in places]
        formats = [view.sheet.format(block.header_rows[index], block.left + place) for place in places]
        heading = " ".join(str(row[place]) for place in range(places[0]) if isinstance(row[place], str)) if places else ""
        for position, moment in enumerate(read_together(values, formats, title if titled else heading, beside)):
            if moment.tells:
                found[position] = (moment, found[position][1] | {index})
                beside[position] = moment.period if moment.period and moment.period.months == 12 else beside[position]
    for position, (moment, telling) in enumerate(found):
        texts = chain((row[places[position]] for row in rows), block.titles)
        above = any(isinstance(text, str) and _AS_AT.match(clean_label(text).rstrip(":")) for text in texts)
        if above and moment.period is not None and moment.period.months:
            found[position] = (Moment(Period(moment.period.end, 0, 0)), telling)
    return found


def _only_codes(row: Sequence[CellValue], places: Sequence[int]) -> bool:
    """A row of series codes under the names says nothing to a reader."""
    texts = [value for place in places if isinstance(value := row[place], str)]
    if len(texts) < 2 or len(set(texts)) < len(texts) or not any(character.isdigit() for character in "".join(texts)):
        return False
    return all(CODE.fullmatch(text.strip()) and text.isupper() and (len(text) > 3 or not text.isalpha()) for text in texts)


def _head(
    rows: Rows,
    of_areas: Sequence[bool],
    uniform: set[int],
    place: int,
    told: tuple[Moment, frozenset[int]],
    notes: frozenset[int],
) -> Head:
    moment, by = told
    labels: list[str] = []
    unit, strong, area = None, False, None
    for index, row in enumerate(rows):
        if (value := row[place]) is None or index in by:
            continue
        whole = isinstance(value, float) and value.is_integer()
        shown = value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else f"{value:.0f}" if whole else str(value)
        text = clean_label(value, notes) if isinstance(value, str) else shown
        if of_areas[index] and isinstance(value, str):
            area = text
            continue
        if not strong:
            unit, strong = unit_of(text) or unit, is_only_unit(text) and unit_of(text) is not None
        if moment.tells and TIME_ONLY.fullmatch(text):
            continue
        if index in uniform or _AS_AT.match(text.rstrip(":")) or (labels and labels[-1] == text):
            continue
        if labels and _goes_on(value) and not is_only_unit(text):
            text = f"{labels.pop()} {text}"
        labels.append(text)
    if moment is NOTHING:
        moment, labels = _within_labels(labels)
    elif moment.period is not None and any(_CHANGE.search(label) for label in labels):
        moment, labels = _later_of_comparison(moment, labels, [rows[index][place] for index in by])
    total = (bool(labels) and TOTAL_HEADING.fullmatch(labels[-1].lower()) and len(rows[0]) > 2) or (
        area is not None and is_total(area)
    )
    return Head(tuple(labels), moment, area, unit, total)


def _later_of_comparison(moment: Moment, labels: list[str], told: Sequence[CellValue]) -> tuple[Moment, list[str]]:
    """ "% change Jan '19 to Dec '19 compared with" above "Jan '18 to Dec '18" is of the later; the earlier stays in the label."""
    named = [period for label in labels if _CHANGE.search(label) for period in find_periods(label)]
    later = max(named, key=lambda period: period.end, default=moment.period)
    if later is None or moment.period is None or later.end <= moment.period.end:
        return moment, labels
    return Moment(later), [*labels, *(clean_label(value) for value in told if isinstance(value, str))]


def _within_labels(labels: list[str]) -> tuple[Moment, list[str]]:
    """A period that stands inside a label: "Offences 2018/19", "Change between 2015 and 2016" (the later of the two)."""
    for index in range(len(labels) - 1, -1, -1):
        text = labels[index]
        if _TO_DATE.search(text) or not any(character.isdigit() for character in text):
            continue
        if _CHANGE.search(text):
            months = [one for one in find_periods(text) if one.months < 13] if _MONTH.search(text) else []
            if points := months or points_within(text):
                return Moment(max(points, key=lambda period: period.end)), labels
        elif (period := title_period(text)) is not None:
            return Moment(period), [*labels[:index], *filter(None, [without_period(text)]), *labels[index + 1 :]]
    return NOTHING, labels


def without_period(text: str) -> str:
    """A label without the one period that stands in it at its start or end; the label as it is when it stands in the middle."""
    if len(text) > 300:
        return text
    for match in re.finditer(r"\s+|^", text):
        head, tail = text[: match.start()], text[match.end() :]
        if len(find_periods(tail)) == 1 and title_period(tail) and read_period(plain_text(tail).strip("()")) is not None:
            return head.strip(" -:,(")
        if head and read_period(plain_text(head).strip("()")) is not None:
            return tail.strip(" -:,)")
    return text


def _told_apart(heads: dict[int, Head]) -> dict[int, Head]:
    """A label that several columns share ("Quantity") belongs to the nearest column before it with a label of its own."""
    counts = Counter((head.labels, head.moment, head.area) for head in heads.values())
    done: dict[int, Head] = {}
    owner: Head | None = None
    for column, head in heads.items():
        done[column] = head
        if counts[(head.labels, head.moment, head.area)] < 2:
            owner = head
        elif owner is not None and head.labels:
            labels = head.labels if owner.moment.tells and not head.moment.tells else (*owner.labels, *head.labels)
            moment = head.moment if head.moment.tells else owner.moment
            done[column] = Head(labels, moment, head.area or owner.area, head.unit, head.total)
    return done
