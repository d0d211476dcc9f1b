"""Whole files as they are read, the worked example's and awkward ones: a person looked at what is found in them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reportpack.errors import ReportpackError
from reportpack.model.inputs import Settings
from reportpack.model.table import Table, TableValue
from reportpack.read.figures.cells import read_text
from reportpack.read.figures.tables import find_tables
from reportpack.read.inbox.opening import read_reply
from reportpack.read.meetings import read_meetings
from reportpack.read.minutes import dues
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.reading import read_minutes
from reportpack.read.papers.health import paper_health
from reportpack.read.periods import read_period
from reportpack.read.posts import read_owners, read_post
from reportpack.read.register import occasions
from reportpack.read.register.actions import read_redating
from reportpack.read.register.commitments import read_test
from reportpack.read.register.reading import read_register, read_register_book
from reportpack.read.register.tracker import read_tracker
from reportpack.read.words.notes import read_notes
from reportpack.read.workbook import read_workbook
from reportpack.settings import read_settings
from tests.conftest import SHARED
from tests.example import EXPECTED, MEETING, ROOT, read_example
from tests.outline import outline

Golden = Callable[[Path, str], None]
INPUTS = ROOT / "inputs"
AWKWARD = ROOT / "tests" / "golden" / "awkward" / "expected"
NOTES = (".txt", ".md", ".docx", ".odt", ".pdf", ".vtt")
LETTERS = (".eml", ".msg")
BOOKS = (".xlsx", ".csv", ".xls", ".ods", ".xlsb")
KNOWN_BY = ("sha256", "source")


@pytest.fixture(scope="module")
def settings() -> Settings:
    found, _ = read_settings(INPUTS)
    assert found is not None
    return found


def test_what_the_example_puts_in_is_read(settings: Settings, golden: Golden) -> None:
    office, measures = settings.office, settings.measures
    meetings, of_meetings = read_meetings(INPUTS, office)
    agenda = next(one.agenda for one in meetings if one.id == MEETING)
    golden(EXPECTED / "read-meetings.txt", outline((meetings[-2:], of_meetings)))
    golden(EXPECTED / "read-notes.txt", outline(read_notes(INPUTS / "notes", MEETING, agenda, office)))
    register = read_register(INPUTS / "register.xlsx", "register.xlsx", office, measures)
    golden(EXPECTED / "read-register.txt", outline(register))
    book, _ = read_register_book(INPUTS / "register.xlsx", "register.xlsx")
    assert book is not None
    golden(EXPECTED / "read-register-book.txt", outline(replace(book, rows=book.rows[::9])))
    notes = INPUTS / "minutes" / f"{MEETING}.md"
    golden(EXPECTED / "read-minutes.txt", outline(read_minutes(notes, notes.name, office, meetings, register[0])))
    papers = sorted((INPUTS / "papers").rglob("*.*"))
    golden(EXPECTED / "read-papers.txt", outline({one.name: paper_health(one, one.name) for one in papers}, ("size", "mark")))


def test_what_the_examples_workbooks_hold_is_found(settings: Settings, golden: Golden) -> None:
    names = tuple(name for area in settings.office.areas for name in (area.name, *area.aliases))
    books = sorted((INPUTS / "performance").iterdir())
    golden(EXPECTED / "read-workbooks.txt", outline({one.name: tables_in(one, names) for one in books}))


def test_the_figures_that_the_measures_take_are_what_a_person_looked_at(tmp_path: Path, golden: Golden) -> None:
    """Each line by its two ends, then what is said of the workbooks and how they were read."""
    prepared = read_example(tmp_path).prepared
    inputs = prepared.gathered.inputs
    lines: dict[str, list[tuple[str]]] = {}
    for one in inputs.observations:
        value = f"{one.value:.6g}" if one.value is not None else f"{one.status.value} {one.raw!r}"
        of = f"{one.numerator:g} of {one.denominator:g}" if one.numerator is not None and one.denominator is not None else ""
        said = " ".join(filter(None, (one.period.iso, value, of, one.source.cell, *one.marks, one.doubt)))
        lines.setdefault(f"{one.measure}, {one.area}", []).append((said,))
    figures = {name: tuple(one) for name, one in lines.items()}
    said_of = tuple(one for one in inputs.problems if one.source.file.startswith("performance"))
    golden(EXPECTED / "read-figures.txt", outline({"figures": figures, "said": said_of, "readings": inputs.readings}))


WORDS = (
    *(
        "",
        "n/a",
        "tbc",
        "nil",
        "(45)",
        "-45",
        "\u22124.5",
        "79%",
        "79.5 %",
        "\u00a33,000",
        "\u00a31.2m",
        "3k",
        "1,204 (r)",
        "1,204 [p]",
        "1204r",
        "<5",
        "5 or fewer",
    ),
    *(
        "[c]",
        "12:35",
        "1:02:31",
        "2m 31s",
        "1 hr 5 mins",
        "5m",
        "about 40",
        "~40",
        "c. 40%",
        "12 (8%)",
        "1.234,5",
        "0.8",
        "80 per cent",
        "12*",
        "\uff11\uff12",
    ),
    *(
        "June",
        "June 2019",
        "28 May 2019",
        "28/05/2019",
        "2019-05-28",
        "the November meeting",
        "next meeting",
        "May meeting 2020",
        "soon",
        "31 June 2019",
    ),
    *(
        "Tuesday 28 May",
        "end of July",
        "by the end of August 2019",
        "within two weeks",
        "in two meetings",
        "after the summer",
        "Q3 2019/20",
        "early 2020",
    ),
    *(
        "4 areas over 80",
        "at least 90",
        "under 5",
        "down 10 per cent on 2018/19",
        "up 5 points",
        "not below 90",
        "over 80%",
        "between 4 and 5",
    ),
    *("CC", "CC and DCC", "the Chief Constable; ACC", "CC/DCC", "Performance team", "everybody", "PCC's office", "T/DCC"),
    *("30 April 2019 to 31 May 2019: the audit was late", "May 2019 to June 2019", "31 May 2019 to soon: why", "no move at all"),
    *(
        "after the first two quarters of the 2019/20 survey",
        "once the April 2019 figures are in",
        "if the audit is done",
        "Week 3 2019",
        "FY18/19",
        "Apr-Jun 19",
    ),
)


def test_what_words_in_a_cell_or_a_sentence_mean(settings: Settings, golden: Golden) -> None:
    """As a figure, a day, an occasion, a due, a period, a test, owners, a move, a condition: nothing where they mean none."""
    at, lines = date(2019, 5, 28), []
    for words in WORDS:
        figure = read_text(words)
        meanings = {
            "figure": (figure.kind, figure.number, figure.unit, figure.status, figure.marks),
            "decimal comma": read_text(words, decimal_comma=True).number,
            "day": occasions.read_day(words),
            "occasion": occasions.read_occasion(words),
            "occasion after": occasions.read_occasion(words, MEETING),
            "no day": occasions.why_no_day(words),
            "awaited": tuple(one.iso for one in occasions.read_awaited(words)),
            "month": occasions.month_of(words),
            "due": dues.read_due(words, at, date(2019, 6, 24), settings.office),
            "due alone": dues.due_field(words, at),
            "condition": dues.condition_of(words),
            "days": find_days(words, after=at),
            "period": one.iso if (one := read_period(words)) is not None else "",
            "test": read_test(words, 5),
            "owners": read_owners(words, settings.office),
            "post": read_post(words, settings.office),
            "move": read_redating(words),
        }
        lines.append((words or "nothing", {name: meaning for name, meaning in meanings.items() if meaning}))
    golden(EXPECTED / "read-words.txt", outline(dict(lines)))


def tables_in(path: Path, names: tuple[str, ...] = ()) -> object:
    """Every table of a workbook with its figures, and what is said of them."""
    workbook, problems = read_workbook(path, path.name)
    found = [find_tables(sheet, path.name, names) for sheet in workbook.sheets] if workbook is not None else []
    return {
        "problems": problems,
        "tables": tuple(table_said(table) for tables, _ in found for table in tables),
        "said": tuple(one for _, said in found for one in said),
    }


def table_said(table: Table) -> object:
    columns = {column: outline(label).strip() for column, label in table.column_meanings().items()}
    figures = tuple((figure_said(one),) for one in table.values)
    return {"table": (table.sheet, table.range, table.layout, table.titles, table.notes), "columns": columns, "figures": figures}


def figure_said(one: TableValue) -> str:
    """`C5 North, Burglary, 2019-04/P1M: 12 count`, then what is otherwise than plain."""
    where = ", ".join(filter(None, (one.area, one.measure, one.period.iso if one.period else "")))
    value = f"{one.value:.6g}" if one.value is not None else f"{one.status.value} {one.raw!r}"
    return " ".join(filter(None, (one.cell, f"{where}:", value, one.unit.value, *one.marks, "total" * one.total, one.doubt)))


def cases(*endings: str) -> Iterator[Path]:
    """The awkward files of those kinds, by name."""
    folders = [one for one in (SHARED / "cases").rglob("*") if one.suffix in endings]
    yield from sorted(one for one in folders if "office" not in one.parts)


def is_about(path: Path, settings: Settings, read: Callable[[Path, Settings], object]) -> object:
    """What it is read as, or why it is not."""
    try:
        return read(path, settings)
    except ReportpackError as found:
        return str(found)


@pytest.mark.needs("shared")
@pytest.mark.parametrize("ending", NOTES)
def test_awkward_notes_are_read(settings: Settings, ending: str, golden: Golden) -> None:
    def read(path: Path, settings: Settings) -> object:
        return read_minutes(path, path.name, settings.office)

    told = {f"{one.parent.name}, {one.name}": is_about(one, settings, read) for one in cases(ending)}
    golden(AWKWARD / f"notes{ending}.golden.txt", outline(told, KNOWN_BY))


def published(folder: str, endings: tuple[str, ...], most: int) -> list[Path]:
    """What other bodies published, as far as it is small."""
    files = (SHARED / "data" / folder).iterdir()
    return sorted(one for one in files if one.suffix in endings and one.stat().st_size < most)


@pytest.mark.needs("shared")
def test_published_notes_are_read(settings: Settings, golden: Golden) -> None:
    """All that is found in them but their own words."""
    read = {one.name: read_minutes(one, one.name, settings.office) for one in published("minutes", NOTES, 9_000)}
    golden(AWKWARD / "published-notes.txt", outline(read, (*KNOWN_BY, "passages", "statements")))


@pytest.mark.needs("shared")
def test_published_workbooks_are_read(golden: Golden) -> None:
    read = {one.name: tables_in(one) for one in published("sheets", BOOKS, 30_000)}
    golden(AWKWARD / "published-tables.txt", outline(read, KNOWN_BY))


@pytest.mark.needs("shared")
def test_awkward_letters_are_read(settings: Settings, golden: Golden) -> None:
    def read(path: Path, _: Settings) -> object:
        reply, problems = read_reply(path.read_bytes(), path.name)
        assert reply is not None
        return replace(reply, files=()), tuple((one.name, one.media_type, len(one.data)) for one in reply.files), problems

    told = {f"{one.parent.name}, {one.name}": is_about(one, settings, read) for one in cases(*LETTERS)}
    golden(AWKWARD / "letters.txt", outline(told))


@pytest.mark.needs("shared")
@pytest.mark.parametrize("kind", ["tables", "registers"])
def test_awkward_workbooks_are_read(settings: Settings, kind: str, golden: Golden) -> None:
    def read(path: Path, settings: Settings) -> object:
        if kind == "tables":
            return tables_in(path)
        return read_register(path, path.name, settings.office, settings.measures), read_tracker(path, "Actions", {})

    books = [one for one in cases(*BOOKS) if kind == "tables" or "register" in one.name or "tracker" in one.name]
    told = {f"{one.parent.name}, {one.name}": is_about(one, settings, read) for one in books}
    golden(AWKWARD / f"{kind}.txt", outline(told, KNOWN_BY))
