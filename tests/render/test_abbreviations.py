import re

from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.office import Abbreviation
from reportpack.render.abbreviations import spell_out

KNOWN = (
    Abbreviation("PCC", "Police and Crime Commissioner"),
    Abbreviation("CC", "Chief Constable"),
    Abbreviation("R&D", "research & development"),
)
PCC = '<abbr title="Police and Crime Commissioner">PCC</abbr>'


def test_an_abbreviation_is_spelt_out_at_its_first_use_and_explained_once_a_section() -> None:
    source = "<section><p>The PCC met the PCC.</p></section><section><p>PCC, PCC</p></section>"
    assert spell_out(source, KNOWN) == (
        f"<section><p>The Police and Crime Commissioner ({PCC}) met the PCC.</p></section><section><p>{PCC}, PCC</p></section>"
    )


def test_peoples_own_words_stay_as_typed() -> None:
    source = "<section><q>The PCC asked</q><p>the PCC</p></section>"
    assert spell_out(source, KNOWN) == (
        f"<section><q>The {PCC} asked</q><p>the Police and Crime Commissioner ({PCC})</p></section>"
    )


def test_one_that_is_already_spelt_out_is_not_spelt_out_again() -> None:
    source = "<section><p>Police and Crime Commissioner (PCC)</p></section>"
    assert spell_out(source, KNOWN) == f"<section><p>Police and Crime Commissioner ({PCC})</p></section>"


def test_only_whole_words_count() -> None:
    source = "<section><p>OPCC PCCs CCTV T/CC PCC-led 17/CC</p></section>"
    assert spell_out(source, KNOWN) == source


def test_attributes_charts_and_the_head_are_left_alone() -> None:
    source = '<head><title>PCC</title></head><section><p class="PCC"><svg><title>PCC</title></svg></p></section>'
    assert spell_out(source, KNOWN) == source


def test_an_ampersand_in_an_abbreviation_stays_one() -> None:
    assert spell_out("<section><p>R&amp;D</p></section>", KNOWN) == (
        '<section><p>Research &amp; development (<abbr title="research &amp; development">R&amp;D</abbr>)</p></section>'
    )


@given(
    st.lists(st.sampled_from(["PCC", "CC", " ", "a", "<p>", "</p>", "<q>", "</q>", "(", "&amp;", "/", "<section>", "</section>"]))
)
def test_no_word_is_lost(parts: list[str]) -> None:
    source = "".join(parts)
    spelt = spell_out(source, KNOWN)
    for one in KNOWN[:2]:
        spelt = spelt.replace(f'{one.long} (<abbr title="{one.long}">{one.short}</abbr>)', one.short)
    assert re.sub(r"</?abbr[^>]*>", "", spelt) == source


def test_a_short_title_within_its_own_long_form_is_left_alone() -> None:
    mayor = (Abbreviation("Mayor", "Mayor of Midshire"), Abbreviation("\n", "a line"))
    source = "<section><p>Office of the Mayor of Midshire\nand the Mayor</p></section>"
    assert spell_out(source, mayor) == (
        '<section><p>Office of the Mayor of Midshire\nand the Mayor of Midshire (<abbr title="Mayor of Midshire">Mayor</abbr>)</p></section>'
    )


def test_the_list_has_what_the_document_uses_and_nothing_of_what_it_does_not() -> None:
    listed = '<h2>Abbreviations</h2>\n<dl class="facts literal">\n<dt>CC</dt><dd>Chief Constable</dd>\n<dt>R&amp;D</dt><dd>research</dd>\n</dl>\n'
    assert spell_out(f'<section><p class="verbatim">R&amp;D</p>{listed}</section>', KNOWN).count("<dt>") == 1
    assert spell_out(f"<section><p>None.</p>{listed}</section>", KNOWN) == "<section><p>None.</p></section>"
    assert spell_out(f"<section><p>PCC</p>{listed}</section>", ()) == f"<section><p>PCC</p>{listed}</section>"
