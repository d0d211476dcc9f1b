"""Scripts that the pages of a PDF cannot set, since their letters change with those beside them or run from right to left: whose words they are in is said
where they can be written otherwise."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, cast

from reportpack import patterns as re
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import Record

_LETTERS = (
    "\u0590-\u08ff\u0900-\u0e3e\u0e40-\u109f\u1700-\u18af\u1900-\u1aaf\u1b00-\u1c7f\ua800-\uaaff\uabc0-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e800-\U0001efff"
)
"""Blocks of Unicode 15.1: Hebrew to Arabic, Devanagari to Myanmar, Khmer and Mongolian, and their like; the sign of the baht needs no shaping."""
_KIND = "script-not-set"
UNSET = re.compile(f"[{_LETTERS}](?:[ \u200c\u200d{_LETTERS}]*[{_LETTERS}])?")


def unset_scripts(records: Iterable[object], source: Source) -> tuple[Problem, ...]:
    """What records say in such scripts, each once, where it stands first; `source` is where those stand that do not say it."""
    found: dict[str, Source] = {}
    for text, place in _texts(records, source):
        for run in UNSET.finditer(text) if not text.isascii() else ():
            found.setdefault(run[0], place)
    named = ((words, unicodedata.name(words[0], "unknown").split()[0].title(), place) for words, place in found.items())
    remedy = "Write it in Latin letters as well; the HTML edition shows both."
    cannot = "letters, which a PDF cannot set here; it prints"
    return tuple(
        Problem(_KIND, place, f"“{words}” is in {of} {cannot} [{of}].", remedy, Weight.NOTE) for words, of, place in named
    )


def not_yet_said(problems: Iterable[Problem], before: Iterable[Problem]) -> tuple[Problem, ...]:
    """What was found on pages, but for words that were named where they were read."""
    said = {one.found for one in before if one.kind == _KIND}
    return tuple(one for one in problems if one.found not in said)


def _texts(values: Iterable[Any], source: Source) -> Iterator[tuple[str, Source]]:
    for value in values:
        if isinstance(value, str):
            yield value, source
        elif isinstance(value, tuple):
            yield from _texts(value, source)
        elif isinstance(value, Record):
            own = getattr(value, "source", None) or source
            cell = getattr(value, "line", "") or getattr(value, "cell", "") or next(iter(getattr(value, "lines", ())), "")
            here = Source(own.file, own.sheet, f"line {cell}" if str(cell).isdigit() else cell, own.sha256) if cell else own
            yield from _texts((getattr(value, one.name) for one in fields(cast("Any", value))), here)
