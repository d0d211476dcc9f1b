"""Charts say in shapes and words what the numbers say; every label is whole, apart from the others and inside the frame."""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.model.chart import (
    Band,
    Bar,
    Chart,
    ChartPoint,
    Icon,
    Level,
    Mark,
    NumberFormat,
    PointKind,
    RankedBars,
    Ranks,
    Sparkline,
    XmrChart,
)
from reportpack.model.problem import Source
from reportpack.render.axes import Limits, value_scale
from reportpack.render.chart_style import ChartStyle
from reportpack.render.charts import chart_file, chart_scene, chart_svg
from reportpack.render.page_source import parse_page_source
from reportpack.render.points import LATEST
from reportpack.render.scene import Box, Circle, Line, Polyline, Rectangle, Text

STYLE = ChartStyle()
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PER_CENT = NumberFormat(1, "", "%")
SVG = "{http://www.w3.org/2000/svg}"


def month(index: int) -> str:
    return f"{MONTHS[index % 12]} {2010 + index // 12}"


def points(values: list[float | None], kinds: list[PointKind] | None = None) -> tuple[ChartPoint, ...]:
    chosen = kinds or [PointKind.COMMON] * len(values)
    return tuple(
        ChartPoint(month(index), value, kind, month=index % 12 + 1)
        for index, (value, kind) in enumerate(zip(values, chosen, strict=True))
    )


def xmr(
    values: list[float | None], *levels: Level, marks: tuple[Mark, ...] = (), lower: float = 78.1, upper: float = 84.3
) -> XmrChart:
    band = Band(0, max(0, len(values) - 1), 81.2, lower, upper)
    return XmrChart("c1", "Satisfaction", "What it shows.", points(values), (band,), levels, marks, PER_CENT, 0, 100)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def words(chart: Chart) -> list[str]:
    return [text.words for text in chart_scene(chart, STYLE).texts()]


def _box(text: Text) -> Box:
    """From the top of a capital or an accent to the foot of a `g`."""
    wide = STYLE.text_width(text.words, text.size, text.bold)
    left = text.at[0] - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return Box(left, text.at[1] - 0.78 * text.size, left + wide, text.at[1] + 0.22 * text.size)


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def assert_labels_are_apart_and_inside(chart: Chart, width: float | None = None) -> None:
    scene = chart_scene(chart, STYLE, width)
    boxes = [(text.words, _box(text)) for text in scene.texts()]
    for name, box in boxes:
        assert all(math.isfinite(edge) for edge in (box.left, box.top, box.right, box.bottom)), name
        assert box.left >= -0.01, name
        assert box.top >= -0.01, name
        assert box.right <= scene.width + 0.01, name
        assert box.bottom <= scene.height + 0.01, name
    for (name, box), (other, other_box) in combinations(boxes, 2):
        assert not _overlap(box, other_box), (name, other)


def test_every_line_is_named_at_its_end_with_its_value() -> None:
    said = words(xmr([80.0, 81.0, 82.4], Level(85, "Target 85%", 0, 2)))
    assert {"82.4% latest", "81.2% average", "84.3% upper", "78.1% lower", "Target 85%"} <= set(said)


def test_limits_beyond_the_possible_are_drawn_and_named_at_the_edge_of_the_possible() -> None:
    said = words(xmr([80.0, 99.0], lower=-3.0, upper=104.0))
    assert "0.0% lower" in said
    assert "100.0% upper" in said


def test_a_target_that_ended_says_when() -> None:
    assert "Target 80% to Feb 2010" in words(
        xmr([80.0, 81.0, 82.0], Level(80, "Target 80%", 0, 1), Level(85, "Target 85%", 2, 2))
    )


def test_a_missing_month_breaks_the_line_and_a_missing_last_month_is_said() -> None:
    chart = xmr([80.0, 81.0, None, 82.0, 83.0, None])
    lines = [
        shape for shape in chart_scene(chart, STYLE).shapes if isinstance(shape, Polyline) and shape.paint.stroke == STYLE.ink
    ]
    assert [len(line.points) for line in lines[:2]] == [2, 2]
    assert {"83.0% May 2010", "Jun 2010: no figure"} <= set(words(chart))


def test_marks_stand_on_signals_and_the_latest_alone() -> None:
    kinds = [PointKind.COMMON] * 20
    kinds[7] = PointKind.CONCERN
    shapes = chart_scene(XmrChart("c", "t", "a", points([80.0 + n % 5 for n in range(20)], kinds), ()), STYLE).shapes
    assert [shape.radius for shape in shapes if isinstance(shape, Circle)] == [LATEST]
    assert [shape.paint.fill for shape in shapes if isinstance(shape, Polyline) and shape.closed] == [STYLE.concern]


def test_of_too_many_signals_the_latest_run_is_marked() -> None:
    kinds = [PointKind.IMPROVEMENT] * 30
    kinds[24] = PointKind.COMMON
    shapes = chart_scene(XmrChart("c", "t", "a", points([80.0 + n % 5 for n in range(30)], kinds), ()), STYLE).shapes
    assert len([shape for shape in shapes if isinstance(shape, Rectangle) and shape.paint.fill == STYLE.improvement]) == 5


def test_durations_stand_on_the_axis_and_beside_the_line_as_a_clock_shows_them() -> None:
    chart = XmrChart("c", "t", "a", points([186.0, 149.0, 420.0]), (), format=NumberFormat(clock=True))
    words = [text.words for text in chart_scene(chart, STYLE).texts()]
    assert "7:00 latest" in words
    assert [one for one in words if one.endswith(":00")] == ["0:00", "2:00", "4:00", "6:00", "8:00"]


def test_ranks_have_the_best_on_top_and_the_whole_scale() -> None:
    ranked = NumberFormat(ordinal=True)
    chart = XmrChart("c", "t", "a", points([30.0, 35.0]), (), format=ranked, ranks=Ranks(41, 1, 10))
    heights = {text.words: text.at[1] for text in chart_scene(chart, STYLE).texts()}
    assert {"1st", "10th", "20th", "30th", "41st", "35th latest", "Top quartile: 10th or better. 1st is best."} <= set(heights)
    assert heights["1st"] < heights["20th"] < heights["41st"]
    last = chart_scene(replace(chart, ranks=Ranks(41, 41)), STYLE)
    assert {text.words: text.at[1] for text in last.texts()}["41st"] < 60
    assert "41st is best." in [text.words for text in last.texts()]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_ticks_are_five_at_most(values: list[float]) -> None:
    assert len(value_scale(values, 100, 0, Limits()).ticks) <= 5


def test_no_figures_at_all_is_said_instead_of_an_empty_plot() -> None:
    assert "No figures to draw" in words(XmrChart("c", "t", "a", points([None] * 12), ()))
    assert "No figures to draw" in words(XmrChart("c", "t", "a", (), ()))
    assert "No figures to draw" in words(RankedBars("c", "t", "a", ()))


def test_a_scale_that_does_not_start_at_zero_says_so() -> None:
    assert "The scale does not start at 0." in words(xmr([80.0, 81.0]))
    assert "The scale does not start at 0." not in words(XmrChart("c", "t", "a", points([3.0, 9.0]), ()))


@pytest.mark.parametrize("count", [1, 2, 3, 12, 24, 36, 120])
def test_the_final_month_is_always_labelled(count: int) -> None:
    said = words(xmr([80.0 + index % 3 for index in range(count)]))
    assert month(count - 1).split()[0] in said


def test_signals_differ_in_shape_as_well_as_colour() -> None:
    kinds = [*PointKind][::-1]
    svg = chart_svg(XmrChart("c", "t", "a", points([float(n) for n in range(len(kinds))], kinds), ()), STYLE)
    root = parsed(svg)
    drawn = {(shape.tag.removeprefix(SVG), shape.get("fill")) for shape in root}
    assert {
        ("circle", STYLE.common),
        ("rect", STYLE.improvement),
        ("polygon", STYLE.concern),
        ("polygon", STYLE.neutral),
    } <= drawn


def test_meetings_and_a_new_baseline_are_marked_above_the_plot() -> None:
    reason = "New baseline Jun 2010: calls moved to one centre"
    chart = xmr([80.0] * 12, marks=(Mark(5, reason, "baseline"), Mark(2.9, "28 Mar", "meeting"), Mark(9.5, "15 Oct", "meeting")))
    said = words(chart)
    assert {"Meetings: 28 Mar", "15 Oct"} <= set(said)
    assert reason in " ".join(said)


def test_a_crowd_of_meetings_keeps_the_latest_days_and_a_line_each() -> None:
    marks = tuple(Mark(index, f"{index + 1} May", "meeting") for index in range(36))
    chart = xmr([80.0 + index % 4 for index in range(36)], marks=marks)
    said = words(chart)
    assert {"36 May", "35 May"} <= set(said)
    assert not {"1 May", "Meetings: 1 May"} & set(said)
    poles = [shape for shape in chart_scene(chart, STYLE).shapes if isinstance(shape, Line) and shape.start[0] == shape.end[0]]
    assert len([pole for pole in poles if pole.end[1] - pole.start[1] >= STYLE.plot_height]) == 36
    assert_labels_are_apart_and_inside(chart)


def test_forty_one_forces_fit_with_ours_named() -> None:
    bars = tuple(Bar("West Mercia" if n == 34 else f"Force {n}", 92 - n * 0.6, n == 34, f"{n + 1}.") for n in range(41))
    chart = RankedBars("r", "Rank", "alt", bars, Level(82.1, "England and Wales 82.1%", 0, 40), PER_CENT)
    scene = chart_scene(chart, STYLE)
    assert scene.height < 200
    assert "West Mercia 71.6%, 35." in words(chart)
    assert_labels_are_apart_and_inside(chart)


def test_an_icon_needs_no_font_and_a_sparkline_no_words() -> None:
    for letter in ("H", "L", "P", "F", "?", ""):
        svg = chart_svg(Icon("i", PointKind.IMPROVEMENT, letter), STYLE)
        assert "<text" not in svg
        assert 'class="sign"' in svg
    assert not words(Sparkline("s", "Falling", points([3.0, None, 2.0])))


def test_printed_numbers_cite_their_cells() -> None:
    point = ChartPoint("Apr 2019", 81.3, sources=(Source("a.xlsx", "Monthly", "C12"),))
    svg = chart_svg(XmrChart("c", "t", "a", (point,), (), (), (), PER_CENT), STYLE, cite=lambda sources: "s3!" + sources[0].cell)
    assert '<tspan data-value="81.3" data-source="s3!C12">81.3%</tspan>' in svg


def test_text_from_outside_stays_text_and_ids_stay_valid() -> None:
    hostile = '</svg><script>alert("x")</script>\x00&'
    svg = chart_svg(XmrChart("1 a<b>", hostile, hostile, points([1.0]), (), (Level(1, hostile, 0, 0),)), STYLE)
    root = parsed(svg)
    assert not root.findall(f".//{SVG}script")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 2
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", str(name)) for name in ids)


def test_an_icon_says_nothing_beside_the_words_of_its_verdict_and_is_hidden_from_screen_readers() -> None:
    svg = chart_svg(Icon("i", PointKind.COMMON, "?"), STYLE)
    assert 'aria-hidden="true"' in svg
    assert "<title" not in svg


def test_every_kind_of_chart_is_in_the_vocabulary_of_the_page_source() -> None:
    bars = tuple(Bar(f"Force {n}", 92.0 - n, n == 3) for n in range(41))
    charts: list[Chart] = [
        xmr(
            [80.0, None, 81.0],
            Level(85, "Target 85%", 0, 2),
            marks=(Mark(1, "New baseline", "baseline"), Mark(2, "May", "meeting")),
        ),
        RankedBars("r", "Rank", "alt", bars),
        RankedBars("r5", "Rank", "alt", bars[:5]),
    ]
    small: list[Chart] = [Sparkline("s", "Falling", points([3.0, 2.0]))]
    small.extend(Icon(f"i{index}", kind, "HLPF?"[index % 5]) for index, kind in enumerate(PointKind))
    body = "".join(f"<figure>{chart_svg(chart, STYLE)}</figure>" for chart in charts)
    inline = "".join(chart_svg(chart, STYLE) for chart in small)
    head = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>Charts</title></head>'
    source = f"{head}<body><section><h1>Charts</h1>{body}<p>{inline}</p></section></body></html>"
    assert len([one for one in parse_page_source(source, "charts").walk() if one.tag == "svg"]) == 10


def test_a_chart_can_be_a_file_of_its_own() -> None:
    file = chart_file(xmr([80.0, 81.0], Level(85, "Target 85%\nof all", 0, 1)), STYLE)
    root = parsed(file)
    assert file.startswith("<?xml")
    assert root[1].get("fill") == STYLE.ground or root[2].get("fill") == STYLE.ground
    fitted = {"".join(text.itertext()): text.get("textLength") for text in root.iter(f"{SVG}text")}
    assert fitted["81.2% average"] == f"{STYLE.text_width('81.2% average', 9, False):.2f}".rstrip("0").rstrip(".")


def test_a_chart_is_drawn_the_same_each_time() -> None:
    chart = xmr([80.0, 81.5, 79.0], Level(85, "Target 85%", 0, 2))
    assert chart_svg(chart, STYLE) == chart_svg(chart, STYLE)


FIGURES = st.one_of(
    st.none(), st.floats(-1e18, 1e18, allow_subnormal=True), st.sampled_from([0.0, -0.0, 1e15, 81.3, 81.31, float("nan")])
)
NUMBERS = st.one_of(st.floats(-1e18, 1e18), st.floats(0, 100), st.sampled_from([81.3, 81.4, 0.0]))
LABELS = st.text("abc <&é 12%-", max_size=60)


@st.composite
def xmr_charts(draw: st.DrawFn) -> XmrChart:
    values = draw(st.lists(FIGURES | st.floats(75, 90), max_size=40))
    last = max(0, len(values) - 1)
    bands = tuple(Band(0, last, draw(NUMBERS), draw(NUMBERS), draw(NUMBERS)) for _ in range(draw(st.integers(0, 2))))
    levels = draw(st.lists(st.builds(Level, NUMBERS, LABELS, st.just(0), st.integers(0, last)), max_size=4))
    kinds = st.sampled_from(["meeting", "baseline", "note"])
    marks = draw(st.lists(st.builds(Mark, st.floats(-1, 41), LABELS, kinds), max_size=8))
    limits = draw(st.sampled_from([(None, None), (0.0, None), (0.0, 100.0)]))
    written = NumberFormat(draw(st.integers(0, 2)), draw(st.sampled_from(["", "£"])), draw(st.sampled_from(["", "%"])))
    return XmrChart("c", "t", "a", points(values), bands, tuple(levels), tuple(marks), written, *limits)


@settings(max_examples=120, deadline=None)
@given(xmr_charts(), st.sampled_from([None, 255.0, 760.0]))
def test_labels_of_any_xmr_chart_are_apart_and_inside(chart: XmrChart, width: float | None) -> None:
    assert_labels_are_apart_and_inside(chart, width)
    assert parsed(chart_svg(chart, STYLE, width)).tag == f"{SVG}svg"


BARS = st.builds(Bar, LABELS, NUMBERS, st.booleans(), st.sampled_from(["", "35th"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(BARS, max_size=45), st.none() | st.builds(Level, NUMBERS, LABELS, st.just(0), st.just(0)))
def test_labels_of_any_ranked_bars_are_apart_and_inside(bars: list[Bar], level: Level | None) -> None:
    assert_labels_are_apart_and_inside(RankedBars("r", "t", "a", tuple(bars), level))
