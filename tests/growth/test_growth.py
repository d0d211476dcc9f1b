"""Time that does not explode: what is read or set twice as large, twice over, costs nowhere near four times as much each time."""

import gc
import io
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import openpyxl
import pytest

from reportpack.analyse.disclosure import decide
from reportpack.ledger import erase_bytes, eraser_of
from reportpack.read.documents.opening import document_from
from reportpack.read.figures.cells import read_text
from reportpack.read.figures.tables import find_tables
from reportpack.read.inbox.opening import read_reply
from reportpack.read.minutes.reading import read_minutes_bytes
from reportpack.read.register.reading import read_register_book
from reportpack.read.words.notes import read_notes
from reportpack.read.workbook import read_workbook
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.theme import read_theme
from reportpack.render.web import render_web
from reportpack.render.word.document import render_word
from reportpack.run.inspect import inspect_file
from reportpack.run.look import program_theme
from reportpack.run.measure_add import candidates_of
from reportpack.settings.reading import read_office
from reportpack.settings.recurrence import read_recurrence
from reportpack.toml.edit import with_keys
from reportpack.toml.text import WrongValueError
from tests.analyse.figures import office
from tests.analyse.test_disclosure import printed, rates

Step = Callable[[], object]
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
    head = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>A page</title></head><body><section><h1>A page</h1>'
    )
    document = parse_page_source(f"{head}{body}</section></body></html>", "page")

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
    "paragraphs of notes in Word": (40, word_notes),
    "lines of a reply": (150, lambda n, at: letter("1/2019 is done.\n" * n, at)),
    "quoted lines of a reply": (300, lambda n, at: letter("Done.\n" + "> 1/2019?\n" * n, at)),
    "letters of a word in a reply": (30_000, lambda n, at: letter("x" * n, at)),
    "paragraphs of a letter's page": (200, lambda n, at: web_letter("<p>1/2019 is done.</p>" * n, at)),
    "rows of a table in a letter": (
        100,
        lambda n, at: web_letter(f"<table>{'<tr><td><p>1/2019</p></td><td>so</td></tr>' * n}</table>", at),
    ),
    "tables in tables of a letter": (
        20,
        lambda n, at: web_letter("<table><tr><td>" * n + "1/2019" + "</td></tr></table>" * n, at),
    ),
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
