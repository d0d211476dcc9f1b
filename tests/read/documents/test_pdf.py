"""The words of a PDF are read from where they stand on its pages, and what else a page shows is said."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor, white
from reportlab.pdfgen.canvas import Canvas

from reportpack.model.problem import Problem
from reportpack.read.documents.lines import Document
from reportpack.read.documents.opening import document_from

WORD = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=6, max_size=12).map(lambda one: f"zq{one}")
LEFT = [f"Left column line {number} runs on with words" for number in range(12)]
RIGHT = [f"Right column row {number} runs on with words" for number in range(12)]


def pdf(draw: Callable[[Canvas], object]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawString(70, 780, "Notes of the meeting of 28 May 2019")
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def read(data: bytes) -> tuple[Document, tuple[Problem, ...]]:
    document, _, problems = document_from(data, "notes.pdf", ".pdf")
    assert document is not None, problems
    return document, problems


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data)[0].lines if line.text]


def in_white(canvas: Canvas, word: str) -> None:
    canvas.setFillColor(white)
    canvas.drawString(70, 700, word)


def in_white_on_blue(canvas: Canvas, word: str) -> None:
    canvas.setFillColor(HexColor(0x003366))
    canvas.rect(60, 690, 400, 30, stroke=0, fill=1)
    in_white(canvas, word)


def in_one_point(canvas: Canvas, word: str) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(70, 700, word)


SHOWS: dict[str, Callable[[Canvas, str], object]] = {
    "line": lambda canvas, word: canvas.drawString(70, 700, word),
    "margin": lambda canvas, word: canvas.drawString(5, 700, word),
    "foot": lambda canvas, word: canvas.drawString(300, 12, word),
    "white on a ground": in_white_on_blue,
    "note": lambda canvas, word: canvas.textAnnotation(word, [100, 100, 120, 120]),
    "free text": lambda canvas, word: canvas.freeTextAnnotation(word, "/Helv 12 Tf", [100, 100, 220, 120]),
    "field of a form": lambda canvas, word: canvas.acroForm.textfield(name="f", value=word, x=100, y=100, maxlen=40),
}


@pytest.mark.parametrize("place", SHOWS)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_a_page_shows_is_read_or_said(place: str, word: str) -> None:
    document, problems = read(pdf(lambda canvas: SHOWS[place](canvas, word)))
    assert any(word in line.text for line in document.lines) or any(word in problem.found for problem in problems)


@pytest.mark.parametrize("hide", [in_white, in_one_point])
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_nobody_can_see_is_said_and_never_told(hide: Callable[[Canvas, str], None], word: str) -> None:
    document, problems = read(pdf(lambda canvas: hide(canvas, word)))
    assert not any(word in line.text for line in document.lines)
    assert [problem.kind for problem in problems] == ["notes-hidden"]
    assert word not in problems[0].sentence


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(60, 740 - 14 * number, left)
            canvas.drawString(310, 740 - 14 * number, right)

    assert texts(pdf(draw))[1:] == [*LEFT, *RIGHT]


def test_cells_of_a_row_are_kept_apart_whatever_their_letters_are_wide() -> None:
    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(
            [("Action", "Owner", "Due"), ("Send the iiiii", "WWW", "5 June 2019"), ("MMMMMMM", "ll", "6 June")]
        ):
            for x, words in zip((60, 300, 420), row, strict=True):
                canvas.drawString(x, 700 - 20 * at, words)

    assert [text.split("   ")[0] for text in texts(pdf(draw))[1:]] == ["Action", "Send the iiiii", "MMMMMMM"]
    assert all(len([cell for cell in text.split("   ") if cell.strip()]) == 3 for text in texts(pdf(draw))[1:])
