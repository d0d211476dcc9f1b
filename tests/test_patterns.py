"""A pattern that waits to be compiled does what the standard library's does."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack import patterns


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
