"""A person's TOML file is changed by the line: what was asked for is changed, and every other line stays as it was typed."""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import InputError
from reportpack.toml.edit import toml_value, with_entry, with_keys

APART = """\
# June's meeting, agreed with the force.

# First paper
[[paper]]
title = "A"

# What the chair asked for on 3 June
[[agenda]]
number = "5"   # as printed
title = "Special item"

# Second paper: awaited from finance
[[paper]]
title = "B"
"""
JULY = date(2019, 7, 2)


def changed(text: str, changes: dict[str, object], why: str = "", table: tuple[str | int, ...] = ()) -> str:
    return with_keys(text.encode(), "a.toml", changes, why, table).decode()  # type: ignore[arg-type]  # any value, in tests


def new_lines(before: str, after: str) -> list[str]:
    """The lines that were added, where nothing else differs."""
    old, added = before.splitlines(), []
    for line in after.splitlines():
        if old and line == old[0]:
            old.pop(0)
        else:
            added.append(line)
    assert not old
    return added


def test_a_key_is_added_above_the_tables_and_nothing_moves() -> None:
    after = changed(APART, {"date": JULY}, "the election")
    assert new_lines(APART, after) == ["date = 2019-07-02 # the election"]
    assert after.splitlines()[1] == "date = 2019-07-02 # the election"


def test_what_a_heading_is_told_of_in_the_first_line_stays_above_it() -> None:
    assert changed("# First paper\n[[paper]]\n", {"cancelled": True}) == "cancelled = true\n# First paper\n[[paper]]\n"


def test_a_value_is_set_in_its_own_line_and_keeps_the_words_beside_it() -> None:
    before = "# head\r\n date  =  2019-06-25   # the hall is free\r\nearlier = [\r\n  2019-06-18, # flood\r\n]\r\n[mail]\r\n"
    after = changed(before, {"date": JULY}, "the election")
    assert after == before.replace("2019-06-25   # the hall is free", "2019-07-02   # the hall is free # the election")
    assert changed(before, {"earlier": [JULY]}) == before.replace("[\r\n  2019-06-18, # flood\r\n]", "[2019-07-02]")


def test_a_key_goes_below_the_last_of_its_own_table() -> None:
    before = 'a = 1\n\n# Mail\n[mail]\nfrom = """\nx\n"""\n\n[[area]]\nid = "n"\n'
    assert new_lines(before, changed(before, {"b": [1]})) == ["b = [1]"]
    assert changed(before, {"b": "c"}) == before.replace("a = 1\n", 'a = 1\nb = "c"\n')
    assert changed(before, {"port": 25}, table=("mail",)) == before.replace('x\n"""\n', 'x\n"""\nport = 25\n')
    assert changed(before, {"id": "s"}, table=("area", 0)) == before.replace('"n"', '"s"')


def test_a_key_is_taken_out_with_its_line() -> None:
    assert changed("# why\ndate = 2019-07-02 # moved\nvenue = 'A'\n", {"date": None}) == "# why\nvenue = 'A'\n"


def test_the_mark_at_the_beginning_of_a_file_stays_first() -> None:
    assert with_keys(b"\xef\xbb\xbf# x\n", "a.toml", {"cancelled": True}) == b"\xef\xbb\xbf# x\ncancelled = true\n"


def test_a_table_is_added_at_the_end_and_all_above_it_stays() -> None:
    added = with_entry(b"[[area]]\nid = 'n'", "a.toml", "area", {"id": 's "x"', "place": [{"file": "a\\b"}]})
    assert added == b'[[area]]\nid = \'n\'\n\n[[area]]\nid = "s \\"x\\""\n\n[[area.place]]\nfile = "a\\\\b"\n'


@pytest.mark.parametrize(
    ("text", "changes", "table"),
    [
        ("a = \n", {"date": JULY}, ()),
        ("a = 1\n", {"date": JULY}, ("mail",)),
        ("mail = { port = 1 }\n", {"server": "x"}, ("mail",)),
        ("mail.port = 1\n", {"server": "x"}, ("mail",)),
        ("mail = { port = 1, server = 2 }\n", {"port": None}, ("mail",)),
    ],
)
def test_where_something_else_would_change_nothing_is_given(
    text: str, changes: dict[str, object], table: tuple[str, ...]
) -> None:
    with pytest.raises(InputError, match=r"a\.toml could not be changed"):
        changed(text, changes, table=table)


def test_an_entry_of_what_is_written_otherwise_is_refused() -> None:
    for text in (b"area = [{ id = 'n' }]\n", b"[area]\n", b"a = '\xe9'\n"):
        with pytest.raises(InputError, match="could not be changed"):
            with_entry(text, "a.toml", "area", {"id": "s"})


WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
PLAIN = WORDS | st.integers(-9, 9) | st.booleans() | st.dates() | st.lists(st.dates(), max_size=3)
KEYS = st.dictionaries(st.sampled_from(["date", "earlier", "venue", "a b", "x"]), PLAIN, max_size=3)
COMMENTS = st.sampled_from(["", "# said\n", "\n", "\n# said\n\n", "# [date]\n"])


@given(KEYS, st.lists(st.tuples(COMMENTS, st.sampled_from(["paper", "agenda"]), KEYS), max_size=4), COMMENTS, PLAIN, WORDS)
@settings(max_examples=200, deadline=None)
def test_whatever_the_file_one_key_changes_and_every_other_line_stays(
    keys: dict[str, object], tables: list[tuple[str, str, dict[str, object]]], first: str, value: object, why: str
) -> None:
    def lines_of(values: dict[str, object]) -> str:
        return "".join(f"{toml_value(key)} = {toml_value(one)}  # own\n" for key, one in values.items())

    before = f"{first}{lines_of(keys)}" + "".join(f"{said}[[{name}]]\n{lines_of(own)}" for said, name, own in tables)
    after = changed(before, {"date": value}, why)
    assert tomllib.loads(after) == {**tomllib.loads(before), "date": value}
    rest = [line for line in before.split("\n") if not line.startswith('"date" =')]
    assert [line for line in rest if line not in after.split("\n")] == []
    assert after.count("\n") == before.count("\n") + ("date" not in keys)
