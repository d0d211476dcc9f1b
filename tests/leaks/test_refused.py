"""Where it is not clear who may read what, nothing is built, and everything that is unclear is named."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import ExitCode, RefusedError
from reportpack.run.check import check_inputs
from reportpack.run.minutes.annex_issue import build_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"
NOW = datetime(2019, 5, 21, 8, tzinfo=UTC)
ORDER = Order("2019-05-28", None, None, NOW, date(2019, 5, 21))


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(EXAMPLE, tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def in_office(before: str, after: str) -> Callable[[Path], None]:
    return lambda inputs: edit(inputs / "office.toml", before, after)


def in_register(sheet: str, ref: str, audience: str) -> Callable[[Path], None]:
    def change(inputs: Path) -> None:
        book = openpyxl.load_workbook(inputs / "register.xlsx")
        headings = [cell.value for cell in book[sheet][1]]
        row = next(row for row in book[sheet].iter_rows(min_row=2) if row[0].value == ref)
        row[headings.index("Audience")].value = audience
        book.save(inputs / "register.xlsx")

    return change


SOC = 'id = "soc"\ntitle = "Serious and organised crime"\naliases = ["SOC", "Serious and organised crime (SOC)"]\naudience = "force"'
UNCLEAR = {
    "an audience of a topic that is no audience": (in_office(SOC, SOC.replace("force", "froce")), '"audience" is "froce"'),
    "a line of the agenda wider than the one above": (
        in_office('number = "2.1"\ntitle = "Performance against the Safer West Mercia Plan"\ntopic = "plan"\nlead = "cc"\naudience = "public"',
                  'number = "2.1"\ntitle = "Performance against the Safer West Mercia Plan"\ntopic = "plan"\nlead = "cc"\naudience = "office"'),
        'This is for "public", and the item that it stands under is for "office" alone.',
    ),
    "a measure wider than its topic": (
        in_office('id = "rural-crime"\ntitle = "Rural crime"\naliases = ["Rural and wildlife crime"]\naudience = "public"',
                  'id = "rural-crime"\ntitle = "Rural crime"\naliases = ["Rural and wildlife crime"]'),
        'is for "office" alone',
    ),
    "a row of the register with a word that is no audience": (in_register("Actions", "14/2018", "everybody"), '"everybody" is not one of the words'),
    "a row of the register wider than its topic": (
        in_register("Actions", "2/2019", "public"), 'This is for "public", and "Serious and organised crime" is for "force" alone.',
    ),
    "a paper wider than its item": (
        lambda inputs: edit(inputs / "meetings" / "2019-05-28-assurance.toml", 'wanted_by = 2019-05-21\naudience = "force"', 'audience = "public"'),
        "the agenda item that it is for is for",
    ),
    "a paper with a word that is no audience": (
        lambda inputs: edit(inputs / "meetings" / "2019-05-28-assurance.toml", 'audience = "force"', 'audience = "all"'), '"audience" is "all"',
    ),
    "words for the pack with a word that is no audience": (
        lambda inputs: edit(inputs / "notes" / "2019-05-28-assurance.md", "Audience: force", "Audience: the forse"), '"the forse" is not an audience',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCLEAR)
def test_nothing_is_built_where_it_is_not_clear_who_may_read_what(office: Folders, name: str) -> None:
    change, said = UNCLEAR[name]
    change(office.inputs)
    with pytest.raises(RefusedError) as refused:
        build_pack(office, ORDER, lambda _: None)
    assert said in refused.value.found
    assert refused.value.exit_code == ExitCode.REFUSED
    assert not office.build.exists()


def test_check_names_it_among_everything_else(office: Folders) -> None:
    in_register("Actions", "14/2018", "everybody")(office.inputs)
    kinds = {one.kind for one in check_inputs(office, ORDER, lambda _: None).problems}
    assert "audience-unknown" in kinds
    assert len(kinds) > 1


def test_the_annex_is_refused_too(office: Folders) -> None:
    in_register("Matters", "M2/2018", "everybody")(office.inputs)
    with pytest.raises(RefusedError, match="does not say who may read the row"):
        build_annex(office, AnnexOrder("", None, NOW, date(2019, 5, 29)), lambda _: None)
