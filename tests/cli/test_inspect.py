"""inspect and measure add at the command line."""

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from reportpack.cli.main import app

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
CRIME = next((INPUTS / "performance").glob("Recorded crime*.xlsx"))
run = CliRunner()


def test_inspect_gives_the_tables_as_json() -> None:
    result = run.invoke(app, ["inspect", str(CRIME), "--json"])
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert list(said) == ["file", "sha256", "as_at", "sheets", "problems"]
    table = said["sheets"][0]["tables"][0]
    assert list(table) == ["range", "layout", "title", "periods", "areas", "measures", "columns", "values", "notes"]
    assert list(table["values"][0]) == ["cell", "period", "area", "measure", "raw", "value", "unit", "status", "total"]
    assert "Shropshire" in table["areas"]
    assert "2019-04/P1M" in table["periods"]


def test_inspect_tells_people_what_it_found() -> None:
    result = run.invoke(app, ["inspect", str(CRIME)])
    assert result.exit_code == 0
    assert "areas (6): North Worcestershire;" in result.stdout


def test_a_file_that_is_no_workbook_is_an_input_that_cannot_be_used(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    result = run.invoke(app, ["inspect", str(broken), "--json"])
    assert result.exit_code == 3
    assert json.loads(result.stdout)["problems"][0]["remedy"]


def test_measure_add_asks_only_what_the_workbook_does_not_tell(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    (inputs / "performance").mkdir(parents=True)
    for name in ("office.toml", "measures.toml"):
        shutil.copy(INPUTS / name, inputs / name)
    options = ["--sheet", "Violence without injury", "--title", "Violence again", "--topic", "violence", "--inputs", str(inputs)]
    result = run.invoke(app, ["measure", "add", str(CRIME), *options], input="2\n3\n")
    assert result.exit_code == 0, result.output
    assert "Violence again (violence-again) is in measures.toml: 216 figures, 6 areas" in result.output
    written = (inputs / "measures.toml").read_text("utf-8").rpartition("[[measure]]")[2]
    assert 'better = "lower"' in written
    assert 'audience = "public"' in written
    assert "decimals" not in written


def test_without_an_answer_nothing_is_written(tmp_path: Path) -> None:
    for name in ("office.toml", "measures.toml"):
        shutil.copy(INPUTS / name, tmp_path / name)
    before = (tmp_path / "measures.toml").read_bytes()
    result = run.invoke(app, ["measure", "add", str(CRIME), "--inputs", str(tmp_path)], input="")
    assert result.exit_code != 0
    assert (tmp_path / "measures.toml").read_bytes() == before
