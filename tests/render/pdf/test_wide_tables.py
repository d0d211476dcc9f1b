"""A table that no page is wide enough for stands as several: no head broken inside a word, no type under 8 points, nothing lost."""

import io
import re

import page as page_validation
import pikepdf
import pytest

from reportpack.render.pdf.document import Pages
from tests.render.pdf.made import made
from tests.render.pdf.structure import walk_structure

NAMES = ("Hammersmith and Fulham", "Kensington and Chelsea", "Barking and Dagenham", "Tower Hamlets")


def table(columns: int, more: str = "", cell: str = "<td>{n}</td>") -> str:
    heads = "".join(f'<th scope="col">{NAMES[n % len(NAMES)]}{n}</th>' for n in range(columns))
    rows = "".join(
        f'<tr><th scope="row">Apr 201{row}</th>{"".join(cell.format(n=1000 * n + row) for n in range(columns))}</tr>'
        for row in range(3)
    )
    return f'<table id="t"{more}><caption>By area</caption><thead><tr><th scope="col">Month</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def sizes(pages: Pages) -> list[float]:
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        data = b"".join(pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in pdf.pages)
    return [float(found) for found in re.findall(rb"/\w+ ([\d.]+) Tf", data)]


@pytest.mark.parametrize("columns", [12, 20, 40])
def test_every_head_is_whole_and_every_cell_there_once(columns: int) -> None:
    pages = made(table(columns))
    text = walk_structure(pages.pdf).text.split()
    for name in NAMES:
        assert {word for word in text if word.startswith(name.split()[0])}
    cells = [word for word in text if word.isdecimal() and len(word) < 6]
    assert sorted(int(cell) for cell in cells if not cell.startswith("201")) == sorted(
        1000 * n + row for n in range(columns) for row in range(3) if not str(1000 * n + row).startswith("201")
    )
    assert min(sizes(pages)) >= 8
    assert text.count("continued") > 0


def test_parts_are_tables_with_heads_of_their_own() -> None:
    pages = made(table(12) + '<p><a href="#t">there</a></p>')
    assert walk_structure(pages.pdf).findings == []
    for profile in ("ua1", "2a"):
        assert not page_validation.validate_pdf_bytes(pages.pdf, profile=profile).failures


@pytest.mark.parametrize("body", [table(4), table(12, cell="<td>1</td>").replace(">Month<", ' rowspan="1" colspan="1">Month<')])
def test_what_fits_stands_whole(body: str) -> None:
    short = re.sub("|".join(NAMES), "A", body)
    assert "continued" not in walk_structure(made(short).pdf).text
