"""`init`: a new office's folder that builds at once, with everything in it that people change."""

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from string import Template

from reportpack.errors import OutputError
from reportpack.model.period import Period, add_months
from reportpack.render.sheet import SheetColumn, SheetTable, Value, workbook_bytes
from reportpack.run.office_files import write_files
from reportpack.run.register.export import register_sheets

NEW_OFFICE = Path(__file__).parent / "new_office"
FIGURES = "Figures to type in.xlsx"
MONTHS = 24


def make_office(folder: Path, today: date) -> tuple[Path, ...]:
    """Write the folder's files, none over one that is there; gives their paths. The first meeting is next month's last Tuesday."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder} is there already and is not empty.", "Name a new folder; nothing was written.")
    last = add_months(today.replace(day=1), 2) - timedelta(days=1)
    meeting = f"{last - timedelta(days=(last.weekday() - 1) % 7)}-assurance"  # the last Tuesday of next month
    files = dict(_copied(folder, meeting))
    files[folder / "inputs" / "performance" / FIGURES] = _figures(today)
    files[folder / "inputs" / "register.xlsx"] = workbook_bytes(register_sheets(()), today)
    write_office(files)
    return tuple(sorted(files))


def write_office(files: Mapping[Path, bytes]) -> None:
    """Write them, and let a Mac run what is to be double-clicked."""
    write_files(files)
    for path in files:
        if path.suffix == ".command":
            path.chmod(0o755)


def office_frame(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """What is no settings: the launchers, the words that explain the folders, the look."""
    for path, data in _copied(folder, "2030-01-29-assurance"):
        if path.suffix != ".toml" or path.name == "theme.toml":
            yield path, data


def _copied(folder: Path, meeting: str) -> Iterator[tuple[Path, bytes]]:
    """The files that are the same for every office but for the meeting's name."""
    for path in sorted(NEW_OFFICE.rglob("*")):
        if path.is_file():
            name = path.relative_to(NEW_OFFICE)
            target = folder / (name.with_name(f"{meeting}.toml") if name.stem == "meeting" else name)
            text = Template(path.read_text(encoding="utf-8")).substitute({"meeting": meeting})
            yield target, (text.replace("\n", "\r\n") if path.suffix == ".bat" else text).encode()


def _figures(today: date) -> bytes:
    """Two sheets to type over: months across, areas down, with figures that wave gently so that every chart has something to show."""
    first = Period(add_months(today.replace(day=1), -MONTHS))
    months = tuple(first.shifted(step) for step in range(MONTHS))
    wave = [math.sin(step * 1.7) + math.cos(step * 0.9) for step in range(MONTHS)]
    satisfaction = {"North": [round(82 + 1.5 * one, 1) for one in wave], "South": [round(79 - 1.2 * one, 1) for one in wave]}
    crime = {"North": [float(round(410 + 18 * one)) for one in wave], "South": [float(round(365 - 15 * one)) for one in wave]}
    satisfaction["Whole force"] = [round((north + south) / 2, 1) for north, south in zip(*satisfaction.values(), strict=True)]
    crime["Whole force"] = [north + south for north, south in zip(*crime.values(), strict=True)]
    return workbook_bytes(
        (
            _months_across(
                "Satisfaction", "Victim satisfaction, per cent (illustrative: type over)", months, satisfaction, "0.0"
            ),
            _months_across("Recorded crime", "Recorded crime, offences (illustrative: type over)", months, crime, "#,##0"),
        ),
        today,
    )


def _months_across(name: str, title: str, months: tuple[Period, ...], figures: dict[str, list[float]], look: str) -> SheetTable:
    columns = (SheetColumn("Area", 18), *(SheetColumn(month.short, 10, look) for month in months))
    rows: tuple[tuple[Value, ...], ...] = tuple((area, *values) for area, values in figures.items())
    return SheetTable(name, columns, rows, (title,), bold_rows=(len(rows) - 1,))
