from reportpack.render.page import list_contents, settle_links


def test_the_contents_list_each_section_that_follows_by_its_first_heading() -> None:
    source = (
        '<section id="cover"><h1>Cover</h1><contents/></section>'
        '<section id="a"><h1>One &amp; more</h1><section id="inner"><h1>Inner</h1></section></section>'
        '<section><h1>No id</h1></section><section id="b" class="x"><p/><h1>Two</h1><h1>Again</h1></section>'
    )
    assert (
        '<ol class="contents"><li><a href="#a">One &amp; more</a></li><li><a href="#b">Two</a></li></ol></section><section id="a">'
    ) in list_contents(source)


def test_without_a_place_for_contents_nothing_changes() -> None:
    assert list_contents("<section><h1>A</h1></section>") == "<section><h1>A</h1></section>"


def test_a_link_to_a_section_that_was_left_out_becomes_words() -> None:
    source = '<p><a class="page" href="#commitments">Commitments</a> <a href="#action-4-2030">4/2030</a> <a href="#here" id="here">x</a></p>'
    assert settle_links(source) == '<p><span>Commitments</span> <span>4/2030</span> <a href="#here" id="here">x</a></p>'


def test_a_link_that_an_office_typed_wrongly_stays_a_mistake() -> None:
    assert settle_links('<a href="#our-own">x</a>') == '<a href="#our-own">x</a>'
