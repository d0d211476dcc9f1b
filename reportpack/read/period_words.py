"""The pieces of which written periods are made, as patterns: months, years, days, financial years, quarters."""

from reportpack import patterns as re
from reportpack.model import period

MONTH = rf"(?:{period.MONTH})\.?"
YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
LONG_YEAR = r"(?:19|20)\d\d"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
FINANCIAL = rf"(?:{LONG_YEAR}\s?[/-]\s?(?:{LONG_YEAR}|\d\d)|'?\d\d/\d\d)(?!\d*[/-]\d)"
FINANCIAL_TEXT = re.compile(FINANCIAL)
CLOCK = r"[t ,]+\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d\d:?\d\d)?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[ ,.]+)?"
QUARTER = r"(?:q|qtr|quarter)\s?[1-4]"
HALF = r"(?:h ?[12]|(?:first|second|1st|2nd) half|half(?: year)? ?[12])"
LETTERS = r"(?:amj|jas|ond|jfm)"  # quarters by the first letters of their months
_WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
WELSH = dict(zip(_WELSH, map(str.lower, period.MONTHS), strict=True))
