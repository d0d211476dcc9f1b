"""When a series meets, from the words of office.toml: `last Tuesday of the month at 10:00, not in August`. docs/meetings.md shows them.

Each clause is taken out of the words as it is understood; whatever is left must say nothing, else the whole is refused. Never a guess."""

from dataclasses import field
from datetime import date, time, timedelta

from reportpack import patterns as re
from reportpack.model.period import add_months
from reportpack.model.recurrence import EVERY_DAY, EVERY_MONTH, WORKING_DAYS, Clash, DayOfMonth, Recurrence, Step
from reportpack.records import Changing
from reportpack.settings.recurrence_rule import read_rule
from reportpack.settings.recurrence_words import (
    PLACES,
    did_you_mean,
    month_number,
    month_pattern,
    number,
    number_pattern,
    place_pattern,
    weekday_number,
    weekday_pattern,
)
from reportpack.toml.text import Reading, WrongValueError, reads

_LONGEST = 1000
EXAMPLE = "Write it such as: last Tuesday of the month at 10:00, not in August."

_DAY_NUMBER = r"(?<![\d/.:-])(?:3[01]|[12]\d|0?[1-9])(?![\d/.:-])(?:st|nd|rd|th)?"
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}|{_DAY_NUMBER}(?: of)? {month_pattern},? \d{{4}})"
_MONTH_OF_YEAR = rf"(?:{month_pattern} \d{{4}}|\d{{4}}-\d{{2}}(?![-\d]))"
_LIST = r"(?:{one})(?:(?:,? and|,? or|,| ?&) (?:the )?(?:{one}))*"
_EXCEPT = r"(?:,? ?\b(?:and|but))?,? ?\b(?:not|never|except|excepting|excluding|without|apart from|other than|no meetings?)\b(?: (?:meeting|for|in|on|during|the|month|of|any))*"
_AT = re.compile(
    r"\b(?:at |from )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?: ?(?P<half>[ap])\.?m\.?)?(?![\d.:/])|\bat (?P<alone>\d{1,2}) ?(?P<half_alone>[ap])\.?m\.?|\bat (?P<noon>noon|midday|12 noon)\b"
)
_NOISE = re.compile(
    r"\b(?:on|the|of|and|a|an|at|in|each|every|month|months|meeting|meetings|meets?|held|is|we|it|day|date|per|then|for|year|quarter|years)\b|[,;.&()]"
)
_AMBIGUOUS = {
    r"\bbi-?month(?:ly)?\b": ("every second month", "second and fourth Thursday of the month"),
    r"\bbi-?week(?:ly)?\b": ("every two weeks", "every Monday and Thursday"),
    r"\bbi-?annual(?:ly)?\b": ("every six months", "every 24 months"),
}


def _read(value: object) -> Recurrence | None:
    if not isinstance(value, str):
        raise WrongValueError
    return read_recurrence(value) if value.strip() else None


reads(Recurrence, Reading('words such as "last Tuesday of the month at 10:00, not in August"', _read, wrong="recurrence-unclear"))


def read_recurrence(words: str) -> Recurrence:
    """The rule that the words say; WrongValueError with what to write where they say none, or two."""
    if len(words) > _LONGEST:
        raise _unclear(f"It has {len(words):,} letters, which no rule needs.")
    if re.search(r"\bFREQ=", words, re.IGNORECASE):
        return read_rule(words)
    try:
        return _Reading(words).recurrence()
    except _NotUnderstoodError as error:
        meant = did_you_mean(words, _is_understood)
        raise WrongValueError(f'Did you mean "{meant}"?' if meant else f"{error}") from None


def _is_understood(words: str) -> bool:
    try:
        _Reading(words).recurrence()
    except WrongValueError:
        return False
    return True


class _NotUnderstoodError(WrongValueError):
    """Some of the words are no words of a rule, so that the nearest ones may be meant."""


def _unclear(why: str) -> WrongValueError:
    return WrongValueError(f"{why} {EXAMPLE}")


class _Reading(Changing):
    """What the words say so far, and what of them is `left`."""

    words: str
    left: str = ""
    every: int = 0
    step: Step = Step.MONTHS
    times: int = 0
    quarters: bool = False
    months: tuple[int, ...] = ()
    left_out_months: set[int] = field(default_factory=set)
    days: list[DayOfMonth] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    start: date | None = None
    end: date | None = None
    left_out: list[date] = field(default_factory=list)
    start_time: time | None = None
    clash: Clash = Clash.NEXT

    def recurrence(self) -> Recurrence:
        """Clause by clause; the order matters, since a later clause would read an earlier one's words as its own."""
        self.left = " ".join(self.words.casefold().replace("–", "-").replace("’", "'").split())
        for clause in (self._refuse_ambiguous, self._clash, self._exceptions, self._bounds, self._time):
            clause()
        for clause in (self._frequency, self._quarters, self._days, self._months, self._weekly):
            clause()
        rest = " ".join(_NOISE.sub(" ", self.left).split())
        if rest:
            raise _NotUnderstoodError(f'"{rest}" is not understood. {EXAMPLE}')
        return self._settled()

    def _says(self, *words: str) -> bool:
        """Whether any of these is in what is left: a look that costs nothing, before patterns that cost a run more than all else here."""
        return any(word in self.left for word in words)

    def _take(self, pattern: str) -> "re.Match[str] | None":
        match = re.fixed(pattern).search(self.left)
        if match is not None:
            self.left = f"{self.left[: match.start()]} {self.left[match.end() :]}"
            self.left = " ".join(self.left.split())
        return match

    def _refuse_ambiguous(self) -> None:
        if not self._says("bi", "every"):
            return
        for pattern, (one, other) in _AMBIGUOUS.items():
            if match := re.fixed(pattern).search(self.left):
                raise WrongValueError(f'"{match[0]}" can mean two things: write "{one}" or "{other}".')
        if match := re.search(rf"\bevery (?:second|third|fourth) {weekday_pattern}\b(?! of)", self.left):
            place, weekday = match[0].split()[1:]
            weeks = {"second": "two", "third": "three", "fourth": "four"}[place]
            raise WrongValueError(
                f'"{match[0]}" can mean two things: write "every {weeks} weeks on {weekday.capitalize()}" or "{place} {weekday.capitalize()} of the month".'
            )

    def _clash(self) -> None:
        if not self._says("or", "else", "otherwise", "if"):
            return
        between = r"(?:,? ?\b(?:or|else|otherwise|if)\b[^;]{0,60}?)"
        days = r"(?:working|week|business|office) ?day"
        tail = r"(?: (?:after|before)(?: (?:it|that))?)?(?:,? if (?:it|that|this) (?:is|falls on) (?:a|an) [a-z ]+| if not)?"
        if self._take(rf"{between} ?\b(?:the )?(?:next|following|first) {days}{tail}"):
            self.clash = Clash.NEXT
        elif self._take(rf"{between} ?\b(?:the )?(?:{days} before|(?:previous|preceding|last) {days}){tail}"):
            self.clash = Clash.BEFORE
        elif self._take(r",? ?\b(?:or|else|otherwise)\b (?:else |is )?(?:not at all|skipped|no meeting|left out|none)\b"):
            self.clash = Clash.SKIP

    def _exceptions(self) -> None:
        """Months and days that are left out. That bank holidays are needs no words."""
        if not self._says("not", "never", "except", "excluding", "without", "apart", "other", "no "):
            return
        self._take(rf"{_EXCEPT} ?(?:bank|public) holidays?")
        one = rf"{_DATE}|{month_pattern}(?! \d)|{_MONTH_OF_YEAR}"
        while match := self._take(rf"{_EXCEPT} (?P<list>{_LIST.format(one=one)})"):
            for found in re.finditer(rf"(?P<date>{_DATE})|(?P<month>{month_pattern})(?! \d)", match["list"]):
                if found["date"]:
                    self.left_out.append(_day(found["date"]))
                else:
                    self.left_out_months.add(month_number(found["month"]))

    def _bounds(self) -> None:
        if not self._says("from", "starting", "beginning", "since", "as of", "until", "till", "to", "ending"):
            return
        if match := self._take(
            rf"\b(?:from|starting|beginning|since|as of|counted from)(?: (?:on|in|with|the|from))* ({_DATE}|{_MONTH_OF_YEAR})"
        ):
            self.start = _day(match[1])
        if match := self._take(rf"\b(?:until|till|to|ending|up to)(?: (?:on|in|the|end of))* ({_DATE}|{_MONTH_OF_YEAR})"):
            self.end = _day(match[1], last=True)

    def _time(self) -> None:
        match = _AT.search(self.left)
        if match is None:
            return
        self.left = " ".join(f"{self.left[: match.start()]} {self.left[match.end() :]}".split())
        hour = 12 if match["noon"] else int(match["hour"] or match["alone"])
        half = match["half"] or match["half_alone"]
        if half and not 1 <= hour <= 12:
            raise _unclear(f'"{match[0].strip()}" is no time.')
        self.start_time = time(hour % 12 + (12 if half == "p" else 0) if half else hour, int(match["minute"] or 0))

    def _frequency(self) -> None:
        if not self._says("every", "each", "ly", "month", "year"):
            return
        if match := self._take(rf"\b(?:every|each) (?P<count>other|{number_pattern}) weeks?\b"):
            self._counted(Step.WEEKS, match["count"])
        elif self._take(r"\bfortnightly\b|\b(?:every|each) fortnight\b"):
            self._counted(Step.WEEKS, "two")
        elif self._take(r"\bweekly\b|\b(?:every|each) week\b"):
            self._counted(Step.WEEKS, "one")
        elif match := self._take(rf"\b(?:of |in )?(?:every|each) (?P<count>other|{number_pattern}|{place_pattern}) months?\b"):
            self._counted(Step.MONTHS, match["count"])
        elif match := self._take(r"\b(?P<count>six|three|two)-monthly\b|\bhalf-yearly\b|\b(?:every|each) half-?year\b"):
            self._counted(Step.MONTHS, match["count"] or "six")
        elif self._take(r"\bmonthly\b|\b(?:every|each) month\b|\b(?:of|in) (?:the|each|every|a) month\b"):
            self.every = self.every or 1
        if match := self._take(
            rf"\b(?:(?P<once>once)|(?P<twice>twice)|(?P<count>{number_pattern}) times) (?:a|per|each|every) year\b|\b(?P<yearly>yearly|annually|(?:every|each) year)\b"
        ):
            self.times = 1 if match["once"] or match["yearly"] else 2 if match["twice"] else number(match["count"])

    def _counted(self, step: Step, words: str) -> None:
        self.step = step
        self.every = 2 if words == "other" else PLACES[words] if words in PLACES else number(words)
        if not 1 <= self.every <= 104:
            raise _unclear(f"Every {self.every} {step} is no rule.")

    def _quarters(self) -> None:
        if not self._says("quarter"):
            return
        if match := self._take(
            rf"\b(?:in |of )?(?:the )?(?P<place>{place_pattern}|middle) month (?:of|in) (?:each|every|the|a) quarter\b"
        ):
            place = 2 if match["place"] == "middle" else PLACES[match["place"]]
            place = place % 4 if place > 0 else 4 + place
            if not 1 <= place <= 3:
                raise _unclear("A quarter has three months.")
            self.months = tuple(range(place, 13, 3))
        elif self._take(r"\b(?:of|in) (?:the|each|every|a) quarter\b|\b(?:every|each) quarter\b"):
            self.quarters = True
        elif self._take(r"\bquarterly\b"):
            self._counted(Step.MONTHS, "three")

    def _days(self) -> None:
        kinds = rf"{weekday_pattern}|(?:working|week|business|office) ?days?|days?\b"
        pattern = rf"(?P<places>{_LIST.format(one=place_pattern)}) (?P<kind>{kinds})"
        while match := self._take(pattern):
            for one in re.finditer(place_pattern, match["places"]):
                self.days.append(_day_of_month(PLACES[one[0]], match["kind"]))
        if re.search(rf"(?:{_DAY_NUMBER})(?: of)? {month_pattern}", self.left) or re.search(r"\d(?:st|nd|rd|th)\b", self.left):
            numbers = _LIST.format(one=_DAY_NUMBER)
            if match := self._take(rf"(?:\bon )?(?:\bthe )?(?P<list>{numbers})(?= of| {month_pattern}|,|$| )"):
                for one in re.finditer(r"\d+", match["list"]):
                    self.days.append(DayOfMonth(int(one[0])))

    def _months(self) -> None:
        if match := self._take(rf"(?:\b(?:in|of) )?\b{_LIST.format(one=month_pattern)}(?! \d)"):
            self.months = tuple(sorted({month_number(one[0]) for one in re.finditer(month_pattern, match[0])}))

    def _weekly(self) -> None:
        """Weekdays without a place in the month: every week."""
        if self.days:
            return
        while match := self._take(rf"(?:\b(?P<other>every other) |\b(?:every|each|on)(?: a)? )?{weekday_pattern}"):
            self.weekdays.append(weekday_number(match[0].split()[-1]))
            if match["other"]:
                self._counted(Step.WEEKS, "two")
        if self.weekdays and self.step is Step.MONTHS:
            if self.every or self.times or self.quarters:
                raise _unclear("It does not say which of the month's days of that name.")
            self._counted(Step.WEEKS, "one")

    def _settled(self) -> Recurrence:
        if self.step is Step.WEEKS and (self.days or self.times or self.quarters):
            raise _unclear("It speaks of weeks and of months at once.")
        if self.quarters:
            self.months = self._months_of_quarters()
        if self.times and not self.months and 12 % self.times == 0 and self.every == 0:
            raise _unclear(f"It does not say in which {'month' if self.times == 1 else 'months'}.")
        if self.times and self.times != len(self.months) * max(len(self.days), 1):
            raise _unclear("How many times a year it says, and the months it names, do not agree.")
        if not (self.days or self.weekdays or self.months or self.every):
            raise _unclear("It does not say when.")
        if self.step is Step.WEEKS and not self.weekdays:
            if self.start is None:
                raise _unclear("It does not say on which day of the week.")
            self.weekdays.append(self.start.weekday())
        if self.start and self.end and self.end < self.start:
            raise _unclear("It ends before it begins.")
        months = tuple(one for one in self.months or EVERY_MONTH if one not in self.left_out_months)
        if not months:
            raise _unclear("It leaves no month.")
        days, weekdays = tuple(dict.fromkeys(self.days)), tuple(sorted(set(self.weekdays)))
        bounds = (self.start, self.end, tuple(self.left_out), self.start_time, self.clash)
        return Recurrence(" ".join(self.words.split()), self.step, self.every or 1, days, weekdays, months, *bounds)

    def _months_of_quarters(self) -> tuple[int, ...]:
        """The first Monday of a quarter is in its first month, the last one in its last."""
        ends = {one.place < 0 for one in self.days}
        if len(ends) != 1 or any(one.weekdays == EVERY_DAY and abs(one.place) > 28 for one in self.days):
            raise _unclear("It does not say in which month of the quarter.")
        return (3, 6, 9, 12) if ends.pop() else (1, 4, 7, 10)


def _day_of_month(place: int, kind: str) -> DayOfMonth:
    if kind.startswith("day"):
        return DayOfMonth(place)
    if re.match(r"(?:working|week|business|office) ?day", kind):
        return DayOfMonth(place, WORKING_DAYS, working=True)
    return DayOfMonth(place, (weekday_number(kind),))


def _day(words: str, *, last: bool = False) -> date:
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)|\bof\b|,", " ", words)
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    try:
        if match := re.search(month_pattern, text):
            year, day = numbers[-1], numbers[0] if len(numbers) == 2 else 0
            month = month_number(match[0])
        elif re.match(r"\d{4}", text):
            year, month, day = (*numbers, 0)[:3]
        else:
            day, month, year = numbers
        first = date(year, month, day or 1)
        return add_months(first, 1) - timedelta(days=1) if last and not day else first
    except (ValueError, OverflowError):
        raise _unclear(f'"{words}" is no date.') from None
