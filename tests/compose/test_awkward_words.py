"""Whatever people typed, in every field that holds their words: the page source stays well formed and of the known vocabulary."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.compose.pack import compose_pack
from reportpack.model.edition import Audience
from reportpack.model.problem import Problem, Source
from reportpack.render.element import plain_text
from reportpack.render.page import render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.templates import Templates, load_templates
from tests.compose import northmoor

KEPT = {
    "id",
    "topic",
    "measure",
    "series",
    "meeting",
    "item",
    "items",
    "number",
    "area",
    "owners",
    "lead",
    "chair",
    "post",
    "author",
    "origin",
    "due",
    "language",
}
AWKWARD = (
    "<b>&amp;</b> \x00\x07\x1b ]]> <!-- {{ 7 * 7 }} {% raw %} <?php ?>",
    "=cmd|' /C calc'!A0\nsecond line\r\n\tthird",
    "x" * 10_000,
    "e\u0301\u0301\u0301 \u202e\u05d0\u05d1 \U0001f600 \ue000 \ufffe\uffff",
)


@cache
def templates() -> Templates:
    return load_templates(Path(__file__).parents[2] / "templates")


def spoilt(value: Any, words: str, name: str = "") -> Any:
    """The same value with these words in place of everybody's."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value if name in KEPT or not value else words
    if isinstance(value, tuple):
        return tuple(spoilt(one, words, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: spoilt(getattr(value, field.name), words, field.name) for field in fields(value)})
    return value


def page_source(words: str) -> str:
    problem = Problem("kind", Source(words, words, words), words, words)
    office = spoilt(northmoor.an_office(), words)
    pack = compose_pack(
        spoilt(northmoor.a_view(), words),
        Audience.OFFICE,
        office,
        spoilt(northmoor.the_findings(), words),
        (problem,),
        (),
        northmoor.ON,
        "v1",
    )
    return render_page_source(pack, templates())


@pytest.mark.parametrize("words", AWKWARD)
def test_awkward_words_break_nothing(words: str) -> None:
    parse_page_source(page_source(words), "pack")


def test_markup_in_a_cell_prints_as_typed() -> None:
    words = "<script>alert(1)</script> & {{ pack }}"
    assert words in plain_text(parse_page_source(page_source(words), "pack"))


@settings(max_examples=5, deadline=None)
@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_words_at_all_break_nothing(words: str) -> None:
    parse_page_source(page_source(words), "pack")
