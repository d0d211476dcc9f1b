"""People's words keep their form: entries that follow each other are one list, and what stands deeper is a list inside it."""

from hypothesis import given
from hypothesis import strategies as st

from reportpack.compose.topics import nested
from reportpack.model.pack import WordsBlock
from reportpack.model.statement import Block, BlockKind
from reportpack.render.print_values import broken_lines

ENTRIES = st.builds(
    Block,
    st.sampled_from([BlockKind.BULLET, BlockKind.NUMBER, BlockKind.PARAGRAPH]),
    st.text("abc", min_size=1, max_size=4),
    depth=st.integers(0, 3),
)


def texts(blocks: tuple[WordsBlock, ...]) -> list[str]:
    return [text for one in blocks for text in ([one.text] if one.text else []) + texts(one.entries)]


@given(st.lists(ENTRIES, max_size=20))
def test_every_word_is_printed_once_and_in_its_order(blocks: list[Block]) -> None:
    assert texts(tuple(nested(blocks))) == [one.text for one in blocks]


def test_what_their_author_marked_is_printed_as_marked_and_what_was_cut_since_is_not() -> None:
    address = "https://force.example/a?b=1&c=2"
    text = f"We <really>\ndo it, see the plan ({address})\nand more"
    marked = (
        (3, "<really>\ndo", "strong"),
        (text.index("the plan"), f"the plan ({address})", address),
        (len(text) - 4, "more", "em"),
    )
    shown = broken_lines(text, marked)
    assert shown == (
        '<span class="verbatim">We <strong>&lt;really&gt;<br/>do</strong> it, see '
        '<a href="https://force.example/a?b=1&amp;c=2">the plan</a><br/>and <em>more</em></span>'
    )
    cut = text.replace("the plan", "[...]")
    assert broken_lines(cut, marked[1:]) == broken_lines(cut)


def test_a_list_carries_what_is_marked_in_its_entries() -> None:
    marked = ((0, "one", "strong"),)
    (printed,) = nested([Block(BlockKind.BULLET, "one", marked=marked)])
    assert [entry.marked for entry in printed.entries] == [marked]


def test_what_stands_deeper_is_a_list_inside_the_entry_above_it() -> None:
    one, two, three = (Block(BlockKind.BULLET, text, depth=depth) for text, depth in (("one", 0), ("two", 1), ("three", 0)))
    (printed,) = nested([one, two, three])
    assert [(entry.text, [inner.text for lists in entry.entries for inner in lists.entries]) for entry in printed.entries] == [
        ("one", ["two"]), ("three", []),
    ]  # fmt: skip
