"""The faces of the HTML edition: in the file itself, cut down to its letters, read by a browser; and its charts, point by point and on a telephone."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from font_source_sans_pro import font_files_otf, font_files_ttf
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser

from reportpack.model.chart import Band, ChartPoint, NumberFormat, XmrChart
from reportpack.render.chart_style import ChartStyle
from reportpack.render.charts import chart_svg
from reportpack.render.web import render_web
from tests.render.pdf.made import document, source, theme
from tests.render.pdf.test_lacking import OWN, narrow_face

NAMES = "Gŵyr Łukasz Ελένη Олександр"


def web(body: str, assets: dict[str, bytes] | None = None, overlay: str = "") -> str:
    return render_web(document(source(body)), theme(overlay), assets or {}).decode()


def faces(html: str) -> list[tuple[str, TTFont]]:
    rules = [one.partition("}")[0] for one in html.split("@font-face{")[1:]]
    return [(rule, TTFont(BytesIO(base64.b64decode(rule.partition("base64,")[2].partition(")")[0])))) for rule in rules]


def test_each_weight_and_slant_has_the_letters_of_the_page_and_no_others_and_all_are_small() -> None:
    html = web(f"<p>{NAMES}, \u0645\u062d\u0645\u062f</p>")
    assert sum(len(rule) for rule, _ in faces(html)) < 60_000
    held: dict[str, set[int]] = {}
    for rule, font in faces(html):
        held.setdefault(rule.partition(";unicode-range")[0].partition(";src")[0], set()).update(font.getBestCmap())
    assert len(held) == 3
    for letters in held.values():
        assert set(map(ord, NAMES.replace(" ", ""))) <= letters
        assert not letters & {0x645, 0x1EA4}  # what no page can set; what the face has and the page does not


@pytest.mark.parametrize(("rights", "travels"), [(0, True), (8, True), (4, False)])
def test_a_font_that_may_be_printed_and_not_handed_on_is_not_in_the_page(rights: int, travels: bool) -> None:
    font, kept = TTFont(font_files_ttf["SourceSansProBlack"]), BytesIO()
    font["OS/2"].fsType = rights
    font.save(kept)
    names = {face["name"].getDebugName(4) for _, face in faces(web("<p>Words</p>", {"own.ttf": kept.getvalue()}, OWN))}
    assert any("Black" in one for one in names) is travels


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("own", ["", "narrow", "otf"])
def test_a_browser_draws_names_in_the_faces_of_the_page(browser: Browser, tmp_path: Path, own: str) -> None:
    assets = (
        {"own.ttf": narrow_face() if own == "narrow" else Path(font_files_otf["SourceSansProBlack"]).read_bytes()} if own else {}
    )
    file = tmp_path / "page.html"
    file.write_text(web(f"<p>{NAMES} <strong>{NAMES}</strong> <em>{NAMES}</em></p>", assets, OWN if own else ""), "utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.goto(file.as_uri())
    assert set(page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(one => one.status))")) == {"loaded"}
    cdp = page.context.new_cdp_session(page)
    for verb in ("DOM.enable", "CSS.enable"):
        cdp.send(verb)
    root = cdp.send("DOM.getDocument")["root"]["nodeId"]
    for selector in ("p", "strong", "em"):
        node = cdp.send("DOM.querySelector", {"nodeId": root, "selector": f"main {selector}"})["nodeId"]
        fonts = cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert all(one["isCustomFont"] for one in fonts), fonts
        assert any("Black" in one["familyName"] for one in fonts) is bool(own)
    page.close()
    assert said == []


def chart(count: int) -> str:
    gap = count // 2
    points = tuple(ChartPoint(f"Month {n}", None if n == gap else 80.0 + n % 3, month=n % 12 + 1) for n in range(1, count + 1))
    given = XmrChart(
        "c", "Satisfaction", "It rose.", points, (Band(0, count - 1, 81.0, 78.0, 84.0),), format=NumberFormat(1, "", "%")
    )
    return f"<figure>{chart_svg(given, ChartStyle(), 324.0)}</figure>"


@pytest.mark.needs("chromium")
def test_the_points_of_a_chart_are_one_stop_of_the_keyboard_read_with_the_arrow_keys(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(web(chart(24)), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    stops = page.evaluate("[...document.querySelectorAll('figure [tabindex], figure select, figure a')].length")
    assert stops == 1
    points = page.get_by_label("Point by point of Satisfaction, with the arrow keys")
    points.focus()
    read = [points.input_value()]
    for _ in range(22):
        page.keyboard.press("ArrowUp")
        read.append(points.input_value())
    assert read == [f"Month {n}: {80 + n % 3}.0%" for n in range(24, 0, -1) if n != 12]
    page.emulate_media(media="print")
    assert not points.is_visible()
    page.close()
