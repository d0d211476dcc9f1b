"""Lines: no word lost, none wider than its column, and no break where sense needs words together."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.render.pdf.document import font_files
from reportpack.render.pdf.inline import NO_BREAK, bind
from reportpack.render.pdf.styles import BREAK, Line, StyleBook, Word, break_lines, well_broken_lines
from tests.render.pdf.made import theme

BOOK = StyleBook(theme(), font_files(theme(), {}))
STYLES = [BOOK.style(9.8, "#000000"), BOOK.style(9.8, "#000000", bold=True), BOOK.style(5.0, "#000000")]
PIECE = st.tuples(st.sampled_from(STYLES), st.text(alphabet="abcWi-/.9\u00a0", min_size=1, max_size=40))


def joined(pieces: list[tuple[object, str]]) -> Word:
    words = [style.word(text) for style, text in pieces]  # type: ignore[attr-defined]
    return sum(word[0] for word in words), tuple(piece for word in words for piece in word[1])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(PIECE, min_size=1, max_size=3), min_size=1, max_size=8), st.sampled_from([25.0, 60.0, 200.0]))
def test_no_letter_is_lost_and_no_line_is_too_wide(words: list[list[tuple[object, str]]], limit: float) -> None:
    lines = break_lines([joined(word) for word in words], limit, 2.0)
    shown = "".join(piece[4] for line in lines for word in line[1] for piece in word[1])
    assert shown.replace(NO_BREAK, "") == "".join(text for word in words for _, text in word).replace(NO_BREAK, "")
    assert all(width <= limit + 0.1 for width, _, _ in lines)


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("28 May 2019", "28_May_2019"), ("May 2019 was", "May_2019 was"), ("2 percentage points", "2_percentage_points"), ("79.5 per cent of", "79.5_per_cent of"),
        ("see page 7", "see page_7"), ("No. 5", "No._5"), ("action 17/2019 is", "action 17/2019 is"), ("12 months to", "12_months to"), ("5 people", "5 people"),
        ("10 am", "10_am"), ("10 amber", "10 amber"), ("Mayor 2019", "Mayor 2019"),
    ],
)  # fmt: skip
def test_words_that_belong_together_are_bound(words: str, bound: str) -> None:
    assert bind(words).replace(NO_BREAK, "_") == bound


def test_a_full_stop_after_a_path_does_not_stand_alone_on_a_line() -> None:
    word = joined([(STYLES[0], "inputs/meetings/.")])
    lines = break_lines([word], word[0] - 1.0, 2.0)
    assert "".join(piece[4] for one in lines[-1][1] for piece in one[1]) == "meetings/."


def test_a_soft_hyphen_shows_only_where_the_line_breaks() -> None:
    words = [STYLES[0].word("satis\u00adfaction")]

    def shown(limit: float) -> list[str]:
        """Each line's letters, without the kerning between them."""
        codes = ["".join(piece[2] for word in line[1] for piece in word[1]) for line in break_lines(words, limit, 2)]
        return [re.sub(r"\)-?\d+\(", "", code) for code in codes]

    assert shown(200) == ["satisfaction"]
    assert shown(40) == ["satis-", "faction"]


@pytest.mark.parametrize("letter", ["&", "_", ".", "a@"])
def test_what_is_left_of_a_long_word_is_measured_once_a_line(letter: str) -> None:
    style = StyleBook(theme(), font_files(theme(), {})).style(9.8, "#000000")
    lines = break_lines([style.word((letter * 4000)[:4000])], 300.0, 2.0)
    longer_than_a_line = sum(len(text) > 400 for text in style.words)
    assert 0 < longer_than_a_line <= len(lines)


WORDS_OF_A_FINDING = "Better: higher since July 2018, about 64.9% where it had been 56.4%."


def said(lines: list[Line]) -> list[str]:
    return [" ".join("".join(piece[4] for piece in word[1]) for word in line[1]) for line in lines]


def test_no_last_line_is_a_single_word_where_as_few_lines_hold_them_otherwise() -> None:
    words = [STYLES[0].word(one) for one in WORDS_OF_A_FINDING.split()]
    room = sum(width for width, _ in words[:-1]) + 2.0 * (len(words) - 2) + 1.0
    assert said(break_lines(words, room, 2.0))[-1] == "56.4%."
    lines = well_broken_lines(words, room, 2.0, even=False)
    assert (len(lines), len(lines[-1][1]) > 1) == (2, True)
    assert said(lines)[0] + " " + said(lines)[1] == WORDS_OF_A_FINDING


def test_a_finding_of_two_lines_has_two_of_about_one_length() -> None:
    words = [STYLES[0].word(one) for one in WORDS_OF_A_FINDING.split()]
    room = sum(width for width, _ in words[:-2]) + 2.0 * (len(words) - 3) + 1.0
    first, last = well_broken_lines(words, room, 2.0, even=True)
    assert last[0] > 0.75 * first[0]


def test_each_run_between_line_ends_is_broken_by_itself_and_loses_no_line() -> None:
    words = [
        STYLES[0].word("Above"),
        BREAK,
        *(STYLES[0].word(one) for one in ["a", "run", "of", "words", "that", "is", "long"]),
        BREAK,
    ]
    assert said(well_broken_lines(words, 60.0, 2.0, even=False)) == said(break_lines(words, 60.0, 2.0))
    assert len(well_broken_lines([BREAK, STYLES[0].word("x")], 60.0, 2.0, even=True)) == 2
