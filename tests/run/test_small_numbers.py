"""Small numbers over the versions that the public is given: read as printed, from the published pages."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportpack.model.edition import Audience
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"
NOW = datetime(2019, 5, 24, 9, tzinfo=UTC)
MEETING = "2019-05-28-assurance"
AREAS = ["West Mercia", "North Worcestershire", "South Worcestershire", "Herefordshire", "Shropshire", "Telford and Wrekin"]
MEASURE = """
[[measure]]
id = "zulu"
title = "Zulu offences"
unit = "count"
better = "lower"
topic = "recorded-crime"
audience = "public"
small_under = 5
source_title = "Zulu"

[[measure.place]]
file = "Zulu offences*.xlsx"
sheet = "Data"
"""
RATE = """
[[measure]]
id = "zulu-rate"
title = "Zulu rate"
unit = "rate"
per = "1,000 residents"
better = "lower"
topic = "recorded-crime"
audience = "public"
source_title = "Zulu"
decimals = 3

[[measure.place]]
file = "Zulu offences*.xlsx"
sheet = "Rate"
"""
LIVED = [1_290_000, 281_000, 309_500, 193_300, 325_000, 181_200]
"""As the supplier counts residents, which the settings put a little otherwise."""
LET_OUT = """
[[measure.let_out]]
area = "{}"
period = "2019-04"
by = "A. Officer"
on = 2019-05-20
reason = "The figure was a mistake, and it is not small."
"""


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    inputs = tmp_path / "inputs"
    shutil.copytree(EXAMPLE, inputs, ignore=shutil.ignore_patterns("memory"))
    with (inputs / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(MEASURE)
    return Folders(inputs, tmp_path / "build")


def supply(office: Folders, name: str, april: list[int]) -> None:
    """The force's workbook as it came that day; the earlier one is taken away."""
    for old in (office.inputs / "performance").glob("Zulu*"):
        old.unlink()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    sheet.append(["Month", *AREAS])
    for month in range(15):
        counts = [40 + month % 3, 31 + month % 5, 44 - month % 4, 35 + month % 2, 36]
        sheet.append([date(2018 + month // 12, month % 12 + 1, 1), sum(counts), *counts])
    sheet.append([date(2019, 4, 1), sum(april), *april])
    rates = book.create_sheet("Rate")
    rates.append(["Month", *AREAS])
    for row in sheet.iter_rows(min_row=2, values_only=True):
        rates.append([row[0], *(round(1000 * float(str(count)) / lived, 3) for count, lived in zip(row[1:], LIVED, strict=True))])
    book.save(office.inputs / "performance" / f"Zulu offences {name}.xlsx")


def published(office: Folders) -> set[tuple[str, ...]]:
    """Build, release and publish; gives every row of April of the measure that the public's page prints."""
    build_pack(office, Order(MEETING, Audience.PUBLIC, None, NOW, NOW.date()), lambda _: None)
    order = ReleaseOrder(MEETING, "briefing-pack", (Audience.PUBLIC,), None, "Ellis", NOW, NOW.date())
    record_release(office, order, prepare_release(office, order, lambda _: None))
    publishing = PublishOrder(MEETING, "briefing-pack", None, "Ellis", NOW, NOW.date())
    paths = record_publishing(office, publishing, prepare_publishing(office, publishing))
    pages = [one.read_text(encoding="utf-8") for one in paths if one.suffix == ".html" and one.name != "index.html"]
    assert len(pages) > 1  # the pack and its appendix
    page = "".join(pages)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    cells = [tuple(re.sub(r"<[^>]*>|\[r\]", "", cell).strip() for cell in row) for row in rows]
    own = {row[: len(AREAS) + 1] for row in cells if row[0] == "Apr 2019" and len(row) > len(AREAS)}
    return {row[1:] for row in own if "%" not in "".join(row)}


def test_a_small_number_that_was_revised_does_not_follow_from_both_versions(office: Folders) -> None:
    supply(office, "2019-05-08", [56, 20, 3, 22, 49])
    assert published(office) == {("150", "56", "[c]", "[c]", "22", "49")}
    supply(office, "2019-05-20", [56, 20, 12, 22, 49])
    assert published(office) == {("159", "56", "[c]", "[c]", "22", "49")}


def test_a_person_lets_a_cell_out_that_is_not_small_any_more(office: Folders) -> None:
    supply(office, "2019-05-08", [56, 20, 3, 22, 49])
    published(office)
    supply(office, "2019-05-20", [56, 20, 30, 22, 49])
    text = (office.inputs / "measures.toml").read_text(encoding="utf-8")
    for area in ("south-worcestershire", "herefordshire"):
        text += LET_OUT.format(area)
    (office.inputs / "measures.toml").write_text(text, encoding="utf-8")
    assert published(office) == {("177", "56", "20", "30", "22", "49")}


def test_where_every_other_area_is_out_already_the_total_goes_too(office: Folders) -> None:
    supply(office, "2019-05-08", [56, 20, 12, 22, 49])
    assert published(office) == {("159", "56", "20", "12", "22", "49")}
    supply(office, "2019-05-20", [56, 20, 3, 22, 49])
    assert published(office) == {("[c]", "56", "20", "[c]", "22", "49")}


def test_a_rate_hides_what_its_count_hides_though_nobody_asked_it_to(office: Folders) -> None:
    with (office.inputs / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(RATE)
    supply(office, "2019-05-08", [56, 20, 3, 22, 49])
    assert published(office) == {("150", "56", "[c]", "[c]", "22", "49"), ("0.116", "0.199", "[c]", "[c]", "0.068", "0.270")}
