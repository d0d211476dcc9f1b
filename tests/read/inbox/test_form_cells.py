"""A form's cells are read as the person who filled them in saw them."""

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from reportpack.model.reply import FormLine, Reply
from reportpack.read.inbox.form import shown
from reportpack.read.inbox.opening import read_reply


def form(*rows: tuple[object, ...], change: str = "") -> Reply:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Reference", "Action", "Update", "Complete?", "Evidence"])
    for row in rows:
        sheet.append(list(row))
    if change == "comment":
        sheet["C2"].comment = Comment("Completed on 31 May.", "SO")
    if change == "link":
        sheet["E2"].hyperlink = "https://force.example/report.docx"
    if change == "struck":
        sheet["C2"].font = Font(strike=True)
    stream = io.BytesIO()
    book.save(stream)
    reply, problems = read_reply(stream.getvalue(), "inbox/form.xlsx")
    assert reply is not None
    assert problems == ()
    return reply


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (0.45, "0%", "45%"),
        (0.125, "0.0%", "12.5%"),
        (12500, "£#,##0", "£12,500"),
        (-3.5, "0.00", "-3.50"),
        (7, "General", "7"),
        (0.1 + 0.2, "General", "0.3"),
        (12500, "[$£-809]#,##0", "£12,500"),
        (timedelta(days=1, hours=3, minutes=30), "[h]:mm", "27:30"),
        (timedelta(minutes=2, seconds=31), "mm:ss", "0:02:31"),
        (time(9, 30), "hh:mm", "9:30"),
        (datetime(2019, 5, 31), "dd/mm/yyyy", "31 May 2019"),  # noqa: DTZ001 - a workbook's times have no zone
        (date(2019, 5, 15), "mmm yyyy", "May 2019"),
        (True, "General", "yes"),
        (None, "0%", ""),
    ],
)
def test_a_value_is_shown_as_its_format_shows_it(value: object, code: str, words: str) -> None:
    assert shown(value, code) == words


@pytest.mark.parametrize(
    "tick", ["yes", "YES", "Y", "x", "\u2713", "\u2612", "\u2611", "[x]", "Complete", "closed", "TRUE", "done."]
)
def test_every_way_to_tick_a_cell_says_that_it_is_complete(tick: str) -> None:
    assert form(("8/2019", "a", "Sent", tick, "")).lines[0].complete


@pytest.mark.parametrize(
    "cross", ["no", "N", "\u2610", "not yet", "not complete", "incomplete", "ongoing", "45%", "partly", "N/A - superseded", "[ ]"]
)
def test_nothing_else_says_so(cross: str) -> None:
    assert not form(("8/2019", "a", "Sent", cross, "")).lines[0].complete


def test_words_beside_a_yes_are_kept_with_the_update() -> None:
    lines = form(
        ("8/2019", "a", "Sent", "Yes - see the report", ""),
        ("9/2019", "a", "", "Completed 31 May", ""),
        ("7/2019", "a", "", "No, in July", ""),
    ).lines
    assert [(one.update, one.complete) for one in lines] == [
        ("Sent\nsee the report", True), ("Completed 31 May", True), ("in July", False),
    ]  # fmt: skip


def test_a_comment_and_a_links_address_are_words_of_their_cell() -> None:
    assert form(("8/2019", "a", None, None, None), change="comment").lines[0].update == "Comment: Completed on 31 May."
    assert (
        form(("8/2019", "a", "", "", "Report"), change="link").lines[0].evidence == "Report (https://force.example/report.docx)"
    )


def test_a_struck_cell_is_no_update_and_is_said() -> None:
    reply = form(("8/2019", "a", "Sent", "yes", ""), change="struck")
    assert reply.lines[0].update == ""
    assert reply.outside == ('Sheet, C2: "Sent", which is struck through',)


@pytest.mark.parametrize("ref", ["26/09", "AP-12", "391(a)", "Gov/24/3", "8/2019"])
def test_a_reference_of_any_shape_is_kept_as_it_is_written(ref: str) -> None:
    assert form((ref, "a", "Sent", "yes", "")).lines == (FormLine(ref, "Sent", True, "", "Sheet, A2"),)


def test_a_formula_that_was_never_worked_out_is_said() -> None:
    assert form(("8/2019", "a", "=1+1", "yes", "")).outside == ("Sheet, C2: a formula that was never worked out",)
