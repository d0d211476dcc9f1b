"""An office's look is checked without a pack: what is wrong with it is said, and every block can be looked at."""

import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from reportpack.errors import TemplateError
from reportpack.render.page_source import parse_page_source
from reportpack.render.vocabulary import BLOCKS
from reportpack.run.look import check_look
from reportpack.run.office_files import Folders
from reportpack.run.program import program_templates

CASES = Path(__file__).parent


def folders(root: Path, theme: str = "") -> Folders:
    own = root / "templates"
    own.mkdir()
    if theme:
        (own / "theme.toml").write_text(theme, encoding="utf-8")
    return Folders(root / "inputs", root / "build", own)


def test_the_specimen_has_every_block_of_the_page_source() -> None:
    document = parse_page_source((program_templates() / "specimen.html").read_text("utf-8"), "specimen.html")
    assert {one.tag for section in document.sections for one in section.walk()} >= BLOCKS - {"hr"}


def test_the_programs_own_look_has_nothing_to_say_and_a_specimen(tmp_path: Path) -> None:
    done = check_look(folders(tmp_path))
    assert done.problems == ()
    pages = PdfReader(io.BytesIO(done.path.read_bytes())).pages
    assert "Ŵ" in pages[1].extract_text()
    assert len(pages) == done.pages


def test_what_is_wrong_with_a_look_is_said_at_once(tmp_path: Path) -> None:
    of = folders(tmp_path, '[text]\nsmall = 6.0\n[colours]\nlink = "#eeeeee"\n')
    (tmp_path / "templates" / "glancee.html").write_text("<p>Nobody asks for this</p>", encoding="utf-8")
    codes = {one.kind for one in check_look(of).problems}
    assert codes >= {"type-too-small", "colour-hard-to-read", "template-unused"}


def test_a_glyph_that_the_offices_own_face_lacks_is_said(tmp_path: Path) -> None:
    from reportlab import __file__ as home

    of = folders(tmp_path, "[fonts]\n" + "".join(f'{one} = "own.ttf"\n' for one in ("regular", "italic", "bold", "bold_italic")))
    shutil.copy(Path(home).parent / "fonts" / "Vera.ttf", tmp_path / "templates" / "own.ttf")
    (said,) = (one for one in check_look(of).problems if one.kind == "face-lacks-letters")
    assert said.source.file.endswith("own.ttf")
    assert "Ŵ" in said.found


def test_a_theme_that_cannot_be_used_hides_no_misnamed_template(tmp_path: Path) -> None:
    of = folders(tmp_path)
    assert of.templates is not None
    (of.templates / "theme.toml").write_text('[text]\nsize = "big"\n', "utf-8")
    (of.templates / "glancee.html").write_text("", "utf-8")
    with pytest.raises(TemplateError) as told:
        check_look(of)
    assert '"size" is "big"' in told.value.found
    assert 'Did you mean "glance.html"?' in told.value.found
