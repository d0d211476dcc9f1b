"""Finished text whose numbers know where they came from, rounded half away from zero, as a reader would round what is in the cell."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from reportpack.model.problem import Source
from reportpack.records import Record

_WIDE = Context(prec=400)
MINUS = "\u2212"


def rounded(value: float, decimals: int = 0) -> Decimal:
    """The value to so many decimals. Binary noise past 15 digits goes first, so that 0.145 times 100 prints as 15."""
    exact = Decimal(int(value)) if float(value).is_integer() else Decimal(f"{value:.15g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def written(value: float, decimals: int = 0) -> str:
    """`1,204`, `\u22120.5`: thousands commas, U+2212 as minus, never a minus before nought."""
    if not math.isfinite(value):
        return "not a number"
    number = rounded(value, decimals)
    return f"{MINUS if number < 0 else ''}{abs(number):,f}"


def clock_text(seconds: float) -> str:
    """`2:31` for 151 seconds, `1:02:31` from an hour on, `9.7 seconds` below ten where it is no whole number."""
    if abs(seconds) < 10 and not float(seconds).is_integer():
        return f"{seconds:.1f} seconds"
    minutes, rest = divmod(round(abs(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"-{text}" if seconds < 0 else text


class Printed(Record):
    """A number as it is printed: `text` with its unit (`81.3%`), the unrounded `value`, and the cells it rests on."""

    text: str
    value: float
    sources: tuple[Source, ...]


class Sentence(Record):
    """Words and printed numbers in their order. A sentence without numbers is one string."""

    spans: tuple[str | Printed, ...]

    @classmethod
    def of(cls, *spans: "str | Printed | Sentence") -> "Sentence":
        """Join words, numbers and other sentences; empty strings are left out."""
        flat: list[str | Printed] = []
        for span in spans:
            flat.extend(span.spans if isinstance(span, Sentence) else (span,))
        return cls(tuple(filter(None, flat)))

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.spans)

    @property
    def lowered(self) -> "Sentence":
        """The sentence to go on with: a small letter where it begins with words."""
        first, *rest = self.spans or ("",)
        return Sentence.of(first[:1].lower() + first[1:], *rest) if isinstance(first, str) else self

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span if isinstance(span, str) else span.text for span in self.spans)

    @property
    def numbers(self) -> tuple[Printed, ...]:
        """The printed numbers alone."""
        return tuple(span for span in self.spans if isinstance(span, Printed))


def shortened(words: str, most: int = 60) -> str:
    """The words on one line, cut where there are too many."""
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 3]}..."
