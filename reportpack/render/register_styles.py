"""Which of a workbook's cell styles show a date, so that a day is written as one where the column holds days."""

from datetime import date
from typing import Any

from reportpack import patterns as re
from reportpack.records import dataclass

_BUILT_IN_DATES = {*range(14, 18), 22}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class DateStyles:
    """The indexes of the styles that show a whole date."""

    indexes: frozenset[int]

    @classmethod
    def of(cls, styles: Any) -> "DateStyles":
        """From the root of styles.xml."""
        codes = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
        formats = next(iter(styles.iter("{*}cellXfs")), ())
        return cls(frozenset(index for index, one in enumerate(formats) if _shows_date(int(one.get("numFmtId", "0")), codes)))

    def serial(self, day: date | None, style: str | None) -> int | None:
        """Excel's number for a day, where the style would show it as one."""
        if day is None or style is None or not style.isdigit() or int(style) not in self.indexes:
            return None
        return (day - date(1899, 12, 30)).days if day > date(1900, 3, 1) else None


def _shows_date(number: int, codes: dict[int, str]) -> bool:
    if number not in codes:
        return number in _BUILT_IN_DATES
    code = _QUOTED.sub("", codes[number]).lower()
    return "d" in code and "m" in code and "y" in code
