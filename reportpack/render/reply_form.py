"""A reply form as a workbook: everything is locked but the cells that are to be filled in, and nothing is hidden."""

from reportpack.model.commission import ReplyForm
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading
from reportpack.render.sheet import SheetColumn, SheetTable, workbook_bytes

SHEET = "reply form"
_COLUMNS = (
    SheetColumn(Heading.MEETING, 26),
    SheetColumn("Post", 20),
    SheetColumn(Heading.REFERENCE, 12),
    SheetColumn(Heading.ACTION, 60),
    SheetColumn(Heading.DUE, 24),
    SheetColumn(Heading.UPDATE, 50, open=True),
    SheetColumn("Complete?", 12, choices=("yes", "no"), open=True),
    SheetColumn(Heading.EVIDENCE, 40, open=True),
)


def reply_form_bytes(form: ReplyForm) -> bytes:
    """The xlsx file; the same form gives the same bytes."""
    to = f" to {form.reply_to}" if form.reply_to else ""
    title = (
        f"{form.marking + ': ' if form.marking else ''}{form.post}, {form.meeting}",
        form.identity,
        f"Please fill in Update, Complete? and Evidence, and send the form back{to}. As at {long_date(form.on)}.",
    )
    rows = tuple((form.meeting, form.post, one.ref, one.words, one.due, "", "", "") for one in form.actions)
    return workbook_bytes((SheetTable(SHEET, _COLUMNS, rows, title),), form.on, protected=True)
