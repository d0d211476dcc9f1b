"""Where the words and drawings of a PDF's pages stand: the highest and the lowest mark of each, running heads and feet left out."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

_CARRIED = ("Td", "TD", "Tm", "m", "l", "c", "re", "Do")


def marks(pdf: bytes) -> list[tuple[float, float]]:
    """For each page how far from its foot the highest and the lowest mark stand, in shares of its height."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return [_marks(page) for page in file.pages]


def _marks(page: pikepdf.Page) -> tuple[float, float]:
    height = float(page.mediabox[3])
    places = [place / height for place in _heights(page)]
    return max(places, default=0.0), min(places, default=0.0)


def _heights(page: pikepdf.Page) -> Iterator[float]:
    scale, shift, kept, skipped, depth = 1.0, 0.0, [], 0, 0
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BDC", "BMC"):
            depth += 1
            if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and operands[1].get("/Type") == "/Pagination":
                skipped = skipped or depth
        elif operator == "EMC":
            skipped = 0 if skipped == depth else skipped
            depth -= 1
        elif operator == "q":
            kept.append((scale, shift))
        elif operator == "Q":
            scale, shift = kept.pop()
        elif operator == "cm":
            shift, scale = shift + scale * float(operands[5]), scale * float(operands[3])
        elif operator in _CARRIED and not skipped:
            if operator == "re":
                yield from (shift + scale * float(operands[1]), shift + scale * (float(operands[1]) + float(operands[3])))
            elif operator == "Do":
                yield from (shift, shift + scale)
            else:
                yield shift + scale * float(operands[-1])
