"""Files of every kind and every fault: each is read, or gets its sentence, in bounded time."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfgen import canvas

from reportpack.model.minutes import Minutes
from reportpack.read.minutes.reading import read_minutes, read_minutes_bytes

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = """Board meeting
12 March 2024
Present: Helen Prosser (Chair), Tobias Rudge (Treasurer)

1. Performance
The Chair asked why calls had fallen. The Treasurer replied that the line had moved.
Action: Tobias Rudge to report by 5 April 2024.

Next meeting: Wednesday 10 April 2024 at 10:00
"""


def read(data: bytes, suffix: str = ".txt") -> Minutes:
    minutes, problems = read_minutes_bytes(data, f"notes{suffix}", suffix, None)
    assert minutes is not None, problems
    return minutes


def fault(data: bytes, suffix: str = ".txt") -> str:
    minutes, problems = read_minutes_bytes(data, f"notes{suffix}", suffix, None)
    assert problems
    assert all(problem.found and problem.remedy for problem in problems)
    assert minutes is None or problems[0].kind.startswith("notes-")
    return problems[0].kind


def word(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_any_usual_encoding(encoding: str) -> None:
    minutes = read(TEXT.replace("moved.", "moved \u2013 twice.").encode(encoding))
    assert [action.words for action in minutes.actions] == ["Tobias Rudge to report by 5 April 2024."]


def test_word_tables_lists_headings_and_numbers_that_word_only_shows() -> None:
    document = docx.Document()
    document.add_heading("Board meeting 12 March 2024", 0)
    document.add_paragraph("Present: Helen Prosser (Chair), Tobias Rudge (Treasurer)")
    document.add_heading("Performance", 1)
    document.add_paragraph("Action: Tobias Rudge to report.")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Action", "Owner", "Due", "Send it", "TR", "5 April 2024"], strict=True
    ):
        cell.text = text
    minutes = read(word(document), ".docx")
    assert [(action.words, action.line) for action in minutes.actions] == [("Tobias Rudge to report.", "p4"), ("Send it", "t1r2")]
    assert f"{minutes.actions[1].due}" == "2024-04-05"


def test_the_notes_in_a_table_of_item_discussion_and_action() -> None:
    document = docx.Document()
    document.add_paragraph("Board meeting 12 March 2024")
    table = document.add_table(rows=3, cols=3)
    rows = [
        ("Item", "Discussion", "Action"),
        ("1", "Calls\nThe board noted the fall in calls.", ""),
        ("2", "Fleet\nThe costs were not clear.", "TR to send the costs"),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    minutes = read(word(document), ".docx")
    assert [item.title for item in minutes.items] == ["Calls", "Fleet"]
    assert [(action.words, action.item, action.line) for action in minutes.actions] == [("TR to send the costs", "2", "t1r3")]


def test_tracked_changes_are_read_as_if_accepted_and_said() -> None:
    document = docx.Document()
    document.add_paragraph("Board meeting 12 March 2024")
    changed = document.add_paragraph("Action: Tobias Rudge to ")
    changed._p.append(parse_xml(f'<w:del {_W} w:id="1" w:author="CB"><w:r><w:delText>write</w:delText></w:r></w:del>'))
    changed._p.append(parse_xml(f'<w:ins {_W} w:id="2" w:author="CB"><w:r><w:t>report by May.</w:t></w:r></w:ins>'))
    minutes, problems = read_minutes_bytes(word(document), "notes.docx", ".docx", None)
    assert minutes is not None
    assert [action.words for action in minutes.actions] == ["Tobias Rudge to report by May."]
    assert [problem.kind for problem in problems] == ["notes-tracked"]


def test_macros_are_said_and_not_run() -> None:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    data = io.BytesIO(word(document))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    _, problems = read_minutes_bytes(data.getvalue(), "notes.docm", ".docm", None)
    assert "notes-macros" in [problem.kind for problem in problems]


def test_a_scanned_pdf_has_no_words() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    assert fault(stream.getvalue(), ".pdf") == "notes-scanned"


def test_a_pdf_with_a_password_is_said() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    assert fault(stream.getvalue(), ".pdf") == "notes-locked"


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (b"", ".txt", "notes-empty"),
        (b" \n\n ", ".md", "notes-empty"),
        (b"\xe2\x80\xa2\n\n", ".txt", "notes-empty"),
        (b"PK\x03\x04broken", ".docx", "notes-damaged"),
        (b"%PDF-1.7\nbroken", ".pdf", "notes-damaged"),
        (b"\x89PNG\r\n", ".png", "notes-wrong-kind"),
        (b"{\\rtf1 notes}", ".rtf", "notes-wrong-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ".docx", "notes-locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xls", "notes-wrong-kind"),
        (b"\x00\x01\x02\x03" * 100, ".txt", "not-notes"),
        (b"Agenda\n12 March 2024\n\n1. Welcome\n\n2. Performance\n\n3. Any other business\n", ".txt", "notes-agenda-only"),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(data: bytes, suffix: str, kind: str) -> None:
    minutes, problems = read_minutes_bytes(data, f"notes{suffix}", suffix, None)
    assert [problem.kind for problem in problems] == [kind]
    assert problems[0].sentence.endswith(".")
    assert minutes is None or kind == "notes-agenda-only"


def test_two_meetings_in_one_file_are_said_with_the_line() -> None:
    second = TEXT.replace("Board meeting\n12 March", "Minutes of the Board meeting\n9 April")
    _, problems = read_minutes_bytes((TEXT * 2 + second).encode(), "notes.txt", ".txt", None)
    assert [problem.kind for problem in problems] == ["notes-two-meetings"]
    assert problems[0].source.cell.startswith("line ")


def test_a_folder_and_a_missing_file_have_their_sentence(tmp_path: Path) -> None:
    assert read_minutes(tmp_path, "notes", None)[1][0].kind == "notes-wrong-kind"
    assert read_minutes(tmp_path / "none.txt", "none.txt", None)[1][0].kind == "notes-unreadable"


def test_entities_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert fault(stream.getvalue(), ".docx") == "notes-damaged"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "Action: CB to do it, and " * 80_000,
        "(" * 2_000_000,
        "12/2022, " * 220_000,
        "Present: " + "John Smith, " * 160_000,
        "The PCC asked if it was. The CC replied that. " * 45_000,
        "apologies were received from " + "A B " * 100_000,
    ],
    ids=["letters", "actions", "brackets", "references", "names", "sentences", "apologies"],
)
def test_a_line_of_two_megabytes_takes_no_time(text: str) -> None:
    begun = time.process_time()
    _, problems = read_minutes_bytes(text.encode(), "notes.txt", ".txt", None)
    assert time.process_time() - begun < 2
    assert "notes-cut" in [problem.kind for problem in problems]


_PIECES = st.sampled_from(
    ["Action: ", "ACTION \u2013 ", "CB to ", "\n", "\n\n", "1. ", "2.1", "\u2022 ", "Present: ", "| a | b |", "(", ")", "12/2024", "by 5 May", "\f", "Resolved - (a) ", "<p>", "</p>", "<td>", "Outcome: ", "    ", "Next meeting"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=60), st.sampled_from([".txt", ".md"]))
def test_any_text_is_read_or_said(pieces: list[str], suffix: str) -> None:
    data = "".join(pieces).encode("utf-8", errors="replace")
    minutes, problems = read_minutes_bytes(data, f"notes{suffix}", suffix, None)
    assert minutes is not None or problems
    if minutes is not None:
        lines = data.decode().replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").count("\n") + 1
        assert all(1 <= int(action.line) <= lines for action in minutes.actions)
        assert len({item.path for item in minutes.items}) == len(minutes.items)
        assert all(0 <= action.confidence <= 1 for action in minutes.actions)


def _pdf(text: str) -> bytes:
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    height = 800
    for line in text.split("\n"):
        page.drawString(50, height, line)
        height -= 14 if line.strip() else 8
    page.save()
    return stream.getvalue()


def test_the_words_of_a_pdf_are_read() -> None:
    minutes = read(_pdf(TEXT), ".pdf")
    (action,) = minutes.actions
    assert (action.words, f"{action.due}") == ("Tobias Rudge to report by 5 April 2024.", "2024-04-05")
    assert minutes.next_meeting is not None


def test_a_file_named_after_another_meeting_is_said() -> None:
    _, problems = read_minutes_bytes(TEXT.encode(), "minutes/2024-03-13-board.txt", ".txt", None)
    assert [problem.kind for problem in problems] == ["notes-other-meeting"]


@pytest.mark.needs("soffice", "shared")
def test_old_word_documents_are_read_with_libreoffice(shared: Path) -> None:
    minutes, problems = read_minutes(shared / "data" / "minutes" / "lpdp-2013-07-25.doc", "notes.doc", None)
    assert minutes is not None, problems
    assert len([action for action in minutes.actions if action.marked]) == 9


def test_old_word_documents_get_a_sentence_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")
    minutes, problems = read_minutes_bytes(data, "notes.doc", ".doc", None)
    assert minutes is None
    assert problems[0].kind == "notes-old-word"
    assert "LibreOffice" in problems[0].found
