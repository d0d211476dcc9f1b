"""How each kind of value becomes page source: sentences with their numbers marked and their cells named (`s3!C12:N12`), dates, charts.

Text is always text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from datetime import date
from functools import lru_cache, reduce
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

from reportpack import patterns as re
from reportpack.model.chart import Chart, Icon, RankedBars, Sparkline, XmrChart
from reportpack.model.pack import SourceEntry, find_values
from reportpack.model.period import MONTHS, long_date, weekday_date
from reportpack.model.problem import Source
from reportpack.model.statement import Marked
from reportpack.model.words import Printed, Sentence
from reportpack.records import Record

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GLUE = re.compile(rf" (?:(?<=\d )(?=(?:{'|'.join(MONTHS)}|per cent|percentage|months?|years?|of \d)\b)|(?<=\bof )(?=\d))")
_UNIT = re.compile(r" (?=(?:per cent|percentage|months?|years?)\b)")
_CHARTS = (XmrChart, Sparkline, RankedBars, Icon)
_UNSAFE = re.compile("[^\\w:$.,'()-]")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")

_Cell = tuple[int, int, str]
"""Column, row, and the name as it was given."""


class References(Record):
    """The entries of a document's sources, for finding the one that a source belongs to. What was written once is remembered."""

    entries: dict[tuple[str, str, str], str]
    written: dict[tuple[Source, ...], str] = field(default_factory=dict)

    def write(self, sources: tuple[Source, ...]) -> str:
        """All references of a number, each entry and cell once, in the order given."""
        if (known := self.written.get(sources)) is not None:
            return known
        cells: dict[str, list[str]] = {}
        for source in sources:
            cells.setdefault(self.entries[source.file, source.sheet, source.sha256], []).append(_UNSAFE.sub("", source.cell))
        parts = ((entry, part) for entry, names in cells.items() for part in join_cells(dict.fromkeys(names)))
        said = self.written[sources] = " ".join([f"{entry}!{part}" if part else entry for entry, part in parts])
        return said


class UnprintableError(Exception):
    """A template printed something that has no printed form."""


class Printer:
    """Prints values for one document: `references` name the cells, `draw` makes a chart's svg."""

    def __init__(self, references: References, draw: Callable[[Chart], str]) -> None:
        self.references, self.draw = references, draw

    def print_value(self, value: Any) -> str:
        """What `{{ value }}` prints."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return escape(clean_text(value))
        if isinstance(value, Sentence):
            return self._sentence(value)
        if isinstance(value, Printed):
            return self._number(value)
        if isinstance(value, date):
            return _time(value, long_date(value))
        if isinstance(value, _CHARTS):
            return Markup(self.draw(value))  # noqa: S704 - the drawing escapes its own words
        if isinstance(value, int) and not isinstance(value, bool):
            return Markup(value)  # noqa: S704 - digits
        if isinstance(value, Undefined):
            return str(value)
        if value is None:
            raise UnprintableError("there is nothing here to print; ask first, with {% if ... %}")
        if isinstance(value, float):
            raise UnprintableError("a bare number has no source; print the sentence that holds it")
        raise UnprintableError(f"{type(value).__name__} is not words; print one of its fields")

    def _sentence(self, sentence: Sentence) -> Markup:
        parts: list[str] = []
        for index, span in enumerate(sentence.spans):
            if isinstance(span, Printed):
                parts.append(self._number(span))
                continue
            glued = _GLUE.sub("\u00a0", span)
            if index and isinstance(sentence.spans[index - 1], Printed) and _UNIT.match(glued):
                glued = f"\u00a0{glued[1:]}"
            parts.append(escape(clean_text(glued)))
        return Markup("".join(parts))  # noqa: S704 - each part is escaped

    def _number(self, printed: Printed) -> Markup:
        value = f"{printed.value:.15g}"
        text = escape(_GLUE.sub("\u00a0", clean_text(printed.text)))
        if not printed.sources:
            return text
        references = escape(self.references.write(printed.sources))
        return Markup(f'<data value="{value}" data-source="{references}">{text}</data>')  # noqa: S704 - each part is escaped


def clean_text(text: str) -> str:
    """Without what XML cannot hold: control characters and lone surrogates print as the replacement character."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text)


def print_weekday(day: date) -> Markup:
    """`Tuesday 28 May 2019`."""
    return _time(day, weekday_date(day))


def plain_words(value: Any) -> str:
    """A sentence's words alone, for attributes and titles."""
    if isinstance(value, Sentence | str):
        return clean_text(value if isinstance(value, str) else value.text)
    raise UnprintableError("`plain` takes words; this is something else")


def broken_lines(text: str, marked: Sequence[Marked] = ()) -> Markup:
    """Somebody's words with the line ends that they typed and, where they stand alone, what they marked among them."""
    text, shown, at = "\n".join(clean_text(text).splitlines()), Markup(), 0
    for first, part, kind in marked:
        if text.startswith(part, first):
            shown += escape(text[at:first]) + _MARKS.get(kind, _LINK).format(part.removesuffix(f" ({kind})"), to=kind)
            at = first + len(part)
    return Markup('<span class="verbatim">{}</span>').format((shown + escape(text[at:])).replace("\n", Markup("<br/>")))


_MARKS = {"strong": Markup("<strong>{}</strong>"), "em": Markup("<em>{}</em>")}
_LINK = Markup('<a href="{to}">{}</a>')


def _time(day: date, text: str) -> Markup:
    glued = text.replace(" ", "\u00a0", 1) if text[0].isdigit() else text.replace(f" {day.day} ", f" {day.day}\u00a0")
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), glued)


def sources_behind(value: object, entries: tuple[SourceEntry, ...]) -> tuple[SourceEntry, ...]:
    """The entries that the numbers inside a value rest on."""
    used = {(source.file, source.sheet, source.sha256) for source in find_values(value, Source)}
    return tuple(one for one in entries if (one.file, one.sheet, one.sha256) in used)


def join_cells(names: Iterable[str]) -> list[str]:
    """`C12 D12 E12 G4` becomes `C12:E12 G4`: runs along a row, then runs down a column; what is not a cell stays as it is."""
    runs: list[list[_Cell]] = []
    for here in map(_place, names):
        run = runs[-1] if runs and here[0] > 0 else []
        step = (here[0] - run[-1][0], here[1] - run[-1][1]) if run else (0, 0)
        if step in ((1, 0), (0, 1)) and (len(run) == 1 or step == (run[-1][0] - run[-2][0], run[-1][1] - run[-2][1])):
            run.append(here)
        else:
            runs.append([here])
    return [run[0][2] if len(run) == 1 else f"{run[0][2]}:{run[-1][2]}" for run in runs]


@lru_cache(maxsize=10_000)
def _place(name: str) -> _Cell:
    match = _CELL.fullmatch(name)
    column = reduce(lambda number, letter: number * 26 + ord(letter) - 64, match[1], 0) if match else -1
    return column, int(match[2]) if match else -1, name
