from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.compose.pack import compose_pack
from reportpack.errors import TemplateError
from reportpack.model.edition import Audience
from reportpack.model.finding import Findings
from reportpack.model.pack import Pack, RevisionLine, Slip, Turned
from reportpack.model.problem import Source
from reportpack.model.words import Printed, Sentence
from reportpack.render.element import block_lines, plain_text, printed_numbers
from reportpack.render.page import locate_lines, quote_within, read_rendered, render_page_source
from reportpack.render.page_source import parse_page_source
from reportpack.render.print_values import References, join_cells
from reportpack.render.templates import TemplateFile, Templates, load_templates
from tests.compose import northmoor

PROGRAM = Path(__file__).parents[2] / "templates"


@cache
def a_pack() -> Pack:
    return compose_pack(
        northmoor.a_view(), Audience.OFFICE, northmoor.an_office(), northmoor.the_findings(), (), (), northmoor.ON, "draft"
    )


@cache
def the_templates() -> Templates:
    return load_templates(PROGRAM)


def made_of(**files: str) -> Templates:
    return Templates(
        tuple(TemplateFile(f"{name}.html", text, f"templates/{name}.html", own=True) for name, text in files.items())
    )


def refusal(**files: str) -> str:
    with pytest.raises(TemplateError) as caught:
        read_rendered(render_page_source(a_pack(), made_of(**files)), a_pack(), made_of(**files))
    assert "templates folder" in caught.value.remedy
    return caught.value.found


def test_the_programs_templates_make_a_page_source_of_the_known_vocabulary() -> None:
    document = parse_page_source(render_page_source(a_pack(), the_templates()), "pack")
    assert document.title == "Briefing pack: Scrutiny meeting, 18 March 2031"
    assert [section.attributes["id"] for section in document.sections][:4] == ["cover", "glance", "commitments", "running-sheet"]
    assert "agenda" in document.identifiers


@pytest.mark.parametrize(("more", "said"), [(1, "is one"), (2, "are 2"), (5, "are 5")])
def test_verdicts_and_changes_beyond_those_that_are_named_are_counted(more: int, said: str) -> None:
    """Neither needs what a template may not do: an office whose figures were revised widely would have no pack at all."""
    turned = Turned("commitment", "C1", "v1", "Met", "Not met", Sentence.of("C1 was met."), "", again=True, leads=True)
    pack = replace(a_pack(), turned=(turned,) * (3 + more), slip=Slip("v1", (), more))
    words = " ".join(plain_text(parse_page_source(render_page_source(pack, the_templates()), "pack")).split())
    assert f"So {said} more verdict{'s' if more > 1 else ''}, each where it stands." in words
    assert f"So {said} thing{'s' if more > 1 else ''} more, each where it stands." in words


def test_a_section_without_content_is_no_section() -> None:
    view = northmoor.a_view()
    empty = replace(view, topics=(), matters=(), actions=(), commitments=(), forward=(), items=(), settled=())
    findings = Findings(northmoor.ON, (), ())
    pack = compose_pack(empty, Audience.PUBLIC, northmoor.an_office(), findings, (), (), northmoor.ON, "draft")
    document = parse_page_source(render_page_source(pack, the_templates()), "pack")
    there = {section.attributes["id"] for section in document.sections}
    assert there.isdisjoint({"glance", "matters", "actions", "commitments", "forward", "tables", "changes", "sources"})
    assert {"cover", "appendix", "method"} <= there


def test_what_is_overdue_stands_by_owner_with_its_days_before_the_running_sheet_and_not_for_the_public() -> None:
    view = northmoor.a_view()
    late = replace(view.actions[0], action=replace(view.actions[0].action, due=northmoor.ON - timedelta(days=8)), overdue=True)
    view = replace(view, actions=(late,))

    def sections(edition: Audience) -> dict[str, str]:
        pack = compose_pack(view, edition, northmoor.an_office(), northmoor.the_findings(), (), (), northmoor.ON, "draft")
        document = parse_page_source(render_page_source(pack, the_templates()), "pack")
        return {name: " ".join(block_lines(one)) for name, one in document.identifiers.items() if one.tag == "section"}

    office = sections(Audience.OFFICE)
    assert list(office).index("due") < list(office).index("running-sheet")
    assert office["due"] in office["commitments"]
    assert "4/2030" in office["due"]
    assert "8 days" in office["due"]
    assert "due" not in sections(Audience.PUBLIC)


def test_every_entry_of_the_contents_leads_to_a_section_of_its_own() -> None:
    source = render_page_source(a_pack(), the_templates())
    document = parse_page_source(source, "pack")
    contents = source[source.index('<ol class="contents">') : source.index("</ol>", source.index('<ol class="contents">'))]
    listed = [part.split('"')[0] for part in contents.split('href="#')[1:]]
    behind = [str(section.attributes["id"]) for section in document.sections if section.has("appendix")]
    assert listed == behind[1:]


def test_every_printed_number_names_its_cells() -> None:
    numbers = tuple(printed_numbers(parse_page_source(render_page_source(a_pack(), the_templates()), "pack")))
    latest = [one for one in numbers if one.section == "glance" and one.text == "271"]
    assert [source.partition("!")[2] for source in latest[0].sources] == ["B39"]
    assert all(one.sources for one in numbers)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_a_cell_says_prints_as_typed_and_breaks_nothing(words: str) -> None:
    pack = replace(a_pack(), cover=replace(a_pack().cover, venue=f"[{words}]", office=words, note=words))
    templates = made_of(
        pack='<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>t</title></head>'
        '<body><section><h1>{{ pack.cover.venue }}</h1><p class="{{ "x" }}">{{ pack.cover.note|lines }}</p></section></body></html>'
    )
    document = parse_page_source(render_page_source(pack, templates), "pack")
    shown = "".join("\ufffd" if ord(letter) < 32 and letter not in "\t\n\r" else letter for letter in words)
    shown = shown.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert plain_text(document).split("]")[0].split() == f"[{shown}".split("]")[0].split()


def test_a_sentence_with_markup_in_it_stays_a_sentence() -> None:
    line = RevisionLine("<script>", "a & b", "{{ 7*7 }}", Sentence.of("<b>"), Sentence.of('"quoted"'))
    pack = replace(a_pack(), appendix=replace(a_pack().appendix, revisions=(line,)))
    source = render_page_source(pack, the_templates())
    assert "&lt;script&gt;" in source
    assert "a &amp; b" in source
    assert "{{ 7*7 }}" in source
    assert "<script>" not in source


def test_numbers_stay_with_their_units() -> None:
    sentence = Sentence.of("In ", Printed("2 percentage points", 2.0, ()), " since 28 May, ", Printed("3", 3.0, ()), " months")
    pack = replace(a_pack(), actions=replace(a_pack().actions, summary=sentence))
    assert "2\u00a0percentage points since 28\u00a0May, 3\u00a0months" in render_page_source(
        pack, made_of(pack="<p>{{ pack.actions.summary }}</p>")
    )


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>\n{{ pack.nothing }}</p>", r"templates/pack.html, line 2: asks for something that is not there"),
        ("<p>\n\n{% if %}</p>", "templates/pack.html, line 3: "),
        ("<p>{{ ''.__class__ }}</p>", "is not allowed"),
        ("<p>{{ pack.__class__ }}</p>", "is not allowed"),
        ("<p>{{ pack.title.format('x') }}</p>", "is not allowed"),
        ("{% include '../secret.html' %}", "asks for ../secret.html, which is not among the templates"),
        ("{% include 'pack.html' %}", "goes round without end"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "goes round without end"),
        ("{{ 2 * 2 }}", "a template does not compute"),
        ("{{ 9 ** 9 ** 9 }}", "a template does not compute"),
        ("{{ pack.title|safe }}", "No filter named 'safe'"),
        ("{{ range(9) }}", "'range' is undefined"),
        ("{{ pack.cover }}", "Cover is not words"),
        ("{{ pack.topics[0].measures[0].chart.floor }}", "a bare number has no source"),
        ("{{ pack.topics[0].measures[0].peers }}", "there is nothing here to print"),
        (
            "<p>{{ pack.title }}\n</b></p>",
            "templates/pack.html, line 2: This is not well-formed XML: an end tag does not close the element that is open here",
        ),
        ("<p>\n{{ pack.title }}", "an element is never closed"),
        ("<p>a & b</p>", "line 1: This is not well-formed"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_file_line_and_remedy(template: str, said: str) -> None:
    found = refusal(pack=template)
    assert found.startswith("templates/pack.html, line ")
    assert said in found


def test_a_mistake_in_an_included_file_names_that_file() -> None:
    assert "templates/part.html, line 3: " in refusal(pack="<p>{% include 'part.html' %}</p>", part="<b>\n</b>\n{{ oops }}")


def test_a_template_that_never_ends_is_stopped() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    loops = "".join(f"{{% for {letter} in '{letters}' %}}" for letter in letters[:9])
    assert "goes on for ever" in refusal(pack=f"<p>{loops}x{'{% endfor %}' * 9}</p>")


def test_a_template_that_grows_without_measure_is_stopped() -> None:
    doubling = "".join("{% set a %}{{ a }}{{ a }}{% endset %}" for _ in range(40))
    assert "64 million characters" in refusal(pack=f"{{% set a = 'x' %}}{doubling}<p>{{{{ a }}}}</p>")
    joined = "".join("{% set a = a ~ a %}" for _ in range(40))
    assert "64 million characters" in refusal(pack=f"{{% set a = 'x' %}}{joined}<p>{{{{ a }}}}</p>")


def test_a_fault_of_the_programs_own_template_is_not_blamed_on_the_office() -> None:
    templates = Templates((TemplateFile("pack.html", "{{ oops }}", "program/pack.html", own=False),))
    with pytest.raises(TemplateError) as caught:
        render_page_source(a_pack(), templates)
    assert "the program's own" in caught.value.remedy


def test_each_line_of_the_page_source_knows_its_template_line() -> None:
    templates = made_of(pack="<body>\n<p>one</p>\n{% include 'part.html' %}\n</body>", part="<p>two</p>\n<p>three</p>")
    lines = render_page_source(a_pack(), templates).splitlines()
    found = locate_lines(a_pack(), templates)
    at = lines.index(next(line for line in lines if "three" in line)) + 1
    assert found[at] == ("templates/part.html", 2)


def test_cells_side_by_side_become_a_range() -> None:
    assert join_cells(["C12", "D12", "E12", "G4", "line14"]) == ["C12:E12", "G4", "line14"]
    assert join_cells(["Z1", "AA1", "AA2", "AA3"]) == ["Z1:AA1", "AA2:AA3"]


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), unique=True, max_size=30))
def test_no_cell_is_lost_or_made_up_when_cells_are_joined(cells: list[tuple[int, int]]) -> None:
    names = [f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column % 26]}{row}" for column, row in cells]
    again: list[str] = []
    for part in join_cells(dict.fromkeys(names)):
        first, _, last = part.partition(":")
        columns = range(ord(first[0]), ord((last or first)[0]) + 1)
        rows = range(int(first[1:]), int((last or first)[1:]) + 1)
        again += [f"{chr(column)}{row}" for column in columns for row in rows]
    assert again == list(dict.fromkeys(names))


def test_a_number_from_several_sheets_names_them_all() -> None:
    references = References({("a.xlsx", "One", ""): "s1", ("b.csv", "", ""): "s2"})
    assert references.write((Source("b.csv"), Source("a.xlsx", "One", "B2"), Source("a.xlsx", "One", "B3"))) == "s2 s1!B2:B3"


def with_own(**files: str) -> Templates:
    own = {f"{name}.html": TemplateFile(f"{name}.html", text, f"templates/{name}.html", own=True) for name, text in files.items()}
    program = the_templates().files
    kept = tuple(file for file in program if file.name not in own)
    return Templates((*kept, *own.values()), tuple(file for file in program if file.name in own))


def test_an_office_adds_a_section_of_its_own_without_copying_the_programs_file() -> None:
    templates = with_own(
        pack='{% extends "program/pack.html" %}{% block after_glance %}{% include "plan.html" %}{% endblock %}',
        plan='<section id="plan"><h1>Our plan</h1><p>Three priorities.</p></section>',
    )
    document = parse_page_source(render_page_source(a_pack(), templates), "pack")
    identities = [section.attributes["id"] for section in document.sections]
    assert identities[1:4] == ["glance", "plan", "commitments"]
    assert "Our plan" in plain_text(document).split("Commitments due\nWhat was said")[0]


def test_an_office_leaves_sections_out_and_nothing_points_to_them() -> None:
    order = "".join(f'{{% include "{name}.html" %}}' for name in ("cover", "glance", "matters", "sources"))
    templates = with_own(pack=f'{{% extends "base.html" %}}{{% block sections %}}{order}{{% endblock %}}')
    document = parse_page_source(render_page_source(a_pack(), templates), "pack")
    assert [section.attributes["id"] for section in document.sections] == ["cover", "contents", "glance", "matters", "sources"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<q>&#34;Keeping victims informed&#34; remains.</q>", "<q>‘Keeping victims informed’ remains.</q>"),
        (
            '<q><span class="verbatim">He said “no” (“never”).</span></q>',
            '<q><span class="verbatim">He said ‘no’ (‘never’).</span></q>',
        ),
        ("<q>A 5&#34; pipe, a 7&#34; one.</q>", "<q>A 5&#34; pipe, a 7&#34; one.</q>"),
        ("<q>&#34;Open</q> and <q>closed&#34;</q>", "<q>&#34;Open</q> and <q>closed&#34;</q>"),
        ("<p>&#34;Nobody&#34; is quoted here.</p>", "<p>&#34;Nobody&#34; is quoted here.</p>"),
    ],
)
def test_a_quotation_within_somebodys_words_has_single_marks(typed: str, printed: str) -> None:
    assert quote_within(typed) == printed
