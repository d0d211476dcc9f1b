"""A TOML text says on which line each of its keys stands, and collects everything that is wrong with it."""

from datetime import date, time
from enum import StrEnum

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.records import Record, key, needed
from reportpack.toml.lines import lines_of
from reportpack.toml.text import Fault, read_toml

SAMPLE = """\
# An office
name = "Office"   # its name
[mail]
server = "mail.example"

[[area]]
id = "north"
aliases = [
  "North",
  "N # not a comment ]",
]
[[area]]
id = '''
south'''
[area.more]
depth = { level = 2, words = "a } b" }
[[area.part]]
x.y = 1
[[area.part]]
"quoted key" = 1
"""


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Part(Record):
    """A part."""

    id: str = needed("what it is called in this file")
    colour: Colour = key("its colour", default=Colour.RED)


class Sample(Record):
    """A file."""

    title: str = needed("its title")
    day: date | None = key("when it is")
    start: time | None = key("at what time")
    count: int = key("how many", least=1, default=3)
    share: float = key("how much", default=0.0)
    is_open: bool = key("whether it is open", name="open", default=True)
    names: tuple[str, ...] = key("who comes", default=())
    parts: tuple[Part, ...] = key("its parts", name="part", default=())


def faults_of(words: str) -> list[Fault]:
    return sorted(read_toml(words, Sample).faults, key=lambda fault: fault.line)


def test_every_key_knows_its_line() -> None:
    lines = lines_of(SAMPLE)
    assert lines["name",] == 2
    assert lines["mail", "server"] == 4
    assert lines["area", 0] == 6
    assert lines["area", 0, "aliases", 1] == 10
    assert lines["area", 1, "id"] == 13
    assert lines["area", 1, "more", "depth", "words"] == 16
    assert lines["area", 1, "part", 1, "quoted key"] == 20


@given(
    st.recursive(
        st.text(max_size=12) | st.integers(-5, 5) | st.booleans() | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abc.#\"' =", min_size=1, max_size=5), inner, min_size=1, max_size=3)
        ),
        max_leaves=12,
    ).map(lambda value: {"root": value, "after": 1})
)
@settings(max_examples=150, deadline=None)
def test_the_line_of_a_key_names_it(value: dict[str, object]) -> None:
    words = tomlkit.dumps(value)
    printed = words.split("\n")
    lines = lines_of(words)
    for path, line in lines.items():
        names = [part for part in path if isinstance(part, str)]
        if names and isinstance(path[-1], str):
            assert tomlkit.item(names[-1]).as_string()[1:-1] in printed[line - 1] or names[-1] in printed[line - 1]
    assert ("after",) in lines


def test_values_are_read_as_what_they_are() -> None:
    table = read_toml(
        b'\xef\xbb\xbftitle = " T "\r\nday = 2019-05-28\r\nstart = "9:05"\r\nnames = ["a"]\r\nshare = 2\r\n', Sample
    )
    assert table.made == Sample("T", date(2019, 5, 28), time(9, 5), names=("a",), share=2.0)
    assert table.faults == []


def test_a_day_typed_in_quotation_marks_is_a_day() -> None:
    assert read_toml('day = "2019-05-28"', Sample).made.day == date(2019, 5, 28)


def test_a_table_that_lacks_what_it_needs_is_left_out() -> None:
    table = read_toml('title = "T"\n[[part]]\ncolour = "green"\n[[part]]\nid = "a"\n', Sample)
    assert table.made.parts == (Part("a"),)
    assert [one.is_usable for one in table.each(Part)] == [False, True]


def test_all_mistakes_show_in_one_pass_with_line_and_remedy() -> None:
    words = (
        'titel = "T"\nday = "28 May"\ncount = 0\nshare = "x"\nopen = 1\nnames = "a"\nstart = "25:00"\n[[part]]\ncolour = "blue"\n'
    )
    faults = faults_of(words)
    assert [(fault.line, fault.kind) for fault in faults] == [
        (1, "unknown-key"),
        (1, "key-missing"),
        (2, "wrong-value"),
        (3, "wrong-value"),
        (4, "wrong-value"),
        (5, "wrong-value"),
        (6, "wrong-value"),
        (7, "wrong-value"),
        (8, "key-missing"),
        (9, "wrong-value"),
    ]
    assert faults[0].remedy == 'Did you mean "title"?'
    assert faults[2].found == '"day" is "28 May".'
    assert faults[2].remedy == "Write a date such as 2019-05-28."
    assert faults[-1].remedy == 'Write "red" or "green".'


def test_an_unknown_key_far_from_all_others_lists_them() -> None:
    (fault,) = read_toml('title = "T"\nzzzzzz = 1', Sample).faults
    assert fault.remedy == "Known here: count, day, names, open, part, share, start, title."


def test_an_unknown_key_in_a_table_of_a_list_is_found_on_its_own_line() -> None:
    (fault,) = faults_of('title = "T"\n[[part]]\nid = "a"\n[[part]]\nid = "b"\ncolor = "red"\n')
    assert (fault.line, fault.kind, fault.remedy) == (6, "unknown-key", 'Did you mean "colour"?')


def test_an_empty_value_that_is_needed_is_a_fault() -> None:
    assert [fault.kind for fault in faults_of('title = "  "')] == ["key-empty"]


def test_what_is_not_toml_is_one_fault_with_its_line() -> None:
    (fault,) = read_toml("a = 1\nstart = 10:00\n", Sample).faults
    assert (fault.line, fault.kind) == (2, "not-toml")
    (twice,) = read_toml("a = 1\na = 2\n", Sample).faults
    assert (twice.line, twice.remedy) == (2, "This key stands twice in its table; take one of them out.")
    (open_quote,) = read_toml('a = 1\nb = "open\n', Sample).faults
    assert open_quote.line == 2


def test_brackets_without_end_are_one_fault() -> None:
    (fault,) = read_toml("a = " + "[" * 5_000 + "]" * 5_000, Sample).faults
    assert fault.kind == "not-toml"


def test_bytes_that_are_no_utf_8_are_one_fault_with_its_line() -> None:
    (fault,) = read_toml(b"a = 1\nb = '\xe9'\n", Sample).faults
    assert (fault.line, fault.kind) == (2, "not-utf-8")


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_raise(words: str) -> None:
    table = read_toml(words, Sample)
    assert all(fault.line >= 1 and fault.remedy for fault in table.faults)
