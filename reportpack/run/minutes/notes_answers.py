"""`minutes queries` and `minutes answer`: what the notes leave open, and what a person answers. An answer is recorded once and never asked for again."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.merge.issuing import answered_rows
from reportpack.model.answer import Answer, AskedQuery, QueryAnswered, Verdict
from reportpack.model.event import Event, RowChange
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes, NotedPassage
from reportpack.model.period import long_date
from reportpack.model.problem import Problem
from reportpack.records import Record
from reportpack.run.minutes.annex_issue import remake_issued
from reportpack.run.minutes.annex_reading import AnnexOrder, read_for_annex, with_answers
from reportpack.run.office_files import Folders, Progress, open_memory
from reportpack.run.steps.recording import recording

_AS_SUGGESTED = "as suggested"


class GivenAnswer(Record):
    """What a person says to queries: the words, or that it is not known or may stay, with the reason; and who says so."""

    verdict: Verdict
    by: str
    words: str = ""
    why: str = ""


class Queries(Record):
    """The queries of a meeting's notes with their answers; `changed` are those that were answered now, `rows` what the register gained."""

    meeting: Meeting
    asked: tuple[AskedQuery, ...]
    changed: tuple[AskedQuery, ...] = ()
    rows: tuple[RowChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    minutes: Minutes | None = None
    """The notes as they were read, for a door that shows a query beside its line."""

    @property
    def passages(self) -> tuple[NotedPassage, ...]:
        """The words of the notes with their lines."""
        return self.minutes.passages if self.minutes is not None else ()


def list_queries(folders: Folders, order: AnnexOrder, progress: Progress) -> Queries:
    """Every query with its number and its answer; records nothing."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
    return Queries(read.view.meeting, read.view.asked, problems=read.problems, minutes=read.minutes)


def answer_queries(folders: Folders, order: AnnexOrder, names: Sequence[str], given: GivenAnswer, progress: Progress) -> Queries:
    """Record the answer to each; what is answered so already changes nothing. Where the annex is issued, it is made again with it."""
    _refuse_incomplete(given)
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        if read.agreed is not None and read.unchanged:
            found = f"The notes of {read.view.meeting.id} were agreed on {long_date(read.agreed.on)}, with what they leave open."
            raise RefusedError(found, "Put the question to the next meeting.")
        asked = [one for name in dict.fromkeys(names) for one in _named(read.view.asked, name, read.view.meeting.id)]
        _refuse_unsuggested(asked, given)
        new = [one for one in asked if not _is_so(one, given)]
        if not new:
            return Queries(read.view.meeting, read.view.asked, problems=(*read.problems, *record.problems))
        facts, meeting = (given.verdict, order.today), read.view.meeting.id
        said = {
            one.key: QueryAnswered(
                meeting, one.key, one.query.kind, one.query.found, *facts, _words(one, given), given.why.strip()
            )
            for one in new
        }
        by = given.by.strip()
        asked_now = tuple(replace(one, answer=Answer(said[one.key], by)) if one.key in said else one for one in read.view.asked)
        read = replace(read, view=replace(read.view, asked=asked_now))
        issued = read.earlier if read.unchanged else None
        rows = answered_rows(with_answers(read), read.standing.rows, issued) if issued is not None else ()
        remake_issued(folders, order, read, record, rows, [Event(one, order.now, by) for one in said.values()])
        changed = tuple(one for one in asked_now if one.key in said)
        return Queries(read.view.meeting, asked_now, changed, rows, (*read.problems, *record.problems))


def _refuse_incomplete(given: GivenAnswer) -> None:
    if not given.by.strip():
        raise InputError("Nobody is named who says so.", "Say who it is (--by). Nothing was recorded.")
    if given.verdict is Verdict.ANSWERED and not given.words.strip():
        raise InputError(
            "There is no answer.",
            "Give its words, or say that it is not known (--not-known) or left (--leave). Nothing was recorded.",
        )
    if given.verdict is not Verdict.ANSWERED and not given.why.strip():
        raise InputError("No reason is given.", "Give the reason (--why): it is kept. Nothing was recorded.")


def _refuse_unsuggested(asked: Sequence[AskedQuery], given: GivenAnswer) -> None:
    """`as suggested` would say nothing where no words are suggested."""
    bare = next((one for one in asked if not one.query.suggested), None)
    if bare is not None and given.words.strip().casefold() == _AS_SUGGESTED:
        raise InputError(f"Query {bare.name} suggests no words.", "Say the answer itself. Nothing was recorded.")


def _named(asked: Sequence[AskedQuery], name: str, meeting: str) -> list[AskedQuery]:
    """The place of that name, or those of a question of that number that are not answered, else all of them."""
    found = [one for one in asked if name in (one.name, str(one.number))]
    if not found:
        most = max((one.number for one in asked), default=0)
        found_none = f"There is no query {name}: the notes of {meeting} leave {most}."
        raise InputError(found_none, Remedy("See:", "minutes queries", meeting))
    return [one for one in found if one.answer is None] or found


def _is_so(asked: AskedQuery, given: GivenAnswer) -> bool:
    said = asked.answer
    if said is None:
        return False
    return (said.given.verdict, said.given.words, said.given.why) == (given.verdict, _words(asked, given), given.why.strip())


def _words(asked: AskedQuery, given: GivenAnswer) -> str:
    """The answer; `as suggested` stands for the words that a query suggests."""
    words = given.words.strip() if given.verdict is Verdict.ANSWERED else ""
    return asked.query.suggested if asked.query.suggested and words.casefold() == _AS_SUGGESTED else words
