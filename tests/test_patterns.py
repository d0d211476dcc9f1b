"""A pattern that waits to be compiled does what the standard library's does."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack import patterns

ROOT = Path(__file__).parent.parent


@given(st.text("ab1 \n", max_size=20), st.sampled_from(["a+", r"(?P<one>a)|b", r"\b", "A1"]), st.sampled_from([0, re.IGNORECASE]))
def test_every_method_gives_what_the_compiled_pattern_gives(text: str, pattern: str, flags: int) -> None:
    waiting, compiled = patterns.compile(pattern, flags), re.compile(pattern, flags)
    assert waiting.pattern == pattern
    assert waiting.sub("-", text) == compiled.sub("-", text)
    for method in ("findall", "split"):
        assert getattr(waiting, method)(text) == getattr(compiled, method)(text)
    for method in ("search", "match", "fullmatch"):
        ours, theirs = (getattr(one, method)(text) for one in (waiting, compiled))
        assert (ours and ours.span()) == (theirs and theirs.span())
    assert [one.span() for one in waiting.finditer(text)] == [one.span() for one in compiled.finditer(text)]


def test_nothing_is_compiled_until_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    compiled = re.compile

    def compile_and_count(pattern: Any, flags: Any = 0) -> Any:
        asked.append(pattern)
        return compiled(pattern, flags)

    monkeypatch.setattr("re.compile", compile_and_count)
    waiting = patterns.compile("only once")
    assert asked == []
    assert waiting.search("only once") is not None
    assert waiting.match("never") is None
    assert asked == ["only once"]


def test_a_mistake_in_a_pattern_is_raised() -> None:
    with pytest.raises(re.error):
        patterns.compile("(").search("")


@given(st.text("abAB1 \n", max_size=20), st.sampled_from(["a+", r"(?P<one>a)|(b)", r"\b", "(?i)A1", "[a-b\u00e9]{2}"]))
def test_what_is_kept_of_a_modules_own_patterns_is_the_same_pattern(text: str, pattern: str) -> None:
    kept, compiled = patterns.fixed(pattern), re.compile(pattern)
    for method in ("search", "match", "fullmatch"):
        ours, theirs = (getattr(one, method)(text) for one in (kept, compiled))
        assert (ours and (ours.span(), ours.groups(), ours.groupdict())) == (
            theirs and (theirs.span(), theirs.groups(), theirs.groupdict())
        )
    assert kept.split(text) == compiled.split(text)


def run_with(folder: Path, program: str) -> str:
    """What a program of one module prints, whose bytecode goes into the folder."""
    (folder / "module_of_its_own.py").write_text(
        "from reportpack import patterns as re\nOWN = re.compile('own|words')\ndef of(name):\n    return re.compile(name)\n"
    )
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {
        **kept,
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
    }
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=folder, capture_output=True, text=True, check=True
    ).stdout


USED = "import module_of_its_own as m; print(m.OWN.search('of its own')[0], m.of('Jane Doe').search('Jane Doe')[0])"


def test_a_modules_patterns_are_kept_for_the_next_run_and_peoples_words_are_not(tmp_path: Path) -> None:
    assert run_with(tmp_path, USED) == "own Jane Doe\n"
    (kept,) = (tmp_path / "bytecode").rglob("patterns.compiled.*")
    assert b"own|words" in kept.read_bytes()
    assert b"Jane" not in kept.read_bytes()
    written = kept.stat().st_mtime_ns
    assert run_with(tmp_path, USED) == "own Jane Doe\n"
    assert kept.stat().st_mtime_ns == written, "nothing was compiled, so nothing was to be kept"


@pytest.mark.parametrize("spoilt", [b"", b"no bytecode", b"\xe3"])
def test_a_spoilt_file_of_patterns_is_made_again(tmp_path: Path, spoilt: bytes) -> None:
    run_with(tmp_path, USED)
    (kept,) = (tmp_path / "bytecode").rglob("patterns.compiled.*")
    whole = kept.read_bytes()
    kept.write_bytes(spoilt)
    assert run_with(tmp_path, USED) == "own Jane Doe\n"
    assert kept.read_bytes() == whole


def test_what_a_records_methods_compile_to_is_kept_without_what_the_record_holds(tmp_path: Path) -> None:
    program = "from reportpack.model.problem import Source; print(Source('Jane Doe.xlsx', 'Sheet') == Source('Jane Doe.xlsx'))"
    assert run_with(tmp_path, program) == "False\n"
    (kept,) = (tmp_path / "bytecode").rglob("records.compiled.*")
    assert b"as_at" in kept.read_bytes()
    assert b"Jane" not in kept.read_bytes()
    kept.write_bytes(b"no bytecode")
    assert run_with(tmp_path, program) == "False\n"
