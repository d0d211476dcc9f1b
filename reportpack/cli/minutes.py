"""`reportpack minutes`: a form for the notes of a meeting, notes read as the program understands them, and what they leave open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.annex import order_of, read_numbers
from reportpack.cli.options import Asked, By, Later, Meeting, NextMeeting, NotedMeeting, Why, flag, group, named, verb
from reportpack.cli.say import answer, give, plural, problems, remark, waited
from reportpack.model.action import ActionState
from reportpack.model.answer import count_questions
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, SheetName, table_of

if TYPE_CHECKING:
    from reportpack.model.answer import AskedQuery
    from reportpack.model.event import RowChange
    from reportpack.model.minutes import Minutes, NotedAction
    from reportpack.run.minutes import back_fill, settling
else:
    back_fill, settling = Later.of("reportpack.run.minutes", "back_fill", "settling")

app = group("Notes of a meeting: a form to take them in, what is read from them, and what they leave open.")
_NAMES = {SheetName.ACTIONS.value: ("action", "actions"), SheetName.MATTERS.value: ("matter that comes back", "matters that come back"),
          SheetName.COMMITMENTS.value: ("thing said to happen", "things said to happen"), SheetName.QUESTIONS.value: ("question without an answer", "questions without an answer")}  # fmt: skip


def _planned(found: "back_fill.BackFill") -> Iterator[str]:
    for one in found.notes:
        yield f"{one.view.meeting.id} ({one.view.minutes.file}): {_counts(one)}"
        yield from (f"  {_change(change)}" for change in one.filled.changes)
        yield ""
    if found.known:
        yield f"Recorded before: {', '.join(found.known)}."
    for day in sorted({one.day for one in found.unset}):
        of_day = [one for one in found.unset if one.day == day]
        yield f"No meeting is set on {long_date(day)} ({', '.join(one.file for one in of_day)}). To set it: {of_day[0].command}"


def _counts(one: "back_fill.OldNotes") -> str:
    """`2 actions, 1 matter that comes back (not yet scheduled)`."""
    new = Counter(change.sheet for change in one.filled.changes if change.is_new)
    parts = [f"{count} {_NAMES[sheet][count > 1]}" for sheet, count in new.items()]
    changed = sum(not change.is_new for change in one.filled.changes)
    parts += [f"{changed} changed"] if changed else []
    return ", ".join(parts) or "nothing for the register"


def _change(change: "RowChange") -> str:
    said, table = change.words, table_of(change.sheet)
    words = said.get(table.words, "")
    if not words:
        return f"{change.ref}: {', '.join(f'{header.lower()} {text}' for header, text in said.items())} [{change.source.cell}]"
    state, due = said.get(Heading.STATE, ""), said.get(table.due or "", "")
    if change.sheet == SheetName.MATTERS and not due[:4].isdigit():  # it comes back to a month in which no meeting is set
        due = f"{due}, not yet scheduled"
    parts = [said.get(Heading.OWNER, ""), due, state if state == ActionState.CLOSED.value else "", change.source.cell]
    return f"{change.ref} {words} [{'; '.join(filter(None, parts))}]"


@verb(app, "json", name="read")
def read(
    asked: Asked,
    file: Annotated[Path, named("FILE", "Notes: docx, odt, md, txt, pdf with text, or doc.")],
    record: Annotated[
        bool, flag("--record", "FILE is a folder of old notes: show what they would put into the register.")
    ] = False,
    yes: Annotated[bool, flag("--yes", "With --record: record it.")] = False,
) -> None:
    """Show what is read from the notes of a meeting, with the questions they leave open. Records nothing, unless --record --yes."""
    if record:
        _fill_in_history(asked, file, yes=yes)
        return
    from reportpack.run.minutes.annex_reading import asked_of, read_file

    found, said = read_file(file, asked.inputs)
    give(found, _lines(found, asked_of(found)), as_json=asked.json)
    problems(said)


def _fill_in_history(asked: Asked, folder: Path, *, yes: bool) -> None:
    if yes:
        found = waited(lambda say: back_fill.record_back_fill(asked.folders, folder, asked.moment, asked.today, say))
    else:
        found = waited(lambda say: back_fill.show_back_fill(asked.folders, folder, asked.today, say))
    give(found, _planned(found), as_json=asked.json)
    many = len(found.notes)
    if not many:
        remark("Nothing can be recorded before the meetings are set." if found.unset else "Nothing is left to record.")
    elif not found.recorded:
        remark(f"Nothing was recorded. To record this: reportpack minutes read --record {folder} --yes")
    else:
        remark(f"Recorded: the notes of {f'{many} meetings' if many > 1 else 'one meeting'}.")
    problems((*found.problems, *(problem for one in found.notes for problem in one.filled.problems)))


@verb(app, name="new")
def new(
    asked: Asked,
    meeting: NextMeeting = "",
    as_markdown: Annotated[bool, flag("--markdown", "Write Markdown instead of a Word document.")] = False,
) -> None:
    """Write a form for the notes of a meeting into inputs/minutes/, never over a file that is there."""
    from reportpack.run.minutes.room import new_minutes

    path, said = new_minutes(asked.folders, meeting, asked.today, markdown=as_markdown)
    answer(path)
    problems(said)


@verb(app, "json")
def queries(
    asked: Asked,
    meeting: NotedMeeting = "",
    answered: Annotated[bool, flag("--answered", "Show what is answered, or only marked in the draft, too.")] = False,
) -> None:
    """List what the notes of a meeting leave open, by number. Records nothing."""
    found = waited(lambda say: settling.list_queries(asked.folders, order_of(asked, meeting), say))
    _say(asked, found, [one for one in found.asked if answered or one.is_open])


@verb(app, "templates", "build", "json", name="answer")
def answer_query(
    asked: Asked,
    meeting: Meeting,
    number: Annotated[str, named("NUMBER", "Which query: 3; one of its places: 3.2; several: 3.2,5-7.")],
    words: Annotated[str, named("[ANSWER]", 'The answer; "as suggested" where words are.')] = "",
    by: By = "",
    not_known: Annotated[bool, flag("--not-known", "It is not known. Needs --why.")] = False,
    leave: Annotated[bool, flag("--leave", "Leave it as it is. Needs --why.")] = False,
    why: Why = "",
) -> None:
    """Answer a query of the notes, in words, or that it is not known or may stay. It is not asked again while its words stay the same."""
    from reportpack.model.answer import Verdict

    if sum((bool(words.strip()), not_known, leave)) != 1:
        raise typer.BadParameter("give one of: the words of the answer, --not-known, --leave")
    names: list[str] = []
    for part in (part.strip() for part in number.split(",")):
        question, dot, place = part.partition(".")
        of_place = dot and question.isdigit() and place.isdigit()  # `3.2` as it is, `5-7` as the three numbers
        names += [part] if of_place else map(str, read_numbers([part], "NUMBER"))
    if not names:
        raise typer.BadParameter("say which queries by number: each answer belongs to its own question")
    verdict = Verdict.NOT_KNOWN if not_known else Verdict.LEFT if leave else Verdict.ANSWERED
    given = settling.GivenAnswer(verdict, by, words, why)
    found = waited(lambda say: settling.answer_queries(asked.folders, order_of(asked, meeting), names, given, say))
    _say(asked, found, found.changed)
    for row in found.rows:
        remark(f"{row.ref}: {', '.join(f'{one.header} is {one.after}' for one in row.changes)}")


def _say(asked: Asked, found: "settling.Queries", shown: "Sequence[AskedQuery]") -> None:
    give(found, _questions(shown), as_json=asked.json)
    left, must = count_questions(found.asked), count_questions(found.asked, blocking=True)
    count = f"{left} queries" if left != 1 else "1 query"
    ending = f", {must} of them to be answered before the notes can be agreed or published" if must else ""
    changed = f"{plural(len(found.changed), 'answer')} recorded; " if found.changed else ""
    remark(f"{found.meeting.title}, {found.meeting.id}: {changed}{count} open{ending}.")
    problems(found.problems)


def _questions(shown: "Iterable[AskedQuery]") -> Iterator[str]:
    heading = 0
    for one in shown:
        if one.part and one.number != heading:
            heading = one.number
            yield f"{one.number}. {one.cause.value}"
        query, (indent, dot) = one.query, ("   ", "") if one.part else ("", ".")
        yield f"{indent}{one.name}{dot} {_place(query.line)}{' (must be answered)' if one.blocking else ''}: {query.found}"
        if one.answer is None:
            yield f"{indent}   {query.remedy}"
        else:
            given = one.answer.given
            said = given.words or given.verdict.value.capitalize()
            yield f"{indent}   {said}{': ' + given.why if given.why else ''} ({one.answer.by}, {long_date(given.on)})"


def _lines(notes: "Minutes", asked: "Sequence[AskedQuery]") -> Iterator[str]:
    yield f"{notes.title or 'Title not known'}, {long_date(notes.day) if notes.day else 'date not known'}"
    span = " to ".join(f"{when:%H:%M}" for when in (notes.start, notes.end) if when)
    for label, value in (("Time", span), ("Venue", notes.venue), ("Chair", notes.chair), ("Note taker", notes.note_taker)):
        yield f"  {label}: {value or 'not known'}"
    for status in ("present", "apologies", "unknown"):
        named = [one.name or f"{one.post}, no name" for one in notes.attendance if one.status.value == status]
        if named:
            yield f"  {status.capitalize()}: {', '.join(named)}"
    for title, lines in _sections(notes, asked):
        if lines:
            yield from ("", title, *(f"  {line}" for line in lines))


def _sections(notes: "Minutes", asked: "Sequence[AskedQuery]") -> Iterator[tuple[str, list[str]]]:
    yield "Items", [f"{item.path:<8} {item.title}{' (no items)' if item.nil else ''}" for item in notes.items]
    brought = []
    for one in notes.brought_forward:
        shown = f"{len(one.evidence)} lines discuss it" if one.evidence else "no passage discusses it"
        claimed = f"said to be discussed at {one.discussed_at}, " if one.discussed_at else ""
        brought.append(f"{one.title}: {claimed}{shown}")
    yield "Brought forward", brought
    yield "Actions", [_action(one) for one in notes.actions if one.marked]
    yield "Undertakings not called actions", [_action(one) for one in notes.actions if not one.marked]
    yield "Decisions", [f"{_place(one.line)}: {one.words}" for one in notes.decisions]
    yield "Said to happen", [f"{_place(one.line)}: {one.words}" for one in notes.commitments]
    coming = notes.next_meeting
    if coming is not None:
        parts = (coming.title, long_date(coming.day) if coming.day else "", f"{coming.time:%H:%M}" if coming.time else "")
        yield "Next meeting", [", ".join(part for part in (*parts, coming.venue) if part)]
    yield "Queries for the note taker", list(_questions(one for one in asked if one.is_open))


def _action(action: "NotedAction") -> str:
    owners = ", ".join(owner.as_written for owner in action.owners) or "no owner"
    due = long_date(action.due) if action.due else action.due_as_written or "no date"
    ref = f"{action.ref} " if action.ref else ""
    state = "" if action.state.value == "new" else f", {action.state.value}"
    return f"{_place(action.line)}: {ref}{action.words} [{owners}; {due}{state}; {action.confidence:.2f}]"


def _place(line: str) -> str:
    return f"line {line}" if line.isdigit() else line
