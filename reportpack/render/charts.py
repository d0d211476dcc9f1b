"""The doorway to the charts: a chart of the model as the inline SVG of the page source."""

from reportpack.model.chart import Chart, Icon, RankedBars, SmallMultiples, Sparkline, XmrChart
from reportpack.model.problem import Source
from reportpack.render.chart_style import ChartStyle
from reportpack.render.icons import icon_scene, sparkline_scene
from reportpack.render.ranked_bars import ranked_bars_scene
from reportpack.render.scene import Cite, Scene
from reportpack.render.small_multiples import small_multiples_scene
from reportpack.render.svg import write_svg, write_svg_file
from reportpack.render.xmr_chart import xmr_scene


def cite_nothing(_: tuple[Source, ...]) -> str:
    """For charts whose numbers have no entry of Sources to name."""
    return ""


def chart_svg(chart: Chart, style: ChartStyle, width: float | None = None, cite: Cite = cite_nothing) -> str:
    """An `svg` element for the page source. `width` in points; `cite` gives the `data-source` of a printed number."""
    title = chart.alt if isinstance(chart, Icon | Sparkline) else chart.title
    return write_svg(chart_scene(chart, style, width, cite), chart.id, title, chart.alt)


def chart_file(chart: Chart, style: ChartStyle, width: float | None = None) -> str:
    """The chart as an SVG file that stands alone."""
    title = chart.alt if isinstance(chart, Icon | Sparkline) else chart.title
    return write_svg_file(chart_scene(chart, style, width), chart.id, title, chart.alt, style.ground, style.text_width)


def chart_scene(chart: Chart, style: ChartStyle, width: float | None = None, cite: Cite = cite_nothing) -> Scene:
    """The chart laid out, before it is written."""
    match chart:
        case XmrChart():
            return xmr_scene(chart, style, width or style.width, cite)
        case SmallMultiples():
            return small_multiples_scene(chart, style, width or style.width, cite)
        case RankedBars():
            return ranked_bars_scene(chart, style, width or style.width, cite)
        case Sparkline():
            return sparkline_scene(chart, style, width or 64.0)
        case Icon():
            return icon_scene(chart, style, width or 10.5)
