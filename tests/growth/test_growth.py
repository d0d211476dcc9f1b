"""Time that does not explode: what is read or set twice as large, twice over, costs nowhere near four times as much each time."""

import gc
import io
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import docx
import openpyxl
import pytest

from reportpack.analyse.disclosure import decide
from reportpack.ledger import erase_bytes, eraser_of
from reportpack.model.commission import FormAction, ReplyForm
from reportpack.model.measure import Measures
from reportpack.model.register import CellEdit
from reportpack.model.state_words import told_state
from reportpack.read.documents.opening import document_from
from reportpack.read.figures.cells import read_text
from reportpack.read.figures.tables import find_tables
from reportpack.read.inbox.opening import read_reply
from reportpack.read.meetings import MeetingTable
from reportpack.read.minutes.reading import read_minutes_bytes
from reportpack.read.register.reading import read_register_book
from reportpack.read.words.notes import read_notes
from reportpack.read.workbook import read_workbook
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.register_workbook import rewrite_register
from reportpack.render.sheet import SheetColumn, SheetTable, open_document_bytes, reply_form_bytes, workbook_bytes
from reportpack.render.theme import read_theme
from reportpack.render.web import render_web
from reportpack.render.word.document import render_word
from reportpack.run.inspect import inspect_file
from reportpack.run.look import program_theme
from reportpack.run.measure_add import candidates_of
from reportpack.settings.reading import read_office
from reportpack.settings.recurrence import read_recurrence
from reportpack.toml.edit import with_keys
from reportpack.toml.text import WrongValueError, read_toml
from tests.analyse.figures import office
from tests.analyse.test_disclosure import printed, rates
from tests.read.inbox.outlook_file import Tree, compound_file
from tests.read.test_workbook_hostile import small_xlsb, zipped

Step = Callable[[], object]
HEAD = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>A page</title></head><body><section><h1>A page</h1>'
THEME = read_theme(program_theme(), None, ("theme.toml", ""))


def file(place: Path, name: str, data: bytes) -> Path:
    path = place / name
    path.write_bytes(data)
    return path


def sheet(rows: int, columns: int, text: str = "") -> bytes:
    book = openpyxl.Workbook(write_only=True)
    one = book.create_sheet("Figures")
    one.append(["Area", *(f"{2000 + column // 12}-{column % 12 + 1:02}" for column in range(columns))])
    for row in range(rows):
        one.append([f"Area {row}", *range(columns)])
    if text:
        one.append([text])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(name: str, data: bytes, place: Path) -> Step:
    path = file(place, name, data)

    def read() -> object:
        found, _ = read_workbook(path, name)
        return [find_tables(one, name) for one in found.sheets] if found is not None else None

    return read


def register(rows: int, place: Path) -> Step:
    book = openpyxl.Workbook()
    one = book.active
    assert one is not None
    one.title = "Actions"
    one.append(["Reference", "Action", "Owner", "Due", "State"])
    for row in range(rows):
        one.append([f"{row}/2019", f"Share the plan numbered {row}", "CC", "28 May 2019", "open"])
    path = place / "register.xlsx"
    book.save(path)
    return partial(read_register_book, path, "register.xlsx")


def notes(text: str, _: Path) -> Step:
    return partial(document_from, text.encode(), "notes.md", ".md")


def minutes(text: str, _: Path) -> Step:
    return partial(read_minutes_bytes, text.encode(), "notes.md", ".md", None)


def word_notes(count: int, _: Path) -> Step:
    made = docx.Document()
    for number in range(count):
        made.add_paragraph(f"{number}. The CC said that the plan would be shared.")
    out = io.BytesIO()
    made.save(out)
    return partial(read_minutes_bytes, out.getvalue(), "notes.docx", ".docx", None)


def letter(text: str, _: Path) -> Step:
    head = "From: CC <cc@force.example>\nTo: po@opcc.example\nSubject: 1/2019\nContent-Type: text/plain; charset=utf-8\n\n"
    return partial(read_reply, (head + text).encode(), "inbox/reply.eml")


def toml(text: str, _: Path) -> Step:
    return partial(read_office, text.encode())


def changed(text: str, _: Path) -> Step:
    return partial(with_keys, text.encode(), "office.toml", {"name": "Other"})


def rule(text: str, _: Path) -> Step:
    def read() -> object:
        try:
            return read_recurrence(text)
        except WrongValueError as error:
            return error

    return read


def cell(text: str, _: Path) -> Step:
    return lambda: [read_text(text) for _ in range(20)]


def erased(text: str, _: Path) -> Step:
    eraser = eraser_of(["Ann Griffiths"], "[erased]")
    return lambda: erase_bytes(eraser, text.encode())


def page(body: str, _: Path) -> Step:
    document = parse_page_source(f"{HEAD}{body}</section></body></html>", "page")

    def made() -> object:
        return render_pdf(document, THEME, {}), render_web(document, THEME, {}), render_word(document, THEME)

    return made


def web_letter(body: str, _: Path) -> Step:
    head = "From: CC <cc@force.example>\nSubject: Re: 1/2019\nContent-Type: text/html; charset=utf-8\n\n<html><body>"
    return partial(read_reply, f"{head}{body}</body></html>".encode(), "inbox/reply.eml")


def words(text: str, place: Path) -> Step:
    (place / "notes").mkdir(exist_ok=True)
    file(place / "notes", "2019-05-28-assurance.md", text.encode())
    return partial(read_notes, place / "notes", "2019-05-28-assurance", (), office())


def form(rows: int, _: Path) -> Step:
    book = openpyxl.Workbook()
    one = book.active
    assert one is not None
    one.append(["Reference", "Update", "Complete?"])
    for row in range(rows):
        one.append([f"{row}/2019", "Shared on 31 May.", "yes"])
    out = io.BytesIO()
    book.save(out)
    return partial(read_reply, out.getvalue(), "inbox/form.xlsx")


def returned(count: int, _: Path) -> Step:
    groups = "".join(f"\nFinal-Recipient: rfc822; a{one}@force.example\nAction: failed\nStatus: 5.1.1\n" for one in range(count))
    head = 'From: m@force.example\nSubject: Undeliverable\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    return partial(
        read_reply,
        f"{head}--b\nContent-Type: message/delivery-status\n\nReporting-MTA: x\n{groups}--b--\n".encode(),
        "inbox/a.eml",
    )


def small_numbers(months: int, _: Path) -> Step:
    """A count with small cells beside a rate of it, and two parts of it."""
    parts = [
        {area: [(7 * month + 5 * of + each) % 23 for month in range(months)] for each, area in enumerate("abcd")} for of in (1, 2)
    ]
    whole = {area: [x + y for x, y in zip(parts[0][area], parts[1][area], strict=True)] for area in "abcd"}
    top = printed("one", parts[0])
    base = {area: [100_000.0] * months for area in ("force", *"abcd")}
    return partial(decide, [top, printed("two", parts[1], under=0), printed("all", whole, under=0), rates(top, base, 3)])


def table(rows: int) -> str:
    lines = "".join(f"<tr><th>Area {row}</th><td>{row}</td></tr>" for row in range(rows))
    return f"<table><thead><tr><th>Area</th><th>Figure</th></tr></thead><tbody>{lines}</tbody></table>"


def columns_of_shares(count: int, place: Path) -> Step:
    """A sheet of counts, and of percentages that are of none of them, a column each."""
    heads = ["Month", *(f"Kind {one}" for one in range(count)), *(f"Part {one} (%)" for one in range(count))]
    rows = [
        [f"2030-{month:02}", *range(7, 7 + count), *(f"{month}.{one % 7}%" for one in range(count))] for month in range(1, 13)
    ]
    tables = (
        inspect_file(file(place, "a.csv", "\n".join(",".join(map(str, row)) for row in (heads, *rows)).encode())).sheets[0].tables
    )
    return lambda: candidates_of(tables, str)


def odt(rows: str, _: Path) -> Step:
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    made = OpenDocumentText()
    table = Table()
    for row in rows.splitlines():
        made.text.addElement(P(text=row))
        line = TableRow()
        for text in ("1/2019", row):
            one = TableCell()
            one.addElement(P(text=text))
            line.addElement(one)
        table.addElement(line)
    made.text.addElement(table)
    out = io.BytesIO()
    made.write(out)
    return partial(document_from, out.getvalue(), "notes.odt", ".odt")


def printed_notes(count: int, _: Path) -> Step:
    """Notes as this program prints them: many paragraphs over many pages."""
    body = "<p>The Chief Constable said that the plan would be shared with the panel.</p>" * count
    document = parse_page_source(f"{HEAD}{body}</section></body></html>", "page")
    return partial(document_from, render_pdf(document, THEME, {}).pdf, "notes.pdf", ".pdf")


def ods(rows: int, place: Path) -> Step:
    heads = tuple(SheetColumn(one) for one in ("Area", "2019-01"))
    table = SheetTable("Figures", heads, tuple((f"Area {row}", row) for row in range(rows)))
    return workbook("a.ods", open_document_bytes((table,), date(2019, 6, 1)), place)


def spreadsheet_xml(rows: int, place: Path) -> Step:
    cells = '<Row><Cell><Data ss:Type="String">North</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>'
    name = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    text = f'<?xml version="1.0"?><Workbook {name}><Worksheet ss:Name="A"><Table>{cells * rows}</Table></Worksheet></Workbook>'
    return workbook("a.xls", text.encode(), place)


def binary_workbook(rows: int, place: Path) -> Step:
    with zipfile.ZipFile(io.BytesIO(small_xlsb())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    whole = {name: data for name, data in parts.items() if not name.endswith("s.bin")}
    body = b"".join(
        bytes([0, 17]) + struct.pack("<I", row) + bytes(13) + bytes([5, 16]) + struct.pack("<IId", 1, 0, float(row))
        for row in range(rows)
    )
    return workbook("a.xlsb", zipped(whole | {"xl/s.bin": body}), place)


def outlook(words: str, _: Path) -> Step:
    page = f"<html><body>{words}</body></html>"
    streams = {"0037001F": "Re: 1/2019", "0C1A001F": "CC", "5D01001F": "cc@force.example", "1013001F": page}
    tree: Tree = {f"__substg1.0_{name}": text.encode("utf-16-le") for name, text in streams.items()}
    return partial(read_reply, compound_file({"__properties_version1.0": bytes(32), **tree}), "inbox/a.msg")


def word_form(rows: int, _: Path) -> Step:
    made = docx.Document()
    table = made.add_table(rows=0, cols=3)
    for row in (("Reference", "Update", "Complete?"), *((f"{one}/2019", "Shared on 31 May.", "yes") for one in range(rows))):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return partial(read_reply, out.getvalue(), "inbox/form.docx")


def nested_form(count: int, _: Path) -> Step:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip((*table.rows[0].cells, table.cell(1, 0)), ("Reference", "Update", "8/2019"), strict=True):
        cell.text = text
    for number in range(count):
        inner = table.cell(1, 1).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "April", f"{number}"
    out = io.BytesIO()
    made.save(out)
    return partial(read_reply, out.getvalue(), "inbox/form.docx")


def transcript(cues: int, _: Path) -> Step:
    said = "".join(
        f"00:{one // 60:02}:{one % 60:02}.000 --> 00:{one // 60:02}:{one % 60:02}.900\nCC: So it is.\n\n" for one in range(cues)
    )
    return partial(read_minutes_bytes, f"WEBVTT\n\n{said}".encode(), "notes.vtt", ".txt", None)


def measures(count: int, _: Path) -> Step:
    text = "".join(f'[[measure]]\nid = "m{one}"\nname = "Measure {one}"\nunit = "count"\n' for one in range(count))
    return partial(read_toml, text, Measures, "measures.toml")


def meeting(count: int, _: Path) -> Step:
    text = 'title = "Assurance meeting"\n' + "".join(f'[[agenda]]\ntitle = "Item {one}"\n' for one in range(count))
    return partial(read_toml, text, MeetingTable, "meetings/2019-06-28-assurance.toml")


def written_register(rows: int, place: Path) -> Step:
    """As many updates written into a register of as many rows."""
    register(rows, place)
    data = (place / "register.xlsx").read_bytes()
    edits = [CellEdit("Actions", f"E{row + 2}", "complete") for row in range(rows)]
    return lambda: rewrite_register(data, edits, (), "reportpack", 1)


def written_form(rows: int, _: Path) -> Step:
    actions = tuple(FormAction(f"{row}/2019", "Share the plan", "June 2019") for row in range(rows))
    return partial(reply_form_bytes, ReplyForm("Form 1", "Assurance", "CC", "", "", date(2019, 6, 1), actions))


def written_workbook(rows: int, _: Path) -> Step:
    lines = tuple((f"Area {row}", float(row)) for row in range(rows))
    return partial(
        workbook_bytes, (SheetTable("Figures", (SheetColumn("Area"), SheetColumn("2019-01")), lines),), date(2019, 6, 1)
    )


def head_of_letter(pieces: int, _: Path) -> Step:
    heads = f"From: {'CC <cc@force.example>, ' * pieces}\nReferences: {'<a@b.example> ' * pieces}\nSubject: {'=?utf-8?q?1/2019?= ' * pieces}\n"
    return partial(read_reply, f"{heads}\nDone.\n".encode(), "inbox/reply.eml")


CASES: dict[str, tuple[int, Callable[[int, Path], Step]]] = {
    "rows of a workbook": (150, lambda n, at: workbook("a.xlsx", sheet(n, 12), at)),
    "columns of a workbook": (100, lambda n, at: workbook("a.xlsx", sheet(20, n), at)),
    "letters of a cell": (8_000, lambda n, at: workbook("a.xlsx", sheet(3, 12, "x" * n), at)),
    "words of a cell": (2_000, lambda n, at: workbook("a.xlsx", sheet(3, 12, "to be " * n), at)),
    "rows of a csv": (1_000, lambda n, at: workbook("a.csv", b"Area,2019-01\n" + b"North,1\n" * n, at)),
    "one field of a csv": (100_000, lambda n, at: workbook("a.csv", b"Area,2019-01\nNorth,1\n" + b"x" * n + b",1\n", at)),
    "rows of a web table": (
        500,
        lambda n, at: workbook("a.xls", b"<table>" + b"<tr><td>North</td><td>1</td></tr>" * n + b"</table>", at),
    ),
    "rows of the register": (100, register),
    "columns of shares and counts": (30, columns_of_shares),
    "digits of a figure": (4_000, lambda n, at: cell("1" * n, at)),
    "commas of a figure": (4_000, lambda n, at: cell("1," * n, at)),
    "paragraphs of notes": (300, lambda n, at: notes("The CC said so.\n\n" * n, at)),
    "letters of a word in notes": (40_000, lambda n, at: notes("x" * n, at)),
    "brackets in notes": (500, lambda n, at: notes("[" * n, at)),
    "marks of quotation in notes": (200, lambda n, at: notes(">" * n + " so", at)),
    "lines of minutes": (
        100,
        lambda n, at: minutes("# Meeting of 28 May 2019\n\n" + "Action: CC to share the plan by June 2019.\n\n" * n, at),
    ),
    "letters of a line of minutes": (4_000, lambda n, at: minutes("# Meeting of 28 May 2019\n\nAction: CC to " + "x" * n, at)),
    "words of a line of minutes": (
        500,
        lambda n, at: minutes("# Meeting of 28 May 2019\n\nAction: CC to " + "share and " * n, at),
    ),
    "figures of a line of minutes": (
        500,
        lambda n, at: minutes("# Meeting of 28 May 2019\n\n1. Funding\n\n" + "\u00a31," * n, at),
    ),
    "letters of a state": (4_000, lambda n, _: partial(told_state, "x" * n)),
    "strokes of a state": (500, lambda n, _: partial(told_state, "-" * n)),
    "paragraphs of notes in Word": (40, word_notes),
    "lines of a reply": (150, lambda n, at: letter("1/2019 is done.\n" * n, at)),
    "quoted lines of a reply": (300, lambda n, at: letter("Done.\n" + "> 1/2019?\n" * n, at)),
    "letters of a word in a reply": (30_000, lambda n, at: letter("x" * n, at)),
    "words of a line of a reply": (1_000, lambda n, at: letter("your message " * n, at)),
    "heads of letters that came back": (
        500,
        lambda n, at: letter("From: Postmaster\nSubject: Undeliverable: a@b.example\n" * n, at),
    ),
    "paragraphs of a letter's page": (200, lambda n, at: web_letter("<p>1/2019 is done.</p>" * n, at)),
    "rows of a table in a letter": (
        100,
        lambda n, at: web_letter(f"<table>{'<tr><td><p>1/2019</p></td><td>so</td></tr>' * n}</table>", at),
    ),
    "tables in tables of a letter": (
        20,
        lambda n, at: web_letter("<table><tr><td>" * n + "1/2019" + "</td></tr></table>" * n, at),
    ),
    "columns and rows that cells of a web table go over": (
        10,
        lambda n, at: workbook("a.xls", b"<table>" + b"<tr><td colspan=9999 rowspan=2>1<tr>" * n + b"</table>", at),
    ),
    "tables in the cells of a form in Word": (20, nested_form),
    "letters quoted in letters": (50, lambda n, at: web_letter("<blockquote>" * n + "1/2019" + "</blockquote>" * n, at)),
    "lines that may begin an earlier letter": (200, lambda n, at: letter("From: the start\nOn Monday, A wrote:\n" * n, at)),
    "rows of a reply form": (60, form),
    "addresses of a delivery report": (100, returned),
    "letters of a passage for the pack": (10_000, lambda n, at: words(f"# Note\n\n{'x' * n}\n", at)),
    "passages for the pack": (100, lambda n, at: words("# Note\n\n" + "So it is said.\n\n" * n, at)),
    "digits of a whole number in a csv": (
        1_250,
        lambda n, at: workbook("a.csv", f"Area,2019-01\nNorth,{'1' * n}\n".encode(), at),
    ),
    "months of small numbers that hang together": (6, small_numbers),
    "tables of settings": (
        200,
        lambda n, at: toml("".join(f'[[area]]\nid = "a{one}"\nname = "A {one}"\n' for one in range(n)), at),
    ),
    "letters of a setting": (200_000, lambda n, at: toml(f'name = "{"x" * n}"', at)),
    "lines of a file that is changed": (
        500,
        lambda n, at: changed('name = "One"\n' + "".join(f"k{one} = {one}\n" for one in range(n)), at),
    ),
    "words of a recurrence": (200, lambda n, at: rule("last Tuesday of the month, not in August " * n, at)),
    "marks of a file that is erased": (5_000, lambda n, at: erased("<p>Ann</p>" * n, at)),
    "paragraphs of a page": (60, lambda n, at: page("<p>The figures say what they say.</p>" * n, at)),
    "letters of a word on a page": (1_000, lambda n, at: page(f"<p>{'x' * n}</p>", at)),
    "words of a paragraph": (500, lambda n, at: page(f"<p>{'so it is ' * n}</p>", at)),
    "places where a paragraph may break": (1_000, lambda n, at: page(f"<p>{'a-' * n}</p>", at)),
    "soft hyphens of a word on a page": (2_000, lambda n, at: page(f"<p>{('a' + chr(0xAD)) * n}</p>", at)),
    "rows of a table on a page": (40, lambda n, at: page(table(n), at)),
    "lines of an OpenDocument text": (100, lambda n, at: odt("So it is said.\n" * n, at)),
    "spaces in an OpenDocument text": (500, lambda n, at: odt("so " * n, at)),
    "paragraphs of a PDF": (60, printed_notes),
    "rows of an OpenDocument spreadsheet": (200, ods),
    "rows of an XML spreadsheet": (500, spreadsheet_xml),
    "rows of a binary workbook": (500, binary_workbook),
    "paragraphs of Outlook's own letter": (200, lambda n, at: outlook("<p>1/2019 is done.</p>" * n, at)),
    "columns and rows that cells of a letter go over": (
        30,
        lambda n, at: web_letter(
            f"<table>{'<tr>' + '<td rowspan=99 colspan=9>1/2019</td>' * 3 + '</tr>'}{'<tr><td>so</td></tr>' * n}</table>", at
        ),
    ),
    "answers behind a name": (200, lambda n, at: letter("> " + "[CC] " * n + "Done.\n", at)),
    "quoted lines that were broken": (100, lambda n, at: letter(f"> {'so it is said ' * 6}\nand so on\n" * n, at)),
    "rows of a form in Word": (30, word_form),
    "cues of a transcript": (100, transcript),
    "measures": (200, measures),
    "items of a meeting's agenda": (200, meeting),
    "rows that are written into the register": (100, written_register),
    "rows of a form that goes out": (200, written_form),
    "rows of a workbook that goes out": (500, written_workbook),
    "words of a letter's heads": (100, head_of_letter),
}


def cost(step: Step) -> float:
    """Seconds of processor time, the least of three."""
    least = float("inf")
    for _ in range(3):
        gc.collect()
        begun = time.process_time()
        step()
        least = min(least, time.process_time() - begun)
    return least


@pytest.mark.parametrize("name", CASES)
def test_twice_twice_as_much_costs_far_less_than_sixteen_times(name: str, tmp_path: Path) -> None:
    size, made = CASES[name]
    made(size, tmp_path)()
    once, twice_over = cost(made(size, tmp_path)), cost(made(4 * size, tmp_path))
    assert twice_over < 10 * once + 0.05, f"{once:.3f} s, then {twice_over:.3f} s"
