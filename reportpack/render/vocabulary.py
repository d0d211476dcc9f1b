"""The vocabulary of the page source, one line an element: what it may hold, its attributes, and what their values look like.

docs/page-source.md says the same in words; a test compares the two."""

from collections.abc import Iterable

from reportpack import patterns as re
from reportpack.records import Record

VERSION = "1"
MAXIMUM_DEPTH = 64
MAXIMUM_LENGTH = 256_000_000
MAXIMUM_COLUMNS = 300
MAXIMUM_GROUPS = 32
MAXIMUM_DRAWN = 50_000

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"

META_NAMES = frozenset((
    "marking", "running-title", "version", "edition", "author", "description", "keywords", "date", "page-source", "appendix",
    "audience",
))  # fmt: skip

INLINE = frozenset(["data", "a", "strong", "em", "abbr", "time", "q", "span", "br", "svg", "img"])
BLOCKS = frozenset(["section", "h1", "h2", "h3", "h4", "p", "ul", "ol", "dl", "aside", "figure", "table", "hr"])
HEADINGS = ("h1", "h2", "h3", "h4")
ALIGNED = ("number", "right", "centre")  # Classes of cells and columns.
COLUMNS = 12  # Of the page, side by side.
_COMMON = frozenset(("id", "class", "lang", "data-source"))
_NOTHING: frozenset[str] = frozenset()


class Kind(Record):
    """An element: its name, what it may hold, whether words may stand in it, its attributes and those it must have."""

    tag: str
    holds: frozenset[str]
    words: bool = False
    attributes: frozenset[str] = _COMMON
    required: tuple[str, ...] = ()


def _kind(tag: str, holds: str | frozenset[str] = "", attributes: str = "", required: str = "", *, words: bool = False) -> Kind:
    inside = frozenset(holds.split()) if isinstance(holds, str) else holds
    must = tuple(required.split())
    return Kind(tag, inside, words, _COMMON | frozenset(attributes.split()) | frozenset(must), must)


_PAINT = (
    "transform fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-miterlimit fill-rule opacity"
    " fill-opacity stroke-opacity font-size font-weight font-style font-family text-anchor aria-hidden role"
)
_DRAWN = "g path line polyline polygon rect circle text title desc"
_TEXT = f"{_PAINT} x y dx dy data-value"

_XHTML_KINDS = (
    Kind("html", frozenset(("head", "body")), attributes=frozenset(("lang",)), required=("lang",)),
    Kind("head", frozenset(("title", "meta")), attributes=_NOTHING),
    Kind("title", _NOTHING, words=True, attributes=_NOTHING),
    Kind("meta", _NOTHING, attributes=frozenset(("name", "content", "charset"))),
    Kind("body", frozenset(("section",)), attributes=_NOTHING),
    _kind("section", BLOCKS),
    *(_kind(tag, INLINE, words=True) for tag in (*HEADINGS, "dt", "figcaption", "caption", "strong", "em", "q", "span")),
    *(_kind(tag, INLINE | BLOCKS - {"section"}, words=True) for tag in ("li", "dd", "aside")),
    _kind("p", INLINE, "data-lines", words=True),
    _kind("ul", "li"),
    _kind("ol", "li", "start"),
    _kind("dl", "dt dd"),
    _kind("figure", "svg img table figcaption", "aria-details"),
    _kind("hr"),
    _kind("table", "caption colgroup thead tbody tfoot"),
    _kind("colgroup", "col"),
    _kind("col", attributes="span data-width"),
    *(_kind(part, "tr") for part in ("thead", "tbody", "tfoot")),
    _kind("tr", "th td"),
    _kind("th", INLINE | BLOCKS - {"section"}, "scope colspan rowspan", words=True),
    _kind("td", INLINE | BLOCKS - {"section"}, "colspan rowspan data-lines", words=True),
    _kind("data", INLINE, required="value data-source", words=True),
    _kind("a", INLINE - {"a"}, required="href", words=True),
    _kind("abbr", INLINE, required="title", words=True),
    _kind("time", INLINE, required="datetime", words=True),
    _kind("br"),
    _kind("img", attributes="width height", required="src alt"),
)
_SVG_KINDS = (
    _kind("svg", _DRAWN, f"{_PAINT} width height aria-labelledby focusable", "viewBox"),
    _kind("g", _DRAWN, _PAINT),
    _kind("path", "title desc", _PAINT, "d"),
    _kind("line", "title desc", f"{_PAINT} x1 y1 x2 y2"),
    *(_kind(tag, "title desc", _PAINT, "points") for tag in ("polyline", "polygon")),
    _kind("rect", "title desc", f"{_PAINT} x y rx ry", "width height"),
    _kind("circle", "title desc", f"{_PAINT} cx cy", "r"),
    *(_kind(tag, "tspan title desc", _TEXT, words=True) for tag in ("text", "tspan")),
    *(_kind(tag, words=True) for tag in ("title", "desc")),
)
KINDS: dict[str, Kind] = {
    f"{space} {kind.tag}": kind for space, kinds in ((XHTML, _XHTML_KINDS), (SVG, _SVG_KINDS)) for kind in kinds
}

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_NUMBERS = rf"\s*{_NUMBER}(?:(?:\s*,\s*|\s+){_NUMBER})*\s*"
_POSITIVE = r"[1-9]\d{0,3}"
_COLOUR = r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|none|currentColor"
_IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_.\-]{0,199}"
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:\d{2})?"

_WHOLE = "a whole number from 1"
_ONE_NUMBER = "a number without a unit"
_MEASURES = (
    *("x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "width", "height", "font-size"),
    *("stroke-width", "stroke-miterlimit", "opacity", "fill-opacity", "stroke-opacity"),
)
_SHAPES: tuple[tuple[str, str, str], ...] = (
    ("id", _IDENTIFIER, "letters, digits, - _ and ., beginning with a letter"),
    ("aria-details", _IDENTIFIER, "the id of the table of its numbers"),
    ("lang", r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}", "a language code such as en-GB, cy or pl"),
    (
        "data-source",
        rf"{_IDENTIFIER}(?:![^\s!]+)?(?:\s+{_IDENTIFIER}(?:![^\s!]+)?)*",
        "references such as s3!C12, separated by spaces",
    ),
    *(
        (name, r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?", "the number itself, such as 1234.5")
        for name in ("value", "data-value")
    ),
    ("href", r"#.+|https?://[^\s]+|mailto:[^\s]+", "#id, https:, http: or mailto:"),
    (
        "datetime",
        rf"{_DAY}(?:[T ]{_CLOCK})?|\d{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_CLOCK}",
        "a date or time such as 2019-05-28 or 10:30",
    ),
    ("scope", "col|row|colgroup|rowgroup", "col, row, colgroup or rowgroup"),
    ("colspan", _POSITIVE, _WHOLE),
    ("rowspan", r"[1-9]\d{0,5}", _WHOLE),
    ("span", _POSITIVE, _WHOLE),
    ("start", r"\d{1,6}", "a whole number"),
    ("data-lines", r"[1-9]|[1-3]\d|40", "a whole number from 1 to 40"),
    ("data-width", r"(?:100|\d{1,2})(?:\.\d+)?%?", "per cent of the table's width, such as 15"),
    ("viewBox", rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER}){{3}}\s*", "four numbers"),
    ("points", rf"(?:{_NUMBERS})?", "pairs of numbers"),
    *((name, _COLOUR, "#rgb, #rrggbb, none or currentColor") for name in ("fill", "stroke")),
    ("stroke-dasharray", rf"none|{_NUMBERS}", "numbers, or none"),
    ("stroke-linecap", "butt|round|square", "butt, round or square"),
    ("stroke-linejoin", "miter|round|bevel", "miter, round or bevel"),
    ("fill-rule", "nonzero|evenodd", "nonzero or evenodd"),
    ("text-anchor", "start|middle|end", "start, middle or end"),
    ("font-weight", "normal|bold|[1-9]00", "normal, bold or 100 to 900"),
    ("font-style", "normal|italic|oblique", "normal or italic"),
    ("aria-hidden", "true|false", "true or false"),
    ("role", "img|presentation|none|group", "img, group, presentation or none"),
    *((name, _NUMBER, _ONE_NUMBER) for name in _MEASURES),
)
VALUES: dict[str, tuple[re.Pattern[str], str]] = {name: (re.compile(pattern), shape) for name, pattern, shape in _SHAPES}


def span_of(classes: Iterable[str]) -> int:
    """How many of the page's columns a part of `columns` takes, by its class `span-4`; 0 where it does not say."""
    named = (one.removeprefix("span-") for one in classes if one.startswith("span-"))
    return next((int(one) for one in named if one.isdecimal() and 1 <= int(one) <= COLUMNS), 0)
