"""Excel's pivot tables: what is summed, and which rows of the one column of labels stand under which."""

from collections.abc import Sequence

from reportpack import patterns as re
from reportpack.read.figures.labels import clean_label, is_area, is_total
from reportpack.read.grid import CellValue

_SUMMED = re.compile(r"(?i)(?P<how>sum|count|distinct count|average|max|min|product|std ?dev\w*|var\w*) of (?P<what>.+)")
_WORDS = frozenset(("row labels", "column labels", "values", "(blank)"))
_MOST_CHILDREN = 400
Numbers = Sequence[float]


def is_pivot(texts: Sequence[str]) -> bool:
    """Whether a header is that of a pivot table as Excel makes it."""
    return bool(_WORDS & {text.strip().lower() for text in texts})


def is_field(label: str) -> bool:
    """Whether a label says what is summed: "Sum of Offences"."""
    return _SUMMED.fullmatch(label.strip()) is not None


def bare_field(label: str) -> str:
    """ "Offences" for "Sum of Offences", "Days, average" for "Average of Days"; nothing for Excel's own "Row Labels"."""
    if label.strip().lower() in _WORDS:
        return ""
    match = _SUMMED.fullmatch(label.strip())
    if match is None:
        return label
    how = match["how"].lower()
    return match["what"] if how in ("sum", "count") else f"{match['what']}, {how}"


def rows_above(labels: Sequence[CellValue], numbers: Sequence[Numbers]) -> list[int | None]:
    """For each row the row that holds it: by indents where labels have them, else because its figures are the sum of those below."""
    texts = [label if isinstance(label, str) else "" for label in labels]
    if any(text[:1].isspace() for text in texts):
        return _by_indents(texts)
    return _by_sums(texts, numbers)


def _by_indents(texts: Sequence[str]) -> list[int | None]:
    found: list[int | None] = []
    open_rows: list[tuple[int, int]] = []
    for row, text in enumerate(texts):
        indent = len(text) - len(text.lstrip())
        while open_rows and open_rows[-1][0] >= indent:
            open_rows.pop()
        found.append(open_rows[-1][1] if open_rows else None)
        open_rows.append((indent, row))
    return found


def _by_sums(texts: Sequence[str], numbers: Sequence[Numbers]) -> list[int | None]:
    found: list[int | None] = [None] * len(texts)
    tops: list[int] = []
    for row in range(len(texts) - 1, -1, -1):
        if is_total(texts[row]):
            tops = []
            continue
        held = _held(numbers[row], [numbers[top] for top in reversed(tops[-_MOST_CHILDREN:])], is_area(clean_label(texts[row])))
        for child in tops[len(tops) - held :]:
            found[child] = row
        tops = [*tops[: len(tops) - held], row]
    return found


def _held(whole: Numbers, parts: Sequence[Numbers], one_is_enough: bool) -> int:
    """How many of the rows below add up to a row; one alone does only below an area."""
    left = list(whole)
    for count, part in enumerate(parts, 1):
        left = [rest - number for rest, number in zip(left, part, strict=True)]
        if any(rest < -1e-6 for rest in left):
            return 0
        if all(abs(rest) <= 1e-6 * max(1.0, abs(number)) for rest, number in zip(left, whole, strict=True)):
            return count if count > 1 or one_is_enough else 0
    return 0
