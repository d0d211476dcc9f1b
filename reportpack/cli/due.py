"""`reportpack due`, `inbox` and `schedule`: what fell due, done once; what waits for a person; replies that came back; the machine's own timer."""

import shlex
from collections.abc import Iterator
from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, By, Later, Why, asks, flag, group, named, read_time, told, verb
from reportpack.cli.say import answer, give, plural, problems, remark, waited
from reportpack.errors import ExitCode, InputError
from reportpack.model.action import ActionState
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading
from reportpack.model.reply import Saying

if TYPE_CHECKING:
    from reportpack.render.timers import Daily
    from reportpack.run.due import day as reports
    from reportpack.run.due import inbox as replies
    from reportpack.run.due import letters as held
    from reportpack.run.due import schedule as timers
else:
    replies, held, reports, timers = Later.of("reportpack.run.due", "inbox", "letters", "day", "schedule")

app = typer.Typer(invoke_without_command=True)
inbox_app = typer.Typer(invoke_without_command=True)
schedule_app = group("Have the machine run `due` every day.")
Letters = Annotated[list[int] | None, named("[NUMBER...]", "The letters' numbers, as the list shows them.")]
Reply = Annotated[int, named("NUMBER", "The reply's number, as the list shows it.")]
Refs = Annotated[list[str] | None, told("--for", "REFERENCE", "Only what it says of this row. May be repeated.")]
_AS = "Take it as complete, or as an update, whatever was read."
At = Annotated[time, typer.Option("--at", metavar="TIME", parser=read_time, help="When, by the machine's own clock.")]
_SEVEN = "07:00"
For = Annotated[str, told("--for", "TIMER", "systemd, cron or windows (default: what this machine has).")]
_LATER, _LINES = 12, 12


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

    if dry_run:
        found = foresee_due(asked.folders, asked.today)
        give(found, _foreseen(found), as_json=asked.json)
        for later in found.later[:_LATER]:
            remark(f"  {long_date(later.day)}: {later.words}")
        problems(found.problems)
        return
    report = waited(lambda say: run_due(asked.folders, asked.moment, asked.today, say))
    give(report, reports.lines_of(report), as_json=asked.json)
    if report.waiting:
        remark(f"{plural(len(report.waiting), 'set')} of letters wait for your word: reportpack due list")
    problems(report.problems)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@verb(app, "json", name="list")
def list_waiting(asked: Asked, texts: Annotated[bool, flag("--texts", "Show what each letter says.")] = False) -> None:
    """List the letters that are ready and wait for a person's word."""
    waiting = held.waiting_letters(asked.folders)
    give(waiting, (line for one in waiting for line in _held(one, texts=texts)), as_json=asked.json)
    remark("To let them go: reportpack due send NUMBER --by NAME" if waiting else "No letters wait.")


@verb(app, "build")
def send(
    asked: Asked, by: By, numbers: Letters = None, everything: Annotated[bool, flag("--all", "Everything that waits.")] = False
) -> None:
    """Let letters go that were prepared: notes, reminders and chases, just as they were shown."""
    delivered = waited(lambda say: held.send_held(asked.folders, _numbers(numbers, everything), asked.change(by), say))
    answer(*reports.delivery_lines(delivered))
    if delivered is not None and delivered.failed:
        raise typer.Exit(ExitCode.DELIVERY)


@verb(app)
def drop(asked: Asked, why: Why, numbers: Letters = None, by: By = "") -> None:
    """Drop letters that were prepared: nobody gets them."""
    held.drop_held(asked.folders, _numbers(numbers, False), asked.change(by, why))
    remark("Dropped, and recorded.")


def _numbers(numbers: list[int] | None, everything: bool) -> tuple[int, ...] | None:
    if bool(numbers) == everything:
        remedy = "Name their numbers, or give --all where there is that option. See: reportpack due list"
        raise InputError("It is not said which letters." if not numbers else "Both numbers and --all were given.", remedy)
    return None if everything else tuple(numbers or ())


def _foreseen(found: "reports.Foreseen") -> Iterator[str]:
    for one in found.decisions:
        yield f"{'would do' if one.do else 'would leave out'}: {one.duty.words}, because {one.why}"
    if not found.decisions:
        yield "nothing is due"
    if found.replies:
        yield f"would take in: {plural(found.replies, 'file')} from the inbox"
    for waits in found.waiting:
        yield f"waits for you: {waits.what.duty.value} {waits.what.about}, letters {waits.number}: reportpack due list"


def _held(one: "held.Held", *, texts: bool) -> Iterator[str]:
    about = f", {one.what.about}" if one.what.about else ""
    yield f"{one.number}  {one.what.duty.value}{about}, {one.what.occasion or 'once'}: since {long_date(one.since.date())}"
    for letter in one.what.letters:
        attached = f"; attached: {', '.join(file.name for file in letter.enclosures)}" if letter.enclosures else ""
        yield f"    to {letter.to.name} <{letter.to.email}>, {letter.edition} edition: {letter.subject}{attached}"
        yield from (f"      | {line}" for line in letter.text.splitlines() if texts)


@inbox_app.callback()
@asks("json")
def inbox(asked: Asked, context: typer.Context) -> None:
    """Whatever came: put what lies in inputs/inbox in its place, and list the replies that wait for you."""
    if context.invoked_subcommand is not None:
        return
    waiting, taken, said = replies.list_inbox(asked.folders, asked.moment)
    give(waiting, (line for one in waiting for line in _reply(one)), as_json=asked.json)
    if taken:
        remark(f"{taken} new {'reply' if taken == 1 else 'replies'} kept, and moved to inputs/inbox/done.")
    if not waiting:
        remark("No reply waits.")
    problems(said, everything=True)


@verb(inbox_app)
def accept(
    asked: Asked, number: Reply, by: By, refs: Refs = None, saying: Annotated[Saying | None, told("--as", None, _AS)] = None
) -> None:
    """Put what a reply proposes into the register: an action proposed as complete with its evidence, or an update."""
    for one in replies.accept_reply(asked.folders, number, refs or (), saying, asked.change(by)):
        answer(f"{one.row.ref}: {one.row.text(Heading.STATE) or ActionState.OPEN.value}")
        problems(one.problems)
    remark("Recorded.")


@verb(inbox_app)
def refuse(asked: Asked, number: Reply, why: Why, refs: Refs = None, by: By = "") -> None:
    """Leave a reply, or what it says of some rows, unused. It stays kept."""
    replies.refuse_reply(asked.folders, number, refs or (), asked.change(by, why))
    remark("Recorded; nothing in the register changed.")


def _reply(one: "replies.WaitingReply") -> Iterator[str]:
    kept = one.kept
    who = f"{kept.name} <{kept.address}>" if kept.name and kept.address else kept.name or kept.address or "no sender named"
    day = f", {long_date(kept.sent.date())}" if kept.sent is not None else ""
    stranger = "" if one.known else " (a stranger: office.toml has no such address)"
    yield f"{one.number}  {who}{day}{stranger}"
    if kept.title:
        yield f"    {kept.title}"
    for proposal in one.proposals:
        yield f"    {proposal.ref} {'says it is complete' if proposal.saying is Saying.COMPLETE else 'has news'}:"
        yield from _quoted(proposal.words)
        yield from (
            f"      {words}" for words in (proposal.evidence and f"Evidence: {proposal.evidence}", proposal.against) if words
        )
    if kept.apologies:
        yield f"    Apologies for {kept.apologies}. Note them in the meeting's file: reportpack inbox accept {one.number} --by NAME"
    elif not one.proposals:
        yield "    It names nothing that the register has:"
        yield from _quoted(kept.text)
    if kept.attached:
        yield f"    Attached: {', '.join(file.name for file in kept.attached)}"
    yield from (f"    {text}" for text in kept.remarks)


def _quoted(text: str) -> Iterator[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    yield from (f"      | {line}" for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"      | ({plural(len(lines) - _LINES, 'line')} more)"


@verb(schedule_app, "build", "templates")
def show(asked: Asked, at: At = _SEVEN, timer: For = "") -> None:  # type: ignore[assignment]  # typer parses a default as it does what is typed
    """Show the files and the commands, exactly; change nothing."""
    shown = timers.show_schedule(*_meant(asked, at, timer))
    for name, text in shown.texts:
        remark(f"--- {name}")
        answer(text.rstrip("\n"))
    if shown.commands:
        remark("--- then")
    answer(*shown.commands)


@verb(schedule_app, "build", "templates")
def install(asked: Asked, at: At = _SEVEN, timer: For = "") -> None:  # type: ignore[assignment]
    """Have this machine run `due` every day, from now on."""
    one, which = _meant(asked, at, timer)
    done = timers.install_schedule(one, which)
    answer(f"{which.value}: {shlex.join(one.command)}")
    remark(done)


@verb(schedule_app, "build", "templates")
def remove(asked: Asked, timer: For = "") -> None:
    """Take away what install made for this folder, and nothing else."""
    remark(timers.remove_schedule(*_meant(asked, time(7), timer)))


def _meant(asked: Asked, at: time, timer: str) -> tuple["Daily", "timers.Timer"]:
    if timer and timer not in list(timers.Timer):
        raise typer.BadParameter(f"{timer!r} is none of {', '.join(timers.Timer)}", param_hint="--for")
    named = (("--build", asked.build), ("--templates", asked.templates))
    given = [word for name, path in named if path is not None for word in (name, str(path.absolute()))]
    return timers.due_daily(asked.folders, at, given), timers.Timer(timer) if timer else timers.machine_timer()
