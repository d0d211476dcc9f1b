"""A chart as a file of its own: a drawing, or a page with the words beside it. Which is told by the file's name."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from reportpack.errors import InputError
from reportpack.model.chart import XmrChart
from reportpack.render.chart_style import ChartStyle
from reportpack.render.charts import chart_file, chart_svg
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.theme import read_theme
from reportpack.run.render import program_theme
from reportpack.run.writing import write_files


def write_chart(chart: XmrChart | None, sentences: Sequence[str], path: Path) -> Path:
    """The chart as .svg, or as .pdf with its sentences."""
    ending = path.suffix.lower()
    if ending not in (".svg", ".pdf"):
        raise InputError(f"{path.name}: a chart is written as .svg or .pdf.", "Give a name that ends in one of them.")
    if chart is None:
        raise InputError("There are too few figures to draw.", "Give at least two.")
    drawing = chart_file(chart, ChartStyle()).encode() if ending == ".svg" else _page(chart, sentences)
    write_files({path: drawing})
    return path


def _page(chart: XmrChart, sentences: Sequence[str]) -> bytes:
    """One page of the program's own look."""
    words = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    title = escape(chart.title)
    source = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>{title}</title></head><body><section>'
        f"<h1>{title}</h1>{words}<figure>{chart_svg(chart, ChartStyle())}</figure></section></body></html>"
    )
    theme = read_theme(program_theme(), None, ("the program's theme.toml", ""))
    return render_pdf(parse_page_source(source, chart.title), theme, {}).pdf
