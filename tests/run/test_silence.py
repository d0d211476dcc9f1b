"""A hunt for silence: in folders in which something is missing, late, unused or ambiguous it is said what; healthy ones say at most one line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.read.workbook import list_workbooks
from tests.run.made_office import Cell, MadeOffice, Rows, checked

CRIME, SURVEY, CALLS = "Recorded crime", "Victim survey", "999 calls"


def table(made: MadeOffice, begins: str) -> Rows:
    return made.tables[made.named(begins)]


def keep(made: MadeOffice, begins: str, wanted: Callable[[list[Cell]], bool]) -> None:
    rows = table(made, begins)
    made.tables[made.named(begins)] = [rows[0], *(row for row in rows[1:] if wanted(row))]


def last(made: MadeOffice, count: int = 1) -> list[Cell]:
    return [made.month(*one) for one in made.months[-count:]]


def change(begins: str, column: int, value: Callable[[Cell], Cell]) -> Callable[[MadeOffice], None]:
    """Another value in the newest row."""

    def fault(made: MadeOffice) -> None:
        row = table(made, begins)[-1]
        row[column] = value(row[column])

    return fault


def touched(begins: str, hand: Callable[[Worksheet], None]) -> Callable[[MadeOffice], None]:
    def fault(made: MadeOffice) -> None:
        made.touch[made.named(begins)] = hand

    return fault


def times(number: int) -> Callable[[Cell], Cell]:
    return lambda cell: cell * number if isinstance(cell, int | float) else cell


def add_book(name: str, rows: Rows) -> Callable[[MadeOffice], None]:
    def fault(made: MadeOffice) -> None:
        made.tables[name] = rows

    return fault


def without(begins: str) -> Callable[[MadeOffice], None]:
    def fault(made: MadeOffice) -> None:
        made.tables.pop(made.named(begins))

    return fault


def late(begins: str, column: int, count: int) -> Callable[[MadeOffice], None]:
    return lambda made: keep(made, begins, lambda row: row[column] not in last(made, count))


def hole(made: MadeOffice) -> None:
    gone = made.month(*made.months[-5])
    keep(made, CALLS, lambda row: row[0] != gone)


def renamed_area(made: MadeOffice) -> None:
    for row in table(made, SURVEY)[1:]:
        row[0] = "Southern LPA" if row[0] == "South" else row[0]


def new_area(made: MadeOffice) -> None:
    table(made, SURVEY).extend([["East", month, 100, 80, 80.0] for month in last(made, 6)])


def new_label(made: MadeOffice) -> None:
    table(made, SURVEY)[0][4] = "Very or fairly satisfied (pc)"


def extra_column(made: MadeOffice) -> None:
    for number, row in enumerate(table(made, CALLS)):
        row.append(4000 + 37 * (number * 7 % 11) if number else "101 calls offered")


def extra_sheet(made: MadeOffice) -> None:
    rows: Rows = [["Month", "101 calls"], *([month, 5000 + 70 * (index * 5 % 7)] for index, month in enumerate(last(made, 24)))]
    made.other_sheets[made.named(CALLS)] = ("101 calls", rows)


def disagreeing(made: MadeOffice) -> None:
    name = made.named(CRIME)
    other = [[cell + 5 if isinstance(cell, int) else cell for cell in row] for row in made.tables[name]]
    made.tables[f"{name} v2"], made.endings[f"{name} v2"] = other, made.endings[name]


def copied(made: MadeOffice) -> None:
    name, new = made.named(CRIME), "Recorded crime 2024-06-06"
    made.endings[name] = made.endings[new] = ".csv"
    made.tables[new] = made.tables[name]
    if name in made.titles:
        made.titles[new] = made.titles[name]


def ambiguous(made: MadeOffice) -> None:
    made.measures = made.measures.replace('figure = "% satisfied"\nnumerator = "Satisfied"\ndenominator = "Asked"\n', "")
    for number, row in enumerate(table(made, SURVEY)):
        row.append(50.5 if number else "% very satisfied")


def untimed(made: MadeOffice) -> None:
    rows = table(made, CALLS)
    made.tables[made.named(CALLS)] = [["Unit", *rows[0][1:]], ["Room A", 900, 800, 88.9], ["Room B", 910, 820, 90.1]]


def fractions(made: MadeOffice) -> None:
    made.measures = made.measures.replace('numerator = "Answered in 10 seconds"\ndenominator = "Received"\n', "")
    rows = [[row[0], round(row[3] / 100, 3) if isinstance(row[3], float) else row[3]] for row in table(made, CALLS)]
    made.tables[made.named(CALLS)] = rows


def thousands(made: MadeOffice) -> None:
    name = made.named(CRIME)
    made.titles[name] = "Recorded crime (thousands)"
    made.tables[name] = [[cell / 1000 if isinstance(cell, int) else cell for cell in row] for row in made.tables[name]]


def by_month(made: MadeOffice) -> Rows:
    """Its crime with months down."""
    rows = table(made, CRIME)
    if rows[0][0] == "Area":
        rows = [
            ["Month", *(row[0] for row in rows[1:])],
            *map(list, zip(*(row[1:] for row in [rows[0], *rows[1:]]), strict=True)),
        ]
    made.tables[made.named(CRIME)] = rows
    return rows


def repeated(made: MadeOffice) -> None:
    rows = by_month(made)
    rows[-1][1:] = rows[-2][1:]


def wrong_total(made: MadeOffice) -> None:
    rows = by_month(made)
    rows[-1][3] = times(1)(rows[-1][3] + 37 if isinstance(rows[-1][3], int) else 0)


def to_date(made: MadeOffice) -> None:
    rows, sums = by_month(made), [0, 0, 0]
    for (_, month), row in zip(made.months, rows[1:], strict=True):
        numbers = [cell for cell in row[1:] if isinstance(cell, int)]
        sums = numbers if month == 3 else [one + number for one, number in zip(sums, numbers, strict=True)]
        row[1:] = sums


def rolled(made: MadeOffice) -> None:
    rows = by_month(made)
    months = [[cell for cell in row[1:] if isinstance(cell, int)] for row in rows[1:]]
    sums: Rows = [[row[0], *map(sum, zip(*months[at - 11 : at + 1], strict=True))] for at, row in enumerate(rows[1:]) if at > 10]
    made.tables[made.named(CRIME)] = [rows[0], *sums]


def month_first(made: MadeOffice) -> None:
    made.endings[made.named(CALLS)] = ".csv"
    for (year, month), row in zip(made.months, table(made, CALLS)[1:], strict=True):
        row[0] = f"{month + 1:02d}/01/{year}"


def doubled(made: MadeOffice) -> None:
    row = list(table(made, CALLS)[-1])
    table(made, CALLS).append([row[0], 9100, 8000, 87.9])


def begun(made: MadeOffice) -> None:
    table(made, CALLS).append([made.month(2024, 5), 3000, 2700, 90.0])


def slipped_base(made: MadeOffice) -> None:
    row = table(made, CALLS)[-1]
    row[1:3] = [times(10)(cell) for cell in row[1:3]]


def per_cents(made: MadeOffice) -> None:
    name = made.named(CRIME)
    made.tables[name] = [[f"{cell / 10:.1f}%" if isinstance(cell, int) else cell for cell in row] for row in made.tables[name]]


def merged_areas(made: MadeOffice) -> None:
    keep(made, SURVEY, lambda row: row[0] != "South" or row[1] not in last(made, 4))
    for row in table(made, SURVEY):
        row[0] = "North and South" if row[0] == "North" and row[1] in last(made, 4) else row[0]


FAULTS: dict[str, tuple[Callable[[MadeOffice], None], str]] = {
    "unused workbook": (
        add_book("Robbery 2024-06-05", [["Area", "Apr-24"], ["North", 3], ["South", 4]]),
        "no measure uses.*measure add",
    ),
    "unused document": (lambda made: made.files.update({"Findings.docx": b"PK\3\4"}), "Findings.docx"),
    "missing workbook": (without(SURVEY), "no workbook in performance/ is named"),
    "workbook named otherwise": (lambda made: made.rename(CALLS, "Calls 999 May"), "is it .Calls 999 May|no workbook"),
    "a month late": (late(SURVEY, 1, 1), "Victim satisfaction.*May 2024"),
    "a year late": (late(CALLS, 0, 11), "June 2023"),
    "a month missing": (hole, "no row or column for"),
    "an area that stops": (
        lambda made: keep(made, SURVEY, lambda row: row[0] != "South" or row[1] not in last(made, 3)),
        "South ends with",
    ),
    "an area without any figure": (lambda made: keep(made, SURVEY, lambda row: row[0] != "South"), "none at all of South"),
    "an area renamed": (renamed_area, "Southern LPA"),
    "an area too many": (new_area, "East"),
    "areas merged": (merged_areas, "South"),
    "a label changed": (new_label, "no figures labelled"),
    "a column unused": (extra_column, "101 calls offered.*measure add"),
    "a sheet unused": (extra_sheet, "101 calls.*measure add"),
    "ten times too much": (change(CRIME, -1, times(10)), "10 times its own history"),
    "what a share is of ten times too much": (slipped_base, "10 times its own history"),
    "a share of more than all": (change(CALLS, 3, lambda _: 190.1), "100"),
    "a word for a number": (change(CALLS, 3, lambda _: "see note"), "Words stand where a number belongs"),
    "a letter for a nought": (change(CALLS, 3, lambda _: "9O.1"), "Words stand where a number belongs"),
    "a count below nought": (change(CRIME, -1, times(-1)), "below nought|negative|cannot"),
    "a failed formula": (change(CALLS, 3, lambda _: "#REF!"), "formula has failed"),
    "a month without its name": (change(CALLS, 0, lambda _: None), "period"),
    "two workbooks that disagree": (disagreeing, "gives"),
    "one workbook twice": (copied, "byte for byte"),
    "a day still to come": (lambda made: made.rename(CRIME, "Recorded crime 2024-12-05"), "still to come"),
    "a day before its figures": (lambda made: made.rename(CRIME, "Recorded crime 2024-01-05"), "as at 05/01/2024"),
    "a month that had not ended": (begun, "had not ended"),
    "several figures that could be meant": (ambiguous, "several figures could be"),
    "no period": (untimed, "which period"),
    "shares that could be per cents": (fractions, "between 0 and 1"),
    "thousands": (thousands, "multiplied by 1,000"),
    "a month repeated": (repeated, "repeats"),
    "a total that is no sum": (wrong_total, "add up to"),
    "sums of twelve months for months": (rolled, "as rolling sums move"),
    "sums to date for months": (to_date, "rise through every year"),
    "months before days": (month_first, "first number is read as the month"),
    "a year that cannot be": (change(CALLS, 0, lambda _: "May 2204"), "cannot be right"),
    "one month twice": (doubled, "both give|disagree|gives"),
    "another unit": (per_cents, "per cent"),
    "hidden rows": (touched(CALLS, lambda sheet: setattr(sheet.row_dimensions[9], "hidden", True)), "hidden"),
    "struck through": (touched(CALLS, lambda sheet: setattr(sheet["D12"], "font", Font(strike=True))), "struck through"),
    "a remark beside": (touched(CALLS, lambda sheet: setattr(sheet["D12"], "comment", Comment("wrong", "A"))), "written beside"),
    "never calculated": (touched(CALLS, lambda sheet: setattr(sheet["D12"], "value", "=C12/B12")), "never been calculated"),
    "damaged": (
        lambda made: (without(CALLS)(made), made.files.update({"999 calls 2024-06-03.xlsx": b"PK\3\4"}))[1],
        "damaged|not a workbook|zip",
    ),
    "empty": (lambda made: (without(CALLS)(made), made.files.update({"999 calls 2024-06-03.xlsx": b""}))[1], "empty"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_said(name: str, tmp_path: Path) -> None:
    fault, said = FAULTS[name]
    made = MadeOffice(len(name) + 100)
    fault(made)
    found = checked(made.write(tmp_path / "office"))
    lines = [f"{one.source.file} {one.found} {one.remedy}" for one in found.problems]
    lines += [note.text for note in found.readings if "Not used" in note.text]
    assert any(re.search(said, line) for line in lines), lines


def notes_sheet(made: MadeOffice) -> None:
    made.other_sheets[made.named(CRIME)] = ("Notes", [["Note", "Text"], [1, "As recorded on the day"], [2, "With attempts"]])


def total_row(made: MadeOffice) -> None:
    rows = by_month(made)
    rows.append(["Total", *(sum(cell for row in rows[1:] if isinstance(cell := row[at], int)) for at in (1, 2, 3))])


def other_format(made: MadeOffice) -> None:
    """April's file beside May's, of another kind: its sheet is called otherwise."""
    name, old = made.named(SURVEY), "Victim survey 2024-05-07"
    made.endings |= {name: ".xlsx", old: ".csv"}
    made.tables[old] = [row for row in made.tables[name] if row[1] not in last(made)]


@pytest.mark.parametrize("change", [notes_sheet, total_row, other_format, lambda made: made.titles.clear()])
def test_what_is_no_fault_is_not_said(change: Callable[[MadeOffice], None], tmp_path: Path) -> None:
    made = MadeOffice(5)
    change(made)
    found = checked(made.write(tmp_path / "office"))
    assert found.problems == ()
    newest = [note.text for note in found.readings if "Newest: May 2024" in note.text]
    assert len(newest) == 3
    assert all(text.startswith("Used: ") and "Not used" not in text for text in newest)


@pytest.mark.parametrize("seed", range(16))
def test_a_healthy_folder_says_at_most_one_line(seed: int, tmp_path: Path) -> None:
    made = MadeOffice(seed)
    folders = made.write(tmp_path / "office")
    assert len(list_workbooks(folders.inputs / "performance")[0]) == 3
    found = checked(folders)
    assert len(found.problems) <= 1
    assert not any("Not used" in note.text for note in found.readings)
    assert all("Newest: May 2024" in note.text for note in found.readings)
