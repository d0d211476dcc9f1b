"""`reportpack inbox`: replies that came back, what they propose, and whether a person takes it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, By, Why, asks, named, told, verb
from reportpack.cli.say import answer, give, plural, problems, remark
from reportpack.model.action import ActionState
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading
from reportpack.model.reply import Saying

if TYPE_CHECKING:
    from reportpack.run.due.inbox import WaitingReply

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
NumberArgument = Annotated[int, named("NUMBER", "The reply's number, as the list shows it.")]
ForOption = Annotated[list[str] | None, told("--for", "REFERENCE", "Only what it says of this row. May be repeated.")]
_SHOWN = 12


@app.callback()
@asks("json")
def inbox(asked: Asked, context: typer.Context) -> None:
    """Replies that came back: take in what lies in inputs/inbox, and list those that wait for you."""
    if context.invoked_subcommand is not None:
        return
    from reportpack.run.due.inbox import list_inbox

    waiting, taken, said = list_inbox(asked.folders, asked.moment)
    give(waiting, (line for one in waiting for line in _lines(one)), as_json=asked.json)
    if taken:
        remark(f"{taken} new {'reply' if taken == 1 else 'replies'} kept, and moved to inputs/inbox/done.")
    if not waiting:
        remark("No reply waits.")
    problems(said, everything=True)


@verb(app)
def accept(
    asked: Asked,
    number: NumberArgument,
    by: By,
    refs: ForOption = None,
    saying: Annotated[
        Saying | None, typer.Option("--as", help="Take it as complete, or as an update, whatever was read.", show_default=False)
    ] = None,
) -> None:
    """Put what a reply proposes into the register: an action proposed as complete with its evidence, or an update."""
    from reportpack.run.due.inbox import accept_reply

    for one in accept_reply(asked.folders, number, refs or (), saying, by, asked.moment):
        answer(f"{one.row.ref}: {one.row.text(Heading.STATE) or ActionState.OPEN.value}")
        problems(one.problems)
    remark("Recorded.")


@verb(app)
def refuse(asked: Asked, number: NumberArgument, why: Why, refs: ForOption = None, by: By = "") -> None:
    """Leave a reply, or what it says of some rows, unused. It stays kept."""
    from reportpack.run.due.inbox import refuse_reply

    refuse_reply(asked.folders, number, refs or (), why, by, asked.moment)
    remark("Recorded; nothing in the register changed.")


def _lines(one: "WaitingReply") -> Iterator[str]:
    kept = one.kept
    who = f"{kept.name} <{kept.address}>" if kept.name and kept.address else kept.name or kept.address or "no sender named"
    day = f", {long_date(kept.sent.date())}" if kept.sent is not None else ""
    stranger = "" if one.known else " (a stranger: office.toml has no such address)"
    yield f"{one.number}  {who}{day}{stranger}"
    if kept.title:
        yield f"    {kept.title}"
    for proposal in one.proposals:
        said = "says it is complete" if proposal.saying is Saying.COMPLETE else "has news"
        yield f"    {proposal.ref} {said}:"
        yield from _quoted(proposal.words)
        if proposal.evidence:
            yield f"      Evidence: {proposal.evidence}"
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
    yield from (f"      | {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"      | ({plural(len(lines) - _SHOWN, 'line')} more)"
