"""One answer about a cell serves sanity, doubt and the corrected print; another value in the cell is asked about anew."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError, RefusedError, ReportpackError
from reportpack.model.observation import FigureAnswered
from reportpack.run.figures import answer_figure
from reportpack.run.init import make_office
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.release import prepare_release
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Briefing, Order, build_pack, prepare
from reportpack.run.register.rows import undo_event
from reportpack.run.steps.recording import Change

NOW = datetime(2031, 12, 10, 9, tzinfo=UTC)
MEETING = "2031-12-16-assurance"
MEASURE = """
[[measure]]
id = "burglary"
title = "Burglary"
unit = "count"
better = "lower"

[[measure.place]]
file = "Crime*.xlsx"
"""


def workbook(folders: Folders, september: float) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Crime"
    sheet.append(["Month", "Burglary"])
    for month in range(1, 12):
        sheet.append([f"{month:02}/2031", september if month == 9 else 100 + month])
    book.save(folders.inputs / "performance" / "Crime.xlsx")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    inputs = tmp_path / "office" / "inputs"
    (inputs / "measures.toml").write_text(MEASURE, encoding="utf-8")
    (inputs / "meetings" / f"{MEETING}.toml").write_text('date = 2031-12-16\nseries = "assurance"\n', encoding="utf-8")
    folders = Folders(inputs, tmp_path / "office" / "build")
    workbook(folders, 1009)
    return folders


def prepared(folders: Folders, now: datetime = NOW) -> Briefing:
    with open_memory(folders, begin=True) as ledger:
        return prepare(folders, Order(MEETING, None, None, now, now.date()), ledger, lambda _: None)


def september(of: Briefing) -> tuple[float | None, str, tuple[str, ...]]:
    found = next(one for one in of.gathered.inputs.observations if one.period.label == "September 2031")
    return found.value, found.doubt, found.marks


def kinds(of: Briefing) -> set[str]:
    return {one.kind for one in of.problems}


def test_an_accepted_figure_is_doubted_no_more_until_its_cell_changes(folders: Folders) -> None:
    assert "figure-jumps" in kinds(prepared(folders))
    (figure,) = answer_figure(
        folders, "Crime.xlsx", "Crime!b10", None, Change(NOW, "Ada Quill", "One operation, all in a night.")
    )
    assert figure.value == 1009.0
    answered = prepared(folders)
    assert "figure-jumps" not in kinds(answered)
    assert [one.kind for one in answered.accepted if one.kind == "figure-jumps"] == ["figure-jumps"]
    workbook(folders, 1090)
    assert "figure-jumps" in kinds(prepared(folders, NOW + timedelta(days=1)))


def test_a_corrected_figure_is_printed_with_who_and_why_and_the_workbook_stays(folders: Folders) -> None:
    before = (folders.inputs / "performance" / "Crime.xlsx").read_bytes()
    answer_figure(folders, "Crime.xlsx", "B10", 109, Change(NOW, "Ada Quill", "A slipped figure."))
    corrected = prepared(folders)
    assert september(corrected) == (109.0, "", ("corrected",))
    (said,) = corrected.corrections
    assert (said.correction.by, said.correction.reason) == ("Ada Quill", "A slipped figure.")
    assert said.before is not None
    assert said.before.value == 1009.0
    assert (folders.inputs / "performance" / "Crime.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "cell", "why", "said"),
    [
        ("Crime.xlsx", "Crime!B40", "why", "No measure's figure stands at"),
        ("Crime.xlsx", "Other!B10", "why", "No measure's figure stands at"),
        ("Robbery.xlsx", "Crime!B10", "why", "no workbook is named"),
        ("Crime.xlsx", "Crime!B10", " ", "who says so and why"),
    ],
)
def test_an_answer_that_names_no_figure_or_gives_no_reason_is_refused(
    folders: Folders, file: str, cell: str, why: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        answer_figure(folders, file, cell, None, Change(NOW, "Ada Quill", why))


def test_the_words_of_an_answer_are_erased_and_the_answer_holds(folders: Folders) -> None:
    answer_figure(folders, "Crime.xlsx", "B10", None, Change(NOW, "Ada Quill", "Jane Roe moved in that night."))
    with open_memory(folders) as ledger:
        (event,) = ledger.of_kinds(FigureAnswered)
    erase_words(folders, Wanted(events=(event.number,)), Change(NOW + timedelta(days=30), "DPO", "request of 2 January 2032"))
    with open_memory(folders) as ledger:
        (erased,) = ledger.of_kinds(FigureAnswered)
    assert isinstance(erased.what, FigureAnswered)
    assert erased.what.why == "[erased on 9 January 2032]"
    assert "figure-jumps" not in kinds(prepared(folders))


def test_an_answer_that_is_undone_leaves_the_figure_as_it_was(folders: Folders) -> None:
    before = september(prepared(folders))
    answer_figure(folders, "Crime.xlsx", "Crime!B10", 109, Change(NOW, "Ada Quill", "A slip of the pen."))
    first = september(prepared(folders))
    answer_figure(folders, "Crime.xlsx", "Crime!B10", 110, Change(NOW, "Ada Quill", "Counted again."))
    second = september(prepared(folders))
    assert (before[0], first[0], second[0]) == (1009, 109, 110)
    with open_memory(folders) as ledger:
        numbers = [one.number for one in ledger.of_kinds(FigureAnswered)]
    undone = Change(NOW, "Bo Rook", "The first was right.")
    assert undo_event(folders, numbers[1], undone) is None
    assert september(prepared(folders)) == first
    with pytest.raises(RefusedError, match="undone already"):
        undo_event(folders, numbers[1], undone)
    undo_event(folders, numbers[0], undone)
    assert september(prepared(folders)) == before
    assert "figure-jumps" in kinds(prepared(folders))
    with pytest.raises(InputError, match="no change of a row of the register, and no answer about a figure"):
        undo_event(folders, -1, undone)


def test_a_release_that_was_looked_at_knows_of_an_answer_that_was_undone(folders: Folders) -> None:
    answer_figure(folders, "Crime.xlsx", "Crime!B10", 109, Change(NOW, "Ada Quill", "A slip of the pen."))
    build_pack(folders, Order(MEETING, None, None, NOW, NOW.date()), lambda _: None)
    with open_memory(folders) as ledger:
        (answer,) = ledger.of_kinds(FigureAnswered)
    later = NOW + timedelta(hours=1)
    undo_event(folders, answer.number, Change(later, "Ada Quill", "It was right."))
    order = ReleaseOrder(MEETING, "briefing-pack", (), None, "Ada Quill", later, later.date())
    with pytest.raises(ReportpackError, match="what was answered about figures"):
        prepare_release(folders, order, lambda _: None)
