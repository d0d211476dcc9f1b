"""A query is known by its kind and the words it is about, wherever they stand and however their lines are broken."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reportpack.merge.noted_corrections import query_key
from reportpack.model.minutes import Query

WORDS = st.lists(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8), min_size=1, max_size=12)
LINES = st.integers(1, 500).map(str)


def key(kind: str, about: str, line: str = "1", found: str = "Something.") -> str:
    return query_key(Query(kind, line, found, "Do.", about=about), Counter())


@given(WORDS, LINES, LINES, st.sampled_from([" ", "\n", "  ", "\t"]))
def test_where_it_stands_and_how_its_lines_are_broken_change_nothing(words: list[str], one: str, other: str, space: str) -> None:
    assert key("slip", " ".join(words), one, f"at line {one}") == key("slip", space.join(words), other, f"at line {other}")


@given(WORDS, WORDS)
def test_other_words_are_another_query(one: list[str], other: list[str]) -> None:
    assert (key("slip", " ".join(one)) == key("slip", " ".join(other))) == (one == other)


@given(WORDS)
def test_another_kind_and_a_second_time_are_another_query(words: list[str]) -> None:
    seen: Counter[str] = Counter()
    query = Query("slip", "1", "Something.", "Do.", about=" ".join(words))
    first, second = query_key(query, seen), query_key(query, seen)
    assert len({first, second, key("post-unknown", " ".join(words))}) == 3
