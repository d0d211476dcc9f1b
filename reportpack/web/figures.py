"""Figures: what is in, out and missing; and one workbook with what it asks."""

from collections.abc import Sequence
from datetime import date, timedelta

from starlette.responses import Response

from reportpack.compose.setting import join_words
from reportpack.errors import InputError
from reportpack.model.period import iso_day
from reportpack.model.problem import Problem
from reportpack.run.figures import Shelf, ShelvedWorkbook, answer_figure, sheet_view, unknown_areas
from reportpack.run.month import last_step
from reportpack.run.office_forms import FIGURES, accept_problem, name_area, take_in
from reportpack.web.frame import counted, meeting_of, page, shelf
from reportpack.web.today import every_workbook
from reportpack.web.visit import Done, Visit, file_called, whole

_LASTS = timedelta(days=365)


def figures(visit: Visit) -> Response:
    """Everything that a pack takes figures from."""
    meeting = meeting_of(visit)
    found = shelf(visit, meeting)
    visit.runs("check", meeting.id)
    groups: dict[tuple[date, str], list[str]] = {}
    for one in found.coming:
        groups.setdefault((one.day, one.period.label), []).append(one.measure.title)
    return page(visit, "figures.jinja", "figures")(
        title=f"Figures for {meeting.day.day} {meeting.day:%B}",
        shelf=found,
        places={name: place for place, name in enumerate(every_workbook(found))},
        coming=[
            (day, label, join_words(titles) if len(titles) < 4 else counted(len(titles), "measure"))
            for (day, label), titles in sorted(groups.items())
        ],
    )


def bring(visit: Visit) -> Done:
    """Workbooks that were dropped are put into the folder; what is taken of them is shown at once."""
    meeting = meeting_of(visit)
    uploads = visit.files("files")
    if not uploads:
        raise InputError("No file was chosen.", "Choose a workbook, or drop it on the page.")
    taken = [take_in(visit.folders, FIGURES, *file_called(one)) for one in uploads]
    visit.runs("inspect", *(f"inputs/{one.name}" for one in taken))
    names = every_workbook(shelf(visit, meeting))
    said = join_words([one.name.rpartition("/")[2] for one in taken])
    where = f"/m/{meeting.id}/figures"
    if len(taken) == 1 and taken[0].name in names:
        where = f"{where}/{names.index(taken[0].name)}"
    if all(one.known for one in taken):
        return Done(f"{said}: here already, byte for byte. Nothing was changed.", where)
    stays = " A file of that name was here and says something else: it stays, and yours has a number beside its name."
    beside = stays if any(one.beside for one in taken) else ""
    return Done(f"Taken in: {said}.{beside} No pack changes until you build it.", where)


def workbook(visit: Visit) -> Response:
    """One workbook: its question first, then its sheets with what was taken from them."""
    meeting = meeting_of(visit)
    found = shelf(visit, meeting)
    file = _file(visit, found)
    book = next((one for one in found.used if one.file == file), None)
    broken = [one for one in found.broken if one.source.file == file]
    visit.runs("inspect", f"inputs/{file}")
    view = None
    if not broken:
        whole, sheet = bool(visit.asked.get("whole")), visit.asked.get("sheet", "")
        name = f"sheet {meeting.id} {file} {sheet} {whole}"
        view = visit.desk.look(name, lambda: sheet_view(visit.folders, found, file, sheet, whole=whole))
    asked: Sequence[Problem] = book.asked if book is not None else broken
    # what is said of figures that this workbook gives otherwise than another
    replaced = [one for each in found.used for one in each.notes if one.kind == "figures-replaced"]
    return page(visit, "workbook.jinja", "figures")(
        title=file.rpartition("/")[2],
        file=file,
        book=book,
        view=view,
        at=f"/m/{meeting.id}/figures/{visit.named['place']}",
        asked=asked,
        unused=next((one for one in found.unused if one.source.file == file), None),
        strangers=_strangers(visit, found, file, book),
        areas=found.settings.office.areas,
        cells=_cells(found, file),
        changes=[one for one in replaced if file == one.source.file or file in one.found],
        until=visit.today + _LASTS,
    )


def answer(visit: Visit) -> Done:
    """A person says what one cell is: right as it stands, or another figure."""
    meeting = meeting_of(visit)
    file = _file(visit, shelf(visit, meeting))
    cell, why = visit.typed("cell"), visit.typed("why")
    words, value = visit.typed("value"), None
    if visit.typed("verdict") != "accept":
        try:
            value = float(words.replace(",", "").removesuffix("%"))
        except ValueError:
            raise InputError(f"“{words}” is no figure.", "Type it as a number, such as 79.8. Nothing was recorded.") from None
    if visit.typed("verdict") not in ("accept", "correct"):
        raise InputError("Nothing was chosen.", "Choose whether the figure is right, or what it should be.")
    verb, about = ("figure accept", ()) if value is None else ("figure correct", (f"{value:g}",))
    answer_figure(visit.folders, file, cell, value, visit.change(why))
    visit.runs(verb, file, cell, *about, by=visit.by(), why=why)
    said = "is right as it stands" if value is None else f"should be {value:g}"
    number = getattr(last_step(visit.folders), "number", 0)
    return Done(f"Recorded: {cell} {said}. The next build prints it so, with your name and reason.", undo=number)


def area(visit: Visit) -> Done:
    """A name in a workbook is one more that an area has."""
    name, chosen = visit.typed("name"), visit.typed("area") or visit.typed("other")
    visit.by()
    if not chosen:
        raise InputError("Nothing was chosen.", "Choose the area that it is. Nothing is chosen for you.")
    _file(visit, shelf(visit, meeting_of(visit)))
    printed = name_area(visit.folders, chosen, name)
    return Done(f"“{name}” is {printed} from now on. It stands among the area's other names in the settings.")


def known(visit: Visit) -> Done:
    """A question that may stay as it is until a day."""
    meeting = meeting_of(visit)
    found = shelf(visit, meeting)
    _file(visit, found)
    problem = next((one for one in _all(found) if one.fingerprint == visit.typed("problem")), None)
    until = iso_day(visit.typed("until"))
    if problem is None:
        raise InputError("That is not asked any more.", "Look again: the page shows what is.")
    if until is None or until <= visit.today:
        raise InputError("It is not said until when.", "Give a day that is still to come.")
    accept_problem(visit.folders, problem, visit.by(), visit.typed("why"), until)
    return Done(f"It is known, and is not asked again until {until.day} {until:%B %Y} unless it changes.")


def _file(visit: Visit, shown: Shelf) -> str:
    names, place = every_workbook(shown), whole(visit.named["place"])
    if not 0 <= place < len(names):
        raise InputError("There is no such workbook any more.", "Look at the list of figures again.")
    if visit.typed("file", names[place]) != names[place]:
        found = "The list of workbooks changed meanwhile. Nothing was recorded."
        raise InputError(found, "Look at the figures again, and answer where it stands now.")
    return names[place]


def _strangers(visit: Visit, found: Shelf, file: str, book: ShelvedWorkbook | None) -> tuple[tuple[str, str], ...]:
    asked = book.asked if book is not None else ()
    sheets = [one.source.sheet for one in asked if one.kind in ("area-not-known", "area-changed")]
    if not sheets:
        return ()
    return visit.desk.look(f"strangers {file}", lambda: unknown_areas(visit.folders, found.settings, file, sheets))


def _cells(found: Shelf, file: str) -> tuple[str, ...]:
    """The cells that a question names and a figure stands in, as an answer names them."""
    stand = {f"{one.source.sheet}!{one.source.cell}" for one in found.observations if one.source.file == file}
    asked = [f"{one.source.sheet}!{one.source.cell}" for one in _all(found) if one.source.file == file and one.source.cell]
    return tuple(one for one in dict.fromkeys(asked) if one in stand)


def _all(found: Shelf) -> tuple[Problem, ...]:
    return (*(one for book in found.used for one in (*book.asked, *book.notes)), *found.broken, *found.unused)
