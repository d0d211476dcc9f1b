"""`reportpack due`: what fell due, done once; what waits for a person, let go or dropped."""

from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import BuildOption, InputsOption, JsonOption, NowOption, TemplatesOption
from reportpack.cli.say import answer, answer_json, plural, problems, progress, remark
from reportpack.errors import InputError
from reportpack.model.period import long_date
from reportpack.run.steps.as_json import problem_json

if TYPE_CHECKING:
    from reportpack.run.due.letters import Held
    from reportpack.run.due.report import DueReport, Foreseen

app = typer.Typer(help="What fell due, done once.", invoke_without_command=True, rich_markup_mode=None)
NumberArgument = Annotated[
    list[int] | None,
    typer.Argument(metavar="[NUMBER...]", help="The letters' numbers, as the list shows them.", show_default=False),
]
_LATER = 12


@app.callback()
def due(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do and why; change and send nothing.")] = False,
    inputs: InputsOption = None,
    build: BuildOption = None,
    templates: TemplatesOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do what fell due by today: notes, packs, chases, reminders. Nothing is sent that no person has released."""
    if context.invoked_subcommand is not None:
        return
    from reportpack.run.due.day import foresee_due, run_due
    from reportpack.run.due.report import lines_of
    from reportpack.run.folders import office_folders

    moment = instant(now)
    folders = office_folders(inputs, build, templates)
    if dry_run:
        _show_foreseen(foresee_due(folders, london_day(moment)), as_json)
        return
    with progress() as say:
        report = run_due(folders, moment, london_day(moment), say)
    if as_json:
        answer_json(_as_json(report))
    else:
        for line in lines_of(report):
            answer(line)
        if report.waiting:
            remark(f"{plural(len(report.waiting), 'set')} of letters wait for your word: reportpack due list")
    problems(report.problems)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@app.command("list")
def list_waiting(
    texts: Annotated[bool, typer.Option("--texts", help="Show what each letter says.")] = False,
    inputs: InputsOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the letters that are ready and wait for a person's word."""
    from reportpack.run.due.letters import waiting_letters
    from reportpack.run.folders import office_folders

    waiting = waiting_letters(office_folders(inputs, None, None))
    if as_json:
        answer_json([_held_json(one) for one in waiting])
        return
    for one in waiting:
        _show_held(one, texts=texts)
    remark("To let them go: reportpack due send NUMBER --by NAME" if waiting else "No letters wait.")


@app.command()
def send(
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who lets them go.", show_default=False)],
    numbers: NumberArgument = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything that waits.")] = False,
    inputs: InputsOption = None,
    build: BuildOption = None,
    now: NowOption = None,
) -> None:
    """Let letters go that were prepared: notes, reminders and chases, just as they were shown."""
    from reportpack.run.due.letters import send_held
    from reportpack.run.due.report import delivery_lines
    from reportpack.run.folders import office_folders

    with progress() as say:
        delivered = send_held(
            office_folders(inputs, build, None), _numbers(numbers, everything), _said(by, "who lets them go"), instant(now), say
        )
    for line in delivery_lines(delivered):
        answer(line)
    if delivered is not None and delivered.failed:
        raise typer.Exit(6)


@app.command()
def drop(
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.", show_default=False)],
    numbers: NumberArgument = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who drops them.", show_default=False)] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Drop letters that were prepared: nobody gets them."""
    from reportpack.run.due.letters import drop_held
    from reportpack.run.folders import office_folders

    drop_held(office_folders(inputs, None, None), _numbers(numbers, False), _said(why, "why"), by, instant(now))
    remark("Dropped, and recorded.")


def _numbers(numbers: list[int] | None, everything: bool) -> tuple[int, ...] | None:
    """The numbers; None for everything."""
    if bool(numbers) == everything:
        raise InputError(
            "It is not said which letters." if not numbers else "Both numbers and --all were given.",
            "Name their numbers, or give --all where there is that option. See: reportpack due list",
        )
    return None if everything else tuple(numbers or ())


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise typer.BadParameter(f"say {what}")
    return text.strip()


def _show_foreseen(found: "Foreseen", as_json: bool) -> None:
    if as_json:
        answer_json(
            {
                "duties": [
                    {"duty": one.duty.kind, "about": one.duty.about, "occasion": one.duty.occasion, "do": one.do, "why": one.why}
                    for one in found.decisions
                ],
                "waiting": [_held_json(one) for one in found.waiting],
                "later": [
                    {"duty": one.kind, "about": one.about, "occasion": one.occasion, "on": one.day.isoformat()}
                    for one in found.later
                ],
            }
        )
        return
    for one in found.decisions:
        answer(f"{'would do' if one.do else 'would leave out'}: {one.duty.words}, because {one.why}")
    if not found.decisions:
        answer("nothing is due")
    if found.replies:
        answer(f"would take in: {plural(found.replies, 'file')} from the inbox")
    for held in found.waiting:
        answer(f"waits for you: {held.what.duty.value} {held.what.about}, letters {held.number}: reportpack due list")
    for later in found.later[:_LATER]:
        remark(f"  {long_date(later.day)}: {later.words}")
    problems(found.problems)


def _show_held(one: "Held", *, texts: bool) -> None:
    about = f", {one.what.about}" if one.what.about else ""
    answer(f"{one.number}  {one.what.duty.value}{about}, {one.what.occasion or 'once'}: since {long_date(one.since.date())}")
    for letter in one.what.letters:
        attached = f"; attached: {', '.join(file.name for file in letter.enclosures)}" if letter.enclosures else ""
        answer(f"    to {letter.to.name} <{letter.to.email}>, {letter.edition} edition: {letter.subject}{attached}")
        for line in letter.text.splitlines() if texts else ():
            answer(f"      | {line}")


def _held_json(one: "Held") -> dict[str, object]:
    return {
        "number": one.number,
        "duty": one.what.duty,
        "about": one.what.about or None,
        "since": one.since.isoformat(),
        "letters": [
            {
                "to": letter.to.email,
                "name": letter.to.name,
                "edition": letter.edition,
                "subject": letter.subject,
                "text": letter.text,
            }
            for letter in one.what.letters
        ],
    }


def _as_json(report: "DueReport") -> dict[str, object]:
    return {
        "busy": report.busy,
        "deeds": [
            {
                "duties": [{"duty": each.kind, "about": each.about, "occasion": each.occasion} for each in one.duties],
                "became": "failed" if one.failed is not None else one.became,
                "said": one.failed.found if one.failed is not None else one.said,
                "waiting": list(one.waiting),
                "missing": list(one.missing),
                "letters": one.held or None,
            }
            for one in report.deeds
        ],
        "waiting": [_held_json(one) for one in report.waiting],
        "replies": report.replies,
        "problems": [problem_json(one) for one in report.problems],
    }
