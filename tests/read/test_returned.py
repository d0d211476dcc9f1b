"""What differs in a returned copy is found whatever was done to it, and only that."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.correction import CorrectionKind, FoundCorrection, in_context
from reportpack.read.documents.blocks import Piece, Touch
from reportpack.read.documents.word import CopyComment
from reportpack.read.returned import CopyParagraph, ReturnedCopy, find_corrections, issued_paragraphs

WORD = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8)
PARAGRAPH = st.lists(WORD, min_size=4, max_size=14).map(" ".join)
PARAGRAPHS = st.lists(PARAGRAPH, min_size=2, max_size=8, unique=True)
DAY = date(2019, 6, 5)


def issued(paragraphs: list[str]) -> ReturnedCopy:
    return ReturnedCopy(tuple(CopyParagraph((Piece(words),)) for words in paragraphs))


def found_in(paragraphs: list[str], copy: tuple[CopyParagraph, ...]) -> tuple[FoundCorrection, ...]:
    return find_corrections(issued_paragraphs(issued(paragraphs)), ReturnedCopy(copy))


def put_in(passage: str, found: FoundCorrection) -> str:
    return passage[: found.start] + found.inserted + passage[found.start + len(found.removed) :]


@given(PARAGRAPHS)
def test_nothing_is_found_where_nothing_was_done(paragraphs: list[str]) -> None:
    assert found_in(paragraphs, issued(paragraphs).paragraphs) == ()


@given(PARAGRAPHS, st.data())
def test_a_tracked_change_says_what_was_removed_where_and_what_was_put_there(paragraphs: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(paragraphs) - 1))
    words = paragraphs[at]
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    new = data.draw(WORD)
    pieces = (
        Piece(words[:start]),
        Piece(words[start:end], Touch.DELETED, "A", DAY),
        Piece(new, Touch.INSERTED, "A", DAY),
        Piece(words[end:]),
    )
    copy = list(issued(paragraphs).paragraphs)
    copy[at] = CopyParagraph(tuple(piece for piece in pieces if piece.words))
    found = found_in(paragraphs, tuple(copy))
    assert len(found) == 1
    assert (found[0].author, found[0].tracked, found[0].passage) == ("A", True, words)
    assert put_in(words, found[0]) == words[:start] + new + words[end:]
    before, after = in_context(found[0])
    assert before in words or found[0].kind is not CorrectionKind.CHANGE
    assert new in after


@given(PARAGRAPHS, st.data())
def test_a_word_changed_without_tracking_is_found_and_its_author_unknown(paragraphs: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(paragraphs) - 1))
    words = paragraphs[at].split()
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], "Ölmühle", *words[place + 1 :]]
    copy = list(issued(paragraphs).paragraphs)
    copy[at] = CopyParagraph((Piece(" ".join(changed)),))
    found = found_in(paragraphs, tuple(copy))
    assert found
    assert not any(one.tracked or one.author for one in found)
    assert any("Ölmühle" in one.inserted for one in found)


@given(PARAGRAPHS, PARAGRAPH)
def test_a_paragraph_left_out_and_one_put_in_without_tracking_are_found(paragraphs: list[str], new: str) -> None:
    added = f"1 {new} 2"
    found = found_in(paragraphs, issued([*paragraphs[1:], added]).paragraphs)
    removed = [one for one in found if one.kind is CorrectionKind.REMOVED]
    put = [one for one in found if one.kind is CorrectionKind.ADDED]
    changed = [one for one in found if one.kind is CorrectionKind.CHANGE]
    assert (removed and put) or changed
    assert not any(one.tracked for one in found)


def test_quotation_marks_and_spaces_that_a_word_processor_changes_are_no_corrections() -> None:
    assert found_in(["The CC's “note” – as sent"], issued(['The CC’s "note" -  as sent']).paragraphs) == ()


def test_two_people_who_change_words_side_by_side_propose_two_corrections() -> None:
    pieces = (
        Piece("It was "),
        Piece("nine", Touch.DELETED, "A", DAY),
        Piece("eight", Touch.INSERTED, "A", DAY),
        Piece(" in ", Touch.INSERTED, "B", DAY),
        Piece("ten."),
    )
    found = found_in(["It was nineten."], (CopyParagraph(pieces),))
    assert [(one.author, one.removed, one.inserted) for one in found] == [("A", "nine", "eight"), ("B", "", " in ")]


def test_words_that_were_moved_are_a_proposal_at_each_end() -> None:
    out = CopyParagraph((Piece("First. "), Piece("Second.", Touch.MOVED_OUT, "A", DAY)))
    into = CopyParagraph((Piece("Third. "), Piece("Second.", Touch.MOVED_IN, "A", DAY)))
    found = found_in(["First. Second.", "Third."], (out, into))
    assert [(one.kind, one.removed, one.inserted) for one in found] == [
        (CorrectionKind.MOVED, "Second.", ""),
        (CorrectionKind.MOVED, "", "Second."),
    ]


def test_a_comment_that_stands_at_no_words_is_not_lost() -> None:
    copy = ReturnedCopy(issued(["Words that stand here."]).paragraphs, (CopyComment("7", "A", DAY, "Where is the appendix?"),))
    found = find_corrections(issued_paragraphs(issued(["Words that stand here."])), copy)
    assert [(one.kind, one.comment, one.place.item) for one in found] == [(CorrectionKind.COMMENT, "Where is the appendix?", "")]


def test_a_row_that_was_added_without_tracking_is_one_correction() -> None:
    def row(*cells: str) -> tuple[CopyParagraph, ...]:
        return tuple(
            CopyParagraph((Piece(words),), 0, cells[0], head)
            for head, words in zip(("Ref", "Action", "Owner"), cells, strict=True)
        )

    stood = row("1/2019", "Send the note", "CC")
    added = tuple(CopyParagraph(one.pieces, 0, "", one.column) for one in row("", "Price the vans", "DCC")[1:])
    (found,) = find_corrections(issued_paragraphs(ReturnedCopy(stood)), ReturnedCopy((*stood, *added)))
    assert (found.kind, found.inserted, found.tracked) == (CorrectionKind.ADDED, "Action: Price the vans\nOwner: DCC", False)


def test_words_tracked_into_cells_of_a_new_row_stay_tracked() -> None:
    stood = (CopyParagraph((Piece("Send the note"),), 0, "1/2019", "Action"),)
    typed = tuple(
        CopyParagraph((Piece(words, Touch.INSERTED, "A", DAY),), 0, "", head)
        for head, words in (("Action", "Price it"), ("Owner", "CC"))
    )
    found = find_corrections(issued_paragraphs(ReturnedCopy(stood)), ReturnedCopy((*stood, *typed)))
    assert [(one.inserted, one.author, one.tracked) for one in found] == [("Price it", "A", True), ("CC", "A", True)]
