"""For everyone: axe on every screen in light and dark, 400% zoom, the keyboard alone, forced colours, reduced motion."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import MEETING, Opened

pytestmark = [pytest.mark.needs("chromium")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
M = f"/m/{MEETING}"
SCREENS = (
    "/",
    f"{M}/figures",
    f"{M}/figures/5",
    f"{M}/pack?page=agenda&number=0",
    f"{M}/pack/left-out/force",
    f"{M}/words/2.1.2",
    f"{M}/papers",
    f"{M}/notes",
    f"{M}/notes/read-back",
    f"{M}/annex/queries?kind=all",
    f"{M}/annex/corrections",
    f"{M}/annex/issue",
    f"{M}/send",
    f"{M}/send/lines",
    f"{M}/send/receipts",
    "/register?kind=all&state=all",
    "/register/1-2019",
    "/register/M2-2018",
    "/register/new",
    "/topic/satisfaction",
    "/find",
    "/inbox",
    "/calendar",
    "/people",
    f"{M}/send/confirm",
)


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing_in_light_and_dark_and_nothing_runs_over_at_320_pixels(go: Callable[[str], Page], path: str) -> None:
    page = go(path)
    assert "a fault of its own" not in page.content()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        response = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"], "iframes": False}).response
        found += [(scheme, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in response["violations"]]
    page.set_viewport_size({"width": 320, "height": 800})
    found += [("320 pixels", "runs over", [])] if page.evaluate("document.documentElement.scrollWidth") > 320 else []
    assert found == []


def test_axe_would_find_a_fault(page: Page) -> None:
    page.evaluate(
        "document.querySelector('label[for=find]').remove(); document.querySelector('#find').removeAttribute('placeholder')"
    )
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found] == ["label"]


@pytest.mark.parametrize("path", ["/", f"{M}/figures", f"{M}/annex/queries?kind=all", "/register/1-2019", f"{M}/send"])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(go: Callable[[str], Page], path: str) -> None:
    page = go(path)
    wanted = "[...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea, iframe, [tabindex=\"0\"]')]"
    shown = page.evaluate(f"{wanted}.filter(one => one.checkVisibility({{visibilityProperty: true}}) && !one.disabled).length")
    reached, radios = 0, page.evaluate("document.querySelectorAll('input[type=radio]').length")
    for _ in range(shown + 5):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.tagName")
        if here == "BODY":
            break
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid" or here == "IFRAME", page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        reached += 1
    assert reached >= shown - radios


def test_the_first_stop_skips_to_the_task(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "task"


def test_a_step_is_taken_by_the_keyboard_alone(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/register/8-2019")
    page.locator("summary", has_text="Change something else").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Upd")
    page.keyboard.press("Tab")
    page.keyboard.type("Typed, not clicked.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("Recorded as")
    expect(page.locator(".facts")).to_contain_text("Typed, not clicked.")


def test_words_four_times_as_large_still_fit(go: Callable[[str], Page]) -> None:
    page = go("/")
    page.evaluate("document.documentElement.style.fontSize = '400%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_forced_colours_and_reduced_motion_lose_nothing(go: Callable[[str], Page]) -> None:
    page = go("/")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert page.locator("nav a[aria-current]").is_visible()
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).animationName !== 'none').length"
    )
    assert moving == 0
    expect(page.locator("ol.steps .now")).to_contain_text("(now)")
