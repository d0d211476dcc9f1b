"""How each kind of value becomes page source: sentences with their numbers marked, dates, people's words, charts. Text is always text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

from reportpack import patterns as re
from reportpack.model.chart import Chart, Icon, RankedBars, SmallMultiples, Sparkline, XmrChart
from reportpack.model.period import MONTHS, long_date
from reportpack.model.words import Printed, Sentence
from reportpack.render.references import References

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GLUE = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)}|per cent|percentage|months?|years?|of \d)\b)|(?<=\bof) (?=\d)")
_CHARTS = (XmrChart, SmallMultiples, Sparkline, RankedBars, Icon)


class UnprintableError(Exception):
    """A template printed something that has no printed form."""


class Printer:
    """Prints values for one document: `references` name the cells, `draw` makes a chart's svg."""

    def __init__(self, references: References, draw: Callable[[Chart], str]) -> None:
        self.references = references
        self.draw = draw

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
        raise UnprintableError(_refusal(value))

    def _sentence(self, sentence: Sentence) -> Markup:
        parts: list[Markup] = []
        for index, span in enumerate(sentence.spans):
            if isinstance(span, Printed):
                parts.append(self._number(span))
                continue
            before = sentence.spans[index - 1] if index else ""
            parts.append(escape(clean_text(_glue(span, after_number=isinstance(before, Printed)))))
        return Markup("").join(parts)

    def _number(self, printed: Printed) -> Markup:
        value = f"{printed.value:.15g}"
        text = _GLUE.sub("\u00a0", clean_text(printed.text))
        if not printed.sources:
            return escape(text)
        references = escape(self.references.write(printed.sources))
        return Markup(f'<data value="{value}" data-source="{references}">{escape(text)}</data>')  # noqa: S704 - each part is escaped


def clean_text(text: str) -> str:
    """Without what XML cannot hold: control characters and lone surrogates print as the replacement character."""
    return _UNPRINTABLE.sub("\ufffd", text)


def print_weekday(day: date) -> Markup:
    """`Tuesday 28 May 2019`."""
    return _time(day, f"{day:%A} {long_date(day)}")


def print_month(day: date) -> str:
    """`May 2019`."""
    return f"{day:%B %Y}"


def print_iso(day: date) -> str:
    """`2019-05-28`."""
    return day.isoformat()


def capitalize(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def plain_words(value: Any) -> str:
    """A sentence's words alone, for attributes and titles."""
    if isinstance(value, Sentence):
        return clean_text(value.text)
    if isinstance(value, str):
        return clean_text(value)
    raise UnprintableError("`plain` takes words; this is something else")


def broken_lines(text: str) -> Markup:
    """Somebody's words with the line ends that they typed."""
    lines = Markup("<br/>").join(escape(line) for line in clean_text(text).splitlines())
    return Markup('<span class="verbatim">{}</span>').format(lines)


def _glue(text: str, *, after_number: bool) -> str:
    glued = _GLUE.sub("\u00a0", text)
    unit = re.match(r" (?=(?:per cent|percentage|months?|years?)\b)", glued) if after_number else None
    return f"\u00a0{glued[1:]}" if unit else glued


def _time(day: date, text: str) -> Markup:
    glued = text.replace(" ", "\u00a0", 1) if text[0].isdigit() else text.replace(f" {day.day} ", f" {day.day}\u00a0")
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), glued)


def _refusal(value: Any) -> str:
    if value is None:
        return "there is nothing here to print; ask first, with {% if ... %}"
    if isinstance(value, float):
        return "a bare number has no source; print the sentence that holds it"
    return f"{type(value).__name__} is not words; print one of its fields"
