"""The register's columns stand in one place, and a day that was given as a day stays one."""

import ast
import re
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.period import long_date, written_day
from reportpack.model.problem import Source
from reportpack.model.register_columns import TABLES, Heading, Holds, RegisterTable, table_of
from reportpack.model.register_row import RegisterRow

PROJECT = Path(__file__).parents[2]
HEADINGS = {column.heading for table in TABLES for column in table.columns}


def _asks_a_row(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in ("text", "at", "day")


def spelt_headings() -> set[tuple[str, str]]:
    """Every heading that is spelt in a file that has to do with rows of the register, or asked of one elsewhere; and the file."""
    found = set()
    for path in (PROJECT / "reportpack").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name == "register_columns.py":
            continue
        nodes = list(ast.walk(ast.parse(text)))
        if not re.search(r"register_row|register_columns|RowChange", text):
            nodes = [each for one in nodes if isinstance(one, ast.Call) and _asks_a_row(one.func) for each in one.args]
        strings = (one.value for one in nodes if isinstance(one, ast.Constant))
        found |= {(path.relative_to(PROJECT / "reportpack").as_posix(), one) for one in strings if one in HEADINGS}
    return found


def dictionary_of(table: RegisterTable) -> str:
    """A sheet's columns in Markdown; what an earlier sheet's says in the same words is not said again."""
    said = {column for before in TABLES[: TABLES.index(table)] for column in before.columns}
    rows = [f"- **{one.heading}**{' (needed)' if one.needed else ''}: {one.means}" for one in table.columns if one not in said]
    again = [f"**{one.heading}**" for one in table.columns if one in said]
    rows += [f"- {', '.join(again)}: as above"] if again else []
    return "\n".join((f"### {table.name}", "", table.means, "", *rows, ""))


def test_no_heading_is_spelt_outside_its_declaration() -> None:
    assert spelt_headings() == set()


def test_every_heading_that_code_speaks_of_is_a_column() -> None:
    assert {one.value for one in Heading} <= HEADINGS
    for table in TABLES:
        assert table.column(table.words).needed
        assert table.column(table.said_at).holds is Holds.MEETING
        assert (table.due is None) == (table.moves is None)


def test_the_guide_shows_the_declaration() -> None:
    assert "\n".join(map(dictionary_of, TABLES)) in (PROJECT / "docs" / "register.md").read_text(encoding="utf-8")


def test_no_spelling_stands_for_two_columns_of_a_sheet() -> None:
    for table in TABLES:
        spellings = [one for column in table.columns for one in column.spellings]
        assert len(spellings) == len(set(spellings))


def test_a_sheet_is_known_by_its_name() -> None:
    assert [table_of(table.name).singular for table in TABLES] == [
        "matter",
        "action",
        "commitment",
        "question",
        "risk",
        "recommendation",
    ]


@given(st.dates())
def test_a_day_in_a_row_stays_the_day_it_is(day: date) -> None:
    row = RegisterRow.of("Actions", [(Heading.DUE, day), (Heading.STATE, "open")], Source("register.xlsx"))
    assert (row.day(Heading.DUE), row.text(Heading.DUE), row.day(Heading.STATE)) == (day, long_date(day), None)
    moved = row.after(row.changes([(Heading.DUE, "May 2019")]))
    assert (moved.day(Heading.DUE), moved.text(Heading.DUE)) == (None, "May 2019")


@given(st.dates())
def test_a_written_day_is_known_and_nothing_else_is(day: date) -> None:
    assert written_day(long_date(day)) == day
    assert written_day(f"{long_date(day)}.") is None
    assert written_day(day.isoformat()) is None
