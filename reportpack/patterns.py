"""The standard library's `re`, whose `compile` waits until the pattern is first used: a run uses few of the hundreds that the modules name.

A module says `from reportpack import patterns as re`, and then all is as it was.
"""

import re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    Match,
    Pattern,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, AnyStr, cast

__all__ = [
    "ASCII",
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "Match",
    "Pattern",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]
_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Waiting:
    """A pattern that is not compiled yet. Its methods are the compiled one's from the first call on."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:  # noqa: A001 - it stands in for the library's
    """As `re.compile`; a mistake in the pattern shows at its first use."""
    return cast("Pattern[AnyStr]", _Waiting(pattern, flags))
