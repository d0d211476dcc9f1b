"""`render`: a page source by hand, with what lies beside it, written whole or not at all."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from reportpack.errors import InputError, OutputError, TemplateError
from reportpack.run.look import render_file
from tests.render.pdf.made import EVERY_ELEMENT, source


def write(folder: Path, text: str) -> Path:
    path = folder / "page.html"
    path.write_text(text, "utf-8")
    return path


def test_a_page_source_becomes_a_pdf(tmp_path: Path) -> None:
    done = render_file(EVERY_ELEMENT, tmp_path / "out" / "every.pdf", None)
    with pikepdf.open(done.path) as pdf:
        assert len(pdf.pages) == done.pages
    assert list(done.path.parent.iterdir()) == [done.path]


def test_images_and_the_themes_files_are_found_beside_their_files(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    for folder in (tmp_path, office):
        out = io.BytesIO()
        Image.new("RGB", (9, 9)).save(out, "PNG")
        (folder / "a.png").write_bytes(out.getvalue())
    (office / "theme.toml").write_text('[logo]\nfile = "a.png"\n', "utf-8")
    page = write(tmp_path, source('<p><img src="a.png" alt="A"/></p>').replace("<section>", '<section class="cover">'))
    assert render_file(page, tmp_path / "o.pdf", office / "theme.toml").pages == 1


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    page = write(inside, source('<p><img src="link.png" alt="A"/></p>'))
    with pytest.raises(TemplateError, match="was not found"):
        render_file(page, tmp_path / "o.pdf", None)


def test_a_fault_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    out = tmp_path / "o.pdf"
    out.write_bytes(b"before")
    with pytest.raises(TemplateError, match=r"page\.html, line 4"):
        render_file(write(tmp_path, source("<blink/>")), out, None)
    assert out.read_bytes() == b"before"


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the page source cannot be read"):
        render_file(tmp_path / "gone.html", tmp_path / "o.pdf", None)
    (tmp_path / "latin.html").write_bytes(b"<html>\xe9</html>")
    with pytest.raises(InputError, match="is not UTF-8"):
        render_file(tmp_path / "latin.html", tmp_path / "o.pdf", None)
    page = write(tmp_path, source("<p>x</p>"))
    with pytest.raises(InputError, match="the theme cannot be read"):
        render_file(page, tmp_path / "o.pdf", tmp_path / "gone.toml")
    with pytest.raises(OutputError):
        render_file(page, tmp_path, None)
