"""`reportpack annex`: the notes of a meeting made into the minutes-and-actions annex; issued, agreed, and corrected."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from reportpack.cli.options import Asked, By, Later, Meeting, NotedMeeting, Why, Yes, asks, group, named, told
from reportpack.cli.say import Progress, confirmed, give, plural, problems, remark, waited
from reportpack.cli.verbs import DefaultGroup
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.edition import Audience
from reportpack.model.period import long_date
from reportpack.model.words import shortened

if TYPE_CHECKING:
    from reportpack.run.letters import passages
    from reportpack.run.minutes import annex_issue, annex_reading, settling
else:
    annex_issue, annex_reading, settling = Later.of("reportpack.run.minutes", "annex_issue", "annex_reading", "settling")
    (passages,) = Later.of("reportpack.run.letters", "passages")

EVERY = "all"


class AnnexGroup(DefaultGroup):
    """`annex MEETING` is a draft, and `annex MEETING --issue` is `annex issue MEETING`."""

    default = "draft"
    spelt: ClassVar = {f"--{verb}": verb for verb in ("issue", "returned", "corrections", "accept", "refuse")}
    spelt["--agreed"] = "agree"
    alone = frozenset({"--issue", "--agreed", "--corrections"})


_MEANS = "The notes of a meeting as the annex, issued, agreed and corrected: reportpack annex [MEETING] [--issue]."
app = group(_MEANS, cls=AnnexGroup)
Numbers = Annotated[list[str], named("NUMBER...", "A correction, several (3,5-7), or all that are open.")]
_SAME = "This one has new words in the notes; which ones, or on which line, where several are new."
SameOption = Annotated[list[str] | None, told("--same", "REFERENCE[=WORDS]", _SAME)]
WithdrawnOption = Annotated[list[str] | None, told("--withdrawn", "REFERENCE", "This one was taken out of the notes.")]
_building = asks("edition", "templates", "build", "json", "strict", "pdf")
_correcting = asks("templates", "build", "json")


@app.command()
@_building
def draft(asked: Asked, meeting: NotedMeeting = "") -> None:
    """Make the notes into the annex, with queries for the note taker; record nothing. The same as annex alone."""
    _build(asked, lambda say: annex_issue.build_annex(asked.folders, order_of(asked, meeting), say))


@app.command()
@_building
def issue(asked: Asked, meeting: NotedMeeting = "", same: SameOption = None, withdrawn: WithdrawnOption = None) -> None:
    """Number the actions, record what the notes ask for, and make the copy for accuracy. The same as --issue."""
    from reportpack.model.noted import Restated

    pairs = (one.partition("=") for one in same or ())
    settled = Restated(tuple((ref.strip(), words.strip().strip('"')) for ref, _, words in pairs), frozenset(withdrawn or ()))
    _build(asked, lambda say: annex_issue.issue_annex(asked.folders, order_of(asked, meeting), say, settled))


@app.command()
@_building
def agree(asked: Asked, meeting: Meeting, yes: Yes = False) -> None:
    """Record that the notes that were issued are agreed, today, with their corrections. The same as --agreed.

    Asks first where other notes or due matters are left open, if there is somebody to answer; with --json they are among its problems."""
    order = order_of(asked, meeting)
    if not yes and not asked.json and sys.stdin.isatty() and (gaps := annex_issue.left_open(asked.folders, order)):
        problems(gaps)
        confirmed("Record that the notes are agreed all the same?", yes=yes, otherwise="Nothing was recorded.")
    _build(asked, lambda say: annex_issue.agree_annex(asked.folders, order, say))


@app.command()
@_correcting
def returned(asked: Asked, meeting: Meeting, file: Annotated[Path, named("FILE", "The Word copy that came back.")]) -> None:
    """Take in the Word copy that came back, with its changes and comments, as proposals. The same as --returned FILE."""
    _say(asked, lambda say: settling.take_returned(asked.folders, order_of(asked, meeting), file, say))


@app.command()
@_correcting
def corrections(asked: Asked, meeting: NotedMeeting = "") -> None:
    """List the corrections that were proposed, and what became of each. The same as --corrections."""
    _say(asked, lambda say: settling.list_corrections(asked.folders, order_of(asked, meeting), say), everything=True)


@app.command()
@_correcting
def accept(
    asked: Asked,
    meeting: Meeting,
    numbers: Numbers,
    by: By = "",
    why: Why = "",
    words: Annotated[str, told("--words", "TEXT", "What should be read, in other words.")] = "",
) -> None:
    """Accept corrections; the register's rows follow. The same as --accept NUMBER."""
    _settle(asked, meeting, read_numbers(numbers, "--accept"), True, (by, why, words))


@app.command()
@_correcting
def refuse(asked: Asked, meeting: Meeting, numbers: Numbers, by: By = "", why: Why = "") -> None:
    """Refuse corrections, and say why. The same as --refuse NUMBER."""
    _settle(asked, meeting, read_numbers(numbers, "--refuse"), False, (by, why))


_holding = asks("json")
WordsOfPassage = Annotated[str, named("'WORDS...'", "The words, as they stand in the notes or in what people wrote.")]
HeldFrom = Annotated[
    Audience, typer.Option("--edition", help="force or public: the narrowest edition that is not to carry them.")
]


@app.command()
@_holding
def withhold(
    asked: Asked,
    meeting: Meeting,
    words: WordsOfPassage,
    edition: HeldFrom = Audience.PUBLIC,
    reason: Annotated[str, told("--reason", "ID", "One of the office's reasons ([[withholding]]).")] = "",
    instead: Annotated[str, told("--instead", "WORDS", "What stands there instead.")] = "",
    by: By = "",
) -> None:
    """Hold a passage back from an edition, or say it otherwise there. The office's edition keeps it."""
    _hold(asked, passages.hold_passage, (meeting, words, edition, asked.moment, asked.today, reason, instead, by))


@app.command()
@_holding
def restore(
    asked: Asked, meeting: Meeting, words: WordsOfPassage, edition: HeldFrom = Audience.PUBLIC, by: By = "", why: Why = ""
) -> None:
    """Let a passage that was held back stand in that edition again."""
    _hold(asked, passages.restore_passage, (meeting, words, edition, asked.moment, asked.today, "", "", by, why))


@app.command("passages")
@_holding
def list_passages(asked: Asked, meeting: Meeting) -> None:
    """List the passages that are held back, with their reasons."""
    _hold(asked, passages.held_passages, (meeting, "", Audience.PUBLIC, asked.moment, asked.today))


@app.command("open")
@_holding
def open_notes(asked: Asked, meeting: Meeting, by: By = "", why: Why = "") -> None:
    """Say that the notes of a meeting that was not public may be published, but for what is held back."""
    _hold(asked, passages.open_notes, (meeting, "", Audience.PUBLIC, asked.moment, asked.today, "", "", by, why))


@app.command("close")
@_holding
def close_notes(asked: Asked, meeting: Meeting, by: By = "", why: Why = "") -> None:
    """Say that they may not be after all."""
    _hold(
        asked,
        partial(passages.open_notes, opened=False),
        (meeting, "", Audience.PUBLIC, asked.moment, asked.today, "", "", by, why),
    )


def _hold(asked: Asked, record: "Callable[..., passages.Held]", given: tuple[Any, ...]) -> None:
    held = record(asked.folders, passages.Holding(*given))
    lines = (
        f'{one.edition}: "{shortened(one.words, 300)}" ({one.reason or "no reason"}){f", instead: {one.instead}" if one.instead else ""}'
        for one in held.passages
    )
    give(held, lines, as_json=asked.json)
    remark(f"{plural(len(held.passages), 'passage')} held back{f' ({held.said})' if held.said else ''}.")
    for line in held.asked:
        remark(f"  {line}")


def order_of(asked: Asked, meeting: str) -> "annex_reading.AnnexOrder":
    """What is asked for of the notes of that meeting."""
    return annex_reading.AnnexOrder(meeting, asked.edition, asked.moment, asked.today, asked.strict)


def read_numbers(given: list[str], option: str) -> tuple[int, ...]:
    """The numbers of corrections or queries: `3`, `3,5-7`; none for `all`."""
    words = [part.strip() for text in given for part in text.split(",") if part.strip()]
    if [word.casefold() for word in words] == [EVERY]:
        return ()
    if not words:
        raise typer.BadParameter(f"{option} takes numbers such as 3 or 3,5-7")
    numbers: list[int] = []
    for word in words:
        first, _, last = word.partition("-")
        if not first.isdigit() or not (last or first).isdigit() or int(last or first) - int(first) > 1000:
            raise typer.BadParameter(f"{option} takes numbers such as 3 or 3,5-7, not {word!r}")
        numbers.extend(range(int(first), int(last or first) + 1))
    return tuple(numbers)


def _build(asked: Asked, make: "Callable[[Progress], annex_issue.BuiltAnnex]") -> None:
    built = waited(make)
    give(built, built.paths, as_json=asked.json)
    count = f"{built.queries} queries" if built.queries != 1 else "1 query"
    must = f", {built.blocking} of them to be answered before it can be agreed" if built.blocking else ""
    pages = "given again as it was kept" if built.again else plural(built.pages, "page")
    open_ones = f" {plural(built.corrections, 'correction')} to accept or refuse." if built.corrections else ""
    remark(
        f"{built.meeting.title}, {built.meeting.id}: {built.version}, {built.edition} edition, {pages}, "
        f"{plural(built.actions, 'action')} arising; {count} for the note taker{must}.{open_ones}"
    )
    if built.given:
        remark(f"Recorded: {', '.join(one.ref for one in built.given)}.")
    problems(built.problems)


def _settle(asked: Asked, meeting: str, numbers: tuple[int, ...], accept: bool, said: tuple[str, ...]) -> None:
    given = settling.Settling(numbers, accept, *said)
    _say(asked, lambda say: settling.settle_corrections(asked.folders, order_of(asked, meeting), given, say))


def _say(asked: Asked, find: "Callable[[Progress], settling.Corrections]", *, everything: bool = False) -> None:
    found = waited(find)
    shown = found.corrections if everything else found.changed
    give(found, (line for one in shown for line in _lines(one)), as_json=asked.json)
    left = sum(one.settled is None for one in found.corrections)
    changed = "" if everything else f"{plural(len(found.changed), 'correction')} new or settled now; "
    remark(f"{found.meeting.title}, {found.meeting.id}: {changed}{plural(left, 'correction')} to accept or refuse.")
    for row in found.rows:
        change = row.changes[0]
        remark(f'{row.ref}, {change.header}: "{change.after}"')
    problems(found.problems)


def _lines(one: Correction) -> Iterable[str]:
    found, settled = one.proposed.found, one.settled
    place = " / ".join(part for part in (found.place.section, found.place.heading, found.place.row, found.place.column) if part)
    line = f", line {found.place.line}" if found.place.line.isdigit() else f", {found.place.line}" if found.place.line else ""
    when = f", {long_date(found.made)}" if found.made is not None else ""
    who = f"{found.author or 'no author given'}{when}" if found.tracked else "changed without tracking"
    yield f"{one.number}. {place or 'At no place'}{line} ({who}{', marked as resolved' if found.resolved else ''})"
    yield f"   {_said(one)}"
    if settled is not None:
        words = f', in the words "{settled.words}"' if settled.words else ""
        why = f": {settled.why}" if settled.why else ""
        yield f"   {'Accepted' if settled.accepted else 'Refused'} by {one.by} on {long_date(settled.on)}{words}{why}"


def _said(one: Correction) -> str:
    found = one.proposed.found
    before, after = one.reading
    if found.kind is CorrectionKind.COMMENT:
        about = f'On "{found.removed}": ' if found.removed else ""
        reply = f' (in answer to "{shortened(found.reply_to, 300)}")' if found.reply_to else ""
        return f"{about}{' '.join(found.comment.split())}{reply}"
    if before and after:
        return f'For "{shortened(before, 300)}" read "{shortened(after, 300)}"'
    moved = ", which was moved" if found.kind is CorrectionKind.MOVED else ""
    return f'Add "{shortened(after, 300)}"{moved}' if after else f'Take out "{shortened(before, 300)}"{moved}'
