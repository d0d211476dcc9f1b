"""A measure's figures are found by names in the workbooks, each with its cell; what stands in the way is said."""

from dataclasses import replace
from datetime import date

from reportpack.model.event import WorkbookSeen
from reportpack.model.measure import Better, Measure, Place
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.problem import Problem
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures, shelf_of
from reportpack.read.figures.reading_notes import reading_notes
from reportpack.read.grid import CellValue, Sheet, Workbook

OFFICE = Office(
    "Northmoor Office",
    "Northmoor",
    "Northmoor Police",
    areas=(
        Area("force", "Northmoor", AreaKind.FORCE, aliases=("Total",)),
        Area("coast", "Coast"),
        Area("hills", "Hills and Dales", aliases=("Hills & Dales",)),
    ),
    posts=(),
    people=(),
    topics=(),
    series=(),
    editions=(),
)
HEAD: list[CellValue] = ["Area", "Jan 2031", "Feb 2031", "Mar 2031"]


def book(
    *rows: list[CellValue], file: str = "performance/Crime.xlsx", sheet: str = "Crime", as_at: date | None = None
) -> DatedWorkbook:
    return DatedWorkbook(Workbook(file, f"sha of {file}", (Sheet(sheet, rows),)), as_at)


def measure(file: str = "Crime*.xlsx", sheet: str = "", figure: str = "") -> Measure:
    return Measure("crime", "Recorded crime", unit=Unit.COUNT, better=Better.LOWER, places=(Place(file, sheet, figure=figure),))


def read(of: Measure, *books: DatedWorkbook) -> tuple[dict[tuple[str, str], Observation], tuple[Problem, ...]]:
    observations, problems = read_figures(books, (of,), OFFICE)
    return {(one.area, one.period.iso): one for one in observations}, problems


PLAIN = book(HEAD, ["Coast", 10.0, 11.0, 12.0], ["Hills & Dales", 20.0, 21.0, 22.0], ["Total", 30.0, 32.0, 34.0])


def test_each_figure_has_its_area_its_month_and_its_cell() -> None:
    figures, problems = read(measure(), PLAIN)
    found = figures["hills", "2031-02/P1M"]
    assert (found.value, found.source.file, found.source.sheet, found.source.cell) == (
        21.0,
        "performance/Crime.xlsx",
        "Crime",
        "C3",
    )
    assert figures["force", "2031-03/P1M"].value == 34.0
    assert problems == ()


def test_rows_may_move_and_columns_be_added() -> None:
    moved = book(
        ["Area", "Code", "Jan 2031", "Feb 2031", "Mar 2031"],
        ["Total", "E0", 30.0, 32.0, 34.0],
        ["Hills and dales", "E2", 20.0, 21.0, 22.0],
        ["COAST", "E1", 10.0, 11.0, 12.0],
    )
    before, _ = read(measure(), PLAIN)
    after, _ = read(measure(), moved)
    assert {key: one.value for key, one in after.items()} == {key: one.value for key, one in before.items()}


def test_of_two_workbooks_the_later_as_at_wins() -> None:
    old = book(HEAD, ["Coast", 10.0, 11.0, 12.0], file="performance/Crime A.xlsx", as_at=date(2031, 4, 1))
    new = book(HEAD, ["Coast", 10.0, 11.0, 15.0], file="performance/Crime B.xlsx", as_at=date(2031, 4, 9))
    figures, problems = read(measure(), new, old)
    assert figures["coast", "2031-03/P1M"].value == 15.0
    assert [problem.weight.value for problem in problems] == ["note"]


def test_two_workbooks_of_one_day_that_differ_leave_a_gap_and_a_problem() -> None:
    one = book(HEAD, ["Coast", 10.0, 11.0, 12.0], file="performance/Crime A.xlsx", as_at=date(2031, 4, 1))
    two = book(HEAD, ["Coast", 10.0, 11.0, 15.0], file="performance/Crime B.xlsx", as_at=date(2031, 4, 1))
    figures, problems = read(measure(), one, two)
    assert figures["coast", "2031-03/P1M"].status is Status.NOT_AVAILABLE
    assert figures["coast", "2031-02/P1M"].value == 11.0
    assert [problem.kind for problem in problems] == ["figures-disagree"]
    assert "gives 12 for March 2031" in problems[0].found
    assert "Crime B.xlsx, sheet Crime, D2 gives 15" in problems[0].found


def test_a_workbook_that_is_not_there_is_named_with_the_nearest() -> None:
    figures, problems = read(measure(file="Crimes 2031.xlsx"), PLAIN)
    assert figures == {}
    assert problems[0].kind == "workbook-missing"
    assert 'is it "Crime.xlsx"?' in problems[0].found


def test_a_sheet_that_is_gone_names_those_that_are_there() -> None:
    _, problems = read(measure(sheet="Monthly"), PLAIN)
    assert problems[0].kind == "sheet-missing"
    assert "there is: Crime" in problems[0].found


def test_a_label_that_is_gone_names_those_that_are_there() -> None:
    rows: list[list[CellValue]] = [["Coast", date(2031, month, 1), 5.0 + month, 2.0 + month] for month in (1, 2, 3)]
    long = book(["Area", "Month", "Burglaries", "Robberies"], *rows)
    _, problems = read(measure(figure="Robbery"), long)
    assert problems[0].kind == "figure-missing"
    assert "Burglaries" in problems[0].found


def test_an_area_spelt_nearly_right_is_suggested_and_never_taken() -> None:
    figures, problems = read(measure(), book(HEAD, ["Coast", 1.0, 2.0, 3.0], ["Hills and Dale", 20.0, 21.0, 22.0]))
    assert not any(area == "hills" for area, _ in figures)
    assert problems[-1].kind == "area-not-known"
    assert '"Hills and Dale" (is it Hills and Dales?)' in problems[-1].found


def test_a_month_without_a_column_is_said() -> None:
    gap: list[CellValue] = ["Area", "Jan 2031", "Feb 2031", "Apr 2031"]
    _, problems = read(measure(), book(gap, ["Coast", 10.0, 11.0, 12.0], ["Total", 30.0, 32.0, 34.0]))
    assert [problem.kind for problem in problems] == ["month-missing"]
    assert "March 2031 of Recorded crime (Northmoor, Coast)" in problems[0].found


def test_a_mark_instead_of_a_number_keeps_its_reason() -> None:
    figures, _ = read(measure(), book(HEAD, ["Coast", 10.0, "[c]", 12.0], ["Total", 30.0, 32.0, 34.0]))
    assert figures["coast", "2031-02/P1M"].status is Status.SUPPRESSED
    assert figures["coast", "2031-02/P1M"].value is None


def among_peers(*places: Place, rows: tuple[list[CellValue], ...]) -> dict[tuple[str, str], Observation]:
    of = Measure("crime", "Recorded crime", unit=Unit.COUNT, better=Better.LOWER, places=places)
    office = replace(OFFICE, areas=(*OFFICE.areas, Area("lakeland", "Lakeland", AreaKind.PEER)))
    books = [book(HEAD, *rows, file="performance/Peers.xlsx"), PLAIN]
    return {(one.area, one.period.iso): one for one in read_figures(books, (of,), office)[0]}


def test_the_forces_own_row_in_a_table_of_other_forces_is_read() -> None:
    peers = Place("Peers.xlsx", peers=True)
    figures = among_peers(peers, rows=(["Northmoor", 5.0, 6.0, 7.0], ["Lakeland", 8.0, 9.0, 10.0], ["Coast", 1.0, 1.0, 1.0]))
    assert figures["force", "2031-03/P1M"].value == 7.0
    assert figures["lakeland", "2031-03/P1M"].value == 10.0
    assert not [area for area, _ in figures if area == "coast"]


def test_a_table_of_other_forces_never_takes_the_place_of_the_forces_own_figures() -> None:
    rows: tuple[list[CellValue], ...] = (["Northmoor", 5.0, 6.0, 7.0], ["Lakeland", 8.0, 9.0, 10.0])
    figures = among_peers(Place("Peers.xlsx", peers=True), Place("Crime.xlsx"), rows=rows)
    assert figures["force", "2031-03/P1M"].value == 34.0


def test_a_row_without_a_name_among_other_forces_is_nobodys() -> None:
    figures = among_peers(Place("Peers.xlsx", peers=True), rows=([None, 5.0, 6.0, 7.0], ["Lakeland", 8.0, 9.0, 10.0]))
    assert not [area for area, _ in figures if area == "force"]


def stacked(*, note: str = "") -> list[list[CellValue]]:
    return [
        ["Northmoor Police performance"],
        [None],
        ["Burglary"],
        [None],
        HEAD,
        ["Coast", 1.0, 2.0, 3.0],
        ["Total", 4.0, 5.0, 6.0],
        [note or None],
        [None],
        ["Robbery"],
        [None],
        HEAD,
        ["Coast", 11.0, 12.0, 13.0],
        ["Total", 14.0, 15.0, 16.0],
    ]


def test_tables_above_one_another_are_told_by_titles_that_a_blank_row_parts_from_them() -> None:
    for title, latest in (("Burglary", 6.0), ("Robbery", 16.0)):
        of = replace(measure(), places=(Place("Crime*.xlsx", table=title),))
        figures, problems = read(of, book(*stacked(note="Source: the crime system.")))
        assert figures["force", "2031-03/P1M"].value == latest
        assert problems == ()


def test_figures_that_a_later_workbook_gives_otherwise_are_counted_in_one_note() -> None:
    old = book(HEAD, ["Coast", 10.0, 11.0, 12.0], file="performance/Crime 1.xlsx", as_at=date(2031, 4, 1))
    new = book(HEAD, ["Coast", 10.0, 15.0, 16.0], file="performance/Crime 2.xlsx", as_at=date(2031, 5, 1))
    figures, problems = read(measure(), old, new)
    assert figures["coast", "2031-03/P1M"].value == 16.0
    assert [(problem.kind, problem.weight.value, problem.source.file) for problem in problems] == [
        ("figures-replaced", "note", "performance/Crime 1.xlsx")
    ]
    assert "2 figures are different" in problems[0].found


def test_where_nothing_names_an_area_the_force_is_taken_and_that_is_said() -> None:
    figures, problems = read(measure(), book(["Month", "Recorded crime"], ["Jan 2031", 10.0], ["Feb 2031", 12.0]))
    assert figures["force", "2031-01/P1M"].value == 10.0
    assert "area-assumed" in [problem.kind for problem in problems]


def test_counts_that_turned_into_per_cents_are_noticed() -> None:
    _, problems = read(measure(), book(HEAD, ["Coast", "10%", "11%", "12%"]))
    assert "unit-differs" in [problem.kind for problem in problems]


def test_brackets_in_a_file_name_are_letters() -> None:
    figures, _ = read(
        measure("Crime [final]*.xlsx"), book(HEAD, ["Coast", 10.0, 11.0, 12.0], file="performance/Crime [final] 2.xlsx")
    )
    assert figures["coast", "2031-01/P1M"].value == 10.0


def test_thousands_in_a_heading_are_whole_numbers_in_the_figures_and_said_once() -> None:
    costs = book(["Area", "Jan 2031", "Feb 2031"], ["Coast", 10.5, 11.0], ["Total", 30.0, 32.0], sheet="Overtime (£000s)")
    figures, problems = read(replace(measure(), unit=Unit.MONEY), costs)
    assert figures["coast", "2031-01/P1M"].value == 10_500.0
    assert [problem.kind for problem in problems] == ["figures-scaled"]
    assert "1,000" in problems[0].found


def test_a_row_of_totals_below_months_is_no_second_figure() -> None:
    months: list[list[CellValue]] = [[f"{name} 2031", 5.0 + place] for place, name in enumerate(("Jan", "Feb", "Mar"))]
    figures, problems = read(measure(), book(["Month", "Whole force"], *months, ["Total", 18.0]))
    assert sorted(period for _, period in figures) == ["2031-01/P1M", "2031-02/P1M", "2031-03/P1M"]
    assert [problem.kind for problem in problems] == ["area-assumed"]


def test_a_raised_digit_behind_a_count_is_a_mark_and_stops_nothing() -> None:
    figures, _ = read(
        measure(), book(HEAD, ["Coast", 10.0, "703\u00b9", "\uff17\uff10\uff14"], ["Total", 30.0, "1,204 (r)", "12p"])
    )
    assert [figures["coast", f"2031-0{month}/P1M"].value for month in (2, 3)] == [703.0, 704.0]
    assert figures["force", "2031-03/P1M"].is_provisional


def test_a_title_with_next_years_dates_is_the_same_label() -> None:
    rows: list[list[CellValue]] = [
        ["Officers by area, 31 March 2031 and 31 March 2032"],
        ["Area", "31 March 2031", "31 March 2032", "Change"],
    ]
    rows += [["Coast", 5.0, 6.0, 1.0], ["Total", 15.0, 16.0, 1.0]]
    figures, _ = read(measure(figure="Officers by area, 31 March 2030 and 31 March 2031"), book(*rows))
    assert figures["coast", "2032-03-31/P0D"].value == 6.0


def test_each_workbook_has_a_note_of_what_was_used_and_what_moved_since_its_last_file() -> None:
    head: list[CellValue] = ["Area", "Month", "Crimes", "Callouts"]
    april = book(
        head,
        ["Coast", "Apr 2031", 5.0, 9.0],
        ["Total", "Apr 2031", 7.0, 12.0],
        file="performance/Crime A.xlsx",
        as_at=date(2031, 5, 2),
    )
    may = book(
        [*head, "Fires"],
        ["Coast", "May 2031", 6.0, 8.0, 1.0],
        ["Total", "May 2031", 8.0, 11.0, 2.0],
        file="performance/Crime B.xlsx",
        as_at=date(2031, 6, 2),
    )
    shelf = shelf_of((april, may), OFFICE)
    observations, _ = read_figures(shelf, (measure(figure="Crimes"),), OFFICE)
    (first, second), problems = reading_notes(shelf, observations)
    step = 'What is not used is taken in with: reportpack measure add "inputs/performance/Crime {}.xlsx".'
    assert first.text == f"Used: Crimes. Not used: Callouts. Newest: April 2031 (month). {step.format('A')}"
    assert second.text == (
        f"Used: Crimes. Not used: Callouts; Fires. Newest: May 2031 (month). {step.format('B')} Against Crime A.xlsx: new fires."
    )
    assert (first.measures, problems) == (("crime",), ())


def test_the_ledger_s_fingerprint_of_last_month_s_file_says_what_moved_before_a_figure_is_used() -> None:
    head: list[CellValue] = ["Area", "Month", "Crimes", "Callouts"]
    april = book(head, ["Coast", "Apr 2031", 5.0, 9.0], file="performance/Crime April.xlsx")

    def note(may: DatedWorkbook, before: tuple[WorkbookSeen, ...] = ()) -> tuple[str, tuple[str, ...], list[str]]:
        shelf = shelf_of([may], OFFICE)
        observations, _ = read_figures(shelf, (measure(figure="Crimes"),), OFFICE)
        (found,), problems = reading_notes(shelf, observations, before, ["Crime*.xlsx"])
        return found.text, found.layout, [one.found for one in problems]

    _, layout, _ = note(april)
    seen = (WorkbookSeen("performance/Crime April.xlsx", "sha of April", layout=layout),)
    same = book(head, ["Coast", "May 2031", 6.0, 8.0], file="performance/Crime May.xlsx")
    assert note(same, seen)[0].endswith("As last time, in Crime April.xlsx.")
    moved = book(["Area", "Month", "Fires", "Crimes"], ["Coast", "May 2031", 1.0, 6.0], file="performance/Crime May.xlsx")
    assert note(moved, seen)[2] == ["Against Crime April.xlsx: new fires; gone callouts; moved crimes to column D."]
    assert note(moved)[2] == []


def test_times_of_a_measure_without_a_unit_are_read_as_durations_and_said() -> None:
    of = replace(measure(), unit=Unit.UNKNOWN)
    _, problems = read(of, book(HEAD, ["Coast", "2:31", "3:01", "2:01"]))
    assert "unit-untold" in [problem.kind for problem in problems]
    _, problems = read(of, PLAIN)
    assert "unit-untold" not in [problem.kind for problem in problems]


def test_a_line_that_grows_within_its_year_has_no_gaps() -> None:
    months = ["Apr 2030", "May 2030", "Jun 2030", "Mar 2031", "Apr 2031"]
    rows: list[list[CellValue]] = [[month, value] for month, value in zip(months, (10.0, 20.0, 30.0, 120.0, 10.0), strict=True)]
    _, problems = read(measure(), book(["Coast: year to date", "Offences, year to date"], *rows))
    assert "month-missing" not in [problem.kind for problem in problems]
    _, problems = read(measure(), book(["Coast", "Offences"], *rows))
    assert "month-missing" in [problem.kind for problem in problems]


def test_first_loads_order_themselves_by_the_months_in_their_names() -> None:
    names = ("Crime Jan 2031.xlsx", "Crime Mar 2031.xlsx", "Crime Feb 2031.xlsx")
    books = [
        replace(book(HEAD, ["Coast", 10.0, 11.0, value], file=f"performance/{name}", as_at=date(2031, 5, 2)), told=False)
        for name, value in zip(names, (12.0, 14.0, 13.0), strict=True)
    ]
    figures, problems = read(measure(), *books)
    assert figures["coast", "2031-03/P1M"].value == 14.0
    assert {problem.kind for problem in problems} == {"figures-replaced"}
    told = [replace(one, told=True) for one in books]
    assert "figures-disagree" in {problem.kind for problem in read(measure(), *told)[1]}


def test_an_area_that_is_renamed_or_split_is_one_question_however_many_measures_and_sheets_have_it() -> None:
    head: list[CellValue] = ["Area", "Month", "Burglary", "Robbery"]
    before: list[list[CellValue]] = [["Coast", "Jan 2031", 5.0, 2.0], ["Hills & Dales", "Jan 2031", 6.0, 3.0]]
    after: list[list[CellValue]] = [
        ["Coast North", "Feb 2031", 2.0, 1.0],
        ["Coast South", "Feb 2031", 3.0, 1.0],
        ["Hills & Dales", "Feb 2031", 6.0, 3.0],
    ]
    measures = tuple(replace(measure(figure=name), id=name) for name in ("Burglary", "Robbery"))
    shelf = shelf_of([book(head, *before), book(head, *after, file="performance/Crime B.xlsx", sheet="New")], OFFICE)
    _, problems = read_figures(shelf, measures, OFFICE)
    (asked,) = problems
    assert asked.kind == "area-changed"
    assert asked.found.startswith('Coast ends with January 2031, and "Coast North", "Coast South" begin with February 2031')
    assert shelf.ended == {"coast"}
    _, problems = read_figures([book(head, *before, ["Coastal cells", "Jan 2031", 1.0, 1.0])], measures, OFFICE)
    assert [(one.kind, "Coastal cells" in one.found) for one in problems] == [("area-not-known", True)]


def test_one_cause_is_one_problem_however_many_measures_and_figures_have_it() -> None:
    measures = tuple(replace(measure(sheet="Crime", figure=name), id=name, title=name) for name in ("Arson", "Theft"))
    elsewhere = book(HEAD, ["Coast", 10.0, 11.0, 12.0], sheet="Other")
    (lacking,) = read_figures([elsewhere], measures, OFFICE)[1]
    assert 'no sheet "Crime" with the figures for Arson and Theft' in lacking.found
    assert read_figures(shelf_of([], OFFICE, ["performance/Crime.xlsx"]), measures, OFFICE)[1] == ()
    two = [book(HEAD, ["Coast", *row], file=f"performance/Crime {row[0]}.xlsx") for row in ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])]
    (apart,) = read(measure(), *two)[1]
    assert "and so 2 more times" in apart.found
