"""Charts: every documented element drawn as operators, with the paint that passes down to it."""

import io
from math import hypot
from pathlib import Path

import page
import pikepdf
import pytest
from font_source_sans_pro import font_files_ttf
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.render.chart_style import ChartStyle
from reportpack.render.pdf.document import chart_style
from reportpack.render.pdf.drawing import transforms
from reportpack.render.svg_path import arc_curves, read_path
from reportpack.render.web import render_web
from tests.render.pdf.made import document, made, source, theme
from tests.render.pdf.structure import walk_structure

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def operators(drawn: str) -> str:
    """What a chart becomes."""
    pages = made(f'<figure><svg {SVG} viewBox="0 0 100 50"><title>Chart</title>{drawn}</svg></figure>')
    assert walk_structure(pages.pdf).findings == []
    assert not page.validate_pdf_bytes(pages.pdf, profile="2a").failures
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        contents = pdf.pages[0].Contents
        data = (contents[0] if isinstance(contents, pikepdf.Array) else contents).read_bytes().decode("latin-1")
    return data[data.index("/Figure") :].partition("EMC")[0]


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        ('<line x1="1" y1="2" x2="3" y2="4" stroke="#ff0000" stroke-width="2"/>', ["1 0 0 RG 2.000 w 0 J 0 j 4.00 M [] 0 d", "1.00 2.00 m 3.00 4.00 l S"]),
        ('<polyline points="0,0 5,5 9,1" fill="none" stroke="#000"/>', ["0.00 0.00 m 5.00 5.00 l 9.00 1.00 l S"]),
        ('<polygon points="0 0 5 5 9 1" fill="#00ff00"/>', ["0 1 0 rg", "9.00 1.00 l h f"]),
        ('<rect width="4" height="3" fill="#fff" stroke="#000"/>', ["0.00 0.00 4.00 3.00 re B"]),
        ('<rect width="4" height="3" rx="1"/>', ["1.00 0.00 m 3.00 0.00 l", "c h f"]),
        ('<circle cx="5" cy="5" r="2"/>', ["7.00 5.00 m", "c h f"]),
        ('<path d="M1 1h8v4z" fill-rule="evenodd"/>', ["1.00 1.00 m 9.00 1.00 l 9.00 5.00 l h f*"]),
        ('<g stroke="#0000ff" stroke-dasharray="4 2" fill="none"><path d="M0 0L1 1"/></g>', ["0 0 1 RG 1.000 w 0 J 0 j 4.00 M [4 2] 0 d"]),
        ('<g opacity=".5"><rect width="1" height="1" fill-opacity=".5"/></g>', ["/G1 gs"]),
        ('<g transform="translate(3 4)"><rect width="1" height="1"/></g>', ["q 1 0 0 1 3 4 cm", "re f\nQ"]),
        ('<text x="50" y="9" text-anchor="end" font-size="8">ab</text>', ["/R0 8 Tf [(ab)]TJ"]),
        ('<text x="5" y="9">a <tspan font-weight="bold">b</tspan></text>', ["/R0 10 Tf [(a )]TJ", "/B0 10 Tf [(b)]TJ"]),
        ('<rect width="0" height="3"/><line x1="0" y1="0" x2="9" y2="9"/>', []),
    ],
)  # fmt: skip
def test_an_element_is_drawn(drawn: str, wanted: list[str]) -> None:
    found = operators(drawn)
    for piece in wanted:
        assert piece in found, found


def test_text_ends_where_its_anchor_says() -> None:
    middle = operators('<text x="50" y="9" text-anchor="middle" font-size="10">00</text>')
    assert "BT 1 0 0 -1 45.03 9.00 Tm" in middle


def test_transforms_stand_in_their_order() -> None:
    assert transforms("translate(1,2) scale(3)") == [(1, 0, 0, 1, 1, 2), (3, 0, 0, 3, 0, 0)]
    assert transforms("rotate(90 5 5)")[0] == (1, 0, 0, 1, 5, 5)
    assert transforms("nonsense(1)") == []


def test_relative_and_smooth_commands_become_absolute() -> None:
    assert read_path("m1 1l2 0h1v1") == [("M", (1, 1)), ("L", (3, 1)), ("L", (4, 1)), ("L", (4, 2))]
    assert read_path("M0 0C0 1 1 1 1 0S2-1 2 0")[2] == ("C", (1, -1, 2, -1, 2, 0))
    assert read_path("M0 0Q1 1 2 0T4 0")[2][1][-2:] == (4, 0)
    assert read_path("M0 0 1 1") == [("M", (0, 0)), ("L", (1, 1))]


@pytest.mark.parametrize("d", ["L1 1", "M", "M1", "M0 0A1 1 0 2 0 5 5", "M0 0X", "M0 0Z5", "é"])
def test_a_path_that_cannot_be_drawn_says_why(d: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_path(d)


@settings(max_examples=100, deadline=None)
@given(
    *[st.floats(-50, 50) for _ in range(2)],
    *[st.floats(1, 50) for _ in range(2)],
    st.floats(0, 360),
    st.booleans(),
    st.booleans(),
)
def test_an_arc_ends_where_it_should(x: float, y: float, rx: float, ry: float, turn: float, large: bool, sweep: bool) -> None:
    curves = arc_curves(0.0, 0.0, rx, ry, turn, large, sweep, x, y)
    if curves:
        assert hypot(curves[-1][-2] - x, curves[-1][-1] - y) < 1e-3


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz 0123456789.-+e,", max_size=60))
def test_any_path_is_read_or_refused(d: str) -> None:
    try:
        assert isinstance(read_path(d), list)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either outcome is right, both are looked at


def test_charts_are_measured_in_the_offices_own_face_that_draws_them() -> None:
    overlay = '[fonts]\nregular = "own.ttf"\nitalic = "own.ttf"\nbold = "own.ttf"\nbold_italic = "own.ttf"\n'
    assets = {"own.ttf": Path(font_files_ttf["SourceSansProBlack"]).read_bytes()}
    wide = chart_style(theme(overlay), assets).text_width("Target 80%", 9.0, False)
    assert wide > ChartStyle().text_width("Target 80%", 9.0, False) + 2
    drawn = '<text x="300" y="50" font-size="9" text-anchor="end">Target 80%</text>'
    body = f'<figure><svg {SVG} viewBox="0 0 400 100"><title>t</title>{drawn}</svg></figure>'
    with pikepdf.open(io.BytesIO(made(body, "", assets, overlay).pdf)) as pdf:
        contents = pdf.pages[0].Contents
        data = (contents[0] if isinstance(contents, pikepdf.Array) else contents).read_bytes().decode("latin-1")
    assert f"BT 1 0 0 -1 {300 - wide:.2f} 50.00 Tm" in data
    assert f'textLength="{wide:.2f}"' in render_web(document(source(body)), theme(overlay), assets).decode()
