"""The standard library's `re`, whose `compile` waits until the pattern is first used: a run uses few of the hundreds that the modules name.

A module says `from reportpack import patterns as re`, and then all is as it was. What a module's own patterns compile to is kept, as Python
keeps the module, in `__pycache__`; patterns made while running hold people's words, and are never kept."""

import re
import struct
import sys
from functools import cache
from importlib import import_module
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

from reportpack.bytecode import Compiled

__all__ = ["ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "Match", "Pattern", "compile", "escape", "findall", "finditer", "fixed", "fullmatch",
           "match", "search", "split", "sub"]  # fmt: skip
_KEPT = Compiled(__file__)
_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the library's compiler hands to its engine: flags, code, the number of groups, and their names both ways."""


class _Waiting:
    """A pattern that is not compiled yet. Its methods are the compiled one's from the first call on."""

    __slots__ = ("_flags", "_of_module", "pattern", *_METHODS)

    def __init__(self, pattern: Any, flags: int, *, of_module: bool) -> None:
        self.pattern, self._flags, self._of_module = pattern, flags, of_module

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = (_compiled if self._of_module else re.compile)(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:  # noqa: A001 - it stands in for the library's
    """As `re.compile`; a mistake in the pattern shows at its first use."""
    spec = sys._getframe(1).f_globals.get("__spec__")
    return cast("Pattern[AnyStr]", _Waiting(pattern, flags, of_module=getattr(spec, "_initializing", False)))


@cache
def fixed(pattern: str) -> Pattern[str]:
    """A pattern that a function puts together from the program's own words alone: kept as a module's are."""
    return cast("Pattern[str]", _Waiting(pattern, 0, of_module=True))


def _compiled(pattern: Any, flags: int) -> Pattern[Any]:
    settled, code, groups, numbers, names = _KEPT.get((pattern, int(flags)), lambda: _parts(pattern, flags))
    engine, words = import_module("_sre"), memoryview(code).cast("I").tolist()
    return cast("Pattern[Any]", engine.compile(pattern, settled, words, groups, numbers, names))


def _parts(pattern: Any, flags: int) -> Parts:
    """As `re._compiler.compile` makes them."""
    compiler = import_module("re._compiler")
    parsed = import_module("re._parser").parse(pattern, flags)
    code = compiler._code(parsed, flags)
    numbers = dict(parsed.state.groupdict)
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in numbers.items():
        names[number] = name
    return int(flags | parsed.state.flags), struct.pack(f"{len(code)}I", *code), parsed.state.groups - 1, numbers, tuple(names)
