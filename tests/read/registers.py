"""Registers that the tests write, and a small office to read them for."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Unit
from reportpack.model.office import Area, AreaKind, MeetingSeries, Office, Person, Post, Side, Topic

OFFICE = Office(
    name="Office of the Commissioner for Northshire",
    short_name="OPCC",
    force="Northshire Police",
    areas=(
        Area("northshire", "Northshire", AreaKind.FORCE),
        Area("east", "East"),
        Area("west", "West"),
        Area("old-town", "Old Town", end=date(2012, 3, 31)),
    ),
    posts=(
        Post("pcc", "Police and Crime Commissioner", "PCC", Side.OFFICE),
        Post("dpcc", "Deputy Police and Crime Commissioner", "DPCC", Side.OFFICE),
        Post("opcc", "Office of the Police and Crime Commissioner", "OPCC", Side.OFFICE),
        Post("cc", "Chief Constable", "CC", Side.FORCE, ("Chief",)),
        Post("dcc", "Deputy Chief Constable", "DCC", Side.FORCE),
        Post("acc", "Assistant Chief Constable (Crime and Operations)", "ACC", Side.FORCE),
        Post("officer", "Policy Officer", "PO", Side.OFFICE),
    ),
    people=(Person("Robin Jay", "officer"),),
    topics=(
        Topic("satisfaction", "Victim satisfaction", ("Satisfaction",)),
        Topic("hate", "Hate crime satisfaction", ("Hate satisfaction",)),
        Topic("outcome-16", "Outcome 16"),
    ),
    series=(MeetingSeries("assurance", "Monthly Assurance Meeting"),),
    editions=(),
)
MEASURES = (
    Measure(
        "satisfaction",
        "Victims satisfied overall",
        unit=Unit.PER_CENT,
        better=Better.HIGHER,
        places=(),
        topic="satisfaction",
        part_of="Satisfaction",
    ),
)

MATTER_HEADINGS = ("Reference", "Title", "Words", "From meeting", "Due at meeting", "State", "Topic", "Outcome", "Audience")
ACTION_HEADINGS = ("Reference", "Action", "Owner", "Raised at", "Due", "State", "Re-dated", "Closed on", "Audience")
COMMITMENT_HEADINGS = ("Reference", "Words", "Owner", "Said at", "Measure", "Test", "Figures for")
QUESTION_HEADINGS = ("Question", "Asked by", "Meeting", "Topic", "Answered", "Answer")


def write_register(
    path: Path,
    *,
    matters: Sequence[Sequence[Any]] = (),
    actions: Sequence[Sequence[Any]] = (),
    commitments: Sequence[Sequence[Any]] = (),
    questions: Sequence[Sequence[Any]] = (),
) -> Path:
    """A register with the four sheets, the headings above, and these rows."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    tables = (
        ("Matters", MATTER_HEADINGS, matters),
        ("Actions", ACTION_HEADINGS, actions),
        ("Commitments", COMMITMENT_HEADINGS, commitments),
        ("Questions", QUESTION_HEADINGS, questions),
    )
    for name, headings, rows in tables:
        sheet = workbook.create_sheet(name)
        sheet.append(headings)
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    workbook.save(path)
    return path
