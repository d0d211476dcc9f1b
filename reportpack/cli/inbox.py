"""`reportpack inbox`: replies that came back, what they propose, and whether a person takes it."""

from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant
from reportpack.cli.options import InputsOption, JsonOption, NowOption
from reportpack.cli.say import answer, answer_json, plural, problems, remark
from reportpack.model.action import ActionState
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading
from reportpack.model.reply import Saying

if TYPE_CHECKING:
    from reportpack.run.due.inbox import WaitingReply

app = typer.Typer(help="Replies that came back, and what they propose.", invoke_without_command=True, rich_markup_mode=None)
NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="The reply's number, as the list shows it.", show_default=False)
]
ForOption = Annotated[
    list[str] | None,
    typer.Option("--for", metavar="REFERENCE", help="Only what it says of this row. May be repeated.", show_default=False),
]
_SHOWN = 12


@app.callback()
def inbox(context: typer.Context, inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """Take in what lies in inputs/inbox, and list the replies that wait for you."""
    if context.invoked_subcommand is not None:
        return
    from reportpack.run.due.inbox import list_inbox
    from reportpack.run.folders import office_folders

    waiting, taken, said = list_inbox(office_folders(inputs, None, None), instant(now))
    if as_json:
        answer_json([_as_json(one) for one in waiting])
    else:
        for one in waiting:
            _show(one)
    if taken:
        remark(f"{taken} new {'reply' if taken == 1 else 'replies'} kept, and moved to inputs/inbox/done.")
    if not waiting:
        remark("No reply waits.")
    problems(said, everything=True)


@app.command()
def accept(
    number: NumberArgument,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who accepts it.", show_default=False)],
    refs: ForOption = None,
    saying: Annotated[
        Saying | None, typer.Option("--as", help="Take it as complete, or as an update, whatever was read.", show_default=False)
    ] = None,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Put what a reply proposes into the register: an action proposed as complete with its evidence, or an update."""
    from reportpack.run.due.inbox import accept_reply
    from reportpack.run.folders import office_folders

    updated = accept_reply(
        office_folders(inputs, None, None), number, refs or (), saying, _said(by, "who accepts it"), instant(now)
    )
    for one in updated:
        answer(f"{one.row.ref}: {one.row.text(Heading.STATE) or ActionState.OPEN.value}")
        problems(one.problems)
    remark("Recorded.")


@app.command()
def refuse(
    number: NumberArgument,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.", show_default=False)],
    refs: ForOption = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who refuses it.", show_default=False)] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Leave a reply, or what it says of some rows, unused. It stays kept."""
    from reportpack.run.due.inbox import refuse_reply
    from reportpack.run.folders import office_folders

    refuse_reply(office_folders(inputs, None, None), number, refs or (), _said(why, "why"), by, instant(now))
    remark("Recorded; nothing in the register changed.")


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise typer.BadParameter(f"say {what}")
    return text.strip()


def _show(one: "WaitingReply") -> None:
    kept = one.kept
    who = f"{kept.name} <{kept.address}>" if kept.name and kept.address else kept.name or kept.address or "no sender named"
    day = f", {long_date(kept.sent.date())}" if kept.sent is not None else ""
    stranger = "" if one.known else " (a stranger: office.toml has no such address)"
    answer(f"{one.number}  {who}{day}{stranger}")
    if kept.title:
        answer(f"    {kept.title}")
    for proposal in one.proposals:
        said = "says it is complete" if proposal.saying is Saying.COMPLETE else "has news"
        answer(f"    {proposal.ref} {said}:")
        _quote(proposal.words)
        if proposal.evidence:
            answer(f"      Evidence: {proposal.evidence}")
    if kept.apologies:
        answer(
            f"    Apologies for {kept.apologies}. Note them in the meeting's file: reportpack inbox accept {one.number} --by NAME"
        )
    elif not one.proposals:
        answer("    It names nothing that the register has:")
        _quote(kept.text)
    if kept.attached:
        answer(f"    Attached: {', '.join(file.name for file in kept.attached)}")
    for text in kept.remarks:
        answer(f"    {text}")


def _quote(text: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines[:_SHOWN]:
        answer(f"      | {line}")
    if len(lines) > _SHOWN:
        answer(f"      | ({plural(len(lines) - _SHOWN, 'line')} more)")


def _as_json(one: "WaitingReply") -> dict[str, object]:
    kept = one.kept
    return {
        "number": one.number,
        "file": kept.file,
        "sha256": kept.sha256,
        "from": {"name": kept.name, "address": kept.address, "post": kept.post or None, "known": one.known},
        "sent": kept.sent.isoformat() if kept.sent is not None else None,
        "kind": kept.kind.value,
        "apologies": kept.apologies or None,
        "subject": kept.title,
        "text": kept.text,
        "attached": [{"name": file.name, "sha256": file.sha256} for file in kept.attached],
        "proposals": [
            {"sheet": each.sheet, "ref": each.ref, "saying": each.saying, "words": each.words, "evidence": each.evidence}
            for each in one.proposals
        ],
        "remarks": list(kept.remarks),
    }
