"""The register workbook against the ledger, whatever people do to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.merge.register_rows import standing_rows
from reportpack.merge.three_way import merge_register
from reportpack.model.event import Event, Happening, RowChange, Undone
from reportpack.model.problem import Source
from reportpack.model.register import RegisterMerge, Snapshot
from reportpack.model.register_row import CellChange, RegisterBook, RegisterCell, RegisterRow, RegisterSheet

NOON = datetime(2019, 5, 21, 12, 0, tzinfo=UTC)
HEADINGS = ("Reference", "Action", "Owner", "Due", "State", "Raised at")


def row(*texts: str, sheet: str = "Actions") -> RegisterRow:
    headings = HEADINGS if sheet == "Actions" else ("Question", "Meeting", "Answer")
    cells = tuple(
        RegisterCell(header, text, f"A{place}") for place, (header, text) in enumerate(zip(headings, texts, strict=False))
    )
    ref = texts[0] if sheet == "Actions" else ""
    return RegisterRow(sheet, ref, cells, Source("register.xlsx", sheet, "A2:F2"))


def sheet_of(name: str, rows: Sequence[RegisterRow]) -> RegisterSheet:
    headings = dict.fromkeys(cell.header for one in rows if one.sheet == name for cell in one.cells)
    return RegisterSheet(name, name, tuple((header, "ABCDEFGH"[place]) for place, header in enumerate(headings)))


@dataclass
class Office:
    """A ledger and a workbook, kept in step as a run keeps them."""

    events: list[Event] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    number: int | None = None

    def record(self, *happened: Happening) -> None:
        for one in happened:
            self.events.append(Event(one, NOON, number=len(self.events) + 1))

    def run(self, rows: Sequence[RegisterRow], number: int | None = None, sha256: str = "") -> RegisterMerge:
        sheets = tuple(sheet_of(name, rows) for name in ("Actions", "Questions"))
        book = RegisterBook("register.xlsx", sha256 or f"sha{len(self.snapshots)}", number, tuple(rows), sheets)
        known = [one for one in reversed(self.snapshots) if number is None or one.number == number]
        merged = merge_register(book, standing_rows(self.events), known, 2019)
        self.record(*merged.changes)
        self.snapshots.append(Snapshot(book.sha256, number, merged.seen))
        return merged

    def write(self) -> tuple[RegisterRow, ...]:
        """The workbook as the ledger would write it."""
        self.number = (self.number or 0) + 1
        rows = tuple(replace(one, source=Source("register.xlsx", one.sheet, "A2:F2")) for one in standing_rows(self.events))
        self.snapshots.append(Snapshot(f"written {self.number}", self.number, rows))
        return rows

    def text(self, ref: str, header: str) -> str:
        return next(one for one in standing_rows(self.events) if one.ref == ref).text(header)


FIRST = row("1/2019", "Share the plan", "CC", "31 May 2019", "open")
SECOND = row("2/2019", "Arrange an audit", "DCC", "", "open")


def with_text(one: RegisterRow, header: str, text: str) -> RegisterRow:
    return replace(one, cells=tuple(replace(cell, text=text) if cell.header == header else cell for cell in one.cells))


def test_the_first_run_takes_every_row_and_leaves_the_workbook_alone() -> None:
    office = Office()
    merged = office.run([FIRST, SECOND])
    assert [(one.sheet, one.ref) for one in merged.changes] == [("Actions", "1/2019"), ("Actions", "2/2019")]
    assert (merged.to_write, merged.problems, merged.conflicts) == (False, (), ())
    again = office.run([SECOND, FIRST])
    assert (again.changes, again.to_write, again.problems) == ((), False, ())


def test_what_people_change_is_recorded_and_an_empty_cell_without_a_number_changes_nothing() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    merged = office.run([with_text(FIRST, "State", "closed"), with_text(SECOND, "Owner", "")])
    assert [one.changes for one in merged.changes] == [(CellChange("State", "open", "closed"),)]
    assert (office.text("1/2019", "State"), office.text("2/2019", "Owner")) == ("closed", "DCC")
    assert merged.to_write


def test_a_cell_cleared_in_a_numbered_workbook_is_cleared() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    rows = office.write()
    office.run([with_text(rows[0], "Due", ""), rows[1]], number=1)
    assert office.text("1/2019", "Due") == ""


def test_both_changed_the_same_cell_differently_the_ledger_stands_until_it_is_settled() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    office.record(RowChange("Actions", "1/2019", (CellChange("State", "open", "closed"),), "annex"))
    edited = with_text(FIRST, "State", "disputed")
    for _ in range(3):
        merged = office.run([edited, SECOND])
        assert [(one.ref, one.header, one.ledger, one.workbook) for one in merged.conflicts] == [
            ("1/2019", "State", "closed", "disputed")
        ]
        assert [one.kind for one in merged.problems] == ["register-conflict"]
        assert (office.text("1/2019", "State"), merged.changes) == ("closed", ())
    assert office.run([with_text(FIRST, "State", "closed"), SECOND]).conflicts == ()
    assert office.run([with_text(FIRST, "State", "open"), SECOND]).changes[0].changes == (CellChange("State", "closed", "open"),)


def test_a_conflict_is_settled_for_the_workbook_by_a_command() -> None:
    office = Office()
    office.run([FIRST])
    office.record(RowChange("Actions", "1/2019", (CellChange("State", "open", "closed"),), "annex"))
    edited = with_text(FIRST, "State", "disputed")
    office.run([edited])
    office.record(RowChange("Actions", "1/2019", (CellChange("State", "closed", "disputed"),), "register update"))
    assert office.run([edited]).conflicts == ()


def test_both_made_the_same_change() -> None:
    office = Office()
    office.run([FIRST])
    office.record(RowChange("Actions", "1/2019", (CellChange("State", "open", "closed"),), "annex"))
    merged = office.run([with_text(FIRST, "State", "closed")])
    assert (merged.conflicts, merged.changes, merged.to_write) == ((), (), False)


def test_a_row_that_is_gone_still_stands_and_is_asked_about_until_it_is_back() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    for _ in range(2):
        merged = office.run([FIRST])
        assert [one.kind for one in merged.problems] == ["row-gone"]
        assert [one.ref for one in merged.rows] == ["1/2019", "2/2019"]
        assert merged.to_write
    assert office.run([FIRST, SECOND]).problems == ()


def test_a_row_without_a_reference_is_given_one_and_known_by_its_words() -> None:
    office = Office()
    office.run([FIRST])
    new = row("", "Write to the board", "PCC", "", "open", "May 2019")
    merged = office.run([FIRST, new])
    assert [one.ref for one in merged.rows] == ["1/2019", "2/2019"]
    assert merged.to_write
    assert office.run([FIRST, new]).changes == ()
    assert office.run([FIRST, with_text(new, "State", "closed")]).changes[0].changes == (CellChange("State", "open", "closed"),)
    later = row("", "Another", "CC", "", "open", "January 2020")
    assert office.run([FIRST, new, later]).rows[2].ref == "1/2020"


def test_references_are_never_used_again() -> None:
    office = Office()
    office.run([FIRST, SECOND, row("7/2019", "typed by hand", "CC", "", "open")])
    office.run([FIRST])
    assert office.run([FIRST, row("", "new", "CC", "", "open")]).rows[-1].ref == "8/2019"


def test_a_renumbered_row_is_still_the_one_it_was() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    renumbered = replace(with_text(SECOND, "Reference", "9/2019"), ref="9/2019")
    merged = office.run([FIRST, renumbered])
    assert [one.ref for one in merged.rows] == ["1/2019", "2/2019"]
    assert [one.kind for one in merged.problems] == ["reference-changed"]
    assert (merged.changes, merged.to_write) == ((), True)


def test_two_rows_with_one_reference_change_nothing_and_both_are_shown() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    other = row("2/2019", "Something else", "CC", "", "open")
    merged = office.run([FIRST, SECOND, other])
    assert merged.changes == ()
    assert [one.text("Action") for one in merged.rows] == ["Share the plan", "Arrange an audit", "Something else"]
    assert [one.kind for one in office.run([FIRST, SECOND, replace(SECOND)]).problems] == ["row-doubled"]


def test_an_old_copy_put_back_undoes_nothing() -> None:
    office = Office()
    office.run([FIRST, SECOND], sha256="monday")
    office.run([with_text(FIRST, "State", "closed"), with_text(SECOND, "State", "closed")], sha256="tuesday")
    for sha256 in ("monday", "monday saved again"):
        merged = office.run([FIRST, SECOND], sha256=sha256)
        assert (merged.changes, merged.to_write) == ((), True)
    assert office.text("1/2019", "State") == "closed"


def test_a_workbook_from_before_the_last_write_gives_only_what_was_changed_in_it() -> None:
    office = Office()
    office.run([FIRST, SECOND])
    first = office.write()
    office.record(RowChange("Actions", "1/2019", (CellChange("State", "open", "closed"),), "annex"))
    office.write()
    merged = office.run([first[0], with_text(first[1], "Owner", "CC")], number=1)
    assert [(one.ref, one.changes) for one in merged.changes] == [("2/2019", (CellChange("Owner", "DCC", "CC"),))]
    assert office.text("1/2019", "State") == "closed"


def test_a_column_that_was_deleted_loses_nothing() -> None:
    office = Office()
    office.run([FIRST])
    merged = office.run([replace(FIRST, cells=FIRST.cells[:3])])
    assert (merged.changes, merged.rows[0].text("State"), merged.to_write) == ((), "open", False)
    assert [one.kind for one in merged.problems] == ["column-gone", "column-gone"]


def test_questions_are_known_by_their_words() -> None:
    office = Office()
    asked = row("Why is it flat?", "May 2019", "", sheet="Questions")
    office.run([asked])
    assert office.run([with_text(asked, "Answer", "It is not.")]).changes[0].changes == (CellChange("Answer", "", "It is not."),)
    merged = office.run([with_text(asked, "Question", "Why is it still flat?")])
    assert [one.header for one in merged.changes[0].changes] == ["Question"]
    assert (merged.to_write, len(merged.rows)) == (True, 1)


def test_a_step_taken_by_mistake_is_undone_as_an_event() -> None:
    office = Office()
    office.run([FIRST])
    office.record(RowChange("Actions", "1/2019", (CellChange("State", "open", "closed"),), "annex"))
    office.record(Undone(2, "the wrong action"))
    assert office.text("1/2019", "State") == "open"


texts = st.sampled_from(["", "a", "b", "c"])


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4), st.booleans())
@settings(max_examples=200)
def test_cell_by_cell_nobody_s_change_is_lost(cells: list[tuple[str, str, str]], numbered: bool) -> None:
    """Each cell has a text before, one in the workbook, one in the ledger: the simple model says what must stand."""
    office = Office()
    headings = [f"Column {place}" for place in range(len(cells))]

    def made(texts: Sequence[str]) -> RegisterRow:
        pairs = [("Reference", "1/2019"), ("Action", "words"), *zip(headings, texts, strict=True)]
        return RegisterRow(
            "Actions", "1/2019", tuple(RegisterCell(header, text, "A1") for header, text in pairs), Source("register.xlsx")
        )

    office.run([made([before for before, _, _ in cells])])
    if numbered:
        office.write()
    changes = tuple(
        CellChange(header, before, ledger)
        for header, (before, _, ledger) in zip(headings, cells, strict=True)
        if before != ledger
    )
    office.record(RowChange("Actions", "1/2019", changes, "annex"))
    merged = office.run([made([workbook for _, workbook, _ in cells])], number=1 if numbered else None)
    for header, (before, workbook, ledger) in zip(headings, cells, strict=True):
        edited = workbook != before and not (workbook == "" and not numbered)
        stands = workbook if edited and ledger == before else ledger
        assert office.text("1/2019", header) == stands == merged.rows[0].text(header)
        in_conflict = edited and workbook != ledger != before
        assert in_conflict == any(one.header == header for one in merged.conflicts)


def test_a_workbook_from_before_a_write_that_never_reached_it_loses_no_row() -> None:
    office = Office()
    office.run([FIRST])
    office.record(RowChange("Actions", "2/2019", tuple(CellChange(cell.header, "", cell.text) for cell in SECOND.cells), "add"))
    office.write()
    merged = office.run([with_text(FIRST, "State", "closed")])
    assert [one.kind for one in merged.problems] == []
    assert [one.text for row in merged.added for one in row.cells if one.cell == "A"] == ["2/2019"]
    assert office.text("1/2019", "State") == "closed"
