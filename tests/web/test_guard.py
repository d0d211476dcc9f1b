"""What a scanner tries on loopback: every one refused in a sentence, and nothing recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from reportpack.run.office_files import office_folders, open_memory
from tests.web.conftest import MEETING, Opened

pytestmark = [pytest.mark.needs("chromium")]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def cookie(context: BrowserContext) -> str:
    one = context.cookies()[0]
    return f"{one['name']}={one['value']}"


@pytest.fixture(autouse=True)
def _nothing_is_recorded(desk: Opened) -> Iterator[None]:
    before = recorded(desk.office)
    yield
    assert recorded(desk.office) == before


def recorded(office: Path) -> tuple[int, list[str]]:
    with open_memory(office_folders(office / "inputs", office / "build", None)) as ledger:
        return ledger.last_number(), sorted(str(path) for path in (office / "inputs").rglob("*") if "memory" not in path.parts)


@pytest.mark.parametrize("host", ["evil.example", "localhost:1", "127.0.0.1", "127.0.0.1:80", "[::1]"])
def test_another_host_is_refused(desk: Opened, cookie: str, host: str) -> None:
    status, _, text = desk.asks("GET", "/", {"Host": host, "Cookie": cookie})
    assert status == 421
    assert "answers only as 127.0.0.1" in text
    assert "Satisfaction" not in text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(desk: Opened, cookie: str, headers: dict[str, str]) -> None:
    status, _, text = desk.asks("POST", "/who", {**FORM, "Cookie": cookie, **headers}, b"who=Mallory")
    assert status == 403
    assert "does not come from a page of the desk" in text


def test_a_form_without_its_number_is_refused_and_one_is_used_once(desk: Opened, cookie: str, page: Page) -> None:
    own = {**FORM, "Cookie": cookie, "Origin": desk.origin}
    status, headers, _ = desk.asks("POST", "/who", own, b"who=Mallory&number=made-up")
    assert status == 303
    assert "out of date" in desk.asks("GET", headers["location"], {"Cookie": cookie})[2]
    number = page.locator("input[name=number]").first.get_attribute("value")
    said = [desk.asks("POST", "/who", own, f"who=Ellis+Wainfleet&number={number}".encode())[1]["location"] for _ in range(2)]
    texts = [desk.asks("GET", one, {"Cookie": cookie})[2] for one in said]
    assert "At the desk: Ellis Wainfleet." in texts[0]
    assert "out of date" in texts[1]


def test_without_a_cookie_nothing_of_the_office_is_shown(desk: Opened) -> None:
    for path in ("/", f"/m/{MEETING}/", f"/m/{MEETING}/figures", "/enter/guess"):
        status, _, text = desk.asks("GET", path, {"Cookie": "desk-1=guess"})
        assert status == 403
        assert "Assurance" not in text
        assert "Wainfleet" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/desk/../office.toml",
        "/desk/..%2f..%2finputs%2foffice.toml",
        "/desk/%2e%2e/%2e%2e/inputs/office.toml",
        "/desk/....//office.toml",
        "/m/../../etc/passwd",
        "/m/..%2f..%2f..%2fetc%2fpasswd/",
        "/m/%00/",
        "/desk//etc/passwd",
    ],
)
def test_no_address_leads_out_of_the_desk(desk: Opened, cookie: str, path: str) -> None:
    status, _, text = desk.asks("GET", path, {"Cookie": cookie})
    assert status in (200, 404, 400)
    assert "root:" not in text
    assert "[[post]]" not in text
    if status == 200:
        assert "There is no meeting" in text


def test_a_line_break_in_an_address_makes_no_header(desk: Opened, cookie: str) -> None:
    own = {**FORM, "Cookie": cookie, "Origin": desk.origin}
    _, headers, _ = desk.asks("POST", "/who", own, b"number=x&back=/%0d%0aSet-Cookie:+evil=1")
    assert "evil" not in "".join(headers)
    assert "set-cookie" not in headers


def test_what_is_too_large_is_read_away_and_refused_in_a_sentence(desk: Opened, cookie: str) -> None:
    own = {"Cookie": cookie, "Origin": desk.origin, "Content-Type": "multipart/form-data; boundary=x"}
    status, _, text = desk.asks("POST", "/who", own, b"0" * 70_000_000)
    assert status == 413
    assert "the most is 60 MB" in text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_other_methods_are_refused(desk: Opened, cookie: str, method: str) -> None:
    assert desk.asks(method, "/", {"Cookie": cookie})[0] == 405


def test_every_page_says_what_a_browser_may_do_with_it(desk: Opened, cookie: str) -> None:
    _, headers, _ = desk.asks("GET", "/", {"Cookie": cookie})
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_another_sites_page_cannot_post_to_it(desk: Opened, context: BrowserContext, browser: Browser) -> None:
    """In a real browser that has the cookie: a page of another origin sends a form, and an image, at the desk."""
    page = context.new_page()
    page.route(
        "http://evil.example/**",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<form method="post" action="{desk.origin}/who"><input name="who" value="Mallory"><button>x</button></form>',
        ),
    )
    page.goto("http://evil.example/")
    page.get_by_role("button").click()
    page.wait_for_load_state()
    assert "does not come from a page of the desk" in page.content()
    page.close()
