"""How pages fill: short sections share one, none ends in a scrap, and of the example's none is nearly half blank but the last of a part."""

import io
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from reportpack.compose.pack import compose_pack
from reportpack.model.edition import Audience
from reportpack.render.element import split_appendix
from reportpack.render.page import render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.templates import load_templates
from reportpack.render.theme import read_theme
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from tests.compose import northmoor
from tests.render.pdf.made import ROOT, made, theme
from tests.render.pdf.marks import marks
from tests.render.pdf.structure import walk_structure

BLANK = 0.4
"""Of a page's height, below its lowest mark."""
OTHER_LOOKS = {
    "A5": '[page]\nsize = "A5"',
    "Letter": '[page]\nsize = "Letter"',
    "12 points": "[text]\nsize = 12.0\nleading = 16.0\n[tables]\nsize = 11.0\nleading = 14.0",
    "large print": "[text]\nleast = 18.0",
}
MOST_PAGES = {Audience.OFFICE: 18, Audience.FORCE: 17, Audience.PUBLIC: 6}
"""Of the example's pack."""


def begun(pdf: bytes) -> set[int]:
    """The pages, from 0, on which a section of the first level begins."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        with file.open_outline() as outline:
            places = [item.destination for item in outline.root]
            return {pages[place[0].objgen] for place in places if isinstance(place, pikepdf.Array)}


def section(title: str, count: int) -> str:
    return f"</section><section><h1>{title}</h1>{paragraphs(count)}"


def paragraphs(count: int) -> str:
    return "".join(f"<p>Paragraph {number}.</p>" for number in range(count))


def test_short_sections_share_a_page_the_second_from_its_middle() -> None:
    pages = made(paragraphs(3) + section("Second", 3) + section("Third", 3))
    assert pages.pages == 1
    assert walk_structure(pages.pdf).findings == []
    one, two = marks(made(paragraphs(3) + section("Second", 3)).pdf), marks(made(paragraphs(3) + section("Second", 9)).pdf)
    assert 0.2 < two[0][1] < one[0][1] < 0.5


def test_a_section_of_one_page_begins_its_own() -> None:
    pages = made(paragraphs(3) + section("Second", 30))
    assert (pages.pages, begun(pages.pdf)) == (2, {0, 1})


def test_a_section_longer_than_a_page_may_begin_at_a_middle() -> None:
    pages = made(paragraphs(3) + section("Second", 45))
    assert (pages.pages, begun(pages.pdf)) == (2, {0})


@pytest.mark.parametrize("first", ['class="landscape"', 'class="cover"'])
def test_a_page_of_another_kind_is_not_shared(first: str) -> None:
    pages = made(f"<p>x</p></section><section {first}><h1>Second</h1><p>y</p></section><section><h1>Third</h1>")
    assert (pages.pages, begun(pages.pdf)) == (3, {0, 1, 2})


@pytest.mark.parametrize("count", range(29, 38))
def test_what_is_left_over_is_never_a_scrap(count: int) -> None:
    found = marks(made(paragraphs(count)).pdf)
    assert len(found) == 1 or found[-1][1] < 0.8


def test_a_section_of_many_pages_is_whole_and_in_order() -> None:
    pages = made(paragraphs(2000))
    assert pages.pages > 40
    words = walk_structure(pages.pdf).text.split()
    assert [word for word in words if word[0].isdigit()] == [f"{number}." for number in range(2000)]


@pytest.mark.parametrize("edition", list(Audience))
def test_no_page_of_the_example_is_nearly_half_blank_but_the_last_of_a_part(edition: Audience, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory"))
    order = Order("2019-05-28-assurance", edition, None, datetime(2019, 5, 20, 9, tzinfo=UTC), date(2019, 5, 20))
    built = build_pack(Folders(tmp_path / "inputs", tmp_path / "build"), order, lambda _: None)
    pdf = next(path for path in built.paths if path.suffix == ".pdf").read_bytes()
    assert blank(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert len(file.pages) <= MOST_PAGES[edition]
    (source,) = [path for path in built.paths if path.name.startswith("briefing-pack") and path.name.endswith("page-source.html")]
    front, _ = split_appendix(parse_page_source(source.read_text("utf-8"), "pack"))
    own = (ROOT / "templates" / "theme.toml").read_text("utf-8")
    found = {name: blank(render_pdf(front, read_theme(own, words, ("own", name)), {}).pdf) for name, words in OTHER_LOOKS.items()}
    assert {name: pages for name, pages in found.items() if pages} == {}


@pytest.mark.parametrize("edition", list(Audience))
def test_nor_is_one_of_an_office_with_other_measures_and_matters(edition: Audience) -> None:
    office, templates = northmoor.an_office(), load_templates(ROOT / "templates")
    pack = compose_pack(northmoor.a_view(), edition, office, northmoor.the_findings(), (), (), northmoor.ON, "draft")
    front, _ = split_appendix(parse_page_source(render_page_source(pack, templates), "pack"))
    assert blank(render_pdf(front, theme(), {}).pdf) == []


def test_nor_is_one_of_an_office_from_before(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "tests" / "offices" / "b662a7c" / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("register.xlsx")
    )
    order = Order("2031-06-24-assurance", Audience.OFFICE, None, datetime(2031, 6, 20, 9, tzinfo=UTC), date(2031, 6, 20))
    built = build_pack(Folders(tmp_path / "inputs", tmp_path / "build"), order, lambda _: None)
    assert [blank(path.read_bytes()) for path in built.paths if path.suffix == ".pdf"] == [[], []]


def blank(pdf: bytes) -> list[int]:
    """The pages with more than two fifths below their lowest mark that are not the last of a part."""
    found, starts = marks(pdf), begun(pdf)
    last = {page - 1 for page in starts} | {len(found) - 1}
    return [page + 1 for page, (_, lowest) in enumerate(found) if lowest > BLANK and page not in last]


def test_what_should_be_whole_is_torn_rather_than_leave_half_a_page() -> None:
    whole = f'<section class="keep-together"><h2>Whole</h2>{paragraphs(17)}</section>'
    found = marks(made(whole * 3).pdf)
    assert len(found) == 2
    assert found[0][1] < BLANK


def test_what_is_for_the_public_has_words_of_twelve_points_in_tables_too() -> None:
    body = "<p>Words</p><table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table>"
    public = '<meta name="audience" content="public"/>'
    assert (sizes(made(body).pdf), sizes(made(body, public).pdf)) == ({"24", "11", "10", "9"}, {"24", "12", "9"})


def sizes(pdf: bytes) -> set[str]:
    """Of all that prints, in points."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        shown = [one for page in file.pages for one in pikepdf.parse_content_stream(page) if str(one.operator) == "Tf"]
        return {f"{float(one.operands[1]):g}" for one in shown}
