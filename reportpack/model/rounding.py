"""How a number is rounded for print: half away from zero, as a reader would round what is written in the cell."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

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
