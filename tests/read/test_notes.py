"""People's words for the pack, as a policy officer types them."""

from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st

from reportpack.model.edition import Audience
from reportpack.model.office import AgendaItem
from reportpack.model.problem import Weight
from reportpack.model.statement import Answered, BlockKind, Statement
from reportpack.read.words.notes import Words, read_notes
from reportpack.read.words.passages import markdown_passages, without_emphasis
from reportpack.settings import read_settings
from tests.read.registers import OFFICE

MEETING = "2019-05-28-assurance"
AGENDA = (
    AgendaItem("1", "Outstanding matters"),
    AgendaItem("2", "Holding to account"),
    AgendaItem("2.1", "Performance against the plan"),
    AgendaItem("2.1.1", "Confidence"),
    AgendaItem("2.1.2", "Satisfaction", "satisfaction"),
    AgendaItem("2.1.5", "Outcome 16", "outcome-16"),
    AgendaItem("2.1.6", "Domestic Abuse (DA)"),
)


def read(folder: Path, text: str) -> Words:
    (folder / f"{MEETING}.md").write_text(text, encoding="utf-8")
    return read_notes(folder, MEETING, AGENDA, OFFICE)


def words(statement: Statement) -> list[str]:
    return [block.text for block in statement.blocks]


def test_words_stand_under_their_line_in_their_voice(tmp_path: Path) -> None:
    """
    # Monthly Assurance Meeting

    ## 2.1.2 Satisfaction

    ### Officer's note

    Little has changed.

    - *Shropshire* is down
    - the rest is flat

    ### Force commentary (DCC)
    Audience: force

    The plan is a good plan.

    ### Commissioner's questions

    1. Why has it plateaued?
    2. When will it rise?
    """
    statements, questions, problems = read(tmp_path, _own_words(test_words_stand_under_their_line_in_their_voice))
    assert [(one.author, one.item, one.topic, one.audience) for one in statements] == [
        ("officer", "2.1.2", "satisfaction", Audience.OFFICE),
        ("dcc", "2.1.2", "satisfaction", Audience.FORCE),
    ]
    assert words(statements[0]) == ["Little has changed.", "Shropshire is down", "the rest is flat"]
    assert [block.kind for block in statements[0].blocks] == [BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.BULLET]
    assert [(one.asked_by, one.words, one.answered, one.item, one.audience) for one in questions] == [
        ("pcc", "Why has it plateaued?", Answered.TO_ASK, "2.1.2", Audience.OFFICE),
        ("pcc", "When will it rise?", Answered.TO_ASK, "2.1.2", Audience.OFFICE),
    ]
    assert problems == ()


@pytest.mark.parametrize(
    ("heading", "item", "topic"),
    [
        ("2.1.2", "2.1.2", "satisfaction"),
        ("2.1.2. Satisfaction", "2.1.2", "satisfaction"),
        ("Item 2.1.2: Victim satisfaction", "2.1.2", "satisfaction"),
        ("SATISFACTION", "2.1.2", "satisfaction"),
        ("outcome 16", "2.1.5", "outcome-16"),
        ("Domestic abuse", "2.1.6", ""),
        ("2.1.6 Domestic Abuse (DA)", "2.1.6", ""),
        ("Hate satisfaction", "", "hate"),
    ],
)
def test_a_heading_finds_its_line_by_number_title_or_topic(tmp_path: Path, heading: str, item: str, topic: str) -> None:
    statements, _, problems = read(tmp_path, f"## {heading}\n\nFrom: DCC\n\nWords.\n")
    assert [(one.item, one.topic, one.author) for one in statements] == [(item, topic, "dcc")]
    assert problems == ()


def test_a_topic_below_a_line_stays_on_that_line(tmp_path: Path) -> None:
    statements, _, _ = read(tmp_path, "## Satisfaction\nFrom: CC\n\n### Hate crime satisfaction\nFrom: CC\n\nSmall numbers.\n")
    assert [(one.item, one.topic) for one in statements] == [("2.1.2", "hate")]


@pytest.mark.parametrize(
    ("line", "author", "asks"),
    [
        ("**PCC's questions**", "pcc", True),
        ("### Questions for the CC", "", True),
        ("### PCC questions:", "pcc", True),
        ("**Policy Officer\u2019s note:**", "officer", False),
        ("### Comment from the Chief Constable", "cc", False),
        ("### Force commentary", "Northshire Police", False),
        ("Robin Jay's note", "Robin Jay", False),
        ("Author: The Youth Panel", "The Youth Panel", False),
    ],
)
def test_a_line_says_whose_words_follow(tmp_path: Path, line: str, author: str, asks: bool) -> None:
    statements, questions, _ = read(tmp_path, f"## 2.1.2\n\n{line}\n\nWhy?\n")
    found = [one.asked_by for one in questions] if asks else [one.author for one in statements]
    assert found == [author]


def test_headings_that_are_nobody_s_are_kept_as_words(tmp_path: Path) -> None:
    statements, _, problems = read(tmp_path, "## 2.1.2\nFrom: DCC\n\nA.\n\n### Survey notes\n\nB.\n")
    assert [(block.kind, block.text) for block in statements[0].blocks] == [
        (BlockKind.PARAGRAPH, "A."),
        (BlockKind.HEADING, "Survey notes"),
        (BlockKind.PARAGRAPH, "B."),
    ]
    assert problems == ()


def test_the_voice_and_the_audience_end_with_the_line(tmp_path: Path) -> None:
    text = "## 2.1.1\nFrom: DCC\nAudience: public\n\nA.\n\n## 2.1.2\n\nB.\n"
    statements, _, problems = read(tmp_path, text)
    assert [(one.author, one.audience) for one in statements] == [("dcc", Audience.PUBLIC), ("", Audience.OFFICE)]
    assert [(one.kind, one.weight) for one in problems] == [("author-unknown", Weight.NOTE)]


def test_lines_at_the_top_of_the_file_hold_for_all_of_it(tmp_path: Path) -> None:
    text = "From: DCC\nAudience: force\n\n## 2.1.1\n\nA.\n\n## 2.1.2\n\nB.\n"
    statements, _, problems = read(tmp_path, text)
    assert [(one.author, one.audience) for one in statements] == [("dcc", Audience.FORCE)] * 2
    assert problems == ()


def test_an_unknown_audience_never_widens(tmp_path: Path) -> None:
    statements, _, problems = read(tmp_path, "## 2.1.1\nFrom: DCC\nAudience: everyone\n\nA.\n")
    assert statements[0].audience is Audience.OFFICE
    assert [one.kind for one in problems] == ["audience-unknown"]


def test_words_that_belong_nowhere_are_kept_and_said(tmp_path: Path) -> None:
    statements, _, problems = read(tmp_path, "From: CC\n\nOn the whole.\n\n## Outcome sixteen\n\nA.\n\nB.\n")
    assert [(one.item, one.topic, words(one)) for one in statements] == [("", "", ["On the whole."]), ("", "", ["A.", "B."])]
    assert [(one.kind, one.source.cell) for one in problems] == [("words-unplaced", "line 3"), ("words-unplaced", "line 7")]
    assert 'If "Outcome 16" is meant' in problems[1].remedy


def test_a_number_and_a_title_that_differ_are_asked_about(tmp_path: Path) -> None:
    statements, _, problems = read(tmp_path, "## 2.1.1 Outcome 16\nFrom: CC\n\nA.\n")
    assert statements[0].item == "2.1.5"
    assert [one.kind for one in problems] == ["heading-doubtful"]


def test_several_files_and_word_documents_are_read_alike(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("2.1.2 Satisfaction", 2)
    document.add_paragraph().add_run("Commissioner's questions").bold = True
    document.add_paragraph("Why is it flat?", style="List Bullet")
    document.add_paragraph("From: DCC")
    document.add_paragraph("We are <working> & learning.")
    document.save(str(tmp_path / f"{MEETING}.force.docx"))
    (tmp_path / "2019-06-25-assurance.md").write_text("## 2.1.2\nAnother meeting's.")
    (tmp_path / "ideas.txt").write_text("?")
    statements, questions, problems = read(tmp_path, "## 2.1.1\nFrom: CC\n\nA.\n")
    assert [(one.item, one.author, words(one)) for one in statements] == [
        ("2.1.2", "dcc", ["We are <working> & learning."]),
        ("2.1.1", "cc", ["A."]),
    ]
    assert [(one.item, one.asked_by, one.words) for one in questions] == [("2.1.2", "pcc", "Why is it flat?")]
    assert questions[0].source.where == f"{tmp_path.name}/{MEETING}.force.docx, paragraph 3"
    assert [one.kind for one in problems] == ["notes-misnamed"]


def test_inserted_words_count_and_deleted_ones_do_not(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("2.1.2", 2)
    paragraph = document.add_paragraph("From: CC")
    paragraph = document.add_paragraph("Kept ")
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for change in (
        f'<w:ins {namespace} w:id="1" w:author="a"><w:r><w:t>inserted</w:t></w:r></w:ins>',
        f'<w:del {namespace} w:id="2" w:author="a"><w:r><w:delText>deleted</w:delText></w:r></w:del>',
    ):
        paragraph._p.append(parse_xml(change))
    document.save(str(tmp_path / f"{MEETING}.docx"))
    statements, _, _ = read_notes(tmp_path, MEETING, AGENDA, OFFICE)
    assert words(statements[0]) == ["Kept inserted"]


@pytest.mark.parametrize("data", [b"", b"not a document", b"PK\x03\x04"])
def test_a_document_that_is_none_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / f"{MEETING}.docx").write_bytes(data)
    assert [one.kind for one in read_notes(tmp_path, MEETING, AGENDA, OFFICE)[2]] == ["notes-unreadable"]


def test_the_example_s_notes_all_find_their_place() -> None:
    inputs = Path(__file__).parents[2] / "inputs"
    settings, _ = read_settings(inputs)
    assert settings is not None
    series = settings.office.series_of("assurance")
    assert series is not None
    statements, questions, problems = read_notes(inputs / "notes", MEETING, series.agenda, settings.office)
    assert problems == ()
    assert {"po", "dcc", "acc"} == {one.author for one in statements}
    assert {"pcc"} == {one.asked_by for one in questions}
    assert {"hate-satisfaction", "da-satisfaction"} < {one.topic for one in statements}
    assert all(one.item for one in statements)
    assert all(one.item for one in questions)


def test_the_guide_s_example_reads_as_it_says(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "notes.md").read_text(encoding="utf-8")
    example = "\n".join(line.removeprefix("    ") for line in guide.splitlines() if line.startswith("    ") or not line)
    statements, questions, problems = read(tmp_path, example)
    assert [(one.author, one.item, one.audience) for one in statements] == [
        ("officer", "2.1.2", Audience.OFFICE),
        ("dcc", "2.1.2", Audience.FORCE),
    ]
    assert [one.asked_by for one in questions] == ["pcc"]
    assert problems == ()


def test_a_folder_that_is_not_there_holds_no_words(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "notes", MEETING, AGENDA, OFFICE) == ((), (), ())


@given(st.text(st.characters(codec="utf-8", exclude_characters="*_\\\x00"), min_size=1, max_size=200))
def test_emphasis_is_all_that_is_ever_taken_away(text: str) -> None:
    assert without_emphasis(text) == text


@given(st.text(st.sampled_from("abc <&>\"'|`~[]().:;\t\n"), max_size=120))
@example("```a")
@example("|a\n|b|c")
def test_every_word_of_a_note_comes_out_again(text: str) -> None:
    passages = markdown_passages(text)
    found = " ".join(passage.text + " ".join(cell for row in passage.rows for cell in row) for passage in passages)
    assert [one for one in found if one in "abc"] == [one for one in text if one in "abc"]


def test_arithmetic_is_not_emphasis() -> None:
    assert without_emphasis("2*3*4 and a_b_c and **yes** and *so*") == "2*3*4 and a_b_c and yes and so"


def _own_words(test: object) -> str:
    """The test's docstring is its input."""
    lines = (test.__doc__ or "").splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines)


TYPED = """## 2.1.2 Satisfaction
### Officer's note

| Area | Before |
|------|-------:|
| North \\| South | 10 |

- one
  - two
    - three
- four

See [the plan](https://force.example/plan)[^1].

![A chart](chart.png)
"""


def test_tables_lists_and_links_keep_their_form(tmp_path: Path) -> None:
    statements, _, problems = read(tmp_path, TYPED)
    table, *entries, linked, picture = statements[0].blocks
    assert table.rows == (("Area", "Before"), ("North | South", "10"))
    assert [(one.text, one.depth) for one in entries] == [("one", 0), ("two", 1), ("three", 2), ("four", 0)]
    assert linked.text == "See the plan (https://force.example/plan)¹."
    assert linked.marked == ((4, "the plan (https://force.example/plan)", "https://force.example/plan"),)
    assert picture.text == "[picture: A chart]"
    assert [one.source.cell for one in problems if "pictures, which are not taken" in one.found] == ["line 15"]


def test_a_word_document_keeps_them_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("2.1.2 Satisfaction", 2)
    document.add_heading("Officer's note", 3)
    table = document.add_table(2, 2)
    for cell, words_in in zip((cell for row in table.rows for cell in row.cells), ("Area", "Now", "North", "20"), strict=True):
        cell.text = words_in
    for style in ("List Bullet", "List Bullet 2", "List Bullet 3"):
        document.add_paragraph(style.lower(), style)
    document.save(str(tmp_path / f"{MEETING}.docx"))
    blocks = read_notes(tmp_path, MEETING, AGENDA, OFFICE)[0][0].blocks
    assert blocks[0].rows == (("Area", "Now"), ("North", "20"))
    assert [(one.kind, one.depth) for one in blocks[1:]] == [(BlockKind.BULLET, 0), (BlockKind.BULLET, 1), (BlockKind.BULLET, 2)]


def test_emphasis_and_links_are_marked_where_they_stand(tmp_path: Path) -> None:
    typed = "A plan is a *plan*, **more** or 2*3*4 [less](mailto:a@b.example), __said twice__; [^a] and [^12]"
    (block,) = read(tmp_path, f"## 2.1.2 Satisfaction\n### Officer's note\n\n{typed}\n")[0][0].blocks
    assert block.text == "A plan is a plan, more or 2*3*4 less (mailto:a@b.example), said twice; [note a] and ¹²"
    assert [part for _, part, _ in block.marked] == ["plan", "more", "less (mailto:a@b.example)", "said twice"]
    assert [block.text[first:].startswith(part) for first, part, _ in block.marked] == [True] * 4
    assert [kind for *_, kind in block.marked] == ["em", "strong", "mailto:a@b.example", "strong"]


def test_a_word_document_marks_bold_words_and_links(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("2.1.2 Satisfaction", 2)
    document.add_heading("Officer's note", 3)
    paragraph = document.add_paragraph("Plain and ")
    paragraph.add_run("bold ").bold = True
    paragraph.add_run("words, see ")
    address = "https://force.example/plan"
    reference = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), reference)
    link.append(paragraph.add_run("the plan")._r)
    paragraph._p.append(link)
    document.save(str(tmp_path / f"{MEETING}.docx"))
    (block,) = read_notes(tmp_path, MEETING, AGENDA, OFFICE)[0][0].blocks
    assert block.text == f"Plain and bold words, see the plan ({address})"
    assert block.marked == ((10, "bold", "strong"), (26, f"the plan ({address})", address))


def test_a_table_of_questions_is_asked_with_all_its_words(tmp_path: Path) -> None:
    _, questions, _ = read(tmp_path, "## 2.1.2 Satisfaction\n### PCC's questions\n\n| Who | What |\n|---|---|\n| CC | Why? |\n")
    assert [one.words for one in questions] == ["Who | What; CC | Why?"]
