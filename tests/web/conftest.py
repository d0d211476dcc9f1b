"""The example's office, opened at its desk in a real browser: the program as a person starts it, on a day before the meeting."""

import http.client
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parents[2]
BEFORE, AFTER = "2019-05-24T16:40", "2019-05-29T09:30"
MEETING = "2019-05-28-assurance"
LIMIT = 300
"""Seconds for one test with what it opens."""
expect.set_options(timeout=30_000)  # a machine that is busy with other tests


@dataclass
class Opened:
    """A desk that was started: its office's folder, the address that opens it once, its origin, and the process."""

    office: Path
    entry: str
    process: "subprocess.Popen[str]"

    @property
    def origin(self) -> str:
        return self.entry.partition("/enter")[0]

    @property
    def host(self) -> str:
        return self.origin.removeprefix("http://")

    def asks(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> tuple[int, dict[str, str], str]:
        """What anybody on this machine gets, without a browser: status, headers, text. The path goes as it is."""
        connection = http.client.HTTPConnection(self.host, timeout=180)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": self.host, **(headers or {})}.items():
            connection.putheader(name, value)
        if body or method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        connection.close()
        return found


@contextmanager
def desk_of(office: Path, now: str = BEFORE, *more: str, by: str = "Ellis Wainfleet") -> Iterator[Opened]:
    program = [sys.executable, "-m", "reportpack", "serve", "--no-browser", "--now", now, "--by", by, *more]
    with subprocess.Popen(program, cwd=office, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            entry = process.stdout.readline().strip()
            assert entry.startswith("http://127.0.0.1:"), process.stderr.read() if process.stderr else ""
            yield Opened(office, entry, process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, bool, bool]:
    """A call to the browser that never comes back fails its test, and holds nobody up: not all of them have a limit of their own."""

    def ring(*_: object) -> None:
        raise TimeoutError(f"The test took longer than {LIMIT} seconds.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LIMIT)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def plain_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's inputs; nothing was ever built."""
    folder = tmp_path_factory.mktemp("plain") / "office"
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    return folder


@pytest.fixture(scope="session")
def built_office(plain_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its pack built."""
    folder = tmp_path_factory.mktemp("built") / "office"
    shutil.copytree(plain_office, folder)
    program = [sys.executable, "-m", "reportpack", "pack", MEETING, "--now", "2019-05-24T15:00"]
    subprocess.run(program, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def desk(built_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The desk of an office of the module's own, whose pack is built."""
    folder = tmp_path_factory.mktemp("desk") / "office"
    shutil.copytree(built_office, folder)
    with desk_of(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def context(desk: Opened, browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has opened it."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    page = made.new_page()
    page.goto(desk.entry)
    page.close()
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, desk: Opened) -> Iterator[Page]:
    """A window at Today. What the browser complains of fails the test."""
    made = context.new_page()
    made.set_default_timeout(60_000)
    said: list[str] = []
    made.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: said.append(str(error)))
    made.goto(f"{desk.origin}/")
    yield made
    made.goto("about:blank")  # a page that is closed while it goes somewhere may never say that it is closed
    made.close()
    assert said == []


@pytest.fixture
def go(page: Page, desk: Opened) -> Callable[[str], Page]:
    """Go to a page of the desk by its address."""

    def to(path: str) -> Page:
        page.goto(f"{desk.origin}{path}")
        return page

    return to
