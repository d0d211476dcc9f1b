"""Word and Markdown documents to type in: real headings and tables, a language, no layout by spaces."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.model.minutes_form import FormItem, FormMatter, MinutesForm

if TYPE_CHECKING:
    from docx.document import Document

_BOX = "\u2610"
_HELP = (
    "Type under each heading as you wish. Begin a line with the word Action, Decision or Commitment and a colon to mark one; leave those "
    "that are not needed empty. Tick a box by typing x over it."
)
_ATTENDANCE = ("Name", "Post", "Present or apologies")
_ATTENDANCE_WIDTHS = (55, 75, 40)
_ACTIONS = ("Ref", "Action", "Owner", "Due", "Update")
_ACTIONS_WIDTHS = (22, 66, 23, 29, 30)
"""Millimetres, of the 170 between the margins of an A4 page."""
_SLOTS = ("Action:", "Decision:", "Commitment:")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - Word's properties have no zone, and one form gives the same bytes twice


def render_minutes_docx(form: MinutesForm, language: str) -> bytes:
    """The form as a Word document."""
    import docx

    document = docx.Document()
    _prepare(document, form, language)
    document.add_heading(_clean(form.title), level=0)
    for label, value in form.fields:
        _labelled(document, label, value)
    document.add_paragraph(_HELP, style="Intense Quote")
    document.add_heading("Attendance", level=1)
    _table(document, _ATTENDANCE, _ATTENDANCE_WIDTHS, [(one.name, one.post, "") for one in form.people] + [("", "", "")] * 2)
    if form.matters:
        document.add_heading("Matters brought forward", level=1)
        for matter in form.matters:
            _matter(document, matter, form.outcomes)
    if form.actions:
        document.add_heading("Open actions", level=1)
        _table(document, _ACTIONS, _ACTIONS_WIDTHS, [(one.ref, one.words, one.owner, one.due, "") for one in form.actions])
    for item in form.items:
        _item(document, item, form)
    if not any(item.coming for item in form.items):
        document.add_heading("Next meeting", level=1)
        _coming(document, form)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: "Document", form: MinutesForm, language: str) -> None:
    """Properties, language, an A4 page, a readable size, and the marking in the running header."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    properties = document.core_properties
    properties.title, properties.author, properties.language = _clean(form.title), "", language
    properties.created = properties.modified = _FIXED
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(tongue)
    if form.marking:
        document.sections[0].header.paragraphs[0].text = _clean(form.marking)


def _labelled(document: "Document", label: str, value: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}:").bold = True
    paragraph.add_run(f" {_clean(value)}" if value else " ")


def _table(document: "Document", heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    """A table whose first row is a heading, repeated on every page; a row stays on one page. Readers other than Word go by the columns' widths."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(text)
    for line in table.rows:
        line._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)
    document.add_paragraph()


def _matter(document: "Document", matter: FormMatter, outcomes: Sequence[str]) -> None:
    document.add_heading(_clean(_matter_title(matter)), level=2)
    if matter.words:
        document.add_paragraph(_clean(matter.words))
    document.add_paragraph(_outcome_line(outcomes))
    document.add_paragraph()


def _matter_title(matter: FormMatter) -> str:
    return f"{matter.number} {matter.title} ({matter.origin})".strip()


def _outcome_line(outcomes: Sequence[str]) -> str:
    return f"Outcome: {'   '.join(f'{_BOX} {outcome}' for outcome in outcomes)}"


def _coming(document: "Document", form: MinutesForm) -> None:
    for label, value in form.coming:
        _labelled(document, label, value)


def _item(document: "Document", item: FormItem, form: MinutesForm) -> None:
    document.add_heading(f"{item.number} {_clean(item.title)}", level=min(item.depth, 4))
    for matter in item.matters:
        _matter(document, matter, form.outcomes)
    for question in item.questions:
        document.add_paragraph(f"Question: {_clean(question)}")
        document.add_paragraph("Answer: ")
    if item.coming:
        _coming(document, form)
    if item.leaf:
        document.add_paragraph()
        for slot in _SLOTS:
            document.add_paragraph(f"{slot} ")


def render_minutes_markdown(form: MinutesForm) -> bytes:
    """The same form as Markdown."""
    lines = [f"# {_line(form.title)}", ""]
    coming = [f"{label}: {_line(value)}\n" for label, value in form.coming]
    lines += [f"{label}: {_line(value)}\n" for label, value in form.fields]
    lines += [f"> {_HELP}", "", "## Attendance", ""]
    lines += _pipes(_ATTENDANCE, [(one.name, one.post, "") for one in form.people])
    if form.matters:
        lines += ["## Matters brought forward", ""]
        lines += [text for matter in form.matters for text in _matter_lines(matter, form.outcomes)]
    if form.actions:
        lines += ["## Open actions", ""]
        lines += _pipes(_ACTIONS, [(one.ref, one.words, one.owner, one.due, "") for one in form.actions])
    for item in form.items:
        lines += [f"{'#' * min(item.depth + 1, 6)} {item.number} {_line(item.title)}", ""]
        lines += [text for matter in item.matters for text in _matter_lines(matter, form.outcomes)]
        lines += [text for question in item.questions for text in (f"Question: {_line(question)}", "", "Answer:", "")]
        lines += [text for slot in _SLOTS for text in (slot, "")] if item.leaf else []
        lines += coming if item.coming else []
    if not any(item.coming for item in form.items):
        lines += ["## Next meeting", "", *coming]
    return ("\n".join(line.rstrip(" ") for line in lines).rstrip("\n") + "\n").encode()


def _matter_lines(matter: FormMatter, outcomes: Sequence[str]) -> list[str]:
    return [
        f"### {_line(_matter_title(matter))}",
        "",
        *([_line(matter.words), ""] if matter.words else []),
        _outcome_line(outcomes),
        "",
    ]


def _pipes(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[_line(text).replace("|", "/") for text in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *cells)] + [""]


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Words that a document can hold: no control characters."""
    return _CONTROL.sub("", text)
