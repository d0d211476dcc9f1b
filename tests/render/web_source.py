"""A page source with every element, and a theme, for the tests of the HTML edition."""

import base64
from pathlib import Path

from reportpack.model.chart import (
    Band,
    Bar,
    ChartPoint,
    Icon,
    Level,
    Mark,
    NumberFormat,
    PointKind,
    RankedBars,
    Sparkline,
    XmrChart,
)
from reportpack.model.problem import Source
from reportpack.render.chart_style import ChartStyle
from reportpack.render.charts import chart_svg
from reportpack.render.element import Document
from reportpack.render.page_source import parse_page_source
from reportpack.render.theme import Theme, read_theme

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
STYLE = ChartStyle()


def theme(logo: str = "") -> Theme:
    """The program's theme under an office's own, some of whose colours are too pale to read."""
    defaults = (Path(__file__).parents[2] / "templates" / "theme.toml").read_text(encoding="utf-8")
    overlay = f'[colours]\nquiet = "#b0b8c0"\nwatch = "#ffd54a"\n[logo]\nfile = "{logo}"\nalt = "Northmoor"\n'
    return read_theme(defaults, overlay, ("theme.toml", "own/theme.toml"))


def cite(sources: tuple[Source, ...]) -> str:
    return " ".join(f"s1!{source.cell}" for source in sources)


def xmr_svg() -> str:
    cells = [Source("satisfaction.xlsx", "Monthly", f"C{row}") for row in range(2, 26)]
    points = tuple(
        ChartPoint(f"{month} 2018", 80.0 + index, sources=(cells[index],), month=index + 1)
        for index, month in enumerate(("Jan", "Feb", "Mar"))
    )
    chart = XmrChart(
        "sat-chart",
        "Victim satisfaction",
        "It rose from 80% to 82%.",
        points,
        (Band(0, 2, 81.0, 78.1, 84.3),),
        (Level(85, "Target 85%", 0, 2),),
        (Mark(1.0, "27 Feb 2018", "meeting"),),
        NumberFormat(1, "", "%"),
    )
    return chart_svg(chart, STYLE, cite=cite)


def bars_svg() -> str:
    bars = tuple(Bar(f"Force {index}", 92.0 - index, index == 5) for index in range(41))
    return chart_svg(RankedBars("ranked", "Forces", "Force 5 is sixth.", bars), STYLE)


def spark_svg() -> str:
    points = tuple(ChartPoint(str(index), float(index % 3)) for index in range(12))
    return chart_svg(Sparkline("spark", "Level over 12 months", points), STYLE)


def icon_svg() -> str:
    return chart_svg(Icon("icon", PointKind.IMPROVEMENT, "H"), STYLE)


def wide_table() -> str:
    heads = "".join(f'<th scope="col">Month {number}</th>' for number in range(24))
    cells = "".join(f'<td><data value="{number}" data-source="s1!D{number}">{number}</data></td>' for number in range(24))
    return f"<table><caption>Two years by month</caption><thead><tr><th></th>{heads}</tr></thead><tbody><tr><th>Calls</th>{cells}</tr></tbody></table>"


def source(marking: str = "OFFICIAL", language: str = "en-GB") -> str:
    """Every element of the vocabulary."""
    return f"""<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}"><head><title>Briefing pack</title>
<meta name="marking" content="{marking}"/><meta name="version" content="draft"/><meta name="edition" content="Office edition"/>
<meta name="description" content="For the meeting"/></head><body>
<section class="cover" id="cover"><p class="marking">{marking}</p><h1>Holding to account</h1><p class="lead">28 May 2019</p>
<dl class="facts"><dt>Time</dt><dd><time datetime="10:30">10:30</time></dd><dt>Venue</dt><dd>Hindlip</dd></dl>
<ol class="headlines"><li>Satisfaction <data value="81.3" data-source="s1!C4">81.3%</data></li><li>Second</li></ol></section>
<section class="contents" id="contents"><h1>Contents</h1><ol class="contents"><li><a href="#topic">Topic</a></li><li><a href="#sources">Sources</a></li></ol></section>
<section id="topic"><h1>Topic</h1><p class="finding">Up to <data value="81.3" data-source="s1!C4 s1!C16">81.3%</data>.<a class="footnote" href="#n1">1</a></p>
<aside class="footnote" id="n1"><p>Provisional.</p></aside>
<figure id="fig" aria-details="full"><figcaption>Satisfaction by month; <a class="page" href="#full">full table</a></figcaption>{xmr_svg()}</figure>
<figure>{bars_svg()}<figcaption>Forty-one forces</figcaption></figure>
<h2>Areas</h2>
<table class="tight"><caption>By area</caption><colgroup><col class="wide"/><col class="number" data-width="15"/><col/></colgroup>
<thead><tr><th scope="col">Area</th><th scope="col">Per cent</th><th scope="col">Trend</th></tr></thead>
<tbody><tr class="group"><th scope="rowgroup" colspan="3">North</th></tr>
<tr class="marked"><th scope="row">Worcester</th><td><data value="79.5" data-source="s1!C12">79.5%</data></td><td>{spark_svg()}</td></tr></tbody>
<tfoot><tr class="total"><th scope="row">All</th><td>80%</td><td>{icon_svg()} improving</td></tr></tfoot></table>
{wide_table()}
<aside class="question"><ol start="3"><li>Why did <q>the <q>inner</q> number</q> fall?</li></ol></aside>
<aside class="quote">Said in the meeting</aside>
<p class="note">See <a href="https://example.org/">the page</a> of the <abbr title="Office of the Police and Crime Commissioner">OPCC</abbr>.<br/><strong>Bold</strong>, <em>italic</em>,
<span class="bad">overdue</span>, <span class="watch">watch</span>, <span class="quiet">quiet</span>.</p>
<ul class="plain"><li>One</li></ul><hr/><p class="write" data-lines="3">Outcome</p><p lang="cy">Heddlu</p>
<figure><img src="map.png" alt="A map of the areas"/><figcaption>Areas</figcaption></figure></section>
<section id="running" class="landscape"><h1>Running sheet</h1><section><h2>Item</h2><p>Words
{"w" * 120}</p></section></section>
<section id="sources" class="sources"><h1>Sources</h1>
<table id="full"><caption>Full table</caption><thead><tr><th>Month</th><th>Value</th></tr></thead><tbody><tr id="r1"><th>Jan 2018</th><td>80.0%</td></tr></tbody></table>
<table><thead><tr><th>Source</th><th>File</th></tr></thead><tbody><tr id="s1"><th>s1</th><td>satisfaction.xlsx, sheet Monthly</td></tr></tbody></table></section>
</body></html>"""


def document(marking: str = "OFFICIAL", language: str = "en-GB") -> Document:
    return parse_page_source(source(marking, language), "pack.html")
