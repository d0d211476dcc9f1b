"""Papers that the notes put off: `Item 2.1.3 was deferred to the July meeting` hands its papers on once the notes are issued, or is asked about."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.errors import Remedy
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.minutes import MatterEnd
from reportpack.model.noted import NotedView, PlacedItem
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.minutes.brought_forward import end_of, ends_matter, outcome_in, words_meant
from reportpack.records import Record

_IT = words_meant("item paper report agenda")
_BESIDE = _IT | words_meant(
    "this it was were is be been has have and also agreed decided resolved meeting that defer deferred postpone postponed"
)
_NAMED = re.compile(r"(?i)\b(?:items?|papers?)\s+(?P<which>[\w.]+(?:(?:,\s*|,?\s+and\s+|\s*&\s*)[\w.]+)*)")
_OFF = re.compile(r"(?i)\b(?:defer|postpon|adjourn|put (?:back|off)|h[eo]ld over|carr(?:y|ied)|mov|roll|re-?sched)")
_SENTENCE = re.compile(r"(?<=[.;!])\s+(?=[A-Z(])")


class PutOff(Record):
    """A paper that the notes put off, and the line that says so; `takes` is None where it is not certain which meeting takes it."""

    paper: Paper
    line: str
    takes: Meeting | None


def papers_put_off(view: NotedView, meeting: Meeting, meetings: Sequence[Meeting]) -> tuple[PutOff, ...]:
    """Each paper of the meeting (which has its letters) that goes to another by the notes, and that nobody has handed on yet."""
    papers = [one for one in meeting.papers if one.letter and one.status is not PaperStatus.DEFERRED]
    coming = view.minutes.next_meeting
    found: dict[str, PutOff] = {}
    for item, line, words in _sentences(view) if papers else ():
        mine, said, sure = _meant(words, item, papers)
        end, when = end_of(said, view.meeting.day, coming.day if coming is not None else None)
        if end is MatterEnd.CARRIED and _OFF.search(said or ""):
            later = (one for one in meetings if one.series == meeting.series and one.day > meeting.day and not one.cancelled)
            takes = [one for one in later if when is not None and one.day.isoformat().startswith(when)]
            for one in mine:
                found.setdefault(one.letter, PutOff(one, line, takes[0] if sure and len(takes) == 1 else None))
    return tuple(found.values())


def _sentences(view: NotedView) -> Iterator[tuple[PlacedItem | None, str, str]]:
    matters = {one.item.noted.path for one in view.matters if one.item is not None}
    told = {one.noted.line for one in view.actions}
    every = [(item, each) for item in view.items for each in item.passages] + [(None, each) for each in view.loose]
    for item, passage in every:
        if told.intersection(passage.lines):
            continue
        for words in _SENTENCE.split(passage.words):
            yield (item if item is not None and item.noted.path not in matters else None), passage.lines[0], words


def _meant(words: str, item: PlacedItem | None, papers: Sequence[Paper]) -> tuple[Sequence[Paper], str | None, bool]:
    """The papers that the sentence may put off, what it says of them, and whether it is sure that it speaks of them."""
    places = {part.strip(".").upper() for one in _NAMED.finditer(words) for part in re.split(r"[,\s&]+", one["which"])}
    named = [one for one in papers if one.item in places or one.letter in places]
    if named:
        meant = words_meant(" ".join((words, "item paper")))
        return named, outcome_in([words], meant) or (words if ends_matter(words) else None), True
    here = [one for one in papers if item is not None and one.item == item.number]
    called = [one for one in here if words_meant(one.title) & words_meant(words)] or here
    own = _IT | words_meant(" ".join((item.noted.title if item is not None else "", *(one.title for one in called))))
    said = outcome_in([words], own) if here else None
    return called, said, said is not None and words_meant(words) - words_meant(said) <= own | _BESIDE


def put_off_problems(put_off: Sequence[PutOff], file: str, meeting: Meeting) -> Iterator[Problem]:
    """What becomes of each, or who is asked."""
    for one in put_off:
        paper, source = one.paper, Source(f"minutes/{file}", cell=one.line)
        found = f'The notes put off item {paper.item}; its paper {paper.letter}, "{paper.title}", '
        if one.takes is not None:
            found += f"goes on to the meeting of {long_date(one.takes.day)} once they are issued."
            yield Problem("paper-put-off", source, found, "If it is not to, say otherwise in the notes.", Weight.NOTE)
        else:
            remedy = Remedy("Where it goes to another meeting:", "papers defer", paper.letter, meeting.id, to="DATE")
            yield Problem("paper-put-off", source, f"{found}is still with this meeting.", remedy, Weight.NOTE)
