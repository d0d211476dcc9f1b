"""Three made-up offices' files as they lie, each with habits of its own. All people, places and figures are invented."""

import csv
from calendar import monthcalendar
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import docx
import openpyxl

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def place_of(year: int, month: int, weekday: int, place: int) -> date:
    """The day of that weekday in that place of the month."""
    days = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
    return date(year, month, days[place])


def write_rows(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """A workbook of those sheets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def write_document(path: Path, lines: Sequence[str]) -> None:
    """A text, or by its name a Word document, of which a line that begins with # is a heading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".docx":
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    document = docx.Document()
    for line in lines:
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), level=1)
        else:
            document.add_paragraph(line)
    document.save(str(path))


def eastmarch(folder: Path) -> Path:
    """A commissioner's office: a workbook a month with sheets a measure, minutes in Word, a live action log, next month's agenda, a panel's minutes."""
    districts = ("Barrow Vale", "Castle Quarter", "Fenside")
    for month in range(4, 10):
        head = ("District", *(f"{MONTHS[(3 + step) % 12]}-{24 if step < 9 else 25}" for step in range(month - 3)))
        sheets = {}
        for name, base in (("Burglary", 40), ("Robbery", 12)):
            rows = [[place, *(base + 3 * at + step for step in range(month - 3))] for at, place in enumerate(districts)]
            total = [
                "Eastmarch",
                *(
                    sum(40 * (name == "Burglary") + 12 * (name == "Robbery") + 3 * at + step for at in range(3))
                    for step in range(month - 3)
                ),
            ]
            sheets[name] = [(f"{name} offences by district, 2024/25",), (), head, *rows, total]
        satisfied = [[place, *(81 + at - step / 2 for step in range(month - 3))] for at, place in enumerate(districts)]
        sheets["Victim satisfaction"] = [("Victims satisfied with the service, %",), (), head, *satisfied]
        write_rows(folder / "Performance" / "2024-25" / f"Performance pack {MONTHS[month - 1]} 2024.xlsx", sheets)
    for month in range(4, 10):
        day = place_of(2024, month, 2, 1)
        people = ["Nadia Corwen, Police and Crime Commissioner (Chair)", "Hal Pemberley, Chief Executive, OPCC"]
        people += [
            "Ruth Standish, Chief Constable" if month < 7 else "Imran Vale, Temporary Chief Constable",
            "Kit Marlowe, Deputy Chief Constable",
        ]
        lines = [
            "Eastmarch Accountability Board", f"Minutes of the meeting held on {day:%A} {day.day} {day:%B %Y} at 14:00", "Venue: Castle House, Fenside",
            "Present:", *people, "Apologies:", "Tom Arkle, Head of Performance, Eastmarch Police",
            "# 1. Minutes of the last meeting", "Agreed.", "# 2. Burglary", "The Commissioner asked why burglary in Fenside was rising.",
            f"Action: Chief Constable to send a note on burglary in Fenside by {day.day} {date(2024, month + 1, 1):%B %Y}.",
            "# 3. Victim satisfaction", "The Deputy Chief Constable said that victims are now called within two days.", "# 4. Any other business", "None.",
        ]  # fmt: skip
        write_document(folder / "Board" / f"{day:%Y-%m} Accountability Board minutes.docx", lines)
    day = place_of(2024, 11, 2, 1)
    agenda = [
        "Eastmarch Accountability Board",
        f"Agenda for {day:%A} {day.day} {day:%B %Y} at 14:00",
        "Castle House, Fenside",
        "1. Apologies",
        "2. Minutes of the last meeting",
    ]
    write_document(
        folder / "Board" / "NOV AGENDA.docx",
        [*agenda, "3. Burglary", "4. Victim satisfaction", "5. Robbery", "6. Any other business"],
    )
    log: list[tuple[object, ...]] = [("Eastmarch action log",), ("Ref", "Action", "Lead", "By when", "Progress", "RAG")]
    log += [("24/01", "Chief Constable to publish the burglary plan.", "Chief Constable", date(2024, 9, 30), "In hand", "A")]
    log += [("24/02", "Send the victims' survey to the board.", "Deputy Chief Constable", date(2024, 12, 2), "", "G")]
    write_rows(folder / "Action log (live).xlsx", {"Open": log})
    panel = [
        "Westmoor Fire Authority", "Minutes of the meeting held on 12 June 2024", "Present:", "Cllr Ada Brill (Chair)", "Cllr Owen Pask",
        "# 1. Budget", "Cllr Pask asked about reserves.", "Action: Treasurer to report by 1 July 2024.",
    ]  # fmt: skip
    write_document(folder / "Misc" / "Fire authority 12 June.docx", panel)
    (folder / "Misc" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return folder


def harrowdale(folder: Path) -> Path:
    """A policing board that meets every quarter: one long csv a quarter, minutes in plain text with people behind their posts, no tracker."""
    folder.mkdir(parents=True, exist_ok=True)
    for quarter, last in enumerate((3, 6, 9), 1):
        with (folder / f"extract_2024_q{quarter}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(("Area", "Month", "Measure", "Value"))
            for month in range(1, last + 1):
                for at, area in enumerate(("Upper Dale", "Lower Dale", "Force total")):
                    for measure, base in (("999 calls answered in 10 seconds (%)", 85), ("Anti-social behaviour incidents", 120)):
                        writer.writerow((area, f"{MONTHS[month - 1]} 2024", measure, base + month + at))
    for month in (1, 4, 7):
        day = place_of(2024, month, 3, 0)
        lines = (
            "HARROWDALE POLICING BOARD", f"MINUTES OF THE QUARTERLY MEETING - {day.day} {day:%B %Y}", "", "Time: 10.30am", "Venue: Town Hall, Upper Dale", "",
            "PRESENT: Mrs Joan Tarrant (Chair of the Board); Mr Lewis Aske (Chief Constable, Harrowdale Police); Ms Priya Dunn (Board Secretary)", "",
            "APOLOGIES: Mr Noel Birch (Assistant Chief Constable)", "", "1 CALL HANDLING", "", "Mr Aske reported that more calls were answered in time.", "",
            "ACTION: Mr Aske to bring the rota to the next meeting.", "", "2 ANTI-SOCIAL BEHAVIOUR", "", "Mrs Tarrant asked what had changed in Lower Dale.", "",
            "3 DATE OF NEXT MEETING", "", "To be confirmed.", "",
        )  # fmt: skip
        (folder / f"Board mins {day:%d%m%y}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def saltholme(folder: Path) -> Path:
    """A mayor's office with one set of notes, months down with districts across, and a tracker of two sheets."""
    rows = [("Month", "North Shore", "Old Town", "Saltholme")]
    for step in range(24):
        year, month = divmod(2022 * 12 + 9 + step, 12)
        rows.append((f"{MONTHS[month]} {year}", 30 + step % 5, 44 - step % 3, 74 + step % 5 - step % 3))  # type: ignore[arg-type]
    write_rows(
        folder / "KSI & ASB" / "KSI casualties.xlsx", {"KSI": [("People killed or seriously injured on the roads",), *rows]}
    )
    write_rows(folder / "KSI & ASB" / "KSI casualties DRAFT.xlsx", {"KSI": [("People killed or seriously injured",), *rows[:9]]})
    notes = [
        "# Notes of the Mayor's Policing Meeting", "Date: 24 September 2024", "Time: 09:00 to 10:30", "Attendees: Jo Marsh (Mayor), Lee Quill (Chief Constable), Sam Orrin (Policy Officer)", "",
        "## 1. Road safety", "", "JM asked for the number of people killed or seriously injured in Old Town.", "", "**Action** – Chief Constable to report on road safety in November.", "",
        "## 2. AOB", "", "None.",
    ]  # fmt: skip
    (folder / "mayor-notes-sept.md").write_text("\n".join(notes), encoding="utf-8")
    actions = [
        ("No", "Action", "Owner", "Due date", "Status"),
        (1, "Chief Constable to repaint the crossings.", "Chief Constable", date(2024, 12, 1), "Open"),
    ]
    write_rows(
        folder / "tracker 2024.xlsx",
        {"Actions": actions, "Closed": [actions[0], (2, "Send the map.", "Policy Officer", date(2024, 3, 1), "Complete")]},
    )
    return folder
