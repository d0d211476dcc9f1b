"""The change slip: a later version says on one page what its readers had otherwise, and the letter says it first."""

from datetime import UTC, datetime

import openpyxl

from reportpack.model.edition import Audience
from reportpack.model.release import Released, ReleasedRole
from reportpack.run.office_files import Folders
from tests.read.papers.made import paper
from tests.run.test_full_pack import LETTER, words
from tests.run.test_release import NOW, build, built, edition_of, folders, kept, plan, ready, release, released
from tests.run.test_told import correct_april, draft

__all__ = ["built", "folders", "ready", "released"]
LATER = datetime(2019, 5, 27, 9, 30, tzinfo=UTC)
MAY = "2019-05-28-assurance"


def lie(folders: Folders, name: str, data: bytes) -> None:
    folder = folders.inputs / "papers" / MAY
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def slip(folders: Folders, one: Released) -> str:
    source = kept(folders, one, ReleasedRole.PAGE_SOURCE).decode()
    return source.split('id="slip"')[1].split("</section>")[0] if 'id="slip"' in source else ""


def close_an_action(folders: Folders) -> str:
    """The first open action is closed in the workbook; gives its reference."""
    path = folders.inputs / "register.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    heads = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    row = next(row for row in range(2, sheet.max_row + 1) if str(sheet.cell(row, heads["State"]).value).casefold() == "open")
    sheet.cell(row, heads["State"]).value = "closed"
    book.save(path)
    return str(sheet.cell(row, 1).value)


def test_version_1_has_no_slip(ready: Folders) -> None:
    for edition in (Audience.OFFICE, Audience.FORCE):
        one = edition_of(release(ready), edition)
        assert slip(ready, one) == ""
        assert one.has
        assert one.changed == ()


def test_version_2_says_figure_verdict_and_paper_was_is_why(ready: Folders) -> None:
    draft(ready, NOW)
    correct_april(ready, 150)
    lie(ready, LETTER, words("Late words"))
    build(ready, now=LATER)
    force = edition_of(release(ready, now=LATER), Audience.FORCE)
    page = slip(ready, force)
    assert "What changed since v1" in page
    assert "C1/2018" in page
    assert "North Worcestershire, April 2019" in page
    assert "Paper" in page
    assert "Serious and organised crime: finished performance report" in page
    assert "Awaited" in page
    assert "Received" in page
    assert any(one.startswith("Paper C: Serious and organised crime") and one.endswith("is received") for one in force.changed)
    assert kept(ready, force, ReleasedRole.PAGE_SOURCE).decode().index('id="slip"') < kept(
        ready, force, ReleasedRole.PAGE_SOURCE
    ).decode().index('id="cover"')


def test_the_letter_says_it_before_what_is_attached(ready: Folders) -> None:
    draft(ready, NOW)
    lie(ready, LETTER, words("Late words"))
    build(ready, now=LATER)
    release(ready, now=LATER)
    letter = next(letter for _, letter in plan(ready).planned if letter.to.email == "cc@force.example")
    assert letter.text.index("Changed since what you had") < letter.text.index("Attached:")
    assert "Paper C: Serious and organised crime: finished performance report: was awaited" in letter.text
    assert "Changed since what you had" in letter.html


def test_a_paper_that_only_the_office_may_read_is_in_no_other_slip(ready: Folders) -> None:
    draft(ready, NOW)
    lie(ready, "2.1.3 Secret crime plan.pdf", words("Secret"))
    lie(ready, "2.1.4 Shared plan (force).pdf", words("Shared"))
    build(ready, now=LATER)
    force = edition_of(release(ready, now=LATER), Audience.FORCE)
    assert "Shared plan" in slip(ready, force)
    assert b"Secret crime plan" not in b"".join(kept(ready, force, one.role) for one in force.files if not one.post)
    assert not any("Secret" in one for one in (*force.changed, *(each.title for each in force.has or ())))


def test_a_file_that_was_replaced_under_its_name_is_said(ready: Folders) -> None:
    lie(ready, LETTER, words("First words"))
    build(ready)
    release(ready)
    draft(ready, NOW)
    lie(ready, LETTER, paper(pages=4))
    build(ready, now=LATER)
    force = edition_of(release(ready, now=LATER), Audience.FORCE)
    assert "Its file was replaced" in slip(ready, force)


def test_an_action_that_is_not_open_any_more_is_said(ready: Folders) -> None:
    draft(ready, NOW)
    ref = close_an_action(ready)
    build(ready, now=LATER)
    office = edition_of(release(ready, now=LATER), Audience.OFFICE)
    line = next(one for one in slip(ready, office).split("<tr>") if ref in one)
    assert "No longer in it" in line
    assert "It is not open any more" in line


def test_the_letter_says_first_what_is_asked_of_this_reader_and_what_matters_most(ready: Folders) -> None:
    letters = {one.to.email: one for one in plan(ready, NOW).letters}
    chief = letters["cc@force.example"]
    asked = chief.text.split("Asked of you:")[1].split("What matters most:")[0].strip().splitlines()
    assert [one.startswith("- Action ") for one in asked[:-1]] == [True] * (len(asked) - 1)
    assert any("Overdue: was due 26 March 2019." in one for one in asked)
    assert asked[-1] == "- Your paper: Serious and organised crime: finished performance report, by 21 May 2019."
    most = chief.text.split("What matters most:")[1].split("Attached:")[0].strip().splitlines()
    assert 0 < len(most) <= 3
    release = next(one for planned, one in plan(ready, NOW).planned if one.key == chief.key and planned.release.headlines)
    assert release.html.index("Asked of you:") < release.html.index("What matters most:") < release.html.index("Attached:")
    for email, other in letters.items():
        mine = {one for one in asked if one in other.text}
        assert mine in (set(), set(asked)) or "dcc" in email, email
    office = next(one for one in letters.values() if one.to.edition is Audience.OFFICE)
    assert "Your paper:" not in office.text
    assert "What matters most:" in office.text
