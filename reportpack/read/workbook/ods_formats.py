"""How an OpenDocument file shows its numbers, as the codes that Excel has for the same thing."""

from collections.abc import Callable, Mapping
from dataclasses import field

from reportpack.read.workbook.markup import Attributes
from reportpack.records import Changing

_STYLES = {"number-style", "percentage-style", "currency-style", "date-style", "time-style", "boolean-style", "text-style"}


def _number(attributes: Attributes) -> str:
    decimals = _count(attributes.get("number:decimal-places"))
    whole = "0" * min(_count(attributes.get("number:min-integer-digits"), 1), 15) or "#"
    if attributes.get("number:grouping") == "true":
        whole = "#,##" + whole if len(whole) == 1 else "#,#" + whole
    return whole + ("." + "0" * decimals if decimals else "")


def _long(short: str, full: str) -> Callable[[Attributes], str]:
    return lambda attributes: full if attributes.get("number:style") == "long" else short


_PIECES: Mapping[str, Callable[[Attributes], str]] = {
    "number": _number,
    "scientific-number": lambda attributes: _number(attributes) + "E+00",
    "fraction": lambda _: "# ?/?",
    "day": _long("d", "dd"),
    "day-of-week": _long("ddd", "dddd"),
    "month": lambda given: _long("m", "mm")(given) + ("mm" if given.get("number:textual") == "true" else ""),
    "year": _long("yy", "yyyy"),
    "hours": _long("h", "hh"),
    "minutes": _long("m", "mm"),
    "seconds": lambda given: (
        _long("s", "ss")(given) + ("." + "0" * places if (places := _count(given.get("number:decimal-places"))) else "")
    ),
    "am-pm": lambda _: "AM/PM",
    "text-content": lambda _: "@",
}


def _count(text: str | None, otherwise: int = 0) -> int:
    return min(int(text), 20) if text and text.isdecimal() and len(text) < 4 else otherwise


class CellStyles(Changing):
    """Fed with the elements of styles.xml and content.xml in turn; knows each cell style's code and the hidden sheets."""

    codes: dict[str, str] = field(default_factory=dict)  # by the name of the data style
    maps: dict[str, str] = field(default_factory=dict)
    """A style with conditions to the first it points at: the one for positive numbers."""
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By the name of the cell style: its data style and its parent."""
    hidden_tables: set[str] = field(default_factory=set)
    _name: str = ""
    _kind: str = ""
    _code: str = ""
    _elapsed: bool = False
    _literal: list[str] | None = None
    _table: str = ""
    _general: set[str] = field(default_factory=set)

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        if name in _STYLES:
            self._name, self._kind, self._code = attributes.get("style:name", ""), name, ""
            self._elapsed = attributes.get("number:truncate-on-overflow") == "false"
        elif name == "style":
            name, family = attributes.get("style:name", ""), attributes.get("style:family")
            self._table = name if family == "table" else ""
            if family == "table-cell":
                parent = attributes.get("style:parent-style-name", "")
                self.cells[name] = (attributes.get("style:data-style-name", ""), parent)
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self._table)
        elif self._kind:
            self._piece(name, attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._literal is not None and name in {"text", "currency-symbol"}:
            literal = "".join(self._literal)
            self._code += literal if literal in {"%", "£", "-", "/", " ", ":", ".", ",", "(", ")", ""} else f'"{literal}"'
            self._literal = None
        elif name == self._kind:
            self.codes[self._name] = self._code
            self._kind = ""

    def text(self, text: str) -> None:
        """Characters inside."""
        if self._literal is not None:
            self._literal.append(text)

    def code(self, style: str) -> str:
        """The number format code of a cell style, `` for General."""
        for _ in range(10):
            data, parent = self.cells.get(style, ("", ""))
            if data:
                code = self.codes.get(self.maps.get(data, data), "")
                return "" if data in self._general and code in {"0", "#"} else code
            style = parent
        return ""

    def _piece(self, name: str, attributes: Attributes) -> None:
        if name in {"text", "currency-symbol"}:
            self._literal = []
        elif name == "map":
            self.maps.setdefault(self._name, attributes.get("style:apply-style-name", ""))
        elif name == "number" and "number:decimal-places" not in attributes and self._kind == "number-style":
            self._general.add(self._name)
            self._code += _number(attributes)
        elif name in _PIECES:  # an era or a quarter has no code
            piece = _PIECES[name](attributes)
            if self._elapsed and self._kind == "time-style" and "[" not in self._code and name in {"hours", "minutes", "seconds"}:
                piece = f"[{piece}]"
            self._code += piece
