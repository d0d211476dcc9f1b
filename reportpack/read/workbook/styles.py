"""The number format of each cell style of an xlsx (`` stands for General), and which are struck through."""

from reportpack.read.workbook.markup import openings
from reportpack.read.workbook.number_formats import BUILT_IN, GENERAL


def read_styles(data: bytes) -> tuple[str, ...]:
    """In the order in which cells number them. Raises DamagedError."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    for parent, name, attributes in openings(data, {"numFmt", "xf"}):
        if name == "numFmt" and parent == "numFmts":
            own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and parent == "cellXfs":
            numbers.append(_number(attributes.get("numFmtId")))
    return tuple(code_of(number, own) for number in numbers)


def struck_styles(data: bytes) -> frozenset[int]:
    """The numbers of the cell styles whose font is struck through. Raises DamagedError."""
    fonts: list[bool] = []
    inside = False
    styles: list[int] = []
    for parent, name, attributes in openings(data, {"font", "strike", "xf"}):
        if name == "font":
            inside = parent == "fonts"
            fonts += [False] * inside
        elif name == "strike" and inside and parent == "font":
            fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and parent == "cellXfs":
            styles.append(_number(attributes.get("fontId")))
    return frozenset(style for style, font in enumerate(styles) if font < len(fonts) and fonts[font])


def code_of(number: int, own: dict[int, str]) -> str:
    """The code for a number format's id; a workbook's own codes go before the built-in ones."""
    code = own.get(number) or BUILT_IN.get(number, "")
    return "" if code.lower() == GENERAL.lower() else code


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0
