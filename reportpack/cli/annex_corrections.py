"""What `reportpack annex` says of corrections: those that a returned copy proposes, and what became of each."""

from typing import TYPE_CHECKING

import typer

from reportpack.cli.say import answer, answer_record, plural, problems, remark
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run.minutes.annex_returned import Corrections

EVERY = "all"


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


def say_corrections(found: "Corrections", *, as_json: bool, everything: bool) -> None:
    """Those that are new or were settled now, or every one; then how many are left to settle."""
    shown = found.corrections if everything else found.changed
    if as_json:
        answer_record(found)
    else:
        for one in shown:
            for line in _lines(one):
                answer(line)
    left = sum(one.settled is None for one in found.corrections)
    changed = "" if everything else f"{plural(len(found.changed), 'correction')} new or settled now; "
    remark(f"{found.meeting.title}, {found.meeting.id}: {changed}{plural(left, 'correction')} to accept or refuse.")
    for row in found.rows:
        change = row.changes[0]
        remark(f'{row.ref}, {change.header}: "{change.after}"')
    problems(found.problems)


def _lines(one: Correction) -> list[str]:
    found = one.proposed.found
    place = " / ".join(part for part in (found.place.section, found.place.heading, found.place.row, found.place.column) if part)
    line = f", line {found.place.line}" if found.place.line.isdigit() else f", {found.place.line}" if found.place.line else ""
    when = f", {long_date(found.made)}" if found.made is not None else ""
    who = f"{found.author or 'no author given'}{when}" if found.tracked else "changed without tracking"
    return [
        f"{one.number}. {place or 'At no place'}{line} ({who}{', marked as resolved' if found.resolved else ''})",
        f"   {_said(one)}",
        *([f"   {_settled(one)}"] if one.settled is not None else []),
    ]


def _said(one: Correction) -> str:
    found = one.proposed.found
    before, after = one.reading
    if found.kind is CorrectionKind.COMMENT:
        about = f'On "{found.removed}": ' if found.removed else ""
        reply = f' (in answer to "{_short(found.reply_to)}")' if found.reply_to else ""
        return f"{about}{' '.join(found.comment.split())}{reply}"
    if before and after:
        return f'For "{_short(before)}" read "{_short(after)}"'
    moved = ", which was moved" if found.kind is CorrectionKind.MOVED else ""
    return f'Add "{_short(after)}"{moved}' if after else f'Take out "{_short(before)}"{moved}'


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 300 else f"{plain[:297]}..."


def _settled(one: Correction) -> str:
    settled = one.settled
    if settled is None:
        return ""
    verdict = "Accepted" if settled.accepted else "Refused"
    words = f', in the words "{settled.words}"' if settled.words else ""
    return f"{verdict} by {one.by} on {long_date(settled.on)}{words}{': ' + settled.why if settled.why else ''}"
