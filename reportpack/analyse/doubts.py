"""Figures that somebody must answer for before anything is said of them: they are shown, and enter no verdict, comparison or question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportpack.model.observation import Observation
from reportpack.model.problem import Problem

DOUBTING = frozenset({"figure-jumps"})
"""Problems that speak against the very figure that they name."""


def with_doubts(observations: Iterable[Observation], problems: Sequence[Problem]) -> tuple[Observation, ...]:
    """The observations, those that an open problem speaks against marked with its words. An accepted problem is answered."""
    said = {(one.source.file, one.source.sheet, one.source.cell): one.found for one in problems if one.kind in DOUBTING}
    if not said:
        return tuple(observations)
    return tuple(_marked(one, said) for one in observations)


def _marked(one: Observation, said: dict[tuple[str, str, str], str]) -> Observation:
    words = said.get((one.source.file, one.source.sheet, one.source.cell), "")
    return replace(one, doubt=words) if words and not one.doubt else one
