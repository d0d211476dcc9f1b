"""`reportpack due`: what fell due, done once; what waits for a person, let go or dropped."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, By, Why, asks, flag, named, verb
from reportpack.cli.say import answer, give, plural, problems, progress, remark
from reportpack.errors import ExitCode, InputError
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run.due.letters import Held
    from reportpack.run.due.report import Foreseen

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
NumberArgument = Annotated[list[int] | None, named("[NUMBER...]", "The letters' numbers, as the list shows them.")]
_LATER = 12


@app.callback()
@asks("build", "templates", "json")
def due(
    asked: Asked,
    context: typer.Context,
    dry_run: Annotated[bool, flag("--dry-run", "Say what it would do and why; change and send nothing.")] = False,
) -> None:
    """Do what fell due by today: notes, packs, chases, reminders. Nothing is sent that no person has released."""
    if context.invoked_subcommand is not None:
        return
    from reportpack.run.due.day import foresee_due, run_due
    from reportpack.run.due.report import lines_of

    if dry_run:
        found = foresee_due(asked.folders, asked.today)
        give(found, _foreseen(found), as_json=asked.json)
        for later in found.later[:_LATER]:
            remark(f"  {long_date(later.day)}: {later.words}")
        problems(found.problems)
        return
    with progress() as say:
        report = run_due(asked.folders, asked.moment, asked.today, say)
    give(report, lines_of(report), as_json=asked.json)
    if report.waiting:
        remark(f"{plural(len(report.waiting), 'set')} of letters wait for your word: reportpack due list")
    problems(report.problems)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@verb(app, "json", name="list")
def list_waiting(asked: Asked, texts: Annotated[bool, flag("--texts", "Show what each letter says.")] = False) -> None:
    """List the letters that are ready and wait for a person's word."""
    from reportpack.run.due.letters import waiting_letters

    waiting = waiting_letters(asked.folders)
    give(waiting, (line for one in waiting for line in _held(one, texts=texts)), as_json=asked.json)
    remark("To let them go: reportpack due send NUMBER --by NAME" if waiting else "No letters wait.")


@verb(app, "build")
def send(
    asked: Asked,
    by: By,
    numbers: NumberArgument = None,
    everything: Annotated[bool, flag("--all", "Everything that waits.")] = False,
) -> None:
    """Let letters go that were prepared: notes, reminders and chases, just as they were shown."""
    from reportpack.run.due.letters import send_held
    from reportpack.run.due.report import delivery_lines

    with progress() as say:
        delivered = send_held(asked.folders, _numbers(numbers, everything), by, asked.moment, say)
    answer(*delivery_lines(delivered))
    if delivered is not None and delivered.failed:
        raise typer.Exit(ExitCode.DELIVERY)


@verb(app)
def drop(asked: Asked, why: Why, numbers: NumberArgument = None, by: By = "") -> None:
    """Drop letters that were prepared: nobody gets them."""
    from reportpack.run.due.letters import drop_held

    drop_held(asked.folders, _numbers(numbers, False), why, by, asked.moment)
    remark("Dropped, and recorded.")


def _numbers(numbers: list[int] | None, everything: bool) -> tuple[int, ...] | None:
    if bool(numbers) == everything:
        remedy = "Name their numbers, or give --all where there is that option. See: reportpack due list"
        raise InputError("It is not said which letters." if not numbers else "Both numbers and --all were given.", remedy)
    return None if everything else tuple(numbers or ())


def _foreseen(found: "Foreseen") -> Iterator[str]:
    for one in found.decisions:
        yield f"{'would do' if one.do else 'would leave out'}: {one.duty.words}, because {one.why}"
    if not found.decisions:
        yield "nothing is due"
    if found.replies:
        yield f"would take in: {plural(found.replies, 'file')} from the inbox"
    for held in found.waiting:
        yield f"waits for you: {held.what.duty.value} {held.what.about}, letters {held.number}: reportpack due list"


def _held(one: "Held", *, texts: bool) -> Iterator[str]:
    about = f", {one.what.about}" if one.what.about else ""
    yield f"{one.number}  {one.what.duty.value}{about}, {one.what.occasion or 'once'}: since {long_date(one.since.date())}"
    for letter in one.what.letters:
        attached = f"; attached: {', '.join(file.name for file in letter.enclosures)}" if letter.enclosures else ""
        yield f"    to {letter.to.name} <{letter.to.email}>, {letter.edition} edition: {letter.subject}{attached}"
        yield from (f"      | {line}" for line in letter.text.splitlines() if texts)
