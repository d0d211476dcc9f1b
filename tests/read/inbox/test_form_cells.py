"""A form's cells are read as the person who filled them in saw them."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell
from odf.opendocument import OpenDocumentText
from odf.table import Table as OpenTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.model.reply import FormLine, Reply
from reportpack.read.inbox.form import shown
from reportpack.read.inbox.opening import read_reply
from tests.read.test_workbook_hostile import zipped


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
        (0.5, "# ?/?", "0.5"),
        (True, "General", "yes"),
        (None, "0%", ""),
    ],
)
def test_a_value_is_shown_as_its_format_shows_it(value: object, code: str, words: str) -> None:
    assert shown(value, code) == words


@pytest.mark.parametrize(
    "tick",
    [
        "yes",
        "YES",
        "Y",
        "x",
        "\u2713",
        "\u2612",
        "\u2611",
        "[x]",
        "Complete",
        "closed",
        "TRUE",
        "done.",
        "100%",
        "\u2612 Yes  \u2610 No",
        "Yes \u2612 No \u2610",
    ],
)
def test_every_way_to_tick_a_cell_says_that_it_is_complete(tick: str) -> None:
    assert form(("8/2019", "a", "Sent", tick, "")).lines[0].complete


@pytest.mark.parametrize(
    "cross",
    [
        "no",
        "N",
        "\u2610",
        "not yet",
        "not complete",
        "incomplete",
        "ongoing",
        "45%",
        "partly",
        "N/A - superseded",
        "[ ]",
        "\u2610 Yes  \u2612 No",
        "Yes \u2610 No \u2612",
    ],
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


def book(
    change: Callable[[Worksheet], object], *rows: tuple[object, ...], heads: str = "Reference|Action|Update|Complete?|Evidence"
) -> Reply:
    """A form that somebody filled in in Excel."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (heads.split("|"), *rows):
        sheet.append(list(row))
    change(sheet)
    stream = io.BytesIO()
    made.save(stream)
    reply, _ = read_reply(stream.getvalue(), "inbox/form.xlsx")
    assert reply is not None
    return reply


def told(reply: Reply) -> list[tuple[str, str, bool]]:
    return [(one.ref, one.update, one.complete) for one in reply.lines]


def test_a_cell_for_two_rows_is_said_of_both() -> None:
    reply = book(lambda sheet: sheet.merge_cells("C2:C3"), ("8/2019", "a", "Both shared."), ("9/2019", "b", None))
    assert told(reply) == [("8/2019", "Both shared.", False), ("9/2019", "Both shared.", False)]


def test_what_is_struck_among_the_words_of_a_cell_is_none() -> None:
    rich = CellRichText(TextBlock(InlineFont(strike=True), "Complete"), " Not complete.")
    assert told(book(lambda sheet: sheet.__setitem__("C2", rich), ("8/2019", "a", "x"))) == [("8/2019", "Not complete.", False)]


@pytest.mark.parametrize(
    ("font", "letter", "complete"),
    [
        ("Wingdings", "\u00fc", True),
        ("Wingdings", "\u00fb", False),
        ("Wingdings 2", "P", True),
        ("Webdings", "a", True),
        ("Webdings", "r", False),
        ("Arial", "P", False),
    ],
)
def test_a_tick_of_a_font_of_signs_is_one(font: str, letter: str, complete: bool) -> None:
    reply = book(lambda sheet: setattr(sheet["D2"], "font", Font(name=font)), ("8/2019", "a", "Sent", letter))
    assert reply.lines[0].complete is complete


def test_hidden_rows_and_columns_are_said_and_not_read() -> None:
    rows = ("8/2019", "a", "Sent", "yes", "seen"), ("9/2019", "b", "Old words")
    reply = book(lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True), *rows)
    assert told(reply) == [("8/2019", "Sent", True)]
    assert 'Sheet, C3: "Old words", which is hidden' in reply.outside
    reply = book(lambda sheet: setattr(sheet.column_dimensions["E"], "hidden", True), *rows)
    assert reply.lines[0].evidence == ""
    assert 'Sheet, E2: "seen", which is hidden' in reply.outside


def test_headings_of_peoples_own_are_known_and_others_are_said() -> None:
    heads = "Action No.|Action|Latest position|RAG|Date completed (if known)|New target date"
    reply = book(lambda _: None, ("Action 8/2019", "a", "Sent", "Green", date(2019, 5, 31), "July"), heads=heads)
    assert told(reply) == [("8/2019", "Sent\nGreen\n31 May 2019", False)]
    assert reply.outside == ('Sheet, F2: "July"',)


def test_a_reference_may_stand_with_its_words_and_headings_may_be_repeated() -> None:
    heads = "Action|Owner|Update|Complete?"
    reply = book(
        lambda _: None,
        ("8/2019 Share the plan", "CC", "Sent", "yes"),
        tuple(heads.split("|")),
        ("9/2019", "CC", "Soon", "no"),
        heads=heads,
    )
    assert told(reply) == [("8/2019", "Sent", True), ("9/2019", "Soon", False)]
    assert reply.outside == ()


def document(change: Callable[[Table, Document], object]) -> Reply:
    """A form that somebody filled in in Word."""
    made = docx.Document()
    table = made.add_table(rows=3, cols=5)
    for column, head in enumerate(("Reference", "Action", "Update", "Complete?", "Evidence")):
        table.cell(0, column).text = head
    for row in (1, 2):
        table.cell(row, 0).text, table.cell(row, 1).text = f"{7 + row}/2019", "Share the plan"
    change(table, made)
    stream = io.BytesIO()
    made.save(stream)
    reply, _ = read_reply(stream.getvalue(), "inbox/form.docx")
    assert reply is not None
    return reply


def test_a_form_that_nobody_filled_in_says_nothing() -> None:
    assert (told(reply := document(lambda *_: None)), reply.text) == ([], "")


def test_in_word_a_cell_for_two_rows_is_said_of_both() -> None:
    reply = document(lambda table, _: setattr(table.cell(1, 2).merge(table.cell(2, 2)), "text", "Both shared."))
    assert told(reply) == [("8/2019", "Both shared.", False), ("9/2019", "Both shared.", False)]


def test_in_word_a_comment_and_words_beside_the_form_are_kept() -> None:
    def change(table: Table, made: Document) -> None:
        table.cell(1, 2).text = "Sent."
        made.add_comment(table.cell(1, 2).paragraphs[0].runs, text="Signed off by the DCC.", author="SO")
        made.add_paragraph("The rest follows in July.")
        other = made.add_table(rows=1, cols=2)
        other.cell(0, 0).text, other.cell(0, 1).text = "9/2019", "Not yet begun."

    reply = document(change)
    assert told(reply) == [("8/2019", "Sent.", False)]
    assert reply.outside == ('its comment of SO, "Signed off by the DCC."',)
    assert reply.text == "The rest follows in July.\n9/2019 Not yet begun."


def test_in_word_a_box_that_is_ticked_among_two_is_the_answer() -> None:
    box = (
        '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>'
    )

    def change(table: Table, _: Document) -> None:
        for row, ticked in ((1, (1, 0)), (2, (0, 1))):
            table.cell(row, 2).text = "Sent."
            paragraph = table.cell(row, 3).paragraphs[0]
            for word, on in zip((" Yes  ", " No"), ticked, strict=True):
                paragraph._p.append(parse_xml(box.format(on)))
                paragraph.add_run(word)

    assert told(document(change)) == [("8/2019", "Sent.", True), ("9/2019", "Sent.", False)]


def test_in_word_the_address_of_a_link_is_kept_behind_its_words() -> None:
    def change(table: Table, made: Document) -> None:
        leads = made.part.relate_to("https://force.example/report", RT.HYPERLINK, is_external=True)
        for column in (2, 4):
            paragraph = table.cell(1, column).paragraphs[0]
            paragraph.add_run("Sent. " if column == 2 else "")
            paragraph._p.append(
                parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{leads}"><w:r><w:t>The report</w:t></w:r></w:hyperlink>')
            )
            paragraph.add_run(", page 3")

    line = document(change).lines[0]
    assert (line.update, line.evidence) == (
        "Sent. The report (https://force.example/report), page 3",
        "The report (https://force.example/report), page 3",
    )


MONTHS = (("Month", "Count"), ("April", "12"), ("May", "14"))
TOLD = "Figures below.\nMonth: April; Count: 12\nMonth: May; Count: 14\nMore follows."


def put_inside(cell: _Cell, rows: tuple[tuple[str, ...], ...]) -> None:
    inner = cell.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(inner.rows, rows, strict=True):
        for one, text in zip(row.cells, texts, strict=True):
            one.text = text


def test_in_word_the_words_of_a_table_in_a_cell_are_the_cells() -> None:
    def change(table: Table, _: Document) -> None:
        table.cell(1, 2).text = "Figures below."
        put_inside(table.cell(1, 2), MONTHS)
        table.cell(1, 2).paragraphs[-1].text = "More follows."
        put_inside(table.cell(2, 2), (("Reference", "Update"), ("7/2019", "No row of the form.")))

    reply = document(change)
    assert told(reply) == [("8/2019", TOLD, False), ("9/2019", "Reference: 7/2019; Update: No row of the form.", False)]
    assert (reply.text, reply.outside) == ("", ())


def test_in_a_letters_page_and_an_open_document_too() -> None:
    inner = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in MONTHS)
    cell = f"Figures\nbelow.<table>{inner}</table>More follows."
    page = f"<table><tr><th>Reference</th><th>Update</th></tr><tr><td>8/2019</td><td>{cell}</td></tr></table>"
    reply, _ = read_reply(f"From: a@force.example\nContent-Type: text/html\n\n<p>Hello</p>{page}".encode(), "inbox/a.eml")
    assert reply is not None
    assert (told(reply), reply.text) == ([("8/2019", TOLD, False)], "Hello")

    made = OpenDocumentText()
    within = open_table([(P(text=one), P(text=two)) for one, two in MONTHS])
    rows = [
        (P(text="Reference"), P(text="Update")),
        (P(text="8/2019"), P(text="Figures below."), within, P(text="More follows.")),
    ]
    made.text.addElement(open_table(rows))
    stream = io.BytesIO()
    made.write(stream)
    reply, _ = read_reply(stream.getvalue(), "inbox/form.odt")
    assert reply is not None
    assert (told(reply), reply.text) == ([("8/2019", TOLD, False)], "")


def open_table(rows: list[tuple[Any, ...]]) -> Any:
    """A table of two columns; what a row has more stands in its second cell."""
    table = OpenTable()
    for first, *others in rows:
        row, one, two = TableRow(), TableCell(), TableCell()
        one.addElement(first)
        for each in others:
            two.addElement(each)
        row.addElement(one)
        row.addElement(two)
        table.addElement(row)
    return table


def runs(*inner: str) -> str:
    return "".join(f"<w:r>{one}</w:r>" for one in inner)


def field(code: str, words: str) -> str:
    """A field as Word writes one: begin, its code, what it comes to, end."""
    begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    return runs(begin) + (code if code.startswith("<") else instruction(code)) + runs(separate, f"<w:t>{words}</w:t>", end)


def instruction(code: str) -> str:
    return runs(f"<w:instrText>{escape(code)}</w:instrText>")


LINK = ' HYPERLINK "https://force.example/report" \\o "Open it" '


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (field(LINK, "The report"), "The report (https://force.example/report)"),
        (f"<w:fldSimple w:instr='{LINK}'>{runs('<w:t>The report</w:t>')}</w:fldSimple>", "The report (https://force.example/report)"),
        (f"<w:sdt><w:sdtContent>{field(LINK, 'The report')}</w:sdtContent></w:sdt>", "The report (https://force.example/report)"),
        (field(LINK, "https://force.example/report"), "https://force.example/report"),
        (field(" HYPERLINK https://force.example/b ", "b") + runs("<w:t>, c</w:t>"), "b (https://force.example/b), c"),
        (
            field(instruction(' HYPERLINK "https://force.example/') + field(" REF one ", "a") + instruction('" '), "a"),
            "a (https://force.example/a)",
        ),
        (field(' HYPERLINK \\l "below" ', "below"), "below"),
        (field(" PAGE ", "3"), "3"),
        ("<w:fldSimple w:instr=' DATE '><w:r><w:t>1 May 2019</w:t></w:r></w:fldSimple>", "1 May 2019"),
        (field(" REF one \\h ", "Table 1"), "Table 1"),
        (runs('<w:fldChar w:fldCharType="begin"/>', "<w:t>never ended</w:t>"), "never ended"),
    ],
)  # fmt: skip
def test_in_word_fields_give_what_is_shown_and_links_their_address(inside: str, words: str) -> None:
    def change(table: Table, made: Document) -> None:
        for paragraph in (table.cell(1, 2).paragraphs[0], made.add_paragraph()):
            for one in parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"):
                paragraph._p.append(one)

    reply = document(change)
    assert (told(reply), reply.text) == ([("8/2019", words, False)], words)


@pytest.mark.parametrize(
    ("ground", "lines"),
    [
        ('bgcolor="#003366"', [("8/2019", "Sent.\nMore in July.", False)]),
        ('style="background-color: #036; color: white"', [("8/2019", "Sent.\nMore in July.", False)]),
        ('style="background: white"', []),
        ("", []),
    ],
)
def test_in_a_letters_page_white_words_are_seen_on_a_ground_of_another_colour(
    ground: str, lines: list[tuple[str, str, bool]]
) -> None:
    heads = "".join(f'<th {ground}><span style="color:#FFFFFF">{one}</span></th>' for one in ("Reference", "Update"))
    page = f"<table><tr>{heads}</tr><tr><td>8/2019</td><td>Sent.<br>More in July.</td></tr></table>"
    reply, _ = read_reply(f"From: a@force.example\nContent-Type: text/html\n\n{page}".encode(), "inbox/a.eml")
    assert reply is not None
    assert told(reply) == lines
    assert bool(reply.remarks) is not bool(lines)


def test_in_word_tables_too_deep_inside_each_other_are_refused_with_a_sentence() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    inner = b"<w:tbl><w:tr><w:tc>" * 900 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 900
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + inner)
    reply, problems = read_reply(zipped(parts), "inbox/form.docx")
    assert reply is None
    assert [one.found for one in problems] == ["The file is damaged: its parts stand too deep inside each other."]


@pytest.mark.parametrize(
    ("update", "said", "line"),
    [
        ("\u2705 Shared.", "", ("Shared.", True)),
        ("Not yet \u274c", "", ("Not yet", False)),
        ("Shared.", "Done \u2705", ("Shared.", True)),
        ("Shared.", "\u2610 Yes", ("Shared.", False)),
        ("\u274c Not yet", "yes", ("Not yet", False)),
        ("\U0001f44d", "", ("\U0001f44d", False)),
        ("\u2611", "", ("", True)),
    ],
)
def test_a_sign_in_a_form_is_the_state_that_it_stands_for(update: str, said: str, line: tuple[str, bool]) -> None:
    found = form(("8/2019", "a", update, said, "")).lines[0]
    assert (found.update, found.complete) == line
