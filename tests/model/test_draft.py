"""Entries of the draft journal folded into lines: the same whatever was sent twice, torn off, changed or chosen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from reportpack.model.draft import Does, DraftEntry, fold

AT = "2019-05-28T10:12:00"
ENTRIES = some.lists(
    some.builds(
        DraftEntry,
        id=some.integers(0, 60).map(str),
        does=some.sampled_from(list(Does)),
        at=some.just(AT),
        window=some.sampled_from(["one", "two"]),
        line=some.sampled_from(["a", "b", "c"]),
        words=some.sampled_from(["", "/a cc custody note", "prose"]),
        sha256=some.sampled_from(["", "x", "y"]),
        put=some.dictionaries(some.sampled_from(["a", "b"]), some.none() | some.just("prose")),
        theirs=some.dictionaries(some.sampled_from(["a", "c"]), some.none() | some.just("of Word")),
    ),
    max_size=30,
)


def entry(number: int, does: Does, line: str = "a", words: str = "", **more: object) -> DraftEntry:
    return replace(DraftEntry(str(number), does, AT, "Ellis Wainfleet", "one", line, "2.1.1", words), **more)  # type: ignore[arg-type]


@given(ENTRIES)
def test_what_is_sent_twice_is_kept_once(entries: list[DraftEntry]) -> None:
    assert fold([one for one in entries for _ in range(2)]) == fold(entries)
    assert fold([*entries, *entries]) == fold(entries)


@given(ENTRIES)
def test_no_line_goes_and_each_keeps_its_place(entries: list[DraftEntry]) -> None:
    before: list[str] = []
    for number in range(len(entries) + 1):
        names = [one.id for one in fold(entries[:number]).lines]
        assert names[: len(before)] == before
        before = names


def test_a_line_is_changed_and_taken_out_by_later_entries() -> None:
    draft = fold([entry(1, Does.LINE, words="first"), entry(2, Does.LINE, "b", "second"), entry(3, Does.EDIT, words="changed")])
    assert [(one.words, bool(one.changed)) for one in draft.lines] == [("changed", True), ("second", False)]
    out = fold([entry(1, Does.LINE, words="first"), entry(2, Does.OUT)]).line("a")
    assert out is not None
    assert out.words is None


def test_what_stands_unfinished_is_known_until_it_is_kept() -> None:
    half = entry(1, Does.UNFINISHED, "", "/a cc cust")
    assert fold([half]).unfinished["one"].words == "/a cc cust"
    assert fold([half, entry(2, Does.LINE, words="/a cc custody note")]).unfinished == {}
    assert fold([half, entry(2, Does.UNFINISHED, "", "")]).unfinished == {}


def test_a_saving_counts_once_it_is_confirmed_or_the_file_shows_it() -> None:
    saving = entry(2, Does.SAVING, "", sha256="made", put={"a": "first"})
    begun = [entry(1, Does.LINE, words="first"), saving]
    assert fold(begun).lines[0].stands is None
    assert fold(begun, "made").lines[0].stands == "first"
    assert fold([*begun, entry(3, Does.SAVED, "")]).is_saved


def test_word_wins_until_a_person_chooses() -> None:
    typed = [
        entry(1, Does.LINE, words="by 31/8"),
        entry(2, Does.SAVING, "", sha256="made", put={"a": "by 31/8"}),
        entry(3, Does.SAVED, ""),
        entry(4, Does.SAVING, "", sha256="theirs", theirs={"a": "by 30/8"}),
        entry(5, Does.SAVED, ""),
    ]
    (line,) = fold(typed).lines
    assert (line.words, line.stands, line.differs, line.is_saved) == ("by 31/8", "by 30/8", True, True)
    (theirs,) = fold([*typed, entry(6, Does.WORDS)]).lines
    assert (theirs.words, theirs.differs) == ("by 30/8", False)
    (mine,) = fold([*typed, entry(6, Does.MINE)]).lines
    assert (mine.words, mine.differs, mine.is_saved) == ("by 31/8", False, False)
