"""Figures: a workbook is brought in, its one question answered, one cell put right; nothing that lies there is ever written over."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from reportpack.model.observation import FigureAnswered
from reportpack.run.office_files import office_folders, open_memory
from tests.web.conftest import MEETING, Opened

pytestmark = [pytest.mark.needs("chromium")]
AT = f"/m/{MEETING}/figures"
SURVEY = "Victim satisfaction survey April 2019.xlsx"


@pytest.fixture(scope="module")
def corrected(desk: Opened, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The survey as it comes again: a later day, an area under another name, one figure that cannot be."""
    book = openpyxl.load_workbook(desk.office / "inputs" / "performance" / SURVEY)
    sheet = book["All victims"]
    sheet["A3"], sheet["N5"] = "As at 24 May 2019", "Telford Wrekin Borough"
    path = tmp_path_factory.mktemp("dropped") / "Victim satisfaction survey April 2019 v2.xlsx"
    book.save(path)
    return path


def answers(office: Path) -> list[FigureAnswered]:
    with open_memory(office_folders(office / "inputs", office / "build", None)) as ledger:
        return [*ledger.happened(FigureAnswered)]


def test_the_shelf_shows_what_is_used_with_its_newest_figures(go: Callable[[str], Page]) -> None:
    page = go(AT)
    rows = page.locator("table").last.locator("tbody tr").all_inner_texts()
    assert len(rows) == 6
    assert any(
        "Public perception survey 2018-19 Q4.xlsx" in one and "10 May" in one and "January to March 2019" in one for one in rows
    )
    expect(page.locator("h2").filter(has_text="Not come")).to_have_text("Not come: nothing is late")


def test_a_workbook_is_brought_in_and_its_area_is_named(go: Callable[[str], Page], desk: Opened, corrected: Path) -> None:
    page = go(AT)
    page.locator("input[type=file]").set_input_files(corrected)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator(".said")).to_contain_text(f"Taken in: {corrected.name}.")
    expect(page.locator("h1")).to_have_text(corrected.name)
    expect(page.locator(".question")).to_contain_text("Telford Wrekin Borough")
    assert (desk.office / "inputs" / "performance" / corrected.name).read_bytes() == corrected.read_bytes()
    page.get_by_role("button", name="Record the answer").click()
    expect(page.locator(".said.wrong")).to_contain_text("Nothing was chosen.")
    page.get_by_label("Telford and Wrekin, under another name").check()
    page.get_by_role("button", name="Record the answer").click()
    expect(page.locator(".said")).to_contain_text("“Telford Wrekin Borough” is Telford and Wrekin from now on.")
    expect(page.locator("main")).to_contain_text("Nothing to ask.")
    text = (desk.office / "inputs" / "office.toml").read_text(encoding="utf-8")
    area = next(one for one in tomllib.loads(text)["area"] if one["id"] == "telford")
    assert area["aliases"][-1] == "Telford Wrekin Borough"
    assert "# Populations: mid-2018 estimates, rounded to hundreds." in text


def test_another_file_of_the_same_name_never_replaces_the_first(
    go: Callable[[str], Page], desk: Opened, corrected: Path, tmp_path: Path
) -> None:
    there = desk.office / "inputs" / "performance" / SURVEY
    before = there.read_bytes()
    mine = tmp_path / SURVEY
    mine.write_bytes(corrected.read_bytes())
    page = go(AT)
    page.locator("input[type=file]").set_input_files(mine)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator(".said")).to_contain_text("it stays, and yours has a number beside its name")
    assert there.read_bytes() == before
    (beside,) = there.parent.glob("*(2).xlsx")
    page = go(AT)
    page.locator("input[type=file]").set_input_files(mine)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator(".said")).to_contain_text("here already, byte for byte")
    beside.unlink()


@pytest.mark.parametrize(("name", "said"), [("notes.exe", "is no file that belongs there"), ("empty.xlsx", "is empty")])
def test_what_is_no_workbook_is_refused_in_a_sentence(
    go: Callable[[str], Page], desk: Opened, tmp_path: Path, name: str, said: str
) -> None:
    before = sorted((desk.office / "inputs" / "performance").iterdir())
    path = tmp_path / name
    path.write_bytes(b"" if "empty" in name else b"MZ")
    page = go(AT)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator(".said.wrong")).to_contain_text(said)
    assert sorted((desk.office / "inputs" / "performance").iterdir()) == before


@pytest.mark.parametrize(
    "name", ["../../office.toml.xlsx", "..\\..\\evil.xlsx", "/etc/evil.xlsx", "a\r\nb.xlsx", "CON.xlsx", ".hidden.xlsx"]
)
def test_a_name_never_leads_out_of_the_folder(desk: Opened, page: Page, name: str) -> None:
    """As a forged form sends it; a browser would have taken the folders away."""
    cookie = page.context.cookies()[0]
    number = page.locator("input[name=number]").first.get_attribute("value")
    quoted = name.replace("\r\n", "%0D%0A")
    body = (
        f'--x\r\nContent-Disposition: form-data; name="number"\r\n\r\n{number}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n\r\nPK\r\n--x--\r\n'
    )
    headers = {
        "Origin": desk.origin,
        "Cookie": f"{cookie['name']}={cookie['value']}",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    outside = sorted(path for path in desk.office.rglob("*") if path.suffix == ".xlsx" and path.parent.name != "performance")
    status, _, _ = desk.asks("POST", AT, headers, body.encode())
    assert status == 303
    assert (
        sorted(path for path in desk.office.rglob("*") if path.suffix == ".xlsx" and path.parent.name != "performance") == outside
    )
    for path in (desk.office / "inputs" / "performance").glob("*evil*"):
        path.unlink()
    (desk.office / "inputs" / "performance" / "office.toml.xlsx").unlink(missing_ok=True)
    for path in (desk.office / "inputs" / "performance").glob("*0A*"):
        path.unlink()


def test_a_damaged_workbook_is_said_and_nothing_is_taken(go: Callable[[str], Page], desk: Opened, tmp_path: Path) -> None:
    path = tmp_path / "Performance extract 2019-06-13.xlsx"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    page = go(AT)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("h1")).to_have_text(path.name)
    expect(page.locator(".question.wrong")).to_be_visible()
    (desk.office / "inputs" / "performance" / path.name).unlink()


def test_a_doubted_figure_is_put_right_with_name_and_reason(go: Callable[[str], Page], desk: Opened) -> None:
    name = "Recorded crime by LPA 2019-05-08.xlsx"
    place = desk.office / "inputs" / "performance" / name
    before = place.read_bytes()
    book = openpyxl.load_workbook(place)
    book["Violence without injury"]["T8"] = 1180  # ten times what it ever was
    book.save(place)
    page = go(AT)
    page.get_by_role("link", name=f"Open it {name}").click()
    question = page.locator(".question").filter(has_text="November 2017, is 1180")
    question.get_by_label("It should be", exact=True).check()
    question.get_by_label("The right figure").fill("118")
    question.get_by_label("Why").first.fill("the analyst rang: a nought too many")
    question.get_by_role("button", name="Record the answer").click()
    expect(page.locator(".said")).to_contain_text("Recorded: Violence without injury!T8 should be 118.")
    assert [(one.cell, one.value, one.why) for one in answers(desk.office)] == [
        ("T8", 118.0, "the analyst rang: a nought too many")
    ]
    assert "is 1180: about 10 times" not in page.locator("main").inner_text()
    page.locator(".said").get_by_role("button", name="Undo step").click()
    expect(page.locator(".said")).to_contain_text("is undone. The figure is as it was before it; both are kept.")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".question").filter(has_text="November 2017, is 1180")).to_be_visible()
    place.write_bytes(before)


def test_a_file_that_is_too_large_is_said_before_it_is_sent(go: Callable[[str], Page], tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(61_000_000)
    page = go(AT)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.locator("[data-words]")).to_contain_text("large.xlsx has 61 MB; the most is 60 MB. Nothing was sent.")
