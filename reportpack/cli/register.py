"""`reportpack register`: what stands, what became of it, and a change to it, without opening Excel. `ledger`: what is remembered of it all."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.look import topic
from reportpack.cli.options import Asked, By, Later, Why, Yes, flag, group, named, told, verb
from reportpack.cli.say import answer, give, plural, problems, remark
from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, table_of
from reportpack.model.register_row import RegisterRow, words_said
from reportpack.model.words import shortened

if TYPE_CHECKING:
    from reportpack.read.register.tracker import Tracker
    from reportpack.run import ledger
    from reportpack.run.register import rows
else:
    ledger = Later("reportpack.run.ledger")
    rows = Later("reportpack.run.register.rows")

ledger_app = group("What the program remembers: back it up, restore it, undo a step, erase words.")
app = group("The register: matters, actions, commitments, questions, risks, recommendations.")
app.command(short_help="Everything on record about one topic")(topic)
_KINDS = "matter, action, commitment, question, risk or recommendation"
Reference = Annotated[str, named("REFERENCE", "Such as 12/2019 or M3/2019.")]
AtOption = Annotated[str, told("--at", "MEETING", "The meeting that said so.")]
SheetOption = Annotated[
    str, typer.Option("--sheet", help="Matters, Actions, Commitments, Questions, Risks or Recommendations (default: all).")
]


@verb(app, short_help="Say that an action is done, with its evidence")
def propose(
    asked: Asked,
    reference: Reference,
    evidence: Annotated[str, told("--evidence", "TEXT", "Where it can be seen.")],
    update: Annotated[str, told("--update", "TEXT", "What was done.")] = "",
) -> None:
    """Say that an action is done, and where that can be seen; a meeting accepts or disputes it."""
    recorded(rows.propose_complete(asked.folders, reference, evidence, update, asked.change()))


@verb(app, short_help="Record that a meeting accepted an action as done")
def accept(asked: Asked, reference: Reference, at: AtOption) -> None:
    """Record that a meeting accepted that an action is done."""
    recorded(rows.accept(asked.folders, reference, at, asked.change()))


@verb(app, short_help="Record that a meeting disputed an action")
def dispute(asked: Asked, reference: Reference, at: AtOption, why: Why = "") -> None:
    """Record that a meeting did not accept that an action is done."""
    recorded(rows.dispute(asked.folders, reference, at, asked.change(why=why)))


@verb(app, short_help="Put a matter off again, with the reason")
def carry(
    asked: Asked,
    reference: Reference,
    meeting: Annotated[str, named("MEETING", "The meeting it comes back to: a month and year, a date or an id.")],
    why: Why = "",
    condition: Annotated[str, told("--condition", "TEXT", "What has to happen first.")] = "",
) -> None:
    """Put a matter off again; every meeting that it was due at is kept."""
    recorded(rows.carry(asked.folders, reference, meeting, condition, asked.change(why=why)))


@verb(app, "json", name="list")
def list_rows(asked: Asked, sheet: SheetOption = "") -> None:
    """List what stands."""
    standing, said = rows.standing_register(asked.folders, asked.today.year)
    wanted = [row for row in standing if not sheet or row.sheet.casefold() == sheet.casefold()]
    give(wanted, map(_line, wanted), as_json=asked.json)
    problems(said)


@verb(app, "json")
def find(asked: Asked, words: Annotated[list[str], named("WORDS...", "Every one of them must be in the row.")]) -> None:
    """List the rows that hold all the words, under whatever heading; small slips in spelling are forgiven."""
    found = rows.find_rows(rows.standing_register(asked.folders, asked.today.year)[0], " ".join(words))
    give(found, map(_line, found), as_json=asked.json)
    if not found:
        remark("Nothing in the register holds all of those words.")


@verb(app, "json")
def show(asked: Asked, reference: Reference) -> None:
    """Show one row whole."""
    row = rows.find_row(rows.standing_register(asked.folders, asked.today.year)[0], reference)
    give(row, _whole(row), as_json=asked.json)


@verb(app, "json")
def history(asked: Asked, reference: Reference) -> None:
    """Show what was recorded of one row, oldest first."""
    row, events = rows.row_history(asked.folders, reference, asked.today.year)
    steps = rows.steps_of(events)
    give(steps, (f"{row.ref} {shortened(row.name, 90)}", *(line for step in steps for line in _step(step))), as_json=asked.json)


@verb(app)
def update(
    asked: Asked,
    reference: Reference,
    words: Annotated[list[str], named("HEADING=WORDS...", "Such as State=closed, or 'Due=28 May 2019'.")],
    why: Why = "",
) -> None:
    """Change a row in the ledger, and in the workbook unless somebody has it open. A due that moves needs a reason."""
    recorded(rows.update_row(asked.folders, reference, _pairs(words), asked.change(why=why)))


@verb(app)
def add(
    asked: Asked,
    kind: Annotated[str, named("KIND", f"{_KINDS}.")],
    words: Annotated[list[str] | None, named("[HEADING=WORDS...]", "Such as 'Action=Share the plan' Owner=CC Due=none.")] = None,
    yes: Annotated[bool, flag("--yes", "Add it although the same words were added a moment ago.")] = False,
) -> None:
    """Add a row; it is given the next reference of its year. Asks for what it needs and was not told."""
    sheet = rows.sheet_called(kind)
    said = _pairs(words or [])
    needed = rows.needed_for(sheet, dict(rows.known_headings(sheet, said)))
    try:
        said += [(header, str(typer.prompt(f"{header}: {means}\n", prompt_suffix="> ", err=True))) for header, means in needed]
    except (typer.Abort, EOFError) as stop:
        lacking = ", ".join(f'"{header}=..."' for header, _ in needed)
        raise InputError("There was no answer, so nothing was added.", f"Run it in a terminal, or say it: {lacking}.") from stop

    def another(doubt: str) -> bool:
        """Asks in a terminal; where nobody can answer, no answer is a no."""
        try:
            return yes or typer.confirm(f"{doubt} Add another row?", err=True)
        except (typer.Abort, EOFError):
            return False

    recorded(rows.add_row(asked.folders, sheet, said, asked.change(), another))


@verb(app)
def close(
    asked: Asked,
    reference: Reference,
    evidence: Annotated[str, told("--evidence", "TEXT", "Where it can be seen that it is done.")] = "",
    outcome: Annotated[str, told("--outcome", "TEXT", "What came of it.")] = "",
) -> None:
    """Close an action or discharge a matter; there must be evidence, given here or in the row already."""
    recorded(rows.close_row(asked.folders, reference, evidence, outcome, asked.change()))


@verb(app)
def settle(
    asked: Asked,
    reference: Reference,
    state: Annotated[str, named("STATE", "not kept, kept, answered, superseded, closed or open.")],
    at: Annotated[str, told("--at", "MEETING", "Settled at, or first reported to (default: the next).")] = "",
    why: Why = "",
) -> None:
    """Say what became of a commitment. That it was not kept is said on covers once it is confirmed so."""
    recorded(rows.settle(asked.folders, reference, state, at, asked.change(why=why)))


@verb(app)
def export(
    asked: Asked, file: Annotated[Path, named("FILE", "Its name says its form: .xlsx, .ods or .csv.")], sheet: SheetOption = ""
) -> None:
    """Write what stands into a new file. It holds what is for the office alone."""
    from reportpack.run.register.export import export_register

    name = rows.sheet_called(sheet) if sheet else ""
    standing, said = rows.standing_register(asked.folders, asked.today.year)
    wanted = [row for row in standing if name in ("", row.sheet)]
    if not wanted:
        raise InputError("There is nothing in the register to write.", Remedy("See:", "register list"))
    export_register(wanted, file, asked.today)
    answer(file)
    problems(said)
    remark(f"{plural(len(wanted), 'row')} written, among them what is for the office alone.")


@verb(app, name="import")
def import_file(
    asked: Asked,
    file: Annotated[Path, named("FILE", "A tracker: xlsx, xls, ods or csv.")],
    kind: Annotated[str, told("--kind", "KIND", f"{_KINDS}; without it actions, or risks by the headings.")] = "",
    sheet: Annotated[str, told("--sheet", "NAME", "The sheet that they are on.")] = "",
    headings: Annotated[list[str] | None, told("--map", "HEADING=COLUMN", "What a heading is here; - leaves it out.")] = None,
    take: Annotated[bool, flag("--take", "Take what is proposed for rows, such as that they are closed.")] = False,
    yes: Annotated[bool, flag("--yes", "Import it as it was read, without asking.")] = False,
) -> None:
    """Take in a tracker with headings of its own. Shows how it was read first; its references are kept."""
    from reportpack.run.register.trackers import import_rows, kind_of, propose_import, remembered

    folders = asked.folders
    name = rows.sheet_called(kind) if kind else kind_of(file, sheet)
    tracker, proposed = propose_import(file, name, dict(_pairs(headings or [])), sheet, remembered(folders))
    answer(*_reading(tracker, file.name, proposed))
    if not yes:
        try:
            if tracker.proposals and not take:
                take = typer.confirm(f"Take what is proposed for {plural(len(tracker.proposals), 'row')}?", err=True)
            typer.confirm(f"Import {plural(len(tracker.rows), 'row')} so?", err=True, abort=True)
        except (typer.Abort, EOFError) as stop:
            raise InputError("Nothing was imported.", "To import it as it was read, say so or give --yes.") from stop
    imported = import_rows(folders, tracker, file, asked.moment, take=take)
    problems(imported.problems)
    remark(f"{plural(imported.added, 'row')} imported; {imported.known} were there already.")


def recorded(updated: "rows.Updated | None", remarked: str = "Recorded.") -> None:
    """Show the row, where it is one, as it stands after a change, and say that it was recorded."""
    if updated is not None:
        answer(*_whole(updated.row))
        problems(updated.problems)
    remark(remarked)


def _reading(tracker: "Tracker", name: str, proposed: dict[str, str]) -> Iterator[str]:
    where = f'Sheet "{tracker.sheet}"' if tracker.sheet else name
    yield f"{where}, headings in row {tracker.header_row}, {plural(len(tracker.rows), 'row')}:"
    for heading, column in tracker.taken:
        yield f"  {heading} -> {column}{' (proposed; otherwise: --map)' if heading in proposed else ''}"
    for row in tracker.rows[:3]:
        yield f"  {row.source.cell}: {_short((header, text) for header, text in row.texts.items() if text)}"
    for one in tracker.proposals:
        words = _short((header, words_said(said)) for header, said in one.words)
        yield f"  proposed for {one.row.ref or one.row.source.cell}: {words}, because {one.because}"


def _short(words: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{header}: {' '.join(text.split())[:60]}" for header, text in words)


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    pairs = [one.partition("=") for one in words]
    if not all(sign for _, sign, _ in pairs):
        raise typer.BadParameter("write each as HEADING=WORDS, such as State=closed")
    return [(heading, text) for heading, _, text in pairs]


def _step(step: "rows.Step") -> Iterator[str]:
    yield f"{long_date(step.event.recorded.date())}, {step.change.cause} (event {step.event.number}):"
    if step.undone is not None:
        event, why = step.undone
        who = f" by {event.who}" if event.who else ""
        yield f"  undone on {long_date(event.recorded.date())}{who}: {why}"
    for one in step.change.changes:
        yield f'  {one.header}: "{one.before}" became "{one.after}"' if one.before else f'  {one.header}: "{one.after}"'


def _whole(row: RegisterRow) -> Iterator[str]:
    public = {"Public reference": row.public} if row.public else {}
    return (f"{header}: {text}" for header, text in (row.texts | public).items())


def _line(row: RegisterRow) -> str:
    table = table_of(row.sheet)
    reference = row.ref if table.has_references else ""
    return f"{table.singular.capitalize():<10} {reference:<9} {row.text(Heading.STATE):<18} {shortened(row.name, 90)}"


_WHERE = "Where to (default: inputs/memory/backups)."
_CELLS = "All that ever stood there, such as 12/2019:Update."


@verb(ledger_app)
def backup(asked: Asked, file: Annotated[Path | None, named("[FILE]", _WHERE)] = None) -> None:
    """Write everything that is remembered into one file, kept files too."""
    path, events = ledger.back_up(asked.folders, file, asked.today)
    answer(path)
    remark(f"{plural(events, 'event')} backed up.")


@verb(ledger_app)
def restore(asked: Asked, file: Annotated[Path, named("FILE", "A backup of the ledger.")]) -> None:
    """Make the ledger again from a backup. One that is there is never overwritten."""
    remark(f"{plural(ledger.restore(asked.folders, file), 'event')} restored.")


@verb(ledger_app)
def undo(
    asked: Asked, event: Annotated[int, named("EVENT", "Its number, as register history shows it.")], why: Why, by: By = ""
) -> None:
    """Undo a change of the register, or an answer about a figure: what was before it stands again, and both are kept."""
    recorded(rows.undo_event(asked.folders, event, asked.change(by, why)), "Undone, and recorded.")


@verb(ledger_app)
def erase(
    asked: Asked,
    why: Why,
    by: By,
    words: Annotated[list[str] | None, told("--words", "TEXT", "Words to erase, such as a name; may be given again.")] = None,
    cell: Annotated[list[str] | None, told("--cell", "REFERENCE:HEADING", _CELLS)] = None,
    event: Annotated[list[int] | None, told("--event", "EVENT", "The words that this change of the register brought.")] = None,
    kept: Annotated[list[str] | None, told("--kept", "SHA256", "A kept file, whole.")] = None,
    yes: Yes = False,
) -> None:
    """Erase personal words from the ledger, kept files, backups and register. That, when, by whom and why is kept; the words are not."""
    wanted = ledger.Wanted(tuple(words or ()), tuple(_cell(one) for one in cell or ()), tuple(event or ()), tuple(kept or ()))
    remark(f"They stand in {_counted(ledger.look_for_words(asked.folders, wanted, asked.moment))}.")
    if not yes and not (sys.stdin.isatty() and typer.confirm("Erase them? This cannot be taken back.", err=True)):
        raise RefusedError("Nothing was erased. It cannot be taken back.", "Say yes when asked, or give --yes.")
    erased = ledger.erase_words(asked.folders, wanted, asked.change(by, why))
    answer(f"Erased from {_counted(erased)}, and recorded that it was, by whom and why.")
    remark(
        "Backups from before were removed, and one of the ledger as it is now was made. "
        "Copies that you put elsewhere still hold the words."
    )
    if erased.left:
        remark("These files still hold the words. Change or remove them; what is in build/ can be made again:")
        for path in erased.left:
            remark(f"  - {path}")


def _cell(text: str) -> tuple[str, str]:
    ref, _, heading = text.partition(":")
    if not ref.strip() or not heading.strip():
        raise typer.BadParameter(f"{text!r} is not a cell such as 12/2019:Update")
    return ref.strip(), heading.strip()


def _counted(found: "ledger.Erasing") -> str:
    files, cells = plural(found.files, "kept file"), plural(found.cells, "cell")
    return f"{plural(found.events, 'event')}, {files} and {cells} of the register"
