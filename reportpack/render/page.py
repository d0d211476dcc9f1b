"""A document laid out by its templates: the page source, and what it holds. A template's mistake names its file and line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import ClassVar, Protocol

from markupsafe import Markup

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.model.chart import Sparkline
from reportpack.model.document import DocumentKind
from reportpack.model.edition import Audience, is_wider
from reportpack.model.office import Abbreviation
from reportpack.model.pack import SourceEntry
from reportpack.render.abbreviations import spell_out
from reportpack.render.chart_style import ChartStyle
from reportpack.render.charts import chart_svg
from reportpack.render.element import Document, PageSourceError
from reportpack.render.page_source import parse_page_source
from reportpack.render.print_values import Printer, References, broken_lines, plain_words, print_weekday, sources_behind
from reportpack.render.sandbox import TemplateEnvironment, fill_template, remedy_for
from reportpack.render.templates import Templates

_SPARK = 54.0
_LOW = 0.78  # Of its height: the chart of a page that is full.
_NARROW = 320.0  # Of a chart for a telephone, which the PDF leaves out.
_PUBLIC = 10.0  # The least size of a chart's words for the public.
_TRACE = re.compile("\x00([^\x01]*)\x01(\\d+)\x02")
_QUOTED = re.compile(r"(?s)<q>.*?</q>")
_WITHIN = re.compile(r"(?<=[\s>(\[])(?:&#34;|“)(?=[^\s<>])([^“”<>]{0,2000}?)(?<=\S)(?:&#34;|”)(?!\w)")
_PLACE = re.compile(r"<contents\s*/>")
_SECTIONS = re.compile(r"<(/?)section\b([^>]*)>|<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'<a\s[^>]*?\bhref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_OWN = re.compile(
    r"(?:topic|measure|matter|action|commitment|item|table|note)-.*|s\d+|cover|agenda|glance|matters|actions|commitments|items|forward"
    r"|tables|changes|sources|method|abbreviations|running-sheet|attendance|notes|decisions|returns|next-meeting"
)
"""The ids of sections and rows that the program's templates make."""


class Printable(Protocol):
    """What every document has: its kind, the files its numbers rest on, and the abbreviations that its readers may need spelt out.

    A template calls it as its kind says; the frame of every document, base.html, calls it `pack`."""

    kind: ClassVar[DocumentKind]

    @property
    def sources(self) -> tuple[SourceEntry, ...]:
        """What its numbers rest on."""

    @property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """What is spelt out in it."""


def render_page_source(printed: Printable, templates: Templates, style: ChartStyle | None = None, *, kept: bool = False) -> str:
    """The document's page source, by the template of its kind and those it includes; where they are `kept`, the program's own are compiled once.

    TemplateError for a mistake that stops them. Whether what they made is a page source, `read_rendered` says."""
    style = style or ChartStyle()
    if is_wider(getattr(printed, "edition", Audience.OFFICE), Audience.FORCE):
        style = replace(style, font_size=max(style.font_size, _PUBLIC))
    source = quote_within(_render(printed, templates, style, kept=kept))
    return spell_out(settle_links(list_contents(source)), printed.abbreviations)


def read_rendered(source: str, printed: Printable, templates: Templates) -> Document:
    """The page source parsed; its mistakes are named by the lines of the templates that made them."""
    try:
        return parse_page_source(source, "page source")
    except PageSourceError as error:
        lines = locate_lines(printed, templates)
        source_itself = f"{printed.kind.template}, page source"
        places = [lines.get(fault.line, (source_itself, fault.line)) for fault in error.faults]
        said = [f"{shown}, line {at}: {one.found} {one.remedy}" for (shown, at), one in zip(places, error.faults, strict=True)]
        raise TemplateError("\n".join(dict.fromkeys(said)), remedy_for(templates, places[0][0])) from error


def locate_lines(printed: Printable, templates: Templates) -> dict[int, tuple[str, int]]:
    """The template and its line that made each line of the page source, for naming a mistake that was found in the page source."""
    traced = _render(printed, templates, ChartStyle(), traced=True)
    found: dict[int, tuple[str, int]] = {}
    line, place = 1, 0
    for mark in _TRACE.finditer(traced):
        line += traced.count("\n", place, mark.start())
        place = mark.end()
        found.setdefault(line, (mark[1], int(mark[2])))
    return found


def _render(printed: Printable, templates: Templates, style: ChartStyle, *, traced: bool = False, kept: bool = False) -> str:
    references = References({(one.file, one.sheet, one.sha256): one.id for one in printed.sources})
    printer = Printer(
        references, lambda chart: chart_svg(chart, style, _SPARK if isinstance(chart, Sparkline) else None, references.write)
    )
    filters: dict[str, Callable[..., object]] = {
        "beside": lambda chart, low=False: Markup(  # noqa: S704 - every word in it is escaped
            chart_svg(
                chart,
                replace(style, plot_height=style.plot_height * (_LOW if low else 1)),
                style.width * 2 / 3 - 5,
                references.write,
            )
        ),
        "narrow": lambda chart: Markup(chart_svg(replace(chart, id=f"{chart.id}-narrow"), style, _NARROW)),  # noqa: S704 - as above
        "half": lambda chart: Markup(chart_svg(chart, style, style.width / 2 - 6, references.write)),  # noqa: S704 - as above
        "capitalize": lambda text: text[:1].upper() + text[1:],
        "iso": date.isoformat,
        "join": ", ".join,
        "lines": broken_lines,
        "sources": lambda value: sources_behind(value, printed.sources),
        "plain": plain_words,
        "weekday": print_weekday,
        "month": lambda day: f"{day:%B %Y}",
    }
    environment = TemplateEnvironment(templates, printer.print_value, filters, traced=traced, kept=kept)
    return fill_template(environment, templates, printed.kind.template, {"pack": printed, printed.kind.called: printed})


def quote_within(source: str) -> str:
    """The page source with ‘ ’ for the marks of a quotation within somebody's words, however they were typed."""
    return _QUOTED.sub(lambda words: _WITHIN.sub("‘\\1’", words[0]), source)


def list_contents(source: str) -> str:
    """The page source with, at each place of a contents, an entry for each section that follows it, by its first heading. Adds no line ends."""

    def listed(place: re.Match[str]) -> str:
        entries = "".join(f'<li><a href="#{identity}">{title}</a></li>' for identity, title in _titles(source, place.end()))
        return f'<ol class="contents">{entries}</ol>' if entries else ""

    return _PLACE.sub(listed, source)


def _titles(source: str, start: int) -> list[tuple[str, str]]:
    titles: list[tuple[str, str]] = []
    depth, identity = source.count("<section", 0, start) - source.count("</section>", 0, start), ""
    for found in _SECTIONS.finditer(source, start):
        if found[3] is not None:
            if identity and depth == 1:
                titles.append((identity, found[3].strip()))
            identity = ""
        elif found[1]:
            depth -= 1
        else:
            depth += 1
            if depth == 1:
                match = _ID.search(found[2])
                identity = match[1] if match else ""
    return titles


def settle_links(source: str) -> str:
    """Links to the pack's own sections and rows that the templates left out become plain words; any other wrong link stays a mistake."""
    known = set(_ID.findall(source))

    def settle(link: re.Match[str]) -> str:
        target = link[1]
        left_out = target not in known and _OWN.fullmatch(target)
        return f"<span>{link[2]}</span>" if left_out else link[0]

    return _LINK.sub(settle, source)
