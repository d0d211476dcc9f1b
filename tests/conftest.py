"""Tests whose need is missing on this machine are left out, with one closing line; REPORTPACK_NEED_ALL makes that a failure."""

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

_MISSING: dict[str, int] = {}
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _is_there(need: str) -> bool:
    """A program on the path, `module:NAME` for a Python module, `postgresql` for the server's programs, or `shared` for the folder of
    reference material beside the project."""
    if need == "shared":
        return SHARED.is_dir()
    if need == "postgresql":
        return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    if need.startswith("module:"):
        return importlib.util.find_spec(need.removeprefix("module:")) is not None
    return shutil.which(need) is not None


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make golden` gives this; a person looks at what changed."""
    parser.addoption("--update-golden", action="store_true", help="write what the golden tests expect anew, instead of comparing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, or refuse to start when everything must be there."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        needs = [need for mark in item.iter_markers("needs") for need in mark.args]
        missing = [need for need in needs if not _is_there(need)]
        for need in missing:
            _MISSING[need] = _MISSING.get(need, 0) + 1
        (left_out if missing else kept).append(item)
    if _MISSING and os.environ.get("REPORTPACK_NEED_ALL"):
        pytest.exit(f"these must be installed for the whole suite: {', '.join(sorted(_MISSING))}", returncode=1)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


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
