"""`why`: shown or withheld, and by which setting in which file."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from reportpack.cli.main import app

EXAMPLE = Path(__file__).parents[2] / "inputs"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return tmp_path / "inputs"


def why(inputs: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["why", *words, "--inputs", str(inputs), "--now", "2019-05-24T09:00"])


def test_a_row_is_told_with_the_settings_that_decide_it(inputs: Path) -> None:
    told = why(inputs, "2/2019", "--edition", "public").stdout
    assert 'Public edition: withheld, because it is for "office" (register.xlsx, sheet Actions, A7:P7)' in told
    assert 'its topic, "Serious and organised crime", is for "force" (office.toml, the topic "soc")' in told
    assert "Office edition" not in told


def test_it_follows_what_a_person_changes(inputs: Path) -> None:
    book = openpyxl.load_workbook(inputs / "register.xlsx")
    row = next(row for row in book["Matters"].iter_rows(min_row=2) if row[0].value == "M1/2019")
    headings = [cell.value for cell in book["Matters"][1]]
    assert "Public edition: shown" in why(inputs, "M1/2019").stdout
    row[headings.index("Audience")].value = "force"
    book.save(inputs / "register.xlsx")
    told = why(inputs, "M1/2019").stdout
    assert "Force edition: shown" in told
    assert "Public edition: withheld" in told
    assert "No reason is told, for nobody has given one" in told


@pytest.mark.parametrize(
    ("ref", "name"),
    [("2.1.7", "Item 2.1.7 of the agenda"), ("soc", "The topic Serious"), ("Victim satisfaction", "The measure Victim")],
)
def test_an_agenda_item_a_topic_and_a_measure_are_told_too(inputs: Path, ref: str, name: str) -> None:
    assert why(inputs, *ref.split()).stdout.startswith(name)


def test_what_a_person_wrote_for_the_readers_is_told(inputs: Path) -> None:
    told = why(inputs, "2.1.7", "--edition", "public").stdout
    assert 'In its place stands "A matter of operational policing".' in told
    assert 'The reason that its readers are told: "Withheld: publishing it' in told


def test_machines_are_told_the_same(inputs: Path) -> None:
    (public,) = json.loads(why(inputs, "C1/2018", "--edition", "public", "--json").stdout)["editions"]
    assert (public["shown"], public["because"][0]["audience"]) == (False, "force")


def test_what_is_not_there_is_said_with_the_nearest(inputs: Path) -> None:
    result = why(inputs, "Rural", "crimes")
    assert result.exception is not None
    assert "is called" in str(getattr(result.exception, "found", ""))
