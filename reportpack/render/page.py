"""A document laid out by its templates: the page source, and what it holds. A template's mistake names its file and line."""

import traceback
from collections.abc import Callable, Iterator
from typing import ClassVar, Protocol

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.model.chart import Sparkline
from reportpack.model.document import DocumentKind
from reportpack.model.office import Abbreviation
from reportpack.model.pack import SourceEntry
from reportpack.records import dataclass
from reportpack.render.abbreviations import spell_out
from reportpack.render.chart_style import ChartStyle
from reportpack.render.charts import chart_svg
from reportpack.render.compiled import CompiledTemplates, Keeper
from reportpack.render.contents import list_contents, settle_links
from reportpack.render.element import Document, PageSourceError
from reportpack.render.page_source import parse_page_source
from reportpack.render.print_values import (
    Printer,
    UnprintableError,
    broken_lines,
    capitalize,
    plain_words,
    print_iso,
    print_month,
    print_weekday,
)
from reportpack.render.references import References, sources_behind
from reportpack.render.sandbox import LARGEST, TemplateEnvironment, TooMuchError
from reportpack.render.templates import TemplateFile, Templates

_SPARK = 54.0
_TRACE = re.compile("\x00([^\x01]*)\x01(\\d+)\x02")
_REMEDY_OWN = "Mend that line, or take the file out of your templates folder to use the program's own."
_REMEDY_PROGRAM = "This file is the program's own: put it back as it came, or say so to whoever looks after the program."


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a template."""

    shown: str
    line: int


class Printable(Protocol):
    """What every document has: its kind, the files its numbers rest on, and the abbreviations that its readers may need spelt out.

    A template calls it as its kind says; the frame of every document, base.html, calls it `pack`.
    """

    kind: ClassVar[DocumentKind]

    @property
    def sources(self) -> tuple[SourceEntry, ...]:
        """What its numbers rest on."""

    @property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """What is spelt out in it."""


def render_page_source(
    printed: Printable,
    templates: Templates,
    style: ChartStyle | None = None,
    keeper: Keeper | None = None,
) -> str:
    """The document's page source, by the template of its kind and those it includes; `keeper` keeps what they are compiled to.

    TemplateError for a mistake that stops them. Whether what they made is a page source, `read_rendered` says.
    """
    source = _render(printed, templates, style or ChartStyle(), keeper)
    return spell_out(settle_links(list_contents(source)), printed.abbreviations)


def read_rendered(source: str, printed: Printable, templates: Templates) -> Document:
    """The page source parsed; its mistakes are named by the lines of the templates that made them."""
    try:
        return parse_page_source(source, "page source")
    except PageSourceError as error:
        lines = locate_lines(printed, templates)
        places = [
            lines.get(fault.line, TemplateLine(f"{printed.kind.template}, page source", fault.line)) for fault in error.faults
        ]
        said = [
            f"{place.shown}, line {place.line}: {fault.found} {fault.remedy}"
            for place, fault in zip(places, error.faults, strict=True)
        ]
        raise TemplateError("\n".join(dict.fromkeys(said)), _remedy(templates, places[0].shown)) from error


def locate_lines(printed: Printable, templates: Templates) -> dict[int, TemplateLine]:
    """Which template line made each line of the page source, for naming a mistake that was found in the page source."""
    traced = _render(printed, templates, ChartStyle(), None, traced=True)
    found: dict[int, TemplateLine] = {}
    line, place = 1, 0
    for mark in _TRACE.finditer(traced):
        line += traced.count("\n", place, mark.start())
        place = mark.end()
        found.setdefault(line, TemplateLine(mark[1], int(mark[2])))
    return found


def _render(
    printed: Printable,
    templates: Templates,
    style: ChartStyle,
    keeper: Keeper | None,
    *,
    traced: bool = False,
) -> str:
    environment = _environment(printed, templates, style, traced=traced)
    if keeper is not None:
        environment.bytecode_cache = CompiledTemplates(templates, keeper)
    names, document = {"pack": printed, printed.kind.called: printed}, printed.kind.template
    try:
        return "".join(_bounded(environment.get_template(document).generate(names)))
    except TemplateSyntaxError as error:
        raise _mistake(templates, error.filename or error.name or document, error.lineno, error.message or "") from error
    except (
        JinjaError,
        UnprintableError,
        TooMuchError,
        RecursionError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
    ) as error:
        shown, line = _place(error, templates, document)
        raise _mistake(templates, shown, line, _words(error)) from error


def _environment(printed: Printable, templates: Templates, style: ChartStyle, *, traced: bool) -> TemplateEnvironment:
    references = References.of(printed.sources)
    printer = Printer(
        references, lambda chart: chart_svg(chart, style, _SPARK if isinstance(chart, Sparkline) else None, references.write)
    )
    filters: dict[str, Callable[..., object]] = {
        "capitalize": capitalize,
        "iso": print_iso,
        "join": ", ".join,
        "lines": broken_lines,
        "sources": lambda value: sources_behind(value, printed.sources),
        "plain": plain_words,
        "weekday": print_weekday,
        "month": print_month,
    }
    return TemplateEnvironment(templates, printer.print_value, filters, traced=traced)


def _bounded(parts: Iterator[str]) -> Iterator[str]:
    size = 0
    for part in parts:
        size += len(part)
        if size > LARGEST:
            raise TooMuchError("makes a document of more than 64 million characters")
        yield part


def _place(error: BaseException, templates: Templates, document: str) -> tuple[str, int]:
    """The innermost template line that an error came through."""
    shown = {file.shown for file in (*templates.files, *templates.replaced)}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in shown]
    if frames:
        return frames[-1].filename, frames[-1].lineno or 1
    return document, 1


def _words(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"asks for {error.name}, which is not among the templates; a template includes only files of its own folder"
    if isinstance(error, SecurityError):
        return f"is not allowed: {error.message}"
    if isinstance(error, UndefinedError):
        return f"asks for something that is not there: {error.message}"
    if isinstance(error, RecursionError):
        return "goes round without end: a template includes, or a macro calls, itself"
    if isinstance(error, TooMuchError):
        return f"goes on for ever, or nearly: it {error}"
    if isinstance(error, JinjaError):
        return str(error.message)
    return str(error)


def _mistake(templates: Templates, shown: str, line: int, words: str) -> TemplateError:
    return TemplateError(f"{shown}, line {line}: {words.rstrip('.')}.", _remedy(templates, shown))


def _remedy(templates: Templates, shown: str) -> str:
    file: TemplateFile | None = next((one for one in (*templates.files, *templates.replaced) if one.shown == shown), None)
    return _REMEDY_PROGRAM if file is not None and not file.own else _REMEDY_OWN
