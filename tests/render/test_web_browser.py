"""The HTML edition in a real browser: axe-core, widths, dark, zoom, keyboard and print."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from reportpack.render.page import render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.templates import load_templates
from reportpack.render.web import render_web
from reportpack.run.program import program_templates
from tests.compose.test_pack import office_pack
from tests.render.web_source import PNG, document, theme

pytestmark = [pytest.mark.needs("chromium")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "pack.html"
    path.write_bytes(render_web(document(), theme(), {"map.png": PNG}))
    return path


def opened(browser: Browser, file: Path, width: int, scheme: str = "light", *, details: bool = True) -> Page:
    dark: bool = scheme == "dark"
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.goto(file.as_uri())
    if details:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(browser: Browser, file: Path, width: int, scheme: str) -> None:
    page = opened(browser, file, width, scheme)
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    page.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]] == []


def test_axe_would_find_a_fault(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 768)
    page.evaluate("document.querySelector('img').removeAttribute('alt')")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    page.close()
    assert [one["id"] for one in found.response["violations"]] == ["image-alt"]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_never_scrolls_sideways_and_tables_scroll_by_themselves_where_rows_are_no_cards(
    browser: Browser, file: Path, width: int
) -> None:
    page = opened(browser, file, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = "document.querySelector('[aria-label=\"Table: Two years by month\"]')"
    assert page.evaluate(f"{wide}.scrollWidth > {wide}.clientWidth") is (width >= 640)
    page.close()


def test_a_chart_beside_its_events_is_whole_on_a_telephone_with_words_of_nine_pixels(browser: Browser, tmp_path: Path) -> None:
    source = render_page_source(office_pack(), load_templates(program_templates()))
    held = tmp_path / "pack.html"
    held.write_bytes(render_web(parse_page_source(source, "pack"), theme(), {}))
    page = opened(browser, held, 360)
    charts = page.eval_on_selector_all(
        ".span-8 .scroll:has(>svg)",
        """rooms => rooms.map(room => [room.scrollWidth - room.clientWidth, Math.min(...[...room.querySelectorAll("text")].map(
            one => parseFloat(one.getAttribute("font-size")) * one.getScreenCTM().a))])""",
    )
    page.close()
    assert charts
    assert [one for one in charts if one[0] > 0 or one[1] < 9] == []


def test_a_chart_in_half_the_page_is_whole_on_a_wide_screen(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 1280)
    shown = page.evaluate("""() => {
        const holder = document.querySelector('figure svg').closest('.scroll'), columns = document.createElement('div');
        columns.className = 'columns';
        columns.innerHTML = '<div class="span-6"><figure></figure></div>';
        document.querySelector('main section').append(columns);
        columns.querySelector('figure').append(holder);
        return [holder.scrollWidth, holder.clientWidth];
    }""")
    page.close()
    assert shown[0] == shown[1] > 0


def test_words_can_be_four_times_as_large(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 1280)
    page.evaluate("document.documentElement.style.fontSize = '400%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    page.close()


def test_the_keyboard_reaches_the_skip_link_first_then_every_link_table_and_summary(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 1280, details=False)
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        if here.startswith("<body"):
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", here
        reached.append(here)
    assert 'class="skip"' in reached[0]
    expected = "document.querySelectorAll('a[href], summary, select, [tabindex=\"0\"]')"
    shown = page.evaluate(f"[...{expected}].filter(one => one.checkVisibility()).length")
    assert len(reached) == shown
    page.close()


def test_enter_skips_to_the_content_and_opens_the_sources_of_a_table(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 1280, details=False)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details').open")
    page.close()


def test_the_arrow_keys_scroll_a_wide_table(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 768)
    table = page.get_by_label("Table: Two years by month")
    table.focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
        if page.evaluate("document.activeElement.scrollLeft") > 0:
            break
    assert page.evaluate("document.activeElement.scrollLeft") > 0
    page.close()


def test_print_keeps_the_marking_on_every_page_and_closes_what_opens_on_demand(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 1280, "dark")
    target = file.with_suffix(".pdf")
    page.pdf(path=str(target), prefer_css_page_size=True)
    page.close()
    pages = PdfReader(target).pages
    assert len(pages) >= 4
    assert all(one.extract_text().count("OFFICIAL") >= 2 for one in pages)
    assert not any("Where these numbers come from" in one.extract_text() for one in pages)


def test_no_colour_is_lost_in_print_from_a_dark_screen(browser: Browser, file: Path) -> None:
    page = opened(browser, file, 1280, "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 43)"
    page.close()


def test_charts_are_dark_on_a_dark_screen_and_light_on_paper(browser: Browser, file: Path) -> None:
    looks = "[...document.querySelectorAll('figure svg, svg.sign, svg.sparkline')].map(one => getComputedStyle(one).filter)"
    page = opened(browser, file, 1280, "dark")
    assert {one.partition("(")[0] for one in page.evaluate(looks)} == {"invert"}
    page.emulate_media(media="print")
    assert set(page.evaluate(looks)) == {"none"}
    page.close()
