"""An office's look is told where it cannot be read, and where nothing of it is ever used."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.render.templates import load_templates, template_cautions
from reportpack.render.theme import Theme, contrast, read_theme, theme_cautions
from reportpack.run.program import program_templates

DEFAULTS = (program_templates() / "theme.toml").read_text(encoding="utf-8")


def theme(key: str, colour: str) -> Theme:
    return read_theme(DEFAULTS, f'[colours]\n{key} = "{colour}"\n', ("theme.toml", "own.toml"))


def test_the_programs_own_look_can_be_read() -> None:
    assert theme_cautions(read_theme(DEFAULTS, None, ("theme.toml",)), "theme.toml") == ()


@given(st.sampled_from(["quiet", "good", "bad", "watch", "marking"]), st.integers(0, 255))
def test_words_are_told_below_the_contrast_that_words_need(key: str, grey: int) -> None:
    colour = f"#{grey:02x}{grey:02x}{grey:02x}"
    found = [one.found for one in theme_cautions(theme(key, colour), "own.toml")]
    assert [key in one for one in found] == ([True] if contrast(colour, "#ffffff") < 4.5 else [])


def test_a_link_is_held_against_the_tint_too() -> None:
    found = theme_cautions(theme("tint", "#0b4f8a"), "own.toml")
    assert {one.found.split()[1] for one in found} == {"ink", "link"}


def test_type_below_nine_points_is_told_by_its_key() -> None:
    small = read_theme(DEFAULTS, "[text]\nsmall = 7.5\n[tables]\nsize = 8.9\n", ("theme.toml", "own.toml"))
    assert [one.found for one in theme_cautions(small, "own.toml")] == [
        "[text] small is 7.5 points; words need 9.",
        "[tables] size is 8.9 points; words need 9.",
    ]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path


def cautions(own: Path, name: str, text: str) -> list[str]:
    (own / name).write_text(text, encoding="utf-8")
    return [f"{one.found} {one.remedy}" for one in template_cautions(load_templates(program_templates(), own))]


def test_a_template_under_a_wrong_name_is_told_with_the_nearest_right_one(own: Path) -> None:
    assert cautions(own, "glancee.html", "<p>x</p>") == [
        'Nothing uses this template, so it changes nothing. Did you mean "glance.html"?'
    ]


def test_a_block_that_the_template_below_does_not_have_is_told(own: Path) -> None:
    text = '{% extends "program/glance.html" %}{% block introo %}<p>x</p>{% endblock %}'
    assert cautions(own, "glance.html", text) == [
        'program/glance.html has no block "introo", so what stands in it is never printed. Did you mean "intro"?'
    ]


def test_what_is_used_is_not_told(own: Path) -> None:
    (own / "ours.html").write_text("<p>x</p>", encoding="utf-8")
    text = '{% extends "program/glance.html" %}{% block intro %}{% include "ours.html" %}{% endblock %}'
    assert cautions(own, "glance.html", text) == []


def test_a_folder_of_copies_of_the_programs_templates_is_told_of_nothing(own: Path) -> None:
    for path in program_templates().rglob("*.html"):
        copy = own / path.relative_to(program_templates())
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert template_cautions(load_templates(program_templates(), own)) == ()
