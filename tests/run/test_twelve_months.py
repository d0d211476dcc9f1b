"""Twelve months of an office that nobody chose: each meeting decides by chance, and what it decides is written down by chance, in the notes, in the form,
in signs, in a copy that comes back, by a command, in Excel or in a letter. A book kept here says what was decided; the annex, the workbook and the pack
that are printed say the same.

`python -m tests.run.test_twelve_months 7 8 9` drives the years of those seeds.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.model.correction import CorrectionKind
from reportpack.model.period import add_months, long_date
from reportpack.run.due.inbox import accept_reply, list_inbox
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.room import new_minutes
from reportpack.run.minutes.settling import Settling, settle_corrections, take_returned
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register import rows as register
from reportpack.run.steps.recording import Change
from tests.run.test_lives_printed import day_of, printed, rows_of, write
from tests.word_copies import WordCopy

ROOT = Path(__file__).parents[2]
DONE, OPEN, ACCEPTED = "proposed complete", "open", "accepted"
LIVE = (OPEN, DONE, "carried forward")
TYPED = {"Complete": DONE, "done": DONE, "☒": DONE, "Withdrawn": "withdrawn", "cancelled": "withdrawn"}
"""What people type into a cell stays as they typed it."""
LETTER = "From: Staff officer <cc.staff@force.example>\nSubject: Action {ref}\nDate: {sent}\n\n{ref}: {words}\n"
CARRIED = (
    "Outcome: ☐ closed   ☒ carried to another meeting: {month}   ☐ superseded by an action   ☐ not reached",
    "Outcome: ☐ closed   x carried to another meeting ({month} {year})   ☐ superseded by an action   ☐ not reached",
    "Outcome: carried to {month} {year}",
    "It was agreed that this be carried forward to the {month} meeting.",
    "c/f {short}",
    "Put back to {month}, the survey is late.",
    "The PCC agreed to bring this back in {month}.",
    "=carry {short}",
    *("Outcome: rolled to {short}", "Outcome: Keep on the list for {month}", "Outcome: back in {short}", "Outcome: {month}"),
    *("Outcome: Not reached - take in {short}", "Outcome: leave on for {month}", "Outcome: Remitted to the {month} meeting"),
    *("Outcome: Review in {month} {year}", "Outcome: To come back in {month}.", "Outcome: Bring back {short} with the audit"),
    *("Outcome: stood over until {month}", "Outcome: {short} mtg", "Outcome: Discussed; to return {month}."),
)
CLOSED = (
    "Outcome: x closed   ☐ carried to another meeting   ☐ superseded by an action   ☐ not reached",
    "Outcome: closed",
    "The item was closed.",
    "Moved to close.",
    "No longer required.",
    "Superseded by {other}.",
    "Outcome: ☐ closed   ☐ carried to another meeting   ☒ superseded by an action: {other}   ☐ not reached",
    "=closed",
    *("Outcome: Noted and closed.", "Outcome: PCC satisfied, close.", "Outcome: PCC content - can be closed.", "Outcome: lapsed"),
    *("Outcome: Happy to sign this off", "Outcome: take off the list", "Outcome: All done", "Outcome: not needed any more"),
    *("Outcome: Closed (report circulated)", "Outcome: Becomes an action ({other})", "Outcome: Closed after discussion"),
)
MISSED = (
    "Outcome: ☐ closed   ☐ carried to another meeting   ☐ superseded by an action   ☒ not reached",
    "Time did not allow.",
    "",
)
CARRIED_BY_NAME = ("It was agreed that {ref} be carried forward to the {month} meeting.", "{ref}: c/f to the {month} meeting")
CLOSED_BY_NAME = ("It was agreed that {ref} be closed.", "{ref}: moved to close")
ACTIONS = {
    "later": (
        "Re-dated to {day}: the audit is late",
        "New deadline {day}",
        "Put back to {day}, staff are away",
        "extended to {day}",
        *("by {day}", "due {day}", "{day}", "Delayed - now {day}", "not complete; new date {day}", "Extension to {day} agreed"),
    ),
    "month": ("c/f {short}", "Deferred to the {month} meeting", "Slipped to {month}"),
    DONE: (
        "Complete",
        "done",
        "☒",
        "x",
        "Report sent, close",
        "Signed off",
        "Nothing further required",
        "100%",
        "\u2705",
        "finalised",
        "Done 3/7",
    ),
    ACCEPTED: ("Complete and accepted", "accepted", "Accepted as complete", "PCC accepted this as done"),
    "withdrawn": ("Withdrawn", "No longer required", "cancelled", "no longer needed", "stood down", "agreed to drop", "Lapsed"),
    "superseded": (
        "Superseded by {other}",
        "Now covered by {other}",
        "Merged with {other}",
        "Now part of {other}",
        "Duplicate of {other}",
    ),
    "news": (
        "Two of three visits made",
        "In progress: the draft is with the auditor",
        "Waiting for the region",
        "part complete",
        "90% complete",
        "two of three complete",
    ),
    "nothing": ("", "ongoing", "c/f", "-"),
}
LINES = ("{ref}: {said}", "Action {ref}: {said}.", "On {ref}, it was reported: {said}.", "| {ref} | {words} | {said} |")
NEW = (
    "Action: CC to count the lamps of street {number} by {day}.",
    "ACTION - CC to count the lamps of street {number} by {day}.",
    "/a cc count the lamps of street {number} {slash}",
    "ACTION: CC to count the lamps of street {number}, by {day}",
)
BACK = (
    "Action: The lamps of street {number} to be brought back to the {month} meeting.",
    "Action: The plan for street {number} to come back to the {month} meeting.",
)


@dataclass
class Year:
    """The office that is driven, and the book of what was decided: matters and actions by reference, with their state and when they are due."""

    office: Path
    chance: Random
    matters: dict[str, tuple[str, str]] = field(default_factory=dict)
    actions: dict[str, tuple[str, str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    lamps: int = 0
    said: list[str] = field(default_factory=list)
    """How each thing was decided, for whoever looks at a year that fails."""

    @property
    def folders(self) -> Folders:
        return Folders(self.office / "inputs", self.office / "build")

    @property
    def days(self) -> list[date]:
        firsts = (add_months(date(2019, 8, 1), number) - timedelta(days=1) for number in range(14))
        return [last - timedelta(days=(last.weekday() - 1) % 7) for last in firsts]

    def begin(self) -> None:
        left_out = ("memory", "performance", "minutes", "2019-*", "2018-*")
        shutil.copytree(ROOT / "inputs", self.office / "inputs", ignore=shutil.ignore_patterns(*left_out))
        for name in ("minutes", "inbox"):
            (self.office / "inputs" / name).mkdir(exist_ok=True)
        for day in self.days:
            agenda = '{ number = "1", title = "Items brought forward" }, { number = "2", title = "Street lamps" }'
            (self.folders.inputs / "meetings" / f"{day}-assurance.toml").write_text(f"agenda = [{agenda}]\n", "utf-8")
        settings = self.folders.inputs / "office.toml"
        reply = '\n[[recipient]]\npost = "cc"\nemail = "cc.staff@force.example"\nedition = "force"\ngets = ["reply form"]\n'
        settings.write_text(settings.read_text("utf-8") + reply, "utf-8")
        for number in range(1, 5):
            self.matters[f"M{number}/2019"] = ("carried forward", "July 2019")
            self.actions[f"{number}/2019"] = (OPEN, "30 June 2019")

        def fill(book: openpyxl.Workbook) -> None:
            for sheet in book.worksheets:
                sheet.delete_rows(2, sheet.max_row)
            for ref, (state, due) in self.matters.items():
                self.words[ref] = f"Look again at topic {ref[1]}."
                row = {"Reference": ref, "Title": f"Topic {ref[1]}", "Words": self.words[ref], "Due at meeting": due}
                write(book["Matters"], {**row, "State": state})
            for ref, (state, due) in self.actions.items():
                self.words[ref] = f"The CC to do thing {ref[0]}."
                row = {"Reference": ref, "Action": self.words[ref], "Owner": "CC", "Due": due, "State": state}
                write(book["Actions"], row)

        self.in_excel(fill)

    def in_excel(self, edit: Callable[[openpyxl.Workbook], None]) -> None:
        book = openpyxl.load_workbook(self.folders.inputs / "register.xlsx")
        edit(book)
        book.save(self.folders.inputs / "register.xlsx")

    def hold(self, number: int) -> None:
        """One meeting: its form filled in and issued, then what people do after it; and what is printed then."""
        day = self.days[number]
        name, month = f"{day}-assurance", f"{day:%B %Y}"
        path, _ = new_minutes(self.folders, name, day, markdown=self.chance.random() < 0.7)
        form = Form(path)
        before = dict(self.matters)
        later: list[Callable[[datetime], object]] = []
        for ref in [ref for ref, (state, due) in self.matters.items() if due == month and state != "discharged"]:
            self.decide_matter(ref, number, form, later)
        for ref in [ref for ref, (state, _) in self.actions.items() if state in (OPEN, DONE)]:
            self.decide_action(ref, number, form, later)
        new = [self.ask(number, form) for _ in range(self.chance.choice((0, 1, 1, 2)))]
        form.save()
        after = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
        order = AnnexOrder(name, None, after, day)
        issue_annex(self.folders, order, lambda _: None)
        annex = printed(self.office / "build" / name / "annex.pdf")
        self.is_the_annex(annex, before, new)
        if new and self.chance.random() < 0.5:
            self.send_back(order, new[0])
        for number_of, deed in enumerate(later, 1):
            deed(after + timedelta(days=1, minutes=number_of))
        self.is_the_workbook(day)
        if number % 3 == 2:
            self.is_the_pack(self.days[number + 1])

    def decide_matter(self, ref: str, number: int, form: "Form", later: list[Callable[[datetime], object]]) -> None:
        when = self.chance.choice(self.days[number + 1 :][:5])
        named = self.named(when, ref)
        kind, door = self.chance.choice(("carry", "carry", "close", "miss")), self.chance.random()
        if kind == "carry":
            self.matters[ref] = ("carried forward", f"{when:%B %Y}")
            if door < 0.7:
                form.outcome(self.words[ref], self.pick(CARRIED, named))
            elif door < 0.85:
                form.add(self.pick(CARRIED_BY_NAME, named))
            else:
                later.append(self.carry(ref, f"{when:%B %Y}"))
        elif kind == "close":
            self.matters[ref] = ("discharged", "")
            if door < 0.7:
                form.outcome(self.words[ref], self.pick(CLOSED, named))
            elif door < 0.85:
                form.add(self.pick(CLOSED_BY_NAME, named))
            else:
                later.append(lambda now: register.close_row(self.folders, ref, "Seen by the PCC", "Closed", Change(now)))
        else:
            form.outcome(self.words[ref], self.pick(MISSED, named))
            self.matters[ref] = ("carried forward", f"{self.days[number + 1]:%B %Y}")
            later.append(self.carry(ref, f"{self.days[number + 1]:%B %Y}"))

    def carry(self, ref: str, to: str) -> Callable[[datetime], object]:
        """After the meeting: by a command, or in Excel."""
        if self.chance.random() < 0.5:
            self.said.append(f"{ref} carried by command to {to}")
            return lambda now: register.carry(self.folders, ref, to, "", Change(now, why="The survey is late"))
        self.said.append(f"{ref} carried in Excel to {to}")
        return lambda _: self.in_excel(lambda book: put(book["Matters"], ref, {"Due at meeting": to}))

    def decide_action(self, ref: str, number: int, form: "Form", later: list[Callable[[datetime], object]]) -> None:
        state, due = self.actions[ref]
        kinds = ["nothing", "nothing", "news", "later", "month", DONE, DONE, "withdrawn", "superseded"]
        kind = self.chance.choice([*kinds, *([ACCEPTED] * 8 if state == DONE else [ACCEPTED])])
        when = self.chance.choice(self.days[number + 1 :][:4]) - timedelta(days=number % 4)
        named, door = self.named(when, ref), self.chance.random()
        if kind in ("later", "month") and door < 0.75:
            self.actions[ref] = (OPEN, long_date(when) if kind == "later" else f"{when:%B %Y}")
        elif kind in ("later", "month"):
            kind, self.actions[ref] = "moved", (state, long_date(when))
        elif kind not in ("nothing", "news"):
            self.actions[ref] = (kind, due)
        if kind == "moved" or (kind in (DONE, ACCEPTED, "withdrawn") and door > 0.75 and (kind, state) != (ACCEPTED, OPEN)):
            later.append(self.afterwards(ref, kind, state, long_date(when), self.days[number]))
        elif kind in ACTIONS:
            said = self.pick(ACTIONS[kind], named)
            if door < 0.45 or not re.search("[A-Za-z]{4}", said) or kind == "nothing":
                form.update(ref, said)
            else:
                line = self.chance.choice(LINES[: 3 if form.word else 4]).format(ref=ref, said=said, words=self.words[ref])
                form.add(line)
                self.said.append(f"    as: {line}")

    def afterwards(self, ref: str, kind: str, state: str, when: str, day: date) -> Callable[[datetime], object]:
        """What is settled between the meetings: by a command, in a cell, in a letter."""
        door = self.chance.choice(("command", "Excel", "letter") if (kind, state) == (DONE, OPEN) else ("command", "Excel"))
        self.said.append(f"{ref} {kind} ({state}) by {door}")
        if door == "letter":
            return lambda now: self.letter(ref, now)
        cells = {"Due": when} if kind == "moved" else {"State": kind}
        if door == "Excel":
            spelt = {DONE: [*TYPED][:3], ACCEPTED: [ACCEPTED], "withdrawn": [*TYPED][3:]}
            cells = {"State": self.chance.choice(spelt[kind])} if kind in spelt else cells
            cells |= {"Evidence": "The letter of that week"} if kind == DONE else {}  # nothing is accepted that nobody can see
            return lambda _: self.in_excel(lambda book: put(book["Actions"], ref, cells))
        if kind == DONE and state == OPEN:
            return lambda now: register.propose_complete(self.folders, ref, "Paper A", "Sent", Change(now))
        if kind == ACCEPTED and state == DONE:
            return lambda now: register.accept(self.folders, ref, f"{day}-assurance", Change(now))
        return lambda now: register.update_row(self.folders, ref, tuple(cells.items()), Change(now, why="Agreed by telephone"))

    def letter(self, ref: str, now: datetime) -> None:
        words = self.chance.choice(
            ("This is complete. The report is at https://force.example/report", "Completed; report attached.")
        )
        text = LETTER.format(ref=ref, words=words, sent=f"{now:%a, %d %b %Y %H:%M:%S +0000}")
        (self.folders.inputs / "inbox" / f"{ref.replace('/', '-')} {now:%Y-%m-%d}.eml").write_text(text, "utf-8")
        waiting, _, _ = list_inbox(self.folders, now)
        accept_reply(self.folders, waiting[-1].number, (), None, Change(now, "A Name"))

    def ask(self, number: int, form: "Form") -> str:
        """Something new: an action with its day, or a matter that comes back. Gives its words."""
        self.lamps += 1
        when = self.chance.choice(self.days[number + 1 :][:5]) - timedelta(days=2)
        named = {**self.named(when, ""), "number": str(self.lamps), "slash": f"{when.day}/{when.month}"}
        back = self.chance.random() < 0.3
        form.add(self.pick(BACK if back else NEW, named))
        words = f"street {self.lamps}"
        new = ("carried forward", f"{when:%B %Y}") if back else (OPEN, long_date(when))
        (self.matters if back else self.actions)[words] = new
        return words

    def send_back(self, order: AnnexOrder, words: str) -> None:
        """The force moves a day in the Word copy, tracked; the office accepts it."""
        ref = next((ref for ref in self.actions if self.words.get(ref) == words), "")
        if not ref:
            return
        state, due = self.actions[ref]
        copy = WordCopy((self.office / "build" / order.meeting / "annex.force.docx").read_bytes())
        if copy.document.count(f">{due}<") != 1:
            return
        other = long_date(datetime.strptime(due, "%d %B %Y").date() + timedelta(days=1))  # noqa: DTZ007 - a day, without a time
        copy.track(due, other)
        path = self.office / "annex came back.docx"
        path.write_bytes(copy.data())
        found = take_returned(self.folders, order, path, lambda _: None)
        (number,) = (one.number for one in found.changed if one.proposed.found.kind is not CorrectionKind.COMMENT)
        settle_corrections(self.folders, order, Settling((number,), True, "A Name", "", ""), lambda _: None)
        self.actions[ref] = (state, other)
        self.said.append(f"{ref} moved to {other} in the copy that came back")

    def named(self, when: date, ref: str) -> dict[str, str]:
        others = [one for one in self.actions if one != ref and "/" in one] or ["1/2019"]
        words = {"month": f"{when:%B}", "short": f"{when:%b}", "year": f"{when:%Y}", "day": long_date(when), "ref": ref}
        return {**words, "other": self.chance.choice(others)}

    def pick(self, every: tuple[str, ...], named: dict[str, str]) -> str:
        text = self.chance.choice(every).format(**named)
        self.said.append(f"{named['ref']} {text}")
        return text

    def is_the_annex(self, annex: str, before: dict[str, tuple[str, str]], new: list[str]) -> None:
        """Each new thing has a reference there; what comes back later is told."""
        for words in new:
            kept = self.matters if words in self.matters else self.actions
            (ref,) = set(re.findall(rf"(M?\d+/20\d\d)\b(?:(?!\d/20).)*?\b{words}\b", annex[annex.index("Actions arising") :])[:1])
            kept[ref] = kept.pop(words)
            self.words[ref] = words
        returns = annex[annex.index("What comes back when") :]
        assert all(self.matters[ref][1] in returns for ref in self.matters if self.words[ref] in new)
        assert set(re.findall(r"M\d+/20\d\d", returns)) <= set(self.matters), (before, returns)

    def is_the_workbook(self, day: date) -> None:
        """What people typed in Excel is taken in by the next thing that is recorded: here a row that somebody adds."""
        self.lamps += 1
        now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC) + timedelta(days=2)
        row = (("Action", f"The CC to look at street {self.lamps}"), ("Owner", "CC"), ("Due", "none"))
        added = register.add_row(self.folders, "Actions", row, Change(now)).row.ref
        self.actions[added], self.words[added] = (OPEN, "none"), f"street {self.lamps}"
        book = openpyxl.load_workbook(self.folders.inputs / "register.xlsx")
        actions = {
            str(row["Reference"]): (TYPED.get(str(row["State"]), str(row["State"] or OPEN)), day_of(row["Due"]))
            for row in rows_of(book["Actions"])
        }
        self.are_same(actions, self.actions)
        matters = {
            str(row["Reference"]): (str(row["State"]), month_of(str(row["Due at meeting"]))) for row in rows_of(book["Matters"])
        }
        self.are_same(matters, self.matters)

    def are_same(self, stand: dict[str, tuple[str, str]], book: dict[str, tuple[str, str]]) -> None:
        """What has ended is due nowhere."""
        rows = ({ref: (state, due if state in LIVE else "") for ref, (state, due) in every.items()} for every in (stand, book))
        differ = set(next(rows).items()) ^ set(next(rows).items())
        assert not differ, f"{sorted(differ)}\n{self.story()}"

    def is_the_pack(self, day: date) -> None:
        """The next pack as a PDF: what is due, what is open and until when, what waits to be accepted."""
        name, before = f"{day}-assurance", day - timedelta(days=7)
        build_pack(
            self.folders, Order(name, None, None, datetime(*before.timetuple()[:3], 9, tzinfo=UTC), before), lambda _: None
        )
        pack = printed(self.office / "build" / name / "briefing-pack.pdf")
        for ref, (state, due) in self.matters.items():
            if state != "discharged":
                assert re.search(rf"{ref}\b", pack), (ref, self.story())
                assert due in pack, (ref, due, self.story())
        for ref, (state, due) in self.actions.items():
            if state in (OPEN, DONE):
                assert re.search(rf"(?<![M\d]){ref}\b", pack), (ref, self.story())
                assert due == "none" or due in pack, (ref, due, self.story())

    def story(self) -> str:
        return "\n".join(self.said)


@dataclass
class Form:
    """The program's own form, as Markdown or as Word, and what is typed into it."""

    path: Path

    def __post_init__(self) -> None:
        self.word = docx.Document(str(self.path)) if self.path.suffix == ".docx" else None
        self.text = "" if self.word is not None else self.path.read_text("utf-8")

    def outcome(self, words: str, said: str) -> None:
        if self.word is None:
            found = re.sub(rf"({re.escape(words)}(?!\d).*\n\n)Outcome: .*", lambda one: f"{one[1]}{said}", self.text)
            assert found != self.text or not said
            self.text = found
            return
        every = self.word.paragraphs
        at = next(at for at, one in enumerate(every) if re.search(rf"{re.escape(words)}(?!\d)", one.text))
        next(one for one in every[at:] if one.text.startswith("Outcome:")).text = said

    def update(self, ref: str, said: str) -> None:
        if self.word is None:
            row = rf"(?m)^(\| {ref} \|.*\|)  \|$"
            assert re.search(row, self.text), ref
            self.text = re.sub(row, lambda one: f"{one[1]} {said} |", self.text)
            return
        rows = (row for table in self.word.tables for row in table.rows if row.cells[0].text == ref)
        next(rows).cells[-1].text = said

    def add(self, line: str) -> None:
        """A paragraph of its own above the first empty slot of the item."""
        if self.word is None:
            at = self.text.index("\nAction:", self.text.index("## 2 Street lamps"))
            self.text = f"{self.text[:at]}\n{line}\n{self.text[at:]}"
            return
        every = self.word.paragraphs
        at = next(at for at, one in enumerate(every) if one.text == "2 Street lamps")
        next(one for one in every[at:] if one.text == "Action:").insert_paragraph_before(line)

    def save(self) -> None:
        if self.word is not None:
            self.word.save(str(self.path))
        else:
            self.path.write_text(self.text, "utf-8")


def month_of(due: str) -> str:
    """`October 2019`, also where the meeting that it comes back to is set."""
    return f"{date.fromisoformat(due[:10]):%B %Y}" if due.endswith("-assurance") else due


def put(sheet: Worksheet, ref: str, cells: dict[str, str]) -> None:
    heads = {str(one.value): number for number, one in enumerate(sheet[1], start=1)}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["Reference"]).value == ref)
    for heading, value in cells.items():
        sheet.cell(row, heads[heading]).value = value


def drive(office: Path, seed: int, months: int = 12) -> Year:
    """So many meetings of the office of that seed."""
    year = Year(office, Random(seed))  # noqa: S311 - the same seed drives the same year
    year.begin()
    for number in range(months):
        year.said.append(f"--- {year.days[number]}")
        year.hold(number)
    return year


@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_year_of_meetings_decided_is_what_is_printed(tmp_path: Path, seed: int) -> None:
    year = drive(tmp_path / "office", seed)
    assert len(year.said) > 60


if __name__ == "__main__":
    for one in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as place:
            driven = drive(Path(place) / "office", int(one))
            print(f"seed {one}: {len(driven.matters)} matters, {len(driven.actions)} actions: as the book says")  # noqa: T201
