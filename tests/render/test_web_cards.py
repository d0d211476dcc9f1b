"""A wide table's rows are cards on a telephone: each cell under its column's name, nothing to scroll aside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from reportpack.render.web import render_web
from tests.render.pdf.made import document, theme

pytestmark = [pytest.mark.needs("chromium")]
WORDS = ("What was asked of the force", "Latest", "Target", "What the figures say of it")
ROWS = "".join(
    f'<tr><th scope="row">Measure {row}</th><td class="number">{row}.5%</td><td></td><td>{"Better since May. " * 4}</td></tr>'
    for row in (1, 2)
)
HEAD = "".join(f'<th scope="col">{one}</th>' for one in WORDS)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>T</title></head><body><section><h1>T</h1>'
    f'<table><caption>All measures of the month</caption><colgroup><col data-width="30"/><col data-width="20"/><col data-width="20"/><col data-width="30"/></colgroup>'
    f"<thead><tr>{HEAD}</tr></thead><tbody>{ROWS}"
    '<tr class="group"><th scope="rowgroup" colspan="4">More</th></tr></tbody></table></section></body></html>'
)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "pack.html"
    path.write_bytes(render_web(document(PAGE), theme(), {}))
    shown = browser.new_page(viewport={"width": 360, "height": 740})
    shown.goto(path.as_uri())
    yield shown
    shown.close()


def test_cells_stand_below_their_heads_and_nothing_runs_off_the_screen(page: Page) -> None:
    assert page.evaluate("document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth")
    cell = page.locator("td.number").first
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == '"Latest"'
    assert page.locator("td:empty").first.evaluate("one => getComputedStyle(one).display") == "none"
    words = page.locator("tbody tr").first.locator("td").last.bounding_box()
    name = page.locator("tbody th").first.bounding_box()
    assert words is not None
    assert name is not None
    assert name["height"] < 60
    assert words["width"] > 300
    assert words["y"] > name["y"]


def test_on_a_desk_it_is_a_table(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("td.number").first.evaluate("one => getComputedStyle(one, '::before').content") == "none"
    assert page.locator("tr").first.evaluate("one => getComputedStyle(one).display") == "table-row"
