"""Meetings whose decisions fall by chance and are written in forms that fall by chance: what is printed says what a book that is kept here says."""

import re
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from reportpack.model.period import long_date
from reportpack.render.element import block_lines
from reportpack.render.page_source import parse_page_source
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.room import new_minutes
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack

ROOT = Path(__file__).parents[2]
DAYS = (date(2019, 7, 30), date(2019, 9, 24), date(2019, 11, 26), date(2020, 1, 28))
CARRY = (
    "Outcome: ☐ closed   ☒ carried to another meeting: {when}   ☐ superseded by an action   ☐ not reached",
    "Outcome: carried to {when}",
    "It was agreed that this item be carried forward to the {when} meeting.",
    "Deferred to the {when} meeting.",
    "The PCC agreed to bring this back in {when}.",
    *(
        "Outcome: {when}",
        "Outcome: back in {when}",
        "Outcome: Keep on the list for {when}",
        "Outcome: Not reached \u2013 take in {when}",
    ),
    *(
        "Outcome: Carried: {when}",
        "Outcome: Review in {when}",
        "Outcome: To return {when}, survey late",
        "Outcome: Remitted to {when}",
    ),
)
CLOSE = (
    "Outcome: ☒ closed   ☐ carried to another meeting   ☐ superseded by an action   ☐ not reached",
    "Outcome: Closed",
    "The item was closed.",
    "Content to close.",
    "Superseded by 1/2019.",
    *(
        "Outcome: All done",
        "Outcome: lapsed",
        "Outcome: Resolved",
        "Outcome: Agreed, closed",
        "Outcome: No longer required",
        "Outcome: NFA",
    ),
    *(
        "Outcome: PCC content - can be closed.",
        "Outcome: Happy to sign this off",
        "Outcome: Discharged",
        "Outcome: take off the list",
    ),
)
REDATE = (
    "Re-dated to {when}: the audit is late",
    "New date {when}",
    "Put back to {when}, staff are away",
    "deferred to {when}",
    "{when}",
    "by {when}",
    "Delayed - now {when}",
)
DONE = (
    "Complete",
    "done",
    "☒",
    "Received, close",
    "Report sent. Completed",
    "100%",
    "\u2705",
    "NFA",
    "Recommend closure",
    "finalised",
)
NEWS = (
    "Two visits made",
    "ongoing",
    "c/f",
    "In progress: one of three is in hand",
    "part complete",
    "90% complete",
    "With DCC",
    "Not yet started",
)


@dataclass
class Book:
    """What was decided, as somebody would keep it by hand."""

    office: Path
    chance: Random
    matters: dict[str, str] = field(default_factory=lambda: {"M1/2019": "July 2019", "M2/2019": "July 2019"})
    actions: dict[str, tuple[str, str]] = field(
        default_factory=lambda: dict.fromkeys(("1/2019", "2/2019", "3/2019"), ("open", "30 June 2019"))
    )
    over: dict[str, str] = field(default_factory=dict)
    news: dict[str, str] = field(default_factory=dict)
    """By reference, what the annex of the last meeting is to say of an action."""

    @property
    def folders(self) -> Folders:
        return Folders(self.office / "inputs", self.office / "build")

    def begin(self) -> None:
        for day in DAYS:
            meeting = self.office / "inputs" / "meetings" / f"{day.isoformat()}-assurance.toml"
            meeting.write_text('agenda = [{ number = "1", title = "Items brought forward" }]\n', "utf-8")
        path = self.office / "inputs" / "register.xlsx"
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            sheet.delete_rows(2, sheet.max_row)
        for ref, due in self.matters.items():
            write(
                book["Matters"],
                {"Reference": ref, "Title": f"Topic {ref[1]}", "Words": f"Look again at topic {ref[1]}.", "Due at meeting": due},
            )
        for ref, (state, due) in self.actions.items():
            write(
                book["Actions"],
                {"Reference": ref, "Action": f"The CC to do thing {ref[0]}.", "Owner": "CC", "Due": due, "State": state},
            )
        book.save(path)

    def hold(self, number: int, day: date) -> str:
        """Fill the program's own form with what this meeting decides, and issue it; gives the annex as it is printed."""
        name = f"{day.isoformat()}-assurance"
        self.news = {}
        path, _ = new_minutes(self.folders, name, day, markdown=True)
        text = path.read_text("utf-8")
        self.is_the_form(text, day)
        for ref, due in list(self.matters.items()):
            if due == f"{day:%B %Y}":
                text = self.decide_matter(ref, text, number)
        for ref in list(self.actions):
            text = self.decide_action(ref, text, number)
        path.write_text(text, "utf-8")
        after = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
        issue_annex(self.folders, AnnexOrder(name, None, after, day), print)
        return printed(self.office / "build" / name / "annex.pdf")

    def decide_matter(self, ref: str, text: str, number: int) -> str:
        when = f"{self.chance.choice(DAYS[number + 1 :]):%B %Y}"
        carried = self.chance.random() < 0.7
        said = self.chance.choice(CARRY if carried else CLOSE).format(when=when)
        if carried:
            self.matters[ref] = when
        else:
            self.over[ref] = self.matters.pop(ref)
        return re.sub(rf"(Look again at topic {ref[1]}\.\n\n)Outcome: .*", lambda found: f"{found[1]}{said}", text)

    def decide_action(self, ref: str, text: str, number: int) -> str:
        state, due = self.actions[ref]
        kind = self.chance.choice(("redate", "done", "news", "end", "nothing", "accept"))
        when = long_date(DAYS[number + 1])
        typed = ""
        if kind == "redate" and due != when:
            typed, state, due = self.chance.choice(REDATE).format(when=when), "open", when
        elif kind == "done":
            typed, state = self.chance.choice(DONE), "proposed complete"
        elif kind == "accept":
            typed, state = "Complete and accepted", "accepted"
        elif kind == "news":
            typed = self.chance.choice(NEWS)
        elif kind == "end":
            typed, state = self.chance.choice(
                (
                    ("Superseded", "superseded"),
                    ("Withdrawn", "withdrawn"),
                    ("Duplicate", "superseded"),
                    ("stood down", "withdrawn"),
                )
            )
        self.actions[ref] = (state, due)
        if kind not in ("news", "nothing") and typed:
            said = "Reported done" if state == "proposed complete" else state.capitalize()
            self.news[ref] = f"Still open, due now: {due}" if state == "open" else said
        if state in ("superseded", "withdrawn", "accepted"):
            self.over[ref] = state
            del self.actions[ref]
        if kind in ("redate", "end", "accept") and typed and self.chance.random() < 0.4:
            return text.replace("\nAction:", f"\n{ref}: {typed}\n\nAction:", 1)
        return re.sub(rf"(?m)^(\| {ref} \|.*\|)  \|$", lambda found: f"{found[1]} {typed} |", text)

    def is_the_form(self, text: str, day: date) -> None:
        """The next form asks about what the book has open, and nothing else."""
        rows = dict(re.findall(r"(?m)^\| (\d/2019) \|.*\| ([^|]*) \|  \|$", text))
        assert rows == {ref: due for ref, (_, due) in self.actions.items()}
        asked = set(re.findall(r"Look again at topic (\d)", text))
        assert asked == {ref[1] for ref, due in self.matters.items() if due == f"{day:%B %Y}"}

    def is_the_workbook(self) -> None:
        book = openpyxl.load_workbook(self.office / "inputs" / "register.xlsx")
        actions = {row["Reference"]: row for row in rows_of(book["Actions"])}
        assert {ref: (row["State"], day_of(row["Due"])) for ref, row in actions.items() if ref not in self.over} == self.actions
        assert {ref: row["State"] for ref, row in actions.items() if ref in self.over} == {
            ref: state for ref, state in self.over.items() if not ref.startswith("M")
        }
        matters = {row["Reference"]: row for row in rows_of(book["Matters"])}
        assert {ref: row["Due at meeting"] for ref, row in matters.items() if ref not in self.over} == self.matters
        assert all(matters[ref]["State"] == "discharged" for ref in self.over if ref.startswith("M"))

    def is_the_annex(self, annex: str, before: dict[str, str]) -> None:
        returns = annex[annex.index("What comes back when") :]
        moved = {ref for ref, due in self.matters.items() if before.get(ref) != due}
        assert {ref for ref in ("M1/2019", "M2/2019") if ref in returns} == moved
        assert "No actions arose" in annex
        earlier = annex[annex.index("No actions arose") : annex.index("Commitments recorded")]
        for ref, said in self.news.items():
            assert re.search(rf"{ref}: [^.]*thing {ref[0]}\.[^.]*{said}", earlier), (ref, said, earlier)

    def is_the_pack(self, day: date) -> None:
        """The next meeting's pack, as it is printed: what is due there, what is open and until when, what comes back later."""
        name = f"{day.isoformat()}-assurance"
        before = day - timedelta(days=7)
        build_pack(self.folders, Order(name, None, None, datetime(*before.timetuple()[:3], 9, tzinfo=UTC), before), print)
        pack = parse_page_source((self.office / "build" / name / "briefing-pack.page-source.html").read_text("utf-8"), name)
        words = {section.get("id"): " ".join(block_lines(section)).replace("\xa0", " ") for section in pack.sections}
        outstanding, actions, forward = (words.get(one, "") for one in ("matters", "actions", "forward"))
        due = {ref for ref, when in self.matters.items() if when == f"{day:%B %Y}"}
        assert set(re.findall(r"(M\d/2019) Topic", outstanding)) == due
        assert set(re.findall(r"Matter (M\d/2019)", forward)) == set(self.matters) - due
        told = dict(re.findall(r"(\d/2019) .The CC to do thing \d\.. (?:Overdue: was due|Due) (\d+ \w+ \d{4})", actions))
        assert told == {ref: when for ref, (_, when) in self.actions.items()}
        proposed = set(re.findall(r"(\d/2019) [^/]*?Proposed complete", actions))
        assert proposed == {ref for ref, (state, _) in self.actions.items() if state == "proposed complete"}


def printed(pdf: Path) -> str:
    """The words of a PDF, in the order of its pages."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).replace("\xa0", " ").split())


def write(sheet: Worksheet, words: dict[str, str]) -> None:
    columns = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    row = sheet.max_row + 1
    for heading, value in words.items():
        sheet.cell(row, columns[heading]).value = value


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    heads = [str(cell.value) for cell in sheet[1]]
    rows: list[dict[str, object]] = [
        dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)
    ]
    return [row for row in rows if row["Reference"]]


def day_of(value: object) -> str:
    return long_date(value.date()) if isinstance(value, datetime) else str(value)


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(st.randoms(use_true_random=False))
def test_annex_workbook_next_form_and_next_pack_say_what_was_decided(chance: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder)
        shutil.copytree(
            ROOT / "inputs",
            office / "inputs",
            ignore=shutil.ignore_patterns("memory", "performance", "2019-*", "2018-*", "minutes"),
        )
        (office / "inputs" / "minutes").mkdir()
        book = Book(office, chance)
        book.begin()
        for number, day in enumerate(DAYS[:-1]):
            before = dict(book.matters)
            annex = book.hold(number, day)
            book.is_the_annex(annex, before)
            book.is_the_workbook()
            book.is_the_pack(DAYS[number + 1])
