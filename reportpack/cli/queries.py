"""`reportpack minutes queries` and `minutes answer`: what the notes leave open, and what a person answers."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.annex_corrections import read_numbers
from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import BuildOption, InputsOption, JsonOption, NowOption, TemplatesOption
from reportpack.cli.say import answer, answer_record, plural, problems, progress, remark
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.model.answer import AskedQuery
    from reportpack.run.minutes.notes_answers import Queries

MeetingOfNotes = Annotated[str, typer.Argument(metavar="MEETING", help="A meeting's id, or its date.", show_default=False)]


def queries(
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="[MEETING]", help="A meeting's id, or its date (default: the latest that has notes).", show_default=False
        ),
    ] = "",
    answered: Annotated[bool, typer.Option("--answered", help="Show those that are answered too.")] = False,
    inputs: InputsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what the notes of a meeting leave open, by number. Records nothing."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_reading import AnnexOrder
    from reportpack.run.minutes.notes_answers import list_queries

    moment = instant(now)
    with progress() as say:
        found = list_queries(office_folders(inputs, None, None), AnnexOrder(meeting, None, moment, london_day(moment)), say)
    _say(found, found.asked if answered or as_json else [one for one in found.asked if one.answer is None], as_json=as_json)


def answer_query(
    meeting: MeetingOfNotes,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Which query: 3, or several: 3,5-7.", show_default=False)],
    words: Annotated[
        str,
        typer.Argument(metavar="[ANSWER]", help='The answer; "as suggested" where words are.', show_default=False),
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.", show_default=False)] = "",
    not_known: Annotated[bool, typer.Option("--not-known", help="It is not known. Needs --why.")] = False,
    leave: Annotated[bool, typer.Option("--leave", help="Leave it as it is. Needs --why.")] = False,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.", show_default=False)] = "",
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a query of the notes, in words, or that it is not known or may stay. It is not asked again while its words stay the same."""
    from reportpack.model.answer import Verdict
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_reading import AnnexOrder
    from reportpack.run.minutes.notes_answers import GivenAnswer, answer_queries

    if sum((bool(words.strip()), not_known, leave)) != 1:
        raise typer.BadParameter("give one of: the words of the answer, --not-known, --leave")
    numbers = read_numbers([number], "NUMBER")
    if not numbers:
        raise typer.BadParameter("say which queries by number: each answer belongs to its own question")
    verdict = Verdict.NOT_KNOWN if not_known else Verdict.LEFT if leave else Verdict.ANSWERED
    moment = instant(now)
    folders = office_folders(inputs, build, templates)
    with progress() as say:
        order = AnnexOrder(meeting, None, moment, london_day(moment))
        found = answer_queries(folders, order, numbers, GivenAnswer(verdict, by, words, why), say)
    _say(found, found.changed, as_json=as_json)
    for row in found.rows:
        remark(f"{row.ref}: {', '.join(f'{one.header} is {one.after}' for one in row.changes)}")


def _say(found: "Queries", shown: "list[AskedQuery] | tuple[AskedQuery, ...]", *, as_json: bool) -> None:
    if as_json:
        answer_record(found)
    else:
        for one in shown:
            for line in _lines(one):
                answer(line)
    sys.stdout.flush()
    left = [one for one in found.asked if one.answer is None]
    must = sum(one.blocking for one in left)
    count = f"{len(left)} queries" if len(left) != 1 else "1 query"
    ending = f", {must} of them to be answered before the notes can be agreed or published" if must else ""
    changed = f"{plural(len(found.changed), 'answer')} recorded; " if found.changed else ""
    remark(f"{found.meeting.title}, {found.meeting.id}: {changed}{count} open{ending}.")
    problems(found.problems)


def _lines(one: "AskedQuery") -> list[str]:
    query = one.query
    place = f"line {query.line}" if query.line.isdigit() else query.line
    must = " (must be answered)" if one.blocking else ""
    lines = [f"{one.number}. {place}{must}: {query.found}", f"   {query.remedy}"]
    if one.answer is not None:
        given = one.answer.given
        said = given.words or given.verdict.value.capitalize()
        lines[1] = f"   {said}{': ' + given.why if given.why else ''} ({one.answer.by}, {long_date(given.on)})"
    return lines
