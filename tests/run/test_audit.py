"""The promise audit of a made-up drive: what is kept, not kept, withdrawn and never asked after; every claim followed to its line and its cell."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.run.audited_drive import MONTHS, audit, audited, by_district, came
from tests.run.first_day.drives import write_document, write_rows

ROOT = Path(__file__).resolve().parents[2]
SATISFIED = (78, 77, 79, 80, 82, 83, 84, 83, 82, 81, 80, 79)
BURGLARY = (60, 57, 57, 54, 51, 48, 48, 51, 54, 57, 57, 60)
ANSWERED = (88, 89, 91, 90, 92, 93)
PEOPLE = ("Present:", "Nadia Corwen, Police and Crime Commissioner (Chair)", "Ruth Standish, Chief Constable",
          "Kit Marlowe, Deputy Chief Constable")  # fmt: skip


def notes(folder: Path, day: str, *lines: str, name: str = "") -> None:
    """The notes of one meeting of the board."""
    head = ("Eastmarch Accountability Board", f"Minutes of the meeting held on {day} at 14:00", "Venue: Castle House", *PEOPLE)
    write_document(folder / "Board" / f"{name or f'Board {day}'}.docx", (*head, *lines, "# 9. Any other business", "None."))


def workbook(folder: Path, months: int, satisfied: tuple[int, ...] = SATISFIED) -> None:
    """The workbook of that month of 2024: a sheet a measure, the districts and the force; calls are counted until June."""
    heads = [f"{one}-24" for one in MONTHS[:months]]
    burgled = by_district("Residential burglary offences by district, 2024", heads, BURGLARY[:months], adds_up=True)
    sheets = {
        "Victim satisfaction": by_district("Victims satisfied with the service, %", heads, satisfied[:months]),
        "999": by_district("999 calls answered within 10 seconds, %", heads[:6], ANSWERED[:months]),
        "Residential burglary": burgled,
    }
    write_rows(folder / "Figures" / f"Performance pack {MONTHS[months - 1]} 2024.xlsx", sheets)


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four meetings of a board and one of another body, a draft beside a final, notes without a day, and a workbook revised eight times."""
    folder = tmp_path_factory.mktemp("drive")
    first = (*SATISFIED[:8], 91)  # September as it was first given
    for months in range(5, 13):
        workbook(folder, months, first if months == 9 else SATISFIED)
    april = (
        "# 1. Victim satisfaction",
        "The Chief Constable said that victim satisfaction will be at least 80 per cent by June 2024.",
        "The Chief Constable said that victim satisfaction will be at least 90 per cent by September 2024.",
        "The Chief Constable said that victim satisfaction will be at least 88 per cent by November 2024.",
        "The Chief Constable said that at least 95 per cent of 999 calls will be answered within 10 seconds by October 2024.",
        "# 2. Residential burglary",
        "The Deputy Chief Constable said that residential burglary in Fenside will be under 10 by July 2024.",
        "The Deputy Chief Constable said that residential burglary in Narrowgate will be under 40 by July 2024.",
        "Action: Chief Constable to send a note on the custody suites by 8 May 2024.",
        "Action: Deputy Chief Constable to map every derelict garage in Castle Quarter by 8 May 2024.",
        "Action: Chief Constable to publish a poster campaign about scrambler motorcycles by 8 May 2024.",
        "# 3. Rural drones pilot",
        "The drones pilot was described.",
    )
    notes(folder, "10 April 2024", *april)
    notes(folder, "10 April 2024", *april[:2], name="Board 10 April 2024 DRAFT")
    call = "The Commissioner asked why victims wait so long for a call back."
    again = "Action: Chief Constable to send a note on the custody suites by 12 June 2024. Ongoing."
    notes(folder, "8 May 2024", "# 1. Victim satisfaction", call, "# 2. Actions from the last meeting", again)
    gone = "The poster campaign about scrambler motorcycles was withdrawn."
    notes(folder, "12 June 2024", "# 1. Victim satisfaction", call, "# 2. Actions", gone)
    notes(folder, "10 July 2024", "# 1. Victim satisfaction", "The Deputy Chief Constable described the new survey.")
    undated = (
        "Eastmarch Accountability Board",
        "Minutes of the meeting",
        *PEOPLE,
        "# 1. Burglary",
        "Action: Chief Constable to write.",
    )
    write_document(folder / "Board" / "Undated.docx", undated)
    parish = ("Nether Poolham Parish Council", "Minutes of the meeting held on 3 June 2024", "Present:", "Ivo Tarn, Chair",
              "Bet Lyle, Clerk", "# 1. Hedges", "Action: Clerk to write to the farmer about the hedges by 1 July 2024.")  # fmt: skip
    write_document(folder / "Parish" / "Parish June.docx", parish)
    return folder


@pytest.fixture(scope="module")
def said(drive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What it answers about that drive."""
    return audited(drive, tmp_path_factory.mktemp("audit") / "pages")


@pytest.mark.parametrize(
    ("words", "verdict", "why"),
    [
        ("at least 80 per cent by June", "kept", "83% in June 2024"),
        ("at least 88 per cent by November", "not kept", "80% in November 2024"),
        ("burglary in Fenside will be under 10", "not kept", "16 in July 2024"),
        (
            "at least 90 per cent by September",
            "not sure",
            "Performance pack Sep 2024.xlsx had another figure, with which it was kept",
        ),
        ("burglary in Narrowgate", "not sure", "no figures are of Narrowgate alone"),
        ("999 calls", "not measurable", "the figures end with June 2024"),
        ("custody suites", "still open", "on 8 May 2024"),
        ("derelict garage", "nobody asked again", "the notes of 3 later meetings"),
        ("scrambler motorcycles", "withdrawn", "on 12 June 2024"),
        ("hedges", "no later notes", "1 July 2024 has passed, and there are no notes of a later meeting"),
    ],
)
def test_each_planted_promise_has_what_came_of_it(said: dict[str, Any], words: str, verdict: str, why: str) -> None:
    one = came(said, words)
    assert one["came"] == verdict
    assert why in one["why"]


def test_beside_a_guess_stands_no_figure(said: dict[str, Any]) -> None:
    guess, sure = came(said, "burglary in Narrowgate"), came(said, "burglary in Fenside")
    assert guess["measure"].startswith("Perhaps ")
    assert not guess["then"]
    assert not guess["now"]
    assert sure["then"]
    assert sure["now"]


def test_every_claim_leads_to_its_line_and_its_cell(said: dict[str, Any], drive: Path) -> None:
    for one in said["undertakings"]:
        file, line = one["where"].split(", ")
        paragraphs = [each.text for each in docx.Document(str(drive / file)).paragraphs]
        assert one["words"] in paragraphs[int(line.removeprefix("p")) - 1]
    page = Path(next(path for path in said["paths"] if path.endswith(".html"))).read_text(encoding="utf-8")
    sources = dict(re.findall(r'id="(s\d+)"><th scope="row">s\d+</th><td class="literal">([^<]*)</td>', page))
    printed = re.findall(r'<data value="([\d.]+)"[^>]*data-source="(s\d+)!([A-Z]+\d+)"', page)
    assert len(printed) > 10
    for value, source, cell in printed:
        if source in sources and ".xlsx" in sources[source]:
            file, sheet = sources[source].split(", sheet ")
            assert openpyxl.load_workbook(drive / file)[sheet][cell].value == float(value)


def test_redated_asked_again_and_dropped_are_told(said: dict[str, Any]) -> None:
    assert came(said, "custody suites")["redated"] == [
        "8 May 2024 to 12 June 2024 (8 May 2024, Board/Board 8 May 2024.docx, p11)"
    ]
    (question,) = said["questions"]
    assert "call back" in question["words"]
    assert [where.partition(",")[0] for where in question["where"]] == ["8 May 2024", "12 June 2024"]
    assert "Rural drones pilot" in {one["words"] for one in said["topics"]}


def test_what_gave_nothing_is_said(said: dict[str, Any]) -> None:
    files = {one["words"]: one["where"][0] for one in said["files"]}
    assert "a draft" in files["Board/Board 10 April 2024 DRAFT.docx"]
    assert "without the day" in files["Board/Undated.docx"]
    assert "September 2024 is 91 here and 82 there" in files["Figures/Performance pack Sep 2024.xlsx"]
    assert {one["meeting"] for one in said["undertakings"]} == {"Eastmarch Accountability Board", "Nether Poolham Parish Council"}


def test_the_folder_is_only_read_and_the_workbook_holds_all_of_it(said: dict[str, Any], drive: Path) -> None:
    assert {path.suffix for path in drive.rglob("*") if path.is_file()} == {".docx", ".xlsx"}
    book = openpyxl.load_workbook(next(path for path in said["paths"] if path.endswith(".xlsx")))
    assert book.sheetnames == ["Undertakings", "Questions", "Topics", "Files"]
    assert book["Undertakings"].max_row == len(said["undertakings"]) + 1
    refused = audit(drive, drive / "build")
    assert refused.returncode == 3
    assert not (drive / "build").exists()


def test_a_drive_with_nothing_usable_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "drive"
    empty.mkdir()
    (empty / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    done = audit(empty, tmp_path / "pages")
    assert done.returncode == 3
    assert "no workbook and no document" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_share_that_looks_like_a_percentage_never_breaks_a_promise(tmp_path: Path) -> None:
    heads = [f"{one}-24" for one in MONTHS]
    rows = by_district("Victims satisfied with the service, %", heads, [one / 100 for one in SATISFIED])
    burgled = by_district("Burglary offences by district", heads, BURGLARY, adds_up=True)
    write_rows(tmp_path / "drive" / "pack.xlsx", {"Victim satisfaction": rows, "Burglary": burgled})
    line = "The Chief Constable said that victim satisfaction will be at least 80 per cent by June 2024."
    notes(tmp_path / "drive", "10 April 2024", "# 1. Victims", line)
    assert came(audited(tmp_path / "drive", tmp_path / "pages"), "at least 80")["came"] == "not measurable"


def test_an_office_audits_its_own_memory(tmp_path: Path) -> None:
    office = tmp_path / "office"
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory"))
    command = [sys.executable, "-m", "reportpack", "audit", "--json", "--now", "2019-09-02T09:00"]
    before = sorted(path for path in office.rglob("*") if path.is_file())
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=office)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    verdicts = {one["words"]: one["came"] for one in told["undertakings"]}
    assert verdicts["The 999 performance will not fall below 90 per cent again."] == "kept"
    assert verdicts["Satisfaction for the whole force will be at least 82 per cent by April."] == "not kept"
    assert verdicts["The PCC to write to the Criminal Justice Board about delays at court."] == "kept"
    made = {office / path for path in told["paths"]}
    assert {path.name for path in made} == {"promise-audit.pdf", "promise-audit.html", "promise-audit.xlsx"}
    assert sorted({path for path in office.rglob("*") if path.is_file() and "memory" not in path.parts} - made) == [
        path for path in before if "memory" not in path.parts
    ]
