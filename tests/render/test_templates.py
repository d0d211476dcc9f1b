from pathlib import Path

import pytest

from reportpack.errors import ExitCode, TemplateError
from reportpack.render.templates import load_templates


def folder(place: Path, **files: str) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.html").write_text(text, encoding="utf-8")
    return place


def test_an_offices_file_takes_the_place_of_the_programs_and_the_others_stay(tmp_path: Path) -> None:
    program = folder(tmp_path / "program", cover="program's cover", agenda="program's agenda")
    office = folder(tmp_path / "office", cover="office's cover", extra="a section of their own")
    templates = load_templates(program, office)
    assert {file.name: (file.text, file.own) for file in templates.files} == {
        "agenda.html": ("program's agenda", False),
        "cover.html": ("office's cover", True),
        "extra.html": ("a section of their own", True),
    }


def test_an_office_whose_folder_is_the_programs_own_overlays_nothing(tmp_path: Path) -> None:
    program = folder(tmp_path / "program", cover="cover")
    assert not any(file.own for file in load_templates(program, program).files)


def test_of_a_copied_folder_only_what_was_changed_is_the_offices_own(tmp_path: Path) -> None:
    program = folder(tmp_path / "program", cover="cover", agenda="agenda")
    office = folder(tmp_path / "office", cover="cover", agenda="agenda")
    assert not any(file.own for file in load_templates(program, office).files)
    (office / "cover.html").write_text("changed", encoding="utf-8")
    templates = load_templates(program, office)
    assert [(file.name, file.text) for file in templates.files if file.own] == [("cover.html", "changed")]
    assert [file.name for file in templates.replaced] == ["cover.html"]


def test_a_template_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    program = folder(tmp_path / "program")
    (program / "cover.html").write_bytes(b"<p>good</p>\n<p>caf\xe9</p>")
    with pytest.raises(TemplateError, match=r"cover\.html, line 2: this is not text in UTF-8") as caught:
        load_templates(program)
    assert caught.value.exit_code is ExitCode.TEMPLATE


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    program = folder(tmp_path / "program")
    (program / "cover.html").symlink_to(tmp_path / "secret.html")
    with pytest.raises(TemplateError, match="link to a file outside the templates folder"):
        load_templates(program)


def test_a_template_of_more_than_a_megabyte_is_refused(tmp_path: Path) -> None:
    program = folder(tmp_path / "program", cover="x" * 1_000_001)
    with pytest.raises(TemplateError, match="larger than 1 MB"):
        load_templates(program)
