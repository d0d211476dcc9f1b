"""A second made-up drive, of other hands: three bodies in one folder, plain text, a scorecard of eight versions, and files that cannot be used."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.run.audited_drive import audited, came
from tests.run.first_day.drives import write_document, write_rows

HEAD = ("KESTREL VALE POLICE", "STRATEGIC PERFORMANCE BOARD", "", "Present:", "Mr Hal Osgood, Police and Crime Commissioner (Chair)",
        "Ms Priya Lind, Chief Constable", "Mr Tom Rusk, Deputy Chief Constable", "Ms Ada Fenn, Head of Estates",
        "Mr Lew Carr, Head of Fleet", "Apologies: None", "")  # fmt: skip
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
CALLS = (84, 85, 86, 88, 87, 89, 90, 91, 93, 94, 93, 92, 91, 92, 93, 94, 93, 92)
STALKING = (140, 142, 150, 155, 158, 160, 161, 163, 165, 149, 168, 170, 171, 172, 170, 169, 168, 165)
CAMERAS = (70, 71, 72, 74, 75, 76, 77, 78, 79)
COUNTER = "ACTION 4/2023: Head of Estates to open the Harbour Street front counter"
MISSING = "The Commissioner asked why repeat missing episodes from children's homes were so high."


def board(folder: Path, name: str, day: str, *lines: str) -> None:
    held = f"MINUTES OF THE MEETING HELD ON {day.upper()} AT 10.00 IN THE OAK ROOM"
    write_document(folder / "Board" / f"{name}.txt", (*HEAD[:2], held, *HEAD[2:], *lines, "", "The meeting closed at 12.10."))


def scorecard(path: Path, months: int, stalking: Sequence[int] = STALKING) -> None:
    rows: list[tuple[object, ...]] = [("Kestrel Vale Police: corporate scorecard",), ()]
    rows.append(
        (
            "Month",
            "Emergency calls answered within 10 seconds (%)",
            "Stalking offences recorded",
            "Officers using body-worn video (%)",
        )
    )
    for at in range(months):
        shown = CAMERAS[at] if at < len(CAMERAS) else None
        rows.append((f"{NAMES[at % 12]} {2023 + at // 12}", CALLS[at], stalking[at], shown))
    write_rows(path, {"Scorecard": rows})


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kestrel")
    for version, months in enumerate((4, 6, 8, 10, 12, 14, 16, 18), 1):
        given = (*STALKING[:11], 145, *STALKING[12:]) if version == 5 else STALKING
        scorecard(folder / "Data" / f"Corporate scorecard v{version}.xlsx", months, given)
    for kind, share in (("DRAFT v2", 90), ("FINAL", 92)):
        board(
            folder, f"SPB 14 March 2023 {kind}", "Tuesday 14 March 2023",
            "1. EMERGENCY CALLS", f"The Chief Constable undertook that at least {share} per cent of emergency calls would be answered within 10 seconds by September 2023.",
            "2. STALKING", "Ms Lind gave a commitment that recorded stalking offences would be below 150 by October 2023.",
            "The Deputy Chief Constable said that stalking offences would be under 150 by December 2023.",
            "The Deputy Chief Constable promised that stalking offences would be under 160 by March 2024.",
            "3. BODY-WORN VIDEO", "The Chief Constable said that at least 85 per cent of officers would be using body-worn video by March 2024.",
            "4. ACTIONS", f"{COUNTER} by 31 May 2023.",
            "ACTION 7/2023: Deputy Chief Constable to commission a review of the property store by 30 June 2023.",
            "ACTION 9/2023: Head of Fleet to trial electric vans in the rural beats by 31 August 2023.", "5. QUESTIONS", MISSING,
        )  # fmt: skip
    board(
        folder,
        "SPB 13 June 2023",
        "Tuesday 13 June 2023",
        "1. ACTIONS",
        f"{COUNTER} by 31 July 2023. Ongoing.",
        "2. MISSING PEOPLE",
        MISSING,
    )
    board(
        folder, "SPB 12 September 2023", "Tuesday 12 September 2023", "1. ACTIONS", f"{COUNTER} by 30 September 2023. Ongoing.",
        "ACTION 9/2023: Withdrawn, as the supplier has ceased trading.", "ACTION 2/2022: Closed.", "2. MISSING PEOPLE", MISSING,
    )  # fmt: skip
    board(folder, "SPB 12 December 2023", "Tuesday 12 December 2023", "1. ACTIONS", f"{COUNTER} by 30 November 2023. Ongoing.")
    board(folder, "SPB 12 March 2024", "Tuesday 12 March 2024", "1. ACTIONS", f"{COUNTER}. Complete.")
    wards = ("# Thornbeck Hospitals Quality Committee", "", "Minutes of the meeting held on 9 May 2023", "", "Present: Rhea Moss (Chair), Ian Potts",
             "", "## 1 Falls", "", "- **Action:** Ian Potts to audit falls on Ward 6 by 1 June 2023")  # fmt: skip
    write_document(folder / "Quality" / "May.md", wards)
    hall = (
        "Lowmere Village Hall Committee",
        "Minutes of the meeting",
        "Present: Sal Wray, Bo Tine",
        "1. Roof",
        "Action: Bo Tine to get three quotes.",
    )
    write_document(folder / "Village" / "hall.txt", hall)
    (folder / "Board" / "broken.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    (folder / "Data" / "half.xlsx").write_bytes((folder / "Data" / "Corporate scorecard v8.xlsx").read_bytes()[:3000])
    (folder / "Board" / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def said(drive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return audited(drive, tmp_path_factory.mktemp("audit") / "pages")


@pytest.mark.parametrize(
    ("words", "verdict", "why"),
    [
        ("emergency calls would be answered", "kept", "93% in September 2023, where at least 92%"),
        ("gave a commitment that recorded stalking", "kept", "149 in October 2023"),
        ("under 150 by December 2023", "not sure", "Data/Corporate scorecard v5.xlsx had another figure, with which it was kept"),
        # It held when it was said, so that it held for a while after keeps nothing.
        ("under 160 by March 2024", "not kept", "170 in March 2024"),
        ("body-worn video", "not measurable", "the figures end with September 2023"),
        ("Harbour Street", "kept", "on 12 March 2024"),
        ("property store", "nobody asked again", "the notes of 4 later meetings"),
        ("electric vans", "withdrawn", "on 12 September 2023"),
        ("falls on Ward 6", "no later notes", "1 June 2023 has passed"),
    ],
)
def test_each_planted_promise_has_what_came_of_it(said: dict[str, Any], words: str, verdict: str, why: str) -> None:
    one = came(said, words)
    assert one["came"] == verdict
    assert why in one["why"]


def test_each_claim_stands_where_it_says(said: dict[str, Any], drive: Path) -> None:
    for one in said["undertakings"]:
        file, line = one["where"].split(", line ")
        assert one["words"].split(": ")[-1] in (drive / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].replace(
            "**", ""
        )
    rows = list(openpyxl.load_workbook(drive / "Data" / "Corporate scorecard v8.xlsx")["Scorecard"].values)
    shown = {str(row[0]): row for row in rows}
    assert came(said, "emergency calls")["then"] == f"{shown['February 2023'][1]}% in February 2023"
    assert came(said, "emergency calls")["now"] == f"{shown['June 2024'][1]}% in June 2024"


def test_three_new_days_are_three(said: dict[str, Any]) -> None:
    moved = [line.partition(" (")[0] for line in came(said, "Harbour Street")["redated"]]
    assert moved == ["31 May 2023 to 31 July 2023", "31 July 2023 to 30 September 2023", "30 September 2023 to 30 November 2023"]
    (question,) = said["questions"]
    assert len(question["where"]) == 3


def test_what_is_not_of_these_notes_is_no_undertaking(said: dict[str, Any]) -> None:
    assert not [one for one in said["undertakings"] if "Closed" in one["words"] or "2/2022" in one["words"]]
    assert {one["meeting"] for one in said["undertakings"]} == {
        "Strategic performance board",
        "Thornbeck Hospitals Quality Committee",
    }


def test_what_was_put_aside_is_said_with_what_it_had_otherwise(said: dict[str, Any]) -> None:
    files = {one["words"]: one["where"][0] for one in said["files"]}
    version = files["Data/Corporate scorecard v5.xlsx"]
    assert (
        version
        == "a draft or an earlier version of Data/Corporate scorecard v8.xlsx; 1 of its figures is another there: December 2023 is 145 here"
    )
    assert files["Data/Corporate scorecard v4.xlsx"] == "a draft or an earlier version of Data/Corporate scorecard v8.xlsx"
    assert "damaged" in files["Board/broken.docx"]
    assert "damaged" in files["Data/half.xlsx"]
    assert "empty" in files["Board/empty.txt"]
    assert "without the day" in files["Village/hall.txt"]


def test_nobody_s_name_is_put_on_it(said: dict[str, Any], drive: Path) -> None:
    page = Path(next(path for path in said["paths"] if path.endswith(".html"))).read_text(encoding="utf-8")
    assert f"Promise audit: {drive.name}" in page
    assert "Office of the Police and Crime Commissioner" not in page


def test_where_the_measured_come_first(tmp_path: Path, drive: Path) -> None:
    folder = tmp_path / "some"
    shutil.copytree(drive / "Data", folder / "Data")
    said_so = "The Chief Constable undertook that at least 92 per cent of emergency calls would be answered within 10 seconds by September 2023."
    done = "Action: Head of Fleet to wash the vans by 1 April 2023."
    each = (
        "Action: Head of Fleet: read https://example.org/one/two/three",
        "Action: Head of Estates: read https://example.org/one/two/three",
    )
    board(folder, "SPB 14 March 2023", "Tuesday 14 March 2023", "1. FLEET", done, *each, "2. CALLS", said_so)
    board(
        folder,
        "SPB 13 June 2023",
        "Tuesday 13 June 2023",
        "1. FLEET",
        "Action: Head of Fleet to wash the vans. Complete.",
        "See https://example.org/one/two/three.",
    )
    answer = audited(folder, tmp_path / "pages")
    kept = [one["words"] for one in answer["undertakings"] if one["came"] == "kept"]
    assert kept[0] == said_so
    assert len(kept) == 2
    # What two were to do is each's own, and an address that stands again speaks of nothing.
    assert [one["came"] for one in answer["undertakings"] if "read" in one["words"].split()] == ["nobody asked again"] * 2


def test_what_is_asked_for_has_not_become(tmp_path: Path) -> None:
    asked = ("Action: Close the front counter by 1 June 2023.", "Action 5/2023: Complete the audit of custody by 8 May 2023.")
    board(
        tmp_path / "drive",
        "SPB 14 March 2023",
        "Tuesday 14 March 2023",
        "1. ACTIONS",
        *asked,
        "Action: Withdraw the old leaflet.",
    )
    again = "Action 5/2023: Complete the audit of custody by 8 July 2023."
    board(tmp_path / "drive", "SPB 13 June 2023", "Tuesday 13 June 2023", "1. ACTIONS", again, "Action 8/2022: Closed.")
    found = audited(tmp_path / "drive", tmp_path / "pages")
    assert {one["words"]: one["came"] for one in found["undertakings"]} == {
        "Close the front counter by 1 June 2023.": "nobody asked again",
        "Complete the audit of custody by 8 May 2023.": "still open",
        "Withdraw the old leaflet.": "nobody asked again",
    }
