"""`reportpack analyse FILE.csv`, as a person and as a program use it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportpack.cli.main import app
from reportpack.errors import InputError

STEADY = [100, 110, 105, 95, 100, 108, 97, 103, 101, 99, 106, 98, 104, 102]
MONTHS = [f"{2018 + index // 12}-{index % 12 + 1:02d}-01" for index in range(24)]


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "figures.csv"
    path.write_text(text, encoding="utf-8")
    return path


def monthly(folder: Path, values: list[object]) -> Path:
    return csv_file(folder, "date,value\n" + "".join(f"{day},{value}\n" for day, value in zip(MONTHS, values, strict=False)))


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["analyse", str(path), *options])


def test_a_summary_says_the_figures_the_lines_and_the_verdict(tmp_path: Path) -> None:
    found = run(monthly(tmp_path, [*STEADY, 119, 117, 119, 117, 119, 117, 119]), "--better", "lower", "--target", "50")
    assert found.exit_code == 0
    assert "21 figures, January 2018 to September 2019." in found.stdout
    assert "Worse: higher since March 2019, about 118 where it had been 102" in found.stdout
    assert "By the chart's rules alone: 2 of the latest 3 months are close to the top of the expected range." in found.stdout
    assert "Met the target in 0 of 21 months." in found.stdout


def test_json_has_the_reference_s_names_and_null_where_it_has_none(tmp_path: Path) -> None:
    answer = json.loads(run(monthly(tmp_path, [5] * 8), "--json").stdout)
    last = answer["points"][-1]
    assert (last["date"], last["value"], last["mean"], last["lpl"], last["upl"]) == ("2018-08-01", 5, 5, None, None)
    assert (last["special_cause_type"], last["point_type"]) == ("Common Cause", "common_cause")
    assert (answer["variation"], answer["assurance"]) == ("common_cause", None)
    assert answer["judged"]["reason"] == "no-variation"


def test_the_product_s_verdict_stands_beside_the_reference_s(tmp_path: Path) -> None:
    values: list[object] = [*STEADY, 109, 107, 109, 107, "", 109, 107, 109]
    answer = json.loads(run(monthly(tmp_path, values), "--json", "--better", "lower").stdout)
    assert answer["variation"] == "special_cause_concern"
    assert answer["judged"]["variation"] == "common_cause"
    assert answer["judged"]["gaps"] == ["2019-07/P1M"]


def test_rebases_fixed_lines_and_kept_outliers_are_passed_on(tmp_path: Path) -> None:
    path = monthly(tmp_path, [*STEADY, 300, *STEADY[:9]])
    fixed = json.loads(run(path, "--json", "--fix-after", "12").stdout)["points"]
    assert fixed[-1]["fix_y"] is None
    screened, kept = (json.loads(run(path, "--json", *more).stdout)["points"][-1]["amr"] for more in ((), ("--keep-outliers",)))
    assert kept > screened
    rebased = json.loads(run(path, "--json", "--rebase", "2019-01-01").stdout)["points"]
    assert [point["rebase_group"] for point in rebased].count(1) == 12


def test_weeks_are_judged_by_their_dates(tmp_path: Path) -> None:
    rows = "".join(f"2019-01-{1 + 7 * index:02d},{value}\n" for index, value in enumerate([10, 12, 11, 12]))
    path = csv_file(tmp_path, "date,value\n" + rows)
    assert "Not judged: there are fewer than 13 figures." in run(path).stdout


def test_a_mark_that_hangs_on_one_month_is_said_to(tmp_path: Path) -> None:
    values: list[object] = [10, 11, 9, 10, 12, 10, 11, 9, 60, 10, 11, 9, 10, 12, 11, 10, 9, 11, 10, 10]
    words = run(monthly(tmp_path, values), "--better", "higher").stdout
    assert "No significant change." in words
    assert "only because of September 2018: without it, nothing is unusual." in words


def test_a_line_without_width_is_not_judged_and_what_it_met_is_a_fact(tmp_path: Path) -> None:
    for value in (98, 100):
        values: list[object] = [*[100] * 20, value, *[100] * 3]
        words = run(monthly(tmp_path, values), "--target", "95").stdout
        assert "Not judged: most figures are the same" in words
        assert "Met the target in 24 of 24 months." in words
        assert "mproving" not in words


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("date,value\n", (), "no row holds a date and a number"),
        ("date,value\n2019-01-01,5\n2019-01-01,6\n", (), "2019-01-01 is there twice"),
        ("date,value\n2019-01-01,5\n2019-02-01,6\n", ("--rebase", "2019-01-15"), "no figure for the new baseline of 2019-01-15"),
        ("date,value\n2019-01-01,5\n", ("--fix-after", "5"), "--fix-after 5 is too few"),
        ("", (), ""),
    ],
)
def test_what_cannot_be_analysed_is_said(tmp_path: Path, text: str, options: tuple[str, ...], found: str) -> None:
    result = run(csv_file(tmp_path, text), *options)
    assert isinstance(result.exception, InputError)
    assert found in result.exception.found


def test_bad_rows_are_said_and_the_rest_is_analysed(tmp_path: Path) -> None:
    text = 'date,value\n01/02/2019,"1,200"\nApr 2019,79%\nsoon,4\n2019-03,much\n2019-05-01,-0.0\n'
    found = run(csv_file(tmp_path, text))
    assert found.exit_code == 0
    assert "3 figures, February 2019 to May 2019." in found.stdout
    assert "'soon' is not a date." in found.stderr
    assert "'much' is not a number" in found.stderr
    assert "the dates are not in order" in found.stderr


def test_the_chart_is_written_where_asked(tmp_path: Path) -> None:
    path = monthly(tmp_path, list(STEADY))
    assert run(path, "--chart", str(tmp_path / "out.svg")).exit_code == 0
    drawing = (tmp_path / "out.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<?xml ")
    assert "Expected range" in drawing
    assert run(path, "--chart", str(tmp_path / "out.pdf")).exit_code == 0
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    assert isinstance(run(path, "--chart", str(tmp_path / "out.gif")).exception, InputError)


def test_a_figure_of_a_day_is_on_it_and_one_of_a_month_in_it(tmp_path: Path) -> None:
    weeks = "".join(f"2024-01-{day:02d},{value}\n" for day, value in zip(range(1, 30, 7), STEADY, strict=False))
    assert "Latest 100 on 29 January 2024" in run(csv_file(tmp_path, f"date,value\n{weeks}")).output
    assert "Latest 102 in February 2019" in run(monthly(tmp_path, list(STEADY))).output
