"""The theme: an office's over the program's, every mistake named with file and line."""

import pytest

from reportpack.errors import TemplateError
from reportpack.render.theme import Theme, read_theme
from reportpack.run.look import program_theme


def read(overlay: str | None = None) -> Theme:
    return read_theme(program_theme(), overlay, ("theme.toml", "own.toml"))


def test_an_office_changes_only_what_it_names() -> None:
    own = read('[colours]\naccent = "#123456"\n[page]\nsize = "a5"\nmargin_left = 10\n')
    assert own.colours.accent == "#123456"
    assert own.colours.ink == read().colours.ink
    assert own.page.size == "A5"
    assert own.page.margin_left == pytest.approx(28.35, abs=0.01)
    assert own.fonts == read().fonts


def test_the_files_that_a_theme_names_are_known() -> None:
    fonts = 'regular = "a.ttf"\nitalic = "b.ttf"\nbold = "SourceSansPro"\nbold_italic = "a.ttf"'
    assert read(f'[fonts]\n{fonts}\n[logo]\nfile = "logo.png"\n').files == ("a.ttf", "b.ttf", "logo.png")
    assert read().files == ()


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        ('[colours]\nink = "red"\n', 'own.toml, line 2: "ink" is "red". Give a colour such as #0b4a6f.'),
        ("[colour]\n", 'own.toml, line 1: "colour" is not a key that is known here. Did you mean "colours"?'),
        ('[page]\nsize = "A9"\n', 'own.toml, line 2: "size" is "A9". Give one of A3, A4, A5, Letter.'),
        (
            "[page]\nmargin_left = 130\nmargin_right = 130\n",
            "own.toml, line 1: The margins leave no room for words. Make them smaller.",
        ),
        ("[text]\nsize = 0.5\n", 'own.toml, line 2: "size" is 0.5. Give 3 to 400.'),
        ('[text]\nsize = "large"\n', 'own.toml, line 2: "size" is "large". Write a number such as 82.5.'),
        ("[text\n", "own.toml, line 1:"),
    ],
)
def test_a_mistake_is_named_once_with_file_line_and_remedy(overlay: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read(overlay)
    assert caught.value.found.startswith(said)
    assert len(caught.value.found.splitlines()) == 1


def test_large_print_holds_for_words_tables_and_notes_of_every_edition() -> None:
    large = read("[text]\nleast = 18.0\n").enlarged()
    assert (large.text.size, large.tables.size, large.text.small, large.text.h4) == (18.0, 18.0, 15.0, 18.0)
    assert large.text.leading == pytest.approx(15.0 * 18 / 11)
    plain = read()
    assert plain.enlarged() == plain
    assert plain.enlarged("public").text.size == 12.0
