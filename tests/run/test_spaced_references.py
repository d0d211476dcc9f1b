"""References typed with spaces in them are those of the register, at every door; a day or a year that looks like one is none."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError
from reportpack.merge.replies import NamedRows
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.run.ledger import Wanted, look_for_words
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import find_row
from reportpack.run.why import WhyRequest, why
from tests.run.test_lives_printed import day_of, rows_of, write
from tests.run.test_spoken_actions import HEAD, words_of

ROOT = Path(__file__).parents[2]
REFS = {
    "391(a)": ("391 (a)", "391 ( a )", "391(A)"),
    "AP-12": ("AP - 12", "ap -12", "AP- 12"),
    "Gov/24/3": ("Gov / 24 / 3", "GOV/24 /3"),
    "26/07": ("26 / 07", "26/ 07"),
    "5/2019": ("5 / 2019", "5/ 2019"),
}
ROWS = tuple(RegisterRow("Actions", ref, (RegisterCell("State", "open"),)) for ref in REFS)
SPELT = [(ref, spelt) for ref, every in REFS.items() for spelt in every]
PLACES = (
    "{}: signed off by the PCC.",
    "Action {}: signed off by the PCC.",
    "It was agreed that {} be closed.",
    "The PCC was content to close {}, as the report was in.",
    "| Ref | Action | Owner | Update |\n| --- | --- | --- | --- |\n| {} | WORDS | CC | Signed off by the PCC |",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_notes_find_the_row_and_keep_its_reference_as_the_register_has_it(tmp_path: Path, place: str, turn: int) -> None:
    left_out = shutil.ignore_patterns("memory", "performance", "2019-*", "2018-*")
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=left_out)
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    for day in ("2019-06-25", "2019-07-30"):
        (folders.inputs / "meetings" / f"{day}-assurance.toml").write_text("", "utf-8")
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number, ref in enumerate(REFS):
        cells = {"Reference": ref, "Action": words_of(number), "Owner": "CC", "Raised at": "2018-11-27"}
        write(book["Actions"], {**cells, "Due": "28 June 2019", "State": "open"})
    book.save(folders.inputs / "register.xlsx")
    said = [
        place.format(every[turn % len(every)]).replace("WORDS", words_of(number)) for number, every in enumerate(REFS.values())
    ]
    (folders.inputs / "minutes" / "2019-06-25-assurance.md").write_text("\n\n".join((HEAD, *said)), "utf-8")
    issue_annex(folders, AnnexOrder("", None, datetime(2019, 6, 25, 17, tzinfo=UTC), date(2019, 6, 25)), print)
    rows = rows_of(openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"])
    found = {str(row["Reference"]): (row["State"], day_of(row["Due"])) for row in rows}
    assert found == dict.fromkeys(REFS, ("accepted", "28 June 2019"))
    for ref, every in REFS.items():
        spelt = every[turn % len(every)]
        assert why(folders, WhyRequest(spelt, None, "2019-06-25", date(2019, 6, 26))).name == f"Action {ref}"
        assert look_for_words(folders, Wanted(cells=((spelt, "State"),)), datetime(2019, 6, 26, tzinfo=UTC)).events


@pytest.mark.parametrize(("ref", "spelt"), SPELT)
def test_replies_and_commands_find_it_too(ref: str, spelt: str) -> None:
    named = NamedRows(ROWS)
    row = named.row(spelt)
    assert row is not None
    assert row.ref == ref
    assert named.named_in(f"On action {spelt}, the plan is written.")[0] == [ref]
    assert find_row(ROWS, spelt).ref == ref


@pytest.mark.parametrize(
    "words", ["the figures to 26 / 08", "in 391 areas (a) and (b)", "the Gov / 24 paper", "AP - 13", "5 / 2020"]
)
def test_what_the_register_does_not_have_is_no_reference(words: str) -> None:
    assert NamedRows(ROWS).named_in(words)[0] == []
    with pytest.raises(InputError):
        find_row(ROWS, words)
