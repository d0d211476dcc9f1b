"""Tests whose need is missing on this machine are left out, with one closing line; REPORTPACK_NEED_ALL makes that a failure."""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.offices import put_up

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # what else a machine has to do is no fault of ours

_MISSING: dict[str, int] = {}
NEED_ALL = bool(os.environ.get("REPORTPACK_NEED_ALL"))
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _is_there(need: str) -> bool:
    """A program on the path, `module:NAME` for a Python module, `postgresql` for the server's programs, `otf` for a font of that kind, or
    `shared` for the folder of reference material beside the project."""
    if need == "otf":
        return next(Path("/usr/share/fonts").rglob("*.otf"), None) is not None
    if need == "shared":
        return SHARED.is_dir()
    if need == "postgresql":
        return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    if need.startswith("module:"):
        return importlib.util.find_spec(need.removeprefix("module:")) is not None
    return shutil.which(need) is not None


_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser of every test in this process: there can be one at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*_QUIET])
        yield opened
        opened.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make golden` gives this; a person looks at what changed."""
    parser.addoption("--update-golden", action="store_true", help="write what the golden tests expect anew, instead of comparing")


def _missing(item: pytest.Item) -> list[str]:
    return [need for mark in item.iter_markers("needs") for need in mark.args if not _is_there(need)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here; where everything must be there it stays, and fails."""
    if NEED_ALL:
        return
    left_out = [item for item in items if _missing(item)]
    for item in left_out:
        for need in _missing(item):
            _MISSING[need] = _MISSING.get(need, 0) + 1
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What is still missing now must not be."""
    if missing := _missing(item):
        pytest.fail(f"to be installed for the whole suite: {', '.join(missing)}", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that runs a part of the tests tells the one that began it what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["missing"] = _MISSING


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process leaves out the same."""
    _MISSING.update(getattr(node, "workeroutput", {}).get("missing", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One closing line."""
    if _MISSING:
        counts = ", ".join(f"{need} ({count})" for need, count in sorted(_MISSING.items()))
        terminalreporter.write_line(f"left out, because this machine lacks what they need: {counts}")


@pytest.fixture
def shared() -> Path:
    """The folder of reference material beside the project; a test that takes it is marked `needs("shared")`."""
    return SHARED


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that a person looked at, or write that file anew."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{path} differs: look at it, then run make golden"

    return compare


@pytest.fixture
def old_office(tmp_path: Path) -> Path:
    """An office that the program of commit b662a7c made and used, as it left it: its inputs, its memory, its build."""
    return put_up("b662a7c", tmp_path / "old-office")
